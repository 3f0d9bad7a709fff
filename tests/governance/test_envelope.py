"""What every act must pass, whatever its type: covenant, book, keys, sequence, time, view, meaning, form."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import MAX_LEAF, Malformed, SignedAct, decode
from gongyue.book.signing import sign
from gongyue.book.sources import Tampered
from gongyue.covenant.changes import TextEdit
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, from_iso, moment
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import ORIGIN, SimulatedOffice, seed_of
from gongyue.governance.clock import SKEW
from gongyue.office.office import BadSignature
from gongyue.office.routine_acts import statement, system_act
from gongyue.office.store import open_store
from gongyue.transparency import merkle
from support.alliance import (
    ANOTHER,
    CLERK,
    EVIDENCE,
    FIRST,
    OUTSIDER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    paper,
    public_of,
    three_quarters,
)
from support.anchoring import padded
from support.editions import change_of

DECLARE = {"activities": ["analysis"], "other": ""}
QUESTION = {"article": 8, "question": "sha256:" + "0" * 64}
APPOINT = {
    "officer": "o:neu",
    "offices": ["clerk"],
    "begins": "2026-04-20",
    "ends": "2026-12-31",
    "interests": commitment_to("o:neu"),
}


def in_force(**genesis: Any) -> Alliance:
    return Alliance(members=5, **genesis).in_force()


def altered(world: Alliance, signer: str = FIRST, type: str = "membership.declare/1", **fields: Any) -> SignedAct:
    """A lawful act with some fields of the envelope replaced, signed as it then is."""
    body = fields.pop("body", DECLARE)
    act = world.stage.signed(type, FIRST, body if isinstance(body, dict) else DECLARE, [FIRST])
    changed = act.act | fields | ({} if isinstance(body, dict) else {"body": body})
    return sign(msgspec.structs.replace(act, act=changed, sigs=()), seed_of(signer))


def resigned(act: SignedAct, signers: Sequence[str], **fields: Any) -> SignedAct:
    """The act with some fields of the envelope replaced, or absent where None, signed as it then is."""
    changed = {name: value for name, value in (act.act | fields).items() if value is not None}
    act = msgspec.structs.replace(act, act=changed, sigs=())
    for signer in signers:
        act = sign(act, seed_of(signer))
    return act


@pytest.mark.parametrize("said", ["ad", "cd"])
def test_beside_an_ed25519_signature_nothing_unsigned_stands(said: str) -> None:
    """What only passkeys have would be anybody's text in a public leaf: malformed."""
    world = in_force()
    act = altered(world)
    sigs = tuple(msgspec.structs.replace(sig, **{said: "eA"}) for sig in act.sigs)
    with pytest.raises(OutOfTurn) as error:
        world.stage.office.dry_run(msgspec.structs.replace(act, sigs=sigs))
    assert error.value.refusal["code"] == "out-of-turn/malformed"


def test_whoever_only_tries_an_act_is_told_every_ruling_that_it_satisfies() -> None:
    """A member declares an activity: all hold, GY-02-01 among them."""
    world = in_force()
    rulings = world.stage.office.dry_run(altered(world))
    assert all(ruling.holds for ruling in rulings)
    assert "GY-02-01" in {ruling.rule.code for ruling in rulings}


def handle(world: Alliance, **fields: Any) -> None:
    world.stage.office.handle(altered(world, **fields))


def test_an_unaltered_act_is_accepted() -> None:
    """The control of all the tests below."""
    world = in_force()
    size = world.inst.size
    handle(world)
    assert world.inst.size == size + 1


def test_the_same_act_twice_gives_the_same_place() -> None:
    """Handed in again it is found, not recorded again."""
    world = in_force()
    act = altered(world)
    one, two = world.stage.office.handle(act), world.stage.office.handle(act)
    assert (one.index, one.act) == (two.index, two.act)


