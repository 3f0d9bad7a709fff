"""Whose number it is: a share or period is carried out for what its own words say it is of, and for nothing else.

十分之一以上成员单位提议 is of who may propose, and does not adopt a change; 不超过三分之二 is a ceiling, and 三分之一以上反对 counts no
consents. Where the text has a clause of a capability, its number is that clause's, and a second one beside it is not passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from gongyue.covenant import numbers
from gongyue.covenant.binding import not_asked, own_matters, stricter
from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import CLOSED, closed_up, fold, joined
from gongyue.covenant.binding.passages import MOST_NUMBERS, Passage, Reader, placed, places_of
from gongyue.covenant.binding.records import Binding, Fault, place_of, within
from gongyue.covenant.binding.requirements import ROLL_OR_BALLOTS, around
from gongyue.covenant.binding.self_names import written_over
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

CLAIMED = {
    "amendment.proposal": "share",
    "amendment.adoption": "share",
    "vote.quorum": "share",
    "annex.consent": "share",
    "publication.within": "period",
}
"""The capabilities whose number a rule goes by, and its kind."""
_DOES = "执行|实施|负责|办理|管理|日常|处理|维护|解释|运营|领导|服务|总理|综理|主持"
SPEAKING = {
    "founding.in_force": re.compile("施行|实施|试行|执行|[生起]效|效力|适用|[公发颁]布|公示"),
    "office.executive": re.compile(f"{_DOES}|机构|秘书|[理干幹]事|委员|会长|主任|平台|版主|协会|联盟|名称|定名"),
}
"""What may be declared absent, so that nobody need bind words that say nothing of it."""
MOST_JUDGED = 200
"""Other numbers in the passages of one capability that are looked at: a text with more was made to tire its reader."""
CONSENTING = ("amendment.adoption", "vote.resolution", "annex.consent")
LENDERS = {"amendment.adoption": ("vote.resolution",)}
"""Whose clause may lend its number to one whose own clause states none: changes by the general resolution."""
BESIDE = (
    "amendment.proposal", "amendment.adoption", "vote.quorum", "annex.consent", "sanction.decider", "founding.adoption", "termination",
)  # fmt: skip
"""What another share in a sentence may be of."""
_CEILING_BEFORE = re.compile("(?:不得?(?:超过|多于|高于|大于)|至多|最多)(?:全体|成员|会员|单位|总数|的){0,4}$")
_CEILING_AFTER = re.compile("[以之](?:下|内)")
_AGAINST = re.compile("不(?:予|表示)?(?:同意|赞成|赞同)|反对|否决|弃权|异议|未(?:予|表示|提出)?(?:同意|赞成|反对)")


def faults(
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
    stated: Mapping[str, tuple[Number, ...]],
) -> Iterator[Fault]:
    """Numbers bound to what they are not of; then numbers that the text states for a capability beside the one bound."""
    yield from _broken(by, seen, bindings, parts)
    numbered = [b for b in bindings if b.kind in ("share", "period")]
    yield from _redefined(numbered, parts)
    yield from not_asked.abstentions(numbered, CONSENTING, parts)
    for b in numbered:
        part = parts[b.at]
        begin = place_of(part, b.words, b.nth)
        found = [n for n in within(stated[b.at], begin, begin + len(b.words)) if n.kind == b.kind]
        for n in found[:1]:
            yield from _of_number(by, b, part, n, stated[b.at])
            yield from not_asked.of_number(b, part, n)
    for name in (n for n, c in by.catalogue.capabilities.items() if c.guard):
        own = [(p, s) for p, s in seen if p.capability == name]
        if own and not any(coverage.overlaps(name, s) for _, s in own):  # bound, and to words that say nothing of it
            yield from _lent(name, own, [b for b in bindings if b.capability == name], seen, parts)
    for b in (b for b in bindings if b.capability in SPEAKING):
        yield from _of_nothing(by, b, parts[b.at])
    for name, kind in CLAIMED.items():
        own = [(p, s) for p, s in seen if p.capability == name]
        bound = [b for b in numbered if b.capability == name and b.kind == kind]
        if bound and own:
            yield from _lent(name, own, bound, seen, parts)
            yield from passed_over(by, name, own, bound, coverage, parts)


# -- a number or its words defined otherwise

_DEFINES = re.compile("所称|所谓|凡称|用语")
_BOUNDS_OUT = re.compile("(?:以上|以下|以内)[^。；！？含超过满低外]{0,8}不(?:含|包括|包含)")
_WORKING = re.compile("[日天][^，。；！？]{0,6}[，,]?(?:均|皆|都)?(?:是|系)?(?:指|为|按|以|作)[^，。；！？]{0,4}工作日")


def _redefined(numbered: Sequence[Binding], parts: Mapping[str, Part]) -> Iterator[Fault]:
    """A text that defines the words of a bound number away: 所称以上不含本数, 所称日指工作日, 所称三分之二是指…"""
    for part in (p for p in parts.values() if _DEFINES.search(fold(p.text))):
        for s in split(part.at, part.text):
            if not _DEFINES.search(s.plain):
                continue
            named = {n.value for n in numbers.read_joined(s.close, MOST_NUMBERS) if n.kind == "share"}
            for b in (b for b in numbered if b.capability in CLAIMED):
                out = b.inclusive and _BOUNDS_OUT.search(s.plain)
                days = b.kind == "period" and b.unit == "day" and _WORKING.search(s.plain)
                if out or days or (b.kind == "share" and b.value in named):
                    yield Fault(
                        "defined", b.capability, part.at,
                        f"{zh_of(b.capability)}：{part.label}“{s.words}”另行定义了“{b.words}”所载的数，软件只能照通常的意思执行；"
                        "请把定义写进条文的字句",
                        f"{en_of(b.capability)}: {part.label} “{s.words}” defines the number of “{b.words}” otherwise, and the software counts"
                        " it as it is commonly meant: write what is meant into the clause itself",
                    )  # fmt: skip
                    break


# -- a sentence broken over short lines


def _broken(
    by: Reader, seen: Sequence[tuple[Passage, Sentence]], bindings: Sequence[Binding], parts: Mapping[str, Part]
) -> Iterator[Fault]:
    """Lines too short to be joined that hide a guard's sentence, or what is said of a bound number, from one another."""
    guards = [name for name, c in by.catalogue.capabilities.items() if c.guard]
    for part in parts.values():
        if "\n" not in part.text or (whole := closed_up(part.text)) == part.text:
            continue
        known = {(p.capability, s.plain) for p, s in seen if s.at == part.at}
        lost = [
            (p.capability, p.words)
            for p, s in placed([msgspec.structs.replace(part, text=whole)], by)
            if p.capability in guards and not _known_in_pieces(p.capability, s, known)
        ]
        of_part = [b for b in bindings if b.at == part.at and b.kind in ("share", "period")]
        again = {_said_of(n) for n in numbers.read(whole, MOST_NUMBERS)}
        lost += [(b.capability, b.words) for b in of_part if _said_of(b) not in again]
        for name, words in lost[:1]:
            yield Fault(
                "broken", name, part.at,
                f"{zh_of(name)}：{part.label}的“{words}”断在短行里，读作几句就变了意思；请去掉断行",
                f"{en_of(name)}: in {part.label} short lines break “{words}”, which says another thing in pieces; join the lines",
            )  # fmt: skip


