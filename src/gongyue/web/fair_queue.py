"""Whose turn it is when more is asked than there are threads: each address in turn, whoever is gone left out.

So that somebody who asks for thousands of pages, and does not even wait for them, waits for himself alone.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any


class Turns:
    """So many turns at once. For one event loop: nothing here is locked."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}

    async def take(self, address: str, gone: Callable[[], Awaitable[Any]]) -> bool:
        """Wait for a turn, to be given back; False, and none taken, if `gone()` comes to pass before."""
        if self._free:
            self._free -= 1
            return True
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line = self._lines.setdefault(address, deque())
        line.append(turn)
        leaving = asyncio.ensure_future(gone())
        try:
            await asyncio.wait((turn, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        if turn.done():
            return True
        turn.cancel()
        line.remove(turn)
        if not line:
            self._lines.pop(address, None)
        return False

    def give_back(self) -> None:
        """The turn goes to whoever has waited longest at the address that has waited longest."""
        if not self._lines:
            self._free += 1
            return
        address = next(iter(self._lines))
        line = self._lines.pop(address)
        line.popleft().set_result(None)
        if line:
            self._lines[address] = line
