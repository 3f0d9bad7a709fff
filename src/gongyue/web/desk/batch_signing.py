"""Signing many drafts at once: one list in words, one confirmation; each draft gets a signature of its own, over its own act.

What can be signed so is what two officers record that somebody was told: it gives nobody anything and takes nothing away. Of
a batch each is recorded or refused by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongyue.book.entry import Malformed
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Signature
from gongyue.governance.sheet import VALUES
from gongyue.office.office import BadSignature
from gongyue.office.untold import TELLS
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.accounts.officers import called_each
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting import dry_run, finalisation, signers
from gongyue.web.acting.models import Draft, Passkey
from gongyue.web.desk.layout import DECIDES
from gongyue.web.desk.pending_signatures import visible_drafts
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

if TYPE_CHECKING:
    from gongyue.web.desk.telling import ToTell

LONGEST = 8_000
"""Characters of the longest part of a signature."""


class Signable(msgspec.Struct, frozen=True):
    """A draft in the list: of what it says that it was told, how, when; who has signed; `why`: in words why it is not signed here.

    `challenge`: what a passkey signs.
    """

    draft: Draft
    told: ToTell | None
    way: str
    day: str
    signed: str
    why: str
    challenge: str

    @property
    def value(self) -> str:
        """The draft and the act that was looked at, as the form sends them."""
        return f"{self.draft.pk} {self.draft.digest}"


def context(request: HttpRequest, known: Mapping[tuple[str, object], ToTell], most: int) -> dict[str, Any]:
    """What this officer may sign of it, those for its signature alone first; and the ways to sign."""
    now, me = request_state.now(request), request_state.seat(request).party
    names = called_each(now.inst, now.inst.officers)
    rows = [_signable(now, draft, known, names) for draft in _mine(request)[:most]]
    ready = [one for one in rows if not one.why]
    keys = finalisation.signing_keys(ready[0].draft, now, me) if ready else {}
    passkeys = [p for p in finalisation.passkeys_of(request_state.person(request).pk, me) if p.key in keys]
    return {
        "ready": ready,
        "not_ready": [one for one in rows if one.why],
        "file_keys": [key for key, alg in keys.items() if alg == "ed25519"],
        "passkeys": passkeys,
        "demo_key": finalisation.demo_key_of(ready[0].draft, now, me) if WEB.demo and ready else "",
    }


def _mine(request: HttpRequest) -> list[Draft]:
    """The drafts of this kind that wait for this officer's signature, those that lack no other first."""
    me, now = request_state.seat(request).party, request_state.now(request)
    found = [
        (draft, mandate)
        for draft, mandate in visible_drafts(request)
        if draft.type in TELLS and mandate.signs and me not in signers.signed_by(draft, now)
    ]
    for draft, mandate in found:
        finalisation.bring_up_to_date(draft, installation.office(), now, request_state.person(request).pk, mandate)
    return sorted((draft for draft, _ in found), key=lambda one: (not one.sigs, one.created_at))


def _signable(now: Now, draft: Draft, known: Mapping[tuple[str, object], ToTell], names: Mapping[str, str]) -> Signable:
    told = known.get((draft.type, draft.body.get("entry", draft.body.get("of"))))
    return Signable(
        draft,
        told,
        pick(*VALUES[draft.body["way"]]),
        draft.body["day"],
        pick("、", ", ").join(names.get(id, id) for id in signers.signed_by(draft, now)),
        _why_not(draft, now, told),
        finalisation.challenge(draft) if draft.act else "",
    )


def _why_not(draft: Draft, now: Now, told: ToTell | None) -> str:
    if told is None:
        return pick("已经告知或否认，不必再办", "told or disavowed meanwhile: nothing is left to do")
    opened = installation.office()
    if draft.act and draft.sigs and finalisation.is_stale(draft, opened, now):
        return pick("须重新签署", "to be signed anew")
    tried = dry_run.trial(draft, opened, now)
    if tried.refusal:
        return pick(str(tried.refusal["zh"]), str(tried.refusal["en"]))
    return pick(*tried.broken) if tried.broken else ""


