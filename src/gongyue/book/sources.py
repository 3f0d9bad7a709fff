"""Where a replay finds what acts name, and how it tells that something is not there, or not what it claims to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gongyue.covenant.rulings import OutOfTurn
from gongyue.transparency import canonical


class Sources(Protocol):
    """Where a replay finds what acts name. None where there is no such thing."""

    def object(self, digest: str) -> bytes | None:
        """The object of that digest; the caller has not yet checked its hash."""

    def handed(self, digest: str) -> bytes | None:
        """The openings of that digest which were handed to some only; None where they are not at hand."""

    def leaf(self, index: int) -> bytes | None:
        """The open book's leaf at that index."""

    def sealed_leaf(self, index: int) -> bytes | None:
        """The sealed book's leaf at that index."""

    def root(self, size: int) -> str | None:
        """The open book's root at that size, `sha256:<hex>`."""

    def sealed_root(self, size: int) -> str | None:
        """The sealed book's root at that size."""

    @property
    def opens_all(self) -> bool:
        """Whether every sealed act can be opened here: an office that takes an act can, a verifier cannot."""

    @property
    def judged(self) -> bool:
        """Whether all that stands here was judged when it was recorded, what it opens too, and need not be again."""

    def opened(self, vote: str = "") -> Iterable[tuple[int, str, bytes]]:
        """(index, commitment, entry) of the sealed acts that can be opened here; UNPLACED for one that has no leaf yet.

        Of those in that vote only, where one is named: asked where every sealed act can be opened, so nobody else looks.
        """

    def opening(self, commitment: str) -> bytes | None:
        """The sealed entry of that commitment, where it can be opened here."""

    def dossier(self, id: str) -> Iterable[tuple[int, bytes]]:
        """(index, entry) of the entries of a dossier that can be opened here, by their places."""


class Recorded:
    """The sources of what stands in the book: it was checked when it was recorded, and asks for nothing sealed."""

    opens_all = False
    judged = True

    def __init__(self, sources: Sources) -> None:
        self.object, self.leaf, self.root = sources.object, sources.leaf, sources.root
        self.handed = sources.handed
        self.sealed_leaf, self.sealed_root = sources.sealed_leaf, sources.sealed_root

    def opened(self, vote: str = "") -> Iterable[tuple[int, str, bytes]]:
        """Nothing: what it opens was judged when it was recorded."""
        return ()

    def opening(self, commitment: str) -> bytes | None:
        """None: an open act that names a sealed one stands by itself."""
        return None

    def dossier(self, id: str) -> Iterable[tuple[int, bytes]]:
        """Nothing, likewise."""
        return ()


class Tampered(Exception):
    """Bytes that are not what they claim to be; `what` says which, `why` how."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what, self.why = what, why


class Undisclosed(Exception):
    """A sealed act that another rests on is in the sealed book, but cannot be opened here: its commitment."""


def checked(digest: str, data: bytes, most: int) -> bytes:
    """The object, if it is of that digest and not longer."""
    if len(data) > most:
        raise OutOfTurn("bad-object", digest, why=f"{len(data)} > {most} bytes")
    if canonical.digest(data) != digest:
        raise Tampered(digest, canonical.digest(data))
    return data
