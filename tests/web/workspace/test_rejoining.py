"""Put out, applied again, granted: what its pages and the desk ask for then, and what they do not ask again (articles 18, 23)."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from gongyue.governance.sanction import FACTORS
from support.documents import document
from web.acting.test_drafts import demo_signs, draft_of
from web.cases import GE, MO, Casework
from web.conftest import House
from web.going import PROPOSAL, QINGHE
from web.rooms import name_of, text_of

ACCUSED, QIN, LU = "qinghe@demo.invalid", "qin@demo.invalid", "lu@demo.invalid"
KIND = "取消公约成员资格"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def cancelled(going: Casework) -> str:
    """A cancellation decided and served; its case."""
    case, reasons = going.concludes(), document("屡犯，拟取消。", "拟处理.txt")
    proposal = {"kind": KIND, "reasons": reasons.commitment}
    going.hands_in("case.propose/1", "exec", proposal, (MO, GE), reasons, dossier=case)
    going.serves(case, "proposal", reasons).receives(case, reasons)
    going.notes(case, document("没有申辩。", "申辩.txt"), complete=True)
    parts = {name: document(f"{name} 一段", f"{name}.txt") for name in (*FACTORS, "lighter")}
    body = {name: one.commitment for name, one in parts.items()} | {"kind": KIND}
    going.hands_in("case.decide/1", "exec", body, (MO, GE), *parts.values(), dossier=case)
    going.serves(case, "decision", *parts.values()).receives(case, *parts.values())
    return case


def ends(house: House, going: Casework) -> None:
    """Two officers end the membership, from the member's page."""
    qin, lu = house.client(QIN), house.client(LU)
    link = re.search(r'href="(/acts/new/membership.end/1/[^"]*)"', qin.get(f"/desk/members/{QINGHE}/").content.decode())
    assert link is not None
    form = html.unescape(link[1])
    named = re.search(r"link=(sealed%3A\w+)", form)
    assert named is not None
    option = rf'<option value="{named[1].replace("%3A", ":")}" selected>案卷 \S+ · 决定于 2027年\d+月\d+日</option>'
    assert re.search(option, qin.get(form).content.decode())
    made = qin.post(form, {"unit": QINGHE, "link": named[1].replace("%3A", ":")}).headers["Location"]
    for client in (qin, lu):
        demo_signs(client, made, sure="yes")
    assert QINGHE not in going.inst.members


def test_whoever_was_put_out_during_a_vote_is_offered_no_ballot(house: House, going: Casework) -> None:
    """It votes before, and afterwards neither anew nor once it has joined anew; its pages say so, and that the ballot stands."""
    going.proposes().is_supported().is_filed().at("2027-03-12 10:00").opens_the_vote()
    cancelled(going)
    accused = house.client(ACCUSED)
    page, listed, home = (
        f"/workspace/{QINGHE}/votes/{PROPOSAL}/",
        f"/workspace/{QINGHE}/votes/",
        f"/workspace/{QINGHE}/",
    )
    assert "代表“青禾健康”投票" in text_of(accused, page) and "贵单位尚未投票" in text_of(accused, listed)
    going.at("2027-03-29 10:00").ticks().votes(QINGHE, "against")
    assert "改投" in text_of(accused, page) and "不能再投票" not in text_of(accused, page)
    ends(house, going)
    told = text_of(accused, page)
    assert "不能再投票，也不能改投" in told and "占冻结名册的一项检验" in told
    assert 'name="choice"' not in accused.get(page).content.decode()
    assert "不再投票" in text_of(accused, home) and "可以改投" not in text_of(accused, home)


def test_a_unit_that_was_put_out_joins_anew_and_nothing_of_before_is_asked_again(house: House, going: Casework) -> None:
    """Its key was known: no form to send, none to compare; the decision that put it out is not to be carried out once more."""
    case, accused, qin = cancelled(going), house.client(ACCUSED), house.client(QIN)
    going.at("2027-03-28 10:00").ticks()
    ends(house, going)
    membership = f"/workspace/{QINGHE}/membership/"
    assert (
        "申请加入" in text_of(accused, membership)
        and "membership.declare" not in accused.get(membership).content.decode()
    )
    said: dict[str, Any] = {"name": "青禾健康", "code": "91000000000000086E", "domestic": "yes", "accepts": "yes"}
    made = draft_of(accused, "membership.apply/1", QINGHE, said | {"activities": ["vertical"]})
    demo_signs(accused, made)
    assert "寄交盖章的申请表" not in text_of(accused, f"{made}done/") + text_of(accused, f"/workspace/{QINGHE}/")
    going.at("2027-04-02 10:00").ticks()
    link = re.search(r"application=(sealed%3A\w+)", qin.get("/desk/admissions/").content.decode())
    assert link is not None
    made = draft_of(qin, "membership.grant/1", "exec", {"application": link[1].replace("%3A", ":")})
    demo_signs(qin, made)
    assert QINGHE in going.inst.members and "核对所带密钥的核对词" not in text_of(qin, f"{made}done/")
    for client, page in ((accused, f"/workspace/{QINGHE}/"), (accused, f"/my/dossiers/{name_of(case)}/")):
        assert "记载资格终止" not in text_of(client, page), page
    assert "link=sealed" not in qin.get(f"/desk/members/{QINGHE}/").content.decode()
    assert "membership.declare" in accused.get(membership).content.decode()
