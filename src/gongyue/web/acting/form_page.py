"""The page of an act's form: its questions in their order, what is asked besides them, what stands around them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.office import evidence, next_id
from gongyue.web import installation, request_state
from gongyue.web.acting import (
    adoption_form,
    amendment_form,
    annex_form,
    choices,
    computed_fields,
    dossier_form,
    form_fields,
    form_intro,
    hearing_form,
    initial,
    keys,
    layout,
    looked_form,
    panel_form,
    report_form,
    result_form,
    shown_version,
    signers,
)
from gongyue.web.acting.act_form import ActForm
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.desk import gates, serving
from gongyue.web.handing_in import handing_in
from gongyue.web.templatetags.words import pick


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
    kind, now = draft.kind, request_state.now(request)
    evidence.expect(kind)
    texts, uploaded = initial.initial_texts(kind, installation.office().store, given), set[str]()
    if isinstance(given, ActForm):
        texts, uploaded, paper = given.texts(), given.uploaded, given.again(paper)
    answers: dict[str, Any] = given.again(given.typed) if isinstance(given, ActForm) else given
    if kind.type == report_form.OPEN:
        named = given.post.getlist("link") if isinstance(given, ActForm) else answers.get("link")
        answers = answers | {"link": report_form.origins_chosen(draft, named)}
    picks = choices.FieldChoices(kind, now, installation.office(), draft.actor, mandate.party == EXECUTIVE)
    names = {f.digest: f.name for f in draft.files.only("digest", "name")} if not draft._state.adding else {}
    stated = computed_fields.compute_fields(kind, installation.office(), now, answers)
    why, errors = "" if errors or not stated.why else pick(*stated.why), errors or {}
    asking_ = form_fields.FormContext(
        kind, picks, answers, errors, more, names, computed_fields.computed_texts(kind, now, stated), texts, uploaded
    )
    questions = form_fields.form_fields(asking_)
    if kind.type in adoption_form.TYPES:
        other = adoption_form.question(kind.type, now.inst, answers, errors)
        questions = [q if q.name != "other" else other for q in questions]
    if kind.type == amendment_form.TYPE:
        others = [q for q in questions if q.name not in amendment_form.MADE]
        questions = [*amendment_form.change_fields(now.inst, answers, errors, more), *others]
    if kind.type == annex_form.TYPE:
        questions = annex_form.questions(now, questions, answers)
    within = dossier_form.within(draft, mandate, now)
    facts = within.facts if within is not None and kind.type in panel_form.PANELS else None
    questions = dossier_form.questions(now, kind, within, questions, mandate.seat.party)
    if kind.type == evidence.SERVE and within is not None and within.facts is not None:
        serving.narrow(request, mandate.seat, within.facts, questions)
    later = {"shown"} if kind.type == shown_version.FILE else set()  # made of the answers, on a page of its own
    questions = [q for q in questions if not next_id.is_numbered(kind, q.name) and q.name not in later]
    if hearing_form.is_record(kind.type, draft.body) and within is not None and within.facts is not None:
        record = hearing_form.answered(given.post) if isinstance(given, ActForm) else hearing_form.kept(draft)
        questions = hearing_form.questions(questions, record, errors, more.count(hearing_form.SAID))
    told = None
    if kind.type == result_form.RESULT and mandate.party == EXECUTIVE:
        fresh = not isinstance(given, ActForm) and draft._state.adding
        link = str(answers.get("link") or "") if fresh else request.POST.get("link", "")
        told = result_form.settled(installation.office(), link, now.day)
        questions = result_form.questions(now.inst, told, questions, fresh)
    questions += looked_form.question(mandate, draft, request.POST if isinstance(given, ActForm) else None, errors)
    hidden = {
        n: answers[n]
        for n in ("proposal", "annex", "renews")
        if answers.get(n) and n not in {q.name for q in questions}
    }
    papers = asks_paper(draft, mandate, request)
    if paper is None:
        paper = {"arrived": iso(now.day)}
    on_paper = form_fields.paper_questions(asking_, paper) if papers != "no" else []
    to_sign = _signers(request, draft, mandate, isinstance(given, ActForm) and not more)
    tops = [*questions, *on_paper, *([to_sign] if to_sign else [])]
    shown = {q.name for top in tops for q in top.everything()}
    wrong = [q for top in tops for q in top.everything() if q.error]
    return layout.render_draft_page(
        request,
        "form",
        mandate.seat,
        status=status,
        draft=draft,
        kind=kind,
        title=_title(draft, answers),
        dossier_name=dossier_form.shown_name(within),
        name=layout.in_whose_name(request, mandate),
        standing=mandate,
        questions=questions,
        hidden=hidden,
        papers=papers,
        paper_open=papers == "must" or kind.sheet.from_paper or bool(draft.paper),
        paper_questions=on_paper,
        to_sign=to_sign,
        why=why or (pick(str(told.why["zh"]), str(told.why["en"])) if told is not None and told.why else ""),
        closed=bool(why) and "matter" not in shown,
        wrong=wrong,
        wrong_count=len(wrong) + sum(n not in shown for n in errors),
        key_holder=draft.actor,
        makes_passkeys=mandate.signs and draft.actor == mandate.seat.party and keys.passkeys_work(request),
        elsewhere=[e for n, e in errors.items() if n not in shown],
        intro=form_intro.introduction(kind, now, mandate, answers),
        article=now.inst.meaning.article(kind.clause),
        notice=[pick(one.zh, one.en) for one in handing_in(kind, now.inst)],
        shut=gates.shut_gate(request, mandate.seat, facts, kind.type) if facts is not None else None,
        has_key="key" in {q.name for q in questions},
    )


def _title(draft: Draft, answers: dict[str, Any]) -> str:
    """What is being done: a record of a hearing, a note by what it is for, any other act by its name."""
    if hearing_form.is_record(draft.type, draft.body):
        return hearing_form.title()
    return dossier_form.note_title(draft, answers) or layout.title_of(draft.kind)


def _signers(request: HttpRequest, draft: Draft, mandate: Mandate, answered: bool) -> form_fields.FormField | None:
    """Who is to sign, which only the author says."""
    if draft.created_by != request_state.person(request):
        return None
    named = request.POST.getlist(signers.NAME) if request.method == "POST" else None
    found = signers.question(draft, request_state.now(request), mandate, named)
    if found is not None and not answered:
        found.error = ""
    return found


def asks_paper(draft: Draft, mandate: Mandate, request: HttpRequest) -> str:
    """Whether the paper must, may or cannot be given: only officers record from paper, and never what is computed."""
    if mandate.party != EXECUTIVE or draft.kind.by.who == "system":
        return "no"
    return "must" if draft.actor != EXECUTIVE or draft.kind.by.who == "authority" else "may"
