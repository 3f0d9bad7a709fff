"""The OpenAPI asked at random by schemathesis: no answer is our fault, and each has the status and shape it states."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api.program import Program
from web.conftest import House

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
DRAFTED = (
    "membership.declare/1",
    "vote.ballot/1",
    "founding.publish/1",
    "interpretation.adopt/1",
    "correction.correct/1",
)
"""Of the paths that draft, one of every kind of body; all are made by the same function."""


@pytest.fixture
def schema(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    from gongyue.web.api import limits
    from gongyue.web.wsgi import application

    monkeypatch.setattr(limits, "A_MINUTE", limits.A_MINUTE._replace(most=10_000_000))
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def ask(operation: Any, examples: int, headers: dict[str, str]) -> int:
    """Ask an operation at random; how often."""
    asked = 0

    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def once(case: Any) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"} | headers)

    once()
    return asked


def operations(schema: Any) -> list[Any]:
    """Every operation, of the drafts a few."""
    found = [result.ok() for result in schema.get_all_operations()]
    return [o for o in found if not o.path.startswith("/api/drafts/") or o.path.removeprefix("/api/drafts/") in DRAFTED]


def test_whoever_has_no_key_is_answered_in_form(schema: Any) -> None:
    """Every route at random, without a key."""
    assert sum(ask(operation, 8, {}) for operation in operations(schema)) > 120


def test_whoever_has_a_key_is_answered_in_form(schema: Any, house: House) -> None:
    """The routes a key opens, at random, with one that may do everything."""
    headers = {"Authorization": f"Bearer {Program(house, 'u:0001').secret}"}
    keyed = [o for o in operations(schema) if o.path.startswith(("/api/drafts/", "/api/acts", "/api/feed", "/api/dis"))]
    assert sum(ask(operation, 15, headers) for operation in keyed) > 80


@pytest.mark.slow(120)
def test_every_route_is_answered_in_form_many_times(schema: Any, house: House) -> None:
    """All paths, also all that draft, with an officer's key: forty at random of each."""
    headers = {"Authorization": f"Bearer {Program(house, 'o:qin', role='').secret}"}
    found = [result.ok() for result in schema.get_all_operations()]
    assert sum(ask(operation, 40, headers) for operation in found) > 2_000
