"""What the demonstration leaves in its folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.demo import demo
from gongyue.demo.simulated_office import seed_of
from gongyue.office.keys import load_book_keys, read_seed
from gongyue.transparency import policy
from support.packs import checked
from tests.demo.conftest import Played, check


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the database, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("book.db")
    }


def test_the_public_book_is_sound_and_lawful(played: Played) -> None:
    """Verify exits 0 and says how many acts it checked fully; only the sealed ending is checked in form."""
    report = check(played.folder / "public", played.folder)
    assert report.code == 0
    assert [one.type for one in report.in_form] == ["membership.end/1"]
    assert [(one.type, one.last, one.days) for one in report.late] == [("membership.grant/1", "2027-01-24", 1)]
    assert report.fully == report.acts - 1 > 100
    assert sum(unit.status == "member" for unit in report.units) == 36


def test_whatever_members_kept_agrees_with_the_book(played: Played) -> None:
    """Every checkpoint, receipt and opening kept along the way is borne out."""
    for path in sorted((played.folder / "checkpoints").iterdir()):
        assert check(played.folder / "public", played.folder, checkpoints=path).code == 0, path
    for path in sorted((played.folder / "receipts").iterdir()):
        option = "disclosures" if path.suffix == ".disclosure" else "receipts"
        assert check(played.folder / "public", played.folder, **{option: path}).code == 0, path
    assert len(list((played.folder / "checkpoints").iterdir())) >= 5


def test_the_evidence_pack_verifies_by_the_command_that_is_printed(played: Played) -> None:
    """A member's petition with its document, what the authority got, and what the member has yet to receive: exit 0, without a key."""
    assert played.line("gongyue verify", "pack.zip").split() == ["gongyue", "verify", str(played.folder / "pack.zip")]
    report = checked(played.folder / "pack.zip")
    assert (report.code, report.failure) == (0, None) and report.pack is not None
    mine, sent, served = report.pack.documents
    assert [(one.name, one.state) for one in (mine, sent)] == [("诉求.txt", "here"), ("致主管部门的函.txt", "here")]
    assert served.state == "waiting"


def test_the_tampered_copy_is_caught_at_its_entry(played: Played) -> None:
    """One byte differs, and verify exits 2 naming the entry."""
    honest, tampered = files_of(played.folder / "public"), files_of(played.folder / "tampered")
    (path,) = [name for name, data in honest.items() if tampered[name] != data]
    assert sum(a != b for a, b in zip(honest[path], tampered[path], strict=True)) == 1
    report = check(played.folder / "tampered", played.folder)
    assert report.code == 2
    assert report.failure is not None
    assert f"#{report.failure.index}" in report.failure.zh


def test_the_unlawful_copy_is_caught_by_its_article(played: Played) -> None:
    """Signed with true keys by an office that skipped `step`: verify exits 3."""
    report = check(played.folder / "unlawful", played.folder)
    assert report.code == 3
    assert report.failure is not None
    assert report.failure.code == "GY-05-02"
    assert report.failure.article == 5
    assert report.failure.figures == {"officers": 1}


def test_the_office_folder_has_settings_and_every_key(played: Played) -> None:
    """office.toml, the store, the fork guard, the books' keys, officers' and units' keys."""
    office = played.folder / "office"
    settings = tomllib.loads((office / "office.toml").read_text("utf-8"))
    assert settings["demo"] is True
    assert settings["store"] == "sqlite:book.db"
    assert (office / "book.db").exists()
    assert (office / "guard.json").exists()
    keys = load_book_keys(office / "keys", settings["origin"])
    assert keys.open.verifier.vkey == (played.folder / "log.vkey").read_text("ascii").strip()
    assert read_seed(office / "keys" / "officers" / "qin.key") == seed_of("o:qin")
    assert len(list((office / "keys" / "units").iterdir())) >= 37


def test_the_policy_names_the_log_and_no_quorum_yet(played: Played) -> None:
    """The policy is a C2SP policy with the log's key and quorum none."""
    data = (played.folder / "policy").read_bytes()
    policy.parse(data)
    assert data.endswith(b"quorum none\n")


def test_two_runs_leave_the_same_bytes(played: Played, tmp_path: Path) -> None:
    """Keys come from a public seed and times from the story, so every file is the same."""
    again = Played(tmp_path / "year")
    assert files_of(again.folder) == files_of(played.folder)


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """A folder that is not empty is left alone, with --force too, unless it holds a demonstration."""
    (tmp_path / "letter.txt").write_text("keep me", "utf-8")
    for force in ([], ["--force"]):
        result = CliRunner().invoke(demo, ["--no-serve", "--dir", str(tmp_path), *force])
        assert result.exit_code == 2
    assert (tmp_path / "letter.txt").read_text("utf-8") == "keep me"


def test_a_demonstration_is_replaced_only_by_force(tmp_path: Path) -> None:
    """A second run into the same folder asks for --force, and then leaves what is not its own."""
    first = Played(tmp_path / "year", "--quiet")
    assert first.result.exit_code == 0
    (first.folder / "notes.txt").write_text("mine", "utf-8")
    assert Played(first.folder, "--quiet").result.exit_code == 2
    assert Played(first.folder, "--quiet", "--force").result.exit_code == 0
    assert (first.folder / "notes.txt").exists()


@pytest.mark.parametrize("command", ["verify", "cheat --list", "cheat forge-tally"])
def test_the_end_says_what_to_do_next(played: Played, command: str) -> None:
    """The last lines are commands to copy."""
    assert f"  gongyue {command}" in played.told
