"""Reading a table into its form: every fault at once, each with its path and its mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from gongyue.conduct.instants import written
from gongyue.conduct.toml_lines import Path, dotted

_KINDS = {
    "str": "文字", "int": "整数", "bool": "true 或 false", "array": "列表", "object": "表", "datetime": "日期时间",
    "float": "小数", "null": "空", "date": "没有时刻的日期", "time": "没有日期的时刻",
}  # fmt: skip

_WRITTEN = {
    "retention": ("写作 P3Y（三年）、P6M（六个月）、P30D（三十日）", "write P3Y (three years), P6M, P30D"),
    "digest": (
        "写作 sha256: 加六十四位小写十六进制；--policy 会算",
        "write sha256: and 64 hex digits; --policy computes it",
    ),
    "dpv": (
        "写作 https://w3id.org/dpv#Marketing 这样的 DPV 2.3 术语",
        "a DPV 2.3 term such as https://w3id.org/dpv#Marketing",
    ),
    "regions": ("写作 ISO 3166-1 两位大写字母，如 CN、SG", "ISO 3166-1 alpha-2 in capitals, such as CN, SG"),
    "region": ("写作 ISO 3166-1 两位大写字母，如 CN、SG", "ISO 3166-1 alpha-2 in capitals, such as CN, SG"),
    "home_region": ("写作 CN", "write CN"),
    "time_zone": ("写作 +08:00", "write +08:00"),
}


_MENDS = {
    "str": ('加引号，写作 "…"', 'write it in quotes, "…"'),
    "array": ('写作列表，如 ["…"]', 'write a list, such as ["…"]'),
    "object": ("写作一节 […]", "write a section […]"),
    "bool": ("写 true 或 false，不加引号", "write true or false, without quotes"),
    "int": ("写整数，不加引号", "write an integer, without quotes"),
    "datetime": ("写作 2026-01-01T00:00:00+08:00，不加引号", "write 2026-01-01T00:00:00+08:00, without quotes"),
    "date": ("写作 2026-01-01，不加引号", "write 2026-01-01, without quotes"),
}


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a file: where, what, and how to mend it."""

    path: Path
    zh: str
    en: str
    mend_zh: str = ""
    mend_en: str = ""
    line: int = 0
    file: str = ""

    @property
    def key(self) -> str:
        """The path as spoken of."""
        return dotted(self.path)

    def told(self, lang: str) -> str:
        """One line: file:line: key: what; mend."""
        return f"{self.file}:{self.line}: {self.said(lang)}"

    def said(self, lang: str) -> str:
        """The same without its place: key: what; mend."""
        what, mend = (self.zh, self.mend_zh) if lang == "zh" else (self.en, self.mend_en)
        word = "办法：" if lang == "zh" else "mend: "
        return f"{self.key or '·'}: {what}" + (f"  {word}{mend}" if mend else "")


def faults_of(form: type[msgspec.Struct], raw: object, path: Path = ()) -> Iterator[Fault]:
    """Every fault of `raw` as a `form`, deep; nothing if it converts."""
    if not isinstance(raw, Mapping):
        yield _unlike("table", raw, path)
        return
    fields = _fields(form)
    yield from _unknown(raw, fields, path)
    for name, (kind, required) in fields.items():
        if name in raw:
            yield from _value(kind, raw[name], (*path, name))
        elif required:
            yield Fault((*path, name), "缺少这一项", "missing", f"补上 {name} = …", f"add {name} = …")


@cache
def _fields(form: type[msgspec.Struct]) -> dict[str, tuple[Any, bool]]:
    """A form's fields by their names in files: type, and whether required. Found once: reading annotations costs a file's half."""
    hints = get_type_hints(form, include_extras=True)
    return {f.encode_name: (hints[f.name], f.required) for f in msgspec.structs.fields(form)}


