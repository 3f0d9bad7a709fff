"""What every test may import: the driver in `support`; how many run at once; and tests in any order: `--shuffle SEED`."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

NOT_ASKED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("unhurried", deadline=None, suppress_health_check=NOT_ASKED)  # time is never asserted
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "run folders, modules and tests in an order drawn from SEED; `random` draws the seed too"
    parser.addoption("--shuffle", metavar="SEED", help=what)


def pytest_configure(config: pytest.Config) -> None:
    """The seed is settled once: a worker is given what was drawn where it was started."""
    if hasattr(config, "workerinput"):
        config.option.shuffle = config.workerinput["shuffle"]
    elif config.option.shuffle == "random":
        config.option.shuffle = str(secrets.randbelow(1_000_000))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: there is always a test that waits for a browser, a server, a database or another process."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """What a worker is given."""
    node.workerinput["shuffle"] = node.config.option.shuffle


@pytest.fixture(scope="session", autouse=True)
def _scanner_of_evidence() -> None:
    """What is filed as evidence is looked at by a scanner that has nothing to compile; what tests the real one says so."""
    from gongyue.office.evidence_scan import SCANNER

    SCANNER.command = (sys.executable, str(Path(__file__).parent / "support" / "scanner.py"))


def pytest_sessionstart(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")  # a worker has none
    if reporter is not None and session.config.option.shuffle is not None:
        reporter.write_line(f"--shuffle {session.config.option.shuffle}")  # not a header: -q would hide it


@pytest.hookimpl(tryfirst=True)  # pytest then brings together what shares a costly fixture
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A folder's modules and a module's tests stay together. Fewer tests keep their order under the same seed.

    Slow tests come first, the longest before the others. Where they run with the rest, half of the workers begin with them:
    they wait more than they compute, and the others fill the time they leave.
    """
    seed = config.option.shuffle
    if seed is not None:
        items.sort(key=lambda item: [sha256(f"{seed} {node.nodeid}".encode()).digest() for node in item.listchain()])
    slow = sorted((item for item in items if item.get_closest_marker("slow")), key=_seconds, reverse=True)
    others = [item for item in items if not item.get_closest_marker("slow")]
    workers = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    begin = max(1, workers // 2) if others else workers
    left = len(items)
    items.clear()
    for worker in range(workers):
        size = left // (workers - worker)  # so many in a row are what xdist's worksteal sends it
        mine = slow[begin - 1 - worker :: begin] if worker < begin else []
        rest = max(0, size - len(mine))
        items += mine + others[:rest]
        del others[:rest]
        left -= size
    items += others


def _seconds(item: pytest.Item) -> int:
    """About how long a slow test takes."""
    marker = item.get_closest_marker("slow")
    return int(marker.args[0]) if marker and marker.args else 0


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays to the end: walking all of it again and again would cost a fourteenth of the run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
