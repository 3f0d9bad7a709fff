"""Keys: registered from paper, rotated, revoked, recovered with a visible delay, disavowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import DAY
from gongyue.governance.acts import KINDS, UNIT, Body, Entry, Filing, act, decode_body, office
from gongyue.governance.fields import Algorithm, Count, KeyId
from gongyue.governance.standing import Disavowal, Key
from gongyue.rules import office as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Holder = Annotated[str, Meta(pattern=r"\A(?:[uo]:[0-9a-z][0-9a-z-]{0,39}|authority|sys)\Z")]
_KEY = "k:" + "44" * 32


def _acceptable(inst: Institution, key: str, alg: str) -> None:
    """A new key is of an algorithm the genesis allows, of that algorithm's length, and not registered before."""
    assert inst.genesis is not None
    if alg not in inst.genesis.algorithms or len(key) != (66 if alg == "ed25519" else 68):
        raise OutOfTurn("weak-key", alg=alg)
    if key in inst.keys:
        raise OutOfTurn("key-registered", key=key)


def _closed(inst: Institution, key: str, index: int, time: int) -> Institution:
    """The key no longer valid from `index` on, and for sealed acts after the second `time`.

    A ballot that arrived in that second was accepted with it, and must still be when it is opened.
    """
    return inst.with_key(key, replace(inst.keys[key], until=index, valid_to=time + 1))


@act(
    "key.register/1",
    by=office("clerk", "secretary", two=True),
    article=5,
    clause="office.executive",
    example={"holder": "u:0001", "key": _KEY, "alg": "ed25519"},
)
class Register(Body, frozen=True):
    """Two officers register a key: a unit's first one from its paper, an officer's or the authority's in person."""

    holder: Holder
    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _acceptable(inst, self.key, self.alg)
        if is_unit(self.holder):
            inst.unit(self.holder)
            if filing.act.paper is None:
                raise OutOfTurn("needs-paper", "key.register/1")
            if any(key.until is None and key.valid_to is None for key in inst.keys_of(self.holder).values()):
                # A second key on paper would go round the visible delay of recovery.
                raise OutOfTurn(
                    "has-key", "key.register/1", can="key.add/1 | key.rotate/1 | key.recover/1", unit=self.holder
                )
        elif self.holder == "authority" and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "key.register/1")
        elif self.holder.startswith("o:") and self.holder not in inst.officers:
            raise OutOfTurn("not-found", what=self.holder)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.with_key(self.key, Key(self.holder, self.alg, filing.index + 1, filing.time))


@act(
    "key.add/1",
    by=UNIT,
    article=5,
    clause="office.executive",
    example={"key": _KEY, "alg": "ed25519"},
)
class Add(Body, frozen=True):
    """A unit adds a key, a passkey say, signing with one that it has."""

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        inst.unit(filing.actor)  # an officer's key, or the office's, is registered by two officers
        _acceptable(inst, self.key, self.alg)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, filing.time))


@act(
    "key.rotate/1",
    by=UNIT,
    article=5,
    clause="office.executive",
    example={"key": _KEY, "alg": "ed25519"},
)
class Rotate(Body, frozen=True):
    """A unit replaces the key it signs this act with."""

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        inst.unit(filing.actor)  # an officer's key, or the office's, is changed by two officers
        _acceptable(inst, self.key, self.alg)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        own = next(key for key in filing.keys if inst.keys[key].holder == filing.actor)
        after = _closed(inst, own, filing.index + 1, filing.time)
        return after.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, filing.time))


@act(
    "key.revoke/1",
    by=UNIT,
    article=5,
    clause="office.executive",
    paper=True,
    example={"key": _KEY},
)
class Revoke(Body, frozen=True):
    """A unit revokes one of its keys, by another of its keys, by that key itself, or on paper."""

    key: KeyId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        inst.unit(filing.actor)
        known = inst.keys.get(self.key)
        if known is None or known.holder != filing.actor or known.until is not None:
            raise OutOfTurn("not-found", what=self.key)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _closed(inst, self.key, filing.index + 1, filing.time)


@act(
    "key.retire/1",
    by=office("clerk", "secretary", two=True),
    article=5,
    clause="office.executive",
    example={"key": _KEY},
)
class Retire(Body, frozen=True):
    """Two officers end the validity of an officer's, the authority's or the office's key; never of a unit's."""

    key: KeyId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        known = inst.keys.get(self.key)
        if known is None or known.until is not None:
            raise OutOfTurn("not-found", what=self.key)
        yield rules.signs_for_itself(known.holder if is_unit(known.holder) else filing.actor, filing.actor)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _closed(inst, self.key, filing.index + 1, filing.time)


@act(
    "key.recover/1",
    by=UNIT,
    article=5,
    clause="office.executive",
    paper=True,
    undo=True,
    example={"key": _KEY, "alg": "ed25519"},
)
class Recover(Body, frozen=True):
    """A unit that lost its key gets a new one on paper: valid after a visible delay, in which the unit may disavow it."""

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        inst.unit(filing.actor)
        _acceptable(inst, self.key, self.alg)
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "key.recover/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        assert inst.genesis is not None
        valid_from = filing.time + inst.genesis.recovery_days * DAY
        for kid, key in inst.keys_of(filing.actor).items():
            if key.valid_to is None:
                inst = inst.with_key(kid, replace(key, valid_to=valid_from))
        return inst.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, valid_from))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        recovered = inst.keys[self.key]
        for kid, key in inst.keys_of(actor).items():
            if key.until is None and key.valid_to == recovered.valid_from:
                inst = inst.with_key(kid, replace(key, valid_to=None))
        return inst.with_key(self.key, replace(recovered, until=index, valid_to=0))


@act(
    "key.disavow/1",
    by=UNIT,
    article=5,
    clause="office.executive",
    entry="entry",
    example={"entry": 41},
)
class Disavow(Body, frozen=True):
    """A unit disavows, within the recovery delay, an act that officers recorded from paper in its name."""

    entry: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        disavowed = filing.entry(self.entry)
        way = disavowal(inst, self.entry, disavowed)
        if way is None or disavowed.act.actor != filing.actor:
            raise OutOfTurn("not-voidable", "key.disavow/1", entry=self.entry)
        if self.entry in inst.disavowed:
            raise OutOfTurn("already", "key.disavow/1")
        if not way.possible(filing.time):
            raise OutOfTurn("window-over", "key.disavow/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        disavowed = filing.entry(self.entry)
        body = decode_body(KINDS[disavowed.act.type], disavowed.act.body)
        after = body.undo(replace(inst, now=filing.time), self.entry, filing.actor, filing.given.rev)
        return replace(after, disavowed=after.disavowed.set(self.entry, filing.actor))


def disavowal(inst: Institution, index: int, entry: Entry) -> Disavowal | None:
    """How its unit disavows the open act at `index`; None where it is not from paper or cannot be undone."""
    assert inst.genesis is not None
    if entry.act.paper is None or not is_unit(entry.act.actor) or not KINDS[entry.act.type].undo:
        return None
    return Disavowal("key.disavow/1", {"entry": index}, entry.rx.t + inst.genesis.recovery_days * DAY)
