"""From bytes to text: which encoding a file is in, or a clear refusal.

UTF-8 and a byte order mark prove themselves. GB18030 and Big5 accept each other's bytes, so of those
the decoding that reads like a covenant is taken, and none if none does.
"""

from __future__ import annotations

import codecs

from gongyue.covenant.parser.errors import Unreadable

LARGEST = 2 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97–2003 (.doc)"),
)
_COMMON = frozenset(
    "的不之以会會本员員章公约約第一二三四五六七八九十人大有为為或者及与與和应應条條理事在于於由经經"
    "国國行业業中法定自律成单單位同意通过過上对對可是得其他权權利义義务務遵守关關等制度规規定总總则則附"
)
_OLD = (("gb18030", "gb18030"), ("big5", "cp950"), ("big5", "big5hkscs"))
_UNMARKED = (("utf-16", "utf-16-le"), ("utf-16", "utf-16-be"))


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; line ends become "\\n", nothing else changes."""
    if len(data) > LARGEST:
        raise Unreadable("too_large", "文件过大，超过 2 MiB。", "The file is larger than 2 MiB.")
    refuse_known_formats(data)
    text, name = _decoded(data)
    if not text.strip(" \t\r\n\f\v\u3000\xa0\ufeff\u200b\0"):
        raise Unreadable("empty", "文件是空的。", "The file is empty.")
    _refuse_binary(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n"), name


def refuse_known_formats(data: bytes) -> None:
    """Refuse files of other programs by their first bytes."""
    for signature, name in _SIGNATURES:
        if data.lstrip(b"\xef\xbb\xbf").startswith(signature):
            raise Unreadable(
                "unsupported",
                f"这是 {name} 文件；请另存为 .docx、.txt 或 .md。",
                f"This is a {name} file; save it as .docx, .txt or .md.",
            )


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(data, error)
    if "\0" in text:
        return _best(data, _UNMARKED) or _binary()
    return text, "utf-8"


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _broken(codec, error.start) from None


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Bytes that are not UTF-8: an older Chinese encoding, a damaged UTF-8 file, or no text at all."""
    if b"\0" in data:
        return _best(data, _UNMARKED) or _binary()
    if _mostly_utf8(data):
        raise _broken("UTF-8", error.start)
    if found := _best(data, _OLD):
        return found
    if _looks_binary(data):
        _binary()
    for name, codec in _OLD:
        partial = data.decode(codec, "replace")
        if _likeness(partial) >= 0.2:
            raise _broken(name.upper(), _first_error(data, codec)) from None
    raise Unreadable(
        "encoding",
        "无法判断文件的字符编码；请另存为 UTF-8。",
        "The character encoding cannot be determined; save the file as UTF-8.",
        error.start,
    )


def _best(data: bytes, candidates: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """The decoding that reads most like a covenant, if one does and no other comes near it."""
    scored: list[tuple[float, str, str]] = []
    for name, codec in candidates:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        scored.append((_likeness(text), name, text))
    scored.sort(key=lambda s: -s[0])
    if not scored or scored[0][0] < 0.12:
        return None
    rivals = [s for s in scored if s[1] != scored[0][1]]
    if rivals and rivals[0][0] > scored[0][0] / 2:
        return None
    return scored[0][2], scored[0][1]


def _likeness(text: str) -> float:
    """The share of everyday covenant characters among those beyond ASCII."""
    wide = [c for c in text if c > "\x7f"]
    letters = [c for c in wide if not "\u3000" <= c <= "\u303f" and not "\uff00" <= c <= "\uffef"]
    return sum(c in _COMMON for c in letters) / len(letters) if letters else 0.0


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all of it is valid UTF-8 beyond ASCII: then it is UTF-8 that was cut or damaged."""
    text = data.decode("utf-8", "replace")
    good = sum(c > "\x7f" and c != "\ufffd" for c in text)
    return good > 0 and text.count("\ufffd") * 8 <= good and _likeness(text) >= 0.12


def _first_error(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _looks_binary(data: bytes) -> bool:
    head = data[:65_536]
    return sum(b < 32 and b not in b"\t\n\r\f\v\x1b" for b in head) * 50 > len(head)


def _refuse_binary(text: str) -> None:
    odd = sum(c < " " and c not in "\t\n\r\f\v" or c == "\x7f" for c in text)
    if "\0" in text or odd * 50 > len(text):
        _binary()


def _binary() -> tuple[str, str]:
    raise Unreadable(
        "binary",
        "这不是文本文件；可读 .txt、.md、.docx。",
        "This is not a text file; .txt, .md and .docx can be read.",
    )


def _broken(name: str, where: int) -> Unreadable:
    return Unreadable(
        "encoding",
        f"文件不是完整的 {name} 文本：第 {where} 字节处有误，可能被截断。",
        f"The file is not sound {name} text: it breaks at byte {where}; it may have been cut off.",
        where,
    )
