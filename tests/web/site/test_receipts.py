"""A receipt checked in the reader's browser: true ones hold, everything else is told apart."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongyue.demo.simulated_office import commitment_to
from gongyue.governance.book import book_vkeys
from gongyue.transparency.notes import Signer
from web.conftest import House, Visitor
from web.going import CLERK, SECRETARY, Going

Visit = Callable[..., Visitor]


def _checked(page: Any, **files: Path | str) -> str:
    """What the page says of a receipt (and leaf, and vkey)."""
    for name, given in files.items():
        if isinstance(given, Path):
            page.set_input_files(f"#{name}", str(given))
        else:
            page.fill(f"#{name}", given)
    page.click("form#check button")
    page.wait_for_selector("#outcome .verdict")
    return str(page.inner_text("#outcome"))


@pytest.fixture
def receipt(house: House) -> bytes:
    return bytes(house.client().get("/log/54/receipt.tlog-proof").content)


def test_a_receipt_of_the_site_holds(visitor: Visit, tmp_path: Path, receipt: bytes) -> None:
    """The site's receipt contains the entry, so that it is checked without anything else."""
    one = visitor()
    file = tmp_path / "29.tlog-proof"
    file.write_bytes(receipt)
    said = _checked(one.at("/log/receipt/"), receipt=file)
    assert "属实：公开簿前 297 条的第 54 条就是它" in said
    assert "founding.publish/1" in said
    assert not one.complaints


def test_a_members_own_receipt_holds_with_the_entry_beside_it(house: House, visitor: Visit, tmp_path: Path) -> None:
    """The receipt that the office gave a member long ago is still true; without the entry's bytes it asks for them."""
    kept = house.directory / "receipts" / "hengtang-withdraw.tlog-proof"
    index = int(kept.read_text().split("\n")[1].removeprefix("index "))
    leaf = tmp_path / "leaf.json"
    leaf.write_bytes(house.client().get(f"/log/{index}/leaf.json").content)
    page = visitor().at("/en/log/receipt/")
    assert "does not contain the entry" in _checked(page, receipt=kept)
    said = _checked(page, receipt=kept, leaf=leaf)
    assert f"True: it is entry {index} of the first" in said and "The entry says: by " in said


def test_a_tampered_receipt_does_not_hold(visitor: Visit, receipt: bytes) -> None:
    """Another entry, another hash, another head, another index, another key: each is found out."""
    page = visitor().at("/log/receipt/")
    text = receipt.decode()
    lines = text.split("\n")
    leaf = base64.b64decode(lines[1].removeprefix("extra "))
    other_leaf = base64.b64encode(leaf.replace(b"2026-03-20", b"2026-03-21")).decode()
    other_hash = base64.b64encode(bytes(32)).decode()
    forged = {
        "leaf": text.replace(lines[1], f"extra {other_leaf}"),
        "hash": text.replace(lines[4], other_hash),
        "index": text.replace("index 54", "index 53"),
        "size": text.replace("\n297\n", "\n296\n"),
        "signature": text.replace(lines[-2], lines[-2][:-8] + "AAAAAAA="),
        "too short": text.replace(lines[4] + "\n", ""),
        "no proof": "hello",
    }
    for name, written in forged.items():
        said = _checked(page, pasted=written)
        assert "属实" not in said, name
    assert "属实" in _checked(page, pasted=text)
    other_key = "gongyue.example/demo+9a0fc3cb+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    assert "编号与密钥不符" in _checked(page, pasted=text, vkey=other_key)


def test_a_promise_is_checked_and_the_command_for_the_rest_is_filled_in(house: House, visitor: Visit) -> None:
    """Its signature and its dates in the browser; whether it was kept, by a command that names the book, the key and the file."""
    kept = next((house.directory / "receipts").glob("*.promise"))
    one = visitor()
    page, text = one.at("/log/receipt/"), kept.read_text()
    said = _checked(page, receipt=kept)
    assert "承诺书属实：办公室于 " in said and text.split("\n")[2][7:23] in said and "载入密封簿" in said
    assert "gongyue verify http" in said and f"--receipt {kept.name}" in said and "--vkey gongyue.example/demo+" in said
    assert not one.complaints and not one.violations() and one.too_wide() <= 0
    assert "The promise is true" in _checked(visitor().at("/en/log/receipt/"), pasted=text)


def test_after_a_key_was_changed_the_one_that_signed_is_filled_in(house: House, visitor: Visit, receipt: bytes) -> None:
    """What was signed with the earlier key holds, that key in its field; both are offered; one that somebody typed stays."""
    going, given = Going(house).at("2027-02-01 10:00"), {"vkey": receipt.decode()}
    given["sealed-vkey"] = next((house.directory / "receipts").glob("*.promise")).read_text()
    second = {"officer": CLERK, "offices": ["secretary"], "begins": "2027-02-15", "ends": "2028-12-31"}
    going.executive("office.appoint/1", second | {"interests": commitment_to("无")}, [SECRETARY, CLERK])
    going.at("2027-02-16 10:00")
    for book in ("open", "sealed"):
        new = Signer(book_vkeys(going.inst, book)[0].partition("+")[0], bytes(31) + b"\x07").verifier.vkey
        going.executive("book.rotate/1", {"book": book, "verifier": new}, [SECRETARY, CLERK])
    one = visitor(viewport={"width": 360, "height": 800})
    page = one.at("/log/receipt/")
    for book, field in (("open", "vkey"), ("sealed", "sealed-vkey")):
        first, new = book_vkeys(going.inst, book)
        assert page.input_value(f"#{field}") == new and page.locator(f"#{field}s option").count() == 2
        assert "属实" in _checked(page, pasted=given[field]) and page.input_value(f"#{field}") == first
        typed = Signer(first.partition("+")[0], bytes(31) + b"\x08").verifier.vkey
        said = _checked(page, pasted=given[field], **{field: typed})
        assert "不符" in said and page.input_value(f"#{field}") == typed
    assert page.inner_text("main").count("密钥换过") == 2
    assert not one.complaints and not one.violations() and one.too_wide() <= 0


def test_an_altered_promise_does_not_hold(house: House, visitor: Visit) -> None:
    """Another commitment, another time, another signature, another key."""
    text = next((house.directory / "receipts").glob("*.promise")).read_text()
    lines, page = text.split("\n"), visitor().at("/log/receipt/")
    forged = [
        text.replace(lines[2], "sha256:" + "0" * 64),
        text.replace(lines[3], str(int(lines[3]) + 1)),
        text.replace(lines[6], lines[6][:-8] + "AAAAAAA="),
        text.replace(lines[2], "sha256:0"),
        "hello",
    ]
    for written in forged:
        assert "属实" not in _checked(page, pasted=written), written
    assert "属实" in _checked(page, pasted=text)
    assert "属实" not in _checked(page, pasted=text, **{"sealed-vkey": page.input_value("#vkey")})
