"""Options from the fields of an act's body, and the body from what was given: the form of every act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec import inspect as shape

from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import usage
from gongyue.cli.listed_activities import require_listed
from gongyue.cli.material import public_key, read_file, read_json
from gongyue.covenant.periods import from_moment, iso
from gongyue.governance.acts import ActType
from gongyue.office import bodies
from gongyue.office.attachments import DIGEST, Attachments, parse_json
from gongyue.office.bodies import bare, fields, is_date, is_digest, is_key, is_structs, is_time
from gongyue.office.defaults import default_of
from gongyue.office.facts import joining
from gongyue.office.facts.document_names import named_in, scan_of
from gongyue.office.links import linked
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier


def option_name(field: str) -> str:
    """The option of a field; `key` is taken by the key that signs."""
    return "public-key" if field == "key" else field.replace("_", "-")


def options(kind: ActType) -> list[click.Option]:
    """The options of an act type, one per field of its body."""
    return [_option(kind, field) for field in fields(kind)]


def _option(kind: ActType, field: shape.Field) -> click.Option:
    inner, required = bare(field.type), field.required
    default = default_of(kind, field.name)
    flags = [f"--{option_name(field.name)}", field.name]
    help = _help(kind, field)
    if default is not None:
        required, help = False, f"{help} [default: {default[0]}]"
    if isinstance(inner, shape.BoolType):
        name = option_name(field.name)
        return click.Option([f"--{name}/--no-{name}", field.name], default=None, required=required, help=help)
    many = isinstance(inner, (shape.VarTupleType, shape.DictType)) and not is_structs(inner)
    one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
    if field.name == "key" and kind.own_key:
        required, help = False, f"{help} [默认签名密钥 / default: the key that signs]"
    if isinstance(inner, shape.StrType) and (
        field.name == "other" or (kind.empty_link and bodies.is_link(kind, field.name))
    ):
        required = False
    if (
        isinstance(inner, shape.DictType) or field.name == "activities"
    ):  # what a text does not list is described in other words
        required = False
    return click.Option(
        flags, type=_click_type(one), multiple=many, required=required, metavar=_metavar(kind, field), help=help
    )


def _help(kind: ActType, field: shape.Field) -> str:
    """What the field is called and what helps to fill it in, as on the form; then how it is written here."""
    label, written = kind.label(field.name), _value_format(kind, field)
    zh, en = f"{label.zh}：{label.hint_zh}", f"{label.en}: {label.hint_en}"
    return f"{zh}{written[0]} / {en}{' ' + written[1] if written[1] else ''}"


def _value_format(kind: ActType, field: shape.Field) -> tuple[str, str]:
    """How a value of the field's type is written on a command line, where its metavar does not say it."""
    inner = bare(field.type)
    one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
    if isinstance(one, shape.StructType):
        names = "{" + ", ".join(f.name for f in one.fields) + "}"
        if is_assigned(one):
            several = is_structs(inner)
            return (
                f"只写编号的，利害关系照其申报：{'o:mo,o:ge,o:hu' if several else 'o:xu'}；或 {names}。",
                f"By {'their ids' if several else 'its id'} alone, interests are taken as declared; or {names}.",
            )
        return (f"[{names}]。", f"[{names}].") if is_structs(inner) else (f"{names}。", f"{names}.")
    if isinstance(inner, shape.VarTupleType):
        if is_digest(one) and kind.in_dossier and not kind.opens:
            return (
                "可重复；已在卷里的，写其位次：16 为第 16 位的全部，16.2 为其中第 2 份。",
                "Repeatable; what stands in the dossier already by its place: 16 for all of it, 16.2 for the second there.",
            )
        return "可重复。", "Repeatable."
    if bodies.names_sealed(kind, field.name):
        return (
            "写作 sealed: 加承诺值的前 16 位，申请也可写申请单位 u:…。",
            "Write sealed: and the first 16 digits of its commitment, of an application also its unit u:….",
        )
    if bodies.is_link(kind, field.name):
        return "可写多项，以空格隔开。", "Several with spaces between."
    if bodies.is_commitment(kind, field.name):
        return "文件，或 text:内容。", "A file, or text:CONTENT."
    return "", ""


