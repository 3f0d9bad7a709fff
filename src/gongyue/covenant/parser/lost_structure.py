"""What of a text's structure may have been lost: lines read as words of a part that look like headings, lists or endings.

Nothing is read otherwise here. Each kind is asked about once in a text, its lines quoted together, however a text came to be out of order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gongyue.covenant import addresses
from gongyue.covenant.numerals import NUMERAL, parse
from gongyue.covenant.parser import headings, items, part_oddities
from gongyue.covenant.parser.lines import BLANKS, B
from gongyue.covenant.text import Chapter, Oddity, Part

RUN_IN_WHY = (
    "一行以章名、标题起首，后面接着句子，没有读作标题：请核对 / a line begins with a chapter's number or name and goes on as a sentence, "
    "and is not read as a heading: look at it"
)
DIVISION_WHY = (
    "一行是章的编号和名称，却读作正文：请核对 / a line is a chapter's number and name and is read as text: look at it"
)
NUMBER_WHY = (
    "正文里有像是下一条起首的编号，没有读作一条：请核对 / a number within the text looks like the beginning of the next article and is not "
    "read as one: look at it"
)
CLOSING_WHY = (
    "文末像是沿革、落款或附注的行，读作条文的一部分：请核对 / lines at the end that look like the text's history, a signature or a note are read "
    "as part of the text: look at them"
)
UNREAD_WHY = (
    "文件标作标题的行，没有读作标题：请核对 / the file marks a line as a heading, and it is not read as one: look at it"
)
EMPTY_WHY = "这一章之下没有条文：请核对 / there is no text below this chapter: look at it"
UNTITLED_WHY = (
    "别的部分有名称，这一部分没有：请核对 / the other divisions have a name and this one has none: look at it"
)
EDITION_WHY = (
    "说的是第几版、第几次修订或第几届，读作标题：请核对 / a line that tells an edition, a revision or a term of office is read as a heading: "
    "look at it"
)
UNLED_WHY = (
    "以冒号收尾的一行之下没有读出列举：请核对 / no list was read below a line that ends with a colon: look at it"
)
UNLISTED_WHY = "说到“以下”“下列”之后的各行没有项号，没有分作各项：请核对 / lines below 以下 or 下列 have no marks and are not split into items: look at them"
SECOND_WHY = (
    "一条之内另有列举，没有分作各项：请核对 / another list within the same article is not split into items: look at it"
)
SHORT_WHY = "没有标点的短行，读作正文：请核对 / a short line without punctuation is read as text: look at it"
LONG_WHY = (
    "这一部分不在列举里的段落比别的部分多得多，可能含有没有读出的标题：请核对 / this part has many more paragraphs outside lists than any "
    "other and may hold headings that were not read: look at it"
)
ONCE_WHY = "只有一项的列举：请核对 / a list of one item: look at it"
BEYOND_WHY = (
    "没有项号的列举读到以句号收尾的一行为止，其下一行可能也是一项：请核对 / a list without marks was read as far as a line with a full stop, and the "
    "line below it may be another item: look at it"
)
STOPPED_WHY = (
    "说到“以下”“下列”的一句以句号收尾，其下各行没有读作它的列举：请核对 / a sentence that speaks of 以下 or 下列 ends with a full stop, and the lines "
    "below are not read as its list: look at it"
)
TITLED_WHY = (
    "首行读作全文的标题，却与其下各标题同级、同样：可能只是第一个标题，请核对 / the first line is read as the title and stands as the headings below do: it "
    "may be no more than the first of them, look at it"
)
NESTED_WHY = "缩进的下一层列举，与上一层读作同一列举的各项：请核对 / a list that is set in below an item is read as items of the same list: look at it"
SYMBOLS_WHY = "各行以同样的记号起首，没有分作各项：请核对 / lines that begin with the same sign are not split into items: look at them"
ALL = frozenset({
    RUN_IN_WHY, DIVISION_WHY, NUMBER_WHY, CLOSING_WHY, EMPTY_WHY, EDITION_WHY, UNLED_WHY, UNLISTED_WHY, SECOND_WHY, SHORT_WHY, LONG_WHY, ONCE_WHY,
    SYMBOLS_WHY, NESTED_WHY, UNTITLED_WHY, BEYOND_WHY, STOPPED_WHY, TITLED_WHY, UNREAD_WHY,
})  # fmt: skip

_HEAD = 64
"""Characters at the beginning of a line that tell what it is."""
_CHAPTER = re.compile(rf"第{B}{{0,4}}(?:{NUMERAL}){B}{{0,4}}[章编編篇](?![、，的中第所规規各之])")
_NAMED = re.compile(rf"([\u4e00-\u9fff]{{2,8}})({B}+|[：:]{B}*)(?=[\u4e00-\u9fff])")
_RULES = re.compile("[总總附罚罰][则則]")
_NEXT = re.compile(
    rf"(?:(?<=[。；！？”）)])|^){B}{{0,4}}(?:第{B}{{0,2}}((?:{NUMERAL}))(?![届屆次版项項款期年月日号號个個名章节節编編篇部一二三四五六七八九十0-9])"
    rf"|([0-9〇零一二三四五六七八九十百]{{1,4}})[条條](?![款件例规規约約文]))",
    re.MULTILINE,
)
_GLUED = re.compile(
    rf"[。；！？”）)]{B}{{0,4}}(?:第{B}{{0,2}}(?:{NUMERAL}){B}{{0,2}}[章编編篇]{B}{{0,4}})?[\u4e00-\u9fff]{{2,8}}{B}{{1,4}}第{B}{{0,2}}((?:{NUMERAL})){B}{{0,2}}[条條](?={B})"
)
"""…退出。第三章 附则 第五条 …: a chapter's name and its first article behind a sentence."""
_MENTIONED = re.compile(
    rf"{B}{{0,4}}(?:[条條]{B}{{0,4}}(?:[，,；;。）)》」』、和与與及或至的所规規之]|第)|[、，,]?{B}{{0,4}}(?:{NUMERAL}|[和与與及或至])|[；;。）)》」』的第])"
)
_DATED = re.compile("[0-9〇○零一二三四五六七八九十]年.{0,12}月|民[国國].{0,10}年|[0-9]{4}[-./][0-9]{1,2}")
_ADOPTED = re.compile("通[过過]|修[订訂正改]|[订訂]立|[订訂制]定|核[准备備定]|[备備]查|公[布告]|[发發]布|[议議][决決]")
_FORCE = re.compile("施行|[实實]施|生效|起[执執]行|[试試]行")
_FOOT = re.compile(
    r"[（(]?(?:[附备備][註注]|[註注]{1}[：:0-9]|[说說]明[：:]|附[件录錄表图圖]|[联聯][系絡络]|(?:地址|[电電][话話]|[邮郵][编編箱]|[网網]址|[传傳]真)[：:]"
    r"|[责責]任[编編][辑輯]|[来來]源[：:]|上一篇|下一篇|版[权權]所有|[Cc]opyright|©|https?:)"
)
_EDITION = re.compile(
    rf"[（(]?(?:第{B}?(?:{NUMERAL}){B}?(?:版|次修[订訂正改]?.{{0,8}}|[届屆].{{0,16}})|.{{0,10}}修[订訂正][版本稿]|(?:[0-9]{{4}}年?)?(?:[试試]行|草案|初)[版本稿]?|[Vv]?[0-9]+(?:\.[0-9]+)+版?)[）)]?"
)
_LEADS = re.compile("(?:以下|下列|如下|左列|如左)")
_LIST_OF = re.compile(
    "情[形况況]|[条條]件|事[项項]|[义義][务務]|[权權]利|[职職][责責权權]|原[则則]|行[为為]|[规規]定|要求|程序|方式|[内內]容|工作"
)
_SIGN = re.compile(r"[^\w\s（(《〈“‘\"'「『【〔［\[，。；：、！？…`|<>]")
_SHORT = re.compile("[\u4e00-\u9fff]{2,12}")
_REFERS = re.compile("[前上以][述列款項项]|本[条條款]")
_BOUND = re.compile("[应應须須]|可以|不得")
_ENDS = "，、；：,;:"
LEAST_LISTED = 2
LEAST_LONG = 6
"""Paragraphs outside lists from which a part is long, where it also has so many times more than any other:"""
TIMES_LONGER = 3


