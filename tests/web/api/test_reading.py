"""Reading through the API: typed, for everybody the same, page by page, and nothing that is sealed."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import msgspec
import pytest
import requests

from gongyue.demo.world import world
from web.api.program import Program
from web.conftest import House

READS = (
    "/api/status",
    "/api/checkpoint",
    "/api/due",
    "/api/covenant",
    "/api/covenant/22",
    "/api/editions",
    "/api/editions/1",
    "/api/interpretations",
    "/api/refusals",
    "/api/register",
    "/api/register?q=%E4%BA%91&status=member&limit=2",
    "/api/register/u:0001",
    "/api/lists",
    "/api/lists/1",
    "/api/votes",
    "/api/votes/p:2026-01",
    "/api/proposals",
    "/api/proposals/p:2026-01",
    "/api/annexes",
    "/api/annexes/a:health",
    "/api/log?limit=5",
    "/api/log?type=vote&actor=sys",
    "/api/log/12",
    "/api/act-types",
    "/api/act-types/vote.ballot/1",
)


@pytest.fixture
def schema(house: House) -> dict[str, Any]:
    answer: dict[str, Any] = house.client().get("/api/openapi.json").json()
    return answer


def shape_of(schema: dict[str, Any], path: str, status: str = "200", method: str = "get") -> dict[str, Any]:
    """The schema a route's answer has, complete in itself."""
    route = next(p for p in schema["paths"] if _fits(p, path.partition("?")[0]))
    answer = schema["paths"][route][method]["responses"][status]["content"]["application/json"]["schema"]
    return {**answer, "components": schema["components"]}


def _fits(route: str, path: str) -> bool:
    given, wanted = path.split("/"), route.split("/")
    if route.endswith("{type}"):
        return given[: len(wanted) - 1] == wanted[:-1]
    return len(given) == len(wanted) and all(w.startswith("{") or w == g for g, w in zip(given, wanted, strict=True))


def test_every_read_answers_in_its_shape(house: House, schema: dict[str, Any]) -> None:
    """Each answer validates against the schema its route states in the OpenAPI."""
    for path in READS:
        answer = house.client().get(path)
        assert answer.status_code == 200, (path, answer.content)
        jsonschema_rs.validator_for(shape_of(schema, path)).validate(answer.json())


def test_every_read_is_kept_for_everybody(house: House) -> None:
    """Reads of the open book say that they may be kept, and set no cookie."""
    for path in READS:
        answer = house.client().get(path)
        assert answer.headers.get("X-Public") == "1", path
        assert not answer.cookies


def test_head_and_if_none_match_are_answered_as_http_says(address: str) -> None:
    """HEAD is GET without a body; the mark, weak or not, a list, and any, all name what is there."""
    for path in ("/api/status", "/api/log?limit=1", "/"):
        full = requests.get(f"{address}{path}", timeout=30)
        head = requests.head(f"{address}{path}", timeout=30)
        assert head.status_code == 200 and not head.content, path
        assert head.headers["Content-Length"] == full.headers["Content-Length"]
        etag = full.headers["ETag"]
        assert head.headers["ETag"] == etag
        for named in (etag, etag.removeprefix("W/"), f'"x", {etag}', "*"):
            again = requests.get(f"{address}{path}", headers={"If-None-Match": named}, timeout=30)
            assert again.status_code == 304, named
        assert requests.get(f"{address}{path}", headers={"If-None-Match": '"x"'}, timeout=30).status_code == 200


