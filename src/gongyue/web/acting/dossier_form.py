"""Acts within a dossier: in which one they are done, who may begin them there, and what may be chosen from what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.http import Http404

from gongyue.book.dossier_names import named
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType
from gongyue.governance.order_grounds import GROUNDS, ORDER
from gongyue.governance.sheet import VALUES
from gongyue.office.document_notice import EARLIER
from gongyue.office.evidence import SERVE
from gongyue.office.facts.dossiers import DossierFacts, DossierLine, of_unit
from gongyue.office.facts.shapes import Said
from gongyue.web import installation, names
from gongyue.web.accounts.officers import called_each
from gongyue.web.acting import panel_form, report_form, sanction_words
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.pages import dossier_page
from gongyue.web.templatetags.words import pick

NOTE = "dossier.note/1"
EMPTY = (
    "还没有写什么：请写下文字或附上文件；没有要交的，可以勾选“材料已齐”",
    "Nothing is said yet: write something or enclose a file; where nothing is to be handed in, tick that the file is complete",
)
"""What an empty note of a party is told."""
EMPTY_OF_OFFICER = ("还没有写什么：请写下文字或附上文件", "Nothing is said yet: write something or enclose a file")
"""The same of an officer, to whom nothing but documents is offered."""
PARTIES_ASK = frozenset({"asks", "whom", "withdrawn", "complete"})
"""What a note says for a party alone: an officer adds documents, and is refused what it asks for, or withdraws."""
FRAME_SUFFICES = frozenset({"dossier.assign/1"})
"""What is done by whoever sees only how a dossier stands."""


class Within(NamedTuple):
    """The dossier in which an act is done: its id, what its reader calls it, its facts where the reader opens it."""

    id: str
    name: Said
    facts: DossierFacts | None


def place(draft: Draft, mandate: Mandate, now: Now, asked: Mapping[str, str]) -> None:
    """In which dossier a draft is done, and which place there it answers, as its address says; 404 where that is not this seat's."""
    within = dossier_of(now, mandate, draft.kind, asked["dossier"])
    draft.dossier = within.id
    if "to" in asked and within.facts is not None and draft.kind.answers:
        draft.to = line_of(within.facts, asked["to"])


def within(draft: Draft, mandate: Mandate, now: Now) -> Within | None:
    """The dossier in which a draft is done, where this seat sees anything of it; whoever signs second need not."""
    if not draft.dossier:
        return None
    try:
        return dossier_of(now, mandate, draft.kind, draft.dossier)
    except Http404:
        return None


def dossier_of(
    now: Now, mandate: Mandate, kind: ActType, name: str, by_frame: frozenset[str] = FRAME_SUFFICES
) -> Within:
    """The dossier of that name, in which this seat may begin such an act; 404 where it is none of its own.

    `by_frame`: the types for which it is enough to see how the dossier stands.
    """
    if is_unit(mandate.seat.party):
        mine = {one.id: one for one in of_unit(now.inst, installation.office().store, mandate.seat.party, now.day)}
        ids = named(name, mine)
        found = Within(ids[0], mine[ids[0]].name, mine[ids[0]]) if len(ids) == 1 else None
    else:
        found = _of_office(now, mandate, kind, name, by_frame)
    if found is None or (found.facts is not None and not _fits(kind, found.facts, mandate)):
        raise Http404
    return found


def _of_office(now: Now, mandate: Mandate, kind: ActType, name: str, by_frame: frozenset[str]) -> Within | None:
    found = now.docket_of(mandate.seat.party).find(installation.office().store, name)
    if found is None:
        return None
    line, facts = found
    frame = facts is None and kind.type in by_frame and line.kind in kind.within
    return Within(line.id, line.name, facts) if facts is not None or frame else None


def handling(now: Now, kind: ActType, found: Within | None) -> list[tuple[str, str]]:
    """Who handles the dossier in which somebody is assigned, by role; and its parties, for whoever opens it."""
    if kind.type not in FRAME_SUFFICES or found is None:
        return []
    parties = [dossier_page.party_called(now, one) for one in found.facts.parties] if found.facts is not None else []
    told = [(pick("当事方", "Parties"), pick("、", ", ").join(parties))] if parties else []
    return [*told, *dossier_page.assigned(now, dict(now.docket[found.id].dossier.assigned))]


def _fits(kind: ActType, facts: DossierFacts, mandate: Mandate) -> bool:
    """Whether such an act is done in dossiers of that kind, and in a unit's name only in those it is party to."""
    return facts.kind in kind.within and (not is_unit(mandate.actor) or mandate.actor in facts.parties)


