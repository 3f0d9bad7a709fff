"""How a vote's share, its quorum and what is needed are said, in Chinese and English: pages, command line and letters alike."""

from __future__ import annotations

from msgspec import Struct

from gongyue.covenant.counting import (
    OF_VOTERS,
    MoreThan,
    Share,
    consents_needed,
    minority_decides,
    quorate,
    reaches,
    voters_needed,
)
from gongyue.covenant.refusals import share_words
from gongyue.covenant.rulings import Finding
from gongyue.governance.poll import Vote
from gongyue.governance.stage_names import STAGES

Bilingual = tuple[str, str]
"""Chinese, English."""
OUTCOMES: dict[str, Bilingual] = {"open": ("进行中", "open")} | {
    name: STAGES[name] for name in ("adopted", "rejected", "no_quorum")
}
"""What has become of a vote."""


def share_said(share: Share) -> Bilingual:
    """全体成员单位的三分之二以上, 2/3 of all member units."""
    zh, en = (share_words(share.text, share.base, language) for language in ("zh", "en"))
    if isinstance(share.size, MoreThan):
        return f"超过{zh['whom']}的{zh['share']}", f"more than {en['share']} of {en['whom']}"
    return f"{zh['whom']}的{zh['share']}以上", f"{en['share']} of {en['whom']}"


class Test(Struct, frozen=True):
    """One test of a closed vote: what it is, how many of how many, and what was found."""

    name: Bilingual
    part: int
    whole: int
    finding: Finding


def tests(vote: Vote) -> list[Test]:
    """Both tests of a closed vote, of all and of those members to the end; before them the quorum's, where there is one."""
    voters, counts = vote.share.base in OF_VOTERS, (vote.whole, vote.left)
    names = zip(_OF_VOTERS if voters else _OF_THE_ROLL, counts, strict=True)
    consent = [Test(name, c.consents, c.voted if voters else c.roll, reaches(vote.share, c)) for name, c in names]
    if vote.quorum is None:
        return consent
    quorum = zip(_QUORUM, counts, strict=True)
    return [Test(name, c.voted, c.roll, quorate(vote.quorum, c)) for name, c in quorum] + consent


_OF_THE_ROLL = (("占冻结名册", "of the frozen roll"), ("占截止时仍在册单位", "of those members to the end"))
_OF_VOTERS = (
    ("占投票单位", "of those that voted"),
    ("占截止时仍在册的投票单位", "of those that voted and were members to the end"),
)
_QUORUM = (
    ("法定人数，占冻结名册", "quorum, of the frozen roll"),
    ("法定人数，占截止时仍在册单位", "quorum, of those members to the end"),
)


def needed_said(vote: Vote) -> Bilingual:
    """How many consents are needed, of whom."""
    zh, en = share_said(vote.share)
    return f"须 {vote.needed} 家同意（{zh}）", f"{vote.needed} must consent ({en})"


def remarks(vote: Vote) -> list[Bilingual]:
    """What a reader must know beside it: how many must vote; that a minority can decide."""
    said: list[Bilingual] = []
    roll = len(vote.roll)
    if vote.quorum is not None:
        must, (zh, en) = voters_needed(vote.quorum, roll), share_said(vote.quorum)
        said.append(
            (
                f"法定人数：须 {must} 家投票（{zh}），弃权也算；不足则没有通过任何事项",
                f"quorum: {must} must vote ({en}), abstentions count; with fewer nothing is adopted",
            )
        )
    if minority_decides(vote.share, vote.quorum, roll):
        least, (zh, en) = consents_needed(vote.share, vote.quorum, roll), share_said(vote.share)
        said.append(
            (
                f"通过须{zh}：名册 {roll} 家，最少 {least} 家同意即可通过，少数单位可以决定",
                f"{en} decide: of a roll of {roll} as few as {least} can adopt it, a minority can decide",
            )
        )
    return said
