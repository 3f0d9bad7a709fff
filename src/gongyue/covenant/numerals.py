"""Numerals as covenants write them: 二十二, 廿二, 22, ２２, 贰拾贰; and shares: 三分之二, 过半数, ⅔, 50%."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_DIGITS = {
    **dict.fromkeys("〇零○", 0),
    **{c: i for i, c in enumerate("一二三四五六七八九", 1)},
    **{c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    **{c: i for i, c in enumerate("壹貳參肆伍陸柒捌玖", 1)},
    "叄": 3,
    "弍": 2,
    "弎": 3,
    "弌": 1,
    "两": 2,
    "兩": 2,
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SIGNS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")

BLANKS = " \t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff\u200e\u200f\f\v"
"""Characters that only stand between others."""
BLANK = "[\\s\u200b\ufeff]"
CHINESE = "".join(_DIGITS) + "".join(_PLACES) + "".join(_TENS)
"""The characters of a Chinese numeral below ten thousand."""
NUMERAL = f"[0-9０-９{CHINESE}万萬](?:{BLANK}*[0-9０-９{CHINESE}万萬])*"
"""A pattern for a whole numeral; blanks may stand between its characters."""
_BLANKS = re.compile(BLANK + "+")
_DECIMAL = re.compile(r"\d{1,18}")


def parse(text: str) -> int | None:
    """The number a numeral writes, None if it is not one (also where it could be read two ways: 一百五)."""
    plain = _BLANKS.sub("", text)
    arabic = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in plain)
    if _DECIMAL.fullmatch(arabic) and arabic.isascii():
        return int(arabic)
    if plain and all(c in _DIGITS for c in plain):
        return int("".join(str(_DIGITS[c]) for c in plain)) if len(plain) <= 18 else None
    return _grouped(plain) if plain else None


def _grouped(text: str) -> int | None:
    """A numeral with 万 or 亿: each group is a numeral below ten thousand."""
    total, rest, ceiling = 0, text, 10**12
    for sign in ("亿億", "万萬"):
        head, found, tail = _cut(rest, sign)
        if found:
            group = _below_ten_thousand(head)
            if not group or _LARGE[found] >= ceiling:
                return None
            total, rest, ceiling = total + group * _LARGE[found], tail, _LARGE[found]
            if not rest:
                return total
    group = _below_ten_thousand(rest)
    return None if group is None else total + group


def _cut(text: str, signs: str) -> tuple[str, str, str]:
    for i, c in enumerate(text):
        if c in signs:
            return text[:i], c, text[i + 1 :]
    return "", "", text


def _below_ten_thousand(text: str) -> int | None:
    """千百十 with their digits; places must fall, and a skipped place needs its 零."""
    total, digit, place, zero = 0, None, 10_000, False
    for i, c in enumerate(text):
        if c in _TENS:
            if digit is not None or place <= 10:
                return None
            total, place, zero = total + _TENS[c], 10, False
        elif c in _PLACES:
            implied = digit is None and i > 0 and _PLACES[c] != 10  # 一百十二 is 112, 一千百 is nothing
            if _PLACES[c] >= place or implied or (digit is not None and digit == 0):
                return None
            total, place, digit, zero = total + (digit or 1) * _PLACES[c], _PLACES[c], None, False
        elif c not in _DIGITS or digit is not None:
            return None
        elif _DIGITS[c] == 0:
            zero = True
        else:
            digit = _DIGITS[c]
    if digit is not None and place > 10 and place < 10_000 and not zero:
        return None  # 一百五 may be 105 or 150
    if zero and digit is None:
        return None
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """The usual Chinese numeral: 十, 二十二, 一百零一."""
    if not 0 <= number < 10**8:
        raise ValueError(number)
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    words = _spell(high) + "万" if high else ""
    if high and 0 < low < 1000:
        words += "零"
    words += _spell(low)
    return words[1:] if words.startswith("一十") else words


def _spell(number: int) -> str:
    words, skipped = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            words += ("零" if skipped and words else "") + _SIGNS[digit] + sign
            skipped = False
        else:
            skipped = True
    return words


_OVER = re.compile(f"({NUMERAL})分之({NUMERAL})(?:[点點]([{''.join(_DIGITS)}]+))?")
_SLASH = re.compile(r"(\d{1,3})[/／](\d{1,3})")
_PERCENT = re.compile(r"(\d{1,3}(?:[.．]\d{1,4})?)[%％﹪]")
_HALF = re.compile("[过過]?半[数數]?|一半|二分之一")


def parse_share(text: str) -> Fraction | None:
    """The share a phrase of nothing but a share states: 三分之二, 百分之五十, 2/3, ⅔, 66.7%, 过半数; else None."""
    plain = _BLANKS.sub("", text)
    if len(plain) == 1 and unicodedata.category(plain) == "No" and "VULGAR" in unicodedata.name(plain, ""):
        return Fraction(unicodedata.normalize("NFKC", plain).replace("⁄", "/"))
    if found := _OVER.fullmatch(plain):
        return _fraction(parse(found[1]), parse(found[2]), found[3])
    if found := _SLASH.fullmatch(plain):
        return _fraction(int(found[2]), int(found[1]), None)
    if found := _PERCENT.fullmatch(plain):
        share = Fraction(unicodedata.normalize("NFKC", found[1])) / 100
        return share if 0 < share <= 1 else None
    return Fraction(1, 2) if _HALF.fullmatch(plain) else None


def _fraction(whole: int | None, part: int | None, decimals: str | None) -> Fraction | None:
    if not whole or part is None:
        return None
    value = Fraction(part)
    if decimals:
        value += Fraction(int("".join(str(_DIGITS[c]) for c in decimals)), 10 ** len(decimals))
    return value / whole if 0 < value <= whole else None
