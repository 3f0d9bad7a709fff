"""What a binding needs to be carried out: shares over somebody who can be counted, numbers that agree, and what must be in a text."""

from __future__ import annotations

import difflib
import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import chain

from gongyue.covenant import numeral_account
from gongyue.covenant.binding.catalogue import Catalogue, catalogue, en_of, zh_of
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import Absence, Binding, Fault, place_of, stated_in, within
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import NUMERAL, parse
from gongyue.covenant.text import Part
from gongyue.covenant.unsupported_clauses import beyond

PRESENCE, EXECUTIVE = "vote.presence", "office.executive"
_BODIES = ("执行机构", "执行机关")
SHARES = ("amendment.adoption", "vote.quorum", "vote.resolution")
"""Nothing of these can be carried out without a share."""
BASES = {
    "amendment.proposal": ("roll",),
    "vote.quorum": ("roll",),
    "annex.consent": ("roll", "voting", "present", "branch"),
}
"""Of whom a share is counted, where it is not of ROLL_OR_BALLOTS: proposers stand on the roll, a quorum is of the whole roll."""
REPLACING = ("annex.consent",)
"""Capabilities whose own share takes the place of the reading of that name: the text comes before its interpretation."""
STOPS = "，；。：！？,;:!?\n"
FARTHEST = 1_000
"""Characters to either side within which a clause ends."""
ROLL_OR_BALLOTS = ("roll", "voting", "present")
BASE_WORDS = {
    "roll": ("全体名册", "the whole roll"),
    "voting": ("参加表决者", "those who vote"),
    "present": ("出席者", "those present"),
    "branch": ("该分支的成员", "the members of the branch"),
    "weight": (
        "表决权、面积、出资等权重，或除去弃权的票",
        "weights such as votes held, area or capital, or ballots without abstentions",
    ),
    "body": ("理事、代表等机构的成员", "the members of a body such as a council"),
}
_HEADS_APART = (
    "；条文也要求人数的，可以把以人数计的份额另写成一句，再绑定那一句",
    "; where the text asks for heads as well, write their share in a sentence of its own and bind that",
)
"""Of a weight: two shares in one sentence are read as weights both, heads in their own sentence are counted."""
_ABOVE_ONE = re.compile(
    f"({NUMERAL})分之({NUMERAL})|(?<![0-9/.])([0-9]{{1,3}})/([0-9]{{1,3}})(?![0-9/月日年])|([0-9]{{1,4}})(?:[.][0-9]+)?%"
)


def absence(name: str, presence: bool = False) -> Absence:
    """That the text has no such capability, and what holds instead; that a ballot is presence only where somebody says so."""
    entry = catalogue().capabilities.get(name)
    return Absence(name, entry.then if entry and (name != PRESENCE or presence) else "")


def may_list(capability: str) -> bool:
    """Whether a capability may carry items."""
    return "list" in catalogue().capabilities[capability].needs


def similar(name: str, by: Catalogue) -> list[str]:
    """Capabilities a mistyped name may mean, by their name or their short Chinese name."""
    folded = fold(name)
    named = [n for n, c in by.capabilities.items() if folded and (folded in c.zh or c.zh in folded)]
    return list(dict.fromkeys(named + difflib.get_close_matches(name, by.capabilities, 3, 0.6)))[:3]


def faults(
    by: Catalogue,
    bindings: Sequence[Binding],
    absent: Sequence[Absence],
    parts: Mapping[str, Part],
    stated: Mapping[str, tuple[Number, ...]],
) -> Iterator[Fault]:
    """What must be in the text and is not, then what each binding lacks, then bindings that disagree."""
    bound, absences = {b.capability for b in bindings}, {a.capability: a for a in absent}
    for name, entry in by.capabilities.items():
        if entry.absent == "refused" and name in absences and not bound & {name, *entry.alternatives}:
            zh = f"，除非绑定 {'、'.join(map(zh_of, entry.alternatives))}" if entry.alternatives else ""
            en = f" unless {', '.join(map(en_of, entry.alternatives))} is bound" if entry.alternatives else ""
            yield Fault(
                "refused", name, "", f"{entry.zh}：不能声明本文无此规定{zh}；请绑定条文里的字句",
                f"{entry.en}: cannot be absent{en}; bind words of the text",
            )  # fmt: skip
    if EXECUTIVE in absences and (fault := names_a_body(parts.values(), by)):
        yield fault
    presence = PRESENCE in bound or bool(PRESENCE in absences and absences[PRESENCE].then)
    for binding in bindings:
        yield from of_binding(binding, parts[binding.at], presence)
    yield from _hidden(bindings, parts, stated)
    yield from _disagreements(bindings, parts)


def names_a_body(parts: Iterable[Part], by: Catalogue) -> Fault | None:
    """Why a text cannot say that it has no executive body: it speaks of one somewhere."""
    part = next((p for p in parts if any(w in fold(joined(p.text)[0]) for w in _BODIES)), None)
    if part is None:
        return None
    entry = by.capabilities[EXECUTIVE]
    return Fault(
        "refused", EXECUTIVE, part.at, f"{entry.zh}：{part.label}写有执行机构，不能声明本文无此规定；请绑定条文里的字句",
        f"{entry.en}: {part.label} speaks of an executive body, so that its absence cannot be declared; bind words of the text",
    )  # fmt: skip


