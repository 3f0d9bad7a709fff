"""What a text says besides the words that are bound and nobody carries out: `verify` quotes it, whoever made the edition.

A person who binds is asked about it; whoever writes an edition by hand asks nobody. What was assumed of a share, numbers beside it,
a sentence that was called other matter, secret ballots, another day of force: each is said with its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from gongyue.covenant import assumed, numbers
from gongyue.covenant.binding import binding_text, shared_conditions, spoken_of
from gongyue.covenant.binding.bases import CLAIMED
from gongyue.covenant.binding.catalogue import catalogue, en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import MOST_NUMBERS, places_of
from gongyue.covenant.binding.records import Binding, Decision, place_of, within
from gongyue.covenant.binding.requirements import left_beside
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.binding.sheet import BEYOND
from gongyue.covenant.binding.sheet_entry import Entry, set_aside
from gongyue.covenant.binding.spoken_of import clause_of, sentence_of
from gongyue.covenant.numbers import Number
from gongyue.covenant.numeral_account import unread
from gongyue.covenant.stated_days import says_a_day_nobody_counts
from gongyue.covenant.text import Chapter, Part, heading_of
from gongyue.covenant.unsupported_clauses import DECISION, LISTS, NOTICE, carried_out

LONGEST = 20_000
"""Characters in which numerals that were not read are looked for: nobody writes longer articles, but to tire who reads them."""
MOST_TOLD = 50
"""Sentences with shares of nothing: of more the first are told."""
MOST_BESIDE = 8
"""Numbers in the same bound words that are told one by one."""
TOLD = ("vote.secret", "vote.proxy")
"""Of these a text asks for what the books do not keep."""
_ON_PUBLICATION = re.compile(
    "(?:正式|依法|向社会|对外|向会员|由[^，。；]{1,12})?(?:公布|发布|颁布|公告|公示|刊登|刊载|颁行|公開|公开)(?:施行|实施)?"
)
_SINCE = re.compile("[自从]([^，。；]{1,30}?)(?:之日|之时|当日|日)?(?:起|后)")
_EXCEPT = re.compile(
    "例外|除外|紧急|特殊情[况形]|另行|另有|另定|原则上|可[以]?(?:适当)?延[长期]|视[为同]{1,2}(?:同意|赞成|通过)|由(?:会长|理事长|执行机构|秘书长|理事会)[^，。；]{0,4}决定|的反面"
    "|(?:执行机构|理事会|秘书处|联盟|协会)(?:和|会同|与|及|、)(?=[^，。；]{0,16}(?:提议|提案|提出))|[并且须][^，。；或]{0,3}经?(?:全体)?(?:理事|会长|理事长|监事)[^，。；]{0,3}(?:会)?同意"
    "|且(?:全体|全部)[^，。；]{0,6}(?=参加|出席)|(?<=成员单位)的(?:法定代表人|负责人|代表)(?=参加|出席|投票)"
)
"""Words by which a sentence takes back, or shifts, what it asks for."""
_ENDS = re.compile("施行至|实施至|有效期|试行|届满失效|自动失效|至[^，。；]{1,14}止")
_VOTED = re.compile("表决|投票|同意|赞成|通过|修改|修订|出席|到会|参加|全体|成员单位|会员")
_READ_ONLY = (
    "founding.effect",
    "founding.in_force",
    "conduct.",
    "law.",
    "competition.",
    "users.",
    "society.",
    "office.",
    "termination",
    "vote.",
)
"""Capabilities that no act rests on, or whose numbers are told elsewhere."""
_NO_KINDS: frozenset[str] = frozenset()
_OF_SHARES, _PERIODS = frozenset({"share", "headcount", "part"}), frozenset({"period"})
_KINDS: dict[str, frozenset[str]] = {
    **{name: _OF_SHARES if kind == "share" else _PERIODS for name, kind in CLAIMED.items()},
    NOTICE: _PERIODS,
    DECISION: _PERIODS,
    LISTS: frozenset({"frequency"}),
    "sanction.decider": _OF_SHARES,
    "amendment.in_effect": frozenset({"period", "date"}),
    "annex.initiation": _OF_SHARES,
    "membership.application": _OF_SHARES,
    "founding.signature": _OF_SHARES,
    "founding.in_force": frozenset({"date", "period"}),
}
"""The numbers for which a sentence is quoted that was called other matter than a capability that is bound."""
_ASSEMBLED = re.compile("大会|理事会|全体|表决|投票|会议")
_NOT_THE_EXECUTIVE = re.compile("大会|理事会|全体|成员单位|会员单位|主管|登记管理|部门")
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
    counted = Coverage(by_at)
    for b in (b for b in bindings if carried_out(b)):
        counted.add(b)
    for b in bindings:
        part = by_at[b.at]
        if b.capability in (*CLAIMED, *spoken_of.MATTERS) and carried_out(b):
            yield from _beside(b, part, chapters)
        if b.capability in TOLD:
            yield _entry(b, part, *BEYOND[b.capability])
        if b.capability in _STARTS:
            yield from _starts(b, part)
        if (some := binding_text.of_some_changes(b, part.text))[0]:
            yield _entry(b, part, *(words.lstrip("；; ") for words in some))
        yield from (_entry(b, part, *said) for said in _of_others(b, part))
        if not b.capability.startswith(_READ_ONLY) and not carried_out(b):
            yield from _uncounted(b, part, counted)
        if b.capability == spoken_of.APPROVAL and not authority:
            yield _entry(
                b, part, "没有读出修改是须批准还是只须备案，依解释 amendment.authority",
                "whether a change is approved or filed was not read in it: the reading amendment.authority says",
            )  # fmt: skip
    yield from _set_aside(by_at, bindings, decisions)


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
    for words in left_beside(part, b) if len(part.text) <= LONGEST else ():
        yield _entry(b, part, f"同句的“{words}”不据以计算", f"“{words}” beside it is not counted by")


def _uncounted(b: Binding, part: Part, counted: Coverage) -> Iterator[Entry]:
    """Numbers in bound words that no rule goes by: so many who recommend, a year before the text may be changed."""
    begin = place_of(part, b.words, b.nth)
    stated = within(numbers.read(part.text, MOST_NUMBERS), begin, begin + len(b.words))
    kinds = ("share", "headcount", "period", "frequency")
    names = (*CLAIMED, *spoken_of.MATTERS)
    for n in [n for n in stated if n.kind in kinds and not counted.covers(names, b.at, n.begin, n.end)][:MOST_BESIDE]:
        words = part.text[n.begin : n.end]
        yield _entry(b, part, f"“{words}”照录备查，不据以计算", f"“{words}” is on record and not counted by")


def _of_others(b: Binding, part: Part) -> Iterator[tuple[str, str]]:
    """Of a signature, an approval, the consent to annexes: how many or who else is asked for, and is not waited for."""
    if b.capability == "sanction.decider" and _ASSEMBLED.search(_clause(b, part)):
        yield (
            "由审议组作出，不另经大会、理事会表决",
            "the panel imposes it; no assembly or council votes on it besides",
        )
    if b.capability == "interpretation.authority" and _NOT_THE_EXECUTIVE.search(_clause(b, part)):
        yield (
            "由执行机构的两名职员作出，不另经大会、成员、主管部门",
            "two officers of the executive body issue it; no assembly, member or authority does",
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


def _starts(b: Binding, part: Part) -> Iterator[Entry]:
    """Of effect and force: what else its sentence names, a day or an event to wait for."""
    begin = place_of(part, b.words, b.nth)
    clause, sentence = clause_of(part.text, begin, begin + len(b.words)), sentence_of(part, begin)
    named = _SINCE.search(clause) if b.capability == "founding.in_force" else None
    another = named and not _ON_PUBLICATION.fullmatch(named[1]) and not _dates(clause)
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
    """What was said of sentences with numbers that no words are bound to: called other matter while their capability is bound, or
    taken for nothing; in words of its own such a sentence may ask for a quorum."""
    names, coverage = {b.capability for b in bindings}, Coverage(dict(parts))
    for b in bindings:
        coverage.add(b)
    said_of: dict[tuple[str, int, str], list[Decision]] = {}
    for d in decisions:
        said_of.setdefault((d.at, d.nth, d.words), []).append(d)
    told = 0
    for part in parts.values():
        for s in split(part.at, part.text):
            decided = said_of.get((s.at, s.nth, s.words), [])
            free = [n.kind for n in _free(s, names, coverage)]
            for d in (d for d in decided if d.verdict == "other" and d.capability in names):
                if set(free) & _KINDS.get(d.capability, _NO_KINDS) or _asks(d, s):
                    zh, en = f"{zh_of(d.capability)}：记为另一事项", f"{en_of(d.capability)}: called other matter"
                    yield set_aside(d, part.label, zh, en)
            if decided or told >= MOST_TOLD or any(coverage.overlaps(name, s) for name in names):
                continue
            if "share" in free or (len(s.words) <= LONGEST and _VOTED.search(s.plain) and unread(s.words)):
                told += 1
                yield Entry("", part.at, part.label, s.words, "这个数不据以执行", "the number in it is not carried out")


def _free(s: Sentence, names: Collection[str], coverage: Coverage) -> list[Number]:
    """The numbers of a sentence that stand in no bound words."""
    found = numbers.read_joined(s.close, MOST_NUMBERS)
    places = places_of(s) if found else []
    return [
        n for n in found if not coverage.covers(names, s.at, s.begin + places[n.begin], s.begin + places[n.end - 1] + 1)
    ]


def _asks(d: Decision, s: Sentence) -> bool:
    """Whether the sentence asks for all or most, for an approval, or for a vote on a sanction."""
    if d.capability == spoken_of.APPROVAL:
        said = catalogue().words
        return any(w in s.plain for w in chain(said["approve"], said["file"]))
    if d.capability == "sanction.decider":
        return bool(_ASSEMBLED.search(s.plain))
    return CLAIMED.get(d.capability) == "share" and bool(shared_conditions.asks_for_more(s.plain))
