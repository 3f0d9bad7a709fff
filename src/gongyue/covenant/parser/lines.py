"""Lines as the structure reader takes them: numbered, without markup, page numbers or a table of contents."""

from __future__ import annotations

import re

import msgspec

from gongyue.covenant.numerals import BLANKS as BLANKS  # noqa: PLC0414 - part of what a line is
from gongyue.covenant.parser.errors import too_many
from gongyue.covenant.text import MOST_CHARACTERS

B = f"[{BLANKS}]"
RESIDUE = re.compile(
    r"\[bookmark:[^\]\n]{0,200}\]|\{\s{0,9}(?:TOC|PAGEREF|REF|HYPERLINK)\b[^}\n]{0,500}\}", re.IGNORECASE
)
"""What a converter left of Word's fields: no character of the covenant."""

Note = tuple[str, str]
"""Words and why, for an oddity found on a line."""


class Line(msgspec.Struct, frozen=True):
    """One line or Word paragraph. `heading` is set where markup or style says so, `bullet` where a list marker stood before it.

    `row`: a row of a table, whose tabs stand between its cells and not in the file.
    `level` is how deep Markdown says a heading is, from 1; 0 where it does not say. `indent`: the blanks before a list marker.
    `piece`: which piece of a line that a person parted, from 1; 0 of any other line.
    """

    number: int
    text: str
    heading: bool = False
    notes: tuple[Note, ...] = ()
    contents: bool = False
    bullet: bool = False
    level: int = 0
    indent: int = 0
    row: bool = False
    piece: int = 0

    @property
    def key(self) -> tuple[int, int]:
        """Which line of the file it is, and which piece of it."""
        return self.number, self.piece

    @property
    def bare(self) -> str:
        """The text without the blanks around it."""
        return self.text.strip(BLANKS)

    def with_text(self, text: str, *notes: Note) -> Line:
        """The same line with other text and further notes."""
        return msgspec.structs.replace(self, text=text, notes=self.notes + notes)


TERMINAL = "。；！？!?;”’」』）)…．."
_PAGE = re.compile(
    rf"(?:[-—–－~·]{B}*[0-9０-９]{{1,4}}{B}*[-—–－~·]"
    rf"|第{B}*[0-9０-９一二三四五六七八九十]{{1,4}}{B}*[页頁](?:{B}*[,，/／|]?{B}*共{B}*[0-9０-９一二三四五六七八九十]{{1,4}}{B}*[页頁])?"
    rf"|共{B}*\d{{1,4}}{B}*[页頁]{B}*[,，/]?{B}*第{B}*\d{{1,4}}{B}*[页頁]"
    r"|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[0-9０-９]{1,4}(?:\s*[/／]\s*\d{1,4})?|[ivx]{1,5})"
)
_PAGE_WHY = "页码，不属于条文 / page number, not part of an article"
_HEADER_WHY = "页眉或页脚，不属于条文 / running header or footer, not part of an article"


MOST_LINES = 10_000


def refuse_excess(lines: int, characters: int) -> None:
    """Unreadable beyond so many lines or characters: a long charter has a thousand lines and 50,000 characters."""
    if lines > MOST_LINES:
        raise too_many("的行数", "lines", MOST_LINES)
    if characters > MOST_CHARACTERS:
        raise too_many("的字数", "characters", MOST_CHARACTERS)


def of_text(text: str, markdown: bool) -> list[Line]:
    """The lines of a text file, numbered as an editor numbers them."""
    refuse_excess(text.count("\n") + 1, len(text))
    if markdown:
        return _without_markup(text.split("\n"))
    lines = [Line(i, t) for i, t in enumerate(text.split("\n"), 1)]
    return _joined_labels(_without_pages(lines))


