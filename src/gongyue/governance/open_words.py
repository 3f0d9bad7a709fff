"""What stands in words in a public act, outside the texts it names: nobody is accused there (articles 7, 13).

A source, a name, the number of a letter are read by everybody for ever, and no result of a case stands behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.inspect import Field, StrType

from gongyue.covenant import allegations
from gongyue.covenant.rulings import Ruling
from gongyue.governance.acts import Body, Filing
from gongyue.governance.bulletin import closed_up
from gongyue.governance.unit_names import besides_names, named_in
from gongyue.rules import bulletin as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

WHO_SAYS_IT = {"law.order/1": "source"}
"""Words that say who wrote a paper, as its number does: they need none that accuse, whoever these are meant of, a person too."""


def accuses_nobody(inst: Institution, body: Body, filing: Filing) -> Iterator[Ruling]:
    """No words of a public act accuse another unit that they name; an order's source, and the number of a letter, accuse nobody at all."""
    paper = filing.act.paper
    said = [*_said(type(body), msgspec.to_builtins(body)), *([("number", paper.number)] if paper is not None else ())]
    for name, text in said:
        closed = closed_up(text)
        if not allegations.alleged(closed):  # of ten thousand names none need be looked for
            continue
        named = [unit.name for unit in named_in(inst, closed) if unit.id != filing.actor]
        if not named and name in ("number", WHO_SAYS_IT.get(filing.act.type)):
            named = [text]
        yield rules.accuses_nobody_unverified(named, allegations.alleged(besides_names(inst, closed)), False)


def _said(kind: type, value: Any) -> Iterator[tuple[str, str]]:
    """The free words of a body, each with its field's name; those in rows too."""
    for name, within in _free(kind):
        one = value.get(name)
        for row in one if isinstance(one, list | tuple) else [one]:
            if isinstance(row, str) and within is None:
                yield name, row
            elif isinstance(row, Mapping) and within is not None:
                yield from _said(within, row)


@cache
def _free(kind: type) -> tuple[tuple[str, type | None], ...]:
    """The fields of a structure that hold words of anybody's choosing, and those that hold rows of another structure."""
    info = msgspec.inspect.type_info(kind)
    found = (_words_of(field) for field in getattr(info, "fields", ()))
    return tuple(one for one in found if one is not None)


def _words_of(field: Field) -> tuple[str, type | None] | None:
    waiting, seen = [field.type], 0
    while waiting and (seen := seen + 1) < 20:
        one: Any = waiting.pop()
        if isinstance(one, StrType) and one.pattern is None:
            return field.encode_name, None
        if hasattr(one, "cls") and hasattr(one, "fields"):
            return field.encode_name, one.cls
        waiting += [*getattr(one, "types", ()), *([one.item_type] if hasattr(one, "item_type") else ())]
    return None
