"""What a second look found: books an executive body with all of the office's keys can write, and `verify` calls sound.

Each test says which principle and article it breaks and whom it harms; what is mended bears no mark.
"""

from __future__ import annotations

import pytest

from attacks.forcing import DAY, HOUR, ballot, closed, ended, letter, scene, sealed, today, verified, voting
from gongyue.book.entry import SignedAct
from gongyue.covenant.changes import TextEdit
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.annex import binds
from gongyue.office.routine_acts import close_vote
from support.alliance import CLERK, TWO, Alliance, commitment_to, entry_of, json_object, public_of, text_object
from support.editions import REASON, change_of
from support.published import forced, published_by_force, run

OTHERS = ("o:a", "o:b")
KEYLESS = "u:0060"
"""A member that was enrolled from its paper and never had a key."""
LEAVES = {"effective": None}


def keyless() -> Alliance:
    """Five members with keys, one without; four officers who may record paper."""
    world = Alliance(members=5).published().on("2026-04-01")
    world.invite(60)
    world.stage.now += 60
    enrol = {"accepts": True, "activities": ["analysis"], "other": ""}
    world.on_paper("membership.enrol/1", KEYLESS, enrol, today(world), today(world))
    return world.appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-10-12")


def on_paper(world: Alliance, type: str, unit: str, body: dict[str, object], signers: tuple[str, ...] = TWO) -> int:
    """Recorded from a letter of today; returns the entry."""
    return world.on_paper(type, unit, body, today(world), today(world), signers).index


def came_back(world: Alliance, unit: str) -> Alliance:
    """A unit that left is admitted again, on its own new application."""
    world.stage.now += DAY
    body = {"name": "回来的单位", "code": world.inst.units[unit].code, "domestic": True, "accepts": True, "other": ""}
    body |= {"activities": ["vertical"], "key": public_of(unit), "alg": "ed25519"}
    world.grant(world.stage.do("membership.apply/1", unit, body, [unit]))
    world.stage.now += 60
    return world


def invite_as(world: Alliance, id: str, code: str, name: str = "另一公司") -> None:
    """One clerk invites a unit under an id of its own choice."""
    roll, data = json_object({"v": "gongyue/roll@1", "units": [{"id": id, "name": name, "code": code}]})
    world.executive("membership.invite/1", {"roll": roll, "alliance": False}, [CLERK], data)


def not_taken(world: Alliance, act: SignedAct) -> None:
    """The office's own gate, which is that of verify, refuses it."""
    with pytest.raises((OutOfTurn, Refused)):
        world.stage.office.handle(act)


def five_more_anchors(world: Alliance) -> Alliance:
    """The window is over, and whatever came on paper has waited."""
    ended(world)
    for _ in range(5):
        world.stage.now += DAY
        world.anchor()
    return world


# -- votes: who is on the roll, who has left


def test_opponents_are_withdrawn_for_the_minute_in_which_the_roll_freezes() -> None:
    """Members vote (art. 22). Four letters are invented before the vote opens, and disavowed within the minute: members
    without interruption, who may not vote; 6 of 12 amend the covenant, as 6 of 8."""
    world = Alliance(members=12).in_force().on("2026-10-12").proposed()
    forged = {unit: on_paper(world, "membership.withdraw/1", unit, LEAVES) for unit in world.roll[8:]}
    world.open_vote().stage.now += 60
    for unit, index in forged.items():
        world.unit("key.disavow/1", unit, {"entry": index})
    scene(len(world.inst.members) == 12)
    assert len(world.vote().roll) == 12
    world.cast("consent", *world.roll[:6]).cast("against", *world.roll[8:]).close()
    assert world.vote().outcome == "rejected" and verified(world).code == 0


def test_an_opponent_is_withdrawn_in_the_last_hour_of_the_window() -> None:
    """Paper waits until it can be disavowed (art. 22, 23). 4 of 6 consent, a consenter leaves: 3/5. In the window's last hour an
    opponent's withdrawal is invented and nobody told of it: 3/4, adopted. A1 of the institution, an hour earlier."""
    world = Alliance(members=6, initiators=2).in_force().on("2026-10-12")
    world.vote_open().cast_by(4, 2).on("2026-10-20").withdraw("u:0001")
    world.stage.now = world.vote().closes - HOUR
    on_paper(world, "membership.withdraw/1", "u:0006", LEAVES)
    world.close()
    assert world.vote().outcome == "rejected" and verified(world).code == 0


