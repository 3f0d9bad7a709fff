"""The envelope every act shares: who does it, as it is signed, as it is recorded, as it is filed with what the caller checked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.fields import (
    Commitment,
    Count,
    Date,
    Digest,
    DossierId,
    KeyId,
    Nonce,
    Time,
)

ACT_VERSION = "gongyue/act@2"
ENTRY_VERSION = "gongyue/entry@2"
SEALED_VERSION = "gongyue/sealed@1"


class Book(StrEnum):
    """The two books: 公开簿 and 密封簿."""

    OPEN = "open"
    SEALED = "sealed"


class GoverningDate(StrEnum):
    """Which date governs an act: its arrival at the office, the instrument's, or the act's own."""

    ARRIVAL = "arrival"
    INSTRUMENT = "instrument"
    OWN = "own"


class PerformedBy(msgspec.Struct, frozen=True):
    """Who does acts of a type: a unit, officers in these offices (two where weighty), the office key, the authority.

    `holders`: what units do here, an officer and the authority do too, each for the keys it signs with. `instead`: of the offices, those
    whose officers act only where nobody else can.
    """

    who: str
    offices: frozenset[str] = frozenset()
    two: bool = False
    holders: bool = False
    instead: frozenset[str] = frozenset()


UNIT = PerformedBy("unit")
HOLDER = PerformedBy("unit", holders=True)
SYSTEM = PerformedBy("system", frozenset({"secretary"}))
AUTHORITY = PerformedBy("authority")


def office(*offices: str, two: bool = False, instead: str = "") -> PerformedBy:
    """Officers of the executive body holding one of `offices`, `two` of them where it is weighty; `instead`: another that may stand in."""
    return PerformedBy("office", frozenset({*offices, instead} - {""}), two, instead=frozenset({instead}))


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The open book's checkpoint the signer had seen."""

    root: str
    size: Count


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The paper an act was recorded from: its scan's commitment, document number, date and arrival."""

    arrived: Date
    dated: Date
    number: Annotated[str, Meta(max_length=60)]
    scan: Commitment


