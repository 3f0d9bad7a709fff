"""`gongyue serve`: the pages and the API of one office, until they are asked to stop."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongyue.cli.book_source import office_option
from gongyue.cli.errors import InvalidInput, usage
from gongyue.cli.output import output_options, pick

if TYPE_CHECKING:
    from gongyue.web.settings import Web

LOCAL = ("localhost", "127.0.0.1")
"""By which names this computer reaches itself; passkeys work at the first."""


@output_options
@office_option
@click.command("serve", short_help="开启网页与接口 / Serve the pages and the API")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="监听地址 / The address to listen on."
)
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="端口 / The port.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="进程数：SQLite 只能 1，PostgreSQL 默认 2 / Processes: 1 on SQLite, 2 on PostgreSQL by default.",
)
def serve(office_dir: Path, host: str, port: int, workers: int | None) -> None:
    """开启一个办公室的网页与接口，直到收到停止信号；例行事项每分钟办理一次。

    设置在办公室目录的 web.toml；其中没有 origins 时，只在本机 http://localhost:PORT/ 可用。健康检查：/healthz、/readyz。

    Serve an office's pages and API until asked to stop; routine is done once a minute. Settings are in web.toml in the
    office's folder; without origins there the pages are reached at http://localhost:PORT/ only. Health: /healthz, /readyz.

    \b
    例 / Example:
      gongyue serve --office office --port 8000
    """
    require_server()
    from gongyue.web import settings
    from gongyue.web.server import WORKERS_ON_POSTGRES, ServerConfig, require_free

    require_free(host, port)
    web = settings.read(office_dir, otherwise=local_origins(port))
    on_sqlite = "://" not in web.database
    if on_sqlite and workers not in (None, 1):
        raise usage("SQLite 只能用一个进程：--workers 1。", "SQLite is served by one process: --workers 1.")
    place = ServerConfig(office_dir, web.origins, host, port, workers or (1 if on_sqlite else WORKERS_ON_POSTGRES))
    run(place._replace(greeting=_greeting(web)))


def _greeting(web: Web) -> str:
    return pick(
        f"已开启：{web.address}/  （Ctrl-C 停止）",
        f"Serving: {web.address}/  (Ctrl-C stops)",
    )


def require_server() -> None:
    """InvalidInput where the server's packages are not installed."""
    if find_spec("granian") is None or find_spec("django") is None:
        raise InvalidInput(
            "网页需要安装：pip install 'gongyue[server]'。", "The pages need: pip install 'gongyue[server]'."
        )


def local_origins(port: int) -> tuple[str, ...]:
    """The addresses at which this computer reaches itself."""
    return tuple(f"http://{name}:{port}" for name in LOCAL)


def run(place: object) -> None:
    """Check that the office opens and bring its tables up to date, here where an error can be told; then serve."""
    from gongyue.web import bootstrap
    from gongyue.web.server import ServerConfig
    from gongyue.web.server import serve as serve_pages

    assert isinstance(place, ServerConfig)
    bootstrap.start(place.directory, place.origins, bootstrap.clock_of(place.directory))
    bootstrap.prepare()
    from gongyue.web import demo_accounts
    from gongyue.web.django_settings import WEB

    if WEB.demo:  # the sign-in page names the demonstration's logins, whoever serves it
        demo_accounts.logins()
    bootstrap.close()
    serve_pages(place)
