"""Deadlines as pages say them: the Beijing date and time first, then days and hours, and what the count rests on."""

from __future__ import annotations

from datetime import datetime

from django import template

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.periods import DAY, Period, day_of, start_of
from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.registry import NEVER
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
    if not ends:
        return ""
    if start_of(day_of(ends)) != ends:
        return moment(ends)
    last = day(day_of(ends) - 1)
    return pick(f"{last} 24:00", f"{last}, 24:00")


@register.filter
def weekday(ends: int | None) -> str:
    """The day of the week on which it is over, a midnight's being that of the day before."""
    if not ends:
        return ""
    at = datetime.fromtimestamp(ends - 1, BEIJING)
    return pick("星期" + "一二三四五六日"[at.weekday()], f"{at:%A}")


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
    return pick(f"{day(last)} 24:00", f"{day(last)}, 24:00") if last else ""


@register.filter
def rule_name(name: str) -> str:
    """What a deadline is counted by, never bare: 程序规则 P9：名单周期; the matter of a clause."""
    rule, clause = package().procedure.get(name), catalogue().capabilities.get(name)
    if rule is not None:
        return pick(f"程序规则 {name}：{rule.zh}", f"procedure rule {name}: {rule.en}")
    return pick(clause.zh, clause.en) if clause else name


@register.filter
def left(ends: int, time: int) -> str:
    """How long it is from `time` until `ends`, in days and hours; or that it is over, and for how many days."""
    seconds = ends - time
    if seconds <= 0:
        days = -seconds // DAY + 1
        return pick(f"已逾期 {days} 日", f"{days} {_many('day', days)} overdue")
    days, hours = seconds // DAY, seconds % DAY // 3600
    if not days and not hours:
        return pick("不足 1 小时", "less than an hour left")
    if not days:
        return pick(f"还有 {hours} 小时", f"{hours} {_many('hour', hours)} left")
    return pick(f"还有 {days} 天 {hours} 小时", f"{days} {_many('day', days)} {hours} {_many('hour', hours)} left")


def _many(word: str, count: int) -> str:
    return word if count == 1 else word + "s"


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
