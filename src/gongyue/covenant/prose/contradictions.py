"""Whether a prose contradicts what is bound: each sentence beside the clauses of its article.

What it states is compared as the one reader reads it: equal is the same value in the same unit, of the same base, itself included or
not, from the same start, as a time within which or after which. Three things are no contradiction (`exemptions`): a number quoted as
superseded, as another law's, or as an example's count. A word reader cannot do more: docs/threat-model.md names what passes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from gongyue.covenant import numbers, numeral_account
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import reader
from gongyue.covenant.binding.sentences import split
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE, parse
from gongyue.covenant.prose import exemptions
from gongyue.covenant.prose.bound_numbers import BoundNumber
from gongyue.covenant.prose.number_match import agrees, clause_at, parts_of, same_value
from gongyue.covenant.prose.sentences import Sentence, compiled, matches, patterns, sentences
from gongyue.covenant.starts import start_of

LONGEST_QUOTE = 60
_CITED = re.compile(rf"(?:第([0-9{CHINESE}]+)条|art(?:icle|\.)?([0-9]{{1,3}}))", re.IGNORECASE)
_LAST = re.compile("(?:最后|[末首次同每前后某该])$")
_FROM = re.compile("[自从](?![该次当其翌本])[^，。；,;]{0,18}$")
"""Since something that is no known start (自知悉之日起); 自次日起 and their like say nothing of it."""
_ORDINAL = re.compile(f"第([0-9{CHINESE}]+)[日天]")
_CONSENTS = re.compile("同意|赞成|附议|提议|分之")
_COUNTS = re.compile("[（(“「、]?(?:分|の|家|打|巴仙|个?百分|以上|成员|会员|单位)")
_TELLS_A_TIME = re.compile("个?(?:年|月|日|天|周|季|旬|载|小时|工作日)")
_LAWS = re.compile("《[^《》]*》(?:[（(][^）)]*[）)])?第[^条，。；]{1,8}条(?:第[^条款项，。；]{1,4}[款项])*")


class Against(msgspec.Struct, frozen=True):
    """What a prose is held against: the bound numbers, those that stood before (with their articles), those it sets itself."""

    bound: tuple[BoundNumber, ...]
    earlier: tuple[BoundNumber, ...] = ()
    sets: tuple[Number, ...] = ()


class Contradiction(msgspec.Struct, frozen=True):
    """The sentence that says otherwise, and the bound words it contradicts."""

    says: str
    binds: str


def contradiction(text: str, article: int, against: Against) -> Contradiction | None:
    """The first sentence of an interpretation of that article that contradicts a bound clause; None where none does."""
    read = list(sentences(text))
    pool = _pool(read, article, against.bound)
    if not pool:
        return None
    whole = "".join(s.plain for s in read)
    earlier = tuple(b for b in against.earlier if any((b.name, b.article) == (p.name, p.article) for p in pool))
    earlier += tuple(b for b in against.earlier if b.article == article and b not in earlier)
    for i, sentence in enumerate(read):
        following = read[i + 1].plain if i + 1 < len(read) else ""
        one = _One(sentence, following, pool, earlier, against.sets, exemptions.adopted(whole))
        if (struck := one.struck()) is not None:
            return Contradiction(_clipped(sentence.words), struck.words)
    return None


def _pool(read: Iterable[Sentence], article: int, bound: Sequence[BoundNumber]) -> list[BoundNumber]:
    """The bound numbers of the article, of every article the prose cites, and of every clause a sentence of it is about."""
    articles, names = {article}, set()
    for sentence in read:
        cited = _CITED.findall(_LAWS.sub("", sentence.plain))
        articles |= {parse(a or b) or 0 for a, b in cited}
        names |= _about(sentence)
    whole = "".join(s.plain for s in read)
    subjects = [name for name, pattern in patterns()["subjects"].items() if re.search(pattern, whole)]
    names |= {b.name for b in bound if b.name.partition(".")[0] in subjects}
    return [b for b in bound if b.article in articles or b.name in names]


def _about(sentence: Sentence) -> set[str]:
    return {name for s in split("", sentence.close) for name in reader().capabilities_of(s)}


def _clipped(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


class _One(msgspec.Struct, dict=True):
    """One sentence held against the bound numbers."""

    sentence: Sentence
    following: str
    pool: list[BoundNumber]
    earlier: tuple[BoundNumber, ...]
    sets: tuple[Number, ...]
    adopted: bool

    def struck(self) -> BoundNumber | None:
        """The bound number that the sentence contradicts."""
        return next((b for b in (*self._by_numbers(), *self._by_words(), self._by_unread()) if b is not None), None)

    @cached_property
    def plain(self) -> str:
        return self.sentence.plain

    @cached_property
    def about(self) -> set[str]:
        return _about(self.sentence)

    @cached_property
    def found(self) -> tuple[Number, ...]:
        return numbers.read(self.sentence.close)

    def _of(self, *kinds: str) -> list[BoundNumber]:
        return [b for b in self.pool if b.number.kind in kinds]

    def _foreign(self, at: int) -> bool:
        """Whether what stands there is said of another law."""
        return not self.adopted and exemptions.is_another_laws(self.plain, at)

    def _nearest(self, bound: list[BoundNumber], n: Number | None = None) -> BoundNumber:
        """The clause to quote: of the same value, else one that is about the same part."""
        parts = parts_of(clause_at(self.plain, n) if n is not None else self.plain)
        return max(bound, key=lambda b: (n is not None and same_value(n, b.number), bool(parts & parts_of(b.plain))))

    def _by_numbers(self) -> Iterator[BoundNumber | None]:
        found = self.found
        for n in found:
            relevant = self._relevant(n, found)
            same = next((b for b in relevant if agrees(n, self.plain, b)), None)
            if same is not None and self._denied(n) and not self._foreign(n.begin):
                yield same
            if relevant and same is None and not self._exempt(n, found):
                yield self._nearest(relevant, n)
        if (periods := self._of("period")) and not exemptions.dates_agree(found, self.plain, periods):
            yield periods[0]

    def _denied(self, n: Number) -> bool:
        """Whether the clause's own number is said not to hold."""
        before, after = self.plain[max(0, n.begin - 20) : n.begin], self.plain[n.end : n.end + 20]
        return bool(matches("denies", before) or compiled("voided")[0].match(after))

    def _relevant(self, n: Number, found: Sequence[Number]) -> list[BoundNumber]:
        if n.kind in ("share", "part"):
            return self._of("share", "part")
        if n.kind == "headcount":
            counted = exemptions.is_of_members(n, self.plain)
            return self._of("headcount") or (self._of("share") if counted else [])
        return [] if n.kind == "date" else self._of(n.kind)

    def _exempt(self, n: Number, found: Sequence[Number]) -> bool:
        rolled = n.unit == "workday" and n.value == 1 and matches("rolled", self.plain[max(0, n.begin - 12) : n.begin])
        last = n.kind == "period" and n.value == 1 and _LAST.search(self.plain[max(0, n.begin - 3) : n.begin])
        if rolled or last or self._foreign(n.begin) or self._is_its_own(n):
            return True
        if not self.adopted and exemptions.is_superseded(n, self.plain, self.earlier):
            return True
        return n.kind == "headcount" and exemptions.is_an_examples(n, found, self.plain, self.following, self.pool)

    def _is_its_own(self, n: Number) -> bool:
        """The value it sets, or the one that gives way to it; not where the sentence is about a bound clause."""
        return not any(b.name in self.about for b in self._of(n.kind)) and any(
            (n.kind, n.value, n.unit) == (s.kind, s.value, s.unit) for s in self.sets
        )

    def _by_unread(self) -> BoundNumber | None:
        """A numeral that nobody reads, where consents are counted or a time is told: a number in disguise is no explanation."""
        shares, periods = self._of("share"), self._of("period")
        for n in numeral_account.unread(self.sentence.close):
            stops = [self.plain.rfind(stop, 0, n.begin) for stop in "，。；,;"]
            ends = [e for stop in "，。；,;" if (e := self.plain.find(stop, n.end)) >= 0]
            clause = self.plain[max(stops) + 1 : min(ends, default=len(self.plain))]
            if self._foreign(n.begin):
                continue
            if self.plain[max(0, n.begin - 1) : n.begin] == "第":
                continue
            if shares and _CONSENTS.search(clause) and _COUNTS.match(self.plain[n.end : n.end + 4]):
                return self._nearest(shares)
            if periods and _TELLS_A_TIME.match(self.plain[n.end : n.end + 4]):
                return self._nearest(periods)
        return None

    def _by_words(self) -> Iterator[BoundNumber | None]:
        shares, periods = self._of("share"), self._of("period")
        for kind, bound in (("share", shares), ("period", periods), ("any", shares or periods)):
            if bound and any(self._is_said(m) for p in compiled(kind) for m in p.finditer(self.plain)):
                yield self._nearest(bound)
        yield self._said_to_count(shares or periods)
        if shares:
            yield from self._of_another_base(shares)
        if periods:
            yield from self._from_another_start(periods)
            yield self._in_other_days(periods)
            yield self._on_another_day(periods)

    def _is_said(self, m: re.Match[str]) -> bool:
        """Neither of another law nor denied (不以参加表决者计)."""
        return not self._foreign(m.start()) and not self._negated(m.start())

    def _negated(self, at: int) -> bool:
        before = self.plain[max(0, at - 14) : at]
        denied = matches("negated", before)
        return denied is not None and not re.search("[不非未]$", before[: denied.start()])

    def _said_to_count(self, bound: list[BoundNumber]) -> BoundNumber | None:
        """A bound itself said to be in, where the text has it out, and the other way round."""
        if any(b.number.inclusive for b in bound) and (m := matches("excluded", self.plain)):
            outside = matches("outside", self.plain[max(0, m.start() - 30) : m.start()])
            if not outside and not self._foreign(m.start()):
                return self._nearest(bound)
        if any(not b.number.inclusive for b in bound) and (m := matches("included", self.plain)):
            before = self.plain[max(0, m.start() - 8) : m.start()]
            return None if self._foreign(m.start()) or matches("without", before) else self._nearest(bound)
        return None

    def _of_another_base(self, shares: list[BoundNumber]) -> Iterator[BoundNumber]:
        """A base of another name, where the sentence counts."""
        bases = {b.number.base for b in shares}
        counts = bool(matches("counting", self.plain)) or any(
            n.kind == "share" or (n.kind == "headcount" and n.value != 1) for n in self.found
        )
        words = [(name, word) for name, said in catalogue().base.items() if name not in bases for word in said]
        for name, word in words:
            for m in re.finditer(re.escape(word), self.plain):
                counted = counts if name != "body" else self._counts_a_body(m)
                if counted and self._is_said(m):
                    yield self._nearest(shares)
        for m in (m for p in compiled("bases") for m in p.finditer(self.plain)):
            if counts and self._is_said(m):
                yield self._nearest(shares)

    def _counts_a_body(self, m: re.Match[str]) -> bool:
        """理事 and their like are common words: they are a base only where they are counted right there."""
        if re.search("(?:法定|委托的?|授权|[商客用账])$", self.plain[max(0, m.start() - 4) : m.start()]):
            return False
        near = self.plain[max(0, m.start() - 5) : m.end() + 8]
        return bool(matches("body", near))

    def _from_another_start(self, periods: list[BoundNumber]) -> Iterator[BoundNumber]:
        starts = {b.number.start for b in periods} - {""}
        for m in (m for p in compiled("runs") for m in p.finditer(self.plain)):
            name, words = start_of(self.plain, m.end())
            at = self.plain.rfind(words, 0, m.end()) if words else m.start()
            unknown = not name and _FROM.search(self.plain[max(0, m.start() - 20) : m.start()])
            other = unknown or (name and name not in starts)
            if starts and other and not self._foreign(at) and not self._negated(at):
                yield periods[0]

    def _in_other_days(self, periods: list[BoundNumber]) -> BoundNumber | None:
        """Days said to be working days, or working days calendar days, without a number."""
        units = {b.number.unit for b in periods}
        for pattern, unit in (("workdays", "workday"), ("days", "day")):
            for m in (m for p in compiled(pattern) for m in p.finditer(self.plain)):
                rolled = matches("rolled", self.plain[max(0, m.start() - 14) : m.start()])
                if unit not in units and units & {"day", "workday", "hour"} and not rolled and self._is_said(m):
                    return periods[0]
        return None

    def _on_another_day(self, periods: list[BoundNumber]) -> BoundNumber | None:
        """An ordinal day (第六十日) that is not the last of a bound period."""
        days = {b.number.value for b in periods if b.number.unit == "day"}
        for m in _ORDINAL.finditer(self.plain):
            if parse(m[1]) not in days and self._is_said(m):
                return periods[0]
        return None
