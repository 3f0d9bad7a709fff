"""Doing things in dossiers: a petition of the first member, and acts in it as the office's own, or by force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongyue.book.dossiers import whole
from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import Place, Received
from gongyue.governance.dossier import Dossier
from gongyue.office.openings import course as course_of
from gongyue.office.openings import found_by
from gongyue.office.sources import StoreSources
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from gongyue.transparency import canonical
from support.alliance import CASEWORKER, FIRST, PUBLISHER, SECRETARY, TWO, Alliance, commitment_to, paper, text_object
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
    """The secretary answers a petition; the authority's answer two officers record from its paper."""
    signers = TWO if answer == "replied" else (SECRETARY,)
    if answer == "replied":
        day = iso(day_of(world.stage.now))
        other = {"paper": paper("示主管函〔2026〕21号", day, day)} | other
    body = {"answer": answer, "docs": commitments(answer)}
    return done(world, "petition.answer/1", dossier, body, *signers, **other)


def consented(world: Alliance, dossier: str, text: str | None = "请反映：评估周期过长。", unit: str = FIRST) -> str:
    """The member consents that this text on its petition is published, or takes that back; the digest of the text."""
    digest, data = text_object(text) if text else (None, b"")
    files = [data] if text else []
    done(world, "petition.consent/1", dossier, {"text": digest}, unit, actor=unit, files=files)
    return digest or ""


def published(world: Alliance, dossier: str, text: str, *signers: str, course: bytes | None = None) -> Receipt:
    """Two officers publish a petition, whose dossier is opened as it is anchored."""
    lines = course_of(world.stage.office.store, dossier) if course is None else course
    body = {"text": text, "course": canonical.digest(lines)}
    return world.executive("petition.publish/1", body, signers or (PUBLISHER, SECRETARY), lines)


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
