"""Taking an application back without an account: in the browser, or on the command line, with the key that it brought."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from gongyue.book.entry import SignedAct, decode
from gongyue.book.signing import sign
from gongyue.cli.main import main
from gongyue.office.applications import applications
from gongyue.office.store import SEALED
from gongyue.transparency import canonical
from web.conftest import House, Visitor
from web.going import NORTHLAKE, Going
from web.joining.test_joining import GIVEN, NAME, SEED, signed_elsewhere, words

OTHER = bytes(31) + b"\x08"


@pytest.fixture(autouse=True)
def going(house: House) -> Going:
    """After the story."""
    return Going(house).at("2027-02-04 10:00")


@pytest.fixture
def kept_at(house: House, going: Going) -> str:
    """The page of an application that waits."""
    client = house.client()
    page = client.post("/join/apply/", GIVEN)
    return str(client.post("/join/hand-in/", signed_elsewhere(page.content.decode()))["Location"])


def state(house: House) -> str:
    """Where Northlake's application stands."""
    return list(applications(house.office.catch_up(), house.office.store, NORTHLAKE.id))[-1].state


def test_it_is_withdrawn_with_its_key_and_what_proves_it_is_kept(house: House, going: Going, kept_at: str) -> None:
    """Offered while it waits; then its page says so, gives the promise of the withdrawal, and another application can be made."""
    client = house.client()
    assert f'href="{kept_at}withdraw/"' in client.get(kept_at).content.decode()
    assert client.get(kept_at + "withdrawn.promise").status_code == 404
    page = client.get(kept_at + "withdraw/")
    assert page.status_code == 200 and f"{NAME}撤回加入申请" in words(page).replace(f"{NAME} ", NAME)
    answer = client.post(kept_at + "withdraw/", signed_elsewhere(page.content.decode()))
    assert answer["Location"] == kept_at and state(house) == "withdrawn"
    page = client.get(kept_at)
    assert "申请已撤回" in words(page) and "申请已存证" not in words(page), "it was taken back before"
    assert f'href="{kept_at}withdraw/"' not in page.content.decode()
    promises = [client.get(kept_at + name).content for name in ("promise", "withdrawn.promise")]
    assert all(one.startswith(b"gongyue/promise@1\n") for one in promises) and promises[0] != promises[1]
    assert b'"withdrawn":true' in client.get(kept_at + "withdrawn.opening.jsonl").content
    assert b"\n2\n" in client.get(kept_at + "withdrawn.head").content, "the dossier ends at its second place"
    again = client.post("/join/apply/", GIVEN)
    assert "data-sign-file" in again.content.decode()


def test_on_the_command_line_the_file_is_signed_and_handed_back(
    house: House, kept_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the page says: download, gongyue sign without an office, hand in."""
    client, file, key = house.client(), tmp_path / "withdrawal.json", tmp_path / "unit.key"
    file.write_bytes(client.get(kept_at + "withdraw/act.json").content)
    key.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    monkeypatch.chdir(tmp_path)  # where no office is
    run = CliRunner().invoke(main, ["sign", str(file), "--key", str(key), "--yes"])
    assert run.exit_code == 0, run.output
    with file.open("rb") as handed:
        assert client.post(kept_at + "withdraw/", {"file": handed})["Location"] == kept_at
    assert state(house) == "withdrawn"


def test_in_the_browser_on_a_phone(house: House, kept_at: str, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """From its page in two clicks and a file; no violation, nothing too wide."""
    kept = tmp_path / "unit.key"
    kept.write_text(f"gongyue-ed25519-seed {SEED.hex()}\n")
    one = visitor(viewport={"width": 360, "height": 800})
    page = one.at(kept_at)
    assert one.violations() == [] and one.too_wide() == 0
    spoken = page.locator("main .words span").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert spoken == [1] * 12, "no word to be read out is broken"
    page.click("main a:text-is('撤回申请')")
    assert one.violations() == [] and one.too_wide() == 0
    page.set_input_files("[data-key-file]", str(kept))
    page.click("text=签署并撤回申请")
    page.wait_for_url(re.compile("/join/[0-9a-f]{64}/$"))
    assert "申请已撤回" in page.inner_text("main")
    assert not one.complaints


def signed_note(page: Any, seed: bytes, **changed: Any) -> dict[str, str]:
    """The act on the page, changed, and signed with that key."""
    shown = re.search(r'name="act" value="([^"]+)"', page.content.decode())
    assert shown is not None
    made = sign(SignedAct(msgspec.json.decode(shown[1].replace("&quot;", '"')) | changed), seed)
    return {"act": made.act_bytes.decode(), "alg": "ed25519", "key": made.sigs[0].key, "sig": made.sigs[0].sig}


def test_what_does_not_take_it_back_is_not_recorded(house: House, going: Going, kept_at: str) -> None:
    """Another's key, an act of another kind, another note, one in another dossier; each time in words, and it still waits."""
    client = house.client()
    page = client.get(kept_at + "withdraw/")
    arrivals = house.office.store.arrivals()
    on = msgspec.json.decode(signed_note(page, SEED)["act"])["on"]
    for given, said in (
        (signed_note(page, OTHER), "没有记录"),
        (signed_note(page, SEED) | {"sig": "A" * 86}, "签名不成立"),
        (signed_note(page, SEED, body={"complete": True}), "这不是撤回这份申请"),
        (signed_note(page, SEED, on=on | {"dossier": "d:" + "0" * 64}), "这不是撤回这份申请"),
        (signed_note(page, SEED, on=None), "这不是撤回这份申请"),
        (signed_elsewhere(client.post("/join/apply/", GIVEN).content.decode()), "这不是撤回这份申请"),
        ({}, "这不是撤回这份申请"),
    ):
        answer = client.post(kept_at + "withdraw/", given)
        assert answer.status_code == 422 and said in words(answer), given
    assert (house.office.store.arrivals(), state(house)) == (arrivals, "waiting")


def test_what_is_decided_is_not_withdrawn(house: House, going: Going, kept_at: str) -> None:
    """Neither offered nor taken: whoever had the page open is shown what came of it."""
    client = house.client()
    note = signed_note(client.get(kept_at + "withdraw/"), SEED)
    receipt = house.office.receipt(SEALED, f"sha256:{kept_at.split('/')[2]}")
    assert receipt is not None
    going.at("2027-02-05 09:00").ticks().grants(receipt)
    assert client.get(kept_at + "withdraw/")["Location"] == kept_at
    assert client.get(kept_at + "withdraw/act.json")["Location"] == kept_at
    arrivals = house.office.store.arrivals()
    page = client.post(kept_at + "withdraw/", note, follow=True)
    assert "已准予加入" in words(page) and f'href="{kept_at}withdraw/"' not in page.content.decode()
    assert house.office.store.arrivals() == arrivals


def test_the_same_withdrawal_twice_is_one(house: House, kept_at: str) -> None:
    """Whoever presses twice is shown that it is withdrawn."""
    client = house.client()
    note = signed_note(client.get(kept_at + "withdraw/"), SEED)
    arrivals = house.office.store.arrivals()
    assert [client.post(kept_at + "withdraw/", note)["Location"] for _ in range(2)] == [kept_at] * 2
    assert house.office.store.arrivals() == arrivals + 1
    last = house.office.store.sealed_numbered(arrivals + 1)
    assert last is not None and decode(last.entry).digest == canonical.digest(note["act"].encode())
