"""What the golden books tell: between them every act type, and whatever a party, a member or an auditor can hold of a book.

The founding and the first vote are in the story of `support.published`. Once a version is frozen these only say how it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongyue.demo.simulated_office import ORIGIN, seed_of
from gongyue.office import links, routine_acts
from gongyue.office.dossier_documents import file
from gongyue.office.keys import demo_keys
from gongyue.office.objects import text_of_proposal
from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    BASIS,
    BASIS_BYTES,
    CASEWORKER,
    EVIDENCE,
    FIRST,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    SYSOP,
    TWO,
    Alliance,
    commitment_to,
    json_object,
    paper,
    public_of,
    unit_id,
)
from support.bulletins import issue, publish, result
from support.cases import (
    ACCUSED,
    HU,
    REPORT,
    REVIEWERS,
    USERS,
    case_body,
    decided,
    ended,
    linked,
    ordered,
    proposed,
    replied,
    reported,
    reviewed,
    reviewing,
    told,
)
from support.documents import document, filed, petitioned
from support.dossiers import answered, assigned, consented, done, folded, id_of, noted, published
from support.draws import audited, declare, plan, state
from support.packs import EVIDENCE as SHOWN
from support.packs import FACTS, NOTICE, REPLY, TEXT, served
from support.packs import REASONS as WHY
from support.sealed import sealed_openings

SECOND, THIRD, FOURTH, FIFTH = (unit_id(n) for n in range(2, 6))
FIRST_PACKAGE, LATEST_PACKAGE = (f"gongyue/interpretations@{n}" for n in (1, 3))
TERMS = {"vote__ballots": "members", "amendment__authority": "approve"}


def matters() -> Alliance:
    """A founding with detours, a package supplemented, a vote partly on paper and opened to members alone, an annex, law, keys, corrections."""
    world = Alliance(members=5, initiators=3, quantum=5).frozen()
    for unit in world.roll[:3]:
        world.sign(unit)
    world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    world.freeze()
    for unit in world.roll[:3]:
        world.sign(unit)
    world.unit("founding.step_out/1", THIRD)
    world.initiators = 2
    world.submit()
    world.on("2026-03-09").approve()
    world.adopt(FIRST_PACKAGE, **TERMS)
    more = {"package": LATEST_PACKAGE, "other": {"P20": 20, "P17": 2}}
    world.executive("interpretation.supplement/1", more, (SECRETARY, PANEL[0]))
    world.on("2026-03-20").publish()
    world.invite(*range(3, 7))
    world.invite(99, alliance=False)
    for unit in (FOURTH, FIFTH, world.left, OUTSIDER):
        world.register(unit)
    world.on("2026-04-01")
    for unit in (THIRD, FOURTH, FIFTH, world.left):
        world.enrol(unit)
    world.withdraw(world.left)
    _law(world)
    _vote(world)
    _annexes(world)
    _keys(world)
    return world.on("2027-01-05").next_day()


def _law(world: Alliance) -> None:
    world.on("2026-05-06")
    letter = paper("（2026）示01民初7号", "2026-05-05", "2026-05-06")
    order = {"order": "l:court", "source": "示范人民法院（演示）", "forbids": ["annex.sign/1"], "party": THIRD}
    world.executive("law.order/1", order | {"begins": "2026-05-06", "ends": "2026-06-30"}, paper=letter)
    world.executive("law.lift/1", {"order": "l:court"}, paper=letter)
    forbids = [{"source": "某法第七条", "types": ["annex.publish/1"]}]
    pack = {"pack": "l:pack", "content": ANOTHER, "begins": "2027-01-01", "ends": "2027-03-31", "forbids": forbids}
    world.executive("law.pack/1", pack, (PUBLISHER, SECRETARY), ANOTHER_BYTES, paper=letter)
    years = {"2026": {"holidays": ["2026-10-01", "2026-10-02"], "workdays": []}}
    calendar, data = json_object({"v": "gongyue/calendar@1", "years": years})
    world.executive("law.calendar/1", {"calendar": calendar}, TWO, data, paper=letter)
    named = {"name": "示范数据管理局", "basis": BASIS}
    naming = {"role": "supervisor", "authority": named, "effective": "2026-06-01"}
    world.executive("founding.redesignate/1", naming, TWO, BASIS_BYTES)
    slip = [{"url": "https://alliance.example/covenant-1", "evidence": EVIDENCE}]
    mend = {"entry": world.inst.founding.published_index, "fields": {"places": slip}, "reasons": REASONS}
    world.executive("correction.correct/1", mend, (PUBLISHER, SECRETARY), REASONS_BYTES)
    first = world.issue("P2", 20).index
    world.issue("P9", 20)
    world.issue(text="本条所称期限，逾期照记。")
    world.executive("interpretation.withdraw/1", {"number": 2}, (SECRETARY, PANEL[0]))
    void = {"entry": first, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", void, PANEL, REASONS_BYTES)


def _vote(world: Alliance) -> None:
    """The third on paper, told and confirmed; the fourth on paper, disavowed and cast anew; the fifth left and had it undone."""
    world.on("2026-05-20").initiate()
    world.support(SECOND).file()
    world.open_vote()
    world.cast("consent", FIRST, SECOND, FIFTH)
    slips = [
        world.on_paper("vote.ballot/1", unit, {"vote": "p:1", "choice": "consent"}, "2026-05-20", "2026-05-20")
        for unit in (THIRD, FOURTH)
    ]
    world.told(slips[0])
    world.unit("vote.receive/1", FOURTH, {"vote": "p:1", "of": slips[1].commitment})
    world.unit("vote.disavow/1", FOURTH, {"vote": "p:1"})
    world.cast("against", FOURTH)
    left = world.on_paper("membership.withdraw/1", FIFTH, {"effective": None}, "2026-05-20", "2026-05-20")
    world.next_day().unit("key.disavow/1", FIFTH, {"entry": left.index})
    world.close()
    today = world._today()
    body = {"proposal": "p:1", "edition": text_of_proposal(world.inst.proposals["p:1"])[0]}
    world.executive("amendment.approval/1", body, TWO, paper=paper("示主管函〔2026〕20号", today, today))
    world.publish_amendment()


def _annexes(world: Alliance) -> None:
    world.initiate_annex()
    world.executive("annex.review/1", {"text": ANOTHER, "opinion": commitment_to("意见")}, TWO, ANOTHER_BYTES)
    world.open_vote("a:health").cast_by(5, matter="a:health").close("a:health")
    world.publish_annex()
    for unit in (FIRST, SECOND):
        world.unit("annex.sign/1", unit, {"annex": "a:health"})
    world.unit("annex.leave/1", SECOND, {"annex": "a:health"})


def _keys(world: Alliance) -> None:
    today = world._today()

    def key(name: str) -> dict[str, str]:
        return {"key": public_of(name), "alg": "ed25519"}

    world.add_key(FIRST, "spare")
    world.unit("key.revoke/1", FIRST, {"key": public_of("spare"), "last": False})
    forged = world.on_paper("membership.rename/1", SECOND, {"name": "误录名称科技", "document": REASONS}, today, today)
    named = {"name": "单位三数字科技", "document": commitment_to("变更登记三")}
    declared = world.on_paper("membership.rename/1", THIRD, named, today, today)
    world.unit("membership.rename/1", SECOND, {"name": "单位二数字科技", "document": commitment_to("变更登记")})
    world.unit("key.receive/1", THIRD, {"entry": declared.index})
    world.on("2026-10-02").tick()
    world.tell(forged)
    world.unit("key.disavow/1", SECOND, {"entry": forged.index})
    today = world._today()
    lost = world.on_paper("key.recover/1", FOURTH, key("recovered"), today, today)
    world.tell(lost)
    world.executive("key.register/1", {"holder": "sys", **key("sys 2")})
    world.executive("key.retire/1", {"key": public_of("o:shi")})
    world.executive("office.declare/1", {"officer": PUBLISHER, "interests": commitment_to("另一申报")}, [PUBLISHER])
    world.executive("office.end/1", {"officer": SYSOP, "offices": ["sysop"], "ends": "2026-12-31"})
    world.unit("key.rotate/1", FIFTH, key("the fifth's second"))


def casework(folder: Path) -> Alliance:
    """A report, its case to the review, the end of a membership and the result; petitions, questions, applications, bulletins, a referral."""
    world = Alliance(members=5, initiators=2, quantum=5).in_force().on("2026-05-20")
    for officer in (HU, *REVIEWERS):
        world.appoint(officer, "panellist")
    world.on("2026-06-01")
    act = world.stage.signed("report.file/1", FIRST, REPORT | {"facts": FACTS.commitment}, [FIRST])
    report = id_of(file(world.stage.office, folder, act, [FACTS]))
    assigned(world, report)
    world.on("2026-06-10").tick()
    case = _case(world, folder, report)
    _petitions(world, folder)
    _questions(world)
    second = reported(world, THIRD, accused=FOURTH)
    assigned(world, second)
    replied(world, second, "declined", "no_fact")
    noted(world, second, THIRD, asks="reconsideration")
    link, line = linked(world, (second, 1))
    body = {"authority": "public_security", "ground": "crime", "facts": [commitment_to("函")], "link": link}
    world.executive("referral.make/1", body, (CASEWORKER, SECRETARY), line)
    world.next_day()
    replied(world, report, "outcome", of=(case, _place(world, case, "case.conclude/1")))
    issue(world)
    issue(world, "自律信息第一期（更正）\n请各单位于月底前自查。", replaces=1)
    publish(world)
    result(world, case)
    return world.next_day().next_day()


def _place(world: Alliance, dossier: str, type: str) -> int:
    return next(n for n, one in enumerate(folded(world, dossier).entries, 1) if one.type == type)


def _case(world: Alliance, folder: Path, report: str) -> str:
    link, line = linked(world, (report, 1))
    case = id_of(world.executive("case.open/1", case_body(link=link), (CASEWORKER, SECRETARY), line))
    replied(world, report, "opened", of=(case, 1))
    for what, one in (("notice", NOTICE), ("evidence", SHOWN)):
        served(world, folder, case, what, one)
        done(world, "dossier.receive/1", case, {"docs": [one.commitment]}, ACCUSED, actor=ACCUSED)
    note = {"docs": [REPLY.commitment], "complete": True}
    filed(world, folder, "dossier.note/1", case, note, [REPLY], ACCUSED, actor=ACCUSED)
    world.on("2026-06-11").tick()
    found = [USERS | {"evidence": [SHOWN.commitment]}]
    body = {"findings": found, "adverse": True, "reasons": WHY.commitment}
    filed(world, folder, "case.conclude/1", case, body, [WHY], *PANEL, HU)
    proposed(world, case)
    told(world, case)
    noted(world, case, ACCUSED, complete=True)
    decided(world, case)
    told(world, case, "decision")
    asked = reviewing(world, case)
    world.on("2026-06-30")
    reviewed(world, case, asked)
    told(world, case, "review")
    ended(world, case)
    return case


def _petitions(world: Alliance, folder: Path) -> None:
    dossier = petitioned(world, folder, TEXT, THIRD)
    assigned(world, dossier)
    ordered(world, dossier, "extend", "complexity")
    answered(world, dossier)
    answered(world, dossier, "replied", to=folded(world, dossier).entries[-1].digest)
    text = consented(world, dossier, unit=THIRD)
    slip = document("附件（演示）", "附件.txt")
    filed(world, folder, "dossier.note/1", dossier, {"docs": [slip.commitment]}, [slip], THIRD, actor=THIRD)
    hold = {"docs": [slip.commitment], "ground": "court", "lifted": False}
    for lifted in (False, True):
        done(world, "dossier.hold/1", dossier, hold | {"lifted": lifted}, *TWO)
    gone = {"docs": [slip.commitment], "ground": "request"}
    filed(world, folder, "dossier.erase/1", dossier, gone, [], SECRETARY, SYSOP)
    world.next_day()
    published(world, dossier, text)


def _questions(world: Alliance) -> None:
    asked = [
        world.unit("interpretation.ask/1", unit, {"article": 8, "question": commitment_to(f"问 {unit}")})
        for unit in (FIRST, THIRD)
    ]
    world.next_day()
    world.issue(text="承诺之内的改进可以，承诺之外须另行取得授权。", article=8, answers=asked[0].commitment)
    body = {"of": asked[1].commitment, "reasons": REASONS}
    world.stage.do("interpretation.explain/1", "exec", body, [SECRETARY], [REASONS_BYTES], dossier=id_of(asked[1]))
    refused = world.apply(61)
    world.refusal(refused_unit(refused), refused.commitment)
    granted = world.apply(60)
    world.grant(granted)
    world.compare(refused_unit(granted))


def refused_unit(receipt: Any) -> str:
    """Whose application it is."""
    return str(json.loads(receipt.opening)["entry"]["act"]["actor"])


def audits() -> Alliance:
    """Slots of an hour drawn and audited by both halves, an auditor registered, a year's figures."""
    world = audited(31)
    first = world._today()
    undertakings = {"confidentiality": commitment_to("保密承诺"), "recusal": commitment_to("回避声明")}
    term = {"auditor": OUTSIDER, "begins": "2026-06-15", "ends": "2027-06-15"}
    world.executive("oversight.register/1", term | undertakings)
    assert first < term["begins"]
    plan(world)
    declare(world)
    drawn = routine_acts.do(world.stage.office, "inspection.seed/1").index
    assert drawn is not None
    one = world.inst.seeds[drawn]
    for actor, half in ((one.members[0], "members"), (one.members[1], "members"), ("authority", "content")):
        world.stage.office.handle(state(world, one, actor, half))
    world.on("2027-01-01")
    world.anchor()
    routine_acts.do(world.stage.office, "oversight.report/1")
    return world


