"""Books and leaves of every released version: they verify identically and decode for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.book.entry import decode
from gongyue.governance.acts import ACT_TYPES, act_type_of, decode_body
from gongyue.transparency import canonical
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify

GOLDEN = Path(__file__).parent.parent / "golden"
VERSIONS = sorted(p.parent for p in GOLDEN.glob("*/expected.json"))
LEAVES = sorted((GOLDEN / "acts").glob("*.json"))


def request(version: Path, kept: bool) -> Request:
    def files(kind: str) -> tuple[tuple[str, bytes], ...]:
        return tuple((p.name, p.read_bytes()) for p in sorted((version / "kept").glob(f"*.{kind}")) if kept)

    key = (version / "log.vkey").read_text().strip()
    return Request(key, checkpoints=files("checkpoint"), receipts=files("receipt"), disclosures=files("opening"))


def test_there_are_golden_books_and_leaves() -> None:
    """An empty folder would prove nothing."""
    assert VERSIONS
    assert LEAVES


@pytest.mark.parametrize("version", VERSIONS, ids=lambda p: p.name)
def test_a_golden_book_verifies_as_on_the_day_it_was_made(version: Path) -> None:
    """The same report to the letter: acts, signatures, units, root."""
    report, _ = verify(open_place(str(version / "book")), request(version, kept=False))
    assert report.failure is None
    assert report.data() == json.loads((version / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("version", VERSIONS, ids=lambda p: p.name)
def test_what_its_parties_kept_is_still_kept(version: Path) -> None:
    """Receipts, promises, openings, an earlier checkpoint."""
    report, _ = verify(open_place(str(version / "book")), request(version, kept=True))
    assert report.failure is None
    assert {"receipts", "disclosures", "earlier checkpoints"} <= set(report.did)
    assert report.disclosed > 0


@pytest.mark.parametrize("path", LEAVES, ids=lambda p: p.stem)
def test_a_leaf_of_every_stored_act_type_decodes_for_ever(path: Path) -> None:
    """Its bytes are canonical, its body has its type's form."""
    leaf = decode(path.read_bytes())
    act = leaf.entry.act
    assert act.type == path.stem.replace("@", "/")
    assert decode_body(act_type_of(act.type), act.body) is not None
    assert canonical.encode(canonical.decode(leaf.data)) == leaf.data


def test_every_act_type_has_its_leaf() -> None:
    """A new type or version adds one: run tests/golden/build.py."""
    assert {p.stem.replace("@", "/") for p in LEAVES} >= set(ACT_TYPES)