def line_of(facts: DossierFacts, number: str) -> str:
    """The digest of the entry at that place, for an act to answer; 404 where there is none."""
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= place <= len(facts.entries):
        raise Http404
    return facts.entries[place - 1].digest


def questions(
    now: Now, kind: ActType, found: Within | None, asked: list[FormField], mandate: Mandate
) -> list[FormField]:
    """The questions of a form, with what may be chosen of the officers and of the documents there are, within a dossier."""
    reader = mandate.seat.party
    if kind.type == NOTE:
        asked = list(_of_note(asked, mandate))
    if kind.type in {report_form.FILE, report_form.ANSWER, report_form.OPEN}:
        asked = report_form.questions(now, kind, found.facts if found is not None else None, asked, reader)
    if found is None:
        return asked
    facts = found.facts
    if kind.type in panel_form.PANELS and facts is not None:
        asked = sanction_words.beside(now, kind.type, facts.id, panel_form.questions(now, facts, asked))
    for one in asked:
        for part in one.everything():
            if part.path in {"officers.officer", "whom"}:
                part.widget, part.choices, part.listed = "select", tuple(_officers(now, facts, part.path)), ()
                part.label = Label(part.label.zh, part.label.en)  # nobody has to know an id
        if one.name == "ground" and kind.type == ORDER:
            one.grouped = tuple(_grounds(dict(one.choices)))
        if one.name == "docs" and facts is not None:
            _documents(kind, facts, one, reader)
    return asked


def _documents(kind: ActType, facts: DossierFacts, one: FormField, reader: str) -> None:
    """Which documents of the dossier are served, or chosen among."""
    if kind.type == SERVE:
        panel_form.there(facts, one)
        one.choices = tuple(panel_form.from_reports(facts, reader))
    if kind.type in EARLIER:
        one.widget, one.choices = "checks", tuple(documents(facts))


def _grounds(said: Mapping[str, str]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The grounds of an order, under what each may be the ground of."""
    for what, grounds in GROUNDS.items():
        yield pick(*VALUES[what]), tuple((value, text) for value, text in said.items() if value in grounds)


def _of_note(asked: list[FormField], mandate: Mandate) -> Iterator[FormField]:
    """What a note asks: an officer's alone nothing that parties ask; a unit's nothing but what its room says it is for."""
    if not is_unit(mandate.seat.party):
        own = not is_unit(mandate.actor)  # what an officer writes down of a party's paper may be anything a party says
        for one in asked:
            one.required = one.required or (own and one.name == "docs")
            if not (own and one.name in PARTIES_ASK) or one.error:
                yield one
        return
    said = {one.name: one.value for one in asked}
    purpose, gone = str(said.get("asks") or ""), said.get("withdrawn") is True
    fits = {"asks": bool(purpose), "withdrawn": gone, "whom": purpose == "recusal", "complete": not (purpose or gone)}
    for one in asked:
        one.required = one.required or one.name == "whom"
        if one.name in {"asks", "withdrawn"}:
            one.widget, one.value = "hidden", purpose or "yes"
        if fits.get(one.name, True) or one.error:
            yield one


def unsaid(type: str, post: Mapping[str, str]) -> Iterator[str]:
    """What a note must name for what it asks: of whom a recusal is asked."""
    if type == NOTE and post.get("asks") == "recusal" and not post.get("whom"):
        yield "whom"


def _officers(now: Now, facts: DossierFacts | None, path: str) -> Iterator[tuple[str, str]]:
    """Whoever holds an office today; of whom recusal is asked, those assigned first."""
    assigned = {officer for officers in facts.assigned.values() for officer in officers} if facts else set()
    known = called_each(now.inst, now.inst.officers)
    for officer in sorted(now.inst.officers.values(), key=lambda o: (path == "whom" and o.id not in assigned, o.id)):
        if held := officer.held(now.day):
            offices = pick("、", ", ").join(names.office_name(office) for office in sorted(held))
            yield officer.id, f"{known[officer.id]} · {offices}"


def documents(facts: DossierFacts) -> Iterator[tuple[str, str]]:
    """The documents there are, by the places at which they came."""
    seen: set[str] = set(facts.erased)
    for line in facts.entries:
        for number, one in enumerate(line.docs, 1):
            if one not in seen:
                seen.add(one)
                yield one, document_name(line, number)


def document_name(line: DossierLine, number: int) -> str:
    """What a document is called, and where it came: 证据 2（第 4 件）."""
    name = line.called[number - 1]
    return pick(f"{name.zh}（第 {line.n} 件）", f"{name.en} (place {line.n})")


def shown_name(found: Within | None) -> str:
    """What the dossier is called, for the form's head."""
    return pick(found.name.zh, found.name.en) if found is not None else ""
