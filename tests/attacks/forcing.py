"""Writing books by force for the attacks: entries the office's own gate, and its store's memory of acts, would never take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.demo.simulated_office import public_of, seed_of
from gongyue.governance.acts import act_type_of
from gongyue.office.routine_acts import statement, system_act
from gongyue.office.sources import NO_HEAD
from gongyue.office.store import OPEN, Head, NewLeaf, Writing
from gongyue.transparency import merkle
from gongyue.verifying.report import Report
from support.alliance import CLERK, TWO, Alliance, paper
from support.published import placed, published_by_force, run
from support.sealed import keep

HOUR = 3600
BALLOT = {"vote": "p:1", "choice": "consent"}


def voting(members: int = 5, **adopted: Any) -> Alliance:
    """A vote on p:1, open since 2026-10-12."""
    return Alliance(members=members).in_force(**adopted).on("2026-10-12").vote_open()


def today(world: Alliance) -> str:
    """The day the clock shows."""
    return iso(day_of(world.stage.now))


def letter(world: Alliance) -> dict[str, str]:
    """A paper dated and arrived today."""
    return paper(f"attack {world.stage.now}", today(world), today(world))


def ballot(world: Alliance, unit: str, choice: str = "consent", signers: Sequence[str] = (), **other: Any) -> SignedAct:
    """A ballot, not handed in."""
    world.stage.office.next_seq(act_type_of("vote.ballot/1"), unit, public_of(unit), BALLOT)
    by = signers or (TWO if other.get("paper") else [unit])
    return world.stage.signed("vote.ballot/1", unit, BALLOT | {"choice": choice}, by, **other)


def application(world: Alliance, number: int = 50) -> tuple[str, SignedAct]:
    """A practitioner's application, signed with its own key, not handed in; and who it is."""
    code = fictional_code(number)
    unit = world.inst.by_code.get(code, f"u:{code.lower()}")
    body = {"name": f"申请单位{number}", "code": code, "domestic": True, "accepts": True}
    body |= {"activities": ["vertical"], "other": "", "key": public_of(unit), "alg": "ed25519"}
    return unit, world.stage.signed("membership.apply/1", unit, body, [unit])


def countersigned(act: SignedAct, officer: str = CLERK) -> SignedAct:
    """A unit's own signed act with an officer's signature put before the unit's."""
    both = sign(act, seed_of(officer))
    return replace(both, sigs=(both.sigs[-1], *both.sigs[:-1]))


def unsigned(act: SignedAct) -> SignedAct:
    """An act without any signature, and so without a number."""
    return replace(act, act={name: value for name, value in act.act.items() if name != "seq"}, sigs=())


def sealed(world: Alliance, act: SignedAct, arrived: int | None = None, size: int | None = None) -> bytes:
    """Seal an act, also one that was sealed before, as if it arrived then after so many open acts; returns what opens it."""
    time = max(world.stage.now, world.inst.now) if arrived is None else arrived
    size = world.inst.size if size is None else size
    return keep(world.stage.office, act.received(time, size, placed(world, act)))


def recorded(world: Alliance, act: SignedAct) -> None:
    """Record an open act, also one that was recorded before."""
    data = act.received(max(world.stage.now, world.inst.now))
    with world.stage.office.store.writing() as tx:
        for digest, content in act.files().items():
            tx.put_object(digest, content, public=True)
        _append(world, tx, OPEN, data)


def _append(world: Alliance, tx: Writing, book: str, data: bytes) -> int:
    head = tx.head(book) or NO_HEAD
    frontier = merkle.Frontier.from_bytes(head.frontier)
    hashed = merkle.leaf_hash(data)
    frontier.append(hashed)
    index = tx.append(book, [NewLeaf(data, hashed, None)])
    note = world.stage.office.keys.head_note(book, frontier.size, frontier.root())
    tx.set_head(book, Head(frontier.size, frontier.root(), frontier.to_bytes(), note))
    return index


def ended(world: Alliance) -> Alliance:
    """The window is over and anchored, the vote not closed."""
    world.after_window().anchor()
    return world


def closed(world: Alliance, openings: bool = True, **stated: Any) -> dict[str, Any]:
    """The close is recorded as the office counts it, with what it states changed; returns what it says."""
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    body |= stated
    recorded(world, system_act(world.stage.office, "vote.close/1", body, files if openings else {}))
    return body


def strayed(world: Alliance, days: int = 5) -> Alliance:
    """The clock jumps ahead, two officers confirm it."""
    world.stage.leap(world.inst.now + days * DAY)
    world.executive("clock.confirm/1", {"last": world.inst.now, "time": world.stage.now}, TWO)
    return world


def recovered(world: Alliance, time: int) -> Alliance:
    """Two officers return to a time."""
    world.stage.leap(time)
    world.executive("clock.recover/1", world.stage.office.false_time(time), TWO)
    return world


def verified(world: Alliance, **kept: Any) -> Report:
    """What verify says of the books as they are written."""
    return run(published_by_force(world), world=world, **kept)[0]


def refused(world: Alliance, code: str = "", **kept: Any) -> None:
    """The book is unlawful, under that code where one is expected, or tampered with."""
    report = verified(world, **kept)
    assert report.code in (2, 3), "真实且合规"
    assert not code or (report.failure is not None and report.failure.code == code), report.failure


def scene(there: bool) -> None:
    """What the attack needs has come about; where it has not, the office already refuses or counts otherwise: look again."""
    if not there:
        raise RuntimeError("the scene is not set")
