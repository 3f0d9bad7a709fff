"""Keys and passwords at a cue: the kernel decides as the patterns and `assigned_secrets` do."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning import assigned_secrets, secret_rules
from gongyue.conduct.scanning.assigned_secrets import CALLED, KEEPS, QUOTED, SPOKEN
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.regex_vm import MatchState, RegexPrograms, ways
from gongyue.conduct.scanning.wordlists import key_rules

EDGE = 64
BEARER, EMPTY, CODE, NAME, SHORT, SAYS, CARRIES = (
    re.compile(pattern)
    for pattern in (
        secret_rules._BEARER, secret_rules._EMPTY, secret_rules._CODE, secret_rules._NAME, secret_rules._SHORT, secret_rules._SPOKEN, secret_rules._CARRIES,
    )
)  # fmt: skip
LABELS = ("password", "Passphrase", "pwd", "auth", "SK", "密码", "口令", "Bearer", "authorization", "radius key")
PARTS = [
    *' "\'=:.([\n,',
    *("=>", " is ", "Bearer ", "Basic ", "是", "已改为", "默认"),
    *("hunter22", "QwErTy!2024", "123456", "p4ssw0rd#x", "os.environ[1]", "config.Pass1", "null", "*****", "your_pass1", "${PASS1}", "label9:"),
    *("Name_x2", "x2name"),
    *("A1b2C3d4E5f6G7h8I9j0K1l2M3", "ab/cd+ef_gh-ij" * 3, "https://u:Pa5s@h", "密钥"),
]  # fmt: skip
KEYS = [
    "AKIA" + "Q" * 16,
    "LTAI" + "a1" * 8,
    "ghp_" + "x1" * 16,
    "://root:Pa5s@db",
    "root/Pa5s!word",
    "-----BEGIN PRIVATE KEY-----",
]
"""Ones that are keys if nothing is taken from them."""


@entry_point
def _secret_at(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, start: int, end: int, last: int, keyed: bool
) -> tuple[int, int]:
    return secret_rules.secret_at(text, klass, patterns, ways, start, end, last, keyed)


@entry_point
def _assigned(text: Array, klass: Array, label: int, end: int, stop: int) -> tuple[int, int, int]:
    return assigned_secrets.assigned(text, klass, label, end, stop)


def signs(text: str) -> Array:
    """A text for kernels, between line feeds."""
    return np.array([*[10] * EDGE, *map(ord, text), *[10] * EDGE], dtype=np.uint16)


def secret(text: str, start: int, end: int, *, keyed: bool = False) -> tuple[int, int] | None:
    """The secret at a cue."""
    klass, last = tables().forms.klass, len(text) + EDGE
    first, after = _secret_at(signs(text), klass, secret_rules.keeping(), ways(), start + EDGE, end + EDGE, last, keyed)
    return (first - EDGE, after - EDGE) if first >= 0 else None


def as_patterns_say(text: str, end: int) -> tuple[int, int] | None:
    """What the label before `end` is set to."""
    label = text[:end]
    if CARRIES.fullmatch(label):
        match = BEARER.match(text, end)
        return match.span("value") if match is not None else None
    begin, after, how = _assigned(signs(text), tables().forms.klass, EDGE, end + EDGE, min(len(text), end + 300) + EDGE)
    value = text[begin - EDGE : after - EDGE]
    if begin < 0 or EMPTY.fullmatch(value) or (how & SPOKEN and not SAYS.fullmatch(label)):
        return None
    if SHORT.fullmatch(label) and not how & KEEPS:
        return None
    if not how & QUOTED and ((how & CALLED and NAME.fullmatch(value)) or CODE.fullmatch(value)):
        return None
    return begin - EDGE, after - EDGE


@settings(max_examples=1500)
@given(st.sampled_from(LABELS), st.lists(st.sampled_from(PARTS), max_size=5).map("".join))
def test_what_a_label_is_set_to_is_a_secret_as_the_patterns_say(label: str, rest: str) -> None:
    """Labels in either language, values of every kind."""
    assert secret(label + rest, 0, len(label)) == as_patterns_say(label + rest, len(label))


@given(
    st.sampled_from(KEYS),
    st.integers(0, 40),
    st.sampled_from(["", " ", "。", "x", "9", "@", "-----END PRIVATE KEY-----"]),
)
def test_a_key_is_what_the_pattern_of_its_prefix_finds(key: str, size: int, after: str) -> None:
    """Whole, cut short, and with signs after it."""
    text = key[: max(3, len(key) - size)] + after
    rules = [re.compile(str(rule["pattern"])) for rule in key_rules()]
    found = next((match for match in (rule.match(text) for rule in rules) if match is not None), None)
    span = found.span("secret" if "secret" in found.re.groupindex else 0) if found is not None else None
    assert secret(text, 0, 3, keyed=True) == span


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_found(key: str) -> None:
    """As it stands."""
    assert secret(key, 0, 3, keyed=True) is not None


def test_a_private_key_may_be_long_and_another_key_may_not() -> None:
    """Up to 9,000 signs; 300 after the cue."""
    body = "MIIEpAIBAAKCAQEA" * 400
    armour = f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----"
    assert secret(armour, 0, 11, keyed=True) == (0, len(armour))
    assert secret("npm_" + "a1" * 18, 0, 4, keyed=True) == (0, 40)
    assert secret("hf_" + "a" * 500, 0, 3, keyed=True) == (0, 303)
