"""Counting shares of a roll: integers only, 以上 includes the number itself (Civil Code 1259)."""

from __future__ import annotations

from fractions import Fraction

from gongyue.covenant.citing import Finding


def enough_of(share: Fraction, whole: int) -> int:
    """The smallest count that is at least `share` of `whole`."""
    return -(-share.numerator * whole // share.denominator)


def at_least(share: Fraction, part: int, *, of: int) -> Finding:
    """Whether `part` is at least `share` of `of`; of an empty roll there is no share, so nothing passes.

    The arithmetic is shown as it is done: 10×3=30<37.
    """
    left, right = share.denominator * part, share.numerator * of
    passes = of > 0 and left >= right
    sign = "≥" if left >= right else "<"
    first = f"{share.denominator}×{part}={left}"
    second = str(of) if share.numerator == 1 else f"{share.numerator}×{of}={right}"
    return Finding(
        passes,
        {
            "count": part,
            "roll": of,
            "share": f"{share.numerator}/{share.denominator}",
            "arithmetic": f"{first}{sign}{second}",
        },
        enough_of(share, of) if of else None,
    )
