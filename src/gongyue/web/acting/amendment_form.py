"""Proposing an amendment by rewriting the articles themselves: everything the act states is derived from the new wording.

What is asked: which article, and its text as it is to be. Of the clauses bound in it only what cannot be read from the new
words is asked (`clause_questions`). Both objects that `amendment.initiate/1` names are made of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from itertools import count
from typing import Any

import msgspec
from django.http import QueryDict

from gongyue.covenant.addresses import meant_by
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, edited
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.redrafting import edits_of
from gongyue.covenant.text import MOST_CHARACTERS, Part, heading_of
from gongyue.covenant.visible_text import hidden_in
from gongyue.governance.institution import Institution
from gongyue.office.attachments import Attachments
from gongyue.transparency import canonical
from gongyue.web import names
from gongyue.web.acting import clause_questions, renewal_form
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import pick

TYPE = "amendment.initiate/1"
MADE = frozenset({"proposal", "change", "edition", "renews"})
"""Fields that are made of the answers, or brought along by the link that leads here."""
MOST = 30
"""Articles in one change."""
_OPEN = Label(
    "改哪一条",
    "Which article",
    "写序号或所印的条号，中文、英文、数字都可以。几条之间用顿号、逗号或空格隔开。取出后直接在原文上改。",
    "Write its number or its label as printed, in Chinese, English or figures; of several with commas or spaces between."
    " Its text is opened for you to edit in place.",
)
_TEXTS = Label(
    "修改后的条文",
    "The articles as they are to read",
    "直接改原文即可。改了哪些字、数额如何变、哪些规则随之停用，由系统算出，签署前给您看。",
    "Edit the text itself. Which words change, how numbers change and which rules stop is worked out for you and shown before you sign.",
)
Errors = dict[str, tuple[str, str]]
Answers = Mapping[str, Any]


def change_fields(inst: Institution, answers: Answers, errors: Errors, more: tuple[str, ...]) -> list[FormField]:
    """What is asked in place of the objects; opens the article that was asked for."""
    edition = inst.meaning.edition
    if edition is None:
        return []
    clauses = clause_questions.question(edition, answers.get("clauses") or [], errors)
    if answers.get("edits"):
        asked = [renewal_form.question(answers["edits"], errors, more)]
    else:
        rows, wrong = list(answers.get("texts") or []), pick(*errors.get("open", ("", "")))
        typed, said = str(answers.get("open") or ""), ""
        if typed and not wrong and ("texts" in more or not rows):
            said = pick(*_opened(edition, rows, typed))
            typed = typed if said else ""
        opener = FormField("open", "open", _OPEN, "opener", required=not rows, value=typed, error=wrong or said)
        opener.listed = tuple((names.article_name(p.at), heading_of(p, edition.chapters)) for p in edition.parts)
        texts = [_text_field(edition, n, row, errors) for n, row in enumerate(rows)]
        whole = FormField("texts", "texts", _TEXTS, "articles", rows=tuple(texts))
        asked = [whole, opener] if rows else [opener]
    return [*asked, *([clauses] if clauses else [])]


_BETWEEN = re.compile(r"[、，,；;\s]+")


def _opened(edition: Edition, rows: list[dict[str, str]], typed: str) -> tuple[str, str]:
    """Add the row of the article that was asked for, or of each of several; what is wrong where one cannot be."""
    found = meant_by(typed, edition.parts)
    if not found and len(several := [one for one in _BETWEEN.split(typed) if one]) > 1:
        return next((wrong for one in several if (wrong := _opened(edition, rows, one))[0]), ("", ""))
    if not found:
        last = names.article_name(edition.parts[-1].at)
        return f"没有“{typed}”这一条；最后一条是{last}", f"There is no such article; the last is {last}"
    if len(found) > 1:
        which = pick("、", "; ").join(map(names.article_name, found[:9]))
        return f"“{typed}”有几条，请写明哪一条：{which}", f"Several are numbered so; say which: {which}"
    if any(row["at"] == found[0] for row in rows):
        return "这一条已经取出，请在上面改", "It is open above: edit it there"
    if len(rows) >= MOST:
        return f"一次至多改 {MOST} 条", f"At most {MOST} articles in one change"
    rows.append(_row(edition.parts[edition.position(found[0]) - 1]))
    return "", ""


def _row(part: Part, text: str | None = None) -> dict[str, str]:
    return {"at": part.at, "of": _mark(part.text), "text": part.text if text is None else text}


def _mark(text: str) -> str:
    """By which a form knows the wording it was opened with."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _text_field(edition: Edition, n: int, row: dict[str, str], errors: Errors) -> tuple[FormField, ...]:
    name, part = f"texts.{n}", edition.parts[edition.position(row["at"]) - 1]
    title = f"{names.article_name(part.at)}　{heading_of(part, edition.chapters)}".strip()
    wrong = pick(*errors.get(f"{name}.text", ("", "")))
    label = Label(title, title)
    shown = FormField(f"{name}.text", "texts.text", label, "whole", value=row["text"], error=wrong, kept=part.text)
    return (
        FormField(f"{name}.at", "texts.at", label, "hidden", value=part.at),
        FormField(f"{name}.of", "texts.of", label, "hidden", value=_mark(part.text)),
        shown,
    )


