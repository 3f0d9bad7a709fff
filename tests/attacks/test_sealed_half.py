"""The sealed half, attacked by an office that holds all of its own keys and no member's: what it forges, and what tells.

What no book can tell is named in docs/threat-model.md.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace as but

from attacks.forcing import recovered, strayed
from gongyue.book import disclosure
from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt, sign_inclusion_promise
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.acts import Place
from gongyue.governance.dossier import NOTHING_YET
from gongyue.office.routine_acts import ANCHOR, system_act
from gongyue.office.store import Head, NewLeaf, NewSealed
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical, merkle
from gongyue.verifying.report import Report
from support.alliance import CASEWORKER, CLERK, FIRST, FORMER, NOBODY, PANEL, SECRETARY, SYSOP, TWO, Alliance
from support.anchoring import padded
from support.dossiers import (
    PETITION,
    answered,
    assigned,
    commitments,
    done,
    folded,
    forced_in,
    id_of,
    noted,
    opened,
    petition,
    signed,
)
from support.published import forced, placed, published_by_force, run
from support.sealed import index_of

DAY, OTHER = 86_400, "u:0002"
PAIR = (SECRETARY, PANEL[0])
ONE, TWO_DOCS, REPLIED = commitments("one"), commitments("one", "two"), commitments("reply")
ASK = {"article": 8, "question": NOBODY}


class Desk:
    """A world in force on 2026-05-06 with a petition of the first member, forwarded and noted: three places."""

    def __init__(self) -> None:
        self.world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
        self.world.tick()
        self.world.stage.now += 3_600
        self.d = petition(self.world)
        answered(self.world, self.d)
        noted(self.world, self.d, docs=ONE)
        self.world.stage.now += 60
        self.kept: list[bytes] = []

    @property
    def next(self) -> Place:
        """The place that comes next."""
        return folded(self.world, self.d).next

    def note(self, unit: str = FIRST, **body: Any) -> SignedAct:
        """A note, not handed in."""
        return self.act("dossier.note/1", body or {"complete": True}, unit, actor=unit)

    def act(self, type: str, body: dict[str, Any], *signers: str, **other: Any) -> SignedAct:
        """An act in the dossier, not handed in."""
        if other.get("actor", "exec") not in ("exec", FIRST):  # whoever is no party is not shown the dossier
            mine = signed(self.world, type, self.d, body, FIRST, actor=FIRST)
            return resigned(mine, *signers, actor=other["actor"])
        return signed(self.world, type, self.d, body, *signers, **other)

    def force(self, act: SignedAct, place: Place | None = None, **when: int) -> None:
        """The office takes it, at a place that it likes."""
        self.kept.append(forced_in(self.world, act, place or self.next, **when))

    def verified(self, *others: str) -> Report:
        """What the party finds that keeps all of its dossier, and these others."""
        self.world.stage.now += DAY
        self.world.tick()
        rows = [row for d in (self.d, *others) for row in opened(self.world, d)]
        return run(
            published_by_force(self.world),
            world=self.world,
            disclosures=(("mine", b"".join(rows)), *((f"more-{n}", row) for n, row in enumerate(self.kept))),
        )[0]


def resigned(act: SignedAct, *signers: str, **fields: Any) -> SignedAct:
    """The act with other fields, or without those that are None, signed as it then is."""
    made = SignedAct({k: v for k, v in (act.act | fields).items() if v is not None}, (), act.objects)
    for one in signers:
        made = sign(made, seed_of(one))
    return made


def found(report: Report) -> tuple[int, str]:
    """The exit code and the first failure's."""
    return report.code, report.failure.code.removeprefix("out-of-turn/") if report.failure else ""


Forge = Callable[[Desk], None]
FORGED: dict[str, tuple[Forge, int, str]] = {}


def forged(code: str, exit_code: int = 3) -> Callable[[Forge], Forge]:
    """A way to forge, and what verify finds."""

    def keep(forge: Forge) -> Forge:
        assert forge.__name__ not in FORGED
        FORGED[forge.__name__] = forge, exit_code, code
        return forge

    return keep


# -- places


@forged("wrong-dossier")
def into_another_dossier(desk: Desk) -> None:
    act, other = desk.note(), petition(desk.world, OTHER)
    desk.kept += opened(desk.world, other)
    desk.force(act, folded(desk.world, other).next)


@forged("wrong-dossier")
def into_a_dossier_of_another_kind(desk: Desk) -> None:
    asked = id_of(desk.world.unit("interpretation.ask/1", FIRST, ASK))
    body = {"answer": "explained", "docs": ONE}
    on = {"digest": folded(desk.world, asked).last.digest, "dossier": asked, "n": 1}
    act = resigned(desk.act("petition.answer/1", body, SECRETARY), SECRETARY, on=on, to=on["digest"])
    desk.kept += opened(desk.world, asked)
    desk.force(act, folded(desk.world, asked).next)


@forged("dossier/two")
def to_an_earlier_place(desk: Desk) -> None:
    desk.force(desk.note(), but(desk.next, n=2, prev=folded(desk.world, desk.d).entries[0].digest))


@forged("tampered/gap", 2)
def beyond_the_next_place(desk: Desk) -> None:
    desk.force(desk.note(), but(desk.next, n=5))


