"""What letters there are to send, sort by sort; each is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
from django.utils.html import strip_tags

from gongyue.book.entry import decode
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.institution import Institution
from gongyue.governance.publication import LISTED
from gongyue.office import links, notices
from gongyue.office.applications import applications
from gongyue.office.count_text import needed_said, remarks, tests
from gongyue.office.objects import text_of_proposal
from gongyue.office.store import OPEN
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.letter_response import address, form, words_of
from gongyue.web.letters.forms import printable
from gongyue.web.letters.layout import Matter
from gongyue.web.letters.members import Admitted, Invitation, MembershipOver, NotAdmitted
from gongyue.web.letters.paper_notice import RecordedFromPaper
from gongyue.web.letters.publications import (
    CovenantPublished,
    InterpretationIssued,
    Listed,
    ListPublished,
    Submission,
)
from gongyue.web.letters.votes import CallToVote, ResultOfVote
from gongyue.web.names import act_name
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import pick


class Letter(NamedTuple):
    """A letter that can be made: its address part, what it is about, the entry it rests on, the letter."""

    of: str
    about: str
    day: int
    entry: int | None
    make: Callable[[], Matter]


class LetterType(NamedTuple):
    """A sort of letter: its name, those there are, whether it is confidential."""

    zh: str
    en: str
    letters: Callable[[Now], Iterator[Letter]]
    sealed: bool = False


def _recorded(now: Now) -> Iterator[Letter]:
    """What others recorded from paper in a unit's name, told already or not: a letter can be printed again."""
    opened = installation.office()
    known = opened.acts_by_unit.catch_up(opened.store)
    for unit in sorted({unit for unit, _ in known.from_paper()}):
        for told in notices.notices(now.inst, opened.store, unit, acts=known):
            if not told.own:
                about = pick(f"{told.name}：{told.zh}", f"{told.name}: {act_name(told.type)}")
                make = _later(RecordedFromPaper, told, now.time, address("unit_home", unit))
                yield Letter(told.id, about, day_of(told.recorded), told.index if told.book == "open" else None, make)


def _later(matter: Callable[..., Matter], *values: object, **named: object) -> Callable[[], Matter]:
    return lambda: matter(*values, **named)


def _law(now: Now, clause: str) -> tuple[str, str]:
    """The address of the article in which the present text, or the draft, has that clause, and its words; empty for none."""
    edition = now.inst.meaning.edition or now.inst.founding.draft
    found = edition.clause(clause) if edition else None
    return (edition.address(found.article), words_of(now.inst, found.article)) if edition and found else ("", "")


def _invited(now: Now) -> Iterator[Letter]:
    for unit in now.inst.units.values():
        if unit.status == "invited":
            at, words = _law(now, "membership.application")
            make = _later(Invitation, unit.name, words, address("unit_home", unit.id), at=at)
            yield Letter(unit.id, unit.name, now.day, None, make)


def _admitted(now: Now) -> Iterator[Letter]:
    """Applications granted."""
    for one in applications(now.inst, installation.office().store):
        if one.index is not None:
            since, applied = day_of(one.decided), iso(day_of(one.arrived))
            at, _ = _law(now, "membership.application")
            link = address("unit_home", one.unit)
            make = _later(Admitted, one.said.name, one.unit, applied, iso(since), one.index, link, at=at)
            yield Letter(str(one.index), one.said.name, since, one.index, make)


def _not_admitted(now: Now) -> Iterator[Letter]:
    for one in applications(now.inst, installation.office().store):
        if one.refusal is not None:
            clause = "membership.industry" if one.ground == "practitioner" else "membership.acceptance"
            (at, words), arrived, place = _law(now, clause), iso(day_of(one.arrived)), one.refusal.place
            make = _later(NotAdmitted, one.said.name, arrived, one.ground, words, one.reasons, place, at=at)
            yield Letter(place, one.said.name, day_of(one.decided), None, make)


