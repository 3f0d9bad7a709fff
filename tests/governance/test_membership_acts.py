"""Membership (articles 2, 4 and 23): invited, enrolled, admitted, left, ended; and the lists."""

from __future__ import annotations

import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.signing import key_id, sign
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import from_iso, iso
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.admission import decide_by, sealed_duties
from gongyue.governance.publication import duties, list_content, next_period
from gongyue.governance.refusal_grounds import grounds_stated
from gongyue.office import owed_acts
from gongyue.office.routine_acts import system_act
from gongyue.transparency import canonical
from support.alliance import (
    CLERK,
    FIRST,
    NOBODY,
    OUTSIDER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    entry_of,
    json_object,
    paper,
    public_of,
    unit_id,
)
from support.editions import TEXT, edition_of
from support.sealed import now_reads, sealed_openings


def in_force(members: int = 6) -> Alliance:
    return Alliance(members=members, initiators=3).in_force()


# -- article 2


def test_02_e1_a_university_with_research_and_education_is_eligible() -> None:
    """Two listed activities."""
    world = in_force()
    world.grant(world.apply(50, activities=["research", "education"]))
    assert world.inst.units[world.inst.by_code[fictional_code(50)]].activities == ("research", "education")


def test_02_e2_a_firm_that_declares_nothing_is_not_in_the_industry() -> None:
    """GY-02-01 when it applies, when it enrols, when it declares anew."""
    world = Alliance(members=6, initiators=3).published()
    with world.refused("GY-02-01", enough=1, article=2, activities=0):
        world.apply(50, activities=[])
    with world.refused("GY-02-01", enough=1):
        world.enrol("u:0004", activities=[])
    with world.refused("GY-02-01", enough=1):
        world.unit("membership.declare/1", FIRST, {"activities": [], "other": ""})


def test_02_e3_another_activity_is_described_and_accepted() -> None:
    """数据标注 under 其他."""
    world = in_force()
    world.grant(world.apply(50, activities=[], other="数据标注"))
    assert world.inst.units[world.inst.by_code[fictional_code(50)]].other == "数据标注"
    world.unit("membership.declare/1", FIRST, {"activities": [], "other": "数据标注"})
    assert world.inst.units[FIRST].other == "数据标注"


# -- article 4


def test_04_e1_nobody_is_enrolled_by_a_roll() -> None:
    """Fifty names as members: GY-04-01; as invitees: recorded, and still no member more."""
    world = in_force()
    members = dict(world.inst.members)
    with world.refused("GY-04-01", enough="u:0101", article=4, unit="u:0101", signed_by="exec"):
        world.invite(*range(101, 151), standing="member")
    world.invite(*range(101, 151))
    assert dict(world.inst.members) == members
    assert world.inst.units["u:0150"].status == "invited"


def test_04_e2_an_invitee_that_never_answers_is_on_no_roll() -> None:
    """The outsider was invited and never came."""
    world = in_force()
    assert OUTSIDER in world.inst.units
    assert OUTSIDER not in world.inst.members
    assert all(event.unit != OUTSIDER for event in world.inst.events.values())


def test_a_unit_is_not_enrolled_with_anothers_key() -> None:
    """GY-04-01: neither another member's nor an officer's key joins for it."""
    world = Alliance(members=6, initiators=3).published()
    body = {"accepts": True, "activities": ["analysis"], "other": ""}
    with world.refused("GY-04-01", enough="u:0004", unit="u:0004", signed_by=FIRST):
        world.stage.do("membership.enrol/1", "u:0004", body, [FIRST])
    with world.refused("GY-04-01", signed_by=SECRETARY):
        world.stage.do("membership.enrol/1", "u:0004", body, TWO)
    with world.refused("GY-04-01", enough=f"u:{fictional_code(50).lower()}"):
        world.apply(50, actor="u:somebody-else")


