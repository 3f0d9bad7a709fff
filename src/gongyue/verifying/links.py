"""Links that a party's file opens: whose they are, what they name, and that nothing is decided twice (formats §10.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.links import another, bad_link, mistaken, place_of, replaced_by, stands, unrelated
from gongyue.governance.acts import ActType, Entry, act_type_of
from gongyue.governance.institution import Institution
from gongyue.governance.sanction import PROPOSE, RESULT, comes_before_the_result
from gongyue.sealing.link import OpenedLink, Place, check_link
from gongyue.verifying.dossiers import Named, at_its_place
from gongyue.verifying.failures import UNLAWFUL, Failure, Stop, tampered, unlawful
from gongyue.verifying.report import KnownLink

Links = Iterable[tuple[str, OpenedLink]]
"""The links that were opened, each with its file's name."""


class Carrier:
    """An act that carries a link: in the open book at an index, or under seal as it was disclosed."""

    def __init__(self, entry: Entry, index: int, book: str) -> None:
        self.entry, self.index, self.book = entry, index, book
        self.kind: ActType = act_type_of(entry.act.type)

    @property
    def open(self) -> int:
        """How large the open book was when it arrived."""
        return self.index if self.book == "open" else self.entry.rx.size

    @property
    def name(self) -> str:
        """As it is cited."""
        return f"#{self.index}" if self.book == "open" else f"sealed #{self.index}"

    @property
    def place(self) -> Place:
        """Where it stands."""
        place = place_of(self.entry, self.index if self.book == "open" else None)
        assert place is not None  # whatever carries a link under seal stands in a dossier
        return place

    def refused(self, wrong: str) -> Stop:
        """What is said of it where its link is wrong in that way."""
        return unlawful(bad_link(self.kind.type, wrong).refusal, self.index, self.kind.type, self.book)


ByLaw = Callable[[Carrier, OpenedLink], str]
"""What is wrong with an act by what its link names, "" for nothing, where that is known; Stop where it is unlawful."""


def check(
    inst: Institution, leaf: Callable[[int], Entry], opened: Iterable[Named], links: Links, by_law: ByLaw
) -> Iterator[KnownLink]:
    """What each opened link was found to be; Stop where it is of no act, or the act may not link so.

    `leaf` gives an entry of the open book, `opened` what is disclosed of the sealed one; `by_law` holds what is named against the law.
    """
    entries = [one for _, one in opened]
    carriers = _sealed_carriers(inst, entries)
    disclosed = {one.opening.commitment: one.leaf.entry for one in entries}
    places = {one.opening.commitment: place_of(one.leaf.entry) for one in entries}
    at = {(place.dossier, place.n): c for c, place in places.items() if place is not None}
    links = list(links)
    shown = {link.link: link for _, link in links}
    decided: dict[tuple[str, str, int], dict[str, Carrier]] = {}
    for name, link in links:
        carrier = carriers.get(link.link)
        if carrier is None and link.link in inst.links:
            carrier = Carrier(leaf(inst.links[link.link]), inst.links[link.link], "open")
        if carrier is None:
            raise tampered("link", f"{name} {link.link}", file=name)
        wrong = check_link(link, carrier.place, places.get, may_be_empty=carrier.kind.empty_link, at=at.get)
        named = [disclosed.get(one.c) for one in link.target]
        if wrong in ("", "undisclosed"):
            found = mistaken(carrier.entry, named) or unrelated(carrier.entry, named, shown.get)
            wrong = found or another(carrier.entry, link, disclosed.values(), shown.get) or wrong
        if wrong not in ("", "undisclosed"):
            raise carrier.refused(wrong)
        if carrier.kind.link_once and stands(inst, carrier.index, carrier.entry if carrier.book != "open" else None):
            for one in link.target:
                decided.setdefault((carrier.kind.type, *one.place), {})[carrier.name] = carrier
        if carrier.kind.judges_linked and not wrong:
            wrong = by_law(carrier, link)
        yield KnownLink(carrier.name, carrier.kind.type, len(link.target), not wrong)
    _require_continued(decided)
    _require_nothing_after_results(inst, decided, entries)


def _require_nothing_after_results(
    inst: Institution, decided: Mapping[tuple[str, str, int], Mapping[str, Carrier]], entries: Iterable[DisclosedEntry]
) -> None:
    """Stop where a sanction was proposed in a case once all members had been told its result."""
    told: dict[str, tuple[int, int]] = {}
    for (type, dossier, _), found in decided.items():
        if type == RESULT:
            told[dossier] = min((one.open, one.entry.rx.t) for one in found.values())
    for one in entries:
        entry, index = one.leaf.entry, one.opening.index
        since = told.get(entry.rx.dossier or "")
        if entry.act.type != PROPOSE or since is None or not stands(inst, index, entry):
            continue
        ruling = comes_before_the_result((entry.rx.size, entry.rx.t) > since)
        if not ruling.finding.holds:
            refusal = inst.meaning.cite(ruling, act_type_of(PROPOSE).clause)
            raise unlawful(at_its_place(refusal, entry), index, PROPOSE, "sealed")


def _require_continued(decided: Mapping[tuple[str, str, int], Mapping[str, Carrier]]) -> None:
    """Stop where two acts rest on one entry and neither takes the other's place, or one takes that of what rests on another."""
    known = {(c.entry.rx.dossier, c.entry.rx.n): key for key, found in decided.items() for c in found.values()}
    for key, found in decided.items():
        _require_once(list(found.values()), *key[1:])
        for one in found.values():
            at = (one.entry.rx.dossier, replaced_by(one.entry))
            if known.get(at, key) != key:  # it takes the place of what was decided on another entry
                raise one.refused("decided")


def _require_once(carriers: list[Carrier], dossier: str, n: int) -> None:
    """Stop where two acts rest on one entry, but for one that takes the other's place."""
    carriers.sort(key=lambda one: (one.open, one.entry.rx.nth))
    for first, second in pairwise(carriers):
        if first.entry.rx.dossier is None or replaced_by(second.entry) != first.entry.rx.n:
            raise _decided_twice(first, second, dossier, n)


def _sealed_carriers(inst: Institution, entries: Iterable[DisclosedEntry]) -> dict[str, Carrier]:
    """The acts under seal that carry a link, by it; Stop where a value occurs twice, in whichever books."""
    found: dict[str, Carrier] = {}
    seen: dict[str, str] = {}
    for one in entries:
        entry, commitment = one.leaf.entry, one.opening.commitment
        kind = act_type_of(entry.act.type)
        if not kind.linked or not kind.in_dossier:
            continue
        carrier, link = Carrier(entry, one.opening.index, "sealed"), kind.link_in(entry.act.body)
        if link in inst.links or seen.setdefault(link, commitment) != commitment:
            raise carrier.refused("twice")
        found[link] = carrier
    return found


def _decided_twice(first: Carrier, second: Carrier, dossier: str, n: int) -> Stop:
    """Two acts that decide on one entry: whichever of them was shown, the other contradicts it."""
    figures: dict[str, int | str] = {"dossier": dossier, "n": n, "first": first.name, "also": second.name}
    zh = f"卷 {dossier} 第 {n} 位据以作出两次 {second.kind.type}：{first.name} 与 {second.name}"
    en = f"dossier {dossier}, place {n}: two acts {second.kind.type} rest on it, {first.name} and {second.name}"
    failure = Failure(
        "unlawful", zh, en, second.index, second.kind.type, "link/decided-twice", figures=figures, book=second.book
    )
    return Stop(UNLAWFUL, failure)
