"""The three places for stores: memory, an SQLite file, a PostgreSQL schema."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyue.office.store import Store

from .places import SERVER, Place

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(scope="session")
def server() -> str:
    """A reachable PostgreSQL server; the tests that need it are skipped, with the reason, if there is none."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    refusals = []
    for dsn in (SERVER, psycopg.conninfo.make_conninfo(SERVER, user="root")):
        try:
            psycopg.connect(dsn, connect_timeout=3).close()
        except psycopg.OperationalError as error:
            refusals.append(str(error).strip())
        else:
            return dsn
    pytest.skip(f"no PostgreSQL server (GONGYUE_TEST_POSTGRES): {refusals[0]}")


@pytest.fixture
def schema(server: str) -> Iterator[Place]:
    """A schema of its own on the server, dropped afterwards."""
    import psycopg

    place = Place(server, f"test_{secrets.token_hex(8)}")
    yield place
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SET client_min_messages TO warning")
        connection.execute(f"DROP SCHEMA IF EXISTS {place.schema} CASCADE")


@pytest.fixture(params=["sqlite", POSTGRES])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place, still empty, whose store outlives its process."""
    return _place(request, tmp_path)


@pytest.fixture(params=["memory", "sqlite", POSTGRES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store of each kind."""
    opened = _place(request, tmp_path).open(create=True)
    yield opened
    opened.close()


def _place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "memory":
        return Place(":memory:")
    if request.param == "sqlite":
        return Place(f"sqlite:{tmp_path / 'store.sqlite'}")
    place: Place = request.getfixturevalue("schema")
    return place
