"""A passkey made by hand: a P-256 key and assertions over acts as a browser would give them (WebAuthn Level 3 §7.2)."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from gongyue.book.entry import SIGNING_PREFIX, SignedAct
from gongyue.book.signing import key_id
from gongyue.governance.acts import Signature

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


class Passkey:
    """A key from a number, so that tests repeat themselves."""

    def __init__(self, secret: int = 7) -> None:
        self._key = ec.derive_private_key(secret, ec.SECP256R1())
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
        )
        self.id = key_id(point)

    def sign(
        self,
        act: SignedAct,
        origin: str = "https://gongyue.example",
        relying_party: str = "gongyue.example",
        type: str = "webauthn.get",
        flags: int = 0b101,
        challenge: bytes | None = None,
        more: dict[str, Any] | None = None,
    ) -> SignedAct:
        """The act with an assertion over it."""
        digest = hashlib.sha256(SIGNING_PREFIX + act.act_bytes).digest() if challenge is None else challenge
        said = {"type": type, "challenge": _b64(digest), "origin": origin, "crossOrigin": False} | (more or {})
        client = json.dumps(said).encode()
        authenticator = hashlib.sha256(relying_party.encode()).digest() + bytes([flags]) + bytes(4)
        signature = self._key.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        added = Signature("webauthn", self.id, _b64(signature), _b64(authenticator), _b64(client))
        return msgspec.structs.replace(act, sigs=(*act.sigs, added))


def malleated(act: SignedAct) -> SignedAct:
    """The same act with the other ECDSA signature that is equally valid: s replaced by n − s."""
    sig = act.sigs[0]
    r, s = decode_dss_signature(base64.urlsafe_b64decode(sig.sig + "=" * (-len(sig.sig) % 4)))
    other = msgspec.structs.replace(sig, sig=_b64(encode_dss_signature(r, ORDER - s)))
    return msgspec.structs.replace(act, sigs=(other,))
