"""An edition decided on for capabilities that a later catalogue brought: the same text, and what was bound stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.binding.records import BadBinding, Decision, bind
from gongyue.covenant.binding.requirements import absence
from gongyue.covenant.changes import NotApplicable, decidable
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import draft, listed, to_data

_SAME = ("title", "original", "chapters", "parts", "numbering", "notes", "v")


def extend(
    edition: Edition,
    bound: Mapping[str, tuple[str, str]],
    absent: Iterable[str] = (),
    others: Mapping[tuple[str, str], str] | None = None,
) -> Edition:
    """The edition under the latest catalogue: what that brought is bound to these words, absent, or still open.

    `bound`: capability → (address, words); `others`: (capability, address) → why its passages there are other matter.
    Raises NotApplicable, BadEdition.
    """
    parts, reasons = {p.at: p for p in edition.parts}, others or {}
    named = [*bound, *absent, *(name for name, _ in reasons)]
    if foreign := [name for name in named if name not in edition.unbound]:
        why = (
            "不是新事项 / is nothing new"
            if foreign[0] in catalogue().capabilities
            else "条款目录没有 / no such capability"
        )
        raise NotApplicable("", f"{foreign[0]}：{why}")
    bindings = list(edition.bindings)
    for name, (at, words) in bound.items():
        if at not in parts:
            raise NotApplicable(at, "无此条 / no such article")
        try:
            bindings.append(bind(name, parts[at], words))
        except BadBinding as error:
            raise NotApplicable(at, str(error)) from None
    decisions = list(edition.decisions)
    for passage, overlapped in decidable(edition.parts, bindings):
        if passage.capability in edition.unbound:
            key = (passage.capability, passage.at, passage.nth, passage.words)
            if overlapped:
                decisions.append(Decision(*key, "bound"))
            elif reason := reasons.get((passage.capability, passage.at)):
                decisions.append(Decision(*key, "other", reason))
    absences = (*edition.absent, *(absence(name) for name in absent))
    extended = msgspec.structs.replace(
        edition, bindings=tuple(bindings), decisions=tuple(decisions), absent=absences, reader=this_reader()
    )
    return draft(listed(to_data(extended)))


def unlike_before(before: Edition, after: Edition) -> str:
    """What of an edition another says otherwise, beside deciding on capabilities new to it; empty where nothing."""
    for name in _SAME:
        if getattr(before, name) != getattr(after, name):
            return name
    for name in ("bindings", "decisions", "absent"):
        kept = [r for r in getattr(after, name) if r.capability not in before.unbound]
        if kept != list(getattr(before, name)):
            return name
    return ""
