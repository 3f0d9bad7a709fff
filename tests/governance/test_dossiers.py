"""Dossiers: what gives an entry its place, and the acts common to all of them (sealed.md §12, articles 5, 20)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct, decode
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import seed_of
from gongyue.governance import order_grounds
from gongyue.governance.acts import ACT_TYPES, Place, Received
from gongyue.governance.dossier import NOTHING_YET, Dossier
from gongyue.governance.sheet import VALUES
from gongyue.governance.step import step_sealed
from support.alliance import CASEWORKER, CLERK, FIRST, PANEL, PUBLISHER, SECRETARY, SYSOP, TWO, Alliance, paper
from support.dossiers import answered, assigned, commitments, done, folded, id_of, noted, petition, signed
from support.published import placed

SECOND = "u:0002"
ONE, TWICE, THREE = commitments("one", "two", "three")
DECLARED = {"activities": ["analysis"], "other": ""}


def in_force() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def completed(world: Alliance, dossier: str) -> SignedAct:
    """The first member's note that its file is complete, not handed in."""
    return signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)


def resigned(act: SignedAct, signer: str, **fields: Any) -> SignedAct:
    """The act with other fields, or without those that are None, signed as it then is."""
    left = {name: value for name, value in (act.act | fields).items() if value is not None}
    return sign(SignedAct(left, (), act.objects), seed_of(signer))


def stepped(world: Alliance, act: SignedAct, **rx: Any) -> Dossier:
    """The dossier after an act that the office received otherwise than it would; None leaves a field out."""
    place = placed(world, act)
    said = {
        "t": max(world.stage.now, world.inst.now),
        "open": world.inst.size,
        **msgspec.to_builtins(place or {}),
        **rx,
    }
    leaf = decode(act.leaf(Received(**{name: value for name, value in said.items() if value is not None})))
    id = act.act["on"]["dossier"] if "on" in act.act else "d:none"
    return step_sealed(world.inst, folded(world, id), leaf.entry, world.stage.office._replay.given(leaf)[0])[0]


def test_a_dossier_is_named_after_the_act_that_opens_it_and_its_places_run_on() -> None:
    """n 1, 2, 3; each continues the digest of the one before, the first one sixty-four zeros; the opener is the party."""
    world = in_force()
    dossier = petition(world)
    noted(world, dossier, docs=[ONE])
    answered(world, dossier)
    found = folded(world, dossier)
    assert (found.id, found.kind, found.parties, found.n) == (dossier, "petition", (FIRST,), 3)
    rows = [decode(data).entry.rx for _, data in world.stage.office._sources.dossier(dossier)]
    assert [rx.n for rx in rows] == [1, 2, 3]
    assert [rx.prev for rx in rows] == [NOTHING_YET, found.entries[0].digest, found.entries[1].digest]
    assert found.next == Place(dossier, 4, found.entries[2].digest)


@pytest.mark.parametrize("name", ["open", "dossier", "n", "prev"])
def test_the_office_adds_each_field_of_place_to_what_stands_in_a_dossier_and_to_nothing_else(name: str) -> None:
    """Missing in a note; in an act of the open book, one too many."""
    world = in_force()
    note = completed(world, petition(world))
    with world.out_of_turn("malformed", why=f"rx.{name}"):
        stepped(world, note, **{name: None})
    declared = world.stage.signed("membership.declare/1", FIRST, DECLARED, [FIRST])
    value = {"open": 5, "dossier": "d:" + "0" * 64, "n": 1, "prev": NOTHING_YET}[name]
    with world.out_of_turn("malformed", why=f"rx.{name}"):
        world.stage.office._replay.judge(decode(declared.leaf(Received(world.stage.now, **{name: value}))))


def test_a_dry_run_in_a_dossier_says_which_rules_hold() -> None:
    """Of an answer too: it holds, and nothing is recorded."""
    world = in_force()
    dossier = petition(world)
    answer = signed(world, "petition.answer/1", dossier, {"answer": "explained", "docs": [ONE]}, SECRETARY)
    for act in (completed(world, dossier), answer):
        assert all(one.holds for one in world.stage.office.dry_run(act))
    assert world.stage.office.dry_run(answer) and folded(world, dossier).last.n == 1


