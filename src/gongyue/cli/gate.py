"""`gongyue gate`: may this use happen now? A stream of JSON lines, or a small local HTTP service."""

from __future__ import annotations

import math
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import click

from gongyue.cli.errors import INTERRUPTED, usage
from gongyue.cli.output import (
    doubtful_told,
    in_lines,
    note,
    output_options,
    pick,
    printed,
    unread_told,
    unused_told,
    wants_json,
)
from gongyue.cli.promise import Verbs
from gongyue.cli.single_value import SingleValueCommand
from gongyue.conduct.safe_text import plain

if TYPE_CHECKING:
    from gongyue.conduct.gate_service import Service
    from gongyue.conduct.gate_stream import Loaded

F = TypeVar("F", bound=Callable[..., Any])
VIOLATIONS = 1


class Lines(SingleValueCommand):
    """A command whose output is a stream of lines, asked for JSON also where it could not go on or was broken off."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments as ever."""
        in_lines(ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if not wants_json():
                raise
            _tell({"code": "interrupted"}, "已中断（Ctrl+C）：没有做完", "Interrupted (Ctrl+C): it was not finished")
            ctx.exit(INTERRUPTED)


class LinesVerbs(Verbs):
    """The verbs of a group that speak in lines."""

    command_class = Lines


@click.group("gate", cls=LinesVerbs, short_help="此刻可否这样使用数据 / May this use happen now")
def gate() -> None:
    """此刻可否这样使用数据：对照承诺文件与授权，逐条裁断（《中关村大数据产业联盟行业自律公约》第八条、第九条（一））。

    May this use happen now? Each use is held to the promise file and the authorisations (articles 8, 9 (1) of the Zhongguancun covenant).

    \b
    例 / Example:
      gongyue gate run --promise promise.toml --authorisations auth.jsonl < uses.jsonl > verdicts.jsonl
      gongyue gate serve --promise promise.toml --authorisations auth.jsonl --port 8765

    退出码 / Exit: 0 全部可以 clean · 1 有不可以的 violations · 2 用法 usage · 4 无法读取 cannot be read.
    """


def _files(command: F) -> F:
    command = click.option(
        "--authorisations", required=True, metavar="FILE", help="授权（.jsonl .csv .parquet）/ Authorisations."
    )(command)
    return click.option("--promise", required=True, metavar="FILE", help="承诺文件 / The promise file.")(command)


@gate.command("run", short_help="逐行裁断 / Decide line by line")
@_files
@click.option(
    "--input", "source", default="-", metavar="FILE", help="JSON 行，- 为标准输入 / JSON lines, - is standard input."
)
@output_options
@click.pass_context
def run(ctx: click.Context, promise: str, authorisations: str, source: str) -> None:
    """JSON 行进，JSON 行出；坏行记为 UNPARSED，写明行号与原因，绝不中断。合计在标准错误输出。

    JSON lines in, JSON lines out; a bad line is UNPARSED with its number and reason and never stops the run. Counts
    go to standard error.

    \b
    例 / Example:
      gongyue gate run --promise promise.toml --authorisations auth.csv --input uses.jsonl

    退出码 / Exit: 0 全部 OK 或 STATUTORY · 1 有其他裁断 others · 2 用法 usage · 4 无法读取 cannot be read.
    """
    from gongyue.conduct.gate_stream import decided, in_rank, load
    from gongyue.conduct.verdict import CLEAN

    if source == "-" and sys.stdin is None:
        raise usage(
            "标准输入没有接上数据：用管道（cat uses.jsonl | gongyue gate run …）或 < 送入，或用 --input 给文件名",
            "nothing is piped in: use a pipe (cat uses.jsonl | gongyue gate run …) or <, or give the file with --input",
        )
    loaded = load(promise, authorisations)
    _warn(loaded)
    counts: Counter[str] = Counter()
    out = sys.stdout.buffer
    with click.open_file(source, "rb") as stream:
        out.writelines(decided(loaded, cast(BinaryIO, stream), counts))
    out.flush()
    _count(loaded, in_rank(counts), counts["UNPARSED"])
    ctx.exit(VIOLATIONS if counts.keys() - CLEAN else 0)


def _tell(data: dict[str, Any], zh: str, en: str, err: bool = True) -> None:
    """A line of prose, or the same as JSON, with what it says as data, where JSON was asked for."""
    if wants_json():
        printed(click.get_current_context(), {**data, "zh": zh, "en": en}, err)
    else:
        click.echo(plain(pick(zh, en)), err=err)


def _warn(loaded: Loaded) -> None:
    from gongyue.conduct.promise import NO_WITHDRAWALS

    if loaded.gate.promise.withdrawals == "none":
        _tell({"withdrawals": "none"}, *NO_WITHDRAWALS)
    if not wants_json():
        unused_told(loaded.unused)
    for bad in loaded.bad[:20]:
        zh, en = f"授权第 {bad.line} 行：{bad.zh}", f"authorisations line {bad.line}: {bad.en}"
        _tell({"line": bad.line}, zh, en)
    if not wants_json():
        unread_told(len(loaded.bad))
    elif loaded.bad or loaded.unused:
        told = {"bad_authorisations": len(loaded.bad), "unused_columns": list(loaded.unused)}
        printed(click.get_current_context(), told, err=True)


def _count(loaded: Loaded, counts: dict[str, int], unparsed: int) -> None:
    doubted = list(loaded.uses.doubted())
    if wants_json():
        doubts = {"doubtful": doubted} if doubted else {}
        withdrawals = loaded.gate.promise.withdrawals
        told = {"rows": sum(counts.values()), "verdicts": counts, "withdrawals": withdrawals, **doubts}
        printed(click.get_current_context(), told, err=True)
        return
    doubtful_told(doubted)
    listed = " · ".join(f"{kind} {n}" for kind, n in counts.items()) or "—"
    total = sum(counts.values())
    note(f"共 {total} 条：{listed}", f"{total} row(s): {listed}")
    if unparsed:
        from gongyue.conduct.findings import texts

        said = texts()["findings"]["GY-08-03"]
        note(f"GY-08-03 {said['zh']}", f"GY-08-03 {said['en']}")


@gate.command("serve", short_help="本机 HTTP 服务 / A local HTTP service")
@_files
@click.option("--host", default="127.0.0.1", show_default=True, help="地址 / Address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口，0 任选 / Port, 0 any."
)
@click.option(
    "--max-loss", type=click.FloatRange(0, 100), default=1.0, show_default=True, metavar="PERCENT",
    help="各次重读合计至多可少百分之几的授权，及撤回 / Per cent of authorisations, and of withdrawals, that reloads may lose in all.",
)  # fmt: skip
@output_options
def serve(promise: str, authorisations: str, host: str, port: int, max_loss: float) -> None:
    """本机 HTTP 服务：POST /decide（一条或多条）、GET /health、GET /metrics、POST /reload（或 SIGHUP）。

    A local HTTP service: POST /decide (one or many), GET /health, GET /metrics, POST /reload (or SIGHUP): the old
    index answers until the new one stands. There is no authentication: keep it on this machine.

    启动或上次强制重读以来合计会少的授权，或会落空而其授权还在的撤回，超过 --max-loss 的，不予重读，仍照原来的裁断；
    确实如此的，向 /reload 送 {"force": true}，合计从头起算。

    A reload that, with those since the start or the last forced one, would lose more authorisations, or more withdrawals whose
    authorisation stays, than --max-loss is refused and the old index goes on; if it is meant so, send {"force": true} to
    /reload, and the count begins anew.

    \b
    例 / Example:
      gongyue gate serve --promise promise.toml --authorisations auth.jsonl
      curl -d '{"time": "2026-05-01T10:00:00+08:00", "action": "view", "dataset": "shop.orders",
                "subject": "u1", "purpose": "delivery"}' http://127.0.0.1:8765/decide
      curl -d '{"force": true}' http://127.0.0.1:8765/reload

    退出码 / Exit: 0 停止 stopped · 4 无法读取，或不能监听 cannot be read, or cannot listen.
    """
    from gongyue.conduct.gate_http import Server, is_local
    from gongyue.conduct.gate_service import Service

    if math.isnan(max_loss):
        raise usage("--max-loss 应为 0 至 100 的数", "--max-loss takes a number from 0 to 100")
    service = Service(promise, authorisations, Fraction(str(max_loss)))
    _warn(service.loaded)
    made = Server(service, host, port)
    if not is_local(host):
        _tell({"listening": host}, f"警告：在 {host} 上监听，别的机器也能问、能令其重读；没有身份验证。只供本机时去掉 --host",
             f"WARNING: listening on {host}: other machines can ask and have it reload, without any authentication."
             " For this machine alone leave --host out")  # fmt: skip
    ctx = click.get_current_context()

    def told() -> None:
        with ctx.scope(cleanup=False), suppress(OSError):  # whoever reads it may have gone: the reload stands
            _reloaded(service)

    def stop(*_: object) -> None:
        threading.Thread(target=made.shutdown, daemon=True).start()

    def reload(*_: object) -> None:
        threading.Thread(target=service.reload, daemon=True).start()

    service.told = told
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, reload)
    name = f"http://{host}:{made.server_address[1]}"
    size = service.loaded.gate.size
    zh, en = f"{name} 已就绪，{size} 项授权；Ctrl+C 停止", f"{name} is ready, {size} authorisation(s); Ctrl+C stops"
    _tell({"ready": name, "authorisations": size}, zh, en, err=False)
    with made:
        made.serve_forever(poll_interval=0.1)
    _stopped(made.unsent, made.unreceived)


