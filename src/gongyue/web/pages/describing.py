"""Acts in words: who did what, to what, in which language; with what became of it since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongyue.covenant.periods import day_of, from_iso
from gongyue.governance.acts import Entry
from gongyue.governance.naming import PROSE
from gongyue.governance.recovery import never_was, open_arrival
from gongyue.web import naming
from gongyue.web.installation import Now
from gongyue.web.pages.coursing import title_of
from gongyue.web.pages.objects import leaf_at
from gongyue.web.pages.roll import roll_of
from gongyue.web.templatetags.words import chinese, day, moment, pick, t

NOTHING = SafeString("")
Body = dict[str, Any]


class Told(msgspec.Struct, frozen=True):
    """An act of the open book in words. `what`: to what it was done; `became`: corrected, void, disavowed, or nothing."""

    index: int
    day: int
    type: str
    name: str
    actor: SafeString
    what: SafeString
    became: str
    by: int
    paper: bool

    @property
    def became_words(self) -> str:
        """What became of it, in words."""
        words = {
            "corrected": ("已更正", "corrected"),
            "void": ("已撤销", "voided"),
            "disavowed": ("已否认", "disavowed"),
        }
        return naming.said(words, self.became) if self.became else ""


def tell(now: Now, index: int) -> Told:
    """The act at an index, in words."""
    return told(now, index, leaf_at(now, index).entry)


def tell_all(now: Now, indices: Iterable[int]) -> list[Told]:
    """Acts in words."""
    return [tell(now, index) for index in indices]


def told(now: Now, index: int, entry: Entry) -> Told:
    """An entry in words."""
    act = entry.act
    body: Body = msgspec.json.decode(act.body)
    tell_what = _nothing if never_was(now.inst, index) else _WHAT.get(act.type, _nothing)
    what = tell_what(now, index, body)
    became, by = _became(now, index)
    name, actor = naming.act_name(act.type), party(now, act.actor)
    arrived = day_of(open_arrival(now.inst, index, entry.rx.t))
    return Told(index, arrived, act.type, name, actor, what, became, by, act.paper is not None)


def _became(now: Now, index: int) -> tuple[str, int]:
    correction = now.inst.corrections.get(index)
    if correction is not None:
        return correction.what, correction.by
    return ("disavowed", -1) if index in now.inst.disavowed else ("", -1)


def party(now: Now, id: str) -> SafeString:
    """A party's name, a unit's with a link to its page where it is or was a member."""
    unit = now.inst.units.get(id)
    if unit is None:
        return format_html("{}", naming.party_name(now.inst, id))
    if not unit.since:
        return chinese(unit.name)
    return format_html('<a href="{}">{}</a>', reverse("unit_page", args=[id]), chinese(unit.name))


def parties(now: Now, ids: Iterable[str]) -> SafeString:
    """Parties in a row."""
    return format_html_join(pick("、", ", "), "{}", ((party(now, id),) for id in ids))


def matter(now: Now, id: str) -> SafeString:
    """A proposal, vote, annex, list or unit by what it is called, linked to its page."""
    if id in now.inst.units:
        return party(now, id)
    kind, _, number = id.partition(":")
    if kind == "list":
        link = reverse("roll_list", args=[int(number)])
        return format_html('<a href="{}">{}</a>', link, pick(f"第 {number} 号名单", f"list no. {number}"))
    if id in now.inst.proposals:
        return format_html('<a href="{}">{}</a>', reverse("proposal", args=[id]), title_of(now, id))
    if id in now.inst.annexes:
        annex = now.inst.annexes[id]
        return format_html('<a href="{}">{}</a>', reverse("annex", args=[id]), chinese(annex.title))
    return format_html("{}", id)


def entry_link(index: int) -> SafeString:
    """An entry by its number."""
    return format_html('<a href="{}">#{}</a>', reverse("entry", args=[index]), index)


def article_link(now: Now, number: int) -> SafeString:
    """An article of the present text, linked."""
    name = naming.article_name(now.inst.meaning.at(number))
    return format_html('<a href="{}">{}</a>', reverse("article", args=[number]), name)


def _nothing(now: Now, index: int, body: Body) -> SafeString:
    return NOTHING


def _units_of(now: Now, index: int, body: Body) -> SafeString:
    """Whom a grant admitted: the roll says it, the act itself names a sealed application."""
    return parties(now, roll_of(now).by_entry.get(index, ()))


def _signed(now: Now, index: int, body: Body) -> SafeString:
    delegate = body["capacity"] != "legal_representative"
    return t("由委托代表签字", "by a delegate") if delegate else t("由法定代表人签字", "by its legal representative")


def _listed(now: Now, index: int, body: Body) -> SafeString:
    link = format_html('<a href="{}">{}</a>', reverse("roll_list", args=[body["number"]]), body["number"])
    return t(
        "第 {n} 号，{a}至{b}",
        "no. {n}, {a} to {b}",
        n=link,
        a=day(from_iso(body["begins"])),
        b=day(from_iso(body["ends"])),
    )


def _closed(now: Now, index: int, body: Body) -> SafeString:
    outcome = naming.said(naming.STAGES, body["outcome"])
    return t(
        "{m}：{o}（同意 {c}，不同意 {a}，弃权 {n}）",
        "{m}: {o} ({c} consent, {a} against, {n} abstain)",
        m=matter(now, body["matter"]),
        o=outcome,
        c=body["consents"],
        a=body["against"],
        n=body["abstain"],
    )


def _turnout(now: Now, index: int, body: Body) -> SafeString:
    roll = len(now.inst.votes[body["matter"]].roll)
    return t(
        "{m}：{r} 家中已投票 {n} 家", "{m}: {n} of {r} voted", m=matter(now, body["matter"]), n=body["voted"], r=roll
    )


def _confirmed(now: Now, index: int, body: Body) -> SafeString:
    return t("{a} 之后至 {b}", "from {a} to {b}", a=moment(body["last"]), b=moment(body["time"]))


def _recovered(now: Now, index: int, body: Body) -> SafeString:
    made = next(r for r in now.inst.recoveries if r.index == index)
    return t(
        "自 {e} 起误记至 {a}，恢复为 {b}：{v} 条无效，{m} 条改按其作出之时",
        "false from {e} on, up to {a}; back to {b}: {v} void, {m} given another time",
        e=entry_link(made.first), a=moment(made.left), b=moment(made.time), v=made.void, m=made.moved,
    )  # fmt: skip


def _issued(now: Now, index: int, body: Body) -> SafeString:
    return t(
        "第 {n} 号（{a}）：{s}",
        "no. {n} ({a}): {s}",
        n=_interpretation_link(body["number"]),
        a=article_link(now, body["article"]),
        s="{name} = {value}".format_map(body["sets"]) if body["sets"] else pick(*PROSE),
    )


def _interpretation_link(number: int) -> SafeString:
    return format_html('<a href="{}#i{}">{}</a>', reverse("interpretations"), number, number)


def _corrects(now: Now, index: int, body: Body) -> SafeString:
    earlier = tell(now, body["entry"])
    return t("{e} {name}", "{e} {name}", e=entry_link(body["entry"]), name=earlier.name)


def _appointed(now: Now, index: int, body: Body) -> SafeString:
    offices = pick("、", ", ").join(naming.office_name(o) for o in body["offices"])
    return t("{o}：{f}", "{o}: {f}", o=naming.party_name(now.inst, body["officer"]), f=offices)


def _approved(now: Now, index: int, body: Body) -> SafeString:
    outcomes = {"granted": ("批准", "granted"), "returned": ("退回", "returned"), "refused": ("不予批准", "refused")}
    return format_html("{}", naming.said(outcomes, body["outcome"]))


def _ordered(now: Now, index: int, body: Body) -> SafeString:
    return chinese(body["source"])


def _leaves(now: Now, index: int, body: Body) -> SafeString:
    later = body.get("effective")
    return t("自{d}起", "from {d}", d=day(from_iso(later))) if later else NOTHING


def _by(field: str, show: Callable[[Now, str], SafeString]) -> Callable[[Now, int, Body], SafeString]:
    return lambda now, index, body: show(now, body[field])


_WHAT: dict[str, Callable[[Now, int, Body], SafeString]] = {
    "clock.confirm/1": _confirmed,
    "clock.recover/1": _recovered,
    "founding.sign/1": _signed,
    "founding.approval/1": _approved,
    "founding.designate/1": lambda now, index, body: chinese(body["approver"]["name"]),
    "membership.grant/1": _units_of,
    "membership.end/1": _by("unit", party),
    "membership.withdraw/1": _leaves,
    "membership.declare/1": lambda now, index, body: format_html("{}", naming.activity_names(body["activities"])),
    "publication.list/1": _listed,
    "amendment.initiate/1": _by("proposal", matter),
    "amendment.support/1": _by("proposal", matter),
    "amendment.file/1": _by("proposal", matter),
    "amendment.report/1": _by("proposal", matter),
    "amendment.approval/1": _by("proposal", matter),
    "amendment.publish/1": _by("proposal", matter),
    "vote.open/1": _by("matter", matter),
    "vote.turnout/1": _turnout,
    "vote.close/1": _closed,
    "annex.initiate/1": _by("annex", matter),
    "annex.publish/1": _by("annex", matter),
    "annex.sign/1": _by("annex", matter),
    "annex.leave/1": _by("annex", matter),
    "interpretation.issue/1": _issued,
    "interpretation.withdraw/1": lambda now, index, body: _interpretation_link(body["number"]),
    "correction.correct/1": _corrects,
    "correction.void/1": _corrects,
    "key.register/1": _by("holder", party),
    "key.notify/1": lambda now, index, body: entry_link(body["entry"]),
    "key.receive/1": lambda now, index, body: entry_link(body["entry"]),
    "key.disavow/1": lambda now, index, body: entry_link(body["entry"]),
    "office.appoint/1": _appointed,
    "office.end/1": _appointed,
    "law.order/1": _ordered,
    "law.lift/1": lambda now, index, body: chinese(now.inst.orders[body["order"]].source),
}
"""What each type of act was done to."""
