"""Mails are written once and sent once; a failing server is tried again, then given up visibly."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest

from web.conftest import House
from web.going import NORTHLAKE, PROPOSAL, QINGHE, YIWEI, YUNLING, Going
from web.notices.postbox import Postbox

SECRETS = (
    "同意",
    "不同意",
    "弃权",
    "consent",
    "against",
    "abstain",
    "云岭",
    "一苇",
    "青禾",
    "Northlake",
    "签署人",
    "未接受",
)
"""What no mail may say: ballots, units, persons, reasons."""


def collect() -> int:
    """Write what is to be mailed."""
    from gongyue.web.notices import outbox

    return outbox.collect()


def send() -> int:
    """Send what is due."""
    from gongyue.web.notices import dispatch

    return dispatch.send_due()


def mails(**wanted: Any) -> list[Any]:
    """The mails written, oldest first."""
    from gongyue.web.notices.models import Mail

    return list(Mail.objects.filter(**wanted).select_related("person").order_by("pk"))


def to(email: str) -> list[Any]:
    """The mails written to a person."""
    return mails(person__email=email)


def hurry() -> None:
    """Let every wait be over."""
    from django.utils import timezone

    from gongyue.web.notices.models import Mail

    Mail.objects.update(next_try=timezone.now() - timedelta(seconds=1))


def test_nothing_older_than_the_first_collection_is_mailed(house: House, going: Going, postbox: Postbox) -> None:
    """A year of the book's history fills nobody's mailbox."""
    assert collect() == 0
    assert mails() == []


def test_collecting_again_writes_nothing_again(house: House, going: Going, postbox: Postbox) -> None:
    """Also in another process, which remembers nothing."""
    from gongyue.web.notices import outbox

    collect()
    going.is_under_vote().votes(YIWEI, "consent")
    first = collect()
    assert first > 0
    assert collect() == 0
    outbox._seen.clear()
    assert collect() == 0
    assert len(mails()) == first


def test_looking_only_at_what_is_new_misses_nothing(house: House, going: Going, postbox: Postbox) -> None:
    """After every act, what a collection of its own writes is all that a look at everything would write."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Draft
    from gongyue.web.notices import outbox

    steps = (
        lambda: going.at("2027-02-01 10:00").of("membership.declare/1", YUNLING, activities=["research"], other=""),
        going.proposes,
        going.is_supported,
        going.is_filed,
        lambda: going.at("2027-02-02 10:00").opens_the_vote(),
        lambda: going.votes(YIWEI, "consent"),
        lambda: going.on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="abstain"),
        lambda: applications.append(going.applies()),
        lambda: going.at("2027-02-03 09:00").ticks(),
        lambda: going.refuses(NORTHLAKE.id, applications[0]),
        lambda: applications.append(going.at("2027-02-03 11:00").applies()),
        lambda: going.at("2027-02-04 09:00").ticks(),
        lambda: going.at("2027-02-04 10:00").grants(applications[1]),
        lambda: Draft.objects.create(
            type="amendment.support/1",
            party=YUNLING,
            actor=YUNLING,
            created_by=Person.objects.get(email="yunling-officer@demo.invalid"),
        ),
    )
    applications: list[Any] = []
    collect()
    for number, step in enumerate(steps):
        step()
        collect()
        outbox._seen.clear()
        assert collect() == 0, number
    keys = {m.key.partition(":")[0] for m in mails()}
    assert {"open", "sealed", "decision", "draft"} <= keys


def test_an_act_in_the_unit_s_name_is_mailed_at_once_to_its_people(
    house: House, going: Going, postbox: Postbox
) -> None:
    """To signatory and officer, not to the engineer; once each."""
    collect()
    going.at("2027-02-01 10:00").of("membership.declare/1", YUNLING, activities=["infrastructure"], other="")
    collect()
    assert send() == 2
    assert {address for address, _ in postbox.kept} == {"yunling@demo.invalid", "yunling-officer@demo.invalid"}
    assert send() == 0 and len(postbox.kept) == 2
    assert {m.state for m in mails()} == {"sent"}


