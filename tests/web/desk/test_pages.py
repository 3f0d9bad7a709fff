"""The desk's pages: what they show, to whom, and to whom not."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from gongyue.covenant.periods import iso
from gongyue.office import evidence
from web.conftest import House, Visitor
from web.going import NORTHLAKE, PROPOSAL, YUNLING, Going
from web.site.walking import text_of

SECRETARY, CLERK, PUBLISHER, PANELLIST = ("qin", "bai", "lu", "mo")
ALL = frozenset({SECRETARY, CLERK, PUBLISHER, PANELLIST})
PAGES = {
    "/desk/": ALL,
    "/desk/go/": ALL,
    "/desk/confirmations/": ALL,
    "/desk/founding/": ALL,
    "/desk/covenant/bind/": frozenset({SECRETARY, CLERK}),
    "/desk/docket/": ALL,
    "/desk/bulletins/": ALL,
    "/desk/admissions/": frozenset({SECRETARY, CLERK}),
    "/desk/members/": ALL,
    "/desk/members/u:0007/": ALL,
    "/desk/votes/": ALL,
    "/desk/amendments/": ALL,
    "/desk/annexes/": ALL,
    "/desk/interpretations/": ALL,
    "/desk/lists/": ALL,
    "/desk/offices/": ALL,
    "/desk/law/": ALL,
    "/desk/letters/": ALL,
    "/desk/paper/": frozenset({SECRETARY, CLERK, PANELLIST}),
    "/desk/letters/form/annex.sign/1.pdf": ALL,
    "/desk/letters/form.pdf": ALL,
    "/desk/telling/": frozenset({SECRETARY, CLERK}),
    "/desk/corrections/": ALL,
    "/desk/authority/": frozenset({SECRETARY}),
    "/desk/system/": frozenset({SECRETARY}),
}
"""Page → the officers of the demonstration to whom it is shown."""
OF_A_DRAFT = ("text", "discard", "finish", "draft.json", "original", "sheet/", "lines/")
"""What there is under a draft of bindings: see test_binding and test_binding_outline."""
OF_ONE = {
    "/desk/docket/one/",  # security/test_rooms.py
    "/desk/docket/one/1/1/",
    "/desk/docket/one/1/letter.pdf",
    "/desk/docket/one/1/1/letter.pdf",
    "/desk/bulletins/1/",  # bulletins/test_seen.py, test_delivered.py
    "/desk/bulletins/1/u:0007.pdf",
    "/desk/bulletins/1/letters.pdf",  # test_batches.py, as the next one
    "/desk/paper/letters.pdf",
    "/desk/telling/sign",  # test_telling.py
    "/desk/telling/letters.pdf",
    "/desk/authority/1/end/",
    "/desk/paper/in.csv",  # test_paper.py, as the two below, which are posted alone
    "/desk/paper/sent",
    "/desk/paper/outcome",
}
"""Of one dossier, bulletin or link; the demonstration has none."""
STRANGERS = ("yunling", "yunling-officer", "yunling-engineer", "shibei", "authority")


def _email(name: str) -> str:
    return f"{name}@demo.invalid"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_desk_is_shown_to_its_officers_alone(house: House, path: str) -> None:
    """Each officer with the office sees it; other offices, members, applicants and the authority do not."""
    for name in ALL:
        expected = 200 if name in PAGES[path] else 403
        assert house.client(_email(name)).get(path).status_code == expected, name
    for name in STRANGERS:
        assert house.client(_email(name)).get(path).status_code == 403, name
    answer = house.client().get(path)
    assert (answer.status_code, unquote(answer.headers["Location"])) == (302, f"/account/login/?next={path}")


def test_an_office_that_has_ended_opens_nothing(house: House) -> None:
    """The term in the book counts on the day of the request: after its last day the desk is closed."""
    officer = house.office.inst.officers["o:bai"]
    last = max(tenure.ends for tenure in officer.tenures)
    Going(house).at(f"{iso(last + 1)} 00:00")
    assert house.client(_email(CLERK)).get("/desk/").status_code == 403


def test_every_page_of_the_desk_is_in_the_table(house: House) -> None:
    """A new page needs a row above."""
    from django.urls import reverse

    from gongyue.web.desk import urls

    arguments: dict[str, list[str | int]] = {
        "desk_member": ["u:0007"],
        "desk_authority_end": [1],
        "desk_letter": ["form", "annex.sign/1"],
        "desk_letters_sort": ["form"],
        "desk_dossier": ["one"],
        "desk_dossier_document": ["one", 1, 1],
        "desk_dossier_letter": ["one", 1, 1],
        "desk_dossier_entry_letter": ["one", 1],
        "desk_paper_register": ["in"],
        "desk_bulletin": [1],
        "desk_bulletin_letter": [1, "u:0007"],
        "desk_bulletin_letters": [1],
    }
    paths = {
        reverse(p.name, args=arguments.get(p.name or "", [])) for p in urls.urlpatterns if "api" not in (p.name or "")
    }
    elsewhere = {*OF_ONE, *(f"/desk/covenant/bind/{n}" for n in OF_A_DRAFT)}
    assert {p.removeprefix("/en") for p in paths} - set(PAGES) == elsewhere


def test_today_says_what_is_due_until_when_and_by_which_article(house: House) -> None:
    """The demonstration ends with one duty: the list of the first quarter of 2027, by 15 April (article 23, P9)."""
    text = house.client(_email(SECRETARY)).get("/desk/").content.decode()
    assert "2027年4月15日" in text
    assert "第二十三条" in text
    assert "还有 74 日" in text
    english = house.client(_email(SECRETARY)).get("/en/desk/").content.decode()
    assert "15 April 2027" in english
    assert "74 days left" in english


def test_an_application_is_told_by_name_and_leads_to_both_decisions(house: House) -> None:
    """Not by an id; where it is decided, granting and refusing stand side by side. Granted, the page says whom, and what comes next."""
    going = Going(house).at("2027-02-04 10:00")
    going.applies()
    client = house.client(_email(SECRETARY))
    text = client.get("/desk/").content.decode()
    assert NORTHLAKE.zh in text and NORTHLAKE.id not in text
    assert re.search(r'<a class="button quiet" href="/desk/admissions/">\s*看申请，作决定', text)
    going.at("2027-02-05 09:00").ticks()
    decide = unescape(client.get("/desk/admissions/").content.decode())
    grant = re.search(r'href="(/acts/new/membership.grant/1/[^"]+)"', decide)
    assert grant is not None and "membership.refuse/1" in decide
    refuse = re.search(r'href="(/acts/new/membership.refuse/1/[^"]+)"', decide)
    assert refuse is not None
    form = client.get(refuse[1]).content.decode()
    assert f'<option value="{NORTHLAKE.id}" selected>{NORTHLAKE.zh} · {NORTHLAKE.code}</option>' in form
    application = dict(parse_qsl(urlsplit(grant[1]).query))["application"]
    draft = client.post(grant[1], {"application": application})["Location"]
    digest = re.search(r'name="digest" value="([^"]+)"', client.get(draft).content.decode())
    assert digest is not None
    done = client.post(f"{draft}sign/demo", {"digest": digest[1], "sure": "yes"}, follow=True).content.decode()
    assert "准予加入" in done and NORTHLAKE.zh in done and "/desk/admissions/#compare" in done


def test_the_roll_at_the_desk_says_when_a_unit_joined_and_when_it_ended(house: House) -> None:
    """Whoever left or was put out joined on one day and ended on another."""
    page = house.client(_email(SECRETARY)).get("/desk/members/?q=横塘支付").content.decode()
    assert "<th>加入日</th>" in page
    row = re.findall(r'<td data-label="(身份|加入日|终止日)">([^<]*)</td>', page)
    assert row == [("身份", "退出"), ("加入日", "2026年4月28日"), ("终止日", "2026年12月7日")]


def test_no_officer_of_the_demonstration_owes_a_declaration(house: House) -> None:
    """The desk opens with what the demonstration is to show, not with an officer's own neglect."""
    for name in (SECRETARY, CLERK, PUBLISHER, PANELLIST):
        text = text_of(house.client(_email(name)).get("/desk/"))
        assert "利害关系" not in text, name
    assert "未申报" not in text_of(house.client(_email(SECRETARY)).get("/desk/offices/"))


