"""The dated law pack on cross-border flows: figures with their source and how they were checked; none in code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import field

from gongyue.conduct.findings import BadInput, finding
from gongyue.conduct.forms import Fault, faults_of
from gongyue.conduct.promise_loader import toml_of
from gongyue.covenant.rulings import Refused

SHIPPED = "cross-border-2024-03-22"
Confidence = Literal["V1", "V2", "C", "GK"]


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law, order or official answer that sources cite by its key: since when it stands, and its title."""

    since: date = field(name="from")
    confidence: Confidence
    zh: str
    en: str


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact of law: its value, where it stands, how it was checked (GK: not checked at all)."""

    value: int | tuple[str, ...]
    source: str
    confidence: Confidence
    zh: str
    en: str


class Exemption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case the law does not count, and the facts it needs to be shown."""

    source: str
    confidence: Confidence
    needs: tuple[str, ...]
    zh: str
    en: str


class Duty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A duty beside the routes, in words."""

    source: str
    confidence: Confidence
    zh: str
    en: str


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done, under which articles, with which papers, and what else to know of it."""

    source: str
    zh: str
    en: str
    file: tuple[str, ...]
    know: tuple[Duty, ...] = ()


PERSONS = ("assessment_ordinary", "assessment_sensitive", "contract_ordinary", "contract_sensitive")
CLOCKS = (
    "important_months", "assessment_years", "extension_years", "extension_workdays", "contract_filing_workdays",
    "certificate_years", "certificate_renew_months",
)  # fmt: skip
LONGEST = 1000
"""A clock of more years, months or working days is a slip; with it no term leads out of the calendar."""


