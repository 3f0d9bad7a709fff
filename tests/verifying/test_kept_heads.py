"""Heads of dossiers that a party kept: what the office takes away, back-fills or says twice afterwards is found, exit 2."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from attacks.forcing import recovered, strayed
from gongyue.book.heads import DossierHead, parse_head, sign_head
from gongyue.covenant.periods import moment
from gongyue.covenant.rulings import OutOfTurn
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.clock import far_after
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadNote, Signer, sign_note
from gongyue.verifying.report import Report
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, SECRETARY, SYSOP, Alliance
from support.dossiers import commitments, folded, forced_in, noted, opened, petition, signed
from support.published import published_by_force, run

HALF_HOUR, HOUR, DAY = 1_800, 3_600, 86_400
ONE, OTHER = commitments("one", "two")


def told(length: int = 3) -> tuple[Alliance, str]:
    """A petition with that many entries, an hour apart."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    dossier = petition(world)
    for _ in range(length - 1):
        world.stage.now += HOUR
        noted(world, dossier, docs=[ONE])
    return world, dossier


def head(world: Alliance, dossier: str) -> bytes:
    """What the office signs now."""
    return world.stage.office.head(dossier)


def said(world: Alliance, note: bytes) -> DossierHead:
    """What a head says."""
    return parse_head(note, *(s.verifier for s in world.stage.office.keys.signers("sealed")))


def forged(world: Alliance, dossier: str, n: int, time: int, digest: str = "") -> bytes:
    """A head that the office signs of another place, at another time or of another entry."""
    last = digest or folded(world, dossier).entries[n - 1].digest
    return sign_head(world.stage.office.keys.signers("sealed"), dossier, n, last, time)


def verified(world: Alliance, heads: Sequence[bytes], rows: Sequence[bytes] = ()) -> Report:
    """What verify says of the next published book with these heads, named head-0, head-1 …, and these openings."""
    world.stage.now += DAY
    world.tick()
    kept = (("kept", b"".join(rows)),) if rows else ()
    named = tuple((f"head-{n}", one) for n, one in enumerate(heads))
    return run(published_by_force(world), world=world, disclosures=kept, heads=named)[0]


def contradicted(report: Report, how: str, dossier: str, n: int, at: int) -> None:
    """Exit 2 with the dossier, the head's place and what contradicts it, in both languages."""
    failure = report.failure
    assert failure is not None and (report.code, failure.code) == (2, "tampered/head"), failure
    figures = failure.figures
    assert (figures["contradiction"], figures["dossier"], figures["n"], figures["against"]) == (how, dossier, n, at)
    assert f"{dossier} 止于第 {n} 位" in failure.zh and f"{dossier} ended at place {n}" in failure.en


def test_a_head_ends_in_the_last_entry_and_is_signed_anew_each_half_hour() -> None:
    """Never older than the last entry, never older than an hour; the same bytes within a half hour; none of a dossier there is not."""
    world, dossier = told()
    last = folded(world, dossier).entries[-1]
    first = head(world, dossier)
    assert said(world, first)[1:] == (dossier, 3, last.digest, last.t)
    seen = set()
    for _ in range(24):
        world.stage.now += 600
        now = said(world, head(world, dossier))
        assert now.time == last.t or HALF_HOUR <= world.stage.now - now.time < HOUR
        seen.add(now.time)
    assert len(seen) == 8  # the entry's own, then one of every half hour
    world.stage.now += 1
    noted(world, dossier, docs=[OTHER])
    assert said(world, head(world, dossier))[2:] == (
        4,
        folded(world, dossier).last.digest,
        folded(world, dossier).entries[-1].t,
    )
    with pytest.raises(OutOfTurn, match="not-found"):
        head(world, "d:" + "0" * 64)


def test_a_clock_put_right_by_minutes_contradicts_nothing() -> None:
    """The clock ran four minutes fast, a head was signed, it is put right, the next entry comes: exit 0."""
    world, dossier = told()
    world.stage.now += 3 * HOUR
    kept = head(world, dossier)
    world.stage.leap(world.stage.now - 240)
    noted(world, dossier, docs=[OTHER])
    report = verified(world, [kept], opened(world, dossier))
    assert (report.code, report.failure) == (0, None)


