"""A column's decision: which types it holds, from counts over its cells and from its name.

A share of valid cells alone decides nothing: a column of random numbers passes Luhn one time in ten. What counts is the
share of valid ones among the tokens of the same length, against what chance would give.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.column_counts import Counts
from gongyue.conduct.scanning.column_triggers import AGAINST
from gongyue.conduct.scanning.entity_types import COUNT, MASKED, PLAUSIBLE, REJECTED, TIERS, VALID

CHANCE = {
    entity_types.CN_MOBILE: 0.05, entity_types.BANK_CARD: 0.03, entity_types.IMEI: 0.03, entity_types.VIN: 0.1, entity_types.USCC: 0.03,
    entity_types.CN_ID: 0.003,
    entity_types.IMSI: 0.001, entity_types.LANDLINE: 0.05, entity_types.US_SSN: 0.01, entity_types.PHONE_INTL: 0.05, entity_types.FOREIGNER_ID: 0.01,
    entity_types.IBAN: 0.01,
}  # fmt: skip
"""How often a random token of the right length passes."""
LEAST = {entity_types.CN_MOBILE: 0.7, entity_types.US_SSN: 0.97}
"""Which share of the tokens must be valid, where many pass by chance: half of all that begin with 1, nine of ten grouped 3-2-4."""
HIDDEN = 0.9
"""Which share of the cells must be hidden ones in a column called after other numbers: of any digits four of ten look like a card's."""
LABELLED = 2
"""How many different names after a label in their cells are no accident."""
FEW = 3
"""How many different names make a column of the same few people."""
MANY = 100
"""From how many different ones what reads like a name, alone in a cell among other words, is no word of a list."""
STRUCTURED = 0.2
"""Twice what passes by chance of other numbers that are made of an area, a day and a count: one check in eleven is right."""
MANY_CHECKED = 20
"""From how many citizens' numbers on that is told."""
BY_NAME = frozenset({entity_types.QQ, entity_types.TW_PERMIT, entity_types.SOCIAL_SEC})
"""Types without a form of their own: found only where a name or a cue says so."""


class Decision(Struct, frozen=True):
    """One type found in a column: share of the filled cells, tier, cells, the first row it stands in (-1: not one alone)."""

    kind: int
    share: float
    tier: str
    cells: int
    row: int = -1


def decide_text(counts: Counts) -> list[Decision]:
    """The types found in a text: whatever was found stands there."""
    found = [_made(counts, kind) for kind in range(1, COUNT) if counts.tiers[kind, 1:].sum()]
    return sorted(found, key=lambda d: (-d.cells, d.kind))


def decide(counts: Counts, bits: int) -> list[Decision]:
    """The types of a column, the largest share first; `bits` of its name."""
    if not counts.filled:
        return []
    found = [d for kind in range(1, COUNT) if (d := _decision(counts, kind, bits)) is not None]
    found += _companions(counts, {d.kind for d in found})
    cards = max((d.cells for d in found if d.kind == entity_types.BANK_CARD), default=0)
    found = [d for d in found if not _hidden_card(d, cards, bits)]
    found.sort(key=lambda d: (-d.share, d.kind))
    if found and counts.whole[found[0].kind] > 0.5 * counts.filled:
        found = [found[0], *(d for d in found[1:] if d.share >= (0.05 if _belongs(d.kind, found[0].kind) else 0.1))]
    return found


def _belongs(kind: int, beside: int) -> bool:
    """Whether a type stands beside another in one column."""
    return COMPANIONS.get(kind, (0, 0))[0] == beside


COMPANIONS = {
    entity_types.LANDLINE: (entity_types.CN_MOBILE, PLAUSIBLE), entity_types.PASSPORT: (entity_types.CN_ID, REJECTED),
    entity_types.HKM_PERMIT: (entity_types.CN_ID, REJECTED),
}  # fmt: skip
"""What stands beside another type in one column: (the other, from what tier it counts there)."""


