"""What an officer may do in a dossier now, each tried as if it were signed: an open gate, or the code that closes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance import note_names
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossier_steps import is_untold
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.web import installation, request_state
from gongyue.web.accounts.models import Seat
from gongyue.web.acting import dry_run, mandates, panel_form, report_form, result_form, signers
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.acting.refusals import named as with_names
from gongyue.web.acting.sealed_choices import PUBLISH, consented_petitions
from gongyue.web.desk.layout import AvailableAct, deed
from gongyue.web.templatetags.words import pick

ASSIGN = "dossier.assign/1"
NO_PAPER = "sha256:" + "00" * 32
"""What stands for the scan of a paper that nobody has handed in yet."""


SECRETARY_ASSIGNS = (
    "由秘书长指派；秘书长被申请回避的，才由审议人办理。",
    "The secretary assigns; panellists do only where a recusal of the secretary is asked for.",
)
"""Why a panellist, whose office may assign, does not here: that it is an officer's act at all is not what is lacking."""
TAKEN_UP = ("已据它立案，每件检举只立一案。", "A case was opened on it; from each report comes one.")


class Candidate(msgspec.Struct, frozen=True):
    """An act that might be done there, with the fields that are known and the place it answers (0: none in particular).

    `called`: the value that its name goes on with.
    """

    type: str
    fields: Mapping[str, Any] = {}
    to: int = 0
    called: str = ""

    @property
    def kind(self) -> ActType:
        """Its act type."""
        return ACT_TYPES[self.type]


