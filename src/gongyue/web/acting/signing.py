"""Signing a draft: with a passkey, with a file signed elsewhere, in a demonstration with the public key."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongyue.book.entry import Malformed, signed_act
from gongyue.book.sources import Tampered
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Signature
from gongyue.office.facts.shapes import leaf_at
from gongyue.office.office import BadSignature
from gongyue.office.vault.errors import VaultError
from gongyue.web import installation, request_state
from gongyue.web.access import seated
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import drafts, finalisation
from gongyue.web.acting.dry_run import DryRun
from gongyue.web.acting.editor_views import draft_or_404
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft, Passkey
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

LARGEST = 2 * 1024 * 1024 + 24 * 1024 * 1024
"""Bytes of the largest signed act that is read: what a form takes, in base64."""
LONGEST = 200
"""Characters of the longest key or signature of a key file."""


@seated
@require_POST
@limited("sign", 240, 3600)
def draft_passkey(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign with a passkey: its assertion over the act that was shown."""
    found, mandate = draft_or_404(request, id)
    known = Passkey.objects.filter(
        person=request_state.person(request), holder=mandate.seat.party, credential=request.POST.get("credential", "")
    ).first()
    if known is None or not mandate.signs:
        return _redirect_with_error(
            request, found, "这不是您为本席位登记的通行密钥。", "This is not a passkey of yours for this seat."
        )
    given = {name: request.POST.get(name, "") for name in ("sig", "ad", "cd")}
    if any(len(v) > 8_000 for v in given.values()):
        return _redirect_with_error(request, found, "签名不合格式。", "The signature is malformed.")
    return _add(request, found, mandate, [Signature("webauthn", known.key, **given)])


@seated
@require_POST
@limited("sign", 240, 3600)
def draft_upload(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the signature made in the browser with a key file, or those of a file that was signed elsewhere."""
    found, mandate = draft_or_404(request, id)
    if sig := request.POST.get("sig", ""):
        key = request.POST.get("key", "")
        if max(len(sig), len(key)) > LONGEST:
            return _redirect_with_error(request, found, "签名不合格式。", "The signature is malformed.")
        return _add(request, found, mandate, [Signature("ed25519", key, sig)])
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > LARGEST:
        return _redirect_with_error(request, found, "请选择签好的 act.json。", "Choose the signed act.json.")
    try:
        act = signed_act(upload.read())
        digest = act.digest
    except (Malformed, ValueError):
        return _redirect_with_error(
            request,
            found,
            "这不是行为文件：请选择 gongyue sign 写成的文件。",
            "This is no act's file: choose what gongyue sign wrote.",
        )
    if digest != found.digest:
        return _redirect_with_error(
            request,
            found,
            "文件里的行为与此草稿不同：草稿已改动或更新，请重新下载、签署。",
            "The act in the file differs from this draft, which was changed or brought up to date: download it and sign again.",
        )
    there = {s["key"] for s in found.sigs}
    new = [s for s in act.sigs if s.key not in there]
    if not new:
        return _redirect_with_error(request, found, "文件里没有新的签名。", "There is no new signature in the file.")
    return _add(request, found, mandate, new)


@seated
@require_POST
@limited("sign", 240, 3600)
def draft_demo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign with the public demonstration key; in demonstrations only."""
    found, mandate = draft_or_404(request, id)
    now = request_state.now(request)
    sig = (
        finalisation.demo_signature(found, now, mandate.seat.party)
        if WEB.demo and mandate.signs and found.act
        else None
    )
    if sig is None:
        return _redirect_with_error(
            request, found, "演示密钥不能签署此件。", "The demonstration key cannot sign this act."
        )
    return _add(request, found, mandate, [sig])


def _add(request: HttpRequest, found: Draft, mandate: Mandate, sigs: list[Signature]) -> HttpResponse:
    """Add the signatures to the act that was shown to the person, and say what became of it."""
    if found.kind.sheet.irreversible and request.POST.get("sure") != "yes":
        return _redirect_with_error(
            request, found, "请先确认：此行为不可收回。", "Confirm first: this act cannot be taken back."
        )
    now, office = request_state.now(request), installation.office()
    shown = request.POST.get("digest", "")
    try:
        for sig in sigs:
            found = finalisation.add_signature(found.pk, shown, sig, office, now)
    except finalisation.StaleDraft:
        return _redirect_with_error(
            request,
            found,
            "草稿在您核对之后更新过：请核对现在的内容，再签一次。",
            "The draft changed since you looked: look at it again, then sign.",
        )
    except finalisation.SignatureRejected as error:
        return _redirect_with_error(request, found, error.zh, error.en)
    except (Refused, OutOfTurn) as error:
        return _refused(request, found, mandate, error)
    except (Malformed, Tampered, BadSignature) as error:
        return _redirect_with_error(request, found, f"没有记录：{error}", f"Nothing was recorded: {error}")
    except VaultError as error:
        return _redirect_with_error(request, found, f"没有记录：{error.zh}", f"Nothing was recorded: {error.en}")
    if found.state != Draft.RECORDED:
        messages.success(
            request,
            pick("已签。还须他人签署，齐了才记录。", "Signed. It is recorded once everybody else who must has signed."),
        )
        return redirect("draft", id=found.pk)
    if not {s.key for s in sigs} & {s["key"] for s in found.sigs}:
        messages.info(request, pick("他人已先签署，此件已记录。", "Somebody signed before you: it is recorded."))
    finalisation.keep_private(found, installation.folder(), request_state.now(request).time)
    return redirect("act_done", id=found.pk)


def _redirect_with_error(request: HttpRequest, found: Draft, zh: str, en: str) -> HttpResponse:
    messages.error(request, pick(zh, en))
    return redirect("draft", id=found.pk)


def _refused(request: HttpRequest, found: Draft, mandate: Mandate, error: Refused | OutOfTurn) -> HttpResponse:
    """The draft with what it met; of a number that another act took meanwhile its page, which fixes it anew for the next."""
    found.refresh_from_db()
    if error.refusal["code"] == "out-of-turn/sequence" and not found.sigs:
        return _redirect_with_error(
            request, found, *_signed_since(found, int(error.refusal["figures"]["expected"]) - 1)
        )
    return drafts.page(request, found, mandate, 409, DryRun(refusal=error.refusal))


def _signed_since(found: Draft, seq: int) -> tuple[str, str]:
    """That the act with that number of its key was recorded since the draft was shown: which, where everybody can read it."""
    at = installation.now()
    where = (i for i in reversed(at.index.of("actor", found.actor, at.size)) if _numbered(at, i) == (found.lead, seq))
    index = next(where, None) if found.kind.public else None
    zh, en = ("", "") if index is None else (f" #{index}", f" (#{index})")
    who_zh, who = ("贵单位", "your unit") if found.party == found.actor != EXECUTIVE else ("这把密钥", "this key")
    return (
        f"没有记录：{who_zh}其后另签了一件{zh}。草稿已随之更新，请核对内容，再签一次。",
        f"Nothing was recorded: {who} has signed another act since{en}. The draft was brought up to date: look at it again, then sign.",
    )


def _numbered(at: Now, index: int) -> tuple[str, int | None]:
    """The key by which an act of the open book is numbered, the first that signed it, and its number."""
    entry = leaf_at(at, index).entry
    return entry.sigs[0].key, entry.act.seq
