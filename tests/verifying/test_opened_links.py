"""What verify finds in opened links: on entries made up, so that each condition is tried alone, to the entry and the second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from gongyue.book.heads import DossierHead
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Entry
from gongyue.governance.dossier import Dossier, Linked
from gongyue.sealing.link import OpenedLink
from gongyue.verifying import linked, links
from gongyue.verifying.failures import Stop
from gongyue.verifying.linked import UNKNOWN, ByLaw
from gongyue.verifying.links import Carrier
from gongyue.verifying.report import KnownLink
from support.cases import case_body
from support.made_entries import digest, entry, link, shown

CASE, OTHER, MEMBERS = "d:" + "1" * 64, "d:" + "2" * 64, "d:members"
ONE, TWO, THREE = map(digest, ("one", "two", "three"))
FOUND, FOUND_ELSEWHERE, DECIDED = map(digest, ("found", "found2", "decided"))


def result(value: str, n: int, replaces: int | None = None, **came: int) -> Entry:
    """The result of a case, told to the members at a place of their dossier."""
    body = {"text": digest("text"), "link": value, "names": None, "replaces": replaces, "review": None}
    return entry("bulletin.result/1", body, MEMBERS, n, **came)


def end(value: str) -> Entry:
    """The end of a membership, in the open book."""
    return entry("membership.end/1", {"unit": "u:0002", "link": value})


CONCLUSION = shown(entry("case.conclude/1", {}, CASE, 4), FOUND, 50)
ANOTHER = shown(entry("case.conclude/1", {}, OTHER, 6), FOUND_ELSEWHERE, 51)
DECISION = shown(entry("case.decide/1", {}, CASE, 7), DECIDED, 52)
ON_CASE, ON_OTHER, ON_DECISION = (FOUND, CASE, 4), (FOUND_ELSEWHERE, OTHER, 6), (DECIDED, CASE, 7)


def book(**other: Any) -> Any:
    """An institution of which nothing else is asked: no links of open acts, nothing void, no false time."""
    meaning = SimpleNamespace(cite=lambda ruling, clause: _cited(ruling))
    fields = {"links": {}, "void": (), "recoveries": [], "corrections": {}, "meaning": meaning}
    return SimpleNamespace(**(fields | other))


def _cited(ruling: Any) -> dict[str, Any]:
    return {"code": ruling.rule.code, "zh": "不合规则", "en": "unlawful", "article": 18, "figures": {}}


def found(
    opened: Sequence[Any],
    shown_links: Iterable[OpenedLink],
    inst: Any = None,
    leaves: Mapping[int, Entry] | None = None,
    by_law: Any = lambda carrier, one: "",
) -> list[KnownLink]:
    """What is said of each link."""
    named = [(f"mine {n}", one) for n, one in enumerate(opened)]
    rows = [(f"links {n}", one) for n, one in enumerate(shown_links)]
    return list(links.check(inst or book(), (leaves or {}).__getitem__, named, rows, by_law))


def refused(*args: Any, **other: Any) -> tuple[int, str, int | None]:
    """Exit code, code and entry of what stops it."""
    with pytest.raises(Stop) as stop:
        found(*args, **other)
    failure = stop.value.failure
    why = str(failure.figures.get("why", "")).partition(" / ")[2]
    return stop.value.code, why or failure.code, failure.index


# -- what carries a link


def test_a_link_is_of_an_act_under_seal_or_in_the_open_book() -> None:
    """Each named as it is cited, with how many it names, and whether all of that was disclosed; of no act at all: exit 2, its file."""
    sealed = shown(result(ONE, 1), digest("r"), 60)
    inst, leaves = book(links={TWO: 9}), {9: end(TWO)}
    both = [link(ONE, ON_CASE), link(TWO, ON_DECISION)]
    # the decision arrived after nine open entries, the end is the tenth
    then = shown(entry("case.decide/1", {}, CASE, 7, size=9), DECIDED, 52)
    told = found([CONCLUSION, sealed, then], both, inst, leaves)
    assert told == [
        KnownLink("sealed #60", "bulletin.result/1", 1, True),
        KnownLink("#9", "membership.end/1", 1, True),
    ]
    assert [one.full for one in found([sealed], both, inst, leaves)] == [False, False]
    assert refused([sealed], [link(THREE)], inst, leaves) == (2, "tampered/link", None)


def test_what_the_law_says_is_asked_where_all_is_at_hand() -> None:
    """Of the end of a membership; not of what is not disclosed, nor of a type that has no such rule. What is not known is not whole."""
    asked = list[str]()

    def by_law(carrier: Carrier, one: OpenedLink) -> str:
        asked.append(carrier.name)
        return UNKNOWN

    then = shown(entry("case.decide/1", {}, CASE, 7, size=9), DECIDED, 52)
    body = {"authority": "other", "ground": "statute", "facts": [digest("facts")], "link": ONE}
    referral = shown(entry("referral.make/1", body, OTHER, 1), digest("r"), 60)
    case = shown(entry("case.open/1", case_body(), CASE, 1), digest("o"), 61)
    inst, leaves = book(links={TWO: 9}), {9: end(TWO)}
    rows = [link(ONE, (digest("o"), CASE, 1)), link(TWO, ON_DECISION)]
    shelf = [referral, case, then]
    assert [one.full for one in found(shelf, rows, inst, leaves, by_law)] == [True, False]
    assert asked == ["#9"]
    assert [one.full for one in found(shelf[:1], rows, inst, leaves, by_law)] == [False, False] and asked == ["#9"]


def test_a_value_that_is_used_twice() -> None:
    """By two acts under seal, or by one and an open one: exit 3 at the later shown; one act disclosed twice is one."""
    first, second = shown(result(ONE, 1), digest("r"), 60), shown(result(ONE, 2), digest("s"), 61)
    assert found([first, first], []) == []
    assert refused([first, second], []) == (3, "this very value was used before", 61)
    assert refused([first], [], book(links={ONE: 9})) == (3, "this very value was used before", 60)
    assert found([first], [], book(links={TWO: 9})) == []


def test_only_what_stands_in_a_dossier_and_carries_a_link_is_looked_at() -> None:
    """A note without a link, an application in the open book that has none."""
    note = shown(entry("dossier.note/1", {"docs": []}, CASE, 8), digest("n"), 70)
    assert found([note, note, CONCLUSION], []) == []


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ((FOUND, CASE, 5), "the dossier or place that it states is not that entry's"),
        ((digest("nobody"), CASE, 4), "the dossier or place that it states is not that entry's"),
        (ON_DECISION, "it names an entry of a type that this act does not rest on"),
    ],
)
def test_a_link_to_something_else(to: tuple[str, str, int], why: str) -> None:
    """Another place, another entry at that place, an entry of another type: exit 3 at the act that carries it."""
    sealed = shown(result(ONE, 1), digest("r"), 60)
    assert refused([CONCLUSION, DECISION, sealed], [link(ONE, to)]) == (3, why, 60)
    assert refused([CONCLUSION, DECISION, sealed], [link(ONE)])[1].startswith("it names no entry")


def test_a_link_to_what_came_later() -> None:
    """The conclusion after eleven open entries, the result after ten: exit 3; after as many: lawful. Its index counts for an open act."""
    for size, later in ((10, False), (11, True)):
        conclusion = shown(entry("case.conclude/1", {}, CASE, 4, size=size), FOUND, 50)
        rows = [conclusion, shown(result(ONE, 1, size=10), digest("r"), 60)]
        if later:
            assert refused(rows, [link(ONE, ON_CASE)]) == (3, "what it names came after it", 60)
        else:
            assert [one.full for one in found(rows, [link(ONE, ON_CASE)])] == [True]
    inst, leaves = book(links={TWO: 9}), {9: end(TWO)}
    assert refused([DECISION], [link(TWO, ON_DECISION)], inst, leaves) == (3, "what it names came after it", 9)


# -- nothing is decided twice


def test_two_ends_on_one_decision() -> None:
    """Exit 3 at the second, both named with the place; where one of them was voided, nothing."""
    then = shown(entry("case.decide/1", {}, CASE, 7, size=9), DECIDED, 52)
    leaves = {10: end(ONE), 11: end(TWO)}
    rows = [link(TWO, ON_DECISION), link(ONE, ON_DECISION)]
    with pytest.raises(Stop) as stop:
        found([then], rows, book(links={ONE: 10, TWO: 11}), leaves)
    failure = stop.value.failure
    assert (stop.value.code, failure.code, failure.index, failure.book) == (3, "link/decided-twice", 11, "open")
    assert failure.figures == {"dossier": CASE, "n": 7, "first": "#10", "also": "#11"}
    void = {10: SimpleNamespace(what="void")}
    assert len(found([then], rows, book(links={ONE: 10, TWO: 11}, corrections=void), leaves)) == 2
    # a void entry of the sealed book is another than the open one of that number
    assert refused([then], rows, book(links={ONE: 10, TWO: 11}, void=(10,)), leaves)[1] == "link/decided-twice"


def test_two_results_of_one_case() -> None:
    """One that takes the other's place is lawful, in whatever order both are shown, and so is one beside a void one; else exit 3."""
    first = shown(result(ONE, 1), digest("r"), 60)
    rows = [link(ONE, ON_CASE), link(TWO, ON_CASE)]
    for second, sound in ((result(TWO, 2, 1), True), (result(TWO, 2), False), (result(TWO, 3, 2), False)):
        shelf = [CONCLUSION, first, shown(second, digest("s"), 61)]
        for there, them in ((shelf, rows), (shelf[::-1], rows[::-1])):
            if sound:
                assert len(found(there, them)) == 2
                continue
            assert refused(there, them) == (3, "link/decided-twice", 61)
            assert len(found(there, them, book(void=(60,)))) == 2
            # the open entry of that number, voided, is another one
            corrected = book(corrections={60: SimpleNamespace(what="void")})
            assert refused(there, them, corrected)[1] == "link/decided-twice"
            assert len(found(there, them[:1])) == 1