class Gate(msgspec.Struct, frozen=True):
    """An act with its words: `code`, `why`: what closes it now; `article`: the position of the one that is cited, 0 for none.

    `due`: it is what the dossier waits for, and can be done here and now.
    """

    deed: AvailableAct
    words: str
    code: str = ""
    why: str = ""
    article: int = 0
    due: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be begun here and now."""
        return self.deed.mine and not self.code


def gates(request: HttpRequest, facts: DossierFacts) -> list[Gate]:
    """Every act that officers do in such a dossier: what is due and open first, then what its kind is for."""
    found = [*own_gates(request, facts), *(gate_of(request, facts, one) for one in _common(facts))]
    due = {step.act for step in facts.next if step.whose == EXECUTIVE}
    if report_form.ANSWER in due:
        due.add(report_form.OPEN)
    found = sorted(found, key=lambda gate: not (gate.is_open and gate.deed.kind.type in due))
    ready = sum(gate.is_open and gate.deed.kind.type in due for gate in found)
    return [msgspec.structs.replace(found[0], due=ready == 1), *found[1:]]  # of equal choices none is put forward


def own_gates(request: HttpRequest, facts: DossierFacts) -> list[Gate]:
    """What a dossier of its kind is for, alone."""
    reader = request_state.seat(request).party
    of_report = facts.kind == "report"
    places = list(report_form.resting_places(request_state.now(request), reader, facts)) if of_report else []
    own = (gate_of(request, facts, one, places) for one in OWN.get(facts.kind, _none)(facts))
    return [*_result(request, facts), *_publication(request, facts), *_opening(request, facts), *own]


def _opening(request: HttpRequest, facts: DossierFacts) -> Iterator[Gate]:
    """Opening a case on a report that waits for its answer: the form knows whom it accuses, and of which days it tells."""
    waits = facts.kind == "report" and any(step.act == report_form.ANSWER for step in facts.next)
    if waits and (told := report_form.begun_from(installation.office().store, facts.id)):
        sheet, available = ACT_TYPES[report_form.OPEN].sheet, deed(request, report_form.OPEN, **told)
        gate = Gate(available, pick(sheet.zh, sheet.do))
        taken = report_form.taken_up(installation.office().store, facts.id)
        yield msgspec.structs.replace(gate, code="already", why=pick(*TAKEN_UP)) if taken else gate


def _result(request: HttpRequest, facts: DossierFacts) -> Iterator[Gate]:
    """Telling all members the result of a concluded case: it stands in their dossier, and its form knows the case."""
    office, type = installation.office(), result_form.RESULT
    link = result_form.conclusion_in(office.store, facts.id) if facts.kind == "case" else ""
    if not link or not any(step.act == type for step in facts.next) and not _waits_for_review(facts):
        return
    available, words = deed(request, type, link=link), pick(ACT_TYPES[type].sheet.zh, ACT_TYPES[type].sheet.do)
    why = result_form.refusal(office.inst, evidence.dossier_at(office, facts.id), request_state.now(request).day)
    if why is None or not available.mine:
        yield Gate(available, words)
    else:
        said = with_names(request_state.now(request), pick(str(why["zh"]), str(why["en"])))
        yield Gate(available, words, str(why["code"]), said, int(why.get("article") or 0))


def _publication(request: HttpRequest, facts: DossierFacts) -> Iterator[Gate]:
    """Publishing a petition in the text its member consents to, unless it stands there already."""
    consented = dict(consented_petitions(installation.office().inst, installation.office().store))
    if facts.kind == "petition" and facts.id in consented:
        said = ACT_TYPES[PUBLISH].sheet
        yield Gate(deed(request, PUBLISH, course=facts.id), pick(said.zh, said.do))


def _waits_for_review(facts: DossierFacts) -> bool:
    """Whether the result comes after something that is still to happen in a case that was concluded."""
    done = {line.type for line in facts.entries if not line.void}
    return bool({panel_form.PROPOSE, panel_form.DECIDE} & done) and bool(facts.next)


def shut_gate(request: HttpRequest, seat: Seat, facts: DossierFacts, type: str) -> Gate | None:
    """What closes now an act that such a dossier is for, while it is being written from that seat; None where nothing does."""
    request.seat = seat  # type: ignore[attr-defined]
    mine = (one for one in OWN.get(facts.kind, _none)(facts) if one.type == type)
    found = next((gate_of(request, facts, one) for one in mine), None)
    return found if found is not None and found.code else None


def _none(_: DossierFacts) -> Iterator[Candidate]:
    yield from ()


def _petition(facts: DossierFacts) -> Iterator[Candidate]:
    given = [line for line in facts.entries if line.type == "petition.answer/1" and not line.void]
    for answer in ("forwarded", "explained"):
        if not given or VALUES[answer].zh in given[0].says.zh:  # one of them is given, and the other falls away
            yield Candidate("petition.answer/1", {"answer": answer}, 1, answer)
    yield Candidate("petition.answer/1", {"answer": "replied"}, given[-1].n if given else 1, "replied")


def _report(facts: DossierFacts) -> Iterator[Candidate]:
    yield Candidate("dossier.serve/1", {"what": "preview"}, called="preview")
    step = next((step for step in facts.next if step.act == "report.answer/1"), None)
    place = step.n if step is not None else 1
    for answer in ("declined", "joined", "opened", "outcome"):
        ground = {
            "ground": "no_fact" if answer == "declined" else None
        }  # tried with one of them, and none is preselected
        yield Candidate(report_form.ANSWER, {"answer": answer} | ground, place, answer)


def _question(facts: DossierFacts) -> Iterator[Candidate]:
    yield Candidate("interpretation.explain/1", {"of": f"sealed:{facts.commitment[7:23]}"}, 1)


def _case(facts: DossierFacts) -> Iterator[Candidate]:
    """What a case is for, in the order in which it comes: notice, evidence, extension, conclusion, result."""
    done = {line.type for line in facts.entries if not line.void}
    if is_untold(evidence.dossier_at(installation.office(), facts.id)):
        yield Candidate("dossier.serve/1", {"what": "recorded"}, called="recorded")
    if panel_form.CONCLUDE not in done:
        for what in ("notice", "evidence"):
            yield Candidate("dossier.serve/1", {"what": what}, called=what)
        yield Candidate("dossier.order/1", {"what": "extend", "ground": "complexity"}, called="extend")
        yield Candidate(panel_form.CONCLUDE, panel_form.tried(facts))
        return
    if panel_form.DECIDE not in done:
        yield Candidate(panel_form.PROPOSE, panel_form.lightest_kind(facts))
        yield from service_of(facts, "proposal", panel_form.PROPOSE)
        yield Candidate("dossier.order/1", {"what": "heard", "ground": "held"}, called="heard")
        yield from service_of(facts, "record", "dossier.order/1", VALUES["heard"].zh)
        yield Candidate(panel_form.DECIDE, panel_form.lightest_kind(facts))
        return
    yield from service_of(facts, "decision", panel_form.DECIDE)
    asked = [line.n for line in facts.entries if line.type == "dossier.note/1" and line.says.zh == VALUES["review"].zh]
    yield Candidate(panel_form.REVIEW, {"outcome": "upheld", "kind": None}, asked[-1] if asked else 0)
    yield from service_of(facts, "review", panel_form.REVIEW)


def service_of(facts: DossierFacts, what: str, type: str, says: str = "") -> Iterator[Candidate]:
    """The service of what was done last of that type, with its documents; before it is done, without."""
    line = next(
        (one for one in reversed(facts.entries) if one.type == type and says in one.says.zh and not one.void), None
    )
    yield Candidate("dossier.serve/1", {"what": what} | ({"docs": list(line.docs)} if line else {}), called=what)


OWN = {"case": _case, "petition": _petition, "question": _question, "report": _report}
"""What dossiers of a kind are for, where it is done within them."""


def _common(facts: DossierFacts) -> Iterator[Candidate]:
    yield Candidate("dossier.note/1")
    if facts.kind != "case":
        yield Candidate("dossier.serve/1", {"what": "reply"})
    yield Candidate(ASSIGN, {"role": "caseworker"})
    concluded = any(line.type == "case.conclude/1" and not line.void for line in facts.entries)
    ground = (
        "moot" if facts.kind == "case" and not concluded else "settled"
    )  # nothing settles a case but what was found in it
    report = evidence.dossier_at(installation.office(), facts.id).report if facts.kind == "report" else None
    if report is None or report.is_answered:  # until then a report is ended by its answer, on the grounds of that alone
        yield Candidate("dossier.order/1", {"what": "terminate", "ground": ground}, called="terminate")
    there = tuple(doc for line in facts.entries for doc in line.docs if doc not in facts.erased)
    if free := [doc for doc in there if doc not in facts.held]:
        yield Candidate("dossier.hold/1", {"docs": free[:1]})
    if there:
        yield Candidate("dossier.erase/1", {"docs": [*facts.held, *free][:1]})


def assigning(request: HttpRequest, dossier: str, role: str = "caseworker") -> AvailableAct:
    """Assigning whoever handles it, which whoever sees only how it stands may do."""
    return deed(request, ASSIGN, dossier=dossier, role=role)


def gate_of(
    request: HttpRequest, facts: DossierFacts, one: Candidate, places: Sequence[report_form.RestingPlace] = ()
) -> Gate:
    """An act that might be done there, tried from this seat: open, or closed by what it would meet."""
    asked = {name: value for name, value in one.fields.items() if isinstance(value, str)}
    if one.type in panel_form.PANELS:
        asked = {}  # tried with the lightest, and nothing of what is decided is preselected
    if one.type == report_form.ANSWER:
        asked.pop("ground", None)
        asked["link"] = report_form.resting_place(places, one.called)
    query = {"dossier": facts.id} | asked | ({"to": str(one.to)} if one.to else {})
    available = deed(request, one.type, **query)
    name = note_names.called(one.type, one.fields, EXECUTIVE)
    words = pick(name.zh, name.do)
    if one.called:
        words += pick("：", ": ") + pick(*VALUES[one.called])
    if not available.mine:
        return Gate(available, words)
    refusal = _tried(request, facts, one)
    if one.type == report_form.ANSWER and refusal is not None and refusal["code"] == "out-of-turn/missing-opening":
        refusal = (
            None if asked["link"] else report_form.NO_CASE
        )  # all else holds, and what it rests on comes with its form
    if refusal is None:
        return Gate(available, words)
    now = request_state.now(request)
    lacks_office = one.type == ASSIGN and refusal["code"] == "GY-05-01"
    why = pick(*SECRETARY_ASSIGNS) if lacks_office else with_names(now, pick(str(refusal["zh"]), str(refusal["en"])))
    return Gate(
        available, words, str(refusal["code"]).removeprefix("out-of-turn/"), why, int(refusal.get("article") or 0)
    )


def _tried(request: HttpRequest, facts: DossierFacts, one: Candidate) -> Mapping[str, Any] | None:
    """The refusal the act would meet, signed by this officer and whoever signs with it; None where it would be recorded."""
    now, office, person = request_state.now(request), installation.office(), request_state.person(request)
    mandate: Mandate | None = next(iter(mandates.mandates_of(person, one.kind, now, EXECUTIVE)), None)
    if mandate is None:
        return None
    me = mandate.seat.party
    draft = Draft(
        type=one.type, party=EXECUTIVE, actor=EXECUTIVE, body=_body(one, me, facts), dossier=facts.id, created_by=person
    )
    if one.called == "replied":  # its paper comes with it
        draft.paper = {"number": "", "dated": iso(now.day), "arrived": iso(now.day), "scan": NO_PAPER}
    draft.to = facts.entries[one.to - 1].digest if one.to else ""
    able = sorted(signers.entitled(draft, now), key=lambda id: _nearness(facts, me, id))
    first = [me, *(id for id in able if id != me)] if mandate.signs else able
    draft.signers = first
    return dry_run.refusal_met(draft, office, now, first)


def _nearness(facts: DossierFacts, me: str, officer: str) -> tuple[bool, bool, str]:
    """Whom one would ask first to sign along: who has the same role in the dossier, then whoever has one there."""
    roles = [officers for officers in facts.assigned.values() if officer in officers]
    return not any(me in officers for officers in roles), not roles, officer


def _body(one: Candidate, me: str, facts: DossierFacts) -> dict[str, Any]:
    """A body that says what is known, and otherwise what the type's example says: what its documents hold decides nothing."""
    body = dict(one.kind.example) | dict(one.fields)
    if one.type == ASSIGN:
        body["officers"] = [{"officer": me, "interests": []}]
    return body | ({"of": facts.commitment} if "of" in one.fields else {})
