"""Why a file of attestation is none, in both languages: what, where, how it is written. No value is repeated."""

from __future__ import annotations

import re

import msgspec

from gongyue.transparency.canonical import NotCanonical

_DIGEST = ("写作 sha256: 加六十四位小写十六进制", "write sha256: and 64 hex digits in lower case")
_WRITTEN = {
    "unit": ("写本单位名称，至多 200 字，不能只有空白", "the unit's name, at most 200 characters, not blank"),
    "covers": (
        "说明记录涵盖什么、未涵盖什么，至多 2000 字，不能只有空白",
        "what the log covers and what it does not, at most 2000 characters, not blank",
    ),
    "tool": ("写作 gongyue 加版本号，如 gongyue 0.1.0", "gongyue and its version, such as gongyue 0.1.0"),
    "engine": ("可用 kernel、duckdb、spark、spark-kernel、postgres", "one of kernel, duckdb, spark, spark-kernel, postgres"),
    "id": (
        "写作规则包的名称，如 cross-border-2024-03-22",
        "the name of a law pack, such as cross-border-2024-03-22",
    ),
    "first": ("写作 UTC 时刻，如 2026-09-01T00:00:00Z", "an instant in UTC, such as 2026-09-01T00:00:00Z"),
    "last": ("写作 UTC 时刻，如 2026-09-30T12:00:00Z", "an instant in UTC, such as 2026-09-30T12:00:00Z"),
    "counts": ("各项须是已知的裁断，数目自 1 起", "its keys are verdicts that are known, each counted at least once"),
    "verdict": ("须是已知的裁断", "a verdict that is known"),
    "withdrawals": ("写 column 或 none", "column or none"),
    "seed": ("写 1 至 2000 字", "1 to 2000 characters"),
    "key": ("写作 k: 加六十四位小写十六进制", "write k: and 64 hex digits in lower case"),
    "sig": ("写作 86 个 base64url 字符", "86 characters of base64url"),
    "hash": ("写六十四位小写十六进制", "64 hex digits in lower case"),
    "promise": _DIGEST, "root": _DIGEST, "digest": _DIGEST, "attestation": _DIGEST, "challenge": _DIGEST,
}  # fmt: skip
"""The field → how it is written."""
_KINDS = {"str": ("文字", "text"), "int": ("整数", "an integer"), "bool": ("true 或 false", "true or false"),
          "array": ("列表", "a list"), "object": ("对象", "an object"), "null": ("空", "null"),
          "float": ("小数", "a fraction")}  # fmt: skip
_UNCANONICAL = (
    (r"not JSON: .*", "不是 JSON", "it is not JSON"),
    (r"not the canonical spelling, from byte (\d+)", "自第 {} 字节起不是规范写法（键要排序，没有空白与末尾换行）",
     "from byte {} on not in the canonical form (keys sorted, no blanks, no final newline)"),
    (r"integer beyond .*", "整数超过 2^53 - 1", "an integer is beyond 2^53 - 1"),
    (r"a number with fraction .*", "数带小数、指数，或过大", "a number has a fraction or an exponent, or is too large"),
    (r"nested deeper than (\d+)", "嵌套超过 {} 层", "nested deeper than {}"),
    (r"forbidden character (U\+[0-9A-F]+)", "含不许用的字符 {}（控制或不可见字符）", "it holds the character {} (control or invisible)"),
    (r"text is not in normal form C", "文字不是 Unicode 正规形式 C", "a text is not in Unicode normal form C"),
)  # fmt: skip
_PLAIN = re.compile(r"[a-z_]{1,30}")


def fault_text(error: NotCanonical | msgspec.ValidationError) -> tuple[str, str]:
    """(Chinese, English): what is wrong, where, and how it is written."""
    if isinstance(error, NotCanonical):
        return _placed(_uncanonical(error.why), _shown(error.path))
    head, _, at = str(error).partition(" - at ")
    place = _shown(at.rsplit("`", 2)[-2] if "`" in at else "$")
    return _placed(_invalid(head, place), place)


def _placed(why: tuple[str, str], place: str) -> tuple[str, str]:
    zh, en = why
    return (f"{place} {zh}", f"{place}: {en}") if place else (zh, en)


def _shown(path: str) -> str:
    """The path of a value without the document's own sign; names that are not plain are not repeated."""
    steps = path.replace("[...]", "[]").removeprefix("$").removeprefix(".").split(".")
    return ".".join(step if re.fullmatch(r"[a-z_]{0,30}(\[[\d.]*\])*", step) else "…" for step in steps)


def _uncanonical(why: str) -> tuple[str, str]:
    for pattern, zh, en in _UNCANONICAL:
        if found := re.fullmatch(pattern, why):
            return zh.format(*found.groups()), en.format(*found.groups())
    return "不合规范 JSON", "it is outside canonical JSON"


def _invalid(head: str, place: str) -> tuple[str, str]:
    if named := re.fullmatch(r"Object (contains unknown|missing required) field `(.+)`", head, re.DOTALL):
        name = named[2] if _PLAIN.fullmatch(named[2]) else "…"
        if named[1] == "missing required":
            return f"缺 {name} 一项", f"{name} is missing"
        return f"多出 {name} 一项：证明里不能有别的内容", f"{name} has no place in it: nothing else may stand here"
    if odd := re.fullmatch(r"number sign (U\+[0-9A-F]+) in (unit|covers)", head):
        return (f"{odd[2]} 里有数字符号 {odd[1]}：数字写作 0 至 9 或汉字",
                f"{odd[2]} holds the number sign {odd[1]}: write numbers with 0 to 9 or in Chinese")  # fmt: skip
    if unseen := re.fullmatch(r"hidden sign (U\+[0-9A-F]+) in (unit|covers)", head):
        return (f"{unseen[2]} 里有看不见的字符 {unseen[1]}：请删去",
                f"{unseen[2]} holds the sign {unseen[1]}, which nobody sees: delete it")  # fmt: skip
    if types := re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", head):
        (want_zh, want_en), (got_zh, got_en) = (_kind(t) for t in types.groups())
        return f"应为{want_zh}，实为{got_zh}", f"should be {want_en}, is {got_en}"
    last = re.sub(r"\[[\d.]*\]", "", place).rsplit(".", 1)[-1]
    zh, en = _WRITTEN.get(last, ("取值不在可用之列", "its value is none that can stand here"))
    return f"不合格式：{zh}", f"not of the right form: {en}"


def _kind(name: str) -> tuple[str, str]:
    parts = [_KINDS.get(part.strip(), (part, part)) for part in name.split("|")]
    return " 或 ".join(zh for zh, _ in parts), " or ".join(en for _, en in parts)
