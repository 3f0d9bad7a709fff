"""The due list: every duty the matters state, overdue first. Deadlines are computed, never flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance import admission, adoption, amendment, annex, effect, papers, papervotes, publication, vote
from gongyue.governance.acts import Opening, kind_of
from gongyue.governance.annex import Annex
from gongyue.governance.institution import Institution
from gongyue.governance.proposal import Proposal
from gongyue.governance.standing import Duty


class Due(msgspec.Struct, frozen=True):
    """A duty as of a day: `left` days to its last lawful day, or `late` days past it.

    `article`, `at`: position and address of the article it rests on; 0 and empty where this text has none.
    """

    what: str
    matter: str
    whose: str
    article: int
    at: str
    basis: str
    words: str
    target: str
    last: str
    calendar_known: bool
    act: str
    left: int
    late: int
    entry: int | None = None

    @property
    def zh(self) -> str:
        """What is due, in Chinese."""
        return self.what.partition(" / ")[0]

    @property
    def en(self) -> str:
        """What is due, in English."""
        return self.what.partition(" / ")[2] or self.what


class Late(msgspec.Struct, frozen=True):
    """A duty done late: accepted, and shown late for ever; `article`, `at` as of what is due."""

    matter: str
    article: int
    at: str
    act: str
    index: int
    late: int


def due(inst: Institution, sealed: Sequence[Opening], day: int) -> list[Due]:
    """What is due as of `day`, overdue first, then by last day; `sealed` are the sealed acts the reader may open."""
    under_seal = (duty for matter in (admission, papervotes) for duty in matter.sealed_duties(inst, sealed))
    duties = [d for d in (*_open_duties(inst), *under_seal) if not (d.lapses and day > d.last)]
    return sorted((_as_of(inst, duty, day) for duty in duties), key=lambda d: (-d.late, d.last, d.matter))


def _open_duties(inst: Institution) -> Iterator[Duty]:
    for matter in (effect, amendment, adoption, vote, annex, publication, papers):
        yield from matter.duties(inst)


def _as_of(inst: Institution, duty: Duty, day: int) -> Due:
    clause = inst.meaning.clause(duty.basis)
    return Due(
        duty.what,
        duty.matter,
        duty.whose,
        duty.article,
        inst.meaning.at(duty.article),
        duty.basis,
        clause.words if clause else "",
        iso(duty.target),
        iso(duty.last),
        duty.calendar_known,
        duty.act,
        max(0, duty.last - day),
        max(0, day - duty.last),
        duty.entry,
    )


def done_late(inst: Institution) -> list[Late]:
    """What was done late: the publication of the covenant, lists, amendments (their filing too) and annexes."""
    late = []
    if inst.founding.late_days and inst.founding.published_index is not None:
        founded = inst.founding
        late.append(late_act(inst, "founding", "founding.publish/1", inst.founding.published_index, founded.late_days))
    late += [
        late_act(inst, f"list:{x.number}", "publication.list/1", x.index, x.late_days)
        for x in inst.lists
        if x.late_days
    ]
    late += [x for p in inst.proposals.values() for x in _late_amendment(inst, p)]
    return late + [x for a in inst.annexes.values() for x in _late_annex(inst, a)]


def late_act(inst: Institution, matter: str, act: str, index: int, late: int) -> Late:
    """An act done late, with the article that acts of its type rest on."""
    article = inst.meaning.article(kind_of(act).clause)
    return Late(matter, article, inst.meaning.at(article), act, index, late)


def _late_annex(inst: Institution, one: Annex) -> Iterator[Late]:
    if one.published_day is None or one.published_index is None:
        return
    if late := annex.publish_by(inst, one).overdue(one.published_day):
        yield late_act(inst, one.id, "annex.publish/1", one.published_index, late)


def _late_amendment(inst: Institution, proposal: Proposal) -> Iterator[Late]:
    reported, published = "amendment.report/1", "amendment.publish/1"
    if (
        proposal.pinned.authority == "file"
        and proposal.reported_day is not None
        and proposal.reported_index is not None
    ):
        late = adoption.report_by(inst, proposal).overdue(proposal.reported_day)
        if late:
            yield late_act(inst, proposal.id, reported, proposal.reported_index, late)
    if proposal.published_day is not None and proposal.published_index is not None:
        late = adoption.publish_by(inst, proposal).overdue(proposal.published_day)
        if late:
            yield late_act(inst, proposal.id, published, proposal.published_index, late)
