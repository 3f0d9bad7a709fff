"""The demonstration's logins: one per role, with one password that is printed; never in a real installation."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import transaction

from gongyue.covenant.parties import AUTHORITY
from gongyue.demo.world import world
from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.django_settings import WEB

PASSWORD = "yanshi-gongyue-2027"  # noqa: S105  (a demonstration's, printed for everybody)
"""The password of every demonstration login."""

BEGINS = date(2026, 1, 1)


class Login(NamedTuple):
    """A login of the demonstration: whose seat, in which role, and what the person is called."""

    email: str
    party: str
    role: str
    name: str
    zh: str
    en: str


class NotADemonstration(RuntimeError):
    """A real installation has no logins with a public password."""


CASES = ("o:xu", "o:hu")
"""Of those who handle cases a caseworker and a panellist sign in."""


def cast() -> list[Login]:
    """Who may sign in to the demonstration."""
    officers = [
        Login(f"{p.id[2:]}@demo.invalid", p.id, "", p.zh, f"执行机构 · {p.zh}", f"executive body · {p.en}")
        for p in world().officer
        if p.founds or p.id in CASES
    ]
    people = (
        ("yunling", "yunling", SIGNATORY, "签署人云", "签署人", "signatory"),
        ("yunling-officer", "yunling", OFFICER, "专员岭", "专员", "officer, drafts only"),
        ("yunling-engineer", "yunling", ENGINEER, "工程师数", "工程师", "engineer"),
        ("beichen", "beichen", SIGNATORY, "签署人北", "签署人", "signatory"),
        ("yuqian", "yuqian", SIGNATORY, "签署人榆", "签署人，曾被检举", "signatory, once accused"),
        ("qinghe", "qinghe", SIGNATORY, "签署人青", "签署人", "signatory"),
        ("yiwei", "yiwei", SIGNATORY, "签署人苇", "签署人", "signatory"),
        ("shibei", "shibei", SIGNATORY, "签署人拾", "签署人", "signatory"),
        ("northlake", "northlake", SIGNATORY, "签署人湖", "申请单位签署人", "signatory of an applicant"),
    )
    units = []
    for name, slug, role, called, zh, en in people:
        unit = world().named(slug)
        units.append(Login(f"{name}@demo.invalid", unit.id, role, called, f"{unit.zh} · {zh}", f"{unit.en} · {en}"))
    authority = Login(
        "authority@demo.invalid", AUTHORITY, "", "主管部门经办", f"{world().authority}", "the authority (demo)"
    )
    return [*officers, *units, authority]


def logins() -> list[Login]:
    """Make every login that is not there yet, and give them all; NotADemonstration in a real installation."""
    if not WEB.demo:
        raise NotADemonstration
    with transaction.atomic():
        for login in cast():
            known = Person.objects.filter(email=login.email).first()
            person = known or Person.objects.create_user(login.email, PASSWORD, name=login.name)
            Seat.objects.get_or_create(person=person, party=login.party, role=login.role, defaults={"begins": BEGINS})
    return cast()
