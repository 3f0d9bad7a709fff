"""Serving: the demonstration and a real office, their clock, their health, how they stop, what they write down."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from gongyue.office import evidence
from web.conftest import free_port
from web.serving.process import Browser, Server, gongyue

pytestmark = pytest.mark.long(60)  # each waits for a server that starts; those that only look share one


@pytest.fixture(scope="module")
def built(prepared: Path) -> Path:
    """A demonstration as it was left by somebody who served it before."""
    return prepared


@pytest.fixture(scope="module")
def looked_at(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that is served for all who only look, and stop nothing."""
    folder = tmp_path_factory.mktemp("served") / "demo"
    shutil.copytree(built, folder)
    with Server("demo", "--dir", folder, "--json") as server:
        yield server.ready()


@pytest.fixture
def demo(built: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copytree(built, tmp_path / "demo")
    with Server("demo", "--dir", tmp_path / "demo", "--json") as server:
        yield server.ready()


def test_the_demonstration_is_built_and_served_on_one_port(tmp_path: Path) -> None:
    """`gongyue demo` alone: the story is replayed, then the address and one login per role are told, and they work."""
    with Server("demo", "--dir", tmp_path / "new", "--quiet") as server:
        told = server.ready().hears("authority@demo.invalid")
        assert f"{server.address}/" in told and "演示·虚构" in told
        password = told.partition("口令都是 ")[2].partition("：")[0]
        for email in ("qin@demo.invalid", "yunling@demo.invalid", "authority@demo.invalid"):
            assert email in told
        page = Browser(server.address).signs_in("yunling@demo.invalid", password)
        assert page.ok and "/workspace/u:0001/" in page.url
        assert server.stop(signal.SIGINT) == 0
    assert (tmp_path / "new" / "office" / "clock.json").is_file()


def test_a_demonstration_told_without_pages_has_its_logins_once_it_is_served(tmp_path: Path) -> None:
    """`demo --no-serve`, then `serve`: the logins that the sign-in page names let one in."""
    done = gongyue("demo", "--dir", tmp_path / "new", "--quiet", "--no-serve")
    assert done.returncode == 0, done.stderr
    with Server("serve", "--office", tmp_path / "new" / "office") as server:
        server.ready()
        page = Browser(server.address).signs_in("yunling@demo.invalid", "yanshi-gongyue-2027")
        assert page.ok and "/workspace/u:0001/" in page.url


def test_a_demonstration_that_is_there_is_served_as_it_stands(looked_at: Server) -> None:
    """Nothing is replayed; one line of JSON tells address, password and logins."""
    told = json.loads(looked_at.said[0])
    assert told["address"] == f"{looked_at.address}/"
    assert {"email", "zh", "en"} == set(told["logins"][0])
    page = requests.get(f"{looked_at.address}/", timeout=30)
    assert page.ok and "演示·虚构" in page.text


def test_passkeys_of_another_port_are_told_not_to_sign(looked_at: Server) -> None:
    """The genesis act names the port it was made for."""
    assert json.loads(looked_at.said[0])["passkeys_sign"] is False


def test_the_clock_runs_on_from_the_storys_end_and_a_restart_goes_on(demo: Server, tmp_path: Path) -> None:
    """What was written at the first start stays; an act recorded now is later than the story."""
    from gongyue.web.demo_clock import running_clock

    office = tmp_path / "demo" / "office"
    first = (office / "clock.json").read_text()
    assert demo.stop() == 0
    with Server("demo", "--dir", tmp_path / "demo", "--json") as again:
        again.ready()
        assert (office / "clock.json").read_text() == first
    story = json.loads(first)["story"]
    assert story <= running_clock(office)() < story + 600


def test_the_clock_never_goes_backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this computer's clock does."""
    from gongyue.web import demo_clock

    times = iter([1000, 1000, 1500, 900, 1600])
    monkeypatch.setattr(demo_clock.time, "time", lambda: next(times))
    demo_clock.begin(tmp_path, 50_000)
    clock = demo_clock.running_clock(tmp_path)
    assert [clock() for _ in range(4)] == [50_000, 50_500, 50_500, 50_600]


@pytest.mark.parametrize(("away", "began"), [(259_200, 50_000), (259_201, 60_000)])
def test_a_demonstration_put_away_for_long_goes_on_from_its_last_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: int, began: int
) -> None:
    """Three days after its last entry the clock goes on where the time has come to; a second more, and it begins anew."""
    from gongyue.web import demo_clock

    monkeypatch.setattr(demo_clock.time, "time", lambda: 1000)
    demo_clock.begin(tmp_path, 50_000)
    monkeypatch.setattr(demo_clock.time, "time", lambda: 1000 + 10_000 + away)
    demo_clock.begin(tmp_path, 60_000)
    assert demo_clock.running_clock(tmp_path)() == (60_000 + away if began == 50_000 else 60_000)


