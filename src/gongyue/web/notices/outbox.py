"""The outbox: what is to be mailed, written once; how it is sent is in `dispatch`.

`collect` is called every minute by whoever serves, in as many processes as there are. A mail is written under a key of
its own, so that it is written once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from weakref import WeakKeyDictionary

import msgspec
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import start_of
from gongyue.office.office import Office
from gongyue.office.store.words import PAPER, typed, words_of
from gongyue.web import installation
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.accounts.seats import seats_of
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.notices.bulletins import is_for_all, write_mails
from gongyue.web.notices.digests import ahead, period
from gongyue.web.notices.dispatch import sends
from gongyue.web.notices.feed import feed_for
from gongyue.web.notices.mail_text import Words, digest_mail, single_mail
from gongyue.web.notices.models import AT_ONCE, NEVER, Mail, Preference
from gongyue.web.notices.notification import Notification
from gongyue.web.notices.public_events import happenings


class _Collected(msgspec.Struct, frozen=True):
    """What mails were made of when they were last collected, so that the next time only what is new is looked at.

    `shared`: what concerns everybody; `acts`: how many acts each unit had; `drafts`: the latest change of a draft.
    """

    size: int
    sealed: int
    events: int
    drafts: datetime | None
    shared: tuple[object, ...]
    acts: dict[str, int]


_seen: WeakKeyDictionary[Office, _Collected] = WeakKeyDictionary()


def collect() -> int:
    """Write what is to be mailed as of now; how many mails that were. The same again writes nothing."""
    now, office = installation.now(), installation.office()
    seen = _state(now, office)
    old = _seen.get(office)
    made = 0 if old is None else write_mails(now, office, old.sealed, _first_state())
    parties = _concerned(now, office, old, seen)
    people = Person.objects.filter(is_active=True, seats__isnull=False).distinct().order_by("pk")
    if parties is not None:
        people = people.filter(seats__party__in=parties)
    made += sum(_collect(now, person) for person in people.iterator(chunk_size=500)) if parties != set() else 0
    _seen[office] = seen
    return made


def _state(now: Now, office: Office) -> _Collected:
    arrived, acts = office.store.arrivals(), office.acts_by_unit.catch_up(office.store)
    seats = Seat.objects.aggregate(last=Max("pk"), ends=Max("ends"))
    units = set(Seat.objects.filter(party__startswith="u:").values_list("party", flat=True))
    return _Collected(
        now.size,
        arrived,
        len(now.inst.events),
        Draft.objects.aggregate(changed=Max("changed_at"))["changed"],
        (now.day, len(happenings(now)), Person.objects.count(), *seats.values()),
        {unit: len(acts.of(unit)) for unit in units},
    )


def _concerned(now: Now, office: Office, old: _Collected | None, new: _Collected) -> set[str] | None:
    """The parties for whom something is new since; None: anybody, as when a day has passed or a vote has opened."""
    if old is None or old.shared != new.shared:
        return None
    parties = {unit for unit, count in new.acts.items() if count != old.acts.get(unit)}
    parties |= {now.inst.events[n].unit for n in range(old.events, new.events)}
    for one in office.store.sealed_with((_REFUSAL, PAPER), old.sealed):
        words = words_of(one.entry)
        if _REFUSAL in words:
            parties.add(str(msgspec.json.decode(decode(one.entry).entry.act.body)["unit"]))
        if PAPER in words:  # of which officers have to tell its unit
            parties |= set(now.inst.officers)
    if old.drafts != new.drafts:
        changed = Draft.objects.all() if old.drafts is None else Draft.objects.filter(changed_at__gt=old.drafts)
        drafting = set(changed.values_list("party", flat=True))
        parties |= drafting
        if EXECUTIVE in drafting:
            parties |= set(now.inst.officers)
    return parties


_REFUSAL = typed("membership.refuse/1")


def _collect(now: Now, person: Person) -> int:
    preference, _ = Preference.objects.get_or_create(person=person, defaults={"since": now.time})
    seats = list(seats_of(person, now.day))
    told = [one for one in feed_for(now, seats) if _newer(one, preference.since)]
    with override(person.language):
        written = list(_new_mails(now, preference, seats, told, _mailed_keys(person)))
    state, moment = _first_state(), timezone.now()
    mails = [
        Mail(
            person=person,
            key=key,
            subject=words.subject,
            text=words.text,
            confidential=secret,
            state=state,
            next_try=moment,
        )
        for key, words, secret in written
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def _first_state() -> str:
    return Mail.WAITING if sends() else Mail.SHOWN


def _newer(one: Notification, since: int) -> bool:
    """Nothing older than the person's first day here is mailed, save deadlines that are still to come."""
    return one.time >= since or (one.key.startswith("due:") and one.ends > since)


def _mailed_keys(person: Person) -> set[str]:
    return set(Mail.objects.filter(person=person).values_list("key", flat=True))


def _new_mails(
    now: Now, preference: Preference, seats: list[Seat], told: list[Notification], known: set[str]
) -> Iterator[tuple[str, Words, bool]]:
    """(key, mail, whether only its addressee may know of it) of everything not written yet, oldest first; digests last."""
    singles = {one.key for one in told if _by_itself(one, preference.rhythm)}
    for one in reversed(told):
        if one.key in singles - known:
            yield one.key, single_mail(now, one), not one.public and not is_for_all(one.key)
    span = period(preference.rhythm, now.day)
    if span is None or span.key in known:
        return
    begins, ends = max(start_of(span.begins), preference.since), start_of(span.ends)
    happened = [one for one in reversed(told) if begins <= one.time < ends and one.key not in singles | known]
    due = ahead(now, seats)
    if begins < ends and (happened or due):
        # One that everybody has is no secret; what it says is its addressee's, and one that says only such things, too.
        secret = not any(one.public for one in happened) and not any(one.ends for one in due)
        yield span.key, digest_mail(now, begins, ends - 1, happened, due), secret


def _by_itself(one: Notification, rhythm: str) -> bool:
    """Whether it is mailed by itself: acts in the unit's name always, near deadlines unless mails are off."""
    if rhythm == NEVER:
        return one.always
    return one.always or one.at_once or rhythm == AT_ONCE
