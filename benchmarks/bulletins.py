"""Measure how a bulletin reaches every member. Advisory; the mails beside the same rows inserted bare, in the same run.

python -m benchmarks.bulletins                # 10,000 members, one person at each
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.web_world import close, office_in
from benchmarks.world import CLERK, unit
from gongyue.demo.simulated_office import document_of
from gongyue.office.dossier_documents import file

ASKED = 9
"""How often a page is asked for; the median is told."""


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds it took, and what came of it."""
    begun = time.perf_counter()
    found = what()
    return time.perf_counter() - begun, found


def people(members: int) -> None:
    """A person with a seat at every member, and a clerk."""
    from gongyue.web.accounts.models import Person, Seat
    from gongyue.web.notices.models import Preference

    names = [(f"{n}@member.invalid", unit(n), "signatory") for n in range(1, members + 1)]
    names.append(("clerk@member.invalid", CLERK, ""))
    Person.objects.bulk_create(
        [Person(email=email, name=email, password="!") for email, _, _ in names], batch_size=2_000
    )
    known = dict(Person.objects.values_list("email", "pk"))
    begins = date(2026, 1, 1)
    seats = [Seat(person_id=known[email], party=party, role=role, begins=begins) for email, party, role in names]
    Seat.objects.bulk_create(seats, batch_size=2_000)
    Preference.objects.bulk_create([Preference(person_id=pk, since=0) for pk in known.values()], batch_size=2_000)


def bare(count: int, words: str) -> None:
    """As many rows of that length, inserted and taken out again."""
    from django.db import transaction
    from django.utils import timezone

    from gongyue.web.notices.models import Mail

    moment, ids = timezone.now(), _ids()
    with transaction.atomic():
        rows = [
            Mail(person_id=pk, key="bare", subject="x", text=words, state=Mail.SHOWN, next_try=moment)
            for pk in ids[:count]
        ]
        Mail.objects.bulk_create(rows, batch_size=2_000)


def _ids() -> list[int]:
    from gongyue.web.accounts.models import Person

    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def measure(folder: Path, members: int) -> None:
    """Found, issue, deliver, and say how long each took."""
    close(office_in(folder, members))
    from gongyue.web import bootstrap

    bootstrap.start(folder, ["http://localhost:8000"])
    bootstrap.prepare()
    from django.test import Client

    from gongyue.governance.bulletin import memberships, opened_by
    from gongyue.office.openings import bulletins
    from gongyue.web import installation
    from gongyue.web.accounts.models import Person
    from gongyue.web.notices.bulletins import write_mails
    from gongyue.web.notices.models import Mail

    people(members)
    client = Client(headers={"host": "localhost:8000"})
    assert client.get("/").status_code == 200, "the first request imports every page"
    office, stage = installation.office(), _stage(folder)
    before = office.store.arrivals()
    commitment, document = document_of("自律信息\n请各成员单位自查。")
    body = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None}
    act = stage.signed("bulletin.issue/1", "exec", body, [CLERK], [document])
    took, _ = timed(lambda: file(office, folder, act))
    print(f"issuing it, its document in the vault {took * 1000:>40,.0f} ms")
    now = installation.now()
    took, written = timed(lambda: write_mails(now, office, before, Mail.SHOWN))
    length = len(Mail.objects.filter(key="bulletin:1").first().text)
    alone, _ = timed(lambda: bare(written, "x" * length))
    print(
        f"one row in the outbox for each of {written:,} people {took:>27.2f} s  {took / alone:.1f} × the same rows inserted bare ({alone:.2f} s)"
    )
    entries, own = bulletins(office.store), memberships(now.inst)
    took, opens = timed(lambda: sum(bool(list(opened_by(his, entries, lambda one: one.entry))) for his in own.values()))
    print(f"whether each of {members:,} members opens it: {opens:,} do {took:>28.2f} s")
    assert (written, opens) == (members, members), "somebody was not reached"
    client.force_login(
        Person.objects.get(email="clerk@member.invalid"), backend="django.contrib.auth.backends.ModelBackend"
    )
    for path in ("/desk/", "/desk/bulletins/", "/desk/bulletins/1/"):
        assert client.get(path).status_code == 200, path
        begun = time.process_time()
        median = statistics.median(timed(lambda path=path: client.get(path))[0] for _ in range(ASKED))  # type: ignore[misc]
        spent = (time.process_time() - begun) / ASKED
        print(f"{path:<30} {median * 1000:>50,.0f} ms  {spent * 1000:,.0f} ms CPU")
    client.force_login(
        Person.objects.get(email="7@member.invalid"), backend="django.contrib.auth.backends.ModelBackend"
    )
    path = f"/workspace/{unit(7)}/bulletins/1/"
    assert client.get(path).status_code == 200, path
    print(
        f"a member reads it, logged first {statistics.median(timed(lambda: client.get(path))[0] for _ in range(ASKED)) * 1000:>48,.0f} ms"
    )
    installation.close()


def _stage(folder: Path) -> Any:
    """The office of this process on a stage, to sign by the story's keys."""
    from gongyue.demo.simulated_office import ORIGIN, SimulatedOffice
    from gongyue.web import installation

    class Staged(SimulatedOffice):
        def __init__(self) -> None:
            self.origin, self._drawn, self.office, self.receipts = ORIGIN, 1, installation.office(), []
            self._now, self.folder = self.office.now, folder

    return Staged()


def main() -> None:
    """As the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--members", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "office", asked.members)


if __name__ == "__main__":
    main()
