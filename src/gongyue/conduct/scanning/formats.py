"""Formats that no scan reads, told by what a file begins with, whatever it is called: they are named, and never taken for text.

A sign of a format is as long as it takes to be no text: a text may begin with BM, GIF89a or %PDF.
"""

from __future__ import annotations

import re

from gongyue.conduct.scanning.compound import MAGIC

UNKNOWN = "?"
"""The name of a format that is none of these and no text."""
_OFFICE = {"docx": "DOCX", "pptx": "PPTX"}
_ISO_MEDIA = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIF", b"avif": "AVIF", b"M4A ": "M4A", b"qt  ": "QuickTime"}
_SIGNS: tuple[tuple[str, bytes], ...] = (
    # documents; a PDF's version ends its line, and what stands before it is followed by an object or by bytes that are no text
    ("PDF", rb"(?:\xef\xbb\xbf|\s{0,64})%PDF-\d\.\d[ \t]*[\r\n]"),
    ("PDF", rb".{1,1000}?[\r\n]%PDF-\d\.\d[^\r\n]{0,20}[\r\n]+(?:%[^\r\n]{0,80}[\r\n]+)*(?:\d+ \d+ obj|%[^\r\n]*[\x80-\xff]{4})"),
    ("RTF", rb"(?:\xef\xbb\xbf)?\s{0,64}\{\\rtf[\d\\{}]"),
    ("PostScript", rb"\x04?%!PS(?:-Adobe-\d\.\d[^\r\n]{0,40})?[ \t]*[\r\n]|\xc5\xd0\xd3\xc6..\0\0"),
    ("PJL", rb"\x1b%-12345X"),
    ("DjVu", rb"AT&TFORM.{4}DJV[UMI]"),
    ("CHM", rb"ITSF[\x03\x04]\0\0\0"),
    ("OneNote", rb"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d"),
    ("TNEF", rb"\x78\x9f\x3e\x22"),
    ("PGP", rb"-----BEGIN PGP MESSAGE-----[ \t]*[\r\n]"),
    ("age", rb"age-encryption\.org/v1\n|-----BEGIN AGE ENCRYPTED FILE-----[ \t]*[\r\n]"),
    ("Git LFS", rb"version https://git-lfs\.github\.com/spec/v1\n"),  # a pointer: the content is elsewhere
    # pictures
    ("PNG", rb"\x89PNG\r\n\x1a\n"),
    ("JPEG", rb"\xff\xd8\xff"),
    ("JPEG 2000", rb"\0\0\0\x0cjP  \r\n\x87\n"),
    ("GIF", rb"GIF8[79]a(?=.{0,6}[\0-\x08\x0e-\x1f])"),
    ("TIFF", rb"II[*+]\0|MM\0[*+]"),
    ("BMP", rb"BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
    ("WebP", rb"RIFF.{4}WEBP"),
    ("ICO", rb"\0\0[\x01\x02]\0[^\0]"),
    ("Photoshop", rb"8BPS\0[\x01\x02]"),
    ("DICOM", rb"\0{128}DICM"),
    # sound and moving pictures
    ("WAV", rb"RIFF.{4}WAVE"),
    ("AVI", rb"RIFF.{4}AVI "),
    ("MP3", rb"ID3[\x02-\x04]\0|\xff[\xf1-\xf3\xf9-\xfb]"),
    ("Ogg", rb"OggS\0"),
    ("FLAC", rb"fLaC\0"),
    ("AMR", rb"#!AMR(?:-WB)?\n"),
    ("MIDI", rb"MThd\0\0\0\x06"),
    ("Matroska", rb"\x1a\x45\xdf\xa3"),
    ("FLV", rb"FLV\x01"),
    ("Windows Media", rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ("MPEG", rb"\0\0\x01[\xb3\xba]"),
    # programs and fonts
    ("ELF", rb"\x7fELF"),
    ("Mach-O", rb"[\xce\xcf]\xfa\xed\xfe.\0\0[\0\x01]|\xfe\xed\xfa[\xce\xcf][\0\x01]\0\0"),
    ("Java class", rb"\xca\xfe\xba\xbe\0"),  # fat Mach-O too
    ("WebAssembly", rb"\0asm"),
    ("font", rb"wOF[F2](?:\0\x01\0\0|OTTO|true|ttcf)|\0\x01\0\0\0.\0.\0.\0|OTTO\0|ttcf\0"),
    # archives that are not opened
    ("RAR", rb"Rar!\x1a\x07"),
    ("7z", rb"7z\xbc\xaf\x27\x1c"),
    ("Zstandard", rb"\x28\xb5\x2f\xfd"),
    ("LZ4", rb"\x04\x22\x4d\x18"),
    ("lzip", rb"LZIP\x01"),
    ("compress", rb"\x1f\x9d"),
    ("CAB", rb"MSCF\0{4}"),
    ("ar", rb"!<arch>\n"),
    ("RPM", rb"\xed\xab\xee\xdb[\x03\x04]"),
    ("cpio", rb"07070[12][0-9A-Fa-f]{104}"),
    ("Git pack", rb"PACK\0\0\0[\x02\x03]"),
    # data
    ("SQLite", rb"SQLite format 3\0"),  # one whose path is not at hand: piped in, inside an archive
    ("DuckDB", rb".{8}DUCK.\0{7}"),
    ("Access", rb"\0\x01\0\0Standard (?:Jet|ACE) DB"),
    ("Outlook PST", rb"!BDN.{4}SM"),
    ("PostgreSQL dump", rb"PGDMP[\0-\x08]"),
    ("Redis dump", rb"REDIS\d{4}[\xf0-\xff]"),
    ("HDF5", rb"\x89HDF\r\n\x1a\n"),
    ("NumPy", rb"\x93NUMPY"),
    ("ORC", rb"ORC[\0-\x08\x0e-\x1f]"),
    ("Avro", rb"Obj\x01"),
    ("Feather 1", rb"FEA1"),
    ("SequenceFile", rb"SEQ[\x04-\x06]"),
    ("SAS", rb"\0{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf"),
    ("SPSS", rb"\$FL[23]@\(#\)"),
    ("Stata", rb"<stata_dta><header><release>"),
)  # fmt: skip
_READ = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"PAR1", b"ARROW1", MAGIC)
_KNOWN = tuple((name, re.compile(sign, re.DOTALL)) for name, sign in _SIGNS)


def unread_format(head: bytes, ending: str) -> str:
    """The name of the format that a file begins in, where it is one that no scan reads; "" for all others."""
    if head[257:262] == b"ustar":  # a tar begins with a name, which may be anything
        return ""
    if head[:4] == b"PK\x03\x04":
        return _OFFICE.get(ending, "")
    if head[4:8] == b"ftyp" and head[:2] == b"\0\0":
        return _ISO_MEDIA.get(head[8:12], "MP4")
    if head[:2] == b"MZ" and _is_program(head):
        return "Windows PE"
    return next((name for name, sign in _KNOWN if sign.match(head)), "")


def read_format(head: bytes) -> bool:
    """Whether a file begins as an archive, a workbook or a table does that a scan reads: it is no text, whatever is said of it."""
    return head.startswith(_READ) or head[257:262] == b"ustar"


def _is_program(head: bytes) -> bool:
    """Whether the header of DOS points to one of Windows."""
    at = int.from_bytes(head[60:64], "little")
    return head[at : at + 4] == b"PE\0\0"
