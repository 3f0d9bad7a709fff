"""What a later catalogue brought, bound for a founded book: words quoted, two officers sign, as before freezing (article 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.edition_json import draft
from gongyue.covenant.extension import unlike_before
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act
from gongyue.governance.fields import PublicDigest
from gongyue.governance.founding import SECRETARIAT, require_decided
from gongyue.governance.proposal import upheld

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "founding.supplement/1",
    by=SECRETARIAT,
    clause="founding.covenant",
    objects=("edition",),
    example={"edition": "sha256:" + "00" * 32},
)
class Supplement(Body, frozen=True):
    """Binds, in a covenant in force, the capabilities that a later catalogue brought, or declares that its text has none.

    The text, and all that was decided on it before, stay as they are: `edition` is the same with decisions on what is new.
    Every proposal that is alive then stands on it.
    """

    edition: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        before = inst.meaning.edition
        if before is None or not inst.in_force:
            raise OutOfTurn("not-in-force", filing.act.type)
        after = _read(filing, self.edition)
        if set(after.unbound) >= set(before.unbound):
            raise OutOfTurn("already", filing.act.type)
        if where := unlike_before(before, after):
            raise OutOfTurn("wrong-statement", filing.act.type, what=where)
        require_decided(after, filing.act.type, filing.act.type)
        for proposal in upheld(inst, before, after, self.edition, filing.day):
            if proposal.stage == "superseded":  # members decide on it, not officers
                raise OutOfTurn("would-supersede", filing.act.type, matter=proposal.id, why=proposal.conflict)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        before, after = inst.meaning.edition, _read(filing, self.edition)
        assert before is not None
        proposals = inst.proposals
        for proposal in upheld(inst, before, after, self.edition, filing.day):
            proposals = proposals.set(proposal.id, proposal)
        meaning = replace(inst.meaning, edition=after, edition_digest=self.edition)
        return replace(inst, proposals=proposals).with_meaning(meaning, filing.given.rev)


def _read(filing: Filing, digest: str) -> Edition:
    try:
        return draft(filing.object(digest))
    except BadEdition as error:
        raise OutOfTurn("bad-object", filing.act.type, why=str(error)) from None