def typed(post: QueryDict, edition: Edition | None) -> dict[str, Any]:
    """The answers as they were typed; rows nobody filled in, and of articles that are no more, left out."""
    texts = []
    for n in range(MOST):
        row = {part: post.get(f"texts.{n}.{part}", "") for part in ("at", "of", "text")}
        if edition is not None and edition.position(row["at"]):
            row["text"] = _as_typed(row["text"])
            texts.append(row)
    found: dict[str, Any] = {"texts": texts, "open": post.get("open", "").strip()[:60]}
    found["clauses"] = clause_rows(post)
    found["edits"] = renewal_form.typed(post)
    return found


def clause_rows(post: QueryDict) -> list[dict[str, str]]:
    """What was said of clauses and of numbers in doubt."""
    clauses = (
        {p: _as_typed(post.get(f"clauses.{n}.{p}", "")) for p in clause_questions.PARTS}
        for n in range(clause_questions.MOST)
    )
    return [row for row in clauses if any(row.values())]


def _as_typed(text: str) -> str:
    """Lines as texts have them; a browser sends others, and people leave blanks at the ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def build_change(inst: Institution, answers: dict[str, Any], material: Attachments, errors: Errors) -> dict[str, str]:
    """The digests of the change and of the text it results in; `errors` say what cannot be."""
    edition = inst.meaning.edition
    if edition is None:
        errors["open"] = ("还没有可修改的文本", "There is no text to amend yet")
        return {}
    edits = (
        renewal_form.edits(edition, answers["edits"], errors) if answers["edits"] else _edits(edition, answers, errors)
    )
    if errors:
        return {}
    given = list(answers["clauses"])
    try:
        made = clause_questions.completed(edition, inst.meaning.edition_digest, edits, answers["clauses"], errors)
        if made is None:
            return {}
        result = amend(edition, made.change)
    except NotApplicable as error:
        errors[_place_of(answers, error.at)] = (
            f"不能这样改：{_half(error.why, 0)}",
            f"It cannot be changed so: {_half(error.why, 1)}",
        )
        return {}
    if not clause_questions.numbers_said(edition, result, answers["clauses"], given, errors):
        return {}
    return {
        "change": material.attach_json(msgspec.to_builtins(made.change), "change"),
        "edition": material.attach_json(to_data(result), "edition"),
    }


def _half(said: str, n: int) -> str:
    """One language of what is said in both."""
    both = said.split(" / ", 1)
    return both[min(n, len(both) - 1)]


def _place_of(answers: Answers, at: str) -> str:
    """The input in which what is wrong was typed: the article's, else the first."""
    if answers["edits"]:
        return "edits"
    places = [n for n, row in enumerate(answers["texts"]) if row["at"] == at]
    return f"texts.{(places or [0])[0]}.text"


