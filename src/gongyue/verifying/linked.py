"""What an opened link names, held against the law: its dossier folded up to when the act that carries the link arrived (formats §10.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.dossiers import folded
from gongyue.book.heads import DossierHead
from gongyue.book.replay import Replay
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Entry
from gongyue.governance.dossier import Dossier, Linked
from gongyue.governance.recovery import of_false_time
from gongyue.governance.step import judge_linked
from gongyue.sealing.link import OpenedLink, Target
from gongyue.verifying.dossiers import at_its_place
from gongyue.verifying.failures import unlawful
from gongyue.verifying.links import Carrier

Shelves = Mapping[str, Sequence[DisclosedEntry]]
UNKNOWN = "undisclosed"
"""What is said where the dossier may have gone on unseen: nobody is accused by a file that was cut off."""


class ByLaw:
    """Judges acts by what their links name. `whole`: every dossier was disclosed to its end; else heads say how far it goes."""

    def __init__(self, replay: Replay, shelves: Shelves, heads: Iterable[DossierHead], whole: bool) -> None:
        self.replay, self.shelves, self.heads, self.whole = replay, shelves, list(heads), whole

    def __call__(self, carrier: Carrier, link: OpenedLink) -> str:
        """What is wrong: nothing, or not known; Stop where what the link names makes the act unlawful."""
        inst, entry = self.replay.inst, carrier.entry
        if of_false_time(inst, carrier.index, entry) is not None:
            return UNKNOWN
        then = self.replay.past.judge(self.replay, carrier.open).inst
        refused: Refused | OutOfTurn | None = None
        for second in (False, True):  # what came in the same second may have come before it or after
            try:
                judge_linked(then, entry, [self._linked(one, carrier, second) for one in link.target], self._own(entry))
            except (Refused, OutOfTurn) as error:
                refused = error
            else:
                return ""
        assert refused is not None
        if not all(self._is_known(one.dossier, carrier) for one in link.target):
            return UNKNOWN
        raise unlawful(at_its_place(refused.refusal, entry), carrier.index, carrier.kind.type, carrier.book)

    def _linked(self, named: Target, carrier: Carrier, second: bool) -> Linked:
        entries = list(self._before(named.dossier, carrier, second))
        type = next((one.leaf.entry.act.type for one in self._shelf(named) if one.opening.commitment == named.c), "")
        rows = [(one.opening.index, one.leaf.data) for one in entries]
        return Linked(type, named.n, folded(self.replay.inst, rows) if rows else Dossier())

    def _own(self, entry: Entry) -> Dossier:
        """The dossier in which the act stands, as it was before."""
        shelf = self.shelves.get(entry.rx.dossier or "", ())
        rows = [(o.opening.index, o.leaf.data) for o in shelf if o.leaf.entry.rx.nth < entry.rx.nth]
        return folded(self.replay.inst, rows) if rows else Dossier()

    def _shelf(self, named: Target) -> Sequence[DisclosedEntry]:
        return self.shelves.get(named.dossier, ())

    def _before(self, dossier: str, carrier: Carrier, second: bool) -> Iterator[DisclosedEntry]:
        """What stood in a dossier when the act arrived; with what came in that second, or without."""
        for one in self.shelves.get(dossier, ()):
            rx = one.leaf.entry.rx
            if rx.size <= carrier.open and rx.t < carrier.entry.rx.t + second:
                yield one

    def _is_known(self, dossier: str, carrier: Carrier) -> bool:
        """Whether nothing can have come into a dossier before the act that is not disclosed."""
        shelf, time = self.shelves.get(dossier, ()), carrier.entry.rx.t
        later = any(_after(one.leaf.entry, carrier) for one in shelf)
        kept = any(h.dossier == dossier and h.n <= len(shelf) and h.time >= time for h in self.heads)
        return self.whole or later or kept


def _after(entry: Entry, carrier: Carrier) -> bool:
    return (entry.rx.size, entry.rx.t) > (carrier.open, carrier.entry.rx.t)
