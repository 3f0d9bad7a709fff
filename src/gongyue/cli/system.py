"""Acts without discretion, done by hand: the office computes their content and signs with its own key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from gongyue.book.entry import decode
from gongyue.book.receipts import Receipt
from gongyue.cli import act_commands
from gongyue.cli.act_options import YES
from gongyue.cli.act_result import Done, write_receipt
from gongyue.cli.book_source import office_at, office_option
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.covenant.periods import iso, moment
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.publication import next_period
from gongyue.office.office import Office
from gongyue.office.store import OPEN

Doing = Callable[..., list[Receipt]]


def system_command(type: str, do: Doing, example: str, argument: str = "") -> click.Command:
    """The command of an act type signed by the office key; `argument` names the matter, if it needs one.

    Nothing is ever asked of it; --yes is taken all the same, as by every act, so that a script need not tell them apart.
    """
    kind = ACT_TYPES[type]

    def run(office_dir: Path, **values: Any) -> None:
        del values["yes"]  # nothing is asked
        office = office_at(office_dir)
        print_done(office, do(office, *values.values()), office_dir / "receipts")

    made = click.Command(
        act_commands.verb_of(kind),
        params=[click.Argument([argument], metavar=argument.upper())] if argument else [],
        callback=run,
        help=act_commands.help_of(kind, example),
        short_help=act_commands.short(kind),
    )
    YES(office_option(made))
    return output_options(made)


def print_done(office: Office, receipts: list[Receipt], folder: Path) -> None:
    """What was done without discretion; said so where nothing was due."""
    done = [_done_act(office, receipt, folder) for receipt in receipts]
    emit_result(
        [d.data() for d in done],
        lambda: (
            [line for d in done for line in d.lines()]
            or [pick("没有到期的例行事项。", "Nothing was due."), *_votes_wait(office), *_list_waits(office)]
        ),
    )


def _list_waits(office: Office) -> Iterator[str]:
    """Of the next list of members, from when it can be published: its period has to be over."""
    inst = office.inst
    owed = inst.in_force and inst.meaning.procedure and not inst.meaning.suspended("publication.list")
    if owed and (period := next_period(inst)):
        begins, ends = map(iso, period)
        yield pick(
            f"下一期名单（{begins} 至 {ends}）期满之后，由 gongyue tick 公布，不须另办；最迟哪一日见 gongyue due。",
            f"The next list ({begins} to {ends}) is published by gongyue tick once that period is over; gongyue due says by which day.",
        )


def _votes_wait(office: Office) -> Iterator[str]:
    """Of votes under way, from when they can be counted, once this slot's anchor is made: there is one anchor in a slot."""
    inst = office.inst
    under_way = "、".join(sorted(id for id, vote in inst.votes.items() if not vote.outcome))
    if inst.genesis and inst.anchors and under_way:
        after = moment((inst.anchors[-1].slot + 1) * inst.genesis.slot_seconds)
        yield pick(
            f"表决 {under_way} 还在进行：这一时段已经锚定，其后投的票最早由 {after} 起的 gongyue tick 计入。",
            f"Under way: {under_way}. This slot's anchor is made: ballots cast since count at the tick after {after} at the earliest.",
        )


def _done_act(office: Office, receipt: Receipt, folder: Path) -> Done:
    assert receipt.index is not None
    data = office.store.leaf(OPEN, receipt.index)
    assert data is not None
    act = decode(data).entry.act
    return Done(receipt, act.type, act.actor, act.actor, act.basis, False, write_receipt(receipt, None, folder))