def _edits(edition: Edition, answers: Answers, errors: Errors) -> list[TextEdit]:
    """The words that are replaced, article by article in the order of the text."""
    found: list[tuple[int, list[TextEdit]]] = []
    for n, row in enumerate(answers["texts"]):
        part = edition.parts[edition.position(row["at"]) - 1]
        if wrong := _wrong(part, row):
            errors[f"texts.{n}.text"] = wrong
        else:
            found.append((edition.position(row["at"]), _edits_of(part, row["text"], n, errors)))
    edits = [edit for _, made in sorted(found, key=lambda one: one[0]) for edit in made]
    if not errors and not edits:
        nothing = (
            "与现行文本相同：请在文字上改，或取出另一条",
            "It reads as it does now: edit the words, or open another article",
        )
        wanted = ("请写明改哪一条，取出后再改", "Say which article; it is opened for you to edit")
        errors["texts.0.text" if answers["texts"] else "open"] = nothing if answers["texts"] else wanted
    return edits


def _edits_of(part: Part, text: str, n: int, errors: Errors) -> list[TextEdit]:
    try:
        return edits_of(part, text if text != part.text.strip() else part.text)
    except NotApplicable as error:
        errors[f"texts.{n}.text"] = (_half(error.why, 0), _half(error.why, 1))
        return []


def _wrong(part: Part, row: dict[str, str]) -> tuple[str, str] | None:
    """What is wrong with a new wording before it is compared; None if nothing is."""
    text = row["text"]
    if row["of"] != _mark(part.text):
        return (
            "您取出之后，这一条已另有修改：您写的还在下面，请与现行条文对照，再提交一次",
            "The article was amended since you opened it: what you wrote is kept below; compare it with the present text and go on again",
        )
    if len(text) > MOST_CHARACTERS:
        return (
            f"{len(text):,} 字，至多 {MOST_CHARACTERS:,} 字",
            f"{len(text):,} characters; at most {MOST_CHARACTERS:,}",
        )
    if not text:
        return (
            "条文不能为空；要删去其内容，请写明“（删去）”",
            "An article cannot be empty; to delete what it says, write （删去）",
        )
    unseen = _unseen(text)
    if unseen:
        line, place, character = unseen
        return (
            f"第 {line} 行第 {place} 字是看不见或会改变显示次序的字符 {character}，请删去",
            f"Line {line}, character {place} is {character}, which is invisible or turns the text around: delete it",
        )
    return None


def _unseen(text: str) -> tuple[int, int, str] | None:
    """The first character that cannot be recorded, by line and place counted from 1; None where there is none."""
    for line, words in enumerate(text.split("\n"), 1):
        if not hidden_in(words) and _recordable(words):
            continue
        for place, character in enumerate(words, 1):
            if hidden_in(character) or not _recordable(character):
                return line, place, f"U+{ord(character):04X}"
    return None


def _recordable(text: str) -> bool:
    try:
        canonical.encode(text)
    except canonical.NotCanonical:
        return False
    return True


def opened_by(inst: Institution, query: Mapping[str, str]) -> dict[str, Any]:
    """The answers of a link that names an article, or the superseded proposal that is put to the vote again."""
    if query.get("renews"):
        return {"edits": renewal_form.answers_again(inst, query["renews"])}
    return {"open": query.get("article", "")[:60]}


def answers_of(inst: Institution, change: Change, renews: str | None) -> dict[str, Any]:
    """The answers that made a change, to be changed again: what was read from the words is read again."""
    edition = inst.meaning.edition
    if edition is None:
        return {}
    if renews or change.base != inst.meaning.edition_digest:
        return {"edits": renewal_form.answers_of(change)}
    try:
        after = edited(edition, change.text)
        clauses = clause_questions.rows_of(edition, change)
    except NotApplicable:
        return {"edits": renewal_form.answers_of(change)}
    changed = {edit.at for edit in change.text}
    parts = zip(count(), edition.parts, after, strict=False)
    return {"texts": [_row(part, now.text) for _, part, now in parts if part.at in changed], "clauses": clauses}
