"""Backing up the vault: the ciphertexts and the register in one file, the keys and the list of erasures in another, kept apart.

What was erased is in a backup for 35 days at most: with every new one, older ones in the same folders are destroyed, and it
is said which copies elsewhere must be. A backup of the office has neither the vault nor its keys.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, Self

import msgspec

from gongyue.office.invalid_input import InvalidInput
from gongyue.office.vault.disk import destroy, force
from gongyue.office.vault.errors import BadVault
from gongyue.office.vault.vault import Vault
from gongyue.transparency import canonical

DAYS = 35
"""How long a backup of the vault is kept."""
MANIFEST, REGISTER, DOCUMENTS, KEY_FILE, ERASED = (
    "manifest.json",
    "register.db",
    "documents",
    "documents.keys",
    "erased.jsonl",
)
_PARTIAL = re.compile(r"\.vault-(\d{10,12})-[0-9a-f]{8}\.(?:documents|keys)\.tar\.(?:partial|register)")
_NAME = re.compile(r"vault-(\d{10,12})-([0-9a-f]{8})\.(documents|keys)\.tar")


class VaultManifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the two files holds: both have one `id`. `erased`: bytes and digest of the list of erasures then."""

    id: str
    made: int
    part: Literal["documents", "keys"]
    erased_bytes: int
    erased_digest: str
    files: dict[str, str]
    v: Literal["gongyue/vault-backup@1"] = "gongyue/vault-backup@1"


class Made(NamedTuple):
    """The two files of a backup, how many documents are in it, and the older files that were destroyed."""

    documents: Path
    keys: Path
    number: int
    destroyed: list[Path]


def back_up(vault: Vault, out: Path, keys_out: Path, by: str) -> Made:
    """Back the vault up into two folders; InvalidInput where they are one, or inside the office. Then destroy what is too old."""
    _require_apart(vault.office, out, keys_out)
    for folder in (out, keys_out):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made, id = vault.now(), vault.entropy(4).hex()
    names = [f"vault-{made:010d}-{id}.{part}.tar" for part in ("documents", "keys")]
    passing = out / f".{names[0]}.register"
    try:
        with vault.turn() as register:
            register.copy_to(passing)
            erased, keys = vault.erased.load(), vault.keys.path.read_bytes()
            here = [one.c.removeprefix("sha256:") for one in register.documents() if one.state == "here"]
            register.note(made, by, "backup")
        with _Tar(keys_out / names[1], id, made, "keys", erased) as tar:
            tar.add(KEY_FILE, keys)
            tar.add(ERASED, erased)
        count = 0
        with _Tar(out / names[0], id, made, "documents", erased) as tar:
            tar.add(REGISTER, passing.read_bytes())
            for name in here:  # no lock: what is put does not change, and what is erased meanwhile is left out
                try:
                    data = (vault.documents / name).read_bytes()
                except FileNotFoundError:
                    continue
                tar.add(f"{DOCUMENTS}/{name}", data)
                count += 1
    except BaseException:
        (keys_out / names[1]).unlink(missing_ok=True)
        raise
    finally:
        passing.unlink(missing_ok=True)
    return Made(out / names[0], keys_out / names[1], count, list(_destroy_old(made, out, keys_out)))


def _require_apart(office: Path, out: Path, keys_out: Path) -> None:
    inside = [f for f in (out, keys_out) if f.resolve().is_relative_to(office.resolve())]
    if inside:
        raise InvalidInput(
            f"{inside[0]} 在办公室目录里；备份须在别处。",
            f"{inside[0]} is in the office's folder: a backup goes elsewhere.",
        )
    one, other = out.resolve(), keys_out.resolve()
    if one == other or one.is_relative_to(other) or other.is_relative_to(one):
        raise InvalidInput(
            "密文与密钥须备份到两处：--out 与 --keys-out 不得相同，也不得一个在另一个之内。",
            "Ciphertexts and keys are backed up to two places: --out and --keys-out must differ, neither inside the other.",
        )


