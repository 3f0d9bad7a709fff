"""What can be served in a dossier now: offered on the form; the others stand below it with what closes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from django.http import HttpRequest

from gongyue.governance.service import Served
from gongyue.governance.sheet import VALUES
from gongyue.office.evidence import SERVE
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.web.accounts.models import Seat
from gongyue.web.acting import panel_form
from gongyue.web.acting.form_fields import FormField
from gongyue.web.desk.gates import Candidate, Gate, gate_of, service_of
from gongyue.web.templatetags.words import pick

NEVER = "malformed"
"""What a service meets that is of another kind of dossier."""


def narrow(request: HttpRequest, seat: Seat, facts: DossierFacts, asked: list[FormField]) -> None:
    """Offer only what can be served in that state of the dossier, and what was chosen before; the rest is named with what closes it."""
    question = next(one for one in asked if one.name == "what")
    request.seat = seat  # type: ignore[attr-defined]
    gates = {what: _gate(request, facts, what) for what in get_args(Served)}
    closed = {what: gate for what, gate in gates.items() if gate.code and what != question.value}
    question.shut = tuple(_by_reason([(words, closed[what]) for what, words in question.choices if what in closed]))
    question.choices = tuple((what, words) for what, words in question.choices if what not in closed)


def _by_reason(closed: list[tuple[str, Gate]]) -> Iterator[tuple[str, str, str]]:
    """What is closed by the same, in one line; what dossiers of that kind never have is left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for words, gate in closed:
        if gate.code != NEVER:
            found.setdefault((gate.why, gate.code), []).append(words)
    yield from ((pick("、", ", ").join(words), why, code) for (why, code), words in found.items())


def _gate(request: HttpRequest, facts: DossierFacts, what: str) -> Gate:
    """The gate of serving that, called by its name."""
    type, heard = panel_form.SERVED.get(what, ""), VALUES["heard"].zh if what == "record" else ""
    one = next(service_of(facts, what, type, heard)) if type else Candidate(SERVE, {"what": what}, called=what)
    return gate_of(request, facts, one)
