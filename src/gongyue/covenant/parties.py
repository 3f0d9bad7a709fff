"""Parties: how units and persons are named, and the unified social credit code (GB 32100-2015)."""

from __future__ import annotations

import re
from functools import lru_cache

EXECUTIVE = "exec"
"""The executive body 执行机构 (art. 5); not a member unit."""
SYSTEM = "sys"
"""The executive body's office key, for acts without discretion."""
AUTHORITY = "authority"
"""The competent authority 主管部门."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code_check(first17: str) -> str:
    """The check character of the first 17 characters: (31 − Σ aᵢ·3ⁱ mod 31) mod 31."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _ALPHABET[-total % 31]


@lru_cache(maxsize=65_536)
def is_credit_code(code: str) -> bool:
    """Whether `code` is a well-formed unified social credit code; letter-led codes (A…, N…, Y…) count too."""
    return bool(_CODE.fullmatch(code)) and credit_code_check(code[:17]) == code[17]


def organisation_check(first8: str) -> str:
    """The check character of an organisation code (GB 11714-1997), embedded at positions 9–17."""
    total = sum(_ORG_ALPHABET.index(c) * w for c, w in zip(first8, _ORG_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def fictional_code(serial: int, registrar: str = "91") -> str:
    """A credit code that passes every check but lies in region 000000, which does not exist: for demonstrations."""
    body = f"{serial:08d}"
    head = f"{registrar}000000{body}{organisation_check(body)}"
    return head + credit_code_check(head)


def is_unit(party: str) -> bool:
    """Whether the party is a unit (u:…)."""
    return party.startswith("u:")


def is_id_of_another(unit: str, code: str) -> bool:
    """Whether a unit's id is u: and the credit code of another unit: that one applies under it, not having been invited."""
    named = unit.removeprefix("u:").upper()
    return named != code and is_credit_code(named)
