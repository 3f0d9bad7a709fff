"""Founding: from an imported text to a covenant in force (articles 1, 4, 21, 26)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.edition_json import draft
from gongyue.covenant.parties import AUTHORITY, is_id_of_another
from gongyue.covenant.prose.bound_numbers import bound_numbers
from gongyue.covenant.prose.contradictions import Against
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Commitment, Date, Name, PublicDigest, Published, UnitId
from gongyue.governance.registry import Unit
from gongyue.rules import founding as rules
from gongyue.rules import interpretation as interpretation_rules
from gongyue.rules import membership as membership_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """An authority's name and the document that says on what legal basis it acts."""

    name: Name
    basis: PublicDigest


AuthorityRole = Literal["approver", "addressee", "supervisor"]
"""What an authority is to the covenant: it approves (21), petitions go to it (14), it supervises the executive body (19)."""


class Named(Struct, frozen=True):
    """An authority named in the place of another once the text was frozen: as what, from which day on, by which entry."""

    role: str
    authority: Authority
    since: int
    index: int


class Signed(Struct, frozen=True):
    """An initiator's signature of the frozen text."""

    unit: str
    capacity: str
    day: int
    index: int


class Founding(Struct, frozen=True):
    """Where the founding stands: draft → frozen → submitted → effective → in force; or refused.

    `draft` is the edition last imported, `edition` the digest frozen; days are Beijing ordinals; `stepped`: the entries
    by which initiators of the text now frozen stepped out.
    """

    stage: str = "draft"
    draft: Edition | None = None
    digest: str = ""
    approver: Authority | None = None
    addressee: Authority | None = None
    supervisor: Authority | None = None
    named: tuple[Named, ...] = ()
    initiators: frozenset[str] = frozenset()
    stepped: Map[str, int] = Map()
    signatures: Map[str, Signed] = Map()
    voided: int = 0
    frozen_day: int = 0
    number: str = ""
    effective_day: int | None = None
    published_day: int | None = None
    published_index: int | None = None
    late_days: int = 0
    places: tuple[Published, ...] = ()

    def authority(self, role: AuthorityRole, day: int) -> Authority | None:
        """Who that is on a day: whoever was named last with effect by then, else as designated before the text was frozen."""
        named = self.naming(role, day)
        if named is not None:
            return named.authority
        before: Authority | None = getattr(self, role)
        return before

    def naming(self, role: AuthorityRole, day: int) -> Named | None:
        """By which naming it is that on a day; none where it was designated before the text was frozen."""
        named = [one for one in self.named if one.role == role and one.since <= day]
        return max(named, key=lambda one: (one.since, one.index), default=None)

    def receives_petitions(self, day: int) -> Authority | None:
        """To whom petitions go on a day: the addressee named for them, without one the approver."""
        return self.authority("addressee", day) or self.authority("approver", day)

    def changes(self, role: AuthorityRole, day: int) -> bool:
        """Whether another was named that becomes it after that day."""
        return any(one.role == role and one.since > day for one in self.named)


