"""Paper in and out: what has to be posted, batches by the carrier's numbers, slips that become acts, and who sees which row."""

from __future__ import annotations

import re

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.book.dossiers import whole
from gongyue.office.sources import StoreSources
from web.bulletins.test_seen import issue
from web.cases import NOTICE, Casework
from web.conftest import House
from web.going import QINGHE
from web.rooms import name_of, signs, text_of

XU, QIN, BAI, LU = (f"{one}@demo.invalid" for one in ("xu", "qin", "bai", "lu"))
PAPER = "/desk/paper/"
SLIP = b"%PDF-1.7\nslip\n%%EOF\n"


def _served(house: House) -> str:
    """A case whose notice was served and nobody has received."""
    from gongyue.web import installation

    going = Casework(house)
    going.folder = installation.folder()
    going.at("2027-03-02 10:00")
    case = going.opens(going.reports())
    going.serves(case, "notice", NOTICE)
    return case


def _row(client: object, page: str) -> str:
    found = re.search(r'name="outcome-(\d+)"', page)
    assert found is not None, page
    return found[1]


def test_what_was_served_is_posted_delivered_and_recorded_by_two(house: House) -> None:
    """The caseworker posts the notice and hands in the slip; secretary and clerk sign it; the time to reply runs from the slip's day."""
    case = _served(house)
    client, name = house.client(XU), name_of(case)
    assert f"卷“{name}”第 2 件：送达" in text_of(client, PAPER)
    assert "寄出信函：1 个收件方" in text_of(client, "/desk/")
    made = client.post(f"{PAPER}sent", {"carrier": "邮政特快", "posted": "2027-03-02", f"number-{QINGHE}": "EA123CN"})
    assert made.status_code == 302
    Casework(house).at("2027-03-05 10:00")
    page = client.get(PAPER).content.decode()
    assert "没有待寄的信函" in page and "EA123CN" in page
    assert "寄出信函" not in text_of(client, "/desk/")
    pk = _row(client, page)
    given = {f"outcome-{pk}": "delivered", f"on-{pk}": "2027-03-04"}
    assert "须附回执的扫描件" in client.post(f"{PAPER}outcome", given).content.decode()
    given[f"scan-{pk}"] = SimpleUploadedFile("回执.pdf", SLIP)  # type: ignore[assignment]
    assert client.post(f"{PAPER}outcome", given).status_code == 302
    assert "已送达" in text_of(client, PAPER)
    for email in (QIN, BAI):
        desk = house.client(email)
        draft = re.search(r'href="(/acts/[0-9a-f-]{36}/)"', desk.get("/desk/confirmations/").content.decode())
        assert draft is not None
        if email == BAI:
            signs(desk, draft[1])
        else:
            _first(desk, draft[1])
    dossier = whole(house.office.catch_up(), StoreSources(house.office.store), case)
    (service,) = dossier.services
    assert (service.paper, service.got) == (True, 740044)
    assert "第 2 件" not in text_of(client, PAPER).partition("待寄")[2].partition("已寄")[0]


def _first(client: object, draft: str) -> None:
    """Sign a draft that waits for another."""
    page = client.get(draft).content.decode()  # type: ignore[attr-defined]
    digest = re.search(r'name="digest" value="(sha256:\w+)"', page)
    assert digest is not None, page
    client.post(f"{draft}sign/demo", {"digest": digest[1]})  # type: ignore[attr-defined]


def test_a_letter_that_came_back_is_to_be_sent_again(house: House) -> None:
    """Returned: no act follows, and it stands among what is to be sent."""
    _served(house)
    client = house.client(XU)
    client.post(f"{PAPER}sent", {"carrier": "邮政", "posted": "2027-03-02", "pasted": f"{QINGHE}，EA1"})
    pk = _row(client, client.get(PAPER).content.decode())
    client.post(f"{PAPER}outcome", {f"outcome-{pk}": "returned", f"on-{pk}": "2027-03-02"})
    assert "第 2 件：送达" in text_of(client, PAPER)
    assert "没有" in text_of(house.client(QIN), "/desk/confirmations/")


def test_an_envelope_has_one_outcome(house: House) -> None:
    """Two letters to one addressee under one number: one row, one delivery; each is registered with it."""
    from gongyue.web.notices.models import Posting

    going = Casework(house)
    going.at("2027-03-02 10:00")
    going.folder = house.directory / "office"
    for text in ("自律信息第七期", "自律信息第八期"):
        issue(going, text)
    client = house.client(BAI)
    page = client.get(PAPER).content.decode()
    unit = next(to for to in re.findall(r'name="number-(u:[\w-]+)"', page) if to in house.office.inst.members)
    client.post(f"{PAPER}sent", {"carrier": "邮政", "posted": "2027-03-02", f"number-{unit}": "EA7"})
    rows = Posting.objects.filter(number="EA7")
    assert rows.count() >= 2
    page = client.get(PAPER).content.decode()
    assert len(re.findall(r'name="outcome-\d+"', page)) == 1
    pk = _row(client, page)
    client.post(f"{PAPER}outcome", {f"outcome-{pk}": "delivered", f"on-{pk}": "2027-03-02"})
    assert {(row.outcome, str(row.outcome_on)) for row in rows} == {("delivered", "2027-03-02")}


