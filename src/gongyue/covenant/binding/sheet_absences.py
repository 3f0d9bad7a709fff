"""What a text does not provide for, and what holds instead: a section of the sheet, of `verify` and of every page that shows a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongyue.covenant.binding import binding_text, unseen_matters
from gongyue.covenant.binding.catalogue import Capability
from gongyue.covenant.binding.passages import Reader, reader
from gongyue.covenant.binding.records import Absence, Decision
from gongyue.covenant.binding.sheet_entry import Entry, set_aside
from gongyue.covenant.text import Part

LACKING = "not provided for: "
"""How a line begins that says what a text lacks; below a heading that says so, it goes without."""
_ABSENT = {
    "founding.signature": (
        "本文不要求发起单位签署；全体签署才算通过，所以仍须签署",
        "this text asks for no signature; that all initiators sign is what adopts it, so they sign all the same",
    ),
    "founding.approval": ("本文不要求主管部门批准", "this text asks for no approval"),
    unseen_matters.ADOPTION: (
        "本文没有写修改须多少成员同意：修改不由这里的表决办理，修改提议一概不受理",
        "this text does not say how many members adopt a change: no vote here changes it, and no proposal of a change is taken",
    ),
    "vote.presence": (
        "本文没有关于何谓出席的规定；有以出席者计的份额的，不能定稿",
        "this text does not say what counts as being present; a share of those present could not be frozen",
    ),
}  # fmt: skip


def absences(
    parts: Iterable[Part], decisions: Sequence[Decision], absent: Sequence[Absence], by: Reader | None = None
) -> tuple[Entry, ...]:
    """What is absent from a text and what holds instead, each with its passages that were decided to be other matter."""
    by_at, known = {p.at: p for p in parts}, (by or reader()).catalogue.capabilities
    decided = [d for d in decisions if d.verdict == "other" and d.at in by_at]
    return tuple(e for a in absent if a.capability in known for e in _absent(a, known[a.capability], decided, by_at))


def _absent(a: Absence, entry: Capability, decided: Sequence[Decision], parts: dict[str, Part]) -> Iterator[Entry]:
    """What is absent and what holds instead, then each passage of it that was set aside."""
    then_zh, _, then_en = a.then.partition(" / ")
    zh, en = _ABSENT.get(a.capability, ("", ""))
    if not zh or then_zh:
        zh = f"本文没有关于{entry.zh}的规定" + (f"；{then_zh}" if then_zh else "")
        en = f"{LACKING}{entry.en}" + (f"; {then_en or then_zh}" if then_zh else "")
    yield Entry(a.capability, "", "", "", zh, en)
    for d in decided:
        if d.capability == a.capability:
            yield set_aside(d, parts[d.at].label, "虽有此句，两名职员以为", "although it says so, for two officers say")
    if a.capability == unseen_matters.ADOPTION:
        said = {(d.at, d.words) for d in decided if d.capability == a.capability}
        for s in (s for s in unseen_matters.changes(parts.values()) if (s.at, s.words) not in said):
            yield Entry(a.capability, s.at, parts[s.at].label, s.words, *binding_text.CHANGED_ELSEWHERE)
