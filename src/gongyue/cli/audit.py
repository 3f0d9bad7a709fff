"""`gongyue audit`: did these uses, millions of them, keep the promise and the authorisations?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.errors import INTERRUPTED, UNREADABLE, usage
from gongyue.cli.output import (
    doubtful_told,
    emit_result,
    note,
    output_options,
    pick,
    table,
    unread_told,
    unused_told,
    withdrawals_told,
)
from gongyue.cli.single_value import SingleValueCommand
from gongyue.conduct.safe_text import listed

if TYPE_CHECKING:
    from gongyue.conduct.auditing.run_inputs import Result
    from gongyue.conduct.auditing.tally import Tally
    from gongyue.conduct.rows import Bad

VIOLATIONS = 1
ELSEWHERE = ("spark", "spark-kernel", "postgres")
ENGINES = ("auto", "kernel", "duckdb", *ELSEWHERE)
LISTED, ROWS = 20, 15
"""Rows listed one by one, and lines of a table, in the terminal; --json and --out have more."""


@click.command("audit", cls=SingleValueCommand, short_help="批量核对使用记录 / Audit a log of uses")
@click.option("--promise", required=True, metavar="FILE", help="承诺文件 / The promise file.")
@click.option("--authorisations", required=True, metavar="INPUT", help="授权 / Authorisations.")
@click.option("--uses", required=True, metavar="INPUT", help="使用记录 / The log of uses.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="引擎 / Engine.")
@click.option("--out", metavar="FILE", help="逐行裁断写成 Parquet / Verdicts row by row, as Parquet.")
@click.option("--work", metavar="DIR", help="索引与中间结果放在哪里 / Where the index and unfinished work are kept.")
@output_options
@click.pass_context
def audit(
    ctx: click.Context, promise: str, authorisations: str, uses: str, engine: str, out: str | None, work: str | None
) -> None:
    """这些使用是否都守住了承诺与授权：逐行裁断，按裁断、目的、数据集合计（《中关村大数据产业联盟行业自律公约》第八条、第九条（一））。

    Did these uses keep the promise and the authorisations? Every row is judged and counted by verdict, purpose and
    dataset (articles 8, 9 (1) of the Zhongguancun covenant). A row that cannot be read is UNPARSED, set aside with its reason, and never stops a run;
    a run that is killed goes on where it was when it is asked again.

    \b
    输入 / INPUT: .parquet（含分区文件夹 partitioned folders）· .csv .tsv .jsonl · sqlite:///FILE#TABLE
      · postgresql://HOST/DB#TABLE · pglog:FILE（PostgreSQL csvlog/jsonlog，含 pgaudit）· --uses - 管道 a pipe（JSON 行 lines、CSV、TSV）
    引擎 / Engines: auto 授权装得下用 kernel，否则 duckdb；spark、spark-kernel 与 postgres 在数据所在处核对 judge where the data is
    例 / Example:
      gongyue audit --promise promise.toml --authorisations auth.parquet --uses log/ --out verdicts.parquet
      gongyue audit --promise promise.toml --authorisations auth.csv --uses uses.csv --json
      zcat log.jsonl.gz | gongyue audit --promise promise.toml --authorisations auth.csv --uses -

    \b
    退出码 / Exit:
      0 全部 OK 或 STATUTORY clean · 1 有其他裁断 others · 2 用法 usage
      4 无法读取，或一行也没有 cannot be read, or no row at all
      130 中断，再问即接续 interrupted; rerun to resume
    """
    from gongyue.cli.kernel_setup import compiled_once, installed

    installed("audit")
    from gongyue.conduct.auditing.audit_run import audit
    from gongyue.conduct.auditing.run_inputs import Request
    from gongyue.conduct.auditing.stdin_spool import NothingPiped
    from gongyue.conduct.auditing.tally import count_kinds
    from gongyue.conduct.verdict import CLEAN, KINDS

    if engine not in ELSEWHERE:
        compiled_once(count_kinds)
    asked = Request(promise, authorisations, uses, engine, Path(out) if out else None, Path(work) if work else None)
    try:
        found = audit(asked, _Progress())
    except NothingPiped as nothing:
        raise usage(nothing.zh, nothing.en) from None
    except KeyboardInterrupt:
        _stopped(asked.lasting)
        ctx.exit(INTERRUPTED)
    emit_result(_data(found, out), lambda: _lines(found, out))
    _note_unread(found)
    dirty = any(n for kind, n in zip(KINDS, found.tally.kinds, strict=True) if kind not in CLEAN)
    if not found.tally.rows:
        note("一行使用也没有：没有核对任何使用，不能当作合格（退出码 4）",
             "there is not one use: nothing was audited, which is no pass (exit 4)")  # fmt: skip
        ctx.exit(UNREADABLE)
    ctx.exit(VIOLATIONS if dirty else 0)


def _stopped(lasting: bool) -> None:
    if lasting:
        note("已中断，没有写出结果；再问一次（同样的命令）即从做完的段接着做",
             "interrupted; nothing was written; asking again, by the same command, goes on from what is done")  # fmt: skip
    else:
        note("已中断，没有写出结果；再问一次会整次重做", "interrupted; nothing was written; asking again does all of it again")  # fmt: skip


class _Progress:
    """Rows done, rate and remaining time, on standard error; in place on a terminal, every ten seconds elsewhere."""

    def __init__(self) -> None:
        self._begun = self._told = 0.0
        self._from = 0

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if not self._begun:
            self._begun, self._told, self._from = now, now, done
            return
        terminal, ended = sys.stderr.isatty(), done == total
        if not ended and now - self._told < (0.2 if terminal else 10):
            return
        self._told = now
        rate = (done - self._from) / max(now - self._begun, 1e-9)
        text = pick(f"{done:,} 行，{rate:,.0f} 行/秒", f"{done:,} row(s), {rate:,.0f}/s")
        if total and not ended:
            left = (total - done) / max(rate, 1e-9)
            text += pick(f"，共 {total:,}，尚需 {left:.0f} 秒", f" of {total:,}, {left:.0f} s left")
        click.echo(f"\r{text}\x1b[K" if terminal else text, err=True, nl=not terminal or ended)


def _counts(row: list[int]) -> dict[str, int]:
    from gongyue.conduct.verdict import KINDS

    return {kind: n for kind, n in zip(KINDS, row, strict=True) if n}


def _data(found: Result, out: str | None) -> dict[str, Any]:
    import msgspec

    from gongyue.conduct.auditing.tally import unsettled, violations

    tally = found.tally
    data: dict[str, Any] = {
        "rows": tally.rows,
        "violations": violations(tally),
        "unsettled": unsettled(tally),
        "verdicts": _counts(tally.kinds),
        "purposes": {label: _counts(row) for label, row in sorted(tally.purposes.items())},
        "datasets": {label: _counts(row) for label, row in sorted(tally.datasets.items())},
        "failing": msgspec.to_builtins(tally.failing),
        "quarantine": msgspec.to_builtins(tally.bad),
        "period": found.about["period"],
        "authorisations": {"rows": found.authorisations, "unread": found.unread, "quarantine": msgspec.to_builtins(found.unread_rows),
                           "unused_columns": found.unused, "withdrawals": found.about["authorisations"]["withdrawals"]},
        "skipped": found.skipped,
        "doubtful_columns": found.doubtful,
        "engine": {"name": found.engine, "zh": found.why[0], "en": found.why[1]},
        "resumed": found.resumed,
        "seconds": round(found.seconds, 3),
        "inputs": {"promise": found.about["promise"], "authorisations": found.about["authorisations"]["digest"]},
    }  # fmt: skip
    if tally.passed:
        data["log"] = {"lines_without_use": tally.passed, "uses": tally.rows, "usable": tally.rows - tally.unparsed}
    return data | ({"out": out, "uses": found.about["uses"]["digest"]} if out else {})


def _lines(found: Result, out: str | None) -> Iterator[str]:
    from gongyue.conduct.auditing.tally import unsettled, violations

    tally = found.tally
    yield pick(f"引擎 {found.engine}：{found.why[0]}", f"engine {found.engine}: {found.why[1]}")
    if found.resumed:
        yield pick(f"接续上次：{found.resumed} 段已做完", f"resumed: {found.resumed} unit(s) had been done")
    yield pick(
        f"共 {tally.rows:,} 行：违反 {violations(tally):,}，不能认定 {unsettled(tally):,}；{found.seconds:.1f} 秒",
        f"{tally.rows:,} row(s): {violations(tally):,} violation(s), {unsettled(tally):,} unsettled; {found.seconds:.1f} s",
    )
    yield from withdrawals_told(found.about["authorisations"]["withdrawals"])
    if tally.passed:
        good = tally.rows - tally.unparsed
        share = 100 * good / max(tally.rows, 1)
        yield pick(
            f"日志：{tally.rows:,} 条使用，可用 {good:,}（{share:.1f} %）；另有 {tally.passed:,} 行与数据无关（连接、事务、设置）",
            f"log: {tally.rows:,} use(s), {good:,} usable ({share:.1f} %); {tally.passed:,} line(s) more touch no data",
        )
    yield from _by_verdict(tally)
    yield from _by_label(tally.purposes, "目的", "purpose")
    yield from _by_label(tally.datasets, "数据集", "dataset")
    yield from _failing(tally)
    yield from _aside(found)
    if out:
        yield pick(f"逐行裁断：{out}", f"row by row: {out}")


def _by_verdict(tally: Tally) -> Iterator[str]:
    from gongyue.conduct.verdict import KINDS, Verdict

    rows = []
    for kind, n in zip(KINDS, tally.kinds, strict=True):
        if n:
            said = Verdict(kind)
            rows.append((kind, f"{n:,}", said.article, said.code, pick(said.words["zh"], said.words["en"])))
    head = (pick("裁断", "verdict"), pick("行数", "rows"), pick("条", "article"), pick("代码", "code"), "")
    yield from table(head, rows)


def _by_label(counts: dict[str, list[int]], zh: str, en: str) -> Iterator[str]:
    from gongyue.conduct.verdict import CLEAN

    found = []
    for label, row in counts.items():
        others = {kind: n for kind, n in _counts(row).items() if kind not in CLEAN}
        said = " ".join(f"{kind} {n:,}" for kind, n in others.items())
        found.append((label or "—", sum(row), sum(others.values()), said))
    found.sort(key=lambda one: (-one[2], -one[1], one[0]))
    rows = [(label, f"{n:,}", f"{bad:,}", others) for label, n, bad, others in found[:ROWS]]
    if rows:
        yield ""
        yield from table((pick(zh, en), pick("行数", "rows"), pick("非可以", "not clean"), ""), rows)
    if len(found) > ROWS:
        yield pick(f"……共 {len(found)} 项，见 --json", f"… {len(found)} in all, see --json")


def _failing(tally: Tally) -> Iterator[str]:
    rows = []
    for one in tally.failing[:LISTED]:
        nearest = "—" if one.authorisation is None else str(one.authorisation)
        if one.terms is not None:
            nearest = f"terms {one.terms}"
        rows.append((one.row, one.verdict, one.article, nearest, one.purpose or "—", one.dataset, " ".join(one.failed)))
    if rows:
        yield ""
        zh = ("条次", "裁断", "条", "最近的授权", "目的", "数据集", "不符")
        en = ("record", "verdict", "article", "nearest", "purpose", "dataset", "failed")
        yield from table([*map(pick, zh, en)], rows)
    if len(tally.failing) > LISTED:
        yield pick("……其余见 --json 与 --out", "… the rest in --json and --out")


def _aside(found: Result) -> Iterator[str]:
    from gongyue.conduct.findings import texts

    unparsed = found.tally.unparsed
    for bad in found.tally.bad[:LISTED]:
        yield pick(f"{_of(bad)}第 {bad.line} 行未解析：{bad.zh}", f"{_of(bad)}line {bad.line} was not parsed: {bad.en}")
    if unparsed:
        said = texts()["findings"]["GY-08-03"]
        yield f"GY-08-03 {pick(said['zh'], said['en'])} (UNPARSED {unparsed:,})"


def _of(bad: Bad) -> str:
    return bad.file and pick(f"{bad.file} ", f"{bad.file}, ")


def _note_unread(found: Result) -> None:
    """What was not taken in, on standard error: rows and columns of the authorisations, files of a folder."""
    unused_told(found.unused)
    doubtful_told(found.doubtful)
    if found.skipped:
        names = listed(found.skipped)
        note(
            f"文件夹里这些不是记录或授权的格式，或是指向文件夹的链接（不跟随），没有读：{names}",
            f"of the folder these were not read, as files of other kinds or links to folders, which are not followed: {names}",
        )
    for bad in found.unread_rows[:LISTED]:
        note(
            f"授权{bad.file and f' {bad.file} '}第 {bad.line} 行：{bad.zh}",
            f"authorisations, {_of(bad)}line {bad.line}: {bad.en}",
        )
    unread_told(found.unread)