def test_a_decision_is_listed_with_the_day_it_was_made(house: House) -> None:
    """拾贝科技 applied on 4 January and was admitted on the 25th."""
    text = text_of(house.client(_email(SECRETARY)).get("/desk/admissions/"))
    assert "拾贝科技 · 2027年1月25日 10:00 · 准予" in text


def test_a_late_duty_stands_first_and_says_how_late(house: House) -> None:
    """On 16 April 2027 nothing was published: one day late."""
    Going(house).at("2027-04-16 09:00")
    text = house.client(_email(SECRETARY)).get("/desk/").content.decode()
    assert "已逾期 1 日" in text
    assert text.index("逾期") < text.index("到期")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("第22条", "/covenant/22/"),
        ("art. 22", "/covenant/22/"),
        ("#12", "/log/12/"),
        ("p:2026-01", "/proposals/p:2026-01/"),
        ("2026-01", "/proposals/p:2026-01/"),
        ("编号 2026-01", "/proposals/p:2026-01/"),
        ("no. health", "/covenant/annexes/a:health/"),
        ("u:0007", "/desk/members/u:0007/"),
        ("云岭数基", "/desk/members/u:0001/"),
    ],
)
def test_the_way_to_anything(house: House, words: str, place: str) -> None:
    """An article, an entry, a proposal, a unit by id or name leads straight to its page."""
    answer = house.client(_email(SECRETARY)).get("/desk/go/", {"q": words})
    assert (answer.status_code, answer.headers["Location"]) == (302, place)


