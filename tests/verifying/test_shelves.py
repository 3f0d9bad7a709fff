"""Disclosed entries in their dossiers, papers kept apart, grants held against their dossiers: on entries made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gongyue.book.dossiers import past_hole
from gongyue.governance.dossier import Dossier
from gongyue.verifying.dossiers import (
    Disclosed,
    at_its_place,
    require_documents_apart,
    require_granted_rightly,
    sorted_out,
)
from gongyue.verifying.failures import Stop
from support.made_entries import digest, entry, shown

CASE, REPORT, MEMBERS = "d:" + "1" * 64, "d:" + "2" * 64, "d:members"
PAPER, OTHER, THIRD = map(digest, ("paper", "other", "third"))


def note(dossier: str, n: int, *docs: str, actor: str = "exec", index: int = 0) -> Any:
    """A note at a place, under a commitment of its own."""
    one = entry("dossier.note/1", {"docs": list(docs)}, dossier, n, actor=actor)
    return shown(one, digest(f"{dossier[2]}{n}"), index or 100 + n)


def stopped(stop: pytest.ExceptionInfo[Stop]) -> tuple[int, str]:
    """Exit code, and code of the failure."""
    return stop.value.code, stop.value.failure.code


@pytest.mark.parametrize(
    ("places", "missing"), [((1,), 0), ((2, 1), 0), ((2,), 1), ((3, 1), 2), ((1, 2, 4), 3), ((1, 4), 2), ((3,), 1)]
)
def test_a_place_before_the_last_is_missing(places: tuple[int, ...], missing: int) -> None:
    """The first that is: exit 2. Of the dossier of all members none, which has holes."""
    opened = [("mine", note(CASE, n)) for n in places]
    if not missing:
        ((*shelf,),), others = sorted_out(opened)
        assert [one.leaf.entry.rx.n for _, one in shelf] == sorted(places) and others == []
    else:
        with pytest.raises(Stop) as stop:
            sorted_out(opened)
        assert stopped(stop) == (2, "tampered/gap")
        assert (stop.value.failure.figures["dossier"], stop.value.failure.figures["n"]) == (CASE, missing)
    (shelf,), _ = sorted_out([("mine", note(MEMBERS, n)) for n in places])
    assert [one.leaf.entry.rx.n for _, one in shelf] == sorted(places)


def test_dossiers_are_told_apart_and_what_stands_in_none() -> None:
    """By their ids, each by its places; what is disclosed twice counts once; a ballot, an act of a type there is not, stand in none."""
    ballot = shown(entry("vote.ballot/1", {}, CASE, 1), digest("ballot"))
    unknown = shown(entry("nothing/1", {}, CASE, 1), digest("unknown"))
    nowhere = shown(entry("dossier.note/1", {"docs": []}), digest("nowhere"))
    kept = [note(CASE, 2), note(REPORT, 1), note(CASE, 1), note(CASE, 2), ballot, unknown, nowhere]
    entries = [(f"file {n}", one) for n, one in enumerate(kept)]
    _, others = sorted_out(entries)
    assert [name for name, _ in others] == ["file 4", "file 5", "file 6"]
    disclosed = Disclosed(None, entries)
    assert {id: [one.leaf.entry.rx.n for one in shelf] for id, shelf in disclosed.shelves.items()} == {
        CASE: [1, 2],
        REPORT: [1],
    }
    assert disclosed.by_commitment[digest("ballot")] is ballot and disclosed.by_commitment[digest("12")] is kept[0]


def test_two_entries_at_one_place() -> None:
    """Exit 3, with the leaves and the files of both; of another place and of another dossier they are none."""
    first, second = note(CASE, 1), note(CASE, 1, index=180)
    second.opening.commitment = OTHER
    with pytest.raises(Stop) as stop:
        sorted_out([("one", first), ("two", second)])
    assert stopped(stop) == (3, "dossier/two") and stop.value.failure.index == 101
    assert stop.value.failure.figures == {"dossier": CASE, "n": 1, "sealed": 101, "also": 180}
    assert len(sorted_out([("one", first), ("two", note(REPORT, 1))])[0]) == 2


def test_only_the_dossier_of_all_members_has_holes() -> None:
    """Up to the fifth of it four are taken to be there; of any other dossier, and of what stands in none, what is there is there."""
    assert past_hole(Dossier(), note(MEMBERS, 5).leaf.entry).n == 4
    assert past_hole(Dossier(), note(MEMBERS, 1).leaf.entry).n == 0
    for one in (note(CASE, 5).leaf.entry, entry("dossier.note/1", {"docs": []})):
        assert past_hole(Dossier(), one) == Dossier()


def filed(*docs: str, first: str = "report.file/1", dossier: str = REPORT) -> list[Any]:
    """A dossier of one kind, in which a note brings these documents."""
    body = {
        "kind": "report", "accused": "u:0002", "begins": "2026-05-01", "ends": "2026-05-20", "facts": digest("facts"),
        "articles": ["8"], "evidence": [],
    }  # fmt: skip
    opening = shown(entry(first, body, dossier, 1, actor="u:0001"), digest("opens"), 90)
    return [opening, note(dossier, 2, *docs, actor="u:0001")]


def case(*docs: str, actor: str = "exec", type: str = "dossier.note/1") -> list[Any]:
    """A case in which somebody brings these documents, and then another one."""
    opening = shown(entry("case.open/1", {}, CASE, 1), digest("case"), 95)
    body = {"docs": list(docs)} if type != "dossier.serve/1" else {"what": "evidence", "docs": list(docs)}
    brought = shown(entry(type, body, CASE, 2, actor=actor), digest("brought"), 102)
    return [opening, brought, note(CASE, 3, THIRD, actor="u:0002")]


def apart(*shelves: list[Any]) -> dict[str, int | str]:
    """The figures of what stops it; empty where nothing does."""
    try:
        require_documents_apart({one[0].leaf.entry.rx.dossier: one for one in shelves})
    except Stop as stop:
        return {"code": stop.failure.code, "exit": stop.code, "at": stop.failure.index or 0, **stop.failure.figures}
    return {}


def test_a_reports_paper_in_a_case_has_a_salt_of_its_own() -> None:
    """The office brings two of a report's papers into a case as they stand there: exit 3 at that entry, with the first of them."""
    both = {"code": "dossier/same-document", "exit": 3, "at": 102, "dossier": CASE, "n": 2, "also": REPORT}
    assert apart(filed(PAPER, OTHER), case(THIRD, OTHER, PAPER)) == both | {"document": OTHER}
    elsewhere = "d:" + "3" * 64
    assert apart(filed(PAPER), filed(OTHER, dossier=elsewhere), case(OTHER, PAPER)) == both | {
        "document": OTHER,
        "also": elsewhere,
    }
    assert apart(case(PAPER, type="dossier.serve/1"), filed(PAPER)) == both | {"document": PAPER}
    assert apart(filed(), case(digest("facts"))) == both | {"document": digest("facts")}


