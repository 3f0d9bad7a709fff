"""What the new words of an amendment leave open: of each such passage, whether it is bound, absent now, or another matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongyue.covenant.assumed_in_edition import of_change
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.change_completion import Completed, Missing, complete
from gongyue.covenant.changes import Change, TextEdit, amend
from gongyue.covenant.edition import Edition
from gongyue.web import names
from gongyue.web.acting import assumed_questions
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import pick

Errors = dict[str, tuple[str, str]]
Row = dict[str, str]
PARTS = ("name", "article", "about", "says", "words", "reason")
MOST = 30
"""Passages asked about in one change."""
_SAYS = {
    "bound": ("由下面的字句规定", "These words of the article state it:"),
    "absent": ("修改后，本文不再有此规定", "After the change the text no longer has it"),
    "other": ("这里讲的是另一事项，理由如下", "The words there are another matter, for this reason:"),
}
_CLAUSES = Label(
    "还须说明",
    "Still to be said",
    "改动的字句是由规则执行的，读不出新的规定。请逐项说明，不必在意其他。",
    "Rules carry out the words you changed, and what they state now cannot be read from them. Say it here, one by one.",
)


class Said(NamedTuple):
    """What the answers say of clauses: bound where, absent, and why new passages are other matter."""

    bound: dict[str, tuple[str, str]]
    absent: list[str]
    others: dict[tuple[str, str], str]


def completed(
    edition: Edition, base: str, edits: Sequence[TextEdit], rows: list[Row], errors: Errors
) -> Completed | None:
    """The change these edits make, with what the rows answer; None with `errors` where something is still to be said.

    `rows` become those that were asked for, in that order: an answer to what nobody asks any more falls away. NotApplicable.
    """
    given, asked = {_key(row): row for row in rows}, list[Row]()
    said = Said({}, [], {})
    while True:
        made = complete(edition, base, edits, said.bound, said.absent, said.others)
        known = {_key(row) for row in asked}
        new = [row for m in made.missing if _key(row := _row(m)) not in known]
        if not new:
            break
        answered = 0
        for row in new[: MOST - len(asked)]:
            asked.append(given.get(_key(row), row))
            answered += _take(edition, len(asked) - 1, asked[-1], said, errors)
        if not answered or errors:
            break
    rows[:] = asked
    if made.missing and not errors:
        errors["clauses"] = ("改动后仍有读不出的规定", "Something the new words state still cannot be read")
    return None if errors else made


def _key(row: Row) -> tuple[str, str, str]:
    return row["name"], row["article"], row["about"]


def _row(m: Missing) -> Row:
    return dict.fromkeys(PARTS, "") | {"name": m.capability, "article": m.at, "about": m.words}


def _take(edition: Edition, n: int, row: Row, said: Said, errors: Errors) -> bool:
    """Take one answer; whether it is one."""
    name, at, says = row["name"], row["article"], row["says"]
    words, reason = row["words"].strip(), row["reason"].strip()
    if says == "bound" and words:
        said.bound[name] = at, words
    elif says == "other" and reason:
        said.others[name, at] = reason
    elif says == "absent":
        said.absent.append(name)
    else:
        errors[f"clauses.{n}." + {"bound": "words", "other": "reason"}.get(says, "says")] = {
            "bound": ("请抄下规定它的字句", "Quote the words that state it"),
            "other": ("请写明理由", "Say why"),
        }.get(says, ("请选择一项", "Choose one"))
        return False
    return True


def rows_of(edition: Edition, change: Change) -> list[Row]:
    """The answers that made a change on this edition, to be given again."""
    rows: list[Row] = []
    bound = {b.capability: b.words for b in change.bindings}
    reasons = {(d.capability, d.at): d.reason for d in change.decisions}
    absent = {a.capability for a in change.absent}
    said = Said({}, [], {})
    while len(rows) < MOST:
        made = complete(edition, change.base, change.text, said.bound, said.absent, said.others)
        known = {_key(row) for row in rows}
        new = [row for m in made.missing if _key(row := _row(m)) not in known]
        if not new:
            break
        for row in new:
            name, at = row["name"], row["article"]
            if name in absent and name not in said.absent:
                row["says"] = "absent"
            elif (name, at) in reasons:
                row |= {"says": "other", "reason": reasons[name, at]}
            elif name in bound:
                row |= {"says": "bound", "words": bound[name]}
            _take(edition, 0, row, said, {})
        rows += new
    return rows + assumed_questions.rows_of(of_change(edition, amend(edition, change)), "so")[: MOST - len(rows)]


def numbers_said(edition: Edition, after: Edition, rows: list[Row], given: Sequence[Row], errors: Errors) -> bool:
    """Whether what was assumed of the new numbers is meant so; `rows` get what is asked, answered as it was given."""
    return assumed_questions.answered(of_change(edition, after), rows, given, errors)


def question(edition: Edition, rows: Sequence[Row], errors: Mapping[str, tuple[str, str]]) -> FormField | None:
    """The question, with a row for each passage; None where nothing is asked."""
    if not rows:
        return None
    wrong = pick(*errors.get("clauses", ("", "")))
    asked = tuple(
        assumed_questions.fields(n, row, errors) if assumed_questions.is_one(row) else _asked(edition, n, row, errors)
        for n, row in enumerate(rows)
    )
    return FormField("clauses", "clauses", _CLAUSES, "clauses", rows=asked, error=wrong)


def _asked(edition: Edition, n: int, row: Row, errors: Mapping[str, tuple[str, str]]) -> tuple[FormField, ...]:
    known = catalogue().capabilities[row["name"]]
    at = names.article_name(row["article"])
    subject = Label(
        f"{at}“{row['about']}”：{known.zh}",
        f"{at}, “{row['about']}”: {known.en}",
        "修改后怎样规定？",
        "What holds after the change?",
    )
    labels = {
        "says": subject,
        "words": Label("规定它的字句", "The words that state it", "照改后的条文抄写。", "As the new article has them."),
        "reason": Label("是另一事项的理由", "Why it is another matter"),
    }
    fields = [
        FormField(f"clauses.{n}.{part}", f"clauses.{part}", subject, "hidden", value=row[part])
        for part in ("name", "article", "about")
    ]
    for part, label in labels.items():
        widget = "radio" if part == "says" else "long"
        choices = tuple((value, pick(*said)) for value, said in _SAYS.items()) if part == "says" else ()
        name = f"clauses.{n}.{part}"
        error = pick(*errors.get(name, ("", "")))
        required = part == "says"
        fields.append(FormField(name, f"clauses.{part}", label, widget, required, choices, row[part], error))
    return tuple(fields)
