"""Founding (articles 1, 21 and 26): import, freeze, sign, approve, take effect, publish."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gongyue.covenant import edition_json as editions
from gongyue.covenant.binding.records import Absence
from gongyue.covenant.counting import Share
from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.rulings import Refused
from gongyue.demo.simulated_office import paper
from gongyue.governance.acts import View
from gongyue.governance.effect import duties
from gongyue.transparency import merkle
from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    EVIDENCE_BYTES,
    FIRST,
    NOBODY,
    PLACES,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    edition,
    edition_object,
    entry_of,
    json_object,
    unit_id,
)
from support.editions import TEXT, edition_of


def without_article(number: int) -> tuple[str, bytes]:
    data = editions.to_data(edition())
    for kind in ("articles", "bindings", "decisions", "notes"):
        data[kind] = [one for one in data[kind] if one["at"] != str(number)]
    return json_object(data)


# -- article 1


def test_01_e1_the_text_has_four_chapters_26_articles_and_five_items_under_article_9() -> None:
    """What the import holds is what the text says."""
    world = Alliance()
    world.import_text()
    draft = world.inst.founding.draft
    assert draft is not None
    assert (len(draft.chapters), len(draft.articles), len(draft.article(9).items)) == (4, 26, 5)


def test_01_e2_a_text_without_article_14_is_not_imported() -> None:
    """GY-01-01 with the number expected and the one found."""
    world = Alliance()
    digest, data = without_article(14)
    with world.refused("GY-01-01", enough=14, article=0, expected=14, found=15):
        world.executive("founding.import/1", {"edition": digest}, TWO, data)


def test_01_e3_the_same_text_twice_has_the_same_digest() -> None:
    """An edition is its canonical JSON: reading it again changes nothing."""
    one, other = edition_object(edition()), edition_object(editions.load(editions.to_data(edition())))
    assert one == other


def test_a_frozen_text_is_neither_edited_nor_frozen_again_nor_given_another_approver() -> None:
    """GY-01-02 for each way of changing it."""
    world = Alliance().frozen()
    with world.refused("GY-01-02", article=1):
        world.import_text()
    with world.refused("GY-01-02"):
        world.freeze()
    with world.refused("GY-01-02"):
        world.designate()


def test_an_effective_text_is_not_reopened() -> None:
    """GY-01-02: from submission on there is only amendment."""
    world = Alliance().submitted()
    with world.refused("GY-01-02"):
        world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)


def test_a_draft_is_not_reopened_since_it_is_open() -> None:
    """Out of turn, not refused: nothing forbids it, there is nothing to do."""
    world = Alliance().drafted()
    with world.out_of_turn("not-frozen"):
        world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)


FALSE = [
    {"value": 31},
    {"value": "30"},
    {"value": "2/3", "kind": "share"},
    {"unit": "fortnight"},
    {"unit": "month"},
    {"inclusive": False},
    {"delay": True},
    {"start": "publication"},
    {"start_words": "公布后"},
    {"at": "20"},
    {"at": "27"},
    {"nth": 0},
    {"nth": 2},
    {"words": ""},
    {"words": "三十日内"},
    {"capability": "publication.when"},
    {"capability": "P7"},
    {"capability": "vote.ballots"},
]
"""What the binding of the thirty days in article 21 may be made to say."""


def rebound(**fields: Any) -> dict[str, Any]:
    """Our own edition as data, and what the binding of the thirty days says instead."""
    data = editions.listed(editions.to_data(edition()))
    bound = [b | fields if b["capability"] == "publication.within" else b for b in data["bindings"]]
    return data | {"bindings": bound}


@pytest.mark.parametrize("fields", FALSE, ids=lambda fields: "-".join(f"{k}={v}" for k, v in fields.items()))
def test_a_binding_that_says_what_its_words_do_not_is_not_imported(fields: dict[str, Any]) -> None:
    """A number, unit, start or base its words do not state, words that do not stand there, a name no capability has."""
    world = Alliance()
    digest, data = json_object(rebound(**fields))
    with world.out_of_turn("bad-object"):
        world.executive("founding.import/1", {"edition": digest}, TWO, data)


def altered(name: str) -> dict[str, Any]:
    """Our own edition as data, with one thing in it that is not so."""
    data = editions.listed(editions.to_data(edition()))
    first, *others = data["articles"]
    decision = next(d for d in data["decisions"] if d["verdict"] == "other")
    changes: dict[str, dict[str, Any]] = {
        "version": {"v": "gongyue/edition@1"},
        "reader": {"reader": data["reader"] | {"digest": NOBODY}},
        "no articles": {"articles": []},
        "articles of another form": {"articles": "none"},
        "an address twice": {"articles": [first, first, *others]},
        "another label": {"articles": [first | {"label": "第2条"}, *others]},
        "no such chapter": {"articles": [first | {"chapter": 9}, *others]},
        "items that are none": {"articles": [first | {"items": [{"label": "（一）", "text": "号召"}]}, *others]},
        "a gap that is none": {"numbering": ["7"]},
        "a field more": {"why": ""},
        "a field of a binding less": {"bindings": [{k: v for k, v in b.items() if k != "items"} for b in data["bindings"]]},
        "bound and absent": {"absent": [*data["absent"], {"capability": "founding.approval", "then": ""}]},
        "absent twice": {"absent": [*data["absent"], data["absent"][0]]},
        "absent, and another thing instead": {"absent": [a | {"then": "秘书长决定"} for a in data["absent"]]},
        "absent under an unknown name": {"absent": [*data["absent"], {"capability": "founding.oath", "then": ""}]},
        "a decision on no passage": {"decisions": [*data["decisions"], decision | {"at": "2"}]},
        "a decision twice": {"decisions": [*data["decisions"], decision]},
        "bound where nothing is": {"decisions": [d | {"verdict": "bound", "reason": ""} for d in data["decisions"]]},
        "other matter though bound": {"decisions": [d | {"verdict": "other", "reason": "另一事项"} for d in data["decisions"]]},
        "no reason": {"decisions": [d | {"reason": ""} for d in data["decisions"]]},
        "a note on other words": {"notes": [{"at": "9", "words": "没有的字句", "note": ""}]},
        "a share above one": above_one(data),
    }  # fmt: skip
    return data | changes[name]


def above_one(data: dict[str, Any]) -> dict[str, Any]:
    """三分之四以上 of the members adopt."""

    def said(text: str) -> str:
        return text.replace("三分之二", "三分之四")

    return {
        "articles": [a | {"text": said(a["text"])} for a in data["articles"]],
        "bindings": [
            b | {"words": said(b["words"]), "value": "4/3" if b["value"] == "2/3" else b["value"]}
            for b in data["bindings"]
        ],
        "decisions": [d | {"words": said(d["words"])} for d in data["decisions"]],
    }


@pytest.mark.parametrize("name", [
    "version", "reader", "no articles", "articles of another form", "an address twice", "another label", "no such chapter",
    "items that are none", "a gap that is none", "a field more", "a field of a binding less", "bound and absent", "absent twice",
    "absent, and another thing instead", "absent under an unknown name", "a decision on no passage", "a decision twice",
    "bound where nothing is", "other matter though bound", "no reason", "a note on other words", "a share above one",
])  # fmt: skip
def test_an_edition_that_does_not_hold_is_not_imported(name: str) -> None:
    """Whatever it says that is not so is found when it is opened."""
    world = Alliance()
    digest, data = json_object(altered(name))
    with world.out_of_turn("bad-object"):
        world.executive("founding.import/1", {"edition": digest}, TWO, data)


def test_a_document_that_is_no_edition_is_not_imported() -> None:
    """A list, a number, bytes that are no canonical JSON."""
    world = Alliance()
    for value in ([], 7, None, "text"):
        digest, data = json_object(value)
        with world.out_of_turn("bad-object"):
            world.executive("founding.import/1", {"edition": digest}, TWO, data)
    data = b'{"b":1, "a":2}'
    from gongyue.transparency import canonical

    with world.out_of_turn("bad-object"):
        world.executive("founding.import/1", {"edition": canonical.digest(data)}, TWO, data)


@pytest.mark.parametrize("place", range(len(edition().decisions)))
def test_a_passage_left_out_keeps_the_text_from_being_frozen(place: int) -> None:
    """Whichever it is; the refusal names the capability and the place."""
    whole = edition()
    left_out = whole.decisions[place]
    text = msgspec.structs.replace(whole, decisions=(*whole.decisions[:place], *whole.decisions[place + 1 :]))
    assert [(f.why, f.capability, f.at) for f in text.open] == [("undecided", left_out.capability, left_out.at)]
    world = Alliance(members=3, initiators=2, text=text).drafted()
    with world.out_of_turn("undecided-clause", clause=left_out.capability, at=left_out.at, more=0):
        world.freeze()


def test_a_capability_nobody_spoke_of_keeps_the_text_from_being_frozen() -> None:
    """It is bound, or somebody declares that the text does not have it."""
    whole = edition()
    text = msgspec.structs.replace(whole, absent=whole.absent[1:])
    world = Alliance(members=3, initiators=2, text=text).drafted()
    with world.out_of_turn("undecided-clause", clause=whole.absent[0].capability, more=0):
        world.freeze()


@pytest.mark.parametrize("guard", ["founding.signature", "founding.approval", "founding.in_force"])
def test_a_guard_is_not_declared_absent_from_a_text_that_has_it(guard: str) -> None:
    """Signature, approval and force: the passage is decided as other matter, the guard as absent, and nothing is frozen."""
    whole = edition()
    text = msgspec.structs.replace(
        whole,
        bindings=tuple(b for b in whole.bindings if b.capability != guard),
        decisions=tuple(
            msgspec.structs.replace(d, verdict="other", reason="另一事项") if d.capability == guard else d
            for d in whole.decisions
        ),
        absent=(*whole.absent, Absence(guard)),
    )
    assert {f.why for f in text.open} == {"guard"}
    world = Alliance(members=3, initiators=2, text=text).drafted()
    with world.out_of_turn("guarded-clause", clause=guard):
        world.freeze()


UNWORKABLE = [
    ("并经三分之二以上成员单位同意", "并经三分之二以上理事同意", "amendment.adoption", "理事"),
    ("并经三分之二以上成员单位同意", "并经出席会议的三分之二以上成员单位同意", "amendment.adoption", "出席"),
    ("在生效后的30日内", "在公布后的30日内", "publication.within", "生效"),
]


@pytest.mark.parametrize(("true", "other", "name", "why"), UNWORKABLE, ids=lambda v: v[:12])
def test_a_clause_that_cannot_be_counted_is_not_frozen(true: str, other: str, name: str, why: str) -> None:
    """A share of a council, of those present where nobody said what presence is; a period from something else than effect."""
    world = Alliance(members=3, initiators=2, text=edition_of(TEXT.replace(true, other))).drafted()
    with world.out_of_turn("unworkable-clause", clause=name) as told:
        world.freeze()
    assert why in told["zh"]


def test_a_draft_is_bound_further_and_imported_again() -> None:
    """Undecided first, then decided, then frozen."""
    whole = edition()
    world = Alliance(members=3, initiators=2, text=msgspec.structs.replace(whole, decisions=())).drafted()
    with world.out_of_turn("undecided-clause", more=len(whole.decisions) - 1):
        world.freeze()
    world.import_text(whole)
    world.freeze()
    assert world.inst.meaning.edition == whole


def test_a_text_that_asks_for_no_approval_needs_no_approver() -> None:
    """Its makers say so, and no passage of it says otherwise."""
    text = edition_of(TEXT.replace("，并经由主管部门批准后生效", "后生效"))
    assert text.clause("founding.approval") is None
    assert not text.open
    world = Alliance(members=3, initiators=2, text=text).staffed()
    world.import_text()
    world.freeze()
    assert world.inst.founding.stage == "frozen"


def test_the_same_text_is_not_imported_twice_in_a_row() -> None:
    """Nothing would change: out of turn. Another text between them, or another reason for a decision, is another import."""
    text = edition()
    other = msgspec.structs.replace(
        text,
        decisions=tuple(
            msgspec.structs.replace(d, reason="另一理由") if d.verdict == "other" else d for d in text.decisions
        ),
    )
    world = Alliance()
    world.import_text(text)
    with world.out_of_turn("same-text"):
        world.import_text(text)
    world.import_text(other)
    world.import_text(text)
    assert world.inst.size == 4


# -- article 21: freezing and signing


def test_nothing_is_frozen_before_a_text_is_imported() -> None:
    """No draft, or another one than the last imported."""
    world = Alliance()
    named = [entry_of(1), entry_of(2)]
    with world.out_of_turn("no-draft"):
        world.executive("founding.freeze/1", {"edition": ANOTHER, "initiators": named}, TWO, ANOTHER_BYTES)
    world.drafted()
    with world.out_of_turn("no-draft"):
        world.executive("founding.freeze/1", {"edition": ANOTHER, "initiators": named}, TWO, ANOTHER_BYTES)


def test_without_an_approver_and_its_basis_nothing_is_frozen() -> None:
    """GY-21-07: it could never take effect."""
    world = Alliance().staffed()
    world.import_text()
    with world.refused("GY-21-07", article=21, approver="—", enough="主管部门 + 批准依据"):
        world.freeze()


def test_one_initiator_is_not_enough_two_are() -> None:
    """GY-21-08 below the boundary; two and three suffice."""
    for count in (1, 2, 3):
        world = Alliance().drafted()
        if count == 1:
            with world.refused("GY-21-08", enough=2, initiators=1):
                world.freeze(1)
        else:
            world.freeze(*range(1, count + 1))
            assert len(world.inst.founding.initiators) == count


def test_the_same_unit_twice_is_not_two_initiators() -> None:
    """Two ids of one credit code, one id of two codes."""
    world = Alliance().drafted()
    twice = [entry_of(1), entry_of(2), entry_of(2) | {"id": "u:other"}]
    with world.out_of_turn("same-unit"):
        world.executive("founding.freeze/1", {"edition": world.edition, "initiators": twice})
    same_id = [entry_of(1), entry_of(2) | {"id": "u:0001"}]
    with world.out_of_turn("same-unit"):
        world.executive("founding.freeze/1", {"edition": world.edition, "initiators": same_id})
    world.invite(7)
    known = [entry_of(1), entry_of(2) | {"id": "u:0007"}]
    with world.out_of_turn("same-unit", unit="u:0007"):
        world.executive("founding.freeze/1", {"edition": world.edition, "initiators": known})
    with world.refused("GY-21-08", initiators=1):
        world.executive("founding.freeze/1", {"edition": world.edition, "initiators": [entry_of(1), entry_of(1)]})


def test_an_initiators_credit_code_is_checked() -> None:
    """GY-23-07 already at freezing."""
    world = Alliance().drafted()
    bad = [entry_of(1), entry_of(2) | {"code": "910000000000000869"}]
    with world.refused("GY-23-07", code="910000000000000869"):
        world.executive("founding.freeze/1", {"edition": world.edition, "initiators": bad})


def test_21_e1_with_four_of_five_signatures_nothing_is_submitted() -> None:
    """GY-21-01 names the missing one; the fifth suffices."""
    world = Alliance().signed(but=1)
    with world.refused("GY-21-01", enough=5, article=21, signed=4, initiators=5, missing="u:0005"):
        world.submit()
    world.sign("u:0005")
    world.submit()
    assert world.inst.founding.stage == "submitted"


def test_an_initiator_signs_once_and_only_the_frozen_text() -> None:
    """A second signature, another text, another unit, another stage."""
    world = Alliance().frozen()
    world.sign(FIRST)
    with world.out_of_turn("already"):
        world.sign(FIRST)
    body = {"edition": ANOTHER, "capacity": "legal_representative", "signatory": commitment_to("x")}
    with world.out_of_turn("other-text", frozen=world.edition):
        world.unit("founding.sign/1", "u:0002", body, ANOTHER_BYTES)
    with world.out_of_turn("other-text", found=ANOTHER):
        world.executive("founding.submit/1", {"edition": ANOTHER}, TWO, ANOTHER_BYTES)
    world.invite(6)
    world.register("u:0006")
    with world.out_of_turn("not-initiator"):
        world.sign("u:0006")
    with world.out_of_turn("not-initiator"):
        world.unit("founding.step_out/1", "u:0006")
    world = Alliance().submitted()
    with world.out_of_turn("not-frozen"):
        world.sign(FIRST)


def test_a_signatory_is_the_legal_representative_or_a_delegate() -> None:
    """GY-21-06 for anybody else."""
    world = Alliance().frozen()
    with world.refused("GY-21-06", capacity="chairman", enough="法定代表人 | 委托代表"):
        world.sign(FIRST, "chairman")


def test_a_delegate_needs_a_power_of_attorney() -> None:
    """GY-21-02 without one; the legal representative needs none."""
    world = Alliance().frozen()
    with world.refused("GY-21-02", enough="授权委托书", signed="2026-01-12"):
        world.sign(FIRST, "delegate")
    world.sign(FIRST)


@pytest.mark.parametrize(
    ("begins", "ends", "valid"),
    [
        ("2026-01-11", "2026-01-13", True),
        ("2026-01-12", "2026-01-12", True),
        ("2026-01-13", "2026-02-28", False),
        ("2025-01-01", "2026-01-11", False),
        ("2026-01-13", "2026-01-11", False),
    ],
)
def test_a_power_of_attorney_is_valid_on_the_day_of_signing(begins: str, ends: str, valid: bool) -> None:
    """The first and the last day included; the day after and the day before not."""
    world = Alliance().frozen()
    attorney = {"document": commitment_to("授权委托书"), "begins": begins, "ends": ends}
    if valid:
        world.sign(FIRST, "delegate", **attorney)
        assert world.inst.founding.signatures[FIRST].capacity == "delegate"
    else:
        with world.refused("GY-21-02", signed="2026-01-12", valid_from=begins, valid_to=ends):
            world.sign(FIRST, "delegate", **attorney)


def test_21_e4_after_a_change_of_one_character_no_signature_is_valid() -> None:
    """Three had signed; the reopened and changed text has none, and the old digest can no longer be signed."""
    world = Alliance().signed(but=2)
    world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    founding = world.inst.founding
    assert (founding.stage, len(founding.signatures), founding.voided) == ("draft", 0, 3)
    old = world.edition
    world.import_text(edition_of(TEXT.replace("从维护国家", "从维护我国")))
    world.freeze()
    body = {"edition": old, "capacity": "legal_representative", "signatory": commitment_to("x")}
    with world.out_of_turn("other-text"):
        world.unit("founding.sign/1", FIRST, body)
    with world.refused("GY-21-01", signed=0, initiators=5):
        world.submit()


def test_an_initiator_may_step_out_until_the_text_is_submitted() -> None:
    """Its signature goes with it; too few initiators then block submission."""
    world = Alliance(initiators=2).signed()
    world.unit("founding.step_out/1", "u:0002")
    assert "u:0002" not in world.inst.founding.signatures
    with world.refused("GY-21-08", enough=2, initiators=1):
        world.submit()
    world = Alliance().submitted()
    with world.out_of_turn("submitted"):
        world.unit("founding.step_out/1", FIRST)


def test_a_signature_on_paper_is_recorded_by_two_officers() -> None:
    """A3: the initiator's own key is not needed."""
    world = Alliance().frozen()
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to("x")}
    world.on_paper("founding.sign/1", FIRST, body, "2026-01-12", "2026-01-12")
    assert FIRST in world.inst.founding.signatures


