"""`gongyue verify`: bytes, checkpoints, signatures and lawfulness of a published book, from nothing but its files.

It never reads the wall clock. It stops at the first failure and names it: index, article, figures.
Exit codes: 0 sound and lawful, 2 tampered or missing, 3 authentic but unlawful, 4 cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from gongyue.book.disclosure import Opened, read
from gongyue.book.entry import Leaf, Malformed, decode
from gongyue.book.replay import Replay, Tampered, Undisclosed, without_collector
from gongyue.book.signing import verify as signature_holds
from gongyue.covenant.citing import OutOfTurn, Refused
from gongyue.governance.acts import KINDS, public_digests
from gongyue.governance.institution import Institution
from gongyue.transparency import canonical, checkpoint, merkle, policy
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import BadKey, BadNote, Verifier
from gongyue.verifying import receipts, state
from gongyue.verifying.bookfiles import BookFiles
from gongyue.verifying.failures import SOUND, Stop, tampered, unjudged, unlawful, unreadable
from gongyue.verifying.places import Fetch, Unreadable
from gongyue.verifying.pool import SignaturePool
from gongyue.verifying.report import Report, standing

IN_FORM_ONLY = frozenset({"membership.end/1"})
"""Acts that rest on undisclosed ones: their form and place are checked, their ground is not."""

Progress = Callable[[int, int], None]
"""(acts done, acts in all)."""


class Request(msgspec.Struct, frozen=True):
    """What to verify besides the book itself: files' bytes, by the name they are reported under."""

    vkey: str
    policy: bytes | None = None
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, bytes], ...] = ()
    disclosures: tuple[tuple[str, bytes], ...] = ()
    state: bytes | None = None


def verify(fetch: Fetch, request: Request, progress: Progress | None = None) -> tuple[Report, bytes | None]:
    """Verify a published book; returns the report and, where it is sound, the state for the next run."""
    report = Report()
    verification = None
    try:
        verification = _Verification(fetch, request, report, progress)
        return report, verification.run()
    except Stop as stop:
        report.code, report.failure = stop.code, stop.failure
    except Unreadable as error:
        cannot = unreadable(f"无法读取：{error}", f"cannot be read: {error}")
        report.code, report.failure = cannot.code, cannot.failure
    except Exception as error:  # an entry at which we break down is not found lawful, whoever's fault that is
        if verification is None or verification.reading is None:
            raise
        broken = unjudged(error, verification.reading, verification.type)
        report.code, report.failure = broken.code, broken.failure
    return report, None