def of_folder(folder: Path) -> Iterator[tuple[int, Path]]:
    """(when it was made, path) of every file of a backup in a folder, by its name."""
    for path in sorted(folder.iterdir()):
        if (match := _NAME.fullmatch(path.name)) and path.is_file() and not path.is_symlink():
            yield int(match[1]), path


def _destroy_old(now: int, *folders: Path) -> Iterator[Path]:
    """Destroy what is older than 35 days, and what a backup that was killed left a day ago or earlier."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if (match := _PARTIAL.fullmatch(path.name)) and int(match[1]) < now - 86_400:
                destroy(path)
        for made, path in of_folder(folder):
            if made < now - DAYS * 86_400:
                destroy(path)
                yield path


class _Tar:
    """A file of a backup being written: its name is given once it is whole and forced to disk."""

    def __init__(self, path: Path, id: str, made: int, part: Literal["documents", "keys"], erased: bytes) -> None:
        self._path, self._partial = path, path.with_name(f".{path.name}.partial")
        self._head = (id, made, part, len(erased), canonical.digest(erased))
        self._files: dict[str, str] = {}

    def __enter__(self) -> Self:
        handle = os.open(self._partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._raw = os.fdopen(handle, "wb")
        self._tar = tarfile.open(fileobj=self._raw, mode="w", format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, data: bytes) -> None:
        """One member."""
        self._files[name] = canonical.digest(data)
        self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = len(data), 0o600, self._head[1]
        self._tar.addfile(info, io.BytesIO(data))

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if error is None:
                manifest = VaultManifest(*self._head, self._files)
                self._write(MANIFEST, canonical.encode(msgspec.to_builtins(manifest)))
                self._tar.close()
                self._raw.flush()
                os.fsync(self._raw.fileno())
        except BaseException:
            error = True
            raise
        finally:
            self._raw.close()
            if error is not None:
                self._partial.unlink(missing_ok=True)
        if error is None:
            self._partial.replace(self._path)
            force(self._path.parent)


@contextmanager
def opened(
    path: Path, part: Literal["documents", "keys"]
) -> Iterator[tuple[VaultManifest, Iterator[tuple[str, bytes]]]]:
    """A file of a backup: its manifest, and (name, bytes) of each member, held against its digest; BadVault otherwise."""
    with path.open("rb") as raw:
        try:
            tar = tarfile.open(fileobj=raw, mode="r:")  # noqa: SIM115 (it holds nothing but `raw`)
            found = tar.extractfile(MANIFEST)
            manifest = msgspec.json.decode(found.read() if found else b"", type=VaultManifest)
        except (tarfile.TarError, KeyError, msgspec.DecodeError) as error:
            raise _bad(path, str(error), str(error)) from None
        if manifest.part != part:
            raise _bad(path, "另一部分", "the other part")
        yield manifest, _members(path, tar, manifest)


def _members(path: Path, tar: tarfile.TarFile, manifest: VaultManifest) -> Iterator[tuple[str, bytes]]:
    missing = dict(manifest.files)
    try:
        for member in tar:
            if member.name == MANIFEST:
                continue
            digest, file = missing.pop(member.name, None), tar.extractfile(member) if member.isreg() else None
            data = file.read() if file else b""
            if digest is None or file is None or canonical.digest(data) != digest:
                raise _bad(path, f"{member.name} 与清单不符", f"{member.name} is not what the manifest says")
            yield member.name, data
    except tarfile.TarError as error:
        raise _bad(path, str(error), str(error)) from None
    if missing:
        raise _bad(path, f"缺少 {next(iter(missing))}", f"{next(iter(missing))} is missing")


def _bad(path: Path, zh: str, en: str) -> BadVault:
    return BadVault(
        f"{path} 不是保管库的备份，或已损坏：{zh}。", f"{path} is no backup of a vault, or is damaged: {en}."
    )
