"""Proofs of an entry's place, made for the size a page is made of: inclusion, receipts, checkpoints."""

from __future__ import annotations

import msgspec

from gongyue.governance.book import book_vkeys
from gongyue.office.store import OPEN
from gongyue.transparency import merkle, proofs
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.pages.objects import leaf_at


class Inclusion(msgspec.Struct, frozen=True):
    """The proof that a leaf stands at an index of the book at the page's size, in hexadecimal."""

    leaf: str
    hashes: tuple[str, ...]
    root: str


def _hashes(at: Now, index: int) -> list[bytes]:
    office = installation.office()
    return merkle.inclusion_proof(lambda level, place: office.node(OPEN, level, place), index, at.size)


def checkpoint(at: Now) -> tuple[bytes, bytes]:
    """(root, signed note) of the book at the page's size."""
    known = installation.office().store.note(OPEN, at.size)
    assert known is not None, f"no checkpoint at {at.size}"
    return known


def root(at: Now, size: int) -> bytes:
    """The root of the book when it had that size, which is at most the page's."""
    office = installation.office()
    return merkle.root(lambda level, place: office.node(OPEN, level, place), size)


def inclusion(at: Now, index: int) -> Inclusion:
    """Where the leaf stands in the tree."""
    hashed = merkle.leaf_hash(leaf_at(at, index).data).hex()
    return Inclusion(hashed, tuple(h.hex() for h in _hashes(at, index)), checkpoint(at)[0].hex())


def receipt(at: Now, index: int) -> bytes:
    """The entry's .tlog-proof with the leaf itself in it, so that it is checked without anything else."""
    return proofs.make(index, _hashes(at, index), checkpoint(at)[1], leaf_at(at, index).data)


def vkeys(at: Now, book: str = OPEN) -> list[str]:
    """A book's verifier keys, the present one last."""
    return book_vkeys(at.inst, book)
