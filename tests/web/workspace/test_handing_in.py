"""Documents handed in on the pages: what is told beforehand, what evidence may not show, in the form's own words."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.governance.acts import ACT_TYPES
from gongyue.office import evidence
from gongyue.office.document_notice import brings_documents
from web.conftest import House
from web.going import BEICHEN, Going
from web.rooms import files, text_of

EMAIL = "beichen@demo.invalid"
IDS = "".join(f"11010519491231{n:03d}X\n" for n in range(200)).encode()
REPORT = f"/acts/new/report.file/1/?as={BEICHEN}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("", ("涉密信息不得上传", "为了什么：只用于办理这一卷", "卷终结后保存 3 年", "可以查阅、复制、更正、请求删除")),
        (
            "/en",
            ("must not be uploaded", "to handle this dossier and nothing else", "kept 3 years", "ask for its erasure"),
        ),
    ],
)
def test_whoever_hands_in_a_document_is_told_what_becomes_of_it(house: House, lang: str, said: tuple[str, ...]) -> None:
    """PIPL 17 and no state secrets, on every form that takes documents into a dossier; nothing of it on any other."""
    client = house.client(EMAIL)
    shown = text_of(client, lang + REPORT)
    assert all(words in shown for words in said)
    assert said[0] not in text_of(client, f"{lang}/acts/new/membership.withdraw/1/?as={BEICHEN}")
    wanted = {"report.file/1", "dossier.note/1", "dossier.serve/1", "petition.submit/1", "case.conclude/1"}
    assert wanted <= {type for type, kind in ACT_TYPES.items() if brings_documents(kind)}


def test_evidence_with_two_hundred_numbers_is_refused_before_anybody_signs(house: House) -> None:
    """The form says by which provision and what to do; covered, it is filed; nothing of the other was kept."""
    going = Going(house).at("2027-03-02 10:00")
    client, day = house.client(EMAIL), "2027-03-01"
    answers = {"kind": "report", "accused": "u:0008", "begins": day, "ends": day, "facts.text": "还款数据用于营销。"}
    table = SimpleUploadedFile("用户表.csv", IDS)
    made = client.post(REPORT, answers | {"evidence": table})
    assert made.status_code == 422
    told = made.content.decode()
    assert "用户表.csv 里有 200 个证件或账户号码" in told and "由承办人先在卷内写明为何必要" in told
    covered = SimpleUploadedFile("用户表.csv", b"110105********002X\n" * 200)
    files(house, client, "report.file/1", f"as={BEICHEN}", answers | {"evidence": covered})
    assert going.now


def test_a_form_says_that_what_looks_through_evidence_is_being_prepared(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is handed in, while it is compiled; not once it is ready, and not where nothing is scanned."""
    client, words = house.client(EMAIL), "查文书的程序正在准备，第一次要几分钟"
    monkeypatch.setattr(evidence, "scanner_state", lambda: "preparing")
    assert words in text_of(client, REPORT)
    assert "is being prepared, for some minutes the first time" in text_of(client, f"/en{REPORT}")
    assert words not in text_of(client, f"/acts/new/petition.submit/1/?as={BEICHEN}")
    monkeypatch.setattr(evidence, "scanner_state", lambda: "ready")
    assert words not in text_of(client, REPORT)
