"""Telling a lie with every key of the executive body: a lawful act in a prepared book, one field of it changed, and verify.

A matter's module lists what is lawful in a situation and the lies told in it. The situations are told once; a lie adds
one entry to their book, past every office, and verify goes on from the state before it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from gongyue.book import disclosure
from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.parties import EXECUTIVE, SYSTEM
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.acts import ACT_TYPES, Book, Received, act_type_of
from gongyue.office.store import OPEN, SEALED
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical, merkle
from gongyue.transparency.notes import Signer
from gongyue.verifying import state
from gongyue.verifying.noted import Noted
from gongyue.verifying.report import Report
from support.alliance import TWO, Alliance
from support.hostile_acts import published
from support.published import Files, forced, forced_sealed, placed, published_by_force, run, vkey
from support.sealed import lines_of
from support.told import Told

ACTOR = "act.actor"
Situation = Callable[[], Alliance]
Said = Any
"""What a field says; or, asked of the world and of the true body, what it says."""
Body = Mapping[str, Any] | Callable[[Alliance], Mapping[str, Any]]
Files_ = Sequence[bytes] | Callable[[Alliance], Sequence[bytes]]


class Lie(NamedTuple):
    """One field of an act says something else, and why somebody would say so.

    `field`: of its body; `act.…` of its envelope, `rx.…` of what the office adds to it.

    `caught`: the code under which verify names it, empty where nothing does and `why` says whom it does not harm, or
    what shows it. `hole`: it ought to be caught under that code and is not. What else differs from the lawful act:
    `world`, `actor`, `signers`, `paper`, `files`. `altered`: the act was signed as it is lawful, and changed afterwards.
    `later`: what is done next, at which it is found out; of a sealed act it is given what opens it. `kept`: what members
    disclose.
    """

    field: str
    says: Said
    caught: str
    why: str
    world: Situation | None = None
    actor: str | None = None
    signers: Sequence[str] | None = None
    paper: Mapping[str, str] | Callable[[Alliance], Mapping[str, str]] | None = None
    files: Files_ = ()
    altered: bool = False
    later: Callable[[Alliance, bytes], None] | None = None
    kept: Callable[[Alliance], Sequence[bytes]] | None = None
    hole: bool = False


class Lawful(NamedTuple):
    """An act as it is lawful in a situation, and the lies that are told in it."""

    type: str
    world: Situation
    body: Body
    lies: Sequence[Lie]
    actor: str = EXECUTIVE
    signers: Sequence[str] = TWO
    files: Files_ = ()
    paper: Mapping[str, str] | Callable[[Alliance], Mapping[str, str]] | None = None
    kept: Callable[[Alliance], Sequence[bytes]] | None = None
    dossier: Callable[[Alliance], str] = lambda world: ""
    """Of an act within a dossier: which."""
    software: Callable[[], AbstractContextManager[None]] = nullcontext
    """What is told and verified by other software than the situation came about under."""


def lie(field: str, says: Said, caught: str, why: str, **other: Any) -> Lie:
    """A lie that is caught."""
    assert caught
    return Lie(field, says, caught, why, **other)


def harmless(field: str, says: Said, why: str, **other: Any) -> Lie:
    """A lie that nothing in the book refuses, and whom it does not harm or what shows it."""
    return Lie(field, says, "", why, **other)


def hole(field: str, says: Said, caught: str, why: str, **other: Any) -> Lie:
    """A lie that does harm and is not caught yet."""
    return Lie(field, says, caught, why, hole=True, **other)


# -- fields


def fields_of(form: type[msgspec.Struct]) -> list[str]:
    """Every field of a body by its path; of what it contains in turn, `places.url`."""
    return list(_fields(inspect.type_info(form), ""))


def _fields(form: Any, prefix: str) -> Iterator[str]:
    for field in form.fields:
        path = prefix + field.encode_name
        inner = list(_structs(field.type))
        for one in inner:
            yield from _fields(one, path + ".")
        if not inner:
            yield path


def _structs(form: Any) -> Iterator[Any]:
    if isinstance(form, inspect.StructType):
        yield form
        return
    for name in ("item_type", "key_type", "value_type"):
        if (found := getattr(form, name, None)) is not None:
            yield from _structs(found)
    for name in ("types", "item_types"):
        for found in getattr(form, name, ()):
            yield from _structs(found)


def at(value: Any, path: str) -> Any:
    """What stands in a field; of a list, in that of its first item."""
    name, _, rest = path.partition(".")
    found = value[0].get(name) if isinstance(value, list) else value.get(name)
    return at(found, rest) if rest and found else found


def changed(value: Any, path: str, new: Any) -> Any:
    """The same with another value in a field; of a list, in that of its first item."""
    if isinstance(value, list):
        return [changed(value[0], path, new), *value[1:]]
    name, _, rest = path.partition(".")
    return {**value, name: changed(value.get(name, {}), rest, new) if rest else new}


# -- telling


def told(lawful: Lawful, one: Lie | None = None) -> Report:
    """What verify says of the book that ends with the act, as it is lawful or with a lie in it."""
    world = ((one and one.world) or lawful.world)()
    with lawful.software():
        act, received = signed(world, lawful, one)
        kept = (one and one.kept) or lawful.kept
        if one is not None and one.later is not None:
            return _found_later(world, act, received, one.later)
        return verified(world, ACT_TYPES[lawful.type].book, act, received, tuple(kept(world)) if kept else ())


def signed(world: Alliance, lawful: Lawful, one: Lie | None) -> tuple[SignedAct, Received]:
    """The act, and what the office adds to it."""
    body = lawful.body(world) if callable(lawful.body) else lawful.body
    paper = (one and one.paper) or lawful.paper
    paper = paper(world) if callable(paper) else paper
    files = [*_asked(lawful.files, world), *(_asked(one.files, world) if one else ())]
    signers = (one and one.signers) or lawful.signers
    actor = (
        one and (one.says if one.field == ACTOR else one.actor)
    ) or lawful.actor  # whose act it is says what else it has
    act = world.stage.signed(lawful.type, actor, body, signers, files, paper, dossier=lawful.dossier(world))
    kind = ACT_TYPES[lawful.type]
    time = world.stage.now if kind.about_the_clock else max(world.stage.now, world.inst.now)
    received = Received(time, None if kind.public else world.inst.size)
    if (place := placed(world, act)) is not None:
        received = Received(time, world.inst.size, place.dossier, place.n, place.prev)
    if one is None or one.field == ACTOR:
        return act, received
    where, _, path = one.field.partition(".")
    if where not in ("act", "rx"):
        where, path = "body", one.field
    true = {"body": body, "act": act.act, "rx": msgspec.to_builtins(received)}[where]
    says = one.says(world, true) if callable(one.says) else one.says
    assert says != at(true, path), f"{lawful.type} {one.field} says the truth"
    lied = changed(true, path, says)
    if where == "rx":
        return act, Received(**lied)
    fields = lied if where == "act" else {**act.act, "body": lied}
    false = SignedAct(fields, act.sigs, act.objects)
    false = false if one.altered else signed_anew(false, signers)
    if kind.opens:  # whatever it says, it opens the dossier that is named after it
        received = msgspec.structs.replace(received, dossier=f"d:{false.digest.removeprefix('sha256:')}")
    return false, received


def signed_anew(act: SignedAct, signers: Sequence[str]) -> SignedAct:
    """The act with the signatures that what it says now takes."""
    act = SignedAct(act.act, (), act.objects)
    for signer in signers:
        act = sign(act, seed_of(signer))
    return act


def _asked(value: Any, world: Alliance) -> Sequence[bytes]:
    return value(world) if callable(value) else value


class Before(NamedTuple):
    """A world's books as they stand before an act is added."""

    leaves: tuple[bytes, ...]
    sealed: tuple[bytes, ...]
    others: Files
    state: bytes | None


