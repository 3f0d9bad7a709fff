"""Joining without an account: an application is made in the browser, signed there, promised, followed to its decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gongyue.book.entry import SignedAct, signed_act
from gongyue.book.signing import key_id, sign
from gongyue.cli.main import main
from gongyue.office.keys import read_seed
from gongyue.office.store import SEALED
from gongyue.transparency import ed25519
from web.conftest import House, Visitor
from web.going import NORTHLAKE, QINGHE, Going

Visit = Callable[..., Visitor]
NAME = NORTHLAKE.zh
SEED = bytes(31) + b"\x07"
GIVEN = {
    "name": NAME,
    "code": NORTHLAKE.code,
    "domestic": "yes",
    "accepts": "yes",
    "activities": ["research"],
    "other": "",
    "key": key_id(ed25519.public(SEED)),
}


def words(answer: Any) -> str:
    """A page's text on one line, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def signed_act_of(entry: bytes) -> SignedAct:
    """The act of a leaf."""
    return SignedAct(msgspec.json.decode(entry)["act"])


@pytest.fixture(autouse=True)
def going(house: House) -> Going:
    """After the story."""
    return Going(house).at("2027-02-04 10:00")


def signed_elsewhere(page: str) -> dict[str, str]:
    """What the browser hands in: the act on the page, with its signature."""
    act = re.search(r'name="act" value="([^"]+)"', page)
    assert act is not None
    shown = act[1].replace("&quot;", '"')
    made = sign(signed_act(f'{{"act":{shown},"objects":{{}},"sigs":[],"v":"gongyue/signed@1"}}'.encode()), SEED)
    return {"act": shown, "alg": "ed25519", "key": made.sigs[0].key, "sig": made.sigs[0].sig}


def test_an_application_without_an_account_is_promised_and_followed(house: House, going: Going) -> None:
    """The form, the act in words, a signed promise; P8 runs from it: 20 days; granted, its page says which entry."""
    client = house.client()
    page = client.post("/join/apply/", GIVEN)
    assert page.status_code == 200 and NAME in words(page)
    answer = client.post("/join/hand-in/", signed_elsewhere(page.content.decode()))
    address = answer["Location"]
    assert re.fullmatch(r"/join/[0-9a-f]{64}/", address)
    assert "2027年2月24日 24:00" in words(client.get(address))
    assert client.get(address + "promise").content.startswith(b"gongyue/promise@1\n")
    assert client.get(address + "head").content.startswith(b"gongyue/head@1\n")
    assert b'"book":"sealed"' in client.get(address + "opening.jsonl").content
    going.at("2027-02-05 09:00").ticks()
    receipt = house.office.receipt(SEALED, f"sha256:{address.split('/')[2]}")
    assert receipt is not None
    going.grants(receipt)
    assert "已准予加入" in words(client.get(address))
    assert NORTHLAKE.id in going.inst.members


def test_nobody_without_its_address_sees_it(house: House) -> None:
    """Neither by another digest, nor by a sealed act of another kind; it stands on no public page."""
    client = house.client()
    page = client.post("/join/apply/", GIVEN)
    client.post("/join/hand-in/", signed_elsewhere(page.content.decode()))
    assert client.get(f"/join/{'0' * 64}/").status_code == 404
    kept = (house.office.store.sealed_numbered(number) for number in range(1, 400))
    acts = [signed_act_of(one.entry) for one in kept if one]
    for act in [a for a in acts if a.act["type"] != "membership.apply/1"]:
        assert client.get(f"/join/{act.digest.removeprefix('sha256:')}/").status_code == 404
    for path in ("/", "/log/", "/register/?q=" + NORTHLAKE.code, "/executive/", "/feed.atom"):
        assert NAME not in client.get(path).content.decode(), path


def test_what_is_wrong_is_said_where_it_is_wrong(house: House) -> None:
    """No key, a wrong code, no activity: the form again, with what was written; a missing key is told beside the rest; nothing is recorded."""
    before = house.office.store.head("open"), house.office.store.sealed_numbered(10_000)
    answer = house.client().post("/join/apply/", GIVEN | {"key": "", "code": NORTHLAKE.code[:-1], "activities": []})
    assert answer.status_code == 422
    assert "请先制作密钥" in words(answer) and NAME in answer.content.decode()
    assert "至少写一项所从事的活动" in words(answer)
    assert "至少写一项所从事的活动" not in words(house.client().post("/join/apply/", {"other": "数据标注"}))
    assert "请先制作密钥" in words(house.client().post("/join/apply/", {}))
    answer = house.client().post("/join/apply/", GIVEN | {"code": "91000000000000079X"})
    assert answer.status_code == 422 and "代码的校验位不符" in words(answer)
    assert (house.office.store.head("open"), house.office.store.sealed_numbered(10_000)) == before


