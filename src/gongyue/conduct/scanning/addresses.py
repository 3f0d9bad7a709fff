"""Addresses in Chinese: a place of the gazetteer, a label or a road begins one, and it grows by its parts.

A part is a name that ends in 省市区县镇村路街…, or a number before 号弄栋幢座楼单元室…; it is an address when it reaches a
number, or two places and a village, road or estate.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from gongyue.conduct.jit import entry_point, inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HAN, LETTER, Array, among, char_set
from gongyue.conduct.scanning.entity_types import ADDRESS, LABEL, MEETS, PERSON, PLACE, PLAUSIBLE, REGION, TITLE, VALID
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, beginning_cue, label

TELLS = (1 << ADDRESS) | (1 << PERSON) | (1 << TITLE) | (1 << LABEL) | (1 << MEETS)
"""Cues that no address goes back over."""
WHERE = (1 << REGION) | (1 << PLACE)
NAME = 14
"""The longest name of a part."""
PARTS = 32
"""How many parts an address has at most; from country to room it has about a dozen."""
PLACED, ROAD, ESTATE, UNIT, STOP, NUMERAL, NAMED = 1, 2, 4, 8, 16, 32, 64
ENDS = {
    PLACED: "省市区县旗州盟镇乡",
    ROAD: "路街道巷弄村屯寨庄里段",
    ESTATE: "园苑城府庭湾轩阁居厦场心邸寓坊院楼馆大",
    UNIT: "号弄栋幢座楼舍室房层组队户期排",
    STOP: "的了是与或及到至从被把也很请您你我他她它们这那哪什吗呢吧让给并因由所以第住在往租买卖位",
    NUMERAL: "一二三四五六七八九十百零〇甲乙丙丁",
}
_ESTATES = char_set("社小园校业新厂")
"""Before 区: no district."""
_CROSSINGS, _TOWARDS = char_set("交叉汇路口处"), char_set("向往东南西北侧角")


@cache
def roles_of() -> Array:
    """For each sign what it can end, as bits: a place, a road or village, an estate, a number; what stops; numerals."""
    table = np.zeros(65536, dtype=np.int8)
    for role, signs in ENDS.items():
        table[[ord(c) for c in signs]] |= role
    return table


@entry_point
def addresses(page: ScanBuffer, klass: Array, roles: Array) -> None:
    """Find addresses; `roles` says of each sign what it can end, see `roles_of`."""
    cue, done = 0, 0
    while cue < page.cue_n:
        start, end, bits = page.cues[cue, 0], page.cues[cue, 1], page.cues[cue, 2]
        cue += 1
        if start < done:
            continue
        if bits & WHERE:
            last = grow(page, klass, roles, start, bool(label(page, start) & (1 << ADDRESS)))
        elif bits & (1 << ADDRESS):
            start = _first(page, klass, roles, end)
            if start < 0 or (cue < page.cue_n and page.cues[cue, 0] == start and page.cues[cue, 2] & WHERE):
                continue
            last = grow(page, klass, roles, start, True)
        else:
            continue
        if last > start:
            done = last


@kernel
def _first(page: ScanBuffer, klass: Array, roles: Array, at: int) -> int:
    """Where a labelled value begins, in Chinese or by the number of a building; -1 if neither follows soon."""
    for i in range(at, min(at + 4, page.n)):
        if klass[page.text[i]] & HAN or (klass[page.text[i]] & DIGIT and number(page, klass, roles, i) > i):
            return i
    return -1


@kernel
def grow(page: ScanBuffer, klass: Array, roles: Array, start: int, labelled: bool) -> int:
    """The end of the address that begins at `start`, which is written down; `start` if there is none."""
    at, places, ways, numbers = start, 0, 0, 0
    for _ in range(PARTS):
        if numbers and page.text[at] == 44 and number(page, klass, roles, at + 1) == at + 1:
            break
        end, kind = _part(page, klass, roles, at)
        if kind == 0 and ways and roles[page.text[at - 1]] & ROAD:
            end = _crossing(page, klass, roles, at)
            kind = UNIT * (end > at)
        if kind == 0:
            break
        places += kind == PLACED
        ways += kind & (ROAD | ESTATE) != 0 or (kind & NAMED != 0 and places > 1)
        numbers += kind & UNIT != 0
        at = end
    tier = 0
    if numbers and (ways or numbers > 1 or (labelled and places)):
        at, tier = trail(page, klass, at), VALID
    elif ways and (places >= 2 or (labelled and places)) and not _office(page.text, at):
        tier = VALID if labelled else PLAUSIBLE
    elif labelled and places >= 2 and at - start >= 5:
        tier = PLAUSIBLE
    if tier == 0:
        return start
    add_candidate(page, start, at, ADDRESS, tier, numbers)
    return at


@inlined
def _office(text: Array, at: int) -> bool:
    """Whether what ends there is an office rather than where one is: 法院 检察院 医院 学院 中心, or what 办事处, 派出所, 人民 follow."""
    last, before = text[at - 1], text[at - 2]
    if (last == 0x9662 and before in (0x6CD5, 0x5BDF, 0x533B, 0x5B66)) or (last == 0x5FC3 and before == 0x4E2D):
        return True
    return bool(
        (text[at] == 0x529E and text[at + 1] == 0x4E8B)
        or (text[at] == 0x6D3E and text[at + 1] == 0x51FA)
        or (text[at] == 0x4EBA and text[at + 1] == 0x6C11)
    )


@kernel
def _part(page: ScanBuffer, klass: Array, roles: Array, at: int) -> tuple[int, int]:
    """(end, kind) of the part of an address at `at`; kind 0 if there is none."""
    text = page.text
    if text[at] in (32, 0xB7, 44, 45, 35) and (klass[text[at + 1]] & (HAN | ALNUM)):
        at += 1
    end = number(page, klass, roles, at)
    if end > at:
        return end, UNIT
    cue = _place_at(page, at)
    if cue >= 0:
        end = int(page.cues[cue, 1])
        if page.cues[cue, 2] & (1 << PLACE) and text[end] in (0x8DEF, 0x8857, 0x5DF7, 0x5F04):  # 南京路: 路街巷弄
            return _named(page, klass, roles, at)
        return end, PLACED
    return _named(page, klass, roles, at)


@kernel
def _named(page: ScanBuffer, klass: Array, roles: Array, at: int) -> tuple[int, int]:
    """A part with a name: up to the sign that ends it, or to the number of its building."""
    text = page.text
    last, kind, i = at, 0, at
    while (
        i < page.n
        and i - at < NAME
        and klass[text[i]] & (HAN | ALNUM)
        and not (roles[text[i]] & STOP and (i == at or text[i + 1] not in (0x9547, 0x4E61)))  # 乐从镇
    ):
        role = roles[text[i]]
        if i > at and role & (PLACED | ROAD | ESTATE):
            last, kind = i + 1, role & (PLACED | ROAD | ESTATE)
            if text[i] == 0x533A and among(text[i - 1], _ESTATES):
                kind = ESTATE
            if not roles[text[i + 1]] & (PLACED | ROAD | ESTATE):
                break
        if i > at and kind == 0 and klass[text[i]] & (DIGIT | LETTER):
            end = number(page, klass, roles, i)
            if end > i:
                return end, UNIT if i - at < 2 else UNIT | (NAMED if text[end - 1] == 0x53F7 else ESTATE)
        i += 1
    return last, kind


@kernel
def _crossing(page: ScanBuffer, klass: Array, roles: Array, at: int) -> int:
    """The end of what follows a road's name where another crosses it (与文景路交叉口向东80米), `at` if there is none."""
    text = page.text
    if text[at] not in (0x4E0E, 0x548C):
        return at
    end, kind = _named(page, klass, roles, at + 1)
    if not kind & ROAD:
        return at
    i = end
    while i - end < 4 and among(text[i], _CROSSINGS):
        i += 1
    if i - end < 2:
        return at
    end = i
    while i - end < 4 and among(text[i], _TOWARDS):
        i += 1
    digits = i
    while i - digits < 5 and klass[text[i]] & DIGIT:
        i += 1
    return i + 1 if i > digits and text[i] == 0x7C73 else digits


