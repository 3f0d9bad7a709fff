"""API keys: what each opens, to whom it belongs, when it ends; and the limits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import decode
from gongyue.office.store import OPEN
from gongyue.transparency import canonical
from web.api.program import Program
from web.conftest import House
from web.going import PROPOSAL, Going

DECLARED = {"activities": ["analysis"], "other": ""}


def test_a_key_tells_what_it_is_for(house: House) -> None:
    """Its party, role, scopes and prefix; never its secret."""
    program = Program(house, "u:0001", "officer", "read draft submit")
    answer = program.get("/api/key")
    assert answer.json() == {
        "party": "u:0001",
        "role": "officer",
        "scopes": ["read", "draft"],
        "prefix": program.secret[:10],
        "ends": None,
    }
    assert program.secret not in answer.content.decode()


def test_no_key_and_a_wrong_one_are_401(house: House) -> None:
    """Both say where a key comes from."""
    for header in ({}, {"authorization": "Bearer gyk_no"}, {"authorization": "Basic x"}, {"authorization": "gyk"}):
        answer = house.client().get("/api/feed", headers=header)
        assert (answer.status_code, answer.json()["code"]) == (401, "no-key")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_does_what_its_scopes_say_and_no_more(house: House) -> None:
    """Reading, drafting and handing in are separate; a key that may not hand in is not silently ignored."""
    reader, drafter = Program(house, "u:0001", scopes="read"), Program(house, "u:0001", scopes="draft")
    assert reader.draft("membership.declare/1", DECLARED).status_code == 403
    assert drafter.get("/api/feed").status_code == 403
    draft = drafter.draft("membership.declare/1", DECLARED)
    assert draft.status_code == 200
    assert drafter.hand_in(drafter.signed(draft)).status_code == 403
    assert Program(house).hand_in(drafter.signed(draft)).status_code == 201


def test_a_key_that_was_revoked_or_has_ended_opens_nothing(house: House) -> None:
    """401 from then on; the last day is included. The days are those of the office's clock."""
    program = Program(house, "u:0001")
    today = date.fromordinal(house.office.inst.today)
    for change, status in (
        ({"ends": today}, 200),
        ({"ends": today - timedelta(days=1)}, 401),
        ({"ends": None}, 200),
        ({"revoked_on": today}, 401),
    ):
        type(program.key).objects.filter(pk=program.key.pk).update(**change)
        assert program.get("/api/key").status_code == status, change


def test_an_officers_key_ends_with_its_offices(house: House) -> None:
    """The book says who is an officer today; nothing else does."""
    program = Program(house, "o:qin", role="")
    assert program.get("/api/key").status_code == 200
    stranger = Program(house, "o:nobody", role="")
    assert stranger.get("/api/key").status_code == 401


def test_a_key_drafts_in_its_partys_name_only(house: House) -> None:
    """Another unit's, the executive body's and the authority's acts are 403 for a unit's key."""
    program = Program(house, "u:0001")
    assert program.draft("membership.declare/1", DECLARED, actor="u:0002").status_code == 403
    for type in ("membership.grant/1", "founding.approval/1", "vote.open/1"):
        assert program.draft(type, {}).json()["code"] == "not-yours"


def test_a_units_officer_does_not_even_draft_joining_and_leaving(house: House) -> None:
    """Domain 7: signing the covenant, joining, leaving and keys are the signatory's; the engineer drafts nothing."""
    officer = Program(house, "u:0001", "officer", "read draft")
    assert officer.draft("membership.withdraw/1", {}).json()["code"] == "not-yours"
    assert officer.draft("annex.sign/1", {"annex": "a:health"}).status_code == 200
    engineer = Program(house, "u:0001", "engineer", "read draft")
    assert engineer.draft("annex.sign/1", {"annex": "a:health"}).json()["code"] == "scope"


