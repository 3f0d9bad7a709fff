"""English names by a model: words to pieces, labels to names. The model itself is measured by `tests.conduct.scanning.unseen.score`."""

from __future__ import annotations

import numpy as np
import pytest

from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.deep_english import WINDOW, Model, windows

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "angus",
    "quig",
    "##ley",
    "met",
    "jose",
    "in",
    "boston",
    ".",
    ",",
    "s",
    "t",
    "'",
    "-",
]
LABELS = {0: "O", 1: "B-GIVEN_NAME", 2: "B-SURNAME"}
NAMES = {WORDS.index("angus"): 1, WORDS.index("quig"): 2, WORDS.index("jose"): 1}


def by_word(tokens: Array, mask: Array) -> Array:
    """A model that knows three names by heart, and must be handed whole rows between [CLS] and [SEP]."""
    assert (tokens[:, 0] == WORDS.index("[CLS]")).all()
    assert ((tokens == WORDS.index("[SEP]")).sum(axis=1) == 1).all()
    assert (mask == (tokens != 0)).all()
    logits = np.zeros((*tokens.shape, 3))
    logits[..., 0] = 5.0
    for number, label in NAMES.items():
        logits[tokens == number, label] = 9.0
    return logits


@pytest.fixture(scope="module")
def model() -> Model:
    """Its vocabulary is WORDS."""
    return Model(WORDS, LABELS, by_word)


def test_a_word_is_spelled_by_its_longest_pieces(model: Model) -> None:
    """Small letters, no accents; a word that cannot be spelled is unknown as a whole."""
    assert model.pieces("Quigley") == [WORDS.index("quig"), WORDS.index("##ley")]
    assert model.pieces("José") == [WORDS.index("jose")]
    assert model.pieces("Quigxx") == [1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Angus Quigley met José.", ["Angus Quigley", "José"]),
        ("Angus T. Quigley in Boston", ["Angus T. Quigley"]),
        ("Angus\nQuigley", ["Angus", "Quigley"]),
        ("Angus, José", ["Angus", "José"]),
        ("met angus in boston", []),
        ("张三 met 李四", []),
    ],
)
def test_words_of_a_name_beside_each_other_are_one(model: Model, text: str, names: list[str]) -> None:
    """An initial between them belongs to it; a line's end, a comma and small letters do not."""
    (spans,) = model.people([text])
    assert [text[a:b] for a, b in spans] == names


def test_places_are_those_of_the_text_however_long_and_many(model: Model) -> None:
    """Windows and batches do not move a name, and texts without a capital are not handed to the model."""
    texts = ["in boston. " * n + "Angus Quigley met José" for n in range(0, 200, 5)] + ["boston"]
    for text, spans in zip(texts, model.people(texts), strict=True):
        assert [text[a:b] for a, b in spans] == (["Angus Quigley", "José"] if "Angus" in text else [])


@pytest.mark.parametrize("size", [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, 5 * WINDOW])
def test_windows_cover_a_text(size: int) -> None:
    """Together they are the text, none too long, cut at spaces where there are any."""
    for text in ("x" * size, ("word " * size)[:size]):
        parts = list(windows(text))
        assert "".join(part for _, part in parts) == text
        assert all(text[start : start + len(part)] == part and len(part) <= WINDOW for start, part in parts)
        assert all(part.endswith(" ") for _, part in parts[:-1]) or " " not in text
