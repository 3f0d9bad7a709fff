"""Who sees the result of a case, under whose name, for how long: pages, letter, API, and what nobody else learns."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.demo.simulated_office import document_of
from gongyue.office import links
from gongyue.office.publishing import publish
from gongyue.office.routine_acts import tick
from web.api.program import Program
from web.bulletins.test_seen import READ, issue, last
from web.conftest import House
from web.going import BEICHEN, CLERK, SECRETARY, YUNLING, Going
from web.security.people import client_of, prepare

WORDS = "只有成员单位读得到的结果"
PAGES = {
    "signatory": "/workspace/u:0001/bulletins/",
    "officer": "/workspace/u:0001/bulletins/",
    "other": "/workspace/u:0004/bulletins/",
}


def tell(going: Going, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two officers tell all members a result that names 北辰. What its link names is not looked at here."""
    monkeypatch.setattr(links, "require", lambda *_: None)
    text, document = document_of(f"调查结果与通报\n{going.inst.units[BEICHEN].name}违约。{WORDS}。")
    link, line = links.made(bytes(range(32)), ())
    body = {"text": text, "link": link, "names": BEICHEN, "replaces": None, "review": None}
    going.do("bulletin.result/1", "exec", body, [CLERK, SECRETARY], [document, line])


@pytest.fixture
def told(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house the day after a result was told."""
    prepare(house)
    going = Going(house).at("2027-02-04 11:00")
    tell(going, monkeypatch)
    going.at("2027-02-05 10:00")
    return house


def test_only_whom_it_is_for_reads_it(told: House) -> None:
    """Members and the offices that read; an outsider, an engineer, a publisher, the authority, whose term ended: nothing, on no page."""
    for who in ("outsider", "signatory", "engineer", "other", "lapsed", "clerk", "publisher", "former", "authority"):
        client, own = client_of(told, who), PAGES.get(who, "/desk/bulletins/")
        text = client.get(f"{own}{last(told)}/")
        assert (WORDS in text.content.decode()) == (who in READ), who
        for page in ("/", "/log/", "/gazette/", f"/members/{BEICHEN}/", "/notices/", "/atom.xml", "/api/log"):
            assert WORDS not in client.get(page).content.decode(), (who, page)


def test_it_stands_under_its_readers_name_and_news_do_not(told: House) -> None:
    """Across the text twelve times, and once in words: the unit, its credit code and the day; a clerk's under its own name."""
    n = last(told)
    news = issue(Going(told).at("2027-02-05 11:00"))
    units = {who: told.office.inst.units[unit] for who, unit in (("signatory", YUNLING), ("other", BEICHEN))}
    for who, known in units.items():
        client = client_of(told, who)
        page = client.get(f"{PAGES[who]}{n}/").content.decode()
        assert page.count(f"{known.name} {known.code} 2027-02-05") == 13, who
        assert 'class="reader"' not in client.get(f"{PAGES[who]}{news}/").content.decode()
    assert "经办白 2027-02-05" in client_of(told, "clerk").get(f"/desk/bulletins/{n}/").content.decode()


def test_it_is_listed_for_twelve_months_and_opens_for_ever(told: House) -> None:
    """On 2028-02-04 still, on the next day no more, among bulletins and dossiers alike; its address and the disclosures have it."""
    own = f"{PAGES['signatory']}{last(told)}/"
    for day, there in (("2028-02-04 10:00", True), ("2028-02-05 10:00", False)):
        Going(told).at(day)
        client = client_of(told, "signatory")
        for page in (PAGES["signatory"], "/my/dossiers/"):
            assert (own in client.get(page).content.decode()) == there, (page, day)
        assert WORDS in client.get(own).content.decode()
    assert "bulletin.result/1" in Program(told, YUNLING).get("/api/disclosures").content.decode()


def test_what_a_rehabilitation_followed_says_so_wherever_it_stands(told: House) -> None:
    """A result that still names a unit leads to what restored its reputation, on both lists and on its own page."""
    first, going = last(told), Going(told).at("2027-02-06 10:00")
    commitment, document = document_of(f"恢复名誉\n{going.inst.units[BEICHEN].name}没有其事。")
    body = {"kind": "rehabilitation", "audience": "internal", "text": commitment, "replaces": first, "review": None}
    going.do("bulletin.issue/1", "exec", body, [CLERK, SECRETARY], [document])
    client, own = client_of(told, "signatory"), PAGES["signatory"]
    for page in (own, "/my/dossiers/"):
        shown = client.get(page).content.decode()
        assert "其后已恢复名誉" in shown and f'<a href="{own}{last(told)}/">第 {last(told)} 件</a>' in shown, page
    assert f"（第 {last(told)} 件，就第 {first} 件）" in client.get("/notices/").content.decode()
    desk = client_of(told, "clerk").get("/desk/bulletins/").content.decode()
    assert (
        f'其后已恢复名誉：<a href="/desk/bulletins/{last(told)}/">第 {last(told)} 件</a>' in desk
        and "更正：" not in desk
    )
    shown = client.get(f"{own}{first}/").content.decode()
    assert f"其后已恢复名誉，见第 {last(told)} 件" in shown and "已由" not in shown
    assert f"此件就第 {first} 件恢复名誉" in client.get(f"{own}{last(told)}/").content.decode()


def test_a_letter_bears_its_readers_name(told: House) -> None:
    """To a member where nobody signs in: a PDF for the clerk."""
    from web.bulletins.test_delivered import _parties

    keyless = min(set(told.office.inst.members) - _parties())
    letter = told.client("bai@demo.invalid").get(f"/desk/bulletins/{last(told)}/{keyless}.pdf")
    assert letter.status_code == 200 and letter.getvalue().startswith(b"%PDF-")


def test_nothing_of_it_is_published(told: House, tmp_path: Path) -> None:
    """Neither words, nor type, nor link stands in a byte of the export."""
    tick(Going(told).at("2027-02-06 10:00").office)
    publish(told.office, tmp_path / "public")
    link = links.made(bytes(range(32)), ())[0].encode()
    for path in (p for p in (tmp_path / "public").rglob("*") if p.is_file()):
        data = path.read_bytes()
        assert not any(secret in data for secret in (WORDS.encode(), b"bulletin.result/1", link)), path
