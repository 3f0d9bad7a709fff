"""What is no contradiction though it states another number: one superseded, one of another law, one of an example's counts.

Each is told by its words and held to them: what is called superseded must have stood; another law's is not taken over; the counts of an
example must be those that the clause gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from gongyue.covenant.counting import enough_of, share_of
from gongyue.covenant.numbers import Number
from gongyue.covenant.periods import LONGEST_REST, Period, deadline
from gongyue.covenant.prose.bound_numbers import BoundNumber
from gongyue.covenant.prose.number_match import LONGEST, clause_at, of_same_part, same_value
from gongyue.covenant.prose.sentences import compiled, matches

_MEMBERS = re.compile("[的之]?(?:以上|以下)?[的之]?(?:成员|会员|单位|代表|委员|理事|社员|企业|公司|票)")
_EACH = re.compile("(?:每|各|任|任何|同|该|某|另|这|前|后|其)一?$")
_EACH_UNITS = re.compile("[每各]一?(?:家|个)?(?:成员)?(?:单位|会员|成员)[^，。；]{0,8}$")
"""每一成员单位指定一名代表: of each one, which counts nobody together."""
_ANY_YEAR = 2026


def adopted(whole: str) -> bool:
    """Whether the prose, anywhere, takes over what it quotes (从之, 照此办理, 仍适用): then nothing is merely quoted."""
    return matches("adopts", whole) is not None


def is_superseded(n: Number, plain: str, earlier: Sequence[BoundNumber]) -> bool:
    """Quoted as what stood before (原为…, 由…改为), and it did stand there."""
    before, after = plain[max(0, n.begin - 40) : n.begin], plain[n.end : n.end + 40]
    replaced = matches("replaced_before", before) and re.match(compiled("replaced_after")[0].pattern, after)
    if not (matches("superseded", before) or replaced):
        return False
    return any(
        same_value(n, b.number) and n.inclusive == b.number.inclusive and (not n.base_words or n.base == b.number.base)
        for b in earlier
    )


def is_another_laws(plain: str, at: int) -> bool:
    """Said of another law's article (《…法》第…条规定…), by itself: neither led in as a ground nor turned on this covenant."""
    near = plain[max(0, at - LONGEST) : max(at, 0)]
    for m in compiled("law")[0].finditer(near):
        ours = re.search("公约|联盟|协会|学会", m["title"]) or m["title"].startswith("本")
        turned = matches("own", near[m.end() :] + plain[at : at + LONGEST])
        if not (ours or turned or matches("led", near[: m.start()])):
            return True
    return False


def is_of_members(n: Number, plain: str) -> bool:
    """Whether a headcount counts members or their consents (25 家, 25 人同意): two officers are no share of the roll."""
    before = plain[max(0, n.begin - 20) : n.begin]
    each = n.value == 1 and (_EACH.search(before[-4:]) or _EACH_UNITS.search(before) or "一票" in clause_at(plain, n))
    if each and not matches("passes", clause_at(plain, n)):
        return False
    counted = plain[n.end - 1 : n.end] == "家" or _MEMBERS.match(plain, n.end)
    return bool(counted) or bool(matches("assent", clause_at(plain, n)))


def is_an_examples(n: Number, found: Sequence[Number], plain: str, following: str, pool: Iterable[BoundNumber]) -> bool:
    """One of the counts of an example, which says of them what the clause gives (例如 37 家，25 家同意即通过)."""
    marker = matches("example", plain)
    if marker is None or marker.start() > n.begin:
        return False
    counts = [c for c in found if c.kind == "headcount" and c.begin >= marker.start()]
    whole = max(int(c.value) for c in counts)
    after = next((c.begin for c in counts if c.begin >= n.end), len(plain))
    concluded = plain[n.begin : after] if after < len(plain) else plain[n.begin :] + following
    if int(n.value) == whole and len({c.value for c in counts}) > 1:
        return True
    clause = clause_at(plain, n)
    bound = [b for b in pool if b.number.kind == "share" and of_same_part(clause, b.plain)]
    shares = [share_of(str(b.number.value), b.number.inclusive) for b in bound]
    if len({c.value for c in counts}) == 1:
        says = matches("required", concluded) or matches("passes", concluded)
        return not (says and matches("assent", plain))
    said = plain[max(0, n.begin - 4) : n.begin]
    return any(_follows(int(n.value), whole, share, said, concluded) for share in shares)


def _follows(count: int, whole: int, share: Fraction, before: str, concluded: str) -> bool:
    enough = enough_of(share, whole)
    if matches("negative", concluded):
        return count < enough
    if matches("required", before) or matches("required", concluded):
        return count == enough
    return count >= enough if matches("passes", concluded) else not matches("assent", concluded) or count >= enough


def dates_agree(found: Sequence[Number], plain: str, periods: Sequence[BoundNumber]) -> bool:
    """A day by which something is due follows from an earlier one in the sentence by a bound period, or a holiday's rest later."""
    dates = [n for n in found if n.kind == "date"]
    due = [n for n in dates if re.match("[以之]?前|为?止|截止|[以之]?内", plain[n.end :])]
    if not due or is_another_laws(plain, due[0].begin):
        return True
    days = [_day(n) for n in dates]
    if len(days) < 2 or None in days:
        return False
    first, last = days[0], _day(due[-1])
    assert first is not None and last is not None
    return any(
        0 <= last - deadline(first, Period(int(b.number.value), b.number.unit)).target <= LONGEST_REST for b in periods
    )


def _day(n: Number) -> int | None:
    parts = [int(p) for p in re.findall("[0-9]+", str(n.value))]
    full = parts if len(parts) == 3 else [_ANY_YEAR, *parts]
    try:
        return date(*full).toordinal() if len(full) == 3 else None
    except ValueError:
        return None
