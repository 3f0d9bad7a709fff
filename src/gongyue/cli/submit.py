"""`gongyue sign`, `submit`, `receipt`: acts that travel as files between those who sign them and the office."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import SIGNING_PREFIX, Malformed, SignedAct, decode, signed_act
from gongyue.book.signing import job, key_id, verify
from gongyue.book.signing import sign as add_signature
from gongyue.cli import assumed
from gongyue.cli.act_options import YES
from gongyue.cli.act_result import beside, print_dry_run, record, write_receipt
from gongyue.cli.act_text import act_lines, kept_in, words_line
from gongyue.cli.book_source import OfficePlace, office_at, office_option, place_if_any, where_if_any
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import read_file, seed_from, write_new
from gongyue.cli.output import counted, emit_result, output_options, pick, say, wants_json
from gongyue.cli.signing_party import require_awaited
from gongyue.conduct.safe_text import plain
from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import Book, act_type_of
from gongyue.office.attachments import private_in
from gongyue.office.openings import is_name, named
from gongyue.office.settings_errors import settings_error
from gongyue.office.store import OPEN, SEALED
from gongyue.transparency import ed25519
from gongyue.transparency.tiles import write_atomically


def read_act(path: Path) -> SignedAct:
    """A signed act from its file; Malformed says what is wrong with it."""
    try:
        act = signed_act(read_file(path))
        if "type" not in act.act:
            raise Malformed("Object missing required field `type` - at `$.act`")
        act_type_of(str(act.act["type"]))
        act.files()
    except ValueError as error:
        zh, en = settings_error(error)
        raise InvalidInput(
            f"{path} 不是行为文件：{zh}。行为文件由各命令加 --out 写成。",
            f"{path} is not an act's file: {en}. Such files are written by commands with --out.",
        ) from None
    return act


@output_options
@where_if_any
@click.command("sign", short_help="在行为文件上加签 / Add a signature to acts' files")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="ACT.json…")
@click.option(
    "--key",
    "key_files",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="签名密钥 / A key that signs.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="另存为（仅一份时）；默认写回原文件 / Write elsewhere, one file only.",
)
@YES
def sign(files: tuple[Path, ...], key_files: tuple[Path, ...], out: Path | None, yes: bool, **where: Any) -> None:
    """先以文字显示行为内容，同意后加签：单位签署他人起草的文件，两人办理的行为由第二人加签，都用它。
    几份文件全部显示之后只问一次，每份各有各的签名。

    此处有办公室，或以 --public 给出公开的簿册或发起单位的签署材料时，编号都写出名称。

    Show in words what the act says, then add a signature once you agree: how a unit signs what was drafted for it, and
    how the second of two officers signs. Of several files all are shown, then it is asked once; each gets a
    signature of its own. With an office here, or a published book or bundle in --public, ids have names.

    \b
    例 / Example:
      gongyue sign act.json --key bai.key
      gongyue sign act.json --key unit.key --public bundle.zip --vkey log.vkey
      gongyue sign told/*.json --key bai.key
    """
    if out is not None and len(files) > 1:
        raise InvalidInput("--out 只能用于一份行为文件。", "--out is for one file only.")
    acts = {file: read_act(file) for file in files}
    seeds = {path: seed_from(path) for path in key_files}
    place = place_if_any(**where)
    for file, act in acts.items():
        for path, seed in seeds.items():
            require_awaited(file, act, path, key_id(ed25519.public(seed)), place)
    words = {
        file: [*act_lines(act, place, kept_in(file.parent / "private")), words_line(act.digest)]
        for file, act in acts.items()
    }
    if not wants_json():
        for file, lines in words.items():
            for line in lines if len(acts) == 1 else (f"— {file}", *lines):
                click.echo(plain(line))
    if sys.stdin.isatty() and not yes and not wants_json():
        several = pick(f"签署以上 {len(acts)} 份？", f"Sign these {len(acts)}?")
        click.confirm(pick("签署以上内容？", "Sign this?") if len(acts) == 1 else several, abort=True, err=True)
    signed = {file: _signed(act, seeds.values()) for file, act in acts.items()}
    for file, act in signed.items():
        data = msgspec.json.format(msgspec.json.encode(act), indent=1) + b"\n"
        if out is None:
            write_atomically(file, data)
        else:
            write_new(out, data)
    told = [_summary(act, out or file) | {"lines": words[file]} for file, act in signed.items()]
    emit_result(
        told[0] if len(told) == 1 else told,
        lambda: [
            pick(
                f"{out or file} 现有 {len(act.sigs)} 个签名。接着：{_next(act, out or file)}",
                f"{out or file} has {counted(len(act.sigs), 'signature')}. Next: {_next(act, out or file)}",
            )
            for file, act in signed.items()
        ],
    )


def _signed(act: SignedAct, seeds: Iterable[bytes]) -> SignedAct:
    for seed in seeds:
        if key_id(ed25519.public(seed)) not in {s.key for s in act.sigs}:
            act = add_signature(act, seed)
    return act


def _next(act: SignedAct, path: Path) -> str:
    """What is done with the file now: a second officer signs it, or it is handed in."""
    if len(act.sigs) < 2 and (act_type_of(str(act.act["type"])).by.two or "paper" in act.act):
        return pick(f"由第二人 gongyue sign {path} --key 其密钥", f"a second officer: gongyue sign {path} --key KEY")
    return f"gongyue submit {path}"


def _summary(act: SignedAct, path: Path) -> dict[str, Any]:
    return (
        {"written": str(path), "act": act.digest, "signatures": [s.key for s in act.sigs]}
        | {"words": {language: digest_words(act.digest, language) for language in ("zh", "en")}}
        | {name: act.act[name] for name in ("type", "actor", "body")}
    )


@output_options
@office_option
@click.command("submit", short_help="递交行为文件 / Hand in acts' files")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="ACT.json…")
@click.option(
    "--receipt", type=click.Path(path_type=Path), metavar="FILE", help="回执存于（仅一份时）/ Where the receipt goes."
)
@assumed.SO
@click.option("--dry-run", is_flag=True, help="只说会怎样，不记录 / Say what would happen, record nothing.")
def submit(office_dir: Path, files: tuple[Path, ...], receipt: Path | None, so: tuple[str, ...], dry_run: bool) -> None:
    """递交他人签好的行为文件；谁递交都一样。重复递交得到同一份回执。
    修改案与导入的文本，所绑定的数里有推定的，先问；没有逐条答清（--so 条），几份文件一份也不递交。

    Hand in acts that others signed; anyone may. Handing one in again gives the same receipt. Where words do not say all of
    the numbers that a changed or imported text binds, it is asked first: until it is answered by --so, none of the files is filed.

    \b
    例 / Example:
      gongyue submit act.json
    """
    if receipt is not None and len(files) > 1:
        raise InvalidInput("--receipt 只能用于一份行为文件。", "--receipt is for one file only.")
    acts = [(path, read_act(path)) for path in files]
    place = OfficePlace(office_at(office_dir))
    for path, act in acts:
        _check_signatures(place, path, act)
        if _recorded(place, act) is None:
            _require_answers(place, path, act, so)
    done = []
    for path, act in acts:
        if dry_run:
            _try(place, act)
            continue
        suffix = ".promise" if act_type_of(str(act.act["type"])).book is Book.SEALED else ".tlog-proof"
        documents = private_in(path.parent / "private", act.act_bytes)
        done.append(record(place.office, act, receipt or path.with_suffix(suffix), None, office_dir, documents))
    if wants_json():
        if not dry_run:
            data = [d.data() for d in done]
            emit_result(data[0] if len(data) == 1 else data, list)
        return
    for one in done:
        for line in one.lines():
            click.echo(line)


def _require_answers(place: OfficePlace, path: Path, act: SignedAct, so: tuple[str, ...]) -> None:
    from gongyue.office import doubts

    assumed.require_none(doubts.unanswered(place.office, act, so), str(path))


def _recorded(place: OfficePlace, act: SignedAct) -> int | None:
    """At which index it is recorded already."""
    kind = act_type_of(str(act.act["type"]))
    return place.office.store.find(SEALED if kind.book is Book.SEALED else OPEN, act.digest)


def _try(place: OfficePlace, act: SignedAct) -> None:
    kind, index = act_type_of(str(act.act["type"])), _recorded(place, act)
    if index is None:
        print_dry_run(place, kind, act)
        return
    what = f"#{index}" if kind.public else act.digest
    text = pick(
        f"先前已记录：{what}；再递交只会得到同一份回执。",
        f"Already recorded: {what}; again gives the same receipt.",
    )
    data = {"would": "nothing", "already": True, "index": index if kind.public else None, "act": act.digest}
    emit_result(data, lambda: [text])


def _check_signatures(place: OfficePlace, path: Path, act: SignedAct) -> None:
    origins = place.inst.genesis.origins if place.inst.genesis else ()
    for sig in act.sigs:
        if not verify(job(sig, SIGNING_PREFIX + act.act_bytes), origins):
            raise InvalidInput(
                f"{path}：{sig.key} 的签名不成立；内容在签署后改动过，须重新签署。",
                f"{path}: the signature of {sig.key} does not hold: the content was altered after signing; sign again.",
            )


@output_options
@office_option
@click.command("receipt", short_help="取回执 / Get a receipt")
@click.argument("what", metavar="INDEX|sealed:HEX|ACT.json")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="存于 / Where it goes.")
def receipt(office_dir: Path, what: str, out: Path | None) -> None:
    """取已记录行为的回执：公开簿为 .tlog-proof，密封簿为承诺与启封行，卷内的另有存卷凭证。

    The receipt of a recorded act: a .tlog-proof, or a promise with its opening for a sealed act, with the head of its dossier.

    \b
    例 / Example:
      gongyue receipt 12
      gongyue receipt sealed:3f9a62d0c1b2e4f5
    """
    office = office_at(office_dir)
    if re.fullmatch(r"\d+", what):
        book, data = OPEN, office.store.leaf(OPEN, int(what))
        digest = decode(data).digest if data else None
    elif is_name(what):
        book, opened = SEALED, named(office.store, what)
        digest = decode(opened.kept.entry).digest if opened else None
    else:
        act = read_act(Path(what))
        book, digest = (SEALED if act_type_of(str(act.act["type"])).book is Book.SEALED else OPEN), act.digest
    found = office.receipt(book, digest) if digest else None
    if found is None:
        raise InvalidInput(f"簿册里没有 {what}；还没有递交？", f"The book has no {what}: was it handed in?")
    path = write_receipt(found, out, office_dir / "receipts")
    assert path is not None
    head = beside(path, ".head") if found.head else None
    if wants_json():
        emit_result(
            {"book": found.book, "index": found.index, "commitment": found.commitment or None}
            | {"act": found.act, "time": found.time, "receipt": str(path), "head": str(head) if head else None},
            list,
        )
        return
    say(f"回执：{path}", f"Receipt: {path}")
    if head:
        say(f"存卷凭证：{head}", f"Head of the dossier: {head}")
