"""The audit of drawn slots from the command line: drawn, keys and openings handed out, both halves checked and stated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from gongyue.cli.main import main
from gongyue.demo.simulated_office import ORIGIN, seed_of
from gongyue.office.keys import write_seed
from gongyue.office.office import Office
from gongyue.office.office_folder import open_office
from gongyue.office.publishing import publish
from gongyue.office.store import open_store
from gongyue.verifying.slots import SlotKeys
from support.alliance import FIRST, unit_id
from support.draws import HOUR, audited, declare, plan, run_on, seed


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a draw of 30 of its slots, its public book, a member's and the authority's keys."""
    folder = tmp_path_factory.mktemp("audited")
    office = folder / "office"
    office.mkdir()
    (office / "office.toml").write_text(
        f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "sqlite:book.db"\ndemo = true\n', "utf-8"
    )
    store = open_store(f"sqlite:{office / 'book.db'}", create=True)
    world = audited(31, store=store)
    seed(world)
    run_on(world, 2)
    publish(world.stage.office, folder / "public")
    (folder / "log.vkey").write_text(world.stage.office.keys.open.verifier.vkey + "\n", "ascii")
    for name in (*world.inst.members, "authority"):
        write_seed(folder / f"{name[-4:]}.key", seed_of(name))
    world.stage.office.guard.close()
    store.close()
    return folder


@contextmanager
def open_at(folder: Path) -> Iterator[Office]:
    """The office there."""
    office = open_office(folder)
    try:
        yield office
    finally:
        office.guard.close()
        office.store.close()


def run(*words: object, code: int = 0) -> Result:
    """The result of a command that ends with that exit code."""
    result = CliRunner().invoke(main, [*map(str, words)])
    assert result.exit_code == code, result.output + result.stderr
    return result


def published(there: Path) -> tuple[object, ...]:
    """Where the public book is."""
    return "--public", there / "public", "--vkey", there / "log.vkey"


def test_from_the_draw_to_both_halves_stated(there: Path, tmp_path: Path) -> None:
    """Members and the authority find the same rest; each states it with the words it is told; verify says how far it goes."""
    drawn = json.loads(run("audit-slots", "draw", *published(there), "--json").output)
    assert len(drawn["slots"]) == 30
    keys, openings = tmp_path / "keys.json", tmp_path / "openings.jsonl"
    office = ("--office", there / "office")
    other = next(unit for unit in map(unit_id, range(1, 5)) if unit not in drawn["members"])
    refused = run("audit-slots", "keys", *office, "--to", other, "--out", keys, code=4)
    assert " ".join(drawn["members"]) in refused.stderr and not keys.exists()
    run("audit-slots", "keys", *office, "--to", drawn["members"][1], "--out", keys)
    run("audit-slots", "open", *office, "--out", openings)
    assert set(json.loads(keys.read_text())["keys"]) == set(map(str, drawn["slots"]))
    assert all(path.stat().st_mode & 0o77 == 0 for path in (keys, openings))
    members = run("audit-slots", "members", "--keys", keys, *published(there))
    content = run("audit-slots", "content", "--openings", openings, "--keys", keys, *published(there))
    both = [json.loads(run("audit-slots", *words, *published(there), "--json").output) for words in (
        ("members", "--keys", keys), ("content", "--openings", openings),
    )]  # fmt: skip
    assert both[0] == both[1] and both[0]["slots"] == drawn["slots"]
    for told, key in ((members, f"{drawn['members'][1][-4:]}.key"), (content, "rity.key")):
        words = told.output.split("gongyue oversight check ")[1].split()
        run("oversight", "check", *words, *office, "--key", there / key, "--yes")
    run("export", "--office", there / "office", tmp_path / "public")
    verified = run(
        "verify", tmp_path / "public", "--vkey", there / "log.vkey", "--audit", openings, "--slot-keys", keys
    ).output
    assert "两半核对相合 30 个" in verified and "两半相合" in verified and both[0]["rest"] in verified
    again = run("verify", tmp_path / "public", "--vkey", there / "log.vkey", "--lang", "en").output
    assert "audited in two halves that agree" in again and "unaudited" in again


