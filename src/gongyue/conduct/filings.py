"""What to file, by when, by which article; what is on file already and until when it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gongyue.conduct.coverage import Outside, covered, outside, years_after
from gongyue.conduct.exports import RANK, Tally, planned_route, route, route_by_number
from gongyue.conduct.findings import BadInput, finding
from gongyue.conduct.flows import Facts
from gongyue.conduct.holidays import gap
from gongyue.conduct.lawpack import Pack
from gongyue.covenant.periods import NO_CALENDAR, Calendar, Period, deadline, months_after


class Step(msgspec.Struct, frozen=True):
    """One thing to do or to know: by when (a day, or "" for before anything leaves), and by which article."""

    zh: str
    en: str
    by: str
    source: str
    state: str = "todo"
    """todo · overdue · breach · open (may be done now) · ahead (when its time comes) · held (on file and good) · note."""
    ends: bool = False
    """Whether `by` is the first day that is too late; else it is the last day that is not."""


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
    steps: tuple[Step, ...]
    finding: dict[str, Any] | None
    stated: bool
    file: tuple[str, ...] = ()
    """The papers of the heaviest route that is still to be gone."""
    outside: tuple[Outside, ...] = ()
    planned: Planned | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing is to be filed, missing or asked; flows of other years alone answer nothing."""
        judged = self.route != "uncounted" or self.planned is not None
        open_ = any(s.state in {"todo", "overdue", "breach"} for s in self.steps)
        return self.settled and judged and self.finding is None and not open_


def report(found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar = NO_CALENDAR) -> Report:
    """The route, its steps and whether what is on file carries it: what has left, and what is planned."""
    try:
        return _report(found, facts, pack, on, calendar)
    except (ValueError, OverflowError):
        raise BadInput(
            f"期限超出公元 1 至 9999 年：请看 {on}、单位事实所载日期与规则包 {pack.id} 的期限",
            f"a term leads beyond the years 1 to 9999: see {on}, the dates of the facts and the terms of law pack {pack.id}",
        ) from None


