"""Pages over a book in which two officers returned from a false time: void entries are shown void, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongyue.covenant.periods import DAY, iso
from gongyue.demo.simulated_office import paper, text_object
from gongyue.governance.office import earliest
from web.conftest import House
from web.going import BEICHEN, CLERK, NORTHLAKE, PROPOSAL, QINGHE, SECRETARY, TASHA, Going

PANELLIST, PUBLISHER = "o:mo", "o:lu"
TWO = (CLERK, SECRETARY)


@pytest.fixture
def going(house: House) -> Iterator[Going]:
    """In two days that were not, the office did a bit of everything; members voted and one left."""
    going = Going(house).at("2027-02-01 10:00").proposes().is_supported().is_filed()
    going.at("2027-02-02 09:00").ticks()
    applied = going.applies()
    going.at("2027-02-03 09:00").ticks()
    back = going.now
    going.leap(back + DAY)
    going.opens_the_vote().ticks().grants(applied)
    going.votes(BEICHEN, "consent")
    reasons, data = text_object("理由（演示）")
    day = iso(going.inst.today)
    issued = {"number": 2 + len(going.inst.interpretations) - 1, "kind": "prose", "article": 17, "text": reasons, "sets": None,
              "effective": day, "answers": None}  # fmt: skip
    going.executive("interpretation.issue/1", issued, [SECRETARY, PANELLIST], [data])
    order = {
        "order": "l:false",
        "source": "示范人民法院（演示）",
        "forbids": ["annex.sign/1"],
        "begins": day,
        "ends": None,
    }
    going.executive("law.order/1", order, TWO, paper=paper("裁定", day, day))
    going.executive("correction.void/1", {"entry": issue_of(going), "reasons": reasons, "from_the_beginning": False},
                    [SECRETARY, PANELLIST], [data])  # fmt: skip
    appointed = {"officer": "o:neu", "offices": ["mediator"], "begins": iso(earliest(going.inst, going.now)), "ends": "2029-01-01",
                 "interests": reasons}  # fmt: skip
    going.executive("office.appoint/1", appointed, TWO)
    going.on_paper("membership.withdraw/1", QINGHE, effective=None)
    going.of("membership.withdraw/1", TASHA, effective=None)
    going.leap(back + 3600)
    going.executive("clock.recover/1", going.office.false_time(going.now), TWO)
    return going


def issue_of(going: Going) -> int:
    """The entry of the interpretation issued last."""
    return going.inst.size - 2


def test_every_public_page_answers(house: House, going: Going) -> None:
    """In both languages; the void entries say so, as does the one that returned."""
    from django.utils.translation import override

    from gongyue.web import installation
    from gongyue.web.pages.catalogue import addresses

    client, wrong = house.client(), []
    for language in ("zh-hans", "en"):
        with override(language):
            paths = list(addresses(installation.now()))
        for path in paths:
            answer = client.get(path)
            wrong += [path] if answer.status_code != 200 else []
            answer.close()
    assert not wrong
    assert PROPOSAL not in going.inst.votes and QINGHE in going.inst.members and TASHA not in going.inst.members
    made = going.inst.recoveries[-1]
    assert "已撤销" in client.get(f"/log/{made.first}/").content.decode()
    page = client.get(f"/log/{made.index}/").content.decode()
    assert "恢复时间" in page and "误记时间的第一条" in page
    assert "恢复时间" in client.get("/gazette/").content.decode()


def test_the_desk_and_the_workspaces_answer(house: House, going: Going) -> None:
    """For officers and for members, those whose acts are void and those whose acts stand."""
    from web.desk.test_pages import PAGES

    officer = house.client("qin@demo.invalid")
    wrong = [path for path in PAGES if officer.get(path).status_code != 200]
    assert not wrong
    for login, unit in (("beichen", BEICHEN), ("yunling", "u:0001"), ("qinghe", QINGHE)):
        client = house.client(f"{login}@demo.invalid")
        for part in (
            "",
            "membership/",
            "votes/",
            "amendments/",
            "annexes/",
            "questions/",
            "acts/",
            "month/2027/2/",
            "drafts/",
            "paper/",
        ):
            answer = client.get(f"/workspace/{unit}/{part}")
            assert answer.status_code == 200, (unit, part)
    assert going.inst.recoveries


def test_a_refusal_of_a_false_time_is_none_for_any_reader(house: House) -> None:
    """The application waits again: at the desk, for the command line, and there is no letter to print of it."""
    from gongyue.office.applications import applications
    from gongyue.web import installation
    from gongyue.web.desk.letter_catalogue import SORTS

    def letters() -> list[str]:
        return [sheet.of for sort in SORTS.values() if sort.sealed for sheet in sort.letters(installation.now())]

    going = Going(house).at("2027-02-01 10:00")
    applied, before = going.applies(), letters()
    going.at("2027-02-03 09:00").ticks()
    back = going.now
    going.leap(back + DAY)
    refused = going.refuses(NORTHLAKE.id, applied)
    assert set(letters()) - set(before) == {refused.name}
    going.ticks()
    going.leap(back + 3600)
    going.executive("clock.recover/1", going.office.false_time(going.now), TWO)
    assert [a.state for a in applications(going.inst, going.office.store, NORTHLAKE.id)] == ["waiting"]
    assert letters() == before
    desk = house.client("qin@demo.invalid").get("/desk/admissions/").content.decode()
    assert NORTHLAKE.zh in desk[: desk.index('id="decided"')]
