"""Word's automatic numbers: which label a numbered paragraph shows (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import roman
from gongyue.covenant.parser.word_package import damaged

_FINANCIAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_FINANCIAL_OLD = str.maketrans("一二三四五六七八九十百千零", "壹貳參肆伍陸柒捌玖拾佰仟零")
_DIGIT_SIGNS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_BY_DIGIT = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"}
_BY_PLACE = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographEnclosedCircle",
}  # fmt: skip


def format_number(number: int, form: str) -> str:
    """A number in one of Word's number formats."""
    if form in _BY_PLACE:
        return to_chinese(number) if 0 <= number < 10**8 else str(number)
    if form in _BY_DIGIT:
        return "".join(_DIGIT_SIGNS[int(d)] for d in str(number))
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        words = to_chinese(number) if 0 <= number < 10**8 else str(number)
        words = "一" + words if words.startswith("十") else words
        return words.translate(_FINANCIAL if form == "chineseLegalSimplified" else _FINANCIAL_OLD)
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(d) + 0xFEE0) for d in str(number))
    return _enclosed(number, form) or _lettered(number, form) or str(number)


def _enclosed(number: int, form: str) -> str:
    if not 1 <= number <= 20:
        return ""
    starts = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460}
    starts |= {"decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}
    return chr(starts[form] + number - 1) if form in starts else ""


def _lettered(number: int, form: str) -> str:
    if form == "decimalZero":
        return f"{number:02d}"
    if number < 1 or number > 3999:
        return ""
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[(number - 1) % len(signs)]
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return roman.written(number) if form == "upperRoman" else roman.written(number).lower()
    return ""


def val(parent: Element | None, name: str) -> str | None:
    """The w:val of a child, None if there is no such child."""
    child = parent.find(name) if parent is not None else None
    return None if child is None else child.get("val")


def int_attribute(text: str | None, default: int) -> int:
    """An integer attribute, or the default where it is missing, malformed or beyond Word's 31 bits."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else default


_WHOLE = re.compile(r"-?[0-9]{1,9}")
LONGEST_LABEL = 255
DEEPEST_STYLES = 50


class Level(NamedTuple):
    """One level of a list, as its definition has it."""

    form: str
    text: str
    legal: bool
    start: int
    restart: str | None


class Style(NamedTuple):
    """What a paragraph has of its style and those it is based on: list, level of it, level of outline, each the nearest."""

    num: str | None = None
    level: str | None = None
    outline: str | None = None


class Numbering:
    """The counters of one document; ask `label` for each numbered paragraph in order.

    Every definition is looked at once, however many paragraphs use it.
    """

    def __init__(self, part: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        for child in part if part is not None else ():
            if child.tag == "abstractNum":
                self._abstract[child.get("abstractNumId", "")] = child
            elif child.tag == "num":
                self._nums[child.get("numId", "")] = child
        self._styles = {s.get("styleId", ""): s for s in styles if s.tag == "style"} if styles is not None else {}
        self._default = next(
            (k for k, s in self._styles.items() if s.get("type") == "paragraph" and s.get("default") == "1"), ""
        )
        self._names = {k: val(s, "name") or k for k, s in self._styles.items()}
        self._abstract_of = {k: val(n, "abstractNumId") or "" for k, n in self._nums.items()}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._known_styles: dict[str, Style] = {}
        self._known_levels: dict[str, dict[int, Level]] = {}
        self._known_overrides: dict[str, dict[int, tuple[Level | None, str | None]]] = {}

    def style_name(self, paragraph: Element) -> str:
        """The name of a paragraph's style, or its id; follows nothing."""
        style = val(paragraph.find("pPr"), "pStyle") or ""
        return self._names.get(style, style)

    def outline(self, paragraph: Element) -> bool:
        """Whether style or paragraph makes it a heading (an outline level below body text)."""
        level = val(paragraph.find("pPr"), "outlineLvl")
        name = self.style_name(paragraph).lower()
        return int_attribute(level if level is not None else self._style(paragraph).outline, 9) < 9 or name.startswith(
            ("heading", "标题", "title")
        )

    def _style(self, paragraph: Element) -> Style:
        name = val(paragraph.find("pPr"), "pStyle") or self._default
        if name not in self._known_styles:
            self._known_styles[name] = self._followed(name)
        return self._known_styles[name]

    def _followed(self, name: str) -> Style:
        """A style with what it has from those it is based on."""
        num = level = outline = source = None
        chain: set[str] = set()
        while name in self._styles and name not in chain:
            chain.add(name)
            if len(chain) > DEEPEST_STYLES:
                raise damaged()
            properties = self._styles[name].find("pPr")
            outline = outline if outline is not None else val(properties, "outlineLvl")
            numbered = properties.find("numPr") if properties is not None else None
            if num is None and numbered is not None:
                num, source = val(numbered, "numId"), name
                level = level if level is not None else val(numbered, "ilvl")
            name = val(self._styles[name], "basedOn") or ""
        if num is not None and level is None:
            level = next((d.get("ilvl") for d in self._definitions(num) if val(d, "pStyle") == source), None)
        return Style(num, level, outline)

    def label(self, paragraph: Element) -> str:
        """The label Word shows before the paragraph, with its separator; empty if it is not numbered."""
        num, level = self._place(paragraph)
        if num not in self._nums:
            return ""
        definition = self._level(num, level)
        if definition is None:
            return ""
        counts = self._counts.setdefault(self._abstract_of[num], {})
        self._step(num, level, counts)
        if definition.form == "bullet" or definition.form == "none" and "%" not in definition.text:
            return ""
        text = self._render(num, definition, counts)
        # The distance is layout, not text: （一）甲, but 第一条 甲, which cannot be taken for a mention.
        return text + ("" if text[-1:] in "）)】、" else " ") if text else ""

    def _place(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find("pPr")
        numbered = properties.find("numPr") if properties is not None else None
        num, level = val(numbered, "numId"), val(numbered, "ilvl")
        if num is None:
            style = self._style(paragraph)
            num, level = style.num, level if level is not None else style.level
        return num or "0", max(0, min(int_attribute(level, 0), 8))

    def _definitions(self, num: str) -> list[Element]:
        abstract = self._abstract.get(self._abstract_of.get(num, ""))
        link = val(abstract, "numStyleLink")
        if link is not None and link in self._styles:
            properties = self._styles[link].find("pPr")
            target = val(properties.find("numPr") if properties is not None else None, "numId")
            if target is not None and target != num:
                abstract = self._abstract.get(self._abstract_of.get(target, ""))
        return abstract.findall("lvl") if abstract is not None else []

    def _levels(self, num: str) -> dict[int, Level]:
        """The levels of a list; of two for one level the first."""
        if num not in self._known_levels:
            found: dict[int, Level] = {}
            for definition in self._definitions(num):
                found.setdefault(int_attribute(definition.get("ilvl"), -1), _level_of(definition))
            self._known_levels[num] = found
        return self._known_levels[num]

    def _override(self, num: str, level: int) -> tuple[Level | None, str | None]:
        """What a list has instead of its definition: another level, another start."""
        if num not in self._known_overrides:
            found: dict[int, tuple[Level | None, str | None]] = {}
            for override in self._nums[num].findall("lvlOverride"):
                own = override.find("lvl")
                entry = (None if own is None else _level_of(own), val(override, "startOverride"))
                found.setdefault(int_attribute(override.get("ilvl"), -1), entry)
            self._known_overrides[num] = found
        return self._known_overrides[num].get(level, (None, None))

    def _level(self, num: str, level: int) -> Level | None:
        return self._override(num, level)[0] or self._levels(num).get(level)

    def _step(self, num: str, level: int, counts: dict[int, int]) -> None:
        """Count one paragraph; deeper levels start again unless their lvlRestart says otherwise."""
        restart = self._override(num, level)[1]
        if restart is not None and (num, level) not in self._started:
            counts[level] = int_attribute(restart, 1)
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(num, level)
        self._started.add((num, level))
        for upper in range(level):
            counts.setdefault(upper, self._start(num, upper))
        for deeper in [d for d in counts if d > level]:
            definition = self._level(num, deeper)
            only_after = int_attribute(definition.restart if definition else None, deeper)
            if only_after and level < only_after:
                del counts[deeper]

    def _start(self, num: str, level: int) -> int:
        definition = self._level(num, level)
        return definition.start if definition else 1

    def _render(self, num: str, definition: Level, counts: dict[int, int]) -> str:
        text = definition.text
        for level in range(9):
            if f"%{level + 1}" in text:
                source = self._level(num, level)
                form = (source.form or "decimal") if source is not None else "decimal"
                number = counts.get(level, self._start(num, level))
                text = text.replace(f"%{level + 1}", format_number(number, "decimal" if definition.legal else form))
        return text


def _level_of(definition: Element) -> Level:
    """One lvl element; the format also from inside mc:AlternateContent, where newer Word keeps custom ones."""
    text = val(definition, "lvlText") or ""
    if len(text) > LONGEST_LABEL:
        raise damaged()
    custom = next(definition.iter("numFmt"), None)
    form = val(definition, "numFmt") or (custom.get("val") if custom is not None else None) or "decimal"
    legal = definition.find("isLgl") is not None
    return Level(form, text, legal, int_attribute(val(definition, "start"), 1), val(definition, "lvlRestart"))
