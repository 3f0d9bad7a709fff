"""A draft: what will be signed, in full; what recording it would find; who has signed and who must; how to sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import decode
from gongyue.covenant import edition_json as editions
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.whole_text import text_of
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.vault.cipher import examined
from gongyue.web import installation, names, request_state
from gongyue.web.access import seated
from gongyue.web.accounts.officers import called
from gongyue.web.acting import (
    dossier_form,
    dry_run,
    enclosures,
    finalisation,
    form_intro,
    layout,
    notes,
    plain_words,
    refusals,
    shown_version,
    signers,
)
from gongyue.web.acting.editor_views import draft_or_404
from gongyue.web.acting.gone_by import gone_by
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.django_settings import WEB
from gongyue.web.pages import fields
from gongyue.web.templatetags.words import pick


@seated
@require_GET
def draft(request: HttpRequest, id: UUID) -> HttpResponse:
    """The draft's page; once recorded, its receipt's."""
    found, mandate = draft_or_404(request, id)
    if not found.is_open:
        return redirect("act_done", id=found.pk)
    return page(request, found, mandate)


def page(
    request: HttpRequest, found: Draft, mandate: Mandate, status: int = 200, refused: dry_run.DryRun | None = None
) -> HttpResponse:
    """The draft's page; `refused` is what recording it just met."""
    now, office = request_state.now(request), installation.office()
    finalisation.bring_up_to_date(found, office, now, request_state.person(request).pk, mandate)
    tried = refused or dry_run.trial(found, office, now)
    answers = found.body | {"files": _public(found), "dossier": found.dossier}
    intro = form_intro.introduction(found.kind, now, mandate, answers)
    within = dossier_form.within(found, mandate, now)
    return layout.render_draft_page(
        request,
        "draft",
        mandate.seat,
        status=status,
        draft=found,
        kind=found.kind,
        mandate=mandate,
        title=notes.title_of(now, found),
        dossier_name=dossier_form.shown_name(within),
        tried=tried,
        refusal=refusals.refusal_context(now, tried.refusal) if tried.refusal else None,
        broken=pick(*tried.broken) if tried.broken else "",
        just_refused=refused is not None,
        rulings=[refusals.ruling(now, r) for r in tried.rulings],
        irreversible=found.kind.sheet.irreversible,
        intro=intro,
        plain=plain_words.plain_words(now, found, intro.shown if intro else {}),
        version=shown_version.state(found) if shown_version.is_shown(found) and found.party == found.actor else None,
        gone=gone_by(found, office, now),
        unchanged=dry_run.changes_nothing(found, now),
        behind=bool(
            found.act and found.kind.in_dossier and tried.refusal and dry_run.trial_anew(found, office, now).lawful
        ),
        stale=bool(found.act and found.sigs and finalisation.is_stale(found, office, now)),
        **_act(request, found, within.facts if within else None),
        **_signing(request, found, mandate),
        **_asked(request, found, mandate),
    )


def _act(request: HttpRequest, found: Draft, facts: DossierFacts | None) -> dict[str, Any]:
    """The act in words and as it is signed."""
    if not found.act:
        return {"fields": []}
    now = request_state.now(request)
    entry = decode(finalisation.signed(found).received(now.time)).entry
    files = enclosures.names_within(facts) | dict(found.files.values_list("digest", "name"))
    return {
        "fields": fields.fields_of(now, entry, digests=False, files=files),
        "act": msgspec.json.decode(found.act),
        "check_words": digest_words(found.digest, pick("zh", "en")),
        "raw": found.act,
        "files": [f for f in found.files.all() if not f.private],
        "texts": list(_texts(found, machine=False)),
        "machine_texts": list(_texts(found, machine=True)),
        "private": enclosures.enclosed(found),
        "unread": list(_unread(found)),
    }


def _unread(found: Draft) -> Iterator[DraftFile]:
    """Evidence that comes with the draft and that no software here reads."""
    within = evidence.dossier_at(installation.office(), found.dossier) if found.dossier else None
    if not evidence.is_scanned(found.kind, within):
        return
    for file in found.files.all():
        if file.private and not evidence.is_read(examined(bytes(file.data), file.name or "-", any_kind=True).kind):
            yield file


def _public(found: Draft) -> dict[str, bytes]:
    """The public objects that come with the draft."""
    return {f.digest: bytes(f.data) for f in found.files.all() if not f.private}


SHOWN_TEXT = 20_000
"""Characters of a public text that are shown on the page; longer ones are downloaded."""


def _texts(found: Draft, *, machine: bool) -> Any:
    """The public texts that come with the act, each with its digest: for people, or structures for machines."""
    for file in found.files.all():
        if file.private:
            continue
        try:
            text = bytes(file.data).decode("utf-8")
        except UnicodeDecodeError:
            continue
        words = _in_words(bytes(file.data))
        if machine is not (text.startswith("{") and not words):
            continue
        text = words or text
        if len(text) <= SHOWN_TEXT:
            yield file.digest, text


def _in_words(data: bytes) -> str:
    """An edition as the text people read, its bindings stand on the sheet above; empty for any other file."""
    if not data.startswith(b"{"):
        return ""
    try:
        return text_of(editions.draft(msgspec.json.decode(data)))
    except (msgspec.DecodeError, BadEdition):
        return ""


