"""Commitments: what a sealed leaf holds, and what opens it (formats §10.1).

`c = SHA-256("gongyue/commit@1\\n" ‖ salt ‖ entry)`, with a salt of 32 random bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

PREFIX = b"gongyue/commit@1\n"
SALT_BYTES = 32


def commit(salt: bytes, entry: bytes) -> str:
    """The commitment `sha256:<hex>` to an entry's canonical bytes; ValueError unless the salt has 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    hashed = hashlib.sha256(PREFIX + salt)
    hashed.update(entry)  # which may be a document of 64 MiB: not copied
    return "sha256:" + hashed.hexdigest()


def salted(salt: bytes, content: bytes) -> bytes:
    """A content with what opens its commitment: the bytes of which the commitment is the SHA-256."""
    return PREFIX + salt + content


def is_salted(data: bytes) -> bool:
    """Whether bytes are a content with what opens its commitment."""
    return data.startswith(PREFIX) and len(data) >= len(PREFIX) + SALT_BYTES


def salted_content(data: bytes) -> bytes:
    """The content of `salted`; ValueError where the bytes are something else."""
    if not is_salted(data):
        raise ValueError("not a content with its salt")
    return data[len(PREFIX) + SALT_BYTES :]


def salt_of(data: bytes) -> bytes:
    """The salt of `salted`; ValueError where the bytes are something else."""
    if not is_salted(data):
        raise ValueError("not a content with its salt")
    return data[len(PREFIX) : len(PREFIX) + SALT_BYTES]


def sealed_leaf(commitment: str) -> bytes:
    """The leaf of the sealed book: the commitment and nothing else."""
    return b'{"c":"%s","v":"gongyue/sealed@1"}' % commitment.encode("ascii")


def commitment_of(leaf: bytes) -> str:
    """The commitment that a leaf of the sealed book holds; ValueError unless it is one, to the letter."""
    if not is_sealed_leaf(leaf):
        raise ValueError("not a leaf of the sealed book")
    return leaf[6:77].decode("ascii")


def is_sealed_leaf(data: bytes) -> bool:
    """Whether a leaf of the sealed book is exactly a commitment, to the letter."""
    return _LEAF.fullmatch(data) is not None


def are_sealed_leaves(leaves: Sequence[bytes]) -> bool:
    """The same of many, looked at as one text: one line each, and none of them holds a line break of its own."""
    text = b"\n".join([*leaves, b""])
    return _LEAVES.fullmatch(text) is not None and text.count(b"\n") == len(leaves)


_LEAF = re.compile(rb'\{"c":"sha256:[0-9a-f]{64}","v":"gongyue/sealed@1"\}')
_LEAVES = re.compile(rb"(?:" + _LEAF.pattern + rb"\n)*")
