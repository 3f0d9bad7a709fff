"""Who of a panel decides, by how many, having seen what: each condition on dossiers made up."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance import panels
from gongyue.governance.case import Open, nature
from gongyue.governance.course import (
    Case,
    Decision,
    Rest,
    Review,
    Said,
    Service,
    concerns,
    last_opened,
    require_articles,
    with_service,
)
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.proceedings import Assigned
from gongyue.governance.report import Report
from gongyue.rules import case as rules_of_cases

DAY = 739_800
THREE = ("o:a", "o:b", "o:c")


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    """A panel has three; o:d and o:e hold another office; whoever was put in another's place waits until the third day."""
    with (
        mock.patch.object(panels, "offices_of", lambda inst, one, day: {"panellist"} if one < "o:d" else {"clerk"}),
        mock.patch.object(panels, "panel_size", return_value=3),
        mock.patch.object(panels, "told_until", lambda inst, dossier, day: SimpleNamespace(last=day + 2)),
    ):
        yield


def refused(
    *signers: str, type: str = "case.conclude/1", seen: int = 9, made: int = DAY, entries: Any = (), **other: Any
) -> str:
    """The first code that refuses it; empty where nothing does."""
    fields: dict[str, Any] = {
        "assigned": {"panel": THREE, "caseworker": ("o:xu",)},
        "challenged": frozenset(),
        "seated": {},
    }
    dossier: Any = SimpleNamespace(id="d", n=9, entries=entries, **(fields | other))
    dossier.require_seen = lambda filing, place: Dossier.require_seen(dossier, filing, place)
    filing: Any = SimpleNamespace(
        act=SimpleNamespace(type=type), signers=signers or THREE, day=DAY, made=made, seen=seen
    )
    try:
        rulings = list(panels.by_a_majority(Institution(), dossier, filing))
    except OutOfTurn as error:
        return str(error.refusal["code"])
    return next((one.rule.code for one in rulings if not one.holds), "")


def test_more_than_half_of_a_whole_panel_sign() -> None:
    """Two of three; one is not enough, twice neither; nor somebody else, nor a panel of which one is challenged or holds no office."""
    assert refused() == refused("o:a", "o:b") == ""
    assert refused("o:a") == refused("o:a", "o:a") == "GY-18-09"
    assert refused("o:a", "o:xu") != ""
    assert refused("o:a", "o:b", challenged=frozenset({"o:c"})) == "GY-18-09"
    assert refused("o:a", "o:b", assigned={"panel": ("o:a", "o:b", "o:d")}) == "GY-18-09"
    five = {"panel": (*THREE, "o:ba", "o:bb")}
    assert refused("o:a", "o:b", "o:c", assigned=five) == "" and refused("o:a", "o:b", assigned=five) == "GY-18-09"


def entry(type: str, void: bool = False) -> Any:
    """An entry of the dossier, of which nothing else is asked."""
    return SimpleNamespace(type=type, void=void)


@pytest.mark.parametrize(
    ("entries", "least"),
    [
        ([], 1),
        ([entry("case.open/1"), entry("dossier.note/1"), entry("dossier.note/1")], 1),
        ([entry("case.open/1"), entry("case.conclude/1"), entry("dossier.note/1")], 2),
        ([entry("case.open/1"), entry("case.conclude/1"), entry("case.propose/1"), entry("dossier.note/1")], 3),
        ([entry("case.open/1"), entry("case.conclude/1"), entry("case.propose/1", void=True)], 2),
        ([entry("case.open/1"), entry("case.decide/1"), entry("dossier.note/1", void=True)], 2),
    ],
)
def test_a_panel_has_seen_what_was_found_before(entries: list[Any], least: int) -> None:
    """The last that was concluded, proposed or decided, and is not void; of other entries it need not have seen the last."""
    assert refused(entries=entries, seen=least) == ""
    assert least == 1 or refused(entries=entries, seen=least - 1) == "out-of-turn/dossier-unseen"


def test_a_challenged_caseworker_is_replaced_before_the_panel_decides() -> None:
    """Not before reviewers do, who have no hand in what the caseworker did."""
    challenged = frozenset({"o:xu"})
    assert refused(challenged=challenged) == "GY-05-17"
    reviewers = {"reviewers": THREE, "caseworker": ("o:xu",)}
    assert refused(type="case.review/1", challenged=challenged, assigned=reviewers) == ""
    assert refused(challenged=frozenset({"o:yu"})) == ""


def test_whoever_came_in_anothers_place_could_be_challenged() -> None:
    """Seated on that day, it signs on the third day after at the earliest; others sign at once, and so does who sits elsewhere."""
    seated = {("panel", "o:b"): SimpleNamespace(day=DAY)}
    for made, code in ((DAY + 2, "GY-18-15"), (DAY + 3, "")):
        assert refused("o:a", "o:b", seated=seated, made=made) == code
        assert refused("o:a", "o:c", seated=seated, made=made) == ""
        assert refused("o:a", "o:b", seated={("reviewers", "o:b"): SimpleNamespace(day=DAY)}, made=made) == ""


