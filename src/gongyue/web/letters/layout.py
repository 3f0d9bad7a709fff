"""What a letter is made of, whatever it says: a document head, blocks of text, a courtesy text in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct

from gongyue.covenant.addresses import in_chinese
from gongyue.governance.act_type import ActType
from gongyue.governance.value_words import words_of_value
from gongyue.office.deadline_text import clock_text, end_text

Day = Annotated[str, Meta(pattern=r"\A[12]\d{3}-\d\d-\d\d\Z")]
"""A Beijing day, YYYY-MM-DD."""


class LetterHead(Struct, frozen=True, kw_only=True):
    """The document head, after State Council practice (参照 GB/T 9704) under the alliance's own name.

    `issuer`: 发文机关, the executive body or whoever issues it; `covenant`: the covenant's name; `number`: 发文字号;
    `written`: 成文日期; `published`: 发布日期, where it is published; `index`: 索引号; `validity`: 有效性;
    `checkpoint`: 日志检查点, size and root; `address`: the page of the act in the book, which the QR code leads to;
    `contact`: where the office is reached; `mark`: what stands across every page, of what is for one reader alone.
    """

    issuer: str
    covenant: str
    written: Day
    number: str = ""
    published: Day | None = None
    index: str = ""
    validity: str = "有效"
    checkpoint: str = ""
    address: str = ""
    demo: bool = False
    contact: str = ""
    mark: str = ""


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """A paragraph; line breaks in it stay."""

    text: str


class Quote(Struct, frozen=True, tag="quote"):
    """Words of the covenant or of another text, set apart, with their source."""

    text: str
    source: str


class Row(Struct, frozen=True):
    """What something is called, and what it is."""

    name: str
    value: str


class Rows(Struct, frozen=True, tag="rows"):
    """Facts, one a row."""

    rows: tuple[Row, ...]


class Table(Struct, frozen=True, tag="table"):
    """A table with a caption; `none` stands where it has no rows. `widths` are shares of the width."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    none: str = "无"


class Command(Struct, frozen=True, tag="command"):
    """A command line to type."""

    text: str


class Link(Struct, frozen=True, tag="link"):
    """An address to open, whole: also where it is copied out of the file."""

    url: str


class Blank(Struct, frozen=True):
    """A field of a form to fill in: choices to tick, or lines to write on, or a given value. `half`: of the width."""

    name: str
    en: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1
    day: bool = False
    half: bool = False
    value: str = ""


class Blanks(Struct, frozen=True, tag="blanks"):
    """Fields to fill in, under a heading."""

    heading: str
    en: str
    blanks: tuple[Blank, ...]


class Signing(Struct, frozen=True, tag="signing"):
    """Places to sign and seal: one column for each."""

    heading: str
    en: str
    places: tuple[tuple[str, str], ...]


Block = Paragraph | Quote | Rows | Table | Command | Link | Blanks | Signing


class Text(Struct, frozen=True, kw_only=True):
    """What a letter says. `title` may have line breaks; `to`: the addressee; `english`: courtesy text, the Chinese is
    what counts; `signed`: with the issuer's name and the date at its end, and every field of the head."""

    title: str
    title_en: str
    to: str = ""
    blocks: tuple[Block, ...]
    english: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    signed: bool = True


class Matter(Struct, frozen=True):
    """What a letter is about: its fields are the data, `said` the words."""

    def said(self, head: LetterHead) -> Text:
        """The letter's text under that head."""
        raise NotImplementedError


def day_zh(day: str) -> str:
    """2026-03-20 as 2026年3月20日."""
    parsed = date.fromisoformat(day)
    return f"{parsed.year}年{parsed.month}月{parsed.day}日"


def end_zh(time: int) -> str:
    """The moment before which something must happen, as deadlines are spelt everywhere, without whose time it is."""
    return clock_text(time).zh


def end_en(time: int) -> str:
    """The same in English, with it."""
    return end_text(time).en


def cited(head: LetterHead, at: str) -> str:
    """The covenant by its name, and its article at an address: 《…公约》第二十二条; the covenant alone where it has none."""
    return f"《{head.covenant}》{in_chinese(at)}"


def law(head: LetterHead, at: str, words: str) -> tuple[Quote, ...]:
    """The words of that article, quoted; nothing where the text has none."""
    return (Quote(words, cited(head, at)),) if words else ()


def rows(*pairs: tuple[str, str]) -> Rows:
    """Facts, those without a value left out."""
    return Rows(tuple(Row(name, value) for name, value in pairs if value))


def words(kind: ActType, path: str, value: Any, row: Mapping[str, Any]) -> str:
    """The Chinese for the value of the field at `path`, as it stands in an act or may be chosen for it; `row` is what it stands in."""
    if value is None or value in ("", (), []):
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(words(kind, path, one, row) for one in value)
    if isinstance(value, Mapping):
        inner = ((f"{path}.{name}", one) for name, one in value.items())
        return "；".join(f"{kind.label(at).zh}：{words(kind, at, one, value)}" for at, one in inner)
    chosen = words_of_value(kind, path, value, row)
    return chosen.zh if chosen else str(value)
