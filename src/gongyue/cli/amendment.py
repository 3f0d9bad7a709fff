"""`gongyue amendment`: propose a change by saying what is replaced; see proposals; certify a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from gongyue.cli import act_commands
from gongyue.cli.act_flow import doing, how_of, perform
from gongyue.cli.book_source import BookSource, place_of, reading
from gongyue.cli.changes import (
    certificate_data,
    certificate_lines,
    diff_data,
    diff_lines,
    progress_data,
    standing_lines,
    suspended_data,
    suspended_lines,
)
from gongyue.cli.errors import usage
from gongyue.cli.output import emit_result, output_options, pick, table, wants_json, word
from gongyue.covenant.change_completion import complete, missing_said
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition, to_data
from gongyue.covenant.refusals import refusal
from gongyue.covenant.rulings import OutOfTurn, Refused, fails
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.proposal import proposal_of
from gongyue.office.attachments import Attachments
from gongyue.office.facts.proposals import stage_of, support
from gongyue.office.labels import STAGES


@output_options
@doing
@click.command(
    "initiate",
    short_help=act_commands.short(ACT_TYPES["amendment.initiate/1"]),
    help="说明改哪条、以何字句代何字句。所绑定的条款随字句读出新的数额、以谁计、起算；读不出的，用 --bind、--absent、--other 说明。"
    "先显示文本、条款的前后对照和将暂停的规则，再记录。\n\n"
    "Say which words are replaced. What the bound clauses say then is read from the new words: number, base, start. What cannot be "
    "read is said with --bind, --absent or --other. The text diff, the clauses before and after and the rules it would suspend are "
    "shown before it is recorded.\n\n"
    + act_commands.help_of(
        ACT_TYPES["amendment.initiate/1"],
        "gongyue amendment initiate --proposal p:2026-01 --replace 22 三分之二 四分之三 --key unit.key",
    ),
)
@click.option("--proposal", required=True, metavar="p:…", help="提议编号 / The proposal's id.")
@click.option(
    "--replace",
    "replaced",
    type=(str, str, str),
    multiple=True,
    metavar="ARTICLE OLD NEW",
    help="条、原文、新文；可重复 / Words replaced; repeatable.",
)
@click.option(
    "--bind",
    "bound",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE WORDS",
    help="事项、条、绑定的字句；可重复 / A capability bound anew; repeatable.",
)
@click.option(
    "--absent",
    multiple=True,
    metavar="CAPABILITY",
    help="修改后本文无此规定的事项 / A capability the text no longer has.",
)
@click.option(
    "--other",
    "others",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE REASON",
    help="新的所见条文是另一事项：事项、条、理由 / New passages there are other matter, and why.",
)
@click.option(
    "--renews",
    metavar="p:…",
    help="重新表决的、已被取代的提议：同一修改，无须重新附议 / A superseded proposal put to the vote again: the same change, no new supporters.",
)
def initiate(
    proposal: str,
    replaced: tuple[tuple[str, str, str], ...],
    bound: tuple[tuple[str, str, str], ...],
    absent: tuple[str, ...],
    others: tuple[tuple[str, str, str], ...],
    renews: str | None,
    **values: Any,
) -> None:
    """`amendment initiate`: the change and the edition it results in are made here."""
    if not replaced:
        raise usage("须用 --replace 条 原文 新文 说明改什么。", "--replace ARTICLE OLD NEW is needed: what changes.")

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        if place.inst.meaning.edition is None:
            raise OutOfTurn("not-effective", "amendment.initiate/1", place.inst.founding.stage)
        change, after = _previewed(place, replaced, bound, absent, others)
        _tell(place, change, after)
        return {
            "proposal": proposal,
            "change": material.attach_json(msgspec.to_builtins(change), "change"),
            "edition": material.attach_json(to_data(after), "edition"),
            "renews": renews,
        }

    perform(ACT_TYPES["amendment.initiate/1"], how_of(values), make)


Rows = tuple[tuple[str, str, str], ...]


def _previewed(
    place: BookSource, replaced: Rows, bound: Rows, absent: tuple[str, ...], others: Rows
) -> tuple[Change, Edition]:
    """The change, completed, and the text it results in, for showing beforehand; Refused if it does not fit or lacks something."""
    edition = place.inst.meaning.edition
    assert edition is not None
    try:
        made = complete(
            edition,
            place.inst.meaning.edition_digest,
            [TextEdit(*edit) for edit in replaced],
            {name: (at, words) for name, at, words in bound},
            absent,
            {(name, at): reason for name, at, reason in others},
        )
        if not made.missing:
            return made.change, amend(edition, made.change)
        why = missing_said(edition, made.missing)
    except NotApplicable as error:
        why = str(error)
    clause = place.inst.meaning.clause("amendment.in_effect")
    article, words = (clause.article, clause.words) if clause else (0, "")
    raise Refused(refusal("GY-22-06", article, place.inst.meaning.at(article), words, fails(why=why)))


def _tell(place: BookSource, change: Change, after: Edition) -> None:
    """The diffs and the suspended rules, before anything is recorded; beside the result, not in it."""
    if wants_json():
        return
    diff = diff_data(place.inst.meaning.edition, change)
    for line in (*diff_lines(diff), *suspended_lines(suspended_data(place, after))):
        click.echo(line, err=True)


@output_options
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
    data = progress_data(place, proposal_of(place.inst, proposal))
    emit_result(data, lambda: standing_lines(data))


@output_options
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
    known = sorted(place.inst.proposals.values(), key=lambda p: p.id)
    data = [
        {"proposal": p.id, "by": p.by, "stage": stage_of(place, p), "counted": f"{count.count}/{count.roll}"}
        for p, count in ((p, support(place, p)) for p in known)
    ]
    head = pick("提议 提议人 阶段 附议", "proposal by stage supporters").split()
    rows = [(d["proposal"], d["by"], word(STAGES, d["stage"]), d["counted"]) for d in data]
    emit_result(data, lambda: table(head, rows) if rows else [pick("还没有修改提议。", "There are no proposals.")])


@output_options
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
    known, vote = proposal_of(place.inst, proposal), place.inst.votes.get(proposal)
    if vote is None or vote.closed_index is None:
        raise OutOfTurn("not-ended", "amendment", stage_of(place, known))
    data = certificate_data(place, known, vote)
    emit_result(data, lambda: certificate_lines(data))


COMMANDS = {"initiate": initiate, "show": show_proposal, "list": list_, "certificate": certificate}
