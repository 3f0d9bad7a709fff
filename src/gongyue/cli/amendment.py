"""`gongyue amendment`: propose a change by saying what is replaced; see proposals; certify a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from gongyue.cli import kinds
from gongyue.cli.acting import doing, how_of, perform
from gongyue.cli.changes import (
    certificate_data,
    certificate_lines,
    diff_data,
    diff_lines,
    proposal_of,
    stage,
    standing_data,
    standing_lines,
    suspended_data,
    suspended_lines,
)
from gongyue.cli.failing import usage
from gongyue.cli.place import Place, day, place_of, reading
from gongyue.cli.telling import pick, show, spoken, table, wants_json
from gongyue.covenant.citing import OutOfTurn, Refused, fails
from gongyue.covenant.edition import Change, Edition, NotApplicable, TermEdit, TextEdit, amend, to_data
from gongyue.covenant.refusals import refusal
from gongyue.governance.acts import KINDS
from gongyue.governance.proposal import stage_of, supporters_now
from gongyue.office.material import Material


@spoken
@doing
@click.command(
    "initiate",
    short_help=kinds.short(KINDS["amendment.initiate/1"]),
    help="说明改哪条、以何字句代何字句；改动数额的，同时载明新数额。先显示文本、数额的前后对照和将暂停的规则，再记录。\n\n"
    "Say which words are replaced; where a number changes, state the new one too. The text diff, the term diff and the "
    "rules it would suspend are shown before it is recorded.\n\n"
    + kinds.help_of(
        KINDS["amendment.initiate/1"],
        "gongyue amendment initiate --proposal p:2026-01 --replace 22 三分之二 四分之三 "
        "--term amendment.adoption 经四分之三以上成员单位同意 3/4 --key unit.key",
    ),
)
@click.option("--proposal", required=True, metavar="p:…", help="提议编号 / The proposal's id.")
@click.option(
    "--replace",
    "replaced",
    type=(int, str, str),
    multiple=True,
    metavar="ARTICLE OLD NEW",
    help="条、原文、新文；可重复 / Words replaced; repeatable.",
)
@click.option(
    "--term",
    "terms",
    type=(str, str, str),
    multiple=True,
    metavar="NAME WORDS VALUE",
    help="数额、所在字句、新值；可重复 / A number restated; repeatable.",
)
@click.option("--strike-term", "struck", multiple=True, metavar="NAME", help="删去的数额 / A number struck out.")
@click.option(
    "--renews",
    metavar="p:…",
    help="重新表决的、已被取代的提议：同一修改，无须重新附议 / A superseded proposal put to the vote again: the same change, no new supporters.",
)
def initiate(
    proposal: str,
    replaced: tuple[tuple[int, str, str], ...],
    terms: tuple[tuple[str, str, str], ...],
    struck: tuple[str, ...],
    renews: str | None,
    **values: Any,
) -> None:
    """`amendment initiate`: the change and the edition it results in are made here."""
    if not replaced:
        raise usage("须用 --replace 条 原文 新文 说明改什么。", "--replace ARTICLE OLD NEW is needed: what changes.")

    def make(place: Place, material: Material) -> Mapping[str, Any]:
        if place.inst.meaning.edition is None:
            raise OutOfTurn("not-effective", "amendment.initiate/1", place.inst.founding.stage)
        edits = [TermEdit(name, words, _value(value)) for name, words, value in terms]
        change = Change(
            place.inst.meaning.edition_digest,
            tuple(TextEdit(*edit) for edit in replaced),
            (*edits, *(TermEdit(name, "") for name in struck)),
        )
        after = _previewed(place, change)
        _tell(place, change, after)
        return {
            "proposal": proposal,
            "change": material.attach_json(msgspec.to_builtins(change), "change"),
            "edition": material.attach_json(to_data(after), "edition"),
            "renews": renews,
        }

    perform(KINDS["amendment.initiate/1"], how_of(values), make)


def _value(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _previewed(place: Place, change: Change) -> Edition:
    """The text the change results in, for showing beforehand what it suspends; Refused if it does not fit."""
    assert place.inst.meaning.edition is not None
    try:
        return amend(place.inst.meaning.edition, change)
    except NotApplicable as error:
        clause = place.inst.meaning.clause("amendment.in_effect")
        article, words = (clause.article, clause.words) if clause else (22, "")
        raise Refused(refusal("GY-22-06", article, words, fails(why=str(error)))) from None


def _tell(place: Place, change: Change, after: Edition) -> None:
    """The diffs and the suspended rules, before anything is recorded; beside the result, not in it."""
    if wants_json():
        return
    diff = diff_data(place.inst.meaning.edition, change)
    for line in (*diff_lines(diff), *suspended_lines(suspended_data(place, after))):
        click.echo(line, err=True)


@spoken
@reading
@click.command("show", short_help="一项提议：对照、附议、表决 / One proposal")
@click.argument("proposal", metavar="PROPOSAL")
def show_proposal(proposal: str, **where: Any) -> None:
    """一项提议：前后对照、附议数与所缺、将暂停的规则、表决进行得怎样。

    One proposal: its diffs, supporters and what is missing, the rules it would suspend, how its vote stands.

    \b
    例 / Example:
      gongyue amendment show p:2026-01
    """
    place = place_of(**where)
    data = standing_data(place, proposal_of(place, proposal))
    show(data, lambda: standing_lines(data))


@spoken
@reading
@click.command("list", short_help="提议一览 / Proposals")
def list_(**where: Any) -> None:
    """提议一览。

    Proposals.

    \b
    例 / Example:
      gongyue amendment list
    """
    place = place_of(**where)
    today = day(place)
    inst = place.inst.on(today)
    data = [
        {
            "proposal": p.id,
            "by": p.by,
            "stage": stage_of(inst, p, today),
            "counted": p.counted or f"{supporters_now(inst, p)}/{len(inst.members)}",
        }
        for p in sorted(inst.proposals.values(), key=lambda p: p.id)
    ]
    head = pick("提议 提议人 阶段 附议", "proposal by stage supporters").split()
    rows = [(d["proposal"], d["by"], stage(d["stage"]), d["counted"]) for d in data]
    show(data, lambda: table(head, rows) if rows else [pick("还没有修改提议。", "There are no proposals.")])


@spoken
@reading
@click.command("certificate", short_help="表决结果证明 / Certificate of the result")
@click.argument("proposal", metavar="PROPOSAL")
def certificate(proposal: str, **where: Any) -> None:
    """表决结束后的结果证明：名册、同意、反对、弃权、未投，两项检验的算式，簿册位置。

    The certificate of a closed vote: roll, consents, against, abstain, silent, both tests' arithmetic, book position.

    \b
    例 / Example:
      gongyue amendment certificate p:2026-01 --json
    """
    place = place_of(**where)
    known, vote = proposal_of(place, proposal), place.inst.votes.get(proposal)
    if vote is None or vote.closed_index is None:
        raise OutOfTurn("not-ended", "amendment", stage_of(place.inst, known, day(place)))
    data = certificate_data(place, known, vote)
    show(data, lambda: certificate_lines(data))


COMMANDS = {"initiate": initiate, "show": show_proposal, "list": list_, "certificate": certificate}
