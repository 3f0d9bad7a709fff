"""What is recorded of the golden books: the verdict of verify, and how it is compared on later software.

What later software may do is say more: fields of the report that there were not, and rules or capabilities of later packages
and catalogues, which a book has neither adopted nor bound.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongyue.book.entry import decode
from gongyue.transparency import canonical
from gongyue.verifying import packs
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify

Named = tuple[tuple[str, bytes], ...]
FAMILIES = ("dossier", "link", "oversight", "tampered", "unreadable")


def family(code: str) -> str:
    """The family of refusals that a code belongs to: by article, by what is contradicted, or that it is not the step to take now."""
    if code.startswith("GY-"):
        return code[:5]
    return code.partition("/")[0] if code.partition("/")[0] in FAMILIES else "out-of-turn"


def request(folder: Path, kept: bool) -> Request:
    """What verify is asked of a golden book: of it alone, or with all that its parties kept."""
    here = sorted((folder / "kept").iterdir()) if kept else []

    def files(kind: str) -> Named:
        return tuple((p.name, p.read_bytes()) for p in here if p.suffix == f".{kind}")

    keys = [data for _, data in files("keys")]
    return Request(
        (folder / "log.vkey").read_text().strip(),
        checkpoints=files("checkpoint"),
        receipts=files("receipt"),
        disclosures=files("opening"),
        heads=files("head"),
        audit=files("audit"),
        slot_keys=keys[0] if keys else None,
    )


def verdicts(folder: Path) -> dict[str, dict[str, Any]]:
    """What verify says of a golden book, which is lawful: alone, with all that was kept, and of each pack, by the files' names."""
    book = open_place(str(folder / "book"))
    said = {name: verify(book, request(folder, kept))[0] for name, kept in (("", False), ("-kept", True))}
    for path in sorted((folder / "kept").glob("*.zip")):
        found = packs.opened(str(path))
        assert found is not None
        said[f"-{path.stem}"] = verify(found.book, found.request(Request("")))[0]
    assert all(report.failure is None for report in said.values()), said
    return {f"expected{name}": report.data() for name, report in said.items()}


def told(folder: Path) -> set[str]:
    """The act types that stand in a golden book, or in what opens its sealed half."""
    lines = [line for path in (folder / "kept").glob("*.opening") for line in path.read_bytes().splitlines()]
    entries = [
        *leaves(folder / "book"),
        *(canonical.encode(row["entry"]) for one in lines if "entry" in (row := canonical.decode(one))),
    ]
    return {decode(one).entry.act.type for one in entries}


def leaves(book: Path) -> list[bytes]:
    """The entries of a published book, in order: full bundles, and the rest."""
    found: list[bytes] = []
    for bundle in sorted(path for path in (book / "tile" / "entries").rglob("*") if path.is_file()):
        data = bundle.read_bytes()
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            found.append(data[2:end])
            data = data[end:]
    return found


def refusal(path: Path) -> dict[str, Any]:
    """What verify says of an unlawful or tampered book in a zip: code, exit and where."""
    with zipfile.ZipFile(path) as archive:
        data = {name: archive.read(name) for name in archive.namelist()}
    openings = tuple((n, d) for n, d in data.items() if n.endswith(".opening"))
    asked = Request(data["log.vkey"].decode().strip(), disclosures=openings)
    report, _ = verify(lambda name: data[f"book/{name}"], asked)
    assert report.failure is not None
    return {"exit": report.code, "code": report.failure.code, "at": report.failure.place}


def differs(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The fields of a recorded verdict that are otherwise now."""
    found = [name for name in then if name != "absent" and then[name] != now.get(name)]
    stated = {one["capability"]: one for one in now["absent"]}
    gone = [one["capability"] for one in then["absent"] if not _said(one, stated.get(one["capability"]))]
    return found + [f"absent {name}" for name in gone]


def _said(then: Mapping[str, Any], now: Mapping[str, Any] | None) -> bool:
    """What is absent is still said to be; how it is worded is no verdict."""
    return now is not None and (then["at"], then["words"]) == (now["at"], now["words"])
