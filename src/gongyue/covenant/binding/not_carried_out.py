"""Every sentence of a text that the software does not carry out, whatever its words: `verify` and the sheet list it.

Carried out is what stands in bound words. All else is listed: sentences that nobody bound or decided on, sentences called other matter
although their capability is bound, what a bound sentence says besides, and titles, headings and notes that say more than a name.
No list of words decides what is listed of sentences; words decide only what is said in `verify` of the rest of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from gongyue.covenant import numbers
from gongyue.covenant.binding.catalogue import catalogue, en_of, zh_of
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import MOST_NUMBERS, reader
from gongyue.covenant.binding.records import BadBinding, Binding, Decision, place_of
from gongyue.covenant.binding.requirements import EXECUTIVE
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.binding.sheet_entry import Entry, set_aside
from gongyue.covenant.text import Chapter, Part

SECTION = "本公约有而软件不执行的句子", "Sentences of this covenant that the software does not carry out"
FIRST = 12
"""Of a long list so many are printed by commands."""
FREE = "没有绑定，也没有决定", "neither bound nor decided on"
NAMED = "标题、注记所说，不执行", "said by a title, a heading or a note"
_BRACKETED = re.compile("[（(\\[【〔]([^）)\\]】〕]*)")
_ASKS = re.compile(
    "须|應|应|必|不(?!正当)|非|无|無|未|勿|毋|免|除外|例外|否|禁|方可|才|只|仅|可以|得|有权|停|废|作罢|暂|限"
)
"""By which a clause asks, forbids, allows or takes back."""
_ASKS_NOTHING = re.compile(
    "不正当|不良|不动产|应用|供应|应急|响应|适应|效应|非营利|非遗|无人|无线|无障碍|无形|未成年|未来|限制|禁止|免责|有限|权限|期限"
    "|时限|停车|暂行|所得|心得|才能|人才|必要|必需"
)
"""Words in the names of trades and chapters that hold one of these and ask for nothing."""
_OF_THE_TEXT = re.compile(
    "修改|修订|修正|变更|表决|投票|同意|赞成|批准|核准|签字|生效|施行|失效|加入|退出|资格|解释|否决|提议"
)
"""What decides whether and how a text holds, and who is under it."""
_HANDS_ON = re.compile("[可得能]|委托|委任|授权|转[托交让给]|让[与渡]|代[行为理]|轮流|轮值|暂|直至|届满")
"""Beside who carries the text out: by which the office goes to somebody else, or ends."""
_DRAFT = re.compile(
    "草案|草稿|初稿|试行|暂行|送审稿|征求意见稿|讨论稿|修订稿|修订版|修正案"
    "|[0-9〇一二三四五六七八九十年月日届次版第]+(?:修订|修正|通过|公布|印发)?"
)
_CHINESE = re.compile("[一-鿿]")
_JOINS = re.compile("[并且及而和或與与，,、。；;：:（）()\\s\\W]*")
_ENDS = " \n，,、。；;：:"
_WORDS = re.compile("[^，,。；;！!？?（）()：:\\n]+")
_CLAUSE = re.compile("[，,。；;！!？?（）()：:\\n]+")
_PARTICLES = ("本", "可以", "进行", "对", "的", "之", "其", "由", "经", "并", "后", "时", "所有", "违反")
_READ = (
    "conduct.",
    "law.",
    "competition.",
    "users.",
    "society.",
    "bulletin.",
    "petition.",
    "inspection.",
    "dispute.",
    "oversight.",
    "office.executive",
    "founding.covenant",
    "membership.invitation",
)
"""Capabilities whose words say how to behave or who is meant: no share, day or right of the text rests on the rest of their sentences."""
_NUMBERED = ("share", "period", "date", "frequency", "headcount")
READ = "所绑定的事项不据以决定本文怎样成立、修改", "what it is bound to decides nothing of how the text holds"


Reaching = tuple[Binding, int, int]
"""A binding, and where its words begin and end within one sentence."""


def left(
    title: str,
    chapters: Sequence[Chapter],
    parts: Iterable[Part],
    bindings: Sequence[Binding],
    decisions: Sequence[Decision],
    notes: Iterable[tuple[str, str]] = (),
) -> tuple[Entry, ...]:
    """All of them; those that speak of how the text holds come first, so that no length of another text hides them.

    `notes`: the address and the text of each note.
    """
    by_at = {p.at: p for p in parts}
    found = [*_named(title, chapters, by_at, notes), *_sentences(by_at, bindings, decisions)]
    return tuple(sorted(dict.fromkeys(found), key=lambda e: not _OF_THE_TEXT.search(fold(e.words))))


def free(parts: Iterable[Part], bindings: Sequence[Binding], decisions: Sequence[Decision]) -> tuple[Entry, ...]:
    """Of a draft the sentences that are neither bound nor decided on: where something is declared absent they are looked at for it."""
    by_at = {p.at: p for p in parts}
    found = (e for e in dict.fromkeys(_sentences(by_at, bindings, decisions)) if (e.zh, e.en) == FREE)
    return tuple(sorted(found, key=lambda e: not _OF_THE_TEXT.search(fold(e.words))))


def say_more(name: str) -> bool:
    """Whether a title or heading says more than a name: a sentence in it, a bracket that is no draft's or date's, or what asks."""
    plain = fold(name)
    in_brackets = (b for b in _BRACKETED.findall(plain) if _CHINESE.search(b) and not _DRAFT.fullmatch(b))
    return bool(re.search("[。；;，：:—]", plain) or _ASKS.search(_ASKS_NOTHING.sub("", plain)) or any(in_brackets))


def rests(part: Part, bindings: Iterable[Binding]) -> Iterator[tuple[Sentence, list[Reaching], tuple[str, ...]]]:
    """Every sentence of a part with the bindings that reach into it, each with its place there, and what stands in no bound words, piece by piece, but for
    their frame."""
    sentences = list(split(part.at, part.text))
    begins, marks = [s.begin for s in sentences], bytearray(len(part.text))
    reaching: list[list[Reaching]] = [[] for _ in sentences]
    for begin, b in sorted(_placed(part, bindings), key=lambda row: row[0]):
        end = begin + len(b.words)
        marks[begin:end] = b"\1" * len(b.words)
        for i in range(max(bisect_right(begins, begin) - 1, 0), bisect_left(begins, end)):
            if begin < (stop := begins[i] + len(sentences[i].words)):
                reaching[i].append((b, max(begin - begins[i], 0), min(end, stop) - begins[i]))
    for s, here in zip(sentences, reaching, strict=True):
        bound = marks[s.begin : s.begin + len(s.words)] if all(_is_read(b) for b, _, _ in here) else _of_rules(s, here)
        pieces = "".join("\0" if mark else c for c, mark in zip(s.words, bound, strict=True)).split("\0")
        yield (
            s,
            here,
            tuple(p.strip(_ENDS) for p in pieces if not _JOINS.fullmatch(p) and not _frame().fullmatch(fold(p))),
        )


def _is_read(b: Binding) -> bool:
    return b.capability.startswith(_READ)


def _hides(b: Binding) -> bool:
    """Whether words bound for reading could be put over others that a rule would have to go by; `words_inside` looks at the body's."""
    return _is_read(b) and b.capability != EXECUTIVE


