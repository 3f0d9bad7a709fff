"""Dossiers in a real browser: both faces, both languages, a phone and a wide window; without scripts; under the strict policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from web.conftest import House, Visitor
from web.going import Going
from web.rooms import DOCUMENT, assigns, name_of, petition

QINGHE = "u:0008"


def begun(house: House) -> tuple[str, str]:
    """Two petitions: one assigned, served and waiting for its receipt; one that nobody is assigned to, overdue."""
    going = Going(house).at("2027-03-02 10:00")
    late = petition(going, QINGHE, "wish")
    going.at("2027-03-25 10:00")
    mine = petition(going, QINGHE)
    assigns(going, mine, "o:qin")
    going.do("dossier.serve/1", "exec", {"what": "reply", "docs": [DOCUMENT]}, ["o:qin"], dossier=mine)
    return mine, late


@pytest.mark.slow(20)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_a_dossier_is_accessible_and_fits(
    house: House, visitor: Callable[..., Visitor], width: int
) -> None:
    """No axe violation, nothing wider than the window, no complaint under the policy; in Chinese and in English."""
    mine, late = begun(house)
    pages = {
        "qinghe@demo.invalid": ["/my/dossiers/", f"/my/dossiers/{name_of(mine)}/", f"/my/dossiers/{name_of(late)}/"],
        "qin@demo.invalid": [
            "/desk/docket/",
            f"/desk/docket/{name_of(mine)}/",
            f"/desk/docket/{name_of(late)}/",
            f"/acts/new/dossier.assign/1/?dossier={late}&role=caseworker",
            f"/acts/new/petition.answer/1/?dossier={mine}&answer=forwarded&to=1",
        ],
    }
    for email, paths in pages.items():
        somebody = visitor(viewport={"width": width, "height": 900}).signs_in(email)
        for path in [*paths, *(f"/en{path}" for path in paths)]:
            somebody.at(path)
            assert not somebody.violations(), path
            assert somebody.too_wide() <= 0, path
        assert not somebody.complaints


@pytest.mark.slow(10)
def test_a_dossier_is_read_without_scripts_and_printed_without_controls(
    house: House, visitor: Callable[..., Visitor]
) -> None:
    """Everything is in the page as it comes; on paper the timeline, the head and its words stay, buttons and links to files go."""
    mine, _ = begun(house)
    reader = visitor(java_script_enabled=False).signs_in("qinghe@demo.invalid")
    page = reader.at(f"/my/dossiers/{name_of(mine)}/")
    assert page.locator(".tl > li").count() == 3 and page.locator("[aria-current=step]").count() == 1
    assert page.get_by_role("button", name="签收").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="签收").is_visible()
    assert not page.get_by_text("存一份").is_visible() and not page.locator("nav.side").is_visible()
    assert page.get_by_text("核对词：").is_visible() and page.locator(".tl > li").nth(2).is_visible()
    assert name_of(mine) in page.locator("main").inner_text()
