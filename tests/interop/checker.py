"""A checker written from docs/formats.md by somebody who had not seen the code: bytes, signatures, and the sealed half.

    python -m tests.interop BOOK --vkey FILE [--disclosures FILE] [--head FILE] [--receipt FILE] [--audit FILE] [--slot-keys FILE] [--as UNIT]
    python -m tests.interop PACK.zip

The standard library and one signature library. Sections 1 to 4.2, 5.3 and 10 but the count (10.5), with what section 11
says of them; of a book without false times bodies (1.3), sections 6 and 8, and of section 9 who is a member, lists and the opening of
votes, too. Not what else a type asks, nor what paper and disavowals do to keys (section 12). Exit codes are those of
section 14.
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tests.interop import audits
from tests.interop.canon import Fetch, Wrong, unreadable
from tests.interop.dossiers import judge
from tests.interop.links import check_links
from tests.interop.open_book import read_open, read_vkey
from tests.interop.packs import check_pack
from tests.interop.roll import fold
from tests.interop.sealed_book import Disclosures, check_openings, check_promise, read_head, read_promise, read_sealed


def check(
    fetch: Fetch,
    key: str,
    disclosures: Iterable[bytes] = (),
    heads: Iterable[bytes] = (),
    receipts: Iterable[bytes] = (),
    audit: Iterable[bytes] = (),
    keys: bytes | None = None,
    unit: str | None = None,
) -> dict[str, int]:
    """Books with what parties kept; how many entries of each dossier were found right. Wrong says what is not."""
    book = read_open(fetch, read_vkey(key))
    if not book.recoveries:
        fold(book)
    sealed = read_sealed(book)
    check_openings(sealed)
    audits.check_draws(sealed)
    given = Disclosures()
    for data in receipts:
        if data.startswith(b"gongyue/promise@1\n"):
            check_promise(sealed, read_promise(sealed, data))
    for data in disclosures:
        given.read(sealed, data)
    given.heads += [read_head(sealed, data) for data in heads]
    dossiers = judge(sealed, given, unit)
    check_links(sealed, dossiers, given)
    if files := list(audit):
        audits.check_content(sealed, files, keys, None)
    return {name: len(dossier.places) for name, dossier in dossiers.items()}


def files_of(path: Path) -> Fetch:
    """The files of a folder, or of a zip with the names that section 10.11 allows."""
    if path.is_dir():
        return lambda name: (path / name).read_bytes() if (path / name).is_file() else _none(name)
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        unreadable("pack")
    names = archive.namelist()
    if len(set(names)) != len(names) or any(n.startswith("/") or "\\" in n or ".." in n.split("/") for n in names):
        unreadable("pack: names")
    return archive.read


def _none(name: str) -> bytes:
    raise KeyError(name)


def main(arguments: list[str] | None = None) -> int:
    """Says what is wrong, or what was found; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.interop")
    parser.add_argument("book", type=Path)
    parser.add_argument("--vkey", type=Path)
    parser.add_argument("--as", dest="unit")
    parser.add_argument("--slot-keys", type=Path)
    for many in ("disclosures", "head", "receipt", "audit"):
        parser.add_argument(f"--{many}", action="append", default=[], type=Path)
    o = parser.parse_args(arguments)
    try:
        fetch, key = files_of(o.book), o.vkey.read_text() if o.vkey else None
        if key is None or o.book.suffix == ".zip":
            print(check_pack(fetch, key))
        else:
            kept = ([p.read_bytes() for p in paths] for paths in (o.disclosures, o.head, o.receipt, o.audit))
            print(check(fetch, key, *kept, keys=o.slot_keys and o.slot_keys.read_bytes(), unit=o.unit))
    except Wrong as wrong:
        print(wrong.code, wrong)
        return wrong.exit
    return 0
