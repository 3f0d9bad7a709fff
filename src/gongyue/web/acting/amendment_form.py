"""Proposing a change of the covenant by saying which words are replaced: the change and the text it results in.

What is asked: article, words as they stand, words in their place, as often as needed (article 22); and of the clauses bound
in them only what cannot be read from the new words. Both objects that `amendment.initiate/1` names are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from django.http import QueryDict

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.change_completion import complete, missing_said
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition, to_data
from gongyue.governance.institution import Institution
from gongyue.office.attachments import Attachments
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import pick

TYPE = "amendment.initiate/1"
MADE = frozenset({"change", "edition"})
"""Fields that are made of the answers."""
MOST = 30
"""Replacements in one change."""

_EDITS = Label(
    "改哪些字句",
    "Which words are replaced",
    "原文须在该条中恰好出现一次。",
    "The words must stand exactly once in the article.",
)
_EDIT = {
    "article": Label("第几条", "Article"),
    "old": Label("原文", "Words as they stand"),
    "new": Label("改为", "Words in their place", "留空即删去。", "Empty: deleted."),
}
_CLAUSES = Label(
    "条款须另说明的",
    "Clauses that must be said anew",
    "所绑定的条款随字句读出新的数额、以谁计、起算，不必填写；读不出的才在此说明。",
    "What the bound clauses say is read from the new words and need not be filled in; only what cannot be read is said here.",
)
_CLAUSE = {
    "name": Label("事项", "Capability"),
    "article": Label("第几条", "Article", "留空：现在绑定的那一条。", "Empty: where it is bound now."),
    "words": Label(
        "绑定的新字句",
        "New words bound",
        "字句与理由都留空：本文不再有此规定。",
        "Words and reason empty: the text no longer has it.",
    ),
    "reason": Label(
        "是另一事项的理由",
        "Reason, if other matter",
        "新出现的这类字句不是这一事项的，说明理由。",
        "Where new words of this kind are not this matter.",
    ),
}
Errors = dict[str, tuple[str, str]]


def change_fields(
    inst: Institution, typed: Mapping[str, Any], errors: Errors, more: tuple[str, ...]
) -> list[FormField]:
    """What is asked in place of the two objects."""
    edition = inst.meaning.edition
    names = tuple((name, _clause_label(edition, name)) for name in catalogue().capabilities) if edition else ()
    return [
        _rows("edits", _EDITS, _EDIT, {"article": "number", "old": "long", "new": "long"}, typed, errors, more, ()),
        _rows(
            "clauses",
            _CLAUSES,
            _CLAUSE,
            dict.fromkeys(_CLAUSE, "text") | {"name": "select"},
            typed,
            errors,
            more,
            names,
        ),
    ]


def _clause_label(edition: Edition, name: str) -> str:
    known, bound = catalogue().capabilities[name], edition.binding(name)
    return f"{pick(known.zh, known.en)}（{name}）" + (f"　“{bound.words}”" if bound else "")


def _rows(
    name: str,
    label: Label,
    parts: dict[str, Label],
    widgets: dict[str, str],
    typed: Mapping[str, Any],
    errors: Errors,
    more: tuple[str, ...],
    names: tuple[tuple[str, str], ...],
) -> FormField:
    given = list(typed.get(name) or [])
    count = min(MOST, max(len(given), 1) + more.count(name))
    rows = []
    for n in range(count):
        row = given[n] if n < len(given) else {}
        rows.append(
            tuple(
                FormField(
                    f"{name}.{n}.{part}",
                    f"{name}.{part}",
                    said,
                    widgets[part],
                    required=part in {"old", "name"} or (name == "edits" and part == "article"),
                    value=row.get(part, ""),
                    error=pick(*errors.get(f"{name}.{n}.{part}", ("", ""))),
                    choices=names if part == "name" else (),
                )
                for part, said in parts.items()
            )
        )
    wrong = pick(*errors.get(name, ("", "")))
    return FormField(name, name, label, "rows", required=name == "edits", rows=tuple(rows), error=wrong)


def typed(post: QueryDict) -> dict[str, list[dict[str, str]]]:
    """The answers as they were typed, row by row; empty rows left out."""
    found: dict[str, list[dict[str, str]]] = {}
    for name, parts in (("edits", _EDIT), ("clauses", _CLAUSE)):
        rows = [
            {part: post.get(f"{name}.{n}.{part}", "").replace("\r\n", "\n").strip() for part in parts}
            for n in range(MOST)
        ]
        found[name] = [row for row in rows if any(row.values())]
    return found


def build_change(
    inst: Institution, answers: Mapping[str, Any], material: Attachments, errors: Errors
) -> dict[str, str]:
    """The digests of the change and of the text it results in; `errors` say what cannot be."""
    edition = inst.meaning.edition
    if edition is None:
        errors["edits"] = ("还没有可修改的文本", "There is no text to amend yet")
        return {}
    edits = list(_edits(edition, answers["edits"], errors))
    if not edits and not errors:
        errors["edits"] = ("请写明改什么", "Say what is changed")
    said = _clause_answers(edition, answers["clauses"], errors)
    if errors:
        return {}
    try:
        completed = complete(edition, inst.meaning.edition_digest, edits, said.bound, said.absent, said.others)
        if completed.missing:
            zh, _, en = missing_said(edition, completed.missing).partition(" / ")
            errors["clauses"] = (f"还须说明：{zh}", f"Still to be said: {en}")
            return {}
        result = amend(edition, completed.change)
    except NotApplicable as error:
        errors["clauses"] = (f"不能这样改：{error.why}", f"It cannot be changed so: {error}")
        return {}
    return {
        "change": material.attach_json(msgspec.to_builtins(completed.change), "change"),
        "edition": material.attach_json(to_data(result), "edition"),
    }


class _ClauseAnswers(NamedTuple):
    """What the answers say of clauses: bound where, absent, and why new passages are other matter."""

    bound: dict[str, tuple[str, str]]
    absent: list[str]
    others: dict[tuple[str, str], str]


def _clause_answers(edition: Edition, rows: list[dict[str, str]], errors: Errors) -> _ClauseAnswers:
    said = _ClauseAnswers({}, [], {})
    for n, row in enumerate(rows):
        name, now = row["name"], edition.binding(row["name"])
        at = _address(edition, row["article"]) if row["article"] else now.at if now else ""
        if name not in catalogue().capabilities:
            errors[f"clauses.{n}.name"] = ("没有这一事项", "There is no such capability")
        elif not at and (row["words"] or row["reason"]):
            errors[f"clauses.{n}.article"] = ("没有这一条", "There is no such article")
        elif row["words"]:
            said.bound[name] = at, row["words"]
        elif row["reason"]:
            said.others[name, at] = row["reason"]
        else:
            said.absent.append(name)
    return said


def _address(edition: Edition, typed: str) -> str:
    """The address somebody means by an address or by a position; empty where there is none."""
    if edition.position(typed):
        return typed
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= len(edition.parts):
        return edition.parts[int(typed) - 1].at
    return ""


def _edits(edition: Edition, rows: list[dict[str, str]], errors: Errors) -> Iterator[TextEdit]:
    for n, row in enumerate(rows):
        at = _address(edition, row["article"])
        if not at:
            errors[f"edits.{n}.article"] = ("没有这一条", "There is no such article")
            continue
        text = edition.article(edition.position(at)).text
        times = text.count(row["old"]) if row["old"] else 0
        if times != 1:
            errors[f"edits.{n}.old"] = (
                f"原文在该条出现 {times} 次，应恰好 1 次",
                f"These words stand {times} times in the article; it must be once",
            )
            continue
        yield TextEdit(at, row["old"], row["new"])


def answers_again(inst: Institution, id: str) -> dict[str, list[dict[str, str]]]:
    """The answers that put a superseded change to the vote again: what it takes the place of must be found anew."""
    proposal = inst.proposals.get(id)
    edition = inst.meaning.edition
    if proposal is None or proposal.stage != "superseded" or edition is None:
        return {}
    answers = answers_of(proposal.diff)
    for row in answers["edits"]:
        number = edition.position(row["article"])
        if not number or edition.article(number).text.count(row["old"]) != 1:
            row["old"] = ""
    return answers


def answers_of(change: Change) -> dict[str, list[dict[str, str]]]:
    """The answers that made a change, to be changed again: what was read from the words is read again."""
    rows = [{"name": b.capability, "article": b.at, "words": b.words, "reason": ""} for b in change.bindings]
    rows += [{"name": a.capability, "article": "", "words": "", "reason": ""} for a in change.absent]
    rows += [{"name": d.capability, "article": d.at, "words": "", "reason": d.reason} for d in change.decisions]
    return {
        "edits": [{"article": e.at, "old": e.old, "new": e.new} for e in change.text],
        "clauses": rows[:MOST],
    }
