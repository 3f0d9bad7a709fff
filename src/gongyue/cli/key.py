"""`gongyue key`: keys are made and shown here; registering, rotating and revoking them are acts."""

from __future__ import annotations

import os
from pathlib import Path

import click

from gongyue.book.signing import key_id
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import public_key
from gongyue.cli.output import emit_result, output_options, pick, say, wants_json
from gongyue.cli.telling import notify_all
from gongyue.office.keys import write_seed
from gongyue.transparency import ed25519


def make_key(path: Path) -> str:
    """Make a key file readable by its owner alone; its public name."""
    seed = os.urandom(32)
    try:
        write_seed(path, seed)
    except FileExistsError:
        raise InvalidInput(
            f"{path} 已经存在，不会覆盖：覆盖密钥就丢了它。请换一个文件名。",
            f"{path} exists and is not overwritten: that would lose the key. Choose another name.",
        ) from None
    return key_id(ed25519.public(seed))


@output_options
@click.command("new", short_help="生成密钥文件 / Make a key file")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def new(file: Path) -> None:
    """生成一把新密钥（文件只有本人可读），显示公钥。首把交联盟登记；已有密钥的，自己用 key add 或 key rotate 登记。

    Make a new key in a file only its owner can read, and show its public name. The alliance registers a first one; whoever has
    a key registers the next with key add or key rotate.

    \b
    例 / Example:
      gongyue key new unit.key
    """
    public = make_key(file)
    if wants_json():
        emit_result({"file": str(file), "key": public, "alg": "ed25519"}, list)
        return
    say(
        f"密钥存于 {file}（0600）；请备份，不要给任何人。公钥：",
        f"The key is in {file} (0600): back it up, give it to nobody. Public key:",
    )
    click.echo(public)


@output_options
@click.command("show", short_help="显示公钥 / Show the public key")
@click.argument("file", metavar="FILE")
def show_key(file: str) -> None:
    """显示密钥文件的公钥，可交给他人。

    Show a key file's public key, which may be given to others.

    \b
    例 / Example:
      gongyue key show unit.key > unit.pub
    """
    public = public_key(file)
    emit_result({"key": public, "alg": "ed25519"}, lambda: [pick(public, public)])


COMMANDS = {"new": new, "show": show_key, "notify-all": notify_all}
