from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct import authorisations
from gongyue.conduct.authorisations import Authorisations, read_authorisations
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate import KEPT, Gate
from gongyue.conduct.gate_http import LARGEST, MOST, Server
from gongyue.conduct.gate_service import Service
from gongyue.conduct.grants import Authorisation, scope_of
from gongyue.conduct.promise_loader import parse_promise
from gongyue.conduct.row_files import rows_of
from gongyue.conduct.rows import LONGEST, Bad
from gongyue.conduct.uses import Use, Uses
from gongyue.conduct.verdict import verdict
from tests.conduct.running import gongyue
from tests.conduct.world import EXAMPLE, TEN, UNDONE, example

ROW = {"subject": "u-jia", "terms": "core-2026", "valid_from": "2026-01-02T00:00:00+08:00", "revoked_at": ""}
WITHDRAWN = ROW | {"revoked_at": "2026-03-01T00:00:00+08:00"}
USE = {
    "time": "2026-05-01T10:00:00+08:00",
    "actor": "etl_delivery",
    "action": "SELECT",
    "dataset": "shop.orders",
    "subject": "u-jia",
}


ROOT = Path(__file__).resolve().parents[2]
COMMAND = [
    sys.executable,
    "-u",
    "-c",
    "from tests.conduct.running import SECTIONS; from gongyue.cli.main import Main; import gongyue.conduct.graceful_server as closing\n"
    "closing.PATIENCE = 0.5; Main('gongyue', SECTIONS, '')()",
]
"""The command line in a process of its own, which waits for half a second as it stops."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A promise file and authorisations of 甲."""
    promise, authorisations = tmp_path / "promise.toml", tmp_path / "auth.jsonl"
    promise.write_text(EXAMPLE, "utf-8")
    authorisations.write_text(json.dumps(ROW) + "\n", "utf-8")
    return promise, authorisations


def run(files: tuple[Path, Path], lines: bytes, *more: str) -> tuple[int, list[dict[str, Any]], str]:
    """(exit code, lines out, standard error)."""
    result = gongyue("gate", "run", "--promise", files[0], "--authorisations", files[1], *more, given=lines)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_clean_uses_exit_0(files: tuple[Path, Path]) -> None:
    """One line out for one in, with its verdict, article and the authorisation it rests on."""
    code, out, err = run(files, json.dumps(USE | {"id": "x"}).encode())
    assert code == 0 and "OK 1" in err
    assert (out[0]["line"], out[0]["id"], out[0]["verdict"], out[0]["authorisation"]) == (1, "x", "OK", 1)


def test_a_bad_line_is_unparsed_and_never_stops_the_run(files: tuple[Path, Path]) -> None:
    """Not JSON, not an object, another encoding, a huge line, a use that says nothing: each told, all counted."""
    good = json.dumps(USE).encode()
    huge = b'{"x": "' + b"a" * (3 * LONGEST) + b'"}'
    bad = [b"{", b"[1]", "{“文”: 1}".encode("gb18030"), good.decode().encode("utf-16"), huge, b"{}", b'{"time": 1}']
    lines = b"\n".join(line for pair in zip(bad, [good] * len(bad), strict=True) for line in pair)
    code, out, err = run(files, lines)
    assert code == 1 and "GY-08-03" in err
    kinds = [row["verdict"] for row in out]
    assert kinds.count("OK") == len(bad) and kinds.count("UNPARSED") >= len(bad)
    assert all(row["reason"]["zh"] and row["reason"]["en"] for row in out if row["verdict"] == "UNPARSED")


@pytest.mark.parametrize("comma", [",", "\t"])
def test_the_head_of_a_table_is_told_how_tables_are_read(files: tuple[Path, Path], comma: str) -> None:
    """The stream reads JSON lines: the first line of a CSV or TSV says so, and no other line does."""
    code, out, _ = run(files, "\n".join(map(comma.join, [USE, map(str, USE.values())])).encode())
    assert code == 1 and [row["verdict"] for row in out] == ["UNPARSED"] * 2
    assert ["gongyue audit" in row["reason"]["zh"] + row["reason"]["en"] for row in out] == [True, False]


@pytest.mark.parametrize("id", [[], {}, 1.5, True, 1 << 64])
def test_an_id_that_cannot_be_carried_back_is_unparsed(files: tuple[Path, Path], id: object) -> None:
    """Neither text, integer nor null; deeply nested or not, the run goes on."""
    deep: Any = id
    for _ in range(300):
        deep = [deep]
    lines = [json.dumps(USE | {"id": said}) for said in (id, deep, None, -1, "x")]
    code, out, _ = run(files, "\n".join(lines).encode())
    assert code == 1 and [row["verdict"] for row in out] == ["UNPARSED", "UNPARSED", "OK", "OK", "OK"]
    assert "text, an integer or null" in out[0]["reason"]["en"]
    assert [row["id"] for row in out[2:]] == [None, -1, "x"]


