"""What acts, parties, offices and stages are called, for templates: `{% load names %}`."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.governance import change_approvals
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import SHEETS, VALUES
from gongyue.governance.value_words import words_of_setting
from gongyue.office.due_list import Due
from gongyue.office.facts.matter_names import matter_name
from gongyue.web import names, request_state
from gongyue.web.accounts.officers import called
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import both, chinese, mark_chinese, pick, t

register = template.Library()


@register.filter
def act(type: str) -> str:
    """What an act type is called."""
    return names.act_name(type)


@register.filter
def do(type: str) -> str:
    """What doing such an act is called, on a button."""
    return pick(SHEETS[type].zh, SHEETS[type].do)


@register.filter
def layer(name: str) -> str:
    """On whose authority a refusal rests: the text, a procedure rule, a reading, the law."""
    return names.localise(names.LAYERS, name)


@register.filter
def valued(value: object, unit: str) -> str:
    """A value with its unit: 30 days, 2/3."""
    return f"{value}{names.localise(names.UNITS, unit) if unit in names.UNITS else ''}"


@register.simple_tag
def setting(name: str, value: int | str) -> str:
    """What an interpretation sets, with its unit."""
    return pick(*words_of_setting(name, value))


@register.filter
def office(name: str) -> str:
    """What an office is called."""
    return names.office_name(name)


@register.filter
def value_name(value: str) -> str:
    """What a value that is chosen from a list is called."""
    return names.localise(VALUES, value)


@register.filter
def stage(name: str) -> str:
    """Where a matter stands, in a word."""
    return names.localise(names.STAGES, name)


@register.filter
def status(name: str) -> str:
    """Where a unit stands, in a word."""
    return names.localise(names.STATUSES, name)


@register.filter
def article(at: str) -> str:
    """第二十二条, Article 22: the article at an address by its name."""
    return names.article_name(at)


BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """The browser and system a session was opened from, as its owner knows them."""
    names = [next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, names)) or agent[:40] or pick("不明", "unknown")


@register.simple_tag(takes_context=True)
def matter(context: template.Context, id: str) -> SafeString:
    """What a matter is about: a proposal or an annex by its title, a party by its name; a list says its number itself."""
    if id.startswith("list:"):
        return SafeString("")
    if id.startswith("d:"):
        name = matter_name(context["inst"], id)
        return SafeString(conditional_escape(pick(name.zh, name.en)))
    return title_of(request_state.now(context["request"]), id) or party(context, id)


@register.simple_tag(takes_context=True)
def duty(context: template.Context, due: Due) -> SafeString:
    """What is due, of which matter where it does not say so itself, and that an order forbids it meanwhile."""
    said = both(due.what)
    about = matter(context, due.matter) if due.matter.startswith(("p:", "a:", "u:")) else ""
    named = format_html("{}{}{}", said[:1].upper() + said[1:], pick("：", ": ") if about else "", about)
    return format_html('{} <span class="tag live">{}</span>', named, forbidden(context, due)) if due.order else named


@register.simple_tag(takes_context=True)
def forbidden(context: template.Context, due: Due) -> SafeString:
    """That an order forbids what is due, and whose it is; nothing where none does."""
    if not due.order:
        return SafeString("")
    return t(
        "{s}的命令现在禁止办理，期限照算",
        "forbidden now by an order of {s}; its period runs on",
        s=chinese(context["inst"].orders[due.order].source),
    )


@register.simple_tag(takes_context=True)
def undesignated(context: template.Context, type: str) -> SafeString:
    """That an approval of a change is about to be recorded while no authority is designated; empty of any other act."""
    inst: Institution = context["inst"]
    said = change_approvals.nobody_designated(inst, type, inst.today)
    return t(*said) if said else SafeString("")


@register.simple_tag(takes_context=True)
def party(context: template.Context, id: str) -> SafeString:
    """What a party is called; a unit's Chinese name is marked as such on English pages."""
    inst: Institution = context["inst"]
    name = names.party_name(inst, id)
    if names.is_chinese_name(inst, id):
        return format_html('<span lang="zh-Hans">{}</span>', name)
    return SafeString(conditional_escape(name))


@register.simple_tag(takes_context=True)
def officer(context: template.Context, id: str) -> str:
    """What an officer is called to those who sign in: by name; on public pages `party` says the id."""
    return mark_chinese(called(context["inst"], id))


@register.filter
def numbered(id: str) -> str:
    """The number by which a matter is cited."""
    return names.matter_number(id)


@register.filter
def capability(name: str) -> str:
    """What a clause is about, in words."""
    known = catalogue().capabilities[name]
    return pick(known.zh, known.en)