def find(parts: Sequence[Part], chapters: Sequence[Chapter], scheme: str, told: Collection[str]) -> Iterator[Oddity]:
    """What to look at; `told`: lines that are asked about already, and are not asked about again."""
    articles = scheme == "articles"
    addresses = {p.at for p in parts}
    for part in parts:
        lines = [t for t in part.text.split("\n") if t]
        listed = {t for item in part.items for t in item.text.split("\n")}
        found = [*run_in(lines, articles), *_unlisted(lines, part), *_beyond(lines, part), *_symbols(lines, listed)]
        if articles:
            found += _numbers(part, addresses)
        found += _second(lines, part)
        if articles:
            found += [] if any(t in told for t in lines) else _once(lines, part)
            found += [(SHORT_WHY, t) for t in _short(lines, listed)]
        yield from (Oddity(None, words, why) for why, words in dict.fromkeys(found) if words not in told)
    others = [*_closing(parts), *_unled(parts), *_long(parts)]
    if not articles:
        others += [(SHORT_WHY, t) for t in _short_parts(parts)]
        marks = part_oddities.unread_marks(p.text.split("\n")[0] for p in parts)
        others += [(part_oddities.UNREAD_MARKS_WHY, t) for t in marks]
    others += _untitled(parts, chapters) if scheme == "enumerated" else []
    others += _chapters(parts, chapters, articles)
    yield from (Oddity(None, words, why) for why, words in dict.fromkeys(others) if words not in told)


