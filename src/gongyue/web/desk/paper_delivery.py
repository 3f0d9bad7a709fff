"""What the carrier's slip says becomes an act: received, or told, as two officers record it; drafted here for them to sign."""

from __future__ import annotations

import os
from datetime import date

from django.db import transaction
from django.http import HttpRequest

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.sealing.commitment import SALT_BYTES, commit
from gongyue.transparency import canonical
from gongyue.web import installation, request_state
from gongyue.web.acting import signers
from gongyue.web.acting.models import Draft, DraftFile
from gongyue.web.notices.models import Posting

RECEIVE, NOTIFY = "dossier.receive/1", "key.notify/1"
TWO = 2
"""Officers who record what came on paper, and no more."""


def note(request: HttpRequest, row: Posting, outcome: str, on: date, scan: tuple[bytes, str] | None) -> Draft | None:
    """Note what became of a letter; the draft of the act that follows from it, None where none does."""
    with transaction.atomic():
        locked = Posting.objects.select_for_update().get(pk=row.pk)
        if locked.outcome:
            return None
        locked.outcome, locked.outcome_on = outcome, on
        draft = _draft(request, locked, scan) if outcome != Posting.RETURNED else None
        locked.draft = draft.pk if draft else None
        locked.save(update_fields=["outcome", "outcome_on", "draft"])
    return draft


def _draft(request: HttpRequest, row: Posting, scan: tuple[bytes, str] | None) -> Draft | None:
    kind, _, rest = row.key.partition(":")
    if kind == "served" and scan is not None:
        return _received(request, row, int(rest.rpartition(":")[2]), *scan)
    if kind == "recorded" and rest.startswith("open:") and row.outcome == Posting.DELIVERED:
        entry = int(rest.removeprefix("open:"))
        if _is_told(request, entry):
            return None
        body = {"entry": entry, "way": "letter", "day": str(row.outcome_on)}
        draft = Draft(type=NOTIFY, party=EXECUTIVE, actor=EXECUTIVE, body=body)
        return _saved(request, draft)
    return None


def _is_told(request: HttpRequest, entry: int) -> bool:
    """Whether it is recorded that its holder was told, or drafted: in a batch, say."""
    known = request_state.now(request).inst.papers.get(entry)
    waits = Draft.objects.filter(type=NOTIFY, state=Draft.OPEN, body__entry=entry)
    return known is None or bool(known.told) or waits.exists()


def _received(request: HttpRequest, row: Posting, n: int, data: bytes, name: str) -> Draft:
    """The receipt of what was served at that place, dated by the carrier: of delivery or of refusal."""
    entry = next(o for o in found_by(installation.office().store, in_dossier(row.dossier)) if o.entry.rx.n == n)
    salt = os.urandom(SALT_BYTES)
    paper = {
        "number": f"{row.carrier} {row.number}",
        "dated": str(row.outcome_on),
        "arrived": iso(request_state.now(request).day),
        "scan": commit(salt, data),
    }
    draft = Draft(type=RECEIVE, party=EXECUTIVE, actor=row.to, body={"docs": entry.body["docs"]}, paper=paper)
    draft.dossier, draft.to = row.dossier, canonical.digest(entry.kept.entry)
    _saved(request, draft)
    DraftFile.objects.create(draft=draft, digest=paper["scan"], name=name[:200], data=data, salt=salt)
    return draft


def _saved(request: HttpRequest, draft: Draft) -> Draft:
    """The draft, with the two who are asked to sign it: whoever writes it where it may."""
    now, me = request_state.now(request), request_state.seat(request).party
    draft.created_by = request_state.person(request)
    able = sorted(signers.entitled(draft, now), key=lambda id: (id != me, not now.inst.valid_keys(id, now.time), id))
    draft.signers = able[:TWO]
    draft.save()
    return draft
