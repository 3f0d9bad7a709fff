"""What an act says, field by field: each value as people read it, files and parties linked, commitments named as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.book.digest_words import digest_words
from gongyue.covenant.periods import from_iso
from gongyue.governance.acts import ActType, Entry, act_type_of
from gongyue.governance.fields import Public, Root
from gongyue.governance.oversight import REPORT
from gongyue.governance.value_words import words_of_value
from gongyue.office import bodies, next_id
from gongyue.office.applications import applications
from gongyue.office.attachments import WRITTEN
from gongyue.office.facts.shapes import path_of
from gongyue.web import installation, names
from gongyue.web.accounts.officers import OFFICER, called
from gongyue.web.acting.labels import label_of
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import article_link, entry_link, matter, party
from gongyue.web.pages.figures import figures_line
from gongyue.web.templatetags.deadlines import lasting, until
from gongyue.web.templatetags.words import chinese, day, moment, pick, short_digest, t

_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d")
_PARTY = re.compile(r"(?:[uo]:[0-9a-z][0-9a-z-]{0,39}|exec|sys|authority)")
_MATTER = re.compile(r"[pa]:[0-9a-z][0-9a-z-]{0,39}")


class ShownField(msgspec.Struct, frozen=True):
    """A field's name and value as shown."""

    label: str
    value: SafeString


def fields_of(
    at: Now,
    entry: Entry,
    body: Mapping[str, Any] | None = None,
    *,
    digests: bool = True,
    files: Mapping[str, str] | None = None,
) -> list[ShownField]:
    """The fields of an act, or of `body`: what a correction put in their place.

    `digests`: whether they are shown as such; where not, `files` names those that come with the act, by their digests.
    """
    kind = act_type_of(entry.act.type)
    given: Mapping[str, Any] = msgspec.json.decode(entry.act.body) if body is None else body
    order = kind.body.__struct_fields__
    given = {name: given[name] for name in sorted(given, key=order.index)}
    return list(_shown_fields(at, kind, given, "", None if digests else files or {}))


def _shown_fields(
    at: Now, kind: ActType, body: Mapping[str, Any], prefix: str, files: Mapping[str, str] | None
) -> Iterator[ShownField]:
    for name, value in body.items():
        path = f"{prefix}{name}"
        if value is None or value in ("", {}, []) or (files is not None and (name in kind.objects or name == "alg")):
            continue
        if files is not None and next_id.is_numbered(kind, name) and not next_id.is_taken(at.inst, value):
            continue  # a number that nobody wrote, of what is about to be made
        if kind.matter == "correction" and name == "fields":
            continue  # shown with what they correct
        if kind.type == REPORT and isinstance(value, dict):
            yield ShownField(label_of(kind, path).text, figures_line(value))
        elif isinstance(value, dict):
            yield from _shown_fields(at, kind, value, f"{path}.", files)
        elif isinstance(value, list) and isinstance(value[0], dict):
            for one in value:
                yield from _shown_fields(at, kind, one, f"{path}.", files)
        elif isinstance(value, list):
            values = [_plain(at, kind, path, one, body, files) for one in value]
            yield ShownField(label_of(kind, path).text, SafeString(pick("、", ", ").join(values)))
        else:
            yield ShownField(label_of(kind, path).text, _plain(at, kind, path, value, body, files))


_KEY = re.compile("k:(?:[0-9a-f]{2})?([0-9a-f]{64})")


def _plain(
    at: Now, kind: ActType, path: str, value: Any, row: Mapping[str, Any], files: Mapping[str, str] | None
) -> SafeString:
    """A value as people read it; without digests, a file is named as one and a key by its words."""
    if files is None or not isinstance(value, str):
        return value_of(at, kind, path, value, row)
    if value.startswith(OFFICER):
        return format_html("{}", called(at.inst, value))  # read by those who sign in
    if key := _KEY.fullmatch(value):
        said = " ".join(digest_words(f"sha256:{key[1]}", pick("zh", "en")))
        if kind.type == COMPARED:
            return t("与盖章申请表逐字核对的词：{w}", "words to compare with the stamped form: {w}", w=said)
        return t("公钥，核对词：{w}", "public key, in words: {w}", w=said)
    if kind.type in ANSWERING and (applicant := _applicant(at, value)):
        name, of = applicant
        return t("{n}的申请，不公开", "the application of {n}, not public", n=chinese(name)) if of else chinese(name)
    if _DIGEST.fullmatch(value):
        return _file(at, kind, path.rpartition(".")[2], value, files)
    return value_of(at, kind, path, value, row)


