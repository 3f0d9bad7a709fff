"""What every test may import: the driver in `support`; how many run at once; and tests in any order: `--shuffle SEED`."""

from __future__ import annotations

import gc
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

import in_memory

NOT_ASKED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("unhurried", deadline=None, suppress_health_check=NOT_ASKED)  # time is never asserted
settings.load_profile("unhurried")

PLAN = Path(tempfile.gettempdir()) / f"gongyue-tests-{secrets.token_hex(8)}.json"
"""Where workers are told to write which tests are long: they know the marks, and who hands out does not."""
PLACE = pytest.StashKey[Path]()
"""Where in memory a run writes."""
FAILED = pytest.StashKey[bool]()
"""Whether a test failed."""
ASKED_WRONGLY = pytest.StashKey[list[str]]()
"""What a worker says was asked for and is not there."""


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "run folders, modules and tests in an order drawn from SEED; `random` draws the seed too"
    parser.addoption("--shuffle", metavar="SEED", help=what)


def pytest_configure(config: pytest.Config) -> None:
    """The seed is settled once, and where tests write: a worker is given what was settled where it was started."""
    works = hasattr(config, "workerinput")
    if works:
        config.option.shuffle = config.workerinput["shuffle"]
    elif config.option.shuffle == "random":
        config.option.shuffle = str(secrets.randbelow(1_000_000))
    place = None if works else in_memory.begin()
    if place is not None:
        config.stash[PLACE] = place
    if works or config.getoption("dist", "no") == "no":  # whoever collects: what is made then stays
        gc.disable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: there is always a test that waits for a browser, a server, a database or another process."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """What a worker is given: the seed, and where the first of them writes what is long."""
    node.workerinput["shuffle"] = node.config.option.shuffle
    node.workerinput["plan"] = str(PLAN)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Ours for xdist's way that is named in pyproject.toml; another one that is asked for is as xdist has it."""
    if config.getvalue("dist") != "worksteal":
        return None
    from handing_out import LongestFirst

    return LongestFirst(config, log, PLAN)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """A worker that is asked for what is not there has nobody to say it to: it tells whoever started it."""
    try:
        return (yield)
    except pytest.UsageError as error:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["asked_wrongly"] = [str(line) for line in error.args]
        raise


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """What a worker told is kept until all have ended; a worker that crashed told nothing."""
    wrong = getattr(node, "workeroutput", {}).get("asked_wrongly")
    if wrong:
        node.config.stash[ASKED_WRONGLY] = wrong


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """What does not exist is an error with several workers as with none: said once, with pytest's exit code for it."""
    result = yield
    wrong = session.config.stash.get(ASKED_WRONGLY, None)
    if wrong:
        raise pytest.UsageError(*wrong)
    return result


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        PLAN.unlink(missing_ok=True)
    if PLACE in config.stash:
        in_memory.end(config.stash[PLACE], config.stash.get(FAILED, False))


@pytest.fixture(scope="session", autouse=True)
def _scanner_of_evidence() -> None:
    """What is filed as evidence is looked at by a scanner that has nothing to compile; what tests the real one says so."""
    from gongyue.office.evidence_scan import SCANNER

    SCANNER.command = (sys.executable, str(Path(__file__).parent / "support" / "scanner.py"))


@pytest.fixture(autouse=True)
def _no_office_is_named() -> None:
    """Pages that were started in this process, for however many tests, named theirs; it is read by then."""
    for name in ("GONGYUE_OFFICE", "GONGYUE_ORIGINS"):
        os.environ.pop(name, None)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What failed leaves what it wrote, to be looked into."""
    session.config.stash[FAILED] = session.testsfailed > 0


def pytest_sessionstart(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")  # a worker has none
    if reporter is not None and session.config.option.shuffle is not None:
        reporter.write_line(f"--shuffle {session.config.option.shuffle}")  # not a header: -q would hide it


@pytest.hookimpl(tryfirst=True)  # pytest then brings together what shares a costly fixture
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A folder's modules and a module's tests stay together. Fewer tests keep their order under the same seed.

    What is long comes first, the longest before the others; several workers are handed it as `handing_out` says.
    """
    seed = config.option.shuffle
    if seed is not None:
        items.sort(key=lambda item: [sha256(f"{seed} {node.nodeid}".encode()).digest() for node in item.listchain()])
    units: dict[str, list[pytest.Item]] = {}
    seconds: dict[str, int] = {}
    for item in items:
        node, marker = _long(item)
        if marker is not None:
            units.setdefault(node.nodeid, []).append(item)
            seconds[node.nodeid] = int(marker.args[0]) if marker.args else 0
    longest = [units[name] for name in sorted(units, key=lambda name: seconds[name], reverse=True)]
    first = [item for unit in longest for item in unit]
    items[:] = first + [item for item in items if item not in set(first)]
    if getattr(config, "workerinput", {}).get("workerid") == "gw0":
        Path(config.workerinput["plan"]).write_text(
            json.dumps([[one.nodeid for one in unit] for unit in longest]), "utf-8"
        )


def _long(item: pytest.Item) -> tuple[pytest.Item | pytest.Module, pytest.Mark | None]:
    """What is long as a whole: the module, if it is marked, or the test; and the mark, which names about how many seconds."""
    for node in (item.getparent(pytest.Module), item):
        for name in ("slow", "long"):
            marker = node.get_closest_marker(name) if node is not None else None
            if node is not None and marker is not None:
                return node, marker
    return item, None


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays to the end: walking all of it again and again would cost a fourteenth of the run."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
