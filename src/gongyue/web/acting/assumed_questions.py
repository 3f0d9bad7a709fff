"""What was assumed of the numbers that a change or an imported edition binds: asked of whoever proposes it, before it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongyue.covenant.assumed_in_edition import Unsaid, of_edition
from gongyue.covenant.edition_json import draft
from gongyue.transparency import canonical
from gongyue.web import names
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.templatetags.words import pick

Row = dict[str, str]
Errors = dict[str, tuple[str, str]]
IMPORT = "founding.import/1"
_IMPORTED = Label(
    "还须说明",
    "Still to be said",
    "这份文本所绑定的数，字句没有说全。请逐项说明，并再选一次文件。",
    "The words do not say all of the numbers that this text binds. Say it here, one by one, and choose the file again.",
)
NAME = "="
"""What stands for a clause's name in a row that asks whether something is meant so."""
_SAYS = {
    "so": ("是这样", "It is so"),
    "not-so": ("不是这样", "It is not so"),
}


def is_one(row: Row) -> bool:
    """Whether a row asks this, and not what a clause says."""
    return row["name"] == NAME


def rows_of(unsaid: Sequence[Unsaid], says: str = "") -> list[Row]:
    """The rows that ask about them; `says`: answered."""
    return [
        {"name": NAME, "article": u.at, "about": u.words, "says": says, "words": f"{u.zh} / {u.en}", "reason": ""}
        for u in unsaid
    ]


def answered(unsaid: Sequence[Unsaid], rows: list[Row], given: Sequence[Row], errors: Errors) -> bool:
    """Whether each was said to be meant so; `rows` get one for each, answered as it was given for these very words."""
    known = {(row["article"], row["about"], row["words"]): row["says"] for row in given}
    for row in rows_of(unsaid):
        row["says"] = known.get((row["article"], row["about"], row["words"]), "")
        if row["says"] != "so":
            errors[f"clauses.{len(rows)}.says"] = (
                (
                    "请改写条文，把意思写全：以谁计、自何时起、什么日子",
                    "Reword the article so that it says all of it: of whom, from when, which days",
                )
                if row["says"] == "not-so"
                else ("请选择一项", "Choose one")
            )
        rows.append(row)
    return not errors


def of_import(edition: bytes | None, given: Sequence[Row], errors: Errors) -> list[Row]:
    """The rows that ask about an edition that is handed in, answered as they were; `errors` where one is not."""
    rows: list[Row] = []
    if edition is not None:
        answered(of_edition(draft(canonical.decode(edition))), rows, given, errors)
    return rows


def question(rows: Sequence[Row], errors: Mapping[str, tuple[str, str]]) -> list[FormField]:
    """What is asked about an edition that is handed in; nothing where nothing was assumed."""
    asked = tuple(fields(n, row, errors) for n, row in enumerate(rows))
    return [FormField("clauses", "clauses", _IMPORTED, "clauses", rows=asked)] if asked else []


def fields(n: int, row: Row, errors: Mapping[str, tuple[str, str]]) -> tuple[FormField, ...]:
    """The inputs of one such question."""
    at = names.article_name(row["article"])
    zh, _, en = row["words"].partition(" / ")
    subject = Label(
        f"{at}“{row['about']}”：{zh}。是这样吗？",
        f"{at}, “{row['about']}”: {en}. Is it so?",
        "条文的字没有说全，读法只是这样认定。不是的，请改写条文。",
        "The words do not say all of it; it was only taken so. If it is not so, reword the article.",
    )
    hidden = [
        FormField(f"clauses.{n}.{part}", f"clauses.{part}", subject, "hidden", value=row[part])
        for part in ("name", "article", "about", "words")
    ]
    name = f"clauses.{n}.says"
    choices = tuple((value, pick(*said)) for value, said in _SAYS.items())
    wrong = pick(*errors.get(name, ("", "")))
    return (*hidden, FormField(name, "clauses.says", subject, "radio", True, choices, row["says"], wrong))
