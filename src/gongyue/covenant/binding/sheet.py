"""The sheet 绑定单 before freezing: what will be carried out, what the text does not provide for, what was set aside, what is beyond
the software, which numerals nobody has read, and what does not hold yet. Two officers sign it with the edition; `verify` prints the
same from the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from gongyue.covenant import numbers, numeral_account
from gongyue.covenant.binding import (
    binding_text,
    decided_elsewhere,
    later_changes,
    not_carried_out,
    proposing_bodies,
    requirements,
    stricter,
    turned_round,
    unused_shares,
    validation,
    words_inside,
)
from gongyue.covenant.binding.catalogue import Capability
from gongyue.covenant.binding.coverage import overlapping
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import Passage, Reader, placed, reader
from gongyue.covenant.binding.records import Absence, BadBinding, Binding, Decision, Fault, place_of
from gongyue.covenant.binding.requirements import BASE_WORDS, numbers_beside
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.binding.sheet_absences import absences
from gongyue.covenant.binding.sheet_entry import Entry, set_aside
from gongyue.covenant.text import Chapter, Part, heading_of
from gongyue.covenant.unsupported_clauses import carried_out

Language = Literal["zh", "en"]
SECTIONS = {
    "carried_out": ("将执行", "Will be carried out"),
    "absent": ("本文未规定", "Not in this text"),
    "other": ("未采用的条文", "Decided as other matter"),
    "not_carried_out": not_carried_out.SECTION,
    "beyond": ("不能代为执行", "Beyond this software"),
    "unread": ("没有读出的数", "Numerals not read"),
    "faults": ("尚不能定稿", "Cannot be frozen yet"),
}
BEYOND = {
    "vote.proxy": ("委托投票由单位自己安排，选票只认单位的密钥或纸面", "proxies are the members' own affair; a ballot is a unit's own"),
    "vote.secret": ("无记名：选票在结束时公开，或仅向成员公开", "secret ballots: ballots are opened at the close, to all or to members"),
    "vote.resolution": ("一般决议只记其份额，会议自行表决", "general resolutions: the share is shown, the meeting votes by itself"),
    "inspection.plan": ("抽取预先公告、由软件抽出；检查本身与所见软件不记", "draws are announced and made; the check and what it finds are not recorded"),
    "termination": ("终止与解散由会议自行办理", "the end of the text or the association is for the meeting itself"),
    "conduct.other": ("原则与倡导只供阅读，不单独作为认定的依据", "principles are read, never alone the ground of a finding"),
}  # fmt: skip
_AT_ONCE = {
    "founding.effect": ("签署（须批准的，并经批准）即为生效，不代为延后", "signed, and approved where that is asked, it takes effect at once"),
    "founding.in_force": ("公布之日即为施行之日，不代为延后", "it is in force on the day of its publication, not later"),
}  # fmt: skip
BESIDE = 10
"""Characters on either side of a numeral that was not read."""
_DUES = ("会费", "年费", "入会费", "股金")


class BindingSheet(msgspec.Struct, frozen=True):
    """The sheet's seven sections; the text may be frozen where `faults` is empty."""

    carried_out: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    other: tuple[Entry, ...]
    not_carried_out: tuple[Entry, ...]
    beyond: tuple[Entry, ...]
    unread: tuple[Entry, ...]
    faults: tuple[Entry, ...]


