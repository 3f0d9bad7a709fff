"""What a run notes of the acts beside its verdict: which were checked in form only, and which applications were granted late."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.book.disclosure import recorded
from gongyue.covenant.periods import day_of, iso
from gongyue.governance import lateness
from gongyue.governance.acts import Entry
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import never_was

GRANT, APPLICATION = "membership.grant/1", "application"
"""The act, and its field that names what it opens."""


class InForm(msgspec.Struct, frozen=True):
    """An act of the open book of which the form alone was checked: its entry and type."""

    index: int
    type: str


class Late(msgspec.Struct, frozen=True):
    """An act of the executive body that came late: its entry and type, the last day by which it was due, days after it."""

    index: int
    type: str
    last: str
    days: int


class Noted(msgspec.Struct, frozen=True):
    """What was noted up to some entry; it goes into the saved state, since a later run does not read those acts again."""

    in_form: tuple[InForm, ...] = ()
    granted: tuple[Late, ...] = ()


def granted_late(inst: Institution, index: int, entry: Entry, application: bytes) -> tuple[Late, ...]:
    """The entry, if it grants an application, of which these are the bytes it opens, after the last day for it."""
    if entry.act.type != GRANT:
        return ()
    (opening,) = recorded(application)
    return tuple(map(_said, lateness.granted_late(inst, index, day_of(entry.rx.t), opening)))


def done_late(inst: Institution, granted: tuple[Late, ...]) -> list[Late]:
    """Everything that came late as far as the open book shows it, in its order; what a false time made void is not told."""

    def found() -> Iterator[Late]:
        yield from map(_said, lateness.published_late(inst))
        yield from map(_said, lateness.opened_late(inst))
        yield from (one for one in granted if not never_was(inst, one.index))

    return sorted(found(), key=lambda one: one.index)


def _said(one: lateness.Late) -> Late:
    return Late(one.index, one.type, iso(one.last), one.days)
