"""Documents of dossiers: in the vault with the act that names them, read by whoever the book says may read (articles 5, 14)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.covenant.periods import day_of
from gongyue.governance.dossier import MEMBERS
from gongyue.office.dossier_access import Sight, sight_of
from gongyue.office.dossier_documents import documents_in, file, open_document, vault_of
from gongyue.office.office import BadSignature
from gongyue.office.vault.errors import BadDocument, Gone, NotEntitled, NotThere
from gongyue.office.vault.register import Register
from gongyue.office.vault.vault import Vault
from support import cases
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    SECRETARY,
    SYSOP,
    Alliance,
)
from support.documents import document, filed, opened_by, petition_act, petitioned
from support.dossiers import assigned, folded, noted

SECOND = "u:0002"
TEXT, LETTER, PAGE = document("请反映（演示）"), document("函（演示）", "函.txt"), document("附页（演示）")
NOBODY_ELSE = (
    SECOND,
    OUTSIDER,
    CLERK,
    PUBLISHER,
    SYSOP,
    *PANEL,
    FORMER,
    "o:nobody",
    "u:9999",
    "exec",
    "authority",
    "system",
)


def in_force() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def lies(folder: Path) -> list[str]:
    """The documents that lie in the vault, whatever its register says."""
    vault = Vault(folder, lambda: 0)
    return sorted(path.name for path in vault.documents.iterdir()) if vault.documents.is_dir() else []


def test_a_document_is_filed_with_its_act_and_opened_by_its_party_and_whom_the_book_assigned(tmp_path: Path) -> None:
    """Before an assignment by its party alone; then by the caseworker; each reading, and each attempt, is on the log."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    c = TEXT.commitment
    (one,) = documents_in(world.stage.office, tmp_path, dossier)
    assert (one.c, one.dossier, one.by, one.state, one.act) == (c, dossier, FIRST, "here", "")
    assert opened_by(world, tmp_path, c, FIRST) == TEXT.content
    refused = [who for who in (*NOBODY_ELSE, SECRETARY, CASEWORKER) if opened_by(world, tmp_path, c, who) is None]
    assert refused == [*NOBODY_ELSE, SECRETARY, CASEWORKER]
    assigned(world, dossier)
    assert opened_by(world, tmp_path, c, CASEWORKER) == TEXT.content
    assert not any(opened_by(world, tmp_path, c, who) for who in (*NOBODY_ELSE, SECRETARY))
    log = vault_of(world.stage.office, tmp_path).log(c)
    assert [(line.who, line.what) for line in log if line.what != "denied"] == [
        (FIRST, "put"), (FIRST, "read"), (CASEWORKER, "read"),
    ]  # fmt: skip
    assert [line.who for line in log if line.what == "denied"] == [*refused, *NOBODY_ELSE, SECRETARY]


def test_the_secretary_sees_how_a_dossier_stands_and_reads_once_it_is_assigned_itself(tmp_path: Path) -> None:
    """It may handle a petition itself, and that stands in the dossier for its party to see."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    day = world.stage.now // 86_400 + 719_163
    assert sight_of(world.inst, folded(world, dossier), SECRETARY, day) is Sight.COURSE
    assigned(world, dossier, officers=(SECRETARY,))
    assert sight_of(world.inst, folded(world, dossier), SECRETARY, day) is Sight.ASSIGNED
    assert opened_by(world, tmp_path, TEXT.commitment, SECRETARY) == TEXT.content
    with world.refused("GY-05-01"):
        assigned(world, dossier, officers=(CLERK,))


def test_whose_recusal_is_asked_for_only_preserves_and_whoever_is_replaced_reads_no_more(tmp_path: Path) -> None:
    """Challenged: nothing until it is decided; kept on: again; replaced by another: never again."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    assigned(world, dossier)
    noted(world, dossier, asks="recusal", whom=CASEWORKER)
    assert opened_by(world, tmp_path, TEXT.commitment, CASEWORKER) is None
    assigned(world, dossier)
    assert opened_by(world, tmp_path, TEXT.commitment, CASEWORKER) == TEXT.content
    assigned(world, dossier, officers=(SECRETARY,))
    assert opened_by(world, tmp_path, TEXT.commitment, CASEWORKER) is None