def test_a_dossier_is_complete_up_to_the_head_kept() -> None:
    """Four places disclosed, a head of three: said with place and date in both languages; the latest of two heads counts."""
    world, dossier = told()
    early, kept = forged(world, dossier, 1, folded(world, dossier).entries[0].t), head(world, dossier)
    noted(world, dossier, docs=[OTHER])
    report = verified(world, [kept, early], opened(world, dossier))
    assert (report.code, report.failure, "heads" in report.did) == (0, None, True)
    shown = "\n".join(lines(report))
    assert f"卷 {dossier}（诉求）：第 1–4 位，齐至所存凭证（3，2026-05-06）" in shown
    assert f"dossier {dossier} (petition): places 1–4, complete up to the head kept (3, 2026-05-06)" in shown
    assert "存卷凭证" in shown and "没有发现缺位" not in shown


def test_without_its_dossier_a_head_is_checked_in_form_only() -> None:
    """Nothing disclosed, or another dossier: exit 0, and said so."""
    world, dossier = told()
    other = petition(world, "u:0002")
    for rows in ((), opened(world, other)):
        report = verified(world, [head(world, dossier)], rows)
        assert (report.code, [one.complete for one in report.heads]) == (0, [False])
        shown = "\n".join(lines(report))
        assert "仅核验形式（没有启封该卷）" in shown and "checked in form only" in shown


def test_a_head_may_stand_among_the_disclosures() -> None:
    """As a line of its own: counted as one kept apart; one of another book, and a line that is none, are exit 4."""
    world, dossier = told()
    rows, note = opened(world, dossier), head(world, dossier)
    line = canonical.encode({"head": note.decode()}) + b"\n"
    report = verified(world, [], [line, *rows])
    assert (report.code, [(one.file, one.n, one.complete) for one in report.heads]) == (0, [("kept", 3, True)])
    assert verified(world, [], [*rows[:2], line]).code == 2
    for wrong, code in ((line.replace(b"head@1", b"head@2"), "head"), (b'{"head":3}\n', "disclosures")):
        failure = verified(world, [], [wrong, *rows]).failure
        assert failure is not None and failure.code == f"unreadable/{code}"


@pytest.mark.parametrize("left", [1, 2])
def test_an_entry_removed_at_the_end_is_missing(left: int) -> None:
    """The head ends at place 3; of one or two places disclosed the next is missing: exit 2 with it; all three: exit 0."""
    world, dossier = told()
    kept, rows = head(world, dossier), opened(world, dossier)
    failure = verified(world, [kept], rows[:left]).failure
    assert failure is not None and failure.code == "tampered/gap"
    assert (failure.figures["dossier"], failure.figures["n"], failure.figures["head"]) == (dossier, left + 1, 3)
    assert "head-0 止于第 3 位" in failure.zh and "head-0 ends at place 3" in failure.en
    assert verified(world, [kept], opened(world, dossier)).code == 0


def test_the_last_entry_replaced_by_another() -> None:
    """The office shows another note at place 3 than the one it signed for: the chain is not the head's."""
    world, dossier = told(2)
    at, rows = folded(world, dossier).next, opened(world, dossier)
    note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    noted(world, dossier, docs=[ONE])
    kept = head(world, dossier)
    contradicted(verified(world, [kept], [*rows, forced_in(world, note, at)]), "off-chain", dossier, 3, 3)


def test_a_back_filled_entry_was_held_back() -> None:
    """At noon the office signs that there are two; afterwards a third is said to have come before noon: exit 2. At noon itself: 0."""
    for early, code in ((1, 2), (0, 0)):
        world, dossier = told(2)
        size = world.inst.size
        note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
        world.stage.now += 3 * HOUR
        kept = head(world, dossier)
        arrived = said(world, kept).time - early
        forced_in(world, note, folded(world, dossier).next, arrived, size)
        report = verified(world, [kept], opened(world, dossier))
        assert report.code == code, report.failure
        if code:
            contradicted(report, "held-back", dossier, 2, 3)


def test_the_last_entry_cannot_have_come_after_the_head() -> None:
    """A head of place 3, of the second before entry 3: exit 2; of its own second: exit 0."""
    world, dossier = told()
    t = folded(world, dossier).entries[2].t
    contradicted(
        verified(world, [forged(world, dossier, 3, t - 1)], opened(world, dossier)), "arrived-later", dossier, 3, 3
    )
    assert verified(world, [forged(world, dossier, 3, t)], opened(world, dossier)).code == 0