# -- what a finding rests on


def edition(*parts: tuple[str, str], bound: tuple[tuple[str, str, str], ...] = (), words: str = "") -> Any:
    """A text with these parts by their addresses, capabilities bound there in these words, and what else it says."""
    return SimpleNamespace(
        parts=[SimpleNamespace(at=at, text=text) for at, text in parts],
        bindings=[SimpleNamespace(at=at, capability=what, words=said) for at, what, said in bound],
        says=lambda said: said in words,
    )


RIGHTS = ("8", "users.rights", "应当保护")
NOW = edition(("8", "应当保护。"), ("9", "鼓励创新。"), bound=(RIGHTS, ("8", "vote.opening", "应当")))


@pytest.mark.parametrize(
    ("then", "at", "clause", "found"),
    [
        (edition(bound=(RIGHTS,)), "8", "users.rights", True),
        (edition(bound=(("8", "users.rights", "须保护"),)), "8", "users.rights", True),  # in other words then
        (edition(words="应当保护用户"), "8", "users.rights", True),  # said then, and bound since
        (edition(), "8", "users.rights", False),
        (edition(bound=(("9", "users.rights", "须保护"),)), "8", "users.rights", False),
        (edition(bound=(("8", "conduct.duties", "须保护"),)), "8", "users.rights", False),
        (edition(bound=(RIGHTS,)), "9", "users.rights", False),
        (edition(bound=(RIGHTS,)), "8", "conduct.duties", False),
        (edition(words="应当"), "8", "vote.opening", False),  # no duty of members
    ],
)
def test_a_finding_rests_on_a_duty_that_was_one_when_the_conduct_ended(
    then: Any, at: str, clause: str, found: bool
) -> None:
    """Bound there now, and then, or in words that the text had then; of a capability that binds members."""
    if found:
        assert nature(NOW, then, at, clause) == "duty"
        return
    with pytest.raises(OutOfTurn, match="not-found"):
        nature(NOW, then, at, clause)


def test_without_a_clause_it_rests_on_the_articles_words() -> None:
    """Of the article at that address: a principle, an international rule, or else what it encourages to."""
    text = edition(
        ("8", "鼓励创新。"), ("9", f"{rules_of_cases.PRINCIPLE}。"), ("10", f"{rules_of_cases.INTERNATIONAL}。")
    )
    found = [nature(text, edition(), at, None) for at in ("8", "9", "10", "11")]
    assert found == ["encouragement", "principle", "international", "encouragement"]


# -- the reports that a case comes from


def origin(stands: bool = True, ends: str = "2026-05-20", **other: Any) -> Any:
    """A report of the first member about the second, on days until then."""
    told = Report("report", "u:0002", DAY, begins=from_iso("2026-05-10"), ends=from_iso(ends))
    fields: dict[str, Any] = {"report": told, "parties": ("u:0001",), "were": {}, "challenged": frozenset()}
    return SimpleNamespace(stands=stands, dossier=SimpleNamespace(**(fields | other)))


def opening(
    *origins: Any, begins: str = "2026-05-01", ends: str = "2026-05-15", interests: tuple[str, ...] = ()
) -> str:
    """What refuses a case against the second member, on those days, which comes from these reports; empty for nothing."""
    one = [Assigned(who, interests if who == "o:a" else ()) for who in ("o:xu", *THREE)]
    case = Open("u:0002", ("8",), begins, ends, one[0], tuple(one[1:]), "sha256:" + "0" * 64)
    filing: Any = SimpleNamespace(act=SimpleNamespace(type="case.open/1"), signers=("o:xu", "o:qin"), day=DAY)
    try:
        rulings = list(case.check_linked(Institution(), origins, filing))
    except OutOfTurn as error:
        return str(error.refusal["code"])
    return next((one.rule.code for one in rulings if not one.holds), "")


def test_a_case_comes_from_reports_on_its_accused_and_its_days() -> None:
    """From none, one, two; from the last of its days to the first; not of a void one, of what is no report, about another, on other days."""
    assert opening() == opening(origin()) == opening(origin(), origin()) == ""
    assert opening(origin(), begins="2026-05-01", ends="2026-05-10") == ""
    assert opening(origin(), begins="2026-05-20", ends="2026-05-25") == ""
    for other in (
        origin(stands=False),
        origin(report=None),
        origin(report=Report("report", "u:0003", DAY, begins=from_iso("2026-05-10"), ends=from_iso("2026-05-20"))),
    ):
        assert opening(other) == opening(origin(), other) == "out-of-turn/bad-link"
    assert opening(origin(), begins="2026-05-01", ends="2026-05-09") == "out-of-turn/bad-link"
    assert opening(origin(), begins="2026-05-21", ends="2026-05-25") == "out-of-turn/bad-link"


