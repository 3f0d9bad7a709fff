"""Doing things in dossiers: a petition of the first member, and acts in it as the office's own, or by force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongyue.book.dossiers import whole
from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.governance.acts import Place, Received
from gongyue.governance.dossier import Dossier
from gongyue.office.openings import found_by
from gongyue.office.sources import StoreSources
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from support.alliance import CASEWORKER, FIRST, SECRETARY, Alliance, commitment_to
from support.published import placed
from support.sealed import keep

TEXT = commitment_to("诉求")
PETITION = {"kind": "demand", "text": TEXT}


def commitments(*names: str) -> list[str]:
    """Salted commitments to documents, by name."""
    return [commitment_to(name) for name in names]


def petition(world: Alliance, unit: str = FIRST) -> str:
    """A unit submits a petition; the id of its dossier."""
    return id_of(world.unit("petition.submit/1", unit, PETITION))


def id_of(receipt: Receipt) -> str:
    """The id of the dossier that the act of this receipt opened."""
    return f"d:{receipt.act.removeprefix('sha256:')}"


def signed(
    world: Alliance, type: str, dossier: str, body: Mapping[str, Any], *signers: str, actor: str = "exec", **other: Any
) -> SignedAct:
    """An act in a dossier, on its last entry."""
    return world.stage.signed(type, actor, body, signers, dossier=dossier, **other)


def done(
    world: Alliance, type: str, dossier: str, body: Mapping[str, Any], *signers: str, actor: str = "exec", **other: Any
) -> Receipt:
    """The same, recorded by the office."""
    return world.stage.office.handle(signed(world, type, dossier, body, *signers, actor=actor, **other))


def noted(world: Alliance, dossier: str, unit: str = FIRST, **body: Any) -> Receipt:
    """A party's note."""
    return done(world, "dossier.note/1", dossier, body, unit, actor=unit)


def assigned(
    world: Alliance, dossier: str, role: str = "caseworker", officers: Sequence[str] = (CASEWORKER,)
) -> Receipt:
    """The secretary assigns officers who declare no interest."""
    body = {"role": role, "officers": [{"officer": one, "interests": []} for one in officers]}
    return done(world, "dossier.assign/1", dossier, body, SECRETARY)


def answered(world: Alliance, dossier: str, answer: str = "forwarded", **other: Any) -> Receipt:
    """The secretary answers a petition."""
    return done(
        world, "petition.answer/1", dossier, {"answer": answer, "docs": commitments(answer)}, SECRETARY, **other
    )


def folded(world: Alliance, dossier: str) -> Dossier:
    """The dossier as the office has it."""
    return whole(world.inst, StoreSources(world.stage.office.store), dossier)


def opened(world: Alliance, dossier: str) -> list[bytes]:
    """The disclosure lines of a dossier, by place."""
    kept = found_by(world.stage.office.store, in_dossier(dossier))
    return [one.line for one in sorted(kept, key=lambda one: one.entry.rx.n or 0)]


def forced_in(
    world: Alliance, act: SignedAct, place: Place | None = None, arrived: int | None = None, size: int | None = None
) -> bytes:
    """An office without law records an act in a dossier, at the place it likes; returns what opens it."""
    at = place or placed(world, act)
    assert at is not None
    time = max(world.stage.now, world.inst.now) if arrived is None else arrived
    rx = Received(time, world.inst.size if size is None else size, at.dossier, at.n, at.prev)
    office = world.stage.office
    known = office.store.find(SEALED, act.digest)
    return keep(office, act.leaf(rx), act.digest if known is None else "")