def test_a_roll_names_each_unit_once_and_by_one_code() -> None:
    """Twice in one roll, one code for two units, another code for a known unit, a code that fails its check, no form or another."""
    world = in_force()

    def roll(*units: dict[str, str]) -> None:
        digest, data = json_object({"v": "gongyue/roll@1", "units": list(units)})
        body = {"roll": digest, "alliance": False, "standing": "invited"}
        world.executive("membership.invite/1", body, [CLERK], data)

    with world.out_of_turn("same-unit"):
        roll(entry_of(60), entry_of(60))
    with world.out_of_turn("same-unit", unit="u:0061"):
        roll(entry_of(60), entry_of(60) | {"id": "u:0061"})
    with world.out_of_turn("same-unit", unit=FIRST):
        roll(entry_of(60) | {"id": FIRST})
    with world.out_of_turn("same-unit"):
        roll(entry_of(1) | {"id": "u:0060"})
    with world.refused("GY-23-07", code="91000000000000078X"):
        roll(entry_of(60) | {"code": "91000000000000078X"})
    for value in (
        {"v": "gongyue/roll@1", "units": "all"},
        {"units": [entry_of(60)]},
        {"v": "gongyue/roll@2", "units": [entry_of(60)]},
    ):
        digest, data = json_object(value)
        with world.out_of_turn("bad-object"):
            world.executive(
                "membership.invite/1", {"roll": digest, "alliance": False, "standing": "invited"}, [CLERK], data
            )


def invited(world: Alliance, number: int, name: str) -> str:
    """Its name in the book after it was invited under that one."""
    units = [entry_of(number) | {"name": name}]
    roll, data = json_object({"v": "gongyue/roll@1", "units": units})
    world.executive("membership.invite/1", {"roll": roll, "alliance": True, "standing": "invited"}, [CLERK], data)
    return world.inst.units[unit_id(number)].name


def test_a_slip_in_an_invitation_is_mended_by_inviting_anew_until_the_unit_is_a_member() -> None:
    """The name invited under last; a member, and whoever left, keeps its own."""
    world = Alliance(members=6, initiators=3).effective()
    assert [invited(world, 9, name) for name in ("听雨与情", "听雨舆情")] == ["听雨与情", "听雨舆情"]
    world.register(unit_id(9))
    world.enrol(unit_id(9))
    assert invited(world, 9, "听雨与情") == "听雨舆情"
    world.withdraw(unit_id(9))
    assert invited(world, 9, "听雨与情") == "听雨舆情"


# -- article 23: the first batch


def test_before_effect_nobody_joins() -> None:
    """Out of turn."""
    world = Alliance(members=6, initiators=3).submitted()
    world.invite(4)
    world.register("u:0004")
    with world.out_of_turn("not-effective"):
        world.enrol("u:0004")


def test_between_effect_and_publication_the_first_batch_enrols() -> None:
    """Domain §3.2."""
    world = Alliance(members=6, initiators=3).effective()
    world.invite(4)
    world.register("u:0004")
    world.enrol("u:0004")
    assert world.inst.members["u:0004"] == from_iso("2026-03-09")


def test_the_first_batch_is_for_the_alliances_own_members() -> None:
    """GY-23-05 for the outsider."""
    world = in_force()
    with world.refused("GY-23-05", article=23, unit=OUTSIDER):
        world.enrol(OUTSIDER)


def test_who_does_not_accept_the_rules_does_not_join() -> None:
    """GY-23-02, in the first batch and on application."""
    world = Alliance(members=6, initiators=3).published()
    with world.refused("GY-23-02", article=23):
        world.enrol("u:0004", accepts=False)
    with world.refused("GY-23-02"):
        world.apply(50, accepts=False)


def test_the_first_batch_ends_with_the_first_list() -> None:
    """Then one applies."""
    world = Alliance(members=6, initiators=3).published()
    world.on("2026-07-01").tick()
    assert len(world.inst.lists) == 1
    with world.out_of_turn("first-batch-over"):
        world.enrol("u:0004")
    world.grant(world.apply(4, actor="u:0004"))
    assert "u:0004" in world.inst.members


def test_a_member_does_not_join_twice() -> None:
    """Neither in the first batch nor by application."""
    world = in_force()
    with world.out_of_turn("is-member"):
        world.enrol(FIRST)
    with world.out_of_turn("is-member"):
        world.apply(1, actor=FIRST)


