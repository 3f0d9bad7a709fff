"""Erasure: ciphertext, key and salt are gone from every file; the commitment stays; holds and P17 refuse it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.office.vault import custody
from gongyue.office.vault.erased_list import ErasedLine, parse_lines
from gongyue.office.vault.errors import BadVault, Gone, Held, Kept, NotEntitled, NotThere
from gongyue.office.vault.retention import answered_by, kept_until
from gongyue.office.vault.vault import Vault

from .box import AUDITOR, CASEWORKER, DOSSIER, OTHER, PDF, RIVAL, UNIT, Clock, Known, box, every_byte, readers

BY = "o:qin+o:bai"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Vault:
    """With a document that nobody erases."""
    made = box(tmp_path, clock)
    made.put(PDF + b" beside", "beside.pdf", dossier=DOSSIER, by=UNIT)
    return made


def put(vault: Vault, more: bytes = b"", dossier: str = DOSSIER) -> str:
    """A document; its commitment."""
    return vault.put(PDF + more, "a.pdf", dossier=dossier, by=UNIT, readers=[CASEWORKER]).commitment


def test_nothing_of_an_erased_document_is_left_in_any_file(vault: Vault) -> None:
    """Key, salt, nonce, ciphertext, content, name: in no file, journal or free page; the entry and its reading log stay."""
    entropy = vault.entropy
    assert isinstance(entropy, Known)
    before = len(entropy.drawn)
    c = put(vault, b" to be erased")
    secrets = entropy.drawn[before:]
    ciphertext = vault.path_of(c).read_bytes()
    vault.read(c, UNIT, readers)
    assert all(secret in every_byte(vault.office) for secret in (*secrets, ciphertext))
    custody.erase(vault, [c], "request", BY)
    lying = every_byte(vault.office)
    for secret in (
        *secrets,
        *(s.hex().encode() for s in secrets),
        ciphertext[12:44],
        ciphertext[-16:],
        b"to be erased",
    ):
        assert secret not in lying
    assert not vault.path_of(c).exists() and c.encode() in lying
    with pytest.raises(Gone, match="内容已依法删除"):
        vault.read(c, UNIT, readers)
    with pytest.raises(NotEntitled):  # whoever might not read it is told no more than before
        vault.read(c, RIVAL, readers)
    (line,) = parse_lines(vault.erased.path.read_bytes(), "")
    assert (line.c, line.by, line.ground, line.at) == (c, BY, "request", vault.now())
    assert [one.what for one in vault.log(c)] == ["put", "read", "erase", "denied"]
    kept = next(one for one in vault.known() if one.c == c)
    assert (kept.state, kept.kind, kept.size, kept.ground) == ("erased", None, None, "request")
    assert vault.read(vault.known()[0].c, UNIT, readers)[0].data == PDF + b" beside"


def test_what_was_erased_cannot_be_put_back_or_erased_again(vault: Vault) -> None:
    """Under the same commitment never; the same content with a fresh salt is another document."""
    made = vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT)
    custody.erase(vault, [made.commitment], "request", BY)
    with pytest.raises(Gone):
        vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT, salt=made.salt)
    with pytest.raises(Gone):
        custody.erase(vault, [made.commitment], "request", BY)
    with pytest.raises(Gone):
        custody.use(vault, [made.commitment], BY)
    with pytest.raises(Gone):
        custody.hold(vault, [made.commitment], "court", BY)
    assert vault.put(PDF, "a.pdf", dossier=DOSSIER, by=UNIT).commitment != made.commitment


def test_a_hold_refuses_every_erasure_until_it_is_released(vault: Vault, clock: Clock) -> None:
    """GY-20-02, also of unlawful content and of what is due; each hold by itself, and of several documents none is erased."""
    c, free = put(vault), put(vault, b"2")
    first = custody.hold(vault, [c], "court", BY)
    second = custody.hold(vault, [c], "authority", BY)
    assert (first, second) == (1, 2)
    for ground in custody.GROUNDS:
        with pytest.raises(Held, match="GY-20-02") as refused:
            custody.erase(vault, [free, c], ground, BY) if ground != "retention" else custody.erase(
                vault, [c], ground, BY
            )
        assert refused.value.code == "GY-20-02"
    assert vault.read(free, UNIT, readers)[0].data == PDF + b"2"
    custody.close(vault, DOSSIER, from_iso("2026-03-02"), BY, 1)
    clock.on("2027-03-03")
    assert c not in {one.c for one in custody.due(vault, from_iso("2027-03-03"))}
    assert c not in custody.erase_due(vault)
    assert custody.release(vault, first, BY) == [c]
    with pytest.raises(Held):
        custody.erase(vault, [c], "unlawful", BY)
    custody.release(vault, second, BY)
    with pytest.raises(NotThere):
        custody.release(vault, second, BY)
    custody.erase(vault, [c], "unlawful", BY)
    with pytest.raises(Gone):
        vault.read(c, UNIT, readers)


@pytest.mark.parametrize(("years", "last"), [(1, "2027-03-02"), (3, "2029-03-02"), (5, "2031-03-02")])
def test_p17_runs_from_the_closing_and_its_last_day_still_counts(
    years: int, last: str, vault: Vault, clock: Clock
) -> None:
    """Served: not on the last day, but on the day after; listed as due only then."""
    c = put(vault)
    custody.use(vault, [c], BY)
    assert iso(custody.close(vault, DOSSIER, from_iso("2026-03-02"), BY, years)) == last
    clock.on(last)
    for ground in ("request", "retention"):
        with pytest.raises(Kept, match=last):
            custody.erase(vault, [c], ground, BY)  # type: ignore[arg-type]
    assert custody.due(vault, from_iso(last)) == []
    after = iso(from_iso(last) + 1)
    clock.on(after)
    assert [one.c for one in custody.due(vault, from_iso(after))] == [vault.known()[0].c, c]
    custody.erase(vault, [c], "retention", BY)


@pytest.mark.parametrize("years", [0, 6, -1])
def test_p17_has_a_floor_and_a_ceiling(years: int, vault: Vault) -> None:
    """1 and 5 years; nothing is written beyond."""
    with pytest.raises(ValueError, match="1 to 5 years"):
        custody.close(vault, DOSSIER, from_iso("2026-03-02"), BY, years)
    assert all(one.due is None for one in vault.known())


def test_a_leap_day_is_no_way_out() -> None:
    """Closed on 29 February: kept to the last day of February three years on."""
    assert iso(kept_until(from_iso("2028-02-29"), 3)) == "2031-02-28"


def test_what_was_served_is_kept_while_its_dossier_is_open(vault: Vault) -> None:
    """No end yet; what was neither served nor cited goes at once on request; unlawful content goes in any case."""
    served, plain = put(vault), put(vault, b"2")
    custody.use(vault, [served], BY)
    with pytest.raises(Kept, match="closing"):
        custody.erase(vault, [served], "request", BY)
    with pytest.raises(Kept):
        custody.erase(vault, [plain], "retention", BY)
    custody.erase(vault, [plain], "request", BY)
    copy = put(vault, b" redacted")
    custody.erase(vault, [served], "unlawful", BY, replaced=copy)
    assert next(one.replaced for one in vault.known() if one.c == served) == copy


def test_a_request_meanwhile_restricts_a_kept_document_to_the_parties(vault: Vault) -> None:
    """Before: the auditor reads. After the request: the parties alone; and none of several is erased."""
    served, plain = put(vault), put(vault, b"2")
    custody.use(vault, [served], BY)
    vault.read(served, AUDITOR, readers)
    with pytest.raises(Kept, match="restricted"):
        custody.erase(vault, [plain, served], "request", BY)
    with pytest.raises(NotEntitled, match="parties alone"):
        vault.read(served, AUDITOR, readers)
    for who in (UNIT, CASEWORKER):
        assert vault.read(served, who, readers)[0].data == PDF
    assert vault.read(plain, AUDITOR, readers)[0].data == PDF + b"2"


def test_closed_again_later_it_is_kept_longer_and_never_shorter(vault: Vault) -> None:
    """A reopened dossier; another dossier is untouched."""
    c, other = put(vault), put(vault, dossier=OTHER)
    custody.close(vault, DOSSIER, from_iso("2026-03-02"), BY, 3)
    custody.close(vault, DOSSIER, from_iso("2026-05-02"), BY, 1)
    dues = {one.c: one.due for one in vault.known()}
    assert dues[c] == from_iso("2029-03-02") and dues[other] is None
    custody.close(vault, DOSSIER, from_iso("2026-05-02"), BY, 3)
    assert {one.c: one.due for one in vault.known()}[c] == from_iso("2029-05-02")


def test_what_is_due_is_erased_by_the_clock(vault: Vault, clock: Clock) -> None:
    """All of the dossier but what is held; nothing is left to do after."""
    c, other = put(vault), put(vault, dossier=OTHER)
    custody.close(vault, DOSSIER, from_iso("2026-03-02"), BY)
    clock.on("2029-03-03")
    assert custody.erase_due(vault) == [vault.known()[0].c, c]
    assert custody.erase_due(vault) == []
    assert vault.read(other, UNIT, readers)[0].data == PDF
    assert {line.who for line in vault.log(c) if line.what == "erase"} == {"clock"}


def test_an_older_copy_of_the_whole_vault_is_refused(vault: Vault, tmp_path: Path) -> None:
    """Vault and keys copied before an erasure and put back after: the office's mark says that the list was longer."""
    c = put(vault)
    before = tmp_path.parent / f"{tmp_path.name}-before"
    shutil.copytree(tmp_path, before)
    custody.erase(vault, [c], "request", BY)
    newest = vault.erased.path.read_bytes()
    for name in ("vault", "vault-keys"):
        shutil.rmtree(tmp_path / name)
        shutil.copytree(before / name, tmp_path / name)
    with pytest.raises(BadVault, match="not the newest"):
        vault.read(c, UNIT, readers)
    vault.erased.path.write_bytes(newest)  # with the newest list it is erased again
    with pytest.raises(Gone):
        vault.read(c, UNIT, readers)
    assert vault.keys.path.read_bytes()[128:] == bytes(128) and not vault.path_of(c).exists()


