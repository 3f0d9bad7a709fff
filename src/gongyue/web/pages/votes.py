"""Votes and proposals (articles 22, 24): turnout and threshold while open; results, ballots and a recount afterwards."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from gongyue.covenant.periods import day_of
from gongyue.governance.poll import Turnout, Vote
from gongyue.office.count_text import remarks, share_said
from gongyue.office.facts.proposals import proposals
from gongyue.office.facts.shapes import path_of
from gongyue.office.facts.silences import of_changes
from gongyue.office.facts.votes import COUNTS, VoteOut, closed_early, closed_votes, open_votes, vote_out
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages import vote_tally
from gongyue.web.pages.act_descriptions import article_link, party
from gongyue.web.pages.decorators import page
from gongyue.web.pages.margin_notes import spoken_share
from gongyue.web.pages.pagination import newest_first
from gongyue.web.pages.proposals import changes
from gongyue.web.pages.timeline import steps, title_of
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick

PER_PAGE = 200


class Bar(msgspec.Struct, frozen=True):
    """A bar in percent of the roll: pieces from the left, and where the threshold stands."""

    pieces: tuple[tuple[str, float, float], ...]
    threshold: float


class Summary(msgspec.Struct, frozen=True):
    """A vote in a list; `counts`: its last day is still to come, so that days are told."""

    vote: VoteOut
    title: SafeString
    stage: str
    counts: bool


def remarks_on(vote: Vote) -> list[str]:
    """What is told beside the number needed: the quorum, that a minority can decide."""
    return [pick(*said) for said in remarks(vote)]


def summary(at: Now, vote: VoteOut) -> Summary:
    """A vote in a list."""
    stage = names.localise(names.STAGES, vote.outcome)
    return Summary(vote, title_of(at, vote.id), stage, day_of(vote.closes) - 1 > at.day)


@page
def votes(request: HttpRequest) -> HttpResponse:
    """Votes under way, proposals that may still become law, votes closed."""
    at = now(request)
    listed = [(p, names.proposal_stage(p.stage, p.by), title_of(at, p.id)) for p in proposals(at)[::-1]]
    context = {
        "here": "votes",
        "open": [summary(at, v) for v in open_votes(at)],
        "closed": [summary(at, v) for v in closed_votes(at)],
        "proposals": listed,
        "unchanging": pick(*of_changes(at.inst.meaning.edition) or ("", "")),
    }
    return render(request, "pages/votes.html", context)


@page
def vote(request: HttpRequest, id: str, number: int = 1) -> HttpResponse:
    """One vote. While it is open only turnout and threshold are shown; the split appears at close (art. 22)."""
    at = now(request)
    shown = at.inst.votes.get(id)
    if shown is None:
        raise Http404(id)
    shared, rows = shown_of(at, shown), vote_tally.ballots(at, shown)
    pages = newest_first(range(len(rows)), number, PER_PAGE)
    clause = at.inst.meaning.clause("amendment.adoption")
    context = {
        **shared,
        "here": "votes",
        "proposal": at.inst.proposals.get(id),
        "share": spoken_share(shown.share.size),
        "branch": len(shown.branch)
        if shown.public and shown.share.base != "branch"
        else 0,  # of ballots open to members only nobody else can count it
        "branch_warning": bool(
            shown.branch and shown.public and shown.outcome and 2 * shown.branch_consents < len(shown.branch)
        ),
        "ballots": [(rows[i], party(at, rows[i].unit)) for i in pages.items],
        "pages": pages,
        "days_left": day_of(shown.closes) - 1 - at.day,
        "basis": article_link(at, clause.article) if clause else "",
        "turnout_days": [(t, at.index.day(i), i) for t, i in _turnout_entries(at, shown)],
        "paper": any(shown.on_paper),
        **_by_name(at, shown, rows),
    }
    return render(request, "pages/vote.html", context)


def _by_name(at: Now, shown: Vote, rows: list[vote_tally.BallotRow]) -> dict[str, Any]:
    """The frozen roll by name; of a closed vote whose ballots all can read also who cast none, and who is in one test alone."""
    roll = sorted(shown.roll)
    named: dict[str, Any] = {"roll": [party(at, unit) for unit in roll[:PER_PAGE]], "roll_more": len(roll[PER_PAGE:])}
    if not (shown.public and shown.outcome and rows):
        return named
    cast = {row.unit for row in rows}
    silent = [unit for unit in roll if unit not in cast]
    gone = cast & (set(roll) - vote_tally.still_at_close(at, shown))
    return named | {
        "silent": [party(at, unit) for unit in silent[:PER_PAGE]],
        "silent_more": len(silent[PER_PAGE:]),
        "gone": gone,
    }


def shown_of(at: Now, vote: Vote) -> dict[str, Any]:
    """What every page of a vote shows, whoever looks at it."""
    told = vote_out(at, vote)
    return {
        "vote": vote,
        "told": told,
        "title": title_of(at, vote.id),
        "closed_early": closed_early(vote),
        "annex": at.inst.annexes.get(vote.id),
        "whom": pick(*share_said(vote.share)),
        "remarks": remarks_on(vote),
        "bar": bar(told),
        "tests": vote_tally.tests_of(vote) if vote.outcome else [],
        "steps": steps(at, vote.id),
        "ballots_path": path_of(told.ballots or ""),
        **changes(at, at.inst.proposals.get(vote.id)),
    }


def _turnout_entries(at: Now, shown: Vote) -> list[tuple[Turnout, int]]:
    index = at.index
    mine = set(index.of("matter", shown.id, at.size))
    places = [p for p in index.of("type", "vote.turnout/1", at.size) if p in mine]
    return list(zip(shown.turnouts, places, strict=False))


def bar(shown: VoteOut) -> Bar:
    """The bar of a vote: turnout while it is open, the split once it is closed."""
    roll = max(1, shown.roll)
    threshold = min(100, 100 * shown.enough / roll)
    if not shown.closed:
        return Bar((("turnout", 0.0, round(100 * shown.voted / roll, 2)),), round(threshold, 2))
    pieces, start = [], 0.0
    for name, count in (("consent", shown.consents), ("against", shown.against), ("abstain", shown.abstain)):
        width = 100 * (count or 0) / roll
        pieces.append((name, round(start, 2), round(width, 2)))
        start += width
    return Bar(tuple(pieces), round(threshold, 2))


def _turnouts(at: Now, found: vote_tally.Recount) -> list[tuple[int, Turnout, Turnout]]:
    """Each turnout as stated and as counted, with the day of its anchor."""
    days = {anchor.slot: day_of(anchor.time) for anchor in at.inst.anchors}
    return [(days[stated.anchor], stated, counted) for stated, counted in found.turnouts]


@page
def recount(request: HttpRequest, id: str) -> HttpResponse:
    """A closed vote counted again from its disclosure object, here and now."""
    at = now(request)
    shown = at.inst.votes.get(id)
    if shown is None or shown.closed_index is None:
        raise Http404(id)
    told, found = vote_out(at, shown), vote_tally.recount(at, shown) if shown.public else None
    context = {
        "here": "votes",
        "vote": shown,
        "title": title_of(at, id),
        "found": found,
        "turnouts": _turnouts(at, found) if found else [],
        "object": told.ballots or "",
        "object_path": path_of(told.ballots or ""),
        "rows": [(pick("公布", "stated"), found.stated), (pick("数得", "counted"), found.counted)] if found else [],
        "stated": " ".join(str(getattr(told, name)) for name in COUNTS),
        "roll_units": sorted(shown.roll),
        "gone": sorted(set(shown.roll) - vote_tally.still_at_close(at, shown)),
        "moved": [f"{row.sealed}={row.moved}" for row in vote_tally.ballots(at, shown) if row.moved],
        "void": [row.sealed for row in vote_tally.ballots(at, shown) if row.standing in {"void", "untold", "left"}],
    }
    return render(request, "pages/recount.html", context)