@forged("dossier/two")
def to_the_first_place(desk: Desk) -> None:
    desk.force(desk.note(), Place(desk.d, 1, NOTHING_YET))


@forged("dossier-place")
def a_dossier_that_a_note_opens(desk: Desk) -> None:
    id = "d:" + "5" * 64
    on = {"digest": NOBODY, "dossier": id, "n": 1}
    desk.force(resigned(desk.note(), FIRST, on=on), Place(id, 1, NOTHING_YET))


@forged("recorded-before")
def an_opener_at_the_end_of_its_own_dossier(desk: Desk) -> None:
    act = desk.world.stage.signed("petition.submit/1", OTHER, PETITION, [OTHER])
    desk.world.stage.office.handle(act)
    id = f"d:{act.digest.removeprefix('sha256:')}"
    desk.kept += opened(desk.world, id)
    desk.force(act, folded(desk.world, id).next)


@forged("wrong-dossier")
def an_opener_within_another_dossier(desk: Desk) -> None:
    desk.force(desk.world.stage.signed("petition.submit/1", FIRST, PETITION, [FIRST]))


@forged("wrong-dossier")
def an_opener_under_an_id_of_the_offices_choice(desk: Desk) -> None:
    act = desk.world.stage.signed("petition.submit/1", FIRST, PETITION, [FIRST])
    desk.force(act, Place("d:" + "7" * 64, 1, NOTHING_YET))


@forged("dossier-prev")
def an_opener_that_continues_something(desk: Desk) -> None:
    act = desk.world.stage.signed("petition.submit/1", FIRST, PETITION, [FIRST])
    desk.force(act, Place(f"d:{act.digest.removeprefix('sha256:')}", 1, NOBODY))


@forged("dossier-prev")
def prev_of_another_dossier(desk: Desk) -> None:
    other = folded(desk.world, petition(desk.world, OTHER)).last.digest
    desk.force(desk.note(), but(desk.next, prev=other))


@forged("dossier-prev")
def prev_two_back(desk: Desk) -> None:
    desk.force(desk.note(), but(desk.next, prev=folded(desk.world, desk.d).entries[-2].digest))


@forged("dossier/two")
def twice_at_one_place_under_two_salts(desk: Desk) -> None:
    act, place = desk.note(), desk.next
    desk.force(act, place)
    desk.force(act, place)


@forged("recorded-before")
def twice_one_after_the_other(desk: Desk) -> None:
    act = desk.note()
    desk.force(act)
    desk.force(act)


@forged("dossier/two")
def two_variants_by_their_times(desk: Desk) -> None:
    act, place, now = desk.note(), desk.next, desk.world.stage.now
    desk.force(act, place, arrived=now)
    desk.force(act, place, arrived=now + 1)


@forged("dossier/two")
def a_shadow_of_the_whole_dossier(desk: Desk) -> None:
    act = desk.world.stage.signed("petition.submit/1", FIRST, PETITION, [FIRST])
    place = Place(f"d:{act.digest.removeprefix('sha256:')}", 1, NOTHING_YET)
    desk.force(act, place, arrived=desk.world.stage.now)
    desk.force(act, place, arrived=desk.world.stage.now + 9)


# -- what the signer saw, and what it answers


@forged("dossier-unseen")
def seen_at_its_own_place(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, on={"digest": NOBODY, "dossier": desk.d, "n": 4}))


@forged("dossier-unseen")
def seen_nothing(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, on={"digest": NOTHING_YET, "dossier": desk.d, "n": 0}))


@forged("dossier-unseen")
def seen_far_beyond(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, on={"digest": NOBODY, "dossier": desk.d, "n": 2**53 - 1}))


@forged("dossier-unseen")
def seen_the_digest_of_another_place(desk: Desk) -> None:
    first = folded(desk.world, desk.d).entries[0].digest
    desk.force(resigned(desk.note(), FIRST, on={"digest": first, "dossier": desk.d, "n": 2}))


@forged("dossier-order")
def seen_less_than_before(desk: Desk) -> None:
    first = folded(desk.world, desk.d).entries[0].digest
    desk.force(resigned(desk.note(), FIRST, on={"digest": first, "dossier": desk.d, "n": 1}))


@forged("malformed")
def an_opener_that_saw_something(desk: Desk) -> None:
    act = desk.world.stage.signed("petition.submit/1", FIRST, PETITION, [FIRST])
    act = resigned(act, FIRST, on=desk.note().act["on"])
    desk.force(act, Place(f"d:{act.digest.removeprefix('sha256:')}", 1, NOTHING_YET))


@forged("malformed")
def an_answer_to_nothing(desk: Desk) -> None:
    act = desk.act("petition.answer/1", {"answer": "explained", "docs": ONE}, SECRETARY)
    desk.force(resigned(act, SECRETARY, to=None))


@forged("malformed")
def a_note_that_answers(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, to=folded(desk.world, desk.d).entries[0].digest))


@forged("dossier-unanswered")
def an_answer_to_a_note(desk: Desk) -> None:
    act = desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY)
    desk.force(resigned(act, SECRETARY, to=folded(desk.world, desk.d).entries[2].digest))


@forged("dossier-unanswered")
def an_answer_to_another_petition(desk: Desk) -> None:
    other = folded(desk.world, petition(desk.world, OTHER)).last.digest
    act = desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY)
    desk.force(resigned(act, SECRETARY, to=other))