def test_sealed_things_are_disclosed_to_their_own_party(house: House) -> None:
    """A unit's own ballots, and what is told to all members; nobody else's; not to its engineer."""
    lines = Program(house, "u:0001").get("/api/disclosures").json()
    told = {item["commitment"] for item in lines["items"] if item["type"].startswith("bulletin.")}
    own = [item for item in lines["items"] if item["commitment"] not in told]
    assert told and own and {item["actor"] for item in own} == {"u:0001"}
    other = Program(house, "u:0002").get("/api/disclosures").json()
    assert {i["commitment"] for i in lines["items"]} & {i["commitment"] for i in other["items"]} == told
    assert Program(house, "u:0001", "engineer", "read").get("/api/disclosures").status_code == 403


def test_a_disclosure_proves_itself(house: House) -> None:
    """The line opens the sealed book's leaf at its index to the commitment that is told."""
    from gongyue.book.disclosure import read
    from gongyue.office.store import SEALED

    item = Program(house, "u:0001").get("/api/disclosures?limit=1").json()["items"][0]
    (opened,) = read(item["line"].encode(), lambda index: house.office.store.leaf(SEALED, index))
    assert (opened.opening.index, opened.opening.commitment) == (item["index"], item["commitment"])


def test_ballots_open_to_members_only_are_handed_to_the_roll(house: House) -> None:
    """Once the vote is closed, the very lines whose digest the close states; 404 before, of another vote, and off the roll."""
    going = Going(house).at("2027-02-01 09:00")
    reasons = "选票只向成员公开".encode()
    body = {
        "number": len(going.inst.interpretations) + 1,
        "kind": "value",
        "article": 22,
        "text": canonical.digest(reasons),
        "sets": {"name": "vote.ballots", "value": "members"},
        "effective": "2027-02-01",
        "answers": None,
    }
    going.executive("interpretation.issue/1", body, ["o:qin", "o:mo"], [reasons])
    going.is_under_vote()
    of, path = Program(house, "u:0001"), f"/api/disclosures/{PROPOSAL}"
    assert of.get(path).status_code == 404
    going.adopts()
    closed = going.inst.votes[PROPOSAL].closed_index
    stated = msgspec.json.decode(decode(house.office.store.leaf(OPEN, closed)).entry.act.body)["handed"]
    told = of.get(path).json()
    assert (told["vote"], told["digest"]) == (PROPOSAL, stated)
    assert canonical.digest(told["lines"].encode()) == stated and told["lines"].count("vote.ballot/1") == 30
    assert of.get("/api/disclosures/p:2026-01").status_code == 404
    assert Program(house, "u:0001", "engineer", "read").get(path).status_code == 403
    off = next(u for u in going.inst.units if u not in going.inst.votes[PROPOSAL].roll)
    assert Program(house, off).get(path).status_code in (401, 403, 404)


def test_the_feed_tells_acts_in_ones_name_and_what_concerns_one(house: House) -> None:
    """The newest first, with both texts, page by page; `since` leaves out what is older."""
    program = Program(house, "u:0001")
    first = program.get("/api/feed?limit=5").json()
    times = [item["time"] for item in first["items"]]
    assert times == sorted(times, reverse=True) and len(times) == 5 < first["total"]
    assert all(item["zh"] and item["en"] and item["page"].startswith("/") for item in first["items"])
    second = program.get(first["next"]).json()
    assert not {i["key"] for i in first["items"]} & {i["key"] for i in second["items"]}
    by_time: dict[int, list[int]] = {}
    for item in program.get("/api/feed?limit=200").json()["items"]:
        if item["key"].startswith("open:"):
            by_time.setdefault(item["time"], []).append(int(item["key"].removeprefix("open:")))
    assert all(found == sorted(found, reverse=True) for found in by_time.values())
    later = program.get(f"/api/feed?since={times[-1] + 1}").json()
    assert 0 < later["total"] < first["total"]


def test_the_feed_tells_an_act_that_was_just_recorded(house: House) -> None:
    """In the unit's own feed, first."""
    program = Program(house, "u:0001")
    receipt = program.hand_in(program.signed(program.draft("membership.declare/1", DECLARED))).json()
    keys = [item["key"] for item in program.get("/api/feed").json()["items"]]
    assert f"open:{receipt['index']}" in keys


