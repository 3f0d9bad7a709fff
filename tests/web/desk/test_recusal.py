"""What waits for whom in a case: a recusal for the secretary, a notice for the caseworker; where the accused stands, and on what it stands accused."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demo.simulated_office import paper
from gongyue.governance.sanction import FACTORS
from gongyue.office.vault.vault import Vault
from support.documents import document
from web.cases import GE, HU, MO, NOTICE, PROMISE, REPLY, XU, Casework
from web.conftest import House
from web.desk.test_cosigners import draft, mail, signed
from web.going import QINGHE
from web.rooms import name_of, signs, text_of

ACCUSED, QIN = "qinghe@demo.invalid", "qin@demo.invalid"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def _stage(page: str) -> str:
    """Where the course says that it stands."""
    found = re.search(r'<li class="now"[^>]*>\s*<b>([^<]*)</b>', page)
    return found[1] if found else ""


def _taken(client: Any, page: str) -> str:
    """What a page says of dossiers that were taken from its reader."""
    found = re.search(
        r'<section[^>]*aria-labelledby="taken">(.*?)</section>', client.get(page).content.decode(), re.DOTALL
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])) if found else ""


def test_a_recusal_waits_for_the_secretary_who_sees_that_and_of_whom(house: House, going: Casework) -> None:
    """In the docket and on the dossier's frame, with the role to assign; everybody's next step says so; decided, nothing is left of it."""
    case = going.heard()
    at, room = f"/desk/docket/{name_of(case)}/", f"/my/dossiers/{name_of(case)}/"
    qin = house.client(QIN)
    assert "回避申请等秘书长决定" not in text_of(qin, at)
    going.notes(case, document("他与我方有竞争。", "申请回避.txt"), asks="recusal", whom=HU)
    for page in (at, "/desk/docket/"):
        told = text_of(qin, page)
        assert "回避申请等秘书长决定：审议人胡" in told and "有竞争" not in told and "青禾" not in told, page
    assert (
        f"/acts/new/dossier.assign/1/?dossier={case.replace(':', '%3A')}&amp;role=panel" in qin.get(at).content.decode()
    )
    for login, page in ((ACCUSED, room), (mail(MO), at), (mail(XU), at)):
        assert "决定回避申请：另行指派，或者仍由原来的人担任" in text_of(house.client(login), page), login
    officers = {f"officers.{n}.officer": one for n, one in enumerate((MO, GE, "o:he"))}
    signs(qin, draft(qin, "dossier.assign/1", f"dossier={case}&role=panel", {"role": "panel"} | officers))
    assert "回避申请" not in text_of(qin, at).partition("轮到办公室")[2]
    assert "决定回避申请" not in text_of(house.client(ACCUSED), room)


def test_whoever_decides_a_recusal_reads_why_it_is_asked_and_nothing_else(house: House, going: Casework) -> None:
    """From the frame, logged; no other document, not even one that the request names besides; nobody else; decided, no more."""
    case, why = going.heard(), document("他与我方有竞争。", "申请回避.txt")
    at, qin = f"/desk/docket/{name_of(case)}/", house.client(QIN)
    going.hands_in(
        "dossier.note/1",
        QINGHE,
        {"docs": [REPLY.commitment, why.commitment], "asks": "recusal", "whom": HU},
        (QINGHE,),
        why,
        dossier=case,
    )
    page = qin.get(at).content.decode()
    (opened,) = re.findall(rf'href="({re.escape(quote(at))}[0-9]+/[0-9]+/)"', page)
    assert "他与我方有竞争" in text_of(qin, opened) and "letter.pdf" not in qin.get(opened).content.decode()
    n = int(opened.rstrip("/").split("/")[-2])
    for place, number in ((1, 1), (2, 1), (n - 1, 1), (n, 2)):
        assert qin.get(f"{at}{place}/{number}/").status_code == 404, (place, number)
    for other in ("bai@demo.invalid", "lu@demo.invalid", mail(HU)):
        assert house.client(other).get(opened).status_code == 404, other
    log = [line for line in Vault(house.directory / "office", lambda: 0).log() if line.what == "read"]
    assert {line.who for line in log} == {"o:qin"}
    officers = {f"officers.{n}.officer": one for n, one in enumerate((MO, GE, HU))}
    signs(qin, draft(qin, "dossier.assign/1", f"dossier={case}&role=panel", {"role": "panel"} | officers))
    assert qin.get(opened).status_code == 404 and "为什么申请回避" not in text_of(qin, at)


def test_a_recusal_without_reasons_says_so(house: House, going: Casework) -> None:
    """The secretary reads that none came with it."""
    case = going.heard()
    going.notes(case, asks="recusal", whom=HU)
    assert "没有附理由" in text_of(house.client(QIN), f"/desk/docket/{name_of(case)}/")


def test_whoever_is_challenged_reads_that_the_case_was_taken_and_why(house: House, going: Casework) -> None:
    """On the docket and its first page, by name alone; replaced, that others have it; kept, it is there again."""
    case, another = going.heard(), going.opens()
    at, hu = f"/desk/docket/{name_of(case)}/", house.client(mail(HU))
    assert name_of(case) in text_of(hu, "/desk/docket/") and "不由您办" not in text_of(hu, "/desk/docket/")
    going.notes(case, document("他与我方有竞争。", "申请回避.txt"), asks="recusal", whom=HU)
    for page in ("/desk/", "/desk/docket/"):
        assert f"{name_of(case)} 案件 有当事方申请您回避，尚未决定" in _taken(hu, page), page
        assert not [word for word in ("有竞争", "青禾", name_of(another)) if word in _taken(hu, page)], page
        assert not _taken(house.client(mail(GE)), page)
    assert hu.get(at).status_code == 404
    qin = house.client(QIN)
    officers = {f"officers.{n}.officer": one for n, one in enumerate((MO, GE, "o:he"))}
    signs(qin, draft(qin, "dossier.assign/1", f"dossier={case}&role=panel", {"role": "panel"} | officers))
    assert f"{name_of(case)} 案件 已另行指派他人" in text_of(hu, "/desk/docket/")
    going.notes(another, asks="recusal", whom=HU)
    officers = {f"officers.{n}.officer": one for n, one in enumerate((MO, GE, HU))}
    signs(qin, draft(qin, "dossier.assign/1", f"dossier={another}&role=panel", {"role": "panel"} | officers))
    assert name_of(another) not in _taken(hu, "/desk/docket/")
    assert hu.get(f"/desk/docket/{name_of(another)}/").status_code == 200


def test_reviewers_are_wanted_where_a_review_was_asked_for(house: House, going: Casework) -> None:
    """Before that the secretary may assign some, and nothing asks for it."""
    case = going.heard()
    told = text_of(house.client(QIN), f"/desk/docket/{name_of(case)}/")
    assert "指派" in told and "已申请复核" not in told


def test_the_course_stands_at_the_reply_until_the_accused_has_replied(house: House, going: Casework) -> None:
    """The caseworker's first step is the notice; told, the accused stands at its reply, on which articles and days it reads; then at the conclusion."""
    case = going.opens()
    at, room = f"/desk/docket/{name_of(case)}/", f"/my/dossiers/{name_of(case)}/"
    assert text_of(house.client(mail(XU)), at).index("承办人送达告知书") < text_of(house.client(mail(XU)), at).index(
        "审议组作出结论"
    )
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    accused: Any = house.client(ACCUSED)
    page, told = accused.get(room).content.decode(), text_of(accused, room)
    assert _stage(page) == "答复"
    assert "所涉条款 第八条" in told and "所查行为 2027年2月1日至2027年3月11日" in told
    going.notes(case, REPLY, complete=True)
    assert _stage(accused.get(room).content.decode()) == "结论"


