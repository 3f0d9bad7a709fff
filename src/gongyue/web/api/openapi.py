"""The API's routers and its OpenAPI: routes by django-ninja, every body and answer typed by our own structs."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI
from ninja.operation import Operation

from gongyue import __version__
from gongyue.web.access import Access
from gongyue.web.api.schemas import ApiError, Doubts, Problem, Refusal, Turn
from gongyue.web.request_state import now

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PROBLEMS: dict[int, tuple[str, tuple[type, ...]]] = {
    400: ("请求读不懂 / The request cannot be read", (Problem,)),
    401: ("没有有效的密钥 / No valid key", (Problem,)),
    403: ("此密钥不可如此，或签名不成立 / Not for this key, or a signature does not hold", (Problem,)),
    404: ("没有 / There is none", (Problem,)),
    409: ("公约不予办理，或现在不是这一步 / Refused by the covenant, or out of turn", (Refusal, Turn)),
    413: ("太大 / Too large", (Problem,)),
    422: ("不合格式，或有待答的问题 / Malformed, or questions to be answered", (Problem, Turn, Doubts)),
    429: ("太多，稍后再试 / Too many: wait", (Problem,)),
}
_SHAPES: set[type] = {Doubts, Problem, Refusal, Turn}
_COMPONENT = "#/components/schemas/{name}"
PUBLIC = Access("public")


def response_schemas(of: type, *problems: int, status: int = 200, also: int = 0) -> dict[str, Any]:
    """The `openapi_extra` of a route: what it answers, and with which problems it may answer instead."""
    _SHAPES.add(of)
    responses: dict[int, Any] = {number: _response(*PROBLEMS[number]) for number in problems}
    for good in filter(None, (status, also)):
        responses[good] = _response("好 / OK" if good == 200 else "已记录 / Recorded", (of,))
    return {"responses": responses}


OPTIONAL_KEY: dict[str, Any] = {"security": [{}]}
"""Added to `response_schemas` where a key may be sent and need not be."""


def _response(words: str, shapes: Iterable[type]) -> dict[str, Any]:
    refs = [{"$ref": _COMPONENT.format(name=shape.__name__)} for shape in shapes]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def chinese_summary(zh: str) -> Callable[[View], View]:
    """What a route does, in Chinese; the English is its docstring."""

    def told_in_both(view: View) -> View:
        view.__doc__ = f"{zh} / {' '.join((view.__doc__ or '').split())}"
        return view

    return told_in_both


def public_read(view: View) -> View:
    """A read of the open book: the same for everybody, so it is kept; shown to nobody before publication (art. 21)."""
    return _same_for_everybody(view, published=True)


def static_read(view: View) -> View:
    """A read of what the software itself says, published or not."""
    return _same_for_everybody(view, published=False)


def _same_for_everybody(view: View, *, published: bool) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if published and not now(request).inst.in_force:
            raise ApiError(404, "not-published", "公约尚未公布。", "The covenant is not published yet.")
        request.access = PUBLIC  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    shown.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]  # ninja reads it here
    return shown  # type: ignore[return-value]


# -- OpenAPI


class GongyueAPI(NinjaAPI):
    """The API, its OpenAPI completed with the schemas of our structs."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: there are no two of the same."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """OpenAPI 3.1."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"] |= components()
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"] = {str(code): said for code, said in operation["responses"].items()}
        return schema


def make_api(description: str) -> GongyueAPI:
    """The API without its routes."""
    return GongyueAPI(
        title="公约 gongyue",
        version=__version__,
        description=description,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
    )


def components() -> dict[str, Any]:
    """The JSON schemas of everything the routes answer, by name."""
    _, found = msgspec.json.schema_components(sorted(_SHAPES, key=lambda s: s.__name__), ref_template=_COMPONENT)
    return {name: plain(schema) for name, schema in found.items()}


def body_schemas(name: str, shape: type) -> dict[str, Any]:
    """The JSON schema of a struct under that name, with those it is made of under names beginning with it."""
    _, found = msgspec.json.schema_components([shape], ref_template=f"#/components/schemas/{name}.{{name}}")
    renamed = {f"{name}.{inner}": plain(schema) for inner, schema in found.items()}
    renamed[name] = renamed.pop(f"{name}.{shape.__name__}") | {"title": name}
    return renamed


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    r"""A schema with patterns as JSON Schema writes them: `^` and `$` for the `\A` and `\Z` of our own language."""
    text = json.dumps(schema).replace("\\\\A", "^").replace("\\\\Z", "$")
    made: dict[str, Any] = json.loads(text)
    return made
