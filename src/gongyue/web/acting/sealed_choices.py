"""What may be chosen of what is sealed, at the desk: questions that wait for an answer, petitions whose member consents."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.book.receipts import short
from gongyue.covenant.periods import day_of
from gongyue.governance.institution import Institution
from gongyue.office import openings
from gongyue.office.questions import questions
from gongyue.office.store import Reading
from gongyue.web import names
from gongyue.web.templatetags.words import day as spoken_day


def waiting_questions(inst: Institution, store: Reading) -> Iterator[tuple[str, str]]:
    """The questions that wait for an answer, by their commitments."""
    for one in questions(inst, store):
        if one.question.waits:
            yield (
                f"sealed:{short(one.commitment)}",
                f"{names.party_name(inst, one.unit)} · {spoken_day(one.question.day)}",
            )


def consented_petitions(inst: Institution, store: Reading) -> Iterator[tuple[str, str]]:
    """The dossiers of petitions whose member consents to a text that is not published yet."""
    said: dict[str, tuple[str | None, str]] = {}
    for one in openings.of_types(store, "petition.consent/1"):
        unit, day = names.party_name(inst, one.entry.act.actor), spoken_day(day_of(one.entry.rx.t))
        said[one.entry.rx.dossier or ""] = one.body["text"], f"{unit} · {day}"
    for course, (text, words) in said.items():
        known = inst.petitions.get(course)
        if text and (known is None or known.text != text):
            yield course, words
