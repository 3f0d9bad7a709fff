"""How a bulletin reaches every member: a notice in the unit's list, and a mail to each of its people, all written at once.

The mail says that there is something to read and nothing more. Whom no mail reaches gets a letter (the desk names them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from gongyue.governance.acts import Entry
from gongyue.governance.bulletin import Membership, memberships, opened_by
from gongyue.governance.institution import Institution
from gongyue.office.facts.bulletins import BulletinFacts, facts, title_of
from gongyue.office.office import Office
from gongyue.office.openings import OpenedEntry, bulletins
from gongyue.office.store import Reading
from gongyue.web import installation
from gongyue.web.access import OFFICER, SIGNATORY
from gongyue.web.accounts.models import Seat
from gongyue.web.installation import Now
from gongyue.web.memo import Remembered
from gongyue.web.notices.mail_text import single_mail
from gongyue.web.notices.models import Mail
from gongyue.web.notices.notification import A_DRAFT, Notification, sealed_told
from gongyue.web.workspace.own_unit import OwnUnit

AT_ONCE = 2_000
"""Mails written by one statement."""
BULLETIN = "bulletin:"
_everything: Remembered[tuple[list[OpenedEntry], Mapping[str, tuple[Membership, ...]]]] = Remembered()


def key_of(n: int) -> str:
    """The notice of the bulletin at that place; the same for every member, so that nobody is written to twice."""
    return f"{BULLETIN}{n}"


def is_for_all(key: str) -> bool:
    """Whether a notice is of a bulletin, which every member has."""
    return key.startswith(BULLETIN)


def of_unit(ours: OwnUnit) -> Iterator[Notification]:
    """What the unit is told: each bulletin that it opens and that stands."""
    entries, own = _all(ours.now)
    mine = opened_by(own.get(ours.unit, ()), entries, _entry)
    for one in facts(ours.inst, mine):
        if not one.void:
            zh = f"，{one.of_another.zh}" if one.replaces else ""
            en = f", {one.of_another.en}" if one.replaces else ""
            called = title_of(ours.inst, one)
            words = (
                f"致全体成员的公告：{called.zh}（第 {one.n} 件{zh}）",
                f"A bulletin to all members: {called.en} (no. {one.n}{en})",
            )
            yield told(one, words, ours.unit)


def told(one: BulletinFacts, words: tuple[str, str], unit: str) -> Notification:
    """The notice of a bulletin: of its kind a mail says nothing."""
    return sealed_told(key_of(one.n), one.time, words, "unit_bulletin", (unit, str(one.n)), A_DRAFT, always=True)


def _all(now: Now) -> tuple[list[OpenedEntry], Mapping[str, tuple[Membership, ...]]]:
    store = installation.office().store
    return _everything.of(now, None, lambda: (bulletins(store), memberships(now.inst)))


def delivered_to(inst: Institution, store: Reading, n: int) -> list[str]:
    """The units that open the bulletin at that place, in the order of their ids."""
    entries = [one for one in bulletins(store) if (one.entry.rx.n or 0) <= n]
    return _openers(entries, memberships(inst), n)


def _openers(entries: list[OpenedEntry], own: Mapping[str, tuple[Membership, ...]], n: int) -> list[str]:
    """As `delivered_to`. What replaces nothing is opened by whoever was a member then: only of a chain the rest is looked at."""
    chain, wanted = [], n
    for one in reversed(entries):
        if one.entry.rx.n == wanted:
            chain.append(one)
            wanted = one.body.get("replaces") or 0
    chain.reverse()
    return sorted(unit for unit, his in own.items() if any(e.entry.rx.n == n for e in opened_by(his, chain, _entry)))


def _entry(one: OpenedEntry) -> Entry:
    return one.entry


def told_by_mail(units: Iterable[str], day: int, n: int) -> set[str]:
    """Those of the units of which somebody has a seat that day and is written to, and whose mail of that bulletin was not refused for good."""
    refused = Mail.objects.filter(key=key_of(n), state=Mail.GIVEN_UP).values("person_id")
    return set(_seats(day).exclude(person_id__in=refused).values_list("party", flat=True)) & set(units)


def _seats(day: int) -> QuerySet[Seat]:
    """The seats of people who read what goes to members."""
    today = date.fromordinal(day)
    holds = Q(begins__lte=today) & (Q(ends__isnull=True) | Q(ends__gte=today))
    return Seat.objects.filter(holds, role__in=(SIGNATORY, OFFICER), person__is_active=True)


def write_mails(now: Now, office: Office, since: int, state: str) -> int:
    """Write the mails about bulletins that arrived after that number under seal, to everybody they reach; how many.

    One text for all, in two languages: so ten thousand are written as quickly as they are stored. The same again writes nothing.
    """
    fresh = [one for one in bulletins(office.store) if one.kept.number > since]
    if not fresh:
        return 0
    entries, own = _all(now)
    return sum(
        _write(now, one, set(_openers(entries, own, one.n)), state) for one in facts(now.inst, fresh) if not one.void
    )


def _write(now: Now, one: BulletinFacts, units: set[str], state: str) -> int:
    people = _seats(now.day).filter(person__mail_preference__since__lte=one.time)
    wanted = {
        seat["person_id"]: seat["person__language"]
        for seat in people.values("person_id", "person__language", "party")
        if seat["party"] in units
    }
    known = set(Mail.objects.filter(key=key_of(one.n)).values_list("person_id", flat=True))
    texts, moment = {}, timezone.now()
    for language in set(wanted.values()):
        with override(language):
            texts[language] = single_mail(now, told(one, ("", ""), ""))
    mails = [
        Mail(
            person_id=person,
            key=key_of(one.n),
            subject=texts[language].subject,
            text=texts[language].text,
            confidential=False,
            state=state,
            next_try=moment,
        )
        for person, language in sorted(wanted.items())
        if person not in known
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=AT_ONCE)
    return len(mails)
