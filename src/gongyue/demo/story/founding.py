"""Chapter one: from a text to a covenant in force."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_builder import Choices, compose
from gongyue.covenant.edition_json import to_data
from gongyue.covenant.periods import iso
from gongyue.covenant.procedure import package
from gongyue.covenant.text import Outline
from gongyue.demo.simulated_office import commitment_to, json_object, paper, public_of, text_object
from gongyue.demo.story.drafts import with_typo
from gongyue.demo.story.script import PANEL, PUBLISHING, TWO, Course, Script
from gongyue.demo.world import WATERMARK, Person
from gongyue.governance.effect import publication_deadline
from gongyue.governance.institution import Institution

FIRST_TERM = {"begins": "2026-01-01", "ends": "2028-12-31"}
TERM = FIRST_TERM | {"begins": "2026-01-13"}


def signed_share(inst: Institution) -> str:
    """Signatures out of initiators."""
    return f"{len(inst.founding.signatures)}/{len(inst.founding.initiators)}"


def open_the_book(script: Script) -> None:
    """The genesis act and the offices."""
    script.at("2026-01-05 09:00")
    script.chapter("创簿与任职", "The book is opened, officers are appointed")
    script.do("book.genesis/1", "exec", _genesis(script), "创立簿册", "founds the book", signers=TWO)
    for person in script.world.officer:
        if not person.founds:
            continue
        if person.id in TWO:  # in office by the genesis act itself, which holds no declaration
            _declares(script, person, "申报利害关系", "declares its interests")
            continue
        body = {"officer": person.id, "offices": person.offices, "interests": commitment_to(person.id), **TERM}
        script.do("office.appoint/1", "exec", body, f"任命{person.zh}", f"appoints {person.en}")
        key = {"holder": person.id, "key": public_of(person.id), "alg": "ed25519"}
        script.do("key.register/1", "exec", key, f"登记{person.zh}的密钥", f"registers the key of {person.en}")
    script.beside("续报利害关系", "declarations renewed", _renewed(script))


def _declares(script: Script, person: Person, zh: str, en: str) -> None:
    """An officer declares its interests, for itself alone."""
    interests = commitment_to(f"{person.id} {iso(script.today)}")
    body = {"officer": person.id, "interests": interests}
    script.do("office.declare/1", "exec", body, f"{person.zh}{zh}", f"{person.en} {en}", signers=[person.id])


def _renewed(script: Script) -> Course:
    """Before the year is over those who declared at the founding declare anew."""
    yield "2026-12-30 10:00"
    script.chapter("续报利害关系", "Interests are declared anew")
    for person in script.world.officer:
        if person.founds:
            _declares(script, person, "续报利害关系", "declares its interests anew")


def _genesis(script: Script) -> dict[str, Any]:
    keys = script.stage.office.keys
    first = [p for p in script.world.officer if p.id in TWO]
    return {
        "executive": script.world.executive,
        "open_vkey": keys.open.verifier.vkey,
        "sealed_vkey": keys.sealed.verifier.vkey,
        "system_key": keys.system_id,
        "algorithms": ["ed25519", "webauthn"],
        "origins": list(script.origins),
        "officers": [{"id": p.id, "key": public_of(p.id), "offices": p.offices, **FIRST_TERM} for p in first],
        "strength": "A1",
        "slot_seconds": 86_400,
        "quantum": 16,
        "recovery_days": 7,
        "demo": True,
    }


def sign_the_text(script: Script, document: Outline, choices: Choices) -> str:
    """Freeze, sign, find a typo, sign again; returns the digest of the edition that was signed."""
    script.chapter("定稿与签署", "The text is frozen and signed")
    good = compose(document, choices)
    slipped = with_typo(document, choices)
    script.at("2026-01-08 10:00")
    first = _import(script, slipped[0] if slipped else good, "导入草案", "imports the draft")
    script.at("2026-01-12 09:30")
    _refused_without_approver(script, first)
    _freeze(script, first)
    _register_initiators(script)
    order = [u.id for u in script.world.joining("initiator")]
    if slipped is None:
        script.remark("本文本未能安排笔误一节", "this text leaves no room for the scene of the typo")
        _sign_all(script, first, order)
        return first
    _sign(script, first, dict(zip(order, ("2026-01-13", "2026-01-15", "2026-01-19"), strict=False)))
    final = _mend(script, good, slipped[1])
    _sign_all(script, final, order)
    return final


def _import(script: Script, edition: Edition, zh: str, en: str) -> str:
    digest, data = json_object(to_data(edition))
    chapters, articles, terms = len(edition.chapters), len(edition.articles), len(edition.terms)
    figures = f"{chapters} 章 {articles} 条 {terms} 处数额 / {chapters} chapters, {articles} articles, {terms} numbers"
    script.do("founding.import/1", "exec", {"edition": digest}, zh, en, files=[data], figures=figures)
    return digest


def _initiators(script: Script) -> list[dict[str, str]]:
    return [{"id": u.id, "name": u.zh, "code": u.code} for u in script.world.joining("initiator")]


def _refused_without_approver(script: Script, edition: str) -> None:
    body = {"edition": edition, "initiators": _initiators(script)}
    script.refused("founding.freeze/1", "exec", body, "未指定主管部门即定稿", "freezes with no approver named")


def _freeze(script: Script, edition: str) -> None:
    basis, document = text_object(f"{WATERMARK}　指定主管部门的依据：示范登记管理办法。")
    approver = {"approver": {"name": script.world.authority, "basis": basis}}
    name = script.world.authority
    script.do("founding.designate/1", "exec", approver, f"指定{name}批准", "designates the approver", files=[document])
    body = {"edition": edition, "initiators": _initiators(script)}
    script.do("founding.freeze/1", "exec", body, "定稿，开始签署", "freezes the text for signing", figures=signed_share)


def _register_initiators(script: Script) -> None:
    for unit in script.world.joining("initiator"):
        register_key(script, unit.id)


def register_key(script: Script, unit: str) -> None:
    """Two officers register a unit's key from its paper."""
    zh, en = script.world.called(unit)
    day = iso(script.today)
    body = {"holder": unit, "key": public_of(unit), "alg": "ed25519"}
    letter = paper(f"密钥登记 {zh}"[:60], day, day)
    script.do(
        "key.register/1", "exec", body, f"凭纸面登记{zh}的密钥", f"registers the key of {en} from paper", paper=letter
    )


