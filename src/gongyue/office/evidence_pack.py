"""The evidence pack of a dossier, made for its party: what that may open and nothing else, with the books as published.

`assemble` makes it of what is at hand, which may be the party's own files; `make_pack` hands it what the office holds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

from gongyue.book import pack
from gongyue.book.disclosure import head_line
from gongyue.book.documents import documents_named
from gongyue.book.dossiers import folded, whole
from gongyue.book.entry import decode
from gongyue.book.pack import Manifest, PackedDocument, PackedFile, State
from gongyue.book.pack_guide import Guided, GuideLine, guide
from gongyue.book.receipts import Receipt
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance import note_names
from gongyue.governance.acts import act_type_of
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import is_void
from gongyue.office import links
from gongyue.office.attachments import WRITTEN
from gongyue.office.bundle import vkey_words
from gongyue.office.dossier_access import Sight, sight_of
from gongyue.office.dossier_documents import open_document
from gongyue.office.dossier_heads import head_after
from gongyue.office.facts.document_names import DocumentNames, named_in
from gongyue.office.letters import letter
from gongyue.office.notices import notice_at
from gongyue.office.office import Office
from gongyue.office.openings import OpenedEntry, of_party
from gongyue.office.publishing import publish
from gongyue.office.sources import StoreSources
from gongyue.office.store import SEALED
from gongyue.office.vault.cipher import Content
from gongyue.office.vault.errors import BadVault, Gone, NotThere
from gongyue.sealing.link import parse_link_line
from gongyue.transparency import tiles

Documents = Callable[[str], tuple[Content, bytes] | None]
"""A document by its commitment, with its salt; None where it is not at hand."""


class Contents(msgspec.Struct, frozen=True):
    """What a pack is made of. `entries`: (index, bytes) by place; `lines`: what opens them; `vkey`: of the open book.

    `book`: the folder of the books as published; `heads`, `receipts`, `letters`: by their file's name in the pack.
    """

    inst: Institution
    dossier: str
    party: str
    entries: Sequence[tuple[int, bytes]]
    lines: bytes
    vkey: str
    book: Path
    size: int
    heads: Mapping[str, bytes] = {}
    receipts: Mapping[str, bytes] = {}
    letters: Mapping[str, bytes] = {}


class KeptFiles(msgspec.Struct, frozen=True):
    """What the party kept itself and adds: heads, receipts, letters; a letter with the end of its file's name."""

    heads: tuple[bytes, ...] = ()
    receipts: tuple[bytes, ...] = ()
    letters: tuple[tuple[str, bytes], ...] = ()

    def of(self, folder: str) -> dict[str, bytes]:
        """Those of a folder, by the names that they have in the pack."""
        if folder == pack.LETTERS:
            return {f"{folder}kept-{n}{suffix}": data for n, (suffix, data) in enumerate(self.letters, 1)}
        kept, suffix = (self.heads, ".head") if folder == pack.HEADS else (self.receipts, ".receipt")
        return {f"{folder}kept-{n}{suffix}": data for n, data in enumerate(kept, 1)}


# -- at the office


def make_pack(
    office: Office,
    folder: Path,
    unit: str,
    dossier: str,
    target: Path | IO[bytes],
    kept: KeptFiles | None = None,
    book: Path | None = None,
) -> Manifest:
    """Write the pack of a dossier for a unit that is party to it; every document read for it is logged as read by the unit.

    OutOfTurn where the unit has no such dossier, and before the covenant is published. `book`: the books as published already.
    """
    inst, kept = office.catch_up(), kept or KeptFiles()
    found = whole(inst, StoreSources(office.store), dossier)
    if sight_of(inst, found, unit, day_of(office.now)) is not Sight.PARTY:
        raise OutOfTurn("not-found", what=dossier)
    mine = [one for one in of_party(office.store, unit) if one.entry.rx.dossier == dossier]
    mine.sort(key=lambda one: one.entry.rx.n or 0)
    with tempfile.TemporaryDirectory() as made:
        if book is None:
            book = Path(made) / "book"
            publish(office, book)
        latest = office.head(dossier)
        contents = Contents(
            inst,
            dossier,
            unit,
            [(one.opening.index, one.kept.entry) for one in mine],
            b"".join([*(one.line for one in mine), *_links(office, unit, dossier), head_line(latest)]),
            office.keys.open.verifier.vkey,
            book,
            inst.size,
            dict(_heads(office, unit, mine)) | {f"{pack.HEADS}latest.head": latest} | kept.of(pack.HEADS),
            dict(_receipts(unit, mine)) | kept.of(pack.RECEIPTS),
            dict(_letters(office, unit, mine)) | kept.of(pack.LETTERS),
        )
        waiting = _waiting(found, unit)
        return assemble(target, contents, _from_vault(office, folder, unit, waiting), waiting)