def test_who_signs_says_what_it_has_seen_within_a_dossier_and_what_it_answers_where_it_answers() -> None:
    """`on` and `to`: each missing, each one too many, in a dossier, in what opens one, in a ballot's place, in the open book."""
    world = in_force()
    dossier = petition(world)
    last = msgspec.to_builtins(folded(world, dossier).last)
    note = completed(world, dossier)
    answer = signed(world, "petition.answer/1", dossier, {"answer": "explained", "docs": [ONE]}, SECRETARY)
    submit = world.stage.signed("petition.submit/1", FIRST, {"kind": "wish", "text": ONE}, [FIRST])
    declared = world.stage.signed("membership.declare/1", FIRST, DECLARED, [FIRST])
    for act, signer, fields, why in (
        (note, FIRST, {"on": None}, "on"),
        (submit, FIRST, {"on": last}, "on"),
        (declared, FIRST, {"on": last}, "on"),
        (answer, SECRETARY, {"to": None}, "to"),
        (note, FIRST, {"to": last["digest"]}, "to"),
        (submit, FIRST, {"to": last["digest"]}, "to"),
        (declared, FIRST, {"to": last["digest"]}, "to"),
    ):
        with world.out_of_turn("malformed", why=why):
            world.stage.office.handle(resigned(act, signer, **fields))


def test_places_run_one_by_one_each_after_the_last() -> None:
    """Third of two, second again, another predecessor; a first place is the opener's alone."""
    world = in_force()
    dossier = petition(world)
    noted(world, dossier, docs=[ONE])
    note = completed(world, dossier)
    assert stepped(world, note).n == 3
    for n in (0, 1, 2, 4):
        with world.out_of_turn("dossier-place", n=n, expected=3, dossier=dossier):
            stepped(world, note, n=n)
    with world.out_of_turn("dossier-prev", n=3):
        stepped(world, note, prev=folded(world, dossier).entries[0].digest)
    submit = world.stage.signed("petition.submit/1", SECOND, {"kind": "wish", "text": ONE}, [SECOND])
    with world.out_of_turn("dossier-place", n=2, expected=1):
        stepped(world, submit, n=2)
    with world.out_of_turn("dossier-prev", n=1):
        stepped(world, submit, prev=ONE)