_before: dict[int, tuple[Alliance, Before]] = {}


def before(world: Alliance) -> Before:
    """The books of a situation, which is told once."""
    if id(world) not in _before:
        _before[id(world)] = world, _books(world)
    return _before[id(world)][1]


def _books(world: Alliance) -> Before:
    store = world.stage.office.store
    heads = {book: store.head(book) for book in (OPEN, SEALED)}
    leaves = {book: tuple(store.leaves(book, 0, head.size)) if head else () for book, head in heads.items()}
    files = published_by_force(world)
    fronts = [
        merkle.Frontier.from_bytes(head.frontier) if (head := heads[b]) else merkle.Frontier() for b in (OPEN, SEALED)
    ]
    kept = state.dump(vkey(world), world.inst, *fronts, 0, Noted()) if leaves[OPEN] else None
    others = {path: data for path, data in files.items() if path.startswith(("objects/", "sealed/"))}
    return Before(leaves[OPEN], leaves[SEALED], others, kept)


@lru_cache(64)
def _signer(world: Alliance, name: str) -> Signer:
    seeds = {"open": "book", "sealed": "sealed"}
    return Signer(getattr(world.stage.office.keys, name).verifier.name, seed_of(seeds[name]))


def verified(world: Alliance, book: Book, act: SignedAct, received: Received, kept: Sequence[bytes] = ()) -> Report:
    """What verify says of the world's book with that act at its end; a sealed one is disclosed, with all that it answers."""
    books = before(world)
    if book is Book.SEALED:
        entry, salt = act.leaf(received), bytes(32)
        waiting = [sealed_leaf(one.commitment) for one in world.stage.office.store.pending()]
        own, genesis = sealed_leaf(commit(salt, entry)), world.inst.genesis
        assert genesis is not None
        pads = (sealed_leaf(commit(n.to_bytes(32, "big"), b"pad")) for n in range(1, genesis.quantum + 1))
        short = -(len(waiting) + 1) % genesis.quantum
        placed_now = sorted([*waiting, own, *(next(pads) for _ in range(short))])
        line = disclosure.line(len(books.sealed) + placed_now.index(own), salt, entry)
        leaves = [*books.sealed, *placed_now]
        sealed = published(leaves, _signer(world, "sealed"))
        files = books.others | {f"sealed/{path}": data for path, data in sealed.items()}
        files |= published([*books.leaves, _anchor(world, leaves, received.t)], _signer(world, "open"))
        return _run(world, files, disclosures=(("kept", b"".join([*openings(world), line, *kept])),))
    leaf = act.leaf(received)
    files = books.others | published([*books.leaves, leaf], _signer(world, "open")) | _objects(world, act)
    disclosures = tuple((f"kept-{n}", data) for n, data in enumerate(kept))
    return _run(world, files, state=None if kept else books.state, disclosures=disclosures)


