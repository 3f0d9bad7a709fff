"""Opening a promise file: bytes → text → tables → a Promise, or every fault with file, line, key and mend."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

import msgspec

from gongyue.conduct.consistency import inconsistencies
from gongyue.conduct.findings import BadInput
from gongyue.conduct.forms import Fault, faults_of
from gongyue.conduct.promise import BASES, SCHEMA, Promise
from gongyue.conduct.toml_lines import line_of, places

LIMIT = 16 << 20
"""A promise file is read by people: more than 16 MiB is something else."""
_ALIASES = {f"{p}{dpv}": basis for basis, (*_, dpv) in BASES.items() if dpv for p in ("dpv:", "https://w3id.org/dpv#")}


class BadPromise(BadInput):
    """The file is no promise file yet; `faults` says everything that is wrong with it."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.faults = faults
        rows = tuple({"line": f.line, "zh": f.said("zh"), "en": f.said("en")} for f in faults)
        super().__init__(
            f"承诺文件 {name} 有 {len(faults)} 处问题", f"promise file {name} has {len(faults)} fault(s)", rows
        )


def text_of(data: bytes, name: str) -> str:
    """UTF-8 text, with or without a mark; another encoding is refused and named."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise BadInput(f"{name} 是 UTF-16 编码；请另存为 UTF-8", f"{name} is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            at = error.start
            raise BadInput(f"{name} 第 {at} 字节起不是文字", f"{name} is not text from byte {at}") from None
        raise BadInput(
            f"{name} 像是 GB18030 编码；请另存为 UTF-8", f"{name} looks like GB18030; save it as UTF-8"
        ) from None


def open_promise(path: str | FilePath) -> Promise:
    """The promise at `path`; OSError, BadInput (not text) or BadPromise (all faults)."""
    return read_promise(path)[0]


def read_promise(path: str | FilePath) -> tuple[Promise, bytes]:
    """As `open_promise`, with the bytes that it was read from: their digest is the promise's."""
    with FilePath(path).open("rb") as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise BadInput(f"{path} 超过 16 MiB，不像承诺文件", f"{path} is over 16 MiB, hardly a promise file")
    return parse_promise(text_of(data, str(path)), str(path)), data


def example() -> str:
    """The example file that comes with the tool."""
    return files("gongyue.conduct").joinpath("example.toml").read_text("utf-8")


@cache
def sample_digests() -> frozenset[str]:
    """The digests of the example file: they are nobody's policy."""
    return frozenset(policy.digest for policy in parse_promise(example(), "example.toml").policy)


def parse_promise(text: str, name: str = "promise.toml") -> Promise:
    """The promise written in `text`; BadPromise with every fault, each at its line."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of more digits than Python reads
        raise BadPromise(name, [_placed(str(error), text, name)]) from None
    faults = [*_normalised(raw), *faults_of(Promise, raw)]
    promise = _mended(raw, faults)
    if promise is not None:
        told = {f.path for f in faults}
        faults += [f for f in inconsistencies(promise) if f.path not in told]
    if faults or promise is None:
        where = places(text)
        placed = [msgspec.structs.replace(f, line=line_of(where, f.path), file=name) for f in faults]
        raise BadPromise(name, sorted(placed, key=lambda f: f.line))
    return promise


def toml_of(data: bytes, name: str) -> dict[str, Any]:
    """What a TOML file holds; BadInput says what is wrong in which line, and the mend."""
    text = text_of(data, name)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        fault = _placed(str(error), text, name)
        raise BadInput(fault.told("zh"), fault.told("en")) from None


def _placed(error: str, text: str, name: str) -> Fault:
    """What a parser of TOML says, at its line."""
    at = re.search(r"line (\d+)", error)
    line = int(at[1]) if at else len(text.splitlines())
    return msgspec.structs.replace(_not_toml(error, text, line), line=line, file=name)


_TOML = {
    "Expected '=' after a key": ("名称之后应有 =", "写作 名称 = 值", "write name = value"),
    "Unterminated string": ("文字没有结束的引号", "补上引号", "close the quotes"),
    "Illegal character": ("文字里有换行或控制字符", "补上引号，或用 \"\"\" 写多行", 'close the quotes, or write lines between """'),
    "Unclosed array": ("列表没有结束的 ]，或各项之间没有逗号", "补上 ] 或逗号", "close it with ], and part its items by commas"),
    "Unclosed inline table": ("表没有结束的 }", "补上 }", "close it with }"),
    "Expected ']'": ("节名没有结束的 ]", "补上 ]", "close it with ]"),
    "Expected newline or end": ("值之后还有多余的内容", "一行只写一项；文字加引号", "one key a line; text stands in quotes"),
    "Invalid value": ("值不合写法", "文字加引号；日期写作 2026-01-01T00:00:00+08:00", "text stands in quotes; see the example file"),
    "Invalid initial character": ("名称不合写法", "名称只用字母、数字、- 与 _，其余加引号", "other names than letters, digits, - and _ stand in quotes"),
    "Invalid statement": ("这一行不合写法", "写作 名称 = 值，或 [节名]", "write name = value, or [section]"),
}  # fmt: skip
_TWICE = re.compile(r"Cannot (?:overwrite a value|declare (\(.*?\)) twice|mutate immutable namespace (\(.*?\)))")


