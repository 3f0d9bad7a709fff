"""Doing an act from the command line: draft, sign, then try it, write it to a file, or record it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.book.signing import key_id, sign
from gongyue.cli import names
from gongyue.cli.failing import Unusable, usage
from gongyue.cli.fields import check_date
from gongyue.cli.material import read_file, seed_from, write_new
from gongyue.cli.place import OfficePlace, Place, day, place_of, where_options
from gongyue.cli.recording import record, tell_trial
from gongyue.cli.telling import counted, note, pick, say, show, wants_json
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, is_unit
from gongyue.covenant.periods import iso
from gongyue.governance.acts import Kind, decode_body
from gongyue.office.bodies import IRREVERSIBLE
from gongyue.office.material import DIGEST, Material
from gongyue.transparency import canonical, ed25519

F = TypeVar("F", bound=Callable[..., Any])


class How(msgspec.Struct, frozen=True):
    """How an act is done: where, by whom, with which keys, from which paper, and what becomes of it."""

    office_dir: Path
    public: str | None = None
    vkey: str | None = None
    actor: str | None = None
    key_files: tuple[Path, ...] = ()
    paper_scan: str | None = None
    paper_number: str | None = None
    paper_dated: str | None = None
    paper_arrived: str | None = None
    dry_run: bool = False
    out: Path | None = None
    receipt: Path | None = None
    seq: int | None = None
    yes: bool = False


_HOW_OPTIONS = [
    click.option("--as", "actor", metavar="PARTY", help="以谁的名义：u:…、exec、authority / In whose name."),
    click.option(
        "--key",
        "key_files",
        type=click.Path(path_type=Path),
        multiple=True,
        envvar="GONGYUE_KEY",
        metavar="FILE",
        help="签名密钥，可重复，首个为主 / A key that signs; repeatable, the first leads.",
    ),
    click.option(
        "--paper-scan", metavar="FILE|sha256:…", help="纸面扫描件（不公开）/ The paper's scan (stays private)."
    ),
    click.option("--paper-number", metavar="NO", help="发文字号 / The document's number."),
    click.option("--paper-dated", metavar="YYYY-MM-DD", help="成文日期 / The instrument's date."),
    click.option("--paper-arrived", metavar="YYYY-MM-DD", help="收到日期，默认今日 / Arrival; today by default."),
    click.option(
        "--dry-run", is_flag=True, help="只说会怎样、依哪一条，不记录 / Say what would happen, by which article."
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="签好存成文件，不递交 / Write the signed act, hand in nothing.",
    ),
    click.option(
        "--receipt", type=click.Path(path_type=Path), metavar="FILE", help="回执存于 / Where the receipt goes."
    ),
    click.option(
        "--seq", type=click.IntRange(1), help="行为序号；远程密封行为须自己数 / The act's number, where you must count."
    ),
    click.option("--yes", is_flag=True, help="不再询问 / Do not ask."),
]


def doing(command: F) -> F:
    """Give a command the options of every act."""
    for option in [*_HOW_OPTIONS, *where_options()]:
        command = option(command)
    return command


def how_of(values: dict[str, Any]) -> How:
    """Take the options of `doing` out of a command's values."""
    return How(**{name: values.pop(name) for name in How.__struct_fields__})


Make = Callable[[Place, Material], Mapping[str, Any]]
"""Makes the body of an act and attaches what it names."""


def perform(kind: Kind, how: How, make: Make, before: Callable[[Place, SignedAct], None] | None = None) -> None:
    """Do the act: draft it against the place, sign it, then try, write or record it."""
    if not how.key_files:
        raise usage(
            "须用 --key 指明签名密钥；新密钥用 gongyue key new FILE 生成。",
            "--key is needed: the key that signs. Make one with gongyue key new FILE.",
        )
    place = place_of(how.office_dir, how.public, how.vkey)
    if how.out is None and not how.dry_run and not isinstance(place, OfficePlace):
        raise usage(
            "远程办理请加 --out act.json，再把文件交给任何人 gongyue submit。",
            "From afar, add --out act.json and have anyone gongyue submit the file.",
        )
    material = Material()
    act = drafted(kind, how, place, material, make)
    if before is not None:
        before(place, act)
    if how.dry_run:
        tell_trial(place, kind, act)
        return
    confirm(kind, act, how.yes)
    if how.out is not None:
        _write(how.out, act, material)
        return
    assert isinstance(place, OfficePlace)
    done = record(place.office, act, how.receipt, how.office_dir / "receipts")
    _kept(material.keep(how.office_dir / "private"))
    show(done.data(), done.lines)


