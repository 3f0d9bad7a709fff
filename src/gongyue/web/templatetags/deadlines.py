"""Deadlines as pages say them: the Beijing date and time first, then days and hours, and what the count rests on."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.periods import DAY, Period, day_of
from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.registry import NEVER
from gongyue.office.deadline_text import clock_text, end_of, left_text
from gongyue.web.templatetags.words import BEIJING, day, moment, pick

register = template.Library()


SPANS = ((DAY, "天", "days"), (3_600, "小时", "hours"), (60, "分钟", "minutes"), (1, "秒", "seconds"))
"""The units in which a length of time is said and given, in seconds."""


def lasting(seconds: int) -> str:
    """A length of time in the largest unit that measures it."""
    unit, zh, en = next(span for span in SPANS if seconds % span[0] == 0)
    return pick(f"{seconds // unit} {zh}", f"{seconds // unit} {en}")


@register.filter
def until(ends: int | None) -> str:
    """The moment at which it is over; a midnight is the 24:00 of the day before, as the Civil Code says (203)."""
    return pick(*clock_text(ends)) if ends else ""


@register.simple_tag(takes_context=True)
def deadline(context: Context, ends: int | str, counts: bool = True) -> SafeString:
    """A deadline as every page spells it: date and time, whose time that is, days. `ends`: its second, or its last day.

    `counts`: without it no days, where it is over for good.
    """
    over = end_of(ends) if isinstance(ends, str) or ends < FIRST_SECOND else ends
    said = SafeString(pick("北京时间", "Beijing time"))
    if counts:
        said += format_html(' · <span class="nw">{}</span>', pick(*left_text(over, int(context["shown_at"]))))
    return format_html(
        '<b class="nw"><time datetime="{}">{}</time></b> <span class="soft sm">{}</span>',
        machine_moment(over),
        pick(*clock_text(over)),
        said,
    )


FIRST_SECOND = 10_000_000
"""Below it stand days, which are ordinals; from it on seconds since 1970."""


@register.filter
def once_told(time: int | None) -> str:
    """The moment from which paper takes effect on a key; as long as its holder was not told, that it is not known yet."""
    if time is not None and time >= NEVER:
        return pick("告知并满公示期之后", "once told and after the delay")
    return moment(time)


@register.filter
def machine_moment(time: int | None) -> str:
    """A Unix time for `datetime=`."""
    return datetime.fromtimestamp(time, BEIJING).isoformat() if time else ""


@register.filter
def day_of_time(time: int | None) -> str:
    """The Beijing day on which a Unix time falls."""
    return day(day_of(time)) if time else ""


@register.filter
def day_ends(last: int | str | None) -> str:
    """The end of a last day: it is the day's 24:00."""
    return until(end_of(last)) if last else ""


@register.filter
def rule_name(name: str) -> str:
    """What a deadline is counted by, never bare: 程序规则 P9：名单周期; the matter of a clause."""
    rule, clause = package().procedure.get(name), catalogue().capabilities.get(name)
    if rule is not None:
        return pick(f"程序规则 {name}：{rule.zh}", f"procedure rule {name}: {rule.en}")
    return pick(clause.zh, clause.en) if clause else name


def basis(inst: Institution, at: str, name: str = "") -> str:
    """What a deadline is counted by: the article at an address, and the procedure rule or the words that state its length."""
    said = pick(in_chinese(at), in_english(at))
    and_zh, and_en = ("；", "; ") if at else ("", "")
    rule = package().procedure.get(name)
    if rule is not None:
        value = inst.meaning.values.get(name)
        days = value.n if isinstance(value, Period) else rule.value
        return pick(
            f"{said}{and_zh}程序规则 {name}：{rule.zh}，{days} 日",
            f"{said}{and_en}procedure rule {name}: {rule.en}, {days} days",
        )
    clause = inst.meaning.clause(name) if name else None
    return pick(f"{said}“{clause.words}”", f"{said} “{clause.words}”".lstrip()) if clause else said
