"""A petition whose member consents is published from the desk, in the words consented to, without anybody typing them again (article 14)."""

from __future__ import annotations

import re

from web.conftest import House
from web.going import Going
from web.rooms import assigns, files, name_of, signs, text_of

QINGHE, MEMBER, QIN, BAI, LU = (
    "u:0008",
    "qinghe@demo.invalid",
    "qin@demo.invalid",
    "bai@demo.invalid",
    "lu@demo.invalid",
)
ADDRESS = "/acts/new/petition.publish/1/"
TEXT = "请明确查验数据来源的期限。\n各地不一，望有统一口径。"
CONSENT = {"consents": "yes", "text.text": TEXT}


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
    files(house, house.client(MEMBER), "petition.consent/1", f"as={QINGHE}&dossier={dossier}", CONSENT)
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
    files(house, house.client(MEMBER), "petition.consent/1", f"as={QINGHE}&dossier={dossier}", CONSENT)
    link = f"{ADDRESS}?course={dossier.replace(':', '%3A')}"
    for address in ("/desk/", "/desk/bulletins/"):
        assert link in client.get(address).content.decode(), address
    assert "致全体成员" not in text_of(client, "/desk/bulletins/")
    assert TEXT.splitlines()[0] in client.get(link).content.decode()


def _consents(dossier: str) -> str:
    return f"/acts/new/petition.consent/1/?as={QINGHE}&dossier={dossier}"


def test_the_choice_is_made_in_words_with_the_petition_beside_it(house: House) -> None:
    """The petition's own words stand there, and in the box to be edited; nothing is chosen beforehand, and nobody takes back what was not given."""
    dossier = _filed(house, Going(house).at("2027-03-02 10:00"))
    form = house.client(MEMBER).get(_consents(dossier)).content.decode()
    assert form.count("请明确期限") == 2 and re.search(
        r'<textarea name="text.text"[^>]*>\s*请明确期限</textarea>', form
    )
    assert "同意公开：以本单位名义公开下面的文字" in form and "什么都不用办" in form
    assert 'value="yes"' in form and 'value="no"' not in form and "checked" not in form.partition("consents")[2][:200]
    english = house.client(MEMBER).get(f"/en{_consents(dossier)}").content.decode()
    assert "Publish it: the words below, in our name" in english and "there is nothing to do" in english


def test_nobody_consents_without_choosing_or_without_words(house: House) -> None:
    """Words alone are no consent, and consent without words is none: each is said where it is lacking."""
    client, address = house.client(MEMBER), _consents(_filed(house, Going(house).at("2027-03-02 10:00")))
    for given, said in (({"text.text": TEXT}, "请选择一项"), ({"consents": "yes"}, "请填写")):
        answer = client.post(address, given)
        assert answer.status_code == 422 and said in answer.content.decode(), given


def test_what_is_signed_is_said_and_shown_and_taken_back_in_words(house: House) -> None:
    """Before it is signed a sentence and the words; afterwards the form shows what was consented to, and taking it back hands in none."""
    dossier = _filed(house, Going(house).at("2027-03-02 10:00"))
    client = house.client(MEMBER)
    draft = client.post(_consents(dossier), CONSENT).headers["Location"]
    page = text_of(client, draft)
    assert "同意公开这件诉求：以本单位名义公开所附的文字" in page and "请明确查验数据来源的期限。" in page
    assert "请明确期限" in page, "the petition itself"
    assert "sha256:" not in page.partition("签署前，请读这一句")[2].partition("核对词")[0]
    edited = client.get(f"{draft}edit/").content.decode()
    assert re.search(r'value="yes" checked', edited) and TEXT in edited
    files(house, client, "petition.consent/1", f"as={QINGHE}&dossier={dossier}", CONSENT)
    form = text_of(client, _consents(dossier))
    assert "先前同意公开的文字" in form and "什么都不用办" not in form
    back = client.post(_consents(dossier), {"consents": "no", "text.text": TEXT}).headers["Location"]
    page = text_of(client, back)
    assert "收回先前的同意：这件诉求不再公开" in page and "所附文件全文" not in page
    files(house, client, "petition.consent/1", f"as={QINGHE}&dossier={dossier}", {"consents": "no"})
    assert "同意公开诉求：收回先前的同意" in text_of(client, f"/my/dossiers/{name_of(dossier)}/")
    assert ADDRESS not in house.client(QIN).get("/desk/bulletins/").content.decode()


def test_what_was_recorded_under_seal_is_named_in_words(house: House) -> None:
    """Its receipt says promise, since it is one, and where it stands in words; the code that cites it is folded away."""
    Going(house).at("2027-03-02 10:00")
    client = house.client(MEMBER)
    asked = {"kind": "demand", "text.text": "请明确期限"}
    draft = client.post(f"/acts/new/petition.submit/1/?as={QINGHE}", asked).headers["Location"]
    signs(client, draft)
    page = text_of(client, f"{draft}done/")
    assert "密封簿，内容不公开" in page and "请保存承诺书" in page and "请保存回执" not in page
    assert "在簿册里以这个代号引用" in page.partition("看承诺书全文")[2]
    assert "在簿册里以这个代号引用" not in page.partition("看承诺书全文")[0]
