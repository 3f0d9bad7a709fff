"""Who sees bulletins to all members: one table of people over pages, API, notices, counts, feed, mail, outbox, export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gongyue.demo.simulated_office import document_of
from gongyue.office.openings import bulletins
from gongyue.office.publishing import publish
from web.acting.test_drafts import BAI, demo_signs, draft_of
from web.api.program import Program
from web.conftest import House
from web.going import BEICHEN, CLERK, SECRETARY, Going
from web.security.people import client_of, prepare

WORDS = "只给成员单位看的七句话"
"""In the text of the bulletin, and nowhere else."""
TEXT = f"自律信息第七期\n{WORDS}"
PAGES = {
    "signatory": "/workspace/u:0001/bulletins/",
    "officer": "/workspace/u:0001/bulletins/",
    "engineer": "/workspace/u:0001/bulletins/",
    "lapsed": "/workspace/u:0001/bulletins/",
    "other": "/workspace/u:0004/bulletins/",
}
READ = {"signatory", "officer", "other", "secretary", "clerk", "panellist"}
"""Who reads it; nobody else does: outsider, engineer, whose delegation or term ended, publisher, the authority."""


def last(house: House) -> int:
    """The place of the last bulletin: of the demonstration's cases all members were told before."""
    return bulletins(house.office.store)[-1].entry.rx.n or 0


def issue(going: Going, text: str = TEXT, **body: Any) -> int:
    """A clerk issues a bulletin; its place."""
    commitment, document = document_of(text)
    said = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None} | body
    going.do("bulletin.issue/1", "exec", said, [CLERK], [document])
    return bulletins(going.office.store)[-1].entry.rx.n or 0


@pytest.fixture
def told(house: House) -> House:
    """The house the day after a bulletin was issued."""
    prepare(house)
    going = Going(house).at("2027-02-04 11:00")
    issue(going)
    going.at("2027-02-05 10:00")
    return house


@pytest.mark.parametrize(
    "who",
    ["outsider", "signatory", "officer", "engineer", "other", "lapsed", "secretary", "clerk", "publisher", "panellist", "former", "authority"],
)  # fmt: skip
def test_who_reads_it_on_which_page(told: House, who: str) -> None:
    """The list and the text, at the address of its own seat and at everybody else's; the words stand nowhere else."""
    client, n = client_of(told, who), last(told)
    seen = False
    for base in ("/workspace/u:0001/bulletins/", "/workspace/u:0004/bulletins/", "/desk/bulletins/"):
        own = base == PAGES.get(who, "/desk/bulletins/")
        listed, text = client.get(base), client.get(f"{base}{n}/")
        opened = own and (who in READ or (who == "publisher" and base == "/desk/bulletins/"))  # what goes to society
        assert (listed.status_code == 200) == opened, (who, base, listed.status_code)
        assert (f"{base}{n}/" in listed.content.decode()) == (own and who in READ), (who, base)
        assert (text.status_code == 200) == (own and who in READ), (who, base)
        assert (WORDS in text.content.decode()) == (own and who in READ), (who, base)
        seen |= WORDS in text.content.decode()
    assert seen == (who in READ)
    for page in (
        "/",
        "/log/",
        "/gazette/",
        "/notices/",
        "/workspace/u:0001/",
        "/workspace/u:0001/month/",
        "/desk/",
        "/outbox/",
        "/atom.xml",
    ):
        assert WORDS not in client.get(page).content.decode(), (who, page)
    document = client.get(f"/workspace/u:0001/bulletins/{n}/document")
    assert (WORDS.encode() in document.getvalue()) == (who in {"signatory", "officer"})


@pytest.mark.parametrize(
    ("party", "role", "reads"),
    [
        ("u:0001", "signatory", True), ("u:0001", "officer", True), ("u:0001", "engineer", None),
        ("u:0004", "signatory", True), ("u:0777", "signatory", False), ("o:bai", "", True), ("o:mo", "", True),
        ("o:lu", "", False), ("o:ge", "", None),
    ],
)  # fmt: skip
def test_who_reads_it_with_a_key_of_the_api(told: House, party: str, role: str, reads: bool | None) -> None:
    """None: the key may not ask, an engineer's (403), or that of an officer whose term is over (401).

    False: it is told of none, and of one it asks for that there is none.
    """
    program = Program(told, party, role)
    listed, one = program.get("/api/bulletins"), program.get(f"/api/bulletins/{last(told)}")
    if reads is None:
        assert (listed.status_code, one.status_code) in ((403, 403), (401, 401))
        return
    assert listed.json()["total"] == (last(told) if reads else 0)
    assert one.status_code == (200 if reads else 404)
    assert (WORDS in one.content.decode()) == reads
    lines = program.get("/api/disclosures")
    assert ("bulletin.issue/1" in lines.content.decode()) == (reads and party.startswith("u:"))
    assert WORDS not in lines.content.decode() + program.get("/api/feed").content.decode()
    assert Program(told).get("/api/bulletins").status_code == 401


