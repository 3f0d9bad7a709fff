"""Where the tests keep their stores, and what they put in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from gongyue.office.store import OPEN, Head, NewLeaf, NewSealed, Store, Writing, open_store
from gongyue.sealing.commitment import commit
from gongyue.transparency.merkle import Frontier, leaf_hash

SERVER = os.environ.get("GONGYUE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


def to_server(**options: Any) -> Any:
    """psycopg's connection to the server; without one the test is skipped, with the reason."""
    import psycopg
    import pytest  # not by the processes that tests start and kill

    try:
        return psycopg.connect(SERVER, connect_timeout=3, **options)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server (GONGYUE_TEST_POSTGRES): {error}".strip())


def address_of(database: str) -> str:
    """The address of another database on the same server, which may be reached by a socket that stands in the query."""
    address, mark, query = SERVER.partition("?")
    return f"{address.rpartition('/')[0]}/{database}{mark}{query}"


class Place(NamedTuple):
    """A place for one store: a URL, and for PostgreSQL the schema."""

    url: str
    schema: str = ""

    def open(self, create: bool = False, older: bool = False) -> Store:
        """Open the store there."""
        if self.schema:
            from gongyue.office.store.postgres import open_postgres

            return open_postgres(self.url, create, self.schema, older)
        return open_store(self.url, create, older)


def new(name: str) -> NewLeaf:
    """A leaf that says its name."""
    leaf = f"leaf {name}".encode()
    return NewLeaf(leaf, leaf_hash(leaf), digest(name))


def digest(name: str) -> str:
    """The digest under which the act of that leaf is found."""
    return "sha256:" + sha256(name.encode()).hexdigest()


def add(tx: Writing, leaves: Iterable[NewLeaf], book: str = OPEN) -> int:
    """Append leaves and the head over them, as the office does; the first index."""
    leaves = list(leaves)
    head = tx.head(book)
    frontier = Frontier.from_bytes(head.frontier) if head else Frontier()
    first = tx.append(book, leaves)
    for leaf in leaves:
        frontier.append(leaf.hash)
    tx.set_head(book, head_of(frontier))
    return first


def sealed(n: int, unit: str = "u:0001", type: str = "vote.ballot/1", paper: bool = False) -> bytes:
    """A sealed entry as far as the store reads one."""
    body = {"vote": "p:1"} if type.startswith("vote.") else {"unit": "u:0099"}
    act = {"actor": unit, "body": body | {"n": n}, "type": type} | ({"paper": {}} if paper else {})
    return json.dumps({"act": act, "rx": {"t": 1}}, sort_keys=True, separators=(",", ":")).encode()


def arriving(entry: bytes, name: str = "") -> NewSealed:
    """An act under seal that arrives, by default named after its entry."""
    salt = sha256(entry + name.encode()).digest()
    return NewSealed(digest(name or entry.decode("utf-8", "replace")), commit(salt, entry), salt, entry, b"promise")


def head_of(frontier: Frontier) -> Head:
    """A head with a made-up note."""
    return Head(frontier.size, frontier.root(), frontier.to_bytes(), b"note %d" % frontier.size)


def beside(place: Place, name: str, count: int) -> subprocess.Popen[str]:
    """Another process that makes the store if there is none, then appends so many leaves, one a transaction."""
    command = [sys.executable, "-W", "error", __file__, *place, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def main(url: str, schema: str, name: str, count: str) -> None:
    """What that process does: it prints the index of each leaf."""
    store = Place(url, schema).open(create=True)
    for i in range(int(count)):
        with store.writing() as tx:
            index = add(tx, [new(f"{name} {i}")])
        print(index, flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
