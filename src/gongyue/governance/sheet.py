"""The sheet of an act type: what the product knows of it beyond the law, in one place that every face reads.

A matter's sheets stand beside it, in `<matter>.toml`: words are read and translated there without reading code. They are
read once, at import, and into types: a text in one language only, or an entry that nobody reads, stops the start with
the name of the file and of the entry. An act type without its sheet cannot be registered (`acts.act`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from gongyue.governance.sheet_sentences import places_of
from gongyue.governance.sheet_words import (
    ActPage,
    Audience,
    Default,
    FromPaper,
    Intro,
    Leads,
    Made,
    Mark,
    NoticeForm,
    Pick,
    TimelineForm,
    Until,
    Whom,
)


class Incomplete(Exception):
    """A sheet lacks an entry, or has one too many: where and which."""


Text = Annotated[str, Meta(min_length=1)]


class Words(NamedTuple):
    """The same in Chinese and in English."""

    zh: Text
    en: Text


class Label(NamedTuple):
    """A field's name, and what helps to fill it in; in a sheet without hints, they are those of its type."""

    zh: Text
    en: Text
    hint_zh: str = ""
    hint_en: str = ""


class Notify(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is told of an act done, in which words, on which page, until when."""

    whom: Whom
    zh: Text
    en: Text
    leads: Leads
    until: Until = Until.NEVER


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the course of a proposal or an annex: which one, and what it is called there. Of two with one number, one is taken."""

    at: int
    zh: Text
    en: Text


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of an act type. `zh`: its name; `do`: doing it, in English; `done`: what was done, in English.

    `audience`: who sees it, and so in which book it stands; `paper`: whether it may come on paper;
    `tells`: to what it was done, for a timeline, empty where its name says all; `notify`: who is told of it, or nobody;
    `step`: of which course it is a step; `intro`: what stands above its form; `waits`: what whoever gives it on paper is to
    know, on a form in Chinese. By path: `picks`: from what a field's value is picked; `choices`: the few texts that mean
    something in it, which the rules decide; `defaults`: what it is where it is not given, which is then not asked; `computed`:
    what the books alone say, which nobody is asked; `made`: the object made of its file; `fields`: those that mean something
    of their own; the others are its matter's.
    """

    zh: Text
    do: Text
    done: Text
    marks: frozenset[Mark]
    audience: Audience
    paper: FromPaper
    page: ActPage
    tells: str | Words
    notify: Literal["nobody"] | Notify
    picks: dict[str, Pick] = {}
    choices: dict[str, tuple[str, ...]] = {}
    defaults: dict[str, Default] = {}
    computed: tuple[str, ...] = ()
    made: dict[str, Made] = {}
    step: Step | None = None
    intro: Intro = Intro.NOTHING
    waits: str = ""
    fields: dict[str, Label] = {}

    @property
    def told(self) -> Words | None:
        """What a timeline says it was done to, beside its name; None where the name says all."""
        if isinstance(self.tells, str):
            return Words(self.tells, self.tells) if self.tells else None
        return self.tells

    @property
    def notice(self) -> Notify | None:
        """Who is told of it, and how; None where nobody is."""
        return None if isinstance(self.notify, str) else self.notify

    @property
    def irreversible(self) -> bool:
        """Whether a person is asked before it is recorded."""
        return Mark.IRREVERSIBLE in self.marks

    @property
    def from_paper(self) -> bool:
        """Whether officers mostly have a paper of it, which is asked for at once."""
        return self.paper in (FromPaper.MOSTLY, FromPaper.BESIDE)


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a matter: its name, what its commands are for, fields of several of its acts, the values they hold, its act types."""

    name: Words
    help: Words
    fields: dict[str, Label] = {}
    values: dict[str, Words] = {}
    acts: dict[str, Sheet]


class Hint(StrEnum):
    """What helps to fill in any field of a type: a public object, a private content, a day."""

    PUBLIC = "public"
    PRIVATE = "private"
    DAY = "day"


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all acts have in common: hints by type, the fields of the paper an act is recorded from, values of readings.

    `defaults`: by name, what a field of any act is unless it is answered otherwise; it is asked all the same.
    """

    hints: dict[Hint, Words]
    values: dict[str, Words]
    defaults: dict[str, Default]
    paper: dict[str, Label]


_ORDER: Final = (
    "book", "clock", "key", "office", "founding", "interpretation", "membership", "publication", "amendment", "vote",
    "annex", "law", "correction", "dossier", "petition", "report", "case", "referral", "inspection",
    "oversight", "bulletin",
)  # fmt: skip


def read(matter: str, data: bytes) -> Matter:
    """The sheets of a matter, from the bytes of its file; Incomplete where one is not whole."""
    try:
        found = msgspec.toml.decode(data, type=Matter)
    except msgspec.DecodeError as error:
        raise Incomplete(f"{matter}.toml: {error}") from None
    for type in found.acts:
        if type.partition(".")[0] != matter:
            raise Incomplete(f"{matter}.toml: {type} is no act type of this matter")
    return found


_FOLDER = files("gongyue.governance")
COMMON: Final = msgspec.toml.decode(_FOLDER.joinpath("acts.toml").read_bytes(), type=Common)
MATTERS: Final = {matter: read(matter, _FOLDER.joinpath(f"{matter}.toml").read_bytes()) for matter in _ORDER}
"""Every matter by the first word of its act types, in the order of the catalogue."""

SHEETS: Final = {type: sheet for matter in MATTERS.values() for type, sheet in matter.acts.items()}
"""Every sheet by its act type's stored name, in the order of the catalogue."""


def values_of(said: Iterable[Mapping[str, Words]]) -> dict[str, Words]:
    """What values that are chosen from a list are called; Incomplete where one is called by two names."""
    found: dict[str, Words] = {}
    for words in said:
        for value, name in words.items():
            if found.setdefault(value, name) != name:
                raise Incomplete(f"the value {value} has two names: {found[value].zh}, {name.zh}")
    return found


VALUES: Final = values_of([COMMON.values, *(matter.values for matter in MATTERS.values())])
"""The words for values that are chosen from a list."""


def labels_of(type: str, asked: Mapping[str, Hint | None], own: Mapping[str, Label]) -> dict[str, Label]:
    """The labels of fields by path, whole, each `asked` with the hint of its type; Incomplete where one says nothing.

    `own`: those said for these fields alone, none of which may be left over.
    """
    if left := set(own) - set(asked):
        raise Incomplete(f"{type}: there is no field {', '.join(sorted(left))}")
    matter = MATTERS.get(type.partition(".")[0])
    found = {}
    for path, hint in asked.items():
        label = own.get(path) or (matter.fields.get(path) if matter else None)
        if label is None:
            raise Incomplete(f"{type}: nothing says what the field {path} is called")
        if hint is not None and not (label.hint_zh or label.hint_en):
            label = Label(label.zh, label.en, *COMMON.hints[hint])
        if not (label.hint_zh and label.hint_en):
            raise Incomplete(f"{type}: nothing helps to fill in the field {path}, in Chinese and in English")
        found[path] = label
    return found


PAPER: Final = labels_of(
    "paper", {"scan": Hint.PRIVATE, "number": None, "dated": Hint.DAY, "arrived": Hint.DAY}, COMMON.paper
)
"""The fields of the paper an act is recorded from, in the order in which they are asked."""


def sheet_of(type: str) -> Sheet:
    """The sheet of an act type that is being registered; Incomplete where it has none."""
    try:
        return SHEETS[type]
    except KeyError:
        raise Incomplete(f"{type.partition('.')[0]}.toml: there is no sheet [acts.{type!r}]") from None


def require_sayable(type: str, sheet: Sheet, fields: Collection[str], values: Iterable[str]) -> None:
    """Incomplete where a sheet names a field there is not, shows one in a way nobody knows, or a value has no words."""
    if left := {*sheet.picks, *sheet.choices, *sheet.defaults, *sheet.computed, *sheet.made} - set(fields):
        raise Incomplete(f"{type}: there is no field {', '.join(sorted(left))} to choose")
    if wordless := set(values) - set(VALUES):
        raise Incomplete(f"{type}: nothing says what {', '.join(sorted(wordless))} is called")
    sentences: list[tuple[str, Collection[str]]] = [(sentence, set(TimelineForm)) for sentence in sheet.told or ()]
    if notice := sheet.notice:
        sentences += [(notice.zh, set(NoticeForm)), (notice.en, set(NoticeForm))]
    for sentence, ways in sentences:
        try:
            places = places_of(sentence)
        except ValueError as error:
            raise Incomplete(f"{type}: {error}") from None
        for place in places:
            if place.field not in fields:
                raise Incomplete(f"{type}: “{sentence}” shows {place.field}, and there is no such field")
            if place.shown not in ways:
                raise Incomplete(f"{type}: “{sentence}”: nobody knows how to show something as {place.shown}")


def require_every(ways: type[StrEnum], known: Collection[str]) -> None:
    """Incomplete where somebody who goes the ways that sheets name does not know one of them."""
    if left := set(ways) - set(known):
        raise Incomplete(f"{ways.__name__}: nobody knows {', '.join(sorted(left))}")


def marked(mark: Mark) -> list[str]:
    """The act types of which that holds, in the order of the catalogue."""
    return [type for type, sheet in SHEETS.items() if mark in sheet.marks]


def names_of(type: str) -> Words:
    """What an act type is called: 签署附件, "annex signed"; whatever is none, by itself."""
    sheet = SHEETS.get(type)
    return Words(sheet.zh, sheet.done) if sheet else Words(type, type)
