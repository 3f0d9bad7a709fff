"""The public page of petitions: only those whose unit consented, in its words, with what became of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongyue.demo.simulated_office import commitment_to, text_object
from gongyue.office.openings import course
from gongyue.transparency import canonical
from web.conftest import House, Visitor
from web.going import SECRETARY, TASHA, YUNLING, Going
from web.site.walking import text_of

Visit = Callable[..., Visitor]
WORDS = "请反映：数据出境评估的周期过长。"
SECRET = "未同意公开的诉求"


@pytest.fixture
def told(house: House) -> Going:
    """One petition forwarded and published, on 2027-02-03; one that nobody may hear of."""
    going = Going(house).at("2027-02-01 10:00")
    going.of("petition.submit/1", TASHA, kind="wish", text=commitment_to(SECRET))
    dossier, (digest, data) = going.consents(words=WORDS), text_object(WORDS)
    lines = course(going.office.store, dossier)
    body = {"text": digest, "course": canonical.digest(lines)}
    going.executive("petition.publish/1", body, ["o:lu", SECRETARY], [data, lines])
    return going


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "已向主管部门反映"), ("en", "forwarded to the authority")])
def test_a_petition_stands_there_as_its_unit_consented(house: House, told: Going, language: str, said: str) -> None:
    """Its words, its unit, the days; of the other one nothing, neither whose nor how many; and the API says the same."""
    client = house.client()
    shown = text_of(client.get("/en/petitions/" if language == "en" else "/petitions/"))
    assert WORDS in shown and said in shown and told.inst.units[YUNLING].name in shown
    assert told.inst.units[TASHA].name not in shown and SECRET not in shown
    items = client.get("/api/petitions").json()["items"]
    assert [one["text"] for one in items] == [WORDS]
    assert items[0]["forwarded"] == "2027-02-01" and items[0]["replied"] is None and items[0]["late"] == 0


def test_none_yet(house: House) -> None:
    """Said so, in place of an empty list; the gazette leads there."""
    client = house.client()
    assert "还没有公开的诉求" in text_of(client.get("/petitions/"))
    assert 'href="/petitions/"' in client.get("/gazette/").content.decode()


def test_the_desk_offers_whose_consent_waits(house: House, told: Going) -> None:
    """Nothing once it is published; a second consent, to be published, by its dossier."""
    publisher = house.client("lu@demo.invalid")
    assert told.inst.units[YUNLING].name not in text_of(publisher.get("/acts/new/petition.publish/1/?as=exec"))
    (dossier,) = told.inst.petitions
    digest, data = text_object("再次反映。")
    told.do("petition.consent/1", YUNLING, {"text": digest}, [YUNLING], [data], dossier=dossier)
    assert dossier in publisher.get("/acts/new/petition.publish/1/?as=exec").content.decode()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_in_a_browser(told: Going, visitor: Visit, width: int) -> None:
    """No axe violation, nothing wider than a phone, nothing the strict policy complains of; in both languages."""
    one = visitor(viewport={"width": width, "height": 800})
    for path in ("/petitions/", "/en/petitions/"):
        page = one.at(path)
        assert WORDS in page.locator("main").inner_text()
        assert one.violations() == [] and one.too_wide() == 0
    assert not one.complaints
