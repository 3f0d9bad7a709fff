"""What is compiled is kept for the types it was compiled for: with two processes at once, after a cut, after a change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.conduct import jit
from gongyue.conduct.jit import KernelCache

MODULE = """
from gongyue.conduct.jit import compiled

@compiled()
def added(cells, other):
    return cells[0] + other
"""
AT_ONCE = """
import sys, time
from pathlib import Path
import numpy as np
import numba
from gongyue.conduct.jit import KernelCache
from module import added

kind, other = sys.argv[1:]
write = Path.write_bytes

def when_the_other_writes_too(path, data):
    Path(f"{kind}.compiled").touch()
    while not Path(f"{other}.compiled").exists():
        time.sleep(0.01)
    return write(path, data)

Path.write_bytes = when_the_other_writes_too
assert added(np.full(3, 7, kind), np.dtype(kind).type(2)) == 9
"""
ALIKE = """
import sys, time
from pathlib import Path
import numpy as np
from gongyue.conduct.jit import KernelCache
from module import added

save = KernelCache.save

def slowly(self, key, data):
    print("compiled")
    time.sleep(0.5)  # so that the other one, if nothing holds it, compiles too
    save(self, key, data)

KernelCache.save = slowly
this, other = sys.argv[1:]
Path(this).touch()
while not Path(other).exists():
    time.sleep(0.01)
assert added(np.full(3, 7), 2) == 9
"""
LATER = """
import numpy as np
from gongyue.conduct.jit import KernelCache, is_compiled
from module import added

def never(self, key, data):
    raise AssertionError("compiled again")

assert is_compiled(added)
KernelCache.save = never
for kind in ("int64", "float64"):
    told = added(np.full(3, 7, kind), np.dtype(kind).type(2))
    assert told == 9 and np.dtype(type(told)).kind == np.dtype(kind).kind, (kind, told)
"""

OWNED = """
from pathlib import Path
import numpy as np
from llvmlite.binding import Linkage
from gongyue.conduct.jit import entry_point, kernel, maker

@kernel
def summed(cells, n):
    if n == 0:
        return 0
    return cells[n - 1] + summed_below(cells, n)

@kernel
def summed_below(cells, n):
    total = 0
    for i in range(n - 1):
        total += cells[i] * (i + 1) % 7
    return total

@entry_point
def asked(cells):
    return summed(cells, len(cells)) + summed(cells, 8)

@maker
def made(cells):
    return np.full(2, summed(cells, len(cells)))

cells = np.arange(9)
assert asked(cells) == 8 + sum(i * (i + 1) % 7 for i in range(8)) + 7 + sum(i * (i + 1) % 7 for i in range(7))
assert made(cells).tolist() == [8 + sum(i * (i + 1) % 7 for i in range(8))] * 2
for function in (asked, made):
    (compiled,) = function.overloads.values()
    linkages = {part.name: part.linkage for part in compiled.library.get_defined_functions()}
    assert linkages and Linkage.linkonce_odr not in linkages.values(), linkages
assert len(summed.overloads) == len(summed_below.overloads) == 1
assert sorted(file.name.split("-")[0] for file in Path("__pycache__").glob("*.machine")) == ["owned.asked", "owned.made"]
"""

FORWARD = """
import numpy as np
from gongyue.conduct.jit import entry_point, kernel

@kernel
def cell(cells, rows, i):
    return cells[i] + rows[i, i - i]

@entry_point
def moved(cells, rows, i):
    rows[i, 1] = cell(cells, rows, i)
    cells[i] += rows[i, 1]
    return cells[i]

cells, rows = np.arange(9)[1:], np.ones((9, 2), dtype=np.int64)[1:]
assert moved(cells, rows, 2) == 7 and rows[2].tolist() == [1, 4]
try:
    print(moved(cells, rows, -1))
except IndexError:
    print("refused")
"""


def begun(folder: Path, script: str, *args: str, **settings: str) -> subprocess.Popen[str]:
    """A process of its own in that folder."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("NUMBA_")} | {"PYTHONPATH": str(folder)}
    out = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", script, *args], cwd=folder, env=env | settings, text=True, stdout=out, stderr=out
    )


