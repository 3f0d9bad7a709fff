"""`/api/votes`, `/api/proposals`, `/api/annexes`: what is being decided, and what was (articles 22, 24)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from gongyue.office.facts.annexes import Annexes, AnnexOut, annex_out
from gongyue.office.facts.annexes import annexes as all_annexes
from gongyue.office.facts.proposals import ProposalOut, Proposals, proposal_out
from gongyue.office.facts.proposals import proposals as all_proposals
from gongyue.office.facts.votes import VoteOut, Votes, vote_out
from gongyue.office.facts.votes import votes as all_votes
from gongyue.web.api.openapi import chinese_summary, public_read, response_schemas
from gongyue.web.api.schemas import found, json_response
from gongyue.web.request_state import now

router = Router(tags=["表决 / Votes"])
Id = Annotated[str, Path(max_length=42)]


@router.get(
    "/votes",
    summary="表决 / Votes",
    openapi_extra=response_schemas(Votes, 404),
)
@chinese_summary("全部表决。进行中只列已投票数与门槛，结束后才列各选项。")
@public_read
def votes(request: HttpRequest) -> HttpResponse:
    """Every vote, open and closed."""
    return json_response(Votes(all_votes(now(request))))


@router.get(
    "/votes/{id}",
    summary="一次表决 / A vote",
    openapi_extra=response_schemas(VoteOut, 404, 422),
)
@chinese_summary("一次表决，按事项编号。")
@public_read
def vote(request: HttpRequest, id: Id) -> HttpResponse:
    """One vote, by the id of its matter."""
    at = now(request)
    return json_response(vote_out(at, found(at.inst.votes.get(id), "表决", "vote", id)))


@router.get(
    "/proposals",
    summary="修改提议 / Proposals",
    openapi_extra=response_schemas(Proposals, 404),
)
@chinese_summary("全部修改提议。")
@public_read
def proposals(request: HttpRequest) -> HttpResponse:
    """Every proposed amendment."""
    return json_response(Proposals(all_proposals(now(request))))


@router.get(
    "/proposals/{id}",
    summary="一项提议 / A proposal",
    openapi_extra=response_schemas(ProposalOut, 404, 422),
)
@chinese_summary("一项提议；其修改与文本是对象。")
@public_read
def proposal(request: HttpRequest, id: Id) -> HttpResponse:
    """One proposal; its change and its edition are objects."""
    at = now(request)
    return json_response(proposal_out(at, found(at.inst.proposals.get(id), "提议", "proposal", id)))


@router.get(
    "/annexes",
    summary="附件 / Annexes",
    description="全部附件。 / Every annex.",
    openapi_extra=response_schemas(Annexes, 404),
)
@public_read
def annexes(request: HttpRequest) -> HttpResponse:
    """Every annex."""
    return json_response(Annexes(all_annexes(now(request))))


@router.get(
    "/annexes/{id}",
    summary="一份附件 / An annex",
    openapi_extra=response_schemas(AnnexOut, 404, 422),
)
@chinese_summary("一份附件，按编号。")
@public_read
def annex(request: HttpRequest, id: Id) -> HttpResponse:
    """One annex, by its id."""
    at = now(request)
    return json_response(annex_out(at, found(at.inst.annexes.get(id), "附件", "annex", id)))
