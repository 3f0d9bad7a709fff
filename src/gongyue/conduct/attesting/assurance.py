"""What a check has proven, exactly, and what it has not looked at: nothing is claimed that was not checked."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.conduct.attesting.self_consistency import NOTHING
from gongyue.conduct.attesting.verification import Checked, Evidence

NEVER = (
    "不证明：记录完整、没有漏记；那要看日志来源本身。",
    "It does not prove that the log is complete: that is a question to where the log comes from.",
)


class Unchecked(msgspec.Struct, frozen=True):
    """One thing that was not looked at, and what would have it looked at."""

    name: str
    zh: str
    en: str


STATED = Unchecked(
    "stated",
    "只是成员所说、由各行算不出的：unit、covers、packs；tool、engine、inputs、period 只可与裁断文件所记相比（--verdicts）",
    "what is the member's word and follows from no row: unit, covers, packs; tool, engine, inputs and period can be compared"
    " with what the file of verdicts says of itself (--verdicts), and no more",
)
"""True of every attestation."""


def unchecked(given: Evidence) -> list[Unchecked]:
    """What was not checked, for want of what it takes."""
    return list(_unchecked(given))


def _unchecked(given: Evidence) -> Iterator[Unchecked]:
    if not given.signer:
        yield Unchecked("signer", "密钥是谁的（--signer，取自簿册）", "whose key it is (--signer, from the book)")
    if not given.promise:
        yield Unchecked("promise", "承诺文件是否所载的那一份（--promise）", "whether the promise file is the one named (--promise)")  # fmt: skip
    if not given.asked:
        yield Unchecked("draw", "没有抽查任何一行（--challenge、--answer）", "no row was drawn (--challenge, --answer)")
    elif not given.answer:
        yield Unchecked("answer", "抽出的行没有作答（--answer）", "the rows drawn were not answered for (--answer)")
    if given.asked and given.seed is None:
        yield Unchecked(
            "seed",
            "种子是谁定的、何时定的（--seed）：若是成员自定，抽哪些行就是它选的",
            "whose seed it is (--seed): where the member chose it, it chose the rows",
        )
    if not given.verdicts:
        yield Unchecked("root", "其余各行的裁断（到场时 --verdicts）", "the verdicts of all other rows (--verdicts, on the premises)")  # fmt: skip
        if not given.answer:
            yield Unchecked(
                "bound",
                "所载合计是否各行的合计（--answer）",
                "whether the counts stated are those of the rows (--answer)",
            )
    yield STATED


def proves(given: Evidence, found: list[Checked]) -> tuple[str, str]:
    """In words: what has been proven, and what never is."""
    if not all(one.holds for one in found):
        return f"有不成立者：什么也没有证明。{NEVER[0]}", f"Something fails: nothing is proven. {NEVER[1]}"
    proven = list(_proven(given))
    zh, en = "；".join(zh for zh, _ in proven), "; ".join(en for _, en in proven)
    return f"证明的是：{zh}。{NEVER[0]}", f"It is proven that {en}. {NEVER[1]}"


def _proven(given: Evidence) -> Iterator[tuple[str, str]]:
    attested = given.signed.attestation
    whose = ("给定的密钥", "the key given") if given.signer else ("所载密钥（是谁的未核对）", "the key it names (whose, was not checked)")  # fmt: skip
    yield f"{whose[0]}签署了此证明，签署后未变", f"{whose[1]} signed this attestation and it is unchanged since"
    if not attested.rows:
        yield NOTHING
    if given.promise:
        yield f"所依承诺文件就是 {given.promise}", f"the promise file it went by is {given.promise}"
    if given.asked and given.answer:
        yield _draw_text(len(given.asked[0].rows), attested.rows, known=given.seed is not None)
        yield (
            "根所约束的正是所载合计，差几个数，就至少有几行答不出来",
            "the root commits to the counts stated: for every row that they miscount there is one that could not be answered for",
        )
    if given.verdicts:
        yield (
            f"{given.verdicts} 的 {attested.rows:,} 行裁断就是签署时的全部",
            f"the {attested.rows:,} verdict(s) of {given.verdicts} are all of those signed for",
        )


def _draw_text(k: int, rows: int, *, known: bool) -> tuple[str, str]:
    if k == rows:
        return f"全部 {k:,} 行都看了，确在其中", f"all {k:,} row(s) were asked for and are among them"
    if known:
        return f"由给定种子抽出的 {k:,} 行确在其中", f"the {k:,} row(s) that the seed given draws are among them"
    return (
        f"抽查题所列 {k:,} 行确在其中（种子未核对，不能说是抽出的）",
        f"the {k:,} row(s) that the challenge lists are among them (its seed was not checked: they cannot be called drawn)",
    )
