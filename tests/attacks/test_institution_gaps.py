"""What nobody can tell by the book alone, as `docs/threat-model.md` says: each verifies, as it must."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from support.alliance import (
    PANEL,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    edition,
    json_object,
    paper,
    public_of,
    unit_id,
)
from support.editions import TEXT, edition_of
from support.published import forced, published_by_force, run

OTHERS = ("o:a", "o:b")


def code(world: Alliance, **request: object) -> int:
    return run(published_by_force(world), world, **request)[0].code


def _others() -> Alliance:
    return Alliance(4, 2).frozen().appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-01-25")


def test_a_true_first_key_is_disavowed_by_two_others_and_another_takes_its_place() -> None:
    """G1. A unit's true key, which it has signed with and can still disavow: four officers, two letters, and it is theirs."""
    world = _others()
    world.invite(3)
    index = world.register(unit_id(3)).index
    world.unit("membership.declare/1", unit_id(3), {"activities": ["analysis"], "other": ""})
    day = world._today()
    world.on_paper("key.disavow/1", unit_id(3), {"entry": index}, day, day, OTHERS)
    thief = {"holder": unit_id(3), "key": public_of("thief"), "alg": "ed25519"}
    world.executive("key.register/1", thief, paper=paper("k", day, day))
    world.on("2026-02-10")
    world.stage.do("membership.declare/1", unit_id(3), {"activities": ["research"], "other": ""}, ["thief"])
    assert code(world) == 0


def test_the_authoritys_true_first_key_is_disavowed_within_the_delay_and_its_approval_invented() -> None:
    """G2. The authority's own key prevents an invented approval, but not within its first delay."""
    world = Alliance(4, 2).submitted().appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-03-09")
    key = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    index = world.executive("key.register/1", key, paper=paper("k", "2026-03-09", "2026-03-09")).index
    letter = paper("r", "2026-03-10", "2026-03-10")
    world.on("2026-03-10").stage.do("key.disavow/1", "authority", {"entry": index}, OTHERS, paper=letter)
    world.approve(dated="2026-03-10")
    assert code(world) == 0


def test_a_units_act_is_held_back_for_months() -> None:
    """G3. A withdrawal signed in May arrives, says the office, in December: it counts from then (seen by `at`, not refused)."""
    world = Alliance(4, 2).in_force().on("2026-05-06")
    act = world.stage.signed("membership.withdraw/1", unit_id(3), {"effective": None}, [unit_id(3)])
    world.on("2026-12-06").stage.office.handle(act)
    assert code(world) == 0


def test_an_invented_calendar_moves_the_end_of_votes() -> None:
    """G4. Six invented holidays put a vote's end off by ten days; two officers, an invented notice."""
    world = Alliance(4, 2).in_force().on("2026-05-05")
    off = ["2026-06-05", *(f"2026-06-{n:02}" for n in range(8, 13))]
    digest, data = json_object({"v": "gongyue/calendar@1", "years": {"2026": {"holidays": off, "workdays": []}}})
    notice = paper("n", "2025-11-04", "2025-11-05")
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data, paper=notice)
    world.on("2026-05-06").vote_open()
    assert (world.vote().closes - world.vote().opened) // 86_400 == 40
    assert code(world) == 0


def test_an_application_is_answered_as_if_it_were_a_question() -> None:
    """G5. The office must never decide on it any more; found out (exit 3) with the applicant's own opening only."""
    world = Alliance(4, 2).in_force().on("2026-05-06")
    applied = world.apply(50)
    world.stage.now += 86_400
    world.tick()
    body = {"number": 1, "kind": "prose", "article": 17, "text": REASONS, "sets": None, "effective": world._today()}
    answer = body | {"answers": world.commitment(applied)}
    signers = (SECRETARY, PANEL[0])
    forced(world, world.stage.signed("interpretation.issue/1", "exec", answer, signers, [REASONS_BYTES]))
    assert code(world) == 0
    assert code(world, disclosures=(("mine", applied.opening),)) == 3


def test_the_imported_text_is_not_that_of_its_original() -> None:
    """G6. An edition names the digest of the true document as its `original` and says something else."""
    true = "大数据行业自律的基本原则是爱国、守法、公平、诚信。"
    false = edition_of(TEXT.replace(true, "大数据行业自律的基本原则是执行机构说了算。"))
    text = replace(false, original=edition().original)
    assert text.article(3).text != edition().article(3).text
    assert code(Alliance(4, 2, text=text).effective()) == 0


def test_a_filing_of_which_the_authority_knows_nothing() -> None:
    """G7. 备案 recorded in the hour of adoption from a letter that was never handed in."""
    assert code(Alliance(4, 2).in_force().on("2026-05-06").amended()) == 0


def test_an_annex_against_the_text_in_other_words() -> None:
    """G8. “Leaving takes a year and our approval” (against article 23): the guard knows sanctions and cartels only."""
    world = Alliance(4, 2).in_force().on("2026-05-06")
    assert code(world.annexed(text="成员单位退出须经执行机构批准，并须提前一年申请。")) == 0


RIDDLES = [
    (21, "公布的期限，其日数如两手之指与两足之趾相加。"),
    (22, "所谓成员单位，惟心向公约者足以当之。"),
    (22, "所需者几何？取其全数，分为两份，得其一份而有余。"),
    (22, "《虚构表决法》第一条规定过半数。"),
]


@pytest.mark.parametrize(("article", "text"), RIDDLES)
def test_an_interpretation_says_another_number_in_a_riddle(article: int, text: str) -> None:
    """G8a. No reader of words sees it; the rules count by the text all the same, and every place says that prose changes nothing."""
    world = Alliance(4, 2).in_force().on("2026-05-06")
    before = world.inst.meaning.values
    world.issue(article=article, text=text)
    assert code(world) == 0
    assert world.inst.meaning.values == before


def test_the_true_withdrawal_of_a_unit_without_a_key_is_disavowed_by_two_others() -> None:
    """G9. It leaves on paper; the next two officers invent a letter that disavows the notice: a member against its will (art. 23)."""
    world = (
        Alliance(4, 2).in_force().on("2026-05-06").appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-05-20")
    )
    world.unit("key.revoke/1", unit_id(3), {"key": public_of(unit_id(3)), "last": True})
    day = world._today()
    index = world.on_paper("membership.withdraw/1", unit_id(3), {"effective": None}, day, day).index
    world.on_paper("key.disavow/1", unit_id(3), {"entry": index}, day, day, OTHERS)
    assert unit_id(3) in world.inst.members
    assert code(world) == 0


def test_a_withdrawal_on_paper_is_recorded_for_the_year_2999() -> None:
    """G10. The notice says today; two officers record that it leaves in 2999."""
    world = Alliance(4, 2).in_force().on("2026-05-06")
    body = {"effective": "2999-12-31"}
    world.on_paper("membership.withdraw/1", unit_id(3), body, "2026-05-06", "2026-05-06")
    assert unit_id(3) in world.inst.members
    assert code(world) == 0


def test_an_opponents_membership_is_ended_in_the_window() -> None:
    """4 of 6 consent, a consenter leaves: 3/5. Two officers end an opponent's membership, its ground sealed: 3/4, adopted."""
    world = Alliance(members=6, initiators=2).in_force().on("2026-05-06")
    world.vote_open().cast_by(4, 2).on("2026-05-20").withdraw(unit_id(1))
    world.end(unit_id(6))
    world.close()
    assert (world.vote().consents_left, world.vote().roll_left, world.vote().outcome) == (3, 4, "adopted")
    assert run(published_by_force(world), world)[0].code == 0
