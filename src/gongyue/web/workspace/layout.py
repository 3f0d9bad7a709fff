"""What every page of a unit shows: whose workspace it is, in which role, and where else to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.articles import kinds
from gongyue.governance.sheet_words import ActPage
from gongyue.office.facts.register import roll_of
from gongyue.web import request_state
from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY, is_confidential
from gongyue.web.acting.mandates import mandates_from
from gongyue.web.desk.layout import AvailableAct
from gongyue.web.names import STATUSES, localise
from gongyue.web.notices.read_state import unread_count
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.item import TODO, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit

ROLES = {
    SIGNATORY: ("签署人", "signatory"),
    OFFICER: ("专员（起草）", "officer, who drafts"),
    ENGINEER: ("工程师", "engineer"),
}

OWN_STATUSES = STATUSES | {
    "applicant": ("申请中", "applying"),
    "refused": ("申请未获准", "not admitted"),
    "stranger": ("尚未加入", "not a member"),
}
"""Where a unit stands, as it sees itself."""

WORDS = {
    "late": ("已逾期", "overdue"),
    "todo": ("待办", "to do"),
    "offer": ("可办", "you may"),
    "wait": ("等待", "waiting"),
    "done": ("已办", "done"),
}


class Row(msgspec.Struct, frozen=True):
    """An item as a page shows it: its words in one language, its page, its basis, whether it is late."""

    item: AttentionItem
    text: str
    note: str
    url: str
    basis: str
    state: str
    word: str


def rows(ours: OwnUnit, found: list[AttentionItem]) -> list[Row]:
    """Items as a page shows them."""
    return [_row(ours, item) for item in found]


def _row(ours: OwnUnit, item: AttentionItem) -> Row:
    args = (ours.unit, *item.args) if item.route.startswith("unit_") else item.args
    state = "late" if item.late(ours.now.time) else item.state
    return Row(
        item,
        pick(item.zh, item.en),
        pick(item.note_zh, item.note_en),
        reverse(item.route, args=args),
        basis(ours.inst, item.at, item.basis),
        state,
        localise(WORDS, state),
    )


def ours_of(request: HttpRequest) -> OwnUnit:
    """The unit this page is of, as of now."""
    return OwnUnit(request_state.now(request), request_state.seat(request).party)


def confidential(request: HttpRequest) -> bool:
    """Whether this seat sees what only signatory and officers see."""
    return is_confidential(request_state.seat(request).role)


def own_status(request: HttpRequest, ours: OwnUnit) -> str:
    """Where the unit stands, as this seat may know it: an application is not an engineer's business."""
    public = ours.known.status if ours.known else "stranger"
    return localise(OWN_STATUSES, ours.status if confidential(request) else public)


def act_url(type: str, unit: str, **fields: object) -> str:
    """The address of the form of an act in the unit's name, filled in."""
    return f"{reverse('act_new', args=[type])}?{urlencode({'as': unit} | fields)}"


def begin_url(request: HttpRequest, type: str, unit: str, **fields: object) -> str:
    """The same where whoever sits there may draft it; empty where it is another's, as joining and leaving are the signatory's."""
    seat, now = request_state.seat(request), request_state.now(request)
    may = next(mandates_from([seat], ACT_TYPES[type], now, unit), None)
    return act_url(type, unit, **fields) if may else ""


def render_unit_page(request: HttpRequest, template: str, here: str, ours: OwnUnit, **context: Any) -> HttpResponse:
    """A page of a unit."""
    shown = seat_context(request, ours, here) | {
        "ours": ours,
        "time": ours.now.time,
        "others": listed(request, ours, here),
    }
    shown |= context
    return render(request, f"workspace/{template}.html", shown)


BEGUN = {
    "unit_founding": ActPage.FOUNDING,
    "unit_membership": ActPage.MEMBERS,
    "unit_votes": ActPage.VOTES,
    "unit_proposals": ActPage.AMENDMENTS,
    "unit_annexes": ActPage.ANNEXES,
    "unit_questions": ActPage.INTERPRETATIONS,
}
"""Where a unit begins the acts of a page."""