def _sign(script: Script, edition: str, days: dict[str, str]) -> None:
    for unit, day in days.items():
        script.at(f"{day} 10:00")
        script.do("founding.sign/1", unit, _signature(edition, unit), "签署", "signs", figures=signed_share)


def _signature(edition: str, unit: str) -> dict[str, Any]:
    return {"edition": edition, "capacity": "legal_representative", "signatory": commitment_to(f"{unit} 法定代表人")}


def _mend(script: Script, good: Edition, at: str) -> str:
    script.at("2026-01-20 14:00")
    digest, data = json_object(to_data(good))
    zh, en = f"{label_of(at)}发现一个错字，直接改正", f"corrects one typo in {in_english(at)} on the quiet"
    script.refused("founding.import/1", "exec", {"edition": digest}, zh, en, files=[data])
    reasons, text = text_object(f"{WATERMARK}　{label_of(at)}末重复一字，更正后重新签署。")
    zh, en = "重开草案：一个错字，全部签署失效", "reopens the draft: one typo voids every signature"
    before, body = signed_share(script.inst), {"reasons": reasons}
    script.do(
        "founding.reopen/1", "exec", body, zh, en, files=[text], figures=lambda inst: f"{before} → {signed_share(inst)}"
    )
    digest = _import(script, good, "导入更正后的文本", "imports the corrected text")
    _freeze_again(script, digest)
    return digest


def _freeze_again(script: Script, edition: str) -> None:
    body = {"edition": edition, "initiators": _initiators(script)}
    script.do("founding.freeze/1", "exec", body, "再次定稿", "freezes the text again", figures=signed_share)


def _sign_all(script: Script, edition: str, order: list[str]) -> None:
    """Four sign by their legal representatives, the last by a delegate."""
    days = ("2026-01-21", "2026-01-22", "2026-01-26", "2026-01-28")
    _sign(script, edition, dict(zip(order, days, strict=False)))
    script.at("2026-01-30 16:00")
    script.refused("founding.submit/1", "exec", {"edition": edition}, "未签齐即报批", "submits before all have signed")
    last = order[-1]
    body: dict[str, Any] = _signature(edition, last) | {"capacity": "delegate"}
    script.at("2026-02-04 10:00")
    script.refused(
        "founding.sign/1", last, body, "由未附授权委托书的代表签署", "signs by a delegate without a power of attorney"
    )
    attorney = {"document": commitment_to(f"{last} 授权委托书"), "begins": "2026-02-01", "ends": "2026-02-28"}
    script.at("2026-02-06 10:00")
    zh, en = "由委托代表凭授权委托书签署", "signs by a delegate with a power of attorney"
    script.do("founding.sign/1", last, body | {"attorney": attorney}, zh, en, figures=signed_share)


