"""The tool that photographs every page: it finds a face's own pages and makes every picture of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "screenshots.py"


@pytest.mark.slow(30)
def test_a_faces_own_pages_are_photographed_in_both_languages_and_widths(tmp_path: Path) -> None:
    """Of the authority: its page and its account, four pictures each; nothing that everybody sees alike."""
    subprocess.run([sys.executable, str(TOOL), str(tmp_path), "--face", "authority"], check=True, timeout=300)
    made = {path.name for path in tmp_path.iterdir()}
    for page in ("authority", "account"):
        assert {f"authority.{page}.{x}.{w}.png" for x in ("zh", "en") for w in ("wide", "phone")} <= made
    assert not any(name.startswith("authority.covenant") for name in made)
