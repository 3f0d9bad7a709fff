"""Which acts under seal an officer is told of at the desk: of dossiers those that it may open, of ballots that they came (article 5)."""

from __future__ import annotations

from gongyue.book.entry import decode
from gongyue.office.docket import BY_OFFICE
from gongyue.office.dossier_access import sight_of
from gongyue.office.store import SEALED
from gongyue.web import installation
from gongyue.web.desk.officer import Officer


def is_told(me: Officer, book: str, place: str) -> bool:
    """Whether that officer is told of the act at that place of that book.

    Who reported, petitioned or was accused stands in no list of a unit's acts, but for those who open that dossier.
    """
    if book != SEALED:
        return True
    now = me.now
    kept = installation.office().store.sealed_entry(bytes.fromhex(place))
    if kept is None:
        return False
    dossier = decode(kept.entry).entry.rx.dossier
    if dossier is None:  # a ballot: who cast one is stated once the vote is closed, and recorded from paper by these
        return me.decides
    known = now.docket.get(dossier)
    if known is None:  # of all members: what an officer issued itself, no unit's
        return False
    if me.decides and known.dossier.kind in BY_OFFICE:
        return True
    return sight_of(now.inst, known.dossier, me.party, now.day).whole


def may_tell(me: Officer, book: str, place: str) -> bool:
    """Whether that officer may tell a unit of what was recorded from paper in its name: whoever is told of it, and who recorded it.

    Of a report nobody else at the desk knows who filed it, and nobody would tell: whoever recorded it has read its paper.
    """
    if is_told(me, book, place):
        return True
    kept = installation.office().store.sealed_entry(bytes.fromhex(place))
    if kept is None:
        return False
    entry, keys = decode(kept.entry).entry, me.now.inst.keys
    known = me.now.docket.get(entry.rx.dossier or "")
    challenged = known is not None and me.party in known.dossier.challenged
    signed = {keys[sig.key].holder for sig in entry.sigs if sig.key in keys}
    return entry.act.paper is not None and me.party in signed and me.decides and not challenged
