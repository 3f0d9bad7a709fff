"""The dossier 卷: a fold of sealed entries as the institution is of open ones, with a place for each (formats §10.6).

The office gives an entry its place (`n`, `prev`), the time and the size of the open book; whoever signs says which entry
it had seen last (`on`). So acts done at once make each other no staler, and none fits into another dossier or another place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from immutables import Map
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.bulletin import Issued
from gongyue.governance.course import Ask, Case, Heard, Rest, Said, Seat, Service
from gongyue.governance.envelope import Act, Entry, Filing, On, Place
from gongyue.governance.petition import Petition
from gongyue.governance.report import Report

if TYPE_CHECKING:
    from gongyue.governance.act_type import ActType
    from gongyue.governance.institution import Institution

KIND_NAMES = {
    "application": ("加入申请", "application"),
    "petition": ("诉求", "petition"),
    "question": ("询问", "question"),
    "report": ("检举", "report"),
    "case": ("案件", "case"),
    "referral": ("移送", "referral"),
    "members": ("致全体成员", "to all members"),
}
"""What each kind of dossier is called, in Chinese and in English."""
NOTHING_YET = "sha256:" + "00" * 32
"""What stands for the digest of the entry before the first."""
MEMBERS = "d:members"
"""The dossier of all members: no act opens it, it is there from genesis, and empty until the first bulletin."""
ANSWERED = {"report": "reconsideration", "case": "review"}
"""By kind of dossier what of all that a party can ask by a note is answered by an act that names the note."""
LAYING_IN = ("dossier.note/1", "dossier.hold/1", "dossier.erase/1")
"""By these officers name documents on which nothing rests for that."""
_NONE: Map = Map()  # type: ignore[type-arg]


class DossierEntry(Struct, frozen=True):
    """An entry of a dossier as its fold remembers it: digests of its bytes and of its act, what it is, whose, when it came.

    `t`: when it counts as having arrived; `void`: of a false time, and it does not stand.
    """

    digest: str
    act: str
    type: str
    actor: str
    t: int
    open: int
    void: bool = False

    @property
    def hidden(self) -> bool:
        """Whether nothing of it is known here but that it took its place."""
        return not self.type


HIDDEN = DossierEntry("", "", "", "", 0, 0)
"""An entry of `d:members` that came while a unit was no member: it opens it not."""


class Dossier(Struct, frozen=True):
    """A dossier after its entries: `parties` are units; `keys`: by signing key its last `at`, `on.n` and `open`.

    `assigned`: officers by role, `were`: who ever was; `challenged`: whose recusal was asked for and is not decided; `served`: by the
    digest of the entry that served them the documents; `received`: the entries served that a party acknowledged; `held`: documents under
    hold; `erased`: documents whose erasure was recorded; `admits`: evidence that is not covered is taken; `closed`: withdrawn,
    refused or terminated; `ended`: the day on which it had its end within itself, 0 for none; `brought`: the key, with its
    algorithm, that whoever applies brings and signs with here; `asks`: what its parties asked for; `extensions`: on which
    grounds a period was extended; `completed`: up to which place a party had seen it when it last said that its file is complete; `given`: the
    documents that its parties gave themselves, `said`: what others can have said for them; `issued`: of `d:members`, bulletins
    by place; `docs`: every document that an act in it names, `cited`: but for what officers laid in by a note,
    `void_docs`: what acts name that are void, which may be done anew with the same;
    `seated`: by role and officer, who was put in another's place there.
    """

    id: str = ""
    kind: str = ""
    parties: tuple[str, ...] = ()
    entries: tuple[DossierEntry, ...] = ()
    keys: Map[str, tuple[int, int, int]] = _NONE
    assigned: Map[str, tuple[str, ...]] = _NONE
    were: Map[str, frozenset[str]] = _NONE
    challenged: frozenset[str] = frozenset()
    served: Map[str, tuple[str, ...]] = _NONE
    received: frozenset[tuple[str, str]] = frozenset()
    held: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    extended: bool = False
    paused: bool = False
    heard: Heard | None = None
    admits: bool = False
    closed: bool = False
    ended: int = 0
    brought: tuple[str, str] = ("", "")
    petition: Petition | None = None
    issued: Map[int, Issued] = _NONE
    asks: tuple[Ask, ...] = ()
    report: Report | None = None
    services: tuple[Service, ...] = ()
    rests: tuple[Rest, ...] = ()
    extensions: frozenset[str] = frozenset()
    completed: int = -1
    given: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()
    case: Case | None = None
    docs: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()
    void_docs: frozenset[str] = frozenset()
    seated: Map[tuple[str, str], Seat] = _NONE

    @property
    def n(self) -> int:
        """How many entries it has."""
        return len(self.entries)

    @property
    def has_holes(self) -> bool:
        """Whether whoever reads it lacks entries of it, which came while it was no member."""
        return any(one.hidden for one in self.entries)

    @property
    def last(self) -> On:
        """The last entry, as whoever sees it signs on it."""
        return On(self.entries[-1].digest if self.entries else NOTHING_YET, self.id, self.n)

    @property
    def next(self) -> Place:
        """The place of the next entry."""
        return Place(self.id, self.n + 1, self.last.digest)

    def is_over(self, inst: Institution) -> bool:
        """Whether nothing is done in it any more but receiving, holding and erasing: it is closed, or its application is decided.

        Whoever applied joined, or left, by an entry after the application: it was granted, or answers nothing now.
        """
        unit = inst.units.get(self.parties[0]) if self.kind == "application" else None
        return self.closed or (unit is not None and unit.known_from > self.entries[0].open)

    @property
    def officers(self) -> set[str]:
        """Everybody assigned to it."""
        return {officer for officers in self.assigned.values() for officer in officers}

    @property
    def concerned(self) -> tuple[str, ...]:
        """In whom no officer that has a hand in it may have an interest: its parties, and whom a report accuses."""
        accused = self.report.accused if self.report is not None else ""
        return (*self.parties, accused) if accused else self.parties

    @property
    def shown(self) -> frozenset[str]:
        """The documents a finding may cite: what was served as evidence and received, and what the parties gave themselves; not once erased."""
        received = {doc for one in self.services if one.what == "evidence" and one.got for doc in one.docs}
        told = {doc for one in self.said if one.told for doc in one.docs}
        return (self.given | received | told) - self.erased

    def asked(self, what: str) -> Ask | None:
        """The last time that was asked for; None where it never was."""
        return next((one for one in reversed(self.asks) if one.what == what), None)

    def was_challenged(self, officer: str, by_others: bool) -> bool:
        """Whether that officer's recusal was asked for since it has its seat: by the party itself, or by anybody where others ask again."""
        since = max((seat.n for (_, one), seat in self.seated.items() if one == officer), default=0)
        others = set() if by_others else {one.n for one in self.said}
        return any(one.whom == officer and one.n > since and one.n not in others for one in self.asks)

    def number(self, digest: str) -> int:
        """The place of the entry of that digest; 0 where there is none."""
        return next((n for n, one in enumerate(self.entries, 1) if one.digest == digest), 0)

    def require_seen(self, filing: Filing, place: int) -> None:
        """OutOfTurn where its signers had not seen what stands at that place, on which it rests."""
        if filing.seen < place:
            raise OutOfTurn("dossier-unseen", filing.act.type, dossier=self.id, n=self.n + 1, on=filing.seen)

    def require_new(self, reasons: str, type: str) -> None:
        """OutOfTurn where what is called reasons stood in the file before: it says nothing of this."""
        if reasons in self.docs:
            raise OutOfTurn("malformed", type, why="reasons")

    def to_answer(self, kind: ActType) -> str | None:
        """The digest of the last entry that an act of that kind answers; None where it answers none, or there is none."""
        asked = {one.digest for one in self.asks if one.what == ANSWERED.get(self.kind)}
        last = reversed([one for one in self.entries if one.type in kind.answers and not one.void])
        return next((one.digest for one in last if one.type != "dossier.note/1" or one.digest in asked), None)


