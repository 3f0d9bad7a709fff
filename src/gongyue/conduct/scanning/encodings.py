"""Which encoding a text is in, and reading it as UTF-8: utf-8, gb18030, big5, utf-16, utf-32; bytes that fit none are counted."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from gongyue.conduct.scanning.lexicon import UNKNOWN, tables
from gongyue.conduct.scanning.sources import Log

SAMPLE = 1 << 18
"""Bytes an encoding is guessed from."""
PIECE = 1 << 18
"""Bytes decoded at a time: what the processor keeps at hand."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""What a text may begin with; the mark of UTF-32 begins with that of UTF-16."""


def encoding_of(head: bytes) -> str | None:
    """The encoding of a text that begins so; None where it is no text."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head[:4096] or head.count(0) > len(head) // 50:
        wide, plain = _wide(head), head.replace(b"\0", b"")
        if wide or head.count(0) * 50 > len(head) or sum(b < 9 or 13 < b < 32 for b in plain[:4096]):
            return wide
        head = plain  # a stray zero in a text
    if _decodes(head, "utf-8") is not None:
        return "utf-8"
    found = [
        (cost, name)
        for name in ("gb18030", "big5")
        if (text := _decodes(head, name)) is not None and (cost := _cost(text)) < 900
    ]
    if found:
        return min(found)[1]
    controls = sum(1 for b in head[:4096] if b < 9 or 13 < b < 32)
    return (
        "utf-8"
        if controls * 50 < len(head[:4096]) and _decodes(head, "utf-8", "replace") is not None and _mostly(head)
        else None
    )


def _mostly(head: bytes) -> bool:
    """Whether most of it is UTF-8 all the same."""
    text = head.decode("utf-8", "replace")
    return text.count("\ufffd") * 10 < len(text)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: zeros at every other place."""
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    for count, other, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if count > 8 * (other + 1) or (count and not other):
            text = _decodes(head[: len(head) // 2 * 2], name)
            if text is not None and sum(c.isprintable() or c.isspace() for c in text[:2000]) > 0.98 * len(text[:2000]):
                return name
    return None


def _decodes(head: bytes, name: str, errors: str = "strict") -> str | None:
    """The text, if the bytes are of that encoding; the last sign may be cut off."""
    try:
        return codecs.getincrementaldecoder(name)(errors).decode(head)
    except UnicodeDecodeError:
        return None


def _cost(text: str) -> float:
    """What a sign of the text costs on average as a Chinese word by itself; signs nobody writes cost much."""
    single = tables().words.single
    signs = [ord(c) for c in text if c > "\u2fff"][:4000]
    return sum(
        int(single[c])
        if c < 0x10000 and 0x3400 <= c < 0xA000
        else 300
        if 0x3000 <= c < 0x3100 or 0xFF00 <= c < 0xFFF0
        else UNKNOWN
        for c in signs
    ) / max(1, len(signs))


class Recoded(io.RawIOBase):
    """A stream in another encoding, or in a UTF-8 that is not sound, read as UTF-8; `replaced` counts what could not be decoded."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__()
        self._stream = stream
        self._name = "utf-8" if name == "utf-8-sig" else name
        self._decoder = codecs.getincrementaldecoder(self._name)("replace")
        self._left = b""
        self._ended = False
        self.replaced = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer, but at the end: what parses it takes what one reading gives as one piece."""
        view, filled = memoryview(buffer), 0  # type: ignore[arg-type]
        while filled < len(view):
            if not self._left:
                if self._ended:
                    break
                block = self._stream.read(PIECE)
                self._ended = not block
                self._left = self._sound(block) if self._name == "utf-8" else self._decoded(block)
            size = min(len(view) - filled, len(self._left))
            view[filled : filled + size] = self._left[:size]
            self._left = self._left[size:]
            filled += size
        return filled

    def _sound(self, block: bytes) -> bytes:
        """As it is where it is UTF-8, which costs less; a sign that is cut off waits for the next block."""
        block = self._decoder.getstate()[0] + block
        self._decoder.reset()
        try:
            block.decode()
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data" or self._ended:
                return self._decoded(block)
            self._decoder.decode(block[error.start :])
            return block[: error.start]
        return block

    def _decoded(self, block: bytes) -> bytes:
        text = self._decoder.decode(block, final=self._ended)
        self.replaced += text.count("\ufffd")
        return text.encode("utf-8", "replace")

    def told(self, where: str, log: Log) -> None:
        """Say how many bytes could not be decoded."""
        if self.replaced:
            said = (f"{self.replaced} 处字节不合 {self._name} 编码", f"{self.replaced} byte(s) are not {self._name}")
            log.row(where, 0, *said)
