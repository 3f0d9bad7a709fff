"""The parts of a .docx file, opened with care: no zip bombs, no document types or entities, no encrypted parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from gongyue.covenant.parser.errors import Unreadable

LARGEST = 64 * 1024 * 1024
"""All parts together, unpacked."""
MOST_PARTS = 10_000
MOST_READ = 8 * 1024 * 1024
"""Bytes of the parts that are parsed, together: thousands of pages of text."""
MOST_ELEMENTS = 200_000
"""Elements and attributes of them, together: a hundred times a charter's."""
PIECE = 65_536
DEEPEST = 200

Element = ElementTree.Element
Parts = dict[str, Element]


def open_parts(data: bytes) -> tuple[Element, Parts]:
    """The main document and, by kind (numbering, styles, footnotes, endnotes), the parts that go with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_excess(package)
            return _Package(package).word_parts()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise damaged() from None


def _refuse_excess(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > LARGEST:
        raise _too_large("文件解压后超过 64 MiB", "The file unpacks to more than 64 MiB")
    if any(e.flag_bits & 1 for e in entries):
        raise encrypted()


class _Package:
    """Parses parts by name, within bounds that hold for all of them together."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {n.lstrip("/"): n for n in package.namelist()}
        self._bytes, self._elements = 0, 0

    def word_parts(self) -> tuple[Element, Parts]:
        main = self._main_part()
        if main not in self._names:
            raise Unreadable(
                "unsupported",
                "这个压缩包里没有 Word 文档；请另存为 .docx。",
                "There is no Word document in this archive; save it as .docx.",
            )
        folder, file = posixpath.split(main)
        wanted: dict[str, str] = {}
        for kind, target in self._relations(f"{folder}/_rels/{file}.rels".lstrip("/")):
            name = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
            if kind in ("numbering", "styles", "footnotes", "endnotes") and name in self._names:
                wanted[kind] = name
        return self._parse(main), {kind: self._parse(name) for kind, name in wanted.items()}

    def _main_part(self) -> str:
        for kind, target in self._relations("_rels/.rels"):
            if kind == "officeDocument" and "word" in target.lower():
                return target.lstrip("/")
        return "word/document.xml"

    def _relations(self, rels: str) -> Iterator[tuple[str, str]]:
        if rels in self._names:
            for relation in self._parse(rels):
                if relation.get("TargetMode") != "External":
                    yield relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")

    def _parse(self, name: str) -> Element:
        careful = _Careful(MOST_ELEMENTS - self._elements)
        try:
            parser = ElementTree.XMLParser(target=careful)
            with self._package.open(self._names[name]) as part:  # in pieces, whatever its header says of its size
                while piece := part.read(PIECE):
                    self._bytes += len(piece)
                    if self._bytes > MOST_READ:
                        raise _too_large("解压后的正文超过 8 MiB", "The text unpacks to more than 8 MiB")
                    parser.feed(piece)
            root = parser.close()
        except (ElementTree.ParseError, LookupError):
            raise damaged() from None
        self._elements += careful.count
        assert isinstance(root, Element)
        return root


class _Careful(ElementTree.TreeBuilder):
    """Builds the tree with local names only (transitional and strict files read alike) and refuses a DOCTYPE."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._depth, self.count, self._most = 0, 0, most

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise damaged()
        self.count += 1 + len(attrs)
        if self.count > self._most:
            raise _too_large(
                f"XML 元素超过 {MOST_ELEMENTS:,} 个", f"There are more than {MOST_ELEMENTS:,} XML elements"
            )
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


def _too_large(zh: str, en: str) -> Unreadable:
    return Unreadable(
        "too_large",
        f"{zh}，不予读取；请只留正文，另存为 .docx。",
        f"{en}; it is not read. Save the text alone as .docx.",
    )


def damaged() -> Unreadable:
    """A file that is not as Word writes it."""
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
