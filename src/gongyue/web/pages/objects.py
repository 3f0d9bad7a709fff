"""What acts name: texts, editions, changes, read from the store by their digests."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from django.http import Http404

from gongyue.book.entry import Leaf, decode
from gongyue.covenant.changing import Change
from gongyue.covenant.edition import Edition, load
from gongyue.office.store import OPEN
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.installation import Now


def bytes_of(digest: str) -> bytes:
    """An object's bytes; Http404 if the store does not have it."""
    data = installation.office().store.object(digest)
    if data is None:
        raise Http404(digest)
    return data


def path_of(digest: str) -> str:
    """Where an object stands among the book's files."""
    return f"objects/sha256/{digest.removeprefix('sha256:')}"


def text_of(digest: str) -> str:
    """An object's text; empty where it is none, or is not there."""
    data = installation.office().store.object(digest)
    try:
        return (data or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""


def data_of(digest: str) -> Any:
    """An object's content as decoded JSON."""
    return canonical.decode(bytes_of(digest))


# What a digest names never changes, so it is read once.
@lru_cache(maxsize=64)
def edition_of(digest: str) -> Edition:
    """The edition of that digest."""
    return load(data_of(digest))


@lru_cache(maxsize=256)
def change_of(digest: str) -> Change:
    """A proposal's change of that digest."""
    return msgspec.convert(data_of(digest), Change)


def leaf_at(now: Now, index: int) -> Leaf:
    """The leaf at an index of the open book; Http404 beyond the page's size."""
    data = installation.office().store.leaf(OPEN, index) if 0 <= index < now.size else None
    if data is None:
        raise Http404(index)
    return decode(data)


def body_at(now: Now, index: int) -> dict[str, Any]:
    """The body of the act at an index, as it was signed."""
    body: dict[str, Any] = msgspec.json.decode(leaf_at(now, index).entry.act.body)
    return body


def body_now(now: Now, index: int) -> dict[str, Any]:
    """The body of the act at an index with what was corrected in it since."""
    body = body_at(now, index)
    correction = now.inst.corrections.get(index)
    if correction is not None and correction.what == "corrected":
        body |= body_at(now, correction.by)["fields"]
    return body
