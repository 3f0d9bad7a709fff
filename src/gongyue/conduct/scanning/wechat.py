"""Tokens that are an id of WeChat: by their label, by WeChat's name on the line, by their own form."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HAN, UPPER, Array
from gongyue.conduct.scanning.entity_types import VALID, WECHAT
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label, near


@inlined
def called_wechat(page: ScanBuffer, bits: int, at: int) -> bool:
    """Whether it is called an id of WeChat, and is no part of the label's own word: wx_openid."""
    return bits & (1 << WECHAT) != 0 and (at == 0 or page.text[at - 1] != 0x5F)


@inlined
def asked_for(page: ScanBuffer, klass: Array, at: int) -> bool:
    """Whether a colon and WeChat's letter or, on the line, its name stand before: V：abc_1194, 她的微信我推给你：abc_1194."""
    text = page.text
    i = at
    while i > 2 and at - i < 2 and text[i - 1] == 32:
        i -= 1
    if i < 2 or text[i - 1] != 0x3A:
        return False
    if text[i - 2] in (86, 118):
        return i == 2 or not klass[text[i - 3]] & ALNUM
    return bool(klass[text[i - 2]] & HAN) and near(page, at) & (1 << WECHAT) != 0


@kernel
def _passed_on(page: ScanBuffer, klass: Array, at: int, end: int) -> bool:
    """Whether a token with digits or capitals stands after WeChat's name and 推 加 搜 号, as one passes on a contact."""
    text, odd = page.text, 0
    for i in range(at + 1, end):
        odd += klass[text[i]] & (DIGIT | UPPER) > 0
    if odd == 0 or not near(page, at) & (1 << WECHAT) or klass[text[end]] & ALNUM or text[end] in (0x3D, 0x28, 0x2E):
        return False
    for i in range(max(0, at - 12), at):  # noqa: SIM110 (a kernel has no generators)
        if text[i] in (0x63A8, 0x52A0, 0x641C, 0x53F7):
            return True
    return False


@kernel
def word(page: ScanBuffer, tables: Forms, at: int, end: int) -> int:
    """A token with underscores or hyphens that begins with a letter, where a WeChat ID may stand; returns where to go on."""
    text, klass = page.text, tables.klass
    last = end
    while last < page.n and last - at <= 30 and (klass[text[last]] & ALNUM or text[last] in (45, 95)):
        last += 1
    while text[last - 1] in (45, 95):
        last -= 1
    given = (
        last - at > 15
        and text[at] == 119
        and text[at + 1] == 120
        and text[at + 2] == 105
        and text[at + 3] == 100
        and text[at + 4] == 95
    )
    if given and last - at <= 30:
        add_candidate(page, at, last, WECHAT, VALID, last - at)
        return last
    asked = last > end and (asked_for(page, klass, at) or _passed_on(page, klass, at, last))
    if (
        6 <= last - at <= 20 and text[last] != 0x3D and (asked or called_wechat(page, label(page, at), at))
    ):  # no wx.secret=
        add_candidate(page, at, last, WECHAT, VALID, last - at)
        return last
    return at
