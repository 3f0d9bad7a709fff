"""Names of people in Chinese text: a surname begins one, and the words around it must read better with the name than without.

Between two stops the text is cut into the words that cost least (-ln of a word's share), once as it stands and once with
the name as one word; the difference is the name's margin. A label before it, a title or a stop after it make it likelier.
"""

from __future__ import annotations

from gongyue.conduct.scanning.beside import (
    CLAN,
    DISTRICT,
    FILLED,
    HOME,
    LABELLED,
    LISTED,
    ROLED,
    SPOKEN,
    STOPPED,
    TITLED,
    asks,
    called_so,
    of_places,
    speaks_after,
    speaks_before,
)
from gongyue.conduct.compiling import entry, inlined, kernel, wide
from gongyue.conduct.scanning.hashing import NEVER, begins, spelled, word_cost
from gongyue.conduct.scanning.kinds import (
    DOB,
    MEETS,
    PERSON,
    PLACE,
    PLAUSIBLE,
    REGION,
    REJECTED,
    ROLE,
    SAID,
    SURNAMES,
    TITLE,
    VALID,
)
from gongyue.conduct.scanning.lexicon import PART, Words
from gongyue.conduct.scanning.page import Page, found, label, last_cue
from gongyue.conduct.scanning.signs import ALNUM, HAN, Array

REACH = 5
"""How many signs on either side of a name are read with it."""
LONGEST_WORD = 4
NAME = 300
"""What any name costs besides its signs: some one word in a hundred is a name."""
ONE, TWO = 110, 15
"""What a given name of one sign costs, and of two."""
TWICE = 250
"""What it costs a given name to be one sign said twice, besides that sign."""
UNUSUAL = 760
"""What a sign costs that is in no list of given names."""
RARE, SELDOM = 800, 680
"""From what cost a sign is rare enough to be a given name though no list has it, and what it costs then."""
WORDED = 620
"""What a given name costs that is any word, where it fills what a label asks for."""
KNOWN = 256
"""How many names of a unit are kept, to be known again: a power of two."""
MARGIN = 90
"""By how much a name must read better where nothing else speaks for it (64 a factor of e)."""
BIRTHS, BRACKETED = 2008, 2018
"""Up to which year a date after a name is a birthday; up to which in brackets or between bars."""
STRONG = 300
"""From what margin a name is valid and not only plausible."""


@entry
def people(page: Page, tables: Words, costs: Array, starts: Array, known: Array) -> None:
    """Find names of people; `costs` is room for the cheapest cuts, two rows of 4 × REACH, `known` for KNOWN names of a unit."""
    text, klass, surname = page.text, tables.klass, tables.surname
    at, cue, unit, met = 0, -1, 0, wide(0)
    walked = min(int(page.made[0]), len(page.finds))
    while at < page.n:
        own = surname[text[at]]
        if own == NEVER or not klass[text[at + 1]] & HAN:
            if own < PART and text[at + 1] == 32:
                _padded(page, tables, at)
            at += 1
            continue
        while cue + 1 < page.cue_n and page.cues[cue + 1, 1] <= at:
            cue += 1
        if met and at >= starts[unit + 1]:
            met = wide(0)
        end = _again(page, tables, known, at, starts[unit]) if met >> _pair(text, at) & 1 else at
        if end > at:
            at = end
            continue
        following = cue + 1 < page.cue_n and page.cues[cue + 1, 0] <= at + 4
        save = _saves(page, tables, at, cue, following)
        hope = _hope(page, klass, at, cue, following) if save + LABELLED + TITLED >= MARGIN else 0
        if save + hope < MARGIN:
            at += 1
            continue
        page.cursor[0] = cue
        end = _name(page, tables, costs, at, hope)
        if end > at:
            while starts[unit + 1] <= at:
                unit += 1
                met = wide(0)
            met |= wide(1) << _pair(text, at)
            _born(page, end, walked)
            key = spelled(text, at, end)
            known[key & (KNOWN - 1), 0], known[key & (KNOWN - 1), 1] = key, at
        at = max(end, at + 1)