def test_a_port_in_use_is_told_before_anything_is_done(tmp_path: Path) -> None:
    """Exit 2 naming the port and what to do; nothing was built."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = gongyue("demo", "--dir", tmp_path / "x", "--port", port)
    assert done.returncode == 2 and port in done.stderr and "--port" in done.stderr
    assert not (tmp_path / "x").exists()


def test_an_office_that_is_none_is_told(tmp_path: Path) -> None:
    """Exit 4, in words, without a traceback."""
    done = gongyue("serve", "--office", tmp_path, "--port", str(free_port()))
    assert done.returncode == 4 and "gongyue init" in done.stderr and "Traceback" not in done.stderr


def test_sqlite_is_served_by_one_process(built: Path) -> None:
    """More are refused, exit 2."""
    done = gongyue("serve", "--office", built / "office", "--workers", "3", "--port", str(free_port()))
    assert done.returncode == 2 and "--workers 1" in done.stderr


def test_a_real_office_is_founded_by_an_explicit_act_and_served(tmp_path: Path) -> None:
    """`gongyue init`, then `gongyue serve`; before publication the public site says so, and health says ready."""
    office = tmp_path / "office"
    officers = ("--officer", "o:qin:generate", "--officer", "o:bai:generate")
    founded = gongyue("init", office, "--origin", "gongyue.example/served", "--executive", "示范联盟", *officers)
    assert founded.returncode == 0, founded.stderr
    with Server("serve", "--office", office) as server:
        server.ready()
        assert requests.get(f"{server.address}/readyz", timeout=30).json()["size"] >= 1
        assert requests.get(f"{server.address}/healthz", timeout=30).ok
        assert requests.get(f"{server.address}/api/status", timeout=30).json()["code"] == "not-published"
        assert server.stop() == 0


def test_a_stop_finishes_the_request_under_way(demo: Server) -> None:
    """SIGTERM while a request is being sent: it is answered, then the process ends; nobody new gets in."""
    body = b'{"act":{}}'
    with socket.create_connection(("127.0.0.1", demo.port)) as slow:
        head = f"POST /api/acts HTTP/1.1\r\nHost: localhost:{demo.port}\r\nContent-Type: application/json\r\n"
        slow.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:4])
        time.sleep(0.5)
        demo.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert demo.process.poll() is None
        slow.sendall(body[4:])
        slow.settimeout(20)
        assert slow.recv(65_536).startswith(b"HTTP/1.1 422")
    assert demo.process.wait(20) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{demo.address}/healthz", timeout=5)


def test_workers_end_with_a_parent_that_was_killed(demo: Server, tmp_path: Path) -> None:
    """They would hold the port for ever."""
    demo.process.kill()
    demo.process.wait(10)
    with pytest.raises(requests.ConnectionError):
        for _ in range(100):
            requests.get(f"{demo.address}/healthz", timeout=5)
            time.sleep(0.1)


def test_a_stopped_office_can_be_served_again_at_once(demo: Server, tmp_path: Path) -> None:
    """The store was closed and the fork guard let go."""
    assert demo.stop() == 0
    with Server("serve", "--office", tmp_path / "demo" / "office") as again:
        again.ready()
        assert again.stop() == 0


def test_what_is_written_down_names_nobody(demo: Server) -> None:
    """Neither queries, accounts, hosts nor paths with secrets in them; a refused sign-in leaves no name."""
    browser = Browser(demo.address)
    browser.signs_in("someone.private@demo.invalid", "wrong-password-123")
    browser.at("/register/?q=secret-search-words")
    browser.at("/account/invitation/secret-token-in-path/")
    browser.at("/no/such/secret-path/?x=secret-query")
    requests.get(f"{demo.address}/", headers={"Host": "secret-host.example"}, timeout=30)
    assert demo.stop() == 0
    written = "".join(demo.logged + demo.said[1:])
    for secret in ("secret", "someone.private", "wrong-password", "127.0.0.1"):
        assert secret not in written, written


def test_what_anybody_can_send_writes_no_line(demo: Server) -> None:
    """Forms of other sites, methods and pages that are none, foreign hosts: nobody fills the operator's disk with them."""
    for _ in range(3):
        assert requests.post(f"{demo.address}/covenant/", {"a": "b"}, timeout=30).status_code == 403
        requests.request("FOO", f"{demo.address}/", timeout=30)
        requests.get(f"{demo.address}/no/such/", timeout=30)
        requests.get(f"{demo.address}/", headers={"Host": "other.example"}, timeout=30)
        requests.post(f"{demo.address}/account/login/", {f"f{n}": "x" for n in range(600)}, timeout=30)
    assert demo.stop() == 0
    assert [line for line in demo.logged if "stopped" not in line] == []


