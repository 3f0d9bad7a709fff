"""A covenant bound at a browser from its file to the import that two officers sign: words selected, then by keyboard without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.covenant.test_samples import EXPECTED, data
from web.conftest import House, Visitor
from web.desk.founding import CLERK, PAGE, SECRETARY, Binder, before_founding

NAME = "竹苑业主规约.txt"
FORCE = next(words for name, _, words in EXPECTED[NAME]["bindings"] if name == "founding.in_force")
SELECT = """words => {
    for (const part of document.querySelectorAll('[data-at]')) {
        const pieces = [...part.querySelectorAll('mark'), part].flatMap(e => [...e.childNodes]).filter(n => n.nodeType === 3);
        for (const piece of pieces) {
            const place = piece.data.indexOf(words);
            if (place < 0) continue;
            const range = document.createRange();
            range.setStart(piece, place);
            range.setEnd(piece, place + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return part.dataset.at;
        }
    }
}"""
"""Selects words of the text as a person does with the mouse; gives the address they stand at."""
MOST = 120


def _press(page: Any, button: Any) -> None:
    """By the keyboard."""
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _answer(page: Any) -> bool:
    """Answer the question that is shown as somebody in a hurry does; False where nothing is left to ask."""
    ask = page.locator("#question")
    boxes = ask.locator("input[type=checkbox][name=capability]")
    if (accept := ask.locator("button[value=accept]")).count():
        _press(page, accept)
    elif (so := ask.get_by_role("button", name="是这样", exact=True)).count():
        _press(page, so)
    elif boxes.count():
        ask.locator("input[name=sure]").focus()
        page.keyboard.press("Space")
        _press(page, ask.get_by_role("button", name="一并声明勾选的"))
    elif (presence := ask.get_by_role("button", name="投票即出席")).count():
        _press(page, presence)
    elif (absent := ask.locator("button[value=absent]")).count():
        _press(page, absent)
    elif (leave := ask.locator("button[name=way][value=leave]")).count():
        _press(page, leave)
    elif (reason := ask.locator("button[name=reason][value=另一事项]")).count():
        if (way := ask.locator("summary", has_text="另一事项")).count():
            way.focus()
            page.keyboard.press("Enter")
        _press(page, reason.first)
    else:
        return False
    return True


def test_a_covenant_is_bound_and_imported(house: House, visitor: Callable[..., Visitor]) -> None:
    """竹苑: words selected with the mouse go into the form; the rest by keyboard without scripts; then both officers sign."""
    before_founding(house)
    secretary = visitor(viewport={"width": 1280, "height": 500}).signs_in(SECRETARY)
    page = secretary.at(PAGE)
    page.set_input_files("#text", {"name": NAME, "mimeType": "text/plain", "buffer": data(NAME)})
    secretary.presses("button:has-text('读入，开始绑定')")

    page = secretary.at(f"{PAGE}?q=capability:founding.in_force")
    here, law = page.locator(".bind-law mark.here").first.bounding_box(), page.locator(".bind-law").bounding_box()
    assert law["y"] <= here["y"] < law["y"] + law["height"]  # scrolled to what is asked about
    at = page.evaluate(SELECT, FORCE)
    page.wait_for_function("words => document.getElementById('w-words').value === words", arg=FORCE)
    assert page.input_value("#w-at") == at and page.input_value("#w-nth") == "1"
    secretary.presses("button:has-text('绑定这些字句')")
    assert [b.words for b in Binder(house).drafting.records.bindings] == [FORCE]
    assert secretary.complaints == []

    plain = visitor(java_script_enabled=False, viewport={"width": 390, "height": 800}).signs_in(SECRETARY)
    page = plain.at(PAGE)
    asked = 0
    while _answer(page):
        asked += 1
        assert asked < MOST and "没有记下" not in page.content(), page.inner_text("main")
    assert "都已决定，可以定稿" in page.inner_text("main"), page.inner_text("main")
    plain.presses("button:has-text('送去导入')")
    path = page.url.removeprefix(plain.address)
    for who in (SECRETARY, CLERK):
        officer = visitor().signs_in(who)
        signed = officer.at(path)
        assert "将执行" in signed.inner_text("main") and "现在递交会被记录" in signed.content()
        form = signed.locator("form", has=signed.get_by_role("button", name="用演示密钥签署"))
        for box in form.get_by_role("checkbox").all():
            box.check()
        with signed.expect_navigation():
            form.get_by_role("button", name="用演示密钥签署").click()
    drafted = house.office.catch_up().founding.draft
    assert drafted is not None and drafted.open == ()
    assert re.search("竹苑", drafted.title) and drafted.binding("founding.in_force").words == FORCE