def test_too_many_requests_are_429(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each key by itself, with the seconds to wait; reading the open book is not counted."""
    from gongyue.web.api import limits

    monkeypatch.setattr(limits, "A_MINUTE", limits.A_MINUTE._replace(name="small", most=3))
    program, other = Program(house, "u:0001"), Program(house, "u:0002")
    statuses = [program.get("/api/feed").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    answer = program.get("/api/feed")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert other.get("/api/feed").status_code == 200
    assert program.get("/api/status").status_code == 200


# -- the page on which keys are made


def _posted(house: House, email: str = "yunling@demo.invalid", **given: Any) -> Any:
    client = signed_in(house, email)
    fields = {"name": "月报程序", "role": "officer", "scopes": ["read", "draft"], "ends": "2027-06-30"} | given
    return client.post("/workspace/u:0001/api-keys/", fields)


def signed_in(house: House, email: str) -> Any:
    """A client that has just given its password."""
    from django.core.cache import cache

    from gongyue.web.demo_accounts import PASSWORD

    cache.clear()  # allauth's own limits, which outlive a test
    client = house.client()
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def test_a_signatory_makes_a_key_and_sees_its_secret_once(house: House) -> None:
    """The secret works at once, and stands on no later page."""
    made = _posted(house)
    secret = made.content.decode().partition('class="secret">')[2].partition("<")[0]
    assert made.status_code == 200 and made.headers["Cache-Control"] == "no-store"
    answer = house.client().get("/api/key", headers={"authorization": f"Bearer {secret}"})
    assert answer.json()["scopes"] == ["read", "draft"]
    assert secret not in signed_in(house, "yunling@demo.invalid").get("/workspace/u:0001/api-keys/").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "长" * 61},
        {"role": "owner"},
        {"role": ""},
        {"scopes": []},
        {"role": "engineer", "scopes": ["submit"]},
        {"ends": ""},
        {"ends": "2026-02-30"},
        {"ends": "2026-01-01"},
        {"ends": "2099-01-01"},
    ],
)
def test_a_key_that_cannot_be_made_is_said_beside_the_field(house: House, given: dict[str, Any]) -> None:
    """422 with the errors, and nothing was made."""
    from gongyue.web.api.models import ApiKey

    answer = _posted(house, **given)
    assert answer.status_code == 422 and 'class="error"' in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_by_its_own_units_signatory(house: House) -> None:
    """401 from then on; another unit's signatory does not even find it."""
    program = Program(house, "u:0001")
    client = signed_in(house, "beichen@demo.invalid")
    unit = client.get("/workspace/").headers.get("Location", "").split("/")[2] or "u:0004"
    assert client.post(f"/workspace/{unit}/api-keys/{program.key.pk}/end").status_code == 404
    assert client.post(f"/workspace/u:0001/api-keys/{program.key.pk}/end").status_code == 403
    assert program.get("/api/key").status_code == 200
    signed_in(house, "yunling@demo.invalid").post(f"/workspace/u:0001/api-keys/{program.key.pk}/end")
    assert program.get("/api/key").status_code == 401


def test_an_officer_makes_keys_of_its_own(house: House) -> None:
    """At the desk, for itself alone."""
    client = signed_in(house, "qin@demo.invalid")
    made = client.post("/desk/api-keys/", {"name": "汇总", "scopes": ["read"], "ends": "2027-06-30"})
    secret = made.content.decode().partition('class="secret">')[2].partition("<")[0]
    answer = house.client().get("/api/key", headers={"authorization": f"Bearer {secret}"})
    assert answer.json()["party"] == "o:qin"


def test_making_a_key_asks_for_the_password_again(house: House) -> None:
    """A session that was not confirmed a moment ago is sent to confirm."""
    answer = house.client("yunling@demo.invalid").get("/workspace/u:0001/api-keys/")
    assert answer.status_code == 302 and "reauthenticate" in answer.headers["Location"]
