"""Publishing: both books as static files any C2SP tool can read, and the objects public acts name (formats §2)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.recovery import anchored as anchored_size
from gongyue.office.fork_guard import require_prefix
from gongyue.office.office import Office
from gongyue.office.store import OPEN, SEALED
from gongyue.transparency import tiles
from gongyue.transparency.tiles import write_atomically

Progress = Callable[[int, int], None]
"""(done, in all): objects, and leaves of both books."""


def publish(office: Office, directory: Path, progress: Progress = lambda done, total: None) -> int:
    """Write what is new to `directory`; returns the open book's size. OutOfTurn before the covenant is published.

    The sealed book goes out up to its last anchor only, so that its growth between anchors does not show.
    The open checkpoint is written last: whoever sees it finds everything under it.
    """
    office.catch_up()
    if not office.inst.in_force:
        raise OutOfTurn("not-in-force", "publish", can="founding.publish/1")
    return write_books(office, directory, progress)


def write_books(office: Office, directory: Path, progress: Progress = lambda done, total: None) -> int:
    """Write what is new of both books to `directory`, whatever stage the covenant is at; returns the open book's size.

    For `publish`, and for initiators, to whom the books are handed before that.
    """
    require_same_history(office, directory)
    anchored = anchored_size(office.inst)
    head = office.store.head(OPEN)
    assert head is not None
    objects = list(office.store.public_objects())
    total = len(objects) + anchored + head.size
    for done, digest in enumerate(objects):
        progress(done, total)
        path = directory / "objects" / "sha256" / digest.removeprefix("sha256:")
        data = office.store.object(digest)
        if data is not None and not path.exists():
            write_atomically(path, data)
    if anchored:
        _publish_book(office, SEALED, directory / "sealed", anchored, lambda n: progress(len(objects) + n, total))
    _publish_book(office, OPEN, directory, head.size, lambda n: progress(len(objects) + anchored + n, total))
    progress(total, total)
    office.guard.sync()
    return head.size


def require_same_history(office: Office, directory: Path) -> None:
    """What the directory already shows must be a prefix of the store; Forked otherwise (fork guard)."""
    for book, folder in ((OPEN, directory), (SEALED, directory / "sealed")):
        shown = folder / "checkpoint"
        if shown.exists():
            head = office.keys.shown_head(book, shown.read_bytes())
            require_prefix(office.store, book, head.size, head.root, str(shown))


def _publish_book(office: Office, book: str, directory: Path, size: int, progress: Callable[[int], None]) -> None:
    shown = directory / "checkpoint"
    old = office.keys.shown_head(book, shown.read_bytes()).size if shown.exists() else 0
    note = office.store.note(book, size)
    assert note is not None, f"{book}: no checkpoint at {size}"

    def leaves(start: int, stop: int) -> Iterator[bytes]:
        yield from office.store.leaves(book, start, stop)
        progress(stop)

    tiles.publish(
        directory,
        leaves,
        lambda level, index: office.node(book, level, index),
        old,
        size,
    )
    write_atomically(shown, note[1])


def archive(directory: Path, target: Path) -> None:
    """Put a published folder into one zip file: names sorted and dates fixed, so that the same books give the same bytes."""
    made = target.with_name(f".{target.name}.new")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                name = path.relative_to(directory).as_posix()
                with path.open("rb") as source, zipped.open(zipfile.ZipInfo(name), "w") as copy:
                    shutil.copyfileobj(source, copy)
    made.replace(target)
