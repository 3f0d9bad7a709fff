"""A checker written from docs/formats.md alone agrees with `gongyue verify`: on golden books, packs, and whatever is wrong in a dossier."""

from __future__ import annotations

import ast
import hmac
import json
import re
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

from attacks import test_links
from attacks.test_audit import content, openings
from gongyue.verifying.verify import Request, verify
from support import published
from support.alliance import FIRST, Alliance
from support.dossiers import folded, forced_in, noted, opened, signed
from support.draws import all_drawn, audited, slot_keys, state
from support.packs import Files, case_story, checked, files_in, packed, petition_pack, zipped
from support.published import published_by_force, vkey
from tests.interop import audits, checker, packs
from tests.interop.canon import Wrong
from verifying import test_dossiers, test_kept_heads
from verifying import test_packs as hostile

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "v1"


def theirs(check: Callable[[], object]) -> tuple[int, str]:
    """Exit code and code by the other checker."""
    try:
        check()
    except Wrong as wrong:
        return wrong.exit, wrong.code
    return 0, ""


def golden(path: str) -> bytes:
    try:
        return (GOLDEN / "book" / path).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise KeyError(path) from None


@pytest.mark.parametrize("name", sorted(p.name for p in HERE.glob("*.py") if not p.name.startswith("test_")))
def test_it_is_made_of_the_standard_library_and_one_signature_library(name: str) -> None:
    """Nothing of the product is imported."""
    tree = ast.parse((HERE / name).read_text("utf-8"))
    tops = {n.module.partition(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert "gongyue" not in tops and not {"nacl", "msgspec"} & tops


def test_the_golden_book_with_all_that_was_kept() -> None:
    """Bytes, anchors, signatures, every opening in its dossier, every promise: nothing is wrong, as verify says too."""
    kept = GOLDEN / "kept"
    found = checker.check(
        golden,
        (GOLDEN / "log.vkey").read_text().strip(),
        [path.read_bytes() for path in sorted(kept.glob("*.opening"))],
        [],
        [path.read_bytes() for path in sorted(kept.glob("*.receipt"))],
    )
    assert sum(found.values()) >= 4 and max(found.values()) >= 3


@pytest.mark.parametrize("book", ["tile/entries/", "sealed/tile/entries/"])
def test_a_byte_altered_in_the_golden_book(book: str) -> None:
    """Any of twenty bytes: exit 2 by both."""
    path = next(p for p in (GOLDEN / "book" / book).rglob("*") if p.is_file())
    name, data = path.relative_to(GOLDEN / "book").as_posix(), path.read_bytes()
    key = (GOLDEN / "log.vkey").read_text().strip()
    for place in range(2, len(data), len(data) // 20):
        altered = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        fetch = lambda wanted, altered=altered: altered if wanted == name else golden(wanted)  # noqa: E731
        assert theirs(lambda fetch=fetch: checker.check(fetch, key))[0] == 2  # type: ignore[misc]
        assert verify(fetch, Request(key))[0].code == 2


def test_an_object_altered_or_gone_where_it_opens_what_is_sealed() -> None:
    """The openings of an application and of a vote: exit 2 by both."""
    key = (GOLDEN / "log.vkey").read_text().strip()
    openings = [p for p in (GOLDEN / "book/objects/sha256").iterdir() if p.read_bytes().startswith(b'{"book":"sealed"')]
    assert len(openings) == 2
    for path in openings:
        name = path.relative_to(GOLDEN / "book").as_posix()
        for altered in (None, path.read_bytes() + b"x"):

            def fetch(wanted: str, name: str = name, altered: bytes | None = altered) -> bytes:
                if wanted != name:
                    return golden(wanted)
                if altered is None:
                    raise KeyError(wanted)
                return altered

            assert theirs(lambda fetch=fetch: checker.check(fetch, key))[0] == 2  # type: ignore[misc]
            assert verify(fetch, Request(key))[0].code == 2


def test_what_was_drawn_and_what_was_opened_of_it() -> None:
    """With keys: all of it, all twice over, each act in turn left out, another key; then with a half stated, one act left out."""
    world = audited(31)
    seed = all_drawn(world)
    keys, rows = slot_keys(world, seed), openings(world, seed)
    every = rows.splitlines(keepends=True)
    wrong = re.sub(rb'":"[0-9a-f]{64}"', b'":"' + b"ab" * 32 + b'"', keys, count=1)
    cases = [(rows, keys, 0), (rows * 2, keys, 0), (rows, wrong, 2)]
    cases += [(b"".join(every[:n] + every[n + 1 :]), keys, 2) for n in range(0, len(every), 4)]
    agree_on_audit(world, cases)
    world.stage.office.handle(state(world, seed))
    agree_on_audit(world, [(rows, None, 0), (b"".join(every[1:]), None, 2)])


def agree_on_audit(world: Alliance, cases: list[tuple[bytes, bytes | None, int]]) -> None:
    files = published_by_force(world)
    for given, keys, expected in cases:
        ours = content(world, given, keys=keys, files=files)
        other = theirs(lambda: checker.check(files.__getitem__, vkey(world), audit=[given], keys=keys))  # noqa: B023
        assert (ours.code, other[0]) == (expected, expected), (ours.failure, other)


def test_the_vector_of_padding() -> None:
    """Slot 20500 of k = 00…1f: the first leaf of padding, and another one after it."""
    slot_key = hmac.digest(bytes(range(32)), audits.u64(20500), "sha256")
    assert audits.padding_of(slot_key, 0) == "sha256:72664892f428f50a6490e3cf5c3f56c85cd0eaf86f3db019a4449a084c13465d"
    assert audits.padding_of(slot_key, 1) != audits.padding_of(slot_key, 0)


def test_packs_of_a_petition_and_of_both_parties_of_a_case(tmp_path: Path) -> None:
    """Every document belongs to the places that verify names."""
    world, report, case = case_story(tmp_path)
    made = [packed(world, tmp_path, FIRST, report, "r.zip"), packed(world, tmp_path, "u:0002", case, "c.zip")]
    for path in (petition_pack()[0], *made):
        ours = checked(path)
        assert ours.code == 0 and ours.pack is not None
        found = packs.check_pack(files_in(path).__getitem__)
        assert found == {one.c: list(one.places) for one in ours.pack.documents}


CHANGES = [
    hostile.swapped,
    hostile.another_text,
    hostile.wrong_salt,
    hostile.smuggled,
    hostile.without(hostile.ONE),
    hostile.without_line(2),
    hostile.without_line(4),
    hostile.line_salt,
    hostile.another_dossier,
]


@pytest.mark.parametrize("change", CHANGES)
def test_hostile_packs(tmp_path: Path, change: Callable[[Files], Files]) -> None:
    """The same exit code and code."""
    files = change(files_in(petition_pack()[0]))
    ours = hostile.outcome(zipped(tmp_path / "pack.zip", files))
    assert theirs(lambda: packs.check_pack(files.__getitem__)) == ours and ours[0] == 2


@pytest.mark.parametrize("module", [test_dossiers, test_kept_heads, test_links], ids=lambda m: str(m.__name__))
def test_whatever_is_forged_elsewhere(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book of those tests, with what is disclosed: the same exit code and code, or an act that only the law forbids."""
    seen: list[tuple[str, tuple[int, str], tuple[int, str]]] = []
    real = published.verify

    def both(fetch: Callable[[str], bytes], request: Request) -> object:
        report, state = real(fetch, request)
        kept = [[data for _, data in files] for files in (request.disclosures, request.heads, request.receipts)]
        other = theirs(lambda: checker.check(fetch, request.vkey, *kept))
        seen.append((name, (report.code, report.failure.code if report.failure else ""), other))
        return report, state

    monkeypatch.setattr(published, "verify", both)
    for name, test in vars(module).items():
        if name.startswith("test_") and not signature(test).parameters:
            test()
    assert len(seen) >= 10
    forbidden = ("GY-", "out-of-turn/already", "link/")
    differ = [one for one in seen if one[1] != one[2] and not (one[1][1].startswith(forbidden) and one[2] == (0, ""))]
    assert differ == []


def test_a_head_that_is_contradicted() -> None:
    """What it ended in was taken away and replaced: exit 2 by both."""
    world, dossier = test_dossiers.told(2)
    act = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    place, rows = folded(world, dossier).next, opened(world, dossier)
    noted(world, dossier, docs=[test_dossiers.ONE])
    head = world.stage.office.head(dossier)
    line = forced_in(world, act, place)
    world.stage.now += 86_400
    world.tick()
    files = published_by_force(world)
    kept = b"".join([*rows, line])
    report, _ = verify(files.__getitem__, Request(vkey(world), disclosures=(("x", kept),), heads=(("h", head),)))
    other = theirs(lambda: checker.check(files.__getitem__, vkey(world), [kept], [head]))
    assert report.failure is not None and (report.code, report.failure.code) == other == (2, "tampered/head")


@pytest.mark.parametrize("book", sorted(p.parent.name for p in GOLDEN.parent.glob("v1-*/expected.json")))
def test_every_golden_book_with_all_that_was_kept(book: str) -> None:
    """Reports and cases, audits, false time, keys lost and found: nothing is wrong, as verify says too."""
    folder = GOLDEN.parent / book

    def fetch(path: str) -> bytes:
        try:
            return (folder / "book" / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            raise KeyError(path) from None

    opened = [path.read_bytes() for path in sorted((folder / "kept").glob("*.opening"))]
    heads = [path.read_bytes() for path in sorted((folder / "kept").glob("*.head"))]
    found = checker.check(fetch, (folder / "log.vkey").read_text().strip(), opened, heads)
    said = json.loads((folder / "expected-kept.json").read_text("utf-8"))
    assert bool(found) is bool(said["dossiers"])
