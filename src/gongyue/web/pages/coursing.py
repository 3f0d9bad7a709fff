"""The course of a proposal or an annex: which steps were taken, when, and which comes next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongyue.covenant.addresses import in_english
from gongyue.office.facts.covenant import edition_of
from gongyue.office.facts.proposals import is_alive
from gongyue.web import naming
from gongyue.web.installation import Now
from gongyue.web.pages.editions import changed_articles
from gongyue.web.templatetags.words import chinese, pick, speaks_chinese


class Step(msgspec.Struct, frozen=True):
    """A step of a proposal's course: what, when (0: not yet), and whether it is done, under way or to come."""

    name: str
    day: int
    state: str
    index: int | None = None


Course = tuple[tuple[str, str, str], ...]
COURSE: Course = (
    ("amendment.initiate/1", "发起", "initiated"),
    ("amendment.file/1", "提出", "filed"),
    ("vote.open/1", "表决", "vote"),
    ("vote.close/1", "计票公布", "count"),
    ("amendment.report/1", "备案", "filed with the authority"),
    ("amendment.publish/1", "公布施行", "published"),
)
ANNEX_COURSE: Course = (
    ("annex.initiate/1", "发起", "initiated"),
    ("vote.open/1", "表决", "vote"),
    ("vote.close/1", "计票公布", "count"),
    ("annex.publish/1", "公布施行", "published"),
)


def steps(at: Now, id: str) -> list[Step]:
    """The course of a proposal or annex, with the day of each step that was taken."""
    index = at.index
    done: dict[str, int] = {}
    mine = set(index.of("matter", id, at.size))
    for name in {name for name, _, _ in (*COURSE, *ANNEX_COURSE)} | {"amendment.approval/1"}:
        for place in mine.intersection(index.of("type", name, at.size)):
            done[name] = place
    if "amendment.approval/1" in done:  # the other choice of amendment.authority
        done["amendment.report/1"] = done["amendment.approval/1"]
    known = at.inst.votes.get(id)
    voting = known is not None and not known.outcome
    ended = id in at.inst.proposals and not is_alive(at, at.inst.proposals[id])
    return list(_steps(at, done, _course(at, id), voting, ended))


def _course(at: Now, id: str) -> Course:
    """The steps of a proposal, or of an annex; without the authority's where the text knows of none."""
    if id in at.inst.annexes:
        return ANNEX_COURSE
    known = at.inst.proposals.get(id)
    if known is not None and known.pinned.authority == "none":
        return tuple(step for step in COURSE if step[0] != "amendment.report/1")
    return COURSE


def _steps(at: Now, done: dict[str, int], course: Course, voting: bool, ended: bool) -> Iterator[Step]:
    """What was recorded is done; an open vote is under way; otherwise the first step missing is."""
    under_way = voting or ended
    for name, zh, en in course:
        place = done.get(name)
        day = at.index.day(place) if place is not None else 0
        state = "" if place is not None else "next" if under_way else "now"
        under_way = under_way or state == "now"
        yield Step(pick(zh, en), day, "now" if voting and name == "vote.open/1" else state, place)


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
        named = ((naming.article_name(at),) for at in found)
        return format_html("修改{}", format_html_join("、", '<span class="nowrap">{}</span>', named))
    return format_html("Amendment of {}", ", ".join(map(in_english, found)))
