from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest

from gongyue.covenant.parties import fictional_code
from tests.web.conftest import House
from tests.web.going import NORTHLAKE, Going

BEICHEN, QIN = "beichen@demo.invalid", "qin@demo.invalid"
NEW = "xinren@demo.invalid"
PASSWORD = "jiandan-bu-hao-cai-2027"


def invited(house: House, email: str = NEW, role: str = "officer", **more: str) -> str:
    """The path of the link that the signatory of u:0004 hands over."""
    client = house.client(BEICHEN)
    answer = client.post("/account/people/u:0004/", {"email": email, "role": role, **more})
    assert answer.status_code == 302, answer.content.decode()
    text = client.get("/account/people/u:0004/").content.decode()
    found = re.search(r"http://localhost:\d+(/account/invitation/[^<]+)", text)
    assert found
    return found[1]


def sets_up(client: Any, link: str) -> Any:
    return client.post(link, {"name": "新人", "password1": PASSWORD, "password2": PASSWORD})


def test_an_invitation_makes_the_account_with_its_seat_and_signs_in(house: House) -> None:
    """The link shows whose seat it is; the person sets a name and a password and is in."""
    from gongyue.web.accounts.models import Person

    link, client = invited(house, ends="2027-06-30"), house.client()
    page = client.get(link).content.decode()
    assert "北辰数据研究院" in page and "专员" in page and "2027年6月30日" in page
    assert sets_up(client, link).status_code == 302
    person = Person.objects.get(email=NEW)
    seat = person.seats.get()
    assert (seat.party, seat.role, str(seat.ends)) == ("u:0004", "officer", "2027-06-30")
    assert re.search(r"登录会话</a>\s*<span[^>]*>1<", client.get("/account/").content.decode()), "this very session"
    assert client.get("/acts/keys/u:0004/").status_code == 200
    assert client.get("/account/2fa/totp/activate/").status_code == 200, "the password just set is not asked for again"


def test_one_account_is_one_officer(house: House) -> None:
    """What two persons confirm is not signed twice by one account: 410 for a second officer's seat, or the authority's; a unit's is another thing."""
    from gongyue.web.accounts import invitations
    from gongyue.web.accounts.models import Person, Seat

    clerk, begins = house.client("bai@demo.invalid"), date(2027, 1, 1)

    def link(party: str, role: str = "") -> str:
        made = invitations.link(invitations.invite("bai@demo.invalid", party, role, begins, None, None))
        return "/account" + made.partition("/account")[2]

    seats = lambda: sorted(Seat.objects.filter(person__email="bai@demo.invalid").values_list("party", flat=True))  # noqa: E731
    for party in ("o:qin", "authority"):
        answer = clerk.post(link(party))
        assert answer.status_code == 410 and "不能由一个账号签两次" in answer.content.decode()
    assert seats() == ["o:bai"]
    assert clerk.post(link("u:0004", "engineer")).status_code == 302
    assert seats() == ["o:bai", "u:0004"]
    Person.objects.get(email="bai@demo.invalid").seats.filter(party="o:bai").update(ends=date(2026, 12, 31))
    assert clerk.post(link("o:qin")).status_code == 302  # the former seat is over


