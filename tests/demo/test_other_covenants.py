"""The demonstration on other covenants: as far as their capabilities go, and never a crash."""

from __future__ import annotations

import random
import re
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.cheat import cheat
from gongyue.cli.demo import demo
from gongyue.covenant.numerals import to_chinese
from tests.demo.conftest import Played, check

SMALL = """河湾码头自律公约

第一章 总则
第一条 为维护河湾码头的秩序，河湾码头协会号召全体会员企业制定并遵守本公约。
第二条 各单位应当明码标价，诚实守信。
第三条 河湾码头协会作为本公约的执行机构，负责组织实施本公约。
第四条 本公约经公约发起单位法定代表人或其委托的代表签字，并经由主管部门批准后生效，并在生效后的30日内由协会向社会公布。
第五条 河湾码头协会会员单位自愿首批加入本公约；公约执行机构定期公布加入及退出本公约的单位名单。
第六条 本公约生效期间，经五分之一以上成员单位提议，并经四分之三以上成员单位同意，可以对本公约进行修改。
第七条 本公约自公布之日起施行。
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The demonstration of a small covenant of seven articles."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "公约.txt").write_text(SMALL, "utf-8")
    return Played(folder / "year", "--covenant", str(folder / "公约.txt"), "--lang", "zh")


def test_a_small_covenant_is_played_as_far_as_it_goes(small: Played) -> None:
    """It is read, signed, approved, published and joined, its lists are published, its own numbers judge its vote."""
    assert "3/5 → 0/5" in small.line("重开草案")
    assert "示主管函〔2026〕7号" in small.line("2026-03-10", "记录批准")
    assert "（第4条）" in small.line("向社会公布，自即日施行")
    assert "29" in small.line("长亭出行 首批加入（第5条）")
    assert "+29 −0 ×0" in small.line("第 1 期名单")
    assert "5×5=25<29" in small.line("✗", "GY-22-01")
    assert "须 22 家" in small.line("开始表决（p:2026-01）")


def test_what_is_off_is_said(small: Played) -> None:
    """Capabilities without a clause are named, and their scenes left out."""
    assert small.line("关闭：本公约没有 annex.initiation")
    assert small.line("略去“附件发起”")
    assert small.line("略去“申请加入”")


def test_its_books_verify_too(small: Played) -> None:
    """Public 0, tampered 2, unlawful 3."""
    codes = [check(small.folder / name, small.folder).code for name in ("public", "tampered", "unlawful")]
    assert codes == [0, 2, 3]


def test_a_cheat_without_its_scene_says_so(small: Played, tmp_path: Path) -> None:
    """No annex, no cheating with it: exit 4 and nothing written."""
    arguments = ["annex-unconsented", "--dir", str(small.folder), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(cheat, arguments)
    assert result.exit_code == 4
    assert "annex.publish/1" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("seed", range(6))
def test_no_selection_of_articles_makes_it_crash(seed: int, tmp_path: Path) -> None:
    """Articles dropped at random, numbered anew: the demonstration ends, and its books are sound."""
    chance = random.Random(seed)
    text = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_text("utf-8")
    articles = [a.split("\n第")[0].strip() for a in re.split(r"\n第[一二三四五六七八九十]+条\s", text)[1:]]
    kept = [a for a in articles if chance.random() < 0.6]
    rows = "\n".join(f"第{to_chinese(n)}条 {article}" for n, article in enumerate(kept, 1))
    (tmp_path / "公约.txt").write_text(f"某某公约\n\n第一章 总则\n{rows}\n", "utf-8")
    played = Played(tmp_path / "year", "--quiet", "--covenant", str(tmp_path / "公约.txt"))
    assert played.result.exit_code == 0, played.result.output
    assert check(played.folder / "public", played.folder).code == 0


def test_a_gap_in_the_numbering_is_refused_in_words(tmp_path: Path) -> None:
    """GY-01-01, exit 1, and no folder left half made."""
    (tmp_path / "公约.txt").write_text(SMALL.replace("第五条", "第九条"), "utf-8")
    result = CliRunner().invoke(
        demo, ["--no-serve", "--dir", str(tmp_path / "y"), "--covenant", str(tmp_path / "公约.txt")]
    )
    assert result.exit_code == 1
    assert "GY-01-01" in result.output


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Exit 4, with the name."""
    result = CliRunner().invoke(
        demo, ["--no-serve", "--dir", str(tmp_path / "y"), "--covenant", str(tmp_path / "none.txt")]
    )
    assert result.exit_code == 4
    assert "none.txt" in result.output