@inlined
def _saves(page: Page, tables: Words, at: int, cue: int, following: bool) -> int:
    """What the signs at `at` save by being a name, at most."""
    text, single, given = page.text, tables.single, tables.given
    if following and page.cues[cue + 1, 0] == at and page.cues[cue + 1, 2] & (1 << SURNAMES):
        return MARGIN
    own = tables.surname[text[at]]
    if own == PART:
        return -NEVER
    a, b = text[at + 1], text[at + 2]
    alone = single[text[at]] + single[a]
    one = alone - ONE - min(given[a, 0], UNUSUAL)
    two = alone + single[b] - TWO - min(given[a, 1], UNUSUAL) - min(given[b, 2], UNUSUAL)
    return int(max(one, two) - NAME - own)


@kernel
def _born(page: Page, end: int, walked: int) -> None:
    """A date right after a name, in brackets or in the next field, is its bearer's birthday where it is long past."""
    text, at, latest = page.text, end, BIRTHS
    while at - end < 3 and text[at] in (32, 9, 0x28, 0x2C, 0x7C):
        if text[at] in (0x28, 0x7C):
            latest = BRACKETED
        at += 1
    low, high = 0, walked
    while at > end and low < high:
        middle = (low + high) // 2
        if page.finds[middle, 0] < at:
            low = middle + 1
        else:
            high = middle
    if at == end or low == walked or page.finds[low, 0] != at:
        return
    after = text[page.finds[low, 1]]
    apart = after in (32, 9, 10, 0x29, 0x2C, 0x7C, 0xFF1B)
    if page.finds[low, 2] == DOB and page.finds[low, 3] == REJECTED and apart and page.finds[low, 4] <= latest:
        page.finds[low, 3] = PLAUSIBLE


@inlined
def _pair(text: Array, at: int) -> int:
    """Which of 63 bits stands for names that begin with these two signs."""
    return (wide(text[at]) * 31 + wide(text[at + 1])) % 63


@kernel
def _again(page: Page, tables: Words, known: Array, at: int, first: int) -> int:
    """The end of a name that its unit, which begins at `first`, has named before; it is written down; `at` if there is none."""
    text, klass = page.text, tables.klass
    for size in range(4, 1, -1):
        end = at + size
        key = spelled(text, at, end)
        slot = key & (KNOWN - 1)
        if known[slot, 0] != key or known[slot, 1] < first:
            continue
        if (
            size == 2
            and klass[text[end]] & HAN
            and begins(tables.pairs, text[end - 1], text[end])
            and _cost(text, tables, end - 1, end + 1) < NEVER
        ):
            continue
        last_cue(page, at)
        if speaks_after(page, tables, end) < 0:
            continue
        found(page, at, end, PERSON, VALID, STRONG)
        return end
    return at


@kernel
def _padded(page: Page, tables: Words, at: int) -> None:
    """张　伟: a surname and a given name set apart to fill a column, after a label or alone in its cell."""
    text, klass = page.text, tables.klass
    i = at + 1
    while i - at < 4 and text[i] == 32:
        i += 1
    if not klass[text[i]] & HAN or (at > 0 and klass[text[at - 1]] & (HAN | ALNUM)):
        return
    end = i + 1 + (klass[text[i + 1]] & HAN > 0)
    apart = end == i + 1 and i == at + 2 and text[end] == 32 and klass[text[end + 1]] & HAN > 0
    if apart and not klass[text[end + 2]] & HAN and tables.given[text[end + 1], 2] < UNUSUAL:
        end += 2
    alone = (at == 0 or text[at - 1] == 10) and text[end] == 10
    if klass[text[end]] & HAN or tables.given[text[i], 0 if end == i + 1 else 1] >= UNUSUAL + 40 * apart:
        return
    if alone or label(page, at) & ((1 << PERSON) | (1 << ROLE)) or called_so(page, klass, at):
        found(page, at, end, PERSON, PLAUSIBLE, MARGIN)


