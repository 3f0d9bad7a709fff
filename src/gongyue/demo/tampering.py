"""One byte altered in a published book, as anyone with write access to the mirror could."""

from __future__ import annotations

from pathlib import Path

from gongyue.book.entry import decode
from gongyue.transparency import tiles

ALTERED = "membership.enrol/1"
"""The act whose leaf is altered, where there is one; else the last but one."""


def alter_one_byte(public: Path) -> int:
    """Alter the time of arrival of one entry by one second's digit; returns its index."""
    size = int((public / "checkpoint").read_text("utf-8").split("\n")[1])
    leaves = list(tiles.read_entries(tiles.from_directory(public), size))
    types = [decode(leaf).entry.act.type for leaf in leaves]
    index = types.index(ALTERED) if ALTERED in types else size - 2
    bundle, place = divmod(index, tiles.WIDTH)
    path = public / tiles.entries_path(bundle, min(tiles.WIDTH, size - bundle * tiles.WIDTH))
    rows = tiles.decode_entries(path.read_bytes())
    at = rows[place].index(b'"rx":{"t":') + len(b'"rx":{"t":') + 9
    changed = bytearray(rows[place])
    changed[at] = ord("0") + (changed[at] - ord("0") + 1) % 10
    rows[place] = bytes(changed)
    path.write_bytes(tiles.encode_entries(rows))
    return index
