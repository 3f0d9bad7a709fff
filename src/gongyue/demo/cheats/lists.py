"""Cheats with the roll and its lists (article 23)."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.covenant.parties import EXECUTIVE, SYSTEM, fictional_code
from gongyue.covenant.periods import from_iso, iso
from gongyue.demo.cheats.catalogue import cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.governance.acts import Entry
from gongyue.governance.publication import list_content, next_period
from gongyue.transparency import canonical

_DELAY = 14


@cheat(
    "list-gap",
    "名单期间留出一段空白",
    "publish a list whose period leaves a gap",
    caught=("单凭 verify：第23条，期间不连续，列明两个日期", "verify alone: article 23, both dates are named"),
    code="GY-23-06",
)
def list_gap(desk: Desk) -> Forger:
    """Two weeks fall between two lists."""
    forger, true = desk.before("publication.list/1", nth=1)
    number, (begins, ends) = len(forger.inst.lists) + 1, next_period(forger.inst)
    late = begins + _DELAY
    data = canonical.encode(list_content(forger.inst, number, late, ends))
    forger.object(data)
    forger.again(true, begins=iso(late), list=canonical.digest(data))
    return forger


@cheat(
    "list-omission",
    "名单漏列退出与资格终止的单位",
    "leave those that went out of the list",
    caught=(
        "单凭 verify：第23条，名单与名册逐一比对",
        "verify alone: article 23, the list is recomputed from the roll",
    ),
    code="GY-23-08",
)
def list_omission(desk: Desk) -> Forger:
    """The list says that nobody left."""
    forger, true = desk.before("publication.list/1", lambda entry: bool(_gone(desk, entry)), nth=-1)
    body = msgspec.json.decode(bytes(true.act.body))
    content = list_content(forger.inst, body["number"], from_iso(body["begins"]), from_iso(body["ends"]))
    data = canonical.encode(content | {"left": [], "ended": []})
    forger.object(data)
    forger.again(true, list=canonical.digest(data))
    return forger


@cheat(
    "admit-foreigner",
    "准予国外单位加入",
    "admit a foreign firm",
    caught=("单凭 verify：第23条，申请人不是国内从业者", "verify alone: article 23, not a domestic practitioner"),
    code="GY-23-01",
)
def admit_foreigner(desk: Desk) -> Forger:
    """The application itself says that the firm is not domestic."""
    forger, _ = desk.before("membership.grant/1")
    admit(forger, "Northlake Analytics（新加坡）", 99, domestic=False)
    return forger


def _gone(desk: Desk, entry: Entry) -> list[Any]:
    """The units that a list says left, or whose membership ended."""
    data = desk.store.object(msgspec.json.decode(bytes(entry.act.body))["list"])
    content = canonical.decode(data) if data else {}
    return [*content.get("left", []), *content.get("ended", [])]


def admit(forger: Forger, name: str, serial: int, domestic: bool = True) -> str:
    """Apply in the name of a unit whose key the forger makes, and grant it; returns the unit's id."""
    code = fictional_code(serial)
    unit = f"u:{code.lower()}"
    key = forger.new_key(unit)
    body: dict[str, Any] = {"name": name, "code": code, "domestic": domestic, "accepts": True, "other": ""}
    body |= {"activities": ["analysis"], "key": key, "alg": "ed25519"}
    _, line = forger.seal("membership.apply/1", unit, body, [unit])
    digest = forger.object(line)
    anchor(forger.later(days=1))
    forger.later(hours=1).act("membership.grant/1", EXECUTIVE, {"application": digest}, ["o:qin"])
    return unit


def anchor(forger: Forger) -> None:
    """Pad the sealed book and anchor it for the slot of the clock, as the office does."""
    genesis, ledger = forger.inst.genesis, forger.ledger
    assert genesis is not None
    while len(ledger.sealed) % genesis.quantum or not ledger.sealed:
        ledger.append_sealed(disclosure.padding(forger.draw(32)))
    size = len(ledger.sealed)
    body = {"slot": forger.now // genesis.slot_seconds, "size": size, "root": ledger.sealed_root(size)}
    forger.act("book.anchor/1", SYSTEM, body, [SYSTEM])
