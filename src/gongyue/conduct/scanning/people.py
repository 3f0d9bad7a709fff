"""Names of people in Chinese text: a surname begins one, and the words around it must read better with the name than without.

Between two stops the text is cut into the words that cost least (-ln of a word's share), once as it stands and once with
the name as one word; the difference is the name's margin. A label before it, a title or a stop after it make it likelier.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from gongyue.conduct.scanning.compiling import entry, inlined, kernel
from gongyue.conduct.scanning.hashing import NEVER, begins, spelled, word_cost
from gongyue.conduct.scanning.kinds import NEGATIVE, ORGANISATION, PERSON, PLACE, PLAUSIBLE, REGION, ROLE, SURNAMES, TITLE, VALID
from gongyue.conduct.scanning.lexicon import PART, Words
from gongyue.conduct.scanning.page import Page, found, label
from gongyue.conduct.scanning.signs import ALNUM, HAN, Array

REACH = 5
"""How many signs on either side of a name are read with it."""
LONGEST_WORD = 4
NAME = 300
"""What any name costs besides its signs: some one word in a hundred is a name."""
ONE, TWO = 110, 15
"""What a given name of one sign costs, and of two."""
UNUSUAL = 760
"""What a sign costs that is in no list of given names."""
MARGIN = 110
"""By how much a name must read better where nothing else speaks for it (64 a factor of e)."""
STRONG = 300
"""From what margin a name is valid and not only plausible."""
LABELLED, LISTED, TITLED, ROLED, STOPPED, JOINED, FIRM, DISTRICT = 520, 400, 420, 320, 90, 50, 420, 700
"""What a label before, a name before in a list, a title after, a role before, a stop or a verb on a side speak for, and the
name of a firm or place after it, or an end that only places have, against."""


@entry
def people(page: Page, tables: Words, costs: Array) -> None:
    """Find names of people; `costs` is room for the cheapest cuts, two rows of 4 × REACH."""
    text, klass, surname, single, given = page.text, tables.klass, tables.surname, tables.single, tables.given
    at, cue = 0, -1
    while at < page.n:
        own = surname[text[at]]
        if own == NEVER or not klass[text[at + 1]] & HAN:
            at += 1
            continue
        while cue + 1 < page.cue_n and page.cues[cue + 1, 1] <= at:
            cue += 1
        # What can speak for a name here, at most; and what its signs save by being one, at most.
        following = cue + 1 < page.cue_n and page.cues[cue + 1, 0] <= at + 4
        if following and page.cues[cue + 1, 0] == at and page.cues[cue + 1, 2] & (1 << SURNAMES):
            save = MARGIN
        elif own == PART:
            at += 1
            continue
        else:
            a, b = text[at + 1], text[at + 2]
            alone = single[text[at]] + single[a]
            one = alone - ONE - min(given[a, 0], UNUSUAL)
            two = alone + single[b] - TWO - min(given[a, 1], UNUSUAL) - min(given[b, 2], UNUSUAL)
            save = max(one, two) - NAME - own
        if save + LABELLED + TITLED < MARGIN or save + _hope(page, klass, at, cue, following) < MARGIN:
            at += 1
            continue
        page.cursor[0] = cue
        end = _name(page, tables, costs, at)
        at = end if end > at else at + 1


@inlined
def _hope(page: Page, klass: Array, at: int, cue: int, following: bool) -> int:
    """What may speak for a name at `at`, without looking closer: a label that may stand before, a title or a stop after."""
    text = page.text
    hope = 0
    if at == 0 or not klass[text[at - 1]] & (HAN | ALNUM):
        listed = at > 0 and text[at - 1] in (0x3001, 0x2C, 0x2F)
        told = listed or page.default != 0 or (cue >= 0 and page.cues[cue, 1] >= at - 12) or _called(page, klass, at) != 0
        hope = LABELLED if told else STOPPED
    elif cue >= 0 and page.cues[cue, 1] == at:
        hope = LABELLED
    elif _asks(text[at - 1]):
        hope = JOINED
    if following:
        i = cue + 1
        while i < page.cue_n and page.cues[i, 0] <= at + 4:
            if page.cues[i, 2] & (1 << TITLE):
                return hope + TITLED
            i += 1
    return hope + STOPPED


@kernel
def _name(page: Page, tables: Words, costs: Array, at: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none."""
    text, klass = page.text, tables.klass
    size = 2 if _double(page, at) else 1
    if (size == 1 and tables.surname[text[at]] == PART) or not klass[text[at + size]] & HAN or _inside_place(page, at):
        return at
    before = _before(page, tables, at)
    if (
        before < ROLED
        and tables.given[text[at + size], 1] == NEVER
        and word_cost(tables.wholes, spelled(text, at + size, at + size + 2)) == NEVER
    ):
        return at
    one, two = _signs(page, tables, at, size, NAME + (350 if size == 2 else tables.surname[text[at]]))
    if max(one, two) + before + TITLED < MARGIN:
        return at
    one += before + _after(page, tables, at + size + 1)
    two += before + _after(page, tables, at + size + 2)
    if max(one, two) < MARGIN:
        return at
    best, given = _best(page, tables, costs, at, size, one, two)
    end = at + size + given
    if best < MARGIN or (before < LABELLED and _is_place(page, at, end)):
        return at
    found(page, at, end, PERSON, VALID if best > STRONG else PLAUSIBLE, best)
    return end


