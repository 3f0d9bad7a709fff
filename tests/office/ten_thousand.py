"""A program for the test of ten thousand voters: founds the alliance, holds the vote, publishes; or verifies. Prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.world import PAIR, Made, in_force, peak_memory, record, unit

from gongyue.covenant import edition_json as editions
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import TextEdit, amend
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import Refused
from gongyue.demo.simulated_office import SimulatedOffice, json_object, paper
from gongyue.office.notices import notices, owed
from gongyue.office.publishing import publish
from gongyue.office.routine_acts import open_vote, tick
from gongyue.office.store import OPEN, open_store
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify
from support.sealed import sealed_openings

MEMBERS, SILENT = 10_000, 9_500
MATTER = "p:2026-01"


def choice(n: int) -> str:
    """What the n-th unit stands by: 6,700 consent, 2,300 are against, 500 abstain, 500 are silent."""
    return "consent" if n <= 6_700 else "against" if n <= 9_000 else "abstain"


def on_paper(n: int) -> bool:
    """One voter in fifty votes on paper."""
    return n % 50 == 7


def disavows(n: int) -> bool:
    """One in five of those disavows it: it has not voted."""
    return n % 250 == 7


def changes_its_mind(n: int) -> bool:
    """One voter in ten first casts another ballot, which is superseded."""
    return n % 10 == 0


def _ballot(n: int, choice: str) -> Made:
    body = {"vote": MATTER, "choice": choice}
    if on_paper(n):
        return "vote.ballot/1", unit(n), body, PAIR, paper(f"选票 {n}", "2026-10-26", "2026-10-26")
    return "vote.ballot/1", unit(n), body, [unit(n)], None


def _first_week() -> Iterator[Made]:
    for n in range(1, SILENT + 1):
        yield _ballot(n, "against" if changes_its_mind(n) and choice(n) == "consent" else choice(n))


def _second_week() -> Iterator[Made]:
    for n in range(1, SILENT + 1):
        if changes_its_mind(n):
            yield _ballot(n, choice(n))
        if disavows(n):
            yield "vote.disavow/1", unit(n), {"vote": MATTER}, [unit(n)], None


def _notices(stage: SimulatedOffice) -> Iterator[Made]:
    """Two officers record that each unit was told of its ballot on paper."""
    for one in sealed_openings(stage.office):
        if one.entry.act.paper is not None:
            told = {"vote": MATTER, "of": one.commitment, "way": "letter", "day": "2026-11-02"}
            yield "vote.notify/1", EXECUTIVE, told, PAIR, None


def _propose(stage: SimulatedOffice) -> str:
    """999 of 10,000 do not suffice (art. 22), the thousandth does; what the refusal says."""
    present = stage.inst.meaning.edition
    assert present is not None
    edit = TextEdit("4", "积极推进行业自律", "大力推进行业自律")
    change = complete(present, stage.inst.meaning.edition_digest, [edit]).change
    changed, data = json_object(msgspec.to_builtins(change))
    digest, text = json_object(editions.to_data(amend(present, change)))
    body = {"proposal": MATTER, "change": changed, "edition": digest}
    stage.unit("amendment.initiate/1", unit(1), body, [data, text])
    record(stage, (("amendment.support/1", unit(n), {"proposal": MATTER}, [unit(n)], None) for n in range(2, 1_000)))
    try:
        stage.unit("amendment.file/1", unit(1), {"proposal": MATTER})
        refused = ""
    except Refused as error:
        refused = f"{error.refusal['code']} {error.refusal['figures']['arithmetic']}"
    stage.unit("amendment.support/1", unit(1_000), {"proposal": MATTER})
    stage.unit("amendment.file/1", unit(1), {"proposal": MATTER})
    return refused


class _Counting:
    """The store, with a count of the leaves and openings that are read one by one."""

    def __init__(self, store: Any) -> None:
        self._store, self.read = store, 0

    def __getattr__(self, name: str) -> Any:
        if name in ("leaf", "sealed_entry"):
            self.read += 1
        return getattr(self._store, name)


def hold(folder: Path) -> dict[str, Any]:
    """The office's side, from genesis to the published book."""
    stage = SimulatedOffice(open_store(str(folder / "book.db"), create=True), folder / "guard.json")
    in_force(stage, MEMBERS)
    stage.at("2026-10-12 09:00")
    refused = _propose(stage)
    stage.at("2026-10-26 09:00")
    open_vote(stage.office, MATTER)
    record(stage, _first_week())
    stage.at("2026-11-02 09:00")
    tick(stage.office)
    record(stage, _notices(stage))
    record(stage, _second_week())
    stage.at("2026-11-26 09:00")
    tick(stage.office)
    publish(stage.office, folder / "public")
    vote, counted = stage.inst.votes[MATTER], _Counting(stage.office.store)
    told = notices(stage.inst, counted, unit(57), acts=stage.office.acts_by_unit.catch_up(stage.office.store))
    waiting = owed(stage.inst, stage.office.store, stage.office.acts_by_unit)
    head = stage.office.store.head(OPEN)
    return {
        "refused": refused,
        "vote": msgspec.to_builtins(msgspec.structs.replace(vote, roll={}, branch=frozenset())),
        "roll": len(vote.roll),
        "told": [[n.type, n.fields.get("choice"), n.own] for n in told],
        "read": counted.read,
        "owed": len([n for n in waiting if n.type == "vote.ballot/1"]),
        "size": head.size if head else 0,
        "anchors": [anchor.size for anchor in stage.inst.anchors],
        "vkey": stage.office.keys.open.verifier.vkey,
        "peak": peak_memory(),
    }


def check(public: str, vkey: str) -> dict[str, Any]:
    """An outsider's side: the report, with the memory it took."""
    report, _ = verify(open_place(public), Request(vkey))
    return report.data() | {"peak": peak_memory()}


if __name__ == "__main__":
    done = hold(Path(sys.argv[2])) if sys.argv[1] == "hold" else check(*sys.argv[2:])
    print(json.dumps(done, ensure_ascii=False))
