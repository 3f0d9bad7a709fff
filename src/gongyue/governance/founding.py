"""Founding: from an imported text to a covenant in force (articles 1, 4, 21, 26)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.edition import BadEdition, Edition, load
from gongyue.covenant.periods import Deadline, from_iso
from gongyue.governance.acts import UNIT, Body, By, Filing, Governing, act, office
from gongyue.governance.fields import Date, Digest, Name, Published, UnitId
from gongyue.governance.standing import Duty, Unit
from gongyue.rules import founding as rules
from gongyue.rules import membership as membership_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """An authority's name and the document that says on what legal basis it acts."""

    name: Name
    basis: Digest


class Signed(Struct, frozen=True):
    """An initiator's signature of the frozen text."""

    unit: str
    capacity: str
    day: int
    index: int


class Founding(Struct, frozen=True):
    """Where the founding stands: draft → frozen → submitted → effective → in force; or refused.

    `draft` is the edition last imported, `edition` the digest frozen; days are Beijing ordinals.
    """

    stage: str = "draft"
    draft: Edition | None = None
    digest: str = ""
    approver: Authority | None = None
    addressee: Authority | None = None
    supervisor: Authority | None = None
    initiators: frozenset[str] = frozenset()
    signatures: Map[str, Signed] = Map()
    voided: int = 0
    number: str = ""
    effective_day: int | None = None
    published_day: int | None = None
    published_index: int | None = None
    late_days: int = 0
    places: tuple[Published, ...] = ()


