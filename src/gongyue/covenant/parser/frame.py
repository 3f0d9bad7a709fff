"""What stands around the articles: title, table of contents, preamble, chapter headings, signatures."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from gongyue.covenant.parser import bare_headings, headings, items
from gongyue.covenant.parser.headings import Division
from gongyue.covenant.parser.lines import BLANKS, B, Line
from gongyue.covenant.text import Oddity

CONTENTS_WHY = "目录，不属于正文 / table of contents, not part of the text"
PREAMBLE_WHY = "第一条之前的文字，不属于任何一条 / before the first article, part of no article"

_KINDS = (
    "公[约約]|章程|[规規][约約]|[条條]例|[办辦]法|[准準][则則]|守[则則]|[规規][则則]|[规規]程|[规規]定|[协協][议議]"
    "|[细細][则則]|[宪憲]章|盟[约約]|制度|[议議]定[书書]|倡[议議][书書]?|宣言|[约約]定"
)
_IS_TITLE = re.compile(
    rf"(?:{_KINDS})[》”」』]?{B}*(?:[（(【〔\[].{{1,30}}[）)】〕\]]|[Vv]?[0-9]{{1,2}}(?:\.[0-9]{{1,3}}){{1,2}})?$"
)
_NAMES_ITSELF = re.compile("(?:定名|命名|全?[名称稱]{1,2})(?:为|為|曰)")
"""本社定名為… is a clause, and no title."""
_ENACTS = re.compile(rf"特?[制订訂](?:定|订|訂)?(?:本|此|以下|如下)(?:{_KINDS})")
"""What a preamble says (特制定本公约…): no title, however short its line."""
_ONLY_KIND = re.compile(
    rf"(?:行[业業]|自律|[会會][员員]|[组組][织織]|[诚誠]信|(?:{_KINDS})|{B})+(?:[（(].{{1,30}}[）)])?"
)
_CONTENTS = re.compile(rf"[#*【\[]*{B}*目{B}*[录錄次]{B}*[】\]*：:]*|(?i:contents|table of contents)")
_LEADER = re.compile(rf"(?:[.．。·•…⋯\-_—]{{2,}}|\t|{B}{{2,}}|[（(]){B}*[0-9０-９]{{1,4}}{B}*[）)]?$")

_OF_A_PART = re.compile(
    rf"[序前引导導绪緒弁]{B}*言|序|楔子|[总總附]{B}*[则則纲綱]|(?:.{{1,20}})?(?:[简簡]介|概述)|(?:背景|[宗主]旨|目的|目[标標])(?:[与與和及].{{1,8}})?"
    rf"|第{B}*(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}){B}*[章编編篇节節部].*|[1-9][0-9]?(?:[.．][1-9][0-9]?){{1,3}}(?![0-9%]).*"
    rf"|[1-9]{B}+[^0-9{BLANKS}].*|[IⅠ](?:[、.．:：]|{B}).*"
)
"""What a part of a text is called, and no text: whoever writes 前言 or 1.1 概述 above the rest has printed no title."""
LONGEST_LEADER = 200


class Frame(msgspec.Struct, frozen=True):
    """The lines from the first heading on, which of them are divisions, and what stood before."""

    title: str
    lines: list[Line]
    divisions: dict[int, Division]
    oddities: tuple[Oddity, ...]


def frame(lines: list[Line]) -> Frame:
    """Cut off the title, the contents and the preamble; find the chapter headings."""
    lines, contents = _without_contents(lines)
    first = _first_article(lines)
    numbered = {i: d for i, line in enumerate(lines) if (d := headings.division(line.text))}
    lines, numbered = _named_above(lines, numbered)
    start = _body_start(lines, numbered, first)
    title, used = title_of(lines[:start])
    divisions = {i: d for i, d in numbered.items() if i >= start}
    divisions = _chapters_only(divisions) | _unnumbered(lines, divisions, first, used)
    start = min([start, *divisions])
    preamble = [line for i, line in enumerate(lines[:start]) if i not in used and line.bare]
    oddities = [Oddity(None, *note) for line in lines[:start] for note in line.notes]
    if contents:
        oddities.append(Oddity(None, "\n".join(contents), CONTENTS_WHY))
    if preamble:
        oddities.append(Oddity(None, "\n".join(line.bare for line in preamble), PREAMBLE_WHY))
    return Frame(title, lines[start:], {i - start: d for i, d in divisions.items()}, tuple(oddities))


def _named_above(lines: list[Line], numbered: dict[int, Division]) -> tuple[list[Line], dict[int, Division]]:
    """Chapters whose name stands on the line above their number (会议 / 第四章): the name goes to the chapter."""
    lines, named = list(lines), dict(numbered)
    for i, division in numbered.items():
        near = range(max(0, i - 6), i), range(i + 1, min(len(lines), i + 6))
        above = [j for j in near[0] if lines[j].bare]
        below = next((lines[j] for j in near[1] if lines[j].bare), None)
        if division.title or division.kind != "章" or not above or below is None or not headings.article(below.text):
            continue
        name, ended = lines[above[-1]].bare, not above[:-1] or lines[above[-2]].bare[-1] in "。！？"
        titled = above[:-1] and _IS_TITLE.search(lines[above[-2]].bare)
        if (ended or titled) and headings.may_name_a_chapter(name):
            named[i] = msgspec.structs.replace(division, title=name)
            lines[above[-1]] = lines[above[-1]].with_text("")
    return lines, named


def _first_article(lines: list[Line]) -> int:
    opened = [(i, h) for i, line in enumerate(lines) if (h := headings.article(line.text))]
    for k, (i, heading) in enumerate(opened):
        goes_on = k + 1 < len(opened) and opened[k + 1][1].number == heading.number + 1
        if heading.firm or heading.number == 1 or goes_on:
            return i
    return next((i for i, line in enumerate(lines) if headings.article(line.text)), len(lines))


def _body_start(lines: list[Line], numbered: dict[int, Division], first: int) -> int:
    """The first heading of the text proper: chapter headings that come again later only announce it."""
    before = [i for i in numbered if i < first]
    for i in reversed(before):
        if numbered[i].number == 1 and numbered[i].kind in "章编篇":
            upper = [j for j in before if j < i and numbered[j].number == 1 and numbered[j].kind in "编篇"]
            return upper[-1] if upper and numbered[i].kind == "章" and not _between(lines, upper[-1], i) else i
    return before[0] if before else first


def _between(lines: list[Line], a: int, b: int) -> bool:
    return any(line.bare for line in lines[a + 1 : b])


def _chapters_only(divisions: dict[int, Division]) -> dict[int, Division]:
    """Without any 章, the 编 or 篇 of a text are its chapters."""
    if any(d.kind == "章" for d in divisions.values()):
        return divisions
    return {i: msgspec.structs.replace(d, kind="章") if d.kind in "编篇" else d for i, d in divisions.items()}


def _key(text: str) -> str:
    """A line as a table of contents would repeat it: no leaders, page numbers or blanks."""
    text = headings.without_residue(text)[0]
    text = text[:-LONGEST_LEADER] + _LEADER.sub("", text[-LONGEST_LEADER:])
    if division := headings.division(text):
        return f"{division.kind}{division.number}"
    if article := headings.article(text):
        return f"条{article.number}"
    return re.sub(rf"{B}+", "", text)


def _without_contents(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines without a table of contents, and the table's own lines."""
    dropped = {i for i, line in enumerate(lines) if line.contents}
    led = [i for i, line in enumerate(lines) if _is_heading(line.text) and _LEADER.search(line.bare[-LONGEST_LEADER:])]
    last = {_key(line.text): i for i, line in enumerate(lines)} if led else {}
    dropped |= {i for i in led if last[_key(lines[i].text)] > i}
    mark = next((i for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.bare)), None)
    if mark is not None:
        dropped |= _contents_from(lines, mark)
    kept = [line.with_text("") if i in dropped else line for i, line in enumerate(lines)]
    return kept, [lines[i].bare for i in sorted(dropped) if lines[i].bare]


