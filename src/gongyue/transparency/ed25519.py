"""Strict Ed25519 (RFC 8032) through libsodium.

Implementations disagree about edge cases: keys and nonces of small order, encodings of numbers beyond the prime,
a scalar S beyond the group order. Here all of them are refused, so a signature accepted here is accepted
everywhere. A key outside the prime-order group is refused too: only such a key, which no honest seed yields, can
tell verification with cofactor from verification without.
"""

from functools import lru_cache

from nacl import bindings
from nacl.exceptions import CryptoError

SEED_SIZE = PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64


def public(seed: bytes) -> bytes:
    """The 32-byte public key of a 32-byte secret seed; ``ValueError`` if the seed has another length."""
    return _pair(seed)[0]


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64-byte signature of ``message``; ``ValueError`` if the seed is not 32 bytes. RFC 8032 5.1.6."""
    return bindings.crypto_sign(message, _pair(seed)[1])[:SIGNATURE_SIZE]


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """True if ``signature`` is the key's strict signature of ``message``. Wrong lengths give False, never an error."""
    if len(signature) != SIGNATURE_SIZE or weak(public):
        return False
    try:
        bindings.crypto_sign_open(signature + message, public)
    except CryptoError:
        return False
    return True


@lru_cache(maxsize=4096)
def weak(public: bytes) -> bool:
    """True if the key must not be registered: wrong length, no canonical point, small order or outside the group."""
    return len(public) != PUBLIC_SIZE or not bindings.crypto_core_ed25519_is_valid_point(public)


@lru_cache(maxsize=64)  # a book key signs every head and receipt; deriving it costs as much as signing
def _pair(seed: bytes) -> tuple[bytes, bytes]:
    if len(seed) != SEED_SIZE:
        raise ValueError(f"a seed has {SEED_SIZE} bytes, not {len(seed)}")
    return bindings.crypto_sign_seed_keypair(seed)