def _report(found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar) -> Report:
    needed, planned = route(found, pack), planned_route(found, pack)
    held, steps = _on_file(needed, facts, pack, on, calendar)
    important = found.forced.get("important", 0) + found.planned_forced.get("important", 0)
    if important and not _assessed(facts, pack, on):
        steps.append(_important(facts, pack, on))
    if needed in _FILED and not held and not steps:
        way = pack.route[needed]
        steps.append(Step(way.zh, way.en, "", way.source))
    open_ = [needed] if needed in _FILED and not held else []
    if planned is not None and RANK.index(planned) > RANK.index(needed):
        open_ += _plan(planned, found, facts, pack, on, calendar, steps)
    elif held and planned is not None and not _carried(planned, found, facts, pack):
        steps.append(_too_short(planned, found, pack))
        open_ = [planned]
    if "assessment" in open_ and _crossed(found, facts, pack, on):
        steps.append(Step(pack.crossing.zh, pack.crossing.en, "", pack.crossing.source, "note"))
    beyond = outside(found, facts, pack) if needed in _FILED else ()
    steps += [_beyond(one, pack) for one in beyond]
    if facts.home != _MAINLAND:
        steps.append(Step(f"home 写作 {facts.home}：去往 {facts.home} 的没有算作出境；规则包管的是自中国境内出境，请核对",
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
        _finding(found, needed, held, beyond, pack),
        bool(counted.stated_ordinary or counted.stated_sensitive),
        papers,
        beyond,
        None if planned is None else _planned(planned, found),
    )


_FILED = ("assessment", "contract")
_MAINLAND = Facts().home


def _as_of(on: date, steps: list[Step], papers: tuple[str, ...], pack: Pack) -> tuple[list[Step], tuple[str, ...]]:
    """Steps and papers by what is law on that day; what they would cite else is named, with the day it comes into force."""
    left_out = {key for text in (*(step.source for step in steps), *papers) for key in pack.not_yet(text, on)}
    made = [msgspec.structs.replace(step, source=pack.cited(step.source, on)) for step in steps]
    for key in sorted(left_out):
        one = pack.instrument[key]
        made.append(Step(f"{one.zh}自 {one.since} 起才有，{on} 不引；当日就此另有何规定，本规则包不知道",
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


def _finding(found: Tally, needed: str, held: bool, beyond: tuple[Outside, ...], pack: Pack) -> dict[str, Any] | None:
    rows = sum(one.rows for one in beyond if one.needed)
    if not rows and (held or needed not in _FILED):
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
    planned: str, found: Tally, facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[Step]
) -> list[str]:
    """The steps of a route that what is planned will need; the route, unless something on file carries it by then."""
    held, more = _on_file(planned, facts, pack, on, calendar)
    carried = _carried(planned, found, facts, pack)
    if carried:  # what begins before the first of them leaves needs nothing more
        more = [msgspec.structs.replace(s, state="ahead") if s.ends and s.state == "todo" else s for s in more]
    steps += [step for step in more if step not in steps]
    if carried or planned not in _FILED:
        return []
    if held:
        steps.append(_too_short(planned, found, pack))
        return [planned]
    assert found.planned_from is not None
    way, first = pack.route[planned], found.planned_from.isoformat()
    steps.append(
        Step(f"按计划再出境，须先{way.zh}", f"what is planned needs first: {way.en}", first, way.source, ends=True)
    )
    return [planned]


def _carried(planned: str, found: Tally, facts: Facts, pack: Pack) -> bool:
    """Whether something on file carries the first and the last of what is planned."""
    days = [day for day in (found.planned_from, found.planned_to) if day is not None]
    return covered(planned, days, facts, pack)


def _too_short(planned: str, found: Tally, pack: Pack) -> Step:
    assert found.planned_to is not None
    last, source = found.planned_to.isoformat(), pack.route[planned].source
    return Step(f"计划到 {last} 还有出境，而所备的届时已不在有效期内；须先延长、续期或者重新办理",
                f"exports are planned until {last}, when what is on file holds no more: extend it, renew it or go the route anew first",
                last, source, ends=True)  # fmt: skip


def _beyond(one: Outside, pack: Pack) -> Step:
    """What left on days when nothing on file covered it: a breach where a route was needed on that day already."""
    days = one.first if one.first == one.last else f"{one.first} – {one.last}"
    names = "、".join(one.flows)
    zh = f"{one.rows} 笔出境（{days}：{names}）不在所备评估、合同或者证书的有效期内"
    en = f"{one.rows} flow row(s) ({days}: {', '.join(one.flows)}) left outside the term of what is on file"
    if not one.needed:
        return Step(f"{zh}；当日累计未达标准（我们的读法）", f"{en}; the numbers did not need it on that day (our reading)",
                    "", pack.route["exempt"].source, "note")  # fmt: skip
    way = pack.route[one.needed]
    source = way.source if one.needed == "assessment" else f"{way.source}；合同生效后方可出境：{_EFFECT}"
    return Step(f"{zh}，而当日已须{way.zh}", f"{en}, and on that day already had to: {way.en}", "", source, "breach")


_EFFECT = "令13 第六条"


def _on_file(needed: str, facts: Facts, pack: Pack, on: date, calendar: Calendar) -> tuple[bool, list[Step]]:
    """(whether something good carries the route, what there is to say about what is on file)."""
    steps: list[Step] = []
    held = _assessment(facts, pack, on, calendar, steps) if needed in _FILED else False
    if needed == "contract" and not held:
        contract = _contract(facts, pack, on, calendar, steps)
        held = _certificate(facts, pack, on, steps) or contract
    return held, steps


def _assessed(facts: Facts, pack: Pack, on: date) -> bool:
    issued = facts.assessment_issued
    good = issued is not None and issued <= on < years_after(issued, pack.number("assessment_years"))
    return good and bool(facts.assessment)


def _not_in_time(what: tuple[str, str], issued: date, ends: date, on: date, source: str) -> Step:
    """A result or certificate that is not issued yet, or holds no longer."""
    zh, en = what
    if issued > on:
        return Step(f"{zh} {issued} 才出具，此前不得据以出境", f"{en} is issued on {issued}; nothing may leave by it before",
                    issued.isoformat(), source, ends=True)  # fmt: skip
    return Step(f"{zh} 已届满", f"{en} has lapsed", ends.isoformat(), source, "overdue", ends=True)


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
    ends = years_after(facts.assessment_issued, pack.number("assessment_years"))
    if not facts.assessment_issued <= on < ends:
        what = f"安全评估 {facts.assessment}", f"assessment {facts.assessment}"
        steps.append(_not_in_time(what, facts.assessment_issued, ends, on, years.source))
        return False
    window = pack.fact["extension_workdays"]
    opens = workdays_before(ends, pack.number("extension_workdays"), calendar)
    steps.append(Step(f"安全评估 {facts.assessment} 有效至 {ends}（不含）", f"assessment {facts.assessment} holds until {ends}, exclusive",
                      ends.isoformat(), years.source, "held", ends=True))  # fmt: skip
    state = "open" if on >= opens else "ahead"
    zh, en = gap(calendar, opens.toordinal(), ends.toordinal() - 1)
    steps.append(Step(f"如需延长，自 {opens} 起至届满前申请{zh}", f"to extend it, apply from {opens} until it lapses{en}",
                      ends.isoformat(), window.source, state, ends=True))  # fmt: skip
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
                          effective.isoformat(), _EFFECT, ends=True))  # fmt: skip
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
    if not pack.cited(fact.source, on):
        steps.append(Step(f"查明认证证书 {facts.certificate} 在 {on} 是否有效：其有效期限所依的办法当日尚未施行，不作判断",
                          f"find out whether certificate {facts.certificate} was good on {on}: what says how long it holds was not in force yet; not"
                          " judged", "", pack.route["contract"].source))  # fmt: skip
        return False
    if facts.certificate_issued is None:
        steps.append(Step("补上认证证书的发证日期", "state when the certificate was issued", "", fact.source))
        return False
    ends = years_after(facts.certificate_issued, pack.number("certificate_years"))
    if not facts.certificate_issued <= on < ends:
        what = f"认证证书 {facts.certificate}", f"certificate {facts.certificate}"
        steps.append(_not_in_time(what, facts.certificate_issued, ends, on, fact.source))
        return False
    months = pack.number("certificate_renew_months")
    by = date.fromordinal(months_after(ends.toordinal(), -months))
    before = pack.cited(fact.source, facts.certificate_issued) == ""
    zh, en = ("；发证在所依办法施行之前，仍照其计（我们的读法）", "; issued before those measures were in force, counted by them all the same (our"
              " reading)") if before else ("", "")  # fmt: skip
    steps.append(Step(f"认证证书 {facts.certificate} 有效至 {ends}（不含）{zh}", f"certificate {facts.certificate} holds until {ends}, exclusive{en}",
                      ends.isoformat(), fact.source, "held", ends=True))  # fmt: skip
    steps.append(Step(f"认证证书 {facts.certificate} 届满前 {months} 个月申请续期", f"renew certificate {facts.certificate} {months} months before it lapses",
                      by.isoformat(), renew.source, "overdue" if on > by else "ahead"))  # fmt: skip
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


def workdays_before(end: date, n: int, calendar: Calendar = NO_CALENDAR) -> date:
    """The first day of the last n working days before `end`; without a calendar only weekends are known."""
    day = end.toordinal()
    while n:
        day -= 1
        n -= not calendar.is_off(day)
    return date.fromordinal(day)