@cache
def _reserved() -> frozenset[str]:
    """The names of procedure rules and readings."""
    package = tomllib.loads(files("gongyue.covenant").joinpath("interpretations.toml").read_text("utf-8"))
    return frozenset({*package["procedure"], *package["readings"]})


def of_binding(b: Binding, part: Part, presence: bool) -> Iterator[Fault]:
    """What one binding lacks: a share, somebody it is counted over, a share that can be reached; `presence` was said."""
    zh, en = f"{zh_of(b.capability)}：{part.label}“{b.words}”", f"{en_of(b.capability)}: {part.label} “{b.words}” "

    def fault(why: str, zh_says: str, en_says: str) -> Fault:
        return Fault(why, b.capability, b.at, zh + zh_says, en + en_says)

    if b.capability in _reserved() and b.kind not in ("words", *(("share",) if b.capability in REPLACING else ())):
        yield fault(
            "reserved", "与施行细则或解释的一项同名，不能另载数额；请记为另一事项，并声明本文无此规定",
            "bears the name of a procedure rule or reading and cannot state a number of its own; decide it as another matter and"
            " declare it absent",
        )  # fmt: skip
    if "share" in catalogue().capabilities[b.capability].needs and _above_one(b.words):
        yield fault("above-one", "的份额大于一；请核对原文", "states a share above one; compare the original")
    elif b.capability in SHARES and b.kind != "share":
        yield fault(
            "no-share", "不载份额，无从计算；请改选载有份额的字句，一般决议的份额也可以绑定，或声明本文无此规定",
            "states no share, so that nothing can be counted; select words with one (those of the general resolution may do),"
            " or declare it absent",
        )  # fmt: skip
    elif b.kind == "share":
        yield from _of_share(b, presence, fault)
    elif b.kind == "period" and b.delay and b.capability == "publication.within":
        yield fault("delay", "是延后，不是公布的期限；请改选字句", "is a delay, no time within which to publish; select other words")  # fmt: skip


def in_the_way(b: Binding, part: Part) -> Fault | None:
    """Why the binding itself keeps a text from being frozen, so that it is neither proposed nor taken; None where nothing does."""
    return next(chain(of_binding(b, part, presence=True), _of_heads(b, part), beyond([b])), None)


def _of_heads(b: Binding, part: Part) -> Iterator[Fault]:
    """A number of members is no share of them: the roll changes, the number does not."""
    if b.capability == "amendment.proposal" and b.kind == "headcount":
        yield Fault(
            "heads", b.capability, b.at,
            f"{part.label}“{b.words}”按家数定（{b.value}），软件只按名册的份额计。可以改原文为份额，如“十分之一以上成员单位”；"
            f"或记为另一事项，并声明本文无此规定：任一成员单位都可以提议，是否已有 {b.value} 家由受理的人核对",
            f"{part.label} “{b.words}” states a number of members ({b.value}); the software counts shares of the roll. Change the text to a"
            " share, such as 十分之一以上成员单位; or decide it as another matter and declare it absent: any member may then propose, and"
            f" whoever takes the proposal in sees to it that there are {b.value}",
        )  # fmt: skip


def _of_share(b: Binding, presence: bool, fault: Callable[[str, str, str], Fault]) -> Iterator[Fault]:
    share = _fraction(b.value)
    if share is None or share > 1 or share <= 0 or (share == 1 and not b.inclusive):
        yield fault("above-one", f"的份额 {b.value} 不能达到", f"states the share {b.value}, which nobody can reach")
    counted = BASES.get(b.capability, ROLL_OR_BALLOTS)
    base_zh, base_en = BASE_WORDS.get(b.base, (b.base, b.base))
    if b.base not in counted:
        zh = "、".join(BASE_WORDS[c][0] for c in counted)
        en = ", ".join(BASE_WORDS[c][1] for c in counted)
        apart_zh, apart_en = _HEADS_APART if b.base == "weight" else ("", "")
        yield fault(
            "base", f"以{base_zh}计，软件不能代为计算，只能以{zh}计；请记为另一事项，并声明本文无此规定{apart_zh}",
            f"is counted over {base_en}, which the software cannot do; it counts over {en}. Decide it as another matter and declare it"
            f" absent{apart_en}",
        )  # fmt: skip
    elif b.base == "present" and not presence:
        yield fault(
            "presence", f"以出席者计，而何谓出席尚未定；请绑定 {PRESENCE}，或由发起单位随绑定签署“投票即出席”",
            f"is counted over those present, and what presence is was not said; bind {PRESENCE}, or let the initiators sign that"
            " casting a ballot is presence",
        )  # fmt: skip


def _fraction(value: str | int) -> Fraction | None:
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None


