"""Books and leaves of every frozen version: they verify as on the day they were made, and decode for ever."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from golden import manifest, recorded
from gongyue.book.entry import decode
from gongyue.covenant.refusals import catalogue
from gongyue.governance.acts import ACT_TYPES, act_type_of, decode_body
from gongyue.transparency import canonical
from support import later

GOLDEN = Path(__file__).parent.parent / "golden"
BOOKS = sorted(p.parent for p in GOLDEN.glob("*/expected.json"))
REFUSED = sorted(GOLDEN.glob("*-refused/*.zip"))
LEAVES = sorted((GOLDEN / "acts").glob("*.json"))
UNTOLD = {"founding.supplement/1"}
"""What no lawful book has yet: there is one catalogue of capabilities, and nothing to supplement a text by."""


def test_there_are_golden_books_and_leaves() -> None:
    """An empty folder would prove nothing."""
    assert BOOKS and REFUSED and LEAVES


def test_no_golden_file_changes_and_none_goes() -> None:
    """Each has the SHA-256 it was frozen with; each is listed (python tests/golden/build.py freeze)."""
    assert manifest.broken() == []
    assert sorted(manifest.there().keys() ^ manifest.listed().keys()) == []


def test_what_is_frozen_is_neither_rebuilt_nor_listed_anew(tmp_path: Path) -> None:
    """A byte more, or a file less: not listed again. What is new is, and changes nothing of the rest."""
    (tmp_path / "v7").mkdir()
    one, other = tmp_path / "v7" / "one", tmp_path / "v7" / "other"
    for path in (one, other):
        path.write_bytes(b"kept")
    manifest.freeze(tmp_path)
    before = manifest.listed(tmp_path)
    assert manifest.is_frozen("v7", tmp_path) and not manifest.is_frozen("v8", tmp_path)
    (tmp_path / "v7" / "new").write_bytes(b"new")
    manifest.freeze(tmp_path)
    assert manifest.listed(tmp_path).items() > before.items() and manifest.broken(tmp_path) == []
    one.write_bytes(b"kept ")
    other.unlink()
    assert manifest.broken(tmp_path) == ["v7/one", "v7/other"]
    with pytest.raises(SystemExit, match="v7/one, v7/other"):
        manifest.freeze(tmp_path)


def test_the_first_version_is_frozen() -> None:
    """No tool builds it again."""
    assert manifest.is_frozen("v1")


@pytest.mark.parametrize("folder", BOOKS, ids=lambda p: p.name)
def test_a_golden_book_verifies_as_on_the_day_it_was_made(folder: Path) -> None:
    """The same verdict: alone, with all that its parties kept, and of each evidence pack; later software may say more, nothing else."""
    for name, now in recorded.verdicts(folder).items():
        then = json.loads((folder / f"{name}.json").read_text("utf-8"))
        assert recorded.differs(then, json.loads(json.dumps(now))) == [], name


@pytest.mark.parametrize("name", ["v1", "v1-casework"])
def test_software_that_knows_later_packages_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a book has not adopted is named besides, and is no other verdict."""
    later.bring(monkeypatch)
    now = json.loads(json.dumps(recorded.verdicts(GOLDEN / name)))
    then = {said: json.loads((GOLDEN / name / f"{said}.json").read_text("utf-8")) for said in now}
    assert [recorded.differs(then[said], now[said]) for said in now] == [[]] * len(now)
    assert len(now["expected"]["absent"]) > len(then["expected"]["absent"])


@pytest.mark.parametrize("folder", BOOKS, ids=lambda p: p.name)
def test_what_its_parties_kept_is_still_kept(folder: Path) -> None:
    """Openings and heads everywhere; receipts, an earlier checkpoint, links, an audit where there are such."""
    said = json.loads((folder / "expected-kept.json").read_text("utf-8"))
    assert said["disclosed"] > 0 and {"disclosures", "heads"} <= set(said["did"])


def test_between_them_everything_that_can_be_kept_was_checked() -> None:
    """Whatever verify does with a book and what belongs to it, it did with one of these, but for a witness's policy."""
    did = {one for folder in BOOKS for one in json.loads((folder / "expected-kept.json").read_text("utf-8"))["did"]}
    assert {"receipts", "earlier checkpoints", "links", "content audit", "anchors", "objects", "lawfulness"} <= did
    packs = [
        json.loads(path.read_text("utf-8"))["pack"]
        for path in GOLDEN.glob("*/expected-*.json")
        if "kept" not in path.name
    ]
    assert packs and all(packs)


def test_between_them_they_hold_every_form_that_is_stored() -> None:
    """Of everything that has a name and a version, and stands in a book or is kept beside it."""
    forms = (
        "act@2",
        "entry@2",
        "sealed@1",
        "promise@1",
        "head@1",
        "slotkeys@1",
        "pack@1",
        "roll@1",
        "annex@1",
        "list@1",
    )
    forms += ("edition@2", "change@2", "interpretations@1", "interpretations@3")
    files = [
        path.read_bytes() for folder in BOOKS for path in folder.rglob("*") if path.is_file() and path.suffix != ".zip"
    ]
    for path in GOLDEN.glob("*/kept/*.zip"):
        with zipfile.ZipFile(path) as archive:
            files += [archive.read(name) for name in archive.namelist()]
    text = b"\n".join(files)
    assert [one for one in forms if f"gongyue/{one}".encode() not in text] == []


@pytest.mark.parametrize("path", REFUSED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_book_that_was_refused_is_refused_for_ever(path: Path) -> None:
    """By the same code, at the same entry, with the same exit."""
    assert recorded.refusal(path) == json.loads((path.parent / "verdicts.json").read_text("utf-8"))[path.stem]


def test_every_family_of_refusals_that_a_book_can_show_has_its_book() -> None:
    """By articles; what article 16 refuses, no act of the first version can run into."""
    families = {code[:5] for code in catalogue()["refusals"] if re.match(r"GY-\d\d-", code)}
    assert families - {path.stem for path in REFUSED} == {"GY-16"}


@pytest.mark.parametrize("path", LEAVES, ids=lambda p: p.stem)
def test_a_leaf_of_every_stored_act_type_decodes_for_ever(path: Path) -> None:
    """Its bytes are canonical, its body has its type's form."""
    leaf = decode(path.read_bytes())
    act = leaf.entry.act
    assert act.type == path.stem.replace("@", "/")
    assert decode_body(act_type_of(act.type), act.body) is not None
    assert canonical.encode(canonical.decode(leaf.data)) == leaf.data


def test_every_act_type_has_its_leaf() -> None:
    """A new type or version adds one: run python tests/golden/build.py acts."""
    assert {p.stem.replace("@", "/") for p in LEAVES} >= set(ACT_TYPES)


def test_every_act_type_of_the_first_version_stands_in_a_golden_book() -> None:
    """In a lawful one; what came since has its leaf, and a book once a new version of the books is built."""
    told = set().union(*(recorded.told(folder) for folder in BOOKS))
    assert set(json.loads((GOLDEN / "v1" / "types.json").read_text("utf-8"))) == told | UNTOLD