def test_where_the_founding_text_asks_for_paper_a_key_does_not_sign() -> None:
    """P16 before there is a P16: the genesis sets the least strength of founding signatures."""
    world = Alliance(strength="A3").frozen()
    with world.out_of_turn("needs-paper"):
        world.sign(FIRST)
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to("x")}
    with world.out_of_turn("needs-paper"):  # of a paper that nobody else has seen
        world.stage.do("founding.sign/1", FIRST, body, [FIRST], paper=paper("签署页", "2026-01-12", "2026-01-12"))
    world.on_paper("founding.sign/1", FIRST, body, "2026-01-12", "2026-01-12")


# -- article 21: approval and effect


@pytest.mark.parametrize("approved", [True, False])
def test_nothing_takes_effect_by_paper_that_may_still_be_disavowed(approved: bool) -> None:
    """Untold it waits; told, for seven days to the second. The approval's own day stays, and a text without approval waits at its submission."""
    text = edition() if approved else edition_of(TEXT.replace("，并经由主管部门批准后生效", "后生效"))
    world = Alliance(members=4, initiators=2, text=text).signed(but=1).on("2026-01-20")
    unit = world.roll[1]
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to("x")}
    signed = world.on_paper("founding.sign/1", unit, body, "2026-01-20", "2026-01-20")
    if approved:
        world.submit()

    def take_effect() -> None:
        if approved:
            world.approve(dated="2026-01-20")
        else:
            world.submit()

    world.on("2026-02-20")
    with world.out_of_turn("may-disavow", units=unit):
        take_effect()
    world.tell(signed)
    world.stage.now += 7 * 86_400 - 1
    with world.out_of_turn("may-disavow", units=unit):
        take_effect()
    world.stage.now += 1
    take_effect()
    assert iso(world.inst.founding.effective_day or 0) == ("2026-01-20" if approved else "2026-02-27")


