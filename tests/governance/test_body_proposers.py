"""A text that keeps proposals for a body of its own: no member begins or files a change, the executive body does (article 22)."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from attacks.forcing import recorded, refused, verified
from attacks.test_forged_editions import forged, seed_with, why
from gongyue.covenant.bound_persons import body_alone_proposes, executive_proposes
from gongyue.covenant.edition import Edition
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import from_iso
from gongyue.governance.office import staffing
from support.alliance import FIRST, PANEL, Alliance, wording

SEED = "经公约执行机构或本公约十分之一以上成员单位提议"
PROPOSAL = "amendment.proposal"
WORDS = "须经理事会提交全体成员单位"


@cache
def text_with(words: str) -> Edition:
    """The seed's text with those words on who proposes, bound."""
    return forged(seed_with(SEED, words), (PROPOSAL, "22", words))


def world_of(words: str) -> Alliance:
    """Three members under that text."""
    return Alliance(members=3, initiators=2, text=text_with(words)).in_force().on("2026-10-12")


@pytest.mark.parametrize(("words", "body"), [("经公约执行机构提议", "执行机构"), (WORDS, "理事会")])
def test_a_member_neither_begins_nor_files_what_a_body_proposes(words: str, body: str) -> None:
    """GY-22-13: refused at the beginning, and recorded all the same it is unlawful; the executive body files its own."""
    world = world_of(words)
    text = text_with(words)
    assert (body_alone_proposes(text), executive_proposes(text), text.open) == (body, True, ())
    change = wording(world.edition, text=text)
    with world.refused("GY-22-13", enough=EXECUTIVE, article=22, body=body):
        world.initiate(change)
    world.initiate(change, by=EXECUTIVE, signers=PANEL[:2])
    world.support(FIRST)
    with world.refused("GY-22-13", body=body):
        world.file()
    world.executive("amendment.file/1", {"proposal": "p:1"}, PANEL[:2])
    assert verified(world).code == 0


def test_staffing_lists_a_change_that_nobody_could_propose() -> None:
    """It takes two panellists where no member proposes; of a text that lets members, or is not there yet, nothing is said."""
    day, changes = from_iso("2026-10-12"), {"amendment.initiate/1", "amendment.file/1"}
    text = text_with(WORDS)
    world = Alliance(members=3, initiators=2, text=text).in_force()
    alone = replace(world.inst, officers=world.inst.officers.delete(PANEL[1]))
    short = {s.what: (s.missing, s.offices) for s in staffing(alone, day)}
    assert {what: short.get(what) for what in changes} == dict.fromkeys(changes, (1, ("panellist",)))
    assert changes.isdisjoint(s.what for s in staffing(world.inst, day))
    silent = Alliance(members=3, initiators=2).in_force()
    assert changes.isdisjoint(
        s.what for s in staffing(replace(silent.inst, officers=silent.inst.officers.delete(PANEL[1])), day)
    )


def test_a_members_filing_recorded_past_the_office_is_unlawful() -> None:
    """Written with the book's own key: `verify` exits 3 with GY-22-13."""
    world = world_of(WORDS)
    world.initiate(wording(world.edition, text=text_with(WORDS)), by=EXECUTIVE, signers=PANEL[:2])
    world.support(FIRST)
    recorded(world, world.stage.signed("amendment.file/1", FIRST, {"proposal": "p:1"}, [FIRST]))
    refused(world, "GY-22-13")


def test_such_a_text_cannot_be_declared_to_say_nothing_of_proposals() -> None:
    """Absent, any member could propose: the sentence is to be bound."""
    assert why(forged(seed_with(SEED, "由理事会提出"), absent=(PROPOSAL,)), PROPOSAL) == {"guard"}
