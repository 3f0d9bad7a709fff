"""A whole case at the terminal alone, from what a reporter covers to the review's result; nothing is typed that was not printed."""

from __future__ import annotations

import json
import re

import pytest

from .casework import PANEL, REVIEWERS, staffed
from .desk import TWO, Desk

REPORTER, ACCUSED = ("--as", "u:0001", "--key", "u1.key"), ("--as", "u:0002", "--key", "u2.key")
FACTS = "单位2把用户还款记录用于发短信。我单位5月12日受委托做调查时，25人出示了短信。单位1整理。"
XU, MO = ("--key", "xu.key"), ("--key", "mo.key", "--key", "ge.key")


def _shows(desk: Desk, dossier: str, who: str) -> str:
    return desk.run("dossier", "show", dossier, "--as", who)


def _only(desk: Desk, who: str, about: str) -> str:
    """The name of the one dossier about something in somebody's list."""
    (name,) = re.findall(rf"^d:\w+ +(\S+) +{about}", desk.run("dossier", "list", "--as", who), re.MULTILINE)
    return str(name)


def _documents(said: str, called: str) -> list[str]:
    """The commitments of documents of that name, as `dossier show` prints them."""
    return re.findall(rf"^ +[\d.]+ {called}[^\n]*  (sha256:\w{{64}})", said, re.MULTILINE)


def _entry(said: str, what: str) -> str:
    """By what an entry is named, as `dossier show` prints it."""
    return re.findall(rf"^ *\d+ \S+ {what}[^\n]* · (sealed:\w+)$", said, re.MULTILINE)[-1]


def _reported(desk: Desk) -> tuple[str, str]:
    """A report, looked at as its accused will see it, filed and assigned; its name, and by what a case is opened on it."""
    looked = desk.run("report", "preview", "--facts", "事实.txt", "--as", "u:0001")
    assert re.search(r"1\.1 +单位2把用户还款记录用于发短信。", looked) and "遮 单位1整理。（写着贵单位）" in looked
    words = ("report", "preview", "--facts", "事实.txt", "--as", "u:0001", "--cover", "1.2", "--cover", "1.3")
    assert "单位1" not in desk.run(*words, "--out", "shown").partition("对方将看到的")[2]
    today = ("--begins", desk.day(-1), "--ends", desk.day(-1))
    file = ("report", "file", "--kind", "report", "--accused", "u:0002", *today, "--facts", "事实.txt", *REPORTER)
    refused = desk.try_(*file, "--shown", "事实.txt")
    assert (refused.exit_code, "“事实.txt”里还有贵单位的名称" in refused.output) == (4, True), refused.output
    assert "至多看到您选定的 1 份（共 1 份）" in desk.run(*file, "--shown", "shown/事实.txt")
    report = _only(desk, "u:0001", "检举")
    assert "须于" in desk.run("dossier", "list", "--as", "u:0001") and report in desk.run("due")
    assert "未受指派" in _shows(desk, report, "o:qin")
    desk.run("dossier", "assign", "--role", "caseworker", "--officers", "o:xu", "--dossier", report, "--key", "qin.key")
    return report, _entry(_shows(desk, report, "o:xu"), "检举")


def _heard(desk: Desk, within: tuple[str, str]) -> None:
    """A hearing is recorded by two; what is lacking is said by its question."""
    asked = (
        "dossier",
        "hearing",
        "--day",
        "today",
        "--place",
        "会议室，在场",
        "--present",
        "张三，单位2的代表",
        *within,
        *MO,
    )
    lacking = desk.run(*asked, code=2)
    assert (
        all(f"{one}请填写" in lacking for one in ("--said（陈述）", "--corrected（核对）")) and "至少写两人" in lacking
    )
    assert "写作“谁：说了什么”" in desk.run(*asked, "--said", "张三", code=2)
    told = (
        "--present",
        "莫，审议人",
        "--said",
        "张三：发现即停用。",
        "--said",
        "莫: 问，是否致歉？",
        "--corrected",
        "当场读过。",
    )
    desk.run(*asked, *told)
    (record,) = _documents(_shows(desk, within[1], "o:xu"), "听取申辩记录")
    desk.run("dossier", "open", record, "--as", "o:xu", "--out", "记录.txt")
    read = (desk.folder / "记录.txt").read_text("utf-8")
    assert "1. 张三：\n　　发现即停用。\n2. 莫：\n　　问，是否致歉？" in read and f"【日期】\n　　{desk.day()}" in read


