"""What the desk says by name and by day: how settled dossiers ended, who signs along, what waits for others, what is not loaded."""

from __future__ import annotations

import html
import re

from web.cases import Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.desk.test_reports import signs_once
from web.going import Going
from web.rooms import assigns, files, name_of, petition, text_of

QINGHE, QIN, YUNLING, SHIBEI = "u:0008", "qin@demo.invalid", "u:0001", "u:91000000000000385c"


def test_a_deadline_of_a_dossier_is_spelt_as_every_other(house: House) -> None:
    """Day, hour, whose time that is, and how many days are left."""
    going = Going(house).at("2027-03-02 10:00")
    petition(going, QINGHE)
    assert "2027年3月17日 24:00 北京时间 · 还有 15 日" in text_of(house.client(QIN), "/desk/docket/")


def test_settled_dossiers_say_how_they_ended_the_last_first(house: House) -> None:
    """The stage each came to, with its day; whoever does not open it sees neither."""
    page = house.client("xu@demo.invalid").get("/desk/docket/").content.decode()
    settled = page.partition('id="settled"')[2]
    days = re.findall(r'<time datetime="([0-9-]+)">[^<]*</time></span>', settled)
    assert days and days == sorted(days, reverse=True)


def test_an_answered_petition_offers_no_other_answer(house: House) -> None:
    """Forwarded or explained, one of them and once: then only the authority's reply is left."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    client, path = house.client(QIN), f"/desk/docket/{name_of(dossier)}/"
    assert "答复诉求：说明不予反映的理由" in text_of(client, path)
    answered = {"answer": "forwarded", "docs.text": "转送函"}
    files(house, client, "petition.answer/1", f"dossier={dossier}&answer=forwarded&to=1", answered)
    assert "答复诉求：说明不予反映的理由" not in text_of(client, path)


def test_who_signs_along_is_told_by_office_and_how_many_it_takes(house: House) -> None:
    """With the offices held; whoever has no account would never see the draft."""
    page = text_of(house.client(QIN), "/acts/new/correction.void/1/")
    assert (
        "须 2 人签署（" in page
        and "这里至少选 1 人" in page
        and re.search(r"经办白 · [^ ]*经办", page)
        and "（没有账号）" in page
    )


def test_what_nobody_can_do_any_more_is_not_offered(house: House) -> None:
    """A member does not join in the first batch; its key that was not compared is compared from its page."""
    client = house.client(QIN)
    assert "membership.enrol/1" not in client.get(f"/desk/members/{YUNLING}/").content.decode()
    page = client.get(f"/desk/members/{SHIBEI}/").content.decode()
    assert "尚未核对，不能签署" in page and "/acts/new/membership.compare/1/" in page


def test_the_second_signer_is_shown_words_and_the_first_what_is_awaited(house: House) -> None:
    """A key to be compared is listed by its check words, never by its hash; who has signed is told so, and what is waited for."""
    client = house.client(QIN)
    link = re.search(r'href="(/acts/new/membership\.compare[^"]+)"', client.get("/desk/admissions/").content.decode())
    assert link is not None
    answers = {"unit": SHIBEI, "form.text": "盖章的申请表（演示）"}
    key = re.search(r"key=(k%3A\w+)", link[1])
    assert key is not None
    answers |= {"key": key[1].replace("%3A", ":"), "signers": ["o:bai"]}
    made = client.post(html.unescape(link[1]), answers)
    assert made.status_code == 302, made.content.decode()
    assert "您已签署" not in text_of(client, made.headers["Location"])
    signs_once(client, made.headers["Location"])
    assert "您已签署；等别人签署" in text_of(client, made.headers["Location"])
    for page in ("/desk/", "/desk/confirmations/"):
        listed = text_of(house.client("bai@demo.invalid"), page)
        assert "逐字核对的词：" in listed and answers["key"] not in listed


def test_a_panellist_is_told_that_the_secretary_assigns(house: House) -> None:
    """Where no recusal of the secretary is asked for, not that an officer's act is none; whose office never assigns reads that."""
    going = Casework(house).at("2027-03-11 10:00")
    case = going.opens()
    page = house.client("hu@demo.invalid").get(f"/desk/docket/{name_of(case)}/").content.decode()
    assert "由秘书长指派" in shut(page, "指派") and "其在任人员" not in page
    page = house.client("xu@demo.invalid").get(f"/desk/docket/{name_of(case)}/").content.decode()
    assert "别的职务无权" in shut(page, "指派")


