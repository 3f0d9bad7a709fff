"""The root over a file of verdicts, and proofs of its rows."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.attesting import merkle_root, verdictfile
from gongyue.conduct.attesting.file_formats import Answered, Sibling
from gongyue.conduct.attesting.leaves import Drawn
from gongyue.conduct.attesting.merkle_root import hash_verdicts
from gongyue.conduct.attesting.sampling import challenge
from gongyue.conduct.attesting.sha256_simd import LANES, LONGEST, digests, padded, room
from gongyue.conduct.attesting.sumtree import (
    EMPTY,
    Node,
    climb,
    counted,
    counts_by_name,
    join,
    leaf,
    leaf_node,
    levels,
    siblings,
)
from gongyue.conduct.attesting.verification import reaches
from gongyue.conduct.findings import BadInput
from gongyue.conduct.jit import entry_point
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.merkle import EMPTY_ROOT
from tests.conduct.attesting.verdicts import ROWS, Row, same, write, write_many
from tests.conduct.running import gongyue

FILES = settings(max_examples=60)
A_ROW = st.tuples(st.sampled_from(KINDS), st.one_of(st.none(), st.integers(0, (1 << 40) - 1)))


def chunked(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Chunks of a few rows, so that a few rows make many."""
    monkeypatch.setattr(merkle_root, "CHUNK", size)
    monkeypatch.setattr(verdictfile, "CHUNK", size)


def answered(drawn: Drawn) -> Answered:
    """A drawn row as an answer gives it."""
    path = [Sibling(node.hash.hex(), counts_by_name(node.counts)) for node in drawn.path]
    return Answered(drawn.row, drawn.verdict, drawn.authorisation, path)


def changed(one: Answered, **other: Any) -> Answered:
    """The same with other values."""
    return msgspec.structs.replace(one, **other)


def test_a_leaf_is_these_bytes() -> None:
    """The form is public contract: canonical JSON of row, verdict and authorisation."""
    assert leaf(3, "OK", 12) == b'{"authorisation":12,"row":3,"verdict":"OK"}'
    assert leaf(1, "NO_AUTH", None) == b'{"authorisation":null,"row":1,"verdict":"NO_AUTH"}'


@FILES
@given(st.lists(A_ROW, max_size=70), st.sampled_from([1, 2, 4, 8]), st.integers(1, 9), st.data())
def test_root_and_proofs_are_those_of_the_plain_tree(
    tmp_path: Path, rows: list[Row], size: int, group: int, data: st.DataObject
) -> None:
    """However rows fall into chunks and row groups; every asked row proves, and nothing else by the same proof."""
    path = write(tmp_path / "v.parquet", rows, group=group)
    asked = sorted(data.draw(st.sets(st.integers(1, len(rows)), max_size=8))) if rows else []
    with pytest.MonkeyPatch.context() as patched:
        chunked(patched, size)
        found = hash_verdicts(path, asked)
    assert same(found, rows)
    assert [(one.row, (one.verdict, one.authorisation)) for one in found.drawn] == [(n, rows[n - 1]) for n in asked]
    root = Node(found.root, counted(found.counts))
    for one in map(answered, found.drawn):
        assert reaches(one, len(rows)) == root
        other = "OK" if one.verdict != "OK" else "NO_AUTH"
        longer, shorter = [*one.proof, Sibling("0" * 64, {"OK": 1})], one.proof[1:]
        wrong = [changed(one, verdict=other), changed(one, authorisation=(one.authorisation or 0) + 1),
                 changed(one, row=one.row + 1), changed(one, proof=longer)]  # fmt: skip
        wrong += [changed(one, proof=shorter)] if one.proof else []
        for place, beside in enumerate(one.proof):
            proofs = [
                [*one.proof[:place], Sibling(beside.hash, counts), *one.proof[place + 1 :]]
                for counts in _others(beside.counts)
            ]
            wrong += [changed(one, proof=proof) for proof in proofs]
        reached = [reaches(one, len(rows)) for one in wrong]
        assert all(node is None or node.hash != root.hash for node in reached)


def _others(counts: dict[str, int]) -> list[dict[str, int]]:
    """One row more, and one row counted as another kind, which leaves the sum."""
    kind = next(iter(counts))
    other = "UNPARSED" if kind != "UNPARSED" else "OK"
    moved = {**counts, kind: counts[kind] - 1, other: counts.get(other, 0) + 1}
    return [{**counts, kind: counts[kind] + 1}, {name: n for name, n in moved.items() if n}]


