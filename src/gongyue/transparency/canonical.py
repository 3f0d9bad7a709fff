"""Canonical JSON: one value, one sequence of bytes.

The profile is RFC 8785 restricted so that no two readers can disagree:

- numbers are integers with ``|n| <= 2**53 - 1``: no fraction, exponent or minus zero;
- object keys are ASCII, so sorting by bytes equals RFC 8785 3.2.3's sorting by UTF-16 units;
- at most 16 arrays and objects inside one another, the outermost included;
- strings are valid UTF-8 in normal form C and hold no control character but newline, and nothing invisible
  (bidirectional controls, zero-width characters) that would make two different texts look alike.

Inside the profile orjson with sorted keys gives exactly the bytes of RFC 8785. A character that Python's Unicode
tables do not know yet is taken to be in normal form C, as nearly all characters added later are.
"""

import hashlib
import re
import unicodedata
from typing import Any

import orjson

MAX_INTEGER = 2**53 - 1  # RFC 8785 3.2.2.3 and appendix D: the range in which every reader agrees
MAX_DEPTH = 16

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER

# Spelled out and not taken from a Unicode category: the answer must not change with the Unicode version.
_FORBIDDEN = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, all but newline
    "\u00ad\u034f\u061c\u180e"  # soft hyphen, grapheme joiner, Arabic letter mark, Mongolian vowel separator
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, line separators, bidirectional controls
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotation and tag characters
    "\ud800-\udfff"  # lone surrogates
    "]"
)
_BACKSLASH, _DELETE = 0x5C, 0x7F
_OTHER_ESCAPE = re.compile(rb'\\[^n"\\]')
"""Any but those that canonical text has; of what it finds after an escaped backslash, a careful look finds nothing."""

Path = tuple[str | int, ...]


class NotCanonical(ValueError):
    """The bytes or the value are outside the canonical profile: ``why``, and ``path`` (such as ``$.act.body[3]``)."""

    def __init__(self, why: str, path: Path = ()) -> None:
        self.why = why
        self.path = "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        super().__init__(f"{self.path}: {why}")


def encode(value: object) -> bytes:
    """The canonical bytes of ``value``: dict, list, tuple, str, int, bool and None only; else ``NotCanonical``.

    Shortcut. Strings are looked at all at once, as they were written; what may not stand there is said by the careful way.
    """
    try:
        data = orjson.dumps(value, option=_OPTIONS)
        if _is_sound(data) and _plain_and_shallow(value):
            return data
    except orjson.JSONEncodeError:
        pass
    _check(value, ())
    return orjson.dumps(value, option=_OPTIONS)


def decode(data: bytes) -> Any:
    """The value of canonical ``data``; ``NotCanonical`` if encoding it again would not give the same bytes.

    Shortcut. Strings are looked at all at once, as they are written. Types, keys, integers, depth and the exact bytes
    are always checked.
    """
    value = _parsed(data)
    try:
        if _is_sound(data) and _plain_and_shallow(value) and orjson.dumps(value, option=_OPTIONS) == data:
            return value
    except orjson.JSONEncodeError:
        pass  # an integer out of range: the careful way below says which
    _check(value, ())
    again = orjson.dumps(value, option=_OPTIONS)
    if again != data:
        raise NotCanonical(f"not the canonical spelling, from byte {_first_difference(again, data)}")
    return value


def is_plain(data: bytes) -> bool:
    """True if no string of the JSON ``data`` can be outside the profile: it is ASCII without backslash or delete.

    JSON allows control characters in a string only as an escape, which takes a backslash, and every other refusal
    about strings and keys concerns characters beyond ASCII.
    """
    return data.isascii() and _BACKSLASH not in data and _DELETE not in data


def require_canonical(data: bytes) -> None:
    """Pass if ``data`` is canonical, raise ``NotCanonical`` if not: for callers who decode by other means."""
    decode(data)


def digest(data: bytes) -> str:
    """The digest of ``data`` as written in acts: ``sha256:`` and 64 lower-case hexadecimal digits."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _parsed(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise NotCanonical(f"not JSON: {error}") from None


def _is_sound(data: bytes) -> bool:
    """True if no string of the JSON ``data`` can be outside the profile; False means: look closely.

    A string is written as it is, but for newline, quotation mark and backslash, whose escapes are starters as they are.
    Whatever stands inside a text in normal form C is in it too (Unicode annex 15, section 3: closed under substrings).
    """
    if _DELETE in data or _OTHER_ESCAPE.search(data):
        return False
    if data.isascii():
        return True
    text = data.decode("utf-8")
    return not _FORBIDDEN.search(text) and unicodedata.is_normalized("NFC", text)


def _plain_and_shallow(value: object) -> bool:
    """True if JSON's own types are there but no float, no key beyond ASCII, nothing nested too deeply; else: look closely."""
    level: list[Any] = [[value]]
    for _ in range(MAX_DEPTH + 1):  # one more: the list around the value
        boxes: list[Any] = []
        for box in level:
            if type(box) is dict:
                if not all(map(str.isascii, box)):  # orjson reads and writes no other keys than texts
                    return False
                box = box.values()
            for item in box:
                kind = type(item)
                if kind is str or kind is int:
                    continue
                if kind is dict or kind is list or kind is tuple:
                    boxes.append(item)
                elif item is not None and kind is not bool:
                    return False
        if not boxes:
            return True
        level = boxes
    return False


def _check(value: Any, path: Path) -> None:
    """Walk the whole value and refuse what is outside the profile."""
    kind = type(value)
    if kind is str:
        _check_text(value, path)
    elif kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("integer beyond 2**53 - 1", path)
    elif kind is dict:
        _check_depth(path)
        for key, item in value.items():
            _check_key(key, path)
            _check(item, (*path, key))
    elif kind is list or kind is tuple:
        _check_depth(path)
        for index, item in enumerate(value):
            _check(item, (*path, index))
    elif kind is float:
        raise NotCanonical("a number with fraction or exponent, or too large", path)
    elif value is not None and kind is not bool:
        raise NotCanonical(f"{kind.__name__} has no place in JSON", path)


def _check_depth(path: Path) -> None:
    if len(path) >= MAX_DEPTH:
        raise NotCanonical(f"nested deeper than {MAX_DEPTH}", path)


def _check_key(key: object, path: Path) -> None:
    if type(key) is not str or not key.isascii():
        raise NotCanonical(f"key {key!r} is not ASCII text", path)
    _check_text(key, path)


def _check_text(text: str, path: Path) -> None:
    if text.isascii() and text.isprintable():
        return
    if found := _FORBIDDEN.search(text):
        raise NotCanonical(f"forbidden character U+{ord(found[0]):04X}", path)
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("text is not in normal form C", path)


def _first_difference(left: bytes, right: bytes) -> int:
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return min(len(left), len(right))
