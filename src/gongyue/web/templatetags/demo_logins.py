"""The demonstration's logins, for its sign-in page."""

from __future__ import annotations

from django import template

from gongyue.web import demo_accounts

register = template.Library()


@register.simple_tag
def demo_logins() -> list[demo_accounts.Login]:
    """Who may sign in to the demonstration."""
    return demo_accounts.cast()


@register.simple_tag
def demo_password() -> str:
    """The password of each of them."""
    return demo_accounts.PASSWORD
