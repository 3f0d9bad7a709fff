"""Cheats at the founding."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from gongyue.covenant.edition_json import to_data
from gongyue.demo.cheats.catalogue import NAME, TEXT, TIME, cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import wait
from gongyue.demo.simulated_office import commitment_to
from gongyue.transparency import canonical

_PLACE = "https://alliance.example/covenant"


def _publication(forger: Forger, in_force: str) -> dict[str, object]:
    evidence = forger.object("演示·虚构　网页快照".encode())
    founding = forger.inst.founding
    places = [{"url": _PLACE, "evidence": evidence}]
    return {"edition": founding.digest, "in_force": in_force, "places": places, "reasons": None}


@cheat(
    "publish-unapproved",
    TEXT,
    "主管部门尚未批准，就公布施行",
    "publish before the authority has approved",
    caught=("单凭 verify：未经批准不得公布", "verify alone: no publication without approval"),
    code="GY-21-03",
)
def publish_unapproved(desk: Desk) -> Forger:
    """Skips the authority's letter."""
    forger, _ = desk.before("founding.approval/1")
    forger.later(days=1).executive("founding.publish/1", _publication(forger, forger.day()), "o:lu", "o:qin")
    return forger


@cheat(
    "backdate-approval",
    TIME,
    "所记批准函的成文日期，早于文本定稿",
    "record an approval dated before the text was frozen",
    caught=(
        "单凭 verify：批准函不能早于所批准的文本，列明两个日期",
        "verify alone: an approval is not older than the text it approves; both days are named",
    ),
    code="out-of-turn/past-date",
)
def backdate_approval(desk: Desk) -> Forger:
    """A letter from the year before, so that the covenant was in effect when it was needed."""
    forger, true = desk.before("founding.approval/1")
    assert true.act.paper is not None
    letter = msgspec.to_builtins(true.act.paper) | {"dated": "2025-12-01"}
    body = msgspec.json.decode(bytes(true.act.body))
    forger.act(true.act.type, true.act.actor, body, ["o:qin", "o:bai"], letter)
    return forger


@cheat(
    "forge-signature",
    NAME,
    "以经办人员自己的密钥，冒某发起单位之名签署",
    "sign the text in an initiator's name with an officer's own key",
    caught=("单凭 verify：不得代他人；列明单位与签名人", "verify alone: unit and signer are named"),
    code="GY-04-01",
)
def forge_signature(desk: Desk) -> Forger:
    """The last initiator hesitates; the clerk signs for it."""
    forger, last = desk.before("founding.sign/1", nth=-1)
    signatory = commitment_to("冒签")
    body = {"edition": forger.inst.founding.digest, "capacity": "legal_representative", "signatory": signatory}
    forger.act("founding.sign/1", last.act.actor, body, ["o:bai"])
    return forger


@cheat(
    "alter-frozen-text",
    TEXT,
    "签署之后，悄悄换掉定稿文本",
    "swap the frozen text after it was signed",
    caught=("单凭 verify：定稿不得改动", "verify alone: a frozen text is not altered"),
    code="GY-01-02",
)
def alter_frozen_text(desk: Desk) -> Forger:
    """Imports another text over the signed one."""
    forger, _ = desk.before("founding.submit/1")
    draft = forger.inst.founding.draft
    assert draft is not None
    first = replace(draft.parts[0], text=draft.parts[0].text + "（执行机构可另行规定。）")
    altered = canonical.encode(to_data(replace(draft, parts=(first, *draft.parts[1:]))))
    forger.executive("founding.import/1", {"edition": canonical.digest(altered)}, "o:qin", "o:bai", files=[altered])
    return forger


@cheat(
    "one-officer",
    NAME,
    "一名人员独自公布公约",
    "publish the covenant by one officer alone",
    caught=("单凭 verify：须两名人员：1<2", "verify alone: two officers must confirm: 1 of 2"),
    code="GY-05-02",
)
def one_officer(desk: Desk) -> Forger:
    """The publisher does not wait for the secretary."""
    forger, _ = desk.before("founding.publish/1")
    forger.executive("founding.publish/1", _publication(forger, forger.day()), "o:lu")
    return forger


@cheat(
    "backdate",
    TIME,
    "逾期才公布，却把到达时间填回期限之内",
    "publish late and set the time of arrival back within the period",
    caught=("单凭 verify：到达时间早于前一行为", "verify alone: the arrival is earlier than the act before it"),
    code="out-of-turn/time-backwards",
)
def backdate(desk: Desk) -> Forger:
    """An ordinary appointment of April stands before the publication dated the day it was due."""
    forger, _ = desk.before("founding.publish/1")
    effective = forger.inst.founding.effective_day or 0
    due = forger.now + (effective + 30 - forger.inst.today) * 86_400
    wait(forger, due + 12 * 86_400)
    term = {"begins": forger.day(after=8), "ends": "2028-12-31"}
    appointed = {"officer": "o:xin", "offices": ["caseworker"], "interests": commitment_to("xin"), **term}
    forger.executive("office.appoint/1", appointed, "o:qin", "o:bai")
    forger.now = due
    forger.executive("founding.publish/1", _publication(forger, forger.day()), "o:lu", "o:qin")
    return forger
