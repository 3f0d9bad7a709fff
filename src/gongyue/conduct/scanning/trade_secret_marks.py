"""Markings of trade secrets: a stamp on a document, not prose about secrets.

反不正当竞争法第十条: a trade secret is kept so by measures, and a marking is the visible one. Words such as 商业秘密 alone
are a marking where they stand as one: in brackets, alone on their line, with a mark of class or term.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning.assigned_secrets import blank
from gongyue.conduct.scanning.characters import LETTER, LOWER, UPPER, Array, among, char_set
from gongyue.conduct.scanning.regex_compiler import programs
from gongyue.conduct.scanning.regex_vm import MatchState, RegexPrograms, match

_BLANK = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"


def _pairs(pairs: str) -> Array:
    """Two signs each, as `_pair` makes one of them; in either case, if letters."""
    cases = (str, str.upper)
    both = {case(pair[0]) + other(pair[1]) for pair in pairs.split("/") for case in cases for other in cases}
    return char_set("".join(chr(cast(Any, _pair).py_func(*map(ord, pair))) for pair in both))


@inlined
def _pair(first: int, second: int) -> int:
    return (to_int64(first) * 31 + to_int64(second)) & 0xFFFF


_STAMPS = _pairs(
    "核心/普通/商业/商密/商秘/商▲/商★/商*/商●/商◆/机密/绝密/秘密/内部/密级/保密/公司/企业/本文/本资/本材/本图/本邮/本报/本信/仅限/仅供/未经/严禁/禁止/不得"
    "/请勿/pr/co/in/fo/do/st/th/tr/no" + "".join(f"/商{sign}" for sign in _BLANK)
)
_WEAK_WORDS = _pairs("公司/企业/本公/商业/机密/保密/内部/绝密/秘密/tr/hi/co/pr/re")
"""What a stamp begins with, but for brackets, and what a weak word does: where they do not stand no pattern is tried."""
_THIRD = char_set("▲★*●◆·・资文级等，,、|-A0123456789秘密机使保件料档纸告息商:内书授许同批外" + _BLANK)
"""The third sign of a stamp in Chinese, but after 商▲."""
_WEAK_THIRD = char_set("司商公机保内绝秘企文资使")
"""That of a weak word in Chinese, but after 机密 绝密 秘密."""
_MARKS = char_set("▲★*●◆")
REACH = 32
"""How many signs before its word a stamp may begin."""
_BEFORE = char_set("【[(（〔「《★ \t\r\n\u00a0\u3000")
"""What may stand before it, and belongs to it from the first bracket on."""
_STAMP = r"""(?x:
    (?: (?:核心|普通)?商(?:业)?[密秘]密?\s*[▲★*●◆]\s*(?:\d+\s*年|长期|永久)?
      | (?:核心|普通)商(?:密|业秘密)(?:\s*[▲★]?\s*\d+\s*年)?
      | (?:机密|绝密|秘密)\s*[★▲]\s*\S{0,6}
      | 内部(?:资料|文件|使用)[\s，,·!！]*(?:注意保密|请勿外传|严禁外传|禁止外传|不得外传|妥善保管)
      | (?:绝密|机密|秘密|内部)\s*[·・]\s*(?:技术|商业|经营)秘密\s*[】\])）]?
      | (?:密级|(?:保密|机密)(?:级别|等级))\s*[:：]\s*(?:核心|普通|内部)?(?:商密|机密|秘密|绝密)[^\s，。；]{0,6}(?:\s+保密期限\s*[:：]\s*\S{1,6})?
      | (?:商业秘密|商业机密|[机绝秘]密)\s+保密期限\s*[:：]\s*\S{1,12}
      | (?:公司|企业|商业)?(?:机密|秘密|保密)(?:资料|文件)?\s*[，,、]\s*(?:禁止|严禁|不得|请勿)[^\s，。；]{2,12}
      | 商业(?:秘密|机密)\s*[·・]\s*[一二三四A-D1-4]级
      | 商密A{1,3}级?
      | (?:商业秘密|商业机密)\s*[·・]\s*(?:限制|禁止|严禁|不得|仅限|请勿)[^\s，。】\])]{1,8}
      | (?:机密|保密|内部)(?:文件|资料)[，,]\s*(?:仅限|仅供)\S{1,12}?(?:传阅|阅览|查阅|使用|参考|知悉)
      | 本(?:文件|资料|文档|材料|图纸|邮件|报告|信息)(?:包?含有?|涉及|属于?)\S{0,8}?(?:商业秘密|商业机密|技术秘密|公司机密)
           (?:[，,；;]\s*未经[^，。；\s]{0,8}(?:不得|严禁|禁止|请勿)[^，。；\s]{1,12})?
      | (?:绝密|机密|秘密)\s*[·・|\uff5c\-—]\s*(?:仅限|仅供|限)[^，。；\s”"』】)]{1,10}
      | (?:仅限|仅供)内部(?:使用|传阅|参考)
      | 未经(?:书面)?授权[，,]?\s*(?:不得|严禁|禁止|请勿)(?:外传|复制|传播|披露|转发|对外)\S{0,8}
      | (?<![^\s。】\])])未经(?:书面)?(?:许可|同意|批准)[，,]?\s*(?:不得|严禁|禁止|请勿)(?:外传|外发|复制|复印|拷贝|传播|披露|泄露|转发|对外)[^\s。；]{0,8}
      | (?:严禁|禁止|不得|请勿)外传
      | (?i:proprietary\s+(?:and|&)\s+confidential|confidential\s+(?:and|&)\s+proprietary|internal\s+use\s+only|for\s+internal\s+use(?:\s+only)?
           |do\s+not\s+(?:distribute|disclose|circulate|copy)(?:\s+outside\s+(?:the\s+)?[\w\ ]{2,30})?
           |commercial(?:ly)?(?:\s+in\s+confidence|\s+sensitive)|company\s+(?:confidential|secret)|strictly\s+(?:private\s+and\s+)?confidential
           |this\s+(?:document|drawing|file|message|report)\s+(?:contains?|includes?)\s+(?:the\s+)?(?:trade\s+secrets?|confidential)[^.\n]{0,60}
           |trade\s+secrets?\s*[-–—:]|not\s+for\s+(?:external\s+|onward\s+|public\s+)?(?:distribution|circulation|release))
    ))"""
_TELLS = char_set("▲★*●◆·・:：|\uff5c仅限未勿禁得本注妥心通")
"""What no stamp is without, one of these at least, or a Latin letter."""
_LEADS = char_set("【[(（〔「《<★级别:：=\x85\u1680\u2028\u2029")
"""What a weak word is a marking after; and the last sign of what says that a class follows."""
_WEAK = (
    r"(?:公司|企业|本公司)?(?:商业秘密|商业机密|公司机密|企业机密|机密文件|保密文件|内部资料|内部文件|内部使用|机密|绝密|秘密)(?:级|文件|资料)?"
    r"|(?i:trade\s+secrets?|(?:highly\s+)?confidential(?:\s+(?:business\s+)?information)?|proprietary|restricted|company\s+secret)"
)
_SHOUTED = r"(?:[A-Z]{4,}(?: [A-Z]+){0,3})\Z"
"""The same again in English: 内部使用 INTERNAL."""
_CLASSES = "(?:密级|级别|保密等级|机密等级|(?i:classification))"
"""What says that a class follows."""
_CLASS_SIZES = (2, 4, 14)
STAMP, WEAK, SHOUTED, CLASSES = range(4)
"""The patterns in `marks`."""
_OPEN, _CLOSE = char_set("【[(（〔「《<★"), char_set("】])）〕」》>")
_STOPS = char_set("·▲★*●◆:：-—–|/!！\n\r\t")
_AFTER = char_set("·▲★")
_ASKING = char_set(":：=")


@cache
def marks() -> RegexPrograms:
    """The patterns of markings, compiled."""
    return programs([_STAMP, _WEAK, _SHOUTED, _CLASSES])


@kernel
def may_mark(text: Array, klass: Array, at: int) -> bool:
    """Whether any pattern can find something there: prose about secrets mostly has nothing that tells of a marking."""
    first = at
    while first > 0 and at - first < 40 and text[first - 1] <= 32 and text[first - 1] != 10:
        first -= 1
    if first == 0 or at - first == 40 or text[first - 1] == 10 or among(text[first - 1], _LEADS):
        return True
    for way in (-1, 1):
        i = at if way > 0 else at - 1
        while i >= 0 and at - 32 <= i < at + 40 and text[i] != 10:
            if klass[text[i]] & LETTER or among(text[i], _TELLS):
                return True
            i += way
    return False


@kernel
def stamps(text: Array, at: int, first: int) -> int:
    """Where stamps may begin, as bits: the lowest for `at`, the next for the sign before it, as far as `first`; -1 if neither one
    nor a weak word can."""
    found = to_int64(0)
    for back in range(min(REACH, at - first) + 1):
        start = at - back
        if among(_pair(text[start], text[start + 1]), _STAMPS):
            third = text[start] < 128 or among(text[start + 1], _MARKS) or among(text[start + 2], _THIRD)
            found |= to_int64(third) << back
    return found if found or _may_be_weak(text, at) else to_int64(-1)


@inlined
def _may_be_weak(text: Array, at: int) -> bool:
    """Whether a weak word may begin there."""
    whole = text[at] < 128 or (text[at + 1] == 0x5BC6 and text[at] != 0x4FDD)  # 机密, but not 保密
    return among(_pair(text[at], text[at + 1]), _WEAK_WORDS) and (whole or among(text[at + 2], _WEAK_THIRD))


@inlined
def line_around(text: Array, at: int, last: int) -> tuple[int, int]:
    """(start, end) of the line of `at`, within 40 signs before and 80 after, in a unit that ends at `last`."""
    first = end = at
    while at - first < 40 and text[first - 1] != 10:
        first -= 1
    while end < min(last, at + 80) and text[end] != 10:
        end += 1
    return first, end


@kernel
def marking_at(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, at: int, first: int, last: int
) -> tuple[int, int]:
    """(start, end) of the marking that a cue at `at` belongs to, in a unit from `first` to `last`; (-1, -1) for prose."""
    begins = stamps(text, at, first)
    if begins < 0 or not may_mark(text, klass, at):
        return -1, -1
    first, line = line_around(text, at, last)
    begin = max(first, at - REACH)
    for start in range(begin, at + 1):
        if not begins >> (at - start) & 1 or start < begin:
            continue
        end = match(patterns, STAMP, text, start, min(line, at + 40), ways)
        if end > at:
            return _framed(text, _led(text, begin, start), end)
        begin = max(begin, end)
    end = match(patterns, WEAK, text, at, last, ways)
    return _alone(text, klass, patterns, ways, at, end, first, line) if end >= 0 else (-1, -1)


@inlined
def _led(text: Array, begin: int, start: int) -> int:
    """Where a stamp begins with the brackets before it, after `begin`."""
    lead = start
    while lead > begin and among(text[lead - 1], _BEFORE):
        lead -= 1
    while lead < start and blank(text[lead]):
        lead += 1
    return lead


@kernel
def _framed(text: Array, start: int, end: int) -> tuple[int, int]:
    """A marking with the brackets it stands in, where little else does: 【商业秘密·严禁外传】."""
    left, right = start, end - 1
    while left > start - 12 and text[left] not in (0x3010, 0x3011, 10):
        left -= 1
    if text[left] != 0x3010:
        return start, end
    for i in range(left, end - 1):
        if text[i] in (0x3011, 10):
            return start, end
    while right < end + 11 and text[right] not in (0x3011, 10):
        right += 1
    return (left, right + 1) if text[right] == 0x3011 else (start, end)


@kernel
def _alone(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, start: int, end: int, first: int, last: int
) -> tuple[int, int]:
    """A weak word is a marking in brackets, before a stop at the head of a line, alone on its line, or in capitals."""
    before, after = _stripped(text, first, start), end
    while after < last and blank(text[after]):
        after += 1
    last = _stripped(text, after, last)
    headed, alone, sign = before == first, after == last, text[after]
    if not headed and not alone and among(text[before - 1], _OPEN) and among(sign, _CLOSE):
        return start - 1, end + 1
    if headed and (alone or among(sign, _STOPS) or _closes(text, patterns, ways, after, last)):
        return start, end + (not alone and among(sign, _AFTER))
    if _classed(text, patterns, ways, first, before) or _capitals(text, klass, start, end):
        return start, end
    return -1, -1


@inlined
def _stripped(text: Array, start: int, end: int) -> int:
    """The end of signs without the white space at their end; `start` if there is nothing else."""
    while end > start and blank(text[end - 1]):
        end -= 1
    return max(start, end)


@inlined
def _closes(text: Array, patterns: RegexPrograms, ways: MatchState, at: int, end: int) -> bool:
    """Whether nothing but a full stop or the same in English stands there."""
    full = end == at + 1 and text[at] in (0x3002, 46)
    return bool(full or match(patterns, SHOUTED, text, at, end, ways) >= 0)


@kernel
def _classed(text: Array, patterns: RegexPrograms, ways: MatchState, first: int, end: int) -> bool:
    """Whether what stands before says that a class follows."""
    while end > first and among(text[end - 1], _ASKING):
        end -= 1
    end = _stripped(text, first, end)
    for size in _CLASS_SIZES:  # noqa: SIM110 (a kernel has no generators)
        if end - size >= first and match(patterns, CLASSES, text, end - size, end, ways) == end:
            return True
    return False


@kernel
def _capitals(text: Array, klass: Array, start: int, end: int) -> bool:
    """Whether all letters are capitals, and there are some; nothing but ASCII."""
    there = False
    for i in range(start, end):
        if text[i] >= 128 or klass[text[i]] & LOWER:
            return False
        there |= klass[text[i]] & UPPER != 0
    return there