def test_only_a_submitted_text_is_approved() -> None:
    """The authority's letter before submission says nothing."""
    world = Alliance().signed()
    with world.out_of_turn("not-submitted"):
        world.approve(dated="2026-01-12")


def test_officers_record_an_approval_from_paper_only() -> None:
    """Without the letter there is nothing to record."""
    world = Alliance().submitted()
    with world.out_of_turn("needs-paper"):
        world.executive("founding.approval/1", {"outcome": "granted", "edition": world.edition})


def test_an_approval_of_another_text_is_refused() -> None:
    """GY-21-04 names both."""
    world = Alliance().submitted().on("2026-03-09")
    with world.refused("GY-21-04", enough=world.edition, approved=ANOTHER, signed=world.edition):
        world.approve(edition=ANOTHER)


def test_the_authority_may_approve_with_its_own_key() -> None:
    """Then no paper is needed, and the arrival governs."""
    world = Alliance().submitted().on("2026-03-02")
    from support.alliance import public_of

    key = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    with world.out_of_turn("needs-paper"):
        world.executive("key.register/1", key)
    world.executive("key.register/1", key, paper=paper("authority key", "2026-03-02", "2026-03-02"))
    body = {"outcome": "granted", "edition": world.edition}
    world.on("2026-03-09")
    world.stage.do("founding.approval/1", "authority", body, ["authority"])
    assert world.inst.founding.effective_day == from_iso("2026-03-09")


