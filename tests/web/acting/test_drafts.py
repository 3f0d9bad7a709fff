from __future__ import annotations

import re
import threading
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import decode, signed_act
from gongyue.book.signing import sign
from gongyue.covenant.periods import iso, moment
from gongyue.demo.simulated_office import public_of
from gongyue.office.keys import demo_seed
from gongyue.office.store import OPEN
from gongyue.office.vault.vault import Vault
from support.bad_documents import BAD
from tests.web.acting.answers import PAPER, scan
from tests.web.conftest import House
from tests.web.going import PROPOSAL, Going
from tests.web.rooms import petition

BEICHEN, QIN, BAI, LU = (f"{name}@demo.invalid" for name in ("beichen", "qin", "bai", "lu"))


def draft_of(client: Any, type: str, actor: str, data: dict[str, Any]) -> str:
    """The address of a new draft."""
    answer = client.post(f"/acts/new/{type}/?as={actor}", data)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    return str(answer.headers["Location"])


def shown(client: Any, address: str) -> str:
    return client.get(address).content.decode()


def digest_on(text: str) -> str:
    found = re.search(r'name="digest" value="(sha256:[0-9a-f]{64})"', text)
    assert found
    return found[1]


def demo_signs(client: Any, address: str, **more: str) -> Any:
    return client.post(address + "sign/demo", {"digest": digest_on(shown(client, address)), **more})


def test_the_page_shows_what_is_signed_its_words_and_what_it_would_find(house: House) -> None:
    """The act in words and to the letter, its digest in words of the reader's language, the rulings it rests on."""
    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research", "education"]})
    text = shown(client, address)
    digest = digest_on(text)
    assert "科研、教育" in text
    assert "&quot;type&quot;:&quot;membership.declare/1&quot;" in text
    for language, page in (("zh", text), ("en", shown(client, "/en" + address))):
        for word in digest_words(digest, language):
            assert f"<span>{word}</span>" in page
    assert "现在递交会被记录" in text


def test_signing_records_the_act_and_gives_the_receipt(house: House) -> None:
    """The receipt page says where it stands; the receipt is the book's own proof."""
    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    before = house.office.inst.size
    answer = demo_signs(client, address)
    assert answer.headers["Location"] == address + "done/"
    assert house.office.inst.size == before + 1
    assert f"公开簿 #{before}" in shown(client, address + "done/")
    receipt = client.get(address + "done/receipt")
    assert receipt.content.startswith(b"c2sp.org/tlog-proof@v1")
    assert client.get(address).headers["Location"] == address + "done/"


def test_a_sealed_act_gives_promise_and_opening_to_its_own_party(house: House) -> None:
    """A ballot's receipt is a promise; what opens it is for the unit alone."""
    Going(house).is_under_vote()
    client = house.client(BEICHEN)
    address = draft_of(client, "vote.ballot/1", "u:0004", {"vote": PROPOSAL, "choice": "abstain"})
    assert demo_signs(client, address).status_code == 302
    assert client.get(address + "done/receipt").content.startswith(b"gongyue/promise@1")
    assert b'"choice":"abstain"' in client.get(address + "done/opening").content
    for other in ("qinghe@demo.invalid", QIN, "yunling-engineer@demo.invalid"):
        assert house.client(other).get(address + "done/opening").status_code == 404


def test_what_it_commits_to_is_kept_in_the_office_alone(house: House) -> None:
    """Once recorded, the private text and its salt lie in the vault, and nowhere among the pages' tables or in the open."""
    from gongyue.web.acting.models import DraftFile

    client, vault = house.client(BEICHEN), Vault(house.directory / "office", lambda: 0)
    before = vault.known()
    address = draft_of(client, "interpretation.ask/1", "u:0004", {"article": "8", "question.text": "如何理解“正当”？"})
    assert DraftFile.objects.filter(salt__isnull=False).count() == 1
    demo_signs(client, address)
    assert not DraftFile.objects.exists()
    (kept,) = [one for one in vault.known() if one not in before]
    assert (kept.dossier[:2], kept.by) == ("d:", "u:0004")
    assert vault.opened(kept)[0].data.decode() == "如何理解“正当”？"
    lying = [
        path for path in vault.office.rglob("*") if path.is_file() and "如何理解“正当”".encode() in path.read_bytes()
    ]
    assert lying == [] and (vault.office / "web.db").is_file()


