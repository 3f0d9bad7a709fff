"""The file line by line: what each was read as, and where somebody says what it is that was read wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongyue.covenant.addresses import label_of
from gongyue.covenant.binding import whole_outline
from gongyue.covenant.binding.draft import Carried, Drafting
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import ROLE_NAMES
from gongyue.covenant.parser.parting import LONGEST, WITHIN, said_within
from gongyue.web import request_state
from gongyue.web.access import office
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.binding import draft_store
from gongyue.web.binding.draft_store import Answered, ChangeText, Overtaken
from gongyue.web.binding.page_text import localise_fault
from gongyue.web.binding.submitted import officer_of, version_seen
from gongyue.web.desk.layout import DECIDES, render_desk_page
from gongyue.web.templatetags.words import pick

LINES = 100
"""Lines on a page."""
OVERTAKEN = (
    "别人先改了，您所选的没有记下；请看现在的样子，再选一次。",
    "Somebody was first and your choice was not kept; look at it as it is now and choose again.",
)
TOLD = 3
"""Lines that a change names one by one; more are counted."""


class ShownLine(msgspec.Struct, frozen=True):
    """A line: its number, its words, the part it is in as printed, its role; `said`: somebody said so. `piece`: which piece of a parted line."""

    line: int
    words: str
    label: str
    role: str
    said: bool
    piece: int
    name: str


@office(*DECIDES)
@require_http_methods(["GET", "POST"])
@limited("bind", 1800, 3600)
def lines(request: HttpRequest) -> HttpResponse:
    """A page of the file's lines; posted, what those are whose role was chosen otherwise."""
    row = draft_store.current()
    if row is None or request_state.now(request).inst.founding.stage != "draft":
        return redirect("desk_bind")
    first = _number(request.POST.get("from") or request.GET.get("from", ""))
    if request.method == "GET":
        return _page(request, first)
    given = _chosen(request.POST)

    def answer(d: Drafting) -> Answered:
        roles = _other_than_read(d, given) | _within(d, given, request.POST)
        if not roles:
            return Answered(d, ChangeText("", ""))
        made, carried = whole_outline.say(d, roles)
        return Answered(made, _said(roles, carried))

    try:
        said = draft_store.change(officer_of(request), version_seen(request), answer, alone=True)
    except BadBinding as error:
        return _page(request, first, 422, localise_fault(error.zh, error.en))
    except Overtaken:
        return _page(request, first, 409, pick(*OVERTAKEN))
    if said.zh:
        zh, en = f"已改：{said.zh}。结构要再确认一次。", f"Changed: {said.en}. The outline has to be confirmed again."
        messages.success(request, pick(zh, en))
    go = _number(request.POST.get("go", "")) or first
    return redirect(reverse("desk_bind_lines") + f"?{urlencode({'from': go})}")


def _page(request: HttpRequest, first: int, http: int = 200, error: str = "") -> HttpResponse:
    row = draft_store.current()
    if row is None:  # discarded since `lines` looked
        return redirect("desk_bind")
    d = draft_store.drafting_of(row)
    laid = d.read.laid
    begins = [one.line for one in laid[::LINES]]
    page = max((n for n, line in enumerate(begins) if line <= first), default=0)
    shown = [
        ShownLine(
            one.line,
            one.words,
            label_of(one.at),
            one.role,
            bool(one.said),
            one.piece,
            pick(*ROLE_NAMES[one.role]),
        )
        for one in laid[page * LINES : (page + 1) * LINES]
    ]
    return render_desk_page(
        request,
        "bind_file",
        "desk_bind",
        http=http,
        error=error,
        row=row,
        title=d.read.outline.title,
        outline=pick(*d.read.shown.total),
        doubts=d.structure_open,
        shown=shown,
        first=begins[page] if begins else 0,
        pages=begins if len(begins) > 1 else [],
        next=begins[page + 1] if page + 1 < len(begins) else 0,
        roles=[(role, pick(zh, en)) for role, (zh, en) in ROLE_NAMES.items()],
        read=whole_outline.READ,
        longest=LONGEST,
        within=[(role, pick(*ROLE_NAMES[role])) for role in WITHIN],
    )


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _chosen(post: QueryDict) -> dict[int, str]:
    """The roles that were posted: line-12=heading."""
    named = ((name.removeprefix("line-"), post[name]) for name in post if name.startswith("line-"))
    return {_number(line): str(role) for line, role in named}


def _other_than_read(d: Drafting, given: dict[int, str]) -> dict[int, str]:
    """Those of them that are not what the line is read as now; a line that is as it was read has nothing said of it.

    Where another line is the title now, the one that was it is what the page has of it: a title of two lines is both.
    """
    now = {one.line: one.role for one in d.read.laid if not one.piece}
    parted = {one.line for one in d.read.laid if one.piece}
    said = {n: "" if role == whole_outline.READ else role for n, role in given.items() if role and role != now.get(n)}
    if "title" in said.values():
        said |= {n: role for n, role in given.items() if role == "title"}
    return {n: role for n, role in said.items() if n not in parted or not role}


def _within(d: Drafting, given: dict[int, str], post: QueryDict) -> dict[int, str]:
    """What is said of words within lines: words-12=第三章 会员, which are what is chosen of the line, beside what was said of others there."""
    typed = (
        (_number(name.removeprefix("words-")), " ".join(str(post[name]).split()))
        for name in post
        if name.startswith("words-")
    )
    out = {}
    for line, words in typed:
        role = given.get(line, "")
        if not words or role == whole_outline.READ:
            continue
        if role not in WITHIN:
            raise BadBinding(
                f"第 {line} 行：行内几个字只能是标题或另起一处，请一并选好",
                f"line {line}: words within a line are a heading or begin a part: choose which as well",
            )
        before = [f"{kind}:{own}" for kind, own in said_within(d.read.said.get(line, ""))]
        out[line] = "\n".join([*before, f"{role}:{words}"])
    return out


def _said(roles: dict[int, str], carried: Carried) -> ChangeText:
    """What was said of the lines, in both languages, and what is undecided again because of it."""
    as_read = ("照所读", "as it was read")
    names = [(line, _name_of(role, as_read)) for line, role in sorted(roles.items())]
    zh, en = (_joined([(line, name[i]) for line, name in names], i) for i in (0, 1))
    if carried != Carried():
        b, c = len(carried.bindings), len(carried.decisions)
        zh += f"；{b} 处绑定、{c} 项决定重新待定"
        en += f"; undecided again: bindings {b}, decisions {c}"
    return ChangeText(zh, en)


def _name_of(role: str, as_read: tuple[str, str]) -> tuple[str, str]:
    """What a line is said to be; of words within it the last, and what they are."""
    if within := said_within(role):
        kind, words = within[-1]
        zh, en = ROLE_NAMES[kind]
        return f"“{words}”{zh}", f"“{words}” {en}"
    return ROLE_NAMES.get(role, as_read)


def _joined(named: Sequence[tuple[int, str]], english: int) -> str:
    told = [f"line {n}: {name}" if english else f"第 {n} 行为{name}" for n, name in named[:TOLD]]
    more = len(named) - len(told)
    if more:
        told.append(f"{more} more" if english else f"另 {more} 行")
    return ("; " if english else "；").join(told)
