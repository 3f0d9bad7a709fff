"""The page of an act's form: its questions in their order, what is asked besides them, what stands around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.covenant.parties import EXECUTIVE, is_unit
from gongyue.covenant.periods import iso
from gongyue.governance.acts import ActType
from gongyue.governance.key import able
from gongyue.office import evidence, keyless_parties, next_id
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.web import installation, request_state
from gongyue.web.acting import (
    adoption_form,
    amendment_form,
    annex_form,
    assumed_questions,
    choices,
    computed_fields,
    consent_form,
    dossier_form,
    form_fields,
    form_intro,
    hearing_form,
    initial,
    key_questions,
    keys,
    layout,
    looked_form,
    notes,
    panel_form,
    report_form,
    result_form,
    shown_version,
    signers,
)
from gongyue.web.acting.act_form import ActForm
from gongyue.web.acting.mandates import Mandate, asks_paper
from gongyue.web.acting.models import Draft
from gongyue.web.desk import gates, serving
from gongyue.web.handing_in import on_form
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


class _Filled(msgspec.Struct, frozen=True):
    """A form as far as it is filled in: the draft, in whose name and in which dossier; its answers, what is wrong, which lists grow.

    `posted`: the answers just handed in, where they were; `paper`: those about the paper, None where none were given.
    """

    request: HttpRequest
    draft: Draft
    mandate: Mandate
    answers: Mapping[str, Any]
    posted: ActForm | None
    paper: Mapping[str, Any] | None
    errors: dict[str, tuple[str, str]]
    more: tuple[str, ...]
    within: dossier_form.Within | None

    @property
    def kind(self) -> ActType:
        """The act type."""
        return self.draft.kind

    @property
    def now(self) -> Now:
        """The books as of this answer."""
        return request_state.now(self.request)

    @property
    def facts(self) -> DossierFacts | None:
        """What this seat may read of the dossier."""
        return self.within.facts if self.within is not None else None

    @property
    def of_office(self) -> bool:
        """Whether it is filled in for the executive body."""
        return self.mandate.party == EXECUTIVE

    @property
    def is_fresh(self) -> bool:
        """Whether nobody answered anything yet."""
        return self.posted is None and self.draft._state.adding


def form_page(
    request: HttpRequest,
    draft: Draft,
    mandate: Mandate,
    given: dict[str, Any] | ActForm,
    paper: dict[str, Any] | None = None,
    errors: dict[str, tuple[str, str]] | None = None,
    more: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The form as a page: `given` are a draft's answers, or those just handed in, with what is wrong with them.

    `more`: the lists that get another row.
    """
    evidence.expect(draft.kind)
    if isinstance(given, ActForm):
        posted, answers, paper = given, given.again(given.typed), given.again(paper)
    else:
        posted, answers = None, given
    if draft.kind.type == report_form.OPEN:
        named = posted.post.getlist("link") if posted else answers.get("link")
        answers = answers | {"link": report_form.origins_chosen(draft, named)}
    within = dossier_form.within(draft, mandate, request_state.now(request))
    filled = _Filled(request, draft, mandate, answers, posted, paper, errors or {}, more, within)
    stated = computed_fields.compute_fields(filled.kind, installation.office(), filled.now, answers)
    context = _context(filled, stated)
    settled = _settled_case(filled)
    around = _surroundings(filled)
    questions = [*_questions(filled, context, settled, around["intro"]), *_looked(filled)]
    papers = asks_paper(draft, mandate)
    on_paper = _paper_questions(filled, context) if papers != "no" else []
    to_sign = _signers(filled)
    asked = [q for top in (*questions, *on_paper, *filter(None, [to_sign])) for q in top.everything()]
    return layout.render_draft_page(
        request,
        "form",
        mandate.seat,
        status=status,
        draft=draft,
        kind=draft.kind,
        title=_title(filled, answers),
        dossier_name=dossier_form.shown_name(within),
        name=layout.in_whose_name(request, mandate),
        mandate=mandate,
        questions=questions,
        hidden=_hidden(answers, questions),
        papers=papers,
        paper_open=papers == "must" or draft.kind.sheet.from_paper or bool(draft.paper),
        paper_questions=on_paper,
        to_sign=to_sign,
        key_holder=draft.actor,
        at_desk=filled.of_office,
        makes_passkeys=mandate.signs and draft.actor == mandate.seat.party and keys.passkeys_work(request),
        has_key="key" in {q.name for q in questions},
        **_obstacles(filled, asked, stated, settled),
        **around,
    )


