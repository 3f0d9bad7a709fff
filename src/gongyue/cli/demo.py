"""`gongyue demo`: the story of a fictional year, replayed through the real office, told as it happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongyue.cli.serve import local_origins

if TYPE_CHECKING:
    from gongyue.covenant.text import Outline
    from gongyue.demo.narration import Chapter, StoryStep

_PATH = click.Path(path_type=Path)


@click.command("demo", short_help="演示世界 / The demonstration world")
@click.option("--dir", "directory", type=_PATH, required=True, metavar="DIR", help="放在哪个目录 / Where to put it.")
@click.option("--covenant", type=_PATH, metavar="FILE", help="改用另一份公约 / Play it on another covenant.")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="网页端口 / The pages' port."
)
@click.option("--no-serve", is_flag=True, help="只演完，不开网页 / Do not serve pages afterwards.")
@click.option("--force", is_flag=True, help="目录里已有演示时重做 / Replace a demonstration that is there.")
@click.option("--lang", type=click.Choice(("zh", "en")), help="只用一种语言（默认两种）/ One language (default: both).")
@click.option("--json", "as_json", is_flag=True, help="每步一行 JSON / One line of JSON a step.")
@click.option("--quiet", is_flag=True, help="不逐行讲述 / Do not tell the story.")
def demo(
    directory: Path,
    covenant: Path | None,
    port: int,
    no_serve: bool,
    force: bool,
    lang: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """用公开的演示密钥，把虚构的一年逐件办一遍（演示·虚构）：每件行为都经真正的办公室，逐行讲述；然后开启网页。

    目录里已有演示时直接开启网页，时钟从故事结束处继续走；--force 重做。

    Replay a fictional year with public keys, act by act through the real office, told line by line; then serve its
    pages. A demonstration that is there is served as it stands, its clock running on; --force rebuilds it.

    \b
    例 / Example:
      gongyue demo --dir demo
      gongyue demo --dir demo --no-serve
      gongyue demo --dir demo --covenant 公约.docx --lang zh
      gongyue verify demo/public --vkey demo/log.vkey
      gongyue cheat --list

    \b
    留下 / Leaves: public/ log.vkey policy checkpoints/ receipts/ office/ tampered/ unlawful/
    退出码 / Exit: 0 演完 done · 1 条文编号不连续 numbering refused · 2 用法有误 usage · 4 读不出 cannot be read
    """
    from gongyue.demo import demo_folder
    from gongyue.demo.narration import json_line, line

    def tell(told: StoryStep | Chapter) -> None:
        if not quiet:
            click.echo(json_line(told) if as_json else line(told, lang or ""))

    if not no_serve:
        _require_servable(port, lang)
    if demo_folder.is_demo(directory) and not (force or no_serve or covenant):
        _serve(directory, port, lang, as_json)
        return
    document = _read_text(covenant, lang)
    try:
        demo_folder.make_room(directory, force)
    except demo_folder.NotOurs as error:
        raise click.UsageError(_pick(lang, error.zh, error.en)) from None
    if not (quiet or as_json):
        click.echo(
            _pick(
                lang,
                "演示·虚构：单位、人员、信用代码与密钥均属虚构。",
                "A demonstration: everybody in it is fictional.",
            )
        )
    demo_folder.build(directory, document, tell, local_origins(port)[:1], to_today=True)
    if not as_json:
        _what_next(directory, lang)
    if not no_serve:
        _serve(directory, port, lang, as_json)


def _pick(lang: str | None, zh: str, en: str) -> str:
    return {"zh": zh, "en": en}.get(lang or "", f"{zh} / {en}")


def _read_text(covenant: Path | None, lang: str | None) -> Outline:
    """The text to play: the one given, or the covenant this product was made for."""
    from importlib.resources import files

    from gongyue.covenant.edition import BadEdition
    from gongyue.covenant.edition_builder import compose
    from gongyue.covenant.parser import Unreadable, outline
    from gongyue.demo.story.drafts import choices_of

    try:
        if covenant is None:
            return outline(
                files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes(), "zgc-big-data.txt"
            )
        document = outline(covenant.read_bytes(), covenant.name)
        compose(document, choices_of(document))
    except (Unreadable, BadEdition) as error:
        gap = getattr(error, "code", "").startswith("GY-")
        code, text = (1, f"GY-01-01 {_pick(lang, error.zh, error.en)}") if gap else (4, _pick(lang, error.zh, error.en))
    except OSError as error:
        code, text = (
            4,
            _pick(lang, f"无法打开 {covenant}：{error.strerror}", f"cannot open {covenant}: {error.strerror}"),
        )
    else:
        return document
    click.echo(text, err=True)
    raise click.exceptions.Exit(code)


def _what_next(directory: Path, lang: str | None) -> None:
    import shlex

    from gongyue.demo.demo_folder import PACK

    def command(*words: str | Path) -> str:
        return "  gongyue " + shlex.join(str(word) for word in words)

    vkey = directory / "log.vkey"
    click.echo()
    click.echo(_pick(lang, "接下来，核验全部行为：", "Next, verify every act:"))
    click.echo(command("verify", directory / "public", "--vkey", vkey))
    click.echo(_pick(lang, "改了一个字节的副本：", "a copy with one byte altered:"))
    click.echo(command("verify", directory / "tampered", "--vkey", vkey))
    click.echo(_pick(lang, "密钥都真、却不合公约的一本：", "one signed with true keys, and unlawful:"))
    click.echo(command("verify", directory / "unlawful", "--vkey", vkey))
    if (pack := directory / PACK).is_file():
        said = "一件诉求的证据包，如交给律师的（不要密钥，不必联网）："
        click.echo(_pick(lang, said, "the evidence pack of a petition, as a lawyer gets it (no key, offline):"))
        click.echo(command("verify", pack))
    click.echo(_pick(lang, "自己来作弊：", "cheat yourself:"))
    click.echo(command("cheat", "--list"))
    click.echo(command("cheat", "forge-tally", "--dir", directory, "--out", directory / "cheated"))


def _require_servable(port: int, lang: str | None) -> None:
    """The server's packages are there and the port is free, before a year is replayed in vain."""
    from gongyue.cli.errors import InvalidInput
    from gongyue.cli.serve import require_server
    from gongyue.office.office_folder import BadOffice

    try:
        require_server()
        from gongyue.web.server import require_free

        require_free("127.0.0.1", port)
    except (InvalidInput, BadOffice) as error:
        raise click.UsageError(_pick(lang, error.zh, error.en)) from None