@forged("dossier-unanswered")
def an_answer_to_what_it_had_not_seen(desk: Desk) -> None:
    entries = folded(desk.world, desk.d).entries
    act = desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY)
    on = {"digest": entries[0].digest, "dossier": desk.d, "n": 1}
    desk.force(resigned(act, SECRETARY, on=on, to=entries[1].digest))


# -- times and sizes


@forged("dossier-order")
def arrived_before_its_predecessor(desk: Desk) -> None:
    act = desk.note()
    desk.force(act, arrived=desk.world.stage.now - 61)


@forged("time-backwards")
def arrived_after_the_next_open_act(desk: Desk) -> None:
    act, size, place = desk.note(), desk.world.inst.size, desk.next
    desk.world.stage.now += 60
    desk.world.unit("membership.declare/1", OTHER, {"activities": ["analysis"], "other": ""})
    desk.force(act, place, arrived=desk.world.stage.now + 1, size=size)


@forged("time-backwards")
def arrived_before_the_open_act_it_came_after(desk: Desk) -> None:
    act, now = desk.note(), desk.world.stage.now
    desk.world.stage.now += 600
    desk.world.unit("membership.declare/1", OTHER, {"activities": ["analysis"], "other": ""})
    desk.force(act, arrived=now + 1)


@forged("malformed")
def open_beyond_its_anchor(desk: Desk) -> None:
    desk.force(desk.note(), size=desk.world.inst.size + 1)


@forged("malformed")
def open_of_an_earlier_slot(desk: Desk) -> None:
    desk.world.stage.now += DAY
    desk.world.tick()
    size = desk.world.inst.anchors[-1].index
    act = desk.note()
    desk.force(act, size=size)


@forged("malformed")
def open_of_the_founding(desk: Desk) -> None:
    desk.force(desk.note(), size=1)


@forged("dossier-order")
def open_falls_within_a_slot(desk: Desk) -> None:
    act, size = desk.note(), desk.world.inst.size
    desk.world.unit("membership.declare/1", OTHER, {"activities": ["analysis"], "other": ""})
    noted(desk.world, desk.d, docs=TWO_DOCS)
    desk.force(resigned(act, FIRST, on=desk.note().act["on"]), size=size)


@forged("from-the-future")
def signed_after_it_arrived(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, at=desk.world.stage.now + 301))


@forged("dossier-order")
def signed_before_what_the_same_key_signed(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, at=desk.world.stage.now - 61))


@forged("view")
def a_view_that_never_was(desk: Desk) -> None:
    act = desk.note()
    desk.force(resigned(act, FIRST, view=act.act["view"] | {"root": NOBODY}))


@forged("view")
def a_view_beyond_what_was_there(desk: Desk) -> None:
    act, size, place = desk.note(), desk.world.inst.size, desk.next
    desk.world.unit("membership.declare/1", OTHER, {"activities": ["analysis"], "other": ""})
    view = desk.world.stage.office.view()
    seen = {"root": view.root, "size": view.size}
    desk.force(resigned(act, FIRST, view=seen), place, size=size)


@forged("meaning-changed")
def a_meaning_that_never_was(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, rev=NOBODY))


@forged("basis")
def another_article(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, basis="at:22"))


@forged("wrong-covenant")
def another_covenant(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, cov="elsewhere.example/covenant"))


@forged("malformed")
def a_number_where_there_is_none(desk: Desk) -> None:
    desk.force(resigned(desk.note(), FIRST, seq=1))


# -- who has a hand in it


@forged("not-party")
def a_note_of_another_unit(desk: Desk) -> None:
    desk.force(desk.note(OTHER))


@forged("GY-04-01")
def a_note_in_the_partys_name(desk: Desk) -> None:
    desk.force(resigned(desk.note(), SECRETARY))


@forged("tampered/signature", 2)
def the_partys_signature_of_something_else(desk: Desk) -> None:
    one, other = desk.note(), desk.note(docs=ONE)
    desk.force(msgspec.structs.replace(one, sigs=other.sigs))


@forged("unknown-key")
def a_key_that_nobody_has(desk: Desk) -> None:
    desk.force(resigned(desk.note(), "u:4711"))


@forged("GY-05-15")
def served_by_an_officer_not_assigned(desk: Desk) -> None:
    desk.force(desk.act("dossier.serve/1", {"what": "notice", "docs": ONE}, CASEWORKER))


@forged("GY-05-15")
def served_by_an_officer_who_was_replaced(desk: Desk) -> None:
    assigned(desk.world, desk.d)
    desk.world.appoint("o:jin", "caseworker")
    desk.world.stage.now += 9 * DAY
    desk.world.tick()
    body = {"role": "caseworker", "officers": [{"officer": "o:jin", "interests": []}]}
    done(desk.world, "dossier.assign/1", desk.d, body, SECRETARY)
    desk.force(desk.act("dossier.serve/1", {"what": "notice", "docs": ONE}, CASEWORKER))


@forged("GY-05-01")
def answered_after_the_term(desk: Desk) -> None:
    act = desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY)
    desk.force(resigned(act, FORMER))


