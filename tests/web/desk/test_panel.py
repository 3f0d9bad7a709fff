"""A case on the pages: what each may do in it, the panel's form, the conclusion as a letter, what the accused and the reporter read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.governance.sanction import FACTORS
from gongyue.office import evidence
from gongyue.web import installation
from support.documents import document
from web.cases import FACTS, MO, NOTICE, PROMISE, XU, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.going import BEICHEN, QINGHE
from web.rooms import name_of, signs, text_of

ACCUSED, REPORTER = "qinghe@demo.invalid", "beichen@demo.invalid"
REASONS = "抽样表明还款记录用于营销，超出承诺。"


def mail(officer: str) -> str:
    """The login of an officer."""
    return f"{officer[2:]}@demo.invalid"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def form(client: Any, case: str) -> str:
    """The panel's form."""
    return str(client.get(f"/acts/new/case.conclude/1/?dossier={case}").content.decode())


def evidence_in(page: str) -> list[str]:
    """The evidence that may be cited, by its commitments, in the order of the form."""
    return re.findall(r'type="checkbox"\s+name="findings.0.evidence"\s+value="(sha256:\w+)"', page)


def test_a_panel_concludes_without_a_hash_and_the_accused_prints_what_it_got(house: House, going: Casework) -> None:
    """The form brings the article with its words and what may be cited by name; two of three sign; the letter is there."""
    case, client = going.heard(going.reports()), house.client(mail(MO))
    page = form(client, case)
    assert "不利用用户隐私数据从事任何与向用户作出的承诺无关的活动" in page and "第 4 件：证据" in page
    assert "第 6 件：当事方自己提出" in page and "第 2 件" not in page and "用户与伙伴权益" in page
    answers = {
        "findings.0.article": "8",
        "findings.0.established": "yes",
        "findings.0.clause": "users.rights",
        "findings.0.evidence": evidence_in(page)[:1],
        "reasons.text": REASONS,
        "adverse": "yes",
        "signers": ["o:ge"],
    }
    made = client.post(f"/acts/new/case.conclude/1/?dossier={case}", answers)
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    shown = client.get(draft).content.decode()
    assert "现在递交会被记录" in shown and "letter.pdf" in shown
    assert client.get(f"{draft}letter.pdf").content.startswith(b"%PDF")
    for officer in ("o:mo", "o:ge"):
        _signs(house.client(mail(officer)), draft)
    told = text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/")
    assert "作出结论" in told and "结论已经作出" in told
    path = f"/my/dossiers/{name_of(case)}/7/1/"
    assert REASONS in text_of(house.client(ACCUSED), path)
    assert house.client(ACCUSED).get(f"{path}letter.pdf").content.startswith(b"%PDF")


def test_what_a_panel_and_an_accused_must_say_is_asked_for(house: House, going: Casework) -> None:
    """Established without a word on the effect, a proposal without a choice, a recusal of nobody: asked for; none is taken for a no."""
    case = going.heard()
    found = {
        "findings.0.article": "8",
        "findings.0.established": "yes",
        "findings.0.clause": "users.rights",
        "findings.0.evidence": [PROMISE.commitment],
        "reasons.text": REASONS,
        "signers": ["o:ge"],
    }
    mo, accused = house.client(mail(MO)), house.client(ACCUSED)
    for client, type, query, answers, lacking in (
        (mo, "case.conclude/1", f"dossier={case}", found, "adverse"),
        (
            accused,
            "dossier.note/1",
            f"as={QINGHE}&dossier={case}",
            {"asks": "recusal", "docs.text": "有竞争。"},
            "whom",
        ),
    ):
        answer = client.post(f"/acts/new/{type}/?{query}", answers)
        assert answer.status_code == 422 and f'href="#f-{lacking}"' in answer.content.decode(), lacking
    unbroken = found | {"findings.0.established": "no"}
    assert mo.post(f"/acts/new/case.conclude/1/?dossier={case}", unbroken).status_code == 302


def _signs(client: Any, draft: str) -> None:
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    client.post(f"{draft}sign/demo", {"digest": digest[1], "sure": "yes"})