def test_21_e3_the_letters_date_governs_not_its_recording() -> None:
    """A letter of 03-09 recorded on 03-20: effective on 03-09, published by 04-08 all the same."""
    world = Alliance().submitted().on("2026-03-20")
    world.approve(dated="2026-03-09", arrived="2026-03-20")
    assert world.inst.founding.effective_day == from_iso("2026-03-09")
    (duty,) = duties(world.inst)
    assert (iso(duty.target), iso(duty.last)) == ("2026-04-08", "2026-04-08")
    assert world.inst.members[FIRST] == from_iso("2026-03-09")


def test_a_letter_older_than_the_last_signature_takes_effect_with_the_signature() -> None:
    """Signed and approved, whichever comes last."""
    world = Alliance().signed(but=1).on("2026-01-20")
    world.sign(world.roll[world.initiators - 1])
    world.submit()
    world.on("2026-02-01").approve(dated="2026-01-12")
    assert world.inst.founding.effective_day == from_iso("2026-01-20")


@pytest.mark.parametrize(("dated", "lawful"), [("2026-01-11", False), ("2026-01-12", True), ("2026-01-13", True)])
def test_an_approval_is_not_dated_before_the_text_was_frozen(dated: str, lawful: bool) -> None:
    """past-date: frozen on 2026-01-12; before that there was no text to approve."""
    world = Alliance().submitted().on("2026-02-01")
    if lawful:
        world.approve(dated=dated)
        return
    with world.out_of_turn("past-date", at=dated, since="2026-01-12"):
        world.approve(dated=dated)