def _companions(counts: Counts, found: set[int]) -> list[Decision]:
    """Types too weak by themselves beside one that is sure: landlines among mobile numbers, passports among citizens' numbers."""
    made = []
    for kind, (beside, tier) in COMPANIONS.items():
        share = int(counts.tiers[kind, tier:].sum()) / counts.filled
        if kind not in found and beside in found and share >= 0.05:
            made.append(_made(counts, kind, min(1.0, share), PLAUSIBLE))
    return made


def _hidden_card(found: Decision, cards: int, bits: int) -> bool:
    """Whether what looks like citizens' numbers of which most digits are hidden stands among cards, or in a column called after them."""
    return (
        found.kind == entity_types.CN_ID
        and found.tier == TIERS[MASKED]
        and not bits & names_for(found.kind)
        and (bool(bits & (1 << entity_types.BANK_CARD)) or 2 * cards >= found.cells)
    )


def _decision(counts: Counts, kind: int, bits: int) -> Decision | None:
    special = {
        entity_types.DOB: _born,
        entity_types.PASSPORT: _document,
        entity_types.HKM_PERMIT: _document,
        entity_types.PERSON: _person,
        entity_types.IPV4: _ipv4,
    }
    n = counts.tiers[kind]
    if kind in special:
        return special[kind](counts, kind, bits)
    if not n[1:].sum():
        return None
    named = bool(bits & names_for(kind))
    if kind in BY_NAME and not named and n[VALID] < 2:
        return None
    return _made(counts, kind) if _accepted(counts, kind, named, bool(bits & AGAINST)) else None


def names_for(kind: int) -> int:
    """The bits of the names that speak for a type."""
    bits = 1 << kind
    if kind in {entity_types.CN_MOBILE, entity_types.LANDLINE, entity_types.PHONE_INTL}:
        bits |= 1 << entity_types.PHONE
    if kind in {entity_types.CN_ID, entity_types.FOREIGNER_ID}:
        bits |= (1 << entity_types.DOCUMENT) | (1 << entity_types.CN_ID)
    if kind == entity_types.SECRET:
        bits |= 1 << entity_types.KEYWORD
    return bits


def _accepted(counts: Counts, kind: int, named: bool, against: bool) -> bool:
    """Whether what was counted is enough. A name that speaks for the type asks for less, and never for more than no name does."""
    valid, plausible, masked = (int(counts.tiers[kind, tier]) for tier in (VALID, PLAUSIBLE, MASKED))
    share, ratio = counts.share(kind), counts.ratio(kind)
    if named and share >= 0.02 and (ratio >= 0.1 or plausible + masked > valid):
        return True
    if masked >= max(2, (HIDDEN if against else 0.1) * counts.filled):
        return True
    if not valid:
        return (
            kind not in CHANCE
            and share >= 0.3
            and not against
            or (kind == entity_types.CN_ID and share >= 0.5 and not against)
        )
    least = LEAST.get(kind, 0.5)
    if kind == entity_types.CN_ID and valid >= MANY_CHECKED and ratio >= STRUCTURED:
        return True
    if share >= 0.3:
        return ratio >= max(least, 0.8 if against else 0.0)
    return ratio >= least and _beyond_chance(counts, kind, valid, against)


def _beyond_chance(counts: Counts, kind: int, valid: int, against: bool) -> bool:
    """Whether so few valid values are more than an accident: a leak into a text."""
    if kind not in CHANCE:
        return valid >= (2 if kind == entity_types.ADDRESS else 1)
    prose = counts.signs / max(1, counts.filled) != int(counts.tokens.argmax())
    return CHANCE[kind] ** valid < (1e-3 if against or not prose else 0.06)


def _made(counts: Counts, kind: int, share: float | None = None, tier: int = 0) -> Decision:
    n = counts.tiers[kind]
    tier = tier or _strongest(counts, kind)
    cells = int(n[1:].sum()) if share is None else round(share * counts.filled)
    rounded = round(counts.share(kind) if share is None else share, 4)
    return Decision(kind, rounded, TIERS[tier], min(cells, counts.filled), int(counts.first[kind]))