def test_a_document_that_does_not_open_is_said_so_within_three_days(house: House, going: Casework) -> None:
    """On the third day after the receipt it can be said, on the fourth no more."""
    case = going.opens()
    going.serves(case, "notice", NOTICE).receives(case, NOTICE)
    room = f"/my/dossiers/{name_of(case)}/"
    for day, there in (("2027-03-14 10:00", True), ("2027-03-15 10:00", False)):
        going.at(day)
        assert ("说文书打不开" in text_of(house.client(ACCUSED), room)) == there, day


def test_whom_nothing_was_found_on_may_ask_to_be_named(house: House, going: Casework) -> None:
    """The room offers it once concluded, and no more once it asked."""
    case = going.heard()
    finding = {"article": "8", "clause": None, "established": False, "evidence": []}
    reasons = document("查无实据。", "理由.txt")
    body = {"findings": [finding], "adverse": False, "reasons": reasons.commitment}
    going.hands_in("case.conclude/1", "exec", body, (MO, GE), reasons, dossier=case)
    room, accused = f"/my/dossiers/{name_of(case)}/", house.client(ACCUSED)
    assert "希望结果里写明本单位" in text_of(accused, room)
    signs(accused, draft(accused, "dossier.note/1", f"as={QINGHE}&dossier={case}", {"asks": "naming"}))
    assert "希望结果里写明本单位" not in text_of(accused, room)


def test_a_unit_without_a_key_is_told_what_was_recorded_from_its_paper(house: House, going: Casework) -> None:
    """Its receipt came on paper: the caseworker is told that no period ends before it tells the unit, and can; told, that is gone."""
    case, xu = going.opens(), house.client(mail(XU))
    at = f"/desk/docket/{name_of(case)}/"
    going.serves(case, "notice", NOTICE)
    assert "凭纸面记录；告知以后" not in text_of(xu, at)
    day = "2027-03-11"
    going.do(
        "dossier.receive/1",
        QINGHE,
        {"docs": [NOTICE.commitment]},
        ["o:bai", "o:qin"],
        dossier=case,
        paper=paper("回执", day, day),
    )
    assert "告知该单位：它的收悉、答复已凭纸面记录" in text_of(xu, at)
    (link,) = re.findall(r'href="(/acts/new/dossier.serve/1/[^"]*what=recorded)"', xu.get(at).content.decode())
    told = draft(xu, "dossier.serve/1", f"dossier={case}", {"what": "recorded", "docs.text": "已凭回执记录您的收悉。"})
    assert link and "现在递交会被记录" in text_of(xu, told)
    signs(xu, told)
    assert "凭纸面记录；告知以后" not in text_of(xu, at)


