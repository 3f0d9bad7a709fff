"""Answers to the form of an act type, made of its example, as a browser would post them."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from msgspec import inspect as shape

from gongyue.covenant.periods import moment
from gongyue.governance.acts import ActType
from gongyue.office import bodies

SEATS = {"secretary": "qin", "clerk": "bai", "publisher": "lu", "panellist": "mo"}
PAPER = {
    "paper.number": "示函〔2027〕1号",
    "paper.dated": "2027-01-30",
    "paper.arrived": "2027-01-31",
}


ARTICLE_4 = (
    "联盟倡议全行业从业者加入本公约，从维护国家和全行业整体利益的高度出发，积极推进行业自律，创造良好的行业发展环境。"
)
ARTICLE_22 = "本公约生效期间，经公约执行机构或本公约十分之一以上成员单位提议，并经四分之三以上成员单位同意，可以对本公约进行修改。"
"""As the demonstration amended it."""


def rewritten(at: str, stands: str, old: str, new: str, row: int = 0) -> dict[str, str]:
    """An article as it is posted once its text was edited: what it was opened with is known by its mark."""
    mark = hashlib.sha256(stands.encode()).hexdigest()[:16]
    return {f"texts.{row}.at": at, f"texts.{row}.of": mark, f"texts.{row}.text": stands.replace(old, new)}


CHANGE = rewritten("4", ARTICLE_4, "积极推进行业自律", "大力推进行业自律")
"""Article 4, edited."""


OFFICERS = ["o:bai", "o:ge", "o:lu", "o:mo", "o:qin"]
"""Everybody is asked to sign: of them those are meant who may, besides the author."""


def scan() -> SimpleUploadedFile:
    """A scan, as far as its first bytes go."""
    return SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n%scan", "application/pdf")


def seat_for(kind: ActType) -> tuple[str, str]:
    """(login, actor) that does acts of that type in the demonstration."""
    if kind.by.who == "unit":
        return "beichen@demo.invalid", "u:0004"
    office = next(o for o in SEATS if o in kind.by.offices)
    return f"{SEATS[office]}@demo.invalid", "exec"


def posted(kind: ActType, sealed: str = "", paper: bool = False) -> dict[str, Any]:
    """The example as posted; `sealed` names a sealed act where one is asked for."""
    data: dict[str, Any] = dict(CHANGE) if kind.type == "amendment.initiate/1" else {}
    for field in bodies.fields(kind):
        if field.name in {"change", "edition"} and kind.type == "amendment.initiate/1":
            continue  # made of the words replaced
        _put(kind, data, field.name, field.type, kind.example.get(field.name), sealed)
    return data | (PAPER | {"paper.scan": scan()} if paper else {}) | {"signers": OFFICERS}


def _put(kind: ActType, data: dict[str, Any], name: str, info: shape.Type, value: Any, sealed: str) -> None:
    from gongyue.web.acting import computed_fields  # its models want Django's settings, which a fixture makes

    info = bodies.bare(info)
    if computed_fields.is_computed(kind, name):
        return  # not asked
    if value is None or value == "":
        return
    if isinstance(value, bool):
        data[name] = "yes" if value else "no"
    elif bodies.is_time(info):
        data[name] = moment(value)
    elif isinstance(info, shape.StructType):
        for part in info.fields:
            _put(kind, data, f"{name}.{part.name}", part.type, value.get(part.name), sealed)
    elif isinstance(info, shape.VarTupleType) and isinstance(info.item_type, shape.StructType):
        for n, row in enumerate(value):
            _put(kind, data, f"{name}.{n}", info.item_type, row, sealed)
    elif (kind.type, name) == ("correction.correct/1", "fields"):
        data |= {f"{name}.places.0.url": "https://a.example/1", f"{name}.places.0.evidence.text": "快照"}
    elif isinstance(value, dict):
        data |= {f"{name}.{k}": str(v) for k, v in value.items()}
    elif name.endswith("_seconds"):
        data |= {name: str(value // 86_400), f"{name}.unit": "86400"}
    elif isinstance(value, list):
        literal = isinstance(info, shape.VarTupleType) and isinstance(info.item_type, shape.LiteralType)
        data[name] = value if literal else "\n".join(map(str, value))
    elif bodies.is_digest(info):
        _hand_in(kind, data, name, sealed)
    else:
        data[name] = str(value)


def _hand_in(kind: ActType, data: dict[str, Any], name: str, sealed: str) -> None:
    field = name.rpartition(".")[2]
    if (bodies.names_sealed(kind, field) and field != "ballots") or (bodies.is_link(kind, field) and sealed):
        data[name] = sealed
    elif (kind.type, field) == ("membership.end/1", "link"):
        data[name] = "entity-ended"  # no decision is to be carried out
    elif (kind.type, field) == ("founding.import/1", "edition"):
        text = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes()
        data[name] = SimpleUploadedFile("公约.txt", text)
    elif (kind.type, field) == ("membership.invite/1", "roll"):
        data[f"{name}.text"] = "名称,统一社会信用代码\n示例单位,91000000000000078K\n"
    elif kind.matter == "annex" and field == "text":
        data[f"{name}.text"] = "示例附件\n第一条　示例。"
    elif kind.type == "law.calendar/1":
        data[f"{name}.text"] = '{"holidays": ["2027-10-01"], "workdays": []}'
    elif field in kind.objects:
        data[f"{name}.text"] = '{"v":"example@1"}'
    else:
        data[f"{name}.text"] = f"示例：{name}"
