"""What a party is given of the sealed book to check for itself: the lines of what it may open, and heads of its memberships."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.book import disclosure
from gongyue.covenant.periods import day_of
from gongyue.governance.dossier import MEMBERS
from gongyue.office import links
from gongyue.office.dossier_heads import heads_of_member
from gongyue.office.office import Office
from gongyue.office.openings import all_of_party


def disclosure_lines(office: Office, party: str, dossier: str | None = None) -> Iterator[bytes]:
    """A line for each sealed act that the party may open, of one dossier only where it is named; the links; and where `d:members` began and ended for it."""
    inst, store = office.inst, office.store
    for opened in all_of_party(inst, store, party):
        if dossier in (None, opened.entry.rx.dossier):
            yield opened.line
    if dossier in (None, MEMBERS):
        yield from links.of_party(inst, store, party)
    if dossier in (None, MEMBERS):
        for note in heads_of_member(inst, store, office.keys, party, day_of(office.now)):
            yield disclosure.head_line(note)