@pytest.mark.parametrize(
    ("dated", "arrived"), [("2026-03-10", "2026-03-09"), ("2026-03-09", "2026-03-11"), ("2026-03-11", "2026-03-11")]
)
def test_papers_dates_are_in_order(dated: str, arrived: str) -> None:
    """Dated, then arrived, then recorded; the same day is allowed, the day after is not."""
    world = Alliance().submitted().on("2026-03-10")
    with world.out_of_turn("paper-dates", dated=dated, arrived=arrived):
        world.approve(dated=dated, arrived=arrived)


def test_a_returned_text_is_reopened_and_a_refused_one_never_takes_effect() -> None:
    """The two other answers of the authority."""
    world = Alliance().submitted().on("2026-03-09")
    world.approve("returned")
    with world.refused("GY-21-03", enough="effective", stage="returned"):
        world.publish()
    world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    assert world.inst.founding.stage == "draft"
    world = Alliance().submitted().on("2026-03-09")
    world.approve("refused")
    with world.refused("GY-21-03", stage="refused"):
        world.publish()
    assert not world.inst.members


def test_before_approval_nothing_is_published() -> None:
    """GY-21-03 at every stage before effect."""
    for world in (Alliance().drafted(), Alliance().frozen(), Alliance().submitted()):
        world.on("2026-01-20")  # the publisher is in office
        with world.refused("GY-21-03", enough="effective", stage=world.inst.founding.stage):
            world.publish()


