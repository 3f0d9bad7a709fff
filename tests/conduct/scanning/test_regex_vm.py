"""Patterns as programs: what a kernel finds is what `re` finds."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning import regex_vm, secret_rules, trade_secret_marks
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.regex_compiler import programs
from gongyue.conduct.scanning.regex_vm import DEPTH, MatchState, RegexPrograms, ways
from gongyue.conduct.scanning.wordlists import key_rules

EDGE = 64
PATTERNS = (
    "abc",
    "a|ab|abc",
    "(?:ab|a)(?:bc|c)",
    "a*b",
    "a*?b",
    "a+?(?P<of>b{1,2})c",
    "a{2,3}a",
    "(?:ab)*a",
    "(?:ab)+?c",
    "(?:a|b){1,3}c",
    "(?:a|b){0,2}?c",
    "(?:a|bc?)?c",
    "[^a]b",
    ".[\\s\\S]c",
    "a(?=b)[b-c]+",
    "a(?=.*c)b",
    "a(?!b).",
    "(?<!a)b",
    "a+(?<!c)b?",
    "(?i)aB[c]",
    "(?i:A)B",
    "\\d\\w\\s\\D",
    "(?:a|(?:b|c)a)+\\Z",
    "ab?\\Z",
    "(?:|a)b",
    "(?P<of>[ab]+)(?=c)",
)
"""One at least for whatever a program can do."""
OURS = (
    trade_secret_marks._STAMP, trade_secret_marks._WEAK, trade_secret_marks._SHOUTED, trade_secret_marks._CLASSES, secret_rules._BEARER,
    secret_rules._EMPTY, secret_rules._CODE, secret_rules._NAME,
    secret_rules._SHORT, secret_rules._SPOKEN, *(str(rule["pattern"]) for rule in key_rules()),
)  # fmt: skip
ALL = PATTERNS + OURS
COMPILED = programs([*ALL, list(PATTERNS)])
WORDS = (
    *"abcABC1 \n-.:/@=$*#&!_·▲【】，。五",
    *("AKIA", "LTAI", "ghp_", "glpat-", "xoxb-", "sk_live_", "sk-ant-", "AIza", "ya29.", "eyJ", "npm_", "hf_", "SG.", "shpat_", "AccountKey="),
    *("://", "$2a$10$", "$argon2id$", "root/", "admin / ", "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"),
    *("x" * 20, "Ab1-" * 9, "0f" * 16, "Bearer ", "password", "null", "your_", "os.", "https:", "密级", "商业秘密", "机密", "严禁外传", "内部使用"),
    *("confidential", "Proprietary", "do not", "distribute", "trade secret", "未经许可", "不得", "复制", "仅限", "保密期限"),
)  # fmt: skip


@entry_point
def _match(programs: RegexPrograms, which: int, text: Array, at: int, stop: int, ways: MatchState) -> int:
    return regex_vm.match(programs, which, text, at, stop, ways)


def found(
    which: int, text: str, at: int, stop: int, of: RegexPrograms = COMPILED
) -> tuple[int, tuple[int, int]] | None:
    """(the end of what a pattern finds, the span of its group or of the whole); None if it finds nothing."""
    signs = np.array([*[10] * EDGE, *map(ord, text), *[10] * EDGE], dtype=np.uint16)
    room = ways()
    end = _match(of, which, signs, at + EDGE, stop + EDGE, room)
    return (end - EDGE, (int(room.marks[0]) - EDGE, int(room.marks[1]) - EDGE)) if end >= 0 else None


def expected(pattern: str, text: str, at: int, stop: int) -> tuple[int, tuple[int, int]] | None:
    """The same by `re`, of a text that begins after a line feed."""
    match = re.compile(pattern).match("\n" + text, at + 1, stop + 1)
    if match is None:
        return None
    start, end = match.span(1) if match.re.groups else match.span()
    return match.end() - 1, (start - 1, end - 1)


@settings(max_examples=1000)
@given(st.text(st.sampled_from("abcB1 \n"), max_size=9), st.integers(0, 9), st.integers(0, 9))
def test_programs_find_what_patterns_find(text: str, at: int, stop: int) -> None:
    """At any place, up to any other."""
    at, stop = min(at, len(text)), min(max(at, stop), len(text))
    for which, pattern in enumerate(PATTERNS):
        assert found(which, text, at, stop) == expected(pattern, text, at, stop), pattern


@settings(max_examples=600)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join), st.integers(0, 60))
def test_the_patterns_of_the_scan_are_programs_as_they_are_patterns(text: str, stop: int) -> None:
    """Of markings, keys and what is no password, at the first sign and after the first few."""
    for at in range(min(3, len(text) + 1)):
        last = len(text) if stop > len(text) else max(at, stop)
        for which, pattern in enumerate(OURS, len(PATTERNS)):
            assert found(which, text, at, last) == expected(pattern, text, at, last), pattern


@given(st.text(st.sampled_from("abcB1 \n"), max_size=9))
def test_patterns_in_a_list_are_tried_in_their_order(text: str) -> None:
    """What the first finds that finds anything."""
    first = next((one for one in (expected(p, text, 0, len(text)) for p in PATTERNS) if one is not None), None)
    assert found(len(ALL), text, 0, len(text)) == first


@pytest.mark.parametrize(
    "pattern",
    ["(a)\\1", "\\ba", "^a", "a$", "(?<=a)b", "(?!ab)a", "(?<!ab)a", "(?>a|ab)c", "a*+b", "(?:a*)*b", "(?=a)" * 7],
)
def test_a_pattern_that_no_program_can_follow_is_refused(pattern: str) -> None:
    """Rather than read otherwise."""
    with pytest.raises(ValueError, match=r"\w"):
        programs([pattern])


def test_letters_in_either_case_are_those_of_ascii() -> None:
    """Where `re` takes ſ for s and the sign of kelvin for k."""
    made = programs(["(?i)sk"])
    assert found(0, "Sk", 0, 2, made) == (2, (0, 2)) and re.match("(?i)sk", "ſ\u212a")
    assert found(0, "ſ\u212a", 0, 2, made) is None


@pytest.mark.parametrize("size", [DEPTH - 2, DEPTH])
def test_more_ways_than_there_is_room_for_find_nothing(size: int) -> None:
    """Two signs or one, again and again: each leaves a way."""
    made = programs(["(?:ab?){1,}c"])
    assert (found(0, "a" * size + "c", 0, size + 1, made) is not None) == (size < DEPTH)
