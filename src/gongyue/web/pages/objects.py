"""What acts name, as pages show it: Http404 where it is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from gongyue.book.entry import Leaf
from gongyue.office.facts import shapes
from gongyue.transparency import canonical
from gongyue.web.installation import Now


def data_of(now: Now, digest: str) -> Any:
    """An object's content as decoded JSON; Http404 if the store does not have it."""
    data = now.object(digest)
    if data is None:
        raise Http404(digest)
    return canonical.decode(data)


def leaf_at(now: Now, index: int) -> Leaf:
    """The leaf at an index of the open book; Http404 beyond the page's size."""
    try:
        return shapes.leaf_at(now, index)
    except IndexError:
        raise Http404(index) from None
