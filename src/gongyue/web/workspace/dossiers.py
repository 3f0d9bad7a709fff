"""我的卷宗: the dossiers a unit is party to; what was served, what is due, what was answered, where each ends."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

import msgspec
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongyue.book.disclosure import head_line
from gongyue.book.dossier_names import named
from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import from_iso
from gongyue.governance.acts import act_type_of
from gongyue.office.evidence_pack import make_pack
from gongyue.office.facts.bulletins import BulletinFacts, listed
from gongyue.office.facts.bulletins import of_party as bulletins_of
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.openings import of_party
from gongyue.web import installation, letter_response, request_state
from gongyue.web.access import OFFICER, SIGNATORY, own
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.accounts.seats import seats_of
from gongyue.web.acting import finalisation
from gongyue.web.acting.drafts import download
from gongyue.web.acting.mandates import mandates_of
from gongyue.web.acting.models import Draft
from gongyue.web.pages import books, dossier_documents, dossier_letters, dossier_page
from gongyue.web.pages.dossier_page import ShownStep
from gongyue.web.workspace import bulletins, room_deeds, rooms
from gongyue.web.workspace.layout import act_url, ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit

ROLES = (SIGNATORY, OFFICER)
RECEIVE = "dossier.receive/1"


class Row(msgspec.Struct, frozen=True):
    """A dossier in the unit's list: what comes next, if anything."""

    facts: DossierFacts
    title: str
    name: str
    url: str
    step: ShownStep | None
    last: str
    days: int


@own(*ROLES)
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """By whose turn it is: the unit's, others', nobody's."""
    ours = ours_of(request)
    rows = [_row(ours, one) for one in ours.dossiers]
    mine = [row for row in rows if row.step is not None and row.step.mine]
    others = [row for row in rows if row.step is not None and not row.step.mine]
    return render_unit_page(
        request,
        "dossiers",
        "my_dossiers",
        ours,
        mine=sorted(mine, key=_by_deadline),
        theirs=sorted(others, key=_by_deadline),
        settled=[row for row in rows if row.step is None][::-1],
        results=_results(ours),
        report=act_url("report.file/1", ours.unit) if ours.is_member and ours.has("report.file/1") else "",
        petition=act_url("petition.submit/1", ours.unit) if ours.is_member and ours.has("petition.submit/1") else "",
        ask=act_url("interpretation.ask/1", ours.unit) if ours.is_member and ours.has("interpretation.ask/1") else "",
    )


def _results(ours: OwnUnit) -> list[tuple[BulletinFacts, str, str]]:
    """The results of cases, and what restored a reputation, of the last twelve months; the newest first."""
    found = listed(bulletins_of(ours.inst, ours.office.store, ours.unit, ours.now.day), ours.now.day)
    shown = [one for one in reversed(found) if one.speaks_of_a_unit]
    return [(one, reverse("unit_bulletin", args=[ours.unit, one.n]), bulletins.title(ours.inst, one)) for one in shown]


def _by_deadline(row: Row) -> tuple[bool, int, str]:
    assert row.step is not None
    return not row.step.ends, row.step.ends, row.facts.id


def _row(ours: OwnUnit, facts: DossierFacts) -> Row:
    steps = dossier_page.steps(ours.now, facts, ours.unit)
    url = dossier_page.address("my_dossier", facts.name)
    days = ours.now.day - from_iso(facts.entries[0].day)
    last = facts.entries[-1]
    return Row(
        facts, dossier_page.said(facts.title), dossier_page.said(facts.name), url, steps[0] if steps else None, last.day, days
    )  # fmt: skip


def _found(request: HttpRequest, name: str) -> tuple[OwnUnit, DossierFacts]:
    """The dossier of that name among those of the person's own units; from now on the page is that unit's. Http404 otherwise."""
    now, first = request_state.now(request), request_state.seat(request)
    others = [] if "as" in request.GET else list(seats_of(request_state.person(request), now.day))
    for seat in (first, *others):
        if not is_unit(seat.party) or seat.role not in ROLES:
            continue
        ours = OwnUnit(now, seat.party)
        by_id = {one.id: one for one in ours.dossiers}
        if len(ids := named(name, by_id)) == 1:
            request.seat = seat  # type: ignore[attr-defined]
            return ours, by_id[ids[0]]
    raise Http404


@own(*ROLES)
@require_GET
def dossier(request: HttpRequest, name: str) -> HttpResponse:
    """One dossier: what comes next, its course and timeline, its head, and what the unit may do in it."""
    ours, facts = _found(request, name)
    if name == facts.id:  # as a receipt names it
        return redirect(dossier_page.address("my_dossier", facts.name))
    may, address = _opens(facts, ours.unit), dossier_page.addresses("my_dossier_document", facts.name)
    docs, letters = dossier_documents.shown(facts, address, may), _letters(facts, ours.unit)
    shown = dossier_page.context(ours.now, facts, ours.unit, docs, letters)
    may_do = list(room_deeds.deeds(ours, facts))
    return render_unit_page(
        request,
        "dossier",
        "my_dossiers",
        ours,
        receive=_to_receive(ours, facts),
        deeds=[one for one in may_do if not one.due],
        due=[one for one in may_do if one.due],
        room=rooms.room(ours, facts),
        slug=dossier_page.said(facts.name),
        **shown,
    )


