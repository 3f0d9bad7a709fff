"""One published book, read leaf by leaf: what lies in it, and that outside it there is nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import checkpoint, merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Verifier
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import Stop
from gongyue.verifying.published_book import BookFiles
from support.published import Files, story_files, vkey


def read(base: merkle.Frontier | None = None) -> BookFiles:
    """The story's open book, all of it hashed, or what came since `base`."""
    files = story_files()
    head = checkpoint.open(files["checkpoint"], Verifier.from_vkey(vkey()))
    book = BookFiles("open", files.__getitem__, Budget(), head, base)
    book.authenticate()
    return book


def test_outside_the_book_there_is_no_leaf_and_no_root() -> None:
    """Neither before its first leaf nor past its last; the root of no leaf and of all are there."""
    book = read()
    size = book.head.size
    assert [book.leaf(index) is None for index in (-1, 0, size - 1, size)] == [True, False, False, True]
    assert [book.root(at) is None for at in (-1, 0, size, size + 1)] == [True, False, False, True]
    assert (book.root_bytes(0), book.root_bytes(size)) == (merkle.EMPTY_ROOT, book.head.root)


def test_from_wherever_one_goes_on_the_leaves_and_roots_are_the_same() -> None:
    """After one leaf, in the middle, at the last but one, at the end: from each place on, and before it by proof."""
    whole = read()
    size = whole.head.size
    leaves, frontier = list(whole.leaves(0)), merkle.Frontier()
    assert len(leaves) == size
    for start in range(size + 1):
        if start in (1, 2, size // 2, size - 1, size):
            book = read(merkle.Frontier.from_bytes(frontier.to_bytes()))
            assert book.start == start
            assert book.frontier.to_bytes() == whole.frontier.to_bytes()
            for since in (0, 1, start, size - 1, size):
                assert list(book.leaves(since)) == leaves[since:]
            for at in (0, 1, start - 1, start, size):
                assert book.root(at) == whole.root(at)
        if start < size:
            frontier.append(merkle.leaf_hash(leaves[start]))


def leaves_of(book: str) -> list[bytes]:
    """301 leaves, more than a tile or a bundle holds, of an odd number."""
    numbers = range(301)
    return [sealed_leaf(f"sha256:{n:064x}") if book == "sealed" else b'{"n":%d}' % n for n in numbers]


def published(book: str, leaves: list[bytes]) -> tuple[Files, Checkpoint]:
    """The files of a book of these leaves, and the head that was signed of it."""
    tree = merkle.Tree(map(merkle.leaf_hash, leaves))
    with TemporaryDirectory() as folder:
        place = Path(folder) if book == "open" else Path(folder) / book
        tiles.publish(place, lambda start, stop: iter(leaves[start:stop]), tree.node, 0, tree.size)
        files = {str(p.relative_to(folder)): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}
    return files, Checkpoint("example", tree.size, tree.root())


@cache
def large(book: str) -> tuple[Files, Checkpoint]:
    return published(book, leaves_of(book))


def book_of(book: str, files: Files, head: Checkpoint, base: merkle.Frontier | None = None) -> BookFiles:
    return BookFiles(book, files.__getitem__, Budget(), head, base)


@pytest.mark.parametrize("book", ["open", "sealed"])
@pytest.mark.parametrize("start", [0, 1, 255, 256, 257, 300, 301])
def test_a_book_of_several_tiles_is_read_from_either_side_of_their_bounds(book: str, start: int) -> None:
    """256 leaves to a tile: hashed anew or from a base, from wherever one reads, the leaves and the roots are those published."""
    leaves, base = leaves_of(book), merkle.Frontier()
    for data in leaves[:start]:
        base.append(merkle.leaf_hash(data))
    read = book_of(book, *large(book), base if start else None)
    assert read.authenticate() == []
    assert read.frontier.root() == read.head.root and read.frontier.size == 301
    assert read.frontier.to_bytes() == frontier_of(leaves).to_bytes()
    for since in (0, 1, 255, 256, 257, 301):
        assert list(read.leaves(since)) == leaves[since:]
    assert [read.leaf(index) for index in (0, 255, 256, 300, 301)] == [*(leaves[i] for i in (0, 255, 256, 300)), None]
    for size in (0, 1, 255, 256, 257, 301):
        assert read.root_bytes(size) == frontier_of(leaves[:size]).root()


def frontier_of(leaves: list[bytes]) -> merkle.Frontier:
    frontier = merkle.Frontier()
    for data in leaves:
        frontier.append(merkle.leaf_hash(data))
    return frontier


@pytest.mark.parametrize("book", ["open", "sealed"])
def test_every_tile_of_a_book_that_is_read_anew_is_compared(book: str) -> None:
    """Also those above the leaves, which nothing else reads: changed, tampered/tile by its path; gone, missing."""
    files, head = large(book)
    path = ("" if book == "open" else "sealed/") + "tile/1/000.p/1"
    changed = files | {path: bytes(32)}
    with pytest.raises(Stop) as stop:
        book_of(book, changed, head).authenticate()
    assert (stop.value.failure.code, stop.value.failure.figures["what"]) == ("tampered/tile", f"{book} tile/1/000.p/1")
    del changed[path]
    with pytest.raises(Stop) as stop:
        book_of(book, changed, head).authenticate()
    assert stop.value.failure.code == "tampered/missing"
    assert "tile/1/000.p/1" in str(stop.value.failure.figures["what"])


@pytest.mark.parametrize("index", [0, 3, 256, 300])
def test_the_first_leaf_that_is_not_what_its_book_holds_is_named(index: int) -> None:
    """In the sealed book a leaf that is no commitment is of a wrong form, by its place; the open book says nothing of form."""
    leaves = leaves_of("sealed")
    leaves[index] = leaves[index] + b" "
    leaves[-1] = b"nothing"
    with pytest.raises(Stop) as stop:
        book_of("sealed", *published("sealed", leaves)).authenticate()
    assert (stop.value.failure.code, stop.value.failure.index) == ("tampered/form", index)
    assert book_of("open", *published("open", leaves)).authenticate() == []


def test_the_leaves_that_contain_what_is_looked_for_are_returned() -> None:
    """From their first byte on to their last, each for what it has; no other."""
    leaves = [b"wanted, and more", b"more that is wanted", b"nothing of it", b"it is wanted here"]
    for wanted, found in (((b"wanted",), (0, 1, 3)), ((b"it is", b"nothing"), (3, 2)), ((), ())):
        book = book_of("open", *published("open", leaves))
        assert book.authenticate(*wanted) == [leaves[n] for n in found]


@pytest.mark.parametrize("index", [0, 8, 256, 300])
def test_the_first_leaf_that_is_not_the_one_in_its_tile_is_named(index: int) -> None:
    """One entry of a bundle changed: tampered/hash by its place, in either bundle."""
    leaves, (files, head) = leaves_of("open"), large("open")
    leaves[index] = b'{"n":-1}'
    entries = {path: data for path, data in published("open", leaves)[0].items() if path.startswith("tile/entries/")}
    with pytest.raises(Stop) as stop:
        book_of("open", files | entries, head).authenticate()
    assert (stop.value.failure.code, stop.value.failure.index) == ("tampered/hash", index)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (3, 300), (255, 256)])
def test_no_commitment_stands_at_two_leaves(first: int, second: int) -> None:
    """Beside it, a tile further on: exit 2 at the later one. Two open entries alike are another matter: their acts are refused."""
    leaves = leaves_of("sealed")
    leaves[second] = leaves[first]
    with pytest.raises(Stop) as stop:
        book_of("sealed", *published("sealed", leaves)).authenticate()
    assert (stop.value.failure.code, stop.value.failure.index) == ("tampered/twice", second)
