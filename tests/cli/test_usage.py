"""A command line that is wrong is told so in words: in the language chosen, in both where it was not read yet."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gongyue.cli.lazy import LazyGroup
from gongyue.cli.main import SECTIONS, main
from gongyue.cli.output import table

from .desk import Desk

BALLOT = ("vote", "ballot", "--vote", "p:1")
AUDIT = ("audit", "--promise", "p.toml", "--authorisations", "a.csv", "--uses", "a.csv")
MISUSES = [
    (("vote", "ballot"), "缺少选项 '--vote'", "Missing option '--vote'"),
    (BALLOT, "缺少选项 '--choice'；可选：", "Missing option '--choice'. Choose from:"),
    ((*BALLOT, "--choice", "yes"), "'yes' 不在可选之列：", "'yes' is not one of"),
    (("sign", "--key", "x"), "缺少参数 'ACT.json…'", "Missing argument 'ACT.json…'"),
    (("article", "x"), "没有“x”", "has no “x”"),
    (("article", "0"), "没有“0”；共 26 条，自 1 至 26", "has no “0”; its 26 articles run from 1 to 26"),
    (("due", "more"), "多余的参数：more", "Got unexpected extra argument (more)"),
    ((*AUDIT, "--uses", "b.csv"), "选项 --uses 写了 2 次", "Option --uses is given 2 times"),
    (
        ("scan", "a", "--promise", "p", "--promise", "q"),
        "选项 --promise 写了 2 次",
        "Option --promise is given 2 times",
    ),
    (("promise", "check", "p", "--policy", "a", "--policy", "b"), "--policy 写了 2 次", "--policy is given 2 times"),
    (("attest", "check", "a", "--seed", "x", "--seed", "y"), "选项 --seed 写了 2 次", "Option --seed is given 2 times"),
    (("article", "99"), "没有“99”", "has no “99”"),
]


@pytest.mark.parametrize(("words", "zh", "en"), MISUSES)
def test_a_wrong_option_or_argument_is_told_in_the_language_chosen(
    words: tuple[str, ...], zh: str, en: str, empty: Desk
) -> None:
    """Exit 2, usage and where to read on, in Chinese without and in English with --lang en; never a mixture."""
    told = empty.run(*words, code=2)
    assert zh in told and en not in told
    assert "用法：gongyue" in told and "详见：gongyue" in told and "--help" in told and "Usage" not in told
    told = empty.run(*words, "--lang", "en", code=2)
    assert en in told and not re.search(r"[\u4e00-\u9fff]", told)
    assert "Usage: gongyue" in told and "Help: gongyue" in told


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("--foo",), "没有选项 '--foo'", "No such option '--foo'"),
        (("vote", "balot"), "没有命令 balot；可用：ballot", "no command balot; there are: ballot"),
        (("nothing",), "没有命令 nothing", "no command nothing"),
        ((*BALLOT, "--choise", "x"), "没有选项 '--choise'；可是 '--choice'", "No such option '--choise'."),
        (("vote", "ballot", "--vote"), "选项 '--vote' 须带一个值", "requires an argument"),
        (("vote", "show", "--json=3"), "选项 '--json' 不带值", "does not take a value"),
        (("verify", "x"), "缺少选项 '--vkey'", "Missing option '--vkey'"),
    ],
)
def test_before_the_language_is_read_both_are_told_chinese_first(
    words: tuple[str, ...], zh: str, en: str, empty: Desk
) -> None:
    """Unknown commands and options, values that are missing, commands that speak both languages anyway."""
    told = empty.run(*words, code=2)
    assert zh in told and en in told and told.index(zh) < told.index(en)
    assert "错误 / Error: " in told


def test_what_is_not_ours_to_translate_is_told_as_it_stands(empty: Desk) -> None:
    """A message nobody foresaw still comes through, marked as a slip of usage."""
    import click

    from gongyue.cli.errors import Misused

    context = click.Context(main)
    context.meta["gongyue.lang"] = "zh"
    assert Misused(click.UsageError("Something new.", context))._words() == "用法有误（Something new.）"
    assert Misused(click.UsageError("Something new."))._words() == "Something new."


def test_long_work_shows_a_bar_where_a_person_watches(in_force: Desk) -> None:
    """Publishing and verifying, on a terminal's standard error alone; the bar ends full."""
    commands = (("export", "public"), ("verify", "public", "--vkey", "office/log.vkey"))
    for words, label in zip(commands, ("公开 / publishing", "核验 / verifying"), strict=True):
        screen, terminal = pty.openpty()
        command = [sys.executable, "-c", "from gongyue.cli.main import main; main()", *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True)
        os.close(terminal)
        shown = os.read(screen, 1 << 20).decode()
        os.close(screen)
        assert label in shown and "100%" in shown
        assert label not in done.stdout.decode()
        assert label not in in_force.run(*words)


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_said_and_no_fault_of_ours(in_force: Desk) -> None:
    """Exit 4, in words; it does not say that nothing was recorded, which it cannot know."""
    command = [sys.executable, "-c", "from gongyue.cli.main import main; main()", "status"]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert "磁盘是否已满" in done.stderr and "没有记录任何行为" not in done.stderr


