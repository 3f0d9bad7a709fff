"""我的卷宗 as a unit uses it: what comes next, the timeline, the head, what opens it, what it adds, what it receives."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.book import disclosure
from gongyue.book.dossier_names import DossierNames, named
from gongyue.book.heads import parse_head
from gongyue.covenant.periods import day_of
from gongyue.governance.petition import answer_by
from gongyue.office.store import SEALED
from gongyue.office.vault.vault import Vault
from support.packs import checked
from web.conftest import House
from web.going import SECRETARY, Going
from web.rooms import DOCUMENT, REASONS, assigns, dossier_of, files, name_of, petition, signs, text_of

QINGHE, EMAIL, QIN = "u:0008", "qinghe@demo.invalid", "qin@demo.invalid"


def test_a_petition_from_the_page_to_what_is_settled(house: House) -> None:
    """It is drafted and signed on the pages, waits with its deadline, is answered, and stands among what is settled."""
    going = Going(house).at("2027-03-02 10:00")
    client = house.client(EMAIL)
    assert "现在没有须由贵单位办理的卷" in text_of(client, "/my/dossiers/")
    answers = {"kind": "interest", "text.text": "请明确数据出境备案的口径"}
    dossier = files(house, client, "petition.submit/1", f"as={QINGHE}", answers)
    name = name_of(dossier)
    listed = text_of(client, "/my/dossiers/")
    assert "诉求：维护正当利益" in listed and name in listed and "程序规则 P10" in listed
    shown = text_of(client, f"/my/dossiers/{name}/")
    assert "第 2 步，共 3 步" in shown and "下一步：等执行机构" in shown and "还有" in shown
    assert text_of(client, f"/my/dossiers/{name_of(dossier, 'en')}/") == shown
    assigns(going, dossier, "o:qin")
    going.do("petition.answer/1", "exec", {"answer": "explained", "docs": [REASONS]}, ["o:qin"], dossier=dossier)
    shown = text_of(client, f"/my/dossiers/{name}/")
    assert (
        "说明不予反映的理由" in shown and "已经办结" in shown and "答第 1 件" in shown and "承办人：秘书长秦" in shown
    )
    assert name in text_of(client, "/my/dossiers/").partition("已结")[2]
    consents = f"/acts/new/petition.consent/1/?as={QINGHE}&dossier={dossier}"
    assert f"在卷“{name}”里" in text_of(client, consents)


@pytest.mark.parametrize(("late", "said"), [(0, ""), (1, "逾期 1 日办理，一直如此记载")])
def test_an_answer_on_the_last_day_and_the_day_after(house: House, late: int, said: str) -> None:
    """In time on the last day of P10; a day later the page says so beside it for ever, and before that whose lateness it is."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    since = day_of(going.now)
    going.now += (answer_by(house.office.inst, since).last + late - since) * 86_400
    client, path = house.client(EMAIL), f"/my/dossiers/{name_of(dossier)}/"
    assert ("期限已过" in text_of(client, path)) is bool(late)
    going.do("petition.answer/1", "exec", {"answer": "explained", "docs": [REASONS]}, ["o:qin"], dossier=dossier)
    shown = text_of(client, path)
    assert (said in shown) if said else ("逾期" not in shown)


def test_the_head_and_what_opens_it_are_files_that_verify(house: House) -> None:
    """The signed head states the last place; every entry opens with the salt that comes with it; a head stands at the end."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    going.do("dossier.note/1", QINGHE, {"complete": True}, [QINGHE], dossier=dossier)
    going.at("2027-03-03 10:00").ticks()
    client, path = house.client(EMAIL), f"/my/dossiers/{name_of(dossier)}/"
    kept = client.get(f"{path}dossier.head")
    said = parse_head(kept.content, *(s.verifier for s in house.office.keys.signers(SEALED)))
    assert (said.dossier, said.n) == (dossier, 2) and "attachment" in kept.headers["Content-Disposition"]
    lines = client.get(f"{path}dossier.jsonl").content
    store = house.office.store
    found = list(disclosure.read(lines, lambda i: store.leaf(SEALED, i), lambda c: None))
    assert [one.leaf.entry.rx.n for one in found] == [1, 2]
    assert list(disclosure.heads(lines)) == [json.loads(lines.splitlines()[-1])["head"].encode()]
    assert "本卷共 2 件" in text_of(client, path)


def test_the_evidence_pack_by_a_button_verifies_without_a_key(house: House, tmp_path: Path) -> None:
    """What was received is in it and logged as read, what waits for its receipt is not; another member's button finds nothing."""
    going = Going(house).at("2027-03-02 10:00")
    client = house.client(EMAIL)
    answers = {"kind": "interest", "text.text": "请明确数据出境备案的口径"}
    dossier = files(house, client, "petition.submit/1", f"as={QINGHE}", answers)
    assigns(going, dossier, "o:qin")
    given = {"what": "reply", "docs": [SimpleUploadedFile("说明.txt", "说明的文字".encode())]}
    files(house, house.client(QIN), "dossier.serve/1", f"dossier={dossier}", given)
    path = f"/my/dossiers/{name_of(dossier)}/"
    assert "下载证据包" in text_of(client, path) and client.get(f"{path}pack.zip").status_code == 405
    assert house.client("yunling@demo.invalid").post(f"{path}pack.zip").status_code == 404
    answer = client.post(f"{path}pack.zip")
    (tmp_path / "pack.zip").write_bytes(b"".join(answer.streaming_content))
    assert "attachment" in answer.headers["Content-Disposition"]
    report = checked(tmp_path / "pack.zip")
    assert (report.code, report.failure) == (0, None) and report.pack is not None
    assert [one.state for one in report.pack.documents] == ["here", "waiting"]
    assert "说明的文字".encode() not in (tmp_path / "pack.zip").read_bytes()
    log = Vault(house.directory / "office", lambda: 0).log()
    assert [line.who for line in log if line.what == "read"] == [QINGHE]


