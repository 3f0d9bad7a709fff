"""An invited unit's first day: applying is its first task, with a key made and used in its own browser; compared before it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.signing import key_id, sign
from gongyue.demo.simulated_office import public_of
from gongyue.governance.key import able
from gongyue.office.keys import read_seed
from gongyue.office.store import SEALED
from gongyue.transparency import ed25519
from gongyue.web import installation
from web.conftest import House, Visitor
from web.going import NORTHLAKE, Going
from web.rooms import assigns, dossier_of, name_of
from web.workspace.conftest import words

EMAIL, UNIT = "northlake@demo.invalid", NORTHLAKE.id
SEED = bytes(31) + b"\x09"
NEXT = "form.act-form .buttons button[type=submit]"


def test_applying_is_the_first_task_of_whoever_was_invited(house: House, going: Going) -> None:
    """Until it has applied: then it waits. It is called by its code as long as nobody told its name, never by an id."""
    going.at("2027-02-04 10:00")
    client = house.client(EMAIL)
    text = words(client.get(f"/workspace/{UNIT}/"))
    assert "先办这些 1" in text and "申请加入本公约" in text
    assert f"信用代码 {NORTHLAKE.code} 的单位" in text and UNIT not in text
    assert "Apply to join the covenant" in words(client.get(f"/en/workspace/{UNIT}/"))
    going.applies()
    text = words(client.get(f"/workspace/{UNIT}/"))
    assert "申请加入本公约" not in text and "等待执行机构决定加入申请" in text
    assert "还须寄交盖章的申请表" in text


def test_who_is_or_was_a_member_is_not_asked_to_apply(house: House, going: Going) -> None:
    """A member; one that left, which may come back of its own will."""
    going.at("2027-02-04 10:00")
    assert "申请加入本公约" not in words(house.client("qinghe@demo.invalid").get("/workspace/u:0008/"))
    going.of("membership.withdraw/1", "u:0008", effective=None)
    assert "申请加入本公约" not in words(house.client("qinghe@demo.invalid").get("/workspace/u:0008/"))


def test_it_need_not_register_a_key_before_it_applies(house: House, going: Going) -> None:
    """Its keys' page sends it to the application, not to a letter."""
    going.at("2027-02-04 10:00")
    text = words(house.client(EMAIL).get(f"/acts/keys/{UNIT}/"))
    assert "申请加入时带上密钥即可" in text and "由两名职员登记首把密钥" not in text
    assert "变更名称" not in words(house.client(EMAIL).get(f"/workspace/{UNIT}/membership/"))


