"""The sentences of a text, folded, with the context each stands in.

A sentence is a run of a part's text up to 。；！？;!? or a line end that does not only break it (`folding.joined`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from gongyue.covenant.binding.folding import LABEL, fold, joined
from gongyue.covenant.binding.self_names import written_over

HEAD = 30
"""Characters of a part's beginning that are context to all its sentences."""
MOST_UNDER = 100
"""Sentences under one lead that are its context; the longest lists of charters have sixty."""
_END = re.compile("[。；！？;!?]+[”’」』）)]*|\n")
_LEADS = re.compile("(?:下列|左列|如下)")
_COLON = re.compile("[：:]")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: its words as they stand, its place among equal ones in its part, and what is matched.

    `plain` is folded, without blanks, a name of the text's own that is not known written over; `context` is the lead of its list,
    the items under it if it is a lead, and the part's first thirty characters, each on a line.
    """

    at: str
    nth: int
    begin: int
    words: str
    close: str
    plain: str
    context: str


def readings(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence as it is read, and as it stands where a name in it was written over: neither hides what the other says."""
    yield sentence
    if "本" in sentence.plain and (plain := fold(sentence.close)) != sentence.plain:
        yield msgspec.structs.replace(sentence, plain=plain)


class _Run(msgspec.Struct, frozen=True):
    """A sentence in the joined text; `opens`: it begins a line; `labelled`: it begins with an item's label."""

    begin: int
    end: int
    plain: str
    opens: bool

    @property
    def labelled(self) -> bool:
        return bool(LABEL.match(self.plain))


def start_of_sentence(text: str, begin: int) -> int:
    """Where the sentence begins in which a place of a text stands; a line is one of its own."""
    return max(text.rfind(stop, 0, begin) for stop in "。；;！？!?\n") + 1


def split(at: str, text: str) -> Iterator[Sentence]:
    """The sentences of one part, in order; many ask for those of one part again and again."""
    return iter(_split(at, text))


@lru_cache(maxsize=16)
def _split(at: str, text: str) -> tuple[Sentence, ...]:
    return tuple(_sentences(at, text))


def _sentences(at: str, text: str) -> Iterator[Sentence]:
    close, places = joined(text)
    plain = written_over(fold(close))
    runs = list(_runs(plain))
    leads = _leads(runs)
    under: dict[int, list[int]] = {}
    for item, lead in leads.items():
        under.setdefault(lead, []).append(item)
    counts: dict[str, int] = {}
    for i, run in enumerate(runs):
        begin, end = places[run.begin], places[run.end - 1] + 1
        words = text[begin:end]
        counts[words] = counts.get(words, 0) + 1
        around = [runs[leads[i]].plain] if i in leads else []
        around += [runs[j].plain for j in under.get(i, ())]
        around.append(plain[:HEAD].replace("\n", ""))
        yield Sentence(at, counts[words], begin, words, close[run.begin : run.end], run.plain, "\n".join(around))


def _runs(plain: str) -> Iterator[_Run]:
    begin, opens = 0, True
    for stop in [*_END.finditer(plain), None]:
        end = len(plain) if stop is None else stop.start() if stop[0] == "\n" else stop.end()
        if end > begin:
            yield _Run(begin, end, plain[begin:end], opens)
        if stop is not None:
            begin, opens = stop.end(), stop[0] == "\n" or (opens and end <= begin)


def _leads(runs: list[_Run]) -> dict[int, int]:
    """For each sentence under a lead, the lead's number; of leads one in another, the inner."""
    found: dict[int, int] = {}
    for i, run in enumerate(runs[:-1]):
        if _is_lead(run, runs[i + 1]):
            found.update(dict.fromkeys(_under(runs, i), i))
    return found


def _is_lead(run: _Run, below: _Run) -> bool:
    """It ends in a colon, holds one before a label (职权：（一）…), or says 下列 before an item."""
    if run.plain[-1] in "：:":
        return True
    if any(LABEL.match(run.plain, colon.end()) for colon in _COLON.finditer(run.plain)):
        return True
    return below.labelled and bool(_LEADS.search(run.plain))


def _under(runs: list[_Run], lead: int) -> Iterator[int]:
    """The items under a lead: labelled ones and what goes on in them; bare ones up to the end of a sentence."""
    first = runs[lead + 1]
    for j in range(lead + 1, min(len(runs), lead + 1 + MOST_UNDER)):
        run, before = runs[j], runs[j - 1]
        if first.labelled and not run.labelled:
            ended = before.plain[-1] in "。！？!?"
            if run.opens or (ended and not first.opens):
                return
        yield j
        if not first.labelled and run.plain[-1] in "。！？!?":
            return
