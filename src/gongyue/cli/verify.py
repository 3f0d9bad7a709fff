"""`gongyue verify`: anyone checks a published book: bytes, signatures, and whether every act was lawful."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongyue.cli.output import progress_bar

if TYPE_CHECKING:
    from gongyue.verifying.budget import Budget

_FILE = click.Path(path_type=Path)


@click.command("verify", short_help="核验公开的簿册 / Verify a published book")
@click.argument("place", metavar="DIR|URL|FILE.zip")
@click.option(
    "--vkey",
    metavar="K|FILE",
    help="公开簿的验证密钥，或存有它的文件；只有证据包可以不给，那时用包里的 / The book's key, or a file that holds it; of an evidence pack"
    " alone it need not be given: then the one in it is used.",
)
@click.option("--policy", type=_FILE, metavar="FILE", help="见证策略（C2SP）/ A witness policy.")
@click.option(
    "--checkpoint",
    "checkpoints",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="先前的检查点，可重复 / An earlier checkpoint; repeatable.",
)
@click.option(
    "--receipt", "receipts", type=_FILE, multiple=True, metavar="FILE", help="所持回执，可重复 / A receipt; repeatable."
)
@click.option(
    "--disclosures",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="有权启封的内容，可重复 / What you may open; repeatable.",
)
@click.option(
    "--head",
    "heads",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="所存的存卷凭证，可重复 / A head of a dossier that was kept; repeatable.",
)
@click.option(
    "--audit",
    "audits",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="抽到的时段的启封内容（audit-slots open），可重复 / Openings of drawn slots, as audit-slots open gives them; repeatable.",
)
@click.option(
    "--seed", type=click.IntRange(0), metavar="N", help="所核的抽取，默认末次 / Of which draw; the last by default."
)
@click.option("--slot-keys", type=_FILE, metavar="FILE", help="抽到的时段的密钥 / The keys of the slots drawn.")
@click.option(
    "--state", type=_FILE, metavar="FILE", help="核验状态：下次只核验新增行为 / The next run checks only what is new."
)
@click.option(
    "--as",
    "unit",
    default="",
    metavar="UNIT",
    help="启封内容是哪个单位的：致全体成员的公告，只有其成员期之外的可以缺 / Whose disclosures they are: of what goes to all members it may lack only"
    " what came while it was no member.",
)
@click.option(
    "--most-bytes",
    type=click.IntRange(1),
    metavar="N",
    help="本次至多读多少字节，缺省 8 GiB / Bytes that are read at most; 8 GiB where not given.",
)
@click.option(
    "--most-seconds",
    type=click.IntRange(1),
    metavar="N",
    help="本次至多用多少秒，缺省 7200 / Seconds that it takes at most; 7,200 where not given.",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.option(
    "--lang",
    type=click.Choice(("zh", "en")),
    envvar="GONGYUE_LANG",
    help="语言；不选则两种都给 / Language; both where none is chosen.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    place: str,
    vkey: str | None,
    policy: Path | None,
    checkpoints: tuple[Path, ...],
    receipts: tuple[Path, ...],
    disclosures: tuple[Path, ...],
    heads: tuple[Path, ...],
    unit: str,
    audits: tuple[Path, ...],
    seed: int | None,
    slot_keys: Path | None,
    state: Path | None,
    most_bytes: int | None,
    most_seconds: int | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """核验一本公开的簿册，只凭它的文件与验证密钥：字节、签名、检查点，以及每一行为是否合于公约；证据包还有其中每一份文书。读多少、用多久都有上限。

    Verify a published book from nothing but its files and its key: bytes, signatures, checkpoints, and whether every
    act was lawful. How much it reads and how long it takes have limits. Of an evidence pack also each document, against the
    entry that names it.

    \b
    例 / Example:
      gongyue verify public --vkey log.vkey
      gongyue verify 证据包.zip
      gongyue verify https://alliance.example/book --vkey log.vkey --state book.state
      gongyue verify public.zip --vkey log.vkey --receipt 12.tlog-proof --disclosures u0001.jsonl
      gongyue verify public --vkey log.vkey --disclosures u0001.jsonl --head d-27d3.head
      gongyue verify public --vkey log.vkey --audit openings.jsonl
      gongyue verify public --vkey log.vkey --most-bytes 20000000000 --most-seconds 14400

    \b
    退出码 / Exit codes:
      0 真实且合规 sound and lawful · 2 被篡改、缺失或见证不足 tampered, missing or with too few witnesses
      3 真实但违规 authentic but unlawful · 4 无法读取，或是空簿 cannot be read, or an empty book
    """
    import json

    from gongyue.cli.book_source import vkey_text
    from gongyue.cli.errors import InvalidInput
    from gongyue.transparency.regular import TooLong
    from gongyue.verifying import packs
    from gongyue.verifying.budget import MOST_BYTES, MOST_SECONDS, Budget
    from gongyue.verifying.failures import Stop, Unreadable, tampered, unreadable
    from gongyue.verifying.locations import open_place
    from gongyue.verifying.report import Report
    from gongyue.verifying.report_lines import lines
    from gongyue.verifying.state import MOST_STATE
    from gongyue.verifying.verify import Request
    from gongyue.verifying.verify import verify as check

    ctx.meta["gongyue.json"] = as_json
    report, verified, held, budget = Report(), None, b"", Budget(most_bytes or MOST_BYTES, most_seconds or MOST_SECONDS)
    try:
        pack = packs.opened(place, budget) if vkey or Path(place).exists() else None
        if pack is None and vkey is None:
            raise click.MissingParameter(ctx=ctx, param=next(p for p in ctx.command.params if p.name == "vkey"))
        held = _bytes(state, budget, MOST_STATE) if state and state.exists() else b""
        request = Request(
            vkey_text(vkey) if vkey else "",
            policy=_bytes(policy, budget) if policy else None,
            checkpoints=_named(checkpoints, budget),
            receipts=_named(receipts, budget),
            disclosures=_named(disclosures, budget),
            heads=_named(heads, budget),
            unit=unit,
            audit=_named(audits, budget),
            seed=seed,
            slot_keys=_bytes(slot_keys, budget) if slot_keys else None,
            state=held or None,
        )
        request = pack.request(request) if pack is not None else request
        with progress_bar("核验 / verifying") as progress:
            report, verified = check(pack.book if pack else open_place(place, budget), request, progress, budget)
    except Stop as stop:
        report.stopped(stop)
    except TooLong as error:
        report.stopped(tampered("oversized", error.path, f"> {error.most:,}"))
    except (Unreadable, InvalidInput) as error:
        why, figures = getattr(error, "why", "file"), getattr(error, "figures", {})
        report.stopped(unreadable(f"无法读取：{error.zh}", f"cannot be read: {error.en}", why, **figures))
    if as_json:
        click.echo(json.dumps(report.data(), ensure_ascii=False, indent=2))
    else:
        for line in lines(report, lang):
            click.echo(line)
    if state and verified is not None:
        _keep(state, held, verified, lang)
    ctx.exit(report.code)


def _keep(path: Path, held: bytes, verified: bytes, lang: str | None) -> None:
    """Write the state for the next run, but never over a file that is something else: a mistyped name loses nothing."""
    from gongyue.transparency.tiles import write_atomically
    from gongyue.verifying.state import is_state

    if not held or is_state(held):
        write_atomically(path, verified)
        return
    zh = f"没有写入 {path}：它不是核验状态，或已损坏。请另指一个文件，或先删去它。"
    en = f"{path} was left as it is: it is no state of a verification, or damaged. Name another file, or delete it first."
    click.echo({"zh": zh, "en": en}.get(lang or "", f"{zh}\n{en}"), err=True)


def _bytes(path: Path, budget: Budget, most: int = 0) -> bytes:
    from gongyue.book.entry import MAX_OBJECT
    from gongyue.cli.material import read_file

    return read_file(path, most or MAX_OBJECT, lambda count: budget.take(str(path), count))


def _named(paths: tuple[Path, ...], budget: Budget) -> tuple[tuple[str, bytes], ...]:
    return tuple((str(path), _bytes(path, budget)) for path in paths)
