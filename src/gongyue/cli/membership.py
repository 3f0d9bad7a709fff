"""`gongyue membership`: import a roll as invitations, look at the roll, a unit, the applications."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import click
import msgspec

from gongyue.cli import act_commands
from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.errors import usage
from gongyue.cli.material import read_file
from gongyue.cli.output import counted, emit_result, note, output_options, pick, table, word
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.membership import Roll
from gongyue.governance.registry import Unit
from gongyue.office import applications as applied
from gongyue.office import rolls
from gongyue.office.attachments import Attachments
from gongyue.office.deadline_text import end_of, end_text
from gongyue.office.facts.register import history, keys
from gongyue.office.labels import EVENTS, STATUSES


@output_options
@doing
@click.command(
    "invite",
    short_help=act_commands.short(ACT_TYPES["membership.invite/1"]),
    help="把现有会员名册导入为邀请；任何单位都不因此成为成员。表头：名称、统一社会信用代码、可选编号。\n\n"
    "Import an existing roll as invitations; nobody becomes a member by it. Columns: name, code, optional id.\n\n"
    + act_commands.help_of(
        ACT_TYPES["membership.invite/1"], "gongyue membership invite --roll 会员名册.csv --alliance --key qin.key"
    ),
)
@click.option("--roll", required=True, metavar="FILE.csv|json", help="名册 / The roll.")
@click.option(
    "--alliance/--no-alliance",
    default=False,
    help="名册上的是联盟会员（可首批加入）/ They are the alliance's own members.",
)
@click.option(
    "--standing",
    type=click.Choice(("invited", "member")),
    default="invited",
    show_default=True,
    help="身份；不得导入为成员 / Their standing.",
)
def invite(roll: str, alliance: bool, standing: str, **values: Any) -> None:
    """`membership invite`: the roll is read from a table."""

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        units = rolls.read_units(read_file(roll.removeprefix("@")), roll, place.inst)
        note(f"{roll}：{len(units)} 家单位。", f"{roll}: {counted(len(units), 'unit')}.")
        digest = material.attach_json(msgspec.to_builtins(Roll(tuple(units), "gongyue/roll@1")), roll)
        return {"roll": digest, "alliance": alliance, "standing": standing}

    perform(ACT_TYPES["membership.invite/1"], how_of(values), make)


END = ACT_TYPES["membership.end/1"]


def _end() -> click.Command:
    """`membership end`: on a decision or because the entity itself has ended, said expressly; leaving it out states neither."""
    made = act_commands.command(
        END, example="gongyue membership end --unit u:0021 --entity-ended --key qin.key --key bai.key"
    )
    done = made.callback
    assert done is not None

    def run(*, link: str | None, entity_ended: bool, **values: Any) -> None:
        if bool((link or "").strip()) == entity_ended:
            raise usage(
                "资格凭什么终止，须写明其一：--link sealed:…（已经生效、资格因之终止的处理决定），或 --entity-ended（不凭决定，该单位作为主体已经终止，"
                "如注销）。",
                "On what the membership ends takes one of two: --link sealed:… (the decision in effect by which it ends), or"
                " --entity-ended (no decision: the entity itself has ended, deregistered, say).",
            )
        done(link=link or "", **values)

    made.callback = run
    at = next(i for i, one in enumerate(made.params) if one.name == "link") + 1
    made.params.insert(at, click.Option(["--entity-ended"], is_flag=True, help=_ENTITY_ENDED))
    return made


_ENTITY_ENDED = (
    "代替 --link：不凭处理决定，该单位作为主体已经终止，如注销；签署的两人对此负责 / In place of --link: on no decision,"
    " the entity itself has ended, deregistered, say; the two who sign answer for it."
)


def _unit(place: BookSource, unit: Unit) -> dict[str, Any]:
    leaving = place.inst.on(place.day).leaving.get(unit.id)
    return {
        "id": unit.id,
        "name": unit.name,
        "code": unit.code,
        "status": unit.status,
        "since": iso(unit.since) if unit.since else "",
        "until": iso(unit.until) if unit.until else "",
        "leaves": iso(leaving) if leaving else "",
        "activities": list(unit.activities),
        "other": unit.other,
        "alliance": unit.alliance,
    }


@output_options
@reading
@click.command("roll", short_help="成员名册 / The roll of members")
@click.option("--all", "everyone", is_flag=True, help="也列出受邀、退出的单位 / Also units invited or gone.")
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV / Print CSV.")
def roll(everyone: bool, as_csv: bool, **where: Any) -> None:
    """现在的成员名册。

    The roll of members as it stands.

    \b
    例 / Example:
      gongyue membership roll --csv > 名册.csv
    """
    place = place_of(**where)
    inst = place.inst.on(place.day)
    units = sorted(inst.units.values(), key=lambda u: u.id)
    rows = [_unit(place, u) for u in units if everyone or u.id in inst.members]
    if as_csv:
        click.echo(_csv(rows), nl=False)
        return
    emit_result(rows, lambda: _roll_lines(rows))


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "name", "code", "status", "since", "until", "activities"))
    for r in rows:
        writer.writerow(
            [*(r[c] for c in ("id", "name", "code", "status", "since", "until")), " ".join(r["activities"])]
        )
    return out.getvalue()


def _roll_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        yield pick("名册是空的：还没有成员单位。", "The roll is empty: there are no members yet.")
        return
    head = pick("单位 名称 身份 自 至", "unit name status since until").split()
    yield from table(head, [(r["id"], r["name"], word(STATUSES, r["status"]), r["since"], r["until"]) for r in rows])
    yield pick(f"共 {len(rows)} 家", counted(len(rows), "unit"))


@output_options
@reading
@click.command("show", short_help="一家单位 / One unit")
@click.argument("unit", metavar="UNIT")
def show_unit(unit: str, **where: Any) -> None:
    """一家单位：身份、活动、密钥、加入与退出。

    One unit: standing, activities, keys, when it joined and left.

    \b
    例 / Example:
      gongyue membership show u:0001
    """
    place = place_of(**where)
    id = place.inst.by_code.get(unit.upper(), unit)
    known = place.inst.on(place.day).units.get(id)
    if known is None:
        raise OutOfTurn("not-found", "membership", what=unit)
    data = _unit(place, known) | {
        "keys": msgspec.to_builtins(keys(place, id, place.now)),
        "history": msgspec.to_builtins(history(place, id)),
    }
    emit_result(data, lambda: _unit_lines(data))


def _unit_lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['id']} {data['name']} {data['code']}"
    yield pick(
        f"身份：{word(STATUSES, data['status'])} {data['since']} {data['until']}".rstrip(),
        f"status: {word(STATUSES, data['status'])} {data['since']} {data['until']}".rstrip(),
    )
    if data["leaves"]:
        yield pick(f"将于 {data['leaves']} 退出", f"leaves on {data['leaves']}")
    activities = " ".join([*data["activities"], data["other"]]).strip()
    yield pick(f"活动：{activities or '未申报'}", f"activities: {activities or 'none declared'}")
    for key in data["keys"]:
        yield pick(
            f"密钥：{key['key']} {'' if key['valid'] else '（已停用）'}",
            f"key: {key['key']}{'' if key['valid'] else ' (ended)'}",
        )
    for event in data["history"]:
        yield f"  {event['day']} {word(EVENTS, event['what'])} #{event['index']}"


@output_options
@reading
@click.command("applications", short_help="待决定的申请（密封）/ Applications to decide on (sealed)")
def applications(**where: Any) -> None:
    """待决定的加入申请；申请是密封的，只有办公室能看到。

    Applications not yet decided; they are sealed, only the office sees them.

    \b
    例 / Example:
      gongyue membership applications
      gongyue membership grant --application u:0099 --key qin.key
    """
    place = place_of(**where)
    data = list(_pending(place))
    none = [pick("没有待决定的申请。", "There are no applications to decide on.")]
    emit_result(data, lambda: [_application_line(d) for d in data] or none)


def _pending(place: BookSource) -> Iterator[dict[str, Any]]:
    for one in applied.applications(place.inst, place.store) if place.store else ():
        if one.state == "waiting":
            yield {
                "sealed": one.id,
                "unit": one.unit,
                "name": one.said.name,
                "code": one.said.code,
                "arrived": iso(day_of(one.arrived)),
                "decide_by": iso(one.due.last),
                "overdue": max(0, place.day - one.due.last),
            }


def _application_line(d: dict[str, Any]) -> str:
    late = pick(f"（逾期 {d['overdue']} 日）", f" ({counted(d['overdue'], 'day')} overdue)") if d["overdue"] else ""
    return pick(
        f"{d['sealed']} {d['unit']} {d['name']} {d['arrived']} 到达，决定期限 {end_text(end_of(d['decide_by'])).zh}{late}",
        f"{d['sealed']} {d['unit']} {d['name']} arrived {d['arrived']}, decide by {end_text(end_of(d['decide_by'])).en}{late}",
    )


COMMANDS = {"invite": invite, "roll": roll, "end": _end(), "show": show_unit, "applications": applications}
