"""`gongyue migrate`: bring an office's store to the schema version of this program."""

from __future__ import annotations

from pathlib import Path

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.output import counted, emit_result, output_options, pick, progress_bar


@output_options
@office_option
@click.command("migrate", short_help="升级库的版本 / Migrate the store")
def migrate(office_dir: Path) -> None:
    """把办公室的库升级到本程序的版本。簿册的每一个字节不变；可随时中断，再运行一次即从中断处接着做。

    Bring the office's store to the version of this program. The books stay the same to the byte. It may be interrupted
    at any moment: run it again, and it goes on where it ended.

    先停下办公室的一切进程（网页、定时的 tick），并 gongyue backup。升级之后，旧程序不再打开这个库。
    First stop every process of the office (the pages, the timed tick), and run gongyue backup. Afterwards the older
    program no longer opens this store.

    \b
    例 / Example:
      gongyue backup --office office --out before.tar.gz
      gongyue migrate --office office
    """
    from gongyue.office import office_folder
    from gongyue.office.store import open_store
    from gongyue.office.store.migration import migrate as bring
    from gongyue.office.store.schema import VERSION

    store = open_store(office_folder.store_url(office_dir, office_folder.read_settings(office_dir)), older=True)
    try:
        before = store.setting("store.version") or b""
        with progress_bar("升级 / migrating") as progress:
            indexed = bring(store, progress)
    finally:
        store.close()
    data = {"from": before.decode(), "to": VERSION.decode(), "indexed": indexed}
    if before == VERSION:
        said = pick("库已是版本 2，无事可做。", "The store has version 2 already: nothing to do.")
    else:
        said = pick(
            f"库从版本 {before.decode()} 升到版本 2：索引了 {indexed} 件密封行为，簿册未动。",
            f"The store went from version {before.decode()} to version 2: {counted(indexed, 'sealed act')} indexed,"
            " the books untouched.",
        )
    emit_result(data, lambda: [said])
