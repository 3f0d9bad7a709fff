"""Unlawful books, each told with the office's keys and units' own true acts: what the office and `verify` say of them.

Where a mark stands, `verify` still calls the book sound and lawful; the mark names the refusal that is expected.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import Absence
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.annex import binds
from gongyue.office import routine_acts
from gongyue.transparency import canonical
from support import published
from support.alliance import (
    CLERK,
    NOBODY,
    PANEL,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    edition,
    paper,
    public_of,
    unit_id,
    wording,
)
from support.published import published_by_force, run
from support.sealed import keep, now_reads

JOINS = {"accepts": True, "activities": ["analysis"], "other": ""}


def said(tell: Callable[[], Alliance]) -> str:
    """What the office or `verify` says to the story, the code of the refusal; `lawful` where verify says so."""
    try:
        world = tell()
    except (Refused, OutOfTurn) as error:
        return str(error.refusal["code"])
    report = run(published_by_force(world), world)[0]
    return "lawful" if report.code == 0 else str(report.failure.code if report.failure else report.code)


def small(members: int = 4, initiators: int = 2, **genesis: object) -> Alliance:
    return Alliance(members=members, initiators=initiators, **genesis)


def may(world: Alliance) -> Alliance:
    return world.on("2026-05-06")


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_withdrawal_recorded_after_the_window_turns_the_vote(comes_back: bool) -> None:
    """A1. 4 of 6 consent, a consenter leaves: 3/5, rejected. After the window two officers “record” that an opponent's
    notice arrived four weeks ago: still 3/5, as what is recorded after the window is not known in it. It is the same where
    the opponent comes back and leaves once more, by a notice of its own."""

    def tell() -> Alliance:
        world = may(small(6).in_force())
        world.vote_open().cast_by(4, 2).on("2026-05-20").withdraw(unit_id(1))
        world.after_window()
        world.on_paper("membership.withdraw/1", unit_id(6), {"effective": None}, "2026-05-10", "2026-05-10")
        if comes_back:
            world.enrol(unit_id(6))
            world.withdraw(unit_id(6))
        world.close()
        assert (world.vote().roll_left, world.vote().outcome) == (5, "rejected")
        return world

    assert said(tell) == "lawful"


def _again(world: Alliance, act: object) -> bytes:
    """The same signed act received in the sealed book once more."""
    data = act.received(world.stage.now, world.inst.size, published.placed(world, act))  # type: ignore[attr-defined, arg-type]
    return keep(world.stage.office, data)


@pytest.mark.parametrize("held", [False, True], ids=["received-twice", "held-back"])
def test_an_old_application_readmits_who_has_left(held: bool) -> None:
    """A2. The one application a unit ever signed is received again after it has left, with a new `rx.open`: a member again.

    `held-back`: of two it signed before it joined, the second is received only after it has left."""

    def tell() -> Alliance:
        world = may(small().in_force())
        code = fictional_code(50)
        unit = f"u:{code.lower()}"
        key = {"key": public_of(unit), "alg": "ed25519"}
        body = {
            "name": "拾贝科技",
            "code": code,
            "domestic": True,
            "accepts": True,
            "activities": ["vertical"],
            "other": "",
        }
        first, second = (world.stage.signed("membership.apply/1", unit, body | key, [unit]) for _ in range(2))
        world.grant(world.stage.office.handle(first))
        world.compare(unit)
        world.on("2026-06-01").withdraw(unit)
        line = _again(world, second if held else first)
        world.stage.now += 86_400
        world.tick()
        opened = now_reads(world.stage.office, line)
        world.executive("membership.grant/1", {"application": canonical.digest(opened)}, [SECRETARY], opened)
        assert unit in world.inst.members
        return world

    assert said(tell) == "out-of-turn/stale"


@pytest.mark.parametrize("then", ["amendment", "old-text", "annex"])
def test_what_is_not_in_force_is_amended_in_force(then: str) -> None:
    """A3. Between effect and publication an amendment (an annex) is published “in force”, before the covenant itself is.

    `old-text`: the covenant is then published to society with the text as it was: what the public is told is in force is not."""

    def tell() -> Alliance:
        world = small().adopted()
        if then == "annex":
            world.members = 2
            return world.annexed()
        world.vote_open().cast_by(2).close().report()
        world.publish_amendment()
        if then == "old-text":
            world.publish(reasons=REASONS)
            assert world.edition != world.inst.meaning.edition_digest
        return world

    assert said(tell) != "lawful"


def test_a_delegate_signs_before_its_power_of_attorney() -> None:
    """A4. Signed (dated) on 01-20, empowered from 02-05: judged by the day the paper arrived, 02-06."""

    def tell() -> Alliance:
        world = small().frozen().on("2026-02-06")
        world.sign(unit_id(1))
        attorney = {"document": commitment_to("d"), "begins": "2026-02-05", "ends": "2026-02-10"}
        body = {"edition": world.edition, "capacity": "delegate", "signatory": commitment_to("x"), "attorney": attorney}
        world.on_paper("founding.sign/1", unit_id(2), body, "2026-01-20", "2026-02-06")
        world.submit()
        return world

    assert said(tell) == "GY-21-02"


def test_a_member_since_before_there_was_a_covenant() -> None:
    """A5. A paper enrolment “arrived” 2020: a member, and in list no. 1, six years before the text took effect."""

    def tell() -> Alliance:
        world = small().published().on("2026-03-25")
        world.on_paper("membership.enrol/1", unit_id(3), JOINS, "2020-01-01", "2020-02-01")
        assert world.inst.units[unit_id(3)].since < (world.inst.founding.effective_day or 0)
        return world

    assert said(tell) == "out-of-turn/past-date"


@pytest.mark.parametrize("old", [True, False], ids=["other-paper", "same-paper"])
def test_enrolled_again_on_paper_from_before_it_left(old: bool) -> None:
    """A6. A unit that left is enrolled again from paper that came before it left, the very same paper even."""

    def tell() -> Alliance:
        world = small().published().on("2026-03-25")
        letter = paper("e", "2026-03-25", "2026-03-25")
        if old:
            world.enrol(unit_id(3))
        else:
            world.stage.do("membership.enrol/1", unit_id(3), JOINS, TWO, paper=letter)
        world.on("2026-04-02").withdraw(unit_id(3))
        world.on("2026-04-20").stage.do("membership.enrol/1", unit_id(3), JOINS, TWO, paper=letter)
        assert unit_id(3) in world.inst.members
        return world

    assert said(tell) == "out-of-turn/past-date"


def test_left_before_it_joined() -> None:
    """A7. A withdrawal on paper that “arrived” before the member joined: list no. 1 names it as having left in 2020."""

    def tell() -> Alliance:
        world = may(small().in_force())
        world.on_paper("membership.withdraw/1", unit_id(4), {"effective": None}, "2020-01-01", "2020-02-01")
        world.on("2026-07-01").tick()
        unit = world.inst.units[unit_id(4)]
        assert unit.until < unit.since and world.inst.lists
        return world

    assert said(tell) == "out-of-turn/past-date"


def test_an_annex_signed_before_there_was_one() -> None:
    """A8. A signature on paper of 2020 binds to an annex of 2026."""

    def tell() -> Alliance:
        world = may(small().in_force()).annexed()
        world.on_paper("annex.sign/1", unit_id(3), {"annex": "a:health"}, "2020-01-01", "2020-01-02")
        return world

    assert said(tell) == "out-of-turn/past-date"


def test_an_annex_left_before_it_was_signed() -> None:
    """A9. A leaving on paper of 2020 undoes a signature of today."""

    def tell() -> Alliance:
        world = may(small().in_force()).annexed()
        world.unit("annex.sign/1", unit_id(3), {"annex": "a:health"})
        world.on_paper("annex.leave/1", unit_id(3), {"annex": "a:health"}, "2020-01-01", "2020-01-02")
        return world

    assert said(tell) == "out-of-turn/past-date"


@pytest.mark.parametrize("what", ["sign", "step_out", "enrol", "leave"])
def test_invented_paper_that_nobody_can_disavow(what: str) -> None:
    """A10. The unit has a key and disavows at once what was invented in its name; it is not heard."""
    if what in ("sign", "step_out"):
        world = small(5, 3).frozen()
        if what == "step_out":
            world.sign(unit_id(3))
    elif what == "enrol":
        world = small().published().on("2026-03-25")
    else:
        world = may(small().in_force()).annexed()
        world.unit("annex.sign/1", unit_id(3), {"annex": "a:health"})
    signs = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to("x")}
    type, body = {
        "sign": ("founding.sign/1", signs),
        "step_out": ("founding.step_out/1", {}),
        "enrol": ("membership.enrol/1", JOINS),
        "leave": ("annex.leave/1", {"annex": "a:health"}),
    }[what]
    today = world._today()
    index = world.on_paper(type, unit_id(3), body, today, today).index
    world.unit("key.disavow/1", unit_id(3), {"entry": index})


def test_the_genesis_appoints_to_offices_that_check_one_another() -> None:
    """A11. Every later appointment is checked, the first one is not: one person is secretary and sysop, judge and investigator."""

    def officer(id: str, *offices: str) -> dict[str, object]:
        return {"id": id, "key": public_of(id), "offices": offices, "begins": "2026-01-01", "ends": "2028-12-31"}

    every = ("secretary", "clerk", "sysop", "publisher", "caseworker", "panellist", "mediator")
    assert said(lambda: small(officers=[officer(SECRETARY, *every), officer(CLERK, *every)])) == "GY-05-03"


def test_the_earlier_amendment_is_killed_by_not_closing_its_vote() -> None:
    """A12. p:1 and p:2 change the same words; p:1's vote ended first. The office does not close it for P19 (5 days), publishes
    p:2, then closes p:1: adopted, and superseded. The office chose. (No false turnout: nothing kept p:1 from being closed.)"""

    def tell() -> Alliance:
        world = may(small().in_force(P19=5))
        base = world.inst.meaning.edition_digest
        world.vote_open(wording(base)).on("2026-05-07")
        world.vote_open(wording(base, new="努力推进行业自律"), matter="p:2").cast_by(4).cast_by(4, matter="p:2")
        world.after_window("p:2").anchor()
        office = world.stage.office
        office.handle(
            routine_acts.system_act(office, "vote.close/1", *routine_acts.statement(office, "vote.close/1", "p:2"))
        )
        world.report("p:2")
        world.stage.now += 4 * 86_400
        world.anchor()
        world.publish_amendment("p:2")
        world.stage.now += 86_400
        world.tick()
        assert (world.vote().outcome, world.inst.proposals["p:1"].stage) == ("adopted", "superseded")
        return world

    assert said(tell) != "lawful"


@pytest.mark.parametrize("published", [True, False])
def test_no_later_interpretation_binds_to_an_annex_who_did_not_sign_it(published: bool) -> None:
    """A13. Initiated while an annex binds its signers; then `annex.binds` = scope: of this one all others stay free."""
    world = may(small().in_force())
    if published:
        world.annexed(scope=("analysis",)).issue("annex.binds", "scope", article=24)
    else:
        world.initiate_annex(scope=("analysis",))
        world.issue("annex.binds", "scope", article=24)
        world.open_vote("a:health").cast_by(4, matter="a:health").close("a:health").publish_annex()
    assert not binds(world.inst, world.inst.annexes["a:health"], unit_id(3))
    assert run(published_by_force(world), world)[0].code == 0


@pytest.mark.parametrize("how", ["P9", "list.period"])
def test_no_interpretation_makes_an_overdue_list_timely(how: str) -> None:
    """A14. The list of the second quarter is overdue; an interpretation of September lengthens the term that ended in July."""
    world = small().in_force().on("2026-09-20")
    world.issue(how, 90 if how == "P9" else "year", article=23)
    world.tick()
    assert [(iso(one.ends), one.late_days > 0) for one in world.inst.lists] == [("2026-06-30", True)]
    assert run(published_by_force(world), world)[0].code == 0


def test_an_order_is_lifted_by_an_older_letter() -> None:
    """A15. A court's order of May is lifted by a letter of 2020, and what it forbids is done at once."""

    def tell() -> Alliance:
        world = may(small().in_force())
        order = {"order": "l:1", "source": "法院", "forbids": ["annex.publish/1"], "party": "", "begins": "2026-05-01"}
        world.executive("law.order/1", order | {"ends": None}, paper=paper("o", "2026-05-05", "2026-05-06"))
        world.executive("law.lift/1", {"order": "l:1"}, paper=paper("l", "2020-01-01", "2020-01-01"))
        world.annexed()
        return world

    assert said(tell) == "out-of-turn/past-date"


