"""What went wrong, in words: which code a command exits with, and what it prints then."""

from __future__ import annotations

import re
from typing import IO, Any

import click

from gongyue.cli.lazy import words_of
from gongyue.cli.output import discard_stdout, has_lang, lang, note, pick, pick_half, printed, wants_json
from gongyue.cli.refusal_text import refusal_lines
from gongyue.conduct import os_errors
from gongyue.conduct.safe_text import plain
from gongyue.office.invalid_input import InvalidInput

__all__ = ["InvalidInput", "failed", "usage"]

REFUSED, USAGE, OUT_OF_TURN, UNREADABLE, OUR_FAULT, INTERRUPTED = 1, 2, 3, 4, 70, 130
ON_PREMISES = frozenset({"promise", "gate", "audit", "scan", "export-check", "attest", "toolkit"})
"""Commands of the member's toolkit: they record nothing in a book."""


class BilingualUsageError(click.UsageError):
    """A usage error of ours (exit 2), in both languages."""

    def __init__(self, zh: str, en: str, ctx: click.Context | None = None) -> None:
        super().__init__(pick(zh, en), ctx)
        self.zh, self.en = zh, en


def usage(zh: str, en: str) -> BilingualUsageError:
    """A usage error (exit 2) in the chosen language."""
    return BilingualUsageError(zh, en)