def _serve(directory: Path, port: int, lang: str | None, as_json: bool) -> None:
    """Serve the demonstration until it is asked to stop, its clock running on from the story's end."""
    from gongyue.web import bootstrap
    from gongyue.web.server import ServerConfig, serve

    office, origins = directory / "office", local_origins(port)
    bootstrap.start(office, origins, bootstrap.clock_of(office))
    bootstrap.prepare()
    from gongyue.web import demo_accounts, demo_clock, installation

    inst = installation.now().inst
    demo_clock.begin(office, inst.now)
    logins = demo_accounts.logins()
    passkeys = inst.genesis is not None and origins[0] in inst.genesis.origins
    bootstrap.close()
    known = (origins[0], logins, demo_accounts.PASSWORD, passkeys)
    greeting = _logins_json(*known) if as_json else _logins_told(*known, lang)
    serve(ServerConfig(office, origins, "127.0.0.1", port, 1, greeting))


def _logins_json(address: str, logins: list[Any], password: str, passkeys: bool) -> str:
    rows = [{"email": one.email, "zh": one.zh, "en": one.en} for one in logins]
    told = {"address": f"{address}/", "password": password, "passkeys_sign": passkeys, "logins": rows}
    return json.dumps(told, ensure_ascii=False)


def _logins_told(address: str, logins: list[Any], password: str, passkeys: bool, lang: str | None) -> str:
    rows = [f"  {one.email:<30}  {_pick(lang, one.zh, one.en)}" for one in logins]
    if not passkeys:
        rows.append(
            _pick(
                lang,
                "此演示不是为这个端口建的：通行密钥在此不能签名；可用 --force 重做。",
                "This demonstration was not made for this port: passkeys cannot sign here; --force rebuilds it.",
            )
        )
    return "\n".join(
        [
            "",
            _pick(lang, f"演示·虚构　已开启：{address}/", f"A demonstration, served at {address}/"),
            _pick(lang, f"以任一身份登录，口令都是 {password}：", f"Sign in as anybody; the password is {password}:"),
            *rows,
            _pick(lang, "Ctrl-C 停止；再次运行同一命令即可继续。", "Ctrl-C stops; the same command goes on."),
        ]
    )