@pytest.mark.parametrize("change", ["missing", "empty", "cut", "turned", "mark"])
def test_the_list_of_erasures_is_only_added_to(change: str, vault: Vault) -> None:
    """Missing, emptied, cut or altered, or its mark damaged: nothing is read or erased until it is put right."""
    one, two, three = put(vault), put(vault, b"2"), put(vault, b"3")
    for c in (one, two):
        custody.erase(vault, [c], "request", BY)
    path, data = vault.erased.path, vault.erased.path.read_bytes()
    if change == "missing":
        path.unlink()
    elif change == "mark":
        vault.erased.mark_path.write_bytes(b"{}")
    else:
        path.write_bytes(
            {"empty": b"", "cut": data[: data.index(b"\n") + 1], "turned": data.replace(b"bai", b"lu1")}[change]
        )
    with pytest.raises(BadVault):
        vault.read(three, UNIT, readers)
    with pytest.raises(BadVault):
        custody.erase(vault, [three], "request", BY)


def test_a_shortened_list_is_told_by_the_register_too(vault: Vault) -> None:
    """List and mark put back together, the register not: refused."""
    one, two = put(vault), put(vault, b"2")
    custody.erase(vault, [one], "request", BY)
    list_, mark = vault.erased.path.read_bytes(), vault.erased.mark_path.read_bytes()
    custody.erase(vault, [two], "request", BY)
    vault.erased.path.write_bytes(list_)
    vault.erased.mark_path.write_bytes(mark)
    with pytest.raises(BadVault, match="not the newest"):
        vault.known()


