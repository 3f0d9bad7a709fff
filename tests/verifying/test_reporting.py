"""What verify says: which code, entry, type and figures with every failure, in which language, and nothing it did not earn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongyue.book import disclosure
from gongyue.book.receipts import sign_inclusion_promise
from gongyue.cli.main import main
from gongyue.sealing.commitment import are_sealed_leaves, commit, is_sealed_leaf, sealed_leaf
from gongyue.transparency import checkpoint, merkle
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import sign_note
from gongyue.transparency.tiles import decode_entries, encode_entries
from gongyue.verifying.failures import HOW
from gongyue.verifying.report import VERDICTS, Report
from gongyue.verifying.report_lines import lines
from gongyue.verifying.state import MOST_STATE
from gongyue.verifying.verify import Request, _Verification, verify
from support.alliance import FIRST, SECRETARY, Alliance
from support.editions import TEXT, edition_of
from support.hostile_acts import published
from support.published import Files, forced, published_by_force, receipts, run, story, story_files, vkey
from verifying.test_locations import written

# -- an empty book


def empty() -> Files:
    """A book of no acts, truly signed."""
    signer = story().stage.office.keys.open
    return {"checkpoint": checkpoint.sign(Checkpoint(signer.verifier.name, 0, merkle.EMPTY_ROOT), signer)}


def test_an_empty_book_has_nothing_to_verify() -> None:
    """Exit 4, never 0: nobody did anything. A receipt or an earlier checkpoint shows that it was cut down to nothing: exit 2."""
    report, state = run(empty())
    assert (report.code, state, report.failure and report.failure.code) == (4, None, "unreadable/empty")
    note = story().stage.office.store.note("open", 20)
    assert note is not None
    assert run(empty(), checkpoints=(("shown", note[1]),))[0].code == 2
    proof, promise = (next(r.proof for _, r in receipts() if bool(r.opening) == sealed) for sealed in (False, True))
    assert run(empty(), receipts=(("mine", proof),))[0].code == 2
    assert run(empty(), receipts=(("mine", promise),))[0].code == 4
    _, saved = run(story_files())
    assert run(empty(), state=saved)[0].code == 2


# -- the sealed book


def with_sealed(index: int, leaf: bytes) -> Files:
    """The book with another leaf in its sealed half, hashed and signed as it then is."""
    files = story_files()
    bundles = sorted(path for path in files if path.startswith("sealed/tile/entries/"))
    rows = [row for path in bundles for row in decode_entries(files[path])]
    rows[index] = leaf
    return files | {f"sealed/{path}": data for path, data in published(rows, story().stage.office.keys.sealed).items()}


LEAF = b'{"c":"sha256:' + b"0" * 64 + b'","v":"gongyue/sealed@1"}'
NO_LEAVES = {
    "nothing": b"",
    "a blank": LEAF.replace(b":", b": "),
    "the other order": b'{"v":"gongyue/sealed@1","c":"sha256:' + b"0" * 64 + b'"}',
    "more than it may say": LEAF[:-1] + b',"who":"u:0001"}',
    "another version": LEAF.replace(b"@1", b"@2"),
    "a longer digest": LEAF.replace(b"sha256:", b"sha256:0"),
    "capitals": LEAF.replace(b"0" * 8, b"ABCDEF00"),
    "a newline": LEAF + b"\n",
    "text in the open": b'{"act":"vote.ballot/1"}',
}


@pytest.mark.parametrize("what", NO_LEAVES)
@pytest.mark.parametrize("index", [0, 17, 31])
def test_a_sealed_leaf_is_exactly_a_commitment(index: int, what: str) -> None:
    """Exit 2 naming the leaf, wherever it stands: what is sealed may not speak."""
    assert is_sealed_leaf(LEAF) and not is_sealed_leaf(NO_LEAVES[what])
    assert are_sealed_leaves([LEAF, LEAF]) and are_sealed_leaves([])
    assert not are_sealed_leaves([LEAF, NO_LEAVES[what], LEAF])
    assert not are_sealed_leaves([LEAF + b"\n" + LEAF]) and not are_sealed_leaves([LEAF + b"\n" + LEAF, b""])
    report, _ = run(with_sealed(index, NO_LEAVES[what]))
    assert (report.code, report.failure and report.failure.code) == (2, "tampered/form")
    assert report.failure is not None
    assert (report.failure.book, report.failure.index, report.failure.place) == ("sealed", index, f"sealed #{index}")


def test_a_sealed_leaf_that_opens_to_no_act_is_tampering() -> None:
    """The opening is true to the book: whoever sealed it is to blame, not who opens it."""
    salt, entry = b"s" * 32, b'{"act":"none"}'
    files = with_sealed(17, sealed_leaf(commit(salt, entry)))
    report, _ = run(files, disclosures=(("mine", disclosure.line(17, salt, entry)),))
    assert report.failure is not None
    assert (report.code, report.failure.code, report.failure.figures["what"]) == (2, "tampered/form", "mine")


# -- promises


@pytest.mark.parametrize("time", ["²", "٣", "9" * 5_000, "01", "", "-1", "1e3", "9" * 17])
@pytest.mark.parametrize("line", [3, 4])
def test_a_promise_without_a_time_is_none(time: str, line: int) -> None:
    """A sign that looks like a digit, 5,000 digits: exit 4 naming the file, though it is truly signed."""
    sealed = story().stage.office.keys.sealed
    lines = ["gongyue/promise@1", sealed.verifier.name, "sha256:" + "77" * 32, "1", "1"]
    lines[line] = time
    note = sign_note("\n".join(lines) + "\n", [sealed])
    report, _ = run(story_files(), receipts=(("mine", note),))
    assert (report.code, report.failure and report.failure.figures) == (4, {"file": "mine"})


@pytest.mark.parametrize("commitment", ["", "é", "sha256:", "sha256:" + "G" * 64])
def test_a_promise_of_no_commitment_is_none(commitment: str) -> None:
    """Exit 4 naming the file."""
    note = sign_inclusion_promise(story().stage.office.keys.sealed, commitment, 1, 1)
    assert run(story_files(), receipts=(("mine", note),))[0].code == 4


def test_whatever_a_kept_file_gives_rise_to_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours over a receipt is exit 4 naming it, not a traceback and not the office's fault."""
    from gongyue.verifying import receipts as kept

    def breaking(*_: Any) -> None:
        raise RecursionError

    monkeypatch.setattr(kept, "check", breaking)
    report, _ = run(story_files(), receipts=(("mine", b"x"),))
    assert (report.code, report.failure and report.failure.code) == (4, "unreadable/kept")
    assert report.failure is not None and "mine" in report.failure.zh and "RecursionError" in report.failure.en


