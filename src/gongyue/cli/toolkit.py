"""`gongyue toolkit demo`: every tool of the member's, run on a fictional member, and what each found."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from gongyue.cli.errors import INTERRUPTED, InvalidInput
from gongyue.cli.output import emit_result, note, output_options, pick, wants_json
from gongyue.cli.promise import Verbs

SEED = "演示：检查点的根 / demo: the root of a checkpoint"
Said = tuple[str, str]
AGAIN = (
    "以上命令都可在该目录照抄再试；attest make、sign、challenge、answer 不覆盖已有文件：换一个 --out 的文件名，或先删去旧的",
    "each command can be typed again in that folder; attest make, sign, challenge and answer write over no file: give --out another"
    " name, or remove the old one first",
)  # fmt: skip


@click.group("toolkit", cls=Verbs, short_help="成员工具一览 / The member's toolkit at a glance")
def toolkit() -> None:
    """成员工具一览：在一家虚构的成员单位上各用一遍。

    The member's toolkit at a glance, on a fictional member.

    \b
    例 / Example:
      gongyue toolkit demo 演示
    """


class DemoCommand(NamedTuple):
    """A command as typed, the exit codes it may have, and what its JSON says in words."""

    command: str
    codes: tuple[int, ...]
    told: Callable[[Any], Said]


@toolkit.command("demo", short_help="各用一遍，看各查出什么 / Run them all, see what each finds")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@output_options
def demo(directory: Path) -> None:
    """在 DIR 写出一家虚构成员单位的数据，把每件工具真的用一遍，说出各查出什么；文件留下，可以接着试。

    Write a fictional member's data into DIR, really run every tool on it, and say what each found. The files stay, to play with.

    \b
    例 / Example:
      gongyue toolkit demo demo-member
      gongyue toolkit demo demo-member --lang en

    退出码 / Exit: 0 演完 done · 4 DIR 已有内容，或某一步读不出 DIR is not empty, or a step failed.
    """
    from gongyue.cli.kernel_setup import compiled_once, installed
    from gongyue.conduct.member import NAME, write
    from gongyue.office.keys import demo_seed, write_seed

    if directory.exists() and not directory.is_dir():
        raise InvalidInput(
            f"{directory} 是文件，不是文件夹；请给一个新目录", f"{directory} is a file, no folder: give a new folder"
        )
    if directory.exists() and any(directory.iterdir()):
        raise InvalidInput(f"{directory} 已有内容；请给一个新目录", f"{directory} is not empty: give a new folder")
    installed("toolkit demo")
    from gongyue.conduct.auditing.tally import count_kinds
    from gongyue.conduct.scanning.scanner import run_matchers

    directory.mkdir(parents=True, exist_ok=True)
    write(directory)
    write_seed(directory / "unit.key", demo_seed("xingtai"))
    compiled_once(count_kinds, run_matchers)
    if wants_json():
        steps = []
        for step in _steps():
            note(f"$ {step.command}", f"$ {step.command}")
            steps.append(_run(directory, step))
        emit_result({"dir": str(directory), "unit": NAME, "steps": steps}, list)
        return
    click.echo(f"{pick(NAME, 'Xingtai Data (fictional)')}  cd {shlex.quote(str(directory))}")
    for step in _steps():
        click.echo(f"\n$ {step.command}")
        found = _run(directory, step)
        click.echo(
            "  → " + pick(found["zh"], found["en"]) + (pick("（退出码 1）", " (exit 1)") if found["exit"] else "")
        )
    click.echo("\n" + pick(*AGAIN))


def _run(directory: Path, step: DemoCommand) -> dict[str, Any]:
    """Run a step in the folder: its command, exit code, and what it found in both languages."""
    with contextlib.chdir(directory):
        code, out, err = _run_command(step.command)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    if code not in step.codes:
        raise InvalidInput(f"{step.command} 未成（{code}）：{out}{err}", f"{step.command} failed ({code}): {out}{err}")
    data = _read(out) if step.command.startswith("gongyue gate") else json.loads(out)
    zh, en = step.told(data)
    return {"command": step.command, "exit": code, "zh": zh, "en": en}


def _run_command(command: str) -> tuple[int, str, str]:
    """(exit code, output, errors) of a command, run here as the command line runs it, with --json."""
    from gongyue.cli.main import main

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main.main([*shlex.split(command)[1:], "--json"], "gongyue", standalone_mode=False)
    return int(code or 0), _text(out), _text(err)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()


def _read(lines: str) -> list[Any]:
    return [json.loads(line) for line in lines.splitlines()]


def _steps() -> list[DemoCommand]:
    ledger = "--promise promise.toml --authorisations authorisations.csv"
    return [
        DemoCommand("gongyue promise check promise.toml --policy policy.txt", (0,), _promised),
        DemoCommand(f"gongyue gate run {ledger} --input asked.jsonl", (1,), _decided),
        DemoCommand(f"gongyue audit {ledger} --uses uses.csv --out verdicts.parquet", (1,), _audited),
        DemoCommand("gongyue scan data --promise promise.toml", (1,), _scanned),
        DemoCommand("gongyue export-check --flows flows.csv --facts facts.toml --on 2026-06-30", (1,), _exported),
        DemoCommand('gongyue attest make verdicts.parquet --unit 星台数据 --covers "9 月全部访问日志" --out draft.json', (0,), _attestation_text),
        DemoCommand("gongyue attest sign draft.json --verdicts verdicts.parquet --key unit.key --out attestation.json", (0,), _signed),
        DemoCommand(f'gongyue attest challenge attestation.json --seed "{SEED}" --rows 30 --out challenge.json', (0,), _challenge_text),
        DemoCommand("gongyue attest answer challenge.json --attestation attestation.json --verdicts verdicts.parquet --out answer.json",
             (0,), _answered),
        DemoCommand("gongyue attest check attestation.json --challenge challenge.json --answer answer.json --promise promise.toml"
             f' --seed "{SEED}"', (0,), _check_text),
    ]  # fmt: skip


def _promised(said: Any) -> Said:
    n = len(said["faults"])
    return f"{n} 处问题，摘要与公布的政策相符", f"{n} faults; its digest is that of the published policy"


def _decided(said: list[Any]) -> Said:
    kinds = " · ".join(one["verdict"] for one in said)
    return (f"{len(said)} 问：{kinds}（撤回之刻起即不可，前一微秒仍可）",
            f"{len(said)} questions: {kinds} (withdrawn means from that very instant; a microsecond before it is fine)")  # fmt: skip


def _audited(said: Any) -> Said:
    kinds = ", ".join(f"{kind} {n}" for kind, n in said["verdicts"].items())
    return (f"{said['rows']:,} 行，违反 {said['violations']}，不能认定 {said['unsettled']}：{kinds}",
            f"{said['rows']:,} rows, {said['violations']} violations, {said['unsettled']} unsettled: {kinds}")  # fmt: skip


def _scanned(said: Any) -> Said:
    from gongyue.conduct.scanning.entity_types import kinds, numbers

    found = [
        (f, f"{f['table']}.{f['column']}", kinds()[numbers()[f["type"]]]) for f in said["findings"] if not f["known"]
    ]
    zh = "，".join(f"{place} 有{kind.zh} {f['cells']} 处" for f, place, kind in found)
    en = ", ".join(f"{f['cells']} × {kind.en} in {place}" for f, place, kind in found)
    return f"{len(found)} 项承诺文件没有声明：{zh}", f"{len(found)} not declared in the promise file: {en}"


def _exported(said: Any) -> Said:
    ordinary, sensitive = said["counted"]["ordinary"], said["counted"]["sensitive"]
    code = said["finding"]["code"]
    return (f"{code}：一般 {ordinary} 人，敏感 {sensitive} 人（敏感一人即达）→ {said['steps'][0]['zh']}",
            f"{code}: {ordinary} ordinary, {sensitive} sensitive persons (one is enough) → {said['steps'][0]['en']}")  # fmt: skip


def _attestation_text(said: Any) -> Said:
    root = said["attestation"]["root"][:19]
    return f"根 {root}…；不声明“全部合规”", f"root {root}…; full compliance is not claimed"


def _signed(said: Any) -> Said:
    return f"供引用的摘要 {said['digest'][:19]}…", f"digest to cite {said['digest'][:19]}…"


def _challenge_text(said: Any) -> Said:
    shown = ", ".join(map(str, said["rows"][:6]))
    return f"抽 {len(said['rows'])} 行：{shown} …", f"{len(said['rows'])} rows: {shown} …"


def _answered(said: Any) -> Said:
    kinds = ", ".join(f"{kind} {n}" for kind, n in said["verdicts"].items())
    return f"各附存在证明：{kinds}", f"each with its proof: {kinds}"


def _check_text(said: Any) -> Said:
    n = len(said["checks"])
    return f"{n} 项均成立。{said['proves']['zh']}", f"all {n} checks hold. {said['proves']['en']}"