def test_a_vote_is_closed_on_its_second_day_by_an_invented_withdrawal() -> None:
    """The window is the members' (art. 22, P6): whoever is silent is withdrawn on paper, and "every member has signed"."""
    world = voting().cast("consent", *[f"u:000{n}" for n in (1, 2, 3, 4)])
    world.stage.now += HOUR
    on_paper(world, "membership.withdraw/1", "u:0005", LEAVES)
    world.stage.now += DAY
    world.anchor()
    with pytest.raises((OutOfTurn, Refused)):
        close_vote(world.stage.office, "p:1")


def test_a_vote_is_closed_on_its_second_day_by_ending_a_membership() -> None:
    """The same by `membership.end`, whose ground nobody sees: the threat model names it for the second test only."""
    world = voting().cast("consent", *[f"u:000{n}" for n in (1, 2, 3, 4)])
    world.stage.now += HOUR
    world.end("u:0005")
    world.stage.now += DAY
    world.anchor()
    with pytest.raises((OutOfTurn, Refused)):
        close_vote(world.stage.office, "p:1")


def test_whoever_left_and_came_back_in_mid_vote_does_not_vote_by_way_of_a_disavowal() -> None:
    """Not having left since the roll froze (art. 22): it left, was admitted again; a withdrawal is invented and disavowed."""
    world = voting()
    world.stage.now += 60
    world.withdraw("u:0005")
    came_back(world, "u:0005")
    index = on_paper(world, "membership.withdraw/1", "u:0005", LEAVES)
    world.unit("key.disavow/1", "u:0005", {"entry": index})
    with world.out_of_turn("not-member"):
        world.cast("consent", "u:0005")


# -- members: what was signed in an earlier membership


def test_a_notice_of_an_earlier_membership_expels_a_member_that_was_restored() -> None:
    """A notice ends the membership it was given in (art. 23): kept back by the office, recorded after an invented one was disavowed."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    for name in ("second", "third"):
        world.add_key("u:0005", name)
    old = world.stage.signed("membership.withdraw/1", "u:0005", LEAVES, ["second"])
    world.stage.now += DAY
    world.withdraw("u:0005")
    came_back(world, "u:0005")
    index = on_paper(world, "membership.withdraw/1", "u:0005", LEAVES)
    world.stage.do("key.disavow/1", "u:0005", {"entry": index}, ["third"])
    not_taken(world, old)


def test_a_support_of_an_earlier_membership_counts_again_by_way_of_a_disavowal() -> None:
    """An unfiled proposal loses the supporter that leaves (art. 22; A26): an invented withdrawal, disavowed, brings the name back."""
    world = Alliance(members=11).in_force().on("2026-10-12")
    world.initiate()
    world.support("u:0005").withdraw("u:0005")
    came_back(world, "u:0005")
    index = on_paper(world, "membership.withdraw/1", "u:0005", LEAVES)
    world.unit("key.disavow/1", "u:0005", {"entry": index})
    with world.refused("GY-22-01", count=1):
        world.file()


@pytest.mark.parametrize("how", ["standing", "kept back", "old paper"])
def test_whoever_comes_back_is_not_bound_by_an_annex_it_has_not_signed_since(how: str) -> None:
    """Annexes bind those that sign (art. 24, annex.binds): after leaving and returning it has signed nothing as a member."""
    world = Alliance(members=5).in_force().on("2026-05-06").annexed()
    world.add_key("u:0005", "second")
    day, body = today(world), {"annex": "a:health"}
    kept = world.stage.signed("annex.sign/1", "u:0005", body, ["second"])
    if how == "standing":
        world.unit("annex.sign/1", "u:0005", body)
    world.stage.now += DAY
    world.withdraw("u:0005")
    came_back(world, "u:0005")
    if how == "kept back":
        not_taken(world, kept)
    elif how == "old paper":
        with pytest.raises((OutOfTurn, Refused)):
            world.on_paper("annex.sign/1", "u:0005", body, day, day)
    assert not binds(world.inst, world.inst.annexes["a:health"], "u:0005")


def test_nobody_leaves_before_the_day_it_states() -> None:
    """A member leaves as its notice says (art. 23): "on 07-15", arrived in May, recorded in late July: out since May."""
    world = Alliance(members=5).in_force().on("2026-07-20")
    world.on_paper("membership.withdraw/1", "u:0005", {"effective": "2026-07-15"}, "2026-05-06", "2026-05-06")
    assert iso(world.inst.units["u:0005"].until) == "2026-07-15"


# -- members: whose id, whose name


@pytest.mark.parametrize("by", ["invitation", "freezing"])
def test_no_unit_bears_the_id_of_another_firms_code(by: str) -> None:
    """Nobody is enrolled by another (art. 4): a clerk invites firm B under the id of firm A's code; A applies, and B is a member."""
    applicant, other = fictional_code(50), fictional_code(61)
    world = Alliance(members=5)
    if by == "freezing":
        world.drafted().on("2026-01-12")
        named = [entry_of(1), entry_of(2), {"id": f"u:{applicant.lower()}", "name": "另一公司", "code": other}]
        with world.out_of_turn("same-unit"):
            world.executive("founding.freeze/1", {"edition": world.edition, "initiators": named})
    else:
        world.in_force().on("2026-05-06")
        with world.out_of_turn("same-unit"):
            invite_as(world, f"u:{applicant.lower()}", other)