def test_a_link_works_once(house: House) -> None:
    """Used, it says so (410) and gives nothing more, even to two who open it at the same moment."""
    from django.db import connections

    from gongyue.web.accounts.models import Person

    link = invited(house)
    answers: list[int] = []

    def go() -> None:
        try:
            answers.append(sets_up(house.client(), link).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(302) == 1
    assert Person.objects.filter(email=NEW).count() == 1
    late = house.client().get(link)
    assert late.status_code == 410
    assert "已用过" in late.content.decode()


def test_a_link_expires(house: House) -> None:
    """After its days it gives nothing."""
    from gongyue.web.accounts.models import Invitation

    link = invited(house)
    Invitation.objects.update(expires_at=Invitation.objects.get().expires_at - timedelta(days=8))
    answer = sets_up(house.client(), link)
    assert answer.status_code == 410
    assert "已过期" in answer.content.decode()


def test_an_altered_link_gives_nothing(house: House) -> None:
    """The signature of the link is checked."""
    link = invited(house)
    broken = link[:-4] + ("AAA/" if not link.endswith("AAA/") else "BBB/")
    assert house.client().get(broken).status_code == 410


def test_a_link_is_withdrawn(house: House) -> None:
    """The signatory withdraws it: it gives nothing more."""
    from gongyue.web.accounts.models import Invitation

    link = invited(house)
    made = Invitation.objects.get()
    assert house.client("qinghe@demo.invalid").post(f"/account/invitations/{made.pk}/withdraw").status_code == 403
    assert house.client(BEICHEN).post(f"/account/invitations/{made.pk}/withdraw").status_code == 302
    assert house.client().get(link).status_code == 410


def test_a_weak_password_is_refused(house: House) -> None:
    """Short, common or unlike: 422, the page says what to mend; no account is made."""
    from gongyue.web.accounts.models import Person

    link = invited(house)
    for first, second in (
        ("short", "short"),
        ("passwordpassword", "passwordpassword2"),
        ("123456789012", "123456789012"),
    ):
        answer = house.client().post(link, {"name": "新人", "password1": first, "password2": second})
        assert answer.status_code == 422
        assert "<title>有误：" in answer.content.decode()
    assert not Person.objects.filter(email=NEW).exists()


def test_an_existing_account_signs_in_to_take_it(house: House) -> None:
    """The link of somebody who has an account gives a seat to that account alone."""
    from gongyue.web.accounts.models import Person

    link = invited(house, email="qinghe@demo.invalid", role="engineer")
    assert "请登录后接受" in house.client().get(link).content.decode()
    assert sets_up(house.client(), link).status_code == 200
    wrong = house.client("yiwei@demo.invalid")
    wrong.post(link)
    assert Person.objects.get(email="yiwei@demo.invalid").seats.count() == 1
    right = house.client("qinghe@demo.invalid")
    assert right.post(link).status_code == 302
    assert set(Person.objects.get(email="qinghe@demo.invalid").seats.values_list("party", flat=True)) == {
        "u:0004",
        "u:0008",
    }


def test_who_may_invite_whom(house: House) -> None:
    """A signatory invites to its own unit; the office to first signatories, officers and the authority; others nobody."""
    from gongyue.web.accounts.models import Invitation

    data = {"email": NEW, "role": "signatory"}
    for other in ("qinghe@demo.invalid", "yunling-officer@demo.invalid", QIN, "authority@demo.invalid"):
        assert house.client(other).post("/account/people/u:0004/", data).status_code == 403, other
    for other in (BEICHEN, "lu@demo.invalid", "authority@demo.invalid"):
        assert house.client(other).get("/account/people/").status_code == 403, other
    office = house.client(QIN)
    for party, status in (("u:0019", 302), ("o:lu", 302), ("authority", 302), ("o:nobody", 422), ("exec", 422)):
        assert office.post("/account/people/", {"email": NEW, "party": party}).status_code == status, party
    made = dict(Invitation.objects.values_list("party", "role"))
    assert made == {"u:0019": "signatory", "o:lu": "", "authority": ""}


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("北辰数据研究院", "u:0004"),
        (fictional_code(4), "u:0004"),
        (fictional_code(77), f"u:{fictional_code(77).lower()}"),
        ("经办白", "o:bai"),
        ("o:bai", "o:bai"),
        ("主管部门", "authority"),
        ("某某数据", None),
    ],
)
def test_the_office_says_by_name_whom_it_invites(house: House, said: str, party: str | None) -> None:
    """A unit by its name or credit code, also one that has yet to apply; an officer as the page calls it; nobody by a name nobody has."""
    from gongyue.web.accounts.models import Invitation

    answer = house.client(QIN).post("/account/people/", {"email": NEW, "party": said})
    assert answer.status_code == (302 if party else 422)
    made = Invitation.objects.filter(email=NEW).first()
    assert (made.party if made else None) == party


def test_who_is_called_like_another_is_not_meant_by_that_name(house: House) -> None:
    """An officer whose account takes the name of a unit is not invited in its place."""
    from gongyue.web.accounts.models import Person

    Person.objects.filter(email="bai@demo.invalid").update(name="北辰数据研究院")
    answer = house.client(QIN).post("/account/people/", {"email": NEW, "party": "北辰数据研究院"})
    assert answer.status_code == 422


