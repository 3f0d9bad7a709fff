"""The options of every act: where it is done, in whose name, with which keys, from which paper, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from gongyue.cli.book_source import where_options

F = TypeVar("F", bound=Callable[..., Any])


class ActOptions(msgspec.Struct, frozen=True):
    """How an act is done: where, by whom, with which keys, from which paper, and what becomes of it."""

    office_dir: Path
    public: str | None = None
    vkey: str | None = None
    actor: str | None = None
    key_files: tuple[Path, ...] = ()
    paper_scan: str | None = None
    paper_number: str | None = None
    paper_dated: str | None = None
    paper_arrived: str | None = None
    dry_run: bool = False
    out: Path | None = None
    receipt: Path | None = None
    seq: int | None = None
    dossier: str | None = None
    to: str | None = None
    signer: str | None = None
    yes: bool = False


YES = click.option("--yes", is_flag=True, help="不再询问 / Do not ask.")

_HOW_OPTIONS = [
    click.option(
        "--as",
        "actor",
        metavar="PARTY",
        help="以谁的名义：单位 u:0001、执行机构 exec、主管部门 authority，本人密钥事项 o:qin；不写则由密钥得出。单位的编号见 founding status、"
        "membership roll / In whose name: a unit u:0001, exec, authority, or o:qin for an officer's own keys; by the key where not given."
        " Units' ids: founding status, membership roll.",
    ),
    click.option(
        "--key",
        "key_files",
        type=click.Path(path_type=Path),
        multiple=True,
        envvar="GONGYUE_KEY",
        metavar="FILE",
        help="签名密钥，可重复，首个为主；与 --out 同用可不写：先写成未签名的文件 / A key that signs; repeatable, the first leads."
        " With --out it may be left out: the file is written unsigned.",
    ),
    click.option(
        "--paper-scan", metavar="FILE|sha256:…", help="纸面扫描件（不公开）/ The paper's scan (stays private)."
    ),
    click.option(
        "--paper-number", metavar="NO", help="发文字号；没有则不写 / The document's number; left out where it has none."
    ),
    click.option("--paper-dated", metavar="YYYY-MM-DD", help="成文日期 / The instrument's date."),
    click.option("--paper-arrived", metavar="YYYY-MM-DD", help="收到日期，默认今日 / Arrival; today by default."),
    click.option(
        "--dry-run", is_flag=True, help="只说会怎样、依哪一条，不记录 / Say what would happen, by which article."
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="存成文件，不递交；其后 gongyue sign、gongyue submit / Write the act to a file, hand in nothing; then gongyue sign and submit.",
    ),
    click.option(
        "--signer",
        metavar="k:…|FILE",
        help="未签名文件将由哪把密钥签署（单位自己的行为按密钥编号）；默认该单位唯一的有效密钥 / "
        "Which key will sign an unsigned file (a unit's own acts are numbered by key); by default the unit's only valid one.",
    ),
    click.option(
        "--receipt", type=click.Path(path_type=Path), metavar="FILE", help="回执存于 / Where the receipt goes."
    ),
    click.option(
        "--seq", type=click.IntRange(1), help="行为序号；远程密封行为须自己数 / The act's number, where you must count."
    ),
    click.option(
        "--dossier",
        metavar="NAME|d:…",
        help="在哪一卷里办理：卷名，或编号（开头几位即可）；见 gongyue dossier list / The dossier it is done in, by its name or id (its first"
        " digits do); see gongyue dossier list. Only for what is done within one.",
    ),
    click.option(
        "--to",
        metavar="N|sha256:…",
        help="所答的那一条：它在卷里的位次；不写则为卷中末条可答的 / The entry it answers, by its place in the dossier; by default the last"
        " one that it can.",
    ),
    YES,
]


def doing(command: F) -> F:
    """Give a command the options of every act."""
    for option in [*_HOW_OPTIONS, *where_options()]:
        command = option(command)
    return command


def how_of(values: dict[str, Any]) -> ActOptions:
    """Take the options of `doing` out of a command's values."""
    return ActOptions(**{name: values.pop(name) for name in ActOptions.__struct_fields__})
