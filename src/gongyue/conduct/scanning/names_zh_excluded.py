"""What is no name although it reads like one: a label, a title, an amount, the name of a place."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import HAN, among
from gongyue.conduct.scanning.entity_types import (
    COUNT,
    DOCUMENT,
    LABEL,
    NEGATIVE,
    PHONE,
    PLACE,
    REGION,
    SURNAMES,
    TITLE,
)
from gongyue.conduct.scanning.lexicon import PART, Words
from gongyue.conduct.scanning.name_context_zh import ASKING, CLASS, counted, numbered
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, cue_at, following

TYPES = (1 << COUNT) - 2 | (1 << LABEL) | (1 << NEGATIVE) | (1 << PHONE) | (1 << DOCUMENT)
"""Cues that label something."""


@inlined
def _inside_place(page: ScanBuffer, at: int) -> bool:
    """Whether `at` is inside the name of a place."""
    cue = page.state[0] + 1
    return bool(cue < page.cue_n and page.cues[cue, 0] < at and page.cues[cue, 2] & (1 << REGION) != 0)


@inlined
def begins_cue(page: ScanBuffer, at: int, bits: int) -> bool:
    """Whether a cue of those kinds begins there."""
    cue = page.state[0] + 1
    return bool(cue < page.cue_n and page.cues[cue, 0] == at and page.cues[cue, 2] & bits != 0)


@inlined
def begins_no_name(page: ScanBuffer, tables: Words, at: int, size: int) -> bool:
    """Whether no name can begin there: no surname, no given name after it, a class of a school, a title, the name of a place."""
    return bool(
        (size == 1 and tables.surname[page.text[at]] == PART)
        or not tables.klass[page.text[at + size]] & HAN
        or (page.text[at] == CLASS and numbered(page.text, at))
        or _inside_place(page, at)
        or _begins_title(page, at + size)
        or (page.text[at] == 0x5411 and page.text[at + 1] == 0x672C)  # 原告向本院提出
    )


@kernel
def means_something_else(page: ScanBuffer, at: int, end: int, size: int) -> bool:
    """Whether a label stands there (业主 | 房号), an amount goes on, or after a sign that asks for a person a surname of several
    signs begins: 由佐佐木健一陪同."""
    if counted(page.text, at) or _labels(page, at, end):
        return True
    if size == 1 and 0x4E00 <= page.text[end] < 0xA000 and is_place(page, at, at + 2):  # 乙方：沈阳恒铸机床配件厂
        return True
    if size > 1 or not among(page.text[at], ASKING):
        return False
    return following(page, at + 1) & (1 << SURNAMES) != 0


@inlined
def _labels(page: ScanBuffer, at: int, end: int) -> bool:
    """Whether it is a label as a whole."""
    cue = cue_at(page, at)
    return bool(cue >= 0 and page.cues[cue, 1] == end and page.cues[cue, 2] & TYPES)


@inlined
def _begins_title(page: ScanBuffer, at: int) -> bool:
    """Whether a title begins there: 刘经理 and 王大姐 name nobody."""
    return following(page, at) & (1 << TITLE) != 0


@inlined
def is_place(page: ScanBuffer, at: int, end: int) -> bool:
    """Whether the name of a place begins with it and goes as far."""
    cue = page.state[0]
    for i in range(max(cue, 0), min(cue + 2, page.cue_n)):
        if page.cues[i, 0] == at and page.cues[i, 1] >= end and page.cues[i, 2] & ((1 << REGION) | (1 << PLACE)):
            return True
    return False
