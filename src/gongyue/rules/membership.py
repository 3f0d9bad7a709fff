"""Joining and leaving, and the lists.

第二条　本公约所称大数据行业是指从事大数据基础设施、应用服务、分析服务、计算服务、数据资源服务和垂直行业融合
及其他与大数据有关的科研、教育、服务等活动的行业的总称。
第四条　联盟倡议全行业从业者加入本公约，从维护国家和全行业整体利益的高度出发，积极推进行业自律，创造良好的行业发展环境。
第二十三条　中关村大数据产业联盟会员单位自愿首批加入本公约；国内其他大数据行业从业者接受本公约的自律规则，
均可以申请加入本公约；本公约成员单位也可以退出本公约，并通知公约执行机构；
公约执行机构定期公布加入及退出本公约的单位名单。
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gongyue.covenant.parties import is_credit_code
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds
from gongyue.covenant.visible_text import says_something

GROUNDS = {"practitioner": "membership.practitioner", "acceptance": "membership.acceptance"}
"""The grounds on which an application may be refused, each with the clause that states it: its condition not met; its rules not accepted."""


@carries_out("membership.industry", refusal="GY-02-01")
def has_declared_an_activity(activities: Sequence[str], other: str) -> Finding:
    """Whoever joins carries on at least one of the activities the text lists, or another one that it describes (等活动)."""
    return either(bool(activities) or says_something(other), enough=1, activities=len(activities))


@carries_out("membership.invitation", refusal="GY-04-01", always=True)
def joins_for_itself(unit: str, signed_for: str) -> Finding:
    """The alliance invites; nobody is enrolled by another."""
    return either(unit == signed_for, enough=unit, unit=unit, signed_by=signed_for)


@carries_out("membership.practitioner", refusal="GY-23-01")
def is_a_domestic_practitioner(domestic: bool) -> Finding:
    """The covenant is open to whom its words name (国内……从业者: a firm registered in China qualifies whoever owns it)."""
    return either(domestic)


@carries_out("membership.acceptance", refusal="GY-23-02")
def accepts_the_rules(accepts: bool) -> Finding:
    """Who joins declares that it accepts the covenant's rules of self-discipline."""
    return either(accepts)


@carries_out("unit.identity", refusal="GY-23-07")
def code_is_valid(code: str) -> Finding:
    """A unit is known by its unified social credit code, whose check character must agree (GB 32100)."""
    return either(is_credit_code(code), code=code)


@carries_out("membership.application", refusal="GY-23-03", always=True)
def refusal_cites_a_ground(ground: str, stated: Collection[str]) -> Finding:
    """All who qualify may join, so a refusal cites a condition that the text in force states; where it states none, nobody is refused."""
    grounds = [name for name in GROUNDS if name in stated]
    return either(ground in grounds, enough=" | ".join(grounds) or None, ground=ground)


@carries_out("membership.withdrawal", refusal="GY-23-04")
def withdrawal_is_not_refused(has_withdrawn: bool) -> Finding:
    """A member leaves by giving notice; there is nothing to approve and nothing to refuse."""
    return either(not has_withdrawn)


@carries_out("membership.first_batch", refusal="GY-23-05")
def is_a_member_of_the_alliance(unit: str, on_the_alliances_roll: bool) -> Finding:
    """The first batch is for the alliance's own member units: a fact, not a discretion."""
    return either(on_the_alliances_roll, unit=unit)


@carries_out("publication.list", refusal="GY-23-06")
def list_is_contiguous(begins: int, expected: int) -> Finding:
    """A list begins on the day after the last one ended, so that no joining or leaving falls between."""
    return either(begins == expected, enough=iso(expected), begins=iso(begins), expected=iso(expected))


@carries_out("publication.list", refusal="GY-23-06")
def list_covers_its_period(ends: int, expected: int) -> Finding:
    """A list covers a whole period as declared."""
    return either(ends == expected, enough=iso(expected), ends=iso(ends), expected=iso(expected))


@carries_out("publication.list", refusal="GY-23-08", always=True)
def list_is_the_roll(same: bool, stated: str = "", recomputed: str = "") -> Finding:
    """The list says what the roll says, to the letter: who joined, who left, whose membership ended."""
    return holds() if same else fails(stated=stated, recomputed=recomputed)
