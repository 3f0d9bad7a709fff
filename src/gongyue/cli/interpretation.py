"""`gongyue interpretation`: the package of draft interpretations, what was adopted, what was issued since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.cli.book_source import place_of, reading
from gongyue.cli.errors import InvalidInput
from gongyue.cli.output import emit_result, output_options, pick, table, word
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.procedure import package as offered
from gongyue.covenant.values import Meaning
from gongyue.governance.articles import settings
from gongyue.governance.office_names import PROSE
from gongyue.governance.stage_names import STAGES
from gongyue.office.facts.covenant import InterpretationOut, interpretations
from gongyue.office.office_folder import SETTINGS


@output_options
@reading
@click.command("package", short_help="解释包：默认值、下限、选项、已通过的 / The package and what was adopted")
def package(office_dir: Path, public: str | None, vkey: str | None) -> None:
    """全部程序规则 P1–P19 与各项读法：默认值、上下限、可选项，以及联盟通过的值。没有办公室也可以看。

    Every procedure rule and reading: default, bounds, choices, and what the alliance adopted. Needs no office.

    \b
    例 / Example:
      gongyue interpretation package
      gongyue interpretation adopt --other P2=20 --key qin.key --key mo.key
    """
    adopted, meaning = {}, None
    if public is not None or (office_dir / SETTINGS).exists():
        meaning = place_of(office_dir, public, vkey).inst.meaning
        adopted = meaning.procedure or {}
    elif str(office_dir) != "office":
        raise InvalidInput(f"{office_dir} 不是办公室。", f"{office_dir} is no office.")
    rows = list(_rows(adopted, meaning))
    emit_result(
        {"version": offered().version, "adopted": bool(adopted), "rules": rows}, lambda: _lines(rows, bool(adopted))
    )


def _rows(adopted: dict[str, int | str], meaning: Meaning | None) -> Iterator[dict[str, Any]]:
    for card, clause in settings(adopted):
        yield msgspec.to_builtins(card) | {"clause": clause, "at": _at(meaning, clause)}


def _at(meaning: Meaning | None, clause: str) -> str:
    """The address of the article it belongs to in that office's text; empty without an office, or where it has none."""
    return meaning.at(meaning.article(clause)) if meaning else ""


def _lines(rows: list[dict[str, Any]], adopted: bool) -> Iterator[str]:
    head = pick("名称 条 默认 上下限/选项 已通过 含义", "name art. default bounds/choices adopted meaning").split()
    yield from table(head, [_row(r) for r in rows])
    if not adopted:
        yield pick(
            "联盟尚未通过；我们只是建议，解释权在联盟。",
            "Not adopted yet: we propose, only the alliance interprets.",
        )
    elif later := [r["name"] for r in rows if r["adopted"] is None]:
        yield pick(
            f"后出的解释包所增，尚未通过，不适用：{'、'.join(later)}（gongyue interpretation supplement）。",
            f"Of a later package, not adopted, so they do not apply: {', '.join(later)} (gongyue interpretation supplement).",
        )


def _row(r: dict[str, Any]) -> tuple[object, ...]:
    bound = " | ".join(r["choices"]) if r["choices"] else f"{r['floor']}–{r['ceiling']}"
    return (
        r["name"],
        pick(label_of(r["at"]), in_english(r["at"])) or "—",
        r["value"],
        bound,
        "—" if r["adopted"] is None else r["adopted"],
        pick(r["zh"], r["en"]),
    )


@output_options
@reading
@click.command("list", short_help="已发布的解释 / Interpretations issued")
def issued(**where: Any) -> None:
    """已发布的解释：条、所定的值或“文字说明”、现况。

    Interpretations issued: article, what each sets or that it explains words, how it stands.

    \b
    例 / Example:
      gongyue interpretation list
    """
    place = place_of(**where)
    data = list(interpretations(place))
    emit_result(msgspec.to_builtins(data), lambda: _issued_lines(data))


def _issued_lines(data: list[InterpretationOut]) -> list[str]:
    if not data:
        return [pick("还没有发布过解释。", "No interpretation has been issued.")]
    head = pick("号 条 所定 发布 现况", "no. art. sets issued stage").split()
    return table(
        head,
        [
            (
                i.number,
                pick(label_of(i.at), in_english(i.at)),
                pick(*(i.setting or PROSE)),
                i.day,
                word(STAGES, i.stage),
            )
            for i in data
        ],
    )


COMMANDS = {"package": package, "list": issued}