def test_a_cases_paper_in_a_report_has_a_salt_of_its_own_too() -> None:
    """The office brings what the accused gave into the report: exit 3 at that entry. Where it did both, the case's entry is named first."""
    mine = [*filed(), note(REPORT, 3, PAPER, OTHER)]
    both = {"code": "dossier/same-document", "exit": 3, "document": PAPER}
    assert apart(mine, case(PAPER, actor="u:0002")) == both | {"at": 103, "dossier": REPORT, "n": 3, "also": CASE}
    for shelves in ((mine, case(PAPER)), (case(PAPER), mine)):
        assert apart(*shelves) == both | {"at": 102, "dossier": CASE, "n": 2, "also": REPORT}


def test_papers_that_may_be_alike() -> None:
    """Others; the accused's own; of a petition; an order, which brings none; within one case."""
    assert apart(filed(PAPER), case(OTHER)) == {}
    assert apart(filed(PAPER), case(PAPER, actor="u:0002")) == {}
    assert apart(filed(PAPER, first="petition.submit/1"), case(PAPER)) == {}
    assert apart(case(PAPER)) == {}
    assert apart(filed(PAPER), filed(PAPER, first="petition.submit/1", dossier=CASE)) == {}
    assert apart(filed(PAPER), case(PAPER, type="dossier.receive/1")) == {}


def brought(dossier: str, first: str, *rows: tuple[str, tuple[int, int], tuple[str, ...]]) -> list[Any]:
    """A dossier in which somebody brings documents, each after so many open acts and at a time."""
    made = [shown(entry(first, {}, dossier, 1, size=1, t=1), digest("first"), 90)]
    for n, (actor, (size, t), docs) in enumerate(rows, 2):
        one = entry("dossier.note/1", {"docs": list(docs)}, dossier, n, size=size, t=t, actor=actor)
        made.append(shown(one, digest(f"{dossier[2]}{n}"), 100 + n))
    return made


