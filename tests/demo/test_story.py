"""The story of the demonstration: the open acts of the world, told as they happen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.due import due
from gongyue.cli.office import interests
from gongyue.covenant.unsupported_clauses import LISTS, months_of
from gongyue.demo.story import SCENES
from gongyue.governance.proposal import suspended_rules
from gongyue.office.office_folder import open_office
from tests.demo.conftest import Played


def test_the_year_is_played_within_ten_seconds(played: Played) -> None:
    """The whole year takes less than ten seconds."""
    assert played.result.exit_code == 0
    assert played.seconds < 10


def test_on_the_last_day_there_is_something_to_do(played: Played) -> None:
    """A vote is open, one application is overdue by four days and another in time, a petition, a question and a report wait for
    their answers and a case for its conclusion, and the key of the firm admitted last waits to be compared."""
    result = CliRunner().invoke(due, ["--office", str(played.folder / "office"), "--on", "2027-02-25", "--lang", "zh"])
    assert result.exit_code == 0
    late, *others = [
        line for line in result.output.splitlines() if line.split()[-1:] and line.split()[-1].endswith("/1")
    ]
    assert "已逾期 4 日" in late
    assert "membership.grant/1" in late
    assert [line.split()[-1] for line in others] == [
        "petition.answer/1",
        "interpretation.explain/1",
        "report.answer/1",
        "membership.grant/1",
        "vote.close/1",
        "publication.list/1",
        "case.conclude/1",
    ]
    (mute,) = [
        line for line in result.output.splitlines() if "没有有效密钥" in line
    ]  # 拾贝科技, whose key two officers are to compare
    assert "核对" in mute
    assert "16/36" in played.line("公布投票率（p:2027-01）")
    assert played.line("就第8条提问", "2027-02-17")


def test_the_open_vote_is_on_a_number_that_the_office_goes_by(played: Played) -> None:
    """Lists by the quarter now; every two months once the change under vote is in force."""
    office = open_office(played.folder / "office")
    try:
        inst = office.catch_up()
        proposal = inst.proposals["p:2027-01"]
        assert inst.meaning.list_months == 3
        assert months_of(proposal.edition.stated(LISTS)) == 2
        assert not suspended_rules(inst, proposal.edition)
    finally:
        office.guard.close()
        office.store.close()


def test_due_calls_everything_by_name(played: Played) -> None:
    """Neither a number of the book nor of a list: proposals by what they change, applicants and units by name."""
    for language, named in (
        (
            "zh",
            (
                "修改第二十三条（编号 2027-01）",
                "第 4 期名单",
                "笃行教育数据",
                "拾贝科技没有有效密钥",
                "准予加入（拾贝科技）",
            ),
        ),
        (
            "en",
            (
                "amendment of article 23 (no. 2027-01)",
                "list no. 4",
                "笃行教育数据",
                "拾贝科技 has no",
                "admitted (拾贝科技)",
            ),
        ),
    ):
        asked = ["--office", str(played.folder / "office"), "--on", "2027-02-25", "--all", "--lang", language]
        said = CliRunner().invoke(due, asked).output
        assert [one for one in named if one not in said] == []
        assert re.findall(r"\b(?:[paud]|list|exec):\w+", said) == []


def test_every_officer_declared_its_interests_and_did_so_anew_within_the_year(played: Played) -> None:
    """Secretary and clerk, in office by the genesis act, on the first day; on the last day nobody is late."""
    for name in ("秘书长秦", "经办白"):
        assert "2026-01-05" in played.line(f"{name}申报利害关系")
    assert "2026-12-30" in played.line("发布人陆续报利害关系")
    words = ["--office", str(played.folder / "office"), "--json"]
    rows = json.loads(CliRunner().invoke(interests, words).output)
    assert len(rows) >= 10 and [row["officer"] for row in rows if row["late"]] == []


def test_one_typo_turns_three_signatures_into_none(played: Played) -> None:
    """After three of five signed, a typo voids them all."""
    assert "3/5 → 0/5" in played.line("重开草案")
    assert "GY-01-02" in played.line("一个错字，直接改正")


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        (("GY-21-07",), "未指定主管部门即定稿"),
        (("GY-21-01",), "signed 4，initiators 5"),
        (("GY-21-02",), "2026-02-04 ✗ 渡口数据"),
        (("GY-21-03",), "2026-02-09"),
        (("GY-25-01", "P6"), "value 10（须 15）"),
        (("GY-26-01",), "in_force 2026-04-01，published 2026-03-20"),
        (("GY-04-01", "会员名录"), "2026-03-20"),
        (("GY-23-02",), "榆钱信科"),
        (("GY-02-01",), "巷口餐饮"),
        (("GY-23-07",), "星桥（北京）外企"),
        (("GY-05-04",), "valid_from 2026-07-27"),
        (("GY-25-01", "三分之二”解释为"), "2026-09-07"),
        (("GY-22-06",), "amendment.adoption"),
        (("GY-22-01",), "10×3=30<37（须 4）"),
        (("GY-22-07",), "2026-10-26"),
        (("GY-22-05",), "members 37"),
        (("GY-23-01",), "2026-12-01 ✗ Northlake Analytics"),
        (("GY-07-01",), "统一定价"),
        (("GY-24-02",), "罚款"),
        (("GY-23-04",), "2026-12-08"),
        (("GY-20-01",), "南塘医联"),
    ],
)
def test_every_refusal_on_the_way_is_told_with_its_figures(
    played: Played, words: tuple[str, ...], figures: str
) -> None:
    """A refusal is one line: a cross, the code, the numbers compared."""
    line = played.line("✗", *words)
    assert figures in line


@pytest.mark.parametrize(
    ("date", "words", "figures"),
    [
        ("2026-01-12", ("定稿，开始签署",), "0/5"),
        ("2026-02-06", ("凭授权委托书签署",), "5/5"),
        ("2026-03-10", ("示主管函〔2026〕7号",), "自成文日 2026-03-09 生效"),
        ("2026-03-20", ("向社会公布",), "第 11 日，期限至 2026-04-08"),
        ("2026-04-30", ("长亭出行 首批加入",), "29"),
        ("2026-06-23", ("准予白鹭影像",), "37"),
        ("2026-07-02", ("第 1 期名单 2026-03-09–2026-06-30",), "+37 −0 ×0"),
        ("2026-09-07", ("P2 15 → 20",), "第 2 号解释"),
        ("2026-10-09", ("第 2 期名单",), "本期无变动"),
        ("2026-10-14", ("附议：够了",), "10×4=40≥37"),
        ("2026-10-26", ("开始表决（p:2026-01）",), "名册 37 家，须 25 家"),
        ("2026-11-20", ("资格终止（依据只告知该单位",), "36"),
        ("2026-11-26", ("计票（p:2026-01）：通过",), "26/37, 25/36: 3×26=78≥2×37=74；3×25=75≥2×36=72"),
        ("2026-11-30", ("公布修改",), "2/3 → 3/4"),
        ("2026-12-04", ("开始表决（a:health）",), "名册 36 家，须 27 家"),
        ("2026-12-07", ("到达即生效",), "35"),
        ("2027-01-04", ("计票（a:health）：通过",), "28/36, 27/35: 4×28=112≥3×36=108；4×27=108≥3×35=105"),
        ("2027-01-04", ("第 3 期名单",), "+0 −1 ×1"),
        ("2027-01-08", ("公布附件一",), "5/6"),
        ("2027-01-25", ("准予拾贝科技",), "逾期 1 日"),
    ],
)
def test_every_turn_of_the_year_is_told_on_its_day(
    played: Played, date: str, words: tuple[str, ...], figures: str
) -> None:
    """An act is one line: its Beijing date, who, what, the article, the figures."""
    line = played.line(date, "✓", *words)
    assert line.startswith(date)
    assert figures in line


def test_every_scene_is_played_to_its_end_on_the_real_text(played: Played) -> None:
    """Nothing is left out and nothing breaks off."""
    assert len(SCENES) >= 18
    assert "到此为止" not in played.told
    assert "略去" not in played.told


def test_a_line_says_it_in_chinese_first_then_in_english(played: Played) -> None:
    """One line holds both languages."""
    line = played.line("2026-03-10", "记录批准")
    assert line.index("记录批准") < line.index("records the approval")
    assert "（第21条）" in line
    assert "(article 21)" in line


@pytest.mark.parametrize(("lang", "absent"), [("zh", "records the approval"), ("en", "记录批准")])
def test_one_language_alone_can_be_asked_for(tmp_path: Path, lang: str, absent: str) -> None:
    """With --lang the other language's words are left out."""
    told = Played(tmp_path / "year", "--lang", lang).told
    assert absent not in told
    assert "10×3=30<37" in told


