"""Procedure packages by version: an older book is judged by what it adopted, and adopts a later one by an act of its own."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from gongyue.covenant import procedure
from gongyue.covenant.periods import Period
from gongyue.covenant.procedure import Package, grown, package
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.articles import article_card
from gongyue.governance.packages import not_adopted
from gongyue.governance.sheet import VALUES
from gongyue.transparency import canonical
from gongyue.verifying.report_lines import lines
from support import later
from support.alliance import FIRST, PANEL, SECRETARY, Alliance
from support.later import FIRST_PACKAGE, LATER, LATEST, READING, RELEASED, RULE, SECOND_PACKAGE
from support.published import published_by_force, run

PINNED = {
    FIRST_PACKAGE: "sha256:7a599b347e3884c2a5834ec4ba9e5e1ba2a1e8f0b90e16ae94fe812f5ad9e709",
    SECOND_PACKAGE: "sha256:7ef06bfad9205dc0c02d392ac9962935636d286386d7d9f11d02c91659600f8c",
    RELEASED: "sha256:76a166f713ab1981591644bbf02fd61e5cb18361d2298ac636acc50b0b600924",
}
PANEL_TOO = (SECRETARY, PANEL[0])
ADDED = ("P21", "bulletin.times", "review.by")


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Go on with the later software."""
    return lambda: later.bring(monkeypatch)


def in_force() -> Alliance:
    """An alliance that adopted the packages there are."""
    return Alliance(members=5).in_force().on("2026-07-01")


def supplement(world: Alliance, version: str = LATER, signers: tuple[str, ...] = PANEL_TOO, **other: object) -> None:
    """Adopt a later package; names with dots are written with two underscores."""
    values = {name.replace("__", "."): value for name, value in other.items()}
    world.executive("interpretation.supplement/1", {"package": version, "other": values}, signers)


def test_what_a_released_package_says_stays_to_the_letter() -> None:
    """Its names, clauses, units, defaults, bounds and choices: by them books are judged for ever. A change needs a new version."""
    for version, pinned in PINNED.items():
        found = procedure.packages()[version]
        rules = {n: [r.clause, r.unit, r.value, r.floor, r.ceiling] for n, r in found.procedure.items()}
        readings = {n: [r.clause, *r.choices] for n, r in found.readings.items()}
        assert canonical.digest(canonical.encode({"p": rules, "r": readings})) == pinned
    assert PINNED.keys() == procedure.packages().keys()


@pytest.mark.parametrize(
    "brought",
    [
        Package(LATER, {"P2": RULE}, {}),
        Package(LATER, {}, {"P2": READING}),
        Package(LATER, {}, {"annex.binds": READING}),
        Package(LATER, {}, {}),
        Package(RELEASED, {"P21": RULE}, {}),
    ],
)
def test_a_later_package_says_nothing_anew(brought: Package) -> None:
    """A name again, nothing at all, or a version again: no such package is loaded."""
    with pytest.raises(ValueError, match="interpretations@"):
        grown([package(), brought])


def test_a_version_comes_once() -> None:
    """Whatever it would add."""
    with pytest.raises(ValueError, match=FIRST_PACKAGE):
        grown([procedure.packages()[FIRST_PACKAGE], Package(FIRST_PACKAGE, {"P21": RULE}, {})])


def test_a_book_under_the_first_package_adopts_the_later_ones_by_an_act() -> None:
    """Until then none of its readings holds, and none is set by a single interpretation; what was adopted stays to the letter."""
    world = Alliance(members=5)
    world.submitted().on("2026-03-09").approve()
    world.adopt(FIRST_PACKAGE, P2=20)
    added = not_adopted(world.inst)
    articles_17_and_18 = ["report.content", "report.reporter", "result.bulletin", "result.naming"]
    assert added == ("P20", "P17", *articles_17_and_18, "sanction.effect", "sanction.not_heavier")
    with pytest.raises(OutOfTurn, match=r"result\.naming"):
        world.inst.meaning.choice("result.naming")
    supplement(world, SECOND_PACKAGE, result__naming="consent")
    assert not_adopted(world.inst) == ("P17",)
    supplement(world, RELEASED, P17=2)
    assert world.inst.meaning.value("P17") == Period(24, "month")
    assert world.inst.meaning.choice("result.naming") == "consent"
    assert (world.inst.meaning.choice("sanction.effect"), world.inst.meaning.value("P2")) == ("final", Period(20))
    assert not_adopted(world.inst) == ()


