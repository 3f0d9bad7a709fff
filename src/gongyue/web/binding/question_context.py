"""The question that is shown: what it is about, what was said of it so far, where it stands among those that are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gongyue.covenant.binding import absences, alike_proposals, binding_text, sentences_left
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.question_stages import REASONS, STAGE_NAMES
from gongyue.covenant.binding.questions import of_capability, of_outline, questions, stage_of
from gongyue.covenant.binding.records import Binding
from gongyue.web.binding.outline_table import OutlineTable, table_of
from gongyue.web.binding.page_text import acts_of, localise_fault, name_of
from gongyue.web.templatetags.words import pick

AFTER = 8
"""Questions that are remembered as those to be asked next."""
MOST_SCOPES = 6
"""Sentences of one capability that are offered one by one."""
NOT_OF = {
    "roll": ("不是只数参加表决的或出席的", "not only of those who vote or are present"),
    "voting": ("不是全体名册；没有投票的不计", "not of the whole roll; who does not vote is not counted"),
    "present": ("不是全体名册；没有出席的不计", "not of the whole roll; who is not present is not counted"),
    "branch": ("不是全体名册", "not of the whole roll"),
}
"""What each base is not."""


class StatedBinding(msgspec.Struct, frozen=True):
    """A binding, bound or proposed: where, the words, the number as a sentence with its example, what its base is not, its items."""

    label: str
    at: str
    words: str
    says: str
    not_of: str
    items: tuple[str, ...]


class Scope(msgspec.Struct, frozen=True):
    """What may be decided as other matter at one click: the capability's passages, or everything one sentence may be about.

    `sentence`: its address and where it begins; empty: the capability's.
    """

    title: str
    words: str
    sentence: str


class QuestionStage(msgspec.Struct, frozen=True):
    """A stage of the questions: how many of it are open, and the first of them."""

    name: str
    left: int
    first: str
    here: bool


class Absent(msgspec.Struct, frozen=True):
    """A capability without words: `apart` are those found that are not about it, each with its reason, and the nearest sentence."""

    capability: str
    name: str
    says: str
    apart: tuple[str, ...]


class AbsenceChapter(msgspec.Struct, frozen=True):
    """What the text lacks of one stage of its life."""

    name: str
    absences: tuple[Absent, ...]


class LeftGroup(msgspec.Struct, frozen=True):
    """Sentences left that may be about the same matters: what these are called and bound to already; id and words of each sentence."""

    name: str
    bound: tuple[tuple[str, str], ...]
    sentences: tuple[tuple[str, str, str, str], ...]


class QuestionContext(msgspec.Struct, frozen=True):
    """A question as it is shown; `state`: open, bound, absent or other; `number`: the capability's in the catalogue.

    `places` are what it is about in the text, `after` the questions to go on with, `chapters` the whole list of what the text lacks where it is one,
    `rest` that of the sentences left, `alike` the other matters that have the same words proposed and what they would
    mean, `outline` all of the outline where it is asked about.
    """

    question: Question
    means: str
    acts: str
    id: str
    number: int
    title: str
    stage: str
    state: str
    proposal: StatedBinding | None
    bound: tuple[StatedBinding, ...]
    absent: str
    left: bool
    then: str
    refused: str
    absent_refused: str
    lists: bool
    scopes: tuple[Scope, ...]
    others: tuple[tuple[str, str], ...]
    place: int
    before: str
    next: str
    after: str
    places: tuple[tuple[str, int, int], ...]
    chapters: tuple[AbsenceChapter, ...]
    rest: tuple[LeftGroup, ...]
    alike: tuple[tuple[str, str], ...]
    outline: OutlineTable | None


def open_questions(d: Drafting) -> list[Question]:
    """Everything that is open, in order."""
    return list(questions(d))


def question_context(d: Drafting, left: Sequence[Question], wanted: str) -> QuestionContext | None:
    """The question of that id where there is one, open or answered; else the first that is open; None where nothing is."""
    found = next((q for q in left if q.id == wanted), None)
    name = wanted.partition(":")[2]
    if found is None and name in d.read.by.catalogue.capabilities:
        found = of_capability(d, name)
    if found is None and wanted == "outline" and not d.structure_open:
        found = of_outline(d)
    if found is None:
        found = next(iter(left), None)
    return None if found is None else _context_of(d, left, found)


def _context_of(d: Drafting, left: Sequence[Question], q: Question) -> QuestionContext:
    ids = [o.id for o in left]
    place = ids.index(q.id) if q.id in ids else -1
    known = d.read.by.catalogue.capabilities
    names = list(known)
    listed = absences.listed(left)
    rest = sentences_left.listed(left)
    several, together = q in listed, q in rest
    groups = sentences_left.by_capabilities(rest if together else ())
    bound = tuple(_stated_binding(d, b) for b in d.records.bindings if b.capability == q.capability)
    absence = d.absences.get(q.capability)
    places = [(p.at, p.begin, p.end) for p in q.passages]
    if q.proposal:
        places.append((q.proposal.binding.at, q.proposal.begin, q.proposal.end))
    return QuestionContext(
        q,
        localise_fault(q.zh, q.en),
        acts_of(q.capability),
        q.id,
        names.index(q.capability) + 1 if q.capability and not several else 0,
        _title(q, several or together),
        pick(*STAGE_NAMES[q.stage or stage_of(q.capability)]),
        "open" if place >= 0 or q.capability in d.open_capabilities else "bound" if bound else "absent",
        _stated_binding(d, q.proposal.binding) if q.proposal else None,
        bound,
        _then(absence.then) if absence else "",
        any(p.verdict != "other" for p in q.passages),
        _then(q.then),
        localise_fault(q.refused_zh, q.refused_en),
        localise_fault(q.absent_refused_zh, q.absent_refused_en),
        bool(q.capability) and "list" in known[q.capability].needs,
        tuple(_scopes(d, q)),
        tuple((p.capability, name_of(p.capability)) for p in q.passages),
        place + 1,
        ids[place - 1] if place > 0 else "",
        ids[place + 1] if 0 <= place < len(ids) - 1 else "",
        " ".join(ids[place + 1 : place + 1 + AFTER]),
        tuple(dict.fromkeys(places)),
        tuple(_chapter(d, stage, of) for stage, of in absences.by_chapter(listed).items()) if several else (),
        tuple(_left_group(d, names, of) for names, of in groups.items()),
        tuple(
            (name_of(o.capability), pick(o.proposal.zh, o.proposal.en)) for o in alike_proposals.of(d, q) if o.proposal
        ),
        table_of(d.read.shown, d.outline_said, d.read.laid) if q.kind == "outline" else None,
    )


def _scopes(d: Drafting, q: Question) -> Iterator[Scope]:
    """What of the question's passages is undecided: all of the capability, then sentence by sentence."""
    own = {(p.at, p.begin) for p in q.passages if not p.verdict}
    if not own:
        return
    by_sentence: dict[tuple[str, int], list[str]] = {}
    words: dict[tuple[str, int], str] = {}
    for p, s in d.undecided:
        if (key := (s.at, s.begin)) in own:
            by_sentence.setdefault(key, []).append(p.capability)
            words[key] = s.words
    if q.kind == "capability":
        yield Scope(
            pick(f"各句都与“{name_of(q.capability)}”无关", f"None of it is about: {name_of(q.capability)}"), "", ""
        )
    for key, names in list(by_sentence.items())[:MOST_SCOPES]:
        if len(names) > 1 or q.kind == "sentence":
            told = pick("、", ", ").join(name_of(n) for n in names)
            title = pick(f"这一句与以下各项都无关：{told}", f"This sentence is about none of these: {told}")
            yield Scope(title, words[key], f"{key[0]}:{key[1]}")


