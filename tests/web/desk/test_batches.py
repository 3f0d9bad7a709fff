"""All letters of a batch in one file: those of its list, in its order, each as it is alone; to nobody who gets none alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from gongyue.web.letters.layout import LetterHead, Matter
from gongyue.web.letters.typesetting import Sheet
from web.bulletins.test_seen import issue
from web.cases import Casework
from web.conftest import House
from web.desk.test_paper import BAI, LU, PAPER, QIN, XU, _served
from web.going import QINGHE, Going

SENT = f"{PAPER}letters.pdf"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What was set: of a letter alone its sheet, of a batch (sheets, title, two-sided)."""
    from gongyue.web import letter_response

    found: list[Any] = []

    def alone(head: LetterHead, matter: Matter) -> bytes:
        found.append(Sheet(head, matter))
        return b"%PDF"

    def many(sheets: list[Sheet], title: str, two_sided: bool) -> bytes:
        found.append((sheets, title, two_sided))
        return b"%PDF"

    monkeypatch.setattr(letter_response, "letter", alone)
    monkeypatch.setattr(letter_response, "letters", many)
    yield found


def _listed(page: str, section: str) -> list[str]:
    """The letters that a part of a page links, in its order, without the file of all."""
    part = unescape(page).partition(f'id="{section}"')[2].partition("</section>")[0]
    return [url for url in re.findall(r'href="([^"]+\.pdf)"', part) if not re.search(r"/(?:letters|[a-z-]+)\.pdf$", url)]


def _each(client: Any, made: list[Any], urls: list[str]) -> list[Sheet]:
    made.clear()
    for url in urls:
        assert client.get(url).status_code == 200, url
    return list(made)


def test_letters_to_send_come_in_one_file_as_they_are_alone(house: House, made: list[Any]) -> None:
    """Expected: what the page lists, envelope by envelope: of a dossier whoever opens it, the rest for those who decide; the page leads there."""
    _served(house)
    going = Casework(house)
    going.folder = house.directory / "office"
    issue(going)
    for email, least in ((XU, 1), (BAI, 3)):
        client = house.client(email)
        page = client.get(PAPER).content.decode()
        urls = [url.replace("/letter.pdf", "/letter.pdf") for url in _all_of(page)]
        assert len(urls) >= least
        assert (SENT in page) == (len(urls) > 1)
        alone = _each(client, made, urls)
        made.clear()
        assert client.get(f"{SENT}?sides=2").headers["Content-Type"] == "application/pdf"
        ((sheets, title, two_sided),) = made
        assert (sheets, title, two_sided) == (alone, "待寄信函", True)
    assert house.client(LU).get(SENT).status_code == 403


def _all_of(page: str) -> list[str]:
    """The letters that are to be sent, in the order of the page."""
    part = page.partition('id="send"')[2].partition("</section>")[0]
    return [unescape(url) for url in re.findall(r'<li><a href="([^"]+)"', part)]


def test_a_bulletin_by_paper_comes_in_one_file(house: House, made: list[Any]) -> None:
    """Expected: to every unit that no mail reaches, in their order; its text was read, and logged, once."""
    from gongyue.office.vault.vault import Vault

    going = Going(house).at("2027-02-04 11:00")
    issue(going)
    going.at("2027-02-05 10:00")
    client = house.client(BAI)
    page = client.get("/desk/bulletins/").content.decode()
    n = int(re.findall(r'href="/desk/bulletins/(\d+)/"', page)[0])
    text = client.get(f"/desk/bulletins/{n}/").content.decode()
    urls = re.findall(rf'href="(/desk/bulletins/{n}/u:[\w-]+\.pdf)"', text)
    assert len(urls) > 1 and f"全部 {len(urls)} 封，一个文件" in text
    alone = _each(client, made, urls)
    made.clear()
    before = _log_lines(house)
    assert client.get(f"/desk/bulletins/{n}/letters.pdf").status_code == 200
    assert _log_lines(house) - before == 1
    assert made == [(alone, f"致全体成员第 {n} 件：{_kind(alone)}", False)]
    assert Vault is not None
    assert house.client("mo@demo.invalid").get(f"/desk/bulletins/{n}/letters.pdf").status_code == 403
    assert "letters.pdf" not in house.client("mo@demo.invalid").get(f"/desk/bulletins/{n}/").content.decode()
    assert client.get("/desk/bulletins/99/letters.pdf").status_code == 404


def _kind(sheets: list[Sheet]) -> str:
    return str(sheets[0].matter.zh)  # type: ignore[attr-defined]


def _log_lines(house: House) -> int:
    """Readings that the vault has logged."""
    from contextlib import closing

    import pysqlite3

    with closing(pysqlite3.connect(str(house.directory / "office" / "vault" / "register.db"))) as kept:
        (count,) = kept.execute("SELECT count(*) FROM access").fetchone()
    return int(count)
