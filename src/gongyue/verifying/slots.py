"""Which leaves of some slots are padding: what members check without seeing an act (formats §10.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from gongyue.governance.book import Anchor
from gongyue.governance.institution import Institution
from gongyue.governance.slots import LEAST, spans
from gongyue.sealing.commitment import commitment_of
from gongyue.sealing.padding import padding_in
from gongyue.transparency import merkle


class BadSlots(Exception):
    """Slots that cannot be audited: ``zh`` and ``en`` say which and why."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} / {en}")


class NotPadding(Exception):
    """A slot whose leaves its key does not explain: its number, and in words what was found."""

    def __init__(self, slot: int, zh: str, en: str) -> None:
        self.slot, self.zh, self.en = slot, zh, en
        super().__init__(f"{zh} / {en}")


class SlotKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of slot keys: lower-case hex of 32 bytes by the slot's number."""

    keys: dict[str, str]
    v: Literal["gongyue/slotkeys@1"]

    @classmethod
    def of(cls, keys: Mapping[int, bytes]) -> SlotKeys:
        """The file's content."""
        return cls({str(slot): key.hex() for slot, key in keys.items()}, "gongyue/slotkeys@1")


class SlotAudit(msgspec.Struct, frozen=True):
    """The totals over all audited slots, never of one: padding, real acts, and the digest of the real ones' commitments.

    `rest`: of the commitments that are no padding, ascending, each with a line end; who audits the content states the same.
    """

    slots: tuple[int, ...]
    padding: int
    real: int
    rest: str


def read_keys(data: bytes) -> dict[int, bytes]:
    """The keys of a file by slot; BadSlots where it is none."""
    try:
        said = msgspec.json.decode(data, type=SlotKeys)
        keys = {int(slot): bytes.fromhex(key) for slot, key in said.keys.items()}
        sound = all(str(int(slot)) == slot for slot in said.keys)
    except (ValueError, msgspec.DecodeError):  # UnicodeDecodeError is one
        keys, sound = {}, False
    if not sound or any(len(key) != 32 for key in keys.values()):
        raise BadSlots(
            '不是时段密钥文件（{"keys":{"20500":"…64 位十六进制…"},"v":"gongyue/slotkeys@1"}）。',
            'not a file of slot keys ({"keys":{"20500":"…64 hex digits…"},"v":"gongyue/slotkeys@1"}).',
        )
    return keys


def audit(inst: Institution, keys: Mapping[int, bytes], leaves: Sequence[bytes]) -> SlotAudit:
    """Tell padding from acts in the slots that keys are given for; `leaves`: the sealed book's, from its first.

    BadSlots: fewer than 30 slots, one that was never anchored, or leaves that are not those anchored; NotPadding: a slot of
    which not 1 to `quantum` leaves are padding of its key.
    """
    assert inst.genesis is not None
    spans = _spans(inst, keys)
    _require_anchored(max((anchor for _, anchor in spans.values()), key=lambda a: a.size), leaves)
    known = [commitment_of(leaf) for leaf in leaves]
    before, read = set[str](), 0
    padded, rest = 0, list[str]()
    for slot, (start, anchor) in sorted(spans.items(), key=lambda span: span[1][0]):
        before.update(known[read:start])
        there, read = set(known[start : anchor.size]), start
        if len(there) != anchor.size - start or not there.isdisjoint(before):
            raise NotPadding(
                slot,
                f"时段 {slot}：有一页在密封簿里出现两次。",
                f"slot {slot}: a leaf stands twice in the sealed book.",
            )
        found = padding_in(keys[slot], there, before)
        if not 1 <= len(found) <= inst.genesis.quantum:
            raise NotPadding(
                slot,
                f"时段 {slot}：{len(there)} 页里有 {len(found)} 页是这把密钥的补齐，应为 1 至 {inst.genesis.quantum} 页；"
                "密钥不是这一时段的，或补齐不是照格式做的。",
                f"slot {slot}: of {len(there)} leaves {len(found)} are padding under this key, and 1 to {inst.genesis.quantum} should be;"
                " the key is another slot's, or the padding was not made as the format says.",
            )
        padded += len(found)
        rest += there.difference(found)
    return SlotAudit(tuple(sorted(keys)), padded, len(rest), rest_of(rest))


def rest_of(commitments: Iterable[str]) -> str:
    """The digest of commitments that are no padding: ascending, a line feed after each."""
    return "sha256:" + hashlib.sha256("".join(f"{one}\n" for one in sorted(commitments)).encode()).hexdigest()


def _spans(inst: Institution, keys: Mapping[int, bytes]) -> dict[int, tuple[int, Anchor]]:
    """Of each slot where it begins in the sealed book, and the anchor at which it ends."""
    if len(keys) < LEAST:
        raise BadSlots(
            f"只有 {len(keys)} 个时段；至少 {LEAST} 个一起核，以免看出某一时段有没有人递交。",
            f"{len(keys)} slots only; at least {LEAST} are audited together, so that none shows whether something was filed in it.",
        )
    known = spans(inst)
    if absent := sorted(set(keys) - set(known)):
        raise BadSlots(f"时段 {absent[0]} 没有锚定。", f"there is no anchor of slot {absent[0]}.")
    return {slot: known[slot] for slot in keys}


def _require_anchored(anchor: Anchor, leaves: Sequence[bytes]) -> None:
    frontier = merkle.Frontier()
    for leaf in leaves[: anchor.size]:
        frontier.append(merkle.leaf_hash(leaf))
    if frontier.size != anchor.size or f"sha256:{frontier.root().hex()}" != anchor.root:
        raise BadSlots(
            f"密封簿的前 {anchor.size} 页不是时段 {anchor.slot} 锚定的。",
            f"the first {anchor.size} leaves of the sealed book are not those that slot {anchor.slot} anchored.",
        )
