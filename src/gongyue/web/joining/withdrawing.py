"""Taking back an application without an account: a note in its dossier, signed with the key that the application brought (article 23)."""

from __future__ import annotations

import os

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongyue.book.digest_words import digest_words
from gongyue.book.drafting import draft_act
from gongyue.book.entry import Malformed, SignedAct
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Signature, act_type_of
from gongyue.office.applications import Application
from gongyue.office.office import BadSignature
from gongyue.web import installation
from gongyue.web.access import anybody
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import drafts, dry_run, refusals
from gongyue.web.acting.models import Draft
from gongyue.web.api import group_commit
from gongyue.web.installation import Now
from gongyue.web.joining.views import application_or_404, handed
from gongyue.web.request_state import now as now_of
from gongyue.web.templatetags.words import pick

NOTE = act_type_of("dossier.note/1")
BODY = {"withdrawn": True}


@anybody
@require_http_methods(["GET", "POST"])
@limited("join", 60, 3600)
def withdraw(request: HttpRequest, digest: str) -> HttpResponse:
    """What taking it back means, and the act to sign with the application's key; signed, it is recorded."""
    now, found = now_of(request), application_or_404(now_of(request), digest)
    if found.state != "waiting":  # its page says what came of it
        return redirect("join_application", digest=digest)
    if request.method == "POST":
        return _record(request, found, digest)
    act = _note(now, found)
    tried = dry_run.trial_of(
        msgspec.structs.replace(act, sigs=(Signature(found.said.alg, found.said.key, ""),)),
        Draft(type=NOTE.type, party=found.unit, actor=found.unit),
        installation.office(),
        now,
    )
    return _page(
        request, digest, found, act=act, refusal=tried.refusal, broken=pick(*tried.broken) if tried.broken else ""
    )


@anybody
@require_GET
def withdrawal_file(request: HttpRequest, digest: str) -> HttpResponse:
    """The act as a file, for `gongyue sign` on the device that has the key."""
    now, found = now_of(request), application_or_404(now_of(request), digest)
    if found.state != "waiting":
        return redirect("join_application", digest=digest)
    data = msgspec.json.format(msgspec.json.encode(_note(now, found)), indent=1) + b"\n"
    return drafts.download(data, "withdrawal.json", "application/json")


def _note(now: Now, found: Application) -> SignedAct:
    """The act that takes it back, as its dossier stands now, unsigned."""
    office = installation.office()
    on, to = office.seen_in(NOTE, found.unit, BODY, str(found.opened.entry.rx.dossier))
    return draft_act(
        now.inst,
        office.rev,
        office.view(),
        NOTE.type,
        found.unit,
        BODY,
        seq=None,
        at=now.clock.done_at(NOTE),
        nonce=os.urandom(32),
        on=on,
        to=to,
    )


def _record(request: HttpRequest, found: Application, digest: str) -> HttpResponse:
    try:
        act = handed(request, NOTE)
        if act.act["body"] != BODY or (act.act.get("on") or {}).get("dossier") != found.opened.entry.rx.dossier:
            raise Malformed("body")
        group_commit.handle(act)
    except (Refused, OutOfTurn) as error:
        return _page(request, digest, found, refusal=error.refusal)
    except BadSignature:
        zh, en = (
            "签名不成立：请用申请所带的那把密钥签署。",
            "The signature does not hold: sign with the key that the application brought.",
        )
        return _page(request, digest, found, broken=pick(zh, en))
    except (Malformed, Tampered, ValueError, msgspec.MsgspecError):
        zh = "这不是撤回这份申请的行为文件：请用本页的表单，或交来从本页下载、签好的文件。"
        en = "This does not take this application back: use the form of this page, or hand in the file from this page, signed."
        return _page(request, digest, found, broken=pick(zh, en))
    return redirect("join_application", digest=digest)


def _page(
    request: HttpRequest,
    digest: str,
    found: Application,
    *,
    act: SignedAct | None = None,
    refusal: dict[str, object] | None = None,
    broken: str = "",
) -> HttpResponse:
    """What is signed, or why it was not recorded."""
    context = {
        "digest": digest,
        "name": found.said.name,
        "act": act.act_bytes.decode() if act else "",
        "words": digest_words(act.digest, pick("zh", "en")) if act else [],
        "key": found.said.key,
        "alg": found.said.alg,
        "refusal": refusals.refusal_context(now_of(request), refusal) if refusal else None,
        "broken": broken,
        "here": "join",
    }
    return render(request, "joining/withdraw.html", context, status=200 if act else 422)
