"""The desk's docket as officers use it: what is due first, who handles it, what can be done now and what closes the rest."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demo.simulated_office import commitment_to
from web.conftest import House
from web.going import Going
from web.rooms import DOCUMENT, assigns, dossier_of, files, name_of, petition, signs, text_of

QINGHE, QIN, BAI = "u:0008", "qin@demo.invalid", "bai@demo.invalid"


def shut(page: str, words: str) -> str:
    """What stands in the closed gate of that act; empty where it is open, or not there."""
    found = re.findall(
        r'<span class="gate" aria-disabled="true"><b>([^<]*)</b>\s*<small>(.*?)</small>', page, re.DOTALL
    )
    return next((re.sub(r"<[^>]+>", "", why) for said, why in found if said == words), "")


def test_the_secretary_assigns_itself_and_answers(house: House) -> None:
    """First only how it stands; once assigned it opens, is answered from the page, and waits for the authority."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    client, path = house.client(QIN), f"/desk/docket/{name_of(dossier)}/"
    assert "没有指派给您" in text_of(client, path) and "青禾健康" not in text_of(client, path)
    answers = {"role": "caseworker", "officers.0.officer": "o:qin", "officers.0.interests": "北辰数据研究院"}
    files(house, client, "dossier.assign/1", f"dossier={dossier}", answers)
    assert "诉求：要求（青禾健康）" in text_of(client, path) and "承办人：秘书长秦" in text_of(client, path)
    answered = {"answer": "forwarded", "docs.text": "转送函"}
    files(house, client, "petition.answer/1", f"dossier={dossier}&answer=forwarded&to=1", answered)
    shown = text_of(client, path)
    assert "已反映给主管部门" in shown and "下一步：等主管部门" in shown
    listed = text_of(client, "/desk/docket/")
    assert "青禾健康" in listed.partition("等别人")[2]


def test_an_interest_closes_the_assignment(house: House) -> None:
    """Whoever declares an interest in the unit is not assigned: the dry run says by which code, and nothing is recorded."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    client = house.client(QIN)
    answers = {"role": "caseworker", "officers.0.officer": "o:qin", "officers.0.interests": "青禾健康"}
    made = client.post(f"/acts/new/dossier.assign/1/?dossier={dossier}", answers, follow=True).content.decode()
    assert "GY-17-05" in made or "GY-18-09" in made
    assert "尚未指派" in text_of(client, "/desk/docket/")


def test_each_gate_says_what_closes_it(house: House) -> None:
    """The authority's reply before it was forwarded, an erasure without the second officer: why, in words; a clerk's own."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    page = house.client(QIN).get(f"/desk/docket/{name_of(dossier)}/").content.decode()
    assert "尚未反映给主管部门" in shut(page, "答复诉求：主管部门已答复")
    assert "GY-05-02" in shut(page, "删除文书")
    assert not shut(page, "答复诉求：已反映给主管部门") and "answer=forwarded" in page
    going.do("petition.answer/1", "exec", {"answer": "forwarded", "docs": [DOCUMENT]}, ["o:qin"], dossier=dossier)
    page = house.client(QIN).get(f"/desk/docket/{name_of(dossier)}/").content.decode()
    assert "已经做过" in shut(page, "答复诉求：已反映给主管部门") and not shut(page, "答复诉求：主管部门已答复")


def test_what_is_overdue_stands_first_and_today_names_it(house: House) -> None:
    """Overdue before what is due, that before what has no date; the page of today has it by kind and name, for the secretary alone."""
    going = Going(house).at("2027-03-02 10:00")
    late = petition(going, QINGHE, "wish")
    going.at("2027-03-20 10:00")
    soon = petition(going, QINGHE)
    listed = text_of(house.client(QIN), "/desk/docket/")
    assert (
        -1 < listed.index("逾期 1") < listed.index(name_of(late)) < listed.index(name_of(soon)) < listed.index("待签")
    )
    assert "已逾期 3 日" in listed
    today = text_of(house.client(QIN), "/desk/")
    assert name_of(late) in today and "青禾健康" not in today
    assert name_of(late) not in text_of(house.client(BAI), "/desk/")
    told = text_of(house.client(QIN), "/notices/")
    assert name_of(late) in told and "青禾健康" not in told
    assert name_of(late) not in text_of(house.client(BAI), "/notices/")


def test_two_officers_record_the_authoritys_answer_from_paper(house: House) -> None:
    """The secretary drafts and signs, asking the clerk; it waits for the second signature in both lists, and then is recorded."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    going.do("petition.answer/1", "exec", {"answer": "forwarded", "docs": [DOCUMENT]}, ["o:qin"], dossier=dossier)
    client, scan = house.client(QIN), SimpleUploadedFile("复函.pdf", b"%PDF-1.7 answer")
    paper = {"paper.number": "示函 1", "paper.dated": "2027-03-02", "paper.arrived": "2027-03-02", "paper.scan": scan}
    query = f"dossier={dossier}&answer=replied&to=3"
    answers = {"answer": "replied", "docs.text": "主管部门答复如下", "signers": ["o:bai"]}
    made = client.post(f"/acts/new/petition.answer/1/?{query}", answers | paper)
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    waits = client.post(f"{draft}sign/demo", {"digest": digest[1]})
    assert waits.headers["Location"] == draft
    assert "答复诉求" in text_of(client, "/desk/docket/").partition("待签")[2]
    signs(house.client(BAI), draft)
    assert "主管部门已答复" in text_of(house.client("qinghe@demo.invalid"), f"/my/dossiers/{name_of(dossier)}/")


def test_a_question_is_explained_from_its_dossier(house: House) -> None:
    """Assigned to the secretary, explained there; whoever asked reads that it was answered."""
    going = Going(house).at("2027-03-02 10:00")
    asked = dossier_of(going.of("interpretation.ask/1", QINGHE, article=8, question=commitment_to("如何理解？")))
    assigns(going, asked, "o:qin")
    today = house.client(QIN).get("/desk/").content.decode()
    assert re.search(r'href="/desk/interpretations/">怎样答复</a>', today)  # an interpretation, or an explanation
    page = house.client(QIN).get(f"/desk/docket/{name_of(asked)}/").content.decode()
    link = re.search(r'href="(/acts/new/interpretation\.explain/1/\?[^"]+)"', page)
    assert link is not None
    query = link[1].partition("?")[2].replace("&amp;", "&")
    of = re.search(r"of=([^&]+)", query)
    assert of is not None
    sealed = of[1].replace("%3A", ":")
    files(house, house.client(QIN), "interpretation.explain/1", query, {"of": sealed, "reasons.text": "依其文义"})
    shown = text_of(house.client("qinghe@demo.invalid"), f"/my/dossiers/{name_of(asked)}/")
    assert "已经办结" in shown
