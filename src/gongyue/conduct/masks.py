"""What every scope allows, turned around: for each name, the scopes that do not allow it, as bits of one integer.

A use then fails in a scope exactly if the scope's bit is set in one of five integers: for its purpose, categories,
action, recipient and region. However many recipients are named, they are keys here and never bits of a word.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.conduct.grants import Scope
from gongyue.conduct.promise import ACTIONS, Promise
from gongyue.conduct.uses import Use


class Masks:
    """The failing scopes by name; `every` is all of them, for names nobody allows."""

    def __init__(self, scopes: list[Scope], promise: Promise) -> None:
        self.every = (1 << len(scopes)) - 1
        self.home = promise.home_region
        named = [_naming(scope[i] for scope in scopes) for i in range(5)]
        purposes = {p: _any(named[0], promise.and_above(p)) for p in promise.parents}
        known = {*named[3], *promise.classes}
        recipients = {r: _any(named[3], (r, promise.classes.get(r, ""))) for r in known}
        self.purpose = self._failing(purposes)
        self.category = self._failing(named[1])
        self.action = self._failing({a: named[2].get(a, 0) for a in ACTIONS})
        self.recipient = self._failing(recipients)
        self.region = self._failing(named[4]) | {self.home: 0}

    def _failing(self, allowing: dict[str, int]) -> dict[str, int]:
        return {name: self.every & ~mask for name, mask in allowing.items()}

    def touching(self, categories: tuple[str, ...]) -> int:
        """The scopes that do not allow all of these; none stated is none allowed."""
        mask = 0 if categories else self.every
        for name in categories:
            mask |= self.category.get(name, self.every)
        return mask

    def three(self, use: Use) -> tuple[int, int, int]:
        """The failing scopes by action, by recipient and by region."""
        to, where, action = use.recipient, use.region, use.action
        stays = action == "view" if to is None else to == use.controller  # nobody is needed to look at one's own data
        return (
            self.action.get(action, self.every),
            0 if stays else self.recipient.get(to or "", self.every),
            (self.every if action == "export" else 0) if where is None else self.region.get(where, self.every),
        )


def _naming(names: Iterable[frozenset[str]]) -> dict[str, int]:
    """Name → the scopes that name it."""
    found: dict[str, int] = {}
    for number, group in enumerate(names):
        for name in group:
            found[name] = found.get(name, 0) | 1 << number
    return found


def _any(masks: dict[str, int], names: Iterable[str]) -> int:
    mask = 0
    for name in names:
        mask |= masks.get(name, 0)
    return mask