def test_an_act_of_another_covenant_is_not_taken() -> None:
    """Signed for another origin; and a true act of another covenant's book replayed here."""
    world = in_force()
    with world.out_of_turn("wrong-covenant"):
        handle(world, cov="gongyue.example/other")
    other = SimulatedOffice(open_store(":memory:", create=True), origin="gongyue.example/other")
    assert other.origin != ORIGIN
    twin = Alliance.__new__(Alliance)
    twin.__dict__.update(world.__dict__)
    twin.stage = other
    other.now = world.stage.now
    twin._found({})
    foreign = twin.stage.signed("office.appoint/1", "exec", {
        "officer": "o:neu", "offices": ["clerk"], "begins": "2026-05-01", "ends": "2026-12-31", "interests": ANOTHER,
    }, TWO)  # fmt: skip
    with world.out_of_turn("view"):
        world.stage.office.handle(foreign)


def test_a_ballot_of_another_covenant_is_not_taken_into_the_sealed_book() -> None:
    """wrong-covenant in both books."""
    world = in_force().vote_open()
    with world.out_of_turn("wrong-covenant"):
        handle(world, type="vote.ballot/1", body={"vote": "p:1", "choice": "consent"}, cov="gongyue.example/other")


def test_before_the_genesis_there_is_no_book_and_after_it_no_second_genesis() -> None:
    """not-founded, founded."""
    world = in_force()
    empty = Alliance.__new__(Alliance)
    empty.stage = SimulatedOffice(open_store(":memory:", create=True))
    empty.stage.now = world.stage.now
    with empty.out_of_turn("not-founded"):
        empty.executive("law.lift/1", {"order": "l:court"})
    with world.out_of_turn("founded"):
        world._found({})


def test_a_genesis_is_signed_by_both_its_officers() -> None:
    """One signature of two, officers with one key, one officer, another actor."""
    stage = SimulatedOffice(open_store(":memory:", create=True)).at("2026-01-05 09:00")
    world = Alliance.__new__(Alliance)
    world.stage = stage
    keys = stage.office.keys

    def officers(*ids: str, key_of: str = "") -> list[dict[str, Any]]:
        return [
            {"id": i, "key": public_of(key_of or i), "offices": ["secretary"], "begins": "2026-01-01", "ends": "2028-12-31"}
            for i in ids
        ]  # fmt: skip

    body = {
        "executive": "示范联盟（演示）", "open_vkey": keys.open.verifier.vkey, "sealed_vkey": keys.sealed.verifier.vkey,
        "system_key": keys.system_id, "algorithms": ["ed25519"], "origins": [], "officers": officers(*TWO),
        "strength": "A1", "slot_seconds": 86_400, "quantum": 16, "recovery_days": 7, "demo": True,
    }  # fmt: skip
    with world.out_of_turn("wrong-key"):
        world.executive("book.genesis/1", body, [SECRETARY])
    with world.out_of_turn("wrong-key"):
        world.executive("book.genesis/1", body | {"officers": officers(*TWO, key_of=CLERK)}, [CLERK])
    with world.refused("GY-05-02", enough=2, officers=1):
        world.executive("book.genesis/1", body | {"officers": officers(CLERK)}, [CLERK])
    with world.out_of_turn("wrong-key"):
        world.stage.do("book.genesis/1", FIRST, body, TWO)
    for field, value in (("slot_seconds", 59), ("quantum", 0), ("recovery_days", 0), ("recovery_days", 91)):
        with world.out_of_turn("malformed"):
            world.executive("book.genesis/1", body | {field: value})
    world.executive("book.genesis/1", body)


def test_a_type_nobody_knows_is_no_act() -> None:
    """Another verb, another version, no text at all."""
    world = in_force()
    for type in ("membership.expel/1", "membership.declare/2", "", "membership.declare"):
        with world.out_of_turn("unknown-type"):
            world.stage.office.handle(
                sign(
                    msgspec.structs.replace(altered(world), act=altered(world).act | {"type": type}, sigs=()),
                    seed_of(FIRST),
                )
            )


def test_a_sealed_type_has_no_place_in_the_open_book() -> None:
    """wrong-book: even where the office itself writes it there, the fold refuses."""
    from gongyue.book.entry import decode
    from gongyue.covenant.rulings import OutOfTurn

    world = in_force().vote_open()
    act = world.stage.signed("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"}, [FIRST])
    leaf = decode(act.received(world.stage.now))
    with pytest.raises(OutOfTurn) as caught:
        world.stage.office._replay.add(leaf)
    reason = "wrong-book"
    assert caught.value.refusal["code"] == f"out-of-turn/{reason}"
    with world.out_of_turn("wrong-book"):
        world.stage.office._replay.add(leaf)


