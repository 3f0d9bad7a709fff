"""Options from the fields of an act's body, and the body from what was given: the form of every act."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click
from msgspec import inspect as shape

from gongyue.book import disclosure
from gongyue.cli import names
from gongyue.cli.defaults import DEFAULTS
from gongyue.cli.failing import Unusable, usage
from gongyue.cli.material import DIGEST, Material, parse_json, public_key, read_file, read_json
from gongyue.cli.place import Place, day
from gongyue.covenant.periods import iso
from gongyue.governance.acts import COMMITMENTS, Kind
from gongyue.sealing.commitment import commit

_SEALED = re.compile(r"sealed:(\d+)")
_NAMES_SEALED = frozenset({"of", "answers"})
"""Fields that hold the commitment of a sealed act."""


def option_name(field: str) -> str:
    """The option of a field; `key` is taken by the key that signs."""
    return "public-key" if field == "key" else field.replace("_", "-")


def options(kind: Kind) -> list[click.Option]:
    """The options of an act type, one per field of its body."""
    return [_option(kind, field) for field in fields(kind)]


def fields(kind: Kind) -> tuple[shape.Field, ...]:
    """The fields of an act type's body."""
    info = shape.type_info(kind.body)
    assert isinstance(info, shape.StructType)
    return info.fields


def _option(kind: Kind, field: shape.Field) -> click.Option:
    inner, required = bare(field.type), field.required
    default = DEFAULTS.get((kind.type, field.name)) or DEFAULTS.get(("", field.name))
    flags = [f"--{option_name(field.name)}", field.name]
    help = names.field(field.name)
    if default is not None:
        required, help = False, f"{help} [默认 / default: {default[0]}]"
    if isinstance(inner, shape.BoolType):
        name = option_name(field.name)
        return click.Option([f"--{name}/--no-{name}", field.name], default=None, required=required, help=help)
    many = isinstance(inner, (shape.VarTupleType, shape.DictType)) and not _is_structs(inner)
    one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
    if field.name == "key" and kind.own_key:
        required, help = False, f"{help} [默认签名密钥 / default: the key that signs]"
    if field.name == "other" and isinstance(inner, shape.StrType):
        required = False
    if isinstance(inner, shape.DictType):
        required = False
    return click.Option(
        flags, type=_click_type(one), multiple=many, required=required, metavar=_metavar(kind, field), help=help
    )


def _click_type(info: shape.Type) -> click.ParamType[Any]:
    if isinstance(info, shape.LiteralType):
        return click.Choice([str(v) for v in info.values])
    return click.INT if isinstance(info, shape.IntType) else click.STRING


def _metavar(kind: Kind, field: shape.Field) -> str | None:
    inner = bare(field.type)
    one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
    if isinstance(one, (shape.LiteralType, shape.IntType)):
        return None
    if isinstance(one, shape.StructType):
        return "@FILE|JSON"
    if isinstance(one, shape.DictType):
        return "NAME=VALUE"
    if is_digest(one):
        sealed = field.name == kind.opening or field.name in _NAMES_SEALED
        return "sealed:N|sha256:…" if sealed else "FILE|sha256:…"
    if _is_key(one):
        return "k:…|FILE"
    return "YYYY-MM-DD" if _is_date(one) else field.name.upper()


def bare(info: shape.Type) -> shape.Type:
    """The type without null."""
    if isinstance(info, shape.UnionType):
        rest = [t for t in info.types if not isinstance(t, shape.NoneType)]
        return rest[0] if len(rest) == 1 else info
    return info


def _is_structs(info: shape.Type) -> bool:
    return isinstance(info, shape.VarTupleType) and isinstance(info.item_type, shape.StructType)


def is_digest(info: shape.Type) -> bool:
    """Whether a field holds a digest."""
    return isinstance(info, shape.StrType) and "sha256:" in (info.pattern or "")


def _is_key(info: shape.Type) -> bool:
    return isinstance(info, shape.StrType) and (info.pattern or "").startswith(r"\Ak:")


def _is_date(info: shape.Type) -> bool:
    return isinstance(info, shape.StrType) and (info.pattern or "").startswith(r"\A[12]\d{3}-")


# -- from what was given to the body

Maker = Callable[[str, Material], str]
"""Makes the object a field names from a file in another form (a text, a table); its digest."""

MAKERS: dict[tuple[str, str], Maker] = {}
"""(act type, field) → maker; matters with conveniences add theirs."""


def body(kind: Kind, given: Mapping[str, Any], place: Place, material: Material) -> dict[str, Any]:
    """The body of an act from its options; files are attached or committed to."""
    made: dict[str, Any] = {}
    for field in fields(kind):
        value = given.get(field.name)
        inner = bare(field.type)
        if value is None or (value == () and not isinstance(inner, (shape.VarTupleType, shape.DictType))):
            value = _default(kind, field, place, made)
        if value is None and field.name == "key" and kind.own_key:
            value = material.signer
        if value is None:
            if isinstance(field.default, (str, bool, int)):
                made[field.name] = field.default
            elif field.required and isinstance(inner, shape.StrType):
                made[field.name] = ""
            elif not field.required:
                made[field.name] = [] if isinstance(inner, shape.VarTupleType) else None
            continue
        made[field.name] = _Reader(kind, place, material).read(inner, value, field.name)
    return made