def test_a_mail_is_plain_text_with_its_own_headers(house: House, going: Going, postbox: Postbox) -> None:
    """Subject, link, List-Unsubscribe to a page that asks to sign in, a Message-ID that is always the same."""
    collect()
    going.informs(going.at("2027-02-01 10:00").on_paper("membership.withdraw/1", YIWEI, effective="2027-06-30"))
    collect()
    send()
    ((address, message),) = [m for m in postbox.kept if m[0] == "yiwei@demo.invalid"]
    text = message.get_content()
    assert message.get_content_type() == "text/plain" and message["From"] == "office@alliance.example"
    assert (
        message["Subject"].strip().startswith("〔演示〕") and "凭纸面以贵单位名义记录：退出公约" in message["Subject"]
    )
    assert "期限：2027年2月8日 10:00（北京时间），还有 7 日，依第二十三条" in text
    link = re.search(r"请登录查看：(\S+)", text)
    assert link is not None and re.search(
        r"/workspace/u%3A0009/acts/open/\d+/$|/workspace/u:0009/acts/open/\d+/$", link[1]
    )
    assert message["List-Unsubscribe"].endswith("/notices/preferences/>")
    assert message["Auto-Submitted"] == "auto-generated" and message["Content-Language"] == "zh-Hans"
    from gongyue.web.notices.mail_text import headers

    (written,) = to(address)
    assert headers(written.person_id, written.key)["Message-ID"] == message["Message-ID"]
    path = link[1].partition("localhost")[2].partition("/")[2]
    assert house.client(address).get("/" + path).status_code == 200
    assert house.client().get("/notices/preferences/").status_code == 302


def test_no_mail_says_anything_confidential(house: House, going: Going, postbox: Postbox) -> None:
    """Ballots, an application and its refusal, a question, drafts: a mail says that there is something."""
    collect()
    going.is_under_vote()
    going.votes(YUNLING, "against")
    going.on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="abstain")
    application = going.at("2027-02-03 10:00").applies()
    going.at("2027-02-04 09:00").ticks()
    going.refuses("u:910000000000003937", application)
    going.at("2027-02-27 09:00").ticks()
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Draft

    officer = Person.objects.get(email="yunling-officer@demo.invalid")
    Draft.objects.create(type="membership.withdraw/1", party=YUNLING, actor=YUNLING, created_by=officer)
    collect()
    send()
    sent = [f"{m['Subject']}\n{m.get_content()}".replace("\r\n", "\n") for _, m in postbox.kept]
    assert len(sent) >= 8
    for text in sent:
        for secret in SECRETS:
            assert secret not in text, (secret, text)
        told = re.sub(r"localhost:\d+", "", text)  # the port may have any digits
        assert "3937" not in told and "sealed" not in told  # the applicant, and what is under seal
    about_ballots = [t for t in sent if "一项行为" in t]
    assert about_ballots and all("期限：" not in t and t.rstrip().count("/notices/\n") == 1 for t in about_ballots)
    assert any("期限临近：表决：修改第四条" in t and "2027年3月4日 24:00" in t for t in sent)


def test_granted_and_refused_look_the_same(house: House, going: Going, postbox: Postbox) -> None:
    """Whoever sees the mailbox does not learn the decision."""
    collect()
    application = going.at("2027-02-03 10:00").applies()
    going.at("2027-02-04 09:00").ticks()
    going.refuses("u:910000000000003937", application)
    collect()
    (refused,) = [m for m in to("northlake@demo.invalid") if m.key.startswith("decision:")]
    again = going.at("2027-02-05 10:00").applies()
    going.at("2027-02-06 09:00").ticks()
    going.grants(again)
    collect()
    granted = [m for m in to("northlake@demo.invalid") if m.key.startswith("decision:") and m.pk != refused.pk]
    assert len(granted) == 1 and (granted[0].subject, granted[0].text) == (refused.subject, refused.text)