@inlined
def _inside_place(page: Page, at: int) -> bool:
    """Whether `at` is inside the name of a place."""
    cue = page.cursor[0] + 1
    return bool(cue < page.cue_n and page.cues[cue, 0] < at and page.cues[cue, 2] & (1 << REGION) != 0)


@inlined
def _is_place(page: Page, at: int, end: int) -> bool:
    """Whether the name of a place begins with it and goes as far."""
    cue = page.cursor[0]
    for i in range(max(cue, 0), min(cue + 2, page.cue_n)):
        if page.cues[i, 0] == at and page.cues[i, 1] >= end and page.cues[i, 2] & ((1 << REGION) | (1 << PLACE)):
            return True
    return False


@inlined
def _signs(page: Page, tables: Words, at: int, size: int, start: int) -> tuple[int, int]:
    """By how much a name of one sign, and of two, is better than its signs by themselves: its margin is never more."""
    text = page.text
    a, b = text[at + size], text[at + size + 1]
    one = start + ONE + min(tables.given[a, 0], UNUSUAL)
    apart = min(tables.given[a, 1], UNUSUAL) + min(tables.given[b, 2], UNUSUAL)
    whole = word_cost(tables.wholes, spelled(text, at + size, at + size + 2))
    two = start + TWO + min(apart, whole) + (DISTRICT if _district(a, b) and whole == NEVER else 0)
    if not tables.klass[b] & HAN:
        return _span(text, tables, at, size, 1) - one, -NEVER
    return _span(text, tables, at, size, 1) - one, _span(text, tables, at, size, 2) - two


@inlined
def _double(page: Page, at: int) -> bool:
    """Whether a surname of two signs stands there."""
    cue = page.cursor[0]
    while cue + 1 < page.cue_n and page.cues[cue + 1, 0] <= at:
        cue += 1
    while cue >= 0 and page.cues[cue, 0] > at:
        cue -= 1
    page.cursor[0] = cue
    return bool(cue >= 0 and page.cues[cue, 0] == at and page.cues[cue, 2] & (1 << SURNAMES) != 0)


@inlined
def _best(page: Page, tables: Words, costs: Array, at: int, size: int, one: int, two: int) -> tuple[int, int]:
    """(margin, signs of the given name) of the best name at `at`, read with what stands around it.

    `one` and `two` are what each would have by itself: of that is taken what its signs cost less in their own cut.
    """
    text, klass = page.text, tables.klass
    left, right = at, at + size
    while left > 0 and at - left < REACH and klass[text[left - 1]] & HAN:
        left -= 1
    while right < page.n and right - at < size + 2 + REACH and klass[text[right]] & HAN:
        right += 1
    _forward(text, tables, costs[0], left, right)
    _backward(text, tables, costs[1], at + size, left, right)
    plain = costs[0, right - left]
    best, given = -NEVER, 0
    for n in range(1, 3):
        end = at + size + n
        if end > right:
            break
        apart = _span(text, tables, at, size, n)
        margin = plain - (costs[0, at - left] + apart + costs[1, end - left]) + (one if n == 1 else two)
        if margin > best:
            best, given = margin, n
    return best, given


@inlined
def _span(text: Array, tables: Words, at: int, size: int, n: int) -> int:
    """What the signs of a name cost in their cheapest cut, as `_signs` counts it."""
    a, b = text[at + size], text[at + size + 1]
    apart = tables.single[text[at]] if size == 1 else 2 * UNUSUAL
    together = apart + tables.single[a]
    if size == 1 and begins(tables.pairs, text[at], a):
        together = min(together, _cost(text, tables, at, at + 2))
    if n == 1:
        return int(together)
    three = together + tables.single[b]
    if begins(tables.pairs, a, b):
        three = min(three, apart + _cost(text, tables, at + size, at + size + 2))
    return int(three)


