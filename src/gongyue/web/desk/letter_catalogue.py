"""What letters there are to send, sort by sort; each is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils.html import strip_tags

from gongyue.book.entry import decode
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.governance.publication import LISTED
from gongyue.governance.value_words import words_of_setting
from gongyue.office.count_text import needed_said, remarks, tests
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.objects import text_of_proposal
from gongyue.office.store import OPEN
from gongyue.web import installation
from gongyue.web.desk.letter import Letter, LetterType, later, law_of
from gongyue.web.desk.member_letters import admitted, appointed, invited, not_admitted, over, recorded
from gongyue.web.installation import Now
from gongyue.web.letter_response import address, form, words_of
from gongyue.web.letters.forms import printable
from gongyue.web.letters.publications import (
    CovenantPublished,
    InterpretationIssued,
    Listed,
    ListPublished,
    Submission,
)
from gongyue.web.letters.votes import CallToVote, ResultOfVote
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import pick


def _calls(now: Now) -> Iterator[Letter]:
    """One letter for each unit on the roll of an open vote."""
    inst = now.inst
    for vote in inst.votes.values():
        if vote.outcome:
            continue
        (title, title_en), digest, summary, article = _subject(inst, vote.id)
        for uid in vote.roll:
            make = later(
                CallToVote,
                inst.units[uid].name,
                title,
                title_en,
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
        (title, title_en), digest, _, article = _subject(inst, vote.id)
        roll = len(vote.roll)
        arithmetic = "；".join(
            f"{t.name[0]} {t.part}/{t.whole}，须 {t.finding.enough or 1} 家（{t.finding.figures['arithmetic']}）"
            for t in tests(vote)
        )
        make = later(
            ResultOfVote,
            "各成员单位",
            title,
            title_en,
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


def _subject(inst: Institution, vote: str) -> tuple[tuple[str, str], str, str, int]:
    """(title in Chinese and English, digest of the text, summary, article) of what is voted on."""
    if proposal := inst.proposals.get(vote):
        return (
            matter_title(inst, vote),
            text_of_proposal(proposal)[0],
            f"全文与修改对照见 {address('proposal', vote)}",
            inst.meaning.article("amendment.adoption"),
        )
    annex = inst.annexes[vote]
    article = inst.meaning.article("annex.consent")
    return matter_title(inst, vote), annex.text, f"全文见 {address('annex', vote)}", article


def _covenant(now: Now) -> Iterator[Letter]:
    was, edition = now.inst.founding, now.inst.meaning.edition
    if was.published_day is None or edition is None:
        return
    at, words = law_of(now, "founding.in_force")
    make = later(
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
            tuple(Listed(line["name"], line["code"], line["on"], _beside(line)) for line in content.get(what, ()))
            for what in LISTED
        ]
        within = [e for e in inst.events.values() if e.day <= one.ends]
        members = sum(e.what == "joined" for e in within) - sum(e.ends(one.index) for e in within)
        at, words = law_of(now, "publication.list")
        make = later(ListPublished, one.number, iso(one.begins), iso(one.ends), *rows, members, words, at=at)
        yield Letter(str(one.number), pick(f"第 {one.number} 期", f"List {one.number}"), one.day, one.index, make)


def _beside(line: dict[str, Any]) -> str:
    """The former name of a unit on a list, or what an earlier list said of it."""
    if "listed" in line:
        return f"{LISTED[line['listed']]}{line.get('listed_name', '')}"
    return str(line.get("former", ""))


def _interpretations(now: Now) -> Iterator[Letter]:
    store = installation.office().store
    for one in now.inst.interpretations:
        text = (store.object(one.text) or b"").decode("utf-8", "replace")
        sets = words_of_setting(one.name, one.value) if one.name else None
        make = later(
            InterpretationIssued,
            one.number,
            now.inst.meaning.at(one.article),
            words_of(now.inst, one.article),
            text,
            iso(one.day),
            sets,
            law_of(now, "interpretation.authority")[0],
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
    at, words = law_of(now, "founding.approval")
    make = later(
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
        at, words = law_of(now, "amendment.adoption")
        title = matter_title(now.inst, one.id)
        figures = f"{title[0]}已经表决通过：名册 {len(vote.roll)} 家，同意 {vote.whole.consents} 家。"
        digest = text_of_proposal(one)[0]
        executive = now.inst.genesis.executive if now.inst.genesis else ""
        make = later(Submission, authority, "amendment", digest, figures, at, words, address("vote", one.id), executive)
        yield Letter(one.id, f"{authority} · {pick(*title)}", vote.closed_day, vote.closed_index, make)


def is_over(inst: Institution, kind: ActType) -> bool:
    """Whether nobody does it any more: what founds the covenant once it is in force, the first batch once the first list is published."""
    if kind.type == "membership.enrol/1":
        return bool(inst.lists)
    return inst.in_force and kind.type in ONCE


ONCE = frozenset(
    {
        "founding.import/1",
        "founding.designate/1",
        "founding.freeze/1",
        "founding.reopen/1",
        "founding.sign/1",
        "founding.step_out/1",
        "founding.submit/1",
        "founding.approval/1",
        "founding.publish/1",
        "interpretation.adopt/1",
    }
)
"""What is done once, before the covenant is in force."""


def _forms(now: Now) -> Iterator[Letter]:
    for kind in printable():
        if is_over(now.inst, kind):
            continue
        yield Letter(kind.type, pick(kind.sheet.zh, kind.sheet.do), now.day, None, later(form, now.inst, kind))


FORM, RECORDED = "form", "recorded"
"""The sort of blank forms; that whose letters are about acts in units' names, some of them in dossiers."""
OVER = "over"
"""The sort whose letters say on what a membership ended, which is told to its unit alone."""
SORTS = {
    RECORDED: LetterType("据纸面记录的通知", "Notices of acts recorded from paper", recorded, sealed=True),
    "call": LetterType("表决通知", "Calls to vote", _calls),
    "result": LetterType("表决结果", "Results of votes", _results),
    "admitted": LetterType("准予加入通知书", "Notices of admission", admitted),
    "not-admitted": LetterType("不予加入通知书", "Notices of refusal", not_admitted, sealed=True),
    "invitation": LetterType("加入邀请", "Invitations", invited),
    OVER: LetterType("成员资格状况确认函", "Confirmations of membership", over, sealed=True),
    "appointment": LetterType("任命通知书", "Letters of appointment", appointed),
    "submission": LetterType("报批函", "Submission to the authority", _submission),
    "covenant": LetterType("公约公布公告", "Publication of the covenant", _covenant),
    "list": LetterType("名单", "Lists", _lists),
    "interpretation": LetterType("解释", "Interpretations", _interpretations),
    FORM: LetterType("纸面表格", "Paper forms", _forms),
}
"""The sorts of letters, in the order of the page."""
