"""Disclosed dossiers: folded by the very step of the office; each way of tampering with a place has its exit and its words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from msgspec.structs import replace

from attacks.forcing import recovered, strayed
from gongyue.book.entry import SignedAct, decode
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.acts import Place
from gongyue.governance.dossier import NOTHING_YET, Dossier
from gongyue.verifying.dossiers import passed_over, recorded
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, SECRETARY, Alliance
from support.dossiers import answered, commitments, folded, forced_in, noted, opened, petition, signed
from support.published import published_by_force, run

ONE, OTHER = commitments("one", "two")


def in_force() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def told(length: int = 3) -> tuple[Alliance, str]:
    """A petition with that many entries, the second its answer."""
    world = in_force()
    dossier = petition(world)
    answered(world, dossier)
    for _ in range(length - 2):
        noted(world, dossier, docs=[ONE])
    return world, dossier


def verified(world: Alliance, *kept: Sequence[bytes]) -> Report:
    """What verify says of the next published book, with what is kept."""
    world.stage.now += 86_400
    world.tick()
    return run(
        published_by_force(world),
        world=world,
        disclosures=tuple((f"kept-{n}", b"".join(one)) for n, one in enumerate(kept)),
    )[0]


def unlawful(report: Report, code: str, dossier: str, n: int) -> None:
    """Exit 3 under that code, naming the dossier and the place in both languages."""
    failure = report.failure
    assert failure is not None and (report.code, failure.code) == (3, code), failure
    assert (failure.figures["dossier"], failure.figures["n"]) == (dossier, n)
    assert dossier in failure.zh and dossier in failure.en and failure.place.startswith("sealed #")


def test_a_whole_dossier_is_folded_in_any_order_from_any_files() -> None:
    """Three places, in two files, the wrong way round, one line twice: no gap found; said in both languages."""
    world, dossier = told()
    rows = opened(world, dossier)
    report = verified(world, rows[::-1], rows[1:])
    assert (report.code, report.failure, report.disclosed, report.disclosed_form_only) == (0, None, 3, 0)
    assert [(one.id, one.kind, one.n) for one in report.dossiers] == [(dossier, "petition", 3)]
    said = "\n".join(lines(report))
    assert f"卷 {dossier}（诉求）：第 1–3 位，没有发现缺位" in said
    assert f"dossier {dossier} (petition): places 1–3, no gap found" in said


@pytest.mark.parametrize("missing", [1, 3, 4])
def test_a_place_before_another_is_missing(missing: int) -> None:
    """Of five the first, the third, the fourth: exit 2 with the place; without the last nothing shows."""
    world, dossier = told(5)
    rows = opened(world, dossier)
    report = verified(world, [row for n, row in enumerate(rows, 1) if n != missing])
    assert report.failure is not None and (report.code, report.failure.code) == (2, "tampered/gap")
    assert report.failure.figures["dossier"] == dossier and report.failure.figures["n"] == missing
    assert f"{dossier} {missing}" in report.failure.zh and f"{dossier} {missing}" in report.failure.en
    assert [one.n for one in verified(world, rows[:4]).dossiers] == [4]


def test_two_entries_at_one_place_are_shown_with_both_openings() -> None:
    """The office gave place 3 twice, to a note of the member and to another: exit 3, both leaves named."""
    world, dossier = told(2)
    note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    at = folded(world, dossier).next
    noted(world, dossier, docs=[ONE])
    second = forced_in(world, note, at)
    rows = opened(world, dossier)[:3]
    mine = [row for row in opened(world, dossier) if row != second]
    report = verified(world, mine, [second])
    failure = report.failure
    assert failure is not None and (report.code, failure.code) == (3, "dossier/two")
    assert failure.figures["n"] == 3 and failure.figures["dossier"] == dossier
    for leaf in (failure.figures["sealed"], failure.figures["also"]):
        assert f"sealed #{leaf}" in failure.en and f"密封 #{leaf}" in failure.zh
    assert len(rows) == 3


def test_one_entry_in_two_leaves_is_two_at_one_place() -> None:
    """The same bytes sealed with two salts."""
    world, dossier = told(2)
    note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    at, size, now = folded(world, dossier).next, world.inst.size, world.stage.now
    lines_ = [forced_in(world, note, at, now, size) for _ in range(2)]
    report = verified(world, opened(world, dossier)[:2], lines_)
    assert report.failure is not None and (report.code, report.failure.code) == (3, "dossier/two")


def shown(world: Alliance, dossier: str, act: SignedAct, place: Place, **when: int) -> Report:
    """Verify with the dossier, and with one act more that the office placed as it liked."""
    rows = opened(world, dossier)
    return verified(world, rows, [forced_in(world, act, place, **when)])


def test_an_act_moved_into_another_dossier() -> None:
    """Signed for one, placed in another: exit 3."""
    world, dossier = told()
    other = petition(world, "u:0002")
    note = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    unlawful(shown(world, other, note, folded(world, other).next), "out-of-turn/wrong-dossier", other, 2)


def test_a_swapped_predecessor() -> None:
    """`prev` names the entry before the last, or nothing: exit 3 at that place."""
    for prev in (0, None):
        world, dossier = told()
        found = folded(world, dossier)
        note = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
        wrong = replace(found.next, prev=NOTHING_YET if prev is None else found.entries[prev].digest)
        unlawful(shown(world, dossier, note, wrong), "out-of-turn/dossier-prev", dossier, 4)


def test_what_the_signer_had_seen_lies_at_or_beyond_its_own_place() -> None:
    """`on.n` 3 of place 3, of an entry that was made up: exit 3."""
    world, dossier = told(2)
    note = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    on = {"dossier": dossier, "n": 3, "digest": ONE}
    lied = sign(SignedAct(note.act | {"on": on}, (), {}), seed_of(FIRST))
    unlawful(shown(world, dossier, lied, folded(world, dossier).next), "out-of-turn/dossier-unseen", dossier, 3)


def test_the_same_act_twice() -> None:
    """The member's note once more at the next place: exit 3."""
    world, dossier = told(2)
    note = signed(world, "dossier.note/1", dossier, {"docs": [ONE]}, FIRST, actor=FIRST)
    world.stage.office.handle(note)
    unlawful(shown(world, dossier, note, folded(world, dossier).next), "out-of-turn/recorded-before", dossier, 4)


