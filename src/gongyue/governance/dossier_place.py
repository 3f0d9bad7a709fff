"""The place of an entry in a dossier: that it fits where the office put it, and that whoever signed had seen what it names (formats §10.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongyue.covenant.periods import moment
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.dossier import MEMBERS, NOTHING_YET, Dossier, id_of
from gongyue.governance.envelope import Act, Entry, Filing, On, Place

if TYPE_CHECKING:
    from gongyue.governance.act_type import ActType
    from gongyue.governance.institution import Institution


def require_fields(kind: ActType, entry: Entry) -> None:
    """OutOfTurn unless the fields of place stand exactly where the kind of act has them, and nowhere else."""
    act, rx = entry.act, entry.rx
    stands = {
        "on": (act.on is not None, bool(kind.within)),
        "to": (act.to is not None, bool(kind.answers)),
        "rx.open": (rx.open is not None, not kind.public),
        "rx.dossier": (rx.dossier is not None, kind.in_dossier),
        "rx.n": (rx.n is not None, kind.in_dossier),
        "rx.prev": (rx.prev is not None, kind.in_dossier),
    }
    for name, (there, due) in stands.items():
        if there != due:
            raise OutOfTurn("malformed", act.type, why=name)


def require_place(inst: Institution, dossier: Dossier, kind: ActType, entry: Entry, filing: Filing) -> None:
    """OutOfTurn unless an entry fits into the dossier at the place it was given, and was signed for it."""
    act, type, given, place = entry.act, kind.type, filing.given, entry.rx.place
    assert place is not None
    if kind.opens:
        if place.dossier != id_of(given.digest):
            raise OutOfTurn("wrong-dossier", type, found=place.dossier, expected=id_of(given.digest))
        if dossier.entries:
            raise OutOfTurn("recorded-before", type, index=1, dossier=dossier.id)
        due = Place(place.dossier, 1, NOTHING_YET)
    else:
        assert act.on is not None
        if act.on.dossier != place.dossier or dossier.id not in ("", place.dossier):
            raise OutOfTurn("wrong-dossier", type, found=place.dossier, expected=act.on.dossier)
        found = "members" if place.dossier == MEMBERS else dossier.kind
        if found not in kind.within and (found == "members" or dossier.entries):
            raise OutOfTurn("wrong-dossier", type, found=found, expected=" | ".join(sorted(kind.within)))
        due = Place(place.dossier, dossier.n + 1, dossier.last.digest)
    where: dict[str, Any] = {"dossier": place.dossier, "n": place.n}
    first = 1 if kind.opens or place.dossier == MEMBERS else 2
    if place.n != due.n or place.n < first:
        raise OutOfTurn("dossier-place", type, **where, expected=max(due.n, first))
    if place.prev != due.prev:
        raise OutOfTurn("dossier-prev", type, **where, found=place.prev, expected=due.prev)
    if number := next((n for n, one in enumerate(dossier.entries, 1) if one.act == given.digest), 0):
        raise OutOfTurn("recorded-before", type, index=number, dossier=dossier.id)
    if act.on is not None:
        _require_seen(dossier, kind, act, act.on, place)
    _require_order(inst, dossier, entry, filing)


def _require_seen(dossier: Dossier, kind: ActType, act: Act, on: On, place: Place) -> None:
    """What the signer had seen stands there before it, and so does what it answers, which stands and is to be answered by it."""
    if not _stands(dossier, on, place):
        raise OutOfTurn("dossier-unseen", act.type, dossier=place.dossier, n=place.n, on=on.n)
    if act.to is not None:
        number = dossier.number(act.to)
        found = dossier.entries[number - 1] if 1 <= number <= on.n else None
        if found is None or found.void or found.type not in kind.answers:
            raise OutOfTurn("dossier-unanswered", act.type, dossier=place.dossier, n=place.n, to=act.to)


def _stands(dossier: Dossier, on: On, place: Place) -> bool:
    """Whether the entry that was seen stands before the place; before the first of `d:members` there is none to be seen."""
    if on.n == 0:
        return place.dossier == MEMBERS and place.n == 1 and on.digest == NOTHING_YET
    if not 1 <= on.n < place.n:
        return False
    seen = dossier.entries[on.n - 1]
    return seen.digest == on.digest or (seen.hidden and not seen.digest)


def _require_order(inst: Institution, dossier: Dossier, entry: Entry, filing: Filing) -> None:
    """Neither times nor sizes fall, nor, by signing key, when it was signed and what was seen; but for a return from a false time."""
    size = entry.rx.open or 0
    falls: list[tuple[str, int, int]] = []

    def add(since: int, times: tuple[str, int, int], sizes: tuple[str, int, int]) -> None:
        if not filing.given.again and not any(since <= r.index < size for r in inst.recoveries):
            falls.append(times)
        falls.append(sizes)

    if last := next((one for one in reversed(dossier.entries) if not one.hidden), None):
        add(last.open, ("t", last.t, entry.rx.t), ("open", last.open, size))
    for key in filing.keys:
        at, seen, since = dossier.keys.get(key, (0, 0, 0))
        add(since, ("at", at, entry.act.at), ("on.n", seen, entry.act.on.n if entry.act.on else 0))
    for what, before, now in falls:
        if now < before:
            shown = (moment(before), moment(now)) if what in ("t", "at") else (before, now)
            n, found = dossier.n + 1, shown[1]
            raise OutOfTurn(
                "dossier-order", entry.act.type, dossier=dossier.id, n=n, what=what, found=found, expected=shown[0]
            )
