"""What a single line looks like: an article's or chapter's heading, or words that only mention one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import msgspec

from gongyue.covenant.numerals import CHINESE, NUMERAL, parse
from gongyue.covenant.parser import roman
from gongyue.covenant.parser.lines import BLANKS, RESIDUE, B, Line

_RADICALS = str.maketrans("⼀⼆⼋⼗", "一二八十")  # what some PDF converters write for numerals
_MARKS = r"[#*＊_【〔\[§]"
_BETWEEN = re.compile(rf"{_MARKS}*{B}*第{B}*({NUMERAL}){B}*之{B}*({NUMERAL}){B}*[条條](?P<rest>.*)", re.DOTALL)
"""第十四之一條, as well as 第十四條之一."""
_ARTICLE = re.compile(rf"({_MARKS}*{B}*第{B}*({NUMERAL}){B}*[条條][】〕\]*_]*)(.*)", re.DOTALL)
_CHAPTER = re.compile(rf"{_MARKS}*{B}*第{B}*({NUMERAL}){B}*([章编編篇节節])[】〕\]*_]*(.*)", re.DOTALL)
_INSERTED = re.compile(rf"{B}*之{B}*({NUMERAL})(?![项項])")
_N = NUMERAL

# Words after 第N条 that make it a mention wherever they stand …
_ALWAYS_MENTION = re.compile(
    rf"{B}*(?:[，,；;。）)》」』]|[的]|第{B}*{_N}{B}*[款项項目]|第{B}*[（(]|之[规規]定|[规規]定的"
    rf"|(?:和|或|及|与|與|至|到|以及|或者|—|–|-|~|～){B}*第{B}*{_N}{B}*[条條款]"
    rf"|、{B}*(?:第{B}*)?{_N}{B}*[条條款项項]"
    rf"|[（(]{B}*{_N}{B}*[）)]{B}*(?:[项項目款至、和或的]|[规規]定))"
)
# … and those that do so only right after it: “第三条 规定” may open an article, “第三条规定” does not.
_CLOSE_MENTION = re.compile(
    r"(?:[规規]定|所[列称稱述指规規定载載涉设設言谓謂]|中[的所规規第]|[项項]下|情形|列[举舉]"
    r"|行[为為]之一|以外的|除外|(?:[办辦]理|[执執]行|[处處]理)[，。；、]|[为為]准|之[规規]|件|例(?![会會如外])|款(?![项項]))"
)

# Line ends after which a sentence must go on …
RUNS_ON = re.compile(
    r"(?:依照|按照|依[据據]|根[据據]|[违違]反|[适適]用|[参參][照见見]|符合|[属屬][于於]|前述|上述|下列|准用|準用"
    r"|按|[、，,和或与與及至除《（(])$"
)
# … and those after which it probably does.
MAY_RUN_ON = re.compile(
    r"(?:本(?:公[约約]|章程|[规規][约約]|[办辦]法|[会會]|守[则則])|[》的在对對由经經为為有于於以法])$"
)

SHORT = 40


class Heading(msgspec.Struct, frozen=True):
    """第N条 at the start of a line; `rest` is what follows the label."""

    number: int
    rest: str
    firm: bool
    inserted: int | None = None


class Division(msgspec.Struct, frozen=True):
    """第N章 (编, 篇, 节) at the start of a line."""

    number: int
    kind: str
    title: str


def without_residue(text: str) -> tuple[str, list[str]]:
    """A line without converter's residue at its start, and the residue."""
    found = []
    text = text.strip(BLANKS)
    while match := RESIDUE.match(text):
        found.append(match[0])
        text = text[match.end() :].lstrip(BLANKS)
    return text, found


LABEL = 64
"""No label is longer; of a long line only so much is looked at."""


@lru_cache(maxsize=10_000)
def _number(numeral: str) -> int | None:
    """A label's number; every line is asked several times whether it opens an article."""
    return parse(numeral)


