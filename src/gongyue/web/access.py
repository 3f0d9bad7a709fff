"""Who may see a page: every view says it, and a view that says nothing is shown to nobody (deny by default).

Two questions are never mixed: may this person act for this unit, or as this officer — asked here, of the
seats of its account and the offices the book gives it today — and may this unit do this, which the rules answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

View = TypeVar("View", bound=Callable[..., Any])

SIGNATORY, OFFICER, ENGINEER = "signatory", "officer", "engineer"
"""What a person is to a unit: signs for it 签署人, drafts for it 专员, runs its tools 工程师."""
ROLES = (SIGNATORY, OFFICER, ENGINEER)


def is_confidential(role: str) -> bool:
    """Whether a seat or key of that role sees what is sealed: ballots, applications, questions. An engineer's does not."""
    return role != ENGINEER


class Access(msgspec.Struct, frozen=True):
    """Who may open a page. `who`: public | anybody | person | seated | unit | own | office | authority; `roles` of a unit, `offices` of officers.

    A `unit` page has the unit's id in its address as `unit`. `asks`: what a public page heeds in its query; the rest is
    cut off before anything reads it.
    """

    who: str
    roles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()


def public(view: View) -> View:
    """Anybody; a function of the book, the day and the language alone, so it is cached and mirrored."""
    return _marked(view, Access("public"))


def asks(*names: str) -> Callable[[View], View]:
    """What a public page heeds in its query: its answers to it are not cached."""
    return lambda view: _marked(view, Access("public", asks=frozenset(names)))


def anybody(view: View) -> View:
    """Anybody, but not the same for everybody: never cached."""
    return _marked(view, Access("anybody"))


def person(view: View) -> View:
    """Whoever is signed in."""
    return _marked(view, Access("person"))


def seated(view: View) -> View:
    """Whoever is signed in, with the second factor a seat asks for; the page finds out from which seat it is seen."""
    return _marked(view, Access("seated"))


def unit(*roles: str) -> Callable[[View], View]:
    """Whoever holds a seat of the unit in the address, in one of these roles (any role if none is named)."""
    return lambda view: _marked(view, Access("unit", frozenset(roles or ROLES)))


def own(*roles: str) -> Callable[[View], View]:
    """Whoever holds a seat of some unit in one of these roles: the page is that unit's; of several, `as` in the query names one."""
    return lambda view: _marked(view, Access("own", frozenset(roles or ROLES)))


def office(*offices: str) -> Callable[[View], View]:
    """An officer of the executive body who holds one of these offices today (any office if none is named)."""
    return lambda view: _marked(view, Access("office", offices=frozenset(offices)))


def authority(view: View) -> View:
    """Whoever holds the authority's seat."""
    return _marked(view, Access("authority"))


def _marked(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view says of itself; None if it says nothing."""
    return getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