def test_two_heads_contradict_each_other_without_any_opening() -> None:
    """One place and two entries; fewer places later: exit 2, the other file named. Two of one place and entry: exit 0."""
    world, dossier = told()
    kept = head(world, dossier)
    time = said(world, kept).time
    other = forged(world, dossier, 3, time + 60, digest=folded(world, dossier).entries[1].digest)
    report = verified(world, [kept, other])
    contradicted(report, "two-digests", dossier, 3, 3)
    assert report.failure is not None and "head-1" in report.failure.zh and "head-1" in report.failure.en
    contradicted(verified(world, [kept, forged(world, dossier, 2, time + 1)]), "shrunk", dossier, 3, 2)
    assert verified(world, [kept, forged(world, dossier, 2, time)]).code == 0
    assert verified(world, [kept, forged(world, dossier, 3, time + 60)]).code == 0


def test_what_is_no_head_of_this_book_accuses_nobody() -> None:
    """Under another key, a promise, nothing, not signed: exit 4 with the file."""
    world, dossier = told()
    stranger = Signer(world.stage.office.keys.sealed.verifier.name, seed_of("stranger"))
    kept = said(world, head(world, dossier))
    promise = noted(world, dossier, docs=[ONE]).proof
    foreign = sign_head([stranger], dossier, kept.n, kept.digest, kept.time)
    changed = head(world, dossier).replace(b"\n4\n", b"\n3\n")
    misnamed = sign_note(kept._replace(origin="elsewhere").text, [world.stage.office.keys.sealed])
    for data in (foreign, promise, b"", changed, misnamed):
        report = verified(world, [data], opened(world, dossier))
        failure = report.failure
        assert failure is not None and (report.code, failure.code) == (4, "unreadable/head"), data
        assert failure.figures["file"] == "head-0" and "存卷凭证" in failure.zh


def test_heads_of_both_keys_count_while_the_sealed_key_changes_and_afterwards() -> None:
    """Signed by the old key; by both; by the new one alone: each is a head of this book, and a lie of the old key is found still."""
    world, dossier = told()
    stage, old = world.stage, world.stage.office.keys
    kept = [head(world, dossier)]
    lie = forged(world, dossier, 2, said(world, kept[0]).time + DAY)
    new = Signer(old.sealed.verifier.name, seed_of("sealed next"))
    world.executive("book.rotate/1", {"book": "sealed", "verifier": new.verifier.vkey}, [SECRETARY, SYSOP])
    stage.office.keys = old._replace(next_sealed=new)
    kept.append(head(world, dossier))
    for key in (old.sealed, new):
        assert parse_head(kept[1], key.verifier).n == 3
    stage.office.keys = old._replace(sealed=new)
    kept.append(head(world, dossier))
    with pytest.raises(BadNote):
        parse_head(kept[2], old.sealed.verifier)
    assert verified(world, kept, opened(world, dossier)).code == 0
    contradicted(verified(world, [*kept, lie], opened(world, dossier)), "shrunk", dossier, 3, 2)


def in_a_false_time() -> tuple[Alliance, str, int]:
    """A petition; then the clock runs five days ahead, and a note comes; the last right time."""
    world, dossier = told(1)
    world.stage.now += DAY
    world.tick()
    back = world.inst.now
    strayed(world)
    noted(world, dossier, docs=[ONE])
    return world, dossier, back


def test_a_head_of_a_false_time_does_not_accuse_the_office() -> None:
    """Before, in and after a false time, entries following each: exit 0; the dossier is complete up to the last, of the right date."""
    world, dossier, back = in_a_false_time()
    world.stage.now += 2 * HOUR
    false = head(world, dossier)
    recovered(world, back + 2 * HOUR)
    right = head(world, dossier)
    assert said(world, right).time <= world.stage.now < said(world, false).time
    world.stage.now += 60
    noted(world, dossier, docs=[OTHER])
    last = head(world, dossier)
    for heads in ([false], [false, right], [right, last, false]):
        report = verified(world, heads, opened(world, dossier))
        assert (report.code, report.failure) == (0, None)
    assert "（3，2026-05-07）" in "\n".join(lines(report))
    assert "（2，误记时间）" in "\n".join(lines(verified(world, [false], opened(world, dossier))))


def test_what_a_head_of_a_false_time_ended_in_binds_all_the_same() -> None:
    """Another entry at its place, or a place fewer: exit 2; its time alone proves nothing."""
    world, dossier, back = in_a_false_time()
    false, note = head(world, dossier), opened(world, dossier)
    recovered(world, back + 2 * HOUR)
    other = forged(world, dossier, 2, said(world, false).time, digest=folded(world, dossier).entries[0].digest)
    contradicted(verified(world, [false, other]), "two-digests", dossier, 2, 2)
    failure = verified(world, [false], note[:1]).failure
    assert failure is not None and failure.code == "tampered/gap" and failure.figures["n"] == 2