NEEDS = frozenset({
    "necessary", "evidence", "listed", "labour_rules", "collective_contract", "zone", "negative_list", "negative_list_date",
})  # fmt: skip
"""What an exemption may need to be shown."""


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pack; `to` is the first day it no longer applies. `always`: what holds whatever the route; `told`: what else to
    know where flows come to an outcome; `crossing`: what the application holds where the numbers come to need the
    assessment within a year."""

    schema: Literal["gongyue/law-pack/cross-border/1"]
    id: str
    zh: str
    en: str
    since: date = field(name="from")
    checked: date
    instrument: dict[str, Instrument]
    fact: dict[str, Fact]
    exemption: dict[str, Exemption]
    route: dict[str, Route]
    always: tuple[Duty, ...]
    crossing: Duty
    told: dict[str, tuple[Duty, ...]] = {}
    to: date | None = None

    def number(self, name: str) -> int:
        """A fact that is a number."""
        value = self.fact[name].value
        assert isinstance(value, int)
        return value

    def in_force(self, on: date) -> bool:
        """Whether it applies on that day."""
        return self.since <= on and (self.to is None or on < self.to)

    def not_yet(self, text: str, on: date) -> set[str]:
        """The instruments cited in a text that do not stand on that day; before the pack begins, on its first day."""
        day = max(on, self.since)
        return {key for key, one in self.instrument.items() if one.since > day and _cites(text, key)}

    def cited(self, source: str, on: date) -> str:
        """A source without what does not stand on that day; "" where nothing is left."""
        return "；".join(part for part in source.split("；") if not self.not_yet(part, on))

    def standing(self, duties: Iterable[Duty], on: date) -> tuple[Duty, ...]:
        """The duties but for those that rest on what is not law yet on that day."""
        return tuple(one for one in duties if not self.not_yet(one.source, on))

    def named(self, sources: Iterable[str]) -> dict[str, Instrument]:
        """The instruments that these sources cite, by their key."""
        text = "；".join(sources)
        return {key: one for key, one in self.instrument.items() if _cites(text, key)}

    @property
    def unverified(self) -> dict[str, Fact]:
        """The facts nobody has checked against the instrument."""
        return {name: fact for name, fact in self.fact.items() if fact.confidence == "GK"}


def _cites(text: str, key: str) -> bool:
    return re.search(re.escape(key) + r"(?!\d)", text) is not None


def _undated(pack: Pack) -> list[str]:
    """Sources that cite no instrument of the pack: nobody could tell since when they hold. GK says so of itself."""
    known = [one for duties in (*(route.know for route in pack.route.values()), *pack.told.values()) for one in duties]
    said: list[Fact | Exemption | Duty] = [
        *pack.fact.values(),
        *pack.exemption.values(),
        *pack.always,
        pack.crossing,
        *known,
    ]
    sources = [one.source for one in said if one.confidence != "GK"] + [one.source for one in pack.route.values()]
    parts = {part for source in sources for part in source.split("；")}
    return sorted(part for part in parts if not any(_cites(part, key) for key in pack.instrument))


def expired(pack: Pack, on: date) -> Refused:
    """GY-06-01: the pack does not apply on that day; `--historic` computes by it all the same, and says so."""
    ends = "—" if pack.to is None else pack.to.isoformat()
    figures: dict[str, int | str] = {"pack": pack.id, "from": pack.since.isoformat(), "to": ends, "on": on.isoformat()}
    return Refused(finding("GY-06-01", "6", figures, "--historic"))


def open_pack(name: str = SHIPPED) -> Pack:
    """A pack by its shipped name or its file; BadInput says what is wrong, OSError if it is not there."""
    path = Path(name)
    if path.suffix != ".toml" and re.fullmatch(r"[a-z0-9-]+", name):
        place = files("gongyue.conduct").joinpath("packs", f"{name}.toml")
        if not place.is_file():
            raise BadInput(
                f"没有规则包 {name}；附带的是 {SHIPPED}，别的请写文件路径",
                f"there is no law pack {name}: {SHIPPED} is the one shipped; name another by the path of its file",
            )
        data = place.read_bytes()
    else:
        data = path.read_bytes()
    raw = toml_of(data, name)
    try:
        pack = msgspec.convert(raw, Pack)
    except msgspec.ValidationError as error:
        faults = list(faults_of(Pack, raw)) or [Fault((), str(error), str(error))]
        zh, en = ("\n".join(fault.said(lang) for fault in faults[:5]) for lang in ("zh", "en"))
        raise BadInput(f"规则包 {name} 不合格式：\n{zh}", f"law pack {name} is malformed:\n{en}") from None
    numbers = [n for n in PERSONS + CLOCKS if n not in pack.fact or not isinstance(pack.fact[n].value, int)]
    unknown = sorted({need for exemption in pack.exemption.values() for need in exemption.needs} - NEEDS)
    if unknown:
        listed = "、".join(unknown)
        raise BadInput(f"规则包 {name} 的 needs 不认识 {listed}", f"law pack {name}: needs does not know {listed}")
    if beside := sorted(set(pack.told) - set(pack.exemption) - {"not_export"}):
        listed = "、".join(beside)
        raise BadInput(f"规则包 {name} 的 told 不认识 {listed}", f"law pack {name}: told does not know {listed}")
    if undated := _undated(pack):
        listed = "、".join(undated)
        raise BadInput(
            f"规则包 {name} 的出处 {listed} 没有 [instrument] 载明自何日施行",
            f"law pack {name}: no [instrument] says since when {listed} is in force",
        )
    missing = [*numbers, *(r for r in ("assessment", "contract", "exempt") if r not in pack.route)]
    if missing:
        listed = "、".join(missing)
        raise BadInput(f"规则包 {name} 缺 {listed}", f"law pack {name} misses {listed}")
    wrong = [n for n in PERSONS + CLOCKS if pack.number(n) < 0 or n in CLOCKS and pack.number(n) > LONGEST]
    if wrong:
        listed = "、".join(wrong)
        raise BadInput(f"规则包 {name} 的 {listed} 须不小于 0，期限不大于 {LONGEST}",
                       f"law pack {name}: {listed} should be at least 0, and a clock at most {LONGEST}")  # fmt: skip
    return pack
