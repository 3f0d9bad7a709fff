"""Watching the executive body (article 19): its yearly figures; what was found where slots of the sealed book were audited, in two halves.

Two members that were drawn are given the keys of the slots drawn and tell padding from acts, of which they see none; the
authority, or an auditor from outside, opens the acts and folds whole dossiers. Each states the digest of the rest: where both
state the same, no leaf was neither padding nor act.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.parties import AUTHORITY
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM, UNIT, Body, Filing, act, office
from gongyue.governance.fields import Commitment, Count, Date, OptionalLink, RootDigest, UnitId
from gongyue.governance.office import earliest
from gongyue.governance.slots import Audit, Auditor, YearlyReport, spans
from gongyue.governance.yearly_figures import FEWEST, FIGURES, PARTS, Figure, told, year_of
from gongyue.rules import office as office_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

CHECK, REGISTER = "oversight.check/1", "oversight.register/1"
RefusalCode = Annotated[str, Meta(pattern=r"\A(?:[A-Za-z][A-Za-z0-9/-]{1,58})?\Z")]
"""A refusal's code, as verify names it: GY-17-04, dossier/two."""


@act(
    REGISTER,
    by=office("secretary", "clerk", two=True),
    clause="oversight.complaint",
    undo=True,
    example={
        "auditor": "u:0004",
        "begins": "2026-06-01",
        "ends": "2027-05-31",
        "confidentiality": "sha256:" + "00" * 32,
        "recusal": "sha256:" + "00" * 32,
    },
)
class Register(Body, frozen=True):
    """Registers a unit outside, which is no member, to audit the content of drawn slots for a term that everybody sees coming.

    `confidentiality`: its undertaking, in writing; `recusal`: in whom it has an interest, and what it therefore does not open.
    """

    auditor: UnitId
    begins: Date
    ends: Date
    confidentiality: Commitment
    recusal: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        if ends < begins:
            raise OutOfTurn("malformed", REGISTER, why="begins ≤ ends")
        inst.unit(self.auditor)
        if self.auditor in inst.members:
            raise OutOfTurn("not-outside", REGISTER, unit=self.auditor)
        yield office_rules.serves_after_the_delay(self.auditor, begins, earliest(inst, filing.time))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        term = Auditor(from_iso(self.begins), from_iso(self.ends), filing.index)
        known = inst.auditors.get(self.auditor, ())
        return replace(inst, auditors=inst.auditors.set(self.auditor, (*known, term)))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        others = tuple(one for one in inst.auditors[self.auditor] if one.index != index)
        return replace(inst, auditors=inst.auditors.set(self.auditor, others))


def is_auditor(inst: Institution, unit: str, day: int) -> bool:
    """Whether a unit is registered to audit the content on that day, and stands outside: whoever joined since does not."""
    terms = inst.auditors.get(unit, ())
    return unit not in inst.members and any(one.begins <= day <= one.ends for one in terms)


@act(
    CHECK,
    by=UNIT,
    clause="oversight.complaint",
    example={
        "half": "members",
        "seed": 501,
        "slots": list(range(20500, 20530)),
        "padding": 451,
        "real": 29,
        "rest": "sha256:" + "00" * 32,
        "verdict": "lawful",
        "code": "",
        "link": "",
    },
)
class Check(Body, frozen=True):
    """States what was found in the slots that a seed drew: leaves of padding and of acts, the digest of the latter's commitments.

    The two members drawn check the padding; the authority, or an auditor registered for the day, the content. An objection names
    the code and links to the entry.
    """

    half: Literal["members", "content"]
    seed: Count
    slots: Annotated[tuple[Count, ...], Meta(max_length=400)]
    padding: Count
    real: Count
    rest: RootDigest
    verdict: Literal["lawful", "objection"]
    code: RefusalCode = ""
    link: OptionalLink = ""  # type: ignore[assignment]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        actor = filing.actor
        opens = actor == AUTHORITY or is_auditor(inst, actor, filing.day)
        if actor not in inst.members and not opens:
            raise OutOfTurn("not-member", CHECK)
        if self.half == "content" and not opens:  # whoever opens it reads other members' matters
            raise OutOfTurn("not-auditor", CHECK)
        seed = inst.seeds.get(self.seed)
        if seed is None:
            raise OutOfTurn("not-found", CHECK, what=f"inspection.seed #{self.seed}").saying(
                what=(f"第 {self.seed} 条的抽取", f"draw #{self.seed}")
            )
        if self.half == "members" and actor not in seed.members:  # whose keys they are is for no officer to choose
            raise OutOfTurn("not-checker", CHECK, seed=self.seed, members=" ".join(seed.members))
        if any((one.actor, one.half) == (actor, self.half) for one in inst.audits.get(self.seed, ())):
            raise OutOfTurn("already", CHECK)
        if self.slots != filing.given.drawn:
            found = next((s for s in self.slots if s not in filing.given.drawn), len(self.slots))
            raise OutOfTurn("not-drawn", CHECK, seed=self.seed, found=found)
        assert inst.genesis is not None
        known = spans(inst)
        leaves = sum(anchor.size - start for start, anchor in (known[slot] for slot in self.slots))
        if self.padding + self.real != leaves:
            raise OutOfTurn("wrong-statement", CHECK, what=f"{self.padding} + {self.real} ≠ {leaves}").saying(
                what=(
                    f"补齐 {self.padding} 条，内容 {self.real} 条，合计不是 {leaves} 条",
                    f"{self.padding} of padding and {self.real} of content are not {leaves} entries",
                )
            )
        if not len(self.slots) <= self.padding <= len(self.slots) * inst.genesis.quantum:  # 1 to quantum in each slot
            raise OutOfTurn("wrong-statement", CHECK, what=f"padding {self.padding}").saying(
                what=(f"补齐 {self.padding} 条", f"{self.padding} entries of padding")
            )
        if (self.verdict == "objection") != bool(self.code) or (self.verdict == "objection") != bool(self.link):
            raise OutOfTurn("malformed", CHECK, why="verdict, code, link")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        stated = Audit(filing.index, filing.actor, self.half, self.padding, self.real, self.rest, self.verdict)
        return replace(inst, audits=inst.audits.set(self.seed, (*inst.audits.get(self.seed, ()), stated)))


