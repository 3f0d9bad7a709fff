"""`gongyue due`, `status`, `tick`: what must be done, where everything stands, and the doing of routine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.cli.act_text import act_name
from gongyue.cli.book_source import BookSource, OfficePlace, office_at, office_option, place_of, reading
from gongyue.cli.fields import check_date
from gongyue.cli.notice_text import notice_data, owed_line
from gongyue.cli.output import counted, emit_result, output_options, pick, table, word
from gongyue.cli.system import print_done
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.binding.not_carried_out import SECTION
from gongyue.covenant.binding.sheet_entry import Entry
from gongyue.covenant.periods import from_iso, iso, start_of
from gongyue.governance import absences, change_approvals
from gongyue.governance.annex import stage_of as annex_stage
from gongyue.governance.institution import Institution
from gongyue.governance.proposal import stage_of as proposal_stage
from gongyue.governance.sheet import VALUES
from gongyue.governance.stage_names import STAGES
from gongyue.office.applications import applications
from gongyue.office.deadline_text import clock_text, day_text, end_of, left_text
from gongyue.office.due_list import Due
from gongyue.office.due_list import due as duties
from gongyue.office.facts import silences
from gongyue.office.facts.authorities import authorities
from gongyue.office.facts.duties import DoneLate, done_late, due_item
from gongyue.office.facts.matter_names import matter_name
from gongyue.office.facts.shapes import Said
from gongyue.office.facts.status import anchored
from gongyue.office.keyless_parties import Silent, silent, way_back
from gongyue.office.notices import Notice, owed
from gongyue.office.owed_acts import pending
from gongyue.office.retention_by_book import note_ended, requests_due


def _due(place: BookSource, on: int) -> list[Due]:
    return duties(place.inst, pending(place.store) if place.store else [], on)


def _asked(place: BookSource, folder: Path, on: int) -> list[Due]:
    """What persons asked about their data, which the office's vault alone knows."""
    return list(requests_due(place.office, folder, on)) if isinstance(place, OfficePlace) else []


def _owed(place: BookSource) -> list[Notice]:
    """Notices of what officers recorded from paper that the office has not sent; nobody else knows which those are."""
    office = getattr(place, "office", None)
    return owed(place.inst, office.store, office.acts_by_unit) if office else []


def _silent(place: BookSource) -> Iterator[Silent]:
    """Units that have something to do and no key to sign it with."""
    return silent(place.inst, place.now) if place.inst.genesis else iter(())


def _mute(place: BookSource, found: list[Silent]) -> Iterator[str]:
    for one in found:
        how, means = way_back(place.inst, one.unit, place.now)
        unit = matter_name(place.inst, one.unit)
        about = [matter_name(place.inst, id) for id in one.matters]
        yield pick(
            f"{unit.zh}没有有效密钥，不能签署（{'、'.join(said.zh for said in about)}）：{how}",
            f"{unit.en} has no valid key and cannot sign ({', '.join(said.en for said in about)}): {means}",
        )


@output_options
@reading
@click.command("due", short_help="到期与逾期 / What is due and overdue")
@click.option("--on", metavar="YYYY-MM-DD", help="截至某日，默认今日 / As of a day; today by default.")
@click.option("--all", "everything", is_flag=True, help="也列出已逾期办完的 / Also what was done late.")
def due(on: str | None, everything: bool, **where: Any) -> None:
    """到期与逾期的事项：该谁办、依哪一条、还有几日；逾期的仍可办理，但永远显示为逾期。通过而尚未批准的修改，凭纸面记录而尚未通知单位的，有事要办而没有有效密钥的单位，也列出。

    What is due and overdue: for whom, by which article, days left. Late duties are accepted, and shown late for ever.
    Changes that wait for an approval, notices owed to units, of what was recorded from their paper, and units that have
    something to do and no valid key to sign it with are listed, too.

    \b
    例 / Example:
      gongyue due --all
    """
    place = place_of(**where)
    today = iso(place.day)
    as_of = check_date(on or today, "--on", today)
    items, notices, mute = _due(place, from_iso(as_of)), _owed(place), list(_silent(place))
    items = sorted(
        [*items, *_asked(place, where["office_dir"], from_iso(as_of))], key=lambda d: (-d.late, d.last, d.matter)
    )
    late = done_late(place) if everything else []
    awaited = list(change_approvals.awaited(place.inst, from_iso(as_of)))
    data: dict[str, Any] = {
        "on": as_of,
        "due": [msgspec.to_builtins(due_item(d)) | {"entry": d.entry} for d in items],
        "notices": [notice_data(n, place.now) for n in notices],
        "awaited": [a.data for a in awaited],
        "silent": [msgspec.to_builtins(s) for s in mute],
        "clock": place.clock.data() if place.clock else None,
    }
    emit_result(
        data | ({"done_late": [msgspec.to_builtins(x) for x in late]} if everything else {}),
        lambda: [
            *_clock_line(place),
            _as_of(place, as_of),
            *_lines(place, items, late, as_of),
            *(pick(*a.said) for a in awaited),
            *map(owed_line, notices),
            *_mute(place, mute),
        ],
    )