def _over(now: Now) -> Iterator[Letter]:
    store = installation.office().store
    for event in now.inst.events.values():
        if not event.ends(now.inst.size):
            continue
        unit = now.inst.units[event.unit]
        way = "withdrawn" if event.what == "left" else "ended"
        opens = (links.of_entry(store, event.index) or b"").decode().strip() if way == "ended" else ""
        make = _later(MembershipOver, unit.name, unit.id, iso(unit.since), iso(event.day), way, event.index, opens)
        yield Letter(str(event.index), unit.name, event.day, event.index, make)


def _calls(now: Now) -> Iterator[Letter]:
    """One letter for each unit on the roll of an open vote."""
    inst = now.inst
    for vote in inst.votes.values():
        if vote.outcome:
            continue
        title, digest, summary, article = _subject(inst, vote.id)
        for uid in vote.roll:
            make = _later(
                CallToVote,
                inst.units[uid].name,
                vote.id,
                title,
                digest,
                summary,
                inst.meaning.at(article),
                words_of(inst, article),
                vote.opened,
                vote.closes,
                "；".join(zh for zh, _ in (needed_said(vote), *remarks(vote))),
                "; ".join(en for _, en in (needed_said(vote), *remarks(vote))),
                len(vote.roll),
                address("unit_home", uid),
                vote.public,
            )
            yield Letter(
                f"{vote.id}:{uid}",
                f"{strip_tags(title_of(now, vote.id))} · {inst.units[uid].name}",
                day_of(vote.opened),
                None,
                make,
            )


def _results(now: Now) -> Iterator[Letter]:
    inst = now.inst
    for vote in inst.votes.values():
        if not vote.outcome or vote.closed_index is None:
            continue
        title, digest, _, article = _subject(inst, vote.id)
        roll = len(vote.roll)
        arithmetic = "；".join(
            f"{t.name[0]} {t.part}/{t.whole}，须 {t.finding.enough or 1} 家（{t.finding.figures['arithmetic']}）"
            for t in tests(vote)
        )
        make = _later(
            ResultOfVote,
            "各成员单位",
            vote.id,
            title,
            digest,
            inst.meaning.at(article),
            words_of(inst, article),
            roll,
            vote.consents + vote.against + vote.abstain,
            vote.consents,
            vote.against,
            vote.abstain,
            arithmetic,
            vote.outcome,
            address("vote", vote.id),
            vote.public,
        )
        leaf = installation.office().store.leaf(OPEN, vote.closed_index)
        assert leaf is not None
        yield Letter(
            vote.id, strip_tags(title_of(now, vote.id)), day_of(decode(leaf).entry.rx.t), vote.closed_index, make
        )


def _subject(inst: Institution, vote: str) -> tuple[str, str, str, int]:
    """(title, digest of the text, summary, article) of what is voted on."""
    if proposal := inst.proposals.get(vote):
        return (
            f"修改公约的提议 {vote}",
            text_of_proposal(proposal)[0],
            f"全文与修改对照见 {address('proposal', vote)}",
            inst.meaning.article("amendment.adoption"),
        )
    annex = inst.annexes[vote]
    article = inst.meaning.article("annex.consent")
    return f"附件《{annex.title}》", annex.text, f"全文见 {address('annex', vote)}", article


def _covenant(now: Now) -> Iterator[Letter]:
    was, edition = now.inst.founding, now.inst.meaning.edition
    if was.published_day is None or edition is None:
        return
    at, words = _law(now, "founding.in_force")
    make = _later(
        CovenantPublished,
        was.digest,
        iso(was.published_day),
        approver.name if (approver := was.authority("approver", was.effective_day or was.published_day)) else "",
        was.number,
        len(was.initiators),
        words,
        tuple(place.url for place in was.places),
        at=at,
    )
    yield Letter("covenant", edition.title, was.published_day, was.published_index, make)


