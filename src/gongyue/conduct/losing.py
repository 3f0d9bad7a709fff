"""What a reload of the authorisations would lose: rows, and withdrawals that nobody took back.

People are compared, not ids: an authorisation without an id of its own is known by its place, which a row more changes.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate import Gate, Span, spans

MAX_LOSS = Fraction(1)
"""Per cent that a reload may lose, of the authorisations held and of the withdrawals held, where nothing else is stated: what ends
from one day to the next is less, and half a file, or a column that was left empty, is more."""


class Loss(msgspec.Struct, frozen=True):
    """How many authorisations would be lost, of how many; and how many withdrawals, of how many."""

    authorisations: int
    held: int
    withdrawals: int
    withdrawn: int

    def beyond(self, percent: Fraction) -> bool:
        """Whether more than so many per cent of either would be lost."""
        return 100 * self.authorisations > percent * self.held or 100 * self.withdrawals > percent * self.withdrawn


def loss(held: Gate, fresh: Gate) -> Loss:
    """What would be lost if `fresh` took the place of `held`.

    Of a person and controller: as many authorisations as there are fewer; and each withdrawal that is not there any more
    while an authorisation more than before lasts beyond its instant. Consent given anew later loses none, nor does the removal
    of what was withdrawn.
    """
    rows = withdrawals = 0
    for controller, subject, packed in held.people():
        others = fresh.rows_of(controller, subject)
        if packed != others:
            before, after = spans(packed), spans(others)
            rows += max(0, len(before) - len(after))
            withdrawals += _undone(before, after)
    return Loss(rows, held.size, withdrawals, held.withdrawn)


def _undone(before: list[Span], after: list[Span]) -> int:
    gone, still = (Counter(span.end for span in some if span.withdrawn) for some in (before, after))
    return sum(min(n, max(0, _lasting(after, at) - _lasting(before, at))) for at, n in (gone - still).items())


def _lasting(some: list[Span], at: int) -> int:
    """How many of these last beyond this instant."""
    return sum(span.start < at < span.end for span in some)


def refused(lost: Loss, percent: Fraction) -> BadInput:
    """The error for a reload that would lose too much."""
    share = f"{float(percent):g} %"
    return BadInput(
        f"重读会少 {lost.authorisations:,} 项授权（现有 {lost.held:,} 项），使 {lost.withdrawals:,} 项撤回（现有 {lost.withdrawn:,} 项）"
        f"落空而其授权还在，超过 {share}，仍用原来的。请看授权文件是否没有写完、撤回一列是否空了；确实如此的，向 /reload 送"
        ' {"force": true}，或以 --max-loss 放宽',
        f"the reload would lose {lost.authorisations:,} of {lost.held:,} authorisation(s), and {lost.withdrawals:,} of"
        f" {lost.withdrawn:,} withdrawal(s) whose authorisation stays: more than {share}, so the old ones stand. See whether the"
        ' file is not whole or its column of withdrawals is empty; if it is meant so, send {"force": true} to /reload, or allow'
        " more with --max-loss",
    )