def test_a_key_that_is_nearly_ours_is_told_with_the_answer(
    files: tuple[Path, Path], service: tuple[Service, str]
) -> None:
    """What nobody reads may be what was meant: by service and run alike, beside the verdict; not where ours is there too."""
    rows = [USE | {"Region": "SG"}, USE | {"Region": "SG", "region": "CN"}, USE | {"id": 1, "note": ""}]
    _, ran, said = run(files, b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    assert "与我们的列名相近，请核对 [columns.uses.name]：Region\n" in said
    served = ask(service[1] + "/decide", json.dumps(rows).encode())[1]
    assert [row.get("doubtful") for row in ran] == [row.get("doubtful") for row in served] == [["Region"], None, None]
    assert [row["verdict"] for row in ran] == ["OK"] * 3


@pytest.mark.parametrize("name", ["category", "columns"])
@pytest.mark.parametrize(
    ("listed", "good"), [(["order", None], False), (["order", " "], False), (["order"], True), ("order|", True)]
)
def test_a_list_of_which_one_is_not_known_is_unparsed(
    files: tuple[Path, Path], name: str, listed: object, good: bool
) -> None:
    """What else was touched nobody knows: it is not taken for a use of the others alone."""
    (row,) = run(files, json.dumps(USE | {name: listed}).encode())[1]
    assert (row["verdict"] != "UNPARSED") == good and (good or "空的一项" in row["reason"]["zh"])


def test_values_nested_without_end_are_unparsed(files: tuple[Path, Path]) -> None:
    """In any column: told, and the run goes on."""
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    lines = [json.dumps(USE | {name: deep}) for name in ("time", "subject", "action", "category", "columns", "region")]
    code, out, _ = run(files, "\n".join([*lines, json.dumps(USE)]).encode())
    assert code == 1 and [row["verdict"] for row in out] == ["UNPARSED"] * len(lines) + ["OK"]


def test_a_violation_exits_1_and_counts_are_json_where_asked(files: tuple[Path, Path]) -> None:
    """Marketing was never promised."""
    code, out, err = run(files, json.dumps(USE | {"purpose": "marketing"}).encode(), "--json")
    assert (code, out[0]["code"], out[0]["failed"]) == (1, "GY-08-01", ["PURPOSE"])
    assert json.loads(err) == {"rows": 1, "verdicts": {"PURPOSE": 1}, "withdrawals": "column"}


def in_lines(text: str) -> list[dict[str, Any]]:
    """What was said, each line one JSON object."""
    found = [json.loads(line) for line in text.splitlines()]
    assert all(isinstance(line, dict) for line in found)
    return found


def test_asked_for_json_run_says_everything_in_lines_of_json(files: tuple[Path, Path]) -> None:
    """A row that is not taken, a column that nobody reads, a doubtful key, the counts; without them the counts alone."""
    files[1].write_text(json.dumps(ROW | {"note": "x"}) + "\n" + json.dumps(ROW | {"terms": "nowhere"}) + "\n", "utf-8")
    code, _, err = run(files, json.dumps(USE | {"Region": "SG"}).encode(), "--json")
    bad, whole, counts = in_lines(err)
    assert code == 0 and bad["line"] == 2 and "nowhere" in bad["zh"] and "nowhere" in bad["en"]
    assert whole == {"bad_authorisations": 1, "unused_columns": ["note"]}
    assert counts == {"rows": 1, "verdicts": {"OK": 1}, "withdrawals": "column", "doubtful": ["Region"]}


@pytest.mark.parametrize("verb", ["run", "serve"])
def test_asked_for_json_a_file_that_cannot_be_read_is_told_in_one_line(files: tuple[Path, Path], verb: str) -> None:
    """On standard output, among the lines of verdicts; prose stays as it is."""
    files[0].write_text("schema = 1", "utf-8")
    asked = ("gate", verb, "--promise", files[0], "--authorisations", files[1])
    result = gongyue(*asked, "--json", given=b"")
    (told,) = in_lines(result.stdout)
    assert (result.exit_code, told["code"], result.stderr) == (4, "unreadable", "")
    assert told["zh"] and told["en"] and len(told["rows"]) > 1
    assert "promise.toml 有 " in gongyue(*asked, given=b"").stderr


def test_asked_for_json_an_interruption_is_told_in_one_line(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 130, as everywhere."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongyue.conduct.gate_stream.load", interrupted)
    code, _, err = run(files, b"", "--json")
    (told,) = in_lines(err)
    assert (code, told["code"]) == (130, "interrupted")


def test_a_closed_standard_input_is_a_usage_error(files: tuple[Path, Path]) -> None:
    """Exit 2 and what to do; a file that is named needs none."""
    asked = [*COMMAND, "gate", "run", "--promise", str(files[0]), "--authorisations", str(files[1])]
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", *asked]
    told = subprocess.run(closed, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2 and "标准输入没有接上数据" in told.stderr and "--input" in told.stderr
    files[1].with_name("uses.jsonl").write_text(json.dumps(USE), "utf-8")
    named = [*closed, "--input", str(files[1].with_name("uses.jsonl"))]
    assert subprocess.run(named, cwd=ROOT, capture_output=True, text=True, check=False).returncode == 0


def test_what_cannot_be_read_at_all_exits_4(files: tuple[Path, Path], tmp_path: Path) -> None:
    """A missing promise, a promise with faults, authorisations of an unknown kind, a missing input."""
    broken = tmp_path / "broken.toml"
    broken.write_text("schema = 1", "utf-8")
    for promise, auth, more in (
        (tmp_path / "none.toml", files[1], ()),
        (broken, files[1], ()),
        (files[0], tmp_path / "auth.parquet", ()),
        (files[0], files[1], ("--input", str(tmp_path / "none.jsonl"))),
    ):
        result = gongyue("gate", "run", "--promise", promise, "--authorisations", auth, *more, given=b"")
        assert result.exit_code == 4, (result.output, promise)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_authorisations_in_csv_of_any_chinese_encoding(tmp_path: Path, encoding: str) -> None:
    """The same authorisations; times without a zone in the file's."""
    file = tmp_path / "auth.csv"
    text = "subject,terms,valid_from,valid_to,revoked_at,备注\n甲,core-2026,2026-01-02 00:00:00,,,张\n乙,core-2026,2026-01-02,2027-01-01,,\n"
    file.write_text(text, encoding)
    first, second = read_authorisations(file, example())
    assert isinstance(first, Authorisation) and isinstance(second, Authorisation)
    assert (first.subject, first.id, second.id) == ("甲", 1, 2)
    assert first.valid_from == second.valid_from == 1_767_283_200_000_000


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"subject": None}, "subject"),
        ({"terms": "nowhere"}, "nowhere"),
        ({"terms": None}, "purposes"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_to": "2026-01-02T00:00:00+08:00"}, "终点不晚于起点"),
        ({"id": -1}, "应为整数"),
        ({"id": 1 << 40}, "四十位"),
        ({"id": "abc"}, "record"),
        ({"id": 1.5}, "1.5"),
        ({"id": True}, "应为整数"),
        ({"basis": "legitimate_interest"}, "第十三条"),
    ],
)
def test_a_bad_authorisation_says_why(tmp_path: Path, row: dict[str, object], says: str) -> None:
    """Set aside with its line; the next one is read all the same."""
    file = tmp_path / "auth.jsonl"
    file.write_text(json.dumps(ROW | row) + "\n" + json.dumps(ROW) + "\n", "utf-8")
    bad, good = read_authorisations(file, example())
    assert isinstance(bad, Bad) and bad.line == 1 and says in bad.zh + bad.en
    assert isinstance(good, Authorisation)


@pytest.mark.parametrize("id", [0, (1 << 40) - 1])
def test_ids_up_to_forty_bits(tmp_path: Path, id: int) -> None:
    """The least and the greatest; a second of the same is refused."""
    file = tmp_path / "auth.jsonl"
    file.write_text((json.dumps(ROW | {"id": id}) + "\n") * 2, "utf-8")
    good, bad = read_authorisations(file, example())
    assert isinstance(good, Authorisation) and good.id == id
    assert isinstance(bad, Bad) and "重复" in bad.zh


def test_an_authorisation_narrows_the_terms_and_never_widens_them(tmp_path: Path) -> None:
    """Delivery within service is kept; marketing beyond it is not; one courier of the class is kept."""
    file = tmp_path / "auth.jsonl"
    row = ROW | {
        "purposes": ["delivery", "marketing"],
        "categories": ["order", "location"],
        "recipients": ["suda", "x"],
    }
    file.write_text(json.dumps(row), "utf-8")
    (found,) = read_authorisations(file, example())
    assert isinstance(found, Authorisation)
    assert found.scope.purposes == {"delivery"} and found.scope.categories == {"order"}
    assert found.scope.recipients == {"suda"} and found.scope.actions == {"view", "transfer"}


def test_ragged_rows_huge_lines_and_bad_quotes_lose_nothing_else(tmp_path: Path) -> None:
    """Each is a Bad with its line; the good rows around them are all there."""
    file = tmp_path / "rows.csv"
    good = "u,1\n"
    file.write_text(
        "a,b\n" + good + "only\n" + good + "1,2,3\n" + good + "x" * (LONGEST + 10) + "\n" + good + 'q"x,"y"z\n' + good,
        "utf-8",
    )
    rows = list(rows_of(file))
    assert [r for r in rows if not isinstance(r, Bad)][:3] and sum(not isinstance(r, Bad) for r in rows) == 5
    assert sum(isinstance(r, Bad) for r in rows) == 4


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """As CSV and as JSON lines: rows, Bads or BadInput, and nothing else."""
    for kind in (".csv", ".jsonl"):
        file = tmp_path_factory.getbasetemp() / f"any{kind}"
        file.write_bytes(data)
        try:
            assert all(isinstance(row, Bad | tuple) for row in rows_of(file))
        except BadInput as bad:
            told = bad
            assert told.zh


