"""The documents that acts in dossiers name: for the office, which keeps them, and for whoever checks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gongyue.book.entry import decode
from gongyue.governance import parts
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.envelope import Act
from gongyue.governance.fields import Private


def documents_named(kind: ActType, act: Act) -> list[str]:
    """The documents that an act in a dossier names, each once: those of its body, then the paper it was recorded from."""
    body = msgspec.json.decode(act.body)
    paths = [path.split(".") for path, sort in kind.digests.items() if sort is Private]
    named = [c for path in paths for c in parts.at(body, path)]
    return list(dict.fromkeys([*named, *([act.paper.scan] if act.paper else [])]))


def documents_of(entries: Iterable[bytes]) -> Iterator[str]:
    """The documents that entries of a dossier name, in their order."""
    for data in entries:
        act = decode(data).entry.act
        yield from documents_named(act_type_of(act.type), act)
