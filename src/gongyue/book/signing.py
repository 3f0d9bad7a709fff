"""Signatures of acts: Ed25519 by libsodium, passkeys by their assertion over the act (formats §4.1)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from gongyue.book.entry import SIGNING_PREFIX, SignedAct
from gongyue.governance.acts import Signature
from gongyue.transparency import ed25519


class Job(msgspec.Struct, frozen=True):
    """One signature to check: the key's algorithm and bytes, what was signed, the signature; for passkeys the rest."""

    alg: str
    key: bytes
    signed: bytes
    sig: Signature


def key_id(public: bytes) -> str:
    """A key's name is its own bytes: k:<hex> of 32 (Ed25519) or 33 (compressed P-256)."""
    return "k:" + public.hex()


def sign(act: SignedAct, seed: bytes) -> SignedAct:
    """The act with an Ed25519 signature added."""
    public = ed25519.public(seed)
    signature = ed25519.sign(seed, SIGNING_PREFIX + act.act_bytes)
    added = Signature("ed25519", key_id(public), _b64(signature))
    return msgspec.structs.replace(act, sigs=(*act.sigs, added))


def job(sig: Signature, signed: bytes) -> Job:
    """The check of one signature."""
    return Job(sig.alg, bytes.fromhex(sig.key[2:]), signed, sig)


def verify(check: Job, origins: Sequence[str] = ()) -> bool:
    """Whether the signature is good. Never raises: anything malformed is a bad signature."""
    try:
        if check.alg == "ed25519":
            return len(check.key) == 32 and ed25519.verify(check.key, check.signed, _unb64(check.sig.sig))
        if check.alg == "webauthn":
            return _assertion_holds(check, origins)
    except (ValueError, KeyError, TypeError, RecursionError, InvalidSignature):
        return False
    return False


def is_acceptable_key(alg: str, key: str) -> bool:
    """Whether a key may be registered: of the right length, on the curve, not weak."""
    public = bytes.fromhex(key[2:])
    if alg == "ed25519":
        return len(public) == 32 and not ed25519.weak(public)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        return False
    return alg == "webauthn" and len(public) == 33


def _assertion_holds(check: Job, origins: Sequence[str]) -> bool:
    """WebAuthn Level 3 §7.2: type, challenge, origin, user present and verified, signature over ad ‖ SHA-256(cd)."""
    authenticator, client = _unb64(check.sig.ad or ""), _unb64(check.sig.cd or "")
    said = json.loads(client)
    challenge = hashlib.sha256(check.signed).digest()
    if said["type"] != "webauthn.get" or _unb64(said["challenge"]) != challenge or said["origin"] not in origins:
        return False
    host = said["origin"].split("://", 1)[1].split(":", 1)[0]
    relying_party = authenticator[:32]
    suffixes = [host[i:] for i in range(len(host)) if i == 0 or host[i - 1] == "."]
    if relying_party not in [hashlib.sha256(s.encode()).digest() for s in suffixes]:
        return False
    if len(authenticator) < 37 or authenticator[32] & 0b101 != 0b101:
        return False
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), check.key)
    public.verify(_unb64(check.sig.sig), authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    return True


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _unb64(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _b64(data) != text:
        raise ValueError("base64url")
    return data