def test_the_initiators_are_members_from_the_day_of_effect() -> None:
    """Nobody else is."""
    world = Alliance().effective()
    assert dict(world.inst.members) == dict.fromkeys(world.roll[:5], from_iso("2026-03-09"))


# -- articles 21 and 26: publication


@pytest.mark.parametrize(("day", "late"), [("2026-04-07", 0), ("2026-04-08", 0), ("2026-04-09", 1), ("2026-05-08", 30)])
def test_21_e2_published_by_8_april_is_on_time_and_after_it_overdue(day: str, late: int) -> None:
    """Late publication is accepted with its reasons and shown late; it is in force from its own day."""
    world = Alliance().adopted().on(day)
    world.publish(reasons=REASONS if late else None)
    founding = world.inst.founding
    assert (founding.late_days, founding.published_day) == (late, from_iso(day))
    assert world.inst.in_force


def test_the_last_day_ends_at_24_00() -> None:
    """One minute to midnight is on time, midnight is a day late and needs reasons."""
    world = Alliance().adopted().at("2026-04-08 23:59")
    world.publish()
    assert world.inst.founding.late_days == 0
    world = Alliance().adopted().at("2026-04-09 00:00")
    with world.out_of_turn("malformed"):
        world.publish()
    world.publish(reasons=REASONS)
    assert world.inst.founding.late_days == 1