def test_nothing_found_is_said_so(house: House) -> None:
    """Unknown words, also hostile ones, are shown as words."""
    answer = house.client(_email(SECRETARY)).get("/desk/go/", {"q": "<script>第99条"})
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.content.decode()


def test_an_act_of_another_office_is_a_closed_gate_with_its_code(house: House) -> None:
    """The publisher sees who appoints, and may not."""
    text = house.client(_email(PUBLISHER)).get("/desk/offices/").content.decode()
    gate = re.search(r'<span class="gate"[^>]*><b>任命职务</b>.*?</span>', text, re.DOTALL)
    assert gate is not None
    assert "GY-05-01" in gate[0]
    assert "秘书长" in gate[0]
    assert "任命职务" in house.client(_email(CLERK)).get("/desk/offices/").content.decode()


def test_a_sealed_ballot_is_not_listed_for_those_who_do_not_record_paper(house: House) -> None:
    """The publisher sees a unit's open acts alone."""
    assert "密封" in _acts(house, CLERK)
    assert "密封" not in _acts(house, PUBLISHER)


def _acts(house: House, name: str) -> str:
    text = house.client(_email(name)).get("/desk/members/u:0001/").content.decode()
    return text[text.index('id="acts"') :]


def test_the_founding_is_told_in_eight_steps(house: House) -> None:
    """All done in the demonstration; five of five signed."""
    text = house.client(_email(SECRETARY)).get("/desk/founding/").content.decode()
    assert text.count('<li class="done">') == 8
    assert "5 / 5" in text
    assert "示主管函〔2026〕7号" in text
    assert "publication.within" not in text and "amendment.adoption" not in text, "clauses by what they are called"


def test_what_was_corrected_is_called_by_its_label(house: House) -> None:
    """Not by the name that the field has in the book."""
    going = Going(house).at("2027-02-04 10:00")
    assert any(one.fields == ("places",) for one in going.inst.corrections.values())
    client = house.client(_email(SECRETARY))
    for page, label, name in (
        ("/desk/corrections/", "公布处", "公布公约"),
        ("/en/desk/corrections/", "Where it was published", "covenant published"),
    ):
        text = client.get(page).content.decode()
        assert f"#54 {name}</a>" in text, "which act it was"
        assert label in text and "places" not in text.partition("<main")[2]


def test_a_unit_that_cannot_sign_is_warned_of_once(house: House) -> None:
    """On its page at the desk, in words; nothing of the officer's own seat is said there."""
    going = Going(house).at("2027-02-04 10:00")
    application = going.applies()
    going.at("2027-02-05 09:00").ticks().grants(application)
    text = house.client(_email(SECRETARY)).get(f"/desk/members/{NORTHLAKE.id}/").content.decode()
    assert text.count('class="said warning"') == 1 and "没有有效密钥，不能签署" in text