@pytest.mark.parametrize("rows", [127, 128, 129, 255, 256, 257, 1000])
def test_counts_take_more_room_above_128_rows(tmp_path: Path, rows: int) -> None:
    """Compiled and not, in chunks that end below the bound, at it and above it: the tree of the documentation."""
    given: list[Row] = [(KINDS[n * n % 14], n if n % 3 else None) for n in range(rows)]
    path = write(tmp_path / "v.parquet", given, group=300)
    for size in (64, 128, 256, 1 << 16):
        with pytest.MonkeyPatch.context() as patched:
            chunked(patched, size)
            found = hash_verdicts(path, [1, 2, rows // 2, rows])
        assert same(found, given)
        root = Node(found.root, counted(found.counts))
        assert all(reaches(answered(one), rows) == root for one in found.drawn)


def test_the_verdicts_are_counted_in_this_order() -> None:
    """The order is public contract: a new verdict goes to the end, into the room that is left in a record."""
    assert KINDS == ("OK", "STATUTORY", "NO_AUTH", "PURPOSE", "SCOPE", "ACTION", "RECIPIENT", "REGION", "EXPIRED", "WITHDRAWN",
                     "NOT_YET", "PURPOSE_UNKNOWN", "SUBJECT_UNKNOWN", "UNPARSED")  # fmt: skip


def test_the_example_of_the_documentation() -> None:
    """Two rows, byte by byte, as docs/conduct/attest.md has them."""
    page = (Path(__file__).parents[3] / "docs/conduct/attest.md").read_text("utf-8")
    left, right = leaf_node(1, "OK", 12), leaf_node(2, "NO_AUTH", None)
    records = [left.hash.hex() + "01" + "00" * 15, right.hash.hex() + "000001" + "00" * 13]
    root = hashlib.sha256(bytes.fromhex("01" + "".join(records))).digest()
    assert join(left, right) == Node(root, counted({"OK": 1, "NO_AUTH": 1}))
    for told in (*records, root.hex()):
        assert told in page


def test_a_row_counted_as_another_cannot_be_answered_for() -> None:
    """A tree whose records count one NO_AUTH as OK has false counts at its root, and no proof of that row."""
    rows: list[Row] = [("OK", 1), ("NO_AUTH", None), ("OK", 2), ("OK", 3), ("OK", 4)]
    leaves = [leaf_node(number, *row) for number, row in enumerate(rows, 1)]
    lying = levels([true._replace(counts=counted({"OK": 1})) for true in leaves])
    root, tells = lying[-1][0], []
    assert counts_by_name(root.counts) == {"OK": 5}
    for place, true in enumerate(leaves):
        path = [lying[level][at] for level, at in siblings(place, len(rows))]
        tells.append(climb(true, place, len(rows), path) == root)
    assert tells == [True, False, True, True, True]


def test_a_neighbour_counts_as_many_rows_as_it_has() -> None:
    """Neither fewer, which is the attack on trees that hash a sum alone, nor more, nor any number below zero."""
    one = leaf_node(1, "OK", 1)
    for counts in ({}, {"OK": 2}, {"OK": 2, "NO_AUTH": -1}):
        assert climb(one, 0, 2, [Node(bytes(32), counted(counts))]) is None
    assert climb(one, 0, 2, [Node(bytes(32), counted({"OK": 1}))]) is not None


@pytest.mark.parametrize(("place", "size"), [(-1, 2), (2, 2), (0, 0)])
def test_a_place_that_no_tree_has_leads_nowhere(place: int, size: int) -> None:
    """Before the first row, after the last, in a tree of none."""
    assert climb(leaf_node(1, "OK", 1), place, size, []) is None


@settings(max_examples=150)
@given(st.lists(st.binary(max_size=LONGEST), min_size=1, max_size=LANES))
def test_eight_lanes_hash_as_the_library_does(messages: list[bytes]) -> None:
    """Any bytes, of any length that fits, in any number of lanes; what stood there before does not show."""
    words, blocks, state, text, four = room()
    text[:], words[:], found = 0xFF, 0xFFFFFFFF, np.empty((len(messages), 8), np.uint32)
    lanes(messages, (words, blocks, state, text, four), found)
    assert [row.astype(">u4").tobytes() for row in found] == [hashlib.sha256(m).digest() for m in messages]


@pytest.mark.parametrize("size", [0, 54, 55, 56, 63, 64, 65, 118, LONGEST])
def test_a_message_that_just_fits_a_block_or_does_not(size: int) -> None:
    """The padding needs nine bytes: 55 are one block, 56 are two, 119 are the most."""
    given, found = room(), np.empty((1, 8), np.uint32)
    lanes([b"a" * size], given, found)
    assert found[0].astype(">u4").tobytes() == hashlib.sha256(b"a" * size).digest()


@entry_point
def as_called(
    text: Any, four: Any, lane: Any, size: Any, words: Any, blocks: Any
) -> None:  # pragma: no cover - compiled
    """`padded` as other compiled functions call it: it stands in them."""
    padded(text, four, lane, size, words, blocks)


def lanes(messages: list[bytes], given: tuple[Any, ...], found: Any) -> None:
    """Hash these messages, a lane each."""
    words, blocks, state, text, four = given
    for lane, message in enumerate(messages):
        text[lane, : len(message)] = np.frombuffer(message, np.uint8)
        as_called(text, four, lane, len(message), words, blocks)
    digests(words, blocks, state, found, 0, len(messages))


def test_the_longest_leaf_there_can_be_fits() -> None:
    """The longest verdict, an id of forty bits, the last row a canonical integer counts."""
    assert len(b"\0" + leaf((1 << 53) - 1, max(KINDS, key=len), (1 << 40) - 1)) <= LONGEST


def test_several_threads_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks are hashed by several threads, and come back in order."""
    rows: list[Row] = [(KINDS[n % 14], n if n % 3 else None) for n in range(500)]
    path = write(tmp_path / "v.parquet", rows, group=64)
    chunked(monkeypatch, 32)
    seen: list[tuple[int, int]] = []
    found = hash_verdicts(path, [1, 33, 500], lambda done, total: seen.append((done, total)))
    assert same(found, rows)
    root = Node(found.root, counted(found.counts))
    assert all(reaches(answered(one), 500) == root for one in found.drawn)
    assert seen[-1] == (500, 500) and seen == sorted(seen)


def test_no_rows_at_all(tmp_path: Path) -> None:
    """A log of nothing has the root of an empty tree."""
    found = hash_verdicts(write(tmp_path / "v.parquet", []))
    assert (found.root, found.counts, EMPTY.hash) == (EMPTY_ROOT, {}, EMPTY_ROOT)


def test_rows_that_are_missing_or_moved_are_named(tmp_path: Path) -> None:
    """Row numbers go 1, 2, 3 without a gap: a file that starts at 5 is not whole."""
    with pytest.raises(BadInput, match="row 1 was due and 5 stands there"):
        hash_verdicts(write(tmp_path / "v.parquet", ROWS, first=5))


@pytest.mark.parametrize("kept", [0, 10, 400, -1, -20])
def test_a_truncated_file_cannot_be_read(tmp_path: Path, kept: int) -> None:
    """However much of it is left: a clear error that names the file."""
    whole = write(tmp_path / "v.parquet", ROWS)
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(whole.read_bytes()[:kept])
    with pytest.raises(BadInput, match=r"cut\.parquet is no whole Parquet file"):
        hash_verdicts(cut)


def test_damage_inside_is_told_and_nothing_else_happens(tmp_path: Path) -> None:
    """A flipped byte anywhere: the file is refused in words, or what is read from it is hashed; never a crash."""
    rows: list[Row] = [("OK", n) for n in range(200)]
    whole = write(tmp_path / "v.parquet", rows, group=100).read_bytes()
    bad, told = tmp_path / "bad.parquet", 0
    for place in range(4, len(whole), max(1, len(whole) // 150)):
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            hash_verdicts(bad)
        except BadInput as error:
            told += "bad.parquet" in error.en
    assert told > 20


def test_a_draw_is_this_construction() -> None:
    """Done again here, from the words of the documentation, with nothing of the project's."""
    digest, seed, rows, k = "sha256:" + "d" * 64, "种子 seed", 1000, 50
    drawn, counter = set[int](), 0
    while len(drawn) < k:
        said = json.dumps(
            {"attestation": digest, "counter": counter, "seed": seed}, ensure_ascii=False, separators=(",", ":")
        )
        number = int.from_bytes(hashlib.sha256(b"gongyue/challenge@1\n" + said.encode()).digest()[:8], "big")
        counter += 1
        if number < 2**64 - 2**64 % rows:
            drawn.add(number % rows + 1)
    assert challenge(digest, rows, seed, k).rows == sorted(drawn)


@settings(max_examples=50)
@given(st.integers(1, 400), st.text("abc", min_size=1), st.data())
def test_a_draw_is_of_distinct_rows_that_exist(rows: int, seed: str, data: st.DataObject) -> None:
    """And of as many as were asked for, up to all of them."""
    k = data.draw(st.integers(1, rows))
    found = challenge("sha256:" + "d" * 64, rows, seed, k).rows
    assert len(set(found)) == len(found) == k and found == sorted(found)
    assert found[0] >= 1 and found[-1] <= rows


def test_no_row_is_likelier_than_another() -> None:
    """Ten of a hundred rows, 2,000 seeds: each row 200 times, give or take five standard deviations."""
    times = [0] * 101
    for seed in range(2000):
        for row in challenge("sha256:" + "d" * 64, 100, str(seed), 10).rows:
            times[row] += 1
    assert all(abs(n - 200) < 5 * (2000 * 0.1 * 0.9) ** 0.5 for n in times[1:])


@pytest.mark.parametrize(("rows", "k"), [(0, 1), (5, 6), (5, 0), (100_000, 10_001)])
def test_a_draw_that_cannot_be_made_is_refused(rows: int, k: int) -> None:
    """More rows than there are, none, or more than a file should carry."""
    with pytest.raises(BadInput, match="rows can be drawn"):
        challenge("sha256:" + "d" * 64, rows, "s", k)


MANY = """
import re, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from gongyue.conduct.attesting.merkle_root import hash_verdicts
if __name__ == "__main__":
    hash_verdicts(Path(sys.argv[1]), [1, 2_999_999])
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())  # not ru_maxrss: that begins with the parent's
    print(int(peak[1]) // 1024)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Three million rows cost hardly more memory than three hundred thousand."""
    (tmp_path / "many.py").write_text(MANY, "utf-8")
    peaks = []
    for rows in (300_000, 3_000_000):
        path = write_many(tmp_path / "v.parquet", rows)
        asked = [sys.executable, str(tmp_path / "many.py"), str(path), str(Path.cwd())]
        peaks.append(
            int(subprocess.run(asked, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout)
        )
    assert peaks[1] < peaks[0] + 150 and peaks[1] < 700, peaks


def rewritten(path: Path, **columns: pa.Array | None) -> Path:
    """The file of verdicts with other columns, none where it is None; what it says of its run stays."""
    table = pq.read_table(write(path, ROWS))
    for name, column in columns.items():
        place = table.schema.get_field_index(name)
        table = table.remove_column(place) if column is None else table.set_column(place, name, column)
    pq.write_table(table, path)
    return path


@pytest.mark.parametrize("id", [-1, -2, -(1 << 63), 1 << 40, 1 << 62])
def test_an_id_that_no_authorisation_has_is_refused(tmp_path: Path, id: int) -> None:
    """It would be hashed as none, as another, or without end."""
    path = rewritten(tmp_path / "v.parquet", authorisation=pa.array([7, None, id, 7, 9, 1, None], pa.int64()))
    with pytest.raises(BadInput, match=f"{id}, is not between 0 and"):
        hash_verdicts(path)
    assert gongyue("attest", "make", path, "--unit", "u", "--covers", "c", "--out", tmp_path / "a").exit_code == 4


@pytest.mark.parametrize(
    "columns",
    [
        {"row": None},
        {"verdict": None},
        {"authorisation": None},
        {"row": pa.array([1 << 62] * 7, pa.timestamp("us"))},
        {"row": pa.array([1.0] * 7)},
        {"verdict": pa.array([1 << 62] * 7, pa.timestamp("us"))},
        {"verdict": pa.array([["OK"]] * 7)},
        {"authorisation": pa.array(["7"] * 7)},
    ],
)
def test_a_file_with_other_columns_is_no_file_of_verdicts(tmp_path: Path, columns: dict[str, pa.Array | None]) -> None:
    """One is missing, or holds what no audit writes: told before a row is read, also where only rows are hashed."""
    path = rewritten(tmp_path / "v.parquet", **columns)
    for reads in (hash_verdicts, verdictfile.about):
        with pytest.raises(BadInput, match="is not a file of verdicts"):
            reads(path)


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    """Which of the two is meant nobody knows."""
    table = pq.read_table(write(tmp_path / "v.parquet", ROWS))
    pq.write_table(table.append_column("row", table.column("row")), tmp_path / "v.parquet")
    with pytest.raises(BadInput, match="is not a file of verdicts"):
        hash_verdicts(tmp_path / "v.parquet")


def test_plain_text_and_no_ids_at_all_are_read_as_well(tmp_path: Path) -> None:
    """A file that another program wrote again: the root is the same."""
    rows: list[Row] = [(kind, None) for kind, _ in ROWS]
    whole = pq.read_table(write(tmp_path / "v.parquet", rows))
    plain = whole.set_column(1, "verdict", whole.column("verdict").cast(pa.string()))
    plain = plain.set_column(2, "authorisation", pa.nulls(len(rows)))
    pq.write_table(plain, tmp_path / "v.parquet")
    assert same(hash_verdicts(tmp_path / "v.parquet"), rows)
