"""An evidence pack made without the office: of a published book, and of what a party was handed and keeps itself."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec

from gongyue.book import disclosure
from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.entry import MAX_OPENINGS, Malformed, decode
from gongyue.book.pack import HEADS, LETTERS, RECEIPTS, Manifest
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import read_file
from gongyue.cli.published_place import PublishedPlace
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.attachments import private_in
from gongyue.office.evidence_pack import Contents, KeptFiles, assemble, book_files
from gongyue.office.vault.cipher import Content, examined
from gongyue.office.vault.errors import BadDocument
from gongyue.sealing.commitment import is_salted, salt_of, salted_content, sealed_leaf
from gongyue.transparency import canonical, tiles


def pack_of_own_files(
    public: str,
    vkey: str,
    unit: str,
    dossier: str,
    out: Path,
    kept: KeptFiles,
    disclosures: Sequence[Path],
    documents: Sequence[Path],
) -> Manifest:
    """Write the pack of a dossier that the files open; InvalidInput where they open none of that id."""
    from gongyue.verifying.locations import open_place

    place = PublishedPlace(open_place(public), vkey)
    rows = list(dict.fromkeys(chain.from_iterable(read_file(path, MAX_OPENINGS).splitlines() for path in disclosures)))
    found = _opened(place, rows, dossier)
    if not found:
        raise InvalidInput(
            f"所给的启封文件里没有卷 {dossier}；请写卷的编号（d:…）。",
            f"What was given opens nothing of a dossier {dossier}: name it by its id (d:…).",
        )
    id = str(found[0].leaf.entry.rx.dossier)
    lines = [row + b"\n" for row in rows if f'"{id}"'.encode() in row or f"\\n{id}\\n".encode() in row]
    with tempfile.TemporaryDirectory() as made:
        book = Path(made) / "book"
        _copy(place, book)
        contents = Contents(
            place.inst,
            id,
            unit,
            [(one.opening.index, one.leaf.data) for one in found],
            b"".join(lines),
            vkey,
            book,
            place.size,
            kept.of(HEADS),
            kept.of(RECEIPTS),
            kept.of(LETTERS),
        )
        return assemble(out, contents, lambda c: _document(c, documents))


def _opened(place: PublishedPlace, rows: Sequence[bytes], dossier: str) -> list[DisclosedEntry]:
    """The entries of the one dossier whose id is that, or begins so, by place."""
    leaves = place.sealed_leaves()
    known = {leaf: index for index, leaf in enumerate(leaves)}
    at = lambda index: leaves[index] if index < len(leaves) else None  # noqa: E731 - two ways to read, for one call
    find = lambda commitment: known.get(sealed_leaf(commitment))  # noqa: E731
    try:
        opened = list(disclosure.read(b"".join(row + b"\n" for row in rows), at, find, promised=True))
    except Malformed as error:
        raise InvalidInput(f"启封文件不能用：{error}", f"These disclosures cannot be used: {error}") from None
    mine = {one.leaf.entry.rx.n: one for one in opened if (one.leaf.entry.rx.dossier or "").startswith(dossier)}
    if len({one.leaf.entry.rx.dossier for one in mine.values()}) > 1 or not dossier.startswith("d:"):
        return []
    return [one for _, one in sorted((n or 0, one) for n, one in mine.items())]


def _copy(place: PublishedPlace, book: Path) -> None:
    """The books as published, verified before: both, and every object that acts name."""
    sizes = {"": place.size, "sealed/": place.sealed_size}
    for path in book_files({prefix: size for prefix, size in sizes.items() if size}):
        tiles.write_atomically(book / path, place.fetch(path))
    for data in tiles.read_entries(place.fetch, place.size):
        act = decode(data).entry.act
        for digest in ACT_TYPES[act.type].public_digests(msgspec.json.decode(act.body)):
            path = f"objects/sha256/{digest.removeprefix('sha256:')}"
            if not (book / path).exists():
                tiles.write_atomically(book / path, place.fetch(path))


def _document(c: str, kept: Sequence[Path]) -> tuple[Content, bytes] | None:
    """A document that the party keeps: in a folder as acts leave them there, or a file with its salt."""
    for path in kept:
        if path.is_dir():
            for one in private_in(path, c.encode()):
                return _content(one.content, one.name), one.salt
        elif is_salted(data := read_file(path)) and canonical.digest(data) == c:
            return _content(salted_content(data), path.name), salt_of(data)
    return None


def _content(data: bytes, name: str) -> Content:
    try:
        return examined(data, name, any_kind=True)
    except BadDocument as error:
        raise InvalidInput(error.zh, error.en) from None