def _of_rules(s: Sentence, here: Sequence[Reaching]) -> bytearray:
    """Where words are bound for a rule: what is bound for reading alone, in the same sentence, hides nothing of it."""
    marks = bytearray(len(s.words))
    for b, begin, end in here:
        if not _hides(b):
            marks[begin:end] = b"\1" * (end - begin)
    return marks


def _placed(part: Part, bindings: Iterable[Binding]) -> Iterator[tuple[int, Binding]]:
    for b in bindings:
        try:
            yield place_of(part, b.words, b.nth), b
        except BadBinding:  # of a draft whose text has changed
            continue


def of_the_rest(pieces: Sequence[str]) -> tuple[str, str]:
    """What a bound sentence says besides, to stand behind the words that are bound; empty where that is nothing."""
    said = "…".join(f"“{p}”" for p in pieces)
    return (f"（同句另有：{said}）", f" (the same sentence also says: {said})") if said else ("", "")


def behind(parts: Iterable[Part], bindings: Sequence[Binding]) -> dict[Binding, tuple[str, str]]:
    """What a sentence says besides, to be quoted behind the first words that are bound in it."""
    bound = _by_part(bindings)
    found: dict[Binding, tuple[str, str]] = {}
    for part in parts:
        for _, here, pieces in rests(part, bound.get(part.at, ())):
            if here and pieces:
                first = here[0][0]
                zh, en = found.get(first, ("", ""))
                more_zh, more_en = of_the_rest(pieces)
                found[first] = zh + more_zh, en + more_en
    return found


def _by_part(bindings: Iterable[Binding]) -> dict[str, list[Binding]]:
    found: dict[str, list[Binding]] = {}
    for b in bindings:
        found.setdefault(b.at, []).append(b)
    return found


