"""`gongyue amendment initiate` and `draft`: a change by the words replaced, or by the whole new text; shown before it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from gongyue.cli import act_commands, assumed
from gongyue.cli.act_flow import perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.book_source import BookSource, place_of
from gongyue.cli.changes import diff_data, diff_lines, left_data, left_lines, suspended_data, suspended_lines
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import read_file
from gongyue.cli.output import emit_result, output_options, pick, wants_json
from gongyue.covenant.addresses import meant_by
from gongyue.covenant.assumed_in_edition import of_change
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.change_completion import Completed, complete, missing_said
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.parser import Gap, Unreadable, outline
from gongyue.covenant.refusals import refusal
from gongyue.covenant.rulings import OutOfTurn, Refused, fails
from gongyue.covenant.whole_text import as_labelled, as_printed, edits_of_whole
from gongyue.governance.acts import ACT_TYPES
from gongyue.office.attachments import Attachments
from gongyue.office.next_id import id_for

PLAIN = (".txt", ".md")
"""Files whose lines are read as they stand."""
Rows = tuple[tuple[str, str, str], ...]

_NUMBER = click.option(
    "--proposal", metavar="p:…", help="提议编号；不写则取本年下一个 / The proposal's id; the year's next by default."
)
_BIND = click.option(
    "--bind",
    "bound",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE WORDS",
    help="事项、条、绑定的字句；可重复 / A capability bound anew; repeatable.",
)
_ABSENT = click.option(
    "--absent",
    multiple=True,
    metavar="CAPABILITY",
    help="修改后本文无此规定的事项 / A capability the text no longer has.",
)
_OTHER = click.option(
    "--other",
    "others",
    type=(str, str, str),
    multiple=True,
    metavar="CAPABILITY ARTICLE REASON",
    help="新的所见条文是另一事项：事项、条、理由 / New passages there are other matter, and why.",
)


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
@_NUMBER
@click.option(
    "--replace",
    "replaced",
    type=(str, str, str),
    multiple=True,
    metavar="ARTICLE OLD NEW",
    help="条、原文、新文；可重复 / Words replaced; repeatable.",
)
@_BIND
@_ABSENT
@_OTHER
@assumed.SO
@click.option(
    "--renews",
    metavar="p:…",
    help="重新表决的、已被取代的提议：同一修改，无须重新附议 / A superseded proposal put to the vote again: the same change, no new supporters.",
)
def initiate(
    proposal: str | None,
    replaced: tuple[tuple[str, str, str], ...],
    bound: tuple[tuple[str, str, str], ...],
    absent: tuple[str, ...],
    others: tuple[tuple[str, str, str], ...],
    so: tuple[str, ...],
    renews: str | None,
    **values: Any,
) -> None:
    """`amendment initiate`: the change and the edition it results in are made here."""
    if not replaced:
        raise usage("须用 --replace 条 原文 新文 说明改什么。", "--replace ARTICLE OLD NEW is needed: what changes.")

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        edition = _amendable(place)
        edits = [TextEdit(_meant(edition, at), old, new) for at, old, new in replaced]
        change, after = _previewed(place, edits, bound, absent, others)
        _tell(place, change, after)
        assumed.require_answers(edition, of_change(edition, after), so)
        return _body(place, proposal, change, after, material) | {"renews": renews}

    perform(INITIATE, how_of(values), make)


@output_options
@doing
@click.command("draft", short_help="以改好的全文发起修改提议 / Initiate an amendment from the whole new text")
@click.argument("file", metavar="FILE")
@_NUMBER
@_BIND
@_ABSENT
@_OTHER
@assumed.SO
def draft(
    file: str,
    proposal: str | None,
    bound: Rows,
    absent: tuple[str, ...],
    others: Rows,
    so: tuple[str, ...],
    **values: Any,
) -> None:
    """交来改好的全文（.txt .md .docx），由此算出改了哪条、以何字句代何字句、数额与规则随之如何变。
    不带 --key、--out 时只显示这些，什么也不记录。只能改各条的文字；条、章、标题照旧。现行全文由 gongyue article --text 得到。

    Hand in the whole new text: which words of which article are replaced, and how numbers and rules move with them, is worked
    out from it. Without --key and --out it is only shown and nothing is recorded. Articles, headings and title stay as they are. gongyue article --text
    prints the text in force.

    \b
    例 / Example:
      gongyue article --text > 公约-新.txt
      gongyue amendment draft 公约-新.txt
      gongyue amendment draft 公约-新.docx --key unit.key
    """
    how = how_of(values)

    def found(place: BookSource) -> tuple[Change, Edition]:
        edition = _amendable(place)
        try:
            data = as_labelled(edition, read_file(file)) if file.lower().endswith(PLAIN) else read_file(file)
            edits = edits_of_whole(edition, as_printed(edition, data) or outline(data, file))
        except NotApplicable as error:
            raise _unfit(place, str(error)) from None
        except (Gap, Unreadable) as error:
            raise InvalidInput(error.zh, error.en) from None
        if not edits:
            raise InvalidInput("与现行文本相同，没有改动。", "It reads as the text in force does: nothing is changed.")
        return _previewed(place, edits, bound, absent, others)

    if not (how.key_files or how.out or how.dry_run):
        place = place_of(how.office_dir, how.public, how.vkey)
        change, after = found(place)
        diff, suspended = diff_data(place.inst.meaning.edition, change), suspended_data(place, after)
        next_step = pick(
            "以上只是显示，没有记录。同一命令加 --key 单位密钥 即发起；加 --out act.json 则写成文件。",
            "Shown only, nothing was recorded. The same command with --key KEY initiates it, with --out act.json writes a file.",
        )
        edition = _amendable(place)
        unsaid = assumed.unanswered(edition, of_change(edition, after), so)
        left = left_data(place.inst.meaning.edition, after)
        lines = [*diff_lines(diff), *suspended_lines(suspended), *left_lines(left), *assumed.lines(unsaid), next_step]
        data = {"change": diff, "suspended": suspended, "not_carried_out": left, "doubts": msgspec.to_builtins(unsaid)}
        emit_result(data, lambda: lines)
        return

    def make(place: BookSource, material: Attachments) -> Mapping[str, Any]:
        change, after = found(place)
        _tell(place, change, after)
        assumed.require_answers(_amendable(place), of_change(_amendable(place), after), so)
        return _body(place, proposal, change, after, material) | {"renews": None}

    perform(INITIATE, how, make)


INITIATE = ACT_TYPES["amendment.initiate/1"]


def _amendable(place: BookSource) -> Edition:
    """The text that is to be amended; OutOfTurn where there is none yet."""
    if place.inst.meaning.edition is None:
        raise OutOfTurn("not-effective", INITIATE.type, place.inst.founding.stage)
    return place.inst.meaning.edition


def _meant(edition: Edition, typed: str) -> str:
    """The address somebody means: 22, 第二十二条, article 22; as it is where it is none, to be refused by the change."""
    found = meant_by(typed, edition.parts)
    if len(found) > 1:
        which = " ".join(found)
        raise usage(f"“{typed}”有几条，请写明：{which}", f"Several articles are numbered {typed}; say which: {which}")
    return found[0] if found else typed


def _body(
    place: BookSource, proposal: str | None, change: Change, after: Edition, material: Attachments
) -> dict[str, Any]:
    return {
        "proposal": proposal or id_for(place.inst, INITIATE, place.day),
        "change": material.attach_json(msgspec.to_builtins(change), "change"),
        "edition": material.attach_json(to_data(after), "edition"),
    }


def _unfit(place: BookSource, why: str) -> Refused:
    clause = place.inst.meaning.clause("amendment.in_effect")
    article, words = (clause.article, clause.words) if clause else (0, "")
    return Refused(refusal("GY-22-06", article, place.inst.meaning.at(article), words, fails(why=why)))


def _previewed(
    place: BookSource, edits: list[TextEdit], bound: Rows, absent: tuple[str, ...], others: Rows
) -> tuple[Change, Edition]:
    """The change, completed, and the text it results in, for showing beforehand; Refused if it does not fit or lacks something."""
    edition = place.inst.meaning.edition
    assert edition is not None
    try:
        made = complete(
            edition,
            place.inst.meaning.edition_digest,
            edits,
            {name: (_meant(edition, at), words) for name, at, words in bound},
            absent,
            {(name, _meant(edition, at)): reason for name, at, reason in others},
        )
        if not made.missing:
            return made.change, amend(edition, made.change)
        _ask(edition, made)
        why = missing_said(edition, made.missing)
    except NotApplicable as error:
        why = str(error)
    raise _unfit(place, why)


def _ask(edition: Edition, made: Completed) -> None:
    """What was found so far, and what to add to the same command for each thing that is missing; beside the refusal."""
    if wants_json():
        return
    lines = [*diff_lines(diff_data(edition, made.change)), pick("同一命令再加：", "Add to the same command:")]
    gone = {one.capability for one in made.missing if not one.found}
    for one in made.missing:
        if one.found and one.capability in gone:
            continue  # said with what is gone
        place = next((m for m in made.missing if m.found and m.capability == one.capability), one)
        words = place.words if place.found else pick("字句", "WORDS")
        else_ = (
            f"--other {one.capability} {one.at} {pick('理由', 'REASON')}" if one.found else f"--absent {one.capability}"
        )
        known = catalogue().capabilities.get(one.capability)
        or_else = f"{pick('；或', '; or')} {else_}" if one.found or known is None or known.absent != "refused" else ""
        lines.append(f"  --bind {one.capability} {place.at} '{words}'{or_else}")
    for line in lines:
        click.echo(line, err=True)


def _tell(place: BookSource, change: Change, after: Edition) -> None:
    """The diffs and the suspended rules, before anything is recorded; beside the result, not in it."""
    if wants_json():
        return
    diff = diff_data(place.inst.meaning.edition, change)
    left = left_data(place.inst.meaning.edition, after)
    for line in (*diff_lines(diff), *suspended_lines(suspended_data(place, after)), *left_lines(left)):
        click.echo(line, err=True)