@pytest.mark.parametrize(
    ("given", "code"),
    [({"domestic": "no"}, "GY-23-01"), ({"accepts": "no"}, "GY-23-02")],
)
def test_what_the_covenant_refuses_is_said_before_anything_is_signed(
    house: House, given: dict[str, str], code: str
) -> None:
    """With the article's words; there is nothing to sign then."""
    answer = house.client().post("/join/apply/", GIVEN | given)
    assert code in words(answer)
    assert "data-sign-file" not in answer.content.decode()


def test_the_way_back_to_the_form_keeps_every_answer(house: House) -> None:
    """From a refusal or before signing: the page posts what was typed, its key too, and the form shows it, with nothing wrong."""
    for given, status in ((GIVEN | {"accepts": "no"}, 200), (GIVEN, 200)):
        client = house.client()
        page = client.post("/join/apply/", given).content.decode()
        back = page[page.index('action="/join/apply/"') :]
        typed = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', back[: back.index("</form>")])
        kept = {name: [v for n, v in typed if n == name] for name, _ in typed}
        assert (
            kept.pop("csrfmiddlewaretoken")
            and kept == {n: v if isinstance(v, list) else [v] for n, v in given.items()}
            and 'name="again"' in back
        )
        answer = client.post("/join/apply/", kept | {"again": "yes"})
        form = answer.content.decode()
        assert answer.status_code == status and "data-sign-file" not in form and "有误" not in form
        assert f'value="{GIVEN["key"]}"' in form and f'value="{NAME}"' in form
        assert re.search(rf'name="accepts" value="{given["accepts"]}"\s+checked', form)


def test_a_member_cannot_apply_and_is_not_impersonated(house: House) -> None:
    """Its code is its own: whoever writes it applies in its name, which is out of turn."""
    unit = house.office.inst.units[QINGHE]
    answer = house.client().post("/join/apply/", GIVEN | {"code": unit.code, "name": unit.name})
    assert "data-sign-file" not in answer.content.decode()


@pytest.mark.parametrize("sig", ["", "A" * 86, "not base64"])
def test_a_signature_that_does_not_hold_is_not_taken(house: House, sig: str) -> None:
    """422, and nothing is recorded."""
    client = house.client()
    handed = signed_elsewhere(client.post("/join/apply/", GIVEN).content.decode())
    answer = client.post("/join/hand-in/", handed | {"sig": sig})
    assert answer.status_code == 422 and "没有记录" in words(answer)


@pytest.mark.parametrize("act", ["", "{", "[]", '{"type":"membership.withdraw/1"}', "x" * 70_000])
def test_what_is_no_application_is_not_taken(house: House, act: str) -> None:
    """Half an act, another act, too much of it: said in words."""
    answer = house.client().post("/join/hand-in/", {"act": act, "alg": "ed25519", "key": GIVEN["key"], "sig": "A" * 86})
    assert answer.status_code == 422 and "这不是加入申请的行为文件" in words(answer)


def test_an_application_made_on_the_command_line_is_handed_in(house: House, tmp_path: Path) -> None:
    """As the page says: a key, the act's file, the file handed in without an account."""
    public, key, out = tmp_path / "public", tmp_path / "unit.key", tmp_path / "application.json"
    run = CliRunner()
    assert run.invoke(main, ["key", "new", str(key)]).exit_code == 0
    place = ["--office", str(house.directory / "office")] if not public.exists() else []
    asked = ["--name", NAME, "--code", NORTHLAKE.code, "--domestic", "--accepts", "--activities", "research"]
    made = run.invoke(main, ["membership", "apply", *place, *asked, "--key", str(key), "--out", str(out), "--yes"])
    assert made.exit_code == 0, made.output
    with out.open("rb") as file:
        answer = house.client().post("/join/hand-in/", {"file": file})
    assert answer.status_code == 302


def first_screen(page: Any, what: str) -> bool:
    """Whether it stands in the first screen of a phone."""
    box = page.locator(what).first.bounding_box()
    return box is not None and box["y"] + box["height"] < 800


