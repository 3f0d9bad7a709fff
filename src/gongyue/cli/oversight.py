"""`gongyue oversight`: a past year's figures, stated by hand where `tick` has not stated them yet."""

from __future__ import annotations

from gongyue.cli.system import system_command
from gongyue.office.routine_acts import report_years

COMMANDS = {"report": system_command("oversight.report/1", report_years, "gongyue oversight report")}