def test_26_e1_in_force_is_the_day_of_publication_and_no_other() -> None:
    """GY-26-01 for 04-01, for the day before and the day after."""
    world = Alliance().adopted().on("2026-03-20")
    for day in ("2026-04-01", "2026-03-19", "2026-03-21"):
        with world.refused("GY-26-01", enough="2026-03-20", article=26, in_force=day, published="2026-03-20"):
            world.publish(in_force=day)
    world.publish()
    assert world.inst.founding.published_day == from_iso("2026-03-20")


def test_nobody_but_the_alliance_publishes() -> None:
    """GY-21-05 for a member with its own key."""
    world = Alliance().adopted().on("2026-03-20")
    body = {"edition": world.edition, "in_force": "2026-03-20", "places": PLACES, "reasons": None}
    with world.refused("GY-21-05", enough="联盟", actor=FIRST, article=21):
        world.unit("founding.publish/1", FIRST, body, EVIDENCE_BYTES)


def test_publication_needs_the_interpretations_a_place_and_the_very_text() -> None:
    """What is missing is said, nothing is recorded."""
    world = Alliance().effective()
    with world.out_of_turn("no-procedure"):
        world.publish()
    world.adopt()
    body = {"edition": world.edition, "in_force": "2026-03-09", "places": [], "reasons": None}
    with world.out_of_turn("malformed"):
        world.executive("founding.publish/1", body, (PUBLISHER, SECRETARY))
    with world.out_of_turn("other-text"):
        world.executive(
            "founding.publish/1",
            body | {"edition": ANOTHER, "places": PLACES},
            (PUBLISHER, SECRETARY),
            EVIDENCE_BYTES,
            ANOTHER_BYTES,
        )
    world.publish()
    with world.out_of_turn("in-force"):
        world.publish()


def test_a_date_that_does_not_exist_is_malformed_wherever_it_stands() -> None:
    """30 February is no day of publication, of an instrument, of a power of attorney, of a term of office."""
    world = Alliance().adopted().on("2026-03-20")
    with world.out_of_turn("malformed"):
        world.publish(in_force="2026-02-30")
    world = Alliance().submitted().on("2026-03-09")
    with world.out_of_turn("malformed"):
        world.approve(dated="2026-02-30")
    world = Alliance().frozen()
    with world.out_of_turn("malformed"):
        world.sign(FIRST, "delegate", document=NOBODY, begins="2026-13-01", ends="2026-02-00")
    with world.out_of_turn("malformed"):
        world.appoint("o:new", "clerk", begins="2026-01-01", ends="2026-06-31")


def test_founding_units_keep_what_was_known_of_them() -> None:
    """A unit invited before is the same unit when it initiates."""
    world = Alliance().drafted()
    world.invite(1)
    world.freeze()
    assert world.inst.units[FIRST].alliance
    assert world.inst.units[FIRST].status == "initiator"


def test_an_object_that_is_named_must_be_handed_in() -> None:
    """The edition, and an object no rule reads."""
    world = Alliance()
    with world.out_of_turn("missing-object", digest=world.edition):
        world.executive("founding.import/1", {"edition": world.edition})
    with world.out_of_turn("missing-object"):
        world.executive("founding.designate/1", {"approver": {"name": "示范主管部门", "basis": NOBODY}})


def test_a_signature_is_not_dated_before_the_text_was_frozen() -> None:
    """On the day of the freeze it may be; a day earlier it would be of a text that did not stand yet."""
    world = Alliance().frozen()
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(FIRST)}
    founded = world.stage.office.store.leaf("open", 0)
    assert founded is not None
    nothing_seen = View("sha256:" + merkle.leaf_hash(founded).hex(), 1)  # but that the book was founded
    early = world.stage.signed("founding.sign/1", FIRST, body, [FIRST], at=world.stage.now - 86_400, view=nothing_seen)
    with world.out_of_turn("past-date"):
        world.stage.office.handle(early)
    world.sign(FIRST)
    assert FIRST in world.inst.founding.signatures