def test_what_is_kept_is_bounded_and_changes_nothing() -> None:
    """More texts than are kept: the answers stay the same."""
    grant = Authorisation(1, "u", "xingtai", scope_of(example().terms[0]), 0)
    gate = Gate(example(), [grant])
    for n in range(KEPT + 10):
        assert gate.decide(Use(TEN, "view", (f"text-{n}",), "u", "xingtai", "delivery")).kind == "SCOPE"
    assert len(gate._touches) <= KEPT
    assert gate.decide(Use(TEN, "view", ("order",), "u", "xingtai", "delivery")).kind == "OK"


@contextmanager
def answering(service: Service) -> Iterator[str]:
    """A service that runs: its address."""
    running = Server(service)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def service(files: tuple[Path, Path]) -> Iterator[tuple[Service, str]]:
    """A running service and its address."""
    made = Service(*files)
    with answering(made) as address:
        yield made, address


def ask(address: str, body: bytes | None = None) -> tuple[int, Any]:
    """(status, JSON or text)."""
    request = urllib.request.Request(address, data=body, headers={"Connection": "close"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            status, said = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, said = error.code, error.read()
    return status, said.decode() if address.endswith("/metrics") else json.loads(said)


def test_the_service_decides_one_or_many(service: tuple[Service, str]) -> None:
    """An object for an object, a list for a list; what is no use, or has no plain id, is UNPARSED."""
    _, address = service
    nested = b'{"id": ' + b"[" * 300 + b"]" * 300 + b"}"
    assert ask(f"{address}/decide", nested)[1]["verdict"] == "UNPARSED"
    assert ask(f"{address}/decide", json.dumps(USE).encode())[1]["verdict"] == "OK"
    status, many = ask(f"{address}/decide", json.dumps([USE, {}, 3]).encode())
    assert (status, [row["verdict"] for row in many]) == (200, ["OK", "UNPARSED", "UNPARSED"])


def test_a_key_that_stands_twice_is_unparsed_by_service_and_run_alike(
    service: tuple[Service, str], files: tuple[Path, Path]
) -> None:
    """Anywhere in the object, alone or in a list: never the last of the two; the items around it are decided."""
    _, address = service
    good = json.dumps(USE | {"id": "g", "more": {"time": 1, "actor": 2}})
    person = good.replace('"subject"', '"subject": "u-yi", "subject"').replace('"g"', '"p"')
    within = good.replace('"time": 1', '"a": [{"b": 1, "b": 2}]')
    for bad in (person, within):
        status, said = ask(f"{address}/decide", bad.encode())
        assert (status, said["verdict"], said["allow"]) == (200, "UNPARSED", False)
        (line,) = run(files, bad.encode())[1]
        assert line["reason"] == said["reason"] and "写了两次" in said["reason"]["zh"]
    many = ask(f"{address}/decide", f"[{good}, {person}, 3, {within}, {good}]".encode())[1]
    assert [row["verdict"] for row in many] == ["OK", "UNPARSED", "UNPARSED", "UNPARSED", "OK"]
    assert many[1]["id"] == "p" and "“subject”" in many[1]["reason"]["zh"]


@pytest.mark.parametrize("depth", [900, 1010])
def test_no_depth_hides_a_key_that_stands_twice(files: tuple[Path, Path], depth: int) -> None:
    """In a column that nobody reads; deeper than can be looked into it is not believed."""
    line = json.dumps(USE)[:-1] + ', "subject": "u-jia", "x": ' + "[" * depth + "]" * depth + "}"
    assert [row["verdict"] for row in run(files, line.encode())[1]] == ["UNPARSED"]


def test_the_service_tells_its_health_and_metrics(service: tuple[Service, str]) -> None:
    """Counts by verdict in Prometheus text; strangers' paths make no labels."""
    _, address = service
    ask(f"{address}/decide", json.dumps([USE, USE]).encode())
    assert ask(f"{address}/elsewhere")[0] == 404
    assert ask(f"{address}/health")[1]["authorisations"] == 1
    text = ask(f"{address}/metrics")[1]
    assert 'gongyue_gate_decisions_total{verdict="OK"} 2' in text and 'path="other"' in text and "elsewhere" not in text


def test_the_service_refuses_what_is_no_json_or_too_large(service: tuple[Service, str]) -> None:
    """400, 413; and it goes on serving."""
    _, address = service
    assert ask(f"{address}/decide", b"{")[0] == 400
    for length in (str(LARGEST + 1), "9" * 5000):
        big = urllib.request.Request(f"{address}/decide", data=b"", headers={"Content-Length": length})
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(big, timeout=10)
        with caught.value as refused:
            assert refused.code == 413
    assert ask(f"{address}/decide", json.dumps(USE).encode())[0] == 200


def said(address: str, head: bytes, body: bytes) -> bytes:
    """All that is answered to a request after which nothing more comes."""
    with connected(address) as link:
        link.sendall(head + body)
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: link.recv(1 << 16), b""))


def connected(address: str) -> socket.socket:
    """A connection to the service."""
    return socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 10)


def test_too_many_items_are_refused(service: tuple[Service, str]) -> None:
    """At the limit they are answered, beyond it not: an answer is many times as long as an item may be."""
    _, address = service
    status, answers = ask(f"{address}/decide", b"[" + b"1," * (MOST - 1) + b"1]")
    assert (status, len(answers)) == (200, MOST)
    status, told = ask(f"{address}/decide", b"[" + b"1," * MOST + b"1]")
    assert (status, str(MOST) in told["zh"]) == (413, True)


def test_who_sends_too_much_still_sees_why_it_is_refused(service: tuple[Service, str]) -> None:
    """A client sends all before it reads."""
    head = b"POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (LARGEST * 2)
    assert said(service[1], head, b" " * LARGEST * 2).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", ["/decide", "/reload"])
def test_a_body_that_is_cut_off_is_not_believed(service: tuple[Service, str], path: str) -> None:
    """Even where what came is JSON."""
    made, address = service
    answer = said(
        address,
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n".encode(),
        json.dumps(USE).encode(),
    )
    assert answer.startswith(b"HTTP/1.1 400 ") and "只收到".encode() in answer
    assert not made.decisions and not made.reloads


def test_a_body_that_nobody_reads_is_not_the_next_request(service: tuple[Service, str]) -> None:
    """GET /health with a body: one answer, and the connection ends."""
    made, address = service
    body = b"POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
    answer = said(address, b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body), body)
    assert answer.count(b"HTTP/1.1 ") == 1 and not made.reloads


