"""Notices in words: what the terminal says of them, and the commands that see to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.cli.telling import pick
from gongyue.covenant.periods import day_of, iso, moment
from gongyue.office.letters import said
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
        f"{n.id} {iso(day_of(n.recorded))} {n.unit} {n.name}：{n.zh} {n.type}（第{n.article}条），{hand}",
        f"{n.id} {iso(day_of(n.recorded))} {n.unit} {n.name}: {n.type} (art. {n.article}), {hand}",
    )
    yield f"  {said(n)}"
    if n.paper is not None:
        yield pick(
            f"  纸面 {n.paper.number}，成文 {n.paper.dated}，到达 {n.paper.arrived}",
            f"  paper {n.paper.number}, dated {n.paper.dated}, arrived {n.paper.arrived}",
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
            f"否认已经太晚（截至 {moment(n.disavow.ends)}）", f"too late to disavow (until {moment(n.disavow.ends)})"
        )
    return pick(f"{moment(n.disavow.ends)} 前可否认：{n.command}", f"until {moment(n.disavow.ends)}: {n.command}")


def _sending(n: Notice, data: dict[str, Any]) -> str:
    if data["letter"]:
        return pick(
            f"信：{data['letter']}；寄出后 {sending(n)}", f"letter: {data['letter']}; once posted, {sending(n)}"
        )
    if data["sent"]:
        return pick(f"已于 {data['sent']} 通知", f"sent on {data['sent']}")
    return pick(f"尚未通知：{writing(n)}", f"not sent: {writing(n)}")


def writing(n: Notice) -> str:
    """The command that writes the letter."""
    return f"gongyue notices --as {n.unit} --letter letters"


def sending(n: Notice) -> str:
    """The command that notes the letter as sent."""
    return f"gongyue notices --sent {n.id}"


def owed_line(n: Notice) -> str:
    """A notice that is owed, in one line with the commands that see to it."""
    on = iso(day_of(n.recorded))
    return pick(
        f"须通知 {n.unit} {n.name}：{n.id} {on} 凭纸面记录的“{n.zh}”（第{n.article}条）。{writing(n)}；寄出后 {sending(n)}",
        f"notify {n.unit} {n.name} of {n.id}, {n.type} recorded from paper on {on} (art. {n.article}): "
        f"{writing(n)}; once posted, {sending(n)}",
    )
