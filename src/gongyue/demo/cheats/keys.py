"""Cheats with other people's keys (reading executive.keys)."""

from __future__ import annotations

import msgspec

from gongyue.covenant.parties import EXECUTIVE, SYSTEM
from gongyue.demo.cheats.catalogue import NAME, TIME, cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import admit_as, wait
from gongyue.demo.simulated_office import commitment_to, paper
from gongyue.governance.key import staying

TWO = ("o:qin", "o:bai")


def letter(forger: Forger) -> dict[str, str]:
    """A letter that does not exist, dated and arrived today."""
    return paper("函〔2026〕12号", forger.day(), forger.day())


def say_told(forger: Forger, entry: int) -> None:
    """Say that whoever it names was told of an entry today."""
    forger.executive("key.notify/1", {"entry": entry, "way": "telephone", "day": forger.day()}, *TWO)


def _key_of(forger: Forger, holder: str) -> str:
    """The key the holder has."""
    return next(kid for kid, key in forger.inst.keys_of(holder).items() if key.stays(forger.now))


@cheat(
    "take-over-key",
    NAME,
    "凭伪造的函件“恢复”成员密钥，不等公示期满即使用",
    "“recover” a member's key on a forged letter and use it before the visible delay is over",
    caught=(
        "单凭 verify：密钥尚未生效，列明时刻",
        "verify alone: the key is not valid yet; both times are named",
    ),
    code="GY-05-04",
)
def take_over_key(desk: Desk) -> Forger:
    """The proposal lacks supporters, so a member is made to support it."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    key = forger.new_key(victim)
    recovered, entry = {"key": key, "alg": "ed25519"}, forger.inst.size
    forger.act("key.recover/1", victim, recovered, TWO, letter(forger))
    say_told(forger, entry)
    forger.later(days=2).act("amendment.support/1", victim, msgspec.json.decode(bytes(true.act.body)), [victim])
    return forger


@cheat(
    "revoke-and-register",
    NAME,
    "凭伪造的函件作废成员的密钥，再为其登记“首把”密钥",
    "revoke a member's key on a forged letter, then register a “first” one for it",
    caught=(
        "单凭 verify：该单位已有过密钥；作废要经公示期",
        "verify alone: the unit had a key before; and a revocation on paper waits",
    ),
    code="GY-05-05",
)
def revoke_and_register(desk: Desk) -> Forger:
    """The two ordinary commands by which a key was once taken over in a minute."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    forger.act("key.revoke/1", victim, {"key": _key_of(forger, victim), "last": True}, TWO, letter(forger))
    body = {"holder": victim, "key": forger.new_key(victim), "alg": "ed25519"}
    forger.act("key.register/1", EXECUTIVE, body, TWO, letter(forger))
    proposal = next(iter(forger.inst.proposals))
    forger.act("amendment.support/1", victim, {"proposal": proposal}, [victim])
    return forger


