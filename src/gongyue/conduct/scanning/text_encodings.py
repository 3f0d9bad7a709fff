"""Which encoding a text is in, and reading it as UTF-8: utf-8, gb18030, big5 (with the signs of Hong Kong), utf-16, utf-32;
bytes that fit none are counted."""

from __future__ import annotations

import codecs
import io
import re
from functools import cache
from typing import BinaryIO

from gongyue.conduct.scanning.characters import Array
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
_CUT_OFF = ("unexpected end of data", "incomplete multibyte sequence")
"""What is said of a sign at the end of a block that goes on in the next."""
_OTHER = {"utf-8": "gb18030", "gb18030": "utf-8"}
"""What lines of a file may be in that is not sound: files of both are joined, and the first lines of a file may have nothing but ASCII."""
_EASTERN = re.compile("[\u2e80-\ufffc]")
_BIG5 = ("big5", "big5hkscs")
"""Big5 first: the code of Hong Kong lacks six of its kana, and reads other rows of it differently."""
_CANTONESE = "嘅喺啲咗嗰㗎嚟冇佢哋唔嘢咁噉嘥乜邨啩喎噃嗱咩瞓攞揾搵佬啱冚掹"
SOUND = 50
"""Of so many signs one may be damaged: databases cut a value in the middle of a sign. Of a text with more something is lost."""
TRADITIONAL = 750
"""What a common sign of Big5 costs at most: the list of words is mostly one of simplified ones."""


