"""Editions made to tire whoever loads them, or to stand where a procedure rule stands: refused, with the bound."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gongyue.covenant import edition as editions
from gongyue.covenant.changing import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import BadEdition, load
from support.alliance import Alliance, edition_of

TEXT = "某公约\n第一条 特别事项须经三分之二以上成员同意，于五日内办理。\n第二条 其他。"


def data(**fields: Any) -> dict[str, Any]:
    """An edition of two articles as JSON data, with fields replaced."""
    return editions.to_data(edition_of(TEXT, {"art1.1": "share.special", "art1.2": "days.special"})) | fields


@pytest.mark.parametrize("name", ["P7", "P2", "P14", "P16", "vote.ballots", "list.period"])
def test_a_share_does_not_stand_for_a_procedure_rule_or_a_reading(name: str) -> None:
    """A period, a number of persons or a choice is no share: out of turn at the import, and nothing is recorded."""
    edition = edition_of(TEXT, {"art1.1": name, "art1.2": "days.special"})
    with pytest.raises(BadEdition, match=name):
        require_periods(edition)
    world = Alliance(members=3, initiators=3).staffed()
    with world.out_of_turn("bad-object"):
        world.import_text(edition)


def test_a_period_may_stand_for_a_procedure_rule_of_days_alone() -> None:
    """The text comes before the procedure: days named P7 are taken, named P14 (persons) or P16 (a choice) they are not."""
    require_periods(edition_of(TEXT, {"art1.1": "share.special", "art1.2": "P7"}))
    for name in ("P14", "P16"):
        with pytest.raises(BadEdition):
            require_periods(edition_of(TEXT, {"art1.1": "share.special", "art1.2": name}))


def test_an_edition_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """At each bound it is loaded, one beyond and it is refused with both numbers: characters, quotes, what they quote."""
    assert (editions.MOST_CHARACTERS, editions.MOST_QUOTES, editions.MOST_QUOTED) == (690_000, 4_000, 100_000)
    whole = load(data())
    note = {"article": 2, "words": "其他", "note": ""}
    found = {
        "MOST_CHARACTERS": sum(len(a.text) for a in whole.articles),
        "MOST_QUOTES": len(whole.terms) + len(whole.clauses) + 1,
        "MOST_QUOTED": sum(len(t.words) for t in (*whole.terms, *whole.clauses)) + 2,
    }
    for name, count in found.items():
        monkeypatch.setattr(editions, name, count)
        load(data(notes=[note]))
        monkeypatch.setattr(editions, name, count - 1)
        with pytest.raises(BadEdition, match=f"{count:,}.*{count - 1:,}"):
            load(data(notes=[note]))
        monkeypatch.undo()


def test_an_edition_of_four_megabytes_is_answered_in_seconds() -> None:
    """Notes, terms and clauses by the ten thousand, and words without end."""
    note = {"article": 1, "words": "三", "note": ""}
    term = data()["terms"][0]
    article = data()["articles"][0]
    begun = time.process_time()
    for hostile in (
        data(notes=[note] * 100_000),
        data(terms=[term] * 30_000),
        data(clauses=[{"name": str(n), "article": 1, "words": "三"} for n in range(60_000)]),
        data(
            articles=[article | {"text": "三分之二" * 70_000}],
            terms=[term | {"words": "三分之二" * 25_000}],
            clauses=[],
        ),
        data(articles=[article | {"text": "三分之二" * 500_000}], terms=[term | {"words": "三分之二" * 500_000}]),
    ):
        try:
            load(hostile)
        except BadEdition as error:
            assert error.zh and error.en  # noqa: PT017
    assert time.process_time() - begun < 10


def test_a_change_has_a_bound() -> None:
    """1,000 places are altered, 1,001 are not."""
    text = "某公约\n第一条 " + "、".join(f"{n:04}" for n in range(1_001)) + "。\n第二条 其他。"
    edition = edition_of(text)
    edits = tuple(TextEdit(1, f"{n:04}", f"x{n:03}") for n in range(1_001))
    assert "x999" in amend(edition, Change("", edits[:1_000])).articles[0].text
    with pytest.raises(NotApplicable, match="1001 > 1000"):
        amend(edition, Change("", edits))
