"""Who may see and sign what: every page of drafts and keys, from every kind of seat."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.web.acting.test_drafts import draft_of
from tests.web.conftest import House
from tests.web.going import Going

BEICHEN = "beichen@demo.invalid"
PAGES = ("", "edit/", "act.json", "done/", "done/receipt", "done/opening")
POSTS = ("discard", "signers", "key", "sign/demo", "sign/file", "sign/passkey", "edit/")
OUTSIDERS = ("qinghe@demo.invalid", "qin@demo.invalid", "authority@demo.invalid", "northlake@demo.invalid")


def end_seat(house: House, email: str) -> None:
    """The delegation ran out on the last day of 2026."""
    from gongyue.web.accounts.models import Seat

    Seat.objects.filter(person__email=email).update(ends=date(2026, 12, 31))


def answers(client: Any, address: str) -> set[int]:
    got = {client.get(address + page).status_code for page in PAGES}
    return got | {client.post(address + page, {"digest": "x"}).status_code for page in POSTS}


def test_a_draft_of_a_unit_is_seen_by_its_author_and_its_signatories(house: House) -> None:
    """Another member, the office, the authority, an applicant, the unit's own engineer and officer find nothing there."""
    address = draft_of(house.client(BEICHEN), "membership.declare/1", "u:0004", {"activities": ["research"]})
    for other in OUTSIDERS:
        assert answers(house.client(other), address) == {404}, other
    ours = draft_of(
        house.client("yunling@demo.invalid"), "interpretation.ask/1", "u:0001", {"article": "8", "question.text": "问"}
    )
    for other in ("yunling-engineer@demo.invalid", "yunling-officer@demo.invalid"):
        assert answers(house.client(other), ours) == {404}, other


def test_whoever_is_not_signed_in_is_sent_to_sign_in(house: House) -> None:
    """Nothing of a draft shows without a session."""
    address = draft_of(house.client(BEICHEN), "membership.declare/1", "u:0004", {"activities": ["research"]})
    for page in PAGES:
        answer = house.client().get(address + page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/?next=")


def test_an_expired_delegation_opens_nothing(house: House) -> None:
    """The last day has passed: the unit's pages, drafts and forms are closed."""
    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    end_seat(house, BEICHEN)
    assert answers(client, address) == {404}
    for page in ("/acts/new/membership.declare/1/?as=u:0004", "/acts/keys/u:0004/", "/account/people/u:0004/"):
        assert client.get(page).status_code == 403, page


def test_an_office_whose_term_is_over_opens_nothing(house: House) -> None:
    """What an officer may see is what the book says today: after the term's end, no form and no draft."""
    from gongyue.demo.simulated_office import public_of

    clerk = house.client("bai@demo.invalid")

    address = draft_of(clerk, "key.register/1", "exec", {"holder": "o:lu", "key": public_of("o:lu#3")})
    assert clerk.get(address).status_code == 200
    Going(house).at("2029-01-02 09:00")
    assert answers(clerk, address) == {404}
    assert clerk.get("/acts/new/key.register/1/?as=exec").status_code == 403


def test_an_officer_of_a_unit_drafts_and_does_not_sign(house: House) -> None:
    """The draft waits for the signatory, who finds it; the officer's own attempt to sign records nothing."""
    officer, signatory = house.client("yunling-officer@demo.invalid"), house.client("yunling@demo.invalid")
    address = draft_of(officer, "interpretation.ask/1", "u:0001", {"article": "8", "question.text": "问"})
    text = officer.get(address).content.decode()
    assert "您的身份可以起草，不能签署" in text
    assert "用演示密钥签署" not in text
    head = house.office.store.head("sealed").size
    officer.post(address + "sign/demo", {"digest": "x"})
    assert house.office.store.head("sealed").size == head
    assert "用演示密钥签署" in signatory.get(address).content.decode()


def test_a_clerk_prepares_what_the_panel_signs(house: House) -> None:
    """The clerk's draft is seen by those who sign it and by the clerk, who cannot sign."""
    clerk = house.client("bai@demo.invalid")
    data = {"number": "99", "kind": "prose", "article": "8", "text.text": "解释", "effective": "2027-01-31"}
    data |= {"signers": ["o:mo", "o:qin"]}
    address = draft_of(clerk, "interpretation.issue/1", "exec", data)
    assert "不能签署" in clerk.get(address).content.decode()
    assert house.client("mo@demo.invalid").get(address).status_code == 200
    for other in ("ge@demo.invalid", "lu@demo.invalid"):  # another panellist, who is not asked; one of another office
        assert house.client(other).get(address).status_code == 404


def test_what_is_sealed_is_offered_to_the_office_alone(house: House) -> None:
    """Pick lists of sealed acts are on the desk's forms and on nobody else's."""
    form = "/acts/new/membership.grant/1/?as=exec"
    decided = house.client("qin@demo.invalid").get(form).content.decode()
    assert "sealed:" not in decided  # every application of the demonstration is decided, and none of them offered
    Going(house).at("2027-02-01 10:00").applies()
    assert "sealed:" in house.client("qin@demo.invalid").get(form).content.decode()
    assert house.client(BEICHEN).get("/acts/new/membership.grant/1/").status_code == 403


def test_the_keys_of_a_unit_are_its_own_to_see(house: House) -> None:
    """Its signatory and officer see them; others, and engineers, do not; officers see their own."""
    assert house.client(BEICHEN).get("/acts/keys/u:0004/").status_code == 200
    for other in (*OUTSIDERS, "yunling@demo.invalid"):
        assert house.client(other).get("/acts/keys/u:0004/").status_code == 403, other
    assert house.client("yunling-engineer@demo.invalid").get("/acts/keys/u:0001/").status_code == 403
    assert house.client("qin@demo.invalid").get("/acts/keys/").status_code == 200
    assert house.client(BEICHEN).get("/acts/keys/").status_code == 403


def test_a_passkey_is_made_for_ones_own_seat(house: House) -> None:
    """Nobody begins one for another holder; an officer of a unit, who does not sign, begins none."""
    for email, holder, status in (
        (BEICHEN, "u:0004", 200),
        (BEICHEN, "u:0008", 403),
        (BEICHEN, "o:qin", 403),
        ("yunling-officer@demo.invalid", "u:0001", 403),
        ("qin@demo.invalid", "o:qin", 200),
        ("qin@demo.invalid", "o:bai", 403),
    ):
        answer = house.client(email).post("/acts/passkeys/begin", {"holder": holder})
        assert answer.status_code == status, (email, holder)


def test_an_unknown_act_type_or_draft_is_not_found(house: House) -> None:
    """404, not a broken page."""
    client = house.client(BEICHEN)
    assert client.get("/acts/new/no.such/1/").status_code == 404
    assert client.get("/acts/00000000-0000-0000-0000-000000000000/").status_code == 404
