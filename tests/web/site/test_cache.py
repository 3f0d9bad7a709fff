"""The page cache: what is kept and under which address, for how long, in which coding, and that nobody can empty it."""

from __future__ import annotations

import gzip
from typing import Any
from wsgiref.util import setup_testing_defaults

import brotli
import msgspec
import pytest

from gongyue.web.settings import Contact
from web.conftest import PORT, House

HOST = f"localhost:{PORT}"


class Asked:
    """Counts how often Django is asked, and asks it."""

    def __init__(self) -> None:
        from django.core.handlers.wsgi import WSGIHandler

        from gongyue.web.cache import PageCache

        self.times, self.queries = 0, list[str]()
        self._handler = WSGIHandler()
        self.cache = PageCache(self._django)

    def _django(self, environ: dict[str, Any], start: Any) -> Any:
        self.times += 1
        self.queries.append(environ["QUERY_STRING"])
        return self._handler(environ, start)

    def get(self, address: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        """(status, headers, body) of an address."""
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": HOST,
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        said: list[Any] = []
        parts = self.cache(environ, lambda status, headers, exc_info=None: said.extend((status, dict(headers))))
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        return said[0], said[1], body


@pytest.fixture
def asked(house: House) -> Asked:
    return Asked()


def test_a_page_is_asked_for_once_until_the_book_grows(house: House, asked: Asked) -> None:
    """Also in the other language, whose address is another; and never under the mark that says it may be kept."""
    first = asked.get("/covenant/")
    assert asked.get("/covenant/") == first and asked.times == 1
    assert "X-Public" not in first[1]
    assert asked.get("/en/covenant/")[2] != first[2] and asked.times == 2
    asked.cache._at = (-1, -1, 0)  # as if the book had grown
    assert asked.get("/covenant/") == first and asked.times == 3


def test_what_a_page_does_not_heed_is_no_part_of_its_address(asked: Asked) -> None:
    """However many names are thought of, the page is one; it does not even learn of them."""
    first = asked.get("/covenant/?utm_source=mail")
    for number in range(50):
        assert asked.get(f"/covenant/?x{number}={number}&q=1") == first
    assert (asked.times, asked.queries) == (1, [""])
    assert asked.get("/")[0] == "200 OK" and asked.get("/?a=b")[0] == "200 OK"
    assert asked.times == 2


def test_an_address_with_a_question_is_asked_anew(asked: Asked) -> None:
    """With what the page heeds, and nothing else."""
    for number in range(3):
        status, _, body = asked.get(f"/register/?q=%E4%BA%91&x={number}&page=1")
        assert status == "200 OK" and "云".encode() in body
    assert asked.queries == ["q=%E4%BA%91&page=1"] * 3


def test_a_page_is_kept_once_for_a_name_of_the_site(asked: Asked) -> None:
    """Whatever port is named with it; a host that is none, or none of ours, is never given what was kept."""
    first = asked.get("/covenant/")
    for host in [f"localhost:{port}" for port in range(1, 6)] + ["localhost", "LOCALHOST.", "localhost.:1"]:
        assert asked.get("/covenant/", host=host) == first
    assert asked.times == 1
    asked.get("/covenant/", host="")
    for host in ("evil.example", "localhost@evil.example", "localhost,evil.example", "localhost:a"):
        assert asked.get("/covenant/", host=host)[0] == "400 Bad Request"
    assert asked.times == 6


def test_a_page_that_is_not_public_keeps_its_query(house: House, asked: Asked) -> None:
    """The sign-in page and the API are told all that was asked; an address nobody knows too."""
    for address in ("/account/login/?next=/desk/", "/api/register?limit=1&zzz=1", "/no/such/?x=1"):
        asked.get(address)
    assert asked.queries == ["next=/desk/", "limit=1&zzz=1", "x=1"]


def test_nobody_pushes_out_what_is_read_often() -> None:
    """Ten thousand pages asked for once make no room at the cost of one asked for ten times."""
    from gongyue.web.cache import CachedPage, LeastUsedPages

    kept = LeastUsedPages(most=100_000)
    kept.put("home", CachedPage("200 OK", [], b"x" * 1_000, '"1"'))
    for _ in range(10):
        assert kept.get("home") is not None
    for number in range(10_000):
        kept.put(f"page {number}", CachedPage("200 OK", [], b"x" * 1_000, '"1"'))
        kept.get(f"page {number}")
    assert kept.get("home") is not None
    there = [number for number in range(10_000) if kept.get(f"page {number}")]
    assert len(there) == 49  # 50 pages of twice 1,000 bytes, the compressed forms included


def test_a_request_that_was_overtaken_empties_nothing(house: House, asked: Asked) -> None:
    """Begun before the book grew, answered after: it keeps nothing, and what was kept stays."""
    asked.get("/covenant/")
    at = asked.cache._at
    old = asked.cache._pages_at((at[0] - 1, *at[1:]))
    assert asked.cache._at == at and old is not asked.cache._pages
    asked.get("/covenant/")
    assert asked.times == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.0", ""),
        ("br;q=1.0", "br"),
    ],
)
def test_texts_are_compressed_as_the_reader_takes_them(asked: Asked, accepted: str, coding: str) -> None:
    """Pages, feeds and styles, by the best coding that is accepted; the length said is that of what is sent."""
    open_it = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    for address in ("/covenant/", "/feed.atom", "/static/gongyue/site.css"):
        plain = asked.get(address)
        status, headers, body = asked.get(address, accept_encoding=accepted)
        assert (status, headers.get("Content-Encoding", "")) == ("200 OK", coding), address
        assert open_it(body) == plain[2] and headers["Content-Length"] == str(len(body))
        assert "Accept-Encoding" in headers["Vary"]
        assert not coding or len(body) < len(plain[2]) / 2