def _anchor(world: Alliance, leaves: Sequence[bytes], after: int) -> bytes:
    """The leaf of the open book that anchors these as soon as it may: nothing sealed is judged before."""
    assert world.inst.genesis is not None
    seconds = world.inst.genesis.slot_seconds
    last = world.inst.anchors[-1].slot if world.inst.anchors else -1
    slot = max(after // seconds, last + 1)
    time = max(after, slot * seconds)
    tree = merkle.Tree()
    for data in leaves:
        tree.append(merkle.leaf_hash(data))
    root = "sha256:" + merkle.root(tree.node, tree.size).hex()
    body = {"slot": slot, "size": len(leaves), "root": root}
    act = world.stage.signed("book.anchor/1", SYSTEM, body, [SYSTEM], at=time)
    return act.leaf(Received(time))


def _run(world: Alliance, files: Files, **request: Any) -> Report:
    return run(files, world=world, **request)[0]


def _objects(world: Alliance, act: SignedAct) -> Files:
    """What comes with the act, and what it names that the office has: as an office publishes it."""
    store, found = world.stage.office.store, act.files()
    for digest in act_type_of(str(act.act["type"])).public_digests(act.act["body"]):
        if digest not in found and (data := store.object(digest)) is not None:
            found[digest] = data
    return {f"objects/sha256/{digest.removeprefix('sha256:')}": data for digest, data in found.items()}


def openings(world: Alliance) -> list[bytes]:
    """Every sealed act of the world, disclosed."""
    return lines_of(world.stage.office)


def again(world: Alliance) -> Alliance:
    """The same world, to go on with."""
    other = copy.copy(world)
    other.stage = Told.of(world.stage).again()
    return other


def _found_later(
    world: Alliance, act: SignedAct, received: Received, later: Callable[[Alliance, bytes], None]
) -> Report:
    """The act stands in the book, and something more is done: what verify says then."""
    world, line = again(world), b""
    if ACT_TYPES[str(act.act["type"])].public:
        by_force = max(world.stage.now, world.inst.now)
        forced(world, act, lambda leaf: leaf.replace(b'"rx":{"t":%d}' % by_force, b'"rx":{"t":%d}' % received.t))
        world.stage.office.catch_up()
    else:
        line = forced_sealed(world, act)
    later(world, line)
    return run(published_by_force(world), world=world)[0]


def digest_of(data: bytes) -> str:
    """The digest by which an object is named."""
    return canonical.digest(data)