def test_an_officer_whose_term_is_over_reads_no_more(tmp_path: Path) -> None:
    """Assigned while in office; a day after its dismissal the book says no."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    assigned(world, dossier)
    assert opened_by(world, tmp_path, TEXT.commitment, CASEWORKER)
    ends = max(t.ends for t in world.inst.officers[CASEWORKER].tenures)
    world.stage.now = max(world.stage.now, (ends + 2 - 719_163) * 86_400)
    assert not world.inst.officers[CASEWORKER].held(ends + 2)
    assert opened_by(world, tmp_path, TEXT.commitment, CASEWORKER) is None
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content


def test_a_hold_shows_a_bulletin_to_nobody_and_an_erasure_destroys_it(tmp_path: Path) -> None:
    """A unit that joined since opens the hold, which names the text, and does not read it; held it is not erased, then it is gone."""
    world, text = in_force(), document("公告（演示）")
    said = {"kind": "discipline", "audience": "internal", "text": text.commitment, "replaces": None, "review": None}
    filed(world, tmp_path, "bulletin.issue/1", "", said, [text], CLERK)
    applied = world.apply(9)
    world.next_day()
    world.grant(applied)
    joined = max(world.inst.members, key=lambda unit: world.inst.units[unit].changed)
    hold = {"docs": [text.commitment], "ground": "court", "lifted": False}
    filed(world, tmp_path, "dossier.hold/1", MEMBERS, hold, [], SECRETARY, CLERK)
    for who, read in ((FIRST, text.content), (CLERK, text.content), (joined, None)):
        assert opened_by(world, tmp_path, text.commitment, who) == read
    erase = {"docs": [text.commitment], "ground": "unlawful"}
    with world.refused("GY-20-02"):
        filed(world, tmp_path, "dossier.erase/1", MEMBERS, erase, [], SECRETARY, SYSOP)
    filed(world, tmp_path, "dossier.hold/1", MEMBERS, hold | {"lifted": True}, [], SECRETARY, CLERK)
    filed(world, tmp_path, "dossier.erase/1", MEMBERS, erase, [], SECRETARY, SYSOP)
    assert lies(tmp_path) == []
    with pytest.raises(Gone):
        opened_by(world, tmp_path, text.commitment, FIRST)


def test_a_unit_that_left_still_opens_its_own_dossier(tmp_path: Path) -> None:
    """It keeps what it is a party to."""
    world = in_force()
    petitioned(world, tmp_path, TEXT, "u:0004")
    world.end("u:0004")
    world.stage.now += 86_400 * 40
    assert world.inst.units["u:0004"].status != "member"
    assert opened_by(world, tmp_path, TEXT.commitment, "u:0004") == TEXT.content


def test_what_no_entry_names_is_its_author_s_draft(tmp_path: Path) -> None:
    """A caseworker's draft: neither the party nor the secretary reads it before an act names it; then the party does."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    assigned(world, dossier)
    vault = vault_of(world.stage.office, tmp_path)
    c = vault.put(LETTER.content, "函.txt", dossier=dossier, by=CASEWORKER, salt=LETTER.salt).commitment
    assert [opened_by(world, tmp_path, c, who) for who in (CASEWORKER, FIRST, SECRETARY)] == [
        LETTER.content,
        None,
        None,
    ]
    filed(world, tmp_path, "dossier.serve/1", dossier, {"what": "reply", "docs": [c]}, [], CASEWORKER)
    assert opened_by(world, tmp_path, c, FIRST) == LETTER.content
    filed(world, tmp_path, "dossier.receive/1", dossier, {"docs": [c]}, [], FIRST, actor=FIRST)