def test_an_older_book_is_judged_by_the_package_it_adopted(new: Callable[[], None]) -> None:
    """The later software verifies it to the same state and the same meaning; none of the new rules holds, and that is said."""
    world = in_force()
    world.issue("P2", 20)
    files = published_by_force(world)
    before, state = run(files, world=world)
    new()
    after, again = run(files, world=world)
    assert (before.code, after.code, state) == (0, 0, again)
    known = [one.capability for one in before.absent]
    assert [one.capability for one in after.absent] == [*known, *ADDED]
    assert "后出的解释包所增，尚未通过，不适用" in "".join(lines(after, "zh"))
    assert "of a later package, not adopted" in "".join(lines(after, "en"))
    assert not_adopted(world.inst) == ADDED
    assert world.inst.meaning.values.keys().isdisjoint(ADDED)
    with pytest.raises(OutOfTurn, match="P21"):
        world.inst.meaning.value("P21")


def test_the_later_package_is_adopted_by_an_act(new: Callable[[], None]) -> None:
    """What was adopted and set stays; what is new holds from then on, with its other values; the book verifies."""
    world = in_force()
    world.issue("P2", 20)
    before, rev = world.inst.meaning, world.stage.office.rev
    new()
    supplement(world, P21=45)
    after = world.inst.meaning
    assert after.procedure == (before.procedure or {}) | {"P21": 45, "bulletin.times": "public"}
    assert (after.value("P21"), after.value("P2")) == (Period(45), Period(20))
    assert world.inst.revs[rev] == before
    assert world.stage.office.rev != rev
    assert world.inst.adopted["P2"] == 15
    assert not_adopted(world.inst) == ("review.by",)
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure) == (0, None)
    assert [one.capability for one in report.absent if one.capability in ADDED] == ["review.by"]


def test_one_may_go_on_to_the_latest_at_once_or_one_after_another(new: Callable[[], None]) -> None:
    """Both ways end in the same procedure; a version is adopted once, and an older one never after a later."""
    new()
    step, leap = in_force(), in_force()
    for version in (LATER, LATEST):
        supplement(step, version)
        with step.out_of_turn("already"):
            supplement(step, version)
    supplement(leap, LATEST)
    assert leap.inst.meaning.procedure == step.inst.meaning.procedure == package().proposed
    with leap.out_of_turn("already"):
        supplement(leap, LATER)


def test_a_new_book_adopts_any_package_as_a_whole(new: Callable[[], None]) -> None:
    """The first one or the latest; what the named one does not have cannot be set by it."""
    new()
    for version in procedure.packages():
        world = Alliance(members=3, initiators=3).effective()
        if version in (FIRST_PACKAGE, SECOND_PACKAGE, RELEASED):
            with world.refused("GY-25-01", name="P21", value=45):
                world.executive("interpretation.adopt/1", {"package": version, "other": {"P21": 45}}, PANEL_TOO)
        world.executive("interpretation.adopt/1", {"package": version, "other": {}}, PANEL_TOO)
        assert world.inst.meaning.procedure == procedure.packages()[version].proposed


def test_who_may_adopt_a_later_package_is_who_adopts_the_first(new: Callable[[], None]) -> None:
    """Two officers, secretary or panellist; one is not enough, and no unit interprets (GY-05-02, GY-25-03)."""
    world = in_force()
    new()
    with world.refused("GY-05-02"):
        supplement(world, signers=(SECRETARY,))
    with world.refused("GY-25-03"):
        world.unit("interpretation.supplement/1", FIRST, {"package": LATER, "other": {}})
    assert not_adopted(world.inst) == ADDED


