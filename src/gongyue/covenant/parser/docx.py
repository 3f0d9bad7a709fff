"""From a .docx file to lines: automatic numbers resolved, deletions left out, everything left out reported."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.lines import FOOTNOTE_WHY, Line, Note, refuse_excess
from gongyue.covenant.parser.word_numbers import Numbering
from gongyue.covenant.parser.word_package import Parts, open_parts

_SKIPPED = {"del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "drawing", "pict", "object", "rt"}
_DELETED_WHY = "修订记录中删除的文字，未读入 / deleted in tracked changes, not read"
_INSERTED_WHY = "修订记录中插入的文字，已读入 / inserted in tracked changes, read as text"
HIDDEN_WHY = "隐藏文字，未读入 / hidden text, not read"
BOX_WHY = "文本框中的文字，未读入 / text in a text box, not read"
_TABLE_WHY = "表格，按行读出 / a table, read row by row"


def lines_of(data: bytes) -> list[Line]:
    """The paragraphs of a Word file as lines; `number` counts paragraphs, tables' included."""
    main, parts = open_parts(data)
    body = main.find("body")
    if body is None:
        raise Unreadable("damaged", "Word 文件没有正文。", "The Word file has no body.")
    lines = _Reader(parts).read(body)
    if not any(line.bare or line.notes for line in lines):
        raise Unreadable("empty", "文件里没有文字。", "The file contains no text.")
    return lines


class _Reader:
    """Walks the body once, in order: the automatic numbers count on the way."""

    def __init__(self, parts: Parts) -> None:
        self._numbering = Numbering(parts.get("numbering"), parts.get("styles"))
        self._notes = _footnotes(parts)
        self._count = 0
        self._characters = 0
        self._carried = ""
        self._carried_notes: tuple[Note, ...] = ()

    def read(self, body: Element) -> list[Line]:
        """All lines of the body; a paragraph whose mark was deleted runs on into the next."""
        lines = list(self._blocks(body, False))
        if self._carried:
            lines.append(Line(self._count, self._carried, notes=self._carried_notes))
        return lines

    def _blocks(self, parent: Element, contents: bool) -> Iterator[Line]:
        for child in parent:
            if child.tag == "p":
                yield from self._paragraph(child, contents)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag == "sdt":
                gallery = child.find("sdtPr/docPartObj/docPartGallery")
                in_contents = gallery is not None and "Contents" in gallery.get("val", "")
                yield from self._blocks(child, contents or in_contents)
            elif child.tag in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self._blocks(child, contents)
            elif child.tag == "AlternateContent":
                yield from self._blocks(_chosen(child), contents)

    def _table(self, table: Element) -> Iterator[Line]:
        """Row by row; a cell's first paragraph continues the line of the cell before it."""
        noted = False
        for row in _below(table, "tr"):
            if _property(row, "trPr", "del"):
                continue
            lines: list[Line] = []
            shared: list[Line] = []
            for cell in _below(row, "tc"):
                inside = [line for line in self._blocks(cell, False) if line.bare]
                shared += inside[:1]
                if len(inside) > 1:
                    lines += [_joined(shared), *inside[1:-1]]
                    shared = inside[-1:]
            lines += [_joined(shared)] if shared else []
            if lines and not noted:
                lines[0] = lines[0].with_text(lines[0].text, (lines[0].bare, _TABLE_WHY))
                noted = True
            yield from lines

    def _paragraph(self, paragraph: Element, contents: bool) -> Iterator[Line]:
        self._count += 1
        runs = _Runs(self._notes)
        runs.walk(paragraph)
        self._characters += runs.characters
        refuse_excess(self._count, self._characters)
        properties = paragraph.find("pPr")
        deleted_mark = _property(properties, "rPr", "del")
        text = (
            self._carried + ("" if self._carried or not runs.counts() else self._numbering.label(paragraph)) + runs.text
        )
        notes = self._carried_notes + tuple(runs.notes())
        self._carried, self._carried_notes = ("", ()) if not deleted_mark else (text, notes)
        if deleted_mark:
            return
        style = self._numbering.style_name(paragraph).lower()
        contents = contents or style.startswith(("toc", "目录", "目錄")) and style != "toc heading"
        heading = self._numbering.outline(paragraph)
        first, *others = text.split("\n")
        yield Line(self._count, first, heading, notes, contents)
        for other in others:
            yield Line(self._count, other, heading, (), contents)


