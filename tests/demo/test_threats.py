"""What verify cannot find out (docs/threat-model.md): each is performed here, and the book looks sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gongyue.book.entry import decode
from gongyue.covenant.parties import EXECUTIVE
from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forged_counts import ballots, before_last_week, close, turnout
from gongyue.demo.cheats.forger import Forger
from gongyue.demo.cheats.keys import say_told
from gongyue.demo.cheats.lists import admit, anchor, wait
from gongyue.demo.simulated_office import commitment_to, paper
from gongyue.governance.acts import act_type_of
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
    """A key is recovered on a forged letter, a false notice follows, the delay is waited for, and the member does not look."""
    forger, true = desk.before("amendment.support/1", nth=-1)
    victim = true.act.actor
    key, entry = {"key": forger.new_key(victim), "alg": "ed25519"}, forger.inst.size
    forger.act("key.recover/1", victim, key, TWO, letter(forger))
    say_told(forger, entry)
    wait(forger, forger.now + 8 * 86_400)
    forger.act("amendment.support/1", victim, msgspec.json.decode(bytes(true.act.body)), [victim])
    return forger


def patient_authority(desk: Desk) -> Forger:
    """A first key is invented for the authority, the delay is waited for, and it approves with it."""
    forger, _ = desk.before("founding.approval/1")
    key = {"holder": "authority", "key": forger.new_key("authority"), "alg": "ed25519"}
    forger.act("key.register/1", EXECUTIVE, key, TWO, letter(forger))
    wait(forger, forger.now + 8 * 86_400)
    body = {"outcome": "granted", "edition": forger.inst.founding.digest}
    forger.act("founding.approval/1", "authority", body, ["authority"])
    return forger


def patient_puppets(desk: Desk) -> Forger:
    """A person who does not exist is appointed and given a key, and serves once everybody could have asked who it is."""
    forger, true = desk.before("founding.publish/1")
    term = {"begins": forger.day(after=8), "ends": "2028-12-31", "offices": ["publisher"]}
    forger.executive("office.appoint/1", {"officer": "o:jia", "interests": commitment_to("jia"), **term}, *TWO)
    forger.executive("key.register/1", {"holder": "o:jia", "key": forger.new_key("o:jia"), "alg": "ed25519"}, *TWO)
    wait(forger, forger.now + 8 * 86_400)
    body = msgspec.json.decode(bytes(true.act.body)) | {"in_force": forger.day()}
    forger.executive("founding.publish/1", body, "o:jia", "o:qin")
    return forger


def first_key_of_the_silent(desk: Desk) -> Forger:
    """An initiator that never had a key is given one by two officers, who sign the covenant with it."""
    forger, true = desk.before("key.register/1", lambda entry: b'"holder":"u:' in bytes(entry.act.body))
    unit = msgspec.json.decode(bytes(true.act.body))["holder"]
    key = {"holder": unit, "key": forger.new_key(unit), "alg": "ed25519"}
    forger.act("key.register/1", EXECUTIVE, key, TWO, letter(forger))
    body = {"edition": forger.inst.founding.digest, "capacity": "legal_representative"}
    forger.act("founding.sign/1", unit, body | {"signatory": commitment_to("nobody")}, [unit])
    return forger


def groundless_end(desk: Desk) -> Forger:
    """A membership is ended, and its link opens to nothing."""
    forger, _ = desk.before("membership.end/1")
    unit = max(forger.inst.members)
    forger.executive("membership.end/1", {"unit": unit, "link": commitment_to("nothing")}, "o:lu", "o:qin")
    return forger


def invented_order(desk: Desk) -> Forger:
    """Two officers record a court order that does not exist, and a member may not vote."""
    forger, _ = desk.before("vote.open/1")
    body = {"order": "l:fake", "source": "某法院", "forbids": ["vote.ballot/1"], "party": max(forger.inst.members)}
    forger.act("law.order/1", EXECUTIVE, body | {"begins": forger.day()}, TWO, letter(forger))
    return forger


def invented_applicant(desk: Desk) -> Forger:
    """A firm that never applied is admitted, with a key the executive body made for it."""
    forger, _ = desk.before("membership.grant/1")
    admit(forger, "空壳数据", 97)
    return forger


def slow_clock(desk: Desk) -> Forger:
    """Nothing was recorded for days, and the next act is given the time that suits."""
    forger, entry = desk.before("founding.publish/1")
    forger.again(entry)
    return forger


UNSEEN = [
    invented_approval,
    patient_takeover,
    patient_authority,
    patient_puppets,
    first_key_of_the_silent,
    groundless_end,
    invented_order,
    invented_applicant,
    slow_clock,
]


@pytest.mark.parametrize("threat", UNSEEN, ids=lambda threat: str(threat.__name__))
def test_verify_alone_does_not_see_it(threat: Callable[[Desk], Forger], played: Played, tmp_path: Path) -> None:
    """Authentic, lawful by everything the book says, and not true: the threat model says who could know."""
    with Desk(played.folder, threat.__name__) as desk:
        threat(desk).publish(tmp_path / "out")
    assert check(tmp_path / "out", played.folder).code == 0


def test_ballots_recorded_from_invented_paper_are_labelled_and_count(played: Played, tmp_path: Path) -> None:
    """The silent are made to vote on paper, and notices to them invented; the book shows what came on paper, only the unit knows."""
    with Desk(played.folder, "paper") as desk:
        forger, matter, closing = before_last_week(desk)
        voted = {decode(data).entry.act.actor for _, _, data in ballots(forger, matter)}
        silent = sorted(set(forger.inst.votes[matter].roll) - voted)
        for unit in silent:
            body = {"vote": matter, "choice": "consent"}
            of = forger.later(hours=1).seal("vote.ballot/1", unit, body, TWO, letter(forger))
            forger.seal("vote.notify/1", "exec", {"vote": matter, "of": of, "way": "letter", "day": forger.day()}, TWO)
        anchor(forger.later(days=1))
        wait(forger, closing.rx.t + 3 * 86_400)
        anchor(forger)
        turnout(forger, matter)
        close(forger, matter)
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
                assert entry.act.paper.scan not in set(
                    act_type_of(entry.act.type).public_digests(msgspec.json.decode(entry.act.body))
                )
                assert not (played.folder / "public" / "objects" / "sha256" / entry.act.paper.scan[7:]).exists()