def test_an_answer_to_a_question_that_is_in_no_book() -> None:
    """A16. `answers` names a commitment that the sealed book does not have; its leaf can be recomputed by anybody."""

    def tell() -> Alliance:
        world = may(small().in_force())
        body = {
            "number": 1,
            "kind": "prose",
            "article": 17,
            "text": REASONS,
            "sets": None,
            "effective": world._today(),
            "answers": NOBODY,
        }
        signers = (SECRETARY, PANEL[0])
        published.forced(world, world.stage.signed("interpretation.issue/1", "exec", body, signers, [REASONS_BYTES]))
        return world

    assert said(tell) == "out-of-turn/not-found"


@pytest.mark.parametrize("what", ["recover", "revoke", "disavow", "step_out"])
def test_paper_older_than_what_it_speaks_of(what: str) -> None:
    """A17. A letter of 2019 recovers or revokes a key of 2026, disavows a registration of 2026, steps out of a text of 2026."""

    def tell() -> Alliance:
        old = ("2019-01-01", "2019-01-01")
        if what == "step_out":
            world = small(5, 3).signed()
            world.on_paper("founding.step_out/1", unit_id(3), {}, *old)
            world.submit()
            return world
        if what == "disavow":
            world = small().frozen().appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-01-25")
            world.invite(3)
            index = world.register(unit_id(3)).index
            world.on_paper("key.disavow/1", unit_id(3), {"entry": index}, *old, ("o:a", "o:b"))
            return world
        world = may(small().in_force())
        body = {
            "recover": {"key": public_of("thief"), "alg": "ed25519"},
            "revoke": {"key": public_of(unit_id(3)), "last": True},
        }
        world.on_paper(f"key.{what}/1", unit_id(3), body[what], *old)
        return world

    assert said(tell) == "out-of-turn/past-date"


