"""What an act brings along: public objects by digest, private contents behind salted commitments, keys that sign."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from gongyue.book.signing import key_id
from gongyue.cli.failing import Unusable
from gongyue.office.keys import read_seed
from gongyue.sealing.commitment import SALT_BYTES, commit
from gongyue.transparency import canonical, ed25519
from gongyue.transparency.tiles import write_atomically

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_KEY = re.compile(r"k:(?:[0-9a-f]{64}|[0-9a-f]{66})")
LARGEST = 64 * 1024 * 1024


class Private(NamedTuple):
    """A content that stays private, with the salt that opens its commitment."""

    commitment: str
    salt: bytes
    content: bytes
    name: str


class Material:
    """The files of one act, and the name of the key that signs it first. Nothing is written before `keep`."""

    def __init__(self) -> None:
        self.signer = ""
        self.objects: dict[str, bytes] = {}
        self.private: list[Private] = []

    def attach(self, data: bytes) -> str:
        """Attach bytes as a public object; their digest."""
        digest = canonical.digest(data)
        self.objects[digest] = data
        return digest

    def attach_json(self, value: Any, name: str) -> str:
        """Attach a JSON value as a public object, in canonical form."""
        try:
            return self.attach(canonical.encode(value))
        except canonical.NotCanonical as error:
            raise Unusable(
                f"{name}：{error.path} 不能写成规范 JSON（{error.why}）", f"{name}: {error.path}: {error.why}"
            ) from None

    def commit(self, content: bytes, name: str) -> str:
        """The salted commitment to a content that stays here."""
        salt = os.urandom(SALT_BYTES)
        made = Private(commit(salt, content), salt, content, name)
        self.private.append(made)
        return made.commitment

    def keep(self, folder: Path) -> list[Path]:
        """Write the private contents and their salts, readable by their owner alone; the files written."""
        written = []
        for one in self.private:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stem = folder / one.commitment.removeprefix("sha256:")
            row = {"commitment": one.commitment, "name": one.name, "salt": one.salt.hex(), "v": "gongyue/private@1"}
            for path, data in (
                (stem.with_suffix(".content"), one.content),
                (stem.with_suffix(".json"), canonical.encode(row)),
            ):
                write_atomically(path, data)
                path.chmod(0o600)
                written.append(path)
        return written


def read_file(path: str | Path) -> bytes:
    """A file's bytes; Unusable if it is not there, a folder, or too large."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path} 超过 64 MiB。", f"{path} is larger than 64 MiB.")
        return path.read_bytes()
    except OSError as error:
        raise Unusable(
            f"读不出文件 {path}：{error.strerror}。请核对路径。",
            f"Cannot read the file {path}: {error.strerror}. Check the path.",
        ) from None


def read_json(path: str | Path) -> Any:
    """A JSON file's value; Unusable says where it is broken."""
    return parse_json(read_file(path), str(path))


def parse_json(data: bytes | str, name: str) -> Any:
    """A JSON value; Unusable says where it is broken."""
    try:
        return json.loads(data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except UnicodeDecodeError:
        raise Unusable(f"{name} 不是 UTF-8 编码的 JSON。", f"{name} is not JSON in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Unusable(
            f"{name} 不是 JSON：第 {error.lineno} 行第 {error.colno} 列（{error.msg}）。",
            f"{name} is not JSON: line {error.lineno}, column {error.colno} ({error.msg}).",
        ) from None


def seed_from(path: str | Path) -> bytes:
    """The secret seed in a key file; Unusable says how to make one."""
    try:
        return read_seed(Path(path))
    except OSError as error:
        raise Unusable(
            f"读不出密钥文件 {path}：{error.strerror}。新密钥用 gongyue key new {path} 生成。",
            f"Cannot read the key file {path}: {error.strerror}. Make a new key with gongyue key new {path}.",
        ) from None
    except ValueError:
        raise Unusable(
            f"{path} 不是密钥文件；密钥用 gongyue key new FILE 生成。",
            f"{path} is not a key file: keys are made with gongyue key new FILE.",
        ) from None


def public_key(given: str) -> str:
    """A key's name k:…, given as such, or as a file that holds it or its secret seed."""
    if _KEY.fullmatch(given):
        return given
    text = read_file(given).decode("ascii", "replace").strip()
    if _KEY.fullmatch(text):
        return text
    return key_id(ed25519.public(seed_from(given)))


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise Unusable(
            f"{path} 已经存在；请换一个文件名，或先移走它。",
            f"{path} exists already: choose another name or move it away.",
        ) from None
