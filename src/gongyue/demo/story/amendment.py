"""The amendment: lists by the quarter, and a larger share to adopt a change (two thirds to three quarters), in one proposal."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.counting import enough_of
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.periods import day_of, iso
from gongyue.demo.simulated_office import json_object, paper, text_object
from gongyue.demo.story import voting
from gongyue.demo.story.membership import ended
from gongyue.demo.story.script import PUBLISHING, SECRETARY, Script
from gongyue.demo.world import WATERMARK
from gongyue.governance.institution import Institution

MATTER = "p:2026-01"
QUARTERLY = "，每季度至少一次"


def change_for(edition: Edition, digest: str) -> Change:
    """The change of the story."""
    return change_of(edition, digest, (*_lists(edition), *_share(edition)))


def change_of(
    edition: Edition, digest: str, edits: tuple[TextEdit, ...], bound: Mapping[str, tuple[str, str]] | None = None
) -> Change:
    """The change those edits make; where they do not fit the text, a sentence at its end. `bound`: as `complete` takes it."""
    try:
        ours = complete(edition, digest, edits, bound).change
        amend(edition, ours)
    except NotApplicable:
        last = edition.articles[-1]
        added = TextEdit(last.at, last.text, last.text + "（演示修改）")
        return complete(edition, digest, (added,)).change
    return ours


def _lists(edition: Edition) -> tuple[TextEdit, ...]:
    """Lists by the quarter, where the text has lists."""
    bound = edition.binding("publication.list")
    return (TextEdit(bound.at, bound.words, bound.words + QUARTERLY),) if bound else ()


def _share(edition: Edition) -> tuple[TextEdit, ...]:
    """A larger share to adopt a change: 3/4 for 2/3, 4/5 for 3/4."""
    bound = edition.binding("amendment.adoption")
    if bound is None:
        return ()
    share = Fraction(str(bound.value))
    larger = share_words(share.numerator + 1, share.denominator + 1)
    words = bound.words.replace(share_words(share.numerator, share.denominator), larger)
    return (TextEdit(bound.at, bound.words, words),) if words != bound.words else ()


def share_words(numerator: int, denominator: int) -> str:
    """三分之二."""
    return f"{to_chinese(denominator)}分之{to_chinese(numerator)}"


def propose(script: Script) -> None:
    """Three supporters are too few, a fourth carries it."""
    script.chapter("修改公约：提议", "Amending the covenant: the proposal")
    edition, digest = script.inst.meaning.edition, script.inst.meaning.edition_digest
    assert edition is not None
    change = change_for(edition, digest)
    by = script.unit("beichen")
    script.at("2026-10-12 10:00")
    if change.bindings and _share(edition):
        _half_a_change(script, by, edition, digest)
    body, files = initiation(MATTER, change, edition)
    zh, en = "提议修改公约，正文与数额一并列明", "proposes to amend the covenant: words and numbers in one diff"
    script.do("amendment.initiate/1", by, body, zh, en, files=files, figures=_supporters)
    need = enough_of(script.inst.meaning.share("amendment.proposal").size, len(script.inst.members))
    others = [u.id for u in script.world.unit if u.id in script.inst.members and u.id != by]
    _collect(script, by, others, need)


def _half_a_change(script: Script, by: str, edition: Edition, digest: str) -> None:
    """A diff that changes the words and leaves the number behind does not apply."""
    half = Change(digest, _share(edition))
    body, files = initiation(MATTER, half, edition, fits=False)
    zh, en = "提议只改文字、漏列数额", "proposes new words but leaves the number out"
    script.refused("amendment.initiate/1", by, body, zh, en, files=files)


def initiation(matter: str, change: Change, edition: Edition, fits: bool = True) -> tuple[dict[str, Any], list[bytes]]:
    """The body of a proposal of that change, and its objects: the diff, the text that results."""
    result, text = json_object(to_data(amend(edition, change) if fits else edition))
    digest, diff = json_object(msgspec.to_builtins(change))
    return {"proposal": matter, "change": digest, "edition": result}, [diff, text]


def _collect(script: Script, by: str, others: list[str], need: int) -> None:
    for place, unit in enumerate(others[: need - 1]):
        last = place == need - 2
        if last:
            script.at("2026-10-12 16:00")
            script.refused("amendment.file/1", by, {"proposal": MATTER}, "提出修改案", "files the proposal")
        script.at("2026-10-14 11:00" if last else f"2026-10-12 {11 + place // 15}:{place % 15 * 4:02}")
        zh, en = "附议" + ("：够了" if last else ""), "supports it" + (": that carries it" if last else "")
        script.do("amendment.support/1", unit, {"proposal": MATTER}, zh, en, figures=_supporters)
    script.at("2026-10-14 15:00")
    script.do("amendment.file/1", by, {"proposal": MATTER}, "提出修改案", "files the proposal", figures=_supporters)
    open_by = script.inst.proposals[MATTER].open_by
    assert open_by is not None
    script.takes("2026-10-14", "2026-10-29", open_by.last)


def _supporters(inst: Institution) -> str:
    count, roll = len(inst.proposals[MATTER].supporters), len(inst.members)
    share = inst.meaning.share("amendment.proposal").size
    left, right = share.denominator * count, share.numerator * roll
    return f"{count}/{roll}, {share.denominator}×{count}={left}{'≥' if left >= right else '<'}{right}"


def vote(script: Script) -> None:
    """The window, ballots sealed until its end; one consenter's membership ends on the way."""
    script.chapter("修改公约：表决", "Amending the covenant: the vote")
    script.at("2026-10-26 09:00")
    voting.opened_by_secretary(script, MATTER)
    script.takes("2026-10-26", "2026-11-26", day_of(script.inst.votes[MATTER].closes))
    script.tick()
    script.refused(
        "vote.ballot/1", "exec", {"vote": MATTER, "choice": "consent"}, "执行机构投票", "votes", signers=[SECRETARY]
    )
    choices = voting.plan(script, [script.unit("beichen"), script.unit("dukou")], script.unit("yehang"))
    changed = script.unit("dukou") if choices.get(script.unit("dukou")) == "consent" else ""
    before = choices | ({changed: "against"} if changed else {})
    on_paper = next(u for u in reversed(choices) if choices[u] == "consent")
    days = ("2026-10-27", "2026-10-30", "2026-11-03", "2026-11-06", "2026-11-10", "2026-11-13")
    ticks: dict[str, Any] = {"2026-11-02": None, "2026-11-09": None, "2026-11-16": lambda: _too_early(script)}
    late = script.unit("caiwei") if choices.get(script.unit("caiwei")) == "against" else ""
    in_time = {unit: choice for unit, choice in before.items() if unit != late}
    voting.over_weeks(script, MATTER, in_time, days, ticks, on_paper)
    if changed and not script.inst.votes[MATTER].outcome:
        script.at("2026-11-18 10:00")
        voting.cast(script, MATTER, changed, "consent", again=True)
    if late:
        script.at("2026-11-18 11:00")
        voting.cast(script, MATTER, late, "against")
    ended(script)
    script.at("2026-11-23 09:00").tick()
    script.keep_checkpoint("muduo")
    script.at("2026-11-26 09:00").tick()
    script.keep_checkpoint("dukou")


