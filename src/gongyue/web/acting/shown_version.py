"""The version of a report that its accused will be shown, as it is posted, and kept with the draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import QueryDict

from gongyue.governance.institution import Institution
from gongyue.office.attachments import Attachments
from gongyue.office.shown_version import Enclosure, Reporter, covered_in, enclosure, neutral_name, pieces
from gongyue.web.acting.models import Draft, DraftFile

FILE, FACTS, EVIDENCE = "report.file/1", "facts", "evidence"


def is_shown(draft: Draft) -> bool:
    """Whether the draft is a report that accuses somebody, so that a version of it may be shown."""
    return draft.type == FILE and draft.body.get("kind") == "report" and bool(draft.body.get("accused"))


def enclosures(draft: Draft, inst: Institution, today: int, post: QueryDict | None = None) -> list[Enclosure]:
    """What the report brings, each with what is covered in it: as it was posted, else as it was kept, else as it is proposed."""
    files = {f.digest: f for f in draft.files.all() if f.private}
    kept = [files[c] for c in draft.body.get("shown", ()) if c in files]
    reporter = Reporter(inst, draft.actor, today)
    return [_enclosure(one, number, reporter, post, kept) for number, one in enumerate(_brought(draft))]


def _brought(draft: Draft) -> list[DraftFile]:
    """The facts, then the evidence, as far as the draft has them."""
    files = {f.digest: f for f in draft.files.all() if f.private}
    named = [draft.body[FACTS], *draft.body.get(EVIDENCE, ())]
    return [files[c] for c in named if c in files]


def _enclosure(
    file: DraftFile, number: int, reporter: Reporter, post: QueryDict | None, kept: list[DraftFile]
) -> Enclosure:
    data = bytes(file.data)
    if post is not None:
        key = f"d{number}"
        return enclosure(number, file.name, data, reporter, post.getlist(f"{key}.cover"), f"{key}.hold" in post)
    if not kept:
        return enclosure(number, file.name, data, reporter)
    before = next((one for one in kept if one.name == neutral_name(number, file.name)), None)
    is_text = next(pieces(data), None) is not None
    covered = covered_in(data, bytes(before.data).decode()) if before is not None and is_text else set()
    return enclosure(number, file.name, data, reporter, covered, before is None)


def keep(found: Collection[Enclosure]) -> tuple[list[str], Attachments]:
    """The version as documents: their commitments in the order of the report, and what they hold."""
    material = Attachments()
    shown = [material.commit(one.document, one.neutral_name) for one in found if not one.held]
    return shown, material


def state(draft: Draft) -> Mapping[str, int]:
    """How many documents the version has, of how many that the report brings."""
    return {"shown": len(draft.body.get("shown", ())), "all": 1 + len(draft.body.get(EVIDENCE, ()))}
