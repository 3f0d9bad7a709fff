"""Initiating an annex: its text is written, or the text of the annex that it changes is edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gongyue.governance.institution import Institution
from gongyue.office.facts.annexes import words_of
from gongyue.office.facts.numbers_changed import numbers_changed
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.installation import Now
from gongyue.web.pages.text_diff import paragraphs

TYPE = "annex.initiate/1"
_EDITED = Label(
    "修订后的全文",
    "The whole text as it is to read",
    "首行为名称。直接改现行文本即可；改了哪些字，签署前给您看。",
    "The first line is its title. Edit the text as it stands; which words change is shown before you sign.",
)


def text_in_place(now: Now, answers: Mapping[str, Any]) -> str:
    """The text of the published annex that is to be changed, its title first; empty for a new one."""
    annex = now.inst.annexes.get(str(answers.get("target") or ""))
    if annex is None or annex.stage != "published" or answers.get("kind") != "amend":
        return ""
    return f"{annex.title}\n\n{words_of(now, annex.text)}"


def questions(now: Now, asked: list[FormField], answers: Mapping[str, Any]) -> list[FormField]:
    """The questions, the kind and the annex it changes first, then the text, filled in where one is changed."""
    first = [q for name in ("kind", "target") for q in asked if q.name == name]
    text = next(q for q in asked if q.name == "text")
    stands = text_in_place(now, answers)
    text.text, text.value = text.text or _kept(answers) or stands, None
    text.widget = "annex_text"
    if stands:
        text.label = _EDITED
    return [*first, text, *(q for q in asked if q not in first and q is not text)]


def _kept(answers: Mapping[str, Any]) -> str:
    """What a draft that is changed again says already."""
    data = answers.get("files", {}).get(answers.get("text"))
    return _whole(data) if data else ""


def _whole(data: bytes) -> str:
    said = msgspec.json.decode(data)
    return f"{said['title']}\n\n{said['text']}"


def unchanged(inst: Institution, body: Mapping[str, Any]) -> bool:
    """Whether an annex would be changed into what it says already."""
    annex = inst.annexes.get(str(body.get("target") or ""))
    return annex is not None and body.get("kind") == "amend" and body.get("text") == annex.text


def shown(now: Now, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What stands above a draft: the annex in full, against the text that it changes where it changes one."""
    data = answers.get("files", {}).get(answers.get("text"))
    if not data:
        return {}
    whole, before = _whole(data), text_in_place(now, answers)
    said = {"title": whole.partition("\n")[0]}
    if not before:
        return said | {"annex_text": whole}
    return said | {"lines": paragraphs(before, whole), "numbers": numbers_changed(before, whole)}
