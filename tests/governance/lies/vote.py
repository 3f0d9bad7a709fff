"""Lies about votes: the roll, the window, ballots, what units were told of paper, turnout, the count (article 22)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from gongyue.covenant.periods import DAY
from gongyue.office import routine_acts
from gongyue.transparency import canonical
from support.alliance import CLERK, FIRST, NOBODY, Alliance, paper
from support.bases import PRESENCE, PRESENT, TWO_THIRDS_ATTEND, text_with
from support.published import forced

from .interpretation import commitment
from .situations import FIFTH, FOURTH, SECOND, THIRD, TODAY, alliance
from .telling import Lawful, Lie, harmless, lie, openings

ON_PAPER, SIGNED = 5, 0
"""Which of the sealed acts below is the third unit's ballot on paper, and which a signed one."""


def story(**adopted: Any) -> Alliance:
    """Two votes: p:1 opened on 2026-05-06, p:2 on the 9th; it is the 11th.

    Sealed: 甲 consents (#0), the second unit abstains (#1), then consents (#2), the fourth is against (#3), the fifth
    consents (#4) and leaves; the third consents on paper that arrived on the 7th (#5), of which it is not told yet.
    """
    world = alliance().in_force(**adopted).on(TODAY).vote_open()
    world.cast("consent", FIRST).cast("abstain", SECOND).cast("consent", SECOND).cast("against", FOURTH)
    world.cast("consent", FIFTH).withdraw(FIFTH)
    world.on("2026-05-07")
    world.on_paper("vote.ballot/1", THIRD, {"vote": "p:1", "choice": "consent"}, TODAY, "2026-05-07")
    world.tick()
    return world.on("2026-05-09").vote_open(matter="p:2")


@cache
def proposed() -> Alliance:
    """p:1 is filed; its vote is not open."""
    return alliance().in_force().on(TODAY).proposed()


@cache
def voting() -> Alliance:
    """Both votes are open."""
    world = story()
    return world.on("2026-05-11")


def anchor(world: Alliance) -> None:
    """The day's anchor alone."""
    routine_acts.do(world.stage.office, routine_acts.ANCHOR)


@cache
def counting() -> Alliance:
    """Anchored on the 11th, no turnout stated after it."""
    world = story()
    world.told(openings(world)[ON_PAPER])
    world.on("2026-05-11")
    anchor(world)
    return world


def _ended(**adopted: Any) -> Alliance:
    world = story(**adopted)
    world.told(openings(world)[ON_PAPER])
    world.after_window().anchor()
    return world


@cache
def ended() -> Alliance:
    """The window of p:1 is over, anchored, its turnout stated; not closed."""
    return _ended()


def _of_those_present() -> Alliance:
    return Alliance(members=5, initiators=2, text=text_with(PRESENT, PRESENCE + TWO_THIRDS_ATTEND)).in_force().on(TODAY)


@cache
def proposed_of_those_present() -> Alliance:
    """p:1 is filed under a text by which those present decide, and two thirds of the roll must vote."""
    return _of_those_present().proposed()


@cache
def ended_without_quorum() -> Alliance:
    """The window of p:1 is over: of five three voted, 9 < 10, and all consent; the second and the fifth have left."""
    world = _of_those_present().vote_open()
    world.cast("consent", FIRST, SECOND)
    world.on("2026-05-07")
    world.on_paper("vote.ballot/1", THIRD, {"vote": "p:1", "choice": "consent"}, TODAY, "2026-05-07")
    world.told(openings(world)[2])
    world.withdraw(SECOND)
    world.withdraw(FIFTH)
    world.tick()
    world.on("2026-05-09").vote_open(matter="p:2")
    world.after_window().anchor()
    return world


@cache
def ended_for_members() -> Alliance:
    """The same where ballots are opened to members only."""
    return _ended(vote__ballots="members")


def statement(type: str, matter: str = "p:1") -> Callable[[Alliance], dict[str, Any]]:
    """What an act without discretion must say."""
    return lambda world: routine_acts.statement(world.stage.office, type, matter)[0]


def objects(type: str, matter: str = "p:1") -> Callable[[Alliance], list[bytes]]:
    """What it names."""
    return lambda world: list(routine_acts.statement(world.stage.office, type, matter)[1].values())


def closed(world: Alliance, _: bytes, matter: str = "p:1") -> None:
    """The window ends, everything is stated truly, the vote is closed."""
    world.after_window(matter).anchor()
    body, files = routine_acts.statement(world.stage.office, "vote.close/1", matter)
    forced(world, routine_acts.system_act(world.stage.office, "vote.close/1", body, files))


def without(*numbers: int) -> Callable[[Alliance], bytes]:
    """The openings of p:1, but not these sealed acts."""

    def of(world: Alliance) -> bytes:
        rows = (one for n, one in enumerate(openings(world)) if n not in numbers)
        return b"".join(sorted(rows, key=lambda row: json.loads(row)["index"]))

    return of