MOST_PIECES = 30
"""Short lines of one sentence that are looked at; one with more is broken."""


def _known_in_pieces(name: str, s: Sentence, known: Set[tuple[str, str]]) -> bool:
    """Whether a run of the lines that were closed up into a sentence is a passage by itself."""
    if (name, s.plain) in known:
        return True
    pieces = [written_over(fold(joined(piece)[0])) for piece in s.words.split(CLOSED)[:MOST_PIECES]]
    runs = ("".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1))
    return any((name, run) in known for run in runs)


def _said_of(n: Binding | Number) -> tuple[object, ...]:
    return (n.kind, n.value, n.unit, n.inclusive, n.delay, n.base, n.start)


# -- a number that is of something else


def _of_number(by: Reader, b: Binding, part: Part, n: Number, stated: Sequence[Number]) -> Iterator[Fault]:
    head, tail = around(part.text, n, stated)
    said = f"{part.label}“{b.words}”"
    if b.kind == "share" and (_CEILING_BEFORE.search(head) or _CEILING_AFTER.match(tail)):
        yield Fault(
            "ceiling", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}写的是上限，达到多少才算数没有写；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: {said} is a ceiling and does not say how many it takes; select other words, or decide it as another matter",
        )  # fmt: skip
    elif b.capability in CONSENTING and b.kind == "share" and _AGAINST.search(tail):
        yield Fault(
            "against", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}写的是不同意者，不是同意者；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: {said} says who is against, not who consents; select other words, or decide it as another matter",
        )  # fmt: skip
    elif b.capability in (*CLAIMED, *BESIDE) and (other := _whose(by, b.capability, b.kind, head, tail)):
        if b.capability == "termination" and own_matters.is_of_the_end(part.text, n, stated, by.catalogue):
            return
        known = by.catalogue.capabilities
        yield Fault(
            "misplaced", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}的数是“{known[other].zh}”的，不是“{known[b.capability].zh}”的；请改选字句",
            f"{en_of(b.capability)}: the number in {said} is of “{known[other].en}”, not of “{known[b.capability].en}”; select"
            " other words",
        )  # fmt: skip


def _whose(by: Reader, own: str, kind: str, head: str, tail: str) -> str:
    """The other capability whose verb goes with the number, where its own does not; what follows decides before what precedes."""
    rivals = [name for name, c in by.catalogue.capabilities.items() if kind in c.needs and name != own]
    for words in ("" if tail.startswith("、") else tail, head) if own in CLAIMED else (head + tail,):
        if by.opens(own, words):
            return ""
        if other := next((name for name in rivals if by.opens(name, words)), ""):
            return other
    return ""


