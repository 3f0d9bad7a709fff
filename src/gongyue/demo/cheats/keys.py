"""Cheats with other people's keys (article 5, reading executive.keys)."""

from __future__ import annotations

from gongyue.demo.cheats.catalogue import cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.stage import paper


@cheat(
    "take-over-key",
    "凭伪造的函件“恢复”成员密钥，不等公示期满即使用",
    "“recover” a member's key on a forged letter and use it before the visible delay is over",
    caught=(
        "单凭 verify：第5条，密钥尚未生效，列明时刻",
        "verify alone: article 5, the key is not valid yet; both times are named",
    ),
    code="GY-05-04",
)
def take_over_key(desk: Desk) -> Forger:
    """The proposal lacks supporters, so a member is made to support it."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    key = forger.new_key(victim)
    letter = paper("函〔2026〕12号", forger.day(), forger.day())
    recovered = {"key": key, "alg": "ed25519"}
    forger.act("key.recover/1", victim, recovered, ["o:qin", "o:bai"], letter)
    proposal = next(iter(forger.inst.proposals))
    forger.later(days=2).act("amendment.support/1", victim, {"proposal": proposal}, [victim])
    return forger
