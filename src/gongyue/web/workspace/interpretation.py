"""Questions a member asks the alliance: how an article is to be read (article 25); sealed until it chooses otherwise."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from gongyue.book.receipts import short
from gongyue.office.facts.covenant import InterpretationOut, interpretations
from gongyue.office.questions import Asked
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.names import article_name
from gongyue.web.pages import dossier_page
from gongyue.web.pages.headings import heading
from gongyue.web.pages.margin_notes import effect_of
from gongyue.web.workspace.layout import act_url, ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """A question and its answer, if the alliance has given one: never by silence. `place`: as the act is cited in its book.

    `words`: where the question itself is read, which is logged; empty where its dossier is not opened here.
    """

    asked: Asked
    place: str
    words: str
    about: str
    late: int
    answer: InterpretationOut | None
    effect: SafeString


@unit(SIGNATORY, OFFICER)
def questions(request: HttpRequest, unit: str) -> HttpResponse:
    """The unit's questions, those that wait first."""
    ours = ours_of(request)
    found = [_answered_question(ours, one) for one in ours.questions]
    edition = ours.inst.meaning.edition
    return render_unit_page(
        request,
        "questions",
        "unit_questions",
        ours,
        asked=sorted(found, key=lambda a: (not a.asked.question.waits, a.asked.question.day)),
        time=ours.now.time,
        articles=[(a.number, article_name(a.at), heading(a)) for a in edition.articles] if edition else [],
        rests=ours.article("interpretation.ask/1"),
        ask=act_url("interpretation.ask/1", unit) if ours.is_member else "",
    )


def _answered_question(ours: OwnUnit, one: Asked) -> AnsweredQuestion:
    answer = next((i for i in interpretations(ours.now) if i.index == one.question.answer), None)
    about, late = article_name(ours.inst.meaning.at(one.article)), one.question.late(ours.now.day)
    effect = effect_of(answer) if answer else SafeString()
    name = next((facts.name for facts in ours.dossiers if facts.id == one.dossier), None)
    words = dossier_page.address("my_dossier_document", name, 1, 1) if name is not None else ""
    return AnsweredQuestion(one, short(one.commitment), words, about, late, answer, effect)