def _title(q: Question, several: bool) -> str:
    if several and q.kind == "absence":
        return pick("本文没有规定的，逐项看过，一并认定", "Not in this text: look at each, confirm them together")
    if q.kind == "outline":
        return pick("全文的结构", "The outline as a whole")
    if q.kind == "doubt":
        return pick(f"第 {q.line} 行的编号", f"The numbering of line {q.line}")
    if q.kind == "assumed":
        return pick(f"第 {q.line} 行的数", f"The numbers of line {q.line}")
    if q.kind == "unused":
        return pick(f"第 {q.line} 行没有绑定的份额", f"Shares of line {q.line} that are not bound")
    if q.kind == "structure":
        return pick(f"第 {q.line} 行的结构", f"The structure at line {q.line}")
    if q.kind == "sentence":
        together = ("其余条文，逐句看过，一并回答", "Sentences left: look at each, answer them together")
        return pick(*together) if several else pick("这一句还关于别的事吗", "Is this sentence about anything else?")
    return name_of(q.capability)


def _absent(d: Drafting, q: Question) -> Absent:
    apart = tuple(f"{p.label}“{p.words}”{pick('：', ': ')}{p.reason}" for p in q.passages)
    if near := absences.near(d, q):
        apart = (*apart, pick(*near))
    return Absent(q.capability, name_of(q.capability), localise_fault(q.zh, q.en), apart)


