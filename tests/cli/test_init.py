"""Founding an office: keys, settings, the genesis act; what is refused and how it can be mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.book.signing import key_id
from gongyue.demo.simulated_office import seed_of
from gongyue.demo.world import world
from gongyue.office.fork_guard import Forked
from gongyue.office.keys import write_seed
from gongyue.office.office_folder import BadOffice, Settings, create_office, open_office, read_settings
from gongyue.transparency import ed25519

from .desk import Desk

INIT = ("init", "office", "--origin", "gongyue.example/test", "--executive", "测试联盟")


def _keys(desk: Desk) -> tuple[str, ...]:
    for name in ("qin", "bai"):
        desk.run("key", "new", f"{name}.key")
    return ("--officer", "qin:qin.key", "--officer", "bai:bai.key")


def test_init_makes_keys_settings_store_and_genesis(empty: Desk) -> None:
    """The book begins with the genesis act; secret keys are readable by their owner alone."""
    made = empty.json(*INIT, *_keys(empty))
    assert made["founded"] and made["genesis"]["index"] == 0
    assert made["vkey"] == Path("office/log.vkey").read_text("ascii").strip()
    for path in (*Path("office/keys").iterdir(), Path("qin.key")):
        assert path.stat().st_mode & 0o777 == 0o600
    assert read_settings(Path("office")) == Settings("gongyue.example/test")
    (entry,) = empty.json("log", "show")
    officers = entry["entry"]["act"]["body"]["officers"]
    assert [(o["id"], o["offices"]) for o in officers] == [
        ("o:qin", ["secretary"]),
        ("o:bai", ["clerk", "panellist", "publisher"]),
    ]
    assert made["officers"] == [{"id": o["id"], "offices": o["offices"]} for o in officers]


def test_init_says_who_holds_what_and_a_third_officer_is_a_clerk(empty: Desk) -> None:
    """In words, in either language: two can publish and adopt at once, and none holds what GY-05-03 forbids."""
    officers = _keys(empty)
    empty.run("key", "new", "su.key")
    told = empty.run(*INIT, *officers, "--officer", "su:su.key")
    assert "秘书长" in told and "经办、审议人、发布人" in told
    short = {s["what"] for s in empty.json("office", "staffing")["short"]}
    assert not short & {"founding.publish/1", "interpretation.adopt/1", "amendment.publish/1"}
    (entry,) = empty.json("log", "show")
    assert entry["entry"]["act"]["body"]["officers"][2]["offices"] == ["clerk"]


@pytest.mark.parametrize("site", ["alliance.example", "https://alliance.example/", "https://Alliance.example", ""])
def test_init_refuses_a_site_no_browser_would_name(site: str, empty: Desk) -> None:
    """It stands in the genesis act for ever: nothing is begun."""
    assert "https://alliance.example" in empty.run(*INIT, *_keys(empty), "--web-origin", site, code=2)
    assert not Path("office").exists()


@pytest.mark.parametrize("ends", ["foo", "2027-02-30", "2020-01-01"])
def test_init_refuses_terms_that_end_on_no_day_or_have_ended(ends: str, empty: Desk) -> None:
    """Nobody could act for such an office."""
    assert "--term-ends" in empty.run(*INIT, *_keys(empty), "--term-ends", ends, code=2)
    assert not Path("office").exists()


@pytest.mark.parametrize("id", ["QIN", "q n", "秦", "q" * 41])
def test_init_refuses_an_officers_id_the_book_cannot_hold(id: str, empty: Desk) -> None:
    """The option and the form of an id are told."""
    officers = _keys(empty)
    assert f"“{id}”" in empty.run(*INIT, "--officer", f"{id}:qin.key", *officers[2:], code=2)


def test_init_refuses_one_key_for_two(empty: Desk) -> None:
    """Two who confirm one another hold two keys."""
    _keys(empty)
    assert "各有一把密钥" in empty.run(*INIT, "--officer", "qin:qin.key", "--officer", "bai:qin.key", code=2)


def test_init_refuses_a_body_without_a_name(empty: Desk) -> None:
    """Said as the option it is."""
    assert "--executive" in empty.run(*INIT, *_keys(empty), "--executive", " ", code=2)


@pytest.mark.parametrize("name", ["open", "sealed", "system"])
def test_an_office_does_not_open_with_the_keys_of_another(name: str, empty: Desk) -> None:
    """Nobody could verify what they signed; the key is named."""
    empty.run(*INIT, *_keys(empty))
    path = Path("office/keys") / f"{name}.key"
    path.write_bytes(Path("qin.key").read_bytes())
    assert f"{name}.key" in empty.run("status", code=4)
    assert f"{name}.key" in empty.run("status", "--lang", "en", code=4)


def test_an_origin_altered_in_the_settings_is_found_out(empty: Desk) -> None:
    """The book's stands in its genesis act."""
    empty.run(*INIT, *_keys(empty))
    path = Path("office/office.toml")
    path.write_text(path.read_text("utf-8").replace("/test", "/tset"), "utf-8")
    assert "gongyue.example/test" in empty.run("status", code=4)


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ('orign = "x"', "没有“orign”", "no setting “orign”"),
        ("store = 5", "store 应为 str", "store should be str"),
        ("demo = fals", "第 1 行第 8 列", "line 1, column 8"),
        ('v = "gongyue/office@9"', "不认得“gongyue/office@9”", "does not know “gongyue/office@9”"),
        ("", "缺少“origin”", "“origin” is missing"),
        ('origin = "a.example"\nstore = "mysql://x:geheim@y/z"', "postgresql://USER", "postgresql://USER"),
        ('origin = "a.example"\nstore = "postgresql://x:geheim@[::1"', "postgresql://USER", "postgresql://USER"),
    ],
)
def test_a_misspelt_setting_is_said_in_both_languages(line: str, zh: str, en: str, empty: Desk) -> None:
    """What, where, and which there are; no password with it."""
    empty.run(*INIT, *_keys(empty))
    Path("office/office.toml").write_text(line, "utf-8")
    told = empty.run("status", code=4)
    assert zh in told and "Expected" not in told and "geheim" not in told
    assert en in empty.run("status", "--lang", "en", code=4)


