"""The pages on either store: signed in, drafted, handed in; and sixty-four writers without one error."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import requests
from benchmarks.web_world import ballots, close, declarations, office_in
from benchmarks.world import seed, unit

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from web.conftest import House, free_port
from web.serving.process import Browser, Server

WRITERS = 64
PASSWORD = secrets.token_urlsafe(12)
SOMEBODY = """
import sys
from datetime import date
from pathlib import Path
from gongyue.web import bootstrap
bootstrap.start(Path(sys.argv[1]))
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.api.models import SCOPES, ApiKey
person = Person.objects.create_user("signs@served.invalid", sys.argv[2])
Seat.objects.create(person=person, party=sys.argv[3], role="signatory", begins=date(2026, 1, 1))
print(ApiKey.objects.make(sys.argv[3], "signatory", SCOPES, "test", person, None)[1])
bootstrap.close()
"""
"""What an operator's shell would do: make a person with a seat, and a key. In a process of its own: Django's settings
are this process's already."""


def test_the_pages_work_on_either_store(url: str, tmp_path: Path) -> None:
    """Sign in, draft through the API, sign, hand in: recorded, shown, and told again with the same receipt."""
    port, office = free_port(), tmp_path / "office"
    close(office_in(office, 8, url, port))
    with Server("serve", "--office", office, port=port) as server:
        server.ready()
        made = subprocess.run(
            [sys.executable, "-c", SOMEBODY, str(office), PASSWORD, unit(1)], check=True, capture_output=True, text=True
        )
        headers = {"Authorization": f"Bearer {made.stdout.strip()}", "Content-Type": "application/json"}
        page = Browser(server.address).signs_in("signs@served.invalid", PASSWORD)
        assert page.ok and f"/workspace/{unit(1)}/" in page.url
        body = json.dumps({"body": {"activities": ["education"], "other": ""}})
        drafted = requests.post(f"{server.address}/api/drafts/membership.declare/1", body, headers=headers, timeout=30)
        act = sign(msgspec.convert(drafted.json()["signed"], SignedAct), seed(unit(1)))
        answers = [
            requests.post(f"{server.address}/api/acts", msgspec.json.encode(act), headers=headers, timeout=30)
            for _ in range(2)
        ]
        assert [a.status_code for a in answers] == [201, 200] and answers[0].json() == answers[1].json()
        shown = requests.get(f"{server.address}/api/register/{unit(1)}", timeout=30).json()
        assert shown["unit"]["activities"] == ["education"]
        assert requests.get(f"{server.address}/log/{answers[0].json()['index']}/", timeout=30).ok
        assert server.stop() == 0


def test_sixty_four_writers_meet_no_error(url: str, tmp_path: Path) -> None:
    """Each hands in a sealed act and an open one at the same moment as all others: all recorded, none twice."""
    port, office = free_port(), tmp_path / "office"
    stage = office_in(office, WRITERS, url, port)
    acts = list(zip(ballots(stage, WRITERS), declarations(stage, WRITERS), strict=True))
    size = stage.inst.size
    close(stage)
    with Server("serve", "--office", office, port=port) as server:
        server.ready()
        gate, found = threading.Barrier(WRITERS), []

        def write(pair: tuple[bytes, bytes]) -> None:
            with requests.Session() as session:
                gate.wait()
                for act in (*pair, *pair):
                    answer = session.post(
                        f"{server.address}/api/acts", act, headers={"Content-Type": "application/json"}, timeout=120
                    )
                    found.append(answer.status_code)

        threads = [threading.Thread(target=write, args=(pair,)) for pair in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (found.count(201), found.count(200)) == (2 * WRITERS, 2 * WRITERS)
        assert requests.get(f"{server.address}/api/status", timeout=30).json()["size"] == size + WRITERS
        assert server.stop() == 0


def test_the_parameters_of_an_address_hold_for_the_pages_tables_too(house: House) -> None:
    """How the connection is encrypted, which schema is meant: as for the office's store."""
    from gongyue.web.django_settings import _database

    made = _database(
        "postgresql://some%40one:se%2Fcret@db.example:6543/pages?sslmode=verify-full&options=-csearch_path%3Dx"
    )
    assert [made[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "pages",
        "some@one",
        "se/cret",
        "db.example",
        "6543",
    ]
    options = made["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["options"]) == ("verify-full", "-csearch_path=x") and "pool" in options
