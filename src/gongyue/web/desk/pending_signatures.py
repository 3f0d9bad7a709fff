"""What waits for signatures at the desk: who has signed, whose turn it is; one list, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest
from django.utils.html import format_html_join
from msgspec import Struct

from gongyue.book.entry import decode
from gongyue.covenant.changes import Change
from gongyue.covenant.parties import EXECUTIVE
from gongyue.web import installation, request_state
from gongyue.web.accounts.seats import seats_of
from gongyue.web.acting import amendment_form, finalisation, signers
from gongyue.web.acting.gone_by import gone_by
from gongyue.web.acting.mandates import Mandate
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.names import article_name, office_name
from gongyue.web.pages.fields import ShownField, fields_of
from gongyue.web.templatetags.words import pick

TOLD = 2
"""Fields by which a draft is told from others of its type."""

LATELY = 20
"""Recorded drafts that are looked through."""


class Waiting(Struct, frozen=True):
    """A draft that waits; `signed`: who has; `asked`: who is asked to, `offices`: of which offices; `mine`: whether it is this person's turn.

    `fields`: what it says first, to tell it from others of its type.
    `begun`: whether somebody has signed; `moved_on`: whether the book or the rules have changed so that it is signed anew;
    `gone`: why it can never be recorded any more, empty where it may.
    """

    draft: Draft
    signed: tuple[str, ...]
    wanted: int
    asked: tuple[str, ...]
    offices: tuple[str, ...]
    mine: bool
    moved_on: bool
    fields: tuple[ShownField, ...]
    gone: str = ""

    @property
    def missing(self) -> int:
        """How many must sign still."""
        return self.wanted - len(self.signed)

    @property
    def begun(self) -> bool:
        """Whether it waits for a second signature."""
        return bool(self.signed)


def waiting(request: HttpRequest) -> list[Waiting]:
    """Every draft that this officer may see and that is not recorded: first those that wait for this officer to sign second; last what is gone by."""
    rows = [_waiting(request, draft, mandate) for draft, mandate in visible_drafts(request)]
    return sorted(rows, key=lambda one: (bool(one.gone), not one.begun, not one.mine))


def recorded(request: HttpRequest) -> list[Draft]:
    """The latest of those that this officer may see and that were recorded."""
    return [draft for draft, _ in visible_drafts(request, Draft.RECORDED, LATELY)]


def count(request: HttpRequest) -> int:
    """How many they are."""
    return sum(1 for _ in visible_drafts(request))


def visible_drafts(
    request: HttpRequest, state: str = Draft.OPEN, most: int | None = None
) -> Iterator[tuple[Draft, Mandate]]:
    """Drafts are seen by whoever made them and those who must sign them, nobody else."""
    person, now = request_state.person(request), request_state.now(request)
    seats = list(seats_of(person, now.day))
    for draft in Draft.objects.filter(party=EXECUTIVE, state=state).order_by("-changed_at")[:most]:
        mandate = signers.mandate_on(person, draft, now, seats)
        if mandate is not None:
            yield draft, mandate


def _waiting(request: HttpRequest, draft: Draft, mandate: Mandate) -> Waiting:
    now, office = request_state.now(request), installation.office()
    signed = tuple(signers.signed_by(draft, now))
    return Waiting(
        draft,
        signed,
        signers.wanted_signers(draft, now),
        tuple(id for id in draft.signers if id not in signed),
        tuple(office_name(one) for one in sorted(signers.wanted_offices(draft))),
        mandate.signs and mandate.seat.party not in signed,
        bool(draft.act and draft.sigs and finalisation.is_stale(draft, office, now)),
        _told_by(draft, now),
        gone_by(draft, office, now),
    )


def _told_by(draft: Draft, now: Now) -> tuple[ShownField, ...]:
    """What a draft says first: an amendment by its articles, which stand in a file of its own, any other by its fields."""
    if not draft.act:
        return ()
    if draft.type == amendment_form.TYPE and (file := draft.files.filter(digest=draft.body.get("change")).first()):
        change = msgspec.json.decode(bytes(file.data), type=Change)
        articles = dict.fromkeys(edit.at for edit in change.text)
        named = format_html_join(pick("、", ", "), "{}", ((article_name(at),) for at in articles))
        return (ShownField(pick("修改", "Amends"), named),)
    return tuple(fields_of(now, decode(finalisation.signed(draft).received(now.time)).entry, digests=False)[:TOLD])