# -- what a failure says


def unlawful() -> tuple[Alliance, Files]:
    world = Alliance(members=3, initiators=3).in_force()
    act = world.stage.signed("membership.end/1", "exec", {"unit": "u:0002"}, [SECRETARY])
    forced(world, act)
    return world, published_by_force(world)


def broken(how: str) -> Report:
    """A report of each kind of failure."""
    if how == "unlawful":
        world, files = unlawful()
        return run(files, world=world)[0]
    files = story_files()
    if how == "missing":
        del files[next(path for path in sorted(files) if path.startswith("objects/"))]
    if how == "hash":
        path = next(path for path in sorted(files) if path.startswith("tile/entries/"))
        rows = decode_entries(files[path])
        files[path] = encode_entries([*rows[:7], rows[7].replace(b"exec", b"exeC"), *rows[8:]])
    if how == "empty":
        files = empty()
    return run(files)[0]


CODES = {
    "unlawful": (3, "GY-05-02"),
    "missing": (2, "tampered/missing"),
    "hash": (2, "tampered/hash"),
    "empty": (4, "unreadable/empty"),
}


@pytest.mark.parametrize("how", CODES)
def test_a_failure_carries_entry_type_code_and_figures(how: str) -> None:
    """All that a program needs, without reading sentences; what is absent is left out, and no number stands for it."""
    report = broken(how)
    assert report.failure is not None
    assert (report.code, report.failure.code) == CODES[how]
    data = json.loads(json.dumps(report.data()))["failure"]
    if how == "unlawful":
        assert data["type"] == "membership.end/1" and data["index"] == report.failure.index and data["figures"]
    if how == "hash":
        assert data["index"] == 7 and data["figures"] == {"what": "open #7"}
    if how == "missing":
        assert data["type"] and data["index"] >= 0 and "sha256:" in data["figures"]["what"]
    if how == "empty":
        assert not {"index", "type", "figures", "article"} & data.keys()


