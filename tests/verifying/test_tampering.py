"""A published book after someone has laid hands on it: one byte, one file, one act."""

from __future__ import annotations

from functools import cache

import pytest

from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN, SEALED
from gongyue.transparency import checkpoint, merkle
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Signer, parse_note, sign_note
from gongyue.verifying import state
from gongyue.verifying.noted import Noted
from gongyue.verifying.verify import Request, verify
from support.alliance import Alliance
from support.published import Files, code, published_by_force, run, story, story_files, vkey
from support.states import states_read_once

__all__ = ["states_read_once"]


def paths(prefix: str) -> list[str]:
    return sorted(p for p in story_files() if p.startswith(prefix))


KINDS = {
    "checkpoint": ["checkpoint"],
    "tile": paths("tile/0/"),
    "entries": paths("tile/entries/"),
    "objects": paths("objects/"),
    "sealed checkpoint": ["sealed/checkpoint"],
    "sealed tile": paths("sealed/tile/0/"),
    "sealed entries": paths("sealed/tile/entries/"),
}


def flipped(files: Files, path: str, place: int) -> Files:
    data = bytearray(files[path])
    data[place] ^= 1 << (place % 8)
    return files | {path: bytes(data)}


def test_the_book_as_published_is_sound_and_lawful() -> None:
    """Exit 0; every act fully but the one that rests on an undisclosed ground."""
    report, kept = run(story_files())
    assert (report.code, report.failure) == (0, None)
    assert kept is not None
    assert report.acts == report.size == story().inst.size
    assert (report.form_only, report.fully) == (1, report.acts - 1)
    members = {u.unit for u in report.units if u.status == "member"}
    assert members == set(story().inst.members)
    assert report.quorum is None
    leaves = [story().stage.office.store.leaf(OPEN, index) for index in range(report.size)]
    signed = sum(len(decode(leaf).entry.sigs) for leaf in leaves if leaf)
    assert report.signatures == signed + 7  # an application, and six ballots that were opened


def test_how_far_it_has_come_is_told_at_the_first_act_and_at_the_end() -> None:
    """Of so many acts; in between about every 4,096."""
    told: list[tuple[int, int]] = []
    report, _ = verify(story_files().__getitem__, Request(vkey()), lambda done, total: told.append((done, total)))
    assert told == [(0, report.size), (report.size, report.size)]