def false_time() -> Alliance:
    """A silence confirmed, then a clock that ran a day ahead and was set right: what it had recorded is void, and the book goes on."""
    world = Alliance(members=5, initiators=2, quantum=5).in_force().on("2026-05-06")
    office = world.stage.office
    further = {"book": "open", "verifier": _further()}
    world.executive("book.rotate/1", further, (SECRETARY, SYSOP))
    for unit in world.roll:
        world.unit("interpretation.ask/1", unit, {"article": 8, "question": commitment_to(f"问 {unit}")})
    world.tick()
    now = world.stage.now
    world.stage.leap(now + 30 * 86_400)
    world.executive("clock.confirm/1", {"last": world.inst.now, "time": world.stage.now})
    world.tick()
    now = world.stage.now
    world.stage.leap(now + 86_400)
    world.invite(101)
    for unit in world.roll[:2]:
        world.unit("interpretation.ask/1", unit, {"article": 8, "question": commitment_to(f"再问 {unit}")})
    world.stage.leap(now + 3_600)
    world.executive("clock.recover/1", office.false_time(world.stage.now))
    world.invite(102)
    world.stage.leap(now + 86_400)
    return world.next_day()


def _further() -> str:
    return demo_keys(ORIGIN, lambda name: seed_of("another " + name)).open.verifier.vkey


def heads(world: Alliance, dossiers: list[str]) -> Iterator[tuple[str, bytes]]:
    """The head of each dossier, as a party gets it."""
    for number, one in enumerate(dossiers):
        yield f"{number:02}", world.stage.office.head(one)


def link_lines(world: Alliance) -> list[bytes]:
    """What opens every link of the books."""
    store = world.stage.office.store
    return [
        links.link_line(found.salt, found.target)
        for one in sealed_openings(world.stage.office)
        if (value := links.link_of(one.entry)) and (found := links.kept(store, value)) is not None
    ]
