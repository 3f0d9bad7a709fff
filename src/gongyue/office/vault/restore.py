"""Restoring the vault from a backup: only with the newest copy of the list of erasures, which is carried out before anything is readable."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from gongyue.office.invalid_input import InvalidInput
from gongyue.office.vault.backup import DOCUMENTS, ERASED, KEY_FILE, REGISTER, VaultManifest, of_folder, opened
from gongyue.office.vault.disk import force, make_folder, replace_durably, write_durably
from gongyue.office.vault.erased_list import Mark, parse_lines, require_newest
from gongyue.office.vault.errors import BadVault
from gongyue.office.vault.turns import RESTORING, locked, sweep
from gongyue.office.vault.vault import KEYS, MARK, VAULT, Vault

_DOCUMENT = re.compile(rf"{DOCUMENTS}/[0-9a-f]{{64}}")


class Restored(NamedTuple):
    """What was restored: documents that were opened one by one, how many stand erased, and when the backup was made."""

    documents: int
    erased: int
    made: int


def restore(
    office: Path, documents: Path, keys: Path, erased: Path | None, known: Set[str], now: int, by: str
) -> Restored:
    """Restore both files of a backup into an office without a vault; on any error nothing is left behind.

    `erased`: the newest copy of the list of erasures, where the office's own is lost. `known`: digests that are known to be
    erased from elsewhere, as from the books. BadVault, InvalidInput.
    """
    with locked(office):
        sweep(office)
        _require_room(office)
        with opened(keys, "keys") as (manifest, members):
            secrets = dict(members)
        if set(secrets) != {KEY_FILE, ERASED}:
            raise BadVault(f"{keys} 的成员不对。", f"{keys} has other members than it should.")
        newest = _newest(office, erased, manifest, keys, known)
        passing = office / f"{RESTORING}{manifest.id}"
        vault = Vault(passing, lambda: now)
        try:
            for folder in (passing, vault.folder, vault.documents, vault.keys_folder):
                make_folder(folder)
            write_durably(vault.keys.path, secrets[KEY_FILE])
            write_durably(vault.erased.path, newest)
            _unpack(documents, vault.folder, manifest)
            restored = _proven(vault, by, manifest)
            _move(vault, office)
            return restored
        finally:
            sweep(office)


def _require_room(office: Path) -> None:
    if (office / VAULT).exists():
        raise _there(office / VAULT)


def _there(path: Path) -> InvalidInput:
    return InvalidInput(
        f"{path} 已经存在；恢复只用于没有保管库的办公室。请先移走（移走的密钥文件，恢复之后须销毁）。",
        f"{path} exists already: a restore is for an office without a vault. Move it away first (and destroy the key file moved"
        " away after the restore).",
    )


def _newest(office: Path, given: Path | None, manifest: VaultManifest, keys: Path, known: Set[str]) -> bytes:
    """The longest copy there is, each extending the others; BadVault where none is given or one is known to be newer."""
    places = [
        path for path in (office / KEYS / ERASED, given) if path is not None and (path == given or path.is_file())
    ]
    if not places:
        raise BadVault(
            f"恢复须有删除清单的最新一份：办公室的 {KEYS}/{ERASED} 不在，请用 --erased 指明另存的最新一份。没有它就不恢复。",
            f"A restore needs the newest copy of the list of erasures: the office's {KEYS}/{ERASED} is not there, so name the"
            " newest copy kept elsewhere with --erased. Without it nothing is restored.",
        )
    copies = {str(path): path.read_bytes() for path in places}
    newest = max(copies.values(), key=len)
    newest = newest[: newest.rfind(b"\n") + 1]
    name = next(name for name, data in copies.items() if data.startswith(newest))
    for data in copies.values():
        whole = data[: data.rfind(b"\n") + 1]
        if not newest.startswith(whole):
            raise BadVault("删除清单的两份互不相合。", "Two copies of the list of erasures contradict each other.")
    for mark in _marks(office, manifest, keys):
        require_newest(newest, mark, name)
    missing = known - {line.c for line in parse_lines(newest, name)}
    if missing:
        raise BadVault(
            f"{name} 不是最新的一份：簿册记载已删除的 {min(missing)} 不在其中。",
            f"{name} is not the newest copy: the book says that {min(missing)} was erased, which it lacks.",
        )
    return newest


def _marks(office: Path, manifest: VaultManifest, keys: Path) -> list[Mark]:
    """How long the list is known to have been: by this backup, by others beside it, by the office's own mark."""
    manifests = [manifest]
    for _, path in of_folder(keys.resolve().parent):
        if path.name.endswith(".keys.tar"):
            with opened(path, "keys") as (other, _):
                manifests.append(other)
    marks = [Mark(one.erased_bytes, one.erased_digest) for one in manifests]
    return [*marks, Vault(office, lambda: 0).erased.marked()]


def _unpack(documents: Path, folder: Path, manifest: VaultManifest) -> None:
    with opened(documents, "documents") as (other, members):
        if other.id != manifest.id:
            raise InvalidInput(
                f"两个文件不是同一次备份的（{other.id}、{manifest.id}）。",
                f"The two files are not of one backup ({other.id}, {manifest.id}).",
            )
        for name, data in members:
            if name != REGISTER and not _DOCUMENT.fullmatch(name):
                raise BadVault(f"{documents} 的成员不对：{name}", f"{documents} has a member it should not: {name}")
            write_durably(folder / name, data)


def _proven(vault: Vault, by: str, manifest: VaultManifest) -> Restored:
    """Carry the erasures out, then open every document that is left; BadVault names the first that does not open."""
    with vault.turn() as register:  # taking the turn erases
        found = register.documents()
        here = [one for one in found if one.state == "here"]
        for one in here:
            if not vault.path_of(one.c).is_file():  # it was erased while the backup was made, or somebody took it out
                raise BadVault(
                    f"备份里没有 {one.c} 的密文，而它不在删除清单里：清单不是最新的，或备份不全。",
                    f"The backup lacks the ciphertext of {one.c}, which is not on the list of erasures: the list is not the newest,"
                    " or the backup not whole.",
                )
            vault.opened(one)
        register.note(vault.now(), by, "restore")
    return Restored(len(here), len(found) - len(here), manifest.made)


def _move(vault: Vault, office: Path) -> None:
    """Into the office: the list, then the keys, and last the vault itself, which alone makes it one."""
    target, keys = office / KEYS / KEY_FILE, vault.keys.path.read_bytes()
    if target.exists() and target.read_bytes() != keys:  # the same: a restore was killed here
        raise _there(target)
    make_folder(office / KEYS)
    replace_durably(office / KEYS / ERASED, vault.erased.path.read_bytes())
    replace_durably(target, keys)  # copied: it may be another disk
    vault.erased.mark_path.replace(office / MARK)
    vault.folder.rename(office / VAULT)
    force(office)
