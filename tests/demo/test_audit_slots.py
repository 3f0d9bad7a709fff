"""`gongyue audit-slots` on the demonstration: keys handed out by the office, checked by a member on the public book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongyue.cli.main import main

from .conftest import Played

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


def run(*words: object) -> Result:
    """The command's result; standard error apart."""
    return CliRunner().invoke(main, ["audit-slots", *map(str, words)])


@pytest.fixture
def keys(played: Played, tmp_path: Path) -> Path:
    """The year's keys, handed out."""
    out = tmp_path / "slotkeys.json"
    assert run("keys", "--office", played.folder / "office", *YEAR, "--out", out).exit_code == 0
    return out


def test_office_and_member_count_the_same(played: Played, keys: Path, tmp_path: Path) -> None:
    """Both halves print the same totals and digest; no slot by itself, and the text is Chinese or English as asked."""
    again = tmp_path / "again.json"
    office = run("keys", "--office", played.folder / "office", *YEAR, "--out", again, "--json")
    member = run(
        "members", "--keys", keys, "--public", played.folder / "public", "--vkey", played.folder / "log.vkey", "--json"
    )
    assert (office.exit_code, member.exit_code) == (0, 0) and json.loads(office.output) == json.loads(member.output)
    found = json.loads(member.output)
    assert set(found) == {"slots", "padding", "real", "rest"} and len(found["slots"]) >= 30 and found["real"] > 30
    assert keys.read_bytes() == again.read_bytes()
    shown = run(
        "members", "--keys", keys, "--public", played.folder / "public", "--vkey", played.folder / "log.vkey"
    ).output
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


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--from", "2026-01-01", "--to", "2026-01-10"), 4, "至少 30 个"),
        (("--from", "2025-01-01", "--to", "2025-12-31"), 4, "只有 0 个时段"),
        (("--from", "元旦", "--to", "2026-12-31"), 2, "元旦 不是日期"),
    ],
)
def test_what_cannot_be_handed_out(
    played: Played, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """Ten days, a year without a book, a day that is none; nothing is written."""
    out = tmp_path / "slotkeys.json"
    result = run("keys", "--office", played.folder / "office", *words, "--out", out)
    assert result.exit_code == code and told in result.output + result.stderr and not out.exists()


def test_a_file_is_never_overwritten(played: Played, keys: Path) -> None:
    """The second time: exit 4, the file as it was."""
    before = keys.read_bytes()
    assert run("keys", "--office", played.folder / "office", *YEAR, "--out", keys).exit_code == 4
    assert keys.read_bytes() == before


def test_what_is_no_file_of_keys(played: Played, tmp_path: Path) -> None:
    """Empty, or missing: exit 4, with its name."""
    empty = tmp_path / "empty.json"
    empty.touch()
    for path in (empty, tmp_path / "absent.json"):
        result = run("members", "--keys", path, "--office", played.folder / "office")
        assert result.exit_code == 4 and path.name in result.output + result.stderr