def test_supporters_invented_and_filed_in_the_same_hour() -> None:
    """A18. One member of 21 and two invented letters are “one in ten”; both victims disavow at once, and the vote opens."""

    def tell() -> Alliance:
        world = may(small(21).in_force())
        world.initiate()
        today = world._today()
        made = [world.on_paper("amendment.support/1", unit_id(n), {"proposal": "p:1"}, today, today) for n in (2, 3)]
        world.file()
        for number, one in zip((2, 3), made, strict=True):
            world.unit("key.disavow/1", unit_id(number), {"entry": one.index})
        return world.open_vote()

    assert said(tell) != "lawful"


def test_an_adopted_repeal_of_an_annex_is_killed_by_a_later_change() -> None:
    """A19. Members adopt the repeal of an annex; the office keeps it back and publishes a change of the annex whose vote ended
    later, so that the repeal would be `superseded`: annexes too enter into force in the order in which their votes ended."""

    def tell() -> Alliance:
        world = may(small().in_force()).annexed()
        world.initiate_annex("a:repeal", kind="repeal", target="a:health")
        world.open_vote("a:repeal").cast_by(4, matter="a:repeal").close("a:repeal")
        world.initiate_annex("a:more", text="更重的义务。", kind="amend", target="a:health")
        world.open_vote("a:more").cast_by(4, matter="a:more").close("a:more")
        world.publish_annex("a:more")
        assert (world.inst.votes["a:repeal"].outcome, world.inst.annexes["a:repeal"].stage) == ("adopted", "superseded")
        return world

    assert said(tell) == "out-of-turn/earlier-first"


