"""Holding, erasing and keeping the documents of dossiers: the acts do it to the vault, the book says how long (articles 14, 20, P17)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.covenant.periods import from_iso, iso, start_of
from gongyue.office.dossier_documents import documents_in, file, open_document, settle, vault_of
from gongyue.office.retention_by_book import erase_due, note_ended, requests_due
from gongyue.office.vault import custody
from gongyue.office.vault.errors import BadVault, Gone, Held, Kept
from gongyue.office.vault.retention import kept_until
from gongyue.verifying.verify import Request, verify
from support.alliance import CASEWORKER, CLERK, FIRST, SECRETARY, SYSOP, TWO, Alliance
from support.documents import document, filed, opened_by, petitioned
from support.dossiers import PETITION, answered, assigned, folded, noted, opened, petition, signed
from support.published import files_of, vkey
from tests.office.vault.box import every_byte

SECOND = "u:0002"
TEXT, LETTER, PAGE = document("请反映（演示）"), document("函（演示）", "函.txt"), document("附页（演示）")
ERASERS = (SECRETARY, SYSOP)


@pytest.fixture
def world() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def hold(world: Alliance, folder: Path, dossier: str, c: str, lifted: bool = False) -> Receipt:
    """Secretary and clerk hold a document, or lift that."""
    return filed(world, folder, "dossier.hold/1", dossier, {"docs": [c], "ground": "court", "lifted": lifted}, [], *TWO)


def erase(world: Alliance, folder: Path, dossier: str, *cs: str, ground: str = "request") -> Receipt:
    """Secretary and sysop erase documents."""
    return filed(world, folder, "dossier.erase/1", dossier, {"docs": list(cs), "ground": ground}, [], *ERASERS)


def later(world: Alliance, day: str) -> None:
    """Ten o'clock of that day."""
    world.stage.now = start_of(from_iso(day)) + 36_000


def test_an_erasure_stands_in_the_dossier_and_leaves_no_byte_and_the_book_verifies(
    world: Alliance, tmp_path: Path
) -> None:
    """Key, salt, ciphertext and content are gone; the digest stays, and whoever discloses the dossier still proves all of it."""
    dossier = petitioned(world, tmp_path, TEXT)
    answered(world, dossier, "explained")
    office, c = world.stage.office, TEXT.commitment
    ciphertext = vault_of(office, tmp_path).path_of(c).read_bytes()
    key = vault_of(office, tmp_path).keys.read(0, c)
    assert key is not None
    erase(world, tmp_path, dossier, c)
    lying = every_byte(tmp_path)
    assert not any(part in lying for part in (TEXT.salt, key.key, ciphertext[12:60], TEXT.content))
    with pytest.raises(Gone, match="内容已依法删除"):
        open_document(office, tmp_path, c, FIRST)
    (one,) = documents_in(office, tmp_path, dossier)
    assert (one.state, one.ground) == ("erased", "request")
    assert c in folded(world, dossier).erased and c.encode() in b"".join(opened(world, dossier))
    world.tick()
    report, _ = verify(
        files_of(world).__getitem__, Request(vkey(world), disclosures=(("mine", b"".join(opened(world, dossier))),))
    )
    assert report.code == 0, report.failure
    with world.out_of_turn("already"):
        erase(world, tmp_path, dossier, c)


def test_what_is_held_is_not_erased_by_an_act_by_the_vault_or_by_the_clock(world: Alliance, tmp_path: Path) -> None:
    """GY-20-02 everywhere, until the hold is lifted in the dossier; a hold of the vault's own stays."""
    dossier = petitioned(world, tmp_path, TEXT)
    office, c = world.stage.office, TEXT.commitment
    vault = vault_of(office, tmp_path)
    hold(world, tmp_path, dossier, c)
    for ground in ("request", "unlawful"):
        with world.refused("GY-20-02"):
            erase(world, tmp_path, dossier, c, ground=ground)
        with pytest.raises(Held, match="GY-20-02"):
            custody.erase(vault, [c], "unlawful", "o:qin+o:ding")
    noted(world, dossier, withdrawn=True)
    hold(world, tmp_path, dossier, c, lifted=True)
    number = custody.hold(vault, [c], "示函7号", SECRETARY)
    with pytest.raises(Held):
        erase(world, tmp_path, dossier, c)
    assert c not in folded(world, dossier).erased
    later(world, "2029-05-07")
    note_ended(office, tmp_path)
    assert custody.due(vault, from_iso("2029-05-07")) == [] and erase_due(office, tmp_path) == []
    custody.release(vault, number, SECRETARY)
    assert erase_due(office, tmp_path) == [c]