def test_a_reader_that_has_read_enough_is_no_refusal(in_force: Desk) -> None:
    """`| head -1`: the exit code a shell gives a broken pipe, and not a word."""
    command = [sys.executable, "-c", "from gongyue.cli.main import main; main()", "log", "show"]
    away, pipe = os.pipe()
    os.close(away)
    done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_invitation_needs_an_address(in_force: Desk) -> None:
    """Before anything is written."""
    assert "电子邮箱" in in_force.run("account", "invite", "nonsense", "o:qin", code=2)


def test_an_index_beyond_every_book_is_not_there(in_force: Desk) -> None:
    """Larger than a database counts: said as any other that is missing."""
    beyond = "9" * 21
    for words in (("log", "show", beyond), ("receipt", beyond), ("receipt", f"sealed:{beyond[:16]}")):
        assert words[-1] in in_force.run(*words, code=4)


def test_an_argument_that_is_no_text_is_said(in_force: Desk) -> None:
    """Bytes of another encoding on the command line."""
    assert "UTF-8" in in_force.run("disclosures", "--as", "\udcff", code=4)


def test_a_database_that_cannot_work_now_is_said() -> None:
    """The drivers' words for a full disk, a lock, a server that went away: exit 4; other faults stay ours."""
    import sqlite3

    from pysqlite3 import dbapi2

    from gongyue.cli.errors import _known_error

    for error in (sqlite3.OperationalError("disk I/O error"), dbapi2.OperationalError("database is locked")):
        zh, en = _known_error(error) or ("", "")
        assert str(error) in zh and str(error) in en
    assert _known_error(sqlite3.ProgrammingError("x")) is None


def test_the_command_line_runs_as_a_module_too() -> None:
    """`python -m gongyue`, with the same exit codes."""
    begun = [
        subprocess.run([sys.executable, "-m", "gongyue", option], capture_output=True, text=True, check=False)
        for option in ("--version", "--no-such")
    ]
    assert [one.returncode for one in begun] == [0, 2] and begun[0].stdout.startswith("gongyue ")


def test_no_command_is_answered_with_help_alone(empty: Desk) -> None:
    """Not as the text of an error: exit 2."""
    for words, says in (((), "成员自用"), (("attest",), "抽查"), (("vote",), "Usage")):
        told = empty.run(*words, code=2)
        assert says in told and "错误" not in told and told.count("Usage: ") == 1


def _helps(group: click.Group, ctx: click.Context, *path: str) -> Iterator[tuple[str, str]]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        within = click.Context(command, ctx, name)
        if isinstance(command, click.Group):
            yield from _helps(command, within, *path, name)
        else:
            yield " ".join((*path, name)), command.get_help(within)


