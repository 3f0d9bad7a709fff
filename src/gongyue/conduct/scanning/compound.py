"""Compound files (OLE2, [MS-CFB]): old workbooks are read, the documents, slides and mails that are kept the same way are not."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK = "XLS"
ENCRYPTED = "encrypted Office"
OTHER = "OLE2"
_STREAMS = {
    "WORKBOOK": BOOK,
    "BOOK": BOOK,
    "WORDDOCUMENT": "DOC",
    "POWERPOINT DOCUMENT": "PPT",
    "__PROPERTIES_VERSION1.0": "Outlook MSG",
    "VISIODOCUMENT": "Visio",
    "ENCRYPTEDPACKAGE": ENCRYPTED,
}
"""What a stream at the root says of the file, in capitals."""
_NONE = 0xFFFFFFFA
"""From here on a number is none of a sector."""
_TABLES = 109
"""Sectors of the allocation table that the header itself lists: enough for the directory of most files."""
_SECTORS = 1024
"""Sectors of a directory that are looked at."""


def kept_in(stream: BinaryIO) -> str:
    """What a compound file holds, by the names at its root: "XLS", "DOC", …; "OLE2" where nothing says it."""
    try:
        return next((_STREAMS[name] for name in _root(list(_entries(stream))) if name in _STREAMS), OTHER)
    except (struct.error, IndexError):  # cut off
        return OTHER


def _entries(stream: BinaryIO) -> Iterator[bytes]:
    """The directory, entry by entry of 128 bytes, sector after sector as the allocation table chains them (2.3, 2.6)."""
    head = stream.read(512)
    size = 1 << min(head[30], 12)
    (at,) = struct.unpack_from("<I", head, 48)
    tables = struct.unpack_from(f"<{_TABLES}I", head, 76)
    for _ in range(_SECTORS):
        block = _sector(stream, at, size)
        yield from (block[i : i + 128] for i in range(0, len(block) - 127, 128))
        table, place = divmod(at, size // 4)
        if table >= _TABLES or tables[table] >= _NONE:
            return
        (at,) = struct.unpack_from("<I", _sector(stream, tables[table], size), 4 * place)
        if at >= _NONE:
            return


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    return stream.read(size)


def _root(entries: list[bytes]) -> Iterator[str]:
    """Names of what lies at the root, in capitals: the tree of the root's child, and not of what lies in storages below."""
    left, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set[int]()
    while left:
        at = left.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        entry = entries[at]
        (length,) = struct.unpack_from("<H", entry, 64)
        yield entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").upper()
        left += struct.unpack_from("<II", entry, 68)
