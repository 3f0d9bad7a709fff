"""The evidence pack is made for a party, of what it may open and nothing else; the same content gives the same bytes (articles 14, 17)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from gongyue.book import pack
from gongyue.book.pack import parse_manifest
from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.petition import answer_by
from gongyue.office.attachments import WRITTEN
from gongyue.office.dossier_documents import vault_of
from gongyue.office.evidence_pack import KeptFiles, make_pack
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.verifying.report_lines import lines
from support.alliance import CASEWORKER, FIRST, OUTSIDER, SECRETARY, SYSOP, TWO, Alliance, paper, public_of
from support.bulletins import result
from support.cases import ACCUSED, case_body
from support.documents import document, filed
from support.dossiers import done, forced_in, id_of, noted, petition, signed
from support.packs import (
    EVIDENCE,
    FACTS,
    LETTER,
    NOTICE,
    REASONS,
    REPLY,
    TEXT,
    case_story,
    checked,
    files_in,
    packed,
    petition_story,
    served,
    zipped,
)


def beside_the_book(path: Path) -> bytes:
    """Everything in a pack but the books, which are everybody's."""
    return b"\n".join(data for name, data in files_in(path).items() if not name.startswith(pack.BOOK))


def test_the_same_content_gives_the_same_bytes_and_every_reading_is_logged(tmp_path: Path) -> None:
    """Twice the same; names sorted, dates fixed; nobody else on the machine may read it; four readings by the unit on the log."""
    world, dossier = petition_story(tmp_path)
    one, two = packed(world, tmp_path, FIRST, dossier), packed(world, tmp_path, FIRST, dossier, "again.zip")
    assert one.read_bytes() == two.read_bytes() and one.stat().st_mode & 0o077 == 0
    names = list(files_in(one))
    assert (
        names == sorted(names) and pack.GUIDE in names and "heads/004.head" in names and "receipts/004.promise" in names
    )
    log = vault_of(world.stage.office, tmp_path).log()
    assert [line.who for line in log if line.what == "read"] == [FIRST] * 4
    assert not list(tmp_path.glob(".*.new"))


def test_no_document_lies_open_under_a_name_while_a_pack_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the pack is about to be written, when a kill would leave what is there, no file has a document's words; the pack has them."""
    world, dossier = petition_story(tmp_path)
    passing, seen, write = tmp_path / "passing", [], pack.write
    passing.mkdir()

    def look(target: Path, members: dict[str, pack.Member]) -> None:
        seen.extend(path.read_bytes() for path in passing.rglob("*") if path.is_file())
        write(target, members)

    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    monkeypatch.setattr(pack, "write", look)
    made = beside_the_book(packed(world, tmp_path, FIRST, dossier))
    assert seen and TEXT.content in made and not any(TEXT.content in data for data in seen)


def test_what_was_written_into_a_form_goes_by_what_it_is(tmp_path: Path) -> None:
    """A file that somebody named keeps its name; of a written text the pack says what it is, as the timeline does; the file says its place and act."""
    world, _, case = case_story(tmp_path)
    written = document("答复：系配置疏漏。", WRITTEN)
    note = {"docs": [written.commitment]}
    filed(world, tmp_path, "dossier.note/1", case, note, [written], ACCUSED, actor=ACCUSED)
    found = checked(packed(world, tmp_path, ACCUSED, case))
    assert (found.code, found.failure) == (0, None) and found.pack is not None
    named = {one.c: (one.file, one.name) for one in found.pack.documents}
    n = found.pack.entries[-1].n
    assert named[written.commitment] == (f"documents/{n:03d}-1-dossier-note.txt", "当事方所交材料 2.txt")
    assert named[NOTICE.commitment] == ("documents/002-1-dossier-serve.txt", NOTICE.name)
    assert "当事方所交材料 2.txt" in files_in(packed(world, tmp_path, ACCUSED, case, "again.zip"))[pack.GUIDE].decode()


def test_nobody_but_a_party_gets_one(tmp_path: Path) -> None:
    """Another member, an outsider, officers, the caseworker, the executive body: as if there were no such dossier; nothing is written."""
    world, dossier = petition_story(tmp_path)
    for who in ("u:0002", OUTSIDER, CASEWORKER, SECRETARY, SYSOP, "exec", "authority", "u:9999"):
        with pytest.raises(OutOfTurn, match="not-found"):
            packed(world, tmp_path, who, dossier)
    for id in ("d:members", "d:" + "0" * 64):
        with pytest.raises(OutOfTurn, match="not-found"):
            packed(world, tmp_path, FIRST, id)
    assert not (tmp_path / "pack.zip").exists()