COMPARED = "membership.compare/1"
ANSWERING = frozenset({"membership.refuse/1"})
"""What answers an application and publishes nothing: whoever signs it reads the applicant's name, which stands in that alone."""


def _applicant(at: Now, value: str) -> tuple[str, bool] | None:
    """The name of an applicant by its id, or by its application; whether it is the latter."""
    for one in applications(at.inst, installation.office().store):
        if value in (one.unit, one.opened.commitment):
            return one.said.name, value != one.unit
    return None


def _file(at: Now, kind: ActType, name: str, value: str, files: Mapping[str, str]) -> SafeString:
    """What a digest is of, in words."""
    if kind.digest(name) is Root:
        return t("由簿册算出", "computed from the book")
    if name == kind.opening:
        return _opened_by_it(at, value)
    if bodies.names_sealed(kind, name):
        return t("密封簿里的一件，不公开", "an act under seal, not public")
    if bodies.is_link(kind, name):
        return t("所指明的，不公开", "what was named, not public")
    if kind.digest(name) is not Public:
        return _private_file(files.get(value, ""))
    if at.object(value) is None:
        return t("附上的文件，见本页", "a file, on this page")
    return format_html('<a href="{}">{}</a>', object_address(value), pick("已在簿册中的文件", "a file in the book"))


def _opened_by_it(at: Now, opening: str) -> SafeString:
    """What was under seal until this act, which publishes it: an application admitted, a petition published."""
    if at.object(opening) is not None:
        return format_html('<a href="{}">{}</a>', object_address(opening), pick("打开文件", "open the file"))
    return t("现在密封；此行为入簿后公开，任何人可读", "under seal; public once this is recorded, for anyone to read")


def _private_file(name: str) -> SafeString:
    if name == WRITTEN:
        return t("所写的文字，不公开", "what was written, not public")
    return t("{f}（不公开）", "{f} (not public)", f=name) if name else t("附上的文件，不公开", "a file, not public")


def value_of(at: Now, kind: ActType, path: str, value: Any, row: Mapping[str, Any]) -> SafeString:
    """The value of the field at `path` as people read it, `row` being what it stands in."""
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    name = path.rpartition(".")[2]
    if isinstance(value, int):
        return _number(at, name, value)
    if chosen := words_of_value(kind, path, value, row):
        return format_html("{}", pick(*chosen))
    return _text(at, kind, name, str(value))


def _number(at: Now, name: str, value: int) -> SafeString:
    if name == "closes":
        return format_html("{}", until(value))
    if name in ("last", "time"):
        return format_html("{}", moment(value))
    if name in ("slot", "anchor") and at.inst.genesis is not None:
        return format_html("{}", pick(*_slot(value, at.inst.genesis.slot_seconds)))
    if name == "article":
        return article_link(at, value)
    if name == "slot_seconds":
        return format_html("{}", lasting(value))
    return entry_link(value) if name in ("entry", "first") else format_html("{}", value)


def _slot(slot: int, seconds: int) -> tuple[str, str]:
    begins = moment(slot * seconds)
    return f"第 {slot} 时段，{begins} 起", f"slot {slot}, from {begins}"


def _text(at: Now, kind: ActType, name: str, value: str) -> SafeString:
    if _DIGEST.fullmatch(value):
        return _digest(kind, name, value)
    if _DATE.fullmatch(value):
        return format_html("{}", day(from_iso(value)))
    if _MATTER.fullmatch(value):
        return matter(at, value)
    if _PARTY.fullmatch(value):
        return party(at, value)
    if name == "url":
        return format_html('<a href="{}" rel="external noopener">{}</a>', value, value)
    if name in ("article", "articles"):
        return format_html("{}", names.article_name(value))
    if name in ("types", "forbids"):
        return format_html("{}", names.act_name(value))
    return chinese(value) if not value.isascii() else format_html("<code>{}</code>", value)


def _digest(kind: ActType, name: str, value: str) -> SafeString:
    short = short_digest(value)
    if kind.digest(name) is Root:
        return format_html("<code>{}</code>", short)
    if kind.digest(name) is not Public:
        return t("只载承诺值 {c}，内容不公开", "commitment {c} only; its content is private", c=_code(short))
    return t("{a}，摘要 {c}", "{a}, digest {c}", a=_open_file(value), c=_code(short))


def _open_file(digest: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', object_address(digest), pick("打开文件", "open the file"))


def _code(text: str) -> SafeString:
    return format_html("<code>{}</code>", text)


def object_address(digest: str) -> str:
    """Where an object is read."""
    return reverse("book_file", args=[path_of(digest)])
