"""Section 10.7: links, once they are opened."""

from __future__ import annotations

import collections

from tests.interop.canon import tampered, unlawful
from tests.interop.dossiers import Dossier, is_void
from tests.interop.entries import Entry
from tests.interop.sealed_book import Disclosures, SealedBook

EMPTY = {"case.open", "membership.end", "referral.make"}
ONCE = {"membership.end", "case.open", "bulletin.result"}


def check_links(book: SealedBook, dossiers: dict[str, Dossier], given: Disclosures) -> None:
    carriers: dict[str, list[tuple[Entry, str, int, int]]] = collections.defaultdict(list)
    for link, index in book.open.links.items():
        carriers[link].append((book.open.entries[index], "", 0, index))
    for opened in given.opened:
        if link := opened.entry.body.get("link"):
            rx = opened.entry.rx
            carriers[link].append((opened.entry, rx["dossier"], rx["n"], rx["open"]))
    void = {o.entry.body.get("link") for o in given.opened if is_void(book.open, o)}
    void |= {v for v, leaf in book.open.links.items() if any(r.first <= leaf < r.leaf for r in book.open.recoveries)}
    decided: dict[tuple[str, str, int], str] = {}
    for link, who in carriers.items():
        if len(who) > 1:
            unlawful(f"bad-link: twice: {link}")
    lines = {line.link: line for line in given.links}
    for link, line in lines.items():
        if link not in carriers:
            tampered(f"link: {link}")
        entry, home, place, when = carriers[link][0]
        if not line.target and entry.type not in EMPTY:
            unlawful("bad-link: empty")
        for x in line.target:
            target = dossiers[x["dossier"]].places.get(x["n"]) if x["dossier"] in dossiers else None
            same = next((o for o in given.opened if o.c == x["c"]), None)
            if (target and target.c != x["c"]) or (
                same and (same.entry.rx.get("dossier"), same.entry.rx.get("n")) != (x["dossier"], x["n"])
            ):
                unlawful("bad-link: elsewhere")
            if (target and target.entry.rx["open"] > when) or (x["dossier"] == home and x["n"] >= place):
                unlawful("bad-link: later")
            if (
                entry.type == "report.answer"
                and entry.body.get("answer") == "opened"
                and target
                and target.entry.type == "case.open"
            ):
                back = lines.get(target.entry.body["link"])
                if back and (home, 1) not in {(y["dossier"], y["n"]) for y in back.target}:
                    unlawful("bad-link: unrelated")
            if (
                entry.type in ONCE
                and link not in void
                and not (entry.type == "bulletin.result" and entry.body.get("replaces"))
            ):
                key = (entry.type, x["dossier"], x["n"])
                if decided.setdefault(key, link) != link:
                    unlawful(f"link/decided-twice: {link} {decided[key]}")
