"""The form by which a member decides whether its petition is published: its own words, and the two choices in words (article 14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import of_unit
from gongyue.web import installation
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.models import Draft
from gongyue.web.acting.typed_values import CHOOSE, MISSING
from gongyue.web.installation import Now
from gongyue.web.pages import dossier_documents, dossier_page
from gongyue.web.templatetags.words import pick, t

TYPE = "petition.consent/1"
CHOICE, YES, NO = "consents", "yes", "no"
WORDS = {
    YES: ("同意公开：以本单位名义公开下面的文字", "Publish it: the words below, in our name"),
    NO: ("不同意公开：收回先前的同意", "Do not publish it: take the earlier consent back"),
}
NOTHING_TO_TAKE_BACK = (
    "本单位没有同意过，就不会公开：什么都不用办",
    "your unit never consented, so it is not published: there is nothing to do",
)


def shown(now: Now, unit: str, dossier: str) -> dict[str, Any]:
    """The petition as its unit wrote it, whose reading is logged; where it is a file its address; the text consented to before."""
    office = installation.office()
    facts = next((one for one in of_unit(now.inst, office.store, unit, now.day) if one.id == dossier), None)
    if facts is None:  # whoever else sees the draft does not see its dossier
        return {}
    found = dossier_documents.opened(facts, 1, 1, unit, lambda line: True)
    text = found if isinstance(found, str) else dossier_documents.text_of(found)
    petition = evidence.dossier_at(office, dossier).petition
    assert petition is not None
    return {
        "what": pick(*VALUES[petition.kind]),
        "day": petition.since,
        "text": text or "",
        "gone": isinstance(found, str),
        "file": dossier_page.address("my_dossier_document", facts.name, 1, 1),
        "consented": (office.store.object(petition.consented) or b"").decode("utf-8", "replace"),
    }


def questions(
    draft: Draft,
    petition: Mapping[str, Any],
    asked: list[FormField],
    post: QueryDict | None,
    wrong: Mapping[str, tuple[str, str]],
) -> list[FormField]:
    """The choice, which nobody made beforehand, then the words: those consented to before, or else the petition's own."""
    choice = FormField(
        CHOICE,
        CHOICE,
        Label("公开不公开这件诉求", "Whether this petition is published"),
        "radio",
        choices=((YES, pick(*WORDS[YES])), (NO, pick(*WORDS[NO]))),
        value=_chosen(draft, post),
        error=pick(*wrong[CHOICE]) if CHOICE in wrong else "",
    )
    if not petition.get("consented"):
        choice.choices, choice.shut = choice.choices[:1], ((pick(*WORDS[NO]), pick(*NOTHING_TO_TAKE_BACK), ""),)
    for one in asked:
        one.required = one.required or not petition.get("consented")  # there is no other choice
        if one.name == "text" and post is None:
            kept = "" if draft._state.adding else _kept(draft)
            own = "" if petition.get("gone") else petition.get("text", "")
            one.text, one.value = kept or petition.get("consented", "") or own, None
    return [choice, *asked]


def _chosen(draft: Draft, post: QueryDict | None) -> str:
    if post is not None:
        return post.get(CHOICE, "")
    return "" if draft._state.adding else YES if draft.body.get("text") else NO


def _kept(draft: Draft) -> str:
    """The words of a draft that is changed."""
    file = draft.files.filter(digest=draft.body.get("text")).first()
    return bytes(file.data).decode("utf-8", "replace") if file is not None else ""


def decide(post: QueryDict, given: dict[str, Any], errors: dict[str, tuple[str, str]]) -> None:
    """What was chosen decides: with consent the words must be there, without it none are handed in."""
    choice = post.get(CHOICE, "")
    if choice == NO:
        given.pop("text", None)
        errors.pop("text", None)
    elif choice != YES:
        errors[CHOICE] = CHOOSE
    elif not given.get("text"):
        errors.setdefault("text", MISSING)


def sentence(now: Now, draft: Draft, who: SafeString, shown: Mapping[str, Any]) -> SafeString:
    """What is signed: that these words are published and what goes with them, or that they are not."""
    if draft.body.get("text"):
        return t(
            "{who}同意公开这件诉求：以本单位名义公开所附的文字，连同本卷的经过（何日办了什么，不含任何文书）。",
            "{who} consents that this petition is published: the words enclosed, in its name, with the course of the dossier (what was"
            " done on which day, no document).",
            who=who,
        )
    return t(
        "{who}收回先前的同意：这件诉求不再公开。已经公开的，别人手里的簿册收不回。",
        "{who} takes its earlier consent back: this petition is not published any more. Of what was published, others keep their copies.",
        who=who,
    )
