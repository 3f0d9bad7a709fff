"""What bound words have to speak of themselves, whoever bound them: a notice of leaving, a decision, a list, presence, a day.

三年 of an office is no notice period of those that leave, 以签到为出席 makes no ballot presence, 报主管部门备案 of a clause that goes on
并经其批准 is not all that the clause asks for. A rule goes by such words, so that `verify` reads them again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gongyue.covenant import numbers, numeral_account
from gongyue.covenant.binding import requirements, turned_round
from gongyue.covenant.binding.bases import MOST_JUDGED
from gongyue.covenant.binding.catalogue import Catalogue, en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.passages import MOST_NUMBERS, Passage, places_of
from gongyue.covenant.binding.records import Binding, Fault, place_of, within
from gongyue.covenant.binding.requirements import PRESENCE, clause_around
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.numbers import Number
from gongyue.covenant.stated_days import says_a_day_nobody_counts
from gongyue.covenant.text import Part
from gongyue.covenant.unsupported_clauses import DECISION, LISTS, NOTICE, PERIOD, carried_out

APPROVAL, FORCE = "amendment.approval", "founding.in_force"
_LEAVES = "退出|退会|退社|出社|退盟|离会|脱离|退约"
_LISTED = "名单|名册|名录|清册"
MATTERS = {
    NOTICE: (
        re.compile(_LEAVES),
        re.compile(f"提前|预先|预告|事先|日前|月前|年前|周前|通知|告知|声明|书面|申请|提出|终了|届满|{_LEAVES}"),
    ),
    DECISION: (
        re.compile("申请|入会|加入|接纳|准予|吸收|入社"),
        re.compile("决定|通过|审核|审查|批准|核准|审议|审定|同意|答复|办理|受理|接纳|回复|表决|审批|处理|给予"),
    ),
    LISTS: (re.compile(_LISTED), re.compile(f"{_LISTED}|^(?:并?(?:应当?|须)?)?[以每]?[^，。；]{{0,4}}一次$")),
}
"""Of the numbers that take the place of the procedure's: what their sentence speaks of, and what their own clause does."""
_IS_PRESENCE = re.compile(
    "(?:投票|表决|投出|回函|书面|通讯|通信|电子|线上|在线|网络|视频|视讯|远程|函|电话|选票)[^。；]{0,24}?"
    "(?<![不非])(?<!不[得应能予])(?:视为|视同|即为|等同于?|计[为入]|算作?|作为|属于?)[^。；，]{0,8}(?:出席|到会|与会|参会|到场|在场)"
)
_COUNTED_OTHERWISE = re.compile(
    "[（(](?:[^（）()]{0,12}(?:工作|节假|假日|休息|周末|顺延|不计|除外|扣除)|(?:[^（）()不]{0,4}(?:含|包括|计入)[^（）()]{0,8}(?:当日|当天|之日)))[^（）()]{0,12}[）)]"
)
BESIDE = 1
"""Characters between a number and a numeral that make them one."""
_BEFORE = re.compile("(?:生效|起效|批准|核准|核定|许可|登记)(?:之|以)?前")
_ANOTHER_EVENT = re.compile(
    "[次翌][日月年周]|(?:生效|起效|批准|核准|核定|许可|登记)(?:并|且|及|和|后|之后|以后)[^，。；]{1,16}(?:后|之日|起)"
)
_NO_LIMIT_BEFORE = re.compile("(?:不少于|不得少于|至少|最少|不低于|满)$")
_ROUGHLY = re.compile("(?<![公规乡民条自合契预制节章])约$|(?:大概|接近|将近)$")
_NO_LIMIT_AFTER = re.compile("[以之]外|[以之]?后")


def faults(
    by: Catalogue,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
    stated: Mapping[str, tuple[Number, ...]],
) -> Iterator[Fault]:
    """Words that do not speak of what they are bound to; then what stands beside them and was left out."""
    for b in bindings:
        part = parts[b.at]
        begin = place_of(part, b.words, b.nth)
        if turned := turned_round.fault(b, part):
            yield turned
        yield from of_itself(b, part, stated[b.at])
        if b.capability == LISTS and b.kind == "words":
            yield from _unlisted(b, part, begin, stated[b.at])
        if b.capability == FORCE:
            yield from _of_its_day(b, part, begin)
    yield from _of_presence(bindings, parts)
    yield from _of_approval(by, seen, bindings, parts)
    for name in MATTERS:
        own = [b for b in bindings if b.capability == name and b.kind in ("period", "frequency")]
        if own:
            yield from passed_over(name, seen, own, coverage, parts)


def of_itself(b: Binding, part: Part, stated: Sequence[Number]) -> Iterator[Fault]:
    """What is wrong with the number of a binding whatever else is bound: its clause speaks of another matter, or counts otherwise."""
    begin = place_of(part, b.words, b.nth)
    if b.capability in MATTERS and carried_out(b):
        yield from _of_its_matter(b, part, begin, stated)
    if b.kind == "period" and carried_out(b):
        yield from _of_its_days(b, part, begin, stated)


