"""`gongyue verify`: bytes, checkpoints, signatures and lawfulness of a published book, from nothing but its files.

It never reads the wall clock, and reads no more than its budget. It stops at the first failure and names it: index,
article, figures.
Exit codes: 0 sound and lawful, 2 tampered or missing, 3 authentic but unlawful, 4 cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice

import msgspec
from msgspec.structs import replace

from gongyue.book import disclosure
from gongyue.book.disclosure import DisclosedEntry, NotPublished, WrongOpening, read
from gongyue.book.dossiers import past_hole
from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.book.replay import Replay, gc_paused
from gongyue.book.sealed_judgement import judge_sealed
from gongyue.book.signing import job
from gongyue.book.signing import verify as signature_holds
from gongyue.book.sources import Tampered, Undisclosed
from gongyue.covenant.periods import moment
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ACT_TYPES, UNPLACED
from gongyue.governance.bulletin import memberships, rests_on_hidden
from gongyue.governance.clock import RECOVER, SKEW
from gongyue.governance.dossier import MEMBERS, Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import anchored, is_void, of_false_time, open_arrival, was_false
from gongyue.sealing.commitment import is_salted, sealed_leaf
from gongyue.transparency import canonical, merkle
from gongyue.transparency.notes import BadKey, Verifier
from gongyue.transparency.regular import TooLong
from gongyue.verifying import (
    audit,
    dossiers,
    heads,
    kept_heads,
    linked,
    links,
    members,
    noted,
    packs,
    receipts,
    state,
)
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import SOUND, Stop, Unreadable, tampered, unjudged, unlawful, unreadable
from gongyue.verifying.locations import Fetch
from gongyue.verifying.packs import Pack
from gongyue.verifying.pool import SignaturePool
from gongyue.verifying.published_book import BookFiles
from gongyue.verifying.report import (
    FoldedDossier,
    Report,
    absent,
    confirmations,
    interpretations,
    not_carried_out,
    orders,
    recoveries,
    unit_statuses,
)

OPENING = tuple(f'"type":"{kind.type}"'.encode() for kind in ACT_TYPES.values() if kind.opening)
"""By these an open entry is known that opens sealed ones."""

DRAW = "inspection.seed/1"

Progress = Callable[[int, int], None]
"""(acts done, acts in all)."""


class Request(msgspec.Struct, frozen=True):
    """What to verify besides the book itself: files' bytes, by the name they are reported under; `unit`: whose they are."""

    vkey: str
    policy: bytes | None = None
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, bytes], ...] = ()
    disclosures: tuple[tuple[str, bytes], ...] = ()
    heads: tuple[tuple[str, bytes], ...] = ()
    unit: str = ""
    audit: tuple[tuple[str, bytes], ...] = ()
    """Openings of the slots that were drawn, with the whole dossiers of what stands there."""
    seed: int | None = None
    """Of which draw; the last where it is not said."""
    slot_keys: bytes | None = None
    state: bytes | None = None
    pack: Pack | None = None
    """The evidence pack from which all this came: what opens its entries may have a promise in place of a leaf."""


def verify(
    fetch: Fetch, request: Request, progress: Progress | None = None, budget: Budget | None = None
) -> tuple[Report, bytes | None]:
    """Verify a published book; returns the report and, where it is sound, the state for the next run."""
    report, budget = Report(), budget or Budget()
    try:
        verification = _Verification(fetch, request, report, progress, budget)
    except Stop as stop:
        return report.stopped(stop), None
    try:
        return report, verification.run()
    except Exception as error:
        stopped = verification.stopped_by(error)
        if stopped is None:
            raise
        return report.stopped(stopped), None


