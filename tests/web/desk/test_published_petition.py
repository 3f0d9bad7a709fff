"""A petition whose member consents is published from the desk, in the words consented to, without anybody typing them again (article 14)."""

from __future__ import annotations

import re

from web.conftest import House
from web.going import Going
from web.rooms import assigns, files, name_of, text_of

QINGHE, MEMBER, QIN, BAI, LU = (
    "u:0008",
    "qinghe@demo.invalid",
    "qin@demo.invalid",
    "bai@demo.invalid",
    "lu@demo.invalid",
)
ADDRESS = "/acts/new/petition.publish/1/"
TEXT = "请明确查验数据来源的期限。\n各地不一，望有统一口径。"


def _filed(house: House, going: Going) -> str:
    """A petition from the member's page, with the secretary assigned to it."""
    asked = {"kind": "demand", "text.text": "请明确期限"}
    dossier = files(house, house.client(MEMBER), "petition.submit/1", f"as={QINGHE}", asked)
    assigns(going, dossier, "o:qin")
    return dossier


def test_without_consent_nothing_offers_to_publish_it(house: House) -> None:
    """Neither in its dossier nor among the bulletins."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = _filed(house, going)
    client = house.client(QIN)
    assert ADDRESS not in client.get(f"/desk/docket/{name_of(dossier)}/").content.decode()
    assert "同意公开的诉求" not in text_of(client, "/desk/bulletins/")


def test_its_consented_text_stands_in_the_form(house: House) -> None:
    """The dossier and the page of bulletins lead to a form that holds the member's text to the letter; a clerk is not led there."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = _filed(house, going)
    files(house, house.client(MEMBER), "petition.consent/1", f"as={QINGHE}&dossier={dossier}", {"text.text": TEXT})
    client = house.client(QIN)
    link = f"{ADDRESS}?course={dossier.replace(':', '%3A')}"
    assert link in client.get(f"/desk/docket/{name_of(dossier)}/").content.decode()
    assert link in client.get("/desk/bulletins/").content.decode()
    form = client.get(link).content.decode()
    written = re.search(r'<textarea name="text.text"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    assert written is not None and written[1].strip() == TEXT
    assert re.search(rf'<option value="{dossier}"[^>]* selected', form)
    assert ADDRESS not in house.client(BAI).get("/desk/bulletins/").content.decode()


def test_whoever_publishes_is_led_to_it_from_its_first_page(house: House) -> None:
    """The publisher's desk says what waits for it, and leads to the form with the member's words; of what goes to members it reads nothing."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = _filed(house, going)
    client = house.client(LU)
    assert "同意公开" not in text_of(client, "/desk/")
    files(house, house.client(MEMBER), "petition.consent/1", f"as={QINGHE}&dossier={dossier}", {"text.text": TEXT})
    link = f"{ADDRESS}?course={dossier.replace(':', '%3A')}"
    for address in ("/desk/", "/desk/bulletins/"):
        assert link in client.get(address).content.decode(), address
    assert "致全体成员" not in text_of(client, "/desk/bulletins/")
    assert TEXT.splitlines()[0] in client.get(link).content.decode()
