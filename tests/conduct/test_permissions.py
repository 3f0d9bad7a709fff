"""Files and folders that may not be read or written: each is told, and nothing is left out unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.conduct.auditing.index import beside
from gongyue.conduct.auditing.sources import source_of
from gongyue.conduct.findings import BadInput
from gongyue.conduct.write_check import refuse_unwritable
from support.ordinary import folder_of_an_ordinary_user
from tests.conduct.scanning.running import scan, scanned

CLOSED = 0
READ_ONLY = 0o500
TELEPHONES = "电话\n13900000000\n13900000001\n"


def test_a_scan_tells_of_every_file_and_folder_it_may_not_read(tmp_path: Path) -> None:
    """A folder of three: what is closed to the scan stands under what was not read, and the exit code is no 0."""
    (tmp_path / "a.csv").write_text("颜色\n红\n", "utf-8")
    assert scan(tmp_path).exit_code == 0
    with folder_of_an_ordinary_user() as folder:
        for name in ("open", "closed"):
            (folder / name).mkdir()
            (folder / name / "a.csv").write_text("颜色\n红\n" if name == "open" else TELEPHONES, "utf-8")
        (folder / "b.csv").write_text(TELEPHONES, "utf-8")
        (folder / "b.csv").chmod(CLOSED)
        (folder / "closed").chmod(CLOSED)
        told = {one["where"]: one["en"] for one in scanned(folder)["unread"]}
        assert set(told) == {str(folder / "b.csv"), str(folder / "closed")}
        assert all("Permission denied" in why for why in told.values())
        assert scan(folder).exit_code not in (0, 1)
        (folder / "b.csv").unlink()
        folder.chmod(CLOSED)
        assert scan(folder).exit_code not in (0, 1)
        folder.chmod(0o700)


def test_an_audit_does_not_begin_where_a_folder_of_its_input_is_closed() -> None:
    """A partition that may not be listed is named; a hidden folder, in which nothing is read, need not be open."""
    with folder_of_an_ordinary_user() as folder:
        for name in ("day=1", "day=2", "_temporary"):
            (folder / name).mkdir()
            (folder / name / "uses.csv").write_text("time\n", "utf-8")
        (folder / "_temporary").chmod(CLOSED)
        assert len(source_of(str(folder)).files) == 2
        (folder / "day=2").chmod(CLOSED)
        with pytest.raises(PermissionError) as caught:
            source_of(str(folder))
        assert caught.value.filename == str(folder / "day=2")


def test_a_result_that_could_not_be_written_is_refused_beforehand() -> None:
    """In a folder without the right to write, and over a file without it; both may be read."""
    with folder_of_an_ordinary_user() as folder:
        out = folder / "out.json"
        refuse_unwritable(out)
        out.write_bytes(b"{}")
        out.chmod(0o400)
        with pytest.raises(BadInput, match="没有写入的权限"):
            refuse_unwritable(out)
        out.unlink()
        folder.chmod(READ_ONLY)
        with pytest.raises(BadInput, match="没有写入的权限"):
            refuse_unwritable(out)


def test_an_audit_of_a_folder_that_may_only_be_read_keeps_its_index_in_the_users_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beside the input where that can be written to; else in the cache of the user who runs it."""
    with folder_of_an_ordinary_user() as folder:
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for name, mode in (("ours", 0o700), ("theirs", READ_ONLY)):
            (folder / name).mkdir()
            (folder / name / "uses.csv").write_text("time\n", "utf-8")
            (folder / name).chmod(mode)
        assert beside(source_of(str(folder / "ours" / "uses.csv"))) == folder / "ours" / ".gongyue-audit"
        assert beside(source_of(str(folder / "theirs" / "uses.csv"))) == folder / "cache" / "gongyue-audit"
