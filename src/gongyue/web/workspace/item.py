"""One thing that needs a unit's attention, with its deadline and what that rests on."""

from __future__ import annotations

import msgspec

TODO, OFFER, WAIT, DONE = "todo", "offer", "wait", "done"


class AttentionItem(msgspec.Struct, frozen=True):
    """One thing: to do, on offer, waited for, or done. `ends`: the moment it is over, Unix seconds; 0: none.

    `since`: when it arose, where a week would be most of its time; `route` and `args` name its page; `at`
    the address of the article it rests on; `basis` the value or clause its deadline is counted by; `sealed`: it is
    nobody else's business, so no mail names it.
    """

    key: str
    state: str
    zh: str
    en: str
    matter: str
    at: str
    basis: str
    route: str
    args: tuple[str, ...]
    ends: int = 0
    note_zh: str = ""
    note_en: str = ""
    calendar_known: bool = True
    sealed: bool = False
    since: int = 0

    def late(self, time: int) -> bool:
        """Whether its deadline has passed."""
        return bool(self.ends) and self.ends <= time and self.state != DONE
