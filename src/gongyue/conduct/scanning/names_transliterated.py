"""Names from other languages in Chinese signs: parts joined by a dot, or beside a title, a role, a label signs that make no words."""

from __future__ import annotations

from functools import cache

import numpy as np

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import DOT, HAN, Array
from gongyue.conduct.scanning.entity_types import PERSON, PLAUSIBLE, ROLE, SAID, TITLE, VALID
from gongyue.conduct.scanning.hash_tables import NEVER
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, last_trigger
from gongyue.conduct.scanning.segmentation import backward, forward, read_words

AND = 0x548C
LONGEST = 7
"""Signs of a name without a dot; three at least, four where the first is a surname."""
CALLS = (1 << ROLE) | (1 << TITLE) | (1 << PERSON)
"""Cues that say who somebody is."""
SOUND, ABROAD = 345, 300
"""What a sign of such a name costs, and what the name costs besides."""
_SOUNDS = (
    "席勃蓓聂欣淑治"
    "阿埃艾爱安昂奥巴白班邦保鲍贝本比彼宾伯波博布查察昌楚茨次达大戴丹道德登邓狄迪蒂丁东都杜敦多厄恩尔法凡范菲费芬丰冯佛弗福夫甫盖冈高戈格葛古瓜圭果哈海汉翰"
    "豪赫黑亨洪侯胡华怀惠霍基吉加佳贾简江金津久喀卡开凯坎康考科柯克肯孔库夸宽奎昆拉喇莱赖兰朗劳勒雷蕾累黎里理利莉丽连良列烈林琳柳留隆卢鲁露路伦罗萝洛吕马玛"
    "买麦迈曼芒毛梅门蒙米密明莫默姆木穆拿纳娜奈南内嫩尼妮年涅宁纽努诺欧帕派潘庞佩彭蓬皮匹平珀普奇琪齐恰钱强乔切钦琴青琼丘热仁日荣茹儒若瑞撒萨塞赛桑瑟森沙山"
    "莎绍舍申升圣施什石史士斯丝松苏孙索所塔泰坦汤唐陶特滕腾提铁廷图吐托脱瓦娃万王旺威韦维卫魏温文翁沃乌武伍西希锡夏先香小肖谢辛欣兴雅亚娅延扬耶叶伊依易因英"
    "尤于约扎詹珍哲者卓兹子孜则祖佐力再逊肉合玉顿弥雪雯翟泽姬歇芙薇俄厚素谷吾汗乃仙满苔得不央措曲嘎珠坚赞呼其音和守如浦素图牙叙若拜卜"
)


@cache
def sounds() -> Array:
    """For each sign whether names from other languages are written with it."""
    table = np.zeros(65536, dtype=np.bool_)
    table[[ord(c) for c in _SOUNDS]] = True
    return table


@entry_point
def dotted(page: ScanBuffer, klass: Array, sounds: Array, words: Array) -> None:
    """Names of two parts or more with a dot between: 阿依古丽·买买提, 约翰·史密斯."""
    text = page.text
    page.state[0] = -1
    done = 0
    for place in words:
        at = to_int64(place)
        if at < done or text[at] != DOT:
            continue
        start, end, parts = _first(page, sounds, at), at, 0
        while end < page.n and text[end] == DOT:
            last = end + 1
            while last < page.n and last - end < 8 and sounds[text[last]]:
                last += 1
            if text[last - 1] == AND and last - end > 3 and klass[text[last]] & HAN:  # 库尔班和另一人
                last -= 1
            if text[last] == DOT and _joined(text, end + 1, last) > end + 1:  # 哈塞尔曼和乔治·
                last = _joined(text, end + 1, last) - 1
            if last - end < 3:
                break
            end = last
            parts += 1
        if parts and (
            at - start >= 2 or (at > start and (start == 0 or not klass[text[start - 1]] & HAN or parts > 1))
        ):
            add_candidate(page, start, end, PERSON, VALID, 0)
            done = end + 1


