"""Lies in bulletins, to the members and to society (articles 7, 13, 14, 18)."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.demo.simulated_office import document_of, text_object
from gongyue.governance.dossier import MEMBERS
from support.alliance import CLERK, TWO, Alliance, commitment_to
from support.bulletins import publish, result

from .situations import TODAY, alliance
from .telling import Lawful, lie

SIGNED_OTHERWISE = "tampered/signature"
TEXT, DOCUMENT = document_of("更正后的结果")
OTHER, _ = document_of("另一正文")
OPEN_TEXT, OPEN_BYTES = text_object("行业指引第二号")
CARTEL, CARTEL_BYTES = text_object("请各成员停止与其合作。")


@cache
def issued() -> Alliance:
    """A result was issued to the members, and a guidance published."""
    world = alliance().in_force().on(TODAY)
    result(world)
    publish(world)
    return world


def first(world: Alliance, _: Any = None) -> int:
    """The entry of the published one."""
    return next(iter(world.inst.bulletins))


ISSUE = {"kind": "result", "audience": "internal", "text": TEXT, "replaces": 1, "review": None}


def published(world: Alliance) -> dict[str, Any]:
    """One that takes the place of the first."""
    return {"kind": "guidance", "text": OPEN_TEXT, "replaces": first(world), "review": None}


LAWFUL = [
    Lawful("bulletin.issue/1", issued, ISSUE, [
        lie("kind", "policy", "GY-14-06", "a result is corrected in passing, among the news"),
        lie("audience", "society", "GY-18-08", "what was for the members is told to society"),
        lie("text", OTHER, SIGNED_OTHERWISE, "they are said to have signed another text", altered=True),
        lie("replaces", 2, "dossier-unseen", "it corrects what nobody has seen"),
        lie("review", commitment_to("意见"), SIGNED_OTHERWISE, "a lawyer is said to have looked at it", altered=True),
        lie("kind", "rehabilitation", "GY-05-02", "one officer restores a reputation", signers=(CLERK,)),
    ], signers=TWO, files=[DOCUMENT], dossier=lambda world: MEMBERS),
    Lawful("bulletin.publish/1", issued, published, [
        lie("kind", "policy", "GY-14-06", "a guidance is corrected in passing"),
        lie("text", CARTEL, "GY-07-01", "a call to boycott", files=[CARTEL_BYTES]),
        lie("replaces", 1, "not-found", "it corrects what was no bulletin"),
        lie("review", commitment_to("意见"), SIGNED_OTHERWISE, "a lawyer is said to have looked at it", altered=True),
    ], signers=TWO, files=[OPEN_BYTES]),
]  # fmt: skip
