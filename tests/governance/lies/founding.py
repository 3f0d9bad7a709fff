"""Lies about the founding: text, approver, initiators, signatures, approval, publication (articles 1, 21, 26)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from gongyue.covenant.edition_json import to_data
from gongyue.covenant.extension import extend
from gongyue.covenant.parties import fictional_code
from support import later
from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    BASIS,
    BASIS_BYTES,
    EVIDENCE_BYTES,
    FIRST,
    NOBODY,
    PLACES,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    edition,
    edition_object,
    edition_of,
    entry_of,
    json_object,
    paper,
    public_of,
)
from support.later import ENVIRONMENT, LANGUAGE, WORDS

from .situations import (
    SECOND,
    TODAY,
    adopted,
    alliance,
    drafted,
    frozen,
    half_signed,
    in_force,
    signed,
    staffed,
    submitted,
)
from .telling import Lawful, harmless, lie

TEXT = files("gongyue.covenant").joinpath("texts/zgc-big-data.txt").read_text("utf-8")
EASIER, EASIER_BYTES = edition_object(edition_of(TEXT.replace("三分之二", "二分之一")))
"""The covenant, but half of the members may amend it."""


def _misread() -> tuple[str, bytes]:
    """The covenant's own words, with another number read from them."""
    data: dict[str, Any] = msgspec.to_builtins(to_data(edition()))
    bound = [b | {"value": "1/2"} if b["capability"] == "amendment.adoption" else b for b in data["bindings"]]
    return json_object(data | {"bindings": bound})


MISREAD, MISREAD_BYTES = _misread()


def _newly(change: Callable[[dict[str, Any]], dict[str, Any]] = dict, absent: Sequence[str] = (LANGUAGE,)) -> Any:
    """The covenant bound to what is new, with something of it changed: its object."""
    with later.capabilities():
        bound = extend(edition(), {ENVIRONMENT: ("4", WORDS)}, absent)
        data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(to_data(bound)))
    return json_object(data | change(data))


def _elsewhere(data: dict[str, Any]) -> dict[str, Any]:
    """Bound to words that the article does not have."""
    return {
        "bindings": [b | {"words": "创造自然环境"} if b["capability"] == ENVIRONMENT else b for b in data["bindings"]]
    }


NEWLY, NEWLY_BYTES = _newly()
RENAMED, RENAMED_BYTES = _newly(lambda data: {"title": "另一公约"})
UNSAID, UNSAID_BYTES = _newly(absent=())
ELSEWHERE, ELSEWHERE_BYTES = _newly(_elsewhere)
DROPPED, DROPPED_BYTES = _newly(lambda data: {"bindings": data["bindings"][1:]})
OWN, OWN_BYTES = edition_object(edition())


@cache
def agreed() -> Alliance:
    """The text is with the authority, which has a key of its own, valid since long."""
    world = alliance().drafted()
    body = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    world.executive("key.register/1", body, paper=paper("主管部门密钥", "2026-01-05", "2026-01-05"))
    world.on("2026-01-12").freeze()
    for unit in (FIRST, SECOND):
        world.register(unit)
        world.sign(unit)
    world.submit()
    return world.on("2026-03-09")


@cache
def recorded_late() -> Alliance:
    """Frozen on 2026-01-12, one of two has signed; it is the 20th."""
    return alliance().signed(but=1).on("2026-01-20")


@cache
def too_late() -> Alliance:
    """Approved, to be published by 2026-04-08, and not published on 2026-05-06."""
    return alliance().adopted().on("2026-05-06")


APPROVER = {"name": "示范主管部门", "basis": BASIS}
ADDRESSEE = {"name": "示范信访部门", "basis": BASIS}
SUPERVISOR = {"name": "示范监督部门", "basis": BASIS}
LETTER = paper("示主管函〔2026〕7号", "2026-03-09", "2026-03-09")
ATTORNEY = {"document": commitment_to("授权委托书"), "begins": "2026-01-01", "ends": "2026-12-31"}
FOR_A_DAY = {"document": commitment_to("授权委托书"), "begins": "2026-01-12", "ends": "2026-01-12"}
"""Valid on the day of signing, no longer when the paper arrives."""
SIGNING = {"edition": OWN, "capacity": "legal_representative", "signatory": commitment_to(SECOND)}
SWAPPED = "to have another approve, read or supervise once the initiators have signed"