@pytest.mark.slow(60)
def test_a_whole_case_at_the_terminal(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Previewed, filed, opened, served, replied to, concluded, proposed, heard, decided, reviewed, told; names and ids only as printed."""
    desk = in_force
    desk.write("事实.txt", FACTS)
    for name in ("notice", "reply", "reasons", "proposal", "decision", "lighter", "review"):
        desk.write(f"{name}.txt", f"{name}（演示）")
    staffed(monkeypatch, desk, (*PANEL, *REVIEWERS))
    report, filed = _reported(desk)
    days = ("--begins", desk.day(-1), "--ends", desk.day(-1))
    opens = ("case", "open", "--accused", "u:0002", "--articles", "8", *days, "--caseworker", "o:xu", "--link", filed)
    desk.run(*opens, "--panel", "o:mo,o:ge,o:hu", *XU, "--key", "qin.key")
    case = _only(desk, "o:xu", "案件")
    at = _entry(_shows(desk, case, "o:xu"), "立案")
    desk.run(
        "report", "answer", "--answer", "opened", "--reasons", "reasons.txt", "--link", at, "--dossier", report, *XU
    )
    within = ("--dossier", case)
    desk.run("dossier", "serve", "--what", "notice", "--docs", "notice.txt", *within, *XU)
    (version,) = _documents(_shows(desk, report, "o:xu"), "检举单位遮盖过、可以给对方看的版本")
    desk.run("dossier", "open", version, "--as", "o:xu", "--out", "材料.txt")
    desk.run("dossier", "serve", "--what", "evidence", "--docs", "材料.txt", *within, *XU)
    mine = _only(desk, "u:0002", "案件")
    said = _shows(desk, mine, "u:0002")
    assert "下一步（u:0002）：有文书送达，请签收；签收不是承认 · gongyue dossier receive" in said
    (notice,), (evidence,) = _documents(said, "告知书"), _documents(said, "证据")
    desk.run("dossier", "open", evidence, "--as", "u:0002", "--out", "收到的证据.txt")
    assert "〔已遮盖〕" in (desk.folder / "收到的证据.txt").read_text("utf-8")
    receive = ("dossier", "receive", "--dossier", mine, *ACCUSED)
    desk.run(*receive, "--docs", notice)
    desk.run(*receive, "--docs", "3.1", "--to", 3)
    desk.run("dossier", "note", "--docs", "reply.txt", "--dossier", mine, *ACCUSED)
    conclude = ("case", "conclude", "--reasons", "reasons.txt", *within, *MO)
    finding = json.dumps([{"article": "8", "clause": "users.rights", "established": True, "evidence": ["3.1"]}])
    assert "GY-17-04" in desk.run(*conclude, "--adverse", "--findings", finding, code=1)
    desk.run("dossier", "note", "--complete", "--dossier", mine, *ACCUSED)
    desk.run(*conclude, "--adverse", "--findings", finding)
    concluded = _entry(_shows(desk, case, "o:xu"), "作出结论")
    propose = ("case", "propose", "--reasons", "proposal.txt", *within, *MO)
    assert "须：内部通报或取消公约成员资格" in desk.run(*propose, "--kind", "通报", code=1)
    desk.run(*propose, "--kind", "内部通报")
    serve = ("dossier", "serve", *within, *XU)
    desk.run(*serve, "--what", "proposal", "--docs", 9)
    desk.run(*receive, "--docs", 10)
    desk.run("dossier", "note", "--asks", "hearing", "--dossier", mine, *ACCUSED)
    assert re.search(r"听取申辩，然后记录，期限 \S+ · gongyue dossier hearing", _shows(desk, case, "o:mo"))
    _heard(desk, within)
    desk.run(*serve, "--what", "record", "--docs", 13)
    desk.run(*receive, "--docs", 14)
    factors = ("seriousness", "effect", "fault", "remedy", "recurrence", "cooperation")
    six = [word for one in factors for word in (f"--{one}", "decision.txt")]
    desk.run("case", "decide", "--kind", "内部通报", *six, *within, *MO)
    desk.run(*serve, "--what", "decision", "--docs", 16)
    desk.run(*receive, "--docs", 17)
    assert "可以申请复核" in _shows(desk, mine, "u:0002")
    tell = ("bulletin", "result", "--text", "result.txt", "--names", "u:0002", "--link", concluded, *TWO)
    desk.write("result.txt", "调查结果与通报\n单位2违反第八条，造成不良影响，内部通报。")
    told = ("--answer", "outcome", "--reasons", "reasons.txt", "--link", concluded)
    answer = ("report", "answer", *told, "--dossier", report, *XU)
    assert "GY-18-10" in desk.run(*tell, code=1) and "GY-18-10" in desk.run(*answer, code=1)
    desk.run("dossier", "note", "--asks", "review", "--docs", "reply.txt", "--dossier", mine, *ACCUSED)
    assert "指派没有参与过的复核人" in _shows(desk, case, "o:xu")
    others = ("--role", "reviewers", "--officers", "o:pa,o:ru,o:ta", *within, "--key", "qin.key")
    desk.run("dossier", "assign", *others)
    review = ("case", "review", "--outcome", "upheld", "--reasons", "review.txt", *within)
    assert "GY-18-12" in desk.run(*review, *MO, code=1)
    desk.run(*review, "--key", "pa.key", "--key", "ru.key")
    desk.run(*serve, "--what", "review", "--docs", 21)
    desk.run(*receive, "--docs", 22)
    desk.run(*tell)
    desk.run(*answer)
    for who in ("o:xu", "u:0001", "u:0002"):
        listed = desk.run("dossier", "list", "--as", who)
        assert "已结" in listed and "轮到" not in listed and "期限" not in listed, listed
    assert "调查结果与通报" in desk.run("bulletin", "list", "--as", "u:0001")
    assert report not in desk.run("due") and case not in desk.run("due")
    theirs = _shows(desk, mine, "u:0002")
    assert "u:0001" not in theirs and report not in theirs and "sealed:" not in theirs and "检举" not in theirs
