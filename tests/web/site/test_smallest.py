"""A covenant that lacks every clause it may lack: no page breaks because a text says nothing of its matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongyue.covenant.binding import draft
from gongyue.covenant.draft_edition import edition_of
from gongyue.covenant.edition import Edition
from support.alliance import wording
from tests.covenant.answering import settle
from web.conftest import House
from web.desk.founding import SECRETARY
from web.desk.test_pages import PAGES
from web.site.walking import LANGUAGES, every_address, text_of

SMALLEST = """互助公约

第一条 秘书处为本公约的执行机构。

第二条 本公约自全体发起单位签署之日起生效。

第三条 修改本公约，须经全体成员单位过半数同意。

第四条 成员单位应当诚实守信，互相帮助。
"""
BOUND = {"founding.signature", "founding.effect", "founding.in_force", "office.executive", "amendment.adoption"}


AMENDING = "第三条 修改本公约，须经全体成员单位过半数同意。"


def smallest(amends: bool) -> Edition:
    """The text with five capabilities bound, or four, and all others declared absent."""
    text = SMALLEST if amends else SMALLEST.replace(AMENDING, "第三条 成员单位每年聚会。")
    made = edition_of(settle(draft.begin(text.encode(), "公约.txt"), [])[0])
    expected = BOUND if amends else BOUND - {"amendment.adoption"}
    assert {b.capability for b in made.bindings} == expected and not made.open
    return made


@pytest.fixture
def founded(house: House) -> House:
    """Three members; a proposal that was adopted, one that is collecting, one whose vote is open."""
    return _founded(house, True)


def _founded(house: House, amends: bool) -> House:
    from gongyue.demo.demo_folder import _write_keys
    from gongyue.office.store import open_store
    from gongyue.web import installation
    from support.alliance import Alliance
    from web.desk.founding import SETTINGS

    folder: Path = house.directory / "new" / "office"
    _write_keys(folder / "keys")
    store = open_store(f"sqlite:{folder / 'book.db'}", create=True)
    world = Alliance(members=3, initiators=3, text=smallest(amends), store=store)
    (folder / "office.toml").write_text(SETTINGS.format(origin=world.stage.origin), "utf-8")
    world.staffed()
    world.import_text()
    world.on("2026-01-12").freeze()
    for unit in world.roll:
        world.register(unit)
    for unit in world.roll:
        world.sign(unit)
    world.on("2026-01-20").submit()
    world.adopt()
    world.publish()
    if amends:
        _amended(world)
    world.stage.office.guard.close()
    store.close()
    installation.open(folder)
    return house


def _amended(world: Any) -> None:
    change = wording(world.inst.meaning.edition_digest, "互相帮助", "守望相助", world.text)
    for matter in ("p:1", "p:2", "p:3"):
        world.initiate(change, matter)
    world.file(matter="p:1")
    world.open_vote("p:1").cast_by(2, matter="p:1").close("p:1")
    world.file(matter="p:3")
    world.open_vote("p:3")


def _answers(house: House, email: str, path: str) -> str:
    """The page that is shown there at the end; an answer that is not 200 is told with its path."""
    answer = house.client(email).get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    if answer.streaming:  # a leaf of the book, as it is
        assert b"".join(answer.streaming_content)
        answer.close()
        return ""
    return text_of(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_breaks(founded: House, language: str) -> None:
    """Every address of the public site is shown, those of proposals, articles and units among them."""
    addresses = every_address(language)
    start = "" if language == "zh-hans" else "/en"
    assert {f"{start}/proposals/p:2/", f"{start}/covenant/3/", f"{start}/register/u:0001/"} <= set(addresses)
    for path in addresses:
        _answers(founded, "", path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_breaks_where_nothing_can_be_amended(house: House, language: str) -> None:
    """The text says nothing of a majority either."""
    _founded(house, False)
    for path in every_address(language):
        _answers(house, "", path)
    for path in OF_A_MEMBER:
        if "p:" not in path:
            _answers(house, MEMBER, AT_HOME + path)
    for path in AT_THE_DESK:
        _answers(house, SECRETARY, path)


def test_a_proposal_says_that_the_text_asks_for_no_share(founded: House) -> None:
    """Any one member may propose, as the rule has it where the text is silent; nothing is said of an article that is not there."""
    shown = _answers(founded, "", "/proposals/p:2/")
    assert "本文未定提议的份额，任何一家即可" in shown
    assert "the text does not state a share of proposers" in _answers(founded, "", "/en/proposals/p:2/")


MEMBER, AT_HOME = "yunling@demo.invalid", "/workspace/u:0001/"
OF_A_MEMBER = (
    "", "month/", "founding/", "membership/", "membership/leave/", "votes/", "votes/p:1/", "votes/p:3/", "amendments/",
    "amendments/p:1/", "amendments/p:2/", "annexes/", "questions/", "acts/", "drafts/", "paper/", "api-keys/",
)  # fmt: skip


AT_THE_DESK = [p.replace("u:0007", "u:0001") for p, seen in PAGES.items() if "qin" in seen and not p.endswith(".pdf")]


def test_no_page_of_a_member_breaks(founded: House) -> None:
    """What a unit sees at home: its membership, the vote that is open, the proposals."""
    for path in OF_A_MEMBER:
        _answers(founded, MEMBER, AT_HOME + path)


def test_no_page_of_the_desk_breaks(founded: House) -> None:
    """Every page of the desk that the secretary has."""
    for path in AT_THE_DESK:
        _answers(founded, SECRETARY, path)


def test_no_form_breaks(founded: House) -> None:
    """The first page of every act, at the desk and at home: a form, or an answer that says why there is none."""
    from gongyue.governance.acts import ACT_TYPES

    shown = set[str]()
    for type in ACT_TYPES:
        for email, query in ((SECRETARY, {}), (MEMBER, {"as": "u:0001"})):
            answer = founded.client(email).get(f"/acts/new/{type}/", {**query, "proposal": "p:2"}, follow=True)
            assert answer.status_code in (200, 400, 403, 404, 409), (type, email, answer.status_code)
            if answer.status_code == 200:
                shown.add(type)
    assert {"amendment.initiate/1", "amendment.support/1", "office.appoint/1", "membership.withdraw/1"} <= shown


OF_THE_API = (
    "status", "covenant", "covenant/3", "editions", "editions/1", "interpretations", "refusals", "act-types", "register",
    "register/u:0001", "proposals", "proposals/p:1", "proposals/p:2", "votes", "votes/p:1", "votes/p:3", "annexes", "lists",
    "due", "log", "checkpoint",
)  # fmt: skip


def test_no_answer_of_the_api_breaks(founded: House) -> None:
    """What machines read about the covenant, the members, the votes."""
    for path in OF_THE_API:
        assert founded.client().get(f"/api/{path}").status_code == 200, path


@pytest.mark.parametrize(
    ("start", "cannot", "no_lists", "roll"),
    [
        ("", "本文在这里不能修改：没有写修改须多少成员同意", "本文没有公布名单的条款", "成员名录"),
        (
            "/en",
            "This text cannot be changed here: it does not say how many members adopt a change",
            "no clause on publishing lists",
            "Register of members",
        ),
    ],
)
def test_what_nobody_finds_says_so_and_where_else_to_go(
    house: House, start: str, cannot: str, no_lists: str, roll: str
) -> None:
    """No vote, no list: the pages say in words that the text has none, what to do, and where the live roll is."""
    _founded(house, False)
    for path in ("/covenant/", "/votes/"):
        shown = _answers(house, "", start + path)
        assert cannot in shown and "gongyue founding bind" in shown, path
    gazette = house.client().get(f"{start}/gazette/").content.decode()
    assert no_lists in " ".join(gazette.split()) and f'href="{start}/register/">{roll}</a>' in gazette
    assert "尚未公布" not in gazette and "not published yet" not in gazette
    register = _answers(house, "", f"{start}/register/")
    assert no_lists in register and "加入及退出名单 " not in register
    desk = _answers(house, SECRETARY, f"{start}/desk/amendments/")
    assert cannot in desk
    assert cannot in _answers(house, MEMBER, start + AT_HOME + "amendments/")


def test_where_changes_can_be_counted_no_page_says_otherwise(founded: House) -> None:
    """The text has a share for changes and none of the lists: the one is said, the other is not."""
    for path in ("/covenant/", "/votes/", "/desk/amendments/"):
        assert "不能修改" not in _answers(founded, SECRETARY, path)
    assert "本文没有公布名单的条款" in _answers(founded, "", "/gazette/")