def _is_heading(text: str) -> bool:
    return headings.article(text) is not None or headings.division(text) is not None


def _contents_from(lines: list[Line], mark: int) -> set[int]:
    """From the line 目录 to where its first entry comes again."""
    entries = [i for i in range(mark + 1, len(lines)) if lines[i].bare]
    for entry in entries[:3]:
        key = _key(lines[entry].text)
        again = next((i for i in entries if i > entry and _key(lines[i].text) == key), None)
        if again is not None:
            body = {_key(lines[i].text) for i in entries if i >= again}
            above = [i for i in entries if i < again]
            listed = _counted(lines, above)
            last = max(i for i in above if _key(lines[i].text) in body or i in listed)
            return set(range(mark, last + 1))
    return {mark}


def _counted(lines: list[Line], entries: list[int]) -> set[int]:
    """The chapters of contents, those too that the text given does not have: none behind an article, or behind one that counts anew."""
    found, before = set[int](), 0
    for i in entries:
        division = headings.division(lines[i].text)
        if headings.article(lines[i].text) or (division and division.number and division.number <= before):
            break
        if division:
            found.add(i)
            before = division.number or before
    return found


def names_a_kind(title: str) -> bool:
    """Whether a title says what the text is: 公约, 章程."""
    return bool(_IS_TITLE.search(title))


