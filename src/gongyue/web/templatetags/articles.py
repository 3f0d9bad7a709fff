"""Articles by their position or address, linked where the covenant has one: `{% load articles %}{% article number %}`."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.governance.institution import Institution
from gongyue.web import names

register = template.Library()


@register.simple_tag(takes_context=True)
def art(context: template.Context, number: int, words: object = "") -> SafeString:
    """The words as a link to the article at a position; plain where this covenant has none there."""
    inst: Institution = context["inst"]
    if not inst.meaning.at(number):
        return format_html("{}", words)
    return format_html('<a href="{}">{}</a>', reverse("article", args=[number]), words)


@register.simple_tag(takes_context=True)
def article(context: template.Context, number: int) -> SafeString:
    """第二十二条, Article 22: the article at a position by its name, linked; nothing where the text has none there."""
    inst: Institution = context["inst"]
    return art(context, number, names.article_name(inst.meaning.at(number)))


@register.simple_tag(takes_context=True)
def article_at(context: template.Context, at: str) -> SafeString:
    """The article at an address by its name, linked where the present text has it."""
    inst: Institution = context["inst"]
    edition = inst.meaning.edition
    return art(context, edition.position(at) if edition else 0, names.article_name(at))