def test_a_unit_bears_the_name_it_applied_under() -> None:
    """The lists name units (art. 23): a clerk invites it under a name of his own, and no list may ever say another."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    invite_as(world, "u:odd", fictional_code(50), "黑心公司")
    world.grant(world.apply(50))
    assert world.inst.units["u:odd"].name == "申请单位50"


# -- keys


def test_after_a_disavowed_first_key_no_application_brings_one_at_once() -> None:
    """Nobody takes over a key (art. 5, executive.keys): two invented letters and an invented application give the office a member's
    key on the spot; by registration it waits for the delay, as the threat model says."""
    world = keyless()
    registered = world.register(KEYLESS).index
    world.stage.now += 60
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    on_paper(world, "membership.withdraw/1", KEYLESS, LEAVES)
    body = {"name": "单位60", "code": world.inst.units[KEYLESS].code, "domestic": True, "accepts": True, "other": ""}
    body |= {"activities": ["vertical"], "key": public_of("thief"), "alg": "ed25519"}
    world.stage.now += 60
    world.grant(world.stage.do("membership.apply/1", KEYLESS, body, ["thief"]))
    with world.refused("GY-05-04"):
        world.stage.do("membership.declare/1", KEYLESS, {"activities": ["service"], "other": ""}, ["thief"])


def test_a_ballot_signed_with_a_disavowed_key_does_not_count() -> None:
    """A key that never was its own signs nothing for it (art. 22): an invented first key votes, is disavowed within two hours, and the
    unit's own ballot on paper yields to the thief's "signed" one: 4 : 0 instead of 3 : 1."""
    world = keyless().vote_open().cast("consent", "u:0001", "u:0002", "u:0003")
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += HOUR
    world.stage.office.handle(ballot(world, KEYLESS, signers=["thief"]))
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    world.told(world.stage.office.handle(ballot(world, KEYLESS, "against", paper=letter(world))))
    stated = closed(five_more_anchors(world))
    assert (stated["consents"], stated["paper_against"]) == (3, 1)


def test_a_withdrawal_signed_with_a_disavowed_key_is_undone() -> None:
    """The same in the open book (art. 4, 23): the thief's key gives notice, the unit disavows the key, and is out for good."""
    world = keyless()
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += 60
    world.stage.do("membership.withdraw/1", KEYLESS, LEAVES, ["thief"])
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert KEYLESS in world.inst.members


@pytest.mark.parametrize("type", ["annex.sign/1", "amendment.support/1"])
def test_nothing_is_signed_with_a_disavowed_key(type: str) -> None:
    """Nor is it bound by an annex, or named as a supporter (art. 22, 24); what it signs after that with a key of its own stands."""
    world = keyless().annexed()
    world.initiate()
    body = {"annex": "a:health"} if type == "annex.sign/1" else {"proposal": "p:1"}
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += 60
    forged = world.stage.do(type, KEYLESS, body, ["thief"]).index
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert KEYLESS not in world.inst.annexes["a:health"].signers
    assert KEYLESS not in world.inst.proposals["p:1"].supporters
    assert world.inst.disavowed[forged] == KEYLESS and verified(world).code == 0
    world.register(KEYLESS)
    world.stage.now += 8 * DAY
    world.stage.do(type, KEYLESS, body, [KEYLESS])
    assert KEYLESS in {**world.inst.annexes["a:health"].signers, **world.inst.proposals["p:1"].supporters}


