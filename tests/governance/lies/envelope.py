"""Lies in the envelope of an act, and in what the office adds to it; in the open book and in the sealed one."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.covenant.periods import DAY
from support.alliance import CLERK, FIRST, NOBODY, PANEL, SECRETARY, Alliance, commitment_to, paper, public_of

from . import amendment, annex, dossier, membership, vote
from .situations import FOURTH, SECOND, THIRD, TODAY, alliance, in_force
from .telling import Lawful, Lie, harmless, lie

DECLARED = {"activities": ["research"], "other": ""}
BALLOT = {"vote": "p:1", "choice": "abstain"}
SIGNED_OTHERWISE = "tampered/signature"


@cache
def other_window() -> Alliance:
    """Votes last 60 days since today, by an interpretation; 30 before."""
    world = alliance().in_force().on(TODAY)
    world.issue("P6", 60)
    return world


def earlier_meaning(world: Alliance, _: Any) -> str:
    """The digest of the meaning before the interpretation."""
    return world.stage.entry(world.inst.size - 2).act.rev


def any_act() -> list[Lie]:
    """What is lied in an act of either book alike."""
    return [
        lie("act.at", lambda world, act: act["at"] + 2 * DAY, "from-the-future", "signed in two days' time"),
        lie("act.at", lambda world, act: act["at"] - 60 * DAY, "backdated", "signed two months ago"),
        lie("act.basis", "at:1", "basis", "done under another article than it rests on"),
        lie("act.cov", "gongyue.example/another", "wrong-covenant", "an act under another covenant counts here"),
        lie("act.nonce", "A" * 43, SIGNED_OTHERWISE, "the commitment to a complaint that its nonce held is gone",
            altered=True),
        lie("act.rev", NOBODY, "meaning-changed", "done under rules that never were"),
        lie("act.v", "gongyue/act@0", "malformed", "by the rules of a form that is no more"),
        lie("act.view.root", NOBODY, "view", "it was shown another book"),
        lie("act.view.size", lambda world, act: act["view"]["size"] + 1, "view", "it had seen what was yet to come"),
    ]  # fmt: skip


def paper_act() -> list[Lie]:
    """What is lied of the paper of an act of either book alike."""
    return [
        lie("act.paper.arrived", "2026-12-31", "paper-dates", "it will have arrived in time"),
        lie("act.paper.dated", "2026-12-31", "paper-dates", "it is dated after it arrived"),
        harmless("act.paper.number", "〔2026〕1号", "whoever issued it is asked for the paper of that number"),
        harmless("act.paper.scan", commitment_to("another scan"),
                 "a commitment: whoever disputes the paper asks for it, and is shown another or none"),
    ]  # fmt: skip


def no_place() -> list[Lie]:
    """What says of an act that stands in no dossier that it does."""
    return [
        *(lie(f"act.on.{name}", says, "tampered/form", "half a place in a dossier")
          for name, says in (("digest", NOBODY), ("dossier", "d:members"), ("n", 1))),
        lie("act.to", NOBODY, "malformed", "it answers what it never did"),
        lie("rx.dossier", "d:members", "malformed", "it is said to stand in a dossier"),
        lie("rx.n", 1, "malformed", "it is said to be the first of something"),
        lie("rx.prev", NOBODY, "malformed", "it is said to come after something"),
    ]  # fmt: skip


OPEN = [
    Lawful("membership.declare/1", in_force, DECLARED, [
        *any_act(),
        lie("act.actor", FOURTH, "GY-04-01", "one unit's key speaks for another"),
        lie("act.seq", lambda world, act: act["seq"] + 1, "sequence", "an act of its own before this one was swallowed"),
        lie("rx.t", lambda world, rx: rx["t"] - 60 * DAY, "time-backwards", "it arrived two months ago, in time"),
        lie("rx.t", lambda world, rx: rx["t"] + 60 * DAY, "clock-ahead", "it arrived in July, too late"),
        lie("rx.open", lambda world, rx: world.inst.size, "malformed", "it was there before the acts it comes after"),
        *no_place(),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("membership.invite/1", in_force, {"roll": membership.ROLL, "alliance": False, "standing": "invited"}, [
        *any_act()[:4],
        lie("act.actor", "sys", "GY-05-01", "the office key, which has no discretion, invites"),
        lie("act.actor", "authority", "GY-05-01", "the authority invites"),
    ], signers=[CLERK], files=[membership.ROLL_BYTES]),
    Lawful("key.add/1", in_force, {"key": public_of("a passkey"), "alg": "ed25519"}, [
        lie("act.type", "key.rotate/1", SIGNED_OTHERWISE, "the key it had ends, although it added one", altered=True),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("amendment.initiate/1", other_window, amendment.BODY, [
        lie("act.rev", earlier_meaning, "meaning-changed", "a vote of thirty days, after sixty were laid down"),
    ], signers=PANEL, files=[amendment.CHANGED_BYTES, amendment.RESULT_BYTES]),
    Lawful("membership.withdraw/1", in_force, {"effective": None}, paper_act(), actor=THIRD,
           paper=paper("退出通知", "2026-05-05", TODAY)),
    Lawful("membership.withdraw/1", in_force, {"effective": None}, [
        lie("act.paper.dated", "2026-03-31", "past-date", "it left before it joined, and what it did was none of a member's"),
    ], actor=THIRD, paper=paper("退出通知", "2026-04-01", TODAY)),
    Lawful("membership.enrol/1", membership.first_batch, membership.ENROLLED, [
        lie("act.paper.arrived", "2026-03-08", "past-date", "a member before the covenant was in effect, and answerable since"),
    ], actor=THIRD, paper=paper("加入声明", "2026-03-08", "2026-03-20")),
    Lawful("annex.sign/1", annex.published, {"annex": "a:health"}, [
        lie("act.paper.arrived", TODAY, "past-date", "bound by the annex before there was one"),
    ], actor=THIRD, paper=lambda world: paper("签署页", TODAY, world._today())),
    Lawful("amendment.support/1", amendment.collecting, {"proposal": "p:2"}, [
        lie("act.paper.dated", "2026-05-07", "past-date", "a support dated before there was anything to support"),
    ], actor=THIRD, paper=paper("附议书", "2026-05-08", "2026-05-09")),
]  # fmt: skip
"""Acts of the open book."""

SEALED = [
    Lawful("vote.ballot/1", vote.voting, BALLOT, [
        *any_act(),
        lie("act.actor", SECOND, "GY-04-01", "one unit's key votes for another"),
        lie("act.type", "amendment.support/1", "malformed", "its ballot supports another proposal"),
        lie("act.seq", lambda world, act: act["seq"] + 1, "GY-22-08", "an earlier ballot of its own was swallowed",
            later=vote.closed),
        lie("rx.t", lambda world, rx: rx["t"] - 3 * DAY, "time-backwards", "it arrived before the acts that came before it"),
        lie("rx.t", lambda world, rx: rx["t"] + 60 * DAY, "clock-ahead", "it arrived after the window"),
        lie("rx.open", lambda world, rx: rx["open"] + 1, "malformed", "it was there after an act that is yet to come"),
        lie("rx.open", lambda world, rx: rx["open"] - 3, "view", "it was there before what it had seen"),
        *no_place(),
    ], actor=FOURTH, signers=[FOURTH]),
    dossier.within("petition.answer/1", {"answer": "explained", "docs": [dossier.OTHER]}, [
        *any_act(),
        lie("act.actor", FIRST, "GY-05-01", "the member itself is said to have explained it"),
        lie("act.on.digest", NOBODY, "dossier-unseen", "it had seen another history of the dossier"),
        lie("act.on.dossier", "d:" + "0" * 64, "wrong-dossier", "it was signed for another dossier"),
        lie("act.on.n", lambda world, act: act["on"]["n"] + 1, "dossier-unseen", "it had seen itself"),
        lie("act.on.n", 0, "dossier-unseen", "it had seen nothing of what it answers"),
        lie("act.to", dossier.entry(2), "dossier-unanswered", "the assignment is answered, the petition never"),
        lie("act.to", NOBODY, "dossier-unanswered", "it answers what is not there"),
        lie("rx.t", lambda world, rx: rx["t"] - 60 * DAY, "time-backwards", "it arrived in time, before the petition"),
        lie("rx.open", lambda world, rx: rx["open"] + 1, "malformed", "it was there after an act that is yet to come"),
        lie("rx.dossier", "d:" + "0" * 64, "tampered/gap", "it was placed into a dossier that nobody opened"),
        lie("rx.n", lambda world, rx: rx["n"] - 1, "dossier/two", "it takes the place of the hold before it"),
        lie("rx.n", lambda world, rx: rx["n"] + 1, "tampered/gap", "room is left for what may be wanted later"),
        lie("rx.prev", dossier.entry(1), "dossier-prev", "what came between is left out"),
    ], SECRETARY),
    Lawful("vote.ballot/1", vote.voting, BALLOT, [
        *paper_act(),
        lie("act.paper.dated", "2026-05-05", "past-date", "a ballot dated before the vote was opened"),
        lie("act.actor", "u:0006", "GY-22-04", "a ballot of a unit that had left before the vote"),
    ], actor=FOURTH, paper=paper("选票", TODAY, "2026-05-07")),
]  # fmt: skip
"""Acts of the sealed book."""