# -- article 23: applications


def test_23_e1_a_foreign_firm_is_refused_and_its_chinese_subsidiary_is_eligible() -> None:
    """GY-23-01 for the Singapore firm; the Beijing firm joins."""
    world = in_force()
    with world.refused("GY-23-01", article=23):
        world.apply(51, domestic=False)
    world.grant(world.apply(51))
    assert world.inst.by_code[fictional_code(51)] in world.inst.members


def test_a_code_that_fails_its_check_is_no_unit() -> None:
    """GY-23-07 with the code."""
    world = in_force()
    bad = fictional_code(52)[:-1] + ("0" if fictional_code(52)[-1] != "0" else "1")
    with world.refused("GY-23-07", code=bad):
        world.apply(52, code=bad, actor="u:0052")


def test_before_force_nobody_applies() -> None:
    """Applications begin with publication."""
    world = Alliance(members=6, initiators=3).adopted()
    with world.out_of_turn("not-in-force"):
        world.apply(50)


def test_a_grant_opens_exactly_one_application_and_once() -> None:
    """Nothing opened, the same application again, an opening that is not an application."""
    world = in_force()
    applied = world.apply(50)
    with world.out_of_turn("missing-object"):
        world.executive("membership.grant/1", {"application": NOBODY}, [SECRETARY])
    with world.out_of_turn("not-anchored"):
        world.open_application(applied)
    other = world.apply(53)
    world.next_day()
    two = b"".join(sorted((now_reads(world.stage.office, one) for one in (applied, other)), key=len))
    with world.out_of_turn("bad-object"):
        world.executive("membership.grant/1", {"application": canonical.digest(two)}, [SECRETARY], two)
    world.grant(applied)
    unit = world.inst.by_code[fictional_code(50)]
    world.compare(unit)
    world.withdraw(unit)
    with world.out_of_turn("already"):
        world.grant(applied)
    world.on("2026-04-06").vote_open()
    world.cast("consent", FIRST).next_day()
    with world.out_of_turn("bad-object"):
        world.open_application(world.stage.receipts[-1])


def test_what_a_grant_opens_of_one_dossier_is_judged_one_after_the_other() -> None:
    """An application and its refusal, in their order: both lawful, and not one application. The refusal first: no place to be at."""
    world = in_force()
    applied = world.apply(50)
    refused = world.refusal(f"u:{fictional_code(50).lower()}", world.commitment(applied), "acceptance")
    world.next_day()
    lines = [now_reads(world.stage.office, one) for one in (applied, refused)]
    for opened, reason in ((lines, "bad-object"), (lines[::-1], "dossier-place")):
        both = b"".join(opened)
        with world.out_of_turn(reason):
            world.executive("membership.grant/1", {"application": canonical.digest(both)}, [SECRETARY], both)


def test_a_grant_is_for_whoever_holds_the_applications_key() -> None:
    """An application signed with another's key, and one that brings a key of another unit."""
    world = in_force()
    actor = f"u:{fictional_code(54).lower()}"
    with world.refused("GY-04-01", unit=actor, signed_by=OUTSIDER):
        world.apply(54, signer=OUTSIDER, key=public_of(OUTSIDER))
    applied = world.apply(55)
    world.add_key(OUTSIDER, f"u:{fictional_code(55).lower()}")
    world.on("2026-04-03").tick()
    with world.out_of_turn("key-registered"):
        world.open_application(applied)


def test_an_application_is_not_recorded_from_paper() -> None:
    """Granted on the signature of the key it brings, it could be granted to nobody, and would be due (P8) for ever.

    Neither by two officers (GY-04-01), nor with the applicant's own key beside the paper (no-paper); signed alone it is
    taken and granted, though its unit is in no roll yet."""
    world = in_force().on("2026-04-02")
    actor = f"u:{fictional_code(56).lower()}"
    body = {
        "name": "申请单位",
        "code": fictional_code(56),
        "domestic": True,
        "accepts": True,
        "activities": ["vertical"],
        "other": "",
        "key": public_of(actor),
        "alg": "ed25519",
    }
    with world.refused("GY-04-01"):
        world.on_paper("membership.apply/1", actor, body, "2026-04-01", "2026-04-02")
    with world.out_of_turn("no-paper"):
        world.stage.do("membership.apply/1", actor, body, [actor], paper=paper("申请", "2026-04-01", "2026-04-02"))
    applied = world.stage.do("membership.apply/1", actor, body, [actor])
    world.on("2026-04-03").tick()
    world.open_application(applied)
    assert actor in world.inst.members


