"""Tests in any order: what `--shuffle` does with the order, here and among workers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

OURS = ("conftest.py", "handing_out.py", "in_memory.py")
TESTS = "import pytest\n\n\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n): pass\n\n\ndef test_other(): pass\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four modules of seven tests under our own conftest."""
    for name in OURS:
        (tmp_path / name).write_bytes((Path(__file__).parent.parent / name).read_bytes())
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"test_{name}.py").write_text(TESTS, "utf-8")
    return tmp_path


def _pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), "-q", *arguments]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)


def run(folder: Path, *arguments: str) -> tuple[str, list[str]]:
    """What pytest said, and the tests it ran in their order."""
    done = _pytest(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, re.findall(r"^test_\S+::\S+$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("asked", ["nosuch", "test_a.py::test_nosuch"])
@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_does_not_exist_is_an_error_whoever_looks_for_it(folder: Path, workers: str, asked: str) -> None:
    """A path or a test that is not there is said once, with pytest's exit code for it, by several workers as by none."""
    said = _pytest(folder, "-p", "xdist", "-n", workers, "--dist", "worksteal", asked)
    assert said.returncode == 4, said.stdout + said.stderr
    assert re.findall(r"^ERROR: (?:file or directory )?not found: (.*)$", said.stdout + said.stderr, re.MULTILINE) == [
        asked if asked == "nosuch" else str(folder / asked)
    ]


def test_a_seed_gives_an_order_in_which_modules_stay_together(folder: Path) -> None:
    """The same 28 tests in another order, modules and tests; one module alone keeps its order under that seed."""
    plain = [
        f"test_{name}.py::{test}" for name in "abcd" for test in [*(f"test_it[{n}]" for n in range(6)), "test_other"]
    ]
    said, drawn = run(folder, "--collect-only", "--shuffle", "7")
    assert "--shuffle 7" in said
    assert sorted(drawn) == sorted(plain) and len(drawn) == 28
    modules = [module for module, _ in groupby(drawn, lambda test: test.partition("::")[0])]
    assert sorted(modules) == ["test_a.py", "test_b.py", "test_c.py", "test_d.py"] and modules != sorted(modules)
    mine = [test for test in drawn if test.startswith("test_b.py")]
    assert mine != [test for test in plain if test.startswith("test_b.py")]
    assert run(folder, "--collect-only", "--shuffle", "7", "test_b.py")[1] == mine
    assert run(folder, "--collect-only", "--shuffle", "8")[1] != drawn


def test_workers_share_a_seed_that_was_drawn_once(folder: Path) -> None:
    """Two workers that collected two orders would be an error; the seed that is said repeats the order."""
    said, _ = run(folder, "-p", "xdist", "-n", "2", "--dist", "loadfile", "--shuffle", "random")
    assert "28 passed" in said and len(re.findall(r"^--shuffle \d+$", said, re.MULTILINE)) == 1


def test_the_longest_are_begun_first(folder: Path) -> None:
    """Slow tests by the seconds they name, before all others, whose order stays."""
    marks = [(20, "a"), (0, "b"), (180, "c")]
    tests = "".join(f"@pytest.mark.slow({n})\ndef test_{name}(): pass\n\n\n" for n, name in marks)
    (folder / "test_b.py").write_text(f"import pytest\n\n\n{tests}def test_other(): pass\n", "utf-8")
    _, order = run(folder, "--collect-only", "-W", "ignore")
    assert order[:4] == ["test_b.py::test_c", "test_b.py::test_a", "test_b.py::test_b", "test_a.py::test_it[0]"]
    assert len(order) == 25 and order[10] == "test_b.py::test_other"


def test_half_of_the_workers_begin_with_the_long(folder: Path) -> None:
    """Of four workers one has c, then a short one, and one a, whose module is long; the others begin with what is neither."""
    slow = "".join(f"@pytest.mark.slow({n})\ndef test_{name}(): pass\n\n\n" for n, name in [(2, "b"), (99, "c")])
    (folder / "test_slow.py").write_text(f"import pytest\n\n\n{slow}", "utf-8")
    marked = TESTS.replace("import pytest\n", "import pytest\n\npytestmark = pytest.mark.long(9)\n")
    (folder / "test_a.py").write_text(marked, "utf-8")
    said, _ = run(folder, "-p", "xdist", "-n", "4", "--dist", "worksteal", "-vv", "-W", "ignore")
    ran: dict[str, list[str]] = {}
    for worker, test in re.findall(r"^\[(gw\d)\].* PASSED (\S+)", said, re.MULTILINE):
        ran.setdefault(worker, []).append(test)
    assert sum(map(len, ran.values())) == 30
    of_c = next(tests for tests in ran.values() if tests[0] == "test_slow.py::test_c")
    assert not of_c[1].startswith(("test_slow.py", "test_a.py"))
    of_a = next(tests for tests in ran.values() if tests[0].startswith("test_a.py"))
    assert all(test.startswith("test_a.py") for test in of_a[:7])
    assert not {tests[0] for tests in ran.values()} & {"test_slow.py::test_b"}
