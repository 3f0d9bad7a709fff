"""Who sees a dossier and its documents, on every way out: terminal, API, pages, search, counts, due lists, feeds, mail, outbox, export, backups."""

from __future__ import annotations

import base64
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongyue.cli.main import main
from gongyue.office.attachments import PrivateContent
from gongyue.office.backup import back_up
from gongyue.office.dossier_documents import file, open_document, vault_of
from gongyue.office.publishing import publish
from gongyue.office.vault import backup as vault_backup
from gongyue.office.vault import custody
from gongyue.office.vault.errors import NotEntitled
from gongyue.office.vault.vault import Vault
from support.documents import document
from web.api.program import Program
from web.conftest import House
from web.going import NORTHLAKE, Going
from web.notices.conftest import postbox
from web.security.people import client_of, prepare

__all__ = ["postbox"]

PARTY, TEXT = "u:0001", "请主管部门过问充电桩数据接口一事"
NAME = "独一无二的文件名.txt"
DOCUMENT = document(TEXT, NAME)
PARTIES = {
    "another member": "u:0004",
    "an applicant": NORTHLAKE.id,
    "an outsider": "u:9999",
    "a clerk": "o:bai",
    "a publisher": "o:lu",
    "a panellist": "o:mo",
    "the system's keeper": "o:ding",
    "an officer whose term is over": "o:ge",
    "the secretary, not assigned": "o:qin",
    "the authority": "authority",
}
"""Whoever is not in the dossier, and under which name it asks."""
READS = (
    "{}",
    "{}/feed",
    "{}/disclosures",
    "{}/due",
    "{}/status",
    "{}/log?limit=100",
    "{}/register/u:0001",
    "{}/petitions",
)
PAGES = ("/my/", "/my/notices/", "/desk/", "/desk/interpretations/", "/desk/confirmations/", "/u/u:0001/", "/register/?q=u:0001",
         "/register/?q=%E5%85%85%E7%94%B5", "/log/", "/executive/", "/gazette/", "/petitions/")  # fmt: skip


class Told:
    """A petition with its text, filed and answered with a letter."""

    def __init__(self, house: House) -> None:
        prepare(house)
        self.house, self.going = house, Going(house).at("2027-02-04 10:00")
        self.folder: Path = house.directory / "office"
        self.going.applies()
        act = self.going.signed("petition.submit/1", PARTY, {"kind": "demand", "text": DOCUMENT.commitment}, [PARTY])
        self.receipt = file(house.office, self.folder, act, [DOCUMENT])
        self.dossier = f"d:{self.receipt.act.removeprefix('sha256:')}"

    @property
    def content(self) -> tuple[bytes, ...]:
        """What only its party and whoever is assigned may have in hand."""
        salt = DOCUMENT.salt
        return (
            TEXT.encode(),
            NAME.encode(),
            salt,
            salt.hex().encode(),
            base64.b64encode(salt),
            json.dumps(TEXT).encode()[1:-1],
        )

    @property
    def traces(self) -> tuple[bytes, ...]:
        """By which it would be known that there is such a dossier, or which."""
        told = self.dossier[2:], DOCUMENT.commitment[7:], self.receipt.commitment[7:], self.receipt.name
        return tuple(one.encode() for one in told)


@pytest.fixture
def told(house: House) -> Told:
    """The demonstration with that petition."""
    return Told(house)


def clean(data: bytes, needles: tuple[bytes, ...], where: str) -> None:
    """Nothing of these stands in it."""
    found = [needle for needle in needles if needle in data]
    assert not found, f"{where}: {found}"