def test_a_weak_key_or_one_of_the_wrong_length_is_not_applied_with() -> None:
    """The key an application brings is a registration like any other."""
    world = in_force()
    identity = key_id(bytes([1]) + bytes(31))
    actor = f"u:{fictional_code(57).lower()}"
    body = {"key": identity, "signer": OUTSIDER, "actor": actor}
    with world.out_of_turn("weak-key"):
        world.apply(57, **body)
    with world.out_of_turn("weak-key"):
        world.apply(57, alg="webauthn")


def test_an_application_is_opened_once_it_is_anchored() -> None:
    """Not before: the open book would rest on what nobody can check yet."""
    world = in_force()
    applied = world.apply(50)
    with world.out_of_turn("not-anchored"):
        world.open_application(applied)
    world.on("2026-04-03").tick()
    world.open_application(applied)
    late = world.apply(51)
    with world.out_of_turn("not-anchored"):
        world.open_application(late)


def test_a_refusal_cites_one_of_two_grounds() -> None:
    """GY-23-03 for any other reason."""
    world = in_force()
    applied = world.commitment(world.apply(50, other="数据标注", activities=[]))
    unit = f"u:{fictional_code(50).lower()}"
    with world.refused("GY-23-03", enough="practitioner | acceptance", ground="competitor", article=23):
        world.refusal(unit, applied, "competitor")
    world.refusal(unit, applied, "practitioner")
    with world.out_of_turn("already"):
        world.refusal(unit, applied, "acceptance")
    other = f"u:{fictional_code(51).lower()}"
    world.refusal(other, world.commitment(world.apply(51)), "acceptance")
    assert not {unit, other} & set(world.inst.members)


UNCONDITIONAL = TEXT.replace(
    "国内其他大数据行业从业者接受本公约的自律规则，均可以申请加入本公约", "{whoever}可以申请加入本公约"
)


@pytest.mark.parametrize(
    ("whoever", "stated"),
    [
        ("其他单位接受本公约的自律规则，", ["acceptance"]),
        ("其他单位", []),
        ("国内其他大数据行业从业者，均", ["practitioner"]),
    ],
)
def test_a_refusal_cites_a_ground_that_the_text_states(whoever: str, stated: list[str]) -> None:
    """GY-23-03 for a condition that it does not have; where it has none, nobody is refused."""
    text = edition_of(UNCONDITIONAL.replace("{whoever}", whoever))
    world = Alliance(members=6, initiators=3, text=text).in_force()
    assert list(grounds_stated(world.inst)) == stated
    applied, unit = world.commitment(world.apply(50)), f"u:{fictional_code(50).lower()}"
    for ground in ("practitioner", "acceptance", "rivalry"):
        if ground not in stated:
            with world.refused("GY-23-03", enough=" | ".join(stated) or None, ground=ground, article=23):
                world.refusal(unit, applied, ground)
    for ground in stated:
        world.refusal(unit, applied, ground)


def test_a_refusal_answers_an_application_that_there_is() -> None:
    """Not a commitment to nothing, nor another unit's application, nor another sealed act, nor one granted."""
    world = in_force()
    applied = world.apply(50)
    of, unit = world.commitment(applied), f"u:{fictional_code(50).lower()}"
    with world.out_of_turn("not-found"):
        world.refusal(unit, commitment_to("application"))
    with world.out_of_turn("not-found"):
        world.refusal("u:0001", of)
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 22, "question": commitment_to("question")})
    with world.out_of_turn("not-found"):  # and not of which matter it is: the refusal stands in the open book
        world.refusal(FIRST, world.commitment(asked))
    world.grant(applied)
    with world.out_of_turn("already"):
        world.refusal(unit, of)


