"""The API's two pages in a real browser: the reference, and the page on which keys are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from web.conftest import House, Visitor

WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_reference_is_readable(visitor: Callable[..., Visitor], width: int, language: str) -> None:
    """No axe violation, nothing wider than the window, nothing stopped by the policy; it needs no script."""
    reader = visitor(viewport={"width": width, "height": 900}, java_script_enabled=True)
    page = reader.at(f"{language}/api/")
    assert reader.violations() == [] and reader.too_wide() <= 0 and reader.complaints == []
    page.locator('a[href="#draft_vote_ballot_1"], a[href="#drafts"]').first.click()
    assert page.locator("#draft_vote_ballot_1").is_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_signatory_makes_and_revokes_a_key(
    visitor: Callable[..., Visitor], house: House, width: int, language: str
) -> None:
    """From the first empty page over an error to a key that works and, revoked, does not; no axe violation on the way."""
    signatory = visitor(viewport={"width": width, "height": 900}).signs_in("yunling@demo.invalid")
    page = confirmed(signatory, f"{language}/workspace/u:0001/api-keys/")
    _is_sound(signatory)
    signatory.presses("main form button[type=submit] >> nth=-1")
    assert page.locator(".errors").is_visible() and page.title().startswith(("有误：", "Error: "))
    _is_sound(signatory)
    page.fill("#k-name", "月报程序")
    page.check("input[name=role][value=engineer]")
    page.check("input[name=scopes][value=read]")
    page.fill("#k-ends", "2027-12-31")
    signatory.presses("main form button[type=submit] >> nth=-1")
    secret = page.locator("code.secret").inner_text()
    _is_sound(signatory)
    headers = {"authorization": f"Bearer {secret}"}
    assert house.client().get("/api/key", headers=headers).json()["role"] == "engineer"
    signatory.presses("main table form button >> nth=0")
    assert house.client().get("/api/key", headers=headers).status_code == 401


def confirmed(visitor: Visitor, path: str) -> Any:
    """Go there, giving the password again where it is asked for."""
    from django.core.cache import cache

    from gongyue.web.demo_accounts import PASSWORD

    cache.clear()
    page = visitor.at(path)
    page.fill("input[type=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{path}")
    return page


def _is_sound(visitor: Visitor) -> None:
    said = [text for text in visitor.complaints if "422" not in text]  # Chromium says so of a form with errors
    assert visitor.violations() == [] and visitor.too_wide() <= 0 and said == []