def test_nothing_of_the_founding_is_recorded_from_paper_once_in_force(house: House) -> None:
    """Signing the covenant and withdrawing as an initiator are over; leaving is not."""
    text = house.client(_email(SECRETARY)).get("/desk/members/u:0001/").content.decode()
    assert "membership.withdraw/1" in text and "founding." not in text


def test_an_applicant_is_named_in_notices(house: House) -> None:
    """The book does not know it yet: as its application says, never by its id."""
    going = Going(house).at("2027-02-04 10:00")
    going.applies()
    going.at("2027-03-10 10:00")
    for page in ("/notices/", "/en/notices/"):
        text = re.sub(r"<[^>]+>", "", house.client(_email(SECRETARY)).get(page).content.decode())
        assert NORTHLAKE.zh in text and NORTHLAKE.id not in text


def test_when_a_vote_was_to_be_opened_is_told_only_before_it_is(house: House) -> None:
    """A proposal that was filed; once its vote is open nothing waits for that day."""
    going = Going(house).at("2027-02-01 10:00")
    going.proposes().is_supported().is_filed()
    client = house.client(_email(SECRETARY))
    assert "应于此前开始表决" in client.get("/desk/amendments/").content.decode()
    going.at("2027-02-02 10:00").opens_the_vote()
    assert "应于此前开始表决" not in client.get("/desk/amendments/").content.decode()


def _letters(house: House, name: str) -> list[str]:
    return re.findall(
        r'href="(/desk/letters/[^"]+)"', house.client(_email(name)).get("/desk/letters/").content.decode()
    )


def test_one_letter_of_every_sort_is_a_pdf(house: House) -> None:
    """What the list names can be printed; after the story and an act recorded from paper, nine sorts have something."""
    Going(house).at("2027-02-01 10:00").on_paper("membership.withdraw/1", YUNLING, effective="2027-03-01")
    links = _letters(house, SECRETARY)
    first = {link.split("/")[3]: link for link in reversed(links)}
    assert set(first) >= {"recorded", "result", "admitted", "over", "covenant", "list", "interpretation", "form"}
    for link in first.values():
        answer = house.client(_email(SECRETARY)).get(link)
        assert answer.headers["Content-Type"] == "application/pdf", link
        assert answer.content.startswith(b"%PDF-")


def test_confidential_letters_are_for_those_who_decide(house: House) -> None:
    """A notice of a paper ballot and a refusal are neither listed for the publisher nor given to it."""
    Going(house).is_under_vote().on_paper("vote.ballot/1", YUNLING, vote=PROPOSAL, choice="consent")
    theirs = [x for x in _letters(house, SECRETARY) if x.split("/")[3] in {"recorded", "not-admitted"}]
    assert theirs
    assert not {x.split("/")[3] for x in _letters(house, PUBLISHER)} & {"recorded", "not-admitted"}
    assert house.client(_email(PUBLISHER)).get(theirs[0]).status_code == 404


def test_a_vote_can_be_opened_early_from_the_desk(house: House) -> None:
    """A filed proposal has a link whose form is filled in; what it makes would be recorded."""
    Going(house).at("2027-02-01 10:00").proposes().is_supported().is_filed()
    client = house.client(_email(SECRETARY))
    (link,) = re.findall(r'href="(/acts/new/vote\.open[^"]*)"', client.get("/desk/votes/").content.decode())
    address = urlsplit(unescape(link))
    given = dict(parse_qsl(address.query))
    assert given["matter"] == PROPOSAL
    draft = client.post(address.path, given, follow=True)
    assert "现在递交会被记录" in draft.content.decode()


