"""What the pure parts say to whoever works at a terminal, as it is said on the page: names for ids, the page's own ways to answer."""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.procedure import package
from gongyue.web.names import act_name
from gongyue.web.templatetags.words import pick, speaks_chinese

LONGEST_QUOTE = 40
_ID = re.compile(r"\b[a-z]+\.[a-z_]+\b|\b(?:investigation|appeal|termination)\b(?=[：:（ ])")
_WAYS = (
    (re.compile("只说那几个字，如 [0-9]+=heading:第三章 会员"), "展开这一行的“只是其中几个字”，写出那几个字"),
    (
        re.compile("of some words of it only say so, as [0-9]+=heading:第三章 会员"),
        "open “only some words of it” and write those words",
    ),
    (re.compile("写作 heading:第三章 会员 或 part:会员应当，种类有 .{1,40}，至多"), "只写行内的几个字，至多"),
    (
        re.compile("write (“.*”) as heading:第三章 会员 or part:会员应当; .{1,40}, ([0-9]+) characters"),
        r"\1: write some words of it, \2 characters",
    ),
    (re.compile("写 --line [0-9]+=title --line [0-9]+=title"), "两行都选“全文的标题”"),
    (re.compile("，写 --line [0-9]+=out 之类"), "，选“不属于正文”之类"),
    (re.compile("--line [0-9]+=title --line [0-9]+=title"), "choose “title of the text” for both"),
    (re.compile("--line [0-9]+=out or the like"), "choose “no text” or the like"),
    (re.compile(r"（--at [^）]+）"), ""),
    (re.compile(r" ?\(--at [^)]+\)"), ""),
    (re.compile("请用 --at 指明"), "请选明是哪一处"),
    (re.compile("say which with --at"), "choose which part"),
    (re.compile("，或用 --nth 指明第几处"), "，或填明第几处"),
    (re.compile("or say which with --nth"), "or say which occurrence"),
)


def quoted(words: str) -> str:
    """Words as they are quoted in a line: one line, not too long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def name_of(capability: str) -> str:
    """What a capability is called."""
    entry = catalogue().capabilities.get(capability)
    return _ID.sub(lambda m: name_of(m[0]), pick(entry.zh, entry.en)) if entry else capability


def acts_of(capability: str) -> str:
    """The names of the acts that go by the words bound to a capability; empty where none does."""
    entry = catalogue().capabilities.get(capability)
    return pick("、", ", ").join(act_name(name) for name in (entry.acts if entry else ()) if "/" in name)


@cache
def _readings() -> dict[str, tuple[str, str]]:
    return {name: (one.zh, one.en) for name, one in package().readings.items()}


def _reading(name: str) -> str:
    """What a reading is called, where that is one: its title before the choices."""
    if name in catalogue().capabilities or name not in _readings():
        return ""
    zh, en = _readings()[name]
    return pick(zh.partition("：")[0], en.partition(":")[0])


def localise_fault(zh: str, en: str) -> str:
    """A fault or a refusal in the language of this answer."""
    text = pick(zh, en)
    for way, words in _WAYS:
        text = way.sub(words, text)
    text = _ID.sub(
        lambda m: pick("“{}”", "“{}”").format(reading) if (reading := _reading(m[0])) else name_of(m[0]), text
    )
    for entry in catalogue().capabilities.values():
        name = pick(entry.zh, entry.en)
        text = text.replace(f"{name}（{name}）" if speaks_chinese() else f"{name} ({name})", name)
    return text