def test_what_has_not_changed_is_not_sent_again(asked: Asked) -> None:
    """304 for the mark it was given under, weak or not, in a list, or for any; HEAD says what GET would, without it."""
    for address in ("/covenant/", "/static/gongyue/site.css"):
        _, headers, body = asked.get(address)
        mark = headers["ETag"]
        for named in (mark, mark.removeprefix("W/"), f'"x", {mark}', "*"):
            again = asked.get(address, if_none_match=named)
            assert again[0] == "304 Not Modified" and again[2] == b"", named
        assert asked.get(address, if_none_match='"x"')[0] == "200 OK"
        head = asked.get(address, method="HEAD")
        assert head[1]["Content-Length"] == str(len(body)) and head[2] == b""


def test_other_settings_make_another_page(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contact written into web.toml, and a restart: what a browser kept is not said to be current; a static file's mark stays."""
    from django.conf import settings

    marks = {address: asked.get(address)[1]["ETag"] for address in ("/log/verify/", "/static/gongyue/site.css")}
    written = msgspec.structs.replace(settings.WEB.written, contact=Contact("另一处办公室"))
    monkeypatch.setattr(settings, "WEB", msgspec.structs.replace(settings.WEB, written=written))
    page, style = (Asked().get(address, if_none_match=mark)[0] for address, mark in marks.items())
    assert (page, style) == ("200 OK", "304 Not Modified")


def test_a_static_file_named_by_its_content_is_kept_for_ever(asked: Asked) -> None:
    """A year and immutable under its digest; an hour under none, or under another."""
    from gongyue.web.static_storage import asset_of

    asset = asset_of("gongyue/site.css")
    assert asset is not None
    for address, keep in (
        (f"/static/gongyue/site.css?v={asset.digest}", "public, max-age=31536000, immutable"),
        ("/static/gongyue/site.css", "public, max-age=3600"),
        ("/static/gongyue/site.css?v=0123456789ab", "public, max-age=3600"),
    ):
        status, headers, _ = asked.get(address)
        assert (status, headers["Cache-Control"]) == ("200 OK", keep)
        assert headers["Content-Type"].startswith("text/css") and headers["X-Content-Type-Options"] == "nosniff"
    assert asked.times == 0
    for missing in (
        "/static/no-such.css",
        "/static/",
        "/static/../versioned.py",
        "/static/%00",
        "/static/gongyue/fonts",
        "/static/gongyue/./site.css",  # each way to spell a name would be remembered
        "/static/gongyue//site.css",
        "/static/gongyue/site.css/",
        "/static/gongyue/../gongyue/site.css",
    ):
        assert asked.get(missing)[0].startswith("404"), missing


def test_a_file_on_disk_is_not_copied_into_the_cache(asked: Asked) -> None:
    """The whole book is handed on as the file it is, each time, so that many readers share it."""
    from gongyue.web.environ import File

    said: list[dict[str, str]] = []
    for _ in range(2):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/log/book.zip", "HTTP_HOST": HOST, "wsgi.file_wrapper": File}
        setup_testing_defaults(environ)
        parts = asked.cache(environ, lambda status, headers, exc_info=None: said.append(dict(headers)))
        assert isinstance(parts, File) and parts.whole and "X-Public" not in said[-1]
        assert len(b"".join(parts)) == int(said[-1]["Content-Length"])
        parts.close()


def test_a_signed_in_page_is_compressed_with_a_length_that_tells_little(house: House) -> None:
    """By gzip alone; twice the same page has not always the same length."""
    client = house.client("yunling@demo.invalid")
    answers = [client.get("/workspace/u:0001/", headers={"accept-encoding": "br, gzip"}) for _ in range(8)]
    assert {answer.headers.get("Content-Encoding") for answer in answers} == {"gzip"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert len({len(answer.content) for answer in answers}) > 1
    assert "成员".encode() in gzip.decompress(answers[0].content)