def encoding_of(head: bytes) -> str | None:
    """The encoding of a text that begins so; None where it is no text."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head[:4096] or head.count(0) > len(head) // 50:
        wide, plain = _wide(head), head.replace(b"\0", b"")
        if wide or head.count(0) * 2 > len(head) or sum(b < 9 or 13 < b < 32 for b in plain[:4096]):
            return wide
        head = plain  # a stray zero in a text
    strange = [line for line in head.split(b"\n") if not line.isascii()]
    if _decodes(head, "utf-8") is not None or 2 * sum(map(in_utf8, strange)) > len(strange):
        return "utf-8"
    found = _chinese(head) or _chinese(head, "replace")
    if found:
        return found
    controls = sum(1 for b in head[:4096] if b < 9 or 13 < b < 32)
    return (
        "utf-8"
        if controls * 50 < len(head[:4096]) and _decodes(head, "utf-8", "replace") is not None and _mostly(head)
        else None
    )


def _chinese(head: bytes, errors: str = "strict") -> str | None:
    """Which code of Chinese reads best, None where none does; a few bytes that are not of it are allowed with errors replaced."""
    found = [
        (cost, place, name)
        for place, name in enumerate(("gb18030", *_BIG5))
        if (text := _decodes(head, name, errors)) is not None
        and text.count("\ufffd") <= len(text) // SOUND
        and (cost := _cost(text, name in _BIG5)) < 900
    ]
    return min(found)[2] if found else None


def text_of(head: bytes, encoding: str) -> str:
    """The beginning of a text in that encoding; a carriage return where it has no line feed ends a line, as on old Macs."""
    return Recoded(io.BytesIO(head), encoding).read().decode()


def in_utf8(line: bytes) -> bool:
    """Whether a line is in UTF-8 rather than in another code of Chinese: more of its signs are Chinese than are none."""
    text = line.decode("utf-8", "replace")
    return len(_EASTERN.findall(text)) > text.count("\ufffd")


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


def _cost(text: str, traditional: bool) -> float:
    """What a sign of the text costs on average as a Chinese word by itself; signs nobody writes cost much."""
    single, common = tables().words.single, _common() if traditional else frozenset()
    signs = [c for c in text if c > "\u2fff"][:4000]
    return sum(min(_alone(ord(c), single), TRADITIONAL if c in common else UNKNOWN) for c in signs) / max(1, len(signs))


def _alone(sign: int, single: Array) -> int:
    """What a sign costs by itself."""
    if 0x3400 <= sign < 0xA000:
        return int(single[sign])
    return 300 if 0x3000 <= sign < 0x3040 or 0xFF00 <= sign < 0xFF5F else UNKNOWN


@cache
def _common() -> frozenset[str]:
    """The signs of the first level of Big5, by frequency of use, and those that Cantonese is written with."""
    rows = (bytes([lead, trail]) for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset("".join(row.decode("big5", "ignore") for row in rows if row < b"\xc6\x7f") + _CANTONESE)


class Recoded(io.RawIOBase):
    """A stream in another encoding, or in a UTF-8 that is not sound, read as UTF-8; `replaced` counts what could not be decoded.

    A line in UTF-8 among those in GB18030, or the other way round, is read as what it is; `strangers` counts them.
    Where its first block has carriage returns and no line feed, they become line feeds.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__()
        self._stream = stream
        self._name = "utf-8" if name == "utf-8-sig" else name
        self._decoder = codecs.getincrementaldecoder(self._name)("replace")
        self._held = b""  # bytes that wait for those after them
        self._left = b""
        self._ended = False
        self._returns: bool | None = None  # whether lines end with carriage returns alone, once that is known
        self.replaced = self.strangers = self._size = 0

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
                self._size += len(block)
                left = self._sound(block) if self._name in _OTHER else self._decoded(block)
                if self._returns is None:
                    self._returns = b"\r" in left[:-1] and b"\n" not in left
                self._left = left.replace(b"\r", b"\n") if self._returns else left
            size = min(len(view) - filled, len(self._left))
            view[filled : filled + size] = self._left[:size]
            self._left = self._left[size:]
            filled += size
        return filled

    def _sound(self, block: bytes) -> bytes:
        """As it is where it is UTF-8, which costs less; a sign that is cut off waits for the next block."""
        block = self._held + self._decoder.getstate()[0] + block
        self._held = b""
        self._decoder.reset()
        if block.isascii():
            return block
        try:
            text = block.decode(self._name)
        except UnicodeDecodeError as error:
            if self._ended or error.reason not in _CUT_OFF:
                return self._mixed(block)
            block, self._held = block[: error.start], block[error.start :]
            text = block.decode(self._name)
        return block if self._name == "utf-8" else text.encode()

    def _mixed(self, block: bytes) -> bytes:
        """Line by line, each in the encoding it is in; the last waits for its end. Of a line longer than a block nobody asks."""
        end = len(block) if self._ended else block.rfind(b"\n") + 1
        self._held = block[end:] if end else b""
        return b"".join(map(self._line, block[:end].splitlines(keepends=True))) if end else self._decoded(block)

    def _line(self, line: bytes) -> bytes:
        strange = in_utf8(line)
        if self._name == "utf-8":
            strange = not strange and _decodes(line, "utf-8") is None and _decodes(line, "gb18030") is not None
        self.strangers += strange
        text = line.decode(_OTHER[self._name] if strange else self._name, "replace")
        self.replaced += text.count("\ufffd")
        return text.encode("utf-8", "replace")

    def _decoded(self, block: bytes) -> bytes:
        text = self._decoder.decode(block, final=self._ended)
        self.replaced += text.count("\ufffd")
        return text.encode("utf-8", "replace")

    def told(self, where: str, log: Log) -> None:
        """Say how many bytes could not be decoded."""
        if self.replaced:
            said = (f"{self.replaced} 处字节不合 {self._name} 编码", f"{self.replaced} byte(s) are not {self._name}")
            if self.replaced * SOUND > self._size:
                log.lost(where, *said)
            else:
                log.row(where, 0, *said)
        if self.strangers:
            other = _OTHER[self._name]
            said = (f"不合 {self._name} 编码，按 {other} 读", f"not {self._name}; read as {other}")
            log.row(where, 0, *said, rows=self.strangers)