@pytest.mark.parametrize("what", [one for one in BAD if one != "a name turned about"])
def test_a_document_that_cannot_be_kept_is_told_on_the_form(house: House, what: str) -> None:
    """Before anybody signs, beside its field, in the reader's language: nothing is drafted."""
    from gongyue.web.acting.models import Draft

    client, vault = house.client(BEICHEN), Vault(house.directory / "office", lambda: 0)
    before, drafts = vault.known(), Draft.objects.count()
    name, data = BAD[what]
    for language in ("", "/en"):
        sent = {"article": "8", "question": SimpleUploadedFile(name, data)}
        answer = client.post(f"{language}/acts/new/interpretation.ask/1/?as=u:0004", sent)
        assert answer.status_code == 422
        (told,) = re.findall(r'class="error"[^>]*>([^<]+)', answer.content.decode())
        assert bool(re.search("[一-鿿]", told.replace(name, ""))) == (not language), told
    assert vault.known() == before and Draft.objects.count() == drafts


def test_what_turns_a_file_s_name_about_is_taken_out_of_it(house: House) -> None:
    """The form takes the document under the name as everybody reads it."""
    name, data = BAD["a name turned about"]
    client = house.client(BEICHEN)
    address = draft_of(
        client, "interpretation.ask/1", "u:0004", {"article": "8", "question": SimpleUploadedFile(name, data)}
    )
    text = shown(client, address)
    assert "\u202e" not in text and name.replace("\u202e", "") in text


def test_a_refusal_shows_the_code_the_words_and_the_figures(house: House) -> None:
    """A proposal without enough supporters: GY-22-01, the article with its words marked, the arithmetic, what is enough."""
    going = Going(house).at("2027-02-01 10:00").proposes()
    client = house.client(BEICHEN)
    address = draft_of(client, "amendment.file/1", "u:0004", {"proposal": PROPOSAL})
    text = shown(client, address)
    assert "GY-22-01" in text
    assert "<mark>" in text and "十分之一以上" in text
    assert f"10×1=10&lt;{len(going.inst.members)}" in text
    assert f"<dt>须</dt><dd><b>{going.needed}</b>" in text
    assert 'href="/covenant/22/#GY-22-01"' in text
    answer = demo_signs(client, address)
    assert answer.status_code == 409
    assert "没有记录：" in answer.content.decode()
    assert "GY-22-01" in answer.content.decode()


def test_out_of_turn_says_where_it_stands(house: House) -> None:
    """Signing a covenant in force is no step that can be taken now."""
    client = house.client(BEICHEN)
    data = {"capacity": "legal_representative", "signatory.text": "张三（演示）"}
    text = shown(client, draft_of(client, "founding.sign/1", "u:0004", data))
    assert "现在不能办这一步" in text
    assert "out-of-turn/not-frozen" in text
    assert "施行中" in text


def test_a_late_ballot_is_told_when_the_vote_ended_and_how(house: House) -> None:
    """Drafted in time, signed after the end: its draft again, the last moment or the result, and the way to the vote."""
    going = Going(house).is_under_vote()
    client, closes = house.client(BEICHEN), going.inst.votes[PROPOSAL].closes
    address = draft_of(client, "vote.ballot/1", "u:0004", {"vote": PROPOSAL, "choice": "abstain"})
    going.now = closes
    going.of("membership.declare/1", "u:0004", activities=["research"], other="")
    late = demo_signs(client, address)
    text = late.content.decode()
    assert (late.status_code, "没有记录：期限已过。" in text) == (409, True)
    assert f"<dt>止</dt><dd>{moment(closes)}</dd>" in text
    assert f'href="/votes/{PROPOSAL}/"' in text
    going.at("2027-03-20 10:00").ticks()
    closed = shown(client, address)
    assert f"<dt>止</dt><dd>{iso(going.inst.votes[PROPOSAL].closed_day)}</dd>" in closed
    assert "现状：未通过" in closed


def test_what_cannot_be_taken_back_is_confirmed(house: House) -> None:
    """Withdrawing asks to be confirmed; without it nothing is recorded."""
    client = house.client(BEICHEN)
    address = draft_of(client, "membership.withdraw/1", "u:0004", {})
    assert "知道此行为不可收回" in shown(client, address)
    assert demo_signs(client, address).headers["Location"] == address
    assert "u:0004" in house.office.inst.members
    assert demo_signs(client, address, sure="yes").headers["Location"] == address + "done/"
    assert "u:0004" not in house.office.inst.members


