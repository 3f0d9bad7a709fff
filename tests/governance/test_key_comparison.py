"""The key of a unit nobody knew: it signs nothing in its name until two officers compared it with the stamped form (4, 23)."""

from __future__ import annotations

from gongyue.covenant.parties import fictional_code
from gongyue.governance.key import able
from gongyue.office.keyless_parties import way_back
from gongyue.verifying.verify import Request, verify
from support.alliance import CLERK, FIRST, PUBLISHER, SECRETARY, Alliance, commitment_to, public_of
from support.published import published_by_force, vkey

UNIT = f"u:{fictional_code(50).lower()}"


def admitted() -> Alliance:
    """A firm nobody knew is a member, by its application."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-06-01")
    world.grant(world.apply(50))
    return world


def compare(world: Alliance, *signers: str, unit: str = UNIT, key: str = "") -> None:
    """Officers compare the key."""
    body = {"unit": unit, "key": key or public_of(UNIT), "form": commitment_to("form")}
    world.executive("membership.compare/1", body, signers or (SECRETARY, CLERK))


def test_whoever_applied_in_a_firms_name_signs_nothing_for_it_until_two_compared() -> None:
    """A member with a key that does not count: GY-05-04; compared, it does; it is told so, and the book verifies."""
    world = admitted()
    assert UNIT in world.inst.members and not able(world.inst, UNIT, world.stage.now)
    assert "核对" in way_back(world.inst, UNIT, world.stage.now)[0]
    for type, body in (
        ("membership.withdraw/1", {"effective": None}),
        ("petition.submit/1", {"kind": "wish", "text": commitment_to("x")}),
    ):
        with world.refused("GY-05-04", "先由两名职员把它的核对词与盖章的申请表核对", holder=UNIT):
            world.unit(type, UNIT, body)
    compare(world)
    assert able(world.inst, UNIT, world.stage.now) and not world.inst.uncompared
    world.stage.now += 60
    world.unit("petition.submit/1", UNIT, {"kind": "wish", "text": commitment_to("x")})
    files = published_by_force(world)
    assert verify(files.__getitem__, Request(vkey(world)))[0].code == 0


def test_two_officers_compare_each_key_once() -> None:
    """One: GY-05-02; another office: GY-05-01; a key that waits for nothing, of another unit, compared already: not-found."""
    world = admitted()
    with world.refused("GY-05-02"):
        compare(world, SECRETARY)
    with world.refused("GY-05-01"):
        compare(world, SECRETARY, PUBLISHER)
    with world.refused("GY-05-01"):
        compare(world, FIRST, CLERK)
    with world.out_of_turn("not-found"):
        compare(world, unit=FIRST)
    with world.out_of_turn("not-found"):
        compare(world, unit=FIRST, key=public_of(FIRST))
    compare(world)
    with world.out_of_turn("not-found"):
        compare(world)


def test_whoever_compares_another_key_is_told_which_one_waits_and_what_to_do() -> None:
    """The key that the application brought, by its name; another key by letter where the form bears other words, which is lawful."""
    world, other = admitted(), public_of(FIRST)
    for key in (other, public_of("nobody")):
        with world.out_of_turn("not-found") as said:
            compare(world, key=key)
        assert f"没有 {UNIT} 等待核对的密钥 {key}：它申请所带的是 {public_of(UNIT)}，请改为核对这一把" in said["zh"]
        assert f"its application brought {public_of(UNIT)}, compare that one" in said["en"]
        assert "gongyue key recover" in said["zh"] and "gongyue key recover" in said["en"]
        assert said["figures"] == {"what": key}
    recovered = {"key": public_of("new"), "alg": "ed25519"}
    world.on_paper("key.recover/1", UNIT, recovered, "2026-06-02", "2026-06-02")
    compare(world)
    with world.out_of_turn("not-found") as said:
        compare(world, key=other)
    assert "无须再办" in said["zh"]


def test_whoever_reads_whom_the_alliance_invited_cannot_take_its_place() -> None:
    """Anybody applies with a key of its own in an invited firm's name: granted, it signs nothing until two officers compared it."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-06-01")
    world.invite(51, alliance=False)
    world.grant(world.apply(51))
    unit = world.inst.by_code[fictional_code(51)]
    assert unit in world.inst.members and not able(world.inst, unit, world.stage.now)
    with world.refused("GY-05-04", holder=unit):
        world.unit("petition.submit/1", unit, {"kind": "wish", "text": commitment_to("x")})
    compare(world, unit=unit, key=public_of(unit))
    assert able(world.inst, unit, world.stage.now)


def test_a_unit_that_has_a_key_needs_no_comparison() -> None:
    """Its first key was registered from its stamped letter; it applies with that key, and nothing waits."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-06-01")
    world.invite(51, alliance=False)
    unit = world.inst.by_code[fictional_code(51)]
    world.register(unit)
    world.grant(world.apply(51))
    assert not world.inst.uncompared and able(world.inst, unit, world.stage.now)
