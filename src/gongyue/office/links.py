"""Links at the office: what an act links to comes with it, is held against the sealed book, and is kept for whoever may open it.

The line that opens a link is a private object of the store; a setting under the link's value names it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from gongyue.book.dossiers import whole
from gongyue.book.entry import decode
from gongyue.book.links import another, bad_link, mistaken, opening, place_of, replaced_by, stands, unrelated
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import UNPLACED, ActType, Entry, act_type_of
from gongyue.governance.dossier import Dossier, Linked
from gongyue.governance.institution import Institution
from gongyue.governance.sanction import PROPOSE, RESULT, comes_before_the_result
from gongyue.governance.step import judge_linked
from gongyue.office.attachments import Attachments
from gongyue.office.invalid_input import InvalidInput
from gongyue.office.openings import decision_setting, for_member, found_by, named, noticed
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN, SEALED, Reading
from gongyue.office.store.words import in_dossier
from gongyue.sealing.commitment import SALT_BYTES
from gongyue.sealing.link import OpenedLink, Place, Target, check_link, link_line, link_value
from gongyue.transparency import canonical


def _setting(link: str) -> str:
    return f"link:{link}"


def made(salt: bytes, target: Iterable[Target]) -> tuple[str, bytes]:
    """A link to these entries, and the line that opens it (without its newline, as an object)."""
    ordered = tuple(sorted(target, key=lambda one: one.c))
    return link_value(salt, ordered), link_line(salt, ordered).rstrip(b"\n")


def linked(kind: ActType, text: str, store: Reading | None, material: Attachments) -> str:
    """The link for a field, to the acts under seal that a text names (sealed:3f9a…, with spaces between); its line is attached.

    InvalidInput where one cannot be opened here, stands in no dossier, or nothing is named where something must be.
    """
    target: dict[tuple[str, int], Target] = {}
    for name in text.replace(",", " ").replace("，", " ").split():
        found = named(store, name) if store is not None else None
        place = found.entry.rx.place if found is not None else None
        if found is None or place is None:
            raise InvalidInput(
                f"办公室没有卷内的 {name}；写作 sealed: 加承诺值的前 16 位。",
                f"The office has no act {name} in a dossier; write sealed: and the first 16 digits of its commitment.",
            )
        target[place.dossier, place.n] = Target(found.commitment, place.dossier, place.n)
    if not target and not kind.empty_link:
        raise InvalidInput("须指明所依的条目。", "Name the entries it rests on.")
    link, line = made(os.urandom(SALT_BYTES), target.values())
    material.attach(line)
    material.links.append(link)
    return link


def require(inst: Institution, kind: ActType, entry: Entry, files: Iterable[bytes], store: Reading) -> None:
    """OutOfTurn or Refused unless an act that carries a link comes with what opens it, and that is lawful (formats §10.7).

    `inst`: before the act. The office takes no link that it could not open to whoever it is about.
    """
    link = kind.link_in(entry.act.body)
    if not link:
        return
    opened = opening(link, files) or kept(store, link)
    if opened is None:
        raise OutOfTurn("missing-opening", kind.type, digest=link)
    carrier = place_of(entry, inst.size if kind.public else None)
    assert carrier is not None  # whatever carries a link under seal stands in a dossier
    earlier = {link} if store.setting(_setting(link)) is not None else frozenset[str]()
    wrong = check_link(opened, carrier, _places(store), may_be_empty=kind.empty_link, earlier=earlier)
    named = [_entry(store, one.c) for one in opened.target] if not wrong else []
    wrong = wrong or mistaken(entry, named) or unrelated(entry, named, lambda link: kept(store, link))
    wrong = wrong or another(entry, opened, _beside(store, carrier.dossier), lambda link: kept(store, link))
    if not wrong and kind.link_once and any(_decided(inst, store, entry, one.place) for one in opened.target):
        wrong = "decided"
    if wrong:
        raise bad_link(kind.type, wrong)
    if kind.judges_linked:
        own = whole(inst, StoreSources(store), carrier.dossier) if carrier.dossier else Dossier()
        judge_linked(inst, entry, [_linked(inst, store, one) for one in opened.target], own)


def require_untold(inst: Institution, kind: ActType, entry: Entry, store: Reading) -> None:
    """Refused where a sanction is proposed in a case of which all members were told the result already."""
    if kind.type != PROPOSE:
        return
    id = str(entry.rx.dossier)
    found = whole(inst, StoreSources(store), id)
    concluded = [n for n, one in enumerate(found.entries, 1) if one.type == "case.conclude/1" and not one.void]
    told = any(_rests(inst, store, RESULT, (id, n)) is not None for n in concluded)
    if not (ruling := comes_before_the_result(told)).finding.holds:
        raise Refused(inst.meaning.cite(ruling, kind.clause))


def _beside(store: Reading, dossier: str) -> Iterator[Entry]:
    """What stands in a dossier."""
    return (one.entry for one in (found_by(store, in_dossier(dossier)) if dossier else ()))


def _linked(inst: Institution, store: Reading, named: Target) -> Linked:
    """An entry that a link names, in its dossier as it is now."""
    found = _entry(store, named.c)
    assert found is not None  # which was held against the sealed book
    return Linked(found.act.type, named.n, whole(inst, StoreSources(store), named.dossier))


def _places(store: Reading) -> Callable[[str], Place | None]:
    def where(commitment: str) -> Place | None:
        entry = _entry(store, commitment)
        return None if entry is None else place_of(entry)

    return where


def _entry(store: Reading, commitment: str) -> Entry | None:
    """The entry under seal of that commitment; None where there is none."""
    kept = store.sealed_entry(bytes.fromhex(commitment.removeprefix("sha256:")))
    return None if kept is None else decode(kept.entry).entry


def _decided(inst: Institution, store: Reading, entry: Entry, place: tuple[str, int]) -> bool:
    """Whether an act of the same type rests on the entry at that place, which stands and which this act does not take the place of.

    Or this one takes the place of what rests on another. A target is counted by dossier and n.
    """
    found = _rests(inst, store, entry.act.type, place)
    if found is None:
        return store.setting(decision_setting(entry.act.type, *place)) is None and bool(replaced_by(entry))
    book, other = found
    return book == OPEN or not (other.rx.dossier == entry.rx.dossier and other.rx.n == replaced_by(entry))


def _rests(inst: Institution, store: Reading, type: str, place: tuple[str, int]) -> tuple[str, Entry] | None:
    """The last act of a type that rests on the entry at a place, with its book; None where there is none that stands."""
    found = store.setting(decision_setting(type, *place))
    if found is None:
        return None
    book, _, act = found.decode().partition(" ")
    index = store.find(book, act)
    assert index is not None
    if book == OPEN:
        leaf = store.leaf(OPEN, index)
        assert leaf is not None
        return (book, decode(leaf).entry) if stands(inst, index, None) else None
    known = store.sealed_numbered(index)
    assert known is not None
    other = decode(known.entry).entry
    return (book, other) if stands(inst, UNPLACED if known.index is None else known.index, other) else None


def result_of(inst: Institution, store: Reading, case: Dossier) -> int:
    """The place, among the bulletins to all members, of the last result of a case that stands; 0 where none was told."""
    concluded = [n for n, one in enumerate(case.entries, 1) if one.type == "case.conclude/1"]
    found = [rests for n in concluded if (rests := _rests(inst, store, RESULT, (case.id, n))) is not None]
    return max((entry.rx.n or 0 for _, entry in found), default=0)


def to_keep(entry: Entry, act: str, files: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """The settings under which what opens the link of an act is found, and what it decides on: their names and values.

    `act`: its digest. The value of the first is the digest of the line; where the line was kept before, that stays.
    """
    if link := link_of(entry):
        kind = act_type_of(entry.act.type)
        for data in files:
            if (found := opening(link, [data])) is not None:
                yield _setting(link), canonical.digest(data).encode()
                book = OPEN if kind.public else SEALED
                yield from (
                    (decision_setting(kind.type, *t.place), f"{book} {act}".encode())
                    for t in found.target
                    if kind.link_once
                )


def link_of(entry: Entry) -> str:
    """The link that an act carries; "" of one without."""
    return act_type_of(entry.act.type).link_in(entry.act.body)


def kept(store: Reading, link: str) -> OpenedLink | None:
    """A link as the office keeps it; None where it keeps no such link."""
    digest = store.setting(_setting(link))
    data = store.object(digest.decode()) if digest is not None else None
    return opening(link, [data]) if data is not None else None


def of_entry(store: Reading, index: int) -> bytes | None:
    """The line that opens the link of the open entry at `index`; None where it carries none."""
    leaf = store.leaf(OPEN, index)
    assert leaf is not None
    found = kept(store, link) if (link := link_of(decode(leaf).entry)) else None
    return link_line(found.salt, found.target) if found is not None else None


def of_party(inst: Institution, store: Reading, party: str) -> Iterator[bytes]:
    """The lines that open the links about a unit: of each end of its membership, from that moment on; of the results of its cases."""
    yield from of_ends(inst, store, party)
    yield from _of_results(inst, store, party)


def of_ends(inst: Institution, store: Reading, party: str) -> Iterator[bytes]:
    """The lines that open the links of the ends of a unit's membership, which stand in the open book."""
    ended = (event.index for event in inst.events.values() if event.unit == party and event.what == "ended")
    yield from filter(None, (of_entry(store, index) for index in ended))


def _of_results(inst: Institution, store: Reading, party: str) -> Iterator[bytes]:
    """The lines that open the links of those results of its own cases which a unit opens among the bulletins to all members."""
    cases = set(noticed(store, party))
    for one in for_member(inst, store, party) if cases else ():
        found = kept(store, link) if (link := link_of(one.entry)) else None
        if found is not None and any(named.dossier in cases for named in found.target):
            yield link_line(found.salt, found.target)