def test_an_act_stays_in_the_dossier_it_was_signed_for() -> None:
    """Not under another id, not in another dossier, not of another kind, nor in one that there is not; an opener's id follows from it."""
    world = in_force()
    dossier, other = petition(world), petition(world)
    note = completed(world, dossier)
    with world.out_of_turn("wrong-dossier", found=other, expected=dossier):
        stepped(world, note, dossier=other)
    on = msgspec.to_builtins(folded(world, dossier).last) | {"dossier": other}
    with world.out_of_turn("dossier-unseen", dossier=other):
        world.stage.office.handle(resigned(note, FIRST, on=on))
    submit = world.stage.signed("petition.submit/1", SECOND, {"kind": "wish", "text": ONE}, [SECOND])
    with world.out_of_turn("wrong-dossier", found=dossier):
        stepped(world, submit, dossier=dossier)
    asked = id_of(world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": ONE}))
    answer = signed(world, "petition.answer/1", dossier, {"answer": "explained", "docs": [ONE]}, SECRETARY)
    last = folded(world, asked).last
    on = msgspec.to_builtins(last)
    with world.out_of_turn("wrong-dossier", found="question", expected="petition"):
        world.stage.office.handle(resigned(answer, SECRETARY, on=on, to=last.digest))
    with world.out_of_turn("not-found"):
        world.stage.office.handle(resigned(answer, SECRETARY, on=on | {"dossier": "d:" + "0" * 64}))


def test_what_was_seen_stands_before_and_what_is_answered_was_seen() -> None:
    """`on.n` 2 and 0 of place 2, another digest of entry 1; `to` what is not there, what it does not answer, what came later."""
    world = in_force()
    dossier = petition(world)
    note, first = completed(world, dossier), folded(world, dossier).entries[0].digest
    for n, digest in ((2, first), (1, ONE), (0, NOTHING_YET)):
        with world.out_of_turn("dossier-unseen", n=2, on=n):
            world.stage.office.handle(resigned(note, FIRST, on={"dossier": dossier, "n": n, "digest": digest}))
    answer = signed(world, "petition.answer/1", dossier, {"answer": "forwarded", "docs": [ONE]}, SECRETARY)
    noted(world, dossier, docs=[TWICE])
    for to in (ONE, folded(world, dossier).entries[1].digest):
        with world.out_of_turn("dossier-unanswered", n=3, to=to):
            world.stage.office.handle(resigned(answer, SECRETARY, to=to))
    world.stage.office.handle(answer)  # it does not mind what came meanwhile
    assert folded(world, dossier).n == 3


def test_neither_time_nor_size_falls_nor_what_a_key_has_seen_nor_when_it_signed() -> None:
    """One second, one open entry, one place back: refused; the same again is lawful."""
    world = in_force()
    dossier = petition(world)
    noted(world, dossier, docs=[ONE])
    world.stage.now += 10
    noted(world, dossier, docs=[TWICE])
    now, found = world.stage.now, folded(world, dossier)
    on = msgspec.to_builtins(found.last)
    older = {"dossier": dossier, "n": 1, "digest": found.entries[0].digest}
    note = completed(world, dossier)
    with world.out_of_turn("dossier-order", what="on.n", found=1, expected=2, n=4):
        world.stage.office.handle(resigned(note, FIRST, on=older))
    assert found.keys[note.sigs[0].key] == (now, 2, world.inst.size)
    with world.out_of_turn("dossier-order", what="at"):
        world.stage.office.handle(resigned(note, FIRST, at=now - 1))
    with world.out_of_turn("dossier-order", what="t"):
        stepped(world, note, t=now - 1)
    before = world.inst
    world.unit("membership.declare/1", SECOND, DECLARED)
    noted(world, dossier, docs=[THREE])
    last = resigned(completed(world, dossier), FIRST, view=msgspec.to_builtins(note.act["view"]))
    leaf = decode(last.leaf(Received(now, before.size, **msgspec.to_builtins(folded(world, dossier).next))))
    with world.out_of_turn("dossier-order", what="open", found=before.size, expected=before.size + 1):
        step_sealed(before, folded(world, dossier), leaf.entry, world.stage.office._replay.given(leaf)[0])
    with world.out_of_turn("dossier-order", what="on.n", found=2, expected=3):
        world.stage.office.handle(resigned(last, FIRST, on=on | {"n": 2, "digest": found.entries[1].digest}))
    world.stage.office.handle(last)


def test_no_act_stands_twice_in_a_dossier() -> None:
    """Received once more by force it is refused; handed in once more it gets the same receipt."""
    world = in_force()
    dossier = petition(world)
    note = completed(world, dossier)
    first = world.stage.office.handle(note)
    assert world.stage.office.handle(note) == first
    with world.out_of_turn("recorded-before", index=2, dossier=dossier):
        stepped(world, note)


def test_a_note_is_a_partys_or_an_assigned_officers_and_says_something() -> None:
    """Not another unit's, not an unassigned officer's (GY-05-15); not empty; a recusal names whom, nothing else does."""
    world = in_force()
    dossier = petition(world)
    with world.out_of_turn("not-party", unit=SECOND, dossier=dossier):
        on = msgspec.to_builtins(folded(world, dossier).last)
        world.stage.office.handle(resigned(completed(world, dossier), SECOND, actor=SECOND, on=on))
    with world.refused("GY-05-15", officer=CASEWORKER):
        done(world, "dossier.note/1", dossier, {"docs": [ONE]}, CASEWORKER)
    for body in ({}, {"complete": True, "whom": CASEWORKER}, {"asks": "recusal"}):
        with world.out_of_turn("malformed"):
            noted(world, dossier, **body)
    with world.out_of_turn("not-found", what="o:nobody"):
        noted(world, dossier, asks="recusal", whom="o:nobody")
    assigned(world, dossier)
    done(world, "dossier.note/1", dossier, {"docs": [ONE]}, CASEWORKER)
    with world.out_of_turn("not-party"):
        done(world, "dossier.note/1", dossier, {"withdrawn": True}, CASEWORKER)
    noted(world, dossier, withdrawn=True)
    assert folded(world, dossier).closed
    with world.out_of_turn("dossier-closed", dossier=dossier):
        noted(world, dossier, complete=True)
    for type, body, signer in (
        ("dossier.assign/1", {"role": "caseworker", "officers": [{"officer": CASEWORKER}]}, SECRETARY),
        ("dossier.order/1", {"what": "heard", "ground": "held", "reasons": ONE}, CASEWORKER),
        ("petition.answer/1", {"answer": "explained", "docs": [ONE]}, SECRETARY),
    ):
        with world.out_of_turn("dossier-closed", dossier=dossier):
            done(world, type, dossier, body, signer)


def test_what_is_served_is_acknowledged_by_its_digests_once() -> None:
    """Other documents, another party, a second time: refused. On paper two officers record it."""
    world = in_force()
    dossier = petition(world)
    with world.refused("GY-05-15", officer=CASEWORKER):
        done(world, "dossier.serve/1", dossier, {"what": "reply", "docs": [ONE, TWICE]}, CASEWORKER)
    assigned(world, dossier)
    done(world, "dossier.serve/1", dossier, {"what": "reply", "docs": [ONE, TWICE]}, CASEWORKER)
    for docs in ([ONE], [TWICE, ONE], [ONE, THREE]):
        with world.out_of_turn("wrong-statement", what="docs"):
            done(world, "dossier.receive/1", dossier, {"docs": docs}, FIRST, actor=FIRST)
    done(world, "dossier.receive/1", dossier, {"docs": [ONE, TWICE]}, FIRST, actor=FIRST)
    found = folded(world, dossier)
    assert found.received == {(FIRST, found.entries[2].digest)}
    with world.out_of_turn("already"):
        done(world, "dossier.receive/1", dossier, {"docs": [ONE, TWICE]}, FIRST, actor=FIRST)
    done(world, "dossier.serve/1", dossier, {"what": "decision", "docs": [THREE]}, CASEWORKER)
    letter = paper("回证", "2026-05-06", "2026-05-06")
    with world.refused("GY-05-02", enough=2):
        done(world, "dossier.receive/1", dossier, {"docs": [THREE]}, CLERK, actor=FIRST, paper=letter)
    done(world, "dossier.receive/1", dossier, {"docs": [THREE]}, *TWO, actor=FIRST, paper=letter)
    assert len(folded(world, dossier).received) == 2


def test_officers_are_assigned_who_hold_the_office_and_have_no_part_in_it() -> None:
    """GY-05-01 without the office; GY-17-05, 18-09, 16-03 with an interest in a party; GY-18-09 two of three; GY-05-03 two roles."""
    world = in_force()
    world.appoint("o:hu", "panellist").appoint("o:tang", "mediator").on("2026-05-20")
    dossier = petition(world)

    def assign(role: str, *officers: str, interests: tuple[str, ...] = ()) -> None:
        rows = [{"officer": one, "interests": list(interests)} for one in officers]
        done(world, "dossier.assign/1", dossier, {"role": role, "officers": rows}, SECRETARY)

    with world.refused("GY-05-01", officer=CLERK):
        assign("caseworker", CLERK)
    with world.refused("GY-05-01", officer="o:nobody"):
        assign("caseworker", "o:nobody")
    with world.refused("GY-17-05", officer=CASEWORKER, parties=FIRST):
        assign("caseworker", CASEWORKER, interests=(SECOND, FIRST))
    with world.refused("GY-18-09", enough=3, count=2):
        assign("panel", *PANEL)
    with world.refused("GY-18-09", officer=PANEL[0], parties=FIRST):
        assign("panel", *PANEL, "o:hu", interests=(FIRST,))
    with world.refused("GY-16-03", officer="o:tang", parties=FIRST):
        assign("mediator", "o:tang", interests=(FIRST,))
    with world.out_of_turn("malformed", why="officers"):
        assign("caseworker", CASEWORKER, CASEWORKER)
    with world.refused("GY-05-01", officer=PANEL[0]):
        rows = [{"officer": CASEWORKER, "interests": []}]
        done(world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows}, PANEL[0])
    assign("caseworker", CASEWORKER, interests=(SECOND,))
    assign("panel", *PANEL, "o:hu")
    with world.refused("GY-05-03", officer=PANEL[0], offices="panel + reviewers"):
        assign("reviewers", *PANEL, "o:hu")
    assert dict(folded(world, dossier).assigned) == {"caseworker": (CASEWORKER,), "panel": (*PANEL, "o:hu")}


