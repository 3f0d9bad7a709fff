"""Changes of an edition: words replaced, clauses bound anew, what becomes absent; one applied after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.passages import Passage, Reader, placed, reader
from gongyue.covenant.binding.records import Absence, BadBinding, Binding, Decision, bind, with_items
from gongyue.covenant.edition import BadEdition, Clause, Edition, items_of
from gongyue.covenant.edition_json import load, to_data
from gongyue.covenant.text import MOST_CHARACTERS, Part

MOST_EDITS, MOST_LOOKED_THROUGH = 1_000, 100_000_000
"""Places that one change may alter, and the characters looked through for them: each in the whole of its article as it then is."""

CHANGE_VERSION = "gongyue/change@2"


Key = tuple[str, str, int, str]
"""Of a passage: capability, address, occurrence, words."""


class NotApplicable(ValueError):
    """A change that does not apply to the edition it names; `at` and `why` say where."""

    def __init__(self, at: str, why: str) -> None:
        super().__init__(f"{at}: {why}" if at else why)
        self.at, self.why = at, why


class TextEdit(msgspec.Struct, frozen=True):
    """Replace `old`, which must stand exactly once in the article at `at`, by `new`."""

    at: str
    old: str
    new: str


class Change(msgspec.Struct, frozen=True):
    """An amendment of the edition with digest `base`: its text, and what must be said anew of its clauses.

    `bindings` take the place of all bindings of their capabilities; `absent` capabilities have none afterwards; `decisions` are
    the new passages that are other matter. What still stands is carried over and need not be said.
    """

    base: str
    text: tuple[TextEdit, ...]
    bindings: tuple[Binding, ...] = ()
    absent: tuple[Absence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    v: str = CHANGE_VERSION


def amend(edition: Edition, change: Change) -> Edition:
    """The edition after `change`; NotApplicable where it does not apply, or leaves something of the new text undecided."""
    return _amended(edition, change, following=False)


def _amended(edition: Edition, change: Change, *, following: bool) -> Edition:
    if change.v != CHANGE_VERSION:
        raise NotApplicable("", f"{change.v} ≠ {CHANGE_VERSION}")
    parts = edited(edition, change.text)
    texts = {part.at: part.text for part in parts}
    bindings = _bindings_after(edition, change, parts)
    absent = _absent_after(edition, change, {b.capability for b in bindings})
    notes = tuple(n for n in edition.notes if n.words in texts[n.at])
    amended = msgspec.structs.replace(
        edition,
        parts=parts,
        bindings=bindings,
        absent=absent,
        decisions=tuple(_decisions_after(edition, change, parts, bindings, following=following)),
        notes=notes,
    )
    try:
        return load(to_data(amended))
    except BadEdition as error:
        raise NotApplicable("", str(error)) from None


def edited(edition: Edition, edits: Sequence[TextEdit]) -> tuple[Part, ...]:
    """The articles with their words replaced, one edit after the other; NotApplicable where one does not fit."""
    texts: dict[int, str] = {}
    if len(edits) > MOST_EDITS:
        raise NotApplicable("", f"{len(edits)} > {MOST_EDITS} 处 / places")
    looked_through = 0
    for edit in edits:
        number = edition.position(edit.at)
        if not number:
            raise NotApplicable(edit.at, "无此条 / no such article")
        text = texts.get(number, edition.parts[number - 1].text)
        looked_through += len(text)
        if looked_through > MOST_LOOKED_THROUGH:
            raise NotApplicable(edit.at, f"{looked_through} > {MOST_LOOKED_THROUGH} 字 × 处 / characters × places")
        texts[number] = _edited(text, edit)
    return tuple(
        msgspec.structs.replace(part, text=texts[at], items=items_of(texts[at])) if at in texts else part
        for at, part in enumerate(edition.parts, 1)
    )


def _edited(text: str, edit: TextEdit) -> str:
    times = text.count(edit.old) if edit.old else 0
    if times != 1:
        raise NotApplicable(edit.at, f"“{edit.old}”出现 {times} 次，应为 1 次 / stands {times} times, it must be once")
    if (long := len(text) - len(edit.old) + len(edit.new)) > MOST_CHARACTERS:
        raise NotApplicable(edit.at, f"{long} > {MOST_CHARACTERS} 字 / characters")
    return text.replace(edit.old, edit.new)


def _bindings_after(edition: Edition, change: Change, parts: tuple[Part, ...]) -> tuple[Binding, ...]:
    """Those the change states, in the place of the old ones; the others where their words still say what they said."""
    before = {p.at: p for p in edition.parts}
    now = {p.at: p for p in parts}
    stated: dict[str, list[Binding]] = {}
    for b in change.bindings:
        stated.setdefault(b.capability, []).append(b)
    absent = {a.capability for a in change.absent}
    after: list[Binding] = []
    placed_already: set[str] = set()
    for b in edition.bindings:
        if b.capability in stated and b.capability not in placed_already:
            after += stated[b.capability]
            placed_already.add(b.capability)
        elif b.capability not in stated and b.capability not in absent:
            after.append(b if now[b.at] == before[b.at] else _carried(b, now[b.at]))
    return (*after, *(b for name, found in stated.items() if name not in placed_already for b in found))


def _carried(b: Binding, part: Part) -> Binding:
    again = read_once(b.capability, part, b.words)
    if again is None or (again := _with_picked(again, b)) != msgspec.structs.replace(b, nth=1):
        raise NotApplicable(
            b.at, f"“{b.words}”已改，须重新绑定 {b.capability} / is changed: {b.capability} must be bound anew"
        )
    return again


def _with_picked(again: Binding, b: Binding) -> Binding:
    """With the items a person had picked from the words, where the words are the same."""
    return (
        with_items(again, b.items) if b.kind == "list" and again.kind == "words" and again.words == b.words else again
    )


def read_once(capability: str, part: Part, words: str) -> Binding | None:
    """The binding of words that stand exactly once in the article; None where they do not, or cannot be bound."""
    if not words or part.text.count(words) != 1:
        return None
    try:
        return bind(capability, part, words)
    except BadBinding:
        return None


def _absent_after(edition: Edition, change: Change, bound: set[str]) -> tuple[Absence, ...]:
    stated = {a.capability: a for a in change.absent}
    kept = (a for a in edition.absent if a.capability not in bound and a.capability not in stated)
    return (*kept, *change.absent)


def _decisions_after(
    edition: Edition, change: Change, parts: tuple[Part, ...], bindings: tuple[Binding, ...], *, following: bool
) -> Iterator[Decision]:
    """One for each passage of the new text: bound where its words are, else as the change says, else as it was."""
    stated = {_key(d): d for d in change.decisions}
    before = {_key(d): d for d in edition.decisions if d.verdict == "other"}
    passages = list(decidable(parts, bindings, edition.by))
    if following:
        stated = _followed(stated, [_key(p) for p, bound in passages if not bound and _key(p) not in before])
    for passage, overlapped in passages:
        key = _key(passage)
        said = stated.pop(key, None)
        if overlapped:
            yield Decision(*key, "bound")
        elif said or key in before:
            yield said or before[key]
        else:
            raise NotApplicable(
                passage.at,
                f"“{passage.words}”：{passage.capability} 尚未决定，须绑定或说明是另一事项"
                f" / {passage.capability} is undecided: bind it, or say that it is another matter",
            )
    for key in stated:
        raise NotApplicable(key[1], f"“{key[3]}”不是 {key[0]} 的所见条文 / is no passage of it")


def _followed(stated: dict[Key, Decision], asked: list[Key]) -> dict[Key, Decision]:
    """What a change says of sentences that another change altered as well: said of those that stand in their place.

    That is where as many sentences of an article ask for a capability as the change has decisions on it that ask for nothing.
    """
    open_ = [key for key in asked if key not in stated]
    gone = [key for key in stated if key not in asked]
    found = {key: stated[key] for key in stated if key in asked}
    for name, at in dict.fromkeys(key[:2] for key in gone):
        here, there = [k for k in gone if k[:2] == (name, at)], [k for k in open_ if k[:2] == (name, at)]
        if len(here) == len(there):
            found |= {k: Decision(*k, "other", stated[o].reason) for o, k in zip(here, there, strict=True)}
    return found


def decidable(
    parts: Iterable[Part], bindings: Iterable[Binding], by: Reader | None = None
) -> Iterator[tuple[Passage, bool]]:
    """Every passage of a text that a reader finds, the latest by default, and whether words of it are bound to its capability."""
    texts = {p.at: p for p in parts}
    coverage = Coverage(texts)
    for b in bindings:
        if b.at not in texts:
            raise NotApplicable(b.at, "无此条 / no such article")
        try:
            coverage.add(b)
        except BadBinding as error:
            raise NotApplicable(b.at, str(error)) from None
    for passage, sentence in placed(texts.values(), by or reader()):
        yield passage, coverage.overlaps(passage.capability, sentence)


def _key(record: Passage | Decision) -> Key:
    return record.capability, record.at, record.nth, record.words


def rebase(change: Change, before: Edition, now: Edition) -> Edition:
    """The edition after `change`, made on `before`, on another text; NotApplicable where what it changes was changed.

    Every `old` must stand exactly once in the other text, and every clause it binds anew, or drops, be there as it was.
    """
    for name in dict.fromkeys([b.capability for b in change.bindings] + [a.capability for a in change.absent]):
        if before.bindings_of(name) != now.bindings_of(name):
            was, stands = before.binding(name), now.binding(name)
            here = f"“{stands.words}”" if stands else "— / deleted"
            raise NotApplicable(was.at if was else "", f"条款 {name} 已另作修改 / was changed meanwhile：{here}")
    return _amended(now, change, following=True)


def dropped(before: Edition, after: Edition) -> list[Clause]:
    """The clauses that `after` no longer has."""
    names = dict.fromkeys(b.capability for b in before.bindings)
    return [c for name in names if after.binding(name) is None and (c := before.clause(name))]
