"""The types that are looked for: their numbers, words and groups, from `kinds.toml`; and the numbers of cues that are no type."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

Group = Literal["personal", "organisation", "secret", "trade"]


class EntityType(msgspec.Struct, frozen=True, kw_only=True):
    """A type: how it is called, what it belongs to, which categories of a promise can hold it."""

    name: str
    zh: str
    en: str
    group: Group = "personal"
    families: tuple[str, ...] = ()


(
    SECRET, CN_ID, FOREIGNER_ID, USCC, BANK_CARD, CN_MOBILE, IMSI, IMEI, PHONE_INTL, LANDLINE, EMAIL, IPV6, MAC, IPV4, IBAN,
    US_SSN, PASSPORT, HKM_PERMIT, TW_PERMIT, SOCIAL_SEC, PLATE, VIN, QQ, WECHAT, GPS, DOB, ADDRESS, PERSON, TRADE_SECRET,
) = range(1, 30)  # fmt: skip
"""The numbers of the types in the arrays; 0 is a token of some shape that is none of them."""
SHAPE = 0
COUNT = 30

(
    NEGATIVE, VERSION, CONNECT, PHONE, DOCUMENT, TITLE, BORN, REGION, PLACE, STREET_EN, KEY, KEYWORD, MARK, ORGANISATION, SURNAMES,
    LABEL, ROLE, MEETS, SAID, ELEMENT, NATIVE, THING,
) = range(32, 54)  # fmt: skip
"""Cues that name no one type: another kind of number, a version, words between a label and its value, any telephone, any
document, a title after a name, "born" after a date, a place's full name, its short one, an English street, a key's prefix,
a password's label, a marking, what follows the name of a firm, a surname of two characters, any other label,
what somebody is to another or does for a living, a verb before a name, a verb after one, what names of Tibetans, Mongols and
Uyghurs are made of, and whole names of theirs; that a column is called after things."""

REJECTED, PLAUSIBLE, VALID, MASKED = range(4)
"""Tiers: of that shape only; checksum fails or there is none, but a cue stands beside it; valid; masked by its owner."""
TIERS = ("", "plausible", "valid", "masked")
STRENGTH = ("masked", "plausible", "valid")
"""The tiers that are told, from what reveals least."""


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(files("gongyue.conduct.scanning").joinpath("kinds.toml").read_text("utf-8"))


@cache
def kinds() -> dict[int, EntityType]:
    """The types by number, from 1."""
    return dict(enumerate(msgspec.convert(_raw()["kind"], list[EntityType]), 1))


@cache
def numbers() -> dict[str, int]:
    """Number by name."""
    return {kind.name: number for number, kind in kinds().items()}


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The words by which a category of a promise stands for a family of types."""
    return {name: tuple(words) for name, words in _raw()["families"].items()}
