"""A change as a person says it, completed: what reads unambiguously in the new text is bound anew, the rest is listed.

A person replaces words; which clauses move with them, and what the new words say, is read here, stated in the change and shown.
Nothing here is law: whoever applies the change recomputes it (`changes.amend`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.records import BadBinding, Binding, Decision, bind, place_of
from gongyue.covenant.binding.requirements import absence
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, decidable, edited, read_once
from gongyue.covenant.edition import Edition
from gongyue.covenant.text import Part

_TRIMMED = "，。；：、,;: \n　"


class Missing(msgspec.Struct, frozen=True):
    """What a change must say and does not: of which capability, where, which words, and why.

    `found`: the words stand in the new text and await a decision; else they were bound and are gone.
    """

    capability: str
    at: str
    words: str
    zh: str
    en: str
    found: bool = False


class Completed(msgspec.Struct, frozen=True):
    """The change with what could be read, and what is still missing from it."""

    change: Change
    missing: tuple[Missing, ...]


def complete(
    edition: Edition,
    base: str,
    edits: Sequence[TextEdit],
    bound: Mapping[str, tuple[str, str]] | None = None,
    absent: Iterable[str] = (),
    others: Mapping[tuple[str, str], str] | None = None,
) -> Completed:
    """The change that makes these edits of the edition with digest `base`.

    `bound`: capability → (address, words) it is bound to from now on; `absent`: capabilities the new text does not have;
    `others`: (capability, address) → the reason why its new passages there are other matter. Raises NotApplicable.
    """
    parts = {p.at: p for p in edited(edition, edits)}
    catalogued, gone, missing = edition.by.catalogue.capabilities, set(absent), list[Missing]()
    for name in (*(bound or {}), *gone):
        if name not in catalogued:
            raise NotApplicable("", f"条款目录没有 {name} / no such capability")
    stated = [_said(name, at, words, parts) for name, (at, words) in (bound or {}).items()]
    said = {b.capability for b in stated} | gone
    changed = {p.at for p in edition.parts if parts[p.at] != p}
    for name in dict.fromkeys(b.capability for b in edition.bindings if b.capability not in said):
        own = [b for b in edition.bindings if b.capability == name]
        if any(b.at in changed and not _stands(b, parts[b.at]) for b in own):
            followed = [b if b.at not in changed else _followed(edition, b, edits, parts[b.at]) for b in own]
            missing += [_missing(b) for b, now in zip(own, followed, strict=True) if now is None]
            stated += [now for now in followed if now is not None]
    for now in [b for b in stated if b.capability not in said and not _is_still_found(b, parts, edition.by)]:
        stated.remove(now)
        missing.append(_missing(next(b for b in edition.bindings if (b.capability, b.at) == (now.capability, now.at))))
    absences = tuple(absence(name) for name in sorted(gone))
    kept = [b for b in edition.bindings if b.capability not in {s.capability for s in stated} | gone]
    decisions = list(_decisions(edition, parts, [*kept, *stated], others or {}, missing))
    return Completed(Change(base, tuple(edits), tuple(stated), absences, tuple(decisions)), tuple(missing))


def _said(name: str, at: str, words: str, parts: Mapping[str, Part]) -> Binding:
    part = parts.get(at)
    if part is None:
        raise NotApplicable(at, "无此条 / no such article")
    try:
        return bind(name, part, words)
    except BadBinding as error:
        raise NotApplicable(at, str(error)) from None


def _stands(b: Binding, part: Part) -> bool:
    again = read_once(b.capability, part, b.words)
    return again is not None and msgspec.structs.replace(again, items=b.items, kind=b.kind, nth=b.nth) == b


def _is_still_found(b: Binding, parts: Mapping[str, Part], by: Reader) -> bool:
    """Whether the reader still finds a passage of its capability at the words."""
    own = decidable([parts[b.at]], [b], by)
    return any(overlapped for passage, overlapped in own if passage.capability == b.capability)


def _followed(edition: Edition, b: Binding, edits: Sequence[TextEdit], part: Part) -> Binding | None:
    """The binding at the words that the edits made of its own; None where they say something of another kind."""
    text = edition.parts[edition.position(b.at) - 1].text
    begin = place_of(edition.parts[edition.position(b.at) - 1], b.words, b.nth)
    end = begin + len(b.words)
    for edit in (e for e in edits if e.at == b.at):
        place = text.index(edit.old)
        after, longer = place + len(edit.old), len(edit.new) - len(edit.old)
        text = text.replace(edit.old, edit.new)
        if after <= begin:
            begin, end = begin + longer, end + longer
        elif place < end:
            begin, end = min(begin, place), max(end, after) + longer
    while begin < end and text[begin] in _TRIMMED:
        begin += 1
    while begin < end and text[end - 1] in _TRIMMED:
        end -= 1
    words = text[begin:end]
    if not words:
        return None
    try:
        now = bind(b.capability, part, words, occurrence(text, words, begin))
    except BadBinding:
        return None
    return now if now.kind == b.kind else None


def occurrence(text: str, words: str, begin: int) -> int:
    """Which occurrence of the words begins there, from 1."""
    return sum(text.startswith(words, place) for place in range(begin + 1))


def _missing(b: Binding) -> Missing:
    return Missing(
        b.capability,
        b.at,
        b.words,
        f"“{b.words}”不复存在或不再载明同类的数，须重新绑定 {b.capability}，或声明本文无此规定",
        f"“{b.words}” is gone or states no such number any more: bind {b.capability} anew, or declare it absent",
    )


def _decisions(
    edition: Edition,
    parts: Mapping[str, Part],
    bindings: Sequence[Binding],
    others: Mapping[tuple[str, str], str],
    missing: list[Missing],
) -> Iterator[Decision]:
    """The decisions the change must state: new passages that are other matter, with the reason given or the one given before."""
    standing = [b for b in bindings if parts[b.at].text.count(b.words) >= b.nth]
    before = {(d.capability, d.at, d.nth, d.words): d for d in edition.decisions if d.verdict == "other"}
    reasons = {(d.capability, d.at): d.reason for d in edition.decisions if d.verdict == "other"} | dict(others)
    for passage, overlapped in decidable(parts.values(), standing, edition.by):
        key = (passage.capability, passage.at, passage.nth, passage.words)
        if overlapped or (key in before and (passage.capability, passage.at) not in others):
            continue
        if reason := reasons.get((passage.capability, passage.at)):
            yield Decision(*key, "other", reason)
        elif all((m.capability, m.at) != (passage.capability, passage.at) for m in missing):
            missing.append(
                Missing(
                    passage.capability,
                    passage.at,
                    passage.words,
                    f"“{passage.words}”：{catalogue().capabilities[passage.capability].zh}（{passage.capability}）须绑定，或说明是另一事项",
                    f"“{passage.words}”: bind {passage.capability} to it, or say why it is another matter",
                    found=True,
                )
            )


def missing_said(edition: Edition, missing: Sequence[Missing]) -> str:
    """What is missing as one text: Chinese, then English."""
    label = {p.at: p.label for p in edition.parts}
    zh = "；".join(f"{label.get(m.at, m.at)}{m.zh}" for m in missing)
    return f"{zh} / {'; '.join(f'{m.at}: {m.en}' for m in missing)}"
