"""Which characters of a text are bound to which capability."""

from __future__ import annotations

from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import Part


class Coverage:
    """Marks the words of bindings in their parts; words of several capabilities may overlap."""

    def __init__(self, parts: dict[str, Part]) -> None:
        self._parts = parts
        self._marks: dict[tuple[str, str], bytearray] = {}

    def add(self, binding: Binding) -> None:
        """Mark the words of a binding; BadBinding where they do not stand there."""
        part = self._parts[binding.at]
        begin, size = place_of(part, binding.words, binding.nth), len(binding.words)
        marks = self._marks.setdefault((binding.capability, binding.at), bytearray(len(part.text)))
        marks[begin : begin + size] = b"\1" * size

    def of(self, capability: str, sentence: Sentence) -> bytes:
        """A byte for each character of the sentence: 1 where it is bound to the capability."""
        marks = self._marks.get((capability, sentence.at))
        size = len(sentence.words)
        return bytes(marks[sentence.begin : sentence.begin + size]) if marks else bytes(size)

    def overlaps(self, capability: str, sentence: Sentence) -> bool:
        """Whether words of the sentence are bound to the capability."""
        return any(self.of(capability, sentence))
