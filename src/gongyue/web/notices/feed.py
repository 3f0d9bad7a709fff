"""What a person is told: acts in its unit's name, decisions, what happened to everybody, deadlines, drafts.

Derived from the book and the day each time; the same book and day give the same notices under the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, day_of, from_iso, iso, start_of
from gongyue.governance.acts import act_type_of
from gongyue.governance.registry import known
from gongyue.governance.sheet import names_of
from gongyue.office.docket import BY_OFFICE, due_by_office
from gongyue.office.due_list import Due
from gongyue.office.facts.matter_names import act_matter, matter_name
from gongyue.office.facts.register import roll_of
from gongyue.office.facts.shapes import Said
from gongyue.office.notices import Notice
from gongyue.office.owed_acts import pending
from gongyue.web import installation
from gongyue.web.access import SIGNATORY, is_confidential
from gongyue.web.accounts.models import Seat
from gongyue.web.accounts.seats import offices_of
from gongyue.web.acting import signers
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.memo import Remembered
from gongyue.web.notices import bulletins, public_events
from gongyue.web.notices.notification import (
    A_DRAFT,
    AN_OFFICE_DUE,
    SEALED_ACT,
    SEALED_DECISION,
    SEALED_DUE,
    SEALED_PAPER,
    Notification,
    open_told,
    sealed_told,
)
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.item import DONE, AttentionItem
from gongyue.web.workspace.own_unit import OwnUnit

NEAR = 7
"""Days before a deadline from which it is told."""


def feed_for(now: Now, seats: Iterable[Seat]) -> list[Notification]:
    """Everything a person with those seats is told as of now, newest first; each thing once."""
    found: dict[str, Notification] = {}
    for seat in seats:
        for one in _seat(now, seat):
            found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda t: (-t.time, -_place(t.key), t.key))


def _place(key: str) -> int:
    """The entry that a notice tells of, where its key names one: of one moment, too, what came last comes first."""
    number = key.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def _seat(now: Now, seat: Seat) -> Iterator[Notification]:
    if seat.role:
        yield from of_unit(OwnUnit(now, seat.party), seat)
    elif seat.party.startswith("o:"):
        yield from of_officer(now, seat)


_known: Remembered[list[Notification]] = Remembered()


def of_unit(ours: OwnUnit, seat: Seat) -> Iterator[Notification]:
    """What a unit's person is told; an engineer is not told what only signatory and officers see."""
    confidential = is_confidential(seat.role)
    yield from _known.of(ours.now, (ours.unit, confidential), lambda: list(_by_the_books(ours, confidential)))
    yield from _drafts(ours, seat)


def _by_the_books(ours: OwnUnit, confidential: bool) -> Iterator[Notification]:
    for told in public_events.public_notifications(ours):
        public = None if confidential else _PUBLIC.get(told.route)
        yield replace(told, route=public, args=told.args[-1:]) if public else told
    yield from filter(None, (_deadline(ours, item) for item in items(ours, confidential)))
    if confidential:
        yield from (_in_its_name(ours, notice) for notice in ours.acts)
        yield from _decision(ours)
        yield from _served(ours)
        yield from bulletins.of_unit(ours)
        yield from _ended(ours)


_PUBLIC = {"unit_vote": "vote", "unit_act": "entry"}
"""The public page in place of one that only signatory and officers open."""


def _served(ours: OwnUnit) -> Iterator[Notification]:
    """What was served on the unit, in each of its dossiers: a mail says no more than that a paper is waiting."""
    for facts in ours.dossiers:
        for line in facts.entries:
            if line.type != "dossier.serve/1" or line.void:
                continue
            got = ("，已签收", ", received") if line.received else ("，请签收", ": acknowledge it")
            words = (
                f"有文书送达：{line.says.zh}（{facts.zh}卷 {facts.name.zh}）{got[0]}",
                f"Served on your unit: {line.says.en} ({facts.en} dossier {facts.name.en}){got[1]}",
            )
            key, page = f"served:{line.digest}", (facts.name.zh,)
            yield sealed_told(key, line.time, words, "my_dossier", page, A_DRAFT, always=True)


