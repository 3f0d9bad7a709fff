"""Before a report is filed: what the accused will be shown stands beside what was written; what is covered is not in what is served."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.office.dossier_documents import open_document
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from web.cases import NOTICE, XU, Casework
from web.conftest import House, Visitor
from web.desk.test_panel import mail
from web.going import BEICHEN, QINGHE, SECRETARY
from web.markup import flat
from web.rooms import name_of, signs, text_of

REPORTER, ACCUSED = "beichen@demo.invalid", "qinghe@demo.invalid"
FACTS = "青禾健康把用户还款记录用于发短信。我院5月12日受委托做用户调查时，受访者中有25人出示了短信。"
TABLE = "2026 消费信贷用户调查 原始表".encode()
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ANSWERS: dict[str, Any] = {
    "kind": "report",
    "accused": QINGHE,
    "begins": "2027-02-01",
    "ends": "2027-03-01",
    "facts.text": FACTS,
}


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def drafted(client: Any, **other: Any) -> str:
    """The page beside, after the form was filled in."""
    enclosed = [
        SimpleUploadedFile("北辰-原始表.txt", TABLE, "text/plain"),
        SimpleUploadedFile("扫描.pdf", PDF, "application/pdf"),
    ]
    made = client.post(f"/acts/new/report.file/1/?as={BEICHEN}", ANSWERS | {"evidence": enclosed} | other)
    assert made.status_code == 302, made.content.decode()
    assert made.headers["Location"].endswith("/shown/")
    return str(made.headers["Location"])


def covers(page: str, *words: str) -> dict[str, list[str]]:
    """What to post to cover the pieces in which these words stand, besides what is ticked already."""
    found: dict[str, list[str]] = {}
    for name, value, checked, piece in re.findall(
        r'name="(d\d\.cover)" value="(\d+)"( checked)?>([^<]*)', html.unescape(flat(page))
    ):
        if checked or any(one in piece for one in words):
            found.setdefault(name, []).append(value)
    return found


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found is not None
    return found[1]


def theirs(page: str) -> str:
    """The right side, as the accused would read it."""
    return " ".join(
        html.unescape(re.sub(r"<[^>]+>", "", one))
        for one in re.findall(r'<pre class="law-note".*?</pre>', page, re.DOTALL)
    )


def test_what_is_covered_is_not_in_what_is_served(house: House, going: Casework) -> None:
    """Covered, held back, looked at again, filed; the caseworker serves it by name; word for word the right side, nothing more."""
    client = house.client(REPORTER)
    at = drafted(client)
    page = client.get(at).content.decode()
    assert 'class="risky"' in page and "软件看不进去" in page and theirs(page).startswith("青禾健康把用户还款记录")
    asked: dict[str, Any] = covers(page, "我院", "5月12日", "受委托", "25人") | {"version": version(page), "go": "next"}
    asked |= {"d1.hold": "yes", "d2.hold": "yes"}
    moved = client.post(at, asked)
    assert moved.headers["Location"] == at, "nothing goes on before the right side was seen"
    page = client.get(at).content.decode()
    right = theirs(page)
    assert "5月12日" not in right and "25人" not in right and "我院" not in right and "〔已遮盖〕" in right
    assert "原始表" not in right and page.count("不给对方看。") == 2
    again = covers(page) | {"version": version(page), "seen": "yes", "go": "next", "d1.hold": "yes", "d2.hold": "yes"}
    moved = client.post(at, again)
    draft = moved.headers["Location"]
    assert draft == at.removesuffix("shown/")
    assert "至多看到您选定的 1 份（共 3 份）" in text_of(client, draft)
    signs(client, draft)

    report = _last_dossier(house)
    going.do(
        "dossier.assign/1",
        "exec",
        {"role": "caseworker", "officers": [{"officer": XU, "interests": []}]},
        [SECRETARY],
        dossier=report,
    )
    assert "您提交时选定的：可以给对方看" in text_of(client, f"/my/dossiers/{name_of(report)}/")
    case = going.opens(report)
    going.serves(case, "notice", NOTICE)
    form, xu = f"/acts/new/dossier.serve/1/?dossier={case}&what=evidence", house.client(mail(XU))
    (value,) = re.findall(r'name="docs" value="(from:sha256:\w+)"', xu.get(form).content.decode())
    served = xu.post(form, {"what": "evidence", "docs": value})
    signs(xu, served.headers["Location"])
    assert going.folder is not None
    line = list(found_by(house.office.store, in_dossier(case)))[-1]
    content, _ = open_document(house.office, going.folder, line.body["docs"][0], XU)
    assert content.data.decode() == right.strip("\n") or content.data.decode().strip() == right.strip()
    everything = _opens(house, QINGHE, case) + content.data + content.name.encode()
    for secret in (BEICHEN.encode(), "北辰".encode(), "5月12日".encode(), "25人".encode(), TABLE, report.encode()):
        assert secret not in everything
    assert "北辰" not in text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/")


def _last_dossier(house: House) -> str:
    import msgspec

    kept = house.office.store.sealed_numbered(house.office.store.arrivals())
    assert kept is not None
    return str(msgspec.json.decode(kept.entry)["rx"]["dossier"])


def _opens(house: House, unit: str, case: str) -> bytes:
    """Every byte of the case's entries, which the accused opens."""
    return b"".join(one.kept.entry for one in found_by(house.office.store, in_dossier(case)))


