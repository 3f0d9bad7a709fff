"""The books behind the pages: served as files exactly as they are exported, kept up to date, nothing private among them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from gongyue.governance.acts import act_type_of
from gongyue.office.publishing import publish
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify
from web.conftest import House
from web.going import Going


def test_the_books_are_served_as_they_are_exported(house: House, tmp_path: Path) -> None:
    """Every file that `gongyue export` writes is served under /book/, byte by byte."""
    publish(house.office, tmp_path / "exported")
    client = house.client()
    files = [path for path in (tmp_path / "exported").rglob("*") if path.is_file()]
    assert len(files) >= 40
    for path in files:
        name = path.relative_to(tmp_path / "exported").as_posix()
        answer = client.get(f"/book/{name}")
        assert (answer.status_code, answer.content) == (200, path.read_bytes()), name


def test_the_served_books_verify_over_http(house: House, address: str) -> None:
    """The command that the verify page shows works on what is served, and again after the book has grown."""
    vkey = house.office.keys.open.verifier.vkey
    report, _ = verify(open_place(f"{address}/book"), Request(vkey))
    assert (report.code, report.size) == (0, 297)
    Going(house).at("2027-02-01 10:00").ticks()
    report, _ = verify(open_place(f"{address}/book"), Request(vkey))
    assert (report.code, report.size) == (0, 298)


def test_what_is_private_is_not_among_the_served_files(house: House) -> None:
    """Scans, signatories, grounds and the office's own files are not there, nor what lies above the folder."""
    import msgspec

    from gongyue.book.entry import decode

    client = house.client()
    store, named = house.office.store, set()
    for data in store.leaves("open", 0, 297):
        act = decode(data).entry.act
        body = msgspec.json.decode(act.body)
        named |= set(_digests(body)) - set(act_type_of(act.type).public_digests(body))
    assert len(named) > 10
    for digest in named:
        assert client.get(f"/book/objects/sha256/{digest.removeprefix('sha256:')}").status_code == 404
    for path in (
        "../office.toml",
        "lock",
        "objects",
        "objects/sha256",
        ".checkpoint.new",
        "sealed/../../keys/open.key",
    ):
        assert client.get(f"/book/{path}").status_code == 404, path


def _digests(body: object) -> list[str]:
    if isinstance(body, dict):
        return [d for value in body.values() for d in _digests(value)]
    if isinstance(body, list):
        return [d for value in body for d in _digests(value)]
    return [body] if isinstance(body, str) and body.startswith("sha256:") else []


def test_the_whole_book_downloads_as_one_file(house: House, tmp_path: Path) -> None:
    """The zip verifies by itself, and grows with the book."""
    vkey, client = house.office.keys.open.verifier.vkey, house.client()
    going = Going(house)
    for size in (297, 298):
        answer = client.get("/log/book.zip")
        target = tmp_path / f"{size}.zip"
        target.write_bytes(b"".join(answer.streaming_content))
        answer.close()
        assert "checkpoint" in zipfile.ZipFile(target).namelist()
        report, _ = verify(open_place(str(target)), Request(vkey))
        assert (report.code, report.size) == (0, size)
        going.at("2027-02-01 10:00").ticks()


def test_the_receipt_of_an_entry_is_one_that_verify_accepts(house: House) -> None:
    """The downloaded .tlog-proof, its entry inside, is a receipt for the command line too."""
    client = house.client()
    receipts = tuple((f"{n}.tlog-proof", client.get(f"/log/{n}/receipt.tlog-proof").content) for n in (0, 54, 284))
    book = open_place(str(house.directory / "public"))
    report, _ = verify(book, Request(house.office.keys.open.verifier.vkey, receipts=receipts))
    assert (report.code, report.failure) == (0, None)
    assert "receipts" in report.did


def test_an_object_is_never_rendered(house: House) -> None:
    """What members wrote is sent as plain text, never as a page of ours."""
    from gongyue.web.pages.books import kind_of_file

    assert kind_of_file("objects/sha256/aa", b"<script>alert(1)</script>") == "text/plain; charset=utf-8"
    assert kind_of_file("objects/sha256/aa", b"%PDF\xff") == "application/octet-stream"
    found = house.client().get("/book/checkpoint")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
