"""`gongyue audit-slots`: which leaves of the sealed book are padding, checked by members without seeing an act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.cli.book_source import OfficePlace, office_at, place_of, reading
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.material import read_file
from gongyue.cli.output import counted, emit_result, output_options, pick
from gongyue.cli.system import office_option
from gongyue.covenant.periods import from_iso, start_of
from gongyue.governance.institution import Institution
from gongyue.verifying import slots

MAX_KEYS = 4 * 1024 * 1024
NOT_SO = 1


@click.group("audit-slots")
def audit_slots() -> None:
    """密封簿每个时段都补齐到同样的增量；有时段密钥就能分清补齐与行为，而看不到任何行为。

    The sealed book grows alike in every slot; slot keys tell its padding from acts, and show no act.
    """


@output_options
@office_option
@audit_slots.command("keys", short_help="导出一批时段的密钥 / Hand out the keys of some slots")
@click.option("--from", "first", required=True, metavar="DATE", help="第一天，如 2026-01-01 / The first day.")
@click.option("--to", "last", required=True, metavar="DATE", help="最后一天 / The last day.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="写到哪里（不覆盖）/ Where to; never overwritten.",
)
def hand_out(office_dir: Path, first: str, last: str, out: Path) -> None:
    """导出这些日子里已锚定时段的密钥，交给核对的成员：至少 30 个时段，未结束的表决可能有选票的除外。

    Hand out the keys of the slots anchored in those days, for members who check: at least 30, none that may hold
    ballots of an open vote.

    \b
    例 / Example:
      gongyue audit-slots keys --from 2026-01-01 --to 2026-03-31 --out slotkeys.json
    """
    office = office_at(office_dir)
    inst = office.catch_up()
    if inst.genesis is None:
        raise InvalidInput("尚未创立簿册。", "There is no book yet.")
    seconds = inst.genesis.slot_seconds
    wanted = slots.auditable(inst, start_of(_day(first)) // seconds, (start_of(_day(last) + 1) - 1) // seconds)
    keys = {slot: office.keys.slot_key(slot, seconds) for slot in wanted}
    counted_ = _audited(inst, keys, OfficePlace(office).sealed_leaves())
    data = msgspec.json.encode(slots.SlotKeys.of(keys))
    try:
        with out.open("xb") as file:
            file.write(data + b"\n")
    except FileExistsError:
        raise InvalidInput(f"{out} 已经存在；请另写一个文件。", f"{out} exists already: name another file.") from None
    _tell(counted_, pick(f"密钥写到 {out}", f"keys written to {out}"))


@output_options
@reading
@audit_slots.command("members", short_help="用时段密钥核对补齐 / Check the padding with slot keys")
@click.option(
    "--keys",
    "keys_file",
    required=True,
    metavar="FILE",
    help="时段密钥文件，- 为标准输入 / The file of slot keys; - reads standard input.",
)
def members(keys_file: str, **where: Any) -> None:
    """用办公室交来的时段密钥，在公开的密封簿上分清补齐与行为；只报全批合计与其余承诺值的摘要。

    With slot keys from the office, tell padding from acts on the published sealed book; only totals over the batch
    are told, and the digest of the remaining commitments.

    退出码：0 都对得上；1 有时段的补齐对不上；4 密钥或簿册读不出，或不足 30 个时段。

    Exit codes: 0 all are explained; 1 a slot is not; 4 keys or book cannot be read, or fewer than 30 slots.

    \b
    例 / Example:
      gongyue audit-slots members --keys slotkeys.json --public https://gongyue.example/book --vkey log.vkey
    """
    place = place_of(**where)
    try:
        keys = slots.read_keys(read_file(keys_file, MAX_KEYS))
    except slots.BadSlots as error:
        raise InvalidInput(f"{keys_file}：{error.zh}", f"{keys_file}: {error.en}") from None
    _tell(_audited(place.inst, keys, place.sealed_leaves()))


def _audited(inst: Institution, keys: dict[int, bytes], leaves: list[bytes]) -> slots.SlotAudit:
    try:
        return slots.audit(inst, keys, leaves)
    except slots.NotPadding as error:
        zh, en = error.zh, error.en
        emit_result({"slot": error.slot, "zh": zh, "en": en}, lambda: [pick(zh, en)])
        click.get_current_context().exit(NOT_SO)


def _tell(found: slots.SlotAudit, more: str = "") -> None:
    number, first, last = len(found.slots), found.slots[0], found.slots[-1]
    emit_result(
        msgspec.to_builtins(found),
        lambda: [
            pick(
                f"核对了 {number} 个时段（{first} 至 {last}）：补齐 {found.padding} 页，行为 {found.real} 页",
                f"{counted(number, 'slot')} checked ({first} to {last}): {found.padding} leaves of padding, {found.real} of acts",
            ),
            pick(f"其余承诺值的摘要 {found.rest}", f"digest of the remaining commitments {found.rest}"),
            *([more] if more else []),
        ],
    )


def _day(text: str) -> int:
    try:
        return from_iso(text)
    except ValueError:
        raise usage(
            f"{text} 不是日期，应如 2026-01-01。", f"{text} is no date; it should be like 2026-01-01."
        ) from None
