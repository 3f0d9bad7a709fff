"""When a sealed act arrived: nothing bounds `rx.open` from below, so whatever is sealed late may be said to have come early.

sealed.md §12: an entry lies in the slot of anchor a with previous.index < open ≤ a.index; only the right half is checked.
"""

from __future__ import annotations

from attacks.forcing import DAY, HOUR, application, ballot, closed, ended, scene, sealed, today, voting
from attacks.forcing import letter as on_paper
from attacks.forcing import refused as is_refused
from gongyue.transparency import canonical
from support.alliance import SECRETARY, TWO, Alliance, paper
from support.sealed import now_reads


def test_a_ballot_after_the_window() -> None:
    """Article 22: five anchors past the end of the window a friend votes, "arrived" on the first day: adopted."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    late, arrived, size = ballot(world, "u:0004"), world.stage.now, world.inst.size
    world.stage.now += DAY
    world.anchor()
    ended(world)
    for _ in range(5):
        world.stage.now += DAY
        world.anchor()
    sealed(world, late, arrived, size)
    world.stage.now += DAY
    world.anchor()
    scene(closed(world)["outcome"] == "adopted")
    is_refused(world)


def test_a_ballot_of_a_unit_that_has_left() -> None:
    """Articles 22, 23: three anchors after it left, two officers invent its paper ballot, "arrived" while it was a member."""
    world = voting().cast("consent", "u:0001", "u:0002").cast("against", "u:0003")
    world.stage.now += HOUR
    arrived, size, view, day = world.stage.now, world.inst.size, world.stage.office.view(), today(world)
    world.stage.now += DAY
    world.anchor()
    world.withdraw("u:0005")
    for _ in range(3):
        world.stage.now += DAY
        world.anchor()
    line = sealed(world, ballot(world, "u:0005", paper=paper("x", day, day), at=arrived, view=view), arrived, size)
    world.stage.now += 60
    told = {"vote": "p:1", "of": world.commitment(line), "way": "letter", "day": day}
    sealed(world, world.stage.signed("vote.notify/1", "exec", told, TWO))
    ended(world)
    scene("u:0005" not in world.inst.members)
    closed(world, consents=3, paper_consents=1)  # the office would not count it: it was anchored too late
    is_refused(world)


def test_a_notice_made_up_after_the_window() -> None:
    """Article 22, P18: the notice to the unit is sealed after its whole time to disavow, as if of the first day."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    receipt = world.stage.office.handle(ballot(world, "u:0005", paper=on_paper(world)))
    world.stage.now += 60
    arrived, size = world.stage.now, world.inst.size
    told = {"vote": "p:1", "of": world.commitment(receipt), "way": "letter", "day": today(world)}
    notice = world.stage.signed("vote.notify/1", "exec", told, TWO)
    world.stage.now += DAY
    world.anchor()
    world.after_window()
    world.stage.now -= 10 * HOUR
    world.anchor()
    sealed(world, notice, arrived, size)
    world.stage.now += 10 * HOUR
    world.anchor()
    closed(world)
    is_refused(world, "out-of-turn/malformed")


def test_a_ballot_that_a_court_forbids() -> None:
    """Article 20: the order stands in the open book for four anchors; the ballot sealed then "arrived" before it."""
    world = voting().cast("consent", "u:0001", "u:0002")
    world.stage.now += HOUR
    forbidden, arrived, size = ballot(world, "u:0005"), world.stage.now, world.inst.size
    world.stage.now += DAY
    world.anchor()
    order = {"order": "l:c", "source": "法院", "forbids": ["vote.ballot/1"], "party": "u:0005", "begins": today(world)}
    world.executive("law.order/1", order | {"ends": None}, TWO, paper=on_paper(world))
    for _ in range(4):
        world.stage.now += DAY
        world.anchor()
    sealed(world, forbidden, arrived, size)
    ended(world)
    scene(closed(world)["consents"] == 3)
    is_refused(world)


def test_an_application_dated_back() -> None:
    """Article 23: sealed four anchors late; and so is whatever forbids it, ends a key or changes a value meanwhile passed by."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    arrived, size = world.stage.now, world.inst.size
    _, applied = application(world)
    for _ in range(4):
        world.stage.now += DAY
        world.anchor()
    line = sealed(world, applied, arrived, size)
    world.stage.now += DAY
    world.anchor()
    opened = now_reads(world.stage.office, line)
    with world.out_of_turn("malformed"):
        world.executive("membership.grant/1", {"application": canonical.digest(opened)}, [SECRETARY], opened)
