"""Cheating with all keys of the executive body, and the commands that find it out."""

from __future__ import annotations

import shlex
from pathlib import Path

from gongyue.demo.cheats.catalogue import CHEATS, PRINCIPLES, Cheat
from gongyue.demo.cheats.desk import Desk, NoScene

# They register, and are listed in this order.
# isort: off
from gongyue.demo.cheats import lists, cases, dossiers, founding, votes, hidden_ballots, history, keys, sanctions, text  # noqa: F401
# isort: on

__all__ = ["CHEATS", "Cheat", "NoScene", "catching", "listed", "perform"]


def listed() -> list[Cheat]:
    """Every cheat by what it breaks; of each, first those that verify alone catches, then those that need what members kept."""
    return sorted(CHEATS.values(), key=lambda one: (PRINCIPLES.index(one.principle), bool(one.option or one.pack)))


def perform(name: str, demo: Path, out: Path) -> Cheat:
    """Write the cheated public books to `out`; NoScene where this demonstration does not have the scene."""
    chosen = CHEATS[name]
    if chosen.kept and not (demo / chosen.kept).exists():
        raise NoScene(f"这次演示里没有 {chosen.kept}", f"there is no {chosen.kept} in this demonstration")
    with Desk(demo, name) as desk:
        chosen.perform(desk).publish(out)
    return chosen


def catching(chosen: Cheat, demo: Path, out: Path) -> str:
    """The command that finds the cheat out."""
    words = ["gongyue", "verify", str(out / chosen.pack if chosen.pack else out), "--vkey", str(demo / "log.vkey")]
    if chosen.option:
        words += [chosen.option, str(chosen.given(demo, out))]
    return shlex.join(words)
