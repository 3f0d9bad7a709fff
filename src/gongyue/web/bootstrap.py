"""Starting the pages in this process: the office opened once, Django set up on its folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def start(directory: Path, origins: Sequence[str] = (), clock: Callable[[], int] | None = None) -> None:
    """Set Django up for the office in that folder and open the office; BadOffice, BadStore or Forked say why not.

    Call it before anything of Django or of `web` is imported. The interpreter's own SQLite may be one whose
    write-ahead log corrupts, so that Django, too, uses the one we bring.
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
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def close() -> None:
    """Close the office and every connection, so that this process may be forked or end."""
    from django.db import connections

    from gongyue.web import installation

    installation.close()
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def clock_of(directory: Path) -> Callable[[], int] | None:
    """The running clock of a demonstration that was served before; None for everybody else's."""
    from gongyue.web import demo_clock

    return demo_clock.running_clock(directory) if (directory / demo_clock.FILE).is_file() else None