class _Runs:
    """The text of one paragraph, and what of it is not plain text."""

    def __init__(self, footnotes: dict[tuple[str, str], str]) -> None:
        self._footnotes = footnotes
        self._pieces: list[str] = []
        self._deleted: list[str] = []
        self._inserted: list[str] = []
        self._hidden: list[str] = []
        self._boxes: list[str] = []
        self._noted: list[str] = []
        self._fields: list[bool] = []

    @property
    def characters(self) -> int:
        """How much there is of it, notes included."""
        groups = (self._pieces, self._deleted, self._hidden, self._boxes, self._noted)
        return sum(len(piece) for pieces in groups for piece in pieces)

    @property
    def text(self) -> str:
        """The text as Word shows it with all changes accepted."""
        return "".join(self._pieces)

    def counts(self) -> bool:
        """Whether the paragraph takes a number: not if all it holds was deleted."""
        return bool(self.text.strip()) or not self._deleted

    def notes(self) -> Iterator[Note]:
        """What the reader of the covenant should know about this paragraph."""
        groups = (
            (self._deleted, _DELETED_WHY),
            (self._inserted, _INSERTED_WHY),
            (self._hidden, HIDDEN_WHY),
            (self._boxes, BOX_WHY),
        )
        for pieces, why in groups:
            if words := "".join(pieces).strip():
                yield words, why
        for words in self._noted:
            yield words, FOOTNOTE_WHY

    def walk(self, element: Element, inserted: bool = False) -> None:
        """Collect from an element's children, in order."""
        for child in element:
            tag = child.tag
            if tag in ("del", "moveFrom"):
                self._deleted.extend(t.text or "" for t in child.iter() if t.tag in ("delText", "t"))
            elif tag in ("drawing", "pict", "object"):
                self._box(child)
            elif tag in _SKIPPED:
                continue
            elif tag == "r" and _hidden(child):
                self._hidden.extend(t.text or "" for t in child.iter("t"))
            elif tag == "AlternateContent":
                self.walk(_chosen(child), inserted)
            elif tag in ("footnoteReference", "endnoteReference"):
                note = self._footnotes.get((tag.removesuffix("Reference"), child.get("id", "")), "")
                self._noted.extend([note] if note else [])
            elif tag == "fldChar":
                self._field(child.get("fldCharType", ""))
            elif not self._leaf(child, inserted):
                self.walk(child, inserted or tag in ("ins", "moveTo"))

    def _field(self, kind: str) -> None:
        """Between begin and separate stands a field's instruction, not its result."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _leaf(self, child: Element, inserted: bool) -> bool:
        piece = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}.get(child.tag)
        if child.tag == "t":
            piece = (child.text or "").replace("\n", " ")
        elif child.tag == "br":
            piece = "\n" if child.get("type", "textWrapping") == "textWrapping" else ""
        if piece is None:
            return False
        if not any(self._fields):
            self._pieces.append(piece)
            self._inserted.extend([piece] if inserted else [])
        return True

    def _box(self, child: Element) -> None:
        for inner in child:
            if inner.tag == "txbxContent":
                self._boxes.extend(t.text or "" for t in inner.iter("t"))
            else:
                self._box(inner)


def _joined(lines: list[Line]) -> Line:
    """The first paragraphs of a row's cells as one line."""
    notes = tuple(note for line in lines for note in line.notes)
    return msgspec.structs.replace(
        lines[0], text="\t".join(line.text for line in lines), notes=notes, row=len(lines) > 1
    )


def _chosen(alternate: Element) -> Element:
    """Of alternatives the first; they hold the same content for different versions of Word."""
    return next(iter(alternate), alternate) if len(alternate) else alternate


def _below(parent: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, also inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml"):
            yield from _below(child, tag)


def _property(parent: Element | None, group: str, name: str) -> bool:
    properties = parent.find(group) if parent is not None else None
    return properties is not None and properties.find(name) is not None


def _hidden(run: Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in ("0", "false", "off")


def _footnotes(parts: Parts) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        for note in parts.get(part, ()):
            if note.tag == kind:
                found[kind, note.get("id", "")] = "".join(t.text or "" for t in note.iter("t")).strip()
    return found
