"""`gongyue notices`: what was done in a unit's name, told to that unit; letters to post, and which have been sent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.errors import InvalidInput
from gongyue.cli.fields import check_date
from gongyue.cli.notice_text import lines, notice_data
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.covenant.periods import from_iso, iso, start_of
from gongyue.office import notices as told
from gongyue.office.letters import file_name, letter
from gongyue.office.notices import Notice
from gongyue.transparency.tiles import write_atomically


@output_options
@office_option
@click.command("notices", short_help="通知：谁以某单位名义做了什么 / What was done in a unit's name")
@click.option(
    "--as",
    "unit",
    metavar="UNIT",
    help="某单位的全部；不写则为尚未通知的 / All of a unit's notices; default: unsent ones.",
)
@click.option("--since", metavar="YYYY-MM-DD", help="自某日起 / From that day on.")
@click.option(
    "--letter",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="每件写成一封可打印的信 / Write a letter to print for each.",
)
@click.option("--sent", "sent", multiple=True, metavar="ID|all", help="记为已寄出，可重复 / Note as sent; repeatable.")
def notices(office_dir: Path, unit: str | None, since: str | None, folder: Path | None, sent: tuple[str, ...]) -> None:
    """以某单位名义记录的行为，逐件通知该单位：做了什么、谁记录的、凭什么纸面、到何时怎样否认。不写 --as 则列出尚未通知的。

    Every act recorded in a unit's name: what, by whom, from which paper, until when and how it can be disavowed.
    Without --as: what officers recorded from paper and the unit has not been told yet.

    \b
    例 / Example:
      gongyue notices --as u:0007
      gongyue notices --letter letters
      gongyue notices --sent sealed:3f9a62d0c1b2e4f5
    """
    place = OfficePlace(office_at(office_dir))
    start = start_of(from_iso(check_date(since, "--since", iso(place.day)))) if since else 0
    listed = [n for n in _listed(place, unit) if n.recorded >= start]
    if sent:
        listed = _mark(place, listed, sent)
    written = _letters(place, listed, folder) if folder is not None else {}
    known = told.sent(place.office.store)
    data = [notice_data(n, place.now) | {"sent": known.get(n.id), "letter": written.get(n.id)} for n in listed]
    none = [
        pick("没有尚未通知的。", "Nothing is owed.")
        if unit is None
        else pick("没有以其名义的行为。", "No acts in its name.")
    ]
    emit_result(
        data, lambda: [line for n, d in zip(listed, data, strict=True) for line in lines(n, d, place.now)] or none
    )


def _listed(place: OfficePlace, unit: str | None) -> list[Notice]:
    office = place.office
    if unit is None:
        return told.owed(place.inst, office.store, office.acts_by_unit)
    found = told.notices(place.inst, office.store, unit, acts=office.acts_by_unit)
    if not found and unit not in place.inst.units:
        raise InvalidInput(
            f"没有单位 {unit}；单位见 gongyue membership roll --all。",
            f"There is no unit {unit}: see gongyue membership roll --all.",
        )
    return found


def _mark(place: OfficePlace, listed: list[Notice], ids: Iterable[str]) -> list[Notice]:
    """Note the notices named as sent today; those noted."""
    by_id = {n.id: n for n in listed if not n.own}
    wanted = list(by_id) if "all" in ids else list(dict.fromkeys(ids))
    unknown = [id for id in wanted if id not in by_id and id not in told.sent(place.office.store)]
    if unknown:
        raise InvalidInput(
            f"没有应通知的 {'、'.join(unknown)}；尚未通知的见 gongyue notices。",
            f"No notice is owed of {', '.join(unknown)}: see gongyue notices.",
        )
    told.mark_sent(place.office.store, wanted, iso(place.day))
    return [by_id[id] for id in wanted if id in by_id]


def _letters(place: OfficePlace, listed: list[Notice], folder: Path) -> dict[str, str]:
    """Write a letter for everything others recorded; id → file."""
    genesis, written = place.inst.genesis, {}
    for n in listed:
        if not n.own:
            path = folder / file_name(n)
            text = letter(n, genesis.executive if genesis else "", place.inst.cov, place.now)
            write_atomically(path, text.encode("utf-8"))
            written[n.id] = str(path)
    return written