def test_a_version_that_names_its_reporter_is_not_kept(house: House, going: Casework) -> None:
    """Its name is ticked beforehand; unticked, nothing is kept and it is said why; drawn apart it is found too."""
    client = house.client(REPORTER)
    name = house.office.inst.units[BEICHEN].name
    at = drafted(client, **{"facts.text": f"{name}发现：青禾健康发短信。"})
    page = client.get(at).content.decode()
    assert 'class="named"' in page and name not in theirs(page)
    wrong = client.post(at, {"version": version(page), "go": "next", "d1.hold": "yes", "d2.hold": "yes"})
    assert wrong.status_code == 422 and "还有贵单位的名称" in wrong.content.decode()
    assert "没有选定给对方看的版本" in text_of(client, at.removesuffix("shown/"))
    apart = "，".join((name[:2], name[2:]))
    at = drafted(client, **{"facts.text": f"{' '.join(name)}发现：青禾健康发短信。{apart}。"})
    page = client.get(at).content.decode()
    assert name not in theirs(page).replace(" ", "")


def test_a_text_that_is_changed_is_looked_at_again_and_leaving_it_shows_nothing(house: House, going: Casework) -> None:
    """Editing the report takes the version with it; left to the caseworker nothing may be shown; of somebody else's draft a 404."""
    client = house.client(REPORTER)
    at = drafted(client)
    page = client.get(at).content.decode()
    client.post(at, {"version": version(page), "go": "look", "d1.hold": "yes", "d2.hold": "yes"})
    assert "至多看到您选定的 1 份" in text_of(client, at.removesuffix("shown/"))
    edit = at.replace("/shown/", "/edit/")
    form = client.get(edit).content.decode()
    body = {k: v for k, v in ANSWERS.items() if k != "facts.text"} | {
        "facts.text": "另写一份。",
        "version": version(form),
    }
    assert client.post(edit, body).headers["Location"] == at
    assert "没有选定给对方看的版本" in text_of(client, at.removesuffix("shown/"))
    page = client.get(at).content.decode()
    assert theirs(page).strip() == "另写一份。"
    left = client.post(at, {"version": version(page), "go": "leave"})
    assert left.headers["Location"] == at.removesuffix("shown/")
    assert "由" in text_of(client, left.headers["Location"]) and house.client(ACCUSED).get(at).status_code == 404
    stale = client.post(at, {"version": version(page)[::-1], "go": "look"})
    assert stale.status_code == 409
    own = {**ANSWERS, "kind": "own"}
    del own["accused"]
    made = client.post(f"/acts/new/report.file/1/?as={BEICHEN}", own)
    assert not made.headers["Location"].endswith("/shown/")
    assert client.get(f"{made.headers['Location']}shown/").headers["Location"] == made.headers["Location"]


@pytest.mark.parametrize(
    ("answers", "where", "says"),
    [
        ({"accused": ""}, "accused", "检举其他成员的，须选是哪一家"),
        ({"kind": "own"}, "accused", "主动汇报的，这里不选"),
        ({"begins": "2027-03-02"}, "ends", "不得早于起日"),
        ({"ends": "2027-03-12"}, "ends", "不得晚于今日"),
    ],
)
def test_what_a_report_lacks_is_said_at_its_question(
    house: House, going: Casework, answers: dict[str, str], where: str, says: str
) -> None:
    """Whom it is about, and its days, are asked for on the form, not refused on the next page; the last day may be today."""
    at = f"/acts/new/report.file/1/?as={BEICHEN}"
    wrong = house.client(REPORTER).post(at, ANSWERS | answers)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and says in page and f'id="f-{where}-error"' in page
    last = {**ANSWERS, "begins": "2027-03-11", "ends": "2027-03-11"}
    assert house.client(REPORTER).post(at, last).status_code == 302


@pytest.mark.slow(20)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_two_sheets_are_used_by_keyboard_without_scripts(
    house: House, going: Casework, visitor: Callable[..., Visitor], width: int
) -> None:
    """Covered with the keyboard alone, no script; nothing wider than the window; no axe violation, in both languages."""
    at = drafted(house.client(REPORTER))
    somebody = visitor(viewport={"width": width, "height": 900}).signs_in(REPORTER)
    for path in (at, f"/en{at}"):
        somebody.at(path)
        assert not somebody.violations(), path
        assert somebody.too_wide() <= 0, path
    page = somebody.page
    somebody.at(at)
    page.get_by_label("5月12日").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="保存这一版").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "5月12日" not in page.locator(".theirs").first.inner_text()
    assert page.get_by_label("5月12日").is_checked()
    page.get_by_role("button", name="下一步").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/acts/*/")
    assert not page.url.endswith("/shown/")
    assert not somebody.complaints
