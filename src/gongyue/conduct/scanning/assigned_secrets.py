"""What a label is set to: password = …, 密码已改为…, passphrase "…"; and whether that is as random as what somebody keeps secret.

Which words and expressions are no password all the same is for the patterns of `secret_rules`.
"""

from __future__ import annotations

import math

import numpy as np

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, HAN, LOWER, UPPER, Array, among, char_set

QUOTED, CALLED, SPOKEN, KEEPS = 1, 2, 4, 8
"""Of a value: it stands in quotes; a bracket follows; nothing but a space sets it apart from a label in English; it is mixed or
long enough to be a secret after a label that says little."""
LONGEST = 512
"""Signs of a value that are looked at."""
_ENDS = char_set("\"'“”‘’`，。；、,;<>()（）&")
"""What no value holds; & in quotes only."""
_QUOTES, _CLOSES = char_set("\"'“‘`"), char_set("\"'”’")
_STOPS = char_set(".!?")
_TOKEN = char_set("+/_-")


def _words(words: str) -> Array:
    """Words of one sign or two as rows; the longer of two that begin alike first."""
    return np.array([[*map(ord, word), 0][:2] for word in words.split()], dtype=np.uint16)


_SINCE = _words("我 已经 已 刚 帮你 帮您 给你 给您 先 都 统一 暂时 临时 仍然 仍 还 依旧 目前 现在 默认 初始 均")
"""What may stand between a label and the verb that sets it."""
_SETS = _words("重置 重设 修改 更改 变更 设置 设定 更新 改 换")


@kernel
def assigned(text: Array, klass: Array, label: int, end: int, stop: int) -> tuple[int, int, int]:
    """(start, end, bits) of what the label between `label` and `end` is set to, where it can be a secret; start is -1 where it
    is not. Nothing from `stop` on is looked at."""
    start, last, quoted, told = _set(text, klass, end, stop)
    if start < 0:
        return -1, -1, 0
    bits = QUOTED if quoted else CALLED * (last < stop and text[last] in (0x28, 0x5B))
    while not quoted and among(text[last - 1], _STOPS):
        last -= 1
    mixed = _kinds(text, klass, start, last) >= 3 and entropy(text, start, last) > 2.5
    if told == _BARE:
        pin = last - start == 6 and _all(text, klass, start, last, DIGIT)
        if not quoted and _ascii(text, label, end):
            bits |= SPOKEN
            pin, mixed = False, mixed and text[end] in (32, 9)
        if not (pin or mixed):
            return -1, -1, 0
    if not looks_random(text, klass, start, last, quoted, told == _SAID):
        return -1, -1, 0
    whole = last - start >= 24 and _all(text, klass, start, last, ALNUM | HAN) and entropy(text, start, last) > 3
    return start, last, bits | KEEPS * ((quoted and mixed) or whole)


@kernel
def looks_random(text: Array, klass: Array, start: int, end: int, quoted: bool, said: bool) -> bool:
    """Whether a value is one that somebody keeps secret, rather than a word or a name in a program."""
    kinds, size = _kinds(text, klass, start, end), end - start
    if size < 6 or (said and kinds < 2):
        return size >= 4 and (kinds >= 2 if said else _all(text, klass, start, end, DIGIT))
    if kinds >= 2:
        return entropy(text, start, end) > 1.9
    return _all(text, klass, start, end, DIGIT) or (size >= (10 if quoted else 16) and entropy(text, start, end) > 3)


@kernel
def entropy(text: Array, start: int, end: int) -> float:
    """Bits a sign, by the first 512."""
    size = min(end - start, LONGEST)
    repeated = 0.0
    for i in range(start, start + size):
        before = i - 1
        while before >= start and text[before] != text[i]:
            before -= 1
        if before < start:
            count = 0
            for j in range(i, start + size):
                count += text[j] == text[i]
            repeated += count * math.log2(count)
    return math.log2(size) - repeated / size


