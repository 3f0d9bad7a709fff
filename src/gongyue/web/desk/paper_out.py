"""Paper that goes out: what has to be sent by post, under which number it went, and what becomes of it in the book.

What was served runs from the day of delivery or of refusal (sealed book, clocks), recorded by two officers from the
carrier's slip; the row here is the office's own note, beside the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongyue.covenant.periods import day_of, iso
from gongyue.office import notices
from gongyue.office.dossier_access import reads_bulletins
from gongyue.office.facts import bulletins as bulletin_facts
from gongyue.web import installation, request_state
from gongyue.web.desk.letter_catalogue import OVER
from gongyue.web.desk.member_letters import of_event
from gongyue.web.desk.officer import Officer, officer_of
from gongyue.web.desk.sealed_acts import may_tell
from gongyue.web.names import act_name, party_name
from gongyue.web.notices.bulletins import delivered_to, told_by_mail
from gongyue.web.notices.models import Posting
from gongyue.web.pages import dossier_page
from gongyue.web.pages.dossier_letters import addressee
from gongyue.web.templatetags.words import pick

LATELY = 30
"""Days for which a bulletin is offered to be posted; an older one is reached from its own page."""
LONGEST = 44
"""Characters of a name that the register keeps of an authority, which has no id."""
COUNTED = 100
"""Addressees that the first page counts; more are “100 and more”."""
SHOWN = 200
"""Rows of the register shown at once; the file has all."""


class ToSend(msgspec.Struct, frozen=True):
    """A letter that has to go by post: what it is called, to whom, since when, where it is printed; `dossier`: whose readers see it."""

    key: str
    to: str
    what: str
    day: str
    url: str
    dossier: str = ""


class Envelope(msgspec.Struct, frozen=True):
    """What goes to one addressee at once, under one number; `field`: the input for that number."""

    to: str
    name: str
    letters: tuple[ToSend, ...]

    @property
    def field(self) -> str:
        """The input in which the carrier's number for it is written."""
        return f"number-{self.to}"


def to_send(me: Officer) -> list[Envelope]:
    """What that officer has to send and has not, by addressee; whatever came back stands here again."""
    gone = set(_under_way().values_list("key", "to"))
    by_party: dict[str, list[ToSend]] = {}
    for one in _letters(me):
        if (one.key, one.to) not in gone:
            by_party.setdefault(one.to, []).append(one)
    return [Envelope(to, party_name(me.now.inst, to), tuple(letters)) for to, letters in sorted(by_party.items())]


def waiting(me: Officer) -> int:
    """How many addressees that officer has letters for, bulletins left out: their pages say whom these have to reach.

    Of what was recorded from paper `COUNTED` units are looked at: the first page is not to wait for ten thousand.
    """
    letters = [*_served(me), *_forwarded(me)]
    if me.decides:
        letters += [*_recorded(me, COUNTED), *_ended(me)]
    gone = set(_under_way().values_list("key", "to")) if letters else set()
    return len({one.to for one in letters if (one.key, one.to) not in gone})


def _under_way() -> QuerySet[Posting]:
    return Posting.objects.exclude(outcome=Posting.RETURNED)


def _letters(me: Officer) -> Iterator[ToSend]:
    yield from _served(me)
    yield from _forwarded(me)
    if me.decides:
        yield from _recorded(me)
        yield from _ended(me)
        yield from _bulletins(me)


def _served(me: Officer) -> Iterator[ToSend]:
    """What was served in dossiers and nobody has acknowledged: whoever does not sign in gets it by post."""
    for one in me.now.docket_of(me.party).unreceived():
        url = dossier_page.address("desk_dossier_entry_letter", one.name, one.n)
        what = pick(f"卷“{one.name.zh}”第 {one.n} 件：送达", f"dossier {one.name.en}, place {one.n}: service")
        yield ToSend(f"served:{one.dossier}:{one.n}", one.unit, what, iso(day_of(one.time)), url, one.dossier)


def _forwarded(me: Officer) -> Iterator[ToSend]:
    """What goes to an authority out of a dossier: a petition that it has not answered, a referral; each to whom its letter names.

    The police get another envelope than whoever receives petitions, and so does whoever received them until last week.
    """
    now, store = me.now, installation.office().store
    docket = now.docket_of(me.party)
    for one in docket.to_authority():
        found = docket.find(store, one.name.zh)
        if found is None or found[1] is None:
            continue
        to = addressee(now, found[1], found[1].entries[one.n - 1])[:LONGEST]
        url = dossier_page.address("desk_dossier_entry_letter", one.name, one.n)
        what = pick(
            f"卷“{one.name.zh}”第 {one.n} 件：致主管部门", f"dossier {one.name.en}, place {one.n}: to the authority"
        )
        yield ToSend(f"forwarded:{one.dossier}:{one.n}", to, what, iso(day_of(one.time)), url, one.dossier)


def _recorded(me: Officer, most: int | None = None) -> Iterator[ToSend]:
    """What was recorded from paper in a unit's name and the unit was not told: it can be disavowed without end until it is."""
    opened = installation.office()
    for one in notices.owed(me.now.inst, opened.store, opened.acts_by_unit, most):
        told = one.disavow is not None and not one.disavow.untold
        if told or not may_tell(me, one.book, one.place):
            continue
        what = pick(f"据纸面记录的通知：{one.zh}", f"notice of what was recorded from paper: {act_name(one.type)}")
        url = reverse("desk_letter", args=["recorded", one.id])
        yield ToSend(f"recorded:{one.id}", one.unit, what, iso(day_of(one.recorded)), url)


