"""The reporter never shows in what the accused can ever open: neither its id, nor its key, nor a commitment, nor its day (article 17)."""

from __future__ import annotations

import base64

from gongyue.covenant.periods import from_iso, iso
from gongyue.office.facts.dossiers import of_unit
from gongyue.office.openings import found_by, of_party
from gongyue.office.store.words import in_dossier
from support.alliance import CASEWORKER, FIRST, PANEL, SECRETARY, Alliance, public_of
from support.cases import (
    ACCUSED,
    HU,
    case_body,
    concluded,
    handled,
    linked,
    received,
    replied,
    served,
    staffed,
)
from support.dossiers import commitments, folded, id_of, noted
from support.published import published_by_force, run

REPORTER, WITNESS = FIRST, "u:0004"


def told() -> tuple[Alliance, list[str], str]:
    """Two members report on 06-01 and 06-02; a case is opened from both on 06-10, concluded on 06-11; both are told on 06-12."""
    world = staffed()
    reports = [handled(world, REPORTER)]
    world.on("2026-06-02")
    reports.append(handled(world, WITNESS, facts=commitments("the same facts")[0]))
    world.on("2026-06-10")
    link, line = linked(world, *((one, 1) for one in reports))

    case = id_of(world.executive("case.open/1", case_body(link=link), (CASEWORKER, SECRETARY), line))
    for one, answer in zip(reports, ("opened", "joined"), strict=True):
        replied(world, one, answer, None, (case, 1))
    for what in ("notice", "evidence"):
        served(world, case, what)
        received(world, case)
    noted(world, case, ACCUSED, complete=True)
    world.on("2026-06-11")
    concluded(world, case, signers=(*PANEL, HU))
    world.on("2026-06-12")
    for one in reports:
        replied(world, one, "outcome", None, (case, folded(world, case).n))
    return world, reports, case


def test_no_byte_that_the_accused_opens_tells_of_a_reporter() -> None:
    """Its disclosures and its pages' facts hold neither id, key, dossier, commitment, link target nor day of any report."""
    world, reports, case = told()
    store = world.stage.office.store
    opened = b"".join(one.line for one in of_party(store, ACCUSED))
    facts = repr(of_unit(world.inst, store, ACCUSED, world.inst.today)).encode()
    assert case.encode() in opened and case.encode() in facts
    secret = {REPORTER, WITNESS} | {public_of(unit) for unit in (REPORTER, WITNESS)}
    for id in reports:
        secret.add(id)
        for one in found_by(store, in_dossier(id)):
            secret |= {
                one.commitment,
                one.entry.act.nonce,
                base64.b64encode(one.kept.salt).decode(),
                str(one.entry.rx.t),
            }
    secret |= {iso(from_iso("2026-06-01") + n) for n in range(2)}
    for word in secret - {str(world.inst.now)}:
        plain = word.removeprefix("sha256:").removeprefix("d:").removeprefix("k:")
        assert plain.encode() not in opened, word
        assert plain.encode() not in facts, word


def test_a_reporter_opens_its_own_report_whole_and_nothing_of_the_case() -> None:
    """Filed, assigned, answered, outcome; no entry of the case, nor of the other's report."""
    world, reports, _ = told()
    store = world.stage.office.store
    for unit, own in ((REPORTER, reports[0]), (WITNESS, reports[1])):
        found = {one.entry.rx.dossier for one in of_party(store, unit)}
        assert found == {own}
        types = [one.entry.act.type for one in of_party(store, unit)]
        assert types == ["report.file/1", "dossier.assign/1", "report.answer/1", "report.answer/1"]


def test_each_party_proves_its_own_file_by_verify() -> None:
    """The accused's and the reporter's disclosures verify by themselves, each complete in itself: exit 0."""
    world, _, _ = told()
    world.next_day()
    files = published_by_force(world)
    for unit in (ACCUSED, REPORTER):
        lines = b"".join(one.line for one in of_party(world.stage.office.store, unit))
        report, _ = run(files, world=world, disclosures=((unit, lines),))
        assert (report.code, report.failure) == (0, None)
        assert len(report.dossiers) == 1


def test_a_case_that_was_not_served_leaves_no_trace_with_anybody() -> None:
    """Opened from a report: neither the accused nor another member opens anything of it; the reporter its own report alone."""
    world = staffed()
    report = handled(world, REPORTER)
    replied(world, report, "opened")
    store = world.stage.office.store
    for unit in (ACCUSED, WITNESS, "u:0003"):
        assert list(of_party(store, unit)) == []
    assert {one.entry.rx.dossier for one in of_party(store, REPORTER)} == {report}
