"""What is wrong with a settings file or an act's, in both languages: the readers of TOML, JSON and forms say it in English only."""

from __future__ import annotations

import re

_SAID = (
    (r"Object contains unknown field `(.+?)`", "没有“{0}”这一项设置", "there is no setting “{0}”"),
    (r"Object missing required field `(.+?)`", "缺少“{0}”", "“{0}” is missing"),
    (r"Expected `(.+?)`, got `(.+?)`", "应为 {0}，实为 {1}", "should be {0}, is {1}"),
    (r"Expected `(.+?)` (>=|<=) (\S+)", "应 {1} {2}", "should be {1} {2}"),
    (r"Expected `(.+?)` of length (>=|<=) (\d+)", "长度应 {1} {2}", "its length should be {1} {2}"),
    (r"Expected `str` matching regex .+", "不合格式", "is not well formed"),
    (r"Invalid enum value '(.+?)'", "本程序不认得“{0}”", "this program does not know “{0}”"),
    (
        r"(.+) \(at line (\d+), column (\d+)\)",
        "第 {1} 行第 {2} 列不是 TOML（{0}）",
        "line {1}, column {2}: no TOML ({0})",
    ),
    (r"JSON is malformed: .+ \(byte (\d+)\)", "第 {0} 个字节处不是 JSON", "no JSON at byte {0}"),
    (r"Input data was truncated", "JSON 没有写完，或是空的", "its JSON is cut off, or empty"),
    (r"(.+) \(at end of document\)", "文件末尾不是 TOML（{0}）", "no TOML at the end ({0})"),
    (r"'utf-8' codec can't decode byte \S+ in position (\d+): .+", "第 {0} 个字节不是 UTF-8", "byte {0} is no UTF-8"),
)
_LIKE = {
    "origins": "https://alliance.example",
    "server": "https://sso.example",
    "mail": "smtp+tls://user@mail.example:587",
    "id": "sso",
    "address": "https://downloads.example/gongyue-0.1.0-py3-none-any.whl（.whl 或 or .tar.gz）",
    "version": "0.1.0",
    "sha256": "ab12…（64 个小写十六进制数字 small hexadecimal digits）",
}
"""How a setting that has a form of its own is written."""


def settings_error(error: Exception) -> tuple[str, str]:
    """What is wrong and with which setting, in Chinese and English; an error not known here stays as it is."""
    what, _, at = str(error).partition(" - at `$")
    name = at.removesuffix("`").removeprefix(".")
    zh = en = what
    for pattern, chinese, english in _SAID:
        if found := re.fullmatch(pattern, what, re.DOTALL):
            zh, en = chinese.format(*found.groups()), english.format(*found.groups())
            break
    if like := "matching regex" in what and _LIKE.get(re.sub(r"\[\d+\]", "", name).rpartition(".")[2]):
        zh, en = f"{zh}；写作 {like}", f"{en}: write it like {like}"
    return f"{name} {zh}".strip(), f"{name} {en}".strip()
