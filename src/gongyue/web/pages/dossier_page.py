"""A dossier as a page shows it, to a party and to officers alike: its course, its timeline, what comes next, where it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.urls import reverse

from gongyue.book.digest_words import digest_words
from gongyue.book.heads import parse_head
from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import from_iso, start_of
from gongyue.governance.sheet import VALUES
from gongyue.office.applications import applications
from gongyue.office.facts.dossier_steps import Step
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.facts.shapes import Said
from gongyue.office.store import SEALED
from gongyue.web import installation
from gongyue.web.accounts.officers import called, joined
from gongyue.web.installation import Now
from gongyue.web.pages.dossier_documents import ShownDocument
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick


class ShownStep(msgspec.Struct, frozen=True):
    """What comes next, in words: `whose` turn, until when (Unix seconds, 0 for none), on which basis; whether it is the reader's."""

    step: Step
    text: str
    whose: str
    ends: int
    basis: str
    mine: bool

    @property
    def is_late(self) -> bool:
        """Whether its last day is over."""
        return bool(self.step.late)


class ShownLine(msgspec.Struct, frozen=True):
    """An entry in the timeline: what, who, what it chose, what runs from it; whether the reader did it; where its letter is printed."""

    line: DossierLine
    text: str
    says: str
    who: str
    officers: str
    answers: int
    clock: str
    mine: bool
    docs: tuple[ShownDocument, ...] = ()
    letter: str = ""


class KeptHead(msgspec.Struct, frozen=True):
    """Where the office says the dossier ends: the place, when that was so (Unix seconds), check words of the last entry."""

    n: int
    time: int
    words: str


def said(text: Said) -> str:
    """A text in the language of this answer."""
    return pick(text.zh, text.en)


def steps(now: Now, facts: DossierFacts, mine: str) -> list[ShownStep]:
    """What comes next; of the reader `mine` (a unit or the executive body) first, then what all else waits for, then by last day."""
    found = [step(now, one, mine) for one in facts.next]
    return sorted(found, key=lambda s: (not s.mine, s.step.act not in FIRST, not s.ends, s.ends))


FIRST = frozenset({"dossier.assign/1", "dossier.serve/1"})
"""What is done before anything else can be, though no period runs for it: a recusal decided, what is to be known served."""


def step(now: Now, one: Step, mine: str) -> ShownStep:
    """One thing that comes next."""
    ends = start_of(from_iso(one.last) + 1) if one.last else 0
    told = basis(now.inst, one.at, one.basis)
    return ShownStep(one, pick(one.zh, one.en), party_called(now, one.whose), ends, told, one.whose == mine)


Documents = Mapping[int, Sequence[ShownDocument]]
"""Documents by the places of the entries with which they came."""
Letters = Callable[[DossierLine], str]
"""The address of the letter of an entry; empty where there is none."""


def lines(now: Now, facts: DossierFacts, mine: str, docs: Documents, letters: Letters) -> list[ShownLine]:
    """The timeline, in the order of places."""
    found = (_line(now, facts, one, mine) for one in facts.entries)
    return [
        msgspec.structs.replace(row, docs=tuple(docs.get(row.line.n, ())), letter=letters(row.line)) for row in found
    ]


def _line(now: Now, facts: DossierFacts, one: DossierLine, mine: str) -> ShownLine:
    return ShownLine(
        one,
        pick(one.zh, one.en),
        said(one.says),
        who(now, one),
        _joined(now, one.officers),
        one.answers,
        pick("；", "; ").join(_clocks(facts, one)),
        one.actor == mine,
    )


def who(now: Now, one: DossierLine) -> str:
    """Whose act it is: a unit, or the officers who signed it; what they recorded from its paper is said so."""
    if is_unit(one.actor):
        by = party_called(now, one.actor)
        if not one.paper:
            return by
        officers = _joined(now, one.signers)
        return pick(f"{by}，{officers}凭纸面记录", f"{by}, recorded from paper by {officers}")
    return _joined(now, one.signers) or party_called(now, one.actor)


def party_called(now: Now, party: str) -> str:
    """What a party is called to whoever opens the dossier; an applicant that the book does not know yet, as its application says."""
    if is_unit(party) and party not in now.inst.units:
        for one in applications(now.inst, installation.office().store, party):
            return one.said.name
    return called(now.inst, party)


def _joined(now: Now, parties: tuple[str, ...]) -> str:
    if all(map(is_unit, parties)):
        return pick("、", ", ").join(party_called(now, one) for one in parties)
    return joined(now.inst, parties)


def _clocks(facts: DossierFacts, one: DossierLine) -> Iterator[str]:
    """What is to be known of an entry beside it: how late it came, whether what it served was received, that it is void."""
    if one.void:
        yield pick("无效：当时的时间有误", "void: it came in a false time")
    if one.late:
        yield pick(f"逾期 {one.late} 日办理，一直如此记载", f"done {_days(one.late)} late, and marked so for ever")
    served = one.type == "dossier.serve/1" and not one.void
    if served:
        yield pick("已签收", "received") if one.received else pick("尚未签收", "not received yet")
    if gone := sum(doc in facts.erased for doc in one.docs):
        yield pick(f"{gone} 份内容已依法删除", f"content of {gone} erased by law")


def _days(n: int) -> str:
    return f"{n} day{'' if n == 1 else 's'}"


def assigned(now: Now, facts_assigned: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """(role, officers) of those who handle it."""
    return [(pick(*VALUES[role]), _joined(now, officers)) for role, officers in facts_assigned.items()]


def head(facts: DossierFacts) -> tuple[KeptHead, bytes]:
    """Where the office says it ends now, and the signed note that says so."""
    office = installation.office()
    note = office.head(facts.id)
    told = parse_head(note, *(signer.verifier for signer in office.keys.signers(SEALED)))
    return KeptHead(told.n, told.time, " ".join(digest_words(told.digest, pick("zh", "en")))), note


def context(now: Now, facts: DossierFacts, mine: str, docs: Documents, letters: Letters) -> dict[str, Any]:
    """What every page of a dossier shows."""
    found = steps(now, facts, mine)
    stages = facts.course
    here = next((n for n, one in enumerate(stages, 1) if one.state == "now"), len(stages))
    return {
        "facts": facts,
        "name": said(facts.name),
        "title": said(facts.title),
        "parties": _joined(now, facts.parties),
        "articles": pick("、", ", ").join(pick(in_chinese(at), in_english(at)) for at in facts.articles),
        "assigned": assigned(now, facts.assigned),
        "challenged": _joined(now, facts.challenged),
        "opened": facts.entries[0].day,
        "steps": found,
        "first": found[0] if found else None,
        "also": found[1:],
        "lines": lines(now, facts, mine, docs, letters),
        "stages": [(pick(one.zh, one.en), one) for one in stages],
        "stage": here,
        "head": head(facts)[0],
        "time": now.time,
    }


def with_parties(now: Now, title: Said, parties: tuple[str, ...]) -> str:
    """What a dossier is about and whose it is, for whoever handles it."""
    whose = _joined(now, parties)
    return pick(f"{title.zh}（{whose}）", f"{title.en} ({whose})")


def addresses(route: str, facts_name: Said) -> Callable[[int, int], str]:
    """The addresses of a dossier's documents, by the places at which they came and their numbers there."""
    return lambda n, number: address(route, facts_name, n, number)


def address(route: str, facts_name: Said, *args: object, **query: str) -> str:
    """The address of a page of a dossier, by its name."""
    return reverse(route, args=[said(facts_name), *args]) + (f"?{urlencode(query)}" if query else "")
