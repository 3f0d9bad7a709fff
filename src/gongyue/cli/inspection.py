"""`gongyue inspection`: the draw that was announced, made by hand where `tick` has not made it yet."""

from __future__ import annotations

from gongyue.cli.system import system_command
from gongyue.office.routine_acts import draw

COMMANDS = {"seed": system_command("inspection.seed/1", draw, "gongyue inspection seed")}
