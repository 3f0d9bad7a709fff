"""From a report to its case and its answer, as a caseworker goes: every step is reached by a link, nothing is typed but words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from web.cases import GE, HU, MO, XU, Casework
from web.conftest import House
from web.desk.test_hearing import form_of
from web.desk.test_panel import mail
from web.going import BEICHEN, SECRETARY, YIWEI
from web.rooms import dossier_of, name_of, signs, text_of

REPORTER = "beichen@demo.invalid"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def opened(house: House, report: str) -> str:
    """A case opened from the page of a report: the form knows the report, whom it accuses, and of which days it tells."""
    xu = house.client(mail(XU))
    form = form_of(xu.get(f"/desk/docket/{name_of(report)}/").content.decode(), "立案")
    page = xu.get(form).content.decode()
    link = re.search(r'value="(sealed:\w+)" checked><span>检举：检举其他成员 · ' + name_of(report), page)
    assert link is not None and f'<option value="{YIWEI}" selected' in page and 'value="2027-02-01"' in page
    assert f'<option value="{MO}">' in page and 'name="panel.2.officer"' in page and "编号如 o:" not in page
    day = re.search(r'name="ends"[^>]*value="([\d-]+)"', page)
    assert day is not None
    answers: dict[str, Any] = {"accused": YIWEI, "articles": ["8"], "begins": "2027-02-01", "ends": day[1]}
    answers |= {"link": link[1], "caseworker.officer": XU, "signers": [SECRETARY]}
    made = xu.post(form, answers | {f"panel.{n}.officer": one for n, one in enumerate((MO, GE, HU))})
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    shown = text_of(xu, draft)
    assert "所涉条款 第八条" in shown and "来源 所指明的，不公开" in shown
    signs_once(xu, draft)
    signs(house.client(mail(SECRETARY)), draft)
    return str(draft)


def _linked(page: str) -> list[str]:
    """What is behind the open gates."""
    return [words.strip() for words in re.findall(r'<a class="button[^"]*" href="[^"]*">([^<]*)', page)]


def signs_once(client: Any, draft: str) -> None:
    """One of two signs a draft."""
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    client.post(f"{draft}sign/demo", {"digest": digest[1], "sure": "yes"})


def test_a_decline_asks_for_its_ground_on_the_form(house: House, going: Casework) -> None:
    """Declined without a ground is told at its question, and what it rests on stays chosen; any other answer has no ground."""
    report = going.reports(accused=YIWEI)
    xu, at = house.client(mail(XU)), f"/desk/docket/{name_of(report)}/"
    form = form_of(xu.get(at).content.decode(), "答复检举：不予受理")
    page = xu.get(form).content.decode()
    link = re.search(r'<option value="(sealed:\w+)" selected>', page)
    assert link is not None and "不予受理的理由</legend>" in page.replace(" <span", "<span")
    answers = {"answer": "declined", "reasons.text": "说明。", "link": link[1], "looked": "yes"}
    again = xu.post(form, answers)
    assert again.status_code == 422 and "不予受理的，须选理由" in text_of_answer(again)
    assert f'<option value="{link[1]}" selected>' in again.content.decode()
    made = xu.post(form, answers | {"ground": "no_fact"})
    assert "现在递交会被记录" in text_of(xu, made.headers["Location"])
    opened(house, report)
    form = form_of(xu.get(at).content.decode(), "答复检举：立案")
    link = re.search(r'<option value="(sealed:\w+)" selected>', xu.get(form).content.decode())
    assert link is not None
    made = xu.post(form, answers | {"answer": "opened", "ground": "no_fact", "link": link[1]})
    shown = text_of(xu, made.headers["Location"])
    assert "现在递交会被记录" in shown and "不予受理的理由" not in shown


def text_of_answer(answer: Any) -> str:
    """An answer's text, its tags taken out."""
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_case_is_opened_from_its_report_and_the_reporter_is_answered(house: House, going: Casework) -> None:
    """Before there is a case the answer that needs one says so; then it is there by the name of its dossier, and chosen."""
    report = going.reports(accused=YIWEI)
    xu, at = house.client(mail(XU)), f"/desk/docket/{name_of(report)}/"
    page = xu.get(at).content.decode()
    assert "答复检举：立案" not in _linked(page) and "还没有可指的案件" in page and "missing-opening" not in page
    assert (
        'class="button"' not in page.partition("现在可以办的")[2].partition("经过")[0]
    )  # equal choices: none is put forward
    draft = opened(house, report)
    done = xu.get(f"{draft}done/").content.decode()
    assert re.search(r'href="/desk/docket/[^"]+">(?:返回|回到这一卷)', done)
    page = xu.get(at).content.decode()
    assert "答复检举：立案" in _linked(page)
    form = form_of(page, "答复检举：立案")
    page = xu.get(form).content.decode()
    link = re.search(r'<option value="(sealed:\w+)" selected>[^<]*2027年3月11日立案', page)
    assert link is not None, page
    made = xu.post(form, {"answer": "opened", "reasons.text": "所述具体，已立案。", "link": link[1], "looked": "yes"})
    assert made.status_code == 302, made.content.decode()
    assert "如何办理 立案" in text_of(xu, made.headers["Location"])
    signs(xu, made.headers["Location"])
    assert "立案" in text_of(house.client(REPORTER), f"/my/dossiers/{name_of(report)}/").partition("经过")[2]