def _chapter(d: Drafting, stage: str, of: Sequence[Question]) -> AbsenceChapter:
    return AbsenceChapter(pick(*STAGE_NAMES[stage]), tuple(_absent(d, q) for q in of))


def _left_group(d: Drafting, names: Sequence[str], of: Sequence[Question]) -> LeftGroup:
    return LeftGroup(
        pick("、", ", ").join(name_of(n) for n in names),
        tuple(sentences_left.bound_words(d, names)),
        tuple((q.id, q.at, d.read.parts[q.at].label, q.words) for q in of),
    )


def _then(then: str) -> str:
    zh, _, en = then.partition(" / ")
    return localise_fault(zh, en or zh)


def _stated_binding(d: Drafting, b: Binding) -> StatedBinding:
    not_of = pick(*NOT_OF[b.base]) if b.kind == "share" and b.base in NOT_OF else ""
    return StatedBinding(
        d.read.parts[b.at].label, b.at, b.words, pick(*binding_text.sentence_of(b, quorum=d.quorum)), not_of, b.items
    )


def stages(left: Sequence[Question], here: str) -> list[QuestionStage]:
    """The stages in their order."""
    by_stage: dict[str, list[Question]] = {}
    for q in left:
        by_stage.setdefault(q.stage, []).append(q)
    return [
        QuestionStage(pick(*names), len(of := by_stage.get(stage, [])), of[0].id if of else "", pick(*names) == here)
        for stage, names in STAGE_NAMES.items()
    ]


def reasons() -> list[tuple[str, str]]:
    """The reasons offered: as they are recorded, in Chinese, and as they are shown."""
    return [(zh, pick(zh, en)) for zh, en in REASONS]


class Row(msgspec.Struct, frozen=True):
    """A capability in the overview: its number, name, state, and what it is bound to."""

    number: int
    name: str
    title: str
    state: str
    bound: tuple[StatedBinding, ...]


def overview(d: Drafting) -> list[Row]:
    """Every capability and how it stands; what is undecided first."""
    open_ = set(d.open_capabilities)
    rows = [
        Row(
            n,
            name,
            name_of(name),
            "open" if name in open_ else "bound" if name in d.bound else "absent",
            tuple(_stated_binding(d, b) for b in d.records.bindings if b.capability == name),
        )
        for n, name in enumerate(d.read.by.catalogue.capabilities, 1)
    ]
    return sorted(rows, key=lambda row: row.state != "open")
