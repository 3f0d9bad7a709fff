"""Objects that acts name, made of what people have at hand: a text, a table, a document, words replaced."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gongyue.covenant import edition_json as editions
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_builder import CHOICES_VERSION, Choices, choices_for, compose
from gongyue.covenant.parser import outline
from gongyue.governance.institution import Institution
from gongyue.governance.law import CALENDAR
from gongyue.governance.membership import Roll
from gongyue.governance.proposal import Proposal
from gongyue.governance.sheet import require_every
from gongyue.governance.sheet_words import Made
from gongyue.office import rolls
from gongyue.office.attachments import Attachments, parse_json
from gongyue.office.calendars import calendar_of, lines_of
from gongyue.office.declaration_tables import declared_in
from gongyue.office.invalid_input import InvalidInput
from gongyue.transparency import canonical


def text_of_proposal(proposal: Proposal) -> tuple[str, bytes]:
    """The edition a proposal results in, as of its last re-basing, as its object: digest and bytes."""
    data = canonical.encode(editions.to_data(proposal.edition))
    return canonical.digest(data), data


Maker = Callable[[bytes, str, Attachments, Institution], str]
"""Makes the object a field names from a file in another form: its bytes and name; the object's digest."""


def annex_object(data: bytes, name: str, material: Attachments, _: Institution) -> str:
    """An annex's text as its object: from JSON as it is, from a text with its first line as the title."""
    if name.lower().endswith(".json"):
        return material.attach_json(parse_json(data, name), name)
    lines = [line.rstrip() for line in rolls.decode(data, name).strip().splitlines()]
    if len(lines) < 2:
        raise InvalidInput(
            f"{name}：首行应为附件名称，其后为正文。", f"{name}: the first line is the annex's title, the text follows."
        )
    title = lines[0].lstrip("# ").strip()
    return material.attach_json({"v": "gongyue/annex@1", "title": title, "text": "\n".join(lines[1:]).strip()}, name)


def annex_draft(data: bytes, name: str, material: Attachments, inst: Institution) -> str:
    """The object of a draft under review: the same as the initiative will name."""
    return material.attach(data) if name.lower().endswith(".pdf") else annex_object(data, name, material, inst)


def roll_object(data: bytes, name: str, material: Attachments, inst: Institution) -> str:
    """A roll of units from a table."""
    return material.attach_json(
        msgspec.to_builtins(Roll(tuple(rolls.read_units(data, name, inst)), "gongyue/roll@1")), name
    )


def edition_object(data: bytes, name: str, material: Attachments, _: Institution) -> str:
    """A covenant's edition: from its JSON as it is, or made of a document."""
    return material.attach_json(editions.to_data(edition_from(data, name)[0]), name)


def calendar_object(data: bytes, name: str, material: Attachments, inst: Institution) -> str:
    """A holiday calendar as its object: the object itself, or days in JSON or lines, beside the years loaded before."""
    text = rolls.decode(data, name)
    if text.lstrip().startswith(("{", "[")) or name.lower().endswith(".json"):
        value = parse_json(data, name)
        if isinstance(value, dict) and "years" in value:
            return material.attach_json({"v": CALENDAR} | value, name)
        text = lines_of(value, name)
    return material.attach_json(calendar_of(text, name, inst.meaning.calendar), name)


def interests_private(data: bytes, name: str, material: Attachments, inst: Institution) -> str:
    """The commitment to a declaration of interests, read from a table or from JSON so that it can be computed with later."""
    return material.commit(declared_in(data, name, inst), name)


MAKERS: dict[Made, Maker] = {
    Made.ANNEX: annex_object,
    Made.REVIEWED_ANNEX: annex_draft,
    Made.ROLL: roll_object,
    Made.EDITION: edition_object,
    Made.CALENDAR: calendar_object,
    Made.INTERESTS: interests_private,
}
"""Who makes each object that sheets name."""
require_every(Made, MAKERS)


def edition_from(data: bytes, name: str, chosen: Choices | None = None) -> tuple[Edition, bool]:
    """The edition made of a file, and whether the file is the original document rather than an edition's JSON.

    `chosen`: what people bound in the document. Without it, what comes with the software for its own text; of any other text
    nothing is decided yet, and it can be imported and not frozen. Unreadable, BadEdition, InvalidInput.
    """
    if name.lower().endswith(".json"):
        return editions.draft(parse_json(data, name)), False
    document = outline(data, name)
    return compose(document, chosen or choices_for(document) or Choices(CHOICES_VERSION)), True
