"""What a text says besides the words that are bound and nobody carries out: `verify` quotes it, whoever made the edition.

A person who binds is asked about it; whoever writes an edition by hand asks nobody. What was assumed of a share, numbers beside it,
a sentence that was called other matter, secret ballots, another day of force: each is said with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from gongyue.covenant import assumed, numbers
from gongyue.covenant.binding import shared_conditions, spoken_of
from gongyue.covenant.binding.bases import CLAIMED
from gongyue.covenant.binding.catalogue import catalogue, en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import MOST_NUMBERS
from gongyue.covenant.binding.records import Binding, Decision, place_of, within
from gongyue.covenant.binding.requirements import left_beside
from gongyue.covenant.binding.sentences import split
from gongyue.covenant.binding.sheet import BEYOND, Entry
from gongyue.covenant.binding.spoken_of import clause_of, sentence_of
from gongyue.covenant.numbers import Number
from gongyue.covenant.numeral_account import unread
from gongyue.covenant.stated_days import says_a_day_nobody_counts
from gongyue.covenant.text import Chapter, Part, heading_of
from gongyue.covenant.unsupported_clauses import DECISION, LISTS, NOTICE, carried_out

MOST_TOLD = 50
"""Sentences with shares of nothing: of more the first are told."""
TOLD = ("vote.secret", "vote.proxy")
"""Of these a text asks for what the books do not keep."""
_ON_PUBLICATION = re.compile("公布|发布|颁布|公告|公示|刊登|刊载|颁行|公開|公开")
_SINCE = re.compile("[自从]([^，。；]{1,30}?)(?:之日|之时|当日|日)?(?:起|后)")
_EXCEPT = re.compile(
    "例外|除外|紧急|特殊情[况形]|另行|另有|另定|原则上|可[以]?(?:适当)?延[长期]|视[为同]{1,2}(?:同意|赞成|通过)|由(?:会长|理事长|执行机构|秘书长|理事会)[^，。；]{0,4}决定|的反面"
    "|(?:执行机构|理事会|秘书处|联盟|协会)(?:和|会同|与|及|、)(?=[^，。；]{0,16}(?:提议|提案|提出))|[并且须][^，。；或]{0,3}经?(?:全体)?(?:理事|会长|理事长|监事)[^，。；]{0,3}(?:会)?同意"
    "|且(?:全体|全部)[^，。；]{0,6}(?=参加|出席)|(?<=成员单位)的(?:法定代表人|负责人|代表)(?=参加|出席|投票)"
)
"""Words by which a sentence takes back, or shifts, what it asks for."""
_ENDS = re.compile("施行至|实施至|有效期|试行|届满失效|自动失效|至[^，。；]{1,14}止")
_VOTED = re.compile("表决|投票|同意|赞成|通过|修改|修订|出席|到会|参加|全体|成员单位|会员")
_SEVERAL = re.compile(
    "(?:[二两三四五多数各几]|不同)个?(?:以上)?的?(?:主管|业务|有关)?(?:部门|机关|单位)|(?:部门|机关)(?:批准|核准|同意)?(?:及|和|、|以及|与|并经)[^，。；]{0,10}(?:部门|机关|局|委|厅)"
)
_AUTHORITY = re.compile("(?:主管|监管|登记|管理|业务)(?:部门|机关|单位)[^，。；]{0,6}(?:批准|同意|核准|备案)")
_STARTS = {
    "founding.effect": (
        "签署（须批准的，并经批准）即为生效，不另待别的",
        "signed, and approved where that is asked, it takes effect: nothing else is waited for",
    ),
    "founding.in_force": (
        "公布之日即为施行之日（写明日期的，不早于该日），不另待别的",
        "it is in force on the day of its publication, never before a date that its words name: nothing else is waited for",
    ),
}


def besides(
    parts: Sequence[Part],
    chapters: Sequence[Chapter],
    bindings: Sequence[Binding],
    decisions: Sequence[Decision],
    authority: str,
) -> Iterator[Entry]:
    """Everything a text says besides, in the order of its bindings; `authority`: what it asks of a change, as it was read."""
    by_at = {p.at: p for p in parts}
    for b in bindings:
        part = by_at[b.at]
        if b.capability in (*CLAIMED, *spoken_of.MATTERS) and carried_out(b):
            yield from _beside(b, part, chapters)
        if b.capability in TOLD:
            yield _entry(b, part, *BEYOND[b.capability])
        if b.capability in _STARTS:
            yield from _starts(b, part)
        yield from (_entry(b, part, *said) for said in _of_others(b, part))
        if b.capability == spoken_of.APPROVAL and not authority:
            yield _entry(
                b, part, "没有读出修改是须批准还是只须备案，依解释 amendment.authority",
                "whether a change is approved or filed was not read in it: the reading amendment.authority says",
            )  # fmt: skip
    yield from _set_aside(by_at, bindings, decisions)
    yield from _of_nothing(by_at, bindings, decisions)


def _beside(b: Binding, part: Part, chapters: Sequence[Chapter]) -> Iterator[Entry]:
    """Of a number that is counted by: what was assumed of it, what takes it back, and other numbers beside it."""
    yield from _assumed(b, part, chapters)
    sentence = sentence_of(part, place_of(part, b.words, b.nth))
    if sentence and (found := _EXCEPT.search(sentence.plain)):
        yield _entry(
            b,
            part,
            f"同句另说“{found[0]}”，不据以执行",
            f"its sentence also says “{found[0]}”, which is not carried out",
        )
    for words in left_beside(part, b):
        yield _entry(b, part, f"同句的“{words}”不据以计算", f"“{words}” beside it is not counted by")


def _of_others(b: Binding, part: Part) -> Iterator[tuple[str, str]]:
    """Of a signature, an approval, the consent to annexes: how many or who else is asked for, and is not waited for."""
    if b.capability == "founding.signature" and _numbers(b, part):
        yield (
            "全部发起单位都须签署；家数、份额不另计",
            "every initiator has to sign; numbers and shares of them are not counted",
        )
    if b.capability == "founding.approval" and _SEVERAL.search(_clause(b, part)):
        yield (
            "只待所指定的一个主管部门批准",
            "the approval of the one authority that is designated is waited for, and of no other",
        )
    if b.capability == "annex.consent" and _AUTHORITY.search(_clause(b, part)):
        yield (
            "附件只计成员的同意，不待主管部门",
            "an annex needs its members' consent; no authority is waited for",
        )


def _clause(b: Binding, part: Part) -> str:
    begin = place_of(part, b.words, b.nth)
    return clause_of(part.text, begin, begin + len(b.words))


def _entry(b: Binding, part: Part, zh: str, en: str) -> Entry:
    return Entry(
        b.capability, b.at, part.label, b.words, f"{zh_of(b.capability)}：{zh}", f"{en_of(b.capability)}: {en}"
    )


def _assumed(b: Binding, part: Part, chapters: Sequence[Chapter]) -> Iterator[Entry]:
    begin = place_of(part, b.words, b.nth)
    for n, zh, en in assumed.doubts(part.text, heading_of(part, chapters)):
        if begin <= n.begin and n.end <= begin + len(b.words) and n.kind == b.kind:
            yield _entry(b, part, f"“{part.text[n.begin : n.end]}”{zh}", f"“{part.text[n.begin : n.end]}” {en}")


def _numbers(b: Binding, part: Part) -> list[Number]:
    begin = place_of(part, b.words, b.nth)
    found = within(numbers.read(part.text, MOST_NUMBERS), begin, begin + len(b.words))
    return [n for n in found if n.kind in ("share", "headcount")]


def _starts(b: Binding, part: Part) -> Iterator[Entry]:
    """Of effect and force: what else its sentence names, a day or an event to wait for."""
    begin = place_of(part, b.words, b.nth)
    clause, sentence = clause_of(part.text, begin, begin + len(b.words)), sentence_of(part, begin)
    named = _SINCE.search(clause) if b.capability == "founding.in_force" else None
    another = named and not _ON_PUBLICATION.search(named[1]) and not _dates(clause)
    later = sentence and any(
        n.kind in ("date", "period") and fold(sentence.close[n.begin : n.end]) not in clause
        for n in numbers.read_joined(sentence.close, MOST_NUMBERS)
    )
    untold = b.capability == "founding.effect" and says_a_day_nobody_counts(clause)
    ends = sentence and b.capability == "founding.in_force" and _ENDS.search(sentence.plain)
    if another or untold or ends or (later and b.capability == "founding.in_force"):
        yield _entry(b, part, *_STARTS[b.capability])


def _dates(clause: str) -> bool:
    return any(n.kind == "date" for n in numbers.read_joined(clause))


def _set_aside(
    parts: Mapping[str, Part], bindings: Sequence[Binding], decisions: Sequence[Decision]
) -> Iterator[Entry]:
    """Sentences that state a number, or ask for all, most or an approval, and were called other matter while their capability is bound."""
    bound = {b.capability for b in bindings}
    kinds = {**CLAIMED, NOTICE: "period", DECISION: "period", LISTS: "frequency"}
    for d in decisions:
        if d.verdict != "other" or d.capability not in bound or d.at not in parts:
            continue
        if d.capability in kinds and _states(d.words, kinds[d.capability]) or _approves(d):
            yield Entry(
                d.capability, d.at, parts[d.at].label, d.words, f"{zh_of(d.capability)}：记为另一事项：{d.reason}",
                f"{en_of(d.capability)}: called other matter: {d.reason}",
            )  # fmt: skip


def _of_nothing(
    parts: Mapping[str, Part], bindings: Sequence[Binding], decisions: Sequence[Decision]
) -> Iterator[Entry]:
    """Shares of a sentence that no reader takes for anything, and no words are bound in: in words of its own it may ask for a quorum."""
    decided, coverage = {(d.at, d.words) for d in decisions}, Coverage(dict(parts))
    for b in bindings:
        coverage.add(b)
    names = {b.capability for b in bindings}
    told = 0
    for part in parts.values():
        if not (any(n.kind == "share" for n in numbers.read(part.text, MOST_NUMBERS)) or unread(part.text)):
            continue
        for s in split(part.at, part.text):
            if (s.at, s.words) in decided or any(coverage.overlaps(name, s) for name in names):
                continue
            shares = any(n.kind == "share" for n in numbers.read_joined(s.close, MOST_NUMBERS))
            if told < MOST_TOLD and (shares or (_VOTED.search(s.plain) and unread(s.words))):
                told += 1
                yield Entry("", part.at, part.label, s.words, "这个数不据以执行", "the number in it is not carried out")


def _states(words: str, kind: str) -> bool:
    kinds = ("share", "headcount", "part") if kind == "share" else (kind,)
    if any(n.kind in kinds for n in numbers.read_joined(words, MOST_NUMBERS)):
        return True
    return kind == "share" and bool(shared_conditions.asks_for_more(fold(words)))


def _approves(d: Decision) -> bool:
    said = catalogue().words
    return d.capability == spoken_of.APPROVAL and any(w in fold(d.words) for w in chain(said["approve"], said["file"]))
