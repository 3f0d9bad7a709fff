"""Word's automatic numbers: which label a numbered paragraph shows (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from gongyue.covenant.numerals import to_chinese

_FINANCIAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_FINANCIAL_OLD = str.maketrans("一二三四五六七八九十百千零", "壹貳參肆伍陸柒捌玖拾佰仟零")
_DIGIT_SIGNS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_BY_DIGIT = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"}
_BY_PLACE = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographEnclosedCircle",
}  # fmt: skip


def show(number: int, form: str) -> str:
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
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return ""


def _roman(number: int) -> str:
    words = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        words += sign * count
    return words


def val(parent: Element | None, name: str) -> str | None:
    """The w:val of a child, None if there is no such child."""
    child = parent.find(name) if parent is not None else None
    return None if child is None else child.get("val")


def whole(text: str | None, default: int) -> int:
    """An integer attribute, or the default where it is missing or malformed."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


class Numbering:
    """The counters of one document; ask `label` for each numbered paragraph in order."""

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
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def style_name(self, paragraph: Element) -> str:
        """The name of a paragraph's style, or its id; follows nothing."""
        style = val(paragraph.find("pPr"), "pStyle") or ""
        return val(self._styles.get(style), "name") or style

    def outline(self, paragraph: Element) -> bool:
        """Whether style or paragraph makes it a heading (an outline level below body text)."""
        chain = [paragraph, *self._chain(paragraph)]
        levels = (val(e.find("pPr"), "outlineLvl") for e in chain)
        level = next((whole(v, 9) for v in levels if v is not None), 9)
        name = self.style_name(paragraph).lower()
        return level < 9 or name.startswith(("heading", "标题", "title"))

    def _chain(self, paragraph: Element) -> list[Element]:
        style, chain = val(paragraph.find("pPr"), "pStyle") or self._default, []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            style = val(self._styles[style], "basedOn") or ""
        return chain

    def label(self, paragraph: Element) -> str:
        """The label Word shows before the paragraph, with its separator; empty if it is not numbered."""
        num, level = self._place(paragraph)
        if num not in self._nums:
            return ""
        abstract_id = val(self._nums[num], "abstractNumId") or ""
        definition = self._level(num, level)
        if definition is None:
            return ""
        counts = self._counts.setdefault(abstract_id, {})
        self._step(num, level, counts)
        form = val(definition, "numFmt") or _custom_form(definition)
        if form == "bullet" or form == "none" and "%" not in (val(definition, "lvlText") or ""):
            return ""
        text = self._render(num, definition, counts)
        # The distance is layout, not text: （一）甲, but 第一条 甲, which cannot be taken for a mention.
        return text + ("" if text[-1:] in "）)】、" else " ") if text else ""

    def _place(self, paragraph: Element) -> tuple[str, int]:
        num, level = None, None
        for source in [paragraph, *self._chain(paragraph)]:
            properties = source.find("pPr")
            numbered = properties.find("numPr") if properties is not None else None
            if numbered is None:
                continue
            num = num if num is not None else val(numbered, "numId")
            level = level if level is not None else val(numbered, "ilvl")
            if num is not None:
                if level is None and source.tag == "style":
                    level = self._linked_level(num, source.get("styleId", ""))
                break
        return num or "0", max(0, min(whole(level, 0), 8))

    def _linked_level(self, num: str, style: str) -> str | None:
        for definition in self._levels(num):
            if val(definition, "pStyle") == style:
                return definition.get("ilvl")
        return None

    def _levels(self, num: str) -> list[Element]:
        abstract = self._abstract.get(val(self._nums.get(num), "abstractNumId") or "")
        link = val(abstract, "numStyleLink")
        if link is not None and link in self._styles:
            properties = self._styles[link].find("pPr")
            target = val(properties.find("numPr") if properties is not None else None, "numId")
            if target is not None and target != num:
                abstract = self._abstract.get(val(self._nums.get(target), "abstractNumId") or "")
        return abstract.findall("lvl") if abstract is not None else []

    def _override(self, num: str, level: int) -> Element | None:
        overrides = self._nums[num].findall("lvlOverride")
        return next((o for o in overrides if whole(o.get("ilvl"), -1) == level), None)

    def _level(self, num: str, level: int) -> Element | None:
        override = self._override(num, level)
        own = override.find("lvl") if override is not None else None
        if own is not None:
            return own
        return next((d for d in self._levels(num) if whole(d.get("ilvl"), -1) == level), None)

    def _step(self, num: str, level: int, counts: dict[int, int]) -> None:
        """Count one paragraph; deeper levels start again unless their lvlRestart says otherwise."""
        override = self._override(num, level)
        restart = val(override, "startOverride")
        if restart is not None and (num, level) not in self._started:
            counts[level] = whole(restart, 1)
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(num, level)
        self._started.add((num, level))
        for upper in range(level):
            counts.setdefault(upper, self._start(num, upper))
        for deeper in [d for d in counts if d > level]:
            only_after = whole(val(self._level(num, deeper), "lvlRestart"), deeper)
            if only_after and level < only_after:
                del counts[deeper]

    def _start(self, num: str, level: int) -> int:
        return whole(val(self._level(num, level), "start"), 1)

    def _render(self, num: str, definition: Element, counts: dict[int, int]) -> str:
        text = val(definition, "lvlText") or ""
        legal = definition.find("isLgl") is not None
        for level in range(9):
            if f"%{level + 1}" in text:
                source = self._level(num, level)
                form = (val(source, "numFmt") or "decimal") if source is not None else "decimal"
                shown = show(counts.get(level, self._start(num, level)), "decimal" if legal else form)
                text = text.replace(f"%{level + 1}", shown)
        return text


def _custom_form(definition: Element) -> str:
    """The format inside mc:AlternateContent, where newer Word keeps custom ones."""
    found = next(definition.iter("numFmt"), None)
    return found.get("val", "decimal") if found is not None else "decimal"
