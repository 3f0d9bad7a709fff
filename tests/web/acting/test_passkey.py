"""The passkey journey in a real browser: made, registered by an act, signing a ballot that the open book verifies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongyue.book.entry import decode
from gongyue.book.signing import job, verify
from gongyue.covenant.periods import from_iso
from gongyue.demo.simulated_office import beijing
from gongyue.office.publishing import publish
from gongyue.office.store import SEALED
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request
from gongyue.verifying.verify import verify as verify_book
from tests.web.conftest import House, Visitor
from tests.web.going import PROPOSAL, Going

BEICHEN = "beichen@demo.invalid"
NEXT = "form.act-form .buttons button[type=submit]"


def authenticator(visitor: Visitor, verifies: bool = True) -> Any:
    """A virtual authenticator in the visitor's browser: CTAP2, P-256, with user verification."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def makes_a_passkey(visitor: Visitor, unit: str) -> str:
    """The passkey's public key, once it is made on the unit's page of keys."""
    page = visitor.at(f"/acts/keys/{unit}/")
    page.get_by_label("给它起个名字").fill("演示设备")
    with page.expect_navigation():
        page.get_by_role("button", name="建立通行密钥").click()
    from gongyue.web.acting.models import Passkey

    return str(Passkey.objects.get(holder=unit).key)


def signs_with_the_demo_key(page: Any) -> None:
    with page.expect_navigation(url="**/done/"):
        page.get_by_role("button", name="用演示密钥签署").click()


def test_a_ballot_signed_by_a_passkey_verifies_offline(house: House, visitor: Callable[..., Visitor]) -> None:
    """Made in the browser, added by the unit's key, it signs a ballot; after the close anyone verifies it, offline."""
    going = Going(house).is_under_vote()
    going.at("2027-02-03 10:00")
    member = visitor().signs_in(BEICHEN)
    authenticator(member)
    key = makes_a_passkey(member, "u:0004")
    page = member.page
    assert "已建立，尚未登记" in page.content()
    page.get_by_role("link", name="用现有密钥登记它").click()
    page.click(NEXT)
    signs_with_the_demo_key(page)
    assert house.office.catch_up().keys[key].holder == "u:0004"

    page = member.at(f"/acts/new/vote.ballot/1/?as=u:0004&vote={PROPOSAL}")
    page.get_by_label("不同意").check()
    member.presses(NEXT)
    assert page.locator(".digest-words").is_visible()
    with page.expect_navigation(url="**/done/"):
        page.get_by_role("button", name="签署", exact=True).click()
    assert "已记录" in page.content()
    assert member.complaints == []

    store = house.office.store
    ballot = store.sealed_numbered(store.arrivals())
    receipt = house.office.receipt(SEALED, page.locator("details code").last.text_content())
    assert receipt.commitment == ballot.commitment
    leaf = decode(ballot.entry)
    (sig,) = leaf.entry.sigs
    assert (sig.alg, sig.key) == ("webauthn", key)
    assert b'"choice":"against"' in ballot.entry
    assert verify(job(sig, leaf.signed), house.office.inst.genesis.origins)
    assert not verify(job(sig, leaf.signed), ("http://localhost:1",))

    going.at("2027-03-06 09:00").ticks()
    assert going.inst.votes[PROPOSAL].against == 1
    public = house.directory / "verified"
    publish(going.office, public)
    report, _ = verify_book(open_place(str(public)), Request((house.directory / "log.vkey").read_text("ascii").strip()))
    assert report.code == 0, report.failure


def test_a_passkey_that_does_not_verify_its_user_is_not_made(house: House, visitor: Callable[..., Visitor]) -> None:
    """User verification is required: without it nothing is kept, and the page says so."""
    from gongyue.web.acting.models import Passkey

    member = visitor().signs_in(BEICHEN)
    authenticator(member, verifies=False)
    page = member.at("/acts/keys/u:0004/")
    page.get_by_role("button", name="建立通行密钥").click()
    page.get_by_text("没有建成").wait_for()
    assert not Passkey.objects.exists()


def test_an_application_brings_a_passkey(house: House, visitor: Callable[..., Visitor]) -> None:
    """An applicant makes its passkey on the form itself and signs its application with it."""
    member = visitor().signs_in("northlake@demo.invalid")
    authenticator(member)
    page = member.at("/acts/new/membership.apply/1/?as=u:910000000000003937")
    page.get_by_label("单位名称").fill("Northlake Analytics（新加坡）")
    page.get_by_label("统一社会信用代码").fill("910000000000003937")
    page.locator("input[name=domestic][value=yes]").check()
    page.locator("input[name=accepts][value=yes]").check()
    page.get_by_label("分析服务").check()
    page.get_by_role("button", name="建立通行密钥").click()
    page.get_by_text("已建立，公钥已填入").wait_for()
    page.click(NEXT)
    with page.expect_navigation(url="**/done/"):
        page.get_by_role("button", name="签署", exact=True).click()
    store = house.office.store
    assert b'"alg":"webauthn"' in store.sealed_numbered(store.arrivals()).entry


def test_an_assertion_for_another_act_is_refused(house: House, visitor: Callable[..., Visitor]) -> None:
    """What the passkey signed for one draft does not sign another: nothing is recorded."""
    member = visitor().signs_in(BEICHEN)
    authenticator(member)
    makes_a_passkey(member, "u:0004")
    page = member.page
    page.get_by_role("link", name="用现有密钥登记它").click()
    page.click(NEXT)
    signs_with_the_demo_key(page)
    page = member.at("/acts/new/membership.declare/1/?as=u:0004")
    page.get_by_label("科研").check()
    page.click(NEXT)
    page.locator("[data-sign]").evaluate("one => one.dataset.challenge = 'AAAA'")  # waits for the page to come
    before = house.office.catch_up().size
    page.get_by_role("button", name="签署", exact=True).click()
    page.get_by_text("签名不成立").wait_for()
    assert house.office.catch_up().size == before


def test_two_officers_confirm_in_two_browsers(house: House, visitor: Callable[..., Visitor]) -> None:
    """The clerk signs, the secretary opens the same draft from the desk's address and confirms it."""
    clerk, secretary = visitor().signs_in("bai@demo.invalid"), visitor().signs_in("qin@demo.invalid")
    page = clerk.at("/acts/new/office.appoint/1/?as=exec&officer=o:xin&begins=2027-03-01&ends=2028-12-31")
    page.get_by_label("调解员").check()
    page.locator("textarea[name='interests.text']").fill("无利益冲突（演示）")
    clerk.presses(NEXT)
    address = page.url
    page.get_by_role("button", name="用演示密钥签署").click()
    page.get_by_text("还须 1 人签署").wait_for()
    other = secretary.page
    other.goto(address)
    signs_with_the_demo_key(other)
    assert "o:xin" in house.office.catch_up().officers
    assert house.office.inst.officers["o:xin"].held(from_iso("2027-03-01")) == {"mediator"}
    assert house.office.inst.now >= beijing("2027-01-31 00:00")
