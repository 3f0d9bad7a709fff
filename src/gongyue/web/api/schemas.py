"""What the API says everywhere: texts in both languages, problems, refusals, pages of lists. Days are Beijing dates."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import Meta

Next = str | None
"""The address of the next page; null on the last."""
LONGEST_PAGE = 500


class Problem(msgspec.Struct, frozen=True):
    """Why a request cannot be answered: what is wrong and how to mend it. `code` is stable."""

    code: str
    zh: str
    en: str


class Doubt(msgspec.Struct, frozen=True):
    """A number that a text binds and whose words do not say all that was read of it: its article, its sentence, what was assumed."""

    at: str
    words: str
    zh: str
    en: str


class Doubts(msgspec.Struct, frozen=True):
    """Questions to whoever hands in a change or a text, in both languages: `so` with the address of each article answers that it is meant so."""

    code: str
    zh: str
    en: str
    questions: tuple[Doubt, ...]


class Refusal(msgspec.Struct, frozen=True):
    """The covenant says no: the code, the article (its position, 0 for none, and address) and the words carried out, the figures, what would be enough.

    `layer`: T the text, P the procedure, L the law. `provision`: what it carries out; of a procedure rule or reading the words are its own.
    Nothing was recorded.
    """

    code: Annotated[str, Meta(pattern=r"^GY-\d\d-\d\d$")]
    layer: Literal["T", "P", "L"]
    provision: str
    article: int
    at: str
    words: str
    figures: dict[str, Any]
    enough: int | str | None
    zh: str
    en: str


class Turn(msgspec.Struct, frozen=True):
    """Not a step that can be taken now: the step, where the matter stands, what can be done instead."""

    code: Annotated[str, Meta(pattern=r"^out-of-turn/[a-z-]+$")]
    step: str
    stands: str
    can: str
    figures: dict[str, Any]
    zh: str
    en: str


class ApiError(Exception):
    """A request that cannot be answered, with the status that says so."""

    def __init__(self, status: int, code: str, zh: str, en: str, **headers: str) -> None:
        super().__init__(f"{code}: {zh} / {en}")
        self.status: int = status
        self.problem: Problem | Doubts = Problem(code, zh, en)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @classmethod
    def of(cls, status: int, doubts: Doubts) -> ApiError:
        """With the questions that are to be answered."""
        made = cls(status, doubts.code, doubts.zh, doubts.en)
        made.problem = doubts
        return made


def not_found(zh: str, en: str, which: object) -> ApiError:
    """There is no such thing."""
    return ApiError(404, "not-found", f"没有这样的{zh}：{which}", f"There is no {en} {which}")


T = TypeVar("T")


def found(value: T | None, zh: str, en: str, which: object) -> T:
    """What was asked for; ApiError (404) where there is no such thing."""
    if value is None:
        raise not_found(zh, en, which)
    return value


def json_response(value: object, status: int = 200, **headers: str) -> HttpResponse:
    """The answer as JSON."""
    return HttpResponse(msgspec.json.encode(value), "application/json", status, headers=headers)


def next_page(request: HttpRequest, limit: int, offset: int, total: int) -> Next:
    """The address of the page after this one."""
    if offset + limit >= total:
        return None
    asked = {**request.GET.dict(), "limit": str(limit), "offset": str(offset + limit)}
    return f"{request.path}?{urlencode(asked)}"