@pytest.mark.parametrize(("dated", "lawful"), [("2026-01-11", False), ("2026-01-12", True), ("2026-01-13", True)])
def test_a_signature_on_paper_counts_from_its_own_date_and_not_from_before_the_freeze(dated: str, lawful: bool) -> None:
    """past-date: the paper arrived after the freeze of 2026-01-12, but was signed on another text."""
    world = Alliance().frozen().on("2026-01-14")
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(FIRST)}
    if lawful:
        world.on_paper("founding.sign/1", FIRST, body, dated, "2026-01-14")
        return
    with world.out_of_turn("past-date", at=dated, since="2026-01-12"):
        world.on_paper("founding.sign/1", FIRST, body, dated, "2026-01-14")


# -- texts that have no 条


FLAT = """松果社区公约

本公约由松果社区全体单位制定并遵守，松果联盟作为本公约的执行机构。

本公约经发起单位法定代表人签字后生效。

经五分之一以上成员单位提议，并经四分之三以上成员单位同意，可以修改本公约。

本公约自公布之日起施行。
"""


def test_a_text_of_paragraphs_is_founded_and_cited_as_its_own_words_are() -> None:
    """第2段 and not 第2条: no article, no approval; a refusal names the paragraph, and its share is the text's own."""
    text = edition_of(FLAT, amendment__adoption=("¶3", "并经四分之三以上成员单位同意"))
    assert [(a.at, a.label) for a in text.articles] == [(f"¶{n}", f"第{n}段") for n in range(1, 5)]
    assert not text.open and text.clause("founding.approval") is None
    world = Alliance(members=4, initiators=2, text=text).staffed()
    world.import_text()
    world.freeze()
    world.register(FIRST)
    world.sign(FIRST)
    with pytest.raises(Refused) as refused:
        world.submit()
    found = refused.value.refusal
    assert (found["code"], found["article"], found["at"]) == ("GY-21-01", 2, "¶2")
    world.register("u:0002")
    world.sign("u:0002")
    world.submit()
    assert world.inst.effective
    assert world.inst.meaning.share("amendment.adoption") == Share("3/4")


def test_an_initiator_frozen_anew_has_the_name_stated_then() -> None:
    """A slip in the first list of initiators does not outlive it."""
    world = Alliance(members=6, initiators=3).frozen()
    world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    named = [entry_of(n) | {"name": f"更正后的{n}"} for n in (1, 2)]
    world.executive("founding.freeze/1", {"edition": world.edition, "initiators": named})
    assert [world.inst.units[unit_id(n)].name for n in (1, 2, 3)] == ["更正后的1", "更正后的2", entry_of(3)["name"]]
    assert [world.inst.units[unit_id(n)].status for n in (1, 2, 3)] == ["initiator", "initiator", "invited"]


UNSIGNED = FLAT.replace("本公约经发起单位法定代表人签字后生效。", "本公约自公布之日起生效。")


@pytest.mark.parametrize("signing", [0, 1])
def test_nobody_is_put_under_a_text_that_asks_for_no_signature(signing: int) -> None:
    """Nothing else in the book adopts it: with none or one of two signing it is not submitted; GY-21-01 names who is missing."""
    text = edition_of(UNSIGNED, amendment__adoption=("¶3", "并经四分之三以上成员单位同意"))
    assert text.clause("founding.signature") is None
    world = Alliance(members=4, initiators=2, text=text).staffed()
    world.import_text()
    world.freeze()
    units = [FIRST, "u:0002"]
    for unit in units[:signing]:
        world.register(unit)
        world.sign(unit)
    with world.refused("GY-21-01", enough=2, signed=signing, missing=" ".join(units[signing:])):
        world.submit()
    for unit in units[signing:]:
        world.register(unit)
        world.sign(unit)
    world.submit()
    assert world.inst.effective and {u for u in units if world.inst.units[u].status == "member"} == set(units)


def test_one_initiator_is_not_enough_under_a_text_that_asks_for_no_signature() -> None:
    """GY-21-08: a covenant is between units."""
    world = Alliance(members=4, initiators=1, text=edition_of(UNSIGNED)).staffed()
    world.import_text()
    with world.refused("GY-21-08", enough=2, initiators=1):
        world.freeze()
