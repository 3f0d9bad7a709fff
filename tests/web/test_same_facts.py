"""Pages, desk and API tell the same figures: what a route of the API answers stands on the page of the same thing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from msgspec.structs import replace

from gongyue.covenant.periods import day_of, iso, start_of
from gongyue.office.facts import annexes, duties, register
from gongyue.office.facts.log import entry_row
from gongyue.office.facts.proposals import support
from gongyue.web import installation
from web.conftest import House
from web.going import BEICHEN, PROPOSAL, QINGHE, TASHA, YUNLING, Going
from web.site.walking import text_of

PAGES: dict[str, tuple[str, frozenset[str]]] = {
    "/api/covenant": ("covenant", frozenset({"terms", "at", "label", "text", "digest", "index", "proposal"})),
    "/api/covenant/{number}": (
        "article",
        frozenset({"at", "label", "marks", "values", "rules", "notes", "done", "refusals", "text", "number"}),
    ),
    "/api/editions": ("editions", frozenset({"digest"})),
    "/api/editions/{number}": ("edition", frozenset({"terms", "at", "label", "digest", "proposal"})),
    "/api/interpretations": ("interpretations", frozenset({"at", "article", "kind", "stage", "adopted"})),
    "/api/register": ("register", frozenset({"activities", "status", "size", "total", "limit", "offset", "next"})),
    "/api/register/{unit}": (
        "unit_page",
        frozenset({"activities", "status", "what", "valid", "acts"}),
    ),
    "/api/lists": ("gazette", frozenset({"object", "index"})),
    "/api/lists/{number}": ("roll_list", frozenset({"object"})),
    "/api/votes": (
        "votes",
        frozenset(
            {
                "opened",
                "closes",
                "share",
                "base",
                "quorum",
                "must_vote",
                "outcome",
                "consents_left",
                "voted_left",
                "roll_left",
                "ballots",
                "closed_index",
                "voted",
            }
        ),
    ),
    "/api/votes/{id}": (
        "vote",
        frozenset({"opened", "closes", "share", "base", "quorum", "must_vote", "outcome", "id"}),
    ),
    "/api/proposals": (
        "votes",
        frozenset(
            {"by", "change", "edition", "stage", "supporters", "lapses", "open_by", "articles", "published_index"}
        ),
    ),
    "/api/proposals/{id}": ("proposal", frozenset({"by", "stage", "lapses", "open_by", "edition"})),
    "/api/annexes": ("annexes", frozenset({"text", "scope", "by", "kind", "stage", "signers"})),
    "/api/annexes/{id}": ("annex", frozenset({"text", "scope", "by", "kind", "stage", "signers"})),
    "/api/petitions": ("petitions", frozenset({"kind", "dossier"})),
    "/api/years": ("executive", frozenset({"size", "root", "name", "count", "types"})),
    "/api/due": (
        "executive",
        frozenset({"what", "matter", "whose", "at", "words", "target", "calendar_known", "act", "day"}),
    ),
    "/api/log": ("log", frozenset({"type", "basis", "actor", "act", "became", "size", "next"})),
    "/api/log/{index}": ("entry", frozenset({"entry", "receipt", "act"})),
    "/api/checkpoint": ("checkpoint", frozenset({"vkeys"})),
    "/api/status": (
        "home",
        frozenset(
            {"covenant", "demo", "stage", "root", "day", "rev", "anchored", "open_votes", "clock", "authorities"}
        ),
    ),
}
"""The page of each read of the open book, and what of its answer stands there in other words, or on a page of its own."""

SOFTWARE = ("/api/act-types", "/api/refusals")
"""Reads of what the software says, whose page is the generated documentation."""


def reads(house: House) -> Iterator[str]:
    """Every read that is the same for everybody, as the OpenAPI has it."""
    for path, operations in house.client().get("/api/openapi.json").json()["paths"].items():
        if "get" in operations and not operations["get"].get("security") and not path.startswith(SOFTWARE):
            yield path


def test_every_read_of_the_book_has_its_page(house: House) -> None:
    """A new route is told on a page too, and is compared with it."""
    assert set(reads(house)) == set(PAGES)


def figures(answer: Any, elsewhere: frozenset[str]) -> Iterator[str]:
    """The values of an answer as a page writes them: a date in words, a digest by its figures."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name not in elsewhere:
                yield from figures(value, elsewhere)
    elif isinstance(answer, list):
        for value in answer:
            yield from figures(value, elsewhere)
    elif isinstance(answer, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", answer):
        year, month, day = map(int, answer.split("-"))
        yield f"{year}年{month}月{day}日"
    elif answer is not None and not isinstance(answer, bool):
        yield from (line for line in str(answer).removeprefix("sha256:").splitlines() if line)


def addresses(route: str, page: str, house: House) -> Iterator[tuple[str, str]]:
    """(address of the API, address of the page) of everything a route tells of."""
    from gongyue.web.pages.catalogue import MANY

    with override("zh-hans"):
        for arguments in MANY.get(page, lambda at: iter([()]))(installation.now()):
            yield re.sub(r"{\w+}", "{}", route).format(*arguments), reverse(page, args=arguments)


def missing(house: House, route: str) -> list[tuple[str, str]]:
    """(address, figure) of what the API tells and the page does not."""
    page, elsewhere = PAGES[route]
    client, wrong = house.client(), []
    for place, (told, shown) in enumerate(addresses(route, page, house)):
        if place % 13 and page == "entry":
            continue
        limit = {"register": "?limit=25", "log": "?limit=50"}.get(page, "")
        answer, body = client.get(told + limit).json(), client.get(shown).content.decode()
        if page == "log":
            answer = [{"index": row["index"], "day": iso(day_of(row["arrived"]))} for row in answer["items"]]
        text = html.unescape(re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", body)) + body)
        wrong += [(told, f) for f in figures(answer, elsewhere) if re.sub(r"\s+", "", f) not in text]
    return wrong


@pytest.mark.parametrize("route", list(PAGES))
def test_what_the_api_tells_stands_on_the_page(house: House, route: str) -> None:
    """Every figure, date, id and text of every answer, for everything there is."""
    assert missing(house, route) == []


def test_a_vote_and_a_proposal_under_way_are_told_alike(house: House) -> None:
    """Turnout stated, threshold and support, on the public pages, the unit's page and through the API."""
    going = Going(house).is_under_vote()
    for unit in (BEICHEN, YUNLING):
        going.votes(unit, "consent")
    going.at("2027-02-04 10:00").ticks()
    assert (
        missing(house, "/api/votes/{id}") == missing(house, "/api/votes") == missing(house, "/api/proposals/{id}") == []
    )
    told = house.client().get(f"/api/votes/{PROPOSAL}").json()
    assert (told["voted"], told["roll"], told["enough"]) == (2, 36, 27)
    own = text_of(house.client("beichen@demo.invalid").get(f"/workspace/{BEICHEN}/votes/{PROPOSAL}/"))
    desk = text_of(house.client("qin@demo.invalid").get("/desk/votes/"))
    assert "2家已投票，名册 36 家；须 27 家同意" in own
    assert "已投票2/36" in desk.replace(" ", "") and "须 27 家同意（全体成员单位的四分之三以上）" in desk


def test_support_is_counted_once_at_filing_everywhere(house: House) -> None:
    """A name on paper that was not told in time is not counted; the API counted it once its days had passed."""
    going = Going(house).at("2027-02-01 10:00").proposes()
    late = going.on_paper("amendment.support/1", TASHA, proposal=PROPOSAL)
    others = [u for u in sorted(going.inst.members) if u not in {BEICHEN, TASHA}][:3]
    going.is_supported(others).informs(late)
    going.is_filed()
    proposal = going.inst.proposals[PROPOSAL]
    assert proposal.counted == "4/36" and len(proposal.supporters) == 5
    going.at("2027-02-20 10:00").ticks()
    at = installation.now()
    assert support(at, at.inst.proposals[PROPOSAL]).count == 4
    assert house.client().get(f"/api/proposals/{PROPOSAL}").json()["supporters"] == 4
    assert "4/36" in text_of(house.client().get(f"/proposals/{PROPOSAL}/"))
    desk = text_of(house.client("qin@demo.invalid").get("/desk/amendments/")).replace(" ", "")
    assert "附议4" in desk[desk.index("编号2027-01") : desk.index("编号2026-01")]


def test_what_was_done_late_is_late_for_every_reader(house: House) -> None:
    """A grant decided late and a vote opened late: on the executive's page, the desk, the authority's page, in the API."""
    going = Going(house).at("2027-02-01 10:00").proposes().is_supported().is_filed()
    going.at("2027-03-20 10:00").opens_the_vote()
    told = house.client().get("/api/due").json()["done_late"]
    opened = next(x for x in told if x["act"] == "vote.open/1")
    assert (
        [x["act"] for x in told].count("membership.grant/1") == 1
        and opened["matter"] == PROPOSAL
        and opened["late"] > 0
    )
    for login, path in (("", "/executive/"), ("qin", "/desk/"), ("authority", "/authority/")):
        said = house.client(f"{login}@demo.invalid" if login else "").get(path).content.decode()
        assert all(f"/log/{x['index']}/" in said for x in told), path


def test_on_the_day_it_leaves_a_unit_has_left_for_every_reader(house: House) -> None:
    """An announced departure falls due without an act: register, roll, annex and figures, on pages and in the API alike."""
    going = Going(house).at("2027-02-01 10:00")
    going.of("membership.withdraw/1", QINGHE, effective="2027-03-01")
    going.at("2027-03-01 10:00")
    client, at = house.client(), installation.now()
    assert QINGHE in at.inst.members
    assert client.get(f"/api/register/{QINGHE}").json()["unit"]["status"] == "left"
    assert QINGHE not in client.get("/api/annexes/a:health").json()["signers"]
    assert QINGHE not in annexes.bound(at, at.inst.annexes["a:health"])
    assert "签署 4 家" in text_of(client.get("/covenant/annexes/"))
    assert (
        missing(house, "/api/register/{unit}")
        == missing(house, "/api/annexes/{id}")
        == missing(house, "/api/status")
        == []
    )
    assert all(d.late or d.left >= 0 for d in duties.public_duties(at))


def test_whether_a_key_is_valid_is_told_for_the_whole_day(house: House) -> None:
    """What is kept for everybody does not depend on the hour at which somebody asked first."""
    at = installation.now()
    (id, key), *_ = at.inst.keys_of(YUNLING).items()
    noon = start_of(at.day) + 12 * 3600
    house.office._inst = replace(at.inst, keys=at.inst.keys.set(id, replace(key, valid_from=noon)))
    for hour in (1, 23):
        now = replace(installation.now(), time=start_of(at.day) + hour * 3600)
        unit = register.public_unit(now, YUNLING)
        assert unit is not None and register.unit_card(now, unit).keys[0].valid
        assert not register.keys(now, YUNLING, noon - 1)[0].valid
    assert missing(house, "/api/register/{unit}") == []


def test_the_desk_shows_the_value_that_holds(house: House) -> None:
    """P2, adopted as 15 and set to 20 by a single interpretation: 20 on the public page, at the desk and in the API."""
    proposed = house.office.inst.adopted["P2"]
    holds = house.client().get("/api/interpretations").json()["adopted"]["P2"]
    assert proposed != holds
    for page in (
        house.client("qin@demo.invalid").get("/desk/interpretations/"),
        house.client().get("/covenant/interpretations/"),
    ):
        rows = page.content.decode()
        row = rows[rows.index('<tr id="P2">') : rows.index('<tr id="P3">')]
        assert re.findall(r">(\d+)</(?:b|td)>", row) == [str(holds), str(proposed)]


def test_an_entry_of_a_false_time_arrived_when_its_recovery_says(house: House) -> None:
    """The API, the explorer and the command line say the same day."""
    at = installation.now()
    true = at.time - 40 * 86_400
    moved = replace(at.inst, arrivals=at.inst.arrivals.set(12, true))
    house.office._inst = moved
    assert entry_row(installation.now(), 12).arrived == true
    assert house.client().get("/api/log?before=13&limit=1").json()["items"][0]["arrived"] == true
    assert missing(house, "/api/log") == []
