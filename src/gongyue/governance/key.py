"""Keys: the first one registered, further ones added or rotated by their holder; paper only with a delay, disavowed.

Nobody takes over a key: what does not bear the holder's own signature takes effect after `recovery_days`, in the
open, and the holder's key stays valid until then and disavows it. Where the holder's key has to sign that disavowal, the
delay begins when the holder was told (`papers`), and not before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from gongyue.covenant.parties import AUTHORITY, SYSTEM, is_unit
from gongyue.covenant.periods import DAY, day_of
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import HOLDER, Body, Filing, act, office
from gongyue.governance.fields import Algorithm, KeyId
from gongyue.governance.registry import NEVER, Key
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


def _require_known_holder(inst: Institution, holder: str) -> None:
    """The holder is a unit, an officer or the authority; the office key is two officers' to change."""
    if is_unit(holder):
        inst.unit(holder)
    elif holder == AUTHORITY:
        if inst.founding.authority("approver", inst.today) is None:  # whose key it is must be known
            raise OutOfTurn("not-found", what=holder)
    elif holder not in inst.officers:
        raise OutOfTurn("not-found", what=holder)


def _valid_key(inst: Institution, key: str, time: int) -> Key:
    """The key, unless there is none of that name or it has ended."""
    known = inst.keys.get(key)
    if known is None or known.ended(time):
        raise OutOfTurn("not-found", what=key)
    return known


def able(inst: Institution, holder: str, time: int, before: int | None = None) -> bool:
    """Whether the holder has a key that is valid at that time; one that it had `before` an entry, where that is given."""
    return any(before is None or key.since <= before for key in inst.valid_keys(holder, time).values())


def staying(inst: Institution, holder: str, time: int, but: str = "") -> int:
    """How many keys of the holder are valid at that time with nothing under way that ends them, `but` left out."""
    return sum(key.stays(time) for kid, key in inst.keys_of(holder).items() if kid != but)


def delayed(inst: Institution, time: int) -> int:
    """The first second at which what was recorded at `time` has been seen for the whole delay."""
    assert inst.genesis is not None
    return time + inst.genesis.recovery_days * DAY


@act(
    "key.register/1",
    by=office("clerk", "secretary", two=True),
    clause="office.executive",
    undo=True,
    example={"holder": "u:0001", "key": _KEY, "alg": "ed25519"},
)
class Register(Body, frozen=True):
    """Two officers register a first key: a unit's from its paper; an officer's or the authority's, valid after the delay.

    Further keys are their holders' own affair (key.add, key.rotate), or recovered (key.recover). The office key alone
    is registered here again, beside the one in use.
    """

    holder: Holder
    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _acceptable(inst, self.key, self.alg)
        if self.holder != SYSTEM:
            _require_known_holder(inst, self.holder)
        if (is_unit(self.holder) or self.holder == AUTHORITY) and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "key.register/1")
        if self.holder != SYSTEM:
            had = sum(key.was_one for key in inst.keys_of(self.holder).values())
            yield rules.further_key_is_signed_for(self.holder, had, False)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        # Where a first key was disavowed by letter, the next one waits: nobody is taken over at once, by however many.
        at_once = is_unit(self.holder) and not inst.keys_of(self.holder)
        valid_from = filing.time if at_once else delayed(inst, filing.time)
        return inst.with_key(self.key, Key(self.holder, self.alg, filing.index + 1, valid_from, filing.time))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for kid, key in inst.keys_of(self.holder).items():
            if key.since > index:  # whatever came after a first key was brought by it
                inst = inst.with_key(kid, key.disowned(index, inst.now, inst.size))
        return inst


@act(
    "key.add/1",
    by=HOLDER,
    clause="office.executive",
    example={"key": _KEY, "alg": "ed25519"},
)
class Add(Body, frozen=True):
    """A unit, an officer or the authority adds a key, a passkey say, signing with one that it has."""

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _require_known_holder(inst, filing.actor)
        _acceptable(inst, self.key, self.alg)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, filing.time, filing.time))