def _context(filled: _Filled, stated: computed_fields.ComputedFields) -> form_fields.FormContext:
    """What the questions of the act type are asked from."""
    kind, now, draft, posted = filled.kind, filled.now, filled.draft, filled.posted
    kept = [] if draft._state.adding else list(draft.files.defer("data"))
    return form_fields.FormContext(
        kind,
        choices.FieldChoices(kind, now, installation.office(), draft.actor, filled.of_office),
        filled.answers,
        filled.errors,
        filled.more,
        {f.digest: f.name for f in kept},
        computed_fields.computed_texts(kind, now, stated),
        posted.texts() if posted else initial.texts_of(kind, installation.office().store, filled.answers, kept),
        posted.uploaded if posted else frozenset(),
    )


def _questions(
    filled: _Filled,
    context: form_fields.FormContext,
    settled: result_form.Settled | None,
    intro: form_intro.Introduction | None,
) -> list[form_fields.FormField]:
    """The questions in their order: those of the act type, as its own form puts them, then as the dossier does."""
    kind, now, posted = filled.kind, filled.now, filled.posted
    questions = _of_the_text(filled, form_fields.form_fields(context))
    questions = dossier_form.questions(now, kind, filled.within, questions, filled.mandate)
    if kind.type == evidence.SERVE and filled.facts is not None:
        serving.narrow(filled.request, filled.mandate.seat, filled.facts, questions)
    later = {"shown"} if kind.type == shown_version.FILE else set()  # made of the answers, on a page of its own
    questions = [q for q in questions if not next_id.is_numbered(kind, q.name) and q.name not in later]
    if kind.type == key_questions.REVOKE:
        questions = key_questions.questions(now.inst, now.time, filled.draft.actor, questions)
    if hearing_form.is_record(kind.type, filled.draft.body) and filled.facts is not None:
        record = hearing_form.answered(posted.post) if posted else hearing_form.kept(filled.draft)
        questions = hearing_form.questions(questions, record, filled.errors, filled.more.count(hearing_form.SAID))
    if kind.type == consent_form.TYPE and intro is not None:
        post = posted.post if posted else None
        questions = consent_form.questions(filled.draft, intro.shown, questions, post, filled.errors)
    if _tells_a_result(filled):
        questions = result_form.questions(now.inst, settled, questions, filled.is_fresh)
    return questions


def _of_the_text(filled: _Filled, questions: list[form_fields.FormField]) -> list[form_fields.FormField]:
    """The questions of readings, amendments and annexes, which are asked by the text that they change."""
    kind, inst, answers, errors = filled.kind, filled.now.inst, filled.answers, filled.errors
    if kind.type in adoption_form.TYPES:
        other = adoption_form.question(kind.type, inst, answers, errors)
        return [other if q.name == "other" else q for q in questions]
    if kind.type == amendment_form.TYPE:
        others = [q for q in questions if q.name not in amendment_form.MADE]
        return [*amendment_form.change_fields(inst, answers, errors, filled.more), *others]
    if kind.type == assumed_questions.IMPORT:
        return [*questions, *assumed_questions.question(answers.get("clauses") or [], errors)]
    return annex_form.questions(filled.now, questions, answers) if kind.type == annex_form.TYPE else questions


def _tells_a_result(filled: _Filled) -> bool:
    return filled.kind.type == result_form.RESULT and filled.of_office


def _settled_case(filled: _Filled) -> result_form.Settled | None:
    """The case whose result is told, which the form names."""
    if not _tells_a_result(filled):
        return None
    link = str(filled.answers.get("link") or "") if filled.is_fresh else filled.request.POST.get("link", "")
    return result_form.settled(installation.office(), link, filled.now.day)


