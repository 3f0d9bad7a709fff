"""Sanctions: a panel proposes one that the text lists, the accused is heard, the panel decides, others review (article 18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.course import Case, Decision, Proposal, Review
from gongyue.governance.fields import Commitment
from gongyue.governance.hearing import Hearing, lightest, may_be_reviewed, review_said
from gongyue.governance.kinds import asks_for_an_effect, kinds_of, weight_of
from gongyue.governance.panels import by_a_majority
from gongyue.governance.reply import result_by
from gongyue.rules import sanction as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

PROPOSE, RESULT = "case.propose/1", "bulletin.result/1"
"""What a panel may do until all members were told; what they are told by."""
SanctionKind = Annotated[str, Meta(min_length=1, max_length=60)]
"""A kind of sanction in the very words of the text, which has to list it: so there is no free text in it that is lawful."""
FACTORS = ("seriousness", "effect", "fault", "remedy", "recurrence", "cooperation")
"""轻重、不良影响、过错、补救、再犯、配合与主动汇报: what every decision weighs, each in a paragraph of its own (视不同情况)."""
_DIGEST, _DIGESTS = "sha256:" + "00" * 32, ["sha256:" + f"{n:02d}" * 32 for n in range(1, 8)]


def comes_before_the_result(told: bool) -> Ruling:
    """Whether a proposal still may come: for whoever opens the dossier of all members too."""
    return rules.is_proposed_before_the_result(told)


def _case_at_work(dossier: Dossier, type: str) -> Case:
    """The case, OutOfTurn where it is closed or rests."""
    assert dossier.case is not None
    if dossier.closed:
        raise OutOfTurn("dossier-closed", type, dossier=dossier.id)
    if dossier.paused:
        raise OutOfTurn("dossier-rests", type, dossier=dossier.id)
    return dossier.case


def _may_be_imposed(inst: Institution, dossier: Dossier, kind: str) -> Iterator[Ruling]:
    """What holds of a kind of sanction in a case: verified, with its effect, listed, on a member, no heavier than was served."""
    case = dossier.case
    assert case is not None
    verified = [cited for cited in case.cited if not dossier.erased.issuperset(cited)]
    yield rules.breach_was_verified(len(verified))  # a finding whose evidence was erased rests on nothing any more
    yield rules.adverse_effect_was_found(asks_for_an_effect(inst, dossier), case.adverse)
    yield rules.is_of_a_listed_kind(kind, [one.words for one in kinds_of(inst, dossier)])
    yield rules.accused_is_still_a_member(case.accused, case.accused in inst.members)


def _no_heavier(inst: Institution, dossier: Dossier, kind: str) -> Iterator[Ruling]:
    least = lightest(inst, dossier)
    if least is not None:
        yield rules.is_not_heavier_than_proposed(weight_of(inst, dossier, kind), least)


@act(
    PROPOSE,
    by=office("panellist", two=True),
    clause="sanction.list",
    capability=True,
    within=("case",),
    signed_as="panel",
    example={"kind": "内部通报", "reasons": _DIGEST},
)
class Propose(Body, frozen=True):
    """The panel proposes a sanction of a kind that the text lists, or that there be none; the accused is heard on it once served."""

    reasons: Commitment
    kind: SanctionKind | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        case = _case_at_work(dossier, filing.act.type)
        yield from by_a_majority(inst, dossier, filing)
        yield rules.is_the_only_one(case.decision.day if case.decision else 0)
        if not case.concluded:
            yield rules.breach_was_verified(0)
        dossier.require_new(self.reasons, filing.act.type)
        yield from self._in_time(inst, dossier, filing)
        if self.kind is not None:
            yield from _may_be_imposed(inst, dossier, self.kind)
            yield from _no_heavier(inst, dossier, self.kind)

    def _in_time(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        """What comes late takes the place of what was in time, and is no heavier: nothing is held open by proposing less, or nothing."""
        assert dossier.case is not None
        last, weight = result_by(inst, dossier).last, weight_of(inst, dossier, self.kind or "")
        if not any(one.day <= last and weight <= weight_of(inst, dossier, one.kind) for one in dossier.case.proposals):
            yield rules.is_proposed_in_time(last, filing.day)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        case = dossier.case
        assert case is not None
        made = Proposal(self.kind or "", dossier.n, filing.day, self.reasons)
        judged = case.judged_by | set(filing.signers)
        return replace(dossier, case=replace(case, proposals=(*case.proposals, made), judged_by=judged))


@act(
    "case.decide/1",
    by=office("panellist", two=True),
    clause="sanction.list",
    capability=True,
    within=("case",),
    signed_as="panel",
    example={"kind": "内部通报", **dict(zip(FACTORS, _DIGESTS, strict=False)), "lighter": None},
)
class Decide(Body, frozen=True):
    """The panel decides, once the accused was heard: a sanction no heavier than any proposed, or none; six factors, each a paragraph.

    `cooperation`: with the investigation, and whether it told of its breach itself; `lighter`: why no lighter kind suffices.
    """

    seriousness: Commitment
    effect: Commitment
    fault: Commitment
    remedy: Commitment
    recurrence: Commitment
    cooperation: Commitment
    kind: SanctionKind | None = None
    lighter: Commitment | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        case, type = _case_at_work(dossier, filing.act.type), filing.act.type
        yield from by_a_majority(inst, dossier, filing)
        yield rules.is_the_only_one(case.decision.day if case.decision else 0)
        if not case.concluded:
            yield rules.breach_was_verified(0)
        if self.kind is not None:
            yield from _may_be_imposed(inst, dossier, self.kind)
            heard = Hearing.of(inst, dossier)
            yield rules.was_heard_on_the_proposal(heard.waits, heard.received, heard.last, filing.made, heard.done)
            yield rules.hearing_was_seen(heard.said, filing.seen)
            yield from _no_heavier(inst, dossier, self.kind)
            yield rules.lighter_ones_do_not_suffice(weight_of(inst, dossier, self.kind), self.lighter is not None)
        if len(set(self.documents)) != len(self.documents) or dossier.docs.intersection(self.documents):
            raise OutOfTurn("malformed", type, why="seriousness … lighter")  # each is weighed anew, for this decision

    @property
    def documents(self) -> tuple[str, ...]:
        """The paragraphs of the decision, by their commitments."""
        factors = tuple(str(getattr(self, name)) for name in FACTORS)
        return (*factors, self.lighter) if self.lighter is not None else factors

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        case = dossier.case
        assert case is not None
        made = Decision(self.kind or "", dossier.n, filing.day, self.documents)
        return replace(dossier, case=replace(case, decision=made, judged_by=case.judged_by | set(filing.signers)))


@act(
    "case.review/1",
    by=office("panellist", two=True),
    clause="sanction.list",
    capability=True,
    within=("case",),
    answers=("dossier.note/1",),
    signed_as="reviewers",
    example={"outcome": "upheld", "kind": None, "reasons": _DIGEST},
)
class ReviewDecision(Body, frozen=True):
    """Others than those who decided review it on the accused's request: upheld, lighter, or revoked; with reasons, never heavier.

    `kind`: of a lighter one, what takes the decision's place. Late is late, and recorded so: it is never refused for being late.
    """

    outcome: Literal["upheld", "lighter", "revoked"]
    reasons: Commitment
    kind: SanctionKind | None = None

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        case, type = _case_at_work(dossier, filing.act.type), filing.act.type
        asked = may_be_reviewed(inst, dossier, filing.day) if case.decision is not None else None
        if case.decision is None or asked is None:
            raise OutOfTurn("not-open", type)
        if case.review is not None:
            raise OutOfTurn("already", type)
        if filing.act.to != asked.digest:
            raise OutOfTurn("dossier-unanswered", type, dossier=dossier.id, to=str(filing.act.to))
        yield rules.is_reviewed_by_others(filing.signers, case.judged_by)
        yield from by_a_majority(inst, dossier, filing)
        if (self.kind is not None) != (self.outcome == "lighter"):
            raise OutOfTurn("malformed", type, why="kind")
        dossier.require_new(self.reasons, type)
        dossier.require_seen(filing, review_said(inst, dossier))
        if self.kind is not None:
            yield rules.is_of_a_listed_kind(self.kind, [one.words for one in kinds_of(inst, dossier)])
            decided = weight_of(inst, dossier, case.decision.kind)
            yield rules.review_is_not_heavier(weight_of(inst, dossier, self.kind), decided)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        case = dossier.case
        assert case is not None
        assert case.decision is not None
        stands = case.decision.kind if self.outcome == "upheld" else self.kind or ""
        made = Review(self.outcome, stands, dossier.n, filing.day, self.reasons)
        return replace(dossier, case=replace(case, review=made))
