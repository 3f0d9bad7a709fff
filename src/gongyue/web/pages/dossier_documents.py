"""Documents of a dossier on its pages: what each is called, whether it can be opened, and opening one, which is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from gongyue.book import pack
from gongyue.office import evidence
from gongyue.office.dossier_documents import documents_in, open_document
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.vault.cipher import Content
from gongyue.office.vault.errors import BadVault, Gone, NotEntitled, NotThere
from gongyue.office.vault.register import Document
from gongyue.web import installation
from gongyue.web.templatetags.words import pick

SHOWN = 200_000
"""Bytes of a text that is shown on a page; a longer one is a file to keep, as is every other kind."""


class ShownDocument(msgspec.Struct, frozen=True):
    """A document in the timeline: what it is called, its address (empty where it cannot be opened), and in words why not.

    `unread`: what is said of one that no software here reads.
    """

    name: str
    url: str
    why: str
    unread: str = ""


def shown(
    facts: DossierFacts, address: Callable[[int, int], str], may: Callable[[DossierLine], bool]
) -> dict[int, list[ShownDocument]]:
    """The documents by the places at which they came; `may`: whether the reader may open those of an entry already."""
    try:
        states = {one.c: one for one in documents_in(installation.office(), installation.folder(), facts.id)}
    except BadVault:  # what stands in the book is shown all the same; nothing is offered that cannot be opened
        states = {}
    return {line.n: list(_of_line(line, states, facts, address, may(line))) for line in facts.entries if line.docs}


def _of_line(
    line: DossierLine,
    states: Mapping[str, Document],
    facts: DossierFacts,
    address: Callable[[int, int], str],
    may: bool,
) -> Iterator[ShownDocument]:
    for number, one in enumerate(line.docs, 1):
        name = name_of(line, number)
        known = states.get(one)
        state = known.state if known is not None else ""
        unread = _unread(facts, known) if known is not None and state == "here" else ""
        if one in facts.erased or state == "erased":
            yield ShownDocument(name, "", pick("内容已依法删除", "content erased by law"))
        elif not may:
            yield ShownDocument(name, "", pick("签收后打开", "opened once received"), unread)
        elif state != "here":
            yield ShownDocument(name, "", pick("内容不在本处", "its content is not kept here"))
        else:
            yield ShownDocument(name, address(line.n, number), "", unread)


def _unread(facts: DossierFacts, document: Document) -> str:
    """What is said of evidence that no software here reads: by kind, and nothing of what stands in it."""
    if facts.kind not in evidence.INVESTIGATED or evidence.is_read(document.kind or ""):
        return ""
    kind = (document.kind or "").upper()
    return pick(f"{kind}，软件没有读过，须由人看", f"{kind}: no software has read it, people have to look")


def name_of(line: DossierLine, number: int) -> str:
    """What the document of that number among an entry's is called."""
    return pick(line.called[number - 1].zh, line.called[number - 1].en)


def opened(facts: DossierFacts, n: int, number: int, who: str, may: Callable[[DossierLine], bool]) -> Content | str:
    """The document at that place, read by `who` and logged so; in words why it is not there any more. Http404 otherwise."""
    line = next((one for one in facts.entries if one.n == n), None)
    if line is None or not 1 <= number <= len(line.docs) or not may(line):
        raise Http404
    try:
        return open_document(installation.office(), installation.folder(), line.docs[number - 1], who)[0]
    except (NotThere, NotEntitled):
        raise Http404 from None
    except (Gone, BadVault) as error:
        return pick(error.zh, error.en)


def text_of(content: Content) -> str | None:
    """A document's text where a page shows it; None where it is a file to keep."""
    if content.kind != "text" or len(content.data) > SHOWN:
        return None
    return content.data.decode("utf-8", "replace")


_TEXTS = (".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".log")
_FITTING = {"text": _TEXTS, "office": (*pack.OFFICE, ".ofd"), "jpeg": (".jpg", ".jpeg"), "tiff": (".tif", ".tiff")}
"""How names of documents of a kind may end, where there are several ways."""


def saved_as(name: str, kind: str) -> str:
    """Under which name a document is kept by whoever opens it: one that ends as what it is, lest a text be run as a program."""
    usual = pack.SUFFIXES.get(kind, ".bin")
    return name if name.lower().endswith(tuple(_FITTING.get(kind, (usual,)))) else f"{name}{usual}"


def file_of(content: Content) -> HttpResponse:
    """A document as a file to keep: never shown by the browser, whatever it holds."""
    response = HttpResponse(content.data, content_type="application/octet-stream")
    name = saved_as(content.name, content.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
