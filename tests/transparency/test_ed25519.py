"""Strict Ed25519: the standard's vectors pass; every edge case on which implementations differ is refused."""

from hashlib import sha512

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency import ed25519

# Curve arithmetic of RFC 8032 5.1, only to build the vectors.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def point(y: int, sign: int) -> tuple[int, int] | None:
    """RFC 8032 5.1.3."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return (x if x & 1 == sign else -x % P), y


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    k = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(number, base):
    total = (0, 1)
    while number:
        if number & 1:
            total = add(total, base)
        base, number = add(base, base), number >> 1
    return total


def encoded(place, y=None, sign=None) -> bytes:
    x, own_y = place
    return ((own_y if y is None else y) | (x & 1 if sign is None else sign) << 255).to_bytes(32, "little")


def challenge(r: bytes, a: bytes, message: bytes) -> int:
    return int.from_bytes(sha512(r + a + message).digest(), "little") % L


BASE = point(4 * pow(5, -1, P) % P, 0)
EIGHTH = next(t for y in range(2, 99) if (q := point(y, 0)) and times(4, t := times(L, q)) != (0, 1))
TORSION = [times(i, EIGHTH) for i in range(8)]
CANONICAL_SMALL = [encoded(t) for t in TORSION]
NON_CANONICAL_SMALL = [encoded((0, 1), sign=1), encoded((0, P - 1), sign=1)] + [
    encoded((0, 0), y=y, sign=s) for y in (P, P + 1) for s in (0, 1)
]
SECRET, NONCE, MESSAGE = 2**251 + 12345, 2**250 + 6789, "一条行为".encode()
HONEST = times(SECRET, BASE)


def signed(r, a, secret=SECRET, nonce=NONCE, s_shift=0) -> bytes:
    """R and S that satisfy the equation as far as r and a let it; torsion in them is left out of S."""
    s = (nonce + challenge(encoded(r), encoded(a), MESSAGE) * secret) % L + s_shift
    return encoded(r) + s.to_bytes(32, "little")


VECTORS = [  # RFC 8032 7.1: tests 1 to 3
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_are_reproduced(seed, public, message, signature):
    """Key, signature and verification."""
    seed, public, message, signature = map(bytes.fromhex, (seed, public, message, signature))
    assert ed25519.public(seed) == public
    assert ed25519.sign(seed, message) == signature
    assert ed25519.verify(public, message, signature)
    assert not ed25519.weak(public)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_one_flipped_bit_spoils_a_signature(seed, message, bit):
    """A true signature verifies, the altered one does not."""
    signature, public = ed25519.sign(seed, message), ed25519.public(seed)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert ed25519.verify(public, message, signature)
    assert not ed25519.verify(public, message, bytes(changed))
    assert not ed25519.verify(public, message + b"\0", signature)


def test_the_vectors_are_built_rightly():
    """The honest one verifies; without this the refusals below would say nothing."""
    assert len(set(CANONICAL_SMALL)) == 8
    assert len(set(NON_CANONICAL_SMALL + CANONICAL_SMALL)) == 14
    assert ed25519.verify(encoded(HONEST), MESSAGE, signed(times(NONCE, BASE), HONEST))


@pytest.mark.parametrize("key", CANONICAL_SMALL + NON_CANONICAL_SMALL, ids=bytes.hex)
def test_a_key_of_small_order_is_weak_and_signs_nothing(key):
    """All eight points and the six further spellings; S = 0 with any small R would satisfy other implementations."""
    assert ed25519.weak(key)
    for r in CANONICAL_SMALL + NON_CANONICAL_SMALL:
        assert not ed25519.verify(key, MESSAGE, r + bytes(32))
        assert not ed25519.verify(key, b"", r + bytes(32))


@pytest.mark.parametrize("r", CANONICAL_SMALL + NON_CANONICAL_SMALL, ids=bytes.hex)
def test_a_nonce_point_of_small_order_is_refused(r):
    """Under an honest key, with the S that satisfies the equation (for the identity: even without cofactor)."""
    s = challenge(r, encoded(HONEST), MESSAGE) * SECRET % L
    assert not ed25519.verify(encoded(HONEST), MESSAGE, r + s.to_bytes(32, "little"))


@pytest.mark.parametrize("torsion", TORSION[1:], ids=lambda t: encoded(t).hex()[:8])
def test_a_nonce_point_outside_the_group_is_refused(torsion):
    """Only verification with cofactor would accept it."""
    assert not ed25519.verify(encoded(HONEST), MESSAGE, signed(add(times(NONCE, BASE), torsion), HONEST))


@pytest.mark.parametrize("torsion", TORSION[1:], ids=lambda t: encoded(t).hex()[:8])
def test_a_key_outside_the_group_is_weak_and_signs_nothing(torsion):
    """Whether others accept its signatures depends on cofactor and chance, so it is refused whole."""
    key = add(HONEST, torsion)
    assert ed25519.weak(encoded(key))
    for nonce in range(NONCE, NONCE + 16):  # for some of these the challenge cancels the torsion
        assert not ed25519.verify(encoded(key), MESSAGE, signed(times(nonce, BASE), key, nonce=nonce))


@pytest.mark.parametrize("shift", [L, 2 * L, 7 * L])
def test_a_scalar_beyond_the_group_order_is_refused(shift):
    """S + L is the classical malleation. RFC 8032 5.1.7 requires S < L."""
    assert not ed25519.verify(encoded(HONEST), MESSAGE, signed(times(NONCE, BASE), HONEST, s_shift=shift))


@pytest.mark.parametrize("y", range(P, 2**255))
def test_a_key_with_a_number_beyond_the_prime_is_weak(y):
    """All 19 numbers from the prime up, with both signs, on the curve or not."""
    assert ed25519.weak(y.to_bytes(32, "little"))
    assert ed25519.weak((y | 1 << 255).to_bytes(32, "little"))


def test_bytes_that_are_no_point_are_weak():
    """A y without x on the curve."""
    y = next(y for y in range(2, 99) if point(y, 0) is None)
    assert ed25519.weak(y.to_bytes(32, "little"))


@given(st.binary(max_size=70), st.binary(max_size=9), st.binary(max_size=70))
def test_nonsense_is_false_and_never_an_error(key, message, signature):
    """Any bytes of any length."""
    assert not ed25519.verify(key, message, signature)


def test_a_seed_of_another_length_is_an_error():
    """Signing is our own doing: a wrong seed is loud."""
    with pytest.raises(ValueError, match="32 bytes"):
        ed25519.sign(b"short", b"")
