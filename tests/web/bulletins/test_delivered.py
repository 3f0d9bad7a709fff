"""A bulletin reaches every member: a notice and one mail each, which says nothing; letters for the rest, bounces for retry."""

from __future__ import annotations

import re
from typing import Any

import pytest

from web.bulletins.test_seen import WORDS, issue
from web.conftest import House
from web.going import BEICHEN, Going
from web.notices.test_outbox import collect, mails


@pytest.fixture
def going(house: House) -> Going:
    """The morning after the story; what was before is nobody's mail."""
    stage = Going(house).at("2027-02-01 08:00")
    collect()
    return stage.at("2027-02-01 10:00")


def people_of_members(house: House) -> set[str]:
    """Whoever signs or drafts for a member."""
    from gongyue.web.accounts.models import Seat

    seats = Seat.objects.filter(role__in=("signatory", "officer"), party__in=set(house.office.inst.members))
    return set(seats.values_list("person__email", flat=True))


def written(key: str) -> list[Any]:
    """The mails about one thing."""
    return mails(key=key)


def test_one_mail_to_each_of_a_members_people_and_none_twice(house: House, going: Going) -> None:
    """Collected three times, once as another process would: one row each; nobody else gets one."""
    from gongyue.web.notices import outbox

    n = issue(going)
    assert collect() >= len(people_of_members(house))
    assert collect() == 0
    outbox._seen.clear()
    collect()
    to = [mail.person.email for mail in written(f"bulletin:{n}")]
    assert sorted(to) == sorted(people_of_members(house))


def test_a_mail_says_that_a_paper_is_waiting_and_nothing_more(house: House, going: Going) -> None:
    """Neither the kind, the number, nor a word of it; the link leads to the notices."""
    n = issue(going)
    collect()
    assert written(f"bulletin:{n}")
    for mail in written(f"bulletin:{n}"):
        said = mail.subject + mail.text
        assert "有一份待阅文书" in said or "A paper is waiting for you" in said
        assert not any(word in said for word in (WORDS, "自律信息", "公告", "bulletin", "self-regulation"))


def test_a_leaver_is_written_to_about_what_replaces_its_own_and_nothing_else(house: House, going: Going) -> None:
    """u:0004 leaves after the first: of the second it hears nothing, of the third, which replaces the first, it does."""
    first = issue(going, "第一")
    going.of("membership.withdraw/1", BEICHEN, effective=None)
    going.at("2027-02-01 12:00")
    second, third = issue(going, "第二"), issue(going, "第三", replaces=first)
    collect()
    told = {n: {m.person.email for m in written(f"bulletin:{n}")} for n in (first, second, third)}
    assert "beichen@demo.invalid" in told[first] and "beichen@demo.invalid" not in told[second]
    assert "beichen@demo.invalid" in told[third] and told[second] < told[third]


def test_the_notice_stands_in_the_list_of_the_unit_and_not_in_an_engineers(house: House, going: Going) -> None:
    """It names kind and number to whoever reads it, and leads there."""
    n = issue(going)
    page = house.client("yunling@demo.invalid").get("/notices/").content.decode()
    assert f"致全体成员的公告：自律信息（第 {n} 件）" in page and f"/workspace/u:0001/bulletins/{n}/" in page
    assert "致全体成员的公告" not in house.client("yunling-engineer@demo.invalid").get("/notices/").content.decode()


def test_the_desk_names_whom_a_letter_has_to_reach_and_what_bounced(house: House, going: Going) -> None:
    """Members where nobody signs in, by name; a mail that was given up, by its address, and its unit gets the letter instead."""
    from gongyue.web.notices.models import Mail

    n = issue(going)
    collect()
    Mail.objects.filter(key=f"bulletin:{n}", person__email="beichen@demo.invalid").update(
        state=Mail.GIVEN_UP, error="550 no such box"
    )
    page = house.client("bai@demo.invalid").get(f"/desk/bulletins/{n}/").content.decode()
    assert "550 no such box" in page and "beichen@demo.invalid" in page
    inst = house.office.inst
    with_people = _parties()
    for unit in inst.members:
        assert (f">{inst.units[unit].name}</a></li>" in page) == (unit not in with_people - {BEICHEN}), unit
    again = r'href="/notices/outbox/\d+/"'
    assert "发件箱再次发送" in page and not re.search(again, page)
    secretary = house.client("qin@demo.invalid")
    link = re.search(again, secretary.get(f"/desk/bulletins/{n}/").content.decode())
    assert link is not None
    shown = secretary.get(link[0].partition('"')[2].strip('"')).content.decode()
    assert "beichen@demo.invalid" in shown and "550 no such box" in shown  # that very mail
    listed = house.client("bai@demo.invalid").get("/desk/bulletins/").content.decode()
    assert "1 封未送达" in listed