def test_a_unit_that_left_and_applies_again_may_be_refused_its_application_and_never_its_leaving() -> None:
    """On the two grounds; naming no application of its own it is a withdrawal that is refused, and GY-23-04."""
    world = in_force().on("2026-05-06")
    applied = world.commitment(world.apply(world.members + 1, actor=world.left))
    with world.refused("GY-23-04", article=23):
        world.refusal(world.left, commitment_to("notice"))
    with world.refused("GY-23-03"):
        world.refusal(world.left, applied, "rivalry")
    world.refusal(world.left, applied, "acceptance")
    assert world.inst.units[world.left].status == "left"
    assert not list(sealed_duties(world.inst, sealed_openings(world.stage.office)))


def test_an_application_refused_may_be_made_again_and_granted() -> None:
    """Domain: refused, may reapply; by one that had left too."""
    world = in_force().on("2026-05-06")
    world.refusal(world.left, world.commitment(world.apply(world.members + 1, actor=world.left)))
    world.grant(world.apply(world.members + 1, actor=world.left))
    assert world.left in world.inst.members


def test_an_application_is_decided_within_20_days() -> None:
    """P8: the duty stands until it is granted or refused."""
    world = in_force().on("2026-05-06")
    applied = world.apply(50)
    (duty,) = sealed_duties(world.inst, sealed_openings(world.stage.office))
    assert (iso(duty.target), duty.basis) == ("2026-05-26", "P8")
    world.grant(applied)
    assert not list(sealed_duties(world.inst, sealed_openings(world.stage.office)))


# -- article 23: leaving


def test_23_e2_withdrawal_is_effective_on_arrival_and_cannot_be_rejected() -> None:
    """Left on the day of arrival; a "rejection" afterwards is GY-23-04."""
    world = in_force().at("2026-09-03 16:20")
    world.withdraw(FIRST)
    unit = world.inst.units[FIRST]
    assert (unit.status, iso(unit.until)) == ("left", "2026-09-03")
    with world.refused("GY-23-04", article=23):
        world.refusal(FIRST, commitment_to("notice"))


def test_a_later_date_of_leaving_counts_from_its_day() -> None:
    """The day before it is a member still, on the day it has left; the rejection of the notice is refused too."""
    world = in_force().on("2026-09-03")
    world.withdraw(FIRST, "2026-09-10")
    with world.refused("GY-23-04"):
        world.refusal(FIRST, commitment_to("notice"))
    world.at("2026-09-09 23:59").invite(101)
    assert FIRST in world.inst.members
    world.at("2026-09-10 00:00").invite(102)
    assert FIRST not in world.inst.members
    assert iso(world.inst.units[FIRST].until) == "2026-09-10"


def test_an_earlier_date_of_leaving_counts_as_arrival() -> None:
    """Notice may not be backdated; today and yesterday mean now."""
    for day in ("2026-09-02", "2026-09-03"):
        world = in_force().on("2026-09-03")
        world.withdraw(FIRST, day)
        assert iso(world.inst.units[FIRST].until) == "2026-09-03"


def test_a_notice_on_paper_counts_from_its_arrival() -> None:
    """Recorded days later by two officers, it is effective on the day it arrived."""
    world = in_force().on("2026-09-08")
    world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-09-02", "2026-09-03")
    assert iso(world.inst.units[FIRST].until) == "2026-09-03"


def test_who_is_no_member_neither_withdraws_nor_is_ended() -> None:
    """丙 has left already, the outsider never came."""
    world = in_force()
    for unit in (world.left, OUTSIDER):
        with world.out_of_turn("not-member"):
            world.withdraw(unit)
        with world.out_of_turn("not-member"):
            world.end(unit)


def test_an_announced_departure_does_not_reach_a_later_membership() -> None:
    """Ended before its day and admitted again, the unit stays; the old notice is spent."""
    world = in_force().on("2026-09-03")
    world.withdraw(FIRST, "2026-12-01")
    world.end(FIRST)
    world.on("2026-10-08").tick()
    world.grant(world.apply(1, actor=FIRST))
    assert FIRST in world.inst.members
    world.on("2026-12-02").invite(101)
    assert FIRST in world.inst.members


