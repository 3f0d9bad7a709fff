"""`Office.handle` is the only write path. Check, append, sign the head, give the receipt; or leave nothing.

The index is given under the store's append lock. Acknowledged means durable; the same act twice gives the same
receipt. Clock and randomness enter here and nowhere below.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from gongyue import __version__
from gongyue.book import disclosure
from gongyue.book.drafting import is_numbered, next_seq
from gongyue.book.entry import SIGNING_PREFIX, Leaf, SignedAct, decode
from gongyue.book.receipts import Receipt, sign_inclusion_promise
from gongyue.book.replay import Replay, gc_paused
from gongyue.book.signing import Job, job, verify
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance import snapshot
from gongyue.governance.acts import ActType, Book, Entry, On, Opening, View, act_type_of
from gongyue.governance.clock import RECOVER, Clock, arrival, far_after
from gongyue.governance.clock import clock as held_against
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import of_false_time
from gongyue.office import dossiers, links, owed_acts
from gongyue.office.acts_by_unit import ActsByUnit
from gongyue.office.dossier_folds import DossierFolds, Fold, save
from gongyue.office.dossier_heads import head_after, head_note, is_joining_or_leaving, members_head
from gongyue.office.fork_guard import ForkGuard
from gongyue.office.keys import BookKeys
from gongyue.office.objects import text_of_proposal
from gongyue.office.openings import opening_of
from gongyue.office.placement import Placement
from gongyue.office.sources import NO_HEAD, Arriving, StoreSources
from gongyue.office.store import OPEN, SEALED, Head, NewLeaf, NewSealed, Reading, SealedEntry, Store, Writing
from gongyue.office.store.words import cast_in
from gongyue.sealing.commitment import SALT_BYTES, commit, sealed_leaf
from gongyue.transparency import canonical, merkle, proofs

WORTH_SAVING = 2_000
"""Acts since the last snapshot from which a new one is kept."""
SNAPSHOT = f"gongyue {__version__} {canonical.digest(snapshot.form())}\n".encode()
"""A snapshot is a cache of one release and one form: another folds anew."""


class BadSignature(Exception):
    """A signature that does not verify."""


class Office:
    """The office of one covenant over one store. Safe to share between threads; processes share through the store."""

    def __init__(
        self,
        store: Store,
        keys: BookKeys,
        guard: ForkGuard,
        clock: Callable[[], int],
        entropy: Callable[[int], bytes],
    ) -> None:
        self.store, self.keys, self.guard = store, keys, guard
        self.acts_by_unit = ActsByUnit()
        self._clock, self._entropy = clock, entropy
        self._writing, self._asking = threading.RLock(), threading.Lock()
        self._asked = self._answered = 0
        self._folds = DossierFolds()
        self._sources = StoreSources(store)
        self._replay = Replay(self._sources, self._restored())
        self._inst = self._replay.inst
        self._saved = self.inst.size
        self._counted: dict[str, int] = {}
        """Up to which arrival under seal was read for the numbers of a vote's acts."""
        self._sealed_seq: dict[tuple[str, str], int] = {}
        self._sealed_known = 0, 0
        """How many acts had arrived under seal when the last was looked up, after how many returns from a false time."""
        self._sealed_last: Opening | None = None
        self._nodes: dict[tuple[str, int, int], bytes] = {}
        guard.check(store)
        with gc_paused():
            self.catch_up()
        if self.inst.size - self._saved >= WORTH_SAVING:
            self.save()

    def _restored(self) -> Institution:
        """The institution of the latest snapshot; a snapshot of another release is ignored."""
        kept = self.store.snapshot()
        if kept is None or not kept[1].startswith(SNAPSHOT):
            return Institution()
        with gc_paused():
            return snapshot.load(kept[1].removeprefix(SNAPSHOT))

    def save(self) -> None:
        """Keep a snapshot, so that the next start folds only what came after it."""
        with self._writing, self.store.writing() as tx:
            self._catch_up(tx)
            tx.put_snapshot(self.inst.size, SNAPSHOT + snapshot.dump(self.inst))
            self._saved = self.inst.size

    @property
    def unsaved(self) -> int:
        """Acts since the latest snapshot."""
        return self.inst.size - self._saved

    # -- reading

    @property
    def inst(self) -> Institution:
        """The institution as of the last `catch_up` or `handle`: what is committed, never a group under way."""
        return self._inst

    @property
    def rev(self) -> str:
        """The digest of the present meaning."""
        return self._replay.rev

    @property
    def now(self) -> int:
        """The office's time."""
        return self._clock()

    def clock(self) -> Clock:
        """The office's clock, held against the last entry."""
        inst = self.catch_up()
        return held_against(inst, self._clock())

    def catch_up(self) -> Institution:
        """Fold what other processes have appended since; one cheap query when nothing has.

        Of many threads that ask at once, one asks the store for those that came before it did. Nobody waits for a
        commit under way, unless there is something to fold.
        """
        asked = self._asked
        with self._asking:
            if self._answered <= asked:  # else somebody asked the store after this thread came, and had an answer
                self._asked += 1
                head = self.store.head(OPEN)
                if head is not None and head.size > self._inst.size:
                    with self._writing:
                        self._catch_up(self.store)
                self._answered = self._asked
            return self._inst

    def view(self) -> View:
        """The open book's latest checkpoint, for a signer to pin."""
        head = self.store.head(OPEN) or NO_HEAD
        return View("sha256:" + head.root.hex(), head.size)

    def next_seq(self, kind: ActType, actor: str, key: str, body: Mapping[str, Any]) -> int | None:
        """The next `seq` of a key: in the open book, or in the vote that the body names; None where the act carries none."""
        if kind.public or not is_numbered(self.inst, kind, actor, key):
            return next_seq(self.inst, kind, actor, key)
        vote = str(body.get("vote"))
        self.count_sealed(self.store, vote)
        return self._sealed_seq.get((key, vote), 0) + 1

    def seen_in(
        self, kind: ActType, actor: str, body: Mapping[str, Any], dossier: str = ""
    ) -> tuple[On | None, str | None]:
        """What an act in a dossier is signed on, and what it answers there; (None, None) of any other."""
        sources = Arriving(StoreSources(self.store, self._folds), {})
        seen = dossiers.seen_in(self.inst, sources, kind, actor, body, dossier)
        self._folds.keep(sources.asked)
        return seen

    def head(self, dossier: str) -> bytes:
        """The signed head of a dossier now, for its parties alone; OutOfTurn where there is no such dossier."""
        inst = self.catch_up()
        return head_note(inst, self.store, self.keys, held_against(inst, self._clock()), dossier)

    def false_time(self, time: int) -> dict[str, int | str]:
        """What a recovery to `time` states: the first entry recorded after that time, the sealed book's size and root.

        All that arrived under seal by then is placed by it, as an anchor places it.
        """
        first = next(i for i in reversed(range(-1, self.inst.size)) if i < 0 or self._arrival(i) <= time) + 1
        frontier = self._placement(self.store, self._last_slot()).frontier
        return {"first": first, "time": time, "sealed": frontier.size, "root": "sha256:" + frontier.root().hex()}

    def _last_slot(self) -> int:
        """The slot whose padding a return from a false time goes on with: the last one anchored, else that of the genesis act."""
        assert self.inst.genesis is not None
        return self.inst.anchors[-1].slot if self.inst.anchors else self._arrival(0) // self.inst.genesis.slot_seconds

    def _placement(self, store: Reading, slot: int) -> Placement:
        genesis = self.inst.genesis
        assert genesis is not None
        return Placement.of(store, self.keys.slot_key(slot, genesis.slot_seconds), genesis.quantum)

    def entropy(self, count: int) -> bytes:
        """Random bytes."""
        return self._entropy(count)

    def has_sealed(self, act: str) -> bool:
        """Whether the act of that digest stands under seal. Asked under the append lock: a commit under way is waited for."""
        with self._writing, self.store.writing() as tx:
            return tx.find(SEALED, act) is not None

    # -- writing

    def handle(self, act: SignedAct) -> Receipt:
        """Record one act. Raises Refused, OutOfTurn, Malformed, BadSignature, Tampered; then nothing was recorded."""
        (result,) = self.handle_all([act])
        if isinstance(result, Exception):
            raise result
        return result

    def handle_all(self, acts: Sequence[SignedAct]) -> list[Receipt | Exception]:
        """Record several acts in one durable commit; each is accepted or refused by itself."""
        if any(act.act.get("type") == RECOVER for act in acts):  # each in a commit of its own: what arrived is placed
            return [self._recover(a) if a.act.get("type") == RECOVER else self.handle_all([a])[0] for a in acts]
        with self._commit() as group:
            results = [group.add(act) for act in acts]
        return [self._receipt(r, group.heads.get(r.book)) if isinstance(r, _Placed) else r for r in results]

    def anchor(self, slot: int, act: Callable[[int, bytes], SignedAct]) -> Receipt:
        """Place what arrived under seal among padding and anchor it, in one commit; `act` makes the anchor of its (size, root).

        Raises like `handle`; then nothing was recorded, and nothing placed.
        """
        with self._commit() as group:
            placed = group.add(act(*group.place(slot)))
            if isinstance(placed, Exception):
                raise placed
        self.guard.anchored(slot)
        return self._receipt(placed, group.heads[OPEN])

    def _recover(self, act: SignedAct) -> Receipt | Exception:
        """Record a return from a false time, which places what arrived under seal in it as an anchor would."""
        try:
            with self._commit() as group:
                placed: _Placed | Exception | None = group.find(OPEN, act.digest)
                if placed is None:
                    if self.inst.genesis is not None:
                        group.place(self._last_slot())
                    owed_acts.forget(group.tx)
                    placed = group.add(act)
                if isinstance(placed, Exception):
                    raise placed
            return self._receipt(placed, group.heads.get(OPEN))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this act's
            return error

    @contextmanager
    def _commit(self) -> Iterator[_Group]:
        """A group, recorded with its heads where its block ends; not at all where it raises."""
        with self._writing:
            try:
                with self.store.writing() as tx:
                    self._catch_up(tx)
                    group = _Group(self, tx)
                    yield group
                    group.sign_heads()
                    group.save_folds()
            except BaseException:
                self._replay.back_to(self._inst)
                self._counted, self._sealed_seq, self._sealed_known, self._sealed_last = {}, {}, (0, 0), None
                self._nodes.clear()
                raise
            try:
                for slot, commitments in group.promised.items():
                    self.guard.promise(slot, commitments)
                for book, head in group.heads.items():
                    self.guard.note(book, head)
            finally:  # it is committed, whatever becomes of the guard's file
                self._inst = self._replay.inst
            self._folds.keep(group.folds)
            if group.promised:
                self._sealed_known = group.arrivals, len(self._inst.recoveries)
                self._counted |= dict.fromkeys(group.counted, group.arrivals)

    def dry_run(self, act: SignedAct) -> list[Ruling]:
        """Every ruling the act would have to satisfy; raises exactly as `handle` would, records nothing."""
        inst = self.catch_up()
        kind = act_type_of(str(act.act.get("type")))
        waits = inst.genesis is not None and kind.type == RECOVER
        placed = self._placement(self.store, self._last_slot()).frontier if waits else None
        sources = Arriving(StoreSources(self.store, self._folds), files := act.files(), placed)
        dossiers.documents_of(kind, act, files)
        time, dossier = arrival(inst, kind, self._clock()), dossiers.of_act(inst, sources, kind, act)
        self._folds.keep(sources.asked)
        leaf = act.received(time, None if kind.public else inst.size, dossiers.place(dossier, kind, act))
        found = dossiers.judge(Replay(sources, inst), decode(leaf), kind, dossier)[0]
        links.require(inst, kind, decode(leaf).entry, act.files().values(), self.store)
        return found

    def _catch_up(self, store: Reading) -> None:
        head = store.head(OPEN)
        if head is not None and head.size > self._inst.size:
            self._replay.sources = StoreSources(store)
            for data in store.leaves(OPEN, self._inst.size, head.size):
                self._replay.add(decode(data))  # verified and lawful when it was appended
            self._replay.sources = self._sources
            self._inst = self._replay.inst

    def count_sealed(self, store: Reading, vote: str) -> None:
        """Take note of the sequence numbers of what was recorded in a vote since."""
        arrivals, done = store.arrivals(), self._counted.get(vote, 0)
        if arrivals > done:
            for one in store.sealed_with([cast_in(vote)], done):
                self.number(decode(one.entry).entry)
            self._counted[vote] = arrivals

    def number(self, entry: Entry) -> None:
        """Take note of a sealed act's sequence number."""
        if entry.act.seq is not None and entry.sigs:
            self._sealed_seq[_numbering(entry)] = entry.act.seq

    def look_up_last(self, store: Reading) -> None:
        """Take note of the last sealed act and of when it arrived."""
        known = store.arrivals(), len(self._replay.inst.recoveries)  # which place what has arrived
        if known != self._sealed_known:
            last = store.sealed_numbered(known[0])
            self._sealed_last, self._sealed_known = opening_of(last) if last else None, known

    def since_sealed(self, inst: Institution, time: int) -> int:
        """When an act arrives by a clock that shows `time`: not before the last sealed one, which the clock was past."""
        last = self._sealed_last
        if last is None or of_false_time(inst, last.index, last.entry) is not None:
            return time
        return max(time, last.entry.rx.t)

    # -- receipts

    def node(self, book: str, level: int, index: int) -> bytes:
        """A complete subtree's hash; they never change, so they are kept."""
        key = (book, level, index)
        known = self._nodes.get(key)
        if known is None:
            if level == 0 or level >= 8:
                known = self.store.node(book, level, index)
            else:
                known = merkle.node_hash(
                    self.node(book, level - 1, 2 * index), self.node(book, level - 1, 2 * index + 1)
                )
            if len(self._nodes) > 200_000:
                self._nodes.clear()
            self._nodes[key] = known
        return known

    def receipt(self, book: str, act: str) -> Receipt | None:
        """The receipt of an act recorded earlier, by its digest; None if it is not in that book."""
        index = self.store.find(book, act)
        return None if index is None else self._receipt(_Placed(book, index, act))

    def _receipt(self, placed: _Placed, head: Head | None = None) -> Receipt:
        if placed.book == OPEN:
            head = head or self.store.head(OPEN) or NO_HEAD
            proof = merkle.inclusion_proof(lambda lv, i: self.node(OPEN, lv, i), placed.index, head.size)
            time = placed.time or self._arrival(placed.index)
            moves = is_joining_or_leaving(self._inst, placed.index)
            note = members_head(self.store, self.keys, placed.index, time) if moves else b""
            return Receipt(OPEN, placed.index, placed.act, time, proofs.make(placed.index, proof, head.note), head=note)
        kept = placed.sealed or self.store.sealed_numbered(placed.index)
        assert kept is not None
        rx = decode(kept.entry).entry.rx
        opening = disclosure.line(None, kept.salt, kept.entry, kept.promise) if placed.gives else b""
        dossier_head = head_after(self.keys, kept.entry, rx) if placed.gives else b""
        return Receipt(SEALED, None, placed.act, rx.t, kept.promise, opening, kept.commitment, dossier_head)

    def _arrival(self, index: int) -> int:
        data = self.store.leaf(OPEN, index)
        assert data is not None
        return decode(data).entry.rx.t


