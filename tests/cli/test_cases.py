"""`gongyue report`, `gongyue case`: from a report to its outcome, and what each party's disclosures prove."""

from __future__ import annotations

import json
import re

import pytest

from gongyue.book.dossier_names import DossierNames

from .casework import PANEL, later, staffed
from .desk import TWO, Desk


def name_of(dossier: str) -> str:
    """What a dossier is called."""
    return DossierNames([dossier]).of(dossier, "zh")


def _served(desk: Desk, case: str) -> str:
    """The document served last, by its commitment, as the accused opens it."""
    desk.run("disclosures", "--as", "u:0002", "--dossier", case, "--out", "case.jsonl")
    rows = [json.loads(line) for line in (desk.folder / "case.jsonl").read_text("utf-8").splitlines()]
    (desk.folder / "case.jsonl").unlink()
    acts = [row["entry"]["act"] for row in rows if "entry" in row]
    return str(next(act for act in reversed(acts) if act["type"] == "dossier.serve/1")["body"]["docs"][0])


def _name(desk: Desk, unit: str) -> str:
    """What a unit is called."""
    return str(desk.json("membership", "show", unit)["name"])


def _recused(desk: Desk, case: str, accused: tuple[str, ...], panel: str, evidence: str) -> None:
    """A panellist is asked to recuse itself, reads that its case was taken, and is kept by the secretary, which reads why and nothing else."""
    desk.write("why.txt", "有竞争关系（演示）")
    desk.run("dossier", "note", "--asks", "recusal", "--whom", "o:hu", "--docs", "why.txt", "--dossier", case, *accused)
    taken = desk.run("dossier", "list", "--as", "o:hu")
    assert f"{name_of(case)} · 案件 · 有当事方申请您回避，尚未决定" in taken and "没有卷" in taken
    (why,) = re.findall(r"申请回避：说明  (sha256:\w+)", desk.run("dossier", "show", case, "--as", "o:qin"))
    desk.run("dossier", "open", why, "--as", "o:qin", "--out", "read.txt")
    assert "有竞争" in (desk.folder / "read.txt").read_text("utf-8")
    assert desk.try_("dossier", "open", evidence, "--as", "o:qin", "--out", "other.txt").exit_code == 1
    desk.run("dossier", "assign", "--role", "panel", "--officers", panel, "--dossier", case, "--key", "qin.key")
    assert "有当事方申请您回避" not in desk.run("dossier", "list", "--as", "o:hu")