def test_each_gate_of_a_case_is_shut_by_its_code_until_it_opens(house: House, going: Casework) -> None:
    """Evidence before the notice, a conclusion before the reply could come: why, in words; then each opens."""
    case = going.opens()
    at = f"/desk/docket/{name_of(case)}/"

    def gates(officer: str) -> str:
        return str(house.client(mail(officer)).get(at).content.decode())

    assert "尚未送达告知书" in shut(gates(XU), "送达：证据") and not shut(gates(XU), "送达：告知书")
    assert "GY-17-04" in shut(gates(MO), "作出结论") and "审议人" in shut(gates(XU), "作出结论")
    assert "现在还不能签署" in form(house.client(mail(MO)), case) and "GY-17-04" in form(house.client(mail(MO)), case)
    going.serves(case, "notice", PROMISE)
    assert not shut(gates(XU), "送达：证据") and "GY-17-04" in shut(gates(MO), "作出结论")
    going.receives(case, PROMISE).notes(case, complete=True)
    assert not shut(gates(MO), "作出结论") and "现在还不能签署" not in form(house.client(mail(MO)), case)
    assert text_of(house.client(mail(MO)), at).index("作出结论") < text_of(house.client(mail(MO)), at).index(
        "送达：告知书"
    )


def test_the_accused_reads_that_nothing_is_established_and_nothing_of_a_report(house: House, going: Casework) -> None:
    """The first sentence, what it may do with what follows, what is undecided; the same words with a report and without."""
    client = house.client(ACCUSED)
    rooms = []
    for case in (going.opens(going.reports()), going.opens()):
        assert client.get(f"/my/dossiers/{name_of(case)}/").status_code == 404
        going.serves(case, "notice", document(f"告知书 {case}", "告知书.txt"))
        told = text_of(client, f"/my/dossiers/{name_of(case)}/")
        assert "现在没有认定贵单位违反公约" in told and "不答复也不当作承认" in told
        assert "申请延长答复期" in told and "还没有决定的" in told
        assert "北辰" not in told
        rooms.append(re.sub(r"[\d]|核对词：.*?有它在手", "", told.replace(name_of(case), "")))
    assert rooms[0] == rooms[1]


def test_the_reporter_reads_what_protects_it_and_sees_what_will_be_shown(house: House, going: Casework) -> None:
    """Both lists; the version on its way, received, let pass; and its own report is printed as it filed it."""
    report, client = going.reports(), house.client(REPORTER)
    at = f"/my/dossiers/{name_of(report)}/"
    assert "保护不了的" in text_of(client, at) and "立案以后，您不能要求停止调查" in text_of(client, at)
    seen = document("受访者中有 25 人出示了短信。", "拟给对方看.txt")
    served = {"what": "preview", "docs": [seen.commitment]}
    going.hands_in("dossier.serve/1", "exec", served, (XU,), seen, dossier=report)
    assert "您还没有签收" in text_of(client, at)
    going.receives(report, seen, unit=BEICHEN)
    told = text_of(client, at)
    assert "自2027年3月15日起可以给对方看" in told and "下一步：请贵单位办" in told and "同意给对方看这一版" in told
    assert "受访者中有 25 人" in text_of(client, f"{at}3/1/")
    made = client.post(f"/acts/new/dossier.note/1/?as={BEICHEN}&dossier={report}", {"asks": "redaction"})
    signs(client, made.headers["Location"])
    assert "您不同意：不给对方看" in text_of(client, at)