def test_what_is_served_opens_with_a_signed_receipt(house: House) -> None:
    """Before it only that something waits; after it each document, every reading logged; the second receipt finds nothing to do."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    given = [SimpleUploadedFile("复函.pdf", b"%PDF-1.7 x"), SimpleUploadedFile("说明.txt", "说明的文字".encode())]
    files(house, house.client(QIN), "dossier.serve/1", f"dossier={dossier}", {"what": "reply", "docs": given})
    client, path = house.client(EMAIL), f"/my/dossiers/{name_of(dossier)}/"
    shown = text_of(client, path)
    assert "有文书送达，请签收" in shown and shown.count("签收后打开") == 2 and "尚未签收" in shown
    assert "有文书送达" in text_of(client, f"/workspace/{QINGHE}/")
    assert client.get(f"{path}3/1/").status_code == 404
    begun = client.post(f"{path}3/receive")
    assert "青禾健康签收答复（第 3 件，2 份文书）" in text_of(client, begun.headers["Location"])
    assert client.post(f"{path}3/receive").headers["Location"] == begun.headers["Location"]
    signs(client, begun.headers["Location"])
    assert f'href="{quote(path)}3/1/"' in client.get(f"{begun.headers['Location']}done/").content.decode()
    shown = text_of(client, path)
    assert "已签收" in shown and "答第 3 件" in shown and "签收后打开" not in shown
    whole = client.get(f"{path}3/1/")
    assert whole.content == b"%PDF-1.7 x" and whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "说明的文字" in text_of(client, f"{path}3/2/")
    assert client.get(f"{path}3/3/").status_code == client.get(f"{path}9/1/").status_code == 404
    assert client.post(f"{path}2/receive").status_code == 404
    log = Vault(house.directory / "office", lambda: 0).log()
    assert [line.who for line in log if line.what == "read"] == [QINGHE, QINGHE]


def test_what_waits_without_a_period_says_since_when(house: House) -> None:
    """The day it was opened, and for how many days: 1 day, not 1 days."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    files(
        house,
        house.client(QIN),
        "dossier.serve/1",
        f"dossier={dossier}",
        {"what": "reply", "docs": [SimpleUploadedFile("复函.txt", "复函".encode())]},
    )
    client = house.client(EMAIL)
    assert "没有期限 今天起" in text_of(client, "/my/dossiers/")
    going.at("2027-03-03 10:00")
    client = house.client(EMAIL)
    assert "没有期限 自2027年3月2日，已 1 日" in text_of(client, "/my/dossiers/")
    assert "No deadline 1 day since 2 March 2027" in text_of(client, "/en/my/dossiers/")


