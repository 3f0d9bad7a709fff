"""`gongyue office`: who holds which office, and what the staff could not lawfully do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.cli.act_text import act_name
from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.output import counted, emit_result, output_options, pick, table
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.periods import iso
from gongyue.governance.office import earliest, to_appoint
from gongyue.governance.office import staffing as shortages
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.office.declarations import declarations
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
    wanted = [
        {
            "office": one.office,
            "have": one.have,
            "needed": one.needed,
            "missing": one.missing,
            "from": iso(earliest(place.inst, place.now)),
        }
        for one in to_appoint(place.inst, today)
    ]
    emit_result(
        {"officers": officers, "short": short, "appoint": wanted},
        lambda: [*_lines(officers, short), *map(_wanted_line, wanted)],
    )


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


@output_options
@reading
@click.command("interests", short_help="职员的利益申报 / Officers' declared interests")
@click.option(
    "--officer", "reader", metavar="o:…", help="谁在查阅，记入保管库的记录 / Who reads; the vault's log says so."
)
def interests(reader: str | None, **where: Any) -> None:
    """在任职员各自申报了什么、何时须续；有利害关系的单位可直接用于指派。

    What each officer in office declared, and until when it holds; the units it leaves to others, as an assignment names them.

    \b
    例 / Example:
      gongyue office interests --officer o:qin
      gongyue dossier assign --role caseworker --officers o:xu --dossier d:… --key qin.key
    """
    place = place_of(**where)
    folder = office_folder_of(place) if reader else None
    data = [
        msgspec.to_builtins(one) for one in declarations(place.inst, folder, place.day, reader or "", lambda: place.now)
    ]
    emit_result(data, lambda: [_interest_line(one, bool(reader)) for one in data])


def office_folder_of(place: BookSource) -> Path | None:
    """The folder of the office whose book this is; None of a published book, which has no vault."""
    office = getattr(place, "office", None)
    return office.guard.path.parent if office is not None and office.guard.path is not None else None


def _interest_line(one: dict[str, Any], read: bool) -> str:
    late = pick(f"（逾期 {one['late']} 日）", f" ({counted(one['late'], 'day')} overdue)") if one["late"] else ""
    made = one["made"] or pick("未申报", "never")
    head = pick(
        f"{one['officer']}：申报于 {made}，{one['renew_by']} 前续{late}",
        f"{one['officer']}: declared {made}, renew by {one['renew_by']}{late}",
    )
    if not read:
        return head
    if one["interests"] is None:
        return head + pick("；没有可据以计算的申报", "; nothing that can be computed with")
    return head + pick(
        f"；须回避 {'、'.join(one['units']) or '无'}", f"; leaves to others: {', '.join(one['units']) or 'nobody'}"
    )


def _wanted_line(one: dict[str, Any]) -> str:
    """Whom to invite, how many, and from when they would serve."""
    name, n = pick(OFFICES_ZH[one["office"]], one["office"]), one["missing"]
    return pick(
        f"请邀请{name} {n} 名（可以是机构以外的人）；今日任命的，最早 {one['from']} 到任",
        f"invite {n} × {name} (from outside too); appointed today they serve from {one['from']}",
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


COMMANDS = {"staffing": staffing, "interests": interests}
