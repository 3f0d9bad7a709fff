"""The course of a proposal or an annex: which steps were taken, when, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongyue.covenant.addresses import all_in_english
from gongyue.governance import sheet
from gongyue.governance.sheet_words import Mark
from gongyue.office.facts.covenant import edition_of
from gongyue.office.facts.proposals import is_alive
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.editions import changed_articles
from gongyue.web.templatetags.words import chinese, pick, speaks_chinese


class TimelineStep(msgspec.Struct, frozen=True):
    """A step of a proposal's course: what, when (0: not yet), and whether it is done, under way or to come."""

    name: str
    day: int
    state: str
    index: int | None = None


def steps(at: Now, id: str) -> list[TimelineStep]:
    """The course of a proposal or annex, with the day of each step that was taken."""
    index = at.index
    mine = set(index.of("matter", id, at.size))
    course = _course(at, id)
    done = {
        step.at: place for type, step in course.items() for place in mine.intersection(index.of("type", type, at.size))
    }
    known = at.inst.votes.get(id)
    voting = known is not None and not known.outcome
    ended = id in at.inst.proposals and not is_alive(at, at.inst.proposals[id])
    return list(_steps(at, done, course.values(), voting, ended))


def _course(at: Now, id: str) -> dict[str, sheet.Step]:
    """The steps of a proposal, or of an annex, by act type; without the authority's where the text knows of none."""
    matter = "annex" if id in at.inst.annexes else "amendment"
    known = at.inst.proposals.get(id)
    alone = known is not None and known.pinned.authority == "none"
    return {
        type: said.step
        for type, said in sheet.SHEETS.items()
        if said.step and type.startswith((f"{matter}.", "vote.")) and not (alone and Mark.AUTHORITY in said.marks)
    }


def _steps(
    at: Now, done: dict[int, int], course: Iterable[sheet.Step], voting: bool, ended: bool
) -> Iterator[TimelineStep]:
    """What was recorded is done; an open vote is under way; otherwise the first step missing is."""
    under_way, opened = voting or ended, sheet.SHEETS["vote.open/1"].step
    for number, step in sorted({step.at: step for step in course}.items()):
        place = done.get(number)
        day = at.index.day(place) if place is not None else 0
        state = "" if place is not None else "next" if under_way else "now"
        under_way = under_way or state == "now"
        yield TimelineStep(pick(step.zh, step.en), day, "now" if voting and step == opened else state, place)


def title_of(at: Now, id: str) -> SafeString:
    """What a proposal, an annex or its vote is about."""
    if id in at.inst.annexes:
        return chinese(at.inst.annexes[id].title)
    proposal = at.inst.proposals.get(id)
    if proposal is None:
        return SafeString("")
    numbers = sorted(c.number for c in changed_articles(edition_of(at, proposal.base), proposal.edition))
    found = [proposal.edition.address(n) for n in numbers]
    if speaks_chinese():
        named = ((names.article_name(at),) for at in found)
        return format_html("修改{}", format_html_join("、", '<span class="nowrap">{}</span>', named))
    return format_html("Amendment of {}", all_in_english(found))