def test_from_a_report_to_its_outcome(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filed, assigned, opened, served, received, concluded, told; each party proves its own file, another sees none of it."""
    for name in ("facts", "notice", "evidence", "reasons"):
        in_force.write(f"{name}.txt", f"{name}（演示）")
    staffed(monkeypatch, in_force)
    first, second = ("--as", "u:0001", "--key", "u1.key"), ("--as", "u:0002", "--key", "u2.key")
    today = in_force.day(0)
    filed = in_force.json(
        "report", "file", "--kind", "report", "--accused", "u:0002", "--begins", today, "--ends", today,
        "--facts", "facts.txt", "--articles", "8", *first,
    )  # fmt: skip
    report = f"d:{filed['act'].removeprefix('sha256:')}"
    said = in_force.run("due")
    assert f"卷 {name_of(report)}" in said and report not in said
    rows = json.dumps([{"officer": "o:xu", "interests": []}])
    in_force.run(
        "dossier", "assign", "--role", "caseworker", "--officers", rows, "--dossier", report, "--key", "qin.key"
    )
    panel = json.dumps([{"officer": f"o:{one}", "interests": []} for one in PANEL])
    opened = in_force.json(
        "case", "open", "--accused", "u:0002", "--articles", "8", "--begins", today, "--ends", today,
        "--caseworker", json.dumps({"officer": "o:xu", "interests": []}), "--panel", panel,
        "--link", f"sealed:{filed['commitment'].removeprefix('sha256:')[:16]}", "--key", "xu.key", "--key", "qin.key",
    )  # fmt: skip
    case = f"d:{opened['act'].removeprefix('sha256:')}"
    answer = ("report", "answer", "--reasons", "reasons.txt", "--dossier", report, "--key", "xu.key")
    at = opened["commitment"].removeprefix("sha256:")[:16]
    in_force.run(*answer, "--answer", "opened", "--link", f"sealed:{at}")
    assert in_force.json("dossier", "list", "--as", "u:0002") == []
    within = ("--dossier", case)
    serve = ("dossier", "serve", *within, "--key", "xu.key")
    in_force.run(*serve, "--what", "notice", "--docs", "notice.txt")
    in_force.run("dossier", "receive", "--docs", _served(in_force, case), *within, *second)
    in_force.run(*serve, "--what", "evidence", "--docs", "evidence.txt")
    evidence = _served(in_force, case)
    assert [row["kind"] for row in in_force.json("dossier", "list", "--as", "u:0002")] == ["case"]
    assert [row["kind"] for row in in_force.json("dossier", "list", "--as", "u:0001")] == ["report"]
    assert in_force.json("dossier", "list", "--as", "u:0003") == []
    conclude = ("case", "conclude", "--reasons", "reasons.txt", *within, "--key", "mo.key", "--key", "ge.key")
    finding = json.dumps([{"article": "8", "clause": "users.rights", "established": True, "evidence": [evidence]}])
    refused = in_force.try_(*conclude, "--findings", finding, "--json")
    assert (refused.exit_code, "GY-17-04" in refused.output) == (1, True), refused.output
    shown = in_force.json("dossier", "show", case, "--as", "u:0002")
    served_twice = ["case.open/1", "dossier.serve/1", "dossier.receive/1", "dossier.serve/1"]
    assert [one["type"] for one in shown["entries"]] == served_twice
    in_force.run("dossier", "receive", "--docs", evidence, *within, *second)
    _recused(in_force, case, second, panel, evidence)
    in_force.run("dossier", "note", "--complete", *within, *second)
    finding = json.dumps([{"article": "8", "clause": "users.rights", "established": True, "evidence": [evidence]}])
    ended = in_force.json(*conclude, "--adverse", "--findings", finding)
    at = ended["commitment"].removeprefix("sha256:")[:16]
    in_force.run(*answer, "--answer", "outcome", "--link", f"sealed:{at}")
    said = in_force.run("due")
    assert name_of(report) not in said and f"卷 {name_of(case)}" in said
    in_force.write("result.txt", "调查结果与通报\n某成员单位违反第八条，违约成立。")
    tell = ("bulletin", "result", "--text", "result.txt", "--link", f"sealed:{at}", *TWO)
    refused = in_force.try_(*tell, "--json")
    assert (refused.exit_code, "GY-17-10" in refused.output) == (1, True), refused.output
    in_force.write("result.txt", f"调查结果与通报\n{_name(in_force, 'u:0002')}违反第八条，造成不良影响。")
    in_force.run(*tell, "--names", "u:0002")
    assert name_of(case) not in in_force.run("due")
    assert in_force.try_(*tell, "--names", "u:0002").exit_code == 3
    assert "调查结果与通报 · " in in_force.run("bulletin", "show", "1", "--as", "u:0001")
    assert in_force.try_("bulletin", "show", "1", "--as", "u:0003").exit_code == 4  # it is no member
    stays = in_force.try_("dossier", "note", "--complete", *within, "--as", "u:0003", "--key", "u3.key")
    assert stays.exit_code != 0
    later(monkeypatch, in_force, 1)
    in_force.run("export", "public")
    for unit in ("u:0001", "u:0002"):
        in_force.run("disclosures", "--as", unit, "--out", f"{unit[2:]}.jsonl")
        said = in_force.run(
            "verify", "public", "--vkey", "office/log.vkey", "--disclosures", f"{unit[2:]}.jsonl", "--lang", "en"
        )
        assert ("(case)" if unit == "u:0002" else "(report)") in said
    theirs = (in_force.folder / "0002.jsonl").read_text("utf-8")
    assert "u:0001" not in theirs and filed["commitment"].removeprefix("sha256:") not in theirs