def test_a_hold_in_the_book_that_the_vault_does_not_know_of_stops_the_clock(world: Alliance, tmp_path: Path) -> None:
    """Recorded without the vault, as by an office that was interrupted for ever: the book is asked before anything is erased."""
    dossier = petitioned(world, tmp_path, TEXT)
    act = signed(
        world, "dossier.hold/1", dossier, {"docs": [TEXT.commitment], "ground": "court", "lifted": False}, *TWO
    )
    world.stage.office.handle(act)
    noted(world, dossier, withdrawn=True)
    later(world, "2029-05-07")
    assert erase_due(world.stage.office, tmp_path) == []
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content


def test_what_was_served_is_kept_for_p17_from_the_end_of_its_dossier_and_restricted_meanwhile(
    world: Alliance, tmp_path: Path
) -> None:
    """Served: a request only restricts it to the parties. Ended: three years, then it is due, and the clock erases it."""
    dossier = petitioned(world, tmp_path, TEXT)
    office, vault = world.stage.office, vault_of(world.stage.office, tmp_path)
    assigned(world, dossier)
    filed(
        world,
        tmp_path,
        "dossier.serve/1",
        dossier,
        {"what": "reply", "docs": [LETTER.commitment]},
        [LETTER],
        CASEWORKER,
    )
    with pytest.raises(Kept, match="P17"):
        erase(world, tmp_path, dossier, LETTER.commitment)
    assert LETTER.commitment not in folded(world, dossier).erased
    assert opened_by(world, tmp_path, LETTER.commitment, FIRST) == LETTER.content
    assert opened_by(world, tmp_path, LETTER.commitment, CASEWORKER) is None
    assert note_ended(office, tmp_path) == 0
    filed(
        world,
        tmp_path,
        "petition.answer/1",
        dossier,
        {"answer": "explained", "docs": [PAGE.commitment]},
        [PAGE],
        SECRETARY,
    )
    assert note_ended(office, tmp_path) == 1 and note_ended(office, tmp_path) == 0
    until = kept_until(from_iso("2026-05-06"), 3)
    assert {(d.used, d.due) for d in vault.known(dossier)} == {(True, until)}
    assert custody.due(vault, until) == []
    later(world, iso(until))
    assert erase_due(office, tmp_path) == []
    later(world, iso(until + 1))
    assert sorted(erase_due(office, tmp_path)) == sorted([TEXT.commitment, LETTER.commitment, PAGE.commitment])
    with pytest.raises(Gone):
        open_document(office, tmp_path, LETTER.commitment, FIRST)


def test_documents_are_due_once_the_years_that_the_alliance_set_are_over(world: Alliance, tmp_path: Path) -> None:
    """P17 of one year: not offered on its last day, offered on the next; a longer one, set since, does not reach them."""
    world.issue("P17", 1)
    dossier = petitioned(world, tmp_path, TEXT)
    office, vault = world.stage.office, vault_of(world.stage.office, tmp_path)
    later(world, "2026-05-07")
    noted(world, dossier, withdrawn=True)
    world.issue("P17", 5)
    note_ended(office, tmp_path)
    until = kept_until(from_iso("2026-05-07"), 1)
    assert iso(until) == "2027-05-07" and {d.due for d in vault.known(dossier)} == {until}
    assert [d.c for d in custody.due(vault, until)] == []
    assert [d.c for d in custody.due(vault, until + 1)] == [TEXT.commitment]
    later(world, iso(until))
    assert erase_due(office, tmp_path) == []
    later(world, iso(until + 1))
    assert erase_due(office, tmp_path) == [TEXT.commitment]


def test_a_forwarded_petition_has_not_ended_before_the_authority_s_reply(world: Alliance, tmp_path: Path) -> None:
    """Explained and then forwarded after all, it goes on; the reply ends it."""
    dossier = petitioned(world, tmp_path, TEXT)
    for answer, ended in (("explained", True), ("forwarded", False), ("replied", True)):
        first = folded(world, dossier).entries[0].digest
        answered(world, dossier, answer, **({"to": first} if answer == "forwarded" else {}))
        assert bool(folded(world, dossier).ended) is ended


def test_what_nobody_keeps_there_is_not_held_or_erased(world: Alliance, tmp_path: Path) -> None:
    """Of no vault, of another dossier, never brought: refused, and nothing stands in the book."""
    with pytest.raises(BadVault):
        hold(world, tmp_path, answerable(world), PETITION["text"])
    mine, theirs = petitioned(world, tmp_path, TEXT), petitioned(world, tmp_path, PAGE, SECOND)
    size = world.sizes()
    for c in (LETTER.commitment, PAGE.commitment):
        with world.out_of_turn("not-found"):
            hold(world, tmp_path, mine, c)
        with world.out_of_turn("not-found"):
            erase(world, tmp_path, mine, c)
    assert world.sizes() == size
    assert opened_by(world, tmp_path, PAGE.commitment, SECOND) == PAGE.content and theirs


