"""`/api/key`, `/api/feed`, `/api/disclosures`: what a party's own key opens, and nobody else's."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from gongyue.governance.fields import Date, Digest
from gongyue.office import links
from gongyue.office.facts.bulletins import BulletinFacts
from gongyue.office.facts.bulletins import of_party as bulletins_of
from gongyue.office.openings import all_of_party, handed
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.api import keys
from gongyue.web.api.limits import limited
from gongyue.web.api.openapi import chinese_summary, response_schemas
from gongyue.web.api.schemas import LONGEST_PAGE, ApiError, Next, json_response, next_page, not_found
from gongyue.web.notices.feed import feed_for
from gongyue.web.request_state import now
from gongyue.web.workspace.bulletins import read

router = Router(tags=["本方 / A party's own"], auth=keys.reading)
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class KeyInfo(msgspec.Struct, frozen=True):
    """The key asked with: for which party, in which role, for what, until when."""

    party: str
    role: str
    scopes: tuple[str, ...]
    prefix: str
    ends: Date | None


class FeedItem(msgspec.Struct, frozen=True):
    """Something the party is told; `key` stays the same for ever, `page` shows more, `ends` is a deadline."""

    key: str
    time: int
    zh: str
    en: str
    page: str
    ends: int | None


class Feed(msgspec.Struct, frozen=True):
    """What a party is told, the newest first."""

    size: int
    total: int
    limit: int
    offset: int
    items: tuple[FeedItem, ...]
    next: Next


class Disclosure(msgspec.Struct, frozen=True):
    """A sealed act the party may open: its leaf (null before the anchor), its commitment, and the disclosure line that proves it."""

    index: int | None
    commitment: Digest
    type: str
    actor: str
    line: str


class Disclosures(msgspec.Struct, frozen=True):
    """What a party may open of the sealed book, the oldest first; `links`: lines that open what public acts about it rest on."""

    total: int
    limit: int
    offset: int
    items: tuple[Disclosure, ...]
    links: tuple[str, ...]
    next: Next


@router.get(
    "/key",
    summary="此密钥 / This key",
    openapi_extra=response_schemas(KeyInfo, 401, 403),
)
@chinese_summary("此密钥属于谁、用于什么。")
def key(request: HttpRequest) -> HttpResponse:
    """What the key asked with is for."""
    known = keys.key_of(request)
    ends = known.ends.isoformat() if known.ends else None
    return json_response(KeyInfo(known.party, known.role, tuple(known.scopes.split(",")), known.prefix, ends))


class Ballots(msgspec.Struct, frozen=True):
    """Every opening of a vote that is open to members only: `lines`, whose SHA-256 is the `digest` that its close states."""

    vote: str
    digest: Digest
    lines: str


@router.get(
    "/feed",
    summary="消息 / Feed",
    openapi_extra=response_schemas(Feed, 401, 403, 422, 429),
)
@chinese_summary("告知本方的一切：以本方名义的行为、与本方有关的事、决定、期限；新的在前。")
def feed(
    request: HttpRequest,
    since: Annotated[int, Query(ge=0, le=2**53, description="Unix 秒 / Unix seconds")] = 0,
    limit: Limit = 50,
    offset: Offset = 0,
) -> HttpResponse:
    """What the party is told: acts in its name, what concerns it, decisions, deadlines; the newest first."""
    known = keys.key_of(request)
    limited(request)
    at = now(request)
    found = [one for one in feed_for(at, [keys.seat_of(known)]) if one.time >= since]
    rows = tuple(FeedItem(t.key, t.time, t.zh, t.en, t.url, t.ends or None) for t in found[offset : offset + limit])
    total = len(found)
    return json_response(Feed(at.size, total, limit, offset, rows, next_page(request, limit, offset, total)))


@router.get(
    "/disclosures",
    summary="可启封的内容 / Disclosures",
    openapi_extra=response_schemas(Disclosures, 401, 403, 422, 429),
)
@chinese_summary("本方的密封行为及对其的决定，各带可向任何人证明的启封行。")
def disclosures(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """The party's own sealed acts and the decisions on them, each with the line that proves it to anybody."""
    known = keys.require_confidence(request)
    limited(request)
    found = all_of_party(now(request).inst, installation.office().store, known.party)
    rows = tuple(
        Disclosure(o.kept.index, o.commitment, o.entry.act.type, o.entry.act.actor, o.line.decode())
        for o in found[offset : offset + limit]
    )
    total = len(found)
    lines = links.of_party(now(request).inst, installation.office().store, known.party)
    opened = tuple(line.decode() for line in lines)
    return json_response(Disclosures(total, limit, offset, rows, opened, next_page(request, limit, offset, total)))


