"""Where bytes meet law: the fold of leaves through `step`, shared by the office and by verify.

`Replay` gathers what an act is `given` (objects, openings, earlier entries, the digest of the meaning), checks it
by hash, hands the signatures to be checked to its caller, and calls `step`.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from gongyue.book.disclosure import Opened, read
from gongyue.book.entry import MAX_JSON_OBJECT, MAX_OPENINGS, Leaf, Malformed, decode
from gongyue.book.signing import Job, acceptable, job
from gongyue.covenant.citing import OutOfTurn, Refused, Ruling
from gongyue.covenant.periods import day_of, moment
from gongyue.covenant.values import Meaning
from gongyue.governance.acts import Entry, Given, Kind, Opening, decode_body, kind_of
from gongyue.governance.clock import RECOVER, require_between
from gongyue.governance.institution import Institution, judge, step
from gongyue.governance.recovering import again, arrived, passed_over, returned
from gongyue.governance.recovery import Recovery, anchored, of_false_time, own_act, seen
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadKey, Verifier


class Sources(Protocol):
    """Where a replay finds what acts name. None where there is no such thing."""

    def object(self, digest: str) -> bytes | None:
        """The object of that digest; the caller has not yet checked its hash."""

    def handed(self, digest: str) -> bytes | None:
        """The openings of that digest which were handed to some only; None where they are not at hand."""

    def leaf(self, index: int) -> bytes | None:
        """The open book's leaf at that index."""

    def sealed_leaf(self, index: int) -> bytes | None:
        """The sealed book's leaf at that index."""

    def root(self, size: int) -> str | None:
        """The open book's root at that size, `sha256:<hex>`."""

    def sealed_root(self, size: int) -> str | None:
        """The sealed book's root at that size."""

    @property
    def opens_all(self) -> bool:
        """Whether every sealed act can be opened here: an office that takes an act can, a verifier cannot."""

    @property
    def judged(self) -> bool:
        """Whether all that stands here was judged when it was recorded, what it opens too, and need not be again."""

    def opened(self) -> Iterable[tuple[int, str, bytes]]:
        """(index, commitment, entry) of the sealed acts that can be opened here, in their order."""

    def opening(self, commitment: str) -> bytes | None:
        """The sealed entry of that commitment, where it can be opened here."""


class _Recorded:
    """The sources of what stands in the book: it was checked when it was recorded, and asks for nothing sealed."""

    opens_all = False
    judged = True

    def __init__(self, sources: Sources) -> None:
        self.object, self.leaf, self.root = sources.object, sources.leaf, sources.root
        self.handed = sources.handed
        self.sealed_leaf, self.sealed_root = sources.sealed_leaf, sources.sealed_root

    def opened(self) -> Iterable[tuple[int, str, bytes]]:
        return ()

    def opening(self, commitment: str) -> bytes | None:
        return None


