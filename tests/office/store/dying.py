"""A process whose children append to a store until they are killed."""

from __future__ import annotations

import os
import sys

from tests.support.mortal import fork, say

from .places import Place, add, new


def append_for_ever(place: Place) -> None:
    """One leaf and its head a transaction; what is printed is acknowledged."""
    store = place.open(create=True)
    while True:
        with store.writing() as tx:
            index = add(tx, [new(os.urandom(8).hex())])
        say(str(index))


if __name__ == "__main__":
    fork(lambda: append_for_ever(Place(*sys.argv[1:])))
