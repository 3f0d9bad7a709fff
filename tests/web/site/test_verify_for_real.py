"""Verify for real: where the software comes from, a checkpoint saved earlier compared, and the documents as pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.office.office_folder import BadOffice
from gongyue.office.store import OPEN
from tests.web.conftest import House
from tests.web.going import BEICHEN, Going

SOURCE = """
[source]
address = "https://software.example/releases/gongyue-1.2.3-py3-none-any.whl"
version = "1.2.3"
sha256 = "{sha256}"
"""
COMPARE = "/log/compare/"


def note(house: House, size: int) -> bytes:
    known = house.office.store.note(OPEN, size)
    assert known is not None
    return bytes(known[1])


def said(answer: Any) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def with_source(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation names where the software comes from."""
    from gongyue.web import settings
    from gongyue.web.pages import verify

    (house.directory / "office" / settings.SETTINGS).write_text(SOURCE.format(sha256="ab" * 32), "utf-8")
    web = settings.read(house.directory / "office", verify.WEB.origins)
    monkeypatch.setattr(verify, "WEB", msgspec.structs.replace(verify.WEB, written=web.written))


def test_without_a_source_no_install_line_is_printed(house: House) -> None:
    """The page says so and why; this book's address and key are in the commands all the same."""
    page = said(house.client().get("/log/verify/"))
    assert "本站没有指明核验软件从哪里取得" in page
    assert "pip install" not in page
    assert "/book \\" in page
    assert "--vkey gongyue.example/demo+" in page
    assert "names no source" in said(house.client().get("/en/log/verify/"))


def test_with_a_source_the_digest_is_checked_before_it_is_installed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Download, compare, install, in this order; the file's name is the one that was downloaded."""
    with_source(house, monkeypatch)
    page = house.client().get("/log/verify/").content.decode()
    lines = ["curl -LO https://software.example", "sha256sum --check", "pip install ./gongyue-1.2.3-py3-none-any.whl"]
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
    assert "ab" * 32 in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://software.example/", "http://software.example/"),
        ("https://software.example/", "https://alliance.example/"),
        (".whl", ".exe"),
        ("{sha256}", "ab"),
        ('version = "1.2.3"', 'version = "latest"'),
        ('version = "1.2.3"\n', ""),
    ],
)
def test_a_source_that_is_none_stops_the_start(tmp_path: Path, house: House, old: str, new: str) -> None:
    """Not over http, not this site itself, no file of another kind, no digest or version that is none."""
    from gongyue.web import settings

    text = 'origins = ["https://alliance.example"]\n' + SOURCE.replace(old, new)
    (house.directory / "office" / settings.SETTINGS).write_text(text.replace("{sha256}", "ab" * 32), "utf-8")
    with pytest.raises(BadOffice):
        settings.read(house.directory / "office")


def test_a_saved_checkpoint_tells_what_came_since(house: House) -> None:
    """Nothing at once; one entry later, that entry; the same whether it is pasted, with other line ends, or a file."""
    client = house.client()
    size = house.office.inst.size
    saved = note(house, size)
    same = said(client.post(COMPARE, {"checkpoint": saved.decode()}))
    assert f"没有改写：您那份检查点所定的 {size} 条" in same
    assert "此后没有新的记录" in same
    Going(house).at("2027-02-01 10:00").of("membership.declare/1", BEICHEN, activities=["research"], other="")
    for given in (
        {"checkpoint": saved.decode().replace("\n", "\r\n")},
        {"file": SimpleUploadedFile("checkpoint", saved)},
    ):
        grown = said(house.client().post(COMPARE, given))
        assert "没有改写" in grown
        assert "此后新增" in grown
        assert f"#{size}" in grown
    assert "Not rewritten" in said(house.client().post("/en" + COMPARE, {"checkpoint": saved.decode()}))


def test_early_checkpoints_list_the_latest_entries_only(house: House) -> None:
    """Fifty, and how many more there are."""
    size = house.office.inst.size
    page = said(house.client().post(COMPARE, {"checkpoint": note(house, 10).decode()}))
    assert f"更早的还有 {size - 60} 条" in page


