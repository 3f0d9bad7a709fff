"""Who signs second reads what is signed: the words of a document that never stands in the book, and any other file as a file."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from web.cases import GE, HU, MO, PROMISE, XU, Casework
from web.conftest import House
from web.desk.test_cosigners import draft, mail
from web.rooms import text_of

PDF = "%PDF-1.7 抽样的理由（虚构）".encode()
REASONS = "抽样二十五份，均无营销短信。"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def test_a_second_panellist_reads_the_reasons_and_what_is_cited_by_name(house: House, going: Casework) -> None:
    """Whole, on the page, with the finding in its sentence; evidence of the dossier by its place; a third finds no draft there."""
    case, mo = going.heard(), house.client(mail(MO))
    answers = {
        "findings.0.article": "8",
        "findings.0.established": "yes",
        "findings.0.clause": "users.rights",
        "findings.0.evidence": [PROMISE.commitment],
        "reasons.text": REASONS,
        "adverse": "yes",
        "signers": [GE],
    }
    address = draft(mo, "case.conclude/1", f"dossier={case}", answers)
    told = text_of(house.client(mail(GE)), address)
    assert REASONS in told and "作出结论——查证属实，造成不良影响" in told and "第 4 件：证据" in told
    for other in (HU, XU):
        assert house.client(mail(other)).get(address).status_code == 404


def test_a_file_that_is_no_text_is_opened_by_those_who_sign_alone(house: House, going: Casework) -> None:
    """The co-signer gets the very bytes, to keep; whoever is not asked 404; a number of none leads back to the draft."""
    case, mo = going.heard(), house.client(mail(MO))
    answers = {
        "findings.0.article": "8",
        "findings.0.established": "no",
        "reasons": SimpleUploadedFile("理由.pdf", PDF, "application/pdf"),
        "adverse": "no",
        "signers": [GE],
    }
    address = draft(mo, "case.conclude/1", f"dossier={case}", answers)
    ge = house.client(mail(GE))
    assert f'href="{address}document/1"' in ge.get(address).content.decode()
    file = ge.get(f"{address}document/1")
    assert file.content == PDF and file.headers["Content-Disposition"].startswith("attachment")
    assert ge.get(f"{address}document/2").headers["Location"] == address
    assert house.client(mail(HU)).get(f"{address}document/1").status_code == 404


def test_what_goes_to_all_members_says_so(house: House) -> None:
    """A bulletin is not said to be for parties and officers alone."""
    bai = house.client("bai@demo.invalid")
    news = {"kind": "discipline", "audience": "internal", "text.text": "自律信息\n请各单位自查。"}
    told = text_of(bai, draft(bai, "bulletin.issue/1", "", news))
    assert "每家成员单位读到" in told and "只有当事人和承办人看得到" not in told and "请各单位自查" in told
