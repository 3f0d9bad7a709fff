"""What the documents of a dossier are called: by what brought them, never by what a file was named or what stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType, Entry, act_type_of
from gongyue.governance.sheet import VALUES
from gongyue.office import bodies
from gongyue.office.facts.shapes import Said

NAMES = {
    ("report.file/1", "facts"): ("检举的事实", "facts reported"),
    ("report.file/1", "evidence"): ("检举所附材料", "enclosure to the report"),
    ("report.file/1", "shown"): ("检举单位遮盖过、可以给对方看的版本", "version that its reporter covered, to be shown"),
    ("report.answer/1", "reasons"): ("对检举的答复", "answer to the report"),
    ("case.conclude/1", "reasons"): ("结论书", "conclusion"),
    ("case.propose/1", "reasons"): ("拟处理意见书", "proposal"),
    ("case.review/1", "reasons"): ("复核决定书", "decision on review"),
}  # fmt: skip
"""By act and field, where the field's own label does not say it."""
COUNTED = frozenset({"证据", "当事方所交材料", "承办所附材料", "检举所附材料"})
"""Names that are numbered through the whole dossier: 证据 1, 证据 2."""
SCAN = Said("纸面扫描件", "scan of the paper")
"""What an entry was recorded from."""
RECORD = Said("听取申辩记录", "record of the hearing")


class DocumentNames:
    """The names given so far in one dossier: a document that stands in several entries keeps the first."""

    def __init__(self) -> None:
        self._known: dict[str, Said] = {}
        self._counts: Counter[str] = Counter()

    def of(
        self, kind: ActType, body: dict[str, Any], actor: str, scan: str | None = None
    ) -> Iterator[tuple[str, Said]]:
        """The commitments of the documents that hang on an act, each with its name, in the order in which they stand there.

        Last the `scan` of what it was recorded from.
        """
        for field in bodies.fields(kind):
            value = body.get(field.name)
            if not value or not bodies.is_commitment(kind, field.name):
                continue
            listed = value if isinstance(value, list) else [value]
            base = _base(kind, field.name, body, actor)
            for place, c in enumerate(listed, 1):
                if c not in self._known:
                    self._known[c] = self._numbered(base, place, len(listed))
                yield c, self._known[c]
        if scan is not None:
            yield scan, SCAN

    def _numbered(self, base: Said, place: int, count: int) -> Said:
        if base.zh in COUNTED:
            self._counts[base.zh] += 1
            place = self._counts[base.zh]
        elif count == 1:
            return base
        return Said(f"{base.zh} {place}", f"{base.en} {place}")


def named_in(entry: Entry, names: DocumentNames | None = None) -> dict[str, Said]:
    """The documents that hang on an entry by their commitments, each with its name, in the order in which they stand there."""
    act, body = entry.act, msgspec.json.decode(entry.act.body)
    names = DocumentNames() if names is None else names
    return dict(names.of(act_type_of(act.type), body, act.actor, scan_of(entry)))


def scan_of(entry: Entry) -> str | None:
    """The scan of the paper from which an entry was recorded, None where there was none."""
    return entry.act.paper.scan if entry.act.paper is not None else None


def _base(kind: ActType, field: str, body: dict[str, Any], actor: str) -> Said:
    """What a document is that comes with such an act, in that field."""
    if (kind.type, field) in NAMES:
        return Said(*NAMES[kind.type, field])
    if kind.type == "dossier.serve/1":
        return Said(*VALUES[body["what"]])
    if kind.type == "dossier.note/1":
        if asks := body.get("asks"):
            return Said(f"{VALUES[asks].zh}：说明", f"{VALUES[asks].en}: what was said for it")
        return (
            Said("当事方所交材料", "paper of the party")
            if is_unit(actor)
            else Said("承办所附材料", "paper of the office")
        )
    if kind.type == "dossier.order/1":
        if (body["what"], body["ground"]) == ("heard", "held"):
            return RECORD
        return Said(f"{VALUES[body['what']].zh}的说明", f"reasons: {VALUES[body['what']].en}")
    label = kind.label(field)
    return Said(label[0], label[1])
