"""The form of an act: a new draft, or one that is changed before anybody has signed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongyue.book.links import opening
from gongyue.covenant.changes import Change
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ActType, act_type_of
from gongyue.office.attachments import DIGEST
from gongyue.web import installation, request_state
from gongyue.web.access import seated
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import (
    amendment_form,
    annex_form,
    dossier_form,
    finalisation,
    hearing_form,
    initial,
    layout,
    looked_form,
    mandates,
    panel_form,
    shown_version,
    signers,
)
from gongyue.web.acting.act_form import ActForm
from gongyue.web.acting.form_page import form_page
from gongyue.web.acting.mandates import Mandate, asks_paper
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


@seated
@require_http_methods(["GET", "POST"])
@limited("draft", 240, 3600)
def act_new(request: HttpRequest, type: str) -> HttpResponse:
    """The form of an act type; posted, it becomes a draft."""
    kind = kind_or_404(type, request.GET.get("dossier", ""))
    found = list(
        mandates.mandates_of(request_state.person(request), kind, request_state.now(request), request.GET.get("as", ""))
    )
    if not found:
        raise PermissionDenied
    if len({s.actor for s in found}) > 1:
        return _choose(request, kind, found)
    mandate = next((s for s in found if s.signs), found[0])
    draft = Draft(type=type, party=mandate.party, actor=mandate.actor, created_by=request_state.person(request))
    if kind.asks_dossier:
        dossier_form.place(draft, mandate, request_state.now(request), request.GET)
        if hearing_form.is_record(type, request.GET.dict()):
            draft.body = {"what": "heard", "ground": "held"}  # how many sign goes by it
    if request.method == "GET":
        now = request_state.now(request)
        answers = initial.initial_values(kind, now.inst, draft.actor, now.time, mandate.seat.party)
        answers |= initial.initial_from_query(kind, request.GET.dict())
        if (there := dossier_form.within(draft, mandate, now)) is not None and there.facts is not None:
            answers |= panel_form.initial(type, there.facts, request.GET.get("what", ""))
        if type == amendment_form.TYPE:
            answers |= amendment_form.opened_by(now.inst, request.GET.dict())
        return form_page(request, draft, mandate, answers)
    return _posted(request, draft, mandate)


@seated
@require_http_methods(["GET", "POST"])
@limited("draft", 240, 3600)
def draft_edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change a draft; whoever has signed it must sign again."""
    draft, mandate = draft_or_404(request, id)
    if not draft.is_open:
        return _settled(request, draft)
    if request.method == "GET":
        return form_page(request, draft, mandate, _kept_answers(draft, request_state.now(request)), draft.paper or {})
    return _posted(request, draft, mandate)


def _kept_answers(draft: Draft, now: Now) -> dict[str, Any]:
    """The answers a draft was made of."""
    if draft.type == annex_form.TYPE:
        return dict(draft.body) | {"files": {f.digest: bytes(f.data) for f in draft.files.all()}}
    if draft.type != amendment_form.TYPE:
        return dict(draft.body)
    file = draft.files.filter(digest=draft.body.get("change")).first()
    change = msgspec.json.decode(bytes(file.data), type=Change) if file else None
    made = amendment_form.answers_of(now.inst, change, draft.body.get("renews")) if change else {}
    return dict(draft.body) | made


def kind_or_404(type: str, dossier: str = "") -> ActType:
    """The act type of that name, if it has a form here: what is done within a dossier is begun in one, not by itself."""
    try:
        kind = act_type_of(type)
    except OutOfTurn:
        raise Http404 from None
    if kind.asks_dossier and not dossier:
        raise Http404
    return kind


def draft_or_404(request: HttpRequest, id: UUID) -> tuple[Draft, Mandate]:
    """A draft that is the person's to see, and with which mandate."""
    draft = Draft.objects.filter(pk=id).exclude(state=Draft.DISCARDED).first()
    if draft is None:
        raise Http404
    mandate = signers.mandate_on(request_state.person(request), draft, request_state.now(request))
    if mandate is None:
        raise Http404  # as if it were not there
    return draft, mandate


