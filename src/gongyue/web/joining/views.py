"""Pages for whoever wants to join and has no account: conditions, the application, its receipt, how it stands.

The application is signed where its key is, in the applicant's browser or on the command line; the site composes the act and
keeps nothing of it until it is handed in. Whoever knows the digest of that act, which stands in no public book while it is
sealed, is shown how it stands.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import Malformed, SignedAct, decode, signed_act
from gongyue.book.sources import Tampered
from gongyue.covenant.periods import day_of, start_of
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ActType, Signature
from gongyue.governance.dossier_close import closes
from gongyue.office import openings
from gongyue.office.applications import Application, applications
from gongyue.office.facts import joining
from gongyue.office.office import BadSignature
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.access import anybody
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import drafts, dry_run, refusals
from gongyue.web.acting.models import Draft
from gongyue.web.api import group_commit
from gongyue.web.installation import Now
from gongyue.web.joining.application_form import KIND, ApplicationForm
from gongyue.web.joining.paper import filled_form
from gongyue.web.names import localise
from gongyue.web.pages import fields, proofs
from gongyue.web.pages.decorators import page, unpublished
from gongyue.web.request_state import now as now_of
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.membership import joining_steps, words_to_send
from gongyue.web.workspace.own_unit import GROUNDS

LARGEST = 64 * 1024
"""Bytes of the largest application that is read: an act without enclosures."""
BACK_TO_FORM = "again"
"""What is posted to see the answers in the form again."""
FORM = "form.pdf"
"""The form to stamp, filled in, while officers have to compare the key."""
BACK = "withdrawn."
"""Before the name of what is kept of an application's withdrawal."""


@page
def join(request: HttpRequest) -> HttpResponse:
    """The conditions, the period, what happens next, and the ways to apply."""
    now = now_of(request)
    meaning, listed = now.inst.meaning, joining.activities_listed(now.inst)
    context = {
        "here": "join",
        "article": meaning.article(KIND.clause),
        "basis": basis(now.inst, meaning.at(meaning.article(KIND.clause)), "P8"),
        "condition": joining.condition(now.inst, joining.PRACTITIONER),
        "industry": joining.condition(now.inst, joining.INDUSTRY),
        "doing": f"--activities {listed[0]}" if listed else pick("--other 贵单位的业务", "--other BUSINESS"),
    }
    return render(request, "joining/join.html", context)


@anybody
@require_http_methods(["GET", "POST"])
@limited("join", 60, 3600)
def apply(request: HttpRequest) -> HttpResponse:
    """The application's form; filled in, the act to sign."""
    now, office = now_of(request), installation.office()
    if not now.inst.in_force:
        return unpublished(request)
    form = ApplicationForm(now, office, request.POST if request.method == "POST" else None)
    if form.read() and BACK_TO_FORM not in request.POST:
        return _to_sign(request, now, form)
    questions = form.questions
    wrong = [one for one in questions if one.error]
    context = {"questions": questions, "wrong": wrong, "wrong_count": len(wrong), "here": "join"}
    return render(request, "joining/apply.html", context, status=422 if wrong else 200)


def _to_sign(request: HttpRequest, now: Now, form: ApplicationForm) -> HttpResponse:
    """What is about to be signed, in words, and what recording it would find."""
    act = form.act()
    tried = dry_run.trial_of(act, Draft(type=KIND.type, party=form.actor, actor=form.actor), installation.office(), now)
    context = {
        "act": act.act_bytes.decode(),
        "key": act.sigs[0].key,
        "said": fields.fields_of(now, decode(act.received(0)).entry, digests=False),
        "words": digest_words(act.digest, pick("zh", "en")),
        "typed": [(name, one) for name, given in request.POST.lists() if name in form.asked for one in given],
        "refusal": refusals.refusal_context(now, tried.refusal) if tried.refusal else None,
        "broken": pick(*tried.broken) if tried.broken else "",
        "here": "join",
    }
    return render(request, "joining/sign.html", context)


@anybody
@require_POST
@limited("join", 60, 3600)
def hand_in(request: HttpRequest) -> HttpResponse:
    """A signed application: recorded, then shown as it stands. The signature says whose it is."""
    try:
        act = handed(request, KIND)
        receipt = group_commit.handle(act)
    except (Refused, OutOfTurn) as error:
        return _not_taken(request, refusal=refusals.refusal_context(now_of(request), error.refusal))
    except BadSignature:
        zh, en = (
            "签名不成立：请用填在申请里的那把密钥签署。",
            "The signature does not hold: sign with the key in the application.",
        )
        return _not_taken(request, broken=pick(zh, en))
    except (Malformed, Tampered, ValueError, msgspec.MsgspecError):
        zh = "这不是加入申请的行为文件：请在本站填写，或用 gongyue membership apply --out 写成并签署。"
        en = "This is no application: write it here, or with gongyue membership apply --out, and sign it."
        return _not_taken(request, broken=pick(zh, en))
    return redirect("join_application", digest=receipt.act.removeprefix("sha256:"))


