"""When a sanction may still be proposed and of what it rests, and when a result names the accused: each condition by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance import results, sanction
from gongyue.governance.course import Ask, Case, Proposal, Said
from gongyue.governance.dossier import Dossier
from gongyue.governance.results import CONSENT, EFFECT, ESTABLISHED, NAMING, RESULT, Result, is_named
from gongyue.governance.sanction import Decide, Propose
from support.case_times import ACCUSED, DAY, case
from support.made_entries import digest

LIGHT, CANCEL = "内部通报", "取消资格"
WEIGHTS = {"": 0, LIGHT: 1, CANCEL: 2}
LAST = DAY + 70
"""P13 after the conclusion: the last day on which something is proposed."""


def filing(day: int = DAY + 50, type: str = "case.propose/1", **given: Any) -> Any:
    """An act on a day, of which nothing else is asked."""
    return SimpleNamespace(
        act=SimpleNamespace(type=type), day=day, signers=("o:a", "o:b"), given=SimpleNamespace(**given)
    )


def refused(body: Any, dossier: Dossier, day: int = DAY + 50) -> str:
    """The first code that refuses it once a panel signs it rightly; empty for nothing."""
    with (
        mock.patch.object(sanction, "by_a_majority", return_value=iter(())),
        mock.patch.object(sanction, "result_by", return_value=SimpleNamespace(last=LAST)),
        mock.patch.object(sanction, "weight_of", lambda inst, dossier, kind: WEIGHTS[kind]),
        mock.patch.object(sanction, "_may_be_imposed", return_value=iter(())),
        mock.patch.object(sanction, "_no_heavier", return_value=iter(())),
    ):
        try:
            rulings = list(body.check_in(None, dossier, filing(day)))
        except OutOfTurn as error:
            return str(error.refusal["code"])
    found = next((one for one in rulings if not one.holds), None)
    assert found is None or found.finding.figures.get("established", 0) == 0
    return found.rule.code if found is not None else ""


def proposing(kind: str | None, day: int, *before: tuple[str, int]) -> str:
    """What refuses a proposal of that kind on that day, after others of a kind on a day."""
    made = tuple(Proposal(one, n, at, "") for n, (one, at) in enumerate(before, 5))
    return refused(Propose(digest("reasons"), kind), case(of_case={"proposals": made}), day)


def test_what_is_proposed_late_is_no_heavier_than_what_was_proposed_in_time() -> None:
    """On the last day anything; the day after only what takes the place of one as heavy, or heavier, that was in time."""
    for kind in (None, LIGHT, CANCEL):
        assert proposing(kind, LAST) == "" and proposing(kind, LAST + 1) == "GY-18-14"
    for kind, code in ((None, ""), (LIGHT, ""), (CANCEL, "GY-18-14")):
        assert proposing(kind, LAST + 1, (LIGHT, LAST)) == code
        assert proposing(kind, LAST + 1, (LIGHT, LAST + 1)) == "GY-18-14"
    assert proposing(CANCEL, LAST + 1, (LIGHT, LAST), (CANCEL, DAY + 41)) == ""
    assert proposing(CANCEL, LAST + 1, (LIGHT, LAST), (CANCEL, LAST + 1)) == "GY-18-14"
    assert proposing(None, LAST + 1, ("", LAST)) == ""


def test_nothing_is_proposed_or_decided_before_a_case_was_concluded() -> None:
    """GY-18-01, though it be that there is no sanction."""
    paragraphs = [digest(name) for name in ("a", "b", "c", "d", "e", "f")]
    for body in (Propose(digest("reasons")), Decide(*paragraphs)):
        assert refused(body, case(of_case={"concluded": 0})) == "GY-18-01"
        assert refused(body, case()) == ""


# -- whom a result names


def reading(
    then: str | None, now: str | None = None, adverse: bool = False, established: tuple[str, ...] = (), **other: Any
) -> bool:
    """Whether a result names the accused, by what was read when the day of the case's opening began, and by what is read now."""
    asked = list[int]()

    def meaning_on(day: int) -> Any:
        asked.append(day)
        return SimpleNamespace(values={NAMING: then} if then else {})

    inst: Any = SimpleNamespace(meaning_on=meaning_on, meaning=SimpleNamespace(values={NAMING: now} if now else {}))
    dossier = Dossier(case=Case(ACCUSED, ("8",), DAY, adverse=adverse, established=established), **other)
    named = is_named(inst, dossier)
    assert asked in ([], [DAY - 1])
    return named