def _opens(text: str) -> bool:
    """Whether a line begins with 第, marks left aside; most do not, and are not looked at any further."""
    return text.lstrip(BLANKS + "#*＊_【〔[§").startswith("第")


_LIKE_A_NUMERAL = f"[{CHINESE}0-9０-９—–―ーｰ－‐_|lLIiOoＯニハミ口士土工干人入囗{BLANKS}-]{{1,8}}"
_MISTYPED = re.compile(rf"({_MARKS}*{B}*第{B}*({_LIKE_A_NUMERAL}){B}*[条條][】〕\]*_]*)(.*)", re.DOTALL)


def mistyped(text: str) -> str:
    """The number that a line which opens an article has for its own where it is none: 第—条, 第l0条; empty where there is no such."""
    found = _MISTYPED.match(text[:LABEL]) if _opens(text) else None
    if found is None or _number(found[2].translate(_RADICALS)) is not None:
        return ""
    return "" if _ALWAYS_MENTION.match(found[3]) or _CLOSE_MENTION.match(found[3]) else found[2].strip()


def article(text: str) -> Heading | None:
    """The heading of an article, None for anything else, mentions of an article included."""
    text = without_residue(text)[0]
    if not _opens(text):
        return None
    label = text[:LABEL].translate(_RADICALS)
    if (between := _BETWEEN.match(label)) and (number := _number(between[1])):
        follows = text[between.start("rest") :]
        mention = _ALWAYS_MENTION.match(follows) or _CLOSE_MENTION.match(follows)
        return None if mention else Heading(number, _after_label(follows), True, parse(between[2]))
    found = _ARTICLE.match(label)
    number = _number(found[2]) if found else None
    if found is None or number is None:
        return None
    rest = text[found.start(3) :]
    bracketed = found[1][-1] not in "条條"
    if inserted := _INSERTED.match(rest):
        follows = rest[inserted.end() :]
        if _ALWAYS_MENTION.match(follows) or _CLOSE_MENTION.match(follows):
            return None
        return Heading(number, follows, True, parse(inserted[1]))
    if not bracketed and (_ALWAYS_MENTION.match(rest) or _CLOSE_MENTION.match(rest)):
        return None
    firm = bracketed or not rest or rest[0] in BLANKS + "：:、.．·【〔[（("
    return Heading(number, _after_label(rest), firm)


def _after_label(rest: str) -> str:
    """What follows the label's own punctuation."""
    stripped = rest.lstrip(BLANKS)
    if stripped[:1] in ("：", ":", "、", ".", "．", "·", "•", "—", "-") and stripped:
        stripped = stripped[1:].lstrip(BLANKS)
    return stripped.rstrip(BLANKS)


def division(text: str) -> Division | None:
    """The heading of a chapter, part or section."""
    text = without_residue(text)[0]
    if not _opens(text):
        return None
    found = _CHAPTER.match(text[:LABEL].translate(_RADICALS))
    number = _number(found[1]) if found else None
    if found is None or number is None:
        return None
    rest = text[found.start(3) :]
    title = _after_label(rest)
    if named := _NAMED_AFTER_COMMA.fullmatch(rest):  # 第四章，会员
        rest, title = "", named[1]
    if _ALWAYS_MENTION.match(rest) or _CLOSE_MENTION.match(rest) or re.match(rf"{B}*第{B}*{_N}{B}*[节節章]", rest):
        return None
    if len(title) > SHORT or re.search("[。；;！]", title):
        return None
    kind = {"編": "编", "節": "节"}.get(found[2], found[2])
    return Division(number, kind, title)


def known_division(text: str) -> Division | None:
    """The same of a line that somebody says is a heading, whatever its name looks like."""
    text = without_residue(text)[0]
    found = _CHAPTER.match(text[:LABEL].translate(_RADICALS))
    number = _number(found[1]) if found else None
    return None if found is None or number is None else Division(number, found[2], _after_label(text[found.start(3) :]))


_NAMED_AFTER_COMMA = re.compile(rf"{B}*[，,]{B}*([^，。；：！？,;:!?]{{2,20}})")

