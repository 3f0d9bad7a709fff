"""Mails and mailboxes (RFC 5322, MIME, mbox): their text decoded into one text, their attachments given as the members of an archive.

They are read line by line, so that memory stays bounded whatever a mail says of itself; what is decoded is kept in passing files.
A mail attached to a mail is a member too, and counts as an archive within an archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import Message
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from gongyue.conduct.scanning.archives import MEMBERS, Bomb, again
from gongyue.conduct.scanning.formats import read_format, unread_format
from gongyue.conduct.scanning.masking import shown_name, shown_path
from gongyue.conduct.scanning.sources import InputFile, Log
from gongyue.conduct.scanning.text_encodings import SAMPLE, Recoded, encoding_of
from gongyue.conduct.scanning.transfer import CODINGS, Decoder, coded, in_words, readings

ENDINGS = frozenset({"eml", "emlx", "mbox"})
HEADER = 1 << 20
"""Bytes of the header of a mail or of a part of one."""
FIELD = 1 << 13
"""Bytes of a field whose parameters are read: a boundary, the name of a file."""
LINE = 1 << 20
"""Bytes of a line held at a time."""
NESTED = 50
"""Parts of several parts within such parts."""
_HELD = 1 << 20
"""Bytes of a part that are held in memory; more go into a file."""
_PIECE = 1 << 16
_FIELDS = rb"(?:[!-9;-~]{1,80}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)"
_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:From [^\r\n]*\r?\n)?"
    + _FIELDS
    + rb"{0,200}?(?i:mime-version|content-transfer-encoding)[ \t]*:"
)
_ENVELOPE = re.compile(
    rb"From \S+.*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +\d{1,2} +\d\d:\d\d(?::\d\d)?\b.* \d{4}\b"
)
"""What stands before each mail of a mailbox (RFC 4155)."""
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)")


def is_mail(head: bytes, ending: str) -> bool:
    """Whether a file that begins so is a mail or a mailbox: by its header, or a text by its name."""
    if _MAIL.match(head[: 1 << 16]) or (_ENVELOPE.match(head) and _FIELD.match(head, head.find(b"\n") + 1)):
        return True
    return ending in ENDINGS and encoding_of(head) in {"utf-8", "utf-8-sig", "gb18030", "big5", "big5hkscs"}


def parts(given: InputFile, log: Log, text: BinaryIO) -> Iterator[InputFile]:
    """The attachments of a mail, or of all mails of a mailbox; headers and texts are written to `text`, in UTF-8."""
    reader = _Reader(given, log, text)
    with given.open() as stream:
        while line := stream.readline(LINE):
            if reader.ends(line):
                yield from reader.end()
            reader.take(line)
        yield from reader.end()


class _Open(NamedTuple):
    """A part of several parts that is open: its boundary, and what its parts are where they do not say it."""

    boundary: bytes
    default: str


class _Part:
    """A part whose body is being read: what its header says of it, and its bytes, decoded."""

    def __init__(self, fields: Message, coding: str) -> None:
        self.kind = fields.get_content_type()
        self.charset = _asked(fields.get_content_charset)
        self.name = in_words(_asked(fields.get_filename))
        attached = fields.get_content_disposition() == "attachment"
        self.is_text = self.kind.startswith("text/") and not attached and not self.name
        self.body = cast(BinaryIO, SpooledTemporaryFile(_HELD))  # noqa: SIM115 (closed where the part ends)
        self._decoder, self._left = Decoder(coding), bytearray()

    def take(self, line: bytes) -> bytes:
        """Decode one more line; what of it is text all the same."""
        decoded, plain = self._decoder.line(line)
        self._left += decoded
        if len(self._left) > _PIECE:
            self.body.write(self._left)
            self._left.clear()
        return plain

    def end(self) -> int:
        """Decode what was held back; how many bytes there are in all."""
        self.body.write(self._left + self._decoder.end())
        size = self.body.tell()
        self.body.seek(0)
        return size


def _asked(ask: Callable[[], str | None]) -> str:
    """What the header of a part says, "" where it says nothing that can be read."""
    try:
        return ask() or ""
    except (ValueError, LookupError, TypeError):
        return ""


class _Reader:
    """Goes through a mail line by line. `_inside` are the parts of several parts that are open, outermost first."""

    def __init__(self, given: InputFile, log: Log, text: BinaryIO) -> None:
        self._given, self._log, self._text = given, log, text
        self._inside: list[_Open] = []
        self._met = True  # whether the boundary of the innermost one was met
        self._header: list[bytes] | None = []  # lines of the header that is being read
        self._size = self._count = 0
        self._part: _Part | None = None
        self._first, self._begun, self._blank = True, True, True
        self._level = 0  # which of the open boundaries the line is, from 1
        self._apart = False  # whether the line stands before a mail of a mailbox
        self._tail, self._coded = b"\n", set[str]()  # the end of the text so far, the codes that were named

    def ends(self, line: bytes) -> bool:
        """Whether a line, which is to be taken next, ends what was read until then."""
        begun = self._begun
        self._level = self._boundary(line) if begun and line.startswith(b"--") else 0
        self._apart = begun and self._blank and line.startswith(b"From ") and _ENVELOPE.match(line) is not None
        self._met = self._met or self._level == len(self._inside) > 0
        return self._level > 0 or self._apart

    def take(self, line: bytes) -> None:
        """Read one more line, or a piece of a long one."""
        begun, self._begun, self._blank = self._begun, line.endswith(b"\n"), not line.strip()
        if self._level:
            closing = line[2:].rstrip() != self._inside[self._level - 1].boundary
            del self._inside[self._level - closing :]
            self._header, self._size = None if closing else [], 0
        elif self._apart:
            self._inside, self._header, self._size = [], [], 0
            self._write(line)
        elif self._header is not None:
            self._head(line, begun)
        else:
            self._body(line)

    def end(self) -> Iterator[InputFile]:
        """The end of a mail, or of a part: what is attached is given."""
        if self._header is not None:
            self._opened()
        if not self._met:
            self._unparted()
            self._met = True
        part, self._part = self._part, None
        if part is None:
            return
        size = part.end()
        with part.body:
            if not size or (part.is_text and self._as_text(part)):
                return
            self._count += 1
            if self._count > MEMBERS:
                path = self._given.path
                raise Bomb(f"{path}：邮件的附件过多", f"{path}: too many attachments of mails")
            name = part.name or f"part{self._count}" + (".eml" if part.kind == "message/rfc822" else "")
            yield InputFile(f"{self._given.path}!{shown_path(name)}", name, partial(again, part.body), size)

    def _boundary(self, line: bytes) -> int:
        """Which of the open boundaries a line is, from 1; 0 for none. One that closes its part is told by -- at its end."""
        said = line[2:].rstrip()
        for level in range(len(self._inside), 0, -1):
            boundary = self._inside[level - 1].boundary
            if said in (boundary, boundary + b"--"):
                return level
        return 0

    def _head(self, line: bytes, begun: bool) -> None:
        """A line of a header; what cannot stand in one begins the body."""
        assert self._header is not None
        if self._first:
            line = line.removeprefix(b"\xef\xbb\xbf")
            self._first = False
            if line.strip().isdigit():  # as .emlx begins
                return
        self._size += len(line)
        if self._size > HEADER:
            said = ("邮件头过长，其余按原文扫描", "too long a header of a mail; the rest is scanned as it stands")
            self._log.lost(self._given.path, *said)
        elif not begun or line[:1] in b" \t" or _FIELD.match(line):
            self._header.append(line)
            return
        self._opened()
        if line.strip():
            self._body(line)

    def _opened(self) -> None:
        """The end of a header: what follows is a part to be decoded, or stands before the first part."""
        lines, self._header, self._size = self._header or [], None, 0
        fields = self._fields(b"".join(lines))
        coding = str(fields.get("Content-Transfer-Encoding", "")).strip().lower() or "7bit"
        if fields.get_content_maintype() == "multipart":
            self._several(fields, coding)
            return
        if coding not in CODINGS:
            said = (f"有一部分以 {shown_name(coding[:40])} 编码，解不开，按原文扫描",
                    f"a part in the encoding {shown_name(coding[:40])} cannot be decoded; scanned as it stands")  # fmt: skip
            self._log.lost(self._given.path, *said)
        self._part = _Part(fields, coding)

    def _several(self, fields: Message, coding: str) -> None:
        """What follows stands before the first of several parts; without a boundary, in an encoding, or too deep it is text."""
        boundary, deep = _asked(fields.get_boundary), len(self._inside) >= NESTED
        if boundary and not deep and coding not in {"base64", "quoted-printable"}:
            default = "message/rfc822" if fields.get_content_subtype() == "digest" else "text/plain"
            self._inside.append(_Open(boundary.encode("utf-8", "replace"), default))
            self._met = False
        else:
            self._unparted()

    def _unparted(self) -> None:
        """Say that parts could not be told apart."""
        said = ("邮件的几个部分分不开（没有分界，或套得太深），按原文扫描",
                "the parts of a mail cannot be told apart (no boundary, or nested too deep); scanned as it stands")  # fmt: skip
        self._log.lost(self._given.path, *said)

    def _fields(self, header: bytes) -> Message:
        """The fields that say what a part is; all of them are written down as they read."""
        found, twice = Message(), set[str]()
        found.set_default_type(self._inside[-1].default if self._inside else "text/plain")
        for field in _FIELD.finditer(header.replace(b"\r\n", b"\n")):
            name, value = field[1].decode(), field[2].strip()
            said = value.decode("ascii" if value.isascii() else encoding_of(value) or "latin-1", "replace")
            self._write(f"{name}: {in_words(said)}\n".encode("utf-8", "replace"))
            if name.lower() not in _SAYS:
                continue
            if name in found:
                twice.add(name.lower())
            elif len(value) > FIELD:
                why = (f"邮件的 {name} 过长，没有读", f"too long a {name} of a mail; it was not read")
                self._log.lost(self._given.path, *why)
            else:
                found[name] = said.replace("\n", " ")
        self._write(b"\n")
        for name in sorted(twice):  # each reader of mail heeds another of them: none is believed
            del found[name]
            why = (
                f"邮件头里 {name} 写了两次，都不作数，按原文扫描",
                f"{name} stands twice in a header; none is heeded, scanned as it stands",
            )
            self._log.lost(self._given.path, *why)
        return found

    def _body(self, line: bytes) -> None:
        if self._part is None:  # before the first part, or after the last
            self._write(line)
            return
        if plain := self._part.take(line):
            self._write(plain)

    def _as_text(self, part: _Part) -> bool:
        """Write the text of a part; False where it is none: what its bytes show counts for more than what it says of itself."""
        head = part.body.read(SAMPLE)
        encodings, fits = readings(part.charset, head)
        if not encodings or read_format(head) or unread_format(head, "") or is_mail(head, ""):
            return False
        if not fits:
            said = (f"有一部分自称字符集 {shown_name(part.charset[:40])}，与内容不符，按 {encodings[-1]} 读",
                    f"a part says that its charset is {shown_name(part.charset[:40])}, which its content is not; read as {encodings[-1]}")  # fmt: skip
            self._log.told(self._given.path, *said)
        for encoding in encodings:
            part.body.seek(0)
            recoded = Recoded(part.body, encoding)
            while block := recoded.read(1 << 18):
                self._put(block)
            self._put(b"\n")
            if len(encodings) == 1:
                recoded.told(self._given.path, self._log)
        return True

    def _write(self, line: bytes) -> None:
        """A line as it stands."""
        if not line.isascii():
            line = line.decode(encoding_of(line) or "utf-8", "replace").encode("utf-8", "replace")
        self._put(line)

    def _put(self, text: bytes) -> None:
        """More of the text; what is written in it in a code that nobody here decodes is named, once for all mails of a file."""
        piece = self._tail + text
        self._tail = piece[-100:]
        for called in coded(piece) - self._coded:
            self._coded.add(called)
            self._log.unknown(self._given.path, called)
        self._text.write(text)


_SAYS = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