def test_what_the_reporter_let_pass_is_served_without_handing_it_in_again(house: House, going: Casework) -> None:
    """The caseworker's form offers it in the case, and nothing else of the report; it gets there under another salt."""
    report = going.reports()
    case = going.opens(report)
    going.serves(case, "notice", NOTICE)
    seen, form_ = (
        document("受访者中有 25 人出示了短信。", "拟给对方看.txt"),
        f"/acts/new/dossier.serve/1/?dossier={case}&what=evidence",
    )
    served = {"what": "preview", "docs": [seen.commitment]}
    going.hands_in("dossier.serve/1", "exec", served, (XU,), seen, dossier=report)
    going.receives(report, seen, unit=BEICHEN)
    xu = house.client(mail(XU))
    assert "from:" not in xu.get(form_).content.decode()
    forced = xu.post(form_, {"what": "evidence", "docs": f"from:{FACTS.commitment}"})
    assert forced.status_code == 422
    going.notes(report, unit=BEICHEN, asks="showing")
    (value,) = re.findall(r'name="docs" value="(from:sha256:\w+)"', xu.get(form_).content.decode())
    assert value == f"from:{seen.commitment}"
    assert "from:" not in house.client(mail(MO)).get(form_).content.decode()
    _does(house, "dossier.serve/1", case, {"what": "evidence", "docs": value}, XU)
    page = text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/")
    assert "送达：证据" in page and "北辰" not in page


def test_a_decision_is_written_factor_by_factor_in_the_texts_own_words(house: House, going: Casework) -> None:
    """Proposed, served with what it says, heard on, decided no heavier: six paragraphs, kinds of the text alone, a letter."""
    case = going.concludes()
    told = text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/")
    assert "没有处理的结论没有复核这一步" in told and "请求复核" not in told
    mo, xu = house.client(mail(MO)), house.client(mail(XU))
    at = f"/desk/docket/{name_of(case)}/"
    gates = mo.get(at).content.decode()
    assert not shut(gates, "拟处理") and "GY-18-06" in shut(gates, "处理决定")
    opened = re.findall(r'href="(/acts/new/case.propose/1/[^"]*)"', gates)
    assert opened and not re.search(
        r'name="kind"[^>]*checked', mo.get(opened[0].replace("&amp;", "&")).content.decode()
    )
    asked = mo.get(f"/acts/new/case.propose/1/?dossier={case}").content.decode()
    assert "不作处理的，选“不作处理，只公布结果”" in asked and "拟不予处理的不填" not in asked, (
        "the form has a choice for it"
    )
    assert 'value="内部通报"' in asked and 'value="取消公约成员资格"' in asked and "不作处理" in asked
    assert not re.search(r'name="kind"[^>]*checked', asked)
    _does(
        house,
        "case.propose/1",
        case,
        {"kind": "内部通报", "reasons.text": "情节较轻，拟内部通报。", "signers": ["o:ge"]},
        MO,
        "o:ge",
    )
    form_ = xu.get(f"/acts/new/dossier.serve/1/?dossier={case}&what=proposal").content.decode()
    (kept,) = re.findall(r'name="docs" value="(sha256:\w+)" checked', form_)
    _does(house, "dossier.serve/1", case, {"what": "proposal", "docs": [kept]}, XU)
    going.do("dossier.receive/1", QINGHE, {"docs": [kept]}, [QINGHE], dossier=case)
    assert "请求听取申辩" in text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/")
    going.notes(case, complete=True)
    asked = mo.get(f"/acts/new/case.decide/1/?dossier={case}").content.decode()
    assert 'value="取消公约成员资格"' not in asked and "选不了：取消公约成员资格" in asked and "GY-18-11" in asked
    factors = {f"{name}.text": f"{name} 一段" for name in FACTORS}
    silent = mo.post(f"/acts/new/case.decide/1/?dossier={case}", factors | {"signers": ["o:ge"]})
    assert silent.status_code == 422 and 'href="#f-kind"' in silent.content.decode(), "silence is no decision"
    missing = mo.post(f"/acts/new/case.decide/1/?dossier={case}", {"kind": "内部通报"})
    assert missing.status_code == 422 and missing.content.decode().count('class="error"') >= 6
    _does(house, "case.decide/1", case, {"kind": "内部通报", "signers": ["o:ge"]} | factors, MO, "o:ge")
    n = int(re.findall(r"至今 (\d+) 件", text_of(mo, at))[0])
    assert mo.get(f"{at}{n}/1/letter.pdf").content.startswith(b"%PDF")
    form_ = xu.get(f"/acts/new/dossier.serve/1/?dossier={case}&what=decision").content.decode()
    assert len(re.findall(r'name="docs" value="(sha256:\w+)" checked', form_)) == 6