@cheat(
    "never-told",
    NAME,
    "凭伪造的函件“恢复”成员密钥，从不告知，公示期满后使用",
    "“recover” a member's key on a forged letter, never tell it, and use the key once the delay has passed",
    caught=(
        "单凭 verify：没有告知，公示期不起算，密钥没有生效",
        "verify alone: untold, its delay never began and the key is not valid",
    ),
    code="GY-05-04",
)
def never_told(desk: Desk) -> Forger:
    """It is hoped that the member looks at the book after a week and finds that it is too late to disavow."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    recovered = {"key": forger.new_key(victim), "alg": "ed25519"}
    forger.act("key.recover/1", victim, recovered, TWO, letter(forger))
    wait(forger, forger.now + 8 * 86_400)
    forger.act("amendment.support/1", victim, {"proposal": next(iter(forger.inst.proposals))}, [victim])
    return forger


@cheat(
    "told-too-early",
    TIME,
    "编造成员的退出通知，并称记录之前就已告知该成员",
    "invent a member's withdrawal, and say that it was told of it before it was recorded",
    caught=(
        "单凭 verify：告知之日不得早于所告知的一条",
        "verify alone: nobody is told of an entry before the day on which it was recorded",
    ),
    code="out-of-turn/past-date",
)
def told_too_early(desk: Desk) -> Forger:
    """The days for a disavowal are to have run out on the day of the recording."""
    forger, _ = desk.before("publication.list/1", nth=-1)
    victim = min(forger.inst.members)
    withdrawn = forger.inst.size
    forger.act("membership.withdraw/1", victim, {"effective": None}, TWO, letter(forger))
    forger.executive("key.notify/1", {"entry": withdrawn, "way": "telephone", "day": forger.day(-10)}, *TWO)
    return forger


@cheat(
    "come-back-as",
    NAME,
    "编造成员的退出通知，再以其名义用自造的密钥申请加入",
    "invent a member's withdrawal, then apply in its name with a key made for it",
    caught=(
        "单凭 verify：有过密钥的单位须以自己的密钥申请",
        "verify alone: a unit that had a key applies with a key of its own",
    ),
    code="GY-05-05",
)
def come_back_as(desk: Desk) -> Forger:
    """A member is back the next day, and another holds its key."""
    forger, _ = desk.before("publication.list/1", nth=-1)
    victim = forger.inst.units[min(forger.inst.members)]
    forger.act("membership.withdraw/1", victim.id, {"effective": None}, TWO, letter(forger))
    admit_as(forger, victim.id, victim.name, victim.code)
    return forger


@cheat(
    "disown-key",
    NAME,
    "编造函件，称单位的首把密钥不是它的",
    "invent a letter that says a unit's first key is not its own",
    caught=(
        "单凭 verify：否认由没有记录所否认之事的职员记录",
        "verify alone: a disavowal is recorded by officers who did not record what it disavows",
    ),
    code="GY-05-12",
)
def disown_key(desk: Desk) -> Forger:
    """It is about to join, and the two who registered its key take it back."""
    forger, true = desk.before("membership.enrol/1")
    victim = true.act.actor
    index, _ = desk.find("key.register/1", lambda entry: f'"holder":"{victim}"'.encode() in bytes(entry.act.body))
    forger.act("key.disavow/1", victim, {"entry": index}, TWO, letter(forger))
    return forger


@cheat(
    "end-members-key",
    NAME,
    "由两名职员停用成员的密钥",
    "let two officers end a member's key",
    caught=("单凭 verify：单位的密钥由其自行作废", "verify alone: a unit revokes its own key"),
    code="GY-05-07",
)
def end_members_key(desk: Desk) -> Forger:
    """It is to be silent while the vote is open."""
    forger, _ = desk.before("vote.close/1")
    forger.executive("key.retire/1", {"key": _key_of(forger, max(forger.inst.members))}, *TWO)
    return forger


@cheat(
    "silent-end",
    NAME,
    "作废成员的最后一把密钥而不写明",
    "revoke a member's last key without saying that it is the last",
    caught=("单凭 verify：所余有效密钥为 0", "verify alone: no other key stays valid"),
    code="GY-05-08",
)
def silent_end(desk: Desk) -> Forger:
    """The letter speaks of an old key, and nobody notices that it was the only one."""
    forger, _ = desk.before("vote.open/1")
    victim = max(forger.inst.members)
    forger.act("key.revoke/1", victim, {"key": _key_of(forger, victim)}, TWO, letter(forger))
    assert staying(forger.inst, victim, forger.now) == 0
    return forger


@cheat(
    "panel-for-today",
    NAME,
    "当日任命审议人并当日到任",
    "appoint a panel for today",
    caught=(
        "单凭 verify：任命须经公示期，列明最早到任之日",
        "verify alone: an appointment waits; the first possible day is named",
    ),
    code="GY-05-10",
)
def panel_for_today(desk: Desk) -> Forger:
    """Three who will find as they are told."""
    forger, _ = desk.before("membership.end/1")
    for name in ("o:jia", "o:yi", "o:bing"):
        term = {"begins": forger.day(), "ends": "2028-12-31", "interests": commitment_to(name)}
        forger.executive("office.appoint/1", {"officer": name, "offices": ["panellist"], **term}, *TWO)
    return forger


@cheat(
    "puppet-officer",
    NAME,
    "另为一名职员登记密钥，由一人充作两人",
    "register a further key for an officer and be two persons at once",
    caught=(
        "单凭 verify：职员的密钥由其本人增加或更换",
        "verify alone: an officer adds or rotates its own key",
    ),
    code="GY-05-05",
)
def puppet_officer(desk: Desk) -> Forger:
    """The publisher does not publish, so its voice is made."""
    forger, _ = desk.before("founding.publish/1")
    puppet = {"holder": "o:lu", "key": forger.new_key("puppet"), "alg": "ed25519"}
    forger.executive("key.register/1", puppet, *TWO)
    return forger


@cheat(
    "authority-for-today",
    NAME,
    "为主管部门登记密钥，当日以其名义批准",
    "register a key for the authority and approve in its name the same day",
    caught=(
        "单凭 verify：密钥尚未生效，列明时刻",
        "verify alone: the key is not valid yet; both times are named",
    ),
    code="GY-05-04",
)
def authority_for_today(desk: Desk) -> Forger:
    """No letter came, so a signature is made."""
    forger, _ = desk.before("founding.approval/1")
    _register_authority(forger)
    body = {"outcome": "granted", "edition": forger.inst.founding.digest}
    forger.act("founding.approval/1", "authority", body, ["authority"])
    return forger


@cheat(
    "paper-over-signature",
    NAME,
    "主管部门已有密钥，却据“来函”记录其批准",
    "record the authority's approval from a letter although it has a key",
    caught=(
        "单凭 verify：主管部门有有效密钥，须自行签署",
        "verify alone: the authority has a valid key and signs itself",
    ),
    code="GY-05-06",
)
def paper_over_signature(desk: Desk) -> Forger:
    """The authority, which has a key, did not approve; a letter says that it did."""
    forger, _ = desk.before("founding.approval/1")
    _register_authority(forger)
    wait(forger, forger.now + 8 * 86_400)
    body = {"outcome": "granted", "edition": forger.inst.founding.digest}
    forger.act("founding.approval/1", EXECUTIVE, body, TWO, letter(forger))
    return forger


def _register_authority(forger: Forger) -> None:
    key = {"holder": "authority", "key": forger.new_key("authority"), "alg": "ed25519"}
    forger.act("key.register/1", EXECUTIVE, key, TWO, letter(forger))


@cheat(
    "no-office-key",
    NAME,
    "停用唯一的办公密钥，使到期的例行事项无从办理",
    "end the only office key, so that nothing due is done",
    caught=("单凭 verify：另无有效的办公密钥", "verify alone: the office has no other valid key"),
    code="GY-05-09",
)
def no_office_key(desk: Desk) -> Forger:
    """No list is published and no vote closed any more, and nobody is to blame."""
    forger, _ = desk.before("vote.close/1")
    forger.executive("key.retire/1", {"key": _key_of(forger, SYSTEM)}, *TWO)
    return forger
