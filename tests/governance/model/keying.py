"""A machine that registers, changes, ends, recovers and disavows the keys of a unit, beside the model of them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from support.alliance import CLERK, SECRETARY, paper, public_of

from .keys import DELAY, Keys
from .machine import OFFICERS, Beside
from .model import DAY

UNIT = "u:0101"
NAMES = tuple(f"key {n}" for n in range(6))
KEYS = st.sampled_from(NAMES)


class Keying(Beside):
    """A unit that was invited, and has no key yet; or its first."""

    @initialize(first=st.sampled_from([True, True, True, False]))
    def begin(self, first: bool) -> None:
        self._begin(3, "2026-04-02 09:00")
        self.world.invite(101)
        self.keys = Keys(self.model)
        self.entries: list[int] = []
        if first:
            self.register(NAMES[0], (SECRETARY, CLERK))

    def _by(self, data: st.DataObject) -> str:
        """A key that signs, as a rule."""
        return str(data.draw(st.sampled_from([n for n in NAMES if self.keys.signs(n)] * 8 + [*NAMES])))

    def _new(self, data: st.DataObject) -> str:
        return str(data.draw(st.sampled_from([n for n in NAMES if n not in self.keys.keys] * 8 + [*NAMES])))

    def _signed(self, type: str, body: dict[str, object], by: str) -> object:
        return self.world.stage.do(type, UNIT, body, [by])

    def _letter(self, type: str, body: dict[str, object], officers: Sequence[str]) -> object:
        today = self.model.today.isoformat()
        return self.world.stage.do(type, UNIT, body, officers, paper=paper(type, today, today))

    # -- time

    @rule(seconds=st.sampled_from([1, 3_600, DAY, 3 * DAY]))
    def wait(self, seconds: int) -> None:
        self._go(self.model.now + seconds)

    @precondition(lambda self: hasattr(self, "keys") and any(one.told for one in self.keys.letters))
    @rule(data=st.data(), off=st.sampled_from([-1, 0, 1]))
    def boundary(self, data: st.DataObject, off: int) -> None:
        """One second before, at or after the end of a delay."""
        ends = [one.told + DELAY + off for one in self.keys.letters if one.told]
        if later := sorted({end for end in ends if end > self.model.now})[:2]:
            self._go(data.draw(st.sampled_from(later)))

    # -- keys

    @rule(name=KEYS, officers=OFFICERS)
    def register(self, name: str, officers: Sequence[str]) -> None:
        today = self.model.today.isoformat()
        body = {"holder": UNIT, "key": public_of(name), "alg": "ed25519"}
        wrong = self.keys.may_register(name, frozenset(officers))
        letter = paper("first key", today, today)
        if self._both(wrong, lambda: self.world.executive("key.register/1", body, officers, paper=letter)):
            self.keys.register(name)
            self._recorded()

    def _recorded(self) -> None:
        self.entries.append(self.world.inst.size - 1)
        self.model.done()

    @rule(data=st.data(), instead=st.booleans())
    def add(self, data: st.DataObject, instead: bool) -> None:
        name, by = self._new(data), self._by(data)
        type, body = "key.rotate/1" if instead else "key.add/1", {"key": public_of(name), "alg": "ed25519"}
        if self._both(self.keys.may_add(name, by), lambda: self._signed(type, body, by)):
            self.keys.add(name, by, instead)

    @rule(
        data=st.data(), name=KEYS, mistaken=st.sampled_from([False] * 4 + [True]), officers=OFFICERS, own=st.booleans()
    )
    def revoke(self, data: st.DataObject, name: str, mistaken: bool, officers: Sequence[str], own: bool) -> None:
        """With a key, or by a letter; it says whether it is the last, now and then wrongly."""
        last = ("GY-05-08" in self.keys.may_end(name, False)) != mistaken
        body = {"key": public_of(name), "last": last}
        if own:
            by = self._by(data)
            if self._both(self.keys.may_revoke(name, last, by), lambda: self._signed("key.revoke/1", body, by)):
                self.keys.keys[name].ended = True
            return
        wrong = self.keys.may_revoke_on_paper(name, last, frozenset(officers))
        if self._both(wrong, lambda: self._letter("key.revoke/1", body, officers)):
            self.keys.revoke_on_paper(name)
            self._recorded()

    @rule(data=st.data(), officers=OFFICERS)
    def recover(self, data: st.DataObject, officers: Sequence[str]) -> None:
        name = self._new(data)
        body = {"key": public_of(name), "alg": "ed25519"}
        wrong = self.keys.may_recover(name, frozenset(officers))
        if self._both(wrong, lambda: self._letter("key.recover/1", body, officers)):
            self.keys.recover(name)
            self._recorded()

    # -- what is told of it, and disavowed

    def _some(self, data: st.DataObject) -> int:
        return int(data.draw(st.sampled_from(range(len(self.entries)))))

    @precondition(lambda self: hasattr(self, "keys") and self.entries)
    @rule(data=st.data(), officers=OFFICERS)
    def tell(self, data: st.DataObject, officers: Sequence[str]) -> None:
        self._tell(self._some(data), officers)

    def _tell(self, number: int, officers: Sequence[str]) -> None:
        wrong = self.keys.may_tell(number, frozenset(officers))
        if self._both(wrong, lambda: self.world.tell(self.entries[number], signers=officers)):
            self.keys.tell(number)

    @precondition(lambda self: hasattr(self, "keys") and self.entries)
    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        self._receive(self._some(data), self._by(data))

    def _receive(self, number: int, by: str) -> None:
        body = {"entry": self.entries[number]}
        if self._both(self.keys.may_receive(number, by), lambda: self._signed("key.receive/1", body, by)):
            self.keys.tell(number)
            self.keys.letters[number].received = True

    @precondition(lambda self: hasattr(self, "keys") and self.keys.signs(NAMES[0]) and len(self.keys.keys) < len(NAMES))
    @rule(
        data=st.data(),
        what=st.sampled_from(["revoke", "recover"]),
        told=st.sampled_from(["officers", "unit", "both", "nobody"]),
        off=st.sampled_from([-1, 0, 0, 1]),
    )
    def to_the_end(self, data: st.DataObject, what: str, told: str, off: int) -> None:
        """A letter about its keys, of which it is told a day later; then to the second at which it takes effect."""
        if what == "recover":
            self.recover(data, (SECRETARY, CLERK))
        else:
            self.revoke(data, NAMES[0], False, (SECRETARY, CLERK), False)
        number = len(self.entries) - 1
        self._go(self.model.now + DAY)
        if told in ("officers", "both"):
            self._tell(number, (SECRETARY, CLERK))
        if told in ("unit", "both"):
            self._go(self.model.now + (told == "both") * DAY)
            self._receive(number, NAMES[0])
        since = self.keys.letters[number].told or self.model.now
        self._go(max(self.model.now, since + DELAY + off))
        self.the_same_keys_sign()
        by = data.draw(st.sampled_from([n for n in NAMES if self.keys.signs(n)] or [NAMES[0]]))
        self._disavow(number, by)

    @precondition(lambda self: hasattr(self, "keys") and self.entries)
    @rule(data=st.data())
    def disavow(self, data: st.DataObject) -> None:
        self._disavow(self._some(data), self._by(data))

    def _disavow(self, number: int, by: str) -> None:
        body = {"entry": self.entries[number]}
        if self._both(self.keys.may_disavow(number, by), lambda: self._signed("key.disavow/1", body, by)):
            self.keys.disavow(number)

    # -- after each step

    @invariant()
    def the_same_keys_sign(self) -> None:
        if hasattr(self, "keys"):
            inst, now = self.world.inst, self.model.now
            real = {n for n in NAMES if (key := inst.keys.get(public_of(n))) and key.valid_at(inst.size, now)}
            assert real == {n for n in NAMES if self.keys.signs(n)}
