"""Effect and force: submission, approval, publication (articles 21, 26)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from gongyue.covenant.binding.records import place_of
from gongyue.covenant.binding.spoken_of import clause_of
from gongyue.covenant.periods import Deadline, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.stated_days import days_in
from gongyue.governance.acts import Body, Filing, GoverningDate, PerformedBy, act, office
from gongyue.governance.fields import Date, PublicDigest, Published
from gongyue.governance.founding import SECRETARIAT
from gongyue.governance.office_names import RECORD_PAPER
from gongyue.governance.papers import may_still_be_disavowed
from gongyue.governance.registry import Duty
from gongyue.rules import founding as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "founding.submit/1",
    by=SECRETARIAT,
    clause="founding.approval",
    example={"edition": _DIGEST},
)
class Submit(Body, frozen=True):
    """Submits the signed text to the competent authority for approval."""

    edition: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        if founding.stage != "frozen":
            raise OutOfTurn("not-frozen", "founding.submit/1", founding.stage)
        if self.edition != founding.digest:
            raise OutOfTurn("other-text", "founding.submit/1", found=self.edition, frozen=founding.digest)
        if founding.changes("approver", filing.day):
            raise OutOfTurn("not-yet", "founding.submit/1")  # to an approver that is about to be another
        yield rules.initiators_suffice(len(founding.initiators))
        yield rules.all_initiators_signed(founding.initiators, set(founding.signatures))
        if inst.meaning.clause("founding.approval") is None:
            _require_own_word(inst, filing)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        inst = replace(inst, founding=replace(inst.founding, stage="submitted"))
        if inst.meaning.clause("founding.approval") is None:
            return _takes_effect(inst, filing.day, filing.index)  # this text asks for no approval
        return inst


@act(
    "founding.approval/1",
    by=PerformedBy("authority", RECORD_PAPER, True),
    clause="founding.approval",
    governing=GoverningDate.INSTRUMENT,
    example={"outcome": "granted", "edition": _DIGEST},
)
class Approval(Body, frozen=True):
    """The authority's answer: granted, returned or refused; by its own key, or recorded by two officers from paper.

    The instrument's date governs: a late recording never moves the day of effect.
    """

    outcome: Literal["granted", "returned", "refused"]
    edition: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.founding.stage != "submitted":
            raise OutOfTurn("not-submitted", "founding.approval/1", inst.founding.stage)
        if filing.actor != "authority" and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "founding.approval/1")
        filing.require_not_before(inst.founding.frozen_day)
        yield rules.approved_text_is_the_signed_text(self.edition, inst.founding.digest)
        if self.outcome == "granted":
            _require_own_word(inst, filing)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        number = filing.act.paper.number if filing.act.paper else ""
        if self.outcome != "granted":
            return replace(inst, founding=replace(inst.founding, stage=self.outcome, number=number))
        inst = replace(inst, founding=replace(inst.founding, number=number))
        return _takes_effect(inst, filing.governing_day, filing.index)


def _require_own_word(inst: Institution, filing: Filing) -> None:
    """OutOfTurn while an initiator may disavow that it signed, or stepped out, on paper: what took effect is not undone."""
    founding = inst.founding
    papers = {unit: signed.index for unit, signed in founding.signatures.items()} | dict(founding.stepped)
    waiting = sorted(unit for unit, index in papers.items() if may_still_be_disavowed(inst, index, filing.time))
    if waiting:
        raise OutOfTurn("may-disavow", filing.act.type, can="key.notify/1", units=" ".join(waiting))


def _takes_effect(inst: Institution, approved: int, index: int) -> Institution:
    """Art. 21: effective once signed and approved, whichever comes last; the initiators, all of whom signed, are members."""
    effective = max([approved, *(s.day for s in inst.founding.signatures.values())])
    inst = replace(inst, founding=replace(inst.founding, stage="effective", effective_day=effective))
    for uid in sorted(inst.founding.initiators):
        inst = inst.admit(uid, effective, index)
    return inst


@act(
    "founding.publish/1",
    by=office("publisher", "secretary", two=True),
    clause="publication.within",
    outsider=rules.only_the_alliance_publishes,
    clerical=("places",),
    example={
        "edition": _DIGEST,
        "in_force": "2026-03-20",
        "places": [{"url": "https://alliance.example/covenant", "evidence": _DIGEST}],
        "reasons": None,
    },
)
class Publish(Body, frozen=True):
    """Publishes the covenant to society; it is in force from that day. Late publication is accepted and shown late."""

    edition: PublicDigest
    in_force: Date
    places: tuple[Published, ...]
    reasons: PublicDigest | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        yield rules.approved(inst.effective, founding.stage)
        if inst.in_force:
            raise OutOfTurn("in-force", "founding.publish/1")
        if self.edition != founding.digest:
            raise OutOfTurn("other-text", "founding.publish/1", found=self.edition, frozen=founding.digest)
        if not self.places:
            raise OutOfTurn("malformed", "founding.publish/1", why="places")
        if inst.meaning.procedure is None:
            raise OutOfTurn("no-procedure", "founding.publish/1", can="interpretation.adopt/1", name="P1–P19")
        yield rules.in_force_on_publication(from_iso(self.in_force), filing.day, _stated_day(inst))
        if _late(inst, filing.day) and self.reasons is None:
            raise OutOfTurn("malformed", "founding.publish/1", why="reasons (overdue)")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        founding = replace(
            inst.founding,
            stage="in_force",
            published_day=filing.day,
            published_index=filing.index,
            late_days=_late(inst, filing.day),
            places=self.places,
        )
        return replace(inst, founding=founding)


def _stated_day(inst: Institution) -> int:
    """The day from which the text says that it is in force, 0 where it names none."""
    text = inst.meaning.edition
    days: list[int] = []
    for bound in (b for b in text.bindings if b.capability == "founding.in_force") if text else ():
        assert text is not None
        part = text.parts[text.position(bound.at) - 1]
        begin = place_of(part, bound.words, bound.nth)
        days += days_in(clause_of(part.text, begin, begin + len(bound.words)))
    return max(days, default=0)


def day_gone_by(inst: Institution) -> tuple[str, str] | None:
    """That the text names a day of force before it was published, by which nothing goes: a text is in force on publication (art. 26)."""
    stated, published = _stated_day(inst), inst.founding.published_day
    if published is None or not 0 < stated < published:
        return None
    said, day = iso(stated), iso(published)
    return (
        f"条文所写的施行日期（最早 {said}）早于公布：簿册以公布之日 {day} 为施行之日，此前的行为不据以办理",
        f"the day of force that the text names ({said} at the earliest) is before it was published: in the book it is in force from its publication,"
        f" {day}, and nothing done before that goes by it",
    )


def publication_deadline(inst: Institution) -> Deadline | None:
    """The last day to publish: the text's period counted from effect (art. 21); None where the text sets none."""
    if inst.founding.effective_day is None or "publication.within" not in inst.meaning.values:
        return None
    return inst.deadline("publication.within", inst.founding.effective_day)


def _late(inst: Institution, day: int) -> int:
    end = publication_deadline(inst)
    return end.overdue(day) if end else 0


def duties(inst: Institution) -> Iterator[Duty]:
    """Publish within the period after effect."""
    end = publication_deadline(inst)
    if end is not None and not inst.in_force:
        what = "向社会公布本公约 / publish the covenant"
        yield Duty.of(
            what,
            "founding",
            "exec",
            inst.meaning.article("publication.within"),
            "publication.within",
            end,
            "founding.publish/1",
        )