def title_of(before: list[Line]) -> tuple[str, set[int]]:
    """The title among the lines before the text, and which lines it takes."""
    found = [i for i, line in enumerate(before) if line.bare]
    short = [
        i
        for i in found
        if len(before[i].bare) <= 60
        and before[i].bare[-1] not in "。；，：、"
        and not _is_rules(before[i].bare)
        and not _ENACTS.search(before[i].bare)
        and not items.label(before[i].bare)
    ]
    named = [i for i in short if _IS_TITLE.search(before[i].bare) and before[i].bare[0] not in "（(附"]
    chosen = next(iter(named), None)
    if chosen is not None and (highest := bare_headings.highest(before, found, chosen)) in short:
        chosen = highest  # # 行为手册 above ## 社区的约定
    if chosen is None:
        chosen = next((i for i in short if before[i].heading), next(iter(short), None))
        if chosen is not None and (
            _OF_A_PART.fullmatch(before[chosen].bare) or _NAMES_ITSELF.search(before[chosen].bare)
        ):
            chosen = None
    if chosen is None:
        return "", set()
    below = next((i for i in found if i > chosen), None)
    if below in named and _ONLY_KIND.fullmatch(before[chosen].bare) and not _ONLY_KIND.fullmatch(before[below].bare):
        return headings.without_residue(before[below].text)[0], {chosen, below}  # a page's heading above the title
    text = headings.without_residue(before[chosen].text)[0]
    above = [i for i in found if i < chosen]
    if above and above[-1] in short and _ONLY_KIND.fullmatch(text) and not _CONTENTS.fullmatch(before[above[-1]].bare):
        return before[above[-1]].bare + text, {above[-1], chosen}
    return text, {chosen}


def _unnumbered(lines: list[Line], numbered: dict[int, Division], first: int, title: set[int]) -> dict[int, Division]:
    """Chapters without a number: short lines of their own right before an article."""
    listed = _enumerated(lines, first) if not numbered else {}
    if listed:
        return listed
    candidates = {i for i in _before_articles(lines) if i not in title and i not in numbered}
    chapters = any(d.kind == "章" for d in numbered.values())
    later = {i for i in candidates if i > first and _stands_apart(lines, i)}
    sure = {i for i in candidates if lines[i].heading or headings.names_a_chapter(lines[i].bare)}
    sure = {i for i in sure if i < first or _stands_apart(lines, i) or lines[i].heading or _is_rules(lines[i].bare)}
    if chapters:
        chosen = {i for i in sure if lines[i].heading or _is_rules(lines[i].bare)}
        chosen = {i for i in chosen if i > min(numbered)}
    else:
        chosen = sure | later
        chosen |= _alike(lines, candidates, chosen)
        if chosen:
            chosen |= {i for i in candidates if i < first and headings.may_name_a_chapter(lines[i].bare)}
    return {i: Division(0, "章", headings.without_residue(lines[i].text)[0]) for i in sorted(chosen)}


def _alike(lines: list[Line], candidates: set[int], chosen: set[int]) -> set[int]:
    """Those that stand as the chosen ones do (社員之權利, 社員之獎懲), in a text whose articles end without stops, which tell nothing there."""
    bare = [line for line in lines if line.bare]
    ends = [above.bare[-1] in bare_headings.ENDED for above, line in pairwise(bare) if headings.article(line.text)]
    stems = {_stem(lines[i].bare) for i in chosen} - {""}
    return {i for i in candidates if _stem(lines[i].bare) in stems} if sum(ends) * 2 < len(ends) else set()


def _stem(text: str) -> str:
    """What names have in common that stand alike: 社員之 of 社員之權利 and 社員之獎懲; empty where there is none."""
    stem, of, name = text.rpartition("之")
    return stem + of if stem and name else ""


def _is_rules(text: str) -> bool:
    return bool(re.fullmatch(rf"[总總附罚罰]{B}*[则則]", text))


def _before_articles(lines: list[Line]) -> list[int]:
    """Short unpunctuated lines whose next line is an article, a blank line not counting."""
    found: list[int] = []
    previous: int | None = None
    alone = False  # whether the line before `previous` is 第N条 and nothing else
    for i, line in enumerate(lines):
        if not line.bare:
            continue
        if previous is not None and (headings.article(line.text) or headings.division(line.text)):
            text = lines[previous].bare
            opens = headings.article(text) or headings.division(text) or items.label(text)
            fits = headings.may_name_a_chapter(text) or (lines[previous].heading and len(text) <= headings.SHORT)
            if not opens and fits and not alone:
                found.append(previous)
        alone = previous is not None and _is_alone(lines[previous].text)
        previous = i
    return found


def _stands_apart(lines: list[Line], index: int) -> bool:
    """Whether the text before the line has come to its end: a full stop and, for a doubtful one, a blank line."""
    before = next((lines[i].bare for i in range(index - 1, -1, -1) if lines[i].bare), "。")
    gap = index > 0 and not lines[index - 1].bare
    return before[-1] in "。！？”)）" or (
        gap and before[-1] not in "：:，,、；" and not headings.may_name_a_chapter(before)
    )


def _is_alone(text: str) -> bool:
    """Whether a line is 第N条 or 第N章 and its words stand on the next one."""
    heading, division = headings.article(text), headings.division(text)
    return (heading is not None and not heading.rest) or (division is not None and not division.title)


def _enumerated(lines: list[Line], first: int) -> dict[int, Division]:
    """Chapters written 一、总则; the first stands right before article 1."""
    found: dict[int, Division] = {}
    bare = [i for i, line in enumerate(lines) if line.bare]
    for i, below in pairwise(bare):
        division = headings.enumerated(headings.without_residue(lines[i].text)[0])
        opens = headings.article(lines[below].text) and (found or below == first)
        if division and division.number == len(found) + 1 and opens and not bare_headings.goes_on(lines, i):
            found[i] = division
    return found