class _Given(msgspec.Struct, frozen=True):
    """A signature as it is sent: of which draft and act; by a key, or a credential."""

    id: str
    digest: str
    sig: str
    key: str = ""
    credential: str = ""
    ad: str = ""
    cd: str = ""


@office(*DECIDES)
@require_POST
@limited("sign", 240, 3600)
def sign(request: HttpRequest) -> HttpResponse:
    """Take the signatures, each over the act that was shown; record what two have signed."""
    drafts = {str(draft.pk): draft for draft in _mine(request)}
    done: Counter[str] = Counter()
    lost: dict[str, list[str]] = {}
    try:
        given = list(_given(request, drafts))
    except (msgspec.DecodeError, ValueError):
        messages.error(request, pick("签名不合格式。", "The signatures are malformed."))
        return redirect("desk_telling")
    for id, digest, signature in given:
        why = "" if id in drafts else pick("不在待您签署的之中", "not among what waits for you")
        if not why:
            state, why = _added(request, drafts[id], digest, signature)
            done[state] += not why
        if why:
            lost.setdefault(why, []).append(id)
    _tell(request, done, lost)
    return redirect(f"{reverse('desk_telling')}#sign")


def _given(request: HttpRequest, drafts: Mapping[str, Draft]) -> Iterator[tuple[str, str, Signature | None]]:
    """(draft, digest shown, signature); None where no key of this officer's made it."""
    now, me = request_state.now(request), request_state.seat(request).party
    if request.POST.get("way") == "demo":
        for value in request.POST.getlist("draft"):
            id, _, digest = value.partition(" ")
            can = WEB.demo and id in drafts and drafts[id].act
            yield id, digest, finalisation.demo_signature(drafts[id], now, me) if can else None
        return
    known = {p.credential: p.key for p in Passkey.objects.filter(person=request_state.person(request), holder=me)}
    for one in msgspec.json.decode(request.POST.get("signed", ""), type=list[_Given]):
        if max(map(len, msgspec.structs.astuple(one))) > LONGEST:
            raise ValueError(one.id)
        if one.credential:
            key = known.get(one.credential)
            yield one.id, one.digest, Signature("webauthn", key, one.sig, one.ad, one.cd) if key else None
        else:
            yield one.id, one.digest, Signature("ed25519", one.key, one.sig)


def _added(request: HttpRequest, draft: Draft, digest: str, signature: Signature | None) -> tuple[str, str]:
    """Add the signature: the state of the draft then, and in words why it was not added."""
    if signature is None:
        return "", pick("这把密钥不能签署", "this key cannot sign it")
    try:
        found = finalisation.add_signature(
            draft.pk, digest, signature, installation.office(), request_state.now(request)
        )
    except finalisation.StaleDraft:
        return "", pick("核对之后更新过，请再核对", "changed since you looked: look again")
    except finalisation.SignatureRejected as error:
        return "", pick(error.zh, error.en)
    except (Refused, OutOfTurn) as error:
        return "", pick(str(error.refusal["zh"]), str(error.refusal["en"]))
    except (Malformed, Tampered, BadSignature) as error:
        return "", pick(f"没有记录：{error}", f"nothing was recorded: {error}")
    return found.state, ""


def _tell(request: HttpRequest, done: Mapping[str, int], lost: Mapping[str, list[str]]) -> None:
    if recorded := done.get(Draft.RECORDED, 0):
        messages.success(request, pick(f"已记录 {recorded} 件。", f"{recorded} recorded."))
    if signed := done.get(Draft.OPEN, 0):
        messages.success(
            request,
            pick(f"已签 {signed} 件，待另一名职员签署。", f"{signed} signed; another officer has to sign them, too."),
        )
    for why, ids in lost.items():
        messages.error(request, pick(f"{len(ids)} 件没有签成：{why}", f"{len(ids)} not signed: {why}"))
    if not done and not lost:
        messages.error(request, pick("没有选中任何一件。", "None was chosen."))