def test_the_reminder_of_a_vote_does_not_tell_who_has_voted(house: House, going: Going, postbox: Postbox) -> None:
    """The same words go to whoever has voted and whoever has not."""
    collect()
    going.is_under_vote().votes(YIWEI, "consent")
    collect()
    going.at("2027-02-27 09:00")
    collect()
    reminders = [m for m in mails() if m.key.startswith("due:vote:")]
    by_person = {m.person.email: (m.subject, m.text.replace("u:0009", "U").replace("u:0004", "U")) for m in reminders}
    assert by_person["yiwei@demo.invalid"] == by_person["beichen@demo.invalid"]


def test_a_person_is_written_to_in_its_language(house: House, going: Going, postbox: Postbox) -> None:
    """English to whoever prefers it, with English links."""
    from gongyue.web.accounts.models import Person

    Person.objects.filter(email="yiwei@demo.invalid").update(language="en")
    collect()
    going.informs(going.at("2027-02-01 10:00").on_paper("membership.withdraw/1", YIWEI, effective="2027-06-30"))
    collect()
    (mail,) = to("yiwei@demo.invalid")
    assert "Recorded from paper in your unit's name: withdrew from the covenant" in mail.subject
    assert "Deadline: 8 February 2027, 10:00 Beijing time" in mail.text
    assert "/en/workspace/" in mail.text and "请登录" not in mail.text
    send()
    assert postbox.kept[0][1]["Content-Language"] == "en"


def test_by_default_a_digest_once_a_month_and_near_deadlines_at_once(
    house: House, going: Going, postbox: Postbox
) -> None:
    """An opened vote waits for the digest; a week before its end it is told at once; the digest names deadlines."""
    collect()
    going.is_under_vote()
    collect()
    assert to("yiwei@demo.invalid") == []
    going.at("2027-02-27 09:00")
    collect()
    (near,) = to("yiwei@demo.invalid")
    assert near.key == f"due:vote:{PROPOSAL}:2027-03-04"
    going.at("2027-03-01 08:00")
    collect()
    digest = to("yiwei@demo.invalid")[-1]
    assert digest.key == "digest:2027-02"
    assert (
        "今后的期限：" in digest.text and "2027年3月4日 24:00（北京时间），还有 3 日  表决：修改第四条" in digest.text
    )
    assert "开始表决：修改第四条" in digest.text and "征集附议：修改第四条（编号 2027-01）" in digest.text
    going.at("2027-03-02 08:00")
    assert [m.key for m in to("yiwei@demo.invalid")].count("digest:2027-02") == 1


def test_whoever_wants_each_by_itself_gets_each(house: House, going: Going, postbox: Postbox) -> None:
    """Chosen on the preferences page."""
    collect()
    client = house.client("yiwei@demo.invalid")
    assert client.post("/notices/preferences/", {"rhythm": "at-once"}).status_code == 302
    going.is_under_vote()
    collect()
    keys = [m.subject for m in to("yiwei@demo.invalid")]
    assert any("开始表决" in s for s in keys) and any("征集附议" in s for s in keys)


def test_silence_never_covers_acts_in_the_unit_s_name(house: House, going: Going, postbox: Postbox) -> None:
    """No digest, no deadline; but what was recorded in its name is told."""
    collect()
    house.client("yiwei@demo.invalid").post("/notices/preferences/", {"rhythm": "never"})
    going.is_under_vote().on_paper("vote.ballot/1", YIWEI, vote=PROPOSAL, choice="consent")
    going.at("2027-03-01 08:00")
    collect()
    assert [m.key.partition(":")[0] for m in to("yiwei@demo.invalid")] == ["sealed"]