@pytest.mark.parametrize(
    ("came", "guilty"),
    [((10, 999), True), ((10, 1000), True), ((10, 1001), False), ((9, 5000), True), ((11, 1), False)],
)
def test_whoever_names_a_paper_elsewhere_later_makes_nobody_guilty(came: tuple[int, int], guilty: bool) -> None:
    """A reporter in league with the accused names what was served in the case: of what came first only, and in that second."""
    served = brought(CASE, "case.open/1", ("exec", (10, 1000), (THIRD, PAPER)))
    named = brought(REPORT, "report.file/1", ("u:0001", came, (PAPER,)))
    later = brought("d:" + "3" * 64, "report.file/1", ("u:0003", (12, 2000), (PAPER,)))
    for shelves in ((served, named, later), (later, named, served)):
        assert apart(*shelves).get("also", "") == (REPORT if guilty else "")


def test_what_its_own_party_had_brought_the_office_may_name() -> None:
    """The accused gave it to a reporter first, and handed it in: the office serves it again, under the commitment it has here."""
    own = ("u:0002", (9, 900), (PAPER,))
    named = brought(REPORT, "report.file/1", ("u:0001", (8, 800), (PAPER,)))
    assert apart(brought(CASE, "case.open/1", own, ("exec", (10, 1000), (PAPER,))), named) == {}
    once_more = brought(CASE, "case.open/1", ("exec", (8, 850), (PAPER,)), own)
    assert apart(once_more, named)["n"] == 2


REFUSAL = {"code": "GY-05-15", "zh": "不可", "en": "not so", "figures": {"n": 9, "officers": "o:x"}}


def test_a_refusal_is_led_by_where_it_happened() -> None:
    """Of an act in a dossier, unless its words say so; figures of its own count; an act in none has no place."""
    one = entry("dossier.note/1", {"docs": []}, CASE, 4)
    told = at_its_place(REFUSAL, one)
    assert (told["zh"], told["en"]) == (f"卷 {CASE} 第 4 位：不可", f"dossier {CASE}, place 4: not so")
    assert told["figures"] == {"dossier": CASE, "n": 9, "officers": "o:x"}
    told = at_its_place(REFUSAL | {"zh": f"卷 {CASE} 不可"}, one)
    assert (told["zh"], told["en"]) == (f"卷 {CASE} 不可", "not so") and told["figures"]["dossier"] == CASE
    assert at_its_place(REFUSAL, entry("dossier.note/1", {"docs": []})) is REFUSAL


def granted(
    signers: tuple[str, ...] = ("o:a",), kind: str = "application", closed: bool = False, answered: bool = True
) -> tuple[int, str, int | None]:
    """An application that was granted at entry 20 by these, in a dossier in which o:b and o:x were challenged: what is found."""
    keys = {f"k:{holder}": SimpleNamespace(holder=holder) for holder in ("o:a", "o:b")}
    cite: Any = lambda ruling, clause: REFUSAL | {"code": ruling.rule.code, "article": 5}  # noqa: E731
    inst = SimpleNamespace(answered={PAPER: 20} if answered else {}, keys=keys, meaning=SimpleNamespace(cite=cite))
    sigs = tuple(SimpleNamespace(key=f"k:{one}") for one in signers)
    leaf = SimpleNamespace(entry=SimpleNamespace(sigs=sigs))
    replay: Any = SimpleNamespace(inst=inst, recorded_leaf={20: leaf}.__getitem__)
    dossier: Any = SimpleNamespace(kind=kind, closed=closed, id=CASE, challenged={"o:b", "o:x"})
    first = shown(entry("membership.apply/1", {}, CASE, 1), PAPER)
    try:
        require_granted_rightly(replay, dossier, first)
    except Stop as stop:
        return stop.code, stop.failure.code, stop.failure.index
    return 0, "", None


def test_an_application_is_granted_while_it_stands_by_nobody_who_was_challenged() -> None:
    """Exit 3 at the grant: it was over; one of two signers was to recuse itself. A key that the book has not is nobody's."""
    assert granted() == granted(("o:a", "o:x")) == (0, "", None)
    assert granted(closed=True) == (3, "out-of-turn/dossier-closed", 20)
    assert granted(("o:a", "o:b")) == (3, "GY-05-14", 20)
    for never in ({"kind": "petition"}, {"answered": False}):
        assert granted(("o:b",), closed=True, **never) == (0, "", None)
