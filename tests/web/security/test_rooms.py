"""Who sees what of a dossier, as one table: every page and every reading of the API, tried by everybody (articles 5, 14)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from web.api.program import Program
from web.conftest import House
from web.going import Going
from web.rooms import assigns, files, name_of
from web.security.people import PEOPLE, client_of, prepare

WORDS = "请求明确公共数据开放的口径"
WHOLE, FRAME, NONE, SHUT = "whole", "frame", "none", "shut"
"""All of it; how it stands and no more; as if there were none; not even the page."""

PARTY = ("signatory", "officer")
NOT_SIGNED_IN = ("outsider",)
WITHOUT_A_SEAT = ("lapsed", "former", "authority")
OTHER_OFFICERS = ("clerk", "publisher", "panellist")
EVERYBODY = (*PEOPLE, "caseworker")


def _row(**rows: tuple[str, ...]) -> dict[str, str]:
    """Who → what they see; everybody stands in it exactly once."""
    found = {who: what for what, people in rows.items() for who in people}
    assert sorted(found) == sorted(EVERYBODY)
    return found


ITS_PARTYS = _row(
    whole=PARTY,
    none=("other",),
    shut=("engineer", "secretary", "caseworker", *OTHER_OFFICERS, *NOT_SIGNED_IN, *WITHOUT_A_SEAT),
)
"""Pages of the unit's own dossiers: another member has such pages too, and finds none of these there."""
_UNITS = ("signatory", "officer", "engineer", "other", *NOT_SIGNED_IN, *WITHOUT_A_SEAT)
DESKS = _row(whole=("caseworker",), frame=("secretary",), none=OTHER_OFFICERS, shut=_UNITS)
"""Pages of the desk."""
DOCUMENTS = DESKS | {"secretary": NONE}
"""A document has no frame."""
NOBODYS = DESKS | {"caseworker": NONE}
"""A dossier to which nobody is assigned."""


class Room(NamedTuple):
    """The petition with a document, assigned to a caseworker; another, assigned to nobody; the addresses of pages by name."""

    house: House
    mine: str
    loose: str

    def address(self, path: str) -> str:
        """An address with the names filled in."""
        return path.format(mine=name_of(self.mine), loose=name_of(self.loose))


PATHS: dict[str, dict[str, str]] = {
    "/my/dossiers/": ITS_PARTYS,
    "/my/dossiers/{mine}/": ITS_PARTYS,
    "/my/dossiers/{mine}/dossier.head": ITS_PARTYS,
    "/my/dossiers/{mine}/dossier.jsonl": ITS_PARTYS,
    "/my/dossiers/{mine}/1/1/": ITS_PARTYS,
    "/my/dossiers/{mine}/1/1/letter.pdf": ITS_PARTYS,
    "/my/dossiers/{mine}/1/letter.pdf": ITS_PARTYS,
    "/my/dossiers/{mine}/?as=u:0001": ITS_PARTYS | {"other": SHUT},
    "/en/my/dossiers/{mine}/": ITS_PARTYS,
    "/desk/docket/": DESKS,
    "/desk/docket/{mine}/": DESKS,
    "/desk/docket/{loose}/": NOBODYS,
    "/desk/docket/{mine}/1/1/": DOCUMENTS,
    "/desk/docket/{mine}/1/1/letter.pdf": DOCUMENTS,
    "/desk/docket/{mine}/1/letter.pdf": DOCUMENTS,
    "/en/desk/docket/{mine}/": DESKS,
    "/acts/new/dossier.note/1/?as=u:0001&dossier={mine}": ITS_PARTYS
    | {
        "other": SHUT,
        "secretary": NONE,
        "clerk": NONE,
        "caseworker": WHOLE,
    },  # writes down what the party said on paper
    "/acts/new/dossier.assign/1/?dossier={loose}": NOBODYS
    | {"clerk": NONE, "publisher": SHUT, "caseworker": SHUT, "panellist": NONE},
}
"""Every page on which a dossier may show, and who sees what there."""


@pytest.fixture
def room(house: House) -> Room:
    """u:0001 petitions twice on the page; o:xu is assigned to the first; nobody to the second."""
    prepare(house)
    going = Going(house).at("2027-04-01 09:00").ticks().at("2027-04-01 10:00")
    signatory = client_of(house, "signatory")
    answers = {"kind": "demand", "text.text": WORDS}
    mine, loose = (files(house, signatory, "petition.submit/1", "as=u:0001", answers) for _ in range(2))
    assigns(going, mine, "o:xu")
    return Room(house, mine, loose)


def _client(house: House, who: str) -> Any:
    return house.client("xu@demo.invalid") if who == "caseworker" else client_of(house, who)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_sees_of_a_dossier_what_is_theirs_and_nothing_else(room: Room, who: str) -> None:
    """Status and content of each page; whoever sees none of it finds neither name, id, party nor words anywhere on it."""
    client, wrong = _client(room.house, who), []
    for path, row in PATHS.items():
        address = room.address(path)
        answer = client.get(address)
        asked = tuple(
            name for name in _names(room) if name in address
        )  # that there is no such page is said of its address
        body = answer.content.decode("utf-8", "replace")
        seen = _seen(answer, body, room, path)
        answer.close()
        if seen != row[who]:
            wrong.append(f"{who} {path}: {seen} ({answer.status_code}), not {row[who]}")
        if row[who] in (NONE, SHUT) and (told := _told(body, room, but=asked)):
            wrong.append(f"{who} {path}: tells {told}")
        if row[who] == FRAME and (told := _told(body, room, but=(room.mine, room.loose, *_names(room)))):
            wrong.append(f"{who} {path}: its frame tells {told}")
    assert not wrong, "\n".join(wrong)


