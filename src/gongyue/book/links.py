"""Links with the acts that carry them: what is wrong with one that was opened, in words, as the office and verify say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongyue.book.dossiers import folded
from gongyue.book.entry import decode
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Entry, act_type_of, decode_body
from gongyue.governance.institution import Institution
from gongyue.governance.step import require_founded as require_founded_on
from gongyue.sealing.link import BadLink, OpenedLink, Place, Target, parse_link_line

Course = Callable[[str], Iterable[tuple[int, bytes]]]
"""The entries of a dossier by its id, in order: each with its index in the sealed book, and its bytes."""

WHY = {
    "empty": "没有指明任何条目，而这类行为必须有所依 / it names no entry, where such an act rests on one",
    "undisclosed": "所指的条目不在密封簿里，或打不开 / what it names is not in the sealed book, or cannot be opened",
    "elsewhere": "所写的卷宗或位次不是那一条的 / the dossier or place that it states is not that entry's",
    "later": "所指的条目晚于它 / what it names came after it",
    "type": "所指的不是这类行为所能依的条目 / it names an entry of a type that this act does not rest on",
    "twice": "同样的值已经用过 / this very value was used before",
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


def require_founded(inst: Institution, entry: Entry, index: int, target: Iterable[Target], course: Course) -> None:
    """Refused where an open act at an index may not rest on what its link names; `course`: a dossier's entries that can be opened.

    Each dossier is taken as it was when the act was done: what came later made it neither lawful nor unlawful.
    """
    for one in target:
        then = [(n, data) for n, data in course(one.dossier) if (decode(data).entry.rx.open or 0) <= index]
        dossier = folded(inst, then)
        if dossier.n >= one.n:
            require_founded_on(inst, entry, dossier, one.n)


def place_of(entry: Entry, index: int | None = None) -> Place | None:
    """Where an entry stands, as links are judged by it; of an open one its index. None of a sealed one in no dossier."""
    if index is not None:
        return Place(index)
    place = entry.rx.place
    return None if place is None else Place(entry.rx.open or 0, place.dossier, place.n)


def mistaken(entry: Entry, named: Iterable[Entry | None]) -> str:
    """`type` where a link of that act names an entry, of those that are at hand, which it cannot rest on; else empty."""
    kind = act_type_of(entry.act.type)
    types = decode_body(kind, entry.act.body).links_to()
    return "type" if types and any(one is not None and one.act.type not in types for one in named) else ""
