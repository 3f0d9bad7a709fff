"""A text, or a draft, that an officer hands in: to begin a binding with, or to go on with."""

from __future__ import annotations

import unicodedata

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from gongyue.covenant.binding import draft_file as binding_draft_file
from gongyue.covenant.binding.draft import Carried
from gongyue.covenant.binding.draft_file import BadDraft
from gongyue.web import installation, request_state
from gongyue.web.binding import draft_store
from gongyue.web.binding.draft_store import LARGEST
from gongyue.web.binding.models import BindingDraft

LONGEST_NAME = 200


def version_seen(request: HttpRequest) -> int:
    """The version of the draft that the page was made of."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def officer_of(request: HttpRequest) -> str:
    """Who decides."""
    return request_state.seat(request).party


def original(request: HttpRequest) -> bytes | None:
    """The document that was imported, where it is kept."""
    was = request_state.now(request).inst.founding.draft
    return installation.office().store.object(was.original) if was else None


def submit(request: HttpRequest, row: BindingDraft | None) -> Carried | None:
    """Keep what was handed in; what is undecided again because of it, or None where somebody else had begun.

    BadDraft, Unreadable, BadBinding: it cannot be read or bound; Overtaken: the draft was changed since it was seen.
    """
    given, draft = _file(request.FILES, "text"), _file(request.FILES, "draft")
    read = binding_draft_file.load(draft[0]) if draft else None
    if given is None and request.POST.get("from") == "imported" and (data := original(request)):
        given = data, "imported.docx" if data.startswith(b"PK") else "imported.txt"
    if row is None:
        if given is None:
            raise BadDraft("请选择文本", "choose the text")
        return draft_store.begin(officer_of(request), *given, read)
    if given is None and read is None:
        raise BadDraft("请选择文本或草稿", "choose a text or a draft")
    data, name = given or (bytes(BindingDraft.objects.get(pk=row.pk).text), row.name)
    seen = version_seen(request)
    return draft_store.replace_text(officer_of(request), seen, data, name, read)


def _file(files: MultiValueDict[str, UploadedFile[bytes]], name: str) -> tuple[bytes, str] | None:
    upload = files.get(name)
    if upload is None:
        return None
    if (upload.size or 0) > LARGEST:
        raise BadDraft(f"文件超过 {LARGEST // 2**20} MiB", f"the file is larger than {LARGEST // 2**20} MiB")
    kept = "".join(c for c in str(upload.name or "") if unicodedata.category(c)[0] != "C")
    return upload.read(), kept[-LONGEST_NAME:] or "text.txt"
