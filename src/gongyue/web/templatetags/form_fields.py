"""Small questions a form's template asks of a question."""

from __future__ import annotations

from django import template

from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import half
from gongyue.web.templatetags.words import pick

register = template.Library()
register.filter("default_words", half)


@register.filter
def chosen(question: FormField, value: str) -> bool:
    """Whether a value is among the answers."""
    if isinstance(question.value, (list, tuple)):
        return value in question.value
    return str(question.value) == value


@register.filter
def any_chosen(question: FormField, choices: list[tuple[str, str]]) -> bool:
    """Whether one of these is among the answers."""
    return any(chosen(question, value) for value, _ in choices)


@register.filter
def listed(question: FormField) -> bool:
    """Whether the answer is among what may be chosen."""
    return any(str(question.value) == value for value, _ in question.choices)


@register.filter
def kept_choice(value: str) -> str:
    """What was chosen before and is not offered any more: in words where it is a digest, or an act under seal."""
    if str(value).startswith("sealed:"):
        return pick(
            "链接所指的一件：已经办结，或不在此列", "the one the link names: settled already, or not among these"
        )
    return pick("此前所选的", "as chosen before") if str(value).startswith(("sha256:", "k:")) else str(value)


@register.filter
def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@register.filter
def utf8(data: bytes) -> str:
    """Bytes that are text."""
    return data.decode("utf-8", "replace")