@pytest.mark.parametrize(("allowed", "connections"), [(448, 64), (1_024, 256), (20_000, 6_581), (1_000_000, 16_384)])
def test_every_connection_has_the_files_it_may_take(
    monkeypatch: pytest.MonkeyPatch, allowed: int, connections: int
) -> None:
    """Three each and 256 besides; where the system allows few, there are fewer connections."""
    import resource

    from gongyue.web import server

    limits = [(64, allowed)]
    monkeypatch.setattr(resource, "getrlimit", lambda which: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda which, both: limits.append(both))
    assert server._connections() == connections
    assert connections * 3 + 256 <= limits[-1][0] <= allowed


def test_too_few_files_are_told_before_anything_is_served(built: Path) -> None:
    """447, where 448 are the least: exit 4, both numbers, and how to mend it."""
    command = f"ulimit -n 447; exec {Path(sys.executable).with_name('gongyue')} serve"
    words = ["--office", str(built / "office"), "--port", str(free_port())]
    done = subprocess.run(["sh", "-c", f'{command} "$@"', "sh", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 4 and not done.stdout
    assert "447" in done.stderr and "448" in done.stderr and "ulimit -n" in done.stderr


@pytest.mark.parametrize("host", ["localhost", "", "no.such.host"])
def test_a_host_that_is_no_address_is_told(built: Path, host: str) -> None:
    """Exit 4 with what would be one."""
    done = gongyue("serve", "--office", built / "office", "--host", host, "--port", str(free_port()))
    assert done.returncode == 4 and "127.0.0.1" in done.stderr and f"“{host}”" in done.stderr


def test_whoever_reads_the_greeting_is_let_in(built: Path, tmp_path: Path) -> None:
    """At once: the port is open by then."""
    shutil.copytree(built, tmp_path / "demo")
    for _ in range(3):
        with Server("serve", "--office", tmp_path / "demo" / "office") as server:
            while not server.said:
                time.sleep(0.001)
            socket.create_connection(("127.0.0.1", server.port), 5).close()


def test_styles_are_served_with_their_digest_in_the_address(looked_at: Server) -> None:
    """A changed file has another address; the file itself is there under it."""
    page = requests.get(f"{looked_at.address}/", timeout=30).text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    digest = address.partition("?v=")[2]
    assert len(digest) == 12
    style = requests.get(looked_at.address + address, timeout=30)
    assert style.ok and "text/css" in style.headers["Content-Type"] and "max-age" in style.headers["Cache-Control"]


def test_it_waits_to_say_its_address_until_it_answers(looked_at: Server) -> None:
    """The greeting comes after the first answer to /readyz: whoever reads it may go there."""
    assert requests.get(f"{looked_at.address}/readyz", timeout=30).ok
    assert len([line for line in looked_at.said if looked_at.address in line]) == 1


def test_the_scanner_of_evidence_starts_with_the_pages(looked_at: Server) -> None:
    """Nobody has to hand in evidence first: a process of it runs beside the one that serves."""
    deadline = time.monotonic() + evidence.SETTLED + 30
    while not (found := _scanners(looked_at.process.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found


def _scanners(parent: int) -> list[int]:
    """The processes of the scanner that descend from that one."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [(int(pid), int(ppid), args) for pid, ppid, args in (line.split(None, 2) for line in listed.splitlines())]
    family = {parent}
    while more := {pid for pid, ppid, _ in rows if ppid in family} - family:
        family |= more
    return [pid for pid, _, args in rows if pid in family and "gongyue.conduct.scanning.intake" in args]
