"""An installation to serve and measure: a demonstration's office of N members with an open vote, and signed ballots."""

from __future__ import annotations

from pathlib import Path

import msgspec

from benchmarks.world import Drafter, found, unit
from gongyue.demo.simulated_office import ORIGIN, SimulatedOffice, json_object
from gongyue.office.routine_acts import open_vote, tick
from gongyue.office.store import open_store
from gongyue.web import demo_clock

VOTE = "a:measured"


def office_in(
    folder: Path, members: int, url: str = "", port: int = 8000, per_minute: int = 10_000_000
) -> SimulatedOffice:
    """Make the office's folder on SQLite, or on the PostgreSQL database of that address; its clock begins to run."""
    folder.mkdir(parents=True)
    store = url or "sqlite:store.db"
    stage = SimulatedOffice(open_store(url or f"sqlite:{folder / 'store.db'}", create=True), folder / "guard.json")
    found(stage, members)
    stage.at("2026-04-23 10:00")
    text, data = json_object({"v": "gongyue/annex@1", "title": "另一附件", "text": "成员应当妥善保管数据。"})
    initiated = {"annex": VOTE, "text": text, "scope": ["analysis"], "kind": "new", "target": None}
    stage.unit("annex.initiate/1", unit(1), initiated, [data])
    open_vote(stage.office, VOTE)
    tick(stage.office)
    stage.office.save()
    settings = f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "{store}"\ndemo = true\n'
    (folder / "office.toml").write_text(settings, "utf-8")
    origins = f'origins = ["http://localhost:{port}"]\napi_per_minute = {per_minute}\n'
    (folder / "web.toml").write_text(f'v = "gongyue/web@1"\n{origins}', "utf-8")
    demo_clock.begin(folder, stage.now)
    return stage


def ballots(stage: SimulatedOffice, count: int, first: int = 1) -> list[bytes]:
    """Signed ballots of as many units, as they are handed in."""
    drafter = Drafter(stage)
    made = (
        ("vote.ballot/1", unit(n), {"vote": VOTE, "choice": "consent"}, [unit(n)], None)
        for n in range(first, first + count)
    )
    return [msgspec.json.encode(drafter.signed(one)) for one in made]


def declarations(stage: SimulatedOffice, count: int, first: int = 1) -> list[bytes]:
    """Signed declarations of activities of as many units: acts of the open book."""
    drafter = Drafter(stage)
    body = {"activities": ["analysis", "research"], "other": ""}
    made = (("membership.declare/1", unit(n), body, [unit(n)], None) for n in range(first, first + count))
    return [msgspec.json.encode(drafter.signed(one)) for one in made]


def close(stage: SimulatedOffice) -> None:
    """Close the office, so that it can be served."""
    stage.office.store.close()
    stage.office.guard.close()
