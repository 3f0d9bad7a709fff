"""Markings of secrets: kernels find what the patterns say, and what is asked first of a line never hides one."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning import trade_secret_marks
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.regex_vm import MatchState, RegexPrograms, ways

PARTS = (
    "核心/普通/商业/商/密/秘/机密/绝密/秘密/▲/★/●/10年/长期/内部/资料/文件/使用/注意保密/请勿/外传/严禁/禁止/不得/妥善保管/·/・/技术秘密/经营秘密/密级"
    "/保密级别/机密等级/：/:/保密期限/3年/公司/企业/，/,/、/A/AA级/一级/限制/仅限/仅供/传阅/查阅/本/文档/邮件/含有/涉及/属于/|/—/-/限/未经/书面/授权/许可"
    "/复制/披露/的/制度/建设/情况/confidential/proprietary/and/Internal/use/only/do/not/distribute/trade/secret/not/for/release/ /。/\n"
)
"""Words of stamps, and some of prose."""


LINES = (
    "商业秘密▲10年|核心商业秘密|机密★5年|内部资料 注意保密|秘密·技术秘密|密级：核心商密|商业秘密 保密期限：3年|机密，禁止复制|商业秘密·一级|商密AA级"
    "|商业机密·限制传阅|内部文件，仅限高管传阅|本文件含有商业秘密|绝密—仅限董事会|仅供内部参考|未经授权，不得复制|未经许可，不得外传|严禁外传|INTERNAL USE ONLY"
)
"""One for each kind of stamp."""


STAMP, WEAK = re.compile(trade_secret_marks._STAMP), re.compile(trade_secret_marks._WEAK)
CLASSES = ("密级", "级别", "保密等级", "机密等级", "classification")
SHOUTED = re.compile(r"[A-Z]{4,}(?: [A-Z]+){0,3}")
BEFORE = "【[(（〔「《★ \t\r\n\u00a0\u3000"
OPEN, CLOSE = "【[(（〔「《<★", "】])）〕」》>"
STOPS = "·▲★*●◆:：-—–|/!！\n\r\t"
EDGE = 64


@entry_point
def _marking(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, at: int, first: int, last: int
) -> tuple[int, int]:
    return trade_secret_marks.marking_at(text, klass, patterns, ways, at, first, last)


@entry_point
def _may_mark(text: Array, klass: Array, at: int) -> bool:
    return trade_secret_marks.may_mark(text, klass, at)


@entry_point
def _line_around(text: Array, at: int, last: int) -> tuple[int, int]:
    return trade_secret_marks.line_around(text, at, last)


def signs(text: str) -> Array:
    """A text for kernels, between line feeds."""
    return np.array([*[10] * EDGE, *map(ord, text), *[10] * EDGE], dtype=np.uint16)


def plain(text: str) -> str:
    """A text as the scan sees it, in plain forms of its signs."""
    return "".join(chr(tables().plain[ord(sign)]) for sign in text)


def may_mark(text: str, at: int) -> bool:
    """Whether a marking may stand there."""
    return bool(_may_mark(signs(text), tables().forms.klass, at + EDGE))


def marking(text: str, at: int) -> tuple[int, int] | None:
    """The marking there."""
    start, end = _marking(
        signs(text), tables().forms.klass, trade_secret_marks.marks(), ways(), at + EDGE, EDGE, len(text) + EDGE
    )
    return (start - EDGE, end - EDGE) if start >= 0 else None


def line_around(text: str, at: int) -> tuple[int, int]:
    """What stands between line feeds, 40 signs before and 80 after at most."""
    end = min(len(text), at + 80)
    line = text.find("\n", at, end)
    return max(text.rfind("\n", max(at - 40, 0), at) + 1, at - 40), end if line < 0 else line


def as_patterns_say(text: str, at: int) -> tuple[int, int] | None:
    """The marking there, with `re`: a stamp that begins up to 32 signs before and reaches there, else a weak word."""
    first, line = line_around(text, at)
    begin = max(first, at - 32, 0)
    for start in range(begin, at + 1):
        stamp = STAMP.match(text, start, min(line, at + 40)) if start >= begin else None
        if stamp is not None and stamp.end() > at:
            before = text[begin:start]
            return framed(text, start - len(before[len(before.rstrip(BEFORE)) :].lstrip()), stamp.end())
        begin = max(begin, stamp.end()) if stamp is not None else begin
    weak = WEAK.match(text, at)
    return alone(text, *weak.span(), max(first, 0), line) if weak is not None else None


def framed(text: str, start: int, end: int) -> tuple[int, int]:
    """With the brackets around, where these hold little else."""
    left, right = text.rfind("【", max(0, start - 12), start + 1), text.find("】", end - 1, end + 12)
    if left < 0 or right < 0 or "】" in text[left : end - 1] or "\n" in text[left:right]:
        return start, end
    return left, right + 1


def alone(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int] | None:
    """A weak word in brackets, before a stop, by itself on its line, after what says that a class follows, or in capitals."""
    before, after = text[first:start].strip(), text[end:last].strip()
    if before and before[-1] in OPEN and after and after[0] in CLOSE:
        return start - 1, end + 1
    if not before and (not after or after[0] in STOPS or after in {"。", "."} or SHOUTED.fullmatch(after)):
        return start, end + (1 if after and after[0] in "·▲★" else 0)
    classed = before.rstrip(":：=").rstrip().lower().endswith(CLASSES)
    return (start, end) if classed or (text[start:end].isupper() and text[start:end].isascii()) else None


@settings(max_examples=1500)
@given(
    st.sampled_from(LINES.split("|")),
    st.integers(0, 20),
    st.integers(0, 4),
    st.lists(st.sampled_from(PARTS.split("/")), max_size=3),
)
def test_markings_are_those_the_patterns_say(line: str, at: int, gone: int, parts: list[str]) -> None:
    """Stamps with signs taken out and words of others put in, at every place."""
    text = plain(line[:at] + "".join(parts) + line[at + gone :])
    for place in range(len(text)):
        assert marking(text, place) == as_patterns_say(text, place), (text, place)


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from([*PARTS.split("/"), *"【】[]()<>:=★。|\n\t ", "CLASSIFICATION", "级别", "正文"]), max_size=9
    ).map("".join)
)
def test_weak_words_are_markings_where_the_patterns_say(text: str) -> None:
    """Words of stamps, brackets and stops in any order."""
    text = plain(text)
    for place in range(len(text)):
        assert marking(text, place) == as_patterns_say(text, place), (text, place)


@given(st.lists(st.sampled_from(["密" * 38, "密" * 39, "密" * 40, "密", "\n"]), max_size=8).map("".join))
def test_the_line_of_a_sign_ends_at_line_feeds(text: str) -> None:
    """Or 40 signs before and 80 after."""
    for at in range(len(text)):
        first, end = _line_around(signs(text), at + EDGE, len(text) + EDGE)
        assert (first - EDGE, end - EDGE) == line_around(text, at)


@pytest.mark.parametrize("line", LINES.split("|"))
def test_every_kind_of_stamp_is_found_whole(line: str) -> None:
    """Alone on its line."""
    assert STAMP.fullmatch(plain(line)) and marking(plain(line), 0) == (0, len(line))


def test_every_weak_word_is_looked_at() -> None:
    """Alone on its line, in Chinese with and without what may stand before and after it, and in English in any case."""
    words = [
        "商业秘密",
        "商业机密",
        "公司机密",
        "企业机密",
        "机密文件",
        "保密文件",
        "内部资料",
        "内部文件",
        "内部使用",
        "机密",
        "绝密",
        "秘密",
    ]
    lines = [a + word + b for word in words for a in ("", "公司", "企业", "本公司") for b in ("", "级", "文件", "资料")]
    english = ["trade secret", "confidential", "highly confidential", "proprietary", "restricted", "company secret"]
    for line in lines + [case(word) for word in english for case in (str, str.upper, str.title)]:
        assert marking(line, 0) == (0, len(line)), line


def test_a_class_before_a_word_makes_it_a_marking() -> None:
    """密级, 级别 and classification, with a colon or without."""
    for line, at in (
        ("文件密级：机密", 5),
        ("保密等级 机密", 5),
        ("Classification: confidential", 16),
        ("级别=绝密", 3),
    ):
        assert marking(f"{line}，请妥为保存", at) is not None, line
    assert marking("公司制定了机密的管理办法", 5) is None


def test_prose_about_secrets_is_not_looked_at() -> None:
    """Nothing in it tells of a marking."""
    text = "公司年报披露商业秘密保护制度建设情况，并解释反不正当竞争法对商业秘密的定义。"
    assert not may_mark(text, text.index("商业秘密")) and not may_mark(text, text.rindex("商业秘密"))
