"""Books made to tire, fill or halt their reader: an answer in seconds, within 300 MB, naming the file."""

from __future__ import annotations

import io
import os
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from gongyue.book import replay
from gongyue.book.entry import MAX_JSON_OBJECT, MAX_OBJECT, MAX_OPENINGS
from gongyue.transparency import canonical
from gongyue.transparency.regular import NotRegular, TooLong, read_regular
from gongyue.transparency.tiles import BUNDLE_BYTES, TILE_BYTES
from gongyue.verifying import addresses, locations
from gongyue.verifying.budget import Budget, Spent
from gongyue.verifying.locations import bound_of, open_place
from gongyue.verifying.verify import Request, verify
from support.hostile import MOST_MEMORY, ran
from support.hostile_acts import book, cases, signed
from support.published import story_files, vkey
from verifying.test_locations import written, zipped


def first(prefix: str) -> str:
    return next(path for path in sorted(story_files()) if path.startswith(prefix))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path is short
        made.bind(path.name)
        os.chdir(here)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


PLACES = ("checkpoint", "tile/entries/", "tile/0/", "objects/sha256/", "sealed/checkpoint", "sealed/tile/entries/")


@pytest.mark.parametrize("how", [a_pipe, a_device, a_socket])
@pytest.mark.parametrize("where", PLACES)
def test_what_is_no_file_is_not_opened(tmp_path: Path, where: str, how: Callable[[Path], None]) -> None:
    """A pipe without an end, a link to a device, a socket: exit 4 at once, naming it; a link to a file is a file."""
    folder = written(tmp_path / "book")
    path = folder / first(where)
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    assert verify(open_place(str(folder)), Request(vkey()))[0].code == 0
    path.unlink()
    how(path)
    budget = Budget()
    report, _ = verify(open_place(str(folder), budget), Request(vkey()), budget=budget)
    assert (report.code, report.failure and report.failure.code) == (4, "unreadable/no-file")
    assert report.failure is not None and report.failure.figures == {"file": str(path)}


@pytest.mark.parametrize("where", PLACES)
def test_a_sparse_file_is_not_read(tmp_path: Path, where: str) -> None:
    """3 GiB of nothing in the place of any file: exit 2 naming it, and hardly a byte is read."""
    folder = written(tmp_path)
    path = folder / first(where)
    path.unlink()
    sparse(path)
    budget = Budget()
    report, _ = verify(open_place(str(folder), budget), Request(vkey()), budget=budget)
    assert (report.code, report.failure and report.failure.code) == (2, "tampered/oversized")
    assert report.failure is not None and str(path) in report.failure.zh
    assert budget.read < 1_000_000


def test_every_kind_of_file_has_its_bound() -> None:
    """A tile 256 hashes, a bundle 256 of the longest entries, a checkpoint a note, an object 64 MiB; in either book."""
    assert (TILE_BYTES, BUNDLE_BYTES, MAX_OBJECT) == (8_192, 256 * 65_537, 64 << 20)
    for prefix in ("", "sealed/"):
        assert bound_of(prefix + "tile/0/000") == bound_of(prefix + "tile/1/000.p/3") == TILE_BYTES
        assert bound_of(prefix + "tile/entries/x001/002") == BUNDLE_BYTES
        assert bound_of(prefix + "checkpoint") == 1_000_000
    assert bound_of(f"objects/sha256/{'0' * 64}") == MAX_OBJECT


