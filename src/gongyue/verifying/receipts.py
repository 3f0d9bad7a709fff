"""What members kept: receipts and their own openings, held against the published book."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from gongyue.book.disclosure import DisclosedEntry, NotPublished, read
from gongyue.book.entry import decode
from gongyue.book.receipts import InclusionPromise, is_promise, parse_inclusion_promise
from gongyue.book.replay import Replay
from gongyue.covenant.periods import moment
from gongyue.covenant.rulings import Ruling
from gongyue.governance import ballots, tally
from gongyue.governance.acts import act_type_of
from gongyue.governance.clock import far_after
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import Recovery
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical, checkpoint, proofs
from gongyue.transparency.notes import BadNote, Verifier
from gongyue.verifying.failures import Stop, tampered, unlawful, unreadable
from gongyue.verifying.published_book import BookFiles
from gongyue.verifying.report import WaitingPromise

if TYPE_CHECKING:
    from gongyue.verifying.verify import _Verification


def check(
    name: str,
    data: bytes,
    keys: dict[str, list[Verifier]],
    inst: Institution,
    open_: BookFiles,
    sealed: BookFiles | None,
) -> WaitingPromise | None:
    """A receipt must be kept: the proven act stands where it stood, the promised one is in by its anchor; it where that is to come."""
    if is_promise(data):
        return _promise(name, data, keys["sealed"], inst, sealed)
    try:
        proof = proofs.parse(data)
        signed = checkpoint.open(proof.checkpoint, *keys["open"])  # before anything else: only what is signed accuses
    except (proofs.BadProof, BadNote) as error:
        raise unreadable(
            f"{name}：不是本簿的回执（{error}）", f"{name}: not a receipt of this book ({error})", "receipt", file=name
        ) from None
    if open_.root_bytes(signed.size) != signed.root:
        raise tampered("fork", name, f"size {signed.size}", proof.index)
    try:
        proofs.verify(data, open_.leaf(proof.index) or b"", *keys["open"])
    except proofs.BadProof as error:  # this book has the very root that was signed, so the file is at fault
        raise unreadable(
            f"{name}：签名属实，证明已损坏（{error}）",
            f"{name}: truly signed, but its proof is damaged ({error})",
            "receipt",
            file=name,
        ) from None
    return None


def _signed(name: str, data: bytes, keys: list[Verifier]) -> InclusionPromise:
    try:
        return parse_inclusion_promise(data, *keys)
    except BadNote as error:
        raise unreadable(
            f"{name}：不是本簿的承诺（{error}）", f"{name}: not a promise of this book ({error})", "receipt", file=name
        ) from None


def _promise(
    name: str, data: bytes, keys: list[Verifier], inst: Institution, sealed: BookFiles | None
) -> WaitingPromise | None:
    promise = _signed(name, data, keys)
    assert inst.genesis is not None  # which names the key it was signed with
    anchors = inst.anchors
    slot = promise.time // inst.genesis.slot_seconds + 1  # whatever it states: what is promised late is not kept later
    recovery = _left(inst, promise)
    if recovery is not None:
        slot = recovery.time // inst.genesis.slot_seconds + 1
        anchors = tuple(a for a in anchors if a.index > recovery.index)
    due = next((a for a in anchors if a.slot >= slot), None)
    if due is None:
        if inst.now // inst.genesis.slot_seconds > slot + 1:
            raise tampered("late", name, promise.commitment, slot=slot)
        until = moment((slot + 2) * inst.genesis.slot_seconds)
        return WaitingPromise(
            name, promise.commitment, moment(promise.time), until
        )  # nothing to hold against the office
    start = max((a.size for a in inst.anchors if a.time <= promise.time), default=0)
    if not _holds(sealed, promise, start, due.size if recovery is None else recovery.sealed):
        raise tampered("promise", name, promise.commitment, slot=due.slot)
    return None


def keeps(name: str, line: NotPublished, keys: list[Verifier], inst: Institution, sealed: BookFiles | None) -> None:
    """What a disclosure line's promise was given for is not in the published book: it must not be due yet."""
    _require_its_own(name, line.what, _signed(name, line.promise, keys), line.commitment, line.arrived)
    _promise(name, line.promise, keys, inst, sealed)


