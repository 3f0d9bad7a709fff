"""Lies about annexes (articles 7, 24)."""

from __future__ import annotations

from functools import cache

from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    EVIDENCE_BYTES,
    FIRST,
    NOBODY,
    PLACES,
    PUBLISHER,
    SECRETARY,
    Alliance,
    commitment_to,
    json_object,
)
from support.published import forced

from .situations import SECOND, TODAY, alliance, in_force
from .telling import Lawful, harmless, lie


def text(words: str) -> tuple[str, bytes]:
    """The text of an annex as an object."""
    return json_object({"v": "gongyue/annex@1", "title": "健康数据自律协议", "text": words})


HEALTH, HEALTH_BYTES = text("健康数据的使用须经用户书面授权。")
FINES, FINES_BYTES = text("违反者处以罚款五万元。")
CARTEL, CARTEL_BYTES = text("成员不得低于3元/千次报价。")
MILDER, MILDER_BYTES = text("健康数据的使用可以不经用户授权。")
BODY = {"annex": "a:health", "text": HEALTH, "scope": ["vertical"], "kind": "new", "target": None}


@cache
def two() -> Alliance:
    """a:health was consented to, a:none rejected; neither is published."""
    world = alliance().in_force().on(TODAY)
    for matter, choice in (("a:health", "consent"), ("a:none", "against")):
        world.initiate_annex(matter)
        world.open_vote(matter).cast(choice, *world.roll, matter=matter)
    world.close("a:health")
    if not world.vote("a:none").outcome:
        world.close("a:none")
    return world


@cache
def published() -> Alliance:
    """a:health is published, and signed by the first unit; a:none is rejected."""
    world = two()
    from .telling import again

    world = again(world)
    world.publish_annex()
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    return world


def initiated(world: Alliance, _: bytes) -> None:
    """A member initiates the annex that was to be reviewed."""
    body = {**BODY, "annex": "a:price", "text": CARTEL}
    forced(world, world.stage.signed("annex.initiate/1", FIRST, body, [FIRST], [CARTEL_BYTES]))


LAWFUL = [
    Lawful("annex.review/1", in_force, {"text": CARTEL, "opinion": commitment_to("法律意见")}, [
        lie("text", ANOTHER, "GY-07-01", "a lawyer saw another text than the one with the prices", later=initiated),
        lie("text", NOBODY, "tampered/missing", "a lawyer saw a text that nobody else may"),
        harmless("opinion", commitment_to("none"),
                 "a commitment: the members read the text itself before they vote, and ask for the opinion"),
    ], files=[CARTEL_BYTES, ANOTHER_BYTES]),
    Lawful("annex.initiate/1", in_force, BODY, [
        lie("annex", "p:health", "exists", "an amendment by the way of an annex, without a tenth of the members"),
        lie("annex", "a:none", "exists", "another text under the name of one that is known", world=two),
        lie("text", FINES, "GY-24-02", "fines, which the covenant does not have", files=[FINES_BYTES]),
        lie("text", CARTEL, "GY-07-01", "fixed prices, which no lawyer has seen", files=[CARTEL_BYTES]),
        lie("text", MILDER, "tampered/signature", "another text under its name", files=[MILDER_BYTES], altered=True),
        lie("scope", [], "GY-24-04", "an annex for everybody and nobody"),
        lie("scope", ["service"], "tampered/signature", "another branch than it has named", altered=True),
        lie("kind", "repeal", "malformed", "a new annex is a repeal of nothing"),
    ], actor=FIRST, signers=[FIRST], files=[HEALTH_BYTES]),
    Lawful("annex.initiate/1", published, {**BODY, "annex": "a:more", "kind": "amend", "target": "a:health"}, [
        lie("kind", "repeal", "tampered/signature", "it proposed to change it, not to be rid of it", altered=True),
        lie("kind", "new", "malformed", "it stands beside the one it was to change"),
        lie("target", "a:none", "not-open", "a change of what was rejected brings it into force"),
    ], actor=FIRST, signers=[FIRST], files=[HEALTH_BYTES]),
    Lawful("annex.publish/1", two, lambda world: {
        "annex": "a:health", "text": HEALTH, "in_force": world._today(), "places": PLACES}, [
        lie("annex", "a:none", "GY-24-03", "what was rejected is published"),
        lie("text", MILDER, "GY-24-03", "another text than was consented to", files=[MILDER_BYTES]),
        lie("in_force", TODAY, "GY-26-01", "in force before it was consented to"),
        harmless("places.url", "https://alliance.example/nothing", "anybody opens the address and finds nothing there"),
        lie("places.evidence", NOBODY, "tampered/missing", "published where nobody saw it"),
    ], signers=(PUBLISHER, SECRETARY), files=[EVIDENCE_BYTES]),
    Lawful("annex.sign/1", published, {"annex": "a:health"}, [
        lie("annex", "a:none", "not-open", "it is bound by what was rejected"),
    ], actor=SECOND, signers=[SECOND]),
    Lawful("annex.leave/1", published, {"annex": "a:health"}, [
        lie("annex", "a:none", "not-signer", "it left what it never signed, and stays bound by what it did"),
    ], actor=FIRST, signers=[FIRST]),
]  # fmt: skip
