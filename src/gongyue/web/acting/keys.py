"""The keys of a unit, an officer or the authority as the book has them; and making passkeys that sign.

A passkey that signs is made for one holder and is not the one that signs in: a passkey that signs in lies in the
authenticator under the person's account and is replaced there by the next, which would take a signing key with it.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from fido2.cose import ES256
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from gongyue.book.digest_words import digest_words
from gongyue.book.signing import is_acceptable_key, key_id
from gongyue.covenant.parties import is_unit
from gongyue.governance.key import staying
from gongyue.governance.papers import may_still_be_disavowed
from gongyue.governance.registry import NEVER, Key, known
from gongyue.office import keyless_parties
from gongyue.web import names, request_state
from gongyue.web.access import OFFICER, SIGNATORY, seated
from gongyue.web.access import unit as of_unit
from gongyue.web.accounts.models import Seat
from gongyue.web.accounts.officers import called
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.accounts.seats import offices_of, seats_of
from gongyue.web.acting import layout
from gongyue.web.acting.models import Passkey
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.own_unit import OwnUnit

STATE = "gongyue.signing-passkey"
"""Where a ceremony under way is kept in the session."""
REGISTERS = frozenset({"secretary", "clerk"})
"""The offices that register another's first key: whoever holds none of them waits for those who do."""
MOST = 20
"""Passkeys a person may keep; more are refused."""


class Row(msgspec.Struct, frozen=True):
    """A key as shown: `state` valid | waiting | ending | ended; whose passkey it is, where it is one made here.

    `last`: no other of its holder's keys stays valid.
    """

    id: str
    alg: str
    state: str
    word: str
    since: int
    until: int
    owner: str
    mine: bool
    last: bool


WORDS = {
    "valid": ("有效", "valid"),
    "waiting": ("等待生效", "not valid yet"),
    "ending": ("即将失效", "ending"),
    "ended": ("已失效", "ended"),
}
UNTOLD = {
    "valid": ("有效", "valid"),
    "waiting": ("待告知持有人", "waits to be told"),
    "ending": ("待告知后失效", "to end once told"),
    "ended": ("已失效", "ended"),
}
"""Of keys for which paper has no day yet: it takes effect once their holder was told and the delay is over."""


def rows_of(now: Now, holder: str, person_id: int) -> list[Row]:
    """The keys of a holder, valid ones first."""
    made = {p.key: p for p in Passkey.objects.filter(holder=holder).select_related("person")}
    found = [_row(now, id, key, made.get(id), person_id) for id, key in now.inst.keys_of(holder).items()]
    order = list(WORDS)
    return sorted(found, key=lambda row: (order.index(row.state), row.since))


def _row(now: Now, id: str, key: Key, made: Passkey | None, person_id: int) -> Row:
    if key.until is not None or (key.valid_to is not None and key.valid_to <= now.time):
        state = "ended"
    elif key.valid_from > now.time:
        state = "waiting"
    else:
        state = "valid" if key.valid_to is None else "ending"
    owner = f"{made.name} · {made.person}" if made else ""
    mine = made is not None and made.person_id == person_id
    since, until = known(key.valid_from), known(key.valid_to)
    untold = key.until is None and NEVER in (key.valid_from, key.valid_to)
    word = names.localise(UNTOLD if untold else WORDS, state)
    if id in now.inst.uncompared:
        word = pick("待两名职员与盖章的申请表核对", "waits for two officers to compare it with the stamped form")
    last = not staying(now.inst, key.holder, now.time, but=id)
    return Row(id, key.alg, state, word, since, until, owner, mine, last)


@of_unit(SIGNATORY, OFFICER)
@require_GET
def unit_keys(request: HttpRequest, unit: str) -> HttpResponse:
    """The keys of the unit, and what can be done about them."""
    return _page(request, request_state.seat(request))


@seated
@require_GET
def own_keys(request: HttpRequest) -> HttpResponse:
    """The keys of an officer or the authority."""
    person, now = request_state.person(request), request_state.now(request)
    seat = next((s for s in seats_of(person, now.day) if not is_unit(s.party)), None)
    if seat is None:
        raise PermissionDenied
    return _page(request, seat)


def _page(request: HttpRequest, seat: Seat) -> HttpResponse:
    now, person = request_state.now(request), request_state.person(request)
    rows = rows_of(now, seat.party, person.pk)
    genesis = now.inst.genesis
    return layout.render_draft_page(
        request,
        "keys",
        seat,
        "unit_keys" if is_unit(seat.party) else "own_keys",
        party=seat.party,
        holder=called(now.inst, seat.party),
        is_unit=is_unit(seat.party),
        registers=bool(offices_of(now.inst, seat, now.day) & REGISTERS),
        applies=reverse("unit_membership", args=[seat.party]) if _applies(now, seat.party) else "",
        compared=reverse("unit_membership", args=[seat.party])
        if any(key in now.inst.uncompared for key in now.inst.keys_of(seat.party))
        else "",
        disavows=_disavows(now, seat.party),
        signs=seat.role in {SIGNATORY, ""},
        rows=rows,
        has_key=any(row.state in {"valid", "ending"} for row in rows),
        recovery_days=genesis.recovery_days if genesis else 0,
        cannot=keyless_parties.cannot(seat.party),
        back=keyless_parties.way_back(now.inst, seat.party, now.time) if genesis else ("", ""),
        waiting=[
            (one, " ".join(digest_words(f"sha256:{one.key[-64:]}", pick("zh", "en"))))
            for one in Passkey.objects.filter(person=person, holder=seat.party)
            .exclude(key__in=list(now.inst.keys))
            .order_by("-pk")
        ],
        works=passkeys_work(request),
    )