def test_voiding_an_appointment_ends_another_one() -> None:
    """A20. Two panellists, who may appoint nobody, void the secretary's reappointment, or two who may: its first term goes on."""
    world = may(small().in_force())
    term = {"begins": "2026-05-14", "ends": "2030-01-01", "interests": commitment_to("i")}
    index = world.executive("office.appoint/1", {"officer": SECRETARY, "offices": ["secretary"], **term}).index
    world.on("2026-05-20")
    void = {"entry": index, "reasons": REASONS}
    with world.refused("GY-05-01"):
        world.executive("correction.void/1", void, PANEL, REASONS_BYTES)
    world.executive("correction.void/1", void, TWO, REASONS_BYTES)
    world.on("2026-05-22")
    assert run(published_by_force(world), world)[0].code == 0
    assert "secretary" in world.inst.officers[SECRETARY].held(day_of(world.stage.now))


def test_paper_that_no_officer_has_seen() -> None:
    """A22. The genesis asks A3 of signatures: the unit's own key with the words “paper, dated, scan” passes for it."""

    def tell() -> Alliance:
        world = small(strength="A3").frozen()
        for unit in world.roll[:2]:
            body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(unit)}
            world.stage.do("founding.sign/1", unit, body, [unit], paper=paper("s", "2026-01-12", "2026-01-12"))
        world.submit()
        return world

    assert said(tell) == "out-of-turn/needs-paper"


