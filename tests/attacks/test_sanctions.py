"""Cancellations that are not in effect: an office without law ends the membership, and whoever opens the dossier finds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongyue.office import links
from gongyue.verifying.report import Report
from support.alliance import PUBLISHER, SECRETARY, Alliance
from support.cases import (
    ACCUSED,
    CIRCULAR,
    cancelled,
    decided,
    decision_of,
    ended,
    linked,
    offered,
    reviewed,
    reviewing,
    told,
    with_reviewers,
)
from support.dossiers import noted, opened
from support.published import forced, published_by_force, run

THIRD = "u:0003"
SALT = bytes(range(32))


def by_force(world: Alliance, dossier: str, unit: str = ACCUSED) -> bytes:
    """The membership is ended on the decision of the case, whatever the law says; the line that opens the link."""
    link, line = links.made(SALT, [decision_of(world, dossier)])
    body = {"unit": unit, "link": link}
    forced(world, world.stage.signed("membership.end/1", "exec", body, (PUBLISHER, SECRETARY), [line]))
    return line + b"\n"


def found(world: Alliance, *lines: bytes, head: bytes | None = None) -> Report:
    """What the accused finds with those lines, and the head of its dossier that it kept."""
    heads = (("kept", head),) if head else ()
    return run(published_by_force(world), world=world, disclosures=(("own", b"".join(lines)),), heads=heads)[0]


def code(report: Report) -> tuple[int, str]:
    """The exit code, and the failure's."""
    return report.code, report.failure.code if report.failure else ""


def later(world: Alliance, day: str) -> Alliance:
    """On that day, all before it anchored."""
    world.on(day).tick()
    return world


def in_its_window(world: Alliance) -> str:
    """On the last day on which a review may be asked for."""
    dossier = cancelled(world)
    later(world, "2026-06-16")
    return dossier


def unserved(world: Alliance) -> str:
    """Decided, and not served."""
    dossier = offered(world)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    later(world, "2026-07-16")
    return dossier


def under_review(world: Alliance) -> str:
    """A review was asked for in time, and is not decided."""
    dossier = cancelled(world)
    reviewing(world, dossier)
    later(world, "2026-07-16")
    return dossier


def revoked(world: Alliance) -> str:
    """The reviewers revoked it."""
    dossier = cancelled(world)
    reviewed(world, dossier, reviewing(world, dossier), "revoked")
    told(world, dossier, "review")
    later(world, "2026-07-16")
    return dossier


def made_lighter(world: Alliance) -> str:
    """The reviewers made a circular of it."""
    dossier = cancelled(world)
    reviewed(world, dossier, reviewing(world, dossier), "lighter", CIRCULAR)
    later(world, "2026-07-16")
    return dossier


def circular(world: Alliance) -> str:
    """A circular was decided, and nothing else."""
    dossier = cancelled(world, CIRCULAR)
    later(world, "2026-07-16")
    return dossier


@pytest.mark.parametrize("story", [in_its_window, unserved, under_review, revoked, made_lighter, circular])
def test_a_membership_that_ends_on_a_decision_not_in_effect(story: Callable[[Alliance], str]) -> None:
    """Exit 3, GY-18-13, for its own file up to its head; without dossier or head in form only, and nobody is accused."""
    world = with_reviewers()
    dossier = story(world)
    line = by_force(world, dossier)
    world.next_day()
    lines, head = [line, *opened(world, dossier)], world.stage.office.head(dossier)
    for less in (found(world, line), found(world, *lines)):
        assert (code(less), less.form_only) == ((0, ""), 1)
    whole = found(world, *lines, head=head)
    assert code(whole) == (3, "GY-18-13")
    assert whole.failure is not None and whole.failure.type == "membership.end/1"


def test_a_membership_that_ends_on_another_units_decision() -> None:
    """A third unit is put out by the decision against the second: exit 3 for whoever opens it."""
    world = with_reviewers()
    dossier = cancelled(world)
    later(world, "2026-06-17")
    line = by_force(world, dossier, THIRD)
    world.next_day()
    head = world.stage.office.head(dossier)
    assert code(found(world, line, *opened(world, dossier), head=head)) == (3, "GY-18-13")


@pytest.mark.parametrize("upheld", [False, True])
def test_a_lawful_cancellation_verifies_whole(upheld: bool) -> None:
    """Unasked, or reviewed and upheld: exit 0, checked fully; and by what came later nobody is accused: the decision is served again."""
    world = with_reviewers()
    dossier = cancelled(world)
    if upheld:
        reviewed(world, dossier, reviewing(world, dossier))
    later(world, "2026-06-17")
    ended(world, dossier)
    lines = list(links.of_party(world.inst, world.stage.office.store, ACCUSED))
    told(world, dossier, "decision")
    world.next_day()
    report = found(world, *lines, *opened(world, dossier))
    assert (code(report), report.form_only, [one.full for one in report.links]) == ((0, ""), 0, [True])


def test_a_link_to_the_conclusion_or_the_proposal_is_none_to_a_decision() -> None:
    """bad-link: neither a finding nor an intention ends a membership."""
    world = with_reviewers()
    dossier = cancelled(world)
    later(world, "2026-06-17")
    for n in (7, 8):
        link, line = linked(world, (dossier, n))
        with world.out_of_turn("bad-link"):
            world.executive("membership.end/1", {"unit": ACCUSED, "link": link}, (PUBLISHER, SECRETARY), line)