class Bulletin(msgspec.Struct, frozen=True):
    """A bulletin to all members: its place, day, kind and audience; the places it replaces and is replaced by, 0 for none."""

    n: int
    day: Date
    kind: str
    zh: str
    en: str
    audience: str
    replaces: int
    replaced_by: int
    void: bool
    text: Digest


class Bulletins(msgspec.Struct, frozen=True):
    """The bulletins the party may read, the oldest first."""

    total: int
    limit: int
    offset: int
    items: tuple[Bulletin, ...]
    next: Next


class BulletinText(msgspec.Struct, frozen=True):
    """A bulletin with its text; `erased`: by law, and the text is empty."""

    bulletin: Bulletin
    text: str
    erased: bool


def _bulletin(one: BulletinFacts) -> Bulletin:
    return Bulletin(
        one.n, one.day, one.kind, one.zh, one.en, one.audience, one.replaces, one.replaced_by, one.void, one.text
    )


@router.get(
    "/bulletins",
    summary="致全体成员的公告 / Bulletins to all members",
    openapi_extra=response_schemas(Bulletins, 401, 403, 422, 429),
)
@chinese_summary("本方可读的公告：单位自加入至退出的全部及此后的更正；职员按其职务。")
def bulletins(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """The bulletins the party may read: a unit's from its joining to its leaving and what corrects one later, an officer's by its office."""
    known, at = keys.require_confidence(request), now(request)
    limited(request)
    found = bulletins_of(at.inst, installation.office().store, known.party, at.day)
    total, rows = len(found), tuple(_bulletin(one) for one in found[offset : offset + limit])
    return json_response(Bulletins(total, limit, offset, rows, next_page(request, limit, offset, total)))


@router.get(
    "/bulletins/{n}",
    summary="一件公告 / A bulletin",
    openapi_extra=response_schemas(BulletinText, 401, 403, 404, 422, 429),
)
@chinese_summary("一件公告的正文；查阅先记入保管库的记录。")
def bulletin(request: HttpRequest, n: int) -> HttpResponse:
    """The text of a bulletin the party may read; that it was read is logged first."""
    known = keys.require_confidence(request)
    limited(request)
    try:
        shown = read(known.party, n)
    except Http404:
        raise not_found("公告", "bulletin", n) from None
    return json_response(BulletinText(_bulletin(shown.bulletin), shown.text, shown.erased))


@router.get(
    "/disclosures/{vote}",
    summary="只向成员公开的选票 / Ballots open to members only",
    openapi_extra=response_schemas(Ballots, 401, 403, 404, 422, 429),
)
@chinese_summary("只向成员公开的表决结束后，名册上的单位取得全部选票的启封内容，可据以重新计票。")
def ballots(request: HttpRequest, vote: str) -> HttpResponse:
    """All openings of a closed vote whose ballots are open to members only, for a unit of its roll: with them it is recounted."""
    known = keys.require_confidence(request)
    limited(request)
    lines = handed(now(request).inst, installation.office().store, vote, known.party)
    if lines is None:
        raise ApiError(
            404,
            "not-found",
            f"没有只向成员公开、已经结束、名册上有 {known.party} 的表决 {vote}。",
            f"There is no closed vote {vote} with {known.party} on its roll whose ballots are open to members only.",
        )
    return json_response(Ballots(vote, canonical.digest(lines), lines.decode()))
