"""Before a report is filed: beside what its reporter wrote, exactly what the accused will be shown; covering is done here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongyue.office.shown_version import Enclosure, Reporter, tells_who
from gongyue.web import installation, names, request_state
from gongyue.web.access import seated
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import finalisation, layout, shown_version
from gongyue.web.acting.editor_views import OVERTAKEN, draft_or_404
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.templatetags.words import pick

UPDATED = (
    "对方将看到的，已按您勾选的更新：请再看一遍，没有变化时“下一步”才往前走。",
    "What the accused will see now follows what you ticked: look once more; “next” goes on when nothing changes.",
)


@seated
@require_http_methods(["GET", "POST"])
@limited("draft", 240, 3600)
def draft_shown(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the accused will be shown of this report: looked at, covered, held back; or left to the caseworker. No script is needed."""
    draft, mandate = draft_or_404(request, id)
    if not draft.is_open or not shown_version.is_shown(draft) or draft.party != draft.actor:
        return redirect("draft", id=draft.pk)  # of any other draft its page
    if request.method == "GET":
        return _page(request, draft, mandate, _found(request, draft))
    return _posted(request, draft, mandate)


def _found(request: HttpRequest, draft: Draft, posted: bool = False) -> list[Enclosure]:
    now = request_state.now(request)
    return shown_version.enclosures(draft, now.inst, now.day, request.POST if posted else None)


def _posted(request: HttpRequest, draft: Draft, mandate: Mandate) -> HttpResponse:
    go = request.POST.get("go", "look")
    if go == "leave":
        if not _save(request, draft, mandate, []):
            return _overtaken(request, draft, mandate)
        return redirect("draft", id=draft.pk)
    found, was = _found(request, draft, posted=True), _found(request, draft)
    now = request_state.now(request)
    if wrong := tells_who(Reporter(now.inst, draft.actor, now.day), found):
        return _page(request, draft, mandate, found, [pick(*one) for one in wrong], 422)
    kept = bool(draft.body.get("shown"))
    if not _save(request, draft, mandate, found):
        return _overtaken(request, draft, mandate)
    if go == "next" and found == was and (kept or "seen" in request.POST):
        return redirect("draft", id=draft.pk)
    if found != was:
        messages.success(request, pick(*UPDATED))
    return redirect("draft_shown", id=draft.pk)


def _overtaken(request: HttpRequest, draft: Draft, mandate: Mandate) -> HttpResponse:
    draft.refresh_from_db()
    if not draft.is_open:
        return redirect("draft", id=draft.pk)
    messages.error(request, pick(*OVERTAKEN))
    return _page(request, draft, mandate, _found(request, draft), status=409)


@transaction.atomic
def _save(request: HttpRequest, draft: Draft, mandate: Mandate, found: list[Enclosure]) -> bool:
    """Keep the version with the draft, in place of the one before; signatures are collected anew. False if somebody was first."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if not locked.is_open or locked.version != request.POST.get("version", ""):
        return False
    before = set(draft.body.get("shown", ()))
    shown, material = shown_version.keep(found)
    draft.files.filter(digest__in=before).delete()
    DraftFile.objects.bulk_create(finalisation.files_of(draft, material))
    draft.body |= {"shown": shown}
    draft.lead, draft.act, draft.sigs = "", "", []
    draft.save()
    now = request_state.now(request)
    finalisation.bring_up_to_date(draft, installation.office(), now, request_state.person(request).pk, mandate)
    return True


def _page(
    request: HttpRequest,
    draft: Draft,
    mandate: Mandate,
    found: list[Enclosure],
    wrong: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown: dict[str, Any] = {
        "draft": draft,
        "accused": names.party_name(request_state.now(request).inst, str(draft.body["accused"])),
        "found": found,
        "wrong": wrong or [],
        "risky": sum(one.risky or one.named for each in found for one in each.passages),
        "kept": bool(draft.body.get("shown")),
        "nothing": all(one.held for one in found),
    }
    return layout.render_draft_page(request, "shown", mandate.seat, status=status, **shown)
