"""The challenge 抽查题: rows drawn from a seed, so that anybody draws the same and nobody could foresee them.

Construction, public contract `gongyue/challenge@1`: for i = 0, 1, 2 … let x be the first 8 bytes, big-endian, of
SHA-256("gongyue/challenge@1\\n" ‖ canonical JSON of {"attestation": its digest, "counter": i, "seed": the seed}).
x is passed over if it is not below the greatest multiple of n (rows) that 2^64 holds, so that no row is likelier than
another; else row x mod n + 1 is drawn, unless it was drawn before; until there are k.
"""

from __future__ import annotations

from hashlib import sha256

from gongyue.conduct.attesting.faults import fault_text
from gongyue.conduct.attesting.file_formats import Challenge
from gongyue.conduct.findings import BadInput
from gongyue.transparency.canonical import NotCanonical, encode

PREFIX = b"gongyue/challenge@1\n"
MOST = 10_000
"""Rows one challenge may ask for: an answer is a file that people send."""


def challenge(attestation: str, rows: int, seed: str, k: int) -> Challenge:
    """The challenge of k rows to the attestation of that digest over so many rows; BadInput if k is impossible."""
    if not seed.strip():
        raise BadInput("种子是空的：用递交之后才有的文字，如检查点的根",
                       "the seed is empty: take a text fixed after submission, such as a checkpoint's root")  # fmt: skip
    if not rows:
        raise BadInput("证明共 0 行，没有可抽的行", "no rows can be drawn: the attestation has none")
    if not 1 <= k <= min(rows, MOST):
        raise BadInput(
            f"抽查行数须在 1 与 {min(rows, MOST)} 之间（证明共 {rows} 行）",
            f"between 1 and {min(rows, MOST)} rows can be drawn (the attestation has {rows})",
        )
    try:
        return Challenge("gongyue/challenge@1", attestation, rows, seed, sorted(_draw(attestation, rows, seed, k)))
    except NotCanonical as error:
        zh, en = fault_text(error)
        raise BadInput(f"种子不合规范：{zh}", f"the seed is outside the canonical form: {en}") from None


def is_fair_draw(asked: Challenge, attestation: str, rows: int) -> bool:
    """Whether a challenge to the attestation of that digest over so many rows is the one that its seed draws."""
    try:
        return challenge(attestation, rows, asked.seed, len(asked.rows)) == asked
    except BadInput:
        return False


def _draw(attestation: str, rows: int, seed: str, k: int) -> set[int]:
    fair, drawn, counter = (1 << 64) // rows * rows, set[int](), 0
    while len(drawn) < k:
        said = encode({"attestation": attestation, "counter": counter, "seed": seed})
        number = int.from_bytes(sha256(PREFIX + said).digest()[:8])
        counter += 1
        if number < fair:
            drawn.add(number % rows + 1)
    return drawn


def detectable_share(k: int, rows: int) -> float:
    """The least share of rows that, if wrong, a draw of k meets with 95 %: 1 − 0.05^(1/k), and never below one row."""
    return max(1 - 0.05 ** (1 / k), 1 / rows) if k < rows else 1 / rows
