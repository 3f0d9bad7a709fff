"""Who may do what: every act type, tried by everyone who may not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import pytest
from msgspec.structs import replace

from gongyue.book.drafting import next_seq
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import (
    ACT_TYPES,
    ACT_VERSION,
    ENTRY_VERSION,
    Act,
    ActType,
    Book,
    Entry,
    Paper,
    Received,
    Signature,
    VerifiedInputs,
    View,
)
from gongyue.governance.dossier import Dossier, DossierEntry, next_place
from gongyue.governance.petition import Petition
from gongyue.governance.step import judge, step, step_sealed
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    ORIGIN,
    PANEL,
    PUBLISHER,
    SECRETARY,
    SYSOP,
    Alliance,
    public_of,
)

HOLDER = {
    "secretary": SECRETARY,
    "clerk": CLERK,
    "publisher": PUBLISHER,
    "caseworker": CASEWORKER,
    "panellist": PANEL[0],
    "mediator": "o:tiao",
    "sysop": SYSOP,
}
OFFICES = tuple(HOLDER)
ALL = [kind for kind in ACT_TYPES.values() if kind.type != "book.genesis/1"]
UNIT_ACTS = [k for k in ALL if k.by.who == "unit"]
OFFICE_ACTS = [k for k in ALL if k.by.who != "unit"]
DIGEST = "sha256:" + "11" * 32
LETTER = Paper("2026-04-02", "2026-04-02", "1", "sha256:" + "00" * 32)


@cache
def world() -> Alliance:
    return Alliance(members=5).in_force().appoint(HOLDER["mediator"], "mediator").on("2026-04-13")


def outcome(kind: ActType, actor: str, signers: Sequence[str], paper: Paper | None = None) -> str:
    """The code with which the core answers the type's own example, done by these."""
    inst = world().inst
    given = VerifiedInputs(rev=world().stage.office.rev, digest=DIGEST, recorded=DIGEST)
    seq = next_seq(inst, kind, actor, public_of(signers[0]))
    body = msgspec.Raw(msgspec.json.encode(kind.example))
    act = Act(actor, inst.now, inst.basis_of(kind), body, ORIGIN, "A" * 43, given.rev, kind.type, ACT_VERSION,
              View("", 0 if kind.type == "book.genesis/1" else 1), paper, seq)  # fmt: skip
    sigs = tuple(Signature("ed25519", public_of(signer), "") for signer in signers)
    dossier, received = Dossier(), Received(inst.now, None if kind.public else inst.size)
    if kind.in_dossier:
        if kind.within:
            line = DossierEntry("sha256:" + "22" * 32, "", kind.answers[0] if kind.answers else "", FIRST, 0, 0)
            dossier = Dossier("d:" + "0" * 64, min(kind.within), (FIRST,), (line,), petition=Petition("wish", 1))
            act = replace(act, on=dossier.last, to=line.digest if kind.answers else None)
        place = next_place(dossier, kind, DIGEST)
        received = Received(inst.now, inst.size, place.dossier, place.n, place.prev)
    entry = Entry(act, received, sigs, ENTRY_VERSION)
    try:
        if kind.book is Book.OPEN:
            step(inst, entry, given)
        elif kind.in_dossier:
            step_sealed(inst, dossier, entry, given)
        else:
            judge(inst, entry, given)
    except (Refused, OutOfTurn) as error:
        return str(error.refusal["code"])
    return "accepted"


def named(kinds: list[ActType]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.type)


OUTSIDERS = {
    "founding.publish/1": "GY-21-05",
    "amendment.publish/1": "GY-21-05",
    "annex.publish/1": "GY-21-05",
    "interpretation.adopt/1": "GY-25-03",
    "interpretation.supplement/1": "GY-25-03",
    "interpretation.issue/1": "GY-25-03",
    "interpretation.withdraw/1": "GY-25-03",
}
"""Acts of the executive body for which the covenant has its own refusal of everyone else."""


@named(ALL)
def test_a_key_nobody_registered_does_nothing(kind: ActType) -> None:
    """Whoever it says it acts for."""
    for actor in ("exec", FIRST, "u:0099", "authority", "sys"):
        assert outcome(kind, actor, ["stranger"]) == "out-of-turn/unknown-key"


@named(OFFICE_ACTS)
def test_a_member_does_not_do_the_executing_bodys_acts(kind: ActType) -> None:
    """In its own name: the article's own refusal or GY-05-01; in the executive body's name: GY-05-01."""
    assert outcome(kind, FIRST, [FIRST]) == OUTSIDERS.get(kind.type, "GY-05-01")
    assert outcome(kind, "exec", [FIRST, "u:0002"]) == "GY-05-01"
    assert outcome(kind, "exec", [FIRST, SECRETARY]) == "GY-05-01"


@named([k for k in OFFICE_ACTS if k.by.two])
def test_where_two_officers_are_needed_one_is_not_enough(kind: ActType) -> None:
    """For every office that may do it: GY-05-02."""
    for office in kind.by.offices:
        assert outcome(kind, "exec", [HOLDER[office]]) == "GY-05-02"


