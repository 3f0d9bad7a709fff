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

WORK = {
    "case": ("办理检举", "handling a report"),
    "case.conclude": ("对检举作出结论", "concluding a case"),
    "sanction.reconsider": ("复核处理决定", "reconsidering a sanction"),
    "dispute.mediate": ("调解争议", "mediating a dispute"),
}
"""Work of several acts that needs staff."""

BECAME = {
    "corrected": ("已更正", "corrected"),
    "void": ("已撤销", "voided"),
    "disavowed": ("已否认", "disavowed"),
    "lifted": ("已解除", "lifted"),
}
"""What becomes of entries of the open book, in a word."""
