"""Figures of refusals: each has a name in both languages, and its value its words, on every face."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongyue
from gongyue.covenant.refusals import catalogue, figure_name
from gongyue.governance.figure_words import figure_words

SRC = Path(gongyue.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
SAYS = {  # what takes figures by name, and what else it takes by name
    "holds": set(),
    "fails": {"enough"},
    "either": {"enough", "condition"},
    "OutOfTurn": {"reason", "step", "stands", "can"},
    "BadEdition": {"zh", "en", "code"},
    "tampered": {"how", "what", "detail", "index", "type", "book", "detail_zh"},
    "unreadable": {"zh", "en", "why", "index"},
    "Unreadable": {"zh", "en", "why"},
    "Spent": {"zh", "en", "why"},
}  # fmt: skip


def named_in(tree: ast.AST) -> Iterator[str]:
    """The names of figures: given to what takes them, keys of `figures`, of what is added to them, and of what stands for them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield from (k.arg for k in node.keywords if k.arg and called in SAYS and k.arg not in SAYS[called])
            yield from (key for k in node.keywords if k.arg == "figures" for key in _keys(k.value))
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target).strip("'\")]").endswith("figures"):
                yield from _keys(node.value)
            elif "figures[" in (said := ast.unparse(target).replace("'figures']", "figures")):
                yield said.partition("figures[")[2].strip("'\"]")


def _keys(value: ast.AST) -> Iterator[str]:
    for one in ast.walk(value):
        if isinstance(one, ast.Dict):
            yield from (str(key.value) for key in one.keys if isinstance(key, ast.Constant))


def test_every_figure_has_a_name_in_both_languages_and_no_name_is_left_over() -> None:
    """Of every rule, step out of turn and failed verification; the catalogue holds no name besides."""
    rooms = ("covenant", "rules", "governance", "book", "office", "verifying")
    files = [file for room in rooms for file in (SRC / room).rglob("*.py")]
    said = {name for file in files for name in named_in(ast.parse(file.read_text("utf-8")))}
    said |= {"count", "roll", "share", "arithmetic"}  # of `counting.at_least`, whose finding holds them in a row
    assert said == set(catalogue()["figures"])


def test_names_of_figures_are_chinese_and_english() -> None:
    """Two texts for each, the first Chinese, the second not."""
    for name, words in catalogue()["figures"].items():
        assert CHINESE.search(words["zh"]) and words["en"].isascii(), name
        assert figure_name(name) == (words["zh"], words["en"])


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("officers", 1, "1", "1"),
        ("offices", "clerk | secretary", "经办或秘书长", "clerk or secretary"),
        ("offices", "clerk + secretary", "经办 + 秘书长", "clerk + secretary"),
        ("enough", "法定代表人 | 委托代表", "法定代表人或委托代表", "the legal representative or a delegate"),
        ("enough", "法律审查", "法律审查", "a legal review"),
        ("enough", "annex.sign/1", "签署附件", "annex signed"),
        ("actor", "exec", "执行机构", "executive body"),
        ("stage", "open", "表决中", "vote open"),
        ("book", "open", "公开簿", "open book"),
        ("ground", "before", "发生于施行或加入之前", "before force or accession"),
        ("counted", "2+1+1 (1+0+1 paper), 2/4/5, rejected", "2+1+1（其中纸面 1+0+1）, 2/4/5, 未通过",
         "2+1+1 (1+0+1 on paper), 2/4/5, not adopted"),
        ("found", "条文 / the text", "条文", "the text"),
        ("name", "open", "open", "open"),  # a file's own name
    ],
)  # fmt: skip
def test_values_of_figures_are_told_in_words(name: str, value: object, zh: str, en: str) -> None:
    """Offices, types, parties, stages and choices; a number as it is, and what somebody named as named."""
    assert tuple(figure_words(name, value)) == (zh, en)


def test_whoever_types_commands_reads_act_types_by_their_stored_names_too() -> None:
    """On the command line and in `gongyue verify`; on pages by name alone."""
    told = figure_words("enough", "annex.sign/1 | annex.leave/1", types=True)
    assert told == (
        "签署附件（annex.sign/1）或退出附件（annex.leave/1）",
        "annex signed (annex.sign/1) or annex left (annex.leave/1)",
    )


def test_a_turnout_is_told_in_words_with_its_anchor() -> None:
    """As verify names it: by the slot, where nobody looks up its day."""
    said = figure_words("stated", "turnout 33 (1 paper) (anchor 20773)")
    assert said.zh == "已投票 33 家（其中纸面 1）（第 20773 时段锚定时）"
    assert said.en == "33 had voted (1 on paper) (at the anchor of slot 20773)"
    assert figure_words("stated", "turnout 3").zh == "已投票 3 家"