_LABEL_ALONE = re.compile(
    r"(?:[0-9]{1,3}[.、．]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)


def _joined_labels(lines: list[Line]) -> list[Line]:
    """A mark that a page put on a line of its own goes to the words below it."""
    out: list[Line] = []
    mark: Line | None = None
    for line in lines:
        if mark and line.bare:
            labelled = _LABEL_ALONE.fullmatch(line.bare) or line.heading or line.bullet
            out[-1:] = [mark, line] if labelled else [mark.with_text(mark.bare + " " + line.bare, *line.notes)]
            mark = None
        elif mark is None:
            out.append(line)
        if mark is None and line is out[-1] and _LABEL_ALONE.fullmatch(line.bare) and not line.heading:
            mark = line
    return out


def _without_pages(lines: list[Line]) -> list[Line]:
    """Blank out page numbers and the headers next to them; they stay reported."""
    breaks = {i for i, line in enumerate(lines) if _PAGE.fullmatch(line.bare) or "\f" in line.text}
    headers = _running_headers(lines, breaks)
    out = []
    first = next((line.number for line in lines if line.bare), 0)
    for line in lines:
        if _PAGE.fullmatch(line.bare):
            line = line.with_text("", (line.bare, _PAGE_WHY))
        elif line.bare in headers and line.number != first:  # the first is the title itself
            line = line.with_text("", (line.bare, _HEADER_WHY))
        out.append(line)
    return out


def _running_headers(lines: list[Line], breaks: set[int]) -> dict[str, int]:
    """Short lines that repeat beside page breaks."""
    beside: dict[str, int] = {}
    for i in breaks:
        for step in (-1, 0, 1):
            j = i + step
            while step and 0 <= j < len(lines) and not lines[j].bare:
                j += step
            if 0 <= j < len(lines) and (text := lines[j].bare) and not _PAGE.fullmatch(text):
                beside[text] = beside.get(text, 0) + 1
    return {t: n for t, n in beside.items() if n >= 2 and len(t) <= 40 and t[-1] not in TERMINAL[:5] and t[0] != "第"}


_DRAWN = re.compile(r"^\s{0,3}(?:```|~~~)\s*(?:mermaid|plantuml|dot|graphviz|flow|sequence)\b", re.IGNORECASE)
_DRAWN_WHY = "图的代码，不属于正文 / the code of a drawing, not part of the text"
_BOXES = re.compile("[\u2500-\u257f]")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_PROSE = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md", "none"})
CODE_WHY = "代码，不属于正文：请核对 / code, not part of the text: look at it"
FENCED_WHY = "代码块里的字，读作正文：请核对 / the words of a block of code are read as text: look at it"
_FOOTNOTE = re.compile(r"\s{0,3}\[\^([^\]\s]{1,40})\]:\s*(.*)")
_FOOTNOTE_SIGN = re.compile(r"\[\^([^\]\s]{1,40})\]")
FOOTNOTE_WHY = "脚注或尾注，不属于条文 / a footnote or endnote, not part of an article"
_LINK_TARGET = re.compile(r"\s{0,3}\[[^\]^]{1,100}\]:\s+<?[a-z]{2,10}:\S+.{0,200}")
"""[openwebf]: https://… says where a link leads and is never shown."""
_ANCHOR = re.compile(r"\s*(?:[-*+]|[0-9]{1,2}[.)])?\s*\[([^\]]{1,200})\]\(#[^)]{0,300}\)\s*")
_ANCHOR_WHY = "目录，不属于正文 / table of contents, not part of the text"
_LINK = re.compile(r"!?\[([^\]]{0,300})\]\([^)]{0,300}\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|(?<![*\w])\*(?=\S)|(?<!\w)_(?=\S))(.{1,2000}?)\1")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|p|div|center|span|a|font|h[1-6]|details|summary|small|sup|table|thead|tbody|tr|t[dh]|[uo]l|li)\b[^>]{0,300}>",
    re.IGNORECASE,
)
_ENTITY = {
    "&nbsp;": " ",
    "&emsp;": "\u2003",
    "&ensp;": "\u2002",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&#12288;": "\u3000",
}
_CELL_ENDS = re.compile(r"</t[dh]>\s*(?=<t[dh])", re.IGNORECASE)
_COUNTS = re.compile("[0-9０-９%]|[一二三四五六七八九十百半]")
_ROW_WHY = "表格的一行，各格连成一句来读：请核对其中的数 / a row of a table, its cells read as one sentence: look at its numbers"
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)")


def _without_markup(raw: list[str]) -> list[Line]:
    out: list[Line] = []
    end = _front_matter_end(raw)
    comment = False
    drawn = fenced = ""
    for i, text in enumerate(raw, 1):
        if i <= end:
            text = ""
        text, comment = _without_comments(text, comment)
        fence = _FENCE.match(text)
        if drawn or (fence and _DRAWN.match(text)):
            drawn = "" if fence and drawn else drawn or fence[1]  # type: ignore[index]
            bare = text.strip()
            out.append(Line(i, "", notes=() if fence or not bare else ((bare, _DRAWN_WHY),)))
            continue
        if fence:
            fenced = "" if fenced else text.strip().lstrip("`~").strip().lower() or "text"
        elif fenced and text.strip() and fenced.split()[0] not in _PROSE:
            out.append(Line(i, "", notes=((text.strip(), CODE_WHY),)))
            continue
        if re.fullmatch(r"\s{0,3}=+\s*", text) and out and out[-1].bare:
            out[-1] = msgspec.structs.replace(out[-1], heading=True)
        if re.fullmatch(r"\s{0,3}-{2,}\s*", text) and out and _names_what_is_below(out[-1]):
            out[-1] = msgspec.structs.replace(out[-1], heading=True, level=2)
        text = "" if _RULE.fullmatch(text.rstrip()) or _FENCE.match(text) else text
        pieces = re.split(r"<br\s*/?>", text, flags=re.IGNORECASE)
        cleaned = [_clean(i, piece) for piece in pieces]
        out.extend(x.with_text(x.text, (x.bare, FENCED_WHY)) if fenced and x.bare else x for x in cleaned)
    return _with_footnotes(raw, _joined_labels(_blocks_together(out)))


