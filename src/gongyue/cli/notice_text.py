"""Notices in words: what the terminal says of them, and the commands that see to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.cli.act_text import act_name
from gongyue.cli.output import pick
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.registry import Disavowal
from gongyue.office.deadline_text import end_text
from gongyue.office.letters import act_text
from gongyue.office.notices import Notice


def notice_data(n: Notice, time: int) -> dict[str, Any]:
    """A notice as JSON data."""
    data: dict[str, Any] = msgspec.to_builtins(n)
    return data | {"can_be_disavowed": n.can_be_disavowed(time), "command": n.command}


def lines(n: Notice, data: dict[str, Any], time: int) -> Iterator[str]:
    """A notice as prose."""
    if n.own:
        hand = pick("该单位自己签署", "signed by the unit")
    else:
        hand = pick(f"{'、'.join(n.recorded_by)} 凭纸面记录", f"recorded from paper by {', '.join(n.recorded_by)}")
    yield pick(
        f"{n.id} {iso(day_of(n.recorded))} {n.unit} {n.name}：{n.zh} {n.type}（{label_of(n.at)}），{hand}",
        f"{n.id} {iso(day_of(n.recorded))} {n.unit} {n.name}: {n.type} ({in_english(n.at)}), {hand}",
    )
    yield f"  {act_text(n)}"
    if n.paper is not None:
        yield pick(
            f"  纸面 {n.paper.number or '（无文号）'}，成文 {n.paper.dated}，到达 {n.paper.arrived}",
            f"  paper {n.paper.number or '(no number)'}, dated {n.paper.dated}, arrived {n.paper.arrived}",
        )
    if not n.own:
        yield f"  {_way_out(n, time)}"
        yield f"  {_sending(n, data)}"


def _way_out(n: Notice, time: int) -> str:
    """How and until when the unit can disavow it, or why not."""
    if n.state != "stands":
        zh, en = {"disavowed": ("已否认", "disavowed"), "replaced": ("已被其后的票取代", "replaced by a later ballot")}[
            n.state
        ]
        return pick(zh, en)
    if n.disavow is None:
        return pick(
            "没有否认期；如非该单位所为，请其书面告知", "no period for disavowal: the unit may object in writing"
        )
    if not n.can_be_disavowed(time):
        return pick(
            f"否认已经太晚（截至 {end_text(n.disavow.ends).zh}）",
            f"too late to disavow (until {end_text(n.disavow.ends).en})",
        )
    if n.by_letter:
        return pick(
            f"{_until(n.disavow)[0]}可以盖章的函件否认，由没有记录它的两名职员记录",
            f"{_until(n.disavow)[1]} by a sealed letter, recorded by two officers who did not record it",
        )
    return pick(f"{_until(n.disavow)[0]}可否认：{n.command}", f"{_until(n.disavow)[1]}: {n.command}")


def _until(way: Disavowal) -> tuple[str, str]:
    """By when it is disavowed: of what nobody was told, from when on."""
    if way.untold:
        return (
            f"告知之后 {way.days} 日内（尚未告知，没有截止）",
            f"within {way.days} days of being told (not yet: no end)",
        )
    return f"{end_text(way.ends).zh}前", f"until {end_text(way.ends).en}"


def _sending(n: Notice, data: dict[str, Any]) -> str:
    if data["letter"]:
        return pick(
            f"信：{data['letter']}；寄出后 {sent_command(n)}",
            f"letter: {data['letter']}; once posted, {sent_command(n)}",
        )
    if data["sent"]:
        return pick(f"已于 {data['sent']} 通知", f"sent on {data['sent']}")
    return pick(f"尚未通知：{letter_command(n)}", f"not sent: {letter_command(n)}")


def letter_command(n: Notice) -> str:
    """The command that writes the letter."""
    return f"gongyue notices --as {n.unit} --letter letters"


def sent_command(n: Notice) -> str:
    """The command that notes the letter as sent."""
    return f"gongyue notices --sent {n.id}"


def owed_line(n: Notice) -> str:
    """A notice that is owed, in one line with the commands that see to it."""
    on, then = iso(day_of(n.recorded)), _recording(n)
    return pick(
        f"须通知{n.name}：{on} 凭纸面记录的“{n.zh}”（{label_of(n.at)}）。{letter_command(n)}；寄出后 {sent_command(n)}"
        + (f"，并由两名职员记录，否则{_else(n)[0]}：{then}" if then else ""),
        f"notify {n.name} of “{act_name(n.type)}”, recorded from paper on {on} ({in_english(n.at)}): "
        f"{letter_command(n)}; once posted, {sent_command(n)}"
        + (f", and two officers record it, or {_else(n)[1]}: {then}" if then else ""),
    )


def _else(n: Notice) -> tuple[str, str]:
    """What follows where nobody records that the unit was told."""
    if n.book == "open":
        return "可否认的期限不起算", "it can be disavowed without end"
    return "不计入", "it does not count"


def _recording(n: Notice) -> str:
    """The command that records that a unit was told; empty where there is nothing it could disavow."""
    if n.disavow is not None and n.disavow.untold:
        return f"gongyue key notify --entry {n.index} --way letter --day YYYY-MM-DD"
    if n.type != "vote.ballot/1":
        return ""
    return f"gongyue vote notify --vote {n.fields['vote']} --of {n.id} --way letter --day YYYY-MM-DD"
