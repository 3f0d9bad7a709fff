"""What figures and values are called by every face: Chinese and English, in words and never as a hash."""

from __future__ import annotations

from typing import get_args

from gongyue.governance.fields import Activity
from gongyue.governance.poll import Choice
from gongyue.governance.sheet import VALUES

ACTIVITIES: dict[str, tuple[str, str]] = {value: VALUES[value] for value in get_args(Activity)}
"""The activities of article 2."""

CHOICES: dict[str, tuple[str, str]] = {value: VALUES[value] for value in get_args(Choice)}

STATUSES = {
    "invited": ("受邀", "invited"),
    "initiator": ("发起单位", "initiator"),
    "member": ("成员", "member"),
    "left": ("退出", "left"),
    "ended": ("资格终止", "membership ended"),
}
"""Where a unit stands; neutral words (reading `membership.end`)."""

EVENTS = {
    "joined": ("加入", "joined"),
    "left": ("退出", "left"),
    "ended": ("资格终止", "membership ended"),
    "undone": ("已撤销的退出或终止", "a leaving or an end of membership that was undone"),
}
"""What happens to a unit's membership."""

STAGES = {
    "empty": ("空簿，待创立", "empty, to be founded"),
    "draft": ("草案", "draft"),
    "frozen": ("已定稿，签署中", "frozen, being signed"),
    "submitted": ("已报批", "submitted"),
    "returned": ("被退回", "returned"),
    "refused": ("未获批准", "not approved"),
    "effective": ("已生效，待公布", "in effect, to be published"),
    "in_force": ("施行中", "in force"),
    "collecting": ("征集附议", "collecting support"),
    "proposed": ("已提出", "filed"),
    "published": ("已公布施行", "published and in force"),
    "consultation": ("征求意见", "consultation"),
    "replaced": ("已由新附件代替", "replaced"),
    "repealing": ("废止他件", "repeals another"),
    "repealed": ("已废止", "repealed"),
    "issued": ("有效", "in force"),
    "superseded": ("已被取代", "superseded"),
    "withdrawn": ("已撤回", "withdrawn"),
    "open": ("表决中", "vote open"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "not adopted"),
    "no_quorum": ("未达法定人数", "no quorum"),
    "lapsed": ("已失效", "lapsed"),
}
"""Where a matter stands, in a word."""

WORK = {
    "case": ("办理检举", "handling a report"),
    "case.conclude": ("对检举作出结论", "concluding a case"),
    "sanction.reconsider": ("复核处理决定", "reconsidering a sanction"),
    "dispute.mediate": ("调解争议", "mediating a dispute"),
}
"""Work of several acts that needs staff."""

BECAME = {"corrected": ("已更正", "corrected"), "void": ("已撤销", "voided"), "disavowed": ("已否认", "disavowed")}
"""What becomes of entries of the open book, in a word."""
