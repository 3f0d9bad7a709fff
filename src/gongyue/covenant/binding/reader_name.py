"""The name of the checking reader an edition was decided under."""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec

from gongyue.covenant.binding import catalogue
from gongyue.covenant.binding.catalogue import Catalogue


class ReaderName(msgspec.Struct, frozen=True):
    """A checking reader: its name and the digest of its normative part."""

    name: str
    digest: str


def this_reader() -> ReaderName:
    """The latest checking reader: a text is bound by it."""
    return name_of(catalogue.catalogue())


def catalogue_of(name: ReaderName) -> Catalogue | None:
    """The catalogue of the reader of that name; None where this program does not know it."""
    return next((c for c in catalogue.catalogues() if name_of(c) == name), None)


def name_of(read: Catalogue) -> ReaderName:
    """The name of a catalogue's reader: the digest is of its normative part's canonical JSON."""
    return ReaderName(read.reader, _digest(read.canonical))


@cache
def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
