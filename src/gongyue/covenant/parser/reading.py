"""How a file is read: which reader takes it, and what is refused before any does."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping

from gongyue.covenant.parser import (
    LARGEST,
    assumptions,
    bare_headings,
    decoding,
    docx,
    headings,
    invisible,
    left_out,
    lines,
    lost_structure,
    oddities,
    outliner,
    part_oddities,
    structural,
    structure,
    terms,
)
from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.word_package import encrypted
from gongyue.covenant.text import Document, LeftOut, Oddity, Outline, Part

_OTHER_FORMATS = frozenset(("doc", "pdf", "rtf", "odt", "html", "htm", "wps", "xls", "xlsx", "ppt", "pptx", "epub"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OF_ARTICLES = part_oddities.UNDIVIDED | {
    bare_headings.UNSURE_WHY,
    part_oddities.CUT_WHY,
    part_oddities.UNREAD_MARKS_WHY,
}
"""What is odd about the parts of a text of articles, besides what is said of each article anyway."""
_REPLACED_WHY = "文件里有损坏的字符 U+FFFD / the file contains damaged characters U+FFFD"


def read(data: bytes, filename: str) -> Document:
    """See `gongyue.covenant.parser.read`."""
    stem, extension = _named(filename)
    read_lines, encoding, unit = _lines(data, extension)
    lines.refuse_excess(len(read_lines), 0)  # a line of Markdown may hold several
    built = structure.build(read_lines, unit)
    found = [*oddities.of_lines(read_lines, built.title), *built.oddities]
    found.extend(oddities.find(built.articles, built.chapters))
    parts = [Part(str(a.number), "", a.chapter, a.text, a.items) for a in built.articles]
    found.extend(o for o in part_oddities.find(parts) if o.why in _OF_ARTICLES)
    found.extend(lost_structure.find(parts, built.chapters, "articles", {o.words for o in found}))
    stated = terms.find(built.articles)  # refuses a text with more numbers than anybody writes
    found.extend(assumptions.of_articles(built.articles, built.chapters))
    if not built.title:
        found.append(Oddity(None, stem, structural.NO_TITLE_WHY))
    if any("\ufffd" in line.text for line in read_lines):
        found.append(Oddity(None, "\ufffd", _REPLACED_WHY))
    return Document(
        title=built.title or stem,
        digest=_digest(data),
        chapters=built.chapters,
        articles=built.articles,
        terms=stated,
        oddities=tuple(sorted(found, key=lambda o: o.article or 0)),
        encoding=encoding,
    )


def outline(data: bytes, filename: str, resolved: Mapping[int, str] | None = None) -> Outline:
    """See `gongyue.covenant.parser.outline`."""
    stem, extension = _named(filename)
    read_lines, encoding, unit = _lines(data, extension)
    lines.refuse_excess(len(read_lines), 0)
    return invisible.only(outliner.build(read_lines, unit, stem, _digest(data), encoding, resolved), read_lines)


def lines_left_out(data: bytes, filename: str, found: Outline) -> tuple[LeftOut, ...]:
    """See `gongyue.covenant.parser.lines_left_out`."""
    if found.encoding == "docx":
        return tuple(left_out.find(found, _plain(docx.lines_of(data))))
    text = decoding.decode(data)[0]
    markdown = _is_markdown(text, _named(filename)[1])
    return tuple(left_out.find(found, _plain(lines.of_text(text, markdown)), text.split("\n") if markdown else ()))


def _named(filename: str) -> tuple[str, str]:
    stem, _, extension = posixpath.basename(filename.replace("\\", "/")).rpartition(".")
    return (stem, extension.lower()) if stem else (extension, "")


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _lines(data: bytes, extension: str) -> tuple[list[lines.Line], str, str]:
    """The lines, the encoding, and what the lines' numbers count."""
    if not data:
        raise Unreadable("empty", "文件是空的。", "The file is empty.")
    if len(data) > LARGEST:
        raise Unreadable("too_large", "文件过大，超过 64 MiB。", "The file is larger than 64 MiB.")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise encrypted()
    _refuse_format(data, extension)
    if data.startswith(b"PK") or extension == "docx":
        return _plain(docx.lines_of(data)), "docx", "paragraph"
    text, encoding = decoding.decode(data)
    return _plain(lines.of_text(text, _is_markdown(text, extension))), encoding, "line"


def _is_markdown(text: str, extension: str) -> bool:
    return extension in ("md", "markdown", "mdown") or lines.is_markdown(text)


def _plain(read: list[lines.Line]) -> list[lines.Line]:
    """Headings without the brackets and bullets before them."""
    return headings.unbulleted(headings.unbracketed(read))


def _refuse_format(data: bytes, extension: str) -> None:
    if extension in _OTHER_FORMATS and not data.startswith(b"PK\x03\x04"):
        raise Unreadable(
            "unsupported",
            f"不支持 .{extension} 文件；请另存为 .docx、.txt 或 .md。",
            f".{extension} files are not supported; save it as .docx, .txt or .md.",
        )
    decoding.refuse_known_formats(data)
