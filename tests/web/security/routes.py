"""Every address there is: the routes of the resolver, with arguments that lead somewhere in the demonstration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

SAMPLES = {
    "batch": "00000000-0000-0000-0000-000000000001",
    "unit": "u:0001",
    "party": "u:0001",
    "number": "1",
    "index": "12",
    "old": "1",
    "new": "2",
    "path": "checkpoint",
    "book": "open",
    "type": "membership.declare/1",
    "matter": "p:2026-01",
    "act": "sha256:" + "0" * 64,
    "digest": "0" * 64,
    "what": "promise",
    "year": "2027",
    "month": "1",
    "token": "none",
    "uidb36": "1",
    "key": "1",
    "provider_id": "none",
}
"""What stands for an argument of that name; anything else: 1, or "x"."""
IDS = {
    "vote": "p:2026-01",
    "unit_vote": "p:2026-01",
    "unit_ballots": "p:2026-01",
    "ballots": "p:2026-01",
    "annex": "a:health",
    "proposal": "p:2026-01",
}
"""What stands for `id`, by the route's name."""
NO_DRAFT = "00000000-0000-0000-0000-000000000000"


class Route(NamedTuple):
    """A route: its name (with its namespace), its pattern, an address of it, its view."""

    name: str
    pattern: str
    address: str
    view: Callable[..., Any]


def routes() -> list[Route]:
    """Every route, once: in Chinese, which needs no prefix."""
    from django.urls import get_resolver

    seen: dict[str, Route] = {}
    for route in _walk(get_resolver().url_patterns, "", ""):
        seen.setdefault(route.pattern, route)
    return list(seen.values())


def _walk(patterns: Any, prefix: str, namespace: str) -> Iterator[Route]:
    from django.urls import URLResolver

    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, prefix + _plain(str(one.pattern)), inner)
        else:
            pattern = prefix + _plain(str(one.pattern))
            name = f"{namespace}{one.name or pattern}"
            yield Route(name, pattern, "/" + _filled(pattern, one.name or "", one.pattern), one.callback)


def _plain(pattern: str) -> str:
    return pattern.removeprefix("^").removesuffix("$").removesuffix(r"\Z")


def _filled(pattern: str, name: str, kept: Any) -> str:
    def sample(match: re.Match[str]) -> str:
        kind, argument = match["kind"] or "str", match["name"]
        if argument == "id":
            return IDS.get(name, NO_DRAFT if kind == "uuid" else "1")
        if argument in SAMPLES and not (kind == "int" and not SAMPLES[argument].isdigit()):
            return SAMPLES[argument]
        return {"int": "1", "uuid": NO_DRAFT}.get(kind, "x")

    address = re.sub(
        r"\(\?P<(?P<name>\w+)>(?P<kind>(?:[^()[\]]|\[[^\]]*\])*)\)", lambda m: SAMPLES.get(m["name"], "x"), pattern
    )
    return re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", sample, address)
