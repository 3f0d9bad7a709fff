"""`gongyue office`: who holds which office, and what the staff could not lawfully do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli.place import day, place_of, reading
from gongyue.cli.telling import pick, show, spoken, table
from gongyue.covenant.periods import iso
from gongyue.governance.naming import OFFICES_ZH
from gongyue.governance.office import staffing as shortages


@spoken
@reading
@click.command("staffing", short_help="现有人员办不了什么 / What the staff could not do")
def staffing(**where: Any) -> None:
    """现有职员名单，以及他们依法办不了的行为（缺哪些职务、几人）。

    The officers in office, and what they could not lawfully do: which offices are missing, how many.

    \b
    例 / Example:
      gongyue office staffing
    """
    place = place_of(**where)
    today = day(place)
    officers = [
        {
            "id": o.id,
            "office": t.office,
            "begins": iso(t.begins),
            "ends": iso(t.ends),
            "serving": t.begins <= today <= t.ends,
        }
        for o in sorted(place.inst.officers.values(), key=lambda o: o.id)
        for t in o.tenures
    ]
    short = [
        {"what": s.what, "needs": s.needs, "have": s.have, "article": s.article} for s in shortages(place.inst, today)
    ]
    show({"officers": officers, "short": short}, lambda: _lines(officers, short))


def _lines(officers: list[dict[str, Any]], short: list[dict[str, Any]]) -> Iterator[str]:
    serving = [o for o in officers if o["serving"]]
    rows = [(o["id"], pick(OFFICES_ZH[o["office"]], o["office"]), o["begins"], o["ends"]) for o in serving]
    yield from table(pick("职员 职务 自 至", "officer office from to").split(), rows)
    yield pick(
        "办不了：" if short else "现有人员可以办理全部行为。",
        "Could not do:" if short else "The staff can do every act.",
    )
    for s in short:
        yield pick(
            f"  {s['what']}（第{s['article']}条）：须 {s['needs']}，现有 {s['have']}",
            f"  {s['what']} (art. {s['article']}): needs {s['needs']}, has {s['have']}",
        )


COMMANDS = {"staffing": staffing}
