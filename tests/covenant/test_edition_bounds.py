"""Editions made to tire whoever opens them: refused, with the bound."""

from __future__ import annotations

import time
from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.covenant import edition_json as editions
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import bind
from gongyue.covenant.binding.validation import faults
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, edited
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.edition_json import draft, load
from gongyue.covenant.procedure import package
from gongyue.covenant.text import Part
from support import pace
from support.editions import edition_of

TEXT = """某公约
第一条 为规范行为，制定本公约。
第二条 某会为本公约的执行机构，须经三分之二以上成员同意，可以修改本公约。
第三条 本公约自公布之日起施行。"""


def data(**fields: Any) -> dict[str, Any]:
    """An edition of three articles as JSON data, with fields replaced."""
    bound = edition_of(TEXT, amendment__adoption=("2", "须经三分之二以上成员同意"))
    found: dict[str, Any] = editions.listed(editions.to_data(bound))
    return found | fields


def test_no_capability_that_states_a_number_bears_the_name_of_a_procedure_rule_or_a_reading() -> None:
    """But for the consent to annexes, whose share is its own: a text cannot put another number in a procedure rule's place."""
    offered = package()
    assert catalogue().capabilities.keys() & (offered.procedure.keys() | offered.readings.keys()) == {"annex.consent"}
    for words, kind, value, reserved in (("五分之四", "share", "4/5", False), ("五家", "headcount", 5, True)):
        part = Part("24", "第24条", None, f"可以发起制订自律协议，经{words}以上成员单位同意后，作为附件公布。")
        bound = bind("annex.consent", part, f"经{words}以上成员单位同意后")
        assert (bound.kind, bound.value) == (kind, value)
        assert ("reserved" in {f.why for f in faults([part], [bound], (), ())}) is reserved


def test_an_edition_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """At each bound it is loaded, one beyond and it is refused with both numbers: characters, quotes, what they quote."""
    assert (editions.MOST_CHARACTERS, editions.MOST_QUOTES, editions.MOST_QUOTED) == (690_000, 20_000, 1_400_000)
    assert (editions.MOST_BINDINGS, editions.MOST_OCCURRENCES) == (1_000, 200)
    whole = load(data())
    note = {"at": "2", "words": "某会", "note": ""}
    records = (*whole.bindings, *whole.decisions)
    found = {
        "MOST_CHARACTERS": sum(len(a.text) for a in whole.articles),
        "MOST_BINDINGS": len(whole.bindings),
        "MOST_QUOTES": len(records) + len(whole.absent) + 1,
        "MOST_QUOTED": sum(len(r.words) for r in records) + sum(len(a.then) for a in whole.absent) + 2,
    }
    for name, count in found.items():
        editions._draft.cache_clear()  # a text that was opened before is not weighed again
        monkeypatch.setattr(editions, name, count)
        load(data(notes=[note]))
        editions._draft.cache_clear()
        monkeypatch.setattr(editions, name, count - 1)
        with pytest.raises(BadEdition, match=f"{count:,}.*{count - 1:,}"):
            load(data(notes=[note]))
        monkeypatch.undo()


def test_an_edition_of_four_megabytes_is_answered_in_seconds() -> None:
    """Notes, bindings, decisions and absences by the ten thousand, words without end, one article of all there may be."""
    note = {"at": "1", "words": "为", "note": ""}
    whole = data()
    binding = next(b for b in whole["bindings"] if b["kind"] == "share")
    decision, article = whole["decisions"][0], whole["articles"][1]
    long = article | {"text": "三分之二" * 170_000}
    for hostile in (
        data(notes=[note] * 100_000),
        data(bindings=[binding] * 1_000),
        data(bindings=[binding | {"nth": n % 200 + 1} for n in range(1_001)]),
        data(bindings=[binding | {"nth": 201}]),
        data(decisions=[decision] * 19_000),
        data(absent=[{"capability": f"x{n}", "then": ""} for n in range(60_000)]),
        data(articles=[long], bindings=[binding | {"words": "三分之二", "nth": n % 200 + 1} for n in range(999)]),
        data(articles=[long], bindings=[binding | {"words": "三分之二" * 25_000}], decisions=[]),
        data(articles=[long], bindings=[], decisions=[]),
        data(articles=[article | {"text": "三分之二" * 500_000}], bindings=[binding | {"words": "三分之二" * 500_000}]),
        data(articles=[article | {"text": "本公约经批准后生效。" * 60_000}], bindings=[], decisions=[]),
    ):
        once = time.process_time()
        try:
            draft(hostile)
        except BadEdition as error:
            assert error.zh and error.en  # noqa: PT017
        assert pace.seconds_since(once) < 15  # 7 in the worst case, the last: 120,000 passages


@pytest.mark.parametrize("places", [150, 160, 1_000])
def test_places_and_length_are_bound_together(places: int) -> None:
    """In an article of 650,000 characters 153 places are found; what is refused is refused at once, what is not within 2 s."""
    marks = [f"{n:04}" for n in range(places)]
    edition = edition_of(TEXT, amendment__adoption=("2", "须经三分之二以上成员同意"))
    text = "、".join(marks).ljust(650_000, "文")
    long = replace(edition, parts=(*edition.parts, replace(edition.parts[0], at="4", label="第四条", text=text)))
    edits = tuple(TextEdit("4", mark, "改") for mark in marks)
    once = time.process_time()
    if places <= 153:
        assert edited(long, edits)[3].text.startswith("改、改")
    else:
        with pytest.raises(NotApplicable, match="> 100000000"):
            edited(long, edits)
    assert pace.seconds_since(once) < 2
    with pytest.raises(NotApplicable, match="690001 > 690000"):
        edited(long, [TextEdit("4", "0000", "改" * (690_001 - 650_000 + 4))])


def test_a_change_has_a_bound() -> None:
    """1,000 places are altered, 1,001 are not."""
    many = "、".join(f"{n:04}" for n in range(1_001))
    edition = edition_of(TEXT + f"\n第四条 {many}。", amendment__adoption=("2", "须经三分之二以上成员同意"))
    edits = tuple(TextEdit("4", f"{n:04}", f"x{n:03}") for n in range(1_001))
    assert "x999" in amend(edition, Change("", edits[:1_000])).articles[3].text
    with pytest.raises(NotApplicable, match="1001 > 1000"):
        amend(edition, Change("", edits))
