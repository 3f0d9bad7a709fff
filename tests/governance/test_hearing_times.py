"""What follows a conclusion, to the day and to the place: the hearing on a proposal, the review of a decision, when each is over."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance import hearing, reply
from gongyue.governance.case_requests import require_may_ask, require_may_order
from gongyue.governance.course import Ask, Decision, Heard, Proposal, Review, Said, Seat, Service
from gongyue.governance.hearing import (
    AGAINST_IT,
    CANCELLING,
    EFFECT,
    OF_NOW,
    SERVED,
    UNHEARD,
    UNPROPOSED,
    UNSERVED,
    Hearing,
    Reviewing,
    ending,
    heard_by,
    lightest,
    may_be_reviewed,
    proposed,
    review_by,
    review_said,
    reviewed_by,
    said_by_others,
    sanction_by,
    settled_on,
    suspended_by,
    takes_effect,
    told_by,
)
from gongyue.governance.law import Order
from gongyue.governance.reply import RESTING, UNRECEIVED, UNTOLD
from support.case_times import ACCUSED, DAY, case, counted, law, said, served

LIGHT, CANCEL = "内部通报", "取消资格"
WEIGHTS = {"": 0, LIGHT: 1, CANCEL: 2}


@pytest.fixture(autouse=True)
def text() -> Iterator[None]:
    """Two kinds, of which the heavier ends a membership; no holidays."""
    kinds = [SimpleNamespace(words=LIGHT, ends=False), SimpleNamespace(words=CANCEL, ends=True)]
    with (
        mock.patch.object(reply, "deadline", counted),
        mock.patch.object(hearing, "weight_of", lambda inst, dossier, kind: WEIGHTS[kind]),
        mock.patch.object(hearing, "kinds_of", return_value=kinds),
    ):
        yield


def proposals(*at: tuple[str, int]) -> dict[str, Any]:
    """What was proposed, at which places."""
    return {"proposals": tuple(Proposal(kind, n, DAY + 41, f"reasons{n}") for kind, n in at)}


def service(n: int, place: int = 0, got: int = 0, what: str = "proposal", **other: Any) -> Service:
    """A service at a place, received at another on a day."""
    return served(what, place, got, n=n, **other)


def ask(n: int, day: int, what: str = "hearing") -> Ask:
    """What the accused asked for, at a place, on a day."""
    return Ask(what, ACCUSED, n, f"asked{n}", day)


ONE = {"of_case": proposals((CANCEL, 5))}
"""A cancellation was proposed at place 5."""
GOT = DAY + 50
TOLD = service(6, 7, GOT)
"""It was served at place 6, and received at place 7: ten days to ask, until LAST."""
LAST = GOT + 10


def hears(*services: Service, **other: Any) -> Hearing:
    """The hearing on that proposal, as it stands."""
    return Hearing.of(law(), case(services=services, **(ONE | other)))


# -- what was proposed


def test_each_service_is_of_the_proposal_before_it() -> None:
    """Of the last before its place; one before any proposal is of none; other things that are served are none."""
    found = case(
        of_case=proposals((CANCEL, 5), (LIGHT, 8)),
        services=(service(4), service(6), service(8), service(9), service(9, what="notice")),
    )
    assert [(kind, one.n) for kind, one in proposed(found)] == [(CANCEL, 6), (CANCEL, 8), (LIGHT, 9)]


def test_the_lightest_is_whatever_proposal_it_was_shown() -> None:
    """By its reasons, however they were served, and however many at once; what was not served is none."""
    of_case = proposals((LIGHT, 5), (CANCEL, 8))

    def shown(*docs: str, what: str = "proposal") -> int | None:
        return lightest(law(), case(of_case=of_case, services=(served(what, 0, 0, *docs, n=9), served("notice", 0, 0))))

    assert (shown(), shown("reasons8"), shown("reasons5"), shown("reasons8", "reasons5")) == (None, 2, 1, 1)
    assert (shown("reasons5", what="reply"), shown("reasons9")) == (1, None)
    assert lightest(law(), case()) is None


def test_nothing_is_heard_before_it_was_proposed_and_received() -> None:
    """Not proposed; not served since; served and not received. Each says what it waits for, and nothing else."""
    for found, waits in (
        (Hearing.of(law(), case()), UNPROPOSED),
        (Hearing.of(law(), case(services=(TOLD,))), UNPROPOSED),
        (hears(), UNPROPOSED),
        (hears(service(5, 7, GOT)), UNPROPOSED),
        (hears(service(6, 7, GOT, what="notice")), UNPROPOSED),
        (hears(service(6)), UNRECEIVED),
    ):
        assert found == Hearing(waits, 0, 0, False, 0, 0, 0)
        assert (found.over, found.asked, found.said) == (0, 0, 0)


# -- the time to ask


def test_whoever_does_not_ask_lets_the_time_pass() -> None:
    """Ten days from the receipt; it ran from the last of two services received, whatever was served since."""
    assert hears(TOLD) == Hearing("", GOT, LAST, False, LAST, 0, 7)
    assert hears(TOLD, service(8, 9, GOT + 3)) == Hearing("", GOT + 3, LAST + 3, False, LAST + 3, 0, 9)
    assert hears(TOLD, service(8)) == hears(TOLD)
    assert hears(service(4, 4, DAY + 42), TOLD) == hears(TOLD)
    paper = service(6, 7, GOT, paper=True, told=GOT + 9)
    assert hears(paper).last == GOT + 12 and hears(service(6, 7, GOT, paper=True)).waits == UNTOLD
    assert hears(TOLD, paused=True).waits == RESTING


@pytest.mark.parametrize(("completed", "done"), [(-1, False), (6, False), (7, True), (9, True)])
def test_whoever_has_said_all_waits_for_nothing(completed: int, done: bool) -> None:
    """Since the receipt at place 7, and though paper could be denied; not while the dossier rests; of a hearing that it asked for it says nothing."""
    assert hears(TOLD, completed=completed).done is done
    paper = service(6, 7, GOT, paper=True)
    assert hears(paper, completed=completed).waits == ("" if done else UNTOLD)
    assert hears(paper, completed=completed, paused=True).waits == RESTING
    asked = hears(TOLD, completed=completed, asks=(ask(8, GOT),))
    assert (asked.done, asked.waits) == (False, UNHEARD)


@pytest.mark.parametrize(("n", "day", "asked"), [(6, GOT, 0), (7, GOT, GOT), (8, LAST, LAST), (8, LAST + 1, 0)])
def test_it_asks_to_be_heard_since_the_service_and_in_time(n: int, day: int, asked: int) -> None:
    """After place 6, until the last day; the last time that it did counts; a review is another matter."""
    found = hears(TOLD, asks=(ask(n, day),))
    assert (found.asked, found.waits, found.done) == (asked, UNHEARD if asked else "", False)
    assert hears(TOLD, asks=(ask(n, day, "review"),)).asked == 0
    if asked:
        assert found == Hearing(UNHEARD, GOT, LAST, False, 0, asked, 0)
        assert hears(TOLD, asks=(ask(n, day), ask(n + 1, day - 1))).asked == day - 1
        assert hears(TOLD, asks=(ask(n, day),), paused=True).waits == RESTING


def test_it_may_ask_since_the_first_service_of_a_proposal() -> None:
    """Served again at place 9, which it received: what it asked for at place 8 is asked for."""
    assert hears(TOLD, service(9, 10, GOT + 3), asks=(ask(8, GOT),)).asked == GOT


# -- heard


@pytest.mark.parametrize(("n", "held"), [(7, False), (8, False), (9, True)])
def test_it_was_heard_after_it_asked(n: int, held: bool) -> None:
    """It asked at place 8. The day of the hearing ends it; what was only noted as not asked for does not."""
    found = hears(TOLD, asks=(ask(8, GOT),), heard=Heard("held", n, GOT + 5))
    assert (found.done, found.over, found.asked, found.said) == ((True, GOT + 5, 0, 9) if held else (False, 0, GOT, 0))
    assert hears(TOLD, asks=(ask(8, GOT),), heard=Heard("not_asked", n, GOT + 5)).waits == UNHEARD


@pytest.mark.parametrize(("n", "held"), [(6, False), (7, False), (8, True)])
def test_it_was_heard_without_asking(n: int, held: bool) -> None:
    """After the receipt at place 7; so it is not waited for. Noted as not asked for, the time goes on."""
    found = hears(TOLD, heard=Heard("held", n, GOT + 2))
    assert (found.done, found.over, found.said) == ((True, GOT + 2, 8) if held else (False, LAST, 7))
    assert hears(TOLD, heard=Heard("not_asked", n, GOT + 2)) == hears(TOLD)


@pytest.mark.parametrize(("seat", "held"), [(8, True), (9, False), (10, False)])
def test_those_who_decide_have_heard_it(seat: int, held: bool) -> None:
    """The hearing was at place 9: not by who sits since place 9 or later; of other roles nothing is asked, nor of who sits there no more."""
    fields: dict[str, Any] = {"asks": (ask(8, GOT),), "heard": Heard("held", 9, GOT + 5)}
    fields |= {"assigned": {"panel": ("o:a", "o:b")}, "seated": {("panel", "o:b"): Seat(seat, GOT)}}
    assert hears(TOLD, **fields).done is held
    fields["seated"] = {("reviewers", "o:b"): Seat(seat, GOT), ("panel", "o:c"): Seat(seat, GOT)}
    assert hears(TOLD, **fields).done


def test_what_others_can_have_asked_for_is_not_ended_by_being_held() -> None:
    """Its unit is told, and may deny it for three days: the time goes on until then, and at least as long as it was."""
    fields: dict[str, Any] = {"asks": (ask(8, GOT),), "heard": Heard("held", 9, GOT + 5)}
    untold = hears(TOLD, said=(Said(8, (), False),), **fields)
    assert (untold.waits, untold.done, untold.over, untold.said) == (UNTOLD, False, LAST, 9)
    late = hears(TOLD, said=(Said(8, (), False, GOT + 9),), **fields)
    assert (late.waits, late.last, late.over) == ("", GOT + 12, GOT + 12)
    assert hears(TOLD, said=(Said(7, (), False),), **fields).done
    assert hears(TOLD, said=(Said(8, (), False),), asks=(ask(8, GOT),)).waits == UNTOLD
    assert hears(TOLD, said=(Said(8, (), False, GOT),), asks=(ask(8, GOT),)).waits == UNHEARD
    assert said_by_others(case(said=(Said(7, (), False), Said(8, (), True))), ask(8, GOT)) == [Said(8, (), True)]


def test_what_was_said_in_time_is_to_be_seen() -> None:
    """A note of the last day at place 10; the day after it is late."""
    notes = [("dossier.open/1", "exec", DAY)] * 9 + [
        ("dossier.note/1", ACCUSED, LAST),
        ("dossier.note/1", ACCUSED, LAST + 1),
    ]
    assert hears(TOLD, entries=said(*notes)).said == 10


# -- asked on an earlier proposal

TWICE = {"of_case": proposals((CANCEL, 5), (CANCEL, 10))}
LATER = service(11, 12, GOT + 20)


@pytest.mark.parametrize(
    ("asked", "other", "still"),
    [
        (ask(8, GOT), {}, GOT),
        (ask(8, LAST), {}, LAST),
        (ask(8, LAST + 1), {}, 0),
        (ask(10, GOT), {}, 0),  # not before the later proposal
        (ask(9, GOT), {}, GOT),
        (ask(8, GOT, "review"), {}, 0),
        (ask(8, GOT), {"heard": Heard("held", 9, GOT)}, 0),
        (ask(8, GOT), {"heard": Heard("held", 8, GOT)}, GOT),
        (ask(8, GOT), {"heard": Heard("not_asked", 9, GOT)}, GOT),
        (ask(8, GOT), {"completed": 11}, GOT),
        (ask(8, GOT), {"completed": 12}, 0),  # it has said all on the later one
    ],
)
def test_another_proposal_takes_back_nothing_that_was_asked_for(asked: Ask, other: dict[str, Any], still: int) -> None:
    """A hearing asked for in time on the first, and not held, is owed on the second."""
    found = Hearing.of(law(), case(services=(TOLD, LATER), asks=(asked,), **(TWICE | other)))
    assert (found.asked, found.last) == (still, GOT + 30)


def test_the_last_time_that_it_asked_in_time_counts() -> None:
    """Of what it asked twice the later was late: the earlier stands. What nobody received yet it asks for in time."""
    both = (ask(8, GOT + 1), ask(9, LAST + 1))
    assert Hearing.of(law(), case(services=(TOLD, LATER), asks=both, **TWICE)).asked == GOT + 1
    unread = service(6)
    assert Hearing.of(law(), case(services=(unread, LATER), asks=(ask(8, GOT + 40),), **TWICE)).asked == GOT + 40
    # of two services of the first the one before it asked counts
    again = service(9, 9, GOT + 15)
    assert Hearing.of(law(), case(services=(TOLD, again, LATER), asks=(ask(8, LAST + 1),), **TWICE)).asked == 0
    between = service(7, 7, GOT + 5)
    assert Hearing.of(law(), case(services=(TOLD, between, LATER), asks=(ask(8, LAST + 1),), **TWICE)).asked == LAST + 1


# -- periods


def test_the_periods_are_those_of_when_it_was_opened() -> None:
    """P3, P13, P5, P20; P5 for the review too where a book has not adopted P20."""
    assert heard_by(law(), case(), DAY).last == DAY + 10 and sanction_by(law(), case(), DAY).last == DAY + 30
    assert review_by(law(), case(), DAY).last == DAY + 15
    assert reviewed_by(law(), case(), DAY).last == DAY + 20
    assert reviewed_by(law(without="P20"), case(), DAY).last == DAY + 15


# -- the review

DECIDED = Decision(CANCEL, 20, DAY + 60, ())
READ = service(21, 22, DAY + 61, "decision")
END = DAY + 76


def reviews(*services: Service, kind: str = CANCEL, review: Review | None = None, **other: Any) -> Reviewing:
    """The review of what was decided at place 20."""
    return Reviewing.of(law(), after(*services, kind=kind, review=review, **other))


def after(*services: Service, kind: str = CANCEL, review: Review | None = None, n: int = 20, **other: Any) -> Any:
    """A case that was decided at place 20."""
    of_case = proposals((kind, 5)) | {"decision": Decision(kind, n, DAY + 60, ()), "review": review}
    return case(of_case=of_case, services=services, **other)


def test_the_time_for_a_review_runs_from_the_receipt_of_the_decision() -> None:
    """Not served, not received; fifteen days, after which nothing of it changes; from the last of two services, received first then."""
    assert reviews() == reviews(service(20, 22, DAY + 61, "decision")) == Reviewing(UNSERVED, 0, 0, None, 0)
    assert reviews(service(21, 22, DAY + 61, "notice")).waits == UNSERVED
    assert reviews(service(21, what="decision")) == Reviewing(UNRECEIVED, 0, 0, None, 0)
    assert reviews().over == 0
    assert reviews(READ) == Reviewing("", DAY + 61, END, None, END + 1)
    assert reviews(READ, service(23, 24, DAY + 65, "decision")) == Reviewing("", DAY + 61, END + 4, None, END + 5)
    assert reviews(READ, paused=True) == Reviewing(RESTING, DAY + 61, END, None, 0)


def test_once_a_review_was_asked_for_nothing_is_over_before_it_is_decided() -> None:
    """The first time that it asked itself counts, before what others can have asked; not what it asked before the decision."""
    first, second = ask(23, DAY + 62, "review"), ask(24, DAY + 63, "review")
    assert reviews(READ, asks=(first, second)) == Reviewing("", DAY + 61, END, first, 0)
    assert reviews(READ, asks=(first, second), said=(Said(23, (), False),)).asked == second
    assert reviews(READ, asks=(first,), said=(Said(23, (), False),)).asked == first
    for none in (ask(20, DAY + 62, "review"), ask(23, DAY + 62)):
        assert reviews(READ, asks=(none,)).over == END + 1
    done = Review("upheld", CANCEL, 30, DAY + 70, "")
    assert reviews(READ, asks=(first,), review=done).over == DAY + 70
    assert reviews(asks=(first,), review=done) == Reviewing(UNSERVED, 0, 0, first, DAY + 70)


def test_whoever_reviews_has_before_it_what_was_said_in_that_time() -> None:
    """The last note up to the last day to ask; nothing where nobody received the decision yet."""
    notes = [("dossier.note/1", ACCUSED, day) for day in (END - 1, END, END + 1)]
    assert review_said(law(), after(READ, entries=said(*notes))) == 2
    assert review_said(law(), after(READ)) == review_said(law(), after(entries=said(*notes))) == 0


# -- when all is over, and in effect


def test_a_result_is_settled_once_nothing_of_it_can_change() -> None:
    """By the conclusion where nothing was proposed; not while a proposal is not decided; by a decision for nothing; else by the review."""
    assert settled_on(law(), case()) == DAY + 40
    assert (
        settled_on(law(), case(of_case={"concluded": 0}))
        == settled_on(law(), case(of_case={"concluded": 0} | proposals((LIGHT, 5))))
        == 0
    )
    assert settled_on(law(), case(**ONE)) == 0
    assert settled_on(law(), after(kind="")) == DAY + 60
    assert settled_on(law(), after()) == 0 and settled_on(law(), after(READ)) == END + 1
    assert told_by(law(), case()).last == DAY + 70


def order(begins: int, ends: int = 0, lifted: int | None = None, name: str = "l:1", party: str = ACCUSED) -> Order:
    """A court forbids to tell a result, from so many days after the conclusion on."""
    day = DAY + 40
    return Order(
        name, "法院", ("bulletin.result/1",), party, day + begins, ends and day + ends, day, lifted and day + lifted
    )


@pytest.mark.parametrize(
    ("orders", "more"),
    [
        ((order(1, 1),), 1),
        ((order(30, 31),), 2),
        ((order(31, 40),), 0),  # it was late by then
        ((order(-3, 0),), 0),
        ((order(-3, 1),), 1),
        ((order(5),), 0),  # its end is not known
        ((order(5, 9, 7),), 2),
        ((order(5, 9, 12),), 5),
        ((order(5, 0, 7),), 2),
        ((order(5, 0, 5),), 0),
        ((order(5, 9), order(7, 11, name="l:2")), 7),
        ((order(5, 9), order(6, 8, name="l:2")), 5),
        ((order(5, 9), order(9, 9, name="l:2")), 5),
        ((order(5, 9), order(10, 10, name="l:2")), 6),
        ((order(7, 8, name="l:0"), order(5, 6)), 4),
        ((order(5, 9, party="u:0003"),), 0),
        ((order(5, 9, party=""),), 5),
        ((order(5, 9, party="exec"),), 5),
    ],
)
def test_the_time_to_tell_a_result_rests_while_an_order_forbids_it(orders: tuple[Order, ...], more: int) -> None:
    """By the days after the conclusion and up to the last on which it was forbidden, each once."""
    assert told_by(law(orders=orders), case()).last == DAY + 70 + more


def test_by_which_order_a_result_is_suspended() -> None:
    """From its first day to its last, or until it is lifted; of several the first by name; about the accused, the office, or everybody."""
    under: Any = law(orders=(order(5, 9, name="l:2"), order(6, 7, name="l:1")))
    days = [suspended_by(under, case(), DAY + 40 + n) for n in range(4, 11)]
    assert days == ["", "l:2", "l:1", "l:1", "l:2", "l:2", ""]
    for party, id in (("", "l:1"), ("exec", "l:1"), (ACCUSED, "l:1"), ("u:0003", "")):
        assert suspended_by(law(orders=(order(5, party=party),)), case(), DAY + 50) == id


def test_a_decision_takes_effect_once_its_review_is_over() -> None:
    """By default; by the reading that says so on service, from the first receipt; on paper once its unit could have denied it."""
    served_law = law(**{EFFECT: SERVED})
    assert takes_effect(law(), case()) == takes_effect(served_law, case()) == 0
    assert takes_effect(law(), after(READ)) == END + 1
    assert takes_effect(law(**{EFFECT: "final"}), after(READ)) == END + 1
    revoked = Review("revoked", "", 30, DAY + 70, "")
    assert (
        takes_effect(law(), after(READ, review=revoked)) == takes_effect(served_law, after(READ, review=revoked)) == 0
    )
    again = service(23, 24, DAY + 65, "decision")
    assert takes_effect(served_law, after(again, READ)) == DAY + 61
    assert takes_effect(served_law, after()) == takes_effect(served_law, after(service(21, what="decision"))) == 0
    assert takes_effect(served_law, after(service(20, 20, DAY + 60, "decision"), READ)) == DAY + 61
    assert takes_effect(served_law, after(service(21, 22, DAY + 60, "notice"), READ)) == DAY + 61
    for told, day in ((0, 0), (DAY + 61, DAY + 65), (DAY + 50, DAY + 61)):
        assert takes_effect(served_law, after(service(21, 22, DAY + 61, "decision", paper=True, told=told))) == day
    assert takes_effect(served_law, after(service(21, 0, 0, "decision", paper=True, told=DAY))) == 0


def test_a_membership_ends_on_the_very_decision_that_cancels_it() -> None:
    """Against that unit, at that place, of a kind that ends it, as it stands after a review, and of the membership it has now."""
    entries = said(*[("case.decide/1", "exec", DAY)] * 20)  # entry 20 came after 200 open ones

    def ends(
        unit: str = ACCUSED, n: int = 20, changed: int = 199, dossier: Any = None, **other: Any
    ) -> tuple[str, int]:
        inst = law()
        inst.units = {ACCUSED: SimpleNamespace(changed=changed)}
        return ending(inst, dossier or after(READ, entries=entries, **other), unit, n)

    assert ends() == ("", END + 1)
    assert ends(unit="u:0003") == (AGAINST_IT, 0) and ends(dossier=SimpleNamespace(case=None)) == (AGAINST_IT, 0)
    assert ends(n=19) == ends(kind=LIGHT) == ends(kind="") == (CANCELLING, 0)
    assert ends(dossier=case(entries=entries)) == (CANCELLING, 0)
    assert ends(review=Review("lighter", LIGHT, 30, DAY + 70, "")) == (CANCELLING, 0)
    assert ends(changed=200) == ends(changed=201) == (OF_NOW, 0)


def test_a_review_that_others_can_have_asked_for_waits_until_the_unit_could_deny_it() -> None:
    """Not before the time to ask is over, nor before P18 after it was told; its own is reviewed at once."""
    asked = ask(23, DAY + 62, "review")
    assert may_be_reviewed(law(), after(READ), DAY + 63) is None
    assert may_be_reviewed(law(), after(READ, asks=(asked,)), DAY + 62) == asked
    for told, days in ((DAY + 62, (END, END + 1)), (DAY + 75, (DAY + 78, DAY + 79)), (0, (DAY + 500, 0))):
        doubted = after(READ, asks=(asked,), said=(Said(23, (), False, told),))
        assert may_be_reviewed(law(), doubted, days[0]) is None
        assert days[1] == 0 or may_be_reviewed(law(), doubted, days[1]) == asked
    resting = after(READ, asks=(asked,), said=(Said(23, (), False, DAY + 62),), paused=True)
    assert may_be_reviewed(law(), resting, DAY + 500) is None


# -- what may be asked, and ordered


def asking(what: str, dossier: Any, day: int = DAY + 62, by_others: bool = False) -> str:
    """The code that refuses it; empty for nothing."""
    try:
        require_may_ask(law(), dossier, what, day, by_others)
    except OutOfTurn as error:
        return str(error.refusal["code"]).removeprefix("out-of-turn/")
    return ""


def test_a_hearing_is_asked_for_once_a_proposal_was_served_and_before_a_decision() -> None:
    """Other asks, and other dossiers, are no matter of this."""
    assert asking("hearing", case(services=(TOLD,), **ONE)) == ""
    assert (
        asking("hearing", case(services=(service(6, what="notice"),), **ONE)) == asking("hearing", case()) == "not-open"
    )
    assert asking("hearing", after(TOLD)) == "not-open"
    assert asking("extension", case()) == asking("review", SimpleNamespace(case=None)) == ""


def test_a_review_is_asked_for_once_and_in_time() -> None:
    """Of a sanction that was served; until the last day; not again, but by the accused itself where others can have asked."""
    assert (
        asking("review", case(**ONE))
        == asking("review", after(READ, kind=""))
        == asking("review", after())
        == "not-open"
    )
    assert asking("review", after(service(21, what="decision"))) == ""
    assert asking("review", after(READ), END) == "" and asking("review", after(READ), END + 1) == "window-over"
    assert asking("review", after(READ, paused=True), END + 1) == ""
    asked = (ask(23, DAY + 62, "review"),)
    assert asking("review", after(READ, asks=asked)) == "already"
    doubted: dict[str, Any] = {"asks": asked, "said": (Said(23, (), False, DAY + 62),)}
    assert asking("review", after(READ, **doubted)) == ""
    assert asking("review", after(READ, **doubted), by_others=True) == "already"
    assert asking("review", after(READ, review=Review("upheld", CANCEL, 30, DAY, ""), **doubted)) == "already"


def ordering(what: str, ground: str, dossier: Any) -> str:
    """The code that refuses it; empty for nothing."""
    try:
        require_may_order(law(), dossier, what, ground)
    except OutOfTurn as error:
        return str(error.refusal["code"]).removeprefix("out-of-turn/")
    return ""


def test_what_was_decided_is_not_ended() -> None:
    """Before, it may be; other orders, and other dossiers, are no matter of this."""
    assert ordering("terminate", "moot", case(**ONE)) == "" and ordering("terminate", "moot", after()) == "already"
    assert ordering("extend", "complexity", after()) == ordering("heard", "held", SimpleNamespace(case=None)) == ""


def test_a_hearing_is_noted_as_it_was() -> None:
    """Once the proposal was received, and before a decision: as held where it asked, late too; else as not asked for; once."""
    assert (
        ordering("heard", "not_asked", case(**ONE))
        == ordering("heard", "not_asked", case(services=(service(6),), **ONE))
        == "not-open"
    )
    assert ordering("heard", "not_asked", after(TOLD)) == "not-open"
    asked, late = (ask(8, GOT),), (ask(8, LAST + 1),)
    for asks, held in (
        ((), False),
        (asked, True),
        (late, True),
        ((ask(5, GOT),), False),
        ((ask(8, GOT, "extension"),), False),
    ):
        dossier = case(services=(TOLD,), asks=asks, **ONE)
        assert ordering("heard", "held", dossier) == ("" if held else "wrong-ground")
        assert ordering("heard", "not_asked", dossier) == ("wrong-ground" if held else "")
    assert ordering("heard", "not_asked", case(services=(TOLD,), completed=7, **ONE)) == "already"
    # what it asked too late on the first proposal, it did not ask on the second
    assert ordering("heard", "not_asked", case(services=(TOLD, LATER), asks=late, **TWICE)) == ""
    done: dict[str, Any] = {"services": (TOLD,), "asks": asked, "heard": Heard("held", 9, GOT + 1)}
    assert ordering("heard", "held", case(**(done | ONE))) == "already"
