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
"""Per cent that reloads may lose until one is forced, of the authorisations held and of the withdrawals held, where nothing else is
stated: half a file, or a column that was left empty, is more."""


class Loss(msgspec.Struct, frozen=True):
    """How many authorisations would be lost, of how many; and how many withdrawals, of how many."""

    authorisations: int
    held: int
    withdrawals: int
    withdrawn: int

    def with_earlier(self, earlier: Loss) -> Loss:
        """With what was lost earlier too, also among what was held: a little at a time would else be all in the end."""
        rows, undone = earlier.authorisations, earlier.withdrawals
        return Loss(self.authorisations + rows, self.held + rows, self.withdrawals + undone, self.withdrawn + undone)

    def beyond(self, percent: Fraction) -> bool:
        """Whether more than so many per cent of either would be lost."""
        return 100 * self.authorisations > percent * self.held or 100 * self.withdrawals > percent * self.withdrawn


def loss(held: Gate, fresh: Gate) -> Loss:
    """What would be lost if `fresh` took the place of `held`.

    Of a person and controller: as many authorisations as there are fewer; and each withdrawal beyond whose instant more
    authorisations than before last that began by then, whether it is still there or not, or that is not there any more while
    more than before have merely expired. Consent given anew later loses none, nor does the removal of what was withdrawn.
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
    had, has = _withdrawals(before), _withdrawals(after)
    undone = 0
    for at, n in had.items():
        lasting, unwithdrawn = (how(after, at) - how(before, at) for how in (_lasting, _unwithdrawn))
        undone += max(0, min(n, lasting), min(n - has[at], unwithdrawn))
    return undone


def _withdrawals(some: list[Span]) -> Counter[int]:
    """How many there are by their instant: the start of what was withdrawn before it began."""
    return Counter(max(span.start, span.end) for span in some if span.withdrawn)


def _lasting(some: list[Span], at: int) -> int:
    """How many of these began at this instant or before, and last beyond it."""
    return sum(span.start <= at < span.end for span in some)


def _unwithdrawn(some: list[Span], at: int) -> int:
    """How many of these began at this instant or before, and were not withdrawn by then: those that merely expired too."""
    return sum(span.start <= at and not (span.withdrawn and span.end <= at) for span in some)


def refused(lost: Loss, percent: Fraction) -> BadInput:
    """The error for a reload that would lose too much, with what was lost since the start or the last forced one."""
    share = f"{float(percent):g} %"
    return BadInput(
        f"连同启动或上次强制重读以来已少的，重读会少 {lost.authorisations:,} 项授权（现有 {lost.held:,} 项），"
        f"使 {lost.withdrawals:,} 项撤回（现有 {lost.withdrawn:,} 项）"
        f"落空而其授权还在，超过 {share}，仍用原来的。请看授权文件是否没有写完、撤回一列是否空了；确实如此的，向 /reload 送"
        ' {"force": true}，或以 --max-loss 放宽',
        f"with what was lost since the start or the last forced one, the reload would lose {lost.authorisations:,} of {lost.held:,} authorisation(s), "
        f"and {lost.withdrawals:,} of {lost.withdrawn:,} withdrawal(s) whose authorisation stays: more than {share}, so the old ones stand. See whether the"
        ' file is not whole or its column of withdrawals is empty; if it is meant so, send {"force": true} to /reload, or allow'
        " more with --max-loss",
    )
