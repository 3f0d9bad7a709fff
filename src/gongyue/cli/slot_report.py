"""What an audit of slots tells: totals over the batch, and the command that states them in the book."""

from __future__ import annotations

import msgspec

from gongyue.cli.output import counted, emit_result, pick
from gongyue.verifying import slots


def statement_command(found: slots.SlotAudit, seed: int, half: str) -> str:
    """The command by which a member or the authority states what it found."""
    words = f"gongyue oversight check --half {half} --seed {seed} --padding {found.padding} --real {found.real} --rest {found.rest}"
    words += " --verdict lawful" + (" --as authority" if half == "content" else "")
    return pick(f"写进簿册：{words}", f"to state it in the book: {words}")


def not_drawn() -> str:
    """Why slots that somebody chose by hand are stated nowhere."""
    return pick("时段不是抽到的：不能写进簿册。", "No draw drew these slots: this cannot be stated in the book.")


def tell_audit(found: slots.SlotAudit, more: str = "") -> None:
    """The totals over the batch, and what comes next."""
    number, first, last = len(found.slots), found.slots[0], found.slots[-1]
    emit_result(
        msgspec.to_builtins(found),
        lambda: [
            pick(
                f"核对了 {number} 个时段（{first} 至 {last}）：补齐 {found.padding} 页，行为 {found.real} 页",
                f"{counted(number, 'slot')} checked ({first} to {last}): {found.padding} leaves of padding, {found.real} of acts",
            ),
            pick(f"其余承诺值的摘要 {found.rest}", f"digest of the remaining commitments {found.rest}"),
            *([more] if more else []),
        ],
    )
