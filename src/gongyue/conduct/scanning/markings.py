"""Markings of trade secrets: a stamp on a document, not prose about secrets.

反不正当竞争法第十条: a trade secret is kept so by measures, and a marking is the visible one. Words such as 商业秘密 alone
are a marking where they stand as one: in brackets, alone on their line, with a mark of class or term.
"""

from __future__ import annotations

import re
from typing import Any, cast

from gongyue.conduct.compiling import inlined, kernel, wide
from gongyue.conduct.scanning.signs import LETTER, Array, among, signs_of

_BLANK = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"


def _pairs(pairs: str) -> Array:
    """Two signs each, as `_pair` makes one of them; in either case, if letters."""
    cases = (str, str.upper)
    both = {case(pair[0]) + other(pair[1]) for pair in pairs.split("/") for case in cases for other in cases}
    return signs_of("".join(chr(cast(Any, _pair).py_func(*map(ord, pair))) for pair in both))


@inlined
def _pair(first: int, second: int) -> int:
    return (wide(first) * 31 + wide(second)) & 0xFFFF


_STAMPS = _pairs(
    "核心/普通/商业/商密/商秘/商▲/商★/商*/商●/商◆/机密/绝密/秘密/内部/密级/保密/公司/企业/本文/本资/本材/本图/本邮/本报/本信/仅限/仅供/未经/严禁/禁止/不得"
    "/请勿/pr/co/in/fo/do/st/th/tr/no" + "".join(f"/商{sign}" for sign in _BLANK)
)
_WEAK_WORDS = _pairs("公司/企业/本公/商业/机密/保密/内部/绝密/秘密/tr/hi/co/pr/re")
"""What a stamp begins with, but for brackets, and what a weak word does: where they do not stand no pattern is tried."""
_THIRD = signs_of("▲★*●◆·・资文级等，,、|-A0123456789秘密机使保件料档纸告息商:内书授许同批外" + _BLANK)
"""The third sign of a stamp in Chinese, but after 商▲."""
_WEAK_THIRD = signs_of("司商公机保内绝秘企文资使")
"""That of a weak word in Chinese, but after 机密 绝密 秘密."""
_MARKS = signs_of("▲★*●◆")
REACH = 32
"""How many signs before its word a stamp may begin."""
_BEFORE = "【[(（〔「《★ \t\r\n\u00a0\u3000"
"""What may stand before it, and belongs to it from the first bracket on."""
_STAMP = re.compile(
    r"""(?x:
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
)
_TELLS = signs_of("▲★*●◆·・:：|\uff5c仅限未勿禁得本注妥心通")
"""What no stamp is without, one of these at least, or a Latin letter."""
_LEADS = signs_of("【[(（〔「《<★级别:：=\x85\u1680\u2028\u2029")
"""What a weak word is a marking after; and the last sign of what says that a class follows."""
_WEAK = re.compile(
    r"(?:公司|企业|本公司)?(?:商业秘密|商业机密|公司机密|企业机密|机密文件|保密文件|内部资料|内部文件|内部使用|机密|绝密|秘密)(?:级|文件|资料)?"
    r"|(?i:trade\s+secrets?|(?:highly\s+)?confidential(?:\s+(?:business\s+)?information)?|proprietary|restricted|company\s+secret)"
)
_SHOUTED = re.compile(r"[A-Z]{4,}(?: [A-Z]+){0,3}")
"""The same again in English: 内部使用 INTERNAL."""
_CLASSES = ("密级", "级别", "保密等级", "机密等级", "classification")
_OPEN, _CLOSE = "【[(（〔「《<★", "】])）〕」》>"
_STOPS = "·▲★*●◆:：-—–|/!！\n\r\t"


@kernel
def may_mark(text: Array, klass: Array, at: int) -> bool:
    """Whether `marking_at` can find anything there: prose about secrets mostly has nothing that tells of a marking."""
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
    found = wide(0)
    for back in range(min(REACH, at - first) + 1):
        start = at - back
        if among(_pair(text[start], text[start + 1]), _STAMPS):
            third = text[start] < 128 or among(text[start + 1], _MARKS) or among(text[start + 2], _THIRD)
            found |= wide(third) << back
    return found if found or _may_be_weak(text, at) else wide(-1)


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


def marking_at(text: str, at: int, last: int, begins: int, around: tuple[int, int]) -> tuple[int, int] | None:
    """(start, end) of the marking that a cue at `at` belongs to, in a unit that ends at `last`; `begins` are its `stamps`, `around`
    is its `line_around`; None for prose."""
    first, line = around
    begin = max(first, at - REACH)
    while begins:
        start = at + 1 - begins.bit_length()
        begins ^= 1 << at - start
        stamp = _STAMP.match(text, start, min(line, at + 40)) if start >= begin else None
        if stamp is None:
            continue
        if stamp.end() > at:
            before = text[begin:start]
            lead = before[len(before.rstrip(_BEFORE)) :].lstrip()
            return _framed(text, start - len(lead), stamp.end())
        begin = stamp.end()
    weak = _WEAK.match(text, at, last)
    if weak is None:
        return None
    return _alone(text, weak.start(), weak.end(), first, line)


def _framed(text: str, start: int, end: int) -> tuple[int, int]:
    """A marking with the brackets it stands in, where little else does: 【商业秘密·严禁外传】."""
    left, right = text.rfind("【", max(0, start - 12), start + 1), text.find("】", end - 1, end + 12)
    if left < 0 or right < 0 or "】" in text[left : end - 1] or "\n" in text[left:right]:
        return start, end
    return left, right + 1


def _alone(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int] | None:
    """A weak word is a marking in brackets, before a stop at the head of a line, alone on its line, or in capitals."""
    before = text[first:start].strip()
    after = text[end:last].strip()
    if before and before[-1] in _OPEN and after and after[0] in _CLOSE:
        return start - 1, end + 1
    if not before and (not after or after[0] in _STOPS or after in {"。", "."} or _SHOUTED.fullmatch(after)):
        return start, end + (1 if after and after[0] in "·▲★" else 0)
    if before.rstrip(":：=").rstrip().lower().endswith(_CLASSES):
        return start, end
    return (start, end) if text[start:end].isupper() and text[start:end].isascii() else None
