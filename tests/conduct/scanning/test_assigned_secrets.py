"""What a label is set to: the kernel reads it as the pattern says in which it was first written down."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning import assigned_secrets
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.lexicon import tables

PATTERN = re.compile(
    r"""["'”’]?\]?\s{0,3}(?P<by>:=|=>|[:=]|(?:我|已经?|刚|帮[你您]|给[你您]|先|都|统一|暂时|临时|仍然?|还|依旧|目前|现在|默认|初始|均)*(?:重置|重设|修改|更改|变更|设置|设定|更新|[改换])?[为成]|是|\sis|\s(?=[A-Za-z0-9+/_-]{24,})|(?P<bare>\s{0,2})(?=[!-~]{8}|\d{6}(?!\d)|["“'][!-~]{6,40}["”']))\s{0,3}(?:Bearer\s+|Basic\s+)?"""
    r"""(?P<quote>["'“‘`])?(?P<value>(?:(?(quote)&|(?!))|[^\s"'“”‘’`，。；、,;<>()（）&]){4,512})""",
    re.IGNORECASE,
)
KINDS = tuple(re.compile(kind) for kind in (r"\d", r"[a-z]", r"[A-Z]", r"[^a-zA-Z0-9]"))
LABELS = ("password", "pwd", "auth", "密码", "口令", "Bearer")
PARTS = [
    *' "\'“”‘’`[]=:>()<&,;。\n\t.!?\x85',
    *("  ", ":=", "=>", " is ", " IS ", "Bearer ", "basic  ", "是", "为", "成", "已经改为", "已", "经", "给你重置成", "给", "统一", "更", "更新", "默认"),
    *("abc", "Zx9#", "hunter22", "QwErTy!2024", "123456", "1234567", "888888", "aaaaaaaa", "p&q=1", "A1b2C3d4E5f6G7h8I9j0K1l2M3", "密钥", "word"),
    *("x" * 30, "ab/cd+ef_gh-ij" * 3),
]  # fmt: skip


@entry_point
def _assigned(text: Array, klass: Array, label: int, end: int, stop: int) -> tuple[int, int, int]:
    return assigned_secrets.assigned(text, klass, label, end, stop)


@entry_point
def _entropy(text: Array, start: int, end: int) -> float:
    return assigned_secrets.entropy(text, start, end)


def signs(text: str) -> Array:
    """A text for kernels."""
    return np.array([*map(ord, text), *[10] * 64], dtype=np.uint16)


def entropy(value: str) -> float:
    """Bits a sign, as they are defined."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values()) if value else 0.0


def kinds(value: str) -> int:
    """How many kinds of signs it has."""
    return sum(kind.search(value) is not None for kind in KINDS)


def is_random(value: str, quoted: bool, said: bool) -> bool:
    """Whether a value is one that somebody keeps secret."""
    if len(value) < 6 or (said and kinds(value) < 2):
        return len(value) >= 4 and (kinds(value) >= 2 if said else value.isdigit())
    if kinds(value) >= 2:
        return entropy(value) > 1.9
    return value.isdigit() or (len(value) >= (10 if quoted else 16) and entropy(value) > 3 + 1e-12)


def by_pattern(text: str, end: int, stop: int) -> tuple[int, int, int]:
    """What the kernel is to say."""
    none = (-1, -1, 0)
    match = PATTERN.match(text, end, stop)
    if match is None:
        return none
    quoted = match["quote"] is not None
    value = match["value"] if quoted else match["value"].rstrip(".!?")
    mixed = kinds(value) >= 3 and entropy(value) > 2.5
    bits = (
        assigned_secrets.QUOTED
        if quoted
        else assigned_secrets.CALLED * (text[match.end() : min(stop, match.end() + 1)] in {"(", "["})
    )
    if match["bare"] is not None:
        pin = len(value) == 6 and value.isdigit()
        if text[:end].isascii() and not quoted:
            bits |= assigned_secrets.SPOKEN
            pin, mixed = False, mixed and text[end : end + 1] in {" ", "\t"}
        if not pin and not mixed:
            return none
    if not is_random(value, quoted, match["by"][-1:] in {"为", "是", "成", "s"}):
        return none
    whole = len(value) >= 24 and value.isalnum() and entropy(value) > 3 + 1e-12
    keeps = assigned_secrets.KEEPS * ((quoted and mixed) or whole)
    return match.start("value"), match.start("value") + len(value), bits | keeps


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(LABELS), st.lists(st.sampled_from(PARTS), max_size=9), st.integers(0, 8))
def test_a_value_is_read_as_the_pattern_says(label: str, parts: list[str], short: int) -> None:
    """Whatever stands after a label, and wherever the text stops."""
    text = label + "".join(parts)
    stop = max(len(label), len(text) - max(short - 4, 0))
    told = _assigned(signs(text), tables().forms.klass, 0, len(label), stop)
    assert tuple(told) == by_pattern(text, len(label), stop), text


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("password=hunter22x", "password", "hunter22x"),
        ('passwd["key"]: x', "passwd", None),
        ("密码已经帮你重置为Zx9#kk21。", "密码", "Zx9#kk21"),
        ("密码 884213", "密码", "884213"),
        ("password 884213", "password", None),
        ("password Zx9#kk21", "password", "Zx9#kk21"),
        ("token := 'abcdefghij'", "token", "abcdefghij"),
        ("token := 'aaaaabbbbb'", "token", None),
        ("secret: " + "a1B2" * 300, "secret", ("a1B2" * 75)[:298]),
    ],
)
def test_what_is_set_and_what_is_not(text: str, label: str, value: str | None) -> None:
    """A sign, a verb, quotes; six digits in Chinese alone; no word after a label without one; 300 signs after the label at most."""
    start, end, _ = _assigned(signs(text), tables().forms.klass, 0, len(label), min(len(text), len(label) + 300))
    assert (text[start:end] if start >= 0 else None) == value


@given(st.text(st.sampled_from("aAb1#密"), min_size=1, max_size=600))
def test_bits_a_sign_are_those_of_the_definition(value: str) -> None:
    """By Shannon, of the first 512 signs."""
    assert _entropy(signs(value), 0, len(value)) == pytest.approx(entropy(value[:512]), abs=1e-9)