@pytest.mark.parametrize("seq", [0, 1, 3, 2**53 - 1])
def test_a_keys_acts_are_numbered_without_gap_or_repetition(seq: int) -> None:
    """The next is 3 (one enrolment is not 甲's: it signed the covenant and nothing since)."""
    world = in_force()
    due = world.inst.seqs[public_of(FIRST)] + 1
    assert due == 2
    with world.out_of_turn("sequence", expected=due, found=seq):
        handle(world, seq=seq)
    handle(world, seq=due)


def test_in_the_sealed_book_the_sequence_runs_per_vote() -> None:
    """A second ballot numbered 1 or 3 is out of turn."""
    world = in_force().vote_open()
    world.cast("consent", FIRST)
    for seq in (1, 3):
        with world.out_of_turn("sequence", expected=2, found=seq):
            handle(world, type="vote.ballot/1", body={"vote": "p:1", "choice": "against"}, seq=seq)


@pytest.mark.parametrize("found", [None, 0, 1, 2])
def test_only_what_a_unit_signs_itself_is_numbered(found: int | None) -> None:
    """Its own open act has a number, what officers do or record from its paper has none, nor has what it seals outside a vote."""
    world = in_force()
    office = world.stage.office
    own = altered(world)
    officers = world.stage.signed("office.appoint/1", EXECUTIVE, APPOINT, TWO)
    letter = paper("withdrawal", "2026-04-02", "2026-04-02")
    recorded = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, TWO, paper=letter)
    asked = world.stage.signed("interpretation.ask/1", FIRST, QUESTION, [FIRST])
    for act, signers in ((officers, TWO), (recorded, TWO), (asked, [FIRST])):
        assert "seq" not in act.act
        if found is not None:
            with world.out_of_turn("malformed", why="seq"):
                office.dry_run(resigned(act, signers, seq=found))
    assert own.act["seq"] == 2
    if found is None:
        with world.out_of_turn("malformed", why="seq"):
            office.dry_run(resigned(own, [FIRST], seq=None))


def test_an_act_without_a_number_is_recorded_once() -> None:
    """The office finds it by its digest; a fold that meets it twice says where it stands first."""
    world = in_force()
    act = world.stage.signed("office.appoint/1", EXECUTIVE, APPOINT, TWO)
    first = world.stage.office.handle(act)
    assert world.stage.office.handle(act).index == first.index
    with world.out_of_turn("recorded-before", index=first.index):
        world.stage.office._replay.add(decode(act.received(world.stage.now)))


def test_a_void_act_of_a_false_time_is_not_recorded_again() -> None:
    """What two officers signed before it and recorded in it stays void: it takes an act signed anew."""
    from .test_recovery_acts import ahead, recover

    world = in_force()
    back = world.inst.now + 3600
    act = world.stage.signed("office.appoint/1", EXECUTIVE, APPOINT, TWO)
    index = ahead(world).stage.office.handle(act).index
    recover(world, back)
    with world.out_of_turn("recorded-before", index=index):
        world.stage.office._replay.judge(decode(act.received(world.stage.now)))


def test_an_act_that_waits_for_a_second_signature_outlives_what_its_officers_do_meanwhile() -> None:
    """Signed by one; then both record other acts, more than once; the second signs what the first had signed: recorded."""
    world = in_force()
    act = world.stage.signed("office.appoint/1", EXECUTIVE, APPOINT, TWO[:1])
    for person in ("o:alt", "o:mit"):
        world.appoint(person, "clerk")
        world.stage.now += DAY
    world.stage.office.handle(sign(act, seed_of(TWO[1])))
    assert world.inst.officers["o:neu"].held(from_iso("2026-04-20")) == {"clerk"}


