"""Another authority, named by two officers with its basis: shown with its day before it counts, on that day by itself (articles 14, 19, 21)."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from web.acting.test_drafts import BAI, QIN, demo_signs, draft_of
from web.cases import Casework
from web.conftest import House
from web.going import YUNLING, Going
from web.rooms import DOCUMENT, assigns, petition, text_of

NEW, DAY = "示范数据管理局", "2027-02-12"
FORMER = "示范主管部门（演示）"


def _names(house: House, role: str, day: str = DAY) -> int:
    """The secretary fills in the form that its page of the authority leads to, a clerk signs second; the entry."""
    client = house.client(QIN)
    assert "/acts/new/founding.redesignate/1/" in client.get("/desk/authority/").content.decode()
    basis = SimpleUploadedFile("关于机构改革的通知.txt", "机构改革：职责划入新设的局。".encode())
    answers = {"role": role, "authority.name": NEW, "authority.basis": basis, "effective": day}
    address = draft_of(client, "founding.redesignate/1", "exec", answers)
    shown = text_of(client, address)
    assert NEW in shown and "职责划入新设的局" in shown and "示范主管部门" in text_of(client, address + "edit/")
    size = house.office.catch_up().size
    demo_signs(client, address)
    assert house.office.catch_up().size == size, "one officer is not enough"
    waiting = house.client(BAI)
    assert address.rstrip("/") in waiting.get("/desk/confirmations/").content.decode()
    answer = demo_signs(waiting, address)
    assert answer.headers["Location"].endswith("/done/")
    return int(house.office.catch_up().size) - 1


def _told(house: House) -> dict[str, str]:
    """What each place says of the authorities."""
    qin = house.client(QIN)
    return {path: text_of(qin, path) for path in ("/desk/", "/desk/authority/", "/executive/", "/")}


def test_it_is_told_with_its_day_until_that_day_and_plainly_from_it_on(house: House) -> None:
    """Named on 2027-02-04 to supervise from the 12th: on the 11th with its day, on the 12th instead of whoever it was; the document is public."""
    going = Going(house).at("2027-02-04 10:00")
    index = _names(house, "supervisor")
    going.at("2027-02-11 23:00")
    for path, text in _told(house).items():
        assert re.search(rf"自\s*2027年2月12日\s*(起：|起为)\s*{NEW}", text), (path, text[-600:])
    known = house.client().get("/api/status").json()["authorities"]
    assert [(a["role"], a["name"], a["since"], a["coming"], a["index"]) for a in known if a["name"] == NEW] == [
        ("supervisor", NEW, DAY, True, index)
    ]
    document = re.search(
        rf'{NEW}\s*<span class="sm"><a href="(/book/[^"]+)"', house.client().get("/executive/").content.decode()
    )
    assert document is not None
    assert "职责划入新设的局" in house.client().get(document[1]).content.decode()
    going.at("2027-02-12 00:30")
    told = _told(house)
    for path in ("/desk/authority/", "/executive/", "/"):
        assert NEW in told[path] and f"自2027年2月12日起：{NEW}" not in re.sub(r"\s", "", told[path]), path
    assert NEW not in told["/desk/"].split("您自己要办的")[0]
    known = house.client().get("/api/status").json()["authorities"]
    assert [a["coming"] for a in known if a["name"] == NEW] == [False]


def test_the_approval_stays_whose_it_was(house: House) -> None:
    """Once another approves, the page says who approved in 2026, under which number, and who it is now."""
    going = Going(house).at("2027-02-04 10:00")
    _names(house, "approver")
    going.at("2027-02-12 10:00")
    text = text_of(house.client(), "/executive/")
    assert re.search(rf"批准文件 {FORMER} · 示主管函〔2026〕7号 · 2026年3月9日", text)
    assert re.search(rf"批准公约 {NEW} 依据 · #", text) and not re.search(rf"{NEW} · 示主管函", text)
    assert NEW in text_of(house.client(QIN), "/desk/founding/")


def test_petitions_go_to_whoever_it_is_on_that_day(house: House) -> None:
    """Forwarded on the 11th: to the former; on the 12th: to the new one; a referral to the police. Each has an envelope of its own."""
    going = Casework(house)
    going.folder = house.directory / "office"
    going.at("2027-02-04 10:00")
    _names(house, "addressee")
    for moment in ("2027-02-11 10:00", "2027-02-12 10:00"):
        dossier = petition(going.at(moment), YUNLING)
        assigns(going, dossier, "o:qin")
        going.do("petition.answer/1", "exec", {"answer": "forwarded", "docs": [DOCUMENT]}, ["o:qin"], dossier=dossier)
    link, line = going.link()
    body = {"authority": "public_security", "ground": "crime", "facts": [DOCUMENT], "link": link}
    going.do("referral.make/1", "exec", body, ["o:qin", "o:xu"], [line])
    client = house.client(QIN)
    page = client.get("/desk/paper/").content.decode()
    envelopes = [one for one in page.split("<tr>") if "number-" in one]
    assert [sum(name in one for one in envelopes) for name in (FORMER, NEW)] == [1, 1]
    to_new = {"carrier": "邮政特快", "posted": "2027-02-12", f"number-{NEW}": "EA1CN"}
    assert client.post("/desk/paper/sent", to_new).status_code == 302
    sent, way = text_of(client, "/desk/paper/").split("已寄，等回执")
    assert NEW not in sent and FORMER in sent and NEW in way and "EA1CN" in way


def test_by_the_command_line_it_is_told_with_its_day(house: House) -> None:
    """`status` has it with its day, in both languages."""
    from click.testing import CliRunner

    from gongyue.cli.main import main

    Going(house).at("2027-02-04 10:00")
    _names(house, "supervisor")
    office = str(house.directory / "office")
    for words, said in (
        (["status"], f"监督执行机构（自 {DAY} 起）：{NEW}"),
        (["status", "--lang", "en"], f"(from {DAY}): {NEW}"),
    ):
        assert said in CliRunner().invoke(main, [*words, "--office", office]).output
