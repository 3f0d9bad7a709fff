"""Starting the pages in this process: the office opened once, Django set up on its folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def start(directory: Path, origins: Sequence[str] = (), clock: Callable[[], int] | None = None) -> None:
    """Set Django up for the office in that folder and open the office; BadOffice, BadStore or Forked say why not.

    Call it before anything of Django or of `web` is imported. The interpreter's own SQLite may be one whose
    write-ahead log corrupts (house 10), so that Django, too, uses the one we bring.
    """
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    os.environ["GONGYUE_OFFICE"] = str(directory)
    os.environ["GONGYUE_ORIGINS"] = ",".join(origins)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongyue.web.django_settings"
    import django

    django.setup()
    from gongyue.web import installation

    installation.open(directory, clock)


def prepare() -> None:
    """Bring the tables of accounts, sessions and drafts up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