def _applies(now: Now, party: str) -> bool:
    """Whether that is a unit that may yet apply to join, with the key it brings: it has had none."""
    own = now.inst.keys_of(party).values()
    return is_unit(party) and OwnUnit(now, party).may_apply and not any(key.was_one for key in own)


def _disavows(now: Now, party: str) -> bool:
    """Whether anything was recorded from paper in its name that it may still disavow."""
    found = (index for index, paper in now.inst.papers.items() if paper.holder == party)
    return any(may_still_be_disavowed(now.inst, index, now.time) is not None for index in found)


def passkeys_work(request: HttpRequest) -> bool:
    """Whether passkeys made at this address may sign: the book's genesis says so."""
    genesis = request_state.now(request).inst.genesis
    return bool(
        genesis and "webauthn" in genesis.algorithms and f"{request.scheme}://{request.get_host()}" in genesis.origins
    )


# -- making one


def _holder(request: HttpRequest) -> str:
    """For whom the passkey is made: a party for which this person signs today."""
    holder = request.POST.get("holder", "")
    for seat in seats_of(request_state.person(request), request_state.now(request).day):
        if seat.party == holder and seat.role in {SIGNATORY, ""}:
            return holder
    raise PermissionDenied


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host().partition(":")[0]
    genesis = request_state.now(request).inst.genesis
    origins = genesis.origins if genesis else ()
    server = Fido2Server(PublicKeyCredentialRpEntity(id=host, name=host), verify_origin=lambda o: o in origins)
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=ES256.ALGORITHM)
    ]
    return server


@seated
@require_POST
@limited("passkey", 30, 3600)
def passkey_begin(request: HttpRequest) -> JsonResponse:
    """The ceremony's options: P-256 alone, with user verification, kept outside of the account's own passkeys."""
    holder = _holder(request)
    if not passkeys_work(request):
        said = pick(
            "此地址的通行密钥不能签署行为：创立簿册时未列入。",
            "Passkeys made at this address cannot sign: the book's genesis does not name it.",
        )
        return JsonResponse({"error": said}, status=409)
    if Passkey.objects.filter(person=request_state.person(request)).count() >= MOST:
        return JsonResponse({"error": pick("通行密钥过多。", "Too many passkeys.")}, status=409)
    name = f"{names.party_name(request_state.now(request).inst, holder)} · {request_state.person(request)}"
    user = PublicKeyCredentialUserEntity(id=secrets.token_bytes(32), name=name, display_name=name)
    options, state = _server(request).register_begin(
        user,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STATE] = {"state": state, "holder": holder}
    return JsonResponse(dict(options))


@seated
@require_POST
def passkey_finish(request: HttpRequest) -> JsonResponse:
    """Take the new passkey's public key: k:<33 bytes>, to be registered by an act."""
    kept: dict[str, Any] = request.session.pop(STATE, {})
    if not kept or _holder(request) != kept["holder"]:
        return JsonResponse({"error": pick("请重新开始。", "Begin again.")}, status=409)
    try:
        credential = json.loads(request.POST.get("credential", ""))
        data = _server(request).register_complete(kept["state"], RegistrationResponse.from_dict(credential))
        attested = data.credential_data
        key = _key_of(attested.public_key if attested else {})
        verified = bool(data.flags & 0b100)
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse(
            {"error": pick("通行密钥未建成，请再试。", "The passkey was not made: try again.")}, status=422
        )
    if attested is None or not verified or not is_acceptable_key("webauthn", key):
        said = pick(
            "这种通行密钥不能用：须为 P-256，且须验证本人。",
            "This kind of passkey cannot be used: P-256 with user verification is needed.",
        )
        return JsonResponse({"error": said}, status=422)
    name = request.POST.get("name", "").strip()[:60] or pick("通行密钥", "passkey")
    Passkey.objects.create(
        person=request_state.person(request),
        holder=kept["holder"],
        key=key,
        credential=websafe_encode(attested.credential_id),
        name=name,
    )
    return JsonResponse({"key": key, "name": name})


def _key_of(cose: Any) -> str:
    """The name of a P-256 key: its 33 bytes, compressed."""
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(cose[-2], "big"), int.from_bytes(cose[-3], "big"), ec.SECP256R1()
    )
    return key_id(numbers.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