@inlined
def _first(page: ScanBuffer, sounds: Array, at: int) -> int:
    """Where the part of a name begins that ends at a dot, after what says who it is."""
    text, start = page.text, at
    while start > 0 and at - start < 8 and sounds[text[start - 1]]:
        start -= 1
    start = _joined(text, start, at)
    cue = last_trigger(page, at)
    if cue >= 0 and page.cues[cue, 2] & CALLS and page.cues[cue, 1] < at:
        start = max(start, page.cues[cue, 1])
    return start - (start == at and at > 0 and text[at - 1] == 0x8BA9)  # 让·


@inlined
def _joined(text: Array, start: int, end: int) -> int:
    """Where a part of a name begins after the last 和 among its signs, two before it and two after it; `start` if there is none."""
    for i in range(end - 3, start + 1, -1):
        if text[i] == AND:
            return i + 1
    return start


@entry_point
def sounded(page: ScanBuffer, tables: Words, sounds: Array, costs: Array) -> None:
    """Names of one part beside what calls for a person: 经理科科申, 科科申表示, 姓名：布莱尔."""
    text = page.text
    for cue in range(page.cue_n):
        start, end, bits = page.cues[cue, 0], page.cues[cue, 1], page.cues[cue, 2]
        if bits & ((1 << TITLE) | (1 << SAID)) and start > 2 and sounds[text[start - 1]]:
            first = start - 1
            told = page.cues[cue - 1, 1] if cue > 0 and page.cues[cue - 1, 2] & CALLS else 0
            while first > told and start - first <= LONGEST and sounds[text[first - 1]]:
                first -= 1
            _before(page, tables, costs, first, start)
        if bits & ((1 << TITLE) | (1 << ROLE)) or (bits & (1 << PERSON) and _names(text[end - 1])):
            while bits & (1 << PERSON) and text[end] in (32, 0x3A):
                end += 1
            last = end
            while last - end <= LONGEST and sounds[text[last]]:
                last += 1
            _after(page, tables, costs, end, last)


@inlined
def _names(sign: int) -> bool:
    """名人者: what labels end in that ask for a person and not for a firm, as 客户 may."""
    return sign in (0x540D, 0x4EBA, 0x8005)


@kernel
def _before(page: ScanBuffer, tables: Words, costs: Array, first: int, end: int) -> None:
    """Write down the name among the signs that go to `end` and begin at `first` or later, if there is one."""
    if end - first < 3:
        return
    read_words(page.text, tables, costs, first, end)
    forward(page.text, tables, costs, first, end)
    best, name = 0, end
    for at in range(first, end - 2):
        margin = costs[0, end - first] - costs[0, at - first] - (end - at) * SOUND - ABROAD
        if margin > best and _may(page, tables, at, end):
            best, name = margin, at
    if best:
        add_candidate(page, name, end, PERSON, PLAUSIBLE, best)


@kernel
def _after(page: ScanBuffer, tables: Words, costs: Array, at: int, last: int) -> None:
    """Write down the name that begins at `at` and goes to `last` at most, if there is one."""
    if last - at < 3:
        return
    read_words(page.text, tables, costs, at, last)
    backward(page.text, tables, costs, at - 1, at, last)
    best, name = 0, at
    for end in range(at + 3, last + 1):
        margin = costs[1, 0] - costs[1, end - at] - (end - at) * SOUND - ABROAD
        if margin > best and _may(page, tables, at, end):
            best, name = margin, end
    if best:
        add_candidate(page, at, name, PERSON, PLAUSIBLE, best)


@inlined
def _may(page: ScanBuffer, tables: Words, at: int, end: int) -> bool:
    """Whether the signs are as many as such a name has; where a surname begins them, it is that name's."""
    return bool(end - at <= LONGEST and end - at > 2 + (tables.surname[page.text[at]] < NEVER))
