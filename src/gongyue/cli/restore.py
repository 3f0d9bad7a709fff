"""`gongyue restore`: an office from its backup, proven by verify before it gets its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.backup import summary, web_lines
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.output import emit_result, output_options, pick, progress_bar
from gongyue.office.archive import Manifest
from gongyue.office.fork_guard import Forked, require_prefix
from gongyue.office.office import Office
from gongyue.office.restore import export_whole, restore_office
from gongyue.office.store import OPEN, SEALED, Store
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import BadNote

if TYPE_CHECKING:
    from gongyue.verifying.report import Report


@output_options
@click.command("restore", short_help="从备份恢复 / Restore from a backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.tar.gz")
@click.option(
    "--office",
    "office_dir",
    type=click.Path(path_type=Path),
    required=True,
    metavar="NEWDIR",
    help="新目录 / A new folder.",
)
@click.option(
    "--store",
    default="",
    metavar="URL",
    help="postgresql://…，须为空库；默认 SQLite / An empty postgresql://…; SQLite by default.",
)
@click.option(
    "--keys",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="簿册密钥的目录，备份不含密钥时 / The folder of the books' keys, where the backup has none.",
)
@click.option(
    "--public",
    metavar="DIR|URL|ZIP",
    help="已公开的簿册：备份若较旧则拒绝 / The published book: an older backup is refused.",
)
@click.option(
    "--unchecked",
    is_flag=True,
    help="不与已公开的簿册核对 / Do not compare with what was published.",
)
def restore(file: Path, office_dir: Path, store: str, keys: Path | None, public: str | None, unchecked: bool) -> None:
    """从备份恢复一个办公室：重放每一条、核对每个哈希，再像外人一样完整核验一遍；有一处不合就什么都不留下。

    Restore an office from a backup: every entry is replayed and every hash compared, then the book is verified as an
    outsider would. If anything is wrong, nothing is left behind.

    较旧的备份不得续记，以免出现两份历史：公约公布之后须用 --public 指明已公开的簿册。
    An older backup must not be written on, lest there be two histories: once the covenant is published, name the
    published book with --public.

    \b
    例 / Example:
      gongyue restore gongyue-2026-06-30.tar.gz --office restored --keys safe/keys --public public
      gongyue restore gongyue-2026-06-30.tar.gz --office restored --keys safe/keys \\
          --public https://alliance.example/book --store postgresql://gongyue@db/gongyue
    """
    proof = _Proof()
    with (
        progress_bar("恢复 / restoring") as progress,
        restore_office(file, office_dir, store, keys, proof, progress) as (manifest, office),
    ):
        shown = _compared(manifest, office, public, unchecked)
    assert proof.report is not None
    emit_result(
        _data(manifest, file, office_dir, proof.report, shown), lambda: _lines(manifest, office_dir, proof, shown)
    )


class _Proof:
    """Verifies a full export of the restored store as any outsider would."""

    report: Report | None = None

    def __call__(self, store: Store, vkey: str, folder: Path) -> None:
        from gongyue.verifying.locations import open_place
        from gongyue.verifying.verify import Request, verify

        if store.head(OPEN) is None:
            raise InvalidInput("备份里的公开簿是空的：没有可恢复的。", "The open book in the backup is empty.")
        export_whole(store, folder)
        with progress_bar("核验 / verifying") as progress:
            self.report, _ = verify(open_place(str(folder)), Request(vkey), progress)
        if self.report.code:
            failure = self.report.failure
            assert failure is not None
            place = f"{failure.place} ".lstrip()
            raise InvalidInput(
                f"恢复的簿册未通过核验：{place}{failure.zh}。没有留下任何东西。",
                f"The restored book does not verify: {place}{failure.en}. Nothing was left behind.",
            )


def _compared(manifest: Manifest, office: Office, public: str | None, unchecked: bool) -> dict[str, int]:
    """The sizes the published books show; Forked if the backup is behind them or another history."""
    if public is None:
        if manifest.published and not unchecked:
            raise usage(
                "公约已公布：须用 --public 指明已公开的簿册，以免在旧备份上续记出另一份历史；确实无从核对的，用 --unchecked。",
                "The covenant is published: name the published book with --public, lest another history be written on an"
                " old backup; use --unchecked only where there is nothing to compare with.",
            )
        return {}
    shown = {}
    for book, head in _published(office, public):
        shown[book] = head.size
        have = office.store.head(book)
        size = have.size if have else 0
        if size < head.size:
            raise Forked(
                f"备份落后于已公开的检查点：{book} 已公开 {head.size} 条，备份只有 {size} 条。请用更新的备份；没有留下任何东西。"
                f" / The backup is behind the published checkpoint: {book} shows {head.size} entries, the backup has {size}."
                " Use a newer backup; nothing was left behind."
            )
        require_prefix(office.store, book, head.size, head.root, public)
    return shown


def _published(office: Office, public: str) -> Iterator[tuple[str, Checkpoint]]:
    from gongyue.verifying.locations import open_place

    fetch = open_place(public)
    for book, path in ((OPEN, "checkpoint"), (SEALED, "sealed/checkpoint")):
        try:
            note = fetch(path)
        except KeyError:
            if book == OPEN:
                raise InvalidInput(f"{public} 里没有 checkpoint。", f"There is no checkpoint in {public}.") from None
            continue
        try:
            yield book, office.keys.shown_head(book, note)
        except BadNote as error:
            raise InvalidInput(
                f"{public} 的 {path} 不是这本簿册的：{error}", f"{path} in {public} is not this book's: {error}"
            ) from None


def _data(manifest: Manifest, file: Path, folder: Path, report: Report, shown: dict[str, int]) -> dict[str, Any]:
    return {"office": str(folder), "backup": summary(manifest, file), "public": shown, "verified": report.data()}


def _lines(manifest: Manifest, folder: Path, proof: _Proof, shown: dict[str, int]) -> Iterator[str]:
    report = proof.report
    assert report is not None
    yield pick(f"已恢复到 {folder}。证明了的：", f"Restored to {folder}. What was proven:")
    yield pick(
        f"  {report.acts} 项行为：{report.fully} 项完全核验，{report.form_only} 项仅核验形式（依据未公开的行为）；签名 {report.signatures} 个。",
        f"  {report.acts} acts: {report.fully} fully, {report.form_only} in form only (rest on undisclosed acts);"
        f" {report.signatures} signatures.",
    )
    yield pick(
        f"  密封簿 {report.sealed} 条，启封内容与各条承诺相符；文件 {manifest.objects} 个，与各自摘要相符。",
        f"  {report.sealed} sealed entries, and what opens them fits; {manifest.objects} objects, each with its digest.",
    )
    yield pick(f"  检查点 {report.size} {report.root}", f"  checkpoint {report.size} {report.root}")
    for book, size in shown.items():
        yield pick(
            f"  与已公开的{'公开簿' if book == OPEN else '密封簿'}（{size} 条）是同一份历史。",
            f"  the same history as the published {book} book ({size} entries).",
        )
    if manifest.published and not shown:
        yield pick(
            "注意：没有与已公开的簿册核对；若曾公开过更新的检查点，不得在此续记。",
            "Mind: this was not compared with what was published; if a later checkpoint was shown, do not go on here.",
        )
    yield pick(
        "除清单的哈希外无从另证的：设置与其他文件（private/、receipts/、网页的库）。",
        "Not provable beyond the manifest's hashes: settings and other files (private/, receipts/, the pages' database).",
    )
    yield from web_lines(manifest)
