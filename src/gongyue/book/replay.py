"""Where bytes meet law: the fold of leaves through `step`, shared by the office and by verify.

`Replay` gathers what an act is `given` (objects, openings, earlier entries, the digest of the meaning), checks it
by hash, hands the signatures to be checked to its caller, and calls `step`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec.structs import replace

from gongyue.book import draws
from gongyue.book.disclosure import DisclosedEntry, NotPublished, read
from gongyue.book.dossiers import folded, whole
from gongyue.book.entry import MAX_JSON_OBJECT, MAX_OPENINGS, Leaf, Malformed, decode
from gongyue.book.sealed_judgement import Past, folded_on, judge_sealed, note_void, noted_false
from gongyue.book.signing import Job, is_acceptable_key, job
from gongyue.book.sources import Recorded, Sources, Tampered, Undisclosed, checked
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.values import Meaning
from gongyue.governance import yearly
from gongyue.governance.acts import UNPLACED, ActType, Entry, Opening, VerifiedInputs, act_type_of, decode_body
from gongyue.governance.book import book_vkeys
from gongyue.governance.clock import RECOVER
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import anchored, seen
from gongyue.governance.step import judge, step, step_sealed
from gongyue.sealing.commitment import salted_content, sealed_leaf
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadKey, BadNote, Verifier


@contextmanager
def gc_paused() -> Iterator[None]:
    """Folding and loading make no cycles; the collector would cost more than either."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Replay:
    """The institution so far, and how it goes on."""

    def __init__(self, sources: Sources, inst: Institution | None = None, wanted: Iterable[int | None] = ()) -> None:
        """`wanted`: after how many acts the institution will be asked for again by sealed acts that arrived then."""
        self.sources = sources
        self.inst = inst or Institution()
        self._rev: tuple[Meaning | None, str] = (None, "")
        self._seen: dict[tuple[int, int], int] = {}
        self._view: tuple[int, str] | None = None
        self._plain = VerifiedInputs()
        self._leaves: set[bytes | None] = set()
        """Of the sealed book those up to `_read`, once an open act has named one of them."""
        self._read = 0
        self.past = Past(wanted)
        self._shown: dict[str, Entry] = {}
        """What is opened together with the act that is judged, by its commitment."""
        self._present: Institution | None = None
        """Of a judge of what arrived earlier: the institution now, whose anchors say how far the sealed book goes."""

    def back_to(self, inst: Institution) -> None:
        """Go on from an earlier institution: what was folded since is not recorded."""
        self.inst = inst
        self.past.forget(inst.size)

    def beside(self, inst: Institution) -> Replay:
        """A replay of the same sources at another institution."""
        return Replay(self.sources, inst)

    def knows_of(self, present: Replay) -> None:
        """Judge what arrived here by what the present replay reads and has opened."""
        self.sources, self._present, self._shown = present.sources, present.inst, present._shown

    def recorded(self, inst: Institution | None = None) -> Replay:
        """A replay of what stands in the book, from that institution on."""
        return Replay(Recorded(self.sources), inst)

    def reads(self, present: Replay) -> None:
        """Go on with what stands in the book that the present replay reads."""
        self.sources = Recorded(present.sources)

    @property
    def rev(self) -> str:
        """The digest of the present meaning."""
        meaning = self.inst.meaning
        known, rev = self._rev  # one object, so that threads which ask meanwhile never see half of it
        if known is not meaning:
            rev = canonical.digest(canonical.encode(meaning.content()))
            self._rev = (meaning, rev)
        return rev

    def add(self, leaf: Leaf) -> list[Job]:
        """Step over one leaf; returns the signatures its caller must have checked. Raises Refused, OutOfTurn, Tampered."""
        given, jobs = self.given(leaf)
        self.inst = step(self.inst, leaf.entry, given)
        if given.before is not None:
            self.past.recovered(self.inst)
            note_void(self)
        self.past.stands(self.inst)
        return jobs

    def judge(self, leaf: Leaf, dossier: Dossier | None = None) -> tuple[list[Ruling], list[Job]]:
        """Every ruling the act must satisfy, in its dossier if it stands in one, without taking the step; for sealed acts and dry runs."""
        given, jobs = self.given(leaf)
        if act_type_of(leaf.entry.act.type).in_dossier:
            return step_sealed(self.inst, dossier or Dossier(), leaf.entry, given)[1], jobs
        return judge(self.inst, leaf.entry, given), jobs

    def given(self, leaf: Leaf) -> tuple[VerifiedInputs, list[Job]]:
        """What the act is given, each thing checked by hash; and the signatures to check."""
        entry = leaf.entry
        kind = act_type_of(entry.act.type)
        signed = leaf.signed
        jobs = [job(sig, signed) for sig in entry.sigs]
        seen = self._view_seen(entry)
        rev = self.rev
        if kind.brings:
            self._special(kind, entry)
        own = leaf.digest if entry.act.seq is None else ""
        recorded = canonical.digest(leaf.data) if kind.in_dossier else ""
        if not (kind.names or kind.reckons):
            if recorded:
                return VerifiedInputs(rev, seen, own, recorded), jobs
            if own != self._plain.digest or self._plain.seen != seen or self._plain.rev != rev:
                self._plain = VerifiedInputs(rev, seen, own)
            return self._plain, jobs
        body = _well_formed(kind, entry)
        objects = {d: self._object(d) for name in kind.objects if (d := body.get(name))}
        objects |= {d: self._text(d) for name in kind.texts if (d := body.get(name)) and not kind.is_private(name)}
        objects |= {d: text for d in kind.documents(body) if (text := self._document(d)) is not None}
        openings, openings_of = {}, []
        for digest, lines in self._openings(kind, body):
            try:
                opened = list(read(lines, self.sources.sealed_leaf))
            except Malformed as error:
                if isinstance(error, NotPublished) and error.index is None:
                    raise OutOfTurn("not-anchored", kind.type) from None
                raise Tampered(digest, str(error)) from None
            _require_once(digest, opened)
            openings[digest] = tuple(o.opening for o in opened)
            openings_of += opened
            jobs += self._judged(opened)
            self.past.dismiss()
        dossiers = self._begun(openings) if self.sources.opens_all else {}
        entries = {}
        if kind.entry and (index := body[kind.entry]) < self.inst.size:
            entries[index] = self.recorded_leaf(index).entry
        sealed = self._sealed(kind, named) if kind.sealed and (named := body.get(kind.sealed)) else {}
        course, standing = self._folded(openings_of, self.inst.size) if kind.folds else (None, 0)
        cast = self._cast(body[kind.counts], entry) if kind.counts and self.sources.opens_all else None
        before, after = folded_on(self, body, entry.rx.t) if kind.type == RECOVER else (None, None)
        given = VerifiedInputs(
            rev,
            seen,
            own,
            recorded,
            objects,
            openings,
            entries,
            sealed,
            cast,
            course,
            standing,
            dossiers,
            before,
            after,
        )
        return (replace(given, **self._reckoned(kind, body, entry.rx.t)) if kind.reckons else given), jobs

    def _all_sealed(self) -> Iterator[Opening]:
        """Every sealed entry that can be opened here."""
        return (Opening(index, known, decode(data).entry) for index, known, data in self.sources.opened())

    def _folded(self, opened: list[DisclosedEntry], size: int) -> tuple[Dossier | None, int]:
        """The dossier that is opened from its first entry on, none where it is no such; how many entries it had, as far as known here.

        Had: when the act arrived that opens it, the open book then being of that `size`.
        """
        places = [one.leaf.entry.rx.place for one in opened]
        ids = {place.dossier for place in places if place is not None}
        if len(ids) != 1 or [place.n if place else 0 for place in places] != list(range(1, len(places) + 1)):
            return None, 0
        course = folded(self.inst, [(one.opening.index, one.leaf.data) for one in opened])
        had = (decode(data).entry.rx.open or 0 for _, data in self.sources.dossier(ids.pop()))
        return course, sum(known <= size for known in had)

    def _begun(self, openings: Mapping[str, tuple[Opening, ...]]) -> dict[str, Dossier]:
        """The dossiers that what is opened began, as they stand here, by the object that opens it."""
        found = ((d, one.entry.rx.place) for d, opened in openings.items() for one in opened)
        return {d: whole(self.inst, self.sources, place.dossier) for d, place in found if place is not None}

    def recorded_leaf(self, index: int) -> Leaf:
        """The leaf of the open book at `index`, which is there."""
        data = self.sources.leaf(index)
        assert data is not None
        return decode(data)

    def _sealed(self, kind: ActType, commitment: str) -> dict[str, Entry]:
        """The sealed entry of that commitment; empty where the sealed book has none.

        An open act that names one stands by itself for whoever cannot open it, so long as it was anchored before.
        """
        if commitment in self._shown:
            return {commitment: self._shown[commitment]}
        if (data := self.sources.opening(commitment)) is not None:
            if kind.public and not self._is_anchored(commitment):
                raise OutOfTurn("not-anchored", kind.type)
            return {commitment: decode(data).entry}
        if kind.public:
            opened = self.sources.opens_all  # whoever opens all of it knows that this is padding, or nothing
            if opened or (not self.sources.judged and not self._is_anchored(commitment)):
                raise OutOfTurn("not-found", kind.type, what=commitment)
            return {}
        if not self.sources.opens_all and not kind.in_dossier:  # what stands before it in its dossier is opened with it
            places = range(anchored(self._present or self.inst))
            if any(self.sources.sealed_leaf(index) == sealed_leaf(commitment) for index in places):
                raise Undisclosed(commitment)
        return {}

    def _is_anchored(self, commitment: str) -> bool:
        """Whether the sealed book held it at the last anchor; true for whoever has not got its leaves."""
        for index in range(self._read, size := anchored(self.inst)):
            self._leaves.add(self.sources.sealed_leaf(index))
        self._read = size
        return not self._leaves.isdisjoint((sealed_leaf(commitment), None))

    def _cast(self, vote: str, entry: Entry) -> tuple[Opening, ...]:
        """Every ballot of that vote so far; of an act under seal, those that had arrived before it did."""
        cast = (Opening(index, known, decode(data).entry) for index, known, data in self.sources.opened(vote))
        before = Opening(UNPLACED, "", entry).arrived
        return tuple(one for one in cast if entry.rx.open is None or one.arrived < before)

    def _openings(self, kind: ActType, body: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
        """The objects of openings that an act names, and what they hold; of those handed to some only, where they are at hand."""
        if kind.opening and (digest := body.get(kind.opening)):
            yield digest, self._bytes(digest, MAX_OPENINGS)
        if kind.handed and (digest := body.get(kind.handed)):
            data = self.sources.handed(digest)
            if data is not None:
                yield digest, checked(digest, data, MAX_OPENINGS)
            elif self.sources.opens_all:
                raise OutOfTurn("missing-object", digest=digest)
        if kind.handed:
            yield from ((d, self._bytes(d, MAX_OPENINGS)) for d in self.inst.reopened.get(body["matter"], ()))

    def _judged(self, opened: list[DisclosedEntry]) -> Iterator[Job]:
        """The signatures of what is opened, each act judged as of its arrival unless it was when it was recorded."""
        self._shown = {o.opening.commitment: o.opening.entry for o in opened}
        dossiers: dict[str, Dossier] = {}
        for one in opened:
            is_false = noted_false(self, one.opening.index, one.leaf)  # its matter says whether it stands
            if self.sources.judged or is_false:
                yield from (job(sig, one.leaf.signed) for sig in one.leaf.entry.sigs)
            else:
                id = one.leaf.entry.rx.dossier or ""
                after, jobs = judge_sealed(self, one.opening.index, one.leaf, dossiers.get(id, Dossier()))
                dossiers[id] = after if id else Dossier()
                yield from jobs

    def _special(self, kind: ActType, entry: Entry) -> None:
        """What only bytes can tell: an anchored root, the quality of a key that is brought."""
        if kind.type == "book.anchor/1":
            body = _well_formed(kind, entry)
            self._sealed_had(body["size"], body["root"], kind.type)
            for recovery in self.inst.recoveries:  # now that the sealed book is published up to what they stated
                self._sealed_had(recovery.sealed, recovery.root, f"#{recovery.index} {RECOVER}")
            self._ascends(body["size"])
        elif kind.type == "book.rotate/1":
            _require_vkey(_well_formed(kind, entry)["verifier"])
        else:
            body = _well_formed(kind, entry)
            alg = body.get("alg")
            if alg is not None and not is_acceptable_key(alg, body["key"]):
                raise OutOfTurn("weak-key", kind.type, alg=alg)

    def _reckoned(self, kind: ActType, body: dict[str, Any], time: int) -> dict[str, Any]:
        """The seed that a checkpoint makes, which is the book's own; the slots drawn by the seed that an act names; a year's count."""
        if kind.type == "oversight.report/1":
            counts = yearly.counted(self.inst, self._all_sealed(), body["year"]) if self.sources.opens_all else None
            return {"yearly": counts}
        if kind.type != "inspection.seed/1":
            seed = self.inst.seeds.get(body["seed"])
            return {"drawn": draws.drawn(self.inst, seed)} if seed is not None else {}
        note = self._bytes(body["checkpoint"], draws.MAX_CHECKPOINT)
        keys = [Verifier.from_vkey(vkey) for vkey in book_vkeys(self.inst, "open")]
        try:
            found, made = draws.seed_of(note, keys)
        except BadNote as error:
            raise OutOfTurn("bad-object", kind.type, why=str(error)) from None
        root = f"sha256:{found.root.hex()}"
        if (found.size, root) != (body["size"], body["root"]):
            raise OutOfTurn("wrong-statement", kind.type, what=f"{body['size']} {body['root']} ≠ {found.size} {root}")
        if body["size"] <= self.inst.size and self.sources.root(body["size"]) != root:
            raise Tampered(kind.type, f"root of size {body['size']} is not {root}")
        return {"seed": made, "checkers": draws.checkers(made, self.inst.on(day_of(time)).members)}

    def _sealed_had(self, size: int, stated: str, what: str) -> None:
        """Tampered unless the sealed book had that root at that size."""
        root = self.sources.sealed_root(size)
        if root is None:
            raise Tampered("sealed", f"size {size} missing")
        if root != stated:
            raise Tampered(what, f"sealed root {root} ≠ {stated}")

    def _ascends(self, size: int) -> None:
        """OutOfTurn unless the leaves that an anchor adds ascend, those that a recovery placed meanwhile by themselves.

        Nobody can tell by their places what came before what; and none stands twice.
        """
        stops = {r.sealed for r in self.inst.recoveries if anchored(self.inst) < r.sealed < size}
        before = b""
        for index in range(anchored(self.inst), size):
            leaf = self.sources.sealed_leaf(index) or b""
            if leaf <= before and index not in stops:
                raise OutOfTurn("leaf-order", "book.anchor/1", index=index)
            before = leaf

    def _view_seen(self, entry: Entry) -> int:
        """The arrival time of the last entry in the act's view, whose root is checked; 0 for an empty book."""
        size, root = entry.act.view.size, entry.act.view.root
        if self._view != (size, root):
            if size > self.inst.size or self.sources.root(size) != root:
                raise OutOfTurn("view", entry.act.type, found=size, size=self.inst.size)
            self._view = (size, root)
        if size == 0:
            return 0
        known = (size, len(self.inst.recoveries))
        time = self._seen.get(known)
        if time is None:  # most acts have the same in view as the one before them
            time = seen(self.inst, size - 1, self.recorded_leaf(size - 1).entry.rx.t)
            self._seen = {known: time}
        return time

    def _bytes(self, digest: str, most: int) -> bytes:
        data = self.sources.object(digest)
        if data is None:
            raise OutOfTurn("missing-object", digest=digest)
        return checked(digest, data, most)

    def _object(self, digest: str) -> Any:
        try:
            return canonical.decode(self._bytes(digest, MAX_JSON_OBJECT))
        except (canonical.NotCanonical, RecursionError) as error:
            raise OutOfTurn("bad-object", digest, why=str(error)) from None

    def _text(self, digest: str) -> str:
        try:
            return self._bytes(digest, MAX_JSON_OBJECT).decode("utf-8")
        except UnicodeDecodeError:
            raise OutOfTurn("bad-object", digest, why="不是 UTF-8 文字 / no text in UTF-8") from None

    def _document(self, commitment: str) -> str | None:
        """The text of a document whose content and salt came with an act, or were handed to whoever verifies; None where they are not at hand."""
        data = self.sources.handed(commitment)
        if data is None:
            return None
        try:
            return salted_content(checked(commitment, data, MAX_JSON_OBJECT)).decode("utf-8")
        except ValueError:
            raise OutOfTurn("bad-object", commitment, why="不是 UTF-8 文字 / no text in UTF-8") from None


def _require_once(digest: str, opened: list[DisclosedEntry]) -> None:
    """OutOfTurn where one act stands twice among what is opened: no act is sealed twice (formats §5.2)."""
    places: dict[str, int] = {}
    for one in opened:
        if (known := places.setdefault(one.leaf.digest, one.opening.index)) != one.opening.index:
            raise OutOfTurn("bad-object", digest=digest, why=f"sealed #{known} = #{one.opening.index}")


def _well_formed(kind: ActType, entry: Entry) -> dict[str, Any]:
    """The body as plain data, once it is known to have its type's form."""
    decode_body(kind, entry.act.body)
    body: dict[str, Any] = msgspec.json.decode(entry.act.body)
    return body


def _require_vkey(vkey: str) -> None:
    try:
        Verifier.from_vkey(vkey)
    except BadKey as error:
        raise OutOfTurn("weak-key", "book.rotate/1", alg=str(error)) from None