def take_effect(script: Script, edition: str) -> None:
    """Submission, the authority's letter, effect."""
    script.chapter("报批与生效", "Approval and effect")
    script.at("2026-02-06 15:00")
    script.do("founding.submit/1", "exec", {"edition": edition}, "报批", "submits the text", figures=signed_share)
    script.at("2026-02-09 10:00")
    evidence, page = text_object(f"{WATERMARK}　网页快照")
    early = {"edition": edition, "in_force": "2026-02-09", "places": [_place("covenant", evidence)]}
    zh, en = "未经批准即公布", "publishes before approval"
    script.refused("founding.publish/1", "exec", early, zh, en, signers=PUBLISHING, files=[page])
    if not script.has("founding.approval"):
        script.remark(
            "本公约不须批准，签齐报送之日生效", "this covenant asks for no approval: in effect once submitted"
        )
        return
    script.at("2026-03-10 10:00")
    letter = paper(script.world.approval, "2026-03-09", "2026-03-10")
    body = {"outcome": "granted", "edition": edition}
    zh = f"凭纸面记录批准 {script.world.approval}，自成文日 2026-03-09 生效"
    en = "records the approval from paper: in effect from its date, 2026-03-09"
    script.do("founding.approval/1", "exec", body, zh, en, paper=letter, figures=_members)


def _members(inst: Institution) -> str:
    return f"成员 {len(inst.members)} 家 / {len(inst.members)} members"


def _place(page: str, evidence: str) -> dict[str, str]:
    return {"url": f"https://alliance.example/{page}", "evidence": evidence}


def adopt_interpretations(script: Script) -> None:
    """The package of interpretations, in one act."""
    script.at("2026-03-12 10:00")
    few = package().procedure["P6"].floor - 5
    body: dict[str, Any] = {"package": package().version, "other": {"P6": few}}
    zh, en = f"拟将表决期定为 {few} 日", f"would set the voting window to {few} days"
    script.refused("interpretation.adopt/1", "exec", body, zh, en, signers=PANEL)
    rules = max(int(name[1:]) for name in package().procedure if name[0] == "P")
    zh, en = f"通过解释与程序规则 P1–P{rules}", f"adopts the interpretations and procedure rules P1–P{rules}"
    body = {"package": package().version, "other": script.other}
    script.do("interpretation.adopt/1", "exec", body, zh, en, signers=PANEL)


def publish(script: Script, edition: str) -> None:
    """Publication to society; in force from that day."""
    script.chapter("公布施行", "Publication and force")
    script.at("2026-03-20 10:00")
    evidence, page = text_object(f"{WATERMARK}　2026-03-20 网页快照：公约全文。")
    body = {"edition": edition, "in_force": "2026-04-01", "places": [_place("covenant", evidence)], "reasons": None}
    zh, en = "拟自 4 月 1 日施行", "would put it in force on 1 April"
    script.refused("founding.publish/1", "exec", body, zh, en, signers=PUBLISHING, files=[page])
    effective = script.inst.founding.effective_day
    assert effective is not None
    day, end = script.today - effective, publication_deadline(script.inst)
    by_zh, by_en = (f"，期限至 {iso(end.last)}", f", due {iso(end.last)}") if end else ("", "")
    figures = f"第 {day} 日{by_zh} / day {day}{by_en}"
    body |= {"in_force": "2026-03-20"}
    zh, en, files = "向社会公布，自即日施行", "publishes to society: in force today", [page]
    if end and (late := end.overdue(script.today)):
        body["reasons"], why = text_object(f"{WATERMARK}　逾期公布的理由：首次演示。")
        zh, en, files = f"{zh}（逾期 {late} 日，说明理由）", f"{en} ({late} days late, with reasons)", [page, why]
    script.do("founding.publish/1", "exec", body, zh, en, signers=PUBLISHING, files=files, figures=figures)
    script.keep_checkpoint("beichen")