@inlined
def _forward(text: Array, tables: Words, costs: Array, left: int, right: int) -> None:
    """The cheapest cut from `left` to every sign up to `right`."""
    for i in range(1, right - left + 1):
        costs[i] = NEVER
    costs[0] = 0
    for start in range(left, right):
        so_far = costs[start - left]
        costs[start - left + 1] = min(costs[start - left + 1], so_far + tables.single[text[start]])
        if start + 1 < right and begins(tables.pairs, text[start], text[start + 1]):
            for end in range(start + 2, min(right, start + LONGEST_WORD) + 1):
                costs[end - left] = min(costs[end - left], so_far + _cost(text, tables, start, end))


@inlined
def _backward(text: Array, tables: Words, costs: Array, first: int, left: int, right: int) -> None:
    """The cheapest cut from every sign after `first` to `right`."""
    costs[right - left] = 0
    for start in range(right - 1, first, -1):
        best = costs[start - left + 1] + tables.single[text[start]]
        if start + 1 < right and begins(tables.pairs, text[start], text[start + 1]):
            for end in range(start + 2, min(right, start + LONGEST_WORD) + 1):
                best = min(best, costs[end - left] + _cost(text, tables, start, end))
        costs[start - left] = best


@inlined
def _cost(text: Array, tables: Words, start: int, end: int) -> int:
    """What a word of several signs costs."""
    return word_cost(tables.words, spelled(text, start, end))


@kernel
def _before(page: Page, tables: Words, at: int) -> int:
    """What stands before a name speaks for it: a label, or a stop."""
    bits = label(page, at)
    if bits & (1 << PERSON):
        return LABELLED
    if bits & (1 << ROLE):
        return ROLED
    if bits & (1 << NEGATIVE):
        return -STOPPED
    called = _called(page, tables.klass, at)
    if called:
        return called
    if at > 0 and 0 < page.made[0] <= len(page.finds) and page.text[at - 1] in (0x3001, 0x2C, 0x2F):  # 、,/
        last = page.made[0] - 1
        if page.finds[last, 1] == at - 1 and page.finds[last, 2] == PERSON:
            return LISTED if page.text[at - 1] == 0x3001 and page.finds[last, 3] == VALID else LISTED // 2
    if at == 0 or not tables.klass[page.text[at - 1]] & (HAN | ALNUM):
        return STOPPED
    return JOINED if _asks(page.text[at - 1]) else 0


@inlined
def _called(page: Page, klass: Array, at: int) -> int:
    """What a label of any kind speaks for: …人, …员, …者, …师, …方 and then a colon or a space."""
    text = page.text
    i, colon = at, False
    while i > 1 and at - i < 4 and text[i - 1] in (32, 0x3A, 0x3D, 9):
        colon |= text[i - 1] == 0x3A
        i -= 1
    if i == at or not klass[text[i - 2]] & HAN or text[i - 1] not in (0x4EBA, 0x5458, 0x8005, 0x5E08, 0x65B9):
        return 0
    return LABELLED if colon and text[i - 1] != 0x65B9 else ROLED


@inlined
def _asks(sign: int) -> bool:
    """找请由让叫给经向与和对把被跟同替问陪派及是: what asks for a person."""
    return sign in (
        0x627E, 0x8BF7, 0x7531, 0x8BA9, 0x53EB, 0x7ED9, 0x7ECF, 0x5411, 0x4E0E, 0x548C, 0x5BF9, 0x628A, 0x88AB, 0x8DDF, 0x540C,
        0x66FF, 0x95EE, 0x966A, 0x6D3E, 0x53CA, 0x662F,
    )  # fmt: skip


@kernel
def _after(page: Page, tables: Words, end: int) -> int:
    """What stands after a name speaks for it, a title or a stop, or against it: it is part of a firm's or a place's name."""
    sign = page.text[end]
    if not tables.klass[sign] & (HAN | ALNUM):
        return STOPPED
    cue = page.cursor[0]
    for i in range(max(cue, 0), min(cue + 8, page.cue_n)):
        start, bits = page.cues[i, 0], page.cues[i, 2]
        if start == end and bits & (1 << TITLE):
            return TITLED
        if end <= start <= end + 3 and bits & (1 << ORGANISATION):
            return 0 if start > end and _joint(sign) else -FIRM - ROLED
    return -FIRM if _place(sign) else JOINED if _joint(sign) else 0


