"""`gongyue verify`: anyone checks a published book: bytes, signatures, and whether every act was lawful."""

from __future__ import annotations

from pathlib import Path

import click

from gongyue.cli.telling import watched

_FILE = click.Path(path_type=Path)


@click.command("verify", short_help="核验公开的簿册 / Verify a published book")
@click.argument("place", metavar="DIR|URL|FILE.zip")
@click.option(
    "--vkey",
    required=True,
    metavar="K|FILE",
    help="公开簿的验证密钥，或存有它的文件 / The book's key, or a file that holds it.",
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
    "--state", type=_FILE, metavar="FILE", help="核验状态：下次只核验新增行为 / The next run checks only what is new."
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / Print JSON.")
@click.pass_context
def verify(
    ctx: click.Context,
    place: str,
    vkey: str,
    policy: Path | None,
    checkpoints: tuple[Path, ...],
    receipts: tuple[Path, ...],
    disclosures: tuple[Path, ...],
    state: Path | None,
    as_json: bool,
) -> None:
    """核验一本公开的簿册，只凭它的文件与验证密钥：字节、签名、检查点，以及每一行为是否合于公约。结果以两种语言给出。

    Verify a published book from nothing but its files and its key: bytes, signatures, checkpoints, and whether every
    act was lawful. The outcome is told in both languages.

    \b
    例 / Example:
      gongyue verify public --vkey log.vkey
      gongyue verify https://alliance.example/book --vkey log.vkey --state book.state
      gongyue verify public.zip --vkey log.vkey --receipt 12.tlog-proof --disclosures u0001.jsonl

    \b
    退出码 / Exit codes:
      0 真实且合规 sound and lawful · 2 被篡改或缺失 tampered or missing
      3 真实但违规 authentic but unlawful · 4 无法读取 cannot be read
    """
    import json

    from gongyue.cli.failing import Unusable
    from gongyue.cli.place import vkey_text
    from gongyue.verifying.failures import unreadable
    from gongyue.verifying.places import Unreadable, open_place
    from gongyue.verifying.report import Report, lines
    from gongyue.verifying.verify import Request
    from gongyue.verifying.verify import verify as check

    ctx.meta["gongyue.json"] = as_json
    report, verified = Report(), None
    try:
        request = Request(
            vkey_text(vkey),
            policy=_bytes(policy) if policy else None,
            checkpoints=_named(checkpoints),
            receipts=_named(receipts),
            disclosures=_named(disclosures),
            state=_bytes(state) if state and state.exists() else None,
        )
        with watched("核验 / verifying") as progress:
            report, verified = check(open_place(place), request, progress)
    except (Unreadable, Unusable) as error:
        zh, _, en = str(error).partition(" / ")
        stop = unreadable(f"无法读取：{zh}", f"cannot be read: {en or zh}")
        report.code, report.failure = stop.code, stop.failure
    if state and verified is not None:
        from gongyue.transparency.tiles import write_atomically

        write_atomically(state, verified)
    if as_json:
        click.echo(json.dumps(report.data(), ensure_ascii=False, indent=2))
    else:
        for line in lines(report):
            click.echo(line)
    ctx.exit(report.code)


def _bytes(path: Path) -> bytes:
    from gongyue.cli.material import read_file

    return read_file(path)


def _named(paths: tuple[Path, ...]) -> tuple[tuple[str, bytes], ...]:
    return tuple((str(path), _bytes(path)) for path in paths)
