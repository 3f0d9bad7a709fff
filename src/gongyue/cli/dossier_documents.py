"""`gongyue dossier documents | open`: the documents of a dossier, for its parties and the officers assigned to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gongyue.book.dossiers import whole
from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.dossier_choice import id_of
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import refuse_existing, write_new
from gongyue.cli.output import emit_result, output_options, pick, table
from gongyue.cli.vault_text import STATES, document_data
from gongyue.covenant.periods import iso
from gongyue.office.dossier_access import sight_of
from gongyue.office.dossier_documents import documents_in, open_document
from gongyue.office.sources import StoreSources
from gongyue.office.vault.register import Document

_AS = click.option(
    "--as",
    "who",
    required=True,
    metavar="PARTY",
    help="当事方 u:… 或受指派的职员 o:… / A party u:… or an officer assigned, o:….",
)


@output_options
@office_option
@click.command("documents", short_help="一卷的文书 / The documents of a dossier")
@click.argument("dossier", metavar="NAME|d:…")
@_AS
def documents(office_dir: Path, dossier: str, who: str) -> None:
    """一卷里各条所指的文书：承诺值、种类、大小、在库或已依法删除、留存至何日。只给当事方与受指派的职员看。

    The documents that the entries of a dossier name: commitment, kind, size, here or erased by law, kept until. For its parties and
    the officers assigned to it alone.

    \b
    例 / Example:
      gongyue dossier documents d:27d3 --as u:0001
    """
    place = OfficePlace(office_at(office_dir))
    dossier = id_of(place, dossier, who)
    _require_seen(place, dossier, who)
    found = documents_in(place.office, office_dir, dossier)
    emit_result([document_data(one) for one in found], lambda: _lines(found))


@output_options
@office_option
@click.command("open", short_help="查阅一件文书 / Open a document")
@click.argument("commitment", metavar="sha256:…")
@_AS
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="写到哪里，不覆盖 / Where to; nothing is overwritten.",
)
def open_(office_dir: Path, commitment: str, who: str, out: Path) -> None:
    """取出卷里一件文书：谁可查阅，问簿册；先记入查阅记录，再写成文件。未获准的也记，退出码 1。

    Open a document of a dossier: the book says who may. It is logged first, then written to a file; refused attempts are logged
    too, exit code 1.

    \b
    例 / Example:
      gongyue dossier open sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 --as u:0001 --out 诉求.txt
    """
    refuse_existing(out)
    place = OfficePlace(office_at(office_dir))
    content, salt = open_document(place.office, office_dir, commitment, who)
    write_new(out, content.data, private=True)
    data = {"commitment": commitment, "name": content.name, "kind": content.kind, "bytes": len(content.data)}
    said = pick(
        f"“{content.name}”写到 {out}；已记入查阅记录。", f"“{content.name}” written to {out}; the reading is logged."
    )
    emit_result(data | {"salt": salt.hex(), "out": str(out)}, lambda: [said])


def _require_seen(place: OfficePlace, dossier: str, who: str) -> None:
    """InvalidInput unless it sees the whole dossier: of another's nothing is said, as if there were none."""
    found = whole(place.inst, StoreSources(place.office.store), dossier)
    if not sight_of(place.inst, found, who, place.day).whole:
        raise InvalidInput(
            f"{who} 没有可查阅的卷 {dossier}；当事方的各卷见 gongyue dossier list --as {who}。",
            f"{who} has no dossier {dossier} to look into: a party's are listed by gongyue dossier list --as {who}.",
        )


def _lines(found: list[Document]) -> Iterator[str]:
    if not found:
        yield pick("没有文书。", "No documents.")
        return
    head = pick("承诺值 种类 字节 状态 留存至", "commitment kind bytes state kept-until").split()
    yield from table(
        head,
        [
            (
                one.c,
                one.kind or "-",
                f"{one.size:,}" if one.size else "-",
                pick(*STATES[one.state]),
                iso(one.due) if one.due is not None else "-",
            )
            for one in found
        ],
    )