def test_another_history_under_the_books_own_signature_is_said_aloud(house: House) -> None:
    """Whoever signs two histories is found out: one entry altered, and a book longer than this one shows."""
    keys, size = house.office.keys, house.office.inst.size
    root = house.office.store.note(OPEN, size)[0]
    altered, longer = keys.head_note(OPEN, size, bytes(32)), keys.head_note(OPEN, size + 5, root)
    for saved, words in ((altered, "历史被改写"), (longer, "这里少了您见过的记录")):
        answer = house.client().post(COMPARE, {"checkpoint": saved.decode()})
        assert (answer.status_code, words in said(answer)) == (200, True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda text: re.sub(r"\n(\d+)\n", lambda size: f"\n{int(size[1]) + 1}\n", text, count=1),
            "没有本簿密钥的有效签名",
        ),
        (lambda text: text.replace("gongyue.example", "other.example"), "没有本簿密钥的有效签名"),
        (lambda text: text.split("\n\n")[0], "这不是检查点"),
        (lambda text: "", "这不是检查点"),
        (lambda text: "你好", "这不是检查点"),
        (lambda text: text + "x" * 20_000, "这不是检查点"),
    ],
)
def test_what_is_no_checkpoint_of_this_book_is_refused(house: House, change: Any, words: str) -> None:
    """422; what was pasted is still in the box."""
    text = change(note(house, house.office.inst.size).decode())
    answer = house.client().post(COMPARE, {"checkpoint": text})
    assert (answer.status_code, words in said(answer)) == (422, True)
    assert text.strip()[:40] in answer.content.decode().replace("&#x27;", "'")


def test_comparing_needs_a_form_and_sets_no_cookie(house: House) -> None:
    """Its address alone leads back to the page with the form."""
    client = house.client()
    assert client.get(COMPARE).headers["Location"] == "/log/verify/"
    assert not client.post(COMPARE, {"checkpoint": "x"}).cookies


@pytest.mark.parametrize("name", ["how-to", "glossary", "threat-model", "tour"])
def test_the_documents_are_pages(house: House, name: str) -> None:
    """As docs/ has them: every heading and table is there, nothing of the markup shows, and no other name is a page."""
    from gongyue.web.pages import guides

    text = guides.read(name)
    assert text == Path("docs", f"{name}.md").read_text("utf-8")
    page = house.client().get(f"/guides/{name}/").content.decode()
    assert page.count("<h2") == len(re.findall(r"^## ", text, re.MULTILINE))
    assert page.count("<tr>") + page.count("<tr id=") == sum(n - 1 for n in map(len, _tables(text)))
    body = page[page.index("<h1>") : page.index("</main>")]
    shown = re.sub(r"<code>.*?</code>|<[^>]+>", "", body)
    assert not re.findall(r"\*\*|`|^\||^#", shown, re.MULTILINE)
    assert house.client().get("/guides/acts/").status_code == 404


def _tables(text: str) -> list[list[str]]:
    return [
        found.split("\n") for found in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE) for found in [found.strip()]
    ]


def test_words_of_the_trade_are_explained_where_they_stand(house: House) -> None:
    """An anchor, and an act that the office key signs, say what that is and lead to the glossary, where the word is."""
    client = house.client()
    index = next(a.index for a in house.office.inst.anchors)
    page = client.get(f"/log/{index}/").content.decode()
    assert "锚定：把密封簿的根记入公开簿" in page
    assert "这类行为没有裁量" in page
    glossary = client.get("/guides/glossary/").content.decode()
    for word in re.findall(r'/guides/glossary/#([^"]+)"', page):
        assert f'id="{word}"' in glossary


def test_the_tour_is_the_demonstrations_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real installation has none; in the demonstration the first page leads to it, in both languages."""
    from gongyue.web.pages import guides

    assert 'href="/guides/tour/"' in house.client().get("/").content.decode()
    assert 'href="/en/register/"' in house.client().get("/en/guides/tour/").content.decode()
    real = msgspec.structs.replace(guides.WEB, office=msgspec.structs.replace(guides.WEB.office, demo=False))
    monkeypatch.setattr(guides, "WEB", real)
    assert guides.names() == guides.GUIDES
    assert house.client().get("/guides/tour/?x").status_code == 404


def test_a_covenant_in_force_says_why_its_title_calls_it_a_draft(house: House) -> None:
    """The title is the signed text's own; from when it is in force stands below it."""
    for path in ("/", "/covenant/"):
        assert "它已不是草案：2026年3月20日起施行" in said(house.client().get(path))
