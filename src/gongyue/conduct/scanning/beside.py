"""What stands beside a name in Chinese: labels, roles and verbs before it, titles after it, and what makes it a firm's or a place's."""

from __future__ import annotations

from gongyue.conduct.compiling import inlined, kernel
from gongyue.conduct.scanning.kinds import MEETS, NEGATIVE, ORGANISATION, PERSON, ROLE, SAID, TITLE, VALID
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.page import Page, label
from gongyue.conduct.scanning.signs import ALNUM, HAN, Array

LABELLED, LISTED, TITLED, ROLED, SPOKEN, MET, FILLED, STOPPED, JOINED, FIRM, DISTRICT = (
    520, 400, 420, 320, 230, 130, 120, 90, 50, 420, 700,
)  # fmt: skip
"""What a label before, a name before in a list, a title after, a role before, a verb of speech after, a verb before,
no more than the name between label and stop, a stop or a short verb on a side speak for, and the
name of a firm or place after it, or an end that only places have, against."""


@kernel
def speaks_before(page: Page, tables: Words, at: int) -> int:
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
    return 48 <= sign <= 57 or sign in (
        0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341,
    )  # fmt: skip


@inlined
def counted(text: Array, at: int) -> bool:
    """Whether a number goes on or its measure stands there: 叁[万捌仟]元, 39[周顺]产, no names."""
    before = text[at - 1] if at > 0 else 10
    if _amount(text[at + 1]):
        return _amount(text[at]) or _amount(text[at + 2])
    if _amount(text[at]):
        return _amount(before)
    return 48 <= before <= 57 and text[at] in (0x5468, 0x65F6, 0x6BB5, 0x5B63, 0x7C73, 0x65B9)


@inlined
def _amount(sign: int) -> bool:
    """壹贰叁肆伍陆柒捌玖拾佰仟万亿: how amounts of money are written out."""
    return sign in (
        0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x67D2, 0x634C, 0x7396, 0x62FE, 0x4F70, 0x4EDF, 0x4E07, 0x4EBF,
    )  # fmt: skip


@inlined
def _touching(text: Array, at: int) -> int:
    """What a sign right before speaks for."""
    before, sign = text[at - 1], text[at]
    if sign == 0x4E8E and before in (0x5C06, 0x5B9A, 0x5DF2, 0x62DF, 0x73B0, 0x5E94, 0x987B, 0x66FE, 0x5747):
        return -ROLED  # 将于国庆期间: 将定已拟现应须曾均
    if before in (0x5458, 0x5E08, 0x8005) or (before == CLASS and numbered(text, at - 1)):  # 员 师 者, 三（2）班
        return ROLED // 2
    return JOINED if asks(before) else 0


@inlined
def _listed(page: Page, at: int) -> int:
    """What a name right before speaks for, where both stand in a list."""
    if at > 0 and 0 < page.state[1] <= len(page.finds) and _lists(page.text[at - 1]):
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
def _lists(sign: int) -> bool:
    """、,/ a space, 和与及: what stands between names in a list."""
    return sign in (0x3001, 0x2C, 0x2F, 0x20, 0x548C, 0x4E0E, 0x53CA)


@inlined
def called_so(page: Page, klass: Array, at: int) -> int:
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


@inlined
def asks(sign: int) -> bool:
    """找请由让叫给经向与和对把被跟同替问陪派及是有邀代退还欠转写系: what asks for a person."""
    return sign in (
        0x627E, 0x8BF7, 0x7531, 0x8BA9, 0x53EB, 0x7ED9, 0x7ECF, 0x5411, 0x4E0E, 0x548C, 0x5BF9, 0x628A, 0x88AB, 0x8DDF, 0x540C,
        0x66FF, 0x95EE, 0x966A, 0x6D3E, 0x53CA, 0x662F, 0x6709, 0x9080, 0x4EE3, 0x9000, 0x8FD8, 0x6B20, 0x8F6C, 0x5199, 0x7CFB,
    )  # fmt: skip


