"""Cheats in cases and reports: each is found out by the party itself, with what it was handed and the public books."""

from __future__ import annotations

from gongyue.demo.cheats.casework import CASEWORKER, CLERK, EVIDENCE, NOTICE, PANEL, REASONS, SECRETARY, TWO, Casework
from gongyue.demo.cheats.catalogue import by_its_party
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.simulated_office import commitment_to


@by_its_party(
    "never-asked",
    "没有告知、没有送达，就作出结论",
    "conclude without a notice, and without asking the accused",
    ("没有收悉，没有答复", "nothing received, no reply"),
    "GY-17-04",
)
def never_asked(desk: Desk) -> Forger:
    """The panel signs the day after the case was opened."""
    work = Casework(desk)
    work.open_case()
    work.wait(1)
    work.conclude(evidence=[], established=False)
    return work.done()


@by_its_party(
    "concluded-early",
    "答复期第十日就作出结论",
    "conclude on day 10 of the time to reply",
    ("指明收悉之日、第几日、何日届满", "names the day of receipt, which day it was, and the last one"),
    "GY-17-04",
)
def concluded_early(desk: Desk) -> Forger:
    """Everything was served, and nobody waited."""
    work = Casework(desk)
    work.open_case()
    work.served_and_told()
    work.wait(10)
    work.conclude()
    return work.done()


@by_its_party(
    "untold-paper",
    "凭纸面记录收悉而从不告知，等期限过去",
    "record the receipt from paper, never tell the accused, and let the time pass",
    ("没有告知，期限不届满", "untold, the time does not pass"),
    "GY-17-04",
)
def untold_paper(desk: Desk) -> Forger:
    """Two months later it is said not to have replied."""
    work = Casework(desk)
    work.open_case()
    for what, doc in (("notice", NOTICE), ("evidence", EVIDENCE)):
        work.receive(work.serve(what, doc), doc)
    work.wait(40)
    work.conclude()
    return work.done()


@by_its_party(
    "evidence-unshown",
    "依据被调查单位从未见过的证据认定",
    "find on evidence that the accused was never shown",
    ("所引证据不在送达之列", "the evidence cited was never served"),
    "GY-17-06",
)
def evidence_unshown(desk: Desk) -> Forger:
    """A document that is only in the panel's hands."""
    work = Casework(desk)
    work.open_case()
    work.served_and_told()
    work.replied()
    work.conclude(evidence=[commitment_to("a whisper")])
    return work.done()


@by_its_party(
    "on-a-principle",
    "只凭“诚信”原则认定违约",
    "find a breach on the principle of good faith alone",
    ("原则条款不能单独认定", "a principle alone grounds no finding"),
    "GY-03-01",
)
def on_a_principle(desk: Desk) -> Forger:
    """No duty was breached, so a principle must do."""
    work = Casework(desk)
    work.open_case(articles=["3"])
    work.served_and_told()
    work.replied()
    work.conclude(article="3", clause=None)
    return work.done()


@by_its_party(
    "conflicted-panellist",
    "申报了利害关系的人照样审议",
    "let a panellist judge who declared an interest in the accused",
    ("所申报的单位正是被调查单位", "the unit declared is the accused itself"),
    "GY-18-09",
)
def conflicted_panellist(desk: Desk) -> Forger:
    """It says so, and stays."""
    work = Casework(desk)
    work.open_case()
    rows = [{"officer": one, "interests": [work.accused] if one == PANEL[0] else []} for one in PANEL]
    work.add("dossier.assign/1", {"role": "panel", "officers": rows}, SECRETARY)
    return work.done()


@by_its_party(
    "lone-panellist",
    "三人的审议组由一人作出结论",
    "let one of a panel of three conclude alone",
    ("签署的不足两人", "fewer than two signed"),
    "GY-05-02",
)
def lone_panellist(desk: Desk) -> Forger:
    """The other two were not asked."""
    work = Casework(desk)
    work.open_case()
    work.served_and_told()
    work.replied()
    work.conclude(PANEL[0])
    return work.done()


@by_its_party(
    "challenged-goes-on",
    "被申请回避的承办人照样办理",
    "let a caseworker go on whose recusal was asked for",
    ("回避尚未决定", "the recusal is not decided"),
    "GY-05-14",
)
def challenged_goes_on(desk: Desk) -> Forger:
    """It serves the evidence as if nothing had been asked."""
    work = Casework(desk)
    work.open_case()
    work.receive(work.serve("notice", NOTICE), NOTICE)
    asks = {"docs": [], "asks": "recusal", "whom": CASEWORKER}
    work.add("dossier.note/1", asks, *TWO, actor=work.accused, paper=work.paper("回避"))
    work.serve("evidence", EVIDENCE)
    return work.done()


@by_its_party(
    "backdated-delivery",
    "把投递日写在送达之前，好让期限早些过去",
    "date the delivery before the service, so that the time passes sooner",
    ("投递日早于送达", "the delivery is dated before the service"),
    "out-of-turn/past-date",
)
def backdated_delivery(desk: Desk) -> Forger:
    """The carrier's slip says a month ago."""
    work = Casework(desk)
    work.open_case()
    work.receive(work.serve("notice", NOTICE), NOTICE, dated=work.forger.day(-30))
    return work.done()


@by_its_party(
    "one-carrier",
    "一名职员独自记录纸面收悉",
    "let one officer alone record a receipt from paper",
    ("凭纸面须两人记录", "paper is recorded by two"),
    "GY-05-02",
)
def one_carrier(desk: Desk) -> Forger:
    """Nobody else saw the slip."""
    work = Casework(desk)
    work.open_case()
    work.receive(work.serve("notice", NOTICE), NOTICE, signers=(CLERK,))
    return work.done()


@by_its_party(
    "before-force",
    "就施行以前的行为立案",
    "open a case on conduct from before the covenant was in force",
    ("行为早于施行或加入", "the conduct was before force, or the accession"),
    "GY-17-03",
)
def before_force(desk: Desk) -> Forger:
    """The accused learns of it when it is served."""
    work = Casework(desk)
    work.open_case(begins="2025-06-01")
    work.serve("notice", NOTICE)
    return work.done()


@by_its_party(
    "invented-ground",
    "以清单以外的理由不予受理检举",
    "decline a report on a ground that the list does not have",
    ("理由不在所列之中", "the ground is not on the list"),
    "GY-17-07",
)
def invented_ground(desk: Desk) -> Forger:
    """It was inconvenient."""
    work = Casework(desk)
    report = {
        "kind": "report",
        "accused": work.accused,
        "begins": work.forger.day(-20),
        "ends": work.forger.day(-10),
        "facts": commitment_to("事实"),
        "articles": ["8"],
        "evidence": [],
    }
    work.begin("report.file/1", work.reporter, report, *TWO, paper=work.paper("检举信"))
    rows = [{"officer": CASEWORKER, "interests": []}]
    work.add("dossier.assign/1", {"role": "caseworker", "officers": rows}, SECRETARY)
    answer = {"answer": "declined", "ground": "inconvenient", "reasons": REASONS, "link": commitment_to("l")}
    work.add("report.answer/1", answer, CASEWORKER, to=1)
    return work.done()