def run_in(lines: Sequence[str], articles: bool) -> Iterator[tuple[str, str]]:
    """A chapter's number, or a usual name of one, at the beginning of a line that goes on as a sentence."""
    for i, text in enumerate(lines):
        head = text[:_HEAD]
        named = None if articles and not i else _NAMED.match(head)
        sure = named and headings.names_a_chapter(named[1]) and (named[2][0] in BLANKS or _RULES.fullmatch(named[1]))
        division = headings.division(text)
        if sure or (_CHAPTER.match(head) and division is None):
            yield RUN_IN_WHY, text
        elif division and division.kind in "章编篇" and text[-1] not in _ENDS:
            yield DIVISION_WHY, text


def _numbers(part: Part, addresses: Collection[str]) -> Iterator[tuple[str, str]]:
    """The next article's number (第八， 八条, or 第八条 behind a stop) within an article, where no article has it."""
    own = part.at.rpartition("/")
    if not own[2].isdecimal():
        return
    following = int(own[2]) + 1
    if own[0] + own[1] + str(following) in addresses:
        return
    for found in (*_NEXT.finditer(part.text), *_GLUED.finditer(part.text)):
        number = parse(next(filter(None, found.groups())))
        if number == following and not _MENTIONED.match(part.text[found.end() : found.end() + _HEAD]):
            begin = part.text.rfind("\n", 0, found.end()) + 1
            yield NUMBER_WHY, part.text[begin:].split("\n", maxsplit=1)[0]


def _unlisted(lines: Sequence[str], part: Part) -> Iterator[tuple[str, str]]:
    """A line that speaks of what is below it, above lines without marks that are no items."""
    if part.items or any(items.label(t) for t in lines):
        return
    for i, text in enumerate(lines[:-2]):
        below = lines[i + 1 : i + 3]
        says = _LEADS.search(text) and _LIST_OF.search(text) and text[-1] not in "。；"
        if says and all(len(t) <= headings.SHORT for t in below):
            yield UNLISTED_WHY, text


def _second(lines: Sequence[str], part: Part) -> Iterator[tuple[str, str]]:
    """Marks, or another lead, behind the end of the list that was split into items."""
    if not part.items:
        return
    last = part.items[-1].text.split("\n")[-1]
    ends = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].endswith(last)), len(lines))
    for i in range(ends + 1, len(lines)):
        if items.label(lines[i]) or (lines[i][-1] in "：:" and i + 2 < len(lines)):
            yield SECOND_WHY, lines[i]
            return


def _beyond(lines: Sequence[str], part: Part) -> Iterator[tuple[str, str]]:
    """The line below a list without marks that a full stop ended early: of two items, of items without stops, or above what looks like one more."""
    if len(part.items) < LEAST_LISTED or any(item.label for item in part.items):
        return
    *before, last = [item.text.split("\n")[-1] for item in part.items]
    below = next((b for a, b in pairwise(lines) if a == last), "")
    if not below or last[-1] not in "。！？" or _REFERS.match(below) or items.label(below) or below[-1] in "：:":
        return
    unclear = len(before) < LEAST_LISTED or any(t[-1] not in "；;，,、。！？" for t in before)
    if unclear or below[-1] in "；;" or (_SHORT.fullmatch(below.rstrip("。")) and not _BOUND.search(below)):
        yield BEYOND_WHY, below


