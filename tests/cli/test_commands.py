"""Every act type has its command; every command helps, gives an example that parses, and prints JSON."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gongyue.cli.act_commands import example_words, verb_of
from gongyue.cli.main import ALONE, main
from gongyue.governance.acts import ACT_TYPES, ActType

from .desk import Desk

TYPES = sorted(ACT_TYPES)
ELSEWHERE = set(ALONE)
"""Commands with tests of their own."""


def _find(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words name, and the words left over."""
    command: click.Command = main
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words
        command, words = found, words[1:]
    return command, words


def _commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = [" ".join(path) for path in _commands()]
OURS = [c for c in COMMANDS if c.split()[0] not in ELSEWHERE]


def _examples(help: str) -> list[str]:
    """The example command lines of a help text; a line that ends in a backslash goes on."""
    text = re.split(r"例 / Example:?\n", help)[1].split("\n\n")[0].replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip().startswith("gongyue ")]


@pytest.mark.parametrize("type", TYPES)
def test_every_act_type_has_a_command_with_an_example(type: str) -> None:
    """`gongyue MATTER VERB --help` shows the type, the article and an example."""
    kind = ACT_TYPES[type]
    command, _ = _find([kind.matter, verb_of(kind)])
    assert command.help is not None
    assert f"{type} · 依据 on: " in command.help and f"({kind.clause})" in command.help
    assert _examples(command.help)[0].startswith(f"gongyue {kind.matter} {verb_of(kind)}") or type == "book.genesis/1"


def test_every_act_takes_yes() -> None:
    """--yes is taken by every act, also by those of the office key, of which nothing is asked."""
    commands = {type: _find([kind.matter, verb_of(kind)])[0] for type, kind in ACT_TYPES.items()}
    without = [type for type, one in commands.items() if not any("--yes" in param.opts for param in one.params)]
    assert without == ["book.genesis/1"]  # which `gongyue init` does


@pytest.mark.parametrize("name", OURS)
def test_the_examples_of_a_command_parse(name: str, empty: Desk) -> None:
    """Whoever copies an example gets past the options; nothing is run here."""
    command, _ = _find(name.split())
    for example in _examples(command.help or ""):
        words = [w for w in shlex.split(example.partition(" >")[0])[1:] if w != "\\"]
        found, rest = _find(words)
        with found.make_context(found.name, rest):
            pass


@pytest.mark.parametrize("type", [t for t in TYPES if ACT_TYPES[t].by.who != "system" and t != "book.genesis/1"])
def test_the_generated_options_take_the_types_own_example(type: str, empty: Desk) -> None:
    """The form made of an act type's fields accepts the example that is kept with it for ever."""
    from gongyue.cli.act_commands import command

    kind: ActType = ACT_TYPES[type]
    made = command(kind)
    with made.make_context(made.name, example_words(kind)[2:]):
        pass


@pytest.mark.parametrize("name", OURS)
def test_every_command_speaks_chinese_first_and_has_json(name: str) -> None:
    """Help is Chinese, then English; --json is everywhere, --lang wherever prose is printed in one language."""
    command, _ = _find(name.split())
    options = {o for p in command.params for o in p.opts}
    assert "--json" in options
    assert "--lang" in options or name == "verify"  # verify tells its outcome in both languages
    assert re.search(r"[\u4e00-\u9fff]", (command.help or "").splitlines()[0])
    assert re.search(r"[A-Za-z]{3}", command.help or "")
    short = command.short_help or ""
    assert "/" in short
    assert short.count("(") == short.count(")"), "cut off in the middle"


@pytest.mark.parametrize("name", OURS)
def test_no_option_is_without_help(name: str) -> None:
    """Every option says what it is for."""
    command, _ = _find(name.split())
    assert not [p.opts for p in command.params if isinstance(p, click.Option) and not p.help]


def test_help_is_instant() -> None:
    """`gongyue --help` imports no package of ours but the command line's own."""
    program = "import sys; from gongyue.cli.main import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    began = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    took = time.perf_counter() - began
    modules = ast.literal_eval(ran.stdout.splitlines()[-1])
    loaded = {m for m in modules if m.startswith("gongyue.")}
    assert loaded <= {"gongyue.cli", "gongyue.cli.main", "gongyue.cli.lazy", "gongyue.cli.help_format"}
    assert not {"msgspec", "nacl", "cryptography", "sqlite3", "urllib.request"} & set(modules)
    assert took < 3  # 0.1 s on an idle machine


@pytest.mark.parametrize("command", ["due", "submit", "verify"])
def test_a_command_that_reads_no_covenant_loads_no_reader_of_files(command: str) -> None:
    """What judges acts goes by the edition; the readers of files take a seventh of such a command's time to load."""
    program = (
        f"import sys; from gongyue.cli.main import main; main(['{command}', '--help'], standalone_mode=False); "
        "import gongyue.office.office, gongyue.verifying.verify; print(sorted(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {m for m in ast.literal_eval(ran.stdout.splitlines()[-1]) if m.startswith("gongyue.covenant.parser.")}
    assert loaded == {f"gongyue.covenant.parser.{name}" for name in ("errors", "items", "lines")}


def test_the_help_lists_the_exit_codes(empty: Desk) -> None:
    """One place says what every exit code means."""
    help = empty.run("--help")
    for meaning in ("0 办妥", "1 公约不许", "2 用法有误", "3 时机不对", "4 读不出"):
        assert meaning in help


def test_the_version_is_told(empty: Desk) -> None:
    """`--version` names the program and its version."""
    assert re.match(r"gongyue \d+\.\d+", empty.run("--version"))


def test_a_misspelt_command_is_offered_its_neighbours(empty: Desk) -> None:
    """A slip costs one more try, not a search through the help."""
    assert "founding" in empty.run("foundng", code=2)
    assert "freeze" in empty.run("founding", "freez", code=2)


def test_no_command_line_file_imports_the_rules() -> None:
    """Law is applied by matters only."""
    folder = Path(__file__).parents[2] / "src" / "gongyue" / "cli"
    assert not [p.name for p in folder.glob("*.py") if "gongyue.rules" in p.read_text("utf-8")]


@pytest.mark.parametrize("name", [("clock", "confirm"), ("clock", "recover"), ("interpretation", "adopt")])
def test_a_default_is_said_once(name: tuple[str, str], empty: Desk) -> None:
    """默认 and default stand beside each other a single time before what the default is."""
    told = " ".join(empty.run(*name, "--help").split())
    assert "[默认 default:" in told.replace("默认 default: ", "默认 default:") and "默认 / 默认" not in told
