"""`gongyue scan`: what personal data, keys and marked trade secrets are in these files or this database, and were they declared?"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.errors import UNREADABLE, usage
from gongyue.cli.output import emit_result, note, output_options, pick
from gongyue.cli.scan_report import report_lines
from gongyue.cli.scan_usage import OUTPUTS, refuse_outputs, refuse_places, refuse_stdin, refuse_together
from gongyue.cli.single_value import SingleValueCommand

if TYPE_CHECKING:
    from gongyue.conduct.scanning.report import Report, ScanOptions

FINDINGS, NOTHING = 1, 5
"""Exit codes of this command alone: something was found; nothing at all was scanned."""


@click.command("scan", cls=SingleValueCommand, short_help="扫描个人信息 / Scan for personal data")
@click.argument("places", nargs=-1, required=True, metavar="PATH|URL|-…")
@click.option(
    "--promise", metavar="FILE", help="承诺文件：已声明的不算发现 / The promise file: what it declares is no finding."
)
@click.option("--dataset", metavar="NAME", help="承诺文件里这份数据的名称 / The dataset's name in the promise file.")
@click.option("--sarif", "sarif_out", metavar="FILE", help="写 SARIF 2.1.0 / Write SARIF 2.1.0.")
@click.option("--html", "html_out", metavar="FILE", help="写网页报告 / Write an HTML report.")
@click.option("--baseline", metavar="FILE", help="已知的发现，不再报 / Known findings, not reported again.")
@click.option("--write-baseline", metavar="FILE", help="把此次发现写成基线 / Write what is found as the baseline.")
@click.option(
    "--format", "form", type=click.Choice(("report", "spans")), default="report", show_default=True,
    help="spans：逐篇输出位置 / spans: places in each text.",
)  # fmt: skip
@click.option(
    "--text-field",
    metavar="KEY",
    default="text",
    show_default=True,
    help="spans 读 JSONL 的哪个键 / The key spans reads.",
)
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="每表至多看 N 行；数据库默认 10000 / Rows of each table; of databases 10000.",
)
@click.option("--whole", is_flag=True, help="数据库也全表扫描 / Databases too, every row.")
@click.option("--deep", is_flag=True, help="用模型再找姓名（慢）/ Also detect names with a model (slow).")
@click.option("--exclude", multiple=True, metavar="GLOB", help="文件夹里不看的文件 / Files of a folder to leave out.")
@click.option("--show-masked", is_flag=True, help="附脱敏样例 / Show masked samples.")
@click.option(
    "--commit",
    is_flag=True,
    help="所给文件是一次提交：没有读的只列明 / The files are a commit: what is unread is told only.",
)
@click.option("--strict", is_flag=True, help="有没读的文件即退出 4 / Exit 4 for any file that is unread.")
@output_options
@click.pass_context
def scan(ctx: click.Context, /, places: tuple[str, ...], **asked: Any) -> None:
    """扫描表格、文本、压缩包、数据库里的个人信息、密钥与商业秘密标记；未在承诺文件中声明的个人信息即为发现（《中关村大数据产业联盟行业自律公约》第八条、第九条（一））。

    Scan tables, texts, archives and databases for personal data, keys and markings of trade secrets. Personal data that the
    promise file does not declare is a finding (articles 8, 9 (1) of the Zhongguancun covenant). Nothing leaves this machine; no value is ever printed.

    \b
    读 / Reads: Parquet, Arrow, CSV（utf-8 gb18030 big5 utf-16）, JSONL, JSON, XLSX/XLS/ODS, 文本 text, 邮件 mails (eml mbox),
      文件夹 folders, zip tar gz bz2 xz, SQLite, DuckDB, postgresql://, 标准输入 standard input (-)
    不读而列明 / Named as unread: PDF, DOC/DOCX, RTF, 图片 pictures, RAR, 7z, 程序 programs …
    例 / Example:
      gongyue scan export/ --promise promise.toml --html report.html
      gongyue scan orders.parquet users.csv --json
      gongyue scan postgresql://reader@db/shop --sample 5000 --write-baseline known.json
      gongyue scan docs.jsonl --text-field text --format spans > spans.jsonl
      cat users.csv | gongyue scan - --json
      gongyue scan . --sarif out.sarif --write-baseline known.json
      git diff --cached --name-only --diff-filter=d -z --relative |
        xargs -0r gongyue scan --commit --baseline known.json

    \b
    退出码 / Exit:
      0 没有（新）发现 nothing new；spans 读得出即 0 spans where it could be read
      1 有发现 findings · 2 用法 usage
      4 有读不出的：损坏、加密，或逐个写出而不读的；--strict 时凡没读的都算
        something cannot be read: damaged, encrypted, or given by its name and not read; with --strict anything unread
      5 什么也没有扫描：都没读、都是空的、没有文件 nothing was scanned: all unread, all empty, no file
      --commit 时没有 4（除非 --strict）与 5：没读的列明，不拦提交 none of 4 (but with --strict) and 5 with --commit: it blocks nothing
    """
    from gongyue.cli.kernel_setup import compiled_once, installed

    refuse_stdin(places)
    installed("scan")
    refuse_together(ctx, asked)
    if asked["commit"]:
        refuse_places(places)
    refuse_outputs(places, asked)
    from gongyue.conduct.scanning.scanner import run_matchers

    compiled_once(run_matchers)
    if asked["form"] == "spans":
        _spans(places, asked["text_field"], asked["deep"])
        return
    from gongyue.conduct.safe_text import printable
    from gongyue.conduct.scanning.source_discovery import shown_place

    report = _scanned(places, asked)
    _write(report, asked, printable(" ".join(map(shown_place, places))))
    emit_result(_data(report), lambda: report_lines(report))
    ctx.exit(_code(report, asked))


def _code(report: Report, asked: dict[str, Any]) -> int:
    """The exit code. A commit is not held up by what no scan reads, but where that was asked for."""
    if report.news and not asked["write_baseline"]:
        return FINDINGS
    if not report.scanned and not asked["commit"]:
        return NOTHING
    if asked["strict"]:
        return UNREADABLE if any(u.lost or u.format for u in report.unread) else 0
    return UNREADABLE if any(u.lost for u in report.unread) and not asked["commit"] else 0


def _scanned(places: tuple[str, ...], asked: dict[str, Any]) -> Report:
    from gongyue.conduct.scanning.report import scan as run
    from gongyue.conduct.scanning.source_discovery import everything, own_files, root_of
    from gongyue.conduct.scanning.sources import Log

    if asked["whole"] and asked["sample"]:
        raise usage("--sample 与 --whole 只能用一个", "--sample and --whole exclude each other")
    log = Log()
    sample = 0 if asked["whole"] else asked["sample"]
    how = _scan_options(asked, root_of(places))
    found = everything(places, log, sample, tuple(asked["exclude"]), own_files(_own(asked)))
    return run(found, log, how, _progress())


def _own(asked: dict[str, Any]) -> Iterator[Path]:
    """What is this command's own in a folder that is scanned: its outputs, its baseline, and what standard output goes to.

    That is written once all is scanned: what stands in such a file until then, as with >>, is another's.
    """
    for name in (*OUTPUTS, "baseline"):
        if asked[name]:
            yield Path(asked[name])
    for number in (1, 2):
        path = Path(f"/dev/fd/{number}")
        if path.is_file() and not path.stat().st_size:
            yield path


def _scan_options(asked: dict[str, Any], root: Path) -> ScanOptions:
    from gongyue.conduct.promise_loader import open_promise
    from gongyue.conduct.scanning.baseline import read_baseline
    from gongyue.conduct.scanning.declarations import Declared
    from gongyue.conduct.scanning.report import ScanOptions

    if asked["deep"]:
        from gongyue.conduct.scanning.deep import model

        model()
    return ScanOptions(
        declared=Declared(open_promise(asked["promise"]), asked["dataset"]) if asked["promise"] else None,
        known=read_baseline(asked["baseline"]) if asked["baseline"] else {},
        root=root,
        limit=asked["sample"] or 0,
        deep=asked["deep"],
        samples=3 if asked["show_masked"] else 0,
        sampling=not asked["whole"],
    )


def _progress() -> Callable[[str, int], None]:
    """A line on a terminal, twice a second, once the work takes longer than a moment."""
    begun = last = time.monotonic()

    def told(name: str, rows: int) -> None:
        nonlocal last
        now = time.monotonic()
        if sys.stderr.isatty() and now - begun > 1 and now - last > 0.5:
            last = now
            click.echo(pick(f"\r\x1b[K{name}：{rows:,} 行", f"\r\x1b[K{name}: {rows:,} rows"), err=True, nl=False)

    return told


def _spans(places: tuple[str, ...], key: str, deep: bool) -> None:
    from gongyue.conduct.scanning.documents import document_spans
    from gongyue.conduct.scanning.sources import Log

    out, log = sys.stdout.buffer, Log()
    for place in places:
        for line in document_spans(place, key, deep=deep, log=log):
            out.write(line)
    out.flush()
    for one in log.unread:
        listed = ", ".join(map(str, one.lines))
        note(f"{one.where}：{one.rows} 行{one.zh}（第 {listed} 行等）", f"{one.where}: {one.rows} line(s), {one.en} (lines {listed} …)")  # fmt: skip


def _write(report: Report, asked: dict[str, Any], title: str) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if asked["sarif_out"]:
        from gongyue.conduct.scanning.sarif import sarif

        Path(asked["sarif_out"]).write_text(
            json.dumps(
                sarif(report, version("gongyue"), compared=bool(asked["baseline"])), ensure_ascii=False, indent=2
            )
            + "\n",
            "utf-8",
        )
    if asked["html_out"]:
        from gongyue.conduct.scanning.html_report import leaflet

        Path(asked["html_out"]).write_text(leaflet(report, title), "utf-8")
    if asked["write_baseline"] and report.scanned:  # of nothing, what is known stands
        from gongyue.conduct.scanning.baseline import write_baseline

        write_baseline(asked["write_baseline"], report.places)


def _data(report: Report) -> dict[str, Any]:
    import msgspec

    from gongyue.conduct.scanning.empty_scan import nothing_scanned

    nothing = nothing_scanned(report)
    said = None if nothing is None else dict(zip(("zh", "en"), nothing, strict=True))
    return dict(msgspec.to_builtins(report)) | {"new": len(report.news), "nothing": said}
