"""Telling many at once: one list in words, drafted in one, signed by each of two officers with one confirmation; every act its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from gongyue.office.keys import demo_seed, write_seed
from web.acting.test_passkey import authenticator
from web.conftest import House, Visitor
from web.going import BEICHEN, PROPOSAL, QINGHE, TASHA, YUNLING, Going

QIN, BAI, LU = (f"{one}@demo.invalid" for one in ("qin", "bai", "lu"))
PAGE = "/desk/telling/"


@pytest.fixture
def going(house: House) -> Going:
    """Three things recorded from paper in three units' names: two in the open book, one ballot."""
    on = Going(house).is_under_vote()
    on.at("2027-02-03 10:00")
    for unit in (BEICHEN, TASHA):
        on.on_paper("amendment.support/1", unit, proposal=_another(on))
    on.on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="consent")
    return on.at("2027-02-04 10:00")


def _another(on: Going) -> str:
    """A second proposal, that is supported from paper."""
    if "p:2027-02" not in on.inst.proposals:
        on.proposes(YUNLING, "p:2027-02", "努力推进行业自律")
    return "p:2027-02"


def _listed(page: str) -> list[str]:
    return re.findall(r'name="of" value="([^"]+)"', page)


def _to_sign(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'name="draft" value="([^"]+)"', page)]


def _drafts(client: Any, ids: list[str], **more: Any) -> Any:
    said = {"of": ids, "way": "letter", "day": "2027-02-04", "second": "o:bai"} | more
    return client.post(PAGE, said)


def test_many_are_told_by_two_officers_who_confirm_once_each(house: House, going: Going) -> None:
    """Expected: the names and what was recorded; drafted, both sign the list once; each stands in its book by itself, and nothing is left."""
    first, second = house.client(QIN), house.client(BAI)
    page = first.get(PAGE).content.decode()
    ids = _listed(page)
    assert len(ids) >= 3
    for unit in (BEICHEN, TASHA, QINGHE):
        assert house.office.inst.units[unit].name in page
    assert "告知 " in first.get("/desk/").content.decode() and "成批告知" in first.get("/desk/").content.decode()
    size, arrivals = house.office.inst.size, house.office.store.arrivals()
    answer = _drafts(first, ids)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#sign")
    page = first.get(PAGE).content.decode()
    assert not _listed(page) and f"下列 {len(ids)} 件已照所写的方式和日期告知本人" in page
    assert page.count("函告 2027年2月4日") == len(ids)
    values = _to_sign(page)
    assert len(values) == len(ids)
    first.post(f"{PAGE}sign", {"way": "demo", "draft": values})
    assert f"已签 {len(ids)} 件，待另一名职员签署" in first.get(PAGE).content.decode()
    assert (house.office.inst.size, house.office.store.arrivals()) == (size, arrivals)
    assert f"其中 {len(ids)} 件记录已告知" in second.get("/desk/confirmations/").content.decode()
    second.post(f"{PAGE}sign", {"way": "demo", "draft": _to_sign(second.get(PAGE).content.decode())})
    assert f"已记录 {len(ids)} 件" in second.get(PAGE).content.decode()
    opened = [id for id in ids if id.startswith("open:")]
    assert house.office.inst.size == size + len(opened)
    assert house.office.store.arrivals() == arrivals + len(ids) - len(opened)
    assert all(house.office.inst.papers[int(id.removeprefix("open:"))].told for id in opened)
    assert not _listed(second.get(PAGE).content.decode())


def test_what_is_not_ticked_waits(house: House, going: Going) -> None:
    """Expected: one is drafted, the others stay listed; of two drafts one is signed, the other goes on waiting."""
    client = house.client(QIN)
    ids = _listed(client.get(PAGE).content.decode())
    _drafts(client, ids[:2])
    page = client.get(PAGE).content.decode()
    assert _listed(page) == ids[2:]
    values = _to_sign(page)
    client.post(f"{PAGE}sign", {"way": "demo", "draft": values[:1]})
    assert _to_sign(client.get(PAGE).content.decode()) == values[1:]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"day": "2027-02-05"}, "不能晚于今天"),
        ({"day": "gestern"}, "请写告知之日"),
        ({"day": "2027-02-01"}, "所写之日还没有记录：北辰"),
        ({"way": "by pigeon"}, "请选告知方式"),
        ({"second": "o:qin"}, "请选另一名"),
        ({"second": "o:lu"}, "请选另一名"),
        ({"of": []}, "至少选一件"),
        ({"of": ["open:1"]}, "至少选一件"),
    ],
)
def test_nothing_is_drafted_where_something_is_wrong(house: House, going: Going, more: Any, said: str) -> None:
    """Expected: 422, in words what is wrong, and not one draft."""
    from gongyue.web.acting.models import Draft

    client = house.client(QIN)
    answer = _drafts(client, _listed(client.get(PAGE).content.decode()), **more)
    page = unescape(answer.content.decode())
    assert (answer.status_code, said in page) == (422, True), page
    assert not Draft.objects.filter(type="key.notify/1").exists()