def test_a_seat_is_ended_and_the_last_signatory_stays(house: House) -> None:
    """Ending a seat closes its pages at once; the last signatory cannot end itself; others end nothing."""
    from gongyue.web.accounts.models import Seat

    officer = Seat.objects.get(person__email="yunling-officer@demo.invalid")
    own = Seat.objects.get(person__email="yunling@demo.invalid")
    drafting = house.client("yunling-officer@demo.invalid")
    assert drafting.get("/acts/keys/u:0001/").status_code == 200
    for other in (BEICHEN, "yunling-engineer@demo.invalid", QIN):
        assert house.client(other).post(f"/account/seats/{officer.pk}/end").status_code == 403, other
    signatory = house.client("yunling@demo.invalid")
    assert signatory.post(f"/account/seats/{officer.pk}/end").status_code == 302
    assert drafting.get("/acts/keys/u:0001/").status_code == 403
    assert "最后一位签署人" in signatory.post(f"/account/seats/{own.pk}/end", follow=True).content.decode()
    own.refresh_from_db()
    assert own.ends is None


def test_a_delegation_has_a_first_and_a_last_day(house: House) -> None:
    """Before its first day and after its last it opens nothing; a last day before the first is refused."""
    answer = house.client(BEICHEN).post(
        "/account/people/u:0004/", {"email": NEW, "role": "officer", "begins": "2027-03-02", "ends": "2027-03-01"}
    )
    assert answer.status_code == 422
    client = house.client()
    sets_up(client, invited(house, begins="2027-03-01", ends="2027-03-31"))
    going = Going(house)

    def status(at: str) -> int:
        going.at(at)
        return int(client.get("/acts/keys/u:0004/").status_code)

    assert [status(at) for at in ("2027-02-28 12:00", "2027-03-01 00:30", "2027-03-31 23:30", "2027-04-01 00:30")] == [
        403, 200, 200, 403,
    ]  # fmt: skip


def test_invitations_are_limited(house: House) -> None:
    """A link that is tried too often from one place is refused for a while (429)."""
    link = invited(house)
    statuses = [house.client().post(link, {}).status_code for _ in range(21)]
    assert statuses[:20] == [422] * 20
    assert statuses[20] == 429


def test_an_applicant_is_called_by_the_name_it_gave(house: House) -> None:
    """Its people and the office read the name in its sealed application; before it applies, that there is none yet."""
    pages = ((QIN, "/account/people/"), ("northlake@demo.invalid", "/account/"))
    for email, page in pages:
        text = house.client(email).get(page).content.decode()
        assert NORTHLAKE.zh not in text and "尚未申请" in text, page
    Going(house).applies()
    for email, page in pages:
        text = house.client(email).get(page).content.decode()
        assert NORTHLAKE.zh in text and "尚未申请" not in text, page


def test_the_mails_of_accounts_are_ours_in_both_languages(house: House) -> None:
    """The invitation in both at once, naming covenant and executive body but not the unit; the reset in the page's."""
    from django.core import mail
    from django.test import override_settings

    from gongyue.web.accounts import invitations

    made = invitations.invite(NEW, "u:0004", "officer", date(2027, 1, 31), None, None)
    mail.outbox = []  # whatever another test sent
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        invitations._send([made])
        for prefix in ("", "/en"):
            house.client().post(f"{prefix}/account/password/reset/", {"email": BEICHEN})
        house.client().post("/account/password/reset/", {"email": "nobody@demo.invalid"})
    invitation, chinese, english = mail.outbox
    assert "行业自律公约" in invitation.subject and "示范联盟（演示）" in invitation.body
    assert "7 日内" in invitation.body and "within 7 days" in invitation.body and "u:0004" not in invitation.body
    assert chinese.subject.startswith("重设密码 · ") and "Hello" not in chinese.body and "3 日内" in chinese.body
    assert english.subject.startswith("Reset your password · ") and "within 3 days" in english.body
    for one, office, else_ in (
        (chinese, "示范联盟（演示）的公约系统", "如非本人"),
        (english, "system of 示范联盟（演示）", "If it was not you"),
    ):
        assert office in one.body and else_ in one.body and one.body.count("/reset/key/") == 1
    for told in mail.outbox:
        (path,) = re.findall(r"http://[^/]+(/\S+)", told.body)
        assert house.client().get(path, follow=True).status_code == 200