def test_the_key_that_it_will_sign_with_is_not_said_to_be_optional(house: House, going: Going) -> None:
    """Of all that is asked only other activities may be left out."""
    going.at("2027-02-04 10:00")
    text = words(house.client(EMAIL).get(f"/acts/new/membership.apply/1/?as={UNIT}"))
    assert text.count("可不填") == 1 and "公钥" in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_applies_with_a_key_file_made_and_used_in_the_browser(
    house: House, going: Going, visitor: Callable[..., Visitor], tmp_path: Path, prefix: str
) -> None:
    """On a phone, no violation on the way; its key's words are told until two officers compared them, and only then it signs."""
    from gongyue.web.acting.models import Draft

    going.at("2027-02-04 10:00")
    one = visitor(viewport={"width": 360, "height": 800}).signs_in(EMAIL)

    def sound(what: str) -> None:
        assert (one.violations(), max(0, one.too_wide())) == ([], 0), what

    page = one.at(f"{prefix}/workspace/{UNIT}/")
    sound("attention")
    with page.expect_navigation():
        page.locator(f'main .task a[href="{prefix}/workspace/{UNIT}/membership/"]').click()
    one.presses('main a[href*="membership.apply"]')
    page.fill("[name=name]", "北湖分析（演示）")
    for box in ("domestic", "accepts"):
        page.check(f"[name={box}][value=yes]")
    page.check("[name=activities] >> nth=0")
    with page.expect_download() as waiting:
        page.click("[data-make-key]")
    kept = tmp_path / "unit.key"
    waiting.value.save_as(kept)
    key = key_id(ed25519.public(read_seed(kept)))
    page.wait_for_function("() => document.querySelector('[data-say-key]').textContent")
    assert page.input_value("[name=key]") == key
    sound("form")
    one.presses(NEXT)
    sound("what is signed")
    other = tmp_path / "other.key"
    other.write_text(f"gongyue-ed25519-seed {'07' * 32}\n")
    page.set_input_files("[data-key-file]", other)
    page.click("form[data-sign-file] [data-go]")
    page.wait_for_function("() => document.querySelector('form[data-sign-file] [data-say]').textContent")
    page.set_input_files("[data-key-file]", kept)
    one.presses("form[data-sign-file] [data-go]")
    assert page.url.endswith("/done/")
    assert page.locator(f'main .said a[href="{prefix}/workspace/{UNIT}/membership/"]').is_visible(), (
        "what is left to do"
    )
    digest = Draft.objects.get(pk=page.url.split("/")[-3]).digest
    page = one.at(f"{prefix}/workspace/{UNIT}/membership/")
    sound("how it stands")
    until = page.locator("main .deadline b").first.bounding_box()
    assert until is not None and until["y"] < 700, "what it waits for stands in the first screen"
    told = page.locator("main .words").inner_text()
    assert len(told.split()) == 12
    receipt = house.office.receipt(SEALED, digest)
    going.at("2027-02-05 09:00").ticks()
    going.grants(receipt)
    page.reload()
    assert page.locator("main .words").inner_text() == told and not able(going.inst, UNIT, going.inst.now)
    going.compares(UNIT)
    page.reload()
    assert not page.locator("main .words").count() and able(going.inst, UNIT, going.inst.now)
    assert one.complaints == []


@pytest.mark.parametrize(("key", "sig"), [("k:" + "00" * 32, "A" * 86), ("x" * 300, "A" * 86), ("", "no signature")])
def test_a_signature_of_another_key_is_not_taken(house: House, going: Going, key: str, sig: str) -> None:
    """Of a draft that a member wrote: it stays a draft, unsigned."""
    from gongyue.web.acting.models import Draft

    going.is_under_vote().at("2027-02-03 10:00")
    client = house.client("qinghe@demo.invalid")
    ballot = {"vote": "p:2027-01", "choice": "consent"}
    address = client.post("/acts/new/vote.ballot/1/?as=u:0008&vote=p:2027-01", ballot)["Location"]
    draft = Draft.objects.get(pk=address.split("/")[2])
    given = {"digest": draft.digest, "key": key, "sig": sig, "sure": "yes"}
    answer = client.post(f"{address}sign/file", given, follow=True)
    draft.refresh_from_db()
    assert draft.is_open and not draft.sigs and 'class="said error"' in answer.content.decode()