@forged("GY-05-01")
def answered_by_a_clerk(desk: Desk) -> None:
    desk.force(desk.act("petition.answer/1", {"answer": "explained", "docs": ONE}, CLERK))


@forged("GY-05-02")
def the_authoritys_answer_recorded_by_one(desk: Desk) -> None:
    desk.force(desk.act("petition.answer/1", {"answer": "replied", "docs": REPLIED}, CLERK))


@forged("needs-paper")
def the_authoritys_answer_without_its_paper(desk: Desk) -> None:
    desk.force(desk.act("petition.answer/1", {"answer": "replied", "docs": REPLIED}, SECRETARY, CLERK))


@forged("GY-05-14")
def answered_by_whoever_was_challenged(desk: Desk) -> None:
    noted(desk.world, desk.d, asks="recusal", whom=SECRETARY)
    desk.force(desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY))


@forged("GY-05-14")
def its_own_recusal_decided(desk: Desk) -> None:
    noted(desk.world, desk.d, asks="recusal", whom=SECRETARY)
    body = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": []}]}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


@forged("GY-17-05")
def assigned_with_an_interest(desk: Desk) -> None:
    body = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": [FIRST]}]}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


@forged("GY-18-09")
def a_panel_of_two(desk: Desk) -> None:
    body = {"role": "panel", "officers": [{"officer": one, "interests": []} for one in PANEL]}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


@forged("GY-05-01")
def assigned_without_the_office(desk: Desk) -> None:
    body = {"role": "caseworker", "officers": [{"officer": SYSOP, "interests": []}]}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


@forged("malformed")
def assigned_twice_over(desk: Desk) -> None:
    body = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": []}] * 2}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


# -- holding and erasing

HELD = {"docs": ONE, "ground": "court", "lifted": False}


@forged("already")
def held_twice(desk: Desk) -> None:
    done(desk.world, "dossier.hold/1", desk.d, HELD, *TWO)
    desk.force(desk.act("dossier.hold/1", HELD | {"ground": "dispute"}, *TWO))


@forged("already")
def a_hold_lifted_that_never_was(desk: Desk) -> None:
    desk.force(desk.act("dossier.hold/1", HELD | {"lifted": True}, *TWO))


@forged("GY-05-02")
def held_by_one(desk: Desk) -> None:
    desk.force(desk.act("dossier.hold/1", HELD, SECRETARY))


@forged("GY-20-02")
def erased_under_hold(desk: Desk) -> None:
    done(desk.world, "dossier.hold/1", desk.d, HELD, *TWO)
    desk.force(desk.act("dossier.erase/1", {"docs": ONE, "ground": "request"}, SECRETARY, SYSOP))


@forged("already")
def erased_twice(desk: Desk) -> None:
    body = {"docs": ONE, "ground": "request"}
    done(desk.world, "dossier.erase/1", desk.d, body, SECRETARY, SYSOP)
    desk.force(desk.act("dossier.erase/1", body | {"ground": "unlawful"}, SECRETARY, SYSOP))


@forged("GY-05-02")
def erased_by_a_secretary_and_a_clerk(desk: Desk) -> None:
    desk.force(desk.act("dossier.erase/1", {"docs": ONE, "ground": "request"}, *TWO))


@forged("already")
def held_after_it_was_erased(desk: Desk) -> None:
    done(desk.world, "dossier.erase/1", desk.d, {"docs": ONE, "ground": "request"}, SECRETARY, SYSOP)
    desk.force(desk.act("dossier.hold/1", HELD, *TWO))


# -- its course


def withdrawn(desk: Desk) -> None:
    """The party withdraws."""
    noted(desk.world, desk.d, withdrawn=True)


@forged("dossier-closed")
def a_note_after_it_was_withdrawn(desk: Desk) -> None:
    withdrawn(desk)
    desk.force(desk.note())


@forged("dossier-closed")
def an_answer_after_it_was_withdrawn(desk: Desk) -> None:
    withdrawn(desk)
    desk.force(desk.act("petition.answer/1", {"answer": "replied", "docs": ONE}, SECRETARY))


@forged("dossier-closed")
def an_order_after_it_was_withdrawn(desk: Desk) -> None:
    withdrawn(desk)
    desk.force(desk.act("dossier.order/1", {"what": "terminate", "ground": "moot", "reasons": NOBODY}, *PAIR))


@forged("dossier-closed")
def an_assignment_after_it_was_withdrawn(desk: Desk) -> None:
    withdrawn(desk)
    body = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": []}]}
    desk.force(desk.act("dossier.assign/1", body, SECRETARY))


@forged("not-party")
def withdrawn_by_the_office(desk: Desk) -> None:
    assigned(desk.world, desk.d)
    desk.force(desk.act("dossier.note/1", {"withdrawn": True}, CASEWORKER))


@forged("GY-05-02")
def terminated_by_one(desk: Desk) -> None:
    desk.force(desk.act("dossier.order/1", {"what": "terminate", "ground": "moot", "reasons": NOBODY}, SECRETARY))


@forged("wrong-ground")
def paused_without_a_recusal(desk: Desk) -> None:
    desk.force(desk.act("dossier.order/1", {"what": "pause", "ground": "recusal_pending", "reasons": NOBODY}, *PAIR))


