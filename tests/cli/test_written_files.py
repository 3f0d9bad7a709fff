"""Files that a command writes: never over one that is there, and what is private for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import refuse_existing, write_new


@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o666)])
def test_a_private_file_is_its_owners_alone_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: bool, mode: int
) -> None:
    """Also under a mask that hides nothing, and while nothing is in it yet."""
    seen: list[int] = []
    whole = os.fdopen

    def opened(handle: int, how: str) -> object:
        seen.append(os.fstat(handle).st_mode & 0o777)
        return whole(handle, how)

    monkeypatch.setattr(os, "fdopen", opened)
    mask = os.umask(0)
    try:
        write_new(tmp_path / "one", b"content", private=private)
    finally:
        os.umask(mask)
    assert seen == [mode]
    assert (tmp_path / "one").read_bytes() == b"content" and (tmp_path / "one").stat().st_mode & 0o777 == mode


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Neither over a file nor through a link that leads nowhere yet; what stands there stays."""
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_bytes(b"older")
    link.symlink_to(tmp_path / "nowhere")
    for path in (there, link):
        with pytest.raises(InvalidInput, match="exists already"):
            write_new(path, b"newer", private=True)
    with pytest.raises(InvalidInput, match="name another file"):
        refuse_existing(there)
    refuse_existing(tmp_path / "none")
    assert there.read_bytes() == b"older" and not (tmp_path / "nowhere").exists()