def test_whoever_chooses_a_cancellation_reads_when_it_takes_effect(house: House, going: Casework) -> None:
    """Beside the choice and in the sentence that is signed: after the time for a review (P5, 15 days), with the day where it is known."""
    from gongyue.web.acting import sanction_words

    case, mo, kind = going.concludes(), house.client(mail(MO)), "取消公约成员资格"
    rule = "自收悉之日起 15 日内可以请求复核（程序规则 P5）；没有请求的，期满次日生效"
    asked = text_of(mo, f"/acts/new/case.propose/1/?dossier={case}")
    assert f"“{kind}”：决定送达以后不立即生效：{rule}" in asked and "现在还算不出日期" in asked
    answers = {"kind": kind, "reasons.text": "屡犯，拟取消。", "signers": ["o:ge"]}
    made = mo.post(f"/acts/new/case.propose/1/?dossier={case}", answers).headers["Location"]
    signed = text_of(mo, made)
    assert f"联盟执行机构拟作的处理：{kind}。决定送达以后不立即生效" in signed and "两名职员记载资格终止" in signed
    reasons, body = document("屡犯，拟取消。", "拟处理.txt"), {"kind": kind}
    going.hands_in(
        "case.propose/1", "exec", body | {"reasons": reasons.commitment}, (MO, "o:ge"), reasons, dossier=case
    )
    going.serves(case, "proposal", reasons).receives(case, reasons)
    going.notes(case, document("没有申辩。", "申辩.txt"), complete=True)
    asked = text_of(mo, f"/acts/new/case.decide/1/?dossier={case}")
    assert rule in asked and "今日送达并收悉、没有请求的，2027年3月27日生效" in asked
    factors = {f"{name}.text": f"{name} 一段" for name in (*FACTORS, "lighter")}
    made = mo.post(f"/acts/new/case.decide/1/?dossier={case}", factors | {"kind": kind, "signers": ["o:ge"]}).headers[
        "Location"
    ]
    assert f"决定的处理：{kind}。决定送达以后不立即生效" in text_of(mo, made) and "2027年3月27日生效" in text_of(
        mo, made
    )
    english = text_of(mo, f"/en{made}")
    assert "Received today, and without a request, it takes effect on 27 March 2027" in english
    made = mo.post(
        f"/acts/new/case.decide/1/?dossier={case}", factors | {"kind": "内部通报", "signers": ["o:ge"]}
    ).headers["Location"]
    assert "不立即生效" not in text_of(mo, made)
    dossier = evidence.dossier_at(house.office, case)
    assert sanction_words.when(installation.now(), dossier, "case.review/1").startswith(
        "自复核决定之日（2027年3月11日）起生效"
    )


def test_where_a_cancellation_takes_effect_on_service_the_form_says_so(house: House, going: Casework) -> None:
    """By the other choice of the reading: of a decision that is not served yet, and no word of the time for a review."""
    from gongyue.web.acting import sanction_words

    dossier, now = evidence.dossier_at(house.office, going.concludes()), installation.now()
    served = (now.inst.meaning.procedure or {}) | {"sanction.effect": "served"}
    now = replace(now, inst=replace(now.inst, meaning=replace(now.inst.meaning, procedure=served)))
    assert sanction_words.when(now, dossier, "case.decide/1").startswith("自被处理单位收悉决定之日起生效")


def _does(house: House, type: str, case: str, answers: dict[str, Any], *officers: str) -> None:
    """One officer fills in the form, all of them sign what it made."""
    made = house.client(mail(officers[0])).post(f"/acts/new/{type}/?dossier={case}", answers)
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    if type.startswith("case."):
        assert house.client(mail(officers[0])).get(f"{draft}letter.pdf").content.startswith(b"%PDF")
    for officer in officers:
        _signs(house.client(mail(officer)), draft)