def _unknown(raw: Mapping[str, Any], known: Iterable[str], path: Path) -> Iterator[Fault]:
    for name in raw:
        if name not in set(known):
            near = difflib.get_close_matches(name, known, 1)
            zh, en = (f"改为 {near[0]}", f"write {near[0]}") if near else ("删去", "remove it")
            yield Fault((*path, name), f"没有“{name}”这一项", f'there is no key "{name}"', zh, en)


def _value(kind: Any, raw: object, path: Path) -> Iterator[Fault]:
    plain = kind.__origin__ if hasattr(kind, "__metadata__") else kind
    if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        yield from faults_of(plain, raw, path)
        return
    if get_origin(plain) is dict and isinstance(raw, Mapping):
        for key, one in raw.items():
            if isinstance(one, Mapping):
                yield _parted([str(key)], one, path)
            else:
                yield from _value(get_args(plain)[1], one, (*path, str(key)))
        return
    inner = get_args(plain)[0] if get_origin(plain) is tuple else None
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(raw, list) and raw:
        for i, row in enumerate(raw):
            yield from faults_of(inner, row, (*path, i))
        return
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        yield _said(str(error), kind, raw, path)


def _said(message: str, kind: Any, raw: object, path: Path) -> Fault:
    """msgspec's sentence as a fault, in both languages."""
    head, _, at = message.partition(" - at `$")
    if steps := re.findall(r"\[(\d+)\]", at):
        path = (*path, int(steps[0]))
        raw = raw[int(steps[0])] if isinstance(raw, list) else raw
    shown = written(raw)
    allowed = [str(choice) for choice in _choices(kind)]
    if allowed and ("enum" in head or "Expected" in head):
        zh, en = f"“{shown}”不在可用的取值之内", f'"{shown}" is not one of the values'
        return Fault(path, zh, en, f"可用：{'、'.join(allowed)}", f"one of: {', '.join(allowed)}")
    if types := re.match(r"Expected `([^`]+)`, got `([^`]+)`", head):
        want, got = (_KINDS.get(t.split(" ")[0], t) for t in types.groups())
        zh, en = _MENDS.get(types[1].split(" ")[0], ("", ""))
        return Fault(path, f"应为{want}，实为{got}", f"should be {types[1]}, is {types[2]}", zh, en)
    if "datetime" in head:
        zh, en = f"“{shown}”不是日期时间", f'"{shown}" is no date-time'
        return Fault(path, zh, en, "写作 2026-01-01T00:00:00+08:00", "write 2026-01-01T00:00:00+08:00")
    if head.endswith("encoded date"):
        return Fault(path, f"“{shown}”不是日期", f'"{shown}" is no date', *_MENDS["date"])
    if "matching regex" in head:
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        zh, en = _WRITTEN.get(
            last, ("编号不含空白、逗号、分号、竖线与引号", "no blanks, commas, semicolons, bars or quotes")
        )
        return Fault(path, f"“{shown}”不合格式", f'"{shown}" is not of the right form', zh, en)
    return Fault(path, "空缺或长度不合要求", f"empty or of a wrong length ({head})", "补上内容", "give it content")


def _choices(kind: Any) -> tuple[Any, ...]:
    """The values of a Literal, wherever it stands inside the type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    inner = kind.__origin__ if hasattr(kind, "__metadata__") else None
    return next((found for k in ((inner,) if inner else get_args(kind)) if (found := _choices(k))), ())


def _parted(steps: list[str], raw: Any, path: Path) -> Fault:
    """A name with dots that TOML read as tables within tables."""
    while isinstance(raw, Mapping) and raw:
        steps, raw = [*steps, str(next(iter(raw)))], next(iter(raw.values()))
    name = ".".join(steps)
    return Fault(
        (*path, *steps),
        "带点的名称没有加引号",
        "a name with dots without quotes",
        f'写作 "{name}" = …',
        f'write "{name}" = …',
    )


def _unlike(want: str, raw: object, path: Path) -> Fault:
    name = dotted(path)
    return Fault(path, f"应为表 [{name}]", f"should be a {want}, is {type(raw).__name__}",
                 f"写作一节 [{name}]", f"write a section [{name}]")  # fmt: skip
