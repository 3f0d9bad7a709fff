"""`gongyue log`: the entries of the open book, one by one or by type and actor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from gongyue.book.entry import Leaf, decode
from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.errors import InvalidInput
from gongyue.cli.output import counted, emit_result, output_options, pick, table, word
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.sheet import names_of
from gongyue.office.facts.log import became, chosen
from gongyue.office.labels import BECAME


@click.group("log")
def log() -> None:
    """查看公开簿的条目。

    Look into the open book's entries.
    """


@output_options
@reading
@log.command("show", short_help="列出或展开条目 / List or open entries")
@click.argument("index", type=click.IntRange(0), required=False, metavar="[INDEX]")
@click.option("--type", "type_", metavar="TYPE", help="行为类型，如 founding.sign 或 founding / An act type or matter.")
@click.option("--actor", metavar="PARTY", help="行为人 / The actor.")
@click.option("--last", type=click.IntRange(1), default=None, help="只看最后几条 / The last entries only.")
def show_log(index: int | None, type_: str | None, actor: str | None, last: int | None, **where: Any) -> None:
    """列出公开簿的条目；给出序号则展开一条（原文即签署的内容）。

    List the open book's entries; with an index, open one: what was signed, as it stands.

    \b
    例 / Example:
      gongyue log show --type founding --actor u:0001
      gongyue log show 12 --json
    """
    place = place_of(**where)
    if index is not None:
        entry = _entry(index, _leaf(place, index))
        emit_result(entry, lambda: [msgspec.json.format(msgspec.json.encode(entry), indent=2).decode()])
        return
    places = chosen(place, type_ or "", actor or "", "")[-(last or 0) :]
    rows = [_entry(i, _leaf(place, i)) | _became(place, i) for i in places]
    emit_result(rows, lambda: _lines(rows))


def _leaf(place: BookSource, index: int) -> Leaf:
    data = place.leaf(index)
    if data is None:
        raise InvalidInput(
            f"公开簿没有 #{index}；共 {place.view.size} 条。",
            f"There is no #{index}: the book has {counted(place.view.size, 'entry', 'entries')}.",
        )
    return decode(data)


def _entry(index: int, leaf: Leaf) -> dict[str, Any]:
    return {"index": index, "act": leaf.digest, "entry": msgspec.json.decode(leaf.data)}


def _became(place: BookSource, index: int) -> dict[str, Any]:
    """What became of it since: corrected, void, disavowed or lifted; nothing where it stands as it is."""
    what, by = became(place, index)
    return ({"became": what} if what else {}) | ({"by": by} if by >= 0 else {})


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        yield pick("没有这样的条目。", "There are no such entries.")
        return
    head = pick("序号 日期 行为人 类型 内容", "index day actor type what").split()
    yield from table(head, [_row(r) for r in rows])


def _row(row: dict[str, Any]) -> tuple[object, ...]:
    act = row["entry"]["act"]
    name = names_of(act["type"]).zh if pick("zh", "en") == "zh" else act["basis"]
    if what := row.get("became"):
        name += pick("（{}）", " ({})").format(word(BECAME, what))
    return row["index"], iso(day_of(row["entry"]["rx"]["t"])), act["actor"], act["type"], name