def withheld(number: int, caught: str, why: str) -> Lie:
    """An object of openings from which one is missing."""
    lines = without(number)
    return lie(
        "ballots", lambda world, _: canonical.digest(lines(world)), caught, why, files=lambda world: [lines(world)]
    )


def more(field: str, by: int) -> Any:
    """So much more than is there."""
    return lambda world, body: body[field] + by


def counted(field: str, by: int, why: str) -> Lie:
    """A number of the count that is not what was counted."""
    return lie(field, more(field, by), "GY-22-08", why)


BALLOT = {"vote": "p:1", "choice": "abstain"}
SIGNED_OTHERWISE = "tampered/signature"

LAWFUL = [
    Lawful("vote.open/1", proposed, statement("vote.open/1"), [
        lie("matter", "p:9", "not-open", "a vote on what nobody proposed"),
        lie("closes", more("closes", -10 * DAY), "GY-22-08", "it ends before members hear of it"),
        lie("closes", more("closes", -1), "GY-22-08", "it ends a second early"),
        lie("closes", more("closes", 60 * DAY), "GY-22-08", "it goes on until enough consent"),
        lie("roll", more("roll", -1), "GY-22-08", "one member less, so that fewer consents suffice"),
        lie("roll", more("roll", 1), "GY-22-08", "a friend who is not a member counts"),
        lie("share", "1/2", "GY-22-08", "half of the roll is enough, whatever the text says"),
        lie("share", ">2/3", "GY-22-08", "two thirds themselves are not enough"),
        lie("base", "voting", "GY-22-08", "two thirds of those that vote decide"),
        lie("base", "present", "GY-22-08", "two thirds of those present decide, and a ballot is presence"),
        lie("base", "branch", "GY-22-08", "a branch decides for all"),
        lie("quorum", "1/1", "GY-22-08", "all must vote, so that one that does not stops it"),
    ], actor="sys", signers=["sys"]),
    Lawful("vote.open/1", proposed_of_those_present, statement("vote.open/1"), [
        lie("matter", "p:9", "not-open", "a vote on what nobody proposed"),
        lie("closes", more("closes", -1), "GY-22-08", "it ends a second early"),
        lie("roll", more("roll", -1), "GY-22-08", "one member less, so that fewer must vote"),
        lie("share", ">2/3", "GY-22-08", "two thirds themselves are not enough"),
        lie("base", "roll", "GY-22-08", "who does not vote is against"),
        lie("quorum", "", "GY-22-08", "however few vote decide"),
        lie("quorum", ">1/2", "GY-22-08", "more than half are enough"),
    ], actor="sys", signers=["sys"]),
    Lawful("vote.ballot/1", voting, BALLOT, [
        lie("vote", "p:2", SIGNED_OTHERWISE, "its ballot in another vote", altered=True),
        lie("choice", "consent", SIGNED_OTHERWISE, "it consents, whatever it signed", altered=True),
        lie("choice", "consent", "GY-04-01", "the clerk votes for it", signers=[CLERK]),
    ], actor=FOURTH, signers=[FOURTH]),
    Lawful("vote.ballot/1", voting, BALLOT, [
        lie("vote", "p:2", "past-date", "paper of the 6th in a vote that opened on the 9th"),
    ], actor=FOURTH, paper=paper("选票", TODAY, "2026-05-07")),
    Lawful("vote.disavow/1", voting, {"vote": "p:1"}, [
        lie("vote", "p:2", SIGNED_OTHERWISE, "it disavowed another ballot, and this one counts", altered=True),
        lie("vote", "p:9", "not-found", "it disavowed nothing"),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("vote.notify/1", voting, lambda world: {
        "vote": "p:1", "of": commitment(ON_PAPER)(world), "way": "letter", "day": "2026-05-08"}, [
        lie("vote", "p:2", "not-found", "it was told of a ballot in another vote"),
        lie("of", commitment(SIGNED), "not-found", "it was told of a ballot that somebody signed"),
        lie("of", NOBODY, "not-found", "it was told of a ballot to come"),
        harmless("way", "telephone", "the notice is opened with the ballots: the unit knows how it was told, and until the close disavows"),
        lie("day", "2026-05-06", "past-date", "it was told before there was anything to tell"),
        lie("day", "2026-05-12", "not-yet", "it will have been told tomorrow"),
    ]),
    Lawful("vote.receive/1", voting, lambda world: {"vote": "p:1", "of": commitment(ON_PAPER)(world)}, [
        lie("vote", "p:2", "not-found", "it was told of a ballot in another vote"),
        lie("of", commitment(SIGNED), "not-found", "it was told of a ballot that it signed"),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("vote.turnout/1", counting, statement("vote.turnout/1"), [
        lie("matter", "p:9", "not-found", "of a vote that is not held"),
        lie("matter", "p:2", "GY-22-08", "five have voted in the other vote, of whose roll there are four"),
        lie("anchor", more("anchor", -1), "anchor-order", "as of an anchor that never was"),
        lie("voted", more("voted", -1), "GY-22-08", "one has not voted yet, so that it can be left out", later=closed),
        lie("voted", lambda world, body: 6, "GY-22-08", "more than there are"),
        lie("paper", 0, "GY-22-08", "none on paper, so that nobody asks who wrote it", later=closed),
        lie("paper", more("paper", 1), "GY-22-08", "two on paper, so that a signed one may be called so", later=closed),
    ], actor="sys", signers=["sys"]),
    Lawful("vote.close/1", ended, statement("vote.close/1"), [
        lie("matter", "p:2", "bad-object", "the other vote is closed with these ballots, before its end"),
        lie("anchor", more("anchor", -4), "anchor-order", "as of an earlier anchor, before the last ballots"),
        withheld(3, "GY-22-08", "whoever was against is left out"),
        withheld(1, "GY-22-08", "that one changed its mind is left out"),
        withheld(6, "GY-22-11", "that it was told of its ballot on paper is left out"),
        lie("ballots", "", "wrong-statement", "a count without the ballots"),
        lie("handed", lambda world, body: body["ballots"], "wrong-statement", "opened to members only"),
        counted("consents", 1, "one more consents"),
        counted("against", -1, "nobody is against"),
        counted("abstain", 1, "the first choice of one that changed its mind counts too"),
        counted("paper_consents", -1, "the consent on paper was signed"),
        counted("paper_against", 1, "whoever was against came on paper"),
        counted("paper_abstain", 1, "an abstention on paper that was none"),
        counted("consents_left", 1, "whoever consented and left is still here"),
        counted("voted_left", -1, "whoever is against, and still here, has not voted"),
        counted("roll_left", -1, "whoever is against has left"),
        counted("roll_left", 1, "whoever left is still here"),
        lie("outcome", "rejected", "GY-22-08", "adopted by three quarters, and said to be rejected"),
        lie("outcome", "no_quorum", "GY-22-08", "adopted by three quarters, and said to have had no quorum"),
    ], actor="sys", signers=["sys"], files=objects("vote.close/1")),
    Lawful("vote.close/1", ended_without_quorum, statement("vote.close/1"), [
        lie("matter", "p:2", "GY-22-05", "the other vote is closed with these ballots, before its end"),
        lie("anchor", more("anchor", -4), "anchor-order", "as of an earlier anchor, before the last ballots"),
        lie("ballots", "", "wrong-statement", "a count without the ballots"),
        lie("handed", lambda world, body: body["ballots"], "wrong-statement", "opened to members only"),
        counted("consents", 1, "one more consents"),
        counted("against", 1, "one against makes the number"),
        counted("abstain", 1, "one that abstains makes the number"),
        counted("paper_consents", -1, "the consent on paper was signed"),
        counted("paper_against", 1, "whoever was against came on paper"),
        counted("paper_abstain", 1, "an abstention on paper that was none"),
        counted("consents_left", 1, "whoever consented and left is still here"),
        counted("voted_left", 1, "whoever voted and left is still here, and makes the number"),
        counted("roll_left", -1, "one less is here, so that fewer must have voted"),
        lie("outcome", "adopted", "GY-22-08", "all that voted consent, though too few voted"),
        lie("outcome", "rejected", "GY-22-08", "it was voted down, though too few voted"),
    ], actor="sys", signers=["sys"], files=objects("vote.close/1")),
    Lawful("vote.close/1", ended_for_members, statement("vote.close/1"), [
        lie("voted_left", more("voted_left", -1), "GY-22-08", "whoever is against has not voted, for those still members"),
        lie("consents", more("consents", 1), "GY-22-08", "more ballots than units, with nothing opened"),
        lie("outcome", "rejected", "GY-22-08", "the other outcome, with nothing opened"),
        lie("ballots", lambda world, body: body["handed"], "wrong-statement", "opened to the public, which was not agreed",
            files=objects("vote.close/1")),
        lie("handed", lambda world, _: canonical.digest(without(3)(world)), "GY-22-08",
            "members are handed openings from which one is missing", kept=lambda world: [without(3)(world)]),
    ], actor="sys", signers=["sys"]),
    Lawful("vote.close/1", ended_for_members, statement("vote.close/1"), [
        lie("against", 0, "GY-22-08", "nobody is against, and whoever has the openings counts"),
    ], actor="sys", signers=["sys"], kept=objects("vote.close/1")),
]  # fmt: skip