class _Verification:
    def __init__(
        self, fetch: Fetch, request: Request, report: Report, progress: Progress | None, budget: Budget
    ) -> None:
        request = msgspec.structs.replace(request, disclosures=(*request.disclosures, *request.audit))
        self.fetch, self.request, self.report, self.budget = fetch, request, report, budget
        self.progress = progress or (lambda done, total: None)
        try:
            self.key = Verifier.from_vkey(request.vkey.strip())
        except BadKey as error:
            why = str(error).rpartition(": ")[2]  # without the text itself, which may be a whole file's
            raise unreadable(
                f"不是验证密钥（{why}）：应为一行“名称+编号+密钥”，即公布的 log.vkey 的内容",
                f"not a verifier key ({why}): it is one line, name+id+key, as in the log.vkey that was published",
                "key",
            ) from None
        # Disclosed acts are judged as the institution stood when they arrived: that takes the whole history.
        earlier = request.state if not request.disclosures else None
        self.base = state.load(earlier, request.vkey.strip()) if earlier else None
        self.keys = {"open": [self.key], "sealed": []}
        self.pool = SignaturePool()
        self.objects: set[str] = set()
        self.reading: int | None = None
        self.kept_files = {canonical.digest(data): data for _, data in request.disclosures}
        """What its keepers hand in, by its digest."""
        self.stated: set[str] = set()
        """The digests of openings that closes say were handed to members."""
        self.type = ""
        """The open entry that is being read, and its act's type once it is known."""
        self.kept = ""
        """The receipt, disclosure or head that is being read."""
        self.shelves: dict[str, list[DisclosedEntry]] = {}
        """The dossiers disclosed, by their ids."""
        self.named: set[str] = set()
        """The documents that the disclosed acts name and the law reads."""
        self.anchored: int | None = None
        """How many sealed leaves the last anchor takes in, once the open book is folded: what was published after it is of nothing yet."""
        self.granted: tuple[noted.Late, ...] = ()
        """The applications that were granted late."""
        self.disclosed: dossiers.Disclosed | None = None
        self.places: dict[bytes, int] = {}
        """Where each sealed leaf stands, once somebody kept a promise instead of a place."""

    def stopped_by(self, error: Exception) -> Stop | None:
        """What an error means for the run; None for one of ours at which nothing of the book or its keepers was read."""
        index, type = self.reading, self.type
        if isinstance(error, Stop):
            return error
        if isinstance(error, Unreadable):
            zh, en = f"无法读取：{error.zh}", f"cannot be read: {error.en}"
            return unreadable(zh, en, error.why, self.budget.entry, **error.figures)
        if isinstance(error, TooLong):
            return tampered("oversized", error.path, f"> {error.most:,}", index, type)
        if index is not None:  # at which we break down: not found lawful, whoever's fault that is
            return unjudged(error, index, type)
        if self.kept:
            what = error.__class__.__name__
            return unreadable(
                f"{self.kept} 引出了没有料到的错误（{what}）",
                f"reading {self.kept} broke down ({what})",
                "kept",
                file=self.kept,
            )
        return None

    def run(self) -> bytes:
        try:
            with gc_paused():
                return self._run()
        finally:
            self.pool.close()

    def _run(self) -> bytes:
        head, base = heads.open_head(self.fetch, self.key, self.request.policy, self.report), self.base
        self.open = BookFiles("open", self.fetch, self.budget, head, _frontier(base.open if base else None))
        foretold = self.open.authenticate(b'"type":"book.rotate/1"', *OPENING)
        self.report.checked("bytes", "hashes", "checkpoint")
        self.sealed = self._sealed_book(foretold)
        if pack := self.request.pack:
            self.report.pack = packs.documents_checked(pack, self.request.vkey.strip(), self._opened())
            self.report.checked("documents")
        rules = self.request.policy
        seen = heads.require_continued(self.request.checkpoints, self.keys["open"], self.open, rules)
        if self.request.checkpoints:
            self.report.checked("earlier checkpoints")
        if head.size == 0:
            self._receipts(Institution())
            raise unreadable("空簿：没有一项行为可以核验", "an empty book: there is no act to verify", "empty")
        replay = self._fold(base.inst if base else None, self._arrivals(foretold))
        self._witnesses_agree(replay.inst, seen)
        self._receipts(replay.inst)
        self._disclosures(replay)
        self._links(replay)
        self._heads(replay.inst)
        self._audits(replay.inst, seen)
        if found := self.report.pack:
            shelf = self.shelves.get(found.dossier, [])
            self.report.pack = packs.judged(found, replay.inst, shelf, self.report)
        self.report.code = SOUND
        self.report.size, self.report.root = head.size, "sha256:" + head.root.hex()
        self.report.units = unit_statuses(replay.inst)
        self.report.orders = orders(replay.inst)
        self.report.interpretations = interpretations(replay.inst)
        self.report.absent = absent(replay.inst)
        self.report.not_carried_out = not_carried_out(replay.inst)
        self.report.confirmations = confirmations(replay.inst)
        self.report.recoveries = recoveries(replay.inst)
        sealed = self.sealed.frontier if self.sealed else merkle.Frontier()
        self.report.late = noted.done_late(replay.inst, self.granted)
        notes = noted.Noted(tuple(self.report.in_form), self.granted)
        known = [one for one in self.report.links if one.full and ACT_TYPES[one.type].form_only]
        opened = {one.carrier for one in known if one.carrier.startswith("#")}
        self.report.in_form = [one for one in self.report.in_form if f"#{one.index}" not in opened]
        return state.dump(
            self.request.vkey.strip(), replay.inst, self.open.frontier, sealed, self.report.signatures, notes
        )

    # -- bytes

    def _sealed_book(self, foretold: list[bytes]) -> BookFiles | None:
        """The sealed book under the key the genesis act names; None where it is empty and not published."""
        first, base = self.open.leaf(0), self.base
        if first is None:
            return None
        self.reading = 0
        self.keys = heads.keys_of(first, self.key, base.inst.rotated if base else (), foretold)
        self.reading = None
        try:
            note = self.fetch("sealed/checkpoint")
        except KeyError:
            return None
        head = heads.sealed_head(note, self.keys["sealed"])
        book = BookFiles("sealed", self.fetch, self.budget, head, _frontier(base.sealed if base else None))
        book.authenticate()
        self.report.sealed = head.size
        self.report.checked("sealed bytes")
        return book

    def _witnesses_agree(self, inst: Institution, seen: list[heads.EarlierCheckpoint]) -> None:
        """No entry arrived after a witness had seen it, unless two officers returned from its time; none to before that."""
        for shown in seen:
            if shown.latest and shown.size and not was_false(inst, shown.size - 1):
                self._had_arrived(shown, inst)
        for recovery in inst.recoveries:
            for shown in seen:
                if shown.size <= recovery.index and recovery.time < shown.latest:
                    what = f"time {moment(recovery.time)} < {moment(shown.latest)} ({shown.name})"
                    error = OutOfTurn("wrong-statement", RECOVER, what=what)
                    raise self._refused(error, recovery.index, RECOVER, inst)

    def _had_arrived(self, shown: heads.EarlierCheckpoint, inst: Institution) -> None:
        """The last entry that a witness saw arrived before it did, as clocks go."""
        index = shown.size - 1
        data = self.open.leaf(index)
        assert data is not None
        entry = decode(data).entry
        time, type = entry.rx.t, entry.act.type
        if time > shown.latest + SKEW:
            what = f"time {moment(time)} > {moment(shown.latest)} ({shown.name})"
            raise self._refused(OutOfTurn("wrong-statement", type, what=what), index, type, inst)

    # -- acts

    def _arrivals(self, foretold: list[bytes]) -> Iterator[int | None]:
        """How many open acts there were when each sealed act arrived that is opened; what cannot be read is named later.

        None where it does not say so, which is named later too.
        """
        self.stated = set(heads.named_objects(foretold, "handed"))
        named = [self.object(digest) for digest in heads.named_objects(foretold, "opening")]
        for data in named + [self.handed(digest) for digest in self.stated]:
            with suppress(Malformed):
                for opened in read(data or b"", self.sealed_leaf):
                    yield opened.leaf.entry.rx.open
        for _, opened in self._opened():
            yield opened.leaf.entry.rx.open

    def _fold(self, inst: Institution | None, arrivals: Iterable[int | None]) -> Replay:
        replay = Replay(self, inst, arrivals)
        base = self.base
        if base:
            self.report.in_form, self.granted = list(base.noted.in_form), base.noted.granted
            self.report.signatures = base.signatures
        start = replay.inst.size
        try:
            for index, data in enumerate(self.open.leaves(start), start):
                self.reading = self.budget.entry = index
                self.type = ""
                leaf = self._decoded(index, data)
                self.type = leaf.entry.act.type
                if not self._add(replay, index, leaf):
                    break
                if index % 4096 == 0:
                    self.progress(index, self.open.head.size)
            self.reading = self.budget.entry = None
            self.anchored = anchored(replay.inst)
            self.report.sealed = min(self.report.sealed, self.anchored)
            self._fold_sealed(replay)
        except Stop:
            self._signatures_hold()  # a bad signature earlier on comes first
            raise
        self._signatures_hold()
        self.report.signatures += self.pool.checked
        self.report.acts = self.open.head.size
        self.report.checked("signatures", "lawfulness", "objects", "anchors")
        self.progress(self.open.head.size, self.open.head.size)
        return replay

    def _decoded(self, index: int, data: bytes) -> Leaf:
        try:
            return decode(data)
        except Malformed as error:
            raise tampered("form", f"#{index}", str(error), index) from None

    def _add(self, replay: Replay, index: int, leaf: Leaf) -> bool:
        type = leaf.entry.act.type
        try:
            jobs = replay.add(leaf)
        except (Refused, OutOfTurn) as error:
            raise self._refused(error, index, type, replay.inst) from None
        except Tampered as error:
            raise tampered("content", f"#{index} {error.what}", error.why, index, type) from None
        if replay.inst.genesis:  # the first act, or that of a saved state
            self.pool.origins = replay.inst.genesis.origins
        self._objects_there(index, leaf, replay.inst)
        if ACT_TYPES[type].form_only or (type == "vote.close/1" and self._uncounted(leaf)):
            self.report.in_form.append(noted.InForm(index, type))
        return self.pool.add(index, jobs)

    def _uncounted(self, leaf: Leaf) -> bool:
        """Whether a close rests on openings that were handed to members, and not to whoever verifies."""
        digest = msgspec.json.decode(leaf.entry.act.body)["handed"]
        if digest in self.kept_files:
            self.report.recounted += 1
        return bool(digest) and digest not in self.kept_files

    def _refused(self, error: Refused | OutOfTurn, index: int, type: str, inst: Institution) -> Stop:
        code = error.refusal["code"]
        if code in ("out-of-turn/missing-object", "out-of-turn/missing-opening"):
            return tampered("missing", f"#{index} {error.refusal['figures'].get('digest', '')}", "", index, type)
        return unlawful(_rests_on(type, inst) | error.refusal, index, type)

    def _objects_there(self, index: int, leaf: Leaf, inst: Institution) -> None:
        """Every public object an act names is published and has that digest, whether a rule reads it or not."""
        raw = bytes(leaf.entry.act.body)
        if raw.find(b'"sha256:') < 0:  # a million times, quicker than to ask with in
            return
        body = msgspec.json.decode(raw)
        for digest in ACT_TYPES[leaf.entry.act.type].public_digests(body):
            granted = digest == body.get(noted.APPLICATION)  # perhaps again, where the first grant was of a false time
            if digest not in self.objects or granted:
                data = self.object(digest)
                if data is None or canonical.digest(data) != digest:
                    how = "missing" if data is None else "hash"
                    raise tampered(how, f"#{index} objects/{digest}", "", index, leaf.entry.act.type)
                self.objects.add(digest)
                if granted:
                    self.granted += noted.granted_late(inst, index, leaf.entry, data)
        self.report.objects = len(self.objects)

    def _signatures_hold(self) -> None:
        bad = self.pool.first_bad()
        if bad is not None:
            raise tampered("signature", f"#{bad}", index=bad, type=self._type_of(bad))

    def _type_of(self, index: int) -> str:
        data = self.open.leaf(index)
        return decode(data).entry.act.type if data else ""

    # -- what holders of receipts and openings add

    def _opened(self) -> list[tuple[str, DisclosedEntry]]:
        return self._disclosed().entries

    def _disclosed(self) -> dossiers.Disclosed:
        """What is disclosed, read once, and again where more is known of what does not count: beyond the last anchor, or a vote's."""
        of = (self.anchored, len(self.stated))
        if self.disclosed is None or self.disclosed.of != of:
            self.disclosed = dossiers.Disclosed(of, self._read_opened())
        return self.disclosed

    def _read_opened(self) -> list[tuple[str, DisclosedEntry]]:
        found = []
        for name, data in self._reading_kept(self.request.disclosures):
            if canonical.digest(data) in self.stated or is_salted(data):
                continue  # the openings of a vote, counted again where it was closed; a document, read where it is named
            try:
                for one in read(data, self.sealed_leaf, self._place_of, promised=self.request.pack is not None):
                    found.append((name, one))  # noqa: PERF401 - what was read before an error counts
            except NotPublished as error:  # whether it should be there by now is seen from the anchors
                if self.beyond is None or error.arrived < self.beyond[1].arrived:  # which is due first
                    self.beyond = name, error
            except WrongOpening as error:
                raise tampered("form", name, str(error)) from None
            except Malformed as error:  # its holder's own file, which says nothing of the book
                raise unreadable(
                    f"{name}：不是启封内容（{error}）",
                    f"{name}: holds no disclosures ({error})",
                    "disclosures",
                    file=name,
                ) from None
        return found

    def _reading_kept(self, files: tuple[tuple[str, bytes], ...]) -> Iterator[tuple[str, bytes]]:
        for name, data in files:
            self.kept = name
            yield name, data
        self.kept = ""

    def _fold_sealed(self, replay: Replay) -> None:
        """Judge what is disclosed: dossier by dossier, and by itself what stands in none."""
        disclosed = self._opened()
        self._promises_kept(replay, disclosed)
        shelves, others = dossiers.sorted_out(disclosed)
        for name, opened in others:
            self._judge_sealed(replay, name, opened, Dossier())
        for shelf in shelves:
            dossier, entries = Dossier(), [opened for _, opened in shelf]
            first, *_ = entries
            self.shelves[first.leaf.entry.rx.dossier or ""] = entries
            for name, opened in shelf:
                dossier = self._judge_sealed(replay, name, opened, past_hole(dossier, opened.leaf.entry))
            dossiers.require_granted_rightly(replay, dossier, first)
            self.report.dossiers = [*self.report.dossiers, FoldedDossier(dossier.id, dossier.kind, dossier.n)]
        dossiers.require_documents_apart(self.shelves)
        audit.require_once(disclosed)  # after the dossiers, which say at which place an act stands again

    def _judge_sealed(self, replay: Replay, name: str, opened: DisclosedEntry, dossier: Dossier) -> Dossier:
        """A disclosed act is lawful as the institution stood when it arrived, and its dossier; returns that with the act."""
        leaf, index = opened.leaf, opened.opening.index
        type = leaf.entry.act.type
        if is_void(replay.inst, index, leaf.entry):
            return dossiers.passed_over(replay.inst, dossier, leaf)
        self.kept = name
        try:
            after, jobs = judge_sealed(replay, index, leaf, dossier)
        except (Refused, OutOfTurn) as error:
            if of_false_time(replay.inst, index, leaf.entry) is None:
                raise unlawful(dossiers.at_its_place(error.refusal, leaf.entry), index, type, "sealed") from None
            self.kept = ""  # of a false time, and rested on what is void: it is void too, which is nobody's fault
            return dossiers.passed_over(replay.inst, dossier, leaf)
        except Undisclosed:  # what it answers is not opened with it: its form and its signatures can be checked
            after, jobs = dossiers.recorded(replay.inst, dossier, leaf), [job(s, leaf.signed) for s in leaf.entry.sigs]
            self.report.disclosed_form_only += 1
        origins = replay.inst.genesis.origins if replay.inst.genesis else ()
        if not all(signature_holds(one, origins) for one in jobs):
            raise tampered("signature", f"{name} sealed #{index}", "", index, type, "sealed")
        self.report.disclosed_form_only += self._reads_unshown(leaf, dossier)
        self.report.disclosed += 1
        self.kept = ""
        return after

    def _reads_unshown(self, leaf: Leaf, dossier: Dossier) -> bool:
        """Whether the law reads a document that was not handed in, or an entry that whoever verifies cannot open."""
        kind, body = ACT_TYPES[leaf.entry.act.type], msgspec.json.decode(leaf.entry.act.body)
        documents = list(kind.documents(body))
        self.named |= set(documents)
        return any(self.handed(one) is None for one in documents) or rests_on_hidden(dossier, body)

    def _receipts(self, inst: Institution) -> None:
        for name, data in self._reading_kept(self.request.receipts):
            waiting = receipts.check(name, data, self.keys, inst, self.open, self.sealed)
            if waiting is not None:
                self.report.waiting = [*self.report.waiting, waiting]
        if self.request.receipts:
            self.report.checked("receipts")

    beyond: tuple[str, NotPublished] | None = None
    """Of the openings that the published sealed book does not reach the one that arrived first, and its file."""

    def _not_published(self, replay: Replay) -> None:
        """It came before the last anchor, and is missing; or it came since, and will be there after the next."""
        if self.beyond is None:
            return
        name, error = self.beyond
        if error.promise:
            receipts.keeps(name, error, self.keys["sealed"], replay.inst, self.sealed)
        elif replay.inst.anchors and error.arrived < replay.inst.anchors[-1].time:
            raise tampered("form", name, str(error))
        raise unreadable(
            f"{name}：密封 {error.what} 还不在已公布的簿册里；下次锚定、公布之后再核验",
            f"{name}: sealed {error.what} is not in the published book yet; verify again after the next anchor is published",
            "not-published",
            error.index,
            file=name,
        )

    def _promises_kept(self, replay: Replay, opened: list[tuple[str, DisclosedEntry]]) -> None:
        """What stands in a pack by its promise alone is not due yet."""
        for name, one in opened:
            if one.opening.index == UNPLACED:
                late = NotPublished(0, None, one.opening.commitment, one.leaf.entry.rx.t, one.promise)
                receipts.keeps(name, late, self.keys["sealed"], replay.inst, self.sealed)

    def _disclosures(self, replay: Replay) -> None:
        self._not_published(replay)
        for name, opened in self._opened():
            self.kept = name
            receipts.arrived_as_promised(name, opened, self.request.receipts, self.keys["sealed"])
            receipts.ballot_counted(name, opened, replay, self)
        self.kept = ""
        for name, data in self._reading_kept(self.request.disclosures):
            if is_salted(data) and canonical.digest(data) not in self.named:
                zh, en = f"{name}：所启封的没有引这份文书", f"{name}: nothing that is disclosed names this document"
                raise unreadable(zh, en, "document", file=name)
        if self.request.disclosures:
            self.report.checked("disclosures")

    def _links(self, replay: Replay) -> None:
        """The links that disclosures open; an open act whose link is opened whole is checked fully then."""
        files = [(name, data) for name, data in self.request.disclosures if canonical.digest(data) not in self.stated]
        opened = [(name, link) for name, data in files for link in disclosure.links(data)]
        leaf = lambda index: replay.recorded_leaf(index).entry  # noqa: E731 - a way to read, for one call
        kept = kept_heads.readable(self._head_notes(), self.keys["sealed"]) if opened else ()
        by_law = linked.ByLaw(replay, self.shelves, kept, bool(self.request.audit))
        self.report.links = list(links.check(replay.inst, leaf, self._opened(), opened, by_law))
        if opened:
            self.report.checked("links")

    def _heads(self, inst: Institution) -> None:
        keys = self.keys["sealed"]
        kept = [kept_heads.parsed(name, data, keys) for name, data in self._reading_kept(self._head_notes())]
        for found in kept_heads.check(inst, kept, self.shelves):
            self.report.heads = [*self.report.heads, found]
        self._members(inst, [(one.head.n, one.head.time) for one in kept if one.head.dossier == MEMBERS])
        if kept:
            self.report.checked("heads")

    def _head_notes(self) -> tuple[tuple[str, bytes], ...]:
        """The heads that were kept, by the files they stand in."""
        given = self.request.disclosures
        return (*self.request.heads, *((name, note) for name, data in given for note in disclosure.heads(data)))

    def _members(self, inst: Institution, heads_kept: list[tuple[int, int]]) -> None:
        """Of `d:members` nothing is missing that whoever verifies could open."""
        shelf, unit = self.shelves.get(MEMBERS, []), self.request.unit
        if unit and unit not in inst.units:
            raise unreadable(f"簿册里没有单位 {unit}", f"there is no unit {unit} in the book", "unit", unit=unit)
        if not unit:
            there = {one.leaf.entry.rx.n for one in shelf}
            last = max([shelf[-1].leaf.entry.rx.nth, *(n for n, _ in heads_kept)]) if shelf else 0
            missing = next((n for n in range(1, last + 1) if n not in there), 0)
            if missing and self.request.audit:  # where everything is opened, nobody's membership excuses a hole
                raise tampered("gap", f"{MEMBERS} {missing}", dossier=MEMBERS, n=missing)
            if missing:
                raise unreadable(
                    f"{MEMBERS} 不是从第 1 位起齐备的：请以 --as 写明是哪个单位的启封内容，才能核对缺的是否都在其成员期之外",
                    f"{MEMBERS} is not whole from place 1 on: say with --as whose disclosures they are, so that it can be checked"
                    " whether all that is missing came while it was no member",
                    "whose",
                )
            return
        if not self.request.disclosures:
            return
        own = memberships(inst, unit).get(unit, ())
        found = members.holes(shelf, heads_kept, own, lambda index: open_arrival(inst, index, self._arrived(index)))
        self.report.dossiers = [replace(d, holes=found) if d.id == MEMBERS else d for d in self.report.dossiers]

    def _arrived(self, index: int) -> int:
        data = self.leaf(index)
        assert data is not None
        return decode(data).entry.rx.t

    def _audits(self, inst: Institution, seen: list[heads.EarlierCheckpoint]) -> None:
        """What was stated of drawn slots; and of the openings handed in for an audit, whether they are all there is."""
        if (late := audit.first_checkpoint(inst, seen)) is not None:
            seed, shown = late
            error = OutOfTurn("draw-checkpoint", DRAW, size=seed.size, past=seed.past, seen=shown.size)
            raise self._refused(error, seed.index, DRAW, inst)
        rules, keys = self.request.policy, self.keys["open"]
        by = {i: audit.is_witnessed(self.object(one.checkpoint), rules, keys) for i, one in inst.seeds.items()}
        self.report.slots = audit.statements(inst, by)
        if self.request.audit and self.sealed is not None:
            opened, leaves = self._opened(), list(self.sealed.leaves(0))
            self.report.audit = audit.of_content(inst, self.request.seed, self.request.slot_keys, opened, leaves)
            self.report.checked("content audit")

    # -- a replay's sources

    def object(self, digest: str) -> bytes | None:
        try:
            return self.fetch(f"objects/sha256/{digest.removeprefix('sha256:')}")
        except KeyError:
            return None

    def handed(self, digest: str) -> bytes | None:
        pack = self.request.pack
        return self.kept_files.get(digest) or (pack.salted(digest) if pack is not None else None)

    def leaf(self, index: int) -> bytes | None:
        return self.open.leaf(index)

    def sealed_leaf(self, index: int) -> bytes | None:
        beyond = self.anchored is not None and index >= self.anchored
        return self.sealed.leaf(index) if self.sealed and not beyond else None

    def _place_of(self, commitment: str) -> int | None:
        """Where the published sealed book holds a commitment; None where it does not."""
        if not self.places and self.sealed:
            for index, leaf in enumerate(islice(self.sealed.leaves(0), self.anchored)):
                self.places.setdefault(leaf, index)  # where it was placed first, wherever else it stands
        return self.places.get(sealed_leaf(commitment))

    def root(self, size: int) -> str | None:
        return self.open.root(size)

    def sealed_root(self, size: int) -> str | None:
        if size == 0:
            return "sha256:" + merkle.EMPTY_ROOT.hex()
        return self.sealed.root(size) if self.sealed else None

    opens_all = judged = False

    def opened(self, vote: str = "") -> Iterator[tuple[int, str, bytes]]:
        for _, o in self._opened():
            yield o.opening.index, o.opening.commitment, o.leaf.data

    def opening(self, commitment: str) -> bytes | None:
        found = self._disclosed().by_commitment.get(commitment)
        return None if found is None else found.leaf.data

    def dossier(self, id: str) -> Iterator[tuple[int, bytes]]:
        yield from ((one.opening.index, one.leaf.data) for one in self._disclosed().shelves.get(id, ()))


def _rests_on(type: str, inst: Institution) -> dict[str, int | str]:
    """The article an act of that type rests on in the text in force; none of a type unknown."""
    kind = ACT_TYPES.get(type)
    article = inst.meaning.article(kind.clause) if kind else 0
    return {"article": article, "at": inst.meaning.at(article)}


def _frontier(data: bytes | None) -> merkle.Frontier | None:
    return None if data is None else merkle.Frontier.from_bytes(data)


__all__ = ["Request", "verify"]
