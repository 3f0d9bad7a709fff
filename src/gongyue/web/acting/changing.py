"""Proposing a change of the covenant by saying which words are replaced: the change and the text it results in.

What is asked: article, words as they stand, words in their place, as often as needed; and the numbers restated where
their words change (article 22). Both objects that `amendment.initiate/1` names are made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import QueryDict

from gongyue.covenant.changing import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition, to_data
from gongyue.governance.institution import Institution
from gongyue.office.material import Material
from gongyue.web.acting.asked import Question
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
    "new": Label("改为", "Words in their place", "留空即删去。", "Empty: struck out."),
}
_TERMS = Label(
    "重新载明的数额",
    "Numbers restated",
    "改动了数额所在字句的，须在此写明新字句与新值；字句留空即删去该数额。",
    "Where the words of a number change, give its new words and value; empty words strike it out.",
)
_TERM = {
    "name": Label("数额", "Number"),
    "words": Label("新字句", "New words"),
    "value": Label("新值", "New value", "如 3/4 或 30。", "Such as 3/4 or 30."),
}
Errors = dict[str, tuple[str, str]]


def questions(inst: Institution, typed: Mapping[str, Any], errors: Errors, more: tuple[str, ...]) -> list[Question]:
    """What is asked in place of the two objects."""
    edition = inst.meaning.edition
    names = tuple((t.name, f"{t.name}　“{t.words}” = {t.value}") for t in edition.terms) if edition else ()
    return [
        _rows("edits", _EDITS, _EDIT, {"article": "number", "old": "long", "new": "long"}, typed, errors, more, ()),
        _rows("terms", _TERMS, _TERM, {"name": "select", "words": "text", "value": "text"}, typed, errors, more, names),
    ]


def _rows(
    name: str,
    label: Label,
    parts: dict[str, Label],
    widgets: dict[str, str],
    typed: Mapping[str, Any],
    errors: Errors,
    more: tuple[str, ...],
    names: tuple[tuple[str, str], ...],
) -> Question:
    given = list(typed.get(name) or [])
    count = min(MOST, max(len(given), 1) + more.count(name))
    rows = []
    for n in range(count):
        row = given[n] if n < len(given) else {}
        rows.append(
            tuple(
                Question(
                    f"{name}.{n}.{part}",
                    f"{name}.{part}",
                    said,
                    widgets[part],
                    required=part in {"article", "old", "name"},
                    value=row.get(part, ""),
                    error=pick(*errors.get(f"{name}.{n}.{part}", ("", ""))),
                    choices=names if part == "name" else (),
                )
                for part, said in parts.items()
            )
        )
    wrong = pick(*errors.get(name, ("", "")))
    return Question(name, name, label, "rows", required=name == "edits", rows=tuple(rows), error=wrong)


def typed(post: QueryDict) -> dict[str, list[dict[str, str]]]:
    """The answers as they were typed, row by row; empty rows left out."""
    found: dict[str, list[dict[str, str]]] = {}
    for name, parts in (("edits", _EDIT), ("terms", _TERM)):
        rows = [
            {part: post.get(f"{name}.{n}.{part}", "").replace("\r\n", "\n").strip() for part in parts}
            for n in range(MOST)
        ]
        found[name] = [row for row in rows if any(row.values())]
    return found


def made(inst: Institution, answers: Mapping[str, Any], material: Material, errors: Errors) -> dict[str, str]:
    """The digests of the change and of the text it results in; `errors` say what cannot be."""
    edition = inst.meaning.edition
    if edition is None:
        errors["edits"] = ("还没有可修改的文本", "There is no text to amend yet")
        return {}
    edits = list(_edits(edition, answers["edits"], errors))
    terms = tuple(
        TermEdit(row["name"], row["words"], int(row["value"]) if row["value"].isdigit() else row["value"])
        for row in answers["terms"]
    )
    if not edits and not errors:
        errors["edits"] = ("请写明改什么", "Say what is changed")
    if errors:
        return {}
    change = Change(inst.meaning.edition_digest, tuple(edits), terms)
    try:
        result = amend(edition, change)
    except NotApplicable as error:
        errors["terms" if "数额" in error.why else "edits"] = (
            f"不能这样改：{error.why}",
            f"It cannot be changed so: {error}",
        )
        return {}
    return {
        "change": material.attach_json(msgspec.to_builtins(change), "change"),
        "edition": material.attach_json(to_data(result), "edition"),
    }


def _edits(edition: Edition, rows: list[dict[str, str]], errors: Errors) -> Any:
    for n, row in enumerate(rows):
        if not row["article"].isdigit() or not 1 <= int(row["article"]) <= len(edition.articles):
            errors[f"edits.{n}.article"] = ("没有这一条", "There is no such article")
            continue
        text = edition.article(int(row["article"])).text
        times = text.count(row["old"]) if row["old"] else 0
        if times != 1:
            errors[f"edits.{n}.old"] = (
                f"原文在该条出现 {times} 次，应恰好 1 次",
                f"These words stand {times} times in the article; it must be once",
            )
            continue
        yield TextEdit(int(row["article"]), row["old"], row["new"])


def answers_again(inst: Institution, id: str) -> dict[str, list[dict[str, str]]]:
    """The answers that put a superseded change to the vote again: what it takes the place of must be found anew."""
    proposal = inst.proposals.get(id)
    edition = inst.meaning.edition
    if proposal is None or proposal.stage != "superseded" or edition is None:
        return {}
    answers = answers_of(proposal.diff)
    for row in answers["edits"]:
        if edition.article(int(row["article"])).text.count(row["old"]) != 1:
            row["old"] = ""
    return answers


def answers_of(change: Change) -> dict[str, list[dict[str, str]]]:
    """The answers that made a change, to be changed again."""
    return {
        "edits": [{"article": str(e.article), "old": e.old, "new": e.new} for e in change.text],
        "terms": [{"name": t.name, "words": t.words, "value": str(t.value)} for t in change.terms],
    }