def handed(request: HttpRequest, kind: ActType) -> SignedAct:
    """The act as signed in the browser, or from the file; Malformed where it is none of that kind."""
    upload = request.FILES.get("file")
    if upload is not None:
        if (upload.size or 0) > LARGEST:
            raise Malformed("too large")
        act = signed_act(upload.read())
    else:
        given = [request.POST.get(name, "") for name in ("act", "alg", "key", "sig")]
        if sum(map(len, given)) > LARGEST:
            raise Malformed("too large")
        content = canonical.decode(given[0].encode())
        if not isinstance(content, dict):
            raise Malformed("act")
        act = SignedAct(content, (Signature(given[1], given[2], given[3]),))
    if act.act.get("type") != kind.type:
        raise Malformed("type")
    decode(act.received(0))  # the envelope's form
    return act


def _not_taken(request: HttpRequest, refusal: dict[str, Any] | None = None, broken: str = "") -> HttpResponse:
    return render(request, "joining/not_taken.html", {"refusal": refusal, "broken": broken, "here": "join"}, status=422)


@anybody
@require_GET
def application(request: HttpRequest, digest: str) -> HttpResponse:
    """How an application stands, for whoever has its address."""
    now, found = now_of(request), application_or_404(now_of(request), digest)
    context = {
        "application": found,
        "member": found.unit in now.inst.on(now.day).members,
        "digest": digest,
        "said": fields.fields_of(now, found.opened.entry, digests=False),
        "key_words": words_to_send(now.inst, found),
        "steps": joining_steps(now.inst, found),
        "ends": start_of(found.due.last + 1),
        "late": max(0, day_of(found.decided or now.time) - found.due.last),
        "kept": f"sealed-{found.opened.place}",
        "vkey": proofs.vkeys(now)[-1],
        "ground": localise(GROUNDS, found.ground) if found.ground else "",
        "basis": basis(now.inst, now.inst.meaning.at(now.inst.meaning.article(KIND.clause)), "P8"),
        "time": now.time,
        "withdrawn": withdrawn_by(found),
        "here": "join",
    }
    return render(request, "joining/application.html", context)


@anybody
@require_GET
def kept(request: HttpRequest, digest: str, what: str) -> HttpResponse:
    """What the applicant keeps, of its application or its withdrawal: the promise, the opening, the head of its dossier; its form."""
    now, found = now_of(request), application_or_404(now_of(request), digest)
    if what == FORM and words_to_send(now.inst, found):
        return filled_form(now, found)
    kind = what.removeprefix(BACK)
    act = withdrawn_by(found) if what != kind else f"sha256:{digest}"
    receipt = installation.office().receipt(SEALED, act) if act else None
    files = (
        {
            "promise": (receipt.proof, "text/plain; charset=utf-8"),
            "opening.jsonl": (receipt.opening, "application/jsonl"),
            "head": (receipt.head, "text/plain; charset=utf-8"),
        }
        if receipt
        else {}
    )
    if not files.get(kind, (b"", ""))[0]:
        raise Http404
    data, media = files[kind]
    return drafts.download(data, f"sealed-{found.opened.place}.{what}", media)


def withdrawn_by(found: Application) -> str:
    """The digest of the act by which whoever applied took its application back; empty where it did not."""
    if found.state != "withdrawn":
        return ""
    rows = openings.found_by(installation.office().store, in_dossier(str(found.opened.entry.rx.dossier)))
    return next((decode(o.kept.entry).digest for o in rows if closes(o.entry) and o.entry.act.actor == found.unit), "")


def application_or_404(now: Now, digest: str) -> Application:
    """The application of that digest; 404 where there is none."""
    store = installation.office().store
    number = store.find(SEALED, f"sha256:{digest}")
    known = store.sealed_numbered(number) if number is not None else None
    entry = decode(known.entry).entry if known else None
    if known is None or entry is None or entry.act.type != KIND.type:
        raise Http404
    found = (one for one in applications(now.inst, store, entry.act.actor) if one.opened.commitment == known.commitment)
    one = next(found, None)
    if one is None:
        raise Http404
    return one