def test_no_link_of_the_votes_page_is_closed_to_whoever_sees_it(house: House) -> None:
    """While a vote is open, whatever the desk offers about it can be opened."""
    Going(house).is_under_vote()
    client = house.client(_email(CLERK))
    text = client.get("/desk/votes/").content.decode()
    links = {unescape(link) for link in re.findall(r'<a [^>]*href="(/(?:acts|desk)/[^"]*)"', text)}
    assert "/desk/members/" in links
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code >= 400} == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_desk_reads_well_for_everybody(house: House, chromium: object, address: str, language: str) -> None:
    """No axe violation and no sideways scrolling at 360 pixels, on every page."""
    visitor = Visitor(chromium, address, house, viewport={"width": 360, "height": 780}).signs_in(_email(SECRETARY))
    found = {}
    for path in (path for path in PAGES if not path.endswith(".pdf")):
        visitor.at(language + path)
        if problems := visitor.violations() + [f"too wide by {n}" for n in [visitor.too_wide()] if n > 0]:
            found[path] = problems
    assert found == {}
    assert visitor.complaints == []


def test_going_to_is_on_every_page_of_an_officers_seat(house: House) -> None:
    """The box in the frame: at the desk, among notices and mails, at people, keys and forms of acts; for officers only."""
    pages = (
        "/desk/",
        "/notices/",
        "/notices/outbox/",
        "/account/people/",
        "/acts/keys/",
        "/acts/new/law.order/1/?as=exec",
        "/desk/api-keys/",
    )
    client = house.client(_email(SECRETARY))
    for page in pages:
        answer = client.get(page, follow=True)
        text = answer.content.decode()
        assert answer.redirect_chain or text.count('<form class="go"') == 1, page
    for page in ("/workspace/u:0001/", "/notices/", "/acts/keys/u:0001/"):
        assert 'class="go"' not in house.client("yunling@demo.invalid").get(page).content.decode(), page


@pytest.mark.parametrize("officer", [SECRETARY, CLERK, PUBLISHER, PANELLIST])
def test_no_act_is_offered_that_the_officer_may_not_draft(house: House, officer: str) -> None:
    """Every form the desk links opens; what is another office's stands there as a gate."""
    client = house.client(_email(officer))
    pages = [page for page, who in PAGES.items() if officer in who and not page.endswith(".pdf")]
    forms = {
        unescape(found)
        for page in pages
        for found in re.findall(r'href="(/acts/new/[^"]+)"', client.get(page).content.decode())
    }
    assert {form: client.get(form).status_code for form in forms if client.get(form).status_code != 200} == {}
    assert officer == PANELLIST or forms


def test_the_clerk_records_the_authoritys_answer_from_paper(house: House) -> None:
    """The form asks for the paper at once: the scan, its number and its dates."""
    for form in ("/acts/new/founding.approval/1/", "/acts/new/amendment.approval/1/"):  # offered while one is awaited
        page = house.client(_email(SECRETARY)).get(form)
        assert page.status_code == 200 and 'name="paper.number"' in page.content.decode(), form


def test_what_is_not_anchored_yet_is_said_to_wait_for_it(house: House) -> None:
    """A ballot on paper has no place in the sealed book before the next anchor; after it, it has its number."""
    going = Going(house).is_under_vote().at("2027-02-03 10:00")
    going.on_paper("vote.ballot/1", "u:0008", vote=PROPOSAL, choice="consent")
    client, page = house.client(_email(SECRETARY)), "/desk/members/u:0008/"
    waits = text_of(client.get(page))
    assert "密封，待锚定 投票" in waits and "None" not in waits
    assert "sealed, not anchored yet" in text_of(client.get(f"/en{page}"))
    going.at("2027-02-04 10:00").ticks()
    placed = text_of(client.get(page))
    assert re.search(r"密封 \d+ 投票", placed) is not None and "待锚定" not in placed


def test_the_system_page_says_how_the_scanner_of_evidence_stands(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off, being prepared, ready or failed, in both languages."""
    client = house.client(_email(SECRETARY))
    for state, zh, en in (
        ("off", "还没有启动", "not started yet"),
        ("preparing", "正在准备，第一次要几分钟", "being prepared, for some minutes"),
        ("ready", "证据扫描程序 可以使用", "Scanner of evidence ready"),
        ("failed", "不能用：须装 gongyue[conduct]", "does not work"),
    ):
        monkeypatch.setattr(evidence, "scanner_state", lambda state=state: state)
        assert zh in text_of(client.get("/desk/system/")), state
        assert en in text_of(client.get("/en/desk/system/")), state