def test_what_the_accused_says_on_paper_is_written_down_by_its_caseworker_and_signed_by_two(
    house: House, going: Casework
) -> None:
    """From the room, with the scan; two officers who do not open the case read and sign it; no other caseworker's, no panellist's to write."""
    case, xu = going.opens(), house.client(mail(XU))
    going.serves(case, "notice", NOTICE).receives(case, NOTICE)
    at = f"/desk/docket/{name_of(case)}/"
    (link,) = re.findall(r'href="(/acts/new/dossier.note/1/\?as=[^"]*)"', xu.get(at).content.decode())
    form = link.replace("&amp;", "&")
    assert "dossier.note/1/?as=" not in house.client(mail(MO)).get(at).content.decode()
    assert house.client(mail(MO)).get(form).status_code == 403
    scan = SimpleUploadedFile("答复.pdf", "%PDF-1.7 答复（虚构）".encode(), "application/pdf")
    answers = {"docs.text": "没有此事。", "complete": "yes", "paper.scan": scan, "paper.number": "函3号"}
    made = xu.post(form, answers | {"paper.dated": "2027-03-10", "paper.arrived": "2027-03-11"})
    address = made.headers["Location"]
    bai = house.client("bai@demo.invalid")
    assert "没有此事" in text_of(bai, address) and bai.get(at).status_code == 404
    assert "现在递交会被记录" in text_of(xu, address) and "sign/demo" not in xu.get(address).content.decode()
    assert [signed(client, address) for client in (bai, house.client(QIN))] == [False, True]
    assert "青禾健康，经办白、秘书长秦凭纸面记录" in text_of(xu, at)


def test_of_whom_has_left_no_sanction_is_spoken_of(house: House, going: Casework) -> None:
    """Leaving, it is told that the case goes on; concluded afterwards, what comes next is the result alone."""
    case, accused = going.concludes(), house.client(ACCUSED)
    room = f"/my/dossiers/{name_of(case)}/"
    assert "可以提出拟处理" in text_of(accused, room)
    assert "在办的案件不因此停止" in text_of(accused, f"/acts/new/membership.withdraw/1/?as={QINGHE}")
    going.of("membership.withdraw/1", QINGHE)
    told = text_of(accused, room)
    assert "可以提出拟处理" not in told and "把调查结果告知全体成员" in told


def test_a_cancellation_is_found_by_the_secretary_and_suspended_by_a_court(house: House, going: Casework) -> None:
    """In effect: its form knows the decision, for the secretary alone; under an order the accused reads that it is not carried out."""
    case, reasons = going.concludes(), document("屡犯，拟取消。", "拟处理.txt")
    kind = "取消公约成员资格"
    going.hands_in(
        "case.propose/1", "exec", {"kind": kind, "reasons": reasons.commitment}, (MO, GE), reasons, dossier=case
    )
    going.serves(case, "proposal", reasons).receives(case, reasons)
    going.notes(case, document("没有申辩。", "申辩.txt"), complete=True)
    parts = {name: document(f"{name} 一段", f"{name}.txt") for name in (*FACTORS, "lighter")}
    body = {name: one.commitment for name, one in parts.items()} | {"kind": kind}
    going.hands_in("case.decide/1", "exec", body, (MO, GE), *parts.values(), dossier=case)
    decided = list(parts.values())
    going.serves(case, "decision", *decided).receives(case, *decided)
    room, member = f"/my/dossiers/{name_of(case)}/", f"/desk/members/{QINGHE}/"
    going.at("2027-03-28 10:00").ticks()
    assert "决定已生效：记载资格终止" in text_of(house.client(ACCUSED), room)
    assert "link=sealed" in house.client(QIN).get(member).content.decode()
    for other in ("bai", "lu", "hu"):
        assert "link=sealed" not in house.client(f"{other}@demo.invalid").get(member).content.decode(), other
    order = {"order": "l:court-2027-9", "source": "示范人民法院", "forbids": ["membership.end/1"], "party": QINGHE}
    order |= {"begins": "2027-03-28", "ends": None}
    going.executive("law.order/1", order, ["o:bai", "o:qin"], paper=paper("裁定", "2027-03-28", "2027-03-28"))
    told = text_of(house.client(ACCUSED), room)
    assert "决定暂不执行：l:court-2027-9 号命令在" in told and "决定已生效" not in told
