"""`gongyue bulletin list | show`: the bulletins a unit opens, or an officer in office reads, and the text of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import write_new
from gongyue.cli.output import emit_result, output_options, pick, table
from gongyue.conduct.safe_text import plain
from gongyue.governance.sheet import VALUES
from gongyue.office.facts.bulletins import BulletinFacts, BulletinText, of_party, text_of

_AS = click.option(
    "--as", "party", required=True, metavar="PARTY", help="单位 u:… 或职员 o:… / The unit u:… or the officer o:…."
)


@output_options
@office_option
@click.command("list", short_help="可读的各件公告 / The bulletins that may be read")
@_AS
def list_(office_dir: Path, party: str) -> None:
    """某单位可读的公告：自加入至退出的全部，和此后更正其中某件的；职员按其职务。别人读不到的不列。

    The bulletins a unit may read: all from its joining to its leaving, and later what corrects one of them; an officer's by its office.

    \b
    例 / Example:
      gongyue bulletin list --as u:0001
    """
    place = OfficePlace(office_at(office_dir))
    assert place.store is not None
    found = of_party(place.inst, place.store, party, place.day)
    emit_result([msgspec.to_builtins(one) for one in found], lambda: _listed(found))


@output_options
@office_option
@click.command("show", short_help="一件公告的正文 / The text of a bulletin")
@click.argument("n", type=click.IntRange(1), metavar="N")
@_AS
@click.option(
    "--document",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="连盐存成文件，交 verify --disclosures 核对其正文 / Write it with its salt, for verify --disclosures to check the text.",
)
def show(office_dir: Path, n: int, party: str, document: Path | None) -> None:
    """第 N 件公告的正文；查阅先记入保管库的记录。

    The text of bulletin N; that it was read is logged in the vault first.

    \b
    例 / Example:
      gongyue bulletin show 3 --as u:0001
      gongyue bulletin show 3 --as u:0001 --document bulletin-3.document
    """
    from gongyue.office.vault.errors import VaultError

    place = OfficePlace(office_at(office_dir))
    try:
        found = text_of(place.office, office_dir, party, n)
    except VaultError as error:
        raise InvalidInput(error.zh, error.en) from None
    if document is not None:
        write_new(document, found.document, private=True)
    data = msgspec.to_builtins(found.bulletin) | {"content": found.text, "written": str(document) if document else None}
    emit_result(data, lambda: _shown(found, document))


def _listed(found: list[BulletinFacts]) -> Iterator[str]:
    if not found:
        yield pick("没有可读的公告。", "No bulletins to read.")
        return
    head = (
        pick("第几件", "no."),
        pick("日期", "day"),
        pick("类别", "kind"),
        pick("范围", "audience"),
        pick("备注", "note"),
    )
    rows = [(str(one.n), one.day, pick(one.zh, one.en), pick(*VALUES[one.audience]), _note(one)) for one in found]
    yield from table(head, rows)


def _note(one: BulletinFacts) -> str:
    said = []
    if one.replaces:
        said.append(pick(one.of_another.zh, one.of_another.en))
    if one.replaced_by:
        said.append(pick(f"已由第 {one.replaced_by} 件更正", f"corrected by no. {one.replaced_by}"))
    if one.void:
        said.append(pick("无效（误记时间）", "void (false time)"))
    return pick("，", ", ").join(said)


def _shown(found: BulletinText, document: Path | None) -> Iterator[str]:
    one = found.bulletin
    yield pick(f"第 {one.n} 件 · {one.zh} · {one.day}", f"No. {one.n} · {one.en} · {one.day}")
    if note := _note(one):
        yield note
    yield ""
    yield from (plain(line) for line in found.text.splitlines())
    if document is not None:
        yield pick(f"连盐存于 {document}", f"Written with its salt to {document}")


COMMANDS = {"list": list_, "show": show}