def test_a_unit_that_left_may_apply_again() -> None:
    """Domain §3.17: no bar; it is the same unit with a new beginning."""
    world = in_force().on("2026-05-06")
    world.grant(world.apply(world.members + 1, actor=world.left))
    unit = world.inst.units[world.left]
    assert (unit.status, iso(unit.since), unit.until) == ("member", "2026-05-07", 0)


def test_an_admission_is_not_voided() -> None:
    """A member does not lose its seat by two officers' stroke: its membership ends otherwise or not at all."""
    world = in_force().on("2026-05-06")
    receipt = world.grant(world.apply(50))
    body = {"entry": receipt.index, "reasons": REASONS, "from_the_beginning": False}
    with world.out_of_turn("not-voidable"):
        world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)


# -- article 23: the lists


def list_act(world: Alliance, begins: str = "", ends: str = "", number: int = 0, **other: object) -> None:
    inst = world.inst
    first, last = next_period(inst)
    count = len(inst.lists) + 1
    content = list_content(inst, count, first, last) | other
    data = canonical.encode(content)
    body = {
        "number": number or count,
        "begins": begins or iso(first),
        "ends": ends or iso(last),
        "list": canonical.digest(data),
    }
    world.stage.office.handle(system_act(world.stage.office, "publication.list/1", body, {body["list"]: data}))


def test_the_first_list_runs_from_effect_to_the_end_of_the_first_full_quarter() -> None:
    """2026-03-09 to 2026-06-30; it names who joined and left in it."""
    world = in_force().on("2026-07-01")
    world.tick()
    (entry,) = world.inst.lists
    assert (iso(entry.begins), iso(entry.ends), entry.late_days) == ("2026-03-09", "2026-06-30", 0)
    content = canonical.decode(world.stage.office.store.object(entry.object) or b"")
    assert [line["unit"] for line in content["joined"]] == [*world.roll, world.left]
    assert [line["unit"] for line in content["left"]] == [world.left]


def test_a_covenant_effective_on_the_first_day_of_a_quarter_lists_that_quarter_first() -> None:
    """2026-04-01 begins a full quarter; 03-31 does not."""
    for day, ends in (("2026-04-01", "2026-06-30"), ("2026-03-31", "2026-06-30"), ("2026-01-13", "2026-06-30")):
        world = Alliance(members=3, initiators=3).submitted().on(day)
        world.approve(dated=day)
        world.adopt()
        assert tuple(map(iso, next_period(world.inst))) == (day, ends)


def test_with_yearly_lists_a_period_is_a_calendar_year() -> None:
    """The other choice of the reading: the first runs to the end of the first full year."""
    world = Alliance(members=6, initiators=3).in_force(list__period="year")
    assert tuple(map(iso, next_period(world.inst))) == ("2026-03-09", "2027-12-31")


@pytest.mark.parametrize(
    ("issued", "ends"), [("2026-06-29", "2026-12-31"), ("2026-06-30", "2026-12-31"), ("2026-07-01", "2026-09-30")]
)
def test_an_interpretation_reaches_no_period_that_has_begun(issued: str, ends: str) -> None:
    """Yearly from 06-30: the quarter that runs ends as it would, the next period with the year; from 07-01 that is a quarter still."""
    world = in_force().on(issued)
    world.issue("list.period", "year", article=23)
    assert iso(next_period(world.inst)[1]) == "2026-06-30"
    world.on("2026-07-02").tick()
    assert [iso(one.ends) for one in world.inst.lists] == ["2026-06-30"]
    assert iso(next_period(world.inst)[1]) == ends


@pytest.mark.parametrize(
    ("issued", "last"), [("2026-06-29", "2026-07-30"), ("2026-06-30", "2026-07-30"), ("2026-07-01", "2026-07-15")]
)
def test_a_list_is_due_by_the_term_in_force_when_its_period_ended(issued: str, last: str) -> None:
    """P9 = 30 instead of 15 for a period that ends on 06-30."""
    world = in_force().on(issued)
    world.issue("P9", 30, article=23)
    assert [iso(duty.last) for duty in duties(world.inst)] == [last]


