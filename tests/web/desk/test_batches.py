"""All letters of a batch in one file: those of its list, in its order, each as it is alone; to nobody who gets none alone."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongyue.cli.main import main
from gongyue.web.letters.layout import LetterHead, Matter
from gongyue.web.letters.typesetting import Sheet
from web.bulletins.test_seen import issue
from web.cases import Casework
from web.conftest import House
from web.desk.test_paper import BAI, LU, PAPER, QIN, XU, _served
from web.going import Going

SENT = f"{PAPER}letters.pdf"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
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
    return found


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
        urls = _all_of(page)
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
    assert house.client("mo@demo.invalid").get(f"/desk/bulletins/{n}/letters.pdf").status_code == 403
    assert "letters.pdf" not in house.client("mo@demo.invalid").get(f"/desk/bulletins/{n}/").content.decode()
    assert client.get("/desk/bulletins/99/letters.pdf").status_code == 404


def test_what_cannot_be_made_is_named_and_the_rest_is_in_the_file(
    house: House, made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: one letter fewer, and the next page says which; of a batch without any letter there is no file."""
    from django.http import Http404

    from gongyue.web.desk import bulletins

    going = Going(house).at("2027-02-04 11:00")
    issue(going)
    client = house.client(BAI)
    urls = _all_of(client.get(PAPER).content.decode())
    lost = next(unit for url in urls for unit in re.findall(r"/bulletins/\d+/(u:[\w-]+)\.pdf", url))
    real = bulletins.sheet

    def gone(now: Any, shown: Any, unit: str) -> Sheet:
        if unit == lost:
            raise Http404
        made: Sheet = real(now, shown, unit)
        return made

    monkeypatch.setattr(bulletins, "sheet", gone)
    assert client.get(SENT).status_code == 200
    assert len(made[-1][0]) == len(urls) - 1
    name = house.office.inst.units[lost].name
    assert re.search(
        f"没有排入：{name}：致全体成员第[^<]*内容已删除或读不出", unescape(client.get(PAPER).content.decode())
    )
    assert client.get("/desk/letters/nothing.pdf").status_code == 404
    assert house.client(QIN).get("/desk/letters/submission.pdf").status_code in (200, 404)


def test_more_than_a_file_holds_comes_in_parts(house: House, made: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: two at a time, none twice, none left out; what is beyond the last part is not there."""
    from gongyue.web import letter_response
    from gongyue.web.desk import batches

    for module in (letter_response, batches):
        monkeypatch.setattr(module, "IN_A_FILE", 10)
    client = house.client(QIN)
    page = unescape(client.get("/desk/letters/").content.decode())
    parts = re.findall(r'href="(/desk/letters/form\.pdf\?part=\d+)">第 (\d+)–(\d+) 封', page)
    alone = _each(client, made, re.findall(r'href="(/desk/letters/form/[^"]+\.pdf)"', page))
    made.clear()
    for url, _, _ in parts:
        assert client.get(url).status_code == 200
    assert [one for sheets, _, _ in made for one in sheets] == alone
    assert [(int(a), int(b)) for _, a, b in parts] == [
        (n + 1, min(n + 10, len(alone))) for n in range(0, len(alone), 10)
    ]
    assert client.get(f"/desk/letters/form.pdf?part={len(parts) + 1}").status_code == 404
    assert f"{parts[0][0]}&sides=2" in page


@pytest.fixture
def terminal(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line, in the folder of the house."""
    monkeypatch.chdir(house.directory)

    def run(*words: str) -> Any:
        return CliRunner().invoke(main, [*words, "--office", str(house.directory / "office")])

    return run


def test_at_the_terminal_the_same_batches_are_printed(house: House, terminal: Any) -> None:
    """Expected: what the pages list, with the number of letters; the file is the page's to the byte, its owner's alone, and never written over."""
    going = Going(house).at("2027-02-04 11:00")
    n = issue(going)
    client = house.client(BAI)
    listed = {
        row["batch"]: row["letters"]
        for row in json.loads(terminal("letters", "list", "--as", "o:bai", "--json").stdout)
    }
    assert listed["to-send"] == len(_all_of(client.get(PAPER).content.decode()))
    units = re.findall(rf"/bulletins/{n}/u:[\w-]+\.pdf", client.get(f"/desk/bulletins/{n}/").content.decode())
    assert listed[f"bulletin:{n}"] == len(units) > 1
    assert listed["form"] > 60
    done = terminal(
        "letters", "print", f"bulletin:{n}", "--as", "o:bai", "--out", "letters.pdf", "--two-sided", "--json"
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["written"] == [{"file": "letters.pdf", "letters": len(units)}]
    written = house.directory / "letters.pdf"
    assert written.read_bytes() == client.get(f"/desk/bulletins/{n}/letters.pdf?sides=2").content
    assert written.stat().st_mode & 0o777 == 0o600
    again = terminal("letters", "print", f"bulletin:{n}", "--as", "o:bai", "--out", "letters.pdf")
    assert again.exit_code == 4 and "已经存在" in again.output


@pytest.mark.parametrize(
    ("batch", "who", "code", "said"),
    [
        ("nothing", "o:bai", 4, "没有 o:bai 可以打印的“nothing”"),
        ("bulletin:99", "o:bai", 4, "没有 o:bai 可以打印的"),
        ("bulletin:x", "o:bai", 4, "没有 o:bai 可以打印的"),
        ("to-send", "o:lu", 4, "没有 o:lu 可以打印的"),
        ("recorded", "o:lu", 4, "没有信函"),
        ("form", "o:nobody", 2, "不任职务"),
        ("form", "u:0001", 2, "不任职务"),
    ],
)
def test_nobody_prints_what_is_not_shown_to_it(terminal: Any, batch: str, who: str, code: int, said: str) -> None:
    """Expected: the same for what there is not and what is another's; nothing is written."""
    done = terminal("letters", "print", batch, "--as", who, "--out", "letters.pdf")
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert not Path("letters.pdf").exists()


def _kind(sheets: list[Sheet]) -> str:
    return str(sheets[0].matter.kind)  # type: ignore[attr-defined]


def _log_lines(house: House) -> int:
    """Readings that the vault has logged."""
    from contextlib import closing

    import pysqlite3

    with closing(pysqlite3.connect(str(house.directory / "office" / "vault" / "register.db"))) as kept:
        (count,) = kept.execute("SELECT count(*) FROM log").fetchone()
    return int(count)