@act(
    "key.rotate/1",
    by=HOLDER,
    clause="office.executive",
    example={"key": _KEY, "alg": "ed25519"},
)
class Rotate(Body, frozen=True):
    """A unit, an officer or the authority replaces the key it signs this act with: a new one and the old one's end in one step."""

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _require_known_holder(inst, filing.actor)
        _acceptable(inst, self.key, self.alg)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        own = next(key for key in filing.keys if inst.keys[key].holder == filing.actor)
        after = inst.with_key(own, inst.keys[own].closed(filing.index + 1, filing.time))
        return after.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, filing.time, filing.time))


@act(
    "key.revoke/1",
    by=HOLDER,
    clause="office.executive",
    undo=True,
    example={"key": _KEY},
)
class Revoke(Body, frozen=True):
    """A unit, an officer or the authority ends a key of its own: at once by a key of its own, after the delay on paper.

    On paper the key stays valid until its holder was told and had the delay, so that a forged letter silences nobody:
    the key disavows it. `last` says that no other stays valid, so that nothing can be signed until one is recovered; it
    is said then, and only then.
    """

    key: KeyId
    last: bool = False

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _require_known_holder(inst, filing.actor)
        known = _valid_key(inst, self.key, filing.time)
        if known.holder != filing.actor:
            raise OutOfTurn("not-found", what=self.key)
        if filing.act.paper is not None:
            filing.require_not_before(day_of(known.registered))
        others = staying(inst, filing.actor, filing.time, but=self.key)
        yield rules.last_key_is_ended_knowingly(filing.actor, self.last, others)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        known = inst.keys[self.key]
        if filing.act.paper is None or filing.actor in filing.signers:
            return inst.with_key(self.key, known.closed(filing.index + 1, filing.time))
        return inst.with_key(self.key, known.ending_by(filing.index, NEVER))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        return inst.with_key(self.key, inst.keys[self.key].kept_from(index))


@act(
    "key.retire/1",
    by=office("clerk", "secretary", two=True),
    clause="office.executive",
    example={"key": _KEY},
)
class Retire(Body, frozen=True):
    """Two officers end an officer's key, or the office's beside another; never a unit's, never the authority's."""

    key: KeyId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        holder = _valid_key(inst, self.key, filing.time).holder
        yield rules.ends_its_own_key(holder, not is_unit(holder) and holder != AUTHORITY)
        if holder == SYSTEM:
            yield rules.systems_key_overlaps(staying(inst, SYSTEM, filing.time, but=self.key))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.with_key(self.key, inst.keys[self.key].closed(filing.index + 1, filing.time))


@act(
    "key.recover/1",
    by=HOLDER,
    clause="office.executive",
    undo=True,
    example={"key": _KEY, "alg": "ed25519"},
)
class Recover(Body, frozen=True):
    """Whoever lost its key gets a new one on paper: valid after a visible delay, in which an old key may disavow it.

    The delay begins when its holder was told. The new key and the end of the old ones are one act. The authority's is
    recovered by its letter, an officer's by the paper that two others record.
    """

    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _require_known_holder(inst, filing.actor)
        _acceptable(inst, self.key, self.alg)
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "key.recover/1")
        if filing.actor in filing.signers:  # whoever can still sign adds a key, or changes it
            raise OutOfTurn("wrong-key", "key.recover/1")
        had = [key for key in inst.keys_of(filing.actor).values() if key.was_one]
        if not had:
            raise OutOfTurn("no-first-key", "key.recover/1", can="key.register/1", holder=filing.actor)
        # A letter speaks of the keys there were: not of one registered since, which it would end.
        ends = [key.registered for key in had if key.valid_when(filing.time)]
        filing.require_not_before(day_of(max(ends, default=had[0].registered)))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        for kid, key in inst.keys_of(filing.actor).items():
            inst = inst.with_key(kid, key.ending_by(filing.index, NEVER))
        return inst.with_key(self.key, Key(filing.actor, self.alg, filing.index + 1, NEVER, filing.time))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for kid, key in inst.keys_of(actor).items():
            inst = inst.with_key(kid, key.kept_from(index))
        return inst.with_key(self.key, inst.keys[self.key].disowned(index, inst.now, inst.size))
