"""Dossiers under way on the day the pages open: a reply to be received, a case in which to reply and to conclude, a report to answer."""

from __future__ import annotations

from gongyue.demo.story.casework import Case, Matter, answer, report, rows
from gongyue.demo.story.script import SECRETARY, Course, Script


def begin(script: Script) -> None:
    """They go on beside what else is told of these weeks, as far as the text has what they take."""
    if script.has("petition.forward"):
        script.beside("待签收的答复", "a reply to be received", _answered_petition(script))
    if all(script.has(name) for name in NEEDS):
        script.beside("在办的案件", "a case under way", _case_under_way(script))


NEEDS = ("report.file", "investigation", "users.rights")
"""The clauses without which no case is told."""


def _answered_petition(script: Script) -> Course:
    """A member's wish was forwarded; the reply was served on it and waits for its receipt, and the authority's answer is awaited."""
    yield "2027-02-09 14:00"
    by = script.member("yunling")
    wish = Matter(script, ("云岭诉求", "Yunling's petition"))
    body = {"kind": "wish", "text": wish.paper("诉求", "请反映：希望主管部门公布数据分级的参考目录。")}
    wish.do("petition.submit/1", body, "请求反映意愿", "asks that a wish be put forward", by, actor=by)
    first = wish.folded.entries[0].digest
    assigned = {"role": "caseworker", "officers": rows(SECRETARY)}
    wish.do("dossier.assign/1", assigned, "指派自己承办", "assigns itself", SECRETARY)
    yield "2027-02-19 10:00"
    letter = wish.paper("致主管部门的函", "现将成员单位的意愿反映如下：希望公布数据分级的参考目录。")
    forwarded = {"answer": "forwarded", "docs": [letter]}
    wish.do("petition.answer/1", forwarded, "反映给主管部门", "forwards it to the authority", SECRETARY, to=first)
    told = wish.paper("答复", "贵单位的意愿已于 2 月 19 日反映给主管部门；收到答复后另行告知。")
    served = {"what": "reply", "docs": [told]}
    wish.do("dossier.serve/1", served, "送达答复，待其签收", "serves the reply, which waits for its receipt", SECRETARY)


def _case_under_way(script: Script) -> Course:
    """A case in which the accused may still reply and its panel will conclude; and a fresh report that nobody has answered."""
    yield "2027-02-10 10:00"
    beichen, qinghe = script.member("beichen"), script.member("qinghe")
    name = ("北辰检举青禾", "Beichen on Qinghe")
    filed = report(script, name, beichen, qinghe, "就诊提醒的数据被用于推销，未经用户同意")
    yield "2027-02-18 15:00"
    case = Case(script, ("青禾案", "Qinghe case"), qinghe, filed)
    answer(filed, "opened", case.target("case.open/1"), "答复检举：已立案", "answers the report: a case was opened")
    case.told()
    yield "2027-02-22 10:00"
    name = ("云岭检举松烟", "Yunling on Songyan")
    report(script, name, script.member("yunling"), script.member("songyan"), "接口返回了未授权的字段")