def _clock_line(place: BookSource) -> Iterator[str]:
    """That the office's clock is too far from the last entry, with both times and what to do."""
    if place.clock is not None and (refusal := place.clock.refusal) is not None:
        yield pick(refusal.refusal["zh"], refusal.refusal["en"])


def _as_of(place: BookSource, day: str) -> str:
    """As of when it is told; of a demonstration, that this is its own clock."""
    said = day_text(from_iso(day))
    if place.inst.genesis is not None and place.inst.genesis.demo:
        return pick(f"截至 {said.zh}（演示时钟）", f"As of {said.en} (the demonstration's clock)")
    return pick(f"截至 {said.zh}", f"As of {said.en}")


def _lines(place: BookSource, items: list[Due], late: list[DoneLate], as_of: str) -> Iterator[str]:
    if items:
        head = pick("截止（北京时间） 余期 事项 办理人 依据 行为", "until(Beijing) left what who basis act").split()
        names = _applicants(place) if any(d.act == "membership.grant/1" for d in items) else {}
        yield from table(head, [_row(place.inst, names, d, as_of) for d in items])
    else:
        yield pick("没有到期事项。", "So far nothing is due.")
    if any(not d.calendar_known for d in items):
        yield pick(
            "（未载入该年节假日安排，截止日未顺延）", "(no holiday calendar for that year: last days are not rolled)"
        )
    for x in late:
        about = matter_name(place.inst, x.matter)
        yield pick(
            f"已逾期办结：{act_name(x.act)}（{about.zh}）#{x.index}，末日 {x.last}，逾期 {x.late} 日"
            + (f"（{label_of(x.at)}）" if x.at else ""),
            f"done late: {act_name(x.act)} ({about.en}) #{x.index}, last day {x.last}, {counted(x.late, 'day')} late"
            + (f" ({in_english(x.at)})" if x.at else ""),
        )


def _applicants(place: BookSource) -> dict[str, Said]:
    """Who applies, by the name that its application says: the open book has none of it yet."""
    if place.store is None:
        return {}
    return {one.unit: Said(one.said.name, one.said.name) for one in applications(place.inst, place.store)}


def _row(inst: Institution, applicants: Mapping[str, Said], d: Due, as_of: str) -> tuple[str, ...]:
    ends = end_of(d.last)
    known = d.matter in inst.units or d.matter not in applicants
    about = matter_name(inst, d.matter) if known else applicants[d.matter]
    whose = matter_name(inst, d.whose)
    who = pick("执行机构", "executive") if d.whose == "exec" else pick(whose.zh, whose.en)
    basis = pick(f"{label_of(d.at)} {d.basis}", f"{in_english(d.at)} {d.basis}").strip()
    until, left = pick(*clock_text(ends)), pick(*left_text(ends, start_of(from_iso(as_of))))
    forbidden = pick("，命令禁止中", ", forbidden by an order") if d.order else ""
    what = pick(f"{d.zh}（{about.zh}）", f"{d.en} ({about.en})")
    return until, left, what + forbidden, who, basis, d.act


def _absent(place: BookSource) -> tuple[Entry, ...]:
    """What the text does not have, the frozen one, else the draft; and what was not adopted."""
    return absences.absent(place.inst, place.inst.meaning.edition or place.inst.founding.draft)


def _left(place: BookSource) -> tuple[Entry, ...]:
    """The sentences of the text that the software does not carry out."""
    text = place.inst.meaning.edition or place.inst.founding.draft
    return absences.left_of(text) if text else ()


@output_options
@reading
@click.command("status", short_help="一屏概况 / Status overview")
def status(**where: Any) -> None:
    """一屏概况：订立到哪一步、成员、表决、提议、到期事项。

    One screen: where the founding stands, members, votes, proposals, what is due.

    \b
    例 / Example:
      gongyue status
    """
    place = place_of(**where)
    data = _status(place)
    emit_result(data, lambda: [*_clock_line(place), *_status_lines(data)])


