"""A case opened without a report, and one opened on several: where it begins, what closes it, what may be chosen."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from gongyue.office.evidence import origins
from support.documents import document
from web.cases import GE, HU, MO, XU, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.desk.test_hearing import form_of
from web.desk.test_panel import mail
from web.desk.test_reports import signs_once
from web.going import BEICHEN, CLERK, QINGHE, SECRETARY, TASHA, YIWEI, YUNLING
from web.rooms import dossier_of, name_of, signs, text_of

ANSWERS: dict[str, Any] = {"articles": ["8"], "begins": "2027-02-01", "ends": "2027-03-11", "caseworker.officer": XU}
ANSWERS |= {f"panel.{n}.officer": one for n, one in enumerate((MO, GE, HU))} | {"signers": [SECRETARY]}


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def offered(page: str) -> dict[str, str]:
    """The reports that may be chosen: what each is called, and its value."""
    found = re.findall(r'<input type="checkbox" name="link"\s+value="(sealed:\w+)"[^>]*><span>([^<]*)', page)
    return {words: value for value, words in found}


def ticked(page: str) -> list[str]:
    """Those that are chosen."""
    return re.findall(r'name="link"\s+value="(sealed:\w+)" checked', page)


def records(house: House, xu: Any, draft: str) -> str:
    """Both sign it; the case that it opened."""
    signs_once(xu, draft)
    signs(house.client(mail(SECRETARY)), draft)
    kept = house.office.store.sealed_numbered(house.office.store.arrivals())
    assert kept is not None
    return str(msgspec.json.decode(kept.entry)["rx"]["dossier"])


def test_a_case_that_nobody_reported_begins_on_the_page_of_dossiers(house: House, going: Casework) -> None:
    """A link for caseworker and secretary; nothing is preset; recorded without origins. Others see no such link."""
    for lang, words in (("", "主动立案"), ("/en", "Open a case, unasked")):
        for who in (XU, SECRETARY):
            page = house.client(mail(who)).get(f"{lang}/desk/docket/").content.decode()
            assert "/acts/new/case.open/1/" in form_of(page, words)
        for who in (MO, CLERK):
            assert "case.open" not in house.client(mail(who)).get(f"{lang}/desk/docket/").content.decode()
    xu = house.client(mail(XU))
    form = form_of(xu.get("/desk/docket/").content.decode(), "主动立案")
    page = xu.get(form).content.decode()
    assert "现在没有可以据以立案的检举" in page and not offered(page)
    made = xu.post(form, ANSWERS | {"accused": YIWEI})
    assert made.status_code == 302, made.content.decode()
    said = text_of(xu, made.headers["Location"])
    name = house.office.inst.units[YIWEI].name
    assert f"对{name}立案（主动立案），查2027年2月1日至2027年3月11日的行为，所涉条款：第八条。" in said
    assert re.search(r"由\S+徐承办，\S+莫、\S+葛、\S+胡审议。", said)
    assert "收悉之后有 20 日答复，审议组须在2027年6月9日前作出结论（可以延长一次）" in said
    english = text_of(xu, f"/en{made.headers['Location']}")
    assert "(unasked)" in english and "under article 8." in english
    case = records(house, xu, made.headers["Location"])
    assert list(origins(house.office, case)) == []
    assert "立案" in text_of(xu, f"/desk/docket/{name_of(case)}/").partition("经过")[2]


def test_the_gate_says_what_closes_it(house: House, going: Casework) -> None:
    """With two panellists left, a third is lacking: GY-18-09 stands where the link was."""
    for officer in ("o:ge", "o:hu"):
        body = {"officer": officer, "offices": ["panellist"], "ends": "2027-03-11"}
        going.executive("office.end/1", body, [SECRETARY, CLERK])
    going.at("2027-03-12 10:00")
    left = {o.id for o in house.office.catch_up().officers.values() if "panellist" in o.held(going.day)}
    for officer in sorted(left)[2:]:
        body = {"officer": officer, "offices": ["panellist"], "ends": "2027-03-12"}
        going.executive("office.end/1", body, [SECRETARY, CLERK])
    going.at("2027-03-13 10:00")
    page = house.client(mail(XU)).get("/desk/docket/").content.decode()
    assert "GY-18-09" in shut(page, "主动立案"), text_of(house.client(mail(XU)), "/desk/docket/")


def test_three_reports_of_one_fact_become_one_case(house: House, going: Casework) -> None:
    """Those about the same unit are offered and chosen together, kept when the form comes back and is changed; each is answered."""
    told = {one: document(f"事实（{one}）", "事实.txt") for one in (BEICHEN, YUNLING, TASHA)}
    reports = [going.reports(one, YIWEI, told[one]) for one in told]
    other = going.reports(BEICHEN, QINGHE)
    xu = house.client(mail(XU))
    form = form_of(xu.get(f"/desk/docket/{name_of(reports[0])}/").content.decode(), "立案")
    page = xu.get(form).content.decode()
    listed = offered(page)
    assert len(listed) == 3 and all(any(name_of(one) in words for words in listed) for one in reports)
    assert len(ticked(page)) == 1 and not any(name_of(other) in words for words in listed)
    chosen = sorted(listed.values())
    lacking = xu.post(form, {k: v for k, v in ANSWERS.items() if k != "articles"} | {"accused": YIWEI, "link": chosen})
    assert lacking.status_code == 422 and sorted(ticked(lacking.content.decode())) == chosen
    made = xu.post(form, ANSWERS | {"accused": YIWEI, "link": chosen})
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    assert sorted(ticked(xu.get(f"{draft}edit/").content.decode())) == chosen
    said = text_of(xu, draft)
    assert "（据检举 3 件）" in said and not any(house.office.inst.units[one].name in said for one in told)
    case = records(house, xu, draft)
    assert sorted(origins(house.office, case)) == sorted(reports)
    for one in reports:
        page = xu.get(f"/desk/docket/{name_of(one)}/").content.decode()
        assert "每件检举只立一案" in shut(page, "立案") and "答复检举：立案" in page
    assert len(offered(xu.get("/acts/new/case.open/1/").content.decode())) == 1  # the one about another unit


def test_reports_stand_under_whom_they_are_about_until_somebody_is_named(house: House, going: Casework) -> None:
    """On the form that is begun by itself; a breach of one's own stands under its own name, and its dossier leads to the form."""
    first = going.reports(BEICHEN, QINGHE)
    own = going.of(
        "report.file/1", TASHA, kind="own", begins="2027-02-01", ends="2027-03-01", facts="sha256:" + "5e" * 32
    )
    dossier = dossier_of(own)
    assigned = {"role": "caseworker", "officers": [{"officer": XU, "interests": []}]}
    going.do("dossier.assign/1", "exec", assigned, [SECRETARY], dossier=dossier)
    xu = house.client(mail(XU))
    page = xu.get("/acts/new/case.open/1/").content.decode()
    inst = house.office.inst
    for unit, report in ((QINGHE, first), (TASHA, dossier)):
        under = page.partition(f"<summary>{inst.units[unit].name}")[2].partition("</details>")[0]
        assert name_of(report) in under, page
    assert f"accused={TASHA.replace(':', '%3A')}" in form_of(
        xu.get(f"/desk/docket/{name_of(dossier)}/").content.decode(), "立案"
    )


def test_articles_are_told_apart_by_chapter_and_first_words(house: House, going: Casework) -> None:
    """Twenty-six of them under the chapters they stand in, folded but where one is ticked; each with how it begins."""
    page = house.client(mail(XU)).get(f"/acts/new/case.open/1/?accused={YIWEI}&articles=8").content.decode()
    text = house.office.inst.meaning.edition
    assert text is not None
    groups = re.findall(
        r"<details( open)?>\s*<summary>([^<]*) <span", page.partition("所涉条款")[2].partition("行为起于")[0]
    )
    assert [name for _, name in groups] == list(dict.fromkeys(c.title for c in text.chapters)) and len(groups) > 2
    assert [bool(is_open) for is_open, _ in groups].count(True) == 1
    first = text.parts[7].text[:20]
    assert re.search(rf'value="8" checked><span>第八条 {re.escape(first)}…</span>', page)
