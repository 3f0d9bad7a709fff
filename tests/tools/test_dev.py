"""`./dev` runs a command in the environment as it should be, whatever is set outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_what_is_compiled_is_kept_whatever_is_set_outside(tmp_path: Path) -> None:
    """Under PYTHONDONTWRITEBYTECODE each of hundreds of processes would compile the product anew."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    lock = (ROOT / "requirements.lock").read_bytes()
    sums = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout.decode()
    (venv / "made-from").write_text(f"{ROOT.resolve()}\n{sums}", "utf-8")  # an environment that is ready
    outside = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    outside |= {"GONGYUE_VENV": str(venv), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [str(ROOT / "dev"), "python", "-c", "import sys; print(sys.dont_write_bytecode)"]
    done = subprocess.run(asked, env=outside, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\n", "")