def test_json_tells_one_object_a_line(tmp_path: Path) -> None:
    """Each step is one line of JSON with its date, type, article, figures or refusal."""
    rows = [json.loads(row) for row in Played(tmp_path / "year", "--json").told.splitlines()]
    steps = [row for row in rows if "chapter" not in row]
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(re.fullmatch(r"202[67]-\d\d-\d\d", step["on"]) for step in steps)
    (refused,) = [s for s in steps if s.get("refusal", {}).get("code") == "GY-22-01"]
    assert refused["refusal"]["figures"]["arithmetic"] == "10×3=30<37"
    assert refused["mark"] == "✗"


def test_quiet_tells_nothing_but_what_to_do_next(tmp_path: Path) -> None:
    """With --quiet only the next commands are printed."""
    told = Played(tmp_path / "year", "--quiet").told
    assert "✓" not in told
    assert "gongyue verify" in told


def test_the_readme_shows_what_the_demo_prints(played: Played) -> None:
    """Every line pasted into the README is a line of the present story, in its order."""
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    pasted = readme.split("<!-- demo:start -->")[1].split("<!-- demo:end -->")[0]
    shown = [line for line in pasted.splitlines() if re.match(r"\d{4}-", line)]
    told = played.told.splitlines()
    assert len(shown) > 5
    assert [line for line in told if line in shown] == shown
