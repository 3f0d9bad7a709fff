"""`/api/`: the API explained on a page of our own, made from its OpenAPI; no script, nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.access import public
from gongyue.web.api.routes import DESCRIPTION, openapi_schema
from gongyue.web.templatetags.words import both, pick

DRAFTS = "/api/drafts/"


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a route: where it goes, what it may be."""

    name: str
    place: str
    required: bool
    form: str
    says: str


class Route(msgspec.Struct, frozen=True):
    """A route as the page shows it; shapes are (status, words, names of the schemas answered with)."""

    id: str
    method: str
    path: str
    name: str
    says: str
    key: bool
    parameters: tuple[Parameter, ...]
    body: tuple[str, ...]
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]


class Shape(msgspec.Struct, frozen=True):
    """A schema as the page shows it."""

    name: str
    says: str
    text: str


@public
def reference(request: HttpRequest) -> HttpResponse:
    """Every route and every shape."""
    schema = openapi_schema()
    groups: dict[str, list[Route]] = {}
    drafts: list[Route] = []
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            route = _route(path, method, operation)
            if path.startswith(DRAFTS):
                drafts.append(route)
            else:
                groups.setdefault(both(operation["tags"][0]), []).append(route)
    context = {
        "description": pick(*DESCRIPTION.split("\n\n")).replace("\n", " "),
        "groups": groups,
        "drafts": drafts,
        "draft": drafts[0],
        "shapes": list(_shapes(schema["components"]["schemas"])),
    }
    return render(request, "api/reference.html", context)


def _route(path: str, method: str, operation: dict[str, Any]) -> Route:
    answers = tuple(
        (code, both(said["description"]), tuple(_names(said.get("content", {}))))
        for code, said in sorted(operation["responses"].items())
    )
    return Route(
        operation["operationId"],
        method.upper(),
        path,
        both(operation["summary"]),
        both(operation["description"]),
        bool(operation.get("security")),
        tuple(_parameter(p) for p in operation.get("parameters", ())),
        tuple(_names(operation.get("requestBody", {}))),
        answers,
    )


def _parameter(parameter: dict[str, Any]) -> Parameter:
    schema = parameter["schema"]
    place = {"query": pick("查询", "query"), "path": pick("路径", "path"), "header": pick("请求头", "header")}[
        parameter["in"]
    ]
    return Parameter(
        parameter["name"],
        place,
        parameter["required"],
        _form(schema),
        both(parameter.get("description", "")),
    )


def _form(schema: dict[str, Any]) -> str:
    """What a value may be, in a few signs."""
    if "anyOf" in schema:
        return " | ".join(_form(s) for s in schema["anyOf"] if s.get("type") != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    low, high = schema.get("minimum"), schema.get("maximum")
    span = f" {'' if low is None else low}…{'' if high is None else high}" if (low, high) != (None, None) else ""
    longest = f" ≤ {schema['maxLength']}" if "maxLength" in schema else ""
    default = f" = {json.dumps(schema['default'])}" if schema.get("default") not in (None, "") else ""
    return f"{schema.get('type', '')}{span}{longest}{default}"


def _names(found: Any) -> Iterator[str]:
    """The names of the schemas referred to, in their order."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from _names(value)
    elif isinstance(found, list):
        for value in found:
            yield from _names(value)


def _shapes(schemas: dict[str, Any]) -> Iterator[Shape]:
    for name, schema in sorted(schemas.items()):
        shown = {k: v for k, v in schema.items() if k not in {"title", "description"}}
        yield Shape(name, schema.get("description", ""), json.dumps(shown, ensure_ascii=False, indent=1))