@forged("already")
def extended_twice(desk: Desk) -> None:
    body = {"what": "extend", "ground": "complexity", "reasons": NOBODY}
    done(desk.world, "dossier.order/1", desk.d, body, *PAIR)
    desk.force(desk.act("dossier.order/1", body | {"reasons": ONE[0]}, *PAIR))


@forged("already")
def forwarded_twice(desk: Desk) -> None:
    act = desk.act("petition.answer/1", {"answer": "forwarded", "docs": TWO_DOCS}, SECRETARY)
    desk.force(resigned(act, SECRETARY, to=folded(desk.world, desk.d).entries[0].digest))


@forged("not-forwarded")
def a_reply_to_the_petition_itself(desk: Desk) -> None:
    act = desk.act("petition.answer/1", {"answer": "replied", "docs": TWO_DOCS}, SECRETARY)
    desk.force(resigned(act, SECRETARY, to=folded(desk.world, desk.d).entries[0].digest))


@forged("wrong-statement")
def other_documents_received(desk: Desk) -> None:
    assigned(desk.world, desk.d)
    done(desk.world, "dossier.serve/1", desk.d, {"what": "notice", "docs": ONE}, CASEWORKER)
    desk.force(desk.act("dossier.receive/1", {"docs": TWO_DOCS}, FIRST, actor=FIRST))


@pytest.mark.parametrize("name", FORGED)
def test_what_is_forged_in_a_dossier_is_found_by_its_party(name: str) -> None:
    """Of each forgery the exit code and the refusal that names it."""
    forge, exit_code, code = FORGED[name]
    desk = Desk()
    forge(desk)
    report = desk.verified()
    assert found(report) == (exit_code, code), report.failure


def test_the_dossier_that_nobody_forged_is_sound() -> None:
    """Three places, exit 0."""
    report = Desk().verified()
    assert (report.code, [one.n for one in report.dossiers]) == (0, [3]), report.failure


# -- what came of an application


class Counter:
    """A world with two applications, anchored."""

    def __init__(self) -> None:
        self.world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
        self.one, self.other = self.world.apply(50), self.world.apply(51)
        self.world.stage.now += DAY
        self.world.tick()
        self.world.stage.now += 60

    def refusal(self, of: Any, within: Any, signers: Sequence[str] = (SECRETARY,), **other: Any) -> SignedAct:
        """A refusal of one application in the dossier of one, not handed in."""
        body = {"unit": actor_of(self.world, of), "of": of.commitment, "ground": "practitioner", "reasons": NOBODY}
        d = id_of(within)
        return self.world.stage.signed("membership.refuse/1", "exec", body | other, signers, dossier=d, files=())

    def verified(self, *kept: bytes) -> Report:
        """What the first applicant finds."""
        self.world.stage.now += DAY
        self.world.tick()
        files = tuple((f"kept-{n}", one) for n, one in enumerate(kept))
        return run(published_by_force(self.world), world=self.world, disclosures=files)[0]


def actor_of(world: Alliance, receipt: Any) -> str:
    """Who did the act of a receipt."""
    return str(msgspec.json.decode(receipt.opening)["entry"]["act"]["actor"])


def test_a_refusal_that_names_another_application() -> None:
    """In the dossier of one it names another's, or a leaf that opens to nothing: unlawful, not merely unchecked."""
    counter = Counter()
    act = counter.refusal(counter.other, counter.one)
    line = forced_in(counter.world, act)
    code, why = found(counter.verified(counter.one.opening, line))
    assert (code, why) != (0, ""), "仅核验形式"
    assert code == 3


def test_a_refusal_that_names_another_application_skips_no_check() -> None:
    """Nor does it hide whatever else is wrong: signed by an officer whose term is over, at a place that continues nothing."""
    counter = Counter()
    act = resigned(counter.refusal(counter.other, counter.one), FORMER)
    place = Place(id_of(counter.one), 2, NOBODY)
    line = forced_in(counter.world, act, place)
    assert counter.verified(counter.one.opening, line).code == 3


def test_an_application_refused_twice() -> None:
    """On another ground, by force: exit 3."""
    counter = Counter()
    first = counter.world.stage.office.handle(counter.refusal(counter.one, counter.one))
    again = forced_in(counter.world, counter.refusal(counter.one, counter.one, ground="acceptance"))
    report = counter.verified(counter.one.opening, first.opening, again)
    assert found(report) == (3, "already")


def test_an_application_refused_in_the_dossier_of_another() -> None:
    """With both dossiers open: exit 3."""
    counter = Counter()
    line = forced_in(counter.world, counter.refusal(counter.one, counter.other))
    report = counter.verified(counter.one.opening, counter.other.opening, line)
    assert found(report) == (3, "dossier-unanswered")


def test_an_application_that_was_withdrawn_is_not_granted() -> None:
    """A unit that had left applies again and withdraws that; the office grants it all the same: refused, and by force exit 3."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    applied = world.apply(6, actor=world.left, signer=world.left)
    noted(world, id_of(applied), world.left, withdrawn=True)
    world.stage.now += DAY
    world.tick()
    with world.out_of_turn("dossier-closed"):
        world.open_application(applied)


# -- false times


def in_false_time() -> tuple[Alliance, str, int]:
    """A petition with a caseworker; the clock is five days ahead; and the time it truly is."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    dossier = petition(world)
    assigned(world, dossier)
    world.stage.now += DAY
    world.tick()
    back = world.inst.now
    strayed(world)
    return world, dossier, back + 7_200


