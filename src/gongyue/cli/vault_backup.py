"""`gongyue vault`, continued: backups, restores, and what earlier versions kept as plain files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.output import counted, emit_result, output_options, pick
from gongyue.cli.vault import by_option, opened, require_officer
from gongyue.covenant.periods import iso
from gongyue.office import openings
from gongyue.office.vault import papers
from gongyue.office.vault import restore as restoring
from gongyue.office.vault.backup import DAYS, Made, back_up


@output_options
@office_option
@click.command("backup", short_help="备份，密钥另处 / Back up, keys apart")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="密文与登记簿 / Ciphertexts and register.",
)
@click.option(
    "--keys-out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="密钥与删除清单，另一处 / Keys and list of erasures, elsewhere.",
)
@by_option
def backup(office_dir: Path, out: Path, keys_out: Path, who: str) -> None:
    """备份成两个文件，放在两处；同时销毁这两处超过 35 日的旧备份。

    Back up into two files in two places; backups in them that are older than 35 days are destroyed.

    \b
    例 / Example:
      gongyue vault backup --out backups --keys-out safe --as o:qin
    """
    place, kept = opened(office_dir)
    made = back_up(kept, out, keys_out, require_officer(place, who))
    before = iso(place.day - DAYS)
    data = {
        "documents": str(made.documents),
        "keys": str(made.keys),
        "number": made.number,
        "destroyed": [str(path) for path in made.destroyed],
        "destroy_before": before,
    }
    emit_result(data, lambda: _backed_up(made, before))


def _backed_up(made: Made, before: str) -> Iterator[str]:
    yield pick(
        f"文书 {made.number} 件，写到 {made.documents}",
        f"{counted(made.number, 'document')} written to {made.documents}",
    )
    yield pick(f"密钥与删除清单写到 {made.keys}", f"keys and list of erasures written to {made.keys}")
    yield from (pick(f"已销毁 {path}", f"destroyed {path}") for path in made.destroyed)
    yield pick(
        f"{before} 以前的备份若另有副本，请一并销毁：其中有已依法删除的内容。",
        f"Copies elsewhere of backups made before {before} must be destroyed too: they hold what was erased by law.",
    )


@output_options
@office_option
@click.command("restore", short_help="恢复，照清单再删 / Restore, erasing again")
@click.argument("documents", type=click.Path(path_type=Path), metavar="DOCUMENTS.tar")
@click.argument("keys", type=click.Path(path_type=Path), metavar="KEYS.tar")
@click.option(
    "--erased",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="删除清单的最新一份，办公室的已失时 / The newest list of erasures, where the office's is lost.",
)
@by_option
def restore(office_dir: Path, documents: Path, keys: Path, erased: Path | None, who: str) -> None:
    """把备份恢复到没有保管库的办公室：没有删除清单的最新一份就不恢复；清单上的先删，其余逐件打开核对。

    Restore a backup into an office without a vault. Without the newest copy of the list of erasures nothing is restored; what is
    on it is erased first, and every other document is opened and compared.

    \b
    例 / Example:
      gongyue vault restore vault-1782835200-0a1b2c3d.documents.tar vault-1782835200-0a1b2c3d.keys.tar \\
          --erased safe/erased.jsonl --as o:qin
    """
    place, kept = opened(office_dir)
    by = require_officer(place, who)
    store = place.office.store
    known = {str(c) for one in openings.of_types(store, "dossier.erase/1") for c in one.body.get("docs", ())}
    done = restoring.restore(office_dir, documents, keys, erased, known, kept.now(), by)
    data = done._asdict()
    emit_result(
        data,
        lambda: [
            pick(
                f"已恢复 {done.documents} 件，逐件打开核对过；已依法删除 {done.erased} 件，内容不再出现。",
                f"Restored {counted(done.documents, 'document')}, each opened and compared; {done.erased} stand erased and do not come back.",
            )
        ],
    )


@output_options
@office_option
@click.command("move-in", short_help="把 private/ 移入 / Move private/ in")
@by_option
def move_in(office_dir: Path, who: str) -> None:
    """把以前存在 private/ 里的扫描件、姓名移进保管库；原文件覆写后移走。可中断，再运行即接着做。

    Move scans and names that were kept in private/ into the vault; the plain files are overwritten and removed. It may be
    interrupted and run again.

    \b
    例 / Example:
      gongyue vault move-in --as o:qin
    """
    place, kept = opened(office_dir)
    moved = papers.move_in(office_dir, office_dir / "private", require_officer(place, who), kept.now)
    emit_result({"moved": moved}, lambda: [pick(f"移入 {moved} 件。", f"Moved {counted(moved, 'content')} in.")])
