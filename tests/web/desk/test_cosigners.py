"""How many sign what one may sign elsewhere: the form asks for as many, the draft waits for them, the gate is tried with them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from support.documents import document
from web.acting.test_drafts import demo_signs, shown
from web.bulletins.test_results import tell
from web.bulletins.test_seen import last
from web.cases import GE, HU, MO, XU, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.going import BEICHEN
from web.rooms import name_of

QIN, BAI = "qin@demo.invalid", "bai@demo.invalid"
FIVE = (MO, GE, HU, "o:he", "o:liu")


def mail(officer: str) -> str:
    """The login of an officer."""
    return f"{officer[2:]}@demo.invalid"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    from gongyue.web.accounts.models import Person, Seat
    from gongyue.web.demo_accounts import BEGINS, PASSWORD

    for officer in ("o:he", "o:liu"):
        person = Person.objects.create_user(mail(officer), PASSWORD, name=officer)
        Seat.objects.create(person=person, party=officer, role="", begins=BEGINS)
    return Casework(house).at("2027-03-11 10:00")


def draft(client: Any, type: str, query: str, answers: dict[str, Any]) -> str:
    """The address of the draft that a form makes."""
    made = client.post(f"/acts/new/{type}/?{query}", answers)
    assert made.status_code == 302, made.content.decode()
    return str(made.headers["Location"])


def signed(client: Any, address: str) -> bool:
    """Sign a draft; whether that records it."""
    return bool(demo_signs(client, address, sure="yes").headers["Location"].endswith("/done/"))


def test_of_a_panel_of_five_three_conclude_and_two_do_not(house: House, going: Casework) -> None:
    """The gate is open; with one asked the form says two are needed; with two the third signature records it, the second does not."""
    case, mo = going.heard(panel=FIVE), house.client(mail(MO))
    assert not shut(mo.get(f"/desk/docket/{name_of(case)}/").content.decode(), "作出结论")
    answers = {
        "findings.0.article": "8",
        "findings.0.established": "no",
        "reasons.text": "查无实据。",
        "adverse": "no",
        "signers": [GE],
    }
    short = mo.post(f"/acts/new/case.conclude/1/?dossier={case}", answers)
    assert short.status_code == 422 and "至少选 2 人" in short.content.decode()
    address = draft(mo, "case.conclude/1", f"dossier={case}", answers | {"signers": [GE, HU]})
    assert "须 3 人签署" in shown(mo, address)
    assert [signed(house.client(mail(officer)), address) for officer in (MO, GE, HU)] == [False, False, True]


def test_whose_recusal_is_asked_for_is_not_asked_to_sign(house: House, going: Casework) -> None:
    """Of five one is challenged: the three others beside the author can be asked, the challenged one cannot."""
    case = going.heard(panel=FIVE)
    going.notes(case, document("他与我方有竞争。", "申请回避.txt"), asks="recusal", whom=HU)
    form = house.client(mail(MO)).get(f"/acts/new/case.conclude/1/?dossier={case}").content.decode()
    assert re.findall(r'name="signers"\s+value="([^"]+)"', form) == [GE, "o:he", "o:liu"]


def test_two_restore_a_reputation_and_one_tells_news(
    house: House, going: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The secretary is meant where a clerk restores a reputation, sees the draft and signs it; plain news the clerk signs alone."""
    tell(going, monkeypatch)
    bai, qin, name = house.client(BAI), house.client(QIN), house.office.inst.units[BEICHEN].name
    restored = {"kind": "rehabilitation", "text.text": f"恢复名誉\n{name}没有其事。", "replaces": str(last(house))}
    address = draft(bai, "bulletin.issue/1", "", restored | {"audience": "internal"})
    assert "须 2 人签署" in shown(bai, address)
    assert not signed(bai, address) and signed(qin, address)
    news = {"kind": "discipline", "audience": "internal", "text.text": "自律信息\n请各单位自查。"}
    assert signed(bai, draft(bai, "bulletin.issue/1", "", news))


def test_a_case_is_ended_by_two_and_a_panellist_extends_it_with_another(house: House, going: Casework) -> None:
    """Both gates are open, and both forms ask for a second officer; the caseworker alone extends."""
    case = going.opens()
    going.serves(case, "notice", document("告知书。", "告知书.txt"))
    for officer, what in ((XU, "终结"), (MO, "延期")):
        page = house.client(mail(officer)).get(f"/desk/docket/{name_of(case)}/").content.decode()
        assert "GY-05-02" not in shut(page, f"程序决定：{what}")
    extend = {"what": "extend", "ground": "complexity", "reasons.text": "事实复杂，须延长。"}
    mine = house.client(mail(XU)).get(f"/acts/new/dossier.order/1/?dossier={case}&what=extend&ground=complexity")
    assert 'name="signers"' not in mine.content.decode()
    address = draft(house.client(mail(MO)), "dossier.order/1", f"dossier={case}", extend | {"signers": [XU]})
    assert not signed(house.client(mail(MO)), address) and signed(house.client(mail(XU)), address)
