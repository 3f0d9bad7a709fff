"""`gongyue backup`: everything of an office in one file, while it goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from gongyue.cli.book_source import office_option
from gongyue.cli.output import emit_result, output_options, pick, progress_bar
from gongyue.office.archive import Manifest


@output_options
@office_option
@click.command("backup", short_help="备份办公室 / Back up the office")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE.tar.gz",
    help="新文件，不覆盖已有的 / A new file; nothing is overwritten.",
)
@click.option(
    "--include-keys",
    is_flag=True,
    help="连同簿册密钥与各项口令；默认不含，请另处保管 / The books' keys and secrets too; by default they are left out.",
)
def backup(office_dir: Path, out: Path, include_keys: bool) -> None:
    """把办公室的一切备份成一个文件：两本簿册、启封内容、公开与不公开的文件、检查点、设置、防分叉记录；办公室照常运行。

    Back up everything of the office into one file: both books, openings, public and private objects, checkpoints,
    settings, the fork guard; the office goes on working. It is private: keep it as you keep the office.

    SQLite 的备份可恢复到 PostgreSQL，反之亦然。PostgreSQL 里网页的账号与草稿不在其中，另用 pg_dump。
    A backup from SQLite can be restored into PostgreSQL and the other way round. The pages' accounts and drafts in
    PostgreSQL are not in it: use pg_dump.

    保管库不在其中，另用 gongyue vault backup：已依法删除的不得在永久的备份里。
    The vault is not in it and has backups of its own (gongyue vault backup): what is erased by law must not be kept for ever.

    \b
    例 / Example:
      gongyue backup --office office --out gongyue-2026-06-30.tar.gz
    """
    from gongyue.office.backup import VAULT_FOLDERS, back_up

    if not out.name.endswith((".tar.gz", ".tgz")):
        raise click.BadParameter(pick("文件名须以 .tar.gz 结尾。", "the name must end in .tar.gz."), param_hint="--out")
    with progress_bar("备份 / backing up") as progress:
        manifest = back_up(office_dir, out, include_keys, progress)
    vault = (office_dir / VAULT_FOLDERS[0]).is_dir()
    emit_result(summary(manifest, out), lambda: [*_lines(manifest, out), *(_vault_lines() if vault else ())])


def summary(manifest: Manifest, path: Path) -> dict[str, object]:
    """What a backup contains, as JSON data."""
    data: dict[str, object] = msgspec.to_builtins(manifest)
    del data["files"]
    return {"file": str(path), "bytes": path.stat().st_size, "members": len(manifest.files)} | data


def _lines(manifest: Manifest, out: Path) -> Iterator[str]:
    yield pick(
        f"已备份到 {out}（{out.stat().st_size:,} 字节），写完后已逐个成员核对。",
        f"Backed up to {out} ({out.stat().st_size:,} bytes); every member was read back and compared.",
    )
    yield pick(
        f"公开簿 {manifest.open.size} 条，密封簿 {manifest.sealed.size} 条，文件 {manifest.objects} 个。",
        f"Open book {manifest.open.size} entries, sealed book {manifest.sealed.size}, objects {manifest.objects}.",
    )
    yield (
        pick("内含密钥：得到它的人可以另写一本簿册。", "It holds the keys: whoever gets it can write another book.")
        if manifest.keys
        else pick("不含密钥与口令：请另处备份 keys/。", "Keys and secrets are not in it: back up keys/ elsewhere.")
    )
    yield from web_lines(manifest)


def _vault_lines() -> Iterator[str]:
    yield pick(
        "保管库不在其中：另用 gongyue vault backup。", "The vault is not in it: use gongyue vault backup as well."
    )


def web_lines(manifest: Manifest) -> Iterator[str]:
    """What became of the pages' accounts and drafts, where they are not in the backup."""
    if manifest.web == "postgresql":
        yield pick(
            "网页的账号、会话与草稿在 PostgreSQL 里，不在备份中：另用 pg_dump --exclude-schema=gongyue。",
            "The pages' accounts, sessions and drafts are in PostgreSQL and not in the backup:"
            " use pg_dump --exclude-schema=gongyue.",
        )
