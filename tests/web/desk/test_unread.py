"""What software cannot read is never passed over: said before signing, in the dossier, and looked at by whoever decides on it."""

from __future__ import annotations

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.covenant.rulings import OutOfTurn
from gongyue.office.attachments import PrivateContent
from gongyue.sealing.commitment import commit
from support.documents import document
from web.acting.test_drafts import demo_signs
from web.cases import MO, NOTICE, PROMISE, XU, Casework
from web.conftest import House
from web.desk.test_panel import evidence_in, form, mail
from web.going import QINGHE
from web.rooms import name_of, signs, text_of

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def pdf(name: str = "扫描.pdf") -> PrivateContent:
    """A scan."""
    salt = os.urandom(32)
    return PrivateContent(commit(salt, PDF), salt, PDF, name)


def test_a_scan_is_named_before_it_is_signed_and_marked_in_the_dossier(house: House, going: Casework) -> None:
    """The draft lists it, in both languages; the timeline of party and caseworker says that no software has read it; texts are not marked."""
    case = going.opens()
    going.serves(case, "notice", NOTICE).receives(case, NOTICE)
    client = house.client("qinghe@demo.invalid")
    answers = {"docs": SimpleUploadedFile("扫描.pdf", PDF, "application/pdf"), "docs.text": "另见说明。"}
    made = client.post(f"/acts/new/dossier.note/1/?as={QINGHE}&dossier={case}", answers)
    draft = made.headers["Location"]
    told = text_of(client, draft)
    assert "软件读不了，没有查过个人信息的： 扫描.pdf" in told and "签署即表示您自己看过" in told
    assert "No software reads these" in text_of(client, f"/en{draft}")
    signs(client, draft)
    for who, at in ((client, "/my/dossiers/"), (house.client(mail(XU)), "/desk/docket/")):
        room = text_of(who, f"{at}{name_of(case)}/")
        assert room.count("PDF，软件没有读过，须由人看") == 1
    assert "哪一份没有读过" in text_of(client, f"/acts/new/dossier.note/1/?as={QINGHE}&dossier={case}")


def test_nobody_concludes_on_a_scan_that_nobody_of_the_panel_opened(house: House, going: Casework) -> None:
    """The form asks; unopened it is refused, and so is the act by any other way: not-looked; opened and ticked it is recorded."""
    case, scan = going.opens(), pdf()
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    going.notes(case, scan, complete=True)
    finding = {"article": "8", "clause": "users.rights", "established": True, "evidence": [PROMISE.commitment]}
    reasons = document("抽样表明用于营销。", "理由.txt")
    body = {"findings": [finding], "adverse": True, "reasons": reasons.commitment}
    with pytest.raises(OutOfTurn) as refused:
        going.hands_in("case.conclude/1", "exec", body, (MO, "o:ge"), reasons, dossier=case)
    assert refused.value.refusal["code"].endswith("not-looked")

    mo = house.client(mail(MO))
    page = form(mo, case)
    assert "软件读不了的附件，您看过了" in page and "您还没有打开" in page
    answers = {
        "findings.0.article": "8",
        "findings.0.established": "yes",
        "findings.0.clause": "users.rights",
        "findings.0.evidence": evidence_in(page)[:1],
        "reasons.text": "抽样表明用于营销。",
        "adverse": "yes",
        "signers": ["o:ge"],
    }
    url = f"/acts/new/case.conclude/1/?dossier={case}"
    ticked = answers | {"looked": [scan.commitment]}
    assert "还有 1 份您没有打开过" in mo.post(url, ticked).content.decode()
    assert mo.get(f"/desk/docket/{name_of(case)}/6/1/").status_code == 200
    assert "您打开过" in form(mo, case)
    assert "请逐份勾选" in mo.post(url, answers).content.decode()
    made = mo.post(url, ticked)
    assert made.status_code == 302, made.content.decode()
    for officer in (MO, "o:ge"):
        client = house.client(mail(officer))
        digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(made.headers["Location"]).content.decode())
        assert digest is not None
        client.post(f"{made.headers['Location']}sign/demo", {"digest": digest[1], "sure": "yes"})
    assert "结论已经作出" in text_of(house.client("qinghe@demo.invalid"), f"/my/dossiers/{name_of(case)}/")


def test_the_scan_of_a_partys_paper_is_opened_in_the_dossier_by_whoever_concludes(
    house: House, going: Casework
) -> None:
    """What a unit without a key replied by letter: its scan stands beside the entry, opens for panel and party, and counts as looked at."""
    case, xu, mo = going.opens(), house.client(mail(XU)), house.client(mail(MO))
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    at = f"/desk/docket/{name_of(case)}/"
    (link,) = re.findall(r'href="(/acts/new/dossier.note/1/\?as=[^"]*)"', xu.get(at).content.decode())
    scan = SimpleUploadedFile("来函.pdf", PDF, "application/pdf")
    answers = {"docs.text": "没有此事。", "complete": "yes", "paper.scan": scan, "paper.number": "函3号"}
    dates = {"paper.dated": "2027-03-10", "paper.arrived": "2027-03-11"}
    made = xu.post(link.replace("&amp;", "&"), answers | dates).headers["Location"]
    demo_signs(house.client("bai@demo.invalid"), made)
    signs(house.client("qin@demo.invalid"), made)
    for client, page in ((mo, at), (house.client("qinghe@demo.invalid"), f"/my/dossiers/{name_of(case)}/")):
        assert "当事方所交材料 1 纸面扫描件" in text_of(client, page).replace("  ", " "), page
        assert client.get(f"{page}6/2/").content == PDF
    assert "纸面扫描件（第 6 件），PDF，2027年3月11日收到：您打开过" in form(mo, case) and "您还没有打开" not in form(
        mo, case
    )
    assert xu.get(f"{at}6/3/").status_code == 404
