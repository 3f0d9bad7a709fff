"""A panellist from outside, from the appointment to its vote on a conclusion, on a phone (articles 5, 17, 18)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest

from gongyue.book.digest_words import digest_words
from web.acting.test_drafts import BAI, QIN, demo_signs, draft_of
from web.acting.test_passkey import authenticator
from web.cases import GE, MO, Casework
from web.conftest import House, Visitor
from web.rooms import name_of, petition, text_of

WEN, EMAIL = "o:wen", "wen@outside.invalid"
PHONE = {"width": 360, "height": 740}


def _code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def _appointed(house: House) -> None:
    """The secretary appoints from its desk and a clerk signs; the page of offices then leads to the invitation."""
    qin = house.client(QIN)
    answers = {"officer": WEN, "offices": ["panellist"], "begins": "2027-02-12", "ends": "2028-12-31"}
    address = draft_of(qin, "office.appoint/1", "exec", answers | {"interests.text": "无"})
    for client in (qin, house.client(BAI)):
        demo_signs(client, address)
    page = qin.get("/desk/offices/").content.decode()
    assert "未到任" in page and f'href="/account/people/?party={WEN}#invite"' in page
    form = qin.get(f"/account/people/?party={WEN}").content.decode()
    assert re.search(rf'name="party" value="{WEN}"', form)


def _invited(house: House) -> str:
    """The link that the secretary hands over."""
    qin = house.client(QIN)
    assert qin.post("/account/people/", {"email": EMAIL, "party": WEN}).status_code == 302
    assert "已邀请，尚未建立账号" in text_of(qin, "/desk/offices/")
    link = re.search(r'/account/invitation/[^"<\s]+', qin.get("/account/people/").content.decode())
    assert link is not None
    return link[0]


def _takes(phone: Visitor, link: str) -> Any:
    """The account, with its second factor."""
    page = phone.at(link)
    for name, said in (("name", "闻审议"), ("password1", "correct-horse-2027"), ("password2", "correct-horse-2027")):
        page.fill(f"[name={name}]", said)
    phone.presses("main form button[type=submit]")
    page = phone.at("/account/2fa/")
    page.get_by_role("link", name="启用").first.click()
    secret = re.search(r"[A-Z2-7]{32}", page.content())
    assert secret is not None
    page.fill("[name=code]", _code(secret[0]))
    with page.expect_navigation():
        page.locator("main button").first.click()
    return page


def _makes_its_key(house: House, phone: Visitor) -> str:
    """Before its first day, from the page that says so; two officers register it by the words they hear on the telephone."""
    page = phone.at("/workspace/")
    assert "您已获任命" in page.content() and "2027年2月12日" in page.content()
    with page.expect_navigation():
        page.get_by_role("link", name="建立我的密钥").click()
    with page.expect_navigation():
        page.get_by_role("button", name="建立通行密钥").click()
    from gongyue.web.acting.models import Passkey

    key = str(Passkey.objects.get(holder=WEN).key)
    words = " ".join(digest_words(f"sha256:{key[-64:]}", "zh"))
    assert words in page.locator("main").inner_text()
    assert "/acts/new/key.register/1/" not in page.content(), "a panellist registers no keys: the link would be shut"
    assert phone.too_wide() <= 0 and not phone.violations()
    bai = house.client(BAI)
    assert "登记闻审议的首把密钥" in text_of(bai, "/desk/") and words in text_of(bai, "/desk/offices/")
    assert "首把密钥" not in text_of(house.client("lu@demo.invalid"), "/desk/")
    address = draft_of(bai, "key.register/1", "exec", {"holder": WEN, "key": key, "alg": "webauthn"})
    for client in (bai, house.client(QIN)):
        demo_signs(client, address)
    assert words not in text_of(bai, "/desk/offices/")
    return key


@pytest.mark.slow(20)
def test_from_the_appointment_to_a_vote_on_the_conclusion(house: House, visitor: Callable[..., Visitor]) -> None:
    """Appointed and invited on the 4th with a passkey the same day; on its first day it opens the case it is assigned to and no other, and signs."""
    going = Casework(house)
    going.at("2027-02-04 10:00")
    _appointed(house)
    phone = visitor(viewport=PHONE)
    authenticator(phone)
    _takes(phone, _invited(house))
    key = _makes_its_key(house, phone)

    going.at("2027-03-11 10:00")
    another = name_of(petition(going, "u:0008"))
    others = name_of(going.opens())
    case = going.heard(panel=(WEN, MO, GE))
    page = phone.at("/workspace/")
    assert page.url.endswith("/desk/")
    assert name_of(case) in page.content()
    listed = phone.at("/desk/docket/").locator("main").inner_text()
    assert name_of(case) in listed and others not in listed and another not in listed
    for name in (others, another):
        assert phone.context.request.get(f"{phone.address}/desk/docket/{name}/").status == 404
    page = phone.at(f"/desk/docket/{name_of(case)}/")
    assert phone.too_wide() <= 0 and not phone.violations()
    phone.at(f"/desk/docket/{name_of(case)}/4/1/")
    assert "还款记录" in page.locator("main").inner_text()

    page = phone.at(f"/acts/new/case.conclude/1/?dossier={case}")
    page.locator("[name='findings.0.established'][value=yes]").check()
    page.locator("[name='findings.0.clause'][value='users.rights']").check()
    page.locator("[name='findings.0.evidence']").first.check()
    page.locator("[name=adverse][value=yes]").check()
    page.locator("[name='reasons.text']").fill("抽样表明还款记录用于营销，超出承诺。")
    page.locator(f"[name=signers][value='{MO}']").check()
    assert phone.too_wide() <= 0
    phone.presses("form.act-form .buttons button[type=submit]")
    draft = page.url.removeprefix(phone.address)
    page.locator("form:has(button:text-is('签署')) [name=sure]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="签署", exact=True).click()
    assert "还须" in page.locator("main").inner_text()
    demo_signs(house.client("mo@demo.invalid"), draft, sure="yes")
    leaf = house.office.store.sealed_numbered(house.office.store.arrivals())
    assert b"case.conclude/1" in leaf.entry and key.encode() in leaf.entry
    assert phone.complaints == []
