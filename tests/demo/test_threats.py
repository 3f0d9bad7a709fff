"""What verify cannot find out (docs/threat-model.md): each is performed here, and the book looks sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.lists import admit, anchor
from gongyue.demo.cheats.votes import ballots, before_last_week, to_the_close
from gongyue.demo.stage import commitment_to, paper
from gongyue.governance.acts import public_digests
from tests.demo.conftest import Played, check

TWO = ["o:qin", "o:bai"]


def letter(forger: Forger) -> dict[str, str]:
    """A letter that does not exist, dated and arrived today."""
    return paper("函〔2026〕99号", forger.day(), forger.day())


def invented_approval(desk: Desk) -> Forger:
    """Two officers record an approval the authority never gave."""
    forger, _ = desk.before("founding.approval/1")
    body = {"outcome": "granted", "edition": forger.inst.founding.digest}
    forger.act("founding.approval/1", EXECUTIVE, body, TWO, letter(forger))
    return forger


def patient_takeover(desk: Desk) -> Forger:
    """A key is recovered on a forged letter, the delay is waited for, and the member does not look."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    key = {"key": forger.new_key(victim), "alg": "ed25519"}
    forger.act("key.recover/1", victim, key, TWO, letter(forger))
    proposal = next(iter(forger.inst.proposals))
    forger.later(days=8).act("amendment.support/1", victim, {"proposal": proposal}, [victim])
    return forger


def groundless_end(desk: Desk) -> Forger:
    """A membership is ended, and the commitment to its ground commits to nothing."""
    forger, _ = desk.before("membership.end/1")
    unit = max(forger.inst.members)
    forger.executive("membership.end/1", {"unit": unit, "ground": commitment_to("nothing")}, "o:lu", "o:qin")
    return forger


def invented_order(desk: Desk) -> Forger:
    """Two officers record a court order that does not exist, and a member may not vote."""
    forger, _ = desk.before("vote.open/1")
    body = {"order": "l:fake", "source": "某法院", "forbids": ["vote.ballot/1"], "party": max(forger.inst.members)}
    forger.act("law.order/1", EXECUTIVE, body | {"begins": forger.day()}, TWO, letter(forger))
    return forger


def invented_applicant(desk: Desk) -> Forger:
    """A firm that never applied is admitted, with a key the executing body made for it."""
    forger, _ = desk.before("membership.grant/1")
    admit(forger, "空壳数据", 97)
    return forger


def slow_clock(desk: Desk) -> Forger:
    """Nothing was recorded for days, and the next act is given the time that suits."""
    forger, entry = desk.before("founding.publish/1")
    forger.again(entry)
    return forger


UNSEEN = [invented_approval, patient_takeover, groundless_end, invented_order, invented_applicant, slow_clock]


@pytest.mark.parametrize("threat", UNSEEN, ids=lambda threat: str(threat.__name__))
def test_verify_alone_does_not_see_it(threat: Callable[[Desk], Forger], played: Played, tmp_path: Path) -> None:
    """Authentic, lawful by everything the book says, and not true: the threat model says who could know."""
    with Desk(played.folder, threat.__name__) as desk:
        threat(desk).publish(tmp_path / "out")
    assert check(tmp_path / "out", played.folder).code == 0


def test_ballots_recorded_from_invented_paper_are_labelled_and_count(played: Played, tmp_path: Path) -> None:
    """The silent are made to vote on paper; the book shows that these ballots came on paper, and only the unit knows."""
    with Desk(played.folder, "paper") as desk:
        forger, matter, closing = before_last_week(desk)
        voted = {decode(data).entry.act.actor for _, _, data in ballots(forger, matter)}
        silent = sorted(set(forger.inst.votes[matter].roll) - voted)
        for unit in silent:
            forger.later(hours=1).seal(
                "vote.ballot/1", unit, {"vote": matter, "choice": "consent"}, TWO, letter(forger)
            )
        to_the_close(forger, matter, closing)
        assert forger.inst.votes[matter].consents == 26 + len(silent)
        forger.publish(tmp_path / "out")
    assert check(tmp_path / "out", played.folder).code == 0


def test_an_ending_counts_as_checked_in_form_only(played: Played, tmp_path: Path) -> None:
    """What rests on undisclosed acts is never said to have been checked."""
    with Desk(played.folder, "end") as desk:
        groundless_end(desk).publish(tmp_path / "out")
    report = check(tmp_path / "out", played.folder)
    assert (report.form_only, report.fully) == (1, report.acts - 1)


def test_a_unit_named_in_a_cheat_can_see_itself_in_the_report(played: Played, tmp_path: Path) -> None:
    """Every unit's status is printed: whoever looks sees an admission or ending it knows nothing of."""
    with Desk(played.folder, "applicant") as desk:
        forger = invented_applicant(desk)
        anchor(forger.later(days=1))
        forger.publish(tmp_path / "out")
    report = check(tmp_path / "out", played.folder)
    assert "空壳数据" in {unit.name for unit in report.units if unit.status == "member"}


def test_no_name_or_scan_stands_in_an_open_leaf(played: Played) -> None:
    """Signatories, scans and questions are commitments; none of them is an object that is published."""
    with Desk(played.folder, "names") as desk:
        for _, entry in desk.entries():
            assert "法定代表人" not in bytes(entry.act.body).decode("utf-8")
            if entry.act.paper is not None:
                assert entry.act.paper.scan not in set(public_digests({"scan": entry.act.paper.scan}))
                assert not (played.folder / "public" / "objects" / "sha256" / entry.act.paper.scan[7:]).exists()
