"""`POST /api/drafts/TYPE`: an act filled in from the book, to be signed elsewhere. One path for every act type."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SIGNING_PREFIX, SignedAct
from gongyue.covenant.fault_words import fault_zh
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance import articles
from gongyue.governance.acts import ActType, Paper, Signature, decode_body
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.fields import Digest, KeyId
from gongyue.governance.office_names import RECORD_PAPER
from gongyue.office import bodies
from gongyue.office.defaults import default_of
from gongyue.office.dossier_access import ABOUT
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.acting import dossier_form, mandates
from gongyue.web.acting.mandates import Mandate
from gongyue.web.api import doubts, keys
from gongyue.web.api.acts import MOST_SAID, SO, Trial, tried
from gongyue.web.api.limits import body_of, limited
from gongyue.web.api.models import DRAFT
from gongyue.web.api.openapi import body_schemas, chinese_summary, response_schemas
from gongyue.web.api.schemas import ApiError, json_response, not_found
from gongyue.web.installation import Now
from gongyue.web.request_state import now

router = Router(tags=["起草 / Drafting"], auth=keys.ApiKeyAuth(DRAFT))
GENESIS = "book.genesis/1"
BY_FRAME = dossier_form.FRAME_SUFFICES | ABOUT
"""What a secretary drafts who sees only how a dossier stands: a program names the documents by their commitments, which it was told."""


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a draft is made of. `signer`: the key that will sign first; `objects`: what the body names, in base64.

    `dossier`: in which one it is done, by its name or id; `to`: the entry there that it answers, the last one that it can where it is not given.
    """

    body: dict[str, Any]
    actor: str = ""
    signer: KeyId | None = None
    paper: Paper | None = None
    objects: dict[Digest, str] = {}
    dossier: str = ""
    to: Digest | None = None


class Drafted(msgspec.Struct, frozen=True):
    """An unsigned act filled in from the book.

    `to_sign`: what an Ed25519 key signs, base64url; `challenge`: what a passkey signs, its SHA-256, base64url. Put the
    signatures into `signed.sigs` and hand `signed` in at /api/acts. `signers`: how many must sign.
    """

    digest: Digest
    to_sign: str
    challenge: str
    signers: int
    signed: dict[str, Any]


def schema_of(kind: ActType) -> dict[str, Any]:
    """The schema of what a draft of that type is made of; fields that have a default need not be given."""
    found = body_schemas(kind.type.replace("/", "."), kind.body)
    own = found[kind.type.replace("/", ".")]
    own["examples"] = [dict(kind.example)]
    own["required"] = [n for n in own.get("required", []) if not _has_default(kind, n)]
    return found


def _has_default(kind: ActType, name: str) -> bool:
    return default_of(kind, name) is not None or (name == "key" and kind.own_key)


response_schemas(Asked)


def _request_body(kind: ActType) -> dict[str, Any]:
    asked = msgspec.json.schema_components([Asked], ref_template="#/components/schemas/{name}")[1]["Asked"]
    body = {"$ref": f"#/components/schemas/{kind.type.replace('/', '.')}"}
    schema = asked | {"properties": asked["properties"] | {"body": body}, "title": f"draft {kind.type}"}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _add(kind: ActType) -> None:
    def draft(
        request: HttpRequest,
        dry_run: Annotated[bool, Query(description="只试办 / try it as if it were signed")] = False,
        so: Annotated[list[str], Query(description=SO, max_length=MOST_SAID)] = [],  # noqa: B006  (the framework copies it)
    ) -> HttpResponse:
        return _draft(request, kind, dry_run, so)

    draft.__doc__ = kind.does

    extra = response_schemas(Drafted, 401, 403, 404, 409, 413, 422, 429) | {"requestBody": _request_body(kind)}
    good = extra["responses"][200]["content"]["application/json"]
    good["schema"] = {"anyOf": [good["schema"], {"$ref": "#/components/schemas/Trial"}]}
    router.post(
        f"/drafts/{kind.type}",
        summary=f"{kind.sheet.zh} / {kind.sheet.done}",
        operation_id=f"draft_{kind.type.replace('/', '_').replace('.', '_')}",
        openapi_extra=extra,
    )(chinese_summary(f"起草：{kind.sheet.zh}。")(draft))


DRAFTABLE: list[ActType] = [kind for kind in articles.kinds() if kind.type != GENESIS]
"""Every act type but the founding of the book, which `gongyue init` does."""
for _kind in DRAFTABLE:
    _add(_kind)


def _draft(request: HttpRequest, kind: ActType, dry_run: bool, so: Sequence[str]) -> HttpResponse:
    limited(request)
    at, key = now(request), keys.key_of(request)
    asked = _parse_request(body_of(request))
    mandate = _mandate_of(request, kind, asked.actor)
    holder = key.party
    asked = msgspec.structs.replace(asked, dossier=_dossier(at, kind, mandate, asked.dossier))
    signer = _signer(at, kind, holder, asked)
    act = _filled_in(at, kind, mandate.actor, signer, asked)
    if dry_run:
        doubts.require_answers(act, so)
        alg = dict(_brought_before(at, kind, holder, asked.dossier)).get(signer) or _alg_of(at, act, signer)
        return json_response(_try(at, act, Signature(alg, signer, ""), mandate, kind))
    signing = SIGNING_PREFIX + act.act_bytes
    signers = 2 if (kind.by.two and mandate.party == EXECUTIVE) or mandate.recording else 1
    made = Drafted(act.digest, _b64(signing), _b64(hashlib.sha256(signing).digest()), signers, msgspec.to_builtins(act))
    return json_response(made)


