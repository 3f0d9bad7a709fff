"""People who handle a case at the terminal, and days that pass."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gongyue.office import office_folder

from .desk import TWO, Desk

DAY = 86_400
PANEL = ("mo", "ge", "hu")
REVIEWERS = ("pa", "ru", "ta")


def later(monkeypatch: pytest.MonkeyPatch, desk: Desk, days: int) -> None:
    """Days pass, each with its tick."""
    for _ in range(days):
        now = office_folder.wall_clock()
        monkeypatch.setattr(office_folder, "wall_clock", lambda now=now: now + DAY)
        desk.run("tick")


def staffed(monkeypatch: pytest.MonkeyPatch, desk: Desk, panellists: Iterable[str] = PANEL) -> None:
    """A caseworker and these panellists serve, after the delay."""
    known = {path.stem for path in desk.folder.glob("*.key")}
    begins = desk.day(8)
    for name, office in (("xu", "caseworker"), *((one, "panellist") for one in panellists)):
        if name in known:
            continue
        desk.run("key", "new", f"{name}.key")
        words = ("--officer", f"o:{name}", "--offices", office, "--begins", begins, "--ends", "2030-12-31")
        desk.run("office", "appoint", *words, "--interests", "text:none", *TWO)
        desk.run("key", "register", "--holder", f"o:{name}", "--public-key", f"{name}.key", *TWO)
    later(monkeypatch, desk, 9)