def is_assigned(info: shape.Type) -> bool:
    """Whether a field names officers with what they declared: their ids are enough."""
    return isinstance(info, shape.StructType) and {f.name for f in info.fields} == {"officer", "interests"}


def _click_type(info: shape.Type) -> click.ParamType[Any]:
    if isinstance(info, shape.LiteralType):
        return click.Choice([str(v) for v in info.values])
    return click.INT if isinstance(info, shape.IntType) and not is_time(info) else click.STRING


def _metavar(kind: ActType, field: shape.Field) -> str | None:
    inner = bare(field.type)
    one = inner.item_type if isinstance(inner, shape.VarTupleType) else inner
    if is_time(one):
        return "'YYYY-MM-DD HH:MM'"
    if isinstance(one, (shape.LiteralType, shape.IntType)):
        return None
    if isinstance(one, shape.StructType):
        return "o:…|@FILE|JSON" if is_assigned(one) else "@FILE|JSON"
    if isinstance(one, shape.DictType):
        return "NAME=VALUE"
    if is_digest(one):
        if bodies.is_link(kind, field.name):
            return "sealed:HEX"
        sealed = bodies.names_sealed(kind, field.name)
        return "sealed:HEX|sha256:…" if sealed else "FILE|sha256:…"
    if is_key(one):
        return "k:…|FILE"
    return "YYYY-MM-DD" if is_date(one) else field.name.upper()


# -- from what was given to the body


def body(kind: ActType, given: Mapping[str, Any], place: BookSource, material: Attachments) -> dict[str, Any]:
    """The body of an act from its options; files are attached or committed to."""
    require_listed(place, given.get("activities") or ())
    if joining.stated_by_the_text(place.inst, kind.type, "scope"):
        require_listed(place, given.get("scope") or (), "scope")
    try:
        return bodies.body(kind, given, place.inst, material.signer, _Reader(kind, place, material).read)
    except bodies.NoDefault as missing:
        name = option_name(missing.field)
        raise usage(
            f"须给出 --{name}：现在没有可用的默认值。", f"--{name} is needed: there is no default for it now."
        ) from None


