"""The word lists as arrays: cues and places as a tree, words and names as tables of costs, codes of places as a set.

Where the lists come from and under which licence: docs/conduct/scan.md.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import entry_point, to_int64
from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.bigram_filter import sides
from gongyue.conduct.scanning.characters import ALNUM, Array, classes, plain_forms
from gongyue.conduct.scanning.hash_tables import COST_BITS, KEYS, NEVER, PAIRS, SPREAD, fill, hash_span, slots
from gongyue.conduct.scanning.trigger_words import TriggerTrie, cues_of
from gongyue.conduct.scanning.wordlists import (
    cue_words,
    key_rules,
    kind_of,
    list_lines,
    places,
    priced,
    printed,
    read_list,
    surnames,
    towns,
)

PART = NEVER - 1
"""A sign that is a surname only together with the next."""
UNKNOWN = 1150
"""What a sign costs that no word list has."""
ENGLISH_ONLY = frozenset(
    {"COMMON", "BODY", "SAYS", "FIRM", "ELSEWHERE", "BEING", "ABOUT", "KIN", "WHERE", "HONOURS", "PINYIN"}
)
"""Lists of words that are no cues."""
TOWN = 640
"""What the short name of a county costs as a word."""
TOKEN, PLATE, SPOKEN, YEAR, STOP = range(1, 6)
"""What a sign may begin: a word or number, a number plate, a number in words, a year of two digits in words, what other signs
tell of. See `scanner`."""


class Forms(NamedTuple):
    """What the walk looks up."""

    klass: Array  # sign → classes
    regions: Array  # six digits → whether a place bore that code
    opens: Array  # sign → what may begin there, 0 for most


class Words(NamedTuple):
    """What names of people are read with."""

    klass: Array
    surname: Array  # sign → cost as a surname
    given: Array  # sign → cost alone, first of two, second of two
    single: Array  # sign → cost of the word it is by itself
    pairs: Array  # bits: whether a word begins with two signs
    longer: Array  # bits: whether a word of three signs or more does
    words: Array  # hash of a word and its cost in one
    wholes: Array  # the same of given names of two signs that are words too


class English(NamedTuple):
    """What English names are read with."""

    klass: Array
    fold: Array
    words: Array  # hash of a lower-case word → slot
    bits: Array  # slot → bits of a word, see names_en.py


class Tables(NamedTuple):
    """What every kernel looks up; made once a process. Each kernel is handed no more than it reads: calls stay cheap."""

    plain: Array  # sign → the sign read in its place
    sides: Array  # see bigram_filter.py
    forms: Forms
    cues: TriggerTrie
    words: Words
    english: English


def _vocabulary() -> dict[str, int]:
    """Every cue in lower case → the bits of its kinds."""
    found: dict[str, int] = {}
    for name, words in cue_words().items():
        if name in ENGLISH_ONLY:
            continue
        kind = kind_of(name)
        for form in {form.lower() for word in words for form in printed(word, kind)}:
            found[form] = found.get(form, 0) | 1 << kind
    for rule in key_rules():
        for prefix in rule["prefixes"]:  # type: ignore[attr-defined]
            found[prefix.lower()] = found.get(prefix.lower(), 0) | 1 << entity_types.KEY
    for line in list_lines("regions.txt"):
        code, *names = line.split()
        for name, kind in places(code, names):
            found[name] = found.get(name, 0) | 1 << kind
    for name in surnames():
        if len(name) > 1:
            found[name] = found.get(name, 0) | 1 << entity_types.SURNAMES
    return found


@entry_point
def _words(text: Array, words: Array, single: Array, pairs: Array, longer: Array) -> None:
    """Read "word cost" lines of signs into the tables."""
    at, n = 0, len(text)
    while at < n:
        end = at
        while text[end] != 32:
            end += 1
        cost, i = 0, end + 1
        while i < n and text[i] != 10:
            cost = cost * 10 + to_int64(text[i]) - 48
            i += 1
        if end - at == 1:
            single[text[at]] = cost
        else:
            key = hash_span(text, at, end)
            slot = ((key * SPREAD) >> 31) & (len(words) - 1)
            while words[slot] != 0:
                slot = (slot + 1) & (len(words) - 1)
            words[slot] = (key << COST_BITS) | cost
            place = (to_int64(text[at]) * 40503 ^ to_int64(text[at + 1]) * 7919) & (PAIRS - 1)
            pairs[place >> 6] |= to_int64(1) << (place & 63)
            longer[place >> 6] |= to_int64(end - at > 2) << (place & 63)
        at = i + 1


def _signs(text: str) -> Array:
    return np.frombuffer(text.encode("utf-16-le", "replace"), dtype=np.uint16)


def _costs() -> tuple[Array, Array, Array, Array, Array]:
    """(cost of single signs, pairs that begin words, and words of three signs or more, words with their costs, given names that are
    words)."""
    text = (
        "".join(priced("things.txt"))
        + read_list("words.txt.gz").decode()
        + "".join(f"{name} {TOWN}\n" for name in towns())
    )
    words = np.zeros(slots(text.count("\n")), dtype=np.int64)
    single = np.full(65536, UNKNOWN, dtype=np.int16)
    pairs, longer = np.zeros(PAIRS >> 6, dtype=np.int64), np.zeros(PAIRS >> 6, dtype=np.int64)
    _words(_signs(text), words, single, pairs, longer)
    wholes = "".join(priced("wholes.txt"))
    own = np.zeros(slots(wholes.count("\n")), dtype=np.int64)
    _words(_signs(wholes), own, single.copy(), pairs.copy(), longer.copy())
    return single, pairs, longer, words, own


def _english() -> tuple[Array, Array]:
    first, last, common = list(list_lines("english.txt.gz"))
    names: dict[int, int] = {}
    cues = cue_words()
    for bit, words in (
        (1, first.split()),
        (2, last.split()),
        (8, common.split()),
        (16, cues["BODY"]),
        (32, cues["SAYS"]),
        (64, cues["ELSEWHERE"]),
        (128, cues["BEING"]),
        (256, cues["ABOUT"]),
        (512, cues["KIN"]),
        (1024, cues["WHERE"]),
        (2048, cues["HONOURS"]),
        (2, cues["PINYIN"]),
    ):
        for word in words:
            key = hash_span(_signs(word), 0, len(word))
            names[key] = names.get(key, 0) | bit
    for word in cues["COMMON"] + [role for role in cues["ROLE"] if role.isascii() and role.isalpha()]:
        key = hash_span(_signs(word), 0, len(word))
        names[key] = names.get(key, 0) & ~(1 | 8 | 16) | 4
    for pair in cues["FIRM"]:
        one, other = (int(hash_span(_signs(word), 0, len(word))) for word in pair.split())
        names[(one * 31 + other) & KEYS] = 4
    keys = np.array(list(names), dtype=np.int64)
    table = np.zeros(slots(len(keys)), dtype=np.int64)
    marks = np.zeros(len(table), dtype=np.int16)
    fill(table, marks, keys, np.array(list(names.values()), dtype=np.int16))
    return table, marks


def _given() -> Array:
    given = np.full((65536, 3), NEVER, dtype=np.int16)
    for line in list_lines("given.txt"):
        sign, *costs = line.split()
        given[ord(sign)] = [int(c) for c in costs]
    return given


@cache
def tables() -> Tables:
    """All lists; some 0.2 s the first time."""
    fold = np.arange(65536, dtype=np.uint16)
    fold[65:91] += 32
    for sign in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFKD", chr(sign))[0].lower()
        fold[sign] = ord(plain) if plain.isascii() and plain.isalpha() else sign
    surname = np.full(65536, NEVER, dtype=np.int16)
    for name, share in surnames().items():
        if len(name) == 1:
            surname[ord(name)] = round(-64 * math.log(share / 10000))
        else:
            surname[ord(name[0])] = min(surname[ord(name[0])], PART)
    regions = np.zeros(1_000_000, dtype=np.bool_)
    for line in list_lines("regions.txt"):
        regions[int(line[:6])] = True
    klass, vocabulary = classes(), _vocabulary()
    opens = np.where(klass & ALNUM > 0, TOKEN, 0).astype(np.int8)
    for what, signs in (
        (PLATE, "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"),
        (SPOKEN, "一幺二"),
        (YEAR, "零〇三四五六七八九十"),
        (STOP, "@[(*+"),
    ):
        opens[[ord(c) for c in signs]] = what
    opening = (opens > 0) & (klass & ALNUM == 0)
    return Tables(
        plain_forms(),
        sides(klass, fold, opening, surname < NEVER, vocabulary),
        Forms(klass, regions, opens),
        cues_of(vocabulary, klass, fold),
        Words(klass, surname, _given(), *_costs()),
        English(klass, fold, *_english()),
    )