class Initiator(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit that initiates the covenant."""

    id: UnitId
    name: Name
    code: Annotated[str, Meta(max_length=18)]


class PowerOfAttorney(Struct, frozen=True, forbid_unknown_fields=True):
    """A power of attorney: its commitment and the days on which it is valid."""

    document: Digest
    begins: Date
    ends: Date


SECRETARIAT = office("secretary", "clerk", two=True)


@act(
    "founding.import/1",
    by=SECRETARIAT,
    article=1,
    clause="founding.covenant",
    objects=("edition",),
    example={"edition": _DIGEST, "original": _DIGEST},
)
class Import(Body, frozen=True):
    """Imports a text as the draft: an edition's canonical JSON, made by reading the original document.

    `original`: the document's own bytes, kept as a public object.
    """

    edition: Digest
    original: Digest | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.text_may_still_change(inst.founding.stage != "draft")
        try:
            edition = load(filing.object(self.edition))
        except BadEdition as error:
            if not error.code:
                raise OutOfTurn("bad-object", "founding.import/1", why=str(error)) from None
            yield rules.articles_are_continuous(int(error.figures["expected"]), int(error.figures["found"]))
        else:
            if self.original not in (None, edition.original):
                raise OutOfTurn("bad-object", "founding.import/1", why=f"original ≠ {edition.original}")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        draft = load(filing.object(self.edition))
        return replace(inst, founding=replace(inst.founding, draft=draft, digest=self.edition))


@act(
    "founding.designate/1",
    by=SECRETARIAT,
    article=21,
    clause="founding.approval",
    example={"approver": {"name": "示范主管部门", "basis": _DIGEST}, "addressee": None, "supervisor": None},
)
class Designate(Body, frozen=True):
    """Designates the competent authority that approves (art. 21), with its legal basis.

    Two further offices may differ from it: the addressee of petitions (14) and the executing body's supervisor (19).
    """

    approver: Authority
    addressee: Authority | None = None
    supervisor: Authority | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.text_may_still_change(inst.founding.stage != "draft")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        founding = replace(inst.founding, approver=self.approver, addressee=self.addressee, supervisor=self.supervisor)
        return replace(inst, founding=founding)


@act(
    "founding.freeze/1",
    by=SECRETARIAT,
    article=21,
    clause="founding.signature",
    example={
        "edition": _DIGEST,
        "initiators": [
            {"id": "u:0001", "name": "云岭数基", "code": "91000000000000078K"},
            {"id": "u:0002", "name": "踏莎出行", "code": "910000000000000868"},
        ],
    },
)
class Freeze(Body, frozen=True):
    """Freezes the draft for signing and names the initiators."""

    edition: Digest
    initiators: tuple[Initiator, ...]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        yield rules.text_may_still_change(founding.stage != "draft")
        if founding.draft is None or founding.digest != self.edition:
            raise OutOfTurn("no-draft", "founding.freeze/1", can="founding.import/1")
        if unknown := founding.draft.unconfirmed():
            raise OutOfTurn("unconfirmed-terms", "founding.freeze/1", terms=" ".join(t.name for t in unknown))
        approver = founding.approver
        yield rules.approver_is_designated(approver.name if approver else "", approver.basis if approver else "")
        yield rules.initiators_suffice(len({i.code for i in self.initiators}))
        for initiator in self.initiators:
            yield membership_rules.code_is_valid(initiator.code)
            known = inst.units.get(initiator.id)
            taken = inst.by_code.get(initiator.code, initiator.id) != initiator.id
            if taken or (known is not None and known.code != initiator.code):
                raise OutOfTurn("same-unit", "founding.freeze/1", unit=initiator.id)
        if len({i.id for i in self.initiators}) != len(self.initiators) or _share_a_code(self.initiators):
            raise OutOfTurn("same-unit", "founding.freeze/1", unit="initiators")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        assert inst.founding.draft is not None
        for uid in inst.founding.initiators:
            inst = inst.with_unit(replace(inst.unit(uid), status="invited"))
        for i in self.initiators:
            known = inst.units.get(i.id) or Unit(i.id, i.name, i.code)
            inst = inst.with_unit(replace(known, status="initiator"))
        founding = replace(inst.founding, stage="frozen", initiators=frozenset(i.id for i in self.initiators))
        meaning = replace(inst.meaning, edition=inst.founding.draft, edition_digest=self.edition)
        return replace(inst.with_meaning(meaning, filing.given.rev), founding=founding)


def _share_a_code(initiators: tuple[Initiator, ...]) -> bool:
    return len({i.code for i in initiators}) != len(initiators)


@act(
    "founding.reopen/1",
    by=SECRETARIAT,
    article=1,
    clause="founding.covenant",
    example={"reasons": _DIGEST},
)
class Reopen(Body, frozen=True):
    """Reopens the draft before submission, or after the authority returned it: every signature is void."""

    reasons: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.founding.stage not in ("frozen", "returned"):
            yield rules.text_may_still_change(inst.founding.stage != "draft")
            raise OutOfTurn("not-frozen", "founding.reopen/1", inst.founding.stage)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        voided = len(inst.founding.signatures)
        founding = replace(inst.founding, stage="draft", signatures=Map(), voided=inst.founding.voided + voided)
        return replace(inst, founding=founding)


@act(
    "founding.sign/1",
    by=UNIT,
    article=21,
    clause="founding.signature",
    paper=True,
    weighty=True,
    governing=Governing.OWN,
    example={"edition": _DIGEST, "capacity": "legal_representative", "signatory": _DIGEST},
)
class Sign(Body, frozen=True):
    """An initiator signs the frozen text, by its legal representative or a delegate with power of attorney.

    The signatory's name is a commitment (no personal data in a leaf).
    """

    edition: Digest
    capacity: Annotated[str, Meta(max_length=40)]
    signatory: Digest
    attorney: PowerOfAttorney | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        if founding.stage != "frozen":
            raise OutOfTurn("not-frozen", "founding.sign/1", founding.stage)
        if filing.actor not in founding.initiators:
            raise OutOfTurn("not-initiator", "founding.sign/1")
        if self.edition != founding.digest:
            raise OutOfTurn("other-text", "founding.sign/1", found=self.edition, frozen=founding.digest)
        if filing.actor in founding.signatures:
            raise OutOfTurn("already", "founding.sign/1")
        yield rules.signatory_may_sign(self.capacity)
        begins, ends = (from_iso(self.attorney.begins), from_iso(self.attorney.ends)) if self.attorney else (1, 1)
        day = filing.governing_day
        yield rules.delegate_is_authorised(self.capacity, self.attorney is not None, begins, ends, day)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        signed = Signed(filing.actor, self.capacity, filing.governing_day, filing.index)
        signatures = inst.founding.signatures.set(filing.actor, signed)
        return replace(inst, founding=replace(inst.founding, signatures=signatures))


@act(
    "founding.step_out/1",
    by=UNIT,
    article=21,
    clause="founding.signature",
    paper=True,
    example={},
)
class StepOut(Body, frozen=True):
    """An initiator steps out before submission, by its own declaration."""

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.founding.initiators:
            raise OutOfTurn("not-initiator", "founding.step_out/1")
        if inst.founding.stage not in ("draft", "frozen", "returned"):
            raise OutOfTurn("submitted", "founding.step_out/1", inst.founding.stage)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        founding = inst.founding
        initiators = founding.initiators - {filing.actor}
        signatures = founding.signatures
        if filing.actor in signatures:
            signatures = signatures.delete(filing.actor)
        unit = replace(inst.unit(filing.actor), status="invited")
        return replace(inst.with_unit(unit), founding=replace(founding, initiators=initiators, signatures=signatures))


@act(
    "founding.submit/1",
    by=SECRETARIAT,
    article=21,
    clause="founding.approval",
    example={"edition": _DIGEST},
)
class Submit(Body, frozen=True):
    """Submits the signed text to the competent authority for approval."""

    edition: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        if founding.stage != "frozen":
            raise OutOfTurn("not-frozen", "founding.submit/1", founding.stage)
        if self.edition != founding.digest:
            raise OutOfTurn("other-text", "founding.submit/1", found=self.edition, frozen=founding.digest)
        yield rules.initiators_suffice(len(founding.initiators))
        yield rules.all_initiators_signed(founding.initiators, set(founding.signatures))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        inst = replace(inst, founding=replace(inst.founding, stage="submitted"))
        if inst.meaning.clause("founding.approval") is None:
            return _takes_effect(inst, filing.day, filing.index)  # this text asks for no approval
        return inst


@act(
    "founding.approval/1",
    by=By("authority", frozenset({"clerk", "secretary"}), True),
    article=21,
    clause="founding.approval",
    paper=True,
    governing=Governing.INSTRUMENT,
    example={"outcome": "granted", "edition": _DIGEST},
)
class Approval(Body, frozen=True):
    """The authority's answer: granted, returned or refused; by its own key, or recorded by two officers from paper.

    The instrument's date governs: a late recording never moves the day of effect.
    """

    outcome: Literal["granted", "returned", "refused"]
    edition: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.founding.stage != "submitted":
            raise OutOfTurn("not-submitted", "founding.approval/1", inst.founding.stage)
        if filing.actor != "authority" and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "founding.approval/1")
        yield rules.approved_text_is_the_signed_text(self.edition, inst.founding.digest)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        number = filing.act.paper.number if filing.act.paper else ""
        if self.outcome != "granted":
            return replace(inst, founding=replace(inst.founding, stage=self.outcome, number=number))
        inst = replace(inst, founding=replace(inst.founding, number=number))
        return _takes_effect(inst, filing.governing_day, filing.index)


def _takes_effect(inst: Institution, approved: int, index: int) -> Institution:
    """Art. 21: effective once signed and approved, whichever comes last; the initiators are members from then."""
    effective = max([approved, *(s.day for s in inst.founding.signatures.values())])
    inst = replace(inst, founding=replace(inst.founding, stage="effective", effective_day=effective))
    for uid in sorted(inst.founding.initiators):
        inst = inst.admit(uid, effective, index)
    return inst


@act(
    "founding.publish/1",
    by=office("publisher", "secretary", two=True),
    article=21,
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

    edition: Digest
    in_force: Date
    places: tuple[Published, ...]
    reasons: Digest | None = None

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
            raise OutOfTurn("no-procedure", "founding.publish/1", can="interpretation.adopt/1", name="P1–P16")
        yield rules.in_force_on_publication(from_iso(self.in_force), filing.day)
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
        yield Duty.of(what, "founding", "exec", 21, "publication.within", end, "founding.publish/1")