@pytest.mark.parametrize("by", [-1, 1])
def test_a_time_outside_its_bounds(by: int) -> None:
    """A second before the entry before it; after the open entry that came next: exit 3."""
    world, dossier = told(2)
    now, size = world.stage.now, world.inst.size
    note = signed(world, "dossier.note/1", dossier, {"docs": [ONE]}, FIRST, actor=FIRST)
    world.stage.now += 60
    if by > 0:
        world.unit("membership.declare/1", "u:0002", {"activities": ["analysis"], "other": ""})
    arrived = now - 1 if by < 0 else world.stage.now + 1
    report = shown(world, dossier, note, folded(world, dossier).next, arrived=arrived, size=size)
    unlawful(report, "out-of-turn/" + ("dossier-order" if by < 0 else "time-backwards"), dossier, 3)


def test_an_answer_that_contradicts_another() -> None:
    """Forwarded and explained: the office that takes both is named, at place 3."""
    world, dossier = told(2)
    first = folded(world, dossier).entries[0].digest
    body = {"answer": "explained", "docs": [ONE]}
    act = world.stage.signed("petition.answer/1", "exec", body, [SECRETARY], dossier=dossier, to=first)
    unlawful(shown(world, dossier, act, folded(world, dossier).next), "out-of-turn/already", dossier, 3)


def test_a_rule_broken_in_a_dossier_is_named_with_the_dossier_and_the_place() -> None:
    """GY-05-15: an officer nobody assigned serves; the code stays, its words are led by where it happened."""
    world, dossier = told(2)
    act = signed(world, "dossier.serve/1", dossier, {"what": "reply", "docs": [ONE]}, SECRETARY)
    report = shown(world, dossier, act, folded(world, dossier).next)
    unlawful(report, "GY-05-15", dossier, 3)
    assert report.failure is not None and report.failure.zh.startswith(f"卷 {dossier} 第 3 位：")
    assert msgspec.to_builtins(report.failure)["figures"]["officer"] == SECRETARY


def test_a_forged_signature_in_a_dossier_is_tampering() -> None:
    """Another member's signature under the first one's key: exit 2."""
    world, dossier = told(2)
    note = signed(world, "dossier.note/1", dossier, {"docs": [ONE]}, FIRST, actor=FIRST)
    other = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    forged = msgspec.structs.replace(note, sigs=other.sigs)
    report = shown(world, dossier, forged, folded(world, dossier).next)
    assert report.failure is not None and (report.code, report.failure.code) == (2, "tampered/signature")


def test_a_false_time_leaves_its_places_and_the_dossier_goes_on() -> None:
    """A note and an answer taken in a false time: the note stands, the officer's answer is void but keeps place 3; then it goes on."""
    world = in_force()
    dossier = petition(world)
    world.stage.now += 86_400
    world.tick()
    back = world.inst.now
    strayed(world)
    noted(world, dossier, docs=[ONE])
    answered(world, dossier)
    recovered(world, back + 7_200)
    world.stage.now += 60
    answered(world, dossier, "explained")
    noted(world, dossier, docs=[OTHER])
    found = folded(world, dossier)
    assert [one.void for one in found.entries] == [False, False, True, False, False]
    assert found.petition is not None and found.petition.answered and not found.petition.forwarded
    report = verified(world, opened(world, dossier))
    assert (report.code, report.failure) == (0, None)
    assert [one.n for one in report.dossiers] == [5]


def test_what_is_not_judged_is_recorded_and_what_is_void_takes_its_place() -> None:
    """The first entry of a petition, as it is entered in the dossier: for what it is, or as void."""
    world = in_force()
    (line,) = opened(world, petition(world))
    leaf = decode(bytes(msgspec.json.decode(line, type=dict[str, msgspec.Raw])["entry"]))
    assert [one.void for one in recorded(world.inst, Dossier(), leaf).entries] == [False]
    assert [one.void for one in passed_over(world.inst, Dossier(), leaf).entries] == [True]
