"""The figures of refusals and rulings in words, the same on every face: offices, stages, act types, parties, choices by name."""

from __future__ import annotations

import re

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.covenant.refusals import enough_said, half
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.governance.sheet import SHEETS, VALUES, Words, names_of
from gongyue.governance.stage_names import STAGES

_STEPS = {
    "publish": Words("公开簿册", "publishing the books"),
    "founding.bundle": Words("写签署材料", "writing the initiators' bundle"),
}
"""Steps that are no acts."""

PARTIES = {
    EXECUTIVE: Words("执行机构", "executive body"),
    AUTHORITY: Words("主管部门", "authority"),
    SYSTEM: Words("办公密钥", "office key"),
}
"""The parties that are no unit and no officer, where they are named in passing."""

_WRITTEN = ("name",)
"""Figures that hold what somebody wrote, or the name of a file: never taken for anything else."""


def figure_words(name: str, value: object, types: bool = False) -> Words:
    """A figure in Chinese and in English; a number, an id or a digest as it is. `types`: act types with their stored names."""
    zh, en = (str(half(str(value), language)) for language in ("zh", "en"))
    if name == "book":
        return VALUES.get(zh) or Words(zh, en)  # an open book is no vote that is open
    return Words(zh, en) if name in _WRITTEN else Words(_told(zh, types).zh, _told(en, types).en)


def _told(text: str, types: bool) -> Words:
    if enough_said(text) is not None or " | " not in text and " + " not in text:
        return _word(text, types)
    zh, en = zip(*(_word(one, types) for one in re.split(r" \| | \+ ", text)), strict=True)
    return Words("或".join(zh), " or ".join(en)) if " | " in text else Words(" + ".join(zh), " + ".join(en))


def _word(word: str, types: bool) -> Words:
    if word in OFFICES_ZH:
        return Words(OFFICES_ZH[word], word)
    if english := enough_said(word):
        return Words(word.replace(" | ", "或"), english)
    if word in SHEETS:
        zh, en = names_of(word)
        return Words(f"{zh}（{word}）", f"{en} ({word})") if types else Words(zh, en)
    if found := _STEPS.get(word) or PARTIES.get(word) or STAGES.get(word) or VALUES.get(word):
        return Words(*found)
    return Words(_count(word, 0), _count(word, 1))


_OUTCOME = re.compile(r"(?<=, )(?:adopted|rejected|no_quorum)$")
_ON_PAPER = re.compile(r" \((\S+) paper\)")
_TURNOUT = re.compile(r"^turnout (\d+)")
_AT_ANCHOR = re.compile(r" \(anchor ([^)]+)\)$")
"""At which anchor: its slot, or the day of it where the reader can look that up."""


def _count(text: str, place: int) -> str:
    """A count with its outcome in words: 26+6+2 (1+0+0 paper), 25/33/36, adopted."""
    text = _OUTCOME.sub(lambda found: STAGES[found[0]][place], text)
    text = _TURNOUT.sub(("已投票 \\1 家", "\\1 had voted")[place], text)
    text = _AT_ANCHOR.sub(lambda found: _anchored(found[1])[place], text)
    return _ON_PAPER.sub(("（其中纸面 \\1）", " (\\1 on paper)")[place], text)


def _anchored(when: str) -> tuple[str, str]:
    if when.isdecimal():
        return f"（第 {when} 时段锚定时）", f" (at the anchor of slot {when})"
    return f"（{when}锚定时）", f" (at the anchor of {when})"
