"""What members kept: receipts and their own openings, held against the published book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gongyue.book.disclosure import Opened, read
from gongyue.book.entry import decode
from gongyue.book.receipts import Promise, is_promise, read_promise
from gongyue.book.replay import Replay
from gongyue.covenant.citing import Ruling
from gongyue.governance import ballots
from gongyue.governance.institution import Institution
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical, checkpoint, proofs
from gongyue.transparency.notes import BadNote, Verifier
from gongyue.verifying.bookfiles import BookFiles
from gongyue.verifying.failures import Stop, tampered, unlawful, unreadable

if TYPE_CHECKING:
    from gongyue.verifying.verify import _Verification


def check(
    name: str,
    data: bytes,
    keys: dict[str, list[Verifier]],
    inst: Institution,
    open_: BookFiles,
    sealed: BookFiles | None,
) -> None:
    """A receipt must be kept: the proven act stands where it stood, the promised one is in by its anchor."""
    if is_promise(data):
        _promise(name, data, keys["sealed"], inst, sealed)
        return
    try:
        proof = proofs.parse(data)
        signed = checkpoint.open(proof.checkpoint, *keys["open"])  # before anything else: only what is signed accuses
    except (proofs.BadProof, BadNote) as error:
        raise unreadable(
            f"{name}：不是本簿的回执（{error}）", f"{name}: not a receipt of this book ({error})"
        ) from None
    if open_.root_bytes(signed.size) != signed.root:
        raise tampered(name, f"size {signed.size}: another history 另一份历史（分叉 / fork）", proof.index)
    try:
        proofs.verify(data, open_.leaf(proof.index) or b"", *keys["open"])
    except proofs.BadProof as error:  # this book has the very root that was signed, so the file is at fault
        raise unreadable(
            f"{name}：签名属实，证明已损坏（{error}）", f"{name}: truly signed, but its proof is damaged ({error})"
        ) from None


def _promise(name: str, data: bytes, keys: list[Verifier], inst: Institution, sealed: BookFiles | None) -> None:
    assert inst.genesis is not None
    try:
        promise = read_promise(data, *keys)
    except BadNote as error:
        raise unreadable(
            f"{name}：不是本簿的承诺（{error}）", f"{name}: not a promise of this book ({error})"
        ) from None
    due = [a for a in inst.anchors if a.slot >= promise.slot]
    if not due:
        if inst.now // inst.genesis.slot_seconds > promise.slot + 1:
            raise tampered(name, f"{promise.commitment}: 逾期未锚定 / no anchor since slot {promise.slot}")
        return  # not yet due: nothing to hold against the office
    if _place(sealed, promise, due[0].size) is None:
        raise tampered(name, f"{promise.commitment} 未入密封簿 / not in the sealed book by anchor {due[0].slot}")


def _place(sealed: BookFiles | None, promise: Promise, size: int) -> int | None:
    wanted = sealed_leaf(promise.commitment)
    if sealed is None:
        return None
    return next((i for i, leaf in enumerate(sealed.leaves(0)) if i < size and leaf == wanted), None)


def ballot_counted(name: str, opened: Opened, replay: Replay, sources: _Verification) -> None:
    """A disclosed ballot or disavowal of a closed public vote must be among those opened at its close."""
    entry = opened.leaf.entry
    if entry.act.type not in ("vote.ballot/1", "vote.disavow/1"):
        return
    vote = replay.inst.votes.get(msgspec.json.decode(entry.act.body)["vote"])
    if vote is None or not vote.public or vote.closed_index is None:
        return
    data = sources.leaf(vote.closed_index)
    assert data is not None
    digest = msgspec.json.decode(decode(data).entry.act.body)["ballots"]
    lines = sources.object(digest) or b""
    if canonical.digest(lines) != digest:  # it was the right one when the vote was counted
        raise tampered(f"#{vote.closed_index} objects/{digest}", "hash", vote.closed_index, "vote.close/1")
    counted = any(o.opening.index == opened.opening.index for o in read(lines, sources.sealed_leaf))
    ruling = ballots.opened_at_close(entry.act.actor, opened.opening.index, counted)
    if not ruling.holds:
        raise _unlawful(replay, ruling, vote.closed_index, name)


def _unlawful(replay: Replay, ruling: Ruling, index: int, name: str) -> Stop:
    refusal = replay.inst.meaning.cite(ruling, 22)
    refusal["figures"] |= {"disclosure": name}
    return unlawful(refusal, index, "vote.close/1")
