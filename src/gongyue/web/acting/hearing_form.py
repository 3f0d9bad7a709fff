"""The questions of the record of a hearing, as they are asked and answered on its form, in place of the document they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from gongyue.office.hearing_record import OPTIONAL, ORDER, SECTIONS, HearingRecord, lacking
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.models import Draft
from gongyue.web.templatetags.words import pick

SAID = "hearing.said"


def answered(post: QueryDict) -> HearingRecord:
    """What was filled in."""
    told = {
        name: str(post.get(f"hearing.{name}", "")).replace("\r\n", "\n").strip() for name in SECTIONS if name != "said"
    }
    return HearingRecord(**told, said=[row for row in _rows(post) if any(row)])


def _rows(post: QueryDict) -> Iterable[tuple[str, str]]:
    places = [int(m[1]) for key in post if (m := re.fullmatch(r"hearing\.said\.(\d{1,3})\.who", key))]
    for n in range(max(places, default=-1) + 1):
        what = str(post.get(f"{SAID}.{n}.what", "")).replace("\r\n", "\n").strip()
        yield " ".join(str(post.get(f"{SAID}.{n}.who", "")).split()), what


def is_record(type: str, body: Mapping[str, Any]) -> bool:
    """Whether an order says that the accused was heard: that is written question by question, and signed by two."""
    return type == ORDER and body.get("what") == "heard" and body.get("ground", "held") == "held"


def is_filled_in(type: str, post: QueryDict) -> bool:
    """Whether the record's questions were answered, rather than a document handed in."""
    return type == ORDER and "hearing.day" in post


def title() -> str:
    """What the form is called."""
    return pick("听取申辩记录", "Record of the hearing")


def errors(record: HearingRecord) -> dict[str, tuple[str, str]]:
    """What is lacking, by the input's name."""
    return {f"hearing.{name}": said for name, said in lacking(record).items()}


def kept(draft: Draft) -> HearingRecord:
    """The record that a draft brings along; an empty one where it brings none."""
    if draft._state.adding:
        return HearingRecord()
    file = draft.files.filter(digest=draft.body.get("reasons")).first()
    return HearingRecord.read(bytes(file.data).decode("utf-8", "replace")) if file else HearingRecord()


def questions(
    asked: list[FormField], record: HearingRecord, wrong: Mapping[str, tuple[str, str]], more: int
) -> list[FormField]:
    """The questions in place of the document they make; what is ordered is known."""
    known = {"what": "heard", "ground": "held"}
    fixed = [FormField(n, n, one.label, "hidden", value=known[n]) for one in asked if (n := one.name) in known]
    return [*fixed, *(_question(name, record, wrong, more) for name in SECTIONS)]


def _question(name: str, record: HearingRecord, wrong: Mapping[str, tuple[str, str]], more: int) -> FormField:
    label, asked = Label(*SECTIONS[name]), f"hearing.{name}"
    if name == "said":
        rows = [*record.said, *[("", "")] * (max(1 - len(record.said), 0) + more)]
        return FormField(SAID, SAID, label, "rows", rows=tuple(_row(n, row, wrong) for n, row in enumerate(rows)))
    widget = {"day": "date", "place": "text"}.get(name, "lines")
    required = name not in OPTIONAL
    return FormField(
        asked, asked, label, widget, required=required, value=getattr(record, name), error=_error(wrong, asked)
    )


def _row(n: int, row: tuple[str, str], wrong: Mapping[str, tuple[str, str]]) -> tuple[FormField, ...]:
    labels = {"who": Label("谁", "Who", "", ""), "what": Label("说了什么", "What it said", "", "")}
    widgets = {"who": "text", "what": "lines"}
    return tuple(
        FormField(
            f"{SAID}.{n}.{part}",
            f"{SAID}.{part}",
            labels[part],
            widgets[part],
            value=row[place],
            error=_error(wrong, f"{SAID}.{n}.{part}"),
        )
        for place, part in enumerate(("who", "what"))
    )


def _error(wrong: Mapping[str, tuple[str, str]], name: str) -> str:
    return pick(*wrong[name]) if name in wrong else ""
