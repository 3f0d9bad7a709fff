"""The public site in a real browser: axe, two widths, the keyboard, no JavaScript, print, live search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from web.conftest import House, Visitor
from web.going import Going
from web.site.walking import one_of_each

Visit = Callable[..., Visitor]
SIDEWAYS = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.slice(0, 20))"
"""Tables that are wider than their place."""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_has_no_axe_violation_and_fits_the_window(visitor: Visit, language: str, width: int) -> None:
    """axe finds nothing, nothing (on a phone: no table either) is wider than its place, the strict policy holds."""
    one = visitor(viewport={"width": width, "height": 800})
    wrong = []
    for path in one_of_each(language):
        one.at(path)
        wrong += [(path, what) for what in one.violations()]
        if over := one.too_wide():
            wrong.append((path, f"{over} px too wide"))
        if width == 360 and (hidden := one.page.locator(".scroll").evaluate_all(SIDEWAYS)):
            wrong.append((path, f"tables to be moved sideways: {hidden}"))
    assert not wrong, "\n".join(map(str, wrong))
    assert not one.complaints


@pytest.mark.parametrize("width", [1280, 360])
def test_an_open_vote_has_no_axe_violation(house: House, visitor: Visit, width: int) -> None:
    """The vote, the article it would change and the first page, while a vote is open; and what a cheat comes to."""
    Going(house).is_under_vote()
    one = visitor(viewport={"width": width, "height": 800})
    for path in ("/votes/p:2027-01/", "/en/votes/p:2027-01/", "/covenant/4/", "/", "/votes/", "/proposals/p:2027-01/"):
        one.at(path)
        assert one.violations() == [], path
        assert one.too_wide() == 0, path
    for path in ("/cheat/", "/en/cheat/"):
        one.at(path)
        one.presses("form[action*=one-officer] button")
        assert one.violations() == [] and one.too_wide() == 0, path


GAPS = """steps => steps.flatMap(list => { const boxes = [...list.children].map(li => { const range = document.createRange();
  return [...li.querySelectorAll("b, time")].flatMap(one => (range.selectNodeContents(one.firstChild ?? one), [...range.getClientRects()])); });
  return boxes.slice(1).flatMap((next, n) => boxes[n].flatMap(a => next.filter(b => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
    .map(b => b.left - a.right))); })"""
"""Between the words of one step and those of the next in the same line, how many pixels there are."""


def test_steps_keep_apart(house: House, visitor: Visit) -> None:
    """In English, on a wide page: the labels of a vote's steps, on the public page, the proposal's and the unit's own."""
    Going(house).is_under_vote()
    one = visitor(viewport={"width": 1280, "height": 800}).signs_in("yunling@demo.invalid")
    paths = ("votes/p:2026-01/", "votes/p:2027-01/", "proposals/p:2026-01/", "workspace/u:0001/votes/p:2027-01/")
    for path in paths:
        gaps = one.at(f"/en/{path}").locator("ol.steps").evaluate_all(GAPS)
        assert gaps and min(gaps) >= 8, (path, gaps)


BEYOND = """asides => asides.map(aside => { const range = document.createRange(); range.selectNodeContents(aside.querySelector(".deadline b"));
  return range.getBoundingClientRect().right - (aside.getBoundingClientRect().right - parseFloat(getComputedStyle(aside).paddingRight)); })"""
"""By how many pixels the words of a vote's deadline reach beyond the column they stand in."""


def test_a_long_date_stays_in_its_column(house: House, visitor: Visit) -> None:
    """In English, on a wide page: "25 November 2026, 24:00", on the public page and the unit's own."""
    one = visitor(viewport={"width": 1280, "height": 800}).signs_in("yunling@demo.invalid")
    for path in ("votes/p:2026-01/", "workspace/u:0001/votes/p:2026-01/"):
        beyond = one.at(f"/en/{path}").locator(".vote > aside").evaluate_all(BEYOND)
        assert beyond and max(beyond) <= 0, (path, beyond)


def test_the_keyboard_skips_to_the_content_and_reaches_the_notes(visitor: Visit) -> None:
    """The first Tab is the skip link; a note's number leads to the note."""
    page = visitor().at("/covenant/22/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "vh skip"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")  # a fragment is gone to a moment after the key
    page.focus("sup a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/covenant/22/#n1")
    assert "本公约未生效" in page.inner_text(".note:target")


def test_without_javascript_everything_can_be_read_and_searched(visitor: Visit) -> None:
    """Search, paging and the recount need no script; what does need one says so."""
    one = visitor(java_script_enabled=False)
    page = one.at("/register/")
    page.fill("#q", "健康")
    page.click("form.search button")
    assert "青禾健康" in page.inner_text("#results")
    assert "踏莎出行" not in page.inner_text("#results")
    page = one.at("/votes/p:2026-01/")
    page.click("a.button >> text=重新计票")
    assert "与公布的结果完全一致" in page.inner_text("main")
    assert "这一页要用 JavaScript" in one.at("/log/receipt/").inner_text("main")


def test_typing_in_the_register_shows_results_at_once(visitor: Visit) -> None:
    """With JavaScript the results change while one types, and the address can be kept."""
    one = visitor()
    page = one.at("/register/")
    page.type("#q", "0115R")
    page.wait_for_selector("#results >> text=1 家")
    assert page.inner_text("#results tbody tr td") == "夜航数据"
    page.wait_for_url("**q=0115R**")
    assert not one.complaints


def test_an_article_prints_on_a4_with_its_notes_beside_it(visitor: Visit) -> None:
    """In print the navigation is gone, the notes stand beside the text, and it is a PDF of a few pages."""
    page = visitor().at("/covenant/22/")
    page.emulate_media(media="print")
    assert not page.is_visible("nav.nav")
    assert not page.is_visible("nav.toc")
    law, note = page.locator(".law").first.bounding_box(), page.locator(".note").first.bounding_box()
    assert law is not None and note is not None
    assert note["x"] > law["x"] + law["width"] - 1
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= pdf.count(b"/Type /Page\n") <= 8


def test_the_law_is_set_in_the_serif_that_comes_with_the_pages(visitor: Visit) -> None:
    """The vendored font has every character of the covenant, so no reader sees two designs in one line."""
    page = visitor().at("/covenant/9/")
    loaded = page.evaluate(
        "async () => { await document.fonts.ready; return document.fonts.check('20px \"Gongyue Serif\"', '不窥视') }"
    )
    assert loaded
