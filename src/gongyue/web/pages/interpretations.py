"""Interpretations, procedure rules and readings (article 25): what the alliance adopted, and what we had proposed."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from gongyue.covenant.procedure import package
from gongyue.governance.interpretation import Interpretation
from gongyue.governance.packages import not_adopted
from gongyue.web import naming
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages.indexing import index_of
from gongyue.web.pages.noting import adoption, choice, effect_of
from gongyue.web.pages.objects import text_of
from gongyue.web.pages.showing import page
from gongyue.web.templatetags.words import pick


class Procedure(msgspec.Struct, frozen=True):
    """A procedure rule: what is adopted, what was proposed, its bounds, the interpretation that set it (0: the package).

    `adopted`: None of a later package than was adopted; before one is, what is proposed.
    """

    name: str
    article: int
    says: str
    unit: str
    adopted: int | None
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
    """An interpretation with its text."""

    one: Interpretation
    text: str
    stage: str
    effect: SafeString


def procedures(at: Now) -> list[Procedure]:
    """The procedure rules P1 and on."""
    adopted = at.inst.meaning.procedure or {}
    setting = {i.name: i.number for i in at.inst.interpretations if i.stage == "issued" and i.name}
    missing = not_adopted(at.inst)
    rows = []
    for name, rule in package().procedure.items():
        value = None if name in missing else int(adopted.get(name, rule.value))
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
    missing = not_adopted(at.inst)
    rows = []
    for name, reading in package().readings.items():
        chosen = str(adopted.get(name, reading.choices[0]))
        several = len(reading.choices) > 1
        none = pick("尚未通过", "not adopted") if name in missing else ""
        others = pick("、", ", ").join(choice(c) for c in reading.choices if c != chosen)
        says = pick(reading.zh, reading.en)
        rows.append(
            Read(
                name, at.inst.meaning.article(reading.clause), says, none or (choice(chosen) if several else ""), others
            )
        )
    return rows


def issued(at: Now) -> list[Issued]:
    """The interpretations, the newest first."""
    return [
        Issued(i, text_of(i.text), naming.said(naming.STAGES, i.stage), effect_of(i))
        for i in reversed(at.inst.interpretations)
    ]


@page
def interpretations(request: HttpRequest) -> HttpResponse:
    """Every interpretation, procedure rule and reading."""
    at = now(request)
    place = adoption(at)
    context = {
        "here": "covenant",
        "issued": issued(at),
        "procedures": procedures(at),
        "readings": readings(at),
        "adopted": place,
        "adopted_day": index_of(at).day(place) if place is not None else 0,
    }
    return render(request, "pages/interpretations.html", context)
