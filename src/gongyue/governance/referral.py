"""Referral 移送: where a crime is suspected, or a law asks for word, an authority is told at once, outside every clock (article 20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Commitment, LinkDigest

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "referral.make/1",
    by=office("secretary", "caseworker", two=True),
    clause="law.observance",
    opens="referral",
    empty_link=True,
    example={"authority": "public_security", "ground": "crime", "facts": [_DIGEST], "link": _DIGEST},
)
class Make(Body, frozen=True):
    """Facts are referred to an authority, because a crime is suspected or a law asks for it; two officers do so at once.

    It has a dossier of its own, which nobody outside the office opens, and stops no clock anywhere. `link`: to the report or
    the case that the facts come from; to nothing where they come from elsewhere.
    """

    authority: Literal["supervising", "public_security", "cyberspace", "market", "other"]
    ground: Literal["crime", "statute"]
    facts: Annotated[tuple[Commitment, ...], Meta(min_length=1, max_length=20)]
    link: LinkDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.effective:  # there is no member before, nor anything that the office could have been told
            raise OutOfTurn("not-effective", filing.act.type)
        yield from ()

    def links_to(self) -> tuple[str, ...]:
        """The report, or the case."""
        return ("report.file/1", "case.open/1")
