"""Editions for tests: any small covenant with everything bound that is proposed, and what the covenant's own text had bound."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import BadBinding, bind
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, TextEdit, decidable
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_builder import (
    BUNDLED,
    CHOICES_VERSION,
    Choices,
    Chosen,
    Other,
    bundled_choices,
    choices_for,
    compose,
    proposed,
)
from gongyue.covenant.parser import outline
from gongyue.covenant.text import Outline

TEXT = files("gongyue.covenant").joinpath("texts", BUNDLED).read_text("utf-8")
"""The covenant's own text."""
REASON = "测试：另一事项"


@cache
def edition() -> Edition:
    """The bound edition of the covenant's own text."""
    text = files("gongyue.covenant").joinpath("texts", BUNDLED).read_bytes()
    return compose(outline(text, "公约.txt"), bundled_choices())


def edition_of(text: str, **bound: tuple[str, str]) -> Edition:
    """The bound edition of another text: as our own was bound where that fits, and as is proposed where it does not.

    `bound`: capability (with __ for its dot) → address and words, before all else.
    """
    read = outline(text.encode("utf-8"), "公约.txt")
    first = [Chosen(name.replace("__", "."), at, words) for name, (at, words) in bound.items()]
    return compose(read, choices_for(read) or _fitting(read, first))


def _fitting(read: Outline, first: list[Chosen]) -> Choices:
    ours, parts = bundled_choices(), {p.at: p for p in read.parts}
    said = {c.capability for c in first}
    bound = first + [c for c in ours.bound if c.capability not in said and _fits(c, read)]
    names = {c.capability for c in bound}
    bound += [c for c in proposed(read, REASON).bound if c.capability not in names]
    made = [bind(c.capability, parts[c.at], c.words, c.nth) for c in bound]
    other = tuple(
        Other(p.capability, p.at, p.words, REASON, p.nth)
        for p, overlapped in decidable(read.parts, made)
        if not overlapped
    )
    absent = tuple(n for n in catalogue().capabilities if n not in {c.capability for c in bound})
    return Choices(CHOICES_VERSION, tuple(bound), other, absent)


def _fits(chosen: Chosen, read: Outline) -> bool:
    part = next((p for p in read.parts if p.at == chosen.at), None)
    if part is None or part.text.count(chosen.words) != 1:
        return False
    try:
        bind(chosen.capability, part, chosen.words)
    except BadBinding:
        return False
    return True


def without(whole: Edition, name: str) -> Edition:
    """The edition with a capability's bindings left out, and nothing else said of it."""
    return replace(whole, bindings=tuple(b for b in whole.bindings if b.capability != name))


def without_a_share(base: str) -> Change:
    """The change after which the covenant's own text says nothing of a share for its amendment."""
    return change_of(
        base, TextEdit("22", "并经三分之二以上成员单位同意，", ""), absent=["amendment.adoption"],
        others={("amendment.adoption", "22"): REASON},
    )  # fmt: skip


def change_of(base: str, *edits: TextEdit, text: Edition | None = None, **said: object) -> Change:
    """The change that makes these edits of the covenant's own text, or of another, whose digest is `base`."""
    made = complete(text or edition(), base, edits, **said)  # type: ignore[arg-type]
    assert not made.missing, made.missing
    return made.change
