"""`gongyue founding`: import a covenant from its document, freeze it with a table of initiators, see how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.book.entry import SignedAct
from gongyue.cli import act_commands, assumed
from gongyue.cli.act_flow import Told, perform
from gongyue.cli.act_options import doing, how_of
from gongyue.cli.binding import bind
from gongyue.cli.book_source import BookSource, office_at, office_option, place_of, reading
from gongyue.cli.errors import usage
from gongyue.cli.imported_text import LISTED, left_open, tell_edition
from gongyue.cli.material import read_file
from gongyue.cli.output import counted, emit_result, output_options, pick, progress_bar, table, word
from gongyue.cli.supplement import supplement
from gongyue.covenant import addresses
from gongyue.covenant import edition_json as editions
from gongyue.covenant.assumed_in_edition import of_edition
from gongyue.covenant.binding.sheet_absences import absences
from gongyue.covenant.edition import Edition
from gongyue.covenant.periods import iso
from gongyue.governance.absences import unbound
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.effect import publication_deadline
from gongyue.governance.stage_names import STAGES
from gongyue.office import rolls
from gongyue.office.attachments import Attachments
from gongyue.office.bundle import README, make_bundle, vkey_words
from gongyue.office.facts.authorities import authorities
from gongyue.office.facts.founding_steps import asks_for_approval, next_step
from gongyue.office.objects import edition_from


def _help(type: str, zh: str, en: str, example: str) -> str:
    return f"{zh}\n\n{en}\n\n{act_commands.help_of(ACT_TYPES[type], example)}"


@output_options
@doing
@click.command(
    "import",
    short_help=act_commands.short(ACT_TYPES["founding.import/1"]),
    help=_help(
        "founding.import/1",
        "读一份公约（.txt .md .docx，或绑定好的文本 .json）为草案；原文件一并公开留存。条款逐一绑定之前可以导入，不能定稿。"
        "有数是推定着读的，先列出各处，以 --so 条号 逐条确认。",
        "Read a covenant (.txt, .md, .docx, or a bound edition's .json) as the draft; the original is kept as a public object. "
        "Before its clauses are bound one by one it can be imported, and not frozen. Numbers that were read on an assumption are listed first, and"
        " confirmed by --so ARTICLE each.",
        "gongyue founding import 公约.docx --key qin.key --key bai.key",
    ),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@assumed.SO
def import_(file: Path, so: tuple[str, ...], **values: Any) -> None:
    """`founding import`: the edition is made of the document here."""
    how = how_of(values)
    data = read_file(file)
    edition, original = edition_from(data, file.name)
    assumed.require_answers(edition, of_edition(edition), so)
    tell_edition(edition)

    def make(_: BookSource, material: Attachments) -> Mapping[str, Any]:
        digest = material.attach_json(editions.to_data(edition), str(file))
        return {"edition": digest, "original": material.attach(data) if original else None}

    perform(ACT_TYPES["founding.import/1"], how, make, after=lambda _: left_open(edition))


@output_options
@doing
@click.command(
    "freeze",
    short_help=act_commands.short(ACT_TYPES["founding.freeze/1"]),
    help=_help(
        "founding.freeze/1",
        "定稿：发起单位列于表格（名称、统一社会信用代码、可选编号）或 JSON。",
        "Freeze the draft; the initiators stand in a table (name, code, optional id) or JSON.",
        "gongyue founding freeze --initiators initiators.csv --key qin.key --key bai.key",
    ),
)
@click.option("--initiators", required=True, metavar="FILE.csv|json", help="发起单位 / The initiators.")
@click.option(
    "--edition", metavar="sha256:…", help="文本摘要，默认现有草案 / The edition; the present draft by default."
)
def freeze(initiators: str, edition: str | None, **values: Any) -> None:
    """`founding freeze`: the initiators are read from a table."""

    def make(place: BookSource, _: Attachments) -> Mapping[str, Any]:
        units = rolls.read_units(read_file(initiators.removeprefix("@")), initiators, place.inst)
        return {"edition": edition or _draft(place), "initiators": msgspec.to_builtins(units)}

    perform(ACT_TYPES["founding.freeze/1"], how_of(values), make, after=_ids)


def _ids(act: SignedAct) -> Told:
    """The ids under which the initiators act from now on."""
    units = act.act["body"]["initiators"]
    head = pick("编号 名称 代码", "id name code").split()
    return {"initiators": units}, [
        pick("发起单位的编号（--as、--holder 用它）：", "The initiators' ids (for --as and --holder):"),
        *table(head, [(u["id"], u["name"], u["code"]) for u in units]),
    ]


def _draft(place: BookSource) -> str:
    if not place.inst.founding.digest:
        raise usage(
            "还没有导入文本：先 gongyue founding import。", "No text was imported: gongyue founding import first."
        )
    return place.inst.founding.digest


@output_options
@office_option
@click.command("bundle", short_help="给发起单位的签署材料 / What remote initiators need to sign")
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE.zip")
def bundle(office_dir: Path, target: Path) -> None:
    """定稿之后、公布之前，写一个 zip 交给发起单位：现有簿册（可核验）、所签文本与原文件、逐步说明 README.txt。

    不是公开：export 在公约公布之前不办理。发起单位先打电话核对验证密钥，再离线签署，把 act.json 交回。

    Once the text is frozen and before it is published: a zip to hand to the initiators, with the books so far (to be
    verified), the text and its document, and README.txt with every command. It is handed over, not published. They
    compare the book's key by telephone, sign offline and hand act.json back.

    \b
    例 / Example:
      gongyue founding bundle bundle.zip
      gongyue founding status --public bundle.zip --vkey log.vkey
      gongyue founding sign --capacity legal_representative --signatory text:张三 --public bundle.zip --vkey log.vkey \\
          --key unit.key --out act.json
    """
    if target.suffix != ".zip":
        raise usage(f"{target}：写作 FILE.zip。", f"{target}: name a FILE.zip.")
    office = office_at(office_dir)
    with progress_bar("材料 / bundle") as progress:
        size = make_bundle(office, target, progress)
    vkey = office.keys.open.verifier.vkey
    words = {language: vkey_words(vkey, language) for language in ("zh", "en")}
    emit_result(
        {"target": str(target), "size": size, "vkey": vkey, "words": words},
        lambda: [
            pick(
                f"已写入 {target}（{size} 条）：交给发起单位，不要公开；怎样签署见其中的 {README}。",
                f"Wrote {target} ({counted(size, 'entry', 'entries')}): hand it to the initiators, publish it nowhere; its {README}"
                " says how to sign.",
            ),
            pick(
                f"他们会来电核对验证密钥，请读出：{words['zh']}",
                f"They will call to compare the book's key; read out: {words['en']}",
            ),
        ],
    )


@output_options
@reading
@click.command("status", short_help="订立到哪一步 / How the founding stands")
def status(**where: Any) -> None:
    """订立到哪一步：文本、主管部门、发起单位的签署、生效与公布期限。

    How the founding stands: text, authority, signatures, effect, the deadline for publication.

    \b
    例 / Example:
      gongyue founding status
    """
    data = _status(place_of(**where))
    emit_result(data, lambda: _lines(data))


def _status(place: BookSource) -> dict[str, Any]:
    inst, founding = place.inst, place.inst.founding
    open_ = founding.draft.open if founding.draft else ()
    end = publication_deadline(inst)
    waits = end if end and not inst.in_force else None
    approvers = [one for one in authorities(place) if one.role == "approver"]
    return {
        "stage": founding.stage,
        "title": founding.draft.title if founding.draft else "",
        "edition": founding.digest,
        "open": [{"clause": f.capability, "at": f.at, "zh": f.zh, "en": f.en} for f in open_]
        if founding.stage == "draft"
        else [],
        "absent": _absent(founding.draft),
        "approval_asked": asks_for_approval(inst),
        "approver": next((one.name for one in approvers if not one.coming), ""),
        "next_approver": next(({"name": one.name, "since": one.since} for one in approvers if one.coming), None),
        "initiators": [
            {"id": uid, "name": inst.units[uid].name, "signed": _signed(place, uid)}
            for uid in sorted(founding.initiators)
        ],
        "number": founding.number,
        "effective": iso(founding.effective_day) if founding.effective_day else "",
        "published": iso(founding.published_day) if founding.published_day else "",
        "late_days": founding.late_days,
        "next": msgspec.to_builtins(next_step(inst)),
        "publish_by": iso(waits.last) if waits else "",
        "overdue": waits.overdue(place.day) if waits else 0,
    }


def _absent(text: Edition | None) -> list[dict[str, Any]]:
    """What a text does not have and what holds instead, each with its passages that were decided otherwise; what is not bound."""
    found: list[dict[str, Any]] = []
    for e in (*absences(text.parts, text.decisions, text.absent), *unbound(text)) if text else ():
        if e.words:
            found[-1]["passages"].append({"at": e.at, "words": e.words, "zh": e.zh, "en": e.en})
        else:
            found.append({"clause": e.capability, "zh": e.zh, "en": e.en, "passages": []})
    return found


def _signed(place: BookSource, uid: str) -> str:
    return iso(signed.day) if (signed := place.inst.founding.signatures.get(uid)) else ""


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield pick("阶段：", "stage: ") + word(STAGES, data["stage"])
    if data["edition"]:
        yield pick(f"文本：《{data['title']}》{data['edition']}", f"text: “{data['title']}” {data['edition']}")
    else:
        yield pick("还没有文本", "no text yet")
    for a in data["absent"]:
        yield pick(a["zh"], a["en"])
        yield from (f"　{addresses.label_of(p['at'])}“{p['words']}”：{pick(p['zh'], p['en'])}" for p in a["passages"])
    if data["open"]:
        count = len(data["open"])
        yield pick(f"定稿前尚须决定 {count} 处：", f"{counted(count, 'place')} to decide before freezing:")
        yield from (f"  {pick(f['zh'], f['en'])} ({f['clause']})" for f in data["open"][:LISTED])
    yield from _authority_lines(data)
    if data["initiators"]:
        rows = [(i["id"], i["name"], i["signed"] or pick("未签署", "not signed")) for i in data["initiators"]]
        yield from table(pick("单位 名称 签署", "unit name signed").split(), rows)
    if data["effective"]:
        yield pick(f"生效：{data['effective']} {data['number']}", f"effective: {data['effective']} {data['number']}")
    if data["publish_by"]:
        late = (
            pick(f"，已逾期 {data['overdue']} 日", f", {counted(data['overdue'], 'day')} overdue")
            if data["overdue"]
            else ""
        )
        yield pick(f"须于 {data['publish_by']} 前公布{late}", f"to be published by {data['publish_by']}{late}")
    if data["published"]:
        late = (
            pick(f"（逾期 {data['late_days']} 日）", f" ({counted(data['late_days'], 'day')} late)")
            if data["late_days"]
            else ""
        )
        yield pick(f"公布并施行：{data['published']}{late}", f"published, in force: {data['published']}{late}")
    yield from _next_lines(data["next"])


def _authority_lines(data: dict[str, Any]) -> Iterator[str]:
    if data["approver"] or data["approval_asked"]:
        yield pick(f"主管部门：{data['approver'] or '未指定'}", f"authority: {data['approver'] or 'not designated'}")
    if (coming := data["next_approver"]) is not None:
        yield pick(f"自 {coming['since']} 起：{coming['name']}", f"from {coming['since']}: {coming['name']}")


def _next_lines(step: dict[str, str] | None) -> Iterator[str]:
    if step:
        yield pick(f"下一步：{step['zh']}：{step['command']}", f"next: {step['en']}: {step['command']}")


COMMANDS = {
    "import": import_,
    "bind": bind,
    "freeze": freeze,
    "supplement": supplement,
    "bundle": bundle,
    "status": status,
}
