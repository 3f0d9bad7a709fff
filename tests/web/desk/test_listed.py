"""An act whose sheet names a page is begun there: no page has to know it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.sheet_words import ActPage
from web.conftest import House


def page_of(monkeypatch: pytest.MonkeyPatch, type: str, page: ActPage) -> None:
    """Have that act type begun on that page."""
    kind: Any = ACT_TYPES[type]
    monkeypatch.setitem(ACT_TYPES, type, replace(kind, sheet=replace(kind.sheet, page=page)))


def test_an_act_of_the_office_is_begun_on_the_page_its_sheet_names(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing an annex is offered where one is due; once its sheet lists it, always, and on that page only."""
    client = house.client("qin@demo.invalid")
    address = 'href="/acts/new/annex.publish/1/"'
    assert address not in client.get("/desk/annexes/").content.decode()
    page_of(monkeypatch, "annex.publish/1", ActPage.ANNEXES)
    assert address in client.get("/desk/annexes/").content.decode()
    assert address not in client.get("/desk/votes/").content.decode()


def test_an_act_of_a_unit_is_begun_on_the_page_its_sheet_names(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving an annex: once its sheet lists it, on the unit's page of annexes, in the unit's name; not at the desk."""
    client, unit = house.client("yunling@demo.invalid"), "u:0001"
    address = f'href="/acts/new/annex.leave/1/?as={unit.replace(":", "%3A")}"'
    page_of(monkeypatch, "annex.leave/1", ActPage.ANNEXES)
    assert address in client.get(f"/workspace/{unit}/annexes/").content.decode()
    assert "annex.leave" not in house.client("qin@demo.invalid").get("/desk/annexes/").content.decode()


def test_every_page_a_sheet_names_is_one_of_whoever_does_the_act(house: House) -> None:
    """A unit has no page of law: an act of its own listed there would be offered nowhere."""
    from gongyue.web.desk.layout import SECTIONS
    from gongyue.web.workspace.layout import BEGUN

    desk = {
        ActPage(route.removeprefix("desk_")) for route, *_ in SECTIONS if route.removeprefix("desk_") in set(ActPage)
    }
    for kind in ACT_TYPES.values():
        there = set(BEGUN.values()) if kind.by.who == "unit" else desk
        assert kind.sheet.page in {ActPage.PLACED, *there}, kind.type
