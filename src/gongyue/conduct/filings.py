"""What to file, by when, by which article, for what has left and what is planned."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gongyue.conduct.export_counts import Tally
from gongyue.conduct.export_coverage import Outside, covered, outside
from gongyue.conduct.exports import RANK, planned_route, route, route_by_number
from gongyue.conduct.facts import Facts
from gongyue.conduct.filed_documents import EFFECT, FILED, ComplianceStep, assessed, important_data, on_file
from gongyue.conduct.findings import finding
from gongyue.conduct.lawpack import Duty, Pack
from gongyue.covenant.periods import NO_CALENDAR, Calendar


class Planned(msgspec.Struct, frozen=True):
    """What is dated after the day asked about: its persons, and the route that the year needs with it."""

    rows: int
    ordinary: int
    sensitive: int
    route: str
    first: str
    forced: dict[str, int]
    """Rows that need the assessment whatever the number, by reason."""


class Report(msgspec.Struct, frozen=True):
    """The whole answer; `finding` is GY-09-03 as data where something is to be filed, has lapsed, or came too late."""

    pack: str
    on: str
    historic: bool
    route: str
    settled: bool
    steps: tuple[ComplianceStep, ...]
    finding: dict[str, Any] | None
    stated: bool
    file: tuple[str, ...] = ()
    """The papers of the heaviest route that is still to be gone."""
    outside: tuple[Outside, ...] = ()
    planned: Planned | None = None
    know: tuple[Duty, ...] = ()
    """What else to know of the heaviest route, with what is planned, and of the cases that flows came to."""

    @property
    def clean(self) -> bool:
        """Whether nothing is to be filed, missing or asked; flows of other years alone answer nothing."""
        judged = self.route != "uncounted" or self.planned is not None
        open_ = any(s.state in {"todo", "overdue", "breach"} for s in self.steps)
        return self.settled and judged and self.finding is None and not open_


def report(found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar = NO_CALENDAR) -> Report:
    """The route, its steps and whether what is on file carries it: what has left, and what is planned."""
    approved = tuple(day for day in facts.assessment_extended if day <= on)
    facts = msgspec.structs.replace(facts, assessment_extended=approved)
    needed, planned = route(found, pack), planned_route(found, pack)
    held, steps = on_file(needed, facts, pack, on, calendar)
    important = found.forced.get("important", 0) + found.planned_forced.get("important", 0)
    if important and not assessed(facts, pack, on):
        steps.append(important_data(facts, pack, on, calendar))
    if needed in FILED and not held and not steps:
        way = pack.route[needed]
        steps.append(ComplianceStep(way.zh, way.en, "", way.source, ends=True))
    open_ = [needed] if needed in FILED and not held else []
    if planned is not None and RANK.index(planned) > RANK.index(needed):
        open_ += _plan(planned, found, facts, pack, on, calendar, steps)
    elif held and planned is not None and not _carried(planned, found, facts, pack):
        steps.append(_too_short(planned, found, pack))
        open_ = [planned]
    if "assessment" in open_ and _crossed(found, facts, pack, on):
        steps.append(ComplianceStep(pack.crossing.zh, pack.crossing.en, "", pack.crossing.source, "note"))
    beyond = outside(found, facts, pack, calendar) if needed in FILED else ()
    steps += [_beyond(one, pack) for one in beyond]
    if facts.home != _MAINLAND:
        steps.append(ComplianceStep(f"home 写作 {facts.home}：去往 {facts.home} 的没有算作出境；规则包管的是自中国境内出境，请核对",
                          f"home is {facts.home}: what goes there was no export; the pack is on exports from mainland China, look whether that is"
                          " right", "", pack.id, "note"))  # fmt: skip
    steps, papers = _as_of(on, steps, pack.route[open_[-1]].file if open_ else (), pack)
    counted = found.counted
    return Report(
        pack.id,
        on.isoformat(),
        not pack.in_force(on),
        needed,
        not found.asked and not found.bad,
        tuple(steps),
        _filing_finding(found, needed, held, beyond, pack),
        bool(counted.stated_ordinary or counted.stated_sensitive),
        papers,
        beyond,
        None if planned is None else _planned(planned, found),
        _known(needed if planned is None else max(needed, planned, key=RANK.index), found, pack, on),
    )


_MAINLAND = Facts().home


def _known(route: str, found: Tally, pack: Pack, on: date) -> tuple[Duty, ...]:
    """What else to know of a route, and of the cases that flows came to."""
    counted = route != "exempt" or "counted" in found.outcomes
    said = pack.route[route].know if route in pack.route and counted else ()
    cases = [one for outcome, duties in pack.told.items() if outcome in found.outcomes for one in duties]
    return pack.standing([*said, *cases], on)


def _as_of(
    on: date, steps: list[ComplianceStep], papers: tuple[str, ...], pack: Pack
) -> tuple[list[ComplianceStep], tuple[str, ...]]:
    """Steps and papers by what is law on that day; what they would cite else is named, with the day it comes into force."""
    left_out = {key for text in (*(step.source for step in steps), *papers) for key in pack.not_yet(text, on)}
    made = [msgspec.structs.replace(step, source=pack.cited(step.source, on)) for step in steps]
    for key in sorted(left_out):
        one = pack.instrument[key]
        made.append(ComplianceStep(f"{one.zh}自 {one.since} 起才有，{on} 不引；当日就此另有何规定，本规则包不知道",
                         f"{one.en}: from {one.since} only, not cited on {on}; what else held on it that day this pack does not know",
                         "", pack.id, "note"))  # fmt: skip
    return made, tuple(paper for paper in papers if not pack.not_yet(paper, on))


def _crossed(found: Tally, facts: Facts, pack: Pack, on: date) -> bool:
    """Whether the numbers alone come to need the assessment, of persons who left since 1 January beside a contract or certificate."""
    counted = found.counted
    carried = any(
        day and day <= on for day in (facts.contract_effective, facts.certificate and facts.certificate_issued)
    )
    by_number = route_by_number(*counted.with_(found.planned), pack) == "assessment"
    return bool(carried and by_number and counted.n + counted.s and pack.cited(pack.crossing.source, on))


def _filing_finding(
    found: Tally, needed: str, held: bool, beyond: tuple[Outside, ...], pack: Pack
) -> dict[str, Any] | None:
    rows = sum(one.rows for one in beyond if one.needed)
    if not rows and (held or needed not in FILED):
        return None
    figures: dict[str, int | str] = {"ordinary": found.counted.n, "sensitive": found.counted.s, "route": needed}
    figures |= found.forced | ({"outside": rows} if rows else {})
    return finding("GY-09-03", "9(三)", figures, pack.route[needed].zh)


def _planned(planned: str, found: Tally) -> Planned:
    assert found.planned_from is not None
    rows = found.outcomes.get("later", 0)
    return Planned(
        rows, found.planned.n, found.planned.s, planned, found.planned_from.isoformat(), found.planned_forced
    )


def _plan(
    planned: str, found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[ComplianceStep]
) -> list[str]:
    """The steps of a route that what is planned will need; the route, unless something on file carries it by then."""
    held, more = on_file(planned, facts, pack, on, calendar)
    carried = _carried(planned, found, facts, pack)
    if carried:  # what begins before the first of them leaves needs nothing more
        more = [msgspec.structs.replace(s, state="ahead") if s.ends and s.state == "todo" else s for s in more]
    steps += [step for step in more if step not in steps]
    if carried or planned not in FILED:
        return []
    if held:
        steps.append(_too_short(planned, found, pack))
        return [planned]
    assert found.planned_from is not None
    way, first = pack.route[planned], found.planned_from.isoformat()
    steps.append(
        ComplianceStep(
            f"按计划再出境，须先{way.zh}", f"what is planned needs first: {way.en}", first, way.source, ends=True
        )
    )
    return [planned]


def _carried(planned: str, found: Tally, facts: Facts, pack: Pack) -> bool:
    """Whether something on file carries the first and the last of what is planned."""
    days = [day for day in (found.planned_from, found.planned_to) if day is not None]
    return covered(planned, days, facts, pack)


def _too_short(planned: str, found: Tally, pack: Pack) -> ComplianceStep:
    assert found.planned_to is not None
    last, source = found.planned_to.isoformat(), pack.route[planned].source
    return ComplianceStep(f"计划到 {last} 还有出境，而所备的届时已不在有效期内；须先延长、续期或者重新办理",
                f"exports are planned until {last}, when what is on file holds no more: extend it, renew it or go the route anew first",
                last, source, ends=True)  # fmt: skip


def _beyond(one: Outside, pack: Pack) -> ComplianceStep:
    """What left on days when nothing on file covered it: a breach where a route was needed on that day already."""
    days = one.first if one.first == one.last else f"{one.first} – {one.last}"
    names = "、".join(one.flows)
    zh = f"{one.rows} 笔出境（{days}：{names}）不在所备评估、合同或者证书的有效期内"
    en = f"{one.rows} flow row(s) ({days}: {', '.join(one.flows)}) left outside the term of what is on file"
    if not one.needed:
        return ComplianceStep(f"{zh}；当日累计未达标准（我们的读法）", f"{en}; the numbers did not need it on that day (our reading)",
                    "", pack.route["exempt"].source, "note")  # fmt: skip
    way = pack.route[one.needed]
    source = way.source if one.needed == "assessment" else f"{way.source}；合同生效后方可出境：{EFFECT}"
    return ComplianceStep(
        f"{zh}，而当日已须{way.zh}", f"{en}, and on that day already had to: {way.en}", "", source, "breach"
    )