def _too_early(script: Script) -> None:
    """A count before the window's end is refused."""
    body = {
        "matter": MATTER,
        "anchor": script.inst.anchors[-1].slot,
        "ballots": "",
        "handed": "",
        "consents": 25,
        "against": 0,
        "abstain": 0,
        "paper_consents": 0,
        "paper_against": 0,
        "paper_abstain": 0,
        "consents_left": 25,
        "voted_left": 25,
        "roll_left": len(script.inst.members),
        "outcome": "adopted",
    }
    zh, en = "提前结束表决", "closes the vote early"
    script.refused("vote.close/1", "exec", body, zh, en, signers=[SECRETARY])


def into_force(script: Script) -> None:
    """Filed with the authority, published, in force: the next vote is judged by the new number."""
    proposal = script.inst.proposals[MATTER]
    if script.inst.votes[MATTER].outcome != "adopted":
        script.remark("修改案未获通过，文本不变", "the proposal was not adopted: the text stays")
        return
    script.at("2026-11-27 10:00")
    day = iso(script.today)
    letter = paper("演联函〔2026〕31号", day, day)
    body: dict[str, Any] = {"proposal": MATTER, "edition": proposal.edition_digest}
    zh, en = "向主管部门备案", "files the amendment with the authority"
    script.do("amendment.notify/1", "exec", body, zh, en, paper=letter)
    script.at("2026-11-30 10:00")
    before = script.inst.meaning.share("amendment.adoption").size
    day = iso(script.today)
    evidence, page = text_object(f"{WATERMARK}　{day} 网页快照：公约修改。")
    places = [{"url": "https://alliance.example/amendment-1", "evidence": evidence}]
    body |= {"in_force": day, "places": places}
    zh, en = "公布修改，自即日施行", "publishes the amendment: in force today"
    figures = f"{before.numerator}/{before.denominator} → "
    script.do(
        "amendment.publish/1",
        "exec",
        body,
        zh,
        en,
        signers=PUBLISHING,
        files=[page],
        figures=lambda i: figures + _adopts(i),
    )


def _adopts(inst: Institution) -> str:
    share = inst.meaning.share("amendment.adoption").size
    return f"{share.numerator}/{share.denominator}"
