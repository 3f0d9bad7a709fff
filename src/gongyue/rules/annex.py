"""Annexes: agreements of branches of the industry under the covenant.

第七条　鼓励、支持开展合法、公平、有序的行业竞争，反对采用不正当手段进行行业内竞争。
第二十四条　本公约成员单位可以在本公约之下发起制订各分支行业的自律协议，经公约成员单位同意后，作为本公约的附件公布实施。
"""

from __future__ import annotations

from collections.abc import Sequence

from gongyue.covenant.counting import Count, Share, reaches
from gongyue.covenant.rulings import Finding, carries_out, either


@carries_out("annex.initiation", refusal="GY-24-01")
def is_initiated_by_a_member(actor: str, is_member: bool) -> Finding:
    """Any one member unit may initiate an annex, and nobody else."""
    return either(is_member, actor=actor)


@carries_out("annex.initiation", refusal="GY-24-04")
def branch_is_stated(scope: Sequence[str]) -> Finding:
    """An annex is an agreement of a branch, so it says of which."""
    return either(bool(scope), enough=1, branches=len(scope))


@carries_out("annex.initiation", refusal="GY-24-02")
def stays_under_the_covenant(added_sanctions: Sequence[str]) -> Finding:
    """An annex stands under the covenant (在本公约之下): it adds no kind of sanction to the covenant's two."""
    return either(not added_sanctions, found=" ".join(added_sanctions))


@carries_out("competition.fair", refusal="GY-07-01")
def is_free_of_cartel_terms(suspect: Sequence[str], reviewed: bool) -> Finding:
    """Fixed prices, divided markets or a common boycott need a lawyer's review first (Anti-Monopoly Law 17, 21)."""
    return either(reviewed or not suspect, enough="法律审查", found=" ".join(suspect))


@carries_out("annex.consent", refusal="GY-24-03", always=True)
def members_consent(share: Share, whole: Count, left: Count) -> Finding:
    """The members consent by the share the text asks for consent (or reading annex.consent), by both tests."""
    first = reaches(share, whole)
    return reaches(share, left) if first.holds else first


@carries_out("annex.consent", refusal="GY-24-03", always=True)
def text_is_the_one_consented_to(text: str, consented: str) -> Finding:
    """What is published is what the members consented to, to the letter."""
    return either(text == consented, enough=consented, text=text, consented=consented)


@carries_out("annex.consent", refusal="GY-24-03", always=True)
def vote_is_over(closed: bool) -> Finding:
    """What has not been voted on is not published."""
    return either(closed)