class Initiator(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit that initiates the covenant."""

    id: UnitId
    name: Name
    code: Annotated[str, Meta(max_length=18)]


class PowerOfAttorney(Struct, frozen=True, forbid_unknown_fields=True):
    """A power of attorney: its commitment and the days on which it is valid."""

    document: Commitment
    begins: Date
    ends: Date


SECRETARIAT = office("secretary", "clerk", two=True)


@act(
    "founding.import/1",
    by=SECRETARIAT,
    clause="founding.covenant",
    objects=("edition",),
    example={"edition": _DIGEST, "original": _DIGEST},
)
class Import(Body, frozen=True):
    """Imports a text as the draft: an edition's canonical JSON, made by reading the original document and binding its clauses.

    `original`: the document's own bytes, kept as a public object.
    """

    edition: PublicDigest
    original: PublicDigest | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.text_may_still_change(inst.founding.stage != "draft")
        if self.edition == inst.founding.digest:
            raise OutOfTurn("same-text", "founding.import/1", can="founding.freeze/1")
        try:
            edition = draft(filing.object(self.edition))
        except BadEdition as error:
            raise OutOfTurn("bad-object", "founding.import/1", why=str(error)) from None
        for gap in edition.breaks:
            yield rules.articles_are_continuous(gap.expected, gap.found)
        if self.original not in (None, edition.original):
            raise OutOfTurn("bad-object", "founding.import/1", why=f"original ≠ {edition.original}")
        bound = Against(bound_numbers(edition))
        for note in edition.notes:  # it decides nothing, and is read beside the words
            yield interpretation_rules.explains_the_words(note.note, edition.position(note.at), bound)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        imported = draft(filing.object(self.edition))
        return replace(inst, founding=replace(inst.founding, draft=imported, digest=self.edition))


@act(
    "founding.designate/1",
    by=SECRETARIAT,
    clause="founding.approval",
    example={"approver": {"name": "示范主管部门", "basis": _DIGEST}, "addressee": None, "supervisor": None},
)
class Designate(Body, frozen=True):
    """Designates the competent authority that approves, with its legal basis.

    Two further offices may differ from it: the addressee of petitions and the executive body's supervisor.
    """

    approver: Authority
    addressee: Authority | None = None
    supervisor: Authority | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.text_may_still_change(inst.founding.stage != "draft")
        before = inst.founding.authority("approver", filing.day)
        if before is not None and before.name != self.approver.name:
            for kid, key in inst.keys_of(AUTHORITY).items():
                if not key.ended(filing.time):  # it would sign for the next; its holder ends it first
                    raise OutOfTurn("key-registered", "founding.designate/1", can="key.revoke/1", key=kid)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        founding = replace(
            inst.founding, approver=self.approver, addressee=self.addressee, supervisor=self.supervisor, named=()
        )
        return replace(inst, founding=founding)


@act(
    "founding.freeze/1",
    by=SECRETARIAT,
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

    edition: PublicDigest
    initiators: tuple[Initiator, ...]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding = inst.founding
        yield rules.text_may_still_change(founding.stage != "draft")
        if founding.draft is None or founding.digest != self.edition:
            raise OutOfTurn("no-draft", "founding.freeze/1", can="founding.import/1")
        require_decided(founding.draft)
        approver = founding.authority("approver", filing.day)
        if founding.draft.clause("founding.approval"):
            yield rules.approver_is_designated(approver.name if approver else "", approver.basis if approver else "")
        yield rules.initiators_suffice(len({i.code for i in self.initiators}))
        for initiator in self.initiators:
            yield membership_rules.code_is_valid(initiator.code)
            known = inst.units.get(initiator.id)
            taken = inst.by_code.get(initiator.code, initiator.id) != initiator.id
            other = known is not None and known.code != initiator.code
            if taken or other or is_id_of_another(initiator.id, initiator.code):
                raise OutOfTurn("same-unit", "founding.freeze/1", unit=initiator.id)
        if len({i.id for i in self.initiators}) != len(self.initiators) or _share_a_code(self.initiators):
            raise OutOfTurn("same-unit", "founding.freeze/1", unit="initiators")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        assert inst.founding.draft is not None
        for uid in inst.founding.initiators:
            inst = inst.with_unit(replace(inst.unit(uid), status="invited"))
        for i in self.initiators:
            known = inst.units.get(i.id) or Unit(i.id, i.name, i.code)
            inst = inst.with_unit(replace(known, name=i.name, status="initiator"))
        initiators = frozenset(i.id for i in self.initiators)
        founding = replace(inst.founding, stage="frozen", initiators=initiators, frozen_day=filing.day)
        founding = replace(founding, stepped=Map())
        meaning = replace(inst.meaning, edition=inst.founding.draft, edition_digest=self.edition)
        return replace(inst.with_meaning(meaning, filing.given.rev), founding=founding)


_OPEN = {"undecided": "undecided-clause", "open": "undecided-clause", "guard": "guarded-clause"}


def require_decided(text: Edition, type: str = "founding.freeze/1", can: str = "founding.import/1") -> None:
    """Nothing is frozen while a passage is undecided, a guard is denied, or a clause cannot be carried out as it is bound."""
    for fault in text.open:
        raise OutOfTurn(
            _OPEN.get(fault.why, "unworkable-clause"),
            type,
            can=can,
            clause=fault.capability,
            at=fault.at,
            why=f"{fault.zh} / {fault.en}",
            more=len(text.open) - 1,
        )


def _share_a_code(initiators: tuple[Initiator, ...]) -> bool:
    return len({i.code for i in initiators}) != len(initiators)


@act(
    "founding.reopen/1",
    by=SECRETARIAT,
    clause="founding.covenant",
    example={"reasons": _DIGEST},
)
class Reopen(Body, frozen=True):
    """Reopens the draft before submission, or after the authority returned it: every signature is void."""

    reasons: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.founding.stage not in ("frozen", "returned"):
            yield rules.text_may_still_change(inst.founding.stage != "draft")
            raise OutOfTurn("not-frozen", "founding.reopen/1", inst.founding.stage)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        voided = len(inst.founding.signatures)
        founding = replace(inst.founding, stage="draft", signatures=Map(), voided=inst.founding.voided + voided)
        return replace(inst, founding=founding)