def arrived_as_promised(
    name: str, opened: DisclosedEntry, receipts: tuple[tuple[str, bytes], ...], keys: list[Verifier]
) -> None:
    """A disclosed entry arrived when its promise says, that of its line, or one among the receipts, which were checked before."""
    commitment, time = opened.opening.commitment, opened.leaf.entry.rx.t
    if opened.promise:
        _require_its_own(name, f"sealed #{opened.opening.index}", _signed(name, opened.promise, keys), commitment, time)
    for other, data in receipts:
        if is_promise(data) and (promise := _signed(other, data, keys)).commitment == commitment:
            _require_its_own(name, other, promise, commitment, time)


def _require_its_own(name: str, what: str, promise: InclusionPromise, commitment: str, arrived: int) -> None:
    """Stop unless it is that leaf's promise, and of the time at which the entry says it arrived (0: it is none)."""
    if promise.commitment != commitment:
        raise unreadable(
            f"{name}：{what} 与承诺书不是同一件：内容被改过，或承诺书是另一件的",
            f"{name}: {what} is not what the promise was given for: it was altered, or the promise is of another act",
            "receipt",
            file=name,
        )
    if arrived and promise.time != arrived:
        raise tampered("arrival", name, f"{what}: {moment(arrived)} ≠ {moment(promise.time)}")


def _left(inst: Institution, promise: InclusionPromise) -> Recovery | None:
    """The recovery from the false time in which it was made: it is kept by the first anchor after that.

    It is among the leaves that the sealed book had then, all of which that anchor holds. A later recovery puts nothing
    off: nothing arrived in its false time that is so far from it. Nor is it one of a false time for certain while it can
    have been made since the book's last entry: it is due by its slot then.
    """
    if promise.time <= inst.now + far_after(inst):
        return None
    return next((r for r in reversed(inst.recoveries) if promise.time <= r.left + far_after(inst)), None)


def _holds(sealed: BookFiles | None, promise: InclusionPromise, start: int, size: int) -> bool:
    """Whether the sealed book has it among its first `size` leaves; from `start` on it is looked for first."""
    looked = chain(range(start, size), range(min(start, size)))
    return sealed is not None and sealed_leaf(promise.commitment) in map(sealed.leaf, looked)


def ballot_counted(name: str, opened: DisclosedEntry, replay: Replay, sources: _Verification) -> None:
    """A disclosed ballot, disavowal or notice of a closed vote must be among those opened at its close.

    Where those were handed to members only, and are not at hand, nothing is said of it.
    """
    entry = opened.leaf.entry
    if entry.act.type not in ballots.BALLOTS + ballots.NOTICES:
        return
    vote = replay.inst.votes.get(msgspec.json.decode(entry.act.body)["vote"])
    if vote is None or vote.closed_index is None:
        return
    data = sources.leaf(vote.closed_index)
    assert data is not None
    closing = msgspec.json.decode(decode(data).entry.act.body)
    digest = closing["ballots"] or closing["handed"]
    lines = sources.object(digest) if closing["ballots"] else sources.handed(digest)
    if lines is None and not closing["ballots"]:
        return
    if canonical.digest(lines or b"") != digest:  # it was the right one when the vote was counted
        raise tampered("hash", f"objects/{digest}", index=vote.closed_index, type="vote.close/1")
    counted = any(o.opening.index == opened.opening.index for o in read(lines or b"", sources.sealed_leaf))
    ruling = tally.opened_at_close(entry.act.actor, opened.opening.index, counted)
    if not ruling.holds:
        raise _unlawful(replay, ruling, vote.closed_index, name)


def _unlawful(replay: Replay, ruling: Ruling, index: int, name: str) -> Stop:
    close = act_type_of("vote.close/1")
    refusal = replay.inst.meaning.cite(ruling, close.clause)
    refusal["figures"] |= {"disclosure": name}
    return unlawful(refusal, index, close.type)
