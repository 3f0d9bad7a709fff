"""What a text does not provide for, confirmed in one deliberate step: every matter in words, by chapter, none hidden.

Nothing is absent without somebody having said so; a guard, and what still has a sentence to decide on, is never among them. The step is
taken back as one, and each of its matters by itself (`Drafting.drop`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongyue.covenant.binding import sentences_left
from gongyue.covenant.binding.draft import Drafting, as_one_step
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.question_stages import STAGE_NAMES
from gongyue.covenant.binding.questions import questions, stage_of
from gongyue.covenant.binding.records import BadBinding

QUOTED = 80
"""Characters of a sentence that are quoted beside an absence."""
Said = tuple[str, str]


def listed(open_: Iterable[Question]) -> list[Question]:
    """The open questions that are confirmed as one list, by chapter; none where a single one is left, which is asked by itself."""
    found = [q for q in open_ if q.kind == "absence" and not q.guard and "absent" in q.choices]
    order = list(STAGE_NAMES)
    return sorted(found, key=lambda q: order.index(stage_of(q.capability))) if len(found) > 1 else []


def near(d: Drafting, q: Question) -> Said | None:
    """The sentence that comes nearest to what is about to be declared absent, in words; None where it has passages, shown anyhow."""
    found = d.read.nearest.get(q.capability)
    if q.passages or found is None:
        return None
    s = found.sentence
    label, words = d.read.parts[s.at].label, s.words if len(s.words) <= QUOTED else s.words[:QUOTED] + "……"
    return (
        f"最近的字句：{label}“{words}”说到“{found.words}”；是它，就先绑定",
        f"nearest: {label} “{words}” says “{found.words}”; if that is it, bind it first",
    )


def by_chapter(several: Iterable[Question]) -> dict[str, list[Question]]:
    """What is listed under the stage of the text's life that it belongs to."""
    chapters: dict[str, list[Question]] = {}
    for q in several:
        chapters.setdefault(stage_of(q.capability), []).append(q)
    return chapters


def decisions(open_: Sequence[Question]) -> int:
    """How many decisions the open questions take at least: what is listed is one, of absences and of sentences left."""
    return len(open_) - sum(max(0, len(several) - 1) for several in (listed(open_), sentences_left.listed(open_)))


def confirm(d: Drafting, capabilities: Sequence[str]) -> Drafting:
    """Declare what was listed to be not in the text, as one step; BadBinding where something of it is not on the list (any more)."""
    may = {q.capability for q in listed(questions(d))}
    wrong = [
        d.read.by.catalogue.capabilities[c]
        for c in capabilities
        if c not in may and c in d.read.by.catalogue.capabilities
    ]
    if wrong or not capabilities or not set(capabilities) <= d.read.by.catalogue.capabilities.keys():
        zh, en = "、".join(c.zh for c in wrong), ", ".join(c.en for c in wrong)
        raise BadBinding(
            f"{zh or '所选的'}不在“本文没有规定”的清单上：请单独回答", f"not on the list of what the text lacks: {en or 'what was chosen'}; answer it by itself"
        )  # fmt: skip
    made = d
    for capability in capabilities:
        made = made.declare_absent(capability)
    return as_one_step(d, made)
