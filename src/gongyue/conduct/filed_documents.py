"""What is on file already, the assessment, the contract, the certificate: until when each holds, and what it still needs."""

from __future__ import annotations

from datetime import date

import msgspec

from gongyue.conduct.export_coverage import assessment_terms, certificate_ends, important_due
from gongyue.conduct.facts import Facts
from gongyue.conduct.holidays import gap
from gongyue.conduct.lawpack import Pack
from gongyue.covenant.periods import NO_CALENDAR, Calendar, Period, deadline, months_after

FILED = ("assessment", "contract")
"""The routes for which something is filed, the lightest last."""
EFFECT = "令13 第六条"
"""What says that a contract carries an export only once it is in effect."""


class ComplianceStep(msgspec.Struct, frozen=True):
    """One thing to do or to know: by when (a day, or "" where there is none), and by which article."""

    zh: str
    en: str
    by: str
    source: str
    state: str = "todo"
    """todo · overdue · breach · open (may be done now) · ahead (when its time comes) · held (on file and good) · note."""
    ends: bool = False
    """Whether `by` is the first day that is too late, without one: whether it comes before anything leaves."""


def on_file(needed: str, facts: Facts, pack: Pack, on: date, calendar: Calendar) -> tuple[bool, list[ComplianceStep]]:
    """(whether something good carries the route, what there is to say about what is on file)."""
    steps: list[ComplianceStep] = []
    held = _assessment(facts, pack, on, calendar, steps) if needed in FILED else False
    if needed == "contract" and not held:
        contract = _contract(facts, pack, on, calendar, steps)
        held = _certificate(facts, pack, on, steps) or contract
    return held, steps


def assessed(facts: Facts, pack: Pack, on: date) -> bool:
    """Whether the assessment is in force on that day."""
    issued = facts.assessment_issued
    terms = assessment_terms(issued, facts, pack) if facts.assessment and issued else []
    return any(term.since <= on < term.ends for term in terms)


def _not_in_time(what: tuple[str, str], issued: date, ends: date, on: date, source: str) -> ComplianceStep:
    """A result or certificate that is not issued yet, or holds no longer."""
    zh, en = what
    if issued > on:
        return ComplianceStep(f"{zh} {issued} 才出具，此前不得据以出境", f"{en} is issued on {issued}; nothing may leave by it before",
                    issued.isoformat(), source, ends=True)  # fmt: skip
    return ComplianceStep(
        f"{zh} 已届满，须重新办理方可再出境",
        f"{en} has lapsed: go the route anew before anything more leaves",
        ends.isoformat(),
        source,
        "overdue",
        ends=True,
    )


def _assessment(facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[ComplianceStep]) -> bool:
    """令16 art 9: three years from issue, three more once extended; applied for within the last sixty working days."""
    if not facts.assessment:
        return False
    years = pack.fact["assessment_years"]
    if facts.assessment_issued is None:
        steps.append(
            ComplianceStep(
                "补上安全评估结果的出具日期", "state when the assessment result was issued", "", years.source
            )
        )
        return False
    ends = assessment_terms(facts.assessment_issued, facts, pack)[-1].ends
    if not facts.assessment_issued <= on < ends:
        what = f"安全评估 {facts.assessment}", f"assessment {facts.assessment}"
        steps.append(_not_in_time(what, facts.assessment_issued, ends, on, years.source))
        return False
    window = pack.fact["extension_workdays"]
    opens = workdays_before(ends, pack.number("extension_workdays"), calendar)
    extended = ("，已延长", ", extended") if facts.assessment_extended else ("", "")
    steps.append(ComplianceStep(f"安全评估 {facts.assessment} 有效至 {ends}（不含）{extended[0]}",
                      f"assessment {facts.assessment} holds until {ends}, exclusive{extended[1]}",
                      ends.isoformat(), years.source, "held", ends=True))  # fmt: skip
    state = "open" if on >= opens else "ahead"
    zh, en = gap(calendar, opens.toordinal(), ends.toordinal() - 1)
    steps.append(ComplianceStep(f"如需延长，自 {opens} 起至届满前申请{zh}", f"to extend it, apply from {opens} until it lapses{en}",
                      ends.isoformat(), window.source, state, ends=True))  # fmt: skip
    return True