def test_results_follow_each_other_as_they_arrived() -> None:
    """By the size of the open book, then by their places: the third takes the second's place, which took the first's."""
    chain = [shown(result(value, n, n - 1 or None, size=size), digest(f"r{n}"), 60 + n)
             for value, n, size in ((ONE, 1, 10), (TWO, 2, 11), (THREE, 3, 11))]  # fmt: skip
    rows = [link(value, ON_CASE) for value in (THREE, ONE, TWO)]
    assert len(found([CONCLUSION, *chain], rows)) == 3


def test_a_result_that_takes_the_place_of_anothers() -> None:
    """Of a case's own result, lawful; of another case's: exit 3; of a bulletin, which rests on nothing: lawful as far as links tell."""
    first, rows = shown(result(ONE, 1), digest("r"), 60), [link(ONE, ON_CASE), link(TWO, ON_OTHER)]
    taken = shown(result(TWO, 2, 1), digest("s"), 61)
    assert refused([CONCLUSION, ANOTHER, first, taken], rows)[::2] == (3, 61)
    assert refused([CONCLUSION, ANOTHER, first, taken], rows)[1].startswith("an act of this type rests already")
    other = shown(result(TWO, 3, 2), digest("s"), 61)
    assert len(found([CONCLUSION, ANOTHER, first, other], rows)) == 2


