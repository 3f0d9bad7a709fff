"""Interpretations, procedure rules and readings (article 25): what the alliance adopted, and what we had proposed."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from gongyue.governance.articles import ValueCard, settings
from gongyue.office.facts import covenant as facts
from gongyue.office.facts.covenant import InterpretationOut
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.decorators import page
from gongyue.web.pages.margin_notes import choice, effect_of, others
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick


class Setting(msgspec.Struct, frozen=True):
    """A procedure rule or reading: what was adopted, its article, the interpretation that set it (0: the package)."""

    card: ValueCard
    article: int
    says: str
    unit: str
    number: int

    @property
    def chosen(self) -> str:
        """The choice adopted, in words; empty where there is no other. That it was not, of a later package."""
        if self.card.missing:
            return pick("尚未通过", "not adopted")
        return choice(self.card, self.card.now) if len(self.card.choices) > 1 else ""

    @property
    def others(self) -> str:
        """What else could be chosen."""
        return others(self.card)


class Issued(msgspec.Struct, frozen=True):
    """An interpretation as the page shows it."""

    one: InterpretationOut
    stage: str
    effect: SafeString


def settings_of(at: Now, layer: str) -> list[Setting]:
    """The procedure rules (P), or the readings (R)."""
    number = {i.name: i.number for i in at.inst.interpretations if i.stage == "issued" and i.name}
    return [
        Setting(
            card,
            at.inst.meaning.article(clause),
            pick(card.zh, card.en),
            names.localise(names.UNITS, card.unit),
            number.get(card.name, 0),
        )
        for card, clause in settings(at.inst.meaning.procedure or {})
        if card.layer == layer
    ]


def settings_context(at: Now) -> dict[str, Any]:
    """The procedure rules and the readings, by which act they were adopted and when, for `pages/parts/settings.html`."""
    place = facts.adoption(at)
    return {
        "procedures": settings_of(at, "P"),
        "readings": settings_of(at, "R"),
        "adopted": place,
        "adopted_day": at.index.day(place) if place is not None else 0,
    }


def issued(at: Now) -> list[Issued]:
    """The interpretations, the newest first."""
    return [Issued(i, names.localise(names.STAGES, i.stage), effect_of(i)) for i in facts.interpretations(at)[::-1]]


@page
def interpretations(request: HttpRequest) -> HttpResponse:
    """Every interpretation, procedure rule and reading."""
    at = now(request)
    context = {"here": "covenant", "issued": issued(at)} | settings_context(at)
    return render(request, "pages/interpretations.html", context)
