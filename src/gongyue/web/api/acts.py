"""`POST /api/acts`: a signed act is handed in. Whoever hands it in, the signatures say whose it is."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from gongyue.book.entry import SIGNING_PREFIX, Malformed, SignedAct, decode, signed_act
from gongyue.book.signing import job, verify
from gongyue.governance.acts import ActType, Book, Signature, act_type_of
from gongyue.governance.fields import Digest
from gongyue.office import dry_run
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file
from gongyue.office.office import BadSignature
from gongyue.office.store import OPEN, SEALED
from gongyue.web import installation
from gongyue.web.api import doubts, group_commit, keys
from gongyue.web.api.book import Receipt, receipt_data
from gongyue.web.api.limits import body_of, idempotency_key, limited
from gongyue.web.api.models import SUBMIT, Handed
from gongyue.web.api.openapi import OPTIONAL_KEY, chinese_summary, response_schemas
from gongyue.web.api.schemas import ApiError, json_response

router = Router(tags=["办理 / Acting"])
SO = "这一条推定的读法正是本意，可重复 / what was assumed of that article's numbers is meant so; repeatable"
MOST_SAID = 1_000


class RulingOut(msgspec.Struct, frozen=True):
    """A ruling the act satisfies: the provision, its words, the figures; `suspended`: its rule is suspended."""

    holds: bool
    suspended: bool
    provision: str
    rule: str
    article: int
    at: str
    words: str
    figures: dict[str, Any]


class Trial(msgspec.Struct, frozen=True):
    """A dry run: what handing the act in would do, and by which rulings. Nothing was recorded."""

    would: Literal["record", "nothing"]
    rulings: tuple[RulingOut, ...]


class DocumentIn(msgspec.Struct, frozen=True):
    """A document that an act in a dossier names by its commitment: its file name, the salt (32 bytes) and the content, in base64."""

    name: str
    salt: str
    content: str


class Signed(msgspec.Struct, frozen=True):
    """A signed act: the act as it was signed, its signatures, the objects it names in base64 by their digests.

    `documents`: of an act in a dossier, what it names by its commitment; they are kept in the vault, apart from the book.
    """

    act: dict[str, Any]
    sigs: tuple[Signature, ...]
    objects: dict[Digest, str] = {}
    documents: dict[Digest, DocumentIn] = {}
    v: Literal["gongyue/signed@1"] = "gongyue/signed@1"


_EXTRA = (
    response_schemas(Receipt, 401, 403, 409, 413, 422, 429, status=201, also=200)
    | OPTIONAL_KEY
    | {
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "不得用于两项行为 / never stands for two acts",
                "schema": {"type": "string", "maxLength": 255, "pattern": "^[!-~]*$"},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Signed"}}},
        },
    }
)
response_schemas(Signed)
response_schemas(Trial)
_EXTRA["responses"][200]["description"] = "先前已记录，或试办 / Recorded earlier, or a dry run"
_EXTRA["responses"][200]["content"]["application/json"]["schema"] = {
    "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Receipt", "Trial")]
}


@router.post(
    "/acts",
    summary="递交行为 / Hand in an act",
    openapi_extra=_EXTRA,
    auth=keys.ApiKeyAuth(SUBMIT, needed=False),
)
@chinese_summary(
    "记录一项签好的行为：201 并给回执；先前已记录的，200 并给同一回执。不须密钥，签名即身份。同一 Idempotency-Key 不得用于两项行为；dry_run 只试办。"
    "修改案与导入的文本，所绑定的数里推定的先问（422，doubts），以 so 加条的地址作答。"
)
def hand_in(
    request: HttpRequest,
    dry_run: Annotated[bool, Query(description="只试办，不记录 / try only, record nothing")] = False,
    so: Annotated[list[str], Query(description=SO, max_length=MOST_SAID)] = [],  # noqa: B006  (the framework copies it)
) -> HttpResponse:
    """Record a signed act: 201 with its receipt; 200 with the same receipt if it was recorded earlier.

    No key is needed: the act is signed. An `Idempotency-Key` never stands for two different acts. With `dry_run` it
    is judged and nothing is recorded. Where words do not say all of the numbers that a changed or imported text binds, it is
    asked (422, `doubts`) and answered by `so` with the addresses of the articles.
    """
    limited(request)
    data = body_of(request)
    act, documents = _signed(data), _documents(data)
    repeated = idempotency_key(request)
    _require_same(repeated, act)
    known = _known(act)
    if known is None:
        doubts.require_answers(act, so)
    if dry_run:
        return json_response(_tried(act) if known is None else Trial("nothing", ()))
    found = file(installation.office(), installation.folder(), act, documents, group_commit.handle)
    if repeated:
        _remember(repeated, act)
    return json_response(receipt_data(found), 201 if known is None else 200)


def _signed(data: bytes) -> SignedAct:
    """The signed act of a request; Malformed or OutOfTurn says what is wrong with its form."""
    act = signed_act(data)
    decode(act.received(0))  # the envelope's form
    act_type_of(act.act["type"])
    return act


class _Documents(msgspec.Struct):
    documents: dict[str, DocumentIn] = {}


def _documents(data: bytes) -> list[PrivateContent]:
    """The documents of a request; Malformed where one is not written in base64."""
    found = []
    try:
        for c, one in msgspec.json.decode(data, type=_Documents).documents.items():
            salt, content = (base64.b64decode(text, validate=True) for text in (one.salt, one.content))
            found.append(PrivateContent(c, salt, content, one.name))
    except ValueError as error:  # msgspec's too
        raise Malformed(f"documents: {error}") from None
    return found


def _known(act: SignedAct) -> int | None:
    return installation.office().store.find(_book(act_type_of(str(act.act["type"]))), act.digest)


def _book(kind: ActType) -> str:
    return SEALED if kind.book is Book.SEALED else OPEN


def _tried(act: SignedAct) -> Trial:
    office = installation.office()
    genesis = office.inst.genesis
    for sig in act.sigs:
        if not verify(job(sig, SIGNING_PREFIX + act.act_bytes), genesis.origins if genesis else ()):
            raise BadSignature(sig.key)
    return tried(act)


def tried(act: SignedAct) -> Trial:
    """The rulings of a dry run; raises as recording it would."""
    office = installation.office()
    rulings = office.dry_run(act)
    dry_run.require_objects(act, office.store.object)
    kind = act_type_of(str(act.act["type"]))
    cited = (dry_run.cited(office.inst, kind, ruling) for ruling in rulings)
    return Trial("record", tuple(msgspec.convert(c, RulingOut) for c in cited))


def _require_same(repeated: str, act: SignedAct) -> None:
    """An Idempotency-Key that was used for another act is refused."""
    known = Handed.objects.filter(key=repeated).first() if repeated else None
    if known is not None and known.act != act.digest:
        raise ApiError(
            422,
            "idempotency-key",
            f"此 Idempotency-Key 已用于另一行为 {known.act}。",
            f"This Idempotency-Key stands for another act already: {known.act}.",
        )


def _remember(repeated: str, act: SignedAct) -> None:
    """Remember what an Idempotency-Key stands for; of two at the same moment the first is kept."""
    today = timezone.localdate()
    Handed.objects.bulk_create([Handed(key=repeated, act=act.digest, day=today)], ignore_conflicts=True)
