"""An ordinary user, whoever runs the tests: root reads and writes whatever permissions say, and would show nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def folder_of_an_ordinary_user() -> Iterator[Path]:
    """A folder of the user as which the process goes on: root's rights are laid down inside, and taken up again after.

    What is imported lazily must have been imported before: such a user may not even see where Python lies.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongyue-"))
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.setresgid(NOBODY, NOBODY, 0)
            os.setresuid(NOBODY, NOBODY, 0)  # the real one too: `os.access` asks for it
        try:
            yield folder
        finally:
            if root:
                os.setresuid(0, 0, 0)
                os.setresgid(0, 0, 0)
    finally:
        for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
            path.chmod(0o700)
        shutil.rmtree(folder)
