"""One writer at a time within a process."""

from threading import Lock, get_ident


class WriteLock:
    """A lock that raises instead of deadlocking when its holder re-enters."""

    def __init__(self) -> None:
        self._lock, self._holder = Lock(), 0

    def __enter__(self) -> None:
        """RuntimeError if this thread holds it."""
        if self._holder == get_ident():
            raise RuntimeError("this thread is writing to the store already")
        self._lock.acquire()
        self._holder = get_ident()

    def __exit__(self, *_: object) -> None:
        self._holder = 0
        self._lock.release()