def test_what_a_unit_adds_asks_for_and_withdraws(house: House) -> None:
    """Documents, that its file is complete, a recusal; withdrawn it is ended, and nothing more is offered."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    client, path, query = house.client(EMAIL), f"/my/dossiers/{name_of(dossier)}/", f"as={QINGHE}&dossier={dossier}"
    given = {"docs": [SimpleUploadedFile("附件.txt", "附件".encode())], "docs.text": "又写了一段"}
    files(house, client, "dossier.note/1", query, given)
    assert "附件" in text_of(client, f"{path}3/1/") and "又写了一段" in text_of(client, f"{path}3/2/")
    files(house, client, "dossier.note/1", query, {"asks": "recusal", "whom": "o:qin"})
    assert "回避申请尚未决定：秘书长秦" in text_of(client, path)
    files(house, client, "dossier.note/1", query, {"withdrawn": "yes"})
    shown = text_of(client, path)
    assert "已经办结" in shown and "此卷已终结" in shown
    assert "补充材料" in shown and "/acts/new/dossier.note/1/" not in client.get(path).content.decode()
    refused = client.post(f"/acts/new/dossier.note/1/?{query}", {"complete": "yes"}, follow=True)
    assert "现在递交会被记录" not in refused.content.decode()


@pytest.mark.parametrize(
    ("asked", "title", "there"),
    [
        ("", "补充材料", {"docs", "complete"}),
        ("&complete=yes", "申明材料齐备", {"docs", "complete"}),
        ("&asks=extension", "申请延期", {"docs", "asks"}),
        ("&asks=recusal", "申请回避", {"docs", "asks", "whom"}),
        ("&withdrawn=yes", "撤回", {"docs", "withdrawn"}),
    ],
)
def test_a_note_asks_only_what_it_is_for(house: House, asked: str, title: str, there: set[str]) -> None:
    """Whoever replies meets neither a withdrawal nor ten kinds of request; what its room offered is handed in as it was."""
    client, dossier = house.client(EMAIL), petition(Going(house).at("2027-03-02 10:00"), QINGHE)
    query = f"as={QINGHE}&dossier={dossier}{asked}"
    page = client.get(f"/acts/new/dossier.note/1/?{query}").content.decode()
    names = set(re.findall(r'name="(docs|complete|asks|whom|withdrawn)"', page))
    assert names == there and f"<h1>{title}</h1>" in page
    hidden = dict(re.findall(r'type="hidden" name="(asks|withdrawn)" value="(\w+)"', page))
    assert hidden == {n: v for n, v in (one.split("=") for one in asked[1:].split("&") if one) if n != "complete"}


def test_a_stage_that_is_to_come_is_not_told_as_done(house: House) -> None:
    """In English what is done is in the past; where the dossier stands, and what comes after, is not."""
    going = Going(house).at("2027-02-01 10:00")
    dossier = petition(going, QINGHE)
    client, page = house.client("qinghe@demo.invalid"), f"/en/my/dossiers/{name_of(dossier, 'en')}/"
    stages = r"<li class=\"(\w+)\"[^>]*>\s*<b>([^<]*)</b>"
    assert re.findall(stages, client.get(page).content.decode()) == [
        ("done", "submitted"),
        ("now", "forwarding or explanation"),
        ("to", "the authority&#x27;s answer"),
    ]
    answer = {"answer": "forwarded", "docs": [DOCUMENT]}
    assigns(going, dossier, SECRETARY)
    going.do("petition.answer/1", "exec", answer, [SECRETARY], dossier=dossier)
    assert ("done", "forwarded or explained") in re.findall(stages, client.get(page).content.decode())


def test_an_empty_document_is_refused_beside_its_field(house: House) -> None:
    """422 with the error at the field, for a file without content and for one that is no document; nothing is drafted."""
    going = Going(house).at("2027-03-02 10:00")
    client, query = house.client(EMAIL), f"as={QINGHE}&dossier={petition(going, QINGHE)}"
    for content in (b"", b"\x00\x01\x02"):
        given = {"docs": [SimpleUploadedFile("x.bin", content)]}
        answer = client.post(f"/acts/new/dossier.note/1/?{query}", given)
        assert answer.status_code == 422 and 'id="f-docs-error"' in answer.content.decode()


def test_a_question_is_a_dossier_too(house: House) -> None:
    """It waits for an answer by the last day of P10."""
    going = Going(house).at("2027-03-02 10:00")
    asked = dossier_of(going.of("interpretation.ask/1", QINGHE, article=8, question=DOCUMENT))
    listed = text_of(house.client(EMAIL), "/my/dossiers/")
    assert "询问：第八条" in listed and "程序规则 P10" in listed
    shown = text_of(house.client(EMAIL), f"/my/dossiers/{name_of(asked)}/")
    assert "联盟以解释答复，或者说明理由" in shown and "第 2 步，共 2 步" in shown


def test_two_dossiers_that_begin_with_the_same_words_get_a_third() -> None:
    """Names are apart among what one reader sees, in each language; a longer name leads to the same dossier."""
    one, other = "d:" + "ab" * 32, "d:" + "abab" + "cd" * 30
    third = "d:" + "ef" * 32
    for language in ("zh", "en"):
        names = DossierNames([one, other, third])
        said = [names.of(id, language) for id in (one, other, third)]
        assert len({*said}) == 3 and [len(name.split("-")) for name in said] == [3, 3, 2]
        assert [named(name, [one, other, third]) for name in said] == [[one], [other], [third]]
        assert named("-".join(said[0].split("-")[:2]), [one, other, third]) == [one, other]
    assert DossierNames(["d:members"]).of("d:members", "zh") == "members" and named("members", ["d:members"]) == [
        "d:members"
    ]
    assert named("没有-这样", [one]) == named("one", [one]) == named("", [one]) == []


def test_a_vault_that_cannot_be_opened_leaves_the_dossier_readable(house: House) -> None:
    """Its keys gone, the timeline stands as before; the document is offered no more, and its address says why."""
    client = house.client(EMAIL)
    dossier = files(house, client, "petition.submit/1", f"as={QINGHE}", {"kind": "wish", "text.text": "意愿"})
    path = f"/my/dossiers/{name_of(dossier)}/"
    assert f'href="{path}1/1/"' in unquote(client.get(path).content.decode())
    shutil.rmtree(house.directory / "office" / "vault-keys")
    shown = client.get(path).content.decode()
    assert "提出诉求" in shown and f'href="{path}1/1/"' not in unquote(shown)
    assert "意愿</pre>" not in client.get(f"{path}1/1/").content.decode()
