"""Lies about joining and leaving, and the lists (articles 2, 4, 23)."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.covenant.parties import EXECUTIVE, fictional_code
from gongyue.covenant.periods import DAY
from gongyue.office import links, routine_acts
from gongyue.transparency import canonical
from support.alliance import (
    ANOTHER,
    CLERK,
    FIRST,
    NOBODY,
    OUTSIDER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    Alliance,
    commitment_to,
    entry_of,
    json_object,
    paper,
    public_of,
    unit_id,
)
from support.published import forced, forced_sealed
from support.sealed import now_reads

from .interpretation import commitment
from .situations import THIRD, TODAY, alliance, in_force
from .telling import Lawful, harmless, lie, openings

LEFT = unit_id(6)
NEWCOMER, FORM = f"u:{fictional_code(60).lower()}", commitment_to("form")


@cache
def admitted() -> Alliance:
    """A firm that nobody knew was admitted on its application; its key is not compared yet."""
    world = alliance().in_force().on("2026-05-04")
    world.grant(world.apply(60))
    return world.on(TODAY)


"""丙: joined, and left again."""
APPLICANT = f"u:{fictional_code(60).lower()}"


def roll(*units: dict[str, str]) -> tuple[str, bytes]:
    """A roll of units, as an object."""
    return json_object({"v": "gongyue/roll@1", "units": list(units)})


ROLL, ROLL_BYTES = roll(entry_of(61))
TWICE, TWICE_BYTES = roll(entry_of(61), entry_of(1) | {"id": "u:0061b"})
OTHER_FIRM, OTHER_FIRM_BYTES = roll(entry_of(61) | {"id": FIRST})


@cache
def first_batch() -> Alliance:
    """Published, and one of the alliance's own members has not joined yet."""
    return alliance().published()


@cache
def applied() -> Alliance:
    """A firm applied (sealed #0), another asked something (#1); both are anchored. Ready to be granted."""
    world = alliance().in_force().on(TODAY)
    world.apply(60)
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
    world.on("2026-05-07").tick()
    return world


def _come_and_gone(withheld: bool) -> Alliance:
    world = alliance().in_force().on(TODAY)
    receipt = world.apply(60)
    world.apply(60)
    kept_back = world.stage.signed("membership.apply/1", APPLICANT, APPLICATION, [APPLICANT])
    world.grant(receipt)
    world.compare(APPLICANT)
    world.on("2026-05-20").withdraw(APPLICANT)
    if withheld:
        forced_sealed(world, kept_back)
    world.apply(62)
    world.on("2026-05-21").tick()
    return world


@cache
def come_and_gone() -> Alliance:
    """A firm applied twice (#0, #1), was granted by the first, its key compared, and left again; another one applied since (#2)."""
    return _come_and_gone(False)


@cache
def kept_back() -> Alliance:
    """The same; the firm had signed a third application (#2), which the office kept back until it had left."""
    return _come_and_gone(True)


LINK, LINK_LINE = links.made(bytes(range(32)), ())
EARLIER, EARLIER_LINE = links.made(bytes(32), ())


@cache
def one_ended() -> Alliance:
    """In force; the membership of another unit has ended."""
    world = alliance().in_force().on(TODAY)
    body = {"unit": unit_id(4), "link": EARLIER}
    world.executive("membership.end/1", body, (PUBLISHER, SECRETARY), EARLIER_LINE)
    return world


@cache
def quarter_over() -> Alliance:
    """The first list is due: five joined, one joined and left, one membership ended."""
    world = alliance().in_force().on(TODAY)
    world.end(THIRD)
    return world.on("2026-07-01")


def opened(number: int) -> Any:
    """The opening of a sealed act, as an object's digest."""
    return lambda world, _=None: canonical.digest(openings(world)[number])


def opening(number: int) -> Any:
    """The same as bytes."""
    return lambda world: [openings(world)[number]]


def listing(world: Alliance) -> dict[str, Any]:
    """What the list must state."""
    return routine_acts.statement(world.stage.office, "publication.list/1")[0]


def true_list(world: Alliance) -> list[bytes]:
    """The list."""
    return list(routine_acts.statement(world.stage.office, "publication.list/1")[1].values())