def test_a_year_whose_holidays_are_not_loaded_is_named(house: House) -> None:
    """The demonstration has loaded 2026 and its clock stands in 2027."""
    assert "2027 年尚未载入" in text_of(house.client(QIN), "/desk/law/")


def test_an_order_says_what_it_forbids(house: House) -> None:
    """And not only an act's name, as if it had been done."""
    assert "禁止：签署附件 ·" in text_of(house.client(QIN), "/desk/law/")


def test_an_application_leads_from_the_docket_to_its_decision(house: House) -> None:
    """For those who decide it; whoever publishes sees nothing of it."""
    Going(house).at("2027-02-04 10:00").applies()
    link = re.compile(r'<a class="button" href="/desk/admissions/">看申请，作决定</a>')
    assert link.search(house.client(QIN).get("/desk/docket/").content.decode())
    assert not link.search(house.client("lu@demo.invalid").get("/desk/docket/").content.decode())


def test_forms_begin_with_what_is_known(house: House) -> None:
    """The first day on which an appointment counts; oneself, of one's own declaration; a unit's activities, which are replaced."""
    client = house.client(QIN)
    assert 'value="2027-02-08"' in client.get("/acts/new/office.appoint/1/").content.decode()
    assert re.search(r'<option value="o:qin" selected>', client.get("/acts/new/office.declare/1/").content.decode())
    declared = house.client("shibei@demo.invalid").get("/acts/new/membership.declare/1/").content.decode()
    assert (
        re.search(r'type="checkbox" name="activities"\s+value="\w+" checked', declared)
        and "代替原来申报的全部" in declared
    )


def test_a_form_says_before_its_button_that_nothing_can_be_signed(house: House) -> None:
    """A unit whose key was not compared yet writes a draft; one with a valid key is told nothing of it."""
    said, form = "现在没有有效密钥，还不能签署", "/acts/new/membership.declare/1/"
    assert said in text_of(house.client("shibei@demo.invalid"), form)
    assert said not in text_of(house.client("yunling@demo.invalid"), form)


def test_forms_say_within_how_many_days_an_answer_is_due(house: House) -> None:
    """By the procedure rules as adopted; at the desk it is said of the unit whose paper it is."""
    client = house.client("yunling@demo.invalid")
    assert "须在收到之日起 15 日内答复：不予受理、并案或立案" in text_of(client, "/acts/new/report.file/1/")
    assert "须在收到之日起 15 日内向主管部门反映" in text_of(client, "/acts/new/petition.submit/1/")
    asked = text_of(house.client(QIN), f"/acts/new/interpretation.ask/1/?as={YUNLING}&paper=1")
    assert "问题只有云岭数基和联盟能看到" in asked and "须在收到之日起 15 日内答复" in asked


def test_the_authoritys_paper_is_recorded_in_nobody_elses_name(house: House) -> None:
    """And the desk is not offered the form that it would print for itself."""
    page = text_of(house.client(QIN), "/acts/new/founding.approval/1/")
    assert "主管部门的批复、答复，由执行机构凭纸面记录" in page
    assert "以执行机构的名义" not in page and "也可以打印、盖章后交联盟" not in page


def test_whoever_assigns_sees_who_handles_it_and_of_whom_it_is(house: House) -> None:
    """The parties, for whoever opens the dossier; who only sees how it stands is told who handles it and no more."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    form = f"/acts/new/dossier.assign/1/?dossier={dossier}&role=caseworker"
    assert "青禾健康" not in text_of(house.client(QIN), form)
    assigns(going, dossier, "o:qin")
    said = text_of(house.client(QIN), form)
    assert re.search(r"当事方 ?青禾健康", said) and re.search(r"承办人 ?秘书长秦", said)


def test_a_key_that_was_valid_until_a_day_is_not_said_to_end(house: House) -> None:
    """The day may be past: in English it is the last, not one that comes."""
    page = text_of(house.client("qin@demo.invalid"), "/en/desk/members/u:0009/")
    assert "end: 27 July 2026, 10:00 Beijing time" in page and "ends 27 July" not in page.lower()
