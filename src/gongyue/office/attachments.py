"""What an act brings along: public objects by digest, private contents behind salted commitments."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from gongyue.office.invalid_input import InvalidInput
from gongyue.sealing.commitment import SALT_BYTES, commit, salted
from gongyue.transparency import canonical
from gongyue.transparency.tiles import write_atomically

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
WRITTEN = "text.txt"
"""The name of what was written into a form: it says nothing, so where a document has another name that is told."""


class PrivateContent(NamedTuple):
    """A content that stays private, with the salt that opens its commitment."""

    commitment: str
    salt: bytes
    content: bytes
    name: str


class Attachments:
    """The files of one act, the name of the key that signs it first, the dossier it is done in. Nothing is written before `keep`."""

    def __init__(self) -> None:
        self.signer = ""
        self.dossier = ""
        self.objects: dict[str, bytes] = {}
        self.private: list[PrivateContent] = []
        self.links: list[str] = []
        """The links whose opening is among the objects."""

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
            raise InvalidInput(
                f"{name}：{error.path} 不能写成规范 JSON（{error.why}）", f"{name}: {error.path}: {error.why}"
            ) from None

    def commit(self, content: bytes, name: str, *, goes_along: bool = False) -> str:
        """The salted commitment to a content that stays here; or that goes along with its salt, for the law to read."""
        salt = os.urandom(SALT_BYTES)
        made = PrivateContent(commit(salt, content), salt, content, name)
        self.private.append(made)
        if goes_along:
            self.objects[made.commitment] = salted(salt, content)
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


def private_in(folder: Path, text: bytes) -> list[PrivateContent]:
    """The private contents in a folder, as `keep` wrote them, that a text names by their commitments; what is damaged is left out."""
    found = []
    for c in dict.fromkeys(DIGEST.findall(text.decode("utf-8", "replace"))):
        stem = folder / c.removeprefix("sha256:")
        try:
            said = json.loads(stem.with_suffix(".json").read_bytes())
            salt, content = bytes.fromhex(said["salt"]), stem.with_suffix(".content").read_bytes()
            name = str(said["name"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if commit(salt, content) == c:
            found.append(PrivateContent(c, salt, content, name))
    return found


def parse_json(data: bytes | str, name: str) -> Any:
    """A JSON value; InvalidInput says where it is broken."""
    try:
        return json.loads(data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except UnicodeDecodeError:
        raise InvalidInput(f"{name} 不是 UTF-8 编码的 JSON。", f"{name} is not JSON in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"{name} 不是 JSON：第 {error.lineno} 行第 {error.colno} 列（{error.msg}）。",
            f"{name} is not JSON: line {error.lineno}, column {error.colno} ({error.msg}).",
        ) from None