def test_two_processes_that_compile_for_different_types_at_once_keep_both(tmp_path: Path) -> None:
    """Neither is taken for the other by whoever comes later; nothing is compiled a third time."""
    (tmp_path / "module.py").write_text(MODULE, "utf-8")
    pairs = (("int64", "float64"), ("float64", "int64"))
    both = [begun(tmp_path, AT_ONCE, *pair) for pair in pairs]
    for one in both:
        assert (one.communicate(timeout=120)[1], one.returncode) == ("", 0)
    later = begun(tmp_path, LATER)
    assert (later.communicate(timeout=120)[1], later.returncode) == ("", 0)
    assert len(list((tmp_path / "__pycache__").glob("*.machine*"))) == 2


def test_two_processes_that_compile_for_the_same_types_at_once_compile_once(tmp_path: Path) -> None:
    """The second waits for the first and loads what it kept; where no lock can be held one compiles without."""
    (tmp_path / "module.py").write_text(MODULE, "utf-8")
    both = [begun(tmp_path, ALIKE, *pair) for pair in (("one", "other"), ("other", "one"))]
    assert sorted(one.communicate(timeout=120) for one in both) == [("", ""), ("compiled\n", "")]
    (lock,), (machine,) = ((tmp_path / "__pycache__").glob(kind) for kind in ("*.lock", "*.machine"))
    lock.unlink()
    lock.mkdir()
    machine.unlink()
    assert begun(tmp_path, ALIKE, "one", "other").communicate(timeout=120) == ("compiled\n", "")
    assert machine.exists()


def test_what_python_calls_shares_none_of_its_parts(tmp_path: Path) -> None:
    """The optimiser may change how they are called, as nobody else calls them. They are compiled once, and kept in it alone."""
    (tmp_path / "owned.py").write_text(OWNED, "utf-8")
    told = begun(tmp_path, "import owned")
    assert (told.communicate(timeout=120)[1], told.returncode) == ("", 0)


def test_a_place_in_an_array_is_counted_from_its_beginning(tmp_path: Path) -> None:
    """-1 is the cell before the first, not the last one; checked, as the tests are run once, it is refused."""
    (tmp_path / "forward.py").write_text(FORWARD, "utf-8")
    told = begun(tmp_path, "import forward")
    assert (*told.communicate(timeout=120), told.returncode) == ("1\n", "", 0)
    checked = begun(tmp_path, "import forward", NUMBA_BOUNDSCHECK="1", NUMBA_CACHE_DIR=str(tmp_path / "checked"))
    assert (*checked.communicate(timeout=120), checked.returncode) == ("refused\n", "", 0)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_what_is_damaged_is_compiled_again(tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes) -> None:
    """Cut anywhere or with other bytes anywhere: nothing is loaded that is not what was kept."""
    folder = tmp_path_factory.mktemp("kept")
    kept = KernelCache(folder, "f")
    kept.save(("int64",), {"code": b"\x90" * 200})
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    assert kept.load(("int64",)) == {"code": b"\x90" * 200}
    place %= len(whole)
    for broken in (whole[:place], whole[:place] + noise + whole[place + len(noise) :], whole + noise):
        file.write_bytes(broken)
        assert kept.load(("int64",)) is None or broken == whole


def test_what_is_kept_is_for_its_types_and_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other types and other sources find nothing, and write over what is stale."""
    kept = KernelCache(tmp_path, "f")
    assert not kept.any()
    kept.save(("int64",), 1)
    assert kept.any() and kept.load(("float64",)) is None and not KernelCache(tmp_path, "g").any()
    monkeypatch.setattr(jit, "_sources", lambda: "other")
    assert not kept.any() and kept.load(("int64",)) is None
    kept.save(("int64",), 2)
    assert kept.load(("int64",)) == 2 and len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    """A full disk or a folder that is gone stops no audit."""
    kept = KernelCache(tmp_path / "gone", "f")
    kept.save(("int64",), 1)
    assert kept.load(("int64",)) is None and not kept.any()


def test_all_sources_of_machine_code_count() -> None:
    """Every function of the toolkit that is compiled is compiled here; no module goes to numba's own cache."""
    root = Path(jit.__file__).parent
    others = [p for p in root.rglob("*.py") if p.name != "jit.py" and "njit" in p.read_text("utf-8")]
    assert not others