@pytest.mark.parametrize("before", ["another", "none"])
def test_the_key_of_a_former_approver_approves_nothing(before: str) -> None:
    """The competent authority approves (art. 21): its key was registered while another was designated, or nobody was."""
    world = Alliance()
    key = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    if before == "none":
        with world.out_of_turn("not-found", what="authority"):
            world.executive("key.register/1", key, paper=letter(world))
        return
    world.drafted().executive("key.register/1", key, paper=letter(world))
    basis, data = text_object("另一依据")
    with world.out_of_turn("key-registered"):
        another = {"approver": {"name": "另一主管部门", "basis": basis}}
        world.executive("founding.designate/1", another, TWO, data)


# -- paper


def test_supporters_that_were_never_told_are_not_counted() -> None:
    """Untold, a disavowal stays open (art. 22): two names are invented, nobody told; on the fourth day they are one in ten, for good."""
    world = Alliance(members=21).in_force().on("2026-10-12")
    world.initiate()
    for unit in ("u:0002", "u:0003"):
        on_paper(world, "amendment.support/1", unit, {"proposal": "p:1"})
    world.on("2026-10-16")
    with world.refused("GY-22-01", count=1):
        world.file()


@pytest.mark.parametrize("type", ["founding.sign/1", "founding.step_out/1"])
def test_the_covenant_does_not_take_effect_by_paper_that_can_still_be_disavowed(type: str) -> None:
    """Initiators sign (art. 21, 4): the one that does not is signed for, or stepped out, on paper, and all is in effect within the hour;
    its own signed disavowal comes a minute late and does nothing."""
    world = Alliance().signed(but=1).on("2026-01-20")
    unit = world.roll[world.initiators - 1]
    signature = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(unit)}
    on_paper(world, type, unit, signature if type == "founding.sign/1" else {})
    world.submit()
    with world.out_of_turn("may-disavow", units=unit):
        world.approve(dated=today(world))


def test_nothing_is_disavowed_where_nothing_was_recorded() -> None:
    """A member without a key votes on paper (art. 22): two officers "disavow" before there is any ballot, tell nobody, and its true
    ballot on paper does not count: 4 : 0 instead of 4 : 1."""
    world = keyless().vote_open().cast("consent", *[f"u:000{n}" for n in (1, 2, 3, 4)])
    world.stage.now += HOUR
    forged = world.stage.signed("vote.disavow/1", KEYLESS, {"vote": "p:1"}, TWO, paper=letter(world))
    not_taken(world, forged)


def test_a_ballot_recorded_after_a_disavowal_does_not_keep_the_vote_from_closing() -> None:
    """An honest office is stopped (art. 22): the two who recorded a disavowal record a later ballot on paper of that unit; its gate
    takes it, and then refuses the close for ever (GY-05-12), though `verify` would not."""
    world = keyless().vote_open().cast("consent", *[f"u:000{n}" for n in (1, 2, 3, 4)])
    world.told(world.stage.office.handle(ballot(world, KEYLESS, paper=letter(world))))
    world.stage.do("vote.disavow/1", KEYLESS, {"vote": "p:1"}, OTHERS, paper=letter(world))
    world.stage.office.handle(ballot(world, KEYLESS, "against", paper=letter(world), signers=OTHERS))
    world.close()
    assert world.vote().consents == 4 and verified(world).code == 0


def test_what_all_officers_would_record_together_is_recorded_by_two() -> None:
    """Paper is weaker than its author's word (art. 5, 23): four officers record a withdrawal of a member without a key, so that nobody is
    left to record its disavowal; three are as many too many. Recorded by two, the two others record the disavowal."""
    for more in (OTHERS, OTHERS[:1]):
        world = keyless()
        with world.refused("GY-05-13", officers=2 + len(more), enough=2):
            on_paper(world, "membership.withdraw/1", KEYLESS, LEAVES, (*TWO, *more))
        signed = world.stage.signed("membership.withdraw/1", KEYLESS, LEAVES, (*TWO, *more), paper=letter(world))
        index = forced(world, signed)
        report, _ = run(published_by_force(world), world=world)
        assert report.code == 3 and report.failure is not None
        assert (report.failure.index, report.failure.code) == (index, "GY-05-13")
    world = keyless()
    world.tell(on_paper(world, "membership.withdraw/1", KEYLESS, LEAVES, TWO))
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": world.inst.size - 2}, OTHERS)
    assert KEYLESS in world.inst.members