def without_ended(world: Alliance) -> bytes:
    """The list, but the membership that ended is said to have been given up."""
    content = canonical.decode(true_list(world)[0])
    return canonical.encode(content | {"ended": [], "left": [*content["left"], *content["ended"]]})


def granted(world: Alliance, line: bytes) -> None:
    """Granted once it is anchored."""
    world.stage.now += DAY
    world.tick()
    line = now_reads(world.stage.office, line)
    body = {"application": canonical.digest(line)}
    forced(world, world.stage.signed("membership.grant/1", EXECUTIVE, body, [SECRETARY], [line]))


APPLICATION = {
    "name": "申请单位60",
    "code": fictional_code(60),
    "domestic": True,
    "accepts": True,
    "activities": ["vertical"],
    "other": "",
    "key": public_of(APPLICANT),
    "alg": "ed25519",
}
ENROLLED = {"accepts": True, "activities": ["analysis"], "other": ""}
SIGNED_OTHERWISE = "tampered/signature"
LETTER = paper("加入声明", TODAY, TODAY)

LAWFUL = [
    Lawful("membership.invite/1", in_force, {"roll": ROLL, "alliance": False, "standing": "invited"}, [
        lie("roll", TWICE, "same-unit", "a member's firm stands under a second id, to vote twice", files=[TWICE_BYTES]),
        lie("roll", OTHER_FIRM, "same-unit", "another firm takes a member's place", files=[OTHER_FIRM_BYTES]),
        harmless("alliance", True, "who is a member of the alliance is known to its members; it joins by its own act only"),
        lie("standing", "member", "GY-04-01", "members by the roll, who never said a word"),
    ], signers=[CLERK], files=[ROLL_BYTES]),
    Lawful("membership.enrol/1", first_batch, ENROLLED, [
        lie("accepts", False, "GY-23-02", "a member on conditions"),
        lie("activities", [], "GY-02-01", "a member that has nothing to do with big data"),
        lie("activities", ["vertical"], SIGNED_OTHERWISE, "in the branch of an annex, whose tally it swells", altered=True),
        lie("other", "数据经纪", SIGNED_OTHERWISE, "an activity that it does not carry on", altered=True),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("membership.withdraw/1", in_force, {"effective": None}, [
        lie("effective", "2026-12-31", SIGNED_OTHERWISE, "it is kept for as long as there is a case", altered=True),
        lie("effective", "2026-12-31", "GY-04-01", "one officer writes the notice for it", signers=[CLERK]),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("membership.end/1", one_ended, {"unit": THIRD, "link": LINK}, [
        lie("unit", LEFT, "not-member", "a unit that left freely is said to have been ended"),
        lie("unit", OUTSIDER, "not-member", "a unit that never joined is said to have been ended"),
        lie("link", EARLIER, "link-twice", "the ground of another unit's end, which says nothing of this one"),
        harmless("link", commitment_to("nothing at all"),
                 "what a link names is told to the unit: opened, it is held against the books (tests/attacks/test_links.py); unopened"
                 " the act is checked in form only, and the unit asks for its opening"),
    ], signers=(PUBLISHER, SECRETARY)),
    Lawful("membership.compare/1", admitted, lambda world: {"unit": NEWCOMER, "key": public_of(NEWCOMER), "form": FORM}, [
        lie("unit", FIRST, "not-found", "another unit's form is what was compared"),
        lie("key", public_of(FIRST), "not-found", "another key signs for it"),
        lie("form", commitment_to("other"), "tampered/signature", "another form was compared than is kept", altered=True),
    ]),
    Lawful("membership.rename/1", in_force, {"name": "新名称科技", "document": commitment_to("notice")}, [
        lie("name", "成员单位", "no-name", "whoever speaks of the members speaks of it"),
        lie("name", "著名企业", "tampered/signature", "it is called otherwise than it said", altered=True),
        lie("document", commitment_to("other"), "tampered/signature", "another document than it showed", altered=True),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("membership.declare/1", in_force, {"activities": ["analysis"], "other": ""}, [
        lie("activities", ["vertical"], SIGNED_OTHERWISE, "in the branch of an annex, whose tally it swells", altered=True),
        lie("activities", [], "GY-02-01", "it is said to have given up every activity"),
        lie("other", "数据经纪", "GY-04-01", "one officer declares for it", signers=[CLERK]),
    ], actor=THIRD, signers=[THIRD]),
    Lawful("membership.apply/1", in_force, APPLICATION, [
        lie("name", "申请单位六十", SIGNED_OTHERWISE, "another name than it gave itself", altered=True),
        lie("code", fictional_code(60)[:-1] + ("0" if fictional_code(60)[-1] != "0" else "1"), "GY-23-07",
            "a firm that is not registered in China"),
        lie("code", fictional_code(1), "GY-04-01", "a member's firm applies once more under another id"),
        lie("domestic", False, "GY-23-01", "a foreign firm"),
        lie("accepts", False, "GY-23-02", "a member on conditions"),
        lie("activities", [], "GY-02-01", "a firm of another trade"),
        lie("other", "数据经纪", SIGNED_OTHERWISE, "an activity that it does not carry on", altered=True),
        lie("key", public_of("the office's own"), "unknown-key", "a key of the office's in place of its own", altered=True),
        lie("alg", "webauthn", "weak-key", "an algorithm that is not the key's: it could never sign"),
    ], actor=APPLICANT, signers=[APPLICANT]),
    Lawful("membership.apply/1", come_and_gone, APPLICATION, [
        lie("key", public_of("the office's own"), "GY-05-05", "it comes back with a key of the office's, which signs for it",
            signers=("the office's own",)),
        lie("key", public_of("the office's own"), "GY-04-01", "it comes back with a key of the office's, by a letter",
            signers=(SECRETARY, CLERK), paper=LETTER),
        lie("key", public_of(FIRST), "key-registered", "it comes back with another member's key", later=granted),
    ], actor=APPLICANT, signers=[APPLICANT]),
    Lawful("membership.grant/1", applied, lambda world: {"application": opened(0)(world)}, [
        lie("application", opened(1), "bad-object", "a member's question opened as if it were an application",
            files=opening(1)),
        lie("application", NOBODY, "tampered/missing", "admitted, and nobody may see on what"),
    ], signers=[SECRETARY], files=opening(0)),
    Lawful("membership.grant/1", come_and_gone, lambda world: {"application": opened(2)(world)}, [
        lie("application", opened(0), "already", "what was granted once is granted again", files=opening(0)),
        lie("application", opened(1), "stale", "an old application brings a unit back that has left", files=opening(1)),
    ], signers=[SECRETARY], files=opening(2)),
    Lawful("membership.grant/1", kept_back, lambda world: {"application": opened(3)(world)}, [
        lie("application", opened(2), "stale", "one that was kept back until it had left brings it back", files=opening(2)),
    ], signers=[SECRETARY], files=opening(3)),
    Lawful("membership.refuse/1", applied, lambda world: {
        "unit": APPLICANT, "of": commitment(0)(world), "ground": "practitioner", "reasons": REASONS}, [
        lie("unit", OUTSIDER, "not-found", "a unit is refused that never applied"),
        lie("of", commitment(1), "not-found", "the application stays open, and a question is refused"),
        lie("ground", "competitor", "GY-23-03", "a ground that the covenant does not have"),
        harmless("reasons", ANOTHER, "it is for the applicant alone, who is handed the text and compares it"),
    ], signers=[SECRETARY], files=[REASONS_BYTES]),
    Lawful("publication.list/1", quarter_over, listing, [
        lie("number", 2, "GY-23-08", "as if there had been one before"),
        lie("begins", "2026-04-01", "GY-23-06", "the founding members never joined"),
        lie("ends", "2026-05-05", "GY-23-06", "the end of the day before a membership was ended"),
        lie("list", lambda world, body: canonical.digest(without_ended(world)), "GY-23-08",
            "a membership that was ended is said to have been given up", files=lambda world: [without_ended(world)]),
    ], actor="sys", signers=["sys"], files=true_list),
]  # fmt: skip