def sheet_of(
    parts: Iterable[Part],
    bindings: Sequence[Binding],
    decisions: Sequence[Decision],
    absent: Sequence[Absence],
    by: Reader | None = None,
    *,
    faults: Sequence[Fault] | None = None,
    chapters: Sequence[Chapter] = (),
    title: str = "",
    roll: int = binding_text.EXAMPLE_ROLL,
) -> BindingSheet:
    """The sheet of a text with what was said of it; `roll` is how many members the examples count.

    `faults` are computed unless they were already; `chapters` are the text's headings, under which shares are shown, and `title` its title.
    """
    by_at, by = {p.at: p for p in parts}, by or reader()
    known = by.catalogue.capabilities
    bindings = [b for b in bindings if b.capability in known and b.at in by_at]
    decided = [d for d in decisions if d.verdict == "other" and d.capability in known and d.at in by_at]
    found = validation.faults(by_at.values(), bindings, decisions, absent, by) if faults is None else faults
    behind = not_carried_out.behind(by_at.values(), bindings)
    beside = overlapping([b for b in bindings if _stands(b, by_at)], by_at)
    quorum = next((b for b in bindings if b.capability == "vote.quorum" and b.kind == "share"), None)
    beyond = tuple(_beyond(by_at, bindings, list(placed(by_at.values(), by)), known))
    denied = {(e.capability, e.at, e.words) for e in beyond}  # what is on record only is not said to be carried out
    return BindingSheet(
        tuple(
            _carried_out(b, by_at[b.at], known, roll, beside.get(b, ()), quorum, heading_of(by_at[b.at], chapters), behind.get(b, ("", "")))
            for b in bindings
            if (b.capability, b.at, b.words) not in denied or (b.kind in ("share", "period") and carried_out(b))
        )
        + tuple(
            Entry("", p.at, p.label, s.words, *later_changes.ON_PUBLICATION)  # the catalogue has no capability for it
            for p in by_at.values() for s in split(p.at, p.text) if later_changes.on_publication(s)
        ),
        absences(by_at.values(), decided, absent, by),
        tuple(
            set_aside(d, by_at[d.at].label, known[d.capability].zh, known[d.capability].en)
            for d in sorted(decided, key=lambda d: not known[d.capability].guard)
        ),
        not_carried_out.left(title, chapters, by_at.values(), bindings, decisions),
        beyond,
        tuple(unread(by_at.values())),
        tuple(Entry(f.capability, f.at, by_at[f.at].label if f.at in by_at else "", "", f.zh, f.en) for f in found),
    )  # fmt: skip


def unread(parts: Iterable[Part]) -> Iterator[Entry]:
    """Every numeral of the text that nobody has read, with the words around it: whatever it says, it is not carried out."""
    for part in parts:
        for n in numeral_account.unread(part.text):
            words = part.text[max(0, n.begin - BESIDE) : n.end + BESIDE].replace("\n", " ")
            said = part.text[n.begin : n.end]
            zh, en = f"没有读出“{said}”，不据以执行", f"“{said}” was not read and is not carried out"
            yield Entry("", part.at, part.label, words, zh, en)


def otherwise(parts: Iterable[Part], bindings: Sequence[Binding]) -> Iterator[Entry]:
    """Clauses of the founding, of joining, leaving and changing that say more than is carried out, and what is done instead."""
    by_at = {p.at: p for p in parts}
    executive = next((b for b in bindings if b.capability == "office.executive"), None)
    names = words_inside.names_in(by_at.values(), bindings)
    for b in bindings:
        if said := _done_instead(b, by_at[b.at], executive):
            yield Entry(b.capability, b.at, by_at[b.at].label, b.words, *said)
        if said := turned_round.doubt(b, by_at[b.at]):  # of no capability: what is doubted is carried out all the same
            yield Entry("", b.at, by_at[b.at].label, b.words, *said)
        leaves = b.capability in decided_elsewhere.LEAVING and decided_elsewhere.instead(b, by_at[b.at], executive)
        if not leaves and (said := words_inside.doubt(b, by_at[b.at], names)):
            yield Entry("", b.at, by_at[b.at].label, b.words, *said)
    for b, s, words, why in stricter.left(reader(), bindings, by_at):
        zh, en = (said.format(words=words, bound=b.words) for said in stricter.WHY[why])
        yield Entry(b.capability, s.at, by_at[s.at].label, s.words, zh, en)
    for part in by_at.values():
        for sentence in split(part.at, part.text):
            if later_changes.says_so(sentence):
                yield Entry("", part.at, part.label, sentence.words, *later_changes.AT_ONCE)
            for said in decided_elsewhere.of_sentence(sentence):
                yield Entry("", part.at, part.label, sentence.words, *said)


def _done_instead(b: Binding, part: Part, executive: Binding | None) -> tuple[str, str] | None:
    if said := _AT_ONCE.get(b.capability):
        kinds = {n.kind for n in numbers_beside(part, b)}
        return said if "period" in kinds or ("date" in kinds and b.capability == "founding.effect") else None
    return decided_elsewhere.instead(b, part, executive) or proposing_bodies.instead(b, executive)


def _stands(b: Binding, parts: dict[str, Part]) -> bool:
    try:
        return place_of(parts[b.at], b.words, b.nth) >= 0
    except BadBinding:
        return False