# -- time: anchors withheld


def without_anchors(world: Alliance, days: int) -> None:
    """The office records open acts and anchors nothing: overdue, and not unlawful."""
    for number in range(200, 200 + days // 2):
        world.stage.leap(world.stage.now + 2 * DAY)
        world.invite(number)


def test_a_notice_made_up_after_the_window_in_which_nothing_was_anchored() -> None:
    """P18 (art. 22): no anchor from the second day to the last; then a notice "of the second day" is sealed, and paper counts at once."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    paper_ballot = world.stage.office.handle(ballot(world, "u:0005", paper=letter(world)))
    world.stage.now += DAY
    world.anchor()
    world.stage.now += HOUR
    arrived, size = world.stage.now, world.inst.size
    told = {"vote": "p:1", "of": world.commitment(paper_ballot), "way": "letter", "day": today(world)}
    notice = world.stage.signed("vote.notify/1", "exec", told, TWO)
    without_anchors(world, 28)
    world.stage.leap(world.vote().closes + 9 * HOUR)
    sealed(world, notice, arrived, size)
    world.stage.now += 60
    world.anchor()
    with pytest.raises((OutOfTurn, Refused)):
        close_vote(world.stage.office, "p:1")


# -- amendments


def test_a_renewed_change_deletes_nothing_its_supporters_did_not_see() -> None:
    """Another change needs supporters of its own (art. 22, GY-22-10): they supported deleting 及时 and 经查证属实的; one of them "renews" it
    as the deletion of the members' right to report (art. 17), filed in the initiator's name."""
    world = Alliance(members=21).in_force().on("2026-05-06")
    base = world.inst.meaning.edition_digest
    world.vote_open(change_of(base, TextEdit("17", "及时", "立即")))
    world.stage.now += 60
    dropped = change_of(base, TextEdit("17", "及时", ""), TextEdit("18", "经查证属实的，", ""))
    world.initiate(dropped, matter="p:2")
    world.support("u:0002", "u:0003", matter="p:2").file(matter="p:2")
    world.open_vote("p:2").cast_by(21).cast_by(21, matter="p:2").close("p:1").close("p:2")
    world.report("p:1")
    world.publish_amendment("p:1")
    scene(world.inst.proposals["p:2"].stage == "superseded")
    right = "任何其他成员单位均有权立即向公约执行机构进行检举，要求公约执行机构进行调查；"
    for one, two in (("立即", "造成不良影响，"), (right, "经查证属实的，")):
        other = change_of(
            world.inst.meaning.edition_digest,
            TextEdit("17", one, ""),
            TextEdit("18", two, ""),
            text=world.inst.meaning.edition,
            absent=["report.file", "investigation"] * (one == right),
            others={(name, "17"): REASON for name in ("publication.covenant", "investigation") if one == right},
        )
        with world.refused("GY-22-10"):
            world.initiate(other, matter="p:3", renews="p:2", by="u:0003")


def test_an_invitation_under_another_id_annuls_no_application() -> None:
    """Whoever accepts the rules may join (art. 23): it applied under its own id, and before it is granted a clerk invites the same code
    under another; it is admitted, and the other id is nobody's: it enrols nobody, registers nobody a second time."""
    world = Alliance(members=5).published().on("2026-04-01")
    receipt = world.apply(50)
    code = fictional_code(50)
    world.stage.now += HOUR
    roll, data = json_object({"v": "gongyue/roll@1", "units": [{"id": "u:odd", "name": "另一公司", "code": code}]})
    world.executive("membership.invite/1", {"roll": roll, "alliance": True}, [CLERK], data)
    world.grant(receipt)
    assert f"u:{code.lower()}" in world.inst.members and world.inst.by_code[code] == f"u:{code.lower()}"
    with world.out_of_turn("same-unit"):
        on_paper(world, "membership.enrol/1", "u:odd", {"accepts": True, "activities": ["analysis"], "other": ""})
    assert verified(world).code == 0
