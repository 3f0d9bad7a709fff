"""What a document does when it is opened, found before it is kept: code that runs, files within files, contents that swell.

No file is rendered or run here, and no more than a bound of it is inflated. Whoever reads it opens it on a machine of its own,
so that what only hides from this look is for that machine's reader to stop.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from gongyue.office.vault.errors import BadDocument

MOST_OBJECTS: Final = 32 << 20
"""Bytes that the object streams of a PDF may inflate to: they are inflated here."""
MOST_UNPACKED: Final = 512 << 20
"""Bytes that an office file may say its parts have unpacked: they are not unpacked here."""
MOST_TIMES: Final = 200
"""How many times its packed size a part of a packed document may have; text packs by some ten to fifty."""
MOST_PARTS: Final = 5_000
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|Encrypt)(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)(?:endstream|\Z)", re.DOTALL)
_BEFORE: Final = 1_000
"""Bytes in front of a stream in which its dictionary stands."""
_MACROS = re.compile(r"(?i)(^|/)(vbaProject\.bin|vbaData\.xml|activeX/|embeddings/|oleObject)")


def require_inert(data: bytes, kind: str, name: str) -> None:
    """BadDocument where a PDF runs code or carries files, or an office file has macros, carries files or swells."""
    if kind == "pdf":
        _pdf(data, name)
    elif kind == "office":
        _office(data, name)


def _pdf(data: bytes, name: str) -> None:
    """Dictionaries stand outside streams or in object streams (ISO 32000 7.5.7); a name may be escaped, #4A for J.

    Other streams are not looked into: pixels spell anything.
    """
    room, pieces = MOST_OBJECTS, [_STREAM.sub(b"stream ", data)]
    for match in _STREAM.finditer(data):
        if b"/ObjStm" in _unescaped(data[max(0, match.start() - _BEFORE) : match.start()].rpartition(b"endobj")[2]):
            pieces.append(_objects(match[1], room, name))
            room -= len(pieces[-1])
    for piece in pieces:
        if found := _ACTIVE.search(_unescaped(piece)):
            raise BadDocument(
                f"{name} 里有会自行运行、夹带文件或加密的内容（{found[0].decode()}）；请另存为普通的 PDF，或打印成 PDF 再交。",
                f"{name} holds what runs by itself, carries files or is encrypted ({found[0].decode()}): save it as a plain PDF, or"
                " print it to one.",
            )


def _unescaped(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data) if b"#" in data else data


def _objects(packed: bytes, room: int, name: str) -> bytes:
    """The content of an object stream; BadDocument where it cannot be looked into, or swells."""
    try:
        inflated = zlib.decompressobj().decompress(packed, room + 1)
    except zlib.error:
        if packed.lstrip()[:1].isdigit():  # it is not packed: it begins with the numbers of its objects
            return packed
        raise BadDocument(
            f"{name} 里有看不进去的内容；请打印成 PDF 再交。",
            f"{name} has contents that cannot be looked into: print it to a PDF.",
        ) from None
    if len(inflated) > room:
        raise _swells(name)
    return inflated


def _office(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise BadDocument(f"{name} 不是完好的文件（{error}）。", f"{name} is not a whole file ({error}).") from None
    sizes = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or sizes > MOST_UNPACKED or any(_times(part) > MOST_TIMES for part in parts):
        raise _swells(name)
    if macro := next((part.filename for part in parts if _MACROS.search(part.filename)), ""):
        raise BadDocument(
            f"{name} 里有宏或夹带的文件（{macro}）；请另存为不含宏的文件，或打印成 PDF 再交。",
            f"{name} has macros or carries files ({macro}): save it without, or print it to a PDF.",
        )


def _times(part: zipfile.ZipInfo) -> float:
    return part.file_size / max(1, part.compress_size) if part.file_size > 1 << 16 else 0.0


def _swells(name: str) -> BadDocument:
    return BadDocument(
        f"{name} 展开后过大；请另存，或打印成 PDF 再交。",
        f"{name} swells too much when it is unpacked: save it anew, or print it to a PDF.",
    )
