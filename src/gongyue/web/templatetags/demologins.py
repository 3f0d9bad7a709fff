"""The demonstration's logins, for its sign-in page."""

from __future__ import annotations

from django import template

from gongyue.web import demonstration

register = template.Library()


@register.simple_tag
def demo_logins() -> list[demonstration.Login]:
    """Who may sign in to the demonstration."""
    return demonstration.cast()


@register.simple_tag
def demo_password() -> str:
    """The password of each of them."""
    return demonstration.PASSWORD
