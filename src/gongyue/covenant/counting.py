"""Counting shares: of whom, integers only; 以上 includes the number itself and 过半数 does not (Civil Code 1259)."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from gongyue.covenant.rulings import Finding

OF_VOTERS = frozenset({"voting", "present"})
"""The bases by which those that voted are counted, abstentions too; by any other it is all on the roll of the vote."""


class MoreThan(Fraction):
    """A share that excludes the number itself: 过半数, 超过三分之二. Any other share is a plain Fraction."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MoreThan) and Fraction(self) == Fraction(other)

    __hash__ = Fraction.__hash__


def share_of(text: str, inclusive: bool = True) -> Fraction:
    """The share written "2/3", or ">1/2" for one that excludes the number itself."""
    bare = text.removeprefix(">")
    return Fraction(bare) if inclusive and bare == text else MoreThan(bare)


def share_text(share: Fraction) -> str:
    """The inverse of `share_of`."""
    return f"{'>' * isinstance(share, MoreThan)}{share.numerator}/{share.denominator}"


def enough_of(share: Fraction, whole: int) -> int:
    """The smallest count that reaches `share` of `whole`."""
    product = share.numerator * whole
    return product // share.denominator + 1 if isinstance(share, MoreThan) else -(-product // share.denominator)


def at_least(share: Fraction, part: int, *, of: int) -> Finding:
    """Whether `part` reaches `share` of `of`; of an empty roll there is no share, so nothing passes.

    The arithmetic is shown as it is done: 10×3=30<37.
    """
    left, right = share.denominator * part, share.numerator * of
    reached, missed = (">", "≤") if isinstance(share, MoreThan) else ("≥", "<")
    reaches = left > right if isinstance(share, MoreThan) else left >= right
    first = f"{share.denominator}×{part}={left}"
    second = str(of) if share.numerator == 1 else f"{share.numerator}×{of}={right}"
    return Finding(
        of > 0 and reaches,
        {
            "count": part,
            "roll": of,
            "share": share_text(share),
            "arithmetic": f"{first}{reached if reaches else missed}{second}" if of else f"{part}/0",
        },
        enough_of(share, of) if of else None,
    )


class Share(msgspec.Struct, frozen=True):
    """A share of a vote: how much ("2/3"; ">1/2" excludes the number itself), and of whom: roll, voting, present, branch.

    Of a branch the roll of the vote is the units that declared it; presence is a ballot, where the text has that.
    """

    text: str
    base: str = "roll"

    @property
    def size(self) -> Fraction:
        """How much, without of whom."""
        return share_of(self.text)


class Count(msgspec.Struct, frozen=True):
    """Of units on the roll of a vote: how many consented, how many voted at all (abstentions too), how many there are."""

    consents: int
    voted: int
    roll: int


def reaches(share: Share, count: Count) -> Finding:
    """Whether the consents reach the share of those it is of; of nobody there is no share, so nothing passes."""
    if share.base not in OF_VOTERS:
        found = at_least(share.size, count.consents, of=count.roll)
        return msgspec.structs.replace(found, figures={**found.figures, "base": share.base})
    found = at_least(share.size, count.consents, of=count.voted)
    figures = {name: found.figures[name] for name in ("count", "share", "arithmetic")}
    return msgspec.structs.replace(
        found, figures=figures | {"voted": count.voted, "roll": count.roll, "base": share.base}
    )


def quorate(quorum: Share, count: Count) -> Finding:
    """Whether as many voted as the quorum asks, a share of the roll."""
    return at_least(quorum.size, count.voted, of=count.roll)


def voters_needed(quorum: Share | None, roll: int) -> int:
    """How many of a roll must vote: as many as the quorum asks, 0 where there is none."""
    return enough_of(quorum.size, roll) if quorum else 0


def consents_needed(share: Share, quorum: Share | None, roll: int, voted: int = 1) -> int:
    """The fewest consents that can suffice once so many of a roll have voted; one at least must, or nothing is adopted."""
    if share.base in OF_VOTERS:
        return enough_of(share.size, max(voted, voters_needed(quorum, roll)))
    return enough_of(share.size, roll)


def minority_decides(share: Share, quorum: Share | None, roll: int) -> bool:
    """Whether consents of no more than half the roll can suffice."""
    return 2 * consents_needed(share, quorum, roll) <= roll
