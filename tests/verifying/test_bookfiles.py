"""One published book, read leaf by leaf: what lies in it, and that outside it there is nothing."""

from __future__ import annotations

from gongyue.transparency import checkpoint, merkle
from gongyue.transparency.notes import Verifier
from gongyue.verifying.bookfiles import BookFiles
from gongyue.verifying.budget import Budget
from support.published import story_files, vkey


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
