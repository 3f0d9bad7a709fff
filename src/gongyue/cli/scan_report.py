"""What a scan tells a person: what is new as a table, then what was scanned, and all that was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gongyue.cli.output import pick, table

if TYPE_CHECKING:
    from gongyue.conduct.scanning.report import Report, ScanFinding

_GROUPS = {
    "personal": ("个人信息", "personal data"),
    "secret": ("凭据", "secret"),
    "trade": ("商业秘密标记", "trade secret marking"),
}
_TIERS = {"valid": ("校验通过", "valid"), "plausible": ("疑似", "plausible"), "masked": ("已脱敏", "masked")}


def report_lines(report: Report) -> Iterator[str]:
    """What is new as a table, then a summary."""
    from gongyue.conduct.scanning.entity_types import kinds, numbers

    news = report.news
    where = _where(news)
    if news:
        head = [
            pick(zh, en)
            for zh, en in (
                ("表", "table"),
                ("列", "column"),
                ("类型", "type"),
                ("", ""),
                ("占比", "share"),
                ("处", "cells"),
                ("把握", "tier"),
            )
        ]
        rows = [
            [
                where[f.path, f.table],
                f.column,
                f.type,
                pick(*((k := kinds()[numbers()[f.type]]).zh, k.en)),
                f"{f.share:.1%}",
                f.cells,
                pick(*_TIERS[f.tier]),
            ]
            for f in news
        ]
        yield from table(head, rows)
        for f in news:
            if f.samples:
                yield f"  {where[f.path, f.table]}.{f.column} {f.type}: " + pick("、", ", ").join(f.samples)
    yield from _summary(report)


def _where(news: tuple[ScanFinding, ...]) -> dict[tuple[str, str], str]:
    """How a table is called: by its name, and by its file too where another has the same name."""
    places = {(f.path, f.table) for f in news}
    alike = Counter(name for _, name in places)
    whole = {
        (path, name): path if Path(path.rpartition("!")[2]).stem == name else f"{path}:{name}" for path, name in places
    }
    return {place: whole[place] if alike[place[1]] > 1 else place[1] for place in places}


def _named(paths: tuple[str, ...]) -> str:
    return pick("、", ", ").join(paths[:20]) + ("……" if len(paths) > 20 else "")


def _summary(report: Report) -> Iterator[str]:
    from gongyue.conduct.scanning.empty_scan import nothing_scanned

    nothing = nothing_scanned(report)
    yield pick(*nothing) if nothing else _counted(report)
    for t in report.tables:
        if t.sampled:
            yield t.name + pick(f"：{t.part[0]}", f": {t.part[1]}")
    known = len(report.findings) - len(report.news)
    if known:
        yield pick(f"另有 {known} 项已在基线中", f"{known} more are in the baseline")
    if report.gone:
        yield pick(
            f"基线有 {report.gone} 条对不上任何发现，其文件也不在：请看过再删，或用 --write-baseline 重写",
            f"{report.gone} entries of the baseline match no finding, and their files are not there: look at them and delete them, or"
            " write it anew with --write-baseline",
        )
    yield from _unread(report)
    yield from _aside(report)


def _aside(report: Report) -> Iterator[str]:
    """What was not looked at."""
    if report.left_out:
        yield pick(
            f"没有看 {len(report.left_out)} 个文件夹，.git、node_modules 之类：{_named(report.left_out)}",
            f"{len(report.left_out)} folder(s) not looked at, .git, node_modules and the like: {_named(report.left_out)}",
        )
    if report.own:
        yield pick(
            f"没有扫描自己的输出与基线 {len(report.own)} 个：{_named(report.own)}",
            f"own outputs and baseline, not scanned, {len(report.own)}: {_named(report.own)}",
        )
    if report.skipped:
        yield pick(
            f"略过 {len(report.skipped)} 处，链接、管道，或数据库的视图：{_named(report.skipped)}",
            f"{len(report.skipped)} left aside, links, pipes, or views of a database: {_named(report.skipped)}",
        )
    if report.empty:
        yield pick(
            f"另有 {len(report.empty)} 个空文件：{_named(report.empty)}",
            f"{len(report.empty)} more are empty: {_named(report.empty)}",
        )
    if report.excluded:
        yield pick(f"--exclude 略去 {report.excluded} 个文件", f"{report.excluded} file(s) left out by --exclude")


def _unread(report: Report) -> Iterator[str]:
    """What was not read as it should be, then files of formats that no scan reads, together by their format."""
    from gongyue.conduct.scanning.formats import UNKNOWN

    others = [u for u in report.unread if not u.format]
    for u in others[:20]:
        counted = pick(f"，{u.rows} 行", f", {u.rows} row(s)") if u.rows else ""
        yield (
            pick(f"未照常读取 {u.where}：{u.zh}{counted}", f"not read as it should be {u.where}: {u.en}{counted}")
            if u.lost or u.rows
            else pick(f"{u.where}：{u.zh}", f"{u.where}: {u.en}")
        )
    if len(others) > 20:
        yield pick(f"……共 {len(others)} 处未照常读取，见 --json", f"… {len(others)} places in all, see --json")
    formats = dict.fromkeys(u.format for u in report.unread if u.format)
    for called in formats:
        paths = tuple(u.where for u in report.unread if u.format == called)
        said = pick("格式不明", "unknown") if called == UNKNOWN else called
        yield pick(
            f"没有读 {said}（扫描不读这种格式）{len(paths)} 个：{_named(paths)}",
            f"not read, {said} (no scan reads this format), {len(paths)}: {_named(paths)}",
        )


def _counted(report: Report) -> str:
    """What was scanned, and how much was found in it."""
    news, rows = report.news, sum(t.rows for t in report.tables)
    groups = {g: sum(f.group == g for f in news) for g in _GROUPS}
    said = pick("、", ", ").join(f"{pick(*_GROUPS[g])} {n}" for g, n in groups.items() if n)
    how = (
        pick("（未声明）", " (undeclared)")
        if report.promise
        else pick("（未给承诺文件，均视为未声明）", " (no promise file: all count as undeclared)")
    )
    return pick(
        f"扫描 {len(report.tables)} 个表或文本，{rows:,} 行：{len(news)} 项发现" + (f"（{said}）{how}" if news else ""),
        f"{len(report.tables)} table(s) or text(s), {rows:,} row(s): {len(news)} finding(s)"
        + (f" ({said}){how}" if news else ""),
    )