def drafted(kind: Kind, how: How, place: Place, material: Material, make: Make) -> SignedAct:
    """The act, drafted and signed."""
    seeds = [seed_from(path) for path in how.key_files]
    first = key_id(ed25519.public(seeds[0]))
    material.signer = first
    body = dict(make(place, material))
    raw = canonical_body(body)
    decode_body(kind, raw)
    act = draft_act(
        place.inst,
        place.rev,
        place.view,
        kind.type,
        actor_of(kind, how, place, first, body),
        body,
        seq=place.seq(first, kind, raw, how.seq),
        at=place.now,
        nonce=os.urandom(32),
        paper=_paper(how, place, material),
        files=material.objects,
    )
    for seed in seeds:
        act = sign(act, seed)
    return act


def canonical_body(body: Mapping[str, Any]) -> bytes:
    """The body's canonical bytes; Unusable where a text in it is outside the profile."""
    try:
        return canonical.encode(dict(body))
    except canonical.NotCanonical as error:
        raise Unusable(f"{error.path} 不可入簿：{error.why}", f"{error.path} cannot be recorded: {error.why}") from None


def actor_of(kind: Kind, how: How, place: Place, key: str, body: Mapping[str, Any]) -> str:
    """In whose name: as given, or as the act type and the key's holder say."""
    if how.actor is not None:
        return how.actor
    known = place.inst.keys.get(key)
    holder = known.holder if known else ""
    if kind.by.who == "office":
        return EXECUTIVE
    if kind.by.who == "authority":
        return AUTHORITY if holder == AUTHORITY else EXECUTIVE
    if is_unit(holder):
        return holder
    if holder.startswith("o:") and kind.by.offices and how.paper_scan is None:
        return EXECUTIVE
    if kind.own_key and body.get("code"):
        return f"u:{str(body['code']).lower()}"
    raise usage("须用 --as u:… 指明以哪个单位的名义。", "--as u:… is needed: in which unit's name.")


def _paper(how: How, place: Place, material: Material) -> dict[str, str] | None:
    given = (how.paper_scan, how.paper_number, how.paper_dated)
    if not any((*given, how.paper_arrived)):
        return None
    if how.paper_scan is None or how.paper_number is None or how.paper_dated is None:
        raise usage(
            "凭纸面记录须同时给出 --paper-scan、--paper-number、--paper-dated。",
            "Recording from paper needs --paper-scan, --paper-number and --paper-dated together.",
        )
    today, scan = iso(day(place)), how.paper_scan
    if not DIGEST.fullmatch(scan):
        scan = material.commit(read_file(scan), scan)
    return {
        "arrived": check_date(how.paper_arrived or "today", "--paper-arrived", today),
        "dated": check_date(how.paper_dated, "--paper-dated", today),
        "number": how.paper_number,
        "scan": scan,
    }


def confirm(kind: Kind, act: SignedAct, yes: bool) -> None:
    """Ask a person at a terminal before what cannot be taken back."""
    if kind.type not in IRREVERSIBLE or yes or not sys.stdin.isatty():
        return
    note(f"将以 {act.act['actor']} 的名义：{names.act(kind.type)}", f"In the name of {act.act['actor']}: {kind.type}")
    click.echo(msgspec.json.format(msgspec.json.encode(act.act["body"]), indent=2).decode(), err=True)
    click.confirm(pick("此行为不可收回，继续？", "This cannot be taken back. Continue?"), abort=True, err=True)


def _write(out: Path, act: SignedAct, material: Material) -> None:
    write_new(out, msgspec.json.format(msgspec.json.encode(act), indent=1) + b"\n")
    _kept(material.keep(out.parent / "private"))
    if wants_json():
        show({"written": str(out), "act": act.digest, "type": act.act["type"], "signatures": len(act.sigs)}, list)
        return
    say(
        f"已写入 {out}（{len(act.sigs)} 个签名，行为 {act.digest}）。接着：gongyue submit {out}",
        f"Wrote {out} ({counted(len(act.sigs), 'signature')}, act {act.digest}). Next: gongyue submit {out}",
    )


def _kept(written: list[Path]) -> None:
    if written:
        note(
            f"不公开的内容及其盐存于 {written[0].parent}（{len(written) // 2} 份）；丢失则无从证明其内容。",
            f"Private contents and their salts are kept in {written[0].parent} ({len(written) // 2}); lost, they prove nothing.",
        )
