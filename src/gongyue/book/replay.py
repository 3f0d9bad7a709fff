"""Where bytes meet law: the fold of leaves through `step`, shared by the office and by verify.

`Replay` gathers what an act is `given` (objects, openings, earlier entries, the digest of the meaning), checks it
by hash, hands the signatures to be checked to its caller, and calls `step`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from gongyue.book.disclosure import read
from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.book.signing import Job, acceptable, job
from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.values import Meaning
from gongyue.governance.acts import Entry, Given, Kind, Opening, decode_body, kind_of
from gongyue.governance.institution import Institution, judge, step
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadKey, Verifier


class Sources(Protocol):
    """Where a replay finds what acts name. None where there is no such thing."""

    def object(self, digest: str) -> bytes | None:
        """The object of that digest; the caller has not yet checked its hash."""

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

    def opened(self) -> Iterable[tuple[int, str, bytes]]:
        """(index, commitment, entry) of the sealed acts that can be opened here, in their order."""


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

    def __init__(self, sources: Sources, inst: Institution | None = None) -> None:
        self.sources = sources
        self.inst = inst or Institution()
        self._rev: tuple[Meaning | None, str] = (None, "")
        self._seen = (-1, 0)
        self._view = (0, "")
        self._plain = Given()

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
        return jobs

    def judge(self, leaf: Leaf) -> tuple[list[Ruling], list[Job]]:
        """Every ruling the act must satisfy, without taking the step; for sealed acts and dry runs."""
        given, jobs = self.given(leaf)
        return judge(self.inst, leaf.entry, given), jobs

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
        if not kind.names:
            if self._plain.seen != seen or self._plain.rev != rev:
                self._plain = Given(rev, seen)
            return self._plain, jobs
        body = _well_formed(kind, entry)
        objects = {d: self._object(d) for name in kind.objects if (d := body.get(name))}
        openings = {}
        if kind.opening and (digest := body.get(kind.opening)):
            try:
                opened = list(read(self._bytes(digest), self.sources.sealed_leaf))
            except Malformed as error:
                raise Tampered(digest, str(error)) from None
            for one in opened:
                self._belongs_here(one.opening.index, one.leaf.entry)
            openings[digest] = tuple(o.opening for o in opened)
            jobs += [job(sig, o.leaf.signed) for o in opened for sig in o.leaf.entry.sigs]
        entries = {}
        if kind.entry and isinstance(index := body.get(kind.entry), int):
            data = self.sources.leaf(index) if 0 <= index < self.inst.size else None
            if data is not None:
                entries[index] = decode(data).entry
        sealed = self._sealed(body[kind.sealed]) if kind.sealed else {}
        cast = self._cast(body[kind.counts]) if kind.counts and self.sources.opens_all else None
        return Given(rev, seen, objects, openings, entries, sealed, cast), jobs

    def _sealed(self, commitment: str) -> dict[str, Entry]:
        """The sealed entry of that commitment; empty where the sealed book has none."""
        for _, known, data in self.sources.opened():
            if known == commitment:
                return {commitment: decode(data).entry}
        size = self.inst.anchors[-1].size if self.inst.anchors and not self.sources.opens_all else 0
        if any(self.sources.sealed_leaf(index) == sealed_leaf(commitment) for index in range(size)):
            raise Undisclosed(commitment)
        return {}

    def _cast(self, vote: str) -> tuple[Opening, ...]:
        """Every ballot of that vote so far."""
        marker = f'"vote":"{vote}"'.encode()
        cast = ((i, known, data) for i, known, data in self.sources.opened() if marker in data)
        return tuple(Opening(index, commitment, decode(data).entry) for index, commitment, data in cast)

    def _belongs_here(self, index: int, entry: Entry) -> None:
        """A sealed act was done under this covenant and a meaning it has had, by somebody who saw this very history."""
        act = entry.act
        if act.cov != self.inst.cov:
            raise OutOfTurn("wrong-covenant", act.type, index=index)
        if act.rev != self.rev and act.rev not in self.inst.revs:
            raise OutOfTurn("meaning-changed", act.type, index=index)
        if act.view.size > self.inst.size or self.sources.root(act.view.size) != act.view.root:
            raise OutOfTurn("view", act.type, found=act.view.size, size=self.inst.size, index=index)

    def _special(self, kind: Kind, entry: Entry) -> None:
        """What only bytes can tell: an anchored root, the quality of a key that is brought."""
        if kind.type == "book.anchor/1":
            body = _well_formed(kind, entry)
            root = self.sources.sealed_root(body["size"])
            if root is None:
                raise Tampered("sealed", f"size {body['size']} missing")
            if root != body["root"]:
                raise Tampered("book.anchor/1", f"sealed root {root} ≠ {body['root']}")
        elif kind.type == "book.rotate/1":
            _require_vkey(_well_formed(kind, entry)["verifier"])
        else:
            body = _well_formed(kind, entry)
            alg = body.get("alg")
            if alg is not None and not _good_key(alg, body["key"]):
                raise OutOfTurn("weak-key", kind.type, alg=alg)

    def _view_seen(self, entry: Entry) -> int:
        """The arrival time of the last entry in the act's view, whose root is checked; 0 for an empty book."""
        size, root = entry.act.view.size, entry.act.view.root
        if self._view != (size, root):
            if size > self.inst.size or self.sources.root(size) != root:
                raise OutOfTurn("view", entry.act.type, found=size, size=self.inst.size)
            self._view = (size, root)
        if size == 0:
            return 0
        if self._seen[0] != size:
            data = self.sources.leaf(size - 1)
            assert data is not None
            self._seen = (size, decode(data).entry.rx.t)
        return self._seen[1]

    def _bytes(self, digest: str) -> bytes:
        data = self.sources.object(digest)
        if data is None:
            raise OutOfTurn("missing-object", digest=digest)
        if canonical.digest(data) != digest:
            raise Tampered(digest, canonical.digest(data))
        return data

    def _object(self, digest: str) -> Any:
        try:
            return canonical.decode(self._bytes(digest))
        except canonical.NotCanonical as error:
            raise OutOfTurn("bad-object", digest, why=str(error)) from None


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