def _parse_request(data: bytes) -> Asked:
    try:
        return msgspec.json.decode(data, type=Asked)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ApiError(
            422, "malformed", f"请求不合格式：{fault_zh(error)}", f"The request is malformed: {error}"
        ) from None


def _mandate_of(request: HttpRequest, kind: ActType, actor: str) -> Mandate:
    """In whose name the key drafts; whether that party may do it, the rules say."""
    seat = keys.seat_of(keys.key_of(request))
    found = next(mandates.mandates_from([seat], kind, now(request), actor), None)
    if found is None:
        raise ApiError(
            403,
            "not-yours",
            f"此密钥不能以{actor or seat.party}的名义起草 {kind.type}。",
            f"This key does not draft {kind.type} in the name of {actor or seat.party}.",
        )
    return found


def _dossier(at: Now, kind: ActType, mandate: Mandate, name: str) -> str:
    """The id of the dossier asked for, by its name or id: one in which this seat may begin such an act, as on the pages; 404 of any other.

    Whoever may not open a dossier would otherwise learn from a draft how much stands in it, and from a dry run what.
    """
    if not name or (name == MEMBERS and "members" in kind.within):
        return name
    try:
        return dossier_form.dossier_of(at, mandate, kind, name, BY_FRAME).id
    except Http404:
        raise not_found("卷", "dossier", name) from None


def _signer(at: Now, kind: ActType, holder: str, asked: Asked) -> str:
    """The key that signs first: the one asked for, or the holder's only one."""
    valid = [*at.inst.valid_keys(holder, at.time)] + [id for id, _ in _brought_before(at, kind, holder, asked.dossier)]
    brought = asked.body.get("key") if kind.own_key else None
    if asked.signer is not None:
        if asked.signer in valid or asked.signer == brought or (kind.own_key and asked.signer not in at.inst.keys):
            return asked.signer
        raise ApiError(
            422, "signer", f"{asked.signer} 现在不是 {holder} 的密钥。", f"{asked.signer} is no key of {holder} now."
        )
    if kind.own_key and isinstance(brought, str) and not valid:
        return brought
    if len(valid) != 1:
        raise ApiError(
            422,
            "signer",
            f"请用 signer 指明由哪一把密钥先签；{holder} 现有 {len(valid)} 把。",
            f"Name the key that signs first as signer: {holder} has {len(valid)}.",
        )
    return valid[0]


def _brought_before(at: Now, kind: ActType, holder: str, dossier: str) -> list[tuple[str, str]]:
    """The key, with its algorithm, that an application brought and nobody registered yet: it signs what its applicant does in that dossier."""
    kept = at.docket.get(dossier) if kind.in_dossier else None
    brought = kept.dossier.brought if kept is not None and holder in kept.dossier.parties else ("", "")
    return [] if not brought[0] or brought[0] in at.inst.keys else [brought]


def _filled_in(at: Now, kind: ActType, actor: str, signer: str, asked: Asked) -> SignedAct:
    office = installation.office()
    body = _body(at, kind, signer, asked.body)
    decode_body(kind, canonical.encode(body))
    on, answered = office.seen_in(kind, actor, body, asked.dossier)
    act = draft_act(
        at.inst,
        office.rev,
        office.view(),
        kind.type,
        actor,
        body,
        seq=office.next_seq(kind, actor, signer, body),
        at=at.time,
        nonce=os.urandom(32),
        paper=msgspec.to_builtins(asked.paper) if asked.paper else None,
        on=on,
        to=asked.to or answered,
    )
    act = msgspec.structs.replace(act, objects=asked.objects)
    act.files()
    return act


def _body(at: Now, kind: ActType, signer: str, given: dict[str, Any]) -> dict[str, Any]:
    """The body as given, its defaults filled in; ApiError or OutOfTurn says which field is wrong."""
    body = dict(given)
    for field in bodies.fields(kind):
        if field.name in body or not field.required:
            continue
        default = default_of(kind, field.name)
        if default is not None and (value := default[1](at.inst, body)):
            body[field.name] = value
        elif field.name == "key" and kind.own_key:
            body["key"] = signer
    return {name: _today(at, value) for name, value in body.items()}


def _today(at: Now, value: Any) -> Any:
    return iso(at.day) if value == "today" else value


def _alg_of(at: Now, act: SignedAct, signer: str) -> str:
    """The algorithm of a registered key, or of one that the act itself brings."""
    known = at.inst.keys.get(signer)
    return known.alg if known else str(act.act["body"].get("alg", "ed25519"))


def _try(at: Now, act: SignedAct, first: Signature, mandate: Mandate, kind: ActType) -> Trial:
    """The dry run as if the signer, and a second officer where one is wanted, had signed."""
    known, sigs = at.inst.keys.get(first.key), [first]
    wanted = RECORD_PAPER if mandate.recording else kind.by.offices
    if mandate.party == EXECUTIVE and (kind.by.two or mandate.recording):
        sigs += _second(at, wanted, known.holder if known else "")
    return tried(msgspec.structs.replace(act, sigs=tuple(sigs)))


def _second(at: Now, wanted: frozenset[str], first: str) -> list[Signature]:
    for officer in at.inst.officers.values():
        if officer.id != first and officer.held(at.day) & wanted:
            for id, key in at.inst.valid_keys(officer.id, at.time).items():
                return [Signature(key.alg, id, "")]
    return []


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