def test_who_goes_away_before_the_answer_is_no_error(
    service: tuple[Service, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No trace is printed, and the others are answered."""
    made, address = service
    begun, gone, sending = threading.Event(), threading.Event(), threading.Event()

    def late(rows: list[Any], twice: list[BadInput | None]) -> list[dict[str, Any]]:
        begun.set()
        gone.wait(10)
        sending.set()
        return [{}] * 1_000_000

    with monkeypatch.context() as patch, connected(address) as link:
        patch.setattr(made, "decide", late)
        link.sendall(b"POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[]")
        assert begun.wait(10)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # it closes by a reset
    gone.set()
    assert sending.wait(10)
    for thread in threading.enumerate():
        if "process_request" in thread.name:
            thread.join(10)
    assert ask(f"{address}/health")[0] == 200 and capsys.readouterr().err == ""


def test_what_is_no_use_keeps_its_id_and_says_why(service: tuple[Service, str]) -> None:
    """Items of a list can be matched; what is no object is told so."""
    _, address = service
    bad, odd = ask(f"{address}/decide", json.dumps([{"id": "a-1"}, 5]).encode())[1]
    assert (bad["id"], bad["verdict"], odd["verdict"]) == ("a-1", "UNPARSED", "UNPARSED")
    assert "JSON 对象" in odd["reason"]["zh"] and "JSON object" in odd["reason"]["en"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("PUT", "/decide", {}, 405),
        ("GET", "/decide", {}, 405),
        ("HEAD", "/decide", {}, 405),
        ("POST", "/health", {}, 405),
        ("DELETE", "/elsewhere", {}, 404),
        ("POST", "/reload", {"Origin": "https://evil.example"}, 403),
        ("POST", "/reload", {"Origin": "null"}, 403),
        ("POST", "/decide", {"Host": "evil.example"}, 403),
        ("GET", "/health", {"Host": "evil.example:80"}, 403),
        ("GET", "/health", {"Host": "localhost:1"}, 200),
        ("GET", "/health", {"Host": "localhost", "Origin": "http://localhost"}, 200),
    ],
)
def test_other_methods_and_other_sites_are_refused_in_json(
    service: tuple[Service, str], method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """405 names the method that is taken; a browser on another site's behalf gets 403 and nothing is reloaded."""
    made, address = service
    request = urllib.request.Request(
        address + path, data=b"" if method == "POST" else None, method=method, headers=headers
    )
    try:
        answer = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        assert answer.status == status and answer.headers["Content-Type"] == "application/json"
        assert method == "HEAD" or isinstance(json.loads(answer.read()), dict)
        assert (answer.headers["Allow"] is not None) == (status == 405)
    assert not made.reloads


@pytest.mark.parametrize(
    "body", ["", "Content-Length: 2", f"Content-Length: {LARGEST * 2}", "Transfer-Encoding: chunked"]
)
@pytest.mark.parametrize(("path", "status"), [("/health", 405), ("/metrics", 405), ("/elsewhere", 404)])
def test_where_nothing_is_taken_the_body_does_not_matter(
    service: tuple[Service, str], path: str, status: int, body: str
) -> None:
    """None, one, one that is too large, one of unknown length: 405 or 404, and all that was sent is taken first."""
    length = int(body.rpartition(" ")[2]) if body.startswith("Content") else 0
    sent = b" " * length if length else b"0\r\n\r\n" * ("chunked" in body)
    answer = said(
        service[1],
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{body}{chr(13) + chr(10) if body else ''}\r\n".encode(),
        sent,
    )
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()) and answer.count(b"HTTP/1.1 ") == 1
    assert (b"\r\nAllow: GET\r\n" in answer) == (status == 405)


def test_a_decision_needs_a_length_and_a_reload_does_not(service: tuple[Service, str]) -> None:
    """411 and 200; a length of leading zeros or of no digits leaves nothing to be taken for the next request."""
    made, address = service
    assert said(address, b"POST /decide HTTP/1.1\r\nHost: localhost\r\n\r\n", b"").startswith(b"HTTP/1.1 411 ")
    assert said(address, b"POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n", b"").startswith(b"HTTP/1.1 200 ")
    for length, status in ((b"x", b"411"), (b"0" * 30 + b"5", b"413")):
        body = b"POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n"
        answer = said(address, b"POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n" % length, body)
        assert answer.startswith(b"HTTP/1.1 " + status) and answer.count(b"HTTP/1.1 ") == 1
    assert made.reloads == {"done": 1}


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("", "须有 Host"),
        ("Host: localhost\r\nHost: localhost\r\n", "只有一个"),
        ("Host: localhost\r\nhost: other.example\r\n", "只有一个"),
        ("Host: localhost\r\nContent-Length: 0\r\nContent-Length: 0\r\n", "不止一次"),
        ("Host: localhost\r\nContent-Length: 0\r\ncontent-length: 45\r\n", "不止一次"),
        ("Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "不能同有"),
        ("Host: localhost\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n", "不能同有"),
        ("Host: localhost\r\nContent-Length : 45\r\n", "一行不合格式"),
    ],
)
@pytest.mark.parametrize("asked", ["POST /reload", "GET /health", "POST /decide"])
def test_a_head_that_may_be_read_in_two_ways_is_refused(
    service: tuple[Service, str], asked: str, head: str, says: str
) -> None:
    """400 in JSON, and the connection is closed: what was sent behind it is no request (RFC 9112 3.2, 6.1, 6.3)."""
    made, address = service
    next_one = b"POST /reload HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = said(address, f"{asked} HTTP/1.1\r\n{head}\r\n".encode(), next_one)
    first, _, body = answer.partition(b"\r\n\r\n")
    assert (
        first.startswith(b"HTTP/1.1 400 ") and b"\r\nConnection: close" in first and answer.count(b"\r\nServer: ") == 1
    )
    assert says in json.loads(body)["zh"] and json.loads(body)["en"] and not made.reloads