def numbers(value: Any) -> list[int]:
    """Every number in a JSON value."""
    if isinstance(value, dict):
        return [n for item in value.values() for n in numbers(item)]
    if isinstance(value, list):
        return [n for item in value for n in numbers(item)]
    return [value] if type(value) is int else []


@pytest.mark.parametrize("how", [*CODES, ""])
def test_no_number_stands_for_what_is_absent(how: str) -> None:
    """Nowhere in the JSON is there a -1; a unit that has not left has no day of leaving, a book that was not verified no root."""
    data = broken(how).data() if how else run(story_files())[0].data()
    assert min(numbers(data)) >= 0
    assert (data["root"] is None) == bool(how)
    assert all(unit["until"] is None or unit["until"] > unit["since"] for unit in data["units"])
    assert "" not in [unit["until"] for unit in data["units"]]


def test_every_way_of_tampering_is_told_in_both_languages() -> None:
    """And no two in the same words."""
    for said in zip(*HOW.values(), strict=True):
        assert len(set(said)) == len(HOW)
    assert set(VERDICTS) == {0, 2, 3, 4}


# -- languages


def told(folder: Path, *options: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["verify", str(folder), "--vkey", vkey(), *options], env=env or {})


def spoil(folder: Path) -> None:
    next(iter(sorted((folder / "objects/sha256").iterdir()))).unlink()


@pytest.mark.parametrize("mar", [lambda folder: None, spoil], ids=["sound", "spoiled"])
def test_the_outcome_is_told_in_the_language_that_was_chosen(tmp_path: Path, mar: Callable[[Path], None]) -> None:
    """--lang or GONGYUE_LANG: one language, a failure's own words included; both where none is chosen."""
    folder = written(tmp_path / "book")
    mar(folder)
    both, zh, en = told(folder), told(folder, "--lang", "zh"), told(folder, "--lang", "en")
    assert told(folder, env={"GONGYUE_LANG": "en"}).stdout == en.stdout
    assert len({r.exit_code for r in (both, zh, en)}) == 1
    assert "结论" in both.stdout and "checked" in both.stdout
    assert (
        "结论" in zh.stdout
        and "checked" not in zh.stdout
        and "or missing" not in zh.stdout
        and "sound" not in zh.stdout
    )
    own = re.sub("“.*”", "", en.stdout)  # the covenant's own words, line by line, are quoted as they stand
    assert "outcome" in own and not any("\u4e00" <= c <= "\u9fff" for c in own), own
    assert mar is spoil or "  article 9 “（二） 坚决抵制" in en.stdout
    for word in ("tampered/missing",) if mar is spoil else ("101",):
        assert all(word in r.stdout for r in (both, zh, en))


def test_first_things_are_told_first(tmp_path: Path) -> None:
    """The verdict, then the entry and what was done there, then code and words, then figures."""
    world, files = unlawful()
    from gongyue.verifying.report_lines import lines

    report, _ = run(files, world=world)
    assert report.failure is not None
    rows = lines(report, "en")
    assert rows[1] == "outcome: authentic but unlawful"
    assert rows[2] == f"#{report.failure.index} membership.end/1" and rows[3].startswith("GY-05-02 ")
    assert FIRST not in rows