def test_23_e3_the_next_list_begins_the_day_after_the_last_one_ended() -> None:
    """GY-23-06 for 07-02 and for 06-30; 07-01 is right."""
    world = in_force().on("2026-07-01")
    world.tick()
    world.on("2026-10-08")
    for begins in ("2026-07-02", "2026-06-30"):
        with world.refused("GY-23-06", enough="2026-07-01", article=23, begins=begins, expected="2026-07-01"):
            list_act(world, begins=begins)
    for ends in ("2026-09-29", "2026-10-01"):
        with world.refused("GY-23-06", enough="2026-09-30", ends=ends, expected="2026-09-30"):
            list_act(world, ends=ends)
    list_act(world)
    assert len(world.inst.lists) == 2


@pytest.mark.parametrize(("day", "late"), [("2026-10-14", 0), ("2026-10-15", 0), ("2026-10-16", 1)])
def test_23_e4_a_list_not_published_15_days_after_its_quarter_is_overdue(day: str, late: int) -> None:
    """09-30 ends the quarter: 10-15 is on time, 10-16 one day late."""
    world = in_force().on("2026-07-01")
    world.tick()
    (duty,) = duties(world.inst)
    assert (iso(duty.target), iso(duty.last)) == ("2026-10-15", "2026-10-15")
    world.on(day).tick()
    assert world.inst.lists[-1].late_days == late


def test_23_e5_an_empty_quarter_is_published_too() -> None:
    """本期无变动."""
    world = in_force().on("2026-07-01")
    world.tick()
    world.on("2026-10-08").tick()
    content = canonical.decode(world.stage.office.store.object(world.inst.lists[-1].object) or b"")
    assert (content["joined"], content["left"], content["ended"]) == ([], [], [])


def test_a_list_is_not_published_before_its_period_has_ended() -> None:
    """On the last day it is too early, on the day after it is not; before force there are no lists."""
    world = in_force().at("2026-06-30 23:59")
    with world.out_of_turn("not-yet"):
        list_act(world)
    world.at("2026-07-01 00:00")
    list_act(world)
    world = Alliance(members=3, initiators=3).adopted()
    with world.out_of_turn("not-in-force"):
        list_act(world)


def test_a_list_that_is_not_the_roll_is_refused() -> None:
    """GY-23-08 for a name left out, a name added, a wrong number."""
    world = in_force().on("2026-07-01")
    honest = list_content(world.inst, 1, *next_period(world.inst))
    with world.refused("GY-23-08", article=23):
        list_act(world, joined=honest["joined"][1:])
    with world.refused("GY-23-08"):
        list_act(world, left=[*honest["left"], honest["joined"][0]])
    with world.refused("GY-23-08"):
        list_act(world, number=2)
    with world.refused("GY-23-08"):
        list_act(world, joined="nobody")


def test_a_change_recorded_after_its_periods_list_is_in_the_next_one() -> None:
    """A notice that arrived on 06-29 and was recorded on 07-03 is named in list no. 2."""
    world = in_force().on("2026-07-02")
    world.tick()
    world.on("2026-07-03")
    world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-06-28", "2026-06-29")
    world.on("2026-10-08").tick()
    content = canonical.decode(world.stage.office.store.object(world.inst.lists[-1].object) or b"")
    assert [(line["unit"], line["on"]) for line in content["left"]] == [(FIRST, "2026-06-29")]


def test_a_stated_departure_that_falls_due_is_in_the_list_although_nothing_else_happened() -> None:
    """The office publishes the list that the law computes, without another act in between."""
    world = in_force().on("2026-05-06")
    world.withdraw(FIRST, "2026-06-15")
    world.on("2026-07-01").tick()
    (entry,) = world.inst.lists
    content = canonical.decode(world.stage.office.store.object(entry.object) or b"")
    assert FIRST in [line["unit"] for line in content["left"]]


