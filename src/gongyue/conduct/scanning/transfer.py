"""How mails write what is not ASCII: base64 and quoted-printable line by line, words of headers (RFC 2045, 2047), names of charsets."""

from __future__ import annotations

import codecs
import re
import string
from binascii import a2b_base64, a2b_qp
from functools import cache

from gongyue.conduct.scanning.text_encodings import encoding_of, in_utf8

CODINGS = frozenset({"7bit", "8bit", "binary", "base64", "quoted-printable"})
_SIGNS = (string.ascii_letters + string.digits + "+/=").encode()
_OTHERS = bytes(set(range(256)) - set(_SIGNS))
_ONE = r"=\?[^?\s]{1,60}\?(?:[bB]\?[A-Za-z0-9+/]*={0,3}|[qQ]\?[^?\r\n]*)\?="
_WORDS = re.compile(rf"(?:{_ONE}(?:\s+(?={_ONE}))?)+")
_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
_CHARSET = re.compile(r"(?:utf|gb|big5|iso|cp|windows|euc|shift|sjis|koi8|hz|latin|mac|johab|ks_c|tis)", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8"}
"""Charsets that mails name, and what is written under the name."""
_ASCII = bytes((9, 10, 13, *range(32, 127), 27))  # the escape of ISO 2022 last: alone it is held back
_CODES = {"uuencode": re.compile(rb"\nbegin(?:-base64)? [0-7]{3,4} \S"), "yEnc": re.compile(rb"\n=ybegin [a-z]+=")}
_SHIFTED = ("utf-7", "hz", "iso2022")
"""Charsets whose bytes are those of ASCII."""
_MARKED = ("utf-8-sig", "utf-16", "utf-32")
"""What a text tells of itself by a mark, or by its zeros."""


class Decoder:
    """Decodes the body of a part line by line."""

    def __init__(self, coding: str) -> None:
        self._coding, self._held, self._ended = coding, b"", False

    def line(self, line: bytes) -> tuple[bytes, bytes]:
        """(what a line, or a piece of one, decodes to; the line itself where it is not in the encoding, as a footer put below)."""
        if self._coding == "base64":
            return self._base64(line)
        if self._coding == "quoted-printable":
            return self._quoted(line), b""
        return line, b""

    def end(self) -> bytes:
        """What was held back for the next line."""
        held, self._held = self._held, b""
        return _run(held) if self._coding == "base64" else held

    def _base64(self, line: bytes) -> tuple[bytes, bytes]:
        """Signs that are not of base64 are passed over, as every reader of mail does, and the line is text besides; after the
        end such a line is text alone. Several runs that are padded may follow each other."""
        signs = line.strip()
        strange = bool(signs.translate(None, _SIGNS))
        self._ended = self._ended or b"=" in signs or not signs
        if strange and self._ended:
            return b"", line
        data = self._held + (signs.translate(None, _OTHERS) if strange else signs)
        padded = data.rfind(b"=") + 1
        whole = padded + (len(data) - padded) // 4 * 4
        self._held = data[whole:]
        decoded = a2b_base64(data[padded:whole])
        if padded:
            decoded = b"".join(map(_run, data[:padded].split(b"="))) + decoded
        return decoded, line if strange else b""

    def _quoted(self, line: bytes) -> bytes:
        """A piece of a long line may end within a sign: that waits."""
        line = self._held + line
        cut = len(line) if line.endswith(b"\n") or b"=" not in line[-2:] else line.rindex(b"=")
        self._held = line[cut:]
        return a2b_qp(line[:cut])


def _run(signs: bytes) -> bytes:
    """What a run of base64 without its padding stands for; a single sign at its end is nothing."""
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    return a2b_base64(signs + b"=" * (-len(signs) % 4))


@cache
def _known(name: str) -> str:
    """The codec of a charset's name, "" for none; only those of texts, as Python calls others codecs too."""
    try:
        found = codecs.lookup(name).name if _CHARSET.match(name) or "ascii" in name.lower() else ""
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(found, found)


def readings(declared: str, head: bytes) -> tuple[tuple[str, ...], bool]:
    """The codecs to read a part in that begins so, none where it is no text; and whether nothing in it contradicts its charset.

    What a part says of itself may be false. UTF-8, zeros and marks tell by themselves what is there; a charset in which a digit is
    another byte than in ASCII would hide numbers that anybody can read, so that both readings count.
    """
    found, content = _fitting(declared, head), encoding_of(head) or ""
    if found and not _plain(found) and found[:6] != content[:6]:
        fits = not content if b"\0" in head else found.startswith(_SHIFTED) or not _in_utf8(head)
        return tuple(dict.fromkeys((found, content or "utf-8"))), fits
    if not found or b"\0" in head or content.startswith(_MARKED):
        return (content,) if content else (), not declared or found[:5] == content[:5]
    if found != "utf-8" and not head.isascii() and _in_utf8(head) and (found not in _WIDER.values() or in_utf8(head)):
        return ("utf-8",), False  # two bytes of another script may as well be one sign of Chinese
    return (found,), True


def _fitting(name: str, head: bytes) -> str:
    """The codec of the charset that a part names, if what it begins with is text in it; "" where it is not, or says nothing."""
    found = _known(name) if name else ""
    text = _decoded(found, head) if found else None
    if text is None:
        return ""
    seen = text[:4000]
    return found if sum(c.isprintable() or c.isspace() for c in seen) >= 0.9 * len(seen) else ""


def _decoded(name: str, head: bytes) -> str | None:
    """The text, if the bytes are of that encoding; the last sign may be cut off."""
    try:
        return codecs.getincrementaldecoder(name)().decode(head)
    except (UnicodeError, LookupError):
        return None


def _in_utf8(head: bytes) -> bool:
    """Whether it is ASCII or UTF-8 with content."""
    return b"\0" not in head and _decoded("utf-8", head) is not None


@cache
def _plain(name: str) -> bool:
    """Whether each byte of ASCII is in this encoding what it is in ASCII: neither shifted, as in UTF-7, nor wider, nor EBCDIC."""
    return _decoded(name, _ASCII) == _ASCII.decode()


def coded(text: bytes) -> set[str]:
    """Codes older than MIME that files are written in within a text, by their first line; nobody here decodes them."""
    return {called for called, sign in _CODES.items() if sign.search(text)}


def in_words(said: str) -> str:
    """A field of a header with its encoded words read; a sign may be cut in two by the end of a word."""
    if "=?" not in said:
        return said
    return _WORDS.sub(lambda run: _joined(run[0]), said)


def _joined(run: str) -> str:
    """Encoded words in a row; those of one charset and encoding are one."""
    found: list[tuple[str, bytes]] = []
    for charset, how, signs in _WORD.findall(run):
        data = _run(signs.rstrip("=").encode("ascii", "ignore")) if how in "bB" else a2b_qp(signs.encode(), header=True)
        if found and found[-1][0] == charset.lower():
            data = found.pop()[1] + data
        found.append((charset.lower(), data))
    return "".join(map(_word, found))


def _word(word: tuple[str, bytes]) -> str:
    """A word of a header: read in its charset, and by what it holds too where that may be something else."""
    charset, data = word
    names = readings(charset, data)[0] or (_known(charset) or "utf-8",)
    return " ".join(dict.fromkeys(data.decode(name, "replace") for name in names))
