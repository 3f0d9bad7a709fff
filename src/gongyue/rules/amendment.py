"""Amending the covenant.

第二十二条　本公约生效期间，经公约执行机构或本公约十分之一以上成员单位提议，
并经三分之二以上成员单位同意，可以对本公约进行修改。
"""

from __future__ import annotations

from fractions import Fraction

from gongyue.covenant.bound_persons import body_alone_proposes, executive_proposes
from gongyue.covenant.counting import Count, Share, at_least, reaches
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds
from gongyue.covenant.values import Meaning


@carries_out("amendment.in_effect", refusal="GY-22-03")
def covenant_is_effective(effective: bool) -> Finding:
    """Only an effective covenant is amended; before that its text is still being drafted."""
    return either(effective)


@carries_out("amendment.proposal", refusal="GY-22-01")
def may_be_proposed(meaning: Meaning, by_executive_body: bool, supporters: int, roll: int) -> Finding:
    """The executive body alone may propose where the text lets it; else the share of member units it asks for, counted once, at filing.

    Any one of them, or the executive body, where the text asks for none.
    """
    if by_executive_body and executive_proposes(meaning.edition):
        return holds()
    stated = "amendment.proposal" in meaning.values
    share = meaning.share("amendment.proposal").size if stated else Fraction(1, max(roll, 1))
    return at_least(share, supporters, of=roll)


@carries_out("amendment.proposal", refusal="GY-22-13")
def proposer_is_the_body_named(meaning: Meaning, by_executive_body: bool) -> Finding:
    """Where the text names a body that proposes, and no share of members, none of them begins or files a change."""
    body = body_alone_proposes(meaning.edition)
    return either(by_executive_body or not body, "exec", **({"body": body} if body else {}))


@carries_out("amendment.in_effect", refusal="GY-22-06", always=True)
def change_applies(problem: str) -> Finding:
    """The change fits the text in force, and says every number it alters."""
    return fails(why=problem) if problem else holds()


@carries_out("amendment.adoption", refusal="GY-22-09", always=True)
def text_is_the_adopted_text(text: str, adopted: str, where: str) -> Finding:
    """What is filed, approved and published is what the change consented to makes of the text in force, to the letter."""
    return fails(enough=adopted, text=text, adopted=adopted, where=where) if where else holds()


@carries_out("amendment.proposal", refusal="GY-22-10", always=True)
def is_the_same_change(change: object, before: object) -> Finding:
    """Its supporters gave their names to this change: voted on again, it takes the place of the same words, or of what became of them."""
    return either(change == before)


@carries_out("amendment.adoption", refusal="GY-22-02", always=True)
def is_adopted(share: Share, whole: Count, left: Count) -> Finding:
    """Two tests: consents of those that the share is of, and the same of those still members, both reach the share."""
    first = reaches(share, whole)
    return reaches(share, left) if first.holds else first