def test_two_persons_sign_what_is_weighty(house: House) -> None:
    """The first signature waits; the same person twice is not two; the second person's records it."""
    clerk, secretary = house.client(BAI), house.client(QIN)
    from gongyue.demo.simulated_office import public_of

    data = {"holder": "sys", "key": public_of("sys#3")}
    address = draft_of(clerk, "key.register/1", "exec", data)
    assert demo_signs(clerk, address).headers["Location"] == address
    text = shown(clerk, address)
    assert "经办白</b> 已签" in text
    assert "还须 1 人签署" in text
    assert "用演示密钥签署" not in text
    before = house.office.inst.size
    assert demo_signs(secretary, address).headers["Location"] == address + "done/"
    assert house.office.inst.size == before + 1


def test_a_unit_act_is_recorded_from_paper_with_its_scan(house: House) -> None:
    """Two officers record a ballot from paper: number, dates and the scan's commitment are in the act, the scan is private."""
    Going(house).is_under_vote()
    clerk, secretary = house.client(BAI), house.client(QIN)
    dates = {"paper.dated": "2027-02-02", "paper.arrived": "2027-02-02"}
    data = {"vote": PROPOSAL, "choice": "consent"} | PAPER | dates | {"paper.scan": scan()}
    address = draft_of(clerk, "vote.ballot/1", "u:0009", data)
    assert "示函〔2027〕1号" in shown(clerk, address)
    demo_signs(clerk, address)
    assert demo_signs(secretary, address).headers["Location"] == address + "done/"
    store = house.office.store
    entry = decode(store.sealed_numbered(store.arrivals()).entry).entry
    assert entry.act.actor == "u:0009"
    assert entry.act.paper.number == "示函〔2027〕1号"
    assert len(entry.sigs) == 2
    vault = Vault(house.directory / "office", lambda: 0)
    kept = next(one for one in vault.known() if one.c == entry.act.paper.scan)
    assert vault.opened(kept)[0].data.startswith(b"%PDF")


@pytest.mark.parametrize("posted", [{}, {"paper.number": ""}, {"paper.number": "  "}])
def test_a_paper_without_a_number_is_recorded_as_one(house: House, posted: dict[str, str]) -> None:
    """The form says that the number may be left out, the draft and the page of the act that there is none; the book verifies."""
    clerk, secretary = house.client(BAI), house.client(QIN)
    form = clerk.get("/acts/new/membership.withdraw/1/?as=u:0009").content.decode()
    field = form[form.index("发文字号") :]
    assert "可不填" in field[: field.index('name="paper.number"')]
    dates = {"paper.dated": "2027-01-30", "paper.arrived": "2027-01-31"}
    address = draft_of(clerk, "membership.withdraw/1", "u:0009", posted | dates | {"paper.scan": scan()})
    assert "无文号" in shown(clerk, address)
    demo_signs(clerk, address, sure="yes")
    done = demo_signs(secretary, address, sure="yes").headers["Location"]
    assert "无文号" in shown(clerk, done)
    index = int(re.findall(r"公开簿 #(\d+)", shown(clerk, done))[0])
    leaf = house.office.store.leaf(OPEN, index)
    assert leaf is not None and decode(leaf).entry.act.paper.number == ""
    assert "无文号" in shown(house.client(), f"/log/{index}/")
    assert "no number" in shown(house.client(), f"/en/log/{index}/")


