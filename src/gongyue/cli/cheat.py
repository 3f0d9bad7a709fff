"""`gongyue cheat`: play the executive body with all of its keys on the demonstration's books, and be found out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gongyue.demo.cheats import Cheat

_PATH = click.Path(path_type=Path)


@click.command("cheat", short_help="演示作弊如何被发现 / How cheating is detected")
@click.argument("name", required=False)
@click.option("--list", "show_list", is_flag=True, help="列出各种作弊 / List the cheats.")
@click.option("--dir", "directory", type=_PATH, metavar="DIR", help="演示所在目录 / The demonstration's folder.")
@click.option("--out", type=_PATH, metavar="OUT", help="作弊后的公开簿册写到哪里 / Where the cheated books go.")
@click.option("--lang", type=click.Choice(("zh", "en")), help="只用一种语言（默认两种）/ One language (default: both).")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
def cheat(
    name: str | None, show_list: bool, directory: Path | None, out: Path | None, lang: str | None, as_json: bool
) -> None:
    """拿着执行机构的全部密钥，在演示簿册上作弊一次；写出簿册，并给出能发现它的命令。不动原演示。

    With every key of the executive body, cheat once on the demonstration's books: write them, and print the command
    that finds it out. The demonstration itself is left as it is.

    \b
    例 / Example:
      gongyue cheat --list
      gongyue cheat forge-tally --dir demo --out demo/cheated

    \b
    退出码 / Exit: 0 已写出 written · 2 用法有误 usage · 4 没有这一幕或不是演示 no such scene, or no demonstration
    """
    from gongyue.demo.cheats import CHEATS, NoScene, catching, listed, perform

    if show_list:
        _list(listed(), lang, as_json)
        return
    if name is None or name not in CHEATS:
        zh, en = "、".join(CHEATS), ", ".join(CHEATS)
        raise click.UsageError(
            _pick(lang, f"没有作弊“{name or ''}”；可用：{zh}", f"no cheat “{name or ''}”; there are: {en}")
        )
    if directory is None or out is None:
        raise click.UsageError(_pick(lang, "须给出 --dir 与 --out", "--dir and --out are needed"))
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise click.UsageError(_pick(lang, f"{out} 已有内容；请换一个目录", f"{out} is not empty: take another folder"))
    try:
        done = perform(name, directory, out)
    except NoScene as error:
        click.echo(_pick(lang, error.zh, error.en), err=True)
        raise click.exceptions.Exit(4) from None
    _tell(done, out, catching(done, directory, out), lang, as_json)


def _pick(lang: str | None, zh: str, en: str) -> str:
    return {"zh": zh, "en": en}.get(lang or "", f"{zh} / {en}")


def _list(cheats: list[Cheat], lang: str | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_data(one) for one in cheats], ensure_ascii=False, indent=2))
        return
    for principle, ways in groupby(cheats, key=lambda one: one.principle):
        click.echo(f"\n{_pick(lang, principle.zh, principle.en)}\n")
        _list_ways(ways, lang)
    zh = "发现不了的作弊，见 docs/threat-model.md。"
    click.echo("\n" + _pick(lang, zh, "What none of this finds out: docs/threat-model.md."))


def _list_ways(cheats: Iterable[Cheat], lang: str | None) -> None:
    for one in cheats:
        click.echo(f"{one.name}  → {one.exit} {one.code}".rstrip())
        click.echo(f"    {_pick(lang, one.zh, one.en)}")
        click.echo(f"    {_pick(lang, one.caught_zh, one.caught_en)}")


def _data(one: Cheat) -> dict[str, Any]:
    return {
        "name": one.name,
        "principle": {"zh": one.principle.zh, "en": one.principle.en},
        "zh": one.zh,
        "en": one.en,
        "caught_by": {"zh": one.caught_zh, "en": one.caught_en, "option": one.option, "kept": one.kept},
        "expected_exit": one.exit,
        "code": one.code,
    }


def _tell(done: Cheat, out: Path, command: str, lang: str | None, as_json: bool) -> None:
    if as_json:
        told = {"name": done.name, "out": str(out), "command": command, "expected_exit": done.exit, "code": done.code}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(_pick(lang, done.zh, done.en))
    click.echo(
        _pick(lang, f"应当以 {done.exit} 退出 {done.code}".rstrip(), f"should exit {done.exit} {done.code}".rstrip())
    )
    click.echo(_pick(lang, done.caught_zh, done.caught_en))
    click.echo(f"  {command}")
