"""A year's figures of what is under seal, in words; none that would point at somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gongyue.governance.sheet import VALUES
from gongyue.governance.yearly_figures import FIGURES
from gongyue.web.templatetags.words import pick


def told_figure(count: int | None) -> str:
    """A figure of sealed acts as it may be told."""
    return str(count) if count is not None else pick("不列", "not told")


def told_figures(figures: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
    """What is counted, each by what it is called, in the order in which it is told."""
    return ((pick(*VALUES[name]), told_figure(figures[name])) for name in FIGURES if name in figures)


def figures_line(figures: Mapping[str, int | None]) -> SafeString:
    """All of them in one line."""
    return format_html_join(pick("、", ", "), "{}\u00a0{}", told_figures(figures))
