"""Setting a letter in type: A4, as PDF/A, the same bytes for the same data."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import msgspec
import segno
import typst

from gongyue.web.letters.layout import LetterHead, Matter, Text, day_zh

SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN")
SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
STANDARD: Literal["a-2a"] = "a-2a"
"""ISO 19005-2, level A: for archives, with the structure that readers for the blind need."""
_LONG_RUN = re.compile(r"[!-~]{30,}")
_COPIED = re.compile(r".{0,6}(?:sha256:[0-9a-f]{64}|k:[0-9a-f]{64,66}|https?://.{1,90}).{0,6}")
MISSING = "〓"
"""What printers set for a character they have no type for."""


class NoFont(Exception):
    """No Chinese font is installed: ``zh`` and ``en`` say which package has one."""

    def __init__(self) -> None:
        self.zh = "没有中文字体，不能排印信函：请安装 Debian 软件包 fonts-noto-cjk（apt-get install fonts-noto-cjk）。"
        self.en = "There is no Chinese font to set letters in: install the Debian package fonts-noto-cjk."
        super().__init__(f"{self.zh} / {self.en}")


@cache
def _fonts() -> typst.Fonts:
    """The fonts installed, read once: reading them takes longer than setting a letter (docs/decisions/0013)."""
    return typst.Fonts(include_embedded_fonts=False)


def _families() -> tuple[str, str]:
    """The serif and the sans family to set letters in; NoFont where neither is there."""
    families = set(_fonts().families())
    serif = next((name for name in SERIF if name in families), "")
    sans = next((name for name in SANS if name in families), "")
    if not serif and not sans:
        _fonts.cache_clear()
        raise NoFont
    return serif or sans, sans or serif


@cache
def _template() -> bytes:
    return files("gongyue.web.letters").joinpath("letter.typ").read_bytes()


class Sheet(NamedTuple):
    """A letter to set: under which head, about what."""

    head: LetterHead
    matter: Matter


def letter(head: LetterHead, matter: Matter) -> bytes:
    """The letter about that matter under that head, as PDF/A. NoFont where no Chinese font is installed."""
    return _set([Sheet(head, matter)], "pdf")[0]


def letters(sheets: Sequence[Sheet], title: str, two_sided: bool = False) -> bytes:
    """Several letters as one PDF/A of that title, in their order, each as it is alone, on pages of its own.

    `two_sided`: each begins on a front, so that of sheets printed on both sides none has two addressees. A process of its own
    sets them, for the typesetter keeps what it has set: 2 MB a letter, which end with that process (docs/decisions/0013).
    """
    data = _data(sheets, title, two_sided)
    command = [sys.executable, "-m", __name__, _day(sheets).isoformat()]
    done = subprocess.run(command, input=data.encode(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def pages(head: LetterHead, matter: Matter, resolution: int = 100) -> list[bytes]:
    """The letter's pages as PNG, to look at on a screen; `resolution` in dots per inch."""
    return _set([Sheet(head, matter)], "png", resolution)


def _set(sheets: Sequence[Sheet], form: Literal["pdf", "png"], resolution: int = 100) -> list[bytes]:
    return _settled(_data(sheets), _day(sheets), form, resolution)


def _day(sheets: Sequence[Sheet]) -> date:
    """The day that the file is of: of the latest of its letters."""
    return date.fromisoformat(max(one.head.written for one in sheets))


def _settled(data: str, day: date, form: Literal["pdf", "png"], resolution: int = 100) -> list[bytes]:
    while True:
        try:
            return _compiled(data, day, form, resolution)
        except typst.TypstError as error:
            # An archive's letter may not show an empty box; a name may have a character no font has.
            unknown = _no_glyph(str(error))
            if not unknown or unknown == MISSING or unknown not in data:
                raise
            data = data.replace(unknown, MISSING)


def _no_glyph(error: str) -> str:
    """The characters that the fonts lack, as the compiler quotes them; empty where something else is wrong."""
    found = re.search(r'the text `"(.+?)"` could not be displayed', error)
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def _compiled(data: str, day: date, form: Literal["pdf", "png"], resolution: int) -> list[bytes]:
    made = typst.compile(
        _template(),
        font_paths=_fonts(),
        format=form,
        ppi=float(resolution),
        sys_inputs={"data": data},
        pdf_standards=[STANDARD],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return made if isinstance(made, list) else [made]


def _data(sheets: Sequence[Sheet], title: str = "", two_sided: bool = False) -> str:
    serif, sans = _families()
    texts = [one.matter.said(one.head) for one in sheets]
    day = _day(sheets)
    shown = {"title": title or texts[0].title, "author": sheets[0].head.issuer}
    fixed = {"serif": serif, "sans": sans, "two-sided": two_sided, "day": [day.year, day.month, day.day]}
    each = [_shown(one.head, text) for one, text in zip(sheets, texts, strict=True)]
    return msgspec.json.encode(_settable(shown) | fixed | {"letters": each}).decode()


def _shown(head: LetterHead, text: Text) -> dict[str, Any]:
    shown = {
        "head": msgspec.to_builtins(head),
        "text": msgspec.to_builtins(text),
        "facts": _facts(head, text),
        "written": day_zh(head.written),
        "foot": " · ".join(part for part in (head.number, head.covenant, "演示·虚构" if head.demo else "") if part),
    }
    settable: dict[str, Any] = _settable(shown)
    return settable | {"qr": _qr(head.address)}


def _settable(value: Any) -> Any:
    """The same without what is no character, and with places to break in whatever would run off the page."""
    if isinstance(value, dict):
        return {name: one if name == "url" else _settable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(one) for one in value]
    if not isinstance(value, str):
        return value
    clean = "".join(map(_character, "\n".join(value.splitlines())))
    return _LONG_RUN.sub(_broken, clean)


def _character(one: str) -> str:
    """A character as it can be set: controls and directions are none, what Unicode leaves open has no type."""
    category = "" if one == "\n" else unicodedata.category(one)
    return {"Cc": " ", "Cf": "", "Cn": MISSING, "Co": MISSING, "Cs": MISSING}.get(category, one)


def _broken(run: re.Match[str]) -> str:
    """Places to break every few characters; not in what people copy, which fits or breaks by itself."""
    return run[0] if _COPIED.fullmatch(run[0]) else re.sub(r"(.{12})", "\\1\u200b", run[0])


def _facts(head: LetterHead, text: Text) -> list[dict[str, str | bool]]:
    """The document head's fields, in the order of State Council practice; a form shows those that are known."""
    facts = (
        ("索引号", head.index, False),
        ("发文机关", head.issuer, False),
        ("成文日期", day_zh(head.written), False),
        ("发布日期", day_zh(head.published) if head.published else "", False),
        ("发文字号", head.number, False),
        ("有效性", head.validity, False),
        ("标题", text.title.replace("\n", ""), True),
        ("日志检查点", head.checkpoint, True),
    )
    return [{"name": n, "value": v or "—", "wide": wide} for n, v, wide in facts if v or text.signed]


def _qr(address: str) -> str:
    if not address:
        return ""
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", xmldecl=False, border=2)
    return image.getvalue().decode("ascii")


if __name__ == "__main__":  # the process that sets a batch: data in, the PDF out
    sys.stdout.buffer.write(_settled(sys.stdin.read(), date.fromisoformat(sys.argv[1]), "pdf")[0])