def test_the_openapi_refers_to_nothing_that_is_missing(schema: dict[str, Any]) -> None:
    """Every $ref is there, and every pattern is one that JSON Schema knows."""
    text = msgspec.json.encode(schema).decode()
    names = {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names <= set(schema["components"]["schemas"])
    assert "\\\\A" not in text and "\\\\Z" not in text
    assert schema["openapi"].startswith("3.1")


def test_every_route_says_what_it_does_in_both_languages(schema: dict[str, Any]) -> None:
    """Summary, description and every parameter's description have a Chinese and an English half."""
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            for text in (operation["summary"], operation["description"], *operation["tags"]):
                zh, slash, en = text.partition(" / ")
                assert slash and zh.strip() and en.strip() and not zh.isascii(), (path, text)


def test_the_register_goes_page_by_page(house: House) -> None:
    """`next` leads through all units, each once, in the order of ids."""
    seen: list[str] = []
    address: str | None = "/api/register?limit=7"
    while address:
        page = house.client().get(address).json()
        seen += [unit["id"] for unit in page["items"]]
        address = page["next"]
    assert seen == sorted(set(seen)) and len(seen) == page["total"] > 30


def test_the_book_goes_page_by_page_and_pages_never_change(house: House) -> None:
    """`next` goes on before the last entry: an act recorded meanwhile does not move what follows."""
    first = house.client().get("/api/log?limit=10").json()
    program = Program(house, "u:0001")
    declared = program.draft("membership.declare/1", {"activities": ["analysis"], "other": ""})
    assert program.hand_in(program.signed(declared)).status_code == 201
    second = house.client().get(first["next"]).json()
    assert [e["index"] for e in second["items"]] == list(range(first["size"] - 11, first["size"] - 21, -1))


def test_a_search_finds_by_name_code_and_id(house: House) -> None:
    """The same unit by part of each."""
    unit = world().named("yunling")
    for words in (unit.zh[:2], unit.code[-6:].lower(), unit.id):
        found = house.client().get("/api/register", {"q": words}).json()["items"]
        assert unit.id in [u["id"] for u in found]


def test_an_open_vote_tells_turnout_and_never_the_split(house: House) -> None:
    """Closed votes tell the counts; of an open one they are null (article 22)."""
    closed = house.client().get("/api/votes/p:2026-01").json()
    assert (closed["consents"], closed["roll"], closed["outcome"]) == (26, 37, "adopted")
    inst = house.office.inst
    from msgspec.structs import replace

    vote = replace(inst.votes["p:2026-01"], outcome="", closed_index=None)
    house.office._inst = replace(inst, votes=inst.votes.set(vote.id, vote))
    opened = house.client().get("/api/votes/p:2026-01").json()
    assert opened["outcome"] == "open" and opened["consents"] is opened["against"] is opened["abstain"] is None


def test_what_is_not_there_is_said_in_both_languages(house: House) -> None:
    """404 with a code and both texts, also for addresses that do not exist."""
    for path in ("/api/covenant/99", "/api/register/u:nobody", "/api/log/99999", "/api/votes/x", "/api/no/such"):
        answer = house.client().get(path)
        assert answer.status_code == 404
        assert {"code", "zh", "en"} == set(answer.json())


def test_a_malformed_parameter_is_named(house: House) -> None:
    """422 naming the parameter."""
    for path, name in (
        ("/api/register?limit=0", "limit"),
        ("/api/log?before=x", "before"),
        ("/api/covenant/0", "number"),
    ):
        answer = house.client().get(path)
        assert answer.status_code == 422 and name in answer.json()["en"]


def test_nothing_is_read_before_the_covenant_is_published(house: House) -> None:
    """404 not-published for every read of the book; what the software itself says is there."""
    from msgspec.structs import replace

    inst = house.office.inst
    draft = replace(inst.founding, published_day=None)
    house.office._inst = replace(inst, founding=draft)
    for path in READS:
        answer = house.client().get(path)
        always = path.startswith(("/api/refusals", "/api/act-types"))
        assert (answer.status_code == 200) == always, path
        if not always:
            assert answer.json()["code"] == "not-published"


def test_a_receipt_of_an_open_act_is_anybodys(house: House) -> None:
    """By its digest, with a proof that its entry gives too."""
    entry = house.client().get("/api/log/12").json()
    found = house.client().get(f"/api/receipts/{entry['act']}").json()
    assert (found["book"], found["index"]) == ("open", 12)
    assert found["proof"].startswith("c2sp.org/tlog-proof@v1\nindex 12\n")


def test_a_receipt_of_a_sealed_act_is_its_own_partys(house: House) -> None:
    """The voter's signatory and officer get it; its engineer, another unit and nobody do not learn that it exists."""
    own = Program(house, "u:0001")
    ballot = own.get("/api/disclosures").json()["items"][0]
    act = _digest(ballot["line"])
    for program, status in (
        (own, 200),
        (Program(house, "u:0001", "officer", "read"), 200),
        (Program(house, "u:0001", "engineer", "read"), 404),
        (Program(house, "u:0002"), 404),
        (Program(house), 404),
    ):
        assert program.get(f"/api/receipts/{act}").status_code == status, program.party


def _digest(line: str) -> str:
    from gongyue.book.entry import decode

    return decode(bytes(msgspec.json.decode(line.encode(), type=dict[str, msgspec.Raw])["entry"])).digest


def test_the_reference_shows_every_route_and_shape(house: House, schema: dict[str, Any]) -> None:
    """The page made from the OpenAPI names every path and every schema, in both languages, without a script."""
    for address in ("/api/", "/en/api/"):
        page = house.client().get(address).content.decode()
        assert all(path in page for path in schema["paths"])
        assert all(f'id="shape-{name}"' in page for name in schema["components"]["schemas"])
        assert "<script" not in page


def test_the_gazette_is_an_atom_feed(house: House) -> None:
    """RFC 4287: an id, a title and a day for the feed and each entry; the newest first; in both languages."""
    from xml.etree import ElementTree

    for address in ("/feed.atom", "/en/feed.atom"):
        answer = house.client().get(address)
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.content)
        atom = "{http://www.w3.org/2005/Atom}"
        entries = root.findall(f"{atom}entry")
        assert len(entries) == 50 and root.findtext(f"{atom}id", "").startswith("urn:gongyue:")
        days = [e.findtext(f"{atom}updated", "") for e in entries]
        assert days == sorted(days, reverse=True) and all(e.findtext(f"{atom}title") for e in entries)