@pytest.mark.parametrize(("ahead", "taken"), [(SKEW - 1, True), (SKEW, True), (SKEW + 1, False)])
def test_a_signers_clock_may_run_ahead_by_five_minutes(ahead: int, taken: bool) -> None:
    """At the limit it is taken, a second beyond it is from the future."""
    world = in_force()
    at = world.stage.now + ahead
    if taken:
        handle(world, at=at)
    else:
        with world.out_of_turn("from-the-future", at=moment(at), arrived=moment(world.stage.now)):
            handle(world, at=at)


@pytest.mark.parametrize(("behind", "taken"), [(SKEW - 1, True), (SKEW, True), (SKEW + 1, False)])
def test_an_act_is_not_older_than_the_book_it_has_seen(behind: int, taken: bool) -> None:
    """The last entry in its view arrived at a time; five minutes of skew are allowed."""
    world = in_force()
    seen = world.inst.now
    world.stage.now += 3600
    if taken:
        handle(world, at=seen - behind)
    else:
        with world.out_of_turn("backdated", at=moment(seen - behind), seen=moment(seen)):
            handle(world, at=seen - behind)


def test_arrival_times_do_not_run_backwards() -> None:
    """The office takes its last entry's time where its clock is behind; the fold refuses what is earlier."""
    from gongyue.book.entry import decode

    world = in_force()
    before = world.inst.now
    world.stage.now = before - SKEW
    act = altered(world, at=before - 100)
    with world.out_of_turn("time-backwards", expected="2026-04-02 09:00:00", found="2026-04-02 08:59:59"):
        world.stage.office._replay.add(decode(act.received(before - 1)))
    handle(world, at=before - 100)
    assert world.inst.now == before


def test_an_act_pins_one_branch_of_history() -> None:
    """A view larger than the book, of another root, of a size that was never shown; an older true view is fine. One of nothing is the genesis act's."""
    world = in_force()
    size = world.inst.size
    here = world.stage.office.view()
    for view in (
        {"root": here.root, "size": size + 1},
        {"root": "sha256:" + "00" * 32, "size": size},
        {"root": here.root, "size": size - 1},
        {"root": "sha256:" + "00" * 32, "size": 0},
        {"root": "sha256:" + merkle.EMPTY_ROOT.hex(), "size": 0},
        {"root": "", "size": size},
        {"root": here.root, "size": 2**53 - 1},
    ):
        with world.out_of_turn("view"):
            handle(world, view=view)
    handle(world, view={"root": here.root, "size": here.size})
    first = merkle.leaf_hash(world.stage.office.store.leaf("open", 0) or b"")
    handle(world, view={"root": "sha256:" + first.hex(), "size": 1})


def test_an_act_done_under_values_that_changed_is_signed_again() -> None:
    """meaning-changed where a value the type uses is another now, or the meaning was never in force."""
    world = in_force()
    with world.out_of_turn("meaning-changed"):
        handle(world, rev="sha256:" + "12" * 32)
    world.initiate()
    old = world.stage.office.rev
    late = world.stage.signed("amendment.file/1", FIRST, {"proposal": "p:1"}, [FIRST])
    unaffected = world.stage.signed("membership.declare/1", "u:0002", DECLARE, ["u:0002"])
    world.proposed(change_of(world.edition, TextEdit("22", "十分之一", "五分之一")), "p:2")
    world.open_vote("p:2").cast_by(5, matter="p:2").close("p:2")
    world.report("p:2")
    world.publish_amendment("p:2")
    assert world.stage.office.rev != old
    late = sign(
        msgspec.structs.replace(late, act=late.act | {"seq": world.inst.seqs[public_of(FIRST)] + 1}, sigs=()),
        seed_of(FIRST),
    )
    with world.out_of_turn("meaning-changed"):
        world.stage.office.handle(late)
    world.stage.office.handle(unaffected)


def test_an_act_is_held_to_the_meaning_of_now_whatever_it_and_the_one_before_it_had_in_view() -> None:
    """Two declarations with the same view, the second signed after an interpretation: recorded, both."""
    world = in_force()
    view = world.stage.office.view()
    for unit, value in ((FIRST, 20), ("u:0002", 21)):
        world.stage.office.handle(world.stage.signed("membership.declare/1", unit, DECLARE, [unit], view=view))
        world.issue("P2", value)
    assert [world.inst.units[unit].activities for unit in (FIRST, "u:0002")] == [("analysis",)] * 2


