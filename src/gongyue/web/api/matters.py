"""`/api/votes`, `/api/proposals`, `/api/annexes`: what is being decided, and what was (articles 22, 24)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from gongyue.covenant.counting import voters_needed
from gongyue.covenant.periods import iso
from gongyue.governance.annex import Annex, as_it_stands
from gongyue.governance.fields import Date, Digest
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import Proposal, supporters_now
from gongyue.office.objects import text_of_proposal
from gongyue.web.api.said import answer, day_or_none, not_found
from gongyue.web.api.speaking import reads, says, told
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages.annexes import stage_of as annex_stage
from gongyue.web.pages.objects import body_at
from gongyue.web.pages.standing import stage_of, touched

router = Router(tags=["表决 / Votes"])
Id = Annotated[str, Path(max_length=42)]


class VoteOut(msgspec.Struct, frozen=True):
    """A vote. While it is open only turnout and threshold are told; the split appears at close.

    `share` of the `base`: whose consents are counted (of the whole roll, of those voting or present, of a branch's roll); `enough`:
    the fewest consents that can suffice now; `quorum`: how many of the roll must vote (`must_vote`, 0 for any number), else
    nothing is adopted; `…_left`: of those members to the end; `ballots`: the object of opened ballots.
    """

    id: str
    opened: int
    closes: int
    roll: int
    share: str
    base: Literal["roll", "voting", "present", "branch"]
    quorum: str | None
    must_vote: int
    enough: int
    voted: int
    outcome: Literal["open", "adopted", "rejected", "no_quorum"]
    consents: int | None
    against: int | None
    abstain: int | None
    consents_left: int | None
    voted_left: int | None
    roll_left: int | None
    ballots: Digest | None
    closed_index: int | None


class Votes(msgspec.Struct, frozen=True):
    """Every vote."""

    items: tuple[VoteOut, ...]


class ProposalOut(msgspec.Struct, frozen=True):
    """A proposed amendment: who began it, what it changes, how far it has come.

    `edition`: the text it results in, an object of the book once an act has named it; `superseded_by`: the one that
    changed the same words; `renews`, `renewed`: what it puts to the vote again, and what does so with it.
    """

    id: str
    by: str
    change: Digest
    edition: Digest
    stage: str
    supporters: int
    lapses: Date
    open_by: Date | None
    articles: tuple[int, ...]
    published_index: int | None
    superseded_by: str
    renews: str
    renewed: str


class Proposals(msgspec.Struct, frozen=True):
    """Every proposal."""

    items: tuple[ProposalOut, ...]


class AnnexOut(msgspec.Struct, frozen=True):
    """A branch annex: `text` is an object, `signers` the units that signed it.

    `superseded_by`: what changed or repealed the annex it was made for, empty where nothing did.
    """

    id: str
    title: str
    text: Digest
    scope: tuple[str, ...]
    by: str
    kind: str
    target: str
    stage: str
    number: int
    in_force: Date | None
    signers: tuple[str, ...]
    superseded_by: str


class Annexes(msgspec.Struct, frozen=True):
    """Every annex."""

    items: tuple[AnnexOut, ...]


@router.get(
    "/votes",
    summary="表决 / Votes",
    openapi_extra=told(Votes, 404),
)
@says("全部表决。进行中只列已投票数与门槛，结束后才列各选项。")
@reads
def votes(request: HttpRequest) -> HttpResponse:
    """Every vote, open and closed."""
    at = now(request)
    return answer(Votes(tuple(_vote(at, v) for v in _in_order(at.inst.votes.values()))))


@router.get(
    "/votes/{id}",
    summary="一次表决 / A vote",
    openapi_extra=told(VoteOut, 404, 422),
)
@says("一次表决，按事项编号。")
@reads
def vote(request: HttpRequest, id: Id) -> HttpResponse:
    """One vote, by the id of its matter."""
    at = now(request)
    known = at.inst.votes.get(id)
    if known is None:
        raise not_found("表决", "vote", id)
    return answer(_vote(at, known))


def _in_order(found: object) -> list[Vote]:
    return sorted(found, key=lambda v: (v.opened, v.id))  # type: ignore[call-overload,no-any-return]


def _vote(at: Now, v: Vote) -> VoteOut:
    closed = v.closed_index is not None
    ballots = str(body_at(at, v.closed_index)["ballots"]) if v.closed_index is not None else ""
    return VoteOut(
        v.id,
        v.opened,
        v.closes,
        len(v.roll),
        v.share.text,
        v.share.base,  # type: ignore[arg-type]
        v.quorum.text if v.quorum else None,
        voters_needed(v.quorum, len(v.roll)),
        v.needed,
        v.voted,
        v.outcome or "open",  # type: ignore[arg-type]
        v.consents if closed else None,
        v.against if closed else None,
        v.abstain if closed else None,
        v.consents_left if closed else None,
        v.voted_left if closed else None,
        v.roll_left if closed else None,
        ballots or None,
        v.closed_index,
    )


@router.get(
    "/proposals",
    summary="修改提议 / Proposals",
    openapi_extra=told(Proposals, 404),
)
@says("全部修改提议。")
@reads
def proposals(request: HttpRequest) -> HttpResponse:
    """Every proposed amendment."""
    at = now(request)
    rows = sorted(at.inst.proposals.values(), key=lambda p: p.id)
    return answer(Proposals(tuple(_proposal(at, p) for p in rows)))


@router.get(
    "/proposals/{id}",
    summary="一项提议 / A proposal",
    openapi_extra=told(ProposalOut, 404, 422),
)
@says("一项提议；其修改与文本是对象。")
@reads
def proposal(request: HttpRequest, id: Id) -> HttpResponse:
    """One proposal; its change and its edition are objects."""
    at = now(request)
    known = at.inst.proposals.get(id)
    if known is None:
        raise not_found("提议", "proposal", id)
    return answer(_proposal(at, known))


def _proposal(at: Now, p: Proposal) -> ProposalOut:
    return ProposalOut(
        p.id,
        p.by,
        p.change,
        text_of_proposal(p)[0],
        stage_of(at, p),
        supporters_now(at.inst.on(at.day), p),
        iso(p.lapses.last),
        iso(p.open_by.last) if p.open_by else None,
        tuple(sorted(touched(p))),
        p.published_index,
        p.superseded_by,
        p.renews,
        p.renewed,
    )


@router.get(
    "/annexes", summary="附件 / Annexes", description="全部附件。 / Every annex.", openapi_extra=told(Annexes, 404)
)
@reads
def annexes(request: HttpRequest) -> HttpResponse:
    """Every annex."""
    at = now(request)
    rows = sorted(at.inst.annexes.values(), key=lambda a: (a.number or 9_999, a.id))
    return answer(Annexes(tuple(_annex(at, a) for a in rows)))


@router.get(
    "/annexes/{id}",
    summary="一份附件 / An annex",
    openapi_extra=told(AnnexOut, 404, 422),
)
@says("一份附件，按编号。")
@reads
def annex(request: HttpRequest, id: Id) -> HttpResponse:
    """One annex, by its id."""
    at = now(request)
    known = at.inst.annexes.get(id)
    if known is None:
        raise not_found("附件", "annex", id)
    return answer(_annex(at, known))


def _annex(at: Now, a: Annex) -> AnnexOut:
    return AnnexOut(
        a.id,
        a.title,
        a.text,
        a.scope,
        a.by,
        a.kind,
        a.target,
        annex_stage(at, a),
        a.number,
        day_or_none(a.published_day),
        tuple(sorted(as_it_stands(at.inst, a).signers)),
        a.superseded_by,
    )