class Misused(click.UsageError):
    """A usage error as it is told: in the language that was chosen, in both where none was yet."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)
        self.zh: str = error.zh if isinstance(error, BilingualUsageError) else _in_chinese(self.message)
        self.en: str = error.en if isinstance(error, BilingualUsageError) else self.message

    def show(self, file: IO[Any] | None = None) -> None:
        """Usage, where to read on, and what is wrong; JSON where it was asked for."""
        said = {"code": "usage", "zh": self.zh or _unforeseen(self.en), "en": self.en}
        if wants_json(self.ctx) and _printed(self.ctx, said):
            return
        if self.ctx is not None:
            path, pieces = self.ctx.command_path, self.ctx.command.collect_usage_pieces(self.ctx)
            click.echo(self._told("用法", "Usage") + f"{path} {' '.join(pieces)}", file=file, err=True)
            click.echo(self._told("详见", "Help") + f"{path} --help\n", file=file, err=True)
        click.echo(self._told("错误", "Error") + self._words(), file=file, err=True)

    def _told(self, zh: str, en: str) -> str:
        if self.ctx is None or not has_lang(self.ctx):
            return f"{zh} / {en}: "
        return f"{zh}：" if lang(self.ctx) == "zh" else f"{en}: "

    def _words(self) -> str:
        if self.ctx is None or not has_lang(self.ctx):
            return self.en if self.zh in ("", self.en) else f"{self.zh} / {self.en}"
        return self.zh or _unforeseen(self.en) if lang(self.ctx) == "zh" else self.en


def _unforeseen(message: str) -> str:
    return f"用法有误（{message}）"


_MISUSES = (
    (r"Missing option (.+?)\. Choose from:\s+(.+)", "缺少选项 {0}；可选：{1}"),
    (r"Missing option (.+?)\.", "缺少选项 {0}。"),
    (r"Missing argument (.+?)\. Choose from:\s+(.+)", "缺少参数 {0}；可选：{1}"),
    (r"Missing argument (.+?)\.", "缺少参数 {0}。"),
    (r"Missing command\.", "缺少命令。"),
    (
        r"No such option:? (.+?)\.? \(?(?:Did you mean|Possible options:) ?(?:one of: )?(.+?)\??\)?",
        "没有选项 {0}；可是 {1}？",
    ),
    (r"No such option:? (.+?)\.?", "没有选项 {0}。"),
    (r"No such command (.+?)\.?", "没有命令 {0}。"),
    (r"Got unexpected extra arguments? \((.+)\)", "多余的参数：{0}"),
    (r"Option (.+) requires an argument\.", "选项 {0} 须带一个值。"),
    (r"Option (.+) requires (\d+) arguments\.", "选项 {0} 须带 {1} 个值。"),
    (r"Option (.+) does not take a value\.", "选项 {0} 不带值。"),
    (r"Argument (.+) takes (\d+) values\.", "参数 {0} 须有 {1} 个值。"),
    (r"(.+) is not one of (.+)\.", "{0} 不在可选之列：{1}"),
    (r"(.+) is not a valid integer(?: range)?\.", "{0} 不是整数。"),
    (r"(.+) is not a valid (?:float|boolean)\b.*", "{0} 不合格式。"),
    (r"(.+) is not in the range (.+)\.", "{0} 不在范围 {1} 内。"),
    (r"(?:File|Directory|Path) (.+) does not exist\.", "{0} 不存在。"),
    (r"(?:File|Directory|Path) (.+) is a file\.", "{0} 是文件，不是目录。"),
    (r"(?:File|Directory|Path) (.+) is a directory\.", "{0} 是目录，不是文件。"),
    (r"(?:File|Directory|Path) (.+) is not (?:readable|writable|executable)\.", "{0} 没有读写权限。"),
)
"""What click says of a command line, in its words and in ours."""


def _in_chinese(message: str) -> str:
    """The Chinese of what click says; a message of ours is in its language already, empty for an unknown one."""
    if invalid := re.fullmatch(r"Invalid value(?: for (.+?))?: (.+)", message, re.DOTALL):
        return f"{invalid[1] or '所给的值'} 有误：{_in_chinese(invalid[2]) or invalid[2]}"
    for pattern, chinese in _MISUSES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return chinese.format(*(re.sub(r",\s+", "、", part) for part in found.groups()))
    return message if re.search(r"[\u4e00-\u9fff]", message) else ""


def _printed(ctx: click.Context | None, data: dict[str, Any]) -> bool:
    """Print an error as JSON; False where standard output takes no more (a full disk): it is told in words then."""
    try:
        printed(ctx, data)
    except OSError:
        discard_stdout()
        return False
    return True


def failed(ctx: click.Context, error: Exception) -> int:
    """Tell what went wrong; returns the exit code."""
    from gongyue.covenant.rulings import OutOfTurn, Refused

    if isinstance(error, Refused):
        _tell_refusal(ctx, error.refusal)
        return REFUSED
    if isinstance(error, OutOfTurn):
        _tell_refusal(ctx, error.refusal)
        return OUT_OF_TURN
    if str(getattr(error, "code", "")).startswith("GY-") and not _withheld(
        error
    ):  # a text that is refused before it is an act (art. 1)
        _tell_refusal(ctx, _refused_text(error))
        return REFUSED
    if withheld := _withheld(error):
        if not (wants_json(ctx) and _printed(ctx, {"code": withheld, "zh": error.zh, "en": error.en})):  # type: ignore[attr-defined]
            click.echo(plain(pick(error.zh, error.en)), err=True)  # type: ignore[attr-defined]
        return REFUSED
    code, zh, en, rows = _unusable(ctx, error)
    if meant := _hyphenated_command(ctx):
        zh = f"{zh.rstrip('。')}；若是指 gongyue {meant}，中间须有连字符。"
        en = f"{en.rstrip('.')}; if gongyue {meant} is meant, write it with the hyphen."
    data: dict[str, Any] = {"code": "unreadable" if code == UNREADABLE else "our-fault", "zh": zh, "en": en}
    if wants_json(ctx) and _printed(ctx, data | ({"rows": list(rows)} if rows else {})):
        return code
    click.echo(plain(zh if lang(ctx) == "zh" else en), err=True)
    for row in rows:
        told = pick(f"第 {row['line']} 行：{row['zh']}", f"line {row['line']}: {row['en']}")
        click.echo("  " + plain(told), err=True)
    return code


def _withheld(error: Exception) -> str:
    """The code of what the vault may not give or do, as who asks may not read it; empty for any other error."""
    from gongyue.office.vault.errors import Withheld

    return error.code if isinstance(error, Withheld) else ""


def _hyphenated_command(ctx: click.Context) -> str:
    """The command that the first two words are once a hyphen joins them, "" for none."""
    joined = "-".join(words_of(ctx)[:2])
    return joined if isinstance(ctx.command, click.Group) and joined in ctx.command.list_commands(ctx) else ""


def _refused_text(error: Any) -> dict[str, Any]:
    """The refusal of a text whose numbering has a gap, with the reader's own words for the place."""
    from gongyue.covenant.refusals import refusal
    from gongyue.covenant.rulings import fails

    figures = getattr(error, "figures", None)
    if figures is None:
        figures = {"expected": error.after + 1, "found": error.found, "line": error.line}
    return refusal(error.code, 0, "", "", fails(**figures)) | {"zh": error.zh, "en": error.en}


