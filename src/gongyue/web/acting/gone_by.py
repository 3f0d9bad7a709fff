"""Drafts whose place is gone 已过时: what they would do was done otherwise, or its time is over; why, in words, and nothing can mend it."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from uuid import UUID

from gongyue.governance.service import BEFORE_CONCLUSION
from gongyue.office.office import Office
from gongyue.web.acting import dry_run, refusals
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

GONE = frozenset(
    {"already", "bad-link", "dossier-closed", "not-declined", "recorded-before", "window-over", "GY-18-04", "GY-18-14"}
)
"""What a draft of a dossier meets where another act took its place, or its time is over; links in drafts were lawful when they were chosen."""
NOT_OPEN = "not-open"
"""What it meets before its stage has come, and after: after, if it is for what came before a conclusion, or a decision, that was made since."""
BEFORE_DECISION = ("hearing", "heard", "proposal")
MOST = 10_000
_known: dict[UUID, tuple[Hashable, tuple[str, str] | None]] = {}
_lock = threading.Lock()


def gone_by(draft: Draft, office: Office, now: Now) -> str:
    """Why an open draft of an act in a dossier can never be recorded any more; empty where it still may.

    It is tried once for each state of its dossier: others that grow change nothing for it.
    """
    if not (draft.is_open and draft.act and draft.kind.in_dossier):
        return ""
    kept = now.docket.get(draft.dossier)
    state: Hashable = (
        id(office),
        draft.version,
        draft.act,
        now.day,
        kept.dossier.n if kept else office.store.arrivals(),
    )
    with _lock:
        known = _known.get(draft.pk)
    if known is None or known[0] != state:
        known = state, _met(draft, office, now)
        with _lock:
            if len(_known) >= MOST:
                _known.clear()
            _known[draft.pk] = known
    return refusals.named(now, pick(*known[1])) if known[1] else ""


def _met(draft: Draft, office: Office, now: Now) -> tuple[str, str] | None:
    if dry_run.trial(draft, office, now).refusal is None:
        return None
    refusal = dry_run.trial_anew(draft, office, now).refusal
    if refusal is None:
        return None
    code = str(refusal["code"]).removeprefix("out-of-turn/")
    gone = code in GONE or (code == NOT_OPEN and _passed(draft, now)) or (code == "dossier-unanswered" and draft.to)
    return (str(refusal["zh"]), str(refusal["en"])) if gone else None


def _passed(draft: Draft, now: Now) -> bool:
    """Whether a case has left behind the stage for which an act is."""
    kept = now.docket.get(draft.dossier)
    case = kept.dossier.case if kept is not None else None
    about = draft.body.get("asks") or draft.body.get("what")
    if case is None:
        return False
    return bool(case.concluded and about in BEFORE_CONCLUSION) or (
        case.decision is not None and about in BEFORE_DECISION
    )