def _strongest(counts: Counts, kind: int) -> int:
    """The tier of the strongest cells, so that no masked one hides those that are not: valid ones as far as they are more than
    an accident (among masked ones as in a text, among those whose check fails twice what a check of ten lets pass)."""
    valid, plausible, masked = (int(counts.tiers[kind, tier]) for tier in (VALID, PLAUSIBLE, MASKED))
    if valid >= 0.2 * plausible and valid and (valid >= masked or _beyond_chance(counts, kind, valid, False)):
        return VALID
    return PLAUSIBLE if plausible or (valid and not masked) else MASKED


def _born(counts: Counts, kind: int, bits: int) -> Decision | None:
    """Dates of birth: by the column's name, by a cue in the cell, or by years no other dates of a business have."""
    dates = int(counts.years.sum())
    share = dates / counts.filled
    if bits & (1 << entity_types.DOB) and share >= 0.2:
        return _made(counts, kind, min(1.0, share), VALID)
    told = int(counts.tiers[kind, VALID])
    chance = (
        bits & (1 << entity_types.DOB) and told <= dates and told < 0.1 * counts.tokens[8]
    )  # of any eight digits some are a day
    if told and not chance:
        return _made(counts, kind)
    if (
        share >= 0.5
        and dates >= 30
        and not bits & AGAINST
        and counts.years[:86].sum() >= 0.3 * dates
        and counts.years[86:106].sum() >= 0.15 * dates
    ):
        seen = np.flatnonzero(counts.years)
        if seen[-1] - seen[0] >= 30 and len(seen) >= 20:
            return _made(counts, kind, min(1.0, share), PLAUSIBLE)
    return None


def _document(counts: Counts, kind: int, bits: int) -> Decision | None:
    """Travel documents have no check: by a name, a cue, or a column of nothing else in several of their forms."""
    told = int(counts.tiers[kind, 1:].sum())
    if told and (bits & (1 << kind) or told >= 1):
        return _made(counts, kind)
    bare = int(counts.tiers[kind, REJECTED])
    leads = len({lead for k, lead in counts.leads if k == kind})
    other = entity_types.HKM_PERMIT if kind == entity_types.PASSPORT else entity_types.PASSPORT
    rest = int(counts.tiers[other, REJECTED])
    if bare >= max(5, 0.75 * counts.filled) and leads >= 2 and rest <= 0.3 * bare and not bits & AGAINST:
        return _made(counts, kind, bare / counts.filled, PLAUSIBLE)
    return None


def _person(counts: Counts, kind: int, bits: int) -> Decision | None:
    """Names: three cells of ten are one and nothing else, or nearly all and they are few; or a name says so, or strong ones
    stand in a text, or they have a label there."""
    share = counts.share(kind)
    whole = int(counts.whole[kind])
    distinct, strong = len(counts.distinct), int(counts.tiers[kind, VALID])
    if bits & (1 << entity_types.PERSON) and share >= 0.3:
        return _made(counts, kind)
    if whole >= 0.3 * counts.filled and not bits & AGAINST:
        if distinct >= min(20, 0.5 * counts.filled):
            return _made(counts, kind)
        few = whole >= 0.9 * counts.filled and distinct >= FEW and len(counts.full) >= 0.5 * distinct
        return _made(counts, kind, tier=PLAUSIBLE) if few and not bits & (1 << entity_types.THING) else None
    if whole >= 0.3 * counts.filled:
        return None
    words = 2 * whole > strong and distinct < min(MANY, 0.5 * whole)  # the same few over and over: brands, titles
    if strong >= max(5, 0.05 * counts.filled) and min(len(counts.names), distinct) >= 5 and not words:
        return _made(counts, kind)
    return _made(counts, kind, strong / counts.filled) if len(counts.labelled) >= LABELLED else None


def _ipv4(counts: Counts, kind: int, bits: int) -> Decision | None:
    """Four numbers of which none is large are a version; so are those that begin with small ones and have none in their midst."""
    if not counts.tiers[kind, VALID]:
        return None
    if bits & (1 << entity_types.IPV4):
        return _made(counts, kind)
    small = max(counts.networks) < 32 and counts.middle < 100 and len(counts.networks) >= 3
    return _made(counts, kind) if counts.octet >= 100 and not small and not bits & (1 << entity_types.VERSION) else None