def test_what_two_officers_sign_in_a_units_name_without_its_paper_names_the_first_of_them() -> None:
    """A declaration: GY-04-01 with the unit and the first who signed, whoever that is and were it one alone."""
    world = in_force()
    for signers in ((SECRETARY, CLERK), (CLERK, SECRETARY), (CLERK,)):
        act = resigned(altered(world), signers, seq=None)
        with world.refused("GY-04-01", signed_by=signers[0], unit=FIRST):
            world.stage.office.handle(act)


def test_a_units_own_act_has_one_signature() -> None:
    """With two of its keys it would have two numbers: wrong-key; with either of them alone it is recorded."""
    world = in_force()
    world.add_key(FIRST, "u:0001 other")
    with world.out_of_turn("wrong-key"):
        world.stage.office.handle(resigned(altered(world), (FIRST, "u:0001 other")))
    world.stage.office.handle(altered(world))
    world.stage.office.handle(resigned(altered(world), ("u:0001 other",), seq=1))


def test_what_was_signed_yesterday_and_arrives_today_counts_today_but_for_the_signature_on_the_text() -> None:
    """A member leaves on arrival; an initiator signed on the day on which it did."""
    world = in_force()
    signed = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST])
    world.stage.now += DAY
    world.stage.office.handle(signed)
    assert world.inst.units[FIRST].until == world.inst.today
    world = Alliance(members=5).frozen()
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(FIRST)}
    signed = world.stage.signed("founding.sign/1", FIRST, body, [FIRST])
    world.stage.now += DAY
    world.stage.office.handle(signed)
    assert world.inst.founding.signatures[FIRST].day == world.inst.today - 1


def test_an_act_of_another_version_is_not_taken_and_nobody_signs_beside_a_unit() -> None:
    """malformed; wrong-key for an officer's signature beside the unit's own, under what has no number."""
    world = in_force()
    with world.out_of_turn("malformed", why="v"):
        handle(world, v="gongyue/act@1")
    asked = world.stage.signed("interpretation.ask/1", FIRST, QUESTION, [FIRST])
    with world.out_of_turn("wrong-key"):
        world.stage.office.handle(resigned(asked, (FIRST, CLERK)))
    world.stage.office.handle(asked)


def test_the_meaning_of_a_day_is_the_one_at_its_end() -> None:
    """An interpretation issued today: today's is the new one, yesterday's the old."""
    world = in_force()
    world.stage.now += DAY
    old = world.inst.meaning
    world.issue("P2", 20)
    assert old != world.inst.meaning
    assert [world.inst.meaning_on(world.inst.today - by) for by in (0, 1)] == [world.inst.meaning, old]


def test_a_refusal_quotes_the_draft_until_a_text_is_frozen_and_then_the_text_in_force() -> None:
    """Nobody signs for an initiator, before the freeze too; a count of too few is refused in the words that were voted in."""
    for world in (Alliance(members=5).drafted(), Alliance(members=5).frozen()):
        body = {"edition": world.edition, "capacity": "legal_representative", "signatory": commitment_to(FIRST)}
        with pytest.raises(Refused) as error:
            world.stage.do("founding.sign/1", FIRST, body, [CLERK])
        assert error.value.refusal["words"] == "联盟倡议全行业从业者加入本公约"
    world = in_force().amended(three_quarters(in_force().edition))
    world.vote_open(matter="p:2").cast_by(3, matter="p:2").after_window("p:2").anchor()
    body, files = statement(world.stage.office, "vote.close/1", "p:2")
    assert body["outcome"] == "rejected"
    with pytest.raises(Refused) as error:
        world.stage.office.handle(system_act(world.stage.office, "vote.close/1", body | {"outcome": "adopted"}, files))
    assert error.value.refusal["words"] == "经四分之三以上成员单位同意"