def test_the_connection_is_closed_after_a_refused_head_though_the_client_waits(service: tuple[Service, str]) -> None:
    """It is the service that closes: the client has more to say, and reads the end."""
    with connected(service[1]) as link:
        link.settimeout(3)
        link.sendall(b"GET /health HTTP/1.1\r\n\r\n")
        answer = b"".join(iter(lambda: link.recv(1 << 16), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_request_by_http_1_0_needs_no_host(service: tuple[Service, str]) -> None:
    """Host came with HTTP/1.1; two are refused in either."""
    assert said(service[1], b"GET /health HTTP/1.0\r\n\r\n", b"").startswith(b"HTTP/1.1 200 ")
    twice = b"GET /health HTTP/1.0\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
    assert said(service[1], twice, b"").startswith(b"HTTP/1.1 400 ")


def test_a_port_in_use_is_told_with_its_mend(files: tuple[Path, Path], service: tuple[Service, str]) -> None:
    """The port, and --port; nothing about disks."""
    port = service[1].rsplit(":", 1)[1]
    result = gongyue("gate", "serve", "--promise", files[0], "--authorisations", files[1], "--port", port)
    assert result.exit_code == 4 and port in result.stderr and "--port" in result.stderr and "磁盘" not in result.stderr


def test_nothing_asked_is_said(files: tuple[Path, Path]) -> None:
    """Exit 0, and that there were no uses."""
    code, out, err = run(files, b"")
    assert (code, out) == (0, []) and "共 0 条" in err


def test_reload_is_without_loss(service: tuple[Service, str], files: tuple[Path, Path]) -> None:
    """New authorisations count from then on; a broken file leaves the old index in place and is told."""
    made, address = service
    files[1].write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | {"subject": "u-yi"}) + "\n", "utf-8")
    yi = json.dumps(USE | {"subject": "u-yi"}).encode()
    assert ask(f"{address}/decide", yi)[1]["verdict"] == "NO_AUTH"
    assert ask(f"{address}/reload", b"")[1]["authorisations"] == 2
    assert ask(f"{address}/decide", yi)[1]["verdict"] == "OK"
    files[0].write_text("broken", "utf-8")
    status, health = ask(f"{address}/reload", b"")
    assert (status, health["status"]) == (500, "degraded") and health["reload_error"]["en"]
    assert ask(f"{address}/decide", yi)[1]["verdict"] == "OK" and made.reloads == {"done": 1, "failed": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [("auth.jsonl", ""), ("auth.jsonl", "\n \n"), ("auth.csv", "subject,terms,valid_from,revoked_at\n")],
)
def test_a_reload_of_an_emptied_file_leaves_the_old_index(
    files: tuple[Path, Path], tmp_path: Path, name: str, text: str
) -> None:
    """As of one caught while it is written; how to really have none is told. One that was empty before may stay so."""
    file = tmp_path / name
    file.write_text(json.dumps(ROW) if name.endswith("l") else ",".join(ROW) + "\n" + ",".join(ROW.values()), "utf-8")
    made = Service(files[0], file)
    file.write_text(text, "utf-8")
    assert not made.reload() and made.decide([USE], [None])[0]["verdict"] == "OK"
    health = made.health()
    assert (health["status"], health["authorisations"]) == ("degraded", 1) and made.reloads == {"failed": 1}
    assert "重新启动" in health["reload_error"]["zh"] and "restart" in health["reload_error"]["en"]
    anew = Service(files[0], file)
    assert anew.reload() and anew.health()["status"] == "ok" and anew.loaded.gate.size == 0


def ledger(file: Path, gone: Iterable[int] = (), people: Iterable[int] = range(200), **more: object) -> None:
    """Authorisations of people by number, some of them withdrawn in March."""
    rows = [
        ROW | {"subject": f"u{n}", "revoked_at": "2026-03-01T00:00:00+08:00" if n in gone else ""} | more
        for n in people
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.mark.parametrize(("lost", "good"), [(1, True), (2, True), (3, False)])
def test_a_reload_may_lose_one_per_cent_of_the_authorisations(files: tuple[Path, Path], lost: int, good: bool) -> None:
    """Of 200: 1 and 2 are lost and told, 3 are refused, and what was held goes on; people count, not places in the file."""
    ledger(files[1])
    made = Service(*files)
    ledger(files[1], people=range(lost, 200))
    assert made.reload() == good
    health = made.health()
    assert (health["authorisations"], health["max_loss"]) == (200 - lost if good else 200, 1.0)
    if good:
        assert (health["lost"]["authorisations"], health["lost"]["held"]) == (lost, 200)
    else:
        assert "少 3 项授权（现有 200 项）" in health["reload_error"]["zh"] and health["lost"] is None
        assert "3 of 200 authorisation(s)" in health["reload_error"]["en"]
        assert made.decide([USE | {"subject": "u0"}], [None])[0]["verdict"] == "OK"


@pytest.mark.parametrize(("undone", "good"), [(1, True), (2, False)])
def test_a_reload_may_undo_one_per_cent_of_the_withdrawals(files: tuple[Path, Path], undone: int, good: bool) -> None:
    """Of 100 withdrawn, while every authorisation stays: 1 is told, 2 are refused and stay WITHDRAWN."""
    ledger(files[1], gone=range(100))
    made = Service(*files)
    ledger(files[1], gone=range(undone, 100))
    assert made.reload() == good
    (verdict,) = made.decide([USE | {"subject": "u0"}], [None])
    assert verdict["verdict"] == ("OK" if good else "WITHDRAWN")
    health = made.health()
    if good:
        assert (health["lost"]["withdrawals"], health["withdrawn"]) == (1, 99)
    else:
        assert "2 项撤回（现有 100 项）" in health["reload_error"]["zh"] and health["withdrawn"] == 100


def test_a_column_of_withdrawals_that_became_empty_is_refused(files: tuple[Path, Path]) -> None:
    """The column is there, every value is null, and no row is gone: five withdrawals would have come to nothing. So they would by
    the declaration that there are none."""
    ledger(files[1], gone=range(5))
    made = Service(*files)
    ledger(files[1], revoked_at=None)
    assert not made.reload() and made.decide([USE | {"subject": "u4"}], [None])[0]["verdict"] == "WITHDRAWN"
    files[0].write_text(UNDONE, "utf-8")
    files[1].write_text(files[1].read_text("utf-8").replace(', "revoked_at": null', ""), "utf-8")
    assert not made.reload() and made.loaded.gate.withdrawn == 5
    assert "5 of 5 withdrawal(s)" in made.health()["reload_error"]["en"]


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        ([ROW | {"valid_from": "2026-04-01T00:00:00+08:00"}], 0),
        ([WITHDRAWN, ROW | {"valid_from": "2026-04-01T00:00:00+08:00"}], 0),
        ([ROW | {"revoked_at": "2026-02-01T00:00:00+08:00"}], 0),
        ([WITHDRAWN, ROW | {"valid_to": "2026-02-01T00:00:00+08:00"}], 0),
        ([ROW | {"valid_from": "2026-03-01T00:00:00.000001+08:00"}], 0),
        ([ROW | {"valid_from": "2026-03-01T00:00:00+08:00"}], 1),
        ([WITHDRAWN, ROW], 1),
        ([WITHDRAWN, ROW | {"valid_from": "2026-03-01T00:00:00+08:00"}], 1),
        ([ROW | {"valid_to": "2026-03-01T00:00:00+08:00"}], 1),
        ([ROW | {"valid_to": "2026-02-01T00:00:00+08:00"}], 1),
        ([ROW | {"revoked_at": "2026-03-02T00:00:00+08:00"}], 1),
        ([ROW | {"valid_from": "2026-01-01T00:00:00+08:00"}], 1),
        ([ROW | {"valid_to": "2026-03-01T00:00:01+08:00"}], 1),
    ],
    ids=["given anew", "given anew beside", "earlier", "expired beside", "an instant after", "at the instant", "the same beside",
         "at the instant beside", "an end instead", "an earlier end instead", "later", "another start", "a later end"],
)  # fmt: skip
def test_a_withdrawal_is_lost_where_consent_lasts_beyond_it(
    files: tuple[Path, Path], after: list[dict[str, str]], lost: int
) -> None:
    """Consent given anew after it undoes none, nor does an earlier withdrawal; what began by then does, and a mere end in its place,
    from which the next reload would take the end away."""
    files[1].write_text(json.dumps(WITHDRAWN) + "\n", "utf-8")
    made = Service(*files, Fraction(100))
    files[1].write_text("".join(json.dumps(row) + "\n" for row in after), "utf-8")
    assert made.reload() and made.lost is not None and made.lost.withdrawals == lost