def _reloaded(service: Service) -> None:
    """What came of a reload: why it was refused, or which authorisations were not taken."""
    if error := service.reload_error:
        _tell({"reloaded": False}, f"没有重读：{error['zh']}", f"not reloaded: {error['en']}")
        return
    size = service.loaded.gate.size
    zh, en, lost = f"已重读，{size} 项授权", f"reloaded, {size} authorisation(s)", service.lost
    told: dict[str, Any] = {"reloaded": True, "authorisations": size}
    if lost is not None and lost.authorisations + lost.withdrawals:
        told["lost"] = {"authorisations": lost.authorisations, "withdrawals": lost.withdrawals}
        zh += f"；少 {lost.authorisations} 项授权，{lost.withdrawals} 项撤回落空而其授权还在"
        en += f"; lost {lost.authorisations} authorisation(s), and {lost.withdrawals} withdrawal(s) whose authorisation stays"
    _tell(told, zh, en)
    _warn(service.loaded)


def _stopped(unsent: int, unreceived: int) -> None:
    """That it stopped, and what was given up."""
    zh, en = ["已停止"], ["Stopped"]
    if unreceived:
        zh.append(f"{unreceived} 个请求对方没有发完，没有答")
        en.append(f"{unreceived} request(s) were never sent in full and are unanswered")
    if unsent:
        zh.append(f"{unsent} 个应答久等仍没有送完")
        en.append(f"{unsent} answer(s) were waited for and are unsent")
    if not unsent + unreceived:
        zh, en = ["已停止，应答均已送出"], ["Stopped; every answer was sent"]
    _tell({"stopped": True, "unsent": unsent, "unreceived": unreceived}, "；".join(zh), "; ".join(en))
