"""Bending the course of dossiers: what the office's own gate says of an act, and what verify says where it was recorded all the same."""

from __future__ import annotations

import pytest

from gongyue.book.entry import SignedAct
from gongyue.covenant.rulings import OutOfTurn, Refused
from support.alliance import PANEL, SECRETARY, Alliance, commitment_to
from support.dossiers import forced_in, opened, signed
from support.published import published_by_force, run

PAIR = (SECRETARY, PANEL[0])
REASONS = commitment_to("命令的理由")


def found(world: Alliance, *dossiers: str, lines: bytes = b"") -> tuple[int, str]:
    """What the parties find with all of their dossiers, and what opens links, by exit code and code."""
    world.stage.now += 86_400
    world.tick()
    mine = b"".join(row for one in dossiers for row in opened(world, one)) + lines
    report = run(published_by_force(world), world=world, disclosures=(("mine", mine),))[0]
    return report.code, report.failure.code.removeprefix("out-of-turn/") if report.failure else ""


def refused_at_the_gate(world: Alliance, act: SignedAct, code: str) -> None:
    """The office's own gate refuses it with that code."""
    with pytest.raises((Refused, OutOfTurn)) as error:
        world.stage.office.handle(act)
    assert error.value.refusal["code"].removeprefix("out-of-turn/") == code


def caught(world: Alliance, act: SignedAct, code: str, *dossiers: str) -> None:
    """The office's own gate refuses it with that code, and so does verify where it was recorded all the same."""
    refused_at_the_gate(world, act, code)
    forced_in(world, act)
    assert found(world, *dossiers) == (3, code)


def order(world: Alliance, dossier: str, what: str, ground: str, *signers: str) -> SignedAct:
    """An order, not handed in."""
    body = {"what": what, "ground": ground, "reasons": REASONS}
    return signed(world, "dossier.order/1", dossier, body, *(signers or PAIR))