def test_what_was_withdrawn_before_it_began_is_withdrawn_still(files: tuple[Path, Path]) -> None:
    """Without the withdrawal it would look like consent given anew."""
    row = WITHDRAWN | {"valid_from": "2026-04-01T00:00:00+08:00"}
    files[1].write_text(json.dumps(row) + "\n", "utf-8")
    made = Service(*files)
    files[1].write_text(json.dumps(row | {"revoked_at": ""}) + "\n", "utf-8")
    assert not made.reload() and made.decide([USE], [None])[0]["verdict"] == "WITHDRAWN"


def test_the_removal_of_what_was_withdrawn_loses_no_withdrawal(files: tuple[Path, Path]) -> None:
    """Two consents of a person, of which one was withdrawn: without its row one authorisation is lost, and nothing is allowed again."""
    rows = [ROW | {"id": 1, "revoked_at": "2026-03-01T00:00:00+08:00"}, ROW | {"id": 2}]
    files[1].write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    made = Service(*files, Fraction(50))
    files[1].write_text(json.dumps(rows[1]) + "\n", "utf-8")
    assert made.reload() and made.lost is not None
    assert (made.lost.authorisations, made.lost.withdrawals) == (1, 0)


def test_a_reload_that_is_forced_loses_what_it_may_not(service: tuple[Service, str], files: tuple[Path, Path]) -> None:
    """POST {"force": true}: half of the rows, every row; never where no row can be read, nor without the column."""
    made, address = service
    ledger(files[1], people=range(2))
    assert ask(f"{address}/reload", b'{"force": true}')[1]["authorisations"] == 2
    ledger(files[1], people=range(1))
    status, health = ask(f"{address}/reload", b'{"force": false}')
    assert (status, health["authorisations"]) == (500, 2) and '{"force": true}' in health["reload_error"]["zh"]
    status, health = ask(f"{address}/reload", b'{"force": true}')
    assert (status, health["authorisations"], health["reload_error"]) == (200, 1, None)
    files[1].write_text('{"subject": "u0", "terms": "core-2026", "valid_from": "2026-01-02"}\n', "utf-8")
    assert ask(f"{address}/reload", b'{"force": true}')[1]["authorisations"] == 1
    files[1].write_text("{}x\n", "utf-8")
    assert ask(f"{address}/reload", b'{"force": true}')[0] == 500
    files[1].write_text("", "utf-8")
    assert ask(f"{address}/reload", b'{"force": true}')[1]["authorisations"] == 0
    assert made.reloads == {"done": 3, "failed": 3}


@pytest.mark.parametrize("percent", ["nan", "-1", "100.1", "some"])
def test_a_share_that_is_none_is_a_usage_error(files: tuple[Path, Path], percent: str) -> None:
    """Exit 2, and nothing is served."""
    asked = ("gate", "serve", "--promise", files[0], "--authorisations", files[1], "--max-loss", percent)
    result = gongyue(*asked)
    assert result.exit_code == 2 and "--max-loss" in result.stderr


@pytest.mark.parametrize("body", [b"force", b"true", b'{"forced": true}', b'{"force": 1}', b"[]"])
def test_a_reload_with_another_body_is_refused(service: tuple[Service, str], body: bytes) -> None:
    """400 with what may be sent; nothing is reloaded."""
    made, address = service
    status, told = ask(f"{address}/reload", body)
    assert status == 400 and '{"force": true}' in told["zh"] and '{"force": true}' in told["en"] and not made.reloads


@pytest.mark.parametrize(
    "body", [b'{"force":false,"force":true}', b'{"force":true,"force":true}', b'{"force":false,"\\u0066orce":true}']
)
def test_a_reload_that_is_forced_and_not_forced_is_refused(
    service: tuple[Service, str], files: tuple[Path, Path], body: bytes
) -> None:
    """A key that stands twice: 400, nothing is reloaded, and what is held goes on."""
    made, address = service
    ledger(files[1], people=range(2))
    status, told = ask(f"{address}/reload", body)
    assert (status, made.reloads, made.loaded.gate.size) == (400, {}, 1)
    assert "“force”这一项写了两次，没有重读" in told["zh"] and "stands twice, nothing was reloaded" in told["en"]


def test_a_little_at_a_time_is_lost_no_further_than_at_once(files: tuple[Path, Path]) -> None:
    """Of 200 withdrawals 2 by two reloads; the third, of one more, is refused, also after one that lost nothing, until one is forced."""
    ledger(files[1], gone=range(200))
    made = Service(*files)
    for undone in (1, 2, 2):
        ledger(files[1], gone=range(undone, 200))
        assert made.reload()
    assert made.lost is not None and made.lost.withdrawals == 0
    assert made.health()["lost_since"] == {"authorisations": 0, "withdrawals": 2}
    assert (
        "gongyue_gate_lost_withdrawals 2\n" in made.metrics()
        and "gongyue_gate_lost_authorisations 0\n" in made.metrics()
    )
    ledger(files[1], gone=range(3, 200))
    assert not made.reload() and "3 项撤回（现有 200 项）" in made.health()["reload_error"]["zh"]
    assert made.health()["lost_since"]["withdrawals"] == 2 and made.loaded.gate.withdrawn == 198
    assert made.reload(force=True) and made.health()["lost_since"] == {"authorisations": 0, "withdrawals": 0}
    ledger(files[1], gone=range(4, 200))
    assert made.reload() and made.health()["lost_since"]["withdrawals"] == 1


def test_authorisations_are_lost_no_further_a_little_at_a_time(files: tuple[Path, Path]) -> None:
    """Of 200 one, one, and no third."""
    ledger(files[1])
    made = Service(*files)
    for gone, good in ((1, True), (2, True), (3, False)):
        ledger(files[1], people=range(gone, 200))
        assert made.reload() == good
    assert made.loaded.gate.size == 198 and "gongyue_gate_lost_authorisations 2\n" in made.metrics()


def test_what_a_reload_lost_is_told_by_the_command(files: tuple[Path, Path]) -> None:
    """--max-loss 50: half may go and is told; more is refused with the figures; health and metrics speak of withdrawals."""
    ledger(files[1], gone=[0], people=range(4))
    with commanded(files, "--max-loss", "50", "--lang", "en") as (process, address, _):
        assert process.stderr
        ledger(files[1], gone=[0], people=range(2))
        assert ask(f"{address}/reload", b"")[1]["max_loss"] == 50
        assert process.stderr.readline().startswith(
            "reloaded, 2 authorisation(s); lost 2 authorisation(s), and 0 withdrawal(s)"
        )
        ledger(files[1], people=range(2))
        assert ask(f"{address}/reload", b"")[0] == 500
        assert "and 1 of 1 withdrawal(s) whose authorisation stays: more than 50 %" in process.stderr.readline()
        metrics = ask(f"{address}/metrics")[1]
        assert "gongyue_gate_withdrawn 1\n" in metrics and "gongyue_gate_withdrawals_none 0\n" in metrics


def withdrawn(file: Path) -> None:
    """The withdrawals are written, after the consents."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(ROW | {"id": 1, "revoked_at": "2026-03-01T00:00:00+08:00"}) + "\n")


def replaced(file: Path) -> None:
    """Another file of the same size takes its place."""
    before = file.stat()
    other = file.with_name("other")
    other.write_text(file.read_text("utf-8").replace("u-jia", "u-ji2"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


CHANGES = [withdrawn, replaced, lambda file: file.write_text("", "utf-8")]


@pytest.fixture(params=CHANGES, ids=["withdrawn", "replaced", "emptied"])
def meddling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Has a file written to once the repeated ids of the authorisations were looked for, before the rows are read."""
    looked = authorisations._repeated

    def meddle(file: Path) -> None:
        def then(path: Path, reader: Authorisations) -> set[int]:
            found = looked(path, reader)
            request.param(file)
            return found

        monkeypatch.setattr(authorisations, "_repeated", then)

    return meddle


