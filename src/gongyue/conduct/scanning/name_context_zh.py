"""What stands beside a name in Chinese: labels, roles and verbs before it, titles after it, and what makes it a firm's or a place's."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, HAN, Array, among, char_set
from gongyue.conduct.scanning.entity_types import MEETS, NEGATIVE, ORGANISATION, PERSON, ROLE, SAID, TITLE, VALID
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, label

LABELLED, LISTED, TITLED, ROLED, SPOKEN, MET, FILLED, STOPPED, JOINED, FIRM, DISTRICT = (
    520, 400, 420, 320, 230, 130, 120, 90, 50, 420, 700,
)  # fmt: skip
"""What a label before, a name before in a list, a title after, a role before, a verb of speech after, a verb before,
no more than the name between label and stop, a stop or a short verb on a side speak for, and the
name of a firm or place after it, or an end that only places have, against."""

ASKING = char_set("找请由让叫给经向与和对把被跟同替问陪派及是有邀代退还欠转写系")
"""What asks for a person."""
MEMBERS = char_set("员师者")
"""What a role ends in that a name may follow at once: 教师张三."""
_JOINTS = char_set("都也已正曾作做负牵拦带发写没不调订的在和与是说到去从向对为于任被把将等称现原系欠缴付收交领买卖送")
"""What follows a name and is not of it."""
_PLACES = char_set("路街区市县省镇村山河湖桥寺店站港岛楼厂社局庄湾屯乡州井")
"""What makes of the signs before it a place."""
_LISTING = char_set("、,/ 和与及")
"""What stands between names in a list."""
_AMOUNTS = char_set("壹贰叁肆伍陆柒捌玖拾佰仟万亿")
"""How amounts of money are written out."""
_NUMERALS = char_set("一二三四五六七八九十0123456789")
_COUNTED = char_set("周时段季米方")
_SOON = char_set("将定已拟现应须曾均")
"""What 于 after it makes a time: 将于国庆期间."""
_WAYS = char_set("路街区市县省镇村寺店站港岛厂社局屯乡柜巷")
_HOMES = char_set("角口庄坪坝湾河桥沟堡营坡嘴岭集寨铺坨墩滩垛门塘汇沱庵园湖山井楼")
"""What only the names of places end in; and after 家."""


@kernel
def speaks_before(page: ScanBuffer, tables: Words, at: int) -> int:
    """What stands before a name speaks for it: a label, or a stop; what a title (《白鹿原》) begins with is no name."""
    if at > 0 and page.text[at - 1] == 0x300A:
        return -LABELLED
    bits = label(page, at)
    if bits & (1 << PERSON):
        return LABELLED
    if bits & (1 << ROLE):
        return ROLED
    if bits & (1 << NEGATIVE):
        return -STOPPED
    if bits & (1 << MEETS):
        return MET
    told = max(called_so(page, tables.klass, at), _listed(page, at))
    if told:
        return told
    if at == 0 or not tables.klass[page.text[at - 1]] & (HAN | ALNUM):
        return STOPPED
    return _touching(page.text, at)


CLASS = 0x73ED
"""班, a surname too."""


@inlined
def numbered(text: Array, at: int) -> bool:
    """Whether a number stands right before, in brackets or not: 3, （3）, 一 to 十."""
    if at == 0:
        return False
    sign = text[at - 2] if text[at - 1] == 41 and at > 1 else text[at - 1]
    return among(sign, _NUMERALS)


@inlined
def counted(text: Array, at: int) -> bool:
    """Whether a number goes on or its measure stands there: 叁[万捌仟]元, 39[周顺]产, no names."""
    before = text[at - 1] if at > 0 else 10
    if among(text[at + 1], _AMOUNTS):
        return among(text[at], _AMOUNTS) or among(text[at + 2], _AMOUNTS)
    if among(text[at], _AMOUNTS):
        return among(before, _AMOUNTS)
    return 48 <= before <= 57 and among(text[at], _COUNTED)


@inlined
def _touching(text: Array, at: int) -> int:
    """What a sign right before speaks for."""
    before, sign = text[at - 1], text[at]
    if sign == 0x4E8E and among(before, _SOON):
        return -ROLED
    if among(before, MEMBERS) or (before == CLASS and numbered(text, at - 1)):  # 三（2）班
        return ROLED // 2
    return JOINED if among(before, ASKING) else 0


@inlined
def _listed(page: ScanBuffer, at: int) -> int:
    """What a name right before speaks for, where both stand in a list."""
    if at > 0 and 0 < page.state[1] <= len(page.finds) and among(page.text[at - 1], _LISTING):
        last = page.state[1] - 1
        if page.finds[last, 1] == _closed(page.text, at - 1) and page.finds[last, 2] == PERSON:
            return LISTED if page.text[at - 1] == 0x3001 and page.finds[last, 3] == VALID else LISTED // 2
    return 0


@inlined
def _closed(text: Array, at: int) -> int:
    """Where the brackets open that close before `at` (张三（组长）、), `at` if there are none."""
    if text[at] != 0x3001 or at < 3 or text[at - 1] != 41:
        return at
    i = at - 2
    while i > 0 and at - i < 12 and text[i] not in (40, 41, 10):
        i -= 1
    return i if text[i] == 40 else at


@inlined
def called_so(page: ScanBuffer, klass: Array, at: int) -> int:
    """What a label of any kind speaks for: …人, …员, …者, …师, …方 and then a colon or a space."""
    text = page.text
    i, colon = at, False
    while i > 1 and at - i < 4 and text[i - 1] in (32, 0x3A, 0x3D, 9):
        colon |= text[i - 1] == 0x3A
        i -= 1
    if colon and text[i - 1] == 41:  # 甲方（出租方）：
        return LABELLED if text[i - 2] in (0x4EBA, 0x5458, 0x8005, 0x65B9) else STOPPED
    if i == at or not klass[text[i - 2]] & HAN or text[i - 1] not in (0x4EBA, 0x5458, 0x8005, 0x5E08, 0x65B9):
        return 0
    return LABELLED if colon and text[i - 1] != 0x65B9 else ROLED


@kernel
def speaks_after(page: ScanBuffer, tables: Words, end: int) -> int:
    """What stands after a name speaks for it, a title or a stop, or against it: it is part of a firm's or a place's name."""
    sign = page.text[end]
    if not tables.klass[sign] & (HAN | ALNUM):
        return STOPPED
    i = max(page.state[0], 0)
    while i < page.cue_n and page.cues[i, 0] <= end + 3:
        start, bits = page.cues[i, 0], page.cues[i, 2]
        if start == end and bits & (1 << TITLE):
            return TITLED
        if start == end and bits & (1 << SAID):
            return SPOKEN
        if end <= start and bits & (1 << ORGANISATION):
            return 0 if start > end and among(sign, _JOINTS) else -FIRM - ROLED
        i += 1
    return -FIRM if among(sign, _PLACES) else JOINED if among(sign, _JOINTS) else 0


HOME, CLAN = 0x5BB6, 0x6C0F


@inlined
def of_places(first: int, last: int) -> bool:
    """Whether a given name of these signs is none, but the end of a place's name."""
    return among(last, _WAYS) or (first == HOME and among(last, _HOMES))