def test_init_refuses_a_directory_that_exists(empty: Desk) -> None:
    """Nothing is overwritten."""
    officers = _keys(empty)
    Path("office").mkdir()
    assert "已经存在" in empty.run(*INIT, *officers, code=4)
    assert not list(Path("office").iterdir())


@pytest.mark.parametrize("holder", ["o:qin", "u:0001", "book", "sys", "u:0009#2", *(u.id for u in world().unit[-1:])])
def test_init_refuses_demo_keys(holder: str, empty: Desk) -> None:
    """Everybody holds the demonstration's keys."""
    officers = _keys(empty)
    write_seed(Path("demo.key"), seed_of(holder))
    assert "演示密钥" in empty.run(*INIT, *officers[:2], "--officer", "bai:demo.key", code=4)
    public = key_id(ed25519.public(seed_of(holder)))
    assert "demo key" in empty.run(*INIT, *officers[:2], "--officer", f"bai:{public}", "--lang", "en", code=4)
    assert not Path("office").exists()


def test_init_needs_two_officers(empty: Desk) -> None:
    """One person alone founds nothing."""
    assert "两名" in empty.run(*INIT, *_keys(empty)[:2], code=2)


def test_an_office_that_cannot_be_founded_leaves_nothing(empty: Desk) -> None:
    """A name the book cannot hold: the genesis is out of turn, the folder is gone again."""
    empty.run(*INIT, *_keys(empty), "--executive", "盟" * 121, code=3)
    assert not Path("office").exists()


def test_offices_and_generated_keys_may_be_stated(empty: Desk) -> None:
    """ID:OFFICE,OFFICE:KEY; generate makes the key file beside the office."""
    empty.run(*INIT, "--officer", "qin:secretary,publisher:generate", "--officer", "o:bai:clerk:generate")
    (entry,) = empty.json("log", "show")
    assert entry["entry"]["act"]["body"]["officers"][0]["offices"] == ["secretary", "publisher"]
    assert Path("qin.key").stat().st_mode & 0o777 == 0o600


def test_an_officer_elsewhere_signs_the_genesis_by_file(empty: Desk) -> None:
    """Only the public key is at hand: the genesis travels as a file."""
    officers = _keys(empty)
    Path("bai.pub").write_text(empty.run("key", "show", "bai.key"), "ascii")
    made = empty.json(*INIT, *officers[:2], "--officer", "bai:bai.pub")
    assert (made["founded"], made["waiting"]) == (False, ["o:bai"])
    empty.run("submit", "office/genesis.json", code=3)
    assert empty.json("status")["stage"] == "empty"
    empty.run("sign", "office/genesis.json", "--key", "bai.key")
    assert empty.json("submit", "office/genesis.json")["index"] == 0


