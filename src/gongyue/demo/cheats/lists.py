"""Cheats with the roll and its lists."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book.signing import key_id
from gongyue.covenant.parties import EXECUTIVE, SYSTEM, fictional_code
from gongyue.covenant.periods import from_iso, iso
from gongyue.demo.cheats.catalogue import ROLL, cheat
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.governance.acts import Entry
from gongyue.governance.clock import clock, far_after
from gongyue.governance.publication import list_content, next_period
from gongyue.sealing import padding
from gongyue.sealing.commitment import commit
from gongyue.transparency import canonical, ed25519

_DELAY = 14


@cheat(
    "list-gap",
    ROLL,
    "名单期间留出一段空白",
    "publish a list whose period leaves a gap",
    caught=("单凭 verify：期间不连续，列明两个日期", "verify alone: both dates are named"),
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
    ROLL,
    "名单漏列退出与资格终止的单位",
    "leave those that went out of the list",
    caught=(
        "单凭 verify：名单与名册逐一比对",
        "verify alone: the list is recomputed from the roll",
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
    ROLL,
    "准予国外单位加入",
    "admit a foreign firm",
    caught=("单凭 verify：申请人不是国内从业者", "verify alone: not a domestic practitioner"),
    code="GY-23-01",
)
def admit_foreigner(desk: Desk) -> Forger:
    """The application itself says that the firm is not domestic."""
    forger, _ = desk.before("membership.grant/1")
    admit(forger, "Northlake Analytics（新加坡）", 99, domestic=False)
    return forger


@cheat(
    "admit-again",
    ROLL,
    "凭早先备好的第二份申请，把已退出的单位再接纳一次",
    "readmit a unit that has left, on a second application it made before",
    caught=(
        "单凭 verify：该单位在提出该申请之后已加入并退出",
        "verify alone: the unit has joined and left since it made that application",
    ),
    code="out-of-turn/stale",
)
def admit_again(desk: Desk) -> Forger:
    """Two applications of one day: the first is granted, the unit leaves, the second brings it back."""
    forger, _ = desk.before("membership.grant/1")
    code = fictional_code(97)
    applied = apply(forger, f"u:{code.lower()}", "拾贝科技（再）", code)
    unit = admit(forger, "拾贝科技（再）", 97)
    second = forger.object(forger.ledger.line(applied))
    forger.later(hours=1).act("membership.withdraw/1", unit, {"effective": None}, [unit])
    forger.later(hours=1).act("membership.grant/1", EXECUTIVE, {"application": second}, ["o:qin"])
    return forger


def _gone(desk: Desk, entry: Entry) -> list[Any]:
    """The units that a list says left, or whose membership ended."""
    data = desk.store.object(msgspec.json.decode(bytes(entry.act.body))["list"])
    content = canonical.decode(data) if data else {}
    return [*content.get("left", []), *content.get("ended", [])]


def apply(forger: Forger, unit: str, name: str, code: str, domestic: bool = True) -> str:
    """Apply in the name of a unit with a key the forger makes; the application's commitment."""
    key = key_id(ed25519.public(forger.seeds[unit])) if unit in forger.seeds else forger.new_key(unit)
    body: dict[str, Any] = {"name": name, "code": code, "domestic": domestic, "accepts": True, "other": ""}
    body |= {"activities": ["analysis"], "key": key, "alg": "ed25519"}
    return forger.seal("membership.apply/1", unit, body, [unit])


def admit(forger: Forger, name: str, serial: int, domestic: bool = True) -> str:
    """Apply in the name of a unit nobody knows, grant it, and state that its key was compared; returns the unit's id."""
    code = fictional_code(serial)
    unit = f"u:{code.lower()}"
    admit_as(forger, unit, name, code, domestic)
    compared = {
        "unit": unit,
        "key": key_id(ed25519.public(forger.seeds[unit])),
        "form": commit(forger.draw(32), b"form"),
    }
    forger.executive("membership.compare/1", compared, "o:qin", "o:bai")
    return unit


def admit_as(forger: Forger, unit: str, name: str, code: str, domestic: bool = True) -> None:
    """Apply in the name of that very unit, and grant it on the next day."""
    applied = apply(forger, unit, name, code, domestic)
    anchor(forger.later(days=1))
    digest = forger.object(forger.ledger.line(applied))
    forger.later(hours=1).act("membership.grant/1", EXECUTIVE, {"application": digest}, ["o:qin"])


def wait(forger: Forger, time: int) -> None:
    """Let time pass as an office at work does: with as few anchors as keep its clock from being far."""
    while clock(forger.inst, time).off == "ahead":
        forger.now = forger.inst.now + far_after(forger.inst)
        anchor(forger)
    forger.now = time


def anchor(forger: Forger) -> None:
    """Pad the sealed book and anchor it for the slot of the clock, as the office does."""
    genesis, ledger = forger.inst.genesis, forger.ledger
    assert genesis is not None
    waiting = len(ledger.sealed) + len(ledger.waiting())
    size = ledger.place(forger.nothing() for _ in range(padding.missing(waiting, genesis.quantum)))
    body = {"slot": forger.now // genesis.slot_seconds, "size": size, "root": ledger.sealed_root(size)}
    forger.act("book.anchor/1", SYSTEM, body, [SYSTEM])