def test_a_line_that_was_being_written_destroyed_nothing(vault: Vault) -> None:
    """A torn last line is cut off: the document is there."""
    c = put(vault)
    with vault.erased.path.open("ab") as file:
        file.write(b'{"at":1,"by":"o:qin","c":"' + c.encode()[:40])
    assert vault.read(c, UNIT, readers)[0].data == PDF
    assert vault.erased.path.read_bytes() == b""


def test_an_erasure_that_was_interrupted_is_finished_by_whoever_comes_next(vault: Vault) -> None:
    """The line is durable, nothing destroyed yet: the next reading erases first."""
    c = put(vault)
    vault.erased.append([ErasedLine(vault.now(), BY, c, "request")])
    assert vault.path_of(c).exists()
    with pytest.raises(Gone):
        vault.read(c, UNIT, readers)
    assert not vault.path_of(c).exists()


RACE = """
import os, sys
from pathlib import Path
from gongyue.office.vault import custody
from gongyue.office.vault.errors import Gone
from gongyue.office.vault.vault import Vault
from tests.office.vault.box import Clock, PDF, UNIT, readers
vault, cs = Vault(Path(sys.argv[1]), Clock()), sys.argv[3:]
if sys.argv[2] == "erase":
    for c in cs:
        custody.erase(vault, [c], "request", "o:qin+o:bai")
else:
    whole = gone = 0
    while gone < len(cs):
        gone = 0
        for c in cs:
            try:
                assert vault.read(c, UNIT, readers)[0].data.startswith(PDF)
                whole += 1
            except Gone:
                gone += 1
    print(whole)
"""


def test_two_processes_that_erase_and_read_see_the_whole_or_nothing(vault: Vault) -> None:
    """One erases twenty documents while two read them: every reading is whole, and in the end none is there."""
    cs = [put(vault, bytes([65 + i]) * 5000) for i in range(20)]
    command = [sys.executable, "-c", RACE, str(vault.office)]
    reading = [subprocess.Popen([*command, "read", *cs], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    subprocess.run([*command, "erase", *cs], check=True, timeout=60)
    for process in reading:
        told, _ = process.communicate(timeout=60)
        assert process.returncode == 0 and told.strip().isdigit()
    assert [one.state for one in vault.known()] == ["here", *["erased"] * 20]
    assert sum(line.what == "erase" for line in vault.log()) == 20


def test_days_of_answers() -> None:
    """15 natural days, over holidays and month ends."""
    assert iso(answered_by(from_iso("2026-02-10"))) == "2026-02-25"
