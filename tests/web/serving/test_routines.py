"""What is done once a minute: by one process, each by itself, whatever fails."""

from __future__ import annotations

import threading
import time

import pytest

from web.conftest import House
from web.going import Going


def test_a_round_does_what_is_due(house: House) -> None:
    """A quarter after the story the list is published and the sealed book anchored, and the books are files."""
    from gongyue.web import installation, routines
    from gongyue.web.pages import books

    going = Going(house)
    going.now += 80 * 86_400
    size, lists = going.inst.size, len(going.inst.lists)
    routines.one_round()
    inst = house.office.catch_up()
    assert inst.anchors[-1].slot == going.now // 86_400
    assert len(inst.lists) == lists + 1 and inst.size > size
    assert books.place().joinpath("book", "checkpoint").read_text().split("\n")[1] == str(inst.size)
    assert installation.now().size == inst.size


def test_after_a_round_no_entry_is_read_again_for_the_desk(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer's first page folds what came since the round, and no dossier anew."""
    from gongyue.office import docket
    from gongyue.web import routines

    Going(house)
    folded = list[int]()
    add = docket.Docket._add
    monkeypatch.setattr(docket.Docket, "_add", lambda *one: (folded.append(one[2].number), add(*one))[1])
    routines.one_round()
    assert folded == list(range(1, house.office.store.arrivals() + 1))
    assert house.client("qin@demo.invalid").get("/desk/").status_code == 200
    assert len(folded) == house.office.store.arrivals()


def test_a_routine_that_fails_keeps_no_other_from_being_done(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is written down by its name."""
    from gongyue.web import routines

    done = []

    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(routines, "ROUTINES", [broken, lambda: done.append(1)])
    routines.one_round()
    assert done == [1] and "broken" in caplog.text


def test_one_process_of_many_does_the_rounds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the lock; when it ends, another takes over."""
    from gongyue.web import routines

    folder, counts = house.directory / "office", {"first": 0, "second": 0}
    name = threading.local()
    monkeypatch.setattr(routines, "one_round", lambda: counts.__setitem__(name.of, counts[name.of] + 1))

    class Named(routines.Routines):
        def run(self) -> None:
            name.of = self.name
            super().run()

    first, second = Named(folder, 0.02), Named(folder, 0.02)
    first.name, second.name = "first", "second"
    first.start()
    _until(lambda: counts["first"] > 2)
    second.start()
    time.sleep(0.2)
    assert counts["second"] == 0
    first.stop()
    _until(lambda: counts["second"] > 2)
    second.stop()


def _until(true: object) -> None:
    end = time.monotonic() + 10
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_ended_is_cleaned_up(house: House) -> None:
    """Sessions, limits that are whole again, Idempotency-Keys of last month; nothing that still counts."""
    from datetime import date, timedelta

    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from gongyue.web import rate_limit, routines
    from gongyue.web.api.models import Handed, Spent

    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
    Handed.objects.create(key="old", act="x", day=date(2020, 1, 1))
    Handed.objects.create(key="new", act="x", day=timezone.localdate())
    Spent.objects.create(key="old", until=0)
    assert rate_limit.wait_for(rate_limit.Limit("now", 2, 60), "somebody") == 0
    routines.clean_up()
    assert [s.session_key for s in Session.objects.all()] == ["new"]
    assert [h.key for h in Handed.objects.all()] == ["new"]
    assert [s.key.partition(":")[0] for s in Spent.objects.all()] == ["now"]


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
def test_an_invitation_is_erased_with_name_and_address_a_month_after_its_link_ended(
    house: House, days: int, kept: bool
) -> None:
    """Thirty days, taken or not; one whose link works stays."""
    from datetime import date, timedelta

    from django.utils import timezone

    from gongyue.web import routines
    from gongyue.web.accounts.invitations import invite
    from gongyue.web.accounts.models import Invitation

    works, taken, old = (
        invite(f"{n}@unit.example", "u:0001", n, date(2027, 1, 1), None, None)
        for n in ("signatory", "officer", "engineer")
    )
    Invitation.objects.filter(pk__in=[taken.pk, old.pk]).update(expires_at=timezone.now() - timedelta(days=days))
    Invitation.objects.filter(pk=taken.pk).update(used_at=timezone.now())
    routines.clean_up()
    assert set(Invitation.objects.values_list("pk", flat=True)) == {works.pk} | ({taken.pk, old.pk} if kept else set())


# -- the limiter


def test_a_limit_lets_so_many_through_and_says_how_long_to_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three in a minute at once, then one every twenty seconds; what was refused does not count."""
    from gongyue.web import rate_limit

    time_now = [1_000_000.0]
    monkeypatch.setattr(rate_limit.time, "time", lambda: time_now[0])
    limit = rate_limit.Limit("test", 3, 60)
    waits = [rate_limit.wait_for(limit, "a") for _ in range(5)]
    assert waits == [0, 0, 0, 20, 20]
    assert rate_limit.wait_for(limit, "b") == 0
    time_now[0] += 19
    assert rate_limit.wait_for(limit, "a") == 1
    time_now[0] += 1
    assert [rate_limit.wait_for(limit, "a") for _ in range(2)] == [0, 20]
    time_now[0] += 600
    assert [rate_limit.wait_for(limit, "a") for _ in range(4)] == [0, 0, 0, 20]


def test_a_limit_counts_right_when_many_ask_at_once(house: House) -> None:
    """Twenty of sixty-four threads get through, exactly."""
    from django.db import connections

    from gongyue.web import rate_limit

    limit, passed = rate_limit.Limit("many", 20, 3600), []

    def ask() -> None:
        passed.append(rate_limit.wait_for(limit, "same") == 0)
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) == 20


def test_a_limit_keeps_no_address(house: House) -> None:
    """Subjects are kept as keyed hashes."""
    from gongyue.web import rate_limit
    from gongyue.web.api.models import Spent

    rate_limit.wait_for(rate_limit.Limit("kept", 1, 60), "192.0.2.7")
    assert "192.0.2.7" not in "".join(Spent.objects.values_list("key", flat=True))


@pytest.mark.parametrize(
    ("headers", "proxy", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, False, "192.0.2.7"),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}, False, "192.0.2.7"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.100.9"}, True, "198.51.100.9"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, False, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, False, "192.0.2.7"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "rubbish"}, True, ""),
    ],
)
def test_where_a_request_comes_from_is_what_our_own_proxy_says(
    house: House, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], proxy: bool, address: str
) -> None:
    """A client cannot choose its address: without a proxy its headers count nothing, behind one only the last does."""
    import msgspec
    from django.test import RequestFactory

    from gongyue.web import rate_limit

    written = msgspec.structs.replace(rate_limit.WEB.written, behind_proxy=proxy)
    monkeypatch.setattr(rate_limit, "WEB", msgspec.structs.replace(rate_limit.WEB, written=written))
    assert rate_limit.address_of(RequestFactory().get("/", **headers)) == address


def test_readiness_says_what_is_missing(house: House) -> None:
    """503 once the office is closed; the process itself lives."""
    from gongyue.web import health, installation

    request = type("Request", (), {})()
    installation.close()
    assert health.readyz(request).status_code == 503  # type: ignore[arg-type]
    assert health.healthz(request).status_code == 200  # type: ignore[arg-type]


def test_the_last_round_ends_before_a_stop_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """`stop` returns when the round under way is over."""
    from gongyue.web import routines

    began, ended = threading.Event(), threading.Event()

    def slow() -> None:
        began.set()
        time.sleep(0.3)
        ended.set()

    monkeypatch.setattr(routines, "one_round", slow)
    thread = routines.Routines(house.directory / "office", 60)
    thread.start()
    assert began.wait(10)
    thread.stop()
    assert ended.is_set()
