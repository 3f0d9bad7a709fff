"""Where a book is read from: a directory, a zip file, an address; and a place that is none."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gongyue.verifying.locations import Unreadable, open_place
from gongyue.verifying.verify import Request, verify
from support.ordinary import folder_of_an_ordinary_user
from support.published import story_files, vkey


def written(folder: Path) -> Path:
    for path, data in story_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zipped(path: Path, prefix: str = "", method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in story_files().items():
            archive.writestr(prefix + name, data)
    return path


def code(place: str) -> int:
    return verify(open_place(place), Request(vkey()))[0].code


def test_a_directory_verifies(tmp_path: Path) -> None:
    """Exit 0; with one file removed exit 2."""
    folder = written(tmp_path)
    assert code(str(folder)) == 0
    next(folder.glob("objects/sha256/*")).unlink()
    assert code(str(folder)) == 2


@pytest.mark.parametrize("prefix", ["", "book/", "deep/down/book/"])
def test_a_zip_file_verifies_wherever_the_book_lies_in_it(tmp_path: Path, prefix: str) -> None:
    """At the top or in a folder."""
    assert code(str(zipped(tmp_path / "book.zip", prefix))) == 0


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip_file_is_answered(tmp_path: Path, method: int) -> None:
    """A byte changed in a member or in the directory, the end cut off: exit 2 or 4, never an exception."""
    path = zipped(tmp_path / "book.zip", method=method)
    data = path.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 60)):
        changed = bytearray(data)
        changed[place] ^= 0xFF
        path.write_bytes(bytes(changed))
        try:
            assert code(str(path)) in (0, 2, 4), place  # 0: a byte that no reader looks at, such as a date
        except Unreadable:
            continue
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(Unreadable):
        open_place(str(path))


def test_what_is_no_place_cannot_be_read(tmp_path: Path) -> None:
    """No such path, a file that is no zip, another scheme: each said as what it is."""
    (tmp_path / "text").write_text("text")
    said = {str(tmp_path / "none"): "核对路径", str(tmp_path / "text"): "zip", "ftp://example.org/x": "https://"}
    for place, words in said.items():
        with pytest.raises(Unreadable, match=words):
            open_place(place)


@pytest.fixture
def serve() -> Iterator[Any]:
    servers = []

    def start(handler: Any) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def test_an_address_verifies(tmp_path: Path, serve: Any) -> None:
    """With and without a slash at the end; a missing file is missing."""
    folder = written(tmp_path)
    address = serve(partial(_Quiet, directory=str(folder)))
    assert code(address) == 0
    assert code(address + "/") == 0
    next(folder.glob("objects/sha256/*")).unlink()
    assert code(address) == 2


class _Broken(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(500)

    def log_message(self, *args: Any) -> None:
        pass


def test_an_address_that_fails_cannot_be_read(serve: Any) -> None:
    """A server's error, and nobody listening: exit 4, not tampering."""
    address = serve(_Broken)
    assert code(address) == 4
    assert code("http://127.0.0.1:1") == 4


class _Half(_Broken):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")


class _Noise(_Broken):
    def do_GET(self) -> None:
        self.wfile.write(b"noise\r\n\r\n")


def test_half_an_answer_and_no_address_cannot_be_read(serve: Any) -> None:
    """A connection that breaks off, a server of another kind, an address with a slip: exit 4, not our fault."""
    for address in (serve(_Half), serve(_Noise), "http://[::1", "http://a b.example", "http://localhost:x"):
        assert code(address) == 4, address


def test_a_folder_in_the_place_of_a_file_is_answered(tmp_path: Path) -> None:
    """A folder where a file should be is missing."""
    folder = written(tmp_path)
    (folder / "checkpoint").unlink()
    (folder / "checkpoint").mkdir()
    assert code(str(folder)) == 4


@pytest.mark.parametrize("file", ["checkpoint", "sealed/checkpoint", "tile/entries/", "objects/sha256/"])
def test_a_file_that_may_not_be_read_accuses_nobody(file: str) -> None:
    """Exit 4 naming the file, never 2: it is the reader's permissions that are missing, not the book's file."""
    story_files()
    with folder_of_an_ordinary_user() as folder:
        assert code(str(written(folder))) == 0
        path = next(
            p for p in sorted(folder.rglob("*")) if p.is_file() and p.relative_to(folder).as_posix().startswith(file)
        )
        path.chmod(0)
        report, _ = verify(open_place(str(folder)), Request(vkey()))
        assert report.code == 4
        assert report.failure is not None and str(path) in report.failure.en