@inlined
def _joint(sign: int) -> bool:
    """的在和与是说到去从向对为于任被把将等称现原系都也已正曾作做负牵拦带发写没不调订: what follows is not of the name."""
    return sign in (
        0x90FD, 0x4E5F, 0x5DF2, 0x6B63, 0x66FE, 0x4F5C, 0x505A, 0x8D1F, 0x7275, 0x62E6, 0x5E26, 0x53D1, 0x5199, 0x6CA1, 0x4E0D,
        0x8C03, 0x8BA2, 0x7684, 0x5728, 0x548C, 0x4E0E, 0x662F, 0x8BF4, 0x5230, 0x53BB, 0x4ECE, 0x5411, 0x5BF9, 0x4E3A, 0x4E8E, 0x4EFB, 0x88AB,
        0x628A, 0x5C06, 0x7B49, 0x79F0, 0x73B0, 0x539F, 0x7CFB,
    )  # fmt: skip


@inlined
def _place(sign: int) -> bool:
    """路街区市县省镇村山河湖桥寺店站港岛楼厂社局庄湾屯乡州井."""
    return sign in (
        0x8DEF, 0x8857, 0x533A, 0x5E02, 0x53BF, 0x7701, 0x9547, 0x6751, 0x5C71, 0x6CB3, 0x6E56, 0x6865, 0x5BFA, 0x5E97, 0x7AD9,
        0x6E2F, 0x5C9B, 0x697C, 0x5382, 0x793E, 0x5C40, 0x5E84, 0x6E7E, 0x5C6F, 0x4E61, 0x5DDE, 0x4E95,
    )  # fmt: skip


@inlined
def _district(first: int, last: int) -> bool:
    """路街区市县省镇村寺店站港岛厂社局屯乡柜, and 角口庄坪坝湾河桥沟堡营坡嘴岭集寨铺 after 家 (朱家角): given names do not end so."""
    return last in (
        0x8DEF, 0x8857, 0x533A, 0x5E02, 0x53BF, 0x7701, 0x9547, 0x6751, 0x5BFA, 0x5E97, 0x7AD9, 0x6E2F, 0x5C9B, 0x5382, 0x793E,
        0x5C40, 0x5C6F, 0x4E61, 0x67DC,
    ) or (first == 0x5BB6 and last in (
        0x89D2, 0x53E3, 0x5E84, 0x576A, 0x575D, 0x6E7E, 0x6CB3, 0x6865, 0x6C9F, 0x5821, 0x8425, 0x5761, 0x5634, 0x5CAD, 0x96C6,
        0x5BE8, 0x94FA,
    ))  # fmt: skip


DOT = 0xB7
_SOUNDS = (
    "阿埃艾爱安昂奥巴白班邦保鲍贝本比彼宾伯波博布查察昌楚茨次达大戴丹道德登邓狄迪蒂丁东都杜敦多厄恩尔法凡范菲费芬丰冯佛弗福夫甫盖冈高戈格葛古瓜圭果哈海汉翰"
    "豪赫黑亨洪侯胡华怀惠霍基吉加佳贾简江金津久喀卡开凯坎康考科柯克肯孔库夸宽奎昆拉喇莱赖兰朗劳勒雷蕾累黎里理利莉丽连良列烈林琳柳留隆卢鲁露路伦罗萝洛吕马玛"
    "买麦迈曼芒毛梅门蒙米密明莫默姆木穆拿纳娜奈南内嫩尼妮年涅宁纽努诺欧帕派潘庞佩彭蓬皮匹平珀普奇琪齐恰钱强乔切钦琴青琼丘热仁日荣茹儒若瑞撒萨塞赛桑瑟森沙山"
    "莎绍舍申升圣施什石史士斯丝松苏孙索所塔泰坦汤唐陶特滕腾提铁廷图吐托脱瓦娃万王旺威韦维卫魏温文翁沃乌武伍西希锡夏先香小肖谢辛欣兴雅亚娅延扬耶叶伊依易因英"
    "尤于约扎詹珍哲者卓兹子孜则祖佐力再逊肉合玉顿弥雪雯翟泽姬歇芙薇俄厚素谷吾汗乃仙满苏苔尤"
)


@cache
def sounds() -> Array:
    """For each sign whether names from other languages are written with it."""
    table = np.zeros(65536, dtype=np.bool_)
    table[[ord(c) for c in _SOUNDS]] = True
    return table


@entry
def dotted(page: Page, sounds: Array) -> None:
    """Names of two parts or more with a dot between: 阿依古丽·买买提, 约翰·史密斯."""
    text = page.text
    at = 1
    while at < page.n:
        if text[at] != DOT:
            at += 1
            continue
        start, end, parts = at, at, 0
        while start > 0 and at - start < 6 and sounds[text[start - 1]]:
            start -= 1
        while end < page.n and text[end] == DOT:
            last = end + 1
            while last < page.n and last - end < 8 and sounds[text[last]]:
                last += 1
            if last - end < 3:
                break
            end = last
            parts += 1
        if at - start >= 2 and parts:
            found(page, start, end, PERSON, VALID, 0)
        at = max(at + 1, end)