def _waiting(dossier: Dossier, unit: str) -> frozenset[str]:
    """The documents served on the unit that it opens once it has signed for them, and not before."""
    served = [line.digest for line in dossier.entries if line.digest in dossier.served and not line.void]
    got = {doc for digest in served if (unit, digest) in dossier.received for doc in dossier.served[digest]}
    held_back = {doc for digest in served if (unit, digest) not in dossier.received for doc in dossier.served[digest]}
    return frozenset(held_back - got - dossier.given)


def _from_vault(office: Office, folder: Path, unit: str, waiting: frozenset[str]) -> Documents:
    def read(c: str) -> tuple[Content, bytes] | None:
        if c in waiting:
            return None
        try:
            return open_document(office, folder, c, unit)
        except (NotThere, Gone, BadVault):  # what became of it is told, and the rest is handed over all the same
            return None

    return read


def _links(office: Office, unit: str, dossier: str) -> Iterator[bytes]:
    """What opens the links of open acts about the unit that rest on this dossier.

    Not that of a result: its bulletin stands in the dossier of all members, which no pack holds, and alone it would open nothing.
    """
    for line in links.of_ends(office.inst, office.store, unit):
        if any(one.dossier == dossier for one in parse_link_line(line.rstrip(b"\n")).target):
            yield line


def _heads(office: Office, unit: str, mine: Sequence[OpenedEntry]) -> Iterator[tuple[str, bytes]]:
    """The heads that the unit's receipts for its own acts carry."""
    for one in mine:
        if one.entry.act.actor == unit:
            yield f"{pack.HEADS}{one.entry.rx.n:03d}.head", head_after(office.keys, one.kept.entry, one.entry.rx)


def _receipts(unit: str, mine: Sequence[OpenedEntry]) -> Iterator[tuple[str, bytes]]:
    """The promises that the unit was given for its own acts."""
    for one in mine:
        if one.entry.act.actor == unit and one.kept.promise:
            yield f"{pack.RECEIPTS}{one.entry.rx.n:03d}.promise", one.kept.promise


def _letters(office: Office, unit: str, mine: Sequence[OpenedEntry]) -> Iterator[tuple[str, bytes]]:
    """The letters that tell the unit of what was recorded here from its paper, as of the day of the recording."""
    inst = office.inst
    edition = inst.meaning.edition
    executive, covenant = (inst.genesis.executive if inst.genesis else ""), (edition.title if edition else "")
    for one in mine:
        if one.entry.act.actor == unit and one.entry.act.paper is not None:
            told = notice_at(inst, office.store, Receipt(SEALED, None, "", 0, b"", commitment=one.commitment))
            assert told is not None  # it is in the unit's name
            yield f"{pack.LETTERS}{one.entry.rx.n:03d}.txt", letter(told, executive, covenant, told.recorded).encode()


# -- of whatever is at hand