REPORT = "oversight.report/1"
YEARS_FIGURES = ("年度数字", "the year's figures")
Told = Annotated[int, Meta(ge=FEWEST, le=2**53 - 1)] | None
"""A figure of sealed acts; None for fewer than three."""


@act(
    REPORT,
    by=SYSTEM,
    clause="oversight.complaint",
    example={"year": 2026, "figures": dict.fromkeys(FIGURES) | {"reports": 5, "answered": 4, "due": 7}},
)
class Report(Body, frozen=True):
    """A past year's figures of what is under seal: how many acts of each kind, how much was due, how much of it overdue.

    Whoever opens all of it has recounted them; whoever opens a part holds them against that part (`governance.yearly`).
    """

    year: Annotated[int, Meta(ge=2000, le=2999)]
    figures: dict[Figure, Told]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.year in inst.yearly:
            raise OutOfTurn("already", REPORT)
        if (first := next_year(inst)) is None or self.year != first:
            raise OutOfTurn("not-yet", REPORT, ends=iso(date(self.year, 12, 31).toordinal()))
        if set(self.figures) != set(FIGURES):
            raise OutOfTurn("malformed", REPORT, why="figures")
        for part, whole in PARTS.items():
            if (self.figures[part] or 0) > (self.figures[whole] or FEWEST - 1):
                raise OutOfTurn(
                    "wrong-statement", REPORT, what=f"{part} {self.figures[part]} > {whole} {self.figures[whole]}"
                ).saying(what=YEARS_FIGURES)
            if telling := self._told_by_difference(part, whole):
                raise OutOfTurn("wrong-statement", REPORT, what=telling).saying(what=YEARS_FIGURES)
        if filing.given.yearly is not None and self.figures != (true := told(filing.given.yearly)):
            name = next(n for n in FIGURES if self.figures[n] != true[n])
            raise OutOfTurn("wrong-statement", REPORT, what=f"{name} {self.figures[name]} ≠ {true[name]}").saying(
                what=YEARS_FIGURES
            )
        yield from ()

    def _told_by_difference(self, part: Figure, whole: Figure) -> str:
        """What a part and its whole, both told, say of fewer than three; empty for nothing."""
        one, every = self.figures[part], self.figures[whole]
        return f"{whole} − {part} < {FEWEST}" if one is not None and every is not None and every - one < FEWEST else ""

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return replace(
            inst,
            yearly=inst.yearly.set(
                self.year, YearlyReport(filing.index, {name: self.figures[name] for name in FIGURES})
            ),
        )


def next_year(inst: Institution) -> int | None:
    """The first year that has no report yet and of which nothing can come any more, its last slot being anchored; None if none."""
    if not inst.in_force or not inst.anchors or inst.founding.published_day is None:
        return None
    year = max(inst.yearly, default=year_of(inst.founding.published_day) - 1) + 1
    return year if year < year_of(day_of(inst.anchors[-1].time)) else None
