"""What is told of a text that is imported: how much it has, and that it is a draft while anything in it is undecided."""

from __future__ import annotations

from gongyue.cli.act_flow import Told
from gongyue.cli.output import counted, note, pick
from gongyue.covenant import addresses
from gongyue.covenant.binding.sheet_absences import absences
from gongyue.covenant.edition import Edition

LISTED = 20
"""Open questions that are listed: the first."""


def left_open(edition: Edition) -> Told:
    """That what was imported cannot be frozen yet, once more where it says what was recorded."""
    count = len(edition.open)
    said = pick(
        f"所导入的是草案，尚不能定稿：尚有 {count} 处未决（gongyue founding status）。",
        f"What was imported is a draft and cannot be frozen yet: {counted(count, 'place')} undecided (gongyue founding status).",
    )
    return {"open": count}, [said] if count else []


def tell_edition(edition: Edition) -> None:
    """How much the text has, what it does not provide for, and what keeps it from being frozen."""
    zh, en = addresses.counted(edition.parts)
    note(
        f"《{edition.title}》{zh}，所载数额 {len(edition.terms)} 处，规则执行的条款 {len(edition.clauses)} 处。",
        f"《{edition.title}》: {en}, {counted(len(edition.terms), 'number')}, {counted(len(edition.clauses), 'clause')} carried out.",
    )
    for one in absences(edition.parts, edition.decisions, edition.absent):
        quoted = f"　{one.label}“{one.words}”：" if one.words else ""
        note(f"  {quoted}{one.zh}", f"  {quoted}{one.en}")
    if edition.open:
        note(
            f"这是草案，可以导入，不能定稿：尚有 {len(edition.open)} 处须逐一绑定或说明（gongyue founding bind），再导入一次：",
            f"This is a draft: it can be imported, but not frozen: {counted(len(edition.open), 'place')} to decide on first (gongyue founding"
            " bind), and then to be imported again:",
        )
    for fault in edition.open[:LISTED]:
        note(f"  {fault.zh}（{fault.capability}）", f"  {fault.en} ({fault.capability})")
