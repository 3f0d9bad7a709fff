"""The report as one HTML page: everything in it, no script, nothing fetched; Chinese and English side by side."""

from __future__ import annotations

from html import escape

from gongyue.conduct.outputs import begins
from gongyue.conduct.scanning.empty_scan import nothing_scanned
from gongyue.conduct.scanning.entity_types import kinds, numbers
from gongyue.conduct.scanning.report import Report, ScanFinding, TableReport

_TITLE = "<title>扫描报告 · Scan report</title>"
is_leaflet = begins(rb"<!doctype html>[^\n]*" + _TITLE.encode())
"""Whether a file is such a page."""
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--bad:#b3261e;--warn:#8a5a00}
@media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--warn:#ffcc80}}
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}small,.en{opacity:.75}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap}.one{white-space:nowrap}
tbody tr:nth-child(even){background:var(--soft)}
.secret{color:var(--bad);font-weight:600}.personal,.trade{color:var(--warn);font-weight:600}
.known{opacity:.6}.scroll{overflow-x:auto}.scroll table{min-width:46rem}
td:nth-child(-n+3){min-width:8rem}td:nth-child(-n+2){overflow-wrap:anywhere}
@media screen and (max-width:44rem){.scroll table{min-width:0}thead{display:none}tr,td{display:block}tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
td{display:flex;gap:.8rem;padding:.1rem .6rem;border:0;overflow-wrap:anywhere}td::before{content:attr(data-head);flex:0 0 7.5rem;opacity:.75}}
@media print{body{font-size:10pt;max-width:none;margin:0;padding:0}.scroll{overflow:visible}.scroll table,td:nth-child(-n+3){min-width:0}tr{break-inside:avoid}
h2{break-after:avoid}td{overflow-wrap:anywhere}}
"""
_KNOWN = '<br>已在基线中<br><small lang="en">in the baseline</small>'
_TIERS = {"valid": ("校验通过", "valid"), "plausible": ("疑似", "plausible"), "masked": ("已脱敏", "masked")}


def leaflet(report: Report, title: str) -> str:
    """The page. No value of any cell is in it, unless masked samples were asked for."""
    news = report.news
    asked = (
        ("未在承诺文件中声明的", "not declared in the promise file")
        if report.promise
        else ("（未给承诺文件，一律列出）", "(no promise file given: all are listed)")
    )
    head = _both(
        f"{len(news)} 项新发现，{len(report.findings) - len(news)} 项已在基线中；个人信息{asked[0]}",
        f"{len(news)} new finding(s), {len(report.findings) - len(news)} in the baseline; personal data {asked[1]}",
    )
    nothing = nothing_scanned(report)
    parts = [
        f"<h1>扫描报告 <small lang=en>Scan report</small></h1><p>{escape(title)}</p>",
        f'<div class="secret">{_both(*nothing)}</div>' if nothing else head,
        _sampled(report),
        "" if nothing else _findings(report),
        _tables(report),
        _unread(report),
    ]
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{_TITLE}<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _sampled(report: Report) -> str:
    """That some tables were looked at in part only."""
    tables = sum(t.sampled for t in report.tables)
    if not tables:
        return ""
    return _both(f"其中 {tables} 个表只看了抽样的行，其余的行没有看，见下表。",
                 f"Of {tables} table(s) only a sample of rows was looked at, as listed below; the others were not.")  # fmt: skip


def _both(zh: str, en: str) -> str:
    return f'<p>{escape(zh)}<br><span class="en" lang="en">{escape(en)}</span></p>'


def _heading(zh: str, en: str) -> str:
    return f'<h2>{escape(zh)} <small lang="en">{escape(en)}</small></h2>'


def _grid(head: list[tuple[str, str]], rows: list[list[str]], dim: list[bool] | None = None) -> str:
    """A table; on a phone each row is a card, its cells led by their column's name. `dim`: which rows are shown faint."""
    cells = "".join(f'<th scope="col">{escape(zh)}<br><small lang="en">{escape(en)}</small></th>' for zh, en in head)
    faint = dim or [False] * len(rows)
    body = "".join(
        f"<tr{' class=known' if known else ''}>"
        + "".join(
            f'<td data-head="{escape(zh)} {escape(en)}"><div>{cell}</div></td>'
            for (zh, en), cell in zip(head, row, strict=True)
        )
        + "</tr>"
        for row, known in zip(rows, faint, strict=True)
    )
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'


def _findings(report: Report) -> str:
    if not report.findings:
        return _both("没有发现。", "Nothing was found.")
    head = [
        ("表", "table"),
        ("列", "column"),
        ("类型", "type"),
        ("占比", "share"),
        ("处数", "cells"),
        ("把握", "tier"),
        ("已声明类别", "declared"),
    ]
    sampled = any(f.samples for f in report.findings)
    if sampled:
        head.append(("脱敏样例", "masked sample"))
    rows = [_row(f, sampled) for f in report.findings]
    return _heading("发现", "Findings") + _grid(head, rows, [f.known for f in report.findings])


def _row(finding: ScanFinding, sampled: bool) -> list[str]:
    kind = kinds()[numbers()[finding.type]]
    zh, en = _TIERS[finding.tier]
    cells = [
        escape(finding.table), escape(finding.column),
        f'<span class="{finding.group}">{escape(kind.zh)}</span><br><small lang="en">{escape(kind.en)} · {finding.type}</small>',
        f"{finding.share:.1%}", f"{finding.cells:,}", f'<span class="one">{zh}</span><br><small lang="en">{en}</small>{_KNOWN if finding.known else ""}',
        escape("、".join(finding.declared) or "—"),
    ]  # fmt: skip
    if sampled:
        cells.append("<br>".join(escape(s) for s in finding.samples) or "—")
    return cells


def _tables(report: Report) -> str:
    rows = [
        [escape(t.name), escape(t.path), _rows(t), str(len(t.columns)), str(sum(bool(c.types) for c in t.columns))]
        for t in report.tables
    ]
    head = [
        ("名称", "name"),
        ("位置", "place"),
        ("行", "rows"),
        ("列", "columns"),
        ("有识别的列", "columns with types"),
    ]
    return _heading("扫描了什么", "What was scanned") + _grid(head, rows)


def _rows(table: TableReport) -> str:
    if not table.sampled:
        return f"{table.rows:,}"
    zh, en = table.part
    return f'{escape(zh)}<br><small lang="en">{escape(en)}</small>'


def _unread(report: Report) -> str:
    if not report.unread:
        return ""
    rows = [
        [
            escape(u.where),
            f'{escape(u.zh)}<br><small lang="en">{escape(u.en)}</small>',
            str(u.rows or "—"),
            ", ".join(map(str, u.lines)) or "—",
        ]
        for u in report.unread
    ]
    head = [("位置", "place"), ("原因", "reason"), ("行数", "rows"), ("行号", "lines")]
    return _heading("未能照常读取", "Not read as it should be") + _grid(head, rows)
