"""`gongyue office`: who holds which office, and what the staff could not lawfully do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from gongyue.cli.act_text import act_name
from gongyue.cli.book_source import place_of, reading
from gongyue.cli.output import emit_result, output_options, pick, table
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.periods import iso
from gongyue.governance.office import staffing as shortages
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.office.labels import WORK


@output_options
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
    today = place.day
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
        {
            "what": s.what,
            "needs": s.needs,
            "have": s.have,
            "missing": s.missing,
            "offices": list(s.offices),
            "article": s.article,
            "at": place.inst.meaning.at(s.article),
            "by": "office.appoint/1",
        }
        for s in shortages(place.inst, today)
    ]
    emit_result({"officers": officers, "short": short}, lambda: _lines(officers, short))


def _lines(officers: list[dict[str, Any]], short: list[dict[str, Any]]) -> Iterator[str]:
    serving = [o for o in officers if o["serving"]]
    rows = [(o["id"], pick(OFFICES_ZH[o["office"]], o["office"]), o["begins"], o["ends"]) for o in serving]
    yield from table(pick("职员 职务 自 至", "officer office from to").split(), rows)
    if not short:
        yield pick("现有人员可以办理全部行为。", "The staff can do every act.")
        return
    acts, work = [s for s in short if s["what"] not in WORK], [s for s in short if s["what"] in WORK]
    if acts:
        yield pick("办不了的行为：", "Acts that could not be done:")
        yield from (_line(act_name(s["what"]), s) for s in acts)
    if work:
        yield pick("第一件检举来时将缺：", "Missing once a first report comes in:")
        yield from (_line(pick(*WORK[s["what"]]), s) for s in work)
    yield pick(
        "任命：gongyue office appoint（office.appoint/1，两名职员签署，经公示期到任，请及早）。",
        "They are appointed by gongyue office appoint (office.appoint/1, signed by two officers; they serve after the visible delay,"
        " so begin early).",
    )


def _line(what: str, s: dict[str, Any]) -> str:
    """What could not be done, by which article, who is missing for it."""
    offices = [pick(OFFICES_ZH[name], name) for name in s["offices"]]
    again = s["what"] == "sanction.reconsider"
    zh, en = (f"（{label_of(s['at'])}）", f" ({in_english(s['at'])})") if s["at"] else ("", "")
    return pick(
        f"  {what}{zh}：缺{'或'.join(offices)} {s['missing']} 名{'（未参与原处理的）' if again else ''}，可任的现有 {s['have']} 名",
        f"  {what}{en}: {s['missing']} × {' or '.join(offices)} missing{' who took no part in it before' if again else ''},"
        f" {s['have']} there",
    )


COMMANDS = {"staffing": staffing}