def _in_its_name(ours: OwnUnit, notice: Notice) -> Notification:
    zh, en = notice.zh, names_of(notice.type).en
    if (about := act_matter(ours.inst, notice.fields))[0]:
        zh, en = f"{zh}：{about[0]}", f"{en}: {about[1]}"
    place = (ours.unit, notice.book, notice.place)
    if notice.own:
        words = (f"已以贵单位名义记录：{zh}", f"Recorded in your unit's name: {en}")
        sealed, ends = SEALED_ACT, 0
    else:
        words = (f"凭纸面以贵单位名义记录：{zh}", f"Recorded from paper in your unit's name: {en}")
        sealed, ends = SEALED_PAPER, known(notice.disavow.ends) if notice.disavow and notice.state == "stands" else 0
    if notice.book == "sealed":
        return sealed_told(notice.id, notice.recorded, words, "unit_act", place, sealed, ends, always=True)
    return open_told(
        notice.id, notice.recorded, words, "unit_act", place, ends, at_once=True, always=True, at=notice.at
    )


def _decision(ours: OwnUnit) -> Iterator[Notification]:
    """Granted and refused look the same in a mail."""
    applied = ours.application
    if applied is None or applied.state == "waiting":
        return
    words = {
        "granted": ("加入申请已获准，贵单位为成员单位", "The application was granted: your unit is a member"),
        "refused": ("加入申请未获准，理由请见", "The application was not granted; read the reasons"),
        "withdrawn": ("加入申请已撤回，不再决定", "The application was withdrawn; it is not decided any more"),
    }[applied.state]
    key = f"decision:{applied.id}"
    yield sealed_told(key, applied.decided, words, "unit_membership", (ours.unit,), SEALED_DECISION, always=True)


def _ended(ours: OwnUnit) -> Iterator[Notification]:
    for event in roll_of(ours.now).history.get(ours.unit, ()):
        if event.what == "ended":
            words = ("贵单位的成员资格已终止", "Your unit's membership has ended")
            key, time = f"ended:{event.index}", start_of(event.day)
            yield sealed_told(key, time, words, "unit_membership", (ours.unit,), SEALED_DECISION, always=True)


def _deadline(ours: OwnUnit, item: AttentionItem) -> Notification | None:
    """A deadline within a week or past. Of an open vote it is told whether or not the unit has voted."""
    time = ours.now.time
    if not item.ends or (item.state == DONE and not item.key.startswith("vote:")):
        return None
    late = item.late(time)
    begins = item.ends if late else _near(item)
    if begins > time:
        return None
    zh, en = ("已逾期", "Overdue") if late else ("期限临近", "Deadline near")
    key = f"{'late' if late else 'due'}:{item.key}:{iso(day_of(item.ends - 1))}"
    words = (f"{zh}：{item.zh}", f"{en}: {item.en}")
    if item.key.startswith("dossier:"):  # what comes next is said first; then in which
        words = (f"{words[0]}（{item.note_zh}）", f"{words[1]} ({item.note_en})")
    args = (ours.unit, *item.args) if item.route.startswith("unit_") else item.args
    if item.sealed:
        return sealed_told(key, begins, words, item.route, args, SEALED_DUE, item.ends)
    told = open_told(key, begins, words, item.route, args, item.ends, at_once=True, at=item.at)
    if item.state == DONE:  # said to those signed in; the mail is the same for whoever has not voted
        return replace(told, zh=f"{told.zh}（已投票，仍可改投）", en=f"{told.en} (voted; may still vote anew)")
    return told


