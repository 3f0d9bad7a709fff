"""An edition as JSON: written, and opened with everything recomputed that it says.

An edition's truth is its confirmed canonical JSON; the original document is never parsed again. Whoever opens it recomputes
its addresses, the quoted words, the numbers in them, the passages there are to decide on (docs/binding.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from gongyue.covenant import addresses
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.reader_name import catalogue_of
from gongyue.covenant.edition import EDITION_VERSION, OPEN, BadEdition, Edition, items_of
from gongyue.covenant.text import MOST_CHARACTERS
from gongyue.covenant.visible_text import hidden_in

MOST_QUOTES, MOST_QUOTED = 20_000, 1_400_000
"""Bindings, decisions, absences and notes, and the characters they quote: each is looked up in its article."""

MOST_BINDINGS, MOST_OCCURRENCES = 1_000, 200
"""Bindings, and which occurrence of its words one may name: each is counted from the article's beginning."""


def load(data: Mapping[str, Any]) -> Edition:
    """An edition that leaves nothing open, from its decoded JSON; raises BadEdition."""
    edition = draft(data)
    for at, expected, found in edition.breaks:
        raise _gap(at, expected, found)
    for fault in edition.open:
        raise BadEdition(fault.zh, fault.en)
    return edition


def draft(data: Mapping[str, Any]) -> Edition:
    """An edition from its decoded JSON: what it says holds, but it may leave something `open`; raises BadEdition."""
    try:
        text = msgspec.json.encode(data)
    except (TypeError, ValueError, OverflowError) as error:  # nothing that was JSON
        raise BadEdition(f"文本格式不符：{error}", f"not an edition: {error}") from None
    return _draft(text)


@lru_cache(
    maxsize=8
)  # an act names the same text again and again: opening one takes 10 ms, one made to tire some seconds
def _draft(text: bytes) -> Edition:
    data = msgspec.json.decode(text)
    try:
        edition = msgspec.convert(data, Edition, strict=True)
    except msgspec.ValidationError as error:
        raise BadEdition(f"文本格式不符：{error}", f"not an edition: {error}") from None
    if edition.v != EDITION_VERSION:
        raise BadEdition(f"未知的文本版式 {edition.v}", f"unknown edition version {edition.v}")
    if catalogue_of(edition.reader) is None:
        name = f"{edition.reader.name} {edition.reader.digest}"
        raise BadEdition(f"未知的读法 {name}", f"unknown reader {name}")
    _require_bounded(edition)
    if data != listed(to_data(edition)):
        raise BadEdition("每项须恰好载明规定的各栏", "every record has exactly the fields that belong to it")
    _require_visible(edition)
    _require_addresses(edition)
    for note in edition.notes:
        if not note.words or note.words not in _text_at(edition, note.at):
            raise BadEdition(f"{note.at} 没有“{note.words}”", f"{note.at} does not contain “{note.words}”")
    if false := next((f for f in edition.faults if f.why not in OPEN), None):
        raise BadEdition(false.zh, false.en)
    return edition


def _text_at(edition: Edition, at: str) -> str:
    number = edition.position(at)
    return edition.parts[number - 1].text if number else ""


def _require_bounded(edition: Edition) -> None:
    """Whoever verifies a book loads every edition it names: one made to tire its reader is none."""
    quoted = [len(words) for words in _quoted(edition)]
    nth = max((b.nth for b in edition.bindings), default=1)
    for found, most, zh, en in (
        (len(edition.bindings), MOST_BINDINGS, "绑定的项数", "bindings"),
        (nth, MOST_OCCURRENCES, "字句的第几处", "occurrences of the words"),
        (sum(len(p.text) for p in edition.parts), MOST_CHARACTERS, "条文字数", "characters in its articles"),
        (len(quoted), MOST_QUOTES, "绑定、决定与注的项数", "bindings, decisions and notes"),
        (sum(quoted), MOST_QUOTED, "所引文字的字数", "characters quoted"),
    ):
        if found > most:
            raise BadEdition(f"{zh} {found:,}，至多 {most:,}", f"{found:,} {en}, at most {most:,}")


def _require_visible(edition: Edition) -> None:
    """A text is what it shows: what is read in it, quoted and signed has no character that hides or turns others."""
    folds = catalogue().fold[::2]
    said = [
        ("", edition.title),
        *(("", c.title) for c in edition.chapters),
        *((p.label, p.text) for p in edition.parts),
    ]
    said += [(d.at, d.reason) for d in edition.decisions] + [(n.at, n.note) for n in edition.notes]
    for where, text in said:
        if hidden := hidden_in(text, folds):
            zh, en = (
                f"{where or '标题'}有看不见或冒充的字符 {hidden}；请去掉或改成它看上去的字",
                f"{where or 'the title'} has {hidden}",
            )
            raise BadEdition(
                zh, f"{en}, which hides or only looks like a character: remove it, or write what it looks like"
            )


def _quoted(edition: Edition) -> Iterator[str]:
    yield from (b.words for b in edition.bindings)
    yield from (d.words for d in edition.decisions)
    yield from (a.then for a in edition.absent)
    yield from (n.words for n in edition.notes)


def _require_addresses(edition: Edition) -> None:
    """Every article at an address of its own, with its label, in a chapter there is, with its own items."""
    if not edition.parts:
        raise BadEdition("没有条文", "no articles")
    seen: set[str] = set()
    for part in edition.parts:
        if not part.label or part.label != addresses.label_of(part.at) or part.at in seen:
            raise BadEdition(f"条的地址不符：{part.at} {part.label}", f"wrong address: {part.at} {part.label}")
        if part.chapter is not None and not 1 <= part.chapter <= len(edition.chapters):
            raise BadEdition(f"{part.label}：没有第 {part.chapter} 章", f"{part.label}: no chapter {part.chapter}")
        if part.items != items_of(part.text):
            raise BadEdition(f"{part.label}：所列各项不是条文的各项", f"{part.label}: its items are not the text's")
        seen.add(part.at)
    broken = {b.at for b in addresses.breaks(edition.parts)}
    if unbroken := [at for at in edition.numbering if at not in broken]:
        raise BadEdition(f"条号并未中断：{unbroken[0]}", f"the numbering goes on there: {unbroken[0]}")


def _gap(at: str, expected: int, found: int) -> BadEdition:
    zh = f"应为第{expected}条，却是第{found}条（{at}）"
    return BadEdition(
        zh, f"article {expected} is expected, {found} is found ({at})", "GY-01-01", expected=expected, found=found
    )


def to_data(edition: Edition) -> dict[str, Any]:
    """The edition as JSON data; its canonical encoding is what its digest is taken of."""
    data: dict[str, Any] = msgspec.to_builtins(edition)
    return data


def listed(value: Any) -> Any:
    """The value as JSON has it: no tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def unlike(data: Any, edition: Edition) -> str:
    """Where decoded JSON differs from the edition's own: an article, or the rest; empty where it does not."""
    expected = listed(to_data(edition))
    if data == expected:
        return ""
    found = data.get("articles") if isinstance(data, dict) else None
    pairs = zip(found, expected["articles"], strict=False) if isinstance(found, list) else ()
    different = [n for n, (left, right) in enumerate(pairs, 1) if left != right]
    return f"art.{different[0]}" if different else "edition"
