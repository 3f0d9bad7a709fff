"""Founding: signing, approval, effect, publication, force.

第一条　……中关村大数据产业联盟……号召全体会员企业以及行业内其他从业者，制定并遵守本公约。
第二十一条　本公约经公约发起单位法定代表人或其委托的代表签字，并经由主管部门批准后生效，
并在生效后的30日内由中关村大数据产业联盟向社会公布。
第二十六条　本公约自公布之日起施行。
"""

from __future__ import annotations

from collections.abc import Set

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds


@carries_out("founding.covenant", refusal="GY-01-01", always=True)
def articles_are_continuous(expected: int, found: int) -> Finding:
    """A text whose articles are not numbered 1, 2, 3 … is not imported."""
    return either(expected == found, enough=expected, expected=expected, found=found)


@carries_out("founding.covenant", refusal="GY-01-02", always=True)
def text_may_still_change(frozen: bool) -> Finding:
    """A frozen text is not edited: it is reopened and signed anew, or amended once effective."""
    return either(not frozen)


@carries_out("founding.approval", refusal="GY-21-07")
def approver_is_designated(approver: str, legal_basis: str) -> Finding:
    """Without an approver named with its legal basis the covenant could never take effect, so it is not frozen."""
    return either(bool(approver and legal_basis), enough="主管部门 + 批准依据", approver=approver or "—")


@carries_out("founding.approval", refusal="GY-21-09", always=True)
def refused_is_refused(stage: str) -> Finding:
    """A text that the competent authority refused is not taken to another that might approve it."""
    return either(stage != "refused", stage=stage)


@carries_out("office.executive", refusal="GY-21-10", always=True)
def seen_before_it_counts(effective: int, earliest: int) -> Finding:
    """Another authority counts once its naming has been seen for the whole delay: nobody changes its supervisor overnight."""
    return either(effective >= earliest, enough=iso(earliest), effective=iso(effective))


@carries_out("founding.signature", refusal="GY-21-08", always=True)
def initiators_suffice(initiators: int) -> Finding:
    """A covenant is between units: at least two initiate it."""
    return either(initiators >= 2, enough=2, initiators=initiators)


@carries_out("founding.signature", refusal="GY-21-06", always=True)
def signatory_may_sign(capacity: str, delegates: bool) -> Finding:
    """The legal representative signs, or a delegate where the text does not want the representative alone."""
    allowed = ("legal_representative", "delegate") if delegates else ("legal_representative",)
    return either(capacity in allowed, enough="法定代表人 | 委托代表" if delegates else "法定代表人", capacity=capacity)


@carries_out("founding.signature", refusal="GY-21-02", always=True)
def delegate_is_authorised(capacity: str, attached: bool, begins: int, ends: int, day: int) -> Finding:
    """A delegate's power of attorney is attached and valid on the day of signing."""
    if capacity != "delegate":
        return holds()
    if not attached:
        return fails(enough="授权委托书", signed=iso(day))
    return either(begins <= day <= ends, signed=iso(day), valid_from=iso(begins), valid_to=iso(ends))


@carries_out("founding.signature", refusal="GY-21-01", always=True)
def all_initiators_signed(initiators: Set[str], signed: Set[str]) -> Finding:
    """Every initiator has signed this very text: under a text that asks for no signature, too, that alone adopts it."""
    missing = sorted(initiators - signed)
    return either(
        not missing,
        enough=len(initiators),
        signed=len(initiators & signed),
        initiators=len(initiators),
        missing=" ".join(missing),
    )


@carries_out("founding.approval", refusal="GY-21-04")
def approved_text_is_the_signed_text(approved: str, signed: str) -> Finding:
    """The document of approval is about the text that was signed, to the letter."""
    return either(approved == signed, enough=signed, approved=approved, signed=signed)


@carries_out("founding.approval", refusal="GY-21-03")
def approved(effective: bool, stage: str) -> Finding:
    """Without the competent authority's approval there is no effect and no publication."""
    return either(effective, enough="effective", stage=stage)


@carries_out("publication.within", refusal="GY-21-05")
def only_the_alliance_publishes(actor: str) -> Finding:
    """The covenant is published by the alliance and by nobody else."""
    return either(actor == EXECUTIVE, enough="联盟", actor=actor)


@carries_out("founding.in_force", refusal="GY-26-01")
def in_force_on_publication(in_force: int, published: int, stated: int) -> Finding:
    """In force from the day of publication, neither earlier nor later, and not before the day the text states (0: none)."""
    first = max(published, stated)
    return either(in_force == published == first, enough=iso(first), in_force=iso(in_force), published=iso(published))