def test_what_a_false_time_served_is_acknowledged_in_it_and_the_office_returns() -> None:
    """An officer serves, the party acknowledges, then two officers return: the service is void, and so is what answers it."""
    world, dossier, true = in_false_time()
    done(world, "dossier.serve/1", dossier, {"what": "notice", "docs": ONE}, CASEWORKER)
    done(world, "dossier.receive/1", dossier, {"docs": ONE}, FIRST, actor=FIRST)
    recovered(world, true)
    assert [one.void for one in folded(world, dossier).entries] == [False, False, True, True]


def test_what_is_void_is_not_answered() -> None:
    """The service of a false time is acknowledged after it: refused, and by force exit 3 with its code."""
    world, dossier, true = in_false_time()
    done(world, "dossier.serve/1", dossier, {"what": "notice", "docs": ONE}, CASEWORKER)
    served = folded(world, dossier).last.digest
    recovered(world, true)
    world.stage.now += 60
    act = world.stage.signed("dossier.receive/1", FIRST, {"docs": ONE}, [FIRST], dossier=dossier, to=served)
    with world.out_of_turn("dossier-unanswered"):
        world.stage.office.handle(act)
    kept = forced_in(world, act)
    world.stage.now += DAY
    world.tick()
    report, _ = run(
        published_by_force(world), world=world, disclosures=(("kept", b"".join([*opened(world, dossier)[:-1], kept])),)
    )
    assert found(report) == (3, "dossier-unanswered")


def test_a_petition_that_is_void_is_not_answered() -> None:
    """Its unit was admitted in the false time: neither stands, and nothing answers it; its documents alone are seen to."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    applied = world.apply(50)
    world.stage.now += DAY
    world.tick()
    back = world.inst.now
    strayed(world)
    world.open_application(applied)
    unit = actor_of(world, applied)
    world.compare(unit)
    world.stage.now += 60
    dossier = id_of(world.unit("petition.submit/1", unit, PETITION))
    recovered(world, back + 7_200)
    world.stage.now += 60
    opener = folded(world, dossier).entries[0]
    assert opener.void
    body = {"answer": "explained", "docs": ONE}
    act = world.stage.signed("petition.answer/1", "exec", body, [SECRETARY], dossier=dossier, to=opener.digest)
    with world.out_of_turn("dossier-unanswered"):
        world.stage.office.handle(act)
    folded(world, dossier).require_new(
        PETITION["text"], "case.conclude/1"
    )  # what is void may be done anew with the same
    with world.out_of_turn("dossier-closed"):
        assigned(world, dossier)
    done(world, "dossier.hold/1", dossier, {"docs": [PETITION["text"]], "ground": "court", "lifted": False}, *TWO)


def test_a_promise_made_after_a_return_accuses_nobody_before_its_slot() -> None:
    """The false time was five days ahead. A day after the return, anchored, a member petitions and verifies at once: nothing is due."""
    world, _, true = in_false_time()
    recovered(world, true)
    world.stage.now += DAY
    world.tick()
    world.stage.now += 3_600
    receipt = world.unit("petition.submit/1", OTHER, PETITION)
    files = published_by_force(world)
    report, _ = run(files, world=world, receipts=(("mine", receipt.proof),))
    assert (report.code, report.failure) == (0, None)


# -- promises and places


def asking(world: Alliance, unit: str = FIRST) -> Receipt:
    """A question of a member, promised."""
    return world.unit("interpretation.ask/1", unit, ASK)


def quiet() -> Alliance:
    """Anchored on 2026-05-06, an hour ago."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    world.tick()
    world.stage.now += 3_600
    return world


