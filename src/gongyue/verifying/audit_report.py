"""What verify says of audits of the sealed book's slots: how many were audited, what was stated, what the openings handed in say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec


class StatedAudit(msgspec.Struct, frozen=True):
    """A draw of slots: its entry, how many it drew, how many stated each half, whether two agree, whether any contradict, objections.

    `witnessed`: others cosigned the checkpoint that made it; else the office could choose among seeds.
    """

    seed: int
    count: int
    members: int
    content: int
    agree: bool
    differ: bool
    objections: list[int]
    witnessed: bool


class SlotAudits(msgspec.Struct, frozen=True):
    """How many slots were anchored, how many of them audited in two halves that agree; and what was stated draw by draw."""

    slots: int
    audited: int
    draws: list[StatedAudit]


class YearRecounted(msgspec.Struct, frozen=True):
    """A yearly report held against what was opened: its year and entry, what was opened, what was stated, by figure."""

    year: int
    index: int
    opened: dict[str, int]
    stated: dict[str, int | None]


class ContentAudit(msgspec.Struct, frozen=True):
    """What the audit of the content found, over the whole batch: of which draw, its slots, the totals, the digest of the rest.

    `years`: no figure of a yearly report is less than what was opened.
    """

    seed: int
    slots: tuple[int, ...]
    padding: int
    real: int
    rest: str
    years: tuple[YearRecounted, ...] = ()


def audit_lines(slots: SlotAudits | None, found: ContentAudit | None, told: Callable[[str, str], str]) -> Iterator[str]:
    """Which slots of the sealed book were audited, what was stated of them, and what the openings handed in say."""
    if slots is not None and slots.slots:
        total, audited = slots.slots, slots.audited
        yield told(
            f"密封簿已锚定时段 {total} 个：两半核对相合 {audited} 个，未审计 {total - audited} 个",
            f"slots of the sealed book: {total} anchored, {audited} audited in two halves that agree, {total - audited} unaudited",
        )
    for one in slots.draws if slots else []:
        state_zh, state = _stated(one)
        seen_zh, seen = (
            ("", "")
            if one.witnessed
            else ("，未见证：办公室可以挑选种子", ", unwitnessed: the office could choose its seed")
        )
        yield told(
            f"#{one.seed} 抽取 {one.count} 个时段{seen_zh}：成员核补齐 {one.members} 份，内容核对 {one.content} 份，{state_zh}",
            f"#{one.seed} drew {one.count} slots{seen}: {one.members} stated the padding, {one.content} the content, {state}",
        )
        for index in one.objections:
            yield told(f"#{index} 对所核的提出异议", f"#{index} objects to what was audited")
    if found is not None:
        yield told(
            f"内容核对（#{found.seed}）：{len(found.slots)} 个时段，补齐 {found.padding} 页，行为 {found.real} 页；其余承诺值的摘要 {found.rest}",
            f"audit of the content (#{found.seed}): {len(found.slots)} slots, {found.padding} leaves of padding, {found.real} of acts;"
            f" digest of the remaining commitments {found.rest}",
        )
    for year in found.years if found else ():
        opened = sum(year.opened.values())
        yield told(
            f"{year.year} 年度数字（#{year.index}）：启封的计 {opened} 件次，没有一项多于所载",
            f"figures of {year.year} (#{year.index}): {opened} counted in what was opened, no figure of them above what was stated",
        )


def _stated(one: StatedAudit) -> tuple[str, str]:
    if one.differ:
        return (
            "所载互相矛盾：有一页既非补齐也非行为，或有一份写错",
            "and they contradict each other: a leaf is neither padding nor act, or one was stated wrongly",
        )
    return ("两半相合", "the halves agree") if one.agree else ("尚缺一半", "a half is missing")
