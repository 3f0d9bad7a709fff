"""Articles by their number, linked where the covenant has one: `{% load articles %}{% article 22 %}`."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.governance.institution import Institution
from gongyue.web import naming

register = template.Library()


@register.simple_tag(takes_context=True)
def art(context: template.Context, number: int, words: object = "") -> SafeString:
    """The words (or the number) as a link to the article; plain where this covenant has fewer articles.

    Procedure rules, routine acts and orders of the law are numbered by the covenant this software was made for.
    """
    inst: Institution = context["inst"]
    edition = inst.meaning.edition
    if edition is None or not 1 <= number <= len(edition.articles):
        return format_html("{}", words or number)
    return format_html('<a href="{}">{}</a>', reverse("article", args=[number]), words or number)


@register.simple_tag(takes_context=True)
def article(context: template.Context, number: int) -> SafeString:
    """第二十二条, Article 22: the article by its name, linked."""
    return art(context, number, naming.article_name(number))