_NAMES = re.compile(
    rf"(?:[总總附罚罰细細通分]{B}*[则則]|[总總]{B}*[纲綱]|宗{B}*旨|[会會]{B}*[员員]|成{B}*[员員](?:[单單]位)?|[组組][织織](?:[机機]构|機構|[结結]构)?"
    r"|.{0,8}(?:条款|條款|义务|義務|权利|權利|机构|機構|管理|[监監]督|[执執]行|[内內]容|[规規]范|規範|[范範][围圍]|任[务務]|[经經][费費]|[会會][计計]|程序|[责責]任))"
)
_NOT_A_TITLE = re.compile(r"[（(《\d年月日，,：:；;。、]|通[过過]$|^第|公[约約]$|章程$|[规規][约約]$|[办辦]法$")


def names_a_chapter(text: str) -> bool:
    """Whether a short line is one of the usual names of a chapter (总则, 附则, 会员 …)."""
    return bool(_NAMES.fullmatch(text))


def may_name_a_chapter(text: str) -> bool:
    """Whether a line could be a chapter's name at all: short and without punctuation."""
    return 1 < len(text) <= 20 and not _NOT_A_TITLE.search(text)


_BRACKETED = re.compile(rf"{B}*[【〔]{B}*([^【】〔〕]{{1,30}}?){B}*[】〕]{B}*")


def unbracketed(read: list[Line]) -> list[Line]:
    """The lines, a chapter's heading without the brackets that it stands in: 【第一章 总则】, 【附则】."""
    return [
        line.with_text(m[1])
        if (m := _BRACKETED.fullmatch(line.text)) and (division(m[1]) or names_a_chapter(m[1]))
        else line
        for line in read
    ]


_BULLETED = re.compile(rf"{B}*[•·●○◆■▪]{B}*(?=第)")
LEAST_BULLETED = 3


def unbulleted(read: list[Line]) -> list[Line]:
    """The lines without the bullets that a page puts before its articles (• 第 1 条), where those count from one and no others open any."""
    cut = {i: line.text[m.end() :] for i, line in enumerate(read) if (m := _BULLETED.match(line.text))}
    opened = {i: found for i, text in cut.items() if (found := article(text))}
    if [h.number for h in opened.values()] != list(range(1, len(opened) + 1)) or len(opened) < LEAST_BULLETED:
        return read
    if any(article(line.text) for line in read):
        return read
    return [line.with_text(cut[i]) if i in opened else line for i, line in enumerate(read)]


def without_bulleted_mentions(read: list[Line]) -> list[Line]:
    """A bullet of a list of changes (- 第一条：改正错字) opens no article where others open them plainly."""
    opens = [bool(article(line.text)) for line in read]
    if not any(o and not line.bullet for o, line in zip(opens, read, strict=True)):
        return read
    return [
        line.with_text("· " + line.text) if o and line.bullet else line for o, line in zip(opens, read, strict=True)
    ]


_ENUMERATED = re.compile(
    rf"([一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,3}}|[1-9][0-9]?)(?:[、.．]{B}*|{B}+)([^。；，：0-9]{{1,20}})。?"
)


def enumerated(text: str) -> Division | None:
    """A chapter written 一、总则, 1. 总则, 1 总则 or I. 总则."""
    if (marked := roman.marked(text)) and may_name_a_chapter(marked[1]):
        return Division(marked[0], "章", marked[1])
    found = _ENUMERATED.fullmatch(text)
    number = parse(found[1]) if found else None
    return None if found is None or number is None else Division(number, "章", found[2].strip(BLANKS))


def own_numbers(divisions: list[Division | None]) -> list[int]:
    """The numbers that the chapters themselves have, where all have one and they rise: an address agrees with what is printed."""
    numbers = [d.number for d in divisions if d and d.kind == "章"]
    rising = len(numbers) == len(divisions) and all(a < b for a, b in pairwise(numbers))
    return numbers if rising and numbers[0] else []