def at_the_terminal(told: Told, who: str, out: Path) -> Iterator[tuple[str, bytes]]:
    """Every command that reads dossiers or documents, as that one, from a copy of what is kept."""
    office = ("--office", str(told.folder))
    for words in (
        ("dossier", "list", "--as", who), ("dossier", "show", told.dossier, "--as", who),
        ("dossier", "head", told.dossier, "--as", who), ("dossier", "documents", told.dossier, "--as", who),
        ("dossier", "open", DOCUMENT.commitment, "--as", who, "--out", str(out / "x")),
        ("vault", "get", DOCUMENT.commitment, "--as", who, "--out", str(out / "y")),
        ("disclosures", "--as", who, "--out", str(out / f"{who[2:]}.jsonl")), ("notices", who),
        ("membership", "applications"), ("log", "list"),
    ):  # fmt: skip
        said = CliRunner().invoke(main, [*words, *office], prog_name="gongyue")
        asked = {part.encode() for part in words}
        yield (
            " ".join(words[:2]),
            b" ".join(one for one in said.output.encode().split() if not any(a in one for a in asked)),
        )
    for written in out.iterdir():
        yield written.name, written.read_bytes()


@pytest.mark.parametrize("who", PARTIES)
def test_whoever_is_not_in_it_learns_nothing_at_the_terminal(who: str, told: Told, tmp_path: Path) -> None:
    """No text, name or salt, and no trace of which dossier there is beyond what it was asked about itself."""
    (out := tmp_path / "out").mkdir()
    for where, data in at_the_terminal(told, PARTIES[who], out):
        clean(data, (*told.content, *told.traces), f"{who}, {where}")
    with pytest.raises(NotEntitled):
        open_document(told.house.office, told.folder, DOCUMENT.commitment, PARTIES[who])


@pytest.mark.parametrize(
    ("party", "role"),
    [("u:0004", "signatory"), (PARTY, "engineer"), ("o:bai", ""), ("o:ding", ""), ("o:qin", ""), ("authority", "")],
)
def test_a_key_of_others_opens_nothing_by_the_api(party: str, role: str, told: Told) -> None:
    """Of another member, the unit's own engineer, officers who are not assigned, the authority; a receipt is as if there were none."""
    program = Program(told.house, party, role)
    for read in READS:
        clean(program.get(read.format("/api")).content, (*told.content, *told.traces), f"{party} {role}, {read}")
    answer = program.get(f"/api/receipts/{told.receipt.act}")
    nothing = program.get("/api/receipts/sha256:" + "0" * 64)
    assert answer.status_code == nothing.status_code and answer.status_code in (401, 404)


def test_its_own_key_opens_its_own_and_no_content_by_the_receipt(told: Told) -> None:
    """The party's disclosures have its entry; the content is nowhere in them."""
    program = Program(told.house, PARTY)
    assert (
        told.dossier in program.get("/api/disclosures?limit=500").content.decode()
        or told.receipt.commitment in program.get("/api/disclosures?limit=500").content.decode()
    )
    for read in READS:
        clean(program.get(read.format("/api")).content, told.content, read)


@pytest.mark.parametrize(
    "who",
    ["outsider", "other", "lapsed", "engineer", "publisher", "panellist", "former", "authority", "clerk", "secretary"],
)
def test_no_page_search_or_count_says_it(who: str, told: Told) -> None:
    """No page says what stands in a document; none but the office's own say that there is the dossier."""
    client = client_of(told.house, who)
    needles = told.content if who in ("clerk", "secretary") else (*told.content, *told.traces)
    for address in PAGES:
        answer = client.get(address, follow=True)
        clean(b"".join(answer.streaming_content) if answer.streaming else answer.content, needles, f"{who}, {address}")


def test_no_mail_and_no_row_of_the_outbox_says_it(told: Told, postbox: Any) -> None:
    """To nobody, its own party and the secretary among them."""
    from gongyue.web.notices import outbox
    from gongyue.web.notices.models import Mail

    outbox.collect()
    letter = document("函（演示）：已转送", "回函.txt")
    body = {"answer": "forwarded", "docs": [letter.commitment]}
    act = told.going.signed("petition.answer/1", "exec", body, ["o:qin"], dossier=told.dossier)
    file(told.house.office, told.folder, act, [letter])
    outbox.collect()
    said = (*told.content, *told.traces, "已转送".encode(), "诉求".encode())
    assert Mail.objects.filter(person__seats__party=PARTY).exists()
    for mail in Mail.objects.all():
        clean((mail.subject + mail.text).encode(), said, f"mail {mail.pk}")
    clean(repr(list(Mail.objects.exclude(person__seats__party=PARTY).values())).encode(), said, "outbox")


