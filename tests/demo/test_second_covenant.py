"""The demonstration's year on a second covenant: no article, share or period of the seed stands in anything a user sees.

The second text counts its articles anew in each chapter, so that it is cited as 第三章第2条 / chapter 3, article 2 and never by a
bare number, and every share, period and procedure rule of it is another than the seed's: the search is a plain one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.edition_builder import compose
from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.procedure import package
from gongyue.governance.articles import bundled_edition
from support.second import OUTLINE, PROCEDURE, choices

pytestmark = pytest.mark.slow(150)  # every kind of page for every role, in both languages

NUMERAL = f"[0-9{CHINESE}]+"
CITED = (
    re.compile(rf"(?P<chapter>第{NUMERAL}章)?第{NUMERAL}[条條](?:之{NUMERAL})?"),
    re.compile(r"(?P<chapter>[Cc]hapter \d+, )?\b[Aa]rt(?:icles?|s)?\.? ?\d+"),
)
"""An article cited by its number, in either language."""
STATED = re.compile(
    r"三分之二|十分之一|三十日|(?<![\d/.])(?:2/3|1/10)(?![\d/])|(?<!月)(?<!月 )(?<![\d-])30 ?日|\b30 days"
    r"|\btwo thirds|\bthirty days|\bone in ten|\bone tenth"
)
"""What the seed's text states: two thirds, one in ten, thirty days."""
NOT_CITED = (
    re.compile(
        r"《[^》]*(?:法|规定|条例|典)》第[^⏎\n]*|Civil Code, art[^\n]*"
    ),  # the law above the covenant, by its name
    re.compile(
        r"《中关村大数据产业联盟行业自律公约》第[^）。；]*|articles? [\d, ()]+ of the\s+Zhongguancun\s+covenant"
    ),
    re.compile(r"(?:误记时间的|晚于恢复时间的)第一条"),  # an entry of the book
    re.compile(r"\bthis article \d+"),  # how many acts were done under it
    re.compile(r"gongyue [^\n]*"),  # a command that may be typed in, by an example
    re.compile(r"(?:草案|草案为|proposed|draft) 30(?:日| days)"),  # what the package proposes for a procedure rule
    re.compile(
        r'"(?:at|basis|default|value|article)": ?"?(?:at:)?[\d/]+"?|\bat:\d/\d|(?m:^\s*\d+ \d/\d\b)|article=\d\S*'
    ),  # an address
    re.compile(r'"example":\{.*'),  # of an act type, in the description of the interface
    re.compile(r'(?ms)^( +)"examples": \[$.*?^\1\]'),  # the same on its page, line by line
)
"""What looks like citing the covenant and is not."""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything a user sees of that year, by where it stands; made once, by the first of the run's processes that asks."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "second.json"
    with (shared / "second.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(_made(tmp_path_factory.mktemp("second") / "year"), "utf-8")
    found: dict[str, str] = json.loads(kept.read_text("utf-8"))
    return found


def _made(where: Path) -> str:
    """What the process that makes it prints."""
    tests = Path(__file__).resolve().parents[1]
    paths = os.pathsep.join((str(tests), str(tests.parent / "src"), os.environ.get("PYTHONPATH", "")))
    made = subprocess.run(
        [sys.executable, "-m", "support.outputs", str(where)],
        env=os.environ | {"PYTHONPATH": paths, "GONGYUE_LANG": "zh"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-2_000:]
    return made.stdout


def of_the_covenant(text: str) -> str:
    """The text without what cites something else."""
    for pattern in NOT_CITED:
        text = pattern.sub(" ", text)
    return text


def around(text: str, found: re.Match[str]) -> str:
    """A find with what stands around it."""
    return text[max(0, found.start() - 40) : found.end() + 40].replace("\n", "⏎")


def test_the_second_text_has_nothing_in_common_with_the_seed() -> None:
    """No label, no number that both state, no procedure rule as proposed: else the search would find nothing."""
    seed, second = bundled_edition(), compose(OUTLINE, choices())
    assert not second.open and not second.breaks
    assert not {part.label for part in seed.parts} & {part.label for part in second.parts}
    assert not {b.value for b in seed.bindings if b.value} & {b.value for b in second.bindings if b.value}
    assert {b.base for b in second.bindings if b.kind == "share"} == {"roll", "voting"}
    assert {n: v for n, v in PROCEDURE.items() if n[0] == "P" and n != "P16"}.keys() == package().procedure.keys()
    assert [n for n, rule in package().procedure.items() if PROCEDURE[n] == rule.value] == []


def test_the_search_finds_what_it_is_for() -> None:
    """Articles by a bare number, in either language, and what the seed states; not the law's, and not a chapter's."""
    said = "依第22条（第二十二條）、art. 22；经三分之二以上，2/3，在30日内 within 30 days；《民法典》第二百零一条"
    text = of_the_covenant(said)
    assert [m[0] for pattern in CITED for m in pattern.finditer(text)] == ["第22条", "第二十二條", "art. 22"]
    assert [m[0] for m in STATED.finditer(text)] == ["三分之二", "2/3", "30日", "30 days"]
    assert [m["chapter"] for m in CITED[0].finditer("第三章第2条")] == ["第三章"]


def test_the_year_is_played_to_its_end(outputs: dict[str, str]) -> None:
    """Approved, in force after its own period, amended by its own share, an annex adopted; its dates follow its periods."""
    told = outputs["story zh"]
    assert (
        re.findall("略去“(.+?)”", told) == ["恢复名誉", "公告", "诉求"] and "到此为止" not in told
    )  # this text has neither
    assert "5×7=35<37" in told and "5×8=40≥37" in told  # one in five proposes
    assert "第 11 日，期限至 2026-05-08" in told  # sixty days
    assert "5×34=170≥3×37=111" in told  # three in five must vote
    assert "3/4 → 4/5" in told  # of those voting
    assert "2026-12-11 ✓ 办公密钥 启封全部选票并计票（p:2026-01）：通过" in told  # 41 days, then a Thursday
    assert "逾期 1 日，2027-02-25 到期" in told  # 26 days


def test_every_face_was_read(outputs: dict[str, str]) -> None:
    """The command line, the public pages, each role's, the interface, letters and forms: none of them is empty."""
    kinds = ("story", "help", "status", "due", "verify public", "article 3/2", "public /covenant/14/", "public /en/log/",
             "public /api/log", "public /api/refusals", "public /feed.atom", "qin@demo.invalid /desk/", "letter result",
             "letter list", "letter interpretation", "form vote.ballot/1", "yunling@demo.invalid /workspace/u:0001/",
             "authority@demo.invalid /authority/")  # fmt: skip
    assert [kind for kind in kinds if not any(n.startswith(kind) and len(t) > 100 for n, t in outputs.items())] == []
    assert "检查通过" in outputs["verify public --vkey log.vkey"] or "0" in outputs["verify public --vkey log.vkey"]


def cited(outputs: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(where, the citing, what stands around it) of every citing of an article."""
    for where, whole in outputs.items():
        text = of_the_covenant(whole)
        for pattern in CITED:
            for found in pattern.finditer(text):
                yield where, found[0], around(text, found)


def test_every_article_is_cited_as_this_text_has_it(outputs: dict[str, str]) -> None:
    """第三章第2条, chapter 3, article 2: a bare number is the seed's, and so is a label this text has not."""
    ours = {label_of(p.at) for p in OUTLINE.parts} | {in_english(p.at) for p in OUTLINE.parts}
    strange = {(what, near): where for where, what, near in cited(outputs) if what[0].lower() + what[1:] not in ours}
    assert strange == {}
    assert {what for _, what, _ in cited(outputs)} >= {"第三章第2条", "chapter 3, article 2", "Chapter 3, article 2"}


def test_nothing_that_the_seed_states_is_said(outputs: dict[str, str]) -> None:
    """Not its shares, not its period."""
    found = {}
    for where, whole in outputs.items():
        text = of_the_covenant(whole)
        found |= {around(text, m): where for m in STATED.finditer(text)}
    assert found == {}