class _Reader:
    """Reads one field's value, from the command line or from the JSON given there, by its type."""

    def __init__(self, kind: ActType, place: BookSource, material: Attachments) -> None:
        self.kind, self.place, self.material = kind, place, material

    def read(self, info: shape.Type, value: Any, name: str) -> Any:
        info = bare(info)
        if (
            isinstance(value, str)
            and isinstance(info, (shape.VarTupleType, shape.StructType))
            and value.startswith("o:")
        ):
            single = not is_structs(info)
            found = self._assigned(value, name, single)
            return found[0] if single else found
        if isinstance(info, shape.VarTupleType):
            return self._list(info, value, name)
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
        if is_time(info) and isinstance(value, str):
            return _time(value, name)
        return self._text(info, value, name) if isinstance(value, str) else value

    def _list(self, info: shape.VarTupleType, value: Any, name: str) -> list[Any]:
        if isinstance(value, str):
            value = _json(value, name)
        if not isinstance(value, (list, tuple)):
            raise usage(f"--{option_name(name)} 须是 JSON 数组。", f"--{option_name(name)} must be a JSON array.")
        if is_digest(info.item_type):
            value = [one for item in value for one in self._placed(item)]
        return [self.read(info.item_type, item, name) for item in value]

    def _assigned(self, value: str, name: str, single: bool) -> list[dict[str, Any]]:
        """Officers named by their ids alone, each with the units in which it declared an interest, as far as the office knows."""
        from gongyue.cli.office import office_folder_of
        from gongyue.office.declarations import declarations

        if not _OFFICERS.fullmatch(value) or (single and "," in value):
            how = "o:xu" if single else "o:mo,o:ge"
            raise usage(f"--{option_name(name)} {value}：写作 {how}。", f"--{option_name(name)} {value}: write {how}.")
        place, now = self.place, self.place.now
        known = {
            one.officer: one.units
            for one in declarations(place.inst, office_folder_of(place), place.day, "secretary", lambda: now)
        }
        return [{"officer": one, "interests": list(known.get(one, ()))} for one in value.split(",")]

    def _text(self, info: shape.Type, value: str, name: str) -> str:
        if bodies.is_link(self.kind, name) and not DIGEST.fullmatch(value):
            return linked(self.kind, value, self.place.store, self.material)
        if is_digest(info):
            return value if DIGEST.fullmatch(value) or not value else self._digest(value, name)
        if is_key(info):
            return public_key(value)
        return _date(value, name, self.place) if is_date(info) else value

    def _placed(self, value: Any) -> list[Any]:
        """Documents named by where they stand in the dossier: all of place 16, or the second there, 16.2; anything else as it is."""
        at = _PLACE.fullmatch(value) if isinstance(value, str) and self.material.dossier else None
        if at is None or self.place.store is None or Path(value).exists():
            return [value]
        number, which = int(at[1]), int(at[2] or 0)
        rows = found_by(self.place.store, in_dossier(self.material.dossier))
        entry = next((one.entry for one in rows if one.entry.rx.n == number), None)
        docs = list(named_in(entry)) if entry is not None else []
        scan = scan_of(entry) if entry is not None else None
        found = (
            docs[which - 1 : which] if which else [c for c in docs if c != scan]
        )  # what a place brought, not its scan
        if not found:
            raise usage(f"卷里没有 {value} 这份文书。", f"The dossier has no document {value}.")
        return found

    def _digest(self, value: str, name: str) -> str:
        value = str(self._placed(value)[0])
        if DIGEST.fullmatch(value):
            return value
        if bodies.names_sealed(self.kind, name) and (bodies.is_sealed_name(value) or name != self.kind.opening):
            return bodies.sealed_named(self.kind, name, value, self.place.inst, self.place.store, self.material)
        if value.startswith("text:") and bodies.is_commitment(self.kind, name):
            return self.material.commit(value.removeprefix("text:").encode(), "text")
        return bodies.attached(self.kind, name, read_file(value), value, self.material, self.place.inst)


_PLACE = re.compile(r"([1-9]\d{0,4})(?:\.([1-9]\d?))?")
_OFFICERS = re.compile(r"o:[0-9a-z-]+(?:,o:[0-9a-z-]+)*")


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
            pairs[key] = read_json(text[1:]) if text.startswith("@") else bodies.pair_value(text)
        else:
            raise usage(
                f"--{option_name(name)} {one}：须写作 名称=值。", f"--{option_name(name)} {one}: write NAME=VALUE."
            )
    return pairs


def _time(value: str, name: str) -> int:
    try:
        return from_moment(value)
    except ValueError:
        raise usage(
            f"--{option_name(name)} {value}：没有这一时间；写作 '2026-03-20 09:00'，北京时间。",
            f"--{option_name(name)} {value}: no such time; write '2026-03-20 09:00', Beijing time.",
        ) from None


def _date(value: str, name: str, place: BookSource) -> str:
    return check_date(value, f"--{option_name(name)}", iso(place.day))


def check_date(value: str, where: str, today: str) -> str:
    """A date YYYY-MM-DD that exists, or `today`."""
    if value == "today":
        return today
    if bodies.exists(value):
        return value
    raise usage(
        f"{where} {value}：没有这一天；写作 2026-03-20 或 today。",
        f"{where} {value}: no such day; write 2026-03-20 or today.",
    )