def test_whoever_is_challenged_leaves_it_alone_until_somebody_else_decided() -> None:
    """GY-05-14 for the caseworker; of the secretary the panel decides. Assigned anew, or another in its place, it is over."""
    world = in_force()
    dossier = petition(world)
    assigned(world, dossier)
    noted(world, dossier, asks="recusal", whom=CASEWORKER)
    with world.refused("GY-05-14", officer=CASEWORKER):
        done(world, "dossier.serve/1", dossier, {"what": "notice", "docs": [ONE]}, CASEWORKER)
    done(
        world,
        "dossier.order/1",
        dossier,
        {"what": "pause", "ground": "recusal_pending", "reasons": ONE},
        SECRETARY,
        PANEL[0],
    )
    assigned(world, dossier)
    assert not folded(world, dossier).challenged
    noted(world, dossier, asks="recusal", whom=SECRETARY)
    with world.refused("GY-05-14", officer=SECRETARY):
        assigned(world, dossier)
    with world.refused("GY-05-14", officer=SECRETARY):
        answered(world, dossier)
    rows = [{"officer": CASEWORKER, "interests": []}]
    done(world, "dossier.assign/1", dossier, {"role": "caseworker", "officers": rows}, *PANEL)


def test_the_course_is_ordered_on_a_ground_that_fits_and_extended_once() -> None:
    """Another's ground, a pause without a recusal, a second extension, hearing or pause, resuming what goes on: out of turn."""
    world = in_force()
    dossier = petition(world)

    def order(what: str, ground: str, *signers: str) -> None:
        done(world, "dossier.order/1", dossier, {"what": what, "ground": ground, "reasons": ONE}, *signers)

    with world.refused("GY-05-02", enough=2):
        order("extend", "complexity", SECRETARY)
    order("extend", "complexity", SECRETARY, CASEWORKER)
    assigned(world, dossier)
    with world.out_of_turn("already"):
        order("extend", "party_request", CASEWORKER)
    for what, ground in (("pause", "complexity"), ("pause", "recusal_pending"), ("terminate", "held")):
        with world.out_of_turn("wrong-ground", what=what, ground=ground):
            order(what, ground, CASEWORKER)
    with world.out_of_turn("already"):
        order("resume", "authority_answered", CASEWORKER)
    order("pause", "authority_request", CASEWORKER)
    with world.out_of_turn("already"):
        order("pause", "authority_request", CASEWORKER)
    order("resume", "authority_answered", CASEWORKER)
    order("heard", "not_asked", CASEWORKER)
    with world.out_of_turn("already"):
        order("heard", "held", CASEWORKER)
    found = folded(world, dossier)
    assert (found.extended, found.paused, found.heard is not None, found.closed) == (True, False, True, False)
    answered(world, dossier)
    order("terminate", "settled", CASEWORKER)
    assert folded(world, dossier).closed


