"""What is known about the controller whose data leaves: the [controller] table, of one source or several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.forms import Fault, faults_of
from gongyue.conduct.placeholders import named_paper
from gongyue.conduct.regions import REGIONS


class Earlier(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A result, contract or certificate that a later one took the place of: which route it carried, and from when to when."""

    carries: Literal["assessment", "contract"]
    number: str
    first: date
    last: date
    """The last day it held."""


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known about the controller; None where it is not. Numbers are those the authority gave."""

    id: str = ""
    home: str = "CN"
    ciio: bool | None = None
    important: bool | None = None
    important_notified: date | None = None
    assessment: str = ""
    assessment_issued: date | None = None
    assessment_extended: tuple[date, ...] = ()
    """When each extension of it was approved, the earliest first: 令16 art 9. One alone may be written as a day."""
    contract_effective: date | None = None
    contract_filing: str = ""
    certificate: str = ""
    certificate_issued: date | None = None
    earlier: tuple[Earlier, ...] = ()


NO_CODE = ("不是 ISO 3166 的国家或地区代码；写作两位大写字母，如 CN、SG、US", "is no country or region of ISO 3166; write two letters"
            " in capitals, such as CN, SG, US")  # fmt: skip
PAPERS = ("assessment", "contract_filing", "certificate")
StatedFacts = dict[str, Any]
"""A [controller] table as it is written."""


def facts_of(raw: object, name: str) -> Facts:
    """The [controller] table; BadInput says which key is wrong. A number that is a word for none is none, a region a code."""
    if isinstance(raw, dict) and not isinstance(extended := raw.get("assessment_extended", []), list):
        raw = raw | {"assessment_extended": [extended]}
    try:
        facts = msgspec.convert(raw, Facts)
    except msgspec.ValidationError as error:
        faults = list(faults_of(Facts, raw)) or [Fault((), str(error), str(error))]
        zh = "；".join(f"{f.key} {f.zh}，{f.mend_zh}".strip(" ，") for f in faults)
        en = "; ".join(f"{f.key}: {f.en}, {f.mend_en}".strip(" :,") for f in faults)
        raise BadInput(f"{name} 的 [controller] 不合格式：{zh}", f"[controller] of {name} is malformed: {en}") from None
    if facts.home not in REGIONS:
        zh, en = NO_CODE
        raise BadInput(f"{name} 的 [controller] home {zh}", f"[controller] of {name}: home {en}")
    for key, day in _days(facts):
        in_reach(day, f"{name} [controller] {key}")
    return msgspec.structs.replace(facts, **{paper: "" for paper in PAPERS if not named_paper(getattr(facts, paper))})


def _days(facts: Facts) -> Iterator[tuple[str, date]]:
    """Every day that the facts state, by its key."""
    for key, value in msgspec.structs.asdict(facts).items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Earlier):
                yield from ((key, one.first), (key, one.last))
            elif isinstance(one, date):
                yield key, one


def in_reach(day: date, name: str) -> date:
    """The day; BadInput where it is none of 1990 to 2199: it is a slip, and no term would end within the calendar."""
    if 1990 <= day.year < 2200:
        return day
    raise BadInput(
        f"{name} 在 {day.year} 年，不在 1990 至 2199 年；请改正",
        f"{name} is in {day.year}, not within 1990 to 2199; mend it",
    )


def _in_order(facts: Facts, name: str) -> Facts:
    """The facts; BadInput where something ends before it begins, names no paper, or extends a result that is not dated."""
    wrong = [
        f"earlier[{i}]" for i, one in enumerate(facts.earlier, 1) if one.last < one.first or not named_paper(one.number)
    ]
    if wrong:
        raise BadInput(f"{name} 的 [controller] {'、'.join(wrong)} 须有编号，first 不晚于 last",
                       f"[controller] of {name}: {', '.join(wrong)} needs a number, and first not after last")  # fmt: skip
    extended, issued = facts.assessment_extended, facts.assessment_issued
    if extended and (issued is None or min(extended) < issued):
        raise BadInput(f"{name} 的 [controller] assessment_extended 须在 assessment_issued 之后；补上或改正",
                       f"[controller] of {name}: assessment_extended has to follow assessment_issued; add or mend it")  # fmt: skip
    return facts


def controller_of(raw: Mapping[str, Any], name: str) -> StatedFacts:
    """The [controller] table of a file of facts; BadInput where there is none, or something beside it."""
    table = raw.get("controller")
    if beside := "、".join(sorted(set(raw) - {"controller"})):
        raise BadInput(
            f"{name} 的 {beside} 不在 [controller] 之下；请把 [controller] 写在它们之前，其余删去",
            f"{name}: {beside} is not below [controller]; write [controller] above it, and remove the rest",
        )
    if not isinstance(table, dict):
        raise BadInput(f"{name} 没有 [controller] 一节；请写上", f"{name} has no section [controller]; write one")
    return table


def together(*sources: tuple[str, StatedFacts]) -> Facts:
    """The facts of several sources, each named; BadInput where two say different things: nobody can tell which holds."""
    said: dict[str, tuple[str, Any]] = {}
    for name, table in sources:
        facts_of(table, name)
        for key, value in table.items():
            first, held = said.setdefault(key, (name, value))
            if held != value:
                raise BadInput(
                    f"{key}：{first} 写 {_spelt(held)}，{name} 写 {_spelt(value)}；请查明后改成一致",
                    f"{key}: {first} says {_spelt(held)}, {name} says {_spelt(value)}; find out and make them agree",
                )
    names = "、".join(name for name, table in sources if table)
    return _in_order(facts_of({key: value for key, (_, value) in said.items()}, names), names)


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
