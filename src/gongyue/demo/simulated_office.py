"""A stage for stories: an office with a settable clock and keys derived from the public demo seed.

The demonstration and the tests tell their stories on it; every act goes through the one door as in real life.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct, decode
from gongyue.book.receipts import Receipt
from gongyue.book.signing import key_id, sign
from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.acts import Entry, View, act_type_of
from gongyue.governance.clock import clock, far_after
from gongyue.governance.institution import Institution
from gongyue.office import links
from gongyue.office.dossier_documents import enclosed, file
from gongyue.office.fork_guard import ForkGuard
from gongyue.office.keys import DEMO_SEED, demo_keys, demo_seed
from gongyue.office.office import Office
from gongyue.office.routine_acts import ANCHOR, do
from gongyue.office.store import OPEN, Store
from gongyue.sealing.commitment import salted
from gongyue.transparency import canonical, ed25519

BEIJING = timezone(timedelta(hours=8))
ORIGIN = "gongyue.example/zgc-bigdata"


def beijing(text: str) -> int:
    """The Unix time of "YYYY-MM-DD HH:MM" in Beijing."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING).timestamp())


seed_of = demo_seed


def public_of(name: str) -> str:
    """A demonstration key's name."""
    return key_id(ed25519.public(seed_of(name)))


class SimulatedOffice:
    """An office on a stage: `at` sets the clock, `exec`/`unit`/… do acts, `receipts` keeps every receipt."""

    folder: Path | None = None
    """The office's folder, where documents are kept; without one they are kept nowhere."""

    def __init__(
        self, store: Store, guard: Path | None = None, origin: str = ORIGIN, folder: Path | None = None
    ) -> None:
        self.origin, self._now, self._drawn = origin, 0, 0
        keys = demo_keys(origin)
        self.office = Office(store, keys, ForkGuard(guard), lambda: self._now, self._draw)
        self.folder = folder
        self.receipts: list[Receipt] = []

    @property
    def now(self) -> int:
        """The office's clock. Set far on, the office was at work meanwhile: a few anchors, none in the slot it is set to."""
        return self._now

    @now.setter
    def now(self, time: int) -> None:
        while self.inst.genesis and clock(self.inst, time).off == "ahead":
            by_then = min(self.inst.now + far_after(self.inst), time - self.inst.genesis.slot_seconds)
            self._now = max(self._now, by_then)
            do(self.office, ANCHOR)
        self._now = time

    def leap(self, time: int) -> None:
        """Set the clock to any time, as a clock goes wrong: nothing is done meanwhile."""
        self._now = time

    def _draw(self, count: int) -> bytes:
        """Deterministic: the same story gives the same books, byte for byte."""
        self._drawn += 1
        return hashlib.shake_256(DEMO_SEED + self._drawn.to_bytes(8, "big")).digest(count)

    @property
    def inst(self) -> Institution:
        """The institution now."""
        return self.office.inst

    def at(self, text: str) -> SimulatedOffice:
        """Set the clock to "YYYY-MM-DD HH:MM" Beijing time."""
        self.now = beijing(text)
        return self

    def signed(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        files: Iterable[bytes] = (),
        paper: Mapping[str, str] | None = None,
        at: int | None = None,
        view: View | None = None,
        dossier: str = "",
        to: str | None = None,
    ) -> SignedAct:
        """An act signed by the demonstration keys of `signers` (holders' ids); in a dossier, on its last entry.

        Where it carries a link and the body states none, one that names nothing is made for it.
        """
        if act_type_of(type).linked and "link" not in body:
            link, line = links.made(self._draw(32), ())
            body, files = {**body, "link": link}, [*files, line]
        on, answered = self.office.seen_in(act_type_of(type), actor, body, dossier)
        act = draft_act(
            self.inst,
            self.office.rev,
            view or self.office.view(),
            type,
            actor,
            body,
            seq=self.office.next_seq(act_type_of(type), actor, public_of(signers[0]), body),
            at=self.now if at is None else at,
            nonce=self._draw(32),
            cov=self.origin,
            paper=paper,
            files={canonical.digest(f): f for f in files},
            on=on,
            to=to or answered,
        )
        for signer in signers:
            act = sign(act, seed_of(signer))
        return act

    def do(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        files: Iterable[bytes] = (),
        paper: Mapping[str, str] | None = None,
        dossier: str = "",
        to: str | None = None,
    ) -> Receipt:
        """Do an act through the office; raises what the office raises."""
        act = self.signed(type, actor, body, signers, files, paper, dossier=dossier, to=to)
        filed = self.folder is not None and enclosed(act)
        receipt = file(self.office, self.folder, act) if self.folder is not None and filed else self.office.handle(act)
        self.receipts.append(receipt)
        return receipt

    def executive(
        self,
        type: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        files: Iterable[bytes] = (),
        paper: Mapping[str, str] | None = None,
    ) -> Receipt:
        """An act of the executive body."""
        return self.do(type, EXECUTIVE, body, signers, files, paper)

    def unit(self, type: str, unit: str, body: Mapping[str, Any] | None = None, files: Iterable[bytes] = ()) -> Receipt:
        """An act of a unit, signed with its own key."""
        return self.do(type, unit, body or {}, [unit], files)

    def entry(self, index: int) -> Entry:
        """The open book's entry at that index."""
        leaf = self.office.store.leaf(OPEN, index)
        assert leaf is not None
        return decode(leaf).entry

    def checkpoint(self) -> bytes:
        """The open book's latest checkpoint note."""
        head = self.office.store.head(OPEN)
        return head.note if head else b""


def text_object(text: str) -> tuple[str, bytes]:
    """A text as an object: (digest, bytes)."""
    data = text.encode("utf-8")
    return canonical.digest(data), data


def document_of(text: str) -> tuple[str, bytes]:
    """A document of the story whose text the law reads: (commitment, its bytes with a salt of its own)."""
    data = salted(hashlib.sha256(DEMO_SEED + b"\nsalt\n" + text.encode()).digest(), text.encode())
    return canonical.digest(data), data


def json_object(value: Any) -> tuple[str, bytes]:
    """A JSON value as an object: (digest, canonical bytes)."""
    data = canonical.encode(value)
    return canonical.digest(data), data


def commitment_to(text: str) -> str:
    """A salted commitment to private content of the story, such as a signatory's name."""
    return "sha256:" + hashlib.sha256(DEMO_SEED + b"\nprivate\n" + text.encode()).hexdigest()


def paper(number: str, dated: str, arrived: str) -> dict[str, str]:
    """The paper an act is recorded from, with the commitment to its scan."""
    return {"scan": commitment_to(f"scan {number} {dated}"), "number": number, "dated": dated, "arrived": arrived}