def _contract(facts: Facts, pack: Pack, on: date, calendar: Calendar, steps: list[ComplianceStep]) -> bool:
    """令13 art 7: filed within ten working days of effect, not of signature; exports only once in effect."""
    fact = pack.fact["contract_filing_workdays"]
    effective = facts.contract_effective
    if effective is None:
        if facts.contract_filing:
            steps.append(
                ComplianceStep(
                    "补上标准合同的生效日期", "state when the standard contract took effect", "", fact.source
                )
            )
        return False
    if effective > on:
        steps.append(ComplianceStep(f"标准合同 {effective} 才生效，此前不得出境", f"the contract takes effect on {effective}; nothing may leave before",
                          effective.isoformat(), EFFECT, ends=True))  # fmt: skip
        return False
    if facts.contract_filing:
        steps.append(
            ComplianceStep(
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
    steps.append(ComplianceStep(f"标准合同与影响评估报告向省级网信部门备案{zh}",
        f"file the contract and the impact assessment with the provincial authority{en}",
                      last.isoformat(), fact.source, state))  # fmt: skip
    return False


def _certificate(facts: Facts, pack: Pack, on: date, steps: list[ComplianceStep]) -> bool:
    """令20: valid three years; renewal six months before."""
    if not facts.certificate:
        return False
    fact, renew = pack.fact["certificate_years"], pack.fact["certificate_renew_months"]
    if not pack.cited(fact.source, on):
        steps.append(ComplianceStep(f"查明认证证书 {facts.certificate} 在 {on} 是否有效：其有效期限所依的办法当日尚未施行，不作判断",
                          f"find out whether certificate {facts.certificate} was good on {on}: what says how long it holds was not in force yet; not"
                          " judged", "", pack.route["contract"].source))  # fmt: skip
        return False
    if facts.certificate_issued is None:
        steps.append(ComplianceStep("补上认证证书的发证日期", "state when the certificate was issued", "", fact.source))
        return False
    ends = certificate_ends(facts.certificate_issued, pack)
    if not facts.certificate_issued <= on < ends:
        what = f"认证证书 {facts.certificate}", f"certificate {facts.certificate}"
        steps.append(_not_in_time(what, facts.certificate_issued, ends, on, fact.source))
        return False
    months = pack.number("certificate_renew_months")
    by = date.fromordinal(months_after(ends.toordinal(), -months))
    before = pack.cited(fact.source, facts.certificate_issued) == ""
    zh, en = ("；发证在所依办法施行之前，仍照其计（我们的读法）", "; issued before those measures were in force, counted by them all the same (our"
              " reading)") if before else ("", "")  # fmt: skip
    steps.append(ComplianceStep(f"认证证书 {facts.certificate} 有效至 {ends}（不含）{zh}", f"certificate {facts.certificate} holds until {ends}, exclusive{en}",
                      ends.isoformat(), fact.source, "held", ends=True))  # fmt: skip
    steps.append(ComplianceStep(f"认证证书 {facts.certificate} 届满前 {months} 个月申请续期",
        f"renew certificate {facts.certificate} {months} months before it lapses",
                      by.isoformat(), renew.source, "overdue" if on > by else "ahead"))  # fmt: skip
    return True


def important_data(facts: Facts, pack: Pack, on: date, calendar: Calendar) -> ComplianceStep:
    """令16 art 2, regulations art 37: within two months of being notified, to go on exporting."""
    fact = pack.fact["important_months"]
    if facts.important_notified is None:
        return ComplianceStep("重要数据须申报安全评估；补上被告知或公开发布之日以计期限", "important data needs the assessment; state when it was notified or"
                    " listed", "", fact.source)  # fmt: skip
    due = important_due(facts.important_notified, pack, calendar)
    by, (zh, en) = date.fromordinal(due), gap(calendar, due, due)
    return ComplianceStep(f"申报重要数据出境安全评估，方可继续出境{zh}", f"apply for the assessment of important data, to go on exporting{en}",
                by.isoformat(), fact.source, "overdue" if on > by else "todo")  # fmt: skip


def workdays_before(end: date, n: int, calendar: Calendar = NO_CALENDAR) -> date:
    """The first day of the last n working days before `end`; without a calendar only weekends are known."""
    day = end.toordinal()
    while n:
        day -= 1
        n -= not calendar.is_off(day)
    return date.fromordinal(day)