def test_a_key_is_made_and_signs_in_the_browser(visitor: Visit, tmp_path: Path) -> None:
    """The key's file is the command line's; another file is not taken for it; a phone, no violation, nothing too wide."""
    one = visitor(viewport={"width": 360, "height": 800})
    page = one.at("/join/")
    assert one.violations() == [] and one.too_wide() == 0
    assert first_screen(page, "main a.button")
    page.click("text=在这里填写")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=code]", NORTHLAKE.code)
    page.check("input[name=domestic][value=yes]")
    page.check("input[name=accepts][value=yes]")
    page.check("input[name=activities][value=research]")
    with page.expect_download() as waiting:
        page.click("text=制作并保存密钥")
    kept = tmp_path / "unit.key"
    waiting.value.save_as(kept)
    page.wait_for_selector("text=密钥文件已存入")
    assert page.input_value("input[name=key]") == key_id(ed25519.public(read_seed(kept)))
    assert one.violations() == [] and one.too_wide() == 0
    page.click("text=下一步")
    assert one.violations() == [] and one.too_wide() == 0
    other = tmp_path / "other.key"
    other.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    page.set_input_files("[data-key-file]", str(other))
    page.click("text=签署并递交申请")
    page.wait_for_selector("text=文件里是另一把密钥")
    page.set_input_files("[data-key-file]", str(kept))
    page.click("text=签署并递交申请")
    page.wait_for_url(re.compile("/join/[0-9a-f]{64}/"))
    assert "决定期限" in page.inner_text("main") and "还须办一件事" in page.inner_text("main")
    assert first_screen(page, "main .deadline")
    assert one.violations() == [] and one.too_wide() == 0
    assert not one.complaints


@pytest.mark.parametrize(("prefix", "read", "none"), [("", "已读入", "不是密钥文件"), ("/en", "Read:", "no key file")])
def test_a_key_file_that_was_saved_is_read_in_the_browser(
    visitor: Visit, tmp_path: Path, prefix: str, read: str, none: str
) -> None:
    """Its public key is filled in; of a file that is none nothing is, and it is said so; the file is not sent along."""
    one = visitor(viewport={"width": 360, "height": 800})
    page = one.at(f"{prefix}/join/apply/")
    kept, other = tmp_path / "unit.key", tmp_path / "notes.key"
    kept.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    other.write_text("notes\n")
    page.set_input_files("[data-load-key]", str(other))
    page.wait_for_selector(f"text={none}")
    assert page.input_value("input[name=key]") == ""
    page.set_input_files("[data-load-key]", str(kept))
    page.wait_for_selector(f"text={read}")
    assert page.input_value("input[name=key]") == key_id(ed25519.public(SEED))
    assert page.locator("[data-load-key]").get_attribute("name") is None
    assert one.violations() == [] and one.too_wide() == 0
    assert not one.complaints


def test_what_says_that_a_key_is_missing_goes_once_there_is_one(visitor: Visit, tmp_path: Path) -> None:
    """Beside the key and in the summary, whose count goes down; the other errors stay."""
    one = visitor(viewport={"width": 360, "height": 800})
    page = one.at("/join/apply/")
    page.click("text=下一步")
    page.wait_for_selector("#errors")
    before = page.locator("#errors li").count()
    assert f"有 {before} 处须改正" in page.inner_text("#errors") and page.locator("text=请先制作密钥").count() == 2
    kept = tmp_path / "unit.key"
    kept.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    page.set_input_files("[data-load-key]", str(kept))
    page.wait_for_selector("text=已读入")
    assert page.locator("text=请先制作密钥").count() == 0
    assert f"有 {before - 1} 处须改正" in page.inner_text("#errors")
    assert one.violations() == [] and one.too_wide() == 0


def test_the_way_back_from_the_application_s_page_posts_nothing_again(visitor: Visit, tmp_path: Path) -> None:
    """Signed and handed in, whoever goes back is shown an empty form, not asked by the browser to send the answers once more."""
    one = visitor()
    page = one.at("/join/apply/")
    kept = tmp_path / "unit.key"
    kept.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    page.set_input_files("[data-load-key]", str(kept))
    page.wait_for_selector("text=已读入")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=code]", NORTHLAKE.code)
    for choice in ("domestic][value=yes", "accepts][value=yes", "activities][value=research"):
        page.check(f"input[name={choice}]")
    one.presses("text=下一步")
    page.set_input_files("[data-key-file]", str(kept))
    page.click("text=签署并递交申请")
    page.wait_for_url(re.compile("/join/[0-9a-f]{64}/"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.go_back()
    page.wait_for_selector("h1")
    assert "POST" not in sent and page.url.endswith("/join/apply/") and "填写申请" in page.inner_text("h1")