def test_a_server_that_is_down_is_tried_again_and_given_up_visibly(
    house: House, going: Going, postbox: Postbox
) -> None:
    """Waits grow; after the last try the outbox shows it, and an officer may send it again."""
    from django.test import override_settings

    from gongyue.web.notices.dispatch import TRIES

    collect()
    going.at("2027-02-01 10:00").of("membership.declare/1", YIWEI, activities=["computing"], other="")
    collect()
    with override_settings(EMAIL_PORT=1):
        assert send() == 0
        (mail,) = to("yiwei@demo.invalid")
        assert (mail.state, mail.tries) == ("waiting", 1) and "Refused" in mail.error
        assert send() == 0 and to("yiwei@demo.invalid")[0].tries == 1  # its wait is not over
        for _ in range(TRIES):
            hurry()
            send()
    (mail,) = to("yiwei@demo.invalid")
    assert (mail.state, mail.tries) == ("given-up", TRIES)
    page = house.client("qin@demo.invalid").get("/notices/outbox/").content.decode()
    assert "已放弃" in page and mail.subject in page
    hurry()
    assert send() == 0 and postbox.kept == []
    assert house.client("qin@demo.invalid").post(f"/notices/outbox/{mail.number}/again/").status_code == 302
    assert send() == 1 and len(postbox.kept) == 1


@pytest.mark.parametrize(("answer", "state"), [("451 later", "waiting"), ("550 nobody here", "given-up")])
def test_a_refused_recipient_is_tried_again_only_if_refused_for_now(
    house: House, going: Going, postbox: Postbox, answer: str, state: str
) -> None:
    """4xx means later, 5xx means never (RFC 5321 4.2.1)."""
    collect()
    going.at("2027-02-01 10:00").of("membership.declare/1", YIWEI, activities=["computing"], other="")
    collect()
    postbox.recipient = answer
    assert send() == 0
    assert to("yiwei@demo.invalid")[0].state == state
    postbox.recipient = "250 ok"
    hurry()
    assert send() == (1 if state == "waiting" else 0)


def test_a_connection_that_breaks_after_the_hand_over_is_not_sent_again_by_itself(
    house: House, going: Going, postbox: Postbox
) -> None:
    """Whether it arrived nobody knows; the outbox says so."""
    collect()
    going.at("2027-02-01 10:00").of("membership.declare/1", YIWEI, activities=["computing"], other="")
    collect()
    postbox.break_after_data = True
    assert send() == 0
    assert to("yiwei@demo.invalid")[0].state == "unsure"
    postbox.break_after_data = False
    hurry()
    assert send() == 0 and postbox.kept == []
    assert "是否送达不明" in house.client("qin@demo.invalid").get("/notices/outbox/").content.decode()


def test_a_server_that_hangs_up_between_mails_gets_them_all_once(house: House, going: Going, postbox: Postbox) -> None:
    """The connection is opened again; nothing is lost, nothing doubled."""
    collect()
    postbox.one_each = True
    going.is_under_vote().at("2027-02-27 09:00")
    collect()
    written = len(mails())
    assert written >= 4
    assert send() == written
    assert len({(a, m["Message-ID"]) for a, m in postbox.kept}) == len(postbox.kept) == written


def test_two_workers_send_nothing_twice(house: House, going: Going, postbox: Postbox) -> None:
    """Each mail is taken by one of them."""
    from django.db import connections

    collect()
    going.is_under_vote().at("2027-02-27 09:00")
    collect()
    written, sent = len(mails()), []

    def work() -> None:
        sent.append(send())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == written == len(postbox.kept)
    assert len({m["Message-ID"] for _, m in postbox.kept}) == written


def test_two_processes_write_nothing_twice(house: House, going: Going, postbox: Postbox) -> None:
    """Both collect at once; the key of a mail is unique."""
    from django.db import connections

    from gongyue.web.notices import outbox

    collect()
    going.is_under_vote().votes(YIWEI, "consent")
    going.at("2027-02-27 09:00")

    def work() -> None:
        outbox._seen.clear()
        collect()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    keys = [(m.person_id, m.key) for m in mails()]
    assert keys and len(keys) == len(set(keys))


def test_a_worker_that_died_leaves_no_mail_in_doubt_unseen(house: House, going: Going, postbox: Postbox) -> None:
    """What it had taken is shown as unknown after a quarter of an hour."""
    from django.utils import timezone

    from gongyue.web.notices.models import Mail

    collect()
    going.at("2027-02-01 10:00").of("membership.declare/1", YIWEI, activities=["computing"], other="")
    collect()
    Mail.objects.update(state=Mail.SENDING, taken_at=timezone.now() - timedelta(minutes=16))
    assert send() == 0
    assert {m.state for m in mails()} == {"unsure"}


