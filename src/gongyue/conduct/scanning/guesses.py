"""What a column is by its first cells and its name, where few or none of its cells have a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.cell_normalisation import born, hidden, papers, respelled
from gongyue.conduct.scanning.column_counts import Counts
from gongyue.conduct.scanning.column_headers import looked_at
from gongyue.conduct.scanning.column_triggers import AGAINST, USED, last_trigger
from gongyue.conduct.scanning.columns import Decision, names_for
from gongyue.conduct.scanning.lexicon import PART, tables

_POWER = re.compile(r"\s*[1-9](?:\.\d+)?[eE]\+?(?P<power>\d\d?)\s*")
_POWERS = {
    entity_types.CN_MOBILE: {10}, entity_types.CN_ID: {17, 14}, entity_types.BANK_CARD: {15, 16, 17, 18}, entity_types.IMEI: {14}, entity_types.IMSI: {14},
}  # fmt: skip
"""What a spreadsheet made of a number: the power of ten by type."""
PAPERS = 3
"""How many of the first cells have the form of a paper of travel where that is no accident."""
FILLERS = 5
"""How many words may stand for nothing in a column of names."""

_HIDDEN = re.compile(
    r"(?P<surname>[\u4e00-\u9fff])(?:[\u4e00-\u9fff]?(?:[*\uff0a×Xx○●]{1,3}|某{1,2})|[*\uff0a×Xx○●]{1,2}[\u4e00-\u9fff])|[*\uff0a]{1,2}[\u4e00-\u9fff]"
)
"""A name that its owner hid all but a sign or two of."""
_NO_SECRET = re.compile(
    r"(?i)true|false|pass(?:ed)?|fail(?:ed|ure)?|none|skip(?:ped)?|active|expired|reset|(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.+Z-]*)?"
)
"""What stands in a column that says of a password whether or since when there is one."""


class Guesses(Struct):
    """The first cells that hold something, of a column with these counts and these bits of its name.

    `again` decides on cells that were written anew.
    """

    bits: int
    counts: Counts
    first: list[str]
    again: Callable[[list[str]], list[Decision]]

    def every(self) -> Iterator[Decision]:
        """What a column is by its first cells and its name, where few or none of its cells have a form."""
        for guess in (self._powers, self.written, self._named, self._axis, self._passwords):
            yield from guess()
        yield from [*self._hidden_names()] or self._few_names()

    def papers(self, found: list[Decision]) -> list[Decision]:
        """What was found, in a column called after documents with the papers of travel in it by their forms: beside citizens'
        numbers, or where hardly anything else is there and some begin with a letter, some with two (of licences all do alike)."""
        cells = self._filled()
        if not cells or not self.bits & names_for(entity_types.CN_ID):
            return found
        shares = papers(cells)
        beside = any(d.kind == entity_types.CN_ID and d.share >= 0.3 for d in found)
        alone = self.bits & (1 << entity_types.DOCUMENT) and sum(shares.values()) >= 0.8
        letters = [sum(map(str.isalpha, cell)) for cell in cells]
        if not beside and not (alone and min(letters.count(1), letters.count(2)) >= 0.1 * len(cells)):
            return found
        kept = [d for d in found if d.kind != entity_types.HKM_PERMIT or d.kind in shares]
        told = {d.kind for d in kept}
        new = [self._guess(kind, share, "plausible") for kind, share in shares.items() if share >= 0.02]
        return [*kept, *(d for d in new if d.kind not in told and d.share * len(cells) >= PAPERS)]

    def people(self, found: list[Decision]) -> list[Decision]:
        """What was found, without the same few words over and over that only the column's name makes names: places, brands."""
        few = len(self.counts.distinct) < min(20, 0.5 * self.counts.filled)
        if not few or not self.bits & (1 << entity_types.PERSON) or all(d.kind != entity_types.PERSON for d in found):
            return found
        cells = sorted(set(self._filled()))
        called, bare = (
            {
                cell
                for cell, finds in zip(cells, looked_at(cells, bits), strict=True)
                if any(f.kind == entity_types.PERSON and f.tier for f in finds)
            }
            for bits in (self.bits & USED, 0)
        )
        return found if 3 * len(called & bare) >= len(called) else [d for d in found if d.kind != entity_types.PERSON]

    def _powers(self) -> Iterator[Decision]:
        """Numbers a spreadsheet wrote as 1.38E+10, in a column that is called after a type."""
        for kind, powers in _POWERS.items():
            if self.bits & names_for(kind):
                hits = [m for value in self.first if (m := _POWER.fullmatch(value)) and int(m["power"]) in powers]
                if len(hits) >= 0.3 * max(1, len(self.first)):
                    share = round(len(hits) / len(self.first), 4)
                    yield Decision(kind, share, "plausible", round(share * self.counts.filled))
                    return

    def _filled(self) -> list[str]:
        """The first cells that hold something, as they stand without the space around them."""
        return [v.strip() for v in self.first]

    def written(self) -> Iterator[Decision]:
        """Values in a way of writing that nothing is known by, such as thousands set apart."""
        cells = self._filled()
        plain = [] if self.bits & AGAINST else respelled(cells)
        if plain:
            for d in self.again(plain):
                yield self._guess(d.kind, d.share * len(plain) / len(cells), d.tier)

    def _named(self) -> Iterator[Decision]:
        """Hidden numbers and days of birth that only the column's name tells."""
        cells = self._filled()
        for kind, share in hidden(cells, lambda kind: bool(self.bits & names_for(kind))):
            yield self._guess(kind, share, "masked")
        if self.bits & (1 << entity_types.DOB) and cells and (share := born(cells)):
            yield self._guess(entity_types.DOB, share, "plausible")

    def _guess(self, kind: int, share: float, tier: str) -> Decision:
        return Decision(kind, round(share, 4), tier, round(share * self.counts.filled))

    def _axis(self) -> Iterator[Decision]:
        """One of a pair of columns: latitude or longitude, by its name and its decimals."""
        if self.bits & (1 << entity_types.GPS):
            hits = [v for v in self.first if re.fullmatch(r"\s*[+-]?(?:\d|\d\d|1[0-7]\d)\.\d{3,}\s*[°NSEW]?\s*", v)]
            if len(hits) >= 0.5 * max(1, len(self.first)):
                yield Decision(entity_types.GPS, round(len(hits) / len(self.first), 4), "plausible", self.counts.filled)

    def _hidden_names(self) -> Iterator[Decision]:
        """Names of which one sign was left (张**, *伟, 李某), by themselves or among whole ones; and whole ones among roles."""
        filled = self._filled()
        hits = [m for v in filled if (m := _HIDDEN.fullmatch(v))]
        whole, hidden = (
            int(self.counts.whole[entity_types.PERSON]) / self.counts.filled,
            len(hits) / max(1, len(filled)),
        )
        roles = sum(map(_is_role, filled)) / len(filled) if whole >= 0.3 else 0.0
        share = min(1.0, whole + hidden)
        if self.bits & AGAINST or not hidden + roles or share < max(0.3, 0.6 * (1 - roles)):
            return
        seen = len({m[0].strip("*\uff0a") for m in hits}) + len(self.counts.distinct)
        first = [tables().plain[ord(m["surname"])] for m in hits if m["surname"]]
        known = sum(tables().words.surname[c] < PART for c in first)
        if seen >= (min(20, 0.5 * share * self.counts.filled) if whole else 5) and known >= 0.8 * len(first):
            tier = "masked" if self.counts.whole[entity_types.PERSON] < 2 else "valid"
            yield Decision(entity_types.PERSON, round(share, 4), tier, round(share * self.counts.filled))

    def _few_names(self) -> Iterator[Decision]:
        """Different names, in a column called after people, where the first cells hold nothing else but a few words."""
        whole = int(self.counts.whole[entity_types.PERSON])
        if (
            not self.bits & (1 << entity_types.PERSON)
            or whole < 5
            or len(self.counts.distinct) < min(1000, 0.5 * whole)
        ):
            return
        cells = self._filled()
        rest = [
            cell
            for cell, found in zip(cells, looked_at(cells, self.bits & USED), strict=True)
            if not any(f.kind == entity_types.PERSON and f.tier for f in found)
        ]
        if len(cells) >= 20 and len(set(rest)) <= FILLERS:
            yield Decision(entity_types.PERSON, round(whole / self.counts.filled, 4), "plausible", whole)

    def _passwords(self) -> Iterator[Decision]:
        """Passwords and tokens have no form: a column called so, with cells of one word each."""
        if self.bits & (1 << entity_types.KEYWORD):
            filled = self.first
            hits = [
                v
                for v in filled
                if 4 <= len(v) <= 512 and not re.search(r"[\s\u4e00-\u9fff*]", v) and not _NO_SECRET.fullmatch(v)
            ]
            if filled and len(hits) >= 0.5 * len(filled):
                yield Decision(entity_types.SECRET, round(len(hits) / len(filled), 4), "plausible", self.counts.filled)


def _is_role(cell: str) -> bool:
    """Whether a cell says what somebody is, and nothing else."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,6}", cell):
        return False
    return cell[-1] == "员" or bool(last_trigger(cell) & ((1 << entity_types.ROLE) | (1 << entity_types.TITLE)))