def test_authorisations_written_to_while_they_are_read_do_not_take_the_old_ones_place(
    files: tuple[Path, Path], meddling: Callable[[Path], None]
) -> None:
    """A withdrawal that came in between would not be joined with its consent: 500 with the reason, and the old index answers."""
    files[1].write_text(json.dumps(ROW | {"id": 1}) + "\n", "utf-8")
    made = Service(*files)
    held = made.loaded
    with answering(made) as address:
        meddling(files[1])
        status, health = ask(f"{address}/reload", b"")
    assert (status, health["status"]) == (500, "degraded") and made.loaded is held and made.reloads == {"failed": 1}
    assert f"{files[1]} 在读取期间被改写了：等它写完" in health["reload_error"]["zh"]
    assert "wait until it is whole, or use a copy" in health["reload_error"]["en"]


def test_authorisations_written_to_while_they_are_read_are_no_start(
    files: tuple[Path, Path], meddling: Callable[[Path], None]
) -> None:
    """Exit 4, and nothing is decided."""
    meddling(files[1])
    code, out, err = run(files, json.dumps(USE).encode())
    assert (code, out) == (4, []) and "读取期间被改写了" in err


def test_a_promise_written_to_while_the_authorisations_are_read_is_refused(
    files: tuple[Path, Path], meddling: Callable[[Path], None]
) -> None:
    """What was read of it may have been a part."""
    meddling(files[0])
    with pytest.raises(BadInput, match=r"promise\.toml was written to"):
        Service(*files)


def test_a_withdrawal_is_joined_with_its_consent_once_the_file_is_whole(files: tuple[Path, Path]) -> None:
    """The same rows, read in peace."""
    files[1].write_text(json.dumps(ROW | {"id": 1}) + "\n", "utf-8")
    made = Service(*files)
    withdrawn(files[1])
    assert made.reload() and made.decide([USE], [None])[0]["verdict"] == "WITHDRAWN"


def test_a_promise_may_come_by_a_pipe(files: tuple[Path, Path]) -> None:
    """It is read once: a pipe is not taken for a file that changes."""
    asked = 'cat "$1" | "${@:3}" gate run --promise /dev/stdin --authorisations "$2" --input "$2"'
    told = subprocess.run(
        ["bash", "-c", asked, "bash", *map(str, files), *COMMAND], cwd=ROOT, capture_output=True, check=False
    )
    assert told.returncode == 1 and b"UNPARSED" in told.stdout


def test_a_reload_that_fails_says_where_to_look(files: tuple[Path, Path]) -> None:
    """A faulty promise file: the command that lists its faults; a file that is gone: which, in words."""
    made = Service(*files)
    files[0].write_text(EXAMPLE + "x =", "utf-8")
    assert not made.reload() and f"gongyue promise check {files[0]}" in made.health()["reload_error"]["zh"]
    files[0].write_text(EXAMPLE, "utf-8")
    files[1].unlink()
    assert not made.reload() and made.health()["reload_error"]["zh"].startswith(f"无法读取 {files[1]}：没有这个文件")


def test_many_who_ask_at_once_are_all_answered(files: tuple[Path, Path]) -> None:
    """A hundred connections before the first is taken: none is turned away."""
    running = Server(Service(*files))
    with ExitStack() as stack:
        many = [stack.enter_context(socket.create_connection(running.server_address[:2], 2)) for _ in range(100)]
        for one in many:
            one.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        answers = [one.recv(12) for one in many]
        running.shutdown()
        thread.join()
        running.server_close()
    assert answers == [b"HTTP/1.1 200"] * 100


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (USE | {" recipient ": "nobody"}, "RECIPIENT"),
        ({f" {name}": value for name, value in USE.items()}, "OK"),
        (USE | {" subject": "u-yi"}, "UNPARSED"),
        (USE | {"subject": 10**30}, "OK"),
    ],
)
def test_service_and_run_read_a_row_alike(tmp_path: Path, row: dict[str, object], kind: str) -> None:
    """Blanks around a key do not hide it, two that are then one are doubtful, and integers are read by their digits."""
    promise, grants = tmp_path / "promise.toml", tmp_path / "auth.jsonl"
    promise.write_text(EXAMPLE, "utf-8")
    grants.write_text("".join(json.dumps(ROW | {"subject": name}) + "\n" for name in ("u-jia", str(10**30))), "utf-8")
    body = json.dumps(row).encode()
    with answering(Service(promise, grants)) as address:
        there = ask(f"{address}/decide", body)[1]
        listed = ask(f"{address}/decide", b"[" + body + b"]")[1]
    _, here, _ = run((promise, grants), body)
    assert there["verdict"] == kind and [there] == listed and here == [{"line": 1, **there}]


def test_answers_go_on_while_it_reloads(service: tuple[Service, str]) -> None:
    """Two hundred decisions during reloads, every one answered."""
    made, address = service
    stop = threading.Event()

    def reloading() -> None:
        while not stop.is_set():
            made.reload()

    thread = threading.Thread(target=reloading)
    thread.start()
    try:
        kinds = {
            row["verdict"] for _ in range(20) for row in ask(f"{address}/decide", json.dumps([USE] * 10).encode())[1]
        }
    finally:
        stop.set()
        thread.join()
    assert kinds == {"OK"} and made.reloads["done"] > 0


@contextmanager
def commanded(files: tuple[Path, Path], *more: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """`gongyue gate serve` as an operator runs it: its process, its address, and its first line."""
    asked = ["gate", "serve", "--promise", str(files[0]), "--authorisations", str(files[1]), "--port", "0", *more]
    with subprocess.Popen(
        [*COMMAND, *asked], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            first = process.stdout.readline()
            yield process, first[first.index("http:") :].split('"')[0].split(" ")[0], first
        finally:
            process.terminate()


def test_the_command_serves_reloads_on_sighup_and_stops_on_sigterm(files: tuple[Path, Path]) -> None:
    """As an operator runs it: ready line, answer, SIGHUP, SIGTERM, exit 0."""
    with commanded(files, "--lang", "en") as (process, address, _):
        assert process.stderr
        assert ask(f"{address}/decide", json.dumps(USE).encode())[1]["verdict"] == "OK"
        os.kill(process.pid, signal.SIGHUP)
        assert process.stderr.readline() == "reloaded, 1 authorisation(s)\n"
        assert 'gongyue_gate_reloads_total{outcome="done"} 1' in ask(f"{address}/metrics")[1]
        with kept_alive(address):
            process.terminate()
            assert process.wait(10) == 0 and "every answer was sent" in process.stderr.read()


def test_what_a_reload_did_not_take_is_told_on_standard_error(files: tuple[Path, Path]) -> None:
    """By POST and by SIGHUP alike: each row with its line and reason, and how many; or why nothing was reloaded."""
    with commanded(files) as (process, address, _):
        assert process.stderr
        files[1].write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | {"terms": "nowhere"}) + "\n", "utf-8")
        for asking in (lambda: ask(f"{address}/reload", b""), lambda: os.kill(process.pid, signal.SIGHUP)):
            asking()
            said = [process.stderr.readline() for _ in range(3)]
            assert said[0] == "已重读，1 项授权\n" and said[1].startswith("授权第 2 行：") and "nowhere" in said[1]
            assert said[2].startswith("共 1 行授权没有照所写采信")
        files[1].write_text("", "utf-8")
        os.kill(process.pid, signal.SIGHUP)
        assert process.stderr.readline().startswith("没有重读：授权文件里一行也没有")
        assert ask(f"{address}/health")[1]["authorisations"] == 1


