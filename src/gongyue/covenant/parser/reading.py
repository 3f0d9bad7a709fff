"""How a file is read: which reader takes it, and what is refused before any does."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from itertools import islice

from msgspec.structs import replace

from gongyue.covenant.parser import (
    LARGEST,
    assumptions,
    bare_headings,
    bullets,
    decoding,
    docx,
    headings,
    invisible,
    left_out,
    levels,
    lines,
    lost_structure,
    mending,
    oddities,
    outliner,
    part_oddities,
    structural,
    structure,
    terms,
)
from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.parser.outlined_lines import words_of
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
    parts = list(
        bullets.kept((Part(str(a.number), "", a.chapter, a.text, a.items) for a in built.articles), read_lines)
    )
    articles = tuple(replace(a, text=p.text, items=p.items) for a, p in zip(built.articles, parts, strict=True))
    found.extend(oddities.find(articles, built.chapters))
    found.extend(o for o in part_oddities.find(parts) if o.why in _OF_ARTICLES)
    found.extend(lost_structure.find(parts, built.chapters, "articles", {o.words for o in found}))
    found = list(bullets.without(found, read_lines))
    stated = terms.find(articles)  # refuses a text with more numbers than anybody writes
    found.extend(assumptions.of_articles(articles, built.chapters))
    if not built.title:
        found.append(Oddity(None, stem, structural.NO_TITLE_WHY))
    if any("\ufffd" in line.text for line in read_lines):
        found.append(Oddity(None, "\ufffd", _REPLACED_WHY))
    return Document(
        title=built.title or stem,
        digest=_digest(data),
        chapters=built.chapters,
        articles=articles,
        terms=stated,
        oddities=tuple(sorted(found, key=lambda o: o.article or 0)),
        encoding=encoding,
    )


def outline(
    data: bytes, filename: str, resolved: Mapping[int, str] | None = None, said: Mapping[int, str] | None = None
) -> Outline:
    """See `gongyue.covenant.parser.outline`."""
    stem, extension = _named(filename)
    read_lines, encoding, unit = _lines(data, extension)
    lines.refuse_excess(len(read_lines), 0)
    return invisible.only(outliner.build(read_lines, unit, stem, _digest(data), encoding, resolved, said), read_lines)


def laid_lines(data: bytes, filename: str, found: Outline, said: Mapping[int, str]) -> tuple[LaidLine, ...]:
    """See `gongyue.covenant.parser.laid_lines`."""
    return tuple(mending.laid(found, _lines(data, _named(filename)[1])[0], said))


def line_words(data: bytes, filename: str) -> dict[int, str]:
    """See `gongyue.covenant.parser.line_words`."""
    return {n: words for (n, _), words in words_of(_lines(data, _named(filename)[1])[0]).items()}


def heading_levels(data: bytes, filename: str, found: Outline, said: Mapping[int, str]) -> tuple[int, ...]:
    """See `gongyue.covenant.parser.heading_levels`."""
    if len(found.chapters) < _LEAST:
        return ()
    return levels.of(found, _lines(data, _named(filename)[1])[0], said)


def lines_left_out(
    data: bytes, filename: str, found: Outline, said: Mapping[int, str] | None = None
) -> tuple[LeftOut, ...]:
    """See `gongyue.covenant.parser.lines_left_out`."""
    raw: Sequence[str] = ()
    if found.encoding == "docx":
        read = _plain(docx.lines_of(data))
    else:
        text = decoding.decode(data)[0]
        markdown = _is_markdown(text, _named(filename)[1])
        read, raw = _plain(lines.of_text(text, markdown)), text.split("\n") if markdown else ()
    return tuple(left_out.find(found, read, raw, said))


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
    return extension in ("md", "markdown", "mdown") or _has_headings(text)


_HASHED = re.compile("^#{1,6} +[^ #\n]", re.MULTILINE)
_DASHED = re.compile("^[-*+] [^ \n]", re.MULTILINE)
_LEAST = 2


def _has_headings(text: str) -> bool:
    """Whether a text has headings of Markdown, whatever its file is called: ## 会员 begins no line of plain text, and twice none.

    Once is enough where lists of it stand beside.
    """
    marks = len(list(islice(_HASHED.finditer(text), _LEAST)))
    return marks == _LEAST or bool(marks and len(list(islice(_DASHED.finditer(text), _LEAST))) == _LEAST)


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
