"""Sections 6 to 9.3 by a checker written from the pages alone: every `rev`, basis, list and roll of a book, and who is a member since when."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import fictional_code
from gongyue.transparency import canonical
from governance.test_name_change import body as name
from governance.test_stated import LISTS, leaving, stating
from support.alliance import (
    FIRST,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    paper,
    unit_id,
)
from support.editions import TEXT, edition_of
from support.published import Files, files_of, run, story, story_files, vkey
from tests.interop.canon import Fetch, Wrong
from tests.interop.meaning import iso
from tests.interop.open_book import read_open, read_vkey
from tests.interop.roll import Roll, fold
from tests.interop.test_agreement import GOLDEN, golden

SECOND, THIRD, FOURTH = (unit_id(n) for n in (2, 3, 4))


def folded(fetch: Fetch, key: str) -> Roll:
    """The roll as the other checker has it."""
    return fold(read_open(fetch, read_vkey(key)))


def told(units: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Who it is, and since and until when, as `gongyue verify --json` tells it."""
    return {one["unit"]: (one["name"], one["status"], one["since"], one["until"]) for one in units}


def theirs(roll: Roll) -> dict[str, tuple[Any, ...]]:
    """The same of the other checker."""

    def day(number: int | None) -> str | None:
        return None if number is None else iso(number)

    known = {id: one for id, one in roll.units.items() if one.since is not None}
    return {id: (one.name, one.status, day(one.since), day(one.until)) for id, one in known.items()}


def index_of(receipt: Receipt) -> int:
    """The entry that a receipt is of."""
    assert receipt.index is not None
    return receipt.index


def agree(world: Alliance, files: Files | None = None) -> Roll:
    """Both find nothing wrong and have the same units; what the other has."""
    files = files or files_of(world)
    report, _ = run(files, world=world)
    assert report.code == 0, report.failure
    roll = folded(files.__getitem__, vkey(world))
    assert theirs(roll) == {one.unit: (one.name, one.status, one.since, one.until) for one in report.units}
    return roll


def test_the_golden_book() -> None:
    """Units, days and every act's meaning, as expected.json has them."""
    roll = folded(golden, (GOLDEN / "log.vkey").read_text().strip())
    assert theirs(roll) == told(json.loads((GOLDEN / "expected.json").read_text("utf-8"))["units"])
    assert len(roll.lists) == 1 and len(roll.meanings.former) == 3


@pytest.mark.parametrize("book", sorted(p.parent.name for p in GOLDEN.parent.glob("v1-*/expected.json")))
def test_every_golden_book(book: str) -> None:
    """The same units on the same days: through a founding with detours, a cancellation, drawn slots."""
    folder = GOLDEN.parent / book

    def fetch(path: str) -> bytes:
        return (folder / "book" / path).read_bytes()

    roll = folded(fetch, (folder / "log.vkey").read_text().strip())
    assert theirs(roll) == told(json.loads((folder / "expected.json").read_text("utf-8"))["units"])


def test_the_story() -> None:
    """An amendment, an annex, an admission, an end and a list."""
    assert len(agree(story(), story_files()).lists) == 1


