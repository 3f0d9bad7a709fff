"""What to file, by when, by which article; what is on file already and until when it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gongyue.conduct.exports import Tally, route
from gongyue.conduct.findings import BadInput, finding
from gongyue.conduct.flows import Facts
from gongyue.conduct.holidays import gap
from gongyue.conduct.lawpack import Fact, Pack
from gongyue.covenant.periods import NO_CALENDAR, Calendar, Period, deadline, months_after


class Step(msgspec.Struct, frozen=True):
    """One thing to do or to know: by when (a day, or "" for before anything leaves), and by which article."""

    zh: str
    en: str
    by: str
    source: str
    state: str = "todo"
    """todo · overdue · open (may be done now) · held (on file and good)."""


class Report(msgspec.Struct, frozen=True):
    """The whole answer; `finding` is GY-09-03 as data where something is to be filed or has lapsed."""

    pack: str
    on: str
    historic: bool
    route: str
    settled: bool
    steps: tuple[Step, ...]
    finding: dict[str, Any] | None
    stated: bool

    @property
    def clean(self) -> bool:
        """Whether nothing is to be filed, missing or asked."""
        return self.settled and self.finding is None and not any(s.state in {"todo", "overdue"} for s in self.steps)


def report(found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar = NO_CALENDAR) -> Report:
    """The route, its steps and whether what is on file carries it."""
    needed = route(found, pack)
    try:
        held, steps = _on_file(needed, facts, pack, on, calendar)
        if "important" in found.forced and not held:
            steps.append(_important(facts, pack, on))
    except (ValueError, OverflowError):
        raise BadInput(
            f"期限超出公元 1 至 9999 年：请看 {on}、单位事实所载日期与规则包 {pack.id} 的期限",
            f"a term leads beyond the years 1 to 9999: see {on}, the dates of the facts and the terms of law pack {pack.id}",
        ) from None
    if needed in {"assessment", "contract"} and not held and not steps:
        way = pack.route[needed]
        steps.append(Step(way.zh, way.en, "", way.source))
    missing = needed in {"assessment", "contract"} and not held
    counted = found.counted
    figures: dict[str, int | str] = {"ordinary": counted.n, "sensitive": counted.s, "route": needed, **found.forced}
    return Report(
        pack.id,
        on.isoformat(),
        not pack.in_force(on),
        needed,
        not found.asked and not found.bad,
        tuple(steps),
        finding("GY-09-03", "9(三)", figures, pack.route[needed].zh) if missing else None,
        bool(counted.stated_ordinary or counted.stated_sensitive),
    )


def _on_file(needed: str, facts: Facts, pack: Pack, on: date, calendar: Calendar) -> tuple[bool, list[Step]]:
    """(whether something good carries the route, what there is to say about what is on file)."""
    steps: list[Step] = []
    held = _assessment(facts, pack, on, calendar, steps) if needed in {"assessment", "contract"} else False
    if needed == "contract" and not held:
        contract = _contract(facts, pack, on, calendar, steps)
        held = _certificate(facts, pack, on, steps) or contract
    return held, steps


def _assessment(facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[Step]) -> bool:
    """令16 art 9: three years from issue; extension may be applied for within the last sixty working days."""
    if not facts.assessment:
        return False
    years = pack.fact["assessment_years"]
    if facts.assessment_issued is None:
        steps.append(
            Step("补上安全评估结果的出具日期", "state when the assessment result was issued", "", years.source)
        )
        return False
    ends = _years(facts.assessment_issued, years)
    if not facts.assessment_issued <= on < ends:
        steps.append(Step(f"安全评估 {facts.assessment} 已届满，或尚未出具", f"assessment {facts.assessment} has lapsed, or is not issued yet",
                          ends.isoformat(), years.source, "overdue"))  # fmt: skip
        return False
    window = pack.fact["extension_workdays"]
    opens = workdays_before(ends, pack.number("extension_workdays"), calendar)
    steps.append(Step(f"安全评估 {facts.assessment} 有效至 {ends}（不含）", f"assessment {facts.assessment} holds until {ends}, exclusive",
                      ends.isoformat(), years.source, "held"))  # fmt: skip
    state = "open" if on >= opens else "held"
    zh, en = gap(calendar, opens.toordinal(), ends.toordinal() - 1)
    steps.append(Step(f"如需延长，自 {opens} 起至届满前申请{zh}", f"to extend it, apply from {opens} until it lapses{en}",
                      ends.isoformat(), window.source, state))  # fmt: skip
    return True


def _contract(facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[Step]) -> bool:
    """令13 art 7: filed within ten working days of effect, not of signature; exports only once in effect."""
    fact = pack.fact["contract_filing_workdays"]
    effective = facts.contract_effective
    if effective is None:
        if facts.contract_filing:
            steps.append(
                Step("补上标准合同的生效日期", "state when the standard contract took effect", "", fact.source)
            )
        return False
    if effective > on:
        steps.append(Step(f"标准合同 {effective} 才生效，此前不得出境", f"the contract takes effect on {effective}; nothing may leave before",
                          effective.isoformat(), "令13 第六条"))  # fmt: skip
        return False
    if facts.contract_filing:
        steps.append(
            Step(
                f"标准合同已备案：{facts.contract_filing}",
                f"the contract is filed: {facts.contract_filing}",
                "",
                fact.source,
                "held",
            )
        )
        return True
    due = deadline(effective.toordinal(), Period(pack.number("contract_filing_workdays"), "workday"), calendar)
    last = date.fromordinal(due.last)
    state = "overdue" if on > last else "todo"
    zh, en = gap(calendar, effective.toordinal() + 1, due.last)
    steps.append(Step(f"标准合同与影响评估报告向省级网信部门备案{zh}", f"file the contract and the impact assessment with the provincial authority{en}",
                      last.isoformat(), fact.source, state))  # fmt: skip
    return False


def _certificate(facts: Facts, pack: Pack, on: date, steps: list[Step]) -> bool:
    """令20: valid three years; renewal six months before."""
    if not facts.certificate:
        return False
    fact, renew = pack.fact["certificate_years"], pack.fact["certificate_renew_months"]
    if facts.certificate_issued is None:
        steps.append(Step("补上认证证书的发证日期", "state when the certificate was issued", "", fact.source))
        return False
    ends = _years(facts.certificate_issued, fact)
    if not facts.certificate_issued <= on < ends:
        steps.append(Step(f"认证证书 {facts.certificate} 已届满，或尚未发证", f"certificate {facts.certificate} has lapsed, or is not issued yet",
                          ends.isoformat(), fact.source, "overdue"))  # fmt: skip
        return False
    by = date.fromordinal(months_after(ends.toordinal(), -pack.number("certificate_renew_months")))
    steps.append(Step(f"认证证书 {facts.certificate} 有效至 {ends}（不含），{by} 前申请续期", f"certificate {facts.certificate} holds until {ends},"
                      f" exclusive; renew by {by}", by.isoformat(), renew.source, "open" if on >= by else "held"))  # fmt: skip
    return True


def _important(facts: Facts, pack: Pack, on: date) -> Step:
    """令16 art 2, regulations art 37: within two months of being notified, to go on exporting."""
    fact = pack.fact["important_months"]
    if facts.important_notified is None:
        return Step("重要数据须申报安全评估；补上被告知或公开发布之日以计期限", "important data needs the assessment; state when it was notified or"
                    " listed", "", fact.source)  # fmt: skip
    by = date.fromordinal(months_after(facts.important_notified.toordinal(), pack.number("important_months")))
    return Step("申报重要数据出境安全评估，方可继续出境", "apply for the assessment of important data, to go on exporting",
                by.isoformat(), fact.source, "overdue" if on > by else "todo")  # fmt: skip


def _years(start: date, fact: Fact) -> date:
    assert isinstance(fact.value, int)
    return date.fromordinal(months_after(start.toordinal(), 12 * fact.value))


def workdays_before(end: date, n: int, calendar: Calendar = NO_CALENDAR) -> date:
    """The first day of the last n working days before `end`; without a calendar only weekends are known."""
    day = end.toordinal()
    while n:
        day -= 1
        n -= not calendar.is_off(day)
    return date.fromordinal(day)
