"""The forger: an office with every key of the executive body that never asks `step`.

What it signs is well formed, in sequence, pinned to its own book and signed with registered keys: by its bytes
nobody can tell it from an honest office. It holds no member's key; where a cheat needs one, it makes a new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from gongyue.book.drafting import draft_act, next_seq
from gongyue.book.entry import Leaf, SignedAct, decode
from gongyue.book.replay import Replay
from gongyue.book.signing import key_id, sign
from gongyue.covenant.parties import EXECUTIVE, SYSTEM
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.cheats.forged_books import ForgedBooks
from gongyue.demo.simulated_office import BEIJING, beijing
from gongyue.governance.acts import Entry, Filing, On, Place, View, act_type_of, decode_body
from gongyue.governance.dossier import Dossier, next_place
from gongyue.governance.institution import Institution
from gongyue.office.keys import BookKeys
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical, ed25519

HANDED = "party.jsonl"
"""Where a party finds what it is handed, beside the forged books."""
PACK = "party.zip"
"""Where it finds its evidence pack."""
_UNAPPLIED = (OutOfTurn, KeyError, AssertionError, StopIteration)
"""What applying an unlawful act to the institution may run into; then it is left as it was."""


class Forger:
    """Goes on from the kept part of the true books; `at` sets the clock, `act` and `seal` add what it likes."""

    def __init__(self, ledger: ForgedBooks, keys: BookKeys, officers: Mapping[str, bytes], seed: bytes) -> None:
        self.ledger, self.keys = ledger, keys
        self.seeds: dict[str, bytes] = {**officers, SYSTEM: keys.system}
        self._seed, self._drawn = seed, 0
        self.replay = Replay(ledger)
        for data in ledger.leaves:
            self.replay.add(decode(data))
        self.now = self.inst.now
        self.handed = b""
        """What a party is handed to open its dossier with: written beside the books."""
        self.packs: Callable[[Path], None] | None = None
        """Makes the evidence pack that a party is handed, of the books in that folder."""

    @property
    def inst(self) -> Institution:
        """The institution as the forged book has it, as far as one can say."""
        return self.replay.inst

    def draw(self, count: int) -> bytes:
        """Bytes that look random, the same each time."""
        self._drawn += 1
        return hashlib.shake_256(self._seed + self._drawn.to_bytes(8, "big")).digest(count)

    def nothing(self) -> bytes:
        """A sealed leaf that commits to nothing anyone could open."""
        return sealed_leaf("sha256:" + self.draw(32).hex())

    def at(self, text: str) -> Forger:
        """Set the clock to "YYYY-MM-DD HH:MM"."""
        self.now = beijing(text)
        return self

    def later(self, **by: int) -> Forger:
        """Move the clock on."""
        self.now += int(timedelta(**by).total_seconds())
        return self

    def day(self, after: int = 0) -> str:
        """The Beijing date of the clock, or some days after it."""
        return (datetime.fromtimestamp(self.now, BEIJING) + timedelta(days=after)).strftime("%Y-%m-%d")

    def new_key(self, holder: str) -> str:
        """A fresh key the forger holds, under a name of its own; returns the key's id."""
        self.seeds[holder] = self.draw(32)
        return key_id(ed25519.public(self.seeds[holder]))

    def object(self, data: bytes) -> str:
        """Keep an object; returns its digest."""
        digest = canonical.digest(data)
        self.ledger.objects[digest] = data
        return digest

    # -- signing whatever it likes

    def act(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        paper: Mapping[str, str] | None = None,
        files: Iterable[bytes] = (),
    ) -> int:
        """Append an act to the open book, lawful or not; returns its index."""
        for data in files:
            self.object(data)
        signed = self._signed(type, actor, body, signers, paper)
        leaf = decode(signed.received(self.now))
        index = self.ledger.append(leaf.data)
        try:
            self.replay.add(leaf)
        except (Refused, OutOfTurn):
            self.replay.inst = self._forced(leaf)
        return index

    def executive(self, type: str, body: Mapping[str, Any], *signers: str, files: Iterable[bytes] = ()) -> int:
        """An act of the executive body."""
        return self.act(type, EXECUTIVE, body, signers, files=files)

    def seal(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        paper: Mapping[str, str] | None = None,
        on: On | None = None,
        to: str | None = None,
        place: Place | None = None,
    ) -> str:
        """Take an act under seal, which the next anchor places; its commitment. In a dossier: `on` an entry, at a place it likes."""
        signed = self._signed(type, actor, body, signers, paper, on, to)
        place = next_place(Dossier(), act_type_of(type), signed.digest) if act_type_of(type).opens else place
        data = signed.received(self.now, len(self.ledger.leaves), place)
        salt = self.draw(32)
        commitment = commit(salt, data)
        self.ledger.kept[commitment] = salt, data
        return commitment

    def again(self, entry: Entry, **changed: Any) -> int:
        """Sign an act of the executive body or the office key anew, at its own time, in this history."""
        self.now = entry.rx.t
        body = msgspec.json.decode(bytes(entry.act.body)) | changed
        paper = msgspec.to_builtins(entry.act.paper) if entry.act.paper else None
        return self.act(
            entry.act.type, entry.act.actor, body, [self.inst.keys[s.key].holder for s in entry.sigs], paper
        )

    def _signed(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        signers: Sequence[str],
        paper: Mapping[str, str] | None,
        on: On | None = None,
        to: str | None = None,
    ) -> SignedAct:
        kind, size = act_type_of(type), len(self.ledger.leaves)
        first = key_id(ed25519.public(self.seeds[signers[0]]))
        seq = next_seq(self.inst, kind, actor, first)
        if seq is not None and not kind.public:
            seq = self._in_vote(first, body["vote"]) + 1
        act = draft_act(
            self.inst,
            self.replay.rev,
            View(self.ledger.root(size) or "", size),
            type,
            actor,
            body,
            seq=seq,
            at=self.now,
            nonce=self.draw(32),
            paper=paper,
            on=on,
            to=to,
        )
        for signer in signers:
            act = sign(act, self.seeds[signer])
        return act

    def _in_vote(self, key: str, vote: str) -> int:
        """How many acts the key has signed in that vote."""
        entries = [decode(data).entry for _, data in self.ledger.kept.values()]
        return sum(e.sigs[0].key == key and msgspec.json.decode(e.act.body).get("vote") == vote for e in entries)

    def _forced(self, leaf: Leaf) -> Institution:
        """The institution as if the act had been lawful, so that the next one can be drafted."""
        entry, inst = leaf.entry, self.inst
        body = decode_body(act_type_of(entry.act.type), entry.act.body)
        holders = tuple(inst.keys[s.key].holder if s.key in inst.keys else entry.act.actor for s in entry.sigs)
        ids, day = tuple(s.key for s in entry.sigs), day_of(entry.rx.t)
        try:
            given, _ = self.replay.given(leaf)
            after = body.apply(
                inst, Filing(entry.act, entry.act.actor, holders, ids, entry.rx.t, day, day, inst.size, given)
            )
        except _UNAPPLIED:
            after = inst
        seqs = after.seqs if entry.act.seq is None else after.seqs.set(ids[0], entry.act.seq)
        return replace(after, size=inst.size + 1, now=entry.rx.t, seqs=seqs)

    def publish(self, out: Path) -> None:
        """Show the forged books to the public."""
        anchored = self.inst.anchors[-1].size if self.inst.anchors else 0
        self.ledger.publish(out, self.keys.open, self.keys.sealed, anchored)
        if self.handed:
            (out / HANDED).write_bytes(self.handed)
        if self.packs is not None:
            self.packs(out)