class On(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which dossier an act is signed: the last entry its signer had seen there, and its digest."""

    digest: Digest
    dossier: DossierId
    n: Count


class Place(msgspec.Struct, frozen=True):
    """The place an entry is given in a dossier: the how-manieth, after which one, by its digest."""

    dossier: DossierId
    n: Count
    prev: Digest


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act as signed (formats §3). `seq`: the number of a unit's own act (`ActType.numbered`); nothing else has one.

    `on`: of a sealed act in a dossier, unless it opens one; `to`: the digest of the entry there that it answers.
    """

    actor: str
    at: Time
    basis: str
    body: msgspec.Raw
    cov: str
    nonce: Nonce
    rev: Digest
    type: str
    v: str
    view: View
    paper: Paper | None = None
    seq: Count | None = None
    on: On | None = None
    to: Digest | None = None


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One signature; `ad` and `cd` only for passkeys. The algorithm is the registered key's, never this field's."""

    alg: str
    key: KeyId
    sig: str
    ad: str | None = None
    cd: str | None = None


class Received(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the office adds: the time of arrival and, to a sealed act, the size of the open book then; its place in its dossier.

    The institution as it stood after that many open acts is the one by which a sealed act is judged, whenever it is opened.
    """

    t: Time
    open: Count | None = None
    dossier: DossierId | None = None
    n: Count | None = None
    prev: Digest | None = None

    @property
    def place(self) -> Place | None:
        """Its place in a dossier; None of an act that stands in none, or whose place is not whole."""
        if self.dossier is None or self.n is None or self.prev is None:
            return None
        return Place(self.dossier, self.n, self.prev)

    @property
    def nth(self) -> int:
        """Which of its dossier it is, from 1; 0 where it stands in none."""
        return self.n or 0

    @property
    def size(self) -> int:
        """How large the open book was when a sealed act arrived; 0 of an open one, which its own index tells."""
        return self.open or 0


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A leaf of the open book, or the content a sealed leaf commits to."""

    act: Act
    rx: Received
    sigs: tuple[Signature, ...]
    v: str


UNPLACED = 2**53 - 1
"""The index of a sealed entry that no anchor has placed yet: beyond every anchor."""


class Opening(msgspec.Struct, frozen=True):
    """A sealed entry disclosed: its leaf in the sealed book and what the caller checked it to contain.

    `decided`: an act with a link rests on it that is done once, as the office knows, which opens every link.
    """

    index: int
    commitment: str
    entry: Entry
    decided: bool = False

    @property
    def arrived(self) -> tuple[int, int]:
        """When it arrived: after how many open entries, and at what time. Its leaf says nothing of it."""
        return self.entry.rx.size, self.entry.rx.t


class VerifiedInputs(msgspec.Struct, frozen=True):
    """What the caller has already checked by hash and signature, so that the core never does.

    `digest`: of an act without a number, its own; `recorded`: of an entry in a dossier, that of its bytes;
    `rev`: digest of the present meaning; `seen`: arrival time of the last entry in the act's view;
    `objects`: decoded objects by digest, texts as they stand; `openings`: disclosed sealed entries by the digest of their object;
    `entries`: earlier entries of this book by index; `sealed`: sealed entries by their commitment; `cast`: every
    ballot of the vote so far, None for whoever cannot open the sealed book: it is checked when they are opened;
    `course`: the dossier that the openings of an act are, from its first entry on; `standing`: how many entries of it had arrived,
    as far as they can be opened here;
    `before`, `recovered`: of a recovery, the institution before the first wrong entry, and what stands folded on it;
    `dossiers`: of an act that opens what began a dossier, that dossier by the digest of its object, for whoever can open it;
    `again`: the act is stepped once more after a recovery, which has decided when it arrived; `between`: of a sealed one,
    from when to when of the true time that may have been, its key being valid at some moment of it;
    `own`: where what a link names is held against the law, the dossier in which the act with it stands, as it was before;
    `seed`: that which a checkpoint makes, in hex, `checkers`: the members it draws; `drawn`: the slots drawn by the one that the
    act names; `yearly`: of a yearly report, what the sealed acts of its year come to, None for whoever cannot open them.
    """

    rev: str = ""
    seen: int = 0
    digest: str = ""
    recorded: str = ""
    objects: Mapping[str, Any] = {}
    openings: Mapping[str, tuple[Opening, ...]] = {}
    entries: Mapping[int, Entry] = {}
    sealed: Mapping[str, Entry] = {}
    cast: tuple[Opening, ...] | None = None
    course: Any = None
    standing: int = 0
    dossiers: Mapping[str, Any] = {}
    before: Any = None
    recovered: Any = None
    again: bool = False
    between: tuple[int, int] | None = None
    own: Any = None
    seed: str = ""
    drawn: tuple[int, ...] = ()
    yearly: Mapping[str, int] | None = None
    checkers: tuple[str, ...] = ()


class Filing(msgspec.Struct, frozen=True):
    """An act as filed: whose it is, who signed it, when it counts, under which index, with which objects.

    `by_others`: a unit's, which others can have made in its name (`papers.by_others`).
    """

    act: Act
    actor: str
    signers: tuple[str, ...]
    keys: tuple[str, ...]
    time: int
    day: int
    governing_day: int
    index: int
    given: VerifiedInputs
    by_others: bool = False

    @property
    def dated(self) -> int:
        """The day its paper bears; without paper, the day on which its signer says it was done."""
        return day_of(self.act.at) if self.act.paper is None else from_iso(self.act.paper.dated)

    @property
    def seen(self) -> int:
        """The last place of its dossier that its signers had seen; 0 where they had seen none."""
        return self.act.on.n if self.act.on is not None else 0

    @property
    def made(self) -> int:
        """The day on which it was made, as its signers say; never after its arrival."""
        return min(self.day, day_of(self.act.at))

    def require_not_before(self, since: int, stated: int | None = None) -> None:
        """OutOfTurn where a day it states, or else the day it is dated, lies before the day of what it answers."""
        day = self.dated if stated is None else stated
        if day < since:
            raise OutOfTurn("past-date", self.act.type, at=iso(day), since=iso(since))

    def require_after(self, index: int, day: int) -> None:
        """OutOfTurn where what it answers, entry `index` of that day, was not there: by its paper's date, or by what its signer saw."""
        if self.act.paper is not None and self.actor not in self.signers:  # whoever signs itself has it before its eyes
            self.require_not_before(day)
        elif self.act.view.size <= index:
            raise OutOfTurn("unseen", self.act.type, found=self.act.view.size, index=index)

    def object(self, digest: str) -> Any:
        """The object of that digest, as decoded JSON or text; OutOfTurn if it was not handed in."""
        try:
            return self.given.objects[digest]
        except KeyError:
            raise OutOfTurn("missing-object", digest=digest) from None

    def opening(self, digest: str) -> tuple[Opening, ...]:
        """The sealed entries disclosed by the object of that digest; OutOfTurn if they were not handed in."""
        try:
            return self.given.openings[digest]
        except KeyError:
            raise OutOfTurn("missing-opening", digest=digest) from None

    def entry(self, index: int) -> Entry:
        """The earlier entry at that index; OutOfTurn if there is none."""
        try:
            return self.given.entries[index]
        except KeyError:
            raise OutOfTurn("not-found", what=f"#{index}") from None