@inlined
def _hope(page: Page, klass: Array, at: int, cue: int, following: bool) -> int:
    """What may speak for a name at `at`, without looking closer: a label that may stand before, a title or a stop after."""
    text = page.text
    hope = 0
    if at == 0 or not klass[text[at - 1]] & (HAN | ALNUM):
        listed = at > 0 and text[at - 1] in (0x3001, 0x2C, 0x2F, 0x20)
        told = (
            listed
            or page.default != 0
            or (cue >= 0 and page.cues[cue, 1] >= at - 12)
            or called_so(page, klass, at) != 0
        )
        hope = LABELLED if told else STOPPED
    elif cue >= 0 and page.cues[cue, 1] == at:
        hope = LABELLED
    elif asks(text[at - 1]) or text[at - 1] in (0x5458, 0x5E08, 0x8005):
        hope = LISTED // 2
    if following:
        i, spoken = cue + 1, False
        while i < page.cue_n and page.cues[i, 0] <= at + 4:
            if page.cues[i, 2] & (1 << TITLE):
                return hope + TITLED
            spoken |= page.cues[i, 2] & (1 << SAID) != 0
            i += 1
        if spoken:
            return hope + SPOKEN
    return hope + STOPPED


@kernel
def _name(page: Page, tables: Words, costs: Array, at: int, hope: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none. What stands beside it speaks for
    it by no more than `hope`."""
    text, klass = page.text, tables.klass
    size = 2 if _double(page, at) else 1
    if _cannot(page, tables, at, size):
        return at
    start = NAME + (350 if size == 2 else tables.surname[text[at]])
    one, two, short, long = _signs(page, tables, at, size, start)
    if hope < LABELLED and max(one, two) + hope < MARGIN:
        return at
    before = speaks_before(page, tables, at)
    if _begins_cue(page, at, 1 << MEETS) and before < LABELLED:  # 周一: a day of a rota
        before -= NEVER if tables.surname[text[at + 2]] < PART and klass[text[at + 3]] & HAN else ROLED
    if before < LISTED // 2 and _unheard(text, tables, at + size):
        return at
    one, two = _uncalled(text[at + size], one, two)
    if label(page, at) & ((1 << PERSON) | (1 << ROLE)) and not klass[text[at - 1]] & HAN:
        one, two = _filled(page, tables, at + size, one, two, short - start, long - start)
    if max(one, two) + before + TITLED < MARGIN:
        return at
    one += before + speaks_after(page, tables, at + size + 1)
    two += before + speaks_after(page, tables, at + size + 2)
    if max(one, two) < MARGIN:
        return at
    if (
        size == 1
        and not klass[text[at + 3]] & (HAN * (klass[text[at + 2]] & HAN > 0))
        and (at == 0 or not klass[text[at - 1]] & HAN)
    ):
        best, given = _apart(page, tables, at, one, two, short, long)
    else:
        best, given = _best(page, tables, costs, at, size, one - short, two - long)
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
def _begins_cue(page: Page, at: int, bits: int) -> bool:
    """Whether a cue of those kinds begins there."""
    cue = page.cursor[0] + 1
    return bool(cue < page.cue_n and page.cues[cue, 0] == at and page.cues[cue, 2] & bits != 0)


@inlined
def _cannot(page: Page, tables: Words, at: int, size: int) -> bool:
    """Whether no name can begin there: no surname, no given name after it, a title, the name of a place."""
    return bool(
        (size == 1 and tables.surname[page.text[at]] == PART)
        or not tables.klass[page.text[at + size]] & HAN
        or _inside_place(page, at)
        or _begins_title(page, at + size)
    )


@inlined
def _unheard(text: Array, tables: Words, at: int) -> bool:
    """Whether nobody's given name begins with a sign, though it is no rare one."""
    return bool(
        tables.given[text[at], 1] == NEVER
        and tables.single[text[at]] < RARE
        and word_cost(tables.wholes, spelled(text, at, at + 2)) == NEVER
    )


@inlined
def _filled(page: Page, tables: Words, at: int, one: int, two: int, short: int, long: int) -> tuple[int, int]:
    """The margins of a name after a label, whose given name at `at` is all that stands before the next stop: any word will do."""
    text, klass = page.text, tables.klass
    if not klass[text[at + 2]] & HAN:
        two = max(two, long - TWO - _worded(text, tables, at)) + FILLED
    if not klass[text[at + 1]] & HAN:
        one = max(one, short - ONE - WORDED) + FILLED
    return one, two


@inlined
def _uncalled(sign: int, one: int, two: int) -> tuple[int, int]:
    """The margins of a name whose given name begins with this sign: 李总, 王姐, 张工 name nobody, though 李伯清 does."""
    if sign in (0x603B, 0x59D0, 0x5AC2, 0x59E8, 0x5A76, 0x5976, 0x7237):  # 总姐嫂姨婶奶爷
        return -NEVER, -NEVER
    if sign in (
        0x4F2F,
        0x53D4,
        0x54E5,
        0x5DE5,
        0x961F,
        0x5BFC,
        0x5C40,
        0x5904,
        0x79D1,
        0x8463,
        0x67D0,
    ):  # 伯叔哥工队导局处科董某
        return -NEVER, two
    return one, two


@inlined
def _begins_title(page: Page, at: int) -> bool:
    """Whether a title begins there: 刘经理 and 王大姐 name nobody."""
    cue = page.cursor[0] + 1
    while cue < page.cue_n and page.cues[cue, 0] < at:
        cue += 1
    return bool(cue < page.cue_n and page.cues[cue, 0] == at and page.cues[cue, 2] & (1 << TITLE) != 0)


@inlined
def _is_place(page: Page, at: int, end: int) -> bool:
    """Whether the name of a place begins with it and goes as far."""
    cue = page.cursor[0]
    for i in range(max(cue, 0), min(cue + 2, page.cue_n)):
        if page.cues[i, 0] == at and page.cues[i, 1] >= end and page.cues[i, 2] & ((1 << REGION) | (1 << PLACE)):
            return True
    return False


@inlined
def _signs(page: Page, tables: Words, at: int, size: int, start: int) -> tuple[int, int, int, int]:
    """By how much a name of one sign, and of two, is better than its signs by themselves, which is the most its margin can be;
    and what these signs cost."""
    text = page.text
    a, b = text[at + size], text[at + size + 1]
    one = start + ONE + min(tables.given[a, 0], _unusual(tables, a)) + (DISTRICT if a in (HOME, CLAN) else 0)
    apart = min(tables.given[a, 1], _unusual(tables, a)) + min(tables.given[b, 2], _unusual(tables, b))
    if a == b:
        apart = min(apart, TWICE + tables.given[a, 0])
    whole = word_cost(tables.wholes, spelled(text, at + size, at + size + 2))
    two = start + TWO + min(apart, whole) + (DISTRICT if a == CLAN or (of_places(a, b) and whole == NEVER) else 0)
    short = _span(text, tables, at, size, 1)
    if not tables.klass[b] & HAN:
        return short - one, -NEVER, short, 0
    long = _span(text, tables, at, size, 2)
    return short - one, long - two, short, long


@inlined
def _worded(text: Array, tables: Words, at: int) -> int:
    """What a given name of two signs costs that is any word, where a label and a stop leave room for no other."""
    if begins(tables.pairs, text[at], text[at + 1]) and _cost(text, tables, at, at + 2) < NEVER:
        return WORDED
    return NEVER


@inlined
def _unusual(tables: Words, sign: int) -> int:
    """What a sign of no list costs as a given name: less where it is hardly ever written otherwise."""
    return SELDOM if tables.single[sign] >= RARE else UNUSUAL


@inlined
def _apart(page: Page, tables: Words, at: int, one: int, two: int, short: int, long: int) -> tuple[int, int]:
    """As `_best`, where two or three signs of Chinese stand by themselves: then no cut need be looked for."""
    text = page.text
    if not tables.klass[text[at + 2]] & HAN:
        return one, 1
    plain = long
    if begins(tables.pairs, text[at], text[at + 1]):
        plain = min(plain, _cost(text, tables, at, at + 3))
    one += plain - short - tables.single[text[at + 2]]
    two += plain - long
    return (one, 1) if one >= two else (two, 2)


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

    `one` and `two` are what a name of one sign, and of two, is better than nothing at all.
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
        margin = plain - (costs[0, at - left] + costs[1, end - left]) + (one if n == 1 else two)
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