@pytest.mark.parametrize("kind", KINDS)
def test_one_byte_changed_anywhere_is_tampering(kind: str) -> None:
    """Exit 2, in every kind of file: some hundred places in each, first and last byte included."""
    files = story_files()
    assert KINDS[kind]
    for path in KINDS[kind]:
        length = len(files[path])
        step = max(1, length // (300 if "checkpoint" in path else 40))
        for place in {*range(0, length, step), length - 1}:
            report, state = run(flipped(files, path, place))
            assert (report.code, state) == (2, None), (path, place, report)
            assert report.failure is not None


@cache
def before_it_is_named() -> Files:
    """For each object what a verifier keeps just before the entry that names it first: whence it goes on at once.

    It vouches for the sealed book, which holds no object.
    """
    store, frontier, states = story().stage.office.store, merkle.Frontier(), Files()
    head = store.head(SEALED)
    assert head is not None
    sealed = merkle.Frontier.from_bytes(head.frontier)
    replay = Replay(StoreSources(store))
    for index in range(story().inst.size):
        leaf = store.leaf(OPEN, index)
        assert leaf is not None
        kept = state.dump(vkey(), replay.inst, frontier, sealed, 0, Noted()) if index else b""
        for path in KINDS["objects"]:
            if path.rpartition("/")[2].encode() in leaf:
                states.setdefault(path, kept)
        replay.add(decode(leaf))
        frontier.append(merkle.leaf_hash(leaf))
    return states


@pytest.mark.slow(60)
@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_changed_is_tampering(kind: str) -> None:
    """Exit 2 for every byte of small files and every seventh of large ones; of objects in a run that goes on from a state."""
    files = story_files()
    for path in KINDS[kind]:
        kept = before_it_is_named()[path] if kind == "objects" else b""
        assert code(files, state=kept or None) == 0
        step = 7 if len(files[path]) > 2_000 else 1
        for place in range(0, len(files[path]), step):
            assert code(flipped(files, path, place), state=kept or None) == 2, (path, place)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_short_lengthened_emptied_or_gone_is_tampering(kind: str) -> None:
    """Exit 2; without its checkpoint a book cannot be read: exit 4."""
    files = story_files()
    for path in KINDS[kind]:
        data = files[path]
        for changed in (data[:-1], data + b"\n", data + data, b"", data[1:]):
            assert code(files | {path: changed}) == 2, path
        without = {p: d for p, d in files.items() if p != path}
        assert code(without) == (4 if path == "checkpoint" else 2), path


def test_the_first_changed_entry_is_named() -> None:
    """The report says which entry, in both languages."""
    files = story_files()
    path = KINDS["entries"][0]
    index = 8
    start = 0
    for _ in range(index):
        start += 2 + int.from_bytes(files[path][start : start + 2], "big")
    report, _ = run(flipped(files, path, start + 20))
    assert report.failure is not None
    assert (report.failure.index, report.failure.kind) == (index, "tampered")
    assert f"#{index}" in report.failure.zh
    assert f"#{index}" in report.failure.en


def test_two_entries_exchanged_are_tampering() -> None:
    """Order is part of history."""
    from gongyue.transparency.tiles import decode_entries, encode_entries

    files = story_files()
    path = KINDS["entries"][0]
    rows = decode_entries(files[path])
    rows[5], rows[6] = rows[6], rows[5]
    assert code(files | {path: encode_entries(rows)}) == 2


def test_another_objects_bytes_under_its_name_are_tampering() -> None:
    """An object is its digest, also one no rule reads."""
    files = story_files()
    objects = KINDS["objects"]
    codes = set()
    for one, other in zip(objects, objects[1:] + objects[:1], strict=True):
        report, _ = run(files | {one: files[other]})
        assert report.code == 2 and report.failure is not None, one
        codes.add(report.failure.code)
    assert codes == {"tampered/content", "tampered/hash"}


def test_another_key_finds_no_checkpoint_of_its_own() -> None:
    """Exit 2 for another key of the same name and for another name; exit 4 for what is no key."""
    other = Signer(story().stage.origin, bytes(32)).verifier.vkey
    elsewhere = Signer("gongyue.example/elsewhere", bytes(32)).verifier.vkey
    assert code(story_files(), vkey=other) == 2
    assert code(story_files(), vkey=elsewhere) == 2
    for nonsense, why in (
        ("", "want name+id+key"),
        ("nonsense", "want name+id+key"),
        (vkey() + "x", "wrong base64"),
        (vkey()[:-4], "not a sound Ed25519 key"),
    ):
        report, _ = run(story_files(), vkey=nonsense)
        assert report.failure is not None
        assert (report.code, report.failure.code) == (4, "unreadable/key")
        assert f"({why})" in report.failure.en and f"（{why}）" in report.failure.zh


def test_a_head_signed_by_another_key_than_the_genesis_act_names_is_not_the_books_own() -> None:
    """Truly signed under that key, over these very leaves: exit 2 naming the genesis act, entry 0."""
    files, other = story_files(), Signer(story().stage.origin, bytes(32))
    text, _ = parse_note(files["checkpoint"])
    report, _ = run(files | {"checkpoint": sign_note(text, [other])}, vkey=other.verifier.vkey)
    assert report.code == 2 and report.failure is not None
    assert (report.failure.code, report.failure.index) == ("tampered/key", 0)


def test_the_sealed_books_key_does_not_open_the_open_book() -> None:
    """Two books, two keys."""
    assert code(story_files(), vkey=story().stage.office.keys.sealed.verifier.vkey) == 2


def test_an_empty_directory_cannot_be_read() -> None:
    """Exit 4."""
    assert code({}) == 4


def test_a_book_of_its_genesis_act_alone_is_sound_and_one_without_any_act_cannot_be_read() -> None:
    """One entry: exit 0. None, truly signed: exit 4, there is nothing to verify."""
    world = Alliance()
    assert world.inst.size == 1
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.acts) == (0, 1)
    signer = world.stage.office.keys.open
    empty = checkpoint.sign(Checkpoint(signer.verifier.name, 0, merkle.EMPTY_ROOT), signer)
    report, _ = run({"checkpoint": empty}, world=world)
    assert (report.code, report.failure and report.failure.code) == (4, "unreadable/empty")
