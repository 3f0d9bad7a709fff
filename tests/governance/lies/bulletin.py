"""Lies in bulletins, to the members and to society (articles 7, 13, 14, 18)."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.book.disclosure import head_line
from gongyue.book.heads import sign_head
from gongyue.demo.simulated_office import document_of, text_object
from gongyue.governance.dossier import MEMBERS
from gongyue.office import links
from gongyue.office.openings import found_by, of_types
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from gongyue.sealing.link import Target
from support.alliance import CLERK, FIRST, TWO, Alliance, commitment_to
from support.bulletins import closed_case, conclusion, issue, publish, result
from support.cases import ACCUSED, opened_case, staffed
from support.dossiers import folded

from .situations import TODAY, alliance
from .telling import Lawful, lie

SIGNED_OTHERWISE = "tampered/signature"
TEXT, DOCUMENT = document_of("更正后的结果")
OTHER, _ = document_of("另一正文")
OPEN_TEXT, OPEN_BYTES = text_object("行业指引第二号")
CARTEL, CARTEL_BYTES = text_object("请各成员停止与其合作。")


@cache
def issued() -> Alliance:
    """A warning was issued to the members, and a guidance published."""
    world = alliance().in_force().on(TODAY)
    issue(world, "预警", *TWO, kind="warning")
    publish(world)
    return world


@cache
def told() -> Alliance:
    """A case was concluded, its result told to the members; a second case is open."""
    world = staffed()
    result(world, closed_case(world))
    opened_case(world)
    return world


def case_of(world: Alliance, n: int = 0) -> str:
    """The first case; or another."""
    return str([o.entry.rx.dossier for o in of_types(world.stage.office.store, "case.open/1")][n])


def link_to(world: Alliance, n: int = 0, place: int = 0) -> tuple[str, bytes]:
    """A link to the conclusion of a case, and the line that opens it."""
    case = case_of(world, n)
    found = next(
        o
        for o in found_by(world.stage.office.store, in_dossier(case))
        if o.entry.rx.n == (place or conclusion(world, case))
    )
    return links.made(bytes(32), [Target(found.commitment, case, found.entry.rx.n or 0)])


def corrected(world: Alliance) -> dict[str, Any]:
    """A result that takes the place of the first, which is its own case's."""
    return {"text": TEXT, "link": link_to(world)[0], "names": ACCUSED, "replaces": 1, "review": None}


def opens(world: Alliance) -> list[bytes]:
    """What the accused has: the line that opens the link, and the case's head of that moment."""
    found = folded(world, case_of(world))
    note = sign_head(
        world.stage.office.keys.signers(SEALED), found.id, found.n, found.entries[-1].digest, world.stage.now
    )
    return [link_to(world)[1] + b"\n", head_line(note)]


def both(world: Alliance) -> list[bytes]:
    """The lines of both results' links."""
    return [*links.of_party(world.inst, world.stage.office.store, ACCUSED), link_to(world)[1]]


def first(world: Alliance, _: Any = None) -> int:
    """The entry of the published one."""
    return next(iter(world.inst.bulletins))


ISSUE = {"kind": "warning", "audience": "internal", "text": TEXT, "replaces": 1, "review": None}


def published(world: Alliance) -> dict[str, Any]:
    """One that takes the place of the first."""
    return {"kind": "guidance", "text": OPEN_TEXT, "replaces": first(world), "review": None}


LAWFUL = [
    Lawful("bulletin.issue/1", issued, ISSUE, [
        lie("kind", "policy", "GY-14-06", "a warning is corrected in passing, among the news"),
        lie("audience", "society", "GY-14-06", "what was for the members is told to society"),
        lie("text", OTHER, SIGNED_OTHERWISE, "they are said to have signed another text", altered=True),
        lie("replaces", 2, "dossier-unseen", "it corrects what nobody has seen"),
        lie("review", commitment_to("意见"), SIGNED_OTHERWISE, "a lawyer is said to have looked at it", altered=True),
        lie("kind", "rehabilitation", "GY-05-02", "one officer restores a reputation", signers=(CLERK,)),
    ], signers=TWO, files=[DOCUMENT], dossier=lambda world: MEMBERS),
    Lawful("bulletin.result/1", told, corrected, [
        lie("text", OTHER, SIGNED_OTHERWISE, "they are said to have signed another text", altered=True),
        lie("link", lambda world, _: link_to(world, 1, 1)[0], "bad-link", "it is the result of a case that was never concluded",
            kept=lambda world: [link_to(world, 1, 1)[1]]),
        lie("names", None, "GY-17-10", "whose conduct had an effect goes unnamed, as a favour", kept=opens),
        lie("names", FIRST, "GY-17-10", "another is named than was investigated", kept=opens),
        lie("names", "u:0077", "not-found", "it names nobody that there is"),
        lie("replaces", None, "link/decided-twice", "two results of one case, to different readers", kept=both),
        lie("replaces", 2, "dossier-unseen", "it corrects what nobody has seen"),
        lie("review", commitment_to("意见"), SIGNED_OTHERWISE, "a lawyer is said to have looked at it", altered=True),
    ], signers=TWO, files=lambda world: [DOCUMENT, link_to(world)[1]], dossier=lambda world: MEMBERS),
    Lawful("bulletin.publish/1", issued, published, [
        lie("kind", "policy", "GY-14-06", "a guidance is corrected in passing"),
        lie("text", CARTEL, "GY-07-01", "a call to boycott", files=[CARTEL_BYTES]),
        lie("replaces", 1, "not-found", "it corrects what was no bulletin"),
        lie("review", commitment_to("意见"), SIGNED_OTHERWISE, "a lawyer is said to have looked at it", altered=True),
    ], signers=TWO, files=[OPEN_BYTES]),
]  # fmt: skip
