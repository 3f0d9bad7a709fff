"""Private pages asked for in every way HTTP has: with conditions, in parts, by HEAD, as another kind, behind the page cache; nothing is kept, nothing leaks."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from web.cases import NOTICE, Casework
from web.conftest import PORT, House
from web.going import BEICHEN, QINGHE
from web.rooms import name_of
from web.security.people import client_of, prepare

WORDS = "调查告知书"
WAYS: dict[str, dict[str, str]] = {
    "plainly": {},
    "by HEAD": {"REQUEST_METHOD": "HEAD"},
    "if it changed": {"HTTP_IF_NONE_MATCH": "*"},
    "if it changed since": {"HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 2099 00:00:00 GMT"},
    "in part": {"HTTP_RANGE": "bytes=0-99"},
    "as JSON": {"HTTP_ACCEPT": "application/json"},
    "as a fragment": {"HTTP_HX_REQUEST": "true", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    "compressed": {"HTTP_ACCEPT_ENCODING": "br, gzip"},
    "by another method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "GET", "REQUEST_METHOD": "OPTIONS"},
    "through a proxy": {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_ORIGINAL_URL": "/my/dossiers/"},
}
"""How an address is asked for, besides the address itself."""


class Answer(NamedTuple):
    """An answer as it leaves the process."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(path: str, cookie: str = "", **more: str) -> Answer:
    """What the served application answers, its page cache before it."""
    from gongyue.web.wsgi import application

    told: list[Any] = []
    address, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": str(PORT),
        "HTTP_HOST": f"localhost:{PORT}",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b""),
        "wsgi.errors": io.StringIO(),
        **({"HTTP_COOKIE": f"sessionid={cookie}"} if cookie else {}),
        **more,
    }
    parts = application(environ, lambda status, headers, exc_info=None: told.extend((status, headers)))
    body = b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return Answer(int(told[0].split()[0]), dict(told[1]), body)


@pytest.fixture
def addresses(house: House) -> tuple[str, ...]:
    """Pages of a case whose notice was served: the accused's, the caseworker's, lists in which it stands."""
    prepare(house)
    going = Casework(house)
    going.folder = house.directory / "office"
    going.at("2027-02-04 10:00")
    case = going.opens(going.reports(BEICHEN, QINGHE), panel=("o:mo", "o:hu", "o:he"))
    going.serves(case, "notice", NOTICE)
    name = name_of(case)
    mine, desk = f"/my/dossiers/{name}/", f"/desk/docket/{name}/"
    return (mine, f"{mine}2/1/", f"{mine}2/1/letter.pdf", f"{mine}dossier.head", f"{mine}dossier.jsonl", f"/en{mine}",
           "/my/dossiers/", "/notices/", desk, f"{desk}2/1/", "/desk/docket/", "/desk/")  # fmt: skip


def test_a_private_page_is_kept_by_nobody_and_given_to_nobody_else(house: House, addresses: tuple[str, ...]) -> None:
    """Read by those whose it is, then asked for by others in every way: no-store, no validator, no 206, 304 or word of it, and one length for all."""
    cookies = {
        who: client.cookies["sessionid"].value
        for who, client in {
            "the accused": house.client("qinghe@demo.invalid"),
            "the caseworker": house.client("xu@demo.invalid"),
            "another member": client_of(house, "other"),
            "a publisher": client_of(house, "publisher"),
        }.items()
    } | {"an outsider": ""}
    read = 0
    for path in addresses:
        for who in ("the accused", "the caseworker"):
            for way, more in WAYS.items():
                answer = ask(path, cookies[who], **more)
                read += answer.status == 200
                assert answer.headers["Cache-Control"] in {"no-store", "private, no-store"}, (path, way, answer.headers)
                assert not {"ETag", "Last-Modified", "X-Public", "Accept-Ranges"} & set(answer.headers), (path, way)
                assert answer.status in {200, 302, 403, 404, 405}, (path, who, way, answer.status)
        for who in ("another member", "a publisher", "an outsider"):
            plain = ask(path, cookies[who])
            for way, more in WAYS.items():
                answer = ask(path, cookies[who], **more)
                assert WORDS.encode() not in answer.body, (path, who, way)
                assert answer.status in {plain.status, 405}, (path, who, way, answer.status)
                assert "no-store" in answer.headers["Cache-Control"], (path, who, way)
                assert not answer.body or more.get("REQUEST_METHOD") != "HEAD", (path, who, way)
    assert read > 60, read


def test_a_dossier_that_is_not_ones_own_and_one_that_there_is_not_are_the_same_length(
    house: House, addresses: tuple[str, ...]
) -> None:
    """404 either way, word for word but for the address asked for, to another member and another officer."""
    none = "清晨-清晨"
    for who, prefix in (("other", "/my/dossiers/"), ("publisher", "/desk/docket/")):
        cookie = client_of(house, who).cookies["sessionid"].value
        for path in addresses:
            if not path.startswith(prefix) or path == prefix:
                continue
            name = path.removeprefix(prefix).partition("/")[0]
            real, made = (ask(one, cookie) for one in (path, path.replace(name, none)))
            assert real.status == made.status == 404, (who, path)
            assert _without(real.body, name) == _without(made.body, none), (who, path)


def _without(body: bytes, name: str) -> bytes:
    body = re.sub(rb'csrfmiddlewaretoken" value="[^"]+|nonce-?="?[\w+/=-]+', b"", body)
    for one in (name, quote(name), quote(quote(name))):
        body = body.replace(one.encode(), b"")
    return body
