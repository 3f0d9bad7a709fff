"""The examples of docs/formats.md that are of the first golden book, written anew when that is built anew."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from recorded import leaves

from gongyue.transparency import canonical, merkle

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def write(folder: Path) -> None:
    """Put them into the page."""
    text = PAGE.read_text("utf-8")
    for name, lines in _examples(folder).items():
        block = "\n".join([f"```example {name}", *lines, "```"])
        text, count = re.subn(rf"^```example {name}\n.*?^```$", lambda _: block, text, flags=re.MULTILINE | re.DOTALL)  # noqa: B023 - used at once
        assert count == 1, name
    PAGE.write_text(text, "utf-8")


def _examples(folder: Path) -> dict[str, list[str]]:
    entries = leaves(folder / "book")
    left = next(one for one in entries if b'"type":"membership.withdraw/1"' in one)
    act = left[len(b'{"act":') : left.rindex(b',"rx":{')]
    hashes = [merkle.leaf_hash(one) for one in entries[:3]]
    tree = merkle.Tree()
    for one in hashes:
        tree.append(one)
    rev = next(rev for one in entries if (rev := _meaning(json.loads(one))))
    genesis = json.loads(entries[0])["act"]["body"]
    petition = [_opened(folder, type) for type in ("petition.submit/1", "petition.answer/1")]
    closed = next(body for one in entries if (body := json.loads(one)["act"])["type"] == "vote.close/1")["body"]
    ballots = (folder / "book" / "objects" / "sha256" / closed["ballots"][7:]).read_text("utf-8").splitlines()
    ballot = next(row for row in ballots if '"choice":"abstain"' in row)
    commitment = json.loads(leaves(folder / "book" / "sealed")[json.loads(ballot)["index"]])["c"]
    promise = next(p for p in sorted((folder / "kept").glob("*.receipt")) if b"promise@1" in p.read_bytes())
    return {
        "leaf": [left.decode(), f"leaf hash {merkle.leaf_hash(left).hex()}", f"act digest {_digest(act)}"],
        "checkpoint": [_text(folder / "log.vkey"), "", *_text(folder / "book" / "checkpoint").splitlines()],
        "promise": [genesis["sealed_vkey"], "", *_text(promise).splitlines()],
        "tree": [
            *(f"leaf {n} {one.hex()}" for n, one in enumerate(hashes)),
            *(f"root {n} {merkle.root(tree.node, n).hex()}" for n in (0, 2, 3)),
        ],
        "rev after freezing": [rev, _digest(rev.encode())],
        "opening": [ballot, f"commitment {commitment}", f'sealed leaf {{"c":"{commitment}","v":"gongyue/sealed@1"}}'],
        "dossier": [line for n, one in enumerate(petition, 1) for line in (one, f"entry {n} {_digest(one.encode())}")],
    }


def _meaning(entry: dict[str, Any]) -> str:
    """The meaning once the text was frozen."""
    if entry["act"]["type"] != "founding.freeze/1":
        return ""
    edition = entry["act"]["body"]["edition"]
    content = {"edition": edition, "law": [], "procedure": {}, "rules": "gongyue/rules@1"}
    return canonical.encode(content).decode()


def _opened(folder: Path, type: str) -> str:
    """The entry of that type that is opened first."""
    for path in sorted((folder / "kept").glob("*.opening")):
        entry = json.loads(path.read_bytes())["entry"]
        if entry["act"]["type"] == type:
            return canonical.encode(entry).decode()
    raise AssertionError(type)


def _text(path: Path) -> str:
    return path.read_text("utf-8").rstrip("\n")


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
