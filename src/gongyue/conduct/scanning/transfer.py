"""How mails write what is not ASCII: base64 and quoted-printable line by line, words of headers (RFC 2045, 2047), names of charsets."""

from __future__ import annotations

import codecs
import re
import string
from binascii import a2b_base64, a2b_qp
from functools import cache

CODINGS = frozenset({"7bit", "8bit", "binary", "base64", "quoted-printable"})
_SIGNS = (string.ascii_letters + string.digits + "+/=").encode()
_OTHERS = bytes(set(range(256)) - set(_SIGNS))
_ONE = r"=\?[^?\s]{1,60}\?(?:[bB]\?[A-Za-z0-9+/]*={0,3}|[qQ]\?[^?\r\n]*)\?="
_WORDS = re.compile(rf"(?:{_ONE}(?:\s+(?={_ONE}))?)+")
_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
_CHARSET = re.compile(r"(?:utf|gb|big5|iso|cp|windows|euc|shift|sjis|koi8|hz|latin|mac|johab|ks_c|tis)", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8"}
"""Charsets that mails name, and what is written under the name."""


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


def charset_of(name: str, head: bytes) -> str | None:
    """The codec of the charset that a part names, if what it begins with is in it; None where it is not, or says nothing."""
    found = _known(name) if name else ""
    if not found or (found == "utf-8" and head.isascii()):
        return None
    try:
        codecs.getincrementaldecoder(found)().decode(head)
    except (UnicodeError, LookupError):
        return None
    return found


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
    return "".join(data.decode(_known(charset) or "utf-8", "replace") for charset, data in found)
