"""GY-17-09: what is filed as evidence shows no personal data beyond need, or the caseworker recorded why it is necessary."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyue.book.entry import SignedAct, with_objects
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import act_type_of
from gongyue.office import evidence
from gongyue.office.attachments import WRITTEN, PrivateContent
from gongyue.office.dossier_documents import file, open_document
from gongyue.office.evidence_scan import SCANNER, Counted, EvidenceScanner
from gongyue.office.vault.cipher import Content, examined
from gongyue.sealing.commitment import commit
from gongyue.transparency.canonical import digest
from support.alliance import CASEWORKER, FIRST, Alliance
from support.cases import ACCUSED, REPORT, handled, heard, linked, opened_case, ordered, staffed
from support.documents import document, filed
from support.dossiers import assigned, folded, id_of, signed

IDS = "".join(f"11010519491231{n:03d}X\n" for n in range(200))
"""Two hundred numbers that nobody has: their shape alone is a number's."""
MOBILES = "".join(f"1380013{n:04d} " for n in range(10))


@pytest.fixture
def world() -> Alliance:
    return staffed()


def report(world: Alliance, *documents: PrivateContent) -> SignedAct:
    """A report with its facts and its evidence."""
    facts, *others = (one.commitment for one in documents)
    return world.stage.signed("report.file/1", FIRST, REPORT | {"facts": facts, "evidence": others}, [FIRST])


def test_two_hundred_numbers_of_identity_cards_are_not_taken(world: Alliance, tmp_path: Path) -> None:
    """Nothing is recorded nor kept; covered, the report is taken."""
    facts, table = document("还款数据用于营销。"), document(IDS, "用户表.csv")
    figures = {"name": "用户表.csv", "identities": 200, "contacts": 0}
    with world.refused("GY-17-09", enough=10, article=20, **figures):
        file(world.stage.office, tmp_path, report(world, facts, table), [facts, table])
    covered = document("*" * 18, "用户表.csv")
    file(world.stage.office, tmp_path, report(world, facts, covered), [facts, covered])
    assert world.sizes()[1] > 0


@pytest.mark.parametrize(("more", "taken"), [("", True), ("13800139999", False)])
def test_ten_numbers_to_reach_persons_are_taken_and_eleven_not(
    world: Alliance, tmp_path: Path, more: str, taken: bool
) -> None:
    """As many as a letter with its signatories has."""
    facts = document(MOBILES + more)
    if taken:
        file(world.stage.office, tmp_path, report(world, facts), [facts])
    else:
        with world.refused("GY-17-09", contacts=11):
            file(world.stage.office, tmp_path, report(world, facts), [facts])


@pytest.mark.parametrize("where", ["report", "case"])
def test_the_caseworker_records_why_it_is_necessary(world: Alliance, tmp_path: Path, where: str) -> None:
    """From then on it is taken in that dossier, by note and by service, and in no other."""
    dossier = handled(world) if where == "report" else heard(world)
    party, table = FIRST if where == "report" else ACCUSED, document(IDS)
    note = {"docs": [table.commitment], "complete": False, "withdrawn": False, "asks": None, "whom": None}
    serve = {"what": "evidence", "docs": [table.commitment]}
    with world.refused("GY-17-09", identities=200):
        filed(world, tmp_path, "dossier.note/1", dossier, note, [table], party, actor=party)
    with world.refused("GY-17-09", identities=200):
        filed(world, tmp_path, "dossier.serve/1", dossier, serve, [table], CASEWORKER)
    ordered(world, dossier, "admit", "necessary")
    filed(world, tmp_path, "dossier.note/1", dossier, note, [table], party, actor=party)
    with world.out_of_turn("already"):
        ordered(world, dossier, "admit", "necessary")
    other = opened_case(world, accused="u:0003")
    with world.refused("GY-17-09"):
        filed(world, tmp_path, "dossier.serve/1", other, serve | {"what": "notice"}, [table], CASEWORKER)


def test_only_reports_and_cases_have_evidence(world: Alliance, tmp_path: Path) -> None:
    """A petition with two hundred numbers is its unit's own affair; there is nothing to be admitted."""
    text = document(IDS)
    act = world.stage.signed("petition.submit/1", FIRST, {"kind": "demand", "text": text.commitment}, [FIRST])
    dossier = id_of(file(world.stage.office, tmp_path, act, [text]))
    assert not evidence.is_scanned(act_type_of("dossier.note/1"), folded(world, dossier))


@pytest.fixture
def other_scanner() -> Iterator[EvidenceScanner]:
    scanner = EvidenceScanner(SCANNER.command, wait=30)
    yield scanner
    scanner.stop()


