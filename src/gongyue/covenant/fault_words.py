"""What is wrong with the form of what was handed in, in Chinese: the libraries that read it say so in English alone."""

from __future__ import annotations

import re
from collections.abc import Callable

_KINDS = {
    "str": "文字", "int": "整数", "bool": "true 或 false", "array": "列表", "object": "对象", "null": "空", "float": "小数",
}  # fmt: skip
_COMPARED = {"<=": "至多", ">=": "至少", "<": "小于", ">": "大于"}


def _kind(found: re.Match[str]) -> str:
    """Of an expected `int | null`: 整数或空, with what bounds it."""
    said = "或".join(_KINDS.get(part.strip(), part.strip()) for part in found[1].split("|"))
    return f"应为{said}"


_WORDS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # The canonical form.
    (r"forbidden character (U\+[0-9A-F]+)", r"含不许用的字符 \1（控制或看不见的字符），请删去"),
    (r"text is not in normal form C", "文字不是 Unicode 正规形式 C"),
    (r"not the canonical spelling, from byte (\d+)", r"自第 \1 字节起不是规范写法"),
    (r"not JSON: .*", "不是 JSON"),
    (r"nested deeper than (\d+)", r"嵌套超过 \1 层"),
    (r"integer beyond \S+ - 1", "整数过大"),
    (r"a number with fraction or exponent, or too large", "数带小数、指数，或过大"),
    # The shape of an act, a document, a request.
    (r"Input data was truncated", "内容不完整"),
    (r"JSON is malformed: [^(]*\(byte (\d+)\)", r"不是 JSON（第 \1 字节起）"),
    (r"Object missing required field `([^`]*)`", r"缺 \1 一项"),
    (r"Object contains unknown field `([^`]*)`", r"多出 \1 一项"),
    (r"Invalid enum value ('[^']*'|\S+)", r"取值 \1 不在可选之列"),
    (r"Invalid value ('[^']*'|\S+)", r"取值 \1 不在可选之列"),
    (r", got `([^`]*)`", lambda found: f"，实为{_KINDS.get(found[1], found[1])}"),
    (r"Expected `([^`]*)` matching regex [^\n]*?(?= - at |$)", "写法不对"),
    (r"Expected `str` of length (<=|>=) (\d+)", lambda found: f"应为{_COMPARED[found[1]]} {found[2]} 字的文字"),
    (r"Expected `(?:array|object)` of length (<=|>=) (\d+)", lambda found: f"应为{_COMPARED[found[1]]} {found[2]} 项"),
    (r"Expected `int` (<=|>=|<|>) (-?\d+)", lambda found: f"应为{_COMPARED[found[1]]} {found[2]} 的整数"),
    (r"Expected `([^`]*)`", _kind),
    (r" - at `(?:key in )?\$?\.?([^`]*)`", lambda found: f"（在 {found[1]}）" if found[1] else ""),
    # The parameters of an address.
    (r"Input should be less than or equal to (\S+)", r"至多 \1"),
    (r"Input should be greater than or equal to (\S+)", r"至少 \1"),
    (r"Input should be a valid integer.*?(?=; |$)", "应为整数"),
    (r"Input should be a valid boolean.*?(?=; |$)", "应为 true 或 false"),
    (r"Input should be ('.*?)(?=; |$)", lambda found: f"应为 {re.sub(', | or ', '、', found[1])} 之一"),
    (r"String should have at most (\d+) characters?", r"至多 \1 字"),
    (r"String should have at least (\d+) characters?", r"至少 \1 字"),
    (r"String should match pattern .*?(?=; |$)", "写法不对"),
    (r"Field required", "须填写"),
)
"""What is said in English → how it is said; whatever else is said stays as it is."""


LONGEST = 400
"""Characters of an error that are translated: it may quote what a stranger wrote, at any length."""


def fault_zh(said: object) -> str:
    """An error as Chinese readers are told it, its beginning at least; the figures and names in it stay."""
    text = str(said)[:LONGEST].replace("\n", " ")
    for pattern, words in _WORDS:
        text = re.sub(pattern, words, text)
    return text
