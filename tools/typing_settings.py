"""Django's settings as mypy's plugin reads them: those of an office that exists for that moment only."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
_folder = tempfile.TemporaryDirectory()
Path(_folder.name, "office.toml").write_text('v = "gongyue/office@1"\norigin = "gongyue.example/typing"\n', "utf-8")
os.environ["GONGYUE_OFFICE"] = _folder.name

from gongyue.web.django_settings import *  # noqa: E402, F403