def _signing(request: HttpRequest, found: Draft, mandate: Mandate) -> dict[str, Any]:
    """Who has signed, who must still, and the ways this person may sign."""
    now = request_state.now(request)
    has = [(signers.holder_of(found, now, s["key"]), s) for s in found.sigs]
    signed = [(called(now.inst, holder), s["key"], s["alg"]) for holder, s in has]
    missing = signers.wanted_signers(found, now) - len({holder for holder, _ in has})
    holder = mandate.seat.party
    mine = {} if not mandate.signs else finalisation.signing_keys(found, now, holder)
    may = bool(found.act) and mandate.signs and holder not in {h for h, _ in has}
    first = not found.sigs and found.is_numbered
    file_keys = [key for key, alg in mine.items() if alg == "ed25519"]
    in_turn = [key for key in file_keys if not first or key == found.lead]
    passkeys = [p for p in finalisation.passkeys_of(request_state.person(request).pk, holder) if p.key in mine]
    usable = [p for p in passkeys if not first or p.key == found.lead]
    genesis, by_office = now.inst.genesis, found.party == EXECUTIVE and not signers.alone(found)
    return {
        "signed": signed,
        "missing": missing,
        "wanted": signers.wanted_signers(found, now),
        "wanted_offices": pick("、", " / ").join(
            names.office_name(o) for o in OFFICES_ZH if by_office and o in signers.wanted_offices(found)
        ),
        "may_sign": may,
        "has_signed": holder in {h for h, _ in has},
        "keys": list(mine.items()),
        "file_keys": file_keys,
        "file_key": in_turn[0] if len(in_turn) == 1 else "",  # of several the file alone would not say which
        "lead": found.lead,
        "first": first,
        "passkeys": usable if may else [],
        "other_passkeys": [p for p in passkeys if p not in usable],
        "challenge": finalisation.challenge(found) if found.act else "",
        "here": request.get_host(),
        "origin_known": bool(genesis and f"{request.scheme}://{request.get_host()}" in genesis.origins),
        "demo_key": finalisation.demo_key_of(found, now, holder) if WEB.demo and may else "",
        "holder": called(now.inst, signers.alone(found) or holder),
    }


def _asked(request: HttpRequest, found: Draft, mandate: Mandate) -> dict[str, Any]:
    """Those asked to sign, which its author may change."""
    now, mine = request_state.now(request), found.created_by == request_state.person(request)
    return {
        "asked": signers.required_signers(found, now),
        "to_sign": signers.question(found, now, mandate) if mine else None,
        "author": found.created_by,
    }


@seated
@require_POST
def draft_signers(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its author asks others to sign; whoever has signed goes on seeing it."""
    found, mandate = draft_or_404(request, id)
    now = request_state.now(request)
    if found.created_by != request_state.person(request):
        raise PermissionDenied
    may = signers.choice(found, now, mandate)
    made = may.made(request.POST.getlist(signers.NAME))
    if made is None:
        messages.error(request, pick(*signers.too_few(may.needed)))
    elif Draft.objects.filter(pk=found.pk, state=Draft.OPEN).update(signers=made, changed_at=timezone.now()):
        messages.success(request, pick("已改请签的人。", "Others are asked to sign now."))
    return redirect("draft", id=found.pk)


@seated
@require_POST
def draft_discard(request: HttpRequest, id: UUID) -> HttpResponse:
    """Throw a draft away with all it brought along."""
    found, mandate = draft_or_404(request, id)
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=found.pk)
        if locked.is_open:
            locked.files.all().delete()
            locked.state, locked.body, locked.paper, locked.act, locked.sigs = Draft.DISCARDED, {}, None, "", []
            locked.save()
            messages.success(
                request, pick("草稿已弃，附带的内容已删除。", "The draft and all it brought along are gone.")
            )
    finalisation.overwrite_journal()
    return redirect(home_of(mandate))


def home_of(mandate: Mandate) -> str:
    """Where the person goes from here."""
    if mandate.party.startswith("u:"):
        return reverse("unit_home", args=[mandate.party])
    return reverse("desk" if mandate.party == EXECUTIVE else "authority")


@seated
@require_POST
def draft_key(request: HttpRequest, id: UUID) -> HttpResponse:
    """Fix the act anew: for another key that signs first, or after the book moved on; signatures are collected again."""
    found, mandate = draft_or_404(request, id)
    now, office = request_state.now(request), installation.office()
    key = request.POST.get("key", "")
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=found.pk)
        fits = not finalisation.is_stale(locked, office, now) and dry_run.trial(locked, office, now).lawful
        if locked.sigs and fits:
            messages.error(
                request, pick("已有人签署这一稿，首签密钥不能再换。", "Somebody has signed it: its first key stays.")
            )
        elif locked.is_open and mandate.signs:
            known = finalisation.signing_keys(locked, now, mandate.seat.party)
            own = {p.key for p in finalisation.passkeys_of(request_state.person(request).pk, mandate.seat.party)}
            lead = key if key in known else finalisation.best_lead(locked, now, mandate.seat.party, own)
            finalisation.finalise(locked, office, now, lead)
            locked.save()
    return redirect("draft", id=found.pk)


@seated
@require_GET
def draft_file(request: HttpRequest, id: UUID) -> HttpResponse:
    """The act as a file, to be signed with `gongyue sign` and handed in again."""
    found, _ = draft_or_404(request, id)
    if not found.act:
        return redirect("draft", id=found.pk)
    data = msgspec.json.format(msgspec.json.encode(finalisation.signed(found)), indent=1) + b"\n"
    return download(data, "act.json", "application/json")


def download(data: bytes, name: str, type: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(data, content_type=type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