def _unusable(ctx: click.Context, error: Exception) -> tuple[int, str, str, tuple[dict[str, Any], ...]]:
    """(exit code, Chinese, English, rows) of an error that is no refusal."""
    if hasattr(error, "zh") and hasattr(error, "en"):  # ours: InvalidInput, BadOffice, BadStore, BadEdition, Gap …
        return UNREADABLE, error.zh, error.en, getattr(error, "rows", ())
    known = _on_premises(ctx, error) or _known_error(error)
    if known is not None:
        return UNREADABLE, *known, ()
    why = f"{type(error).__name__}: {error}"
    return (
        OUR_FAULT,
        f"程序内部错误（{why}）。没有记录任何行为。请报告；设 GONGYUE_DEBUG=1 可看详情。",
        f"An internal error ({why}). Nothing was recorded. Please report it; GONGYUE_DEBUG=1 shows the details.",
        (),
    )


def _on_premises(ctx: click.Context, error: Exception) -> tuple[str, str] | None:
    """A disk's refusal inside a command of the toolkit, where no book is asked."""
    if ctx.invoked_subcommand not in ON_PREMISES or not isinstance(error, OSError):
        return None
    if error.filename is not None or not error.strerror:
        return None
    zh, en = os_errors.why(error)
    return (
        f"读写中断：{zh}。请看磁盘是否已满、文件夹可否读写；再问一次即可。",
        f"Reading or writing broke off: {en}. See whether the disk is full and the folder may be read and written; then ask again.",
    )


def interrupted() -> int:
    """Tell that a person stopped it; returns the exit code, that of a shell."""
    note("已中断（Ctrl+C）：没有做完", "Interrupted (Ctrl+C): it was not finished")
    return INTERRUPTED


def _known_error(error: Exception) -> tuple[str, str] | None:
    from gongyue.book.entry import Malformed
    from gongyue.book.sources import Tampered
    from gongyue.office.fork_guard import Forked
    from gongyue.office.office import BadSignature
    from gongyue.transparency.notes import BadKey, BadNote

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
    if isinstance(error, BadNote):
        return f"无法读取：{pick_half(str(error))}", f"Cannot be read: {pick_half(str(error))}"
    if isinstance(error, UnicodeEncodeError):  # bytes of the command line that no encoding reads
        return "所给的参数或文件名不是 UTF-8。", "An argument or file name that was given is no UTF-8."
    return _disk_or_database(error)


def _disk_or_database(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, OSError) and error.filename is not None:
        zh, en = os_errors.why(error)
        return f"无法读写 {error.filename}：{zh}", f"Cannot read or write {error.filename}: {en}"
    if isinstance(error, OSError) and error.strerror or _of_database(error):
        said = " ".join(str(error).split())
        zh, en = os_errors.why(error) if isinstance(error, OSError) else (said, said)
        return (
            f"读写中断：{zh}。请看磁盘是否已满、文件夹可否写入、数据库是否在运行；是否已记录，见 gongyue log show。",
            f"Reading or writing broke off: {en}. See whether the disk is full, the folder may be written to and the"
            " database runs; gongyue log show tells what was recorded.",
        )
    return None


def _of_database(error: Exception) -> bool:
    """Whether a database's driver says that it cannot work now; no driver is loaded to ask."""
    return any(
        base.__name__ == "OperationalError"
        and base.__module__.partition(".")[0] in ("psycopg", "pysqlite3", "sqlite3", "django")
        for base in type(error).__mro__
    )


def _tell_refusal(ctx: click.Context, refusal: dict[str, Any]) -> None:
    if wants_json(ctx) and _printed(ctx, refusal):
        return
    for line in refusal_lines(refusal):
        click.echo(line, err=True)
