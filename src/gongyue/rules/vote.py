"""Votes: who has one, when it ends, what is counted. These rules stand whatever the text says.

第二十二条　……并经三分之二以上成员单位同意，可以对本公约进行修改。
第二十四条　……经公约成员单位同意后，作为本公约的附件公布实施。
"""

from __future__ import annotations

from gongyue.covenant.citing import Finding, carries_out, either
from gongyue.covenant.parties import EXECUTIVE


@carries_out("amendment.adoption", refusal="GY-22-07", always=True)
def executive_body_has_no_vote(actor: str) -> Finding:
    """The executing body is not a member unit and does not vote."""
    return either(actor != EXECUTIVE, actor=actor)


@carries_out("amendment.adoption", refusal="GY-22-04", always=True)
def is_on_the_frozen_roll(unit: str, on_roll: bool, roll: int) -> Finding:
    """Member units vote; the roll was frozen when the vote opened, so later joiners neither vote nor count."""
    return either(on_roll, unit=unit, roll=roll)


@carries_out("P6", refusal="GY-22-05")
def window_has_ended(seconds_left: int, signed: int, members: int) -> Finding:
    """A vote is closed after its window, or once every unit of the roll that is still a member has signed its ballot."""
    over = seconds_left <= 0 or signed == members
    return either(over, seconds_left=max(0, seconds_left), signed=signed, members=members)


@carries_out("P18", refusal="GY-22-11")
def paper_has_waited(waiting: int, seconds_left: int) -> Finding:
    """A vote is not closed while a ballot on paper, of which its unit was told, may still be disavowed; nor put off for ever."""
    return either(waiting == 0 or seconds_left <= 0, waiting=waiting, seconds_left=max(0, seconds_left))


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def statement_is_the_count(stated: str, counted: str) -> Finding:
    """What is stated of a vote is what the opened ballots say."""
    return either(stated == counted, enough=counted, stated=stated, counted=counted)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def statement_is_possible(voted: int, roll: int, consents: int, consents_left: int) -> Finding:
    """Where nobody recounts, no more units may have voted than there are, nor more consenters remain than consented."""
    return either(voted <= roll and consents_left <= consents, voted=voted, roll=roll, consents_left=consents_left)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def none_is_withheld(unit: str, sequence: int, expected: int) -> Finding:
    """All ballots of a unit are opened, superseded ones too: their sequence has no gap."""
    return either(sequence == expected, enough=expected, unit=unit, sequence=sequence, expected=expected)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def ballot_is_among_those_opened(unit: str, sealed_index: int, opened: bool) -> Finding:
    """Every ballot that was cast is opened at close: none is left out of the count."""
    return either(opened, enough="opened", unit=unit, sealed=sealed_index)