@inlined
def _kinds(text: Array, klass: Array, start: int, end: int) -> int:
    """How many kinds of signs there are: digits, small letters, capitals, others."""
    digit, lower, upper, other = False, False, False, False
    for i in range(start, end):
        kind = klass[text[i]]
        digit |= kind & DIGIT != 0
        lower |= kind & LOWER != 0
        upper |= kind & UPPER != 0
        other |= kind & ALNUM == 0
    return to_int64(digit) + lower + upper + other


_SIGN, _SAID, _BARE = 0, 1, 2
"""By what a value is set: a sign between it and its label, a word, nothing."""


@kernel
def _set(text: Array, klass: Array, end: int, stop: int) -> tuple[int, int, bool, int]:
    """(start, end, whether in quotes, by what) of the value a label is set to; start is -1 without one. After the label come a
    closing quote, a bracket, spaces, what sets the value, spaces and an opening quote, each where there is one."""
    for quote in range(to_int64(end < stop and among(text[end], _CLOSES)), -1, -1):
        for bracket in range(to_int64(end + quote < stop and text[end + quote] == 0x5D), -1, -1):
            first = end + quote + bracket
            for at in range(spaces(text, first, min(stop, first + 3)), first - 1, -1):
                start, last, quoted, told = _by_sign(text, klass, at, stop)
                if start < 0:
                    start, last, quoted, told = _by_nothing(text, klass, at, stop)
                if start >= 0:
                    return start, last, quoted, told
    return -1, -1, False, 0


@kernel
def _by_sign(text: Array, klass: Array, at: int, stop: int) -> tuple[int, int, bool, int]:
    """(start, end, whether in quotes, by what) of the value after := => : = 为 成 是 is, or after a space where a token stands."""
    if at >= stop:
        return -1, -1, False, 0
    sign, after, third = text[at], _sign(text, at + 1, stop), _sign(text, at + 2, stop)
    if sign in (0x3A, 0x3D):
        start, last, quoted = _value(text, at + 2, stop) if _arrow(sign, after) else (-1, -1, False)
        if start < 0:
            start, last, quoted = _value(text, at + 1, stop)
        return start, last, quoted, _SIGN
    verb = _said(text, at, stop)
    if verb > 0:
        start, last, quoted = _value(text, verb, stop)
        return start, last, quoted, _SAID
    if not blank(sign):
        return -1, -1, False, 0
    if after | 32 == 0x69 and third | 32 == 0x73:
        start, last, quoted = _value(text, at + 3, stop)
        if start >= 0:
            return start, last, quoted, _SAID if third == 0x73 else _SIGN
    if at + 25 <= stop and _token(text, klass, at + 1, at + 25):
        start, last, quoted = _value(text, at + 1, stop)
        return start, last, quoted, _SIGN
    return -1, -1, False, 0


@inlined
def _sign(text: Array, at: int, stop: int) -> int:
    """The sign there; a line feed beyond the stop."""
    return text[at] if at < stop else 10


@inlined
def _arrow(sign: int, after: int) -> bool:
    """:= or =>."""
    return (sign == 0x3A and after == 0x3D) or (sign == 0x3D and after == 0x3E)


@kernel
def _said(text: Array, at: int, stop: int) -> int:
    """The end of what sets a value in a sentence, 已经改为 or 是; 0 if nothing does."""
    if text[at] == 0x662F:
        return at + 1
    step = 1
    while step > 0:
        step = _word(text, at, stop, _SINCE)
        at += step
    at += _word(text, at, stop, _SETS)
    return at + 1 if at < stop and text[at] in (0x4E3A, 0x6210) else 0


@kernel
def _word(text: Array, at: int, stop: int, words: Array) -> int:
    """How many signs the first of the words has that stands there; 0 if none does."""
    if at >= stop or text[at] < 0x4E00:
        return 0
    for i in range(len(words)):
        if text[at] == words[i, 0]:
            if words[i, 1] == 0:
                return 1
            if at + 1 < stop and text[at + 1] == words[i, 1]:
                return 2
    return 0