def _opens(facts: DossierFacts, unit: str) -> Callable[[DossierLine], bool]:
    """What was served is opened with a signed receipt, the rest by whoever is a party."""
    waiting = {step.n for step in facts.next if step.act == RECEIVE and step.whose == unit}
    return lambda line: line.n not in waiting


@own(*ROLES)
@require_GET
def document(request: HttpRequest, name: str, n: int, number: int) -> HttpResponse:
    """One document, read in the unit's name and logged so: a text on the page, any other kind as a file."""
    ours, facts = _found(request, name)
    found = dossier_documents.opened(facts, n, number, ours.unit, _opens(facts, ours.unit))
    text = found if isinstance(found, str) else dossier_documents.text_of(found)
    if text is None and not isinstance(found, str):
        return dossier_documents.file_of(found)
    back = dossier_page.address("my_dossier", facts.name)
    called = dossier_documents.name_of(facts.entries[n - 1], number)
    shown: dict[str, Any] = {"text": text, "gone": isinstance(found, str), "n": n, "called": called, "back": back}
    return render_unit_page(request, "document", "my_dossiers", ours, title=dossier_page.said(facts.title), **shown)


@own(*ROLES)
@require_GET
def letter(request: HttpRequest, name: str, n: int, number: int) -> HttpResponse:
    """The same, a text, as a letter to print; reading it is logged alike."""
    ours, facts = _found(request, name)
    may = _opens(facts, ours.unit)
    return dossier_letters.letter(
        ours.now, facts, n, number, lambda at, k: dossier_documents.opened(facts, at, k, ours.unit, may)
    )


@own(*ROLES)
@require_GET
def whole_letter(request: HttpRequest, name: str, n: int) -> HttpResponse:
    """All that was done at a place as one letter, to print: with its place and the head, which prove it without a key."""
    ours, facts = _found(request, name)
    may = _opens(facts, ours.unit)
    sheet = dossier_letters.whole_sheet(
        ours.now, facts, n, lambda at, k: dossier_documents.opened(facts, at, k, ours.unit, may)
    )
    return letter_response.pdf(*sheet, f"dossier-{n}")


def _letters(facts: DossierFacts, unit: str) -> Callable[[DossierLine], str]:
    """Where the letter of an entry is printed: of what stands and was received, if it had to be."""
    may = _opens(facts, unit)
    return lambda one: (
        dossier_page.address("my_dossier_entry_letter", facts.name, one.n) if may(one) and not one.void else ""
    )


def _to_receive(ours: OwnUnit, facts: DossierFacts) -> int:
    """The place of what was served and is to be acknowledged first; 0 for none."""
    return next((step.n for step in facts.next if step.act == RECEIVE and step.whose == ours.unit), 0)


@own(*ROLES)
@require_GET
def head(request: HttpRequest, name: str) -> HttpResponse:
    """The signed head, to keep: with it `gongyue verify --head` finds what was removed or back-filled."""
    _, facts = _found(request, name)
    kept, note = dossier_page.head(facts)
    return download(note, f"dossier-{kept.n}.head", "text/plain; charset=utf-8")


@own(*ROLES)
@require_GET
def opened(request: HttpRequest, name: str) -> HttpResponse:
    """What opens its entries to anybody who checks them, with the head: as `gongyue disclosures` gives it."""
    ours, facts = _found(request, name)
    entries = (one.line for one in of_party(ours.office.store, ours.unit) if one.entry.rx.dossier == facts.id)
    return download(b"".join((*entries, head_line(dossier_page.head(facts)[1]))), "dossier.jsonl", "application/jsonl")


@own(*ROLES)
@require_POST
@limited("pack", 12, 3600)
def pack(request: HttpRequest, name: str) -> HttpResponseBase:
    """The evidence pack, with every document that the unit may open: each is logged as read, so it is asked for by a button."""
    ours, facts = _found(request, name)
    made = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends the answer closes it
    with books.held_still(ours.now.size) as book:
        make_pack(ours.office, installation.folder(), ours.unit, facts.id, made, book=book)
    made.seek(0)
    return FileResponse(
        made, as_attachment=True, filename=f"证据包-{facts.name.zh}.zip", content_type="application/zip"
    )


@own(*ROLES)
@require_POST
@limited("draft", 240, 3600)
def receive(request: HttpRequest, name: str, n: int) -> HttpResponse:
    """Begin the signed receipt of what was served at that place: it names the documents' digests and admits nothing."""
    ours, facts = _found(request, name)
    line = next((one for one in facts.entries if one.n == n and one.type == "dossier.serve/1" and not one.void), None)
    person, kind = request_state.person(request), act_type_of(RECEIVE)
    mandate = next((m for m in mandates_of(person, kind, ours.now, ours.unit) if m.party == ours.unit), None)
    if line is None or mandate is None:
        raise Http404
    body = {"docs": list(line.docs)}
    open_drafts = Draft.objects.filter(
        party=ours.unit, type=RECEIVE, dossier=facts.id, to=line.digest, state=Draft.OPEN
    )
    draft = open_drafts.filter(created_by=person).first()
    if draft is None:
        draft = Draft(type=RECEIVE, party=ours.unit, actor=ours.unit, body=body, created_by=person)
        draft.dossier, draft.to = facts.id, line.digest
        draft.save()
    finalisation.bring_up_to_date(draft, installation.office(), ours.now, person.pk, mandate)
    return redirect("draft", id=draft.pk)