_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
"""A text within its quotes, or a comment."""
_WIDE = re.compile(r"[\u2018-\u201f\u3000-\u3011\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60]")


def _wide(text: str, line: int) -> str:
    """The first full-width sign of a line that stands in no text, "" for none."""
    lines = text.splitlines()
    found = _WIDE.search(_TEXT.sub("", lines[line - 1])) if line <= len(lines) else None
    return found[0].replace("\u3000", "空格 blank") if found else ""


_DATE = re.compile(r"=\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[^\s,\]}]*)")


def _no_date(text: str, line: int) -> str:
    """What a line has for a date and is none, "" for nothing such."""
    lines = text.splitlines()
    found = _DATE.search(_TEXT.sub("", lines[line - 1])) if line <= len(lines) else None
    if not found:
        return ""
    try:
        datetime.fromisoformat(found[1])
    except ValueError:
        return found[1]
    return ""


def _not_toml(error: str, text: str, line: int) -> Fault:
    """What a parser of TOML says, in both languages; a key that stands twice by its name."""
    if twice := _TWICE.match(error):
        lines = text.splitlines()
        said = ".".join(re.findall(r"'([^']*)'", twice[1] or twice[2] or ""))
        key = said or (lines[line - 1].partition("=")[0].strip() if line <= len(lines) else "")
        return Fault((key,), "写了两次", "stands twice", "删去一处，或合并", "remove one, or put them together")
    if wide := _wide(text, line):
        return Fault((), f"不是合格的 TOML：有全角的 {wide}", f"not good TOML: {wide} is full-width",
                     "引号、逗号、等号、括号、空格用半角（英文输入法）", "write quotes, commas, =, brackets and blanks in ASCII")  # fmt: skip
    if day := _no_date(text, line):
        return Fault((), f"{day} 不是日期：没有这样的年月日时，或写法不对", f"{day} is no date: there is none such, or it is not written so",
                     "写作 2026-01-31T00:00:00+08:00", "write 2026-01-31T00:00:00+08:00")  # fmt: skip
    for begins, (zh, mend_zh, mend_en) in _TOML.items():
        if error.startswith(begins):
            return Fault((), f"不是合格的 TOML：{zh}", f"not good TOML: {error}", mend_zh, mend_en)
    return Fault((), f"不是合格的 TOML：{error}", f"not good TOML: {error}")


_STAND_INS: dict[str, Any] = {
    "schema": SCHEMA, "id": "?", "zh": "?", "title": "?", "dpv": "https://w3id.org/dpv#Purpose", "retention": "P1D",
    "digest": "sha256:" + "0" * 64, "policy": "?", "from": datetime(1970, 1, 1, tzinfo=UTC), "actions": ["view"], "basis": "other_law",
    "purposes": ["?"], "categories": ["?"],
}  # fmt: skip
"""What a faulty key counts as while the rest of the file is looked at."""


def _mended(raw: dict[str, Any], faults: list[Fault]) -> Promise | None:
    """The promise with faulty keys left out or stood in for, so that all other faults are found in the same run."""
    for fault in faults:
        table: Any = raw
        last = next((i for i, step in enumerate(fault.path) if step in _STAND_INS), len(fault.path) - 1)
        for step in fault.path[:last]:
            table = table[step] if _has(table, step) else None
        if fault.path and isinstance(table, dict):
            key = fault.path[last]
            table.pop(key, None)
            if key in _STAND_INS and last:
                table[key] = _STAND_INS[key]
    try:
        return msgspec.convert(raw, Promise)
    except msgspec.ValidationError:
        return None


def _has(table: Any, step: str | int) -> bool:
    if isinstance(table, list):
        return isinstance(step, int) and step < len(table)
    return isinstance(table, dict) and step in table


def _normalised(raw: dict[str, Any]) -> list[Fault]:
    """Bases written as DPV terms become ours, in place; legitimate interest is refused here, with its article."""
    faults = []
    rows = raw.get("terms")
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        basis = row.get("basis") if isinstance(row, dict) else None
        if not isinstance(basis, str):
            continue
        row["basis"] = _ALIASES.get(basis, basis)
        if re.search(r"legitimate.?interest|正当利益|合法利益", basis, re.IGNORECASE):
            row["basis"] = "other_law"  # one fault is enough
            faults.append(_no_such_basis(("terms", i, "basis"), basis))
    return faults


def _no_such_basis(path: tuple[str | int, ...], basis: str) -> Fault:
    return Fault(
        path,
        f"“{basis}”：个人信息保护法第十三条没有“正当利益”这一依据",
        f'"{basis}": PIPL article 13 knows no legitimate interest',
        f"可用：{'、'.join(BASES)}",
        f"one of: {', '.join(BASES)}",
    )
