"""Links with the acts that carry them: what is wrong with one that was opened, in words, as the office and verify say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Entry, act_type_of, decode_body
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import is_void
from gongyue.sealing.link import BadLink, OpenedLink, Place, parse_link_line

WHY = {
    "empty": "没有指明任何条目，而这类行为必须有所依 / it names no entry, where such an act rests on one",
    "undisclosed": "所指的条目不在密封簿里，或打不开 / what it names is not in the sealed book, or cannot be opened",
    "elsewhere": "所写的卷宗或位次不是那一条的 / the dossier or place that it states is not that entry's",
    "later": "所指的条目晚于它 / what it names came after it",
    "type": "所指的不是这类行为所能依的条目 / it names an entry of a type that this act does not rest on",
    "twice": "同样的值已经用过 / this very value was used before",
    "decided": "已有同类行为据所指的条目作出，这一件也不代替它 / an act of this type rests already on the entry that it names, which this one does not replace",
    "another": "所说的不是先前答复所指的那一案 / it is of another dossier than the answer before it named",
    "unrelated": "所指的条目不是由它所在的卷宗而来 / what it names does not come from the dossier in which it stands",
}
"""What is wrong with a link, in both languages."""


def bad_link(type: str, wrong: str) -> OutOfTurn:
    """What is said of an act whose link is wrong in that way."""
    return OutOfTurn("bad-link", type, why=WHY[wrong])


def opening(link: str, lines: Iterable[bytes]) -> OpenedLink | None:
    """What opens a link among lines without their line ends; None where none does."""
    for data in lines:
        if data.startswith(b'{"link":"%s"' % link.encode()):
            try:
                return parse_link_line(data)
            except BadLink:
                continue
    return None


def place_of(entry: Entry, index: int | None = None) -> Place | None:
    """Where an entry stands, as links are judged by it; of an open one its index. None of a sealed one in no dossier."""
    if index is not None:
        return Place(index)
    place = entry.rx.place
    return None if place is None else Place(entry.rx.size, place.dossier, place.n)


def replaced_by(entry: Entry) -> int:
    """The place in its own dossier of what an act takes the place of; 0 for nothing."""
    replaces = msgspec.json.decode(entry.act.body).get("replaces")
    return replaces if isinstance(replaces, int) and entry.rx.dossier else 0


def mistaken(entry: Entry, named: Iterable[Entry | None]) -> str:
    """`type` where a link of that act names an entry, of those that are at hand, which it cannot rest on; else empty."""
    kind = act_type_of(entry.act.type)
    types = decode_body(kind, entry.act.body).links_to()
    return "type" if types and any(one is not None and one.act.type not in types for one in named) else ""


def stands(inst: Institution, index: int, sealed: Entry | None) -> bool:
    """Whether an act that decided stands: the open one at `index`, or the `sealed` one that is there. What is void decided nothing."""
    if sealed is not None:
        return index not in inst.void and not is_void(inst, index, sealed)
    corrected = inst.corrections.get(index)
    return corrected is None or corrected.what != "void"


def another(entry: Entry, link: OpenedLink, before: Iterable[Entry], opened: Callable[[str], OpenedLink | None]) -> str:
    """`another` where an act goes on with what an earlier one in its dossier began, and names other dossiers; else empty.

    `before`: what stands in its dossier, as far as it is at hand.
    """
    kind, place = act_type_of(entry.act.type), entry.rx.place
    if place is None or not kind.linked or decode_body(kind, entry.act.body).thread() != "goes on":
        return ""
    began = [
        one
        for one in before
        if one.rx.dossier == place.dossier
        and one.rx.nth < place.n
        and one.act.type == kind.type
        and decode_body(kind, one.act.body).thread() == "begins"
    ]
    last = max(began, key=lambda one: one.rx.nth, default=None)
    first = opened(kind.link_in(last.act.body)) if last is not None else None
    same = first is None or {one.dossier for one in link.target} <= {one.dossier for one in first.target}
    return "" if same else "another"


def unrelated(entry: Entry, named: Iterable[Entry | None], opened: Callable[[str], OpenedLink | None]) -> str:
    """`unrelated` where an act says that what it names came from its own dossier, and the link of that, if opened, does not; else empty.

    `opened`: a link by its value, None where it is not at hand.
    """
    if entry.rx.dossier is None or not decode_body(act_type_of(entry.act.type), entry.act.body).links_back():
        return ""
    links = (opened(act_type_of(one.act.type).link_in(one.act.body)) for one in named if one is not None)
    back = ((entry.rx.dossier, 1) in {one.place for one in link.target} for link in links if link is not None)
    return "" if all(back) else "unrelated"