def test_paper_without_its_particulars_is_asked_for(house: House) -> None:
    """An officer who records a unit's act must give the paper: 422 otherwise; a number only where it has one."""
    answer = house.client(BAI).post("/acts/new/annex.sign/1/?as=u:0009", {"annex": "a:health"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "扫描件：请选择扫描件" in text
    assert "成文日期：请填写" in text
    assert "发文字号：" not in text


def test_a_file_is_signed_elsewhere_and_handed_in(house: House, tmp_path: Any) -> None:
    """act.json, signed by the command line with the same words, comes back and is recorded."""
    from click.testing import CliRunner
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongyue.cli.main import main
    from gongyue.office.keys import write_seed

    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    path, key = tmp_path / "act.json", tmp_path / "unit.key"
    path.write_bytes(client.get(address + "act.json").content)
    write_seed(key, demo_seed("u:0004"))
    told = CliRunner().invoke(main, ["sign", str(path), "--key", str(key)], catch_exceptions=False)
    digest = digest_on(shown(client, address))
    assert " ".join(digest_words(digest, "zh")) in told.output
    answer = client.post(
        address + "sign/file", {"digest": digest, "file": SimpleUploadedFile("act.json", path.read_bytes())}
    )
    assert answer.headers["Location"] == address + "done/"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("altered", "与此草稿不同"),
        ("unsigned", "没有新的签名"),
        ("wrong key", "不能签署此件"),
        ("garbage", "这不是行为文件"),
    ],
)
def test_a_file_that_is_not_the_signed_draft_is_not_taken(house: House, what: str, said: str) -> None:
    """Another act, no signature, somebody else's key, no act at all: said so, nothing recorded."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    act = signed_act(client.get(address + "act.json").content)
    if what == "altered":
        act = sign(msgspec.structs.replace(act, act=act.act | {"seq": 99}), demo_seed("u:0004"))
    elif what == "wrong key":
        act = sign(act, demo_seed("u:0008"))
    data = b"\x00not json" if what == "garbage" else msgspec.json.encode(act)
    before = house.office.inst.size
    digest = digest_on(shown(client, address))
    answer = client.post(
        address + "sign/file", {"digest": digest, "file": SimpleUploadedFile("act.json", data)}, follow=True
    )
    text = answer.content.decode()
    assert said in text or (what == "wrong key" and "更新过" in text)
    assert house.office.inst.size == before


def test_what_one_officer_has_signed_outlives_what_the_same_officers_record_meanwhile(house: House) -> None:
    """Three wait; they are signed for the second time in whatever order, by whichever of the two: each is the act first signed."""
    clerk, secretary = house.client(BAI), house.client(QIN)
    drafts = [
        draft_of(clerk, "key.register/1", "exec", {"holder": "sys", "key": public_of(f"sys#{n}")}) for n in (3, 4, 5)
    ]
    digests = [digest_on(shown(clerk, one)) for one in drafts]
    for one, client in zip(drafts, (clerk, secretary, clerk), strict=True):
        demo_signs(client, one)
    listed = shown(secretary, "/desk/confirmations/")
    assert listed.count("待您签署") == 2 and "等待第二人签署" in listed
    for n, client in ((2, secretary), (1, clerk), (0, secretary)):
        assert "请再签一次" not in shown(client, drafts[n])
        assert digest_on(shown(client, drafts[n])) == digests[n]
        assert demo_signs(client, drafts[n]).headers["Location"] == drafts[n] + "done/"
    assert {public_of(f"sys#{n}") for n in (3, 4, 5)} <= set(house.office.catch_up().keys)


def test_what_was_signed_under_a_rule_that_is_another_now_is_signed_again(house: House) -> None:
    """The list says so, the draft too; fixed anew, the second signature is refused until the first has been given again."""
    clerk, secretary = house.client(BAI), house.client(QIN)
    draft = draft_of(clerk, "key.register/1", "exec", {"holder": "sys", "key": public_of("sys#3")})
    demo_signs(clerk, draft)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("gongyue.web.acting.finalisation.same_meaning", lambda *_: False)
        assert "须重新签署" in shown(secretary, "/desk/confirmations/")
        assert "请再签一次" in shown(clerk, draft)
        clerk.post(draft + "key")
    text = shown(secretary, draft)
    assert "请再签一次" not in text and "还须 2 人签署" in text
    demo_signs(secretary, draft)
    assert demo_signs(clerk, draft).headers["Location"] == draft + "done/"


def test_drafts_wait_in_one_list_for_whom_they_wait(house: House) -> None:
    """Signed by nobody, by one; the clerk who signed is not asked again; an officer who signs neither does not see it."""
    clerk, secretary, publisher = house.client(BAI), house.client(QIN), house.client(LU)
    before = shown(secretary, "/desk/confirmations/").count("登记密钥")
    draft = draft_of(clerk, "key.register/1", "exec", {"holder": "sys", "key": public_of("sys#3")})
    assert shown(secretary, "/desk/confirmations/").count("登记密钥") == before + 1
    demo_signs(clerk, draft)
    row = shown(clerk, "/desk/confirmations/").partition(f'href="{draft}"')[2].partition("</tr>")[0]
    assert "待您签署" not in row and "另 1 人：秘书长秦" in row
    row = shown(secretary, "/desk/confirmations/").partition(f'href="{draft}"')[2].partition("</tr>")[0]
    assert "待您签署" in row
    assert f'href="{draft}"' not in shown(publisher, "/desk/confirmations/")
    demo_signs(secretary, draft)
    for client, seen in ((clerk, 1), (secretary, 1), (publisher, 0)):
        assert shown(client, "/desk/confirmations/").count(f'href="{draft}"') == seen


def test_an_unsigned_draft_follows_the_book(house: House) -> None:
    """Nobody has signed: looked at again, it is fixed for the book as it is now."""
    client = house.client(BEICHEN)
    first = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    second = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["education"]})
    old = digest_on(shown(client, second))
    demo_signs(client, first)
    assert digest_on(shown(client, second)) != old
    answer = client.post(second + "sign/demo", {"digest": old}, follow=True)
    assert "更新过" in answer.content.decode()
    assert demo_signs(client, second).headers["Location"] == second + "done/"


def test_of_two_drafts_the_later_says_which_act_was_signed_since(house: House) -> None:
    """Shown in two tabs, the other one signed first: no number of ours, no dossier; it is brought up to date, and can be signed."""
    client = house.client(BEICHEN)
    drafts = [draft_of(client, "membership.declare/1", "u:0004", {"activities": [a]}) for a in ("research", "analysis")]
    digests = [digest_on(shown(client, address)) for address in drafts]
    assert client.post(drafts[0] + "sign/demo", {"digest": digests[0]}).headers["Location"] == drafts[0] + "done/"
    size = house.office.inst.size
    text = client.post(drafts[1] + "sign/demo", {"digest": digests[1]}, follow=True).content.decode()
    assert f"贵单位其后另签了一件 #{size - 1}。草稿已随之更新" in text
    assert "行为序号" not in text and "先看卷宗" not in text
    assert demo_signs(client, drafts[1]).headers["Location"] == drafts[1] + "done/"


def test_a_declaration_of_what_stands_already_says_that_it_changes_nothing(house: House) -> None:
    """Before it is signed; one that says something else does not."""
    client, unit = house.client(BEICHEN), house.office.inst.units["u:0004"]
    same = {"activities": list(unit.activities), "other": unit.other}
    assert "什么也不会改变" in shown(client, draft_of(client, "membership.declare/1", "u:0004", same))
    other = {"activities": ["research", "education", "analysis"], "other": "量子"}
    assert "什么也不会改变" not in shown(client, draft_of(client, "membership.declare/1", "u:0004", other))


def test_two_at_once_record_one_act(house: House) -> None:
    """Eight requests sign the same draft at the same moment: one act, every one is led to its receipt."""
    from django.db import connections

    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    digest = digest_on(shown(client, address))
    before, answers = house.office.inst.size, []

    def go(one: Any) -> None:
        try:
            answers.append(one.post(address + "sign/demo", {"digest": digest}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(house.client(BEICHEN),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.office.inst.size == before + 1
    assert [a.headers.get("Location") for a in answers] == [address + "done/"] * 8


def version_in(form: str) -> str:
    """On which draft a form was opened."""
    found = re.search(r'name="version" value="([0-9a-f]{64})"', form)
    assert found
    return found[1]


def test_whoever_edits_second_is_told_and_loses_nothing(house: House) -> None:
    """Two open the form; the second to hand it in gets 409, sees what it typed, and may put it in place knowingly."""
    from gongyue.web.acting.models import Draft

    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    version = version_in(client.get(address + "edit/").content.decode())
    first = client.post(address + "edit/", {"activities": ["education"], "version": version})
    second = client.post(address + "edit/", {"activities": ["analysis"], "other": "培训", "version": version})
    assert (first.status_code, second.status_code) == (302, 409)
    assert Draft.objects.get().body["activities"] == ["education"]
    text = second.content.decode()
    assert "您填的没有保存" in text
    assert 'value="analysis" checked' in text and 'value="education" checked' not in text and 'value="培训"' in text
    again = client.post(address + "edit/", {"activities": ["analysis"], "version": version_in(text)})
    assert again.status_code == 302
    assert Draft.objects.get().body["activities"] == ["analysis"]


def test_a_form_opened_before_somebody_signed_wipes_no_signature(house: House) -> None:
    """The signature stays; the editor is told. After it is recorded, the editor is led to the receipt."""
    from gongyue.web.acting.models import Draft

    clerk, secretary = house.client(BAI), house.client(QIN)
    data = {
        "officer": "o:new",
        "offices": ["sysop"],
        "begins": "2027-03-01",
        "ends": "2027-12-31",
        "interests.text": "无",
    }
    address = draft_of(clerk, "office.appoint/1", "exec", data)
    version = version_in(secretary.get(address + "edit/").content.decode())
    demo_signs(clerk, address)
    answer = secretary.post(address + "edit/", data | {"ends": "2027-06-30", "version": version})
    assert answer.status_code == 409 and "您填的没有保存" in answer.content.decode()
    assert 'rows="3">无</textarea>' in answer.content.decode()
    assert "首签密钥不能再换" in secretary.post(address + "key", {"key": ""}, follow=True).content.decode()
    assert len(Draft.objects.get().sigs) == 1
    assert demo_signs(secretary, address).headers["Location"] == address + "done/"
    late = clerk.post(address + "edit/", data | {"version": version}, follow=True)
    assert late.redirect_chain[-1][0] == address + "done/"


def test_a_file_handed_in_with_a_wrong_answer_is_asked_for_again(house: House) -> None:
    """A form that goes back keeps no file: it says so, keeps what was written, and makes no draft that lacks a file."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongyue.web.acting.models import Draft

    client, address = house.client(QIN), "/acts/new/interpretation.issue/1/"
    data = {"kind": "prose", "article": "17", "effective": "2027-02-31"}
    text = client.post(address, data | {"text": SimpleUploadedFile("t.txt", "文字".encode())}).content.decode()
    assert "所选文件没有保存，请再选一次" in text and 'type="hidden" name="text"' not in text
    text = client.post(address, data | {"text.text": "解释文字"}).content.decode()
    assert 'rows="3">解释文字</textarea>' in text and "所选文件没有保存" not in text
    assert not Draft.objects.exists()


