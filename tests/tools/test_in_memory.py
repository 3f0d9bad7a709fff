"""Where tests write: in memory where there is plenty, on the disk elsewhere; nothing is left there but of what failed."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import in_memory

PLENTY = in_memory.MEMORY // 1024 + 1


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file system in memory of the test's own, of any size; nobody named a place to write."""
    folder = tmp_path / "shm"
    folder.mkdir()
    monkeypatch.setattr(in_memory, "SHARED", folder)
    monkeypatch.setattr(in_memory, "ROOM", 0)
    monkeypatch.setattr(in_memory, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(in_memory, "_held", [])
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.delenv("TMPDIR", raising=False)
    available(tmp_path, PLENTY)
    yield folder
    for handle in in_memory._held:
        os.close(handle)
    os.environ.pop("TMPDIR", None)


def available(tmp_path: Path, kilobytes: int) -> None:
    """So much memory is available."""
    (tmp_path / "meminfo").write_text(f"MemTotal: 999999999 kB\nMemAvailable:   {kilobytes} kB\n", "ascii")


def test_where_memory_is_plenty_all_write_there(shared: Path) -> None:
    """This process and those it starts; others may go through, not look around; what is passed over is taken away."""
    place = in_memory.begin()
    assert place is not None and place.parent == shared
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o711
    (place / "written").write_text("one", "utf-8")
    in_memory.end(place, failed=False)
    assert list(shared.iterdir()) == [] and "TMPDIR" not in os.environ and tempfile.gettempdir() != str(place)


def test_the_disk_is_used_where_memory_is_short_or_a_place_was_named(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kilobyte less than plenty, a file system without room, none at all, or TMPDIR."""
    available(tmp_path, PLENTY - 1)
    assert in_memory.begin() is None
    available(tmp_path, PLENTY)
    monkeypatch.setattr(in_memory, "ROOM", 1 << 60)
    assert in_memory.begin() is None
    monkeypatch.setattr(in_memory, "ROOM", 0)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert in_memory.begin() is None and os.environ["TMPDIR"] == str(tmp_path)
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(in_memory, "SHARED", tmp_path / "none")
    assert in_memory.begin() is None
    assert list(shared.iterdir()) == []


def test_what_failed_stays_until_the_next_run_and_what_goes_on_is_left_alone(shared: Path) -> None:
    """The folder of a run that is over is taken away, one whose run goes on is not, nor what is not ours."""
    failed = in_memory.begin()
    assert failed is not None
    (failed / "seen").write_text("why", "utf-8")
    in_memory.end(failed, failed=True)
    assert (failed / "seen").read_text("utf-8") == "why"
    (shared / "another's").mkdir()
    going_on = in_memory.begin()
    assert going_on is not None and {p.name for p in shared.iterdir()} == {going_on.name, "another's"}
    os.environ.pop("TMPDIR")
    beside = in_memory.begin()
    assert beside is not None and {p.name for p in shared.iterdir()} == {going_on.name, beside.name, "another's"}
