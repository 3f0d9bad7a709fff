"""A clock too far from the last entry: nothing is recorded, everything is shown, and it is said everywhere with both times."""

from __future__ import annotations

import logging

import pytest

from gongyue.covenant.periods import DAY, moment
from gongyue.office.routine_acts import tick
from web.conftest import House
from web.markup import flat


def set_clock(house: House, by: int) -> tuple[str, str]:
    """Open the office again by a clock that shows another time than its last entry; both times."""
    from gongyue.web import installation

    last = house.office.inst.now
    installation.open(house.directory / "office", lambda: last + by)
    return moment(last + by), moment(last)


@pytest.mark.parametrize(("by", "off"), [(3 * DAY, ""), (3 * DAY + 1, "ahead"), (-300, ""), (-301, "behind")])
def test_status_and_readyz_say_that_the_clock_is_far(house: House, by: int, off: str) -> None:
    """At the limit nothing; a second more, and both say so with both times, and in words."""
    clock, last = set_clock(house, by)
    status, ready = (house.client().get(path) for path in ("/api/status", "/readyz"))
    assert (status.status_code, ready.status_code) == (200, 200)
    if not off:
        assert status.json()["clock"] is None and "clock" not in ready.json()
        return
    assert ready.json()["clock"] == {"time": clock, "last": last, "off": off}
    said = status.json()["clock"]
    assert (said["time"], said["last"], said["off"]) == (clock, last, off)
    assert clock in said["what"]["zh"] and last in said["what"]["en"]


def test_five_years_on_the_desk_says_so_and_offers_to_confirm(house: House) -> None:
    """Officers are still let in, as of the last entry; the form states its time, and leaves the present one to them."""
    clock, last = set_clock(house, 5 * 366 * DAY)
    desk = house.client("qin@demo.invalid").get("/desk/")
    assert desk.status_code == 200
    page = desk.content.decode()
    assert clock in page and last in page and 'role="alert"' in page
    assert "时间存疑" in page
    form = house.client("qin@demo.invalid").get("/acts/new/clock.confirm/1/")
    assert form.status_code == 200
    page = flat(form.content.decode())
    assert "2027年1月31日 09:00" in page and 'name="time" id="f-time" type="text" value=""' in page


def test_the_routine_warns_and_records_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """A line with both times instead of a failure; the book is as large as before."""
    from gongyue.web import routines

    clock, last = set_clock(house, 5 * 366 * DAY)
    size = house.office.inst.size
    with caplog.at_level(logging.WARNING, logger="gongyue.routines"):
        routines.office_tick()
    assert house.office.inst.size == size
    (said,) = caplog.messages
    assert clock in said and last in said


def test_a_page_kept_in_memory_is_not_shown_once_the_clock_is_far(house: House) -> None:
    """The same book on the same day: the status asked before does not hide what is said after."""
    from django.core.handlers.wsgi import WSGIHandler

    from gongyue.web.cache import PageCache

    def asked() -> bytes:
        environ = {**house.client()._base_environ(), "PATH_INFO": "/api/status", "QUERY_STRING": ""}
        return b"".join(cache(environ, lambda status, headers, exc_info=None: lambda data: None))

    cache = PageCache(WSGIHandler())
    assert b'"clock":null' in asked()
    set_clock(house, 3 * DAY + 1)
    assert b'"off":"ahead"' in asked()


def test_behind_the_book_the_desk_offers_to_return_from_its_false_time(house: House) -> None:
    """The form asks for the time alone; the first wrong entry and the sealed book's size are read off the books."""
    from gongyue.web.acting.models import Draft

    clock, last = set_clock(house, -DAY)
    officer = house.client("qin@demo.invalid")
    page = officer.get("/desk/").content.decode()
    assert clock in page and last in page and "clock.recover/1" in page
    answer = officer.post("/acts/new/clock.recover/1/", {"time": clock})
    assert answer.status_code == 302
    body = Draft.objects.get().body
    head, quantum = house.office.store.head("sealed"), house.office.inst.genesis.quantum
    assert head is not None
    assert (body["sealed"], moment(body["time"])) == (head.size + quantum, clock)
    assert body == house.office.false_time(house.office.now)
    assert officer.get(answer.headers["Location"]).status_code == 200


def test_before_a_return_is_signed_it_is_listed_what_falls_and_what_stands(house: House) -> None:
    """In the form and in the draft, in both languages: each entry of the false time by its number, void or standing."""
    back, size = house.office.inst.now, house.office.inst.size
    set_clock(house, DAY)
    assert tick(house.office)
    clock, _ = set_clock(house, -DAY)
    assert house.office.inst.now == back + DAY
    officer = house.client("qin@demo.invalid")
    draft = officer.post("/acts/new/clock.recover/1/", {"time": clock}).headers["Location"]
    for path, words in (
        ("/acts/new/clock.recover/1/", "将无效"),
        ("/en/acts/new/clock.recover/1/", "will be void"),
        (draft, "将无效"),
    ):
        page = officer.get(path).content.decode()
        assert page.count(words) == house.office.inst.size - size and f">#{size}</a>" in page


@pytest.mark.parametrize("by", [0, 14 * DAY])
def test_where_nothing_is_false_the_form_says_so_and_asks_nothing(house: House, by: int) -> None:
    """No first entry that does not exist, no link to a missing page, no button; what is handed in all the same is told why."""
    from gongyue.web.acting.models import Draft

    clock, _ = set_clock(house, by)
    officer = house.client("qin@demo.invalid")
    for prefix, words in (("", "没有需要恢复的"), ("/en", "nothing to recover")):
        page = officer.get(f"{prefix}/acts/new/clock.recover/1/").content.decode()
        assert words in page and clock in page
        assert f"#{house.office.inst.size}" not in page and 'id="f-time"' not in page
    answer = officer.post("/acts/new/clock.recover/1/", {"time": clock})
    assert "没有需要恢复的" in answer.content.decode() and not Draft.objects.exists()
