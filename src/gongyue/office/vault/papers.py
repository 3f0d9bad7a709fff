"""What acts of the open book commit to (scans of papers, powers of attorney, names of signatories): kept in the vault as well.

So one mechanism erases them, and no backup of the office holds them for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from gongyue.office.attachments import Attachments, PrivateContent
from gongyue.office.vault.disk import destroy
from gongyue.office.vault.errors import BadVault, Gone, VaultError
from gongyue.office.vault.register import PAPERS
from gongyue.office.vault.vault import Vault
from gongyue.sealing.commitment import commit
from gongyue.transparency import canonical

_STEM = re.compile(r"[0-9a-f]{64}")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\\\]")


def keep_papers(office: Path, contents: Iterable[PrivateContent], by: str, now: Callable[[], int]) -> int:
    """Keep private contents with the salts their commitments were made with; how many are new. BadVault, BadDocument."""
    vault, new = Vault(office, now), 0
    for one in contents:
        name = _UNFIT.sub("_", one.name)[-200:] or "-"
        new += vault.put(one.content, name, dossier=PAPERS, by=by, salt=one.salt).new
    return new


def keep_recorded(
    office: Path, contents: Sequence[PrivateContent], by: str, now: Callable[[], int]
) -> VaultError | None:
    """Keep what a recorded act commits to; where the vault cannot, as plain files in `private/`, so that nothing is lost.

    Returns why the vault could not; `gongyue vault move-in` moves the files in once it can.
    """
    try:
        keep_papers(office, contents, by, now)
    except VaultError as error:
        plain = Attachments()
        plain.private = [one._replace(name=_fit(one.name)) for one in contents]
        plain.keep(office / "private")
        return error
    return None


def _fit(name: str) -> str:
    """A name that can be written down, "-" for one that cannot."""
    try:
        canonical.encode(name)
    except canonical.NotCanonical:
        return "-"
    return name


def move_in(office: Path, folder: Path, by: str, now: Callable[[], int]) -> int:
    """Move what earlier versions kept as plain files into the vault; the files are overwritten and removed, one by one.

    May be interrupted and run again. BadVault names the first file that is not what its commitment says; nothing of it is removed.
    """
    moved = 0
    for row in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        content = row.with_suffix(".content")
        if not _STEM.fullmatch(row.stem):
            continue
        try:
            said = json.loads(row.read_bytes())
            salt, data = bytes.fromhex(said["salt"]), content.read_bytes()
            name, right = str(said["name"]), commit(salt, data) == f"sha256:{row.stem}"
        except (OSError, ValueError, KeyError, TypeError):
            right = False
        if right:
            with suppress(Gone):  # erased by law meanwhile: the plain files go too
                keep_papers(office, [PrivateContent(f"sha256:{row.stem}", salt, data, name)], by, now)
        elif not _is_in(office, f"sha256:{row.stem}", now):  # else it was moved, and killed while the files went
            raise BadVault(
                f"{row} 与旁边的 .content 不是其承诺值的内容；没有移动，请核对。",
                f"{row} and the .content beside it are not what the commitment is of: not moved, look at them.",
            )
        destroy(content)
        destroy(row)
        moved += 1
    return moved


def _is_in(office: Path, c: str, now: Callable[[], int]) -> bool:
    vault = Vault(office, now)
    return vault.exists and any(one.c == c for one in vault.known(PAPERS))
