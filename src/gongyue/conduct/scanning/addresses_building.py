"""Addresses that name no place: a road and its number, an estate with building and room, a building and a room alone."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.addresses import NUMERAL, ROAD, STOP, TELLS, UNIT, grow, number, trail
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HAN, LETTER, Array, among, char_set
from gongyue.conduct.scanning.entity_types import ADDRESS, PLAUSIBLE
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, last_trigger

_BUILDINGS = char_set("期栋幢座楼舍")
_ENDS = char_set("园苑区院舍里湾府庭寓城")


@inlined
def _measured(text: Array, klass: Array, roles: Array, at: int) -> bool:
    """Whether a number may stand there with its unit, as `number` reads it: most numbers have none, and are asked here first."""
    i = at
    while i - at < 8 and (klass[text[i]] & (DIGIT | LETTER) or roles[text[i]] & NUMERAL or text[i] in (45, 47)):
        i += 1
    return bool(roles[text[i]] & UNIT) or text[i] in (32, 0x5355)


@kernel
def _building(page: ScanBuffer, klass: Array, roles: Array, at: int) -> bool:
    """Whether digits before 期, 栋, 幢, 座, 号楼 or 舍 stand at `at`, and another number right after."""
    text = page.text
    end = number(page, klass, roles, at)
    if end == at or not among(text[end - 1], _BUILDINGS) or klass[text[end - 2]] & HAN and text[end - 2] != 0x53F7:
        return False
    return bool(klass[text[end]] & DIGIT) and (number(page, klass, roles, end) > end or trail(page, klass, end) > end)


@kernel
def _rooms(page: ScanBuffer, klass: Array, at: int) -> int:
    """The end of a building, its entrance and a room, by hyphens after 园苑区院舍里湾府庭寓城 (小区33-5-742), `at` if there is none."""
    text, i, parts = page.text, at, 0
    while parts < 3:
        end = i
        while end - i < 5 and klass[text[end]] & DIGIT:
            end += 1
        if end == i or end - i > (4 if parts == 2 else 2):
            return at
        parts += 1
        if parts == 3:
            return end if end - i >= 3 and text[end] != 45 and not klass[text[end]] & ALNUM else at
        if text[end] != 45:
            return at
        i = end + 1
    return at


@inlined
def _block(text: Array, klass: Array, at: int) -> bool:
    """Whether a number of a building stands there: 6号楼, 12栋, 3幢, 5座, 2舍."""
    end = at
    while end - at < 4 and klass[text[end]] & DIGIT:
        end += 1
    return text[end] in (0x680B, 0x5E62, 0x5EA7, 0x820D) or (text[end] == 0x53F7 and text[end + 1] == 0x697C)


@kernel
def _room(page: ScanBuffer, klass: Array, roles: Array, at: int) -> int:
    """Where to go on after a building and a room without a name before them: 从6号楼412室搬到, written down if there is one."""
    text = page.text
    if not _building(page, klass, roles, at):
        return at + 1
    end, parts = at, 0
    while number(page, klass, roles, end) > end:
        end = number(page, klass, roles, end)
        parts += 1
    if parts < 2 or text[end - 1] not in (0x5BA4, 0x623F, 0x6237) or text[end] == 0x95F4:  # 室房户, no 房间
        return max(end, at + 1)
    add_candidate(page, at, end, ADDRESS, PLAUSIBLE, parts)
    return end


@inlined
def _team(text: Array, roles: Array, at: int) -> bool:
    """Whether a village and the number of one of its teams stand before: 柳树沟村三组."""
    return bool(at > 3 and text[at - 1] == 0x7EC4 and roles[text[at - 2]] & NUMERAL and text[at - 3] == 0x6751)


@entry_point
def roads(page: ScanBuffer, klass: Array, roles: Array, words: Array, known: int) -> None:
    """Addresses that name no place: a road and a number (人民路12号), an estate, its building and a number (幸福里3栋501室)."""
    text = page.text
    last = min(page.state[1], len(page.finds))
    page.state[0] = -1
    done = 0
    for place in words:
        at = to_int64(place)
        if at < done or not klass[text[at]] & ALNUM:
            continue
        if not klass[text[at - 1]] & HAN or roles[text[at - 1]] & STOP:
            if klass[text[at]] & DIGIT and _block(text, klass, at):
                done = _room(page, klass, roles, at)
            continue
        rooms = _rooms(page, klass, at) if among(text[at - 1], _ENDS) else at
        if not (
            rooms > at
            or ((roles[text[at - 1]] & ROAD or _team(text, roles, at)) and klass[text[at]] & DIGIT)
            or (_measured(text, klass, roles, at) and _building(page, klass, roles, at))
        ):
            continue
        while known < last and page.finds[known, 1] <= at:
            known += 1
        end = number(page, klass, roles, at)
        start = at - 1
        reach = 5 if roles[text[at - 1]] & ROAD else 7 if _team(text, roles, at) else 9
        cue = last_trigger(page, at)
        told = page.cues[cue, 1] if cue >= 0 and page.cues[cue, 2] & TELLS else 0
        while (
            start > told and at - start < reach and klass[text[start - 1]] & HAN and not roles[text[start - 1]] & STOP
        ):
            start -= 1
        if rooms > at and at - start >= 4 and not (known < last and page.finds[known, 0] <= at):
            add_candidate(page, start, rooms, ADDRESS, PLAUSIBLE, 3)
            done = rooms
            continue
        if end == at or at - start < 3 or (known < last and page.finds[known, 0] <= at):
            continue
        done = max(grow(page, klass, roles, start, False), end)
