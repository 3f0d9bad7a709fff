"""Acts under seal in tests: what the office can open, how a line reads once it is anchored, and acts it takes without asking."""

from __future__ import annotations

import base64

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.book.receipts import Receipt, sign_inclusion_promise
from gongyue.governance.acts import Opening
from gongyue.office.office import Office
from gongyue.office.openings import named, opened
from gongyue.office.store import NewSealed
from gongyue.sealing.commitment import commit
from gongyue.transparency import canonical


def sealed_openings(office: Office) -> list[Opening]:
    """Every act under seal, in the order of arrival."""
    return [opened(one).opening for one in office.store.sealed_entries()]


def lines_of(office: Office) -> list[bytes]:
    """The disclosure line of each, as it reads now."""
    return [opened(one).line for one in office.store.sealed_entries()]


def commitment_in(line: bytes | Receipt) -> str:
    """The commitment that a disclosure line opens."""
    if isinstance(line, Receipt):
        return line.commitment
    row = msgspec.json.decode(line)
    return commit(base64.b64decode(row["salt"]), canonical.encode(row["entry"]))


def now_reads(office: Office, line: bytes | Receipt) -> bytes:
    """How a line reads now: with its index, once an anchor has placed it."""
    found = named(office.store, commitment_in(line).replace("sha256", "sealed"))
    assert found is not None
    return found.line


def keep(office: Office, data: bytes, act: str = "") -> bytes:
    """Take an entry under seal without asking the law, as a dishonest office would; returns what opens it.

    Without the digest of its `act` it is kept even where that was taken before.
    """
    assert office.inst.genesis is not None
    salt = office.entropy(32)
    commitment = commit(salt, data)
    time = decode(data).entry.rx.t
    promise = sign_inclusion_promise(office.keys.sealed, commitment, time, time // office.inst.genesis.slot_seconds + 1)
    with office.store.writing() as tx:
        tx.receive([NewSealed(act or canonical.digest(salt), commitment, salt, data, promise)])
    return disclosure.line(None, salt, data, promise)


def index_of(office: Office, line: bytes | Receipt) -> int:
    """The leaf under which it stands, once an anchor has placed it."""
    found = named(office.store, commitment_in(line).replace("sha256", "sealed"))
    assert found is not None and found.kept.index is not None
    return found.kept.index