class Linked(Struct, frozen=True):
    """An entry that a link names, opened: its type, its place, and its dossier as that stood when the act with the link arrived."""

    type: str
    n: int
    dossier: Dossier

    @property
    def stands(self) -> bool:
        """Whether the entry is there, and not void."""
        return 1 <= self.n <= self.dossier.n and not self.dossier.entries[self.n - 1].void


def id_of(act: str) -> str:
    """The id of the dossier that the act of that digest opens."""
    return f"d:{act.removeprefix('sha256:')}"


def of_members(kind: ActType) -> bool:
    """Whether acts of that type stand in the dossier of all members: there is one such, which nobody has to name."""
    return kind.within == {"members"}


def with_hole(dossier: Dossier, n: int, prev: str) -> Dossier:
    """The dossier of all members as a unit has it that opens none of the entries from its last one to place n, of which `prev` is the last."""
    missing = n - dossier.n
    if missing <= 0:
        return dossier
    hidden = (HIDDEN,) * (missing - 1) + (replace(HIDDEN, digest=prev),)
    return replace(dossier, id=MEMBERS, kind="members", entries=dossier.entries + hidden)


def next_place(dossier: Dossier, kind: ActType, act: str) -> Place:
    """The place that an act gets when it arrives, `act` being its digest: a new dossier's first, or after the last entry."""
    return Place(id_of(act), 1, NOTHING_YET) if kind.opens else dossier.next


def _scan(act: Act) -> tuple[str, ...]:
    """The scan of the paper from which an act was recorded, if it was."""
    return (act.paper.scan,) if act.paper is not None else ()


def with_entry(dossier: Dossier, kind: ActType, entry: Entry, filing: Filing, void: bool = False) -> Dossier:
    """The dossier with an entry more; of one that is void, with its place and its documents, which are seen to like any other."""
    act, place = entry.act, entry.rx.place
    assert place is not None and entry.rx.open is not None
    line = DossierEntry(
        filing.given.recorded, filing.given.digest, act.type, act.actor, entry.rx.t, entry.rx.open, void
    )
    seen = act.on.n if act.on else 0
    named = frozenset((*kind.documents_named(act.body), *_scan(act)))
    laid_in = act.actor == EXECUTIVE and act.type in LAYING_IN
    return replace(
        dossier,
        id=place.dossier,
        kind=kind.opens or ("members" if place.dossier == MEMBERS else dossier.kind),
        parties=(act.actor,) if kind.opens else dossier.parties,
        entries=(*dossier.entries, line),
        docs=dossier.docs if void else dossier.docs | named,
        void_docs=dossier.void_docs | named if void else dossier.void_docs,
        cited=dossier.cited if void or laid_in else dossier.cited | named,
        keys=dossier.keys if void else dossier.keys.update(dict.fromkeys(filing.keys, (act.at, seen, entry.rx.open))),
    )
