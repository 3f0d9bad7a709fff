"""The desk's docket: the dossiers an officer handles, overdue first; of others the secretary sees only how they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongyue.covenant.parties import EXECUTIVE, is_unit
from gongyue.covenant.periods import from_iso, start_of
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.docket import BY_OFFICE
from gongyue.office.facts.docket import DocketLine, Found, OfficersDocket
from gongyue.office.facts.dossier_steps import Step
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.web import installation, letter_response, request_state
from gongyue.web.access import office
from gongyue.web.accounts.officers import joined
from gongyue.web.acting import mandates
from gongyue.web.desk import gates, unasked
from gongyue.web.desk.gates import Gate
from gongyue.web.desk.layout import DECIDES, AvailableAct, my_offices, render_desk_page
from gongyue.web.desk.officer import Officer, officer_of, reporters
from gongyue.web.desk.pending_signatures import Waiting, waiting
from gongyue.web.installation import Now
from gongyue.web.letters.typesetting import Sheet
from gongyue.web.pages import dossier_documents, dossier_letters, dossier_page
from gongyue.web.pages.decorators import number_in
from gongyue.web.pages.dossier_page import ShownStep
from gongyue.web.pages.pagination import ResultPage, newest_first
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick

TRIED = 20
"""Dossiers whose next acts are tried on the list; of the rest each one's page tries them."""
A_PAGE = 50
NOTE = "dossier.note/1"
RECEIVE = "dossier.receive/1"


class Row(msgspec.Struct, frozen=True):
    """A dossier in the list: `step`: what comes next, where it may be opened, `says` with all that the same one does; `ends`: the office's last day there.

    `decide`: where an application is granted or refused, for those who decide it.
    `to_assign`: in words, what is decided by assigning somebody; empty where nobody is assigned yet or nothing is to be decided.
    """

    line: DocketLine
    name: str
    title: str
    url: str
    assigned: list[tuple[str, str]]
    ends: int
    basis: str
    step: ShownStep | None
    says: str
    gates: tuple[Gate, ...]
    assign: AvailableAct | None
    to_assign: str = ""
    decide: str = ""


GROUPS = {
    "overdue": ("逾期", "Overdue", "没有逾期的卷。", "None is overdue."),
    "turn": ("轮到办公室", "The office's turn", "没有轮到办公室办的卷。", "It is the office's turn in none."),
    "waiting": ("等别人", "Waiting for others", "没有在等别人的卷。", "None waits for others."),
    "settled": ("已结", "Settled", "没有。", "None."),
}
"""The groups of the list, each with its name and what is said where it is empty."""


class Group(msgspec.Struct, frozen=True):
    """A group of the list: a page of its dossiers."""

    id: str
    name: str
    empty: str
    rows: list[Row]
    page: ResultPage


@office()
@require_GET
def docket(request: HttpRequest) -> HttpResponse:
    """Overdue, this office's turn, waiting for a second signature, waiting for others, settled."""
    now = request_state.now(request)
    found = now.docket_of(request_state.seat(request).party)
    lists = {"overdue": found.overdue, "turn": found.turn, "waiting": found.waiting, "settled": found.settled}
    return render_desk_page(
        request,
        "docket",
        "desk_docket",
        groups=[_group(request, found, name, ids) for name, ids in lists.items()],
        second=[one for one in waiting(request) if is_within(one)],
        frames="secretary" in my_offices(request),
        unasked=unasked.opening(request),
        taken=found.taken,
        records=bool(reporters(request)),
        time=now.time,
    )


def _group(request: HttpRequest, found: OfficersDocket, id: str, ids: list[str]) -> Group:
    zh, en, empty_zh, empty_en = GROUPS[id]
    page = newest_first(range(len(ids)), number_in(request, id), A_PAGE)
    shown = [ids[len(ids) - 1 - place] for place in page.items]  # what is due first stands first
    tried = TRIED if id != "settled" else 0
    rows = [_row(request, found, one, place < tried) for place, one in enumerate(found.lines(shown))]
    return Group(id, pick(zh, en), pick(empty_zh, empty_en), rows, page)