def sentence_of(part: Part, begin: int) -> Sentence | None:
    """The sentence of a part that has the character at a place."""
    sentences = _sentences(part.at, part.text)
    i = bisect_right(sentences, begin, key=lambda s: s.begin) - 1
    return sentences[i] if i >= 0 and begin < sentences[i].begin + len(sentences[i].words) else None


@lru_cache(maxsize=64)  # a text made to tire its reader binds one article a thousand times
def _sentences(at: str, text: str) -> tuple[Sentence, ...]:
    return tuple(split(at, text))


def clause_of(text: str, begin: int, end: int) -> str:
    """The clause around a place, folded and joined."""
    start, stop = clause_around(text, begin, end)
    return fold(joined(text[start:stop])[0]).strip("，。；,;")


def numerals_at(text: str, n: Number) -> str:
    """A numeral that was not read and stands right beside a number: with it the number is another (2个30日, 数十日, 30+30日)."""
    start, stop = clause_around(text, n.begin, n.end)
    for u in numeral_account.unread(text[start:stop]):
        begin, end = start + u.begin, start + u.end
        if 0 <= n.begin - end <= BESIDE or 0 <= begin - n.end <= BESIDE:
            return text[min(begin, n.begin) : max(end, n.end)]
    return ""


def _number(b: Binding, begin: int, stated: Sequence[Number]) -> Number | None:
    return next((n for n in within(stated, begin, begin + len(b.words)) if n.kind == b.kind), None)


def _of_its_matter(b: Binding, part: Part, begin: int, stated: Sequence[Number]) -> Iterator[Fault]:
    n, s = _number(b, begin, stated), sentence_of(part, begin)
    sentence, clause = MATTERS[b.capability]
    if n is None or s is None:
        return
    if not (sentence.search(s.plain) or sentence.search(s.context)) or not clause.search(
        clause_of(part.text, n.begin, n.end)
    ):
        said = f"{part.label}“{b.words}”"
        yield Fault(
            "misplaced", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}的数所在的分句说的不是这一事项；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: the clause of the number in {said} does not speak of it; select other words, or decide it as another"
            " matter",
        )  # fmt: skip


def _of_its_days(b: Binding, part: Part, begin: int, stated: Sequence[Number]) -> Iterator[Fault]:
    n = _number(b, begin, stated)
    if n is None:
        return
    start, stop = clause_around(part.text, n.begin, n.end)
    head, tail = fold(joined(part.text[start : n.begin])[0]), fold(joined(part.text[n.end : stop])[0])
    said = f"{part.label}“{b.words}”"
    if (beside := numerals_at(part.text, n)) or _ROUGHLY.search(head):
        yield _left_out(b, part, beside or head[-1:])
    if _COUNTED_OTHERWISE.match(tail.lstrip("之以内")) or _COUNTED_OTHERWISE.search(head):
        yield Fault(
            "defined", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}在括号里另说怎样计日，软件照数所写的日或工作日计算；请写进数的单位，如“三十个工作日”",
            f"{en_of(b.capability)}: {said} says in brackets how its days are counted, and the software counts the days or working days that"
            " stand with the number: write it there, as 三十个工作日",
        )  # fmt: skip
    if b.capability != PERIOD:
        return
    if _BEFORE.search(head) or _ANOTHER_EVENT.search(head):
        yield Fault(
            "beyond", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}不自生效、批准之后起算，或另自一事起算，软件不能代为计算；请改写条文",
            f"{en_of(b.capability)}: {said} does not run from after effect or approval, or runs from something else, and cannot be counted:"
            " write the clause anew",
        )  # fmt: skip
    elif not b.inclusive or _NO_LIMIT_BEFORE.search(head) or _NO_LIMIT_AFTER.match(tail):
        yield Fault(
            "delay", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}写的不是至多多久；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: {said} does not say within what time; select other words, or decide it as another matter",
        )  # fmt: skip


def _unlisted(b: Binding, part: Part, begin: int, stated: Sequence[Number]) -> Iterator[Fault]:
    start, stop = clause_around(part.text, begin, begin + len(b.words))
    if left := next((n for n in within(stated, start, stop) if n.kind == "frequency"), None):
        yield _left_out(b, part, part.text[left.begin : left.end])


def _left_out(b: Binding, part: Part, words: str) -> Fault:
    return Fault(
        "left-out", b.capability, b.at,
        f"{zh_of(b.capability)}：{part.label}“{b.words}”漏选了“{words}”；请一并选入，或改写条文",
        f"{en_of(b.capability)}: {part.label} “{b.words}” leaves out “{words}”; select it too, or write the clause anew",
    )  # fmt: skip


