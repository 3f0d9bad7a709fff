"""What a text does not provide for: confirmed together, in words and by chapter; never a guard; how many decisions a text takes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from gongyue.covenant.binding import absences, sentences_left
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.question_stages import STAGE_NAMES
from gongyue.covenant.binding.questions import next_question, questions
from gongyue.covenant.binding.records import BadBinding

from .answering import REASON, answer, settle
from .test_binding_drafts import small
from .test_samples import EXPECTED, data

GUARDS = {"founding.signature", "founding.approval", "founding.in_force"}


def together(d: Drafting, wanted: list[list[str]]) -> tuple[Drafting, int]:
    """A draft answered to the end, what is listed by one answer, and shares of a sentence by one; and how many answers that took."""
    told = 0
    while question := next_question(d):
        several, rest = absences.listed(questions(d)), sentences_left.listed(questions(d))
        if question in several:
            d = absences.confirm(d, [q.capability for q in several])
        elif question in rest:
            d = sentences_left.set_aside(d, [q.id for q in rest], REASON)
        else:
            d = sentences_left.leave(d, question) if question.kind == "unused" else answer(d, question, wanted)
        told += 1
    return d, told


def names(d: Drafting) -> list[str]:
    """What is listed now."""
    return [q.capability for q in absences.listed(questions(d))]


def test_all_that_is_listed_is_confirmed_as_one_step_and_each_is_dropped_by_itself() -> None:
    """Nothing else is said; taken back as one; one of it taken back is asked again."""
    d = small()
    listed = names(d)
    made = absences.confirm(d, listed)
    assert set(made.absences) == set(listed) and len(made.draft.steps) == 1 and made.undo().draft == d.draft
    dropped = made.drop("appeal")
    assert set(made.absences) - set(dropped.absences) == {"appeal"}
    assert next(q.id for q in questions(dropped) if q.kind == "absence" and not q.guard) == "absence:appeal"


def test_confirming_together_says_what_confirming_one_by_one_says() -> None:
    """The same bindings, decisions and absences, of every sample."""
    for name in EXPECTED:
        d = binding_draft.begin(data(name), name)
        wanted = EXPECTED[name]["bindings"]
        (one, _), (other, _) = settle(d, wanted), together(d, wanted)
        assert one.records.bindings == other.records.bindings and one.records.decisions == other.records.decisions
        assert one.absences.keys() == other.absences.keys() and other.ready, name


def test_a_guard_is_asked_by_itself_and_before_the_list() -> None:
    """Signature and approval, which the text does not speak of; posted with the list they are refused by name."""
    d = small()
    order = [q.capability for q in questions(d) if q.kind == "absence"]
    asked = [c for c in order if c in GUARDS]
    assert asked == ["founding.signature", "founding.approval"] == order[:2] and not GUARDS & set(names(d))
    with pytest.raises(BadBinding, match="签署"):
        absences.confirm(d, [*names(d), "founding.signature"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["amendment.adoption"], "修改的通过"),
        (["office.executive"], "执行机构"),
        (["no.such"], "所选的"),
        (None, "所选的"),
    ],
)
def test_what_is_not_listed_is_not_confirmed(more: list[str] | None, said: str) -> None:
    """What has a sentence undecided, what is asked by itself, what there is not, nothing at all."""
    d = small()
    with pytest.raises(BadBinding, match=said):
        absences.confirm(d, [*names(d), *more] if more else [])


def test_the_list_goes_by_chapter_and_hides_nothing() -> None:
    """In the order of a text's life; what was set aside stands with its sentence."""
    d = small("秘书处作为本公约的执行机构。\n会员可以退出本公约，应当书面通知秘书处。\n本公约自公布之日起施行。")
    d = d.other([p for p, _ in d.undecided if p.capability == "membership.withdrawal"], "仅提及")
    chapters = absences.by_chapter(absences.listed(questions(d)))
    order = list(STAGE_NAMES)
    assert list(chapters) == sorted(chapters, key=order.index)
    assert sum(map(len, chapters.values())) == len(names(d))
    (set_aside,) = [q for q in chapters["members"] if q.capability == "membership.withdrawal"]
    assert [(p.at, p.reason) for p in set_aside.passages] == [("2", "仅提及")]


def test_decisions_count_the_list_as_one() -> None:
    """As many as there are answers to give."""
    d = small()
    assert absences.decisions(list(questions(d))) == len(list(questions(d))) - len(names(d)) + 1
    one = absences.confirm(d, names(d)[:-1])
    assert names(one) == [] and absences.decisions(list(questions(one))) == len(list(questions(one)))


def test_the_page_says_how_many_decisions_each_sample_takes() -> None:
    """The table of docs/binding.md: every absence by itself, and all of them together."""
    rows = ["| 文本 Text | 逐项 each | 一并 together |", "|---|---|---|"]
    for name in EXPECTED:
        d, wanted = binding_draft.begin(data(name), name), EXPECTED[name]["bindings"]
        each: Counter[str] = settle(d, wanted)[1]
        rows.append(f"| {name.rpartition('.')[0]} | {each.total()} | {together(d, wanted)[1]} |")
    page = Path(__file__).parents[2].joinpath("docs", "binding.md").read_text("utf-8")
    assert "\n".join(rows) in page, "\n".join(rows)