def test_a_draft_is_changed_and_signed_anew(house: House) -> None:
    """Changing a signed draft empties its signatures; the files it no longer names are gone."""
    from gongyue.web.acting.models import Draft

    clerk = house.client(BAI)
    data = {"order": "l:court-2027-2", "source": "示范法院", "forbids": "annex.publish/1", "begins": "2027-02-01"}
    address = draft_of(clerk, "law.order/1", "exec", data | PAPER | {"paper.scan": scan()})
    demo_signs(clerk, address)
    form = clerk.get(address + "edit/").content.decode()
    assert 'value="l:court-2027-2"' in form
    kept = re.search(r'name="paper.scan" value="(sha256:[0-9a-f]{64})"', form)
    assert kept
    again = data | {"source": "示范高院", "version": version_in(form)} | PAPER | {"paper.scan": kept[1]}
    assert clerk.post(address + "edit/", again).status_code == 302
    draft = Draft.objects.get()
    assert draft.sigs == []
    assert draft.body["source"] == "示范高院"
    assert draft.files.count() == 1


def test_whoever_signs_the_text_reads_what_it_does_not_have(house: House) -> None:
    """Beside the digest: each absence, and what holds instead."""
    page = house.client(BEICHEN).get("/acts/new/founding.sign/1/?as=u:0004").content.decode()
    assert "本文未规定" in page
    assert "本文没有关于法定人数的规定" in page