def test_what_is_held_is_not_erased_until_the_hold_is_lifted() -> None:
    """GY-20-02 naming the one of two that is held; erasing takes a secretary and a system administrator (GY-05-02)."""
    world = in_force()
    world.appoint("o:zhao", "secretary").on("2026-05-20")
    dossier = petition(world)
    secretaries = (SECRETARY, "o:zhao")
    hold: dict[str, Any] = {"docs": [ONE], "ground": "court", "lifted": False}
    with world.out_of_turn("not-found", what=f"{dossier} {ONE}"):
        done(world, "dossier.hold/1", dossier, hold, *secretaries)
    noted(world, dossier, docs=[ONE, TWICE, THREE])
    answered(world, dossier, "explained")
    erase = {"docs": [TWICE, ONE], "ground": "request"}
    with world.refused("GY-05-02", enough=2):
        done(world, "dossier.hold/1", dossier, hold, SECRETARY)
    done(world, "dossier.hold/1", dossier, hold, *secretaries)
    with world.out_of_turn("already"):
        done(world, "dossier.hold/1", dossier, hold, *secretaries)
    with world.out_of_turn("already"):
        done(world, "dossier.hold/1", dossier, hold | {"docs": [THREE], "lifted": True}, *secretaries)
    with world.refused("GY-05-02", enough="secretary + sysop"):
        done(world, "dossier.erase/1", dossier, erase, *secretaries)
    with world.refused("GY-20-02", documents=ONE, article=20):
        done(world, "dossier.erase/1", dossier, erase, SECRETARY, SYSOP)
    done(world, "dossier.hold/1", dossier, hold | {"lifted": True}, *secretaries)
    done(world, "dossier.erase/1", dossier, erase, SECRETARY, SYSOP)
    assert folded(world, dossier).erased == {ONE, TWICE}
    with world.out_of_turn("already"):
        done(world, "dossier.erase/1", dossier, erase, SECRETARY, SYSOP)
    with world.out_of_turn("already"):
        done(world, "dossier.hold/1", dossier, hold, *secretaries)


