"""What every page of the desk shows: who sits here, with which offices, and where else to go."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.articles import kinds
from gongyue.governance.sheet_words import ActPage
from gongyue.office.dossier_access import READING
from gongyue.web import request_state
from gongyue.web.accounts import seats
from gongyue.web.accounts.officers import called
from gongyue.web.acting.mandates import PREPARES
from gongyue.web.desk import pending_signatures
from gongyue.web.names import office_name
from gongyue.web.notices.read_state import unread_count
from gongyue.web.templatetags.words import pick

DECIDES = ("secretary", "clerk")
"""Who sees sealed applications and records paper."""

BULLETINS = tuple(sorted(READING | {"publisher"}))
"""Who opens the page of bulletins: whoever reads those to all members, and whoever publishes what goes to society."""

SECTIONS = (
    ("desk", "今日", "Today", ()),
    ("notices", "通知", "Notices", ()),
    ("desk_confirmations", "待签", "To be signed", ()),
    ("desk_docket", "卷宗", "Dossiers", ()),
    ("desk_founding", "订立", "Founding", ()),
    ("desk_bind", "绑定条文", "Binding the text", DECIDES),
    ("desk_admissions", "加入申请", "Admissions", DECIDES),
    ("desk_bulletins", "公告", "Bulletins", BULLETINS),
    ("desk_members", "成员与纸面", "Members and paper", ()),
    ("desk_votes", "表决", "Votes", ()),
    ("desk_amendments", "修改", "Amendments", ()),
    ("desk_annexes", "附件", "Annexes", ()),
    ("desk_interpretations", "解释", "Interpretations", ()),
    ("desk_lists", "名单", "Lists", ()),
    ("desk_offices", "职务与密钥", "Offices and keys", ()),
    ("desk_law", "法律", "The law", ()),
    ("desk_corrections", "更正与撤销", "Corrections", ()),
    ("desk_letters", "信函", "Letters", ()),
    ("desk_paper", "纸面往来", "Paper in and out", tuple(sorted(READING))),
    ("desk_telling", "成批告知", "Telling in batches", DECIDES),
    ("desk_authority", "主管部门", "Authority", ("secretary",)),
    ("desk_api_keys", "接口密钥", "API keys", ()),
    ("office_people", "人员", "People", DECIDES),
    ("own_keys", "我的密钥", "My keys", ()),
    ("outbox", "发件箱", "Outbox", ("secretary", "sysop")),
    ("desk_system", "系统", "System", ("sysop", "secretary")),
)
"""The desk's sections: route, Chinese, English, offices that may open it (any office if none is named)."""
WHILE_FOUNDING = frozenset({"desk_bind"})
"""Sections that are named only until the text is frozen."""


class AvailableAct(msgspec.Struct, frozen=True):
    """An act that can be begun from the desk: its type, the address of its form, and whether my offices do it.

    `missing`: the offices one of which would be needed.
    """

    kind: ActType
    url: str
    mine: bool
    missing: str

    @property
    def two(self) -> bool:
        """Whether two officers sign it."""
        return self.kind.by.two

    @property
    def signers(self) -> str:
        """The offices that sign it, in words."""
        return pick("、", " or ").join(office_name(office) for office in sorted(self.kind.by.offices))


def my_offices(request: HttpRequest) -> set[str]:
    """The offices of the officer at this desk, today, as the book gives them."""
    now = request_state.now(request)
    return seats.offices_of(now.inst, request_state.seat(request), now.day)


def deed(request: HttpRequest, type: str, **fields: object) -> AvailableAct:
    """An act type as something to begin here, its form filled in with what is known."""
    kind, held = ACT_TYPES[type], my_offices(request)
    recorded = fields.get("as_", EXECUTIVE) != EXECUTIVE  # what is another's is recorded from its paper
    wanted = frozenset(DECIDES) if recorded else kind.by.offices
    if kind.by.who == "unit":  # what units do, too, is prepared by whoever prepares, for others to sign
        wanted |= {PREPARES}
    missing = "" if not wanted or held & wanted else pick("、", " or ").join(office_name(o) for o in sorted(wanted))
    return AvailableAct(kind, act_url(type, **fields), not missing, missing)


def listed(request: HttpRequest, page: ActPage, **fields: object) -> list[AvailableAct]:
    """The acts that are begun on that page whatever stands there, as their sheets say, in the order of the catalogue."""
    return [deed(request, kind.type, **fields) for kind in kinds() if kind.sheet.page is page and kind.by.who != "unit"]


def act_url(type: str, **fields: object) -> str:
    """The address of the form of an act, filled in."""
    from urllib.parse import urlencode

    query = urlencode({"as" if name == "as_" else name: value for name, value in fields.items()}, doseq=True)
    return reverse("act_new", args=[type]) + (f"?{query}" if query else "")


def render_desk_page(request: HttpRequest, template: str, here: str, http: int = 200, **context: Any) -> HttpResponse:
    """A page of the desk."""
    if "deeds" not in context and template in set(ActPage):
        context["others"] = listed(request, ActPage(template))
    return render(request, f"desk/{template}.html", seat_context(request, here) | context, status=http)


def seat_context(request: HttpRequest, here: str) -> dict[str, Any]:
    """The navigation of an officer's seat, for any page seen from it; `here` is the route of the page."""
    seat, held = request_state.seat(request), my_offices(request)
    founding = request_state.now(request).inst.founding.stage == "draft"
    counts = {"desk_confirmations": pending_signatures.count(request), "notices": unread_count(request)}
    sections = [
        {
            "url": reverse(route),
            "text": pick(zh, en),
            "here": route == here,
            "count": counts.get(route, 0),
        }
        for route, zh, en, offices in SECTIONS
        if (not offices or held & set(offices)) and (founding or route not in WHILE_FOUNDING or route == here)
    ]
    return {
        "seat_title": f"{pick('执行机构', 'Executive body')} · {called(request_state.now(request).inst, seat.party)}",
        "seat_role": pick("、", ", ").join(office_name(office) for office in sorted(held)),
        "seat_nav": sections,
        "goes": True,
    }
