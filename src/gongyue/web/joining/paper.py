"""The form that an applicant stamps, as PDF: blank for anybody; filled in, with the words of its key, for whoever applied."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongyue.book.digest_words import digest_words
from gongyue.covenant.periods import iso
from gongyue.office.applications import Application
from gongyue.office.deadline_text import clock_text
from gongyue.web import letter_response
from gongyue.web.access import anybody
from gongyue.web.installation import Now
from gongyue.web.joining.application_form import KIND
from gongyue.web.letters.stamped_form import StampedForm
from gongyue.web.letters.typesetting import letter
from gongyue.web.pages.decorators import unpublished
from gongyue.web.request_state import now as now_of


@anybody
@require_GET
def paper_form(request: HttpRequest) -> HttpResponse:
    """The blank form, for anybody, with room for the words of the key."""
    now = now_of(request)
    return _answer(now, letter_response.stamped_form(now.inst)) if now.inst.in_force else unpublished(request)


def filled_form(now: Now, found: Application) -> HttpResponse:
    """The form with what the application says and the words of its key: nothing is left but to stamp it."""
    key = f"sha256:{found.said.key[-64:]}"
    form = msgspec.structs.replace(
        letter_response.stamped_form(now.inst),
        name=found.said.name,
        code=found.said.code,
        key_words=tuple(" ".join(digest_words(key, language)) for language in ("zh", "en")),
        arrived=f"{clock_text(found.arrived).zh}（北京时间）",
    )
    return _answer(now, form)


def _answer(now: Now, form: StampedForm) -> HttpResponse:
    page = letter_response.law_page(now.inst, KIND)
    validity = letter_response.FILLED_IN if form.key_words else letter_response.BLANK
    head = letter_response.head(now, iso(now.day), letter_response.form_index(KIND), page, validity)
    return letter_response.pdf(head, form, "membership-apply", _typeset)


_typeset = lru_cache(maxsize=32)(letter)
"""As it was typeset last: whoever asks often costs nothing."""