def test_a_new_member_is_told_of_nothing_earlier_and_a_leaver_of_what_replaces_its_own(house: House) -> None:
    """u:0004 leaves between the first and the second; the third replaces the first: it reads 1 and 3."""
    going = Going(house).at("2027-02-01 10:00")
    first = issue(going, "第一")
    going.of("membership.withdraw/1", BEICHEN, effective=None)
    going.at("2027-02-02 10:00")
    second, third = issue(going, "第二"), issue(going, "第三", replaces=first)
    rows = Program(house, BEICHEN).get("/api/bulletins").json()["items"]
    own = [(row["n"], row["replaces"], row["replaced_by"]) for row in rows if row["n"] >= first]
    assert own == [(first, 0, third), (third, first, 0)]
    assert Program(house, BEICHEN).get(f"/api/bulletins/{second}").status_code == 404
    assert Program(house, BEICHEN).get(f"/api/bulletins/{third}").json()["text"] == "第三"


def test_what_is_published_says_nothing_of_it(told: House, tmp_path: Path) -> None:
    """Neither words nor title nor type nor dossier stands in a byte of the export, once it is anchored."""
    going = Going(told).at("2027-02-06 10:00")
    from gongyue.office.routine_acts import tick

    tick(going.office)
    publish(told.office, tmp_path / "public")
    for path in (p for p in (tmp_path / "public").rglob("*") if p.is_file()):
        data = path.read_bytes()
        for secret in (WORDS.encode(), "自律信息第七期".encode(), b"bulletin.issue/1", b"d:members"):
            assert secret not in data, path


def test_every_reading_is_logged_and_so_is_nothing_for_whom_there_is_none(told: House) -> None:
    """A page read by 甲, by a clerk; the engineer and the publisher get none, and none is noted of them."""
    from gongyue.office.dossier_documents import vault_of

    n = last(told)
    for who, page in (("signatory", f"/workspace/u:0001/bulletins/{n}/"), ("clerk", f"/desk/bulletins/{n}/")):
        assert client_of(told, who).get(page).status_code == 200
    for who, page in (("engineer", f"/workspace/u:0001/bulletins/{n}/"), ("publisher", f"/desk/bulletins/{n}/")):
        assert client_of(told, who).get(page).status_code in (403, 404)
    log = vault_of(told.office, told.directory / "office").log()
    assert [(line.who, line.what) for line in log if line.what == "read"] == [("u:0001", "read"), ("o:bai", "read")]


def test_an_erased_text_keeps_its_place_and_says_so(told: House) -> None:
    """Unlawful content is erased: the page says 内容已依法删除, in both languages, and the list still has it."""
    from gongyue.office.dossier_documents import vault_of
    from gongyue.office.vault.custody import erase

    commitment, _ = document_of(TEXT)
    erase(vault_of(told.office, told.directory / "office"), [commitment], "unlawful", SECRETARY)
    client, address = client_of(told, "signatory"), f"/workspace/u:0001/bulletins/{last(told)}/"
    page = client.get(address).content.decode()
    assert "内容已依法删除" in page and WORDS not in page
    assert "was erased by law" in client.get(f"/en{address}").content.decode()
    assert client.get(f"{address}document").status_code == 404
    said = Program(told, "u:0001").get(f"/api/bulletins/{last(told)}").json()
    assert (said["text"], said["erased"]) == ("", True)


def test_a_clerk_drafts_one_and_chooses_which_it_replaces(told: House) -> None:
    """Its text is kept once, with its salt and never as a public one; a bulletin that was replaced is offered no more."""
    from gongyue.web.acting.models import DraftFile

    client, form, n = told.client(BAI), "/acts/new/bulletin.issue/1/?as=exec", str(last(told))

    def offered() -> list[str]:
        listed = re.search(r'<select[^>]*name="replaces".*?</select>', client.get(form).content.decode(), re.DOTALL)
        assert listed is not None
        return [value for value in re.findall(r'<option value="(\d*)"', listed[0]) if value]

    before = offered()
    assert n in before
    said = {"kind": "discipline", "audience": "internal", "replaces": n, "text.text": f"更正\n{WORDS}"}
    address = draft_of(client, "bulletin.issue/1", "exec", said)
    (kept,) = DraftFile.objects.all()
    assert kept.private and bytes(kept.data).decode() == f"更正\n{WORDS}"
    assert "现在递交会被记录" in client.get(address).content.decode()
    demo_signs(client, address, sure="yes")
    after = offered()
    (made,) = set(after) - set(before)
    assert set(before) - set(after) == {n}
    assert WORDS in client.get(f"/desk/bulletins/{made}/").content.decode()
    assert WORDS in client_of(told, "other").get(f"/workspace/u:0004/bulletins/{made}/").content.decode()
