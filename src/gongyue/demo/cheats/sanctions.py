"""Cheats in sanctions: each is found out by the party itself, with what it was handed and the public books (article 18)."""

from __future__ import annotations

from gongyue.demo.cheats.casework import PANEL, REASONS, SECRETARY, Casework
from gongyue.demo.cheats.catalogue import by_its_party
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.sealing.link import Target, link_line, link_value

_SALT = bytes(range(32))


@by_its_party(
    "decided-early",
    "拟处理意见送达次日就决定",
    "decide on the day after the proposal was served",
    ("申辩期未过，也没有听取申辩", "the time to be heard is not over, and nobody was heard"),
    "GY-18-06",
)
def decided_early(desk: Desk) -> Forger:
    """The accused had ten days."""
    work = Casework(desk)
    work.found_against()
    work.offered(heaviest=False)
    work.wait(1)
    work.decide(work.kind(heaviest=False), lighter=False)
    return work.done()


@by_its_party(
    "never-proposed",
    "没有告知拟处理意见就决定",
    "decide what was never proposed",
    ("没有告知拟处理意见", "nothing was proposed to the accused"),
    "GY-18-06",
)
def never_proposed(desk: Desk) -> Forger:
    """It learns of the sanction when it is sanctioned."""
    work = Casework(desk)
    work.found_against()
    work.decide(work.kind(heaviest=False), lighter=False)
    return work.done()


@by_its_party(
    "third-sanction",
    "罚款十万元",
    "impose a fine",
    ("文本所列只有两种", "the text lists two kinds, and no other"),
    "GY-18-03",
)
def third_sanction(desk: Desk) -> Forger:
    """The text knows no fines."""
    work = Casework(desk)
    work.found_against()
    work.propose("罚款十万元")
    return work.done()


@by_its_party(
    "no-adverse-effect",
    "没有认定造成不良影响，照样拟处理",
    "propose a sanction where no adverse effect was found",
    ("未认定造成不良影响", "no adverse effect was found"),
    "GY-18-02",
)
def no_adverse_effect(desk: Desk) -> Forger:
    """A result would have been all."""
    work = Casework(desk)
    work.found_against(adverse=False)
    work.propose(work.kind(heaviest=False))
    return work.done()


@by_its_party(
    "heavier-after-defence",
    "拟内部通报，申辩之后改为取消资格",
    "propose a circular, and cancel the membership after the defence",
    ("重于已送达的拟处理意见", "heavier than what was proposed and served"),
    "GY-18-11",
)
def heavier_after_defence(desk: Desk) -> Forger:
    """It should have held its tongue."""
    work = Casework(desk)
    work.found_against()
    work.offered(heaviest=False)
    work.wait(30)
    work.decide(work.kind(heaviest=True))
    return work.done()


@by_its_party(
    "no-reason-for-the-heavier",
    "取消资格，而不说明通报何以不足",
    "cancel a membership without saying why a circular does not suffice",
    ("较重的处理没有说明理由", "nothing says why the lighter does not suffice"),
    "GY-18-07",
)
def no_reason_for_the_heavier(desk: Desk) -> Forger:
    """Six factors, and not the seventh paragraph."""
    work = Casework(desk)
    work.found_against()
    work.offered(heaviest=True)
    work.wait(30)
    work.decide(work.kind(heaviest=True), lighter=False)
    return work.done()


@by_its_party(
    "short-panel",
    "结论之后把审议组换成两人",
    "replace the panel by one of two after its conclusion",
    ("审议人数不足", "the panel is short"),
    "GY-18-09",
)
def short_panel(desk: Desk) -> Forger:
    """Two agree sooner."""
    work = Casework(desk)
    work.found_against()
    rows = [{"officer": one, "interests": []} for one in PANEL[:2]]
    work.add("dossier.assign/1", {"role": "panel", "officers": rows}, SECRETARY)
    return work.done()


@by_its_party(
    "ended-before-its-review",
    "复核期未过就终止资格",
    "end a membership while its review may still be asked for",
    ("决定尚未生效，指明自何日起", "the decision is not in effect, and from which day it is"),
    "GY-18-13",
)
def ended_before_its_review(desk: Desk) -> Forger:
    """The decision was served yesterday."""
    work = Casework(desk)
    work.found_against()
    work.offered(heaviest=True)
    work.wait(30)
    docs = work.decide(work.kind(heaviest=True))
    work.receive(work.serve("decision", docs[0], *docs[1:]), docs[0], *docs[1:])
    return _ended(work, "case.decide/1")


@by_its_party(
    "cancelled-on-nothing",
    "没有决定，只凭立案就终止资格",
    "end a membership on the opening of a case, and on no decision",
    ("所指的不是决定", "what it names is no decision"),
    "out-of-turn/bad-link",
)
def cancelled_on_nothing(desk: Desk) -> Forger:
    """The case was hardly opened."""
    work = Casework(desk)
    work.open_case()
    work.receive(work.serve("notice", REASONS), REASONS)
    return _ended(work, "case.open/1")


def _ended(work: Casework, type: str) -> Forger:
    """The accused's membership ends, by a link to the last entry of that type; it is handed what opens that, and a head."""
    work.wait(1)
    n = max(place for place, name in enumerate(work.types, 1) if name == type)
    target = (Target(work.chain[n - 1][1], work.dossier, n),)
    body = {"unit": work.accused, "link": link_value(_SALT, target)}
    work.forger.executive("membership.end/1", body, "o:lu", SECRETARY)
    head = work.head(len(work.chain), work.forger.now)  # nothing came into the dossier unseen
    return work.done(before=link_line(_SALT, target) + head)