def _near(item: AttentionItem) -> int:
    """From when its deadline is told: a week before, but not before the day on which half of its time has passed."""
    week = item.ends - NEAR * DAY
    return max(week, start_of(day_of((item.since + item.ends) // 2))) if item.since else week


def _drafts(ours: OwnUnit, seat: Seat) -> Iterator[Notification]:
    """Drafts that others have prepared for the signatory: a person, since no program signs."""
    if seat.role != SIGNATORY or seat.pk is None:
        return
    for draft in Draft.objects.filter(party=ours.unit, state=Draft.OPEN).exclude(created_by=seat.person_id):
        if signers.mandate_on(seat.person, draft, ours.now, [seat]) is None:
            continue
        kind = act_type_of(draft.type)
        words = (f"草稿待签：{kind.sheet.zh}", f"A draft to sign: {kind.sheet.done}")
        time = draft.begun(ours.now.time)
        yield sealed_told(f"draft:{draft.pk}", time, words, "draft", (str(draft.pk),), A_DRAFT)


# -- officers


_due: Remembered[list[Due]] = Remembered()


def of_officer(now: Now, seat: Seat) -> Iterator[Notification]:
    """What an officer is told: what its offices have to do soon or late, and drafts that wait for a second signature."""
    held = offices_of(now.inst, seat, now.day)
    if not held:
        return
    store = installation.office().store
    for duty in _due.of(now, None, lambda: due_by_office(now.inst, now.docket, pending(store), now.day)):
        by = act_type_of(duty.act).by
        near = duty.left <= NEAR and by.who != "system"  # what the office key does is told only once it is late
        if duty.whose == EXECUTIVE and by.offices & held and (duty.late or near):
            yield _duty(now, duty)
    yield from _rooms(now, seat.party)
    if seat.pk is None:  # a program, which signs nothing
        return
    for draft in Draft.objects.filter(party=EXECUTIVE, state=Draft.OPEN):
        kind, signed = act_type_of(draft.type), signers.signed_by(draft, now)
        mandate = signers.mandate_on(seat.person, draft, now, [seat])
        if signed and mandate and mandate.signs and seat.party not in signed:
            words = (f"草稿等待第二人签署：{kind.sheet.zh}", f"A second signature is needed: {kind.sheet.done}")
            time = draft.begun(now.time)
            yield sealed_told(f"draft:{draft.pk}", time, words, "draft", (str(draft.pk),), A_DRAFT)


def _rooms(now: Now, officer: str) -> Iterator[Notification]:
    """The dossiers it sees in which the office is late or soon will be, by their kinds and names, and no party's."""
    found = now.docket_of(officer)
    for line in map(found.line, (*found.overdue, *found.turn)):
        ends = start_of(from_iso(line.last) + 1) if line.last else 0
        if not ends or ends - now.time > NEAR * DAY:
            return  # what comes after is due later, or never
        if line.kind in BY_OFFICE:
            continue
        zh, en = ("已逾期", "Overdue") if line.late else ("期限临近", "Deadline near")
        words = (f"{zh}：{line.zh}卷 {line.name.zh}", f"{en}: {line.en} dossier {line.name.en}")
        key = f"{'late' if line.late else 'due'}:dossier:{line.id}:{line.last}"
        begins = ends if line.late else ends - NEAR * DAY
        yield sealed_told(key, begins, words, "desk_dossier", (line.name.zh,), AN_OFFICE_DUE, ends)


def _about(now: Now, duty: Due) -> Said:
    """What a duty is about; an applicant by the name that its application says."""
    if duty.act == "membership.grant/1" and duty.matter not in now.inst.units:
        name = OwnUnit(now, duty.matter).name
        return Said(name, name)
    return matter_name(now.inst, duty.matter)


def _duty(now: Now, duty: Due) -> Notification:
    ends = start_of(from_iso(duty.last) + 1)
    zh, en = ("已逾期", "Overdue") if duty.late else ("期限临近", "Deadline near")
    about = _about(now, duty)
    words = (f"{zh}：{duty.zh}（{about.zh}）", f"{en}: {duty.en} ({about.en})")
    key = f"{'late' if duty.late else 'due'}:{duty.act}:{duty.matter}:{duty.last}"
    begins = ends if duty.late else ends - (NEAR + 1) * DAY  # its last day is within a week from that morning on
    if duty.act.startswith("membership.") or not act_type_of(duty.act).public:
        return sealed_told(key, begins, words, "desk", (), AN_OFFICE_DUE, ends)
    return open_told(key, begins, words, "desk", (), ends, at_once=True, at=duty.at)