def test_whoever_is_of_the_report_has_no_part_in_its_case() -> None:
    """Neither whom the reporter challenged, nor a judge who is its own, or who took the report up; who took it up may have the case."""
    assert (
        opening(origin(challenged=frozenset({"o:a"}))) == opening(origin(challenged=frozenset({"o:qin"}))) == "GY-05-14"
    )
    assert opening(origin(challenged=frozenset({"o:zhao"}))) == ""
    assert opening(origin(), interests=("u:0001",)) != "" and opening(origin(), interests=("u:0009",)) == ""
    assert opening(origin(were={"caseworker": frozenset({"o:b"})})) != ""
    assert opening(origin(were={"caseworker": frozenset({"o:xu"})})) == ""


# -- the course of a case


def test_what_stands_is_what_was_decided_or_what_a_review_made_of_it() -> None:
    """Nothing before; a review that revoked it leaves nothing."""
    case = Case("u:0002", ("8",), DAY)
    decided = Case("u:0002", ("8",), DAY, decision=Decision("circular", 5, DAY, ()))
    assert (case.stands, decided.stands) == ("", "circular")
    for kind in ("", "reminder"):
        review = Review("revoked", kind, 6, DAY, "")
        assert Case("u:0002", ("8",), DAY, decision=decided.decision, review=review).stands == kind


def test_a_new_case_has_nothing_yet() -> None:
    """Neither concluded nor of days, and without an adverse effect; a service is received by nobody, and not from paper.

    A rest goes on; of what others can have said nobody was told.
    """
    assert (Rest(DAY).ends, Said(3, (), True).told) == (0, 0)
    case, service = Case("u:0002", ("8",), DAY), Service("notice", (), "x", 3, DAY)
    assert (case.concluded, case.begins, case.ends, case.adverse) == (0, 0, 0, False)
    assert (service.got, service.place, service.told, service.paper) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("kind", "accused", "party", "bears"),
    [
        ("report", "u:0002", "u:0001", True),
        ("report", "u:0003", "u:0002", False),
        ("own", "", "u:0002", True),
        ("own", "", "u:0001", False),
        ("clue", "", "u:0001", True),
    ],
)
def test_a_report_bears_on_a_case_against_whom_it_accuses(kind: str, accused: str, party: str, bears: bool) -> None:
    """It accuses it, or is its own; one that accuses nobody bears on any; another dossier on none."""
    dossier: Any = SimpleNamespace(report=SimpleNamespace(kind=kind, accused=accused), parties=(party,))
    assert concerns(dossier, "u:0002") is bears
    assert concerns(SimpleNamespace(report=None, parties=("u:0002",)), "u:0002") is False  # type: ignore[arg-type]


def test_articles_that_the_text_has_each_once() -> None:
    """None of an address that it has not, or where there is no text; none twice."""
    edition: Any = SimpleNamespace(position=lambda one: 0 if one == "99" else 8)
    inst: Any = SimpleNamespace(meaning=SimpleNamespace(edition=edition))
    require_articles(inst, ["8", "12"], "case.open/1")
    without: Any = SimpleNamespace(meaning=SimpleNamespace(edition=None))
    for book, named, code in (
        (inst, ["8", "8"], "malformed"),
        (inst, ["8", "99"], "not-found"),
        (without, ["8"], "not-found"),
    ):
        with pytest.raises(OutOfTurn, match=code):
            require_articles(book, named, "case.open/1")
    require_articles(without, [], "case.open/1")


def received(digest: str, got: int, place: int) -> Service:
    """What was served, received on that day at that place; 0 for not yet."""
    return Service("notice", (), digest, 2, DAY - 30, got, place)


def test_what_was_received_last_within_three_days() -> None:
    """By its place, not by its day; not what nobody received; on the third day still, on the fourth no longer."""
    early, late, never = received("a", DAY, 5), received("b", DAY - 1, 7), received("c", 0, 0)
    dossier: Any = SimpleNamespace(services=(late, early, never))
    assert last_opened(dossier, DAY) == last_opened(dossier, DAY + 2) == late
    assert last_opened(dossier, DAY + 3) is None
    assert last_opened(SimpleNamespace(services=(never,)), DAY) is None  # type: ignore[arg-type]


def test_a_service_as_it_stands_now_takes_the_place_of_itself() -> None:
    """Of that digest, and of no other."""
    before = Dossier(services=(received("a", 0, 0), received("b", 0, 0)))
    assert with_service(before, received("b", DAY, 9)).services == (received("a", 0, 0), received("b", DAY, 9))