def test_the_rows_of_a_dossier_are_those_of_whoever_opens_it(house: House) -> None:
    """Neither secretary nor clerk sees what the caseworker posts, on the page or in the file; a publisher has no such page."""
    case = _served(house)
    client, name = house.client(XU), name_of(case)
    client.post(f"{PAPER}sent", {"carrier": "邮政", "posted": "2027-03-02", f"number-{QINGHE}": "EA1"})
    for path in (PAPER, f"{PAPER}out.csv"):
        assert name in client.get(path).content.decode()
        for email in (QIN, BAI):
            said = house.client(email).get(path).content.decode()
            assert name not in said and "EA1" not in said, (email, path)
    for path in (PAPER, f"{PAPER}out.csv", f"{PAPER}send.csv"):
        assert house.client(LU).get(path).status_code == 403
    assert client.get(f"{PAPER}else.csv").status_code == 404


def test_what_is_wrong_is_said_and_nothing_is_noted(house: House) -> None:
    """No carrier, a day to come, a line that is none: 422, and what was written stays."""
    _served(house)
    client = house.client(XU)
    for said, given in (
        ("承运人", {"posted": "2027-03-02", f"number-{QINGHE}": "EA1"}),
        ("寄出日期", {"carrier": "邮政", "posted": "2027-03-09", f"number-{QINGHE}": "EA1"}),
        ("读不懂", {"carrier": "邮政", "posted": "2027-03-02", "pasted": "只有一个"}),
        ("至少写一个单号", {"carrier": "邮政", "posted": "2027-03-02"}),
    ):
        answer = client.post(f"{PAPER}sent", given)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said
    assert "没有在途的信函" in text_of(client, PAPER)


def test_another_s_dossier_is_not_posted_by_its_id(house: House) -> None:
    """The secretary names the unit in what it pastes: nothing of the case is noted."""
    from gongyue.web.notices.models import Posting

    _served(house)
    house.client(QIN).post(f"{PAPER}sent", {"carrier": "邮政", "posted": "2027-03-02", "pasted": f"{QINGHE} EA1"})
    assert not Posting.objects.filter(key__startswith="served:").exists()


def test_what_came_in_is_registered_with_its_number_and_dates(house: House) -> None:
    """Every act that a paper goes with: the authority's approval, registered keys; as a table, too; none that its reader may not know of."""
    page = text_of(house.client(QIN), PAPER).partition("收文登记")[2]
    table = house.client(QIN).get(f"{PAPER}in.csv").content.decode("utf-8-sig")
    assert "示主管函〔2026〕7号" in table and "登记密钥" in table
    assert re.search(r"\d+ ", page)
    _served(house)
    dossier_paper = (
        Casework(house)
        .at("2027-03-03 10:00")
        .on_paper("petition.submit/1", "u:0004", kind="wish", text="sha256:" + "5e" * 32)
    )
    assert dossier_paper.commitment
    table = house.client(QIN).get(f"{PAPER}in.csv").content.decode("utf-8-sig")
    assert "提出诉求" not in table  # the secretary does not open that dossier


def test_the_letter_of_an_ended_membership_is_to_be_sent_and_says_on_what(house: House) -> None:
    """Listed until it went, to those who record paper; its ground is a sentence; to others neither the letter nor its ground."""
    from gongyue.web import installation
    from gongyue.web.desk.member_letters import over

    ended = next(one for one in house.office.inst.events.values() if one.what == "ended")
    of = f"{ended.index}:{ended.unit}"
    url, name = f"/desk/letters/over/{of}.pdf", house.office.inst.units[ended.unit].name
    for email in (QIN, BAI):
        page = house.client(email).get(PAPER).content.decode()
        assert url in page and "资格终止：成员资格状况确认函" in page and name in page
        assert house.client(email).get(url)["Content-Type"] == "application/pdf"
    for email in (XU, LU):
        assert url not in house.client(email).get(PAPER).content.decode()
        assert house.client(email).get(url).status_code == 404
    (letter,) = (one.make() for one in over(installation.now()) if one.of == of)
    assert letter.ground[0].startswith("案卷“") or letter.ground[0].startswith("不凭处理决定")  # type: ignore[attr-defined]
    client = house.client(QIN)
    client.post(f"{PAPER}sent", {"carrier": "邮政特快", "posted": "2027-01-26", f"number-{ended.unit}": "EA7CN"})
    page = client.get(PAPER).content.decode()
    waits, _, under_way = page.partition('id="way"')
    assert url not in waits and "资格终止：成员资格状况确认函" in under_way and "EA7CN" in under_way


def test_each_of_those_who_left_by_the_same_entry_has_its_own_letter(house: House) -> None:
    """Two whose notice falls due on one day, and whoever is put out by the entry that comes next: three names, three letters."""
    from gongyue.web import installation
    from gongyue.web.desk.member_letters import over

    now = installation.now()
    ended = next(one for one in now.inst.events.values() if one.what == "ended")
    left, inst = sorted(now.inst.members)[:2], now.inst
    for unit in left:
        inst = inst.end_membership(unit, ended.day, ended.index, "left", by_notice=True)
    letters = [one for one in over(msgspec.structs.replace(now, inst=inst)) if one.entry == ended.index]
    assert {one.of: one.about for one in letters} == {
        f"{ended.index}:{unit}": inst.units[unit].name for unit in (*left, ended.unit)
    }
