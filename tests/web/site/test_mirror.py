"""The static mirror: every public page as a plain file, in any subfolder, with no server behind it."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from click.testing import CliRunner, Result

from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify
from web.conftest import House, Visitor
from web.going import Going
from web.site.walking import LANGUAGES, Reader, every_address

pytestmark = pytest.mark.long(40)  # the mirror takes so long to write that one worker writes it, for all that read it

Visit = Callable[..., Visitor]


class _Plain(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration's mirror stands once a test has asked for it: a subfolder of what is served."""
    return tmp_path_factory.mktemp("served") / "some" / "folder"


def exported(house: House, *words: str) -> Result:
    """What `gongyue export` does with the house's office, which it opens itself."""
    from gongyue.cli.main import main
    from gongyue.web import installation

    office = house.directory / "office"
    installation.close()
    told = CliRunner().invoke(main, ["export", "--office", str(office), *words, "--lang", "zh"])
    installation.open(office)
    return told


@pytest.fixture
def mirrored(house: House, folder: Path) -> Path:
    """The demonstration's mirror, written once, by the command, and only read; what that told stands beside it."""
    if not folder.exists():
        told = exported(house, "--site", str(folder))
        assert told.exit_code == 0, told.output
        (folder.parent / "told").write_text(told.output, "utf-8")
    return folder