def test_what_is_unlawful_is_erased_while_the_recusal_of_a_secretary_or_sysop_waits() -> None:
    """A clerk stands in for whom nobody else can stand; not for what is only asked for, and not where another secretary is (GY-05-02)."""
    world = in_force()
    dossier = petition(world)
    noted(world, dossier, docs=[ONE, TWICE, THREE])
    unlawful, asked = ({"docs": [one], "ground": ground} for one, ground in ((ONE, "unlawful"), (TWICE, "request")))
    with world.refused("GY-05-02", enough="secretary + sysop"):
        done(world, "dossier.erase/1", dossier, unlawful, CLERK, SYSOP)
    noted(world, dossier, asks="recusal", whom=SECRETARY)
    with world.refused("GY-05-14", officer=SECRETARY):
        done(world, "dossier.erase/1", dossier, unlawful, SECRETARY, SYSOP)
    with world.refused("GY-05-02", enough="secretary + sysop"):
        done(world, "dossier.erase/1", dossier, asked, CLERK, SYSOP)
    with world.refused("GY-05-02", enough=2):
        done(world, "dossier.erase/1", dossier, unlawful, CLERK)
    done(world, "dossier.erase/1", dossier, unlawful, CLERK, SYSOP)
    noted(world, dossier, asks="recusal", whom=SYSOP)
    other = unlawful | {"docs": [TWICE]}
    with world.refused("GY-05-01", officer=PUBLISHER):
        done(world, "dossier.erase/1", dossier, other, CLERK, PUBLISHER)
    world.appoint("o:zhao", "secretary").appoint("o:sun", "clerk").on("2026-06-20")
    with world.refused("GY-05-02", enough="secretary + sysop"):  # there is a secretary nobody challenged
        done(world, "dossier.erase/1", dossier, other, CLERK, "o:sun")
    done(world, "dossier.erase/1", dossier, other, CLERK, "o:zhao")
    assert folded(world, dossier).erased == {ONE, TWICE}


def test_every_type_that_is_for_parties_says_where_it_stands() -> None:
    """It opens a dossier or is done within one; whatever answers names types that stand in its kinds."""
    kinds = [kind for kind in ACT_TYPES.values() if kind.in_dossier]
    assert {kind.type for kind in kinds if kind.opens} == {
        "case.open/1",
        "interpretation.ask/1",
        "membership.apply/1",
        "petition.submit/1",
        "referral.make/1",
        "report.file/1",
    }
    assert {kind.type for kind in kinds if kind.answers} == {
        "case.review/1",
        "dossier.receive/1",
        "interpretation.explain/1",
        "membership.refuse/1",
        "petition.answer/1",
        "report.answer/1",
        "petition.consent/1",
    }
    for kind in kinds:
        for type in kind.answers:
            assert (ACT_TYPES[type].within | {ACT_TYPES[type].opens}) & kind.within


@pytest.mark.parametrize("what", sorted(order_grounds.GROUNDS))
def test_a_ground_that_does_not_fit_is_told_in_words(what: str) -> None:
    """Both are called as on the form, in both languages; the figures stay the values themselves."""
    for ground in order_grounds.GROUNDS[what]:
        refusal = order_grounds.wrong_ground(what, ground).refusal
        assert (refusal["figures"]["what"], refusal["figures"]["ground"]) == (what, ground)
        for language, said in (("zh", VALUES[ground].zh), ("en", VALUES[ground].en)):
            assert said in refusal[language] and f"{ground}”" not in refusal["zh"]
        assert VALUES[what].zh in refusal["zh"] and VALUES[what].en in refusal["en"]
