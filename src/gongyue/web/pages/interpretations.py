"""Interpretations, procedure rules and readings (article 25): what the alliance adopted, and what we had proposed."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from gongyue.covenant.procedure import package
from gongyue.office.facts import covenant as facts
from gongyue.office.facts.covenant import InterpretationOut
from gongyue.web import naming
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages.noting import choice, effect_of
from gongyue.web.pages.showing import page
from gongyue.web.templatetags.words import pick


class Procedure(msgspec.Struct, frozen=True):
    """A procedure rule: what is adopted, what was proposed, its bounds, the interpretation that set it (0: the package)."""

    name: str
    article: int
    says: str
    unit: str
    adopted: int
    proposed: int
    floor: int
    ceiling: int
    number: int


class Read(msgspec.Struct, frozen=True):
    """A reading: how the words are read, which choice was adopted and what else could have been."""

    name: str
    article: int
    says: str
    chosen: str
    others: str


class Issued(msgspec.Struct, frozen=True):
    """An interpretation as the page shows it."""

    one: InterpretationOut
    stage: str
    effect: SafeString


def procedures(at: Now) -> list[Procedure]:
    """The procedure rules P1 and on."""
    adopted = at.inst.meaning.procedure or {}
    setting = {i.name: i.number for i in at.inst.interpretations if i.stage == "issued" and i.name}
    rows = []
    for name, rule in package().procedure.items():
        value = int(adopted.get(name, rule.value))
        unit = naming.said(naming.UNITS, rule.unit)
        says = pick(rule.zh, rule.en)
        bounds = rule.floor, rule.ceiling
        rows.append(
            Procedure(
                name, at.inst.meaning.article(rule.clause), says, unit, value, rule.value, *bounds, setting.get(name, 0)
            )
        )
    return rows


def readings(at: Now) -> list[Read]:
    """The readings, each with the choice adopted."""
    adopted = at.inst.meaning.procedure or {}
    rows = []
    for name, reading in package().readings.items():
        chosen = str(adopted.get(name, reading.choices[0]))
        several = len(reading.choices) > 1
        others = pick("、", ", ").join(choice(c) for c in reading.choices if c != chosen)
        says = pick(reading.zh, reading.en)
        rows.append(
            Read(name, at.inst.meaning.article(reading.clause), says, choice(chosen) if several else "", others)
        )
    return rows


def issued(at: Now) -> list[Issued]:
    """The interpretations, the newest first."""
    return [Issued(i, naming.said(naming.STAGES, i.stage), effect_of(i)) for i in facts.interpretations(at)[::-1]]


@page
def interpretations(request: HttpRequest) -> HttpResponse:
    """Every interpretation, procedure rule and reading."""
    at = now(request)
    place = facts.adoption(at)
    context = {
        "here": "covenant",
        "issued": issued(at),
        "procedures": procedures(at),
        "readings": readings(at),
        "adopted": place,
        "adopted_day": at.index.day(place) if place is not None else 0,
    }
    return render(request, "pages/interpretations.html", context)
