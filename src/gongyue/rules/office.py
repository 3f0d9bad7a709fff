"""The executive body, its officers, and whose act an act is. These rules stand whatever the text says.

第五条　中关村大数据产业联盟作为本公约的执行机构，负责组织实施本公约。
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso, moment
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds

INCOMPATIBLE = (
    ("caseworker", "panellist"),
    ("caseworker", "mediator"),
    *((decider, "sysop") for decider in ("caseworker", "panellist", "mediator", "secretary", "publisher")),
)
"""Offices one person may not hold together: who investigates does not judge, who runs the machine does not decide."""
COMPARED = "先由两名职员把它的核对词与盖章的申请表核对"
"""What the key of an application waits for."""


@carries_out("office.executive", refusal="GY-05-01", always=True)
def only_the_executive_body(actor: str) -> Finding:
    """Acts of execution are the executive body's alone."""
    return either(actor == EXECUTIVE, enough="执行机构", actor=actor)


@carries_out("office.executive", refusal="GY-05-01", always=True)
def holds_the_office(officer: str, held: Set[str], wanted: Set[str], day: int) -> Finding:
    """Whoever signs for the executive body holds, on that day, one of the offices that may do this."""
    return either(bool(held & wanted), enough=" | ".join(sorted(wanted)), officer=officer, on=iso(day))


@carries_out("executive.two_persons", refusal="GY-05-02", always=True)
def two_officers_confirm(officers: Set[str]) -> Finding:
    """A weighty act is confirmed by two different persons."""
    return either(len(officers) >= 2, enough=2, officers=len(officers))


@carries_out("executive.offices", refusal="GY-05-03", always=True)
def offices_are_compatible(officer: str, held: Set[str], added: Set[str]) -> Finding:
    """Nobody holds two offices that check one another."""
    together = held | added
    for one, other in INCOMPATIBLE:
        if one in together and other in together:
            return either(False, officer=officer, offices=f"{one} + {other}")
    return either(True)


@carries_out("executive.keys", refusal="GY-05-04", always=True)
def key_is_valid(
    holder: str, valid: bool, arrived: int, valid_from: int, valid_to: int | None, compared: bool = True
) -> Finding:
    """A key counts from its registration, or after the visible delay where others stand for it, and not after its end.

    One that an application brought, once it is `compared` with the unit's stamped form.
    """
    if valid:
        return holds()
    return fails(
        enough=None if compared else COMPARED,
        holder=holder,
        arrived=moment(arrived),
        valid_from=moment(valid_from),
        valid_to=moment(valid_to or 0),
    )


@carries_out("executive.keys", refusal="GY-05-05", always=True)
def further_key_is_signed_for(holder: str, had: int, by_its_own: bool) -> Finding:
    """Officers register a first key only; every further one is signed for with a key its holder has, or recovered."""
    return either(had == 0 or by_its_own, enough=0, holder=holder, keys=had)


@carries_out("executive.keys", refusal="GY-05-06", always=True)
def authority_signs_while_it_can(able: bool) -> Finding:
    """While the authority has a valid key its acts are signed with it, and nobody records them from paper."""
    return either(not able, enough="authority", holder="authority")


@carries_out("executive.keys", refusal="GY-05-07", always=True)
def ends_its_own_key(holder: str, its_own: bool) -> Finding:
    """Officers end no key of a unit or of the authority: each ends its own."""
    return either(its_own, enough=holder, holder=holder)


@carries_out("executive.keys", refusal="GY-05-08", always=True)
def last_key_is_ended_knowingly(holder: str, said_last: bool, staying: int) -> Finding:
    """Whoever ends the last key that stays valid says so, and nobody says so of another: nothing is signed without one."""
    return either(said_last == (staying == 0), enough="last" if staying == 0 else None, holder=holder, keys=staying)


@carries_out("executive.keys", refusal="GY-05-09", always=True)
def systems_key_overlaps(staying: int) -> Finding:
    """The office key ends only while another of the office is valid: what is due without discretion never stops."""
    return either(staying > 0, enough=1, holder="sys", keys=staying)


@carries_out("executive.keys", refusal="GY-05-11", always=True)
def keyless_disavow_on_paper(holder: str, able: bool) -> Finding:
    """Whoever has a valid key signs its disavowal; paper serves those who have none but the one they disavow."""
    return either(not able, enough=holder, holder=holder)


@carries_out("executive.keys", refusal="GY-05-12", always=True)
def others_record_a_disavowal(both: Set[str]) -> Finding:
    """A disavowal on paper is recorded by officers who did not record what it disavows."""
    return either(not both, officer=" ".join(sorted(both)))


@carries_out("executive.keys", refusal="GY-05-13", always=True)
def no_more_than_two_record(officers: Set[str]) -> Finding:
    """What is recorded from paper in another's name is signed by two officers and no more: others stay to record its disavowal."""
    return either(len(officers) <= 2, enough=2, officers=len(officers))


@carries_out("executive.offices", refusal="GY-05-16", always=True)
def declares_for_itself(officer: str, signers: Iterable[str]) -> Finding:
    """An officer declares its own interests: nobody declares for another, and none with another."""
    both = sorted(set(signers))
    return either(both == [officer], enough=officer, officer=officer, signed_by=" ".join(both))


@carries_out("executive.offices", refusal="GY-05-10", always=True)
def serves_after_the_delay(officer: str, begins: int, earliest: int) -> Finding:
    """Nobody is appointed for today: an appointment serves once it has been seen for the whole delay."""
    return either(begins >= earliest, enough=iso(earliest), officer=officer, begins=iso(begins))


@carries_out("membership.invitation", refusal="GY-04-01", always=True)
def signs_for_itself(unit: str, signer: str) -> Finding:
    """A unit's acts are its own: nobody joins, signs or speaks in its name with another's key."""
    return either(unit == signer, enough=unit, unit=unit, signed_by=signer)
