"""The covenant's text with its chapters, and one page for each article with everything that hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from gongyue.covenant.binding.sheet import otherwise
from gongyue.covenant.binding.sheet_absences import LACKING
from gongyue.covenant.binding.sheet_entry import Entry
from gongyue.covenant.edition import Edition
from gongyue.governance import absences
from gongyue.governance.acts import ACT_TYPES, Book
from gongyue.governance.articles import article_card, chapter_title
from gongyue.governance.institution import Institution
from gongyue.governance.proposal import Proposal
from gongyue.office.facts import silences
from gongyue.office.facts.covenant import done_under, editions
from gongyue.office.facts.duties import public_duties
from gongyue.office.facts.proposals import stage_of, touched
from gongyue.office.index import ROUTINE
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages import site_status
from gongyue.web.pages.act_descriptions import tell_all
from gongyue.web.pages.approvals import approval_of
from gongyue.web.pages.decorators import page
from gongyue.web.pages.headings import heading
from gongyue.web.pages.margin_notes import notes
from gongyue.web.pages.marked_text import law
from gongyue.web.pages.pagination import newest_first
from gongyue.web.pages.text_diff import excerpt
from gongyue.web.pages.timeline import title_of
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick

LAST = 10
"""Acts done under an article that its page lists; the explorer lists all."""


class Line(msgspec.Struct, frozen=True):
    """An article in a list of articles: its number, name and heading, and whether a vote would change it."""

    number: int
    name: str
    heading: str
    voting: bool
    law: tuple[SafeString, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """A chapter in the list of articles."""

    title: str
    lines: tuple[Line, ...]


class Diff(msgspec.Struct, frozen=True):
    """What a proposal would change in one article."""

    proposal: Proposal
    title: SafeString
    stage: str
    stage_name: str
    words: SafeString


def present(now_: Now) -> Edition:
    """The edition in force."""
    assert now_.inst.meaning.edition is not None
    return now_.inst.meaning.edition


def contents(now_: Now, words: bool = False) -> list[Part]:
    """The articles by chapter; with their words where asked."""
    edition, voting = present(now_), site_status.articles_under_vote(now_)
    parts: dict[int | None, list[Line]] = {}
    for article in edition.articles:
        address = reverse("article", args=[article.number])
        text = tuple(law(article_card(edition, article.number), address)) if words else ()
        name = names.article_name(article.at)
        line = Line(article.number, name, heading(article), article.number in voting, text)
        parts.setdefault(article.chapter, []).append(line)
    return [Part(chapter_title(edition, place), tuple(lines)) for place, lines in parts.items()]


@page
def covenant(request: HttpRequest) -> HttpResponse:
    """The whole text in force."""
    at = now(request)
    known = editions(at)
    context = {
        "here": "covenant",
        "parts": contents(at, words=True),
        "issue": known[-1],
        "issues": known,
        "approved": approval_of(at, known[0]),
        "approval": approval_of(at, known[-1]),
        "suspended": site_status.suspended(at),
        "founding": at.inst.founding,
        "absent": absent(at.inst, present(at)),
        "beyond": beyond(present(at)),
        "left": left(present(at)),
        "unchanging": pick(*silences.of_changes(present(at)) or ("", "")),
    }
    return render(request, "pages/covenant.html", context)


class Absent(msgspec.Struct, frozen=True):
    """What the text does not have and what holds instead; or a passage of it that was decided to be other matter, and why."""

    label: str
    words: str
    said: SafeString


_NAME = re.compile(r"\b[a-z]+\.[a-z_]+\b")


def absent(inst: Institution, edition: Edition) -> list[Absent]:
    """What the text does not have, each with its passages that were decided otherwise, and what was not adopted.

    Names for machines are set as code.
    """
    return list(map(_said, absences.absent(inst, edition)))


def beyond(edition: Edition) -> list[Absent]:
    """What the text says and the rules do not carry out as it says, each with what is done instead."""
    return list(map(_said, otherwise(edition.parts, edition.bindings)))


class Left(msgspec.Struct, frozen=True):
    """A sentence that the software does not carry out: the article it stands in (0: a title or heading), its words, and why."""

    number: int
    name: str
    words: str
    said: str


def left(edition: Edition, number: int = 0) -> list[Left]:
    """Every sentence that nothing carries out, of the whole text or of one article."""
    found = (
        Left(edition.position(e.at), names.article_name(e.at) if e.at else "", e.words, pick(e.zh, e.en))
        for e in absences.left_of(edition)
    )
    return sorted((one for one in found if number in (0, one.number)), key=lambda one: one.number)


def _said(e: Entry) -> Absent:
    said = pick(e.zh, e.en.removeprefix(LACKING))
    return Absent(e.label, e.words, SafeString(_NAME.sub(r"<code>\g<0></code>", escape(said))))


@page
def article(request: HttpRequest, number: int) -> HttpResponse:
    """One article: its words, notes, status, proposals, rules, acts, refusals, deadlines."""
    at = now(request)
    edition = present(at)
    if not 1 <= number <= len(edition.articles):
        raise Http404(number)
    card = article_card(edition, number, at.inst.meaning.procedure)
    routine, under = set(at.index.of_types(ROUTINE, at.size)), done_under(at, number)
    done = [place for place in under if place not in routine]
    context = {
        "here": "covenant",
        "number": number,
        "name": names.article_name(edition.address(number)),
        "heading": heading(edition.article(number)),
        "chapter": card.chapter,
        "parts": contents(at),
        "law": law(card),
        "left": left(edition, number),
        "notes": notes(at, card),
        "card": card,
        "diffs": list(_diffs(at, number)),
        "suspended": [s for s in site_status.suspended(at) if s.article == number],
        "duties": [d for d in public_duties(at) if d.article == number],
        "done": tell_all(at, newest_first(done, 1, LAST).items),
        "done_count": len(done),
        "sealed": any(ACT_TYPES[one.type].book is Book.SEALED for one in card.acts),
        "sanctions": at.inst.meaning.article("sanction.list"),
        "ended": len(at.index.of("type", "membership.end/1", at.size)),
        "routine_count": len(under) - len(done),
        "before": number - 1,
        "after": number + 1 if number < len(edition.articles) else 0,
    }
    return render(request, "pages/article.html", context)


def _diffs(at: Now, number: int) -> Iterator[Diff]:
    """The proposals that may still become law and would change the article."""
    text = present(at).article(number).text
    for proposal in site_status.alive_proposals(at):
        if number in touched(proposal):
            after = proposal.edition.article(number).text
            stage = stage_of(at, proposal)
            yield Diff(
                proposal,
                title_of(at, proposal.id),
                stage,
                names.proposal_stage(stage, proposal.by),
                excerpt(text, after),
            )