def _ended(me: Officer) -> Iterator[ToSend]:
    """That a membership was ended, and on what: by nothing but this letter is its unit told where nobody signs in for it."""
    inst = me.now.inst
    for event in inst.events.values():
        if event.what == "ended" and event.unit not in inst.members:
            of = of_event(event)
            url = reverse("desk_letter", args=[OVER, of])
            yield ToSend(f"{OVER}:{of}", event.unit, _ended_said(), iso(event.day), url)


def _ended_said() -> str:
    return pick("资格终止：成员资格状况确认函", "membership ended: its confirmation")


def _bulletins(me: Officer) -> Iterator[ToSend]:
    """Bulletins of the last weeks, to members where nobody gets mail; what was corrected only to whom the correction does not go."""
    now, store = me.now, installation.office().store
    if not reads_bulletins(now.inst, me.party, now.day):
        return
    for one in bulletin_facts.of_party(now.inst, store, me.party, now.day):
        if one.void or day_of(one.time) < now.day - LATELY:
            continue
        corrected = set(delivered_to(now.inst, store, one.replaced_by)) if one.replaced_by else set()
        units = [unit for unit in delivered_to(now.inst, store, one.n) if unit not in corrected]
        mailed = told_by_mail(units, now.day, one.n)
        what = pick(f"致全体成员第 {one.n} 件：{one.zh}", f"to all members, no. {one.n}: {one.en}")
        for unit in units:
            if unit not in mailed:
                url = reverse("desk_bulletin_letter", args=[one.n, unit])
                yield ToSend(f"bulletin:{one.n}", unit, what, one.day, url)


def post(request: HttpRequest, numbers: dict[str, str], carrier: str, posted: date) -> int:
    """Note that what goes to these addressees went under these numbers; how many letters. What is not this officer's to send is left."""
    rows = [
        Posting(
            key=letter.key,
            to=letter.to,
            dossier=letter.dossier,
            carrier=carrier,
            number=numbers[envelope.to],
            posted=posted,
            by=request_state.person(request),
        )
        for envelope in to_send(officer_of(request))
        if numbers.get(envelope.to)
        for letter in envelope.letters
    ]
    Posting.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def visible(request: HttpRequest, rows: Iterable[Posting]) -> Iterator[Posting]:
    """Those of the rows that this officer sees: of a dossier whoever opens it, of the rest who decides on paper."""
    me = officer_of(request)
    docket = me.now.docket_of(me.party)
    for row in rows:
        if docket.opens(row.dossier) if row.dossier else me.decides:
            yield row


class Posted(msgspec.Struct, frozen=True):
    """A row of the register as it is shown."""

    row: Posting
    name: str
    what: str
    outcome: str


def shown(request: HttpRequest, rows: Iterable[Posting]) -> list[Posted]:
    """The rows this officer sees, in words."""
    now = request_state.now(request)
    outcomes = dict(Posting.OUTCOMES)
    english = {"delivered": "delivered", "refused": "refused", "returned": "returned"}
    return [
        Posted(
            row,
            party_name(now.inst, row.to),
            _called(request, row),
            pick(outcomes.get(row.outcome, ""), english.get(row.outcome, "")),
        )
        for row in visible(request, rows)
    ]


class UnderWay(msgspec.Struct, frozen=True):
    """An envelope on its way: what went to one addressee under one number, with one outcome; `pk`: of its first letter, for the inputs.

    `wants_scan`: whether what is recorded of it is recorded from the carrier's slip, of which the book holds the commitment.
    """

    rows: tuple[Posting, ...]
    name: str
    whats: tuple[str, ...]

    @property
    def pk(self) -> int:
        """What the inputs of its row are called by."""
        return int(self.rows[0].pk)

    @property
    def number(self) -> str:
        """The carrier's number."""
        return str(self.rows[0].number)

    @property
    def posted(self) -> date:
        """On which day it went."""
        return self.rows[0].posted

    @property
    def carrier(self) -> str:
        """Who carries it."""
        return str(self.rows[0].carrier)

    @property
    def wants_scan(self) -> bool:
        """As above."""
        return any(row.key.startswith("served:") for row in self.rows)


def envelopes_under_way(request: HttpRequest) -> list[UnderWay]:
    """What this officer sees of what is on its way, by envelopes: whoever carried it has delivered all of it or nothing."""
    found: dict[tuple[str, str, str, date], list[Posted]] = {}
    for one in shown(request, Posting.objects.filter(outcome="").order_by("-posted", "pk")):
        row = one.row
        found.setdefault((row.to, row.carrier, row.number, row.posted), []).append(one)
    return [
        UnderWay(tuple(one.row for one in group), group[0].name, tuple(one.what for one in group))
        for group in found.values()
    ]


def _called(request: HttpRequest, row: Posting) -> str:
    """What was sent, in words, from its key."""
    kind, _, rest = row.key.partition(":")
    if kind in ("served", "forwarded"):
        docket = request_state.now(request).docket_of(request_state.seat(request).party)
        name, n = docket.line(row.dossier).name, rest.rpartition(":")[2]
        return pick(f"卷“{name.zh}”第 {n} 件", f"dossier {name.en}, place {n}")
    if kind == "bulletin":
        return pick(f"致全体成员第 {rest} 件", f"to all members, no. {rest}")
    if kind == OVER:
        return _ended_said()
    return pick("据纸面记录的通知", "notice of what was recorded from paper")
