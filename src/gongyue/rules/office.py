"""The executing body, its officers, and whose act an act is. These rules stand whatever the text says.

第五条　中关村大数据产业联盟作为本公约的执行机构，负责组织实施本公约。
"""

from __future__ import annotations

from collections.abc import Set

from gongyue.covenant.citing import Finding, carries_out, either, fails, holds
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso, moment

INCOMPATIBLE = (
    ("caseworker", "panellist"),
    ("caseworker", "mediator"),
    *((decider, "sysop") for decider in ("caseworker", "panellist", "mediator", "secretary", "publisher")),
)
"""Offices one person may not hold together: who investigates does not judge, who runs the machine does not decide."""


@carries_out("office.executive", refusal="GY-05-01", always=True)
def only_the_executive_body(actor: str) -> Finding:
    """Acts of execution are the executing body's alone."""
    return either(actor == EXECUTIVE, enough="执行机构", actor=actor)


@carries_out("office.executive", refusal="GY-05-01", always=True)
def holds_the_office(officer: str, held: Set[str], wanted: Set[str], day: int) -> Finding:
    """Whoever signs for the executing body holds, on that day, one of the offices that may do this."""
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
def key_is_valid(holder: str, valid: bool, arrived: int, valid_from: int, valid_to: int | None) -> Finding:
    """A key counts from its registration, a recovered one after its visible delay, and not after its end."""
    if valid:
        return holds()
    return fails(holder=holder, arrived=moment(arrived), valid_from=moment(valid_from), valid_to=moment(valid_to or 0))


@carries_out("membership.invitation", refusal="GY-04-01", always=True)
def signs_for_itself(unit: str, signer: str) -> Finding:
    """A unit's acts are its own: nobody joins, signs or speaks in its name with another's key."""
    return either(unit == signer, enough=unit, unit=unit, signed_by=signer)