def _carried_out(
    b: Binding,
    part: Part,
    known: dict[str, Capability],
    roll: int,
    beside: tuple[str, ...],
    quorum: Binding | None,
    heading: str,
    behind: tuple[str, str],
) -> Entry:
    zh, en = binding_text.sentence_of(b, roll, quorum)
    entry = known[b.capability]
    zh, en = f"{entry.zh}{'：' * bool(zh)}{zh}", f"{entry.en}{': ' * bool(en)}{en}"
    if _stands(b, {part.at: part}):
        left = binding_text.besides(requirements.left_beside(part, b))
        told = binding_text.under(b, heading), left, binding_text.of_some_changes(b, part.text), behind
        zh, en = zh + "".join(one[0] for one in told), en + "".join(one[1] for one in told)
    if beside:
        zh += f"（字句也绑定了{'、'.join(known[n].zh for n in beside)}）"
        en += f" (these words are bound too: {', '.join(known[n].en for n in beside)})"
    return Entry(b.capability, b.at, part.label, b.words, zh, en)


def _beyond(
    parts: dict[str, Part],
    bindings: Sequence[Binding],
    seen: Sequence[tuple[Passage, Sentence]],
    known: dict[str, Capability],
) -> Iterator[Entry]:
    yield from otherwise(parts.values(), [b for b in bindings if _stands(b, parts)])
    for b in bindings:
        entry = known[b.capability]
        yet = not any("/" in act for act in entry.acts)
        if said := BEYOND.get(b.capability):
            yield Entry(b.capability, b.at, parts[b.at].label, b.words, *said)
        elif yet:
            zh, en = (
                f"{entry.zh}：软件尚无此项行为，照录备查",
                f"{entry.en}: the software has no act for it yet; it is on record",
            )
            yield Entry(b.capability, b.at, parts[b.at].label, b.words, zh, en)
        elif b.kind not in ("words", "list", "body") and not carried_out(b):
            said, then = binding_text.number_of(b), entry.then.partition(" / ")
            zh = f"{entry.zh}：{said[0]}，软件不代为计算，照录备查" + f"；{then[0]}" * bool(then[0])
            en = f"{entry.en}: {said[1]} is on record and not counted" + f"; {then[2]}" * bool(then[2])
            yield Entry(b.capability, b.at, parts[b.at].label, b.words, zh, en)
    yield from _uncounted(parts, bindings, seen, known)
    for part in parts.values():
        plain = fold(part.text)
        if word := next((w for w in _DUES if w in plain), ""):
            place = plain.find(word)
            words = part.text[max(0, place - 10) : place + 20].replace("\n", " ")
            yield Entry("", part.at, part.label, words, f"{word}的收取", "dues and their collection")


def _uncounted(
    parts: dict[str, Part],
    bindings: Sequence[Binding],
    seen: Sequence[tuple[Passage, Sentence]],
    known: dict[str, Capability],
) -> Iterator[Entry]:
    """Shares over nobody who can be counted, and shares that nothing is bound to."""
    told = set[tuple[str, int]]()
    for passage, sentence in seen:
        if (sentence.at, sentence.begin) in told or "share" not in known[passage.capability].needs:
            continue
        bases = {
            n.base for n in numbers.read_joined(sentence.close) if n.kind == "share" and n.base in ("weight", "body")
        }
        for base in sorted(bases):
            told.add((sentence.at, sentence.begin))
            zh, en = BASE_WORDS[base]
            yield Entry(
                passage.capability, passage.at, parts[passage.at].label, passage.words, f"以{zh}计的份额不能代为计算",
                f"a share of {en} cannot be counted",
            )  # fmt: skip
    for part, sentence, said in unused_shares.sentences(parts, bindings):
        if (part.at, sentence.begin) not in told:
            zh, en = f"“{said}”没有绑定，不据以执行", f"“{said}” is not bound and not carried out"
            yield Entry("", part.at, part.label, sentence.words, zh, en)


def lines(sheet: BindingSheet, language: Language) -> Iterator[str]:
    """The sheet as lines of text, section by section; an empty section says that there is nothing in it."""
    for name, titles in SECTIONS.items():
        entries: tuple[Entry, ...] = getattr(sheet, name)
        yield f"{titles[language == 'en']} ({len(entries)})"
        for e in entries:
            said = e.zh if language == "zh" else e.en
            where = f" {e.label}“{e.words}”" if e.words else ""
            yield f"  {said}{where}"
        if not entries:
            yield "  无" if language == "zh" else "  none"