def says_something(by: Reader, b: Binding, part: Part) -> bool:
    """Whether the sentence of words bound to force or to the body has a word of it."""
    begin = place_of(part, b.words, b.nth)
    near = [s for s in split(part.at, part.text) if s.begin < begin + len(b.words) and begin < s.begin + len(s.words)]
    return any(by.opens(b.capability, s.plain) or SPEAKING[b.capability].search(s.plain) for s in near)


def _of_nothing(by: Reader, b: Binding, part: Part) -> Iterator[Fault]:
    """Words of force or of the body that carries the text out whose sentence has no word of it: what is not said is declared absent."""
    if not says_something(by, b, part):
        yield Fault(
            "misplaced", b.capability, b.at,
            f"{zh_of(b.capability)}：{part.label}“{b.words}”没有说到这一事项；请绑定说到它的字句，本文没有的，请声明本文无此规定",
            f"{en_of(b.capability)}: {part.label} “{b.words}” says nothing of it; bind words that do, or declare it absent where the text"
            " has none",
        )  # fmt: skip


# -- a number that another clause has, or that was passed over


def _lent(
    name: str,
    own: Sequence[tuple[Passage, Sentence]],
    bound: Sequence[Binding],
    seen: Sequence[tuple[Passage, Sentence]],
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """A number bound outside every sentence that says something of its capability, or of one that may lend it."""
    may = [s for p, s in seen if p.capability in (name, *LENDERS.get(name, ()))]
    for b in bound:
        begin = place_of(parts[b.at], b.words, b.nth)
        if not any(s.at == b.at and s.begin < begin + len(b.words) and begin < s.begin + len(s.words) for s in may):
            passage = own[0][0]
            here = f"{parts[passage.at].label}“{passage.words}”"
            yield Fault(
                "borrowed", name, b.at,
                f"{zh_of(name)}：{parts[b.at].label}“{b.words}”说的不是这一事项；本文在{here}另有规定，请绑定那里的字句",
                f"{en_of(name)}: {parts[b.at].label} “{b.words}” does not speak of it; the text does at {here}: bind words there",
            )  # fmt: skip


def passed_over(
    by: Reader,
    name: str,
    own: Sequence[tuple[Passage, Sentence]],
    bound: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """Another number that the text states for the capability and nothing is bound to: it would count for nothing."""
    kind = bound[0].kind
    said = {_says(b) for b in bound}
    judged = 0
    for passage, s in own:
        found, places = numbers.read_joined(s.close, MOST_NUMBERS), places_of(s)
        for n in found:
            begin, end = s.begin + places[n.begin], s.begin + places[n.end - 1] + 1
            if n.kind != kind or n.delay or _says(n) in said or coverage.covers((name, *BESIDE), s.at, begin, end):
                continue
            if kind == "share" and n.base not in ROLL_OR_BALLOTS:
                continue
            head, tail = around(s.close, n, found)
            if name == "vote.quorum" and own_matters.FOR_OFFICE.fullmatch(head):
                continue
            judged += 1
            if judged <= MOST_JUDGED and not _goes_with(by, name, kind, head, tail):
                continue
            apart = not coverage.overlaps(name, s)
            if apart and own_matters.is_of_its_own(bound, s, n, found, parts, by.catalogue):
                continue
            if stricter.left_as(bound, n, s, apart, head, parts):
                continue
            label = parts[s.at].label
            yield Fault(
                "borrowed", name, s.at,
                f"{zh_of(name)}：{label}“{passage.words}”另写有“{s.close[n.begin : n.end]}”，与所绑定的“{bound[0].words}”不同；请绑定这一处，"
                "或把它绑定到所属的事项（解散、终止的，绑定到“终止”termination）；两处都管修改的，绑定较严的一处，另一句记为另一事项；不能分出严宽的，须先改文本",
                f"{en_of(name)}: {label} “{passage.words}” states “{s.close[n.begin : n.end]}” beside the number of “{bound[0].words}” that is"
                " bound; bind this one, or bind it to what it is of (of a dissolution: to termination); where both are of changes, bind the"
                " stricter and decide that the other sentence is another matter; where neither is the stricter, the text has to change first",
            )  # fmt: skip
            break


def _says(n: Binding | Number) -> tuple[object, ...]:
    return (n.value, n.unit, n.inclusive, n.base, n.start if n.kind == "period" else "")


def _goes_with(by: Reader, name: str, kind: str, head: str, tail: str) -> bool:
    """Whether the words beside the number are not another capability's: what stands in a passage of its own is its own."""
    for words in (tail, head):
        if by.opens(name, words):
            return True
        if any(kind in c.needs and by.opens(other, words) for other, c in by.catalogue.capabilities.items()):
            return False
    return True