def test_keys_of_other_slots_are_not_the_draws(there: Path, tmp_path: Path) -> None:
    """Of slots that were chosen by hand: they explain these, and state nothing; held against the draw, exit 1."""
    keys = tmp_path / "keys.json"
    with open_at(there / "office") as office:
        made = {anchor.slot: office.keys.slot_key(anchor.slot, HOUR) for anchor in office.inst.anchors[:31]}
    keys.write_bytes(msgspec.json.encode(SlotKeys.of(made)))
    told = run("audit-slots", "members", "--keys", keys, *published(there)).output
    assert "不能写进簿册" in told and "oversight check" not in told
    drawn = json.loads(run("audit-slots", "draw", *published(there), "--json").output)
    run("audit-slots", "members", "--keys", keys, "--seed", drawn["seed"], *published(there), code=1)


def test_what_is_left_out_of_the_openings_is_found(there: Path, tmp_path: Path) -> None:
    """Every question withheld: exit 2; a file that is none: exit 4; nothing is overwritten."""
    openings, less = tmp_path / "openings.jsonl", tmp_path / "less.jsonl"
    run("audit-slots", "open", "--office", there / "office", "--out", openings)
    run("audit-slots", "open", "--office", there / "office", "--out", openings, code=4)
    rows = openings.read_text().splitlines(keepends=True)
    less.write_text("".join(row for row in rows if "interpretation.ask" not in row))
    told = run("audit-slots", "content", "--openings", less, *published(there), code=2)
    assert "没有作为行为启封" in told.output
    less.write_text("{}\n")
    run("audit-slots", "content", "--openings", less, *published(there), code=4)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("draw", "--seed", "1"), 4),
        (("keys", "--seed", "1", "--to", FIRST, "--out", "x"), 4),
        (("keys", "--out", "x"), 2),
        (("open", "--seed", "1", "--out", "x"), 4),
    ],
)
def test_a_draw_that_there_is_not(there: Path, words: tuple[str, ...], code: int) -> None:
    """Its number is no draw's, or the days are not whole: nothing is written."""
    run("audit-slots", *words, "--office", there / "office", code=code)
    assert not Path("x").exists()


def test_an_announced_draw_is_made_by_hand_and_once(tmp_path: Path) -> None:
    """`gongyue inspection seed`: as `tick` makes it, past the size announced; before that and again afterwards nothing is due."""
    office = tmp_path / "office"
    office.mkdir()
    (office / "office.toml").write_text(
        f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "sqlite:book.db"\ndemo = true\n', "utf-8"
    )
    store = open_store(f"sqlite:{office / 'book.db'}", create=True)
    world = audited(31, store=store)
    announced = plan(world)
    seeding = ("inspection", "seed", "--office", office, "--json")
    world.stage.office.guard.close()
    assert json.loads(run(*seeding).output) == []
    declare(world)
    world.stage.office.guard.close()
    (made,) = json.loads(run(*seeding).output)
    assert made["type"] == "inspection.seed/1"
    drawn = json.loads(run("audit-slots", "draw", "--office", office, "--json").output)
    assert (drawn["announced"], len(drawn["slots"])) == (announced, 30)
    assert json.loads(run(*seeding).output) == []
    store.close()


def test_a_years_figures_are_stated_by_hand_and_once(tmp_path: Path) -> None:
    """`gongyue oversight report`: as `tick` does it, once the year is over and anchored; before that and again nothing is due."""
    office = tmp_path / "office"
    office.mkdir()
    (office / "office.toml").write_text(
        f'v = "gongyue/office@1"\norigin = "{ORIGIN}"\nstore = "sqlite:book.db"\ndemo = true\n', "utf-8"
    )
    store = open_store(f"sqlite:{office / 'book.db'}", create=True)
    world = audited(1, store=store)
    reporting = ("oversight", "report", "--office", office, "--json")
    world.stage.office.guard.close()
    assert json.loads(run(*reporting).output) == []
    world.on("2027-01-01").anchor()
    world.stage.office.guard.close()
    (made,) = json.loads(run(*reporting).output)
    assert made["type"] == "oversight.report/1"
    with open_at(office) as after:
        assert after.catch_up().yearly[2026].figures["questions"] == 3
    assert json.loads(run(*reporting).output) == []
    store.close()