@kernel
def speaks_after(page: Page, tables: Words, end: int) -> int:
    """What stands after a name speaks for it, a title or a stop, or against it: it is part of a firm's or a place's name."""
    sign = page.text[end]
    if not tables.klass[sign] & (HAN | ALNUM):
        return STOPPED
    cue = page.state[0]
    for i in range(max(cue, 0), min(cue + 8, page.cue_n)):
        start, bits = page.cues[i, 0], page.cues[i, 2]
        if start == end and bits & (1 << TITLE):
            return TITLED
        if start == end and bits & (1 << SAID):
            return SPOKEN
        if end <= start <= end + 3 and bits & (1 << ORGANISATION):
            return 0 if start > end and _joint(sign) else -FIRM - ROLED
    return -FIRM if _place(sign) else JOINED if _joint(sign) else 0


@inlined
def _joint(sign: int) -> bool:
    """的在和与是说到去从向对为于任被把将等称现原系都也已正曾作做负牵拦带发写没不调订欠缴付收交领买卖送: what follows is not of the name."""
    return sign in (
        0x90FD, 0x4E5F, 0x5DF2, 0x6B63, 0x66FE, 0x4F5C, 0x505A, 0x8D1F, 0x7275, 0x62E6, 0x5E26, 0x53D1, 0x5199, 0x6CA1, 0x4E0D,
        0x8C03, 0x8BA2, 0x7684, 0x5728, 0x548C, 0x4E0E, 0x662F, 0x8BF4, 0x5230, 0x53BB, 0x4ECE, 0x5411, 0x5BF9, 0x4E3A, 0x4E8E, 0x4EFB, 0x88AB,
        0x628A, 0x5C06, 0x7B49, 0x79F0, 0x73B0, 0x539F, 0x7CFB, 0x6B20, 0x7F34, 0x4ED8, 0x6536, 0x4EA4, 0x9886, 0x4E70, 0x5356, 0x9001,
    )  # fmt: skip


@inlined
def _place(sign: int) -> bool:
    """路街区市县省镇村山河湖桥寺店站港岛楼厂社局庄湾屯乡州井."""
    return sign in (
        0x8DEF, 0x8857, 0x533A, 0x5E02, 0x53BF, 0x7701, 0x9547, 0x6751, 0x5C71, 0x6CB3, 0x6E56, 0x6865, 0x5BFA, 0x5E97, 0x7AD9,
        0x6E2F, 0x5C9B, 0x697C, 0x5382, 0x793E, 0x5C40, 0x5E84, 0x6E7E, 0x5C6F, 0x4E61, 0x5DDE, 0x4E95,
    )  # fmt: skip


HOME, CLAN = 0x5BB6, 0x6C0F


@inlined
def of_places(first: int, last: int) -> bool:
    """路街区市县省镇村寺店站港岛厂社局屯乡柜巷, and after 家 also 角口庄坪坝湾河桥沟堡营坡嘴岭集寨铺坨墩滩垛门塘汇沱庵园湖山井楼: no given names."""
    return last in (
        0x8DEF, 0x8857, 0x533A, 0x5E02, 0x53BF, 0x7701, 0x9547, 0x6751, 0x5BFA, 0x5E97, 0x7AD9, 0x6E2F, 0x5C9B, 0x5382, 0x793E,
        0x5C40, 0x5C6F, 0x4E61, 0x67DC, 0x5DF7,
    ) or (first == HOME and last in (
        0x89D2, 0x53E3, 0x5E84, 0x576A, 0x575D, 0x6E7E, 0x6CB3, 0x6865, 0x6C9F, 0x5821, 0x8425, 0x5761, 0x5634, 0x5CAD, 0x96C6,
        0x5BE8, 0x94FA, 0x5768, 0x58A9, 0x6EE9, 0x579B, 0x95E8, 0x5858, 0x6C47, 0x6CB1, 0x5EB5, 0x56ED, 0x6E56, 0x5C71, 0x4E95, 0x697C,
    ))  # fmt: skip
