"""What each digest of a body is of is said by its type, and nothing is public that does not say so."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from gongyue.governance.acts import ACT_TYPES, UNIT, Body, Paper, act
from gongyue.governance.fields import (
    Commitment,
    Digest,
    Enclosed,
    EnclosedDigest,
    Handed,
    Link,
    Private,
    Public,
    PublicDigest,
    Published,
    SealedAct,
)
from gongyue.governance.institution import Institution  # noqa: F401  (registers every act type)
from gongyue.governance.parts import digests
from gongyue.governance.sheet import Incomplete

A, B, C = (f"sha256:{n:064x}" for n in range(3))


class Row(msgspec.Struct):
    """A row of a list."""

    shown: PublicDigest
    kept: Commitment


class Whole(msgspec.Struct):
    """One of each."""

    rows: tuple[Row, ...]
    place: Published | None = None
    more: Annotated[tuple[PublicDigest, ...], Meta(max_length=9)] = ()
    name: str = ""


def test_every_digest_is_found_wherever_it_stands() -> None:
    """In a list of structures, in a structure that may be missing, in a list of digests: six fields, four digests."""
    assert digests(Whole, {}) == {"rows.shown": Public, "rows.kept": Private, "place.evidence": Public, "more": Public}


def test_a_plain_digest_is_refused() -> None:
    """A digest that does not say whose it is cannot be declared; before, it was public by default."""

    class Plain(Body, frozen=True):
        evidence: Digest

    with pytest.raises(Incomplete, match=r"annex\.sign/1: evidence: a digest that does not say what it is of"):
        act("annex.sign/1", by=UNIT, clause="annex.publication", example={})(Plain)


def test_one_name_is_not_public_here_and_private_there() -> None:
    """Two fields of one name within a body, the one public, the other private: refused."""

    class Unlike(msgspec.Struct):
        rows: tuple[Row, ...]
        shown: Commitment

    with pytest.raises(TypeError, match=r"rows\.shown"):
        digests(Unlike, {})


def test_nothing_comes_enclosed_with_a_public_act() -> None:
    """What comes with a sealed act for its reader would lie open beside a public one."""

    class Open(Body, frozen=True):
        reasons: EnclosedDigest

    with pytest.raises(Incomplete, match="nothing comes enclosed with a public act"):
        act("annex.sign/1", by=UNIT, clause="annex.publication", example={})(Open)


def test_a_clerical_field_has_a_form() -> None:
    """A field that may be corrected must say how, or its digests would be missed."""

    class Slip(Body, frozen=True):
        title: str

    with pytest.raises(Incomplete, match=r"title is not in governance\.fields\.Clerical"):
        act("annex.sign/1", by=UNIT, clause="annex.publication", clerical=("title",), example={})(Slip)


def test_public_digests_of_a_body_and_no_others() -> None:
    """Of a review the text and not the opinion; of a correction the evidence within the mapping; empty ones are none."""
    assert list(ACT_TYPES["annex.review/1"].public_digests({"text": A, "opinion": B, "scope": [], "dated": ""})) == [A]
    places: Any = [{"url": "https://a.example", "evidence": A}, {"url": "https://b.example", "evidence": B}]
    body = {"entry": 1, "fields": {"places": places}, "reasons": C}
    assert list(ACT_TYPES["correction.correct/1"].public_digests(body)) == [A, B, C]
    assert list(ACT_TYPES["vote.close/1"].public_digests({"ballots": "", "handed": A})) == []
    assert list(ACT_TYPES["vote.close/1"].public_digests({"ballots": B, "handed": ""})) == [B]


def test_reasons_for_the_applicant_alone_are_not_public() -> None:
    """The reasons of a refusal are sealed with it: asked for when it is handed in, and never published."""
    kind, body = ACT_TYPES["membership.refuse/1"], {"unit": "u:1", "of": A, "ground": "practitioner", "reasons": B}
    assert list(kind.public_digests(body)) == []
    assert list(kind.enclosed_digests(body)) == [B]


def test_what_every_digest_is_of() -> None:
    """The whole list of what is private, sealed, enclosed or handed: what is taken out of it becomes public."""
    found = {f"{type} {path}": sort for type, kind in ACT_TYPES.items() for path, sort in kind.digests.items()}
    private = sorted(name for name, sort in found.items() if sort is Private)
    assert private == [
        "annex.review/1 opinion",
        "bulletin.issue/1 review",
        "bulletin.issue/1 text",
        "bulletin.publish/1 review",
        "bulletin.result/1 review",
        "bulletin.result/1 text",
        "case.conclude/1 findings.evidence",
        "case.conclude/1 findings.signed",
        "case.conclude/1 reasons",
        "case.decide/1 cooperation",
        "case.decide/1 effect",
        "case.decide/1 fault",
        "case.decide/1 lighter",
        "case.decide/1 recurrence",
        "case.decide/1 remedy",
        "case.decide/1 seriousness",
        "case.propose/1 reasons",
        "case.review/1 reasons",
        "dossier.erase/1 docs",
        "dossier.hold/1 docs",
        "dossier.note/1 docs",
        "dossier.order/1 reasons",
        "dossier.receive/1 docs",
        "dossier.serve/1 docs",
        "founding.sign/1 attorney.document",
        "founding.sign/1 signatory",
        "interpretation.ask/1 question",
        "membership.compare/1 form",
        "membership.rename/1 document",
        "office.appoint/1 interests",
        "office.declare/1 interests",
        "oversight.register/1 confidentiality",
        "oversight.register/1 recusal",
        "petition.answer/1 docs",
        "petition.submit/1 text",
        "referral.make/1 facts",
        "report.answer/1 reasons",
        "report.file/1 evidence",
        "report.file/1 facts",
        "report.file/1 shown",
    ]
    assert sorted(name for name, sort in found.items() if sort is Link) == [
        "bulletin.result/1 link",
        "case.open/1 link",
        "membership.end/1 link",
        "oversight.check/1 link",
        "referral.make/1 link",
        "report.answer/1 link",
    ]
    assert sorted(name for name, sort in found.items() if sort is SealedAct) == [
        "interpretation.explain/1 of",
        "interpretation.issue/1 answers",
        "membership.refuse/1 of",
        "vote.notify/1 of",
        "vote.receive/1 of",
    ]
    assert sorted(name for name, sort in found.items() if sort in (Enclosed, Handed)) == [
        "interpretation.explain/1 reasons",
        "membership.refuse/1 reasons",
        "petition.consent/1 text",
        "vote.close/1 handed",
    ]
    assert digests(Paper, {}) == {"scan": Private}