def _numbering(entry: Entry) -> tuple[str, str]:
    """Within what a unit numbers a sealed act: by its key and its vote."""
    return entry.sigs[0].key, str(msgspec.json.decode(entry.act.body)["vote"])


class _Placed(msgspec.Struct, frozen=True):
    """Where an act stands: its leaf, or its number under seal; its arrival and what is kept of it, where they are at hand."""

    book: str
    index: int
    act: str
    time: int = 0
    sealed: SealedEntry | None = None
    gives: bool = True
    """Whether the receipt gives what opens the act."""

    def shut(self) -> _Placed:
        """For whoever hands in a sealed act again without proving that it is theirs."""
        return msgspec.structs.replace(self, gives=False)


class _Group:
    """The acts of one commit: judged one by one, written together, the heads signed once."""

    def __init__(self, office: Office, tx: Writing) -> None:
        self.office, self.tx = office, tx
        self.frontiers: dict[str, merkle.Frontier] = {}
        self.heads: dict[str, Head] = {}
        self.placed: dict[tuple[str, str], _Placed] = {}
        self.leaves: dict[str, list[NewLeaf]] = {OPEN: [], SEALED: []}
        self.received: list[NewSealed] = []
        self.arrivals = -1
        """The number of the last act under seal; not known yet."""
        self.promised: dict[int, list[str]] = {}
        """What is promised by this group, by the slot it is promised for."""
        self.folds: dict[str, Fold] = {}
        """Of what is filed in dossiers in this group, those as they were before the last of it."""
        self.counted: set[str] = set()
        """The votes whose numbers are known: nobody else appends while this group has the lock."""
        self.last_known = False
        self.clock = office._clock()

    def add(self, act: SignedAct) -> _Placed | Exception:
        """Append one act, or say why not.

        Whatever the act makes us raise while it is judged is its own: the others of the group are recorded. What is raised
        while something is written ends the group, as then nobody knows what the store holds.
        """
        office = self.office
        before = office._replay.inst
        try:
            kind = act_type_of(str(act.act.get("type")))
            book = SEALED if kind.book is Book.SEALED else OPEN
            digest = act.digest
            if (known := self.find(book, digest)) is not None:
                return known if book == OPEN or self._proves(act, known) else known.shut()
        except Exception as error:  # noqa: BLE001 - see above
            return error
        if kind.names or kind.in_dossier:
            self.write()  # what it names, or comes after, may stand in this very group
        try:
            leaf, objects = self._judged(kind, book, act)
        except Exception as error:  # noqa: BLE001 - see above
            office._replay.inst = before
            return error
        return self._written(book, digest, leaf, objects)

    def _judged(self, kind: ActType, book: str, act: SignedAct) -> tuple[Leaf, dict[str, tuple[bytes, bool]]]:
        """The leaf of a lawful act, and its objects with whether each is public. Writes nothing."""
        files = act.files()
        replay = self.office._replay
        sources = Arriving(StoreSources(self.tx, self.office._folds, self.folds), files)
        documents = dossiers.documents_of(kind, act, files)
        dossier = dossiers.of_act(replay.inst, sources, kind, act)
        leaf = decode(self._received(kind, act, dossier))
        replay.sources, before = sources, replay.inst
        if kind.in_dossier:  # before anything is said of the dossier: whoever forges a signature learns nothing of it
            self._require_signatures([job(sig, leaf.signed) for sig in leaf.entry.sigs])
        try:
            if book == OPEN:
                named = self._named(kind, leaf, files)
                jobs = replay.add(leaf)
            else:
                named = {}
                _, jobs = dossiers.judge(replay, leaf, kind, dossier)
                self._require_seq(leaf.entry)
        finally:
            replay.sources = self.office._sources
        self._require_signatures(jobs)
        links.require(before, kind, leaf.entry, files.values(), self.tx)
        links.require_untold(before, kind, leaf.entry, self.tx)
        # Documents are the vault's, which erases: whoever hands the act in keeps them there (`dossier_documents`).
        objects = {name: data for name, data in (files | named).items() if name not in documents}
        return leaf, {name: (data, name in named) for name, data in objects.items()}

    def _received(self, kind: ActType, act: SignedAct, dossier: Dossier | None) -> bytes:
        """The act as it arrives: when, and of a sealed one after how many open ones, at which place of its dossier."""
        inst = self.office._replay.inst
        time = arrival(inst, kind, self.clock)
        if not self.last_known:
            self.office.look_up_last(self.tx)
            self.last_known = True
        since = time if kind.about_the_clock else self.office.since_sealed(inst, time)
        if kind.public:
            return act.received(since)
        last = self.office._sealed_last
        if (
            kind.counts
            and last is not None
            and last.arrived == (inst.size, since)
            and since < inst.now + far_after(inst)
        ):
            since += 1  # what it counts arrived before it, by the second
        return act.received(since, inst.size, dossiers.place(dossier, kind, act))

    def _written(self, book: str, digest: str, leaf: Leaf, objects: dict[str, tuple[bytes, bool]]) -> _Placed:
        placed = self._append_open(leaf, digest) if book == OPEN else self._append_sealed(leaf, digest)
        self.placed[book, digest] = placed
        for name, (data, public) in objects.items():
            self.tx.put_object(name, data, public=public)
        for setting, value in links.to_keep(leaf.entry, digest, (data for data, _ in objects.values())):
            self.tx.put_setting(setting, value)
        if book == OPEN and leaf.entry.act.type in ("amendment.publish/1", "founding.supplement/1"):
            self._keep_rebased()
        return placed

    def _keep_rebased(self) -> None:
        """Keep the texts that other proposals now result in: whoever files or publishes one names it by its digest."""
        for proposal in self.office._replay.inst.proposals.values():
            if proposal.stage != "published" and not proposal.edition_digest:
                self.tx.put_object(*text_of_proposal(proposal), public=False)

    def find(self, book: str, digest: str) -> _Placed | None:
        """The same act, recorded earlier or in this group."""
        if (book, digest) in self.placed:
            return self.placed[book, digest]
        index = self.tx.find(book, digest)
        return None if index is None else _Placed(book, index, digest)

    def _proves(self, act: SignedAct, placed: _Placed) -> bool:
        """Whether it is handed in again with a signature of a key that signed what was recorded: its bytes alone can be guessed."""
        known = placed.sealed or self.tx.sealed_numbered(placed.index)
        assert known is not None
        keys = {sig.key for sig in decode(known.entry).entry.sigs}
        return any(self._holds(job(sig, SIGNING_PREFIX + act.act_bytes)) for sig in act.sigs if sig.key in keys)

    def _named(self, kind: ActType, leaf: Leaf, files: dict[str, bytes]) -> dict[str, bytes]:
        """The objects a public act names, handed in now or stored before: they are public from now on."""
        raw, named = bytes(leaf.entry.act.body), {}
        if raw.find(b'"sha256:') >= 0:  # quicker than `in`
            for digest in kind.public_digests(msgspec.json.decode(raw)):
                data = files[digest] if digest in files else self.tx.object(digest)
                if data is None:
                    raise OutOfTurn("missing-object", kind.type, digest=digest)
                named[digest] = data
        return named

    def _require_seq(self, entry: Entry) -> None:
        if entry.act.seq is not None:
            numbering = _numbering(entry)
            if numbering[1] not in self.counted:
                self.office.count_sealed(self.tx, numbering[1])
                self.counted.add(numbering[1])
            due = self.office._sealed_seq.get(numbering, 0) + 1
            if entry.act.seq != due:
                raise OutOfTurn("sequence", entry.act.type, expected=due, found=entry.act.seq)

    def _require_signatures(self, jobs: list[Job]) -> None:
        for check in jobs:
            if not self._holds(check):
                raise BadSignature(f"k:{check.key.hex()}")

    def _holds(self, check: Job) -> bool:
        genesis = self.office._replay.inst.genesis
        return verify(check, genesis.origins if genesis else ())

    def _append_open(self, leaf: Leaf, digest: str) -> _Placed:
        return _Placed(OPEN, self.append(OPEN, leaf.data, digest), digest, leaf.entry.rx.t)

    def _append_sealed(self, leaf: Leaf, digest: str) -> _Placed:
        """Keep it, and promise that it will be in the book: its leaf has no place before the slot is anchored."""
        office, genesis, time = self.office, self.office._replay.inst.genesis, leaf.entry.rx.t
        assert genesis is not None
        salt, slot = office._entropy(SALT_BYTES), time // genesis.slot_seconds + 1
        commitment = commit(salt, leaf.data)
        promise = sign_inclusion_promise(office.keys.sealed, commitment, time, slot)
        if self.arrivals < 0:
            self.arrivals = self.tx.arrivals()
        self.arrivals += 1
        kept = SealedEntry(self.arrivals, None, commitment, salt, leaf.data, promise)
        self.received.append(NewSealed(digest, commitment, salt, leaf.data, promise))
        self.promised.setdefault(slot, []).append(commitment)
        office.number(leaf.entry)
        office._sealed_last, self.last_known = opening_of(kept), True
        return _Placed(SEALED, self.arrivals, digest, time, kept)

    def append(self, book: str, data: bytes, digest: str | None) -> int:
        """Append one leaf to a book."""
        frontier = self.frontiers.get(book)
        if frontier is None:
            head = self.tx.head(book) or NO_HEAD
            frontier = self.frontiers[book] = merkle.Frontier.from_bytes(head.frontier)
        hashed = merkle.leaf_hash(data)
        index = frontier.append(hashed)
        self.leaves[book].append(NewLeaf(data, hashed, digest))
        self.office._nodes[book, 0, index] = hashed
        return index

    def write(self) -> None:
        """Write what has been appended so far: one statement for many leaves, where each would cost a round trip."""
        for book, leaves in self.leaves.items():
            if leaves:
                self.tx.append(book, leaves)
        if self.received:
            self.tx.receive(self.received)
        self.leaves, self.received = {OPEN: [], SEALED: []}, []

    def place(self, slot: int) -> tuple[int, bytes]:
        """Place what arrived under seal for the anchor of that slot; the sealed book's (size, root), of which the head is signed."""
        self.write()
        placement = self.office._placement(self.tx, slot)
        first = self.append(SEALED, sealed_leaf(placement.leaves[0].commitment), None)
        for leaf in placement.leaves[1:]:
            self.append(SEALED, sealed_leaf(leaf.commitment), None)
        self.sign_heads()
        self.tx.place([(leaf.number, i) for i, leaf in enumerate(placement.leaves, first) if leaf.number])
        return self.heads[SEALED].size, self.heads[SEALED].root

    def save_folds(self) -> None:
        """Give the store the folds of long dossiers that have grown by much."""
        self.folds = {id: save(self.tx, id, fold) for id, fold in self.folds.items()}

    def sign_heads(self) -> None:
        """Write the rest; sign and store the head of every book that grew."""
        self.write()
        for book, frontier in self.frontiers.items():
            if book in self.heads and self.heads[book].size == frontier.size:
                continue
            root = frontier.root()
            note = self.office.keys.head_note(book, frontier.size, root)
            self.heads[book] = Head(frontier.size, root, frontier.to_bytes(), note)
            self.tx.set_head(book, self.heads[book])
