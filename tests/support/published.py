"""A published book as a mapping of paths to bytes, and how it looks after someone has laid hands on it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import fictional_code
from gongyue.governance.acts import Place
from gongyue.office.dossiers import place_now
from gongyue.office.publishing import publish
from gongyue.office.sources import NO_HEAD, StoreSources
from gongyue.office.store import OPEN, SEALED, Head, NewLeaf, Writing
from gongyue.transparency import merkle
from gongyue.verifying.report import Report
from gongyue.verifying.verify import Request, verify
from support.alliance import FIRST, SECRETARY, Alliance, commitment_to, three_quarters
from support.sealed import keep

Files = dict[str, bytes]
QUANTUM = 5
"""By so many leaves the story's sealed book grows before each anchor: it takes more than one tile all the same."""


def files_of(world: Alliance) -> Files:
    """What the office publishes."""
    with tempfile.TemporaryDirectory() as folder:
        publish(world.stage.office, Path(folder))
        return {str(p.relative_to(folder)): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


@cache
def story() -> Alliance:
    """A small alliance with an amendment voted on, an annex signed, an admission granted, a petition forwarded, a list published.

    It pads by few leaves: a hundred thousand damaged copies of it are hashed, and two tiles say as much of them as five.
    """
    world = Alliance(members=4, initiators=2, quantum=QUANTUM).in_force().on("2026-05-06")
    world.grant(world.apply(50))
    world.compare(f"u:{fictional_code(50).lower()}")
    world.vote_open(three_quarters(world.edition)).cast_by(4).cast("abstain", FIRST).cast("consent", FIRST).close()
    world.report()
    world.publish_amendment()
    petition = world.unit("petition.submit/1", FIRST, {"kind": "demand", "text": commitment_to("诉求")})
    dossier = f"d:{petition.act.removeprefix('sha256:')}"
    answer = {"answer": "forwarded", "docs": [commitment_to("函")]}
    world.stage.do("petition.answer/1", "exec", answer, [SECRETARY], dossier=dossier)
    world.stage.do("dossier.note/1", FIRST, {"complete": True}, [FIRST], dossier=dossier)
    world.end("u:0004")
    world.on("2026-07-01").tick()
    return world


@cache
def _story_files() -> Files:
    return files_of(story())


def story_files() -> Files:
    """Its files, to change at will."""
    return dict(_story_files())


def vkey(world: Alliance | None = None) -> str:
    """The open book's verifier key."""
    return (world or story()).stage.office.keys.open.verifier.vkey


def run(files: Mapping[str, bytes], world: Alliance | None = None, **request: Any) -> tuple[Report, bytes | None]:
    """Verify files under the story's key."""
    return verify(files.__getitem__, Request(request.pop("vkey", vkey(world)), **request))


def code(files: Mapping[str, bytes], **request: Any) -> int:
    """The exit code."""
    return run(files, **request)[0].code


def forced(world: Alliance, act: SignedAct, change: Callable[[bytes], bytes] = lambda leaf: leaf) -> int:
    """The office records an act without asking the law, as a dishonest office would; returns its index."""
    data = change(act.received(max(world.stage.now, world.inst.now)))
    with world.stage.office.store.writing() as tx:
        for digest, content in act.files().items():
            tx.put_object(digest, content, public=True)
        return appended(world, tx, OPEN, data, act.digest)


def forced_sealed(world: Alliance, act: SignedAct, arrived: int | None = None, size: int | None = None) -> bytes:
    """The same under seal, as if it had arrived then, after so many open acts; returns what opens it."""
    time = max(world.stage.now, world.inst.now) if arrived is None else arrived
    size = world.inst.size if size is None else size
    return keep(world.stage.office, act.received(time, size, placed(world, act)), act.digest)


def placed(world: Alliance, act: SignedAct) -> Place | None:
    """The place the office would give a sealed act in its dossier; None of one in none."""
    return place_now(world.inst, StoreSources(world.stage.office.store), act)


def appended(world: Alliance, tx: Writing, book: str, data: bytes, digest: str) -> int:
    head = tx.head(book) or NO_HEAD
    frontier = merkle.Frontier.from_bytes(head.frontier)
    hashed = merkle.leaf_hash(data)
    frontier.append(hashed)
    index = tx.append(book, [NewLeaf(data, hashed, digest)])
    note = world.stage.office.keys.head_note(book, frontier.size, frontier.root())
    tx.set_head(book, Head(frontier.size, frontier.root(), frontier.to_bytes(), note))
    return index


def published_by_force(world: Alliance) -> Files:
    """The store's books as files, although the office itself would no longer fold them."""
    from gongyue.transparency import tiles

    office, store = world.stage.office, world.stage.office.store
    with tempfile.TemporaryDirectory() as folder:
        for book, name in ((OPEN, ""), (SEALED, "sealed")):
            head = store.head(book)
            if head is None:
                continue
            place = Path(folder) / name
            tiles.publish(
                place,
                lambda start, stop, book=book: store.leaves(book, start, stop),
                lambda level, index, book=book: store.node(book, level, index),
                0,
                head.size,
            )
            (place / "checkpoint").write_bytes(head.note)
        for digest in store.public_objects():
            path = Path(folder) / "objects" / "sha256" / digest.removeprefix("sha256:")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.object(digest) or b"")
        assert office is not None
        return {str(p.relative_to(folder)): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


def receipts() -> list[tuple[str, Receipt]]:
    """The story's receipts, named."""
    return [(f"receipt-{n}", receipt) for n, receipt in enumerate(story().stage.receipts)]
