"""Builds form fields from an act body's types: one per field.

Names of inputs are paths in the body: `places.0.url`. A question knows how it is asked (`widget`), what may be chosen,
what was answered and what is wrong with the answer. Reading the answers is in `act_form`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

import msgspec
from django.utils.safestring import SafeString
from msgspec import inspect as shape

from gongyue.covenant.periods import moment
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.sheet_words import Pick
from gongyue.office import bodies
from gongyue.office.defaults import default_of
from gongyue.office.document_notice import EARLIER
from gongyue.office.facts import joining
from gongyue.web import names
from gongyue.web.acting import choices, text_choices
from gongyue.web.acting.computed_fields import is_computed
from gongyue.web.acting.labels import PAPER, Label, label_in, label_of
from gongyue.web.acting.typed_values import unit_named
from gongyue.web.templatetags.deadlines import SPANS
from gongyue.web.templatetags.words import both, pick

FEWEST_ROWS = {"initiators": 3, "panel": 3}
"""Rows shown at least where structures are listed; others show one."""


class FormField(msgspec.Struct):
    """One question of a form.

    `widget`: text | number | span | date | moment | yesno | tick | radio | select | checks | lines | file | private | key |
    parts | documents | rows | long | whole | hidden | opener | articles | clauses | annex_text | findings; `stated` is not asked: its value is the
    words that say what the office fills in.
    `value`: the answer as it stands in the body, or as it was typed; `parts`: the questions of a structure; `rows`: of
    several. `kept`, `text`, `again`: of a file, the name of the one that is there, what was written in its place, whether
    the one chosen before must be chosen again. `grouped`: the choices under names of their own; `shut`: what cannot be
    chosen now, why, and the code. `name`: the input's name; `path`: the field's, without places in lists.
    """

    name: str
    path: str
    label: Label
    widget: str
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    value: Any = None
    error: str = ""
    default: str = ""
    parts: tuple[FormField, ...] = ()
    rows: tuple[tuple[FormField, ...], ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    kept: str = ""
    text: str = ""
    again: bool = False
    grouped: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    shut: tuple[tuple[str, str, str], ...] = ()

    @property
    def id(self) -> str:
        """The input's id, which the summary of errors links to."""
        return "f-" + re.sub(r"[^A-Za-z0-9_]", "-", self.name)

    @property
    def hint_id(self) -> str:
        """What describes the input."""
        return self.id + "-hint"

    @property
    def described(self) -> str:
        """The ids of what describes the input, for `aria-describedby`."""
        said = [self.hint_id] if self.label.hint or self.default else []
        return " ".join([*said, self.id + "-error"] if self.error else said)

    @property
    def lines(self) -> str:
        """A list, one a line."""
        return "\n".join(str(v) for v in self.value) if isinstance(self.value, (list, tuple)) else str(self.value or "")

    @property
    def height(self) -> int:
        """Lines of the box a whole text is edited in, at about forty characters a line; it scrolls beyond twenty-four."""
        return min(24, max(4, 1 + sum(1 + len(line) // 40 for line in str(self.value or self.text or "").split("\n"))))

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The choices as they are grouped, else acts under the matter they belong to; whatever else is one group without a name."""
        if self.grouped:
            return [(name, list(choices)) for name, choices in self.grouped]
        found: dict[str, list[tuple[str, str]]] = {}
        for value, text in self.choices:
            matter = ACT_TYPES[value].matter if value in ACT_TYPES else ""
            found.setdefault(names.localise(names.MATTERS, matter) if matter else "", []).append((value, text))
        return list(found.items())

    @property
    def span(self) -> tuple[Any, int]:
        """A number of seconds as people say it: how many of the largest unit that measures it."""
        seconds = self.value if isinstance(self.value, int) and self.value else 0
        unit = next((n for n, _, _ in SPANS if seconds and seconds % n == 0), 0)
        return (seconds // unit, unit) if unit else (self.value, 0)

    @property
    def spans(self) -> list[tuple[int, str]]:
        """The units a span is given in."""
        return [(seconds, pick(zh, en)) for seconds, zh, en in SPANS]

    def everything(self) -> Iterator[FormField]:
        """This question and those within."""
        yield self
        for part in (*self.parts, *(part for row in self.rows for part in row)):
            yield from part.everything()


class FormContext(msgspec.Struct, frozen=True):
    """What the questions are asked from: the act type, what there is to choose from, the answers, the errors.

    `more`: paths of lists for which another row was asked; `stated`: in words, what is filled in rather than asked;
    `texts`, `uploaded`: what was written, and what was uploaded, with answers that were not kept.
    """

    kind: ActType
    picks: choices.FieldChoices
    answers: Mapping[str, Any] = {}
    errors: Mapping[str, tuple[str, str]] = {}
    more: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    stated: Mapping[str, SafeString] = {}
    texts: Mapping[str, str] = {}
    uploaded: Set[str] = frozenset()


def form_fields(asking: FormContext) -> list[FormField]:
    """The questions of an act type's form; what it answers stands above the answer."""
    fields = sorted(bodies.fields(asking.kind), key=lambda field: field.name != "answers")
    return [
        _computed_field(asking, f.name)
        if is_computed(asking.kind, f.name)
        else _question(asking, f, f.name, f.name, asking.answers.get(f.name))
        for f in fields
        if f.name != "activities" or joining.activities_listed(asking.picks.inst)
    ]


def _computed_field(asking: FormContext, name: str) -> FormField:
    label, words = label_of(asking.kind, name), asking.stated.get(name, "")
    return FormField(name, name, label, "stated", required=False, value=words, error=_error(asking, name))


def paper_questions(asking: FormContext, answers: Mapping[str, Any]) -> list[FormField]:
    """What is asked of the paper an act is recorded from."""
    widgets = {"scan": "private", "number": "text", "dated": "date", "arrived": "date"}
    return [
        FormField(
            f"paper.{name}",
            f"paper.{name}",
            label,
            widgets[name],
            required=name != "number",
            value=answers.get(name),
            error=_error(asking, f"paper.{name}"),
            kept=asking.names.get(str(answers.get(name)), ""),
            again=f"paper.{name}" in asking.uploaded,
        )
        for name, label in PAPER.items()
    ]


def _error(asking: FormContext, name: str) -> str:
    zh, en = asking.errors.get(name, ("", ""))
    return both(f"{zh} / {en}") if zh else ""


def _question(asking: FormContext, field: shape.Field, name: str, path: str, value: Any) -> FormField:
    inner = shape_of(asking.kind, field, path)
    default = default_of(asking.kind, field.name) if path == field.name else None
    required = is_required(asking.kind, field, path)
    asked = FormField(
        name,
        path,
        label_in(asking.picks.inst, asking.kind, path),
        widget_of(asking.kind, path, inner, required),
        required=required,
        value=moment(value) if bodies.is_time(inner) and isinstance(value, int) else value,
        error=_error(asking, name),
        default=default[0] if default else "",
        kept=asking.names.get(value, "") if isinstance(value, str) else "",
        text=asking.texts.get(name, ""),
        again=name in asking.uploaded,
    )
    if asked.widget == "documents":
        asked.listed = tuple((one, asking.names.get(one, "")) for one in value or () if one in asking.names)
    asked.choices = tuple(choices_of(asking, path, inner))
    if asking.picks.closed(path):
        asked.widget = {"text": "select", "number": "select", "lines": "checks"}.get(asked.widget, asked.widget)
        if asked.label.hint_en.startswith(
            ("An id such as", "A number such as")
        ):  # nobody has to write what is chosen by its name
            asked.label = Label(asked.label.zh, asked.label.en, "从所列的选。", "Choose from the list.")
    if asked.widget == "checks" and path == "articles":
        asked.grouped = tuple(text_choices.articles_by_chapter(asking.picks.inst))
    if asked.widget in {"text", "key"}:
        asked.choices, asked.listed = (), asked.choices
    named = asked.widget == "text" and path in {"unit", "party", "holder"}
    if named and (unit := asking.picks.inst.units.get(str(value))):
        asked.value = unit.name if unit_named(asking.picks.inst, unit.name) == unit.id else value
    if isinstance(inner, shape.StructType):
        given = value if isinstance(value, dict) else {}
        asked.parts = _parts(asking, inner, name, path, given)
    elif bodies.is_structs(inner):
        asked.rows = tuple(_rows(asking, inner, name, path, value))
    return asked


def _parts(
    asking: FormContext, info: shape.StructType, name: str, path: str, given: Mapping[str, Any]
) -> tuple[FormField, ...]:
    return tuple(_question(asking, f, f"{name}.{f.name}", f"{path}.{f.name}", given.get(f.name)) for f in info.fields)


def _rows(asking: FormContext, info: shape.Type, name: str, path: str, value: Any) -> Iterator[tuple[FormField, ...]]:
    assert isinstance(info, shape.VarTupleType)
    assert isinstance(info.item_type, shape.StructType)
    given = [v for v in value if isinstance(v, dict)] if isinstance(value, (list, tuple)) else []
    count = max(len(given), FEWEST_ROWS.get(path, 1)) + asking.more.count(path)
    for n in range(count):
        yield _parts(asking, info.item_type, f"{name}.{n}", path, given[n] if n < len(given) else {})


def is_required(kind: ActType, field: shape.Field, path: str) -> bool:
    """Whether an answer must be given: no default, and not one of those that may be empty."""
    inner = shape_of(kind, field, path)
    if path == field.name and (default_of(kind, field.name) or (field.name == "key" and kind.own_key)):
        return False
    if not field.required or bodies.may_leave_out(kind, path):
        return False
    if isinstance(inner, shape.VarTupleType):
        wanted = bodies.is_digest(inner.item_type) and bool(inner.min_length)
        return bodies.is_structs(inner) or wanted or path in {"offices", "scope"}
    return not (field.name in {"other", "ballots"} and isinstance(inner, shape.StrType))


def shape_of(kind: ActType, field: shape.Field, path: str) -> shape.Type:
    """The type of a field as it is asked: without null, and what a correction puts in place by its own fields."""
    return shape.type_info(kind.holds[path]) if path in kind.holds else bodies.bare(field.type)


_SIMPLE = {shape.BoolType: "yesno", shape.IntType: "number", shape.LiteralType: "radio", shape.StructType: "parts"}


def widget_of(kind: ActType, path: str, info: shape.Type, required: bool = True) -> str:
    """How a field is asked; of a yes or no that may be left out there is one thing to say, or nothing."""
    if isinstance(info, shape.VarTupleType):
        return _widget_of_many(kind, path, info.item_type)
    if type(info) in _SIMPLE:
        special = "span" if path.endswith("_seconds") else "moment" if bodies.is_time(info) else ""
        special = "tick" if isinstance(info, shape.BoolType) and not required else special
        return special or _SIMPLE[type(info)]
    if path in kind.sheet.choices:
        return "radio"
    name = path.rpartition(".")[2]
    if bodies.is_digest(info) and not (bodies.is_link(kind, name) or bodies.is_computed_digest(kind, name)):
        if bodies.names_sealed(kind, name):
            return "select"
        return "private" if bodies.is_commitment(kind, name) else "file"
    if bodies.is_key(info):
        if (keys := kind.sheet.picks.get(path)) is Pick.UNCOMPARED_KEYS:
            return "radio"  # their words are read whole
        return "select" if keys in (Pick.OWN_KEYS, Pick.OFFICE_KEYS) else "key"
    return "date" if bodies.is_date(info) else "text"


def _widget_of_many(kind: ActType, path: str, item: shape.Type) -> str:
    if bodies.is_digest(item) and brings_documents(kind, path):
        return "documents"
    return {shape.StructType: "rows", shape.LiteralType: "checks"}.get(type(item), "lines")


def brings_documents(kind: ActType, path: str) -> bool:
    """Whether a field commits to documents that come with the act, and not to those that came with others before."""
    return kind.in_dossier and bodies.is_commitment(kind, path) and kind.type not in EARLIER


def choices_of(asking: FormContext, path: str, info: shape.Type) -> Iterator[tuple[str, str]]:
    """What may be chosen: the values of the type, or what the institution has."""
    one = info.item_type if isinstance(info, shape.VarTupleType) else info
    if (stated := joining.stated_by_the_text(asking.picks.inst, asking.kind.type, path)) is not None:
        yield from ((name, choices.value_text(name)) for name in stated)
    elif isinstance(one, shape.LiteralType):
        yield from ((str(v), choices.value_text(str(v))) for v in choices.in_order(path, one.values))
    else:
        yield from asking.picks.of(path)
