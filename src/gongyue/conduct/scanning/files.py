"""From a file to the tables and texts in it: by what it begins with, then by its name."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning import archives
from gongyue.conduct.scanning.archives import DEPTH, again, spooled
from gongyue.conduct.scanning.compound import BOOK, ENCRYPTED, MAGIC, OTHER, kept_in
from gongyue.conduct.scanning.delimited import delimited
from gongyue.conduct.scanning.formats import UNKNOWN, unread_format
from gongyue.conduct.scanning.lines import json_document, json_lines, text_batches, texts
from gongyue.conduct.scanning.mails import is_mail, parts
from gongyue.conduct.scanning.masking import identifying
from gongyue.conduct.scanning.sniffing import form_of
from gongyue.conduct.scanning.sources import InputFile, Log, Source, unreadable
from gongyue.conduct.scanning.text_encodings import SAMPLE, encoding_of
from gongyue.conduct.scanning.workbooks import arrow, parquet, workbook

_BY_NAME: dict[str, Callable[[InputFile, Log], Iterator[Source]]] = {
    "txt": texts, "csv": delimited, "tsv": delimited, "psv": delimited, "jsonl": json_lines, "ndjson": json_lines, "json": json_document,
}  # fmt: skip
_BOOKS = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})
_OFFICE = frozenset({"docx", "pptx"})
_EMPTY = frozenset(
    {b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE}
)
"""What a file holds in which there is nothing: a mark of its encoding is nothing."""


class Unknown(BadInput):
    """A file of a format that no scan reads: a picture, a program, a PDF."""

    def __init__(self, path: str, called: str = UNKNOWN) -> None:
        super().__init__(f"{path}：扫描不读这种格式（{called}）", f"{path}: no scan reads this format ({called})")
        self.format = called


def named_sources(found: Iterator[Source], name: str) -> Iterator[Source]:
    """The sources of a file; the first answers for the file's own name too, and those of folders, where they identify somebody."""
    for place, source in enumerate(found):
        if place == 0:
            source.names = (*identifying(name), *source.names)
        yield source


def open_file(given: InputFile, log: Log, depth: int = 0) -> Iterator[Source]:
    """The sources in one file, archives opened."""
    with given.open() as stream:
        head = stream.read(SAMPLE)
    if head in _EMPTY:
        log.empty.append(given.path)
        return
    name = given.name.lower()
    ending = name.rsplit(".", 1)[-1]
    if unread := unread_format(head, ending):
        raise Unknown(given.path, unread)
    held = _held(given, log, depth, head)
    if held is not None:
        yield from held
        return
    stem = InputFile(given.path, _stem(given.name), given.open, given.size)
    if head[:4] == b"PAR1" or ending == "parquet":
        yield from parquet(_seekable(stem, depth), log)
    elif head[:6] == b"ARROW1":
        yield from arrow(_seekable(stem, depth), log)
    elif head[:8] == MAGIC or (ending in _BOOKS and encoding_of(head) is None):
        book = _seekable(stem, depth)
        if head[:8] == MAGIC:
            _refuse_document(book, ending)
        _modest(book)
        yield from workbook(book, log)
    elif encoding_of(head) is not None or ending in _BY_NAME:
        form = ending if PurePath(name).suffix and ending not in _BOOKS else form_of(head)  # an .xls may be a text
        yield from _BY_NAME.get(form, texts)(stem, log)
    else:
        raise Unknown(given.path)


def _held(given: InputFile, log: Log, depth: int, head: bytes) -> Iterator[Source] | None:
    """What is in an archive or a mail; None for other files."""
    name = given.name.lower()
    ending = name.rsplit(".", 1)[-1]
    members = _members(head, name, ending)
    if members is None and not is_mail(head, ending):
        return None
    if depth >= DEPTH:
        log.lost(given.path, "压缩包、邮件套得太深", "archives and mails nested too deep")
        return iter(())
    return _letter(given, log, depth) if members is None else _inside(given, log, depth, members(given, log))


def _letter(given: InputFile, log: Log, depth: int) -> Iterator[Source]:
    """The attachments of a mail or mailbox as files in an archive, then its headers and texts as one text."""
    with TemporaryFile() as kept:
        yield from _inside(given, log, depth, parts(given, log, kept))
        text = InputFile(given.path, given.name, partial(again, cast(BinaryIO, kept)))
        yield Source(_stem(given.name), given.path, lambda: text_batches(text, log, "utf-8"), text=True)


def _refuse_document(given: InputFile, ending: str) -> None:
    """Unknown where a compound file is no workbook; where nothing says what it is, its name does."""
    with given.open() as stream:
        kept = kept_in(stream)
    if kept == ENCRYPTED:
        raise unreadable(given.path, "已加密，读不出", "encrypted; cannot be read")
    if kept != BOOK and not (kept == OTHER and ending in _BOOKS):
        raise Unknown(given.path, kept)


def _modest(given: InputFile) -> None:
    """A workbook is a zip: it too may be a bomb."""
    import zipfile

    with given.open() as stream:
        try:
            infos = zipfile.ZipFile(stream).infolist()
        except (*archives.BROKEN, ValueError):
            return
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if total > max(archives.SMALL, packed * archives.RATIO) or total > 2 << 30:
        raise archives.Bomb(f"{given.path}：解开后大得不合常理", f"{given.path}: unfolds to more than it should")


def _stem(name: str) -> str:
    """The name of a table: that of its file without the ending, folders kept."""
    path = PurePath(name.replace("!", "/"))
    stem = str(path.with_suffix("")) if path.suffix else name
    return stem if identifying(stem) or not identifying(name) else name  # u@mail.example has no ending


def _members(head: bytes, name: str, ending: str) -> Callable[[InputFile, Log], Iterator[InputFile]] | None:
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and ending not in _BOOKS | _OFFICE:
        return archives.zipped
    if head[257:262] == b"ustar" or name.endswith((".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")):
        return archives.tarred
    if head[:2] == b"\x1f\x8b" or head[:3] == b"BZh" or head[:6] == b"\xfd7zXZ\0":
        return archives.unpacked
    return None


def _inside(given: InputFile, log: Log, depth: int, members: Iterator[InputFile]) -> Iterator[Source]:
    for member in members:
        found = open_file(member, log, depth + 1)
        try:
            yield from found if member.path == given.path else named_sources(found, member.name)
        except Unknown as error:
            if member.path == given.path:
                raise
            log.unknown(member.path, error.format)
        except BadInput as error:
            if member.path == given.path:
                raise
            log.lost(member.path, error.zh, error.en)


def _seekable(given: InputFile, depth: int) -> InputFile:
    """A file out of an archive, where a reader must seek."""
    return given if depth == 0 else InputFile(given.path, given.name, partial(_spooled, given), given.size)


def _spooled(given: InputFile) -> BinaryIO:
    with given.open() as stream:
        return spooled(stream)