def _silences(place: BookSource) -> list[silences.Said]:
    """What somebody would look for in vain, and what to do instead."""
    inst = place.inst.on(place.day)
    found = silences.of_lists(inst), silences.of_changes(inst.meaning.edition), silences.of_proposers(inst, place.day)
    return [said for said in found if said]


def _status(place: BookSource) -> dict[str, Any]:
    inst = place.inst
    items = _due(place, place.day) if inst.genesis else []
    return {
        "origin": inst.cov,
        "executive": inst.genesis.executive if inst.genesis else "",
        "size": inst.size,
        "root": place.view.root,
        "stage": inst.founding.stage if inst.genesis else "empty",
        "absent": [{"clause": e.capability, "zh": e.zh, "en": e.en} for e in _absent(place) if not e.words],
        "silences": [{"zh": zh, "en": en} for zh, en in _silences(place)],
        "not_carried_out": [{"at": e.at, "words": e.words, "zh": e.zh, "en": e.en} for e in _left(place)],
        "members": len(inst.on(place.day).members),
        "units": len(inst.units),
        "procedure_adopted": inst.meaning.procedure is not None,
        "proposals": {p.id: proposal_stage(inst, p, place.day) for p in inst.proposals.values()},
        "votes": {v.id: v.outcome or "open" for v in inst.votes.values()},
        "annexes": {a.id: annex_stage(inst, a) for a in inst.annexes.values()},
        "lists": len(inst.lists),
        "anchored": msgspec.to_builtins(anchored(place)),
        "authorities": msgspec.to_builtins(authorities(place)),
        "due": len([d for d in items if not d.late]),
        "overdue": len([d for d in items if d.late]),
        "notices": len(_owed(place)) if inst.genesis else 0,
        "clock": place.clock.data() if place.clock else None,
    }


def _status_lines(data: dict[str, Any]) -> Iterator[str]:
    yield pick(
        f"{data['executive']} {data['origin']}：{word(STAGES, data['stage'])}",
        f"{data['executive']} {data['origin']}: {word(STAGES, data['stage'])}",
    )
    if data["absent"]:
        yield pick(
            f"本文未规定 {len(data['absent'])} 项：" + "；".join(a["zh"] for a in data["absent"]),
            f"not in this text, {len(data['absent'])}: " + "; ".join(a["en"] for a in data["absent"]),
        )
    yield from (pick(s["zh"], s["en"]) for s in data["silences"])
    if data["not_carried_out"]:
        zh, en = SECTION
        count = len(data["not_carried_out"])
        yield pick(f"{zh}：{count} 处（gongyue article 列出）", f"{en}: {count} (gongyue article lists them)")
    yield pick(
        f"公开簿 {data['size']} 条 {data['root']}",
        f"open book: {counted(data['size'], 'entry', 'entries')}, {data['root']}",
    )
    yield pick(
        f"成员单位 {data['members']} 家（登记单位 {data['units']} 家）",
        f"{counted(data['members'], 'member')} ({counted(data['units'], 'unit')} known)",
    )
    for one in data["authorities"]:
        role, since = word(VALUES, one["role"]), one["since"]
        begins = pick(f"（自 {since} 起）", f" (from {since})") if one["coming"] else ""
        yield pick(f"{role}{begins}：{one['name']}", f"{role}{begins}: {one['name']}")
    for zh, en in (("提议", "proposals"), ("表决", "votes"), ("附件", "annexes")):
        states = "，".join(f"{id} {word(STAGES, stage)}" for id, stage in data[en].items())
        yield pick(f"{zh}：{states or '无'}", f"{en}: {states.replace('，', ', ') or 'none'}")
    yield pick(
        f"到期 {data['due']} 项，逾期 {data['overdue']} 项，待通知单位 {data['notices']} 件；详见 gongyue due",
        f"{data['due']} due, {data['overdue']} overdue, {data['notices']} to notify units of: see gongyue due",
    )


@output_options
@office_option
@click.command("tick", short_help="办理到期的例行事项 / Run routine acts that are due")
def tick(office_dir: Path) -> None:
    """办理到期而无裁量的事项：名单、开始表决、锚定、已投票数、结束表决。可反复运行，例如每小时一次。

    Run routine acts that are due: lists, opening of votes, the slot's anchor, turnout, closing. Run it as often
    as you like, for example hourly.

    \b
    例 / Example:
      gongyue tick
    """
    from gongyue.office.routine_acts import tick as do

    office = office_at(office_dir)
    print_done(office, do(office), office_dir / "receipts")
    note_ended(office, office_dir)
