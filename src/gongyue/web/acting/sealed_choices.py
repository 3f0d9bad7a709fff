"""What may be chosen of what is sealed, at the desk: questions that wait for an answer, petitions whose member consents, bulletins."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.book.dossier_names import DossierNames
from gongyue.book.entry import decode
from gongyue.book.receipts import short
from gongyue.covenant.periods import day_of
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import VALUES
from gongyue.office import link_words, openings
from gongyue.office.applications import applications
from gongyue.office.facts import bulletins as bulletin_facts
from gongyue.office.facts.sanction_steps import decision_to_carry_out
from gongyue.office.questions import questions
from gongyue.office.store import OPEN, Reading
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import day as spoken_day
from gongyue.web.templatetags.words import pick

RESULT = "bulletin.result/1"
ENTITY_ENDED = "entity-ended"
"""What a form says where no decision ends a membership: chosen, never assumed of a field left blank."""
PUBLISH = "petition.publish/1"


def waiting_questions(inst: Institution, store: Reading) -> Iterator[tuple[str, str]]:
    """The questions that wait for an answer, by their commitments."""
    for one in questions(inst, store):
        if one.question.waits:
            yield (
                f"sealed:{short(one.commitment)}",
                f"{names.party_name(inst, one.unit)} · {names.article_name(inst.meaning.at(one.article))} · "
                f"{spoken_day(one.question.day)} · {DossierNames([one.dossier]).of(one.dossier, pick('zh', 'en'))}",
            )


def waiting_applications(inst: Institution, store: Reading) -> Iterator[tuple[str, str]]:
    """The applications that wait, as sealed acts are named: nobody is offered what is decided."""
    for one in applications(inst, store):
        if one.state == "waiting":
            yield one.id, f"{one.said.name} · {pick('收到', 'arrived')} {spoken_day(day_of(one.arrived))}"


def applicants(inst: Institution, store: Reading) -> Iterator[tuple[str, str]]:
    """Who applied and waits, by the name and code of the application: the book knows no unit of that id yet."""
    for one in applications(inst, store):
        if one.state == "waiting":
            yield one.unit, f"{one.said.name} · {one.said.code}"


def ending_decisions(now: Now, store: Reading) -> Iterator[tuple[str, str]]:
    """The decisions that memberships are to be ended on now, by the names of their dossiers, never by whom they are against.

    Last, that there is none, for the entity itself has ended.
    """
    waits = {
        (kept.dossier.id, n)
        for kept in now.docket.values()
        if (n := decision_to_carry_out(now.inst, kept.dossier, now.day))
    }
    for one in openings.of_types(store, "case.decide/1") if waits else ():
        place = one.entry.rx.place
        if place is not None and (place.dossier, place.n) in waits:
            name = DossierNames([place.dossier]).of(place.dossier, pick("zh", "en"))
            yield (
                one.name,
                f"{pick('案卷', 'Case')} {name} · {pick('决定于', 'decided')} {spoken_day(day_of(one.entry.rx.t))}",
            )
    yield (
        ENTITY_ENDED,
        pick(*link_words.ENTITY_ENDED),
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


def conclusions_to_tell(store: Reading) -> Iterator[tuple[str, str]]:
    """The conclusions by the names of their dossiers, never by whom they are against: first those whose result was not told.

    One that was told stands there too, for what takes its place.
    """
    told = []
    for one in openings.of_types(store, "case.conclude/1"):
        if (place := one.entry.rx.place) is None:
            continue
        name = DossierNames([place.dossier]).of(place.dossier, pick("zh", "en"))
        words = f"{name} · {spoken_day(day_of(one.entry.rx.t))}"
        if store.setting(openings.decision_setting(RESULT, place.dossier, place.n)) is None:
            yield one.name, words
        else:
            told.append((one.name, words + pick("（已公布：只能更正）", " (told: to be corrected only)")))
    yield from told


def _title(store: Reading, index: int) -> str:
    """The title of a published bulletin; empty where its text is not there any more."""
    leaf = store.leaf(OPEN, index)
    text = msgspec.json.decode(decode(leaf).entry.act.body)["text"] if leaf is not None else ""
    return bulletin_facts.headline_in(store, text)


def bulletins_in_force(inst: Institution, store: Reading, published: bool, desk: bool) -> Iterator[tuple[str, str]]:
    """The bulletins whose place no later one has taken, the newest first: in the open book, or, at the desk alone, to all members."""
    if published:
        for index, one in sorted(inst.bulletins.items(), reverse=True):
            if not one.replaced:
                kind, title = names.localise(VALUES, one.kind), _title(store, index)
                yield str(index), f"#{index} {kind}{pick('：', ': ') if title else ''}{title} · {spoken_day(one.day)}"
    for told in reversed(bulletin_facts.facts(inst, openings.bulletins(store))) if desk and not published else ():
        if not (told.replaced_by or told.void):
            at, kind = pick(f"第 {told.n} 件", f"No. {told.n}"), pick(told.zh, told.en)
            yield str(told.n), f"{at} {kind} · {spoken_day(told.day)}"