def test_a_refused_act_leaves_no_document(tmp_path: Path) -> None:
    """Refused by the covenant, out of turn, or signed by nobody: no ciphertext, no key, no row."""
    world = in_force()
    dossier = petitioned(world, tmp_path, TEXT)
    before = lies(tmp_path)
    serve = {"what": "reply", "docs": [LETTER.commitment]}
    with world.refused("GY-05-15"):
        filed(world, tmp_path, "dossier.serve/1", dossier, serve, [LETTER], CASEWORKER)
    with world.out_of_turn("not-forwarded"):
        filed(world, tmp_path, "petition.answer/1", dossier, {"answer": "replied", "docs": [LETTER.commitment]},
              [LETTER], SECRETARY)  # fmt: skip
    act = petition_act(world, LETTER, SECOND)
    forged = SignedAct(act.act | {"at": act.act["at"] - 1}, act.sigs)
    with pytest.raises(BadSignature):
        file(world.stage.office, tmp_path, forged, [LETTER])
    assert lies(tmp_path) == before
    with pytest.raises(NotThere):
        open_document(world.stage.office, tmp_path, LETTER.commitment, FIRST)


def test_an_act_comes_with_just_what_it_names(tmp_path: Path) -> None:
    """A document nobody brought, one it does not name, one under another salt, one of another dossier: refused, and nothing recorded."""
    world = in_force()
    mine, theirs = petitioned(world, tmp_path, TEXT), petitioned(world, tmp_path, PAGE, SECOND)
    before, size = lies(tmp_path), world.sizes()
    note = {"docs": [LETTER.commitment]}
    other_salt = LETTER._replace(salt=bytes(32))
    for documents in ([], [LETTER, PAGE], [other_salt], [PAGE]):
        with pytest.raises(BadDocument):
            filed(world, tmp_path, "dossier.note/1", mine, note, documents, FIRST, actor=FIRST)
    for documents in ([], [PAGE]):
        with pytest.raises(BadDocument):
            filed(world, tmp_path, "dossier.note/1", mine, {"docs": [PAGE.commitment]}, documents, FIRST, actor=FIRST)
    assert (lies(tmp_path), world.sizes()) == (before, size)
    assert [d.c for d in documents_in(world.stage.office, tmp_path, theirs)] == [PAGE.commitment]
    assert opened_by(world, tmp_path, PAGE.commitment, FIRST) is None


def test_the_same_act_twice_is_one_filing(tmp_path: Path) -> None:
    """The same receipt, one document; also where two hand it in at once."""
    world = in_force()
    act, receipts = petition_act(world, TEXT), list[Receipt]()
    again = [
        threading.Thread(target=lambda: receipts.append(file(world.stage.office, tmp_path, act, [TEXT]))) for _ in "ab"
    ]
    for one in again:
        one.start()
    for one in again:
        one.join()
    receipts.append(file(world.stage.office, tmp_path, act, [TEXT]))
    assert len({receipt.proof for receipt in receipts}) == 1 and len(receipts) == 3
    assert lies(tmp_path) == [TEXT.commitment.removeprefix("sha256:")]
    assert world.sizes()[1] == 1


def test_whoever_comes_after_an_interruption_asks_the_book(tmp_path: Path) -> None:
    """Recorded, and then all broke: the documents are there. Broken before it was recorded: nothing of them is."""
    world = in_force()
    office = world.stage.office

    def recorded_and_gone(act: SignedAct) -> Receipt:
        office.handle(act)
        raise ConnectionError

    def gone(act: SignedAct) -> Receipt:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        file(office, tmp_path, petition_act(world, PAGE, SECOND), [PAGE], gone)
    assert lies(tmp_path) == []
    act = petition_act(world, TEXT)
    with pytest.raises(ConnectionError):
        file(office, tmp_path, act, [TEXT], recorded_and_gone)
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content
    assert file(office, tmp_path, act, [TEXT]).act == act.digest


def test_what_waits_for_its_act_waits_where_nobody_can_ask_the_book(tmp_path: Path) -> None:
    """A vault opened without the book neither shows it nor destroys it."""
    world = in_force()
    petitioned(world, tmp_path, TEXT)
    vault, act = vault_of(world.stage.office, tmp_path), petition_act(world, LETTER, SECOND)
    with vault.turn() as register:
        vault.keep(
            register, LETTER.content, "函.txt", dossier=id_of_act(act), by=SECOND, salt=LETTER.salt, act=act.digest
        )
    blind = Vault(tmp_path, lambda: world.stage.now)
    with pytest.raises(NotThere):
        blind.read(LETTER.commitment, SECOND, lambda document, who: None)
    world.stage.office.handle(act)
    assert opened_by(world, tmp_path, LETTER.commitment, SECOND) == LETTER.content