def _choose(request: HttpRequest, kind: ActType, found: list[Mandate]) -> HttpResponse:
    """In whose name: where a person has several seats from which to do it."""
    links = []
    for mandate in {s.actor: s for s in found}.values():
        (query := request.GET.copy())["as"] = mandate.actor
        links.append((f"?{query.urlencode()}", layout.in_whose_name(request, mandate)))
    return layout.render_draft_page(request, "choose", None, title=layout.title_of(kind), links=links)


def _posted(request: HttpRequest, draft: Draft, mandate: Mandate) -> HttpResponse:
    where = (draft.dossier, mandate.seat.party)
    answers = ActForm(draft.kind, request_state.now(request), installation.office(), request.POST, request.FILES, where)
    ready = answers.read(_brought_key(draft))
    paper = answers.paper() if asks_paper(draft, mandate) == "must" or _paper_given(request) else None
    draft.paper, more = paper, tuple(request.POST.getlist("more"))  # who signs what comes on paper goes by it
    asked_to_sign = draft.signers
    if ready:
        draft.body = answers.body  # how many sign goes by it
    if draft.created_by == request_state.person(request):
        made = signers.choice(draft, request_state.now(request), mandate).made(request.POST.getlist(signers.NAME))
        asked_to_sign = made or []
        ready = ready and made is not None
    answers.errors |= looked_form.errors(mandate, draft, request.POST)
    if more or not ready or answers.errors:
        errors = {} if more else answers.errors
        return form_page(request, draft, mandate, answers, paper or {}, errors, more, 200 if more else 422)
    draft.signers = asked_to_sign
    if not _save(request, draft, mandate, answers, paper):
        draft.refresh_from_db()
        if not draft.is_open:
            return _settled(request, draft)
        messages.error(request, pick(*OVERTAKEN))
        return form_page(request, draft, mandate, answers, paper or {}, status=409)
    asks = shown_version.is_shown(draft) and draft.party == draft.actor
    return redirect("draft_shown" if asks else "draft", id=draft.pk)


def _settled(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Nothing more can be changed: to where it stands; whoever handed answers in is told that they came too late."""
    if request.method == "POST":
        said = pick(
            "这份草稿已处理完毕：您这次填的没有保存。",
            "This draft is settled already: what you handed in now was not saved.",
        )
        messages.error(request, said)
    return redirect("draft", id=draft.pk)


def _brought_key(draft: Draft) -> str:
    """In a demonstration, a unit not yet known signs with its public demonstration key unless it makes another."""
    return finalisation.demo_key(draft.actor) if WEB.demo and draft.kind.own_key else ""


def _paper_given(request: HttpRequest) -> bool:
    written = (request.POST.get(f"paper.{name}", "").strip() for name in ("number", "dated", "scan", "scan.text"))
    return any(written) or "paper.scan" in request.FILES


OVERTAKEN = (
    "您打开表单之后，这份草稿已被改动或签署（他人，或您在另一窗口）：您填的没有保存。请先看现在的草稿；再次提交即以您填的为准，签名须重新收集。",
    "Since you opened the form this draft was changed or signed, by somebody else or by you in another window: your"
    " answers were not saved. Look at the draft as it is; handing them in again puts yours in its place, and signatures are collected anew.",
)


@transaction.atomic
def _save(request: HttpRequest, draft: Draft, mandate: Mandate, answers: ActForm, paper: dict[str, str] | None) -> bool:
    """Keep the answers and what they bring along, signatures collected before are gone; False if somebody was first."""
    if not draft._state.adding:
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if not locked.is_open or locked.version != request.POST.get("version", ""):
            return False
    draft.body, draft.paper, draft.lead, draft.act, draft.sigs = answers.body, paper, "", "", []
    draft.save()
    made = finalisation.files_of(draft, answers.material)
    there = set(draft.files.values_list("digest", flat=True))
    DraftFile.objects.bulk_create([f for f in made if f.digest not in there])
    named = str(answers.body) + str(paper)
    for file in draft.files.all():
        if file.digest not in named and not _opens_a_link(file, named):
            file.delete()
    person, now = request_state.person(request), request_state.now(request)
    finalisation.bring_up_to_date(draft, installation.office(), now, person.pk, mandate)
    return True


def _opens_a_link(file: DraftFile, named: str) -> bool:
    """Whether it is what opens a link that the answers carry: they name the link, not that line."""
    return not file.private and any(opening(link, [bytes(file.data)]) for link in DIGEST.findall(named))
