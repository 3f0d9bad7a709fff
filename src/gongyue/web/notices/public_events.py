"""What happened to everybody: votes, proposals, annexes, lists, interpretations, read off the open book once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import start_of
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import PROSE
from gongyue.governance.papers import disavowal
from gongyue.governance.proposal import Proposal, supports
from gongyue.governance.recovery import open_arrival
from gongyue.governance.sheet import SHEETS, Notify, names_of
from gongyue.governance.sheet_sentences import Placeholder, fill_sentence, places_of
from gongyue.governance.sheet_words import Leads, NoticeForm, Until, Whom
from gongyue.governance.value_words import words_of_setting
from gongyue.office.facts.bulletins import headline_in
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.facts.shapes import valid_acts
from gongyue.office.store import OPEN, Reading
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.notices.notification import Notification, open_told
from gongyue.web.workspace.own_unit import OwnUnit


class PublicEvent(msgspec.Struct, frozen=True):
    """A public act that members are told of: where it stands, whose it is, when it arrived, what it says.

    `named`: what the fields are called that name another entry or a text, in both languages.
    """

    index: int
    type: str
    actor: str
    time: int
    body: dict[str, Any]
    named: dict[str, tuple[str, str]]

    @property
    def notice(self) -> Notify:
        """Who is told of it, and how."""
        notice = SHEETS[self.type].notice
        assert notice is not None
        return notice


NOTIFIED = [type for type, sheet in SHEETS.items() if sheet.notice is not None]
"""The acts that somebody is told of."""


def happenings(now: Now) -> tuple[PublicEvent, ...]:
    """Every public act that members are told of, in the book's order."""
    places = valid_acts(now, *NOTIFIED)
    return now.index.kept("happenings", (len(places), *places[-1:]), lambda: tuple(_read(now.inst, places)))


def _read(inst: Institution, places: tuple[int, ...]) -> Iterator[PublicEvent]:
    store = installation.office().store
    for place in places:
        leaf = store.leaf(OPEN, place)
        assert leaf is not None
        entry = decode(leaf).entry
        body = msgspec.json.decode(entry.act.body)
        time = open_arrival(inst, place, entry.rx.t)
        yield PublicEvent(place, entry.act.type, entry.act.actor, time, body, _named(store, entry.act.type, body))


