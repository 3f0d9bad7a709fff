"""Every cheat is performed, and the command it prints finds it out."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.cheat import cheat
from gongyue.demo.cheats import CHEATS
from gongyue.demo.cheats.catalogue import PRINCIPLES
from gongyue.transparency import tiles
from gongyue.verifying import packs
from gongyue.verifying.locations import open_place
from gongyue.verifying.report import Report
from gongyue.verifying.verify import Request, verify
from tests.demo.conftest import Played, check

pytestmark = pytest.mark.long(30)  # the cheats are performed once, by one worker

FIGURES = {
    "publish-unapproved": {"stage": "submitted"},
    "forge-signature": {"unit": "u:0005", "signed_by": "o:bai"},
    "one-officer": {"officers": 1},
    "list-gap": {"begins": "2026-07-15", "expected": "2026-07-01"},
    "list-omission": {"stated": "no. 3; 加入 0; 退出 0; 资格终止 0; 变更名称 0; 更正 0"},
    "friend-votes": {"roll": 37},
    "stuff-ballot": {"signed_by": "o:bai"},
    "close-early": {"signed": 33, "members": 37},
    "drop-superseded": {"sequence": 2, "expected": 1},
    "forge-tally": {
        "stated": "28+4+2 (1+0+0 paper), 25/33/36, adopted",
        "counted": "26+6+2 (1+0+0 paper), 25/33/36, adopted",
    },
    "count-voters-only": {
        "stated": "closes 1795622400, roll 37, share 2/3, base voting",
        "counted": "closes 1795622400, roll 37, share 2/3, base roll",
    },
    "backdate-approval": {"at": "2025-12-01", "since": "2026-01-20"},
    "backdate-filing": {"at": "2026-10-26", "since": "2026-11-26"},
    "shrink-window": {"rule": "P6", "value": 5},
    "interpret-away": {
        "says": "演示·虚构 修改公约，以参加表决者过半数同意为准。",
        "binds": "经三分之二以上成员单位同意",
    },
    "take-over-key": {"arrived": "2027-02-10 11:10:00", "valid_from": "2027-02-15 11:10:00"},
    "revoke-and-register": {"keys": 1},
    "silent-end": {"keys": 0},
}
ALONE = [name for name, one in CHEATS.items() if not (one.option or one.pack)]
WITH_HELP = [name for name, one in CHEATS.items() if one.option or one.pack]
HANDED = [name for name, one in CHEATS.items() if one.handed]


Performed = Callable[[str], tuple[str, Path]]


def perform(name: str, played: Played, out: Path) -> str:
    """Cheat, and return the command printed."""
    arguments = [name, "--dir", str(played.folder), "--out", str(out), "--json"]
    result = CliRunner().invoke(cheat, arguments)
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert told["expected_exit"] == CHEATS[name].exit
    assert told["code"] == CHEATS[name].code
    return str(told["command"])


def bytes_of(played: Played) -> dict[Path, bytes]:
    """The demonstration's own book."""
    return {p: p.read_bytes() for p in (played.folder / "public").rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def before(played: Played) -> dict[Path, bytes]:
    """The same before anybody cheats."""
    return bytes_of(played)


@pytest.fixture(scope="session")
def performed(played: Played, before: dict[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Performed:
    """Cheats as they are performed, each once: the command printed, and the book."""
    folder = tmp_path_factory.mktemp("cheats")
    return cache(lambda name: (perform(name, played, folder / name), folder / name))


def run(command: str) -> Report:
    """What the printed command says."""
    program, verb, place, *options = shlex.split(command)
    assert (program, verb) == ("gongyue", "verify")
    given = dict(zip(options[::2], options[1::2], strict=True))
    names = {"--checkpoint": "checkpoints", "--receipt": "receipts", "--disclosures": "disclosures"}
    kept = {names[o]: ((p, Path(p).read_bytes()),) for o, p in given.items() if o != "--vkey"}
    request = Request(Path(given["--vkey"]).read_text("ascii"), **kept)
    if (pack := packs.opened(place)) is not None:
        return verify(pack.book, pack.request(request))[0]
    return verify(open_place(place), request)[0]


@pytest.mark.parametrize("name", CHEATS)
def test_the_printed_command_finds_the_cheat_out(name: str, performed: Performed) -> None:
    """Exit code, refusal and figures are those that the list announces."""
    report = run(performed(name)[0])
    assert report.failure is not None
    assert (report.code, report.failure.code) == (CHEATS[name].exit, CHEATS[name].code)
    for figure, value in FIGURES.get(name, {}).items():
        assert report.failure.figures[figure] == value
    assert report.failure.zh
    assert report.failure.en


@pytest.mark.parametrize("name", WITH_HELP)
def test_alone_the_book_looks_sound(name: str, played: Played, performed: Performed) -> None:
    """These need what a member kept: verify without it finds nothing."""
    assert check(performed(name)[1], played.folder).code == 0


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheated_book_keeps_the_true_beginning(name: str, played: Played, performed: Performed) -> None:
    """The forger goes on from the true book: the leaves before the forgery are the same bytes."""
    true, forged = (leaves_of(place) for place in (played.folder / "public", performed(name)[1]))
    same = next(
        (n for n, pair in enumerate(zip(true, forged, strict=False)) if pair[0] != pair[1]), min(len(true), len(forged))
    )
    assert same >= 20
    if name != "truncate":
        assert same < len(forged)


def leaves_of(place: Path) -> list[bytes]:
    """The leaves of a published book."""
    size = int((place / "checkpoint").read_text("utf-8").split("\n")[1])
    return list(tiles.read_entries(tiles.from_directory(place), size))


def test_the_honest_book_stays_sound_after_all_cheats(
    played: Played, before: dict[Path, bytes], performed: Performed
) -> None:
    """Cheating writes elsewhere: the demonstration itself is untouched."""
    for name in CHEATS:
        performed(name)
    assert bytes_of(played) == before
    assert check(played.folder / "public", played.folder).code == 0


def test_no_cheat_uses_a_members_key(played: Played, tmp_path: Path) -> None:
    """With every unit's key file gone, each cheat still works: the executive body holds none of them."""
    import shutil

    copy = tmp_path / "year"
    shutil.copytree(played.folder, copy)
    shutil.rmtree(copy / "office" / "keys" / "units")
    for name in CHEATS:
        result = CliRunner().invoke(cheat, [name, "--dir", str(copy), "--out", str(tmp_path / "out" / name)])
        assert result.exit_code == 0, (name, result.output)


def test_there_are_enough_ways_to_cheat() -> None:
    """At least 45, of every principle; most are caught by verify alone, the others need what members kept."""
    assert len(CHEATS) >= 45
    assert {one.principle for one in CHEATS.values()} == set(PRINCIPLES)
    assert len(ALONE) >= 40
    assert len(WITH_HELP) >= 4
    assert all(CHEATS[name].exit == 3 for name in ALONE)


def test_the_list_says_what_catches_each(played: Played) -> None:
    """Every cheat is listed in both languages with its expected exit code."""
    rows = json.loads(CliRunner().invoke(cheat, ["--list", "--json"]).output)
    assert {row["name"] for row in rows} == set(CHEATS)
    assert all(row["zh"] and row["en"] and row["caught_by"]["zh"] and row["caught_by"]["en"] for row in rows)
    assert all(row["expected_exit"] in (2, 3) for row in rows)
    assert [key for key, _ in groupby(row["principle"]["zh"] for row in rows)] == [one.zh for one in PRINCIPLES]
    text = CliRunner().invoke(cheat, ["--list", "--lang", "zh"]).output
    assert "forge-tally  → 3 GY-22-08" in text
    assert "docs/threat-model.md" in text


def test_in_a_case_the_partys_own_file_finds_it_out() -> None:
    """At least 12, each by the command that is printed for the party: exit 2 or 3."""
    assert len(HANDED) >= 12
    assert {CHEATS[name].exit for name in HANDED} == {2, 3}


def test_an_unknown_cheat_is_a_usage_error(played: Played, tmp_path: Path) -> None:
    """The names there are, are offered."""
    result = CliRunner().invoke(cheat, ["steal", "--dir", str(played.folder), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "forge-tally" in result.output


def test_a_folder_that_is_no_demonstration_is_refused(tmp_path: Path) -> None:
    """Cheats are for the demonstration's books alone."""
    result = CliRunner().invoke(cheat, ["fork", "--dir", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 4
    assert not (tmp_path / "out").exists()


def test_a_real_office_is_never_cheated_with(played: Played, tmp_path: Path) -> None:
    """Where office.toml does not say demo, nothing is written."""
    import shutil

    copy = tmp_path / "year"
    shutil.copytree(played.folder, copy)
    settings = copy / "office" / "office.toml"
    settings.write_text(settings.read_text("utf-8").replace("demo = true", "demo = false"), "utf-8")
    result = CliRunner().invoke(cheat, ["one-officer", "--dir", str(copy), "--out", str(tmp_path / "out")])
    assert result.exit_code == 4
    assert not (tmp_path / "out").exists()