def test_a_file_is_read_to_its_bound_and_no_further(tmp_path: Path) -> None:
    """Exactly the bound is read, one byte more is not; neither is a file that grows while it is read."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100)
    assert read_regular(path, 101) == read_regular(path, 100) == b"x" * 100
    with pytest.raises(TooLong):
        read_regular(path, 99)
    path.write_bytes(b"")

    def grow(count: int) -> None:
        with path.open("ab") as more:
            more.write(b"x" * (1 << 20))

    grow(0)
    with pytest.raises(TooLong):
        read_regular(path, 5 << 20, grow)
    assert path.stat().st_size <= 8 << 20
    with pytest.raises(NotRegular):
        read_regular(Path("/dev/zero"), 100)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 100)


# -- zip files


@cache
def bomb(where: str, size: int) -> bytes:
    """The book in a zip file, one file of it some bytes of nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in story_files().items():
            if name != where:
                archive.writestr(name, data)
        with archive.open(where, "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))
    return made.getvalue()


@pytest.mark.parametrize("lies", [False, True])
@pytest.mark.parametrize("where", ["checkpoint", "tile/entries/", "objects/sha256/", "sealed/tile/0/"])
def test_a_zip_bomb_is_cut_off(tmp_path: Path, where: str, lies: bool) -> None:
    """A few hundred kB that unpack to 320 MB: exit 2 within 300 MB, also where the list of contents says 10 bytes."""
    path, data = tmp_path / "book.zip", bomb(first(where), 320 << 20)
    assert len(data) < 500_000
    path.write_bytes(data.replace((320 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")) if lies else data)
    done = ran("verify", str(path), "--vkey", vkey())
    assert done.code in ((2, 4) if lies else (2,)), done.said
    assert done.memory < MOST_MEMORY, done.memory


def test_a_list_of_contents_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the bound allows it is read, a byte more and the file cannot be: exit 4 with both numbers."""
    path = zipped(tmp_path / "book.zip")
    with zipfile.ZipFile(path) as archive:
        listed = archive.start_dir
    length = path.stat().st_size - listed - 22  # the end record
    monkeypatch.setattr(locations, "MOST_LISTED", max(length, 66_000))
    assert verify(open_place(str(path)), Request(vkey()))[0].code == 0
    done = tmp_path / "many.zip"
    with zipfile.ZipFile(done, "w") as archive:
        for number in range(1_600):
            archive.writestr(f"{number:04}", b"")
    with pytest.raises(locations.Unreadable, match="66,000"):
        open_place(str(done))


def test_a_list_of_a_hundred_thousand_files_is_bounded_in_memory(tmp_path: Path) -> None:
    """12 MiB of the shortest names: an answer within 300 MB, whichever it is."""
    path = tmp_path / "many.zip"
    entry = bytearray(b"PK\1\2" + bytes(42))
    entry[28] = 5  # the length of its name
    count = 260_000
    listed = b"".join(bytes(entry) + f"{number:05x}".encode() for number in range(count))
    end = b"PK\5\6" + bytes(4) + b"\xff\xff\xff\xff" + len(listed).to_bytes(4, "little") + bytes(6)
    path.write_bytes(listed[: locations.MOST_LISTED // 51 * 51] + end)
    done = ran("verify", str(path), "--vkey", vkey())
    assert done.code == 4 and done.memory < MOST_MEMORY, done


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_another_way_is_not_unpacked(tmp_path: Path, method: int) -> None:
    """They may ask for gigabytes to unpack a byte: exit 4."""
    report, _ = verify(open_place(str(zipped(tmp_path / "book.zip", method=method))), Request(vkey()))
    assert report.code == 4 and report.failure is not None and "compression" in report.failure.en


# -- the budget


@pytest.mark.parametrize("kind", [written, lambda folder: zipped(folder / "book.zip")])
def test_the_bytes_of_a_run_are_counted(tmp_path: Path, kind: Callable[[Path], Path]) -> None:
    """Exactly enough verifies; a byte less is exit 4, saying at which file, how much was read and how to give more."""
    place = str(kind(tmp_path))
    whole = Budget()
    assert verify(open_place(place, whole), Request(vkey()), budget=whole)[0].code == 0
    enough = Budget(whole.read)
    assert verify(open_place(place, enough), Request(vkey()), budget=enough)[0].code == 0
    less = Budget(whole.read - 1)
    report, _ = verify(open_place(place, less), Request(vkey()), budget=less)
    assert (report.code, report.failure and report.failure.code) == (4, "unreadable/budget")
    assert report.failure is not None and report.failure.figures["read"] == whole.read
    assert report.failure.figures["most"] == whole.read - 1 and "objects" in str(report.failure.figures["file"])
    assert report.failure.index is not None and f"#{report.failure.index}" in report.failure.zh
    assert f"--most-bytes {2 * (whole.read - 1)}" in report.failure.en


def test_the_seconds_of_a_run_are_counted() -> None:
    """No time at all is exit 4 in words, also where the files are at hand; whatever is read first is named."""
    report, state = verify(story_files().__getitem__, Request(vkey()), budget=Budget(most_seconds=0))
    assert (report.code, state, report.failure and report.failure.code) == (4, None, "unreadable/budget")
    assert report.failure is not None and "--most-seconds" in report.failure.zh and "open #0" in report.failure.zh
    with pytest.raises(Spent):
        Budget(most_seconds=0).take("file", 0)
    Budget(most_bytes=5).take("file", 5)
    with pytest.raises(Spent):
        Budget(most_bytes=5).take("file", 6)


# -- servers


@pytest.fixture
def drip() -> Iterator[Callable[[bytes], str]]:
    """A server that sends what it is told at once, and then a byte every 50 ms without end."""
    stop, servers = threading.Event(), []

    def serve(server: socket.socket, beginning: bytes) -> None:
        while not stop.is_set():
            try:
                to, _ = server.accept()
            except OSError:
                return
            with to:
                try:
                    to.sendall(beginning)
                    while not stop.wait(0.05):
                        to.sendall(b"x")
                except OSError:
                    continue

    def start(beginning: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=serve, args=(server, beginning), daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    yield start
    stop.set()
    for server in servers:
        server.close()


DRIPS = {
    "nothing": b"",
    "a status line": b"HTTP/1.1 2",
    "headers": b"HTTP/1.1 200 OK\r\nX: ",
    "a body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
    "a body without length": b"HTTP/1.0 200 OK\r\n\r\n",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "the page of an error": b"HTTP/1.1 500 No\r\nContent-Length: 100000\r\n\r\n",
}


@pytest.mark.parametrize("what", DRIPS)
def test_a_server_that_drips_is_left(drip: Callable[[bytes], str], what: str) -> None:
    """Exit 4 when its answer is due, wherever it began to drip; with the run's own time where that is shorter."""
    address = drip(DRIPS[what])
    for seconds, budget in ((0.3, Budget()), (60, Budget(most_seconds=0.3))):
        report, _ = verify(addresses.from_address(address, budget, seconds), Request(vkey()), budget=budget)
        assert report.code == 4
        assert budget.most_seconds - budget.left < 5
        assert report.failure is not None and f"{address}/checkpoint" in report.failure.zh


def test_a_server_that_leads_in_circles_is_left(drip: Callable[[bytes], str]) -> None:
    """To itself, to another scheme, to a file: exit 4."""
    for to in ("/checkpoint", "ftp://127.0.0.1/checkpoint", "file:///etc/passwd"):
        address = drip(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())
        budget = Budget()
        report, _ = verify(addresses.from_address(address, budget, 1), Request(vkey()), budget=budget)
        assert report.code == 4 and budget.most_seconds - budget.left < 10


def test_a_server_that_sends_without_end_is_cut_off(drip: Callable[[bytes], str]) -> None:
    """A checkpoint of more than a note's million bytes: exit 2, as of a file of that length."""
    address = drip(b"HTTP/1.0 200 OK\r\n\r\n" + bytes(1_100_000))
    report, _ = verify(open_place(address), Request(vkey()))
    assert (report.code, report.failure and report.failure.code) == (2, "tampered/oversized")


# -- the command


def test_the_command_takes_the_limits_as_options(tmp_path: Path) -> None:
    """--most-bytes and --most-seconds bound what is read, what one brings included; the last words say how to go on."""
    folder = str(written(tmp_path / "book"))
    assert ran("verify", folder, "--vkey", vkey(), "--most-bytes", "20000000000", "--most-seconds", "14400").code == 0
    done = ran("verify", folder, "--vkey", vkey(), "--most-bytes", "10000", "--lang", "en")
    assert done.code == 4 and "--most-bytes 20000" in done.said and "上限" not in done.said
    kept = tmp_path / "kept"
    kept.write_bytes(bytes(2_000_000))
    done = ran("verify", folder, "--vkey", vkey(), "--receipt", str(kept), "--most-bytes", "1000000", "--lang", "zh")
    assert done.code == 4 and str(kept) in done.said and "上限" in done.said and "the limit" not in done.said


@pytest.mark.parametrize("option", ["--vkey", "--policy", "--checkpoint", "--receipt", "--disclosures", "--state"])
def test_what_one_brings_is_read_from_files_alone(tmp_path: Path, option: str) -> None:
    """A pipe and a device where a kept file, the key or the state should be: exit 4 at once, naming it."""
    folder = str(written(tmp_path / "book"))
    a_pipe(tmp_path / "pipe")
    for given in (str(tmp_path / "pipe"), "/dev/zero"):
        key = [] if option == "--vkey" else ["--vkey", vkey()]
        done = ran("verify", folder, *key, option, given)
        assert (done.code, given in done.said) == (4, True), done.said
        assert done.memory < MOST_MEMORY


# -- memory: what an act names and opens


def _lists() -> bytes:
    return b"[" + b"[]," * 1_390_000 + b"[]]"


def _numbers() -> bytes:
    return b"[" + b"0," * 2_000_000 + b"0]"


def _keys() -> bytes:
    return b"{" + b",".join(b'"%06d":0' % n for n in range(390_000)) + b"}"


def _lines() -> bytes:
    return b"\n" * (31 << 20)


def _openings() -> bytes:
    row = b'{"book":"sealed","entry":%s,"index":0,"salt":"%s"}\n' % (b'{"a":' * 40 + b"0" + b"}" * 40, b"A" * 44)
    return row * ((31 << 20) // len(row))


def _a_scan() -> bytes:
    return bytes(MAX_OBJECT)


HEAVY = {
    "lists": ("founding.import/1", _lists),
    "numbers": ("law.calendar/1", _numbers),
    "keys": ("membership.invite/1", _keys),
    "lines": ("membership.grant/1", _lines),
    "openings": ("vote.close/1", _openings),
    "the largest object": ("founding.designate/1", _a_scan),
}


@pytest.mark.parametrize("what", HEAVY)
def test_the_largest_objects_fit_into_memory(tmp_path: Path, what: str) -> None:
    """An act names an object as large as it may be, filled with what takes most memory: 0, 2 or 3 within 300 MB."""
    type, make = HEAVY[what]
    data = make()
    digest = canonical.digest(data)
    case = next(case for case in cases() if case.kind.type == type)
    field = next(iter((*case.kind.objects, case.kind.opening)), "") or "approver"
    value = {"name": "示范主管部门", "basis": digest} if field == "approver" else digest
    act = case.entry["act"] | {"body": case.entry["act"]["body"] | {field: value}}
    files = book(case, signed(act, case), {f"objects/sha256/{digest.removeprefix('sha256:')}": data}).files
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    done = ran("verify", str(tmp_path), "--vkey", vkey(), "--json")
    assert done.code in (0, 2, 3), done.said[-600:]
    assert done.memory < MOST_MEMORY, done.memory
    index = len(case.leaves)
    assert done.code == 0 or f'"index": {index}' in done.said


@pytest.mark.parametrize(("less", "code"), [(0, 0), (1, 3)])
def test_an_object_as_long_as_its_bound_is_read(monkeypatch: pytest.MonkeyPatch, less: int, code: int) -> None:
    """Where the longest that a rule reads is as long as it may be, the book is sound; a byte more than that is unlawful."""
    most = max(len(data) for path, data in story_files().items() if path.startswith("objects/"))
    monkeypatch.setattr(replay, "MAX_JSON_OBJECT", most - less)
    report, _ = verify(story_files().__getitem__, Request(vkey()))
    assert report.code == code
    assert not less or (report.failure is not None and f"{most} > {most - 1} bytes" in report.failure.en)


def test_an_object_that_a_rule_reads_has_a_bound_of_its_own() -> None:
    """4 MiB of JSON and 32 MiB of openings are read, a byte more is refused with the bound, naming the entry."""
    assert (MAX_JSON_OBJECT, MAX_OPENINGS) == (4 << 20, 32 << 20)
    for type, most in (("membership.invite/1", MAX_JSON_OBJECT), ("membership.grant/1", MAX_OPENINGS)):
        case = next(case for case in cases() if case.kind.type == type)
        field = next(iter((*case.kind.objects, case.kind.opening)))
        for more, bounded in ((0, False), (1, True)):
            data = b'"' + b"x" * (most - 2 + more) + b'"'
            digest = canonical.digest(data)
            act = case.entry["act"] | {"body": case.entry["act"]["body"] | {field: digest}}
            made = book(case, signed(act, case), {f"objects/sha256/{digest.removeprefix('sha256:')}": data})
            report, _ = verify(made.files.__getitem__, Request(vkey(), state=made.state))
            assert report.code in (2, 3) and report.failure is not None and report.failure.index == len(case.leaves)
            assert (f"> {most} bytes" in report.failure.en) == bounded, report.failure