def id_of_act(act: SignedAct) -> str:
    """The dossier that an act opens."""
    return f"d:{act.digest.removeprefix('sha256:')}"


def test_a_vault_of_the_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """Without the column for acts: it is added once, and what lies there is read as ever."""
    world = in_force()
    petitioned(world, tmp_path, TEXT)
    path = vault_of(world.stage.office, tmp_path).register_path
    older = Register(path)
    older._db.execute("ALTER TABLE document DROP COLUMN act")
    older._db.execute("DROP TABLE intended")
    older._db.execute("PRAGMA user_version = 1")
    older.close()
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content
    assert Register(path, "ro").version == 2


def test_nothing_is_opened_of_a_dossier_that_is_not_there(tmp_path: Path) -> None:
    """Neither by a party of another, nor where there is no vault at all."""
    world = in_force()
    assert documents_in(world.stage.office, tmp_path, "d:" + "0" * 64) == []
    petitioned(world, tmp_path, TEXT)
    with pytest.raises(NotThere):
        open_document(world.stage.office, tmp_path, LETTER.commitment, FIRST)
    with pytest.raises(NotEntitled):
        open_document(world.stage.office, tmp_path, TEXT.commitment, "不写明 谁")
    assert sight_of(world.inst, folded(world, "d:" + "0" * 64), SECRETARY, 739_000) is Sight.NOTHING


@pytest.mark.parametrize("what", ["file", "erase"])
def test_killed_between_the_document_and_the_act_nothing_is_half_there(what: str, tmp_path: Path) -> None:
    """SIGKILL at every statement of vault, filing, office and store before which something lies there that did not before: both, or neither."""
    memory = Path("/dev/shm")  # no disk is waited for: a killed process leaves what it wrote either way
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        command = [sys.executable, "-m", "tests.office.filing_crash", what, folder]
        paths = os.pathsep.join([str(Path("tests").resolve()), os.environ.get("PYTHONPATH", "")])
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=900, env=os.environ | {"PYTHONPATH": paths}
        )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 300


def test_whom_a_case_accuses_opens_it_from_the_first_thing_served_on_it() -> None:
    """Before that it sees nothing, as if there were none; then all of it. No other member, nor an officer with no part in it, ever does."""
    world = cases.staffed()
    dossier, day = cases.opened_case(world), day_of(world.stage.now)

    def sight(who: str) -> Sight:
        return sight_of(world.inst, folded(world, dossier), who, day)

    strangers = (FIRST, CLERK, PUBLISHER, SYSOP)
    assert [sight(who) for who in (cases.ACCUSED, CASEWORKER, PANEL[0])] == [
        Sight.NOTHING,
        Sight.ASSIGNED,
        Sight.ASSIGNED,
    ]
    assert {sight(who) for who in strangers} == {Sight.NOTHING} and sight(SECRETARY) is Sight.COURSE
    cases.served(world, dossier)
    assert sight(cases.ACCUSED) is Sight.PARTY and {sight(who) for who in strangers} == {Sight.NOTHING}


def test_what_a_panel_decides_is_its_party_s_to_read_once_it_is_served(tmp_path: Path) -> None:
    """The reasons of a proposal: the panel reads them, the accused from the service on, another member never."""
    world = cases.staffed()
    dossier, text = cases.found(world), "拟处理的理由（演示）"
    reasons, data = document(text), text.encode()
    body = {"kind": cases.CIRCULAR, "reasons": reasons.commitment}
    filed(world, tmp_path, "case.propose/1", dossier, body, [reasons], *PANEL)
    readers = (cases.ACCUSED, PANEL[0], CASEWORKER)
    assert [opened_by(world, tmp_path, reasons.commitment, who) for who in readers] == [None, data, data]
    cases.served(world, dossier, "proposal", reasons.commitment)
    assert [opened_by(world, tmp_path, reasons.commitment, who) for who in readers] == [data] * 3
    assert {opened_by(world, tmp_path, reasons.commitment, who) for who in (FIRST, CLERK, SECRETARY, SYSOP)} == {None}
