"""At whose desk something is looked at: by a page's seat, or as the command line is told."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from gongyue.web import request_state
from gongyue.web.desk.layout import DECIDES
from gongyue.web.installation import Now


class Officer(NamedTuple):
    """An officer, as of now."""

    now: Now
    party: str

    @property
    def offices(self) -> set[str]:
        """What it holds today, as the book gives it."""
        known = self.now.inst.officers.get(self.party)
        return known.held(self.now.day) if known else set()

    @property
    def decides(self) -> bool:
        """Whether it sees what those see who decide on applications and record paper."""
        return bool(self.offices & set(DECIDES))


def officer_of(request: HttpRequest) -> Officer:
    """Whoever sits at this desk."""
    return Officer(request_state.now(request), request_state.seat(request).party)


def reporters(request: HttpRequest) -> list[tuple[str, str]]:
    """(id, name) of the members whose report on paper whoever sits here may record; none for others."""
    me = officer_of(request)
    if not me.decides:
        return []
    return sorted(((id, me.now.inst.units[id].name) for id in me.now.inst.members), key=lambda one: one[1])
