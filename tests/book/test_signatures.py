"""Signatures of acts: Ed25519 and passkeys, and what neither accepts."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.signing import Job, job, verify
from gongyue.governance.acts import Signature
from gongyue.office.office import BadSignature
from support.alliance import FIRST, Alliance
from support.passkey import Passkey, malleated

ORIGINS = ("https://gongyue.example",)


def with_passkey() -> tuple[Alliance, Passkey]:
    """甲 has a passkey besides its key."""
    world, key = Alliance(members=5).in_force(), Passkey()
    world.unit("key.add/1", FIRST, {"key": key.id, "alg": "webauthn"})
    return world, key


def unsigned(world: Alliance, key: Passkey) -> SignedAct:
    act = world.stage.signed("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [FIRST])
    seq = world.inst.seqs.get(key.id, 0) + 1
    return msgspec.structs.replace(act, act=act.act | {"seq": seq}, sigs=())


def test_a_passkey_signs_an_act() -> None:
    """Its assertion over the act's digest is a signature like any other."""
    world, key = with_passkey()
    world.stage.office.handle(key.sign(unsigned(world, key)))
    assert world.inst.seqs[key.id] == 1


def test_a_relying_party_may_be_a_parent_domain() -> None:
    """login.gongyue.example under gongyue.example, but never the other way, nor a mere suffix of letters."""
    world = Alliance(members=5, origins=["https://login.gongyue.example:8443"]).in_force()
    key = Passkey()
    world.unit("key.add/1", FIRST, {"key": key.id, "alg": "webauthn"})
    for party in ("a.login.gongyue.example", "yue.example", "other.example"):
        with pytest.raises(BadSignature):
            world.stage.office.handle(
                key.sign(unsigned(world, key), origin="https://login.gongyue.example:8443", relying_party=party)
            )
    world.stage.office.handle(key.sign(unsigned(world, key), origin="https://login.gongyue.example:8443"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://gongyue.example"},
        {"origin": "https://gongyue.example.evil.example"},
        {"origin": ""},
        {"type": "webauthn.create"},
        {"flags": 0b001},
        {"flags": 0b100},
        {"flags": 0},
        {"challenge": bytes(32)},
        {"challenge": b""},
        {"relying_party": "evil.example"},
        {"more": {"challenge": 7}},
        {"more": {"origin": ["https://gongyue.example"]}},
        {"more": {"type": None}},
    ],
)
def test_an_assertion_about_anything_else_is_no_signature(wrong: dict[str, Any]) -> None:
    """Another origin, type, challenge or relying party; nobody present; nobody verified."""
    world, key = with_passkey()
    before = world.sizes()
    with pytest.raises(BadSignature):
        world.stage.office.handle(key.sign(unsigned(world, key), **wrong))
    assert world.sizes() == before


def test_an_assertion_over_another_act_is_no_signature() -> None:
    """Moved from one act to the next it does not hold."""
    world, key = with_passkey()
    act = unsigned(world, key)
    other = msgspec.structs.replace(act, act=act.act | {"at": act.act["at"] - 1})
    moved = msgspec.structs.replace(other, sigs=key.sign(act).sigs)
    with pytest.raises(BadSignature):
        world.stage.office.handle(moved)


def test_a_malleated_signature_is_valid_and_does_not_record_the_act_twice() -> None:
    """ECDSA is malleable: acts are told apart by their digest, never by the leaf."""
    world, key = with_passkey()
    act = key.sign(unsigned(world, key))
    twin = malleated(act)
    assert twin.sigs != act.sigs
    assert verify(job(twin.sigs[0], b"gongyue/act@2\n" + twin.act_bytes), ORIGINS)
    first = world.stage.office.handle(act)
    before = world.sizes()
    assert world.stage.office.handle(twin).index == first.index
    assert world.sizes() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("ad", None), ("cd", None), ("ad", ""), ("ad", "AAAA"), ("cd", "e30"), ("cd", "bm90IGpzb24"), ("cd", "NQ"), ("sig", "AAAA"), ("sig", "*")],
)  # fmt: skip
def test_a_mutilated_assertion_is_a_bad_signature_and_never_an_error(field: str, value: str | None) -> None:
    """Missing parts, too short, JSON that is no object, no DER."""
    world, key = with_passkey()
    act = key.sign(unsigned(world, key))
    broken = msgspec.structs.replace(act, sigs=(msgspec.structs.replace(act.sigs[0], **{field: value}),))
    with pytest.raises(BadSignature):
        world.stage.office.handle(broken)


def test_verify_never_raises_whatever_it_is_given() -> None:
    """Unknown algorithms, keys of wrong length, points off the curve."""
    sig = Signature("ed25519", "k:" + "00" * 32, "AA")
    client = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjo1LCJvcmlnaW4iOiJ4In0"
    for alg in ("ed25519", "webauthn", "sm2-sm3", ""):
        for key in (b"", bytes(32), b"\x02" + bytes(32), b"\x05" + b"\xff" * 32, b"\xff" * 65):
            for cd in (None, client, "W10"):
                one = msgspec.structs.replace(sig, alg=alg, cd=cd, ad="A" * 50)
                assert not verify(Job(alg, key, b"", one), ORIGINS)


def test_a_signature_is_over_the_prefix_and_the_acts_own_bytes() -> None:
    """The leaf holds the act as a slice: what is signed is that slice behind a prefix of its own."""
    from gongyue.book.entry import decode

    world = Alliance(members=3, initiators=3)
    data = world.stage.office.store.leaf("open", 0)
    assert data is not None
    leaf = decode(data)
    assert leaf.act_bytes in data
    assert leaf.signed == b"gongyue/act@2\n" + leaf.act_bytes
    assert leaf.digest == "sha256:" + hashlib.sha256(leaf.act_bytes).hexdigest()