def unkept(world: Alliance, act: SignedAct, promised_at: int | None = None) -> tuple[bytes, bytes, bytes]:
    """The office promises what it never keeps: (promise, entry, salt)."""
    time = world.stage.now if promised_at is None else promised_at
    entry = act.received(world.stage.now, world.inst.size, placed(world, act))
    salt = world.stage.office.entropy(32)
    promise = sign_inclusion_promise(world.stage.office.keys.sealed, commit(salt, entry), time, time // DAY + 1)
    return promise, entry, salt


def kept(world: Alliance, **files: bytes) -> Report:
    """What whoever kept these promises and disclosures finds."""
    receipts = tuple((n, d) for n, d in files.items() if n.startswith("receipt"))
    others = tuple((n, d) for n, d in files.items() if n not in dict(receipts))
    return run(published_by_force(world), world=world, receipts=receipts, disclosures=others)[0]


def a_question(world: Alliance, unit: str = FIRST) -> SignedAct:
    """The same, not handed in."""
    return world.stage.signed("interpretation.ask/1", unit, ASK, [unit])


def test_a_promise_whose_leaf_never_comes() -> None:
    """Nothing before the slot's anchor; from then on exit 2, by the promise alone and by what it opens."""
    world = quiet()
    promise, entry, salt = unkept(world, a_question(world))
    line = disclosure.line(None, salt, entry, promise)
    assert kept(world, receipt=promise).code == 0
    assert found(kept(world, mine=line)) == (4, "unreadable/not-published")
    world.stage.now += DAY
    world.tick()
    assert found(kept(world, receipt=promise)) == found(kept(world, mine=line)) == (2, "tampered/promise")


def test_a_promise_whose_slot_is_never_anchored() -> None:
    """The book goes on without an anchor: exit 2 once two slots are over."""
    world = quiet()
    promise, _, _ = unkept(world, a_question(world))
    for expected in ((0, ""), (0, ""), (2, "tampered/late")):
        world.stage.now += DAY
        world.unit("membership.declare/1", OTHER, {"activities": ["analysis"], "other": ""})
        assert found(kept(world, receipt=promise)) == expected


@pytest.mark.parametrize("late", [1, 3])
def test_an_anchor_leaves_a_promised_act_out_for_some_slots(late: int) -> None:
    """It comes later: the promise was broken, exit 2, and what it opens is not of that slot, exit 3."""
    world = quiet()
    promise, entry, salt = unkept(world, a_question(world))
    for _ in range(late):
        world.stage.now += DAY
        world.tick()
    with world.stage.office.store.writing() as tx:
        tx.receive([NewSealed(NOBODY, commit(salt, entry), salt, entry, promise)])
    world.stage.now += DAY
    world.tick()
    line = disclosure.line(None, salt, entry, promise)
    assert found(kept(world, receipt=promise)) == (2, "tampered/promise")
    assert found(kept(world, mine=line)) == (3, "malformed")


def test_a_broken_promise_does_not_hide_behind_a_fresh_one() -> None:
    """Disclosed together, in whatever order, in one file or two: exit 2, not "verify again after the next anchor"."""
    world = quiet()
    promise, entry, salt = unkept(world, a_question(world))
    broken = disclosure.line(None, salt, entry, promise)
    world.stage.now += DAY
    world.tick()
    world.stage.now += 60
    fresh = asking(world).opening
    for files in ({"a": fresh, "b": broken}, {"a": broken, "b": fresh}, {"a": fresh + broken}, {"a": broken + fresh}):
        assert found(kept(world, **files)) == (2, "tampered/promise")


@pytest.mark.parametrize("by", [-1, 1, 3_000])
@pytest.mark.parametrize("anchored", [False, True])
def test_an_act_arrived_at_another_time_than_its_promise_says(by: int, anchored: bool) -> None:
    """A second earlier, a second later, fifty minutes: the member has both, and they contradict each other: exit 2."""
    world = quiet()
    act = a_question(world)
    promise, entry, salt = unkept(world, act, world.stage.now - by)
    with world.stage.office.store.writing() as tx:
        tx.receive([NewSealed(act.digest, commit(salt, entry), salt, entry, promise)])
    if anchored:
        world.stage.now += DAY
        world.tick()
    line = disclosure.line(None, salt, entry, promise)
    assert found(kept(world, mine=line)) == (2, "tampered/arrival")
    if anchored:
        other = disclosure.line(index_of(world.stage.office, line), salt, entry)
        assert found(kept(world, mine=other, receipt=promise)) == (2, "tampered/arrival")


def test_a_leaf_that_stands_again_in_a_later_slot_is_found_by_everybody() -> None:
    """The office places an act's leaf twice, a slot apart: exit 2 at the second, whoever verifies and whichever is opened."""
    world = quiet()
    receipt = asking(world)
    world.stage.now += DAY
    world.tick()
    opening = world.stage.office.store.sealed_entry(bytes.fromhex(receipt.commitment[7:]))
    assert opening is not None and opening.index is not None
    assert kept(world, mine=receipt.opening, receipt=receipt.proof).code == 0
    leaf, start = sealed_leaf(receipt.commitment), world.inst.anchors[-1].size
    again = sorted([leaf, *(sealed_leaf("sha256:" + bytes([n] * 32).hex()) for n in range(15))])
    world.stage.now += DAY
    appended(world, again)
    head = world.stage.office.store.head("sealed")
    assert head is not None
    body = {"slot": world.stage.now // DAY, "size": head.size, "root": "sha256:" + head.root.hex()}
    forced(world, system_act(world.stage.office, ANCHOR, body))
    second = start + again.index(leaf)
    mine = disclosure.line(second, opening.salt, opening.entry)
    for files in ({}, {"mine": receipt.opening, "receipt": receipt.proof}, {"mine": mine}):
        report = kept(world, **files)
        assert report.failure is not None
        assert (*found(report), report.failure.index) == (2, "tampered/twice", second)


def appended(world: Alliance, leaves: list[bytes]) -> None:
    """The office writes leaves into the sealed book as it likes, and signs the head."""
    store = world.stage.office.store
    with store.writing() as tx:
        head = tx.head("sealed")
        assert head is not None
        frontier = merkle.Frontier.from_bytes(head.frontier)
        new = [NewLeaf(leaf, merkle.leaf_hash(leaf), None) for leaf in leaves]
        for one in new:
            frontier.append(one.hash)
        tx.append("sealed", new)
        note = world.stage.office.keys.head_note("sealed", frontier.size, frontier.root())
        tx.set_head("sealed", Head(frontier.size, frontier.root(), frontier.to_bytes(), note))


@pytest.mark.parametrize("change", ["salt", "index", "beyond", "pad", "text"])
def test_what_opens_to_something_else(change: str) -> None:
    """Another salt, the next leaf, a leaf that is not there, padding said to be an act, an act with a word changed: exit 2."""
    world = quiet()
    receipt = asking(world)
    world.stage.now += DAY
    world.tick()
    one = world.stage.office.store.sealed_entry(bytes.fromhex(receipt.commitment[7:]))
    assert one is not None and one.index is not None
    size = world.inst.anchors[-1].size
    index = {"index": one.index - 1, "beyond": size, "pad": size - 1 if one.index < size - 1 else size - 2}.get(
        change, one.index
    )
    salt = bytes(32) if change == "salt" else one.salt
    entry = one.entry.replace(b'"article":8', b'"article":9') if change == "text" else one.entry
    assert found(kept(world, mine=disclosure.line(index, salt, entry))) == (2, "tampered/form")


def test_padding_is_opened_by_nobody() -> None:
    """Three bytes are no entry: the file opens nothing, exit 2 or 4, and never an act."""
    world = quiet()
    line = b'{"book":"sealed","entry":"pad","index":0,"salt":"%s"}\n' % base64.b64encode(bytes(32))
    assert kept(world, mine=line).code in (2, 4)


@pytest.mark.parametrize("wrong", ["quantum", "same", "twice", "past", "ahead", "root", "beyond"])
def test_an_anchor_that_is_none(wrong: str) -> None:
    """Not of a quantum, nothing added, a slot twice, a past or coming one, another root, more than there is: exit 2 or 3."""
    world = quiet()
    asking(world)
    world.stage.now += DAY
    body = padded(world.stage.office)
    last = world.inst.anchors[-1]
    if wrong == "quantum":
        appended(world, [sealed_leaf("sha256:" + "ff" * 32)])
        head = world.stage.office.store.head("sealed")
        assert head is not None
        body |= {"size": head.size, "root": "sha256:" + head.root.hex()}
    body |= {
        "same": {"size": last.size, "root": last.root},
        "past": {"slot": body["slot"] - 1},
        "ahead": {"slot": body["slot"] + 1},
        "root": {"root": NOBODY},
        "beyond": {"size": body["size"] + 16},
    }.get(wrong, {})
    for _ in range(2 if wrong == "twice" else 1):
        forced(world, system_act(world.stage.office, ANCHOR, body))
    code = {"root": (2, "tampered/content"), "beyond": (2, "tampered/content"), "twice": (3, "anchor-order")}
    assert found(kept(world)) == code.get(wrong, (3, "anchor-order"))


def test_an_application_is_not_granted_before_it_is_anchored() -> None:
    """Opened with its promise, with an index that will be, with one that is another leaf's: exit 2 or 3."""
    for index, expected in ((None, 3), (10**6, 2), (0, 2)):
        world = quiet()
        receipt = world.apply(50)
        one = world.stage.office.store.sealed_entry(bytes.fromhex(receipt.commitment[7:]))
        assert one is not None
        line = disclosure.line(index, one.salt, one.entry, one.promise if index is None else b"")
        act = world.stage.signed(
            "membership.grant/1", "exec", {"application": canonical.digest(line)}, [SECRETARY], [line]
        )
        forced(world, act)
        assert kept(world).code == expected


def test_a_recovery_does_not_place_part_of_a_quantum() -> None:
    """It states one leaf fewer than a whole quantum: exit 2 or 3."""
    world, _, true = in_false_time()
    asking(world)
    office = world.stage.office
    body = dict(office.false_time(true))
    with office._commit() as group:
        group.place(office._last_slot())
    world.stage.leap(true)
    first = world.inst.anchors[-1].size if world.inst.anchors else 0
    assert first < int(body["sealed"])
    body["sealed"] = int(body["sealed"]) - 1
    forced(world, world.stage.signed("clock.recover/1", "exec", body, TWO))
    assert kept(world).code in (2, 3)


# -- spies


@pytest.mark.parametrize("spy", ["forger", "former"])
def test_whoever_knows_a_dossiers_id_learns_nothing_of_it_from_refusals(spy: str) -> None:
    """A seat that ended knows the id. It forges the party's signature, or signs as a former officer: the answers are the same
    whether the dossier has three entries or five, was forwarded or withdrawn."""
    answers = []
    for more in (False, True):
        desk = Desk()
        if more:
            noted(desk.world, desk.d, docs=TWO_DOCS)
            noted(desk.world, desk.d, withdrawn=True)
        on = {"digest": NOBODY, "dossier": desk.d, "n": 1}
        said = []
        for seen in (on, on | {"digest": folded(desk.world, desk.d).entries[0].digest}):
            body = {"docs": ONE} if spy == "forger" else {"answer": "forwarded", "docs": ONE}
            act = desk.note(**body) if spy == "forger" else desk.act("petition.answer/1", body, SECRETARY)
            act = resigned(act, FIRST if spy == "forger" else FORMER, on=seen)
            if spy == "forger":
                act = msgspec.structs.replace(act, act=act.act | {"nonce": "A" * 43})
            with pytest.raises(Exception, match=r"k:|GY-05-01") as caught:
                desk.world.stage.office.handle(act)
            said.append(f"{type(caught.value).__name__} {caught.value} {getattr(caught.value, 'refusal', '')}")
        answers.append(said)
    assert answers[0] == answers[1]
    assert "dossier" not in str(answers)
