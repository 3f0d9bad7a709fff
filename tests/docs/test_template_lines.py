"""Templates are read by people, too."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WIDEST = 160


def test_no_line_of_a_template_is_wider_than_a_screen() -> None:
    """At most 160 characters."""
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if len(line) > WIDEST
    ]
    assert wide == []