@kernel
def _by_nothing(text: Array, klass: Array, at: int, stop: int) -> tuple[int, int, bool, int]:
    """The same of a value that follows its label: eight signs of ASCII, a number of six digits, or signs in quotes."""
    for first in range(spaces(text, at, min(stop, at + 2)), at - 1, -1):
        six = first + 6 <= stop and _all(text, klass, first, first + 6, DIGIT)
        six = six and not klass[_sign(text, first + 6, stop)] & DIGIT
        if six or _shown(text, first, min(stop, first + 8)) == first + 8 or _quoted(text, first, stop):
            start, last, quoted = _value(text, first, stop)
            if start >= 0:
                return start, last, quoted, _BARE
    return -1, -1, False, 0


@kernel
def _quoted(text: Array, at: int, stop: int) -> bool:
    """Whether 6 to 40 signs of ASCII stand between quotes there."""
    if at >= stop or text[at] not in (0x22, 0x27, 0x201C):
        return False
    last = min(_shown(text, at + 1, min(stop, at + 41)) + 1, stop)
    at += 7
    while at < last and text[at] not in (0x22, 0x27, 0x201D):
        at += 1
    return at < last


@kernel
def _value(text: Array, at: int, stop: int) -> tuple[int, int, bool]:
    """(start, end, whether in quotes) of the value there after spaces, Bearer or Basic and a quote; start is -1 without one."""
    at = spaces(text, at, min(stop, at + 3))
    for first in (_scheme(text, at, stop), at):
        quoted = first < stop and among(text[first], _QUOTES)
        start = last = first + quoted
        while last < min(stop, start + LONGEST) and not blank(text[last]):
            if among(text[last], _ENDS) and not (quoted and text[last] == 0x26):
                break
            last += 1
        if last - start >= 4:
            return start, last, quoted
    return -1, -1, False


@kernel
def _scheme(text: Array, at: int, stop: int) -> int:
    """The place after Bearer or Basic and spaces; `at` without."""
    end = at
    while end < stop and end - at < 7 and 0x61 <= text[end] | 32 <= 0x7A:
        end += 1
    bearer = end - at == 6 and text[at] | 32 == 0x62 and text[at + 2] | 32 == 0x61 and text[at + 5] | 32 == 0x72
    basic = end - at == 5 and text[at] | 32 == 0x62 and text[at + 2] | 32 == 0x73 and text[at + 4] | 32 == 0x63
    after = spaces(text, end, stop)
    return after if (bearer or basic) and after > end else at


@inlined
def blank(sign: int) -> bool:
    """Whether a sign is white space."""
    return sign == 32 or 9 <= sign <= 13 or 28 <= sign <= 31 or sign in (0x85, 0x1680, 0x2028, 0x2029)


@inlined
def spaces(text: Array, at: int, stop: int) -> int:
    """The end of white space."""
    while at < stop and blank(text[at]):
        at += 1
    return at


@inlined
def _shown(text: Array, at: int, stop: int) -> int:
    """The end of signs of ASCII that are seen."""
    while at < stop and 0x21 <= text[at] <= 0x7E:
        at += 1
    return at


@inlined
def _all(text: Array, klass: Array, start: int, end: int, bits: int) -> bool:
    """Whether all signs are of those classes."""
    while start < end and klass[text[start]] & bits:
        start += 1
    return start == end


@inlined
def _token(text: Array, klass: Array, start: int, end: int) -> bool:
    """Whether all signs are letters, digits and + / _ -."""
    while start < end and (klass[text[start]] & ALNUM or among(text[start], _TOKEN)):
        start += 1
    return start == end


@inlined
def _ascii(text: Array, start: int, end: int) -> bool:
    """Whether all signs are of ASCII."""
    while start < end and text[start] < 128:
        start += 1
    return start == end
