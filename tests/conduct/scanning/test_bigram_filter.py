"""Where something may begin, and the cues that do, held against what a plain reading of the text finds."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongyue.conduct.scanning.bigram_filter import MatchStarts, match_starts, sides
from gongyue.conduct.scanning.characters import CAPITALS, CHINESE, Array, classes
from gongyue.conduct.scanning.lexicon import _vocabulary, tables
from gongyue.conduct.scanning.scan_buffer import BufferPool
from gongyue.conduct.scanning.trigger_words import PREFIX, TriggerTrie, cues_of, find_triggers

KLASS, FOLD, NONE = classes(), tables().english.fold, np.zeros(65536, dtype=np.bool_)
WORDS = st.dictionaries(
    st.text(st.sampled_from("ab1-中文"), min_size=1, max_size=4), st.sampled_from((2, 8, PREFIX)), min_size=1
)


def _signs(text: str) -> Array:
    """The signs of a text and what stands around it in a block."""
    return np.array([*map(ord, text), 10, 10], dtype=np.uint16)


def _begun(text: str, table: Array, signs: int = CHINESE) -> MatchStarts:
    return match_starts(_signs(text), len(text), table, BufferPool(), signs)


def _read(text: str, table: Array, tree: TriggerTrie) -> list[tuple[int, ...]]:
    rows = np.empty((len(text) + 1, 3), dtype=np.int64)
    count = find_triggers(tree, _signs(text), _begun(text, table).cues, rows)
    return [tuple(row) for row in rows[:count].tolist()]


def _joined(first: str, pair: str) -> bool:
    """Whether two signs, the first of such a kind, are of one word of letters: a capital after a small letter begins another."""
    return bool(re.fullmatch(f"{first}[A-Za-z]", pair)) and not re.fullmatch("[a-z][A-Z]", pair)


def _plainly(text: str, vocabulary: dict[str, int]) -> list[tuple[int, ...]]:
    """(start, end, bits) of the longest cue at each place that is in none before."""
    low = "".join(chr(FOLD[ord(sign)]) for sign in text)
    rows: list[tuple[int, ...]] = []
    for at in range(len(text)):
        if (rows and at < rows[-1][1]) or (at > 0 and _joined("[A-Za-z0-9]", text[at - 1 : at + 1])):
            continue
        for end in range(len(text), at, -1):
            bits = vocabulary.get(low[at:end], 0)
            if bits and (bits & PREFIX or not _joined("[A-Za-z]", text[end - 1 : end + 1])):
                rows.append((at, end, bits))
                break
    return rows


@given(st.text(st.sampled_from("Aa9 -·中É÷ɏɐỿ(\n"), max_size=40))
def test_words_are_where_latin_ones_numbers_and_dots_begin_and_signs_open_something(text: str) -> None:
    """After a letter or digit without an accent none does."""
    opens = NONE.copy()
    opens[ord("(")] = True
    table = sides(KLASS, FOLD, opens, NONE, ())
    expected = re.finditer("(?<![A-Za-z0-9])[A-Za-z0-9·\u00c0-\u024f\u1e00-\u1eff]|\\(", text)
    places = [match.start() for match in expected]
    assert _begun(text, table).words.tolist() == _begun(text, table, CAPITALS).words.tolist() == places


def test_there_is_room_for_a_text_that_begins_something_at_every_sign() -> None:
    """Room is taken for every other sign first: a text that needs less of it, all of it, and one that needs twice as much."""
    table = sides(KLASS, FOLD, NONE, NONE, ("a",))
    for text in ("a " * 900, "a中 " * 600, "·" * 1000, "a-" * 500 + "aé" * 500):
        lists = _begun(text, table)
        assert lists.words.tolist() == [
            match.start() for match in re.finditer("[a·é]", text) if text[match.start() - 1] != "a"
        ]
        assert lists.cues.tolist() == [match.start() for match in re.finditer("a", text)]
        fewer = _begun(text, table, CAPITALS)
        assert (fewer.words.tolist(), fewer.cues.tolist()) == (lists.words.tolist(), lists.cues.tolist())


@given(st.text(st.sampled_from("张王 a。"), max_size=30))
def test_surnames_are_before_a_chinese_sign_or_a_space(text: str) -> None:
    """A stop or a letter after one leaves no room for a name."""
    surnames = NONE.copy()
    surnames[ord("张")] = True
    places = _begun(text, sides(KLASS, FOLD, NONE, surnames, ())).surnames
    assert places.tolist() == [match.start() for match in re.finditer("张(?=[张王 ])", text)]


@given(WORDS, st.text(st.sampled_from("aAbBÁ1-中文 "), max_size=24))
def test_cues_are_the_longest_of_any_vocabulary(vocabulary: dict[str, int], text: str) -> None:
    """In capitals or small letters, with an accent or without, whole words or beginnings; none inside another."""
    table, tree = sides(KLASS, FOLD, NONE, NONE, vocabulary), cues_of(vocabulary, KLASS, FOLD)
    assert _read(text, table, tree) == _plainly(text, vocabulary)
    assert _begun(text, table, 0).cues.tolist() == _begun(text, table).cues.tolist()


def test_every_cue_is_found_by_itself() -> None:
    """All nine thousand, with their bits."""
    known, vocabulary = tables(), _vocabulary()
    assert len(vocabulary) > 9_000
    wrong = [
        word for word, bits in vocabulary.items() if _read(word, known.sides, known.cues) != [(0, len(word), bits)]
    ]
    assert wrong == []


def test_cells_are_few_more_than_nodes() -> None:
    """Each is read from the processor's own memory."""
    known, vocabulary = tables().cues, _vocabulary()
    nodes = len({word[:size] for word in vocabulary for size in range(1, len(word) + 1)})
    assert nodes <= np.count_nonzero(known.cells) <= len(known.cells) <= 1.5 * nodes