def listed(request: HttpRequest, ours: OwnUnit, here: str) -> list[AvailableAct]:
    """A unit's acts that are begun on the page of that route whatever stands there, as their sheets say; a member's, and this seat's."""
    if here == "unit_membership" and not ours.is_member:
        return []
    of_page = (kind for kind in kinds() if kind.by.who == "unit" and kind.sheet.page is BEGUN.get(here))
    found = ((kind, begin_url(request, kind.type, ours.unit)) for kind in of_page)
    return [AvailableAct(kind, url, True, "") for kind, url in found if url]


def seat_context(request: HttpRequest, ours: OwnUnit, here: str) -> dict[str, Any]:
    """The navigation of a unit's seat, for any page seen from it; `here` is the route of the page."""
    mute = next((item for item in items(ours, confidential(request)) if item.key == "no-key"), None)
    return {
        "unit": ours.unit,
        "confidential": confidential(request),
        "mute": rows(ours, [mute])[0] if mute else None,
        "seat_title": ours.name,
        "seat_role": f"{localise(ROLES, request_state.seat(request).role)} · {own_status(request, ours)}",
        "seat_nav": [
            {"url": url, "text": pick(zh, en), "here": route == here, "count": count}
            for route, url, zh, en, count in _sections(request, ours)
        ],
    }


def was_member(ours: OwnUnit) -> bool:
    """Whether the unit is or ever was a member: it opens what went to all members then."""
    return ours.is_member or bool(roll_of(ours.now).history.get(ours.unit))


def _sections(request: HttpRequest, ours: OwnUnit) -> Iterator[tuple[str, str, str, str, int]]:
    """(route, address, Chinese, English, count) of every section this seat opens."""
    found = items(ours, confidential(request))
    todo = [item for item in found if item.state == TODO]

    def row(route: str, zh: str, en: str, count: int = 0) -> tuple[str, str, str, str, int]:
        return route, reverse(route, args=[ours.unit]), zh, en, count

    yield row("unit_home", "待办", "Attention", len(todo))
    yield "notices", reverse("notices"), "通知", "Notices", unread_count(request)
    yield row("unit_month", "月度摘要", "The month")
    if ours.inst.founding.stage in ("frozen", "submitted", "effective") and ours.unit in ours.inst.founding.initiators:
        yield row("unit_founding", "签署公约", "Signing")
    if ours.is_member or any(ours.unit in vote.roll for vote in ours.inst.votes.values()):
        yield row("unit_votes", "表决", "Votes", sum(item.key.startswith("vote:") for item in todo))
    if ours.is_member and (ours.has("amendment.initiate/1") or ours.inst.proposals):
        yield row("unit_proposals", "修改提议", "Amendments", sum(item.key.startswith("proposal:") for item in todo))
    if ours.is_member and (ours.has("annex.initiate/1") or ours.inst.annexes):
        yield row("unit_annexes", "附件", "Annexes")
    yield row("unit_membership", "成员资格", "Membership")
    if confidential(request):
        mine = sum(item.key.startswith("dossier:") for item in todo)
        yield "my_dossiers", f"{reverse('my_dossiers')}?{urlencode({'as': ours.unit})}", "我的卷宗", "My dossiers", mine
        if ours.is_member and ours.has("interpretation.ask/1"):
            yield row("unit_questions", "请求解释", "Questions")
        yield from [row("unit_bulletins", "公告", "Bulletins")] if was_member(ours) else []
        yield row("unit_acts", "本单位的行为", "Our acts", sum(item.key.startswith("paper:") for item in todo))
        yield row("unit_drafts", "草稿", "Drafts")
        yield row("unit_paper", "纸面办理", "On paper")
        yield row("unit_keys", "密钥", "Keys")
    if request_state.seat(request).role == SIGNATORY:
        yield row("unit_people", "人员与授权", "People")
    if request_state.seat(request).role == SIGNATORY:
        yield row("unit_api_keys", "接口密钥", "API keys")