def signs(client: Any, draft: str) -> str:
    """Sign a draft as the browser does with the key file of its application; where its receipt is."""
    from gongyue.web.acting.models import Draft

    found = Draft.objects.get(pk=re.findall(r"[0-9a-f-]{36}", draft)[0])
    (sig,) = sign(SignedAct(msgspec.json.decode(found.act)), SEED).sigs
    answer = client.post(f"{draft}sign/file", {"digest": found.digest, "key": sig.key, "sig": sig.sig})
    assert answer["Location"].endswith("/done/"), words(client.get(draft))
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("prefix", "said", "taken"),
    [("", "以{}的名义", "{}撤回加入申请"), ("/en", "In the name of {}", "{} withdraws its application to join")],
)
def test_its_receipt_says_its_name_and_it_withdraws_with_the_key_it_brought(
    house: House, going: Going, prefix: str, said: str, taken: str
) -> None:
    """The book knows neither yet: it goes by the name it gave itself, never by its code; in its dossier that key signs."""
    going.at("2027-02-04 10:00")
    client, name = house.client(EMAIL), NORTHLAKE.zh
    answers = {"name": name, "code": NORTHLAKE.code, "domestic": "yes", "accepts": "yes", "activities": ["research"]}
    brought = {"other": "", "key": key_id(ed25519.public(SEED)), "alg": "ed25519"}
    form = f"{prefix}/acts/new/membership.apply/1/?as={UNIT}"
    draft = client.post(form, answers | brought)["Location"]
    assert said.format(name) in words(client.get(signs(client, draft)))
    (dossier,) = re.findall(r'href="(\S+/my/dossiers/[^"/]+/)"' if prefix else r'href="(/my/dossiers/[^"/]+/)"',
                            client.get(f"{prefix}/my/dossiers/").content.decode())  # fmt: skip
    room = client.get(dossier)
    assert name in words(room) and NORTHLAKE.code not in words(room)
    (withdraw,) = re.findall(r'href="([^"]+withdrawn=yes)"', room.content.decode())
    draft = client.post(withdraw.replace("&amp;", "&"), {"withdrawn": "yes"})["Location"]
    assert taken.format(name) in re.sub(r"(?<=）) (?!w)", "", words(client.get(draft)))
    assert said.format(name) in words(client.get(signs(client, draft)))
    page = words(client.get(f"{prefix}/workspace/{UNIT}/membership/"))
    assert ("withdrawn" if prefix else "申请已撤回") in page.lower()


def test_whoever_handles_its_dossier_reads_its_name(house: House, going: Going) -> None:
    """And records its letter from there, by which it may withdraw where its key is lost."""
    going.at("2027-02-04 10:00")
    dossier = dossier_of(going.applies())
    assigns(going, dossier, "o:qin")
    page = house.client("qin@demo.invalid").get(f"/desk/docket/{name_of(dossier)}/")
    assert NORTHLAKE.zh in words(page) and NORTHLAKE.code not in words(page)
    assert re.search(
        rf'href="[^"]*dossier.note/1/[^"]*paper=1"[^>]*>[^<]*{re.escape(NORTHLAKE.zh)}', page.content.decode()
    )


def test_nothing_is_added_to_an_application_that_was_decided(house: House, going: Going) -> None:
    """While it waits documents may be added and it may be withdrawn; granted, the office would refuse both."""
    going.at("2027-02-04 10:00")
    application = going.applies()
    client, page = house.client(EMAIL), f"/my/dossiers/{dossier_of(application)}/"
    assert "dossier.note/1" in client.get(page, follow=True).content.decode()
    going.at("2027-02-05 09:00").ticks().grants(application)
    assert "dossier.note/1" not in client.get(page, follow=True).content.decode()


def test_another_s_key_does_not_sign_in_its_dossier(house: House, going: Going) -> None:
    """Nor is the key that an application brought offered for anything outside it."""
    from gongyue.web.acting import signers
    from gongyue.web.acting.models import Draft

    going.at("2027-02-04 10:00")
    dossier = dossier_of(going.applies())
    now = installation.now()
    its_own = Draft(type="dossier.note/1", party=UNIT, actor=UNIT, body={}, dossier=dossier)
    assert signers.brought(its_own, now) == (public_of(UNIT), "ed25519")
    assert signers.holder_of(its_own, now, public_of(UNIT)) == UNIT
    assert signers.holder_of(its_own, now, key_id(ed25519.public(SEED))) == ""
    for draft in (
        Draft(type="dossier.note/1", party="exec", actor="exec", body={}, dossier=dossier),
        Draft(type="dossier.note/1", party="u:0008", actor="u:0008", body={}, dossier=dossier),
        Draft(type="petition.submit/1", party=UNIT, actor=UNIT, body={}),
    ):
        assert signers.brought(draft, now) == ("", "")