def due_rows(request: HttpRequest, most: int) -> list[Row]:
    """The first of the dossiers in which the office is to do something, overdue first; those told by office are among its duties."""
    found = request_state.now(request).docket_of(request_state.seat(request).party)
    lines = found.lines([*found.overdue, *found.turn][: most * 2])
    return [_row(request, found, line, False) for line in lines if line.kind not in BY_OFFICE][:most]


def handled_rows(request: HttpRequest, most: int) -> list[Row]:
    """Dossiers assigned to this officer in which others are to do something: so that its first page never hides its work."""
    found = request_state.now(request).docket_of(request_state.seat(request).party)
    return [_row(request, found, line, False) for line in found.lines(found.waiting[:most]) if line.whole]


def is_within(one: Waiting) -> bool:
    """Whether a draft is done within a dossier."""
    return one.draft.kind.in_dossier


def _opens(_: DossierLine) -> bool:
    """Whoever is assigned opens what stands there."""
    return True


@office()
@require_GET
def document(request: HttpRequest, name: str, n: int, number: int) -> HttpResponse:
    """One document, for whoever is assigned, logged so: a text on the page, any other kind as a file; why a recusal was asked, for whoever decides it."""
    docket, listed = _of(request, name)
    facts = listed and (listed[1] or docket.to_decide(installation.office().store, listed[0]))
    if not facts:
        raise Http404
    found = dossier_documents.opened(facts, n, number, request_state.seat(request).party, _opens)
    text = found if isinstance(found, str) else dossier_documents.text_of(found)
    if text is None and not isinstance(found, str):
        return dossier_documents.file_of(found)
    back = dossier_page.address("desk_dossier", facts.name)
    line = next(one for one in facts.entries if one.n == n)
    called = dossier_documents.name_of(line, number)
    shown: dict[str, Any] = {"text": text, "gone": isinstance(found, str), "n": n, "called": called, "back": back}
    shown["to_decide"] = listed is not None and listed[1] is None
    return render_desk_page(request, "document", "desk_docket", title=dossier_page.said(facts.title), **shown)


@office()
@require_GET
def letter(request: HttpRequest, name: str, n: int, number: int) -> HttpResponse:
    """The same, a text, as a letter to send; reading it is logged alike."""
    _, listed = _of(request, name)
    if listed is None or listed[1] is None:
        raise Http404
    facts, who = listed[1], request_state.seat(request).party
    return dossier_letters.letter(
        request_state.now(request), facts, n, number, lambda at, k: dossier_documents.opened(facts, at, k, who, _opens)
    )


@office()
@require_GET
def whole_letter(request: HttpRequest, name: str, n: int) -> HttpResponse:
    """All that was done at a place as one letter, with place, head and, of what is served, a slip to return; each reading is logged."""
    return letter_response.pdf(*whole_sheet(officer_of(request), name, n), f"dossier-{n}")


def whole_sheet(me: Officer, name: str, n: int) -> Sheet:
    """That letter, of a dossier by its name or id, as it is set; Http404 where the officer does not open it."""
    found = me.now.docket_of(me.party).find(installation.office().store, name)
    if found is None or found[1] is None:
        raise Http404
    facts = found[1]
    return dossier_letters.whole_sheet(
        me.now, facts, n, lambda at, k: dossier_documents.opened(facts, at, k, me.party, _opens)
    )


def _row(request: HttpRequest, docket: OfficersDocket, line: DocketLine, tried: bool) -> Row:
    now = request_state.now(request)
    steps = sorted(line.next, key=lambda step: step.whose != EXECUTIVE)
    title = dossier_page.with_parties(now, line.title, line.parties) if line.title else pick(line.zh, line.en)
    return Row(
        line,
        dossier_page.said(line.name),
        title,
        dossier_page.address("desk_dossier", line.name),
        dossier_page.assigned(now, line.assigned),
        start_of(from_iso(line.last) + 1) if line.last else 0,
        basis(now.inst, line.at, line.basis) if line.last else "",
        dossier_page.step(now, steps[0], EXECUTIVE) if steps else None,
        pick("；", "; ").join(_said(one) for one in steps if one.whose == steps[0].whose),
        _tried(request, docket, line) if tried and line.whole else (),
        gates.assigning(request, line.id, line.assign)
        if line.assign and not line.closed and _assigns(request, line)
        else None,
        _to_assign(now, line),
        _decide(request, line),
    )


