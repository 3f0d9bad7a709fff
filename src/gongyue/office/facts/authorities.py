"""The authorities: who approves, receives petitions and supervises today, and who is named to from a later day on (articles 14, 19, 21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.fields import Date, Digest
from gongyue.governance.founding import AuthorityRole, Founding
from gongyue.office.facts.shapes import AsOf, path_of

ROLES: tuple[AuthorityRole, ...] = get_args(AuthorityRole)


class AuthorityFacts(msgspec.Struct, frozen=True):
    """Who is what to the covenant: `since` the day from which on it was named to be, null where the text was frozen with it.

    `coming`: that day is not there yet; `index`: the entry that named it, null likewise; `basis`: the document that says so.
    """

    role: AuthorityRole
    name: str
    basis: Digest
    since: Date | None
    coming: bool
    index: int | None

    @property
    def document(self) -> str:
        """Where its basis stands among the book's files."""
        return path_of(self.basis)


def authorities(at: AsOf) -> tuple[AuthorityFacts, ...]:
    """Role by role whoever it is today, then whoever it will be, in the order of the days."""
    return tuple(one for role in ROLES for one in _of_role(at.inst.founding, role, at.day))


def _of_role(founding: Founding, role: AuthorityRole, day: int) -> Iterator[AuthorityFacts]:
    later = sorted({one.since for one in founding.named if one.role == role and one.since > day})
    for then in (day, *later):
        authority, named = founding.authority(role, then), founding.naming(role, then)
        if authority is not None:
            since, index = (iso(named.since), named.index) if named else (None, None)
            yield AuthorityFacts(role, authority.name, authority.basis, since, then > day, index)


def overseers(at: AsOf) -> list[AuthorityFacts]:
    """To whom members turn about the executive body (19): its supervisor, while it has none the approver; and who it will be."""
    known = authorities(at)
    supervisors = [one for one in known if one.role == "supervisor"]
    if supervisors and not supervisors[0].coming:
        return supervisors
    return [*(one for one in known if one.role == "approver" and not (one.coming and supervisors)), *supervisors]
