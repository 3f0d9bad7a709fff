"""The evidence pack 证据包 of a dossier: what its party shows to anybody, in one file (formats §10.11).

manifest.json       whose pack it is, the documents with their salts, the digests of the files beside the book
log.vkey            the open book's key, to be compared with what the alliance published
disclosures.jsonl   what opens the dossier's entries
book/…              both books as they were published
documents/  heads/  receipts/  letters/   and guide.html, which like the letters is no evidence

Nothing in it is trusted: all of it is held against the book, and the book against its key.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Literal

import msgspec

from gongyue.book.entry import MAX_JSON_OBJECT, MAX_OBJECT, MAX_OPENINGS
from gongyue.covenant.parties import is_unit
from gongyue.transparency import canonical
from gongyue.transparency.notes import MAX_NOTE_SIZE
from gongyue.transparency.regular import PIECE

VERSION = "gongyue/pack@1"
MANIFEST, GUIDE, VKEY, DISCLOSURES, BOOK = "manifest.json", "guide.html", "log.vkey", "disclosures.jsonl", "book/"
HEADS, RECEIPTS, DOCUMENTS, LETTERS = "heads/", "receipts/", "documents/", "letters/"
SUFFIXES = {"pdf": ".pdf", "png": ".png", "jpeg": ".jpg", "tiff": ".tif", "text": ".txt"}
"""What a document's file ends in, by its kind; Word and Excel files keep the end of their own name."""
OFFICE = (".docx", ".xlsx")
MOST_FILES = 20_000
"""Files beside the book that a pack names at most."""
_FILE = re.compile(
    r"(?:guide\.html|log\.vkey|disclosures\.jsonl|(?:heads|receipts|documents|letters)/[0-9a-z][0-9a-z.-]{0,99})"
)
_COMMITMENT, _DOSSIER = re.compile(r"sha256:[0-9a-f]{64}"), re.compile(r"d:[0-9a-f]{64}")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
MOST_NAME = 200
_BOOK_FILE = re.compile(
    r"(?:sealed/)?(?:checkpoint|tile/(?:entries|\d{1,2})(?:/x\d{3})*/\d{3}(?:\.p/\d{1,3})?)|objects/sha256/[0-9a-f]{64}"
)
_UNSAFE = re.compile(r'(?:^|/)\.\.?(?:/|$)|^/|[\x00-\x1f\x7f\\:*?"<>|]|//')

State = Literal["here", "erased", "waiting", "absent"]
"""Of a document: in the pack; erased by law; waiting for its receipt to be signed; not at hand."""


class PackedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A document that entries name: its commitment; if it is here its file, its name (which nothing proves), its salt."""

    c: str
    state: State
    file: str = ""
    name: str = ""
    salt: str = ""


class PackedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file beside the book, and its digest."""

    digest: str
    path: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a pack says of itself."""

    documents: tuple[PackedDocument, ...]
    dossier: str
    files: tuple[PackedFile, ...]
    party: str
    v: str = VERSION

    @property
    def data(self) -> bytes:
        """Its canonical bytes."""
        return canonical.encode(msgspec.to_builtins(self))

    def under(self, folder: str) -> list[str]:
        """The files that it names in a folder, in their order."""
        return [one.path for one in self.files if one.path.startswith(folder)]


class BadPack(ValueError):
    """A manifest that is none, or names what no pack has."""


def parse_manifest(data: bytes) -> Manifest:
    """The manifest of those bytes; BadPack says why they are none."""
    try:
        value = canonical.decode(data)
        found = msgspec.convert(value, Manifest)
    except (canonical.NotCanonical, msgspec.ValidationError, RecursionError) as error:
        raise BadPack(str(error)) from None
    if found.v != VERSION:
        raise BadPack(found.v)
    paths = [one.path for one in found.files]
    if len(paths) > MOST_FILES or len(found.documents) > MOST_FILES:
        raise BadPack(f"> {MOST_FILES:,} files")
    if bad := next((path for path in paths if not _FILE.fullmatch(path)), ""):
        raise BadPack(f"path {bad[:80]!r}")
    if paths != sorted(set(paths)):
        raise BadPack("files are named twice, or out of order")
    named = {path for path in paths if path.startswith(DOCUMENTS)}
    here = [one for one in found.documents if one.state == "here"]
    if {one.file for one in here} != named or len(here) != len(named):
        raise BadPack("documents and files are not the same")
    if len({one.c for one in found.documents}) != len(found.documents):
        raise BadPack("a document twice")
    if not (_DOSSIER.fullmatch(found.dossier) and is_unit(found.party) and all(map(_is_document, found.documents))):
        raise BadPack("dossier, party, documents")
    return found


def _is_document(one: PackedDocument) -> bool:
    """Whether its fields have the form they have, and a name that can be printed anywhere."""
    here = one.state == "here"
    salt = re.fullmatch(r"[0-9a-f]{64}", one.salt) is not None
    name = 0 < len(one.name) <= MOST_NAME and _HIDDEN.search(one.name) is None
    return _COMMITMENT.fullmatch(one.c) is not None and (
        salt and name if here else not (one.file or one.name or one.salt)
    )


def is_packed(path: str) -> bool:
    """Whether a file of that path may be in a pack."""
    if path.startswith(BOOK):
        return _BOOK_FILE.fullmatch(path.removeprefix(BOOK)) is not None
    return path == MANIFEST or _FILE.fullmatch(path) is not None


def is_unsafe(path: str) -> bool:
    """Whether a name in an archive would leave the folder it is unpacked in, or is no name everywhere."""
    return _UNSAFE.search(path) is not None


def bound_of(path: str) -> int | None:
    """Bytes that a file beside the book has at most; None where it is none of a pack."""
    if path in (MANIFEST, GUIDE):
        return MAX_JSON_OBJECT
    if path == DISCLOSURES:
        return MAX_OPENINGS
    if path.startswith((DOCUMENTS, LETTERS)):
        return MAX_OBJECT
    return MAX_NOTE_SIZE if path == VKEY or path.startswith((HEADS, RECEIPTS)) else None


def file_name(n: int, number: int, type: str, name: str, kind: str) -> str:
    """What a document's file is called: by the place that named it first and what was done there, whatever name it was given."""
    own, act = Path(name).suffix.lower(), re.sub("[^0-9a-z]", "-", type.partition("/")[0])
    return (
        f"{DOCUMENTS}{n:03d}-{number}-{act}{own if own in OFFICE and kind == 'office' else SUFFIXES.get(kind, '.bin')}"
    )


class Held(msgspec.Struct, frozen=True):
    """A document in a file without a name: of many, from `start`, `size` bytes. Nothing of it stays where it is cut off."""

    file: IO[bytes]
    start: int
    size: int

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, PIECE at a time."""
        self.file.seek(self.start)
        for left in range(self.size, 0, -PIECE):
            yield self.file.read(min(left, PIECE))


def hold(file: IO[bytes], data: bytes) -> Held:
    """Keep a document at the end of the file."""
    start = file.seek(0, os.SEEK_END)
    file.write(data)
    return Held(file, start, len(data))


Member = bytes | Path | Held


def write(target: Path | IO[bytes], members: Mapping[str, Member]) -> None:
    """Write the pack: names sorted, dates fixed, so that the same content gives the same bytes.

    A path is written whole or not at all, and only its owner reads it.
    """
    if not isinstance(target, Path):
        _zip(target, members)
        return
    made = target.with_name(f".{target.name}.new")
    try:
        with open(made, "wb", opener=_only_ours) as file:
            _zip(file, members)
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)


def _only_ours(path: str, flags: int) -> int:
    """Open a file that nobody else may read, from its first byte on."""
    return os.open(path, flags, 0o600)


def _zip(file: IO[bytes], members: Mapping[str, Member]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(members):
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o600 << 16
            with zipped.open(info, "w") as copy:
                for piece in _pieces(members[name]):
                    copy.write(piece)


def _pieces(content: Member) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Held):
        yield from content.pieces()
    else:
        with content.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece


def digest_of(content: Member) -> str:
    """The digest of a file, in bounded memory."""
    digest = hashlib.sha256()
    for piece in _pieces(content):
        digest.update(piece)
    return "sha256:" + digest.hexdigest()
