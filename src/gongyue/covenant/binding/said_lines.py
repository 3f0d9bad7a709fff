"""What was said of lines as it is taken: what cannot be said does not act and is told, in a draft's file that anybody wrote as well.

Two things show only in the text as it is read with what was said: what stands above a line that is read with the one above, and whether a
clause of signature, approval or force is found still where a line was parted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gongyue.covenant import parser
from gongyue.covenant.binding.passages import Reader, placed
from gongyue.covenant.binding.records import BadBinding, Fault
from gongyue.covenant.binding.said_headings import NAMES
from gongyue.covenant.binding.said_parting import require, require_read
from gongyue.covenant.parser.line_places import close
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.parser.parting import ON
from gongyue.covenant.text import Outline, Part

_TEXT = frozenset({"part", "above", "on"})
_ROUNDS = 3
"""How often the text is read again without what could not be said, before all that is said of pieces and broken lines is left aside."""
_READ_AS = {
    "title": ("全文的标题", "the title"),
    "heading": ("章节的标题", "a heading"),
    "out": ("不属于正文", "no text"),
    "": ("没有文字", "nothing"),
}


class Taken(msgspec.Struct, frozen=True):
    """The outline as it is read with what can be said of its lines, and of the others why not."""

    outline: Outline
    said: dict[int, str]
    refused: dict[int, Fault]


def take(data: bytes, name: str, addresses: Mapping[int, str], given: Mapping[int, str], by: Reader) -> Taken:
    """Read a text with what was said of its lines; `given` and `addresses` as `parser.outline` takes them. Raises `Unreadable`."""
    near = {n for n, role in given.items() if ":" in role or role == ON}
    words = parser.line_words(data, name) if near else {}
    refused = {n: fault for n in sorted(near) if ":" in given[n] and (fault := _required(n, words, given[n], by))}
    for further in range(_ROUNDS + 1):
        said = {n: role for n, role in given.items() if n not in refused}
        found = parser.outline(data, name, addresses, said)
        if not near & said.keys():
            break
        laid = parser.laid_lines(data, name, found, said)
        amiss = dict(_not_text_above(laid, said)) | dict(_read_otherwise(laid, said))
        amiss = amiss or dict(_torn(parser.outline(data, name, addresses, _whole(said)), found, laid, words, by))
        if not amiss:
            break
        if further == _ROUNDS - 1:
            amiss |= {n: next(iter(amiss.values())) for n in near & said.keys() - amiss.keys()}
        refused |= amiss
    return Taken(found, said, refused)


def _whole(said: Mapping[int, str]) -> dict[int, str]:
    return {n: role for n, role in said.items() if ":" not in role}


def _required(line: int, words: Mapping[int, str], role: str, by: Reader) -> Fault | None:
    try:
        require(line, words.get(line, ""), role, by)
    except BadBinding as error:
        return Fault("outline", "", "", error.zh, error.en)
    return None


def _not_text_above(laid: Sequence[LaidLine], said: Mapping[int, str]) -> Iterator[tuple[int, Fault]]:
    """Lines that are read with the one above where that is none of the text: a title, a heading, and what is in no part have no sentence."""
    above, now = "", {one.line: one.role for one in laid if not one.piece}
    before: dict[int, str] = {}
    for one in laid:
        before.setdefault(one.line, above)
        above = one.role
    for line in sorted(n for n, role in said.items() if role == ON):
        was = before.get(line, "")
        if was not in _TEXT:
            zh, en = _READ_AS[was]
            yield line, Fault("outline", "", "", f"第 {line} 行不能与上一行连成一行：上一行读作{zh}，连上去就没有这几个字了；请先说明上一行是什么",
                              f"line {line} is not the rest of the line above: that is read as {en}, and these words would be nowhere;"
                              " say first what the line above is")  # fmt: skip
        elif now.get(line) != ON:
            yield line, Fault("outline", "", "", f"第 {line} 行不能与上一行连成一行：它自成一处，是章名、一条的起首或表格的一行",
                              f"line {line} is not the rest of the line above: it is the name of a chapter, the beginning of an article,"
                              " or a row of a table")  # fmt: skip


def _read_otherwise(laid: Sequence[LaidLine], said: Mapping[int, str]) -> Iterator[tuple[int, Fault]]:
    pieces: dict[int, list[LaidLine]] = {}
    for one in laid:
        pieces.setdefault(one.line, []).append(one)
    for line, role in said.items():
        if ":" in role:
            try:
                require_read(line, role, pieces.get(line, ()))
            except BadBinding as error:
                yield line, Fault("outline", "", "", error.zh, error.en)


def _torn(
    whole: Outline, found: Outline, laid: Sequence[LaidLine], words: Mapping[int, str], by: Reader
) -> Iterator[tuple[int, Fault]]:
    """Lines whose pieces no longer say what the line does of signature, approval or force; `whole`: the text without its pieces.

    By itself, since the line may be in no part, and in the text, where a sentence goes on over lines. A heading that was said counts with
    its words: what it names (签署与生效) is quoted on the sheet.
    """
    pieces: dict[int, list[Part]] = {}
    for one in laid:
        if one.piece:
            pieces.setdefault(one.line, []).append(Part("¶1", "", None, one.words))
    lost = {n: _lost(_guards([Part("¶1", "", None, words[n])], by), _each(own, by)) for n, own in pieces.items()}
    names = [Part("¶1", "", None, one.words) for one in laid if one.piece and one.said in NAMES]
    # the text as a whole is compared once no line by itself is torn: the other way a hostile file would be slow
    for told in (
        () if any(lost.values()) else _lost(_guards(whole.parts, by), _guards(found.parts, by) + _each(names, by))
    ):
        sentence = told[1]
        near = [n for n in pieces if sentence in close(words[n]) or close(words[n]) in sentence]
        near = near or [n for n, own in pieces.items() if any(close(x.text) in sentence for x in own)] or [*pieces]
        for n in near:
            lost[n].append(told)
    for n, (name, sentence) in ((n, own[0]) for n, own in sorted(lost.items()) if own):
        known = by.catalogue.capabilities[name]
        yield n, Fault("outline", "", "", f"第 {n} 行这样分开，“{sentence[:40]}”就读不出“{known.zh}”了：一句话不能由此分开",
                       f"parted so, line {n} no longer says “{known.en}” in “{sentence[:40]}”: a sentence is not parted there")  # fmt: skip


_Told = tuple[str, str]


def _lost(before: Counter[_Told], now: Counter[_Told]) -> list[_Told]:
    """What is found no more, in no piece of the sentence; that another sentence says the same is no comfort."""
    new: dict[str, list[str]] = {}
    for name, words in now - before:
        new.setdefault(name, []).append(words)
    return [
        (name, words)
        for name, words in before - now
        if not any(own in words or words in own for own in new.get(name, ()))
    ]


def _each(parts: Sequence[Part], by: Reader) -> Counter[_Told]:
    found = Counter[_Told]()
    for one in parts:
        found.update(_guards([one], by))
    return found


def _guards(parts: Sequence[Part], by: Reader) -> Counter[_Told]:
    """The passages of signature, approval and force: of what, and their sentences as they are compared."""
    known = by.catalogue.capabilities
    return Counter((p.capability, close(s.words)) for p, s in placed(parts, by) if known[p.capability].guard)
