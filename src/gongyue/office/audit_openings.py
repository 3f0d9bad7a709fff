"""What whoever audits the content of drawn slots is handed: every act there, and the whole dossiers these stand in. Never documents."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.book.draws import drawn
from gongyue.governance.institution import Institution
from gongyue.governance.slots import Seed, spans
from gongyue.office import links
from gongyue.office.openings import OpenedEntry, opened
from gongyue.office.store import Reading
from gongyue.office.store.words import in_dossier
from gongyue.sealing.link import link_line


def of_slots(inst: Institution, store: Reading, seed: Seed) -> Iterator[bytes]:
    """The disclosure lines, by dossier and place, and the lines of the links that public acts and these carry.

    What no anchor has placed yet is not among them.
    """
    found: dict[str, OpenedEntry] = {}
    known = spans(inst)
    for slot in drawn(inst, seed):
        start, anchor = known[slot]
        found |= {one.commitment: opened(one) for one in store.placed(start, anchor.size)}
    for dossier in sorted({one.entry.rx.dossier for one in found.values() if one.entry.rx.dossier}):
        found |= {one.commitment: opened(one) for one in store.sealed_with([in_dossier(dossier)])}
    ordered = sorted(found.values(), key=lambda one: (one.entry.rx.dossier or "", one.entry.rx.n or 0, one.commitment))
    yield from (one.line for one in ordered if one.kept.index is not None)
    carried = [links.link_of(one.entry) for one in ordered]
    for link in sorted({*inst.links, *filter(None, carried)}):
        kept = links.kept(store, link)
        if kept is not None:
            yield link_line(kept.salt, kept.target)
