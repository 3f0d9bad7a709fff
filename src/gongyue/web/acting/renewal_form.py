"""Putting a superseded amendment to the vote again: the same new words, in the place of what stands there now.

A renewed change must be the change it was (article 22, P15), so that its new words are not written anew: only what they take
the place of is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from gongyue.covenant.addresses import meant_by
from gongyue.covenant.changes import Change, TextEdit
from gongyue.covenant.edition import Edition
from gongyue.governance.institution import Institution
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import pick

MOST = 30
"""Replacements in one change."""
_EDITS = Label(
    "改哪些字句",
    "Which words are replaced",
    "原文须在该条中恰好出现一次。",
    "The words must stand exactly once in the article.",
)
_EDIT = {
    "article": Label("第几条", "Article", "序号或所印的条号。", "Its number or its label as printed."),
    "old": Label("原文", "Words as they stand"),
    "new": Label("改为", "Words in their place", "留空即删去。", "Empty: deleted."),
}
_WIDGETS = {"article": "text", "old": "long", "new": "long"}
Rows = list[dict[str, str]]
Errors = dict[str, tuple[str, str]]


def question(rows: Rows, errors: Mapping[str, tuple[str, str]], more: tuple[str, ...]) -> FormField:
    """The rows as they are asked."""
    shown = [*rows, *({} for _ in range(more.count("edits")))][:MOST]
    asked = tuple(_row(n, row, errors) for n, row in enumerate(shown))
    return FormField("edits", "edits", _EDITS, "rows", rows=asked, error=pick(*errors.get("edits", ("", ""))))


def _row(n: int, row: Mapping[str, str], errors: Mapping[str, tuple[str, str]]) -> tuple[FormField, ...]:
    return tuple(
        FormField(
            f"edits.{n}.{part}",
            f"edits.{part}",
            label,
            _WIDGETS[part],
            required=part != "new",
            value=row.get(part, ""),
            error=pick(*errors.get(f"edits.{n}.{part}", ("", ""))),
        )
        for part, label in _EDIT.items()
    )


def typed(post: QueryDict) -> Rows:
    """The rows as they were typed; empty ones left out."""
    rows = ({p: post.get(f"edits.{n}.{p}", "").replace("\r\n", "\n").strip() for p in _EDIT} for n in range(MOST))
    return [row for row in rows if any(row.values())]


def edits(edition: Edition, rows: Rows, errors: Errors) -> list[TextEdit]:
    """The replacements the rows ask for; `errors` say which cannot be."""
    found = []
    for n, row in enumerate(rows):
        meant = meant_by(row["article"], edition.parts)
        if len(meant) != 1:
            errors[f"edits.{n}.article"] = ("没有这一条", "There is no such article")
            continue
        text = edition.article(edition.position(meant[0])).text
        times = text.count(row["old"]) if row["old"] else 0
        if times != 1:
            zh, en = "原文在该条出现 {} 次，应恰好 1 次", "These words stand {} times in the article; it must be once"
            errors[f"edits.{n}.old"] = (zh.format(times), en.format(times))
            continue
        found.append(TextEdit(meant[0], row["old"], row["new"]))
    return found


def answers_again(inst: Institution, id: str) -> Rows:
    """The rows that put a superseded change to the vote again: what it takes the place of must be found anew."""
    proposal, edition = inst.proposals.get(id), inst.meaning.edition
    if proposal is None or proposal.stage != "superseded" or edition is None:
        return []
    rows = answers_of(proposal.diff)
    for row in rows:
        number = edition.position(row["article"])
        if not number or edition.article(number).text.count(row["old"]) != 1:
            row["old"] = ""
    return rows


def answers_of(change: Change) -> Rows:
    """The rows that made a change."""
    return [{"article": e.at, "old": e.old, "new": e.new} for e in change.text]