def test_public_lists_say_ended_whatever_the_ground() -> None:
    """Neutral end: neither the ground nor its kind shows."""
    world = in_force().on("2026-05-06")
    world.end(FIRST)
    world.on("2026-07-01").tick()
    content = canonical.decode(world.stage.office.store.object(world.inst.lists[0].object) or b"")
    assert [line["unit"] for line in content["ended"]] == [FIRST]
    assert set(content["ended"][0]) == {"unit", "name", "code", "on"}


def test_a_membership_that_goes_on_has_no_last_day_and_one_that_was_ended_no_notice() -> None:
    """A unit that was granted its way back, and one whose leaving it disavowed: until 0; one whose membership ended: notice -1."""
    world = in_force().on("2026-05-06")
    assert world.inst.units[world.left].until > 0
    world.grant(world.apply(world.members + 1, actor=world.left))
    assert world.inst.units[world.left].until == 0
    day, joined = iso(world.inst.today), world.inst.units[FIRST].changed
    entry = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, day, day).index
    assert world.inst.units[FIRST].until > 0
    world.unit("key.disavow/1", FIRST, {"entry": entry})
    back = world.inst.units[FIRST]
    assert (back.status, back.until, back.changed) == ("member", 0, joined)
    undone = world.inst.events[len(world.inst.events) - 1]
    assert (undone.unit, undone.what, undone.listed) == (FIRST, "undone", 0)
    world.end("u:0002")
    ended = world.inst.events[len(world.inst.events) - 1]
    assert (ended.unit, ended.what, ended.notice, world.inst.units["u:0002"].notice) == ("u:0002", "ended", -1, -1)


@pytest.mark.parametrize(("recorded", "day", "listed"), [
    ("2026-06-30", "2026-06-30", 1), ("2026-07-02", "2026-06-30", 0), ("2026-07-02", "2026-07-02", 0),
])  # fmt: skip
def test_a_leaving_that_was_undone_names_the_list_that_told_of_it(recorded: str, day: str, listed: int) -> None:
    """Its last leaving of two, on a quarter's last day: recorded before that quarter's list, it is in it; after it, in none.

    Another unit that left since stays gone.
    """
    world = in_force().on("2026-05-06")
    world.grant(world.apply(world.members + 1, actor=world.left))
    if recorded < "2026-07-01":
        world.on(recorded)
        entry = world.on_paper("membership.withdraw/1", world.left, {"effective": None}, day, day).index
    world.on("2026-07-01").tick()
    assert len(world.inst.lists) == 1
    if recorded >= "2026-07-01":
        world.on(recorded)
        entry = world.on_paper("membership.withdraw/1", world.left, {"effective": None}, day, day).index
    world.on("2026-07-02").withdraw(FIRST)
    world.unit("key.disavow/1", world.left, {"entry": entry})
    told = [(e.unit, e.what, iso(e.day), e.listed) for e in world.inst.events.values() if e.what in ("left", "undone")]
    assert sorted(told) == [
        (FIRST, "left", "2026-07-02", 0),
        (world.left, "left", "2026-04-02", 0),
        (world.left, "undone", day, listed),
    ]
    assert (world.left in world.inst.members, FIRST in world.inst.members) == (True, False)


def test_an_application_signed_under_what_was_before_the_procedure_is_due_like_any_other() -> None:
    """Its `rev` may be one without P8 (articles 23, 26): the day to decide is that of the rules in force when it arrived."""
    world = in_force()
    before = next(rev for rev, meaning in world.inst.revs.items() if meaning.procedure is None)
    unit = "u:" + fictional_code(101).lower()
    body = {"name": "百川科技", "code": fictional_code(101), "domestic": True, "accepts": True, "other": ""}
    body |= {"activities": ["vertical"], "key": public_of(unit), "alg": "ed25519"}
    signed = world.stage.signed("membership.apply/1", unit, body, [unit])
    old = sign(SignedAct(signed.act | {"rev": before}), seed_of(unit))
    world.stage.office.handle(old)
    (late,) = owed_acts.pending(world.stage.office.store)
    other = world.apply(102)
    one, two = (decide_by(world.inst, o) for o in owed_acts.pending(world.stage.office.store))
    assert one.last == two.last and late.commitment != other.commitment
    assert len(list(sealed_duties(world.inst, owed_acts.pending(world.stage.office.store)))) == 2