def assemble(
    target: Path | IO[bytes], contents: Contents, documents: Documents, waiting: frozenset[str] = frozenset()
) -> Manifest:
    """Write the pack; at most one document is in memory at a time, and none on disk by a name, where a kill would leave it.

    OutOfTurn where the dossier is not the party's.
    """
    dossier = folded(contents.inst, contents.entries)
    if contents.party not in dossier.parties:
        raise OutOfTurn("not-found", what=contents.dossier)
    with tempfile.TemporaryFile() as held:
        members: dict[str, pack.Member] = {
            pack.VKEY: contents.vkey.encode() + b"\n",
            pack.DISCLOSURES: contents.lines,
            **contents.heads,
            **contents.receipts,
            **contents.letters,
        }
        listed: dict[str, PackedDocument] = {}
        lines, before = [], set[str]()
        names = DocumentNames()
        for n, (index, data) in enumerate(contents.entries, 1):
            entry = decode(data).entry
            named = documents_named(act_type_of(entry.act.type), entry.act)
            called = named_in(entry, names)
            for number, c in enumerate(named, 1):
                if c in listed:
                    continue
                found = None if c in dossier.erased else documents(c)
                if found is None:
                    listed[c] = PackedDocument(c, _state(dossier, c, waiting))
                    continue
                content, salt = found
                path = pack.file_name(n, number, entry.act.type, content.name, content.kind)
                known = f"{called[c].zh}.txt" if content.name == WRITTEN and c in called else content.name
                listed[c] = PackedDocument(c, "here", path, known, salt.hex())
                members[path] = pack.hold(held, content.data)
            place, act = entry.rx.n or n, entry.act
            said = note_names.called(
                act.type, msgspec.json.decode(act.body), act.actor, before if dossier.kind == "case" else None
            )
            if not is_void(contents.inst, index, entry):
                before.add(act.type)
            lines.append(GuideLine(place, iso(day_of(entry.rx.t)), said, act.actor, tuple(named)))
        members[pack.GUIDE] = guide(_guided(contents, dossier, lines, listed))
        files = tuple(PackedFile(pack.digest_of(members[path]), path) for path in sorted(members))
        manifest = Manifest(tuple(listed.values()), contents.dossier, files, contents.party)
        members[pack.MANIFEST] = manifest.data
        members |= {pack.BOOK + name: contents.book / name for name in published_files(contents.book)}
        pack.write(target, members)
    return manifest


def published_files(book: Path) -> Iterator[str]:
    """The files of the books in a folder as of their checkpoints: none that an earlier size left behind."""
    sizes = {}
    for prefix in ("", "sealed/"):
        if (checkpoint := book / prefix / "checkpoint").is_file():
            sizes[prefix] = int(checkpoint.read_bytes().split(b"\n", 2)[1])
    yield from book_files(sizes)
    yield from (f"objects/sha256/{path.name}" for path in (book / "objects" / "sha256").glob("*"))


def book_files(sizes: Mapping[str, int]) -> Iterator[str]:
    """The files of books of these sizes, by where each lies: "" for the open one, "sealed/"."""
    for prefix, size in sizes.items():
        yield f"{prefix}checkpoint"
        for level, index, width in tiles.tiles_of(size):
            yield prefix + tiles.tile_path(level, index, width)
            if level == 0:
                yield prefix + tiles.entries_path(index, width)


def _state(dossier: Dossier, c: str, waiting: frozenset[str]) -> State:
    if c in dossier.erased:
        return "erased"
    return "waiting" if c in waiting else "absent"


def _guided(
    contents: Contents, dossier: Dossier, lines: Sequence[GuideLine], listed: Mapping[str, PackedDocument]
) -> Guided:
    inst, unit = contents.inst, contents.inst.units.get(contents.party)
    genesis, edition = inst.genesis, inst.meaning.edition
    assert genesis is not None
    words = vkey_words(contents.vkey, "zh"), vkey_words(contents.vkey, "en")
    return Guided(
        edition.title if edition else "",
        genesis.executive,
        contents.party,
        unit.name if unit else contents.party,
        contents.dossier,
        dossier.kind,
        contents.size,
        contents.vkey,
        words,
        lines,
        listed,
        genesis.demo,
    )
