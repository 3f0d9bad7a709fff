"""Where words that a person gives stand in a text; and, where they do not, the nearest place."""

from __future__ import annotations

from collections.abc import Mapping

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.records import BadBinding, place_of
from gongyue.covenant.text import Part

LONGEST_SOUGHT = 80
"""Characters of the words by which the nearest place is sought."""
SHORTEST_SHARED = 2
AROUND = 12
"""Characters shown to either side of the nearest place."""


def find(parts: Mapping[str, Part], words: str, at: str = "", nth: int = 0) -> tuple[Part, int]:
    """The part and the occurrence; without `at` the only part that has the words, without `nth` their only occurrence there."""
    if not words.strip():
        raise BadBinding("没有选取字句", "no words were given")
    if at and at not in parts:
        near = [p.label for p in parts.values() if p.label == at or p.at.endswith(f"/{at}")][:5]
        zh, en = (f"；是否 {'、'.join(near)}", f"; did you mean {', '.join(near)}") if near else ("", "")
        raise BadBinding(f"文本没有 {at} 处{zh}", f"the text has no part {at}{en}")
    within = [parts[at]] if at else list(parts.values())
    having = [p for p in within if words in p.text]
    if not having:
        raise _not_there(parts, words, at)
    if len(having) > 1:
        places = [p.at for p in having[:10]]
        raise BadBinding(
            f"“{words}”见于 {'、'.join(places)} 等 {len(having)} 处；请用 --at 指明",
            f"“{words}” stands in {', '.join(places)}; say which with --at",
        )
    part = having[0]
    count = _count(part.text, words)
    if not nth and count > 1:
        raise BadBinding(
            f"{part.label}有 {count} 处“{words}”；请多选几个字，或用 --nth 指明第几处",
            f"{part.label} has “{words}” {count} times; select more words, or say which with --nth",
        )
    place_of(part, words, nth or 1)
    return part, nth or 1


def _count(text: str, words: str) -> int:
    """Occurrences, overlapping ones too."""
    count, place = 0, text.find(words)
    while place >= 0:
        count, place = count + 1, text.find(words, place + 1)
    return count


def _not_there(parts: Mapping[str, Part], words: str, at: str) -> BadBinding:
    where_zh, where_en = (
        (f"{parts[at].label}没有", f"{parts[at].label} has no") if at else ("文本没有", "the text has no")
    )
    elsewhere = next((p for p in parts.values() if at and words in p.text), None)
    if elsewhere:
        return BadBinding(
            f"{where_zh}“{words}”；它在{elsewhere.label}（--at {elsewhere.at}）",
            f"{where_en} “{words}”; it stands in {elsewhere.label} (--at {elsewhere.at})",
        )
    near = _nearest([parts[at]] if at else list(parts.values()), words)
    if near is None:
        return BadBinding(f"{where_zh}“{words}”", f"{where_en} “{words}”")
    part, quoted = near
    return BadBinding(
        f"{where_zh}“{words}”；最近的是{part.label}（--at {part.at}）“{quoted}”",
        f"{where_en} “{words}”; nearest is {part.label} (--at {part.at}) “{quoted}”",
    )


def _nearest(parts: list[Part], words: str) -> tuple[Part, str] | None:
    """The part with the longest piece of the words, folded, and what stands around it there."""
    sought = fold(words[:LONGEST_SOUGHT])
    folded = [(p, fold(p.text)) for p in parts]
    for size in range(len(sought), SHORTEST_SHARED - 1, -1):
        for begin in range(len(sought) - size + 1):
            piece = sought[begin : begin + size]
            for part, text in folded:
                place = text.find(piece)
                if place >= 0:
                    start = max(0, place - begin, place - AROUND)
                    stop = min(len(text), place + size + max(AROUND, len(sought) - begin - size))
                    return part, part.text[start:stop].replace("\n", " ")
    return None
