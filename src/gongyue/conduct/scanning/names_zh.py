"""Names of people in Chinese text: a surname begins one, and the words around it must read better with the name than without.

Between two stops the text is cut into the words that cost least (-ln of a word's share), once as it stands and once with
the name as one word; the difference is the name's margin. A label before it, a title or a stop after it make it likelier.
"""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, HAN, Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    DOB,
    MEETS,
    PERSON,
    PLAUSIBLE,
    REJECTED,
    ROLE,
    SAID,
    SURNAMES,
    TITLE,
    VALID,
)
from gongyue.conduct.scanning.given_names import ONE, TWO, filled, signs, uncalled, unheard
from gongyue.conduct.scanning.hash_tables import NEVER, begins, hash_span, onto
from gongyue.conduct.scanning.lexicon import PART, Words
from gongyue.conduct.scanning.name_context_zh import (
    ASKING,
    LABELLED,
    LISTED,
    MEMBERS,
    ROLED,
    SPOKEN,
    STOPPED,
    TITLED,
    called_so,
    speaks_after,
    speaks_before,
)
from gongyue.conduct.scanning.names_zh_excluded import begins_cue, begins_no_name, is_place, means_something_else
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, beginning_cue, label, last_trigger
from gongyue.conduct.scanning.segmentation import UNUSUAL, best_segmentation, cost, uncut

NAME = 300
"""What any name costs besides its signs: some one word in a hundred is a name."""
KNOWN = 256
"""How many names of a unit are kept, to be known again: a power of two."""
MARGIN = 90
"""By how much a name must read better where nothing else speaks for it (64 a factor of e)."""
BIRTHS, BRACKETED = 2008, 2018
"""Up to which year a date after a name is a birthday; up to which in brackets or between bars."""
STRONG = 300
"""From what margin a name is valid and not only plausible."""
_PAPERS = char_set("书表单证函令录据告")
"""What the title of a paper ends in."""
_APART = char_set(" \t\n),|；")
"""What ends a birthday after a name."""


@entry_point
def people(page: ScanBuffer, tables: Words, costs: Array, starts: Array, known: Array, surnames: Array) -> None:
    """Find names of people, which begin where surnames may; `costs` is room for `CUTS`, `known` for KNOWN names of a unit."""
    text, klass, surname = page.text, tables.klass, tables.surname
    done, cue, unit, met, walked = 0, -1, 0, to_int64(0), 0
    last = min(int(page.state[1]), len(page.finds))
    for place in surnames:
        at = to_int64(place)
        if at < done:
            continue
        own = surname[text[at]]
        if not klass[text[at + 1]] & HAN:
            if own < PART:
                _padded(page, tables, at)
            continue
        cue = _ended(page, cue, at)
        if met and at >= starts[unit + 1]:
            met = to_int64(0)
        part = own == PART and not (cue + 1 < page.cue_n and page.cues[cue + 1, 0] == at)
        end = _again(page, tables, known, at, starts[unit]) if not part and met >> _pair(text, at) & 1 else at
        if part or end > at:
            done = end
            continue
        following = cue + 1 < page.cue_n and page.cues[cue + 1, 0] <= at + 4
        save = _saves(page, tables, at, cue, following)
        hope = _hope(page, klass, at, cue, following) if save + LABELLED + TITLED >= MARGIN else 0
        if save + hope < MARGIN:
            continue
        page.state[0] = cue
        end = _name(page, tables, costs, at, hope)
        if end > at:
            while starts[unit + 1] <= at:
                unit += 1
                met = to_int64(0)
            met |= to_int64(1) << _pair(text, at)
            walked = _born(page, end, walked, last)
            key = hash_span(text, at, end)
            known[key & (KNOWN - 1), 0], known[key & (KNOWN - 1), 1] = key, at
        done = end


@inlined
def _ended(page: ScanBuffer, cue: int, at: int) -> int:
    """The last cue that ends at or before `at`, from one that does."""
    while cue + 1 < page.cue_n and page.cues[cue + 1, 1] <= at:
        cue += 1
    return cue


