"""Whether bindings, decisions and absences hold for a text: everything a person said is read again from the words.

Pure; the page before freezing, the command line, the import of an edition and `verify` ask the same question. The checks are those
of docs/binding.md in their order; `guards` has the one on guards, `requirements` the one on what a binding needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gongyue.covenant.binding import (
    bases,
    guards,
    listed_items,
    proposing_bodies,
    requirements,
    shared_conditions,
    signers,
    spoken_of,
)
from gongyue.covenant.binding.catalogue import Catalogue, en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.passages import Passage, Reader, placed, reader
from gongyue.covenant.binding.records import (
    Absence,
    BadBinding,
    Binding,
    Decision,
    Fault,
    bind,
    place_of,
    stated_in,
    with_items,
)
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part
from gongyue.covenant.visible_text import says_something

__all__ = ["Fault", "faults"]

SHORTEST_REASON, LONGEST_REASON = 2, 200
_FIELDS = {
    "kind": ("种类", "kind"),
    "value": ("数", "number"),
    "unit": ("单位", "unit"),
    "inclusive": ("是否含本数", "whether it includes itself"),
    "delay": ("是否延后", "whether it is a delay"),
    "base": ("以谁计", "base"),
    "base_words": ("以谁计的字", "words of the base"),
    "start": ("起算", "start"),
    "start_words": ("起算的字", "words of the start"),
    "items": ("项", "items"),
}


def faults(
    parts: Iterable[Part],
    bindings: Sequence[Binding],
    decisions: Sequence[Decision],
    absent: Sequence[Absence],
    by: Reader | None = None,
    seen: Sequence[tuple[Passage, Sentence]] | None = None,
) -> list[Fault]:
    """Everything that does not hold, in the order of the checks; empty where the text may be frozen as it is bound.

    `seen`: the passages of these parts by that reader, where they are at hand; else they are sought.
    """
    by_at, by = {p.at: p for p in parts}, by or reader()
    return list(
        _faults(by_at, bindings, decisions, absent, by, list(placed(by_at.values(), by)) if seen is None else seen)
    )


def _faults(
    parts: dict[str, Part],
    bindings: Sequence[Binding],
    decisions: Sequence[Decision],
    absent: Sequence[Absence],
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
) -> Iterator[Fault]:
    known = by.catalogue.capabilities
    records: list[Binding | Decision | Absence] = [*bindings, *decisions, *absent]
    yield from (_unknown(r, by.catalogue) for r in records if r.capability not in known)
    bindings = [b for b in bindings if b.capability in known]
    coverage, standing = Coverage(parts), list[Binding]()
    stated: dict[str, tuple[Number, ...]] = {}
    for binding in bindings:
        found = list(_of_record(parts, binding, stated))
        yield from found
        if not any(f.why in ("words", "twice") for f in found):
            standing.append(binding)
            coverage.add(binding)
    yield from _twice(bindings)
    yield from _of_decisions([p for p, _ in seen], decisions, parts)
    yield from _of_verdicts(seen, decisions, coverage, parts)
    absences = {a.capability for a in absent}
    yield from _of_completeness(by.catalogue, {b.capability for b in standing}, absent)
    yield from guards.faults(by, seen, decisions, coverage, absences, parts)
    yield from requirements.faults(by.catalogue, standing, absent, parts, stated)
    yield from bases.faults(by, seen, standing, coverage, parts, stated)
    yield from spoken_of.faults(by.catalogue, seen, standing, coverage, parts, stated)
    yield from shared_conditions.faults(by, seen, standing, coverage, parts, stated)
    yield from listed_items.faults(standing, parts, by)
    yield from signers.faults(standing, parts)
    yield from proposing_bodies.faults(by.catalogue, seen, standing, absences, parts)


def _unknown(record: Binding | Decision | Absence, catalogue: Catalogue) -> Fault:
    near = requirements.similar(record.capability, catalogue)
    zh, en = (f"；是否 {'、'.join(near)}", f"; did you mean {', '.join(near)}") if near else ("", "")
    return Fault(
        "unknown", record.capability, getattr(record, "at", ""),
        f"条款目录没有“{record.capability}”{zh}", f"the catalogue has no “{record.capability}”{en}",
    )  # fmt: skip


# -- (2) words, (3) number, base and start, (4) items


def _of_record(parts: dict[str, Part], binding: Binding, stated: dict[str, tuple[Number, ...]]) -> Iterator[Fault]:
    part = parts.get(binding.at)
    if part is None:
        yield _at(binding, "words", f"文本没有 {binding.at} 处", f"the text has no part {binding.at}")
        return
    try:
        if binding.nth < 1:
            raise BadBinding(f"第几处自 1 起，不是 {binding.nth}", f"occurrences count from 1, not {binding.nth}")
        place_of(part, binding.words, binding.nth)
    except BadBinding as error:
        yield _at(
            binding, "words", f"{error.zh}；请重新选取条文里的字句", f"{error.en}; select words that stand in the text"
        )
        return
    if part.at not in stated:
        stated[part.at] = stated_in(part)
    try:
        read = bind(binding.capability, part, binding.words, binding.nth, stated=stated[part.at])
        if binding.kind == "list" and requirements.may_list(binding.capability) and read.kind in ("words", "list"):
            read = read if binding.items == read.items else with_items(read, binding.items)
    except BadBinding as error:
        yield _at(binding, "number", error.zh, error.en)
        return
    for field, (zh, en) in _FIELDS.items():
        recorded, says = getattr(binding, field), getattr(read, field)
        if type(recorded) is not type(says) or recorded != says:
            yield _at(
                binding, "items" if field == "items" else "number",
                f"{part.label}“{binding.words}”的{zh}，条文所载是{_shown(says)}，记为{_shown(recorded)}；以条文为准，或改选字句",
                f"{part.label} “{binding.words}”: the {en} is {_shown(says)} in the text and was recorded as {_shown(recorded)};"
                " the text decides, or select other words",
            )  # fmt: skip


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _at(record: Binding | Decision, why: str, zh: str, en: str) -> Fault:
    return Fault(
        why, record.capability, record.at, f"{zh_of(record.capability)}：{zh}", f"{en_of(record.capability)}: {en}"
    )


def _twice(bindings: Sequence[Binding]) -> Iterator[Fault]:
    counted = Counter((b.capability, b.at, b.nth, b.words) for b in bindings)
    for binding in {k: b for b in bindings if counted[k := (b.capability, b.at, b.nth, b.words)] > 1}.values():
        yield _at(
            binding, "twice", f"“{binding.words}”绑定了两次；去掉一次", f"“{binding.words}” is bound twice; drop one"
        )


# -- (5) passages and decisions, (6) verdicts


def _key(record: Passage | Decision) -> tuple[str, str, int, str]:
    return record.capability, record.at, record.nth, record.words


def _of_decisions(seen: Sequence[Passage], decisions: Sequence[Decision], parts: dict[str, Part]) -> Iterator[Fault]:
    decided, there = Counter(_key(d) for d in decisions), {_key(p) for p in seen}
    for passage in seen:
        if not decided[_key(passage)]:
            label = parts[passage.at].label
            yield Fault(
                "undecided", passage.capability, passage.at,
                f"{zh_of(passage.capability)}：{label}“{passage.words}”尚未决定；请绑定，或说明是另一事项",
                f"{en_of(passage.capability)}: {label} “{passage.words}” is undecided; bind it, or say that it is another matter",
            )  # fmt: skip
    told = set[tuple[str, str, int, str]]()
    for decision in decisions:
        key = _key(decision)
        if key not in there and decision.capability:
            yield _at(
                decision, "no-passage", f"“{decision.words}”不是它的所见条文（第 {decision.nth} 处）；去掉这一决定",
                f"“{decision.words}” (occurrence {decision.nth}) is no passage of it; drop the decision",
            )  # fmt: skip
        elif decided[key] > 1 and key not in told:
            told.add(key)
            yield _at(
                decision, "twice", f"“{decision.words}”决定了 {decided[key]} 次；只留一次",
                f"“{decision.words}” was decided on {decided[key]} times; keep one",
            )  # fmt: skip


def _of_verdicts(
    seen: Sequence[tuple[Passage, Sentence]], decisions: Sequence[Decision], coverage: Coverage, parts: dict[str, Part]
) -> Iterator[Fault]:
    sentences = {_key(p): s for p, s in seen}
    for d in decisions:
        sentence = sentences.get(_key(d))
        if sentence is None:
            continue
        label, overlaps = parts[d.at].label, coverage.overlaps(d.capability, sentence)
        if d.verdict == "bound" and not overlaps:
            yield _at(
                d, "not-bound", f"{label}“{d.words}”记为已绑定，却没有绑定其中的字句；请绑定，或说明是另一事项",
                f"{label} “{d.words}” is decided as bound, but no words of it are; bind some, or say that it is another matter",
            )  # fmt: skip
        if d.verdict == "other" and overlaps:
            yield _at(
                d, "both", f"{label}“{d.words}”记为另一事项，其中的字句却绑定了它；二者取一",
                f"{label} “{d.words}” is decided as another matter, yet words of it are bound; choose one",
            )  # fmt: skip
        if d.verdict == "other" and not (says_something(d.reason) and len(d.reason) <= LONGEST_REASON):
            yield _at(
                d, "reason", f"{label}“{d.words}”是另一事项，须说明理由（{SHORTEST_REASON}—{LONGEST_REASON} 字）",
                f"{label} “{d.words}” is another matter: give the reason ({SHORTEST_REASON} to {LONGEST_REASON} characters)",
            )  # fmt: skip
        if d.verdict == "bound" and d.reason:
            yield _at(d, "reason", f"{label}“{d.words}”已绑定，不另记理由", f"{label} “{d.words}” is bound: no reason")


# -- (7) every capability once


def _of_completeness(catalogue: Catalogue, bound: set[str], absent: Sequence[Absence]) -> Iterator[Fault]:
    counted = Counter(a.capability for a in absent)
    for name, capability in catalogue.capabilities.items():
        if not counted[name] and name not in bound:
            yield Fault(
                "open", name, "", f"{capability.zh}：既未绑定，也未声明本文无此规定；二者取一",
                f"{capability.en}: neither bound nor declared absent; do one",
            )  # fmt: skip
        if counted[name] and name in bound:
            yield Fault(
                "both", name, "", f"{capability.zh}：已绑定，又声明本文无此规定；二者取一",
                f"{capability.en}: bound and declared absent; choose one",
            )  # fmt: skip
        if counted[name] > 1:
            yield Fault(
                "twice", name, "", f"{capability.zh}：声明了 {counted[name]} 次；只留一次",
                f"{capability.en}: declared absent {counted[name]} times; keep one",
            )  # fmt: skip
    for absence in absent:
        known = catalogue.capabilities.get(absence.capability)
        allowed = (
            {known.then, ""}
            if absence.capability == requirements.PRESENCE and known
            else {known.then}
            if known
            else set()
        )
        if known and absence.then not in allowed:
            yield Fault(
                "then", absence.capability, "", f"{known.zh}：本文无此规定时，“{known.then}”，不是“{absence.then}”",
                f"{known.en}: where it is absent, “{known.then}” holds, not “{absence.then}”",
            )  # fmt: skip