class Tampered(Exception):
    """Bytes that are not what they claim to be; `what` says which, `why` how."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what, self.why = what, why


class Undisclosed(Exception):
    """A sealed act that another rests on is in the sealed book, but cannot be opened here: its commitment."""


@contextmanager
def without_collector() -> Iterator[None]:
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

    def __init__(self, sources: Sources, inst: Institution | None = None, wanted: Iterable[int] = ()) -> None:
        """`wanted`: after how many acts the institution will be asked for again by sealed acts that arrived then."""
        self.sources = sources
        self.inst = inst or Institution()
        self._rev: tuple[Meaning | None, str] = (None, "")
        self._seen = (-1, 0, 0)
        self._view = (-1, "")  # of no size: what an act says it saw is compared, that it saw nothing too
        self._plain = Given()
        self._past = Institution()
        """Where a fold that leads up to a false time begins: at the last recovery this replay has met."""
        self._leaves: set[bytes | None] = set()
        """Of the sealed book those up to `_read`, once an open act has named one of them."""
        self._read = 0
        self._wanted = Counter(wanted)
        self._stood: dict[int, Institution] = {}
        self._recovered_at: dict[int, Institution] = {}
        """The institution right after each recovery: by it what was done in the false time is judged."""
        self._behind: Replay | None = None
        """The same history folded once more, for sizes at which this replay was not told to remember."""
        self._then: Replay | None = None
        """The judge of sealed acts that arrived when the institution stood as it stands there."""
        self._shown: dict[str, Entry] = {}
        """Of such a judge: what is opened together with the act, by its commitment."""
        self._present: Institution | None = None
        """Of such a judge: the institution now, whose anchors say how far the sealed book goes."""
        self._place: int | None = None
        """Of such a judge: where in the sealed book the act stands that it judges; what came later was not there."""

    def back_to(self, inst: Institution) -> None:
        """Go on from an earlier institution: what was folded since is not recorded."""
        self.inst, self._behind, self._then = inst, None, None

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
            self._past = self._recovered_at[self.inst.size] = self.inst
            self._void_since(self.inst.recoveries[-1])
        if self.inst.size in self._wanted:
            self._stood[self.inst.size] = self.inst
        return jobs

    def judge(self, leaf: Leaf) -> tuple[list[Ruling], list[Job]]:
        """Every ruling the act must satisfy, without taking the step; for sealed acts and dry runs."""
        given, jobs = self.given(leaf)
        return judge(self.inst, leaf.entry, given), jobs

    def judge_sealed(self, index: int, leaf: Leaf) -> list[Job]:
        """Judge a sealed act exactly as an open one, as the institution stood when it arrived; returns the signatures to check.

        Of a false time: as of the recovery from it, when it counts as having arrived. Whatever it breaks is named with
        its place in the sealed book.
        """
        entry, recovery = leaf.entry, of_false_time(self.inst, index, leaf.entry)
        size = recovery.index + 1 if recovery else entry.rx.open
        try:
            if size is None or not (recovery or self._from(index) <= size <= self._until(index)):
                raise OutOfTurn("malformed", entry.act.type, why=f"rx.open {size}")
            then = self._at(size)
            then._place = index
            given, jobs = then.given(leaf)
            if recovery:
                judge(
                    then.inst,
                    arrived(entry, recovery.counts_at(entry.act.at)),
                    replace(given, again=True, between=(recovery.back, recovery.time)),
                )
            else:
                judge(then.inst, entry, given)
                self._require_before(size, entry)
        except (Refused, OutOfTurn) as error:
            error.refusal["figures"]["sealed"] = index
            raise
        return jobs

    def _from(self, index: int) -> int:
        """How large the open book was at least when the sealed act at `index` arrived: the anchor, or recovery, before it was in it."""
        first = bisect_right(self.inst.anchors, index, key=lambda anchor: anchor.size)
        before = self.inst.anchors[first - 1].index if first else -1
        return 1 + max([before, *(r.index for r in self.inst.recoveries if r.sealed <= index)])

    def _void_since(self, recovery: Recovery) -> None:
        """Take note of what cannot stand among the sealed acts of the false time, as far as they can be opened here."""
        for index, _, data in self.sources.opened():
            if index < recovery.sealed:
                self._noted(index, decode(data))

    def _noted(self, index: int, leaf: Leaf) -> bool:
        """Whether it is of a false time; what is no unit's lawful act as of the recovery is void, which is nobody's fault."""
        if of_false_time(self.inst, index, leaf.entry) is None:
            return False
        if index not in self.inst.void:
            try:
                self.judge_sealed(index, leaf)
            except (Refused, OutOfTurn):
                self.inst = replace(self.inst, void=self.inst.void | {index})
            except Undisclosed:  # what it answers may be opened later: until then nobody here can tell
                pass
        return True

    def _until(self, index: int) -> int:
        """How large the open book can have been at most when the sealed act at `index` arrived: its anchor came after it."""
        anchors = self.inst.anchors
        first = bisect_right(anchors, index, key=lambda anchor: anchor.size)
        return anchors[first].index if first < len(anchors) else self.inst.size

    def _require_before(self, size: int, entry: Entry) -> None:
        """It arrived before the open act that came next, by that act's own time."""
        data = self.sources.leaf(size) if size < self.inst.size else None
        if data is not None and (following := decode(data).entry).rx.t < entry.rx.t and following.act.type != RECOVER:
            figures = {"found": moment(following.rx.t), "expected": moment(entry.rx.t)}
            raise OutOfTurn("time-backwards", entry.act.type, **figures, index=size)

    def _at(self, size: int) -> Replay:
        """A judge of what arrived when the open book had `size` entries."""
        if self._then is None or self._then.inst.size != size:
            self._then = Replay(self.sources, self._institution(size))
        self._then.sources, self._then._present, self._then._shown = self.sources, self.inst, self._shown
        return self._then

    def _institution(self, size: int) -> Institution:
        """The institution as it stood after `size` acts."""
        if size == self.inst.size:
            return self.inst
        if size in self._recovered_at:
            return self._recovered_at[size]
        self._wanted[size] -= 1
        if size in self._stood:
            return self._stood[size] if self._wanted[size] > 0 else self._stood.pop(size)
        if self._behind is None or self._behind.inst.size > size:
            self._behind = Replay(_Recorded(self.sources))
        self._behind.sources = _Recorded(self.sources)
        for index in range(self._behind.inst.size, size):
            self._behind.add(self._leaf(index))
        return self._behind.inst

    def given(self, leaf: Leaf) -> tuple[Given, list[Job]]:
        """What the act is given, each thing checked by hash; and the signatures to check."""
        entry = leaf.entry
        kind = kind_of(entry.act.type)
        signed = leaf.signed
        jobs = [job(sig, signed) for sig in entry.sigs]
        seen = self._view_seen(entry)
        rev = self.rev
        if kind.brings:
            self._special(kind, entry)
        own = leaf.digest if entry.act.seq is None else ""
        if not kind.names:
            if own != self._plain.digest or self._plain.seen != seen or self._plain.rev != rev:
                self._plain = Given(rev, seen, own)
            return self._plain, jobs
        body = _well_formed(kind, entry)
        objects = {d: self._object(d) for name in kind.objects if (d := body.get(name))}
        objects |= {d: self._text(d) for name in kind.texts if (d := body.get(name))}
        openings = {}
        for digest, lines in self._openings(kind, body):
            try:
                opened = list(read(lines, self.sources.sealed_leaf))
            except Malformed as error:
                raise Tampered(digest, str(error)) from None
            _require_once(digest, opened)
            openings[digest] = tuple(o.opening for o in opened)
            jobs += self._judged(opened)
            self._then = None
        entries = {}
        if kind.entry and isinstance(index := body.get(kind.entry), int):
            data = self.sources.leaf(index) if 0 <= index < self.inst.size else None
            if data is not None:
                entries[index] = decode(data).entry
        sealed = self._sealed(kind, named) if kind.sealed and (named := body.get(kind.sealed)) else {}
        cast = self._cast(body[kind.counts]) if kind.counts and self.sources.opens_all else None
        before, after = self._recovered(body, entry.rx.t) if kind.type == RECOVER else (None, None)
        return Given(rev, seen, own, objects, openings, entries, sealed, cast, before, after), jobs

    def _recovered(self, body: dict[str, Any], time: int) -> tuple[Institution | None, Institution | None]:
        """The institution before the false time that began at `first`, and what stands folded on it.

        None where there is no such entry since the last recovery: what that one left is not undone again.
        """
        first, sealed = body["first"], body["sealed"]
        since = self.inst.recoveries[-1].index if self.inst.recoveries else 0
        if not since < first < self.inst.size:
            return None, None
        # Before anything is folded: whoever hands in such an act while no time is false costs the office nothing.
        require_between(first, time, self._leaf(first - 1).entry.rx.t, self._leaf(first).entry.rx.t)
        if self.sources.opens_all and not self._ends_at(sealed, body["root"]):
            raise OutOfTurn("wrong-statement", RECOVER, what=f"sealed {sealed}")
        known = self._past.recoveries == self.inst.recoveries  # else the step to it was taken back, or is not ours
        past = Replay(_Recorded(self.sources), self._past if known else None)
        for index in range(past.inst.size, first):
            past.add(self._leaf(index))
        before, index, day = past.inst, self.inst.size, day_of(time)
        revs = self.inst.revs.set(self.rev, self.inst.meaning)  # what units signed under in the false time stays known
        past.inst = replace(returned(before, time), revs=before.revs.update(revs), unnumbered=self.inst.unnumbered)
        for leaf in map(self._leaf, range(first, index)):
            past.inst = past._again(leaf, before.now, time) or passed_over(past.inst, leaf.entry, index, day)
        return before, past.inst

    def _ends_at(self, size: int, root: str) -> bool:
        """Whether the sealed book is that large, with that root; whoever reads it to its last anchor only cannot tell."""
        return self.sources.sealed_leaf(size) is None and self.sources.sealed_root(size) == root

    def _again(self, leaf: Leaf, back: int, time: int) -> Institution | None:
        """The institution after a unit's own act of the false time; None for any other, or where it no longer can be."""
        entry = leaf.entry
        if not own_act(entry):
            return None
        given, _ = self.given(leaf)  # which was there when it was recorded: nothing missing now makes it void
        try:
            return again(self.inst, entry, given, entry.act.at if back <= entry.act.at <= time else time)
        except (Refused, OutOfTurn):  # it rested on what is void
            return None

    def _leaf(self, index: int) -> Leaf:
        data = self.sources.leaf(index)
        assert data is not None
        return decode(data)

    def _sealed(self, kind: Kind, commitment: str) -> dict[str, Entry]:
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
            if not self.sources.judged and not self._is_anchored(commitment):
                raise OutOfTurn("not-found", kind.type, what=commitment)
            return {}
        size = 0 if self.sources.opens_all else anchored(self._present or self.inst)
        if any(self.sources.sealed_leaf(index) == sealed_leaf(commitment) for index in range(size)):
            raise Undisclosed(commitment)
        return {}

    def _is_anchored(self, commitment: str) -> bool:
        """Whether the sealed book held it at the last anchor; true for whoever has not got its leaves."""
        for index in range(self._read, size := anchored(self.inst)):
            self._leaves.add(self.sources.sealed_leaf(index))
        self._read = max(self._read, size)
        return not self._leaves.isdisjoint((sealed_leaf(commitment), None))

    def _cast(self, vote: str) -> tuple[Opening, ...]:
        """Every ballot of that vote so far; of an act under seal, so far when it was sealed."""
        marker, place = f'"vote":"{vote}"'.encode(), self._place
        opened = ((i, known, data) for i, known, data in self.sources.opened() if place is None or i < place)
        cast = ((i, known, data) for i, known, data in opened if marker in data)
        return tuple(Opening(index, commitment, decode(data).entry) for index, commitment, data in cast)

    def _openings(self, kind: Kind, body: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
        """The objects of openings that an act names, and what they hold; of those handed to some only, where they are at hand."""
        if kind.opening and (digest := body.get(kind.opening)):
            yield digest, self._bytes(digest, MAX_OPENINGS)
        if kind.handed and (digest := body.get(kind.handed)):
            data = self.sources.handed(digest)
            if data is not None:
                yield digest, _checked(digest, data, MAX_OPENINGS)
            elif self.sources.opens_all:
                raise OutOfTurn("missing-object", digest=digest)
        if kind.handed:
            yield from ((d, self._bytes(d, MAX_OPENINGS)) for d in self.inst.reopened.get(body["matter"], ()))

    def _judged(self, opened: list[Opened]) -> Iterator[Job]:
        """The signatures of what is opened, each act judged as of its arrival unless it was when it was recorded."""
        self._shown = {o.opening.commitment: o.opening.entry for o in opened}
        for one in opened:
            was_false = self._noted(one.opening.index, one.leaf)  # its matter says whether it stands
            if self.sources.judged or was_false:
                yield from (job(sig, one.leaf.signed) for sig in one.leaf.entry.sigs)
            else:
                yield from self.judge_sealed(one.opening.index, one.leaf)

    def _special(self, kind: Kind, entry: Entry) -> None:
        """What only bytes can tell: an anchored root, the quality of a key that is brought."""
        if kind.type == "book.anchor/1":
            body = _well_formed(kind, entry)
            self._sealed_had(body["size"], body["root"], kind.type)
            last = self.inst.anchors[-1].index if self.inst.anchors else -1
            for recovery in self.inst.recoveries:  # now that the sealed book is published up to what they stated
                if recovery.index > last:
                    self._sealed_had(recovery.sealed, recovery.root, f"#{recovery.index} {RECOVER}")
        elif kind.type == "book.rotate/1":
            _require_vkey(_well_formed(kind, entry)["verifier"])
        else:
            body = _well_formed(kind, entry)
            alg = body.get("alg")
            if alg is not None and not _good_key(alg, body["key"]):
                raise OutOfTurn("weak-key", kind.type, alg=alg)

    def _sealed_had(self, size: int, stated: str, what: str) -> None:
        """Tampered unless the sealed book had that root at that size."""
        root = self.sources.sealed_root(size)
        if root is None:
            raise Tampered("sealed", f"size {size} missing")
        if root != stated:
            raise Tampered(what, f"sealed root {root} ≠ {stated}")

    def _view_seen(self, entry: Entry) -> int:
        """The arrival time of the last entry in the act's view, whose root is checked; 0 for an empty book."""
        size, root = entry.act.view.size, entry.act.view.root
        if self._view != (size, root):
            if size > self.inst.size or self.sources.root(size) != root:
                raise OutOfTurn("view", entry.act.type, found=size, size=self.inst.size)
            self._view = (size, root)
        if size == 0:
            return 0
        if self._seen[:2] != (size, len(self.inst.recoveries)):
            data = self.sources.leaf(size - 1)
            assert data is not None
            time = seen(self.inst, size - 1, decode(data).entry.rx.t)
            self._seen = (size, len(self.inst.recoveries), time)
        return self._seen[2]

    def _bytes(self, digest: str, most: int) -> bytes:
        data = self.sources.object(digest)
        if data is None:
            raise OutOfTurn("missing-object", digest=digest)
        return _checked(digest, data, most)

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


def _require_once(digest: str, opened: list[Opened]) -> None:
    """OutOfTurn where one act stands twice among what is opened: no act is sealed twice (formats §1)."""
    places: dict[str, int] = {}
    for one in opened:
        if (known := places.setdefault(one.leaf.digest, one.opening.index)) != one.opening.index:
            raise OutOfTurn("bad-object", digest=digest, why=f"sealed #{known} = #{one.opening.index}")


def _checked(digest: str, data: bytes, most: int) -> bytes:
    """The object, if it is of that digest and not longer."""
    if len(data) > most:
        raise OutOfTurn("bad-object", digest, why=f"{len(data)} > {most} bytes")
    if canonical.digest(data) != digest:
        raise Tampered(digest, canonical.digest(data))
    return data


def _well_formed(kind: Kind, entry: Entry) -> dict[str, Any]:
    """The body as plain data, once it is known to have its type's form."""
    decode_body(kind, entry.act.body)
    body: dict[str, Any] = msgspec.json.decode(entry.act.body)
    return body


def _good_key(alg: str, key: str) -> bool:
    try:
        return acceptable(alg, key)
    except ValueError:
        return False


def _require_vkey(vkey: str) -> None:
    try:
        Verifier.from_vkey(vkey)
    except BadKey as error:
        raise OutOfTurn("weak-key", "book.rotate/1", alg=str(error)) from None