class _Verification:
    def __init__(self, fetch: Fetch, request: Request, report: Report, progress: Progress | None) -> None:
        self.fetch, self.request, self.report = fetch, request, report
        self.progress = progress or (lambda done, total: None)
        try:
            self.key = Verifier.from_vkey(request.vkey.strip())
        except BadKey as error:
            raise unreadable(f"验证密钥不合格式：{error}", f"not a verifier key: {error}") from None
        # Disclosed acts are judged as the institution stood when they arrived: that takes the whole history.
        earlier = request.state if not request.disclosures else None
        self.base = state.load(earlier, request.vkey.strip()) if earlier else None
        self.keys = {"open": [self.key], "sealed": []}
        self.pool = SignaturePool()
        self.objects: dict[str, bool] = {}
        self.reading: int | None = None
        self.type = ""
        """The open entry that is being read, and its act's type once it is known."""

    def run(self) -> bytes:
        try:
            with without_collector():
                return self._run()
        finally:
            self.pool.close()

    def _run(self) -> bytes:
        head = self._head()
        base = self.base
        self.open = BookFiles("open", self.fetch, "", head, _frontier(base.open if base else None))
        rotations = self.open.authenticate(b'"type":"book.rotate/1"')
        self.report.checked("bytes", "hashes", "checkpoint")
        self.sealed = self._sealed_book(rotations)
        self._earlier_checkpoints()
        replay = self._fold(base.inst if base else None)
        self._receipts(replay.inst)
        self._disclosures(replay)
        self.report.code = SOUND
        self.report.size, self.report.root = head.size, "sha256:" + head.root.hex()
        self.report.units = standing(replay.inst)
        sealed = self.sealed.frontier if self.sealed else merkle.Frontier()
        form_only, signatures = self.report.form_only, self.report.signatures
        return state.dump(self.request.vkey.strip(), replay.inst, self.open.frontier, sealed, form_only, signatures)

    # -- bytes and checkpoints

    def _head(self) -> Checkpoint:
        try:
            note = self.fetch("checkpoint")
        except KeyError:
            raise unreadable("没有 checkpoint 文件", "there is no checkpoint file") from None
        try:
            head = checkpoint.open(note, self.key)
            if self.request.policy is not None:
                verdict = policy.evaluate(policy.parse(self.request.policy), note, [self.key])
                self.report.witnesses, self.report.quorum = list(verdict.witnesses), verdict.quorum
        except policy.BadPolicy as error:
            raise unreadable(f"见证策略不合格式：{error}", f"not a policy: {error}") from None
        except BadNote as error:
            raise tampered("checkpoint", str(error)) from None
        return head

    def _sealed_book(self, rotations: list[bytes]) -> BookFiles | None:
        """The sealed book under the key the genesis act names; None where it is empty and not published."""
        self.reading = 0
        first = self.open.leaf(0)
        if first is None:
            return None
        try:
            act = decode(first).entry.act
            genesis = msgspec.json.decode(act.body)
            named = {"open": [str(genesis["open_vkey"])], "sealed": [str(genesis["sealed_vkey"])]}
            for name, vkey in self._rotated(rotations):
                named[name].append(vkey)
            self.keys = {name: [Verifier.from_vkey(vkey) for vkey in vkeys] for name, vkeys in named.items()}
            if self.key not in self.keys["open"] or act.cov != self.key.name:
                raise tampered("genesis", f"open_vkey, cov ≠ {self.key.vkey}", 0)
            self.reading = None
            head = checkpoint.open(self.fetch("sealed/checkpoint"), *self.keys["sealed"])
        except KeyError:
            return None
        except (Malformed, msgspec.DecodeError, BadKey, TypeError) as error:
            raise tampered("genesis", str(error), 0) from None
        except BadNote as error:
            raise tampered("sealed/checkpoint", str(error)) from None
        base = self.base
        book = BookFiles("sealed", self.fetch, "sealed/", head, _frontier(base.sealed if base else None))
        book.authenticate()
        self.report.sealed = head.size
        self.report.checked("sealed bytes")
        return book

    def _rotated(self, rotations: list[bytes]) -> Iterator[tuple[str, str]]:
        """The further keys that acts of this book name; whether they may, the fold decides."""
        if self.base is not None:
            yield from self.base.inst.rotated
        for data in rotations:
            body = msgspec.json.decode(decode(data).entry.act.body)
            yield str(body["book"]), str(body["verifier"])

    def _earlier_checkpoints(self) -> None:
        for name, note in self.request.checkpoints:
            try:
                earlier = checkpoint.open(note, *self.keys["open"])
            except BadNote as error:
                raise unreadable(
                    f"{name}：不是本簿的检查点（{error}）", f"{name}: not a checkpoint of this book ({error})"
                ) from None
            if self.open.root_bytes(earlier.size) != earlier.root:
                raise tampered(name, f"size {earlier.size}: another history 另一份历史（分叉 / fork）")
        if self.request.checkpoints:
            self.report.checked("earlier checkpoints")

    # -- acts

    def _fold(self, inst: Institution | None) -> Replay:
        replay = Replay(self, inst)
        base = self.base
        self.report.form_only, self.report.signatures = (base.form_only, base.signatures) if base else (0, 0)
        start = replay.inst.size
        pending = sorted(self._opened(), key=lambda o: o[1].opening.index)
        try:
            for index, data in enumerate(self.open.leaves(start), start):
                self.reading, self.type = index, ""
                leaf = self._decoded(index, data)
                self.reading = None  # what a holder discloses is no fault of an entry's
                while pending and _came_before(pending[0][1], leaf, replay.inst):
                    self._judge_sealed(replay, *pending.pop(0))
                self.reading, self.type = index, leaf.entry.act.type
                if not self._add(replay, index, leaf):
                    break
                if index % 4096 == 0:
                    self.progress(index, self.open.head.size)
            self.reading = None
            for name, opened in pending:
                self._judge_sealed(replay, name, opened)
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
            raise tampered(f"#{index}", str(error), index) from None

    def _add(self, replay: Replay, index: int, leaf: Leaf) -> bool:
        type = leaf.entry.act.type
        try:
            jobs = replay.add(leaf)
        except (Refused, OutOfTurn) as error:
            raise self._refused(error, index, type) from None
        except Tampered as error:
            raise tampered(f"#{index} {error.what}", error.why, index, type) from None
        if index == 0 and replay.inst.genesis:
            self.pool.origins = replay.inst.genesis.origins
        self._objects_there(index, leaf)
        if type in IN_FORM_ONLY or (type == "vote.close/1" and b'"ballots":""' in bytes(leaf.entry.act.body)):
            self.report.form_only += 1
        return self.pool.add(index, jobs)

    def _refused(self, error: Refused | OutOfTurn, index: int, type: str) -> Stop:
        code = error.refusal["code"]
        if code in ("out-of-turn/missing-object", "out-of-turn/missing-opening"):
            return tampered(f"#{index} {error.refusal['figures'].get('digest', '')}", "missing", index, type)
        return unlawful({"article": kind_article(type)} | error.refusal, index, type)

    def _objects_there(self, index: int, leaf: Leaf) -> None:
        """Every public object an act names is published and has that digest, whether a rule reads it or not."""
        raw = bytes(leaf.entry.act.body)
        if raw.find(b'"sha256:') < 0:  # quicker than `in`, a million times
            return
        for digest in public_digests(msgspec.json.decode(raw)):
            if digest not in self.objects:
                data = self.object(digest)
                if data is None or canonical.digest(data) != digest:
                    why = "missing" if data is None else "hash"
                    raise tampered(f"#{index} objects/{digest}", why, index, leaf.entry.act.type)
                self.objects[digest] = True
        self.report.objects = len(self.objects)

    def _signatures_hold(self) -> None:
        bad = self.pool.first_bad()
        if bad is not None:
            raise tampered(f"#{bad}", "signature 签名不成立", bad)

    # -- what holders of receipts and openings add

    def _opened(self) -> list[tuple[str, Opened]]:
        found = []
        for name, data in self.request.disclosures:
            try:
                found += [(name, o) for o in read(data, self.sealed_leaf)]
            except Malformed as error:
                raise tampered(name, str(error)) from None
        return found

    def _judge_sealed(self, replay: Replay, name: str, opened: Opened) -> None:
        """A disclosed act is lawful as the institution stood when it arrived."""
        type = opened.leaf.entry.act.type
        try:
            _, jobs = replay.judge(opened.leaf)
        except (Refused, OutOfTurn) as error:
            raise unlawful(error.refusal, None, f"sealed #{opened.opening.index} {type}") from None
        except Undisclosed as error:
            raise unreadable(
                f"{name}：密封 #{opened.opening.index} 所答的行为 {error} 未一并启封，无从判断",
                f"{name}: sealed #{opened.opening.index} answers {error}, which is not opened with it",
            ) from None
        origins = replay.inst.genesis.origins if replay.inst.genesis else ()
        if not all(signature_holds(job, origins) for job in jobs):
            raise tampered(f"{name} sealed #{opened.opening.index}", "signature")
        self.report.disclosed += 1

    def _receipts(self, inst: Institution) -> None:
        for name, data in self.request.receipts:
            receipts.check(name, data, self.keys, inst, self.open, self.sealed)
        if self.request.receipts:
            self.report.checked("receipts")

    def _disclosures(self, replay: Replay) -> None:
        for name, opened in self._opened():
            receipts.ballot_counted(name, opened, replay, self)
        if self.request.disclosures:
            self.report.checked("disclosures")

    # -- a replay's sources

    def object(self, digest: str) -> bytes | None:
        try:
            return self.fetch(f"objects/sha256/{digest.removeprefix('sha256:')}")
        except KeyError:
            return None

    def leaf(self, index: int) -> bytes | None:
        return self.open.leaf(index)

    def sealed_leaf(self, index: int) -> bytes | None:
        return self.sealed.leaf(index) if self.sealed else None

    def root(self, size: int) -> str | None:
        return self.open.root(size)

    def sealed_root(self, size: int) -> str | None:
        if size == 0:
            return "sha256:" + merkle.EMPTY_ROOT.hex()
        return self.sealed.root(size) if self.sealed else None

    opens_all = False

    def opened(self) -> Iterator[tuple[int, str, bytes]]:
        for _, o in self._opened():
            yield o.opening.index, o.opening.commitment, o.leaf.data


def kind_article(type: str) -> int:
    """The article an act type rests on; 0 for a type unknown."""
    kind = KINDS.get(type)
    return kind.article if kind else 0


def _came_before(opened: Opened, leaf: Leaf, inst: Institution) -> bool:
    """Whether a sealed act arrived before an open one: by their times or, within a second, by the last anchor."""
    anchored = inst.anchors[-1].size if inst.anchors else 0
    return opened.leaf.entry.rx.t < leaf.entry.rx.t or opened.opening.index < anchored


def _frontier(data: bytes | None) -> merkle.Frontier | None:
    return None if data is None else merkle.Frontier.from_bytes(data)


def verify_all(fetch: Fetch, vkey: str, checkpoints: Sequence[tuple[str, bytes]] = ()) -> Report:
    """Verify with nothing but the key (and earlier checkpoints): the usual case, for callers in code."""
    return verify(fetch, Request(vkey, checkpoints=tuple(checkpoints)))[0]


__all__ = ["Request", "verify", "verify_all"]
