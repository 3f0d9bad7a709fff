"""A mail about what is sealed is its addressee's alone: whoever watches over the mails sees neither it nor that there is one."""

from __future__ import annotations

import re

import pytest

from gongyue.covenant.periods import DAY
from gongyue.web import installation
from web.conftest import House
from web.going import YIWEI, YUNLING, Going
from web.notices.postbox import Postbox
from web.notices.test_outbox import collect, mails, send, to
from web.rooms import petition
from web.security.people import keeper

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+|nonce-[\w+/=-]+')


def test_a_mail_about_what_is_sealed_stands_in_no_list_and_no_count(
    house: House, going: Going, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ballot, a petition, a paper waiting: by addressee and minute the outbox would tell whose they are. Secretary and keeper see the same page."""
    # The office's clock stands still here while this computer's goes on: reckoned by both, a mail's minute would slip back between two looks.
    monkeypatch.setattr(installation, "by_office_clock", lambda at, time=None: at)
    collect()
    who_keeps = keeper(going.at("2027-01-31 10:00"))
    going.proposes().is_supported().is_filed()
    going.now += DAY
    going.opens_the_vote()
    collect()
    pages = "/notices/outbox/", *(f"/notices/outbox/{number}/" for number in range(8))

    def seen(email: str) -> list[str]:
        return [TOKEN.sub("", house.client(email).get(page).content.decode()) for page in pages]

    before, count = {who: seen(who) for who in ("qin@demo.invalid", who_keeps)}, len(mails())
    assert all("发件箱" in text[0] for text in before.values())
    going.votes(YIWEI, "consent")
    petition(going, YUNLING)
    assert collect() >= 2 and len(mails()) > count
    assert {who: seen(who) for who in before} == before
    sealed = [mail for mail in mails() if mail.confidential]
    assert {mail.person.email for mail in sealed} >= {"yiwei@demo.invalid", "yunling@demo.invalid"}
    assert mails() and not [mail for mail in sealed if mail.key.startswith(("digest:", "bulletin:"))]


def test_of_a_confidential_mail_that_does_not_arrive_only_the_address_is_told(
    house: House, going: Going, postbox: Postbox
) -> None:
    """Neither subject nor minute nor how many; all to that address are sent again at once."""
    collect()
    going.at("2027-02-01 10:00")
    for _ in range(2):
        petition(going, YIWEI)
    collect()
    postbox.recipient = "550 nobody here"
    send()
    stuck = [mail for mail in to("yiwei@demo.invalid") if mail.confidential]
    assert {mail.state for mail in stuck} == {"given-up"} and len(stuck) == 2
    secretary = house.client("qin@demo.invalid")
    page = secretary.get("/notices/outbox/").content.decode()
    assert page.count("<p>yiwei@demo.invalid</p>") == 1 and stuck[0].subject not in page
    postbox.recipient = "250 ok"
    assert secretary.post("/notices/outbox/0/again/", {"to": "yiwei@demo.invalid"}).status_code == 302
    assert send() == 2


def test_what_a_digest_says_is_its_addressee_s_alone(house: House, going: Going) -> None:
    """That it was written is no secret, everybody has one; how many sealed things it counts is."""
    collect()
    going.is_under_vote()
    petition(going, YUNLING)
    collect()
    going.at("2027-03-01 09:00")
    collect()
    secretary, texts = house.client("qin@demo.invalid"), []
    for number in range(1, 1 + len(mails(confidential=False))):
        answer = secretary.get(f"/notices/outbox/{number}/")
        texts += [answer.content.decode()] if answer.status_code == 200 else []
    digests = [text for text in texts if "摘要与期限" in text]
    assert digests and all("<pre" not in text and "摘要的内容只给收件人" in text for text in digests)
