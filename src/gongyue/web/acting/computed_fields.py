"""What the office computes and no form asks: fields that `step` computes again are filled in by the office, and shown in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ActType
from gongyue.governance.clock import RECOVER, require_false
from gongyue.governance.institution import Institution
from gongyue.governance.poll import Vote
from gongyue.governance.publication import LISTED
from gongyue.office import bodies
from gongyue.office.defaults import default_of
from gongyue.office.office import Office
from gongyue.office.routine_acts import ANCHOR, is_over, statement
from gongyue.web.acting.labels import half
from gongyue.web.installation import Now
from gongyue.web.pages import fields
from gongyue.web.pages.figures import figures_line
from gongyue.web.templatetags.deadlines import until
from gongyue.web.templatetags.words import t

BY_ITSELF = (
    "锚定与补足在同一次记录里完成，不经草稿：由系统到时自动办，也可以运行 gongyue tick 立即办。",
    "The sealed book is padded and anchored in one record, without a draft: the office does it when it is due, or at once by gongyue tick.",
)
DRAWN_BY_ITSELF = (
    "抽取由系统在簿册过了所预告的大小之后自动办，也可以运行 gongyue tick 立即办。",
    "The office makes a draw by itself once the book is past the size announced, or at once by gongyue tick.",
)


class ComputedFields(msgspec.Struct, frozen=True):
    """The fields nobody is asked, the objects they name, and why there are none now, where that can be said."""

    values: dict[str, Any] = {}
    objects: dict[str, bytes] = {}
    why: tuple[str, str] | None = None


def is_computed(kind: ActType, name: str) -> bool:
    """Whether the field is filled in rather than asked."""
    return name in kind.sheet.computed or name in kind.sheet.defaults


def compute_fields(kind: ActType, office: Office, now: Now, answers: Mapping[str, Any]) -> ComputedFields:
    """What those fields are now, given the other answers."""
    if kind.type == RECOVER:
        return _false_time(office)
    if kind.by.who != "system":
        return ComputedFields(dict(_defaults(kind, now.inst, answers)))
    matter = str(answers.get("matter") or "")
    if kind.type == ANCHOR:
        return ComputedFields(why=BY_ITSELF)
    if kind.type == "inspection.seed/1":
        return ComputedFields(why=DRAWN_BY_ITSELF)
    if "matter" in kind.body.__struct_fields__ and not matter:
        return ComputedFields()
    if kind.type == "vote.close/1" and (vote := now.inst.votes.get(matter)) and _is_running(office, vote):
        ends = until(vote.closes)
        return ComputedFields(
            why=(
                f"表决于 {ends} 截止，其后首次锚定才能结束；在此之前不显示票数分布。",
                f"The vote closes at {ends} and is counted after the first anchor past it; until then the split is not shown.",
            )
        )
    try:
        return ComputedFields(*statement(office, kind.type, matter))
    except OutOfTurn as error:
        return _none_now(error)


def _none_now(error: OutOfTurn) -> ComputedFields:
    return ComputedFields(why=(str(error.refusal["zh"]), str(error.refusal["en"])))


def _false_time(office: Office) -> ComputedFields:
    """What a recovery to the present states, but the time, which two officers do; or that nothing is to be recovered."""
    now = office.now
    try:
        require_false(office.inst, now)
    except OutOfTurn as error:
        return _none_now(error)
    return ComputedFields({name: value for name, value in office.false_time(now).items() if name != "time"})


def _defaults(kind: ActType, inst: Institution, answers: Mapping[str, Any]) -> Any:
    for field in bodies.fields(kind):
        default = default_of(kind, field.name)
        if default is not None and is_computed(kind, field.name) and (value := default[1](inst, answers)):
            yield field.name, value


def _is_running(office: Office, vote: Vote) -> bool:
    """Whether the count may not be seen yet."""
    return not vote.outcome and not is_over(office, vote)


def computed_texts(kind: ActType, now: Now, found: ComputedFields) -> dict[str, SafeString]:
    """Those fields in words."""
    return {name: _words(kind, now, found, name, value) for name, value in found.values.items() if name != "matter"}


def _words(kind: ActType, now: Now, found: ComputedFields, name: str, value: Any) -> SafeString:
    if isinstance(value, dict):
        return figures_line(value)
    if value in found.objects:
        return _content(found.objects[value])
    words = fields.value_of(now, kind, name, value, found.values)
    default = default_of(kind, name)
    if default is None or not str(value).startswith("sha256:"):
        return words
    return format_html("{} {}", half(default[0]), words)


def _content(data: bytes) -> SafeString:
    """What an object that is not in the book yet contains: a list of joins and leaves, or ballots, one a line."""
    if b'"gongyue/list@1"' in data:
        said = msgspec.json.decode(data)
        counts = {what: len(said[what]) for what in LISTED}
        return t(
            "加入 {joined} 家，退出 {left} 家，资格终止 {ended} 家，变更名称 {renamed} 家，更正 {corrected} 家",
            "{joined} joined, {left} left, {ended} ended, {renamed} renamed, {corrected} corrected",
            **counts,
        )
    return t("{n} 张选票的启封内容", "the openings of {n} ballots", n=data.count(b"\n"))
