"""The documents of a dossier kept from erasure, and erased (article 20); how long they are kept is in `keeping`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.document_retention import kept, require_documents
from gongyue.governance.proceedings import KINDS, SomeDocuments, offices_of
from gongyue.rules import dossier as rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
ERASERS = ("secretary", "sysop")
"""The offices that erase together."""


def _left_empty(inst: Institution, dossier: Dossier, day: int) -> set[str]:
    """Those of these offices of which everybody who holds one is to be recused here: nobody is left to act for it."""
    holders = {name: {one for one in inst.officers if name in offices_of(inst, one, day)} for name in ERASERS}
    return {name for name, officers in holders.items() if officers and officers <= dossier.challenged}


@act(
    "dossier.hold/1",
    by=office("secretary", "clerk", two=True),
    clause="law.observance",
    within=(*KINDS, "members"),
    example={"docs": [_DIGEST], "ground": "court", "lifted": False},
)
class Hold(Body, frozen=True):
    """Documents of a dossier are kept from erasure, or are so no longer."""

    docs: SomeDocuments
    ground: Literal["authority", "court", "dispute"]
    lifted: bool = False

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        if self.lifted:  # whoever is challenged preserves, and lets go of nothing
            yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        require_documents(dossier, self.docs)
        for one in self.docs:
            known = one in dossier.held or not dossier.has_holes  # what is hidden may have held it
            if (known and (one in dossier.held) != self.lifted) or one in dossier.erased:
                raise OutOfTurn("already", "dossier.hold/1")

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        documents = set(self.docs)
        return replace(dossier, held=dossier.held - documents if self.lifted else dossier.held | documents)


@act(
    "dossier.erase/1",
    by=office("secretary", "sysop", two=True, instead="clerk"),
    clause="law.observance",
    within=(*KINDS, "members"),
    example={"docs": [_DIGEST], "ground": "request"},
)
class Erase(Body, frozen=True):
    """Documents of a dossier are erased, on request, because they were kept long enough, or because they are unlawful.

    By a secretary with a sysop. What is unlawful waits for no recusal: for one of these whose recusal is asked for a clerk stands in.
    """

    docs: SomeDocuments
    ground: Literal["request", "retention", "unlawful"]

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        held = {one: offices_of(inst, one, filing.day) for one in filing.signers}
        if self.ground == "unlawful" and (open_to := _left_empty(inst, dossier, filing.day)):
            held = {one: offices | (open_to if "clerk" in offices else set()) for one, offices in held.items()}
        yield rules.each_office_confirms(held, ERASERS)
        yield rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        require_documents(dossier, self.docs)
        yield rules.nothing_held_is_erased(self.docs, kept(inst, dossier, self.ground, filing.day))
        if dossier.erased & set(self.docs):
            raise OutOfTurn("already", "dossier.erase/1")

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        return replace(dossier, erased=dossier.erased | set(self.docs))
