"""Letters to whoever joins, leaves or serves: invitations, admissions and refusals, confirmations, appointments, what others recorded in its name."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.acts import act_type_of
from gongyue.governance.registry import Event
from gongyue.office import links, notices
from gongyue.office.applications import applications
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.facts.sanction_steps import END
from gongyue.office.link_words import link_words
from gongyue.office.notices import Notice
from gongyue.sealing.link import parse_link_line
from gongyue.web import installation
from gongyue.web.accounts.officers import called_each
from gongyue.web.desk.letter import Letter, later, law_of
from gongyue.web.installation import Now
from gongyue.web.letter_response import address
from gongyue.web.letters.members import Admitted, Invitation, MembershipOver, NotAdmitted
from gongyue.web.letters.offices import Appointed
from gongyue.web.letters.paper_notice import RecordedFromPaper
from gongyue.web.names import act_name, office_name
from gongyue.web.templatetags.words import pick


def invited(now: Now) -> Iterator[Letter]:
    """Invitations that nobody has taken up yet."""
    for unit in now.inst.units.values():
        if unit.status == "invited":
            at, words = law_of(now, "membership.application")
            make = later(Invitation, unit.name, words, address("unit_home", unit.id), at=at)
            yield Letter(unit.id, unit.name, now.day, None, make)


def admitted(now: Now) -> Iterator[Letter]:
    """Applications granted."""
    for one in applications(now.inst, installation.office().store):
        if one.index is not None:
            since, applied = day_of(one.decided), iso(day_of(one.arrived))
            at, _ = law_of(now, "membership.application")
            link = address("unit_home", one.unit)
            make = later(Admitted, one.said.name, one.unit, applied, iso(since), one.index, link, at=at)
            yield Letter(str(one.index), one.said.name, since, one.index, make)


def not_admitted(now: Now) -> Iterator[Letter]:
    """Applications refused, for the applicant alone."""
    for one in applications(now.inst, installation.office().store):
        if one.refusal is not None:
            clause = "membership.practitioner" if one.ground == "practitioner" else "membership.acceptance"
            (at, words), arrived, place = law_of(now, clause), iso(day_of(one.arrived)), one.refusal.place
            make = later(NotAdmitted, one.said.name, arrived, one.ground, words, one.reasons, place, at=at)
            yield Letter(place, one.said.name, day_of(one.decided), None, make)


def over(now: Now) -> Iterator[Letter]:
    """That a membership is over: withdrawn, or ended."""
    store = installation.office().store
    for event in now.inst.events.values():
        if not event.ends(now.inst.size):
            continue
        unit = now.inst.units[event.unit]
        way = "withdrawn" if event.what == "left" else "ended"
        line = (links.of_entry(store, event.index) or b"").strip() if way == "ended" else b""
        ground = link_words(act_type_of(END), parse_link_line(line).target) if line else ("", "")
        since, until = iso(unit.since), iso(event.day)
        make = later(MembershipOver, unit.name, unit.id, since, until, way, event.index, line.decode(), ground)
        yield Letter(of_event(event), unit.name, event.day, event.index, make)


def of_event(event: Event) -> str:
    """What names the letter: several whose notice falls due leave by the same entry, as does whoever is put out by it."""
    return f"{event.index}:{event.unit}"


def appointed(now: Now) -> Iterator[Letter]:
    """One letter for each appointment that stands, with all its offices."""
    at, _ = law_of(now, "office.executive")
    known = called_each(now.inst, now.inst.officers)
    for officer in now.inst.officers.values():
        for index in sorted({tenure.index for tenure in officer.tenures}):
            held = [tenure for tenure in officer.tenures if tenure.index == index]
            offices = tuple(sorted(tenure.office for tenure in held))
            begins, ends = held[0].begins, held[0].ends
            page = address("desk")
            name = known[officer.id]
            make = later(Appointed, officer.id, offices, iso(begins), iso(ends), index, page, at=at, name=name)
            about = f"{known[officer.id]} · {pick('、', ', ').join(map(office_name, offices))}"
            yield Letter(f"{officer.id}:{index}", about, begins, index, make)


def recorded(now: Now) -> Iterator[Letter]:
    """What others recorded from paper in a unit's name, told already or not: a letter can be printed again."""
    opened = installation.office()
    known = opened.acts_by_unit.catch_up(opened.store)
    for unit in sorted({unit for unit, _ in known.from_paper()}):
        for told in notices.notices(now.inst, opened.store, unit, acts=known):
            if not told.own:
                about = pick(f"{told.name}：{told.zh}", f"{told.name}: {act_name(told.type)}")
                make = later(_notice, now, told, address("unit_home", unit))
                yield Letter(told.id, about, day_of(told.recorded), told.index if told.book == "open" else None, make)


def _notice(now: Now, told: Notice, page: str) -> RecordedFromPaper:
    """The letter, in which parties and matters go by their names."""
    inst = now.inst
    ids = set(_texts([told.fields, told.recorded_by]))
    matters = {id: matter_title(inst, id)[0] for id in ids if id in inst.proposals or id in inst.annexes}
    parties = called_each(inst, [id for id in ids if id in inst.units or id in inst.officers])
    return RecordedFromPaper(told, now.time, page, matters | parties)


def _texts(value: object) -> Iterator[str]:
    """Every text in what an act says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
