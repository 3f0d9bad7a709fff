"""Evidence packs: opened as they are handed over, each document held against the entry that names it (formats §10.11).

Nothing of a pack is unpacked to disk; each file is read within its bound. What is no pack accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.book import pack
from gongyue.book.digest_words import digest_words
from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.documents import documents_named
from gongyue.book.dossiers import folded
from gongyue.book.pack import BadPack, Manifest, PackedDocument
from gongyue.book.sealed_duties import sealed_duties
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import ACT_TYPES, UNPLACED
from gongyue.governance.institution import Institution
from gongyue.sealing.commitment import commit, salted
from gongyue.transparency import canonical
from gongyue.transparency.regular import TooLong
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import Stop, Unreadable, tampered
from gongyue.verifying.locations import Fetch, listed, open_place
from gongyue.verifying.pack_report import CheckedDocument, Owed, PackedEntry, PackReport

if TYPE_CHECKING:
    from gongyue.verifying.report import KnownLink, Report
    from gongyue.verifying.verify import Request

ERASE = "dossier.erase/1"
TOLD_ELSEWHERE = "bulletin.result/1"
"""Done in the dossier of all members, of which no pack holds anything: whether it is overdue cannot be seen from one."""
NO_EVIDENCE = (pack.GUIDE, pack.LETTERS)


class Pack:
    """An evidence pack: its manifest, a way to its files, and how many files in it are no part of it."""

    def __init__(self, fetch: Fetch, manifest: Manifest, foreign: int) -> None:
        self._fetch, self.manifest, self.foreign = fetch, manifest, foreign
        self._digests = {one.path: one.digest for one in manifest.files}
        self._documents = {one.c: one for one in manifest.documents}
        self.own_key: bool

    def book(self, path: str) -> bytes:
        """A file of the books."""
        return self._fetch(pack.BOOK + path)

    def file(self, path: str) -> bytes:
        """A file that the manifest lists, as it lists it; Stop where it is not there, or another."""
        data = self._found(path)
        if data is None:
            raise _tampered("missing", path)
        if canonical.digest(data) != self._digests[path]:
            raise _tampered("hash", path)
        return data

    def _found(self, path: str) -> bytes | None:
        if path not in self._digests:
            return None
        try:
            return self._fetch(path)
        except KeyError:
            return None

    def replaced(self) -> tuple[str, ...]:
        """The files that are no evidence and are not there, or not as the manifest lists them."""
        mine = [path for path in self._digests if path.startswith(NO_EVIDENCE)]
        return tuple(path for path in mine if canonical.digest(self._found(path) or b"") != self._digests[path])

    def document(self, one: PackedDocument) -> bytes:
        """A document's content, which opens its commitment; Stop otherwise."""
        data = self._found(one.file)
        if data is None:
            raise _tampered("missing", one.file)
        if commit(bytes.fromhex(one.salt), data) != one.c:
            raise _tampered("document", one.file, one.c)
        return data

    def salted(self, c: str) -> bytes | None:
        """A document with its salt, for the law to read; None where it is not here."""
        one = self._documents.get(c)
        return salted(bytes.fromhex(one.salt), self.document(one)) if one is not None and one.state == "here" else None

    def request(self, given: Request) -> Request:
        """What is to be verified: the pack's own beside what else is given; under the pack's key where none is."""
        self.own_key = not given.vkey

        def under(folder: str) -> tuple[tuple[str, bytes], ...]:
            return tuple((path, self.file(path)) for path in self.manifest.under(folder))

        return replace(
            given,
            vkey=given.vkey or self.file(pack.VKEY).decode("utf-8", "replace").strip(),
            disclosures=((pack.DISCLOSURES, self.file(pack.DISCLOSURES)), *given.disclosures),
            heads=(*under(pack.HEADS), *given.heads),
            receipts=(*under(pack.RECEIPTS), *given.receipts),
            pack=self,
        )


def opened(place: str, budget: Budget | None = None) -> Pack | None:
    """The evidence pack in a zip file or a folder; None where that is none. Unreadable of a pack that is not as one can be."""
    if "://" in place:
        return None
    fetch = open_place(place, budget)
    try:
        data = fetch(pack.MANIFEST)
    except KeyError:
        return None
    except TooLong as error:
        raise _bad(place, f"{pack.MANIFEST} > {error.most:,}") from None
    try:
        manifest = pack.parse_manifest(data)
    except BadPack as error:
        raise _bad(place, str(error)) from None
    names = listed(Path(place)) if Path(place).is_file() else []
    if unsafe := next(filter(pack.is_unsafe, names), ""):
        raise _bad(place, f"path {unsafe[:80]!r}")
    if len(set(names)) != len(names):
        raise _bad(place, "two files of one name")
    known = {one.path for one in manifest.files} | {pack.MANIFEST}
    own = known.union(name for name in names if name.startswith(pack.BOOK) and pack.is_packed(name))
    return Pack(fetch, manifest, sum(name not in own for name in names))