def _of_its_day(b: Binding, part: Part, begin: int) -> Iterator[Fault]:
    clause = clause_of(part.text, begin, begin + len(b.words))
    if day := says_a_day_nobody_counts(clause):
        yield Fault(
            "beyond", b.capability, b.at,
            f"{zh_of(b.capability)}：{part.label}“{b.words}”以“{day}”说何时施行，软件算不出是哪一日；请写明年、月、日，如“自2027年1月1日起”",
            f"{en_of(b.capability)}: {part.label} “{b.words}” says by “{day}” when it is in force, which is no day that can be told; write year,"
            " month and day, as 自2027年1月1日起",
        )  # fmt: skip


def in_the_way(b: Binding, part: Part) -> Fault | None:
    """Why a binding by itself keeps a text from being frozen, so that it is neither proposed nor taken; None where nothing does."""
    found = requirements.in_the_way(b, part) or turned_round.fault(b, part)
    return found or (_no_presence(b, part) if b.capability == PRESENCE else None)


def _of_presence(bindings: Sequence[Binding], parts: Mapping[str, Part]) -> Iterator[Fault]:
    """A ballot is counted as presence only where the words that say so do."""
    bound = [b for b in bindings if b.capability == PRESENCE]
    counted = any(b.kind == "share" and b.base == "present" and carried_out(b) for b in bindings)
    faults = [_no_presence(b, parts[b.at]) for b in bound] if counted else []
    if faults and faults[0] is not None and all(faults):
        yield faults[0]


def _no_presence(b: Binding, part: Part) -> Fault | None:
    said = sentence_of(part, place_of(part, b.words, b.nth))
    if said is not None and _IS_PRESENCE.search(said.plain):
        return None
    return Fault(
        "presence", PRESENCE, b.at,
        f"{zh_of(PRESENCE)}：{part.label}“{b.words}”没有说投票视为出席，软件只知道谁投了票；请绑定这样说的字句，"
        "或记为另一事项，由发起单位签署“投票即出席”",
        f"{en_of(PRESENCE)}: {part.label} “{b.words}” does not say that a ballot is presence, and ballots are all that the software"
        " knows of; bind words that do, or decide it as another matter and let the initiators sign that a ballot is presence",
    )  # fmt: skip


def says_a_ballot_is_presence(part: Part, b: Binding) -> bool:
    """Whether the sentence of bound words says that whoever casts a ballot is present."""
    s = sentence_of(part, place_of(part, b.words, b.nth))
    return s is not None and bool(_IS_PRESENCE.search(s.plain))


def _of_approval(
    by: Catalogue, seen: Sequence[tuple[Passage, Sentence]], bindings: Sequence[Binding], parts: Mapping[str, Part]
) -> Iterator[Fault]:
    """An approval of changes that stands in the text, while words that ask for none are bound."""
    bound = [b for b in bindings if b.capability == APPROVAL]
    approve = by.words["approve"]
    if not bound or any(w in fold(b.words) for b in bound for w in (*approve, "同意", "审查", "审核", "登记", "亦同")):
        return
    inner = "|".join(sorted(map(re.escape, (*by.words["body"], *by.words["assembly"])), key=len, reverse=True))
    asks = re.compile(f"(?<!备案)(?:{'|'.join(map(re.escape, approve))})")
    of_ours = re.compile(f"(?:{inner})[^，。；]{{0,6}}$")
    places = [(parts[b.at], s) for b in bound if (s := sentence_of(parts[b.at], place_of(parts[b.at], b.words, b.nth)))]
    places += [(parts[p.at], s) for p, s in seen if p.capability == APPROVAL]
    for part, s in places:
        for m in asks.finditer(s.plain):
            if not of_ours.search(s.plain[max(0, m.start() - 30) : m.start()]):
                yield _left_out(bound[0], part, s.words)
                return


def passed_over(
    name: str,
    seen: Sequence[tuple[Passage, Sentence]],
    own: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """Another number of the same matter in its passages, that nothing is bound to."""
    said = {(b.value, b.unit) for b in own}
    _, clause = MATTERS[name]
    judged = 0
    for passage, s in (x for x in seen if x[0].capability == name):
        places = places_of(s)
        for n in numbers.read_joined(s.close, MOST_NUMBERS):
            begin, end = s.begin + places[n.begin], s.begin + places[n.end - 1] + 1
            if n.kind != own[0].kind or (n.value, n.unit) in said or coverage.covers((name,), s.at, begin, end):
                continue
            if name == NOTICE and n.start not in ("", "receipt", "proposal"):
                continue
            judged += 1
            if judged <= MOST_JUDGED and clause.search(clause_of(parts[s.at].text, begin, end)):
                yield Fault(
                    "borrowed", name, s.at,
                    f"{zh_of(name)}：{parts[s.at].label}“{passage.words}”另写有“{s.close[n.begin : n.end]}”，与所绑定的“{own[0].words}”不同；"
                    "软件只能执行一个，请改写条文，或绑定这一处",
                    f"{en_of(name)}: {parts[s.at].label} “{passage.words}” states “{s.close[n.begin : n.end]}” beside “{own[0].words}” that is"
                    " bound; one alone can be carried out: write the text anew, or bind this one",
                )  # fmt: skip
                return
