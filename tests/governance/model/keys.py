"""What the readings of article 5 say of one unit's keys, in plain Python: nobody takes over a key.

第五条 (executive.keys)　首把密钥由两名职员登记，此后的由本人以有效密钥登记；凭纸面补办或作废的须经公示期，其间原密钥可以否认。
It imports nothing of ours; what is unlawful about an act is told as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import DAY, Model

DELAY = 7 * DAY
"""The visible delay: it runs from when the unit was told."""


@dataclass
class Key:
    """A key: from when it signs, None while nobody told the unit; the letters that are to end it, each with when.

    `ended`: for good; `own`: the unit's, what brought it was not disavowed.
    """

    begins: int | None
    ends: dict[int, int | None] = field(default_factory=dict)
    ended: bool = False
    own: bool = True


@dataclass
class Letter:
    """What two officers recorded from the unit's paper: a first key, another in place of all, or the end of one."""

    what: str
    key: str
    told: int | None = None
    received: bool = False
    disavowed: bool = False


@dataclass
class Keys:
    """The keys of one unit, in the order in which they came."""

    model: Model
    keys: dict[str, Key] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)

    def over(self, key: Key) -> bool:
        """Whether it signs nothing any more."""
        return key.ended or any(end is not None and end <= self.model.now for end in key.ends.values())

    def signs(self, name: str) -> bool:
        """Whether that key signs now."""
        key = self.keys.get(name)
        return key is not None and not self.over(key) and key.begins is not None and key.begins <= self.model.now

    def _signed(self, by: str) -> list[str]:
        return [] if self.signs(by) else ["GY-05-04"] if by in self.keys else [""]

    def _two(self, officers: frozenset[str]) -> list[str]:
        return ["GY-05-02"] * (len(officers) < 2)

    def may_register(self, name: str, officers: frozenset[str]) -> list[str]:
        """首把: only for a unit that never had one of its own."""
        had = any(key.own for key in self.keys.values())
        return self._two(officers) + [""] * (name in self.keys) + ["GY-05-05"] * had

    def register(self, name: str) -> None:
        """It signs at once; where one was disavowed before, the next waits for the delay."""
        begins = self.model.now + DELAY if self.keys else self.model.now
        self.keys[name] = Key(begins)
        self.letters.append(Letter("register", name))

    def may_add(self, name: str, by: str) -> list[str]:
        """此后的由本人以有效密钥登记."""
        return self._signed(by) + [""] * (name in self.keys)

    def add(self, name: str, by: str, instead: bool) -> None:
        """At once; in place of the one that signs, or beside it."""
        self.keys[name] = Key(self.model.now)
        self.keys[by].ended |= instead

    def may_end(self, name: str, last: bool) -> list[str]:
        """One that it has; in knowledge of whether any other stays."""
        found = [""] * (name not in self.keys or self.over(self.keys[name]))
        stays = any(self.signs(other) and not key.ends for other, key in self.keys.items() if other != name)
        return found + ["GY-05-08"] * (last == stays)

    def may_revoke(self, name: str, last: bool, by: str) -> list[str]:
        """With a key that signs, at once."""
        return self._signed(by) + self.may_end(name, last)

    def may_revoke_on_paper(self, name: str, last: bool, officers: frozenset[str]) -> list[str]:
        """Two officers record the letter; the key goes on until the delay is over."""
        return self._two(officers) + self.may_end(name, last)

    def revoke_on_paper(self, name: str) -> None:
        """It waits for the unit to be told."""
        self.keys[name].ends[len(self.letters)] = None
        self.letters.append(Letter("revoke", name))

    def may_recover(self, name: str, officers: frozenset[str]) -> list[str]:
        """Of a unit that had a key."""
        return self._two(officers) + [""] * (name in self.keys or not any(key.own for key in self.keys.values()))

    def recover(self, name: str) -> None:
        """A new one in place of all there are, once the unit was told and the delay is over."""
        for key in self.keys.values():
            key.ends[len(self.letters)] = None
        self.keys[name] = Key(None)
        self.letters.append(Letter("recover", name))

    def may_tell(self, number: int, officers: frozenset[str]) -> list[str]:
        """Once, of what was not disavowed."""
        letter = self.letters[number]
        return self._two(officers) + [""] * (letter.told is not None or letter.disavowed)

    def may_receive(self, number: int, by: str) -> list[str]:
        """The unit says so itself, with a key that signs, once; whether or not officers said it before."""
        letter = self.letters[number]
        return self._signed(by) + [""] * (letter.disavowed or letter.received)

    def tell(self, number: int) -> None:
        """The delay runs from now, unless it did before."""
        letter = self.letters[number]
        if letter.told is not None:
            return
        letter.told = self.model.now
        for key in self.keys.values():
            if number in key.ends:
                key.ends[number] = self.model.now + DELAY
        if letter.what == "recover" and self.keys[letter.key].begins is None:
            self.keys[letter.key].begins = self.model.now + DELAY

    def may_disavow(self, number: int, by: str) -> list[str]:
        """其间原密钥可以否认: until the delay is over; without end while it was not told; once."""
        letter = self.letters[number]
        late = letter.told is not None and self.model.now >= letter.told + DELAY
        return self._signed(by) + [""] * (letter.disavowed or late)

    def disavow(self, number: int) -> None:
        """As if the letter had never come; with a first key goes all that came after it."""
        letter = self.letters[number]
        letter.disavowed = True
        for key in self.keys.values():
            key.ends.pop(number, None)
        names = [*self.keys]
        brought = {"register": names[names.index(letter.key) :], "recover": [letter.key], "revoke": []}[letter.what]
        for name in brought:
            self.keys[name].ended, self.keys[name].own = True, False
