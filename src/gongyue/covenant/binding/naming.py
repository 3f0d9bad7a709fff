"""The name of the checking reader an edition was decided under."""

from __future__ import annotations

import hashlib
import json
from functools import cache

import msgspec

from gongyue.covenant.binding.catalogue import catalogue


class ReaderName(msgspec.Struct, frozen=True):
    """A checking reader: its name and the digest of its normative part."""

    name: str
    digest: str


@cache
def this_reader() -> ReaderName:
    """The checking reader of this version: the digest is of its normative part's canonical JSON."""
    data = json.dumps(catalogue().normative(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return ReaderName(catalogue().reader, "sha256:" + hashlib.sha256(data.encode()).hexdigest())
