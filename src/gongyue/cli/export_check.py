"""`gongyue export-check`: which cross-border route do these exports need, what to file, by when, by which article."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongyue.cli.errors import usage
from gongyue.cli.export_report import report_data, report_lines
from gongyue.cli.output import emit_result, output_options
from gongyue.cli.single_value import SingleValueCommand

if TYPE_CHECKING:
    from gongyue.conduct.facts import Facts, StatedFacts

MISSING = 1


@click.command("export-check", cls=SingleValueCommand, short_help="数据出境须走哪条路径 / Which cross-border route")
@click.option(
    "--flows",
    required=True,
    multiple=True,
    metavar="INPUT",
    help="出境流动（.csv .tsv .jsonl .ndjson .json .parquet .toml，或数据库的表）；可写多次，同一单位 / Flows, in a file or"
    " a table of a database; may be given again, for one controller.",
)
@click.option("--facts", metavar="FILE", help="单位事实（TOML 的 [controller]）/ The controller's facts.")
@click.option(
    "--ciio", type=click.Choice(("yes", "no")), help="是否关键信息基础设施运营者 / Critical infrastructure operator."
)
@click.option("--on", "day", metavar="DATE", help="所查之日，默认今天 / The day asked about; today by default.")
@click.option(
    "--pack", "name", default="cross-border-2024-03-22", show_default=True, metavar="PACK", help="规则包 / Law pack."
)
@click.option("--calendar", metavar="FILE", help="补充各年节假日（TOML）/ Holidays of further years (TOML).")
@click.option(
    "--historic", is_flag=True, help="规则包当日不适用也照算，并注明 / Compute by a pack not in force, and say so."
)
@output_options
@click.pass_context
def export_check(
    ctx: click.Context, flows: tuple[str, ...], facts: str | None, ciio: str | None, day: str | None, name: str,
    calendar: str | None, historic: bool,
) -> None:  # fmt: skip
    """数据出境须走哪条路径：不重复的人自当年 1 月 1 日起精确计数，法定情形不计入；不清楚的事实要问，绝不放过。

    Which cross-border route do these exports need? Distinct persons since 1 January are counted exactly, what the law
    excludes is not counted; a fact that is not known is asked for and never passes. Not legal advice.

    \b
    列 / Columns: flow, date, region, person（假名）| persons（陈述的人数）, personal, sensitive, important,
      ground（transit contract hr emergency ftz）, necessary, evidence; hr: labour_rules, collective_contract;
      ftz: zone, negative_list, negative_list_date, listed
    事实 / Facts, [controller]: ciio, important, important_notified, assessment, assessment_issued, assessment_extended,
      contract_effective, contract_filing, certificate, certificate_issued, [[controller.earlier]], home, id
    例 / Example:
      gongyue export-check --flows flows.csv --facts facts.toml --on 2026-06-30
      gongyue export-check --flows flows.toml --json
      gongyue export-check --flows 一季度.csv --flows 二季度.parquet --facts facts.toml
      gongyue export-check --flows 'postgresql://HOST/DB#audit.flows' --facts facts.toml   # 或 or sqlite:///FILE#TABLE

    \b
    退出码 / Exit:
      0 免予，或无须再办 exempt, or nothing to do
      1 须办、缺事实，或规则包当日不适用 to file, facts missing, or the pack does not apply on that day
      2 用法 usage · 4 无法读取，或一笔流动也没有 cannot be read, or no flow at all
    """
    from gongyue.conduct.exports import tally
    from gongyue.conduct.filings import report
    from gongyue.conduct.flows import read_all
    from gongyue.conduct.holidays import open_calendar
    from gongyue.conduct.lawpack import expired, open_pack

    on = _day(day)
    pack = open_pack(name)
    if not pack.in_force(on) and not historic:
        raise expired(pack, on)
    within, rows = read_all(flows)
    known = _facts(within, facts, ciio)
    found = tally(rows, known, pack, on)
    made = report(found, known, pack, on, open_calendar(calendar))
    emit_result(report_data(found, made, pack), lambda: report_lines(found, made, pack))
    ctx.exit(0 if made.clean else MISSING)


def _day(text: str | None) -> date:
    from gongyue.conduct.instants import BEIJING

    if text is None:
        return datetime.now(BEIJING).date()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise usage(f"--on {text}：写作 2026-06-30", f"--on {text}: write 2026-06-30")


def _facts(within: list[tuple[str, StatedFacts]], path: str | None, ciio: str | None) -> Facts:
    """What the files of flows, --facts and --ciio say together; they may not contradict each other."""
    from gongyue.conduct.facts import controller_of, together
    from gongyue.conduct.promise_loader import toml_of

    said = list(within)
    if path is not None:
        said.append((path, controller_of(toml_of(Path(path).read_bytes(), path), path)))
    if ciio is not None:
        said.append(("--ciio", {"ciio": ciio == "yes"}))
    return together(*said)