def test_others_neither_see_nor_sign_it(house: House, going: Going) -> None:
    """Expected: no other office, no member; of the two kinds of officers who may, only whoever drafted it and who was asked."""
    client = house.client(QIN)
    _drafts(client, _listed(client.get(PAGE).content.decode()))
    values = _to_sign(client.get(PAGE).content.decode())
    for email in (LU, "mo@demo.invalid", "beichen@demo.invalid", "authority@demo.invalid"):
        assert house.client(email).get(PAGE).status_code == 403
        assert house.client(email).get(f"{PAGE}letters.pdf").status_code == 403
        assert house.client(email).post(f"{PAGE}sign", {"way": "demo", "draft": values}).status_code == 403
    from gongyue.web.acting.models import Draft

    assert all(draft.sigs == [] for draft in Draft.objects.filter(type="key.notify/1"))
    Draft.objects.update(signers=["o:qin"])
    other = house.client(BAI)
    assert not _to_sign(other.get(PAGE).content.decode())
    other.post(f"{PAGE}sign", {"way": "demo", "draft": values})
    assert f"{len(values)} 件没有签成：不在待您签署的之中" in other.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        ("", "签名不合格式"),
        ("{}", "签名不合格式"),
        ("[]", "没有选中任何一件"),
        ([{"sig": "A" * 9_000}], "签名不合格式"),
        ([{"sig": "AAAA", "key": "k:" + "44" * 32}], "没有签成"),
        ([{"sig": "AAAA", "credential": "nobodys"}], "这把密钥不能签署"),
        ([{"digest": "sha256:" + "0" * 64, "sig": "AAAA", "key": "k:" + "44" * 32}], "核对之后更新过"),
    ],
)
def test_a_signature_that_is_none_signs_nothing(house: House, going: Going, signed: Any, said: str) -> None:
    """Expected: in words why; the drafts stay as they were."""
    from gongyue.web.acting.models import Draft

    client = house.client(QIN)
    _drafts(client, _listed(client.get(PAGE).content.decode()))
    id, _, digest = _to_sign(client.get(PAGE).content.decode())[0].partition(" ")
    if isinstance(signed, list):
        signed = json.dumps([{"id": id, "digest": digest} | one for one in signed])
    client.post(f"{PAGE}sign", {"signed": signed})
    assert said in client.get(PAGE).content.decode()
    assert all(draft.sigs == [] for draft in Draft.objects.filter(type="key.notify/1"))


def test_what_was_told_meanwhile_is_not_signed_with_the_others(house: House, going: Going) -> None:
    """Expected: listed apart, with why; of those signed all the same it alone is refused."""
    client = house.client(QIN)
    ids = _listed(client.get(PAGE).content.decode())
    _drafts(client, ids)
    values = _to_sign(client.get(PAGE).content.decode())
    opened = next(int(id.removeprefix("open:")) for id in ids if id.startswith("open:"))
    going.informs(opened)
    page = client.get(PAGE).content.decode()
    assert "已经告知或否认，不必再办" in page and len(_to_sign(page)) == len(values) - 1


def test_a_letter_delivered_after_its_unit_was_told_is_not_told_again(house: House, going: Going) -> None:
    """Expected: of what is drafted or recorded already the outcome is noted and nothing else; of the rest a draft is made, and signed with the others."""
    from gongyue.web.acting.models import Draft

    client, paper = house.client(QIN), "/desk/paper/"
    client.post(f"{paper}sent", {"carrier": "邮政", "posted": "2027-02-04", "pasted": f"{BEICHEN} EA1\n{TASHA} EA2"})
    ids = [id for id in _listed(client.get(PAGE).content.decode()) if id.startswith("open:")]
    (first,) = [id for id in ids if house.office.inst.papers[int(id[5:])].holder == BEICHEN]
    _drafts(client, [first])
    page = client.get(paper).content.decode()
    rows = re.findall(r'name="outcome-(\d+)"', page)
    assert len(rows) == 2
    client.post(
        f"{paper}outcome",
        {f"{name}-{pk}": value for pk in rows for name, value in (("outcome", "delivered"), ("on", "2027-02-04"))},
    )
    drafts = Draft.objects.filter(type="key.notify/1")
    told = {house.office.inst.papers[draft.body["entry"]].holder for draft in drafts}
    assert (drafts.count(), told) == (2, {BEICHEN, TASHA})
    assert len(_to_sign(client.get(PAGE).content.decode())) == 2


