"""Votes: who has one, when it ends, what is counted. These rules stand whatever the text says.

第二十二条　……并经三分之二以上成员单位同意，可以对本公约进行修改。
第二十四条　……经公约成员单位同意后，作为本公约的附件公布实施。
"""

from __future__ import annotations

from gongyue.covenant.counting import Count, Share, quorate
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import Finding, carries_out, either, holds


@carries_out("amendment.adoption", refusal="GY-22-07", always=True)
def executive_body_has_no_vote(actor: str) -> Finding:
    """The executive body is not a member unit and does not vote."""
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


@carries_out("vote.quorum", refusal="GY-22-12", always=True)
def is_quorate(quorum: Share | None, whole: Count, left: Count) -> Finding:
    """Where the text asks for a quorum as many vote, of the roll and of those of it still members; abstentions are votes."""
    if quorum is None:
        return holds()
    first = quorate(quorum, whole)
    return quorate(quorum, left) if first.holds else first


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def statement_is_the_count(stated: str, counted: str) -> Finding:
    """What is stated of a vote is what the opened ballots say."""
    return either(stated == counted, enough=counted, stated=stated, counted=counted)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def statement_is_possible(whole: Count, left: Count) -> Finding:
    """Where nobody recounts, no more units may have voted than there are, nor more remain of any choice than made it."""
    others, others_left = whole.voted - whole.consents, left.voted - left.consents
    possible = whole.voted <= whole.roll and left.consents <= whole.consents and 0 <= others_left <= others
    return either(possible, voted=whole.voted, roll=whole.roll, consents_left=left.consents, voted_left=left.voted)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def none_is_withheld(unit: str, sequence: int, expected: int) -> Finding:
    """All ballots of a unit are opened, superseded ones too: their sequence has no gap."""
    return either(sequence == expected, enough=expected, unit=unit, sequence=sequence, expected=expected)


@carries_out("amendment.adoption", refusal="GY-22-08", always=True)
def ballot_is_among_those_opened(unit: str, sealed_index: int, opened: bool) -> Finding:
    """Every ballot that was cast is opened at close: none is left out of the count."""
    return either(opened, enough="启封该选票", unit=unit, sealed=sealed_index)