def test_the_accuseds_pack_holds_nothing_of_the_reporter_and_each_verifies(tmp_path: Path) -> None:
    """Neither id, key, dossier, commitment, salt, nonce, content, time nor day of the report; each party's own documents, and no other's."""
    world, report, case = case_story(tmp_path)
    theirs, ours = packed(world, tmp_path, ACCUSED, case), packed(world, tmp_path, FIRST, report, "reporter.zip")
    said = beside_the_book(theirs)
    secret = {FIRST, public_of(FIRST), report, FACTS.commitment, FACTS.salt.hex(), FACTS.content.decode(), FACTS.name}
    for one in found_by(world.stage.office.store, in_dossier(report)):
        secret |= {one.commitment, one.commitment[7:23], one.entry.act.nonce, str(one.entry.rx.t)}
    secret |= {iso(from_iso("2026-06-01") + n) for n in range(3)}
    for word in secret:
        assert word.removeprefix("sha256:").removeprefix("k:").removeprefix("d:").encode() not in said, word
    for one in (NOTICE, EVIDENCE, REPLY, REASONS):
        assert one.content in said and one.content not in beside_the_book(ours)
    assert FACTS.content in beside_the_book(ours) and case.encode() not in beside_the_book(ours)
    found = checked(theirs)
    assert (found.code, found.failure) == (0, None) and found.pack is not None
    assert {one.state for one in found.pack.documents} == {"here"}
    assert found.pack.unopened == (1,) and "所据仅核验形式" in "\n".join(lines(found, "zh"))
    found = checked(ours)
    assert (found.code, found.failure) == (0, None) and found.pack is not None and found.pack.party == FIRST
    with pytest.raises(OutOfTurn, match="not-found"):
        packed(world, tmp_path, FIRST, case, "x.zip")


def test_what_was_served_is_in_it_once_it_was_received(tmp_path: Path) -> None:
    """Before a case's first service there is none for the accused; then its documents wait for the receipt, and are in it after that."""
    world, _, _ = case_story(tmp_path)
    other = document("另一件告知书（演示）")
    case = id_of(world.executive("case.open/1", case_body(), (CASEWORKER, SECRETARY)))
    with pytest.raises(OutOfTurn, match="not-found"):
        packed(world, tmp_path, ACCUSED, case)
    served(world, tmp_path, case, "notice", other)
    path = packed(world, tmp_path, ACCUSED, case)
    assert other.content not in beside_the_book(path)
    assert [one.state for one in parse_manifest(files_in(path)[pack.MANIFEST]).documents] == ["waiting"]
    report = checked(path)
    assert report.code == 0 and "尚未签收" in "\n".join(lines(report, "zh"))
    done(world, "dossier.receive/1", case, {"docs": [other.commitment]}, ACCUSED, actor=ACCUSED)
    assert other.content in beside_the_book(packed(world, tmp_path, ACCUSED, case))


def test_after_an_erasure_the_pack_says_so(tmp_path: Path) -> None:
    """内容已依法删除, from the dossier's own record; content and salt are nowhere in it; exit 0."""
    world, dossier = petition_story(tmp_path)
    body = {"docs": [TEXT.commitment], "ground": "unlawful"}
    filed(world, tmp_path, "dossier.erase/1", dossier, body, [], SECRETARY, SYSOP)
    world.stage.now += 86_400
    world.tick()
    path = packed(world, tmp_path, FIRST, dossier)
    assert TEXT.content not in beside_the_book(path) and TEXT.salt.hex().encode() not in beside_the_book(path)
    report = checked(path)
    assert report.code == 0 and report.pack is not None
    gone = next(one for one in report.pack.documents if one.state == "erased")
    assert gone.recorded and gone.c == TEXT.commitment and gone.places == (1, 5)
    said = "\n".join(lines(report, "zh"))
    assert f"{TEXT.commitment[7:23]}：内容已依法删除" in said and "2 份文书中 1 份没有内容可核" in said
    assert "内容已依法删除" in files_in(path)[pack.GUIDE].decode()


def test_an_entry_that_waits_for_its_anchor_counts_by_its_promise(tmp_path: Path) -> None:
    """Filed after the last anchor: judged, and told so; once its slot is over without it: a broken promise, exit 2."""
    world, dossier = petition_story(tmp_path)
    noted(world, dossier, complete=True)
    path = packed(world, tmp_path, FIRST, dossier)
    report = checked(path)
    assert (
        report.code == 0
        and report.pack is not None
        and [e.promised for e in report.pack.entries] == [False] * 4 + [True]
    )
    assert report.disclosed == 5 and "待锚定（凭承诺）" in "\n".join(lines(report, "zh"))
    files = files_in(path)
    (tmp_path / "other").mkdir()
    other, _ = petition_story(tmp_path / "other")  # the same office, which leaves out what it promised
    for _ in range(3):
        other.stage.now += 86_400
        other.tick()
    rest = packed(other, tmp_path / "other", FIRST, dossier)
    books = {name: data for name, data in files_in(rest).items() if name.startswith(pack.BOOK)}
    mine = {name: data for name, data in files.items() if not name.startswith(pack.BOOK)}
    found = checked(zipped(tmp_path / "broken.zip", books | mine))
    assert found.failure is not None and (found.code, found.failure.code) == (2, "tampered/promise")


