"""`gongyue init`: an office's folder, its books' keys, and the genesis act that two officers sign."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.cli.act_result import record
from gongyue.cli.book_source import closing
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.key import make_key
from gongyue.cli.material import public_key, seed_from
from gongyue.cli.output import emit_result, output_options, pick, table
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of, iso, months_after
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.world import public_keys
from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.fields import OFFICES
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.office import bodies, office_folder
from gongyue.office.office import Office

_FIRST_OFFICES = (("secretary",), ("clerk", "panellist", "publisher"), ("clerk",))
"""Of the first officer, the second, and every other: two can found, adopt and publish, and no one holds what GY-05-03 forbids."""


class FirstOfficer(NamedTuple):
    """An officer of the genesis act: id, public key, offices, and its secret seed if it is at hand."""

    id: str
    key: str
    offices: tuple[str, ...]
    seed: bytes | None


@output_options
@click.command("init", short_help="创立办公室与公开簿 / Found an office and its book")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--origin", required=True, metavar="HOST/PATH", help="簿册的来源名，永不更改 / The book's origin, for ever."
)
@click.option("--executive", required=True, metavar="NAME", help="执行机构名称 / The executive body's name.")
@click.option(
    "--officer",
    "officers",
    multiple=True,
    required=True,
    metavar="ID[:OFFICE,…]:KEY",
    help="首批职员，至少两名，KEY 为密钥文件、公钥或 generate；默认首名秘书长，次名经办、审议人、发布人，其余经办。其后任命的经公示期到任 / "
    "The first officers, two at least; KEY is a key file, a public key or generate; by default secretary, then clerk, panellist "
    "and publisher, then clerks. "
    "Whoever is appointed later serves after the visible delay.",
)
@click.option("--term-ends", metavar="YYYY-MM-DD", help="任期截止，默认三年 / Terms end; three years by default.")
@click.option(
    "--store",
    default=office_folder.DEFAULT_STORE,
    show_default=True,
    metavar="URL",
    help="sqlite:PATH | postgresql://…",
)
@click.option(
    "--store-file",
    default="",
    metavar="FILE",
    help="存有数据库地址的文件（含口令时）/ A file that holds the store's URL.",
)
@click.option(
    "--web-origin",
    "web_origins",
    multiple=True,
    metavar="https://…",
    help="允许通行密钥的网站 / A site whose passkeys are allowed.",
)
@click.option(
    "--strength",
    type=click.Choice(("A1", "A3")),
    default="A1",
    show_default=True,
    help="采纳解释之前的最低签名等级 / Minimum signature strength at first.",
)
@click.option(
    "--slot-seconds",
    type=click.IntRange(60, 31 * 86_400),
    default=86_400,
    show_default=True,
    help="每一时段锚定一次 / One anchor in each slot.",
)
@click.option(
    "--quantum",
    type=click.IntRange(1, 65_536),
    default=16,
    show_default=True,
    help="密封簿补齐到其倍数 / The sealed book is padded to a multiple.",
)
@click.option(
    "--recovery-days",
    type=click.IntRange(1, 90),
    default=7,
    show_default=True,
    help="公示期：补办密钥、任命等 / The visible delay of recovered keys and appointments.",
)
def init(directory: Path, store: str, store_file: str, **given: Any) -> None:
    """创立办公室：生成簿册密钥、数据库、防分叉记录，并由首批两名职员签署创立行为。

    演示密钥人人皆知，一律拒绝。只有公钥的职员：创立行为写成 genesis.json，由其 gongyue sign 后递交。

    Found an office: the books' keys, the store, the fork guard, and the genesis act signed by the first two officers.
    Demo keys, which everybody holds, are refused. For an officer whose public key alone is at hand, the genesis act
    is written to genesis.json, to be signed with gongyue sign and handed in with gongyue submit.

    \b
    例 / Example:
      gongyue key new qin.key
      gongyue key new bai.key
      gongyue init office --origin gongyue.example/xyz --executive 示范联盟 \\
          --officer qin:qin.key --officer bai:bai.key
    """
    if not office_folder.is_origin(given["origin"]):
        raise usage(
            f"--origin {given['origin']}：写作域名与路径，小写，不带 https://，如 gongyue.example/xyz。",
            f"--origin {given['origin']}: a host name and path, lower case, without https://, e.g. gongyue.example/xyz.",
        )
    if not given["executive"].strip():
        raise usage("--executive：须写明执行机构的名称。", "--executive: name the executive body.")
    if (ends := given["term_ends"]) and not (bodies.exists(ends) and ends > iso(day_of(office_folder.wall_clock()))):
        raise usage(
            f"--term-ends {ends}：写作今日之后的一天，如 2029-03-01。",
            f"--term-ends {ends}: write a day after today, e.g. 2029-03-01.",
        )
    for origin in given["web_origins"]:
        if not re.match(office_folder.WEB_ORIGIN, origin):
            raise usage(
                f"--web-origin {origin}：写作 https://alliance.example，小写，末尾不带斜线。",
                f"--web-origin {origin}: write https://alliance.example, lower case, no slash at its end.",
            )
    if directory.exists():
        raise InvalidInput(
            f"{directory} 已经存在；新的办公室须建在新目录里。", f"{directory} exists already: choose a new directory."
        )
    officers = [_officer(directory, number, text) for number, text in enumerate(given["officers"])]
    if len({o.id for o in officers}) < 2:
        raise usage("须有两名职员（两个 --officer）。", "Two officers are needed (--officer twice).")
    if len({o.key for o in officers}) < len(officers):
        raise usage("两名职员须各有一把密钥。", "Each officer needs a key of their own.")
    store_file = str(Path(store_file).absolute()) if store_file else ""
    office = closing(office_folder.create_office(directory, office_folder.Settings(given["origin"], store, store_file)))
    try:
        _record_genesis(office, directory, given, officers)
    except (Refused, OutOfTurn):
        office_folder.remove_office(directory)
        raise


def _officer(directory: Path, number: int, text: str) -> FirstOfficer:
    id, *rest = text.removeprefix("o:").split(":", 1)
    offices: tuple[str, ...] = _FIRST_OFFICES[min(number, 2)]
    key = rest[0] if rest else ""
    named = key.partition(":")[0].split(",")
    if ":" in key and not key.startswith("k:") and set(named) <= set(OFFICES):
        offices, key = tuple(named), key.partition(":")[2]
    if not id or not key:
        raise usage(
            f"--officer {text}：写作 编号:密钥文件 或 编号:职务:密钥文件；职务：{'、'.join(OFFICES)}。",
            f"--officer {text}: write ID:KEYFILE or ID:OFFICE:KEYFILE; offices: {', '.join(OFFICES)}.",
        )
    if not re.fullmatch(r"[0-9a-z][0-9a-z-]{0,39}", id):
        raise usage(
            f"--officer {text}：编号“{id}”只用小写字母、数字与连字符，至多 40 个。",
            f"--officer {text}: the id “{id}” takes small letters, digits and hyphens, at most 40.",
        )
    if key == "generate":
        path = directory.parent / f"{id}.key"
        make_key(path)
        key = str(path)
    seed = None if key.startswith("k:") or _is_public_file(key) else seed_from(key)
    name = public_key(key)
    if name in public_keys():
        raise InvalidInput(
            f"{id} 的密钥是演示密钥，人人皆知，不可用于真实的办公室；用 gongyue key new 生成新密钥。",
            f"the key of {id} is a demo key, which everybody holds: make a new one with gongyue key new.",
        )
    return FirstOfficer(f"o:{id}", name, offices, seed)


def _is_public_file(path: str) -> bool:
    try:
        return Path(path).read_bytes().startswith(b"k:")
    except OSError:
        return False


def _record_genesis(office: Office, directory: Path, given: dict[str, Any], officers: list[FirstOfficer]) -> None:
    act = _genesis(office, given, officers)
    if any(o.seed is None for o in officers):
        path = directory / "genesis.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(act), indent=1) + b"\n")
        waiting = [o.id for o in officers if o.seed is None]
        data = {
            "office": str(directory),
            "founded": False,
            "genesis": str(path),
            "waiting": waiting,
            "officers": [{"id": o.id, "offices": list(o.offices)} for o in officers],
        }
        emit_result(data, lambda: [*_who(officers), *_unfounded(directory, path, waiting)])
        return
    done = record(office, act, None, directory / "receipts", directory)
    vkey = office.keys.open.verifier.vkey
    held = [{"id": o.id, "offices": list(o.offices)} for o in officers]
    data = {"office": str(directory), "founded": True, "vkey": vkey, "officers": held, "genesis": done.data()}
    emit_result(data, lambda: [*done.lines(), *_who(officers), *_founded(directory, vkey)])


def _unfounded(directory: Path, path: Path, waiting: list[str]) -> list[str]:
    return [
        pick(
            f"办公室建于 {directory}，尚待 {'、'.join(waiting)} 签署创立行为：",
            f"The office is in {directory}; {', '.join(waiting)} must still sign the genesis:",
        ),
        f"  gongyue sign {path} --key …",
        f"  gongyue submit {path} --office {directory}",
    ]


def _who(officers: list[FirstOfficer]) -> list[str]:
    """Who holds which offices."""
    head = pick("职员 职务", "officer offices").split()
    return table(
        head, [(o.id, pick("、", ", ").join(pick(OFFICES_ZH[name], name) for name in o.offices)) for o in officers]
    )


def _founded(directory: Path, vkey: str) -> list[str]:
    return [
        pick(
            f"办公室建于 {directory}。请备份 keys/（不要与数据库放在一起）。",
            f"The office is in {directory}. Back up keys/, apart from the store.",
        ),
        pick(
            f"公开簿的验证密钥（{office_folder.PUBLIC_KEY}，请公布）：{vkey}",
            f"The book's key ({office_folder.PUBLIC_KEY}; make it public): {vkey}",
        ),
        pick(
            "接着：gongyue founding bind 公约.docx，逐项绑定条款；再 gongyue founding bind 公约.docx --edition 公约.json，"
            "gongyue founding import 公约.json --key … --key …",
            "Next: gongyue founding bind COVENANT.docx, to bind its clauses; then gongyue founding bind COVENANT.docx --edition"
            " COVENANT.json and gongyue founding import COVENANT.json --key … --key …",
        ),
    ]


def _genesis(office: Office, given: dict[str, Any], officers: list[FirstOfficer]) -> SignedAct:
    today = day_of(office.now)
    ends = given["term_ends"] or iso(months_after(today, 36))
    origins = list(given["web_origins"])
    body = {
        "executive": given["executive"],
        "open_vkey": office.keys.open.verifier.vkey,
        "sealed_vkey": office.keys.sealed.verifier.vkey,
        "system_key": office.keys.system_id,
        "algorithms": ["ed25519", *(["webauthn"] if origins else [])],
        "origins": origins,
        "officers": [
            {"id": o.id, "key": o.key, "offices": list(o.offices), "begins": iso(today), "ends": ends} for o in officers
        ],
        "demo": False,
    }
    body |= {name: given[name] for name in ("strength", "slot_seconds", "quantum", "recovery_days")}
    act = draft_act(
        office.inst,
        office.rev,
        office.view(),
        "book.genesis/1",
        EXECUTIVE,
        body,
        seq=None,
        at=office.now,
        nonce=os.urandom(32),
        cov=given["origin"],
    )
    for officer in officers:
        act = sign(act, officer.seed) if officer.seed else act
    return act
