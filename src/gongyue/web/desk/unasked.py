"""Opening a case that nobody reported (article 17): begun on the page of dossiers, tried there as it would be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance.acts import ACT_TYPES
from gongyue.web import installation, request_state
from gongyue.web.acting import dry_run, report_form
from gongyue.web.acting.models import Draft
from gongyue.web.acting.refusals import named as with_names
from gongyue.web.desk.gates import Gate
from gongyue.web.desk.layout import deed
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

OFFICES = ("caseworker", "secretary")
"""Who open a case, one of each."""
NO_LINK = "out-of-turn/missing-opening"
"""All else holds: the link, which names no report, is made with the form."""


def opening(request: HttpRequest) -> Gate | None:
    """The gate of it for whoever opens cases; None for others, who have no part in it."""
    available, sheet = deed(request, report_form.OPEN), ACT_TYPES[report_form.OPEN].sheet
    if not available.mine:
        return None
    gate = Gate(available, pick(f"主动{sheet.zh}", f"{sheet.do}, unasked"))
    refusal = _tried(request)
    if refusal is None or refusal["code"] == NO_LINK:
        return gate
    why = with_names(request_state.now(request), pick(str(refusal["zh"]), str(refusal["en"])))
    code = str(refusal["code"]).removeprefix("out-of-turn/")
    return Gate(available, gate.words, code, why, int(refusal.get("article") or 0))


def _tried(request: HttpRequest) -> Mapping[str, Any] | None:
    """The refusal it would meet whomever it is about: by who holds the offices today, signed by one of each."""
    now, office, me = request_state.now(request), installation.office(), request_state.seat(request).party
    holders = {name: sorted(_holding(now, name), key=lambda id: id != me) for name in (*OFFICES, "panellist")}
    signing = [next((id for id in holders[name] if id not in holders[other]), "") for name, other in _PAIRS]
    draft = Draft(
        type=report_form.OPEN,
        party=EXECUTIVE,
        actor=EXECUTIVE,
        body=_body(now, signing[0], holders["panellist"]),
        created_by=request_state.person(request),
        signers=sorted(filter(None, signing), key=lambda id: id != me),
    )
    return dry_run.refusal_met(draft, office, now, draft.signers)


_PAIRS = (OFFICES, OFFICES[::-1])


def _holding(now: Now, office: str) -> Iterator[str]:
    """Who holds an office today."""
    return (one.id for one in now.inst.officers.values() if office in one.held(now.day))


def _body(now: Now, caseworker: str, panellists: list[str]) -> dict[str, Any]:
    """A case like any that could be opened today: against some member, by those in office, on no report."""
    example = dict(ACT_TYPES[report_form.OPEN].example)
    text, today = now.inst.meaning.edition, iso(now.day)
    panel = [one for one in panellists if one != caseworker][:7]
    return example | {
        "accused": next(iter(now.inst.members), example["accused"]),
        "articles": [text.parts[0].at] if text is not None else example["articles"],
        "begins": today,
        "ends": today,
        "caseworker": {"officer": caseworker or example["caseworker"]["officer"], "interests": []},
        "panel": [{"officer": one, "interests": []} for one in panel] or example["panel"],
    }
