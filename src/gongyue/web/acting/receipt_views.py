"""The receipt's page: where the act stands in the book, and what to keep as proof."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongyue.book.dossier_names import DossierNames
from gongyue.book.entry import decode
from gongyue.book.heads import MEMBERS
from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import Entry
from gongyue.office.applications import is_to_compare
from gongyue.office.store import OPEN
from gongyue.web import installation, request_state
from gongyue.web.access import seated
from gongyue.web.acting import dossier_form, drafts, finalisation, layout, notes
from gongyue.web.acting.editor_views import draft_or_404
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.desk.duties import GRANT
from gongyue.web.installation import Now
from gongyue.web.pages import dossier_documents, dossier_page, fields
from gongyue.web.pages.act_descriptions import describe_entry
from gongyue.web.templatetags.words import pick

APPLY = "membership.apply/1"
RECEIVE = "dossier.receive/1"


@seated
@require_GET
def act_done(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was recorded, where, and the receipt."""
    found, mandate = draft_or_404(request, id)
    if found.state != Draft.RECORDED:
        return redirect("draft", id=found.pk)
    if found.files.exists():  # an interruption after recording left them
        finalisation.keep_private(found, installation.folder(), request_state.now(request).time)
    now = request_state.now(request)
    entry = decode(_leaf(found)).entry
    return layout.render_draft_page(
        request,
        "done",
        mandate.seat,
        draft=found,
        kind=found.kind,
        title=notes.title_of(now, found),
        name=layout.in_whose_name(request, mandate),
        fields=fields.fields_of(now, entry, digests=False),
        sealed=found.book != OPEN,
        told=describe_entry(now, found.index, entry) if found.book == OPEN and found.index is not None else None,
        compares=found.type == GRANT and any(grant == found.index for grant in now.inst.uncompared.values()),
        sends=found.party if _sends(now, found, entry) else "",
        receipt=receipt_of(found),
        signatures=len(entry.sigs),
        paper=entry.act.paper,
        dossier_name=_dossier_name(entry),
        back=_back(request, mandate, entry),
        reads=list(_now_open(now, found, mandate)),
    )


def _sends(now: Now, found: Draft, entry: Entry) -> bool:
    """Whether a unit that has applied is to send its stamped form with the words of a key that nobody has compared."""
    said = msgspec.json.decode(entry.act.body)
    return found.type == APPLY and is_unit(found.party) and is_to_compare(now.inst, found.party, said["key"])


def _now_open(now: Now, found: Draft, mandate: Mandate) -> Iterator[tuple[str, str]]:
    """(name, address) of the documents that a unit's receipt opens to it."""
    within = dossier_form.within(found, mandate, now) if found.type == RECEIVE and is_unit(mandate.party) else None
    if within is None or within.facts is None:
        return
    facts = within.facts
    for line in facts.entries:
        if line.digest == found.to:
            for number in range(1, len(line.docs) + 1):
                address = dossier_page.address("my_dossier_document", facts.name, line.n, number)
                yield dossier_documents.name_of(line, number), address


def _dossier_name(entry: Entry) -> str:
    """What the dossier in which it stands is called; empty where it stands in none, or in that of all members."""
    id = entry.rx.dossier or ""
    return DossierNames([id]).of(id, pick("zh", "en")) if id not in ("", MEMBERS) else ""


def _back(request: HttpRequest, mandate: Mandate, entry: Entry) -> str:
    """Where one goes on: to the dossier it stands in, where that opens or is listed; else to the list, or home."""
    dossier = entry.rx.dossier
    if dossier is None:
        return drafts.home_of(mandate)
    if is_unit(mandate.party):
        return reverse("my_dossier", args=[dossier])
    seen = request_state.now(request).docket_of(mandate.seat.party).find(installation.office().store, dossier)
    return reverse("desk_docket") if seen is None else reverse("desk_dossier", args=[dossier])


def _leaf(found: Draft) -> bytes:
    store = installation.office().store
    number = store.find(found.book, found.digest) or 0
    if found.book == OPEN:
        data = store.leaf(OPEN, number)
    else:
        kept = store.sealed_numbered(number)
        data = kept.entry if kept else None
    if data is None:
        raise Http404
    return data


def receipt_of(found: Draft) -> Receipt:
    """The receipt of a recorded draft."""
    receipt = installation.office().receipt(found.book, found.digest)
    if receipt is None:
        raise Http404
    return receipt


@seated
@require_GET
def act_receipt(request: HttpRequest, id: UUID) -> HttpResponse:
    """The receipt: a .tlog-proof, or the promise for a sealed act."""
    found, _ = draft_or_404(request, id)
    if found.state != Draft.RECORDED:
        raise Http404
    receipt = receipt_of(found)
    name = f"{receipt.name}.tlog-proof" if found.book == OPEN else f"sealed-{receipt.name}.promise"
    return drafts.download(receipt.proof, name, "text/plain; charset=utf-8")


@seated
@require_GET
def act_opening(request: HttpRequest, id: UUID) -> HttpResponse:
    """What opens a sealed act: the disclosure line, for the party that signed it."""
    found, _ = draft_or_404(request, id)
    if found.state != Draft.RECORDED or found.book == OPEN:
        raise Http404
    receipt = receipt_of(found)
    return drafts.download(receipt.opening, f"sealed-{receipt.name}.opening.jsonl", "application/jsonl")
