"""Reports: who may report whom, of what conduct, and on what grounds one is not taken up.

第十七条　本公约成员单位违反本公约的，任何其他成员单位均有权及时向公约执行机构进行检举，要求公约执行机构进行调查；
公约执行机构也可以直接进行调查，并将调查结果向全体成员单位公布。
第十九条　本公约所有成员单位均有权对公约执行机构执行本公约的合法性和公正性进行监督，
有权向执行机构的主管部门检举公约执行机构或其他工作人员违反本公约的行为。
"""

from __future__ import annotations

from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either

DECLINES = ("not_member", "before", "no_article", "no_fact", "decided")
"""On what a report may be declined: not a member's conduct, before force or accession, no article, no fact, decided already."""


@carries_out("report.file", refusal="GY-17-01")
def is_reported_by_a_member(unit: str, member: bool) -> Finding:
    """Any member unit may report; whoever is none may send a tip."""
    return either(member, enough="成员单位", unit=unit)


@carries_out("report.file", refusal="GY-17-02")
def is_reported_by_another(unit: str, accused: str) -> Finding:
    """Another member's breach is reported; one's own is told of oneself, which is an act of its own kind."""
    return either(unit != accused, enough="own", unit=unit, accused=accused)


@carries_out("report.file", refusal="GY-17-08")
def accused_is_a_member(accused: str, member: bool) -> Finding:
    """The covenant binds its member units; what others do is no breach of it."""
    return either(member, enough="成员单位", accused=accused)


@carries_out("effect_and_force", refusal="GY-17-03")
def conduct_is_covered(ends: int, in_force: int, joined: int) -> Finding:
    """Conduct counts from the later of force and the accused's own accession, that day included."""
    since = max(in_force, joined)
    return either(ends >= since, enough=iso(since), ends=iso(ends), in_force=iso(in_force), since=iso(since))


@carries_out("report.file", refusal="GY-17-07")
def decline_has_a_ground(ground: str) -> Finding:
    """Whoever reports is owed an answer, and a report is declined on one of the grounds that there are."""
    return either(ground in DECLINES, enough=" | ".join(DECLINES), ground=ground)


@carries_out("report.file", refusal="GY-17-07")
def ground_is_borne_out(ground: str, member: bool, ends: int, since: int) -> Finding:
    """A member's conduct is not declined as another's, nor as from before what went on while the covenant bound it: that part counts."""
    false = (ground == "not_member" and member) or (ground == "before" and ends >= since)
    others = " | ".join(one for one in DECLINES if one != ground)
    return either(not false, enough=others, ground=ground, ends=iso(ends), since=iso(since))


@carries_out("report.file", refusal="GY-17-11")
def reporter_saw_it_first(name: str, since: int, today: int) -> Finding:
    """Nothing of a report's papers is served on whom it accuses before its reporter saw that version and let it pass.

    `since`: the day from which it may be shown; 0 where the reporter was not shown it, or objected.
    """
    return either(0 < since <= today, enough=iso(since) if since else "检举单位看过", name=name, today=iso(today))


@carries_out("oversight.complaint", refusal="GY-19-01", always=True)
def is_not_about_the_executive_body(accused: str) -> Finding:
    """The executive body decides nothing on itself or its staff: that goes to its authority, past it."""
    return either(is_unit(accused), enough="主管部门", accused=accused)
