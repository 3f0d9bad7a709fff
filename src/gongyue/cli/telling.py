"""`gongyue key notify-all`: many are told at once; each gets an entry of its own, two officers look at one list and confirm it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.cli.act_flow import drafted
from gongyue.cli.act_options import YES, ActOptions
from gongyue.cli.act_result import Done, record
from gongyue.cli.act_text import act_name, party_name
from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.fields import check_date
from gongyue.cli.material import seed_from, write_new
from gongyue.cli.output import emit_result, note, output_options, pick, progress_bar, table, wants_json
from gongyue.conduct.safe_text import plain
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import act_type_of
from gongyue.governance.papers import Way
from gongyue.governance.sheet import VALUES
from gongyue.office.attachments import Attachments
from gongyue.office.store import OPEN
from gongyue.office.untold import Untold, untold


@output_options
@office_option
@click.command("notify-all", short_help="成批记录已告知 / Record that many were told")
@click.option("--way", type=click.Choice(get_args(Way)), required=True, help="怎样告知的 / How they were told.")
@click.option("--day", required=True, metavar="YYYY-MM-DD", help="告知之日 / The day on which they were told.")
@click.option(
    "--of", "ids", multiple=True, metavar="ID", help="只记录这些，可重复；默认全部 / Only these; all by default."
)
@click.option(
    "--key", "key_files", type=click.Path(path_type=Path), multiple=True, metavar="FILE", help="签名密钥 / A key."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="写成文件交第二人 / Files for the second officer."
)
@click.option("--dry-run", is_flag=True, help="只列出、试办 / List and try, record nothing.")
@YES
def notify_all(
    office_dir: Path,
    way: str,
    day: str,
    ids: tuple[str, ...],
    key_files: tuple[Path, ...],
    out: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """凭纸面以他人名义记录、须告知的，一次记录已告知：先列出名单，确认一次，每一件各签一个行为。两名职员不在一处的，
    第一人加 --out 写成文件，第二人 gongyue sign 文件夹里的全部文件，看一遍、确认一次，再一并 gongyue submit。

    编号（open:41、sealed:…）见 --dry-run 或 gongyue notices。

    Of what was recorded from paper in others' names, record in one go that these were told: the list is shown and confirmed once,
    and each is signed as an act of its own. Officers who are apart: the first writes files with --out, the second signs all
    files of the folder with gongyue sign, looking once and confirming once; then hand all in with gongyue submit.

    \b
    例 / Example:
      gongyue key notify-all --way letter --day today --key qin.key --key bai.key
      gongyue key notify-all --way letter --day 2026-06-02 --of open:41 --of open:42 --key qin.key --out told
    """
    if not key_files and out is None and not dry_run:
        raise usage(
            "须用 --key 指明签名密钥，或用 --out 写成文件，或用 --dry-run 只看名单。",
            "--key is needed, or --out to write files, or --dry-run to look at the list.",
        )
    place = OfficePlace(office_at(office_dir))
    day = check_date(day, "--day", iso(place.day))
    chosen = _chosen(place, ids, day)
    head = (
        pick("编号", "id"),
        pick("告知谁", "whom"),
        pick("记录了什么", "what"),
        pick("记录", "recorded"),
        pick("文号", "paper"),
    )
    listed = table(head, (_row(place, one) for one in chosen))
    if chosen and not wants_json():
        for line in listed:
            click.echo(plain(line))
    if not chosen:
        emit_result([], lambda: [pick("没有须告知的。", "Nobody is to be told.")])
        return
    seeds = [seed_from(path) for path in key_files]
    said = pick(
        f"记录以上 {len(chosen)} 件已于 {day} {VALUES[way].zh}？",
        f"Record that these {len(chosen)} were told {VALUES[way].en} on {day}?",
    )
    if not (yes or dry_run) and sys.stdin.isatty() and not wants_json():
        click.confirm(said, abort=True, err=True)
    acts = []
    for one in chosen:
        act = drafted(
            act_type_of(one.type),
            ActOptions(office_dir),
            place,
            Attachments(),
            lambda place, material, one=one: one.body | {"way": way, "day": day},  # type: ignore[misc]
        )
        for seed in seeds:
            act = sign(act, seed)
        acts.append(act)
    if out is not None:
        _write(out, chosen, acts)
    elif dry_run:
        data = [_data(place, one) for one in chosen]
        emit_result(
            data, lambda: [pick(f"共 {len(data)} 件；什么也没有写入。", f"{len(data)} in all; nothing was written.")]
        )
    else:
        _record(place, office_dir, chosen, acts)


def _row(place: OfficePlace, one: Untold) -> tuple[str, ...]:
    number = one.paper.number if one.paper else ""
    return one.id, party_name(place.inst, one.holder), act_name(one.what), iso(day_of(one.recorded)), number or "—"


def _data(place: OfficePlace, one: Untold) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(one)
    return told | {"name": party_name(place.inst, one.holder)}


def _chosen(place: OfficePlace, ids: Iterable[str], day: str) -> list[Untold]:
    """Those named, or all; InvalidInput where one is not to be told, or was recorded after that day."""
    known = {one.id: one for one in untold(place.inst, place.office.store, place.office.acts_by_unit)}
    wanted = list(dict.fromkeys(ids)) or list(known)
    if unknown := [id for id in wanted if id not in known]:
        raise InvalidInput(
            f"没有须告知的 {'、'.join(unknown)}；编号见 --dry-run。",
            f"Nobody is to be told of {', '.join(unknown)}: see --dry-run for what there is.",
        )
    early = [
        f"{id} {party_name(place.inst, known[id].holder)}"
        for id in wanted
        if day_of(known[id].recorded) > from_iso(day)
    ]
    if early:
        raise InvalidInput(
            f"{day} 时还没有记录：{'、'.join(early)}。请用 --of 分开办理，各写其日。",
            f"On {day} this was not recorded yet: {', '.join(early)}. Do these apart with --of and their own day.",
        )
    return [known[id] for id in wanted]


def _write(out: Path, chosen: list[Untold], acts: list[SignedAct]) -> None:
    try:
        out.mkdir()
    except FileExistsError:
        raise InvalidInput(
            f"{out} 已经存在；请换一个文件夹名。", f"{out} exists already: choose another folder."
        ) from None
    written = []
    for one, act in zip(chosen, acts, strict=True):
        path = out / f"{one.id.replace(':', '-')}.json"
        write_new(path, msgspec.json.format(msgspec.json.encode(act), indent=1) + b"\n")
        written.append(str(path))
    emit_result(
        {"written": written},
        lambda: [
            pick(
                f"已写入 {out}（{len(written)} 份）。接着：由第二人 gongyue sign {out}/*.json --key 其密钥，再 gongyue submit {out}/*.json",
                f"Wrote {len(written)} files to {out}. Next: the second officer runs gongyue sign {out}/*.json --key KEY, then gongyue"
                f" submit {out}/*.json",
            )
        ],
    )


def _record(place: OfficePlace, office_dir: Path, chosen: list[Untold], acts: list[SignedAct]) -> None:
    """Try all before any is recorded; each is then recorded by itself, so that what breaks off is gone on with by the same command."""
    for one, act in zip(chosen, acts, strict=True):
        try:
            place.judge(act)
        except (Refused, OutOfTurn):
            note(
                f"没有记录任何一件：{one.id} {party_name(place.inst, one.holder)} 被拒绝。",
                f"Nothing was recorded: {one.id} {party_name(place.inst, one.holder)} is refused.",
            )
            raise
    done = []
    with progress_bar("记录 / recording") as progress:
        for act in acts:
            done.append(record(place.office, act, None, office_dir / "receipts", office_dir))
            progress(len(done), len(acts))
    emit_result([one.data() for one in done], lambda: _told(done))


def _told(done: list[Done]) -> Iterator[str]:
    opened = [one.receipt.index for one in done if one.receipt.book == OPEN]
    yield pick(f"已记录 {len(done)} 件。", f"{len(done)} recorded.")
    if opened:
        yield pick(
            f"公开簿 #{opened[0]}–#{opened[-1]}：各自的否认期自此起算。",
            f"Open book #{opened[0]}–#{opened[-1]}: the time to disavow each runs from now.",
        )
