"""Running verify or read in a process of its own: its exit code, what it says, and the most memory it had."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import NamedTuple

MOST_MEMORY = 300 * 1024**2
"""Bytes that a run may have at once, whatever it is given."""


class Ran(NamedTuple):
    """A run's end."""

    code: int
    said: str
    seconds: float
    memory: int


_CHILD = """
import re, sys
from pathlib import Path
from gongyue.cli.main import main
sys.argv = ["gongyue", *sys.argv[1:]]
try:
    code = main()
except SystemExit as error:
    code = error.code
except BaseException as error:
    print("BROKE DOWN", type(error).__name__, error)
    code = 99
peak = re.search("VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())  # not ru_maxrss: that begins with the parent's
print("MEMORY", int(peak[1]) * 1024)
sys.exit(code)
"""


def ran(*arguments: str, within: float = 60) -> Ran:
    """`gongyue ARGUMENTS`, stopped after `within` seconds, without core files."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *arguments],
        capture_output=True,
        timeout=within,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30)),
        check=False,
    )
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    memory = [int(line.split()[1]) for line in said.splitlines() if line.startswith("MEMORY")]
    assert memory, said[-2000:]
    return Ran(done.returncode, said, time.monotonic() - begun, memory[0])
