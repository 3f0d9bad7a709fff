"""Markings of trade secrets: a stamp on a document, not prose about secrets.

反不正当竞争法第十条: a trade secret is kept so by measures, and a marking is the visible one. Words such as 商业秘密 alone
are a marking where they stand as one: in brackets, alone on their line, with a mark of class or term.
"""

from __future__ import annotations

import re

from gongyue.conduct.compiling import kernel
from gongyue.conduct.scanning.signs import LETTER, Array, among, signs_of

_FIRST = "核普商机绝秘内密保公企本仅未严禁不请CcDdFfIiNnPpSsTt"
"""The signs a stamp begins with, but for brackets: to ask for one of these first is several times as fast as to try every form."""
_BEFORE = "【[(（〔「《★ \t\r\n\u00a0\u3000"
"""What may stand before it, and belongs to it from the first bracket on."""
_STAMP = re.compile(
    rf"(?=[{_FIRST}])"
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


def marking_at(text: str, at: int) -> tuple[int, int] | None:
    """(start, end) of the marking on the line of `at` that a cue at `at` belongs to; None for prose."""
    first = max(text.rfind("\n", 0, at) + 1, at - 40)
    last = text.find("\n", at)
    last = min(len(text) if last < 0 else last, at + 80)
    begin = max(first, at - 32)
    for stamp in _STAMP.finditer(text, begin, min(last, at + 40)):
        if stamp.start() <= at < stamp.end():
            before = text[begin : stamp.start()]
            lead = before[len(before.rstrip(_BEFORE)) :].lstrip()
            return _framed(text, stamp.start() - len(lead), stamp.end())
        begin = stamp.end()
    weak = _WEAK.match(text, at)
    if weak is None:
        return None
    return _alone(text, weak.start(), weak.end(), first, last)


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