def _looked(filled: _Filled) -> list[form_fields.FormField]:
    """Whether the documents were looked at, which is no field of the act."""
    post = filled.request.POST if filled.posted else None
    return looked_form.question(filled.mandate, filled.draft, post, filled.errors)


def _paper_questions(filled: _Filled, context: form_fields.FormContext) -> list[form_fields.FormField]:
    """The questions about the paper; it arrived today unless somebody says otherwise."""
    paper = {"arrived": iso(filled.now.day)} if filled.paper is None else filled.paper
    return form_fields.paper_questions(context, paper)


def _hidden(answers: Mapping[str, Any], questions: list[form_fields.FormField]) -> dict[str, Any]:
    """Answers that the page brought with it and nobody is asked again."""
    brought = {"proposal", "annex", "renews", "order", "pack"} - {q.name for q in questions}
    return {n: answers[n] for n in sorted(brought) if answers.get(n)}


def _obstacles(
    filled: _Filled,
    asked: list[form_fields.FormField],
    stated: computed_fields.ComputedFields,
    settled: result_form.Settled | None,
) -> dict[str, Any]:
    """What is wrong with the answers, at its question or elsewhere; why nothing can be done at all now, and which gate is shut."""
    kind, errors, shown = filled.kind, filled.errors, {q.name for q in asked}
    wrong, elsewhere = [q for q in asked if q.error], [e for name, e in errors.items() if name not in shown]
    why = pick(*stated.why) if stated.why and not errors else ""
    refused = pick(str(settled.why["zh"]), str(settled.why["en"])) if settled is not None and settled.why else ""
    facts = filled.facts if kind.type in panel_form.PANELS else None
    return {
        "nothing": key_questions.nothing_to_choose(kind, asked),
        "wrong": wrong,
        "wrong_count": len(wrong) + len(elsewhere),
        "elsewhere": elsewhere,
        "why": why or refused,
        "closed": bool(why) and "matter" not in shown,
        "shut": gates.shut_gate(filled.request, filled.mandate.seat, facts, kind.type) if facts is not None else None,
    }


def _surroundings(filled: _Filled) -> dict[str, Any]:
    """What stands around the form: its introduction, the article, what is handed in beside it."""
    kind, now, answers = filled.kind, filled.now, {**filled.answers, "dossier": filled.draft.dossier}
    return {
        "intro": form_intro.introduction(kind, now, filled.mandate, answers),
        "article": now.inst.meaning.article(kind.clause),
        "unable": _unable(filled),
        "handling": dossier_form.handling(now, kind, filled.within),
        **on_form(kind, now.inst, filled.draft.dossier),
    }


def _unable(filled: _Filled) -> str:
    """How a unit without a valid key gets one, where the act is signed with such; empty where it has one."""
    inst, actor, time = filled.now.inst, filled.draft.actor, filled.now.time
    own = filled.mandate.party == actor and is_unit(actor) and inst.genesis is not None
    if not own or filled.kind.own_key or able(inst, actor, time):
        return ""
    return pick(*keyless_parties.way_back(inst, actor, time))


def _title(filled: _Filled, answers: Mapping[str, Any]) -> str:
    """What is being done: a record of a hearing, a note by what it is for, any other act by its name."""
    if hearing_form.is_record(filled.draft.type, filled.draft.body):
        return hearing_form.title()
    return notes.form_title(filled.now, filled.draft, answers) or layout.title_of(filled.draft.kind)


def _signers(filled: _Filled) -> form_fields.FormField | None:
    """Who is to sign, which only the author says."""
    request, draft = filled.request, filled.draft
    if draft.created_by != request_state.person(request):
        return None
    named = request.POST.getlist(signers.NAME) if request.method == "POST" else None
    found = signers.question(draft, filled.now, filled.mandate, named)
    if found is not None and (filled.posted is None or filled.more):
        found.error = ""
    return found