def _decide(request: HttpRequest, line: DocketLine) -> str:
    decides = line.kind == "application" and line.turn and my_offices(request) & set(DECIDES)
    return reverse("desk_admissions") if decides else ""


def _said(step: Step) -> str:
    """A step as the office reads it: what others are to acknowledge it waits for."""
    if step.act == RECEIVE:
        return pick("已送达，等对方签收", "Served; the other party is to acknowledge it")
    return pick(step.zh, step.en)


def _assigns(request: HttpRequest, line: DocketLine) -> bool:
    """Whether it is this officer's to assign somebody: never whose own recusal is asked for."""
    return request_state.seat(request).party not in line.challenged


def _to_assign(now: Now, line: DocketLine) -> str:
    if line.challenged:
        who = joined(now.inst, line.challenged)
        return pick(
            f"回避申请等秘书长决定：{who}。另行指派，即准予；仍指派原来的人，即不准",
            f"A recusal waits for the secretary: {who}. Assigning others grants it, assigning the same again refuses it",
        )
    if line.assign == "reviewers":
        return pick("已申请复核，请指派没有参与过的复核人", "A review was asked for: assign reviewers who took no part")
    return ""


def _tried(request: HttpRequest, docket: OfficersDocket, line: DocketLine) -> tuple[Gate, ...]:
    found = docket.find(installation.office().store, line.id)
    whole = found[1] if found is not None else None
    return tuple(one for one in gates.own_gates(request, whole) if one.is_open) if whole is not None else ()


def _of(request: HttpRequest, name: str) -> tuple[OfficersDocket, Found | None]:
    docket = request_state.now(request).docket_of(request_state.seat(request).party)
    return docket, docket.find(installation.office().store, name)


def _letters(line: DocketLine) -> Callable[[DossierLine], str]:
    """Where the letter of an entry is printed: of everything that stands."""
    return lambda one: "" if one.void else dossier_page.address("desk_dossier_entry_letter", line.name, one.n)


@office()
@require_GET
def dossier(request: HttpRequest, name: str) -> HttpResponse:
    """One dossier for whoever is assigned to it; how it stands, for the secretary who is not."""
    (listed, found), now = _of(request, name), request_state.now(request)
    if found is None:
        raise Http404
    line, facts = found
    if name == line.id:
        return redirect(dossier_page.address("desk_dossier", line.name))
    if facts is None:
        row = _row(request, listed, line, False)
        if row.assign is None and line.kind == "case" and not line.closed and "reviewers" not in line.assigned:
            row = msgspec.structs.replace(row, assign=gates.assigning(request, line.id, "reviewers"))
        asked = listed.to_decide(installation.office().store, line)
        address = dossier_page.addresses("desk_dossier_document", line.name)
        why = dossier_documents.shown(asked, address, _opens) if asked is not None else {}
        reasons = [(one, why.get(one.n, [])) for one in asked.entries] if asked is not None else []
        return render_desk_page(request, "dossier_frame", "desk_docket", row=row, reasons=reasons, time=now.time)
    docs = dossier_documents.shown(facts, dossier_page.addresses("desk_dossier_document", line.name), _opens)
    tried = gates.gates(request, facts)
    return render_desk_page(
        request,
        "dossier",
        "desk_docket",
        **dossier_page.context(now, facts, EXECUTIVE, docs, _letters(line)),
        whole_title=dossier_page.with_parties(now, facts.title, facts.parties),
        gates=[one for one in tried if one.is_open],
        shut=[one for one in tried if not one.is_open],
        second=[one for one in waiting(request) if one.draft.dossier == facts.id],
        on_paper=list(_on_paper(request, facts)),
    )


def _on_paper(request: HttpRequest, facts: DossierFacts) -> Iterator[tuple[str, str]]:
    """(party, address): where what a unit says on paper in this dossier is written down, for two officers to record."""
    now, seat, kind = request_state.now(request), request_state.seat(request), ACT_TYPES[NOTE]
    for unit in facts.parties if not facts.closed else ():
        if is_unit(unit) and any(mandates.mandates_from([seat], kind, now, unit)):
            query = urlencode({"as": unit, "dossier": facts.id, "paper": "1"})
            yield dossier_page.party_called(now, unit), f"{reverse('act_new', args=[NOTE])}?{query}"
