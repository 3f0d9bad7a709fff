"""Which characters of a text are bound to which capability."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

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

    def covers(self, capabilities: Collection[str], at: str, begin: int, end: int) -> bool:
        """Whether one of the capabilities is bound to all that stands there."""
        found = (self._marks.get((name, at)) for name in capabilities)
        return any(all(marks[begin:end]) for marks in found if marks)


def overlapping(bindings: Sequence[Binding], parts: Mapping[str, Part]) -> dict[Binding, tuple[str, ...]]:
    """For each binding the other capabilities whose words overlap its own, in order: allowed, and to be shown."""
    spans = [(b.at, place_of(parts[b.at], b.words, b.nth), b) for b in bindings]
    spans.sort(key=lambda s: (s[0], s[1]))
    found: dict[Binding, dict[str, None]] = {b: {} for b in bindings}
    reaching: list[tuple[str, int, Binding]] = []
    for at, begin, b in spans:
        reaching = [r for r in reaching if r[0] == at and r[1] > begin]
        for _, _, other in reaching:
            if other.capability != b.capability:
                found[b][other.capability] = found[other][b.capability] = None
        reaching.append((at, begin + len(b.words), b))
    return {b: tuple(names) for b, names in found.items()}