def test_every_command_of_the_toolkit_has_an_example_and_its_exit_codes() -> None:
    """In its help, Chinese and English."""
    tools = LazyGroup("gongyue", {"": SECTIONS["成员自用，数据不出本单位 / On a member's premises"]}, "")
    helps = dict(_helps(tools, click.Context(tools)))
    assert {"export-check", "attest answer", "gate serve", "toolkit demo"} <= helps.keys()
    for name, text in helps.items():
        assert f"gongyue {name} " in text.partition("例 / Example:")[2], name
        assert re.search(r"退出码 / Exit:\s+0 ", text) and re.search(r"\b4\s", text.partition("退出码")[2]), name


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("audit",), "缺少选项 '--promise'。", "Missing option '--promise'."),
        (("promise", "check", "p", "--polcy", "x"), "没有选项 '--polcy'", "No such option '--polcy'."),
        (("export-check", "--on", "yesterday", "--flows", "x", "--facts", "y"), "写作 2026-06-30", "write 2026-06-30"),
        (("scan", "a", "--sample", "1", "--sample", "2"), "写了 2 次", "is given 2 times"),
        (("vote", "balot"), "没有命令 balot；可用：ballot", "no command balot; there are: ballot"),
        ((), "没有选项 '--json'", "No such option '--json'"),
    ],
)
def test_with_json_a_wrong_command_line_is_told_as_json(words: tuple[str, ...], zh: str, en: str, empty: Desk) -> None:
    """Exit 2 as ever; one object on standard output, in both languages, wherever the command line is wrong."""
    for lang in ((), ("--lang", "en")) if words else ((),):
        told = empty.json(*words, *lang, code=2)
        assert told["code"] == "usage" and zh in told["zh"] and en in told["en"]
        assert set(told) == {"code", "zh", "en"} and not re.search(r"[\u4e00-\u9fff]", told["en"])


def test_an_argument_in_chinese_is_told_in_chinese_too(empty: Desk) -> None:
    """What click says of it, and not its English words."""
    for word in ("合规", "more"):
        told = empty.run("promise", "check", "promise.toml", word, code=2)
        assert f"多余的参数：{word}" in told and "unexpected" not in told
    assert "'合规' 不在可选之列" in empty.run("scan", "a", "--format", "合规", code=2)


def test_two_words_that_a_hyphen_makes_a_command_are_pointed_to_it(empty: Desk) -> None:
    """`export check` exports to a folder; without an office export-check is named, for other folders it is not."""
    told = empty.json("export", "check", code=4)
    assert "gongyue export-check" in told["zh"] and "gongyue export-check" in told["en"]
    assert "export-check" not in empty.run("export", "public", code=4)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("promise", "check", "promise.toml", "--json"), 4, "磁盘已满"),
        (("promise", "check", "promise.toml"), 4, "磁盘已满"),
        (("promise", "check", "none.toml", "--json"), 4, "没有这个文件"),
        (("promise", "check", "--json"), 2, "缺少参数"),
        (("demo", "--json"), 2, "错误"),
    ],
)
def test_standard_output_that_is_full_is_said_in_words(
    words: tuple[str, ...], code: int, says: str, unbuffered: str, empty: Desk
) -> None:
    """Whatever was to be printed, with and without --json: on standard error, no traceback, and its exit code."""
    empty.run("promise", "init")
    command = [sys.executable, "-c", "from gongyue.cli.main import main; main()", *words]
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=env)
    assert done.returncode == code and says in done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_what_click_says_in_help_stands_in_both_languages() -> None:
    """Titles, the help option, and the notes behind an option; the words of ours stand as they are."""
    told = CliRunner().invoke(main, ["audit", "--help"]).stdout
    for says in (
        "用法 / Usage: ",
        "选项 / Options:",
        "显示此说明 / Show this message",
        "[必填 required]",
        "[默认 default: auto]",
    ):
        assert told.count(says) >= 1, says
    assert "命令 / Commands:" in CliRunner().invoke(main, ["promise", "--help"]).stdout


def test_a_table_is_no_wider_than_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last column is broken at blanks, below itself; into a file nothing is."""
    rows = [("甲", "1", "NO_AUTH 8 PURPOSE 25 EXPIRED 12 WITHDRAWN 5")]
    assert table(("数据集", "行数", ""), rows)[1:] == ["甲      1     NO_AUTH 8 PURPOSE 25 EXPIRED 12 WITHDRAWN 5"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    assert table(("数据集", "行数", ""), rows)[1:] == [
        "甲      1     NO_AUTH 8 PURPOSE 25",
        "              EXPIRED 12 WITHDRAWN 5",
    ]