def test_the_bounds_of_a_new_rule_hold(new: Callable[[], None]) -> None:
    """Below its floor, above its ceiling, another choice: GY-25-01; at both bounds it is adopted."""
    new()
    world = in_force()
    for value, enough in ((RULE.floor - 1, RULE.floor), (RULE.ceiling + 1, RULE.ceiling)):
        with world.refused("GY-25-01", enough=enough, rule="P21", value=value):
            supplement(world, P21=value)
    with world.refused("GY-25-01", enough="public | members", reading="bulletin.times", value="never"):
        supplement(world, bulletin__times="never")
    for value in (RULE.floor, RULE.ceiling):
        world = in_force()
        supplement(world, P21=value)
        assert world.inst.meaning.value("P21") == Period(value)


def test_a_supplement_changes_nothing_that_was_adopted(new: Callable[[], None]) -> None:
    """Another value of an earlier rule is a matter of interpretation, whatever it is (GY-25-01)."""
    world = in_force()
    new()
    for name, value in (("P2", 20), ("annex__binds", "scope"), ("P99", 3), ("review__by", "other")):
        with world.refused("GY-25-01", name=name.replace("__", "."), value=value):
            supplement(world, **{name: value})


def test_before_the_first_package_there_is_none_to_supplement(new: Callable[[], None]) -> None:
    """And one that nobody knows is not found."""
    new()
    world = Alliance(members=3, initiators=3).effective()
    with world.out_of_turn("no-procedure"):
        supplement(world)
    world.adopt()
    with world.out_of_turn("not-found"):
        supplement(world, "gongyue/interpretations@9")


def test_a_rule_that_was_not_adopted_is_not_set_by_interpretation(new: Callable[[], None]) -> None:
    """First the package, then another value: by an interpretation like any other, which can be withdrawn."""
    world = in_force()
    new()
    with world.out_of_turn("no-procedure"):
        world.issue("P21", 45)
    supplement(world)
    world.issue("P21", 45)
    assert world.inst.meaning.value("P21") == Period(45)
    world.executive("interpretation.withdraw/1", {"number": 1}, PANEL_TOO)
    assert world.inst.meaning.value("P21") == Period(RULE.value)


def test_what_is_open_keeps_what_it_opened_with(new: Callable[[], None]) -> None:
    """A vote under way goes on under its own values, and the book verifies beyond its close."""
    world = in_force().vote_open()
    opened, pinned = world.vote(), world.inst.proposals["p:1"].pinned
    new()
    supplement(world)
    assert (world.vote(), world.inst.proposals["p:1"].pinned) == (opened, pinned)
    world.close()
    assert run(published_by_force(world), world=world)[0].code == 0


def test_the_article_says_what_was_not_adopted(new: Callable[[], None]) -> None:
    """Its card marks the rule as missing until it is adopted."""
    world = in_force()
    new()
    edition = world.inst.meaning.edition
    assert edition is not None
    number = world.inst.meaning.article(RULE.clause)

    def card() -> dict[str, bool]:
        values = article_card(edition, number, world.inst.meaning.procedure).values
        return {v.name: v.missing for v in values if v.layer in "PR"}

    assert {name for name, missing in card().items() if missing} == {"P21", "review.by"}
    supplement(world, LATEST)
    assert not any(card().values())


def test_the_packages_are_the_files() -> None:
    """One a version, in order, each of the form that is read."""
    assert len(procedure.FILES) == len(procedure.packages())
    assert all(msgspec.to_builtins(one)["version"] == version for version, one in procedure.packages().items())


def test_every_choice_that_is_offered_has_words() -> None:
    """Of each reading with several: its own words, or those of the value; a form shows none by its bare name."""
    offered = {n: one.choices for n, one in package().readings.items() if len(one.choices) > 1}
    assert [(n, c) for n, choices in offered.items() for c in choices if not {c, f"{n}.{c}"} & VALUES.keys()] == []