def _parties() -> set[str]:
    from gongyue.web.accounts.models import Seat

    return set(Seat.objects.filter(role__in=("signatory", "officer")).values_list("party", flat=True))


def test_a_published_correction_is_as_prominent_as_what_it_corrects(house: House, going: Going) -> None:
    """The second takes the first's place: both stand at the head of the gazette; each is marked in its own row, on its page, in the API."""
    from gongyue.demo.simulated_office import text_object

    first, last = None, -1
    for text in ("行业指引第一号", "行业指引第一号（更正）"):
        digest, data = text_object(text)
        body = {"kind": "guidance", "text": digest, "replaces": first, "review": None}
        first, last = last, going.do("bulletin.publish/1", "exec", body, ["o:qin", "o:bai"], [data]).index
        first = last if first < 0 else first
    client = house.client()
    page = client.get("/gazette/").content.decode()
    head, rows = page[: page.index('<ul class="acts">')], page[page.index('<ul class="acts">') :].split("<li")
    assert f"#{first}" in head and "向社会公告" in head
    old, new = (next(row for row in rows if f'<span class="n">#{n}</span>' in row) for n in (first, last))
    assert re.search(rf'<a class="tag warn"\s+href="/log/{last}/">已更正</a>', old)
    assert re.search(rf'<a class="tag warn"\s+href="/log/{first}/">更正 #{first}</a>', new) and "已更正" not in new
    assert "本件已更正" in client.get(f"/log/{first}/").content.decode()
    assert f'href="/log/{first}/"' in client.get(f"/log/{last}/").content.decode()
    became = {row["index"]: row["became"] for row in client.get("/api/log?type=bulletin").json()["items"]}
    assert (became[first], became[last]) == ("corrected", "")
    listed = house.client("bai@demo.invalid").get("/desk/bulletins/").content.decode()
    assert listed.count("已更正") == 1 and f"kind=guidance&amp;replaces={last}" in listed
    assert f"replaces={first}" not in listed
    assert "行业指引与技术规范：行业指引第一号（更正）" in new and "行业指引与技术规范：行业指引第一号" in listed, (
        "titles"
    )
    choice = house.client("bai@demo.invalid").get("/acts/new/bulletin.publish/1/").content.decode()
    assert f"#{last} 行业指引与技术规范：行业指引第一号（更正） · " in choice
    told = house.client("yunling@demo.invalid").get("/notices/").content.decode()
    assert "向社会发布了公告：行业指引第一号（更正）" in told


def test_a_correction_is_told_by_the_name_of_what_it_corrects(house: House, going: Going) -> None:
    """In the member's list of notices, in both languages: no bare number."""
    client = house.client("yunling@demo.invalid")
    assert re.search(r"更正公开簿第 \d+ 条：公布公约", client.get("/notices/").content.decode())
    assert re.search(
        r"Entry \d+ of the open book was corrected: covenant published", client.get("/en/notices/").content.decode()
    )


def test_a_letter_to_a_member_where_nobody_signs_in_has_the_text_and_the_place(house: House, going: Going) -> None:
    """A PDF for the clerk; for a unit that may not open it, or another officer, there is none."""
    n = issue(going)
    keyless = min(set(house.office.inst.members) - _parties())
    letter = house.client("bai@demo.invalid").get(f"/desk/bulletins/{n}/{keyless}.pdf")
    assert letter.status_code == 200 and letter.getvalue().startswith(b"%PDF-")
    assert house.client("bai@demo.invalid").get(f"/desk/bulletins/{n}/u:0777.pdf").status_code == 404
    for other in ("mo@demo.invalid", "lu@demo.invalid", "yunling@demo.invalid"):
        assert house.client(other).get(f"/desk/bulletins/{n}/{keyless}.pdf").status_code in (403, 404)