@named(OFFICE_ACTS)
def test_an_officer_of_another_office_does_not_do_it(kind: ActType) -> None:
    """GY-05-01, alone and beside one that may."""
    able = [HOLDER[office] for office in sorted(kind.by.offices)]
    for office in OFFICES:
        if office not in kind.by.offices:
            assert outcome(kind, "exec", [HOLDER[office], CASEWORKER][:1]) == "GY-05-01"
            assert outcome(kind, "exec", [HOLDER[office], able[0]]) == "GY-05-01"


@named(OFFICE_ACTS)
def test_an_officer_whose_term_has_ended_does_not_do_it(kind: ActType) -> None:
    """GY-05-01, although it held the office until February."""
    able = HOLDER[min(kind.by.offices)]
    assert outcome(kind, "exec", [FORMER]) == "GY-05-01"
    assert outcome(kind, "exec", [able, FORMER]) == "GY-05-01"


@named([k for k in OFFICE_ACTS if k.by.who != "system"])
def test_the_office_key_has_no_discretion(kind: ActType) -> None:
    """It does acts without discretion only; for the executive body it signs nothing."""
    assert outcome(kind, "sys", ["sys"]) == OUTSIDERS.get(kind.type, "GY-05-01")
    assert outcome(kind, "exec", ["sys"]) == "GY-05-01"
    assert outcome(kind, "exec", ["sys", SECRETARY]) == "GY-05-01"


@named([k for k in OFFICE_ACTS if k.by.who == "system"])
def test_nobody_signs_for_the_office_key(kind: ActType) -> None:
    """Neither a member nor officers, alone or beside it."""
    for signers in ([FIRST], [SECRETARY], ["sys", SECRETARY]):
        assert outcome(kind, "sys", signers) == "out-of-turn/wrong-key"


VOTERS = {
    "dossier.note/1": "GY-05-15",
    "vote.ballot/1": "GY-22-07",
    "vote.disavow/1": "GY-22-07",
    "annex.initiate/1": "GY-24-01",
}


@named(UNIT_ACTS)
def test_the_executing_body_does_not_do_a_units_acts(kind: ActType) -> None:
    """In its own name, and in the unit's name without its paper."""
    panel = kind.by.two
    expected = "GY-05-01" if panel else VOTERS.get(kind.type, "GY-04-01")
    assert outcome(kind, "exec", [SECRETARY, CLERK]) == expected
    assert outcome(kind, FIRST, [SECRETARY, CLERK]) == "GY-04-01"
    if panel:
        assert outcome(kind, "exec", [PANEL[0]]) == "GY-05-02"


@named(UNIT_ACTS)
def test_another_members_key_does_not_do_it(kind: ActType) -> None:
    """GY-04-01; on paper the recorders must be officers: GY-05-01."""
    assert outcome(kind, FIRST, ["u:0002"]) == "GY-04-01"
    with_paper = outcome(kind, FIRST, ["u:0002", "u:0003"], LETTER)
    assert with_paper == ("GY-05-01" if kind.paper else "GY-04-01")


@named([k for k in UNIT_ACTS if k.paper])
def test_a_units_paper_is_recorded_by_two_clerks_or_secretaries(kind: ActType) -> None:
    """One alone GY-05-02; other offices, ended terms and the office key GY-05-01."""
    assert outcome(kind, FIRST, [SECRETARY], LETTER) == "GY-05-02"
    for signers in ([SECRETARY, PUBLISHER], [SECRETARY, FORMER], [PANEL[0], PANEL[1]], ["sys", SECRETARY]):
        assert outcome(kind, FIRST, signers, LETTER) == "GY-05-01"


@named([k for k in UNIT_ACTS if not k.paper])
def test_what_may_not_be_recorded_from_paper_is_not(kind: ActType) -> None:
    """Two officers with a letter do not replace the unit's key."""
    assert outcome(kind, FIRST, [SECRETARY, CLERK], LETTER) == "GY-04-01"


@named(UNIT_ACTS)
def test_officers_the_office_and_the_authority_are_no_units(kind: ActType) -> None:
    """Signing for themselves they find themselves on no roll; an officer's keys are its own affair, the office's are not."""
    for party in (SECRETARY, "sys"):
        own = kind.type in OWN_KEYS and party == SECRETARY
        answer = outcome(kind, party, [party])
        assert answer != "out-of-turn/malformed"
        assert (answer == "accepted") == own, answer


OWN_KEYS = {"key.add/1", "key.rotate/1"}


@named(UNIT_ACTS)
def test_a_unit_that_never_joined_does_nothing_members_do(kind: ActType) -> None:
    """The outsider has a key and no seat; its own key and its own activities are its own affair."""
    allowed = {"key.add/1", "key.rotate/1", "membership.declare/1"}
    answer = outcome(kind, "u:0099", ["u:0099"])
    assert (answer == "accepted") == (kind.type in allowed), answer
