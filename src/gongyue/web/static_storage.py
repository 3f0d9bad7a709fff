"""Static files' addresses carry their content's digest, so that a browser keeps them and yet never shows an old one."""

from __future__ import annotations

import hashlib
import posixpath
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation


class Asset(NamedTuple):
    """A static file: its name, the first digits of its digest, its bytes."""

    name: str
    digest: str
    data: bytes


_assets: dict[str, Asset] = {}


def asset_of(name: str) -> Asset | None:
    """The static file of that name, read once; None if there is none, which is not remembered."""
    if name not in _assets:
        if posixpath.normpath(name) != name:  # or one file would be remembered under as many names as can be spelled
            return None
        try:
            found = finders.find(name)
        except (SuspiciousFileOperation, ValueError):  # a name that leads out of the folder, or is none
            return None
        if not isinstance(found, str) or not Path(found).is_file():
            return None
        data = Path(found).read_bytes()
        _assets[name] = Asset(name, hashlib.sha256(data).hexdigest()[:12], data)
    return _assets[name]


class Versioned(StaticFilesStorage):
    """Files where the applications keep them; nothing is collected or copied."""

    def url(self, name: str | None) -> str:
        """The address, with `?v=` and the first digits of the digest; without it where there is no such file."""
        address = super().url(name)
        asset = asset_of(name or "")
        return f"{address}?v={asset.digest}" if asset else address
