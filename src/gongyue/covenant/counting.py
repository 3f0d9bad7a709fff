"""Counting shares of a roll: integers only, 以上 includes the number itself and 过半数 does not (Civil Code 1259)."""

from __future__ import annotations

from fractions import Fraction

from gongyue.covenant.citing import Finding


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
            "share": f"{share.numerator}/{share.denominator}",
            "arithmetic": f"{first}{reached if reaches else missed}{second}",
        },
        enough_of(share, of) if of else None,
    )
