"""The rooms of a case in a real browser: accused, reporter, caseworker and panel, on a phone and a wide window, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from support.documents import document
from web.cases import XU, Casework
from web.conftest import House, Visitor
from web.going import BEICHEN
from web.rooms import name_of


@pytest.mark.slow(30)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_room_of_a_case_is_accessible_and_fits(house: House, visitor: Callable[..., Visitor], width: int) -> None:
    """No axe violation, nothing wider than the window, no complaint under the policy."""
    going = Casework(house).at("2027-03-11 10:00")
    report = going.reports()
    case, seen = going.heard(report), document("受访者中有 25 人出示了短信。", "拟给对方看.txt")
    preview = {"what": "preview", "docs": [seen.commitment]}
    going.hands_in("dossier.serve/1", "exec", preview, (XU,), seen, dossier=report)
    going.receives(report, seen, unit=BEICHEN)
    fresh = going.opens()
    going.serves(fresh, "notice", document("另一份告知书。", "告知书.txt"))
    pages = {
        "beichen": [f"/my/dossiers/{name_of(report)}/", f"/acts/new/report.file/1/?as={BEICHEN}"],
        "qinghe": [f"/my/dossiers/{name_of(case)}/", f"/my/dossiers/{name_of(fresh)}/"],
        "xu": [f"/desk/docket/{name_of(report)}/", f"/acts/new/dossier.serve/1/?dossier={case}&what=evidence"],
        "mo": ["/desk/docket/", f"/desk/docket/{name_of(case)}/", f"/acts/new/case.conclude/1/?dossier={case}"],
    }
    for login, paths in pages.items():
        somebody = visitor(viewport={"width": width, "height": 900}).signs_in(f"{login}@demo.invalid")
        for path in [*paths, *(f"/en{path}" for path in paths)]:
            somebody.at(path)
            assert not somebody.violations(), path
            assert somebody.too_wide() <= 0, path
        assert not somebody.complaints