@inlined
def _saves(page: ScanBuffer, tables: Words, at: int, cue: int, following: bool) -> int:
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
def _born(page: ScanBuffer, end: int, walked: int, last: int) -> int:
    """A date right after a name, in brackets or in the next field, is its bearer's birthday where it is long past. Returns the first
    find after the name, which is no earlier than `walked`; from `last` on they are not the walk's."""
    text, at, latest = page.text, end, BIRTHS
    while walked < last and page.finds[walked, 0] < end:
        walked += 1
    while at - end < 3 and text[at] in (32, 9, 0x28, 0x2C, 0x7C):
        if text[at] in (0x28, 0x7C):
            latest = BRACKETED
        at += 1
    if at == end or walked == last or page.finds[walked, 0] != at:
        return walked
    find = page.finds[walked]
    if find[2] == DOB and find[3] == REJECTED and among(text[find[1]], _APART) and find[4] <= latest:
        find[3] = PLAUSIBLE
    return walked


@inlined
def _pair(text: Array, at: int) -> int:
    """Which of 63 bits stands for names that begin with these two signs."""
    return (to_int64(text[at]) * 31 + to_int64(text[at + 1])) % 63


@kernel
def _again(page: ScanBuffer, tables: Words, known: Array, at: int, first: int) -> int:
    """The end of a name that its unit, which begins at `first`, has named before; it is written down; `at` if there is none."""
    text, klass = page.text, tables.klass
    two = hash_span(text, at, at + 2)
    three = onto(two, text[at + 2])
    for size in range(4, 1, -1):
        end = at + size
        key = two if size == 2 else three if size == 3 else onto(three, text[at + 3])
        slot = key & (KNOWN - 1)
        if known[slot, 0] != key or known[slot, 1] < first:
            continue
        if (
            size == 2
            and klass[text[end]] & HAN
            and begins(tables.pairs, text[end - 1], text[end])
            and cost(text, tables, end - 1, end + 1) < NEVER
        ):
            continue
        last_trigger(page, at)
        if speaks_after(page, tables, end) < 0:
            continue
        add_candidate(page, at, end, PERSON, VALID, STRONG)
        return end
    return at


@kernel
def _padded(page: ScanBuffer, tables: Words, at: int) -> None:
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
    titled = among(text[end - 1], _PAPERS)
    alone = (at == 0 or text[at - 1] == 10) and text[end] == 10 and not titled
    if klass[text[end]] & HAN or tables.given[text[i], 0 if end == i + 1 else 1] >= UNUSUAL + 40 * apart:
        return
    if alone or label(page, at) & ((1 << PERSON) | (1 << ROLE)) or called_so(page, klass, at):
        add_candidate(page, at, end, PERSON, PLAUSIBLE, MARGIN)


@inlined
def _hope(page: ScanBuffer, klass: Array, at: int, cue: int, following: bool) -> int:
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
    elif among(text[at - 1], ASKING) or among(text[at - 1], MEMBERS):
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
def _name(page: ScanBuffer, tables: Words, costs: Array, at: int, hope: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none. What stands beside it speaks for
    it by no more than `hope`."""
    text, klass = page.text, tables.klass
    size = max(_double(page, at), 1)
    if begins_no_name(page, tables, at, size):
        return at
    start = NAME + (350 if size > 1 else tables.surname[text[at]])
    one, two, short, long = signs(page, tables, at, size, start)
    if hope < LABELLED and max(one, two) + hope < MARGIN:
        return at
    before = speaks_before(page, tables, at)
    called = before >= ROLED and label(page, at) & ((1 << PERSON) | (1 << ROLE)) != 0
    labelled = before >= LABELLED and not (at > 0 and klass[text[at - 1]] & HAN)
    if begins_cue(page, at, 1 << MEETS) and not labelled:  # 周一: a day of a rota
        before -= NEVER if tables.surname[text[at + 2]] < PART and klass[text[at + 3]] & HAN else ROLED
    if before < LISTED // 2 and unheard(text, tables, at + size):
        return at
    one, two = uncalled(text[at + size], one, two)
    if called and not klass[text[at - 1]] & HAN:
        one, two = filled(page, tables, at + size, one, two, short - start, long - start)
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
        best, given = uncut(page, tables, at, one, two, short, long)
    else:
        best, given = best_segmentation(page, tables, costs, at, size, one - short, two - long)
    end = at + size + given
    if best < MARGIN or (before < LABELLED and is_place(page, at, end)) or means_something_else(page, at, end, size):
        return at
    add_candidate(page, at, end, PERSON, VALID if best > STRONG else PLAUSIBLE, best)
    return end


@inlined
def _double(page: ScanBuffer, at: int) -> int:
    """How many signs a surname of several has that stands there, 0 if there is none."""
    cue = beginning_cue(page, at)
    return int(page.cues[cue, 1] - at) if cue >= 0 and page.cues[cue, 2] & (1 << SURNAMES) else 0
