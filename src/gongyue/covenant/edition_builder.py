"""An edition made of a text that was read and of what people chose for it: words bound, other matter, what it does not have."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from gongyue.covenant import addresses, parser
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import Proposal, proposals, reader
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.binding.records import BadBinding, Binding, Decision, bind, with_items
from gongyue.covenant.binding.requirements import absence
from gongyue.covenant.changes import decidable
from gongyue.covenant.edition import BadEdition, Edition, Note
from gongyue.covenant.edition_json import draft, to_data
from gongyue.covenant.text import Doubt, Outline, Part

CHOICES_VERSION = "gongyue/choices@1"
BUNDLED = "zgc-big-data.txt"
"""The covenant that comes with the software; what was chosen for it stands beside it."""


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words a capability is bound to, at their `nth` occurrence; `items` where a person picked them from the words."""

    capability: str
    at: str
    words: str
    nth: int = 1
    items: tuple[str, ...] = ()


class Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage that is other matter, and why; `nth` among equal sentences of its article."""

    capability: str
    at: str
    words: str
    reason: str
    nth: int = 1


class Choices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people chose for a text; everything else in an edition's records is read from the words."""

    v: str
    bound: tuple[Chosen, ...] = ()
    other: tuple[Other, ...] = ()
    absent: tuple[str, ...] = ()
    note: tuple[Note, ...] = ()


def compose(outline: Outline, choices: Choices) -> Edition:
    """The draft of an edition: it may leave something open. Raises BadEdition where a choice does not hold, or is in doubt."""
    for doubt in outline.doubts:
        raise in_doubt(doubt, outline.parts)
    parts = {p.at: p for p in outline.parts}
    bindings = tuple(_bound(chosen, parts) for chosen in choices.bound)
    others = {(o.capability, o.at, o.nth, o.words): o.reason for o in choices.other}
    decisions = []
    for p, overlapped in decidable(outline.parts, bindings):
        key = (p.capability, p.at, p.nth, p.words)
        if overlapped:
            decisions.append(Decision(*key, "bound"))
        elif key in others:
            decisions.append(Decision(*key, "other", others[key]))
    edition = Edition(
        outline.title,
        outline.digest,
        outline.chapters,
        outline.parts,
        bindings,
        tuple(decisions),
        tuple(absence(name) for name in choices.absent),
        this_reader(),
        tuple(b.at for b in addresses.breaks(outline.parts)),
        tuple(n for n in choices.note if n.at in parts and n.words in parts[n.at].text),
    )
    return draft(to_data(edition))


def in_doubt(doubt: Doubt, parts: Iterable[Part]) -> BadEdition:
    """That the numbering does not hold there, and nobody has said what is meant."""
    zh, _, en = doubt.why.partition(" / ")
    zh = f"条文编号不连续：第 {doubt.line} 行“{doubt.words}”存疑：{zh}"
    en = f"Article numbering is not continuous: line {doubt.line} is in doubt: {en or doubt.why}"
    gap = next((b for b in addresses.breaks(parts) if b.at == doubt.at), None)  # there, not at a later break
    figures = {"expected": gap.expected, "found": gap.found} if gap else {}
    return BadEdition(zh, en, "GY-01-01", **figures)


def not_said(doubt: Doubt) -> BadEdition:
    """That a number was read there of which the words do not say all, and nobody has said whether it is so."""
    zh, _, en = doubt.why.partition(" / ")
    return BadEdition(
        f"第 {doubt.line} 行“{doubt.words}”存疑：{zh}", f"line {doubt.line} is in doubt: {en or doubt.why}"
    )


def _bound(chosen: Chosen, parts: dict[str, Part]) -> Binding:
    part = parts.get(chosen.at)
    if part is None or chosen.capability not in catalogue().capabilities:
        raise BadEdition(f"没有 {chosen.capability} {chosen.at}", f"no {chosen.capability} {chosen.at}")
    try:
        return with_items(bind(chosen.capability, part, chosen.words, chosen.nth), chosen.items)
    except BadBinding as error:
        raise BadEdition(error.zh, error.en) from None


# -- the covenant that comes with the software


@cache
def bundled_choices() -> Choices:
    """What is bound in the covenant that comes with the software, why the rest is not, and what it does not have."""
    text = files("gongyue.covenant").joinpath("texts", BUNDLED.replace(".txt", ".toml")).read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Choices)


@cache
def _bundled_text() -> tuple[tuple[str, str], ...]:
    data = files("gongyue.covenant").joinpath("texts", BUNDLED).read_bytes()
    return tuple((p.at, p.text) for p in parser.outline(data, BUNDLED).parts)


def choices_for(outline: Outline) -> Choices | None:
    """What was chosen for this very text, in whatever file it stands; None for any other."""
    return bundled_choices() if tuple((p.at, p.text) for p in outline.parts) == _bundled_text() else None


# -- all that is proposed


def proposed(outline: Outline, reason: str) -> Choices:
    """Everything the reader proposes is bound, every other passage is other matter for that reason, the rest is absent.

    A guard whose passages hold nothing that is proposed is bound to the first of them. Nobody confirmed any of it: for examples.
    """
    parts = {p.at: p for p in outline.parts}
    chosen = [c for p in proposals(outline.parts, reader()).values() if (c := _choice(p, parts))]
    bound = [_bound(c, parts) for c in chosen]
    for passage, overlapped in decidable(outline.parts, bound):
        guard = catalogue().capabilities[passage.capability].guard
        if guard and not overlapped and all(b.capability != passage.capability for b in bound):
            more = Chosen(passage.capability, passage.at, passage.words)
            chosen.append(more)
            bound.append(_bound(more, parts))
    other = [
        Other(p.capability, p.at, p.words, reason, p.nth)
        for p, overlapped in decidable(outline.parts, bound)
        if not overlapped
    ]
    absent = tuple(name for name in catalogue().capabilities if all(b.capability != name for b in bound))
    return Choices(CHOICES_VERSION, tuple(chosen), tuple(other), absent)


def _choice(p: Proposal, parts: dict[str, Part]) -> Chosen | None:
    """The proposal, where its words can be bound and carried out."""
    try:
        bind(p.capability, parts[p.at], p.words, p.nth)
    except BadBinding:
        return None
    return Chosen(p.capability, p.at, p.words, p.nth)