def test_words_of_the_book_cannot_forge_a_header_or_a_line(house: House, going: Going, postbox: Postbox) -> None:
    """Line breaks in a title are spaces; an address with one is refused and given up."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.notices.mail_text import single_mail
    from gongyue.web.notices.notification import open_told

    evil = "附件《健康\r\nBcc: everybody@example.org\r\n\r\nhttps://evil.example》"
    told = open_told("open:1", going.now, (evil, evil), "workspace", ())
    mail = single_mail(_now(), told)
    assert "\n" not in mail.subject and "\r" not in mail.subject + mail.text
    assert "\nBcc:" not in mail.text
    collect()
    Person.objects.filter(email="yiwei@demo.invalid").update(email="x@demo.invalid\r\nBcc: everybody@example.org")
    going.at("2027-02-01 10:00").of("membership.declare/1", YIWEI, activities=["computing"], other="")
    collect()
    assert send() == 0 and postbox.kept == []
    assert [m.state for m in mails()] == ["given-up"]


def _now() -> Any:
    from gongyue.web import installation

    return installation.now()


def test_a_demonstration_sends_nothing_and_shows_everything(house: House, going: Going) -> None:
    """The outbox is labelled so; the mails in it are never sent later either."""
    from gongyue.web.notices import dispatch

    assert not dispatch.sends()
    collect()
    going.is_under_vote().votes(YIWEI, "consent")
    going.at("2027-02-27 09:00")
    assert collect() > 0 and send() == 0
    assert {m.state for m in mails()} == {"shown"}
    page = house.client("qin@demo.invalid").get("/notices/outbox/").content.decode()
    assert "演示：邮件只在此显示，一封也不发出" in page and "只在此显示" in page
    shown = (
        house.client("qin@demo.invalid").get(f"/notices/outbox/{mails(confidential=False)[0].number}/").content.decode()
    )
    assert "没有发出" in shown and "再次发送" not in shown


@pytest.mark.parametrize(
    "email", ["bai@demo.invalid", "mo@demo.invalid", "yunling@demo.invalid", "authority@demo.invalid"]
)
def test_the_outbox_is_the_secretary_s_and_the_keeper_s_alone(house: House, email: str) -> None:
    """A clerk, a panellist, a member and the authority are refused, a stranger is sent to sign in."""
    assert house.client(email).get("/notices/outbox/").status_code == 403
    assert house.client().get("/notices/outbox/").status_code == 302
    assert house.client(email).post("/notices/outbox/1/again/").status_code == 403


def test_a_mail_names_the_article_of_its_deadline_and_says_where_to_sign_in(
    house: House, going: Going, postbox: Postbox
) -> None:
    """In both languages; a page that is public asks nobody to sign in, and nothing is said twice."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.notices.models import Preference

    collect()
    Preference.objects.filter(person__email="yiwei@demo.invalid").update(rhythm="at-once")
    Person.objects.filter(email="qinghe@demo.invalid").update(language="en")
    Preference.objects.filter(person__email="qinghe@demo.invalid").update(rhythm="at-once")
    going.is_under_vote()
    collect()
    going.at("2027-04-02 10:00").ticks()
    collect()
    opened = next(mail for mail in to("yiwei@demo.invalid") if "〕开始表决" in mail.subject)
    assert (
        "期限：2027年3月4日 24:00（北京时间），还有 30 日，依第二十二条" in opened.text
        and "请登录查看：" in opened.text
    )
    english = next(mail for mail in to("qinghe@demo.invalid") if "Vote opened" in mail.subject)
    assert "Deadline: 4 March 2027, 24:00 Beijing time, 30 days left, by article 22" in english.text
    listed = next(mail for mail in to("yiwei@demo.invalid") if "加入及退出名单" in mail.subject)
    assert "请看：" in listed.text and "请登录查看" not in listed.text and "/gazette/lists/4/" in listed.text
    for mail in mails():
        assert mail.text.count("请登录查看") <= 1 and "登录查看" not in mail.subject, mail.subject
        assert len(mail.subject) < 120, mail.subject
