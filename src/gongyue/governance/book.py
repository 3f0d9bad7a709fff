"""The book itself: its genesis and the anchors of the sealed book's root."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.parties import SYSTEM
from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM as BY_SYSTEM
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import (
    OFFICES,
    Algorithm,
    Count,
    Date,
    KeyId,
    Name,
    Office,
    OfficerId,
    RootDigest,
)
from gongyue.governance.recovery import least_sealed
from gongyue.governance.registry import Key, Officer, Tenure
from gongyue.rules import office as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


class FirstOfficer(Struct, frozen=True, forbid_unknown_fields=True):
    """An officer named in the genesis act, with key and offices."""

    id: OfficerId
    key: KeyId
    offices: tuple[Office, ...]
    begins: Date
    ends: Date


class Anchor(Struct, frozen=True):
    """The sealed book's size and root, anchored in the open book at `index` for a time slot."""

    slot: int
    size: int
    root: str
    index: int
    time: int


@act(
    "book.genesis/1",
    by=office("secretary", two=True),
    clause="office.executive",
    example={
        "executive": "示范联盟（演示）",
        "open_vkey": "gongyue.example/zgc-bigdata+0a1b2c3d+AQ==",
        "sealed_vkey": "gongyue.example/zgc-bigdata/sealed+0a1b2c3d+AQ==",
        "system_key": "k:" + "11" * 32,
        "algorithms": ["ed25519"],
        "origins": [],
        "officers": [
            {
                "id": "o:qin",
                "key": "k:" + "22" * 32,
                "offices": ["secretary"],
                "begins": "2026-01-01",
                "ends": "2028-12-31",
            },
            {
                "id": "o:bai",
                "key": "k:" + "33" * 32,
                "offices": ["clerk"],
                "begins": "2026-01-01",
                "ends": "2028-12-31",
            },
        ],
        "strength": "A1",
        "slot_seconds": 86400,
        "quantum": 16,
        "recovery_days": 7,
        "demo": False,
    },
)
class Genesis(Body, frozen=True):
    """Founds the open book: the covenant's origin, the books' keys, the first two officers, how anchors are kept.

    `quantum`: the sealed book grows by a multiple of it, and not by nothing, before each anchor; `slot_seconds`: one anchor
    in each slot of this length; `recovery_days`: the visible delay before a recovered key is valid.
    """

    executive: Name
    open_vkey: Annotated[str, Meta(max_length=300)]
    sealed_vkey: Annotated[str, Meta(max_length=300)]
    system_key: KeyId
    algorithms: Annotated[tuple[Algorithm, ...], Meta(min_length=1)]
    origins: tuple[Annotated[str, Meta(max_length=200)], ...]
    officers: tuple[FirstOfficer, ...]
    strength: Literal["A1", "A3"]
    slot_seconds: Annotated[int, Meta(ge=60, le=31 * 86_400)]
    quantum: Annotated[int, Meta(ge=1, le=65_536)]
    recovery_days: Annotated[int, Meta(ge=1, le=90)]
    demo: bool

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.only_the_executive_body(filing.actor)
        yield rules.two_officers_confirm({o.id for o in self.officers})
        signing = {o.key for o in self.officers}
        if len(signing) != len(self.officers) or not signing <= set(filing.keys) or self.system_key in signing:
            raise OutOfTurn("wrong-key", "book.genesis/1")
        for one in self.officers:
            offices = set(one.offices) if from_iso(one.begins) <= filing.day <= from_iso(one.ends) else set()
            yield rules.holds_the_office(one.id, offices, set(OFFICES), filing.day)
            yield rules.offices_are_compatible(one.id, set(), offices)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        officers = {
            o.id: Officer(o.id, tuple(Tenure(f, from_iso(o.begins), from_iso(o.ends), filing.index) for f in o.offices))
            for o in self.officers
        }
        inst = replace(inst, cov=filing.act.cov, genesis=self, officers=Map(officers))
        for holder, key in [*((o.id, o.key) for o in self.officers), (SYSTEM, self.system_key)]:
            inst = inst.with_key(key, Key(holder, "ed25519", 0, 0, filing.time))
        return inst


@act(
    "book.anchor/1",
    by=BY_SYSTEM,
    clause="office.executive",
    example={"slot": 20500, "size": 16, "root": "sha256:" + "00" * 32},
)
class AnchorSealed(Body, frozen=True):
    """Anchors the sealed book's root, once in a slot, grown by quanta of acts and padding. The caller has recomputed the root."""

    slot: Count
    size: Count
    root: RootDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        assert inst.genesis is not None
        last = inst.anchors[-1] if inst.anchors else None
        due = filing.time // inst.genesis.slot_seconds
        in_order = self.slot == due and (last is None or self.slot > last.slot)
        if not in_order or self.size <= least_sealed(inst) or self.size % inst.genesis.quantum:
            raise OutOfTurn("anchor-order", "book.anchor/1", slot=self.slot, size=self.size, due=due)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        anchor = Anchor(self.slot, self.size, self.root, filing.index, filing.time)
        return replace(inst, anchors=(*inst.anchors, anchor))


@act(
    "book.rotate/1",
    by=office("secretary", "sysop", two=True),
    clause="office.executive",
    example={"book": "open", "verifier": "gongyue.example/zgc-bigdata+0a1b2c3d+AQ=="},
)
class Rotate(Body, frozen=True):
    """Names a further key of a book. Heads are signed with both while readers change over, then with the new one."""

    book: Literal["open", "sealed"]
    verifier: Annotated[str, Meta(pattern=r"\A[!-~]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{4,64}\Z")]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        known = book_vkeys(inst, self.book)
        if self.verifier in known:
            raise OutOfTurn("key-registered", "book.rotate/1", key=self.verifier)
        if self.verifier.partition("+")[0] != known[0].partition("+")[0]:  # C2SP: the key's name is the book's origin
            raise OutOfTurn("wrong-book", "book.rotate/1", book=self.book)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return replace(inst, rotated=(*inst.rotated, (self.book, self.verifier)))


def book_vkeys(inst: Institution, book: str) -> list[str]:
    """The verifier keys of a book, the genesis act's first."""
    assert inst.genesis is not None
    first = inst.genesis.open_vkey if book == "open" else inst.genesis.sealed_vkey
    return [first, *(vkey for name, vkey in inst.rotated if name == book)]
