"""What a key is called where one is chosen or ended: its kind, the day it counts from, the end of its name."""

from __future__ import annotations

from gongyue.covenant.periods import day_of
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Key, known
from gongyue.web.templatetags.words import day, pick

_KINDS = {"webauthn": ("通行密钥", "passkey"), "ed25519": ("密钥文件", "key file")}


def key_words(id: str, key: Key) -> str:
    """Words: 通行密钥（2026年1月12日起，末六位 53f5c2）; nobody tells keys apart by their names alone."""
    ends = f"{pick('末六位', 'ends in')} {id[-6:]}"
    since = known(key.valid_from)
    from_day = (pick(f"{day(day_of(since))}起，", f"since {day(day_of(since))}, ")) if since else ""
    return pick(f"{pick(*_KINDS[key.alg])}（{from_day}{ends}）", f"{pick(*_KINDS[key.alg])} ({from_day}{ends})")


def replaceable(inst: Institution, holder: str, time: int) -> list[str]:
    """The keys of a holder that can sign now, and so may be replaced."""
    keys = inst.keys_of(holder).items()
    return [key_words(id, key) for id, key in keys if key.valid_from <= time and not key.ended(time)]
