"""A process that forks others, which append until they are killed.

It forks instead of starting Python anew, so that hundreds of deaths take seconds. On each line of input it forks one
child; the child prints `pid N`, then each index once its transaction is committed; then this process prints `end`.
"""

from __future__ import annotations

import os
import sys

from places import Place, add, new  # beside this file, which is run as a program


def append_for_ever(place: Place) -> None:
    """One leaf and its head a transaction; what is printed is acknowledged."""
    say(f"pid {os.getpid()}")
    store = place.open(create=True)
    while True:
        with store.writing() as tx:
            index = add(tx, [new(os.urandom(8).hex())])
        say(str(index))


def say(line: str) -> None:
    """One write, so that a kill never cuts a line."""
    os.write(1, f"{line}\n".encode())


def main(url: str, schema: str) -> None:
    """One child a line of input."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            append_for_ever(Place(url, schema))
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main(*sys.argv[1:])