def _swapped(name: str) -> Any:
    return lie(f"{name}.name", "某部门（自己人）", "GY-01-02", SWAPPED, world=signed)


@cache
def refused() -> Alliance:
    """The text was refused by the authority; it is the day on which most lies are told."""
    world = alliance().submitted().on("2026-03-09")
    world.approve("refused")
    return world.on(TODAY)


@cache
def in_force_and_named() -> Alliance:
    """The approver was named as supervisor too."""
    world = alliance().in_force().on("2026-05-05")
    body = {"role": "supervisor", "authority": {"name": "示范主管部门", "basis": BASIS}, "effective": "2026-05-20"}
    world.executive("founding.redesignate/1", body, TWO, BASIS_BYTES)
    return world.on(TODAY)


SUPERVISED = {"role": "supervisor", "authority": {"name": "示范数据管理局", "basis": BASIS}, "effective": "2026-06-01"}

LAWFUL = [
    Lawful("founding.import/1", staffed, {"edition": OWN, "original": None}, [
        lie("edition", MISREAD, "bad-object", "its words say two thirds, its number one half", files=[MISREAD_BYTES]),
        lie("edition", EASIER, "GY-01-02", "another text once it is frozen", world=frozen, files=[EASIER_BYTES]),
        lie("original", ANOTHER, "bad-object", "the document it is said to have been read from is another",
            files=[ANOTHER_BYTES]),
    ], files=[OWN_BYTES]),
    Lawful("founding.designate/1", drafted, {"approver": APPROVER, "addressee": ADDRESSEE, "supervisor": SUPERVISOR}, [
        _swapped("approver"),
        lie("approver.basis", NOBODY, "tampered/missing", "an approver whose legal basis nobody can read"),
        _swapped("addressee"),
        lie("addressee.basis", NOBODY, "tampered/missing", "petitions go where no law sends them"),
        _swapped("supervisor"),
        lie("supervisor.basis", NOBODY, "tampered/missing", "a supervisor that has no power to supervise"),
    ]),
    Lawful("founding.redesignate/1", in_force, SUPERVISED, [
        lie("role", "approver", "GY-21-09", "a text that was refused is taken to another authority", world=refused),
        lie("authority.name", "示范主管部门", "already", "the same one, and members are told that it is another",
            world=in_force_and_named),
        lie("authority.basis", NOBODY, "tampered/missing", "a supervisor of whose power nobody can read"),
        lie("effective", TODAY, "GY-21-10", "whoever is to be complained of changes its supervisor overnight"),
    ], files=[BASIS_BYTES]),
    Lawful("founding.freeze/1", drafted, {"edition": OWN, "initiators": [entry_of(1), entry_of(2)]}, [
        lie("edition", EASIER, "no-draft", "another text than the draft everybody read", files=[EASIER_BYTES]),
        lie("initiators.id", SECOND, "same-unit", "one unit counts twice, so that one makes two"),
        harmless("initiators.name", "著名企业", "its code says who it is, and it must sign with its own key"),
        lie("initiators.code", "91000000000000078X", "GY-23-07", "a firm that nobody has registered"),
        lie("initiators.code", fictional_code(2), "GY-21-08", "one firm under two ids, so that one makes two"),
    ]),
    Lawful("founding.reopen/1", signed, {"reasons": REASONS}, [
        lie("reasons", NOBODY, "tampered/missing", "every signature is void, and nobody may know why"),
    ], files=[REASONS_BYTES]),
    Lawful("founding.sign/1", half_signed, SIGNING, [
        lie("edition", EASIER, "other-text", "it signed another text than the others"),
        lie("capacity", "manager", "GY-21-06", "whoever was at hand signed for it"),
        lie("signatory", commitment_to("somebody"), "tampered/signature", "the office has somebody else sign", altered=True),
    ], actor=SECOND, signers=[SECOND]),
    Lawful("founding.sign/1", half_signed, SIGNING, [
        lie("capacity", "manager", "GY-21-06", "paper of whoever was at hand"),
    ], actor=SECOND, paper=paper("签署页", "2026-01-12", "2026-01-12")),
    Lawful("founding.sign/1", half_signed, SIGNING | {"capacity": "delegate", "attorney": ATTORNEY}, [
        lie("attorney.document", commitment_to("another"), "tampered/signature", "another power of attorney", altered=True),
        lie("attorney.begins", "2026-01-13", "GY-21-02", "it was empowered the day after it signed"),
        lie("attorney.ends", "2026-01-11", "GY-21-02", "its power had ended the day before"),
    ], actor=SECOND, signers=[SECOND]),
    Lawful("founding.sign/1", recorded_late, SIGNING | {"capacity": "delegate", "attorney": FOR_A_DAY}, [
        lie("attorney.begins", "2026-01-13", "GY-21-02", "empowered after it signed, before its paper arrived"),
        lie("attorney.ends", "2026-01-11", "GY-21-02", "its power had ended the day before it signed"),
    ], actor=SECOND, paper=paper("签署页", "2026-01-12", "2026-01-14")),
    Lawful("founding.step_out/1", signed, {}, [], actor=SECOND, signers=[SECOND]),
    Lawful("founding.submit/1", signed, {"edition": OWN}, [
        lie("edition", EASIER, "other-text", "the authority is shown another text than was signed"),
    ]),
    Lawful("founding.approval/1", submitted, {"outcome": "granted", "edition": OWN}, [
        lie("edition", EASIER, "GY-21-04", "it approved another text", files=[EASIER_BYTES]),
    ], paper=LETTER),
    Lawful("founding.approval/1", agreed, {"outcome": "refused", "edition": OWN}, [
        lie("outcome", "granted", "GY-05-06", "recorded from paper, against what its own key would sign",
            actor="exec", signers=TWO, paper=LETTER),
        lie("outcome", "granted", "tampered/signature", "its refusal becomes its approval", altered=True),
    ], actor="authority", signers=["authority"]),
    Lawful("founding.supplement/1", in_force, {"edition": NEWLY}, [
        lie("edition", OWN, "already", "nothing is bound, as if it were", files=[OWN_BYTES]),
        lie("edition", RENAMED, "wrong-statement", "beside what is new the title is another", files=[RENAMED_BYTES]),
        lie("edition", DROPPED, "bad-object", "beside what is new a clause is bound no more", files=[DROPPED_BYTES]),
        lie("edition", UNSAID, "undecided-clause", "of one capability nothing is said", files=[UNSAID_BYTES]),
        lie("edition", ELSEWHERE, "bad-object", "bound to words nobody agreed to", files=[ELSEWHERE_BYTES]),
        lie("edition", EASIER, "already", "half of the members amend the covenant", files=[EASIER_BYTES]),
    ], files=[NEWLY_BYTES], software=later.capabilities),
    Lawful("founding.publish/1", adopted,
           {"edition": OWN, "in_force": "2026-03-20", "places": PLACES, "reasons": None}, [
        lie("edition", EASIER, "other-text", "another text than was approved", files=[EASIER_BYTES]),
        lie("in_force", "2026-03-09", "GY-26-01", "in force before anybody could read it"),
        lie("in_force", "2026-12-31", "GY-26-01", "published, and not in force for long"),
        harmless("places.url", "https://alliance.example/nothing", "anybody opens the address and finds nothing there"),
        lie("places.evidence", NOBODY, "tampered/missing", "published where nobody saw it"),
    ], signers=(PUBLISHER, SECRETARY), files=[EVIDENCE_BYTES]),
    Lawful("founding.publish/1", too_late,
           {"edition": OWN, "in_force": "2026-05-06", "places": PLACES, "reasons": REASONS}, [
        lie("reasons", None, "malformed", "late by four weeks, as if it were in time"),
        lie("reasons", NOBODY, "tampered/missing", "late for reasons that nobody can read"),
    ], signers=(PUBLISHER, SECRETARY), files=[EVIDENCE_BYTES, REASONS_BYTES]),
]  # fmt: skip