@pytest.mark.parametrize("origin", ["https://alliance.example/x", "Alliance.example", "a b", ""])
def test_an_origin_is_a_host_and_path(origin: str, empty: Desk) -> None:
    """It is the book's name for ever: without scheme, capitals or spaces."""
    officers = _keys(empty)
    words = ("init", "office", "--origin", origin, "--executive", "测试联盟", *officers)
    assert "gongyue.example/xyz" in empty.run(*words, code=2)


def test_without_an_office_the_mending_is_told(empty: Desk) -> None:
    """Every command that needs one says how to name or make one."""
    for command in (("status",), ("due",), ("tick",), ("export", "x"), ("membership", "roll")):
        assert "gongyue init" in empty.run(*command, code=4)
    assert empty.json("status", code=4)["code"] == "unreadable"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ('origin = "a.example"\ncolour = "red"', "colour"),
        ("origin = ", "office.toml"),
        ('store = "sqlite:store.db"', "origin"),
        ('origin = "a.example"\ndemo = 1', "demo"),
        ('origin = "a.example"\nstore = "sqlite:x"\nstore_file = "y"', "store_file"),
    ],
)
def test_malformed_settings_stop_with_their_name(settings: str, named: str, founded: Desk) -> None:
    """An unknown key or a malformed value never passes in silence."""
    founded.write("office/office.toml", settings)
    assert named in founded.run("status", code=4)


def test_the_stores_address_may_stand_in_a_file(empty: Desk) -> None:
    """Where it holds a password, it is in no settings file and on no command line."""
    officers = _keys(empty)
    empty.write("store.url", "sqlite:elsewhere.db\n")
    empty.run(*INIT, *officers, "--store-file", "store.url")
    assert Path("office/elsewhere.db").exists()
    assert empty.json("status")["size"] == 1
    Path("store.url").unlink()
    assert "store.url" in empty.run("status", code=4)


def test_a_missing_book_key_is_told(founded: Desk) -> None:
    """It says which file and that it comes back from a backup."""
    Path("office/keys/open.key").unlink()
    assert "open.key" in founded.run("status", code=4)


def test_a_damaged_guard_stops_the_office(founded: Desk) -> None:
    """Whether another history was shown cannot be told: a person decides."""
    founded.write("office/guard.json", "{")
    assert "guard.json" in founded.run("status", code=4)


def test_an_office_behind_what_it_showed_does_not_start(founded: Desk) -> None:
    """An old backup would show a second history."""
    guard = json.loads(Path("office/guard.json").read_text("utf-8"))
    guard["open"][0] += 1
    founded.write("office/guard.json", json.dumps(guard))
    assert "两份历史" in founded.run("status", code=4)
    with pytest.raises(Forked):
        open_office(Path("office"))


def test_an_office_opens_with_its_own_clock(founded: Desk) -> None:
    """A demonstration sets the clock; a real office uses the computer's."""
    office = open_office(Path("office"), clock=lambda: 7)
    assert office.now == 7
    office.store.close()
    office.guard.close()


def test_a_demo_office_needs_no_key_files_and_its_clock_stands(tmp_path: Path) -> None:
    """Its keys are public and its story's time is the time of its last act."""
    made = create_office(tmp_path / "demo", Settings("gongyue.example/demo", demo=True), lambda: 5, bytes)
    made.store.close()
    made.guard.close()
    office = open_office(tmp_path / "demo")
    assert (office.now, (tmp_path / "demo" / "keys").exists()) == (0, False)
    office.store.close()
    office.guard.close()


def test_an_existing_folder_is_never_made_an_office(tmp_path: Path) -> None:
    """The function refuses as the command does."""
    with pytest.raises(BadOffice):
        create_office(tmp_path, Settings("gongyue.example/x"))


def test_key_files_are_not_overwritten_and_not_mistaken(empty: Desk) -> None:
    """Overwriting a key would lose it; another file is no key."""
    empty.run("key", "new", "a.key")
    before = Path("a.key").read_bytes()
    assert "不会覆盖" in empty.run("key", "new", "a.key", code=4)
    assert Path("a.key").read_bytes() == before
    empty.write("b.key", "这不是密钥")
    assert "gongyue key new" in empty.run("key", "show", "b.key", code=4)
    assert empty.json("key", "show", "a.key")["key"] == empty.run("key", "show", "a.key").strip()


def test_a_key_that_could_not_be_written_leaves_nothing(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a key would stand in the way of the next attempt."""

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    class Seed(bytes):
        hex = full  # type: ignore[assignment]

    with pytest.raises(OSError, match="No space"):
        write_seed(Path("new.key"), Seed(32))
    assert not Path("new.key").exists()
