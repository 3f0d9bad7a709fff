"""`gongyue report preview`: what is marked, covered, held back; what is written is what the accused may see, and nothing else."""

from __future__ import annotations

from pathlib import Path

from .desk import Desk

FACTS = "单位2把还款记录用于发短信。5月12日受委托调查，有25人出示。单位1整理。"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
LOOK = ("report", "preview", "--facts", "事实.txt", "--evidence", "北辰-扫描.pdf", "--as", "u:0001")


def _written(desk: Desk) -> None:
    desk.write("事实.txt", FACTS)
    (desk.folder / "北辰-扫描.pdf").write_bytes(PDF)


def test_what_may_tell_is_marked_and_what_names_the_unit_is_covered(in_force: Desk) -> None:
    """Its name is covered beforehand, days and numbers are marked, a file nobody can look into is held back; nothing is filed."""
    _written(in_force)
    facts, scan = in_force.json(*LOOK)["documents"]
    covered = [one["text"] for one in facts["passages"] if one["covered"]]
    risky = [one["text"] for one in facts["passages"] if one["risky"]]
    assert covered == ["单位1整理。"] and risky == ["5月12日", "25人"]
    assert facts["text"] == "单位2把还款记录用于发短信。5月12日受委托调查，有25人出示。〔已遮盖〕。"
    assert (scan["held"], scan["text"], scan["passages"]) == (True, None, [])
    said = in_force.run(*LOOK, "--lang", "en")
    assert "What the accused will see:" in said and "(names your unit)" in said and "--show" in said
    assert in_force.json("dossier", "list", "--as", "u:0001") == []


def test_what_is_written_is_what_may_be_seen(in_force: Desk) -> None:
    """Covered, shown whole or held back as chosen, under names that say nothing, for its owner alone; an existing folder stays."""
    _written(in_force)
    day = next(one["at"] for one in in_force.json(*LOOK)["documents"][0]["passages"] if one["text"] == "5月12日")
    made = in_force.json(*LOOK, "--cover", day, "--show", 2, "--out", "shown")
    assert made["written"] == ["shown/事实.txt", "shown/材料 1.pdf"]
    text, scan = (Path(one) for one in made["written"])
    assert text.read_text("utf-8") == "单位2把还款记录用于发短信。〔已遮盖〕受委托调查，有25人出示。〔已遮盖〕。"
    assert scan.read_bytes() == PDF and {one.stat().st_mode & 0o077 for one in (text, scan)} == {0}
    assert "已经存在" in in_force.run(*LOOK, "--out", "shown", code=4)
    assert in_force.json(*LOOK, "--hold", 1, "--out", "nothing")["written"] == []
    assert "--shown 'shown2/材料 1.pdf'" in in_force.run(*LOOK, "--hold", 1, "--show", 2, "--out", "shown2")


def test_a_version_that_names_its_unit_is_not_written(in_force: Desk) -> None:
    """Uncovered it is said why, and no file is written; a passage or document that is not there is a slip."""
    _written(in_force)
    named = next(one["at"] for one in in_force.json(*LOOK)["documents"][0]["passages"] if one["names_unit"])
    assert in_force.json(*LOOK, "--uncover", named)["names_unit"] == ["事实.txt"]
    assert "还有贵单位的名称" in in_force.run(*LOOK, "--uncover", named, "--out", "shown", code=4)
    assert not (in_force.folder / "shown").exists()
    for slip in (("--cover", "1.99"), ("--cover", "2.1"), ("--cover", "x"), ("--hold", 3), ("--show", 3)):
        in_force.run(*LOOK, *slip, code=2)
    assert "u:0009" in in_force.run(*LOOK[:-1], "u:0009", code=4)
