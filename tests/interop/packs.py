"""Section 10.11: evidence packs."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.interop.canon import DIGEST, DOSSIER, Fetch, digest, is_form, read, tampered, unreadable
from tests.interop.dossiers import judge
from tests.interop.entries import Entry
from tests.interop.links import check_links
from tests.interop.open_book import read_open, read_vkey
from tests.interop.sealed_book import (
    Disclosures,
    check_openings,
    check_promise,
    commitment,
    read_head,
    read_promise,
    read_sealed,
)


def _document(d: dict[str, Any]) -> bool:
    more = {"file", "name", "salt"} if d["state"] == "here" else set()
    known = d["state"] in ("here", "erased", "waiting", "absent") and is_form(DIGEST, d["c"])
    return (
        known
        and set(d) == {"c", "state"} | more
        and ("salt" not in d or is_form(re.compile("[0-9a-f]{64}\\Z"), d["salt"]))
    )


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        m = read(data)
        paths = [f["path"] for f in m["files"]]
        good = (
            len(data) <= 4 << 20
            and set(m) == {"documents", "dossier", "files", "party", "v"}
            and m["v"] == "gongyue/pack@1"
            and is_form(DOSSIER, m["dossier"])
            and all(set(f) == {"digest", "path"} and is_form(DIGEST, f["digest"]) for f in m["files"])
            and paths == sorted(set(paths))
            and all(map(_document, m["documents"]))
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        unreadable(f"pack: {error}")
    if not good:
        unreadable("pack: manifest")
    return m  # type: ignore[no-any-return]


def documents_of(entry: Entry) -> set[str]:
    """Every digest in a body: one that names an act, or a link, is the commitment of no document."""
    return set(re.findall(r"sha256:[0-9a-f]{64}", json.dumps(entry.body)))


def check_pack(fetch: Fetch, key: str | None = None) -> dict[str, list[int]]:
    """A pack under a key, or its own: by document the places of the dossier that name it."""
    try:
        manifest = _manifest(fetch("manifest.json"))
    except KeyError:
        unreadable("pack: no manifest")
    files: dict[str, bytes] = {}
    held = {d["file"] for d in manifest["documents"] if d["state"] == "here"}
    for one in manifest["files"]:
        path = one["path"]
        if path == "guide.html" or path.startswith("letters/"):
            continue
        try:
            files[path] = fetch(path)
        except KeyError:
            tampered(f"missing: {path}")
        if digest(files[path]) != one["digest"] and path not in held:
            tampered(f"hash: {path}")
    if not {"log.vkey", "disclosures.jsonl"} <= set(files):
        tampered("missing: log.vkey or disclosures.jsonl")
    book = read_open(lambda path: fetch("book/" + path), read_vkey(key or files["log.vkey"].decode()))
    sealed = read_sealed(book)
    check_openings(sealed)
    given = Disclosures()
    given.read(sealed, files["disclosures.jsonl"], may_wait=True)
    for path, data in files.items():
        if path.startswith("heads/"):
            given.heads.append(read_head(sealed, data))
        elif path.startswith("receipts/") and data.startswith(b"gongyue/promise@1\n"):
            check_promise(sealed, read_promise(sealed, data))
    dossiers = judge(sealed, given, manifest["party"])
    check_links(sealed, dossiers, given)
    if manifest["dossier"] not in dossiers:
        tampered("missing: the dossier is not opened")
    places = dossiers[manifest["dossier"]].places
    named = {
        d["c"]: [n for n in sorted(places) if d["c"] in documents_of(places[n].entry)] for d in manifest["documents"]
    }
    for d in manifest["documents"]:
        if not named[d["c"]]:
            tampered(f"document: {d['c']} is named by no entry")
        if d["state"] == "here":
            if d["file"] not in files:
                tampered(f"missing: {d['file']}")
            if commitment(bytes.fromhex(d["salt"]), files[d["file"]]) != d["c"]:
                tampered(f"document: {d['file']}")
    return named
