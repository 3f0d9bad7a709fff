"""`gongyue audit-slots` on the demonstration, where nothing was drawn: keys taken by hand, checked on the public book."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gongyue.cli.main import main
from gongyue.office.keys import year_of
from gongyue.office.office_folder import open_office
from gongyue.verifying.slots import SlotKeys

from .conftest import Played


def run(*words: object) -> Result:
    """The command's result; standard error apart."""
    return CliRunner().invoke(main, ["audit-slots", *map(str, words)])


@pytest.fixture(scope="module")
def made(played: Played) -> bytes:
    """A file of the keys of every slot of the first year."""
    office = open_office(played.folder / "office")
    try:
        inst = office.catch_up()
        assert inst.genesis is not None
        seconds = inst.genesis.slot_seconds
        slots = {anchor.slot for anchor in inst.anchors if year_of(anchor.slot, seconds) == 2026}
        return msgspec.json.encode(SlotKeys.of({slot: office.keys.slot_key(slot, seconds) for slot in slots}))
    finally:
        office.guard.close()
        office.store.close()


@pytest.fixture
def keys(made: bytes, tmp_path: Path) -> Path:
    """The file, to be spoilt."""
    out = tmp_path / "slotkeys.json"
    out.write_bytes(made)
    return out


def test_office_and_member_count_the_same(played: Played, keys: Path) -> None:
    """On the office's book and on the public one: the same totals and digest; no slot by itself; in Chinese or English."""
    office = run("members", "--keys", keys, "--office", played.folder / "office", "--json")
    public = ("--public", played.folder / "public", "--vkey", played.folder / "log.vkey")
    member = run("members", "--keys", keys, *public, "--json")
    assert (office.exit_code, member.exit_code) == (0, 0) and json.loads(office.output) == json.loads(member.output)
    found = json.loads(member.output)
    assert set(found) == {"slots", "padding", "real", "rest"} and len(found["slots"]) >= 30 and found["real"] > 30
    shown = run("members", "--keys", keys, *public).output
    assert f"补齐 {found['padding']} 页，行为 {found['real']} 页" in shown and found["rest"] in shown
    english = run("members", "--keys", keys, "--office", played.folder / "office", "--lang", "en").output
    assert f"{found['padding']} leaves of padding, {found['real']} of acts" in english


def test_keys_of_another_slot_are_told_by_their_number(played: Played, keys: Path) -> None:
    """Exit 1, the slot named; what stands in the file is nobody's word."""
    said = json.loads(keys.read_text())
    first, second = list(said["keys"])[:2]
    said["keys"] |= {first: said["keys"][second], second: said["keys"][first]}
    keys.write_text(json.dumps(said))
    result = run("members", "--keys", keys, "--office", played.folder / "office")
    assert result.exit_code == 1 and f"时段 {first}" in result.output


@pytest.mark.parametrize("words", [("keys", "--to", "u:0001"), ("open",), ("draw",)], ids=lambda words: words[0])
def test_nothing_is_handed_out_that_was_not_drawn(played: Played, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where no draw was announced, neither keys nor contents: exit 4, and nothing is written."""
    out = tmp_path / "out"
    to = () if words == ("draw",) else ("--out", out)
    result = run(*words, "--office", played.folder / "office", *to)
    assert result.exit_code == 4 and "没有这次抽取" in result.stderr and not out.exists()


def test_too_few_slots_are_not_counted(played: Played, keys: Path) -> None:
    """Twenty-nine: exit 4; thirty would be."""
    said = json.loads(keys.read_text())
    for count, code in ((29, 4), (30, 0)):
        keys.write_text(json.dumps(said | {"keys": dict(list(said["keys"].items())[:count])}))
        result = run("members", "--keys", keys, "--office", played.folder / "office")
        assert result.exit_code == code and ("至少 30 个" in result.output + result.stderr) == bool(code)


def test_what_is_no_file_of_keys(played: Played, tmp_path: Path) -> None:
    """Empty, or missing: exit 4, with its name."""
    empty = tmp_path / "empty.json"
    empty.touch()
    for path in (empty, tmp_path / "absent.json"):
        result = run("members", "--keys", path, "--office", played.folder / "office")
        assert result.exit_code == 4 and path.name in result.output + result.stderr