def test_what_was_said_of_units_and_undone() -> None:
    """Left and back, named anew and not, ended and voided, on a stated day: three lists, of which the second corrects the first."""
    world, today = Alliance(members=7).in_force().on("2026-06-20"), "2026-06-20"

    def on_paper(type: str, unit: str, **body: Any) -> int:
        return index_of(world.on_paper(type, unit, body, today, today))

    gone = [on_paper("membership.withdraw/1", unit, effective=None) for unit in (FIRST, SECOND)]
    renamed = on_paper("membership.rename/1", THIRD, **name())
    world.unit("membership.rename/1", THIRD, name("另一名称"))
    world.withdraw(FOURTH, "2026-06-22")
    ended = index_of(world.end(unit_id(5)))
    world.unit("key.disavow/1", FIRST, {"entry": gone[0]})
    world.on("2026-07-02").tick()
    world.unit("key.disavow/1", SECOND, {"entry": gone[1]})
    world.unit("key.disavow/1", THIRD, {"entry": renamed})
    void = {"entry": ended, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", void, (PUBLISHER, SECRETARY), REASONS_BYTES)
    world.withdraw(SECOND)
    world.on("2026-10-02").tick()
    world.on("2027-01-04").tick()
    roll = agree(world)
    assert len(roll.lists) == 3 and roll.units[THIRD].name == "另一名称"
    assert {unit for unit in (FIRST, SECOND, unit_id(5)) if roll.units[unit].status == "member"} == {FIRST, unit_id(5)}


def test_interpretations_set_withdrawn_and_voided_and_a_calendar() -> None:
    """The value before comes back each time; what is initiated under the last of them goes by it, its vote by the calendar."""
    world = Alliance(members=6).in_force().on("2026-06-01")
    first = index_of(world.issue("P6", 20))
    world.issue("P6", 25)
    world.executive("interpretation.withdraw/1", {"number": 2}, (SECRETARY, PANEL[0]))
    calendar = canonical.encode(
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-06-22", "2026-06-23"], "workdays": []}}}
    )
    notice = paper("law.calendar/1", "2026-06-01", "2026-06-01")
    world.executive("law.calendar/1", {"calendar": canonical.digest(calendar)}, TWO, calendar, paper=notice)
    world.on("2026-06-02").vote_open()
    body = {"entry": first, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    meanings = agree(world).meanings
    assert (meanings.now.procedure["P6"], [one["stage"] for one in meanings.issued]) == (30, ["withdrawn"] * 2)
    assert iso((world.vote().closes + 28800) // 86400 - 1) == "2026-06-24"


@pytest.mark.parametrize("words", ["退出须提前两个月书面通知", "退出自通知到达之日起三十日后生效", "退出须书面通知"])
def test_the_notice_of_leaving_that_a_text_asks_for(words: str) -> None:
    """One leaves with it, one on a later day, one on an earlier: never sooner than the notice is over."""
    world = Alliance(members=6, text=leaving(words)).in_force().on("2026-04-09")
    for unit, day in ((FIRST, None), (SECOND, "2026-06-25"), (THIRD, "2026-04-20")):
        world.withdraw(unit, day)
    world.on("2026-07-02").tick()
    assert {agree(world).units[unit].status for unit in (FIRST, SECOND, THIRD)} == {"left"}


@pytest.mark.parametrize(("often", "months"), [("每半年", 6), ("每两个月", 2), ("每年", 12), ("每周", 3)])
def test_lists_as_often_as_a_text_says(often: str, months: int) -> None:
    """What is no part of a year is not gone by: a quarter."""
    words = LISTS.replace("定期", often)
    text = stating(LISTS, words, publication__list_period=("23", words), publication__list=("23", words))
    world = Alliance(members=6, text=text).in_force().on("2028-01-05")
    world.tick()
    assert agree(world).meanings.now.months() == months


def test_a_slip_in_an_invitation() -> None:
    """The name invited under last, until it is a member."""
    world = Alliance(members=6, initiators=3).effective()

    def invite(named: str) -> None:
        units = [{"id": unit_id(9), "name": named, "code": fictional_code(9)}]
        roll = canonical.encode({"units": units, "v": "gongyue/roll@1"})
        body = {"roll": canonical.digest(roll), "alliance": True}
        world.executive("membership.invite/1", body, [SECRETARY], roll)

    invite("听雨与情")
    invite("听雨舆情")
    world.register(unit_id(9))
    world.enrol(unit_id(9))
    invite("听雨与情")
    world.adopt()
    world.publish()
    assert agree(world).units[unit_id(9)].name == "听雨舆情"


def test_a_text_that_asks_for_no_signatures() -> None:
    """All initiators sign all the same, and are members from effect."""
    text = edition_of(TEXT.replace("经公约发起单位法定代表人或其委托的代表签字，并", ""))
    world = Alliance(members=6, initiators=3, text=text).signed().on("2026-03-09")
    world.submit()
    world.approve()
    world.adopt()
    world.on("2026-03-20").publish()
    assert set(agree(world).members) == {FIRST, SECOND, "u:0003"}


def _act(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda act: act.update(changed)


def _body(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda act: act["body"].update(changed)


@pytest.mark.parametrize(
    ("type", "change", "code"),
    [
        ("office.appoint", _act(basis="at:5"), "basis"),
        ("membership.enrol", _act(basis=""), "basis"),
        ("membership.enrol", _act(rev="sha256:" + "00" * 32), "meaning-changed"),
        ("membership.enrol", _body(accepts=1), "malformed"),
        ("founding.freeze", _body(more=""), "malformed"),
        ("vote.open", _body(share=">2/3"), "GY-22-08"),
        ("vote.open", _body(roll=4), "GY-22-08"),
        ("publication.list", _body(ends="2026-09-30"), "GY-23-06"),
        ("publication.list", _body(number=2), "GY-23-08"),
    ],
)
def test_what_the_golden_book_could_have_stated_else(
    type: str, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    """Each is found where it stands."""
    book = read_open(golden, read_vkey((GOLDEN / "log.vkey").read_text().strip()))
    at = next(n for n, entry in enumerate(book.entries) if entry.type == type)
    act = copy.deepcopy(book.entries[at].act)
    change(act)
    book.entries[at] = dataclasses.replace(book.entries[at], act=act)
    with pytest.raises(Wrong) as wrong:
        fold(book)
    assert wrong.value.exit == 3 and code in str(wrong.value)
