"""What is typed into one field of a form, as the value it stands for; or what is wrong with it, in words that say how to mend it."""

from __future__ import annotations

import re
from typing import Any

from msgspec import inspect as shape

from gongyue.covenant.addresses import meant_by
from gongyue.covenant.periods import from_moment
from gongyue.governance.institution import Institution
from gongyue.office import bodies
from gongyue.web.templatetags.deadlines import SPANS, lasting

ED25519_NAME = 66
"""Characters of an Ed25519 key's name; a passkey's has two more."""
_KEY = re.compile(r"k:(?:[0-9a-f]{64}|[0-9a-f]{66})")

MISSING = ("请填写", "Fill this in")
CHOOSE = ("请选择一项", "Choose one")


class FieldError(Exception):
    """An answer that cannot be used: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def seconds(info: shape.Type, text: str, unit: str) -> int | None:
    """A length of time: how many, of which unit."""
    assert isinstance(info, shape.IntType)
    if text == "":
        return None
    each = next((n for n, _, _ in SPANS if str(n) == unit), 0)
    if not each:
        raise FieldError("请选择单位", "Choose the unit")
    length = each * _number(shape.IntType(), text)
    if (info.ge is not None and length < info.ge) or (info.le is not None and length > info.le):
        least, most = lasting(int(info.ge or 1)), lasting(int(info.le or 1))
        raise FieldError(f"须在 {least} 与 {most} 之间", f"It is between {least} and {most}")
    return length


def value(inst: Institution, info: shape.Type, text: str, path: str) -> Any:
    """What a text says in a field of that type; None where it says nothing. Wrong says how to write it."""
    if text == "":
        return None
    if isinstance(info, shape.BoolType):
        return {"yes": True, "no": False}.get(text)
    if isinstance(info, shape.UnionType):
        return int(text) if text.isdigit() else text
    if bodies.is_time(info):
        return _time(text)
    if isinstance(info, shape.IntType):
        return _number(info, _article_named(inst, text) if path.rpartition(".")[2] == "article" else text)
    if isinstance(info, shape.LiteralType) and text not in info.values:
        raise FieldError(*CHOOSE)
    return _text(inst, info, text, path)


def _text(inst: Institution, info: shape.Type, text: str, path: str) -> str:
    assert isinstance(info, (shape.StrType, shape.LiteralType))
    if bodies.is_date(info) and not bodies.exists(text):
        raise FieldError("没有这一天，请写作 2026-03-20", "No such day; write it as 2026-03-20")
    if bodies.is_key(info) and not _KEY.fullmatch(text):
        raise FieldError("公钥写作 k: 加 64 或 66 位十六进制", "A key is k: followed by 64 or 66 hexadecimal digits")
    if path in {"unit", "holder", "party"}:
        text = _unit_named(inst, text)
    pattern = getattr(info, "pattern", None)
    if pattern and not re.search(pattern, text):
        raise FieldError(*_FORMS.get(path.rpartition(".")[2], ("格式不符", "It is not well formed")))
    longest = getattr(info, "max_length", None)
    if longest is not None and len(text) > longest:
        raise FieldError(f"不得超过 {longest} 字", f"At most {longest} characters")
    return text


def _article_named(inst: Institution, text: str) -> str:
    """The number of an article as one says it: 第八条, article 8; as it was written where none is meant, or several."""
    text_in_force = inst.meaning.edition
    found = meant_by(text, text_in_force.parts) if text_in_force else []
    one = found[0] if len(found) == 1 else ""
    return one if one.isdigit() and inst.meaning.at(int(one)) == one else text


def _unit_named(inst: Institution, text: str) -> str:
    """A unit named by its id, its credit code or its whole name."""
    if text in inst.units:
        return text
    if known := inst.by_code.get(text.upper()):
        return known
    return next((u.id for u in inst.units.values() if u.name == text), text)


_FORMS = {
    "proposal": (
        "编号如 p:2026-01：字母 p、冒号、小写字母或数字",
        "An id such as p:2026-01: p, a colon, small letters or digits",
    ),
    "annex": (
        "编号如 a:health：字母 a、冒号、小写字母或数字",
        "An id such as a:health: a, a colon, small letters or digits",
    ),
    "unit": (
        "没有这个单位：填 u: 编号、信用代码或全名",
        "No such unit: give its u: id, its credit code or its whole name",
    ),
    "holder": ("填单位 u:…、职员 o:… 或 authority", "A unit u:…, an officer o:… or authority"),
    "officer": ("职员编号如 o:qin", "An officer's id such as o:qin"),
    "url": ("网址以 http:// 或 https:// 开头", "An address begins with http:// or https://"),
    "order": ("编号如 l:court-2026-7", "An id such as l:court-2026-7"),
    "pack": ("编号如 l:pack-2026-1", "An id such as l:pack-2026-1"),
    "id": ("编号如 u:0001", "An id such as u:0001"),
}


def _time(text: str) -> int:
    try:
        return from_moment(text)
    except ValueError:
        raise FieldError(
            "没有这一时间，请写作 2026-03-20 09:00", "No such time; write it as 2026-03-20 09:00"
        ) from None


def _number(info: shape.IntType, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,16}", text):
        raise FieldError("请填数字", "Give a number")
    value = int(text)
    if info.ge is not None and value < info.ge:
        raise FieldError(f"不得小于 {info.ge}", f"At least {info.ge}")
    if info.le is not None and value > info.le:
        raise FieldError(f"不得大于 {info.le}", f"At most {info.le}")
    return value


def unit_named(inst: Institution, text: str) -> str:
    """The id of a unit that is named by its name; as it was written where there is none, or more than one."""
    found = [unit.id for unit in inst.units.values() if unit.name == text]
    return found[0] if len(found) == 1 else text