def _named(
    title: str, chapters: Iterable[Chapter], parts: Mapping[str, Part], notes: Iterable[tuple[str, str]]
) -> Iterator[Entry]:
    for name in (title, *(c.title for c in chapters)):
        if say_more(name):
            yield Entry("", "", "", name, *NAMED)
    for at, note in notes:
        if _ASKS.search(note) or _OF_THE_TEXT.search(note):
            yield Entry("", at, parts[at].label if at in parts else "", note, *NAMED)


def _sentences(
    parts: Mapping[str, Part], bindings: Sequence[Binding], decisions: Sequence[Decision]
) -> Iterator[Entry]:
    names = {b.capability for b in bindings}
    decided: dict[tuple[str, int, str], list[Decision]] = {}
    for d in decisions:
        decided.setdefault((d.at, d.nth, d.words), []).append(d)
    bound = _by_part(bindings)
    for part in parts.values():
        for s, here, pieces in rests(part, bound.get(part.at, ())):
            if here:
                yield from _besides(part, s, here, pieces)
            elif said := decided.get((s.at, s.nth, s.words)):
                yield from (_set_aside(part, d) for d in said if d.verdict == "other" and d.capability in names)
            elif not _JOINS.fullmatch(s.words):
                yield Entry("", part.at, part.label, s.words, *FREE)


def _set_aside(part: Part, d: Decision) -> Entry:
    zh = f"{zh_of(d.capability)}：已由两名职员定为另一事项"
    return set_aside(d, part.label, zh, f"{en_of(d.capability)}: called other matter by two officers")


def _besides(part: Part, s: Sentence, here: Sequence[Reaching], pieces: Sequence[str]) -> Iterator[Entry]:
    """What stands beside bound words and is more than their frame; of words that are only read, all that says how the text holds."""
    name = here[0][0].capability
    if all(_is_read(b) for b, _, _ in here):
        beside = "，".join(pieces) if any(b.capability == EXECUTIVE for b, _, _ in here) else ""
        if (
            _decides(s.plain)
            or _HANDS_ON.search(fold(beside))
            or not {b.capability for b, _, _ in here} & set(reader().capabilities_of(s))
        ):
            yield Entry(name, part.at, part.label, s.words, f"{zh_of(name)}：{READ[0]}", f"{en_of(name)}: {READ[1]}")
        return
    clauses = [c.strip() for piece in pieces for c in _CLAUSE.split(piece)]
    clauses += _without_a_number(s, here)
    if said := [c for c in clauses if not _JOINS.fullmatch(c) and not _frame().fullmatch(fold(c))]:
        zh, en = of_the_rest(said)
        yield Entry(
            name, part.at, part.label, s.words,
            f"{zh_of(name)}：只执行所绑定的字句{zh}", f"{en_of(name)}: only the bound words are carried out{en}",
        )  # fmt: skip


def _without_a_number(s: Sentence, here: Sequence[Reaching]) -> Iterator[str]:
    """The clauses of words bound for a number that say no number and are bound to nothing else: …同意，发起单位得予搁置."""
    marks: dict[str, bytearray] = {}
    for b, begin, end in here:
        marks.setdefault(b.capability, bytearray(len(s.words)))[begin:end] = b"\1" * (end - begin)
    times = list(map(sum, zip(*marks.values(), strict=True)))
    whole = {b.capability for b, begin, end in here if end - begin == len(b.words)}
    numbered = dict.fromkeys(b.capability for b, _, _ in here if b.kind in _NUMBERED)
    begins = [n.begin for n in numbers.read_joined(s.words, MOST_NUMBERS)] if numbered else []
    for name in numbered:
        bound = "".join(c if mark else "，" for c, mark in zip(s.words, marks[name], strict=True))
        spans = [m.span() for m in _WORDS.finditer(bound)]
        clauses = [((a, z), bisect_left(begins, z) > bisect_left(begins, a)) for a, z in spans]
        if name in whole and not any(stated for _, stated in clauses):
            continue  # its number is read from all of it
        yield from (bound[a:z] for (a, z), stated in clauses if not stated and min(times[a:z]) == 1)


def _decides(plain: str) -> bool:
    return bool(_OF_THE_TEXT.search(plain) and _ASKS.search(plain))


@cache
def _frame() -> re.Pattern[str]:
    """A clause that only says who does what to what: 可以对本公约进行修改, 公约成员单位违反本公约."""
    said = catalogue().words
    names = sorted({*said["self"], *said["text"], *said["member"], *said["change"], *_PARTICLES}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))}|[\\W_])*+")  # possessive: it never tries again
