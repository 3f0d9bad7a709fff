"""The parts of a .docx file, opened with care: no zip bombs, no document types or entities, no encrypted parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from gongyue.covenant.reading.errors import Unreadable

LARGEST = 64 * 1024 * 1024
"""All parts together, unpacked."""
MOST_PARTS = 10_000
DEEPEST = 200

Element = ElementTree.Element
Parts = dict[str, Element]


def open_parts(data: bytes) -> tuple[Element, Parts]:
    """The main document and, by kind (numbering, styles, footnotes, endnotes), the parts that go with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_excess(package)
            return _word_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise _damaged() from None


def _refuse_excess(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > LARGEST:
        raise Unreadable(
            "too_large", "文件解压后超过 64 MiB，不予读取。", "The file unpacks to more than 64 MiB and is not read."
        )
    if any(e.flag_bits & 1 for e in entries):
        raise encrypted()


def _word_parts(package: zipfile.ZipFile) -> tuple[Element, Parts]:
    names = {n.lstrip("/"): n for n in package.namelist()}
    main = _main_part(package, names)
    if main not in names:
        raise Unreadable(
            "unsupported",
            "这个压缩包里没有 Word 文档；请另存为 .docx。",
            "There is no Word document in this archive; save it as .docx.",
        )
    folder, file = posixpath.split(main)
    parts: Parts = {}
    for kind, target in _relations(package, names, f"{folder}/_rels/{file}.rels".lstrip("/")):
        name = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
        if kind in ("numbering", "styles", "footnotes", "endnotes") and name in names:
            parts[kind] = _parse(package.read(names[name]))
    return _parse(package.read(names[main])), parts


def _main_part(package: zipfile.ZipFile, names: dict[str, str]) -> str:
    for kind, target in _relations(package, names, "_rels/.rels"):
        if kind == "officeDocument" and "word" in target.lower():
            return target.lstrip("/")
    return "word/document.xml"


def _relations(package: zipfile.ZipFile, names: dict[str, str], rels: str) -> Iterator[tuple[str, str]]:
    if rels in names:
        for relation in _parse(package.read(names[rels])):
            if relation.get("TargetMode") != "External":
                yield relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")


class _Careful(ElementTree.TreeBuilder):
    """Builds the tree with local names only (transitional and strict files read alike) and refuses a DOCTYPE."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _damaged()
        return super().start(tag.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Called before any entity could be declared; Word never writes one."""
        raise Unreadable(
            "damaged",
            "文件内的 XML 含有文档类型声明，不予读取。",
            "The XML inside declares a document type; it is not read.",
        )


def _parse(data: bytes) -> Element:
    try:
        parser = ElementTree.XMLParser(target=_Careful())
        parser.feed(data)
        root = parser.close()
    except (ElementTree.ParseError, LookupError):
        raise _damaged() from None
    assert isinstance(root, Element)
    return root


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        "Word 文件已损坏或不完整；请重新另存为 .docx。",
        "The Word file is damaged or incomplete; save it again as .docx.",
    )


def encrypted() -> Unreadable:
    """A file that needs a password."""
    return Unreadable(
        "unsupported",
        "文件已加密；请去除密码后另存为 .docx。",
        "The file is encrypted; remove the password and save it as .docx.",
    )