# -- nothing is proposed after the result


@pytest.mark.parametrize(
    ("size", "t", "sound"),
    [(10, 1_000, True), (10, 1_001, False), (11, 1_000, False), (9, 2_000, True), (11, 500, False)],
)
def test_a_sanction_proposed_once_all_members_were_told_the_result(size: int, t: int, sound: bool) -> None:
    """After the tenth open entry, second 1000: what came in that second may have come before; a void proposal is none."""
    first = shown(result(ONE, 1, size=10, t=1_000), digest("r"), 60)
    again = shown(result(TWO, 2, 1, size=12, t=3_000), digest("s"), 61)
    proposal = shown(entry("case.propose/1", {}, CASE, 5, size=size, t=t), digest("p"), 70)
    shelf, rows = [CONCLUSION, first, again, proposal], [link(TWO, ON_CASE), link(ONE, ON_CASE)]
    if sound:
        assert len(found(shelf, rows)) == 2
        return
    code, refusal, index = refused(shelf, rows)
    assert (code, refusal, index) == (3, "GY-18-14", 70)
    assert len(found(shelf, rows, book(void=(70,)))) == 2
    elsewhere = shown(entry("case.propose/1", {}, OTHER, 5, size=size, t=t), digest("p"), 70)
    nowhere = shown(entry("case.propose/1", {}, size=size, t=t), digest("q"), 71)
    assert len(found([CONCLUSION, first, again, elsewhere, nowhere], rows)) == 2
    assert len(found(shelf, ())) == 0


def test_only_a_result_ends_the_time_for_proposals() -> None:
    """A case opened from a report decides on it too, and a sanction may be proposed in that report's dossier for all it says."""
    case = shown(entry("case.open/1", case_body(link=ONE), OTHER, 1), digest("o"), 60)
    report = shown(entry("report.file/1", {}, CASE, 1), digest("f"), 50)
    proposal = shown(entry("case.propose/1", {}, CASE, 5, t=9_000), digest("p"), 70)
    assert len(found([report, case, proposal], [link(ONE, (digest("f"), CASE, 1))])) == 1


# -- what is named, held against the law


