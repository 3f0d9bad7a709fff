"""Where the words that are proposed begin and end, where they are more than their best clause: a list, a notice, a lapse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gongyue.covenant.binding import listed_words, named_bodies, named_objects, spoken_of, unseen_matters
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.records import within
from gongyue.covenant.binding.requirements import EXECUTIVE, STOPS
from gongyue.covenant.binding.sentences import start_of_sentence
from gongyue.covenant.binding.stricter import REGISTERED
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

LIST, NOTICE, LAPSE = "sanction.list", "membership.withdrawal_condition", "membership.lapse"
ADOPTION = "amendment.adoption"
_CLAUSE = re.compile(f"[{STOPS}]")
_NO_STOPS = re.compile(f"[^{STOPS}]+")
_FULL_STOP = re.compile("[。！？\n]")
_TAKES = re.compile(
    "书面|通知|告知|声明|申请|提出|请求|请辞|交[回还]|缴[回还]|[日月年周]前|提前|预告|清偿|结清|终了|届满|证|同意|审[核查批]|通过|手续|生效"
)
"""What leaving takes."""
_PROMISE = re.compile("承诺(?:如下)?$")
"""What is promised stands behind it: 成员单位承诺：诚信经营，不做虚假宣传."""
_SENTENCE = re.compile("[。！？；;\n]")


def span_of(name: str, part: Part, begin: int, end: int, stated: Sequence[Number], by: Reader) -> tuple[int, int]:
    """Where what is proposed for a capability begins and ends, given its best clause."""
    if name == LIST:
        return _begin_of_list(part, begin), _end_of_list(part, end, by)
    if name == NOTICE:
        return begin, _end_of_notice(part, begin, end, stated)
    if name == unseen_matters.DUTIES and not part.items and _PROMISE.search(fold(part.text[begin:end])):
        return begin, _end_of_sentence(part.text, end)
    if name == EXECUTIVE:
        return max(begin, 0) if (named := named_bodies.words_of_the_body(part, begin, end)) < 0 else named, end
    if name == ADOPTION:
        return _begin_of_condition(part.text, begin), end
    return (_begin_of_lapse(part, begin) if name == LAPSE else begin), end


def _begin_of_condition(text: str, begin: int) -> int:
    """Where a share begins that holds before or after a registration alone (辦理法人登記後，章程之變更…): with that condition."""
    start = start_of_sentence(text, begin)
    conditions = (m for m in _NO_STOPS.finditer(text, start, begin) if REGISTERED.search(fold(m[0])))
    return next((m.start() + len(m[0]) - len(m[0].lstrip()) for m in conditions), begin)


def _begin_of_list(part: Part, begin: int) -> int:
    """Where the list begins whose best clause begins there: in the sentences before it, for as long as each imposes a sanction."""
    stops = [0, *(m.end() for m in _FULL_STOP.finditer(part.text, 0, begin))]
    spans = (m.span() for m in _NO_STOPS.finditer(part.text, stops[-1], begin))
    begin = next((a for a, z in spans if listed_words.imposes(part.text[a:z])), begin)
    for start, stop in reversed(list(pairwise(stops))):
        spans = (m.span() for m in _NO_STOPS.finditer(part.text, start, stop))
        imposing = next((a for a, z in spans if listed_words.imposes(part.text[a:z])), None)
        if part.text[start:stop].strip() and (imposing is None or part.items):
            break
        begin = begin if imposing is None else imposing
    return begin


def _end_of_list(part: Part, end: int, by: Reader) -> int:
    """Where the list ends whose first clause ends there: with the last clause of the text's sentence that has a sanction too, and
    of those behind it for as long as each imposes one (情节严重的，予以除名). What is listed item by item ends with its items."""
    last, at, until = end, end, _end_of_sentence(part.text, end)
    while True:
        for clause in [*_CLAUSE.finditer(part.text, at, until), None]:
            upto = clause.start() if clause else until
            said = part.text[at:upto]
            if any(
                listed_words.is_a_sanction(i, by) for i in listed_words.items_of(said)
            ) and not named_objects.tells_a_result(said):
                last = upto
            at = clause.end() if clause else until
        following = next((i for i in range(until + 1, len(part.text)) if not part.text[i].isspace()), len(part.text))
        until = _end_of_sentence(part.text, following)
        if part.items or not any(listed_words.imposes(c) for c in _CLAUSE.split(part.text[following:until])):
            return last
        at = following


def _end_of_notice(part: Part, begin: int, end: int, stated: Sequence[Number]) -> int:
    """Where a condition of leaving ends: with the clause of its sentence that says when it takes effect, if it does not itself."""
    until = _end_of_sentence(part.text, end)
    if not _TAKES.search(fold(part.text[begin:end])):
        spans = (m.span() for m in _NO_STOPS.finditer(part.text, end, until))
        end = max((z for a, z in spans if _TAKES.search(fold(part.text[a:z]))), default=end)
    periods = [n for n in within(stated, begin, until) if n.kind == "period"]
    if len(periods) != 1 or periods[0].begin < end or not _is_of_leaving(part.text, periods[0]):
        return end
    clause = _CLAUSE.search(part.text, periods[0].end, until)
    return clause.start() if clause else until


def _is_of_leaving(text: str, period: Number) -> bool:
    """Whether the clause of a period speaks of a notice; 连续二年不缴纳会费 is of a lapse."""
    return bool(spoken_of.MATTERS[NOTICE][1].search(spoken_of.clause_of(text, period.begin, period.end)))


def _begin_of_lapse(part: Part, end: int) -> int:
    """Where what a clause says has lapsed begins: with the conditions that stand before it in its sentence."""
    stops = [m.end() for m in _SENTENCE.finditer(part.text, 0, end)]
    begin = stops[-1] if stops else 0
    return begin + len(part.text[begin:end]) - len(part.text[begin:end].lstrip())


def _end_of_sentence(text: str, begin: int) -> int:
    stop = _FULL_STOP.search(text, begin)
    return stop.start() if stop else len(text)
