"""Interests: what is declared, by whom, and what it still bears on two years later; whom to invite before a report arrives."""

from __future__ import annotations

import msgspec
import pytest

from gongyue.covenant.periods import day_of, from_iso
from gongyue.governance.interests import BadDeclaration, Declaration, Interest, conflicts, read
from gongyue.governance.office import to_appoint
from support.alliance import CASEWORKER, CLERK, PUBLISHER, SECRETARY, TWO, Alliance, commitment_to

DOSSIER = "d:" + "ab" * 32


def bears(
    day: str, kind: str = "employed", since: str = "2024-01-01", until: str | None = "2024-06-30", **other: str
) -> bool:
    """Whether one interest in u:1 bears on that day."""
    one = Interest(kind, "u:1", since, until, **other)  # type: ignore[arg-type]
    return one.bears_on(from_iso(day))


def test_what_ended_bears_for_two_years_and_what_lasts_always() -> None:
    """Ended 2024-06-30: until 2026-06-30, not on 07-01; not over: still; not begun: not yet; mediated: for ever."""
    assert bears("2026-06-30") and not bears("2026-07-01")
    assert bears("2030-01-01", until=None)
    assert not bears("2023-12-31")
    assert bears("2034-01-01", "mediator", dossier=DOSSIER)
    assert bears("2026-02-28", until="2024-02-29") and not bears("2026-03-01", until="2024-02-29")


def test_conflicts_are_with_parties_and_a_mediator_is_bound_to_its_facts() -> None:
    """Of two officers the one with an interest in a party; whoever mediated on other facts may handle this matter."""
    employed = Declaration("o:a", "2026-01-01", (Interest("employed", "u:1", "2020-01-01"),))
    mediated = Declaration("o:b", "2026-01-01", (Interest("mediator", "u:1", "2025-01-01", None, DOSSIER),))
    day = from_iso("2026-06-01")
    assert conflicts([employed, mediated], ["u:1", "u:2"], day, "d:" + "00" * 32) == {"o:a": ("u:1",)}
    assert conflicts([employed, mediated], ["u:1"], day, DOSSIER) == {"o:a": ("u:1",), "o:b": ("u:1",)}
    assert conflicts([employed, mediated], ["u:3"], day) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        b"[]",
        b'{"officer":"o:a","made":"2026-02-31","interests":[]}',
        b'{"officer":"o:a","made":"2026-01-01","interests":[{"kind":"friend","unit":"u:1","since":"2026-01-01"}]}',
        b'{"officer":"o:a","made":"2026-01-01","interests":[{"kind":"paid","unit":"u:1","since":"2026-01-02","until":"2026-01-01"}]}',
        b'{"officer":"o:a","made":"2026-01-01","interests":[{"kind":"mediator","unit":"u:1","since":"2026-01-01"}]}',
        b'{"officer":"o:a","made":"2026-01-01","interests":[],"note":"x"}',
    ],
)
def test_what_is_no_declaration(wrong: bytes) -> None:
    """No object, no such day, kind or field, an end before its beginning, a mediator of nothing."""
    with pytest.raises(BadDeclaration):
        read(wrong)
    assert read(msgspec.json.encode(Declaration("o:a", "2026-01-01"))).interests == ()


def test_an_officer_declares_for_itself_alone() -> None:
    """By another: GY-05-16; with another: too; whoever has no office: GY-05-01; the same again: already."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-06-01")
    body = {"officer": CASEWORKER, "interests": commitment_to("new")}
    with world.refused("GY-05-16", enough=CASEWORKER, signed_by=SECRETARY):
        world.executive("office.declare/1", body, [SECRETARY])
    with world.refused("GY-05-16"):
        world.executive("office.declare/1", body, [CASEWORKER, CLERK])
    with world.refused("GY-05-01"):
        world.executive("office.declare/1", body, ["u:0001"])
    world.executive("office.declare/1", body, [CASEWORKER])
    known = world.inst.officers[CASEWORKER]
    assert known.declared == day_of(world.stage.now) and known.interests == body["interests"]
    with world.out_of_turn("already"):
        world.executive("office.declare/1", body, [CASEWORKER])


def test_an_appointment_is_a_declaration_too() -> None:
    """Its day and commitment are those of the appointment."""
    world = Alliance().staffed()
    assert world.inst.officers[PUBLISHER].interests == commitment_to(PUBLISHER)
    assert world.inst.officers[SECRETARY].declared == 0


def test_a_secretary_with_one_assistant_is_told_whom_to_invite() -> None:
    """Two officers: a caseworker, six panellists, a mediator, a publisher; each that is appointed is one fewer."""
    world = Alliance()
    day = from_iso("2026-01-05")
    assert {w.office: w.missing for w in to_appoint(world.inst, day)} == {
        "caseworker": 1,
        "panellist": 6,
        "mediator": 1,
        "publisher": 1,
    }
    world.staffed()
    for later in (
        "2026-02-01",
        "2026-01-05",
    ):  # from the appointment on, not only once they serve: nobody is invited twice
        assert {w.office: (w.have, w.missing) for w in to_appoint(world.inst, from_iso(later))} == {
            "panellist": (3, 3),
            "mediator": (0, 1),
        }
    assert TWO
