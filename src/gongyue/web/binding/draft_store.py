"""The binding draft in the database: read once a version, kept only on the version it was made from, erased as a whole."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.binding.draft import Carried, Drafting
from gongyue.covenant.binding.draft_file import Draft
from gongyue.web.binding.models import BindingChange, BindingDraft

LARGEST = 8 * 1024 * 1024
"""Bytes of a text's file that is kept."""
MOST_KEPT = 2
"""Drafts that stay read in this process: the one that is worked on, and the one before."""
MOST_CHANGES = 500
"""Changes that are remembered."""
TRIES = 5
LONGEST = 300

_read: dict[tuple[bytes, str], Drafting] = {}
_lock = threading.Lock()


class ChangeText(msgspec.Struct, frozen=True):
    """What was changed, in both languages, and of which capabilities; none: the whole."""

    zh: str
    en: str
    capabilities: tuple[str, ...] = ()


class Answered(msgspec.Struct, frozen=True):
    """The draft after an answer, and what was answered."""

    drafting: Drafting
    said: ChangeText


class Overtaken(Exception):
    """Others changed the same since the page was made: by these changes."""

    def __init__(self, changes: list[BindingChange]) -> None:
        super().__init__(str(changes))
        self.changes = changes


def current() -> BindingDraft | None:
    """The draft there is, its text not yet fetched."""
    return BindingDraft.objects.defer("text").first()


def drafting_of(row: BindingDraft) -> Drafting:
    """The draft on its text; read once in this process, however many ask at once."""
    key = bytes(row.kept), row.name
    with _lock:
        found = _read.get(key)
        if found is None:
            found, _ = binding_draft.resume(bytes(row.text), row.name, draft_file.load(key[0]))
            _remember(key, found)
        return found


def _remember(key: tuple[bytes, str], found: Drafting) -> None:
    _read.pop(key, None)
    while len(_read) >= MOST_KEPT:
        del _read[next(iter(_read))]
    _read[key] = found


def begin(officer: str, data: bytes, name: str, draft: Draft | None = None) -> Carried | None:
    """Keep a new text, with a draft of it where somebody has one; None if a draft was begun meanwhile. Unreadable, BadBinding."""
    made, carried = (
        (binding_draft.begin(data, name), Carried()) if draft is None else binding_draft.resume(data, name, draft)
    )
    kept = draft_file.dump(made.draft)
    try:
        with transaction.atomic():
            row = BindingDraft.objects.create(name=name, text=data, kept=kept)
            _note(
                row.pk,
                1,
                officer,
                ChangeText(f"开始绑定《{made.read.outline.title}》", f"began to bind 《{made.read.outline.title}》"),
            )
    except IntegrityError:
        return None
    with _lock:
        _remember((kept, name), made)
    return carried


def change(officer: str, seen: int, answer: Callable[[Drafting], Answered], alone: bool = False) -> ChangeText:
    """Answer on the draft as it is. `seen`: the version the officer saw; what others changed since must be of other capabilities.

    `alone`: only on the version seen. Overtaken says who was first, nobody where the draft was discarded; BadBinding why the answer cannot be.
    """
    for _ in range(TRIES):
        row = _standing()
        since = list(row.changes.filter(version__gt=seen))
        if since and (alone or not all(c.capabilities for c in since)):
            raise Overtaken(since)
        now = drafting_of(row)
        made = answer(now)
        touched = {name for c in since for name in c.capabilities}
        if since and (not made.said.capabilities or touched & set(made.said.capabilities)):
            raise Overtaken(since)
        if made.drafting is now or _keep(row, officer, made.drafting, made.said):
            return made.said
    raise Overtaken(list(_standing().changes.filter(version__gt=seen)))


def _standing() -> BindingDraft:
    """The draft there is; Overtaken where it was discarded meanwhile."""
    row = BindingDraft.objects.defer("text").first()
    if row is None:
        raise Overtaken([])
    return row


def _keep(row: BindingDraft, officer: str, made: Drafting, said: ChangeText) -> bool:
    """Put the draft in the place of the version it was made from; False if another was first."""
    kept = draft_file.dump(made.draft)
    fields = {"kept": kept, "version": row.version + 1, "changed_at": timezone.now()}
    with transaction.atomic():
        if not BindingDraft.objects.filter(pk=row.pk, version=row.version).update(**fields):
            return False
        _note(row.pk, row.version + 1, officer, said)
    with _lock:
        _remember((kept, row.name), made)
    return True


def replace_text(officer: str, seen: int, data: bytes, name: str, draft: Draft | None) -> Carried:
    """Go on with another text, another draft, or both. Overtaken if anything changed since; Unreadable."""
    row = _standing()
    if row.version != seen:
        raise Overtaken(list(row.changes.filter(version__gt=seen)))
    made, carried = binding_draft.resume(data, name, draft or draft_file.load(bytes(row.kept)))
    kept = draft_file.dump(made.draft)
    fields = {"text": data, "name": name, "kept": kept, "version": seen + 1, "changed_at": timezone.now()}
    zh, en = ("换了文本", "changed the text") if draft is None else ("上传了草稿", "uploaded a draft")
    with transaction.atomic():
        if not BindingDraft.objects.filter(pk=row.pk, version=seen).update(**fields):
            raise Overtaken(list(row.changes.filter(version__gt=seen)))
        _note(row.pk, seen + 1, officer, ChangeText(f"{zh}：{name}", f"{en}: {name}"))
    return carried


def discard(seen: int) -> bool:
    """Erase the draft, its text and who changed it; False if it changed since."""
    return bool(BindingDraft.objects.filter(version=seen).delete()[0])


def _note(pk: int, version: int, officer: str, said: ChangeText) -> None:
    BindingChange.objects.create(
        draft_id=pk,
        version=version,
        officer=officer,
        zh=said.zh[:LONGEST],
        en=said.en[:LONGEST],
        capabilities=list(said.capabilities),
    )
    BindingChange.objects.filter(draft_id=pk, version__lte=version - MOST_CHANGES).delete()
