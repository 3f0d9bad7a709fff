"""The form by which all members are told a result: it knows the case, whether the accused is to be named, what was found and decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gongyue.book.dossier_names import LANGUAGES, DossierNames
from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import act_type_of
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.results import is_named, may_be_told
from gongyue.governance.unit_names import NOBODY, named_in
from gongyue.office import evidence, links, openings
from gongyue.office.facts.shapes import Said
from gongyue.office.office import Office
from gongyue.office.store import Reading
from gongyue.office.store.words import in_dossier
from gongyue.web import names
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import day, pick

RESULT, CONCLUDE = "bulletin.result/1", "case.conclude/1"


class Settled(msgspec.Struct, frozen=True):
    """A case whose result is told: its conclusion as links name it (sealed:…), what the case is called, whom the result names.

    `why`: what refuses it today, and then nobody is named; `text`: what the book says of it.
    """

    link: str
    case: Said
    named: str
    day: str
    text: str
    why: Mapping[str, Any] | None = None


def conclusion_in(store: Reading, dossier: str) -> str:
    """How the conclusion of a case is named in a link; empty where there is none."""
    found = (one for one in openings.found_by(store, in_dossier(dossier)) if one.entry.act.type == CONCLUDE)
    return next((one.name for one in found), "")


def told_in(office: Office, n: int) -> str:
    """How the conclusion is named that the result at that place of `d:members` is of; empty where it is no result's."""
    told = next((one for one in openings.bulletins(office.store) if one.entry.rx.n == n), None)
    link = links.link_of(told.entry) if told is not None else ""
    opened = links.kept(office.store, link) if link else None
    return next((conclusion_in(office.store, one.dossier) for one in opened.target), "") if opened is not None else ""


def settled(office: Office, link: str, today: int) -> Settled | None:
    """The case of a conclusion that a form names; None where it names none."""
    found = openings.named(office.store, link) if link.startswith("sealed:") else None
    place = found.entry.rx.place if found is not None else None
    if found is None or place is None or found.entry.act.type != CONCLUDE:
        return None
    dossier = evidence.dossier_at(office, place.dossier)
    assert dossier.case is not None
    known = DossierNames([place.dossier])
    zh, en = (known.of(place.dossier, language) for language in LANGUAGES)
    concluded, why = day(day_of(found.entry.rx.t)), refusal(office.inst, dossier, today)
    if why is not None:
        return Settled(link, Said(zh, en), "", concluded, "", why)
    whom = dossier.case.accused if is_named(office.inst, dossier) else ""
    return Settled(link, Said(zh, en), whom, concluded, _text(office.inst, dossier, found.body, whom))


def _text(inst: Institution, dossier: Dossier, body: Mapping[str, Any], whom: str) -> str:
    """What the book says of the case, to begin the text with; who it is stands in it only where the reading names it."""
    case = dossier.case
    assert case is not None
    who = inst.units[whom].name if whom else NOBODY
    if whom and [unit.id for unit in named_in(inst, who)] != [whom]:  # others are, or were, called so too
        who += f"（{inst.units[whom].code}）"
    found = "；".join(
        f"{in_chinese(str(one['article']))}{'' if one['established'] else '不'}成立" for one in body["findings"]
    )
    lines = [f"调查结果：{who}", f"经调查，{found}。"]
    if case.established:
        lines.append("造成不良影响。" if case.adverse else "没有造成不良影响。")
    if case.stands:
        lines.append(f"处理：{case.stands}。")
    elif case.decision is not None:
        lines.append("不作处理。")
    return "\n".join(lines) + "\n"


def refusal(inst: Institution, dossier: Dossier, today: int) -> Mapping[str, Any] | None:
    """Why the result cannot be told today (GY-18-10, GY-20-01); None where it can."""
    met = next((one for one in may_be_told(inst, dossier, today) if not one.holds), None)
    return inst.meaning.cite(met, act_type_of(RESULT).clause) if met is not None else None


def questions(inst: Institution, found: Settled | None, asked: list[FormField], fresh: bool) -> list[FormField]:
    """The questions for that case: which it is is said, the text begins with what the book says of it; `fresh`: nobody has written yet."""
    if found is None:
        return asked
    case = pick(f"卷“{found.case.zh}”，{found.day}作出结论", f"dossier {found.case.en}, concluded on {found.day}")
    for one in asked:
        if one.name == "link":
            one.widget, one.choices, one.value = "select", ((found.link, case),), found.link
        if one.name == "names" and found.why is None:
            one.value = found.named if fresh else one.value
            who = names.party_name(inst, found.named) if found.named else ""
            hint = (
                pick(f"本案须点名：{who}。", f"This result names {who}.")
                if found.named
                else pick("本案不点名：正文写“某成员单位”。", "This result names nobody: write “a member unit”.")
            )
            one.label = Label(one.label.zh, one.label.en, hint, hint)
        if one.name == "text" and fresh:
            one.text = found.text
    return asked
