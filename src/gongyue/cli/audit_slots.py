"""`gongyue audit-slots`: slots of the sealed book audited in two halves: the padding by members drawn, the content by who may open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.book.draws import drawn
from gongyue.cli.book_source import OfficePlace, office_at, office_option, place_of, reading, vkey_text
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import read_file, refuse_existing, write_new
from gongyue.cli.output import counted, emit_result, output_options, pick
from gongyue.cli.slot_report import not_drawn, statement_command, tell_audit
from gongyue.governance.institution import Institution
from gongyue.governance.slots import Seed
from gongyue.verifying import slots

MAX_KEYS = 4 * 1024 * 1024
NOT_SO = 1
_SEED = click.option(
    "--seed",
    type=click.IntRange(0),
    metavar="N",
    help="哪次抽取（公开簿序号），默认末次 / Which draw; the last by default.",
)


@click.group("audit-slots")
def audit_slots() -> None:
    """密封簿每个时段都补齐到同样的增量；抽到的时段由抽到的两名成员凭密钥核补齐，由主管部门或登记的审计人核内容。

    The sealed book grows alike in every slot; of those drawn, two members that were drawn check the padding with keys, the
    authority, or a registered auditor, the content.
    """


_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="写到哪里（不覆盖）/ Where to; never overwritten.",
)


@output_options
@reading
@audit_slots.command("draw", short_help="抽到哪些时段 / The slots that were drawn")
@_SEED
def draw(seed: int | None, **where: Any) -> None:
    """一次抽取抽到的时段，由簿册算出；先以 gongyue inspection plan 预告，公开簿过了所写大小，gongyue tick 即抽取。

    The slots a draw drew, computed from the book. It is announced with gongyue inspection plan; once the open book is past
    the size stated, gongyue tick makes it.

    \b
    例 / Example:
      gongyue audit-slots draw --public https://gongyue.example/book --vkey log.vkey
    """
    inst = place_of(**where).inst
    one = _seed(inst, seed)
    found = drawn(inst, one)
    data = {"seed": one.index, "announced": one.plan, "size": one.size, "slots": found, "members": one.members}
    lines = [
        pick(
            f"#{one.index} 抽到 {len(found)} 个时段（#{one.plan} 预告，大小 {one.size} 的检查点）：",
            f"#{one.index} drew {counted(len(found), 'slot')} (announced by #{one.plan}, checkpoint of size {one.size}):",
        ),
        " ".join(map(str, found)),
        pick(f"核补齐的成员：{'、'.join(one.members)}", f"members who check the padding: {', '.join(one.members)}"),
    ]
    emit_result(data, lambda: lines)


@output_options
@office_option
@audit_slots.command("keys", short_help="导出一批时段的密钥 / Hand out the keys of some slots")
@_SEED
@click.option(
    "--to", "unit", required=True, metavar="UNIT", help="交给哪个抽到的成员 / Which member drawn they are for."
)
@_OUT
def hand_out(office_dir: Path, seed: int | None, unit: str, out: Path) -> None:
    """导出抽到的时段的密钥，只交给同一次抽到的两名成员；交给谁不由办公室定。

    Hand out the keys of the slots drawn, to the two members that the same draw drew and to nobody else: whom they go to is not
    for the office to choose.

    \b
    例 / Example:
      gongyue audit-slots keys --to u:0007 --out slotkeys.json
    """
    refuse_existing(out)
    office = office_at(office_dir)
    inst = office.catch_up()
    one = _seed(inst, seed)
    assert inst.genesis is not None
    if unit not in one.members:
        both = " ".join(one.members)
        raise InvalidInput(
            f"#{one.index} 抽到的成员是 {both}，不是 {unit}。", f"#{one.index} drew the members {both}, not {unit}."
        )
    if unit not in inst.members:
        raise InvalidInput(f"{unit} 已不是成员。", f"{unit} is a member no longer.")
    keys = {slot: office.keys.slot_key(slot, inst.genesis.slot_seconds) for slot in drawn(inst, one)}
    counted_ = _audited(inst, keys, OfficePlace(office).sealed_leaves())
    write_new(out, msgspec.json.encode(slots.SlotKeys.of(keys)) + b"\n", private=True)
    tell_audit(counted_, pick(f"给 {unit} 的密钥写到 {out}", f"keys for {unit} written to {out}"))


@output_options
@office_option
@audit_slots.command("open", short_help="为核内容启封抽到的时段 / Open drawn slots for the audit of content")
@_SEED
@_OUT
def open_(office_dir: Path, seed: int | None, out: Path) -> None:
    """为核内容的主管部门或登记的审计人启封抽到的时段里的每条行为，连同它们所在的各卷的全部条目与关联；不含任何文书。

    Open every act in the slots drawn for the authority, or the registered auditor, that audits the content, with all entries of
    the dossiers they stand in and the links; no document.

    \b
    例 / Example:
      gongyue audit-slots open --out openings.jsonl
    """
    from gongyue.office.audit_openings import of_slots

    refuse_existing(out)
    office = office_at(office_dir)
    inst = office.catch_up()
    one = _seed(inst, seed)
    rows = list(of_slots(inst, office.store, one))
    write_new(out, b"".join(rows), private=True)
    told = pick(
        f"{len(rows)} 行写到 {out}：只交给核对者，核毕即毁。",
        f"{counted(len(rows), 'line')} written to {out}: for the auditor alone, to be destroyed afterwards.",
    )
    emit_result({"seed": one.index, "lines": len(rows), "file": str(out)}, lambda: [told])


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
@_SEED
def members(keys_file: str, seed: int | None, **where: Any) -> None:
    """用办公室交来的时段密钥，在公开的密封簿上分清补齐与行为；只报全批合计与其余承诺值的摘要。恰是抽到的时段的，
    可用 gongyue oversight check 写进簿册。

    With slot keys from the office, tell padding from acts on the published sealed book; only totals over the batch
    are told, and the digest of the remaining commitments. Where they are exactly the slots drawn, gongyue oversight check
    states it in the book.

    退出码：0 都对得上；1 有时段的补齐对不上，或不是抽到的时段；4 密钥或簿册读不出，或不足 30 个时段。

    Exit codes: 0 all are explained; 1 a slot is not, or they are not those drawn; 4 keys or book cannot be read, or fewer
    than 30 slots.

    \b
    例 / Example:
      gongyue audit-slots members --keys slotkeys.json --public https://gongyue.example/book --vkey log.vkey
    """
    place = place_of(**where)
    try:
        keys = slots.read_keys(read_file(keys_file, MAX_KEYS))
    except slots.BadSlots as error:
        raise InvalidInput(f"{keys_file}：{error.zh}", f"{keys_file}: {error.en}") from None
    one = _seed(place.inst, seed) if seed is not None else _drew(place.inst, keys)
    if one is not None and set(keys) != set(drawn(place.inst, one)):
        zh, en = f"这些时段不是 #{one.index} 抽到的。", f"These slots are not those that #{one.index} drew."
        emit_result({"seed": one.index, "zh": zh, "en": en}, lambda: [pick(zh, en)])
        click.get_current_context().exit(NOT_SO)
    found = _audited(place.inst, keys, place.sealed_leaves())
    tell_audit(found, statement_command(found, one.index, "members") if one else not_drawn())


_FILES = click.Path(path_type=Path)


@output_options
@audit_slots.command("content", short_help="凭启封内容核对内容 / Audit the content from openings")
@click.option(
    "--openings",
    type=_FILES,
    multiple=True,
    required=True,
    metavar="FILE",
    help="audit-slots open 的文件，可重复 / The file of audit-slots open; repeatable.",
)
@click.option(
    "--head",
    "heads",
    type=_FILES,
    multiple=True,
    metavar="FILE",
    help="当事方交来的存卷凭证，可重复 / A head of a dossier that a party sent; repeatable.",
)
@click.option(
    "--keys", "keys_file", type=_FILES, metavar="FILE", help="有时段密钥的，一并核对 / Slot keys, where there are any."
)
@_SEED
@click.option("--public", required=True, metavar="DIR|URL|FILE.zip", help="公开的簿册 / The published book.")
@click.option("--vkey", required=True, metavar="K|FILE", help="簿册的验证密钥 / The book's key.")
def content(
    openings: tuple[Path, ...],
    heads: tuple[Path, ...],
    keys_file: Path | None,
    seed: int | None,
    public: str,
    vkey: str,
) -> None:
    """凭启封内容（不凭办公室的任何清单）逐卷归并抽到的时段里的行为：同一位次两条、同一行为两次、对同一目标的两次决定、
    缺位、与当事方所存凭证矛盾、既非补齐也非行为的一页，都报出来；对得上的，只报全批合计与其余承诺值的摘要。

    Fold, dossier by dossier, the acts of the slots drawn from openings, never from a list of the office: two entries at one
    place, one act twice, two decisions on one target, a place missing, a head of a party contradicted, a leaf that is neither
    padding nor act are told; of what is sound only totals over the batch, and the digest of the remaining commitments.

    退出码同 gongyue verify：0 相合；2 有缺失、既非补齐也非行为、与所载不符；3 违规；4 读不出。

    Exit codes as of gongyue verify: 0 sound; 2 something is missing, neither padding nor act, or not as stated; 3 unlawful;
    4 cannot be read.

    \b
    例 / Example:
      gongyue audit-slots content --openings openings.jsonl --public https://gongyue.example/book --vkey log.vkey
    """
    from gongyue.book.entry import MAX_OBJECT
    from gongyue.verifying.failures import Unreadable, unreadable
    from gongyue.verifying.locations import open_place
    from gongyue.verifying.report import Report
    from gongyue.verifying.report_lines import lines
    from gongyue.verifying.verify import Request, verify

    report = Report()
    try:
        request = Request(
            vkey_text(vkey),
            heads=tuple((str(path), read_file(str(path), MAX_OBJECT)) for path in heads),
            audit=tuple((str(path), read_file(str(path), MAX_OBJECT)) for path in openings),
            seed=seed,
            slot_keys=read_file(str(keys_file), MAX_KEYS) if keys_file else None,
        )
        report, _ = verify(open_place(public), request)
    except Unreadable as error:
        report.stopped(unreadable(f"无法读取：{error.zh}", f"cannot be read: {error.en}", error.why))
    found = report.audit
    if found is None:
        emit_result(report.data(), lambda: lines(report, pick("zh", "en")))
    else:
        batch = slots.SlotAudit(found.slots, found.padding, found.real, found.rest)
        tell_audit(batch, statement_command(batch, found.seed, "content"))
    click.get_current_context().exit(report.code)


def _drew(inst: Institution, keys: dict[int, bytes]) -> Seed | None:
    """The draw that drew exactly these slots; None where none did."""
    return next((one for one in inst.seeds.values() if set(drawn(inst, one)) == set(keys)), None)


def _seed(inst: Institution, index: int | None) -> Seed:
    found = inst.seeds.get(max(inst.seeds, default=-1) if index is None else index)
    if found is None:
        raise InvalidInput(
            "没有这次抽取：先用 gongyue inspection plan 预告，公开簿过了所写大小，由 gongyue tick 抽取。",
            "There is no such draw: announce one with gongyue inspection plan; past the size it states, gongyue tick makes it.",
        )
    return found


def _audited(inst: Institution, keys: dict[int, bytes], leaves: list[bytes]) -> slots.SlotAudit:
    try:
        return slots.audit(inst, keys, leaves)
    except slots.NotPadding as error:
        zh, en = error.zh, error.en
        emit_result({"slot": error.slot, "zh": zh, "en": en}, lambda: [pick(zh, en)])
        click.get_current_context().exit(NOT_SO)
    except slots.BadSlots as error:
        raise InvalidInput(error.zh, error.en) from None
