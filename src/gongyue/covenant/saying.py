"""What a bound clause says, for people: its number with of whom, itself included or not, from when; and what is absent."""

from __future__ import annotations

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.needing import BASE_WORDS
from gongyue.covenant.binding.records import Absence, Binding

UNITS = {
    "day": ("日", "day(s)"),
    "workday": ("个工作日", "working day(s)"),
    "month": ("个月", "month(s)"),
    "hour": ("小时", "hour(s)"),
}


def number(b: Binding | None) -> tuple[str, str]:
    """The number of a binding in Chinese and English; empty where it states none."""
    if b is None or b.kind in ("words", "body"):
        return "", ""
    if b.kind == "list":
        return "、".join(b.items), "、".join(b.items)
    zh_unit, en_unit = UNITS.get(b.unit, (b.unit, b.unit))
    zh, en = f"{b.value}{zh_unit}", f"{b.value} {en_unit}".strip()
    if b.kind == "share":
        base_zh, base_en = BASE_WORDS.get(b.base, (b.base, b.base))
        counts_zh, counts_en = ("含本数", "itself included") if b.inclusive else ("不含本数", "itself excluded")
        return f"{zh}（{counts_zh}，以{base_zh}计）", f"{en} ({counts_en}, of {base_en})"
    if b.kind == "period":
        zh += "后" if b.delay else "内" if b.inclusive else "以上"
        if b.start_words:
            return f"{zh}（自“{b.start_words}”起算）", f"{en} (from “{b.start_words}”)"
    return zh, en


def absence(a: Absence) -> tuple[str, str]:
    """What a text does not have, and what holds instead: 本文不要求主管部门批准 / this text asks for no approval."""
    known = catalogue().capabilities[a.capability]
    zh, en = SILENT.get(a.capability, (f"本文无此规定：{known.zh}", f"not in this text: {known.en}"))
    then_zh, _, then_en = a.then.partition(" / ")
    return (f"{zh}；{then_zh}", f"{en}; {then_en or then_zh}") if a.then else (zh, en)


SILENT = {
    "founding.signature": ("本文不要求发起单位签署", "this text asks for no signature"),
    "founding.approval": ("本文不要求主管部门批准", "this text asks for no approval"),
    "founding.in_force": ("本文未规定何日施行", "this text does not say when it is in force"),
    "founding.effect": ("本文未规定何时生效", "this text does not say when it takes effect"),
    "amendment.adoption": (
        "本文未规定修改须有几分之几同意，不能修改",
        "this text has no share for its amendment: it cannot be amended",
    ),
}
"""What is said of an absence that weighs most."""
