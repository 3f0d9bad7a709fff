"""What a command reads from files: what an act brings along, and the keys that sign."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongyue.book.entry import MAX_OBJECT
from gongyue.book.signing import key_id
from gongyue.cli.errors import InvalidInput
from gongyue.conduct import os_errors
from gongyue.conduct.outputs import half_of
from gongyue.office.attachments import parse_json
from gongyue.office.keys import read_seed
from gongyue.transparency import ed25519
from gongyue.transparency.regular import NotRegular, TooLong, read_regular

_KEY = re.compile(r"k:(?:[0-9a-f]{64}|[0-9a-f]{66})")


def read_file(path: str | Path, most: int = MAX_OBJECT, take: Callable[[int], None] = lambda count: None) -> bytes:
    """A file's bytes; InvalidInput if it is not there, no file at all, or too large. `take` is told of each piece."""
    path = Path(path)
    try:
        return read_regular(path, most, take)
    except TooLong:
        size = f"{most >> 20} MiB" if most >> 20 else f"{most:,} B"
        raise InvalidInput(f"{path} 超过 {size}。", f"{path} is larger than {size}.") from None
    except NotRegular:
        raise InvalidInput(
            f"{path} 是设备、管道或套接字；请给出文件。",
            f"{path} is a device, a pipe or a socket: name a file.",
        ) from None
    except OSError as error:
        zh, en = os_errors.why(error)
        raise InvalidInput(f"读不出文件 {path}：{zh}。", f"Cannot read the file {path}: {en}.") from None


def read_json(path: str | Path) -> Any:
    """A JSON file's value; InvalidInput says where it is broken."""
    return parse_json(read_file(path), str(path))


def seed_from(path: str | Path) -> bytes:
    """The secret seed in a key file; InvalidInput says how to make one."""
    try:
        return read_seed(Path(path))
    except OSError as error:
        zh, en = os_errors.why(error)
        raise InvalidInput(
            f"读不出密钥文件 {path}：{zh}。新密钥用 gongyue key new FILE 生成。",
            f"Cannot read the key file {path}: {en}. A new key is made with gongyue key new FILE.",
        ) from None
    except ValueError:
        raise InvalidInput(
            f"{path} 不是密钥文件；密钥用 gongyue key new FILE 生成。",
            f"{path} is not a key file: keys are made with gongyue key new FILE.",
        ) from None


def public_key(given: str) -> str:
    """A key's name k:…, given as such, or as a file that holds it or its secret seed."""
    if _KEY.fullmatch(given):
        return given
    if given.startswith("k:") and not Path(given).exists():
        raise InvalidInput(
            f"{given} 不是公钥：写作 k: 加 64 位小写十六进制（簿册所载），或给公钥、密钥文件的路径。",
            f"{given} is no public key: write k: and 64 hex digits in lower case, as the book has it, or name a file of the"
            " public or the secret key.",
        )
    text = read_file(given).decode("ascii", "replace").strip()
    if _KEY.fullmatch(text):
        return text
    return key_id(ed25519.public(seed_from(given)))


def write_over(path: Path, data: bytes) -> None:
    """Write a file, over one that stands there once the new one is whole; into a pipe or a device as it is."""
    half = half_of(path)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        half.write_bytes(data)
        half.replace(path.resolve())
    except OSError as error:
        half.unlink(missing_ok=True)
        zh, en = os_errors.why(error)
        raise InvalidInput(f"写不了 {path}：{zh}。", f"{path} cannot be written: {en}.") from None


def refuse_existing(out: Path) -> None:
    """InvalidInput where a file is there already: nothing is done whose result could not be written."""
    if out.exists():
        raise InvalidInput(f"{out} 已经存在；请另写一个文件。", f"{out} exists already: name another file.")


def write_new(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that must not exist yet, `private` for its owner alone; nothing is left of one that cannot be written whole."""
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666), "wb")
    except FileExistsError:
        raise InvalidInput(
            f"{path} 已经存在；请换一个文件名，或先移走它。",
            f"{path} exists already: choose another name or move it away.",
        ) from None
    try:
        with file:
            file.write(data)
    except BaseException as error:
        path.unlink()
        if not isinstance(error, OSError):
            raise
        zh, en = os_errors.why(error)
        raise InvalidInput(f"写不了 {path}：{zh}。", f"{path} cannot be written: {en}.") from None