def test_a_report_is_declined_with_a_ground_that_nobody_chose_beforehand(house: House, going: Casework) -> None:
    """The form names the report itself; its ground is the caseworker's to choose."""
    report = going.reports(accused=YIWEI)
    xu = house.client(mail(XU))
    form = form_of(xu.get(f"/desk/docket/{name_of(report)}/").content.decode(), "答复检举：不予受理")
    assert "ground" not in form
    page = xu.get(form).content.decode()
    link = re.search(r'<option value="(sealed:\w+)" selected>本卷的检举', page)
    assert link is not None and not re.search(r'name="ground"[^>]*checked', page)
    answers = {
        "answer": "declined",
        "ground": "no_fact",
        "reasons.text": "没有可查的事实。",
        "link": link[1],
        "looked": "yes",
    }
    made = xu.post(form, answers)
    assert made.status_code == 302, made.content.decode()
    signs(xu, made.headers["Location"])
    assert "不予受理" in text_of(house.client(REPORTER), f"/my/dossiers/{name_of(report)}/")


def test_a_case_of_somebody_else_is_no_choice(house: House, going: Casework) -> None:
    """Only cases against whom the report accuses are listed."""
    report, other = going.reports(accused=YIWEI), going.opens(accused="u:0001")
    page = (
        house.client(mail(XU)).get(f"/acts/new/report.answer/1/?dossier={report}&answer=opened&to=1").content.decode()
    )
    assert name_of(other) not in page and "本卷的检举" in page


def test_a_report_begins_on_the_page_of_dossiers(house: House) -> None:
    """A member finds the form where the other dossiers begin, in both languages."""
    client = house.client(REPORTER)
    for lang, words in (("", "检举或主动汇报"), ("/en", "Report a breach")):
        page = client.get(f"{lang}/my/dossiers/").content.decode()
        form = re.search(rf'href="([^"]*report\.file/1/[^"]*)">{words}', page)
        assert form is not None and client.get(form[1].replace("&amp;", "&")).status_code == 200
        assert BEICHEN[2:] in form[1]


def test_no_dossier_is_called_by_its_id_where_an_act_is_refused(house: House, going: Casework) -> None:
    """Evidence before the notice: the gate says in which dossier by its name."""
    case = going.opens()
    shown = text_of(house.client(mail(XU)), f"/desk/docket/{name_of(case)}/")
    assert f"卷 {name_of(case)} 尚未送达告知书" in shown and case not in shown


def test_the_secretary_assigns_reviewers_to_a_case_it_does_not_open(house: House, going: Casework) -> None:
    """Its page says only how the case stands, and leads to the form, where that role stands chosen."""
    case, secretary = going.opens(), house.client(mail(SECRETARY))
    page = secretary.get(f"/desk/docket/{name_of(case)}/").content.decode()
    form = re.search(r'href="([^"]*dossier\.assign/1/[^"]*role=reviewers[^"]*)"', page)
    assert form is not None, page
    asked = secretary.get(form[1].replace("&amp;", "&"))
    assert asked.status_code == 200 and re.search(r'value="reviewers"\s+checked', asked.content.decode())


def test_a_report_on_paper_is_found_from_paper_docket_and_jump_box(house: House) -> None:
    """Secretary and clerk choose the member and get to the form that asks for its paper; who records no paper is not shown the way."""
    for name, there in (("qin", True), ("bai", True), (mail(XU).partition("@")[0], False)):
        client = house.client(f"{name}@demo.invalid")
        page = client.get("/desk/paper/").content.decode()
        assert ('action="/acts/new/report.file/1/"' in page) is there, name
        assert (f'<option value="{BEICHEN}">北辰数据研究院</option>' in page) is there, name
        docket = client.get("/desk/docket/").content.decode()
        assert ('href="/desk/paper/#report"' in docket) is there and "report.file/1" not in docket, name
    clerk = house.client("bai@demo.invalid")
    form = text_of(clerk, f"/acts/new/report.file/1/?paper=1&as={BEICHEN}")
    assert "以北辰数据研究院的名义（凭纸面记录）" in form and "所依的纸面" in form
    found = clerk.get("/desk/go/?q=检举")
    assert found.headers["Location"] == "/desk/paper/#report"
    assert house.client(mail(XU)).get("/desk/go/?q=检举").status_code == 200
    several = clerk.get("/desk/go/?q=纸面").content.decode()
    assert 'href="/desk/paper/"' in several and 'href="/desk/members/"' in several


def test_the_list_says_whose_applications_and_questions_are(house: House, going: Casework) -> None:
    """Of these two kinds an office is told whose they are, under Today: list and frame do not say that nobody is."""
    asked = going.of("interpretation.ask/1", BEICHEN, article=4, question="sha256:" + "5e" * 32)
    name = house.office.inst.units[BEICHEN].name
    qin = house.client("qin@demo.invalid")
    assert name in text_of(qin, "/desk/")
    assert "只有加入申请和请求解释由秘书长、经办决定，在“今日”写明是谁的" in text_of(qin, "/desk/docket/")
    frame = text_of(qin, f"/desk/docket/{name_of(dossier_of(asked))}/")
    assert "是谁的，在“今日”写明" in frame and "看不到是谁" not in frame
