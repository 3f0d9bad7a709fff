"""A published book, verified before anything is read from it: what a remote member drafts against."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gongyue.book.drafting import is_numbered, next_seq
from gongyue.book.entry import SignedAct, decode
from gongyue.book.replay import Replay
from gongyue.cli.errors import InvalidInput
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import ActType, On, View, act_type_of
from gongyue.governance.clock import Clock
from gongyue.governance.dossier import Dossier, next_place
from gongyue.office.dry_run import require_objects
from gongyue.office.index import Index
from gongyue.office.store import Reading
from gongyue.transparency import canonical, tiles

if TYPE_CHECKING:
    from gongyue.verifying.locations import Fetch


class PublishedPlace:
    """A published book, verified: what a remote member drafts against."""

    store: Reading | None = None

    def __init__(self, fetch: Fetch, vkey: str) -> None:
        from gongyue.verifying import state
        from gongyue.verifying.verify import Request, verify

        report, verified = verify(fetch, Request(vkey))
        if verified is None:
            failure = report.failure
            assert failure is not None
            raise InvalidInput(
                f"公开的簿册未通过核验：{failure.zh}", f"The published book does not verify: {failure.en}"
            )
        known = state.load(verified, vkey)
        assert known is not None
        self.fetch, self.inst, self.size, self.root_text = fetch, known.inst, report.size, report.root or ""
        self.sealed_size = report.sealed or 0
        self.rev = canonical.digest(canonical.encode(self.inst.meaning.content()))
        self.view = View(self.root_text, report.size)
        assert self.inst.genesis is not None
        self.clock: Clock | None = None
        self.now = self.inst.now if self.inst.genesis.demo else max(int(time.time()), self.inst.now)
        self.day = day_of(self.now)

    @cached_property
    def index(self) -> Index:
        return Index().catch_up(lambda start, stop: tiles.read_entries(self.fetch, stop, start), self.size)

    def at(self, kind: ActType) -> int:
        return self.now

    def seq(self, kind: ActType, actor: str, key: str, body: Mapping[str, Any]) -> int | None:
        if not kind.public and is_numbered(self.inst, kind, actor, key):
            return 1  # how many it has cast in a vote, only the office and the unit know
        return next_seq(self.inst, kind, actor, key)

    def seen_in(self, kind: ActType, actor: str, body: Mapping[str, Any], dossier: str) -> tuple[On | None, str | None]:
        if kind.within:  # what stands in a dossier, only its parties and the office can open
            raise InvalidInput(
                "公开的簿册里读不到卷：请在办公室的目录里办理，或用网页。",
                "A published book shows no dossier: do this in the office's folder, or on its pages.",
            )
        return None, None

    def leaf(self, index: int) -> bytes | None:
        if not 0 <= index < self.size:
            return None
        return next(tiles.read_entries(self.fetch, self.size, index))

    def object(self, digest: str) -> bytes | None:
        try:
            return self.fetch(f"objects/sha256/{digest.removeprefix('sha256:')}")
        except KeyError:
            return None

    def judge(self, act: SignedAct) -> list[Ruling]:
        replay = Replay(_Published(self, act.files()), self.inst)
        kind = act_type_of(str(act.act.get("type")))
        place = next_place(Dossier(), kind, act.digest) if kind.opens else None
        rulings = replay.judge(decode(act.received(self.now, None if kind.public else self.inst.size, place)))[0]
        require_objects(act, self.object)
        return rulings

    def sealed_leaves(self) -> list[bytes]:
        read = tiles.read_bundles(lambda path: self.fetch(f"sealed/{path}"), self.sealed_size)
        return [leaf for _, leaves in read for leaf in leaves]


class _Published:
    """A published book as what acts name is read from, with the files of an act not yet handed in."""

    def __init__(self, place: PublishedPlace, files: dict[str, bytes]) -> None:
        self.place, self.files = place, files

    def object(self, digest: str) -> bytes | None:
        return self.files.get(digest) or self.place.object(digest)

    def handed(self, digest: str) -> bytes | None:
        return self.files.get(digest)

    def leaf(self, index: int) -> bytes | None:
        return self.place.leaf(index)

    def sealed_leaf(self, index: int) -> bytes | None:
        return None

    def root(self, size: int) -> str | None:
        return self.place.root_text if size == self.place.size else None

    def sealed_root(self, size: int) -> str | None:
        return None

    opens_all = False
    judged = False

    def opened(self, vote: str = "") -> Iterator[tuple[int, str, bytes]]:
        return iter(())

    def dossier(self, id: str) -> Iterator[tuple[int, bytes]]:
        return iter(())

    def opening(self, commitment: str) -> bytes | None:
        return None