def _once(lines: Sequence[str], part: Part) -> Iterator[tuple[str, str]]:
    """One mark alone, below a line of its own."""
    only = part.items[0] if len(part.items) == 1 else None
    mark = items.label(only.label) if only and only.label else None
    if mark and mark.number == 1 and items.label(lines[0]) is None and len(items.pieces(lines[0])) == 1:
        yield ONCE_WHY, next((t for t in lines if t.startswith(mark.printed)), mark.printed)


def _symbols(lines: Sequence[str], listed: Collection[str]) -> Iterator[tuple[str, str]]:
    """The first of several lines that begin with the same sign, which is no mark known here."""
    signs = [m[0] if (m := _SIGN.match(t)) and items.label(t) is None and t not in listed else "" for t in lines]
    for i, (one, two) in enumerate(pairwise(signs)):
        if one and one == two:
            yield SYMBOLS_WHY, lines[i]
            return


def _short(lines: Sequence[str], listed: Collection[str]) -> Iterator[str]:
    """Short lines of nothing but characters between sentences."""
    for above, text, below in zip(lines, lines[1:], lines[2:], strict=False):
        if _SHORT.fullmatch(text) and text not in listed and above[-1] in "。！？" and below[-1] in "。；！？：:":
            yield text


def _short_parts(parts: Sequence[Part]) -> Iterator[str]:
    """Short paragraphs of nothing but characters, between others that are sentences."""
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        together = above.chapter == part.chapter == below.chapter
        alone = together and _SHORT.fullmatch(part.text) and part.at[:1] in "¶§"
        if alone and above.text[-1:] in "。！？" and below.text[-1:] in "。；！？：:":
            yield part.text


def _closing(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """The last lines, as long as they say when the text was adopted and not from when it holds, or begin as notes do."""
    lines = [t for part in parts[-3:] for t in part.text.split("\n")[:1] * (part.at[0] in "¶§")]
    if parts and parts[-1].at[0] not in "¶§":
        lines = parts[-1].text.split("\n")[1:]
    for text in reversed(lines[-LEAST_LONG:]):
        dated = _DATED.search(text[:200]) and _ADOPTED.search(text[:200]) and not _FORCE.search(text)
        if not (dated or _FOOT.match(text)):
            return
        yield CLOSING_WHY, text


def _unled(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """A part that ends where a list should begin."""
    led = addresses.leading(parts)
    for part in parts:
        last = part.text.rstrip().split("\n")[-1]
        if part.at not in led and last[-1:] in ("：", ":", "，", "、") and len(last) > 1:
            yield UNLED_WHY, last


def _untitled(parts: Sequence[Part], chapters: Sequence[Chapter]) -> list[tuple[str, str]]:
    """Divisions by 一、二、 without a name of their own, where most have one: the name may have run into a sentence."""
    heads = [p for p in parts if p.at[0] not in "¶§" and "/" not in p.at]
    own = [p for p in heads if p.chapter and chapters[p.chapter - 1].title == p.text.split("\n")[0]]
    lone = [p for p in heads if p not in own]
    return [(UNTITLED_WHY, p.text.split("\n")[0]) for p in lone] if len(own) > max(1, 2 * len(lone)) else []


def _long(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """A part with many more paragraphs outside its lists than any other."""
    counts = [_paragraphs(part) for part in parts]
    if len(parts) < LEAST_LONG:
        return
    *_, second, most = sorted(counts)
    if most >= LEAST_LONG and most >= TIMES_LONGER * max(second, 1):
        yield LONG_WHY, parts[counts.index(most)].text.split("\n")[0]


def _paragraphs(part: Part) -> int:
    return len(part.text.split("\n")) - sum(len(item.text.split("\n")) for item in part.items)


def _chapters(parts: Sequence[Part], chapters: Sequence[Chapter], articles: bool) -> list[tuple[str, str]]:
    """Chapters of articles with nothing below them, and what tells an edition and was taken for a chapter."""
    used = {p.chapter for p in parts}
    empty = [n for n in range(1, len(chapters) + 1) if n not in used] if articles else []
    found = [(EMPTY_WHY, _named(chapters[n - 1])) for n in empty]
    return found + [(EDITION_WHY, c.title) for c in chapters if _EDITION.fullmatch(c.title[:_HEAD])]


def _named(chapter: Chapter) -> str:
    return chapter.title or f"第{chapter.number}章"