@pytest.fixture
def served(mirrored: Path) -> Iterator[str]:
    """A plain file server over it; gives the address of its first page."""
    handler = partial(_Plain, directory=str(mirrored.parents[1]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/folder/index.html"
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_public_route_is_in_the_mirror(house: House) -> None:
    """The catalogue of addresses knows every public route, so that none is left out when one is added."""
    from django.urls import URLPattern, get_resolver

    from gongyue.web.access import access_of
    from gongyue.web.pages import catalogue, urls

    public = {
        pattern.name
        for pattern in urls.urlpatterns
        if isinstance(pattern, URLPattern) and access_of(pattern.callback) is not None
    }
    assert public == {*catalogue.ONLY, *catalogue.MANY, *catalogue.LIVE}
    assert get_resolver()


def test_every_public_page_is_a_file_and_no_link_is_dead_or_absolute(mirrored: Path) -> None:
    """Walking from file to file: each link is relative, and there is a file, and a place in it, where it leads."""
    from gongyue.web.static_mirror import file_of

    expected = {file_of(address) for language in LANGUAGES for address in every_address(language)}
    assert not [name for name in expected if not (mirrored / name).is_file()]
    pages = {path: Reader(path.read_text("utf-8")) for path in mirrored.rglob("*.html")}
    wrong = []
    for path, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(link)
            if urlsplit(link).scheme or link.startswith("/") or "?" in link:
                wrong.append((path, link, "absolute"))
                continue
            found = (path.parent / unquote(target)).resolve() if target else path
            if not found.is_file():
                wrong.append((path, link, "dead"))
            elif fragment and found in pages and unquote(fragment) not in pages[found].ids:
                wrong.append((path, link, "no such place"))
    assert not wrong, wrong[:20]


def test_the_mirrors_books_verify_and_its_zip_too(mirrored: Path, house: House) -> None:
    """Whoever has the mirror has everything that verify needs."""
    vkey = house.office.keys.open.verifier.vkey
    for place in (mirrored / "book", mirrored / "log" / "book.zip"):
        report, _ = verify(open_place(str(place)), Request(vkey))
        assert (report.code, report.size) == (0, 297), place


def test_corrections_are_as_prominent_as_on_the_site(mirrored: Path) -> None:
    """The correction stands on the first page, in the gazette, and on top of what it corrects."""
    for name in ("index.html", "gazette/index.html", "log/54/index.html"):
        page = (mirrored / name).read_text("utf-8")
        assert 'class="correction" role="note"' in page, name
        assert "公布网址迁移" in page, name


def test_what_needs_a_server_says_so(mirrored: Path) -> None:
    """No form is left that would lead nowhere; searching is told about, with the files to search in."""
    for path in mirrored.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "action=" not in page, path
        assert not re.search(r"\shx-", page), path  # as an attribute: a signature may well have it in the middle
        assert 'class="work-link"' not in page, path
    register = (mirrored / "register" / "index.html").read_text("utf-8")
    assert "这是静态镜像，不能在此检索" in register
    assert 'href="register.csv"' in register
    assert len(json.loads((mirrored / "register" / "register.json").read_bytes())["units"]) == 38


def test_the_mirror_reads_in_a_browser_from_a_plain_server(served: str, chromium: object) -> None:
    """Styled, in its subfolder, from page to page, to English and back."""
    page = chromium.new_page()  # type: ignore[attr-defined]
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    page.on("response", lambda answer: failed.append(f"{answer.url} {answer.status}") if answer.status >= 400 else None)
    page.goto(served, wait_until="networkidle")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
    assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
    for link in ("nav.nav >> text=公约正文", "#a22 h3 a", "text=English"):
        page.click(link)
        page.wait_for_load_state("networkidle")  # a page left before all of it is there gives up what it asked for
    assert page.inner_text("h1").startswith("Article 22")
    assert page.url == urljoin(served, "en/covenant/22/index.html")
    assert not [one for one in failed if not one.endswith("net::ERR_ABORTED")]
    page.close()


def test_a_receipt_is_checked_from_a_folder_without_any_server(mirrored: Path, chromium: object) -> None:
    """From file:// the checker runs as well: the receipt, its entry and the key are all it needs."""
    page = chromium.new_page()  # type: ignore[attr-defined]
    page.goto((mirrored / "log" / "receipt" / "index.html").as_uri())
    page.set_input_files("#receipt", str(mirrored / "log" / "54" / "receipt.tlog-proof"))
    page.click("form#check button")
    page.wait_for_selector("#outcome .verdict")
    assert "属实：公开簿前 297 条的第 54 条就是它" in page.inner_text("#outcome")
    page.goto((mirrored / "votes" / "p_2026-01" / "recount" / "index.html").as_uri())
    assert not page.is_visible("#count")
    digest = page.get_attribute("#recount", "data-object").removeprefix("sha256:")
    page.set_input_files("#lines", str(mirrored / "book" / "objects" / "sha256" / digest))
    page.wait_for_selector("#counted .verdict")
    assert "与公布的结果一致" in page.inner_text("#counted")
    page.close()


def test_the_mirror_is_brought_up_to_date_and_spares_what_is_not_a_mirror(
    mirrored: Path, house: House, tmp_path: Path
) -> None:
    """Run again, it adds what is new; a folder with anything else in it is left alone."""
    from gongyue.web.static_mirror import NotAMirror, mirror

    going, folder = Going(house), tmp_path / "mirror"
    shutil.copytree(mirrored, folder)
    told = re.search(r"已写成 (\d+) 页", (mirrored.parent / "told").read_text("utf-8"))
    assert told is not None
    before = int(told[1])
    going.at("2027-02-01 10:00").ticks()
    seen: list[tuple[int, int]] = []
    after = mirror(folder, lambda done, total: seen.append((done, total)))
    assert after == before + 6  # the anchor's page, receipt and leaf, in two languages
    assert seen[-1] == (after, after)
    assert (folder / "log" / "297" / "index.html").is_file()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    with pytest.raises(NotAMirror, match="别的内容"):
        mirror(other)
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_the_command_writes_the_mirror(mirrored: Path, house: House, tmp_path: Path) -> None:
    """`gongyue export --site DIR` does it, and says where to begin; it does not go with --zip."""
    assert "从 index.html 看起" in (mirrored.parent / "told").read_text("utf-8")
    assert (mirrored / "en" / "index.html").is_file()
    refused = exported(house, "--site", "--zip", str(tmp_path / "n"))
    assert refused.exit_code == 2