def test_what_the_party_kept_goes_along_and_may_accuse(tmp_path: Path) -> None:
    """Its head and the letter that came are in it; a head over an entry that the pack does not have is exit 2, given with it or in it."""
    world, dossier = petition_story(tmp_path)
    office = world.stage.office
    kept = office.head(dossier)
    path = tmp_path / "kept.zip"
    letters = ((".pdf", b"%PDF-1.7 x"),)
    make_pack(office, tmp_path, FIRST, dossier, path, KeptFiles((kept,), (), letters))
    files = files_in(path)
    assert files["heads/kept-1.head"] == kept and files["letters/kept-1.pdf"] == b"%PDF-1.7 x"
    assert checked(path).code == 0
    noted(world, dossier, complete=True)
    later = office.head(dossier)
    found = checked(path, heads=(("mine.head", later),))
    assert found.failure is not None and (found.code, found.failure.code) == (2, "tampered/gap")


def test_what_the_office_had_not_done_in_time_is_told(tmp_path: Path) -> None:
    """A petition that nobody answered: on its last day nothing, the day after overdue under P10; exit 0, for an omission is no act."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-06")
    dossier = petition(world)
    last = answer_by(world.inst, from_iso("2026-05-06")).last
    for late in (0, 1):
        world.on(iso(last + late)).tick()
        report = checked(packed(world, tmp_path, FIRST, dossier))
        assert report.code == 0 and report.pack is not None
        assert [(one.last, one.late, one.basis) for one in report.pack.overdue] == [(iso(last), 1, "P10")] * late
        said = "\n".join(lines(report, "zh"))
        assert ("已逾 1 日" in said) is bool(late) and ("没有逾期" in said) is not bool(late)
        assert [one.state for one in report.pack.documents] == ["absent"]


def test_what_was_recorded_from_its_paper_comes_with_the_letter_that_tells_it(tmp_path: Path) -> None:
    """A receipt recorded by two officers: the letter of that day; the same whenever the pack is made."""
    world, _, _ = case_story(tmp_path)
    case = id_of(world.executive("case.open/1", case_body(), (CASEWORKER, SECRETARY)))
    one = document("告知书之二（演示）")
    served(world, tmp_path, case, "notice", one)
    day = iso(from_iso("2026-06-12"))
    scan = paper("EMS 1", day, day)
    done(world, "dossier.receive/1", case, {"docs": [one.commitment]}, *TWO, actor=ACCUSED, paper=scan)
    before = files_in(packed(world, tmp_path, ACCUSED, case))["letters/003.txt"].decode()
    assert "EMS 1" in before and ACCUSED in before and "None" not in before
    world.on("2026-06-13").tick()
    first = files_in(packed(world, tmp_path, ACCUSED, case))["letters/003.txt"]
    world.on("2026-06-20").tick()
    assert files_in(packed(world, tmp_path, ACCUSED, case))["letters/003.txt"] == first


def test_a_cheat_in_the_case_is_told_together_with_the_documents(tmp_path: Path) -> None:
    """A conclusion by one of the panel, by force: exit 3, and which document belongs to which entry is told all the same."""
    world, _, case = case_story(tmp_path)
    act = signed(world, "dossier.serve/1", case, {"what": "evidence", "docs": [EVIDENCE.commitment]}, SYSOP)
    forced_in(world, act)
    world.stage.now += 86_400
    world.tick()
    report = checked(packed(world, tmp_path, ACCUSED, case))
    assert report.code == 3 and report.pack is not None and not report.pack.judged
    said = "\n".join(lines(report, "zh"))
    assert "与承诺值相符" in said and "结论：真实但违规" in said and "没有逾期" not in said


def test_a_pack_made_once_all_members_were_told_the_result_is_sound(tmp_path: Path) -> None:
    """What opens the link of that bulletin is not in it: the bulletin stands in another dossier, and alone the line would open nothing."""
    world, _, case = case_story(tmp_path)
    world.on("2026-07-03")
    result(world, case)
    world.on("2026-08-03").tick()
    theirs = packed(world, tmp_path, ACCUSED, case)
    assert not any(line.startswith(b'{"link"') for line in files_in(theirs)[pack.DISCLOSURES].splitlines())
    report = checked(theirs)
    assert report.code == 0 and report.pack is not None
    assert report.pack.judged and not report.pack.overdue, "the result was told, where no pack can show it"


def test_the_manifest_says_what_is_in_it(tmp_path: Path) -> None:
    """Canonical, without a time of its own: whose, which dossier, each document with its salt, each file with its digest."""
    world, dossier = petition_story(tmp_path)
    data = files_in(packed(world, tmp_path, FIRST, dossier))[pack.MANIFEST]
    said = json.loads(data)
    assert set(said) == {"documents", "dossier", "files", "party", "v"} and parse_manifest(data).data == data
    assert [one["c"] for one in said["documents"]] == [TEXT.commitment, LETTER.commitment]
    assert b"2026" not in data
