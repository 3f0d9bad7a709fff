"""What people trip over: notices of what was served, titles, names and words in place of digests, what is offered and what is not."""

from __future__ import annotations

import re

import pytest

from gongyue.book.entry import with_objects
from gongyue.office.dossier_documents import file
from gongyue.transparency.canonical import digest
from support.documents import document
from web.cases import FACTS, GE, HU, MO, NOTICE, PANEL, XU, Casework
from web.conftest import House
from web.desk.test_panel import mail
from web.going import BEICHEN, QINGHE, SECRETARY
from web.rooms import name_of, text_of

ACCUSED, REPORTER = "qinghe@demo.invalid", "beichen@demo.invalid"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def test_what_was_served_is_among_the_notices_of_whom_it_was_served_on(house: House, going: Casework) -> None:
    """Named with its dossier, received or not; nobody else is told, and nothing before it was served."""
    case = going.opens(going.reports())
    assert name_of(case) not in text_of(house.client(ACCUSED), "/notices/")
    going.serves(case, "notice", NOTICE)
    told = text_of(house.client(ACCUSED), "/notices/")
    assert f"有文书送达：告知书（案件卷 {name_of(case)}），请签收" in told
    assert f"Served on your unit: notice (case dossier {name_of(case, 'en')})" in text_of(
        house.client(ACCUSED), "/en/notices/"
    )
    going.receives(case, NOTICE)
    assert f"告知书（案件卷 {name_of(case)}），已签收" in text_of(house.client(ACCUSED), "/notices/")
    assert name_of(case) not in text_of(house.client(REPORTER), "/notices/")


def test_bulletins_have_telling_titles_without_being_read(house: House, going: Casework) -> None:
    """A result says whom it names, in the lists of a member and of the desk; the vault's log has no reading more."""
    rows = text_of(house.client(REPORTER), f"/workspace/{BEICHEN}/bulletins/")
    assert re.search(r"调查结果与通报：(\S*榆钱\S*|某成员单位)", rows), rows
    assert re.search(r"调查结果与通报：\S+", text_of(house.client(mail(SECRETARY)), "/desk/bulletins/"))
    assert "result and circular: " in text_of(house.client(REPORTER), f"/en/workspace/{BEICHEN}/bulletins/")


def test_an_act_of_ones_own_is_told_in_words(house: House, going: Casework) -> None:
    """Digests, commitments and keys stand folded, for machines; before them only words."""
    going.reports()
    client = house.client(REPORTER)
    listed = client.get(f"/workspace/{BEICHEN}/acts/").content.decode()
    page = client.get(re.findall(rf'href="(/workspace/{BEICHEN}/acts/sealed/\w+/)"', listed)[0]).content.decode()
    shown, folded = page.partition("<main")[2].split("<details", 1)
    assert "sha256:" not in shown and "k:" not in re.sub('href="[^"]*"', "", shown)
    assert "一份文书，内容不公开" in shown and "核对词" in shown and "sha256:" in folded
    assert not re.search(r"<code>[0-9a-f]{16}</code>", listed)


def test_withdrawing_is_not_offered_once_a_case_was_opened_on_a_report(house: House, going: Casework) -> None:
    """A report that waits for its answer can be withdrawn; one that a case was opened on, or joined, cannot."""
    report, client = going.reports(), house.client(REPORTER)
    at = f"/my/dossiers/{name_of(report)}/"
    assert "撤回" in text_of(client, at).partition("贵单位还可以")[2]
    case = going.opens(report)
    link, line = going.link((case, 1))
    reasons = document("已立案。", "说明.txt")
    body = {"answer": "opened", "ground": None, "reasons": reasons.commitment, "link": link}
    act = with_objects(going.signed("report.answer/1", "exec", body, (XU,), dossier=report), {digest(line): line})
    assert going.folder is not None
    file(going.office, going.folder, act, [reasons])
    assert "撤回" not in text_of(client, at).partition("贵单位还可以")[2].partition("保护您的")[0]


def test_only_those_assigned_are_asked_to_sign_in_a_dossier(house: House, going: Casework) -> None:
    """A conclusion is for the panel of that case; others who hold the office are not named."""
    case = going.heard()
    page = house.client(mail(MO)).get(f"/acts/new/case.conclude/1/?dossier={case}").content.decode()
    asked = set(re.findall(r'name="signers"\s+value="(o:\w+)"', page))
    assert asked == {GE, HU} and asked < set(PANEL)


@pytest.mark.parametrize(
    ("path", "other"),
    [("/nowhere/", "/en/nowhere/"), ("/en/nowhere/", "/nowhere/"), ("/covenant/999/", "/en/covenant/999/")],
)
def test_a_page_that_is_nowhere_says_so_in_the_other_language_too(house: House, path: str, other: str) -> None:
    """The link to the other language leads to the same refusal in that language."""
    answer = house.client().get(path)
    assert answer.status_code == 404 and f'<a href="{other}" ' in answer.content.decode()
    assert house.client().get(other).status_code == 404


@pytest.mark.parametrize("cited", ["0-xx", "0-" + "0" * 64, "12-xyz", "1-" + "A" * 64, "x-" + "0" * 64])
def test_a_citation_that_can_be_none_is_no_page(house: House, cited: str) -> None:
    """Neither a size of nothing nor a root that is no digest; one that merely is not this book's is said so."""
    assert house.client().get(f"/executive/2026/{cited}/").status_code == 404
    assert house.client().get("/executive/2026/1-" + "0" * 64 + "/").status_code == 200


def test_one_day_is_a_day() -> None:
    """1 day late, 2 days late."""
    from django.utils.translation import override

    from gongyue.web.templatetags.words import t

    with override("en"):
        assert t("逾期 {n} 日", "{n} days late", n=1) == "1 day late"
        assert t("逾期 {n} 日", "{n} days late", n=2) == "2 days late"


def test_a_report_says_its_articles_and_days_in_words(house: House, going: Casework) -> None:
    """Read again among the unit's acts: neither an address of an article nor a day as machines write it."""
    body = {"kind": "report", "accused": QINGHE, "articles": ["8"], "begins": "2027-02-01", "ends": "2027-03-01"}
    going.hands_in("report.file/1", BEICHEN, body | {"facts": FACTS.commitment, "evidence": []}, (BEICHEN,), FACTS)
    kept = house.office.store.sealed_numbered(house.office.store.arrivals())
    assert kept is not None
    client = house.client(REPORTER)
    for prefix, article, day in (("", "第八条", "2027年2月1日"), ("/en", "Article 8", "1 February 2027")):
        text = text_of(client, f"{prefix}/workspace/{BEICHEN}/acts/sealed/{kept.commitment[7:23]}/")
        assert article in text and day in text and "2027-02-01" not in text
