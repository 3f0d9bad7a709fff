"""What an act says, field by field, in words a person reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from gongyue.book.digest_words import digest_words
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.institution import Institution
from gongyue.governance.value_words import words_of_value
from gongyue.office import bodies
from gongyue.office.facts.matter_names import matter_title
from gongyue.office.notices import Notice
from gongyue.web.accounts.officers import called
from gongyue.web.acting.labels import label
from gongyue.web.names import article_name
from gongyue.web.templatetags.words import day, pick

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class FieldText(msgspec.Struct, frozen=True):
    """A field of an act: its name, its value in words; `code` where the value is a digest or a key, by which machines check it."""

    name: str
    value: str
    code: str = ""


def said_by(inst: Institution, notice: Notice) -> list[FieldText]:
    """Everything the act says."""
    return [
        _field_text(inst, notice.type, name, value, notice.fields)
        for name, value in notice.fields.items()
        if value not in (None, "", [], {})
    ]


def _field_text(inst: Institution, type: str, name: str, value: Any, row: Mapping[str, Any]) -> FieldText:
    kind = act_type_of(type)
    if codes := [one for one in (value if isinstance(value, list) else [value]) if _is_code(one)]:
        return FieldText(label(type, name).text, _called(kind, name, codes), " ".join(codes))
    return FieldText(label(type, name).text, _text(inst, kind, name, value, row))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("sha256:", "k:"))


def _called(kind: ActType, name: str, codes: list[str]) -> str:
    """What digests and keys are, in words: a key by its check words, files by what they are."""
    if all(one.startswith("k:") for one in codes):
        said = (" ".join(digest_words(f"sha256:{one[-64:]}", pick("zh", "en"))) for one in codes)
        return pick("；", "; ").join(pick(f"公钥，核对词：{one}", f"public key, in words: {one}") for one in said)
    if bodies.is_link(kind, name):
        return pick("盲化关联，只向可启封其所指的人启封", "a blinded link, opened to whoever may open what it names")
    if len(codes) == 1:
        return (
            pick("一份文书，内容不公开", "a document, not public")
            if kind.is_private(name)
            else pick("一份文件", "a file")
        )
    return (
        pick(f"{len(codes)} 份文书，内容不公开", f"{len(codes)} documents, not public")
        if kind.is_private(name)
        else pick(f"{len(codes)} 份文件", f"{len(codes)} files")
    )


def _text(inst: Institution, kind: ActType, path: str, value: Any, row: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return pick("是", "yes") if value else pick("否", "no")
    if isinstance(value, list):
        return pick("、", ", ").join(_text(inst, kind, path, one, row) for one in value)
    if isinstance(value, dict):
        said = ((label(kind.type, f"{path}.{key}").text, key, one) for key, one in value.items())
        texts = (f"{name}{pick('：', ': ')}{_text(inst, kind, f'{path}.{key}', one, value)}" for name, key, one in said)
        return pick("；", "; ").join(texts)
    if chosen := words_of_value(kind, path, value, row):
        return pick(*chosen)
    if path == "articles" or path.rpartition(".")[2] == "article":
        return article_name(value if path == "articles" else inst.meaning.at(int(value)))
    if isinstance(value, str) and (value in inst.proposals or value in inst.annexes):
        return pick(*matter_title(inst, value))
    if isinstance(value, str) and (value in inst.units or value in inst.officers):
        return called(inst, value)
    return day(value) if isinstance(value, str) and _DAY.fullmatch(value) else str(value)