def test_what_came_before_the_false_time_was_held_back_from_a_head_signed_in_it() -> None:
    """An entry said to have come before the false time began, of which the head of that time knows nothing: exit 2."""
    world, dossier = told(1)
    size, came = world.inst.size, world.stage.now + 60
    note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    world.stage.now += HOUR
    world.unit("membership.declare/1", "u:0002", {"activities": ["analysis"], "other": ""})
    back = world.inst.now
    strayed(world)
    world.stage.now += HOUR
    false = head(world, dossier)
    forced_in(world, note, folded(world, dossier).next, came, size)
    recovered(world, back + 2 * HOUR)
    contradicted(verified(world, [false], opened(world, dossier)), "held-back", dossier, 1, 2)


@pytest.mark.parametrize(("late", "code"), [(0, 2), (1, 0)])
def test_an_entry_of_the_second_of_the_return_came_before_the_false_time(late: int, code: int) -> None:
    """By its time at the latest at that of the return: held back from a head of the false time, exit 2; a second later: 0."""
    world, dossier = told(1)
    note = signed(world, "dossier.note/1", dossier, {"docs": [OTHER]}, FIRST, actor=FIRST)
    first, returned = world.inst.size, world.stage.now + 2 * HOUR
    strayed(world)
    false = head(world, dossier)
    forced_in(world, note, folded(world, dossier).next, returned + late, first)
    recovered(world, returned)
    assert (world.inst.recoveries[-1].first, world.inst.recoveries[-1].time) == (first, returned)
    report = verified(world, [false], opened(world, dossier))
    assert report.code == code, report.failure


def test_a_time_is_false_after_that_of_the_return_and_as_far_as_the_clock_was_believed() -> None:
    """To the second at both ends: the date of a head is told, or that its time is false."""
    world, dossier, back = in_a_false_time()
    recovered(world, back + 2 * HOUR)
    false = world.inst.recoveries[-1]
    last = false.left + far_after(world.inst)
    times = (false.time, false.time + 1, last, last + 1)
    report = verified(world, [forged(world, dossier, 1, time) for time in times])
    assert report.code == 0, report.failure
    assert [one.day for one in report.heads] == ["2026-05-07", "", "", moment(last + 1)[:10]]


def test_after_the_return_a_head_is_held_to_its_time_where_its_entry_came_after_it() -> None:
    """A head's time lies in what was once a false time, but its last entry came after the return: back-filling is found."""
    world, dossier, back = in_a_false_time()
    recovered(world, back + 2 * HOUR)
    world.stage.now += HOUR
    noted(world, dossier, docs=[OTHER])
    size = world.inst.size
    note = signed(world, "dossier.note/1", dossier, {"docs": [ONE], "complete": True}, FIRST, actor=FIRST)
    world.stage.now += 4 * HOUR
    kept = head(world, dossier)
    forced_in(world, note, folded(world, dossier).next, said(world, kept).time - 60, size)
    contradicted(verified(world, [kept], opened(world, dossier)), "held-back", dossier, 3, 4)


def test_the_receipt_of_an_act_in_a_dossier_carries_its_head() -> None:
    """With the place it got and the time it arrived; the same when it is handed in again after another. An act in no dossier has none."""
    world, dossier = told(1)
    note = signed(world, "dossier.note/1", dossier, {"docs": [ONE]}, FIRST, actor=FIRST)
    first = world.stage.office.handle(note)
    assert said(world, first.head)[1:] == (dossier, 2, folded(world, dossier).last.digest, first.time)
    second = noted(world, dossier, docs=[OTHER])
    world.stage.now += HOUR
    assert world.stage.office.handle(note) == first
    unproven = replace(note, sigs=())  # whoever hands in its bytes alone learns nothing of the dossier
    shut = world.stage.office.handle(unproven)
    assert (shut.opening, shut.head) == (b"", b"")
    assert verified(world, [first.head, second.head, head(world, dossier)], opened(world, dossier)).code == 0
    assert world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}).head == b""
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": ONE})
    assert said(world, asked.head)[1:3] == (f"d:{asked.act.removeprefix('sha256:')}", 1)
    world.on("2026-10-12").vote_open()
    assert world.stage.do("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"}, [FIRST]).head == b""