def judged(
    lawful: Any,
    shelf: Sequence[Any] = (),
    heads: Iterable[DossierHead] = (),
    whole: bool = False,
    own: Sequence[Any] = (),
) -> str:
    """What is said of an end of membership at entry 10, second 1000, or of a result at place 3, by a law that is told what is named."""
    inst = book()
    past = SimpleNamespace(judge=lambda replay, size: SimpleNamespace(inst=("then", size)))
    carrier = Carrier(result(ONE, 3, size=10, t=1_000), 60, "sealed") if own else Carrier(end(ONE), 10, "open")
    law = ByLaw(SimpleNamespace(inst=inst, past=past), {CASE: shelf, MEMBERS: own}, heads, whole)  # type: ignore[arg-type]

    def holds(then: Any, one: Entry, named: list[Linked], mine: Any) -> None:
        assert then == ("then", 10) and one == carrier.entry
        if not lawful(named[0], mine):
            raise OutOfTurn("bad-link", "membership.end/1", why="x / y")

    def rows(_: Any, entries: Iterable[tuple[int, bytes]]) -> Any:
        return [index for index, _ in entries]

    with mock.patch.object(linked, "judge_linked", holds), mock.patch.object(linked, "folded", rows):
        return law(carrier, link(ONE, (digest("c2"), CASE, 2)))


def at(n: int, size: int, t: int) -> Any:
    """An entry of the case, under the commitment c<n>, at index 100 + n of the sealed book."""
    return shown(entry("case.decide/1", {}, CASE, n, size=size, t=t), digest(f"c{n}"), 100 + n)


SHELF = (at(1, 8, 900), at(2, 9, 999), at(3, 10, 999), at(4, 10, 1_000), at(5, 10, 1_001), at(6, 11, 999))
"""Until the ninth second before it; in its own second; after it, by the clock or by the open book."""


def test_the_dossier_is_folded_up_to_when_the_act_arrived() -> None:
    """What came in the same second may have come before or after: lawful where one of both is; what it names with type and place."""
    seen = list[Any]()

    def lawful(one: Linked, mine: Any) -> bool:
        seen.append((one.type, one.n, one.dossier))
        return len(seen) == 2

    assert judged(lawful, SHELF) == ""
    assert seen == [("case.decide/1", 2, [101, 102, 103]), ("case.decide/1", 2, [101, 102, 103, 104])]
    seen.clear()
    seen.append(None)
    assert judged(lawful, SHELF) == "" and len(seen) == 2  # by the first already


def test_of_what_is_not_shown_there_is_an_empty_dossier() -> None:
    """Neither its type is known, nor what stood there; and of an open act there is none of its own."""
    assert judged(lambda one, mine: (one.type, one.dossier, mine) == ("", Dossier(), Dossier())) == ""


def test_its_own_dossier_is_what_stood_there_before() -> None:
    """Of a result at place 3 the first two, whatever came after."""
    own = [shown(result(digest(str(n)), n), digest(f"m{n}"), 200 + n) for n in (1, 2, 3, 4)]
    assert judged(lambda one, mine: mine == [201, 202], own=own) == ""


def head(n: int, time: int, dossier: str = CASE) -> DossierHead:
    """A head of a dossier that somebody kept."""
    return DossierHead("x", dossier, n, digest("h"), time)


@pytest.mark.parametrize(
    ("shelf", "heads", "whole", "known"),
    [
        (SHELF[:2], [], False, False),
        (SHELF[:2], [], True, True),
        (SHELF[:4], [], False, False),  # the last in its own second: another may have come in it too
        (SHELF[:5], [], False, True),
        (SHELF[5:], [], False, True),
        (SHELF[:2], [head(2, 1_000)], False, True),
        (SHELF[:2], [head(1, 1_000)], False, True),
        (SHELF[:2], [head(3, 1_000)], False, False),
        (SHELF[:2], [head(2, 999)], False, False),
        (SHELF[:2], [head(2, 1_000, OTHER)], False, False),
    ],
)
def test_nobody_is_accused_by_a_file_that_was_cut_off(
    shelf: Sequence[Any], heads: Sequence[DossierHead], whole: bool, known: bool
) -> None:
    """Unlawful only where the dossier is known to its end then: all is there, something later is, or a head of that time says so."""
    if not known:
        assert judged(lambda one, mine: False, shelf, heads, whole) == UNKNOWN
        return
    with pytest.raises(Stop) as stop:
        judged(lambda one, mine: False, shelf, heads, whole)
    assert (stop.value.code, stop.value.failure.code, stop.value.failure.index) == (3, "out-of-turn/bad-link", 10)


def test_what_was_taken_in_a_false_time_is_not_judged_by_its_time() -> None:
    """Nothing is known of when it came."""
    law = ByLaw(SimpleNamespace(inst=book(recoveries=[SimpleNamespace(sealed=61, time=999)])), {}, (), True)  # type: ignore[arg-type]
    assert law(Carrier(result(ONE, 3, t=1_000), 60, "sealed"), link(ONE)) == UNKNOWN