def _named(store: Reading, type: str, body: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Read once for all units: what stands in a book does not change."""
    notice = SHEETS[type].notice
    assert notice is not None
    wanted = ((place.field, _READ.get(NoticeForm(place.shown))) for place in places_of(notice.zh))
    return {field: read(store, body[field]) for field, read in wanted if read is not None}


def public_notifications(ours: OwnUnit) -> Iterator[Notification]:
    """What happened that concerns the unit; its own acts are told as such elsewhere."""
    for happened in happenings(ours.now):
        if happened.actor != ours.unit and _concerns(ours, happened):
            words, ends = _words(ours.now.inst, happened, ours.unit), _ends(ours.now.inst, happened)
            route, args = _LEADS[happened.notice.leads](ours.now.inst, happened, ours.unit)
            at = _article(ours, happened) if ends else ""
            yield open_told(f"open:{happened.index}", happened.time, words, route, args, ends, at=at)


def _article(ours: OwnUnit, happened: PublicEvent) -> str:
    """What its deadline rests on; a vote's is that of the matter voted on."""
    annex = happened.body.get("matter") in ours.now.inst.annexes
    return ours.at("annex.initiate/1" if annex else happened.type)


def _concerns(ours: OwnUnit, happened: PublicEvent) -> bool:
    return _WHOM[happened.notice.whom](ours, happened)


def _is_member(ours: OwnUnit, happened: PublicEvent) -> bool:
    known = ours.known
    return ours.is_member and known is not None and happened.time >= start_of(known.since)


def _holds_paper(ours: OwnUnit, happened: PublicEvent) -> bool:
    paper = ours.now.inst.papers.get(happened.body["entry"])
    return paper is not None and paper.holder == ours.unit


_WHOM: dict[Whom, Callable[[OwnUnit, PublicEvent], bool]] = {
    Whom.MEMBERS: _is_member,
    Whom.ROLL: lambda ours, h: ours.unit in ours.now.inst.votes[h.body["matter"]].roll,
    Whom.INITIATORS: lambda ours, h: ours.unit in ours.now.inst.founding.initiators,
    Whom.HOLDER: _holds_paper,
    Whom.PARTY: lambda ours, h: h.body.get("party") == ours.unit,
}
"""Whether a unit is one of those that are told."""


# -- what it says


def _words(inst: Institution, h: PublicEvent, unit: str) -> tuple[str, str]:
    def spoken(place: Placeholder, language: int) -> str:
        form = NoticeForm(place.shown)
        said = h.named[place.field] if form in _READ else _SPEAKS[form](inst, h.body.get(place.field), unit)
        return said[language]

    return fill_sentence(h.notice.zh, lambda place: spoken(place, 0)), fill_sentence(
        h.notice.en, lambda place: spoken(place, 1)
    )


def _superseded(inst: Institution, id: str, unit: str) -> str:
    """The unit's own proposal that an amendment supersedes, if there is one."""
    found = (p.id for p in inst.proposals.values() if p.superseded_by == id and _is_its_own(inst, p, unit))
    return min(found, default="")


def _is_its_own(inst: Institution, proposal: Proposal, unit: str) -> bool:
    return unit == proposal.by or supports(inst, proposal, unit)


def _replaced(inst: Institution, id: str, unit: str) -> str:
    """The annex the unit initiated that another supersedes, if there is one."""
    return min((a.id for a in inst.annexes.values() if a.superseded_by == id and a.by == unit), default="")


def _support(proposal: Proposal) -> tuple[str, str]:
    """Whether the unit is asked for its support: a proposal of the executive body needs none."""
    if proposal.by == EXECUTIVE:
        return "执行机构提议修改，不需附议", "The executive body proposes, no support is needed"
    return "征集附议", "Support is collected"


def _name(store: Reading, entry: int) -> tuple[str, str]:
    """What was done by an entry of the open book, in both languages."""
    leaf = store.leaf(OPEN, entry)
    assert leaf is not None
    names = names_of(decode(leaf).entry.act.type)
    return names.zh, names.en


_READ: dict[NoticeForm, Callable[[Reading, Any], tuple[str, str]]] = {
    NoticeForm.NAME: _name,
    NoticeForm.HEADLINE: lambda store, text: (headline_in(store, text),) * 2,
}
"""Ways of saying a field that names another entry or a text: these are read from the store."""


def _numbered(id: str) -> tuple[str, str]:
    """The number by which it is cited, in both languages; nothing of none."""
    number = id.partition(":")[2]
    return (f"编号 {number}", f"no. {number}") if id else ("", "")


_SPEAKS: dict[NoticeForm, Callable[[Institution, Any, str], tuple[str, str]]] = {
    NoticeForm.NUMBER: lambda inst, value, unit: (str(value),) * 2,
    NoticeForm.TITLE: lambda inst, value, unit: matter_title(inst, value),
    NoticeForm.SETS: lambda inst, value, unit: words_of_setting(value["name"], value["value"]) if value else PROSE,
    NoticeForm.PASSED: lambda inst, value, unit: (
        ("通过", "adopted") if value == "adopted" else ("未通过", "not adopted")
    ),
    NoticeForm.SUPPORT: lambda inst, value, unit: _support(inst.proposals[value]),
    NoticeForm.SUPERSEDED: lambda inst, value, unit: _numbered(_superseded(inst, value, unit)),
    NoticeForm.REPLACED: lambda inst, value, unit: _numbered(_replaced(inst, value, unit)),
}
"""The other ways of saying a field of an act to a unit, in both languages."""


# -- where it leads, until when


def _proposal(inst: Institution, h: PublicEvent, unit: str) -> tuple[str, tuple[str, ...]]:
    return "unit_proposal", (unit, h.body["proposal"])


def _own_proposal(inst: Institution, h: PublicEvent, unit: str) -> tuple[str, tuple[str, ...]]:
    return "unit_proposal", (unit, _superseded(inst, h.body["proposal"], unit) or h.body["proposal"])


_LEADS: dict[Leads, Callable[[Institution, PublicEvent, str], tuple[str, tuple[str, ...]]]] = {
    Leads.ACT: lambda inst, h, unit: ("unit_act", (unit, "open", str(h.body["entry"]))),
    Leads.ANNEXES: lambda inst, h, unit: ("unit_annexes", (unit,)),
    Leads.ENTRY: lambda inst, h, unit: ("entry", (str(h.index),)),
    Leads.FOUNDING: lambda inst, h, unit: ("unit_founding", (unit,)),
    Leads.INTERPRETATIONS: lambda inst, h, unit: ("interpretations", ()),
    Leads.LIST: lambda inst, h, unit: ("roll_list", (str(h.body["number"]),)),
    Leads.PROPOSAL: _proposal,
    Leads.SUPERSEDED: _own_proposal,
    Leads.VOTE: lambda inst, h, unit: ("unit_vote", (unit, h.body["matter"])),
}
"""Route and arguments of the page a notice leads to."""
assert (set(_WHOM), {*_READ, *_SPEAKS}, set(_LEADS)) == (set(Whom), set(NoticeForm), set(Leads))


def _ends(inst: Institution, h: PublicEvent) -> int:
    """The last moment its notice names, 0 if none."""
    if h.notice.until is Until.LAPSE:
        proposal = inst.proposals[h.body["proposal"]]
        return start_of(proposal.lapses.last + 1) if proposal.stage == "collecting" else 0
    if h.notice.until is Until.CLOSE:
        return inst.votes[h.body["matter"]].closes
    if h.notice.until is Until.DISAVOWAL:
        way = disavowal(inst, h.body["entry"])
        return way.ends if way is not None and not way.closed else 0
    return 0