# -- the reader's own slips


def test_a_state_has_256_mebibytes_at_most(tmp_path: Path) -> None:
    """A byte longer it is not read, exit 4, and stays as it is."""
    assert MOST_STATE == 256 * 1024**2
    book, state = written(tmp_path / "book"), tmp_path / "state"
    with state.open("wb") as sparse:
        sparse.truncate(MOST_STATE + 1)
    result = CliRunner().invoke(main, ["verify", str(book), "--vkey", vkey(), "--state", str(state)])
    assert (result.exit_code, state.stat().st_size) == (4, MOST_STATE + 1)


@pytest.mark.parametrize("held", [b"a letter, not a state", b"x" * 31, bytes(64)])
def test_a_file_that_is_no_state_is_never_written_over(tmp_path: Path, held: bytes) -> None:
    """The book is verified anew and found sound, the file is left as it is, and that is said."""
    book, letter = written(tmp_path / "book"), tmp_path / "letter"
    letter.write_bytes(held)
    words = ["verify", str(book), "--vkey", vkey(), "--state", str(letter)]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, letter.read_bytes()) == (0, held)
    assert f"没有写入 {letter}" in result.stderr and f"{letter} was left as it is" in result.stderr
    letter.write_bytes(b"")
    assert "没有写入" not in CliRunner().invoke(main, words).stderr
    assert letter.stat().st_size > 1_000


def test_a_key_that_is_none_is_told_without_repeating_it() -> None:
    """What was given may be a whole file: the message says what a key looks like, in one line."""
    long = "x" * 5_000
    report, _ = verify({}.__getitem__, Request(long))
    assert report.failure is not None
    assert (report.code, report.failure.code) == (4, "unreadable/key")
    assert "log.vkey" in report.failure.zh and len(report.failure.zh) < 200


def test_a_folder_without_a_book_says_what_to_name() -> None:
    """No checkpoint: the folder that was exported, or …/book of a site."""

    def fetch(path: str) -> bytes:
        raise KeyError(path)

    report, _ = verify(fetch, Request(vkey()))
    assert report.failure is not None
    assert (report.code, report.failure.code) == (4, "unreadable/no-checkpoint")
    assert "…/book" in report.failure.zh and "…/book" in report.failure.en


def test_the_books_are_named_in_words() -> None:
    """公开簿, not open; open book in English."""
    files = story_files()
    bundle = next(name for name in files if name.startswith("tile/entries/"))
    report, _ = run({name: data for name, data in files.items() if name != bundle})
    assert report.failure is not None and report.code == 2
    assert "公开簿 " in report.failure.zh and "open book " in report.failure.en


# -- what the text does not have


def test_verify_prints_what_the_text_does_not_have() -> None:
    """“This text asks for no approval”, and each capability declared absent with what holds instead; with the passages set aside."""
    text = edition_of(TEXT.replace("，并经由主管部门批准后生效", "后生效"))
    world = Alliance(members=3, initiators=2, text=text).staffed()
    world.import_text()
    world.freeze()
    for unit in world.roll[:2]:
        world.register(unit)
        world.sign(unit)
    world.submit()
    report, _ = run(published_by_force(world), world)
    assert report.code == 0
    assert {one.capability for one in report.absent if not one.words} == {a.capability for a in text.absent}
    zh, en = lines(report, "zh"), lines(report, "en")
    assert "本文不要求主管部门批准" in zh
    assert "this text asks for no approval" in en
    assert "本文没有关于法定人数的规定；投票的再少也算数" in zh


def test_a_sealed_book_without_leaves_has_the_root_of_an_empty_tree() -> None:
    """RFC 6962, 2.1: the hash of the empty string, whether or not a sealed book was published."""
    nothing = object.__new__(_Verification)
    assert nothing.sealed_root(0) == f"sha256:{sha256(b'').hexdigest()}"
