"""The text as the secretary imports it: first with a typo that nobody saw, then as it should be."""

from __future__ import annotations

from msgspec.structs import replace

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.edition import BadEdition, Edition, items_of
from gongyue.covenant.edition_builder import Choices, choices_for, compose, proposed
from gongyue.covenant.text import Outline

REASON = "演示未采用"


def choices_of(document: Outline) -> Choices:
    """As a text was bound, if it is the covenant of this software; of another all that is proposed is bound."""
    return choices_for(document) or proposed(document, REASON)


def with_typo(document: Outline, choices: Choices) -> tuple[Edition, str] | None:
    """The edition with one character written twice, in an article no act rests on; and the address of that article."""
    edition = compose(document, choices)
    acts = {name for name, c in catalogue().capabilities.items() if any("/" in act for act in c.acts)}
    quoted = {b.at for b in edition.bindings if b.capability in acts}
    for number, part in enumerate(document.parts):
        if part.at in quoted or part.items or len(part.text) < 3:
            continue
        body = part.text.rstrip("。")
        text = part.text.replace(body, body + body[-1], 1)
        slip = replace(part, text=text, items=items_of(text))
        slipped = replace(document, parts=(*document.parts[:number], slip, *document.parts[number + 1 :]))
        try:
            draft = compose(slipped, choices)
        except BadEdition:
            continue
        if not draft.open and not draft.breaks:
            return draft, part.at
    return None