def test_a_draft_is_discarded_with_what_it_brought(house: House) -> None:
    """Nothing of it is left to be seen, and nobody opens it again."""
    from gongyue.web.acting.models import Draft, DraftFile

    client = house.client(BEICHEN)
    address = draft_of(client, "interpretation.ask/1", "u:0004", {"article": "8", "question.text": "问"})
    assert client.post(address + "discard").status_code == 302
    assert client.get(address).status_code == 404
    assert not DraftFile.objects.exists()
    assert Draft.objects.get().body == {}


def test_an_applicant_brings_its_own_key(house: House) -> None:
    """A unit the book does not know applies and signs with the key its application brings."""
    client = house.client("northlake@demo.invalid")
    actor = "u:910000000000003937"
    data = {
        "name": "Northlake Analytics（新加坡）",
        "code": "910000000000003937",
        "domestic": "yes",
        "accepts": "yes",
        "activities": ["analysis"],
    }
    address = draft_of(client, "membership.apply/1", actor, data)
    assert demo_signs(client, address).headers["Location"] == address + "done/"
    assert client.get(address + "done/opening").status_code == 200


def test_forms_are_posted_from_our_own_pages_only(house: House) -> None:
    """Without the token of the page a draft is neither made nor signed (403)."""
    client = house.client(BEICHEN, enforce_csrf_checks=True)
    assert client.post("/acts/new/membership.declare/1/?as=u:0004", {"activities": ["research"]}).status_code == 403
    address = draft_of(house.client(BEICHEN), "membership.declare/1", "u:0004", {"activities": ["research"]})
    for page in ("sign/demo", "sign/file", "sign/passkey", "discard", "key"):
        assert client.post(address + page, {"digest": "x"}).status_code == 403