def _above_one(words: str) -> bool:
    for m in _ABOVE_ONE.finditer(fold(words)):
        whole, part = (parse(m[1]), parse(m[2])) if m[1] else (int(m[4]), int(m[3])) if m[3] else (100, int(m[5]))
        if whole and part and part > whole:
            return True
    return False


def _hidden(
    bindings: Sequence[Binding], parts: Mapping[str, Part], stated: Mapping[str, tuple[Number, ...]]
) -> Iterator[Fault]:
    """Words chosen so narrow that the number of their clause is left out: it would be carried out as if it did not stand there."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for b in bindings:
        begin = place_of(parts[b.at], b.words, b.nth)
        spans[b.capability, b.at].append((begin, begin + len(b.words)))
    for b in bindings:
        needs = catalogue().capabilities[b.capability].needs
        kind = "share" if "share" in needs else "period" if "period" in needs else ""
        if b.kind not in ("words", "list") or not kind:
            continue
        part = parts[b.at]
        begin = place_of(part, b.words, b.nth)
        start, stop = clause_around(part.text, begin, begin + len(b.words))
        for n in within(stated[b.at], start, stop):
            if n.kind == kind and not any(x <= n.begin and n.end <= y for x, y in spans[b.capability, b.at]):
                said = part.text[n.begin : n.end]
                yield Fault(
                    "left-out", b.capability, b.at,
                    f"{zh_of(b.capability)}：{part.label}“{b.words}”漏选了同一分句的“{said}”；请一并选入，或记为另一事项",
                    f"{en_of(b.capability)}: {part.label} “{b.words}” leaves out “{said}” of the same clause; select it too, or decide it as"
                    " another matter",
                )  # fmt: skip
                break


def clause_around(text: str, begin: int, end: int, stops: str = STOPS) -> tuple[int, int]:
    """Where the clause around a place begins and ends, within FARTHEST characters; a line that is only broken ends none.

    With fewer `stops` it is the sentence.
    """
    first = max(0, begin - FARTHEST)
    close, places = joined(text[first : end + FARTHEST])
    left, right = bisect_left(places, begin - first), bisect_left(places, end - first)
    start = max(close.rfind(c, 0, left) + 1 for c in stops)
    stop = min((p for c in stops if (p := close.find(c, right)) >= 0), default=len(close))
    return first + places[start] if start < len(places) else begin, first + places[stop - 1] + 1 if stop else end


def around(text: str, n: Number, stated: Sequence[Number]) -> tuple[str, str]:
    """What stands before and after a number in its clause, up to the next number there, folded and joined."""
    start, stop = clause_around(text, n.begin, n.end)
    here = bisect_left(stated, n.begin, key=lambda o: o.begin)
    start = max([start, *(o.end for o in stated[max(0, here - 1) : here] if o.end <= n.begin)])
    stop = min([stop, *(o.begin for o in stated[here : here + 2] if o.begin >= n.end)])
    return fold(joined(text[start : n.begin])[0]), fold(joined(text[n.end : max(stop, n.end)])[0])


def numbers_beside(part: Part, b: Binding) -> list[Number]:
    """The numbers of the clause that bound words stand in, however few of its words are bound."""
    begin = place_of(part, b.words, b.nth)
    return within(stated_in(part), *clause_around(part.text, begin, begin + len(b.words)))


def left_beside(part: Part, b: Binding) -> tuple[str, ...]:
    """What the clause of bound words states besides and nobody carries out, as it stands: numerals that were not read, and, where
    the words are bound for their number, numbers of other kinds in them (过半数且不少于10家)."""
    begin = place_of(part, b.words, b.nth)
    end = begin + len(b.words)
    start, stop = clause_around(part.text, begin, end)
    found = [(n.begin, n.end) for n in numeral_account.unread(part.text) if start <= n.begin and n.end <= stop]
    if b.kind in ("share", "period", "frequency"):
        found += [(n.begin, n.end) for n in within(stated_in(part), begin, end) if n.kind != b.kind]
    return tuple(part.text[a:z] for a, z in sorted(found))


def _disagreements(bindings: Sequence[Binding], parts: Mapping[str, Part]) -> Iterator[Fault]:
    numbered: dict[str, list[Binding]] = defaultdict(list)
    for b in bindings:
        if b.kind not in ("words", "list"):
            numbered[b.capability].append(b)
    for name, several in numbered.items():
        first = several[0]
        for other in several[1:]:
            if _says(first) != _says(other):
                one, two = (f"{parts[b.at].label}“{b.words}”" for b in (first, other))
                yield Fault(
                    "disagree", name, other.at, f"{zh_of(name)}：{one}与{two}的数、以谁计或起算不同；只能绑定其一，另一处须是另一事项",
                    f"{en_of(name)}: {one} and {two} differ in number, base or start; bind one, the other must be another matter",
                )  # fmt: skip
                break


def _says(b: Binding) -> tuple[object, ...]:
    return b.kind, b.value, b.unit, b.inclusive, b.delay, b.base, b.start
