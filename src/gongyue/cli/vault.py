"""`gongyue vault`: documents of dossiers in and out, each reading logged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.errors import REFUSED, InvalidInput
from gongyue.cli.lazy import load
from gongyue.cli.material import read_file, refuse_existing, write_new
from gongyue.cli.output import emit_result, output_options, pick, printed, table, wants_json
from gongyue.cli.vault_text import DONE, document_data, document_lines
from gongyue.covenant.periods import moment
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.office.dossier_documents import open_document, vault_of
from gongyue.office.vault.errors import Withheld
from gongyue.office.vault.vault import Vault

ELSEWHERE = {
    "use": "vault_keep:use",
    "close": "vault_keep:close",
    "hold": "vault_keep:hold",
    "release": "vault_keep:release",
    "erase": "vault_keep:erase",
    "due": "vault_keep:due",
    "ask": "vault_requests:ask",
    "answer": "vault_requests:answer",
    "requests": "vault_requests:requests",
    "backup": "vault_backup:backup",
    "restore": "vault_backup:restore",
    "move-in": "vault_backup:move_in",
}
"""Commands of the modules beside this one."""


class VaultGroup(click.Group):
    """The group: what may not be done exits 1, as refusals do."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Withheld as error:
            if wants_json(ctx):
                printed(ctx, {"code": error.code, "zh": error.zh, "en": error.en})
            else:
                click.echo(pick(error.zh, error.en), err=True)
            ctx.exit(REFUSED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours and those beside."""
        return [*self.commands, *ELSEWHERE]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        place = ELSEWHERE.get(name)
        return load(f"gongyue.cli.{place}") if place else super().get_command(ctx, name)


@click.group("vault", cls=VaultGroup)
def vault() -> None:
    """卷宗的文书：逐件加密存放，每次查阅留痕，依法删除不留内容。

    The documents of dossiers: each under a key of its own, every reading logged, erased by law without a trace of content.

    办公室目录里的 vault/ 存密文，vault-keys/ 存密钥与删除清单；两处分开备份，gongyue backup 不含它们。
    vault/ in the office's folder holds ciphertexts, vault-keys/ the keys and the list of erasures. Both are backed up apart, by
    gongyue vault backup; gongyue backup has neither.
    """


by_option = click.option(
    "--as", "who", required=True, metavar="PARTY", help="谁在办，如 o:qin / Who does it, as o:qin."
)


def opened(office_dir: Path) -> tuple[OfficePlace, Vault]:
    """The office's book and its vault."""
    place = OfficePlace(office_at(office_dir))
    return place, vault_of(place.office, office_dir)


def require_officer(place: OfficePlace, who: str, *offices: str) -> str:
    """The officer, who must be in office today, in one of those offices where any are named."""
    known = place.inst.officers.get(who)
    held = known.held(place.day) if known else set()
    if not held or (offices and not held & set(offices)):
        zh = (
            f"{who} 今天不任{'、'.join(OFFICES_ZH[one] for one in offices)}"
            if offices
            else f"{who} 今天不是在任的经办人员"
        )
        raise InvalidInput(f"{zh}。", f"{who} is not in office today{''.join(f' as {one}' for one in offices)}.")
    return who


def require_party(place: OfficePlace, who: str) -> str:
    """A unit of the book or an officer in office today."""
    return who if who in place.inst.units else require_officer(place, who)


@output_options
@office_option
@vault.command("put", short_help="存入文书 / Put documents in")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--dossier", required=True, metavar="ID", help="卷宗，d: 加 64 位，或 d:members / The dossier.")
@click.option(
    "--reader",
    "readers",
    multiple=True,
    metavar="PARTY",
    help="还有谁可查阅，可重复 / Who else may read it; repeatable.",
)
@by_option
def put(office_dir: Path, files: tuple[str, ...], dossier: str, readers: tuple[str, ...], who: str) -> None:
    """存入文书：得到承诺值，写进行为；原文件不动，请自行妥善处理。

    Put documents in: what comes out are their commitments, for acts to name. The files themselves are left as they are.

    \b
    例 / Example:
      gongyue vault put 证据.pdf --dossier d:members --as o:qin --reader u:0001
    """
    place, kept = opened(office_dir)
    for one in (who, *readers):
        require_party(place, one)
    made = [kept.put(read_file(file), Path(file).name, dossier=dossier, by=who, readers=readers) for file in files]
    data = [{"file": file, "commitment": one.commitment, "new": one.new} for file, one in zip(files, made, strict=True)]
    emit_result(
        data,
        lambda: (
            f"{d['commitment']}  {d['file']}{'' if d['new'] else pick('（已在库）', ' (there already)')}" for d in data
        ),
    )


@output_options
@office_option
@vault.command("get", short_help="查阅一件 / Read a document")
@click.argument("commitment", metavar="COMMITMENT")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="写到哪里，不覆盖 / Where to; nothing is overwritten.",
)
@by_option
def get(office_dir: Path, commitment: str, out: Path, who: str) -> None:
    """取出一件文书：先记入查阅记录，再写成文件；无权查阅的只记下来。

    Read a document: it is logged first, then written to a file. Whoever may not read it is logged and gets nothing.

    \b
    例 / Example:
      gongyue vault get sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3 --as o:qin --out 证据.pdf
    """
    refuse_existing(out)
    place = OfficePlace(office_at(office_dir))
    content, salt = open_document(place.office, office_dir, commitment, who)
    write_new(out, content.data, private=True)
    data = {
        "commitment": commitment,
        "name": content.name,
        "kind": content.kind,
        "bytes": len(content.data),
        "salt": salt.hex(),
        "out": str(out),
    }
    emit_result(
        data,
        lambda: [
            pick(
                f"“{content.name}”写到 {out}；已记入查阅记录。",
                f"“{content.name}” written to {out}; the reading is logged.",
            )
        ],
    )


@output_options
@office_option
@vault.command("list", short_help="有哪些文书 / What documents there are")
@click.option("--dossier", default="", metavar="ID", help="只列某卷宗的 / Of one dossier.")
def listed(office_dir: Path, dossier: str) -> None:
    """列出文书的承诺值与留存情况，没有名称也没有内容。

    List documents: commitments and how they are kept; neither names nor content.

    \b
    例 / Example:
      gongyue vault list --dossier d:members
    """
    _, kept = opened(office_dir)
    found = kept.known(dossier)
    emit_result([document_data(one) for one in found], lambda: document_lines(found))


@output_options
@office_option
@vault.command("log", short_help="查阅记录 / The log of readings")
@click.argument("commitment", default="", metavar="[COMMITMENT]")
def log(office_dir: Path, commitment: str) -> None:
    """谁在何时查阅、存入、删除了哪一件；只增不改。

    Who read, put or erased what, and when; it is only ever added to.

    \b
    例 / Example:
      gongyue vault log
    """
    _, kept = opened(office_dir)
    lines = kept.log(commitment)
    data = [
        {"no": one.seq, "time": moment(one.t), "who": one.who, "what": one.what, "commitment": one.c} for one in lines
    ]
    rows = [
        (d["no"], d["time"], d["who"], pick(*DONE[one.what]), d["commitment"])
        for d, one in zip(data, lines, strict=True)
    ]
    head = pick("号 时间 谁 做了什么 承诺值", "no. time who what commitment").split()
    emit_result(data, lambda: table(head, rows))
