"""Whoever has no valid key: what it cannot do, how it gets its voice back, and what it has to do meanwhile, in words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.covenant.periods import moment
from gongyue.governance.institution import Institution
from gongyue.governance.key import able
from gongyue.governance.registry import NEVER, known

Words = tuple[str, str]
"""Chinese, English."""


class Silent(msgspec.Struct, frozen=True):
    """A unit that has something to do and no key to sign it with: until when its new key waits, 0 where none does, or nobody knows yet."""

    unit: str
    matters: tuple[str, ...]
    back: int


def cannot(holder: str) -> Words:
    """What nobody without a valid key can do."""
    if is_unit(holder):
        return (
            "没有有效密钥就不能签署：不能投票、提议、附议、签署公约和附件、申报、提问、退出；凭纸面以其名义记录的，只能凭盖章的函件否认",
            "without a valid key nothing is signed: no ballot, proposal or support, no signature under the covenant or"
            " an annex, no declaration, question or withdrawal; what is recorded from its paper is disavowed by letter only",
        )
    if holder == AUTHORITY:
        return (
            "没有有效密钥就不能签署批准，也不能否认以其名义补办的密钥；其批复改由两名职员凭函件记录",
            "without a valid key the authority cannot sign approvals here, nor disavow a key recovered in its name; two officers record its letters",
        )
    return (
        "没有有效密钥就不能签署任何公务行为，也不能否认以其名义补办的密钥",
        "without a valid key nothing is signed for the executive body, and no key recovered in its name is disavowed",
    )


def way_back(inst: Institution, holder: str, time: int) -> Words:
    """How the holder gets a key that signs: it waits already, it is recovered, or a first one is registered."""
    assert inst.genesis is not None
    if any(key in inst.uncompared for key in inst.keys_of(holder)):
        return (
            "申请所带的密钥，须两名职员与盖章的申请表核对之后才能签署；印好核对词的申请表在递交申请后的那一页、“成员资格”页打印，盖章后寄交执行机构",
            "the key its application brought cannot sign until two officers have compared it with the stamped form of the"
            " application: the application’s own page and the page “Membership” print it with the key’s words; stamped, it is sent to"
            " the executive body",
        )
    if (waits := waiting(inst, holder, time)) >= NEVER:
        return (
            f"新密钥自两名职员记录已告知、或持有人确认之后满 {inst.genesis.recovery_days} 日生效",
            f"a new key is valid {inst.genesis.recovery_days} days after two officers record that its holder was told, or it confirms so",
        )
    if waits:
        return f"新密钥于 {moment(waits)} 生效", f"a new key is valid from {moment(waits)}"
    if not inst.keys_of(holder) and holder.startswith("o:"):
        return (
            "在自己的设备上建立通行密钥，与两名职员在电话里核对词语，由他们登记首把密钥",
            "make a passkey on your own device, compare its words with two officers by telephone, and they register a first key",
        )
    if not inst.keys_of(holder):
        return (
            "把公钥写在盖章的函件上交执行机构，由两名职员登记首把密钥",
            "a sealed letter with its public key goes to the executive body, where two officers register a first key",
        )
    days = inst.genesis.recovery_days
    return (
        f"办法是凭盖章的函件补办，公示 {days} 日后生效；其间可凭纸面办理",
        f"the way back is a letter bearing its seal by which a key is recovered, valid after {days} days; meanwhile paper serves",
    )


def waiting(inst: Institution, holder: str, time: int) -> int:
    """When the first of the holder's keys that wait becomes valid; 0 where none waits."""
    keys = inst.keys_of(holder).values()
    return min((key.valid_from for key in keys if key.until is None and key.valid_from > time), default=0)


def silent(inst: Institution, time: int) -> Iterator[Silent]:
    """Every unit that has something to do and cannot sign it, in the order of their ids."""
    matters: dict[str, list[str]] = {}
    founding = inst.founding
    if founding.stage == "frozen":
        for unit in founding.initiators.difference(founding.signatures):
            matters.setdefault(unit, []).append("founding")
    for vote in inst.votes.values():
        if not vote.outcome and time < vote.closes:
            for unit in vote.roll:
                if unit in inst.members:
                    matters.setdefault(unit, []).append(vote.id)
    for unit, todo in sorted(matters.items()):
        if not able(inst, unit, time):
            yield Silent(unit, tuple(todo), known(waiting(inst, unit, time)))