def test_nothing_is_taken_unscanned(world: Alliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the scanner cannot start, or ends at a document, the office takes none and says what to do; then it starts again."""
    facts, breaking = document("事实。"), document("事实二。", "崩.txt")
    with world.out_of_turn("scan-unavailable"):
        file(world.stage.office, tmp_path, report(world, breaking), [breaking])
    file(world.stage.office, tmp_path, report(world, facts), [facts])
    for command in ((sys.executable, "-c", "pass"), (str(tmp_path / "nowhere"),)):
        monkeypatch.setattr(evidence, "SCANNER", EvidenceScanner(command, wait=30))
        with world.out_of_turn("scan-unavailable"):
            file(world.stage.office, tmp_path, report(world, facts), [facts])


def test_a_scanner_that_is_not_ready_takes_nothing_and_gets_ready(world: Alliance, tmp_path: Path) -> None:
    """A page waits for a while only; what is being compiled is not ended by that, and answers the next."""
    code = "import sys,time;time.sleep(0.6);" + Path(SCANNER.command[1]).read_text("utf-8").partition('"""\n\n')[2]
    scanner = EvidenceScanner((sys.executable, "-c", code.replace("from __future__ import annotations", "")), wait=0.05)
    content = Content("a.txt", "text", b"13800138000")
    try:
        with pytest.raises(OutOfTurn):
            scanner.count(content)
        scanner.wait = 30
        assert scanner.count(content) == Counted(0, 1)
    finally:
        scanner.stop()


def test_a_start_is_waited_for_once_however_often_a_page_asks() -> None:
    """The form, its draft and the dry run each ask about a document: together they wait no longer than one of them."""
    scanner = EvidenceScanner((sys.executable, "-c", "import time;time.sleep(60)"), wait=0.4)
    began = time.monotonic()
    try:
        for _ in range(5):
            with pytest.raises(OutOfTurn):
                scanner.count(Content("a.txt", "text", b"13800138000"))
    finally:
        scanner.stop()
    assert 0.4 <= time.monotonic() - began < 1.6


def test_pictures_are_not_looked_into_and_that_is_known(other_scanner: EvidenceScanner) -> None:
    """A picture is taken, as unread."""
    assert other_scanner.count(Content("a.png", "png", b"\x89PNG\r\n\x1a\n")) == Counted(read=False)


def test_nobody_answers_a_report_whose_scan_no_signer_opened(world: Alliance, tmp_path: Path) -> None:
    """No software reads it: not-looked, with how many; opened by another it stays so; opened by whoever signs, it is answered."""
    facts, salt, data = document("见扫描件。"), bytes(32), b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    scan = PrivateContent(commit(salt, data), salt, data, "扫描.pdf")
    dossier = id_of(file(world.stage.office, tmp_path, report(world, facts, scan), [facts, scan]))
    assigned(world, dossier)
    why, (link, line) = document("没有事实。"), linked(world, (dossier, 1))
    body = {"answer": "declined", "ground": "no_fact", "reasons": why.commitment, "link": link}

    def answers() -> None:
        act = with_objects(signed(world, "report.answer/1", dossier, body, CASEWORKER), {digest(line): line})
        file(world.stage.office, tmp_path, act, [why])

    with world.out_of_turn("not-looked", documents=1):
        answers()
    open_document(world.stage.office, tmp_path, scan.commitment, FIRST)
    with world.out_of_turn("not-looked", documents=1):
        answers()
    open_document(world.stage.office, tmp_path, scan.commitment, CASEWORKER)
    answers()
    found = folded(world, dossier).report
    assert found is not None and found.answer == "declined"


def test_the_scanner_gets_ready_behind_the_pages_and_says_how_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off; started with the pages it is compiled at a low priority; then ready; one that ends at once has failed."""
    code = "import sys,time;time.sleep(1);print('{}',flush=True);time.sleep(60)"
    scanner = EvidenceScanner((sys.executable, "-c", code))
    monkeypatch.setattr(evidence, "SCANNER", scanner)
    try:
        assert evidence.scanner_state() == "off"
        evidence.get_ready()
        assert scanner._process is not None and evidence.scanner_state() == "preparing"
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, scanner._process.pid) == min(19, ours + evidence.BACKGROUND)
        assert scanner._said.wait(30)
        assert evidence.scanner_state() == "ready"
        scanner._process.kill()
        scanner._process.wait()
        assert evidence.scanner_state() == "failed"
    finally:
        scanner.stop()


def test_whoever_is_told_of_numbers_is_told_of_those_there_are(world: Alliance, tmp_path: Path) -> None:
    """One identity number and none to reach anybody: the sentence has the one; what was typed goes by no file name."""
    facts = document("身份证号 11010519491231002X。", WRITTEN)
    with pytest.raises(Refused) as found:
        file(world.stage.office, tmp_path, report(world, facts), [facts])
    said = str(found.value)
    assert (
        "所写的文字" in said and "text.txt" not in said and "0 个联系号码" not in said and "1 个证件或账户号码" in said
    )


def test_a_scanner_that_is_being_prepared_is_told_from_one_that_does_not_work() -> None:
    """Some minutes the first time, and hand it in later; or tell whoever keeps the system."""
    sleeping = EvidenceScanner((sys.executable, "-c", "import time; time.sleep(60)"), wait=0.05)
    broken = EvidenceScanner((sys.executable, "-c", "pass"), wait=30)
    for scanner, words in ((sleeping, "正在准备，第一次要几分钟"), (broken, "不能用")):
        with pytest.raises(OutOfTurn) as refused:
            scanner.count(examined("事实。".encode(), "事实.txt"))
        assert words in str(refused.value)
        scanner.stop()
