"""Files made to hurt: each is read as far as it goes, what is lost is said, nothing crashes and memory stays bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import sqlite3
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.scanning import workbooks
from gongyue.conduct.scanning.archives import DEPTH
from gongyue.conduct.scanning.lines import DEEP, HELD, PIECE, json_lines, pieces_of
from gongyue.conduct.scanning.sources import WIDE, InputFile, Log
from support import pace
from tests.conduct.scanning.running import ods, scan, scanned, types

PHONES = "m\n" + "13900000001\n" * 30


def test_a_stray_zero_does_not_make_a_text_unreadable(tmp_path: Path) -> None:
    """A CSV with a NUL in it is scanned; a file of zeros is not taken for text."""
    path, zeros = tmp_path / "t.csv", tmp_path / "z.csv"
    path.write_bytes(PHONES.encode() + b"x\0y\n")
    zeros.write_bytes(b"\0\x01\x02\x03" * 500)
    assert types(scanned(path))[("t", "m")] == {"CN_MOBILE"}
    assert scan(zeros).exit_code == 5


@pytest.mark.parametrize("depth", [DEEP - 1, DEEP, DEEP + 1, 900])
def test_json_of_any_depth_is_scanned(tmp_path: Path, depth: int) -> None:
    """Taken apart so far, and below that as it stands; lists and objects, lines and documents."""
    lines, document = tmp_path / "l.jsonl", tmp_path / "d.json"
    lines.write_text('{"a":' * depth + '"13900000001"' + "}" * depth + "\n")
    document.write_text("[" * depth + '"13900000001"' + "]" * depth)
    for path in (lines, document):
        found = {t for held in types(scanned(path)).values() for t in held}
        assert found == {"CN_MOBILE"}


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_json_too_deep_to_be_parsed_is_text_and_that_is_said(tmp_path: Path, kind: str) -> None:
    """A line and a document alike."""
    path = tmp_path / f"d.{kind}"
    path.write_text("[" * 100_000 + '"13900000001"' + "]" * 100_000)
    report = scanned(path)
    assert {t for held in types(report).values() for t in held} == {"CN_MOBILE"}
    assert [(u["zh"], u["rows"], u["lost"]) for u in report["unread"]] == [("不是 JSON，按文字扫描", 1, False)]


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_names_of_columns_without_end_become_text(tmp_path: Path, kind: str) -> None:
    """Objects that never share a key cannot fill the memory with columns, and are scanned all the same."""
    path = tmp_path / f"k.{kind}"
    rows = [{f"k{i}": "-"} for i in range(WIDE)] + [{f"j{i}": "13900000001"} for i in range(200)]
    path.write_text("\n".join(map(json.dumps, rows)) if kind == "jsonl" else json.dumps(rows))
    report = scanned(path)
    (table,) = report["tables"]
    assert len(table["columns"]) <= WIDE + 1
    assert types(report)[("k", "(unparsed)")] == {"CN_MOBILE"}


@pytest.mark.parametrize("sign", ["1", "_", "(", "@", "1("])
@pytest.mark.parametrize("size", [40, 60_000])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_name_of_any_length_is_looked_at_at_once(tmp_path: Path, sign: str, size: int, kind: str) -> None:
    """Digits, bars or brackets before another sign, as the first row of a file without a heading has them, are not tried in every way."""
    path = tmp_path / f"t.{kind}"
    for name in ("x", sign * size + "x"):  # the first one reads the kernels, or waits for whoever compiles them
        path.write_text(f"{name},m\nx,13900000001\n" if kind == "csv" else json.dumps({name: "x", "m": "13900000001"}))
        began = time.process_time()
        assert types(scanned(path))[("t", "m")] == {"CN_MOBILE"}
    assert pace.seconds_since(began) < 5


@pytest.mark.parametrize("columns", [WIDE, WIDE + 1])
def test_a_table_too_wide_is_scanned_as_text(tmp_path: Path, columns: int) -> None:
    """Up to the bound it is a table, above it a text, and that is said."""
    path = tmp_path / "w.csv"
    path.write_text(",".join(f"c{i}" for i in range(columns)) + "\n" + ",".join(["13900000001"] * columns) + "\n")
    report = scanned(path)
    (table,) = report["tables"]
    assert len(table["columns"]) == (columns if columns == WIDE else 1)
    assert bool(report["unread"]) is (columns > WIDE)


def test_a_name_that_steers_a_terminal_or_is_no_text_is_spelled_out(tmp_path: Path) -> None:
    """Of files and of columns, in every output; a baseline knows them again."""
    folder = tmp_path / "f"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.csv")).write_text(PHONES)
    (folder / "a\x1b[31m.csv").write_text("m\x1b[2J\n" + PHONES[2:])
    html, sarif, known = tmp_path / "o.html", tmp_path / "o.sarif", tmp_path / "known.json"
    outputs = [
        scan(folder, "--html", html, "--sarif", sarif, "--write-baseline", known).output,
        scan(folder, "--json").stdout,
    ]
    outputs += [path.read_text("utf-8") for path in (html, sarif, known)]
    assert not [text for text in outputs if "\x1b[31m" in text or "\x1b[2J" in text]
    assert scan(folder, "--baseline", known).exit_code == 0


def test_links_and_pipes_are_left_aside_and_said(tmp_path: Path) -> None:
    """Not followed, not opened, not passed over in silence."""
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "a.csv").write_text(PHONES)
    (folder / "link.csv").symlink_to("/etc/passwd")
    (folder / "nowhere.csv").symlink_to("nothing")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.csv")
    report = scanned(folder)
    assert {Path(p).name for p in report["skipped"]} == {"link.csv", "nowhere.csv", "loop", "pipe.csv"}
    assert [t["name"] for t in report["tables"]] == ["a"]


def test_members_with_bad_names_stay_names(tmp_path: Path) -> None:
    """Nothing is unpacked to where a name points; links and devices in a tar are passed over."""
    path, tar = tmp_path / "n.zip", tmp_path / "n.tar.gz"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../up.csv", "/abs.csv", "a\nb.csv", "x" * 300 + ".csv", "\u202evsc.csv"):
            archive.writestr(name, PHONES)
    with tarfile.open(tar, "w:gz") as archive:
        for name, kind in (
            ("../../up.csv", tarfile.REGTYPE),
            ("l", tarfile.SYMTYPE),
            ("d", tarfile.CHRTYPE),
            ("h", tarfile.LNKTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            member.size = len(PHONES) if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(PHONES.encode()) if member.size else None)
    assert len(scanned(path)["tables"]) == 5
    assert len(scanned(tar)["tables"]) == 1
    assert not (tmp_path.parent.parent / "up.csv").exists()


@pytest.mark.parametrize("levels", [DEPTH - 1, DEPTH, DEPTH + 1])
def test_archives_in_archives_are_opened_as_deep_as_allowed(tmp_path: Path, levels: int) -> None:
    """A zip in a zip needs no folder to be unpacked to; one too deep is named."""
    data, name = PHONES.encode(), "a.csv"
    for _ in range(levels):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        data, name = whole.getvalue(), "n.zip"
    (tmp_path / name).write_bytes(data)
    report = scanned(tmp_path / name)
    assert bool(report["tables"]) is (levels <= DEPTH)
    assert [u["zh"] for u in report["unread"]] == ([] if levels <= DEPTH else ["压缩包、邮件套得太深"])


def _two(path: Path) -> tuple[bytearray, int]:
    """A tar of two tables, and where the second's header is."""
    with tarfile.open(path, "w") as archive:
        for name in ("a.csv", "b.csv"):
            member = tarfile.TarInfo(name)
            member.size = len(PHONES)
            archive.addfile(member, io.BytesIO(PHONES.encode()))
    return bytearray(path.read_bytes()), 512 + -(-len(PHONES) // 512) * 512


@pytest.mark.parametrize("how", ["damaged", "zeroed", "cut in", "cut before", "more after"])
def test_a_tar_that_ends_too_early_says_so(tmp_path: Path, how: str) -> None:
    """What stands before is scanned; a whole one has no loss."""
    path = tmp_path / "t.tar"
    data, second = _two(path)
    assert not scanned(path)["unread"]
    if how == "damaged":
        data[second + 10] ^= 1
    elif how == "zeroed":
        data[second : second + 512] = bytes(512)
    elif how == "more after":
        data = data + data
    else:
        del data[second + 100 * (how == "cut in") :]
    path.write_bytes(data)
    report = scanned(path)
    assert len(report["tables"]) == (2 if how == "more after" else 1)
    assert [u["lost"] for u in report["unread"]] == [True]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_second_stream_that_is_damaged_is_said(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Two streams in one file are read as one, zeros after them too; of a bad second one the loss is told."""
    path, one = tmp_path / "t.csv.packed", pack(PHONES.encode())
    path.write_bytes(one + pack(PHONES[2:].encode()) + bytes(8))
    report = scanned(path)
    assert (report["tables"][0]["rows"], report["unread"]) == (60, [])
    for bad in (b"nothing of the kind", one[:2] + b"\xff" + one[3:], one[:-9]):
        path.write_bytes(one + bad)
        report = scanned(path)
        assert report["tables"][0]["rows"] >= 30
        assert [u["lost"] for u in report["unread"]] == [True]


def test_a_zip_cut_off_is_not_taken_for_the_one_in_it(tmp_path: Path) -> None:
    """A zip stored in it has a directory too; that one knows nothing of the others."""
    inner, path = io.BytesIO(), tmp_path / "t.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("i.csv", "a\n1\n")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("o.csv", PHONES)
        archive.writestr("i.zip", inner.getvalue())
    assert len(scanned(path)["tables"]) == 2
    data = path.read_bytes()
    path.write_bytes(data[: data.index(inner.getvalue()) + len(inner.getvalue())])
    assert scan(path).exit_code == 5


def test_sheets_come_one_after_another_also_when_sampled(tmp_path: Path) -> None:
    """What a sample leaves of one does not become the next; a first row that is data is no heading."""
    phones = [["13900000001", f"{i}"] for i in range(700)]
    ods(tmp_path / "t.ods", {"a": [["m", "n"], *phones], "b": phones, "c": [["n"], ["1"]], "none": []})
    for words, rows in ((("--sample", 10), [10, 10, 1]), ((), [700, 700, 1])):
        report = scanned(tmp_path / "t.ods", *words)
        assert [t["rows"] for t in report["tables"]] == rows
        assert [c["name"] for t in report["tables"] for c in t["columns"]] == ["m", "n", "c1", "c2", "n"]
        assert {(f["table"], f["column"]) for f in report["findings"]} == {("t.a", "m"), ("t.b", "c1")}


def test_a_sheet_too_wide_is_scanned_as_text(tmp_path: Path) -> None:
    """As a CSV is, and that is said."""
    ods(tmp_path / "t.ods", {"a": [["13900000001"] * (WIDE + 1)] * 3})
    report = scanned(tmp_path / "t.ods")
    assert types(report) == {("t", "(unparsed)"): {"CN_MOBILE"}}
    assert len(report["unread"]) == 1


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("import os; os.abort()", "signal 6"),
        ("raise BaseException('panic')", "BaseException: panic"),
        ("workbook_worker.bounded(9); bytearray(workbook_worker.MEMORY)", "MemoryError"),
        ("workbook_worker.bounded(1)\nwhile True: pass", "signal"),
        ("sys.stdout.buffer.write(b'nothing of the kind')", "exit 0"),
    ],
)
def test_a_workbook_that_breaks_its_reader_is_lost_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, said: str
) -> None:
    """A panic, an abort, too much memory or time: the first sheet was read, the folder goes on."""
    begun = (
        "import io, sys\nfrom gongyue.conduct.scanning import workbook_worker\nwhole = io.BytesIO()\n"
        "workbook_worker.write(sys.stdin.buffer.read(), whole)\n"
        "sys.stdout.buffer.write(whole.getvalue()[:-600])\nsys.stdout.flush()\n"
    )
    monkeypatch.setattr(workbooks, "READER", (sys.executable, "-P", "-c", begun + end))
    ods(tmp_path / "a.ods", {"a": [["m"], *[["13900000001"]] * 30], "b": [["m"], *[["13900000001"]] * 30]})
    (tmp_path / "b.csv").write_text(PHONES)
    report = scanned(tmp_path)
    assert types(report)["a.a", "m"] == types(report)["b", "m"] == {"CN_MOBILE"}
    (lost,) = report["unread"]
    assert lost["lost"] and "a.ods" in lost["where"] and said in lost["en"]


def test_no_module_of_the_folder_that_is_scanned_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the command is started in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("python_calamine", "pyarrow", "io"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w')")
    ods(tmp_path / "a.ods", {"a": [["m"], *[["13900000001"]] * 30]})
    assert types(scanned("a.ods")) == {("a", "m"): {"CN_MOBILE"}}
    assert not (tmp_path / "run").exists()


def _spoilt_text(kind: str) -> pa.Array:
    """Thirty numbers, of which one has a byte that is no UTF-8."""
    cells = pa.array([b"13900000001"] * 29 + [b"\xe513900000001"])
    texts = cells.view(pa.string())
    return texts.dictionary_encode() if kind == "dictionary" else texts


@pytest.mark.parametrize("kind", ["csv", "plain", "dictionary", "arrow", "zip"])
def test_a_byte_that_is_no_text_loses_nothing(tmp_path: Path, kind: str) -> None:
    """In a cell of a CSV, a Parquet, an Arrow file, an archive: that cell is read too, and the report says so."""
    path = tmp_path / f"t.{ {'csv': 'csv', 'zip': 'zip'}.get(kind, 'data') }"
    csv, table = b"m\n" + b"13900000001\n" * 29 + b"\xe513900000001\n", pa.table({"m": _spoilt_text(kind)})
    if kind == "csv":
        path.write_bytes(csv)
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.csv", csv)
            archive.writestr("b.csv", PHONES)
    elif kind == "arrow":
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    else:
        pq.write_table(table, path, use_dictionary=kind == "dictionary")
    report = scanned(path)
    assert [set(c["types"]) for t in report["tables"] for c in t["columns"]] == [{"CN_MOBILE"}] * (1 + (kind == "zip"))
    assert report["findings"][0]["cells"] == 30
    assert [u["rows"] for u in report["unread"]] == [1]


def _parquet(path: Path) -> None:
    pq.write_table(pa.table({"m": ["13900000001"] * 800, "n": [str(i) for i in range(800)]}), path)


def _arrow(path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, pa.schema([("m", pa.string())])) as writer:
        writer.write_table(pa.table({"m": ["13900000001"] * 800}))


def _sqlite(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (m TEXT)")
    base.executemany("INSERT INTO t VALUES (?)", [("13900000001",)] * 800)
    base.commit()
    base.close()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", PHONES * 20)
        archive.writestr("b.jsonl", '{"m":"13900000001"}\n' * 400)


def _tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("a.csv")
        member.size = len(PHONES)
        archive.addfile(member, io.BytesIO(PHONES.encode()))


MADE: dict[str, Callable[[Path], None]] = {
    "t.parquet": _parquet,
    "t.arrow": _arrow,
    "t.db": _sqlite,
    "t.zip": _zip,
    "t.tar.gz": _tar,
}


@pytest.mark.parametrize("name", MADE)
def test_bytes_changed_at_random_end_in_a_report_or_a_clear_error(tmp_path: Path, name: str) -> None:
    """Cut off, one byte, many bytes: exit 0, 1, 4 or 5, never a traceback."""
    MADE[name](tmp_path / name)
    whole, rng = (tmp_path / name).read_bytes(), random.Random(name)
    for turn in range(24):
        spoilt = bytearray(whole if turn % 3 else whole[: rng.randrange(len(whole))])
        for _ in range(min(len(spoilt), (0, 1, 20)[turn % 3])):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        (tmp_path / name).write_bytes(spoilt)
        result = scan(tmp_path / name, "--json")
        assert result.exit_code in {0, 1, 4, 5}, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("sign", ["，", "<", '"', "\t"])
def test_no_value_is_lost_where_a_long_line_is_cut(tmp_path: Path, sign: str) -> None:
    """The cut is made beside a value that stands there."""
    (tmp_path / "a.txt").write_text("好" * ((PIECE - 9) // 3) + f"{sign}13900000001{sign}好好\n")
    assert [(f["type"], f["cells"]) for f in scanned(tmp_path / "a.txt")["findings"]] == [("CN_MOBILE", 1)]


@pytest.mark.parametrize("lead", ["", "x", "xx"])
def test_no_sign_is_cut_in_two(tmp_path: Path, lead: str) -> None:
    """A long line of nothing that could stand beside a value."""
    path = tmp_path / "a.txt"
    path.write_text(lead + "好" * PIECE)
    pieces = [
        line.decode() for _, line in pieces_of(InputFile(str(path), "a", lambda: path.open("rb")), Log(), "utf-8")
    ]
    assert "".join(pieces) == lead + "好" * PIECE and len(pieces) > 2


def test_lines_of_any_length_stay_within_bounds(tmp_path: Path) -> None:
    """A batch of JSON lines ends once they are long, not after so many of them."""
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"a": "好" * (PIECE // 2)}) + "\n") * 8 + '{"a": "' + "x" * (3 * HELD) + '"}\n')
    (source,) = json_lines(InputFile(str(path), "a", lambda: path.open("rb")), Log())
    sizes = [sum(cells.nbytes for cells in batch.values()) for batch in source.batches()]
    assert len(sizes) > 3 and max(sizes) < 2 * HELD
