"""What is known about the controller whose data leaves: the [controller] table, of one source or several."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gongyue.conduct.evidence import named_paper
from gongyue.conduct.findings import BadInput
from gongyue.conduct.forms import Fault, faults_of
from gongyue.conduct.regions import REGIONS


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known about the controller; None where it is not. Numbers are those the authority gave."""

    id: str = ""
    home: str = "CN"
    ciio: bool | None = None
    important: bool | None = None
    important_notified: date | None = None
    assessment: str = ""
    assessment_issued: date | None = None
    contract_effective: date | None = None
    contract_filing: str = ""
    certificate: str = ""
    certificate_issued: date | None = None


NO_CODE = ("不是 ISO 3166 的国家或地区代码；写作两位大写字母，如 CN、SG、US", "is no country or region of ISO 3166; write two letters"
            " in capitals, such as CN, SG, US")  # fmt: skip
PAPERS = ("assessment", "contract_filing", "certificate")
Stated = dict[str, Any]
"""A [controller] table as it is written."""


def facts_of(raw: object, name: str) -> Facts:
    """The [controller] table; BadInput says which key is wrong. A number that is a word for none is none, a region a code."""
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
    return msgspec.structs.replace(facts, **{paper: "" for paper in PAPERS if not named_paper(getattr(facts, paper))})


def controller_of(raw: Mapping[str, Any], name: str) -> Stated:
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


def together(*sources: tuple[str, Stated]) -> Facts:
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
    return facts_of({key: value for key, (_, value) in said.items()}, "、".join(name for name, _ in sources))


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
