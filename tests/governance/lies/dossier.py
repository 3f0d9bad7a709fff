"""Lies in dossiers: petitions, and the acts common to all dossiers (articles 5, 14, 20)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from gongyue.covenant.parties import EXECUTIVE
from support.alliance import CASEWORKER, CLERK, FIRST, PUBLISHER, SECRETARY, SYSOP, Alliance, commitment_to
from support.dossiers import answered, assigned, commitments, done, folded, opened, petition

from .situations import SECOND, TODAY, alliance, in_force
from .telling import Lawful, digest_of, harmless, lie, openings

ONE, OTHER, KEPT = commitments("one", "two", "kept")
ZHAO = "o:zhao"
"""A second secretary."""
SIGNED_OTHERWISE = "tampered/signature"


@cache
def petitioned() -> Alliance:
    """甲 submitted a petition, a caseworker was assigned, who served a document; another is under hold."""
    world = alliance().in_force().on(TODAY).appoint(ZHAO, "secretary").on("2026-05-20")
    dossier = petition(world)
    assigned(world, dossier)
    done(world, "dossier.serve/1", dossier, {"what": "reply", "docs": [ONE]}, CASEWORKER)
    done(world, "dossier.note/1", dossier, {"docs": [KEPT]}, CASEWORKER)
    done(world, "dossier.hold/1", dossier, {"docs": [KEPT], "ground": "court", "lifted": False}, SECRETARY, ZHAO)
    return world


WORDS, OTHER_WORDS = "请反映：评估周期过长。".encode(), "请处罚竞争对手。".encode()


@cache
def consenting() -> Alliance:
    """甲 consented to the publication of its petition, which was forwarded; all of it is anchored."""
    world = alliance().in_force().on("2026-05-20")
    dossier = petition(world)
    answered(world, dossier)
    done(world, "petition.consent/1", dossier, {"text": digest_of(WORDS)}, FIRST, actor=FIRST, files=[WORDS])
    world.on("2026-05-22").tick()
    return world


def course(world: Alliance) -> bytes:
    """The openings of the dossier."""
    return b"".join(opened(world, its(world)))


def first_two(world: Alliance) -> bytes:
    """Those of its first two entries."""
    return b"".join(opened(world, its(world))[:2])


def its(world: Alliance, _: Any = None) -> str:
    """The id of the dossier."""
    return str(json.loads(openings(world)[0])["entry"]["rx"]["dossier"])


def entry(number: int) -> Any:
    """The digest of an entry of the dossier, by its place."""

    def found(world: Alliance, _: Any = None) -> str:
        return folded(world, its(world)).entries[number - 1].digest

    return found


def within(type: str, body: Any, lies: Any, *signers: str, actor: str = EXECUTIVE, files: Any = ()) -> Lawful:
    """An act in the petition's dossier."""
    return Lawful(type, petitioned, body, lies, actor=actor, signers=signers, dossier=its, files=files)


HOLD = {"docs": [ONE], "ground": "court", "lifted": False}
ASSIGN = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": [SECOND]}]}
ORDER = {"what": "extend", "ground": "complexity", "reasons": commitment_to("reasons")}

LAWFUL = [
    Lawful("petition.submit/1", in_force, {"kind": "demand", "text": ONE}, [
        lie("kind", "wish", SIGNED_OTHERWISE, "a demand is said to have been a wish", altered=True),
        lie("text", OTHER, SIGNED_OTHERWISE, "it asked for something else", altered=True),
    ], actor=FIRST, signers=[FIRST]),
    within("petition.answer/1", {"answer": "forwarded", "docs": [ONE]}, [
        lie("answer", "replied", "not-forwarded", "the authority's answer to what it was never sent"),
        lie("docs", [], "malformed", "forwarded, and nothing to show for it"),
    ], SECRETARY),
    within("petition.consent/1", {"text": digest_of(WORDS)}, [
        lie("text", digest_of(OTHER_WORDS), SIGNED_OTHERWISE, "it consented to other words", altered=True),
    ], FIRST, actor=FIRST, files=[WORDS]),
    Lawful("petition.publish/1", consenting, lambda world: {"text": digest_of(WORDS), "course": digest_of(course(world))}, [
        lie("text", digest_of(OTHER_WORDS), "GY-14-05", "other words than it consented to", files=[OTHER_WORDS]),
        lie("course", lambda world, _: digest_of(first_two(world)), "GY-14-05", "the dossier without the consent",
            files=lambda world: [first_two(world)]),
    ], signers=(PUBLISHER, SECRETARY), files=lambda world: [WORDS, course(world)]),
    within("dossier.note/1", {"docs": [OTHER], "complete": False, "withdrawn": False, "asks": None, "whom": None}, [
        lie("docs", [ONE], SIGNED_OTHERWISE, "other documents than it added", altered=True),
        lie("complete", True, SIGNED_OTHERWISE, "its file is said to be complete", altered=True),
        lie("withdrawn", True, "not-party", "an officer withdraws for it", actor=EXECUTIVE, signers=(CASEWORKER,)),
        lie("asks", "recusal", "malformed", "a recusal of nobody, which never can be decided"),
        lie("whom", CASEWORKER, "malformed", "an officer is challenged in passing"),
    ], FIRST, actor=FIRST),
    within("dossier.serve/1", {"what": "notice", "docs": [OTHER]}, [
        harmless("what", "decision", "whoever is served opens the documents, and names them by their digests"),
        lie("docs", [ONE], "GY-05-15", "an officer whom nobody assigned serves what it likes", signers=(CLERK,)),
    ], CASEWORKER),
    within("dossier.receive/1", {"docs": [ONE]}, [
        lie("docs", [OTHER], "wrong-statement", "it is said to have had what it was never served"),
    ], FIRST, actor=FIRST),
    within("dossier.assign/1", ASSIGN, [
        lie("role", "panel", "GY-18-09", "a panel of one"),
        lie("officers.officer", CLERK, "GY-05-01", "a clerk handles it"),
        lie("officers.interests", [FIRST], "GY-17-05", "it has an interest in the party, and is assigned all the same"),
    ], SECRETARY),
    within("dossier.order/1", ORDER, [
        lie("what", "pause", "wrong-ground", "it rests because it is complex"),
        lie("ground", "held", "wrong-ground", "extended because there was a hearing"),
        harmless("reasons", commitment_to("others"), "a commitment: the parties are handed the reasons, and compare"),
    ], CASEWORKER),
    within("dossier.hold/1", HOLD, [
        lie("docs", [KEPT], "already", "held once more, so that one lifting is not enough"),
        lie("docs", [OTHER], "not-found", "what the dossier never had is held"),
        lie("ground", "caution", "malformed", "a ground that there is not"),
        lie("lifted", True, "already", "a hold is lifted that there is not"),
    ], SECRETARY, ZHAO),
    within("dossier.erase/1", {"docs": [ONE], "ground": "request"}, [
        lie("docs", [ONE, KEPT], "GY-20-02", "what a court wants kept is erased"),
        lie("docs", [ONE, OTHER], "not-found", "what the dossier never had is erased in it"),
        lie("ground", "embarrassment", "malformed", "a ground that there is not"),
    ], SECRETARY, SYSOP),
]  # fmt: skip
