"""That nothing at all was scanned, and why: a clean report would else be taken for clean data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongyue.conduct.scanning.formats import UNKNOWN
from gongyue.conduct.scanning.report import Report

_EMPTY = ("没有内容（空文件夹、空数据库）", "there is nothing (an empty folder or database)")


def nothing_scanned(report: Report) -> tuple[str, str] | None:
    """What to say in Chinese and English where nothing was scanned, with counts by reason; None where something was."""
    if report.scanned:
        return None
    reasons = list(_reasons(report)) or [_EMPTY]
    return (
        "什么也没有扫描：" + "；".join(zh for zh, _ in reasons),
        "Nothing was scanned: " + "; ".join(en for _, en in reasons),
    )


def _reasons(report: Report) -> Iterator[tuple[str, str]]:
    formats = Counter(u.format for u in report.unread if u.format)
    if formats:
        named = formats.most_common()
        zh = "、".join(f"{'格式不明' if name == UNKNOWN else name} {count}" for name, count in named)
        en = ", ".join(f"{'unknown' if name == UNKNOWN else name} {count}" for name, count in named)
        files = formats.total()
        yield f"{files} 个文件的格式扫描不读（{zh}）", f"{files} file(s) in formats that no scan reads ({en})"
    if lost := sum(u.lost and not u.format for u in report.unread):
        yield f"{lost} 处读不出", f"{lost} cannot be read"
    if empty := len(report.empty):
        yield f"{empty} 个空文件", f"{empty} empty file(s)"
    if hollow := len(report.tables):
        yield f"{hollow} 个表或文本里没有内容", f"{hollow} table(s) or text(s) without content"
    if skipped := len(report.skipped):
        yield f"略过 {skipped} 处（链接、视图等）", f"{skipped} left aside (links, views and the like)"
    if left := len(report.left_out):
        yield f"{left} 个文件夹从不看（.git 之类）", f"{left} folder(s) that are never looked at (.git and the like)"
    if own := len(report.own):
        yield f"{own} 个是这次扫描自己的输出或基线", f"{own} output(s) or the baseline of this scan itself"
    if report.excluded:
        yield f"--exclude 略去 {report.excluded} 个文件", f"{report.excluded} file(s) left out by --exclude"
