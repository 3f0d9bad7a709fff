"""What a panel is to sign, as it would be sent, for those who are to sign it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from gongyue.web import request_state
from gongyue.web.access import seated
from gongyue.web.acting import dossier_form, signers
from gongyue.web.acting.editor_views import draft_or_404
from gongyue.web.acting.panel_form import PANELS
from gongyue.web.pages import dossier_letters


@seated
@require_GET
def draft_letter(request: HttpRequest, id: UUID) -> HttpResponse:
    """The conclusion, proposal, decision or review as a letter; of any other draft, and for whoever does not see its dossier whole, its page."""
    draft, mandate = draft_or_404(request, id)
    now = request_state.now(request)
    within = dossier_form.within(draft, mandate, now)
    if draft.type not in PANELS or within is None or within.facts is None:
        return redirect("draft", id=draft.pk)
    texts = {file.digest: bytes(file.data).decode("utf-8", "replace") for file in draft.files.all() if file.private}
    asked = draft.signers or signers.entitled(draft, now)
    return dossier_letters.preview(now, within.facts, draft.type, draft.body, texts, asked)
