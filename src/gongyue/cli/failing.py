"""What went wrong, in words: which code a command exits with, and what it prints then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli.telling import both, lang, pick, wants_json

REFUSED, USAGE, OUT_OF_TURN, UNREADABLE, OUR_FAULT = 1, 2, 3, 4, 70


class Unusable(Exception):
    """Something handed in cannot be used: what, where and how to mend it; `rows` where there are many."""

    def __init__(self, zh: str, en: str, rows: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.rows = zh, en, rows


def usage(zh: str, en: str) -> click.UsageError:
    """A usage error (exit 2) in the chosen language."""
    return click.UsageError(pick(zh, en))


def failed(ctx: click.Context, error: Exception) -> int:
    """Tell what went wrong; returns the exit code."""
    from gongyue.covenant.citing import OutOfTurn, Refused

    if isinstance(error, Refused):
        _tell_refusal(ctx, error.refusal)
        return REFUSED
    if isinstance(error, OutOfTurn):
        _tell_refusal(ctx, error.refusal)
        return OUT_OF_TURN
    if str(getattr(error, "code", "")).startswith("GY-"):  # a text that is refused before it is an act (art. 1)
        _tell_refusal(ctx, _refused_text(error))
        return REFUSED
    code, zh, en, rows = _unusable(error)
    if wants_json(ctx):
        data: dict[str, Any] = {"code": "unreadable" if code == UNREADABLE else "our-fault", "zh": zh, "en": en}
        click.echo(json.dumps(data | ({"rows": list(rows)} if rows else {}), ensure_ascii=False, indent=2))
        return code
    click.echo(zh if lang(ctx) == "zh" else en, err=True)
    for row in rows:
        click.echo("  " + pick(f"第 {row['line']} 行：{row['zh']}", f"line {row['line']}: {row['en']}"), err=True)
    return code


def _refused_text(error: Any) -> dict[str, Any]:
    """The refusal of a text whose numbering has a gap, with the reader's own words for the place."""
    from gongyue.covenant.citing import fails
    from gongyue.covenant.refusals import refusal

    figures = getattr(error, "figures", None) or {"expected": error.after + 1, "found": error.found, "line": error.line}
    return refusal(error.code, 1, "", fails(**figures)) | {"zh": error.zh, "en": error.en}


def _unusable(error: Exception) -> tuple[int, str, str, tuple[dict[str, Any], ...]]:
    """(exit code, Chinese, English, rows) of an error that is no refusal."""
    if hasattr(error, "zh") and hasattr(error, "en"):  # ours: Unusable, BadOffice, BadStore, BadEdition, Gap …
        return UNREADABLE, error.zh, error.en, getattr(error, "rows", ())
    known = _known(error)
    if known is not None:
        return UNREADABLE, *known, ()
    why = f"{type(error).__name__}: {error}"
    return (
        OUR_FAULT,
        f"程序内部错误（{why}）。没有记录任何行为。请报告；设 GONGYUE_DEBUG=1 可看详情。",
        f"An internal error ({why}). Nothing was recorded. Please report it; GONGYUE_DEBUG=1 shows the details.",
        (),
    )


def _known(error: Exception) -> tuple[str, str] | None:
    from gongyue.book.entry import Malformed
    from gongyue.book.replay import Tampered
    from gongyue.office.guard import Forked
    from gongyue.office.office import BadSignature
    from gongyue.transparency.notes import BadKey, BadNote
    from gongyue.verifying.places import Unreadable

    if isinstance(error, BadSignature):
        return (
            f"签名不成立：{error}。请用该密钥重新签署。",
            f"The signature does not hold: {error}. Sign again with that key.",
        )
    if isinstance(error, Malformed):
        return f"行为文件不合格式：{error}", f"The act is malformed: {error}"
    if isinstance(error, Tampered):
        return (
            f"内容与其摘要不符：{error.what}（{error.why}）",
            f"The content is not what its digest says: {error.what} ({error.why})",
        )
    if isinstance(error, Forked):
        zh, _, en = str(error).partition(" / ")
        return f"拒绝启动，以免出现两份历史。{zh}", f"Refusing to start, lest there be two histories. {en or zh}"
    if isinstance(error, BadKey):
        return f"密钥不合格式：{error}", f"Not a good key: {error}"
    if isinstance(error, (Unreadable, BadNote)):
        return f"无法读取：{both(str(error))}", f"Cannot be read: {both(str(error))}"
    if isinstance(error, OSError) and error.filename is not None:
        return (
            f"无法读写 {error.filename}：{error.strerror}",
            f"Cannot read or write {error.filename}: {error.strerror}",
        )
    return None


def _tell_refusal(ctx: click.Context, refusal: dict[str, Any]) -> None:
    if wants_json(ctx):
        click.echo(json.dumps(refusal, ensure_ascii=False, indent=2))
        return
    for line in refusal_lines(refusal):
        click.echo(line, err=True)


TURN = {"step": ("行为", "step"), "stands": ("现状", "stands"), "can": ("可以", "can be done")}
"""The step tried, where the matter stands, what can be done instead."""


def refusal_lines(refusal: dict[str, Any]) -> Iterator[str]:
    """A refusal, or a step out of turn, as lines of prose: the text, the article and its words, the figures."""
    yield f"{refusal['code']} {pick(refusal['zh'], refusal['en'])}"
    if refusal.get("article"):
        words = f"“{refusal['words']}”" if refusal.get("words") else ""
        yield pick(f"  第{refusal['article']}条{words}", f"  Article {refusal['article']} {words}".rstrip())
    if refusal.get("figures"):
        yield "  " + pick("；", "; ").join(f"{name} {value}" for name, value in refusal["figures"].items())
    if refusal.get("enough") is not None:
        yield pick(f"  须：{refusal['enough']}", f"  enough: {refusal['enough']}")
    for name, (zh, en) in TURN.items():
        if refusal.get(name):
            yield pick(f"  {zh}：{refusal[name]}", f"  {en}: {refusal[name]}")
    if refusal["code"] == "GY-05-02":
        yield pick(
            "  办法：加 --key 第二人密钥；或用 --out act.json 存成文件，由第二人 gongyue sign 后再 gongyue submit。",
            "  mend: add --key with a second officer's key; or write --out act.json, have it signed"
            " by another with gongyue sign, then gongyue submit.",
        )
