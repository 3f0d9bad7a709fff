"""What is told of a pack's dossier, entry by entry and document by document: on entries made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from gongyue.book.digest_words import digest_words
from gongyue.book.pack import Manifest, PackedDocument
from gongyue.covenant.periods import iso, start_of
from gongyue.governance.acts import UNPLACED
from gongyue.transparency import canonical
from gongyue.verifying import packs
from gongyue.verifying.failures import Stop
from gongyue.verifying.pack_report import Owed, PackReport
from gongyue.verifying.packs import TOLD_ELSEWHERE, documents_checked, judged
from gongyue.verifying.report import KeptHead, KnownLink
from support.alliance import FIRST
from support.made_entries import digest, entry, shown

CASE, OTHER = "d:" + "1" * 64, "d:" + "2" * 64
HERE, GONE, ABSENT, ELSEWHERE, NOWHERE = map(digest, ("here", "gone", "absent", "else", "nowhere"))
DAY = 739_800


def note(n: int, *docs: str, dossier: str = CASE, type: str = "dossier.note/1", index: int = 0) -> tuple[str, Any]:
    """An act at a place that names documents, on the day after the last one's."""
    body: dict[str, Any] = {"docs": list(docs)} | ({"ground": "request"} if type == "dossier.erase/1" else {})
    one = entry(type, body, dossier, n, t=start_of(DAY + n), actor=f"u:{n:04d}")
    return "mine", shown(one, digest(f"{dossier[2]}{n}"), index or 100 + n)


def packed(*documents: PackedDocument) -> tuple[Any, list[str]]:
    """A pack of the case with these documents, and the files of those that are opened."""
    asked = list[str]()
    manifest = Manifest(documents, CASE, (), FIRST)
    found = SimpleNamespace(manifest=manifest, own_key=True, foreign=3, replaced=lambda: ("guide.html",))
    found.document = lambda one: asked.append(one.file)
    return found, asked


HERE_DOCUMENT = PackedDocument(HERE, "here", "documents/001-1.txt", "a.txt", "00" * 32)


def test_each_document_is_told_with_the_entries_that_name_it() -> None:
    """By places, whatever order the entries came in; opened where it is here; what is erased, whether the dossier says so."""
    found, asked = packed(HERE_DOCUMENT, PackedDocument(GONE, "erased"), PackedDocument(ELSEWHERE, "erased"))
    rows = [
        note(4, GONE, type="dossier.erase/1"),
        note(2, HERE, ELSEWHERE, index=UNPLACED),
        note(1, HERE, GONE, ABSENT),
        note(1, NOWHERE, dossier=OTHER),
        ("mine", shown(entry("nothing/1", {"docs": [NOWHERE]}, CASE, 3, t=start_of(DAY + 3)), digest("13"), 103)),
    ]
    report = documents_checked(found, "x+key", rows)
    assert [(e.n, e.day, e.promised) for e in report.entries] == [
        (1, iso(DAY + 1), False),
        (2, iso(DAY + 2), True),
        (3, iso(DAY + 3), False),
        (4, iso(DAY + 4), False),
    ]
    assert [e.actor for e in report.entries] == ["u:0001", "u:0002", "exec", "u:0004"]
    assert [(d.c, d.state, d.places, d.recorded) for d in report.documents] == [
        (HERE, "here", (1, 2), False),
        (GONE, "erased", (1, 4), True),
        (ABSENT, "absent", (1,), False),
        (ELSEWHERE, "erased", (2,), False),
    ]
    assert asked == ["documents/001-1.txt"]
    key = canonical.digest(b"x+key")
    assert report.words == (" ".join(digest_words(key, "zh")), " ".join(digest_words(key, "en")))
    assert (report.dossier, report.party, report.own_key, report.foreign, report.replaced, report.judged) == (
        CASE, FIRST, True, 3, ("guide.html",), False,
    )  # fmt: skip


def test_a_pack_of_nothing_and_a_document_of_nobody() -> None:
    """No entry of its dossier: missing. A document that another dossier's entry names: the first such is told, by its file if it has one."""
    found, _ = packed()
    with pytest.raises(Stop) as stop:
        documents_checked(found, "x+key", [note(1, dossier=OTHER)])
    assert (stop.value.failure.code, stop.value.failure.figures["what"]) == ("tampered/missing", CASE)
    for document, what in ((HERE_DOCUMENT, HERE_DOCUMENT.file), (PackedDocument(HERE, "waiting"), HERE)):
        found, _ = packed(document)
        with pytest.raises(Stop) as stop:
            documents_checked(found, "x+key", [note(1, GONE), note(1, HERE, dossier=OTHER)])
        assert (stop.value.failure.code, stop.value.failure.figures["what"]) == ("tampered/document", what)


def overdue(
    *duties: Any, heads: tuple[KeptHead, ...] = (), links: tuple[KnownLink, ...] = (), shelf: Any = ()
) -> PackReport:
    """The report on that day, once all was found lawful."""
    inst: Any = SimpleNamespace(now=start_of(DAY), meaning=SimpleNamespace(at=lambda article: f"at {article}"))
    found: Any = SimpleNamespace(heads=list(heads), links=list(links))
    report = PackReport(CASE, FIRST, ("", ""), True, (), (), (), 0)
    with (
        mock.patch.object(packs, "folded", return_value=SimpleNamespace(parties={FIRST, "u:0002"})),
        mock.patch.object(packs, "sealed_duties", return_value=duties),
    ):
        return judged(report, inst, shelf, found)


def duty(last: int, what: str = "答复 / answer", act: str = "petition.answer/1", lapses: bool = False) -> Any:
    """What is owed until that day."""
    return SimpleNamespace(what=what, last=last, act=act, lapses=lapses, article=8, basis="P10")


def test_what_was_to_be_done_before_today_is_overdue() -> None:
    """By days; not what may be done until today, nor what lapses, nor what is done in another dossier. Words in one language serve for both."""
    late = overdue(duty(DAY - 3), duty(DAY), duty(DAY + 1), duty(DAY - 1, "办理"), duty(DAY - 1, lapses=True),
                   duty(DAY - 1, act=TOLD_ELSEWHERE))  # fmt: skip
    assert late.judged and late.overdue == (
        Owed("答复", "answer", iso(DAY - 3), 3, "at 8", "P10"),
        Owed("办理", "办理", iso(DAY - 1), 1, "at 8", "P10"),
    )


def test_a_pack_is_complete_up_to_the_last_head_of_its_dossier() -> None:
    """Of three heads the largest place, whatever another dossier's says; without one 0."""
    heads = [KeptHead("file", dossier, n, "", True) for dossier, n in ((CASE, 2), (CASE, 3), (CASE, 1), (OTHER, 9))]
    assert overdue(heads=tuple(heads)).up_to == 3
    assert overdue(heads=tuple(heads[3:])).up_to == overdue().up_to == 0


def test_links_that_nothing_opens_whole_are_told_by_their_places() -> None:
    """Opened in part, or not at all; not an act that carries none, one of a type there is not, nor an open one of that number."""
    link = {"accused": "u:0002", "link": digest("link")}
    shelf = [shown(entry("case.open/1", link, CASE, n), digest(f"1{n}"), 100 + n) for n in (1, 2, 3)]
    shelf += [shown(entry("nothing/1", link, CASE, 4), digest("14"), 104), note(5)[1]]
    known = tuple(
        KnownLink(carrier, "case.open/1", 1, full)
        for carrier, full in (("sealed #101", True), ("sealed #102", False), ("#103", True))
    )
    assert overdue(links=known, shelf=shelf).unopened == (2, 3)