def test_the_demonstration_key_signs_in_demonstrations_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a real installation the way is neither offered nor taken."""
    from gongyue.web.acting import drafts, signing

    client = house.client(BEICHEN)
    address = draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    digest = digest_on(shown(client, address))
    real = msgspec.structs.replace(drafts.WEB, office=msgspec.structs.replace(drafts.WEB.office, demo=False))
    monkeypatch.setattr(drafts, "WEB", real)
    monkeypatch.setattr(signing, "WEB", real)
    assert "用演示密钥签署" not in shown(client, address)
    before = house.office.inst.size
    client.post(address + "sign/demo", {"digest": digest})
    assert house.office.inst.size == before
    assert house.office.store.head(OPEN).size == before


def test_a_declaration_of_interests_is_signed_by_the_officer_itself(house: House) -> None:
    """The page names it and no office; the rulings are told in the reader's language, officers by name."""
    client = house.client("mo@demo.invalid")
    address = draft_of(client, "office.declare/1", "exec", {"officer": "o:mo", "interests.text": "无"})
    for prefix, mine in (("", "由审议人莫签署"), ("/en", "Signed by 审议人莫")):
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown(client, prefix + address)))
        assert mine in page, prefix
        assert "由秘书长" not in page and "o:mo" not in page[: page.index("JSON")]
    rulings = re.search(r'<ol class="list rulings">.*?</ol>', shown(client, address), re.DOTALL)
    assert (
        rulings is not None
        and "所查：执行机构；不合的，以 GY-05-01 拒绝" in rulings[0]
        and "GY-05-16" in rulings[0]
        and "审议人莫" in rulings[0]
    )
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", re.sub(r"<[^>]+>", "", rulings[0])), "no English sentence"
    assert "An officer declares its own interests" in shown(client, f"/en{address}")


def test_of_two_ballots_the_later_names_no_entry(house: House) -> None:
    """Ballots are numbered under seal: no old act of the open book is named for the one that was cast since."""
    Going(house).is_under_vote()
    client = house.client(BEICHEN)
    votes = [
        draft_of(client, "vote.ballot/1", "u:0004", {"vote": PROPOSAL, "choice": c}) for c in ("abstain", "consent")
    ]
    digests = [digest_on(shown(client, vote)) for vote in votes]
    assert client.post(votes[0] + "sign/demo", {"digest": digests[0]}).status_code == 302
    text = client.post(votes[1] + "sign/demo", {"digest": digests[1]}, follow=True).content.decode()
    assert "贵单位其后另签了一件。草稿已随之更新" in text


def test_a_text_that_is_cleared_is_gone(house: House) -> None:
    """What was written stands in the form to be changed; emptied, nothing of it is kept, and it is asked for."""
    Going(house).at("2027-03-02 10:00")
    client = house.client("qinghe@demo.invalid")
    at = draft_of(client, "petition.submit/1", "u:0008", {"kind": "interest", "text.text": "请过问接口一事"})
    page = shown(client, at + "edit/")
    assert "请过问接口一事" in page and not re.search(r'type="hidden" name="text"', page)
    emptied = client.post(at + "edit/", {"kind": "interest", "text.text": ""})
    assert emptied.status_code == 422 and "请过问接口一事" not in emptied.content.decode()


def test_what_a_note_asks_for_is_one_of_few(house: House) -> None:
    """Another word in the address or the form is no request: the form is asked, nothing breaks down."""
    dossier = petition(Going(house).at("2027-03-02 10:00"), "u:0008")
    client, at = house.client("qinghe@demo.invalid"), f"/acts/new/dossier.note/1/?as=u:0008&dossier={dossier}"
    assert client.get(at + "&asks=bogus").status_code == 200
    assert client.post(at, {"asks": "bogus"}).status_code == 422
