"""What others record from paper in somebody's name: that it was told of it, and until when it disavows it (article 5).

Paper is weaker than a signature. Whoever did not sign an act disavows it, and has `recovery_days` for it from the
moment it was told: by its own signed receipt, or by the notice that two officers record. Untold, it stays open.
Ballots have acts of their own, under seal and until the close (`paper_ballots`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE, SYSTEM, is_unit
from gongyue.covenant.periods import Deadline, Period, day_of, from_iso, iso, moment
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ACT_TYPES, HOLDER, ActType, Body, Filing, act, decode_body, office
from gongyue.governance.fields import Count, Date
from gongyue.governance.key import Register, able, delayed
from gongyue.governance.recovery import runs_until
from gongyue.governance.registry import NEVER, Disavowal, Duty
from gongyue.rules import office as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

Way = Literal["letter", "message", "telephone", "in_person"]


class OnPaper(Struct, frozen=True):
    """An open act that `by` recorded from paper in the name of `holder`, and that it may disavow.

    `recorded`, `told`: Unix seconds, `told` 0 while it was not; `index`: the entry by which it was told, by its own
    receipt or the officers' notice, whichever came first; `received`: it confirmed it itself.
    """

    holder: str
    type: str
    by: tuple[str, ...]
    recorded: int
    told: int = 0
    index: int = -1
    received: bool = False


class Signed(Struct, frozen=True):
    """What a holder signed, of which `type` and with which `body`, while the registration of its first key can be disavowed.

    `first`: the entry of that registration.
    """

    holder: str
    type: str
    body: bytes
    first: int


def in_whose_name(actor: str, body: Body) -> str:
    """In whose name an act is: a key is registered in its holder's; empty for the executive body's own."""
    holder = body.holder if isinstance(body, Register) else actor
    return "" if holder in (EXECUTIVE, SYSTEM) else holder


def noted(inst: Institution, kind: ActType, body: Body, filing: Filing) -> Institution:
    """The institution with an act just done, where others recorded it from paper and it can be disavowed."""
    holder = in_whose_name(filing.actor, body)
    if not kind.undo or not holder:
        return inst
    if holder in filing.signers:
        return _noted_signed(inst, kind, filing)
    if filing.act.paper is None:
        return inst
    paper = OnPaper(holder, kind.type, filing.signers, filing.time)
    return replace(inst, papers=inst.papers.set(filing.index, paper))


def _noted_signed(inst: Institution, kind: ActType, filing: Filing) -> Institution:
    """The institution with an act that its holder signed: with the first key that others registered it falls, as long as that can."""
    first = next((key.since - 1 for key in inst.keys_of(filing.actor).values() if key.was_one), -1)
    if kind.matter == "key" or may_still_be_disavowed(inst, first, filing.time) is None:
        return inst
    signed = Signed(filing.actor, kind.type, bytes(filing.act.body), first)
    return replace(inst, signed=inst.signed.set(filing.index, signed))


def _unsigned(inst: Institution, holder: str, since: int, rev: str) -> Institution:
    """The institution without what was signed for a holder since its first key was registered: that never was its own."""
    for index, one in sorted(inst.signed.items(), reverse=True):
        if one.holder == holder and index > since and index not in inst.disavowed:
            inst = decode_body(ACT_TYPES[one.type], one.body).undo(inst, index, holder, rev)
            inst = replace(inst, disavowed=inst.disavowed.set(index, holder))
    return inst


def disavowal(inst: Institution, index: int) -> Disavowal | None:
    """How whose act it is disavows the open act at `index`; None where there is nothing to disavow."""
    paper = inst.papers.get(index)
    if paper is None:
        return None
    ends = runs_until(inst, paper.index, delayed(inst, paper.told)) if paper.told else NEVER
    assert inst.genesis is not None
    return Disavowal("key.disavow/1", {"entry": index}, ends, index in inst.disavowed, days=inst.genesis.recovery_days)


def may_still_be_disavowed(inst: Institution, index: int, time: int) -> Disavowal | None:
    """The disavowal of the open act at `index`, where it is possible at that time; None where it is not."""
    way = disavowal(inst, index)
    return way if way is not None and way.possible(time) else None


def by_others(inst: Institution, dossier: Dossier | None, actor: str, signers: Collection[str], time: int) -> bool:
    """Whether others can have done in a dossier what is done there in a unit's name.

    Officers record it from paper; or it has no key but by a first one that they registered since the dossier began, and that it
    can disavow still, or did.
    """
    if not is_unit(actor) or dossier is None:
        return False
    if actor not in signers:
        return True
    if not dossier.entries:
        return False
    began = dossier.entries[0].open
    firsts = (key.since - 1 for key in inst.keys_of(actor).values() if key.since > began)
    return any(_registered_by_others(inst, index, time) for index in firsts)


def _registered_by_others(inst: Institution, index: int, time: int) -> bool:
    paper = inst.papers.get(index)
    if paper is None or paper.type != "key.register/1":
        return False
    return index in inst.disavowed or may_still_be_disavowed(inst, index, time) is not None


def _paper(inst: Institution, filing: Filing, index: int) -> OnPaper:
    """What was recorded at that entry; OutOfTurn where there is no such thing, or it was disavowed."""
    paper = inst.papers.get(index)
    if paper is None:
        raise OutOfTurn("not-found", filing.act.type, what=f"#{index}")
    if index in inst.disavowed:
        raise OutOfTurn("already", filing.act.type)
    return paper


def _mark_told(inst: Institution, index: int, filing: Filing, received: bool) -> Institution:
    """The institution once the holder was told: from now on its disavowal has an end, and what waits for it a day."""
    paper = inst.papers[index]
    if paper.told:
        return replace(inst, papers=inst.papers.set(index, replace(paper, received=received)))
    for kid, key in inst.keys_of(paper.holder).items():
        inst = inst.with_key(kid, key.told(index, delayed(inst, filing.time)))
    told = replace(paper, told=filing.time, index=filing.index, received=received)
    return replace(inst, papers=inst.papers.set(index, told))


@act(
    "key.notify/1",
    by=office("clerk", "secretary", two=True),
    clause="office.executive",
    example={"entry": 41, "way": "letter", "day": "2026-06-02"},
)
class Notify(Body, frozen=True):
    """Two officers record that a unit was told of what was recorded from paper in its name: of which entry, how and when.

    Its disavowal runs from this entry, where all can see it, and not from a day that it states.
    """

    entry: Count
    way: Way
    day: Date

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        paper = _paper(inst, filing, self.entry)
        if paper.told:
            raise OutOfTurn("already", "key.notify/1")
        told = from_iso(self.day)
        filing.require_not_before(day_of(paper.recorded), told)
        if told > filing.day:
            raise OutOfTurn("not-yet", "key.notify/1", day=self.day, today=iso(filing.day))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _mark_told(inst, self.entry, filing, received=False)


@act(
    "key.receive/1",
    by=HOLDER,
    clause="office.executive",
    example={"entry": 41},
)
class Receive(Body, frozen=True):
    """A unit, an officer or the authority confirms that it was told of what was recorded from paper in its name; it admits nothing by it."""

    entry: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        paper = _paper(inst, filing, self.entry)
        if paper.holder != filing.actor:
            raise OutOfTurn("not-found", "key.receive/1", what=f"#{self.entry}")
        if paper.received:
            raise OutOfTurn("already", "key.receive/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _mark_told(inst, self.entry, filing, received=True)


@act(
    "key.disavow/1",
    by=HOLDER,
    clause="office.executive",
    entry="entry",
    example={"entry": 41},
)
class Disavow(Body, frozen=True):
    """A unit, an officer or the authority disavows what others recorded from paper in its name, until the delay after it was told is over.

    It signs with a key of its own; without one it disavows on paper, which two officers record who did not record
    what it disavows: so a first key that was invented for it ends, with what was signed with it, and it still has none.
    """

    entry: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        filing.entry(self.entry)
        paper, way = inst.papers.get(self.entry), disavowal(inst, self.entry)
        if paper is None or way is None or paper.holder != filing.actor:
            raise OutOfTurn("not-voidable", "key.disavow/1", entry=self.entry)
        if self.entry in inst.disavowed:
            raise OutOfTurn("already", "key.disavow/1")
        if not way.possible(filing.time):
            raise OutOfTurn("window-over", "key.disavow/1", ends=moment(way.ends))
        if filing.actor not in filing.signers:
            filing.require_not_before(day_of(paper.recorded))
            # A key that was invented does not speak for itself.
            before = self.entry if paper.type == "key.register/1" else None
            yield rules.keyless_disavow_on_paper(filing.actor, able(inst, filing.actor, filing.time, before))
            yield rules.others_record_a_disavowal(set(filing.signers) & set(paper.by))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        disavowed = filing.entry(self.entry)
        body = decode_body(ACT_TYPES[disavowed.act.type], disavowed.act.body)
        after = body.undo(replace(inst, now=filing.time), self.entry, filing.actor, filing.given.rev)
        if isinstance(body, Register):
            after = _unsigned(after, filing.actor, self.entry, filing.given.rev)
        return replace(after, disavowed=after.disavowed.set(self.entry, filing.actor))


def duties(inst: Institution) -> Iterator[Duty]:
    """Whoever recorded from paper in another's name tells it: within P18, of what it has not yet been told."""
    if not inst.papers:
        return
    assert inst.genesis is not None
    # Before the procedure is adopted there is no P18: the founding then has the delay that the genesis states.
    period = inst.meaning.period("P18") if inst.meaning.procedure else Period(inst.genesis.recovery_days)
    for index, paper in inst.papers.items():
        if not paper.told and index not in inst.disavowed and not _used(inst, index, paper):
            last = day_of(paper.recorded) + period.n
            zh = f"告知当事人：第 {index} 条凭纸面以其名义记录，并由两人记录告知"
            en = f"tell the party of entry {index}, recorded from paper in its name, and record that it was told"
            what = f"{zh} / {en}"
            yield Duty.of(
                what,
                paper.holder,
                "exec",
                inst.meaning.article("office.executive"),
                "P18",
                Deadline(last, last, True),
                "key.notify/1",
                index,
            )


def _used(inst: Institution, index: int, paper: OnPaper) -> bool:
    """Whether it is a key's registration and that key has signed: whoever signs with it need not be reminded of it."""
    if paper.type != "key.register/1":
        return False
    return any(key.since == index + 1 and inst.seqs.get(kid) for kid, key in inst.keys_of(paper.holder).items())
