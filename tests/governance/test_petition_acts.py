"""Petitions: submitted by members, forwarded or explained within P10, the authority's answer recorded (article 14)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.petition import answer_by, late_days, sealed_duties
from gongyue.office.owed_acts import pending
from support.alliance import CLERK, FIRST, OUTSIDER, SECRETARY, TWO, Alliance, paper
from support.dossiers import PETITION, answered, commitments, done, folded, id_of, noted, petition
from support.editions import TEXT, edition_of


def in_force() -> Alliance:
    """Five members, on 2026-06-01."""
    return Alliance(members=5, initiators=2).in_force().on("2026-06-01")


def due(world: Alliance) -> list[tuple[str, str, str]]:
    """(whose petition, target, last day) of what is owed."""
    found = sealed_duties(world.inst, pending(world.stage.office.store))
    return [(d.matter, iso(d.target), iso(d.last)) for d in found]


@pytest.mark.parametrize("kind", ["wish", "demand", "interest"])
def test_a_member_submits_a_petition_that_opens_a_dossier(kind: str) -> None:
    """Its kind and the day are there, its text is a commitment, and P10 runs: 06-01 + 15 days."""
    world = in_force()
    dossier = id_of(world.unit("petition.submit/1", FIRST, PETITION | {"kind": kind}))
    found = folded(world, dossier)
    assert found.petition is not None and (found.petition.kind, iso(found.petition.since)) == (kind, "2026-06-01")
    assert due(world) == [(FIRST, "2026-06-16", "2026-06-16")]


def test_only_a_member_submits_one_and_only_in_force() -> None:
    """An outsider with a key, a unit that left: not-member; before publication: not-in-force; on paper two officers record it."""
    world = in_force()
    for unit in (OUTSIDER, world.left):
        with world.out_of_turn("not-member"):
            world.unit("petition.submit/1", unit, PETITION)
    world.on_paper("petition.submit/1", FIRST, PETITION, "2026-06-01", "2026-06-01")
    before = Alliance(members=5, initiators=2).adopted()
    with before.out_of_turn("not-in-force"):
        before.unit("petition.submit/1", FIRST, PETITION)


def test_a_text_without_the_clause_has_no_petitions() -> None:
    """Article 14 without the words 及时向政府主管部门反映: the capability is off."""
    silent = edition_of(TEXT.replace("及时向政府主管部门反映成员单位的意愿和要求，", ""))
    world = Alliance(members=3, initiators=3, text=silent).in_force()
    with world.out_of_turn("capability-off", name="petition.forward"):
        world.unit("petition.submit/1", FIRST, PETITION)


@pytest.mark.parametrize(("day", "late"), [("2026-06-15", 0), ("2026-06-16", 0), ("2026-06-17", 1)])
def test_14_e1_a_petition_is_forwarded_within_p10_and_late_is_recorded_as_late(day: str, late: int) -> None:
    """Submitted 06-01: day 15 is 06-16, in time; day 16 is one day late, and is taken all the same."""
    world = in_force()
    dossier = petition(world)
    world.on(day)
    answered(world, dossier)
    found = folded(world, dossier).petition
    assert found is not None and iso(answer_by(world.inst, found.since).last) == "2026-06-16"
    assert late_days(world.inst, found, day_of(world.stage.now)) == late
    assert due(world) == []


def test_an_unanswered_petition_grows_later_by_the_day_and_a_new_p10_reaches_the_next_ones_only() -> None:
    """On 06-20 four days late; P10 = 30 since 06-10 is for what came after that day."""
    world = in_force()
    dossier = petition(world)
    world.on("2026-06-10").issue("P10", 30, article=14)
    world.on("2026-06-12")
    petition(world, "u:0002")
    world.on("2026-06-20")
    found = folded(world, dossier).petition
    assert found is not None and late_days(world.inst, found, day_of(world.stage.now)) == 4
    assert due(world) == [(FIRST, "2026-06-16", "2026-06-16"), ("u:0002", "2026-07-12", "2026-07-12")]


def test_it_is_forwarded_or_explained_once_and_the_authoritys_answer_comes_after_forwarding() -> None:
    """A reply first, or after an explanation: not-forwarded; each a second time: already; a clerk: GY-05-01."""
    world = in_force()
    dossier, other = petition(world), petition(world, "u:0002")
    with world.out_of_turn("not-forwarded", dossier=dossier):
        answered(world, dossier, "replied")
    with world.refused("GY-05-01", officer=CLERK):  # who only records answers from paper
        done(world, "petition.answer/1", dossier, {"answer": "forwarded", "docs": commitments("x")}, CLERK)
    answered(world, dossier, "forwarded")
    first = folded(world, dossier).entries[0].digest
    for answer in ("forwarded", "explained"):
        with world.out_of_turn("already"):
            answered(world, dossier, answer, to=first)
    with world.out_of_turn("dossier-unanswered"):
        answered(world, dossier, "explained")
    with world.out_of_turn("not-forwarded"):
        answered(world, dossier, "replied", to=first)
    answered(world, dossier, "replied")
    with world.out_of_turn("already"):
        answered(world, dossier, "replied")
    answered(world, other, "explained")
    with world.out_of_turn("not-forwarded"):
        answered(world, other, "replied")
    found = folded(world, dossier).petition
    assert found is not None and found.answered == found.forwarded == found.replied == day_of(world.stage.now)


def test_a_petition_withdrawn_is_owed_nothing() -> None:
    """The member completes its file, and withdraws: off the due list, and no answer is taken."""
    world = in_force()
    dossier = petition(world)
    noted(world, dossier, complete=True, docs=commitments("annex"))
    assert len(due(world)) == 1
    noted(world, dossier, withdrawn=True)
    assert due(world) == []
    with world.out_of_turn("dossier-closed"):
        answered(world, dossier)


def test_a_petition_on_paper_is_noted_on_paper() -> None:
    """Two officers record a keyless member's note from its letter; in another unit's name there is no such dossier."""
    world = in_force()
    dossier = petition(world)
    letter = paper("补充材料", "2026-06-01", "2026-06-01")
    done(world, "dossier.note/1", dossier, {"complete": True}, *TWO, actor=FIRST, paper=letter)
    with world.out_of_turn("not-found", what=dossier):
        done(world, "dossier.note/1", dossier, {"complete": True}, *TWO, actor="u:0002", paper=letter)
    assert folded(world, dossier).n == 2
    assert SECRETARY in TWO
