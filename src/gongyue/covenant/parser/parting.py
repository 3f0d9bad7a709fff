"""Words within a line that a person says are a heading, the title, or the beginning of a part: the line is read as if it ended there.

No character changes: only where the lines part. Blanks tell nothing, and signs of markup before a heading (##, **) go with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from gongyue.covenant.parser import headings, items
from gongyue.covenant.parser.lines import BLANKS, B, Line

WITHIN = ("title", "heading", "part")
"""What words within a line may be said to be: the title, a heading, the beginning of a part."""
LONGEST = 60
"""Characters of such words."""
MOST = 16
"""Pieces that may be said of one line: nobody joined more on one, and each is looked for in it."""
PIECE = re.compile(rf"({'|'.join(WITHIN)}):([^\n]{{1,{LONGEST}}})")
"""heading:第三章 会员; several of one line stand one below the other."""
ON = "on"
"""What a line is said to be that is the rest of the one above: both are read as one line, as before somebody broke it."""
Key = tuple[int, int]
"""A line of the file, and which piece of it, from 1; 0: a line that nobody parted."""
_STOPS = "。！？；：”」』）)】!?;:…"
_SIGNS = rf"(?:#{{1,6}}|\*{{1,3}}|_{{1,2}}){B}*"
_RULES = re.compile("[总總附罚罰]则|[总總附罚罰]則")


def said_within(role: str) -> tuple[tuple[str, str], ...]:
    """What is said of words within a line: the role and the words of each; nothing where the line is spoken of as a whole."""
    return tuple((m[1], m[2].strip(BLANKS)) for one in role.split("\n") if (m := PIECE.fullmatch(one)))


def _plain(words: str) -> str:
    return re.sub(rf"{B}+", "", words)


def parted(read: Sequence[Line], said: Mapping[int, str]) -> tuple[list[Line], dict[Key, str]]:
    """The lines, parted where somebody said so, and what is said of each line or piece. Words that are not there part nothing."""
    read = _joined(read, {n for n, role in said.items() if role == ON})
    roles: dict[Key, str] = {(n, 0): role for n, role in said.items() if ":" not in role and role != ON}
    within = {n: own for n, role in said.items() if (own := said_within(role)) and len(own) <= MOST}
    out, counted = list[Line](), Counter[int]()
    for line in read:
        pieces = list(_cut(line, within[line.number])) if line.number in within and line.bare else [(line, "")]
        if len(pieces) == 1 and not pieces[0][1]:
            out.append(line)
            continue
        for piece, role in pieces:
            counted[line.number] += 1
            key = line.number, counted[line.number]
            out.append(replace(piece, piece=key[1]))
            roles |= {key: role} if role else {}
    return out, roles


def _names(line: Line) -> bool:
    """Whether a line names a chapter: it is the rest of none, and none is of it."""
    return line.heading or line.row or headings.division(line.text) is not None


def _joined(read: Sequence[Line], rest: Collection[int]) -> Sequence[Line]:
    """The lines, each that is said to be the rest of the one above within that one; the first of all has none above."""
    out: list[Line] = []
    last = -1
    for line in read if rest else ():
        if (
            line.bare
            and line.number in rest
            and last >= 0
            and not (_names(line) or headings.article(line.text) or _names(out[last]))
        ):
            above = out[last]
            between = " " * (above.bare[-1].isascii() and line.bare[0].isascii())
            out[last] = above.with_text(above.text.rstrip(BLANKS) + between + line.bare, *line.notes)
            continue
        out.append(line)
        last = len(out) - 1 if line.bare else last
    return out if rest else read


def without_names(read: list[Line], roles: Mapping[Key, str]) -> list[Line]:
    """The lines as the reader takes them: without the names that a person found within lines, by which it would read the others otherwise.

    A line that the file marks as a heading stays one.
    """
    named = {key for key, role in roles.items() if key[1] and role in ("title", "heading")}
    return [x.with_text("") if x.key in named and not x.heading else x for x in read] if named else read


def places(text: str, role: str, words: str) -> list[re.Match[str]]:
    """Where words within a line can be what is said of them: where nothing that they would be torn from stands beside them."""
    spaced = rf"{B}*".join(map(re.escape, _plain(words)))
    found = (
        list(re.finditer(rf"(?P<signs>{_SIGNS})?(?P<words>{spaced})(?P<end>[*_]{{1,3}}|{B}#+(?={B}*$))?", text))
        if spaced
        else []
    )
    fit = [m for m in found if _fits(text, m, role)]
    if role == "part" or len(fit) < 2:
        return fit
    first = [m for m in fit if not text[: m.start()].strip(BLANKS)]
    last = [m for m in fit if not text[m.end() :].strip(BLANKS)]
    return first or last or fit


def _fits(text: str, found: re.Match[str], role: str) -> bool:
    """A part begins behind a stop or a blank; a heading stands between such, or is called like one (第三章会员, 附则)."""
    before, after, words = text[: found.start()], text[found.end() :], found["words"]
    ended = not before.strip(BLANKS) or before.rstrip(BLANKS)[-1] in _STOPS
    if role == "part":
        return ended or before[-1] in BLANKS
    division = headings.division(words)
    named = bool(division and division.title) or bool(_RULES.fullmatch(words))
    like_one = named or headings.names_a_chapter(words) or items.label(words) is not None
    begins = ended or bool(found["signs"]) or (before[-1] in BLANKS and like_one)
    rest = after.lstrip(BLANKS)
    ends = not rest or after[0] in BLANKS or words[-1] in "：:" or named or bool(found["end"])
    return begins and (ends or headings.article(rest) is not None or items.label(rest) is not None)


def _cut(line: Line, within: Sequence[tuple[str, str]]) -> Iterator[tuple[Line, str]]:
    """The pieces of a line in their order, each with what is said of it; no two that are said share a word."""
    cuts: list[tuple[int, int, str, str]] = []
    for role, words in within:
        found = places(line.text, role, words)
        if len(found) == 1:
            begin, end = found[0].start(), found[0].start() if role == "part" else found[0].end()
            cuts.append((begin, end, role, found[0]["words"]))
    cuts.sort()
    at, role = 0, ""
    pieces: list[tuple[str, str]] = []
    for begin, end, next_role, words in cuts:
        if begin < at:
            continue
        pieces.append((line.text[at:begin], role))
        if next_role != "part":
            pieces.append((words, next_role))
        at, role = end, "part" if next_role == "part" else ""
    pieces.append((line.text[at:], role))
    kept = [(text, role) for text, role in pieces if text.strip(BLANKS)]
    names = any(role in ("title", "heading") for _, role in kept)
    for n, (text, role) in enumerate(kept):
        head = line.heading and (role in ("title", "heading") or (not names and n == 0))
        first = n == 0
        yield (
            replace(line, text=text.strip(BLANKS), heading=head, level=line.level if head else 0, notes=line.notes if first else (),
                    bullet=line.bullet and first, row=line.row and first, indent=line.indent if first else 0),
            role,
        )  # fmt: skip