def _seen(answer: Any, body: str, room: Room, path: str) -> str:
    """What an answer shows of the dossiers."""
    if answer.status_code in {302, 401, 403}:
        return SHUT
    if answer.status_code == 404 or (path in LISTS and not any(name in body for name in _names(room))):
        return NONE
    framed = {"/desk/docket/": UNIT not in body, "/acts/new/dossier.assign/1/?dossier={loose}": True}
    if "/desk/docket/{" in path and not path.endswith(("/1/1/", ".pdf")):
        return WHOLE if 'class="tl"' in body else FRAME
    return FRAME if framed.get(path) else WHOLE


LISTS = ("/my/dossiers/", "/desk/docket/")
UNIT = "云岭数基"
"""What u:0001 is called."""


def _names(room: Room) -> tuple[str, ...]:
    return tuple(name_of(id, language) for id in (room.mine, room.loose) for language in ("zh", "en"))


def _told(body: str, room: Room, but: tuple[str, ...] = ()) -> list[str]:
    """What of the dossiers stands on a page, and would not for whoever knows none of it."""
    main = body.partition("<main")[2]
    return sorted(one for one in {WORDS, UNIT, room.mine, room.loose, *_names(room)} - set(but) if one in main)


KEYS: dict[str, tuple[tuple[str, str, str], str]] = {
    "its signatory": (("u:0001", "signatory", "read"), WHOLE),
    "its officer": (("u:0001", "officer", "read"), WHOLE),
    "its engineer": (("u:0001", "engineer", "read"), SHUT),
    "another member": (("u:0004", "signatory", "read"), NONE),
    "the caseworker": (("o:xu", "", "read"), WHOLE),
    "the secretary": (("o:qin", "", "read"), FRAME),
    "another officer": (("o:lu", "", "read"), NONE),
    "a former officer": (("o:ge", "", "read"), SHUT),
    "a drafter": (("u:0001", "signatory", "draft"), SHUT),
}
"""(party, role, scopes) of a key, and what it sees."""


@pytest.mark.parametrize("who", KEYS)
def test_each_key_sees_what_its_party_does(room: Room, who: str) -> None:
    """Lists, one dossier by name and id, and the docket: the same as on the pages; 401 or 403 where nothing is read at all."""
    asked, expected = KEYS[who]
    program = Program(room.house, *asked)
    one: Callable[[str], Any] = lambda name: program.get(f"/api/dossiers/{name}")  # noqa: E731
    lists = [program.get(path) for path in ("/api/dossiers", "/api/docket")]
    found = [one(name_of(room.mine)), one(room.mine), one(name_of(room.mine, "en"))]
    if expected == SHUT:
        assert {answer.status_code for answer in (*lists, *found)} <= {401, 403}
        return
    assert {answer.status_code for answer in found} == {200 if expected == WHOLE else 404}
    data = b"".join(answer.content for answer in lists)
    assert (room.mine.encode() in data) is (expected in (WHOLE, FRAME))
    assert (b"u:0001" in data) is (expected == WHOLE)
    assert lists[0 if asked[0].startswith("o:") else 1].json()["total"] == 0
    if expected == FRAME:
        (line,) = (line for line in lists[1].json()["items"] if line["id"] == room.mine)
        assert (line["whole"], line["title"], line["parties"], line["next"]) == (False, None, [], [])
        assert line["assigned"] == {"caseworker": ["o:xu"]} and line["last"]


def test_a_challenged_caseworker_sees_nothing_until_it_is_decided(room: Room) -> None:
    """Its recusal asked for, the dossier leaves its list; the secretary goes on seeing how it stands."""
    going = Going(room.house).at("2027-04-01 11:00")
    challenge = {"asks": "recusal", "whom": "o:xu"}
    going.do("dossier.note/1", "u:0001", challenge, ["u:0001"], dossier=room.mine)
    path = room.address("/desk/docket/{mine}/")
    assert _client(room.house, "caseworker").get(path).status_code == 404
    assert client_of(room.house, "secretary").get(path).status_code == 200


def test_a_caseworker_whose_term_is_over_sees_nothing(room: Room) -> None:
    """Assigned still, and no officer any more: the desk is shut."""
    going = Going(room.house).at("2027-04-02 10:00")
    going.executive(
        "office.end/1", {"officer": "o:xu", "offices": ["caseworker"], "ends": "2027-04-02"}, ["o:qin", "o:bai"]
    )
    going.at("2027-04-03 10:00")
    assert _client(room.house, "caseworker").get(room.address("/desk/docket/{mine}/")).status_code == 403


def test_a_unit_that_has_left_keeps_its_dossiers(room: Room) -> None:
    """It opens what it is party to as before, and files nothing new."""
    going = Going(room.house).at("2027-04-02 10:00")
    going.of("membership.withdraw/1", "u:0001")
    going.at("2027-06-30 10:00").ticks()
    client = client_of(room.house, "signatory")
    assert WORDS in client.get(room.address("/my/dossiers/{mine}/1/1/")).content.decode()
    assert "petition.submit" not in client.get("/my/dossiers/").content.decode()