def test_a_result_names_the_accused_as_was_read_when_the_case_was_opened() -> None:
    """By its effect, by what was established, or by its consent alone; as it is read now only where nothing was read then."""
    assert reading(EFFECT, adverse=True) and not reading(EFFECT, established=("8",))
    assert reading(ESTABLISHED, established=("8",)) and not reading(ESTABLISHED, adverse=True)
    for none in (CONSENT, None):
        assert not reading(none, adverse=True, established=("8",))
    assert reading(None, EFFECT, adverse=True) and not reading(CONSENT, EFFECT, adverse=True)


@pytest.mark.parametrize(("others", "named"), [((), True), ((DAY,), True), ((0,), False), ((DAY, 0), False)])
def test_the_accused_is_named_where_it_wishes_so(others: tuple[int, ...], named: bool) -> None:
    """Itself; or others can have said so, and it was told of each of these."""
    words = tuple(Said(7, (), False, told) for told in others)
    assert reading(CONSENT, asks=(Ask("naming", ACCUSED, 7, "x", DAY),), said=words) is named
    assert not reading(CONSENT, asks=(Ask("review", ACCUSED, 7, "x", DAY),))


# -- a result


def result(**other: Any) -> Result:
    """The result of a case."""
    return Result(**({"text": digest("text"), "link": digest("link")} | other))


def test_a_result_rests_on_one_conclusion_that_stands() -> None:
    """Not on none, on two, on a void one."""
    dossier = case(of_case={"adverse": True})
    standing, void = (SimpleNamespace(stands=stands, dossier=dossier) for stands in (True, False))
    inst: Any = SimpleNamespace()
    with (
        mock.patch.object(results, "may_be_told", side_effect=lambda *_: ["told"]),
        mock.patch.object(results, "is_named", return_value=True),
    ):
        rulings: list[Any] = list(
            result(names=ACCUSED).check_linked(inst, [standing], filing(type="bulletin.result/1"))
        )  # type: ignore[list-item]
        assert rulings[0] == "told" and rulings[1].holds
        unnamed: list[Any] = list(result().check_linked(inst, [standing], filing(type="bulletin.result/1")))  # type: ignore[list-item]
        assert not unnamed[1].holds
        for linked in ([], [void], [standing, standing], [standing, void]):
            with pytest.raises(OutOfTurn, match="malformed"):
                list(result(names=ACCUSED).check_linked(inst, linked, filing(type="bulletin.result/1")))  # type: ignore[arg-type]


def test_a_result_is_entered_with_what_it_says() -> None:
    """Whom it names, which it takes the place of, by how many it was signed; or neither."""
    for fields, expected in (({"names": ACCUSED, "replaces": 3}, (ACCUSED, 3)), ({}, ("", 0))):
        with mock.patch.object(results, "with_issued", lambda dossier, made: made):
            made: Any = result(**fields).enter(Dossier(), filing())
        assert (made.names, made.replaces, made.kind, made.text) == (*expected, RESULT, digest("text"))


@pytest.mark.parametrize("review", [None, digest("opinion")])
def test_a_lawyers_opinion_is_told_to_the_guards_of_a_text(review: str | None) -> None:
    """Whether there is one, to both."""
    inst: Any = SimpleNamespace(in_force=True, units={})
    with (
        mock.patch.object(results, "signed_rightly", return_value=iter(())) as signed,
        mock.patch.object(results, "guarded", return_value=iter(())) as guarded,
    ):
        list(result(review=review).check(inst, filing(objects={})))
    assert signed.call_args.args[1:3] == (RESULT, review is not None)
    assert guarded.call_args.args[1:] == (RESULT, None, review is not None)