def answerable(world: Alliance) -> str:
    """A petition's dossier, of whose text nothing is kept."""
    return petition(world, SECOND)


def test_one_officer_or_the_wrong_ones_erase_nothing(world: Alliance, tmp_path: Path) -> None:
    """A secretary with a clerk, and nobody alone."""
    dossier = petitioned(world, tmp_path, TEXT)
    body = {"docs": [TEXT.commitment], "ground": "unlawful"}
    for signers, code in (((SECRETARY,), "GY-05-02"), ((SECRETARY, CLERK), "GY-05-02")):
        with world.refused(code):
            filed(world, tmp_path, "dossier.erase/1", dossier, body, [], *signers)
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content


@pytest.mark.parametrize("type", ["dossier.erase/1", "dossier.hold/1"])
@pytest.mark.parametrize("recorded", [True, False])
def test_an_interrupted_erasure_or_hold_is_what_the_book_says(
    type: str, recorded: bool, world: Alliance, tmp_path: Path
) -> None:
    """Broken right after the record: whoever comes next does it; right before: whoever comes next forgets it."""
    dossier = petitioned(world, tmp_path, TEXT)
    answered(world, dossier, "explained")
    office, c = world.stage.office, TEXT.commitment
    erasing = type == "dossier.erase/1"
    body = {"docs": [c], "ground": "request"} if erasing else {"docs": [c], "ground": "court", "lifted": False}
    act = signed(world, type, dossier, body, *(ERASERS if erasing else TWO))

    class Killed(BaseException):
        """The process is gone."""

    def dies(act: SignedAct) -> Receipt:
        if recorded:
            office.handle(act)
        office.has_sealed = lambda digest: (_ for _ in ()).throw(Killed())  # type: ignore[method-assign]
        raise Killed

    with pytest.raises(Killed):
        file(office, tmp_path, act, (), dies)
    del office.has_sealed
    (one,) = vault_of(office, tmp_path).known(dossier)
    assert (one.state == "erased", bool(one.holds)) == ((recorded, False) if erasing else (False, recorded))
    if not recorded:
        file(office, tmp_path, act)
    (one,) = vault_of(office, tmp_path).known(dossier)
    assert (one.state == "erased", bool(one.holds)) == (erasing, not erasing)
    settle(vault_of(office, tmp_path))


def test_what_the_book_says_was_erased_goes_also_where_the_vault_never_heard_of_it(
    world: Alliance, tmp_path: Path
) -> None:
    """Recorded by an office without the vault: the next look at what is due erases it."""
    dossier = petitioned(world, tmp_path, TEXT)
    answered(world, dossier, "explained")
    act = signed(world, "dossier.erase/1", dossier, {"docs": [TEXT.commitment], "ground": "request"}, *ERASERS)
    world.stage.office.handle(act)
    note_ended(world.stage.office, tmp_path)
    with pytest.raises(Gone):
        open_document(world.stage.office, tmp_path, TEXT.commitment, FIRST)
    assert TEXT.salt not in every_byte(tmp_path)


def test_a_person_s_request_is_due_in_fifteen_days(world: Alliance, tmp_path: Path) -> None:
    """Among what is due, from the letter's day to the answer; late the day after; nothing of whose it is."""
    office, day = world.stage.office, from_iso("2026-05-06")
    assert list(requests_due(office, tmp_path, day)) == []
    petitioned(world, tmp_path, TEXT)
    vault = vault_of(office, tmp_path)
    asked = custody.ask(
        vault, "erasure", "某甲（虚构）".encode(), "来信.txt", documents=[TEXT.commitment], by=SECRETARY
    )
    for on, left, late in ((day, 15, 0), (day + 15, 0, 0), (day + 16, 0, 1)):
        (one,) = requests_due(office, tmp_path, on)
        assert (one.left, one.late, one.whose, one.last) == (left, late, "exec", "2026-05-21")
        assert "某甲" not in one.what and "1 号" in one.zh and "no. 1" in one.en
    assert opened_by(world, tmp_path, TEXT.commitment, FIRST) == TEXT.content
    custody.answer(vault, asked.number, "granted", SECRETARY)
    assert list(requests_due(office, tmp_path, day)) == []