def _tampered(how: str, what: str, detail: str = "") -> Stop:
    """A pack is not what it says: that may be anybody's doing, and says nothing of the books."""
    stop = tampered(how, what, detail)
    failure = replace(
        stop.failure,
        zh="证据包" + stop.failure.zh.removeprefix("簿册"),
        en=f"evidence pack: {stop.failure.en}",
    )
    return Stop(stop.code, failure)


def _bad(place: str, why: str) -> Unreadable:
    return Unreadable(
        f"{place}：不是完好的证据包（{why}）", f"{place}: no evidence pack, or a damaged one ({why})", "pack"
    )


def documents_checked(found: Pack, vkey: str, opened: Sequence[tuple[str, DisclosedEntry]]) -> PackReport:
    """The entries of the pack's dossier with their documents, each opened; Stop where one is not what an entry names."""
    manifest = found.manifest
    mine = {one.leaf.entry.rx.nth: one for _, one in opened if one.leaf.entry.rx.dossier == manifest.dossier}
    if not mine:
        raise _tampered("missing", manifest.dossier)
    places: dict[str, list[int]] = {}
    erased: set[str] = set()
    entries = []
    for n, one in sorted(mine.items()):
        entry = one.leaf.entry
        kind = ACT_TYPES.get(entry.act.type)
        named = documents_named(kind, entry.act) if kind is not None else []
        erased.update(named if entry.act.type == ERASE else ())
        for c in named:
            places.setdefault(c, []).append(n)
        day = iso(day_of(entry.rx.t))
        entries.append(PackedEntry(n, day, entry.act.type, entry.act.actor, one.opening.index == UNPLACED))
    by_c = {one.c: one for one in manifest.documents}
    if unnamed := next((c for c in by_c if c not in places), ""):
        raise _tampered("document", by_c[unnamed].file or unnamed)
    documents = []
    for c, at in places.items():
        one_of = by_c.get(c) or PackedDocument(c, "absent")
        if one_of.state == "here":
            found.document(one_of)
        documents.append(CheckedDocument(c, one_of.state, one_of.file, one_of.name, tuple(at), c in erased))
    key = canonical.digest(vkey.encode())
    return PackReport(
        manifest.dossier,
        manifest.party,
        (" ".join(digest_words(key, "zh")), " ".join(digest_words(key, "en"))),
        found.own_key,
        tuple(entries),
        tuple(documents),
        found.replaced(),
        found.foreign,
    )


def judged(report: PackReport, inst: Institution, shelf: Sequence[DisclosedEntry], found: Report) -> PackReport:
    """The same once all was found lawful: what is overdue; Stop where the dossier is not that party's."""
    dossier = folded(inst, ((one.opening.index, one.leaf.data) for one in shelf))
    if report.party not in dossier.parties:
        raise _tampered("content", f"{pack.MANIFEST} {report.party}", report.dossier)
    today = day_of(inst.now)
    duties = sealed_duties(inst, [one.opening for one in shelf])
    late = [one for one in duties if not one.lapses and one.last < today and one.act != TOLD_ELSEWHERE]
    owed = (
        Owed(*_halves(one.what), iso(one.last), today - one.last, inst.meaning.at(one.article), one.basis)
        for one in late
    )
    up_to = max((one.n for one in found.heads if one.dossier == report.dossier), default=0)
    unopened = tuple(_unopened(shelf, found.links))
    return replace(report, up_to=up_to, unopened=unopened, overdue=tuple(owed), judged=True)


def _unopened(shelf: Sequence[DisclosedEntry], links: Sequence[KnownLink]) -> Iterator[int]:
    """The places of the entries that carry a link which nothing opens whole; of one that may name nothing nobody can tell."""
    opened = {one.carrier for one in links if one.full}
    for one in shelf:
        kind = ACT_TYPES.get(one.leaf.entry.act.type)
        if kind is not None and kind.link_in(one.leaf.entry.act.body) and f"sealed #{one.opening.index}" not in opened:
            yield one.leaf.entry.rx.nth


def _halves(what: str) -> tuple[str, str]:
    zh, _, en = what.partition(" / ")
    return zh, en or zh