@pytest.mark.parametrize("silent", ["left out", "other matter", "said to be absent"])
@pytest.mark.parametrize(
    "clause",
    ["founding.signature", "founding.approval", "founding.in_force", "membership.withdrawal", "publication.within"],
)
def test_the_imported_edition_leaves_out_what_its_own_text_says(clause: str, silent: str) -> None:
    """A23. The edition has the true text to the letter, but not the clause, so that no initiator would sign, nobody approve, leaving
    be forbidden by an order, publication never be late. Left out in silence it is frozen by nobody; a guard neither when its passage
    is said to be other matter. Any other clause that is, is absent for everybody to read, and what holds instead holds."""

    def tell() -> Alliance:
        whole = edition()
        text = replace(whole, bindings=tuple(one for one in whole.bindings if one.capability != clause))
        if silent == "left out":
            text = replace(text, decisions=tuple(one for one in whole.decisions if one.capability != clause))
        else:
            other = {"verdict": "other", "reason": "另一事项"}
            decisions = (replace(one, **other) if one.capability == clause else one for one in whole.decisions)
            text = replace(text, decisions=tuple(decisions))
        if silent == "said to be absent":
            then = catalogue().capabilities[clause].then
            text = replace(text, absent=(*whole.absent, Absence(clause, then)))
        world = small(text=text)
        if clause == "founding.signature":
            world.frozen().submit()
            world.on("2026-03-09").approve()
            assert world.inst.effective and not world.inst.founding.signatures
        elif clause in ("founding.approval", "founding.in_force"):
            world.signed().submit()
            assert world.inst.effective
        elif clause == "publication.within":
            world.adopted().on("2026-12-20").publish()
        else:
            may(world.in_force())
            order = {"order": "l:1", "source": "法院", "forbids": ["membership.withdraw/1"], "party": "", "ends": None}
            world.executive(
                "law.order/1", order | {"begins": "2026-05-01"}, paper=paper("o", "2026-05-05", "2026-05-06")
            )
        return world

    if silent != "said to be absent":
        assert said(tell) == "out-of-turn/undecided-clause"
        return
    instead = {"membership.withdrawal": "GY-23-04", "publication.within": "out-of-turn/malformed"}  # late, so why?
    assert said(tell) == instead.get(clause, "out-of-turn/guarded-clause")


@pytest.mark.parametrize("leaves", [None, "2026-12-31"], ids=["at-once", "announced"])
def test_a_withdrawal_of_which_nobody_was_told_cannot_be_disavowed_on_the_eighth_day(leaves: str | None) -> None:
    """A24. An invented withdrawal, no notice to the unit in any book: seven days later its own signed disavowal is refused."""
    world = may(small().in_force())
    today = world._today()
    index = world.on_paper("membership.withdraw/1", unit_id(3), {"effective": leaves}, today, today).index
    world.on("2026-05-14").unit("key.disavow/1", unit_id(3), {"entry": index})


def test_a_voided_interpretation_comes_back_into_force() -> None:
    """A25. P6 = 20, then 60; the first, superseded, is voided 撤销 from the beginning; the second is withdrawn: P6 is 20 again."""
    world = may(small().in_force())
    index = world.issue("P6", 20, article=22).index
    world.issue("P6", 60, article=22)
    void = {"entry": index, "reasons": REASONS, "from_the_beginning": True}
    world.executive("correction.void/1", void, (SECRETARY, PANEL[0]), REASONS_BYTES)
    world.executive("interpretation.withdraw/1", {"number": 2}, (SECRETARY, PANEL[0]))
    assert run(published_by_force(world), world)[0].code == 0
    assert world.inst.meaning.period("P6").n == 30


def test_a_support_that_was_lost_by_leaving_counts_again_on_return() -> None:
    """A26. “An unfiled proposal loses that supporter”: it leaves, applies anew, and its old name is counted again, unasked."""

    def tell() -> Alliance:
        world = may(small(21).in_force())
        world.initiate()
        world.support(unit_id(2), unit_id(3)).withdraw(unit_id(2))
        world.stage.now += 60
        world.grant(world.apply(2))
        world.file()
        assert world.inst.proposals["p:1"].counted.startswith("3/")
        return world

    assert said(tell) != "lawful"