@kernel
def _place_at(page: ScanBuffer, at: int) -> int:
    """The index of the place of the gazetteer at `at`, -1 if there is none."""
    cue = beginning_cue(page, at)
    return cue if cue >= 0 and page.cues[cue, 2] & WHERE else -1


@kernel
def number(page: ScanBuffer, klass: Array, roles: Array, at: int) -> int:
    """The end of a number and its unit (12号, B座, 三单元, 之一), `at` if there is none."""
    text = page.text
    i = at
    while (
        i < page.n
        and i - at < 8
        and (klass[text[i]] & (DIGIT | LETTER) or roles[text[i]] & NUMERAL or (i > at and text[i] in (45, 47)))
    ):
        i += 1
    if i == at:
        return at
    if text[i] == 32 and roles[text[i + 1]] & UNIT:
        i += 1
    if text[i] == 0x5355 and text[i + 1] == 0x5143:  # 单元
        return i + 2
    if not roles[text[i]] & UNIT:
        return at
    if text[i] == 0x53F7 and text[i + 1] in (0x7EBF, 0x4EE4, 0x6587, 0x516C, 0x673A):  # 号线 号令 号文 号公告 号机
        return at
    i += 1
    if text[i - 1] == 0x53F7 and text[i] in (0x697C, 0x9662, 0x9928):  # 号楼 号院 号馆
        i += 1
    i = _annex(text, klass, i)
    if text[i] == 0x4E4B and roles[text[i + 1]] & NUMERAL:  # 之一
        i += 2
    return i


@kernel
def _annex(text: Array, klass: Array, at: int) -> int:
    """The end of what is annexed to a number of a house (19号附2号), `at` if nothing is."""
    if text[at - 1] != 0x53F7 or text[at] != 0x9644:
        return at
    i = at + 1
    while i - at < 6 and klass[text[i]] & DIGIT:
        i += 1
    return i + 1 if i > at + 1 and text[i] == 0x53F7 else at


@kernel
def trail(page: ScanBuffer, klass: Array, at: int) -> int:
    """Digits after the last unit belong to it (16栋2392), unless a longer number begins there."""
    text = page.text
    i = at
    if text[i] == 45:
        i += 1
    end = i
    while klass[text[end]] & (DIGIT) or (end > i and text[end] == 45 and klass[text[end + 1]] & DIGIT):
        end += 1
    if 1 <= end - i <= 6 and not klass[text[end]] & LETTER and text[end] not in (0x5E74, 0x6708, 0x5143, 0x4EBA):
        return end
    return at