def _default(kind: Kind, field: shape.Field, place: Place, made: Mapping[str, Any]) -> Any:
    default = DEFAULTS.get((kind.type, field.name)) or DEFAULTS.get(("", field.name))
    if default is None:
        return None
    value = default[1](place.inst, made)
    if value == "":
        name = option_name(field.name)
        raise usage(f"须给出 --{name}：现在没有可用的默认值。", f"--{name} is needed: there is no default for it now.")
    return value


class _Reader:
    """Reads one field's value, from the command line or from the JSON given there, by its type."""

    def __init__(self, kind: Kind, place: Place, material: Material) -> None:
        self.kind, self.place, self.material = kind, place, material

    def read(self, info: shape.Type, value: Any, name: str) -> Any:
        info = bare(info)
        if isinstance(info, shape.VarTupleType):
            if isinstance(value, str):
                value = _json(value, name)
            if not isinstance(value, (list, tuple)):
                raise usage(f"--{option_name(name)} 须是 JSON 数组。", f"--{option_name(name)} must be a JSON array.")
            return [self.read(info.item_type, item, name) for item in value]
        if isinstance(info, shape.StructType):
            value = _json(value, name) if isinstance(value, str) else value
            if not isinstance(value, dict):
                raise usage(f"--{option_name(name)} 须是 JSON 对象。", f"--{option_name(name)} must be a JSON object.")
            types = {f.name: f.type for f in info.fields}
            return {n: self.read(types[n], v, n) if n in types and v is not None else v for n, v in value.items()}
        if isinstance(info, shape.DictType):
            return _pairs(value, name)
        if isinstance(info, shape.UnionType):
            return int(value) if str(value).isdigit() else value
        return self._text(info, value, name) if isinstance(value, str) else value

    def _text(self, info: shape.Type, value: str, name: str) -> str:
        if is_digest(info):
            return value if DIGEST.fullmatch(value) or not value else self._digest(value, name)
        if _is_key(info):
            return public_key(value)
        return _date(value, name, self.place) if _is_date(info) else value

    def _digest(self, value: str, name: str) -> str:
        if name == self.kind.opening or name in _NAMES_SEALED:
            return self._sealed(value, name)
        if name in COMMITMENTS:
            content = value.removeprefix("text:").encode() if value.startswith("text:") else read_file(value)
            return self.material.commit(content, value if not value.startswith("text:") else "text")
        if maker := MAKERS.get((self.kind.type, name)):
            return maker(value, self.material)
        if name in self.kind.objects:
            return self.material.attach_json(read_json(value), value)
        return self.material.attach(read_file(value))

    def _sealed(self, value: str, name: str) -> str:
        """A sealed act named by its index, or by the unit whose latest application it is: opened or pointed to."""
        rows = list(self.place.sealed())
        if match := _SEALED.fullmatch(value):
            found = [row for row in rows if row[0] == int(match[1])]
        else:
            found = [r for r in rows if r[2].act.type == "membership.apply/1" and r[2].act.actor == value][-1:]
        if found:
            index, salt, _, data = found[0]
            return (
                commit(salt, data)
                if name in _NAMES_SEALED
                else self.material.attach(disclosure.line(index, salt, data))
            )
        if name == self.kind.opening and not match and not value.startswith("u:"):
            return self.material.attach(read_file(value))
        raise Unusable(
            f"--{option_name(name)}：办公室没有可启封的 {value}；可用 sealed:序号 或申请单位的 u:…。",
            f"--{option_name(name)}: the office cannot open {value}; name it sealed:INDEX or by the applicant u:….",
        )


def _json(value: str, name: str) -> Any:
    if value.startswith("@"):
        return read_json(value[1:])
    return parse_json(value, f"--{option_name(name)}")


def _pairs(value: Any, name: str) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for one in value if isinstance(value, (tuple, list)) else [value]:
        if isinstance(one, dict):
            pairs |= one
        elif one.startswith(("{", "@")):
            pairs |= _json(one, name)
        elif "=" in one:
            key, _, text = one.partition("=")
            pairs[key] = _value(text)
        else:
            raise usage(
                f"--{option_name(name)} {one}：须写作 名称=值。", f"--{option_name(name)} {one}: write NAME=VALUE."
            )
    return pairs


def _value(text: str) -> Any:
    if text.isdigit():
        return int(text)
    return _json(text, "value") if text.startswith(("[", "{", "@", '"')) else text


def _date(value: str, name: str, place: Place) -> str:
    return check_date(value, f"--{option_name(name)}", iso(day(place)))


def check_date(value: str, where: str, today: str) -> str:
    """A date YYYY-MM-DD that exists, or `today`."""
    if value == "today":
        return today
    try:
        if date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise usage(
        f"{where} {value}：没有这一天；写作 2026-03-20 或 today。",
        f"{where} {value}: no such day; write 2026-03-20 or today.",
    )