def test_the_basis_is_the_article_the_type_rests_on() -> None:
    """basis says which is expected."""
    world = in_force()
    with world.out_of_turn("basis", expected="at:2"):
        handle(world, basis="at:23")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"nonce": "A" * 42}, "42"),
        ({"nonce": "A" * 44}, "44"),
        ({"nonce": "=" * 43}, "="),
        ({"at": -1}, "-1"),
        ({"seq": -1}, "-1"),
        ({"at": "now"}, "now"),
        ({"rev": "md5:00"}, "rev"),
        ({"view": {"size": 0}}, "root"),
        ({"paper": {"scan": "x"}}, "scan"),
        ({"note": "unknown field"}, "note"),
        ({"actor": 7}, "actor"),
        ({"seq": 1.5}, "float"),
        ({"at": 2**53}, "2**53"),
        ({"actor": "u:0001\u202e"}, "bidi"),
        ({"actor": "u:e\u0301"}, "NFD"),
    ],
)
def test_an_envelope_of_another_form_is_malformed(fields: dict[str, Any], why: str) -> None:
    """Wrong lengths, types, fields; characters outside the canonical profile."""
    world = in_force()
    before = world.sizes()
    with pytest.raises(Malformed):
        handle(world, **fields)
    assert world.sizes() == before, why


@pytest.mark.parametrize(
    "body",
    [
        {"activities": ["analysis"]},
        {"activities": ["analysis"], "other": "", "note": "free text"},
        {"activities": ["mining"], "other": ""},
        {"activities": "analysis", "other": ""},
        {"activities": ["analysis"] * 10, "other": ""},
        {"activities": ["analysis"], "other": "文" * 61},
        {"activities": ["analysis"], "other": None},
        [],
        7,
        None,
        "text",
    ],
)
def test_a_body_of_another_form_is_malformed(body: Any) -> None:
    """A field too few, too many, of another type, too long; no object at all."""
    world = in_force()
    act = altered(world)
    changed = sign(msgspec.structs.replace(act, act=act.act | {"body": body}, sigs=()), seed_of(FIRST))
    with world.out_of_turn("malformed"):
        world.stage.office.handle(changed)


def test_a_body_that_is_no_object_is_malformed_for_every_type() -> None:
    """Also where objects, openings, earlier entries or keys are looked up in it."""
    from gongyue.governance.acts import ACT_TYPES

    world = in_force()
    for type in ACT_TYPES:
        for body in ([], 7, None, {}, {"entry": -1}, {"size": "all"}):
            act = altered(world)
            changed = act.act | {"type": type, "body": body, "basis": world.inst.basis_of(ACT_TYPES[type])}
            signed = sign(msgspec.structs.replace(act, act=changed, sigs=()), seed_of(FIRST))
            with suppress(OutOfTurn, Refused, Tampered):  # anything else that escapes is our fault
                world.stage.office.handle(signed)


def test_a_signature_over_anything_else_is_bad() -> None:
    """One bit of the act or of the signature changed, another key's signature."""
    world = in_force()
    act = altered(world)
    sig = act.sigs[0]
    flipped = ("A" if sig.sig[0] != "A" else "B") + sig.sig[1:]
    wrong: list[SignedAct] = [
        msgspec.structs.replace(act, act=act.act | {"at": act.act["at"] - 1}),
        msgspec.structs.replace(act, sigs=(msgspec.structs.replace(sig, sig=flipped),)),
        msgspec.structs.replace(act, sigs=(msgspec.structs.replace(sig, sig=""),)),
        msgspec.structs.replace(act, sigs=(msgspec.structs.replace(sig, sig="!" * 86),)),
        msgspec.structs.replace(
            act, sigs=(msgspec.structs.replace(sig, sig=altered(world, signer=OUTSIDER).sigs[0].sig),)
        ),
    ]
    for one in wrong:
        before, inst = world.sizes(), world.inst
        with pytest.raises(BadSignature):
            world.stage.office.handle(one)
        assert (world.sizes(), world.inst) == (before, inst)


def test_an_act_without_signature_or_with_one_key_twice_is_malformed() -> None:
    """Nobody signed it; one person is not two."""
    world = in_force()
    act = altered(world)
    for sigs in ((), (act.sigs[0], act.sigs[0])):
        with world.out_of_turn("malformed"):
            world.stage.office.handle(msgspec.structs.replace(act, sigs=sigs))


