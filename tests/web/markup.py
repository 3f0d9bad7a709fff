"""Pages as markup, whatever lines their templates are written in."""

from __future__ import annotations

import re


def flat(page: str) -> str:
    """A page without its lines: white space within a tag is one space, and a line's end beside a tag is nothing."""
    tight = re.sub(r"<[^<>]+>", lambda tag: re.sub(r"\s+", " ", tag[0]), page)
    return re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", tight)