def _blocks_together(lines: list[Line]) -> list[Line]:
    """The lines of a block of code noted as one, where it begins."""
    blocks: dict[int, list[str]] = {}
    first = -1
    for i, line in enumerate(lines):
        first = -1 if not any(why == CODE_WHY for _, why in line.notes) else i if first < 0 else first
        if first >= 0:
            blocks.setdefault(first, []).append(line.notes[0][0])
    kept = {i for i, own in blocks.items() for i in range(i, i + len(own))}
    return [
        Line(line.number, "", notes=(("\n".join(blocks[i]), CODE_WHY),) if i in blocks else ()) if i in kept else line
        for i, line in enumerate(lines)
    ]


def _with_footnotes(raw: list[str], lines: list[Line]) -> list[Line]:
    """Each footnote reported where its first sign stands; one without a sign where it is written."""
    unsaid = {m[1]: m[2] for text in raw if (m := _FOOTNOTE.fullmatch(text)) and m[2]}
    out = []
    for line in lines if unsaid else []:
        text = raw[line.number - 1]
        signs = [] if _FOOTNOTE.fullmatch(text) else _FOOTNOTE_SIGN.findall(text)
        out.append(line.with_text(line.text, *((unsaid.pop(s), FOOTNOTE_WHY) for s in signs if s in unsaid)))
    rest = {raw.index(text) + 1: m[2] for text in raw if (m := _FOOTNOTE.fullmatch(text)) and m[1] in unsaid}
    return [x.with_text(x.text, (rest[x.number], FOOTNOTE_WHY)) if x.number in rest else x for x in out] or lines


def _names_what_is_below(line: Line) -> bool:
    """Whether a line with dashes right below it is a heading: short, without a stop, in no list and no table."""
    return (
        bool(line.bare) and not (line.bullet or line.heading or "\t" in line.text) and line.bare[-1] not in TERMINAL[:5]
    )


def _front_matter_end(raw: list[str]) -> int:
    if raw and raw[0].strip("\ufeff ") == "---":
        for i, text in enumerate(raw[1:60], 2):
            if text.strip() in ("---", "..."):
                return i
    return 0


def _without_comments(text: str, inside: bool) -> tuple[str, bool]:
    kept = ""
    while text:
        head, mark, text = text.partition("-->" if inside else "<!--")
        kept += "" if inside else head
        if not mark:
            break
        inside = not inside
    return kept, inside


def _clean(number: int, text: str) -> Line:
    """One line of Markdown without its markup; the covenant's own characters stay."""
    if _FOOTNOTE.fullmatch(text):
        return Line(number, "")
    if _BOXES.search(text):
        return Line(number, "", notes=((text.strip(), _DRAWN_WHY),))
    if entry := _ANCHOR.fullmatch(text):
        return Line(number, "", notes=((entry[1], _ANCHOR_WHY),))
    text = "" if _LINK_TARGET.fullmatch(text) else _FOOTNOTE_SIGN.sub("", text)
    text = re.sub(r"^\s{0,3}(?:>\s?)+", "", text)
    found = re.match(
        r"^\s{0,3}(#{1,6})(?:\s+|(?=第)|(?=[\u3400-\u9fffA-Za-z][^#]*$))(.*?)(?:\s+#+)?\s*(?:\{#[^}]*\})?\s*$", text
    )
    marker = None if found else re.match(r"(\s*)[-*+]\s+", text)
    counted = None if found or marker else re.match(r"(\s*)[0-9]{1,3}[.)]\s", text)
    text = found[2] if found else re.sub(r"^\s*[-*+]\s+", "", text)
    for entity, character in _ENTITY.items():
        text = text.replace(entity, character)
    text, celled = _CELL_ENDS.subn("\t", text)
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    while (plain := _EMPHASIS.sub(r"\2", text)) != text:
        text = plain
    notes: tuple[Note, ...] = ()
    drawn = text.lstrip().startswith("|") and text.rstrip().endswith("|")
    if drawn or celled:
        cells = [c.strip() for c in (text.strip().strip("|").split("|") if drawn else text.strip("\t").split("\t"))]
        text = "" if re.fullmatch(r"[|\s:-]+", text) else "\t".join(cells)
        if _COUNTS.search("".join(cells[1:])):
            notes = ((" | ".join(cells), _ROW_WHY),)
    return Line(
        number,
        re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>~])", r"\1", text),
        bool(found),
        notes,
        bullet=bool(marker),
        level=len(found[1]) if found else 0,
        row=bool(drawn or celled),
        indent=len((marker or counted)[1].expandtabs(4)) if marker or counted else 0,  # type: ignore[index]
    )