def test_system_acts_are_signed_by_the_office_key_or_by_a_secretary() -> None:
    """The office key does nothing else; nobody else signs for it."""
    world = in_force().proposed()
    body = {"matter": "p:1", "closes": 0, "roll": 5, "share": "2/3", "base": "roll", "quorum": ""}
    with world.out_of_turn("wrong-key"):
        world.stage.do("vote.open/1", "sys", body, [FIRST])
    with world.out_of_turn("wrong-key"):
        world.stage.do("vote.open/1", "sys", body, ["sys", SECRETARY])
    with world.refused("GY-05-01", actor="sys"):
        world.stage.do("membership.end/1", "sys", {"unit": FIRST}, ["sys"])
    with world.refused("GY-05-01", enough="secretary", officer=CLERK):
        world.executive("vote.open/1", body, [CLERK])
    from gongyue.governance.vote import opening_statement

    stated = opening_statement(world.inst, "p:1", world.inst.today)
    world.executive("vote.open/1", {"matter": "p:1", **stated}, [SECRETARY])


def test_paper_is_for_acts_that_may_be_recorded_from_it() -> None:
    """A unit's declaration of activities is its own act."""
    world = in_force()
    letter = paper("x", "2026-04-02", "2026-04-02")
    with world.out_of_turn("no-paper"):
        world.stage.do("membership.declare/1", FIRST, DECLARE, [FIRST], paper=letter)


def test_a_leaf_of_65535_bytes_is_taken_and_one_byte_more_is_not() -> None:
    """To the byte."""
    world = in_force()
    index = next(i for i in range(world.inst.size) if world.stage.entry(i).act.type == "founding.publish/1")

    def correction(total: int) -> SignedAct:
        """An act whose places have addresses of `total` bytes together beyond the shortest."""
        each, rest = divmod(total, 200)
        places = [{"url": "https://a.example/" + "x" * (each + (n < rest)), "evidence": EVIDENCE} for n in range(200)]
        body = {"entry": index, "fields": {"places": places}, "reasons": REASONS}
        return world.stage.signed("correction.correct/1", "exec", body, (PUBLISHER, SECRETARY), [REASONS_BYTES])

    exact = MAX_LEAF - len(correction(20_000).received(world.stage.now)) + 20_000
    assert len(correction(exact).received(world.stage.now)) == MAX_LEAF
    before = world.sizes()
    with pytest.raises(Malformed):
        world.stage.office.handle(correction(exact + 1))
    assert world.sizes() == before
    world.stage.office.handle(correction(exact))


def test_anchors_come_once_in_a_slot_padded_and_growing() -> None:
    """The same slot again, one to come, what was anchored before, a size that is no multiple, one that is not there yet."""
    from gongyue.book.sources import Tampered

    world = in_force().vote_open()
    world.tick()
    office = world.stage.office
    last = office.inst.anchors[-1]

    def anchor(slot: int, size: int, root: str = "") -> None:
        root = root or office._sources.sealed_root(size) or "sha256:" + "00" * 32
        office.handle(system_act(office, "book.anchor/1", {"slot": slot, "size": size, "root": root}))

    world.cast("consent", FIRST)
    size = padded(office, last.slot + 1)["size"]
    assert size == last.size + 16
    with world.out_of_turn("anchor-order"):
        anchor(last.slot, size)
    world.stage.now += 86_400
    for slot, of in ((last.slot, size), (last.slot + 2, size)):
        with world.out_of_turn("anchor-order", slot=slot):
            anchor(slot, of)
    for of in (size + 1, size - 1, last.size, last.size - 16, 0):  # grown by a quantum at least, nothing filed or much
        before = world.sizes()
        with world.out_of_turn("anchor-order", size=of) if office._sources.sealed_root(of) else pytest.raises(Tampered):
            anchor(last.slot + 1, of)
        assert world.sizes() == before
    for of, root in ((size + 16, ""), (size, "sha256:" + "00" * 32)):
        before = world.sizes()
        with pytest.raises(Tampered):
            anchor(last.slot + 1, of, root)
        assert world.sizes() == before
    anchor(last.slot + 1, size)