def _lists(now: Now) -> Iterator[Letter]:
    inst, store = now.inst, installation.office().store
    for one in inst.lists:
        content = msgspec.json.decode(store.object(one.object) or b"{}")
        rows = [
            tuple(Listed(line["name"], line["code"], line["on"]) for line in content.get(what, ())) for what in LISTED
        ]
        within = [e for e in inst.events.values() if e.day <= one.ends]
        members = sum(e.what == "joined" for e in within) - sum(e.ends(one.index) for e in within)
        at, words = _law(now, "publication.list")
        make = _later(ListPublished, one.number, iso(one.begins), iso(one.ends), *rows, members, words, at=at)
        yield Letter(str(one.number), pick(f"第 {one.number} 期", f"List {one.number}"), one.day, one.index, make)


def _interpretations(now: Now) -> Iterator[Letter]:
    store = installation.office().store
    for one in now.inst.interpretations:
        text = (store.object(one.text) or b"").decode("utf-8", "replace")
        sets = f"{one.name} = {one.value}" if one.name else ""
        make = _later(
            InterpretationIssued,
            one.number,
            now.inst.meaning.at(one.article),
            words_of(now.inst, one.article),
            text,
            iso(one.day),
            sets,
            _law(now, "interpretation.authority")[0],
        )
        yield Letter(str(one.number), pick(f"第 {one.number} 号", f"No. {one.number}"), one.day, one.index, make)


def _submission(now: Now) -> Iterator[Letter]:
    was = now.inst.founding
    approver = was.authority("approver", now.day)
    if approver is None:
        return
    yield from _to_file(now, approver.name)
    if was.stage not in {"frozen", "submitted"}:
        return
    at, words = _law(now, "founding.approval")
    make = _later(
        Submission,
        approver.name,
        "founding",
        was.digest,
        f"发起单位 {len(was.initiators)} 家，已签署 {len(was.signatures)} 家",
        at,
        words,
        address("home"),
        now.inst.genesis.executive if now.inst.genesis else "",
    )
    yield Letter("founding", approver.name, now.day, None, make)


def _to_file(now: Now, authority: str) -> Iterator[Letter]:
    """The report to the authority of each amendment adopted and not filed yet."""
    for one in now.inst.proposals.values():
        vote = now.inst.votes.get(one.id)
        if vote is None or vote.outcome != "adopted" or one.notified or one.pinned.authority == "none":
            continue
        at, words = _law(now, "amendment.adoption")
        figures = f"修改 {one.id} 已经表决通过：名册 {len(vote.roll)} 家，同意 {vote.whole.consents} 家。"
        digest = text_of_proposal(one)[0]
        executive = now.inst.genesis.executive if now.inst.genesis else ""
        make = _later(
            Submission, authority, "amendment", digest, figures, at, words, address("vote", one.id), executive
        )
        yield Letter(one.id, f"{authority} · {one.id}", vote.closed_day, vote.closed_index, make)


def _forms(now: Now) -> Iterator[Letter]:
    for kind in printable():
        yield Letter(kind.type, act_name(kind.type), now.day, None, _later(form, now.inst, kind))


SORTS = {
    "recorded": LetterType("据纸面记录的通知", "Notices of acts recorded from paper", _recorded, sealed=True),
    "call": LetterType("表决通知", "Calls to vote", _calls),
    "result": LetterType("表决结果", "Results of votes", _results),
    "admitted": LetterType("准予加入通知书", "Notices of admission", _admitted),
    "not-admitted": LetterType("不予加入通知书", "Notices of refusal", _not_admitted, sealed=True),
    "invitation": LetterType("加入邀请", "Invitations", _invited),
    "over": LetterType("成员资格状况确认函", "Confirmations of membership", _over),
    "submission": LetterType("报批函", "Submission to the authority", _submission),
    "covenant": LetterType("公约公布公告", "Publication of the covenant", _covenant),
    "list": LetterType("名单", "Lists", _lists),
    "interpretation": LetterType("解释", "Interpretations", _interpretations),
    "form": LetterType("纸面表格", "Paper forms", _forms),
}
"""The sorts of letters, in the order of the page."""
