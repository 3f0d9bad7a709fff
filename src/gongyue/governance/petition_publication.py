"""Petitions before the public: published with the signed consent of the member whose petition it is (article 14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from immutables import Map
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.antitrust import cartel_terms
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.visible_text import hidden_in, says_something
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.bulletin import accuses_no_other
from gongyue.governance.fields import PublicDigest
from gongyue.governance.petition import Petition
from gongyue.rules import annex as competition_rules
from gongyue.rules import petition as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
MOST_CHARACTERS = 10_000
"""Of a text published: whoever reads the page reads every one of them."""


class PublishedPetition(Struct, frozen=True):
    """A petition published: its dossier, whose, how far it had got, the text consented to, on which day, by which entry."""

    dossier: str
    unit: str
    petition: Petition
    text: str
    day: int
    index: int


@act(
    "petition.publish/1",
    by=office("publisher", "secretary", two=True),
    clause="petition.forward",
    capability=True,
    opening="course",
    folds=True,
    texts=("text",),
    undo=True,
    example={"text": _DIGEST, "course": _DIGEST},
)
class Publish(Body, frozen=True):
    """Publishes a petition: the text its member consented to, and the entries of its dossier up to that consent.

    `course` opens the dossier from its first entry, without any document: what was done when, and the consent itself. Who can
    open everything refuses where entries were left out; the public sees no more of the dossier than it is shown.
    """

    text: PublicDigest
    course: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        course, petition = filing.given.course, _petition(filing)
        last = inst.anchors[-1].size if inst.anchors else 0
        if any(one.index >= last for one in filing.opening(self.course)):
            raise OutOfTurn("not-anchored", "petition.publish/1", can="gongyue tick")
        if course.n < filing.given.standing:
            raise OutOfTurn("not-whole", "petition.publish/1", found=course.n, expected=filing.given.standing)
        yield rules.member_consents(course.parties[0], self.text, petition.consented)
        known = inst.petitions.get(course.id)
        if known is not None and (known.text, known.petition) == (self.text, petition):
            raise OutOfTurn("already", "petition.publish/1")
        text, reviewed = _readable(filing.object(self.text), self.text), self.text in inst.reviewed
        yield competition_rules.is_free_of_cartel_terms(cartel_terms(text), reviewed)
        # Whoever accuses another reports it: a petition is no way around an investigation.
        yield from accuses_no_other(inst, text, course.parties[0], reviewed)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        course = filing.given.course
        one = PublishedPetition(course.id, course.parties[0], _petition(filing), self.text, filing.day, filing.index)
        return replace(inst, petitions=inst.petitions.set(course.id, one))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        """No longer on the page; who has the book keeps what it says."""
        standing = Map({id: one for id, one in inst.petitions.items() if one.index != index})
        return replace(inst, petitions=standing)


def _petition(filing: Filing) -> Petition:
    """The petition whose dossier is opened, from its first entry on; OutOfTurn where that is none."""
    petition: Any = filing.given.course.petition if filing.given.course is not None else None
    if not isinstance(petition, Petition):
        raise OutOfTurn("bad-object", "petition.publish/1", why="petition.submit/1 … petition.consent/1")
    return petition


def _readable(text: str, digest: str) -> str:
    """A text that says what it shows, and is not too long."""
    why = ""
    if len(text) > MOST_CHARACTERS:
        why = f"{len(text)} > {MOST_CHARACTERS}"
    elif hidden := hidden_in(text):
        why = hidden
    elif not says_something(text):
        why = "没有文字 / no words"
    if why:
        raise OutOfTurn("bad-object", "petition.publish/1", digest=digest, why=why)
    return text