def test_asked_for_json_serve_says_everything_in_lines_of_json(files: tuple[Path, Path]) -> None:
    """Ready, reloaded with what was not taken, not reloaded, stopped: none of it is prose."""
    with commanded(files, "--json") as (process, address, first):
        assert process.stderr
        (ready,) = in_lines(first)
        assert (ready["ready"], ready["authorisations"]) == (address, 1)
        files[1].write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | {"terms": "nowhere"}) + "\n", "utf-8")
        assert ask(f"{address}/reload", b"")[1]["bad_authorisations"] == 1
        files[1].write_text("", "utf-8")
        assert ask(f"{address}/reload", b"")[0] == 500
        process.terminate()
        done, bad, whole, refused, stopped = in_lines(process.stderr.read())
    assert (done["reloaded"], done["authorisations"], bad["line"], whole["bad_authorisations"]) == (True, 1, 2, 1)
    assert refused["reloaded"] is False and "一行也没有" in refused["zh"] and "no row" in refused["en"]
    assert (stopped["stopped"], stopped["unsent"], stopped["unreceived"]) == (True, 0, 0)


def test_a_request_that_was_never_sent_in_full_is_told_as_that(files: tuple[Path, Path]) -> None:
    """As the service stops: not as an answer that nobody read."""
    with commanded(files) as (process, address, _), connected(address) as link:
        assert process.stderr
        link.sendall(b"POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\nExpect: 100-continue\r\n\r\n")
        assert link.recv(12) == b"HTTP/1.1 100"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr.read() == "已停止；1 个请求对方没有发完，没有答\n"


@contextmanager
def kept_alive(address: str) -> Iterator[HTTPConnection]:
    """A connection that has had an answer, and waits for nothing."""
    held = HTTPConnection(address.removeprefix("http://"), timeout=10)
    held.request("GET", "/health")
    assert held.getresponse().read()
    try:
        yield held
    finally:
        held.close()


@pytest.mark.parametrize("patience", [10.0, 0.2])
def test_closing_waits_for_answers_under_way_and_for_nothing_else(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    """Idle connections and silent ones end at once; an answer is waited for, but not for ever, and is then counted."""
    monkeypatch.setattr("gongyue.conduct.graceful_server.PATIENCE", patience)
    made, begun, go_on = Service(*files), threading.Event(), threading.Event()
    decide, running = made.decide, Server(made)

    def slow(rows: list[Any], twice: list[BadInput | None]) -> list[dict[str, Any]]:
        begun.set()
        go_on.wait(20)
        return decide(rows, twice)

    monkeypatch.setattr(made, "decide", slow)
    serving = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    closing = threading.Thread(target=running.server_close)
    serving.start()
    port = int(running.server_address[1])
    address = f"http://127.0.0.1:{port}"
    with (
        socket.create_connection(("127.0.0.1", port)) as silent,
        kept_alive(address) as idle,
        kept_alive(address) as busy,
    ):
        busy.request("POST", "/decide", json.dumps(USE))
        assert begun.wait(10)
        running.shutdown()
        serving.join()
        closing.start()
        silent.settimeout(5)
        assert idle.sock.recv(1) == b"" and silent.recv(1) == b""
        if patience > 1:
            assert closing.is_alive()
            go_on.set()
        closing.join(5)
        assert not closing.is_alive() and running.unsent == (patience < 1)
        go_on.set()
        assert json.loads(busy.getresponse().read())["verdict"] == "OK"


def test_a_quote_that_never_closes_is_told_with_the_line_it_opens_on(tmp_path: Path) -> None:
    """What it swallows is one bad row; the line to look at is the first of it."""
    file = tmp_path / "q.csv"
    file.write_text('a,b\n1,2\n"3,4\n5,6\n7,8\n', "utf-8")
    good, bad = rows_of(file)
    assert isinstance(bad, Bad) and good == (2, {"a": "1", "b": "2"})
    assert "自第 3 行" in bad.zh and "from line 3" in bad.en


def test_a_csv_of_no_bytes_is_refused_and_one_of_no_rows_is_not(tmp_path: Path) -> None:
    """A file without even column names is one whose writing failed; a head alone says that there was nothing."""
    empty, head = tmp_path / "e.csv", tmp_path / "h.csv"
    empty.write_bytes(b"")
    head.write_text("a,b\n", "utf-8")
    with pytest.raises(BadInput, match=r"e\.csv is empty"):
        list(rows_of(empty))
    assert list(rows_of(head)) == []


@pytest.mark.parametrize(
    "said", [b"schema = " + b"9" * 5000, b"a = " + b"[" * 3000, b"\x00", b"schema = nan", b"schema = 0x" + b"f" * 9000]
)
def test_whatever_a_promise_file_holds_is_told_in_words(files: tuple[Path, Path], said: bytes) -> None:
    """Numbers of more digits than Python reads, nesting without end, no text: exit 4, never an internal error."""
    files[0].write_bytes(said)
    result = gongyue("gate", "run", "--promise", files[0], "--authorisations", files[1], given=b"")
    assert result.exit_code == 4, result.output


@pytest.mark.parametrize(
    ("declared", "stated", "kind"),
    [
        ('region = "CN"', None, "OK"),
        ("", None, "OK"),
        ('region = "US"', None, "REGION"),
        ('region = "US"', "CN", "OK"),
        ('region = "CN"', "US", "REGION"),
    ],
)
def test_a_use_that_states_no_region_is_where_its_recipient_is(declared: str, stated: str | None, kind: str) -> None:
    """A recipient declared abroad: a region nobody was told of; what a use states goes before. Gate and reference agree."""
    promise = parse_promise(EXAMPLE.replace('region = "CN"\ncontact', f"{declared}\ncontact"))
    use = Uses(promise).read(USE | {"action": "transfer", "recipient": "suda", "region": stated})
    grant = Authorisations(promise).read(ROW, 1)
    assert verdict(use, [grant], promise).kind == Gate(promise, [grant]).decide(use).kind == kind


def test_the_language_may_stand_in_the_environment(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """GONGYUE_LANG; --lang goes before it; what a system has set for everything changes nothing."""
    asked = ("--promise", files[0], "--authorisations", files[1])
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "共 0 条" in gongyue("gate", "run", *asked, given=b"").stderr
    monkeypatch.setenv("GONGYUE_LANG", "en")
    assert "0 row(s)" in gongyue("gate", "run", *asked, given=b"").stderr
    assert "共 0 条" in gongyue("gate", "run", *asked, "--lang", "zh", given=b"").stderr
