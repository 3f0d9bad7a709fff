"""What comes with a draft and never stands in the book: shown in full to its author and to those who are to sign it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from gongyue.governance.acts import ActType
from gongyue.office import bodies
from gongyue.office.attachments import WRITTEN
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.vault.cipher import examined
from gongyue.web.access import seated
from gongyue.web.acting.editor_views import draft_or_404
from gongyue.web.acting.labels import label_of
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.pages.dossier_documents import file_of, name_of
from gongyue.web.templatetags.words import pick

SHOWN = 20_000
"""Characters of a text that are shown on the page; what is longer, or no text, is a file to open."""


class Enclosure(msgspec.Struct, frozen=True):
    """A document that comes with a draft: by which question, its name (empty: it was written there), its text or else its number."""

    label: str
    name: str
    text: str
    number: int


def enclosed(draft: Draft) -> list[Enclosure]:
    """The documents of a draft, in the order of the questions that they answer."""
    asked = dict(_questions(draft))
    files = sorted(_files(draft), key=lambda pair: list(asked).index(pair[1].digest) if pair[1].digest in asked else 99)
    return [
        Enclosure(asked.get(one.digest, ""), "" if one.name == WRITTEN else one.name, _text(one), number)
        for number, one in files
    ]


def _files(draft: Draft) -> Iterator[tuple[int, DraftFile]]:
    yield from enumerate((one for one in draft.files.order_by("pk") if one.private), 1)


def _questions(draft: Draft) -> Iterator[tuple[str, str]]:
    """(digest, label) of what the answers name."""
    kind: ActType = draft.kind
    for field in bodies.fields(kind):
        value = draft.body.get(field.name)
        for digest in value if isinstance(value, list) else [value]:
            if isinstance(digest, str):
                yield digest, label_of(kind, field.name).text
    if draft.paper:
        yield draft.paper["scan"], pick("扫描件", "Scan")


def _text(file: DraftFile) -> str:
    """What a page shows of it: a short text whole, of anything else nothing."""
    data = bytes(file.data)
    if examined(data, file.name or "-", any_kind=True).kind != "text":
        return ""
    text = data.decode("utf-8", "replace")
    return text if len(text) <= SHOWN else ""


def names_within(facts: DossierFacts | None) -> dict[str, str]:
    """What the documents are called that stand in the dossier already, by their commitments; of one that is not opened none."""
    found: dict[str, str] = {}
    for line in facts.entries if facts is not None else ():
        for number, c in enumerate(line.docs, 1):
            found.setdefault(
                c, pick(f"第 {line.n} 件：{name_of(line, number)}", f"{name_of(line, number)} of place {line.n}")
            )
    return found


@seated
@require_GET
def draft_document(request: HttpRequest, id: UUID, number: int) -> HttpResponse:
    """One of these documents as a file to keep, never shown by the browser; where there is none, the draft's page."""
    draft, _ = draft_or_404(request, id)
    file = dict(_files(draft)).get(number)
    if file is None:
        return redirect("draft", id=draft.pk)
    return file_of(examined(bytes(file.data), file.name or "-", any_kind=True))
