"""Referrals: at once, by two, stopping no clock, known to nobody outside the office (article 20)."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.reply import reply_by
from gongyue.office.openings import of_party
from support.alliance import CASEWORKER, CLERK, SECRETARY, Alliance, commitment_to
from support.cases import ACCUSED, heard, linked, opened_case, reported, staffed
from support.dossiers import folded, id_of

BODY = {"authority": "public_security", "ground": "crime", "facts": [commitment_to("letter")]}
TWO = (SECRETARY, CASEWORKER)


def referred(world: Alliance, *places: tuple[str, int], signers: tuple[str, ...] = TWO, **other: Any) -> str:
    """Facts are referred, from these entries."""
    link, line = linked(world, *places)
    return id_of(world.executive("referral.make/1", BODY | other | {"link": link}, signers, line))


def test_it_opens_a_dossier_that_no_unit_is_party_to() -> None:
    """From a report, a case, or nothing at all; the accused opens nothing of it, nor does its case show it."""
    world = staffed()
    report, case = reported(world), heard(world)
    before = folded(world, case)
    for places in ([], [(report, 1)], [(case, 1), (report, 1)]):
        assert folded(world, referred(world, *places)).parties == ("exec",)
    assert folded(world, case) == before
    assert of_party(world.stage.office.store, ACCUSED)
    assert not [one for one in of_party(world.stage.office.store, ACCUSED) if "referral" in one.entry.act.type]


def test_two_of_secretary_and_caseworker_refer() -> None:
    """One alone GY-05-02, a clerk GY-05-01; of a served notice, which is neither report nor case: bad-link."""
    world = staffed()
    with world.refused("GY-05-02", enough=2):
        referred(world, signers=(SECRETARY,))
    with world.refused("GY-05-01", officer=CLERK):
        referred(world, signers=(SECRETARY, CLERK))
    case = heard(world)
    with world.out_of_turn("bad-link"):
        referred(world, (case, 2))


def test_it_stops_no_clock_and_needs_no_force() -> None:
    """The reply is due as before; between effect and force it can be done, before effect not."""
    world = staffed()
    case = heard(world)
    referred(world, (case, 1))
    assert iso(reply_by(world.inst, folded(world, case), from_iso("2026-06-01")).last) == "2026-06-16"
    assert opened_case(world)
    early = Alliance(members=3, initiators=3).adopted()
    referred(early)
    before = Alliance(members=3, initiators=3).submitted().on("2026-02-02")
    with before.out_of_turn("not-effective"):
        referred(before)
