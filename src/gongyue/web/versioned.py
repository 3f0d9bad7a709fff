"""Static files' addresses carry their content's digest, so that a browser keeps them and yet never shows an old one."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Versioned(StaticFilesStorage):
    """Files where the applications keep them; nothing is collected or copied."""

    def url(self, name: str | None) -> str:
        """The address, with `?v=` and the first digits of the digest; without it where there is no such file."""
        address = super().url(name)
        digest = _digest(name or "")
        return f"{address}?v={digest}" if digest else address


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if isinstance(found, str) else ""