def test_neither_export_nor_backup_of_the_office_holds_a_document(told: Told, tmp_path: Path) -> None:
    """What is published has commitments of leaves alone; the office's backup has the entry and nothing of the document."""
    told.going.now += 2 * 86_400
    told.going.ticks()
    publish(told.house.office, tmp_path / "public")
    for path in (tmp_path / "public").rglob("*"):
        if path.is_file():
            clean(path.read_bytes(), (*told.content, *told.traces[:2]), str(path))
    back_up(told.folder, tmp_path / "office.backup", True, lambda *_: None)
    clean(unpacked(tmp_path / "office.backup"), told.content, "backup")


def unpacked(path: Path) -> bytes:
    """The bytes of a backup as it lies there, and of its members."""
    data = path.read_bytes()
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            found = [tar.extractfile(one) for one in tar]
            return data + b"\n".join(one.read() for one in found if one)
    except tarfile.TarError:
        return data


def test_the_vault_s_backup_has_ciphertext_in_one_file_and_keys_in_another(told: Told, tmp_path: Path) -> None:
    """Neither alone opens anything."""
    vault = vault_of(told.house.office, told.folder)
    made = vault_backup.back_up(vault, tmp_path / "one", tmp_path / "other", "o:qin")
    clean(made.documents.read_bytes(), told.content, "ciphertexts")
    clean(made.keys.read_bytes(), (TEXT.encode(), NAME.encode()), "keys")
    assert DOCUMENT.salt in made.keys.read_bytes() and isinstance(DOCUMENT, PrivateContent)


def test_whoever_is_assigned_opens_it_and_only_as_long(told: Told) -> None:
    """The control of the table: the party reads it, and the secretary once it assigned itself, until its recusal is asked for."""
    office = told.house.office
    assert open_document(office, told.folder, DOCUMENT.commitment, PARTY)[0].data == DOCUMENT.content
    with pytest.raises(NotEntitled):
        open_document(office, told.folder, DOCUMENT.commitment, "o:qin")
    body = {"role": "caseworker", "officers": [{"officer": "o:qin", "interests": []}]}
    told.going.do("dossier.assign/1", "exec", body, ["o:qin"], dossier=told.dossier)
    assert open_document(office, told.folder, DOCUMENT.commitment, "o:qin")[0].data == DOCUMENT.content
    told.going.do("dossier.note/1", PARTY, {"asks": "recusal", "whom": "o:qin"}, [PARTY], dossier=told.dossier)
    with pytest.raises(NotEntitled):
        open_document(office, told.folder, DOCUMENT.commitment, "o:qin")


def test_what_a_person_asked_is_due_at_the_desk_of_those_who_decide_alone(told: Told) -> None:
    """Its number and last day, for the secretary; for a publisher it is not there; whose it is, nowhere."""
    vault = vault_of(told.house.office, told.folder)
    letter = "某甲（虚构）请删除其资料".encode()
    custody.ask(vault, "erasure", letter, "来信.txt", documents=[DOCUMENT.commitment], by="o:qin")
    for who, there in (("secretary", True), ("publisher", False)):
        page = client_of(told.house, who).get("/desk/").content.decode()
        assert ("答复本人关于其资料的请求 1 号" in page) is there
        assert "某甲" not in page


def test_the_round_finishes_what_was_interrupted(told: Told) -> None:
    """A document whose act was recorded and whose filing broke off is there after the next round, though nobody asked for it."""
    from gongyue.web import routines

    one = document("补充（演示）", "补充.txt")
    act = told.going.signed("dossier.note/1", PARTY, {"docs": [one.commitment]}, [PARTY], dossier=told.dossier)
    vault = vault_of(told.house.office, told.folder)
    with vault.turn() as register:
        vault.keep(register, one.content, one.name, dossier=told.dossier, by=PARTY, salt=one.salt, act=act.digest)
        told.house.office.handle(act)
    routines.look_after_documents()
    states = {known.c: known.state for known in Vault(told.folder, lambda: 0).known(told.dossier)}
    assert states[one.commitment] == "here"