def test_the_notices_of_all_come_in_one_file(house: House, going: Going, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the letters of the list, in its order, as each is alone."""
    from gongyue.web import letter_response

    made: list[Any] = []
    monkeypatch.setattr(letter_response, "letter", lambda head, matter: made.append((head, matter)) or b"%PDF")
    monkeypatch.setattr(letter_response, "letters", lambda sheets, title, two: made.append(sheets) or b"%PDF")
    client = house.client(QIN)
    page = client.get(PAGE).content.decode()
    for url in re.findall(r'href="(/desk/letters/recorded/[^"]+\.pdf)">PDF', page):
        client.get(url)
    *alone, count = *made, len(made)
    assert count >= 3 and f"全部 {count} 封，一个文件" in page
    assert client.get(f"{PAGE}letters.pdf").status_code == 200
    assert made[-1] == alone


def test_in_a_browser_a_key_file_is_asked_for_once_and_a_passkey_for_each(
    house: House, going: Going, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Expected: the first officer signs all with its file, read in the browser; another's file signs nothing; the second verifies one after the other."""
    kept, other = tmp_path / "qin.key", tmp_path / "other.key"
    write_seed(kept, demo_seed("o:qin"))
    write_seed(other, demo_seed("o:bai"))
    first = visitor(viewport={"width": 360, "height": 800}).signs_in(QIN)
    page = first.at(PAGE)
    with page.expect_navigation():
        page.get_by_role("button", name="拟好所选的").click()
    count = page.locator("[data-act]").count()
    assert count >= 3
    go = page.locator("[data-file-way] [data-go]")
    go.click()
    page.get_by_text("请先选择密钥文件").wait_for()
    page.set_input_files("[data-key-file]", str(other))
    go.click()
    page.get_by_text("文件里是另一把密钥").wait_for()
    page.set_input_files("[data-key-file]", str(kept))
    with page.expect_navigation():
        go.click()
    assert f"已签 {count} 件，待另一名职员签署" in page.content()
    assert not first.violations() and first.too_wide() <= 0 and not first.complaints

    second = visitor().signs_in(BAI)
    authenticator(second)
    page = second.at("/acts/keys/")
    page.get_by_label("给它起个名字").fill("演示设备")
    with page.expect_navigation():
        page.get_by_role("button", name="建立通行密钥").click()
    from gongyue.web.acting.models import Passkey

    key = str(Passkey.objects.get(holder="o:bai").key)
    going.do("key.add/1", "o:bai", {"key": key, "alg": "webauthn"}, ["o:bai"])
    page = second.at(f"/en{PAGE}")
    assert page.locator("[data-act]").count() == count
    assert not second.violations()
    page.locator("[data-act]").first.uncheck()
    with page.expect_navigation():
        page.locator("[data-passkey-way] [data-go]").click()
    assert f"{count - 1} recorded" in page.content()
    assert not second.complaints


def test_of_a_report_on_paper_its_recorders_tell_by_letter_and_its_unit_takes_it_back(
    house: House, going: Going
) -> None:
    """Before the next anchor as after it: the two who recorded it have its notice, others never learn who; the unit is led to its dossier."""
    body = {
        "kind": "report",
        "accused": QINGHE,
        "begins": "2027-02-01",
        "ends": "2027-02-02",
        "facts": "sha256:" + "5e" * 32,
    }
    receipt = going.on_paper("report.file/1", BEICHEN, **body, articles=[], evidence=[])
    name, place = house.office.inst.units[BEICHEN].name, receipt.commitment[7:23]
    letter = f"/desk/letters/recorded/sealed:{place}.pdf"
    for day in ("2027-02-04 10:00", "2027-02-05 10:00"):
        going.at(day).ticks()
        for email in (QIN, BAI):
            told = house.client(email).get(PAGE).content.decode().partition('id="letters"')[2]
            assert letter in told and f"{name} · " in told.replace('<span lang="zh-Hans">', ""), day
            assert house.client(email).get(letter).status_code == 200
            assert letter in house.client(email).get("/desk/paper/").content.decode()
        for email in (LU, "mo@demo.invalid"):
            assert letter not in house.client(email).get("/desk/paper/").content.decode()
            assert house.client(email).get(letter).status_code == 404
        unit = house.client("beichen@demo.invalid")
        page = unit.get(f"/workspace/{BEICHEN}/acts/sealed/{place}/").content.decode()
        assert "不以否认、而以撤回了结" in page and f'href="/my/dossiers/?as={BEICHEN.replace(":", "%3A")}"' in page
        assert "检举、诉求、提问在各自的卷里撤回" in unit.get(f"/acts/new/key.disavow/1/?as={BEICHEN}").content.decode()
