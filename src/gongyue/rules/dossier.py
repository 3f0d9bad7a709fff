"""What holds in every dossier: who may have a hand in it, and what may not be erased.

第五条　中关村大数据产业联盟作为本公约的执行机构，负责组织实施本公约。
第二十条　本公约执行机构及成员单位在实施和履行本公约过程中必须遵守国家有关法律、法规。
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import permutations
from operator import contains

from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either

INCOMPATIBLE = (
    ("caseworker", "panel"),
    ("caseworker", "reviewers"),
    ("caseworker", "mediator"),
    ("panel", "reviewers"),
)
"""Roles one person may not have in a dossier: who investigates does not judge, who decided does not review."""


@carries_out("executive.offices", refusal="GY-05-03")
def roles_are_compatible(officer: str, roles: Set[str]) -> Finding:
    """Nobody has two roles in a dossier that check one another."""
    for one, other in INCOMPATIBLE:
        if one in roles and other in roles:
            return either(False, officer=officer, offices=f"{one} + {other}")
    return either(True)


@carries_out("executive.offices", refusal="GY-05-14")
def challenged_leaves_it_alone(officers: Iterable[str], challenged: Set[str]) -> Finding:
    """Whoever's recusal was asked for only preserves until that is decided, and does not decide it."""
    both = sorted(set(officers) & challenged)
    return either(not both, officer=" ".join(both))


@carries_out("executive.offices", refusal="GY-05-17")
def recusals_are_decided(challenged: Iterable[str]) -> Finding:
    """Whether somebody is to leave a dossier to others is decided before what that person had a hand in is concluded, or ended."""
    waiting = sorted(set(challenged))
    return either(not waiting, officer=" ".join(waiting))


@carries_out("executive.offices", refusal="GY-18-15")
def newcomer_could_be_challenged(officer: str, last: int, today: int) -> Finding:
    """Whoever is put in another's place decides nothing before the party had the days to ask that it recuse itself; `last`: the last."""
    return either(today > last, enough=iso(last + 1), officer=officer, last=iso(last), today=iso(today))


@carries_out("executive.offices", refusal="GY-17-05")
def caseworker_recuses(officer: str, interests: Iterable[str], parties: Iterable[str]) -> Finding:
    """Nobody handles a case who declared an interest in one of its parties."""
    return _has_no_interest(officer, interests, parties)


@carries_out("executive.offices", refusal="GY-18-09")
def panel_recuses(officer: str, interests: Iterable[str], parties: Iterable[str]) -> Finding:
    """Nobody decides or reviews who declared an interest in one of the parties."""
    return _has_no_interest(officer, interests, parties)


@carries_out("P14", refusal="GY-18-09")
def panel_is_complete(persons: int, least: int) -> Finding:
    """A panel has as many persons as the procedure asks for, or more."""
    return either(persons >= least, enough=least, count=persons)


@carries_out("executive.offices", refusal="GY-16-03")
def mediator_recuses(officer: str, interests: Iterable[str], parties: Iterable[str]) -> Finding:
    """Nobody mediates who declared an interest in one of the parties."""
    return _has_no_interest(officer, interests, parties)


def _has_no_interest(officer: str, interests: Iterable[str], parties: Iterable[str]) -> Finding:
    both = sorted(set(interests) & set(parties))
    return either(not both, officer=officer, parties=" ".join(both))


@carries_out("executive.offices", refusal="GY-05-15")
def is_assigned(officers: Iterable[str], assigned: Set[str]) -> Finding:
    """Only officers assigned to a dossier write in it; the secretary assigns them."""
    others = sorted(set(officers) - assigned)
    return either(not others, enough=" ".join(sorted(assigned)) or None, officer=" ".join(others))


@carries_out("executive.two_persons", refusal="GY-05-02")
def each_office_confirms(held: Mapping[str, Set[str]], offices: Iterable[str]) -> Finding:
    """Of offices that act together each is there, and by a person of its own."""
    wanted = set(offices)
    return either(
        any(all(map(contains, persons, wanted)) for persons in permutations(held.values(), len(wanted))),
        enough=" + ".join(sorted(wanted)),
        officers=len(held),
    )


CONTACTS_NEEDED = 10
"""Numbers to reach persons that a document has without being a list of them: those of its signatories and of whom it names."""


@carries_out("law.observance", refusal="GY-17-09", always=True)
def evidence_is_covered(name: str, identities: int, contacts: int, admitted: bool) -> Finding:
    """What is filed as evidence shows no number of an identity document or account, and few to reach a person, unless it is needed.

    PIPL 6: as little as the purpose takes. `admitted`: the caseworker recorded in the dossier why it is necessary.
    """
    return either(
        admitted or (not identities and contacts <= CONTACTS_NEEDED),
        enough=CONTACTS_NEEDED,
        name=name,
        identities=identities,
        contacts=contacts,
    )


@carries_out("law.observance", refusal="GY-20-02", always=True)
def nothing_held_is_erased(documents: Iterable[str], held: Set[str]) -> Finding:
    """What is under a hold is not erased, whoever asks for it, until the hold is lifted."""
    both = sorted(set(documents) & held)
    return either(not both, documents=" ".join(both))
